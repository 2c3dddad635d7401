"""The Board's meetings, money and plan in words."""

from __future__ import annotations

import re
from datetime import date

from ..book import Book
from ..html_table import Table, show
from .base import Answer, Note, money, percent, series, when
from .learning import charted
from .picked import absent, all_last, cell, named, of, part, share, shown, without, years


def headline(book: Book) -> Answer:
    """Seats filled at the Main Board and all meetings, and the core budget with its largest contributor."""
    said = [text for text in (_attendance(book), _money(book)) if text]
    return Answer(" ".join(said) or absent(book["board_attendance"]))


def _attendance(book: Book) -> str:
    table = book["board_attendance"]
    if absent(table):
        return ""
    now = years(book)[0]
    every, main = (cell(table, "seats_filled", now, meeting=m) for m in ("Total", "Main Board"))
    return f"In {now} members or their deputies filled {share(every)} expected seats, at the Main Board {share(main)}."


def _money(book: Book) -> str:
    table = book["contributions"]
    if absent(table):
        return ""
    year = book.period.year
    total = cell(table, "contribution_agreed", year)
    shares = part(table, "contribution_share", year)
    shares = shares[shares["status"] == "shown"].sort_values("value", ascending=False)
    said = f"Partners agreed {of(total, 'value', 'money')} for the core budget of {year}"
    if shares.empty:
        return said + "."
    first = shares.iloc[0].to_dict()
    return f"{said}, {of(first, 'value', 'percent')} of it from {first['partner']}."


def trend(book: Book) -> Note:
    """What the control chart allows one to say of attendance."""
    return charted(book["board_attendance_chart"], "seats_filled_charted", "share of expected seats filled")


def seldom(book: Book, low: float, meeting: str = "Main Board") -> Note:
    """Agencies that filled less than `low` (fraction of 1) of their expected seats at a meeting."""
    table = book["board_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = part(table, "seats_filled", now, meeting=meeting)
    rows = rows[(rows["agency"] != "Total") & (rows["status"] == "shown")]
    few = rows[rows["value"] < low].sort_values("value")
    names = [f"{row['agency']} ({of(row)} of {of(row, 'of')})" for row in few.to_dict("records")]
    if not names:
        return Note(f"No agency filled less than {percent(low, 0)} of its expected seats at the {meeting} in {now}.")
    return Note(f"Less than {percent(low, 0)} of expected seats filled at the {meeting} in {now}: {series(names)}.")


def contributions(book: Book) -> Note:
    """Received against agreed, and the change on the year before."""
    table = book["contributions"]
    if reason := absent(table):
        return Note(reason)
    year = book.period.year
    agreed, received, left, change = (
        cell(table, f"contribution_{name}", year) for name in ("agreed", "received", "outstanding", "change")
    )
    said = f"Of {of(agreed, 'value', 'money')} agreed for {year}, {of(received, 'value', 'money')} was received"
    if shown(left) and left["value"]:
        said += f" and {of(left, 'value', 'money')} is outstanding"
    if shown(change):
        more = "more" if change["value"] >= 0 else "less"
        said += f"; the partners agreed {money(abs(change['value']))} {more} than for {years(book)[1]}"
    return Note(said + ".")


def spending(book: Book) -> Note:
    """Spending against the budget, and the headings that were overspent."""
    table = book["spending"]
    if reason := absent(table):
        return Note(reason)
    year = book.period.year
    budget, spent = (cell(table, f"budget_{name}", year) for name in ("set", "spent"))
    if not shown(spent):
        return Note(f"Spending of {year} was not reported by the end of {when(book.period)}.")
    over = part(table, "budget_left", year)
    over = over[(over["heading"] != "Total") & (over["status"] == "shown") & (over["value"] < 0)]
    said = f"{of(spent, 'value', 'money')} of a budget of {of(budget, 'value', 'money')} was spent in {year}"
    names = [f"{r['heading']} ({money(-r['value'])})" for r in over.to_dict("records")]
    return Note(f"{said}. Overspent: {series(names)}." if names else f"{said}; no heading was overspent.")


def plan(book: Book) -> Note:
    """How far the plan is and how many of its actions have a measure."""
    table = book["plan_progress"]
    if reason := absent(table):
        return Note(reason)
    now = str(book.period)
    number, done, behind = (cell(table, "plan_actions", now, progress=p) for p in ("Total", "done", "behind"))
    measured = cell(table, "plan_actions_measured", now)
    if shown(number) and not number["count"]:
        return Note(f"No action of the business plan was reported on by the end of {when(now)}.")
    return Note(
        f"Of {of(number)} actions of the business plan {of(done)} are done and {of(behind)} behind; "
        f"{share(measured)} have a measure of success."
    )


def membership(book: Book) -> Note:
    """Members and posts on the Board."""
    table = book["board_membership"]
    if reason := absent(table):
        return Note(reason)
    now = str(book.period)
    members, posts = (cell(table, f"board_{name}", now) for name in ("members", "posts"))
    known = f", by {_dated(members['method'])}" if members.get("method") else ""
    return Note(f"The Board has {of(members)} members holding {of(posts)} posts{known}.")


def _dated(text: str) -> str:
    """`the list as of 2018-03-31` as `the list as of 31 March 2018`."""
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: f"{date.fromisoformat(found[0]):%d %B %Y}".lstrip("0"), text)


# --- tables ------------------------------------------------------------------------------------------------------


def seats(book: Book, meeting: str = "Main Board") -> Table | Note:
    """Expected seats, filled and filled by a deputy, by agency at one meeting."""
    table = book["board_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = all_last(part(table, "seats_filled", now, meeting=meeting), "agency")
    columns = {"Expected": ("of", "count"), "Filled": ("count", "count"), "Share": ("value", "percent")}
    return show(rows, f"Seats at the {meeting} in {now}", {"agency": "Agency"}, columns)


def meetings(book: Book) -> Table | Note:
    """Expected seats and those filled by meeting."""
    table = book["board_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = all_last(part(table, "seats_filled", now, agency="Total"), "meeting")
    columns = {"Expected": ("of", "count"), "Filled": ("count", "count"), "Share": ("value", "percent")}
    return show(rows, f"Seats by meeting in {now}", {"meeting": "Meeting"}, columns)


def grid(book: Book) -> Table | Note:
    """Share of seats filled by agency and meeting; a dash where an agency is not expected."""
    table = book["board_attendance"]
    if reason := absent(table):
        return Note(reason)
    now = years(book)[0]
    rows = without(part(table, "seats_filled", now), agency="Total", meeting="Total").sort_values(["agency", "meeting"])
    order = sorted(rows["meeting"].unique())
    caption = f"Share of expected seats filled in {now}, by agency and meeting; a dash: not expected there"
    return show(rows, caption, {"agency": "Agency"}, spread="meeting", figure="value", style="percent:0", order=order)


def partners(book: Book) -> Table | Note:
    """Core budget by partner: agreed, received, and the change on the year before."""
    table = book["contributions"]
    if reason := absent(table):
        return Note(reason)
    names = {"agreed": "Agreed", "received": "Received", "change": "Change on the year before"}
    found = table[table["period"] == book.period.year]
    rows = all_last(named(found, {f"contribution_{k}": v for k, v in names.items()}), "partner")
    caption = f"Core budget of {book.period.year}, by partner"
    return show(rows, caption, {"partner": "Partner"}, spread="measure", figure="value", style="money")


def purposes(book: Book) -> Table | Note:
    """All money by purpose."""
    table = book["contributions_by_purpose"]
    if reason := absent(table):
        return Note(reason)
    found = table[table["period"] == book.period.year]
    rows = all_last(named(found, {"income_agreed": "Agreed", "income_received": "Received"}), "purpose")
    caption = f"All contributions of {book.period.year}, by purpose"
    return show(rows, caption, {"purpose": "Purpose"}, spread="measure", figure="value", style="money")


def budget(book: Book) -> Table | Note:
    """Budget, spending and what is left by heading."""
    table = book["spending"]
    if reason := absent(table):
        return Note(reason)
    names = {"budget_set": "Budget", "budget_spent": "Spent", "budget_left": "Left"}
    found = named(table[table["period"] == book.period.year], names)
    if found.empty:
        return Note(f"Spending of {book.period.year} was not reported by the end of {when(book.period)}.")
    rows = all_last(found, "heading")
    caption = f"Spending of {book.period.year}"
    return show(rows, caption, {"heading": "Heading"}, spread="measure", figure="value", style="money")


def themes(book: Book) -> Table | Note:
    """Actions of the plan by theme and how far they are."""
    table = book["plan_progress"]
    if reason := absent(table):
        return Note(reason)
    rows = all_last(part(table, "plan_actions", str(book.period)), "theme")
    order = ["done", "on track", "behind", "not started", "Total"]
    return show(rows, "Actions of the business plan", {"theme": "Theme"}, spread="progress", order=order)


def members(book: Book) -> Table | Note:
    """Members of the Board and the posts each holds."""
    table = book["board_membership"]
    if reason := absent(table):
        return Note(reason)
    rows = without(part(table, "board_posts", str(book.period)), agency="Total")
    return show(rows, "Members of the Board", {"agency": "Member"}, {"Posts": ("count", "count")})
