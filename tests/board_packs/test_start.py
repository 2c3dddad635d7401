"""What `lscb check` is asked for is the same, read plainly or by typer; whatever else is typed is left to typer."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from board_packs import cli, start
from board_packs.exit_codes import guarded
from lscb.errors import UserError
from returncheck import check_command

WHEN = ["--period", "2017-18-Q4", "--area", "E06000045"]


@pytest.mark.parametrize(
    "arguments",
    [["a.csv", *WHEN], [*WHEN], [*WHEN, "a.csv", "b c.xlsx"], ["a.csv", "--period=2017-18-Q4", "--area=E06000045"],
     [*WHEN, "--out", "o", "--returns", "r"], [*WHEN, "--covers-from", "2016-04-01", "a.csv"]],
)  # fmt: skip
def test_plain_arguments_mean_what_typer_makes_of_them(arguments, monkeypatch):
    for name in ("LSCB_OUT", "LSCB_RETURNS"):
        monkeypatch.delenv(name, raising=False)
    asked = []
    monkeypatch.setattr(check_command, "command", lambda *values, **named: asked.append((values, named)) or 0)
    names = "files period area sample returns out covers_from".split()
    typed = start.plain_check(["check", *arguments])
    assert CliRunner().invoke(cli.app, ["check", *arguments]).exit_code == 0
    usual = dict(zip(names, asked[0][0], strict=True))
    assert usual.pop("out") == typed.pop("out", None)
    assert {name: usual[name] for name in typed} == typed
    assert not any(usual[name] for name in set(usual) - set(typed))


@pytest.mark.parametrize(("area", "code"), [("E07000008", "E10000003"), ("E06000045", "E06000045")])
def test_an_area_is_answered_as_the_command_answers_it(area, code, monkeypatch):
    """Cambridge is a district of Cambridgeshire."""
    asked = []
    monkeypatch.setattr(check_command, "command", lambda **named: asked.append(named["area"]) or 0)
    assert start.run(["check", "a.csv", "--period", "2017-18-Q4", "--area", area]) == 0
    assert asked == [code]


@pytest.mark.parametrize(
    "arguments",
    [[], ["--help"], ["run", *WHEN], ["check"], ["check", "a.csv"], ["check", "--help", *WHEN], ["check", "--sample", *WHEN],
     ["check", *WHEN, "--wrong"], ["check", *WHEN, "--out"], ["check", "--period", "24-25 q4", "--area", "E06000045"],
     ["check", "--period", "2017-18-Q4", "--area", "Southampton"], ["check", *WHEN, "-x"], ["check", *WHEN, "--out", ""],
     ["check", *WHEN, "--out", "/nowhere/at/all"], ["check", *WHEN, "--out", "~/o"], ["check", *WHEN, "--out", "/dev/null"]],
)  # fmt: skip
def test_all_else_is_for_typer(arguments):
    assert start.plain_check(arguments) is None


def test_a_mistake_is_one_line_and_exit_code_2(capsys):
    code = start.guarded(lambda: start.run(["check", "/nowhere/a.csv", *WHEN]))
    assert (code, capsys.readouterr().err) == (2, "There is no file /nowhere/a.csv.\n")


def test_a_check_prints_what_the_command_prints(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("Referral ID,Date of referral\nR1,05/02/2018\n")
    code = start.run(["check", str(tmp_path / "a.csv"), *WHEN, "--out", str(tmp_path / "out")])
    printed = capsys.readouterr().out
    usual = CliRunner().invoke(cli.app, ["check", str(tmp_path / "a.csv"), *WHEN, "--out", str(tmp_path / "out")])
    assert (usual.exit_code, usual.stdout) == (code, printed)
    assert Path(printed.split("Report: ")[1].strip()).is_file()


def test_a_message_is_one_line_whatever_was_typed(capsys):
    def mistake():
        raise UserError("There is no folder a\nb\x1b[31m\u202e: name another.")

    assert guarded(mistake) == 2
    assert capsys.readouterr().err == "There is no folder a b [31m : name another.\n"


def test_a_short_command_puts_away_what_it_was_to_and_ends_with_its_code(tmp_path):
    code = f"import atexit, pathlib; from board_packs.start import leave; atexit.register(pathlib.Path({str(tmp_path / 'x')!r}).touch)"
    done = subprocess.run(
        [sys.executable, "-c", code + "; print('y' * 100_000); leave(3, True)"], capture_output=True, check=False
    )
    assert (done.returncode, len(done.stdout), (tmp_path / "x").exists()) == (3, 100_001, True)
