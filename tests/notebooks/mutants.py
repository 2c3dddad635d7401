"""Small faults put into sentences, charts and notebooks one at a time: do the tests of what is shown find each?

    python tests/notebooks/mutants.py --number 50 --seed 1 [--only 40_hrda]
    python tests/notebooks/mutants.py --by-hand

Each mutant is made in a copy of the repository, and tests are run there until one fails: those that read the notebook
first. Prints each survivor with its line; exit 1 where more than one in twenty lives. `--by-hand`: those of
mutants_by_hand.yml, which a person wrote. Tables are built once, and read by every run (LSCB_TEST_TABLES,
LSCB_TEST_DRAWN, see the two conftest.py); a run is a fork of a process that has imported everything but the code that is
changed.
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
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
PAGES = "lib/board_packs/pages"
LIBRARY = [f"{PAGES}/{name}.py" for name in ("sentences", "chart_sentences", "cell_value", "number_text", "book_rows",
           "readable_table", "mapped_places", "charts/drawing", "charts/marks", "charts/described",
           "charts/comparison", "charts/control_chart_drawing", "charts/decile_map")]  # fmt: skip
# What a slip of the hand does: one thing taken for its neighbour.
SLIPS = [
    (r"\bhigher\b", "lower"), (r"\blower\b", "higher"), (r"\bmore\b", "fewer"), (r"\bfewer\b", "more"),
    (r"\babove\b", "below"), (r"\bbelow\b", "above"), (r"\binside\b", "outside"), (r"\bmost\b", "least"),
    (r"(?<=[.\"'{ (])low(?=[\"'\] :,)])", "high"), (r"(?<=[.\"'{ (])high(?=[\"'\] :,)])", "low"),
    (r"\bcount\b(?=[\"}])", "of"), (r":of}", ":count}"), (r":percent}", ":rate}"), (r":share}", ":count}"),
    (r":interval}", ":percent}"), (r"\"value\"", '"low"'), (r"value rate", "low rate"), (r"<=", "<"), (r" < ", " > "),
    (r" > ", " < "), (r"==", "!="), (r"\[0\]", "[-1]"), (r"\[-1\]", "[0]"), (r"\biloc\[0\]", "iloc[-1]"),
    (r"\bnot \b", ""), (r"\band\b(?= \w+[.(\[])", "or"), (r" and @?\w+ [!=]= '\w+'", ""), (r"'Total'", "'repeat'"),
    (r"'repeat'", "'Total'"), (r"\btotals\b", "repeats"), (r"totals=True", "totals=False"),
    (r"book\.year\b", "book.last_year"), (r"book\.last_year\b", "book.year"), (r"book\.year_before\b", "book.last_year"),
    (r"\bnow:", "before:"), (r"\bbefore:", "now:"), (r"\bnow, before\b", "before, now"), (r"\bbefore, now\b", "now, before"),
    (r"cell\(now\b", "cell(before"), (r"cell\(period\b", "cell(book.year_before"), (r"@now\b", "@before"),
    (r"\{year\}", "{book.last_year}"), (r"when\(now\)", "when(before)"), (r"5 years", "3 years"), (r"1 year\b", "3 years"),
    (r"\.tail\(", ".head("), (r"\.head\(", ".tail("), (r"ascending=False", "ascending=True"), (r"\+ 1\b", "- 1"),
    (r"- 1\b", "+ 1"), (r"\* 100\b", "* 10"), (r"decimals\b(?=\))", "0"), (r"ROUND_HALF_UP\)", "'ROUND_DOWN')"),
    (r"has_interval", "shown"), (r"_notified\b", "_reviewed"), (r"\.max\(\)", ".min()"), (r"\.min\(\)", ".max()"),
    (r"chart\.mean", "chart.low"), (r"suppressed", "not_available"), (r"status == 'shown'", "status != 'shown'"),
    (r"\bMINUS\b(?= )", "'+'"), (r"charts\.BLUE\b", "charts.ORANGE"), (r"charts\.ORANGE\b", "charts.BLUE"),
    (r"charts\.PALE\b", "charts.GREY"), (r"within_12", "within_6"), (r"\bmale\b", "female"), (r"'done'", "'behind'"),
    (r"\bby=(\W*)agency", r"by=\1period"), (r"was', '(\w)", r"were', '\1"), (r"\b12\b", "11"), (r"received", "agreed"),
]  # fmt: skip


class Mutant(NamedTuple):
    """One line of a file, before and after."""

    name: str
    number: int
    before: str
    after: str


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
            for slip in re.finditer(pattern, line):
                yield number, line, line[: slip.start()] + slip.expand(other) + line[slip.end() :]


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


def by_rule(only: str) -> list[Mutant]:
    """Every mutant of the rules above."""
    made = []
    for name in LIBRARY if not only else []:
        made += [Mutant(name, *place) for place in places(ROOT / name)]
    for path in sorted((ROOT / "notebooks").glob(f"{only or '[1-9]*'}.ipynb")):
        lines = code_lines(path)
        made += [Mutant(f"notebooks/{path.name}", *place) for place in places(path) if place[0] in lines]
    return [mutant for mutant in made if sound(mutant)]


def sound(mutant: Mutant) -> bool:
    """Whether the file can still be read: a notebook whose text is broken is found by anybody."""
    try:
        return bool(json.loads("[" + mutant.after.strip().rstrip(",") + "]")) if mutant.name.endswith("ipynb") else True
    except ValueError:
        return False


def by_hand(only: str) -> list[Mutant]:
    """The mutants that a person wrote. Raises ValueError for one whose text does not stand once in its notebook."""
    made = []
    for stem, pairs in yaml.safe_load((Path(__file__).parent / "mutants_by_hand.yml").read_text("utf-8")).items():
        lines = (ROOT / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8").splitlines()
        for pair in pairs if stem.startswith(only) else []:
            before, after = (json.dumps(pair[side], ensure_ascii=False)[1:-1] for side in ("before", "after"))
            at = [number for number, line in enumerate(lines) if before in line]
            if len(at) != 1:
                raise ValueError(f"{stem}: {pair['before']!r} stands {len(at)} times: write it anew.")
            made.append(Mutant(f"notebooks/{stem}.ipynb", at[0], lines[at[0]], lines[at[0]].replace(before, after, 1)))
    return made


def readers(mutant: Mutant) -> list[list[str]]:
    """The tests that read a file, the nearest first: one run of pytest each."""
    every = ["tests/notebooks/test_every_word.py", "tests/notebooks/test_every_drawing.py"]
    if mutant.name.endswith(".py"):
        return [["tests/board_packs/pages", "-m", "not slow"], [*every, "-k", "not official"], ["tests/notebooks"]]
    stem = Path(mutant.name).stem
    own = [path for path in (f"tests/notebooks/test_{stem}.py",) if (ROOT / path).is_file()]
    return [
        [*every, "-k", stem],
        [*own, "tests/notebooks/test_form.py", "tests/notebooks/test_constructed_quarters.py"],
    ]


def lives(copy: Path, mutant: Mutant) -> bool:
    """Whether the tests all pass with the slip made."""
    path = copy / mutant.name
    whole = path.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    lines[mutant.number] = lines[mutant.number].replace(mutant.before, mutant.after)
    path.write_text("".join(lines), encoding="utf-8")
    try:
        return all(passes(copy, tests) for tests in readers(mutant))
    finally:
        path.write_text(whole, encoding="utf-8")


def passes(copy: Path, tests: list[str]) -> bool:
    """Whether some tests of the copy pass, in a fork of this process."""
    child = os.fork()
    if not child:
        import pytest

        os.chdir(copy)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1), os.dup2(nowhere, 2)
        os._exit(int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def copied(folder: Path) -> Path:
    """A copy of the repository, with the tables that tests read."""
    copy = folder / "repository"
    copy.mkdir()
    for name in ("lib", "notebooks", "tests", "pyproject.toml"):
        place = ROOT / name
        shutil.copytree(place, copy / name) if place.is_dir() else shutil.copy(place, copy / name)
    (copy / "data").symlink_to(ROOT / "data")
    if (ROOT.parent / "shared").is_dir():
        (folder / "shared").symlink_to(ROOT.parent / "shared")
    os.environ.setdefault("LSCB_TEST_DRAWN", str(folder / "drawn"))
    if "LSCB_TEST_TABLES" not in os.environ:
        out = str(folder / "sample")
        command = [sys.executable, "-c", "from board_packs.start import main; main()", "tables", "--period", "2017-18-Q4", "--area", "E06000045", "--sample", "--out", out]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(copy / "lib")})
        os.environ["LSCB_TEST_TABLES"] = str(next(Path(out).rglob("protected")).parent)
    sys.path[:0] = [str(copy / "lib"), str(copy / "tests" / "notebooks")]
    return copy


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--number", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="the name of a notebook, such as 40_hrda")
    asked.add_argument("--by-hand", action="store_true", help="those of mutants_by_hand.yml")
    options = asked.parse_args()
    every = by_hand(options.only) if options.by_hand else by_rule(options.only)
    chosen = every if options.by_hand else random.Random(options.seed).sample(every, min(options.number, len(every)))
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        import hypothesis  # noqa: E401, F401  # once, for all forks

        for mutant in sorted(chosen, key=lambda each: each.name.endswith("ipynb")):
            if mutant.name.endswith("ipynb"):
                import page_reader  # noqa: F401  # and with it the code that no mutant of a notebook changes
            if lives(copy, mutant):
                survivors += 1
                line = f"LIVES {mutant.name}:{mutant.number + 1}"
                print(f"{line}\n  - {mutant.before.strip()}\n  + {mutant.after.strip()}", flush=True)
            else:
                print(".", end="", flush=True)
    of_all = "" if options.by_hand else f", of {len(every)} that could be made (seed {options.seed})"
    print(f"\n{len(chosen) - survivors} of {len(chosen)} found{of_all}")
    return int(survivors > 0.05 * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
