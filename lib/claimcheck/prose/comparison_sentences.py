"""Sentences that set an own figure beside another place's or a target, in whatever order they tell them."""

from __future__ import annotations

import re

from .change_prints import kind_of_difference
from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .result_figures import TARGET, is_amount, name_of, names_places, of_one_kind
from .sentence import Sentence, remembered
from .wording import NOUN_MOVE, PLACES, better_way

HIGHER = r"higher|above|more|greater|larger|ahead|exceed\w*|outstrip\w*|surpass\w*|overtak\w*|overtook|increase(?= on )|over(?= (?:the|our|its|a) )"
LOWER = r"lower|decrease(?= on )|below|beneath|less|fewer|smaller|behind|under(?= (?:the|our|its|a) )|short(?= of)"
SAME = r"in line|similar|comparable|close(?= to)|the same(?! (?:period|time|quarter|point|year|month))|on a par|equal"
POLAR = r"better|worse|stronger|favourably|unfavourably|beats?|outperform\w*"
SIDE = re.compile(
    rf"(?<!no )(?<!or )\b(?P<side>{HIGHER}|{LOWER}|{SAME}|{POLAR})\b(?! (?:likely|often|than (?:half|one|a|double|twice|treble|three))\b)"
)
SIDE_AFTER = re.compile(
    r"\b(?:we are (?:[a-z]+ ){0,2}?(?=(?:higher|lower|above|below)\b)|(?=(?:higher|lower) than (?:both|either)\b))"
    r"(?P<side>higher|lower|above|below)\b"
)
FIGURE = re.compile(r"<(?P<name>[nprm]\d+)>")
OF_US = r"\b(?:our|ours|we|us|locally|here)\b"
JOINS = r"\b(?:than|compared?|compares|against|versus|from|to that of)\b"
# a place before its figure (`England, which stands at 62`, `neighbours (69)`), or after it (`62 in England`, `the 90% target`)
BEFORE = re.compile(
    rf"(?P<place>{PLACES}|{TARGET.pattern})(?P<gap>(?:(?!{OF_US}|\b{NOUN_MOVE}\b|\band\b[^<>]*\bwas\b)[^<>;.]){{0,40}})$"
)
AFTER = re.compile(
    rf"^(?:(?!{JOINS}|{OF_US}|{SIDE.pattern})[^<>;.,()]){{0,40}}?\b(?P<place>{PLACES})|^ (?P<target>(?:[a-z]+ )?(?:{TARGET.pattern}))".replace(
        "?P<side>", "?:"
    )
)
BASED = re.compile(rf"\b(?:from|than|compared (?:to|with)|against|by|{NOUN_MOVE} of)\s+(?:\w+\s){{0,2}}$")
PRINTED = re.compile(r"<(?P<name>[pgx]\d+)>\)?(?: points?)? (?:[a-z]+ly )?$")
AMOUNT = re.compile(r"<[nm]\d+> $")  # `22,100 under the budget`: what differs, and no side
PRINTED_AFTER = re.compile(
    r"^[)\]]?(?:, | \(|,? or | )<(?P<name>[pg]\d+)> (?:higher|lower|above|below|more|less|greater|fewer)\b"
)
PAIR = re.compile(r"^ (?:compared (?:with|to)|against|versus|v) <(?P<name>[nprm]\d+)>")


THAN_OTHERS = re.compile(  # of a group, whatever its name: `24.6%, which is higher than Reception (10.1%)`
    r"<(?P<own>[npr]\d+)>(?: [a-z' -]{1,40})?(?: (?:in|at|for) <t\d+>)?(?:,? (?:which|that) (?:is|was|are|were))?,? (?<!no )(?<!not )(?P<side>higher|lower|more|fewer) than (?!twice|double|half|expected)"
    r"(?:in |at |for |among |the |that |those |of )*(?P<place>(?:(?!\b(?:year|quarter|month|last|previous|before|target)\b)[a-z0-9' -]){2,50}) \(<(?P<other>[npr]\d+)>\)"
)


def comparisons(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """One claim for each comparator of a sentence. An own figure that is not in the sentence is left for its surroundings."""
    result: list[Proposal] = []
    others = comparators(sentence)
    for name, (place, start) in others.items():
        side = None if name in used else _side(sentence, name, start, others)
        if side is None or AMOUNT.search(sentence.template[: side.start()]):
            continue
        ours = _own(sentence, name, start, side, {*used, *others})
        end = sentence.template.index(f"<{name}>") + len(name) + 2
        if ours is None and (pair := PAIR.match(sentence.template[end:])) and pair["name"] not in used:
            ours, name = sentence.of(name), pair["name"]
            used.add(name_of(sentence, ours))
        shown = _print_beside(sentence, side, end, used) if not any(p.sentence is sentence for p in result) else None
        if (shown is not None and shown is ours) or (
            ours is None and (TARGET.search(place) or not (shown or _alone(sentence, side)))
        ):
            continue
        used |= {name} | ({name_of(sentence, shown)} if shown else set())
        result.append(_claim(sentence, ours, (sentence.of(name), place), side, shown))
    for match in THAN_OTHERS.finditer(sentence.template):
        one, other = sentence.of(match["own"]), sentence.of(match["other"])
        if of_one_kind(one, other) and not {match["own"], match["other"]} & used and not is_amount(sentence, one):
            used |= {match["own"], match["other"]}
            result.append(_claim(sentence, one, (other, match["place"].strip()), match, None))
    return result


# `3% above the national figure and 4% below the region's`: how far apart they are, and no level
DIFFERENCE = re.compile(r" (?:points? )?(?:above|below|higher|lower|ahead|behind|more|less|fewer|better|worse)\b")


@remembered
def comparators(sentence: Sentence) -> dict[str, tuple[str, int]]:
    """Figures that are another place's or a target: name to (place, where its words begin)."""
    result: dict[str, tuple[str, int]] = {}
    last = 0
    listed: list[str] = []
    if not names_places(sentence):
        return result
    for match in FIGURE.finditer(sentence.template):
        if DIFFERENCE.match(sentence.template, match.end()):
            continue
        between = sentence.template[last : match.start()]
        placed = BEFORE.search(between)
        places = re.findall(PLACES, between) if "(" in between else []
        if placed and not re.search(rf"{JOINS}", placed["gap"]):
            result[match["name"]] = (placed["place"], last + placed.start())
        elif after := AFTER.match(sentence.template[match.end() :]):
            result[match["name"]] = (after["place"] or after["target"], match.start())
        elif listed and re.fullmatch(r"(?: and|,| v| and the)? ", between):  # `the region and England (45.3 and 43.3)`
            result[match["name"]] = (listed.pop(0), match.start())
        if len(places) > 1:
            result[match["name"]] = (places[0], last + between.find(places[0]))
            listed = places[1:]
        last = match.end()
    return {n: (re.sub(r"^the ", "", p).strip(), at) for n, (p, at) in result.items()}


OURS_AT = re.compile(
    r"^(?:at <(?P<own>[npr]\d+)>,? (?:we|ours?)\b[^<>;.,]{0,30}|(?:ours?|here|locally)\b[^<>;.]{0,40}?(?:\b(?:at|is|was|of)|,) <(?P<own2>[npr]\d+)>,? [^<>;.]{0,20}?)"
    r"<(?P<printed>[pgn]\d+)> (?P<side>higher|lower|above|below|more|less)\b(?: than)?(?P<it> (?:it|that|this|them|theirs))?\.?$"
)


OURS_BESIDE = re.compile(
    r"^at <(?P<own>[npr]\d+)>,? [^<>;,]{3,50}? (?P<side>higher than|lower than|above|below) (?:this|that|it)\b[^<>]*$"
)


def comparison_with_before(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`England's rate is 40. Ours, at 50, is 25% higher`: the only figure of the sentence before is another place's."""
    match, others = OURS_AT.match(sentence.template), list(comparators(before).items())
    if (word := OURS_BESIDE.match(sentence.template)) and len(others) == len(before.figures) == 1:
        used.add(word["own"])
        sides = [part(sentence, "own", sentence.of(word["own"])), part(before, "comparator", before.of(others[0][0]))]
        return [Proposal("comparison", sentence, [*sides, words_part(sentence, "printed", 0, 0, word=word["side"])])]
    if match is None or len(others) != 1 or len(before.figures) != 1 or before.paragraph != sentence.paragraph:
        return []
    (name, (place, _)), ours = others[0], sentence.of(match["own"] or match["own2"])
    shown, comparator = sentence.of(match["printed"]), before.of(name)
    if not of_one_kind(ours, comparator) or (shown.sort == "points") > (ours.sort == "percent"):
        return []
    used |= {match[group] for group in ("own", "own2", "printed") if match[group]}
    way = "lower" if match["side"] in ("lower", "below", "less") else "higher"
    sides = [part(sentence, "own", ours, period=""), part(before, "comparator", comparator, period="", geography=place)]
    printed = part(sentence, "printed", shown, period="", direction=way)
    kind = "point_difference" if shown.sort == "points" else kind_of_difference(printed, ours.unit)
    sides.append(printed)
    return [Proposal(kind, sentence, sides, elsewhere=not match["it"])]


def _side(sentence: Sentence, name: str, start: int, others: dict) -> re.Match | None:
    """The word that says which is higher: the nearest before the comparator, with only comparators or own figures `compared to` it between."""
    clause = sentence.template.rfind(";", 0, start) + 1
    sides = [m for m in SIDE.finditer(sentence.template, clause) if m.end() <= start]  # its words look ahead
    if not sides:
        return SIDE_AFTER.search(sentence.template, start)
    between = sentence.template[sides[-1].end() : start]
    ours = [n for n in FIGURE.findall(between) if n not in others]
    if ours and not re.search(rf"<{ours[-1]}>[^<>]*{JOINS}", between):
        return None
    return sides[-1] if len(ours) < 2 else None


def _own(sentence: Sentence, name: str, start: int, side: re.Match, taken: set[str]) -> Mention | None:
    """The own figure: the last one alike before the comparator; one in brackets that closed only for want of another."""
    template, like = sentence.template, sentence.of(name)
    alike = []
    for match in FIGURE.finditer(template, 0, start):
        mention = sentence.of(match["name"])
        if (
            of_one_kind(mention, like)
            and not is_amount(sentence, mention)
            and mention.sort != "points"
            and match["name"] not in taken
            and not BASED.search(template[: match.start()])
        ):
            closed = template.count("(", 0, match.start()) > template.count(")", 0, match.start())
            alike.append((closed and ")" in template[match.end() : start], mention))
    bare = [mention for closed, mention in alike if not closed]
    return bare[-1] if bare else alike[-1][1] if alike else None


def _alone(sentence: Sentence, side: re.Match) -> bool:
    """Whether the own figure may stand in the sentence before: `This is lower than the national rate of 4.5%`."""
    return bool(re.match(r"[^<>]*$|(?:this|that|it|which) compares ", sentence.template[: side.start()]))


def _print_beside(sentence: Sentence, side: re.Match, end: int, used: set[str]) -> Mention | None:
    """The printed difference: `34% higher than`, or `above England (69), 34% higher`."""
    match = PRINTED.search(sentence.template[: side.start()]) or PRINTED_AFTER.match(sentence.template[end:])
    shown = sentence.of(match["name"]) if match and match["name"] not in used else None
    alike = [m for m in sentence.figures if shown and m.sort == shown.sort]
    return shown if len(alike) != 2 or match.re is PRINTED_AFTER else None  # type: ignore[union-attr]


def _claim(
    sentence: Sentence, ours: Mention | None, other: tuple[Mention, str], side: re.Match, shown: Mention | None
) -> Proposal:
    comparator = part(sentence, "comparator", other[0], geography=other[1])
    mine = Part("own", None, "", "", sentence.paragraph) if ours is None else part(sentence, "own", ours)
    if not comparator.period:
        mine.period = ""
    if TARGET.search(other[1]):
        mine.period = comparator.period = ""
        comparator.more = {"name": "target"}
    word = _word(side["side"], sentence.template)
    if shown is not None:
        way = {"direction": word} if word in ("higher", "lower") else {}
        return Proposal(
            "percent_difference", sentence, [mine, comparator, part(sentence, "printed", shown, period="", **way)]
        )
    span = (sentence.offset + side.start("side"), sentence.offset + side.end("side"))
    printed = Part("printed", None, "", "", sentence.paragraph, span, {"word": word})
    return Proposal("comparison", sentence, [mine, comparator, printed], sure=not re.fullmatch(POLAR, word))


def _word(side: str, text: str) -> str:
    """`higher`, `lower` or `similar`; of `better` and its like the one that is better of the measure, where that is known."""
    for word, words in (("higher", HIGHER), ("lower", LOWER), ("similar", SAME)):
        if re.fullmatch(re.sub(r"\(\?=[^()]*(?:\([^()]*\))?[^()]*\)", "", words), side):
            return word
    good = {"favourably": "better", "unfavourably": "worse"}.get(
        side, "better" if re.match("beat|outperform", side) else side
    )
    return {"rise": "higher", "fall": "lower"}.get(better_way(good, text), side)
