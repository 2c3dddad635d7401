"""Learning and development in words."""

from __future__ import annotations

from ..book import Book
from ..html_table import Table, show
from .base import Answer, Note, when
from .picked import absent, all_last, cell, interval, named, of, part, share, shown, years


def headline(book: Book) -> Answer:
    """Events, people and places filled this year and last."""
    table = book["training_attendance"]
    if reason := absent(table):
        return Answer(reason)
    now, before = years(book)
    events, people = (cell(table, f"training_{name}", now) for name in ("events", "attended"))
    filled, was = (cell(table, "training_filled", period) for period in (now, before))
    return Answer(
        f"{of(people)} attendances at {of(events)} events in {now} filled {of(filled, 'value', 'percent')} of the "
        f"{of(filled, 'of')} places ({of(was, 'value', 'percent')} in {before})."
    )


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
    said = f"In {when(last['period'])} the {what} was {share(last)}"
    if last["low"] != last["low"]:
        return Note(f"{said}; {last['method']}.")
    flagged = rows[~rows["method"].str.endswith(": common")]
    limits = f"limits {of(last, 'low', 'percent')} to {of(last, 'high', 'percent')}"
    if flagged.empty:
        return Note(f"{said}; {_chart(last)}, {limits}: no rule is met, so no trend may be claimed.")
    quarters = ", ".join(f"{when(r['period'])} ({r['method'].partition(': ')[2]})" for r in flagged.to_dict("records"))
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


# --- tables ------------------------------------------------------------------------------------------------------


def kinds(book: Book) -> Table | Note:
    """Events, places and people by kind of event in the year."""
    table = book["training_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    names = {"training_events": "Events", "training_places": "Places", "training_attended": "Attendances"}
    rows = all_last(named(table[table["period"] == now], names), "kind")
    return show(rows, f"Events, places and attendances in {now}, by kind of event", {"kind": "Kind"}, spread="measure")


def agencies(book: Book) -> Table | Note:
    """People who came by agency, in the quarters of the year and in the year."""
    table = book["training_by_agency"]
    if reason := absent(table):
        return Note(reason)
    now, before = years(book)
    periods = [before, *map(str, book.period.so_far), now]
    rows = part(table, "training_attended")
    rows = all_last(rows[rows["period"].isin(periods)], "agency")
    caption = "Attendances by agency; a dash: nobody came"
    return show(rows, caption, {"agency": "Agency"}, spread="period", order=periods)


def ratings(book: Book) -> Table | Note:
    """Forms that rated the event good or better, by kind of event."""
    table = book["training_evaluations"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = all_last(part(table, "training_rated_good", now), "kind")
    columns = {
        "Good or better": ("count", "count"),
        "Of forms": ("of", "count"),
        "Share": ("value", "percent"),
        "Low": ("low", "percent"),
        "High": ("high", "percent"),
    }
    return show(
        rows, f"Forms that rated the event good or better in {now}, with 95% interval", {"kind": "Kind"}, columns
    )
