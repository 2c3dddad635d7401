"""The command: one line for a user's mistake, exit codes, and nothing heavy loaded before it is used."""

import os
import subprocess
import sys

import pytest

from openstats.project_data import ROOT

HEAVY = "pandas geopandas matplotlib seaborn papermill nbconvert pyarrow scipy numpy".split()


def lscb(*args, **env):
    command = [sys.executable, "-c", "from board_packs.cli import main; main()", *map(str, args)]
    held = {k: v for k, v in os.environ.items() if not k.startswith("LSCB_")} | env
    return subprocess.run(command, capture_output=True, text=True, check=False, env=held, cwd=ROOT, timeout=120)


def test_help_names_every_command_and_loads_nothing_heavy():
    said = lscb("--help").stdout
    for name in "run check template labels tables fetch sample claims report circulate verify purge lab".split():
        assert f"\n  {name} " in said
    code = f"import sys, board_packs.cli; print([m for m in {HEAVY} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_importing_the_package_loads_nothing_heavy():
    rooms = "board_packs.publish, board_packs.publish.quarter_run, board_packs.publish.release"
    code = f"import sys, lscb, {rooms}; print([m for m in {HEAVY} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_help_takes_at_most_twice_the_time_of_importing_typer():
    def fastest(code: str) -> float:
        def once():  # processor seconds: a busy machine is no slow command
            done = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, _, used = os.wait4(done.pid, 0)
            return used.ru_utime + used.ru_stime

        return min(once() for _ in range(5))

    helped = fastest("import sys; sys.argv = ['lscb', '--help']; from board_packs.cli import main; main()")
    assert helped <= 2 * fastest("import typer")


@pytest.mark.parametrize("args, said", [
    (("run",), "lscb run --period "),
    (("run", "--period", "2017-18-Q4"), "Which --area?"),
    (("run", "--period", "2017-18", "--area", "E06000045"), "is not a period"),
    (("run", "--area", "E06009999", "--sample"), "E06009999"),
    (("run", "--only", "99_nothing", "--sample"), "Packs: main_board"),
    (("run", "--sample", "--only", "nothing"), "40_hrda"),
    (("run", "--period", "2013-14-Q1", "--area", "E06000045"), "put the partners' files into data/returns/2013-14-Q1"),
    (("run", "--period", "2017-18-Q4", "--area", "852", "--returns", "/nowhere"), "no such folder"),
    (("check", "--sample", "--period", "2024-25-Q4", "--area", "852"), "lscb sample --period 2024-25-Q4 --area"),
    (("run", "--sample", "--executor", "dask"), "--scheduler"),
    (("run", "--sample", "--jobs", "-1"), "--jobs"),
    (("tables", "--period", "2017-18-Q5", "--area", "852"), "is not a period"),
    (("purge", "--period", "2013-14-Q1"), "Nothing of 2013-14-Q1"),
    (("purge", "--period", "2013-14-Q1", "--area", "../../x"), "../../x"),
    (("circulate", "main_board", "--signed-off-by", "A", "--period", "2013-14-Q1", "--area", "852"), "There is no finished run"),
    (("claims", "/nowhere.json"), "nowhere.json"),
])  # fmt: skip
def test_a_mistake_is_one_line_on_stderr_and_exit_2(tmp_path, args, said):
    done = lscb(*args, LSCB_OUT=str(tmp_path / "out"))
    assert done.returncode == 2, done
    assert said in done.stderr and len(done.stderr.strip().split("\n")) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("typed", [("run", "--sample"), ("sample",)])
def test_an_output_folder_that_cannot_be_written_is_one_line(tmp_path, typed):
    (tmp_path / "file").write_text("")
    done = lscb(*typed, "--out", tmp_path / "file" / "out")
    assert done.returncode == 2 and "--out" in done.stderr and len(done.stderr.strip().split("\n")) == 1


def test_an_empty_folder_of_returns_is_one_line(tmp_path):
    done = lscb(
        "run",
        "--period",
        "2017-18-Q4",
        "--area",
        "Southampton",
        LSCB_RETURNS=str(tmp_path),
        LSCB_OUT=str(tmp_path / "out"),
    )
    assert done.returncode == 2 and "No returns for 2017-18-Q4" in done.stderr and "--sample" in done.stderr


def test_a_file_that_is_not_used_is_told_why_in_a_sentence(tmp_path):
    (tmp_path / "a.csv").write_text("Dear all\n")
    (tmp_path / "b.csv").write_text("Dear all\n")
    typed = ("check", tmp_path / "a.csv", tmp_path / "b.csv", "--period", "2017-18-Q4", "--area", "852")
    done = lscb(*typed, "--out", tmp_path / "out")
    assert "a.csv: not used.\n" in done.stdout and "a.csv: It matches no return" in done.stderr, done


def test_the_sample_command_writes_what_is_committed(tmp_path):
    done = lscb("sample", "--out", tmp_path / "quarter")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"The invented quarter is in {tmp_path / 'quarter'}."
    committed = ROOT / "data" / "sample" / "2017-18-Q4"
    for path in committed.iterdir():
        assert (tmp_path / "quarter" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("option", [True, False], ids=["option", "variable"])
def test_official_files_serve_a_check_by_option_as_by_variable(tmp_path, option):
    """An invented postcode directory places a postcode; the same files are named by --open-data or by the variable."""
    held, files = tmp_path / "open", tmp_path / "hrda.csv"
    held.mkdir()
    (held / "x.csv").write_text("pcds,doterm,lsoa11,lsoa21\nZZ1 1ZZ,,E01017139,E01017139\n")
    files.write_text("Referral ID,Victim ID,Perpetrator ID,Date of referral,Postcode\nR1,V1,P1,03/02/2018,ZZ1 1ZZ\n")
    typed = ("check", files, "--period", "Q4 2017-18", "--area", "852", "--out", tmp_path / "out")
    done = lscb(*typed, "--open-data", held) if option else lscb(*typed, LSCB_OPEN_DATA=str(held))
    assert done.returncode == 0 and "1 accepted (0 with a warning)" in done.stdout, done
    assert "1ZZ" not in "".join(page.read_text() for page in (tmp_path / "out").rglob("*") if page.is_file())
