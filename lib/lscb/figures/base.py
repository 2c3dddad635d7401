"""What every chart shares: its size, type and colours, and the picture with its alternative text."""

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Government Analysis Function categorical palette (2023): distinguishable with the common colour-vision deficiencies,
# at least 3:1 against white. Dark blue leads, orange contrasts; grey and pale are for context, never for data alone.
BLUE, ORANGE, GREY, PALE, INK = "#12436D", "#F46A25", "#6B6B6B", "#D5DCE4", "#1D1D1D"
WIDTH = 7.2  # inches: drawn at 2x for a 46rem column
DPI = 144  # dots an inch


class Chart(NamedTuple):
    """A picture with the words that replace it and the source printed below it."""

    png: bytes
    alt: str
    source: str

    def __repr__(self) -> str:  # without it a notebook stores the bytes a second time
        return self.alt

    def _repr_html_(self) -> str:
        data = b64encode(self.png).decode()
        return (
            f'<figure tabindex="0"><img alt="{escape(self.alt)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(self.source)}</figcaption></figure>"
        )


def axes(height: float = 3.6, **subplots) -> "tuple[Figure, Axes]":
    """A figure in the house style, without pyplot's global state. `height` in inches; subplots go to `subplots`."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"font.family": "DejaVu Sans", "font.size": 10}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained", facecolor="white")
        FigureCanvasAgg(figure)
        made = figure.subplots(**subplots)
    for each in made.flat if hasattr(made, "flat") else [made]:
        each.spines[["top", "right"]].set_visible(False)
        each.spines[["left", "bottom"]].set_color(GREY)
        each.tick_params(colors=INK, length=3)
        each.grid(axis="y", color=PALE, linewidth=0.8)
        each.set_axisbelow(True)
    return figure, made


def gaps(ax: "Axes", places, at: float = 0.5, colour: str = GREY) -> None:
    """The word `withheld` across each gap, at a share of the axis's height.

    A mark would stand at some height and be read as a number; a bar that is not there would be read as 0.
    """
    for place in places:
        ax.text(place, at, "withheld", rotation=90, ha="center", va="bottom" if at < 0.5 else "center", fontsize=8,
                color=colour, transform=ax.get_xaxis_transform())  # fmt: skip


def save(figure: "Figure", alt: str, source: str) -> Chart:
    """The drawing as a Chart. The PNG names no software and no time, so the same drawing is the same bytes.

    It is drawn once: `savefig` goes through every part a second time to learn where each stands. A palette of 256
    colours makes a third of the bytes; it moves no channel of a drawn colour by more than 15 of 255, and white by none.
    """
    import numpy as np
    from PIL import Image

    figure.set_dpi(DPI)
    figure.canvas.draw()
    drawn = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())[..., :3])
    out = BytesIO()
    drawn = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    drawn.putpalette([255 if part == 254 else part for part in drawn.getpalette()])  # the mean of white and near-white
    drawn.save(out, format="png")
    return Chart(out.getvalue(), alt, source)
