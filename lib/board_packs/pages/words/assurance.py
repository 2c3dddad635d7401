"""Section 11 and audits in words, and the grid of agencies by standards as a table that reads without colour."""

from __future__ import annotations

from html import escape

from ..book import Book
from ..html_table import STATES, Table, show
from .base import Answer, Note, series, when
from .picked import absent, all_last, cell, of, part, share, shown, years

GRADES = {3: "met", 2: "partly", 1: "not met"}


def headline(book: Book) -> Answer:
    """How many agencies answered and which standards most are short of."""
    answers = book["section_11_answers"]
    if reason := absent(answers):
        return Answer(reason)
    now = years(book)[0]
    number, full, update = (cell(answers, "section_11_agencies", now, audit=a) for a in ("Total", "full", "update"))
    said = f"{of(number)} agencies answered the section 11 audit of {now}, {of(full)} in full"
    said += f" and {of(update)} with an update"
    worst = most_short(book)
    if not worst:
        return Answer(said + ".")
    names = [f"{row['standard']} ({of(row)} of {of(row, 'of')})" for row in worst]
    return Answer(f"{said}. The standards that the most agencies fall short of: {series(names)}.")


def most_short(book: Book, places: int = 3) -> list[dict]:
    """The standards with the most agencies short of them, ties with the last place included; none with no agency."""
    rows = part(book["section_11_standards"], "section_11_short", years(book)[0])
    rows = rows[(rows["status"] == "shown") & (rows["count"] > 0)].sort_values("count", ascending=False, kind="stable")
    if rows.empty:
        return []
    least = rows["count"].iloc[min(places, len(rows)) - 1]
    return rows[rows["count"] >= least].to_dict("records")


def answered(book: Book) -> Note:
    """Who answered, of those expected."""
    answers = book["section_11_answers"]
    if reason := absent(answers):
        return Note(reason)
    row = cell(answers, "section_11_answered", years(book)[0])
    if row["status"] == "not_available":
        return Note("How many agencies were expected to answer is not known: data/reference/members.yml does not say.")
    return Note(f"Of the agencies expected to answer, {share(row)} did.")


def change(book: Book) -> Note:
    """Grades better, worse, the same and new since the year before."""
    table = book["section_11_change"]
    if reason := absent(table):
        return Note(reason)
    now, before = years(book)
    better, worse, same, new = (
        of(cell(table, "section_11_graded", now, change=name)) for name in ("better", "worse", "same", "new")
    )
    return Note(
        f"Since {before}, {better} grades are better, {worse} worse and {same} the same; "
        f"{new} have no grade in force a year ago to compare with."
    )


def grid(book: Book) -> Table:
    """Agencies by standards, each grade a word; a grade of the year before carries its year."""
    table = book["section_11_grades"]
    if reason := absent(table):
        return Table(f"<p>{escape(reason)}</p>")
    now = years(book)[0]
    rows = part(table, "section_11_grade", now).to_dict("records")
    places = {(row["agency"], row["standard"]): row for row in rows}
    agencies, standards = (list(dict.fromkeys(row[n] for row in rows)) for n in ("agency", "standard"))
    standards.sort(key=lambda name: int(name.split(".")[0]))
    caption = f"Grades in force in {now}, by number of the standard; * given in {years(book)[1]}"
    head = "".join(
        f'<th scope="col"><abbr title="{escape(s)}">{escape(s.split(".")[0])}</abbr></th>' for s in standards
    )
    lines = [
        f'<tr><th scope="row">{escape(agency)}</th>'
        + "".join(f"<td>{_grade(places.get((agency, s)), book.period.year)}</td>" for s in standards)
        + "</tr>"
        for agency in agencies
    ]
    return Table(
        f'<div class="table wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f'<caption>{escape(caption)}</caption><thead><tr><th scope="col">Agency</th>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _grade(row: dict | None, year: str) -> str:
    if row is None:
        return "–"
    if not shown(row):
        return STATES[row["status"]]
    said = GRADES[int(row["value"])]
    given = row["method"].rpartition(", ")[2]
    said = f"<strong>{said}</strong>" if row["value"] < 3 else said
    return said if given == year else f"{said}*"


def audits(book: Book) -> Note:
    """Recommendations of audits, how many are done and how many late."""
    table = book["audit_recommendations"]
    if reason := absent(table):
        return Note(reason)
    now = str(book.period)
    number, done = (cell(table, "audit_recommendations", now, progress=p) for p in ("Total", "done"))
    late = cell(table, "audit_recommendations_overdue", now)
    names = sorted({a for a in table["audit"] if a != "Total"})
    return Note(
        f"Recommendations made this year or still open: {of(number)}, from these audits: {series(names)}. "
        f"Done: {of(done)}; past their date and not done: {of(late)}."
    )


# --- tables ------------------------------------------------------------------------------------------------------


def standards(book: Book) -> Table | Note:
    """Agencies short of each standard this year, with the interval of the share."""
    table = book["section_11_standards"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    columns = {"Agencies short": ("count", "count"), "Of": ("of", "count"), "Share": ("value", "percent")}
    caption = f"Agencies whose latest grade is less than met, {now}"
    return show(part(table, "section_11_short", now), caption, {"standard": "Standard"}, columns)


def recommendations(book: Book) -> Table | Note:
    """Recommendations by audit and how far they are."""
    return _progress(book, "audit_recommendations", "audit", "Audit")


def themes(book: Book) -> Table | Note:
    """Recommendations by theme and how far they are."""
    return _progress(book, "audit_themes", "theme", "Theme")


def _progress(book: Book, name: str, dim: str, heading: str) -> Table | Note:
    table = book[name]
    if reason := absent(table):
        return Note(reason)
    rows = all_last(part(table, "audit_recommendations", str(book.period)), dim)
    order = ["done", "in progress", "not started", "Total"]
    caption = f"Recommendations of audits by {heading.lower()}, at the end of {when(book.period)}"
    return show(rows, caption, {dim: heading}, spread="progress", order=order)


def cases(book: Book) -> Table | Note:
    """How many cases each audit read."""
    table = book["audit_cases"]
    if reason := absent(table):
        return Note(reason)
    return show(table, "Cases that each audit read", {"audit": "Audit"}, {"Cases": ("count", "count")})
