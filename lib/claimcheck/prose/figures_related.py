"""What no shape of a sentence told: which of its figures give another one, by arithmetic and by what kind of words it has.

Every printed percentage, difference, rate or mean that no complete claim holds is tried against all figures of its sentence
that may be its sides, then against those of the sentences just before it. What follows exactly is read, where the
sentence has words of the kind (change, part, mean, rate). What does not follow is accused only where the sentence has no other
figures of that sort than the two, says which is which, and a slip of a known kind gives the print to its last digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from ..answers import REPRODUCES, WRONG
from ..printed_numbers import parse
from .change_prints import kind_of_difference
from .changes_in_any_order import change_word, way_of
from .interval_sentences import names_of_intervals, names_of_ranges
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal, part
from .result_figures import elsewhere, is_amount, name_of, names_of, parted, prints, stands_at, told_apart, unit_word
from .sentence import Sentence, remembered
from .share_sentences import NONE
from .shares_in_any_order import beside
from .wording import FALL, MOVE, NOUN_MOVE, RISE, direction_of

Place = tuple[Sentence, Mention]
LARGER = r"(?:heavier|busier|larger|bigger|longer|dearer|costlier|stronger|wider|faster|older|extra|additional|outnumber\w*|gain\w*|on top|exceed\w*)"
SMALLER = r"(?:lighter|quieter|smaller|shorter|cheaper|weaker|narrower|slower|younger|quicker|lost|los[ei]\w*|saving|saved|short of)"
CHANGES = re.compile(
    rf"<[nprm]\d+> to <[nprm]\d+>|\b(?:{RISE}|{FALL}|{MOVE}|{NOUN_MOVE}|{LARGER}|{SMALLER}|difference|gap|better|worse|than|swing)\b"
)
PARTS = re.compile(
    r"\b(?:of|from|among|amongst|out|share|proportion|percentage|per cent|rate|made up|account\w*|represent\w*|being|i\.e)\b|[(/:=-]"
)
MEANS = re.compile(
    r"\baverag\w+|\bmean\b|\beach\b|\bapiece\b|\bevery\b|\bper\b|(?<!about )(?<!of )(?<!with )(?<!for )\ba(?:n)? (?:day|week|month|year|child|head|person|place|worker|session|course|school|visit|family|case)\b|\b(?:daily|weekly|monthly|yearly|annually)\b"
)
RATES = re.compile(r"\b(?:per|for every|in every|out of every) (?P<per>1,?000|10,?000|100,?000)\b")
OF_PEOPLE = r"<{}> (?:[a-z]+ ){{0,2}}(?:among|amongst|of|out of) (?:the |our |a )*<n\d+>"  # a count, and no rate
LENGTHS = {"day": 365, "dai": 365, "week": 52, "month": 12, "quarter": 4}
OF_YEAR = re.compile(r"\b(?:year|yearly|annual\w*|twelve months)\b|<[td]\d+>")
SLIPS = {"wrong_base", "ratio_printed_as_increase", "pp_vs_percent", "wrong_denominator", "scale_error"}
SIDE_SORTS = ("count", "money", "rate", "percent", "duration")
SINGLE = re.compile(
    r"\b(?:would|could|may|might|will|target|aim\w*|ambition|expected|forecast|plan(?:s|ned)? to|inflation|pay award|if)\b"
)
NAMED_BASE = re.compile(r"\b(?:compared (?:with|to)|since|on|from|against|than(?: in)?) (?:in |the end of )?<(t\d+)>")
BACK = re.compile(
    r"^(?:this|that|these|it|they|between them|which|put)\b|\bit (?:was|had been|stood at)\b|\b(?:therefore|thus|of (?:them|these|those)|equates|represents|amounts to|as a percentage)\b"
)


def figures_related(passages: Passages, sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """The proposals of a sentence with what its figures give besides; one without its sides gives way to one that has them."""
    result = list(read)
    if len(sentence.figures) > 9:
        return result
    ends = names_of_intervals(sentence) | names_of_ranges(sentence)  # from which nothing is worked out
    for mention in sentence.mentions:
        if name_of(sentence, mention) in ends:
            continue
        wanting = [p for p in result if prints(p, sentence, mention) and _lacks(p)]
        if mention.sort in ("period", "ordinal", "fraction") or not mention.value:
            continue
        if not wanting and name_of(sentence, mention) in used.union(*(names_of(p, sentence) for p in result)):
            continue
        here = [
            (sentence, m)
            for m in (sentence.mentions if mention.sort == "duration" else sentence.figures)
            if m.sort not in ("period", "ordinal")
            and m is not mention
            and m.value
            and name_of(sentence, m) not in ends
            and not is_amount(sentence, m)
            and not _is_result(result, sentence, m)
        ]
        tried = [p for p in _readings(sentence, mention, here) if not _known(p, result) and _keeps_part(p, wanting)]
        proposal = _exact(sentence, mention, tried) or _slip(sentence, mention, here, tried)
        proposal = proposal or _mean(sentence, mention, here, tried)
        if proposal is None and (len(here) < 2 or wanting):
            proposal = _before(passages, sentence, mention, here, wanting)
        if proposal is not None:
            result = [p for p in result if p not in wanting] + [proposal]
            used |= names_of(proposal, sentence)
    return result


def _keeps_part(proposal: Proposal, wanting: list[Proposal]) -> bool:
    """Whether a share is of the part that its sentence says: `schools 30 (6%)` is of the 30, whatever else gives 6%."""
    said = {p.span for w in wanting if w.kind == "share" for p in w.parts if p.role == "numerator"}
    return proposal.kind != "share" or not said or said <= {p.span for p in proposal.parts if p.role == "numerator"}


def _known(proposal: Proposal, read: list[Proposal]) -> bool:
    """Whether the part and the whole of a share have another percentage of the sentence already."""
    spans = [p.span for p in proposal.parts[:2]]
    return proposal.kind == "share" and any(spans == [p.span for p in r.parts[:2]] for r in read if len(r.parts) == 3)


def _lacks(proposal: Proposal) -> bool:
    """Whether a proposal cannot be judged for want of a side."""
    valued = [p for p in proposal.parts if p.value is not None]
    open_ended = proposal.kind in (
        "percent_change", "count_change", "point_difference", "share", "bound", "average", "rate",
        "percent_difference",
    )  # fmt: skip
    return open_ended and not proposal.fields.keys() - {"per"} and len(valued) < 3


def _is_result(read: list[Proposal], sentence: Sentence, mention: Mention) -> bool:
    return bool(mention.sign) or any(prints(p, sentence, mention) and not _lacks(p) for p in read)


def _exact(sentence: Sentence, mention: Mention, tried: list[Proposal]) -> Proposal | None:
    """The nearest figures that give a print, where the sentence has words of the kind."""
    tried = sorted(tried, key=lambda p: _distance(sentence, p, mention))
    return next((p for p in tried if _verdict(p)[0] == REPRODUCES), None)


def _slip(sentence: Sentence, mention: Mention, figures: list[Place], tried: list[Proposal]) -> Proposal | None:
    """The only two figures of their sort, told apart, of which a known slip gives the print."""
    if SINGLE.search(sentence.template):
        return None
    for proposal in tried:
        sides = [m for _, m in figures for p in proposal.parts if p.role != "printed" and stands_at(p, sentence, m)]
        alike = [m for _, m in figures if sides and m.sort == sides[0].sort]
        if len(sides) != 2 or len(alike) != 2 or any(m.qualifier for m in sides):  # `fewer than 20` is a limit, no side
            continue
        counted = re.search(OF_PEOPLE.format(name_of(sentence, mention)), sentence.template)
        if proposal.kind == "rate" and (counted or mention.qualifier):
            continue
        if proposal.kind != "share" and parted(sentence, mention, (alike[0], alike[1])):
            continue
        apart = proposal.kind == "share" or told_apart(sentence, (alike[0], alike[1])) or mention.sort == "points"
        if apart and _verdict(proposal) == (WRONG, True):
            return proposal
    return None


def _mean(sentence: Sentence, mention: Mention, figures: list[Place], tried: list[Proposal]) -> Proposal | None:
    """The only mean that a print can be of, and near to it: `117.5 a month, the yearly total being 1,290`."""
    tried = [p for p in tried if p.kind == "average"]
    if len(figures) > 2 or not re.search(r"\baverag|\bmean\b|\beach\b|\bper\b|\bapiece\b", sentence.template):
        return None
    tried = [p for p in tried if p.parts[1].span != (0, 0) or OF_YEAR.search(sentence.template)]
    sizes = [(parse(p.parts[0].value or ""), parse(p.parts[1].value or "")) for p in tried]
    near = [
        bool(a and b and b.value and mention.value and 0.6 < a.value / b.value / mention.value < 1.6) for a, b in sizes
    ]
    return tried[near.index(True)] if near.count(True) == 1 else None


def _before(
    passages: Passages, sentence: Sentence, mention: Mention, here: list[Place], wanting: list[Proposal]
) -> Proposal | None:
    """Figures of the sentences just before, with those of the sentence: only what follows exactly, or was said to be of `this`."""
    near = passages.near(sentence, 2)
    far = [(s, m) for s in near for m in s.figures if m.value and not m.sign]
    if not far or len(far) > (16 if here else 8) or not (BACK.search(sentence.template) or wanting):
        return None
    spans = {p.span for w in wanting for p in w.parts if p.value is not None}
    tried = [
        p
        for p in _readings(sentence, mention, [*here, *far])
        if (not wanting or p.kind == wanting[0].kind)
        and spans <= {s.span for s in p.parts if s.paragraph == sentence.paragraph}
    ]
    if re.search(
        r"\bnow\b", sentence.template
    ):  # `it is now 66%, so five points better`: the figure before is the earlier
        here_spans = [m.span[0] + sentence.offset for m in sentence.mentions]
        tried.sort(key=lambda p: p.parts[0].role == "old" and p.parts[0].span[0] in here_spans)
    slips = [p for p in tried if p.kind == "average" and p.exchanged] if len(far) + len(here) < 3 else []
    tried = [p for p in tried if _verdict(p)[0] == REPRODUCES] or slips
    base = NAMED_BASE.search(sentence.template)
    ends = [(s.paragraph, s.offset + m.span[1]) for s, m in far if base and s.period_of(m) == sentence.of(base[1]).text]
    if ends:  # `compared with 2018`: of no other year
        tried = [p for p in tried if all((s.paragraph, s.span[1]) in ends for s in p.parts if s.role == "old")]
    for proposal in tried:
        proposal.elsewhere = True
    return tried[0] if tried else None


def _verdict(proposal: Proposal) -> tuple[str, bool]:
    judged = proposal.judged
    return judged.verdict, judged.diagnosis in SLIPS


def _distance(sentence: Sentence, proposal: Proposal, mention: Mention) -> int:
    at = sentence.offset + mention.span[0]
    return sum(abs(p.span[0] - at) for p in proposal.parts if p.value is not None and p.paragraph == sentence.paragraph)


def _readings(sentence: Sentence, mention: Mention, figures: list[Place]) -> Iterator[Proposal]:
    """What a print may be of two figures: a change or difference, a part, a rate, a mean."""
    figures = [f for f in figures if f[1].sort in SIDE_SORTS]
    template, printed = sentence.template, mention.sort
    if not figures:
        return
    changes, parts, rate = _words_of_kinds(sentence)
    per = (mention.per or (rate["per"] if rate else "")).replace(",", "")
    before = template.partition(f"<{name_of(sentence, mention)}>")[0]
    amount = printed in SIDE_SORTS and (
        change_word(sentence, mention) or re.search(r"\b(?:extra|additional) $", before)
    )
    for one, two in permutations(figures, 2):
        a, b = one[1], two[1]
        if a.sort != b.sort or a.per != b.per:
            continue
        smaller, counted = (a.value or 0) <= (b.value or 0), a.sort in ("count", "money")
        sized = a.sort == "percent" if printed == "points" else printed == "percent" or printed == a.sort != "percent"
        if changes and sized and (printed in ("percent", "points") or amount):
            yield _change(sentence, mention, one, two)
        if printed == "percent" and counted and smaller and parts and not NONE.search(template):
            yield _of(sentence, "share", ("numerator", "denominator"), mention, one, two)
        if per.isdigit() and printed in ("rate", "count") and a.sort == "count" and smaller and (b.value or 0) >= 1000:
            yield _of(sentence, "rate", ("count", "population"), mention, one, two, per=per)
    yield from _means(sentence, mention, figures)


@remembered
def _words_of_kinds(sentence: Sentence) -> tuple[re.Match | None, re.Match | None, re.Match | None]:
    return CHANGES.search(sentence.template), PARTS.search(sentence.template), RATES.search(sentence.template)


def _means(sentence: Sentence, mention: Mention, figures: list[Place]) -> Iterator[Proposal]:
    """A mean of a total over a count, or over the days, weeks or months of a year."""
    totals = [f for f in figures if f[1].sort in (("duration",) if mention.sort == "duration" else ("count", "money"))]
    if not totals or mention.sort not in ("count", "money", "times", "duration"):
        return
    before, _, after = sentence.template.partition(f"<{name_of(sentence, mention)}>")
    near = f"{before[-60:].rpartition('>')[2]} {beside(after)[:30]}"
    if re.search(r"\b(?:each of (?:the |our |these )*|every )$", before) or (
        not MEANS.search(near) and not re.match(r"per (?:day|week|month)\b", sentence.template)
    ):
        return
    for one in totals:
        for two in figures:
            if two is not one and two[1].sort == "count" and (two[1].value or 0) > 1 and (two[1].value or 0) % 1 == 0:
                yield _of(sentence, "average", ("total", "divisor"), mention, one, two)
        printed = [m for m in sentence.mentions if m.sort == "duration" and m.value]
        for word, length in LENGTHS.items() if one[1].sort == mention.sort != "duration" else ():
            over = [m for m in printed if unit_word(sentence, m).endswith((word, f"{word}s"))]
            if re.search(rf"\b(?:a|an|each|every|per) {word}|^per {word}|\b{word}ly\b", sentence.template):
                proposal = _of(sentence, "average", ("total",), mention, one)
                divisor = Part("divisor", str(length), "", "", sentence.paragraph)
                if len(over) == 1:
                    divisor = part(sentence, "divisor", over[0], period="")
                proposal.parts.insert(1, divisor)
                yield proposal


def _change(sentence: Sentence, mention: Mention, old: Place, new: Place) -> Proposal:
    """A change, or a difference where one of the two is another place's; which way, as the words nearest to the print say."""
    place = elsewhere(*old)
    before, _, after = sentence.template.partition(f"<{name_of(sentence, mention)}>")
    words = (
        after[:40] if re.match(rf"[^<>;,.]{{0,12}}\b(?:{RISE}|{FALL}|{LARGER}|{SMALLER})\b", after) else before[-60:]
    )
    way = way_of(words) or direction_of(sentence.template)
    way = (
        "rise"
        if not way and re.search(rf"\b{LARGER}\b", words)
        else way or ("fall" if re.search(rf"\b{SMALLER}\b", words) else "")
    )
    kind = {"points": "point_difference", "percent": "percent_change"}.get(mention.sort, "count_change")
    if not place or elsewhere(*new):
        return _of(sentence, kind, ("old", "new"), mention, old, new, direction=way)
    proposal = _of(sentence, "", ("comparator", "own"), mention, old, new, direction=way)
    proposal.kind = kind_of_difference(proposal.parts[-1], old[1].unit)
    return proposal


def _of(
    sentence: Sentence,
    kind: str,
    roles: tuple[str, ...],
    mention: Mention,
    *sides: Place,
    per: str = "",
    direction: str = "",
) -> Proposal:
    parts = [part(s, role, m, period="") for role, (s, m) in zip(roles, sides, strict=True)]
    shown = part(sentence, "printed", mention, period="", **({"direction": direction} if direction else {}))
    return Proposal(kind, sentence, [*parts, shown], fields={"per": per} if per else {})
