"""Page 30 as its reader gets it: sentences and charts against the tables, by code of the tests' own."""

import re

import numpy as np
import pandas as pd
import pytest
from page_reader import (
    about,
    bar_places,
    bars,
    figure_of,
    half_up,
    interval,
    line,
    lying_intervals,
    marks,
    run,
    ticks,
    wilson,
    withheld_count,
)

from lscb import long_table
from lscb.errors import UserError
from lscb.long_table import NOT_DIMENSIONS
from openstats.project_data import DATA

NOTIFIED, REVIEWED = "cdop_deaths_notified", "cdop_reviews_completed"


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, invented_quarter):
    page = invented_quarter.page("30_child_deaths", request.param)
    page.audience = request.param
    return page


@pytest.fixture
def at(page, frames):
    """One row of a table from disk by its labels, every other dimension at its Total: a dict."""

    def row(name, measure, period="2017-18", **labels):
        frame = frames(page.audience)[name]
        frame = frame[(frame["measure"] == measure) & (frame["period"] == period)]
        for dimension in [c for c in frame.columns if c not in (*NOT_DIMENSIONS, "area", "period", "measure")]:
            frame = frame[frame[dimension] == labels.get(dimension, "Total")]
        (found,) = frame.to_dict("records")
        return found

    return row


def printed(row, figure="count", decimals=0, of=1):
    return half_up(of * row[figure], decimals) if row["status"] == "shown" else "withheld"


def said(row):
    """A count as a sentence has it; of a withheld one the public's rounded figure, where its reason has that."""
    near = re.search(r"; about (\d+)", row["reason"]) if row["status"] == "suppressed" else None
    return f"about {near[1]}" if near else about(row) + printed(row)


def noun(row, one, many):
    if row["status"] != "shown":
        return f"a withheld number of {many}"
    return {0: f"no {many}", 1: f"one {one}"}.get(row["count"], f"{about(row)}{row['count']:.0f} {many}")


def test_the_answer_has_both_groups_and_what_is_open(page, at):
    deaths, reviews = (at("child_deaths_by_year", m, window="1 year") for m in (NOTIFIED, REVIEWED))
    left = at("child_deaths_outstanding", "cdop_reviews_outstanding")
    hidden = {
        "How many child deaths were notified in 2017-18": (deaths, f"In 2017-18, {noun(deaths, 'child death was', 'child deaths were')} notified to the panel."),
        "How many reviews the panel completed": (reviews, f"The panel completed {noun(reviews, 'review', 'reviews')}, of deaths of this or earlier years."),
        "How many reviews were outstanding on the last day": (left, f"On the last day {noun(left, 'review was', 'reviews were')} outstanding."),
    }  # fmt: skip
    for what, (row, words) in hidden.items():
        assert (words if row["status"] == "shown" else f"{what} is withheld.") in page.answer
    five = [said(at("child_deaths_by_year", m, window="5 years")) for m in (NOTIFIED, REVIEWED)]
    assert f"five years to 2017-18, {five[0]} deaths were notified and {five[1]} reviews were completed." in page.answer


def test_the_two_charts_are_the_two_groups(page, frames):
    table = frames(page.audience)["child_deaths_by_year"]
    axes = page.cell("charts.panels(2").axes
    about = " (about)" if page.audience == "public" else ""
    assert [ax.get_title(loc="left") for ax in axes] == [f"Deaths notified{about}", f"Reviews completed{about}"]
    for ax, measure in zip(axes, (NOTIFIED, REVIEWED), strict=True):
        rows = table[(table["measure"] == measure) & (table["window"] == "1 year")].sort_values("period")
        rows = rows.reset_index(drop=True)
        shown = rows[rows["status"] == "shown"]
        drawn = {round(p): h for p, h in zip(bar_places(ax), bars(ax), strict=True) if h == h and h}
        assert drawn == {place: n for place, n in shown["count"].items() if n}
        assert marks(ax) == list(rows.index[rows["status"] == "suppressed"])


def test_a_rate_is_beside_the_four_years_before_it_and_never_beside_itself(page, at):
    year, five = (at("child_deaths_by_year", "cdop_death_rate", window=w) for w in ("1 year", "5 years"))
    text = page.cell("say.against_rest(rate").text
    if year["status"] != "shown":
        assert "The rate of 2017-18 is withheld." in text
        return
    few = about(year)
    printed = f"{figure_of(year, 1)} in 2017-18 ({few}{year['count']:.0f} among {year['of']:,.0f} aged"
    assert printed in text and year["value"] == pytest.approx(100_000 * year["count"] / year["of"])
    if few:
        assert "of rounded figures no change from the rate in the four years before is claimed" in text
        return
    deaths, children = five["count"] - year["count"], five["of"] - year["of"]
    before = 100_000 * deaths / children
    assert f"in the four years before it was {half_up(before, 1)}: " in text
    odds = [p / (1 - p) * children / year["of"] - 1 for p in wilson(year["count"], year["count"] + deaths)]
    ends = [f"{'+' if end > 0 else '−'}{half_up(100 * abs(end), 1)}%" for end in odds]
    assert f"(95% interval {ends[0]} to {ends[1]})" in text
    assert ("no change shown" in text) == (odds[0] <= 0 <= odds[1])


def test_the_intervals_are_those_of_three_years_together(page, frames):
    table = frames(page.audience)["child_deaths_by_year"]
    rows = table[(table["measure"] == "cdop_death_rate") & (table["window"] == "3 years")].sort_values("period")
    (ax,) = page.cell("charts.intervals(").axes
    shown = [(n, r) for n, r in enumerate(rows.itertuples()) if r.status == "shown"]
    assert np.allclose(lying_intervals(ax), [(n, r.low, r.high) for n, r in shown])
    points = [(y[0], x[0]) for x, y in ((each.get_xdata(), each.get_ydata()) for each in ax.lines) if len(x) == 1]
    assert points == [(n, r.value) for n, r in shown]


def test_infant_deaths_are_drawn_beside_englands_with_their_interval(page, frames):
    table = frames(page.audience)["infant_mortality_official"]
    table = table[table["window"] == "3 years"].sort_values("period")
    cell = page.cell("ax.fill_between(range")
    (ax,) = cell.axes
    for measure, label in (("infant_mortality", "here"), ("infant_mortality_england", "England")):
        rows = table[table["measure"] == measure].reset_index(drop=True)
        held = rows[rows["status"] == "shown"]  # England's earlier years come with ONS files only
        drawn = [(x, y) for x, y in zip(*line(ax, label), strict=True) if y == y]
        assert len(held) and drawn == list(held["value"].items()), label
        assert rows["period"].tolist() == ticks(ax) and rows.loc[rows["status"] != "shown", "value"].isna().all()
    own = table[table["measure"] == "infant_mortality"]
    (band,) = [c for c in ax.collections if c.get_label() == "95% interval"]
    (path,) = band.get_paths()
    assert path.vertices[:, 1].min() == own["low"].min() and path.vertices[:, 1].max() == own["high"].max()
    last, england = own.iloc[-1], table[table["measure"] == "infant_mortality_england"].iloc[-1]
    said = page.cell("say.against(own, of_england").text
    assert f"to {last['period']}: {half_up(last['value'], 1)} per 1,000 live births" in said
    assert f"({last['count']:,.0f} of {last['of']:,.0f}; 95% interval {half_up(last['low'], 1)} to" in said
    if england["low"] != england["low"]:
        inside = last["low"] <= england["value"] <= last["high"]
        assert ", taken as exact, lies inside" in said if inside else ", taken as exact, lies" in said
        return
    gap = last["value"] - england["value"]  # both have an interval: Newcombe's, of both sides
    low = gap - np.hypot(last["value"] - last["low"], england["high"] - england["value"])
    high = gap + np.hypot(last["high"] - last["value"], england["value"] - england["low"])
    ends = [f"{'+' if end > 0 else '−'}{half_up(abs(end), 1)}" for end in (low, high)]
    assert f"(95% interval of the difference {ends[0]} to {ends[1]})" in said
    assert ("differs by no more than chance explains" in said) == (low <= 0 <= high)


def test_reviews_in_time_have_their_counts(page, at):
    six, twelve = (at("child_deaths_timeliness", f"cdop_within_{n}_months_share", window="5 years") for n in (6, 12))
    middle = at("child_deaths_timeliness", "cdop_days_to_review", window="5 years")
    said = page.cell("How long reviews took").text
    if "suppressed" in (six["status"], twelve["status"], middle["status"]):
        assert "How long reviews took is withheld." in said
        return
    assert f"{about(six)}{six['count']:.0f} of {six['of']:.0f} came within 6 months" in said
    assert f"and {about(twelve)}{twelve['count']:.0f} of {twelve['of']:.0f} within 12" in said
    left = at("child_deaths_outstanding", "cdop_reviews_outstanding")
    number = f"{about(left)}{left['count']:.0f} r".capitalize() if left["status"] == "shown" else "R"
    assert f" {number}eviews still open are not among them" in said  # 60 of 60 is of those that are done
    quartiles = half_up(middle["low"]), half_up(middle["high"])
    assert f"the median was {half_up(middle['value'])} days (quartiles {quartiles[0]} and {quartiles[1]})" in said


def test_modifiable_factors_have_their_base(page, at):
    found, expected = (
        at("child_deaths_modifiable", f"cdop_{m}_share", window="5 years") for m in ("modifiable", "expected")
    )
    said = page.cell("How long reviews took").text
    for row in (found, expected):
        if found["status"] == expected["status"] == "shown":
            assert f"{row['count']:.0f} of {row['of']:.0f}" in said
            assert f"({figure_of(row)}; {interval(row)})" in said


@pytest.mark.parametrize("hidden, told", [
    ("modifiable", ["Which share had modifiable factors is withheld.", "Of the reviews completed in the 5 years to 2017-18, the death was expected in "]),
    ("expected", ["Of the reviews completed in the 5 years to 2017-18, modifiable factors were identified in ", "Which share was of an expected death is withheld."]),
    ("modifiable expected", ["Which share had modifiable factors, or was of an expected death, is withheld."]),
])  # fmt: skip
def test_one_share_that_is_withheld_says_nothing_of_the_other(hidden, told, frames, tmp_path):
    frame = frames()["child_deaths_modifiable"]
    gone = frame["measure"].isin([f"cdop_{name}_share" for name in hidden.split()])
    blank = {name: frame[name].mask(gone) for name in ("value", "count", "of", "low", "high")}
    hidden_frame = frame.assign(**blank, status=frame["status"].mask(gone, "suppressed"))
    long_table.write(frames() | {"child_deaths_modifiable": hidden_frame}, tmp_path)
    said = run("30_child_deaths", tmp_path).cell("How long reviews took").text
    assert all(words in said for words in told)
    assert said.count("Which share") == 1 and said.count("modifiable factors were") == ("modifiable" not in hidden)


def test_what_the_open_reviews_could_change_and_englands_share_stand_beside(page, at):
    """All or none of those open with modifiable factors; the share of 2013-14 is the newest that is held and
    was in print: 22 % (NHS Digital repeats it in 2019)."""
    share = at("child_deaths_modifiable", "cdop_modifiable_share", window="5 years")
    left = at("child_deaths_outstanding", "cdop_reviews_outstanding")
    text = page.cell("How long reviews took").text
    nationally = page.cell("of the first week").text
    assert "in England: 22% (England, 2013-14: of reviews completed in the year" in nationally
    assert "that of 2015-16 was in print and is not held). Its basis is another" in nationally
    if share["status"] != "shown" or left["status"] != "shown":
        assert "reviews still open could" not in text
        return
    off = 2 if about(share) else 0  # each count rounded to five is off by two at most
    low = 100 * (share["count"] - off) / (share["of"] + left["count"] + 2 * off)
    high = 100 * (share["count"] + left["count"] + 2 * off) / (share["of"] + left["count"])
    low, high = (f"{low // 1:.0f}", f"{-(-high // 1):.0f}") if off else (half_up(low, 1), half_up(high, 1))
    assert (
        f"{left['count']:.0f} reviews still open could make the share with modifiable factors {low}% to {high}%."
        in text
    )


@pytest.mark.parametrize(
    "caption",
    [
        "Deaths notified in the 5 years to 2017-18, by ethnic group",
        "Reviews completed in the 5 years to 2017-18, by category",
    ],
)
def test_a_breakdown_prints_every_label_with_its_own_figure(page, at, caption):
    name, measure, dimension = (
        ("child_deaths_notified", NOTIFIED, "ethnicity")
        if "ethnic" in caption
        else ("child_deaths_reviewed", REVIEWED, "category")
    )
    for label, figure in page.table(caption)[1:]:
        label = {"Not recorded": "not recorded"}.get(label, label)
        row = at(name, measure, window="5 years", **{dimension: label})
        assert figure == (printed(row) if row["status"] == "shown" else withheld_count(row)), label


def test_newborns_are_of_their_own_stage(page, at):
    table, measure = "child_deaths_reviewed", "cdop_neonatal_reviews_completed"
    every, early, before = (
        said(at(table, of, window="5 years", **labels))
        for of, labels in (
            (REVIEWED, {"age_band": "0-27 days"}),
            (measure, {"stage": "early neonatal"}),
            (measure, {"previable": "yes"}),
        )
    )
    assert (
        f"Reviews of deaths under 28 days completed in the 5 years to 2017-18: {every}; of the first week: {early}; "
        f"of births before 22 weeks: {before}." in page.text
    )


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("30_child_deaths", hidden(state))
    words = {"withheld": "is withheld", "absent": "was not received", "empty": "is not available"}
    assert words[state] in page.answer
    drawn = [cell.source for cell in page.charts]
    assert all("infant" in source for source in drawn), "only open data may be drawn"


def test_reviews_of_a_cohort_have_the_open_ones_in(page, at):
    share, open_ = (
        at("child_deaths_cohort", "cdop_cohort_in_time_share", "2016-17", window="3 years"),
        at("child_deaths_cohort", "cdop_cohort_due", "2016-17", window="3 years", outcome="still open"),
    )
    said = page.cell("How many of the reviews of earlier").text
    if open_["status"] == "suppressed":  # what the table prints of the others is told all the same
        assert "How many of them were still open is withheld." in said
    else:
        assert (
            f"At the end of 2017-18, {noun(open_, 'review of these deaths was', 'reviews of these deaths were')} still open."
            in said
        )
    if share["status"] == "suppressed":  # the public's page prints 40 of 45, rounded
        assert "Of 47 deaths notified in the 3 years to 2016-17, about 40 were reviewed within twelve months." in said
        return
    assert f"{share['count']:.0f} of {share['of']:.0f} were reviewed within twelve months" in said
    assert f"({figure_of(share)}; {interval(share)}" in said


def test_breakdowns_of_one_year_are_for_exploring(tables):
    """The quarter's tables are of five years: of one year hardly a part could be printed."""
    with pytest.raises(UserError, match="for exploring"):
        run("30_child_deaths", tables("restricted"), "restricted", window="1 year")


def test_time_to_review_and_the_days_between_deaths_of_the_invented_quarter(frames):
    def shown(name, *measures):
        rows = frames("restricted")[name].query("measure in @measures and status == 'shown'").to_dict("records")
        assert rows, name
        return rows

    rows = pd.read_csv(DATA / "sample" / "2017-18-Q4" / "child_deaths.csv", dtype=str, keep_default_na=False)
    days = {name: pd.to_datetime(rows[name], errors="coerce") for name in ("died_on", "review_completed_on")}
    done = days["review_completed_on"].between("2013-04-01", "2018-03-31")
    died, reviewed = (day[done] for day in days.values())
    months = {m: [d + pd.DateOffset(months=m) for d in died] for m in (6, 12)}
    within = {m: sum(r <= limit for r, limit in zip(reviewed, ends, strict=True)) for m, ends in months.items()}
    for row in shown("child_deaths_timeliness", "cdop_within_6_months_share", "cdop_within_12_months_share"):  # fmt: skip
        if row["standing"] == "Total" and row["window"] == "5 years":
            assert (row["count"], row["of"]) == (within[12 if "12" in row["measure"] else 6], done.sum()), row
    (middle,) = [r for r in shown("child_deaths_timeliness", "cdop_days_to_review") if r["standing"] == "Total"]  # fmt: skip
    assert (middle["low"], middle["value"], middle["high"]) == pytest.approx(tuple(np.quantile((reviewed - died).dt.days, [0.25, 0.5, 0.75])))  # fmt: skip
    apart = sorted(shown("child_deaths_between", "cdop_days_between_deaths"), key=lambda r: r["death"])  # fmt: skip
    assert [row["value"] for row in apart] == days["died_on"].sort_values().diff().dt.days.dropna().tolist()
