"""Percentages of one group that stand over several sentences, and the group's number beside them."""

from __future__ import annotations

import re

from ..possible_counts import half_up_numerators
from ..printed_numbers import parse
from .passages import Passages
from .proposal import Part, Proposal, part, words_part
from .sentence import Sentence

OF_GROUP = re.compile(
    r"<(?P<share>p\d+)>(?: of (?:the|these|those|all|them|our)(?: (?P<noun>[a-z]+))?| (?:were|was|had|did))"
)
COUNTED = re.compile(r"<(?P<part>n\d+)> (?:out )?of (?:the |these |those |all )?<(?P<all>n\d+)>(?: (?P<noun>[a-z]+))?")
MAJORITY = re.compile(
    r"\b(?:majority|most) of (?:the |these |our )?(?P<noun>[a-z]+)(?: [a-z]+){0,3}? (?:were|was|are|is|had|have) (?P<what>[a-z ,-]{3,60})",
    re.IGNORECASE,
)
NESTED = ("neonat", "infant", "child")  # each within the next
YEARLY = re.compile(r"each year|a year|per year|every year|annual", re.IGNORECASE)
DEATHS = re.compile(r"<(?P<count>n\d+)> (?P<who>(?:neonat\w+|infants?|child(?:ren)?)(?: (?:deaths?|dying|died))?)")
STOP = set("were was the and had have been are not that this with from also both very more most".split())
ELSEWHERE = re.compile(
    r"compared|nationally|england|neighbour|average|region|target|last year|previous|increase|decrease|rose|fell"
)


def groups_of_passages(passages: Passages, taken: dict[tuple[int, int], set[str]]) -> list[Proposal]:
    """For each section with a counted group: its percentages against its number, its halves, and its majorities."""
    result: list[Proposal] = []
    sections: dict[int, list[Sentence]] = {}
    for sentence in passages.sentences:
        if sentence.kind != "cell":
            sections.setdefault(sentence.section, []).append(sentence)
    for sentences in sections.values():
        result += _sizes(sentences, taken)
        result += _majorities(sentences)
        result += _nested(sentences)
    return result


def _nested(sentences: list[Sentence]) -> list[Proposal]:
    """`13 infants a year` beside `seven child deaths a year`: infants are children, so the seven cannot be of all."""
    yearly = [
        (s, m["count"], m["who"]) for s in sentences if YEARLY.search(s.text) for m in DEATHS.finditer(s.template)
    ]
    result = []
    for inner, count, who in yearly:
        for outer, total, all_of in yearly:
            wider = NESTED.index(next(n for n in NESTED if n in all_of)) > NESTED.index(
                next(n for n in NESTED if n in who)
            )
            if (
                wider
                and inner.paragraph == outer.paragraph
                and (inner.of(count).value or 0) > (outer.of(total).value or 0)
            ):
                parts = [
                    part(inner, "part", inner.of(count), name=who),
                    part(outer, "total", outer.of(total), name=all_of),
                ]
                fields = {"constraint": "exclusive", "nested": f"{who} are among {all_of}"}
                result.append(Proposal("parts_total", outer, parts, fields=fields))
    return result


def _sizes(sentences: list[Sentence], taken: dict[tuple[int, int], set[str]]) -> list[Proposal]:
    """Percentages `of the deaths` after `reviewed four of the 14 cases`: possible for four, or for 14, or for neither."""
    sizes: list[tuple[Sentence, str]] = []
    shares: list[tuple[Sentence, str]] = []
    for sentence in sentences:
        for match in COUNTED.finditer(sentence.template):
            after = sentence.template[match.end() :]
            if not re.match(r"[^<>;.]{0,60}\(?<p\d+>", after):
                sizes = [(sentence, match["part"]), (sentence, match["all"])]
                shares = []
        used = taken.get((sentence.paragraph, sentence.offset), set())
        if sizes and not ELSEWHERE.search(sentence.text.lower()):
            shares += [(sentence, m["share"]) for m in OF_GROUP.finditer(sentence.template) if m["share"] not in used]
    if len(shares) < 3 or not sizes:
        return []
    parts = [part(s, "percentage", s.of(token)) for s, token in shares]
    number = _size_that_fits(parts, sizes)
    place = shares[0][0]
    size = part(number[0], "n", number[0].of(number[1]))
    return [Proposal("percent_group", place, [*parts, size], fields={"constraint": "none"})]


def _size_that_fits(parts: list[Part], sizes: list[tuple[Sentence, str]]) -> tuple[Sentence, str]:
    """The counted number that allows all the percentages; where none does, the one nearest to them in words."""
    read = [got for p in parts if (got := parse(p.value or ""))]
    for sentence, token in sizes:
        value = sentence.of(token).value
        if value and all(half_up_numerators(g.value, g.decimals, int(value)) for g in read):
            return sentence, token
    return sizes[0]


def _majorities(sentences: list[Sentence]) -> list[Proposal]:
    """`The majority of deaths were neonatal`, beside `40% of the deaths were neonatal` in the same section."""
    result = []
    for sentence in sentences:
        match = MAJORITY.search(sentence.text)
        if match is None or re.search(r"\d\s?%", sentence.text):
            continue
        stem = match["noun"].lower().rstrip("s")
        for word in (w for w in re.findall(r"[a-z-]{4,}", match["what"].lower()) if w not in STOP):
            for other in sentences:
                share_of = re.search(
                    rf"<(p\d+)> of (?:the |these |those |all )?{stem}\w* (?:\w+ )?(?:were|was|had) {re.escape(word)}\b|<(p\d+)> (?:were|was) {re.escape(word)}\b",
                    other.template,
                )
                if share_of and other is not sentence:
                    start = sentence.text.lower().find(match[0].lower()[:8])
                    shown = words_part(sentence, "printed", start, start + len(match[0]), word=f"majority {word}")
                    share = part(other, "share", other.of(share_of[1] or share_of[2]))
                    result.append(Proposal("fraction_words", sentence, [share, shown]))
    return result
