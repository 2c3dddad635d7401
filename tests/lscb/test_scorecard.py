"""The scorecard's own rules: which year a figure is of, and what may stand beside what."""

from datetime import date

import pandas as pd
import pytest

from lscb import scorecard
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
    # Twelve quarters at 100 and four at 160. On the first twelve: mean 100, no moving range, so limits of 100 and 100.
    # On all sixteen: mean 115; the one range of 60 is left out of the ranges' mean, as it is above 3.267 times 60/15.
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
    assert first.chart.mean[-1] == first.chart.high[-1] == 100 and str(first.chart.special_cause[-1]) == "above_upper"
    assert every.chart.mean[-1] == 115
    assert list(every.cells["period"]) == labels and list(every.cells["count"]) == list(every.values)
