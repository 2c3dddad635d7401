"""Case reviews in words."""

from __future__ import annotations

from ..book import Book
from ..html_table import Table, show
from .base import Answer, Note, when
from .picked import absent, all_last, cell, of, part, shown, years

# What the plan says of an action's impact, as the page heads it.
IMPACT = {"given": "Says what changed", "only repeats": "Only repeats the action", "missing": "Says nothing"}


def headline(book: Book) -> Answer:
    """Cases referred and decided in the year, and the actions done and open."""
    cases, done, open_ = book["case_review_referrals"], book["review_actions_done"], book["review_actions_open"]
    said = [text for text in (_cases(book, cases), _actions(book, done, open_)) if text]
    return Answer(" ".join(said) or absent(cases))


def _cases(book: Book, table) -> str:
    if absent(table):
        return ""
    now = years(book)[0]
    names = ("serious case review", "partnership review", "no further action")
    total, *parts = (cell(table, "cases_referred", now, decision=name) for name in ("Total", *names))
    if shown(total, *parts):
        each = [f"{name} {of(row)}" for row, name in zip(parts, names, strict=True)]
        return f"{of(total)} cases were referred for review in {now} ({', '.join(each)})."
    if shown(total):
        return f"{of(total)} cases were referred for review in {now}; what was decided on them is withheld in part."
    return f"How many cases were referred for review in {now} is {of(total)}."


def _actions(book: Book, done, open_) -> str:
    if absent(done):
        return ""
    number = cell(done, "actions_done", years(book)[0])
    left, late = (cell(open_, "actions_open", str(book.period), state=state) for state in ("Total", "overdue"))
    return (
        f"{of(number)} actions of earlier reviews were done; {of(left)} are open, {of(late)} of them past their date."
    )


def progress(book: Book) -> Note:
    """Reviews under way, finished and published."""
    table = book["case_review_progress"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    going = of(cell(table, "reviews_under_way", str(book.period)))
    finished, published = (of(cell(table, f"reviews_{name}", now)) for name in ("finished", "published"))
    said = f"Reviews under way at the end of {when(book.period)}: {going}"
    return Note(f"{said}. Finished in {now}: {finished}; published: {published}.")


def evidence(book: Book) -> Note:
    """What the plan says of impact, and which recommendations stand twice."""
    table = book["review_actions_evidence"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    given, repeats, missing = (
        of(cell(table, "actions_done", now, evidence=name)) for name in ("given", "only repeats", "missing")
    )
    return Note(
        f"Of the actions done in {now}, {given} say what changed for children, {repeats} only repeat the action or the "
        f"recommendation, and {missing} say nothing. {of(cell(table, 'actions_doubled', now))} actions answer a "
        "recommendation that stands in the plan twice."
    )


def age(book: Book) -> Note:
    """How old open actions are."""
    table = book["review_actions_open"]
    if reason := absent(table):
        return Note(reason)
    row = cell(table, "actions_open_age", str(book.period))
    if row["status"] == "not_available":
        return Note("No action of a case review is open.")
    return Note(f"Half of the open actions were recommended more than {of(row, 'value')} days ago.")


# --- tables ------------------------------------------------------------------------------------------------------


def decisions(book: Book) -> Table | Note:
    """Cases referred by decision and year."""
    table = book["case_review_referrals"]
    if reason := absent(table):
        return Note(reason)
    rows = all_last(part(table, "cases_referred"), "decision")
    caption = "Cases referred for review by what was decided and year of the referral"
    order = sorted(rows["period"].unique())
    return show(rows, caption, {"decision": "Decision"}, spread="period", order=order)


def themes(book: Book) -> Table | Note:
    """Themes of the cases referred in the year."""
    table = book["case_review_themes"]
    if reason := absent(table):
        return Note(reason)
    rows = part(table, "cases_with_theme", years(book)[0])
    if rows.empty:
        return Note(f"No theme was recorded for the cases referred in {years(book)[0]}.")
    caption = f"Themes of the cases referred in {years(book)[0]}; a case may have several"
    return show(rows, caption, {"theme": "Theme"}, {"Cases": ("count", "count")})


def done(book: Book) -> Table | Note:
    """Actions done in the year by theme and what the plan says of their impact."""
    table = book["review_actions_evidence"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = all_last(part(table, "actions_done", now), "theme")
    rows = rows.assign(evidence=rows["evidence"].replace(IMPACT))
    caption = f"Actions agreed as done in {now}, by theme and what the plan says of their impact"
    return show(rows, caption, {"theme": "Theme"}, spread="evidence", order=[*IMPACT.values(), "Total"])


def still_open(book: Book) -> Table | Note:
    """Actions not done by theme and whether their date has passed."""
    table = book["review_actions_open"]
    if reason := absent(table):
        return Note(reason)
    rows = all_last(part(table, "actions_open", str(book.period)), "theme")
    caption = f"Actions not done at the end of {when(book.period)}"
    return show(rows, caption, {"theme": "Theme"}, spread="state", order=["overdue", "not yet due", "Total"])
