"""Claims that lists make: the same labels under two headings that are each other's rest, and labels of no period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..stated_periods import period
from .group_sentences import HALVES
from .passages import Grid, Passages
from .proposal import Part, Proposal, part, words_part
from .sentence import Sentence

OF_SOME = re.compile(  # of fewer, of other people or of another time
    r"\b(?:of|for|among\w*|in|at|from|by|to|than|them|whom|which|others?|rest|last|previous\w*|before|earlier|ago|compared)\b|<t"
)
LABELLED = re.compile(r"^(?P<label>[^<>:]{0,40}|<t\d+>(?: [a-z]{1,12})?)\s*[:\u2013-]\s*<(?P<value>[pnmr]\d+)>\.?$")
AHEAD = re.compile(
    r"target|plan|budget|forecast|project|expected|estimate|priorit|next|will|schedul|propos|ambition", re.IGNORECASE
)


@dataclass
class ListBlock:
    """A list: the line above it, and its items as (label, sentence, token)."""

    stem: str
    items: list[tuple[str, Sentence, str]]


def list_blocks(passages: Passages) -> list[ListBlock]:
    """Runs of items of the form `Q1: 62.0%`, each under its stem."""
    result: list[ListBlock] = []
    stem, run = "", ListBlock("", [])
    for sentence in passages.sentences:
        if not re.search(r"\w", sentence.text):
            continue
        match = LABELLED.match(sentence.template) if sentence.kind in ("item", "body", "note") else None
        if match:
            token = match["label"].strip("<> ")
            label = sentence.of(token).text if re.fullmatch(r"t\d+", token) else match["label"].strip()
            if not run.items:
                run.stem = stem
                result.append(run)
            run.items.append((label, sentence, match["value"]))
        else:
            stem, run = sentence.text, ListBlock("", [])
    return [block for block in result if len(block.items) > 1]


def list_claims(passages: Passages) -> list[Proposal]:
    """Complements across two lists, and period labels that the document's own period excludes."""
    blocks = list_blocks(passages)
    result = [proposal for block in blocks for proposal in _labels(passages, block)]
    result += [proposal for grid in passages.grids for proposal in _of_headings(passages, grid)]
    for first, second in zip(blocks, blocks[1:], strict=False):
        if not _opposite(first.stem, second.stem):
            continue
        there = {label: (sentence, token) for label, sentence, token in second.items}
        for label, sentence, token in first.items:
            if label in there and token[0] == there[label][1][0] == "p":
                other, other_token = there[label]
                parts = [part(sentence, "percentage", sentence.of(token), period=label, name=first.stem[:60]),
                         part(other, "percentage", other.of(other_token), period=label, name=second.stem[:60])]  # fmt: skip
                result.append(Proposal("complement", other, parts, fields={"constraint": "exhaustive"}))
    return result


def _opposite(one: str, other: str) -> bool:
    """Whether two stems name a group and the rest of it."""
    a, b = one.lower(), other.lower()
    shared = set(re.findall(r"[a-z]{3,}", a)) & set(re.findall(r"[a-z]{3,}", b))
    pair = any(
        (re.search(x, a) and re.search(y, b) and not re.search(y, a))
        or (re.search(y, a) and re.search(x, b) and not re.search(y, b))
        for x, y in HALVES
    )
    return bool(pair and (shared or len(b) < 30))


def _labels(passages: Passages, block: ListBlock) -> list[Proposal]:
    """A year that had not begun when the document's ended, as the label of a figure among those of earlier years."""
    document = passages.period
    if document is None or AHEAD.search(block.stem):
        return []
    result = []
    for label, sentence, token in block.items:
        at = period(label)
        if (
            at is not None
            and at.kind in ("year", "malformed")
            and (at.kind == "malformed" or at.end >= document.end + 12)
        ):
            shown = part(sentence, "printed", sentence.of(token), period="", label_in_text=label)
            fields = {"document_period": passages.period_text}
            result.append(Proposal("period_label", sentence, [shown], fields=fields))
    return result


def _of_headings(passages: Passages, grid: Grid) -> list[Proposal]:
    """A heading whose years do not follow each other."""
    result = []
    for column in grid.columns:
        text = grid.text(grid.rows[0], column)
        at = period(text)
        if at is not None and at.kind == "malformed":
            cell = grid.cells[(grid.rows[0], column)]
            shown = Part("printed", None, "", "", cell.number, (0, len(text)), {"label_in_text": text, "word": text})
            fields = {"document_period": passages.period_text} if passages.period_text else {}
            result.append(Proposal("period_label", Sentence(cell.text, cell.number, 0, "cell"), [shown], fields=fields))
    return [*result, *_caption_label(passages, grid)]


def _caption_label(passages: Passages, grid: Grid) -> list[Proposal]:
    """A year in the line above a table that is neither the document's nor one of the table's own headings."""
    first = min(cell.number for cell in grid.cells.values())
    heads = [at for c in grid.columns if (at := period(grid.text(grid.rows[0], c))) is not None]
    result = []
    document = passages.period
    if document is None or len(heads) != 1:
        return []
    for sentence in passages.by_paragraph.get(first - 1, [])[-1:]:
        labels = [(m, at) for m in sentence.mentions if (at := period(m.text)) is not None and at.kind == "year"]
        if len(labels) == 1 and labels[0][1].end not in (heads[0].end, document.end):
            label = labels[0][0]
            shown = words_part(sentence, "printed", *label.span, label_in_text=label.text)
            fields = {"document_period": passages.period_text}
            result.append(Proposal("period_label", sentence, [shown], fields=fields))
    return result


def with_sibling(proposal: Proposal, read: list[Proposal]) -> Proposal:
    """A count and its percentage, in a list's item or beside others of one whole: of that whole of which these are right."""
    sentence = proposal.sentence
    if proposal.kind != "share" or [p.role for p in proposal.parts] != ["numerator", "printed"]:
        return proposal
    for other in read:
        listed = {other.sentence.kind, sentence.kind} == {"item"}
        beside = listed and abs(other.sentence.paragraph - sentence.paragraph) in (1, 2)
        beside = beside or (other.sentence is sentence and other.elsewhere and not OF_SOME.search(sentence.template))
        base = next((p for p in other.parts if p.role == "denominator"), None)
        if beside and other.kind == "share" and base and other.follows:
            return replace(proposal, parts=[proposal.parts[0], base, *proposal.parts[1:]])
    return proposal
