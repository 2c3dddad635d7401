"""What has the shape of something that points to a person, recognised in any text: numbers by their check digits,
addresses, dates, ages in days, names.

It warns where labels are approved, and where people write prose; it cannot know what is meant, so a person decides.
Sources of the shapes: NHS Data Dictionary (NHS number, modulus 11); Department for Education, Unique Pupil Numbers
(check letter, modulus 23); HMRC, National Insurance Manual NIM39110 (prefixes); Royal Mail, postcode format; DVLA,
vehicle registration marks since 1963.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .person_names import BODIES, GIVEN, TITLES, is_ordinary
from .spelling import plain

GAP = r"[ .\-/_]{0,2}"
NHS = re.compile(rf"(?<!\d)(\d{{3}}){GAP}(\d{{3}}){GAP}(\d{{4}})(?!\d)")
UPN = re.compile(r"(?<![A-Za-z0-9])([A-HJ-NP-RT-Z])(\d{11})([\dA-HJ-NP-RT-Z])(?![A-Za-z0-9])", re.I)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
INSURANCE = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Za-z0-9])",
    re.I,
)
POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])", re.I)
VEHICLE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?![A-Za-z0-9])"
)
PHONE = re.compile(r"(?<![\d.,])(?:\+44 ?\(?0?\)?|0)\d(?:[ \-]?\d){8,9}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")  # fmt: skip
DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?(?:\d{{4}}|\d\d)|(?:19|20)\d\d[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}|"
    rf"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]?{MONTH}[ ,'-]*(?:\d{{4}}|\d\d)|"
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d{{4}}|\d\d))(?!\d)",
    re.I,
)
BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born|date of birth|birthday)\b", re.I)
AGE = re.compile(
    r"\b(?:aged? )?\d{1,3}[- ](?:days?|weeks?|months?)(?:[- ]olds?)\b|\baged \d{1,3} (?:days?|weeks?|months?)\b", re.I
)
REFERENCE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,5}[-/ ]?\d{4,}|[A-Z]{2,5}[-/]\d{2,4}[-/]\d{2,}|\d{7,})(?![A-Za-z0-9])"
)
STREETS = ("road|street|avenue|lane|close|drive|way|crescent|gardens|grove|place|court|terrace|square|walk|rise|mews|hill|"
           "rd|st|ave|cres")  # fmt: skip
ADDRESS = re.compile(rf"\b(?:flat|no\.?|number)? ?\d{{1,4}}[a-z]?,? (?:[a-z'\-]+ ){{1,3}}(?:{STREETS})\b", re.I)
PLACE = re.compile(
    r"\b((?:[a-z][\w'.\-]* ){1,4}?)(?:(?:infant|junior|primary|secondary|high|grammar|nursery|special|community) )*"
    r"(?:school|academy|college|nursery|hospital|infirmary|surgery|hospice)\b",
    re.I,
)
CONTEXT = frozenset("v vs re review case child mother father brother sister son daughter family baby twins".split())
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\-](?=[^\W\d_]))*\.?")


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit (modulus 11, weights 10 to 2)."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def upn(letter: str, digits: str) -> bool:
    """Whether a Unique Pupil Number's first letter is the check letter of its digits (modulus 23, weights 2 to 13)."""
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c.upper()) for c in digits]
    return UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23] == letter.upper()


SHAPES: tuple[tuple[str, re.Pattern], ...] = (
    ("an e-mail address", EMAIL),
    ("a National Insurance number", INSURANCE),
    ("a postcode", POSTCODE),
    ("a telephone number", PHONE),
    ("a date", DATE),
    ("a date of birth", BORN),
    ("an age in days, weeks or months", AGE),
    ("a street address", ADDRESS),
    ("a vehicle's mark", VEHICLE),
    ("a case's reference", REFERENCE),
)


def recognised(text: str) -> list[str]:
    """What in a text looks as if it pointed to a person, a few words each; empty where nothing does."""
    text = plain(text)
    kinds = [kind for kind, pattern in SHAPES if pattern.search(text)]
    if any(nhs_number("".join(match.groups())) for match in NHS.finditer(text)):
        kinds.insert(0, "an NHS number")
    if any(upn(match[1], match[2] + match[3]) or match[1].upper() in UPN_LETTERS for match in UPN.finditer(text)):
        kinds.insert(0, "a pupil's number")
    if any(not is_ordinary(word.rstrip(".")) for match in PLACE.finditer(text) for word in match[1].split()):
        kinds.append("a school or a hospital")
    if any(_names(text)):
        kinds.append("a person's name")
    return list(dict.fromkeys(kinds))


def _names(text: str) -> Iterator[bool]:
    """A given name beside another word that is no ordinary one; `Surname, Given`; a title before a word; initials."""
    words = [word.rstrip(".") for word in WORD.findall(text)]
    folded = [word.casefold().removesuffix("'s") for word in words]
    for at, word in enumerate(folded):
        beside = [folded[n] for n in (at - 1, at + 1) if 0 <= n < len(folded)]
        if word in TITLES and at + 1 < len(folded) and not is_ordinary(folded[at + 1]):
            yield True
        if word not in GIVEN or BODIES & set(folded):
            continue
        yield any(b in GIVEN or b in CONTEXT or len(b) == 1 or not is_ordinary(b) for b in beside if b != word)
    yield bool(re.search(r"\b[A-Z]\.? ?[A-Z]\.? ?(?:aged|born|dob)\b", text))
