"""cellguard alone: its README's example, its command for a folder of anyone's tables, and that it needs nothing above it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import cellguard
from cellguard.__main__ import main
from lscb import long_table

LIBRARY = Path(cellguard.__file__).parents[1]
TEAM = "profiles: {team: {threshold: 5, all_or_none: 5, banner: For the team}}"


@pytest.fixture
def folder(tmp_path):
    """Two tables of anyone's, 3 of 43 by sex and by band, and a file of audiences beside them."""
    (tmp_path / "audiences.yml").write_text(TEAM)
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "sexes.csv").write_text("measure,sex,count\nreferrals,f,3\nreferrals,m,40\nreferrals,Total,43\n")
    (tables / "bands.csv").write_text("measure,band,count\nreferrals,0-4,12\nreferrals,5-17,31\nreferrals,Total,43\n")
    return tables


def run(folder, *more):
    return main([str(folder), "--audiences", str(folder.parent / "audiences.yml"), *map(str, more)])


def test_the_readme_s_example_prints_what_it_says(capsys):
    code = re.search(r"```python\n(.*?)```", (LIBRARY / "cellguard" / "README.md").read_text(), re.DOTALL)
    exec(code[1], {})
    out = capsys.readouterr().out
    assert out.startswith("[nan, nan, 43.0]\n") and out.endswith("['3']\n")
    assert re.findall(r"(male|female) +(\S+) +(\S+) +(\w+)", out) == [
        ("female", "0.0", "43.0", "False"), ("male", "0.0", "43.0", "False"),
    ]  # fmt: skip


def test_a_folder_is_protected_attacked_and_written(folder, capsys):
    assert run(folder) == 0
    sexes = long_table.load(folder / "protected" / "team" / "sexes.csv")
    assert sexes["status"].tolist() == ["suppressed", "suppressed", "shown"] and sexes["count"].isna().sum() == 2
    assert (folder / "protected" / "ledger.csv").is_file()
    assert "team: 2 figures withheld; 0 of them can be worked out." in capsys.readouterr().out
    assert run(folder) == 0  # again, in the place of what it made


def test_what_was_circulated_before_is_known(folder, tmp_path):
    # Of 43 three were withheld; with 40 men printed once before, only the total can keep the three.
    given = {"sexes": pd.DataFrame({"measure": ["referrals"], "sex": ["m"], "count": [40.0], "status": ["shown"]})}
    entry = cellguard.history.Entry("team", given, "p", "2017-18", "here", "A", "2018-05-01")
    cellguard.history.record(entry, tmp_path / "ledger", audiences=tmp_path / "audiences.yml")
    assert run(folder, "--history", tmp_path / "ledger") == 0
    sexes = long_table.load(folder / "protected" / "team" / "sexes.csv")
    assert sexes["status"].tolist() == ["suppressed", "shown", "suppressed"]


def test_the_documentation_says_what_does_not_add_up(folder, tmp_path):
    (tmp_path / "known.yml").write_text("measures: {referrals: {adds_over: none}}")
    assert run(folder, "--documentation", tmp_path / "known.yml", "--out", tmp_path / "out") == 0
    sexes = long_table.load(tmp_path / "out" / "team" / "sexes.csv")
    assert sexes["status"].tolist() == [
        "suppressed",
        "shown",
        "shown",
    ]  # 43 - 40 says nothing of whom people named twice


def test_a_declared_sum_that_does_not_hold_is_named(folder, tmp_path, capsys):
    (tmp_path / "known.yml").write_text("relations: [{total: referrals, parts: [{measure: referrals, sex: m}]}]")
    assert run(folder, "--documentation", tmp_path / "known.yml") == 0
    assert "The sum declared of referrals does not hold" in capsys.readouterr().out


def test_a_part_that_is_too_large_ends_with_a_sentence_and_says_meanwhile_how_far_it_is(folder, capsys, monkeypatch):
    """Twelve numbers that hang together, where so few are many: with work for thousands of programmes, for one, for an
    attack of one."""
    (folder / "both.csv").write_text(
        "measure,sex,band,count\nreferrals,f,0-4,1\nreferrals,f,5-17,2\nreferrals,m,0-4,11\nreferrals,m,5-17,29\n"
    )
    monkeypatch.setattr("cellguard.highs_programmes.LARGE", 12)
    for enough, attacks, code, line in (
        (10**6, 10**6, 0, "9 figures that hang together: 1 programmes, 0 % of the most\n"),
        (100, 10**6, 2, "programmes did not settle which must be withheld: protect fewer at once"),
        (10**6, 1, 2, "too many to say what can be worked out of them: release fewer tables at once"),
    ):
        monkeypatch.setattr("cellguard.highs_programmes.WORK", enough)
        monkeypatch.setattr("cellguard.attacker.tied_group.WORK", attacks)
        shutil.rmtree(folder / "protected", ignore_errors=True)
        assert run(folder) == code
        assert line in capsys.readouterr().err and (folder / "protected").exists() == (code == 0)


def test_a_sum_of_what_no_table_has_is_named(folder, tmp_path, capsys):
    (tmp_path / "known.yml").write_text(
        "relations: [{total: referrals, parts: [-refferals, {measure: repeats, sex: m}]}]"
    )
    assert run(folder, "--documentation", tmp_path / "known.yml") == 0
    said = capsys.readouterr().out
    assert "declared of refferals, which no table has" in said and "declared of repeats, which no table has" in said
    assert "of referrals" not in said


def test_a_promise_that_nothing_can_keep_is_named(folder, tmp_path, capsys):
    """Of two seats, which are open, a woman and a man have one each: 0, 1 or 2 may be hers, 1 or 2 small numbers are."""
    for path in folder.glob("*.csv"):
        path.unlink()
    (folder / "seats.csv").write_text("measure,sex,count\nseats,Total,2\njoined,f,1\njoined,m,1\n")
    parts = "{measure: joined, sex: f}, {measure: joined, sex: m}"
    (tmp_path / "known.yml").write_text(
        f"measures: {{seats: {{protect: none}}}}\nrelations: [{{total: seats, parts: [{parts}]}}]"
    )
    (tmp_path / "audiences.yml").write_text(TEAM.replace("all_or_none: 5", "inside: true"))
    run(folder, "--documentation", tmp_path / "known.yml")
    said = capsys.readouterr().out
    assert "joined: sex f: even hiding everything leaves 2 possible numbers, 3 are asked for." in said


def test_an_older_record_of_what_was_circulated_is_known(folder, tmp_path, capsys):
    """As a stranger would: two packs recorded, then the copy from between them; then none, or a folder without one."""
    given = {"sexes": pd.DataFrame({"measure": ["referrals"], "sex": ["m"], "count": [40.0], "status": ["shown"]})}
    ledger, older, audiences = tmp_path / "ledger", tmp_path / "older", tmp_path / "audiences.yml"
    for at, period in enumerate(("2017-18", "2018-19")):
        entry = cellguard.history.Entry("team", given, "p", period, "St Ives", "A", f"201{8 + at}-05-01")
        cellguard.history.record(entry, ledger, audiences=audiences)
        shutil.copytree(ledger, older, dirs_exist_ok=True) if not at else None
    assert run(folder, "--history", ledger) == run(folder, "--history", ledger) == 0
    for wrong, line in ((older, "an older copy was put back"), (tmp_path, "no record"), (None, "with a record")):
        assert run(folder, *(("--history", wrong) if wrong else ())) == 2
        assert line in capsys.readouterr().err


@pytest.mark.parametrize("spoil, line", [
    (lambda f: (f / "sexes.csv").write_text("measure,sex,count\nreferrals,f,three\n"), "sexes.csv is no long table"),
    (lambda f: (f / "sexes.csv").write_text("measure,sex\nreferrals,f\n"), "sexes.csv has no figures"),
    (lambda f: (f / "sexes.csv").write_bytes(b"measure,sex,count\nreferrals,\xe9,3\n"), "save it as UTF-8"),
    (lambda f: (f / "sexes.csv").write_text("measure,sex,count\nreferrals,f,2.5\n"), "no whole number"),
    (lambda f: (f / "sexes.csv").write_text("measure,sex,count\nreferrals,f,3,4\n"), "more fields than headings"),
    (lambda f: (f / "bands.csv").write_text("measure,count\nreferrals,44\n"), "two different numbers"),
    (lambda f: [p.unlink() for p in f.glob("*.csv")], "holds no tables"),
    (lambda f: (f / "protected").mkdir(), "was not made by this command"),
    (lambda f: (f.parent / "audiences.yml").unlink(), "audiences.yml is not there"),
    (lambda f: (f.parent / "audiences.yml").write_text("profiles: {team: {threshold: 0, banner: x}}"), "from 1; it is 0"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_line(folder, capsys, spoil, line):
    spoil(folder)
    assert run(folder) == 2
    said = capsys.readouterr().err
    assert line in said and said.count("\n") == 1 and not (folder / "protected" / "team").exists()


def test_cellguard_loads_nothing_above_it_and_no_solver():
    code = "import sys, cellguard; cellguard.profile; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(LIBRARY)}
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"board_packs", "openstats", "returncheck", "claimcheck", "highspy", "scipy", "pandas"}
