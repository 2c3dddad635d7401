"""Sentences of shares: so many of so many, per cent of a group, a third, the majority."""

from __future__ import annotations

import re
from dataclasses import replace

from .change_prints import token
from .changes_in_any_order import way_of
from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .result_figures import Pair, around, is_amount, orders, pairs_of, told_apart
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
FRACTION = re.compile(rf"{token('word', 'f')}")
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
OF_WHOM = re.compile(  # of the count just before, with no other noun between that may be meant
    rf"{token('all', 'n')}(?: (?!with|of|from|had|in|for|on|to|involving|about|and|or)[a-z-]+){{0,2}}(?:[,;] (?:and )?of (?:whom|which|these|those|them),? (?:just |only |about )?| and (?=<p\d+> of (?:them|these|those)\b)){token('printed', 'p')}"
)


OF_THEM = re.compile(
    r"of (?:the |these |those |our |all )*<n\d+> (?:children|young|pupils|people|staff|parents|carers|families|cases|[a-z]*members)\b"
)
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
            if {match["part"], match["printed"]} & used or _changes(sentence, match):
                continue
            if not sentence.of(match["printed"]).value and sentence.of(match["part"]).value:  # `0 of 5 did (0%)`
                continue
            used |= {match["part"], match["printed"]}
            if re.search(r"\(n ?=", match[0]):  # a survey's number of answers
                asked = _share(sentence, None, match["part"], match["printed"])
                asked.sure = False
                result.append(asked)
            else:
                result.append(_share(sentence, match["part"], _stem(sentence, match, used), match["printed"]))
    for match in [*SHARE_OF.finditer(sentence.template), *OF_WHOM.finditer(sentence.template)]:
        if not {match["printed"], match["all"]} & used and not _is_change(sentence, match):
            used.add(match["printed"])
            result.append(_share(sentence, None, match["all"], match["printed"]))
    return [*result, *_fractions(sentence, used)]


def _reversed(sentence: Sentence, match: re.Match) -> bool:
    """`two workshops out of five`: counts that are larger than their whole belong together in another way."""
    part_of, all_of = sentence.of(match["part"]).value, sentence.of(match["all"]).value
    return part_of is not None and all_of is not None and part_of > all_of and "out of" not in match[0]


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
    within = OF_THEM.match(sentence.template) and all_name[0] == part_name[0] == "n"
    fields = {"constraint": "exclusive"} if within else {}
    return Proposal("bound" if sentence.of(printed).qualifier else "share", sentence, parts, fields=fields)


def _stem(sentence: Sentence, match: re.Match, used: set[str]) -> str | None:
    """The base that opens the sentence: `Of the 173 conferences, 18 (10%) were late`."""
    before = "" if re.match(OF_REST, match.groupdict().get("noun") or "") else sentence.template[: match.start()]
    bases = [m["all"] for m in OF_ALL.finditer(before) if m["all"] not in used]
    bases += [m["all"] for m in OF_WHICH.finditer(before) if not bases]
    return bases[-1] if bases else None


# --- fractions in words -------------------------------------------------------------------------------------------

BESIDE = re.compile(
    rf"^(?:[^<>;.()]{{0,50}}?\(?|(?:[^<>;.(),]|<t\d+>){{0,100}}?\()(?:{token('part', 'n')} ?(?:{OF}|/ ?){token('all', 'n')}|{token('printed', 'p')})"
)


def _fractions(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`a third (21 of 62)`, `the majority (56%)`; without counts beside it the fraction cannot be checked."""
    result = []
    for match in FRACTION.finditer(sentence.template):
        name = match["word"]
        if name in used or (frac := _plain_fraction(sentence, name)) is None:
            continue
        used.add(name)
        rest, before = sentence.template[match.end() :], sentence.template[: match.start()]
        beside = BESIDE.match(rest)
        parts = [fraction_part(sentence, frac)]
        if beside and beside["printed"] and _in_brackets(rest, beside):
            parts = [part(sentence, "share", sentence.of(beside["printed"])), *parts]
            used.add(beside["printed"])
        elif beside and beside["part"] and not {beside["part"], beside["all"]} & used:
            parts = [
                part(sentence, "numerator", sentence.of(beside["part"])),
                part(sentence, "denominator", sentence.of(beside["all"])),
                *parts,
            ]
            used |= {beside["part"], beside["all"]}
        elif (counted := re.match(r"[^<>;.()]{0,30}\(<(n\d+)>\)", rest)) and (base := _base_before(before, used)):
            parts = [
                part(sentence, "numerator", sentence.of(counted[1])),
                part(sentence, "denominator", sentence.of(base)),
                *parts,
            ]
            used.add(counted[1])
        elif applied := _applied(sentence, match, used):
            parts = [*applied, *parts]
        if len(parts) > 1 or not re.search(r"majority|most", frac.text.lower()):
            result.append(Proposal("fraction_words", sentence, parts))
    return result


def _base_before(before: str, used: set[str]) -> str | None:
    """The number of `Of the 18 reviews, …` that opens the sentence."""
    return next((m["all"] for m in OF_ALL.finditer(before) if m["all"] not in used), None)


APPLIED = re.compile(
    rf"^[^<>;.]{{0,40}}?(?:of|to|in) (?:the |all |our )?{token('all', 'n')}(?:[^<>;.()]{{0,90}}\({token('inside', 'n')}\)|(?P<gap>[^<>;.]{{0,50}}?)(?:gives?|is|means?|equates? to|suggests?|would be|or|=|about)(?: [a-z]+){{0,2}} {token('part', 'n')})?"
)


def _applied(sentence: Sentence, match: re.Match, used: set[str]) -> list[Part]:
    """`1 in 15 of 30,400 is about 2,030`, `422 …, fewer than one in ten of the 3,900`."""
    applied = APPLIED.match(sentence.template[match.end() :])
    if applied is None or applied["all"] in used:
        return []
    before = re.findall(r"<(n\d+)>", sentence.template[: match.start()])
    name = applied["part"] or applied["inside"] or (before[-1] if len(before) == 1 else None)
    if name is None or name in used or (sentence.of(name).value or 0) > (sentence.of(applied["all"]).value or 0):
        return []
    used |= {name, applied["all"]}
    return [part(sentence, "numerator", sentence.of(name)), part(sentence, "denominator", sentence.of(applied["all"]))]


def _in_brackets(rest: str, beside: re.Match) -> bool:
    return "(" in rest[: beside.end()] or bool(re.match(r"[^<>]{0,40}?[,:\u2013-] ?<", rest))


def _plain_fraction(sentence: Sentence, name: str) -> Mention | None:
    """A fraction in words, unless it stands beside `by` (a change) or names a body of rules."""
    mention = sentence.of(name)
    before = sentence.text[: mention.span[0]].lower()
    if re.search(r"\b(?:by|every|further|another|to|next|for (?:more|less) than|for over)\s+$", before) or re.search(
        rf"\b{NOUN_MOVE} of (?:just |nearly |almost |about |over |under |around |more than |less than |approximately )*$",
        before,
    ):
        return None
    return mention


ONE_NOUN_IN = re.compile(r"\b(one) (?:[a-z]+ ){1,2}in (?:every )?", re.IGNORECASE)  # `one school in eight`


def fraction_part(sentence: Sentence, mention: Mention) -> Part:
    """A fraction in words as a printed result, with `nearly` or `more than` before it."""
    start = mention.span[0]
    words = sentence.text[:start]
    beside = re.search(
        r"\b((?:just |nearly |almost |about |over |under |around |more than |less than |fewer than |approximately |well |slightly )+)$",
        words,
        re.IGNORECASE,
    )
    if beside:
        start = beside.start()
    shown = words_part(sentence, "printed", start, mention.span[1])
    shown.more["word"] = ONE_NOUN_IN.sub(r"\1 in ", shown.more["word"])
    return shown


OF_A_COUNT = re.compile(r"^ of (?:the |these |those |our |all |a total of )*<(?P<all>[nm]\d+)>")


def counts(figures: list[Mention]) -> list[Mention]:
    return [m for m in figures if m.sort in ("count", "money")]  # that may be a part or a whole


def smaller_first(pair: Pair) -> Pair:
    return pair if (pair[0].value or 0) <= (pair[1].value or 0) else (pair[1], pair[0])


def fraction(sentence: Sentence, mention: Mention, free: list[Mention], word: str) -> Proposal | None:
    """`a third quicker`, `more than one in ten`: read where two figures give it, or where a change says its two."""
    shown = fraction_part(sentence, mention)
    shown.more.update({"direction": way_of(word)} if way_of(word) else {})
    pairs = list(pairs_of(sentence, free if word else counts(free)))
    for pair in pairs:
        tried = orders(sentence, pair) if word else [smaller_first(pair)]
        for sides in tried:
            proposal = _fraction(sentence, sides, shown, word)
            if proposal.follows:
                return proposal
    if not word and (of := OF_A_COUNT.match(around(sentence, mention)[1])):  # `a third of the 1,500, 390 in all`
        beside = re.match(
            r"^[^<>]*<\w+>[^<>,;.]{0,25}, <(n\d+)>(?: in all| in total| of them)?[,.]", around(sentence, mention)[1]
        )
        if beside and (sentence.of(beside[1]).value or 0) < (sentence.of(of["all"]).value or 0):
            return _fraction(sentence, (sentence.of(beside[1]), sentence.of(of["all"])), shown, word)
    if word and len(pairs) == 1 and told_apart(sentence, pairs[0]):
        return _fraction(sentence, orders(sentence, pairs[0])[0], shown, word)
    enclosed = len(pairs) == 1 and re.match(
        r"[^<>;.]{0,60}\(<n\d+> (?:out )?of (?:the )?<n\d+>", around(sentence, mention)[1]
    )
    return _fraction(sentence, pairs[0], shown, word) if enclosed else None


def _fraction(sentence: Sentence, sides: tuple, shown, word: str) -> Proposal:
    roles = ("old", "new") if word else ("numerator", "denominator")
    parts = [part(sentence, role, m, period="") for role, m in zip(roles, sides, strict=True)]
    return Proposal("fraction_words", sentence, [*parts, replace(shown)])
