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
        f"{asked}<details><summary>{len(book.names())} tables; open here for what each counts. "
        f"<code>book[</code> and Tab completes their names.</summary><ul>{lines}</ul></details>"
    )
