"""What guidance asks of all, and what was agreed: of how many it was done, what is late, by name, and what is due next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lscb.errors import UserError
from lscb.long_table import TOTAL

from . import sentences as say
from .finding import ROUNDED, SAME, WORSE, Action, Finding, Findings
from .small_charts import of_all

if TYPE_CHECKING:
    from .book import Book
    from .cell_value import Cell


def guidance(book: Book, results: Findings, entry: dict) -> None:
    """What guidance asks of all: of how many it was done, by each label. Counts that differ rounded, differ."""
    rows = book[entry["table"]]
    if reason := rows.absent or rows.silent:
        return results.cannot(entry["title"], reason)
    if book.period.first_day.year < entry["since"]:
        return None
    parts, short, period = [], False, book.year_so_far
    shares: list[Cell] = []
    for label in sorted(set(rows[(rows["measure"] == entry["share"]) & (rows["period"] == period)][entry["by"]])):
        done, anyhow = (rows.cell(period, entry[name], **{entry["by"]: label}) for name in ("share", "anyhow"))
        if not done.shown:
            results.cannot(f"{entry['title']}, {label}", f"the figure of {done:period} is {done:state}")
            continue
        short = short or done.count < done.of
        shares.append(done)
        more = f"; {anyhow:count} {entry['as']}" if anyhow.shown else ""
        parts.append(f"{label} {done:count} of {done:of} due ({done:percent}{more})")
    if parts:
        text = f"{say.series(parts)} in {say.when(period)}"
        kind = WORSE if short else SAME
        chart = of_all(entry["title"], shares, kind)
        results.items.append(Finding(kind, "guidance", entry["title"], text, entry["page"], chart))
    return None


def agreed(book: Book, results: Findings, entry: dict) -> None:
    """What is late: a count of it, or by the date: of all that was due how many are not done; each by its name."""
    rows = book[entry["table"]]
    if reason := rows.absent or rows.silent:
        return results.cannot(entry["title"], reason)
    late = _due(book, entry["named"], "overdue")
    unknown = sum(each.number for each in _due(book, entry["named"], "not known"))
    if coming := [each for each in _due(book, entry["named"], "not yet due") if each.due <= (book.period + 1).last_day]:
        results.coming[entry["next"]] = coming
    try:
        cell = rows.cell(str(book.period), entry["measure"], **entry.get("where", {}))
    except UserError:
        return None
    if not cell.shown:
        return results.cannot(entry["title"], f"the number is {cell:state}")
    number, text = cell.count, f"{cell:count}"
    if due := entry.get("due"):
        done, yet = (rows.cell(str(book.period), entry["measure"], **due[name]) for name in ("but", "yet"))
        if not done.shown or done.rounded:
            return results.cannot(entry["title"], ROUNDED if done.rounded else f"the number is {done:state}")
        number = book.derive("due and not done", cell.count - done.count)
        besides = f"; {yet:count} of them reported on track" if yet.shown and yet.count else ""
        text = f"{say.count(number)} of the {cell:count} due by {say.day(book.period.last_day)}{besides}"
    if unknown:
        text += f"; whether {say.count(unknown)} more {'is' if unknown == 1 else 'are'} late is not known, as a date of theirs cannot be used"
    if unknown and not number:
        return results.cannot(entry["title"], f"a date of {say.plural(unknown, 'action')} cannot be used")
    kind = WORSE if number > 0 else SAME
    results.items.append(Finding(kind, "agreed", entry["title"], text, entry["page"], actions=tuple(late)))
    return None


def _due(book: Book, table: str, state: str) -> list[Action]:
    """The actions of a table of actions not done that are in one state, the oldest date first."""
    rows: Any = book[table] if table in book.names() else None
    if rows is None or rows.absent:
        return []
    there = rows[(rows["period"] == str(book.period)) & (rows["status"] == "shown") & (rows["action"] != TOTAL)]
    there = there[there["state"] == state]
    columns = (there[name] for name in ("due", "owner", "action", "count"))
    return sorted(
        Action(_first_day(due), owner, action, int(n)) for due, owner, action, n in zip(*columns, strict=True)
    )


def _first_day(text: str) -> date:
    """The first day of the month in which an action is due; the last day that there is where it has no date."""
    return date.fromisoformat(f"{text}-01") if text[:1].isdigit() else date.max
