"""Numbers that no table prints and that sums tie: what a total has beyond a part, and stocks between two printed ones.

What is possible is counted here by trying every whole number, not by the programmes of `protect` or `attack`.
"""

from itertools import product

import numpy as np
import pytest
from disclosure_tables import attack, protect
from small_tables import BLANK, by_sex, hidden, row, table

MOST = 40  # of any number that is tried
BEYOND = [{"total": "notified", "parts": ["reviewed"], "rest": True}]
STOCK = [
    {
        "total": "open",
        "parts": [
            {"measure": "open", "period": "year before"},
            {"measure": "came", "period": "year so far"},
            {"measure": "went", "period": "year so far", "sign": -1},
        ],
    }
]
YEARS = ("2015-16", "2016-17", "2017-18")


def flows(came, went, now):
    rows = [row("came", n, period=year) for year, n in zip(YEARS, came, strict=True)]
    rows += [row("went", n, period=year) for year, n in zip(YEARS, went, strict=True)]
    return {"t": table(*rows, row("open", now, period="2017-18"))}


def stocks_by_hand(frame):
    """Every stock at the end of the years, first the one before them, that fits what is printed of the flows."""
    printed = {(r["measure"], r["period"]): r["count"] for r in frame.to_dict("records")}
    some = [k for k, n in printed.items() if n != n]
    found = set()
    for tried in product(range(MOST), repeat=len(some)):
        n = printed | dict(zip(some, tried, strict=True))
        stock = [n["open", "2017-18"]]
        for year in reversed(YEARS):
            stock.insert(0, stock[0] - n["came", year] + n["went", year])
        if min(stock) >= 0:
            found.add(tuple(map(int, stock)))
    return found


@pytest.mark.parametrize("count", [1, 3, 5])
def test_what_a_total_has_beyond_a_part_is_protected(count):
    # 20 were notified and all but a few of them reviewed: no table says how many were not.
    assert hidden({"t": table(row("notified", 20), row("reviewed", 20 - count))}, relations=BEYOND) == {"t": {1}}
    assert not hidden({"t": table(row("notified", 20), row("reviewed", 12))}, relations=BEYOND)
    assert not hidden({"t": table(row("notified", 20), row("reviewed", 20))}, relations=BEYOND)


def test_the_auditor_works_out_what_a_total_has_beyond_a_part():
    found = attack({"t": table(row("notified", 20), row("reviewed", 18))}, relations=BEYOND)
    assert found[["figure", "possible", "exposed"]].values.tolist() == [["rest", "2", True]]


def test_a_part_is_never_more_than_its_total():
    # Of 3 the part is 0 to 3, as whoever tries every number finds.
    frame = table(row("notified", 3, sex="f"), row("reviewed", sex="f"))
    found = attack({"t": frame}, relations=BEYOND).query("measure == 'reviewed'").iloc[0]
    fits = [n for n in range(MOST) if n <= 3]
    assert (found["min"], found["max"]) == (min(fits), max(fits))


def test_a_part_that_is_more_than_its_total_is_noted_and_ties_nothing():
    made = protect({"t": table(row("notified", 20), row("reviewed", 23))}, ("partnership",), relations=BEYOND)
    assert made.ledger["kind"].tolist() == ["note"] and made.protected["partnership"]["t"]["count"].tolist() == [20, 23]


def test_nothing_is_beyond_a_part_that_no_table_has():
    tables = {"t": by_sex("notified", f=20, m=30), "u": table(row("reviewed", 9, sex="f"))}
    assert not hidden(tables, relations=BEYOND)
    assert len(attack(tables, relations=BEYOND)) == 1


@pytest.mark.parametrize(
    "came, went, now",
    [
        ((15, 13, 17), (9, 15, 13), 8),  # 0, 6, 4, 8 open: the 4 is in no table
        ((15, 13, 17), (12, 15, 10), 8),  # 0, 3, 1, 8
        ((9, 12, 11), (8, 8, 8), 8),  # 0, 1, 5, 8
        ((10, 10, 10), (10, 10, 10), 2),  # 2, 2, 2, 2
        ((20, 10, 10), (10, 10, 10), 10),  # none of them small
    ],
)
def test_stocks_of_years_that_no_table_has_keep_their_candidates(came, went, now):
    tables = flows(came, went, now)
    true = stocks_by_hand(tables["t"])
    assert len(true) == 1
    made = protect(tables, ("partnership",), relations=STOCK).protected["partnership"]
    possible = list(zip(*stocks_by_hand(made["t"]), strict=True))
    for at, n in enumerate(next(iter(true))):
        assert not 1 <= n <= 5 or len(set(possible[at])) >= 3, (at, n)
    if not any(1 <= n <= 5 for n in next(iter(true))):
        assert (made["t"]["status"] == "shown").all()


def test_the_auditor_goes_back_from_stock_to_stock():
    found = attack(flows((15, 13, 17), (9, 15, 13), 8), relations=STOCK)
    told = found[found["measure"] == "open"].set_index("period")["possible"].to_dict()
    (by_hand,) = stocks_by_hand(flows((15, 13, 17), (9, 15, 13), 8)["t"])
    assert told == dict(zip(("2014-15", "2015-16", "2016-17"), map(str, by_hand), strict=False))
    assert found["exposed"].tolist() == [False, False, True]


def test_the_auditor_counts_what_it_cannot_tell_of_a_stock():
    tables = flows((15, 13, 17), (BLANK, 15, 13), 8)
    found = attack(tables, relations=STOCK, full=True).query("measure == 'open' and period == '2014-15'").iloc[0]
    fits = {stock[0] for stock in stocks_by_hand(tables["t"])}
    assert found["min"] == min(fits) and found["candidates"] == min(len(fits), 12)
    assert np.isinf(found["max"]) and max(fits) > 12
