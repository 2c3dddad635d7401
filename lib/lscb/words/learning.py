"""Learning and development in words."""

from __future__ import annotations

from ..tables import Book
from .base import Answer, Note
from .picked import absent, cell, interval, of, part, share, shown, years


def headline(book: Book) -> Answer:
    """Events, people and places filled this year and last."""
    table = book["training_attendance"]
    if reason := absent(table):
        return Answer(reason)
    now, before = years(book)
    events, people = (cell(table, f"training_{name}", now) for name in ("events", "attended"))
    filled, was = (cell(table, "training_filled", period) for period in (now, before))
    full, earlier = (of(row, "value", "percent") for row in (filled, was))
    said = f"{of(people)} people came to {of(events)} events in {now}"
    return Answer(f"{said} and filled {full} of the places ({earlier} in {before}).")


def trend(book: Book) -> Note:
    """What the control chart allows one to say of the share of places filled."""
    return charted(book["training_chart"], "training_filled_charted", "share of places filled")


def charted(table, measure: str, what: str) -> Note:
    """What a control chart of shares says of its last point and of those before it."""
    if reason := absent(table):
        return Note(reason)
    rows = part(table, measure).sort_values("period")
    rows = rows[rows["status"] == "shown"]
    if rows.empty:
        return Note(f"The {what} is withheld in every quarter.")
    last = rows.iloc[-1].to_dict()
    said = f"In {last['period']} the {what} was {share(last)}"
    if last["low"] != last["low"]:
        return Note(f"{said}; {last['method']}.")
    flagged = rows[~rows["method"].str.endswith(": common")]
    limits = f"limits {of(last, 'low', 'percent')} to {of(last, 'high', 'percent')}"
    if flagged.empty:
        return Note(
            f"{said}; {last['method'].partition(':')[0]}, {limits}: no rule is met, so no trend may be claimed."
        )
    quarters = ", ".join(f"{r['period']} ({r['method'].partition(': ')[2]})" for r in flagged.to_dict("records"))
    return Note(f"{said}; {_chart(last)}, {limits}. Quarters that a rule flags: {quarters}.")


def _chart(row: dict) -> str:
    """`p-chart of 12 points`, with `trial limits` where there are fewer."""
    return row["method"].partition(":")[0].replace(" (limits)", "")


def evaluations(book: Book) -> Note:
    """Forms returned, and how many rated the event good."""
    table = book["training_evaluations"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    forms, good = (cell(table, f"training_{name}", now) for name in ("evaluated", "rated_good"))
    if not shown(forms, good):
        return Note(f"Evaluation forms of {now} are not available.")
    return Note(
        f"Evaluation forms came from {share(forms)} who attended in {now}; {share(good)} of them rated the event good "
        f"or better ({interval(good)}). Those who return a form are not a sample of those who came."
    )


def reach(book: Book) -> Note:
    """How many agencies sent somebody."""
    table = book["training_reach"]
    if reason := absent(table):
        return Note(reason)
    now, before = years(book)
    row = cell(table, "training_reach", now)
    return Note(f"Agencies that sent somebody in {now}, of those that did in it or in {before}: {share(row)}.")
