"""A draft read and judged: every claim of it in its order, with what it was compared with."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from lscb.errors import UserError

from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer, only_if, unknown, wrong
from .drafts import Document, open_draft
from .prose.passages import Passages
from .prose.proposal import Proposal
from .prose.proposals import proposals
from .prose.repeats import repeats

# A base from another sentence accuses only where a slip of a known kind explains the print to its last digit.
SLIPS = {
    "wrong_base", "pp_vs_percent", "ratio_printed_as_increase", "of_from_slip", "impossible_percentage",
    "impossible_base",
    "printed_twice_differently", "wrong_denominator", "majority_not_over_half",
}  # fmt: skip
SECONDS = 120.0
PATENT = {  # what a sentence shows by itself, before any calculation: field of the proposal, and what is said of it
    "contradiction": (wrong, "direction_reversed", "The sentence says {} of one figure: correct one of the two words."),
    "impossible_unit": (
        wrong, "scale_error", "A percentage is out of 100 already: it cannot be per so many people as well."),
    "nested": (
        wrong, "parts_do_not_add",
        "{total} cannot be of all where {part} are of some ({}): name the ages and the years of both."),
    "withheld": (
        wrong, "parts_do_not_add",
        "The figures shown leave {} for what is withheld, which is more than that can be."),
    "window": (wrong, "window_not_covered", "The sentence speaks of {}: name the years that are meant."),
    "opposed": (
        only_if, "direction_reversed",
        "Reproduces only if {} are of two periods or measures: say of which each is."),
}  # fmt: skip


class Known(Protocol):
    """Figures known from elsewhere: protected tables, official series."""

    def findings(self, passages: Passages, read: Sequence[Proposal]) -> list[Finding]: ...


@dataclass
class Finding:
    """One claim of a draft, judged.

    text : the sentence as it stands; paragraph from 1; span : [start, end) of it in that paragraph
    numbers : role, value as printed, unit, period, where
    source : what it was compared with; open : whether a person must say how it is meant
    """

    text: str
    paragraph: int
    span: tuple[int, int]
    kind: str
    numbers: list[dict[str, Any]]
    verdict: str
    diagnosis: str
    sentence: str
    source: str = "the draft itself"
    open: bool = False
    fields: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The finding as JSON holds it."""
        names = ("text", "paragraph", "span", "kind", "numbers", "verdict", "diagnosis", "sentence", "source", "open")
        return {name: list(self.span) if name == "span" else getattr(self, name) for name in names}


@dataclass
class Reading:
    """What was read of a draft: its document, its findings in order, and what could not be read."""

    document: Document
    findings: list[Finding]
    unread: list[str]


def read_draft(draft: str | Path | Document, sources: Sequence[Known] = (), seconds: float = SECONDS) -> Reading:
    """Every claim of a draft, judged, in the order of the document.

    sources : figures to compare with besides the draft's own (protected tables, official series), each with its source
    seconds : after which what is left of a long draft is not judged, and said so in `unread`

    Raises UserError for a file that cannot be read.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing is thrown away before the end: to look for it takes a twentieth of the time
    try:
        return _read(draft, sources, seconds)
    finally:
        if collecting:
            gc.enable()


def _read(draft: str | Path | Document, sources: Sequence[Known], seconds: float) -> Reading:
    started = time.monotonic()
    document = draft if isinstance(draft, Document) else open_draft(draft, seconds)
    passages = Passages(document)
    findings: list[Finding] = []
    read = proposals(passages)
    for proposal in read:
        if time.monotonic() - started > seconds:
            document.not_read(
                f"Claims from paragraph {proposal.sentence.paragraph} on were not judged: the time limit was reached."
            )
            break
        if (finding := _finding(proposal)) is not None:
            findings.append(finding)
    twice = [f for p in repeats(passages) if (f := _finding(p)) is not None]
    printed_twice = [n["where"] for f in twice for n in f.numbers]
    alone = [f for f in findings if f.kind == "share" and len(f.numbers) == 1]
    findings = [f for f in findings if f not in alone or f.numbers[0]["where"] not in printed_twice]
    findings += twice
    for figures in sources:
        more = figures.findings(passages, read)
        ranked = {(f.paragraph, f.span, f.kind) for f in more if f.kind == "rank"}
        findings = [f for f in findings if (f.paragraph, f.span, f.kind) not in ranked] + more
    return Reading(document, sorted(findings, key=lambda f: (f.paragraph, f.span)), document.unread)


def _finding(proposal: Proposal) -> Finding | None:
    """The judged claim of a proposal; None for one whose reading the auditor cannot take."""
    patent = {name: proposal.fields.pop(name) for name in PATENT if name in proposal.fields}
    try:
        judged = proposal.judged
    except UserError:
        return None
    for name, what in patent.items():
        answer, diagnosis, sentence = PATENT[name]
        figures = {p.role: p.value for p in proposal.parts}
        judged = answer(diagnosis, sentence.format(what, **{"part": "", "total": "", **figures}))
    return placed(proposal, _guarded(proposal, judged))


def _guarded(proposal: Proposal, judged: Answer) -> Answer:
    """The answer, unless it accuses on a reading that is not certain."""
    if judged.verdict == REPRODUCES and proposal.kind == "direction" and not proposal.sure:
        return unknown(judged.diagnosis, f"Say whether higher or lower is better of it. {judged.sentence}")
    if judged.verdict != WRONG:
        return judged
    if proposal.elsewhere and judged.diagnosis not in SLIPS and not proposal.exchanged:
        proposal.sure = False
        sentence = "The figure that it is compared with does not stand in the sentence: print it there."
        return unknown("missing_base", sentence)
    if not proposal.sure:
        return unknown(judged.diagnosis, f"If it is meant so: {judged.sentence}")
    return judged


def placed(proposal: Proposal, judged: Answer) -> Finding:
    """A finding at the place of its sentence."""
    sentence = proposal.sentence
    numbers = [
        {"role": p.role, "value": p.value, "unit": p.unit, "period": p.period, **{k: v for k, v in p.more.items() if v},
         "where": {"paragraph": p.paragraph, "span": list(p.span)}}
        for p in proposal.parts
    ]  # fmt: skip
    span = (sentence.offset, sentence.offset + len(sentence.text))
    unsure = not proposal.sure and judged.verdict in (UNKNOWN, ONLY_IF)
    places = sorted({p.paragraph for p in proposal.parts if p.value is not None} - {sentence.paragraph})
    there = f"paragraph{'s' if len(places) > 1 else ''} {', '.join(map(str, places))} of the draft"
    source = proposal.source or (there if places else "the draft itself")
    return Finding(sentence.text, sentence.paragraph, span, proposal.kind, numbers, judged.verdict, judged.diagnosis,
                   judged.sentence, source, unsure, dict(proposal.fields))  # fmt: skip


__all__ = ["REPRODUCES", "Finding", "Known", "Reading", "placed", "read_draft"]
