"""What is drawn has the house's colours as they are, and no line goes across a figure that is not there."""

import ast
import json

import matplotlib.colors as mcolors
import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from page_reader import run

from openstats.project_data import NOTEBOOKS

# The Government Analysis Function's dark blue and orange (guidance on colours in charts, 2023), our two greys, ink and a
# tint of the blue.
HOUSE = {"#12436d", "#f46a25", "#6b6b6b", "#d5dce4", "#1d1d1d", "#ffffff", "#7c9cba"}
MAPS = ("charts.decile_map(", "sns.heatmap(")  # published scales of ten colours of their own, and shades of one
PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[1-9]*.ipynb"))


def lines(ax):
    """The lines that can be seen: seaborn draws one of no length for the interval of each bar."""
    there = {line: np.isfinite(np.asarray(line.get_xydata(), float)).all(axis=1) for line in ax.lines}
    return [line for line, points in there.items() if points.any()]


def colours(ax):
    """The colours of the bars, lines, marks and intervals of some axes, opacity aside."""
    drawn = [patch.get_facecolor() for patch in ax.patches]
    drawn += [line.get_color() for line in lines(ax)]
    drawn += [line.get_markerfacecolor() for line in lines(ax) if line.get_marker() not in ("None", "", None)]
    for each in ax.collections:
        if not isinstance(each, QuadMesh):
            drawn += [*each.get_facecolor(), *each.get_edgecolor()]
    return {mcolors.to_hex(colour) for colour in drawn if not isinstance(colour, str) or colour != "none"}


@pytest.mark.parametrize("name", PAGES)
def test_bars_lines_and_marks_have_the_houses_colours(invented_quarter, name):
    page = invented_quarter.page(name)
    drawn = [cell for cell in page.charts if not any(kind in cell.source for kind in MAPS)]
    assert drawn, name
    for cell in drawn:
        axes = cell.axes or cell.figure.axes
        assert axes, cell.source
        for ax in axes:
            assert colours(ax) <= HOUSE, cell.source


# What may be orange, by its name in the chart: what needs attention. A spine and small trends say it in their words.
ATTENTION = {"special cause: concern", "overdue", "Says nothing", "not started"}


@pytest.mark.parametrize("name", PAGES)
def test_orange_is_what_needs_attention_and_nothing_else(invented_quarter, name):
    for cell in invented_quarter.page(name).charts:
        if any(kind in cell.source for kind in (*MAPS, "charts.stamps(")):
            continue
        for ax in cell.axes or cell.figure.axes:
            marks = zip(*ax.get_legend_handles_labels(), strict=True)
            orange = {words for mark, words in marks if "#f46a25" in colour_of(mark)}
            assert orange <= ATTENTION, cell.source
            assert orange or "#f46a25" not in colours(ax), cell.source


def colour_of(mark):
    """The colours of a mark of a key: of bars their first, of a line or of lines their own."""
    bar = mark.patches[0] if getattr(mark, "patches", None) else mark
    drawn = bar.get_color() if hasattr(bar, "get_color") else bar.get_facecolor()
    return {mcolors.to_hex(colour) for colour in mcolors.to_rgba_array(drawn)}


LINES = ["10_demographics", "30_child_deaths", "40_hrda", "50_scorecard", "60_exploitation_and_missing", "75_learning"]


@pytest.mark.parametrize("name", [*LINES, "80_board"])
def test_no_line_goes_across_a_figure_that_is_not_there(hidden, name):
    """With every third period hidden, each drawn line still has a place for each period, blank where it is hidden."""
    page, long = run(name, hidden("in part")), 0
    for cell in (cell for cell in page.charts if "pyramid" not in cell.source):
        for ax in cell.axes:
            for line in lines(ax):
                if line.get_linestyle() == "None" or len(line.get_xdata()) < 3:
                    continue
                places = np.asarray(ax.xaxis.convert_units(line.get_xdata()), float)
                assert np.diff(places).max() <= 1, cell.source
                long += 1
    assert long, "no line was drawn"


@pytest.mark.parametrize("name", PAGES)
def test_bars_that_lie_are_told_so(name):
    """seaborn guesses from the columns' types; a column without a figure would turn the chart round."""
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    for source in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
        for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
            given = {word.arg: ast.unparse(word.value) for word in call.keywords}
            if ast.unparse(call.func) == "sns.barplot" and given.get("x") in ("'count'", "'value'"):
                assert given.get("orient") == "'h'", source
