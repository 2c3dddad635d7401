"""What stands in a table where a count is withheld, and that the release check knows it."""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from board_packs.pages import charts, show
from board_packs.pages.cell_value import Cell, withheld
from board_packs.pages.charts.drawing import RANGE
from board_packs.publish.release.shown import Figures
from lscb import long_table

REASON = "withheld: between 1 and 5, or needed to protect another figure"


@pytest.mark.parametrize("reason, text", [
    (REASON, "withheld"),
    (f"{REASON}; from 4 to 8", "withheld, 4 to 8"),
    (f"{REASON}; about 30; from 28 to 32", "withheld, about 30"),
    (f"{REASON}; from 0 to 1200; partial: 3 rows are missing", "withheld, 0 to 1,200"),
    ("withheld: worked out from figures that are withheld", "withheld"),
])  # fmt: skip
def test_a_withheld_count_says_what_anybody_can_work_out(reason, text):
    assert withheld(reason) == text


def test_the_range_that_a_chart_draws_beside_the_rounded_figure_is_released_too():
    """Salford's repeats: tables print `about 35`, the chart's words `35 to 37`; the page was refused for its own 37."""
    row = dict(area="E06000045", period="2017-18", measure="m", status="suppressed")
    figures = Figures.of([long_table.cells([row | {"reason": f"{REASON}; about 35; from 35 to 37"}])], [])
    assert figures.explain("Withheld: 2016-17 Q2 (35 to 37).") and figures.explain("withheld, about 35")
    assert not figures.explain("Withheld: 2016-17 Q2 (35 to 38).")


def test_a_table_prints_it_and_the_release_check_takes_it_for_released():
    rows = [
        dict(area="E06000045", period="2017-18", measure="m", agency="police", count=40),
        dict(
            area="E06000045",
            period="2017-18",
            measure="m",
            agency="health",
            status="suppressed",
            reason=f"{REASON}; from 4 to 8",
        ),
    ]
    frame = long_table.cells(rows)
    page = str(show(frame, "Referrals", "agency", {"Referrals": "count", "Share": "percent"}))
    assert '<td class="number">withheld, 4 to 8</td><td class="number">withheld</td>' in page
    figures = Figures.of([frame])
    assert figures.explain("withheld, 4 to 8") and figures.explain("4 to 8")  # on a page; in a workbook's note
    assert not figures.explain("withheld, 5 to 8")
    assert not Figures.of([frame.assign(reason=pd.Series(["", REASON]))]).explain("withheld, 4 to 8")


def bars(reason, across=False, status="suppressed", count=None):
    """The faint bars (left, foot, width, height) of a chart of two bars, one of them withheld, and the axes."""
    about = dict(area="E06000045", period="2017-18", measure="m")
    frame = long_table.cells([
        {**about, "agency": "police", "count": 40},
        {**about, "agency": "health", "count": count, "status": status, "reason": reason},
    ])  # fmt: skip
    _, ax = plt.subplots()
    (ax.barh if across else ax.bar)(range(2), [40, 0])
    charts.labels(ax, frame, by="agency", across=across)
    faint = [p for p in ax.patches if p.get_gid() == RANGE]
    return [(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in faint], ax, frame


@pytest.mark.parametrize("across", [False, True])
def test_a_chart_draws_what_a_withheld_count_can_be_as_a_faint_bar(across):
    (bar,), ax, _ = bars(f"{REASON}; about 45; from 43 to 47", across)
    left, foot, width, height = bar if not across else (bar[1], bar[0], bar[3], bar[2])
    assert (foot, foot + height) == (43, 47) and (left + width / 2) == 1
    limits = ax.get_xlim() if across else ax.get_ylim()
    assert limits[1] >= 47
    order = [p.get_gid() for p in sorted(ax.patches, key=lambda p: p.get_zorder())]
    assert order[-1] == RANGE  # the bar of a total would hide it


@pytest.mark.parametrize("reason, status", [(REASON, "suppressed"), (f"{REASON}; from 4 to 8", "shown")])
def test_no_faint_bar_where_nothing_is_known_or_nothing_withheld(reason, status):
    faint, ax, frame = bars(reason, status=status, count=6 if status == "shown" else None)
    assert faint == []
    assert "faint bar" not in charts.show(ax, "Referrals", charts.describe(frame, "Bar chart", by="agency")).source


def test_a_range_that_goes_far_beyond_the_other_bars_does_not_press_them_flat():
    (bar,), ax, _ = bars(f"{REASON}; from 4 to 1200")
    assert bar[1] + bar[3] == 1200 and ax.get_ylim()[1] < 80


def test_a_phones_chart_has_faint_bars_of_its_own():
    """Only a map has the same shapes in both widths: bars stand elsewhere in a narrow chart."""
    _, ax, frame = bars(f"{REASON}; from 4 to 8")
    drawing = charts.show(ax, "Referrals", charts.describe(frame, "Bar chart", by="agency")).drawing
    assert drawing.count('class="place v"') == 2 and "<use" not in drawing


def test_the_words_below_a_chart_and_in_its_place_say_what_the_faint_bar_says():
    _, ax, frame = bars(f"{REASON}; from 4 to 8")
    chart = charts.show(ax, "Referrals", charts.describe(frame, "Bar chart", by="agency"), about=frame)
    assert chart.alt == "Bar chart: Police: 40. Withheld: Health (4 to 8)."
    assert "A faint bar is what a withheld figure can be" in chart.source
    assert f'fill="{charts.PALE.lower()}" stroke="{charts.GREY.lower()}"' in chart.drawing  # painted, as the words say
    shares = charts.describe(frame, "Bar chart", "percent", by="agency")
    assert "4 to 8" not in shares


def extent(path: str) -> tuple[list[float], list[float]]:
    """From where to where a shape of level and upright steps reaches, across and down, in pixels."""
    across, down = (sorted(map(float, re.findall(steps, path))) for steps in (r"[MH](-?[\d.]+)", r"[,V](-?[\d.]+)"))
    return [across[0], across[-1]], [down[0], down[-1]]


@pytest.mark.parametrize("across", [False, True])
def test_a_faint_bar_stands_where_its_own_drawing_has_it(across):
    """In the wide and in the narrow drawing, by its neighbour, a bar from 0 to 40, and by the names of both."""
    _, ax, frame = bars(f"{REASON}; from 10 to 30", across)
    drawing = charts.show(ax, "Referrals", charts.describe(frame, "Bar chart", by="agency")).drawing
    drawings = re.findall(r"<svg.*?</svg>", drawing, re.DOTALL)
    assert len(drawings) == 2
    for svg in drawings:
        (faint,) = map(extent, re.findall(r'<path class="place v" d="([^"]+)"', svg))
        bar = extent(re.search(r'<path d="([^"]+Z)" fill="(?!#ffffff)', svg)[1])
        names = re.findall(r'<text class="tick" x="([\d.]+)" y="([\d.]+)"[^>]*>(?:Police|Health)<', svg)
        long, beside = (0, 1) if across else (1, 0)
        nought, most = bar[long] if across else reversed(bar[long])
        ends = sorted(nought + (most - nought) * share for share in (10 / 40, 30 / 40))
        assert faint[long] == pytest.approx(ends, abs=0.2)
        police, health = (float(place[beside]) for place in names)
        assert sum(faint[beside]) / 2 - sum(bar[beside]) / 2 == pytest.approx(health - police, abs=0.2)


@pytest.mark.parametrize("across", [False, True])
def test_faint_bars_alone_have_an_axis_of_counts_that_holds_them(across):
    """Rutland's deaths of five years, all withheld: the axis went from -0.05 to 0.05, and the bar of 1 to 6 was not seen."""
    rows = [dict(area="E06000017", period=f"202{n}-2{n + 1}", measure="m", status="suppressed", reason=f"{REASON}; from {low} to {high}")
            for n, (low, high) in enumerate(((0, 5), (1, 6), (0, 4)))]  # fmt: skip
    _, ax = plt.subplots()
    (ax.barh if across else ax.bar)(range(3), [float("nan")] * 3)
    charts.labels(ax, long_table.cells(rows), across=across)
    low, high = ax.get_xlim() if across else ax.get_ylim()
    assert low == 0 and 6 < high < 7
    assert all(tick == int(tick) for tick in (ax.get_xticks() if across else ax.get_yticks()))


ROUNDED_TO_5 = "count rounded to the nearest 5"


def interviews(reason):
    """Ten of 25 interviews that one agency counts in a quarter, and five of 20 the quarter before; another's are withheld."""
    about = dict(area="E06000045", measure="interviews_in_time_share", unit="share")
    frame = long_table.cells([
        {**about, "agency": "charity", "period": "2017-18-Q1", "value": 0.25, "count": 5, "of": 20, "reason": reason},
        {**about, "agency": "charity", "period": "2017-18-Q2", "value": 0.4, "count": 10, "of": 25, "reason": reason},
        {**about, "agency": "health", "period": "2017-18-Q1", "status": "suppressed", "reason": REASON},
        {**about, "agency": "health", "period": "2017-18-Q2", "status": "suppressed", "reason": REASON},
    ])  # fmt: skip
    wide = frame.pivot(index="period", columns="agency", values="value")
    return charts.lines(plt.subplots()[1], wide, rows=frame, style="percent"), frame


def test_a_share_of_rounded_counts_has_a_line_over_what_it_can_be():
    """5 of 20 rounded: 3 to 7 of 18 to 22, so 13.6 to 38.9 %, printed 13 % to 39 %; 10 of 25: 8/27 to 12/23, 29 % to 53 %."""
    ax, frame = interviews(ROUNDED_TO_5)
    spread = [path.vertices for lines in ax.collections for path in lines.get_paths()]
    assert [ends.round(9).tolist() for ends in spread] == [
        [[0, 0.13], [0, 0.39]],
        [[1, 0.29], [1, 0.53]],
    ]
    chart = charts.show(ax, "Interviews", charts.describe(frame, "Line chart", "percent", each="agency"), about=frame)
    answers, source = re.findall("<title>(.*?)</title>", chart.drawing), chart.source
    assert len(answers) == 4 and all(
        text.startswith("2017-18 Q") for text in answers
    )  # of two widths: the points alone
    assert "A point can lie anywhere on its upright line: its counts are rounded." in source
    assert "Where a line has a gap or is missing, figures are withheld." in source


def test_a_share_of_counts_as_counted_has_none():
    ax, frame = interviews("")
    assert not ax.collections
    source = charts.show(
        ax, "Interviews", charts.describe(frame, "Line chart", "percent", each="agency"), about=frame
    ).source
    assert "upright line" not in source and "figures are withheld" in source


@pytest.mark.parametrize("reason, most", [("", 0.4), (ROUNDED_TO_5, 12 / 23)])
def test_the_most_that_a_share_can_be_allows_for_rounding(reason, most):
    cell = Cell({"value": 0.4, "count": 10.0, "of": 25.0, "unit": "share", "status": "shown", "reason": reason})
    assert cell.most == pytest.approx(most)
