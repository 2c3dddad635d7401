"""Page 50 as its reader gets it: sentences, tables and charts against the tables on disk, by code of the tests' own."""

from html import escape

import numpy as np
import pytest
import yaml
from page_reader import half_up, line, marks, run

from lscb import long_table
from lscb.errors import UserError
from openstats.project_data import DATA

SHOWN = "shown"
ENTRIES = yaml.safe_load((DATA / "standards.yml").read_text(encoding="utf-8"))["indicators"]["list"]
TITLES = {each["title"]: name for name, each in ENTRIES.items()}


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, tables):
    page = run("50_scorecard", tables(request.param), request.param)
    page.audience = request.param
    return page


@pytest.fixture
def rows(page, frames):
    """Rows of a table as they lie on disk: rows("scorecard_year", measure="official_rate")."""

    def chosen(name, **labels):
        frame = frames(page.audience)[name]
        for column, label in labels.items():
            frame = frame[frame[column] == label]
        return frame

    return chosen


def charts(page, fragment):
    """Each chart of a cell by the name of its indicator: (axes, chart)."""
    cell = page.cell(fragment)
    shown = [value for value in cell.shown if hasattr(value, "png")]
    assert len(shown) == len(cell.axes)
    titles = [max((t for t in TITLES if chart.title.startswith(t)), key=len) for chart in shown]
    return {TITLES[title]: pair for title, pair in zip(titles, zip(cell.axes, shown, strict=True), strict=True)}


def figure(value, unit, decimals=1):
    return f"{half_up(100 * value, decimals)}%" if unit == "share" else half_up(value, decimals)


@pytest.mark.parametrize("name", ["looked_after", "plans"])
def test_the_answer_compares_by_the_interval_of_the_areas_own_rate(page, rows, name):
    now = rows("scorecard_year", indicator=name, period="2017-18").set_index("measure")
    rate, published = now.loc["official_rate"], now.loc["official_figure"]
    decimals = ENTRIES[name]["official"].get("decimals", 1)
    assert (
        f"{ENTRIES[name]['title']}, 31 March 2018: {half_up(rate['value'], 1)} per 10,000 (95% interval "
        f"{half_up(rate['low'], 1)} to {half_up(rate['high'], 1)}), published as {half_up(published['value'], decimals)}. "
    ) in page.answer
    part = page.answer.partition(ENTRIES[name]["title"])[2].partition(". By quarter")[0]
    for measure, who in (
        ("official_england", "The rate of England"),
        ("official_neighbours", "mean of its comparators"),
    ):
        other = now.loc[measure, "value"]
        where = "lies below it: here it is higher" if other < rate["low"] else "lies inside that interval"
        where = "lies above it: here it is lower" if other > rate["high"] else where
        assert f"{who} ({half_up(other, 1)}) {where}" in part


def test_the_answer_counts_the_charts_whose_last_point_is_flagged(page):
    kinds = {}
    for name, (ax, _) in charts(page, "charts.control(").items():
        last = max(x for each in ax.lines for x in each.get_xdata() if each.get_marker() in "osPDv")
        (kinds[name],) = [e.get_label() for e in ax.lines if e.get_marker() in "osPDv" and last in e.get_xdata()]
    words = ("special cause: improvement", "special cause: concern", ("special cause: higher", "special cause: lower"))
    better, worse, neither = ([name for name, kind in kinds.items() if kind.startswith(word)] for word in words)
    titles = [ENTRIES[name]["title"] for name in worse]
    titles = [title[0].lower() + title[1:] for title in titles]
    named = f" ({' and '.join([', '.join(titles[:-1]), titles[-1]] if titles[1:] else titles)})" if titles else ""
    assert page.answer.endswith(
        f"By quarter, of {len(kinds)} indicators with enough points {len(better)} changed for the better by the rules of a "
        f"control chart, {len(worse)} for the worse{named} and {len(neither)} in a way that is neither; the others vary no "
        "more than by chance."
    )


def test_official_figures_stand_each_in_its_place_as_published(page, rows):
    table = page.table("Official figures of Southampton")
    assert table[0][3:] == ["Southampton", "Neighbours' mean", "Region", "England"]
    every = rows("scorecard_year").set_index(["indicator", "period", "measure"])
    assert len(table) == 1 + rows("scorecard_year", measure="official_figure", status=SHOWN)["indicator"].nunique()
    for title, period, _, *texts in table[1:]:
        name = TITLES[title]
        assert period == rows("scorecard_year", measure="official_figure", status=SHOWN, indicator=name)["period"].max()
        for text, role in zip(texts, ("figure", "neighbours", "region", "england"), strict=True):
            cell = every.loc[name, period, f"official_{role}"]
            decimals = 1 if role == "neighbours" else ENTRIES[name]["official"].get("decimals", 1)
            hidden = {"not_applicable": "not applicable", "not_available": "not available"}.get(cell["status"])
            assert text == (hidden or figure(cell["value"], cell["unit"], decimals)), (name, role)


def test_own_rates_have_their_interval_and_name_who_lies_outside(page, rows):
    roles = {"official_neighbours": "Neighbours' mean", "official_region": "Region", "official_england": "England"}
    table = page.table(escape("The area's own rates of the year"))
    assert table[0] == ["Indicator", "In", "Rate", "From", "To", "Number", "Of", "Outside the interval"]
    for title, _, *texts, outside in table[1:]:
        rates = rows("scorecard_year", measure="official_rate", indicator=TITLES[title])
        rate = rates.sort_values("period").iloc[-1]
        digits = (("value", 1), ("low", 1), ("high", 1), ("count", 0), ("of", 0))
        assert texts == [half_up(rate[name], decimals) for name, decimals in digits]
        beside = rows("scorecard_year", indicator=TITLES[title], period=rate["period"]).set_index("measure")["value"]
        away = {text for m, text in roles.items() if not rate["low"] <= beside[m] <= rate["high"]}
        assert {text for text in roles.values() if text in outside} == away


def test_the_quarter_has_its_counts_rates_and_shares(page, rows):
    table = page.table(escape("The children's services return, 2017-18 Q4"))
    assert table[0][2:] == ["Number", "Of", "Rate or share", "From", "To", "What its quarters show"]
    assert len(table) > 15
    lacking = [row for row in table[1:] if len(row) == 3]
    assert {TITLES[row[0]] for row in lacking} == {"sexual_exploitation"} and lacking[0][2] == "not available"
    assert [row[0] for row in table[1:]] == [title for title in TITLES if title in {row[0] for row in table[1:]}]
    for title, _, number, of, *texts, shows in (row for row in table[1:] if row not in lacking):
        entry = ENTRIES[TITLES[title]]
        now = rows("scorecard_quarter", period="2017-18-Q4", indicator=entry["quarter"]["count"]).set_index("measure")
        rate = now.loc[f"{TITLES[title]}_share" if "of" in entry["quarter"] else "services_rate"]
        assert number == half_up(now.loc["services_count", "count"]) and of == half_up(rate["of"])
        ends = [rate["value"], rate["low"], rate["high"]]
        assert texts == [figure(end, rate["unit"]) if end == end else "–" for end in ends]
        if title in ("Referrals", "Looked-after children"):
            assert charts(page, "charts.control(")[TITLES[title]][1].title.endswith(f": {shows}")


def individuals(values):
    """Wheeler (1993): the mean, and 2.66 mean moving ranges either side; ranges above 3.267 times their mean left out
    once, as NHS England's Making Data Count does."""
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if ranges.mean() > 0:
        ranges = ranges[ranges < 3.267 * ranges.mean()]
    mean = np.nanmean(values)
    return mean, mean - 2.66 * ranges.mean(), mean + 2.66 * ranges.mean()


def shares(met, of):
    """Laney (2002): three binomial standard errors, widened (never narrowed) by the z-scores' moving ranges; the last point's."""
    centre = np.nansum(met) / np.nansum(of)
    error = np.sqrt(centre * (1 - centre) / of)
    sigma = max(1, np.nanmean(np.abs(np.diff((met / of - centre) / error))) / 1.128)
    return centre, centre - 3 * sigma * error[-1], centre + 3 * sigma * error[-1]


def test_control_charts_draw_the_figures_their_mean_and_their_limits(page, rows):
    drawn = charts(page, "charts.control(")
    assert len(drawn) > 15
    for name, (ax, chart) in drawn.items():
        entry = ENTRIES[name]
        share, kind = "of" in entry["quarter"], entry.get("chart", {}).get("kind", "xmr")
        measure = f"{name}_share" if share else "services_count"
        cells = rows("scorecard_quarter", indicator=entry["quarter"]["count"], measure=measure).sort_values("period")
        values = cells["value" if share else "count"].to_numpy(float)
        if kind == "u":
            continue  # drawn as a rate: its points are checked by the table of the quarter
        (path,) = [each for each in ax.lines if each.get_marker() == "None" and each.get_color() == "#6B6B6B"]
        assert np.array_equal(path.get_ydata(), values, equal_nan=True), name
        assert list(path.get_xdata()) == list(range(len(values)))
        mean, low, high = individuals(values)
        if kind == "p":
            mean, low, high = shares(cells["count"].to_numpy(float), cells["of"].to_numpy(float))
        top = 1 if share else np.inf
        for label, end in (("mean", mean), ("control limits", low), ("_upper limit", high)):
            assert line(ax, label)[1][-1] == pytest.approx(min(max(end, 0), top)), (name, label)
        last = values[-1]
        if last > high or last < low:
            side = "above the upper" if last > high else "below the lower"
            assert chart.title == f"{entry['title']}: the last point is {side} limit"
        else:
            assert "the last point is" not in chart.title
        ends = [figure(min(max(end, 0), top), "share") if share else half_up(max(end, 0)) for end in (low, high)]
        assert f"At the last point, limits {ends[0]} to {ends[1]}." in chart.alt


def test_years_are_drawn_beside_england_and_the_neighbours(page, rows):
    measures = {
        "Southampton": "official_figure",
        "neighbours' mean": "official_neighbours",
        "England": "official_england",
    }
    colours = {"Southampton": "#12436D", "neighbours' mean": "#F46A25", "England": "#6B6B6B"}
    drawn = charts(page, "wide.plot(")
    assert set(drawn) == set(rows("scorecard_year", measure="official_figure", status=SHOWN)["indicator"])
    for name, (ax, chart) in drawn.items():
        for label, measure in measures.items():
            cells = rows("scorecard_year", indicator=name, measure=measure).sort_values("period")
            cells = cells[
                cells["period"].isin(
                    rows("scorecard_year", indicator=name, measure="official_figure", status=SHOWN)["period"]
                )
            ]
            got = [y for y in line(ax, label)[1] if y == y]
            assert got == list(cells["value"].dropna()), (name, label)
            assert {each.get_color() for each in ax.lines if each.get_label() == label} == {colours[label]}
        now = (
            rows("scorecard_year", indicator=name, measure="official_figure", status=SHOWN)
            .sort_values("period")
            .iloc[-1]
        )
        decimals = ENTRIES[name]["official"].get("decimals", 1)
        assert f", {now['period']}: {figure(now['value'], now['unit'], decimals)}" in chart.title


def test_a_comparison_with_another_year_is_refused_and_what_is_missing_is_listed(page, rows):
    assert (
        "Refused: England's 62 beside the looked-after children of 31 March 2018, not comparable: one is of 31 March "
        "2018, England's of 31 March 2017."
    ) in page.text  # DfE, children looked after in England: 62 per 10,000 in 2017, 64 in 2018
    missing = rows("scorecard_year", measure="official_figure", status="not_available")
    for name in missing["indicator"].unique():
        assert f"{ENTRIES[name]['title']}, " in page.cell("blank.assign(").text


def test_a_target_is_met_or_not_by_the_limits(page):
    # no more than 45 and 15 working days, for every child: Working Together (2015), chapter 1
    for title in ("Assessments within 45 working days", "Conferences within 15 working days"):
        ax, _ = charts(page, "charts.control(")[TITLES[title]]
        assert line(ax, "_upper limit")[1][-1] < 1
        assert f"{title}: against a target of 100% it will not meet its target" in page.text


def test_a_withheld_quarter_is_a_gap_that_says_so(frames, tmp_path):
    frame = frames()["scorecard_quarter"].copy()
    one = (frame["indicator"] == "referrals") & (frame["period"] == "2016-17-Q2")
    frame.loc[one, ["value", "count", "of", "low", "high"]] = np.nan
    frame.loc[one, "status"] = "suppressed"
    long_table.write(frames() | {"scorecard_quarter": frame}, tmp_path)
    ax, chart = charts(run("50_scorecard", tmp_path, indicators="referrals"), "charts.control(")["referrals"]
    assert marks(ax) == [9] and "Withheld: 2016-17 Q2." in chart.alt
    assert all(9 not in each.get_xdata() for each in ax.lines if each.get_marker() in "osPDv")


@pytest.mark.parametrize("state", ["withheld", "absent", "empty"])
def test_a_page_without_figures_still_runs_and_says_why(hidden, state):
    page = run("50_scorecard", hidden(state))
    words = {"absent": "was not received"}.get(state, "No indicator of the return has enough quarters")
    assert words in page.answer
    assert not page.cell("charts.control(").axes and "nan" not in page.answer


def test_only_the_indicators_that_are_asked_for(tables):
    page = run("50_scorecard", tables("partnership"), indicators=["plans", "contacts"])
    assert set(charts(page, "charts.control(")) == {"plans", "contacts"}
    assert set(charts(page, "wide.plot(")) == {"plans"} and "Looked-after" not in page.answer


@pytest.mark.parametrize(
    "question, said",
    [
        ({"indicators": "plan"}, "no indicator 'plan'"),
        ({"comparators": "E06000044"}, "comparators = "),
        ({"baseline": 12}, "baseline = 12"),
        ({"run": 3}, "run: 3 cannot be used"),
        ({"run": 8}, "run = 8"),
    ],
)
def test_another_standard_is_for_exploring_and_what_cannot_be_is_refused(tables, question, said):
    with pytest.raises(UserError, match=said) as refused:
        run("50_scorecard", tables("partnership"), **question)
    assert "\n" not in str(refused.value)
