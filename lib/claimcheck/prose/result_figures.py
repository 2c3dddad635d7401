"""The figures that a printed result may be worked out from, and which of two is the earlier, the other place's or the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..stated_periods import period
from .mentions import Mention
from .proposal import Part, Proposal
from .sentence import Sentence, remembered
from .wording import MOVE, PLACE, past, present

Pair = tuple[Mention, Mention]
TARGET = re.compile(
    r"\btarget\b|\bthreshold\b|\btolerance\b|\bstandard\b|\bbenchmark\b|\bexpectation\b|\bambition\b|\bbudget\b|\ballocation\b"
)


def name_of(sentence: Sentence, mention: Mention) -> str:
    """The token of a figure in the sentence's template."""
    return sentence.names[mention.span]


def of_one_kind(one: Mention, other: Mention) -> bool:
    """Whether two figures can be compared: percentages, money and lengths of time each with their like."""
    return all((one.sort == sort) == (other.sort == sort) for sort in ("percent", "money", "duration"))


def stands_at(side: Part, sentence: Sentence, mention: Mention) -> bool:
    """Whether a number of a proposal is this figure."""
    return side.paragraph == sentence.paragraph and side.span[1] == sentence.offset + mention.span[1]


def names_of(proposal: Proposal, sentence: Sentence) -> set[str]:
    """The tokens of the figures of a sentence that a proposal has."""
    ends = {p.span[1] - sentence.offset for p in proposal.parts if p.paragraph == sentence.paragraph}
    return {name for span, name in sentence.names.items() if span[1] in ends}


def prints(proposal: Proposal, sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure is the printed result of a proposal."""
    return any(p.role == "printed" and stands_at(p, sentence, mention) for p in proposal.parts)


def around(sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """What stands before and after a figure, to the next semicolon."""
    return sentence.surroundings[mention.span]


def pairs_of(sentence: Sentence, figures: list[Mention]) -> Iterator[Pair]:
    """Pairs of figures of one sort, durations of one unit."""
    for i, one in enumerate(figures):
        for two in figures[i + 1 :]:
            if one.sort == two.sort and unit_word(sentence, one)[:3] == unit_word(sentence, two)[:3]:
                yield one, two


def pairs_of_one_unit(sentence: Sentence, figures: list[Mention]) -> list[Pair]:
    """Pairs of one sort; where there is none, of a figure with its unit and one that leaves it out: `from 18 per cent to 11`."""
    alike = list(pairs_of(sentence, figures))
    bare = [m for m in figures if m.sort == "count"]
    named = [m for m in figures if m.sort != "count"]
    if alike or len(bare) != 1 or len(named) != 1:
        return alike
    one, two = sorted((bare[0], named[0]), key=lambda m: m.span)
    near = max(one.value or 0, two.value or 0) <= 5 * min(one.value or 1, two.value or 1)
    return [(one, two)] if near and (SIDE_OF.search(around(sentence, two)[0]) or elsewhere(sentence, two)) else []


AMOUNT_AFTER = re.compile(
    r" (?:[a-z]+ ){0,2}?(?:more|fewer|less|higher|lower)\b(?! than (?:half|one)\b)|^ on <t|^ \(<p\d+>\) (?:over|under|above|below) "
)
ALL_BUT = re.compile(r"\b(?:all|everyone|every one) (?:but|bar|except)(?: for)? $")
# two clauses, each with its own verb: `episodes fell by 12%, but children rose from 190 to 203`
PARTED = re.compile(
    rf";|\b(?:but|while|whilst|whereas|although|though|and)\b[^<>]*\b(?:(?=\w+ed\b){MOVE}|rose|fell|grew|went|were|was|are|is|had|have)\b"
)


@remembered
def is_amount(sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure is how far something moved, `30 more than five years ago`, `up 10 on Q4`, and so no side; nor is the rest of `all but 19`."""
    if mention.sort not in ("count", "money"):
        return False
    before, after = around(sentence, mention)
    moved = re.match(r" (?:on|from) ", after) and re.search(r"\b(?:up|down) (?:by )?$", before[-10:])
    return bool(AMOUNT_AFTER.match(after) or moved or ALL_BUT.search(before[-30:]))


def parted(sentence: Sentence, mention: Mention, pair: Pair) -> bool:
    """Whether a print stands in another clause than its two figures, with a verb of its own."""
    at, *sides = [sentence.template.find(f"<{name_of(sentence, m)}>") for m in (mention, *pair)]
    if at < min(sides):
        return bool(PARTED.search(sentence.template[at : min(sides)]))
    after = re.sub(r"\band\b|;", " ", sentence.template[max(sides) : at])
    return at > max(sides) and bool(PARTED.search(after))


SIDE_OF = re.compile(r"\b(?:to|from|than|against|was|were|with|versus|v|vs|of)\s+(?:(?:just|only|about|the|a) )*$")


def unit_word(sentence: Sentence, mention: Mention) -> str:
    """`hour` of `9 hours`; blank for what is no duration."""
    if mention.sort != "duration":
        return ""
    return re.sub(r"^[\d.,]+[\s-]*|^[a-z]+[\s-]+", "", sentence.text[slice(*mention.span)].lower())


SIGNS_OF_PLACES = (  # of which one stands in every name that PLACE reads
    "engl national south north midlands yorkshire london region neighbo sn similar other comparator peer comparable hampshire "
    "core metropolitan unitary famil uk wales boroughs"
).split()


@remembered
def names_places(sentence: Sentence) -> bool:
    """Whether a sentence names another place, or a target, at all."""
    return bool(
        (sentence.says(*SIGNS_OF_PLACES) and PLACE.search(sentence.template)) or TARGET.search(sentence.template)
    )


@remembered
def elsewhere(sentence: Sentence, mention: Mention) -> str:
    """The place or target that a figure is said to be of; blank for an own figure."""
    if not names_places(sentence):
        return ""
    before, after = around(sentence, mention)
    if re.match(r"[).,;]|$", after):
        before = re.sub(r" ?[,(] ?$", "", before)  # `lower than that of the region (62)`
    # up to the next figure: what stands behind `versus 89%` is of that one
    words = re.split(r"[,:()<]|\b(?:against|than|compared|versus|vs?)\b", after[:34])[0]
    beside = f"{re.split(r'[,:()>]', before[-34:])[-1]} {words}"
    match = PLACE.search(beside) or TARGET.search(beside)
    return match[0] if match else ""


@remembered
def is_past(sentence: Sentence, mention: Mention) -> bool:
    """Whether words beside a figure say that it is the earlier one."""
    return past(*around(sentence, mention))


@remembered
def is_earlier(sentence: Sentence, mention: Mention) -> bool:
    """Whether a figure is the earlier of two: by words beside it, or dated where another is `now` or of `this year`."""
    others = [m for m in sentence.figures if m is not mention and present(*around(sentence, m))]
    return is_past(sentence, mention) or bool(
        others
        and len(sentence.figures) < 4
        and period(sentence.period_of(mention))
        and not any(sentence.period_of(m) for m in others)
    )


@remembered
def in_dated_bracket(sentence: Sentence, mention: Mention) -> bool:
    """`2,140 this January (1,905 in January 2022)`, `the level of 2018 (126)`: a figure in a bracket that dates it."""
    before, after = around(sentence, mention)
    opened = re.search(r"\((?:<t\d+>:? |[a-z ]{0,12})?$", before)
    return bool(opened and (re.match(r"[^()]{0,25}<t\d+>", after) or re.search(r"<t\d+> \($|\(<t\d+>", before[-12:])))


QUARTER_ALONE = re.compile(r"q(?:uarter)? ?([1-4])")


def _quarters(sentence: Sentence, pair: Pair) -> list[str]:
    """The numbers of quarters of which no year is named."""
    numbers = (QUARTER_ALONE.fullmatch(sentence.period_of(m).lower()) for m in pair)
    return [match[1] for match in numbers if match]


def dates(sentence: Sentence, pair: Pair) -> list:
    """The periods of two figures, None where one has none."""
    quarters = _quarters(sentence, pair)
    if len(quarters) == 2 and {*quarters} != {"1", "4"}:  # of one year, which nothing names
        return [period(f"Q{number} 2000") for number in quarters]
    return [period(sentence.period_of(m)) for m in pair]


def _either_first(sentence: Sentence, pair: Pair) -> bool:
    """`In Q4 there were 90, and 120 in Q1`: a first quarter may be of the year after, and nothing says so."""
    return {*_quarters(sentence, pair)} == {"1", "4"} and not starts_from(sentence, pair)


STARTS = re.compile(  # one figure is the start, the other the end; `->`: the head is a blank in a template
    r"\b(?:from|between)\b[^;<]*(?:<t\d+>[^;<]*)?<start>[^;]*(?<!compared )\b(?:to|and)\b[^;]*<end>"
    r"|[(:] ?<start> to <end>|<start> ?(?:\u2192|[-=]+ (?= )) *<end>"
)


def starts_from(sentence: Sentence, pair: Pair) -> bool:
    """`fell by half between autumn (186) and summer (124)`: the first of two is said to be the start."""
    start, end = (f"<{name_of(sentence, m)}>" for m in pair)
    return bool(STARTS.search(sentence.template.replace(start, "<start>").replace(end, "<end>")))


def told_apart(sentence: Sentence, pair: Pair) -> bool:
    """Whether periods, words such as `last year`, a place or a target say which of two figures is which."""
    if _either_first(sentence, pair):
        return False
    a, b = dates(sentence, pair)
    return bool(
        any(elsewhere(sentence, m) for m in pair)
        or (a and b and a.end != b.end)
        or is_earlier(sentence, pair[0]) != is_earlier(sentence, pair[1])
        or in_dated_bracket(sentence, pair[0]) != in_dated_bracket(sentence, pair[1])
        or starts_from(sentence, pair)
    )


def orders(sentence: Sentence, pair: Pair) -> list[Pair]:
    """(old, new), or (comparator, own), as the sentence says; both orders where it does not say."""
    if _either_first(sentence, pair):
        return [pair, (pair[1], pair[0])]
    a, b = dates(sentence, pair)
    if a and b and a.end != b.end:
        return [pair if a.end < b.end else (pair[1], pair[0])]
    for tell in (is_earlier, elsewhere, in_dated_bracket):  # `75,510 in England, up on the year before (72,600)`
        tells = [bool(tell(sentence, m)) for m in pair]
        if tells[0] != tells[1]:
            return [pair if tells[0] else (pair[1], pair[0])]
    return [pair] if starts_from(sentence, pair) else [pair, (pair[1], pair[0])]


def outside_brackets(sentence: Sentence, new: str, other: str) -> str:
    """The figure before a bracket that holds another: `412 (79.3 per 10,000), a reduction from 437` is of 412."""
    at = sentence.template.find(f"<{new}>")
    before = sentence.template[:at]
    if before.count("(") == before.count(")"):
        return new
    like = sentence.of(other if sentence.of(other).sort not in ("percent", "points") else new)
    earlier = re.findall(r"<([nprm]\d+)>", before[: before.rfind("(")])
    earlier = [n for n in earlier if of_one_kind(sentence.of(n), like)]
    closes = ")" in sentence.template[at : sentence.template.find(f"<{other}>")]
    return earlier[-1] if earlier and closes else new
