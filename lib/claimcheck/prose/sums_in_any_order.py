"""Parts and their total, what is left of a whole, and which way two figures went, in whatever order a sentence tells them."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

from .account_sentences import NET
from .group_sentences import BANDS, EXPECTED, IN_TIME, SEXES, STATUSES, opposed
from .mentions import Mention
from .proposal import Part, Proposal, part
from .result_figures import name_of, names_of, stands_at
from .sentence import Sentence
from .share_sentences import OF_REST

TOTAL = re.compile(
    r": ?<[nm]\d+> (?:in|over|for|across) the (?:whole |full )?year\b|\bin all\b|\bin total\b|\ba total of\b|\btotal\w*\b|\baltogether\b|\bcame to\b|\bcomes to\b|\bamount\w* to\b|\badd\w* up\b"
    r"|\bcompris\w+|\bmade up of\b|\bconsist\w+|\bsplit\b|\bbroken down\b|\bcombined\b|\btogether\b|\boverall\b|\bthe sum\b|\bdivid\w+\b|\b(?:fall|fell|break|broke) (?:down )?into\b"
    r"|\bmade up\b|\bthat is(?= \W?<| ?$)|\bwhich (?:is|makes|gives)(?= \W?<| ?$)|\bgiving\b|\bmaking\b|\ball other\b|\band other\b|\bthe others\b|\bbetween them\b"
)
LEAVING = re.compile(
    r"\bleav(?:ing|es)\b|\bleft\b|\bthe remaining\b|\bthe (?:other|rest)\b|\bremainder\b|\bstill\b|\bremain(?:s|ed)? (?:open|outstanding|to be|in progress|unmet|incomplete)\b"
)
HALVES = [SEXES, EXPECTED, IN_TIME]
REST = re.compile(r"\b(?:others?|remaining|rest|remainder|elsewhere)\b(?! \w+ \w+ing\b)")
UNCOUNTED = re.compile(  # no figure says how many
    rf"\bthe (?:others?|rest|remainder|remaining)\b[^<>]*$|<n\d+>{OF_REST}|\b(?:and|or) (?:elsewhere|others?|other [a-z]+|unknown|several|some|a few)\b[^<>]*$|\bsuch as\b|\bfor example\b|\bamong them\b"
)
UNTOLD = re.compile(
    r"(?:;|, with) .{0,30}\b(?:one|another|a further|unknown|unclassed|unclear|not)\b"
)  # `; one is unclassed`
OVERLAP = re.compile(
    r"\b(?:some|many|most|\w+) of (?:which|whom|them|these) (?:\w+ )?also\b|\bmore than one\b|\bin both\b"
)
OF_ALL = r"(?<!total )(?<!sum )\b(?:(?:out )?of|among|amongst) (?:the |these |those |our |all |its |their |his |her )*$"
OF_WHICH = re.compile(
    r"^[^<>;.]{0,60}?(?:,? of (?:which|whom|these|those)\b|, <[nm]\d+> of (?:them|these|those)\b|: |, <[nm]\d+> [^<>;.]*\band the (?:other|remaining) <[nm]\d+>)"
)
LESS = re.compile(
    r"<(?P<one>[nm]\d+)>[^<>;.,]{0,40} (?:less|minus|net of|after taking off) [^<>;.,]{0,40}<(?P<two>[nm]\d+)>"
    r"|<[nm]\d+> \([^<>()]{0,30}<(?P<spent>m\d+)>[^<>()]{0,30} against [^<>()]{0,30}<(?P<budget>m\d+)>"
)
BETWEEN = re.compile(
    r"\bcompar\w+|(?<!older )(?<!younger )\bthan\b|\bfrom (?:the |just |only |about )?<|\bincreas\w+|\bdecreas\w+|\brose\b|\bfell\b|\b(?:up|down) (?:from|by|on)\b|\baverage\b"
)
DONE = rf"(?:done|finished|under way|{STATUSES})"
# `done: 14; open: 13`: none is the whole
SIDE_BY_SIDE = re.compile(rf"\b{DONE}: <[nm]\d+>[;,.] (?:\w+ )?{DONE}: <[nm]\d+>")
NEAR = Fraction(1, 4)  # parts whose sum is further off are likely to be parts of something else


def sums_in_any_order(sentence: Sentence, read: list[Proposal], used: set[str]) -> list[Proposal]:
    """Claims of what adds and what is left, of figures that no other claim has as its result or as a side of a change."""
    if sum(m.sort in ("count", "money") for m in sentence.figures) < 3:
        return []
    taken = [p for r in read for p in r.parts if r.kind not in ("share", "bound") or p.role == "printed"]
    adding = [
        m for m in sentence.figures if m.value and not m.sign and not any(stands_at(p, sentence, m) for p in taken)
    ]
    parts = {p.span[1] for r in read if r.kind in ("share", "bound") for p in r.parts if p.role == "numerator"}
    listed = not TOTAL.search(sentence.template) and all(sentence.offset + m.span[1] in parts for m in adding)
    # `health 224 (35%); police 160 (25%); other 64 (10%)`: parts of one whole, each with its share
    result = [*_bracketed(sentence), *([] if listed else _sums(sentence, adding))][:1]
    for proposal in result:
        used |= names_of(proposal, sentence)
    return result


def _sums(sentence: Sentence, free: list[Mention]) -> list[Proposal]:
    """`three in 2019/20, five and eight: sixteen in all`; `301 out of 388, leaving 87 without`.

    A sum that does not come out is read only where the sentence says which figure is the whole, and that all is told.
    """
    template = sentence.template
    if UNCOUNTED.search(template) or OVERLAP.search(template) or len(NESTED.findall(template)) > 1:
        return []
    for sort in ("money", "count"):
        figures = _of_sort(sentence, free, sort)
        others = [
            m for m in free if m.sort not in (sort, "percent", "times", "fraction") and not _all_of_them(sentence, m)
        ]
        if not 3 <= len(figures) <= 9 or others or PER_SO_MANY.search(sentence.template):
            continue
        total = max(figures, key=lambda m: m.value or 0)
        rest = [m for m in figures if m is not total]
        complete, named = _completeness(sentence, rest), _total_named(sentence, total, rest)
        parts = _adding(figures, total) or rest
        if complete == "each" and named and ";" not in sentence.text[parts[-1].span[1] : rest[-1].span[0]]:
            parts = rest  # `of 9, 6 are complete, 3 in progress, 1 overdue`; a semicolon begins something else
        added, of = sum((m.value or Fraction(0) for m in parts), Fraction(0)), total.value or Fraction(0)
        if added != of and (beside := SIDE_BY_SIDE.search(sentence.template)) and name_of(sentence, total) in beside[0]:
            continue
        if added == of:
            sure = bool(complete or named or len(parts) > 2 or TOTAL.search(sentence.template))
        else:
            untold = added < of and UNTOLD.search(sentence.text, parts[-1].span[1])
            alike = len({"." in m.text for m in figures}) == 1  # a decimal beside whole numbers is a rate or a mean
            near = alike and abs(added - of) <= of * NEAR and not untold and not BETWEEN.search(template)
            divided = _divided(sentence)
            sure = near and named and bool(complete or TOTAL.search(sentence.template) or (divided and added > of))
            if not sure and not (near and named and (added > of or divided) and len(parts) > 2):
                continue
        if added != of or sure:
            sides: list[Part] = [part(sentence, "part", m, period="") for m in parts]
            return [Proposal("parts_total", sentence, [*sides, part(sentence, "total", total, period="")], sure,
                             fields={"constraint": "exhaustive"})]  # fmt: skip
    return []


def _of_sort(sentence: Sentence, free: list[Mention], sort: str) -> list[Mention]:
    """Figures that may add up; not one that says how many are listed (`three subgroups met 6, 5 and 4 times, 15 in all`)."""
    listed = re.findall(r"<n\d+>,? and <(x\d+)>", sentence.template)  # `6, 5 and 4 times`: counts, and no multiple
    figures = [m for m in free if m.sort == sort or (sort == "count" and name_of(sentence, m) in listed)]
    figures = [m for m in figures if not _all_of_them(sentence, m)]
    values = [m.value or Fraction(0) for m in figures]
    counted = len(values) > 2 and values[0] == len(values) - 2 and sum(values) != 2 * max(values)
    return figures[1:] if counted and values[0] != max(values) else figures


BRACKETS = re.compile(r"(?:\(<[nm]\d+>\)[^<>()]{1,40}){2,}\(<[nm]\d+>\)")  # `good (19), requires improvement (14)`
ALL_LISTED = re.compile(  # `The 84 delegates came from health (31), education (28) and the police (25).`
    r"(?:the|our|all|all the|these) <n\d+> (?!(?:[a-z]+ )*(?:main|most|large|chief|princip|includ|about|among))[a-z -]{3,40}\b(?:came|come|were|are) (?:drawn |all )?from [^<>();]{0,40}"
    r"(?:\(<n\d+>\),? (?!and\b)[^<>();]{1,40}?)+\(<n\d+>\),? and [^<>();]{2,40}\(<n\d+>\)\.?$"
)
GRADES = re.compile(r"\b(?:good|requir\w+ improvement|inadequate|substantiated|unsubstantiated|unfounded|malicious)\b")
PER_SO_MANY = re.compile(r"\b(?:for each|for every|per) <n")  # `84.4 for each 100 of the police`: a rate is no part
# `16 in all: 13 done, 4 open`, or `13, open: 4`; a part with a colon right behind it begins no list of parts
BEFORE_A_LIST = re.compile(r"<(?P<whole>[nm]\d+)>(?P<words>(?:[^<>:;.]|<t\d+>){0,40}): ?[^<>]{0,12}<")
# `30; of the first week: about 27; of births: 6`: each is one of the 30
NESTED = re.compile(r"; of (?!<)(?:[^<;:]|<d\d+>)+: [^<;:]*<n")
SPLIT = re.compile(r"^by [a-z]+,|\bby (?:district|age|agency|category|gender|sex|area|locality|type|outcome|quarter)\b")


def _divided(sentence: Sentence) -> bool:
    """Whether parts are said to be of one division, so that they cannot be more than the whole."""
    grades = set(GRADES.findall(sentence.template))
    return bool(SPLIT.search(sentence.template) or BRACKETS.search(sentence.template) or len(grades) > 1)


def _completeness(sentence: Sentence, parts: list[Mention]) -> str:
    """How words say that parts are all of it: `less` of one figure taken from another, `each` has a status of its own or is the rest, `halves`, a list after a colon."""
    template = sentence.template
    if len(parts) == 2 and _less(sentence):
        return "less"
    if len(set(re.findall(STATUSES, template))) >= min(2, len(parts)) or REST.search(template):
        return "each"
    if len(BANDS.findall(sentence.text.lower())) > 1:
        return "each"
    if any(re.search(x, template) and re.search(y, template) for x, y in HALVES[1:]) or _by_sex(template, parts):
        return "halves"
    if ALL_LISTED.match(template):
        return "each"
    names = {name_of(sentence, m) for m in parts}
    listed = any(match["words"] or match["whole"] not in names for match in BEFORE_A_LIST.finditer(template))
    return "listed" if listed or (LEAVING.search(template) and len(parts) == 2) else ""


BY_SEX = re.compile(
    r"<n\d+>(?: of (?:whom|which|them))?(?: (?:were|was|are|being))? (?:boys?|girls?|men|women|males?|females?)(?=,? and\b|[,.;)]| among\b| \(<p|$)"
)


def _by_sex(template: str, parts: list[Mention]) -> bool:
    """`26 were boys and 19 girls`: of both sexes, and nothing else said of either; not `31 men replied`."""
    words = [match[0] for match in BY_SEX.finditer(template)]
    return len(words) == len(parts) == 2 and opposed(*SEXES, *words)


ONE_NOUN = re.compile(
    r"<[nm]\d+>(?: [a-z]+)+? (?P<noun>[a-z]{4,})(?:,| and) <[nm]\d+>(?: [a-z]+)+? (?P=noun)"
)  # `4 neonatal panels, 8 others panels`
BRACKETED = re.compile(r"<(?P<total>[nm]\d+)>[^<>();]{1,60}\((?P<parts>[^()]*<[nm]\d+>[^()]*<[nm]\d+>[^()]*)\)")


def _bracketed(sentence: Sentence) -> list[Proposal]:
    """`34 referrals (29 male, 5 female)`: parts in a bracket after their whole, which another claim may use as well."""
    for match in BRACKETED.finditer(sentence.template):
        names = re.findall(r"<([a-z]\d+)>", match["parts"])
        values = [sentence.of(n).value or Fraction(0) for n in names]
        of = sentence.of(match["total"]).value or Fraction(0)
        if {n[0] for n in names} != {match["total"][0]} or re.search(r"> of |/|\bfrom\b|compared|\bv", match["parts"]):
            continue
        halves = any(re.search(x, match["parts"]) and re.search(y, match["parts"]) for x, y in HALVES)
        halves = halves or bool(ONE_NOUN.fullmatch(match["parts"]))
        if sum(values) == of or ((halves or len(names) > 2) and abs(sum(values) - of) <= of * NEAR):
            sides = [part(sentence, "part", sentence.of(n), period="") for n in names]
            total = part(sentence, "total", sentence.of(match["total"]), period="")
            return [Proposal("parts_total", sentence, [*sides, total], fields={"constraint": "exhaustive"})]
    return []


def _all_of_them(sentence: Sentence, mention: Mention) -> bool:
    """`the two boroughs`: a number that says how many there are of what is then counted; not `six of the eight`."""
    before = sentence.text[: mention.span[0]].lower()
    return mention.text.isalpha() and bool(
        re.search(r"(?<!\bof )\b(?:the|these|those|all|our|both|its)\s+$", before)
        and not before.endswith(("remaining ", "other "))
    )


def _adding(figures: list[Mention], total: Mention) -> list[Mention] | None:
    """The parts that add to a total exactly, the most of them first; None where none do."""
    rest = [m for m in figures if m is not total]
    for size in range(len(rest), 1, -1):
        for parts in combinations(rest, size):
            if sum(m.value or 0 for m in parts) == total.value:
                return list(parts)
    return None


def _less(sentence: Sentence) -> list[str]:
    """`118 starters minus 87 leavers`; `overspent by 4,200 (309,200 against 305,000)`: the names of the two figures."""
    match = LESS.search(sentence.template)
    if match is None or (match["spent"] and not re.search(rf"\b(?:{NET})", sentence.template)):
        return []
    return [name for name in match.groups() if name]


def _total_named(sentence: Sentence, total: Mention, parts: list[Mention]) -> bool:
    """Whether the sentence says which figure is the whole: `of the 31`, `31, of which`, or one end of the list beside a word of totals."""
    before, _, after = sentence.template.partition(f"<{name_of(sentence, total)}>")
    of = re.search(OF_ALL, before) or (before == "the " and BRACKETS.search(after))
    if two := _less(sentence):
        return name_of(sentence, total) in two
    if (left := LEAVING.search(sentence.template)) and len(parts) == 2:
        rest = sentence.template[left.start() :]
        return bool(of or OF_WHICH.match(after)) and ("<n" in rest or rest.startswith("remain"))
    first, last = min(m.span for m in parts), max(m.span for m in parts)
    if of or OF_WHICH.match(after) or all(re.search(x, after) for x in SEXES):
        return total.span < last or bool(of and "among" in of[0])
    near = [REST.sub("", words) for words in (before[-35:], after[:50])]  # `and other 540`: a part, however large
    beside = bool(
        any(map(TOTAL.search, near))
        or before.endswith(": ")
        or re.match(r"(?:[^<>:;.]|<t\d+>){0,40}: ?[^<>]{0,12}<", after)
    )
    return beside and (total.span < first or total.span > last)
