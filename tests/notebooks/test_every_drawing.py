"""Every chart of pages read back from its axes, in three quarters of three authorities and for three audiences: lengths,
heights, limits, labels, order and colours against the tables as they lie on disk (expected_drawings)."""

import re
from html import unescape

import numpy as np
import pytest
from drawn_quarters import AUDIENCES
from expected_drawings import DRAWINGS, GREY, INK, drawing
from expected_words import when
from matplotlib.colors import to_hex
from page_reader import about, figure_of, interval, lying_intervals, sticks

# ColorBrewer, RdYlBu of ten classes
RED_TO_BLUE = "#a50026 #d73027 #f46d43 #fdae61 #fee090 #e0f3f8 #abd9e9 #74add1 #4575b4 #313695".split()

SHAPE = 'class="place v"'  # what answers when it is asked, such as the bar of what a withheld figure can be


def same(found, wanted) -> None:
    assert len(found) == len(wanted)
    assert np.allclose(np.array(found, float), np.array(wanted, float), equal_nan=True)


def compare(ax, wanted: dict) -> None:
    """Each part of a drawing that is asked for."""
    found = drawing(ax, wanted.get("lying", False))
    if "bars" in wanted:
        assert found["bars"].keys() == wanted["bars"].keys()
        for place, (size, colour) in wanted["bars"].items():
            assert found["bars"][place] == (pytest.approx(size), colour), place
    for name, (colour, heights) in wanted.get("lines", {}).items():
        assert found["lines"][name][0] == colour, name
        same(found["lines"][name][1], heights)
    for part in ("legend", "ticks", "axis", "title"):
        if part in wanted:
            assert found[part] == wanted[part], part
    if "key" in wanted:
        assert found["legend"] == wanted["key"]
    if "texts" in wanted:
        words = [(pytest.approx(x, abs=1e-6), pytest.approx(y, abs=1e-6), text) for x, y, text in wanted["texts"]]
        assert [(x, y, " ".join(text.split())) for x, y, text in found["texts"]] == words
    if "gaps" in wanted:
        assert sorted(found["gaps"]) == pytest.approx(sorted(wanted["gaps"]))
    if "period" in wanted:
        names = [when(r["period"]) if " to " not in r["period"] else r["period"] for r in wanted["period"]]
        assert found["ticks"] and found["ticks"] == [names[place] for place in found["places"]]
    for part in ("points", "spans", "control", "sticks", "hollow", "outline", "heat", "map"):
        if part in wanted:
            globals()[f"compare_{part}"](ax, wanted[part])


def compare_points(ax, wanted):
    same([(each.get_xdata()[0], each.get_ydata()[0]) for each in ax.lines if len(each.get_xdata()) == 1], wanted)


def compare_spans(ax, wanted):
    same(lying_intervals(ax), wanted)


def compare_sticks(ax, wanted):
    same([each for each in sticks(ax) if each[1] == each[1]], wanted)


def compare_hollow(ax, wanted):
    drawn = [each for each in ax.lines if each.get_label() == "incomplete"]
    if all(y != y for y in wanted):
        assert not drawn  # nor a name of what is not there
        return
    (marks,) = drawn
    same(marks.get_ydata(), wanted)
    assert to_hex(marks.get_markerfacecolor()) == "#ffffff" and to_hex(marks.get_color()) == GREY


def compare_control(ax, wanted):
    """The grey line through all points, and each point once, by whether and how it is flagged."""
    values, flags, quiet = wanted
    (path,) = [each for each in ax.lines if each.get_marker() == "None" and to_hex(each.get_color()) == GREY]
    same(path.get_ydata(), values)
    seen = {}
    for each in ax.lines:
        if each.get_marker() in ("o", "P", "s", "D", "v") and each.get_label() != "incomplete":
            seen |= {round(x): (each.get_label(), y) for x, y in zip(each.get_xdata(), each.get_ydata(), strict=True)}
    high = {"above", "rising", "upper"}
    for place, (value, flag) in enumerate(zip(values, flags, strict=True)):
        way = "higher" if high & set(flag.split()) else "lower"
        words = f"special cause: {way}" if flag else quiet
        assert seen.get(place) == ((words, pytest.approx(value)) if value == value else None), place


def compare_outline(ax, wanted):
    for side, values in wanted.items():
        edges = [each for each in ax.lines if side * sum(each.get_xdata()) > 0]
        assert len(edges) == (1 if values else 0)
        for each in edges:
            same(each.get_xdata()[::2], values)
            assert to_hex(each.get_color()) == INK


def compare_heat(ax, wanted):
    """The numbers that stand in the squares, darker where they are more."""
    names = [t.get_text() for t in ax.get_yticklabels()]
    deciles = [t.get_text() for t in ax.get_xticklabels()]
    numbers = {
        (names[int(y)], int(deciles[int(x)])): float(t.get_text()) for t in ax.texts for x, y in [t.get_position()]
    }
    assert numbers == wanted
    (mesh,) = ax.collections
    same(mesh.get_array().ravel(), [wanted[name, int(decile)] for name in names for decile in deciles])


def compare_map(ax, wanted):
    """Every neighbourhood of the table in the colour of its tenth, red for the most deprived, and in the key."""
    shapes = {each.get_gid().rpartition(": ")[0]: each for each in ax.patches if each.get_gid()}
    assert shapes.keys() == wanted.keys()
    for name, decile in wanted.items():
        assert shapes[name].get_gid() == f"{name}: decile {decile}"
        assert to_hex(shapes[name].get_facecolor()) == RED_TO_BLUE[decile - 1], name
    key = drawing(ax)["legend"]
    assert (
        list(key.values()) == RED_TO_BLUE
        and next(iter(key)) == "1  most deprived"
        and list(key)[9] == "10  least deprived"
    )


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_page_draws_what_its_tables_hold(each_quarter, name, audience):
    page, wanted = each_quarter.page(name, audience), DRAWINGS[name](each_quarter.tables(audience))
    drew = [run for run in page.cells if "charts.show(" in run.source]
    assert len(drew) == len(wanted)
    for run, asked in zip(drew, wanted, strict=True):
        if not any(hasattr(value, "drawing") for value in run.shown):
            continue
        wide, narrow = re.findall(r"<svg.*?</svg>", run.chart.drawing, re.DOTALL) or ("", "")  # a picture has none
        assert run.chart.kind == "map" or wide.count(SHAPE) == narrow.count(SHAPE), name  # which stand elsewhere in it
        for ax, one in zip(run.axes, asked if isinstance(asked, list) else [asked], strict=True):
            compare(ax, one)


def answered(run) -> list[str]:
    """What a chart says when it is asked for a place."""
    return [
        " ".join(unescape(text).split())
        for text in re.findall(r"<title>(.*?)</title>", run.chart.drawing.split("</svg>")[0])
    ]


def figure(row, style: str) -> str:
    """A row's figure as a chart answers with it."""
    if row["status"] != "shown":
        return {"suppressed": "withheld"}.get(row["status"], row["status"].replace("_", " "))
    if style == "count":
        return f"{about(row)}{row['count']:,.0f}"
    words = figure_of(row, 100 if style == "percent" else 1)
    parts = [f"{about(row)}{row['count']:,.0f} of {row['of']:,.0f}"] * (style == "percent")
    parts += [interval(row, 100 if style == "percent" else 1)] * (row["low"] == row["low"] and not about(row))
    return f"{words} ({'; '.join(parts)})" if parts else words


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    "page, title, table, measure, style",
    [
        ("60_exploitation_and_missing", "Missing episodes in", "missing_episodes", "missing_episodes", "count"),
        ("60_exploitation_and_missing", "Within 72 hours", "return_interviews", "interviews_in_time_share", "percent"),
        ("60_exploitation_and_missing", "Children flagged", "exploitation_flags", "children_flagged", "count"),
        ("40_hrda", "Referrals per 10,000 by dep", "hrda_by_deprivation", "hrda_decile_rate", "rate"),
    ],
)
def test_a_chart_answers_with_figures_as_its_table_prints_them(
    each_quarter, audience, page, title, table, measure, style
):
    """A share of rounded counts is the range that the rounding leaves, and never 41.7%; a bar of a rate says the rate."""
    by = "decile" if style == "rate" else "period"
    rows = [r for r in each_quarter.tables(audience).rows(table, measure) if by == "decile" or "-Q" in r["period"]]
    wanted: dict = {}
    for row in sorted(rows, key=lambda row: row[by]) if by == "period" else rows:
        wanted.setdefault(row[by], []).append(f"{row.get('agency', '')} {figure(row, style)}".strip())
    drew = [run for run in each_quarter.page(page, audience).charts if run.chart.title.startswith(title)]
    assert len(drew) == any(row["status"] == "shown" for row in rows)  # one without a figure is a sentence
    assert not drew or answered(drew[0]) == [
        f"{when(k) if by == 'period' else f'decile {k}'}: {'; '.join(v)}" for k, v in wanted.items()
    ]
