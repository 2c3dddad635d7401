"""Whether a sentence bears another reading than the one that accuses it: a fair relation of the figures in reach that gives its print.

Nothing is accused unless its reading is the only one. A slip is no fair reading: a change over its later figure, a base of
another year than the sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from ..printed_numbers import half_up, number_of, parse
from ..stated_periods import period
from .bases_of_changes import LAST_YEAR
from .changes_in_any_order import YEARS_OF_PRINT
from .figures_related import NAMED_BASE
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal
from .result_figures import around, is_past, name_of, orders, stands_at, starts_from
from .sentence import Sentence
from .share_sentences import EVERY_ONE, PART_OF
from .trend_sentences import SUPERLATIVE

Place = tuple[Sentence, Mention]
SHARES = ("share", "bound", "fraction_words")
CHANGES = ("percent_change", "percent_difference", "count_change", "point_difference")
GROUPS = ("parts_total", "parts_percent", "percent_group", "complement")
MOST = 8  # figures of which every sum is tried
LEVELS = ("count", "money", "percent", "rate")
REST = re.compile(r"\b(?:all but|bar|except|remaining|rest|others?|not|without)\b")
LEAST = re.compile(r"low|few|small|quiet|least|less")


def borne_otherwise(passages: Passages, proposal: Proposal, taken: set[tuple[int, int]]) -> bool:
    """Whether a fair reading of the figures of a sentence and of those just before it gives what a proposal is accused of.

    taken : paragraph and end of every figure that has a role in a claim
    """
    sentence = proposal.sentence
    here = [m for m in sentence.figures if m.value and m.sort in LEVELS]
    if proposal.kind in GROUPS:
        return _adds(proposal, [m for m in sentence.figures if m.value and not m.sign], taken)
    if proposal.kind == "superlative":
        return _extreme(sentence, here)
    printed = next((p for p in proposal.parts if p.role == "printed"), None)
    got = parse(printed.value or "") if printed else None
    if printed is None or got is None:
        return _side_is_result(proposal, here)
    figures = [(sentence, m) for m in here if not stands_at(printed, sentence, m)]
    if proposal.kind in SHARES and _gives_another(proposal, [m for _, m in figures]):
        return True
    if not _stated(proposal, [m for _, m in figures]):
        figures += [(s, m) for s in passages.near(sentence, 2) for m in s.figures if m.value and m.sort in LEVELS]
        half = Fraction(1, 2 * 10**got.decimals)
        return any(abs(value - got.value) <= half for value in _values(proposal, printed, figures))
    return False


def _adds(proposal: Proposal, figures: list[Mention], taken: set[tuple[int, int]]) -> bool:
    """Whether figures of which one has no role add to the total, or all but one percentage to that one: `met 6, 5 and 4 times`."""
    sentence, total = proposal.sentence, next((p for p in proposal.parts if p.role == "total"), None)
    if total is None:
        values = [m.value or Fraction(0) for m in figures if m.sort == "percent"]
        return len(values) > 2 and 2 * max(values) == sum(values)
    rest = [m for m in figures if not stands_at(total, sentence, m)]
    unread = [m for m in rest if _end((sentence, m)) not in taken]
    if not unread or len(rest) > MOST:
        return False
    tried = (parts for size in range(2, len(rest) + 1) for parts in combinations(rest, size))
    return any(sum(m.value or 0 for m in parts) == number_of(total.value) and {*unread} & {*parts} for parts in tried)


def _extreme(sentence: Sentence, figures: list[Mention]) -> bool:
    """Whether the first figure after `the highest` is the highest of all."""
    word = SUPERLATIVE.search(sentence.text.lower())
    after = [m for m in figures if word and m.span[0] > word.end()]
    if word is None or not after:
        return False
    alike = [m.value or Fraction(0) for m in figures if m.sort == after[0].sort]
    return after[0].value == (min if LEAST.search(word[0]) else max)(alike)


def _side_is_result(proposal: Proposal, figures: list[Mention]) -> bool:
    """`18.4m is 2.3m over the budget of 16.1m`: a side is how far two others lie apart."""
    sides = [m for m in figures for p in proposal.parts if stands_at(p, proposal.sentence, m)]
    pairs = [pair for pair in combinations(figures, 2) if pair[0].sort == pair[1].sort]
    return any(abs((a.value or 0) - (b.value or 0)) == m.value for m in sides for a, b in pairs if m not in (a, b))


def _end(figure: Place) -> tuple[int, int]:
    return figure[0].paragraph, figure[0].offset + figure[1].span[1]


def _gives_another(proposal: Proposal, figures: list[Mention]) -> bool:
    """Whether the part and the whole give another percentage of the sentence."""
    of, all_of = (
        next((number_of(p.value) for p in proposal.parts if p.role == role), None) or Fraction(0)
        for role in ("numerator", "denominator")
    )
    others = [m for m in figures if m.sort == "percent" and all_of]
    return any(half_up(of * 100 / all_of, len(m.text.partition(".")[2])) == m.value for m in others)


def _stated(proposal: Proposal, figures: list[Mention]) -> bool:
    """Whether the sentence itself says what its sides are: `82 of our 96`, `from 2,000 to 1,900`."""
    sentence = proposal.sentence
    sides = [m for m in figures if any(stands_at(p, sentence, m) for p in proposal.parts)]
    if len(sides) != 2 or proposal.kind not in (*SHARES, *CHANGES):
        return False
    if proposal.kind in SHARES:
        names = {name_of(sentence, m) for m in sides}
        return any({match["part"], match["all"]} == names for match in PART_OF.finditer(sentence.template))
    return starts_from(sentence, (sides[0], sides[1]))


def _values(proposal: Proposal, printed: Part, figures: list[Place]) -> Iterator[Fraction]:
    """What two figures in reach give, in the way that the print is said to be meant."""
    sentence, falls = proposal.sentence, printed.more.get("direction") in ("fall", "lower")
    rest = bool(REST.search(sentence.template))
    for one, two in permutations(figures, 2):
        a, b = one[1].value or Fraction(0), two[1].value or Fraction(0)
        if one[1].sort != two[1].sort or a == b:
            continue
        if proposal.kind in SHARES and one[1].sort in ("count", "money") and a < b:
            yield a * 100 / b
            if rest and any(stands_at(p, *one) for p in proposal.parts):
                yield (b - a) * 100 / b
        elif proposal.kind in ("average", "rate"):
            yield a / b
        elif proposal.kind in CHANGES and (b < a) == falls and _in_order(sentence, one, two):
            yield abs(b - a) * (100 / a if printed.unit == "%" and proposal.kind != "point_difference" else 1)
    if proposal.kind in SHARES and any(EVERY_ONE.search(around(*figure)[0]) for figure in figures):
        yield Fraction(100)


def _in_order(sentence: Sentence, old: Place, new: Place) -> bool:
    """Whether one figure may be the earlier of two, and of the times that the sentence names."""
    if old[0] is new[0] and (old[1], new[1]) not in orders(old[0], (old[1], new[1])):
        return False
    then, now = (period(s.period_of(m)) for s, m in (old, new))
    if now.end <= then.end if then and now else is_past(*new):
        return False
    if named := YEARS_OF_PRINT.search(sentence.template):
        ends = [period(sentence.of(named[role]).text) for role in ("old", "new")]
        return [at and at.end for at in (then, now)] == [at and at.end for at in ends]
    if base := NAMED_BASE.search(sentence.template):
        at = period(sentence.of(base[1]).text)
        return bool(then and at and then.end == at.end)
    if LAST_YEAR.search(sentence.template):
        return bool(then and now and now.end - then.end == 12)
    return new[0] is sentence
