"""Page 10 as its reader gets it: sentences, charts and tables against the tables on disk, and published estimates."""

import re

import pandas as pd
import pytest
from open_data_pages import SHARED, build
from page_reader import half_up, line, run

from lscb import long_table
from openstats import Store

CITY, ENGLAND = "E06000045", "E92000001"
BANDS = [f"{age}-{age + 4}" for age in range(0, 90, 5)] + ["90+"]


@pytest.fixture(scope="module")
def page(invented_quarter):
    return invented_quarter.page("10_demographics", "partnership")


@pytest.fixture(scope="module")
def rows(frames):
    """Rows of a table as they lie on disk: rows("children", area=CITY, period="2016")."""

    def chosen(name, **labels):
        frame = frames()[name]
        for column, label in labels.items():
            frame = frame[frame[column] == label]
        return frame

    return chosen


def percent(part, whole=1):
    return f"{half_up(100 * part / whole, 1)}%"


def test_the_answer_is_the_published_estimate(page):
    # ONS, mid-2016 population estimates, first published in June 2017
    assert page.answer == (
        "In mid-2016 Southampton had 254,275 residents, 129,879 male and 124,396 female. 49,901 were children aged 0 "
        "to 17, and 20.2% were aged 15 to 24, against 12.2% in England."
    )


def test_the_pyramid_has_males_left_females_right_and_england_over_them(page, rows):
    cell = page.cell("charts.pyramid(")
    (ax,) = cell.axes
    bands = rows("population_by_band", period="2016")
    order = [text.get_text() for text in ax.get_yticklabels()]
    assert order == sorted(set(bands["age_band"]) - {"Total"}, key=lambda band: int(band.split("-")[0].rstrip("+")))
    for sex, side, colour in (("male", -1, "#12436d"), ("female", 1, "#7c9cba")):
        own = bands[(bands["area"] == CITY) & (bands["sex"] == sex)].set_index("age_band")["value"]
        (container,) = [c for c in ax.containers if c.get_label() == sex]
        widths = {round(p.get_y() + p.get_height() / 2): p.get_width() for p in container.patches}
        assert widths == {place: side * own[band] for place, band in enumerate(order)}
        red, green, blue, _ = (round(255 * part) for part in container.patches[0].get_facecolor())
        assert f"#{red:02x}{green:02x}{blue:02x}" == colour
        whole = bands[(bands["area"] == ENGLAND) & (bands["sex"] == sex)].set_index("age_band")["value"]
        edge = [each for each in ax.lines if side * sum(each.get_xdata()) > 0]
        assert len(edge) == 1
        assert list(edge[0].get_xdata())[::2] == [side * whole[band] for band in order]
    sizes = bands.set_index(["area", "sex", "age_band"])["value"]
    for band in order:
        here, there = (", ".join(f"{sex} {percent(sizes[area, sex, band])}" for sex in ("male", "female")) for area in (CITY, ENGLAND))  # fmt: skip
        assert f"<title>{band}: {here}; England {there}</title>" in cell.chart.drawing
    both = (
        bands[bands["sex"] == "Total"]
        .pivot(index="age_band", columns="area", values="value")
        .drop("Total", errors="ignore")
    )
    gap = both[CITY] - both[ENGLAND]
    for what, band in (("above", gap.idxmax()), ("below", gap.idxmin())):
        assert (
            f"Widest {what}{' England' if what == 'above' else ''}: {band}, {percent(both[CITY][band])} against {percent(both[ENGLAND][band])}"
            in cell.chart.alt
        )
    assert f"Largest band: {both[CITY].idxmax()}, {percent(both[CITY].max())} of residents" in cell.chart.alt


def test_young_residents_stand_beside_englands(page, rows):
    table = page.table("Young residents, mid-2016")
    names = {"Aged 15 to 24": "share_15_24", "Aged 0 to 17": "child_share_0_17"}
    areas = {"Southampton": CITY, "England": ENGLAND}
    assert len(table) == 5 and table[0][:5] == ["Group", "Place", "Residents", "Of", "Share"]
    for group, place, number, of, share, *_ in table[1:]:
        (cell,) = rows("age_shares", period="2016", measure=names[group], area=areas[place]).to_dict("records")
        assert [number, of, share] == [half_up(cell["count"]), half_up(cell["of"]), percent(cell["count"], cell["of"])]


def test_the_sentences_on_children_have_the_tables_numbers(page, rows):
    (older,) = rows("children", area=CITY, period="2016", measure="children_0_19", vintage="first published")["count"]
    own, england = (
        rows("age_shares", period="2016", measure="child_share_0_17", area=a)["value"].iloc[0] for a in (CITY, ENGLAND)
    )
    assert (
        f"{half_up(older)} residents were aged 0 to 19. Children aged 0 to 17 were {percent(own)} of residents, against "
        f"{percent(england)} in England."
    ) in page.text
    assert "first published as 49,901 and is 48,847 in the current series" in page.text  # ONS; DfE's revised series
    assert "38 in the three years 2014 to 2016, 12.7 a year" in page.text  # ONS: 9, 13 and 16 deaths under one year
    assert "mid-2016. A later mid-year, 2017," in page.text


def test_the_columns_are_the_single_years_of_age_and_grey_from_18(page, rows):
    cell = page.cell("sns.barplot(ages")
    (ax,) = cell.axes
    counts = rows("population_by_age_sex", area=CITY, period="2016", sex="Total").set_index("age")["count"]
    columns = {round(p.get_x() + p.get_width() / 2): p for c in ax.containers for p in c.patches}
    assert {place: p.get_height() for place, p in columns.items()} == {age: counts[str(age)] for age in range(20)}
    assert [text.get_text() for text in ax.get_xticklabels()] == [str(age) for age in range(20)]
    shades = {place: p.get_facecolor()[:3] for place, p in columns.items()}
    assert len({shades[age] for age in range(18)}) == 1 and shades[18] == shades[19] != shades[17]
    assert max(shades[18]) - min(shades[18]) < 0.05, "grey"
    read = "; ".join(f"age {age}: {half_up(counts[str(age)])}" for age in range(20))
    assert f"mid-2016: {read}." in cell.chart.alt


def test_the_lines_are_the_two_vintages_each_in_its_year(page, rows):
    cell = page.cell("charts.lines(")
    (ax,) = cell.axes
    every = rows("children", area=CITY, measure="children_0_17")
    every = every[(every["period"] <= "2017") & (every["period"].str.len() == 4)]
    years = sorted(every["period"].unique())
    table = page.table("Children aged 0 to 17 by mid-year")
    assert [row[0] for row in table[1:]] == years
    for column, vintage in enumerate(("current series", "first published"), 1):
        counts = every[every["vintage"] == vintage].set_index("period")["count"]
        drawn = {years[round(x)]: y for x, y in zip(*line(ax, vintage), strict=True) if y == y}
        assert drawn == dict(counts)
        first, last = (f"{half_up(counts[year])} in {year}" for year in (min(counts.index), max(counts.index)))
        assert f"{vintage}: {first} and {last}." in cell.chart.alt.replace("First", "first")
        for row in table[1:]:
            number = half_up(counts[row[0]]) if row[0] in counts else None
            assert row[column] == (number or "–")
            assert bool(number) == bool(re.search(f"<title>{row[0]}: [^<]*{vintage} {number}", cell.chart.drawing))
    assert [text.get_text() for text in ax.get_xticklabels()] == years
    assert "49,901 were children aged 0 to 17" in page.answer  # ONS, mid-2016, in print in March 2018; mid-2017 was not
    assert cell.chart.title == "Children aged 0 to 17 in Southampton: 49,901 in mid-2016"
    assert table[-2][1:] == ["48,847", "49,901"] and table[0] == ["Mid-year", "Current series", "First published"]


def test_partners_and_facts_are_those_of_the_tables(page, rows):
    table = page.table("Children and young people in the areas of the wider partnership")
    assert len(table) == 13
    for place, ages, number, of, share in table[1:]:
        (cell,) = rows("partnership_areas", period="2016", beside=place, age_group=ages).to_dict("records")
        assert [number, of, share] == [half_up(cell["count"]), half_up(cell["of"]), percent(cell["count"], cell["of"])]
    facts = page.table("Published figures of the annual report")
    assert ["Households", "Southampton", "Not stated", "98,300"] in facts
    assert ["Children in low-income families", "England", "Not stated", "16.8%"] in facts


def test_an_area_of_which_nothing_is_held_says_so_and_draws_nothing(tmp_path):
    (tmp_path / "none").mkdir()
    page = run("10_demographics", build(tmp_path / "t", "E08000019", Store(tmp_path / "none")), area="E08000019")
    assert page.answer.startswith("This cannot be answered.") and "lscb fetch" in page.answer
    assert not page.charts and "nan" not in page.text


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="official files (../shared/open-data) are not here")
def test_a_county_adds_up_its_districts_and_an_authority_is_ranked(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_OPEN_DATA", str(SHARED))
    page = run("10_demographics", build(tmp_path / "hampshire", "E10000014", Store(SHARED)), area="E10000014")
    assert "Hampshire had 1,360,426 residents" in page.answer  # ONS mid-2016
    late = build(tmp_path / "late", "E08000019", Store(SHARED), period="2024-25-Q4")
    page = run("10_demographics", late, area="E08000019", period="2024-25-Q4")
    assert "Sheffield had" in page.answer and "nan" not in page.text


def test_what_was_first_published_stands_before_what_came_later(frames, tmp_path):
    made = dict(frames())
    for name in ("population_by_age_sex", "population_by_band", "age_shares"):
        later = made[name].assign(
            vintage="current series", value=made[name]["value"] / 2, count=made[name]["count"] - 1000
        )
        made[name] = pd.concat([later, made[name]])
    long_table.write(made, tmp_path)
    page = run("10_demographics", tmp_path)
    assert "254,275 residents" in page.answer and "20.2% were aged 15 to 24" in page.answer
    assert "Largest band: 20-24, 13.4%" in page.cell("charts.pyramid(").chart.alt
