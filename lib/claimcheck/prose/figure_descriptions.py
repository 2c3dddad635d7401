"""How a sentence describes a figure, and whether two counts of one description differ by a slip of the hand."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ..stated_periods import Period, period
from .changes_in_any_order import change_word
from .comparison_sentences import comparators
from .mentions import Mention
from .passages import Passages
from .result_figures import around, elsewhere, is_amount, name_of
from .sentence import Sentence, remembered
from .wording import MOVE, topics

STOP = set(
    "the a an of in to and or for on at by with from as that this these those is are was were be been has have had it its "
    "there their they we our who which during over under more less than about around approximately some total number year "
    "years also all across per cent not year's city town borough county area district two three four five six seven eight nine ten most".split()
)
LIMITED = re.compile(
    r"\b(?:for|under|over|second|again|repeat\w*|also|not|previous\w*|aged|who|whose|with|without|from|new\w*)\b"
)
DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)? [A-Z]")
NEAR = Fraction(12, 100)  # two prints further apart than this are two figures


@lru_cache(maxsize=8192)
def description(text: str) -> frozenset[str]:
    return frozenset(w.rstrip("s") for w in re.findall(r"[a-z][a-z'-]+", text.lower()) if w not in STOP and len(w) > 2)


@lru_cache(maxsize=8192)
def proper_names(text: str) -> set[str]:
    """Proper names in a clause: words with a capital that do not open it."""
    return set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text))


@remembered
def clause(sentence: Sentence, mention: Mention) -> str:
    """The words around a figure, up to the next figure or mark on either side."""
    before = re.split(r"[,;:()]| [-\u2013] |\band\b|\bwhile\b", sentence.text[: mention.span[0]])[-1]
    after = re.split(r"[,;:()]| [-\u2013] |\band\b|\bwhile\b|\bwhich\b", sentence.text[mention.span[1] :])[0]
    before = re.split(r"\d", before)[-1]
    after = re.split(r"\d", after)[0]
    return f"{before} {after}"


@remembered
def moves(sentence: Sentence) -> bool:
    return bool(re.search(rf"\b(?:{MOVE})\b", sentence.text.lower()))


SAID_OF = re.compile(
    r"\b(?:were|was|are|is|had|have|has|been|being|that|who|received|recorded|made|in|on|at|during|while|which|and|a little|through|into|cannot)\b"
)
NUMBER_OF = re.compile(
    r"\b(?:number|total|count) of (?P<noun>[^<>,;.]{3,60}?)(?: (?:at|on|in|as at) (?:the end of )?<t\d+>)? (?:was|is|were|stood at|stands at|came to|reached|totalled)? ?$"
)
NUMBERS_IN = re.compile(
    r"(?:^|[,;:.] )(?:the |our )?(?:numbers?|total|count)? ?(?:of|in|for|with)? ?(?P<noun>[a-z][^<>,;:.]{3,50}?) (?:was|were|is|are|stood at|stands at|came to|reached|totalled|numbered|at) (?:just |about )?$"
)


@remembered
def noun_phrase(sentence: Sentence, mention: Mention) -> str:
    """What a count is said to be of, up to the next mark, verb, date or figure: `children subject to a plan`; `the number of … was 287`."""
    before, after = around(sentence, mention)
    phrase = SAID_OF.split(re.split(r"[,;:().<]", after)[0])[0].strip()
    named = NUMBER_OF.search(before) or NUMBERS_IN.search(before)
    return re.sub(r" (?:of|for|with|to)$", "", phrase) or (named["noun"] if named else "")


@lru_cache(maxsize=8192)
def digits_of(mention: Mention) -> tuple[str, str, int]:
    """A printed figure's digits, the same in their order, and how many are decimals."""
    digits = re.sub(r"[^\d.]", "", mention.text).strip(".") or str(int(mention.value or 0))
    return digits, "".join(sorted(digits)), len(digits.partition(".")[2])


def same_digits(one: Mention, other: Mention) -> bool:
    """Whether two counts have the same three or more digits in another order: 11,279 and 11,297, a slip of the hand; 604
    and 40.6 are none."""
    a, b = digits_of(one), digits_of(other)
    return a[0] != b[0] and a[1:] == b[1:] and len(a[0]) > 2


NO_MOVE = re.compile(r"up|(?:more|less|fewer) than (?:one|two|three|half|a)\b|moved (?:across|to|into)\b")
FLOW = re.compile(
    r"\b(?:during|throughout|over the|across the|in the year|entered|became|started|new|at any|ever|between)\b"
)


def one_digit(one: Mention, other: Mention) -> bool:
    """Whether two counts of three digits and more differ in one of them."""
    a, b = (digits_of(m)[0].replace(".", "") for m in (one, other))
    return len(a) == len(b) > 2 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


OF_GROUP = re.compile(r"\b(?:boys?|girls?|males?|females?|aged|infants?|babies)\b")


def _one_rate(passages: Passages, sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> bool:
    """Whether two rates of one base have the same digits in another order, in two sentences of one topic and time."""
    sides = ((sentence, mention), (other, there))
    times = [(at := period(s.period_of(m) or passages.period_text)) and at.end for s, m in sides]
    of_all = [proper_names(clause(s, m)) | set(OF_GROUP.findall(s.text.lower())) for s, m in sides]
    return bool(
        mention.per == there.per and same_digits(mention, there) and times[0] == times[1] and of_all[0] == of_all[1]
        and not moves(sentence) and not moves(other)
        and not comparators(sentence).keys() & {name_of(sentence, mention)} and _topics(passages, sentence) & _topics(passages, other)
    )  # fmt: skip


def _topics(passages: Passages, sentence: Sentence) -> set[str]:
    """The measures of a sentence; of the one before it, where it names none itself."""
    before = passages.near(sentence, 1)
    return topics(sentence.text) or {t for s in before for t in topics(s.text)}


ANYBODY = description(
    "children people young families parents carers pupils staff cases professionals"
)  # counted of many things
STATED = description(
    "stood stands number numbers total count recorded reached came totalled end lowest highest fewest largest"
)


def _one_thing(passages: Passages, sides: tuple[tuple[Sentence, Mention], ...], phrases: list[str]) -> bool:
    """Whether two counts are of one thing: the longer phrase adds only words that stand about the shorter, and where they
    count people a word of what these do is shared."""
    nouns = [description(phrase) for phrase in phrases]
    done = [description(clause(*side)) - ANYBODY for side in sides]
    if any(not noun - ANYBODY for noun in nouns):  # `451 in care` beside `415 children were in care`
        nouns = [noun - ANYBODY or act - STATED for noun, act in zip(nouns, done, strict=True)]
    short, long = (0, 1) if len(nouns[0]) <= len(nouns[1]) else (1, 0)
    actions = done
    if not nouns[short] or not (nouns[short] - ANYBODY or actions[0] & actions[1]):
        return False
    more = nouns[long] - nouns[short]
    beside = f"{passages.text_of(sides[short][0].paragraph)} {passages.heading_of(sides[short][0])}"
    return nouns[short] <= nouns[long] and more <= description(beside)


def _near_and_dated(sentences: tuple[Sentence, Sentence], times: list[str], pair: tuple[Mention, Mention]) -> bool:
    """Whether two counts at a printed day, of no flow, differ by one digit, or by little where both print the day."""
    days = [bool(DAY.match(t)) for t in times]
    if not any(days):
        return False
    one, two = (m.value or Fraction(0) for m in pair)
    near = abs(one - two) <= NEAR * max(one, two)
    if not near and not one_digit(*pair):
        return False
    return not any(FLOW.search(s.text.lower()) for s in sentences) and (one_digit(*pair) or (near and all(days)))


def _label(sentence: Sentence, mention: Mention) -> str:
    """What stands before a colon and a figure; blank where no colon stands there."""
    before = sentence.text[: mention.span[0]]
    return re.split(r"[.;:]", before[:-2])[-1] if before.endswith(": ") else ""


AGAIN = re.compile(
    r"(?:\b(?:the|all|these|those)|\btotal of) $"
)  # `the 36 deaths reviewed`: of which it is known how many


def _beside(sentence: Sentence, mention: Mention) -> str:
    """The words of a figure's clause, periods left out."""
    before, after = around(sentence, mention)
    words = f"{re.split('[,;:()]', before)[-1]} {re.split('[,;:()]', after)[0]}"
    return re.sub(r"<\w+>", " ", words)


CLOSED = re.compile(
    r"^(?P<noun>[^<>,;:.()]*?)(?: (?:in|at|on|for|during|by)(?: the (?:end of )?)? ?<t\d+>)?(?:[,;.)]| (?<!that )(?<!who )(?<!which )(?:was|were|is|are|had|have)\b|$)"
)


WITH = re.compile(r"^with <n\d+> [^<>,;:.()]+(?:<t\d+>)?,")  # `With 58 children on a plan in March 2020, …`
RATE_NAMED = re.compile(  # `the re-referral rate in 2022/23 was 26.1%`
    r"(?:^|[.;:,] )(?:the |our )?(?P<noun>(?!<)[^<>,;:.()]{3,50}? (?:rate|proportion|percentage|share|figure))"
    r" (?:in|for|of|during|at) (?:the )?(?:year )?<t\d+>,? (?:(?:was|is|stood at|of|at) )?$"
)
REVISED = re.compile(
    r"\b(?:if|exclud\w+|includ\w+|without|once|when|revised|provisional\w*|adjusted|left out|instead|corrected|estimate[ds]?|draft|final|only)\b"
)
WHICH = re.compile(
    r"^(?:of )?(?:the|all|our) (?P<noun>[^<>,;:.()]+)(?:<t\d+>)?(?P<more>[^<>,;:.()]*?)(?:,? (?:which|that) (?:numbered|totalled|came to|amounted to|were|reached) |, (?:numbering|totalling) | \()$"
)


def _in_clause(sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> bool:
    """`reviewed 31 deaths in 2021/22. Of the deaths reviewed in 2021/22, which numbered 33`: in the words of the other, save who did it."""
    match, end = WHICH.search(around(sentence, mention)[0]), CLOSED.match(around(other, there)[1])
    if match is None or end is None or not re.match(r"(?: in (?:all|total))?[,)]", around(sentence, mention)[1]):
        return False
    noun, words = description(f"{match['noun']} {match['more']}"), description(re.sub(r"<\w+>", " ", other.template))
    rest = words - noun - STATED
    return description(end["noun"]) <= noun <= words and len(rest) < 2 and not any(w.endswith("ed") for w in rest)


def told_again(sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> bool:
    """Whether two figures of one printed period are said in the same words, in two sentences."""
    sides = ((sentence, mention), (other, there))
    if any(is_amount(s, m) or elsewhere(s, m) or change_word(s, m) or m.qualifier for s, m in sides):
        return False
    names = [proper_names(s.text) for s, _ in sides]
    if mention.sort == "count" and any(_in_clause(*side, *of) for side, of in (sides, sides[::-1])):
        return True
    groups = [(OF_GROUP.findall(s.text.lower()), LIMITED.findall(noun_phrase(s, m))) for s, m in sides]
    told = [match[0] if (match := WITH.match(s.template)) else s.template for s, _ in sides]
    words = [description(re.sub(r"<\w+>", " ", text)) for text in told]
    clauses = [description(_beside(s, m)) or every for (s, m), every in zip(sides, words, strict=True)]
    if mention.sort == "money":
        return len(digits_of(mention)[0]) > 4 and same_digits(mention, there) and bool(clauses[0] & clauses[1])
    if groups[0] != groups[1] or mention.sort == "rate" or (all(names) and names[0] != names[1]):
        return False
    named = [RATE_NAMED.search(around(s, m)[0]) for s, m in sides] if mention.sort == "percent" else []
    closed = all(re.match(r"[,.;]|$| remain", around(s, m)[1]) and not REVISED.search(s.template) for s, m in sides)
    if all(named) and len(named) > 1 and closed:
        same = {description(match["noun"]) for match in named if match}
        slip = sentence.paragraph == other.paragraph or same_digits(mention, there)
        return len(same) == 1 and slip and not moves(sentence) and not moves(other)
    if mention.sort == "percent":
        phrases = [description(re.split(r"[,;:.(<]", re.sub(r"<t\d+>", " ", around(s, m)[1]))[0]) for s, m in sides]
        again = words[0] == words[1] and len(words[0]) > 3  # in another order
        again = again or (phrases[0] == phrases[1] and len(phrases[0]) > 1)
        return again and not moves(sentence) and not moves(other)
    if words[0] == words[1] and len(words[0]) > 1:
        return True
    ends = [CLOSED.match(around(s, m)[1]) for s, m in sides]
    nouns = [description(end["noun"]) if end else frozenset() for end in ends]
    again = any(AGAIN.search(around(s, m)[0]) for s, m in sides)
    return bool(again and nouns[0] and nouns[1] and nouns[0] <= words[1] and nouns[1] <= words[0])


def printed_period(sentence: Sentence, mention: Mention) -> Period | None:
    """The period printed with a figure, or the only one that its sentence prints."""
    named = [m.text for m in sentence.mentions if m.sort == "period"]
    return period(sentence.period_of(mention) or (named[0] if len(named) == 1 else ""))


LIMITED_BY = re.compile(
    r"^(?: (?!were\b|was\b|are\b|is\b|ha[sd]\b|have\b|been\b|that\b|who\b|which\b)[a-z]+){1,2} (?:(?:that|who|which) (?:were|was|had been) )?(?P<done>[a-z]+ed)\b|^(?:[^<>,;:.()]|<t\d+>)* whose\b"
)


def _limited(sentence: Sentence, mention: Mention, other: Sentence) -> bool:
    """`840 calls. The 804 calls answered`, `that were answered`, `whose`: of fewer, as a word that the other has not says."""
    match = LIMITED_BY.match(around(sentence, mention)[1])
    return match is not None and (match["done"] is None or match["done"] not in other.text.lower())


def is_slip(passages: Passages, sentence: Sentence, mention: Mention, other: Sentence, there: Mention) -> bool:
    """Whether two counts of one thing and time differ as a slip of the hand does, or at one printed day.

    A count without a period is of the document's own.
    """
    if mention.sort == there.sort == "rate":
        return _one_rate(passages, sentence, mention, other, there)
    if mention.sort != there.sort or mention.sort not in ("count", "money") or mention.value == there.value:
        return False
    times = [s.period_of(m) for s, m in ((sentence, mention), (other, there))]
    if not same_digits(mention, there) and not _near_and_dated((sentence, other), times, (mention, there)):
        return False
    heads = [_label(s, m) for s, m in ((sentence, mention), (other, there))]
    spans = [re.findall(r"\b\w+ years to\b", s.text.lower()) for s in (sentence, other)]
    if (all(heads) and heads[0] != heads[1]) or spans[0] != spans[1]:  # `withheld from public: 237 figures`
        return False
    at = [period(t or passages.period_text) for t in times]
    phrases = [noun_phrase(s, m) for s, m in ((sentence, mention), (other, there))]
    if sentence.paragraph == other.paragraph and (
        _limited(sentence, mention, other) or _limited(other, there, sentence)
    ):
        return False
    if not all(phrases) or (at[0] and at[1] and at[0].end != at[1].end) or (None in at and phrases[0] != phrases[1]):
        return False
    if any(
        re.search(rf"\b(?:{MOVE}|later|earlier|ago)\b", NO_MOVE.sub("", clause(s, m).lower()))
        for s, m in ((sentence, mention), (other, there))
    ):
        return False
    if (phrases[0] != phrases[1] and LIMITED.search(" ".join(phrases))) or len(
        proper_names(clause(sentence, mention)) ^ proper_names(clause(other, there))
    ) > 1:
        return False
    return _one_thing(passages, ((sentence, mention), (other, there)), phrases)
