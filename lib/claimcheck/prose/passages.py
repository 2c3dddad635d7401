"""The sentences of a draft with their sections, and where a base that a sentence leaves out may stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..drafts.document import Document, Paragraph
from ..printed_numbers import parse
from ..stated_periods import Period, period
from .comparison_sentences import comparators
from .mentions import Mention
from .result_figures import around, is_past, name_of
from .sentence import Sentence, remembered
from .sentence_ends import sentence_spans
from .wording import topics

TITLE = re.compile(r"\b(?:report|review|return|summary|profile|plan|year|quarter|performance|data)\b", re.IGNORECASE)
YEARS = re.compile(
    r"[A-Z][a-z]{2,8} 20\d\d (?:to|-|\u2013) [A-Z][a-z]{2,8} 20\d\d\b|(?:19|20)\d\d\s?[/\u2013-]\s?(?:(?:19|20)\d\d|\d\d)\b"
)
CHILDREN = re.compile(r"\b(?:children|child population|population|0 ?(?:-|to) ?17|under[- ]18s?|residents)\b")
REFERS_BACK = re.compile(
    r"^(?:(?:in|at|by|during) <t\d+>,? )?(?:it|they|this|that|these)\b|\bof (?:these|them|those(?! (?:who|whose|that|in|with|under|over|on|at|aged|from|leaving|seen|[a-z]+ed)\b))\b(?! years)"
    r"|^(?:an?|the) (?:year|quarter|month) (?:after|later|on)\b|^the (?:next|following) (?:year|quarter|month)\b|^since then\b"
)
PEOPLE = 2000  # a population is at least this large
PARAGRAPH_NUMBER = re.compile(  # `4.3 This had gone up to 5,724`: no figure, and no word of the sentence
    r"\(?\d{1,2}(?:\.\d{1,2}){1,3}[.)]? +(?=(?:An?|The|There|Th[eio]se?|This|That|In|At|On|Of|As|For|From|During|Over|By|Our|We|It|They) [\w\u00a3])"
)
LONGEST = 2500  # characters of a sentence; what is longer is a list or a table that lost its lines
MOST_FIGURES = 100  # of a sentence, for the same reason


TOTAL = re.compile(
    r"^(?:grand |overall |sub-?)?totals?\b[:]?|^all(?: (?:children|referrals|cases|agencies|areas|sources|schools|partners|plans|contacts|enquiries|incidents|episodes|categories|districts|quarters))?$|^sum\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^[\u00a3$\u20ac(+-]?\s?\d[\d,]*(?:\.\d+)?\s?%?\)?\*?$")


@dataclass
class Grid:
    """A table by row and column, its first row taken as headings where it holds no figures."""

    cells: dict[tuple[int, int], Paragraph]
    rows: list[int]
    columns: list[int]

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell is not None else ""

    def figure(self, row: int, column: int) -> Fraction | None:
        """The number of a cell that holds one alone; a year heading is none."""
        text = self.text(row, column)
        got = parse(text.rstrip("*")) if NUMBER.match(text.strip()) else None
        return got.value if got else None

    @property
    def totals(self) -> list[int]:
        """The rows whose label says that they are a total."""
        return [r for r in self.rows if TOTAL.match(self.text(r, self.columns[0]).strip())]


@remembered
def _refers_back(sentence: Sentence) -> bool:
    return bool(REFERS_BACK.search(sentence.template))


class Passages:
    """A draft's sentences in order, by paragraph and by section."""

    def __init__(self, document: Document):
        self.document = document
        self.sentences: list[Sentence] = []
        self.by_paragraph: dict[int, list[Sentence]] = defaultdict(list)
        section = 0
        for paragraph in document.paragraphs:
            section += paragraph.kind == "heading"
            for start, end in sentence_spans(paragraph.text):
                if end - start > LONGEST:
                    document.not_read(
                        f"Paragraph {paragraph.number} has a sentence of over {LONGEST:,} characters: not read."
                    )
                    continue
                numbered = PARAGRAPH_NUMBER.match(paragraph.text) if start == 0 and paragraph.kind == "body" else None
                start = numbered.end() if numbered else start
                sentence = Sentence(paragraph.text[start:end], paragraph.number, start, paragraph.kind, section)
                if len(sentence.mentions) > MOST_FIGURES:
                    document.not_read(
                        f"Paragraph {paragraph.number} has a sentence of over {MOST_FIGURES} figures: not read."
                    )
                    continue
                self.sentences.append(sentence)
                self.by_paragraph[paragraph.number].append(sentence)
        self.place = {(s.paragraph, s.offset): i for i, s in enumerate(self.sentences)}
        self.period_text = _document_period(document)

    def alone(self, sentence: Sentence) -> Passages:
        """A sentence as if it were all of the draft."""
        one = copy(self)
        one.sentences, one.by_paragraph, one.place = (
            [sentence],
            {sentence.paragraph: [sentence]},
            {(sentence.paragraph, sentence.offset): 0},
        )
        for name in ("headings", "grids", "populations"):
            one.__dict__.pop(name, None)
        one.grids = []
        return one

    @property
    def period(self) -> Period | None:
        """The period of the document, as its title says it."""
        return period(self.period_text)

    @cached_property
    def headings(self) -> dict[int, str]:
        """Each section's heading."""
        return {s.section: s.text for s in self.sentences if s.kind == "heading"}

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the draft."""
        tables: dict[int, dict[tuple[int, int], Paragraph]] = defaultdict(dict)
        for cell in self.document.paragraphs:
            if cell.place is not None:
                tables[cell.place.table][cell.place.row, cell.place.column] = cell
        return [Grid(c, sorted({r for r, _ in c}), sorted({column for _, column in c})) for c in tables.values()]

    @cached_property
    def populations(self) -> list[tuple[Sentence, Mention]]:
        """Every count of the draft that may be a population, as the words beside it say."""
        counts = ((s, m) for s in self.sentences for m in s.figures if m.sort == "count" and (m.value or 0) >= PEOPLE)
        return [(s, m) for s, m in counts if CHILDREN.search(f"{around(s, m)[0][-40:]} {around(s, m)[1][:60]}")]

    def text_of(self, number: int) -> str:
        """The text of a paragraph by its number; blank where there is none."""
        there = 0 < number <= len(self.document.paragraphs)
        return self.document.paragraphs[number - 1].text if there else ""

    def heading_of(self, sentence: Sentence) -> str:
        """The heading that a sentence stands under; blank where there is none."""
        return self.headings.get(sentence.section, "")

    def before(self, sentence: Sentence, reach: int = 12) -> Iterator[Sentence]:
        """Sentences before one, nearest first, within its section and its list's stem."""
        at = self.place[(sentence.paragraph, sentence.offset)]
        for other in reversed(self.sentences[max(0, at - reach) : at]):
            if sentence.section - other.section > 1:
                return
            yield other

    def near(self, sentence: Sentence, reach: int) -> list[Sentence]:
        """Sentences just before one in its paragraph, nearest first; the one above for a paragraph that begins `Of these`, `In 2022 it`."""
        before = [s for s in self.before(sentence, reach) if s.paragraph == sentence.paragraph]
        if not before and sentence.kind == "body" and _refers_back(sentence):
            before = [s for s in self.before(sentence, 1) if s.kind == "body" and s.paragraph == sentence.paragraph - 1]
        return before

    def earlier(self, sentence: Sentence) -> list[Sentence]:
        """All sentences before one, nearest first."""
        return self.sentences[: self.place[(sentence.paragraph, sentence.offset)]][::-1]


def _document_period(document: Document) -> str:
    """The years that the first lines of a draft name beside a word such as report; blank where none is."""
    for paragraph in document.paragraphs[:25]:
        match = YEARS.search(paragraph.text)
        title = TITLE.search(paragraph.text) or paragraph.number < 3
        if match and title and len(paragraph.text) < 160:
            at = period(match[0])
            if at is not None and at.kind in ("year", "range"):
                return match[0]
    return ""


def own_figure(passages: Passages, sentence: Sentence, like: Mention) -> tuple[Sentence, Mention] | None:
    """The own figure that a comparison leaves out: of the same measure, in the sentences before it.

    The last figure of the nearest sentence of one topic that is no comparator itself; across the document only where a
    topic is shared.
    """
    wanted = topics(sentence.text)
    listed = sentence.kind == "item"
    near = [
        s for s in passages.before(sentence, 4) if s.paragraph == sentence.paragraph or (listed and s.kind == "item")
    ]
    for other in near:
        if mention := _last_alike(other, like, rate=False):
            return other, mention
        wanted |= topics(other.text)
    for other in passages.earlier(sentence):
        if wanted and wanted & topics(other.text) and "rate" in other.text.lower():
            if mention := _last_alike(other, like, rate=True):
                return other, mention
    return None


def _last_alike(sentence: Sentence, like: Mention, rate: bool) -> Mention | None:
    """The last figure of a sentence in the same kind of unit, with neither a comparator's nor a printed difference's role."""
    percent = like.sort == "percent"
    peak = [m for m in sentence.figures if (m.sort == "percent") == percent and m.sort in ("count", "rate", "percent")]
    peak = [m for m in peak if not re.search(r"\b(?:peak|high|low) of\s*$", sentence.text[: m.span[0]].lower())]
    others = comparators(sentence)
    peak = [m for m in peak if name_of(sentence, m) not in others]
    peak = [m for m in peak if not is_past(sentence, m)] or peak
    if "." in like.text:
        peak = [m for m in peak if "." in m.text] or peak
    if like.value and not percent:
        peak = [m for m in peak if m.value and like.value / 10 < m.value < like.value * 10 and m.sort != "money"]
    return peak[-1] if peak and (not rate or len(peak) <= 3) else None


def counts_before(passages: Passages, sentence: Sentence, more_than: Mention | None) -> list[tuple[Sentence, Mention]]:
    """Counts in the sentences before one that may be the number of which its percentages are."""
    result = []
    for other in passages.before(sentence, 6):
        for mention in other.figures:
            big = more_than is None or (mention.value or 0) >= (more_than.value or 0)
            if mention.sort == "count" and big and mention.value:
                result.append((other, mention))
    return result
