"""Parts and their total, what remains, and accounts, of which a part stands in the sentence before."""

from __future__ import annotations

import re
from fractions import Fraction

from .account_sentences import AT_FIRST, SIDES, accounts
from .figure_descriptions import description
from .mentions import Mention
from .proposal import Part, Proposal, part
from .result_figures import is_amount
from .sentence import Sentence
from .share_sentences import PART_OF
from .sums_in_any_order import (
    NEAR,
    OVERLAP,
    TOTAL,
    UNCOUNTED,
    UNTOLD,
    all_of_them,
    completeness,
    divided,
    sums_in_any_order,
)

REMAINING = re.compile(
    r"^(?:the )?(?:remaining|other|remainder,?|rest,?|balance of) <[nm]\d+>(?! \(<p| (?:on|of|in|at|from|with|who|that|whose|which|for|under|we|they)\b)"
)
THE_OTHERS = re.compile(
    r"\b(?:and|but|,) (?:the )?(?:other|remaining|rest,?) <[nm]\d+>(?! \(<p| (?:who|that|whose|which|we|they)\b)"
)
MAKES = re.compile(
    r"^(?:that|this|which|together|in all|between them|the (?:<n\d+> )?[a-z]+) (?:[a-z]+ )?(?:come to|add up to|totalled|makes|made|is|was|gives|gave|comes to|came to)\b"
)
OF_BEFORE = re.compile(  # parts with no noun of their own: of what the sentence before counts
    r"^(?:some |just |about )?<n\d+> (?:were|was|are|is|had|have|did|came|come|went|concerned|related|[a-z]{3,}ed)\b"
)
NEUTRAL = description(  # words that say nothing more of a total than that it is one
    "all altogether together combined sum came come took part spent seen held made received given attended makes whole contribution contributions payment "
    "payments amounts figures people quarter's year's parts adds amounted paid"
)
LIMITED = re.compile(r" (?:[a-z]+ )?(?:who|that|whose|which|with|aged|under|of|from|in need)\b")
CLOSES = re.compile(
    r"\b(?:so|left|leaving|leaves|giving|making|meaning|and there (?:are|were)|remain\w*|ended?|at (?:its|the) end)\b"
)


def sums_over_sentences(before: Sentence, sentence: Sentence) -> list[Proposal]:
    """Claims of counts, or of sums of money, of two sentences that print nothing else."""
    there, here = _amounts(before), _amounts(sentence)
    others = [m for s in (before, sentence) for m in s.figures if not all_of_them(s, m)]
    if len({m.sort for m in [*there, *here]}) != 1 or len(there) + len(here) < len(others):
        return []
    if len(there) + len(here) < 3 or len(there) + len(here) > 9:
        return []
    if len(there) == 1 and len(here) == 3 and (account := _account(before, sentence, there[0], here)):
        return account
    if len(here) == 1:
        return _whole(before, sentence, there, here[0]) or _rest(before, sentence, there, here[0])
    return _parts(before, sentence, there[0], here) if len(there) == 1 else []


def _amounts(sentence: Sentence) -> list[Mention]:
    """Counts and sums of money, but those that say how many there are of what is counted (`the three towns`)."""
    return [
        m
        for m in sentence.figures
        if m.sort in ("count", "money") and m.value and not m.sign and not all_of_them(sentence, m)
    ]


def _added(figures: list[Mention]) -> Fraction:
    return sum((m.value or Fraction(0) for m in figures), Fraction(0))


def _claim(sentence: Sentence, parts: list[Part], total: Part) -> list[Proposal]:
    return [Proposal("parts_total", sentence, [*parts, total], fields={"constraint": "exhaustive"})]


def _account(before: Sentence, sentence: Sentence, first: Mention, here: list[Mention]) -> list[Proposal]:
    """`It began the year with 64 cases. It opened 90 and closed 71, leaving 83.`"""
    one, two, last = here
    some = LIMITED.match(sentence.text, last.span[1])  # `which left 110 who take teenagers`
    if (read := _of_both(before, sentence, accounts(_joined(before, sentence), set()))) and (
        read[0].follows or not some
    ):
        return read
    words = [sentence.text[a.span[1] : b.span[0]].lower() for a, b in ((one, two), (two, last))]
    ways = ["in" if SIDES["in"].search(w) else "out" if SIDES["out"].search(w) else "" for w in words]
    closes = CLOSES.search(f"{words[1]} {sentence.text[last.span[1] :].lower()}")
    known = (
        not some
        and {*ways} == {"in", "out"}
        and (AT_FIRST.search(before.text.lower()) or STOOD.search(before.template))
    )
    for came, went in ((one, two), (two, one)):
        adds = (first.value or 0) + (came.value or 0) - (went.value or 0) == last.value
        if closes and {*ways} - {""} and (adds or (known and (came is one) == (ways[0] == "in"))):
            sides = [part(before, "part", first, period=""), part(sentence, "part", came, period="")]
            sides.append(part(sentence, "part", went, period="", sign="-"))
            return _claim(sentence, sides, part(sentence, "total", last, period=""))
    return []


STOOD = re.compile(
    r"\b(?:stood at|there were|numbered|was|were) <n\d+>[^<>]*(?:<t\d+>|\bat the (?:start|beginning))|^(?:on|at) (?:the )?(?:<t\d+>|start|beginning)"
)


def _whole(before: Sentence, sentence: Sentence, parts: list[Mention], total: Mention) -> list[Proposal]:
    """`356 came in May and 402 in June. In total 758 came.`"""
    if (
        len(parts) < 2
        or not (TOTAL.search(sentence.template) or MAKES.match(sentence.template))
        or is_amount(sentence, total)
    ):
        return []
    added, of = _added(parts), total.value or Fraction(0)
    more = description(re.sub(r"<\w+>", " ", sentence.template)) - description(before.text) - NEUTRAL
    near = len(parts) > 2 and abs(added - of) <= of * NEAR and not more and "year" not in sentence.template
    if added != of and not (near and _in_a_row(before, parts)):
        return []
    sides = [part(before, "part", m, period="") for m in parts]
    return _claim(sentence, sides, part(sentence, "total", total, period=""))


def _rest(before: Sentence, sentence: Sentence, there: list[Mention], last: Mention) -> list[Proposal]:
    """`Of 44, 33 are done. The remaining eleven are not.`, `Of 60, 41 were on time. Nineteen were late.`"""
    of = PART_OF.search(before.template) or before.template.startswith(("of ", "out of "))
    whole = max(there, key=lambda m: m.value or 0)
    adds = _added([*there, last]) == 2 * (whole.value or 0)
    if REMAINING.match(sentence.template) and (of or len(there) > 2):
        return _of_both(before, sentence, sums_in_any_order(_joined(before, sentence), [], set()))
    if not (adds and of and OF_BEFORE.match(sentence.template)):
        return []
    sides = [part(before, "part", m, period="") for m in there if m is not whole]
    return _claim(sentence, [*sides, part(sentence, "part", last, period="")], part(before, "total", whole, period=""))


def _parts(before: Sentence, sentence: Sentence, total: Mention, here: list[Mention]) -> list[Proposal]:
    """`There were 41 audits. Eighteen were good and 23 were not.`; what does not add only where all of it is told."""
    added, of = _added(here), total.value or Fraction(0)
    headed = OF_BEFORE.match(sentence.template) or THE_OTHERS.search(sentence.template)
    if added != of:
        untold = (
            UNCOUNTED.search(sentence.template) or OVERLAP.search(sentence.template) or UNTOLD.search(sentence.text)
        )
        joined = _joined(before, sentence)
        told_all = completeness(joined, joined.figures[1:]) or (divided(joined) and added > of)
        if not headed or untold or abs(added - of) > of * NEAR or not told_all:
            return []
    elif not headed and len(here) < 3:
        return []
    sides = [part(sentence, "part", m, period="") for m in here]
    return _claim(sentence, sides, part(before, "total", total, period=""))


def _in_a_row(sentence: Sentence, parts: list[Mention]) -> bool:
    """Whether figures are told as one list: short phrases with commas between, and `and` before the last or a colon before the first."""
    gaps = [sentence.text[a.span[1] : b.span[0]] for a, b in zip(parts, parts[1:], strict=False)]
    closed = "and" in gaps[-1] or ":" in sentence.text[: parts[0].span[0]]
    return closed and all(len(gap) < 40 and re.search(r"[,;]|\band\b", gap) for gap in gaps)


def _joined(before: Sentence, sentence: Sentence) -> Sentence:
    return Sentence(f"{before.text.rstrip('.')}, {sentence.text[:1].lower()}{sentence.text[1:]}", 0, 0)


def _of_both(before: Sentence, sentence: Sentence, read: list[Proposal]) -> list[Proposal]:
    """Claims of two sentences read as one, each number at its own place."""
    length = len(before.text.rstrip("."))
    for proposal in read:
        proposal.sentence = sentence
        for side in proposal.parts:
            place, shift = (before, 0) if side.span[1] <= length else (sentence, length + 2)
            side.paragraph = place.paragraph
            side.span = (side.span[0] - shift + place.offset, side.span[1] - shift + place.offset)
    return [p for p in read if p.kind == "parts_total" and len({s.span for s in p.parts}) == len(p.parts)]
