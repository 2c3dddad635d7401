"""Drafts in plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from .document import Document, Place

ITEM = re.compile(r"^(\s*)(?:[-*\u2022\u25aa\u25cf\u2013]|\(?[a-z0-9]{1,3}[.)])\s+(?=\S)", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6}\s+")
MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
RULE = re.compile(r"\|[|\s:-]+\|")  # under the headings of a Markdown table
BREAK = re.compile(r"\f")
SENTENCE_END = re.compile(r"[.!?:;]['\u2019\")\]]*$")


def read_text(path: Path, text: str) -> Document:
    """A text as its lines stand: a blank line, a list mark or a tab between columns starts something new."""
    document = Document(path.name)
    table, row, page = -1, 0, 1
    lines = text.splitlines()
    block: list[str] = []

    def flush() -> None:
        if block:
            document.add(" ".join(block), "body", page=page)
            block.clear()

    for line in lines:
        page += len(BREAK.findall(line))
        if RULE.fullmatch(line.strip()):
            continue
        cells = _cells(line)
        if cells:
            flush()
            table, row = (table, row + 1) if row else (table + 1, 1)
            for column, cell in enumerate(cells):
                document.add(_plain(cell), "cell", page=page, place=Place(table, row - 1, column))
            continue
        if line.strip():
            row = 0
        _line(document, line, block, flush, page)
    flush()
    return document


def _line(document: Document, line: str, block: list[str], flush, page: int) -> None:
    """One line that is no row of a table."""
    if not line.strip():
        flush()
    elif HEADING.match(line):
        flush()
        level = len(line) - len(line.lstrip("#"))
        document.add(_plain(HEADING.sub("", line)), "heading", level=level, page=page)
    elif match := ITEM.match(line):
        flush()
        rest = _plain(line[match.end() :])
        document.add(rest, "item", level=len(match[1].expandtabs(4)), page=page)
    elif not block and _looks_like_heading(line):
        document.add(_plain(line), "heading", level=2, page=page)
    else:
        block.append(_plain(line))


def _looks_like_heading(line: str) -> bool:
    """A short line of its own that ends no sentence."""
    plain = _plain(line).strip()
    return len(plain) < 90 and not SENTENCE_END.search(plain) and not re.search(r"\d\s*%|[,;]\s", plain)


def _cells(line: str) -> list[str]:
    """The cells of a row of a table: between tabs, or between the bars of Markdown; none for another line."""
    if "\t" in line.strip("\t\n ") or (line.startswith("\t") and line.strip()):
        return line.rstrip("\n").split("\t")
    bars = line.strip()
    if bars.startswith("|") and bars.endswith("|") and len(bars) > 2:
        return bars.strip("|").split("|")
    return []


def _plain(text: str) -> str:
    return MARKS.sub("", LINK.sub(r"\1", re.sub(r"<[^<>]{1,200}>", " ", text)))
