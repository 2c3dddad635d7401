"""Page 80 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import numpy as np
import pytest
from page_reader import half_up, line, one_row, run

from lscb import long_table
from lscb.errors import UserError

NOW, BEFORE = "2017-18", "2016-17"


@pytest.fixture(scope="module")
def page(tables):
    return run("80_board", tables("partnership"))


@pytest.fixture
def row(frames):
    """One row from disk: row("contributions", "contribution_agreed", partner="Total")."""
    return lambda name, measure, period=NOW, **labels: one_row(frames("partnership")[name], measure, period, **labels)


def pounds(value):
    return f"{'−' if value < 0 else ''}£{half_up(abs(value))}"


def test_the_answer_has_seats_and_money(page, row, frames):
    every, main = (row("board_attendance", "seats_filled", agency="Total", meeting=m) for m in ("Total", "Main Board"))
    for seats in (every, main):
        assert f"{seats['count']:.0f} of {seats['of']:.0f}" in page.answer
        assert f"({half_up(100 * seats['count'] / seats['of'], 1)}%)" in page.answer
    money = frames("partnership")["contributions"]
    money = money[(money["measure"] == "contribution_agreed") & (money["period"] == NOW)].set_index("partner")["value"]
    first = money.drop("Total").idxmax()
    assert f"Partners agreed {pounds(money['Total'])} for the core budget of {NOW}" in page.answer
    assert f"{half_up(100 * money[first] / money['Total'], 1)}% of it from {first}." in page.answer


def test_the_bars_are_the_shares_of_seats_lowest_first(page, frames):
    table = frames("partnership")["board_attendance"]
    rows = table[(table["measure"] == "seats_filled") & (table["period"] == NOW) & (table["meeting"] == "Main Board")]
    shares = rows[(rows["agency"] != "Total") & (rows["count"] < rows["of"])].set_index("agency")["value"]
    (ax,) = page.cell("order=agencies").axes
    labels = [text.get_text() for text in ax.get_yticklabels()]
    widths = [patch.get_width() for container in ax.containers for patch in container.patches]
    assert widths == sorted(widths) == list(shares.sort_values())
    assert widths == [shares[{name.lower(): name for name in shares.index}[label.lower()]] for label in labels]
    assert [text.get_text() for text in ax.texts] == [f"{half_up(100 * share, 1)}%" for share in widths]


def test_agencies_below_the_standard_and_those_that_missed_no_seat_are_counted(page, frames):
    table = frames("partnership")["board_attendance"]
    rows = table[(table["measure"] == "seats_filled") & (table["period"] == NOW) & (table["meeting"] == "Main Board")]
    rows = rows[rows["agency"] != "Total"]
    few, full = (4 * rows["count"] < 3 * rows["of"]).sum(), (rows["count"] == rows["of"]).sum()
    assert (
        few > 1 and f"Main Board: {few} agencies below 75% of expected seats" == page.cell("order=agencies").chart.title
    )
    assert full > 1 and f"{full} agencies filled every expected seat at the Main Board" in page.cell("full = here").text


def test_the_control_chart_is_of_all_quarters(page, frames):
    table = frames("partnership")["board_attendance_chart"].sort_values("period")
    (ax,) = page.cell("charts.control(").axes
    met, of = table["count"].to_numpy(), table["of"].to_numpy()
    centre = met.sum() / of.sum()
    error = np.sqrt(centre * (1 - centre) / of)
    spread = max(1, np.abs(np.diff((met / of - centre) / error)).mean() / 1.128)
    assert line(ax, "mean")[1] == pytest.approx([centre] * len(met))
    for label, side in (("control limits", -1), ("_upper limit", 1)):
        assert line(ax, label)[1] == pytest.approx(np.clip(centre + side * 3 * spread * error, 0, 1)), label


def test_money_agreed_received_and_changed(page, row, frames):
    agreed, before = (row("contributions", "contribution_agreed", p, partner="Total")["value"] for p in (NOW, BEFORE))
    received = row("contributions", "contribution_received", partner="Total")["value"]
    text = page.cell("received, left, change").text
    assert f"Of {pounds(agreed)} agreed for {NOW}, {pounds(received)} was received" in text
    assert f"agreed {pounds(abs(agreed - before))} {'more' if agreed > before else 'less'} than for {BEFORE}" in text
    (ax,) = page.cell("y=\"partner\", hue").axes  # fmt: skip
    labels = [each.get_text() for each in ax.get_yticklabels()]
    for year, container in zip((BEFORE, NOW), ax.containers, strict=True):
        for patch in container.patches:
            if patch.get_width():
                partner = labels[round(patch.get_y() + patch.get_height() / 2)]
                assert patch.get_width() == row("contributions", "contribution_agreed", year, partner=partner)["value"]
    for partner, *figures in page.table(f"Core budget of {NOW}, by partner")[1:]:
        labels = {"All": "Total"}
        found = [
            row("contributions", f"contribution_{m}", partner=labels.get(partner, partner))["value"]
            for m in ("agreed", "received", "change")
        ]
        assert figures == [pounds(value) for value in found], partner


def test_spending_is_beside_its_budget_and_the_overspent_are_named(page, frames):
    table = frames("partnership")["spending"]
    table = table[table["period"] == NOW].pivot_table(index="heading", columns="measure", values="value")
    text = page.cell("overspent = say.series").text
    assert (
        f"{pounds(table.loc['Total', 'budget_spent'])} of a budget of {pounds(table.loc['Total', 'budget_set'])}"
        in text
    )
    for heading, line_ in table.drop("Total").iterrows():
        gap = line_["budget_spent"] - line_["budget_set"]
        assert (f"{heading} ({pounds(gap)})" in text) == (gap > 0), heading


def test_a_total_that_is_overspent_is_no_heading(frames, tmp_path):
    spending = frames("partnership")["spending"]
    total = (spending["heading"] == "Total") & (spending["measure"] == "budget_left")
    changed = spending.assign(value=spending["value"].mask(total, -1234.0))
    long_table.write(frames("partnership") | {"spending": changed}, tmp_path)
    assert "1,234" not in run("80_board", tmp_path).cell("overspent = say.series").text


def test_the_plan_counts_its_actions(page, row):
    counts = {
        p: row("plan_progress", "plan_actions", "2017-18-Q4", theme="Total", progress=p)["count"]
        for p in ("Total", "done", "behind")
    }
    measured = row("plan_progress", "plan_actions_measured", "2017-18-Q4", theme="Total", progress="Total")
    assert page.cell("actions, done, behind").text == (
        f"Actions of the business plan: {counts['Total']:.0f}; done: {counts['done']:.0f}; behind: {counts['behind']:.0f}; "
        f"with a measure of success: {measured['count']:.0f} of {measured['of']:.0f}."
    )


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


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("80_board", hidden(state))
    words = {"withheld": "withheld", "absent": "was not received", "empty": "not available"}
    assert words[state] in page.answer
    assert not page.charts
