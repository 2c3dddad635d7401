"""Sentences of intervals: a figure with the interval it lies in, and another place inside or outside of it."""

from __future__ import annotations

import re

from .change_prints import token
from .mentions import Mention
from .proposal import Part, Proposal, part
from .sentence import Sentence, remembered
from .wording import FALL, MOVE, RISE, direction_of

INTERVAL = re.compile(
    rf"<p\d+> (?:confidence )?(?:intervals?|limits|range|ci)(?:, [a-z]+ [a-z]+,)?[:,]? (?:of |from |is |was )?{token('low', 'npgr')} (?:to|and|\u2013|-) {token('high', 'npgr')}"
)
LEVEL = re.compile(r"<(p\d+)> (?:confidence )?(?:intervals?|limits|range|ci)\b")
RANGE = rf"{token('printed', 'p')} (?:to|\u2013|-) {token('high', 'p')}"
RANGE_LEFT = re.compile(r"^\(<p\d+> (?:to|\u2013|-) <p\d+>, $")
OF_ALL = rf"{token('numerator', 'n')} (?:out )?of (?:the |all |our |about |around |some )*{token('denominator', 'n')}"
SHARE_RANGES = (
    re.compile(rf"{OF_ALL}[^<>;.()]{{0,60}}\({RANGE}[),;]"),
    re.compile(rf"{RANGE} \((?:about |around |some )?{OF_ALL}[),;]"),
)
PERCENT_RANGE = re.compile(
    rf"(?P<moved>\b(?:from|by|between|{RISE}|{FALL}|{MOVE})\b[^<>;.]{{0,25}})?<(?P<low>p\d+)> (?:to|\u2013|-) <(?P<high>p\d+)>"
)
AGAINST = re.compile(
    rf"{token('comp')}[^<>;]{{0,20}} lies (?P<where>below|above|inside|within|outside) (?:it|that interval|its interval|the interval)(?:[:,]? here it is (?P<side>higher|lower))?"
)
NO_CHANGE = re.compile(r"\bno (?:change|difference|move)\b")


def intervals(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`19.6% (44 of 224; 95% interval 15.0% to 25.3%)`: the figure, or the change that the sentence says, lies inside."""
    result = []
    for match in INTERVAL.finditer(sentence.template):
        low, high = sentence.of(match["low"]), sentence.of(match["high"])
        used |= _names(match)
        shown = _figure_of(sentence, match.start(), low, high)
        if shown is None or low.value is None or high.value is None:
            continue
        ends = [part(sentence, role, end, period="") for role, end in (("low", low), ("high", high))]
        for end, mention in zip(ends, (low, high), strict=True):
            end.more.update({"sign": "-"} if mention.sign == "-" else {})
        result.append(Proposal("interval", sentence, [*ends, shown]))
    return [*result, *_ranges_of_shares(sentence, used)]


def _ranges_of_shares(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`about 15 of 100 (12% to 18%)`: rounded counts leave a range of shares, one claim and not one of each end."""
    result = []
    for match in (m for pattern in SHARE_RANGES for m in pattern.finditer(sentence.template)):
        names = {role: match[role] for role in ("numerator", "denominator", "printed")}
        if match["high"] not in used and used.isdisjoint(names.values()):
            used |= {*names.values(), match["high"]}
            parts = [part(sentence, role, sentence.of(name)) for role, name in names.items()]
            result.append(Proposal("share", sentence, parts))
    return result


@remembered
def names_of_ranges(sentence: Sentence) -> set[str]:
    """Both ends of every range of percentages, `(78% to 82% in 2016-17)`, which is no change from one to the other."""
    ranges = (match for match in PERCENT_RANGE.finditer(sentence.template) if not match["moved"])
    return {name for match in ranges for name in (match["low"], match["high"])}


@remembered
def names_of_intervals(sentence: Sentence) -> set[str]:
    """The figures of a sentence that are an interval's: its 95% and both ends."""
    names = {name for match in INTERVAL.finditer(sentence.template) for name in _names(match)}
    return names | set(LEVEL.findall(sentence.template))


def _names(match: re.Match) -> set[str]:
    return {match["low"], match["high"], match[0][1 : match[0].index(">")]}


def _figure_of(sentence: Sentence, before: int, low: Mention, high: Mention) -> Part | None:
    """The figure that an interval is of: the nearest before it of its unit and decimals; a change with its sign."""
    template = sentence.template
    clause = re.split(r"; |\. ", template[:before])
    clause_start = before - len(clause[-1]) if len(clause) > 1 and re.search(r"<[npgr]\d+>", clause[-1]) else 0
    signed = bool(low.sign or high.sign)
    near = template[max(0, before - 160) : before]
    if signed and NO_CHANGE.search(near):
        at = template.rfind("no ", 0, before)
        return Part("printed", "0", "", "", sentence.paragraph, (sentence.offset + at, sentence.offset + at + 9))
    decimals = len(low.text.partition(".")[2])
    points = signed and high.sort == "points" and "<g" in template[clause_start:before]  # of those, not of a side
    figures = r"<(g\d+)>" if points else r"<([npgr]\d+)>"
    # `about 31 (15 among 49,138; 95% interval 14 to 55)`: of what stands before the bracket
    opened = template.rfind("(", 0, before)
    inside = opened > template.rfind(")", 0, before) and opened > clause_start - 200
    bare = [n for n in re.findall(figures, template[:opened]) if n[0] != "p"]
    head = template[:opened] if inside and bare and not signed and low.sort != "percent" else template[:before]
    of_range = inside and RANGE_LEFT.search(template[opened:before])  # `(4.3% to 5.9%, 95% interval, 3% to 9%)`
    for match in reversed(list(re.finditer(figures, head))):
        mention = sentence.of(match[1])
        if match[1] in names_of_intervals(sentence) or _unread(sentence, mention, low):
            return None
        alike = (mention.sort == "percent") == (low.sort == "percent") or (signed and low.sort != "percent")
        level = of_range or len(mention.text.partition(".")[2]) == decimals
        if not alike or not level or match.start() < clause_start - 200:
            continue
        if signed and (mention.sort == "percent") != (high.sort == "percent") and high.sort != "points":
            continue
        shown = part(sentence, "printed", mention, period="")
        shown.more.pop("word", None)
        way = direction_of(template[match.end() : match.end() + 60].split(" than")[0]) if signed else ""
        if signed and not way and not mention.sign:
            return None
        shown.more.update({"direction": way} if way else {})
        shown.more.update({"sign": "-"} if mention.sign == "-" else {})
        return shown
    return None


def _unread(sentence: Sentence, mention: Mention, low: Mention) -> bool:
    """Whether digits stand between a figure and an interval that are no figure: `decile 5: 43 to 45 (36 to 54)`."""
    between = list(sentence.text[mention.span[1] : low.span[0]])
    for other in sentence.mentions:
        start, end = (max(at - mention.span[1], 0) for at in other.span)
        between[start:end] = " " * len(between[start:end])
    return any(map(str.isdigit, between))


def against_interval(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`The rate of England (64.0) lies below it: here it is higher`, after a sentence with a figure and its interval."""
    spans = list(INTERVAL.finditer(before.template))
    if not spans:
        return []
    span = spans[-1]
    low, high = before.of(span["low"]), before.of(span["high"])
    ours = _figure_of(before, span.start(), low, high)
    result = []
    for match in AGAINST.finditer(sentence.template):
        if match["comp"] in used or low.sign or high.sign or ours is None:
            continue
        used.add(match["comp"])
        mention = sentence.of(match["comp"])
        if match["side"]:
            at = sentence.text.lower().find(match["side"], sentence.text.lower().find("here it is"))
            word = Part("printed", None, "", "", sentence.paragraph,
                        (sentence.offset + at, sentence.offset + at + len(match["side"])), {"word": match["side"]})  # fmt: skip
            comparator = part(sentence, "comparator", mention, period="")
            result.append(Proposal("comparison", sentence, [_own(ours), comparator, word]))
        ends = [part(before, "low", low, period=""), part(before, "high", high, period="")]
        if match["where"] in ("inside", "within"):
            result.append(Proposal("interval", sentence, [*ends, part(sentence, "printed", mention, period="")]))
        elif match["where"] in ("below", "above"):
            end = ends[0] if match["where"] == "below" else ends[1]
            side = Part("printed", None, "", "", sentence.paragraph, end.span,
                        {"word": "higher" if match["where"] == "below" else "lower"})  # fmt: skip
            end.role = "own"
            comparator = part(sentence, "comparator", mention, period="")
            result.append(Proposal("comparison", sentence, [end, comparator, side]))
    return result


def _own(shown: Part) -> Part:
    return Part("own", shown.value, shown.unit, "", shown.paragraph, shown.span, dict(shown.more))
