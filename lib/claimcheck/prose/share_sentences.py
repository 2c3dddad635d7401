"""Sentences of shares: so many of so many, per cent of a group, a third, the majority."""

from __future__ import annotations

import re
from dataclasses import replace

from ..answers import figure_text
from ..printed_numbers import parse
from .change_prints import token
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal, part
from .result_figures import ALL_BUT, Pair, around, is_amount
from .sentence import Sentence
from .wording import NOUN_MOVE

OF = r"(?:out )?of (?:(?:the|these|those|all|a|our|its|total|sample|cohort|some|them|approximately|about|around|overall|possible)\s?){0,4}"
BARE = r"(?:[^<>;.()]|<d\d+>)"
WORDS = rf"{BARE}{{0,70}}?"
# 29 of the 58 children (50%) ; 29 (50%) of the 58 children ; 50% (29) of the 58 ; 50% (29 of 58) ; 29/58 (50%)
COUNT_OF = re.compile(
    rf"{token('part', 'nm')} {BARE}{{0,30}}?{OF}{token('all', 'nm')}{WORDS}[(,\u2013-] ?(?:which is |or |this is |equating to |equivalent to |i\.e\. |just |representing |a total of |which represents )?{token('printed', 'p')}"
)
PERCENT_COUNTS = re.compile(
    rf"{token('printed', 'p')}{BARE}{{0,90}}?[(,;:] ?(?:or |i\.e\. )?{token('part', 'nm')}(?: [a-z]+){{0,3}}? ?(?:{OF}|/ ?|from (?:the )?){token('all', 'nm')}"
)
PERCENT_COUNT_OF = re.compile(
    rf"{token('printed', 'p')} ?\((?:n ?= ?)?{token('part', 'n')}[^<>()]{{0,20}}\) ?{OF}{token('all', 'nm')}"
)
SHARE_OF = re.compile(rf"{token('printed', 'p')} {OF}{token('all', 'nm')}")
COUNT_PERCENT = re.compile(rf"{token('part', 'nm')}(?P<noun>(?:[^<>;.()]|<d\d+>){{0,70}}?)\({token('printed', 'p')}\)")
PERCENT_COUNT = re.compile(
    rf"{token('printed', 'p')}(?P<noun>[^<>;.()]{{0,70}}?)\((?:n ?= ?)?{token('part', 'nm')}(?: [a-z ]{{0,25}})?\)"
)
OR_COUNT = re.compile(
    rf"{token('part', 'nm')}(?: [a-z]+){{0,6}}(?:,? or|, an? (?:[a-z-]+ ){{0,2}}(?:rate|proportion|share) of) {token('printed', 'p')}"
)
COUNT_THEN = re.compile(
    rf"(?<!to )(?<!from ){token('part', 'n')}(?P<noun>[^<>;.(),]{{0,60}}), {token('printed', 'p')}(?=[,.;]|$)"
)
IN_ONE_BRACKET = re.compile(rf"\({token('part', 'nm')}[,;] {token('printed', 'p')}\)")
OF_WHICH = re.compile(
    r"<(?P<all>[nm]\d+)>(?:[^<>;.]|<t\d+>){0,90}?(?:,|and|;) (?:and )?of (?:which|these|those|whom|them)\b"
)
OF_ALL = re.compile(
    r"\b(?:of|from|out of|among|amongst) (?:the |these |those |all |a total of |our )*<(?P<all>[nm]\d+)>(?:[^<>;.]|<t\d+>){0,60}?(?:,|\s$)"
)
FILLED = re.compile(
    rf"{token('part', 'n')}(?:[^<>;.,]|<t\d+>|<n\d+>){{0,60}}? (?:filled|took up|took|occupied|used) {token('printed', 'p')} {OF}(?:the )?{token('all', 'n')}"
)
IS_SHARE = re.compile(  # `our 121,000 is 56% of the total income of 214,300`
    r"<(?P<part>(?P<sort>[nm])\d+)> (?:[a-z]+ ){0,4}?(?:is|was|are|were|represents?|represented|makes up|made up) (?:just |only |about |some )?<(?P<printed>p\d+)> of (?:the |our |all )+(?:total|whole|overall|full) (?:[a-z]+ ){0,3}?(?:of |\()<(?P<all>(?P=sort)\d+)>"
)
WITH_BASE = (FILLED, IS_SHARE, PERCENT_COUNTS, COUNT_OF, PERCENT_COUNT_OF)
ASKED = r"(?:interviewed|asked|surveyed|consulted|seen|audited|read|reviewed|sampled|inspected|examined|visited|heard|questioned|responding|replying|answering)"
OF_THE_ONLY = re.compile(  # of the only count of the sentence: `Seven fathers answered and 60% of them agreed`, `With eight asked, 45% agreed`
    rf"^[^<>;.]*{token('all', 'n')}(?:[^<>;.]|<[td]\d+>)*?(?:(?:,|;| and| but),? (?:just |only |about )?{token('printed', 'p')} of (?:them\b|(?:these|those)(?= (?:were|was|had|have|are|did|said|[a-z]+ed)\b|[,.;]))|,? of (?:whom|which|these|those|them),? (?:just |only |about )?{token('printed2', 'p')})[^<>]*$"
    rf"|^with (?:just |only )?{token('all2', 'n')} [^<>;.,()]*\b{ASKED}(?: to)?, {token('printed3', 'p')}(?! of\b)[^<>]*$"
)
OF_WHOM = re.compile(  # of the count just before, with no other noun between that may be meant
    rf"{token('all', 'n')}(?: (?!with|of|from|had|in|for|on|to|involving|about|and|or)[a-z-]+){{0,2}}(?:[,;] (?:and )?of (?:whom|which|these|those|them),? (?:just |only |about )?| and (?=<p\d+> of (?:them|these|those)\b)){token('printed', 'p')}"
)


PART_OF = re.compile(
    r"<(?P<part>[nm]\d+)>(?: [a-z-]+){0,3} (?:(?:out )?of|/) ?(?:the |our |all |these |those |a |possible |total |about |around |some |nearly )*<(?P<all>[nm]\d+)>"
)
OF_THEM = re.compile(
    r"of (?:the |these |those |our |all )*<n\d+> (?:children|young|pupils|people|staff|parents|carers|families|cases|[a-z]*members)\b"
)
MANY = re.compile(
    r"\b(?:target|forecast|budget|demand)|capacity|\blevels\b|costs|funds|resources|\bhours\b|\bplaces\b|expected|planned|average|last year|previous|compared|than\b"
)
OF_PEOPLE = re.compile(  # after a percentage
    r" of (?:the |these |those |our |all )*(?:young )?(?:children|people|pupils|parents|carers|families|cases)\b"
)
EVERY_ONE = re.compile(
    r"\b(?:all|each of|every one of|both)(?: of)?(?: the| our| these| those| its)* $"
)  # before a count
OF_REST = r" of (?:all )?the (?:others?|rest|remainder|remaining)\b"
NONE = re.compile(r"^(?:no|nobody|none|nothing)\b|[.;:,] (?:no|nobody|none)\b")  # a part that is told in no number


def shares(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Every claim of a share in a sentence. A base that is not printed in it is left for its surroundings."""
    result = []
    for pattern in WITH_BASE:
        for match in pattern.finditer(sentence.template):
            names = {match["part"], match["all"], match["printed"]}
            if (
                names & used
                or len(names) < 3
                or (not sentence.of(match["printed"]).value and NONE.search(sentence.template))
                or _reversed(sentence, match)
                or _is_change(sentence, match)
                or re.search(rf"{NOUN_MOVE} of", match[0])
            ):
                continue
            used |= names
            result.append(_share(sentence, match["part"], match["all"], match["printed"]))
    in_turn = (COUNT_THEN,) if len(COUNT_THEN.findall(sentence.template)) > 1 else ()  # `nine, 11%, and 71, 89%`
    for pattern in (PERCENT_COUNT, COUNT_PERCENT, OR_COUNT, IN_ONE_BRACKET, *in_turn):
        for match in pattern.finditer(sentence.template):
            result += _part_and_share(sentence, match, used)
    if (only := OF_THE_ONLY.match(sentence.template)) and not used:
        base, printed = only["all"] or only["all2"], only["printed"] or only["printed2"] or only["printed3"]
        used |= {base, printed}
        result.append(_share(sentence, None, base, printed))
    for match in [*SHARE_OF.finditer(sentence.template), *OF_WHOM.finditer(sentence.template)]:
        if not {match["printed"], match["all"]} & used and not _is_change(sentence, match):
            used.add(match["printed"])
            result.append(_share(sentence, None, match["all"], match["printed"]))
    return result


def _part_and_share(sentence: Sentence, match: re.Match, used: set[str]) -> list[Proposal]:
    """A count and its percentage, with the whole that opens the sentence if one does."""
    rest = ALL_BUT.search(around(sentence, sentence.of(match["part"]))[0])
    if {match["part"], match["printed"]} & used or (_changes(sentence, match) and not rest):
        return []
    if not sentence.of(match["printed"]).value and sentence.of(match["part"]).value:  # `0 of 5 did (0%)`
        return []
    used |= {match["part"], match["printed"]}
    if rest:  # of a whole that the sentence before may have
        return [_share(sentence, None, None, match["printed"])]
    if re.search(r"\(n ?=", match[0]):  # a survey's number of answers
        return [replace(_share(sentence, None, match["part"], match["printed"]), sure=False)]
    base = _stem(sentence, match, used)
    if (
        base is None
        and sentence.of(match["printed"]).value == 100
        and EVERY_ONE.search(sentence.template[: match.start()])
    ):
        base = match["part"]
    return [_share(sentence, match["part"], base, match["printed"])]


def _reversed(sentence: Sentence, match: re.Match) -> bool:
    """`two workshops out of five`: counts that are larger than their whole belong together in another way."""
    part_of, all_of = sentence.of(match["part"]).value, sentence.of(match["all"]).value
    over = (sentence.of(match["printed"]).value or 0) > 100  # `made to 106% of children: 53 of the 50`
    return part_of is not None and all_of is not None and part_of > all_of and "out of" not in match[0] and not over


def _is_change(sentence: Sentence, match: re.Match) -> bool:
    """A percentage that is a change, or a target, and no share."""
    at = sentence.template.find(f"<{match['printed']}>")
    beside = sentence.template[max(0, at - 28) : at + 34]
    name = re.escape(f"<{match['printed']}>")
    return bool(
        re.search(
            rf"{name} {NOUN_MOVE}|{NOUN_MOVE} (?:of|by) {name}|(?:\bby|(?<!making )(?<!make )(?<!makes )(?<!made )\bup|down|rose|fell|increased|decreased|reduced) {name}|{name} (?:higher|lower|more|fewer|less|above|below)",
            beside,
        )
    )


def _changes(sentence: Sentence, match: re.Match) -> bool:
    """Whether a count and its percentage are the size of a change: `113 (49.3%) fewer`, `an increase of 35 (20%)`."""
    after = sentence.template[match.end() :]
    return bool(
        _is_change(sentence, match)
        or sentence.of(match["printed"]).sign
        or re.match(r" ?of all ", match.groupdict().get("noun") or "")
        or is_amount(sentence, sentence.of(match["part"]))
        or re.search(rf"\bfrom <{match['part']}>|<[nm]\d+> (?:to|becoming) <{match['part']}>", sentence.template)
        or re.match(r"\W{0,2} (?:fewer|more|less|higher|lower|increase|decrease|reduction|rise)\b", after)
        or re.search(rf"(?:{NOUN_MOVE} of|\bby)(?: [a-z]+){{0,2}} <{match['part']}>", sentence.template)
    )


def _share(sentence: Sentence, part_name: str | None, all_name: str | None, printed: str) -> Proposal:
    parts = [part(sentence, "printed", sentence.of(printed))]
    if part_name is not None:
        parts.insert(0, part(sentence, "numerator", sentence.of(part_name)))
    if all_name is not None:
        parts.insert(-1, part(sentence, "denominator", sentence.of(all_name)))
    if part_name is None or all_name is None:
        return Proposal("share", sentence, parts)
    # `Of the 52 children, 58 (112%)`: of people no part is more than all; of what was planned it may be
    after = sentence.template.partition(f"<{printed}>")[2]
    of_people = OF_PEOPLE.match(after) and not MANY.search(sentence.template)
    if ALL_BUT.search(around(sentence, sentence.of(part_name))[0]):
        parts[0] = all_but(parts[0], parts[1])
    within = (OF_THEM.match(sentence.template) or of_people) and all_name[0] == part_name[0] == "n"
    fields = {"constraint": "exclusive"} if within else {}
    return Proposal("bound" if sentence.of(printed).qualifier else "share", sentence, parts, fields=fields)


def all_but(rest: Part, of: Part) -> Part:
    """`all but four of the 36 were on time (89%)`: the others, 32."""
    left, total = parse(rest.value or ""), parse(of.value or "")
    if left is None or total is None or left.value > total.value:
        return rest
    return replace(
        rest, value=figure_text(total.value - left.value, 0), more={"derived_from": f"{of.value} less {rest.value}"}
    )


def _stem(sentence: Sentence, match: re.Match, used: set[str]) -> str | None:
    """The base that opens the sentence: `Of the 173 conferences, 18 (10%) were late`."""
    before = "" if re.match(OF_REST, match.groupdict().get("noun") or "") else sentence.template[: match.start()]
    bases = [m["all"] for m in OF_ALL.finditer(before) if m["all"] not in used]
    bases += [m["all"] for m in OF_WHICH.finditer(before) if not bases]
    return bases[-1] if bases else None


OF_A_COUNT = re.compile(r"^ of (?:the |these |those |our |all |a total of )*<(?P<all>[nm]\d+)>")


def counts(figures: list[Mention]) -> list[Mention]:
    return [m for m in figures if m.sort in ("count", "money")]  # that may be a part or a whole


def smaller_first(pair: Pair) -> Pair:
    return pair if (pair[0].value or 0) <= (pair[1].value or 0) else (pair[1], pair[0])


# --- whose base stands further off: at the end, before a comma, or named as what was asked

OPENING = re.compile(
    rf"^(?:of|among|amongst|(?:in|within|of) (?:the|this|our|a) (?:group|cohort|sample|total) of) (?:the |these |those |all |a total of |our )*{token('all', 'n')}(?:[^<>;.]|<[td]\d+>){{0,70}}?,? (?:just |only |about |around |nearly |almost |over )?{token('printed', 'p')}"
    r"(?= (?!of|more|less|fewer|higher|lower|above|below)[a-z])"
)
WITH_PART = re.compile(
    rf"{token('all', 'n')}(?:[^<>;.()]|<t\d+>){{0,60}}?, with (?:just |only |about )?{token('printed', 'p')} \({token('part', 'n')}\)"
)


def shares_of_far_bases(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Of the 84 audits, 21% were good`; `1,130 enquiries, with 37% (418) leading to a conference`."""
    result = []
    for pattern in (OPENING, WITH_PART):
        for match in pattern.finditer(sentence.template):
            names = {name: match[name] for name in ("part", "all", "printed") if match.groupdict().get(name)}
            if set(names.values()) & used or (
                "part" in names and (sentence.of(names["part"]).value or 0) > (sentence.of(names["all"]).value or 0)
            ):
                continue
            used |= {name for role, name in names.items() if role != "all" or pattern is not OPENING}
            roles = {"part": "numerator", "all": "denominator", "printed": "printed"}
            parts = [part(sentence, roles[role], sentence.of(name)) for role, name in names.items()]
            bound = sentence.of(names["printed"]).qualifier and "part" in names
            result.append(Proposal("bound" if bound else "share", sentence, parts))
    return result


OF_CASES = re.compile(
    r"^(?:about |around |some )?<(?P<share>p\d+)> (?:involved|concerned(?! about| that| with)|related to|featured|were about) "
)


def share_of_cases(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`Nine incidents were notified. Forty per cent involved a baby`: of the only figure before, where it cannot be."""
    match, there = OF_CASES.match(sentence.template), before.figures
    if match is None or len(there) != 1 or there[0].sort != "count" or before.paragraph != sentence.paragraph:
        return []
    sides = [part(before, "denominator", there[0], period=""), part(sentence, "printed", sentence.of(match["share"]))]
    proposal = Proposal("share", sentence, sides, sure=False, elsewhere=True)
    used |= {match["share"]}
    return [proposal]


def fitting_base(sentence: Sentence, proposal: Proposal) -> Proposal:
    """`702 cases with 914 children, of which 211 (30%)`: of two counts that may be meant, the one that is followed."""
    roles = {p.role: p for p in proposal.parts}
    if proposal.kind != "share" or not {"numerator", "denominator"} <= set(roles):
        return proposal
    if proposal.follows:
        return proposal
    for match in PART_OF.finditer(sentence.template):
        pair = [part(sentence, r, sentence.of(match[g])) for r, g in (("numerator", "part"), ("denominator", "all"))]
        tried = replace(proposal, parts=[*pair, *(p for p in proposal.parts if p.role == "printed")])
        if tried.follows:
            return tried
    end = roles["numerator"].span[0] - sentence.offset
    for mention in sentence.figures:
        if mention.sort != "count" or mention.span[1] > end or mention.text == roles["denominator"].value:
            continue
        base = part(sentence, "denominator", mention)
        tried = replace(proposal, parts=[base if p.role == "denominator" else p for p in proposal.parts])
        if tried.follows:
            return tried
    return proposal


PEOPLE = re.compile(r"\bresidents?\b|\bpeople\b|\bpopulation\b|\binhabitants\b", re.IGNORECASE)
POPULATION = re.compile(
    r"population (?:of [\w' ]{2,40} )?(?:is|was|of|stood at|at) (?:about |around |approximately )?<(n\d+)>"
)


def population(passages: Passages, sentence: Sentence) -> Part | None:
    """The population that a sentence just before one of people names."""
    for other in passages.near(sentence, 4) if PEOPLE.search(sentence.text) else ():
        if match := POPULATION.search(other.template):
            return part(other, "denominator", other.of(match[1]))
    return None
