"""Thirty odd values for each option that becomes a path: none reads, writes or removes anything outside its folder, and
each is answered with one line. And no text that was typed is joined to a path or globbed but through one door."""

import ast
import json
from errno import ENOSPC
from pathlib import Path

import pytest
from typer.testing import CliRunner

from board_packs.cli import app
from board_packs.exit_codes import guarded, one_line
from lscb.errors import Failed, UserError

ODD = [
    "../../../victim", "..", ".", "/", "~", "*", "?", "[a-z]*", "E0600004?", "E06000045/../../../victim", "E06000045\x00", "-",
    "--", " ", "\n", "\u202eE06000045", "E06000045;rm -rf x", "$(touch pwned)", "`touch pwned`", "%2e%2e%2f", "C:\\victim",
    "\\\\server\\share", "CON", "a" * 5000, "victim", "E99999999", "é", "🦉", "/etc/passwd", "//victim", "./victim/../victim",
]  # fmt: skip
PERIOD, AREA = ("--period", "2017-18-Q4"), ("--area", "E06000045")
ASKED = {
    "check --area": lambda odd: ["check", *PERIOD, "--area", odd],
    "check --period": lambda odd: ["check", *AREA, "--period", odd],
    "purge --area": lambda odd: ["purge", *PERIOD, "--area", odd],
    "purge --period": lambda odd: ["purge", *AREA, "--period", odd],
    "verify --area": lambda odd: ["verify", *PERIOD, "--area", odd],
    "circulate PACK": lambda odd: ["circulate", *PERIOD, *AREA, "--signed-off-by", "A", "--", odd],
    "circulate --area": lambda odd: ["circulate", "public", *PERIOD, "--area", odd, "--signed-off-by", "A"],
    "circulate --withdraw": lambda odd: ["circulate", *PERIOD, *AREA, "--signed-off-by", "A", "--withdraw", "--reason", "x",
                                         "--", odd],
    "run --only": lambda odd: ["run", *PERIOD, *AREA, "--only", odd],
    "run --area": lambda odd: ["run", *PERIOD, "--area", odd],
    "labels --area": lambda odd: ["labels", *PERIOD, "--area", odd, "--approve", "training.event=x", "--by", "A"],
    "labels --overrule": lambda odd: ["labels", *PERIOD, *AREA, "--overrule", f"{odd}=x", "--by", "A", "--reason", "r"],
    "report --year": lambda odd: ["report", *AREA, "--year", odd],
    "report --area": lambda odd: ["report", "--year", "2017-18", "--area", odd],
    "report --new": lambda odd: ["report", *AREA, "--new", odd],
    "tables --area": lambda odd: ["tables", *PERIOD, "--area", odd],
    "tables --period": lambda odd: ["tables", *AREA, "--period", odd],
    "fetch --area": lambda odd: ["fetch", *PERIOD, "--open-data", "od", "--from", ".", "--area", odd],
    "fetch --period": lambda odd: ["fetch", *AREA, "--open-data", "od", "--from", ".", "--period", odd],
    "sample --area": lambda odd: ["sample", "--out", "invented", "--area", odd],
    "sample --period": lambda odd: ["sample", "--out", "invented", "--period", odd],
    "verify --period": lambda odd: ["verify", *AREA, "--period", odd],
    "run --executor": lambda odd: ["run", *PERIOD, *AREA, "--executor", odd],
    "claims --format": lambda odd: ["claims", "list.csv", "--format", odd],
    "template --partner": lambda odd: ["template", "--partner", odd],
    "template RETURN": lambda odd: ["template", "--", odd],
    "template --period": lambda odd: ["template", "hrda_referrals", "--period", odd],
}  # fmt: skip
OURS = ("data", "notebooks")


def everything(folder: Path) -> set[tuple[str, int]]:
    paths = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts and ".cache" not in p.parts)
    return {(str(path), path.stat().st_mtime_ns) for path in paths}


@pytest.mark.parametrize("option", ASKED)
def test_an_odd_value_reaches_nothing(option, tmp_path, monkeypatch):
    root = Path(__file__).parents[2]
    victim, here = tmp_path / "victim", tmp_path / "a" / "b" / "out"
    for folder in (victim / "working", victim / "check", here):
        folder.mkdir(parents=True)
    (victim / "working" / "kept.csv").write_text("x")
    monkeypatch.chdir(here)
    monkeypatch.setenv("LSCB_OUT", str(here))
    monkeypatch.setenv("LSCB_RETURNS", str(victim))
    before = everything(victim), {name: everything(root / name) for name in OURS}
    for odd in ODD:
        result = CliRunner().invoke(app, ASKED[option](odd))
        assert result.exit_code != 0 or option in ("verify --area", "template --partner"), odd
        assert result.exception is None or isinstance(result.exception, (SystemExit, UserError, Failed)), (
            odd,
            result.exception,
        )
        message = one_line(result.exception) if isinstance(result.exception, (UserError, Failed)) else ""
        assert len(message.splitlines()) <= 1, odd
    assert (everything(victim), {name: everything(root / name) for name in OURS}) == before
    outside = {
        path for path in tmp_path.rglob("*") if not path.is_relative_to(here) and not path.is_relative_to(victim)
    }
    assert outside == {tmp_path / "a", tmp_path / "a" / "b"}
    assert not [path for path in here.rglob("*") if "pwned" in path.name]


PATHS = [
    "../../../nowhere", "", " ", "\n", "a\nb", "a\x00b", "\u202ea", "a" * 300, "a" * 5000, "a/" * 1500, "*", "?", "[a-z]*", "~nobody-at-all/x", "-",
    "%2e%2e%2f", "C:\\victim", "\\\\server\\share", "//server/share", "file.txt", "file.txt/in", "loop", "/dev/null", "/dev/full",
    "/proc/1/mem", "🦉", "e\u0301", "{}", "%s", "$(touch pwned)", "shut/in", "CON",
]  # fmt: skip
OF_PATHS = {
    "check FILE": lambda odd: ["check", *PERIOD, *AREA, "--", odd],
    "check --returns": lambda odd: ["check", *PERIOD, *AREA, "--returns", odd],
    "check --open-data": lambda odd: ["check", *PERIOD, *AREA, "--open-data", odd],
    "run --returns": lambda odd: ["run", *PERIOD, *AREA, "--returns", odd],
    "tables --returns": lambda odd: ["tables", *PERIOD, *AREA, "--returns", odd],
    "report --open-data": lambda odd: ["report", "--year", "2017-18", *AREA, "--open-data", odd],
    "fetch --from": lambda odd: ["fetch", *PERIOD, *AREA, "--open-data", "od", "--from", odd],
    "fetch --open-data": lambda odd: ["fetch", *PERIOD, *AREA, "--from", "empty", "--open-data", odd],
    "sample --open-data": lambda odd: ["sample", *PERIOD, "--out", "invented", "--open-data", odd],
    "claims FILE": lambda odd: ["claims", "--", odd],
    "purge --out": lambda odd: ["purge", *PERIOD, "--out", odd],
    "purge --returns": lambda odd: ["purge", *PERIOD, "--returns", odd],
    "verify --out": lambda odd: ["verify", *PERIOD, "--out", odd],
    "lab": lambda odd: ["lab", "--", odd],
    "circulate --out": lambda odd: ["circulate", "public", *PERIOD, *AREA, "--signed-off-by", "A", "--out", odd],
    "labels --returns": lambda odd: ["labels", *PERIOD, *AREA, "--returns", odd],
}  # fmt: skip


TO_MAKE = {
    "sample --out": lambda odd: ["sample", "--out", odd],
    "template --out": lambda odd: ["template", "hrda_referrals", "--out", odd],
    "claims --out": lambda odd: ["claims", "claims.json", "--out", odd],
    "check --out": lambda odd: ["check", "file.txt", *PERIOD, *AREA, "--out", odd],
    "run --out": lambda odd: ["run", *PERIOD, *AREA, "--returns", "empty", "--out", odd],
    "tables --out": lambda odd: ["tables", *PERIOD, *AREA, "--returns", "empty", "--out", odd],
    "report --out": lambda odd: ["report", "--year", "2017-18", *AREA, "--returns", "empty", "--out", odd],
}  # fmt: skip
NAMES = {
    "*",
    "?",
    "[a-z]*",
    "-",
    "%2e%2e%2f",
    "C:\\victim",
    "\\\\server\\share",
    "🦉",
    "e\u0301",
    "{}",
    "%s",
    "$(touch pwned)",
    "CON",
}


@pytest.mark.parametrize("option", TO_MAKE)
def test_a_folder_to_write_to_is_made_under_its_own_name_or_refused(option, tmp_path, monkeypatch, capsys):
    """What can be a name here is one, to the letter; nothing is made of a path whose upper folder is not there."""
    here, home = tmp_path / "a" / "b" / "c", tmp_path / "home"
    for folder in (here / "empty", home):
        folder.mkdir(parents=True)
    (here / "file.txt").write_text("x")
    numbers = [{"role": role, "value": value} for role, value in (("total", "38"), ("divisor", "3"), ("printed", "13"))]
    (here / "claims.json").write_text(json.dumps([{"id": "a", "kind": "average", "numbers": numbers}]))
    (here / "loop").symlink_to(here / "loop")
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("LSCB_OUT", raising=False)
    left = {"../../../nowhere", "/dev/full", "/dev/null", "file.txt", "shut/in"}  # folders and files as any other
    for odd in [*PATHS, "no/where", "../../../no/where", "~/no/where"]:
        if odd in left:
            continue
        code = guarded(lambda: app(TO_MAKE[option](odd)))  # noqa: B023
        lines = capsys.readouterr().err.splitlines()
        if odd in NAMES and code in (0, 1):
            continue
        assert code in (1, 2) and (len(lines) == 1 or any(line.startswith("Usage:") for line in lines)), (odd, lines)
    made = {path.name for path in here.iterdir()} - {"empty", "file.txt", "claims.json", "loop"}
    assert made <= NAMES and all(path.name.startswith(".") for path in home.iterdir()), made  # caches of libraries
    assert {p.name for p in tmp_path.iterdir()} == {"a", "home"} and {p.name for p in (tmp_path / "a").iterdir()} == {
        "b"
    }
    assert {p.name for p in (tmp_path / "a" / "b").iterdir()} == {"c"}


@pytest.mark.parametrize("option", OF_PATHS)
def test_an_odd_path_is_one_line_and_makes_nothing(option, tmp_path, monkeypatch, capsys):
    """Of files and folders that are none: refused in one line that can be read, without a traceback."""
    tmp_path = tmp_path / "a" / "b" / "c"  # so that ../../../nowhere is the test's own
    tmp_path.mkdir(parents=True)
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "empty").mkdir()
    (tmp_path / "shut").mkdir(0o500)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSCB_OUT", str(tmp_path / "out"))
    monkeypatch.delenv("LSCB_OPEN_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "empty"))  # where libraries keep caches of theirs
    for odd in PATHS:
        code = guarded(lambda: app(OF_PATHS[option](odd)))  # noqa: B023
        printed = capsys.readouterr()
        lines = printed.err.splitlines()
        usage = any(line.startswith("Usage:") for line in lines)  # of typer's own: an option for a value
        if odd == "file.txt" and code == 0:  # a text can be a draft
            continue
        assert code in (1, 2) and (len(lines) == 1 or usage), (odd, code, lines)
        assert max(map(len, lines)) < 600 and "Traceback" not in printed.err + printed.out, odd
    files = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()}
    assert files <= {"file.txt", "out", "empty"} and (tmp_path / "file.txt").read_text() == "x"


# Functions that parse what was typed: an area, a period, a folder, a pack, a page. Nothing else of the command makes paths.
DOORS = {"request.py", "pack_settings.py"}


def test_no_typed_text_is_joined_to_a_path_or_globbed():
    """In the command's own files no path is joined or globbed: they hand what was typed to the door."""
    room = Path(__file__).parents[2] / "lib" / "board_packs"
    wrong = []
    for path in (room / "record_commands.py", room / "command_options.py", room / "publish" / "label_command.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            joined = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            called = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("glob", "rglob", "joinpath")
            if joined or called:
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


def test_nothing_is_globbed_by_a_name_that_is_no_constant():
    """A pattern is a constant, or made of parsed names: those that stand here."""
    parsed = {"HEAD", "area", "pattern", "period", "code", "name", "room", "ext", "suffix", "place"}
    wrong = []
    for path in sorted((Path(__file__).parents[2] / "lib").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("glob", "rglob") and node.args:
                names = {each.id for each in ast.walk(node.args[0]) if isinstance(each, ast.Name)}
                if names - parsed:
                    wrong.append(f"{path.name}:{node.lineno}: {sorted(names)}")
    assert wrong == []


def test_a_full_disk_is_one_line_that_says_what_to_do(capsys):
    def full():
        raise OSError(ENOSPC, "No space left on device")

    assert guarded(full) == 2
    assert capsys.readouterr().err == (
        "No space left on device: free some where the output lies, then give the command again.\n"
    )
