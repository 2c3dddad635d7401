"""Trends and superlatives beside the figures of their series, with periods or as a bare list."""

from __future__ import annotations

import re

from ..stated_periods import period
from .mentions import Mention
from .one_sided_changes import CAUSES
from .proposal import Proposal, part, words_part
from .sentence import Sentence
from .wording import direction_of

Point = tuple[Mention, str]  # a figure and its period

TREND = re.compile(
    r"\b(?:(?:(?:steady|steadily|continu\w+|clear|consistent|overall|general|gradual|gradually|long[- ]term|sustained) )*(?:(?:in|de)creasing|upward|downward|rising|falling|declining|improving|worsening|growing) trend|(?:steady|consistent|continued|sustained|year[- ]on[- ]year) (?:increase|decrease|rise|fall|decline|reduction|improvement)s?|(?:increas|decreas|ris|fall|grow|declin|reduc|improv)\w* (?:steadily|consistently|gradually|year on year)|(?:(?:increas|decreas|ris|fall|grow|declin|reduc|improv|drop|climb|worsen)\w*|rose|fell|grew|went (?:up|down)|gone (?:up|down)|come down|came down)(?: [a-z]+){0,2}? (?:steadily|throughout|(?:in )?(?:each|every)(?= (?:\w+ )?(?:year|quarter|month|week|term|time|of the)))\b|(?:steadily|consistently|continually) (?:increas|decreas|ris|fall|fell|rose|reduc|declin|improv|grow|grew)\w*|trend for improvement|numbers have steadily reduced)"
)
SUPERLATIVE = re.compile(
    r"\b(?:the |its |our )?(?:second |joint )?(?:lowest|highest|fewest|largest|smallest|best|worst|busiest|quietest|peak|(?:more|fewer|higher|lower|less) than (?:in |at )?any (?:of|other|time|year)|[a-z]+-(?:year|month) (?:high|low)|record (?:high|low|number)|the most(?= (?:in|for|since|of any)\b))\b"
)
# of which one stands in what each of the two finds
SIGNS_OF_TRENDS = "trend stead consist continu sustain year gradual throughout each every".split()
SIGNS_OF_SUPERLATIVES = ("est", "worst", "peak", " any ", "-year", "-month", "record", "the most")
WINDOW = re.compile(
    r"(?:(?:for|over|in|within|of|during) (?:the )?(?:last|past|previous|more than) (?:<d\d+>|decade|year|quarter)|(?:for|in|over|of) (?:the )?<d\d+>|\bsince (?:records|<t\d+>|[a-z]+ )|on record|ever\b|to date|this (?:year|century)|of the year|[a-z]+-(?:year|month) (?:high|low)|at any (?:other )?point)"
)
TARGET = re.compile(r"target|goal|aim(?:ed)? of|benchmark|ambition|standard of")
FOLLOWED = re.compile(r"^[^<>]*\b(?:largest|biggest|highest|most|main)\b[^<>]*<[npm]\d+>[^<>]*,? followed by [^<>]*<")
EACH = re.compile(r"\b(?:each|every|throughout|consistently|steadily|continu\w+|year[- ]on[- ]year|sustained)\b")
LISTED = re.compile(
    r"<([nprmd])\d+>(?:(?:,? and|,|;| then)(?: and)? (?:(?:now|then|finally|most recently) )?<\1\d+>){2,}"
)
OF_TIME = re.compile(  # `the highest came in May (231), ahead of March (224)`, `the highest was in May (231), with 224 in March`
    r"[^<>;:]* (?:in|on|for|was|were|of) <t\d+> \(<([nprm]\d+)>\)(?!.*\b(?:but|though|although|except|excluding|outside|apart)\b)"
)
AT = re.compile(
    r"(?:[^<>.;]|<[tdo]\d+>)*?\b(?:at|of|with|being|was) <([nprm]\d+)>"
)  # `the lowest for four years at 104`
LATEST = re.compile(
    r"\b(?:last|this|the latest|the most recent|the present|the current) (?:year|quarter|month|figure)\b|\bnow\b|\bcurrently\b"
)
FIRST = re.compile(r"\bthe first (?:of|year|quarter)\b|\bat the start\b")


def words_of_series(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Trends and superlatives: the points that the sentence itself prints, in the order of their periods."""
    text = sentence.text.lower()
    trend = TREND.search(text) if sentence.says(*SIGNS_OF_TRENDS) else None
    match = SUPERLATIVE.search(text) if sentence.says(*SIGNS_OF_SUPERLATIVES) else None
    if trend is None and match is None:
        return []
    points = max(_row(sentence), _points(sentence), key=len)
    if trend and not CAUSES.search(text[max(0, trend.start() - 40) : trend.start()]):
        word = words_part(sentence, "printed", *trend.span(), direction=direction_of(trend[0].replace("trend", "")))
        sides = [part(sentence, "point", m, period=t) for m, t in points]
        return [_contrary(sentence, points, trend) or Proposal("trend", sentence, [*sides, word])]
    if match and FOLLOWED.search(sentence.template) and used.isdisjoint(sentence.names.values()):
        first, *rest = sentence.figures  # `the largest was the police with 1,290, followed by schools with 874`
        sides = [part(sentence, "point", m, period="") for m in (*rest, first)]
        return [Proposal("superlative", sentence, [*sides, words_part(sentence, "printed", *match.span())])]
    listed = len(points) > 2 or _row(sentence)
    if match is None or TARGET.search(text) or not (WINDOW.search(sentence.template) or listed):
        return []
    words = _window_words(sentence, match)
    if base := re.search(r"\bsince <t\d+> \(<([nprm]\d+)>\)", sentence.template):  # when it was lower still
        points = [(m, t) for m, t in points if m is not sentence.of(base[1])]
    named = _named(sentence, match, points)
    word = words_part(sentence, "printed", *match.span(), word=words)
    if named is not None:  # last, as the one that is meant
        when = sentence.period_of(named)
        points = [*_of_one_length(when, [(m, t) for m, t in points if m is not named]), (named, when)]
    elif points and not points[-1][1]:
        points = []  # a bare list of which no figure is named
    elif (ends := [at.end if (at := period(t)) else -1 for _, t in points]) != sorted(set(ends)):
        points = []  # not in the order of time: the last is not the one that is meant
    return [Proposal("superlative", sentence, [*(part(sentence, "point", m, period=t) for m, t in points), word])]


def _of_one_length(label: str, points: list[Point]) -> list[Point]:
    """Years alone beside a year, quarters beside a quarter; none where the length of the claimed one is not said."""
    lengths = [_length(t) for _, t in points]
    alike = [point for point, length in zip(points, lengths, strict=True) if length == _length(label)]
    return points if len({*lengths}) < 2 else alike if label else []


def _length(label: str) -> int:
    """The months of a period; of a quarter or month of which no year is named its own sort."""
    at = period(label)
    return at.months if at else 3 if "q" in label.lower() else 0


def _points(sentence: Sentence) -> list[Point]:
    """Figures of a sentence that each have a period of their own, where two or more do."""
    dated = [(m, sentence.period_of(m)) for m in sentence.figures if m.sort in ("count", "percent", "rate", "money")]
    dated = [(m, t) for m, t in dated if t]
    return dated if len({t for _, t in dated}) > 1 else []


def _row(sentence: Sentence) -> list[Point]:
    """`18, 21, 24 and 29`: figures in a row, the latest last; empty where there is no row, or more than one."""
    rows = list(LISTED.finditer(sentence.template))
    names = re.findall(r"<(\w+)>", rows[0][0]) if len(rows) == 1 else []
    return [(sentence.of(name), "") for name in names]


def _undated(sentence: Sentence, points: list[Point]) -> Mention | None:
    """The only figure without a period beside two or more that have one: `288, the lowest for four years (2019-20: 330; …)`."""
    like = {m.sort for m, t in points if t}
    bare = [m for m in sentence.figures if m.sort in like and not sentence.period_of(m)]
    return bare[0] if len(bare) == 1 and len(points) > 1 else None


def _latest_or_first(text: str, points: list[Point]) -> Mention | None:
    """The figure of a bare list that is meant: its last for `last year` or `now`, its first for `at the start`."""
    if not points or points[-1][1]:
        return None
    if FIRST.search(text):
        return points[0][0]
    return points[-1][0] if LATEST.search(text) else None


def _contrary(sentence: Sentence, points: list[Point], match: re.Match) -> Proposal | None:
    """A trend word beside three or more points that all go the other way, or of which one does where `each` is said.

    Where every step goes as `each` says, the claim is of the ends.
    """
    way = direction_of(match[0].replace("trend", ""))
    steps = [(a, b) for (a, _), (b, _) in zip(points, points[1:], strict=False)]
    wrong = [
        (a, b)
        for a, b in steps
        if (b.value or 0) == (a.value or 0) or ((b.value or 0) > (a.value or 0)) != (way == "rise")
    ]
    each = EACH.search(sentence.text[match.start() - 1 if match.start() else 0 : match.end() + 20].lower())
    if len(steps) < 2 or not way or not (len(wrong) == len(steps) or (each and (wrong or not points[0][1]))):
        return None
    ends = (points[0][0], points[-1][0]) if len(wrong) in (0, len(steps)) else wrong[0]
    sides = [part(sentence, role, m, period="") for role, m in zip(("old", "new"), ends, strict=True)]
    return Proposal("direction", sentence, [*sides, words_part(sentence, "printed", *match.span(), direction=way)])


def _window_words(sentence: Sentence, match: re.Match) -> str:
    """`lowest over the last 4 years`: the superlative with its window."""
    rest = sentence.text[match.start() :]
    return re.split(r"[.;]", rest)[0][:90]


def _named(sentence: Sentence, match: re.Match, points: list[Point]) -> Mention | None:
    """The figure that a superlative is said of; never how many were compared: `the highest of the five`."""
    text = sentence.text.lower()
    named = _claimed(sentence, match) or _latest_or_first(text, points) or _undated(sentence, points)
    counted = named is not None and named.text.isalpha() and re.search(r"\bof (?:the |all )?$", text[: named.span[0]])
    return None if counted else named


def _claimed(sentence: Sentence, match: re.Match) -> Mention | None:
    """The figure that the superlative is said of: `the lowest rate for the last 4 years at 104`, `a peak of 81`."""
    before = sentence.template[: sentence.template.find(match[0].strip())]
    if when := re.search(r"<(t\d+)> (?:was |is |being |had |saw )?$", before):  # `Q1 11, Q2 14, Q3 9: Q2 the highest`
        of_then = [m for m in sentence.figures if sentence.period_of(m) == sentence.of(when[1]).text]
        return of_then[0] if len(of_then) == 1 else None
    if re.search(r"<[nprm]\d+> (?:is|was|are|were|represents) $", before):
        return next((m for m in reversed(sentence.figures) if m.span[1] <= match.start()), None)
    if beside := re.search(
        r"<([nprm]\d+)>(?: (?!in\b)[a-z' -]{1,40})?(?: in <t\d+>)?, (?:the |its |our )?$", before
    ):  # `4.1 per 1,000, the lowest`
        return sentence.of(beside[1])
    rest = sentence.template[len(before) :]
    then = OF_TIME.match(rest) or AT.match(rest)
    return sentence.of(then[1]) if then else None
