"""The Board and its groups, from data/reference/members.yml: no figure, so no table stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openstats.project_data import DATA, read

from ...pages.charts import BLUE, GREY, INK, panels, show
from ...pages.sentences import Note, series

if TYPE_CHECKING:
    from ...pages.book import Book
    from ...pages.charts import Chart

TOP = ("Main Board", "Executive")  # the groups report to the Executive, which plans for the Main Board


def structure_groups(book: Book) -> Chart | Note:
    """Boxes and lines: the Main Board, its Executive, and the groups below."""
    said = read(DATA / "reference" / "members.yml")
    if said.get("area") != book.area:
        return Note("The structure of this partnership is not held: see data/reference/members.yml.")
    names = [name for name in said["meetings"] if name not in TOP]
    _, (ax,) = panels(1, columns=1, height=4.1)
    ax.axis("off")
    places = {"Main Board": (0.5, 0.9), "Executive": (0.5, 0.62)}
    across = 3
    for k, name in enumerate(names):
        row, column = divmod(k, across)
        places[name] = ((column + 0.5) / across, 0.32 - 0.27 * row)
    for name in ("Main Board", *names):
        (x, y), (top_x, top_y) = places[name], places["Executive"]
        ax.plot([x, x, top_x, top_x], [y, 0.47, 0.47, top_y] if name != "Main Board" else [y, y, y, top_y], color=GREY,
                linewidth=1, zorder=1)  # fmt: skip
    for name, (x, y) in places.items():
        top = name in TOP
        ax.text(
            x, y, _wrapped(name), ha="center", va="center", fontsize=9.5, zorder=2, color="white" if top else INK,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": BLUE if top else "white", "edgecolor": BLUE},
        )  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(-0.05, 1))
    alt = f"Structure chart. The Executive plans for the Main Board and hears from its groups: {series(names)}."
    return show(ax, "The Board and its groups", alt, said["source"])


def _wrapped(name: str) -> str:
    from textwrap import fill

    return fill(name, 24)
