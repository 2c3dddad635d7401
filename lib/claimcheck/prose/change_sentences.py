"""Sentences of change: from one figure to another, by so much, than last year."""

from __future__ import annotations

import re
from dataclasses import replace

from ..stated_periods import period
from .change_prints import AMOUNTS, MULTIPLE, PRINTED, WORDS_BETWEEN, kind_of, print_of, token
from .fraction_sentences import fraction_part
from .mentions import Mention
from .proposal import Part, Proposal, part, said_part
from .result_figures import PARTED, elsewhere, name_of, of_one_kind, outside_brackets, unit_word
from .sentence import Sentence
from .wording import BEFORE_TIME, GAP, MOVE, NOUN_MOVE, PLACE, better_way, direction_of

FROM_TO = re.compile(
    rf"(?:\bfrom {WORDS_BETWEEN}|\)[,:] ){token('old')}(?P<gap>{GAP}{{0,70}}?)\bto (?:(?:just|about|around|nearly|over|under|a|an|the|at|stand at|become|around|less than|more than|rate of|total of)\s){{0,3}}(?:[^<>;.()]{{0,25}}){token('new')}(?:,? (?:and )?(?:then )?to {token('last')})?"
)
OF_TO = re.compile(rf"\b(?P<verb>{NOUN_MOVE}) of {token('old')}{GAP}{{0,40}}?\bto {token('new')}")
TO_FROM = re.compile(
    rf"\b(?P<verb>{MOVE}|{MULTIPLE})(?: [a-z]+)?,?(?: by (?:just |about |nearly |almost )?{token('shown', 'pgnm')},?)? to {token('new')}[^<>;.]{{0,25}}?,? from {token('old')}"
)
UP_FROM = re.compile(
    rf"{token('new', 'nprmd')}(?P<gap>{GAP}{{0,160}}?)\b(?P<verb>up|down|risen|fallen|increased|decreased|reduced|rising|falling|an? (?:[a-z]+ )?{NOUN_MOVE}|{MOVE})(?: [a-z]+ly)? (?:from|on) (?!(?:the |our |a )*target){WORDS_BETWEEN}{token('old', 'nprmd')}"
)
COMPARED = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,110}}?)\b(?P<how>compared|in comparison|comparing|against|versus|as opposed) ?(?:to|with)? (?:just |only |the )?(?P<mid>{GAP}{{0,45}}?){token('old')}(?P<tail>{GAP}{{0,60}})"
)
HIGHER_THAN = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,70}}?)(?:{token('shown', 'pgn')} )?(?P<verb>higher|lower|more|fewer|less|up|down|greater|above|below) (?:(?:than|on) )?(?:(?:the (?:[a-z]+ ){{1,6}}?|that )(?:in|at|for|of)(?: the end of)? <t\d+>|last year'?s?|the previous year'?s?|(?:in|at|on|for|as at) (?:the )?(?:end of )?<t\d+>|<t\d+>|the (?:previous|preceding) (?:year|quarter)'?s?|the (?:figure|rate|number|total) (?:in|for|of) <t\d+>)(?: (?:figure|rate|total|of|was|at|when|it|there|were|with))*,? ?\(?{token('old')}"
)
THAN_OF = re.compile(
    rf"{token('new')}(?P<gap>{GAP}{{0,70}}?[,\u2013-] )(?P<verb>higher|lower|more|fewer|less) than the {token('old')}(?= (?:of|in) (?:the )?[^<>;.,]{{0,15}}(?:<t\d+>|{BEFORE_TIME}))"
)
NO_MOVE = re.compile(
    r"\bor (?:more|fewer|less|above|over|higher)\b|\b(?:more|less|fewer|no more) than\b|\bno (?:change|difference) (?:that|shown)\b|\bmade up\b|\bmak\w+ up\b|\bfollow\w* up\b|\b(?:more|less) [a-z]+ly\b|\bone or more\b|\bset up\b"
)
PATTERNS = {  # and words of which one stands in what each finds
    OF_TO: ("to <",), TO_FROM: ("to <",), HIGHER_THAN: ("er ", "more", "less", "up", "down", "above", "below"),
    THAN_OF: ("than the <",), FROM_TO: ("to ",), UP_FROM: (" from ", " on "),
    COMPARED: ("compar", "against", "versus", "opposed"),
}  # fmt: skip


def changes(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Every claim of change in a sentence. Tokens it takes are added to `used`."""
    result: list[Proposal] = []
    if sum(name[0] in "nprmd" for name in sentence.names.values()) < 2:
        return result
    for pattern in (pattern for pattern, words in PATTERNS.items() if sentence.says(*words)):
        for match in pattern.finditer(sentence.template):
            old, new = _ordered(sentence, pattern, match)
            if (
                _is_amount(sentence, pattern, match)
                or {old, new} & used
                or not _alike(sentence, old, new)
                or not _in_time(sentence, pattern, match)
                or (
                    pattern in (COMPARED, HIGHER_THAN, THAN_OF) and any(_is_move(sentence, name) for name in (old, new))
                )
            ):
                continue
            if proposal := _pair(sentence, pattern, match, (old, new), used):
                result += [proposal, *_second_old(sentence, match, proposal, used)]
    return result


SECOND_OLD = re.compile(
    rf"(?: (?:in|at|of))?(?: the)? (?:<t\d+>|{BEFORE_TIME})[^<>;.,]{{0,20}},? and (?:from |the )?{token('old')}(?= (?:in|at|of) (?:the )?(?:end of |quarter ending |year ending |year to )?(?:<t\d+>|{BEFORE_TIME})(?:[.,;)]|$))"
)


def _second_old(sentence: Sentence, match: re.Match, first: Proposal, used: set[str]) -> list[Proposal]:
    """`up from 51 in 2019 and 48 in 2018`, `fewer than the 67% of last year and the 70% of 2019`: of each of the two."""
    ends_with_old = match.re in (UP_FROM, HIGHER_THAN, THAN_OF)  # not `from 51 to 48 in 2018 and 45 in 2019`
    second = SECOND_OLD.match(sentence.template, match.end())
    if (
        first.kind != "direction"
        or not ends_with_old
        or second is None
        or second["old"] in used
        or not _alike(sentence, match["old"], second["old"])
    ):
        return []
    used.add(second["old"])
    return [replace(first, parts=[part(sentence, "old", sentence.of(second["old"])), *first.parts[1:]])]


def _is_move(sentence: Sentence, name: str) -> bool:
    """Whether a percentage is itself a change: `an increase of 1% on 2014 and an increase of 6% compared to 2011`."""
    before = sentence.template.partition(f"<{name}>")[0]
    return name[0] == "p" and bool(re.search(rf"\b{MOVE}(?: by| of)? $", before))


def _is_amount(sentence: Sentence, pattern: re.Pattern, match: re.Match) -> bool:
    """`402, 14 up on the 388`: the figure before `up on` is the change itself."""
    if pattern not in (UP_FROM, HIGHER_THAN) or match["gap"].strip() or match["verb"] not in ("up", "down"):
        return False
    return bool(re.search(r"<[nprm]\d+>[^<>;.]{0,40}$", sentence.template[: match.start()]))


def _alike(sentence: Sentence, old: str, new: str) -> bool:
    a, b = sentence.of(old), sentence.of(new)
    return of_one_kind(a, b) and unit_word(sentence, a)[:3] == unit_word(sentence, b)[:3]


OWN_PAIR = re.compile(r",? from <[nprm]\d+>[^<>;.]* to <[nprm]")  # `fell by 6% from 900 to 846`: of those two
# `64% of girls and 58% of boys, up from 60% and 55%`
OTHER_CLAUSE = re.compile(r";|\b(?:while|whilst|but|whereas|although|though)\b")
LISTS = r"<{0}\d+>[^<>;]*\band\b[^<>;]*<{1}>[^;]*<{2}>[^<>;]{{0,25}}\band <{0}\d"


def _in_time(sentence: Sentence, pattern: re.Pattern, match: re.Match) -> bool:
    """Whether the two figures are of two times: a comparator of another place is no change."""
    if pattern in (OF_TO, TO_FROM):
        return True
    if re.search(LISTS.format(match["new"][0], match["new"], match["old"]), sentence.template):
        return False
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
    if pattern in (HIGHER_THAN, THAN_OF):
        # `9 above England's 43 and 4 above last year's 48`: of the own figure
        theirs = match["gap"].endswith("and ") and elsewhere(sentence, sentence.of(match["new"]))
        return not PLACE.search(match["gap"][-40:]) and not theirs
    tail, mid = match["tail"], match["mid"] or ""
    place = PLACE.search(tail) or PLACE.search(mid)
    return bool(re.search(rf"{BEFORE_TIME}|<t\d+>", tail + mid)) and not place


def _ordered(sentence: Sentence, pattern: re.Pattern, match: re.Match) -> tuple[str, str]:
    """Old and new as their periods say; where two things are counted, the new figure of what the old one counts."""
    old, new = match["old"], match["new"]
    if match.groupdict().get("last"):
        return old, match["last"]
    if pattern in (UP_FROM, HIGHER_THAN, THAN_OF):
        return old, outside_brackets(sentence, new, old)
    if pattern is not COMPARED:
        return old, new
    noun = re.match(r"<\w+> ([a-z]{4,})", sentence.template[match.start("old") - 1 :])
    here = re.match(r"<\w+> ([a-z]{4,})", sentence.template[match.start("new") - 1 :])
    if noun and here and noun[1] != here[1]:
        same = [m[1] for m in re.finditer(rf"<([nprm]\d+)> {noun[1]}\b", sentence.template[: match.start()])]
        new = same[-1] if same else new
    before, after = (period(sentence.period_of(sentence.of(name))) for name in (new, old))
    return (new, old) if before and after and before.end < after.end else (old, new)


def _pair(
    sentence: Sentence, pattern: re.Pattern, match: re.Match, names: tuple[str, str], used: set[str]
) -> Proposal | None:
    """The claim of two figures and what is printed of their change."""
    old, new = names
    size = _printed(sentence, used | {old, new}, match) if pattern is not OF_TO else None
    if match.groupdict().get("shown"):
        size = (sentence.of(match["shown"]), match["verb"], False)
    used |= {old, new}
    sides = [part(sentence, "old", sentence.of(old)), part(sentence, "new", sentence.of(new))]
    sides = _timed(sentence, match, sides)
    if pattern is OF_TO:
        used.add(old)
        shown = part(sentence, "printed", sentence.of(old), direction=direction_of(match["verb"]), period="")
        return Proposal(
            "percent_change" if sentence.of(old).sort == "percent" else "count_change", sentence, [*sides, shown]
        )
    if size is not None:
        mention, words, bracket = size
        used.add(name_of(sentence, mention))
        way = direction_of(words) or direction_of(_verb(sentence, match))
        return Proposal(
            kind_of(mention),
            sentence,
            [*sides, print_of(sentence, mention, way)],
            sure=not bracket or bool(way or mention.sign),
        )
    return _in_words(sentence, match, sides, used)


def _in_words(sentence: Sentence, match: re.Match, sides: list[Part], used: set[str]) -> Proposal | None:
    """A change said as a fraction, a multiple or a direction."""
    times = re.search(rf"\b{MOVE}(?: by)? (?:about |around |nearly |almost |more than )?<(x\d+)>", sentence.template)
    if times and times[1] not in used:
        used.add(times[1])
        shown = part(sentence, "printed", sentence.of(times[1]), period="")
        return Proposal("multiple", sentence, [*sides, shown])
    if (fraction := re.search(r"\bby (?:[a-z]+ ){0,3}<(f\d+)>", sentence.template)) and fraction[1] not in used:
        used.add(fraction[1])
        shown = fraction_part(sentence, sentence.of(fraction[1]))
        shown.more["direction"] = direction_of(_verb(sentence, match))
        return Proposal("fraction_words", sentence, [*sides, shown])
    multiple = re.search(rf"\b{MULTIPLE}\b", sentence.template)
    if multiple and not OTHER_CLAUSE.search(sentence.template, match.end(), max(multiple.start(), match.end())):
        return Proposal("multiple", sentence, [*sides, said_part(sentence, multiple[0])])
    verb = _verb(sentence, match)
    if not verb:
        return None
    said = sentence.template[: match.end()]
    way = direction_of(verb) or better_way(verb, said) or better_way(said, said)
    word = said_part(sentence, verb, word=verb, direction=way)
    return Proposal("direction", sentence, [*sides, word], sure=bool(way))


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
    clause = r"[;:]|, (?:and|but|while|whereas|as|because|although)\b| (?:as|because|although|whilst|while|whereas) "
    clause += "" if match.re in (FROM_TO, OF_TO) else "|, "
    before = re.split(clause, template[: match.start()])[-1][-120:]
    after = re.split(r"[.;:]|\b(?:before|then|but|although|until) ", template[match.end() :])[0][:50]
    neutral = ""
    for phrase, last in ((before, True), (inside, False), (after, False)):
        words = NO_MOVE.sub(" ", phrase)
        moves = re.findall(rf"\b(?:{MOVE}|{NOUN_MOVE})\b", words)
        if directed := [word for word in moves if direction_of(word)]:
            return directed[-1] if last else directed[0]
        neutral = neutral or (moves[-1] if last else moves[0]) if moves else neutral
    return neutral


def _printed(sentence: Sentence, used: set[str], near: re.Match) -> tuple[Mention, str, bool] | None:
    """The printed change that belongs to two figures: within the clause of the match, not taken yet."""
    for kinds in (PRINTED, AMOUNTS):
        for pattern in kinds:
            for match in pattern.finditer(sentence.template):
                name = match["printed"]
                between = sentence.template[min(near.end(), match.end()) : max(near.start(), match.start())]
                bare = pattern is AMOUNTS[1] and not match["word"] and not sentence.of(name).sign
                if (
                    name in used
                    or (
                        bare
                        and (match.start() < near.end() or re.search(r"<t\d+> $", sentence.template[: match.start()]))
                    )
                    or ";" in between
                    or (match.start() >= near.end() and OWN_PAIR.match(sentence.template, match.end()))
                    or PARTED.search(between if match.end() < near.start() else re.sub(r"\band\b", " ", between))
                    or len(re.findall(r"<[nprm]\d+>", between)) > 1
                ):
                    continue
                words = " ".join(str(v) for k, v in match.groupdict().items() if k in ("word", "after") and v)
                return sentence.of(name), words, match[0].startswith("(")
    return None
