"""One figure printed twice and differently: in two sentences, or in the text and a table of the same draft."""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections import defaultdict
from fractions import Fraction

from ..stated_periods import period
from .figure_descriptions import (
    DAY,
    NEAR,
    clause,
    description,
    digits_of,
    is_slip,
    moves,
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


def _in_text(passages: Passages) -> list[Proposal]:
    described: dict[str, list[tuple]] = defaultdict(list)
    sizes: dict[str, list[tuple[float, int]]] = defaultdict(
        list
    )  # of each sort, by size: value and place in `described`
    spelt: dict[tuple[str, str], list[int]] = defaultdict(list)  # by digits
    seen: set[tuple] = set()
    result = []
    for sentence in (s for s in passages.sentences if s.kind != "cell"):
        still = not moves(sentence) if sentence.figures else True
        for mention in (m for m in sentence.figures if _is_telling(m)):
            percent, value = mention.sort == "percent", float(mention.value or 0)
            words = _after(sentence, mention) if percent else _common_words(clause(sentence, mention))
            when = sentence.period_of(mention)
            if (key := (mention.sort, value, words, when)) in seen:
                continue
            time = printed_period(sentence, mention)
            digits, day, alike = digits_of(mention)[1], bool(DAY.match(when)), sizes[mention.sort]
            near = alike[bisect(alike, (value * 0.75, -1)) : bisect(alike, (value / 0.75, len(seen)))]
            for i in sorted({i for size, i in near if size != value}.union(spelt[mention.sort, digits])):
                other, there, before, digits_there, unmoved, day_there, then = described[mention.sort][i]
                if there.value == mention.value or other is sentence:
                    continue
                large = mention.sort != "count" or min(value, float(there.value or 0)) >= 100
                far = large and still and unmoved and other.paragraph != sentence.paragraph and words & before
                slip = large and (digits == digits_there or day or day_there)
                if (
                    (far and _one_figure(sentence, mention, words, other, there, before))
                    or (slip and is_slip(passages, sentence, mention, other, there))
                    or (time is not None and time == then and told_again(sentence, mention, other, there))
                ):
                    result.append(_repeat(sentence, mention, other, there))
                    break
            seen.add(key)
            insort(alike, (value, len(described[mention.sort])))
            spelt[mention.sort, digits].append(len(described[mention.sort]))
            described[mention.sort].append((sentence, mention, words, digits, still, day, time))
    return result


MOST = 10**15  # what has more digits is a number of something, and no figure


def _is_telling(mention: Mention) -> bool:
    """Whether a figure is large enough that two prints of it can be told from two figures."""
    if mention.sort not in ("count", "percent", "money", "rate") or not mention.value or mention.sign:
        return False
    return (10 if mention.sort == "count" else 0) <= mention.value < MOST


def _one_figure(sentence: Sentence, mention: Mention, words, other: Sentence, there: Mention, before) -> bool:
    """Whether two figures are described alike, of one period and place, and are near but not equal."""
    if (
        min(len(words), len(before)) < 2
        or mention.sort != there.sort
        or mention.value == there.value
        or not mention.value
        or not there.value
    ):
        return False
    if abs(mention.value - there.value) / max(abs(mention.value), abs(there.value)) > NEAR:
        return False
    shared = len(words & before) / len(words | before)
    large = mention.value >= 1000 and mention.sort == "count"
    if shared < (0.8 if large else 0.99) or (len(words & before) < (2 if large else 3)):
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
