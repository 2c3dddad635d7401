"""Charts of the scorecard: a sparkline for each row, and for each group of indicators its control charts, large."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from textwrap import fill

import numpy as np

from lscb.scorecard import Series
from openstats import authorities as areas

from ..book import Book
from ..scorecard_series import read
from .base import BLUE, GREY, ORANGE, PALE, Chart, axes, save
from .trends import control

SPARK = (104, 28)  # pixels as shown; drawn at four times and shown at a half of that, so that it stays sharp
SOURCE = {
    "quarter": "Source: the children's services return, after disclosure control. Dashed: limits; line: mean.",
    "year": "Source: DfE, Local Authority Interactive Tool; ONS population. Each year of one basis.",
}


# --- a sparkline ----------------------------------------------------------------------------------------------------


def sparkline(line: Series) -> str:
    """A tiny chart of a series as an HTML image, its alternative text in place of the drawing.

    A gap is a figure that is not there or withheld. Special causes are squares, the last point is a dot.
    """
    data = b64encode(_spark(line)).decode()
    size = f'width="{SPARK[0]}" height="{SPARK[1]}"'
    return f'<img {size} alt="{escape(described(line))}" src="data:image/png;base64,{data}">'


def described(line: Series) -> str:
    """A series in words: its first and last figures, what is not shown."""
    from ..words.scorecard import figure

    shown = np.flatnonzero(~np.isnan(line.values))
    if not shown.size:  # as where every figure is withheld
        return f"{line.indicator.title}: no figure is shown."
    ends = dict.fromkeys((int(shown[0]), int(shown[-1])))
    text = " to ".join(f"{figure(line.values[i], line.unit, line.decimals)} in {line.periods[i]}" for i in ends)
    text = f"{line.indicator.title}: {text}."
    if line.hidden:
        text += f" Withheld: {', '.join(line.hidden)}."
    return text


def _spark(line: Series) -> bytes:
    """The drawing, without axis or number: a line, the last point, and squares where a rule is met."""
    from PIL import Image, ImageDraw

    scale, pad = 4, 20
    width, height = SPARK[0] * scale, SPARK[1] * scale
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    values = line.values
    shown = values[~np.isnan(values)]
    if shown.size:
        low, spread = shown.min(), float(np.ptp(shown)) or 1.0
        x = np.linspace(pad, width - pad, max(len(values), 2))
        y = (
            height - pad - (values - low) / spread * (height - 2 * pad)
            if np.ptp(shown)
            else np.full(len(values), height / 2)
        )
        y = np.where(np.isnan(values), np.nan, y)
        draw.line([(pad, height - 8), (width - pad, height - 8)], fill=PALE, width=4)
        _marks(draw, line, x, y)
    out = BytesIO()
    image.resize((SPARK[0] * 2, SPARK[1] * 2), Image.Resampling.LANCZOS).quantize(32).save(out, format="png")
    return out.getvalue()


def _marks(draw, line: Series, x, y) -> None:
    there = ~np.isnan(y)
    for i in range(1, len(y)):
        if there[i] and there[i - 1]:
            draw.line([(x[i - 1], y[i - 1]), (x[i], y[i])], fill=GREY, width=7)
    kinds = line.chart.point_type(line.indicator.better)
    for i in np.flatnonzero(there):
        if kinds[i] != "common":
            colour = ORANGE if kinds[i] == "concern" else BLUE
            draw.rectangle([x[i] - 9, y[i] - 9, x[i] + 9, y[i] + 9], fill=colour)
    if there.any():
        i = int(np.flatnonzero(there)[-1])
        colour = {"concern": ORANGE, "common": GREY}.get(str(kinds[i]), BLUE)
        draw.ellipse([x[i] - 13, y[i] - 13, x[i] + 13, y[i] + 13], fill=colour)


# --- a group, large -------------------------------------------------------------------------------------------------


class Charts(tuple):
    """Several charts shown one below the other."""

    def __repr__(self) -> str:
        return " ".join(chart.alt for chart in self)

    def _repr_html_(self) -> str:
        return "".join(chart._repr_html_() for chart in self) or "<p>Nothing of this group can be drawn.</p>"


def group(book: Book, name: str) -> Charts:
    """Every chart of a group: its quarters as control charts, its years beside England and the neighbours."""
    made = [_quarters(book, name), _years(book, name)]
    return Charts(chart for chart in made if chart)


def _drawn(book: Book, basis: str, name: str) -> list[Series]:
    return [line for line in read(book, basis, name).values() if not np.isnan(line.values).all()]


def _quarters(book: Book, name: str) -> Chart | None:
    """One control chart below the other, for each indicator of the group in the return."""
    from ..words.scorecard import figure, finding

    lines = _drawn(book, "quarter", name)
    if not lines:
        return None
    drawing, grid = axes(1.9 * len(lines) + 0.5, nrows=len(lines), squeeze=False)
    for ax, line in zip(grid[:, 0], lines, strict=True):
        share = line.unit == "share"
        control(
            ax,
            line.chart,
            [_short(p) for p in line.periods],
            line.indicator.better,
            ceiling=1 if share else None,
            text=lambda value, unit=line.unit: figure(value, unit),
            hidden=[_short(p) for p in line.hidden],
        )
        what = {"share": "%", "count": "number in the quarter"}.get(line.unit, line.unit)
        if line.indicator.quarter["basis"] == "snapshot" and line.unit == "count":
            what = "number on the last day"
        _titled(ax, f"{line.indicator.title}, {what}", share)
    _legend(drawing, grid[:, 0])
    _placed(drawing, grid, above=0.3, below=0.9)
    alt = f"Control charts by quarter, {areas.name(book.area)}. " + " ".join(finding(line) for line in lines)
    return save(drawing, alt, SOURCE["quarter"])


def _years(book: Book, name: str) -> Chart | None:
    """The official years of each indicator of the group, with England and the mean of the neighbours."""
    lines = _drawn(book, "year", name)
    if not lines:
        return None
    frame = book["scorecard_year"]
    frame = frame[frame["area"] == book.area]
    rows = -(-len(lines) // 2)
    drawing, grid = axes(2.4 * rows + 0.5, nrows=rows, ncols=2, squeeze=False)
    home = areas.name(book.area)
    said = []
    for ax, line in zip(grid.flat, lines, strict=False):
        said.append(_year(ax, line, frame[frame["indicator"] == line.indicator.name], home))
    for ax in list(grid.flat)[len(lines) :]:
        ax.set_axis_off()
    _legend(drawing, list(grid.flat)[: len(lines)])
    _placed(drawing, grid, above=0.5, below=0.65)
    return save(
        drawing, f"Line charts by year: {home}, its statistical neighbours, England. " + " ".join(said), SOURCE["year"]
    )


def _year(ax, line: Series, frame, home: str) -> str:
    """One indicator's years on `ax`; the sentence that says the same."""
    from ..words.scorecard import figure

    x = np.arange(len(line.periods))
    styles = {
        "official_england": (GREY, "--", "s", "England"),
        "official_neighbours": (ORANGE, ":", "D", "neighbours' mean"),
    }
    last = []
    for measure, (colour, dash, marker, words) in styles.items():
        beside = (
            frame[frame["measure"] == measure].set_index("period")["value"].reindex(list(line.periods)).to_numpy(float)
        )
        places = line.decimals if measure == "official_england" else 1  # a mean of whole numbers is not one
        if not np.isnan(beside).all():
            ax.plot(x, beside, dash, marker=marker, markersize=4, color=colour, label=words)
            last += [f"{words} {figure(beside[-1], line.unit, places)}"] if not np.isnan(beside[-1]) else []
    ax.plot(x, line.values, marker="o", color=BLUE, linewidth=1.8, label=home)
    ticks = x[len(x) - 1 :: -max(1, -(-len(x) // 5))][::-1]  # at most five labels, the last year among them
    ax.set_xticks(ticks, [line.periods[i].replace("-", "/") for i in ticks])
    ax.set_xlim(-0.4, max(len(x) - 0.6, 0.4))
    ax.set_ylim(0, ax.dataLim.y1 * 1.1 or 1)
    _titled(ax, f"{line.indicator.title}, {'%' if line.unit == 'share' else line.unit}", line.unit == "share")
    return described(line) + (f" In {line.periods[-1]}: {', '.join(last)}." if last else "")


def _titled(ax, title: str, share: bool) -> None:
    width = int(ax.get_position().width * 100)  # letters that fit above the axes, in tenths of the drawing's width
    ax.set_title(fill(title, 36 if width < 50 else 80), loc="left", fontsize=10, fontweight="bold")
    if share:
        ax.yaxis.set_major_formatter(lambda value, _: f"{value * 100:.3g}%")


def _legend(drawing, grid) -> None:
    """One legend for all: each kind of mark once."""
    found = {}
    for ax in grid:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    drawing.legend(found.values(), found.keys(), loc="lower left", ncols=3, frameon=False, fontsize=9)


def _placed(drawing, grid, above: float, below: float) -> None:
    """Sets the small charts in their places; `above` each stands its title, `below` the last row the legend (inches).

    All their labels are of one kind, so that nothing needs measuring: the constrained layout of the other charts looks
    at every label of every small chart four times, which was half of drawing them.
    """
    rows, columns = grid.shape
    width, height = drawing.get_size_inches()
    left, right, across, down = 0.62, 0.08, 0.72, above + 0.28  # labels of the axes stand in `across` and `down`
    wide = (width - left - right - across * (columns - 1)) / columns
    high = (height - above - below - down * (rows - 1)) / rows
    drawing.set_layout_engine(None)
    drawing.subplots_adjust(
        left=left / width, right=1 - right / width, bottom=below / height, top=1 - above / height,
        wspace=across / wide, hspace=down / high,
    )  # fmt: skip


def _short(period: str) -> str:
    """`2017-18-Q4` as it fits under a point: `17/18 Q4`."""
    return f"{period[2:4]}/{period[5:7]} {period[8:]}"
