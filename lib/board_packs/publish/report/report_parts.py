"""A report being put together: its chapters, its numbered exhibits, and what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...pages.prose.prose_audit import Finding

if TYPE_CHECKING:
    from ...pages.book import Book


@dataclass
class Chapter:
    """A chapter as HTML; `short` is its finding in a sentence or two, for the summary, printed."""

    anchor: str
    title: str
    html: str
    short: str = ""


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

    @property
    def title(self) -> str:
        return f"Annual report {self.year}"

    def add(self, file: str, line: int, kind: str, what: str) -> None:
        self.findings.append(Finding(file, line, kind, what))
