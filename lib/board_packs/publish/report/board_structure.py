"""The partnership and its groups, from data/reference/members.yml: no figure, so no table stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openstats.dated_terms import in_terms_of, members

from ...pages.charts import BLUE, GREY, INK, panels, show
from ...pages.sentences import Note, series

if TYPE_CHECKING:
    from ...pages.book import Book
    from ...pages.charts import Chart


def structure_groups(book: Book) -> Chart | Note:
    """Boxes and lines: the main meeting, its Executive, and the groups below, which report to the Executive."""
    board, _ = members(book.area, book.period.last_day)
    if not board:
        return Note("How this partnership's groups hang together is not held here: its list of groups would be needed.")
    main = book.term("main_meeting")
    top = (main, "Executive")
    names = [in_terms_of(name, book.period.last_day) for name in board["meetings"]]
    names = [name for name in names if name not in top]
    _, (ax,) = panels(1, columns=1, height=4.1)
    ax.axis("off")
    places = {main: (0.5, 0.9), "Executive": (0.5, 0.62)}
    across = 3
    for k, name in enumerate(names):
        row, column = divmod(k, across)
        places[name] = ((column + 0.5) / across, 0.32 - 0.27 * row)
    for name in (main, *names):
        (x, y), (top_x, top_y) = places[name], places["Executive"]
        ax.plot([x, x, top_x, top_x], [y, 0.47, 0.47, top_y] if name != main else [y, y, y, top_y], color=GREY,
                linewidth=1, zorder=1)  # fmt: skip
    for name, (x, y) in places.items():
        first = name in top
        ax.text(
            x, y, _wrapped(name), ha="center", va="center", fontsize=9.5, zorder=2, color="white" if first else INK,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": BLUE if first else "white", "edgecolor": BLUE},
        )  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(-0.05, 1))
    alt = f"Structure chart. The Executive plans for the {main} and hears from its groups: {series(names)}."
    return show(ax, f"The {book.term('board')} and its groups", alt, board["source"])


def _wrapped(name: str) -> str:
    from textwrap import fill

    return fill(name, 24)
