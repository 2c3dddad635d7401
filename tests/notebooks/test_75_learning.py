"""Page 75 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import numpy as np
import pytest
from page_reader import half_up, run

from board_packs.pages.book import Book
from board_packs.publish.report import report_charts
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter

NOW, BEFORE = "2017-18", "2016-17"


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, invented_quarter):
    page = invented_quarter.page("75_learning", request.param)
    page.audience = request.param
    return page


def test_the_table_of_agencies_adds_up_from_its_quarters(page):
    head, *rows = page.table("Attendances by agency")
    assert head == ["Agency", BEFORE, *(f"{NOW} Q{n}" for n in range(1, 5)), NOW]
    if page.audience == "public":
        return  # rounded
    for row in rows:
        figures = [int(text.replace(",", "")) if text[0].isdigit() else 0 for text in row[1:]]
        assert sum(figures[1:5]) == figures[5], row[0]


def test_one_kind_is_charted_alone(tables, frames):
    page = run("75_learning", tables("partnership"), kind="level 3")
    rows = frames("partnership")["training_attendance"]
    rows = rows[(rows["measure"] == "training_filled") & (rows["kind"] == "level 3") & rows["period"].str.contains("Q")]
    last = rows.sort_values("period").iloc[-1]
    assert f"({last['count']:.0f} of {last['of']:.0f})" in page.cell("newest quarter's share").text


@pytest.mark.parametrize(
    "fragment, name, measure, dimension, label",
    [
        ("y=\"kind\", order", "training_attendance", "training_filled", "kind", "level 3"),
        ("y=\"agency\", order", "training_by_agency", "training_attended", "agency", "Hampshire Constabulary"),
    ],
)  # fmt: skip
def test_a_bar_that_is_withheld_is_marked_in_its_place(frames, tmp_path, fragment, name, measure, dimension, label):
    rows = frames("partnership")[name].copy()
    gone = (rows[dimension] == label) & (rows["period"] == NOW)
    assert (gone & (rows["measure"] == measure)).sum() == 1
    rows.loc[gone, list(long_table.FIGURES)] = np.nan
    rows.loc[gone, "status"] = "suppressed"
    long_table.write(frames("partnership") | {name: rows}, tmp_path)
    cell = run("75_learning", tmp_path).cell(fragment)
    before, now = cell.chart.alt.lower().split(f" {NOW}: ")
    assert f"withheld: {label}.".lower() in now and "withheld" not in before
    (ax,) = cell.axes
    (mark,) = [text for text in ax.texts if text.get_text() == "withheld"]
    place = mark.get_position()[1]
    assert ax.get_yticklabels()[round(place)].get_text() == label
    bars = [patch for container in ax.containers for patch in container.patches if patch.get_width() > 0]
    assert not [patch for patch in bars if patch.get_y() < place < patch.get_y() + patch.get_height()]


def test_a_kind_that_there_is_not_is_refused_with_those_there_are(tables, frames):
    with pytest.raises(UserError) as refused:
        run("75_learning", tables("partnership"), kind="levle 3")
    line = str(refused.value)
    assert line.startswith("kind: there is no 'levle 3'; use ") and "\n" not in line
    assert all(repr(kind) in line for kind in set(frames("partnership")["training_attendance"]["kind"]))
    assert run("75_learning", tables("partnership"), kind="LEVEL 3").names["of_kind"] == "level 3"


def test_a_kind_that_was_never_held_is_not_withheld(invented_quarter, frames):
    cell = invented_quarter.page("75_learning", "partnership").cell('y="kind", order')
    before, now = cell.chart.alt.lower().split(f" {NOW}: ")
    assert now.startswith("conference: 83.3%;") and "conference" not in before  # 100 of 120 places; none in 2016-17
    rows = frames("partnership")["training_attendance"]
    held = rows[(rows["measure"] == "training_filled") & (rows["period"] == BEFORE) & (rows["of"] > 0)]
    kinds = set(held["kind"]) - {"Total"}
    assert "conference" not in kinds and "; the others have no more." in before and "withheld" not in before
    names = [text.get_text() for text in cell.axes[0].get_yticklabels()]
    pale = cell.axes[0].containers[0].patches  # of the year before, each bar in the upper half of its place
    assert sorted(names[round(bar.get_y() + 0.4)] for bar in pale if bar.get_width() > 0) == sorted(kinds)


def test_the_annual_report_charts_the_public_table(tables, frames, hidden):
    rows = frames("public")["training_attendance"]
    rows = rows[(rows["measure"] == "training_filled") & (rows["kind"] == "Total") & rows["period"].str.contains("-Q")]
    chart = report_charts.learning_filled(Book(tables("public"), Quarter(2017, 4), "E06000045", "public", True))
    ordered = rows.sort_values("period")
    read = [*ordered["period"].head(1), *ordered["period"].tail(3)]  # in words; every other when the chart is asked
    for row in ordered.to_dict("records"):
        share, period = half_up(100 * row["count"] / row["of"], 1), row["period"].replace("-Q", " Q")
        assert (f"{share}% in {period}" in chart.alt) == (row["period"] in read), period
        assert f"<title>{period}: {share}% ({row['count']:.0f} of {row['of']:.0f})</title>" in chart.drawing
    absent = Book(hidden("absent"), Quarter(2017, 4), "E06000045", "public", True)
    assert "was not received" in str(report_charts.learning_filled(absent))
