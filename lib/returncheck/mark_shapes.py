"""Marks of letters and digits in fixed places: postcodes, vehicles' marks, pupils' and National Insurance numbers,
driving licences, bank accounts. A mark is read through what sets its parts apart, and through O for 0 or l for 1 where
half of its digits at least are digits.

Sources: DVLA, vehicle registration marks since 1963 and driver numbers; Department for
Education, Unique Pupil Numbers; HMRC, National Insurance Manual NIM39110 (prefixes); ISO 13616 (bank accounts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .number_shapes import GAP, YEAR
from .person_names import is_ordinary
from .postcode_shapes import OF_AN_AREA, UNIT

TO_DIGIT, TO_LETTER = str.maketrans("OIL", "011"), str.maketrans("01", "OI")
TOKEN, BETWEEN = re.compile(r"[^\W_]+"), re.compile(GAP)
LONGEST = 22
SURNAME = "(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999)"  # five letters, filled with 9
# kind; where letters (L), digits (D) and either (X) stand; its letters and numbers; where its parts may be set apart
MARKS = [
    ("a postcode", ("LDDLL", "LLDDLL", "LDDDLL", "LLDDDLL", "LDLDLL", "LLDLDLL"),
     UNIT, (-3,)),
    ("a vehicle's mark", ("LLDDLLL", "LDDDLLL", "LDDLLL"), r"[A-Z]{2}\d\d[A-Z]{3}|[A-HJ-NPR-Y]\d{2,3}[A-Z]{3}", (-3,)),
    ("a vehicle's mark", ("LLLDDDL", "LLLDDL", "LLLDDDD"),
     r"[A-Z]{3}\d{2,3}[A-Z]|(?=[A-Z]{0,2}[IZ])[A-Z]{3}\d{4}", (3,)),
    ("a National Insurance number", ("LLDDDDDDL",),
     r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", (2, 4, 6, 8)),
    ("a pupil's number", ("L" + 12 * "D", "L" + 11 * "D" + "L"),
     r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", (1, 4, 7, 8, 10)),
    ("a driving licence's number", ("LXXXXDDDDDDXXXXX",),
     rf"{SURNAME}\d[0156]\d[0-3]\d\d[A-Z][A-Z9][\dA-Z][A-Z]{{2}}", (5, 11, 13, 14)),
    ("a bank account's number", ("LLDDLLLL" + 14 * "D",), r"GB\d\d[A-Z]{4}\d{14}", (4, 8, 12, 16, 20)),
]  # fmt: skip
BY_LENGTH: dict[int, list] = {}
for kind, places, pattern, cuts in MARKS:
    for each in places:
        BY_LENGTH.setdefault(len(each), []).append((kind, each, re.compile(pattern), cuts))


def resolved(written: str, places: str) -> str:
    """A mark with the letters and digits that its places ask for; blank where they cannot be meant."""
    letters = [
        c.translate(TO_DIGIT) if place == "D" else c.translate(TO_LETTER) if place == "L" else c
        for c, place in zip(written, places, strict=True)
    ]
    kinds = zip(letters, written, places, strict=True)
    if any((place == "D" and not c.isdigit()) or (place == "L" and not c.isalpha()) for c, _, place in kinds):
        return ""
    real = sum(c.isdigit() for c, place in zip(written, places, strict=True) if place == "D")
    typed = sum(c.isalpha() for c, place in zip(written, places, strict=True) if place == "L")
    return "".join(letters) if 2 * real >= places.count("D") and 2 * typed >= places.count("L") else ""


def marks(text: str) -> Iterator[tuple[str, str]]:
    """(kind, the words) of every mark in a plain text that points to a person."""
    tokens = [found.span() for found in TOKEN.finditer(text)]
    for at, (start, _) in enumerate(tokens):
        joined, before, cuts = "", start, []
        for first, last in tokens[at:]:
            if len(joined) + last - first > LONGEST or not BETWEEN.fullmatch(text, before, first):
                break
            cuts.append(len(joined))
            joined, before = joined + text[first:last], last
            for kind in dict.fromkeys(_kinds(joined, cuts[1:], text[start:last])):
                yield kind, text[start:last]


def _kinds(joined: str, cuts: list[int], written: str) -> Iterator[str]:
    bare = joined.upper().removeprefix("UPN") if len(joined) == 16 else joined.upper()
    if not bare.isascii() or not any(map(str.isdigit, bare)):
        return
    for kind, places, pattern, allowed in BY_LENGTH.get(len(bare), ()):
        mark = resolved(bare, places)
        if not mark or not pattern.fullmatch(mark):
            continue
        if set(cuts) - {place % len(mark) for place in allowed}:
            continue
        if not _a_phrase(kind, mark, mark != bare, written, bare, len(cuts)):
            yield kind


def _a_phrase(kind: str, mark: str, changed: bool, written: str, bare: str, cuts: int) -> bool:
    """Whether what fits a mark is words and a number: `WT18 for staff`, `E1 out of hours`, `A 2016-17 2017-18 201`."""
    if kind == "a postcode":
        return changed and (is_ordinary(bare[-3:]) or not OF_AN_AREA.match(mark))
    if kind == "a vehicle's mark":
        if mark[:3].isalpha() and len(mark) == 7 and mark[3:].isdigit():  # of Northern Ireland
            return changed or written != written.upper() or YEAR.fullmatch(mark[3:]) is not None
        if bare[:3].isalpha() and bare[-1].isdigit():  # NHS 111
            return True
        word = bare[-3:] if cuts and bare[-3:].isalpha() else ""
        return is_ordinary(word) and (changed or written != written.upper())
    if kind == "a pupil's number" and cuts:
        letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
        worth = (int(c) if c.isdigit() else letters.find(c) for c in mark[1:])
        return mark[0] != letters[sum(n * weight for n, weight in zip(worth, range(2, 14), strict=True)) % 23]
    if kind == "a National Insurance number":
        return re.search(r"\b(?:19|20)\d\d[-/ ]\d\d a$", written) is not None
    return False
