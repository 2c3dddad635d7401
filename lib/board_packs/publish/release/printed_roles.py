"""Whether each number of a page's sentences is what the cell that printed it holds, and stands in that figure's place.

An executed notebook keeps which table, cell and figure a number came from (`pages.book.marked`), so that no wording has
to tell. What the words around a number say of it, as the reader of people's drafts takes them, must agree: a base where
they have a count, an upper end for a lower one, last year's figure for this year's. A number without a mark (computed in
the notebook, or printed in an earlier cell) is judged by its wording alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...pages import page_outputs
from ...pages.number_text import percent
from .shown import Figures

if TYPE_CHECKING:
    import pandas as pd

NAMES = {"of": "base", "low": "lower end", "high": "upper end", "count": "count", "rank": "rank"}
FIGURE = r"[+\u2212-]?£?(\d[\d,]*(?:\.\d+)?)%?"
NUMBER = re.compile(r"(?<![\d.,])\d(?:[\d,]*\d)?(?:\.\d+)?(?!\d|[.,]\d)")
THEN = "(?:in|during|for)(?: the whole of)?"
COUNTED = r"(?P<count>\d[\d,]*) of (?:the )?(?P<of>\d[\d,]*)"
SHARE = r"(?P<value>\d+)(?P<decimals>\.\d+)?%"
SHARES = [  # what can be nothing but one share: 43 of 69 (62.3%), 62.3% were in time (43 of 69)
    re.compile(rf"(?<![\w.,])(?<!about ){COUNTED} \({SHARE}"),
    re.compile(
        rf"(?<![\w.,])(?<!about ){SHARE}(?: (?!more|fewer|higher|lower|than)[a-z-]+){{0,6}} \({COUNTED}(?![\w%]|[.,]\d)"
    ),
]
PAIRS = [  # how two numbers stand together, and what neither of them may be there: 43 of 69, 50.5% to 72.8%
    (re.compile(rf"(?<![\w.,]){FIGURE} of (?:the )?{FIGURE}(?![\w%]|[.,]\d)"), "of", "", "{now:count} of {now:of}"),
    (
        re.compile(rf"(?<![\w.,])(?<!aged )(?<!ages ){FIGURE} to {FIGURE}(?![\w%]|[.,]\d)"),
        "high",
        "low",
        "{now:interval}",
    ),
]


def reasons(notebook: Any, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """One line for each cell and figure that is not what it stands for, with what to write; no number is repeated.

    tables : those of the page's audience that its book read
    """
    lines: list[str] = []
    looked_up = LookedUp(tables)
    for where, text, marks, certain in paragraphs(notebook):
        lines += [f"{where}: prints what is not the {_name(mark)}: print it from its cell, as in {{now:count}}."
                  for mark in marks if not looked_up.holds(mark)]  # fmt: skip
        rules = (_in_each_others_place(text, certain), _of_other_periods(text, certain), _of_other_counts(text))
        lines += [f"{where}: {line}" for rule in rules for line in rule]
    return list(dict.fromkeys(lines))


def paragraphs(notebook: Any) -> Iterator[tuple[str, str, list[dict], list[dict]]]:
    """Each paragraph of sentences that a cell computed: the cell's place, the text, the marks of the cell's sentences, and
    those of them that are certain: of numbers that stand there no oftener than cells printed them. One more may be the
    95% of an interval, an age, or the end of a change, and is told by no mark."""
    from claimcheck.drafts.web_pages import read_html

    for where, cell in page_outputs.places(notebook):
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get("text/html", {}).get(page_outputs.KEY, {})
            if "printed" not in about:
                continue
            marks, html = about["printed"], "".join(output["data"]["text/html"])
            read = read_html(Path("cell.html"), html.encode()).paragraphs
            standing = Counter(NUMBER.findall(" ".join({p.text for p in read if p.kind != "cell"})))
            printed = Counter(mark["number"] for mark in marks)
            certain = [mark for mark in marks if standing[mark["number"]] <= printed[mark["number"]]]
            yield from ((where, p.text, marks, certain) for p in read)


def _in_each_others_place(text: str, marks: list[dict]) -> Iterator[str]:
    """A line for each pair of numbers of which one is what the other should be."""
    for pair, not_first, not_second, better in PAIRS:
        for match in pair.finditer(text):
            for number, wrong in zip(match.groups(), (not_first, not_second), strict=True):
                came = [mark for mark in marks if mark["number"] == number]
                if came and all(mark["figure"] == wrong for mark in came):
                    yield f"has the {_name(came[0])} in another figure's place: write {better}."


def _of_other_counts(text: str) -> Iterator[str]:
    """A line for each percentage that its own two counts do not give, half up at its decimals."""
    for share in (match for form in SHARES for match in form.finditer(text)):
        count, of = (int(share[name].replace(",", "")) for name in ("count", "of"))
        printed = f"{share['value']}{share['decimals'] or ''}%"
        if count > of or (of and percent(count / of, len((share["decimals"] or ".")[1:])) != printed):
            yield "has a percentage that is not that of the counts beside it: write {now:percent} ({now:share})."


def _of_other_periods(text: str, marks: list[dict]) -> Iterator[str]:
    """A line for each number that stands with another period than that of its cell."""
    from claimcheck import stated_periods
    from claimcheck.prose.sentence import Sentence
    from claimcheck.prose.sentence_ends import sentence_spans

    for start, end in sentence_spans(text):
        sentence = Sentence(text[start:end])
        for mention in sentence.figures:
            stated = sentence.period_of(mention)
            before = [m.text for m in sentence.mentions if m.sort == "period" and m.span < mention.span]
            if not stated or (stated in before and not re.search(rf"(?i)\b{THEN} {re.escape(stated)}", sentence.text)):
                continue  # "since 2016-17", "beside those of 2016-17": not when it was counted
            named = list(map(stated_periods.period, before if stated in before else [stated]))
            came = [mark for mark in marks if mark["number"] == mention.text.lstrip("£")]
            periods = [stated_periods.period(mark["labels"].get("period")) for mark in came]
            if came and all(a and b and stated_periods.apart(a, b) for a in periods for b in named):
                yield f"has the {_name(came[0])} where its words name another period: take the cell of that one."


def _name(mark: dict) -> str:
    """`base of hrda_repeats in hrda_by_period, 2017-18-Q4`."""
    labels = mark["labels"]
    of = ", ".join(filter(None, (mark["table"], labels.get("period"))))
    return f"{NAMES.get(mark['figure'], 'figure')} of {labels.get('measure', 'a cell')} in {of}"


class LookedUp:
    """Cells of tables, each looked up once, in columns that are taken from their tables once."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]):
        self.tables = tables
        self.cells: dict[tuple, Figures | None] = {}
        self.columns: dict[str, dict[str, np.ndarray]] = {}

    def holds(self, mark: dict) -> bool:
        """Whether the cell of a mark has that figure; so does one that the tables do not have: the notebook computed it."""
        cell = (mark["table"], mark["figure"], *sorted(mark["labels"].items()))
        if cell not in self.cells:
            self.cells[cell] = self._figures(mark["table"], mark["figure"], mark["labels"])
        figures, digits = self.cells[cell], re.sub(",", "", mark["number"])
        return figures is None or figures.has(float(digits), len(digits.partition(".")[2]), percent=True)

    def _figures(self, table: str, figure: str, labels: dict) -> Figures | None:
        """What a cell has in a figure; None where the tables have no such cell."""
        if figure not in self.tables.get(table, ()):
            return None
        if table not in self.columns:
            self.columns[table] = {str(name): each.to_numpy(object) for name, each in self.tables[table].items()}
        columns, there = self.columns[table], np.ones(len(self.tables[table]), bool)
        for name in labels.keys() & columns.keys():
            there &= columns[name] == labels[name]
        return Figures(columns[figure][there]) if there.any() else None
