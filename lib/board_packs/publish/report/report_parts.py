"""A report being put together: its chapters, its numbered exhibits, and what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.periods import Quarter

from ...pages.prose.prose_audit import Finding
from ...quarter.receiving import Received, receive
from ...quarter.request import Request, resolve

if TYPE_CHECKING:
    from ...pages.book import Book


@dataclass
class Chapter:
    """A chapter as HTML; `short` is its finding in a sentence or two, for the summary, printed; `sections` its headings
    with their anchors."""

    anchor: str
    title: str
    html: str
    short: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Report:
    """A report being put together: its chapters, its numbered exhibits, and what was found wrong."""

    book: Book
    year: str
    chapters: list[Chapter] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    own: list[str] = field(default_factory=list)  # of the chapter in hand: figures of somebody else, with their source

    @property
    def draft(self) -> bool:
        """Whether something must be mended before it may leave; a typed figure too, though a comment may hold one."""
        return bool(self.findings)

    @cached_property
    def request(self) -> Request:
        """What is asked for, as a run would be: where returns lie and outputs go."""
        return resolve(self.book.period, self.book.area, None, sample=self.book.sample, jobs=1)

    @cached_property
    def received(self) -> Received:
        """The year's returns: their cases, which may stand on no page, and what agencies wrote of their own work."""
        return receive(self.request, checked=False)

    @property
    def last_tables(self) -> Path:
        """Where the public tables of the last report lie, if its quarter was run here."""
        last = Quarter(self.book.period.start - 1, 4)
        return self.request.room / str(last) / self.book.area / "protected" / "public"

    @property
    def title(self) -> str:
        return f"Annual report {self.year}"

    def add(self, file: str, line: int, kind: str, what: str) -> None:
        self.findings.append(Finding(file, line, kind, what))
