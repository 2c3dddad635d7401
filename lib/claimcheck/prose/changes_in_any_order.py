"""Changes and differences beside the two figures that they lie between, in whatever order and words a sentence tells them."""

from __future__ import annotations

import re

from ..stated_periods import period
from .change_prints import kind_of, kind_of_difference
from .mentions import Mention
from .one_sided_changes import CAUSES
from .proposal import Proposal, part
from .result_figures import (
    Pair,
    around,
    dates,
    elsewhere,
    is_past,
    name_of,
    orders,
    pairs_of_one_unit,
    parted,
    told_apart,
)
from .sentence import Sentence, remembered
from .wording import BEFORE_TIME, MOVE, NOUN_MOVE, direction_of

UP = r"higher|more|longer|ahead|above|greater|larger|bigger|gain|uplift|growth|up|slower|expansion|climb|excess|surplus|over(?= (?:the |our )?(?:budget|target|allocation))"
DOWN = r"lower|fewer|less|shorter|quicker|faster|behind|below|smaller|shortfall|short|down|saving|cut|loss|under(?= (?:the |our )?(?:budget|target|allocation))|beneath|adrift"
MOVED = rf"(?:{MOVE}|{NOUN_MOVE}|{UP}|{DOWN}|gap|improvement|difference|swing|change)"
SOFTLY = r"(?:just |only |about |around |nearly |almost |over |some |approximately |a further |a total of |roughly )*"
LEVEL = re.compile(
    rf"\b(?:to|at|from|than|with|against|were|are|stands|stood|reached|now|in|for)\s+{SOFTLY}$|\b(?:to|from|at) (?:\w+ )?$"
)
CHANGE_BEFORE = re.compile(
    rf"(?<![\w-])(?<!make )(?<!makes )(?<!making )(?<!made )(?<!taken )(?<!took )(?<!take )(?!(?:went|gone|goes|moved) (?:on|to|into|through|out|in)\b)(?P<word>{MOVED})\b[^<>;]*(?:<[dt]\d+>[^<>;]*){{0,2}}\b(?:by|of|is one of|is|was|:|at)?\s*{SOFTLY}$"
)
GAP_BETWEEN = re.compile(
    rf"\b(?P<word>gap|difference) between\b[^;.]*\band\b[^;.]*\b(?:is|was|of|being|at) (?:now )?{SOFTLY}$"
)
AS_WELL = re.compile(
    rf"(?<![\w-])(?P<word>{MOVED}) (?:of|by) <[nm]\d+>(?: [a-z]+)?(?:,? (?:or|i\.e\.)|,| -| \u2013)? $"
)
ADDED = re.compile(r"(?:\b(?:is|was|being|of|by)|[,:(\u2013-]) ?an? (?:additional|extra|further) $")
ADDED_AFTER = re.compile(r"(?: [a-z-]+){0,3}(?:[.,;)]|$)")  # not `a further 30 were waiting`
AMOUNT_BEFORE = re.compile(
    rf"(?<![\w-])(?<!made )(?<!make )(?<!makes )(?<!making )(?P<word>{MOVED})(?: (?:of|by))? {SOFTLY}$"
)
CHANGE_AFTER = re.compile(
    rf"^(?:[ -](?:(?!(?:or|requir\w+|need\w*|is|are|was|were|remain|stay|stood|sit|stand)\w*\b)\w+ ){{0,2}}?(?P<word>{NOUN_MOVE}|{UP}|{DOWN}|improvement|difference|gap|swing|better|worse)\b(?! than (?:an? (?!(?:year|quarter|month) (?:ago|before|earlier))|good\b|adequate|satisf|half|one|two|three|<d))|\) (?P<word2>more|fewer|less|higher|lower)\b (?=than|on|compared))"
)
POLAR = re.compile(r"improv|better|worse|worsen|deteriorat|chang|differ|gap|swing")  # how far, not which way
THAN_COUNT = re.compile(
    r"^ (?:fewer|more|less|higher|lower)(?: (?P<noun>[a-z]{4,}))? than (?:the |in |last year's |its )*<(?P<old>[nm]\d+)>"
)
# of a level
THRESHOLD = r"above|below|beneath|over|under|higher|lower|more|fewer|less|greater|larger|smaller|behind|ahead"
# `in 2023/24 there were 7,560, a 5% rise`: the later, where it is alone
THEN = re.compile(r"<t\d+>,? there (?:was|were) $")
LONGER = re.compile(
    r"\b(?:over|since|in|across) (?:the )?(?:(?:last|past) )?<[dt]\d+>|\bover the (?:whole )?period\b|\bsince (?:then|<t\d+>)"
)
THAN_BEFORE = re.compile(rf"^ [a-z]+ than (?:in )?(?:{BEFORE_TIME}|<t\d+>)")
YEAR_BEFORE = re.compile(r"\b(?:year before|previous year|last year|year on year|preceding year|prior year)\b")
THIS_YEARS = re.compile(r"\bthis year's $")
OF_OURS = re.compile(r"^[^<>;]{0,20}\b(?:than|behind|below|above|ahead of|beneath|short of) (?:our|ours|ours? own)\b")
OTHER_WAY = {"rise": "fall", "fall": "rise"}
BASE_OF_PRINT = re.compile(
    r"^[^<>;.]{0,25}\b(?:since|on|from|than|over|compared (?:to|with)) (?:in |the end of |that of )?<(t\d+)>"
)
YEARS_OF_PRINT = re.compile(r"\b(?:between|from) <(?P<old>t\d+)> (?:and|to) <(?P<new>t\d+)>")


@remembered
def change_word(sentence: Sentence, mention: Mention) -> str:
    """The word that makes a print a change: `growth of 35%`, `143 more`; blank for a level or a share."""
    before, after = around(sentence, mention)
    if CAUSES.search(before[-60:]):
        return ""
    if way := {"+": "up", "-": "down"}.get(mention.sign):
        return way
    if match := CHANGE_AFTER.match(after):
        return match["word"] or match["word2"]
    if match := GAP_BETWEEN.search(before):
        return match["word"]
    if mention.sort in ("count", "money") and ADDED.search(before) and ADDED_AFTER.match(after):
        return "more"
    if mention.sort == "percent" and (match := AS_WELL.search(before)):
        return match["word"]
    before = re.split(r", (?:as|with|because|when|where|while|whereas|and)\b", before[-75:])[-1]
    match = (AMOUNT_BEFORE if mention.sort in ("count", "money", "duration") else CHANGE_BEFORE).search(before)
    beside = (
        match is not None
        and re.fullmatch(THRESHOLD, match["word"])
        and not before[match.end("word") :].startswith(" by")
    )
    listed = match is not None and ":" in before[match.end("word") :] and not re.fullmatch(NOUN_MOVE, match["word"])
    if match is None or beside or listed or (before.endswith("(") and re.fullmatch(rf"{UP}|{DOWN}", match["word"])):
        return ""
    return "" if LEVEL.search(before[match.end("word") :]) else match["word"]


def way_of(words: str) -> str:
    """`rise`, `fall`, or blank where the words say neither."""
    if words in ("over", "under"):  # a budget
        return {"over": "rise", "under": "fall"}[words]
    if re.search(rf"\b(?:{UP})\b", words):
        return "rise"
    return "fall" if re.search(rf"\b(?:{DOWN})\b", words) else direction_of(words)


def change(sentence: Sentence, mention: Mention, free: list[Mention], word: str) -> Proposal | None:
    """A printed change with the two figures that it follows from, or the only two that it can be meant of."""
    if mention.sort in ("count", "money", "duration"):
        also = {"duration": "count", "count": "rate"}.get(mention.sort)
        free = [m for m in free if m.sort in (mention.sort, also)]
    if mention.sort == "points":
        percents = [m for m in free if m.sort == "percent"]
        free = percents if len(percents) > 1 else [m for m in free if m.sort in ("percent", "points", "count")]
    pairs = [p for p in pairs_of_one_unit(sentence, free) if not all(is_past(sentence, m) for m in p)]
    if gap := GAP_BETWEEN.search(around(sentence, mention)[0]):
        return _gap(sentence, pairs, mention, gap[0])
    earlier = re.findall(rf"\b{MOVED}\b", around(sentence, mention)[0])[-1:]
    way = way_of(word) or way_of(" ".join(earlier))
    sized = bool(way or mention.sign or POLAR.search(word))
    if not sized and not any(elsewhere(sentence, m) for pair in pairs for m in pair):
        return None
    series = _of_series(sentence, mention, free)
    near = sorted(pairs, key=lambda p: abs(p[1].span[1] - mention.span[0]))
    for pair in [series] if series else near:
        for old, new in orders(sentence, pair):
            proposal = _sided(sentence, old, new, mention, way)
            if proposal.follows:
                return proposal
    if not pairs and way and (based := _from_base(sentence, mention, free, way)):
        return based
    only = pairs[0] if len(pairs) == 1 and told_apart(sentence, pairs[0]) else None
    if only and (parted(sentence, mention, only) or _of_other_base(sentence, mention, only)):
        return None
    only = only or _than_of_noun(sentence, mention, free) or series
    places = [bool(elsewhere(sentence, m)) for m in only or ()]
    if all(places) or (any(places) and THAN_BEFORE.match(around(sentence, mention)[1])):
        return None  # none, or two comparators of an own figure that stands in another unit or sentence
    if any(places) and any(is_past(sentence, m) for m, place in zip(only or (), places, strict=True) if not place):
        return None  # `an increase of 6% on last year's 61%, below the England average of 70%`
    if any(places) and re.fullmatch(r"up|down|ris\w+|rose|fell|fall\w*|increas\w+|decreas\w+", word):
        return None  # `17%, up three points, and 4 points above England's 13%`: on a year that is not printed
    if only is None or not sized or max(m.value or 0 for m in only) > 12 * min(m.value or 1 for m in only):
        return None
    return _sided(sentence, *orders(sentence, only)[0], mention, way)


def _from_base(sentence: Sentence, mention: Mention, free: list[Mention], way: str) -> Proposal | None:
    """`a 20% decrease on the 44,830 of 2010-11`: the earlier figure alone is printed."""
    alone = [m for m in free if m.sort != "duration" and not THEN.search(around(sentence, m)[0])]
    base = next((m for m in alone if is_past(sentence, m) and (m.span > mention.span or len(alone) == 1)), None)
    if base is None or mention.sort not in ("points", "percent"):
        return None
    if re.match(r",? \(?(?:up|down|an?)\b[^<>;.]*$", sentence.text[base.span[1] : mention.span[0]].lower()):
        return None  # `in 2018/19 it was 2,507, up by 12%`: the later
    dated = BASE_OF_PRINT.match(around(sentence, mention)[1])
    if dated and (base.span < mention.span or sentence.period_of(base) not in ("", sentence.of(dated[1]).text)):
        return None  # `939 last month, a 7.5% rise on November`
    shown = part(sentence, "printed", mention, period="", direction=way)
    return Proposal(kind_of(mention), sentence, [part(sentence, "old", base, period=""), shown])


def _of_other_base(sentence: Sentence, mention: Mention, pair: Pair) -> bool:
    """`80 in Q1, up 10 on Q4, and in Q2 95`: the print names a base that is of neither figure."""
    base = BASE_OF_PRINT.match(around(sentence, mention)[1])
    labels = [sentence.period_of(m) for m in pair]
    return bool(base and all(labels) and sentence.of(base[1]).text not in labels)


def _gap(sentence: Sentence, pairs: list[Pair], mention: Mention, words: str) -> Proposal | None:
    """`the gap between boys (58%) and girls (71%) is 13%`: in the unit of the two, of percentages in points.

    Figures that it does not follow from must stand between `gap` and the print.
    """
    if len(pairs) != 1:
        return None
    shown = part(sentence, "printed", mention, period="")
    sides = [part(sentence, role, m, period="") for role, m in zip(("old", "new"), pairs[0], strict=True)]
    percent = pairs[0][0].sort == "percent"
    shown.unit = "percentage points" if percent else shown.unit
    proposal = Proposal("point_difference" if percent else "count_change", sentence, [*sides, shown])
    inside = all(f"<{name_of(sentence, m)}>" in words for m in pairs[0])
    return proposal if inside or proposal.follows else None


def _than_of_noun(sentence: Sentence, mention: Mention, free: list[Mention]) -> Pair | None:
    """`402 children from 212 families, 19% fewer children than the 442`: of several counts that of the noun compared."""
    match = THAN_COUNT.match(around(sentence, mention)[1])
    if match is None:
        return None
    old = sentence.of(match["old"])
    news = [m for m in free if m is not old and m.sort == old.sort]
    if match["noun"]:
        news = [m for m in news if sentence.text[m.span[1] :].lower().strip().startswith(match["noun"])]
    return (old, news[0]) if len(news) == 1 else None


def _of_series(sentence: Sentence, mention: Mention, free: list[Mention]) -> Pair | None:
    """Of three figures and more, each with its period: those that the print names (`between 2020 and 2021`), the last two
    for `on the year before`, the ends for `in two years`."""
    if len(free) < 3 or len({m.sort for m in free}) > 1:
        return None
    when = [dates(sentence, (m, m))[0] for m in free]
    if YEAR_BEFORE.search(sentence.template) and THIS_YEARS.search(around(sentence, free[-1])[0]) and not when[-1]:
        return (free[-2], free[-1]) if all(when[:-1]) and when[-2].end == max(w.end for w in when[:-1]) else None
    if not all(when) or len({w.end for w in when}) != len(when):
        return None
    in_time = [m for _, m in sorted(zip(when, free, strict=True), key=lambda pair: pair[0].end)]
    if sum(m.sort == mention.sort for m in sentence.figures) > 1 and free[0].sort != mention.sort:
        return None  # `a rise of 75% followed by a fall of 29%`
    before, after = around(sentence, mention)
    if named := YEARS_OF_PRINT.search(before[-60:]) or YEARS_OF_PRINT.search(after[:40]):
        ends = [period(sentence.of(named[role]).text) for role in ("old", "new")]
        pair = [m for end in ends for w, m in zip(when, free, strict=True) if end and w.end == end.end]
        return (pair[0], pair[1]) if len(pair) == 2 else None
    if base := BASE_OF_PRINT.match(after):
        at = period(sentence.of(base[1]).text)
        olds = [m for w, m in zip(when, free, strict=True) if at and w.end == at.end and m is not in_time[-1]]
        return (olds[0], in_time[-1]) if olds else None
    if YEAR_BEFORE.search(sentence.template):
        return in_time[-2], in_time[-1]
    return (in_time[0], in_time[-1]) if LONGER.search(sentence.template) else None


def _sided(sentence: Sentence, old: Mention, new: Mention, mention: Mention, way: str) -> Proposal:
    place = elsewhere(sentence, old)
    shown = part(sentence, "printed", mention, period="", **({"direction": way} if way else {}))
    unit = next((m.unit for m in (old, new) if m.sort != "count"), "")
    if place and not elsewhere(sentence, new):
        if way:
            turned = OF_OURS.search(around(sentence, mention)[1])  # `the neighbours' 79%, 9 points behind our 88%`
            shown.more["direction"] = {"rise": "higher", "fall": "lower"}[OTHER_WAY[way] if turned else way]
        sides = [part(sentence, "own", new, period=""), part(sentence, "comparator", old, period="", geography=place)]
        return Proposal(kind_of_difference(shown, unit), sentence, [*sides, shown])
    kind = "count_change" if mention.sort == "duration" else kind_of(mention)
    sides = [part(sentence, "old", old, period=""), part(sentence, "new", new, period="")]
    for side in sides:
        side.unit = "%" if mention.sort == "points" else unit
    return Proposal(kind, sentence, [*sides, shown])


COMPARES = re.compile(r"\b(?:this|that|it|which) compares (?:to|with) <(?P<old>[nmpr]\d+)>")
