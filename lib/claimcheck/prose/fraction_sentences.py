"""Sentences of fractions in words: a third, one in five, the majority; by themselves, beside counts, or as a change."""

from __future__ import annotations

import re
from dataclasses import replace

from .change_prints import token
from .changes_in_any_order import way_of
from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .result_figures import around, orders, pairs_of, stands_at, told_apart
from .sentence import Sentence
from .share_sentences import OF, OF_A_COUNT, OF_ALL, counts, smaller_first
from .wording import NOUN_MOVE

FRACTION = re.compile(rf"{token('word', 'f')}")
BESIDE = re.compile(
    rf"^(?:[^<>;.()]{{0,50}}?\(?|(?:[^<>;.(),]|<t\d+>){{0,100}}?\()(?:{token('part', 'n')} ?(?:{OF}|/ ?){token('all', 'n')}|{token('printed', 'p')})"
)


def fractions(sentence: Sentence, used: set[str]) -> list[Proposal]:
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
        elif (names := _bracketed(sentence, match)) and used.isdisjoint(names.values()):
            parts = [*(part(sentence, role, sentence.of(name)) for role, name in names.items()), *parts]
            used |= {*names.values()}
        if len(parts) > 1 or not re.search(r"majority|most", frac.text.lower()):
            result.append(Proposal("fraction_words", sentence, parts))
        else:
            used.discard(name)
    return result


def _base_before(before: str, used: set[str]) -> str | None:
    """The number of `Of the 18 reviews, …` that opens the sentence."""
    return next((m["all"] for m in OF_ALL.finditer(before) if m["all"] not in used), None)


def _bracketed(sentence: Sentence, fraction: re.Match) -> dict[str, str]:
    """`two thirds (100) came from parents`, `forty-four families (two fifths) did`, `63 of the 70 (nine in ten)`: the part, and the whole if it is said."""
    inside = re.match(
        rf" ?\(<(?P<numerator>n\d+)>\)(?: {OF}<(?P<denominator>n\d+)>)?", sentence.template[fraction.end() :]
    )
    before = BRACKET_AFTER.search(sentence.template[: fraction.start()])
    outside = before if before and sentence.template.startswith(")", fraction.end()) else None
    match = inside or outside
    return {role.rstrip("2"): name for role, name in match.groupdict().items() if name} if match else {}


BRACKET_AFTER = re.compile(
    rf"(?:<(?P<numerator>n\d+)> {OF}<(?P<denominator>n\d+)>|(?<!of )(?<!of the )<(?P<numerator2>n\d+)>)(?: (?!of\b)[a-z]+){{0,3}} \((?:[a-z]+ ){{0,2}}$"
)
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


AHEAD = re.compile(
    r"\b(?:expected|hoped|planned|intended|proposed|anticipated|forecast|aim(?:s|ed|ing)?|target|ambition|goal|expects?|hopes?|plans?|intends?) (?:is |was )?(?:that|to|for|of)\b[^.;,]*$"
)
AHEAD_AFTER = re.compile(
    r"^ (?:as (?:many|much|high)|that of|those of)\b|^ of (?:the |our |all |its )*[a-z]+(?: [a-z]+)? (?:will|should|must|are to|is to|shall)\b"
)


def _plain_fraction(sentence: Sentence, name: str) -> Mention | None:
    """A fraction in words, unless it stands beside `by` (a change) or names a body of rules."""
    mention = sentence.of(name)
    before = sentence.text[: mention.span[0]].lower()
    if AHEAD.search(before) or AHEAD_AFTER.match(sentence.text[mention.span[1] :].lower()):
        return None
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


def fraction(
    sentence: Sentence, mention: Mention, free: list[Mention], word: str, read: Proposal | None
) -> Proposal | None:
    """`a third quicker`, `more than one in ten`: read where two figures give it, or where a change says its two.

    read : the fraction as read before, whose part may be told in a bracket: then of no other
    """
    shown = fraction_part(sentence, mention)
    shown.more.update({"direction": way_of(word)} if way_of(word) else {})
    pairs = list(pairs_of(sentence, free if word else counts(free)))
    for side in (p for p in (read.parts if read else ()) if p.role == "numerator"):
        pairs = [pair for pair in pairs if stands_at(side, sentence, smaller_first(pair)[0])]
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
