"""Sentences of rates, averages, ranks, ratios, trends and superlatives."""

from __future__ import annotations

import re

from .change_prints import token
from .proposal import Proposal, part, said_part
from .sentence import Sentence

RANK = re.compile(
    r"\brank\w* (?:as )?<(?P<rank>o\d+)>(?P<gap>[^<>;.]{0,40}?)(?:out )?(?:of|among|amongst|in) (?:the |our |its |all )?<(?P<of>n\d+)>|<(?P<rank2>o\d+)> (?:\w+ ){0,2}(?:out )?(?:of|among|amongst) (?:the |our |its |all )?<(?P<of2>n\d+)>"
)
RANK_IN_WORDS = re.compile(
    r"\brank(?:s|ed|ing)? (?:as |joint )?(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b[^<>;.]{0,20}?\b(?:of|among|amongst) (?:the |our |its |all )?<(?P<of>n\d+)>"
)
MEASURE = re.compile(
    r"average (?:score|rank)|rank of average|extent|local concentration|income|employment|idaci|idaopi", re.IGNORECASE
)
RATE = re.compile(
    rf"{token('count', 'n')}(?P<gap>(?:[^<>;]|<t\d+>){{0,120}}?)\brate (?:of|was|is|at)? ?(?:about |around |just over )?{token('rate', 'r')}"
)
RATE_PLAIN = re.compile(
    rf"{token('count', 'n')}(?P<gap>(?:[^<>;.()]|<t\d+>){{0,70}}?)[(,] ?(?:or |i\.e\. |equal to |equivalent to |which is |a rate of )?{token('rate', 'r')}"
)
OF_PEOPLE = re.compile(
    r"population (?:of )?(?:about |around |approximately )?<(?P<people>n\d+)>|(?:of|and) (?:the |its )?<(?P<people2>n\d+)> (?:children|people|residents|young people)(?: (?:in|living|aged|under))?"
)
RATIO = re.compile(
    rf"\bfor every (?P<one>child|person|case|referral|family|one|young person|pupil|<n\d+>)(?P<gap>[^<>;.]{{0,40}}?),? ?{token('printed', 'n')} (?P<verb>\w+)"
)
IMPOSSIBLE = re.compile(r"<(?P<share>p\d+)> ?\(?per (?:\d|head|<)")
PART_YEAR = re.compile(
    r"<(?P<new>n\d+)>(?P<a>[^<>;.]{0,40}?)(?:since (?P<start>april|<t\d+>)|so far this year|to date|in the (?:first|last) (?:<d\d+>|quarter|half)|in <(?P<part>t\d+)>)[^<>;.]{0,40}?,? (?:compared (?:to|with) |against |and |while )?<(?P<old>n\d+)>(?P<b>[^<>;.]{0,30}?)(?:last year|(?:in|for|during) (?:the whole of |all of )?(?:last year|the previous year|the year))"
)


def rates(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`522 children, a rate of 104 per 10,000`; a percentage per so many people is named as impossible."""
    result: list[Proposal] = []
    template = sentence.template
    for pattern in (RATE, RATE_PLAIN):
        for match in pattern.finditer(template):
            if match["rate"] in used or "increase" in match["gap"] or "compared" in match["gap"]:
                continue
            used |= {match["count"], match["rate"]}
            shown = sentence.of(match["rate"])
            parts = [part(sentence, "count", sentence.of(match["count"])), part(sentence, "printed", shown)]
            if people := OF_PEOPLE.search(template):
                name = people["people"] or people["people2"]
                if name not in (match["count"],):
                    parts.insert(1, part(sentence, "population", sentence.of(name)))
                    used.add(name)
            per = shown.per.replace(",", "")
            result.append(Proposal("rate", sentence, parts, fields={"per": per} if per.isdigit() else {}))
    for match in IMPOSSIBLE.finditer(template):
        used.add(match["share"])
        share = part(sentence, "printed", sentence.of(match["share"]))
        result.append(Proposal("rate", sentence, [share], fields={"impossible_unit": "yes"}))
    return result


def averages(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`for every child leaving, 1.8 entered`: without its counts it cannot be checked."""
    result = []
    for match in RATIO.finditer(sentence.template):
        if match["printed"] not in used and not re.search(r"\bper\b", match["gap"]):
            used.add(match["printed"])
            result.append(Proposal("average", sentence, [part(sentence, "printed", sentence.of(match["printed"]))]))
    return result


def ranks(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`ranked 67th out of 326`: the measure named, or not."""
    result = []
    for match in RANK.finditer(sentence.template):
        rank, of = match["rank"] or match["rank2"], match["of"] or match["of2"]
        if {rank, of} & used:
            continue
        used |= {rank, of}
        shown = part(sentence, "printed", sentence.of(rank))
        if named := MEASURE.search(sentence.text):
            shown.more["measure"] = named[0].lower()
        result.append(Proposal("rank", sentence, [shown, part(sentence, "out_of", sentence.of(of))]))
    if (rank_word := RANK_IN_WORDS.search(sentence.template)) and rank_word["of"] not in used:
        used.add(rank_word["of"])
        sides = [said_part(sentence, rank_word["word"]), part(sentence, "out_of", sentence.of(rank_word["of"]))]
        result.append(Proposal("rank", sentence, sides))
    return result


def part_years(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`six since April, four last year`: unlike lengths beside each other."""
    result = []
    for match in PART_YEAR.finditer(sentence.template):
        if {match["new"], match["old"]} & used:
            continue
        used |= {match["new"], match["old"]}
        sides = [part(sentence, "old", sentence.of(match["old"]), period="last year", months=12)]
        since = match["start"] or match["part"] or ""
        when = (
            sentence.of(since.strip("<>")).text
            if since.strip("<>")[:1] == "t"
            else (f"since {since}" if since else "this year so far")
        )
        sides.append(part(sentence, "new", sentence.of(match["new"]), period=when, months=6))
        result.append(Proposal("unlike_periods", sentence, sides))
    return result
