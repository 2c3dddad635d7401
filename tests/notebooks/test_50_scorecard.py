"""Page 50 as its reader gets it: sentences, tables and charts against the tables on disk, by code of the tests' own."""

import re
from html import escape

import numpy as np
import pandas as pd
import pytest
import yaml
from drawn_quarters import AUDIENCES
from matplotlib.text import Text
from page_reader import figure_of, half_up, line, marks, places, rows_of, run
from scipy.stats import t as student

from lscb import long_table
from lscb.errors import UserError
from openstats.project_data import DATA

SHOWN = "shown"
ENTRIES = yaml.safe_load((DATA / "standards.yml").read_text(encoding="utf-8"))["indicators"]["list"]
TITLES = {each["title"]: name for name, each in ENTRIES.items()}


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, invented_quarter):
    page = invented_quarter.page("50_scorecard", request.param)
    page.audience = request.param
    return page


@pytest.fixture
def rows(page, frames):
    """Rows of a table as they lie on disk: rows("scorecard_year", measure="official_rate")."""

    return lambda name, **labels: rows_of(frames(page.audience)[name], **labels)


@pytest.fixture(params=AUDIENCES)
def drawn(request, each_quarter):
    """The page of each of three authorities, for each audience."""
    page = each_quarter.page("50_scorecard", request.param)
    page.audience, page.quarter = request.param, each_quarter
    return page


@pytest.fixture
def on_disk(drawn):
    """The same of the tables of such a page."""
    return lambda name, **labels: rows_of(drawn.quarter.tables(drawn.audience).frames[name], **labels)


def charts(page, fragment):
    """Each chart of a cell by the name of its indicator: (axes, chart)."""
    cell = page.cell(fragment)
    shown = [value for value in cell.shown if hasattr(value, "drawing")]
    assert len(shown) == len(cell.axes)
    titles = [max((t for t in TITLES if chart.title.startswith(t)), key=len) for chart in shown]
    return {TITLES[title]: pair for title, pair in zip(titles, zip(cell.axes, shown, strict=True), strict=True)}


def figure(value, unit, decimals=1):
    return f"{half_up(100 * value, decimals)}%" if unit == "share" else half_up(value, decimals)


@pytest.mark.parametrize("name", ["looked_after", "plans"])
def test_the_answer_compares_by_the_interval_of_the_areas_own_rate(page, rows, name):
    now = rows("scorecard_year", indicator=name, period="2017-18").set_index("measure")
    rate = now.loc["official_rate"]
    begins = f"{ENTRIES[name]['title']}: {half_up(rate['value'], 1)} per 10,000 on 31 March 2018, "
    part = page.answer.partition(begins)[2].partition(". ")[0]
    for measure, who in (("official_england", "England"), ("official_neighbours", "similar places")):
        other = now.loc[measure, "value"]
        where = (
            "higher than"
            if other < rate["low"]
            else "lower than"
            if other > rate["high"]
            else "no difference shown from"
        )
        (phrase,) = [each for each in part.split("; ") if f"{who} ({half_up(other, 1)})" in each]
        assert phrase.startswith(where)


def test_the_spine_has_every_indicator_relative_to_england(drawn, on_disk):
    cell = drawn.cell("charts.spine(")
    shown = on_disk("scorecard_year", status=SHOWN)
    first = next(run for run in drawn.cells if "charts.spine(" in run.source)
    ax = first.figure.axes[0]
    names = [text.get_text() for text in ax.get_yticklabels()]
    arrows = [each for each in ax.lines if each.get_marker() in ("<", ">") and each.get_markersize() == 4]
    marks = {round(each.get_ydata()[0]): each for each in ax.lines if each.get_marker() in ("o", "<", ">") and each not in arrows}  # fmt: skip
    spans = {round(each.get_ydata()[0]): each for each in ax.lines if each.get_linewidth() == 1.6 and len(each.get_xdata()) == 2}  # fmt: skip
    assert len(names) == len(marks) > 8
    table = drawn.table(f"Official figures of {drawn.quarter.place}")[1:]
    texts = [text for text in first.figure.findobj(Text) if text.get_text()]
    gaps = {"Above": {}, "Below": {}}
    for place, title in enumerate(names):
        lines = shown[shown["indicator"] == TITLES[title]]
        newest = lines[lines["measure"] == "official_figure"]["period"].max()
        lines = lines[lines["period"] == newest].set_index("measure")
        relative = lines.loc["official_figure", "value"] / lines.loc["official_england", "value"] - 1
        assert marks[place].get_xdata()[0] == pytest.approx(min(max(relative, -1), 1)), title
        apart = False
        if {"official_rate", "official_share"} & set(lines.index):
            low, high = lines.loc["official_difference_from_england", ["low", "high"]]
            apart = not low <= 0 <= high
        assert (marks[place].get_color() == "#12436D") == apart, title
        assert (place in spans) == bool({"official_rate", "official_share"} & set(lines.index)), title
        assert place not in spans or spans[place].get_color() == marks[place].get_color(), title
        ends = lines.reindex(["official_among_neighbours"])[["low", "high"]].to_numpy().ravel() / lines.loc["official_england", "value"] - 1  # fmt: skip
        cut = {">" if end > 0 else "<" for end in ends if abs(end) > 1}
        assert cut == {each.get_marker() for each in arrows if each.get_ydata()[0] == place and each.get_color() == "#6B6B6B"}, title  # fmt: skip
        if apart:
            gaps["Above" if low > 0 else "Below"][title] = abs(relative)
        own = figure(lines.loc["official_figure", "value"], lines.loc["official_figure", "unit"], ENTRIES[TITLES[title]]["official"].get("decimals", 1))  # fmt: skip
        assert own in {row[3] for row in table if row[:2] == [title, newest]}, title
        assert own in {text.get_text() for text in texts if round(text.get_position()[1]) == place}, title
    assert "relative to England, by indicator. " in cell.chart.alt
    for side, titles in gaps.items():
        told = cell.chart.alt.partition(f"{side} England by the interval: ")[2].partition(". ")[0]
        furthest = sorted(titles, key=titles.get, reverse=True)
        number, _, listed = told.partition(", the furthest ") if len(titles) > 4 else ("", "", told)
        assert number == "several" * (len(titles) > 4)
        assert re.split(", | and ", listed) == (furthest[:3] if number else furthest or [""])
    beyond = sum(map(len, gaps.values()))
    assert cell.chart.title.startswith(f"{beyond} of " if beyond else "No figure with an interval differs")


def test_each_stamp_prints_the_newest_figure_of_its_chart(drawn, on_disk):
    big_charts = charts(drawn, "charts.control(")
    (stamps,) = [run for run in drawn.cells if "charts.stamps(" in run.source]
    period = drawn.quarter.period.replace("-Q", " Q")
    table = {row[0]: row for row in drawn.table(escape(f"The children's services return, {period}"))[1:]}
    changed = drawn.answer.partition(" changed (")[2].partition("). ")[0]
    assert len(big_charts) > (15 if drawn.quarter.period == "2017-18-Q4" else 3)
    assert "Small charts by quarter, " in stamps.chart.alt
    for name, (ax, chart) in big_charts.items():
        (text,) = [" ".join(each.get_text().split()) for each in ax.texts if each.get_fontweight() == "bold"]
        title = ENTRIES[name]["title"]
        small = [each for each in stamps.figure.axes if " ".join(each.get_title(loc="left").split()).startswith(title)]
        (big,) = [each for each in ax.lines if each.get_marker() == "None" and each.get_color() == "#6B6B6B"]
        newest = text if big.get_ydata()[-1] == big.get_ydata()[-1] else "withheld"
        about = drawn.audience == "public" and re.search("[1-9]", newest) and " to " not in newest
        assert newest.startswith("about ") == bool(about), title
        (drawn_in,) = {" ".join(each.get_title(loc="left").split()) for each in small}
        assert drawn_in == f"{title} {newest}"
        assert newest == "withheld" or f"{newest} in {period}" in chart.alt, title
        assert newest.removeprefix("about ") in " ".join(table[title]), title
        moved = re.search(rf"(^|: |, | and ){title[0].lower()}{title[1:]}($|, | and |;)", changed)
        assert (f"{title}: {newest}, " in stamps.chart.alt) == bool(moved), title
        if drawn.audience == "public" and "." in text and " to " not in text:
            share = on_disk("scorecard_quarter", period=drawn.quarter.period, measure=f"{name}_share").iloc[0]
            off = share["value"] * (2 / share["count"] + 2 / share["of"])  # both counts are rounded to the nearest 5
            assert off <= 0.0005, f"{title}: {text} has a decimal that rounding could change"
        line = next(each.get_ydata() for each in small[0].lines)
        assert np.array_equal(line, big.get_ydata(), equal_nan=True)


def drawn_series(page, rows):
    """Each charted indicator's figures as they lie on disk, in order, with their title and way of being better."""
    series = {}
    for name in charts(page, "charts.control("):
        entry = ENTRIES[name]
        share, rate = "of" in entry["quarter"], entry.get("chart", {}).get("kind") == "u"
        of = rows("scorecard_quarter", indicator=entry["quarter"]["count"], measure="services_rate")["of"]
        rate = rate and of.notna().all()  # counts, where the population of a quarter is not held
        measure = f"{name}_share" if share else "services_rate" if rate else "services_count"
        cells = rows("scorecard_quarter", indicator=entry["quarter"]["count"], measure=measure).sort_values("period")
        series[name] = cells["value" if share or rate else "count"].to_numpy(float)
    return series


def probability(values, stock):
    """Of so large a gap between the last four and those before: Student's test, for stocks with a standard error widened
    by the correlation of neighbours, one standard error above what the series shows (Kendall 1954; Bayley and Hammersley
    1946)."""
    before, after = values[:-4], values[-4:]
    n, apart = len(before), before - before.mean()
    r = 0.0
    if stock:
        r = min(max((n * (apart[1:] * apart[:-1]).sum() / (apart**2).sum() + 1) / (n - 4), 0), 0.9)
        r = min(r + np.sqrt((1 - r**2) / n), 0.95)
    wide, wide_after = (1 + 2 * sum((1 - k / m) * r**k for k in range(1, m)) for m in (n, 4))
    error = np.sqrt((apart**2).sum() / max(n - wide, 1) * (wide / n + wide_after / 4))
    return 2 * student.sf(abs(after.mean() - before.mean()) / error, max(n / wide - 1, 1))


def test_the_answer_names_what_changed_of_all_indicators_tested_together(page, rows):
    if page.audience == "public":
        assert page.answer.endswith("Counts are rounded for this audience, so no change by quarter is tested.")
        return
    series = {name: values for name, values in drawn_series(page, rows).items() if not np.isnan(values).any()}
    assert len(series) >= 15
    p = {n: probability(v, ENTRIES[n]["quarter"]["basis"] == "snapshot") for n, v in series.items()}
    changed, limits = [], iter(0.10 / (len(p) - k) for k in range(len(p)))  # Holm (1979)
    for name, limit in zip(sorted(p, key=p.get), limits, strict=True):
        if p[name] > limit:
            break
        changed.append(name)
    told = page.answer.partition("By quarter, ")[2]
    assert told.startswith(f"{len(p)} indicators were tested together, the last 4 quarters against those before: ")
    assert f" {len(changed)} have changed (" in told and told.endswith("Of any other no change is claimed.")
    for name in series:
        title = ENTRIES[name]["title"]
        title, up = f"{title[0].lower()}{title[1:]}", series[name][-4:].mean() > series[name][:-4].mean()
        better = ENTRIES[name]["better"]
        way = (
            ("higher" if up else "lower")
            if better == "neutral"
            else "better"
            if up == (better == "increase")
            else "worse"
        )
        place = (
            told.find(title + ")")
            if title + ")" in told
            else max(told.find(title + end) for end in (",", ";", " and "))
        )
        assert (place >= 0) == (name in changed), name
        if name in changed:
            assert told[:place].rpartition(": ")[0].endswith(way), name


def test_charts_looked_at_one_by_one_stand_beside_what_chance_flags(page):
    told = page.cell("by_chance = [").text
    if page.audience == "public":
        assert told == ""
        return
    shown = [chart for _, chart in charts(page, "charts.control(").values() if "limits " in chart.alt]
    flagged = [chart for chart in shown if "Flagged by a rule" in chart.alt]
    now = [
        c
        for c in flagged
        if "2017-18 Q4" in c.alt.partition("Flagged by a rule of the control chart: ")[2].partition(". ")[0]
    ]
    assert (
        f"flags the newest quarter of {len(now)} of {len(shown)} charts, where chance alone would flag about 0." in told
    )
    assert f"{len(flagged) - len(now)} charts have a flag on earlier quarters only" in told


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


def test_own_rates_have_their_interval_and_name_from_whom_they_differ(page, rows):
    roles = {"official_neighbours": "Neighbours' mean", "official_region": "Region", "official_england": "England"}
    table = page.table(escape("The area's own rates and shares of the year"))
    assert "Re-referrals within 12 months" in {row[0] for row in table}
    assert (
        table[0] == ["Indicator", "In", "Rate or share", "From", "To", "Number", "Of", "Differs from"]
        and len(table) > 6
    )
    for title, _, *texts, outside in table[1:]:
        rates = rows("scorecard_year", indicator=TITLES[title])
        rates = rates[rates["measure"].isin(["official_rate", "official_share"])]
        rate = rates.sort_values("period").iloc[-1]
        ends = [figure(rate[name], rate["unit"]) for name in ("value", "low", "high")]
        assert texts == [*ends, *(half_up(rate[name], 0) for name in ("count", "of"))]
        beside = rows("scorecard_year", indicator=TITLES[title], period=rate["period"]).set_index("measure")
        apart = {m: beside.loc[m.replace("_", "_difference_from_", 1)] for m in roles}
        away = {text for m, text in roles.items() if not apart[m]["low"] <= 0 <= apart[m]["high"]}
        assert {text for text in roles.values() if text in outside} == away
        outer = {text for m, text in roles.items() if not rate["low"] <= beside.loc[m, "value"] <= rate["high"]}
        assert away <= outer, "the interval of a difference is at least as wide as the own one"


def test_where_a_figure_stands_among_others(page):
    """DfE, children looked after on 31 March 2018: of the ten neighbours of the list of 2021 two had more than 104 per
    10,000 (Kingston upon Hull 134, Stoke-on-Trent 129); the lowest is Sheffield, 54. Without the national file there is
    no place among all."""
    table = page.table("Where the newest official figure stands")
    lines = {(row[0], row[1]): row[3:] for row in table[1:]}
    assert lines["Looked-after children", "Similar places"] == ["104.0", "3rd", "11", "54.0", "134.0"]
    assert lines["Looked-after children", "All authorities"] == ["not available"]


def test_the_return_stands_beside_the_official_figure_of_the_same_year(page):
    """3,305 referrals in the return's four quarters, 2,613 in the DfE's table; 522 looked after in both."""
    table = {row[0]: row[2:] for row in page.table(escape("The return's own 2017-18 beside the official figure"))[1:]}
    told = page.cell("None of these is a change").text
    if page.audience == "public":  # 880 + 845 + 770 + 810 as rounded, each up to 2 off: 3,297 is 26% more as well
        assert table["Referrals"] == ["3,297 to 3,313", "2,613", "–"]
        assert table["Looked-after children"][0] == "about 520" and table["Looked-after children"][2] == "–"
        assert "more than 5% apart in " in told and "apart in referrals" in told
        assert "looked-after children" not in told and "conferences" not in told
        return
    assert table["Referrals"] == ["3,305", "2,613", "+26.5%"]
    assert table["Looked-after children"] == ["522", "522", "0.0%"]
    assert "more than 5% apart in " in told and "apart in referrals" in told
    assert "looked-after children" not in told and "conferences" not in told  # 514 in both


def test_the_quarter_has_its_counts_rates_and_shares(page, rows):
    table = page.table(escape("The children's services return, 2017-18 Q4"))
    tested = page.audience != "public"  # of rounded counts no quarter is tested, and no column says so line by line
    assert table[0][2:] == ["Number", "Of", "Rate or share", "From", "To", *["What its quarters show"] * tested]
    assert len(table) > 15
    lacking = [row for row in table[1:] if len(row) == 3]
    assert {TITLES[row[0]] for row in lacking} == {"sexual_exploitation"} and lacking[0][2] == "not available"
    assert [row[0] for row in table[1:]] == [title for title in TITLES if title in {row[0] for row in table[1:]}]
    for title, _, number, of, *texts in (row for row in table[1:] if row not in lacking):
        shows = texts.pop() if tested else f"{'about ' * (number != '0')}{number} in 2017-18 Q4"
        entry = ENTRIES[TITLES[title]]
        now = rows("scorecard_quarter", period="2017-18-Q4", indicator=entry["quarter"]["count"]).set_index("measure")
        rate = now.loc[f"{TITLES[title]}_share" if "of" in entry["quarter"] else "services_rate"]
        assert number == half_up(now.loc["services_count", "count"]) and of == half_up(rate["of"])
        ends = [rate["value"], rate["low"], rate["high"]]
        if "rounded" in rate["reason"]:  # no decimal that rounding could change, and the rounding in the interval
            assert texts[0] == figure_of(rate, 100 if rate["unit"] == "share" else 1).removeprefix("about ")
            assert all(("." in text) == bool(places(rate)) for text in texts[1:])
        else:
            assert texts == [figure(end, rate["unit"]) if end == end else "–" for end in ends]
        if title in ("Referrals", "Looked-after children"):
            assert charts(page, "charts.control(")[TITLES[title]][1].title.endswith(f": {shows}")


def limits(values, kind, met=None, of=None):
    """Mean and limits at the last point. Shares and counts of events: three binomial or Poisson standard errors, widened
    and never narrowed by the z-scores' moving ranges (Laney 2002). Stocks: 2.66 mean moving ranges (Wheeler 1993) over the
    root of 1 - r (Vasilopoulos and Stamboulis 1978)."""
    if kind == "stock":
        n, apart = len(values), values - values.mean()
        varies = n > 5 and apart.any()
        r = (n * (apart[1:] * apart[:-1]).sum() / (apart**2).sum() + 1) / (n - 4) if varies else 0
        half = 2.66 * np.abs(np.diff(values)).mean() / np.sqrt(1 - min(max(r, 0), 0.9))
        return values.mean(), values.mean() - half, values.mean() + half
    centre = met.sum() / of.sum()
    error = np.sqrt(centre * (1 - centre if kind == "p" else 1) / of)
    sigma = max(1, np.abs(np.diff((met / of - centre) / error)).mean() / 1.128)
    return centre, centre - 3 * sigma * error[-1], centre + 3 * sigma * error[-1]


def test_control_charts_draw_the_figures_their_mean_and_their_limits(drawn, on_disk):
    big_charts = charts(drawn, "charts.control(")
    assert len(big_charts) > (15 if drawn.quarter.period == "2017-18-Q4" else 3)
    for name, (ax, chart) in big_charts.items():
        entry = ENTRIES[name]
        share, rate = "of" in entry["quarter"], entry.get("chart", {}).get("kind") == "u"
        of = on_disk("scorecard_quarter", indicator=entry["quarter"]["count"], measure="services_rate")["of"]
        rate = rate and of.notna().all()  # counts, where the population of a quarter is not held
        measure = f"{name}_share" if share else "services_rate" if rate else "services_count"
        cells = on_disk("scorecard_quarter", indicator=entry["quarter"]["count"], measure=measure).sort_values("period")
        values = cells["value" if share or rate else "count"].to_numpy(float)
        (path,) = [each for each in ax.lines if each.get_marker() == "None" and each.get_color() == "#6B6B6B"]
        assert path.get_ydata() == pytest.approx(values, nan_ok=True), name
        assert list(path.get_xdata()) == list(range(len(values)))
        if cells["reason"].str.contains("rounded").any():  # of rounded figures no finding is made
            told = re.split(", | and ", chart.alt.partition(" by quarter: ")[2].partition(". ")[0])
            assert not line(ax, "mean")[1], name
            assert [each for each in told if not re.match(r"about \d|[\d.,]+%? to \d|0%? in ", each)] == [], name
            assert drawn.text.count("Counts are rounded to the nearest 5.") == 1  # in the first words of the page
            continue
        kind = "stock" if entry["quarter"]["basis"] == "snapshot" else "p" if share else "c"
        per = (cells["value"] * cells["of"] / cells["count"]).median() if rate else 1
        of = cells["of"].to_numpy(float) / per if share or rate else np.ones(len(values))
        there = ~np.isnan(values)
        mean, low, high = limits(values[there], kind, cells["count"].to_numpy(float)[there], of[there])
        top = 1 if share else np.inf
        for label, end in (("mean", mean), ("control limits", low), ("_upper limit", high))[: 3 if high > low else 1]:
            assert line(ax, label)[1][-1] == pytest.approx(min(max(end, 0), top)), (name, label)
        last = values[-1]
        if last > high or last < low:
            side = "above the upper" if last > high else "below the lower"
            assert chart.title == f"{entry['title']}: the last point is {side} limit"
        else:
            assert "the last point is" not in chart.title
        ends = [
            figure(min(max(end, 0), top), "share") if share else half_up(max(end, 0), int(rate)) for end in (low, high)
        ]
        if high > low:
            assert f"At the last point, limits {ends[0]} to {ends[1]}." in chart.alt
        else:
            assert "No limits, as the points are all the same." in chart.alt
            assert "control limits" not in {each.get_label() for each in ax.lines}


def test_years_are_drawn_beside_england_and_the_neighbours(drawn, on_disk):
    measures = {
        drawn.quarter.place: "official_figure",
        "neighbours' mean": "official_neighbours",
        "England": "official_england",
    }
    colours = {drawn.quarter.place: "#12436D", "neighbours' mean": "#6B6B6B", "England": "#1D1D1D"}
    big_charts = charts(drawn, "charts.lines(")
    assert set(big_charts) == set(on_disk("scorecard_year", measure="official_figure", status=SHOWN)["indicator"])
    for name, (ax, chart) in big_charts.items():
        for label, measure in measures.items():
            cells = on_disk("scorecard_year", indicator=name, measure=measure).sort_values("period")
            cells = cells[
                cells["period"].isin(
                    on_disk("scorecard_year", indicator=name, measure="official_figure", status=SHOWN)["period"]
                )
            ]
            got = [y for y in line(ax, label)[1] if y == y]
            assert got == list(cells["value"].dropna()), (name, label)
            assert {each.get_color() for each in ax.lines if each.get_label() == label} == {colours[label]}
        now = (
            on_disk("scorecard_year", indicator=name, measure="official_figure", status=SHOWN)
            .sort_values("period")
            .iloc[-1]
        )
        decimals = ENTRIES[name]["official"].get("decimals", 1)
        assert f", {now['period']}: {figure(now['value'], now['unit'], decimals)}" in chart.title


def test_what_is_missing_is_listed(page, rows):
    missing = rows("scorecard_year", measure="official_figure", status="not_available")
    told = page.cell("blank.assign(").text
    for name in missing["indicator"].unique():
        assert re.search(rf"{ENTRIES[name]['title']}(,|;| and) ", told), name
    assert len(re.findall("is not held here", told)) <= 2  # those of the same years for the same reason are one line


def test_a_target_is_met_or_not_by_the_limits(page):
    # no more than 45 and 15 working days, for every child: Working Together (2015), chapter 1
    for title in ("Assessments within 45 working days", "Conferences within 15 working days"):
        if page.audience == "public":
            assert "guidance asks for" not in page.text
            continue
        ax, _ = charts(page, "charts.control(")[TITLES[title]]
        assert line(ax, "_upper limit")[1][-1] < 1
        assert f"{title}: guidance asks for 100%, which its limits do not reach" in page.text


def test_a_headline_of_an_older_year_says_why_there_is_no_newer(frames, tmp_path):
    """As of Isles of Scilly, of which the DfE publishes no newer one: the year before is the newest."""
    frame = frames()["scorecard_year"]
    newest = frame["indicator"].eq("looked_after") & frame["period"].eq("2017-18")
    gone = frame[newest & frame["measure"].eq("official_figure")].assign(
        value=np.nan, status="not_available", reason="not published for this year"
    )
    long_table.write(frames() | {"scorecard_year": pd.concat([frame[~newest], gone])}, tmp_path)
    answer = run("50_scorecard", tmp_path).answer
    (older,) = re.findall(r"Looked-after children: [\d.]+ per 10,000 on 31 March 2017, .*? Children on", answer)
    assert older.endswith(" Of 31 March 2018: not published for this year. Children on")
    assert answer.count("not published") == 1  # plans have their newest year


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
    words = {"absent": "was not received"}.get(state, "No indicator of the return has the quarters")
    assert words in page.answer
    assert not page.cell("charts.control(").axes and "nan" not in page.answer


def test_only_the_indicators_that_are_asked_for(tables):
    page = run("50_scorecard", tables("partnership"), indicators=["plans", "contacts"])
    assert set(charts(page, "charts.control(")) == {"plans", "contacts"}
    assert set(charts(page, "charts.lines(")) == {"plans"} and "Looked-after" not in page.answer


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
