"""The example of the README runs and prints what it says; the package stands without the application."""

import re
import subprocess
import sys
from pathlib import Path

import claimcheck

README = Path(claimcheck.__file__).parent / "README.md"


def test_the_example_prints_what_the_readme_says(capsys):
    code, out = re.findall(r"```(?:python)?\n(.*?)```", README.read_text(encoding="utf-8"), re.S)[:2]
    exec(compile(code, "README", "exec"), {})
    assert capsys.readouterr().out == out


def test_every_kind_stands_in_the_grammar():
    table = README.read_text(encoding="utf-8")
    assert [kind for kind in claimcheck.KINDS if f"`{kind}`" not in table] == []


def test_it_is_imported_without_the_application():
    lines = "import sys, claimcheck; print(sorted(m for m in sys.modules if m.startswith(('board_packs', 'pandas'))))"
    run = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert "board_packs" not in run.stdout
