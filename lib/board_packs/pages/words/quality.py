"""What came, what was left out and why, in words and tables."""

from __future__ import annotations

import re

import pandas as pd

from lscb.long_table import TOTAL

from ..book import Book
from ..html_table import Table, label, show
from .base import Answer, Note, percent
from .base import when as spaced
from .picked import absent, cell, of, shown

# Returns whose name is not their heading with spaces.
RETURNS = {
    "children_services": "Children's services indicators",
    "exploitation": "Exploitation and missing children",
    "hrda_referrals": "High-risk domestic abuse referrals",
    "plan": "Business plan",
    "section_11": "Section 11 audit",
}
NAMES = {"refused": "refused", "warning": "used with a warning"}


def when(book: Book) -> str:
    return str(book.period).replace("-Q", " Q")


def headline(book: Book) -> Answer:
    """How many returns came, and how many of their rows could not be used."""
    table = book["returns_received"]
    if reason := absent(table):
        return Answer(f"What was received cannot be shown. {reason}")
    period = str(book.period)
    came, listed = cell(table, "returns_arrived", period), cell(table, "returns_expected", period)
    rows, refused = cell(table, "returns_rows_received", period), cell(table, "returns_rows_refused", period)
    text = f"For {when(book)}, {of(came)} of {of(listed)} returns arrived"
    if shown(rows) and shown(refused):
        left = "every row was used" if refused["count"] == 0 else f"{of(refused)} of {of(rows)} rows were refused"
        return Answer(f"{text}, and {left}.")
    return Answer(f"{text}; the number of rows refused is {of(refused)}.")


def _return(name: str) -> str:
    return RETURNS.get(name, name.replace("_", " ").capitalize()) if name != TOTAL else name


def received(book: Book) -> Table | Note:
    """Rows by return: received, accepted, accepted with a warning, refused."""
    table = book["returns_received"]
    if reason := absent(table):
        return Note(reason)
    rows = table[table["measure"].str.startswith("returns_rows_")].copy()
    labels = {
        "received": "Received",
        "accepted": "Accepted",
        "accepted_with_warning": "Accepted with a warning",
        "refused": "Refused",
    }
    rows["what"] = rows["measure"].str.removeprefix("returns_rows_").map(labels)
    rows["return"] = rows["return"].map(_return)
    order = {"Total": 1}
    rows = rows.sort_values("return", key=lambda c: c.map(order).fillna(0), kind="stable")
    return show(rows, f"Rows by return, {when(book)}", {"return": "Return"}, spread="what", order=list(labels.values()))


def missing(book: Book) -> Note:
    """Which returns did not come."""
    table = book["returns_received"]
    names = table.loc[(table["measure"] == "returns_rows_received") & (table["status"] == "not_available"), "return"]
    if not len(names):
        return Note("Every return of the dictionary arrived.")
    return Note(f"Not received: {', '.join(map(_return, names))}. Their pages say so and show no figure from them.")


def problems(book: Book) -> Table | Note:
    """Rows in which a problem was found, by return and field."""
    table = book["returns_problems"]
    if reason := absent(table):
        return Note(reason)
    rows = table[(table["measure"] == "returns_rows_named") & (table["return"] != TOTAL)].copy()
    if not len(rows):
        return Note("No row was refused, and none was used with a warning.")
    rows["return"] = rows["return"].map(_return)
    rows["kind"] = rows["kind"].map(lambda k: NAMES.get(k, k))
    heads = {"return": "Return", "field": "Field", "kind": "What became of the rows"}
    return show(rows, f"Rows with a problem, by field, {when(book)}", heads, {"Rows": ("count", "count")})


def withheld(book: Book) -> Table | Note:
    """For the audience `restricted` only: the ledger of what disclosure control hid from the others, and why."""
    if book.audience != "restricted":
        return Note(
            "Which figures were withheld, and why, is recorded in the disclosure ledger, which never leaves the team."
        )
    for folder in (book.folder, book.folder.parent, book.folder.parent.parent):
        path = folder / "ledger.csv"
        if path.is_file():
            ledger = pd.read_csv(path, dtype="str", keep_default_na=False)
            break
    else:
        return Note("No disclosure ledger stands beside these tables yet: it is written by a run.")
    if not len(ledger):
        return Note("Disclosure control hid no figure this quarter.")
    return Table("".join(_ledger(ledger)))


def _ledger(ledger: pd.DataFrame):
    """How many of each table, by rule; then each further cell with what it protects, and what could not be had."""
    hidden = ledger[ledger["kind"].isin(["primary", "further"])].copy()
    why = hidden["rule"].str.replace(r" of a group.*", "", regex=True)
    why = why.mask(why.str.match(r"1 to \d+$"), "small count").mask(hidden["kind"] == "further", "to protect others")
    hidden["why"] = why
    columns = [name for name in ("small count", "all or none", "to protect others") if name in set(why)]
    counted = hidden.groupby(["profile", "table", "why"]).size().rename("count").reset_index().assign(status="shown")
    heads = {"profile": "Audience", "table": "Table"}
    yield show(counted, "Figures withheld, by audience, table and rule", heads, spread="why", order=columns)
    further = hidden[hidden["kind"] == "further"].drop_duplicates(["profile", "cell"])
    if len(further):
        rows = further.assign(cell=further["cell"].map(_cell), protects=further["protects"].map(_cell), status="shown")
        heads = {"profile": "Audience", "cell": "Withheld, though it is not small itself"}
        columns = {"The nearest that it protects": ("protects", "text")}
        yield show(rows, "What was withheld to protect others", heads, columns)
    for row in ledger[ledger["kind"].isin(["short", "note"])].to_dict("records"):
        yield Note(f"{_cell(row['cell'])}: {row['rule']}.")._repr_html_()
    gap = pd.to_numeric(ledger["gap"], errors="coerce").max()
    least = "Nothing that is safe withholds less"
    if gap > 0:
        least = f"Less might do: in one part up to {percent(gap)} of what is withheld is not proven to be needed"
    yield Note(f"{least}. The file ledger.csv of this run has a line for each figure.")._repr_html_()


def _cell(written: str) -> str:
    """A cell of the ledger as it is read: without the area, which is the same everywhere on the page."""
    text = spaced(re.sub(r"area \w+(, |$)", "", written))
    return re.sub(r"(^|; )([a-z]\w*):", lambda m: f"{m[1]}{label(m[2])}:", text).replace("_", " ").rstrip(": ")
