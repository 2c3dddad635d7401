"""The library as a whole: it imports nothing of the project, opens no file but a long table, and its example runs."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lscb

LIBRARY = Path(lscb.__file__).parent
MODULES = sorted(LIBRARY.rglob("*.py"))
THEIRS = {"numpy", "pandas", "scipy", "yaml", "lscb"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_the_standard_library_and_four_packages_only(path):
    assert {name for name in imported(path) if name not in sys.stdlib_module_names} <= THEIRS


CLOCKS_AND_FILES = re.compile(
    r"\bopen\(|\.read_text|\.write_text|\.read_bytes|\.write_bytes|read_csv|to_csv|read_excel|read_parquet|"
    r"\.now\(|\.today\(|time\.time|perf_counter|os\.environ|\bglobal "
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_file_is_opened_and_no_clock_is_read_except_by_the_long_table(path):
    lines = CLOCKS_AND_FILES.findall(path.read_text(encoding="utf-8"))
    assert set(lines) <= ({"read_csv", "to_csv", ".read_bytes", "open("} if path.stem == "long_table" else set())


def test_it_is_small():
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES) < 3_000


def test_importing_it_loads_nothing_heavy_and_nothing_of_the_project():
    code = "import sys, lscb; print([m for m in ('pandas', 'numpy', 'scipy', 'openstats') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_docstring_names_every_module():
    stems = {path.stem for path in MODULES} - {"__init__"}
    assert stems <= set(re.findall(r"\w+", lscb.__doc__))


def test_the_readmes_example_runs(capsys):
    text = (LIBRARY / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(block, {})
    # 5 late of 29: 17 %; the chart's limits follow from its own points.
    assert "12 points; common cause variation" in capsys.readouterr().out
