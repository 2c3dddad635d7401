"""The scorecard's own rules: which year a figure is of, and what may stand beside what."""

from datetime import date

import pytest

from lscb import scorecard

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
