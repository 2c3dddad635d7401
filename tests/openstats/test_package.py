"""The package as a whole: what importing it loads, what its docstring names, and that its example runs."""

import re
import subprocess
import sys
from pathlib import Path

import openstats

PACKAGE = Path(openstats.__file__).parent


def test_importing_and_fingerprinting_load_nothing_heavy(tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code = (
        "import sys; import openstats; openstats.fingerprint(sys.argv[1]); "
        "print([m for m in ('pandas', 'pyarrow', 'geopandas', 'numpy', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_docstring_names_every_module():
    stems = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert stems <= set(re.findall(r"\w+", openstats.__doc__))


def test_the_readmes_example_runs(capsys):
    for block in re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(encoding="utf-8"), re.S):
        exec(block, {})
    printed = capsys.readouterr().out
    assert "lscb fetch" in printed and "E06000045" in printed
