"""What every chart shares: its type, size, colours, the words where a figure is withheld, and the picture itself."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb.errors import UserError

from ..number_text import when
from ..sentences import Note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Government Analysis Function categorical palette (2023): distinguishable with the common colour-vision deficiencies,
# at least 3:1 against white. Dark blue leads, orange contrasts; grey and pale are for context, never for data alone.
BLUE, ORANGE, GREY, PALE, INK = "#12436D", "#F46A25", "#6B6B6B", "#D5DCE4", "#1D1D1D"
WIDTH = 7.2  # inches: drawn at 2x for a 46rem column
DPI = 144  # dots an inch
NOTHING = "No chart is drawn: every figure of it is withheld."
HOUSE = {
    "font.family": "DejaVu Sans", "font.size": 10, "figure.figsize": (WIDTH, 3.6), "figure.facecolor": "white",
    "figure.constrained_layout.use": True, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": GREY, "axes.grid": True, "axes.grid.axis": "y", "grid.color": PALE, "grid.linewidth": 0.8,
    "axes.axisbelow": True, "xtick.color": INK, "ytick.color": INK, "xtick.major.size": 3, "ytick.major.size": 3,
    "legend.frameon": False,
}  # fmt: skip


class Chart(NamedTuple):
    """A picture with its finding as title, the words that replace it, and the source printed below it."""

    png: bytes
    alt: str
    source: str
    title: str = ""

    def __repr__(self) -> str:  # without it a notebook stores the bytes a second time
        return self.alt

    def _repr_html_(self) -> str:
        data = b64encode(self.png).decode()
        title = f'<p class="finding"><strong>{escape(self.title)}</strong></p>' if self.title else ""
        return (
            f'<figure tabindex="0">{title}<img alt="{escape(self.alt)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(self.source)}</figcaption></figure>"
        )


def house_style() -> None:
    """Sets matplotlib to the house style, for every figure drawn from here on in this notebook."""
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(HOUSE)  # type: ignore[arg-type]  # the stubs want each key spelt out
    mpl.rcParams["axes.prop_cycle"] = cycler(color=[BLUE, ORANGE, GREY, INK])


def show(drawing: Figure | Axes, title: str, alt: str, source: str = "", about=None) -> Chart | Note:
    """Finishes a figure (or the figure of some axes): the finding as its title, `alt` for those who do not see it.

    about : the rows that are drawn; where their table is not there, or all of it is withheld, nothing is drawn and
        the reason is said in words.
    source : who counted, printed below, such as `the hub's return of referrals`
    """
    import matplotlib.pyplot as plt

    from ..book import OPENED

    figure: Any = getattr(drawing, "figure", drawing)  # of axes, or the figure itself
    try:
        if reason := _nothing(about):
            return Note(reason)
        if len(alt.strip()) < 3 or not title.strip():
            raise UserError("a chart needs its words: charts.show(fig, 'the finding', alt=charts.describe(rows, ...)).")
        invented = " (invented rows)" if OPENED and OPENED[-1].sample and "return" in source else ""
        partial = getattr(about, "partial", "")
        below = " ".join(filter(None, [f"Source: {source}{invented}." if source else "", partial]))
        return save(figure, f"{alt} {partial}".rstrip(), below, title)
    finally:
        plt.close(figure)


def _nothing(rows) -> str:
    """Why nothing is drawn of the rows; empty where something is."""
    if rows is None:
        return ""
    if reason := getattr(rows, "absent", ""):
        return reason
    if (rows["status"] == "shown").any():
        return ""
    return NOTHING if (rows["status"] == "suppressed").any() else "No chart is drawn: there is no figure to draw."


def save(figure: Figure, alt: str, source: str, title: str = "") -> Chart:
    """The drawing as a Chart. The PNG names no software and no time, so the same drawing is the same bytes.

    It is drawn once: `savefig` goes through every part a second time to learn where each stands. A palette of 256
    colours makes a third of the bytes; it moves no channel of a drawn colour by more than 15 of 255, and white by none.
    """
    import numpy as np
    from PIL import Image

    figure.set_dpi(DPI)
    canvas: Any = figure.canvas  # Agg's, which alone has a buffer
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    out = BytesIO()
    drawn = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    drawn.putpalette(
        [255 if part == 254 else part for part in drawn.getpalette() or []]
    )  # the mean of white and near-white
    drawn.save(out, format="png")
    return Chart(out.getvalue(), alt, source, title)


def gaps(ax: Axes, rows, at: float = 0.5, colour: str = GREY, across: bool = False) -> None:
    """The word `withheld` across the place of each row that disclosure control has hidden, at a share of the height.

    rows : the rows in the order in which they are drawn, from place 0 (or a list of places). A mark would stand at
    some height and be read as a number; a bar that is not there would be read as 0.
    across : the bars lie, and the word stands where they begin
    """
    places = rows if isinstance(rows, (list, range)) else (rows["status"] == "suppressed").to_numpy().nonzero()[0]
    for place in places:
        if across:
            ax.text(0.01, place, "withheld", va="center", fontsize=7, color=colour, transform=ax.get_yaxis_transform())
            continue
        ax.text(place, at, "withheld", rotation=90, ha="center", va="bottom" if at < 0.5 else "center", fontsize=8,
                color=colour, transform=ax.get_xaxis_transform())  # fmt: skip


def periods(ax: Axes, labels: Iterable[str], most: int = 9) -> None:
    """Periods along the axis, places from 0; of many quarters one label a year."""
    labels = list(labels)
    places = list(range(0, len(labels), max(1, -(-len(labels) // most))))
    if len(labels) > most and (firsts := [i for i, p in enumerate(labels) if p.endswith("Q1")]):
        places = firsts
    short = [labels[i] if " to Q" in labels[i] else when(labels[i]) for i in places]
    ax.set_xticks(places, short)
    ax.set(xlabel="", xlim=(-0.7, len(labels) - 0.3 + len(labels) / 25))


def shares(ax: Axes, axis: str = "y") -> None:
    """Prints an axis of fractions as percentages."""
    getattr(ax, f"{axis}axis").set_major_formatter(lambda value, _: f"{value:.0%}")
