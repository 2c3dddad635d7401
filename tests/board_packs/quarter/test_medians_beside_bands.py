"""Median and quartiles say how many lie below and above them; so they stand only where every band of them does."""

import pandas as pd
import pytest

import cellguard
from board_packs.quarter.pack_settings import guarded
from board_packs.tables import documentation

SPAN = {"area": "E06000045", "period": "2017-18"}
REVIEWS = ("cdop_days_to_review", {"measure": "cdop_reviews_timed"}, "time_to_review",
           ("within 6 months", "over 6 to 12 months", "over 12 months"))  # fmt: skip
REPEATS = ("hrda_days_between", {"measure": "hrda_referrals"}, "since_last",
           ("under 3 months", "3 to under 6 months", "6 to 12 months"))  # fmt: skip


def printed(figure, counted, dimension, bands, counts, audience):
    """The bands, their total and its median with the quartiles, as an audience has them."""
    total, figures = {"repeat": "Total"}, {"value": 240.0, "low": 192.5, "high": 320.0}
    rows = [counted | total | {dimension: band, "count": n} for band, n in zip(bands, counts, strict=True)]
    rows += [counted | total | {dimension: "Total", "count": sum(counts)}]
    rows += [counted | {dimension: "Total", "repeat": "repeat", "count": sum(counts)}]
    rows += [total | {dimension: "Total", "measure": figure} | figures]
    frame = pd.DataFrame([SPAN | row | {"status": "shown", "reason": ""} for row in rows])
    made = cellguard.protect({"t": frame}, guarded(), documentation=documentation()).protected[audience]["t"]
    return made["status"].tolist()[:3], made["status"].iloc[-1]


@pytest.mark.parametrize("audience", ["partnership", "public"])
@pytest.mark.parametrize("made_of", [REVIEWS, REPEATS])
def test_median_and_quartiles_are_withheld_with_a_band_of_them(made_of, audience):
    """Of 12 reviews with the quartiles 192.5, 240 and 320 days the third and the tenth are known to lie within 6 months
    and over 12 or not: beside a printed 6 the withheld bands were 3 and 3, and nothing else (by enumeration)."""
    bands, median = printed(*made_of, (3, 6, 3), audience)
    assert "suppressed" in bands and median == "suppressed"
    assert printed(*made_of, (30, 60, 30), audience) == (["shown"] * 3, "shown")


@pytest.mark.parametrize("made_of", [REVIEWS, REPEATS])
def test_the_dictionary_names_every_band(made_of):
    figure, counted, dimension, bands = made_of
    named = documentation()["measures"][figure]["derived_from"]
    assert [each[dimension] for each in named if dimension in each] == [*bands]
