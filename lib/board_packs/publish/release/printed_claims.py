"""Whether the sentences of a finished page follow from the figures they print, by the reader of people's drafts.

What a page says in words is a claim like any other: one that its own figures contradict may not leave. Sentences whose
base stands nowhere are left alone, as in a draft.

A draft's reader must guess which of its figures are parts, bases or repeats of which, by how near they stand. Of figures
that cells of the page's tables printed nothing is guessed: `printed_roles` knows which cell each is of. Such a guess
accuses only where a number was typed, or stands in the words of a person.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...pages import page_outputs
from .printed_roles import paragraphs
from .shown import Figures

if TYPE_CHECKING:
    from claimcheck import Finding, Reading

# kinds of claims that words of the sentence make; any other is read from figures beside each other
IN_WORDS = {
    "interval",
    "comparison",
    "direction",
    "bound",
    "trend",
    "superlative",
    "rank",
    "fraction_words",
    "period_label",
}
CHANGED = re.compile(  # and a change as `sentences.change` tells it: 12.0% fewer than the 883
    r"(?<![\w.,])(\d[\d,.]*)(?:%| percentage points)? (?:more|fewer|higher|lower) than the (\d[\d,]*(?:\.\d+)?)"
)
# what a page says of its own making: names of files, codes, times
MAKING = re.compile(
    r'<section class="provenance".*?</section>|<details class="[^"]*provenance.*?</details>|<p class="run">.*?</p>'
    r"|<footer>.*?</footer>",
    re.DOTALL,
)


def reasons(html: str, notebook: Any = None) -> list[str]:
    """One line for each sentence that does not follow: where it stands and how it fails, without repeating it.

    notebook : as it was executed, where the page is made of one; it has which cell each number came from
    """
    import claimcheck

    reading = read(html)
    computed = Computed(notebook)
    return [
        f"claims: {_place(reading, finding.paragraph)} does not follow from the figures printed with it "
        f"({finding.kind.replace('_', ' ')}: {finding.diagnosis.replace('_', ' ')})"
        for finding in reading.findings
        if finding.verdict == claimcheck.WRONG
        and not _rounded(finding, reading)
        and not (_by_nearness(finding) and computed.all_of(finding, reading))
    ]


class Computed:
    """The numbers of a notebook's sentences that cells of its tables printed, or that it registered as derived."""

    def __init__(self, notebook: Any):
        self.derived = Figures(page_outputs.derived(notebook) if notebook else ())
        self.marked: dict[str, set[str]] = {}  # by paragraph
        for _, text, marks, _ in paragraphs(notebook) if notebook else ():
            self.marked.setdefault(text, set()).update(mark["number"] for mark in marks)

    def all_of(self, finding: Finding, reading: Reading) -> bool:
        """Whether no number of a claim was typed: its sentences are computed, and so is each of their numbers. One in
        words is language there ("one person can be in several quarters"), or a cell's as well."""
        places = [(number["value"], reading.document.paragraphs[number["where"]["paragraph"] - 1])
                  for number in finding.numbers if number["value"]]  # fmt: skip
        return any(where.text in self.marked for _, where in places) and all(
            where.kind == "cell"
            or (where.text in self.marked and self._has(value, self.marked[where.text]))
            or (value == "95" and "95% interval" in where.text)
            for value, where in places
        )

    def _has(self, value: str, marked: set[str]) -> bool:
        number = re.search(r"\d[\d,]*(?:\.\d+)?", value)
        if number is None or number[0] in marked:
            return True
        digits = number[0].replace(",", "")
        return self.derived.has(float(digits), len(digits.partition(".")[2]), percent=True)


def counts(html: str) -> dict[str, int]:
    """How many claims of a page were judged, by verdict."""
    return dict(sorted(Counter(finding.verdict for finding in read(html).findings).items()))


@lru_cache(maxsize=2)  # a page is asked for its reasons and its counts, one after the other
def read(html: str) -> Reading:
    """Every claim of a page, judged."""
    from claimcheck import read_draft
    from claimcheck.drafts.web_pages import read_html

    return read_draft(read_html(Path("page.html"), MAKING.sub("", html).encode()))


def _by_nearness(finding: Finding) -> bool:
    """Whether a claim rests on where its figures stand, and on no word."""
    values = {str(number["value"]).rstrip("%") for number in finding.numbers}
    told = any(values >= set(change.groups()) for change in CHANGED.finditer(finding.text))
    return finding.kind not in IN_WORDS and not told


def _rounded(finding: Finding, reading: Reading) -> bool:
    """Whether a sum may miss by rounding: counts that disclosure control rounds to 5, and cells of tables, whose sums
    it has looked after already."""
    if reading.document.paragraphs[finding.paragraph - 1].kind == "cell":
        return True
    counts = [str(number["value"] or "0").replace(",", "") for number in finding.numbers]
    return finding.kind == "parts_total" and all(count[-1:] in ("0", "5") for count in counts)


def _place(reading: Reading, number: int) -> str:
    """`the second paragraph under 'Is it a change'`, in figures."""
    heading, since = "", 0
    for paragraph in reading.document.paragraphs[:number]:
        heading, since = (paragraph.text, 0) if paragraph.kind == "heading" else (heading, since + 1)
    return f"paragraph {since} under {heading!r}" if heading else f"paragraph {number}"
