"""Page 80 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import re
from html import escape

import pytest
from page_reader import half_up, run

from lscb import long_table
from lscb.errors import UserError

NOW = "2017-18"


@pytest.fixture(scope="module")
def page(invented_quarter):
    return invented_quarter.page("80_board", "partnership")


def test_a_total_that_is_overspent_is_no_heading(frames, tmp_path):
    spending = frames("partnership")["spending"]
    total = (spending["heading"] == "Total") & (spending["measure"] == "budget_left")
    changed = spending.assign(value=spending["value"].mask(total, -1234.0))
    long_table.write(frames("partnership") | {"spending": changed}, tmp_path)
    assert "1,234" not in run("80_board", tmp_path).cell("overspent = say.series").text


def test_a_budget_that_did_not_move_is_neither_more_nor_less_than_it_was(frames, tmp_path):
    money = frames("partnership")["contributions"]
    same = money.assign(value=money["value"].mask(money["measure"] == "contribution_change", 0.0))
    long_table.write(frames("partnership") | {"contributions": same}, tmp_path)
    page = run("80_board", tmp_path)
    assert not [cell for cell in page.cells if "£0 more" in cell.text or "the partners agreed" in cell.text]


def test_another_meeting_is_asked_for(tables):
    page = run("80_board", tables("partnership"), meetings="Executive")
    assert re.search("Executive: .* below 75% of expected seats", page.text)


@pytest.mark.parametrize("asked", ["Execitive", ["Executive", "Everybody"]])
def test_a_meeting_that_there_is_not_is_refused_with_those_there_are(tables, frames, asked):
    with pytest.raises(UserError) as refused:
        run("80_board", tables("partnership"), meetings=asked)
    line = str(refused.value)
    assert "\n" not in line and line.startswith(
        f"meetings: there is no {(asked if isinstance(asked, str) else asked[1])!r}; use "
    )
    assert all(repr(meeting) in line for meeting in set(frames("partnership")["board_attendance"]["meeting"]))


def test_the_seats_of_several_meetings_are_taken_together(tables, frames):
    page = run("80_board", tables("partnership"), meetings="Executive, Main Board")
    table = frames("partnership")["board_attendance"]
    rows = table[(table["measure"] == "seats_filled") & (table["period"] == NOW)]
    asked = [row for row in rows.to_dict("records") if row["meeting"] in ("Executive", "Main Board")]
    cell = page.cell("sns.barplot(agencies")
    (ax,), chart = cell.axes, cell.chart
    assert chart.title.startswith("Executive and Main Board: ")
    of = {}
    for row in (row for row in asked if row["agency"] != "Total"):
        met, seats = of.get(row["agency"], (0, 0))
        of[row["agency"]] = met + row["count"], seats + row["of"]
    short = {agency: f"{half_up(100 * met / seats, 1)}%" for agency, (met, seats) in of.items() if met < seats}
    least = sorted(short, key=lambda agency: (of[agency][0] / of[agency][1], agency))
    drawn = zip(ax.get_yticklabels(), ax.texts, strict=True)
    assert [(name.get_text(), number.get_text()) for name, number in drawn] == [(name, short[name]) for name in least]
    read = re.findall(r"(?:: |; )([^:;]+): ([\d.]+%)", chart.alt)  # the emptiest, with which the chart begins
    assert read == [(name, short[name]) for name in least[:6]]
    assert "; the others have no less." in chart.alt
    for name, (met, seats) in of.items():
        answer = f"<title>{escape(name)}: {short.get(name)} ({met:.0f} of {seats:.0f})</title>"
        assert (answer in chart.drawing) == (met < seats)
    assert any(
        len([row for row in asked if row["agency"] == agency]) == 2 for agency in {row["agency"] for row in asked}
    )
    assert {met / seats for met, seats in of.values()} <= set(page.names["book"].derived)  # so that the page can leave
    with pytest.raises(UserError, match="all meetings together: name it alone"):
        run("80_board", tables("partnership"), meetings="Total, Executive")


@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_other_audiences_read_the_same_as_money_and_seats_are_not_protected(page, invented_quarter, audience):
    assert invented_quarter.page("80_board", audience).answer == page.answer
