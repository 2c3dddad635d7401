"""Numbers that point to a person, known by their digits however these are set apart: by check digits (NHS and CHI
numbers, learners' numbers, bank cards) or by how they begin and how long they are (telephones, references).

A run of digits is looked at in groups, as spaces, points, hyphens, slashes, underscores and brackets set them apart,
and every stretch of groups is tried: `Theme 4 (943 476 5919)`. Lists of ages, of years and of even steps are none of
these, nor are telephones that nobody has at home (03, 080). Sources: NHS Data Dictionary (NHS number, modulus 11), NHS
National Services Scotland (CHI number, the same); Learning Records Service, Unique Learner Number; ISO/IEC 7812
(cards); Ofcom, National Telephone Numbering Plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

GAP = r"[ .\-/_]{0,3}"
NHS = re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{3}}){GAP}(\d{{3}}){GAP}(\d{{4}})(?!\d|[.,]\d)")
RUN = re.compile(r"(?:\+|\(\+)?(?<!\d[.,])\(?\d(?:[ .\-/_()]{0,3}\d)*")
ALIKE = re.compile(
    r"(?<![^\W_])(?:[\dOoIl|](?:[ .\-/_()]{0,3}[\dOoIl|]){5,}|[\dOoIl|]{2,})(?:st|nd|rd|th)?(?![^\W_T]|T(?![\dO]))"
)
DIGITS = str.maketrans("OoIl|", "00111")
YEAR = re.compile(r"(?:19|20)\d\d")
EMERGENCY = {"101", "111", "112", "999"}
REFERENCE, HELPLINE = "a case's reference", "a helpline"  # which points to nobody
WIDEST = 16  # groups: the digits of a card, each by itself


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit (modulus 11, weights 10 to 2)."""
    return len(set(digits)) > 1 and (11 - _weighted(digits) % 11) % 11 == int(digits[9])


def learner_number(digits: str) -> bool:
    """Whether ten digits are a Unique Learner Number: the last is 10 less the remainder by 11, which is not 0."""
    return len(set(digits)) > 1 and digits[0] != "0" and 0 < _weighted(digits) % 11 == 10 - int(digits[9])


def _weighted(digits: str) -> int:
    return sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))


def bank_card(digits: str) -> bool:
    """Whether digits are a card's: 15 or 16 that begin as cards do, the last by Luhn's sum."""
    doubled = sum(sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return digits[0] in "23456" and (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def telephone(digits: str, abroad: bool) -> bool:
    """Whether digits are a telephone's that a person may have; `abroad`: a + stands before them."""
    home = re.sub(r"^(?:00)?440?", "", digits) if abroad or digits.startswith(("44", "0044")) else ""
    if home and len(home) in (9, 10) and home[0] in "127":
        return True
    if abroad or digits.startswith("00"):
        return 9 <= len(digits.removeprefix("00")) <= 14 and not digits.startswith(("44", "0044"))
    return len(digits) in (10, 11) and digits[0] == "0" and digits[1] in "1257" and len(set(digits[1:])) > 1


def is_list(groups: list[str], labelled: bool = False) -> bool:
    """Whether groups of digits are a list of ages, of years or of even steps rather than one number.

    labelled : they follow a word for a number, where steps say nothing
    """
    if len(groups) == 1:
        return False
    years = [bool(YEAR.fullmatch(group)) for group in groups]
    if any(years) and all(year or len(group) < 3 for year, group in zip(years, groups, strict=True)):
        return True
    if EMERGENCY.issuperset(groups) or labelled:
        return EMERGENCY.issuperset(groups)
    numbers = list(map(int, groups))
    steps = {b - a for a, b in pairwise(numbers)}
    return len(groups) > 2 and (len(steps) == 1 or (min(steps) > 0 and numbers[-1] <= 31))


def kind_of(groups: list[str], abroad: bool, page: bool) -> str:
    """What a stretch of digits in groups is, or blank. On a page only what cannot be figures beside each other."""
    digits = "".join(groups)
    short = min(map(len, groups)) < 3
    if page and short and not (groups[0] in ("44", "0044", "00") or abroad):
        return ""
    if len(digits) == 10 and nhs_number(digits):
        return "an NHS number"
    if digits.startswith(("03", "080")) and len(digits) in (8, 10, 11) and not short:
        return HELPLINE
    if len(digits) == 10 and learner_number(digits) and not (page and len(groups) > 1):
        return "a learner's number"
    if len(digits) in (15, 16) and bank_card(digits):
        return "a bank card's number"
    if telephone(digits, abroad):
        return "a telephone number"
    if len(digits) == 10 and digits[0] == "7" and digits[1] in "1345789" and len(groups) < 4 and not short:
        return "a telephone number"  # its zero was lost in a spreadsheet
    if page or short or (len(groups) > 1 and digits.endswith("000")):
        return ""
    return REFERENCE if len(digits) > 6 else ""


def numbers(text: str, page: bool = False) -> Iterator[tuple[str, str]]:
    """(kind, the digits) of every number in a plain text that points to a person."""
    for run in RUN.finditer(text):
        spans = [part.span() for part in re.finditer(r"\d+", run[0])]
        done = -1
        every = range(len(spans))
        for at, end in ((first, last) for first in every for last in reversed(every[first : first + WIDEST])):
            groups = [run[0][first:last] for first, last in spans[at : end + 1]]
            if end <= done or not 7 <= sum(map(len, groups)) <= 19:
                continue
            first, last = run.start() + spans[at][0], run.start() + spans[end][1]
            kind = "" if is_list(groups) else kind_of(groups, text[:first].endswith(("+", "+(")), page)
            if kind == REFERENCE and (text[first - 1 : first].isalpha() or text[last : last + 1].isalpha()):
                continue  # REFERENCE with letters is another shape
            if kind and not (page and re.match(r"[.,]\d", text[last : last + 2])):
                done = end
                if kind != HELPLINE:
                    yield kind, text[first:last]


def digits_for_letters(text: str) -> str:
    """The text with O, l, I and | in numbers as the digits that they stand for, where half of them are digits."""

    def resolved(match: re.Match) -> str:
        letters, numbers = len(re.findall("[OoIl|]", match[0])), sum(map(str.isdigit, match[0]))
        return match[0].translate(DIGITS) if numbers >= letters else match[0]

    return ALIKE.sub(resolved, text)
