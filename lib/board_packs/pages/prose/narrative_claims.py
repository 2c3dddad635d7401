"""People's prose as it will be printed, read by the reader of drafts: what does not follow from its own figures."""

from __future__ import annotations

import re
from bisect import bisect_right


def accusations(sentences: list[tuple[int, str]], year: str) -> list[tuple[int, str]]:
    """The line and the finding of each claim that does not follow.

    sentences : the line on which each starts, and its text with its references printed; those of one block of lines
        follow each other
    year : the report's, so that a label of another year is seen
    """
    from claimcheck import WRONG, read_draft
    from claimcheck.drafts import Document

    document = Document("narrative")
    document.add(f"Report of {year[:7]}", "heading")
    lines: dict[int, list[tuple[int, int]]] = {}  # of each paragraph where its sentences start, and on which line
    text, last = "", 0
    starts: list[tuple[int, int]] = []
    for line, sentence in [*sentences, (0, "")]:
        plain = _plain(sentence)
        apart = not sentence or line > last + 1 or re.match(r"(?:#|[-*] |\d+\. )", sentence)
        if apart and text:
            document.add(text)
            lines[len(document.paragraphs)] = starts
            text, starts = "", []
        if sentence.startswith("#"):
            document.add(plain, "heading")
        elif plain:
            starts.append((len(text) + bool(text), line))
            text = f"{text} {plain}".strip()
        last = line + sentence.count("\n")
    return [
        (_line(lines.get(finding.paragraph, []), finding.span[0]), finding.sentence)
        for finding in read_draft(document).findings
        if finding.verdict == WRONG
    ]


def _plain(sentence: str) -> str:
    """A sentence without Markdown's marks, white space single."""
    bare = re.sub(r"^(?:#+|[-*]|\d+\.)\s+", "", sentence.strip())
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    return re.sub(r"\s+", " ", re.sub(r"[*_`]{1,2}", "", bare)).strip()


def _line(starts: list[tuple[int, int]], at: int) -> int:
    """The line of the sentence in which a place of a paragraph lies."""
    here = bisect_right([start for start, _ in starts], at) - 1
    return starts[here][1] if starts and here >= 0 else 1
