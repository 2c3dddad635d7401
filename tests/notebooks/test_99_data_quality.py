"""Page 99 as its reader gets it: rows received and refused against the tables, and the ledger for analysts alone."""

import csv
from collections import Counter

import pytest
from page_reader import half_up, lying, run


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, tables):
    page = run("99_data_quality", tables(request.param), request.param)
    page.audience = request.param
    return page


@pytest.fixture
def received(page, frames):
    table = frames(page.audience)["returns_received"]
    return {(r["measure"].removeprefix("returns_"), r["return"]): r for r in table.to_dict("records")}


def test_the_answer_has_returns_and_rows(page, received):
    came, listed = received["arrived", "Total"], received["expected", "Total"]
    refused = received["rows_refused", "Total"]
    assert f"For 2017-18 Q4, {half_up(came['count'])} of {half_up(listed['count'])} returns arrived" in page.answer
    if refused["status"] == "shown" and refused["count"] == 0:
        assert page.answer.endswith("and every row was used.")


def test_every_return_has_its_own_rows(page, received):
    names = {"High-risk domestic abuse referrals": "hrda_referrals", "Child deaths": "child_deaths", "All": "Total"}
    for name, *figures in page.table("Rows by return")[1:]:
        if name in names:
            kinds = ("rows_received", "rows_accepted", "rows_accepted_with_warning", "rows_refused")
            rows = [received[kind, names[name]] for kind in kinds]
            assert figures == [half_up(r["count"]) if r["status"] == "shown" else "withheld" for r in rows], name


def test_the_bars_are_rows_most_first(page, received):
    (ax,) = page.cell("order=arrived").axes
    rows = [
        r["count"]
        for (kind, of), r in received.items()
        if kind == "rows_received" and of != "Total" and r["status"] == "shown"
    ]
    assert lying(ax) == sorted(rows, reverse=True)


def test_only_the_page_for_analysts_has_the_ledger_and_counts_it_right(page, quarter):
    if page.audience != "restricted":
        assert "Withheld, though it is not small itself" not in page.text
        return
    with (quarter / "ledger.csv").open(encoding="utf-8") as file:
        lines = [line for line in csv.DictReader(file) if line["kind"] in ("primary", "further")]
    counts = Counter((line["profile"], line["table"]) for line in lines)
    head, *rows = page.table("Figures withheld, by audience")
    printed = {(row[0].lower(), row[1].lower()): sum(int(f) for f in row[2:] if f != "–") for row in rows}
    assert printed == {(profile, table.replace("_", " ").lower()): n for (profile, table), n in counts.items()}
    assert head[:2] == ["Audience", "Table"]


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs(hidden, state):
    assert run("99_data_quality", hidden(state)).answer
