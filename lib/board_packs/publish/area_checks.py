"""What the release check must know of an area, shared by all of its pages and packs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

from ..quarter import run_files as files
from .release.identifiers import Identifiers


@dataclass(frozen=True)
class Checks:
    """What the release check must know of an area: the values of its cases, the project's own dates, all pages."""

    SHARED: ClassVar[bool] = True  # by all jobs of an area: it goes to the workers once

    identifiers: list[list[str]] = field(default_factory=list)  # [field, type, value] of each
    own_dates: str = ""
    beside: tuple[str, ...] = ()  # files that a page may link to
    overruled: tuple[tuple[str, str], ...] = ()  # page and text: what a person lets leave, by name and reason

    @cached_property
    def pointing(self) -> Identifiers:
        """The values, ready to be looked for. Asked for once before jobs are sent, they go to every worker with it."""
        return Identifiers(self.identifiers)

    @cached_property
    def mark(self) -> str:
        """A name for what kept pages are checked against."""
        return files.digest([self.identifiers, self.own_dates, self.beside])

    def news(self, before: list[list[str]]) -> Checks:
        """What is new since content was checked against other values of identifying fields."""
        seen = set(map(tuple, before))
        new = replace(self, identifiers=[value for value in self.identifiers if tuple(value) not in seen])
        _ = new.pointing.starts
        return new

    def texts(self, page: str) -> tuple[str, ...]:
        return tuple(text for name, text in self.overruled if name in (page, page[:2]))
