"""What a careful reader would question in people's prose, found before it is released.

Every check looks at one sentence and the table cells it refers to. A finding says what is wrong and what would be
right, at file and line. `typed number` is a warning; everything else stops the release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import narrative_claims
from .figure_references import MARK, BadReference, resolve
from .prose_checks import CHECKS, Sentence

if TYPE_CHECKING:
    from ..book import Book

WARNINGS = {"typed number"}


@dataclass(frozen=True)
class Finding:
    """`kind`: reference, typed number, wording, period, comparator, base, direction, trend, superlative, share, claim."""

    file: str
    line: int
    kind: str
    said: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.kind}: {self.said}"

    @property
    def stops(self) -> bool:
        return self.kind not in WARNINGS


def sentences(markdown: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the number of its first line; exhibit blocks (`::: … :::`) are not prose."""
    hidden = re.sub(r"^:::.*?^:::\s*$", lambda m: "\n" * m[0].count("\n"), markdown, flags=re.DOTALL | re.MULTILINE)
    for block in re.finditer(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", hidden, flags=re.MULTILINE):
        start = 0
        masked = MARK.sub(lambda m: "{" + re.sub(r"\S", "x", m[0][1:]), block[0])  # a label may hold a full stop
        for end in [*(m.end() for m in re.finditer(r"[.!?][\"'”’)]*\s+(?=[A-Z“\"'{*_\[-])", masked)), len(masked)]:
            part = block[0][start:end]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                yield hidden.count("\n", 0, block.start() + start + lead) + 1, part.strip()
            start = end


def audit(markdown: str, file: str, book: Book, year: str) -> list[Finding]:
    """Every finding of one Markdown file, in the order of its lines."""
    findings, lines = [], []
    for line, text in sentences(markdown):
        try:
            resolved = [resolve(mark, book, year)[1] for mark in MARK.findall(text)]
        except BadReference as wrong:
            findings.append(Finding(file, line, "reference", str(wrong)))
            continue
        lines.append((line, MARK.sub(lambda mark: resolve(mark[1], book, year)[0], text)))
        pairs = tuple((cells[0], cells[1]) for cells in resolved if len(cells) == 2)
        sentence = Sentence(text, tuple(cell for cells in resolved for cell in cells), pairs)
        for check in CHECKS:
            findings += [Finding(file, line, kind, text_of) for kind, text_of in check(sentence, book, year)]
    findings += [Finding(file, line, "claim", wrong) for line, wrong in narrative_claims.accusations(lines, year)]
    return sorted(findings, key=lambda finding: finding.line)
