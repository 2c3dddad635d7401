"""The answer, the charts and the tables of a page are of the newest figures that were out on the period's last day.

Days of publication: ONS, population estimates for England and Wales (release calendar); MHCLG, English Indices of
Deprivation. The worked example's own period is seen from today (`as_of.by_today` in data/standards.yml), and is not here.
"""

import re
from datetime import date

import pytest
from open_data_pages import SHARED, build
from page_reader import run

from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

MID_YEARS = {2012: date(2013, 6, 26), 2013: date(2014, 6, 26), 2014: date(2015, 6, 25), 2015: date(2016, 6, 23),
             2016: date(2017, 6, 22), 2017: date(2018, 6, 28), 2018: date(2019, 6, 26), 2019: date(2020, 6, 24),
             2020: date(2021, 6, 25), 2021: date(2022, 12, 21), 2022: date(2023, 11, 23), 2023: date(2024, 7, 15),
             2024: date(2025, 7, 30)}  # fmt: skip
EDITIONS = {2015: date(2015, 9, 30), 2019: date(2019, 9, 26), 2025: date(2025, 10, 30)}
BY_AGE = {2016, 2017, 2018, 2019}  # the mid-years of which single years of age are held
OFFICIAL = pytest.mark.skipif(not SHARED.is_dir(), reason="official files (../shared/open-data) are not here")
CASES = [
    ("2016-17-Q4", "E06000045"), ("2018-19-Q1", "E06000045"), ("2020-21-Q2", "E06000058"), ("2021-22-Q1", "E06000053"),
    ("2024-25-Q4", "E10000016"), ("2025-26-Q2", "E06000066"), ("2025-26-Q3", "E06000045"), ("2025-26-Q3", "E09000001"),
]  # fmt: skip


def newest(days, period, among=None):
    out = [year for year, day in days.items() if day <= Quarter.parse(period).last_day and year in (among or days)]
    return max(out, default=min(among or days))  # where none was out the oldest, which the page says


@pytest.mark.parametrize("period, area", [
    pytest.param(*case, marks=[pytest.mark.shared, OFFICIAL, pytest.mark.slow]) for case in CASES
])  # fmt: skip
def test_every_headline_of_residents_and_of_deprivation_is_of_one_year(tmp_path, monkeypatch, period, area):
    monkeypatch.setenv("LSCB_OPEN_DATA", str(SHARED))
    made = build(tmp_path / "working", area, Store(SHARED), period)
    page = run("10_demographics", made, area=area, period=period)
    by_age, children = newest(MID_YEARS, period, BY_AGE), newest(MID_YEARS, period)
    heads = [page.answer, *(cell.chart.title for cell in page.charts), *captions(page)]
    said = {int(year) for head in heads for year in re.findall(r"\bmid-(\d{4})\b", head)}
    assert said == {by_age, children}
    titled = next(title for title in heads if title.startswith("Children aged 0 to 17 in "))
    (number,) = re.findall(rf": ([\d,]+) in mid-{children}$", titled)
    assert f"{number} children aged 0 to 17" in page.answer or f"{number} were children aged 0 to 17" in page.answer
    page, edition = run("20_deprivation", made, area=area, period=period), newest(EDITIONS, period)
    heads = [page.answer, *(cell.chart.title for cell in page.charts), *captions(page)]
    years = re.findall(
        r"(?<!list of )\b(?:2015|2019|2025)\b", " ".join(heads)
    )  # DfE's lists of neighbours have years too
    assert set(map(int, years)) == {edition}
    later = {year for year, day in EDITIONS.items() if day > Quarter.parse(period).last_day}
    assert not too_late({p.stem: long_table.load(p) for p in made.glob("*.csv")}, period)
    table = page.table("Rank among authorities by edition")
    assert not later & {int(year) for year in table[0][1:]} and str(edition) in table[0]


def too_late(tables, period):
    """Labels of mid-years and of editions of the Indices in some tables that came out after a period, but for the oldest
    where none was out."""
    day, oldest = Quarter.parse(period).last_day, {newest(MID_YEARS, period, BY_AGE), newest(EDITIONS, period)}
    late = {
        str(year) for days in (MID_YEARS, EDITIONS) for year, out in days.items() if out > day and year not in oldest
    }
    names = ("deprivation_", "population_", "age_shares", "partnership_areas")
    held = {
        (name, column, label)
        for name, frame in tables.items()
        if name.startswith(names)
        for column in {"period", "edition", "editions"} & set(frame)
        for label in frame[column].astype(str).unique()
    }
    return sorted((name, column, label) for name, column, label in held if late & set(re.findall(r"\d{4}$", label)))


@pytest.mark.parametrize("period, editions, said", [
    ("2016-17-Q4", {"2015"}, "one edition of the Indices was in print on the period's last day."),
    ("2020-21-Q2", {"2015", "2019"}, ""),
])  # fmt: skip
def test_tables_hold_no_estimate_and_no_edition_that_came_out_after_the_period(tmp_path, period, editions, said):
    """Truth: mid-2017 to mid-2019 and the editions of 2019 and 2025 came out after March 2017; those of 2025, and the
    mid-years from 2020, after September 2020. Rates of the year to March 2017 divide by mid-2016, of 2021 by mid-2020."""
    (tmp_path / "none").mkdir()
    folder = build(tmp_path / "working", "E06000045", Store(tmp_path / "none"), period)
    made = {path.stem: long_table.load(path) for path in folder.glob("*.csv")}
    assert not too_late(made, period)
    assert (
        set(made["deprivation_summary"]["edition"]) == editions and set(made["deprivation_lsoa"]["edition"]) == editions
    )
    years = made["children"]["period"].astype(int)
    assert years.max() <= Quarter.parse(period).last_day.year - 1
    page = run("20_deprivation", folder, area="E06000045", period=period)
    assert said in page.text


def captions(page):
    """Captions of tables, but of those that set editions or years side by side."""
    text = "".join(str(value) for cell in page.cells for value in cell.shown)
    found = re.findall(r"<caption>(.*?)<", text, re.DOTALL)
    return [caption for caption in found if "by edition" not in caption and "by mid-year" not in caption]


def test_a_page_shows_nothing_that_was_printed_after_its_period(tmp_path):
    """Without official files, Southampton's own: the domains that are held are of 2025, the annual report's of 2017-18."""
    (tmp_path / "none").mkdir()
    made = build(tmp_path / "working", "E06000045", Store(tmp_path / "none"), "2016-17-Q4")
    domains = run("20_deprivation", made, area="E06000045", period="2016-17-Q4").cell("sns.heatmap(")
    assert domains.chart.title.endswith("2015: 22, by Income deprivation affecting children (IDACI)")  # File 3
    facts = run("10_demographics", made, area="E06000045", period="2016-17-Q4").cell("Published figures of the annual")
    assert "98,300" not in facts.text and "by then" in facts.text
