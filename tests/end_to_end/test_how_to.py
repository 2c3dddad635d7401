"""What the packages' READMEs show, done: each first example, and a return and its page added to a copy of the project."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "lib").glob("*/README.md"))
HOW_TO = (ROOT / "lib/board_packs/README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The first code block after the line that names a file."""
    shown = re.search(rf"^`{re.escape(name)}`.*?^```\w+\n(.*?)^```", HOW_TO, re.DOTALL | re.MULTILINE)
    assert shown, f"the how-to no longer shows {name}"
    return shown[1]


def notebook(text: str) -> dict:
    """Cells as the how-to writes them: `# %%`, `# %% [markdown]`, `# %% parameters`."""
    cells = []
    for number, part in enumerate(re.split(r"^# %%", text, flags=re.MULTILINE)[1:]):
        head, _, body = part.partition("\n")
        kind = "markdown" if "markdown" in head else "code"
        body = re.sub(r"^# ", "", body, flags=re.MULTILINE) if kind == "markdown" else body
        tags = ["parameters"] if "parameters" in head else []
        cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {"tags": tags}, "source": body.strip()}
        cells.append(cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_the_first_example_of_a_package_runs(readme, tmp_path):
    code = re.search(r"^```python\n(.*?)^```", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert code, f"{readme.parent.name} shows no example"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lib")}
    done = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.strip(), done.stderr


@pytest.mark.slow
def test_a_further_return_takes_four_additions_and_nothing_else(tmp_path):
    copy = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".cache")
    for part in ("lib", "data", "notebooks"):
        shutil.copytree(ROOT / part, copy / part, ignore=ignored)
    shutil.copy(ROOT / "CHANGELOG.md", copy)
    for name in ("data/dictionary/advocacy.yml", "lib/board_packs/tables/advocacy.py"):
        (copy / name).write_text(block(name), encoding="utf-8")
    page = "notebooks/85_advocacy.ipynb"
    (copy / page).write_text(json.dumps(notebook(block(page))), encoding="utf-8")
    packs = copy / "notebooks/packs.yml"
    packs.write_text(packs.read_text().replace("notebooks: [70, 30]", "notebooks: [70, 30, 85]"))
    returns = tmp_path / "returns"
    returns.mkdir()
    with open(returns / "advocacy.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Reference", "Date of offer", "Taken up"])
        answers = ["yes"] * 9 + ["no"] * 8 + [""] * 0
        rows.writerows([f"A{n}", f"{n + 1:02d}/02/2018", answer] for n, answer in enumerate(answers))
    code = "from board_packs.cli import main; main()"
    run = [sys.executable, "-c", code, "run", "--period", "2017-18-Q4", "--area", "E06000045"]
    done = subprocess.run(
        [*run, "--returns", returns, "--out", tmp_path / "out", "--only", "85"],
        env=os.environ | {"PYTHONPATH": str(copy / "lib")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    pack = tmp_path / "out/2017-18-Q4/E06000045/packs/serious_case_review"
    html = (pack / "85_advocacy.html").read_text()
    assert "17 children were offered an advocate." in html and "SAMPLE DATA" not in html
    assert ">9<" in html and ">8<" in html
