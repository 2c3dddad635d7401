"""Sentences of change that print one side of it, or neither."""

from __future__ import annotations

import re

from .change_prints import MULTIPLE, PRINTED, kind_of, print_of, token
from .proposal import Part, Proposal, part, said_part, words_part
from .result_figures import is_past, outside_brackets
from .sentence import Sentence
from .wording import BEFORE_TIME, FALL, GAP, MOVE, NOUN_MOVE, RISE, T, better_way, direction_of

FEWER = re.compile(
    rf"{token('new', 'nmp')}(?P<gap>(?:[^<>;.]|<t\d+>){{0,80}}?)[,:(\u2013-] ?(?:which (?:is|was) ||this is |that is |this was )? ?{token('printed', 'nmp')}[^<>;.]{{0,25}}? (?:(?P<word>fewer|more|less|higher|lower|up|down) (?:than|on) (?:(?:in |the )?{T}|{BEFORE_TIME})|(?P<word2>(?<=> )fewer|(?<=> )more|(?<=> )less)(?=[.;)]|$))"
)
IS_HIGHER = re.compile(  # `the 2022 total of 6,169 is six per cent higher`, `412, an additional 23 children`
    rf"{token('new')}[^<>;.,]{{0,40}}? (?:is|was|are|were) (?:just |only |about |nearly |almost )?{token('printed', 'pgn')} (?P<word>higher|lower|more|fewer|less)(?=[.,;)]|$)"
)
ADDED = re.compile(
    rf"{token('new', 'n')}{GAP}{{0,30}}?[,(\u2013-] ?an? (?:additional|extra|further) {token('printed', 'n')}"
)
LARGER = re.compile(  # `1,242, 92 more (8%)`
    rf"{token('new')}{GAP}{{0,60}}?[,;(\u2013-] ?{token('absolute_change', 'nm')} (?P<word>more|fewer|less|higher|lower) \({token('printed', 'p')}\)"
)
MULTIPLE_TO = re.compile(
    rf"\b(?P<word>{MULTIPLE})\b(?:[^<>;.]|<t\d+>){{0,25}}? to (?:just |only |about )?{token('new')}"
)
TIMES_AS = re.compile(  # `there were 36, three times as many`, `are three times more likely`
    rf"(?:{token('new', 'nprm')}[^<>;.]{{0,40}}?[,;] )?{token('printed', 'x')} (?:as (?:many|much|high|often|likely)|more likely|higher|greater)\b(?![^.;]*<[nprm])"
)
SIGNED = re.compile(rf"{token('new', 'npm')}(?P<gap>[^<>;.()]{{0,50}}?)\({token('printed', 'npg')}\)")
NEW_THEN = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,100}}?)(?:[,(;\u2013-] ?(?:(?:which|this|that) (?:is|was) |representing |which represents |a )?| (?:which is|which was|this is|representing|which represents|being) )(?:(?:an? )?(?:[a-z]+ )?(?P<word>{NOUN_MOVE}) of|(?P<word2>up|down)(?: by)?) {token('printed', 'pgn')}(?: \({T}: {token('old2')}\)|[^<>;.]{{0,25}}?\b(?:on|from|over|against) (?:the |last year's |the previous year's )?{token('old')})?"
)
NEW_A = re.compile(  # `made 939 referrals - a 7.5% rise on the year before`
    rf"{token('new')}(?P<gap>{GAP}{{0,100}}?)[,(;\u2013-] ?(?:(?:which|this|that) (?:is|was) |representing |which represents )?an? {token('printed', 'pg')} (?P<word>{NOUN_MOVE})\b(?! (?:from|on|over|against) (?:the )?<[nprm])"
)
SIZED = re.compile(  # `598,150 referrals, down 1.5% (9,110) on the year before`
    rf"{token('new')}{GAP}{{0,100}}?[,(;\u2013-] ?(?:an? )?(?P<word>up|down|{NOUN_MOVE})(?: of| by)? {token('printed', 'p')} ?\({token('absolute_change', 'nm')}\)"
)
MOVED_BY = re.compile(rf"\b{MOVE}(?: by| of)? $")  # the figure after it is no level
BY_TO = re.compile(
    rf"(?P<word>{MOVE})(?: by)? {token('printed', 'pgn')}(?: (?!to\b)[a-z]+| (?:from|on|since|compared (?:to|with)) {BEFORE_TIME})?,? to (?:a total of |just |about )?{token('new')}"
)
BOTH = re.compile(
    rf"(?:{token('new')}{GAP}{{0,60}}?,? )?(?:(?:an? )?(?P<word>{NOUN_MOVE}) of|(?P<word2>{MOVE}) by) (?:around |about |some |approximately )?{token('absolute_change', 'nm')} ?\({token('printed', 'p')}\)(?:[^<>;.]{{0,12}}?\b(?:from|on|over) (?:the )?{token('old')}(?:{GAP}{{0,20}}? to {token('new2')})?)?"
)
MORE_THAN = re.compile(
    rf"{token('new')}{GAP}{{0,90}}?[,;(\u2013-] ?{token('absolute_change', 'nm')} ?\({token('printed', 'p')}\) (?P<word>fewer|more|less|higher|lower) than (?:the |in |its )*{token('old')}"
)
FEWER_THAN = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,70}}?)[,(;\u2013-] ?(?:this|which|that) (?:is|was) (?:[a-z]+ )?(?P<word>fewer|less|lower|more|higher) than (?:(?!<)[a-z' ]{{0,40}})?{BEFORE_TIME}"
)
TO_LEVEL = re.compile(
    rf"(?<!the )(?<!a )(?<!an )(?<!of )\b(?P<word>increased|decreased|reduced|risen|rose|fallen|fell|dropped|grown|grew|declined|improved|improve|worsened)\b(?P<gap>(?:(?!\bfrom\b|\bdue\b)[^<>;.,()]|<t\d+>){{0,30}}?) to (?:just |only |about |around |nearly |almost |over )?{token('new', 'nrpd')}"
)
BY_AMOUNT = re.compile(
    rf"\b(?P<word>increased|decreased|reduced|risen|rose|fallen|fell|dropped|grown|grew|declined) by (?:just |only |about |around |nearly |almost |over )?{token('printed', 'nd')}(?:(?:[^<>;.()]|<t\d+>){{0,50}}? to {token('new', 'nd')}|,? (?:with|leaving) (?:just |only )?{token('new2', 'n')})?"
)
BY_FRACTION = re.compile(
    rf"\b(?P<word>(?:up|down|increased|decreased|reduced|risen|rose|fallen|fell|dropped|grown|grew|declined)(?= by)|{NOUN_MOVE}(?= of)) (?:by|of) (?:just |only |about |around |nearly |almost |over |more than )?{token('printed', 'f')}"
)
CONTRADICTION = re.compile(
    rf"\b(?P<one>reduction|decrease|fall|drop|decline|increase|rise|growth)\b(?:[,:\u2013-]+ ?(?:with |showing )?|[^<>;:,.]{{0,25}} (?:demonstrating|showing|representing|equating to) )(?:an? )?(?P<two>increase|rise|growth|decrease|fall|drop|reduction|decline) of {token('printed', 'pg')}"
)
LONE_TIMES = re.compile(
    rf"\bfor {T} compared (?:to|with) {T}|\bfrom {T}{GAP}{{0,12}}? to (?:the end of )?{T}|\bbetween {T} and {T}|\bin {T} compared (?:to|with) {T}"
)
CAUSES = re.compile(
    r"\bwould\b|\bcould\b|\bmay\b|\bmight\b|\bwill\b|\btarget\b|\baim(?:s|ed|ing)?\b|\bobjectives?\b|\bambition\b|\bplan(?:s|ned)? to\b|\bset to\b|\bexpected to\b|\bforecast\b|\bpay award\b|\binflation\b|\bsavings?\b|\bin order to\b|\bif\b"
)


def _contradictions(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`a rapid reduction, an increase of 17 %`: a sentence that says both directions of one figure."""
    result = []
    for match in CONTRADICTION.finditer(sentence.template):
        if match["printed"] not in used and direction_of(match["one"]) != direction_of(match["two"]):
            used.add(match["printed"])
            shown = print_of(sentence, sentence.of(match["printed"]), direction_of(match["two"]))
            fields = {"contradiction": f"{match['one']} and {match['two']}"}
            result.append(Proposal("percent_change", sentence, [shown], source="", fields=fields))
    return result


SIGNS_OF_MORE = ("> higher", "> lower", "> more", "> fewer", "> less", "additional", "extra", "further")
PATTERNS = {  # in the order in which they are tried, and words of which one stands in what each finds
    MORE_THAN: ("(<",), BOTH: ("(<",), SIZED: ("(<",), LARGER: ("(<",), FEWER: ("<",), IS_HIGHER: SIGNS_OF_MORE,
    ADDED: SIGNS_OF_MORE, TIMES_AS: ("<x",), SIGNED: ("(<",), BY_TO: (" to ",), NEW_THEN: ("<",), NEW_A: ("<",),
}  # fmt: skip


def one_sided_changes(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Changes whose base the sentence does not print: sure of reading, and not to be checked."""
    result = [*_contradictions(sentence, used), *_worded(sentence, used)]
    for pattern in (pattern for pattern, words in PATTERNS.items() if sentence.says(*words)):
        for match in pattern.finditer(sentence.template):
            result += _change(sentence, match, used)
    return [*result, *_lone(sentence, used)]


def _change(sentence: Sentence, match: re.Match, used: set[str]) -> list[Proposal]:
    """The claim of a pattern whose groups are named for the roles of its figures; of two of one role the latter counts."""
    groups = match.groupdict()
    names = {role: groups.get(f"{role}2") or groups.get(role) for role in ("old", "new", "absolute_change", "printed")}
    if match.re in (NEW_THEN, NEW_A):
        names["new"] = outside_brackets(sentence, match["new"], match["printed"])
        names["old"] = None if names["old"] in used else names["old"]
        if MOVED_BY.search(sentence.template.partition(f"<{names['new']}>")[0]):
            return []
    taken = {name for name in (*names.values(), match["new"] if match.re is BOTH else None) if name}
    mention = sentence.of(match["printed"])
    if taken & used or (match.re is SIGNED and not mention.sign):
        return []
    used |= taken
    way = "rise" if match.re is ADDED else direction_of(groups.get("word2") or groups.get("word") or "")
    more = {"absolute_change": {"period": "", "direction": way}}
    sides = [
        part(sentence, role, sentence.of(n), **more.get(role, {}))
        for role, n in names.items()
        if n and role != "printed"
    ]
    kind, shown = kind_of(mention), print_of(sentence, mention, way)
    if match.re is SIGNED and mention.sort == "percent" == sentence.of(match["new"]).sort:
        kind, shown.unit = "point_difference", "percentage points"
    elif match.re is SIGNED and kind == "point_difference":
        shown.unit = "percentage points"
    return [Proposal(kind, sentence, [*sides, shown])]


def _worded(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`numbers halved in 2021, to 26`: the only figure beside a multiple in words."""
    match = MULTIPLE_TO.search(sentence.template) if len(sentence.figures) == 1 else None
    if match is None or match["new"] in used:
        return []
    used.add(match["new"])
    new = part(sentence, "new", sentence.of(match["new"]))
    return [Proposal("multiple", sentence, [new, said_part(sentence, match["word"])])]


MOVED_TO = re.compile(
    rf"^(?:this|that|it|they|the (?:number|figure|total)) (?:has |have |had )?(?:[a-z]+ ){{0,2}}?(?P<word>{RISE}|{FALL}) to {token('new', 'n')} \({token('printed', 'p')}\)(?=[.,;]|$)"
)


def change_since_before(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`There were 40 last year. This has gone up to 46 (15%)`: where the only figure before gives the print, or a slip does."""
    match = MOVED_TO.match(sentence.template)
    if match is None or len(before.figures) != 1 or before.figures[0].sort != "count":
        return []
    shown = print_of(sentence, sentence.of(match["printed"]), direction_of(match["word"]))
    sides = [
        part(before, "old", before.figures[0], period=""),
        part(sentence, "new", sentence.of(match["new"]), period=""),
    ]
    proposal = Proposal("percent_change", sentence, [*sides, shown], elsewhere=True)
    if not proposal.follows and not (is_past(before, before.figures[0]) and proposal.judged.diagnosis == "wrong_base"):
        return []  # it may be a share
    used |= {match["new"], match["printed"]}
    return [proposal]


def towards(sentence: Sentence) -> list[Proposal]:
    """`had reduced to 391`, `1,418, which is fewer than in the previous year`, `reduced by three, with 104`: no base is printed."""
    result: list[Proposal] = []
    used: set[str] = set()
    needed = {BY_FRACTION: "<f", BY_AMOUNT: " by ", FEWER_THAN: " than ", TO_LEVEL: " to "}
    for pattern in (p for p, word in needed.items() if word in sentence.template):
        for match in pattern.finditer(sentence.template):
            groups = match.groupdict()
            names = {n for n in (groups.get("new"), groups.get("new2"), groups.get("printed")) if n}
            if names & used or CAUSES.search(sentence.template[max(0, match.start() - 60) : match.start()]):
                continue
            if pattern is BY_AMOUNT and not names - {groups["printed"]} and groups["printed"][0] == "d":
                continue  # a contract that was extended
            used |= names
            way = direction_of(match["word"]) or better_way(match["word"], sentence.template)
            new = next((n for n in (groups.get("new"), groups.get("new2")) if n), None)
            sides = [part(sentence, "new", sentence.of(new))] if new else []
            if pattern is BY_FRACTION:
                shown = words_part(sentence, "printed", *sentence.of(groups["printed"]).span, direction=way)
            elif pattern is BY_AMOUNT:
                shown = print_of(sentence, sentence.of(groups["printed"]), way)
            else:
                shown = said_part(sentence, match["word"], direction=way)
            kind = {BY_AMOUNT: "count_change", BY_FRACTION: "percent_change"}.get(pattern, "direction")
            result.append(
                Proposal(kind, sentence, [*sides, shown], sure=pattern in (BY_AMOUNT, BY_FRACTION) or bool(way))
            )
    return result


def _lone(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`a 12.0% decrease from 2016/17 to 2017/18`: the change alone, with the periods it runs between."""
    result = []
    sizes = {name[0] for name in sentence.names.values()} & {"p", "g", "x"}
    for pattern in PRINTED if sizes else ():
        for match in pattern.finditer(sentence.template):
            name = match["printed"]
            around = sentence.template[max(0, match.start() - 60) : match.end() + 30]
            if name in used or CAUSES.search(around) or name[0] == "x":
                continue
            words = " ".join(str(v) for k, v in match.groupdict().items() if k in ("word", "after") and v)
            before = re.split(r"[;,]", sentence.template[: match.start()])[-1]
            way = direction_of(words) or direction_of(" ".join(re.findall(rf"\b{MOVE}\b", before)[-1:]))
            mention = sentence.of(name)
            way = (
                way or better_way(before, before) or ("improv" in before and mention.sort == "points" and "rise") or ""
            )
            if (not way and not mention.sign) or (match[0].startswith("(") and not words and not mention.sign):
                continue
            used.add(name)
            result.append(
                Proposal(kind_of(mention), sentence, [*_periods(sentence, match), print_of(sentence, mention, way)])
            )
            result += _second_base(sentence, match.end(), way, used)
    return result


SECOND = re.compile(
    r"(?: on| from| since| than)?(?: in)? <t\d+>,? and (?:by )?<(?P<printed>[pg]\d+)> (?:on|from|since|than) (?:in )?<(?P<old>t\d+)>"
)


def _second_base(sentence: Sentence, at: int, way: str, used: set[str]) -> list[Proposal]:
    """`up 4.1 % on 2021 and 3.9 % on 2020`: two claims."""
    match = SECOND.match(sentence.template, at)
    if match is None or match["printed"] in used:
        return []
    used.add(match["printed"])
    mention = sentence.of(match["printed"])
    old = Part("old", None, "", sentence.of(match["old"]).text, sentence.paragraph)
    return [Proposal(kind_of(mention), sentence, [old, print_of(sentence, mention, way)])]


def _periods(sentence: Sentence, match: re.Match) -> list[Part]:
    """The two periods of a change whose figures are not printed."""
    rest = sentence.template[match.start() :]
    times = LONE_TIMES.search(rest)
    if times:
        first, second = (sentence.of(name).text for name in re.findall(r"<(t\d+)>", times[0])[:2])
        compared = "compared" in times[0]
        old, new = (second, first) if compared else (first, second)
        return [Part("old", None, "", old, sentence.paragraph), Part("new", None, "", new, sentence.paragraph)]
    if on := re.match(r"[^<>]*<[pg]\d+>[^<>;]{0,20}?\b(?:on|since|than|from) (?:the )?<(t\d+)>", rest):
        return [Part("old", None, "", sentence.of(on[1]).text, sentence.paragraph)]
    return []
