"""Shares and means beside the two figures that they are worked out from, in whatever order a sentence tells them."""

from __future__ import annotations

import re
from fractions import Fraction

from ..stated_periods import period
from .mentions import Mention
from .proposal import Part, Proposal, part
from .result_figures import Pair, around, elsewhere, name_of, pairs_of, prints, stands_at, unit_word
from .sentence import Sentence
from .share_sentences import EVERY_ONE, MANY, NONE, OF_A_COUNT, OF_REST, PART_OF, counts, smaller_first

AVERAGE = re.compile(
    r"\baverag\w+|\bmean\b|\bper\b|\beach\b|\bapiece\b|\bevery\b|\ba (?:day|week|month)\b|\bweekly\b|\bmonthly\b"
)
TOTAL_TIME = re.compile(r"^[^<>;.]{0,12}\b(?:altogether|in all|in total|between them|of work)\b")
PEOPLE = 1_000  # fewer are no population that a rate is given of
IN_YEAR = re.compile(r"\b(?:over|in|during|across|for) (?:the (?:whole |full |financial |last )?year|<t\d+>)")
PER_YEAR = {"month": "12", "quarter": "4", "week": "52"}
PER_SAID = re.compile(r"\bper (1,?000|10,?000|100,?000)\b[^<>;.]{0,40}\b(?:is|was|were|of|at) $")
APIECE = re.compile(r"(?: [a-z]+){0,2} (?:apiece|each|per|an?|every|on average)\b")
NO_MEAN = re.compile(  # the divisor itself; a rate, of a population
    r"\beach of (?:the |our |these )*\||\|[^<>,;(]{0,60}?\b(?:per|for every|in every) \d"
)
NO_AVERAGE = re.compile(
    r"\bmedian\b|\btypical|\b(?:of|in) every (?:two|three|four|five|six|eight|ten|twenty|hundred|\d+) "
)  # `of every ten contacts four`
NEAR_POINTS = 15  # a share this far from what its only two counts give is likely to be of others
BESIDE = re.compile(
    r"(?:[(\[]|\bor|,|:|[\u2013-]|\b(?:rate|uptake|take-up|proportion|share) (?:of|is|was|is therefore|at)|\b(?:which|this|that) (?:is|was|equates to|represents|means that)"
    r"|represent\w*|means (?:that )?|equivalent to|equat\w+ to|making|giving)\s*(?:just |only |about |around |nearly |almost |over |an? )*$"
)
OF_OTHERS = re.compile(
    r" (?:of (?!(?:them|these|those|it|the total|all)\b(?! [a-z])|(?:the |these |those |all )*(?:total|<))|for )"
)
OF_COUNTED = re.compile(
    r" of (?:(?:the |these |those |our |all )*(?:[a-z-]+ ){0,2}<n|(?:all|the) [^<>.;,]{1,40}\(<[nm])"
)
TOLD = [  # of the percentage that stands `<here>`
    re.compile(p)
    for p in (
        r"<here> ?\(<(?P<part>[nm]\d+)>\) of (?:all|the|these) [^<>.;,]{1,60}\(<(?P<all>[nm]\d+)>",
        r"<(?P<all>[nm]\d+)>[^<>;.]{0,60} <here> of (?:which|whom) [^<>;.()]{1,60}\(<(?P<part>[nm]\d+)>",
        r"<here>[^<>;.()]{0,70}\(<(?P<part>[nm]\d+)>\)[^<>;.()]{0,60} (?:from|of) (?:an? |the )?(?:overall |grand )?total of <(?P<all>[nm]\d+)>",
    )
]
STATED = re.compile(rf"{PART_OF.pattern}[^<>();]{{0,40}}\(<here>")
IN_TURN = re.compile(r"<p\d+>(?: of (?:it|that|this|them))? \(<([nm]\d+)>\)")  # `55% of it (195,800) and 30% (106,800)`
# `health 310 (62%); police 140 (28%)`: none is the whole
LISTED = re.compile(r"<([nm]\d+)>(?: [a-z-]+){0,3} \(<p\d+>\)")
OF_FIRST = re.compile(
    r"^\W*(?:out )?of (?:the |our |all |these |those |a total of )*<(?P<all>[nm]\d+)>[^<>]*, <(?P<part>[nm]\d+)>"
)
NO_PART = re.compile(  # of a count that is printed: an interval; `15 of the others (75%)`
    rf"\b(?:interval|limits|range|confidence)\b[^;()]*$|<p\d+> (?:to|-|\u2013) $|<n\d+>{OF_REST}[^<>]*$"
)
RANGE_ENDS = re.compile(r" (?:to|-|\u2013) <p\d+>| (?:confidence )?(?:interval|limits|range)\b")
OF_PEOPLE = re.compile(
    r" of (?:the |these |those |all |our |its )*(?:[a-z-]+ ){0,2}(?:children|people|staff|women|men|them|[a-z]{3,}s)\b"
)
OF_WHOM = re.compile(r"\bof (?:whom|which|them|these|those)\b(?: (?P<noun>[a-z]{4,}))?")


def share(sentence: Sentence, mention: Mention, free: list[Mention], read: list[Proposal]) -> Proposal | None:
    """`163 requested, 121 completed (74%)`: the part and the whole in either order."""
    before, after = around(sentence, mention)
    if elsewhere(sentence, mention) or len(counts(free)) > 6 or NO_PART.search(before) or RANGE_ENDS.match(after):
        return None
    pairs = [smaller_first(pair) for pair in pairs_of(sentence, counts(free))]
    if base := OF_A_COUNT.match(after):  # `30.6% of 431`: of no other count
        pairs = [pair for pair in pairs if pair[1] is sentence.of(base["all"]) and pair[0] not in _wholes(sentence)]
    pairs = [pair for pair in pairs if pair[1] not in _siblings(sentence, before)]
    pairs = [(a, b) for a, b in pairs if a.value != b.value or mention.value == 100]
    tried, at = [_share(sentence, *pair, mention) for pair in pairs], sentence.offset + mention.span[0]
    for proposal in sorted(tried, key=lambda p: (p.parts[0].span[0] > at, abs(p.parts[0].span[1] - at))):
        if proposal.follows:
            return proposal
    if not mention.value or NONE.search(sentence.template):
        return None
    if mention.value > 100 and OF_PEOPLE.match(after) and not MANY.search(sentence.template):
        return Proposal("share", sentence, [part(sentence, "printed", mention, period="")])
    if before.endswith("("):  # `266 people (82%), 251 of whom`: of no part that is told after it
        pairs = [pair for pair in pairs if pair[0].span < mention.span]
        tried = [_share(sentence, *pair, mention) for pair in pairs]
    if _known_share(pairs, sentence, read):
        return None
    if sides := _told(sentence, mention, pairs):
        return _share(sentence, *sides, mention)
    if mention.value is None or not tried or (OF_OTHERS.match(after) and not OF_COUNTED.match(after)):
        return None
    one_clause = len(pairs) == 1 and f"<{name_of(sentence, pairs[0][0])}>" in before + after  # not `; ten did not say`
    if (stated := _stated(sentence, mention, pairs)) or (one_clause and OF_COUNTED.match(after)):
        return _share(sentence, *(stated or pairs[0]), mention)
    if not BESIDE.search(before):
        return None
    if sides := _of_whom(sentence, mention, free) or _of_siblings(sentence, mention, free, read):
        return _share(sentence, *sides, mention)
    if len(pairs) != 1 or _has_share(sentence, pairs[0][1], mention, read):
        return None
    of, all_of = (m.value or Fraction(0) for m in pairs[0])
    return tried[0] if all_of and abs(of * 100 / all_of - mention.value) <= NEAR_POINTS else None


def _siblings(sentence: Sentence, before: str) -> list[Mention]:
    """The counts that each have a percentage of their own, so that none is the whole of the others."""
    in_turn, listed = IN_TURN.findall(sentence.template), LISTED.findall(sentence.template)
    named = in_turn if len(in_turn) > 1 else []
    if len(listed) > 1 and before.endswith("(") and not OF_WHOM.search(sentence.template):
        named = [*named, *listed]
    return [sentence.of(name) for name in named]


def _wholes(sentence: Sentence) -> list[Mention]:
    """The counts that percentages of a sentence are said to be of: `90% of the 212 …, up from 84% of the 198`."""
    matches = (OF_A_COUNT.match(around(sentence, m)[1]) for m in sentence.mentions if m.sort == "percent")
    return [sentence.of(match["all"]) for match in matches if match]


def _has_share(sentence: Sentence, count: Mention, mention: Mention, read: list[Proposal]) -> bool:
    """Whether a count has a percentage of its own: `39 were good (65%), 15 were not (25%)`."""
    others = (r for r in read if r.kind in ("share", "bound") and not prints(r, sentence, mention))
    return any(p.role == "numerator" and stands_at(p, sentence, count) for r in others for p in r.parts)


def _known_share(pairs: list[Pair], sentence: Sentence, read: list[Proposal]) -> bool:
    """Whether the only two counts are those of another percentage of the sentence already."""
    spans = {(r.parts[0].span, r.parts[1].span) for r in read if r.kind in ("share", "bound") and len(r.parts) == 3}
    at = sentence.offset
    ends = {(a[1], b[1]) for a, b in spans}
    return len(pairs) == 1 and (pairs[0][0].span[1] + at, pairs[0][1].span[1] + at) in ends


def _with_here(sentence: Sentence, mention: Mention) -> str:
    """The template with a figure as `<here>`, so that one pattern serves every figure."""
    return sentence.template.replace(f"<{name_of(sentence, mention)}>", "<here>")


def _told(sentence: Sentence, mention: Mention, pairs: list[Pair]) -> Pair | None:
    """The part in a bracket and the whole, whatever other counts the sentence has: `75% (180) of all conferences (240)`."""
    match = next((m for form in TOLD if (m := form.search(_with_here(sentence, mention)))), None)
    sides = (sentence.of(match["part"]), sentence.of(match["all"])) if match else None
    return sides if sides in pairs else None


def _stated(sentence: Sentence, mention: Mention, pairs: list[Pair]) -> Pair | None:
    """The two counts in a percentage's bracket, or the only two of a sentence, where it says that one is of the other: `23 of the 42`, `Of 134 sent, 107`."""
    match = STATED.search(_with_here(sentence, mention))
    only = PART_OF.search(sentence.template) or OF_FIRST.search(sentence.template)
    match = match or (only if len(pairs) == 1 else None)
    if match is None:
        return None
    sides = sentence.of(match["part"]), sentence.of(match["all"])
    return sides if sides in pairs else None


def _share(sentence: Sentence, of: Mention, base: Mention, mention: Mention) -> Proposal:
    sides = [part(sentence, "numerator", of, period=""), part(sentence, "denominator", base, period="")]
    kind = "bound" if mention.qualifier else "share"
    return Proposal(kind, sentence, [*sides, part(sentence, "printed", mention, period="")])


def _counted(sentence: Sentence, mention: Mention, free: list[Mention]) -> Mention | None:
    """The count that a percentage in brackets is of: the last before it, with no other percentage between."""
    before = [m for m in counts(free) if m.span[1] <= mention.span[0]]
    if not before or any(
        before[-1].span[1] <= m.span[0] < mention.span[0] and m.sort == "percent" for m in sentence.mentions
    ):
        return None
    return before[-1]


def _of_whom(sentence: Sentence, mention: Mention, free: list[Mention]) -> Pair | None:
    """`relating to 187 individuals; 51 of those individuals (22%)`: the count that the same noun follows, or the nearest."""
    of = _counted(sentence, mention, free)
    if of is None or (match := OF_WHOM.match(around(sentence, of)[1].strip())) is None:
        return None
    bases = [m for m in counts(free) if m.span[1] <= of.span[0] and (m.value or 0) >= (of.value or 0)]
    if match["noun"]:
        bases = [m for m in bases if sentence.text[m.span[1] :].lower().strip().startswith(match["noun"])]
    return (of, bases[-1]) if bases else None


def _of_siblings(sentence: Sentence, mention: Mention, free: list[Mention], read: list[Proposal]) -> Pair | None:
    """`of whom 203 came from health (49%), 151 from education (29%)`: the whole that the other percentages are of."""
    of = _counted(sentence, mention, free)
    wholes = {
        p.span for r in read if r.kind == "share" and r.sentence == sentence for p in r.parts if p.role == "denominator"
    }
    base = next((m for m in counts(free) for span in wholes if span[1] == sentence.offset + m.span[1]), None)
    if of is None or base is None or of is base or (of.value or 0) > (base.value or 0) or len(wholes) > 1:
        return None
    if mention.value == 100 or EVERY_ONE.search(around(sentence, of)[0]):  # of others: `and all 40 nurses (100%)`
        return None
    return (of, base) if "(" in around(sentence, mention)[0][-2:] else None


def _divides(figure: Mention) -> bool:
    return figure.sort == "duration" or (figure.sort == "count" and (figure.value or Fraction(0)).denominator == 1)


def average(sentence: Sentence, mention: Mention, free: list[Mention]) -> Proposal | None:
    """`1,466 children on 3,812 occasions, equivalent to 2.6 episodes per child`: the larger by the smaller."""
    figures = [m for m in free if m.sort in ("count", "money", "duration") and m.value and m.value > 1]
    if not 0 < len(figures) < 5 or not mention.value:
        return None
    before, after = around(sentence, mention)
    each = re.search(r"\bfor (?:each|every)\b[^<>]{0,50}$", before)
    clause = f"{each[0]} {beside(after)}" if each else re.split(r"[,(]", before)[-1][-60:] + " " + beside(after)
    if mention.sort == "rate":
        clause = "per"
    if not AVERAGE.search(clause) or NO_MEAN.search(f"{before[-20:]}|{after}") or NO_AVERAGE.search(sentence.template):
        return None
    if (number := years(sentence)) and re.match(r" (?:a|each|every|per) year\b", after):
        for one in figures:
            sides = [part(sentence, "total", one, period=""), Part("divisor", str(number), "", "", sentence.paragraph)]
            proposal = Proposal("average", sentence, [*sides, part(sentence, "printed", mention, period="")])
            if proposal.follows:
                return proposal
    tried = []
    for one in figures:
        for two in figures:
            timed = two.sort != "duration" or re.search(
                rf"averag|mean|\b{unit_word(sentence, two).rstrip('s')[-5:]}", clause
            )
            long = one.sort != "duration" or (two.sort == "count" and TOTAL_TIME.search(around(sentence, one)[1]))
            if timed and long and _divides(two) and (one.value or 0) > (two.value or 0):
                ratio = (one.value or Fraction(0)) / (two.value or Fraction(1)) / mention.value
                tried.append((_average(sentence, one, two, mention), ratio))
    if exact := next((proposal for proposal, _ in tried if proposal.follows), None):
        return exact
    each = re.match(r" (?:a|each|every|per) (?:day|week|month|quarter)\b", after)
    totals = [m for m in figures if m.sort == "count" and (m.value or 0) > mention.value]
    if not tried and each and len(totals) == 1:
        sides = [part(sentence, "total", totals[0], period="")]
        if IN_YEAR.search(sentence.template) and (months := PER_YEAR.get(each[0].split()[-1])):
            sides.append(Part("divisor", months, "", "", sentence.paragraph))
        return Proposal("average", sentence, [*sides, part(sentence, "printed", mention, period="")])
    return _near(tried, figures, mention)


def _near(tried: list[tuple[Proposal, Fraction]], figures: list[Mention], mention: Mention) -> Proposal | None:
    """The only mean that is near, unless a figure over the months, weeks or days of a year gives the print."""
    value, lengths = mention.value or Fraction(0), (4, 12, 52, 365)
    year = any(abs((m.value or Fraction(0)) / k - value) < Fraction(1, 2) for m in figures for k in lengths)
    return tried[0][0] if len(tried) == 1 and 0.5 <= tried[0][1] <= 2 and not year else None


def years(sentence: Sentence) -> int:
    """The number of years of `between 2017/18 and 2021/22`; 0 where the sentence names no two."""
    times = [period(m.text) for m in sentence.mentions if m.sort == "period"]
    ends = [t.end for t in times if t is not None and t.kind in ("year", "calendar")]
    return (ends[1] - ends[0]) // 12 + 1 if len(ends) == 2 and ends[0] < ends[1] else 0


def beside(after: str) -> str:
    """What stands after a figure, without words such as `the average is` that open the next one."""
    words = re.split(r"[,(<\u2013]| - ", after)[0][:45]
    opens = after[len(words) :].startswith("<") and not APIECE.match(words)
    return "" if opens else words


def _average(sentence: Sentence, total: Mention, divisor: Mention, mention: Mention) -> Proposal:
    figures = zip(("total", "divisor", "printed"), (total, divisor, mention), strict=True)
    return Proposal("average", sentence, [part(sentence, role, m, period="") for role, m in figures])


def rate(sentence: Sentence, mention: Mention, free: list[Mention]) -> Proposal | None:
    """`1,851 in need out of a population of 48,200, a rate of 384 per 10,000`, `the rate per 10,000 was 384`: the two counts that give it.

    Where none do: the only two, if the larger may be a population and the print is within half and twice what they give.
    """
    stated = PER_SAID.search(around(sentence, mention)[0])
    per = (mention.per or (stated[1] if stated else "")).replace(",", "")
    counted = [m for m in free if m.sort == "count"]
    pairs = [smaller_first(p) for p in pairs_of(sentence, counted)] if per.isdigit() else []
    tried = [_rate(sentence, *pair, mention, per) for pair in pairs]
    if (right := next((proposal for proposal in tried if proposal.follows), None)) is not None or len(pairs) != 1:
        return right
    (count, people), printed = pairs[0], mention.value or 0
    exact = (count.value or 0) * int(per) / (people.value or 1)
    near = exact / 2 <= printed <= exact * 2 or any(abs(printed * 10**k - exact) * 50 < exact for k in (-1, 1))
    return tried[0] if (people.value or 0) >= PEOPLE and near else None


def _rate(sentence: Sentence, count: Mention, people: Mention, mention: Mention, per: str) -> Proposal:
    figures = zip(("count", "population", "printed"), (count, people, mention), strict=True)
    return Proposal("rate", sentence, [part(sentence, role, m, period="") for role, m in figures], fields={"per": per})
