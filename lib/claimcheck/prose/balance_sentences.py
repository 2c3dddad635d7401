"""Sentences of a balance: income less spending, what came less what left, the gap between two figures."""

from __future__ import annotations

import re

from .change_prints import token
from .flow_sentences import INTO, OUT
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .wording import GAP, direction_of

WORD = r"[^<>;.]{0,60}?"
BALANCE = re.compile(
    rf"\b(?:income|funding|contributions|receipts|budget)\b{WORD}{token('one', 'm')}{WORD}\b(?:expenditure|spend\w*|spent|costs?|outgoings)\b{WORD}{token('two', 'm')}(?:[^<>;.]|[;.] ){{0,60}}?\b(?P<what>underspend|overspend|surplus|deficit|balance|shortfall|carry forward)\b[^<>;.]{{0,12}}?{token('net', 'm')}"
)
LESS = re.compile(
    rf"{token('net', 'mn')}{WORD}{token('one', 'mn')}(?P<a>[^<>;.]{{0,40}}?) (?:less|minus|net of|after taking off) (?P<b>[^<>;.]{{0,40}}?){token('two', 'mn')}"
)
NET_FIRST = re.compile(
    rf"\b(?P<what>overspen[dt]|underspen[dt]|surplus|deficit|shortfall|balance)(?: (?:by|of|was|is|at))* {token('net', 'm')}[^<>;.]{{0,12}}\([^<>;.()]{{0,30}}{token('one', 'm')}[^<>;.()]{{1,40}}{token('two', 'm')}"
)
AGAINST_BUDGET = re.compile(
    rf"\b(?:spend\w*|spent|expenditure|costs?)\b{WORD}{token('one', 'm')}{WORD}\bbudget\b[^<>;.]{{0,15}}?{token('two', 'm')}{WORD}\b(?P<what>underspend|overspend|underspent|overspent)\b[^<>;.]{{0,8}}?{token('net', 'm')}(?: ?\({token('share', 'p')}\))?"
)
UNDER_BUDGET = re.compile(
    rf"{token('one', 'm')}{WORD},? (?:which is |or )?{token('net', 'm')} (?P<what>under|over|below|above|less than|more than) (?:the |our )?(?:\w+ )?(?:budget|allocation|income)(?: of)? \(?{token('two', 'm')}"
)
NET_LAST = re.compile(
    rf"{token('one', 'n')}(?P<a>{GAP}{{1,70}}?)(?:,| and| but| while|,? with){GAP}{{0,12}}?{token('two', 'n')}(?P<b>{GAP}{{1,50}}?)(?:,|;| so| and| -| \u2013)[^<>.]{{0,60}}?(?P<verb>fell|rose|increased|decreased|reduced|grew|dropped|down|up|(?:net )?(?:increase|decrease|reduction|rise|fall|gain|loss))(?: by| of) {token('net', 'n')}"
)
GAP_BETWEEN = re.compile(
    rf"\b(?:gap|difference) between\b{WORD}{token('one', 'pnr')}{WORD}(?:and|to|,){WORD}{token('two', 'pnr')}[^<>;.]{{0,40}}?\b(?:is|was|stood at|stands at|of|being|at) (?:now |just |only |about )?{token('net', 'pgnr')}"
)


def balances(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`income 312,450 and expenditure 298,900, an underspend of 13,550`; `318 began and 342 ended, so it fell by 24`."""
    result = []
    for pattern in (BALANCE, AGAINST_BUDGET, UNDER_BUDGET):
        for match in pattern.finditer(sentence.template):
            names = [match["one"], match["two"], match["net"]]
            if set(names) & used:
                continue
            used |= set(names)
            income, spent = names[:2] if pattern is BALANCE else (names[1], names[0])
            over = re.search(r"over|deficit|shortfall|above|more", match["what"])
            plus, minus = (spent, income) if over else (income, spent)
            if match["what"] in ("balance", "carry forward") and _less(sentence, plus, minus):
                plus, minus = minus, plus
            result.append(_net(sentence, plus, minus, names[2]))
            if match.groupdict().get("share") and match["share"] not in used:
                used.add(match["share"])
                parts = [part(sentence, "numerator", sentence.of(names[2])), part(sentence, "denominator", sentence.of(income)),
                         part(sentence, "printed", sentence.of(match["share"]))]  # fmt: skip
                result.append(Proposal("share", sentence, parts))
    for match in NET_LAST.finditer(sentence.template):
        names = [match["one"], match["two"], match["net"]]
        came = (bool(INTO.search(match["a"])) and bool(OUT.search(match["b"]))) or None
        left = (bool(OUT.search(match["a"])) and bool(INTO.search(match["b"]))) or None
        way = direction_of(re.sub(r"gain", "rise", re.sub(r"loss", "fall", match["verb"])))
        if set(names) & used or not way or bool(came) == bool(left):
            continue
        used |= set(names)
        into, out = names[:2] if came else (names[1], names[0])
        plus, minus = (into, out) if way == "rise" else (out, into)
        result.append(_net(sentence, plus, minus, names[2]))
    return [*result, *_nets_first(sentence, used), *_gaps(sentence, used)]


def _nets_first(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`22,400, being income of 301,200 less spending of 278,800`; `overspent by 4,200 (309,200 against 305,000)`."""
    result = []
    for match in LESS.finditer(sentence.template):
        names = [match["one"], match["two"], match["net"]]
        if not set(names) & used and len({n[0] for n in names}) == 1:
            used |= set(names)
            result.append(_net(sentence, *names))
    for match in NET_FIRST.finditer(sentence.template):
        names = sorted((match["one"], match["two"]), key=lambda n: sentence.of(n).value or 0, reverse=True)
        if not {*names, match["net"]} & used:
            used |= {*names, match["net"]}
            result.append(_net(sentence, names[0], names[1], match["net"]))
    return result


def _less(sentence: Sentence, one: str, other: str) -> bool:
    return (sentence.of(one).value or 0) < (sentence.of(other).value or 0)


def _net(sentence: Sentence, plus: str, minus: str, net: str) -> Proposal:
    parts: list[Part] = [
        part(sentence, "part", sentence.of(plus), period=""),
        part(sentence, "part", sentence.of(minus), period="", sign="-"),
        part(sentence, "total", sentence.of(net), period=""),
    ]
    return Proposal("parts_total", sentence, parts, fields={"constraint": "exhaustive"})


def _gaps(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`The gap between the borough (61.4%) and England (67.2%) is 5.8 percentage points`."""
    result = []
    for match in GAP_BETWEEN.finditer(sentence.template):
        names = [match["one"], match["two"], match["net"]]
        sides = [sentence.of(name) for name in names[:2]]
        if set(names) & used or sides[0].sort != sides[1].sort:
            continue
        used |= set(names)
        percent = sides[0].sort == "percent"
        shown = part(sentence, "printed", sentence.of(names[2]), period="")
        shown.unit = "percentage points" if percent else shown.unit
        parts = [part(sentence, role, side, period="") for role, side in zip(("old", "new"), sides, strict=True)]
        result.append(Proposal("point_difference" if percent else "count_change", sentence, [*parts, shown]))
    return result
