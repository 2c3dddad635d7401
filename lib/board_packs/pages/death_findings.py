"""What a pack's first page says of child deaths, whatever comes of them: how many were notified, and whether that is more than
in the four years before by more than chance explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sentences as say
from .compared_figures import against_rest, change_on_rest
from .finding import ROUNDED, SAME, Finding, Findings, way
from .small_charts import change as changed

if TYPE_CHECKING:
    from .book import Book

TITLE, PAGE = "Child deaths notified", 30


def deaths(book: Book, results: Findings) -> None:
    """The deaths of the year so far, the rate of the newest whole year against that of the four years before it, and the
    reviews completed."""
    counted = book["child_deaths_by_year"]
    if reason := counted.absent or counted.silent:
        return results.cannot(TITLE, reason)
    now, year = book.year_so_far, book.year
    notified, completed = (
        counted.cell(now, f"cdop_{m}", window="1 year") for m in ("deaths_notified", "reviews_completed")
    )
    rate, together = (counted.cell(year, "cdop_death_rate", window=span) for span in ("1 year", "5 years"))
    for title, cell in ((TITLE, notified), ("Child death reviews completed", completed)):
        if not cell.shown:
            results.cannot(title, f"the figure of {cell:period} is {cell:state}")
    parts = [f"{notified:count} in {say.when(now)}"] if notified.shown or completed.shown else []
    gap, kind, chart = None, SAME, ""
    if rate.shown and together.shown and not (rate.rounded or together.rounded):
        gap = change_on_rest(rate, together)
        kind = SAME if gap is None or gap[1] <= 0 <= gap[2] else way(gap[0], "decrease")
        chart = changed(TITLE, gap, kind) if gap else ""
        rest = against_rest(rate, together, "in the four years before").replace("(95% interval ", "(")
        parts.append(f"{rate:rate} per 100,000 children in {year}; {rest}")
    elif notified.rounded:
        results.cannot(TITLE, ROUNDED)
    if completed.shown:
        parts.append(f"{say.plural(completed, 'review')} completed in {say.when(now)}")
    if parts:
        by = "interval" if gap else "told"
        results.items.append(Finding(kind, by, TITLE, "; ".join(parts), PAGE, chart, heading="Child deaths"))
    return None
