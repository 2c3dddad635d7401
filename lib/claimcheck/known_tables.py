"""Figures of a draft beside the protected tables of the quarter or year: long tables in a folder, or frames by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError

from .answers import figure_text, reproduces, wrong
from .draft_reading import Finding, placed
from .printed_numbers import half_up
from .prose.list_claims import list_blocks
from .prose.mentions import Mention
from .prose.passages import Passages
from .prose.proposal import Part, Proposal, part
from .prose.repeats import clause, description
from .prose.sentence import Sentence
from .prose.wording import topics
from .stated_periods import Period, period

if TYPE_CHECKING:
    import pandas as pd

FIGURES = (
    "value", "count", "of", "low", "high", "rank", "ranked", "unit", "method", "status", "reason", "area",
    "period", "measure",
)  # fmt: skip
SUBJECTS = {  # of tables, besides the topics of sentences
    "finance": r"contribut|budget|spen[dt]|income|\bfund",
    "attendance": r"\battendance at meetings|\bseats?\b|board attendance",
    "section 11": r"section 11",
    "audits": r"\baudit",
    "case reviews": r"case review|review action|serious case|\bactions?\b",
    "plan": r"business plan|\bplan progress|plan actions",
    "interviews": r"return interview",
}
GENERAL = {"referrals", "assessments", "contacts", "strategy"}  # of several services: never enough alone
SMALL = 20


@dataclass(frozen=True)
class Cell:
    """One shown cell of a table: what it counts in words, its period, and its figures."""

    table: str
    label: str
    words: frozenset[str]
    period: Period
    measure: str
    subjects: frozenset[str]
    total: bool  # whether it is of everybody, no part of a dimension
    percent: Fraction | None
    count: Fraction | None


class ProtectedTables:
    """Long tables as `lscb tables` writes them. Only shown cells are compared; of a withheld one nothing is said."""

    def __init__(self, tables: Mapping[str, pd.DataFrame] | Path | str):
        self.cells = _cells(_loaded(tables))

    def findings(self, passages: Passages, read: Sequence[Proposal]) -> list[Finding]:  # noqa: ARG002  one interface
        """Dated figures of lists and sentences beside the one cell that all words of its name describe."""
        result: list[Finding] = []
        for block in list_blocks(passages):
            for label, sentence, token in block.items:
                beside = self._beside(sentence, sentence.of(token), label, block.stem, passages)
                result += beside or self._of_subject(sentence, sentence.of(token), label, passages)
        for sentence in passages.sentences:
            if sentence.kind not in ("cell", "item"):
                for mention in sentence.figures:
                    when = sentence.period_of(mention)
                    beside = self._beside(sentence, mention, when, "", passages) if when else []
                    result += beside or self._of_subject(sentence, mention, when or passages.period_text, passages)
        return result

    def _of_subject(self, sentence: Sentence, mention: Mention, when: str, passages: Passages) -> list[Finding]:
        """A figure that one measure of the sentence's subject has in that period, digit for digit; no more is said.

        The subject is looked for in the sentence, then in its paragraph. A small count, or a share of whole tens, would
        fit too much.
        """
        at = period(_dated(when, passages))
        small = mention.sort == "count" and (mention.value or 0) < SMALL
        small = small or (mention.sort == "percent" and mention.value is not None and mention.value % 10 == 0)
        small = small or "per 1" in sentence.text[mention.span[1] : mention.span[1] + 12]  # a rate by its words
        if at is None or mention.sign or small or not mention.value or mention.sort not in ("percent", "count", "rate"):
            return []
        named = subjects(sentence.text) or subjects(passages.text_of(sentence.paragraph))
        if sentence.kind == "item" or not named:  # a list is about what the lines above it are about
            above = (s for o in passages.before(sentence, 12) if (s := subjects(o.text)) - GENERAL)
            named |= next(above, frozenset())
        places = len(mention.text.partition(".")[2])
        same = [
            c
            for c in self.cells
            if c.subjects & named
            and (not c.subjects - GENERAL or (c.subjects - GENERAL) & named)
            and c.total
            and (c.period.end, c.period.months) == (at.end, at.months)
            and (value := c.percent if mention.sort == "percent" else c.count) is not None
            and half_up(value, places) == mention.value
        ]
        if not same or len({c.measure for c in same}) > 1:
            return []
        source = f"table {same[0].table}, {same[0].label}"
        elsewhere = Part("elsewhere", mention.text, mention.unit, when, more={"name": source})
        proposal = Proposal("repeat", sentence, [part(sentence, "printed", mention), elsewhere], source=source)
        return [placed(proposal, reproduces("ok", f"{mention.text} as in the {source}."))]

    def _beside(self, sentence: Sentence, mention, label: str, stem: str, passages: Passages) -> list[Finding]:
        at = period(_dated(label, passages))
        if at is None or mention.sort not in ("percent", "count") or mention.sign or mention.value is None:
            return []
        words = description(f"{stem} {sentence.text}" if stem else clause(sentence, mention))
        cells = [
            c
            for c in self.cells
            if c.period.end == at.end and c.period.months == at.months and c.words and c.words <= words
        ]
        longest = max((len(c.words) for c in cells), default=0)
        cells = [c for c in cells if len(c.words) == longest]
        if len(cells) != 1 or longest < 2:
            return []
        cell = cells[0]
        value = cell.percent if mention.sort == "percent" else cell.count
        if value is None:
            return []
        places = len(mention.text.partition(".")[2])
        right = figure_text(value, places)
        source = f"table {cell.table}, {cell.label}"
        elsewhere = Part("elsewhere", right, mention.unit, label, more={"name": source})
        proposal = Proposal("repeat", sentence, [part(sentence, "printed", mention), elsewhere], source=source)
        if half_up(value, places) == mention.value:
            return [placed(proposal, reproduces("ok", f"{mention.text} as in the {source}."))]
        line = f"{mention.text} is printed here; the {source} has {right}: correct one."
        return [placed(proposal, wrong("printed_twice_differently", line))]


def subjects(text: str) -> frozenset[str]:
    """The subjects that a text, or the name of a table, speaks of."""
    return frozenset(topics(text)) | {name for name, words in SUBJECTS.items() if re.search(words, text, re.IGNORECASE)}


def _dated(label: str, passages: Passages) -> str:
    """A quarter's label with the document's year where it names none."""
    bare = re.fullmatch(r"(?:q|quarter )([1-4])", label.strip().lower())
    return f"{passages.period_text}-Q{bare[1]}" if bare and passages.period_text else label


def _loaded(tables: Mapping[str, pd.DataFrame] | Path | str) -> Mapping[str, pd.DataFrame]:
    if isinstance(tables, Mapping):
        return tables
    from lscb import long_table

    folder = Path(tables)
    if not folder.is_dir():
        raise UserError(
            f"{folder} is not there: give a folder of protected tables, such as "
            "outputs/<period>/<area>/protected/partnership."
        )
    result = {}
    for path in sorted(folder.glob("*.csv")):
        try:
            result[path.stem] = long_table.load(path)
        except (UserError, ValueError, KeyError):
            continue  # a file beside the tables
    if not result:
        raise UserError(f"{folder} holds no long tables: give the folder that `lscb tables` or `lscb run` wrote.")
    return result


def _cells(tables: Mapping[str, pd.DataFrame]) -> list[Cell]:
    result = []
    for name, frame in tables.items():
        if "measure" not in frame or "period" not in frame or frame["area"].nunique() != 1:
            continue
        dimensions = [c for c in frame if c not in FIGURES]
        for row in frame[frame["status"] == "shown"].to_dict("records"):
            at = period(row["period"])
            if at is None:
                continue
            named = [str(row[d]) for d in dimensions if str(row[d]) not in ("Total", "nan", "<NA>", "")]
            words = description(" ".join([str(row["measure"]).replace("_", " "), *named]))
            count, of, value = (_number(row.get(f)) for f in ("count", "of", "value"))
            percent = (
                count * 100 / of
                if count is not None and of
                else (value * 100 if value is not None and 0 <= value <= 1 else value)
            )
            label = ", ".join([str(row["measure"]), *named, str(row["period"])])
            about = subjects(f"{name} {row['measure']}".replace("_", " "))
            measure, figure = str(row["measure"]), count if count is not None else value
            result.append(Cell(name, label, words, at, measure, about, not named, percent, figure))
    return result


def _number(value: object) -> Fraction | None:
    text = str(value)
    return Fraction(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None
