"""Page 40 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import csv
import math
import re
import shutil
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from page_reader import about, bar_places, bars, figure_of, half_up, interval, line, marks, rows_of, run, sticks

from openstats.project_data import DATA

SHOWN = "shown"
NAMED = ("victim_id", "perpetrator_id", "referred_on")


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, invented_quarter):
    page = invented_quarter.page("40_hrda", request.param)
    page.audience = request.param
    return page


@pytest.fixture
def table(page, frames):
    """The rows of a measure, from disk: table("hrda_by_period", "hrda_referrals", repeat="Total")."""

    return lambda name, measure, **labels: rows_of(frames(page.audience)[name], measure=measure, **labels)


def quarters(rows):
    return rows[rows["period"].str.contains("Q")].sort_values("period").reset_index(drop=True)


def of(rows, period, figure="count"):
    row = rows[rows["period"] == period].iloc[0]
    return row[figure] if row["status"] == SHOWN else None


def test_the_answer_has_the_tables_numbers(page, table):
    referrals = table("hrda_by_period", "hrda_referrals", repeat="Total", children="Total")
    rates = table("hrda_by_period", "hrda_repeat_rate")
    for period in ("2017-18-Q4", "2017-18"):
        total = referrals[referrals["period"] == period].iloc[0]
        number = about(total) + half_up(of(referrals, period))
        assert (
            f"{number} referrals were made" if "Q" in period else f"The whole of {period} had {number} referrals, "
        ) in page.answer
        row = rates[rates["period"] == period].iloc[0]
        if row["status"] == SHOWN:
            counts = f"{about(row)}{row['count']:.0f} of {row['of']:.0f}"
            assert f"{figure_of(row)} were repeats ({counts}; {interval(row)})".lower() in page.answer.lower()
        else:
            assert "How many were repeats is withheld" in page.answer


def wider():
    """How much wider people who come twice make the variance of a year's referrals: the sum of squares of each victim's
    referrals over that of referrals, in each year to 2017-18, by hand from the file as sent."""
    with (DATA / "sample" / "2017-18-Q4" / "hrda_referrals.csv").open(encoding="utf-8", newline="") as file:
        sent = {tuple(row[name] for name in NAMED) for row in csv.DictReader(file)}  # one a pair and day
    years = Counter()
    for victim, _, day in sent:
        year, month = (int(part) for part in (day[:4], day[5:7]))
        years[victim.strip().casefold(), year - (month < 4)] += 1
    every = [n for (_, year), n in years.items() if year <= 2017]
    return round(sum(n * n for n in every) / sum(every), 1)


def test_fewer_is_said_only_where_the_interval_says_so(page, table):
    """The score interval of a ratio of two counts, from its definition: p/(1-p) of Wilson's limits of new/(new+old)."""
    referrals = table("hrda_by_period", "hrda_referrals", repeat="Total", children="Total")
    new, old = of(referrals, "2017-18"), of(referrals, "2016-17")
    change = table("hrda_change", "hrda_referrals_change")
    if of(change, "2017-18", "value") is None:
        assert f"against {old:.0f} in 2016-17; whether that is a change is not said" in page.answer
        return
    if page.audience == "public":
        assert f"not tested for this audience against about {old:.0f} in 2016-17" in page.answer
        return
    parts = referrals[referrals["period"].str.contains("-Q")].set_index("period")["count"]
    years = [[parts[f"{year}-Q{n}"] for n in (1, 2, 3, 4)] for year in ("2016-17", "2017-18")]
    spread = sum((q - sum(four) / 4) ** 2 / (sum(four) / 4) for four in years for q in four) / 6
    # both numbers by the factor of those who come again, or by the quarters' spread about their year's mean if more
    z, n, p = 1.959963984540054, (new + old) / max(wider(), spread), new / (new + old)
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((centre + side * half) / (1 + z * z / n) for side in (-1, 1))
    ends = [half_up(100 * abs(1 - end / (1 - end)), 1) for end in (low, high)]
    assert ends == ["23.5", "1.2"] and high / (1 - high) > 1  # 205, 188, 160 and 224: no change can be claimed
    assert f"no change shown against {old:.0f} in 2016-17 (95% interval −23.5% to +1.2%)" in page.answer
    assert "The number of referrals changed" not in page.text


def test_the_comment_claims_no_more_than_the_page_may(page):
    """Rounded counts carry no decimal of their share, and of a chart that is not tested nothing is expected."""
    said = page.cell("comment(book").text.partition("The analyst's comment")[2]
    assert "The quarter's repeat rate was" in said and "lead one to expect" not in said
    assert bool(re.search(r"\d\.\d%", said)) == (page.audience != "public")


def test_the_control_chart_draws_the_rate_its_interval_and_its_limits(page, table):
    rates = quarters(table("hrda_by_period", "hrda_repeat_rate"))
    back = table("hrda_by_period", "hrda_look_back").set_index("period").loc[rates["period"]].reset_index()
    whole = (rates["status"] == SHOWN) & ~rates["reason"].str.contains("incomplete") & (back["value"] >= 12)
    cell = page.cell("charts.control(")
    (ax,) = cell.axes
    x, y = line(ax, "not tested for change" if page.audience == "public" else "common cause")
    flagged = [each for each in ax.lines if str(each.get_label()).startswith("special cause")]
    drawn_at = sorted([*x, *(p for each in flagged for p in each.get_xdata())])
    assert drawn_at == list(np.flatnonzero(whole))
    assert y == list(rates.loc[[int(place) for place in x], "value"])
    shown = rates[rates["status"] == SHOWN]
    drawn = [stick for stick in sticks(ax, "95% interval") if stick[1] == stick[1]]
    assert np.allclose(drawn, [(i, row.low, row.high) for i, row in zip(shown.index, shown.itertuples(), strict=True)])
    assert marks(ax) == list(rates.index[rates["status"] == "suppressed"])
    hollow = [place for place, rate in zip(*line(ax, "incomplete"), strict=True) if rate == rate]
    assert hollow == list(shown.index[~whole[shown.index]])
    # Laney (2002): three binomial standard errors, widened by the mean moving range of the points' z-scores over 1.128;
    # never narrowed, where the points spread less than chance; of rounded figures no finding is made, so no limit drawn
    if page.audience == "public":
        assert not line(ax, "mean")[1] and "rounded figures, not tested for change" in cell.chart.title
        return
    met, of_ = rates["count"].where(whole), rates["of"].where(whole)
    centre = met.sum() / of_.sum()
    error = np.sqrt(centre * (1 - centre) / of_)
    spread = max((((met / of_) - centre) / error).diff().abs().mean() / 1.128, 1)
    for label, side in (("mean", 0), ("control limits", -1), ("_upper limit", 1)):
        _, drawn = line(ax, label)
        assert drawn[-1] == pytest.approx(centre + side * 3 * spread * error[rates.index[whole][-1]]), label


def test_the_columns_are_the_referrals_and_the_dark_ones_their_repeats(page, table):
    every = quarters(table("hrda_by_period", "hrda_referrals", repeat="Total", children="Total"))
    again = quarters(table("hrda_by_period", "hrda_referrals", repeat="repeat", children="Total"))
    (ax,) = page.cell("of these, repeats").axes
    back = table("hrda_by_period", "hrda_look_back").set_index("period").loc[again["period"], "value"].to_numpy()
    parts = {"of these, repeats": again[back >= 12], "repeats, incomplete": again[back < 12]}
    for label, rows in ({"referrals": every} | parts).items():
        shown = rows[rows["status"] == SHOWN]
        assert label != "repeats, incomplete" or 0 < len(shown) <= 4  # of the first year: nobody had come before
        drawn = {round(p): h for p, h in zip(bar_places(ax, label), bars(ax, label), strict=True) if h == h and h}
        assert drawn == {i: n for i, n in shown["count"].items() if n}
    assert marks(ax) == [*every.index[every["status"] == "suppressed"], *again.index[again["status"] == "suppressed"]]
    assert [t.get_text() for t in ax.texts if t.get_text()[:1].isdigit()] == [
        half_up(n) for n in every.loc[every["status"] == SHOWN, "count"]
    ]
    assert ax.get_ylabel() == ("about" if page.audience == "public" else "")


def test_the_bars_by_deprivation_are_the_rates_with_their_intervals(page, table):
    rows = table("hrda_by_deprivation", "hrda_decile_rate").set_index("decile").loc[[str(n) for n in range(1, 11)]]
    cell = page.cell("sns.barplot(deciles")
    if not (rows["status"] == SHOWN).any():
        assert cell.text == "No chart is drawn: every figure of it is withheld."
        return
    (ax,) = cell.axes
    shown = [(n, row) for n, row in enumerate(rows.itertuples()) if row.status == SHOWN]
    drawn = {round(p): h for p, h in zip(bar_places(ax), bars(ax), strict=True) if h == h and h}
    assert drawn == {n: row.value for n, row in shown if row.value}
    assert np.allclose([s for s in sticks(ax) if s[1] == s[1]], [(n, row.low, row.high) for n, row in shown])
    assert (
        f"(95% intervals{', rounding included,' * (page.audience == 'public')} in brackets): decile 1: "
        in cell.chart.alt
    )
    for _, row in shown:
        as_dict = row._asdict()
        ends = re.sub("95% interval(, rounding included,)? ", "", interval(as_dict, 1))
        assert f"{row.Index}: {figure_of(as_dict, 1)} ({ends})" in cell.chart.alt


def test_tenths_that_stand_apart_are_not_said_to_be_alike_where_no_slope_is_shown(tables, tmp_path):
    """Truth: the third tenth's rate is twice the second's, their intervals far apart, and no straight line runs through
    them: the line has no slope that can be told from none, which is not that the tenths do not differ."""
    shutil.copytree(tables("partnership"), tmp_path / "partnership")
    file = tmp_path / "partnership" / "hrda_by_deprivation.csv"
    frame = pd.read_csv(file, dtype=str)
    for of, (value, low, high) in {"2": (30, 27, 33), "3": (60, 55, 65), "slope": (1, -9, 11)}.items():
        here = (
            frame["measure"].eq("hrda_slope")
            if of == "slope"
            else frame["measure"].eq("hrda_decile_rate") & frame["decile"].eq(of)
        )
        assert here.sum() == 1
        frame.loc[here, ["value", "low", "high", "status"]] = [str(value), str(low), str(high), SHOWN]
    frame.to_csv(file, index=False)
    page = run("40_hrda", tmp_path / "partnership")
    assert (
        page.cell("sns.barplot(deciles").chart.title
        == "Referrals per 10,000 by deprivation, 2017-18: no gradient shown"
    )
    assert "(the slope index of inequality): no difference shown (95% interval −9.0 to +11.0)" in page.text


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("40_hrda", hidden(state))
    words = {"withheld": "withheld", "absent": "was not received", "empty": "not available"}
    assert words[state] in page.answer
    assert not page.charts


def test_the_chart_begins_where_the_page_is_asked_to(tables):
    page = run("40_hrda", tables("partnership"), since="2016-17-Q1")
    (ax,) = page.cell("of these, repeats").axes
    assert len(bars(ax, "referrals")) == 8
