"""What a later approval tells a reader of both packs: the label and what is left were together before."""

import pandas as pd

import cellguard
from board_packs.quarter.disclosure_control import given_away
from board_packs.quarter.merged_labels import OTHER, since_split
from cellguard.history import Entry
from lscb import long_table

AREA, PERIOD, MEASURE = "E06000045", "2017-18-Q4", "exploitation_referrals"


def by_agency(**counts):
    rows = [
        dict(area=AREA, period=PERIOD, measure=MEASURE, agency=a.replace("_", " "), count=n) for a, n in counts.items()
    ]
    return {"exploitation_funnel": long_table.cells(rows)}


def other(tables, **more):
    frame = next(iter(tables.values()))
    return {"exploitation_funnel": frame.assign(agency=frame["agency"].replace({"other": OTHER}))}


FIRST = other(by_agency(Police=12, Health=9, other=14))  # no total is printed
NOW = other(by_agency(Police=12, Health=9, School=3, other=11))


def test_the_sum_of_what_was_together_is_declared():
    past, sums = since_split([Entry("partnership", FIRST)], NOW)
    assert past[0].tables["exploitation_funnel_at_1"]["agency"].tolist() == ["Police", "Health", f"{OTHER} at 1"]
    parts = [{"measure": MEASURE, "agency": label} for label in (OTHER, "School")]
    assert sums == [{"total": {"measure": MEASURE, "agency": f"{OTHER} at 1"}, "parts": parts}]


def test_a_reader_of_both_packs_who_subtracts_is_known_to_both_sides():
    shown = NOW["exploitation_funnel"]
    hides = shown["agency"].eq("School")
    careless = {
        "exploitation_funnel": shown.assign(
            count=shown["count"].mask(hides), status=shown["status"].mask(hides, "suppressed")
        )
    }
    ledger = pd.DataFrame(
        columns=["profile", "table", "cell", "measure", "area", "period", "kind", "rule", "protects", "gap"]
    )
    past = [Entry("public", {}), Entry("partnership", FIRST)]
    assert given_away("partnership", {"partnership": careless, "public": {}}, past, ledger)[0] > 0
    split, sums = since_split(past, NOW)
    protected, _ = cellguard.protect(NOW, "partnership", history=split, relations=sums)
    frame = protected["partnership"]["exploitation_funnel"]
    assert set(frame.loc[frame["status"] == "suppressed", "agency"]) == {"School", OTHER}
