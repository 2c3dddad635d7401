"""A figure finished: its finding, the words that replace it, and the drawing itself, for a page and for a phone."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb.errors import UserError

from ..book import OPENED, Html, marked, once
from ..sentences import AS_ABOVE, Note, lacking, rounded_rows
from . import text_layouts
from .drawing import ABOUT, MARK, RANGE, ROUNDED, headroom, whole
from .mark_names import level_words, name_marks
from .marks import legend
from .narrow_charts import narrowed, thinned
from .readings import Drawn, counted, lying

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 144  # dots an inch, of a picture
MOST = 60_000  # corners, from which a drawing is a picture
PERIOD = re.compile(r"\bmid-\d{4}\b|\b\d{4}-\d\d(?: Q[1-4])?\b")  # not to be broken over two lines
NOTHING = "No chart is drawn: every figure of it is withheld."
NO_FIGURE = "No chart is drawn: there is no figure to draw."
NOT_DRAWN = f"No chart is drawn{AS_ABOVE}."


PICTURES: list[bool] = []


class Chart(NamedTuple):
    """A drawing with its finding as title, the words that replace it, and the source printed below it.

    drawing : HTML of the SVG in two widths (or of a picture, where the shapes are too many); the page shows one
    """

    drawing: str
    alt: str
    source: str
    title: str = ""
    kind: str = ""
    data: str = ""  # the table of its rows, which a pack has as CSV
    marks: Html = Html()  # no text: of the numbers of its title (see book.marked)

    @property
    def png(self) -> bytes:
        """The picture, of a chart that was drawn as one (`as_pictures`)."""
        return b64decode(self.drawing.partition("base64,")[2].partition('"')[0])

    def __repr__(self) -> str:  # without it a notebook stores the drawing a second time
        return self.alt

    def _repr_html_(self):
        from ..page_guard import by_hand

        drawing = _alone(self.drawing) if by_hand() else self.drawing
        words = PERIOD.sub(r'<span class="whole">\g<0></span>', escape(self.title))
        title = f'<p class="finding"><strong>{words}</strong></p>' if words else ""
        kind = f' class="{self.kind}"' if self.kind else ""
        link = f' <a class="data" href="data/{self.data}.csv">Data</a>' if self.data else ""
        caption = f"<figcaption>{escape(self.source)}{link}</figcaption>" if self.source or link else ""
        label = escape(self.title or "Chart")
        html = Html(f'<figure{kind} tabindex="0" aria-label="{label}">{title}{drawing}{caption}</figure>')
        html.metadata = self.marks.metadata
        return html._repr_html_()


def _alone(drawing: str) -> str:
    """A drawing for a notebook, which has none of a page's style: the wide one, and what answers as unseen as there."""
    wide = re.sub(r'<svg class="narrow".*?</svg>', "", drawing, flags=re.DOTALL)
    return wide.replace(' class="v"', ' class="v" fill-opacity="0"')


def show(drawing: Figure | Axes, title: str, alt: str, source: str = "", about=None) -> Chart | Note:
    """Finishes a figure (or the figure of some axes): the finding as its title, `alt` for those who do not see it.

    about : the rows that are drawn; where their table is not there, or all of it is withheld, nothing is drawn and
        the reason is said in words.
    source : who counted, printed below, such as `the hub's return of referrals`
    """
    import matplotlib.pyplot as plt

    from ..page_guard import in_batch

    figure: Any = getattr(drawing, "figure", drawing)  # of axes, or the figure itself
    if not hasattr(figure, "axes"):
        raise UserError("charts.show takes a figure or its axes: ax = sns.barplot(...), then charts.show(ax, ...).")
    try:
        if reason := _nothing(about):
            return Note(reason if reason in (NOTHING, NO_FIGURE) else once(reason, title + alt, NOT_DRAWN))
        if len(alt.strip()) < 3 or not title.strip():
            raise UserError("a chart needs its words: charts.show(fig, 'the finding', alt=charts.describe(rows, ...)).")
        invented = " (invented rows)" if OPENED and OPENED[-1].sample and "return" in source else ""
        partial = lacking(about, title + alt)
        faint = any(patch.get_gid() == RANGE for ax in figure.axes for patch in ax.patches)
        below = [
            f"Source: {source}{invented}." if source else "",
            partial,
            f"{MARK} withheld." if _marked(figure) else "",
        ]
        below += ["A faint bar is what a withheld figure can be by all that is printed."] if faint else []
        below += ["A point can lie anywhere on its upright line: its counts are rounded."] if _spread(figure) else []
        below += ["Where a line has a gap or is missing, figures are withheld."] if _broken(figure, about) else []
        for ax in (ax for ax in figure.axes if any(text.get_gid() == ABOUT for text in ax.texts)):
            _say_about(ax)
        with text_layouts.remembered():
            rounded = about is not None and rounded_rows(about)
            chart = save(figure, f"{alt} {partial}".rstrip(), " ".join(filter(None, below)), title, rounded)
        data = getattr(about, "source", "") if in_batch() else ""
        return chart._replace(data=data, marks=marked("", title))
    finally:
        plt.close(figure)


def _spread(figure: Figure) -> bool:
    return any(drawn.get_label() == ROUNDED for ax in figure.axes for drawn in ax.collections)


def _broken(figure: Figure, rows) -> bool:
    """Whether lines are drawn of rows some of which are withheld, without a mark in their place."""
    lines = any(
        line.get_linestyle() != "None" and not str(line.get_label()).startswith("_")
        for ax in figure.axes
        for line in ax.lines
    )
    return lines and rows is not None and (rows["status"] == "suppressed").any() and not _marked(figure)


def _marked(figure: Figure) -> bool:
    return any(text.get_text() == MARK for ax in figure.axes for text in ax.texts)


def _say_about(ax: Axes) -> None:
    """Says once beside the columns of a chart that their numbers are rounded: after its title or its axis' label."""
    axis = ax.xaxis if lying(ax) else ax.yaxis
    if title := ax.get_title(loc="left"):
        ax.set_title(f"{title} (about)", loc="left")
    else:
        axis.set_label_text(f"{label} (about)" if (label := axis.get_label_text()) else "about")


def _nothing(rows) -> str:
    """Why nothing is drawn of the rows; empty where something is."""
    if rows is None:
        return ""
    if reason := getattr(rows, "absent", ""):
        return reason
    if (rows["status"] == "shown").any():
        return ""
    return NOTHING if (rows["status"] == "suppressed").any() else NO_FIGURE


@contextmanager
def as_pictures() -> Iterator[None]:
    """Charts finished meanwhile are pictures: for a Word document, which draws no SVG."""
    PICTURES.append(True)
    try:
        yield
    finally:
        PICTURES.pop()


def save(figure: Figure, alt: str, source: str, title: str = "", rounded: bool = False) -> Chart:
    """The figure as a Chart, once for a page and once for a phone: the same figure gives the same text. `rounded`: its
    counts are.

    A figure with very many points (a map of England) is a picture, which is smaller.
    """
    scaled = [ax for ax in figure.axes if ax.axison]
    for ax in filter(counted, scaled):
        whole(ax, "x" if lying(ax) else "y")
    for ax in scaled:
        headroom(ax)
        level_words(ax)
        name_marks(ax)
    kinds = {label for ax in scaled for label in ax.get_legend_handles_labels()[1]}
    if not figure.legends and (len(kinds) > 1 or any(ax.get_legend() for ax in scaled)):
        legend(scaled)
    maps = any(not ax.axison for ax in figure.axes) and len(figure.axes) == 1
    shapes: list[Any] = [shape for ax in figure.axes for shape in (*ax.patches, *ax.artists)]
    if PICTURES or sum(len(shape.get_path().vertices) for shape in shapes if hasattr(shape, "get_path")) > MOST:
        return Chart(f'<div class="drawing">{_picture(figure, alt)}</div>', alt, source, title)
    drawn = Drawn(figure, rounded)
    parts = [drawn.svg("wide", alt, partial(thinned, points=False))]
    before = narrowed(figure)
    parts.append(drawn.svg("narrow", alt, thinned))
    for put_back in before:  # the axes go on to their reader as they were
        put_back()
    return Chart(f'<div class="drawing">{"".join(parts)}</div>', alt, source, title, "map" if maps else "")


def _picture(figure: Figure, alt: str) -> str:
    """A PNG that names no software and no time, of 256 colours: no channel of a colour moves by more than 15 of 255."""
    import numpy as np
    from PIL import Image

    figure.set_dpi(DPI)
    canvas: Any = figure.canvas  # Agg's, which alone has a buffer
    if engine := figure.get_layout_engine():
        engine.execute(figure)
    hidden = thinned(figure, points=False)
    canvas.draw()
    for label in hidden:
        label.set_visible(True)
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    out = BytesIO()
    drawn = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # 254 is the mean of white and near-white
    drawn.putpalette([255 if part == 254 else part for part in drawn.getpalette() or []])
    drawn.save(out, format="png")
    return f'<img alt="{escape(alt)}" src="data:image/png;base64,{b64encode(out.getvalue()).decode()}">'
