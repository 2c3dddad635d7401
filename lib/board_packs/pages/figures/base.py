"""What every chart shares: its size, type and colours, and the picture with its alternative text."""

import hashlib
import os
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Government Analysis Function categorical palette (2023): distinguishable with the common colour-vision deficiencies,
# at least 3:1 against white. Dark blue leads, orange contrasts; grey and pale are for context, never for data alone.
BLUE, ORANGE, GREY, PALE, INK = "#12436D", "#F46A25", "#6B6B6B", "#D5DCE4", "#1D1D1D"
WIDTH = 7.2  # inches: drawn at 2x for a 46rem column
DPI = 144  # dots an inch
KEPT = "LSCB_DRAWINGS"  # the folder a run keeps drawings of open data in, one for each state of the code


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


def kept(draw: "Callable[[], bytes]", *content) -> bytes:
    """The PNG that `draw` makes of open data alone, drawn once for all periods, audiences and runs.

    content : everything the drawing shows, as bytes or as values whose `repr` says all of them; the code and the
        versions of packages are the folder's name (see `board_packs.publish.area_run`). Outside a run nothing is kept.
    """
    if not os.environ.get(KEPT):
        return draw()
    key = hashlib.sha256()
    for part in content:
        part = part if isinstance(part, bytes) else repr(part).encode()
        key.update(len(part).to_bytes(8, "big") + part)
    path = Path(os.environ[KEPT]) / f"{key.hexdigest()[:32]}.png"
    with suppress(OSError):
        if (png := path.read_bytes()).endswith(b"IEND\xaeB`\x82"):
            return png
    png = draw()
    with suppress(OSError):  # a drawing that cannot be kept is drawn again
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        draft.write_bytes(png)
        draft.replace(path)  # whole or not at all: several workers may draw it at once
    return png
