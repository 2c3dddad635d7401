"""Small faults put into sentences, charts and notebooks one at a time: do the tests of what is shown find each?

    python tests/notebooks/mutants.py --number 60 --seed 1 [--only 40_hrda]

Each mutant is made in a copy of the repository and the tests of pages are run there until one fails. Prints each
survivor with its line; exit 1 where more than one in twenty lives. LSCB_TEST_TABLES (see conftest) spares each run the
building of tables.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = "lib/board_packs/pages"
LIBRARY = [f"{PAGES}/{name}.py" for name in ("sentences", "cell_value", "number_text", "book_rows", "readable_table")]
LIBRARY += [f"{PAGES}/charts/{name}.py" for name in ("drawing", "limits", "marks", "described")]
# What a slip of the hand does: one thing taken for its neighbour.
SLIPS = [
    (r"\bhigher\b", "lower"), (r"\blower\b", "higher"), (r"\bmore\b", "fewer"), (r"\bfewer\b", "more"),
    (r"\babove\b", "below"), (r"\bbelow\b", "above"), (r"\binside\b", "outside"),
    (r"(?<=[.\"'{ (])low(?=[\"'\] :,)])", "high"), (r"(?<=[.\"'{ (])high(?=[\"'\] :,)])", "low"),
    (r"\bcount\b(?=[\"}])", "of"), (r":of}", ":count}"), (r":percent}", ":rate}"), (r":share}", ":count}"),
    (r"\"value\"", '"low"'), (r"value rate", "low rate"), (r"<=", "<"), (r" < ", " > "), (r" > ", " < "),
    (r"==", "!="), (r"\[0\]", "[-1]"), (r"\[-1\]", "[0]"), (r"\biloc\[0\]", "iloc[-1]"), (r"\bnot \b", ""),
    (r"\band\b(?= \w+[.(\[])", "or"), (r"'Total'", "'repeat'"), (r"'repeat'", "'Total'"), (r"\btotals\b", "repeats"),
    (r"book\.year\b", "book.last_year"), (r"book\.last_year\b", "book.year"), (r"\bnow:", "before:"),
    (r"\bbefore:", "now:"), (r"\bnow, before\b", "before, now"), (r"5 years", "3 years"), (r"1 year\b", "3 years"),
    (r"\.tail\(", ".head("), (r"ascending=False", "ascending=True"), (r"\+ 1\b", "- 1"), (r"- 1\b", "+ 1"),
    (r"\* 100\b", "* 10"), (r"decimals\b(?=\))", "0"), (r"ROUND_HALF_UP\)", "'ROUND_DOWN')"), (r"has_interval", "shown"),
    (r"_notified\b", "_reviewed"), (r"\.max\(\)", ".min()"), (r"\.min\(\)", ".max()"), (r"chart\.mean", "chart.low"),
    (r"suppressed", "not_available"), (r"status == 'shown'", "status != 'shown'"), (r"\bMINUS\b(?= )", "'+'"),
]  # fmt: skip


def places(path: Path) -> Iterator[tuple[int, str, str]]:
    """Every slip that can be made in a file: the number of its line, the line, the line with the slip."""
    inside = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if path.suffix == ".py":
            if line.count('"""') == 1:
                inside = not inside
            if inside or '"""' in line or line.lstrip().startswith(("#", "from ", "import ")):
                continue
        for pattern, other in SLIPS:
            for found in re.finditer(pattern, line):
                yield number, line, line[: found.start()] + other + line[found.end() :]


def code_lines(notebook: Path) -> set[int]:
    """The numbers of the lines of a notebook's file that hold code which a page is made of."""
    kept, cell, lines = set(), {}, notebook.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line == "  {":
            cell = {"kind": "", "internal": False, "source": False, "lines": []}
        elif line.startswith("  }") and cell:
            if cell["kind"] == "code" and not cell["internal"]:
                kept |= set(cell["lines"])
        elif cell:
            cell["kind"] = "code" if '"cell_type": "code"' in line else cell["kind"]
            cell["internal"] |= line.strip().rstrip(",") in ('"internal"', '"parameters"')
            cell["source"] |= line.startswith('   "source"')
            if cell["source"] and line.startswith('    "'):
                cell["lines"].append(number)
    return kept


def mutants(only: str) -> list[tuple[str, int, str, str]]:
    """Every mutant: file, line, before, after."""
    made = []
    for name in LIBRARY if not only else []:
        made += [(name, *place) for place in places(ROOT / name)]
    for path in sorted((ROOT / "notebooks").glob(f"{only or '[1-9]*'}.ipynb")):
        if (ROOT / "tests" / "notebooks" / f"test_{path.stem}.py").is_file():
            lines = code_lines(path)
            made += [(f"notebooks/{path.name}", *place) for place in places(path) if place[0] in lines]
    return made


def lives(copy: Path, mutant: tuple[str, int, str, str]) -> bool:
    """Whether the tests of pages all pass with the slip made."""
    name, number, before, after = mutant
    path = copy / name
    whole = path.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    lines[number] = lines[number].replace(before, after)
    path.write_text("".join(lines), encoding="utf-8")
    tests = (
        [f"tests/notebooks/test_{path.stem}.py"]
        if path.suffix == ".ipynb"
        else ["tests/board_packs/pages", "tests/notebooks"]
    )
    if path.suffix == ".ipynb":
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            path.write_text(whole, encoding="utf-8")
            return False
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
            cwd=copy, capture_output=True, timeout=900, env=os.environ | {"PYTHONPATH": str(copy / "lib")},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(whole, encoding="utf-8")
    return done.returncode == 0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--number", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="the name of a notebook, such as 40_hrda")
    options = asked.parse_args()
    every = mutants(options.only)
    chosen = random.Random(options.seed).sample(every, min(options.number, len(every)))
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "repository"
        copy.mkdir()
        for name in ("lib", "notebooks", "tests", "pyproject.toml"):
            place = ROOT / name
            shutil.copytree(place, copy / name) if place.is_dir() else shutil.copy(place, copy / name)
        (copy / "data").symlink_to(ROOT / "data")
        if (ROOT.parent / "shared").is_dir():
            (Path(folder) / "shared").symlink_to(ROOT.parent / "shared")
        for mutant in chosen:
            if lives(copy, mutant):
                survivors += 1
                print(
                    f"LIVES {mutant[0]}:{mutant[1] + 1}\n  - {mutant[2].strip()}\n  + {mutant[3].strip()}", flush=True
                )
            else:
                print(".", end="", flush=True)
    print(
        f"\n{len(chosen) - survivors} of {len(chosen)} found, of {len(every)} that could be made (seed {options.seed})"
    )
    return int(survivors > 0.05 * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
