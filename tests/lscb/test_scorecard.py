"""The scorecard's own rules: which year a figure is of, and what may stand beside what."""

from datetime import date

import pandas as pd
import pytest

from lscb import scorecard, scorecard_changes
from lscb.periods import Quarter

OWN = scorecard.Figure(103.8, "looked after", "31 March 2018", "snapshot", "per 10,000", "Southampton")


def test_the_annual_reports_comparison_with_62_is_refused():
    england = OWN._replace(value=62, period="31 March 2017", geography="England")
    with pytest.raises(scorecard.NotComparable, match="one is of 31 March 2018, England's of 31 March 2017"):
        scorecard.compare(OWN, england)
    assert scorecard.compare(OWN, england._replace(value=64, period=OWN.period)).percent == pytest.approx(62.1875)


@pytest.mark.parametrize(
    "other, reason",
    [
        ({"basis": "annual flow"}, "one is a snapshot, England's an annual flow"),
        ({"unit": "%"}, "one is per 10,000, England's %"),
        ({"measure": "plans"}, "looked after against plans"),
    ],
)
def test_figures_of_another_kind_are_refused(other, reason):
    assert scorecard.not_comparable(OWN, OWN._replace(geography="England", **other)) == f"not comparable: {reason}"


@pytest.mark.parametrize(
    "year, kind, ends, label, said",
    [
        (2018, "financial", date(2018, 3, 31), "2017-18", "the year to March 2018"),
        (2018, "academic", date(2018, 8, 31), "2017-18", "the school year 2017/18"),
        (2018, "calendar", date(2018, 12, 31), "2018", "2018"),
    ],
)
def test_a_dfe_year_ends_where_its_measure_says(year, kind, ends, label, said):
    assert scorecard.ends_on(year, kind) == ends
    assert scorecard.period_of(year, kind) == label
    assert scorecard.in_words(label, kind) == said


def test_limits_rest_on_the_first_points_where_somebody_asks():
    # Twelve quarters at 100 and four at 160. On the first twelve: mean 100, no spread between quarters, so the limits of
    # chance alone, 3 times the root of 100 either side. On all sixteen: mean 115, 3 times its root.
    each = scorecard.Indicator(
        "referrals", "group", "Referrals", "says", quarter={"count": "referrals", "basis": "flow", "per": 10_000}
    )
    labels = [f"{year}-{(year + 1) % 100:02d}-Q{number}" for year in range(2014, 2018) for number in range(1, 5)]
    frame = pd.DataFrame(
        {"period": labels, "measure": "services_count", "indicator": "referrals", "count": [100.0] * 12 + [160.0] * 4}
    )
    frame = frame.assign(value=float("nan"), of=float("nan"), unit="count", status="shown")
    first = scorecard.quarters(frame, each, Quarter.parse("2017-18-Q4"), baseline=12)
    every = scorecard.quarters(frame, each, Quarter.parse("2017-18-Q4"))
    assert (first.chart.mean[-1], first.chart.high[-1]) == (100, 130) and str(
        first.chart.special_cause[-1]
    ) == "above_upper"
    assert every.chart.mean[-1] == 115 and every.chart.high[-1] == pytest.approx(115 + 3 * 115**0.5)
    assert list(every.cells["period"]) == labels and list(every.cells["count"]) == list(every.values)


def card(counts, basis="quarterly flow", better="neutral", reason=""):
    """One indicator's quarters to 2017-18-Q4 as a series of the scorecard."""
    quarter = {"count": "x", "basis": basis, "per": 10_000}
    each = scorecard.Indicator("x", "group", "X", "says", better=better, quarter=quarter)
    labels = [str(q) for q in Quarter.parse("2017-18-Q4").back(len(counts))]
    frame = pd.DataFrame(
        {"period": labels, "measure": "services_count", "indicator": "x", "count": [float(n) for n in counts]}
    )
    frame = frame.assign(value=float("nan"), of=float("nan"), unit="count", status="shown", reason=reason)
    return scorecard.quarters(frame, each, Quarter.parse("2017-18-Q4"))


def test_the_chart_follows_what_the_figures_are():
    kinds = {n: scorecard.Indicator("x", "g", "X", "s", quarter=q, chart=c).kind for n, (q, c) in {
        "stock": ({"basis": "snapshot"}, {}), "share of a stock": ({"basis": "snapshot", "of": "y"}, {"kind": "p"}),
        "share": ({"basis": "quarterly flow", "of": "y"}, {}), "count": ({"basis": "quarterly flow"}, {}),
        "rate": ({"basis": "quarterly flow", "per": 10}, {"kind": "u"}),
    }.items()}  # fmt: skip
    assert kinds == {"stock": "stock", "share of a stock": "stock", "share": "p", "count": "c", "rate": "u"}


def test_counts_that_vary_less_than_chance_keep_the_limits_of_chance():
    chart = card(
        [100, 101, 101, 100, 101, 100, 100, 101, 101, 101, 100, 100]
    ).chart  # mean 100.5, three times its root either side; moving ranges alone would give 2.66
    assert chart.high[-1] - chart.mean[-1] == pytest.approx(3 * 100.5**0.5) and not chart.cause.any()


def entrants(counts, of):
    """First-time entrants of quarters to 2019-20-Q4 as a series of rates of their population."""
    each = scorecard.Indicator(
        "x", "g", "X", "s", quarter={"count": "x", "basis": "flow", "per": 100_000}, chart={"kind": "u"}
    )
    labels = [str(q) for q in Quarter.parse("2019-20-Q4").back(len(of))]
    rows = pd.DataFrame(
        {"period": labels, "indicator": "x", "count": counts, "of": of, "status": "shown", "reason": ""}
    )
    rows["value"] = rows["count"] / rows["of"] * 100_000
    frame = pd.concat([rows.assign(measure=f"services_{what}") for what in ("count", "rate")])
    return scorecard.quarters(frame, each, Quarter.parse("2019-20-Q4"))


def test_eight_in_each_quarter_of_a_population_that_steps_have_not_changed():
    """Truth: eight first-time entrants in each of sixteen quarters; only the population moved, once a year."""
    line = entrants(8.0, [n for n in (9_000, 9_060, 9_100, 8_700) for _ in range(4)])
    assert line.unit == "per 100,000" and line.variation == "common" and not line.chart.cause.any()
    (found,) = scorecard_changes.together({"x": line}).to_dict("records")
    assert found == {"tested": True, "changed": "", "flagged": ""}


def test_a_rate_has_changed_where_its_count_has_too_and_the_same_way():
    """Truth: with a new census the population falls by a third and the entrants go on, or both rise by a half together:
    no change in either; twice as many of the same population have changed."""
    goes_on = [60.0, 62, 59, 61] * 4
    step = [9_000.0] * 12 + [6_000.0] * 4
    grows = [*goes_on[:12], 90, 93, 88, 92]
    lines = {
        "fewer people": entrants(goes_on, step),
        "more of both": entrants(grows, [9_000.0] * 12 + [13_500.0] * 4),
        "twice as many": entrants([*goes_on[:12], 120, 124, 118, 122], [9_000.0] * 16),
    }
    found = scorecard_changes.together(lines)
    assert found["changed"].to_dict() == {"fewer people": "", "more of both": "", "twice as many": "higher"}


def test_figures_that_were_rounded_have_no_limits_and_no_finding():
    """A service whose counts of 61 to 64 round to 60 and 65: the findings of the rounded are others than its own."""
    line = card([60] * 12 + [65, 95, 95, 95], reason="rounded to the nearest 5")
    assert not line.chart.cause.any() and not line.chart.limits_shown.any() and line.variation == ""


def test_years_have_limits_as_their_basis_has_and_none_where_they_share_years():
    """Twelve years that rise by 10: limits of 10 * 3 / 1.128 for events, wider for numbers on one day."""
    labels = [f"{year}-{(year + 1) % 100:02d}" for year in range(2006, 2018)]
    rows = pd.DataFrame({"period": labels, "measure": "official_figure", "indicator": "x", "unit": "per 10,000"})
    rows = rows.assign(value=[100.0 + 10 * n for n in range(12)], status="shown", reason="")
    events, day, together = (
        scorecard.years(rows, scorecard.Indicator("x", "g", "X", "s", official=official)).chart
        for official in ({"basis": "annual flow"}, {"basis": "snapshot"}, {"basis": "annual flow", "years": 3})
    )
    assert events.high[-1] - events.mean[-1] == pytest.approx(30 / 1.128, rel=1e-3)
    assert day.mean[-1] == events.mean[-1] and day.high[-1] > events.high[-1] + 10
    assert not together.limits_shown.any() and not together.cause.any()


def test_a_scorecard_says_what_changed_and_when_its_charts_were_flagged():
    level = [100, 104, 97, 101, 99, 103, 98, 102, 100, 96, 103, 99, 101, 98, 104, 100]
    lines = {
        "worse": card([*level, 160, 162, 158, 161], better="decrease"),
        "once": card([100, 150, 50, 101, *level]),  # flagged five years ago, and level since
        "level": card([*level, 101, 99, 102, 98]),
        "short": card(level[:5]),
        "rounded": card([*level, 160, 162, 158, 161], reason="rounded to the nearest 5"),
    }
    rows = scorecard_changes.together(lines)
    assert rows["tested"].to_dict() == {"worse": True, "once": True, "level": True, "short": False, "rounded": False}
    assert rows["changed"].to_dict() == {"worse": "worse", "once": "", "level": "", "short": "", "rounded": ""}
    assert rows["flagged"].to_dict() == {"worse": "now", "once": "earlier", "level": "", "short": "", "rounded": ""}
