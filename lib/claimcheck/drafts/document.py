"""A draft as it is read: its paragraphs in reading order, and what of it could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

KINDS = ("heading", "body", "item", "cell", "note")


class Place(NamedTuple):
    """Where a table cell stands: which table of the document, which row and column, from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, list item, table cell, heading or note.

    number : from 1, in reading order
    kind : see KINDS
    page : from 1, where the format has pages; else 0
    level : of a heading (1 the highest), or how deep a list item is indented
    source : where it stands in the file, for a writer of comments; blank where there is no such place
    """

    number: int
    text: str
    kind: str = "body"
    page: int = 0
    level: int = 0
    place: Place | None = None
    source: str = ""


@dataclass
class Document:
    """A draft: its paragraphs, and in `unread` one line for each thing that was not read."""

    name: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, text: str, kind: str = "body", **more: object) -> None:
        """Append a paragraph that has text, its white space single blanks, so that spans are those of what shows."""
        plain = re.sub(r"\s+", " ", text.translate(PLAIN)).strip()
        if plain:
            self.paragraphs.append(Paragraph(len(self.paragraphs) + 1, plain, kind, **more))  # type: ignore[arg-type]

    def not_read(self, line: str) -> None:
        """Note what was not read, once."""
        if line not in self.unread:
            self.unread.append(line)


PLAIN = str.maketrans({"\u00ad": None, "\u200b": None, "\ufeff": None, "\u00a0": " ", "\u2009": " ", "\u202f": " "})
