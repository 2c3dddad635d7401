"""Charts of child deaths, from protected tables. The word `withheld` stands across a gap; all withheld: a sentence."""

from __future__ import annotations

from openstats import authorities as areas

from ...tables.child_death_cases import NOTIFIED, REVIEWED
from ..book import Book
from ..words import child_deaths as words
from ..words.base import Note, count, rate, series
from ..words.picked import absent, of, part
from .base import BLUE, ORANGE, PALE, Chart, axes, gaps, save
from .plain import NOTHING, bars

SOURCE = "Source: the panel's return of child deaths"
TITLES = {NOTIFIED: "Deaths notified in the year", REVIEWED: "Reviews completed in the year"}


def _source(book: Book) -> str:
    return SOURCE + (" (invented rows)" if book.sample else "")


def cohorts(book: Book) -> Chart | Note:
    """Deaths notified and reviews completed by year, each in a panel of its own: they are not parts of one another."""
    table = book["child_deaths_by_year"]
    if reason := absent(table):
        return Note(reason)
    rows = {measure: part(table, measure, window=words.ONE).sort_values("period") for measure in TITLES}
    if not any((frame["status"] == "shown").any() for frame in rows.values()):
        return Note(NOTHING)
    figure, panels = axes(3.2, ncols=2, sharey=True)
    said = []
    for ax, (measure, frame), colour in zip(panels, rows.items(), (BLUE, ORANGE), strict=True):
        _columns(ax, frame, colour)
        ax.set_title(TITLES[measure], loc="left", fontsize=10)
        each = [f"{_text(r)} in {words.spoken(r['period'])}" for r in frame.to_dict("records")]
        said.append(f"{TITLES[measure]}: {series(each)}." if each else f"{TITLES[measure]}: none held.")
    return save(figure, f"Two column charts. {' '.join(said)}", _source(book))


def _columns(ax, frame, colour: str) -> None:
    values, x = frame["count"].tolist(), list(range(len(frame)))
    hidden = [i for i, status in enumerate(frame["status"]) if status != "shown"]
    ax.bar(x, [0 if i in hidden else values[i] for i in x], color=colour)
    gaps(ax, [i for i in hidden if frame["status"].iloc[i] == "suppressed"])
    for i in x:
        if i not in hidden:
            ax.annotate(count(values[i]), (i, values[i]), (0, 3), textcoords="offset points", ha="center", fontsize=9)
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_xticks(x, [p.replace("20", "", 1).replace(" to ", "\nto ") for p in frame["period"]], fontsize=9)


def _text(row: dict) -> str:
    return of(row)


def rates(book: Book) -> Chart | Note:
    """Deaths notified per 100,000 children over three years at a time, with 95% intervals."""
    table = book["child_deaths_by_year"]
    if reason := absent(table):
        return Note(reason)
    rows = part(table, "cdop_death_rate", window=words.THREE).sort_values("period").reset_index(drop=True)
    known = rows[rows["status"] == "shown"]
    if known.empty:
        return Note(NOTHING)
    figure, ax = axes(3.0)
    ax.vlines(known.index, known["low"], known["high"], color=BLUE, linewidth=2)
    ax.plot(known.index, known["value"], "o", color=BLUE, markersize=8)
    hidden = rows[rows["status"] == "suppressed"]
    gaps(ax, hidden.index)
    for place, row in known.iterrows():
        ax.annotate(rate(row["value"]), (place, row["value"]), (8, 0), textcoords="offset points", va="center")
    ax.set_xticks(rows.index, [f"three years to {p}" for p in rows["period"]])
    ax.set_xlim(-0.5, len(rows) - 0.5)
    ax.set_ylim(0, None)
    ax.set_ylabel("Deaths notified per 100,000 children")
    said = [f"{rate(r.value)} in the three years to {r.period}{_interval(r)}" for r in known.itertuples()]
    alt = f"Points with 95% intervals. Deaths notified per 100,000 children: {series(said)}."
    return save(figure, alt + _withheld(hidden), _source(book))


def _interval(row) -> str:
    return f" (interval {rate(row.low)} to {rate(row.high)})" if row.low == row.low else ""


def _withheld(hidden) -> str:
    return f" Withheld: the three years to {series(hidden['period'])}." if len(hidden) else ""


def ages(book: Book) -> Chart | Note:
    """Deaths notified over five years by age at death."""
    table = book["child_deaths_notified"]
    if reason := absent(table):
        return Note(reason)
    rows = words.by(book, "child_deaths_notified", "age_band", NOTIFIED)
    if rows.empty:
        return Note("The return does not reach back five years.")
    values = [r["count"] if r["status"] == "shown" else None for r in rows.to_dict("records")]
    title = f"Deaths notified in the five years to {words.year(book)} by age at death:"
    return bars(list(rows["age_band"]), {"deaths": values}, count, title, _source(book))


def infants(book: Book) -> Chart | Note:
    """Registered infant deaths per 1,000 live births over three years at a time, beside England's (open data)."""
    table = book["infant_mortality_official"]
    if reason := absent(table):
        return Note(reason)
    own = part(table, "infant_mortality", window=words.THREE).sort_values("period").reset_index(drop=True)
    own = own[own["status"] == "shown"]
    if own.empty:
        return Note("Registered infant deaths are not held for three years in a row.")
    england = part(table, "infant_mortality_england", window=words.THREE).set_index("period")
    there = own["period"].map(england["value"])
    figure, ax = axes(3.2)
    ax.fill_between(own.index, own["low"], own["high"], color=PALE, label="95% interval")
    ax.plot(own.index, own["value"], "o-", color=BLUE, label=areas.name(book.area))
    ax.plot(own.index, there, "s--", color=ORANGE, label="England")
    ax.set_xticks(own.index, [f"to {p}" for p in own["period"]])
    ax.set_ylim(0, None)
    ax.set_ylabel("Infant deaths per 1,000 live births")
    figure.legend(loc="outside lower left", ncols=3, frameon=False)
    first, last = own.iloc[0], own.iloc[-1]
    alt = "Line chart. Registered infant deaths per 1,000 live births over three years at a time: "
    alt += f"{rate(first['value'])} to {first['period']}, {rate(last['value'])} to {last['period']}{_interval(last)}"
    alt += f"; England {rate(there.iloc[-1])} to {last['period']}." if there.iloc[-1] == there.iloc[-1] else "."
    return save(figure, alt, "Source: ONS births and deaths; England from ONS or the DfE")
