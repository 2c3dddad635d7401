"""Names of people in free text, which no list of values holds: anybody may be named in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openstats import authorities
from openstats.project_data import DATA

from .spelling import plain

CAPITAL = re.compile(r"(?:O'|D'|Mc|Mac)?[^\W\d_a-z][a-z'\u00df-\u024f]+(?:-?[^\W\d_a-z][a-z'\u00df-\u024f]+)*")
TITLES = frozenset("mr mrs ms miss mx master baby dr".split())
# a name with one of these is an institution's or a place's
BODIES = frozenset(
    "academy act agency association award board bureau campaign centre charity charter children's church city clinic "
    "college commission committee constabulary cottage council county court department district estate foundation "
    "fund group guidelines home hospital house hub institute lane law lodge nhs nursery office operation park "
    "partnership police practice primary programme project promise protocol quay riverside road rule school service "
    "services society st saint street surgery team town trust union university unit valley ward".split()
)
# two words with capitals that nobody uses otherwise are a place's, where one of them is of the country
COUNTRY = frozenset(
    "bridge castle chapel common cross dale east end farm field fields forest gate great green heath hill lower marsh "
    "moor new north old south stoke upper vale west wood woods".split()
)

# beside a name that is a word too, one of these makes it a person's
CONTEXT = frozenset(
    "v vs re review case child mother father brother sister son daughter family baby twins aunt auntie uncle gran nan "
    "grandmother grandfather grandad granny nanny mum mam mummy dad daddy stepfather stepmother stepdad stepmum "
    "partner household little aged".split()
)
KIN = frozenset(
    "re mother father brother sister son daughter mum mam dad gran nan aunt auntie uncle cousin grandma grandmother "
    "grandad grandfather stepmother stepfather".split()
)  # of a name, before it
OFFICES = frozenset("cllr coach dc ds hhj judge pastor pc rev sgt supt teacher worker".split())  # before a name as well
WORD = re.compile(r"(?![^\W\d_]\d)[^\W\d_](?:[^\W\d_]|['\-](?=[^\W\d_]))*\.?")
INITIALS = re.compile(  # E.J. Patel; PATEL, E.; E Patel; O'Quux
    r"\b(?!U\.K)(?<!U\.)(?:[A-Z]\. ?){1,3}(?=[A-Z][a-z])[A-Z][\w'-]+|\b[A-Z][\w'-]+, ?(?:[A-Z]\.? ?){1,3}(?![\w'])"
    r"|\b(?![AI]\b)[A-Z]\.? (?:(?:al|bin|da|de|den|dos|el|van|von|ter) )*[A-Z][a-z]{2,}\b|\b(?:O'|Mc|Mac)[A-Z]\w+"
    r"|\b(?:(?i:aka|alias|known as|nickname|nicknamed|goes by))\W{1,2}[A-Z][\w' ]+"
    r"|\b[A-Z][a-z]{2,} \((?i:eldest|youngest|oldest|mother|father|mum|dad|sibling|sister|brother|child|aunt|uncle)\)"
)
TITLE = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*")
SMALL_WORD = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")
OF_KIN = (
    "(?:half-?|step-?)?(?:mother|father|mum|dad|brother|sister|son|daughter)|parents?|siblings?|family|baby|cousins?|nan|gran"
    "|grand(?:mother|father|ma|dad|son|daughter)|(?:aunt|uncle)(?:ie)?|partner|husband|wife|carers?|nephew|niece"
)
OF_WORK = "teacher|headteacher|ht|social worker|sw|hv|gp|foster carer|carer|childminder|key ?worker|priest|coach"
SURNAMES = re.compile(  # Quux T.; the Quux family; Quux's review
    r"\b([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)(?: (?:[A-Z](?:\.(?!\w)|$|(?=[,;)]))"
    r"|(?:baby|boy|girl|family|household|siblings|twins|brothers|sisters)\b)"
    rf"|'s (?:{OF_KIN}|story|journey|plan|review|case|birth|boyfriend|death|ex|flat|funeral|gang|girlfriend|house"
    r"|inquest|phone|placement|room)\b)"
)
ONE_WORD = r"((?-i:[A-Z][a-z]{2,}))(?![\w-])"
IN_SMALL = (
    "boyfriend|childminder|girlfriend|headteacher|husband|lodger|midwife|neighbour|nurse|partner|perpetrator|twins?"
    "|siblings|brothers|sisters|victim|wife"
)
OF_MEETINGS = "chronology|conference|core group|strategy (?:discussion|meeting)"
# The mother of Zebedee; lessons from Quux; Quux case review: of these only what has a word that is not usual.
ABOUT = [re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b(?:{OF_KIN}|case|death|murder|inquest|funeral) of (?:little |young |baby )?{ONE_WORD}",
    rf"\b(?:{OF_KIN}) of (\w{{3,}})$",
    rf"\b(?:(?:half|step)-?(?:brother|sister|sibling)|cousins|unborn|baby (?:girl|boy)) {ONE_WORD}",
    rf"\b(?:scr|lcspr|lessons from|learning from) {ONE_WORD}",
    rf"\b(?:known (?:\w+ )?as|called|named|calls \w+self|\w+ name) {ONE_WORD}",
    rf"\b(?:case|child|review|scr|re) ?[:–-] ?{ONE_WORD}$",
    rf"^(?:the )?{ONE_WORD} (?:case|foster|inquest|lcspr|placement|review|scr|trial|{OF_MEETINGS})\b",
    rf"\b(?:meeting|visit|placement|contact|victim|{OF_MEETINGS})(?: for| of| re| to| with|:)? {ONE_WORD}"
    r"(?: (?-i:[A-Z])\w+)?$",  # strategy meeting Quux
    rf"\b{ONE_WORD} \((?:{OF_WORK})\)|\bthe {ONE_WORD}(?<=s)$",  # Quux (social worker); the Quuxes
    rf"\b{ONE_WORD} vs? ",  # Quux v a council
    rf"\b(?-i:{IN_SMALL}) {ONE_WORD}",  # neighbour Quux; not Neighbour Disputes
)]  # fmt: skip
# The Quux children, Quux boys; not of a people: the Eritrean children. Of endings that surnames have (Khan, Parrish)
# only the peoples that are listed.
YOUNG = re.compile(rf"(?:^(?:the )?{ONE_WORD} (?:boys?|girls?)|(?:^|\bthe ){ONE_WORD} children)\b", re.IGNORECASE)
PEOPLES = re.compile(
    r"\w+(?:[ei]an|ese|stani|deshi)|(?:afgh|afric|americ|angol|cub|germ|jamaic|keny|kosov|liby|mexic|morocc|rwand|tibet"
    r"|ugand|zambi)an|(?:brit|engl|finn|ir|jew|kurd|pol|scott|span|swed|turk)ish|arab|czech|dutch|french|gypsy|iraqi"
    r"|israeli|kuwaiti|nepali|roma|saudi|sikh|slovak|somali|tamil|thai|welsh|yemeni",
    re.IGNORECASE,
)
ALONE = re.compile(  # JP aged 4; child E.P.; child EP, 4; EP's mum; E.P. (mother); initials EP
    r"\b(?:[A-Z]\.? ?){2}(?=(?i:aged|born|dob)\b)|\b(?i:child|baby|mother|father|case|re|review) (?:[A-Z]\.){2,3}"
    rf"|\b(?i:child|baby|mother|father) [A-Z]{{2}}, \d{{1,2}}\b|\b(?!GP|HV|SW)[A-Z]{{2}}'s (?i:{OF_KIN})\b"
    r"|(?<![\w.])(?!U\.[KS]|E\.U|N\.B)(?:[A-Z]\.){2,3}(?=$| ?\()|\binitials:? (?:[A-Z]\.?){2,3}\b"
)
MONTHS = ("april", "may", "june", "august")


def _given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Given names usual in England (data/given_names.txt), and those of them that are words too."""
    lines = (DATA / "given_names.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split() for line in lines if not line.startswith("#")]
    return frozenset(name for name, *_ in names), frozenset(name for name, *mark in names if mark)


GIVEN, WORDS_TOO = _given_names()


@lru_cache
def ordinary() -> frozenset[str]:
    """The ordinary words of this field (data/ordinary_words.txt): a word among them is no name."""
    lines = (DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if not line.startswith("#"))


@lru_cache
def places() -> re.Pattern:
    """Names of authorities, laws and campaigns that would read as a person's."""
    written = {plain(authorities.name(code)) for code in authorities.every()}
    every = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    campaigns = "|".join(map(re.escape, sorted(word for word in ordinary() if " " in word)))
    return re.compile(rf"\b(?:{every}|(?i:{campaigns}))\b")


def is_ordinary(word: str) -> bool:
    return word.casefold() in ordinary() or word.casefold().removesuffix("'s") in ordinary()


def runs(text: str) -> list[tuple[int, list[str]]]:
    """Every run of capitalised words in a text, with the number of its words before it since a sentence began."""
    every, run, since = [], [], 0
    for word in [*re.findall(r"[^\W_][\w'\-]*|[^\w\s]", text), "."]:
        if CAPITAL.fullmatch(word):
            run.append(word.removesuffix("'s"))
            continue
        if run:
            every.append((since, run))
            since, run = since + len(run), []
        since = 0 if word in ".:;!?–-" else since + word[0].isalnum()
    return every


def names(text: str) -> set[str]:
    """What reads as a person's name in a free text that is meant for a page: `Zelda Quux`, and `Zelda` alone.

    A name is a common given name; a word after Mr, Mrs, Miss; or, where the text is not In Title Case, a word with a
    capital within a sentence that the project's own words do not have. Names of institutions are none.
    """
    text = plain(text)
    sentence = re.search(r"(?<![\w'])[a-z]{4,}", text) is not None
    people: set[str] = set()
    for since, run in runs(text):
        folded = [word.casefold() for word in run]
        if BODIES & set(folded):
            continue
        common = [i for i, word in enumerate(folded) if word in GIVEN and (len(run) > 1 or word not in WORDS_TOO)]
        titled = [i + 1 for i, word in enumerate(folded[:-1]) if word in TITLES]
        strange = [i for i in range(len(run)) if sentence and (since or i) and not is_ordinary(run[i])]
        for at in {*common, *titled, *strange}:
            if len(run[at]) > 2:
                people.add(run[at])
            people |= {" ".join(run[i : i + 2]) for i in (at - 1, at) if 0 <= i < len(run) - 1}
    return people


def persons(text: str) -> Iterator[str]:
    """What may be a person's name in a label or in prose, in capitals and small letters alike: a given name by itself
    unless it is a word too; beside another name, a word of kinship or an initial; `Surname, Given`; a title before a
    word; two words with capitals that nobody uses otherwise. Names of institutions, laws and campaigns are none."""
    text = places().sub(" ", plain(text))
    words = [word.rstrip(".") for word in WORD.findall(text)]
    folded = [word.casefold().removesuffix("'s").removesuffix("'") for word in words]
    for at, word in enumerate(folded):
        next_word = 2 if words[at + 1 : at + 2] and words[at + 1][0].isupper() else 1  # Lucy Faithfull Foundation
        if BODIES.isdisjoint(folded[at : at + 1 + next_word]) and folded[max(0, at - 1)] not in ("st", "operation"):
            yield from _at(words, folded, at, word)
    initials = (match[0] for match in INITIALS.finditer(text))
    yield from (name for name in initials if not all(map(is_ordinary, re.findall(r"[\w.'-]+", name))))
    yield from (match[0] for match in ALONE.finditer(text))
    yield from (match[0] for match in SURNAMES.finditer(text) if not is_ordinary(match[1]))
    for match in (match for pattern in ABOUT for match in pattern.finditer(text)):
        if not is_ordinary(word := match[match.lastindex or 0]) and word.casefold() not in BODIES:
            yield match[0]
    for match in YOUNG.finditer(text):
        if not is_ordinary(word := match[1] or match[2]) and not PEOPLES.fullmatch(word):
            yield match[0]
    one_way = all(TITLE.fullmatch(word) for word in words) or all(SMALL_WORD.fullmatch(word) for word in words)
    strange = one_way and not any(map(is_ordinary, words))
    if strange and 2 <= len(words) <= 3 and (BODIES | COUNTRY).isdisjoint(folded):
        yield " ".join(words)


def _at(words: list[str], folded: list[str], at: int, word: str) -> Iterator[str]:
    """The name that begins at a word or stands around it."""
    after = folded[at + 1] if at + 1 < len(folded) else "the"  # an ordinary word
    unsure = word in ("baby", "master") or word in KIN | OFFICES
    next_capital = words[at + 1 : at + 2] not in ([], [after])
    titled = word in TITLES | KIN | OFFICES and (next_capital or not unsure)
    if titled and (not is_ordinary(after) or (word in ("mr", "mrs", "hhj") and after != "and" and next_capital)):
        yield " ".join(words[at : at + 2])
    parts = word.split("-")
    if GIVEN.isdisjoint(parts):
        return
    if len(parts) > 1 and GIVEN.issuperset(parts):  # Daisy-May
        yield words[at]
        return
    if words[at + 1 : at + 2] == ["A"] and at + 2 == len(words):  # Precious A
        yield " ".join(words[at : at + 2])
        return
    beside = {words[n]: folded[n] for n in (at - 1, at + 1) if 0 <= n < len(folded) and folded[n] != word}
    other = folded[at + 2] if folded[at + 1 : at + 2] == ["and"] and at + 2 < len(folded) else ""
    if {word, other} <= GIVEN - {*MONTHS} and words[at][0].isupper() and words[at + 2][0].isupper():  # Sue and Bob
        yield " ".join(words[at : at + 3])
        return
    if not GIVEN.intersection(parts) <= WORDS_TOO:
        yield words[at]
    elif any(_of_a_person(*one, month=word in MONTHS) for one in beside.items()):
        yield " ".join(words[max(0, at - 1) : at + 2])


def _of_a_person(word: str, folded: str, month: bool) -> bool:
    """Whether a word beside a given name that is a word too makes it a person's."""
    if folded in GIVEN or (len(folded) == 1 and folded not in "ai"):
        return True
    return not month and (folded in CONTEXT or (word[0].isupper() and not is_ordinary(folded)))
