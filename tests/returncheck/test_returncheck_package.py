"""The package by itself: its README's example, and what it loads."""

import os
import re
import subprocess
import sys
from pathlib import Path

LIB = Path(__file__).parents[2] / "lib"


def test_the_example_of_the_readme_runs_and_says_what_it_gives(tmp_path):
    text = (LIB / "returncheck" / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    code += """
assert received.frames["visits"]["visit_id"].tolist() == ["A1", "A2"]
assert received.frames["visits"]["children"].fillna(-1).tolist() == [2, -1]
cells = received.problems.loc[received.problems["row"].notna() & (received.problems["severity"] != "note"), "cell"]
assert cells.tolist() == ["B4", "C3"], cells
assert received.quality[["received", "accepted", "refused"]].values.tolist() == [[3, 2, 1]]
"""
    env = {**os.environ, "PYTHONPATH": str(LIB)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_it_loads_nothing_of_the_application():
    code = "import sys, returncheck.check_command, returncheck.reading\nsys.exit(any('board_packs' in m for m in sys.modules))"
    env = {**os.environ, "PYTHONPATH": str(LIB)}
    assert subprocess.run([sys.executable, "-c", code], env=env).returncode == 0
