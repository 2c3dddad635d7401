"""What a book says of itself in JupyterLab: that its cases are invented, that it explores, and which tables it has."""

from __future__ import annotations

from html import escape
from typing import Any, Protocol

from openstats import authorities
from openstats.project_data import standard

from ..quarter.pack_settings import guarded
from .page_guard import in_batch

LOUD = "border:3px solid #F46A25;background:#FFF4EC;color:#1D1D1D;padding:.6em 1em;margin:.4em 0;font-size:1.05em"


class Opened(Protocol):
    """What of an opened book is said here."""

    period: Any
    area: str
    audience: str
    sample: bool
    settings: dict[str, Any]

    @property
    def exploring(self) -> dict[str, Any]: ...

    def names(self) -> list[str]: ...


def banner(book: Opened) -> str:
    """Area, period and audience; SAMPLE DATA where the cases are invented; for exploring, with what, where it is."""
    place = escape(authorities.name(book.area))
    lines = [f"<p><strong>{place}</strong>, {book.period}, for {escape(book.audience)}</p>"]
    if book.sample:
        lines.append(f'<p style="{LOUD}"><strong>SAMPLE DATA</strong> Every case here is invented.</p>')
    if book.audience not in guarded():
        lines.append(
            f'<p class="restricted" style="{LOUD}"><strong>RESTRICTED, NOT FOR CIRCULATION</strong> Nothing is withheld '
            "here: small numbers can show who a child is.</p>"
        )
    if book.exploring:
        asked = "; ".join(
            f"{escape(name)} is {escape(repr(value))} and not {escape(repr(standard(name)))}"
            for name, value in book.exploring.items()
        )
        lines.append(
            f'<p class="exploring" style="{LOUD}"><strong>FOR EXPLORING, NOT FOR CIRCULATION</strong> {asked} '
            "(data/standards.yml). No pack takes this page.</p>"
        )
    return "".join(lines)


# What is refused in a run as it stands, and what it becomes to leave.
ROAD = {
    "a frame, grouped, pivoted or computed": 'show(frame, "its caption")',
    "rows of a table, with what is withheld in its place": 'show(rows.by("agency"), "its caption", "agency", spread="period")',
    "a picture of seaborn or matplotlib": 'charts.show(ax, "the finding", charts.describe(rows, "Line chart. What it shows"))',
    "a control chart": 'chart = control_charts.xmr(rows["count"]); charts.control(ax, rows, chart, "count"); '
    'charts.show(ax, f"The finding: {say.direction(chart, rows)}", charts.describe(rows, "Control chart. …", chart=chart))',
    "a number": 'gap = book.derive("what it is", now.count - before.count); say.note(f"{say.count(gap)} more …")',
}


def _road(book: Opened) -> str:
    """How what an analyst adds leaves with the page, to open and to close again."""
    lines = "".join(f"<li>{escape(what)}: <code>{escape(code)}</code></li>" for what, code in ROAD.items())
    where = "--sample" if book.sample else f"--period {book.period} --area {book.area}"
    run = f"Save, set the questions back to None, and in a terminal <code>lscb run {where} --only NN</code> (the page's number)."
    return (
        "<details><summary>What you add can leave with the page; open here for how.</summary>"
        f"<ul>{lines}</ul><p>{run} What lacks its words is refused in one line that names the cell.</p></details>"
    )


def table_list(book: Opened) -> str:
    """The book's tables with what each counts, to open and to close again. Nothing on a page that a run makes: its
    readers have the tables themselves."""
    from ..tables import documentation

    if in_batch():  # its template prints the banner, and lists of tables are not for its readers
        return ""
    says = documentation()["tables"]
    lines = "".join(
        f'<li><code>book["{name}"]</code> {escape(str((says.get(name) or {}).get("says", "")))}</li>'
        for name in book.names()
    )
    settings = ", ".join(f"{escape(name)} = {escape(repr(value))}" for name, value in book.settings.items())
    asked = f"<p>The page's questions: {settings}.</p>" if settings else ""
    return (
        f"{asked}{_road(book)}<details><summary>{len(book.names())} tables; open here for what each counts. "
        f"<code>book[</code> and Tab completes their names.</summary><ul>{lines}</ul></details>"
    )
