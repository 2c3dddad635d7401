"""Page 80 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import pytest
from page_reader import half_up, run

from lscb import long_table
from lscb.errors import UserError

NOW = "2017-18"


@pytest.fixture(scope="module")
def page(tables):
    return run("80_board", tables("partnership"))


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
    assert "Seats at the Executive in 2017-18" in page.text


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
    heads, *lines = page.table("Seats at the Executive and Main Board in 2017-18")
    assert heads == ["Agency", "Expected", "Filled", "Share"] and len(lines) == len({row["agency"] for row in asked})
    for agency, expected, filled, share in lines:
        seats = [row for row in asked if row["agency"].replace("Total", "All").lower() == agency.lower()]
        met, of = sum(row["count"] for row in seats), sum(row["of"] for row in seats)
        assert (expected, filled, share) == (half_up(of), half_up(met), f"{half_up(100 * met / of, 1)}%"), agency
    assert any(
        len([row for row in asked if row["agency"] == agency]) == 2 for agency in {row["agency"] for row in asked}
    )
    assert {float(line[1]) for line in lines} <= set(page.names["book"].derived)  # so that the page can leave
    with pytest.raises(UserError, match="all meetings together: name it alone"):
        run("80_board", tables("partnership"), meetings="Total, Executive")


@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_other_audiences_read_the_same_as_money_and_seats_are_not_protected(page, tables, audience):
    assert run("80_board", tables(audience), audience).answer == page.answer
