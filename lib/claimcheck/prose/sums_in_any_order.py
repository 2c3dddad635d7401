"""Parts and their total, what is left of a whole, and which way two figures went, in whatever order a sentence tells them."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

from .mentions import Mention
from .proposal import Part, Proposal, part, words_part
from .result_figures import dates, is_past, name_of, stands_at
from .sentence import Sentence
from .wording import NOUN_MOVE, PLACE, direction_of

TOTAL = re.compile(
    r"\bin all\b|\bin total\b|\ba total of\b|\btotal\w*\b|\baltogether\b|\bcame to\b|\bcomes to\b|\bamount\w* to\b|\badd\w* up\b"
    r"|\bcompris\w+|\bmade up of\b|\bconsist\w+|\bsplit\b|\bbroken down\b|\bcombined\b|\btogether\b|\boverall\b|\bthe sum\b|\bdivided\b"
    r"|\bmade up\b|\ball other\b|\band other\b|\bthe others\b|\bbetween them\b"
)
LEAVING = re.compile(
    r"\bleav(?:ing|es)\b|\bleft\b|\bthe remaining\b|\bthe (?:other|rest)\b|\bremainder\b|\bstill\b|\boutstanding\b|\bremain(?:s|ed)? (?:open|outstanding|to be|in progress|unmet|incomplete)\b"
)
BETWEEN = re.compile(
    r"\bcompar\w+|\bthan\b|\bfrom (?:\w+ ){0,2}<|\bincreas\w+|\bdecreas\w+|\brose\b|\bfell\b|(?<!made )(?<!making )\bup\b|\bdown\b|\baverage\b"
)
ENDS = re.compile(
    rf"[,;:(\u2013-] ?(?:which (?:is|was) |representing |this (?:is|was) |showing )?an? (?:[a-z]+ ){{0,2}}?(?P<word>{NOUN_MOVE})\)?\.?$"
)
WE_ARE = re.compile(
    r"\b(?:we|it|ours?|locally|the (?:borough|city|county|council|trust|partnership)(?:'s)?) (?:is|are|was|were|sit|sits|remain|remains)(?: [a-z]+){0,3}? (?P<word>higher|lower|above|below|ahead|behind)\b"
)
HALVES = (("men", "women"), ("boys", "girls"), ("males?", "females?"))
ABOVE = re.compile(r"\b(?P<word>exceed\w*|overtak\w*|overtook|surpass\w*|outstrip\w*)\b")
NEAR = Fraction(1, 4)  # parts whose sum is further off are likely to be parts of something else


def sums_in_any_order(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Claims of what adds, what is left and which way, of figures that no other claim of the sentence has taken."""
    free = [m for m in sentence.figures if name_of(sentence, m) not in used and m.value and not m.sign]
    result = [*_bracketed(sentence), *_sums(sentence, free), *_direction(sentence, free), *_places(sentence, free)][:1]
    for proposal in result:
        used |= {name_of(sentence, m) for m in free if any(stands_at(p, sentence, m) for p in proposal.parts)}
    return result


def _sums(sentence: Sentence, free: list[Mention]) -> list[Proposal]:
    """`three in 2019/20, five and eight: sixteen in all`; `301 out of 388, leaving 87 without`."""
    for sort in ("money", "count"):
        figures = [m for m in free if m.sort == sort and not _all_of_them(sentence, m)]
        if not 3 <= len(figures) <= 9 or len(figures) != len(
            [m for m in free if m.sort != "percent" and not _all_of_them(sentence, m)]
        ):
            continue
        total = max(figures, key=lambda m: m.value or 0)
        parts = _adding(figures, total) or [m for m in figures if m is not total]
        added, of = sum((m.value or Fraction(0) for m in parts), Fraction(0)), total.value or Fraction(0)
        halves = any(all(re.search(rf"\b{word}\b", sentence.template) for word in two) for two in HALVES)
        cue = (
            halves
            or (added == of and len(parts) > 2)
            or TOTAL.search(sentence.template)
            or (LEAVING.search(sentence.template) and len(parts) == 2)
        )
        if not cue or abs(added - of) > of * NEAR or (added != of and BETWEEN.search(sentence.template)):
            continue
        if added != of and not _total_named(sentence, total, parts):
            continue
        sides: list[Part] = [part(sentence, "part", m, period="") for m in parts]
        return [Proposal("parts_total", sentence, [*sides, part(sentence, "total", total, period="")],
                         fields={"constraint": "exhaustive"})]  # fmt: skip
    return []


BRACKETED = re.compile(r"<(?P<total>[nm]\d+)>[^<>();]{1,60}\((?P<parts>[^()]*<[nm]\d+>[^()]*<[nm]\d+>[^()]*)\)")


def _bracketed(sentence: Sentence) -> list[Proposal]:
    """`34 referrals (29 male, 5 female)`: parts in a bracket after their whole, which another claim may use as well."""
    for match in BRACKETED.finditer(sentence.template):
        names = re.findall(r"<([a-z]\d+)>", match["parts"])
        values = [sentence.of(n).value or Fraction(0) for n in names]
        of = sentence.of(match["total"]).value or Fraction(0)
        if {n[0] for n in names} != {match["total"][0]} or re.search(r"> of |/|\bfrom\b|compared|\bv", match["parts"]):
            continue
        halves = any(all(re.search(rf"\b{word}\b", match["parts"]) for word in two) for two in HALVES)
        if sum(values) == of or ((halves or len(names) > 2) and abs(sum(values) - of) <= of * NEAR):
            sides = [part(sentence, "part", sentence.of(n), period="") for n in names]
            total = part(sentence, "total", sentence.of(match["total"]), period="")
            return [Proposal("parts_total", sentence, [*sides, total], fields={"constraint": "exhaustive"})]
    return []


def _all_of_them(sentence: Sentence, mention: Mention) -> bool:
    """`the two boroughs`: a number that says how many there are of what is then counted."""
    before = sentence.text[: mention.span[0]].lower()
    return mention.text.isalpha() and bool(re.search(r"\b(?:the|these|those|all|our|both|its)\s+$", before))


def _adding(figures: list[Mention], total: Mention) -> list[Mention] | None:
    """The parts that add to a total exactly, the most of them first; None where none do."""
    rest = [m for m in figures if m is not total]
    for size in range(len(rest), 1, -1):
        for parts in combinations(rest, size):
            if sum(m.value or 0 for m in parts) == total.value:
                return list(parts)
    return None


def _total_named(sentence: Sentence, total: Mention, parts: list[Mention]) -> bool:
    """Whether the sentence says which figure is the whole: first or last of the list beside a word of totals, or left."""
    before, _, after = sentence.template.partition(f"<{name_of(sentence, total)}>")
    if LEAVING.search(sentence.template) and len(parts) == 2:
        left = LEAVING.search(sentence.template)
        rest = sentence.template[left.start() :] if left else ""
        of = bool(re.search(r"\b(?:out )?of (?:the |these |those |our |all )?$", before))
        return of and ("<n" in rest or rest.startswith("remain"))
    first, last = min(m.span for m in parts), max(m.span for m in parts)
    if re.search(r"\bof (?:the |these |those |our |all )$", before) or any(
        all(re.search(rf"\b{word}\b", after) for word in two) for two in HALVES
    ):
        return total.span < last
    beside = bool(TOTAL.search(before[-35:]) or TOTAL.search(after[:35]))
    return beside and (total.span < first or total.span > last)


def _direction(sentence: Sentence, free: list[Mention]) -> list[Proposal]:
    """`was 14.2 in 2021 and 13.6 in 2022, a small decrease`: two dated figures and the word that closes the sentence."""
    match = ENDS.search(sentence.template)
    if match is None or len(free) != 2 or free[0].sort != free[1].sort:
        return []
    times = dates(sentence, (free[0], free[1]))
    if times[0] and times[1] and times[0].end != times[1].end:
        old, new = free if times[0].end < times[1].end else free[::-1]
    else:
        past = [is_past(sentence, m) for m in free]
        if past[0] == past[1]:
            return []
        old, new = free if past[0] else free[::-1]
    at = sentence.text.lower().rfind(match["word"])
    shown = words_part(sentence, "printed", at, at + len(match["word"]), direction=direction_of(match["word"]))
    return [Proposal("direction", sentence, [part(sentence, "old", old), part(sentence, "new", new), shown])]


def _places(sentence: Sentence, free: list[Mention]) -> list[Proposal]:
    """`24.8%, whereas neighbours average 23.1%; we are slightly higher`: an own figure, a place's, and the side."""
    match = WE_ARE.search(sentence.template) or ABOVE.search(sentence.template)
    if match is None or len(free) != 2 or free[0].sort != free[1].sort:
        return []
    placed = [PLACE.search(sentence.template_around(m, 34)) for m in free]
    if bool(placed[0]) == bool(placed[1]):
        return []
    ours, comparator = free if placed[1] else free[::-1]
    place = (placed[1] or placed[0])[0]  # type: ignore[index]
    at = sentence.text.lower().find(match["word"], match.start())
    word = (
        "higher"
        if match.re is ABOVE
        else {"above": "higher", "ahead": "higher", "below": "lower", "behind": "lower"}.get(
            match["word"], match["word"]
        )
    )
    shown = words_part(sentence, "printed", at, at + len(match["word"]), word=word)
    sides = [
        part(sentence, "own", ours, period=""),
        part(sentence, "comparator", comparator, period="", geography=place),
    ]
    return [Proposal("comparison", sentence, [*sides, shown])]
