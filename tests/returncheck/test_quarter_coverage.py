"""Whose files, of when: said where a figure of 0 would stand for "nothing came"."""

from datetime import date

import pytest
from invented_returns import AREA, HRDA, PERIOD, hrda, read, rules, table

import returncheck as returns
from lscb.periods import Quarter

DEATHS = "Case ID,Date of birth,Date of death,Date notified\nD1,01/02/2010,05/10/2017,06/10/2017\n"


@pytest.mark.parametrize(
    ("name", "text", "newest"),
    [("hrda_referrals", table(HRDA, hrda(on="05/10/2017")), "05/10/2017"), ("child_deaths", DEATHS, "06/10/2017"),
     ("children_services", "Indicator,Quarter,Count\ncontacts,2017-18-Q3,7\n", "2017-18-Q3")],
)  # fmt: skip
def test_a_return_without_a_row_of_the_quarter_says_so(tmp_path, name, text, newest):
    got = read(tmp_path, a__csv=text)
    assert set(got.none_of_the_quarter) == {name}
    rule = f"No row is of 2017-18-Q4; the newest is of {newest}."
    assert rule in got.none_of_the_quarter[name]
    assert got.problems.loc[got.problems["rule"].str.startswith(rule), "severity"].tolist() == ["warn"]


@pytest.mark.parametrize(("heading", "silent"), [("Date review completed", False), ("Date of birth of parent", True)])
def test_a_review_of_the_quarter_shows_that_the_list_of_deaths_reaches_it(tmp_path, heading, silent):
    got = read(tmp_path, a__csv=DEATHS.replace("notified\n", f"notified,{heading}\n").rstrip() + ",15/01/2018\n")
    assert ("child_deaths" in got.none_of_the_quarter) == silent


def test_a_date_that_an_action_is_due_shows_nothing(tmp_path):
    heads = "recommendation_id,audit,audited_on,cases,theme,recommendation,owner,due_on,status\n"
    got = read(tmp_path, a__csv=heads + "1,Neglect,01/02/2017,9,Neglect,Do it,Board,31/03/2018,in progress\n")
    assert len(got.frames["audits"]) == 1
    assert set(got.none_of_the_quarter) == {"audits"}


def test_a_sender_may_say_that_there_was_nothing(tmp_path):
    got = read(tmp_path, a__csv="Nothing to report,Yes\n\n" + table(HRDA, hrda(on="05/10/2017")))
    assert got.none_of_the_quarter == {} and len(got.frames["hrda_referrals"]) == 1


def test_a_yearly_return_is_looked_for_in_its_year(tmp_path):
    text = "Year,Reported on,Heading,Budget,Spent\n2017-18,{},Staff,1,1\n"
    assert read(tmp_path, s__csv=text.format("30/06/2017")).none_of_the_quarter == {}
    last = read(tmp_path, s__csv=text.format("31/03/2017")).none_of_the_quarter
    assert set(last) == {"spending"} and "Is it last year's file? No" in last["spending"]
    early = read(tmp_path, period=PERIOD - 1, s__csv=text.format("31/03/2017")).none_of_the_quarter
    assert "Is it last year's file, or is this year's still to come? No" in early["spending"]


def test_last_quarters_file_again(tmp_path):
    for period in ("2017-18-Q3", "2017-18-Q4"):
        (tmp_path / period).mkdir()
        (tmp_path / period / f"hrda {period}.csv").write_text(table(HRDA, hrda(on="05/01/2018")))
    got = returns.read(tmp_path / "2017-18-Q4", PERIOD, AREA)
    assert "This is last quarter's file hrda 2017-18-Q3.csv again" in rules(got)
    first = returns.check(tmp_path / "2017-18-Q3", Quarter.parse("2017-18-Q3"), AREA, tmp_path / "out")
    assert first.code == 1  # its row lies after that quarter
    second = returns.check(
        tmp_path / "2017-18-Q4" / "hrda 2017-18-Q4.csv", PERIOD, AREA, None, tmp_path / "out" / "summary.json"
    )
    assert "again, to the last byte" in " ".join(second.lines) and second.code == 1


def test_neighbourhoods_of_another_authority(tmp_path):
    rows = [hrda(id=f"R{i}", lsoa=f"E0100{8000 + i}") for i in range(8)] + [hrda(id="R9")]
    got = read(tmp_path, a__csv=table(HRDA, *rows))
    assert "8 of 9 neighbourhoods lie outside Southampton (E06000045): is it another authority's file?" in rules(got)
    assert len(got.frames["hrda_referrals"]) == 9
    assert returns.check(tmp_path, PERIOD, AREA, tmp_path.parent / f"{tmp_path.name}-out").code == 1


def test_from_when_a_return_covers(tmp_path):
    text = table(HRDA, hrda(on="05/02/2018"))
    assert read(tmp_path, a__csv="Covers from,01/04/2016\n\n" + text).covers_from == {
        "hrda_referrals": date(2016, 4, 1)
    }
    (tmp_path / "a.csv").write_text(text)
    got = returns.read(tmp_path, PERIOD, AREA, covers_from=date(2018, 2, 1))
    assert got.covers_from == {"hrda_referrals": date(2018, 2, 1)} and "its figures are partial" in rules(got)
    assert returns.read(tmp_path, PERIOD, AREA).covers_from == {}
