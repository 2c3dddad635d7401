"""What a protected table prints beside what it withholds."""

import numpy as np
import pytest
from disclosure_tables import protect
from small_tables import (
    PARTNERSHIP,
    printed,
    reasons,
    row,
    shares,
    table,
)


def test_no_figure_of_a_hidden_row_is_left():
    figures = dict(value=0.2, low=0.1, high=0.4, rank=3, ranked=9)
    (made,) = printed(row("share", 3, of=15, **figures), audience=PARTNERSHIP)
    assert all(np.isnan(made[name]) for name in ("count", "of", *figures)) and made["status"] == "suppressed"


def test_no_rank_among_hidden_or_rounded_figures():
    ranked = [row(count=n, rank=r, ranked=2, ward=f"w{r}") for r, n in ((1, 40), (2, 3))]
    for audience in ("partnership", "public"):
        assert all(np.isnan(made[name]) for made in printed(*ranked, audience=audience) for name in ("rank", "ranked"))
    assert [made["rank"] for made in printed(ranked[0], audience="partnership")] == [1]
    assert np.isnan(printed(ranked[0])[0]["rank"])


def test_what_needs_no_protection_is_not_rounded(dictionary):
    dictionary({"agencies": {"protect": "none"}, "m": {"kind": "rate", "denominator": "agencies"}})
    free, rate = printed(row("agencies", 12), row("m", 33, of=12, value=2.75, unit="rate"))
    assert (free["count"], free.get("reason", "")) == (12, "") and (rate["count"], rate["of"]) == (35, 12)
    assert rate["reason"] == "rounded to the nearest 5"
    (rate,) = printed(row("m", 0, of=12, value=0.0, unit="rate"))  # 0 and a base that is not rounded
    assert (rate["count"], rate["of"], rate["reason"]) == (0, 12, "")


def test_a_reason_is_kept_beside_the_rounding():
    assert printed(row(count=12, reason="provisional"))[0]["reason"] == "provisional; rounded to the nearest 5"


def test_a_share_that_prints_its_value_alone_is_that_of_the_rounded_counts(dictionary):
    dictionary(shares(1, 2)[1])
    *_, share = printed(row("repeats", 12), row("referrals", 41), row("repeat_share", value=12 / 41, unit="share"))
    assert share["value"] == 10 / 40


def test_no_interval_where_none_is_known_of_the_rounded_counts():
    ends = dict(low=0.2, high=0.9, method="Wilson", unit="share")
    assert np.isnan(printed(row("m", 48, of=38, value=48 / 38, **ends))[0]["low"])  # more than all
    assert np.isnan(printed(row("m", 20, of=38, value=0.7, **ends))[0]["low"])  # not their quotient
    (made,) = printed(row("m", 40, of=40, value=1.0, **ends))
    assert made["high"] == 1 and made["low"] == pytest.approx(0.77935, abs=5e-6)  # Wilson's lower end of 38 of 42
    (made,) = printed(row("m", 0, of=40, value=0.0, **ends))
    assert made["low"] == 0 and made["high"] == pytest.approx(1.959964**2 / (38 + 1.959964**2))


def test_a_median_beside_rounded_counts_is_a_whole_number(dictionary):
    # 166.5 is the median of an even number of reviews: 10 would be 8, 10 or 12. Rounded up as everywhere: 167.
    dictionary({"days": {"kind": "average", "derived_from": "people"}})
    rows = [row(count=12), row("days", value=166.5, low=132.5, high=225.25, reason="")]
    made = protect({"t": table(*rows)}, ["public", "partnership"]).protected
    public, partnership = (made[audience]["t"].iloc[1] for audience in ("public", "partnership"))
    assert (
        public[["value", "low", "high"]].tolist() == [167, 133, 225] and public["reason"] == "rounded to a whole number"
    )
    assert partnership[["value", "low", "high"]].tolist() == [166.5, 132.5, 225.25] and partnership["reason"] == ""


@pytest.mark.parametrize("share", [
    {"count": 2, "of": 4, "value": 0.5}, {"status": "not_applicable", "reason": "none to take a share of"},
])  # fmt: skip
def test_why_a_share_has_no_figure_is_withheld_in_the_words_of_one_that_has_one(share):
    """That there was nobody to take a share of, or too many, must not be told from a share by the reason."""
    says = {"kind": "share", "numerator": "held", "denominator": "due", "adds_over": "none"}
    about = {"measures": {"share": says, "held": {"adds_over": "none"}, "due": {"adds_over": "none"}}}
    rows = [row("held", 2, area="a"), row("due", 4, area="a"), row("held", 30, area="b"), row("due", 40, area="b")]
    rows += [row("share", 30, of=40, value=0.75, area="b"), row("share", area="a", **share)]
    told = reasons({"t": table(*rows)}, documentation=about)["t"]
    assert told[5] == ("suppressed", "withheld: worked out from figures that are withheld, its count among them")
    assert 4 not in told


TOO_FEW = {"status": "not_available", "reason": "fewer than 10: too few for a rate"}


@pytest.mark.parametrize("rate", [{"count": 4, "of": 8_000, "value": 50.0, "unit": "per 100,000"}, TOO_FEW])
def test_a_withheld_rate_is_not_said_to_lie_where_its_count_does(rate):
    """Of 4 deaths among 8,000 children anybody can say "from 0 to 5": that is no rate, and whether there was one is not told."""
    says = {"kind": "rate", "numerator": "deaths", "denominator": "children", "adds_over": "none"}
    about = {"measures": {"rate": says, "deaths": {"kind": "count"}, "children": {"kind": "count", "protect": "none"}}}
    every = {"deaths": table(row("deaths", 4), row("children", 8_000), row("rate", **rate))}
    made = protect(every, ["partnership", "public"], documentation=about).protected["partnership"]["deaths"]
    assert made["reason"][0].startswith("withheld: between 1 and 5") and made["status"][2] == "suppressed"
    assert made["reason"][2].partition(";")[0] == (
        "withheld: worked out from figures that are withheld, its count among them"
    )


def test_a_rate_without_a_base_that_is_held_says_so_whatever_its_count_is():
    """Children of the year are in no file: that is why there is no rate of the 4 deaths, which are withheld, nor of 40."""
    says = {"kind": "rate", "numerator": "deaths", "denominator": "children", "adds_over": "none"}
    about = {"measures": {"rate": says, "deaths": {"kind": "count"}, "children": {"kind": "count", "protect": "none"}}}
    for deaths in (4, 40):
        rows = [row("deaths", deaths), row("rate", status="not_available", reason="children are not held")]
        told = reasons({"t": table(*rows)}, documentation=about)["t"]
        assert told[1] == ("not_available", "children are not held")


def test_a_rate_of_a_number_that_is_not_there_says_why_as_that_number_does_and_no_method_by_its_count():
    """12 deaths so far, of a return without a row of the quarter: neither they nor their rate are given, and that the interval
    would have been Byar's, and unreliable below 20, told 10 to 19."""
    says = {"kind": "rate", "numerator": "deaths", "denominator": "children", "adds_over": "none"}
    about = {"measures": {"rate": says, "deaths": {"kind": "count"}, "children": {"kind": "count", "protect": "none"}}}
    why, how = "the return holds no usable row", "Byar's; mid-2017; unreliable: fewer than 20 deaths"
    lacking = {"status": "not_available", "reason": why, "period": "2017-18"}
    rows = [row("deaths", **lacking), row("rate", method=how, **lacking), row("children", 8_000, period="2017-18")]
    rows += [row("deaths", n, period=f"2017-18-Q{q}") for q, n in ((1, 4), (2, 8))]  # of which the year is a sum
    made = protect({"t": table(*rows)}, "partnership", documentation=about).protected["partnership"]["t"]
    assert made["reason"].tolist()[:2] == [why, why] and made["method"][1] == ""


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_which_reason_there_is_for_no_figure_tells_of_no_withheld_number(audience):
    """Of 3 referrals none names its victim, of 2 nobody was referred who is named: the 3 and the 2 are withheld, and all
    that is printed is the same. Of 30 referrals the reason stands. 0 people, or that nothing is known of any, told which."""
    share = {"kind": "share", "numerator": "disabled", "denominator": "recorded", "reason_from": "referrals"}
    about = {"measures": {"people": {"kind": "count", "derived_from": "referrals"}, "share": share}}
    nobody, none = "no referral names its victim", "it is recorded of no referral"

    def made(referrals, people, reason):
        rows = [row("referrals", referrals), people, row("recorded", 0), row("share", **reason)]
        return protect({"t": table(*rows)}, audience, documentation=about).protected[audience]["t"]

    lacking = row("people", status="not_available", reason=nobody)
    unknown, nothing = dict(status="not_available", reason=none), dict(status="not_applicable", reason="there is none")
    twins = [made(3, lacking, unknown), made(2, row("people", 0), nothing)]
    assert twins[0].to_csv() == twins[1].to_csv()
    assert made(30, lacking, unknown)["reason"].tolist()[1::2] == [nobody, none]
