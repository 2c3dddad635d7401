"""Sentences of change: from one figure to another, by so much, than last year."""

from __future__ import annotations

import re

from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .sentence import Sentence
from .wording import BEFORE_TIME, GAP, MOVE, NOUN_MOVE, PLACE, T, direction_of

MULTIPLE = r"(?:(?:more than |nearly |almost |just over |over |about )?(?:doubl(?:ed|ing|e)|halv(?:ed|ing)|trebl(?:ed|ing)|tripl(?:ed|ing)|quadrupl(?:ed|ing)))"
WORDS_BETWEEN = r"(?:[^<>;.()]{0,40})"


def token(name: str, letters: str = "nprm") -> str:
    return rf"<(?P<{name}>[{letters}]\d+)>"


FROM_TO = re.compile(
    rf"\bfrom {WORDS_BETWEEN}{token('old')}(?P<gap>{GAP}{{0,70}}?)\bto (?:(?:just|about|around|nearly|over|under|a|an|the|at|stand at|become|around|less than|more than|rate of|total of)\s){{0,3}}(?:[^<>;.()]{{0,25}}){token('new')}"
)
OF_TO = re.compile(rf"\b(?P<verb>{NOUN_MOVE}) of {token('old')}{GAP}{{0,40}}?\bto {token('new')}")
BETWEEN = re.compile(
    rf"\b(?P<verb>{MOVE})\b{GAP}{{0,40}}?{token('old')} in {T}{GAP}{{0,20}}? to {token('new')} (?:in )?{T}"
)
UP_FROM = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,80}}?)\b(?P<verb>up|down|risen|fallen|increased|decreased|reduced|rising|falling|an? {NOUN_MOVE}|{MOVE}) from {WORDS_BETWEEN}{token('old')}"
)
COMPARED = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,110}}?)\b(?P<how>compared|in comparison|comparing|against|versus|as opposed) ?(?:to|with)? (?:just |only |the )?(?P<mid>{GAP}{{0,45}}?){token('old')}(?P<tail>{GAP}{{0,60}})"
)
BRACKET = re.compile(
    rf"{token('new')}(?P<gap>[^<>;.]{{0,60}}?)\((?P<mid>(?:compared (?:to|with) |down from |up from |from |against |was )?){token('old')}(?P<tail>(?:[^<>()]|{T}){{0,40}})\)"
)
AGO = re.compile(
    rf"{token('new')}(?P<gap>[^<>;.]{{0,60}}?), {token('old')}(?P<tail> (?:a year ago|last year|the year before|in the previous year|the previous year))"
)
PRINTED = [
    re.compile(p)
    for p in (
        rf"\bby (?:[^<>;.()]{{0,18}}){token('printed', 'pgx')}",
        rf"{token('printed', 'pg')} (?:point )?(?P<word>{NOUN_MOVE})\b",
        rf"\b(?P<word>{NOUN_MOVE}) (?:of|by) (?:just |only |about |around |over |nearly |almost |approximately |some )?{token('printed', 'pg')}",
        rf"\b(?P<word>up|down|rose|fell|grew|increased|decreased|risen|fallen|dropped|reduced|declined|increasing|decreasing|rising|falling|dropping) (?:just |about |around |over |nearly |almost |approximately )?{token('printed', 'pg')}",
        rf"\((?:an? )?(?P<word>{MOVE})?(?: (?:of|by))? ?{token('printed', 'pg')}(?: (?P<after>{MOVE}))?\)",
        rf"{token('printed', 'pg')} (?P<word>higher|lower|more|fewer|less|up|down) than {BEFORE_TIME}",
        rf"{token('printed', 'pg')} (?P<word>up|down)\b",
    )
]
AMOUNTS = [
    re.compile(p)
    for p in (
        rf"\bby (?:just |only )?{token('printed', 'nm')}",
        rf"\b(?P<word>{NOUN_MOVE}) of (?:just |only )?{token('printed', 'nm')}",
        rf"{token('printed', 'nm')} (?P<word>fewer|more|less)\b",
        rf"\((?P<word>{MOVE} )?(?:by )?{token('printed', 'nm')}\)",
    )
]
FEWER = re.compile(
    rf"{token('new', 'nmp')}(?P<gap>[^<>;.]{{0,80}}?)[,:(\u2013-] ?(?:which is |this is |that is )?{token('printed', 'nmp')}[^<>;.]{{0,25}}? (?P<word>fewer|more|less|higher|lower|up|down) (?:than|on) (?:(?:in |the )?{T}|{BEFORE_TIME})"
)
SIGNED = re.compile(rf"{token('new', 'npm')}(?P<gap>[^<>;.()]{{0,50}}?)\({token('printed', 'npg')}\)")
NEW_THEN = re.compile(
    rf"{token('new')}(?P<gap>[^<>;.]{{0,70}}?)[,(] ?(?:which is |this is |representing |which represents |a )?(?:an? )?(?P<word>{NOUN_MOVE}) of {token('printed', 'pg')}"
)
CONTRADICTION = re.compile(
    rf"\b(?P<one>reduction|decrease|fall|drop|decline|increase|rise|growth)\b[,:\u2013-]+ ?(?:with |showing )?(?:an? )?(?P<two>increase|rise|growth|decrease|fall|drop|reduction|decline) of {token('printed', 'pg')}"
)
LONE_TIMES = re.compile(
    rf"\bfor {T} compared (?:to|with) {T}|\bfrom {T}{GAP}{{0,12}}? to (?:the end of )?{T}|\bbetween {T} and {T}|\bin {T} compared (?:to|with) {T}"
)
CAUSES = re.compile(
    r"\bwould\b|\bcould\b|\bmay\b|\bmight\b|\bwill\b|\btarget\b|\baim(?:s|ed|ing)? to\b|\bplan(?:s|ned)? to\b|\bset to\b|\bexpected to\b|\bforecast\b|\bpay award\b|\binflation\b|\bsavings?\b|\bin order to\b|\bif\b"
)


def changes(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Every claim of change in a sentence. Tokens it takes are added to `used`."""
    result = []
    for pattern in (OF_TO, FROM_TO, BETWEEN, UP_FROM, AGO, BRACKET, COMPARED):
        for match in pattern.finditer(sentence.template):
            old, new = match["old"], match["new"]
            if {old, new} & used or not _alike(sentence, old, new) or not _in_time(sentence, pattern, match):
                continue
            if proposal := _pair(sentence, pattern, match, used):
                result.append(proposal)
    return [*result, *_contradictions(sentence, used), *_one_sided(sentence, used)]


def _alike(sentence: Sentence, old: str, new: str) -> bool:
    a, b = sentence.of(old), sentence.of(new)
    if (a.sort == "percent") != (b.sort == "percent"):
        return False
    return (a.sort == "money") == (b.sort == "money")


def _in_time(sentence: Sentence, pattern: re.Pattern, match: re.Match) -> bool:
    """Whether the two figures are of two times: a comparator of another place is no change."""
    if pattern in (OF_TO, BETWEEN, AGO):
        return True
    if pattern is FROM_TO:
        before = sentence.template[max(0, match.start() - 90) : match.start()]
        timed = sentence.period_of(sentence.of(match["old"])) or sentence.period_of(sentence.of(match["new"]))
        rang = re.search(r"\brang|\bvar(?:y|ied|ies|ying)\b|\bbetween\b|\bages?d?\b", before[-40:])
        return not rang and bool(
            timed
            or re.search(rf"\b(?:{MOVE}|{MULTIPLE})\b", before)
            or re.search(rf"\b{MOVE}\b", sentence.template[match.end() : match.end() + 40])
        )
    if pattern is UP_FROM:
        return not PLACE.search(match["gap"][-30:])
    tail, mid = match["tail"], match["mid"]
    place = PLACE.search(tail) or PLACE.search(mid)
    return bool(re.search(rf"{BEFORE_TIME}|<t\d+>", tail + mid)) and not place


def _pair(sentence: Sentence, pattern: re.Pattern, match: re.Match, used: set[str]) -> Proposal | None:
    """The claim of two figures and what is printed of their change."""
    old, new = match["old"], match["new"]
    found = _printed(sentence, used | {old, new}, match) if pattern is not OF_TO else None
    used |= {old, new}
    sides = [part(sentence, "old", sentence.of(old)), part(sentence, "new", sentence.of(new))]
    sides = _timed(sentence, match, sides)
    if pattern is OF_TO:
        used.add(old)
        shown = part(sentence, "printed", sentence.of(old), direction=direction_of(match["verb"]), period="")
        return Proposal(
            "percent_change" if sentence.of(old).sort == "percent" else "count_change", sentence, [*sides, shown]
        )
    if found is not None:
        mention, words, bracket = found
        used.add(_token(sentence, mention))
        way = direction_of(words) or direction_of(_verb(sentence, match))
        return Proposal(
            _kind(mention), sentence, [*sides, _print(sentence, mention, way)], sure=not bracket or bool(way)
        )
    if multiple := re.search(rf"\b{MULTIPLE}\b", sentence.template):
        at = sentence.text.lower().find(multiple[0])
        return Proposal(
            "multiple", sentence, [*sides, words_part(sentence, "printed", max(at, 0), max(at, 0) + len(multiple[0]))]
        )
    verb = _verb(sentence, match)
    if not verb:
        return None
    at = sentence.text.lower().find(verb)
    word = words_part(sentence, "printed", max(at, 0), max(at, 0) + len(verb), word=verb, direction=direction_of(verb))
    return Proposal("direction", sentence, [*sides, word])


def _timed(sentence: Sentence, match: re.Match, sides: list[Part]) -> list[Part]:
    """Sides of one printed period keep it on neither: `from 51 to 66 in 2017/18` says when it moved, not of when each is."""
    if sides[0].period and sides[0].period == sides[1].period:
        sides[0].period = sides[1].period = ""
    return sides


def _verb(sentence: Sentence, match: re.Match) -> str:
    """The word of change nearest to two figures; words of another clause are not taken."""
    template = sentence.template
    if "verb" in match.groupdict() and match["verb"]:
        return re.sub(r"^an? ", "", match["verb"])
    inside = f"{match.groupdict().get('gap') or ''} {match.groupdict().get('tail') or ''}"
    before = re.split(r"[;:]|, (?:and|but|while|whereas)\b", template[: match.start()])[-1][-120:]
    after = re.split(r"[.;:]", template[match.end() :])[0][:50]
    for words, last in ((before, True), (inside, False), (after, False)):
        found = re.findall(rf"\b(?:{MOVE}|{NOUN_MOVE})\b", words)
        if found:
            return found[-1] if last else found[0]
    return ""


def _printed(sentence: Sentence, used: set[str], near: re.Match) -> tuple[Mention, str, bool] | None:
    """The printed change that belongs to two figures: within the clause of the match, not taken yet."""
    for kinds in (PRINTED, AMOUNTS):
        for pattern in kinds:
            for match in pattern.finditer(sentence.template):
                name = match["printed"]
                between = sentence.template[min(near.end(), match.end()) : max(near.start(), match.start())]
                if name in used or ";" in between or len(re.findall(r"<[nprm]\d+>", between)) > 1:
                    continue
                words = " ".join(str(v) for k, v in match.groupdict().items() if k in ("word", "after") and v)
                return sentence.of(name), words, match[0].startswith("(")
    return None


def _kind(mention: Mention) -> str:
    return {"points": "point_difference", "times": "multiple", "percent": "percent_change"}.get(
        mention.sort, "count_change"
    )


def _print(sentence: Sentence, mention: Mention, way: str) -> Part:
    """The printed change; a sign beside a word of the same direction is read once."""
    shown = part(sentence, "printed", mention, period="")
    sign = {"-": "fall", "+": "rise"}.get(mention.sign, "")
    if way or sign:
        shown.more["direction"] = way or sign
    return shown


def _token(sentence: Sentence, mention: Mention) -> str:
    from .sentence import LETTERS

    return f"{LETTERS[mention.sort]}{sentence.mentions.index(mention)}"


def _contradictions(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`a rapid reduction, an increase of 17 %`: a sentence that says both directions of one figure."""
    result = []
    for match in CONTRADICTION.finditer(sentence.template):
        if match["printed"] not in used and direction_of(match["one"]) != direction_of(match["two"]):
            used.add(match["printed"])
            shown = _print(sentence, sentence.of(match["printed"]), direction_of(match["two"]))
            fields = {"contradiction": f"{match['one']} and {match['two']}"}
            result.append(Proposal("percent_change", sentence, [shown], source="", fields=fields))
    return result


def _one_sided(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Changes whose base the sentence does not print: sure of reading, and not to be checked."""
    result = []
    template = sentence.template
    for match in FEWER.finditer(template):
        if not {match["new"], match["printed"]} & used:
            used |= {match["new"], match["printed"]}
            mention = sentence.of(match["printed"])
            parts = [
                part(sentence, "new", sentence.of(match["new"])),
                _print(sentence, mention, direction_of(match["word"])),
            ]
            result.append(Proposal(_kind(mention), sentence, parts))
    for match in SIGNED.finditer(template):
        mention, new = sentence.of(match["printed"]), sentence.of(match["new"])
        if mention.sign and not {match["new"], match["printed"]} & used:
            used |= {match["new"], match["printed"]}
            kind = "point_difference" if new.sort == "percent" and mention.sort == "percent" else _kind(mention)
            shown = _print(sentence, mention, "")
            shown.unit = "percentage points" if kind == "point_difference" else shown.unit
            result.append(Proposal(kind, sentence, [part(sentence, "new", new), shown]))
    for match in NEW_THEN.finditer(template):
        if not {match["new"], match["printed"]} & used:
            used |= {match["new"], match["printed"]}
            mention = sentence.of(match["printed"])
            parts = [
                part(sentence, "new", sentence.of(match["new"])),
                _print(sentence, mention, direction_of(match["word"])),
            ]
            result.append(Proposal(_kind(mention), sentence, parts))
    return [*result, *_lone(sentence, used)]


def _lone(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`a 12.0% decrease from 2016/17 to 2017/18`: the change alone, with the periods it runs between."""
    result = []
    for pattern in PRINTED:
        for match in pattern.finditer(sentence.template):
            name = match["printed"]
            around = sentence.template[max(0, match.start() - 60) : match.end() + 30]
            if name in used or CAUSES.search(around) or name[0] == "x":
                continue
            words = " ".join(str(v) for k, v in match.groupdict().items() if k in ("word", "after") and v)
            before = re.split(r"[;,]", sentence.template[: match.start()])[-1]
            way = direction_of(words) or direction_of(" ".join(re.findall(rf"\b{MOVE}\b", before)[-1:]))
            mention = sentence.of(name)
            if not way and not mention.sign:
                continue
            used.add(name)
            result.append(
                Proposal(_kind(mention), sentence, [*_periods(sentence, match), _print(sentence, mention, way)])
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
    return [Proposal(_kind(mention), sentence, [old, _print(sentence, mention, way)])]


FLOWS = re.compile(
    rf"(?P<verb>{MOVE}) by {token('net', 'n')}{GAP}{{0,40}}?[;,:.(-]*{GAP}{{0,20}}?{token('one', 'n')}(?P<a>[^<>;.]{{1,50}}?)(?:,| and| but| while)[^<>;.]{{0,10}}{token('two', 'n')}(?P<b>[^<>;.]{{1,30}})"
)
INTO = re.compile(r"came in|enter|joined|start|began|new|admitted|came into|became")
OUT = re.compile(r"left|leav|ended|ceas|closed|exit|moved out")


def flows(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`fell by 13; 36 came in and 57 left`: what came in less what left is the change."""
    template = sentence.template.replace(";", ",")
    result = []
    for match in FLOWS.finditer(template):
        names = (match["net"], match["one"], match["two"])
        first, second = (
            (bool(INTO.search(match["a"])), bool(OUT.search(match["b"]))),
            (bool(OUT.search(match["a"])), bool(INTO.search(match["b"]))),
        )
        way = direction_of(match["verb"])
        if set(names) & used or not way or not (all(first) or all(second)):
            continue
        used |= set(names)
        into, out = (names[1], names[2]) if all(first) else (names[2], names[1])
        plus, minus = (into, out) if way == "rise" else (out, into)
        parts = [
            part(sentence, "part", sentence.of(plus)),
            part(sentence, "part", sentence.of(minus), sign="-"),
            part(sentence, "total", sentence.of(names[0])),
        ]
        result.append(Proposal("parts_total", sentence, parts, fields={"constraint": "exhaustive"}))
    return result


DERIVED = re.compile(
    rf"\b{MULTIPLE}\b{GAP}{{0,60}}?[:,;-]?{GAP}{{0,20}}?{token('a', 'n')} of (?:the )?{token('b', 'n')}{GAP}{{0,50}}?(?:and|to|compared (?:to|with)|against|,){GAP}{{0,20}}?{token('c', 'n')} of (?:the )?{token('d', 'n')}"
)


def derived_multiples(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`has doubled: 11 of 363, 19 of 369`: both rates are worked out."""
    result = []
    for match in DERIVED.finditer(sentence.template):
        names = [match[x] for x in "abcd"]
        values = [sentence.of(n).value for n in names]
        if set(names) & used or not all(values):
            continue
        used |= set(names)
        word = re.search(MULTIPLE, sentence.text, re.IGNORECASE)
        assert word is not None
        sides = []
        for role, top, bottom in (("old", names[0], names[1]), ("new", names[2], names[3])):
            over, of = sentence.of(top), sentence.of(bottom)
            share = part(sentence, role, over, derived_from=f"{over.text} of {of.text}")
            share.value, share.unit = f"{float((over.value or 0) * 100 / (of.value or 1)):.2f}", "%"
            sides.append(share)
        result.append(Proposal("multiple", sentence, [*sides, words_part(sentence, "printed", *word.span())]))
    return result


def _periods(sentence: Sentence, match: re.Match) -> list[Part]:
    """The two periods of a change whose figures are not printed."""
    rest = sentence.template[match.start() :]
    found = LONE_TIMES.search(rest)
    if found:
        first, second = (sentence.of(name).text for name in re.findall(r"<(t\d+)>", found[0])[:2])
        compared = "compared" in found[0]
        old, new = (second, first) if compared else (first, second)
        return [Part("old", None, "", old, sentence.paragraph), Part("new", None, "", new, sentence.paragraph)]
    if on := re.match(r"[^<>]*<[pg]\d+>[^<>;]{0,20}?\b(?:on|since|than|from) (?:the )?<(t\d+)>", rest):
        return [Part("old", None, "", sentence.of(on[1]).text, sentence.paragraph)]
    return []
