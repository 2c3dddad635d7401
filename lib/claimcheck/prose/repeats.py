"""One figure printed twice and differently: in two sentences, or in the text and a table of the same draft."""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from ..stated_periods import Period, period
from .figure_descriptions import (
    DAY,
    NEAR,
    clause,
    description,
    digits_of,
    is_slip,
    moves,
    one_digit,
    printed_period,
    proper_names,
    told_again,
)
from .mentions import Mention
from .passages import Passages
from .proposal import Proposal, part
from .sentence import Sentence
from .table_repeats import repeats_of_tables
from .wording import PLACE


def repeats(passages: Passages) -> list[Proposal]:
    """Figures of one description and one period with two values."""
    return [*_in_text(passages), *_of_one_whole(passages), *repeats_of_tables(passages)]


PART_OF_WHOLE = re.compile(
    r"<(?P<part>n\d+)>(?: \([^()]*\))?(?:,? or <p\d+>,?)? (?:out )?of (?:the |our |all |these |those )*<(?P<all>n\d+)>"
    r"|^of (?:the |our |all |these |those )*<(?P<all2>n\d+)>[^<>;.]{0,40}, <(?P<part2>n\d+)> [a-z]"
)
TOLD = set(
    "recorded identified noted found reported seen summary overall total end said completed placed live out children care".split()
)  # how it is told, not what


def _of_one_whole(passages: Passages) -> list[Proposal]:
    """`358 of the 512 are with foster carers` and, pages on, `345 of the 512 … with foster carers`: one part of one whole, twice."""
    parts: list[tuple[Sentence, Mention, Mention, frozenset[str]]] = []
    result = []
    for sentence in (s for s in passages.sentences if s.kind != "cell"):
        for match in PART_OF_WHOLE.finditer(sentence.template):
            one, base = sentence.of(match["part"] or match["part2"]), sentence.of(match["all"] or match["all2"])
            if one.qualifier:  # `about 15 of 20` is rounded, and may be said of many things
                continue
            said = sentence.template[sentence.template.rfind(";", 0, match.start()) + 1 :].split(";")[
                0
            ]  # `done: 8; behind: 3 of 16`
            telling = {w.rstrip("s") for w in TOLD}
            after = re.split(
                r"[,;.:(]",
                re.sub(r"^(?:<\w+>|or |[^a-z<])*", "", sentence.template[match.end() - bool(match["part2"]) :]),
            )[0]
            words = description(re.sub(r"<\w+>", " ", after)) - telling
            words = words if len(words) > 1 else description(re.sub(r"<\w+>", " ", said)) - telling
            for other, there, of, before in parts:
                far = other is not sentence and of.value == base.value != None and one.value != there.value  # noqa: E711
                if far and _one_part(sentence, one, words, other, there, before):
                    result.append(_repeat(sentence, one, other, there))
                    break
            parts.append((sentence, one, base, words))
    return result


LIMITS = re.compile(r"\b(?:not|no|without|never|outside|within|county|city|town|borough|area|district)\b")


def _one_part(sentence: Sentence, one: Mention, words, other: Sentence, there: Mention, before) -> bool:
    """Whether two parts of one whole are said to be of the same thing and time, and are near."""
    values = one.value or Fraction(0), there.value or Fraction(0)
    near = abs(values[0] - values[1]) <= max(values) / 3
    times = [period(s.period_of(m)) for s, m in ((sentence, one), (other, there))]
    alike = {frozenset(LIMITS.findall(s.text.lower())) for s in (sentence, other)}
    return bool(
        near and words == before and len(words) > 1 and len(alike) == 1 and not moves(sentence) and not moves(other)
        and (times[0] is None or times[1] is None or times[0].end == times[1].end)
        and not (proper_names(sentence.text) ^ proper_names(other.text))
    )  # fmt: skip


def _after(sentence: Sentence, mention: Mention) -> frozenset[str]:
    """What a percentage is said of: the words after it, up to the next mark."""
    return description(re.split(r"[,;:()]|\d|\b(?:and|while|which|compared)\b", sentence.text[mention.span[1] :])[0])


def _common_words(text: str) -> frozenset[str]:
    """The description of a clause without its proper names, which are compared by themselves."""
    return description(" ".join(w for w in text.split() if w.strip(".,") not in proper_names(text)))


class Described(NamedTuple):
    """A figure with what tells whether another is a print of it."""

    sentence: Sentence
    mention: Mention
    words: frozenset[str]
    digits: str
    still: bool  # its sentence tells of no change
    day: bool  # it has a printed day
    time: Period | None
    size: float

    def slips(self, other: Described) -> bool:
        """Whether digits are exchanged, or a day is printed with two figures, or with one of which a digit is another's."""
        dated = (self.day and other.day) or ((self.day or other.day) and one_digit(self.mention, other.mention))
        return self.digits == other.digits or dated

    def may_repeat(self, other: Described) -> bool:
        """Whether words, digits or time are those of a figure before it: asked of many, so cheap."""
        if self.sentence is other.sentence or self.size == other.size:
            return False
        alike = self.words == other.words or self.size >= 1000
        alike = alike or (self.time is not None and self.time is other.time)
        return alike or self.slips(other)


def _in_text(passages: Passages) -> list[Proposal]:
    described: dict[str, list[Described]] = defaultdict(list)
    sizes: dict[str, list[tuple[float, int]]] = defaultdict(list)  # of each sort: value and place in `described`
    spelt: dict[tuple[str, str], list[int]] = defaultdict(list)  # by digits
    times: dict[Period | None, Period | None] = {}
    seen: set[tuple] = set()
    result = []
    for sentence in (s for s in passages.sentences if s.kind != "cell"):
        still = not moves(sentence) if sentence.figures else True
        for mention in (m for m in sentence.figures if _is_telling(m)):
            sort, size, when = mention.sort, float(mention.value or 0), sentence.period_of(mention)
            words = _after(sentence, mention) if sort == "percent" else _common_words(clause(sentence, mention))
            if (key := (sort, size, words, when)) in seen:
                continue
            seen.add(key)
            time, digits, alike = printed_period(sentence, mention), digits_of(mention)[1], sizes[sort]
            time = times.setdefault(time, time)
            one = Described(sentence, mention, words, digits, still, bool(DAY.match(when)), time, size)
            near = alike[bisect(alike, (size * 0.75, -1)) : bisect(alike, (size / 0.75, MOST))]
            before = described[sort]
            last = [
                i for i in range(len(before))[-2:] if size / 2 < before[i].size < size * 2
            ]  # of the sentence before
            for i in sorted({i for _, i in near}.union(spelt[sort, digits], last)):
                if one.may_repeat(before[i]) and _repeats(passages, one, before[i]):
                    result.append(_repeat(sentence, mention, *before[i][:2]))
                    break
            insort(alike, (size, len(before)))
            spelt[sort, digits].append(len(before))
            before.append(one)
    return result


def _repeats(passages: Passages, one: Described, other: Described) -> bool:
    """Whether a figure is another print of one before it."""
    sides = (one.sentence, one.mention, other.sentence, other.mention)
    large = one.mention.sort != "count" or min(one.size, other.size) >= 100
    apart = large and one.still and other.still and one.sentence.paragraph != other.sentence.paragraph
    return bool(
        (apart and _one_figure(one, other))
        or (large and one.slips(other) and is_slip(passages, *sides))
        or (one.time is not None and one.time is other.time and told_again(*sides))
    )


MOST = 10**15  # what has more digits is a number of something, and no figure


def _is_telling(mention: Mention) -> bool:
    """Whether a figure is large enough that two prints of it can be told from two figures."""
    if mention.sort not in ("count", "percent", "money", "rate") or not mention.value or mention.sign:
        return False
    return (10 if mention.sort == "count" else 0) <= mention.value < MOST


def _one_figure(one: Described, two: Described) -> bool:
    """Whether two figures are described alike, of one period and place, and are near but not equal."""
    (sentence, mention, words), (other, there, before) = one[:3], two[:3]
    shared, large = len(words & before), one.size >= 1000 and mention.sort == "count"
    if shared < (2 if large else 3) or shared < (0.8 if large else 0.99) * len(words | before):
        return False
    values = mention.value or Fraction(0), there.value or Fraction(0)
    if abs(values[0] - values[1]) > NEAR * max(values):
        return False
    names = [proper_names(clause(s, m)) for s, m in ((sentence, mention), (other, there))]
    if names[0] != names[1] and (mention.sort == "rate" or (all(names) and not names[0] & names[1])):
        return False
    times = [period(s.period_of(m)) for s, m in ((sentence, mention), (other, there))]
    dated = [{m.text for m in s.mentions if m.sort == "period"} for s in (sentence, other)]
    if (times[0] is None) != (times[1] is None) or (times[0] and times[1] and times[0].end != times[1].end):
        return False
    places = [set(PLACE.findall(s.text.lower())) for s in (sentence, other)]
    return dated[0] == dated[1] and places[0] == places[1]


def _repeat(sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> Proposal:
    elsewhere = part(other, "elsewhere", there)
    elsewhere.more["name"] = f"paragraph {other.paragraph}"
    return Proposal(
        "repeat", sentence, [part(sentence, "printed", mention), elsewhere], source=f"paragraph {other.paragraph}"
    )
