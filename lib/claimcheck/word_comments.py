"""Findings as comments in a copy of the Word draft, where its authors work."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lscb.errors import UserError

from .answer_pages import TITLES
from .answers import REPRODUCES
from .draft_reading import Finding, Reading

AUTHOR, INITIALS = "lscb claims", "lc"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write_comments(draft: Path, out: Path, reading: Reading) -> int:
    """A copy of a .docx with a comment beside each sentence that a person should look at; returns how many.

    Raises UserError for a draft that is no .docx, and where the copy would replace the draft itself.
    """
    import docx
    from docx.text.paragraph import Paragraph

    if draft.suffix.lower() != ".docx":
        raise UserError(f"--comment writes into a copy of a Word draft: {draft.name} is none; save it as .docx.")
    if out.resolve() == draft.resolve():
        raise UserError(f"--comment {out}: give another name than the draft's, which is not changed.")
    document = docx.Document(str(draft))
    blocks = list(document.element.body.iterchildren())
    places = {p.number: p for p in reading.document.paragraphs}
    by_paragraph: dict[int, list[Finding]] = defaultdict(list)
    for finding in reading.findings:
        if finding.verdict != REPRODUCES:
            by_paragraph[finding.paragraph].append(finding)
    written = 0
    for number, findings in by_paragraph.items():
        element = _element(blocks, places[number].source, places[number].text)
        if element is None:
            continue
        paragraph = Paragraph(element, document)  # type: ignore[arg-type]
        for finding in findings:
            runs = _runs(paragraph, finding.text) or paragraph.runs
            if runs:
                text = f"{TITLES[finding.verdict]}. {finding.sentence}"
                document.add_comment(runs=runs, text=text, author=AUTHOR, initials=INITIALS)
                written += 1
    document.save(str(out))
    return written


def _element(blocks: list, source: str, text: str):
    """The XML paragraph of a paragraph that was read: by its place in the body, in a table by its text."""
    if not source.isdigit() or int(source) >= len(blocks):
        return None
    block = blocks[int(source)]
    if block.tag == W + "p":
        return block
    wanted = "".join(text.split())
    return next(
        (p for p in block.iter(W + "p") if "".join("".join(t.text or "" for t in p.iter(W + "t")).split()) == wanted),
        None,
    )


def _runs(paragraph, sentence: str) -> list:
    """The runs of a paragraph that its sentence touches."""
    joined = "".join(run.text for run in paragraph.runs)
    start = joined.find(sentence[:40])
    if start < 0:
        return []
    end, at, result = start + len(sentence), 0, []
    for run in paragraph.runs:
        if at < end and at + len(run.text) > start:
            result.append(run)
        at += len(run.text)
    return result
