"""Sentences that set an own figure beside that of another place."""

from __future__ import annotations

import re
from dataclasses import replace

from .change_prints import token
from .mentions import Mention
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .wording import PLACES

SIDE = r"(?P<side>(?:much |slightly |well |significantly |just |considerably |far |considerably |marginally |still |also )*(?:higher|lower|above|below|more|less|greater|fewer|better|worse|larger|smaller|exceed\w*|ahead|behind|in line|similar|comparable|close|stronger|the same|on a par|equal))"
LINK = r"(?: (?:than|to|with|as|of))?(?: (?:that|those|(?:the )?(?:figure|rate|average|level|number)s?) (?:of|for|in))?(?: (?:both|all|our|its|the|of|for|in|a|an))*"
TAIL = r"(?P<tail>,?(?: (?:average|rate|figure|of|at|is|was|for|the|in|mean|which|level|a|stands|stood|just|only|about|around|approximately)|,| <t\d+>)*) ?[(\[]?(?:at )?"
PRINTED_FIRST = re.compile(
    rf"{token('printed', 'pgx')}(?: point| points)? ?{SIDE}{LINK} (?P<place>{PLACES}){TAIL}{token('comp')}"
)
SIDE_FIRST = re.compile(
    rf"\b{SIDE}{LINK} (?P<place>{PLACES}){TAIL}{token('comp')}(?P<rest>[^<>;]{{0,6}}(?: |\()?{token('printed', 'pg')} (?:higher|lower|above|below|more|less|greater|fewer)\b)?"
)
COMPARED_TO = re.compile(
    rf"\b(?:compare[ds]|in comparison|against|versus)(?: (?:to|with))?(?: (?:just|only|the|a|an|rate|figure|average|of|about|around))* (?:{token('comp')}[^<>;.,]{{0,25}}? ?(?:in|for|across|by|among)? ?(?:the )?(?P<place>{PLACES})|(?P<place2>{PLACES})(?P<tail>[^<>;.()]{{0,30}}?)[(\[]?{token('comp2')})"
)
NEXT = re.compile(
    rf"[)\]]?(?:,? and|,| or)(?: (?:the|of|for|in|a|an|both|from))* (?P<place>{PLACES})(?P<tail>[^<>;.()]{{0,25}}?)[(\[]?{token('comp')}|[)\]]?(?:,? and|,)(?: (?:just|only))? {token('comp2')}[^<>;.,]{{0,20}}? (?:in|for|as|across)? ?(?:the )?(?P<place2>{PLACES})"
)
PAIR = re.compile(rf" (?:compared (?:with|to)|against|versus|v) {token('comp')}")
BASED = re.compile(r"\b(?:from|than|compared (?:to|with)|against|by)\s+(?:\w+\s){0,2}$")
WORDS = {
    "more": "higher",
    "greater": "higher",
    "fewer": "lower",
    "less": "lower",
    "larger": "higher",
    "smaller": "lower",
    "above": "higher",
    "below": "lower",
    "ahead": "higher",
    "behind": "lower",
}
POLAR = re.compile(r"better|worse|stronger")
SAME = re.compile(r"in line|similar|comparable|close|the same|on a par|equal")
NO_SIDE = ("better", "worse", "stronger")


AGAINST_TARGET = re.compile(
    rf"\b(?P<side>above|below|over|under|exceed\w*|against|short of|higher than|lower than|(?:an? )?(?:increase|decrease|improvement) on|better than|worse than|outside|within) (?:the |our |its |a |national |local )*(?:{token('comp')} target|target(?: of| is| was|, which is)? {token('comp2')})"
)


def targets(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`93.2 %, above the 90 % target`: a target is something to compare with, and no base of a change."""
    result = []
    for match in AGAINST_TARGET.finditer(sentence.template):
        name = match["comp"] or match["comp2"]
        ours = _own(sentence, match.start(), {name, *used}, sentence.of(name))
        if name in used or ours is None or re.search(r"against|better|worse|outside|within|improvement", match["side"]):
            continue
        used |= {name}
        word = "higher" if re.search(r"above|over|exceed|higher|increase", match["side"]) else "lower"
        at = max(0, sentence.text.lower().find(match["side"]))
        shown = Part(
            "printed",
            None,
            "",
            "",
            sentence.paragraph,
            (sentence.offset + at, sentence.offset + at + len(match["side"])),
            {"word": word},
        )
        comparator = part(sentence, "comparator", sentence.of(name), period="", name="target")
        result.append(Proposal("comparison", sentence, [part(sentence, "own", ours, period=""), comparator, shown]))
    return result


def comparisons(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """One claim for each comparator of a sentence. A side that is not in the sentence is left for its surroundings."""
    result: list[Proposal] = []
    template = sentence.template
    for pattern in (PRINTED_FIRST, SIDE_FIRST):
        for match in pattern.finditer(template):
            if match["comp"] in used or (pattern is PRINTED_FIRST and match["printed"] in used):
                continue
            result += _claims(sentence, match, used)
    for match in COMPARED_TO.finditer(template):
        name = match["comp"] or match["comp2"]
        words = _side_word(template[: match.start()])
        if not words and (both := re.search(r"\b(higher|lower) than (?:both|either)\b", template[match.end() :])):
            words = both[1]
        if name in used or not words:
            continue
        result += _compared(sentence, match, name, words, used)
    return result


RESPECTIVELY = re.compile(
    rf"\b{SIDE}{LINK}(?: (?:rates?|figures?|averages?|levels?)(?: (?:for|in|of))?)?(?: the)? (?P<place>{PLACES}) and (?:the )?(?P<place2>{PLACES})[^<>;.()]{{0,20}}\({token('comp')} and {token('comp2')}"
)


def respective(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`lower than the rates for the region and England (45.3 and 43.3 respectively)`."""
    result = []
    for match in RESPECTIVELY.finditer(sentence.template):
        names = [match["comp"], match["comp2"]]
        ours = _own(sentence, match.start(), {*names, *used}, sentence.of(names[0]))
        if set(names) & used or ours is None:
            continue
        used |= set(names)
        for name, place in zip(names, (match["place"], match["place2"]), strict=True):
            comparator = part(sentence, "comparator", sentence.of(name), period="", geography=_geography(place))
            result.append(
                Proposal(
                    "comparison", sentence, [part(sentence, "own", ours, period=""), comparator, _word(sentence, match)]
                )
            )
    return result


def _claims(sentence: Sentence, match: re.Match, used: set[str]) -> list[Proposal]:
    """The first comparator with its printed difference, the further ones by the word alone."""
    printed = match.groupdict().get("printed")
    comparators = [(match["comp"], match["place"]), *_more(sentence, match.end("comp") + 1)]
    comparators = [c for c in comparators if c[0] not in used]
    shown = sentence.of(printed) if printed else None
    ours = _own(sentence, match.start(), {printed, *used, *(c for c, _ in comparators)}, sentence.of(match["comp"]))
    if ours is None and (pair := PAIR.match(sentence.template, match.end("comp") + 1)):
        ours, comparators = sentence.of(match["comp"]), [(pair["comp"], match["place"])]
        used.add(match["comp"])
    used |= {name for name in (printed, *(c for c, _ in comparators)) if name}
    result = []
    for i, (name, place) in enumerate(comparators):
        kind = "percent_difference" if shown is not None and i == 0 else "comparison"
        end = _print(sentence, shown, match["side"]) if shown is not None and i == 0 else _word(sentence, match)
        comparator = part(sentence, "comparator", sentence.of(name), geography=_geography(place))
        sides = [Part("own", None, "", "", sentence.paragraph)] if ours is None else [part(sentence, "own", ours)]
        if not comparator.period:
            sides[0].period = ""
        result.append(
            Proposal(
                kind, sentence, [*sides, comparator, end], sure=not POLAR.search(match["side"]) or shown is not None
            )
        )
    return result


def _more(sentence: Sentence, at: int) -> list[tuple[str, str]]:
    """Further comparators after the first: `and South East (40)`."""
    result = []
    while match := NEXT.match(sentence.template, at):
        name = match["comp"] or match["comp2"]
        result.append((name, match["place"] or match["place2"]))
        at = match.end() if match["comp2"] else match.end("comp") + 1
    return result


def _compared(sentence: Sentence, match: re.Match, name: str, words: str, used: set[str]) -> list[Proposal]:
    comparator = sentence.of(name)
    ours = _own(sentence, match.start(), {name, *used}, comparator)
    if ours is None and not re.match(r"(?:this|that|it|which) compares? ", sentence.template):
        return []
    own = Part("own", None, "", "", sentence.paragraph) if ours is None else part(sentence, "own", ours, period="")
    end = match.end() if match["comp"] else match.end("comp2") + 1
    comparators = [(name, match["place"] or match["place2"]), *_more(sentence, end)]
    used |= {c for c, _ in comparators}
    at = sentence.text.lower().find(words)
    word = Part(
        "printed",
        None,
        "",
        "",
        sentence.paragraph,
        (sentence.offset + at, sentence.offset + at + len(words)),
        {"word": words},
    )
    return [
        Proposal("comparison", sentence, [replace(own),
                 part(sentence, "comparator", sentence.of(c), period="", geography=_geography(place)), word])
        for c, place in comparators
    ]  # fmt: skip


def _side_word(before: str) -> str:
    """`higher`, `lower` … in the clause before `compared to`; blank where none stands there."""
    clause = re.split(r"[.;]", before)[-1]
    sides = re.findall(r"\b(higher|lower|more|fewer|less|greater|similar|above|below)\b", clause)
    return sides[-1] if sides and not re.search(r"more (?:than|likely)|less (?:than|likely)", clause) else ""


def _own(sentence: Sentence, before: int, taken: set, like: Mention) -> Mention | None:
    """The own figure: the last one before the comparison that is alike; one in brackets that closed only for want of another."""
    template = sentence.template
    alike = []
    for match in re.finditer(r"<([nprm]\d+)>", template[:before]):
        mention = sentence.of(match[1])
        same = all((mention.sort == sort) == (like.sort == sort) for sort in ("percent", "money"))
        if same and match[1] not in taken and not BASED.search(template[: match.start()]):
            closed = template.count("(", 0, match.start()) > template.count(")", 0, match.start())
            alike.append((closed and ")" in template[match.end() : before], mention))
    bare = [mention for closed, mention in alike if not closed]
    return bare[-1] if bare else alike[-1][1] if alike else None


def _geography(place: str) -> str:
    return re.sub(r"^the ", "", place).strip()


def _print(sentence: Sentence, mention: Mention, side: str) -> Part:
    shown = part(sentence, "printed", mention, period="")
    way = next((v for k, v in {"higher": "higher", "lower": "lower", **WORDS}.items() if k in side.split()), "")
    if way:
        shown.more["direction"] = way
    return shown


def _word(sentence: Sentence, match: re.Match) -> Part:
    side = match["side"].split()
    word = (
        "similar"
        if SAME.search(match["side"])
        else next((w for w in side if w in WORDS or w in ("higher", "lower")), side[-1])
    )
    at = max(0, sentence.text.lower().find(match["side"]))
    span = (sentence.offset + at, sentence.offset + at + len(match["side"]))
    return Part("printed", None, "", "", sentence.paragraph, span, {"word": WORDS.get(word, word)})
