"""What has the shape of something that points to a person, recognised in any text: numbers by their check digits,
addresses, dates, ages in days, names.

It warns where returns are checked, where labels are approved and where people write prose, and holds back a finished
page; it cannot know what is meant, so a person decides. Sources of the shapes: NHS Data Dictionary (NHS number, modulus
11); Department for Education, Unique Pupil Numbers; HMRC, National Insurance Manual NIM39110 (prefixes); Royal Mail,
postcode format; DVLA, vehicle registration marks since 1963.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .person_names import is_ordinary, persons
from .spelling import plain

GAP = r"[ .\-/_]{0,3}"
NHS = re.compile(
    rf"(?:(?<![\w.,])|(?<=nhs)|(?<=[a-z]_))(\d{{3}}){GAP}(\d{{3}}){GAP}(\d{{4}})(?![^\W_]|[.,]\d)", re.IGNORECASE
)
UPN = re.compile(r"(?<![^\W_])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![^\W_])", re.IGNORECASE)
INSURANCE = re.compile(
    r"(?<![^\W_])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ \-]?\d\d){3}[ \-]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    rf"(?<![^\W_])(?:gir{GAP}0aa|[a-pr-uwyz][a-hk-y]?\d[a-z\d]?{GAP}\d[abd-hjlnp-uw-z]{{2}})(?![^\W_])", re.IGNORECASE
)
VEHICLE = re.compile(
    r"(?<![^\W_])(?:(?i:[A-Z]{2}\d{2} ?[A-Z]{3})|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]"
    r"|(?i:[A-Z]\d{3} ?[A-Z]{3}|[A-Z]{3} ?\d{3}[A-Z]))(?![^\W_])"
)
PHONE = re.compile(
    r"(?<![\d.,])(?![0 -]{10})(?:(?:\+44 ?\(?0?\)?|\(?0)(?:[ \-]?\(?\d\)?){9,10}|0\d{2,4}\.\d{3,4}\.\d{3,4}"
    r"|\+(?!44)\d{1,3}(?:[ \-]?\d){8,11})(?![\d.,]\d|\d)"
)
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+ ?(?:@ ?[\w-]+(?:\.[\w-]+)+|[\[(]?\bat\b[\])]? ?[\w-]+(?: ?[\[(]?\bdot\b[\])]? ?\w+)+)",
    re.IGNORECASE,
)
MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")  # fmt: skip
IN_WORDS = (
    "(?:(?:twenty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    "(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|thirty[- ]first)"
)
DAY, MONTHS = "(?:0[1-9]|[12]\\d|3[01])", "(?:0[1-9]|1[0-2])"
ONE_DATE = (
    rf"(?<!\d)(?:\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?(?:\d{{4}}|\d\d)|(?:19|20)\d\d[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}|"
    rf"{DAY}{MONTHS}(?:19|20)\d\d|(?:19|20)\d\d{MONTHS}{DAY}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]?{MONTH}[ ,'-]*(?:\d{{4}}|\d\d)|"
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d{{4}}|\d\d)|\b{IN_WORDS}(?: of)? {MONTH},? \d{{4}})(?!\d)"
)
DATE = re.compile(ONE_DATE, re.IGNORECASE)
WORDS_OF_BIRTH = r"\b(?:d\.?o\.?b\b\.?|born|date of birth|birth ?dates?|birthday)"
BORN = re.compile(WORDS_OF_BIRTH, re.IGNORECASE)
BORN_ON = re.compile(rf"{WORDS_OF_BIRTH}\W{{0,3}}(?:(?:on|is|was|date|of|a)\b\W*)*{ONE_DATE}", re.IGNORECASE)
SPAN = "(?:days?|weeks?|wks?|months?|mths?)"
TEENS = "(?:thir|four|fif|six|seven|eigh|nine)teen"
NUMBER = rf"(?:\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|{TEENS})"
AGE = re.compile(
    rf"\b{NUMBER}[- ]{SPAN}[- ]olds?\b|\baged {NUMBER} {SPAN}\b"
    rf"|\b(?:baby|infant|newborn|toddler|child|twins?),? (?:of |aged )?{NUMBER} {SPAN}\b"
    r"|\b\d{1,2}/(?:52|12|7)(?= (?:old|baby|boy|child|girl|infant|twins?)\b)|\b\d{1,3}[- ]h(?:ou)?rs?[- ]old\b"
    r"|\b(?:infant|neonate|newborn),? (?:of |aged )?\d{1,3} h(?:ou)?rs?\b"
    r"|\b(?:baby|infant|newborn|aged)\W{1,2}\d{1,2}/(?:52|12|7)\b",
    re.IGNORECASE,
)
AGE_IN_MONTHS = re.compile(r"\b\d{1,2} ?(?:yrs?|years?),? ?(?:and )?\d{1,2} ?(?:mths?|months?)\b", re.IGNORECASE)
REFERENCE = re.compile(  # codes of authorities are none
    r"(?<![^\W_])(?!E(?:0[6-9]|10|92)\d{6}\b)(?:[A-Z]{1,5}(?:[-/]?| (?!(?:19|20)\d\d\b))\d{4,}"
    r"|[A-Z]{2,5}[-/]\d{2,4}[-/]\d{2,}|\d{7,}|(?=(?:[A-Za-z]*\d){4})(?=\d*[A-Za-z])(?!(?:19|20)\d\d)[A-Za-z\d]{6,}"
    r"|(?i:ref|reference|case|client|record|id|badge|collar|warrant|shoulder)\b\W{0,3}(?i:(?:no|number|id)\b\W{0,3})?\d[\d/\-]{2,}"
    r"|(?i:carefirst|frameworki|ics|lcs|liquidlogic|mosaic|niche|paris|pnc|rio|systmone)\b\W{0,3}\d{4,}"
    r"|(?i:no|number)\b\W{0,3}(?!(?:19|20)\d\d(?!\d))\d{4,}|\d{2,4}/\d{5,}[A-Z]?|(?=(?:\d{1,2}/){0,3}\d{3})\d{1,4}(?:/\d{1,6}){3,})(?![^\W_])"
)
STREETS = (
    "road|street|avenue|lane|close|drive|way|crescent|gardens|grove|place|court|terrace|square|walk|rise|mews|hill"
    "|rd|st|ave|cres|cresc|gdns|terr"
)
NAMED = rf"(?-i:[A-Z][\w'\-]+) (?:{STREETS})\b"
ADDRESS = re.compile(
    r"\b(?:flat|no\.?|number)? ?\d{1,4}[a-z]?,? (?:(?!(?:in|an?|the|of|to|and|or|per|by|at)\b)[a-z'\-]+ ){1,3}"
    rf"(?:{STREETS})\b|\b(?:flat|apt|apartment) \d+[a-z]?\b"
    r"|\b\d{1,4}[a-z]?,? the (?:avenue|crescent|gardens|green|grove|mews|terrace)\b"
    r"|\b\d{1,4}[a-z]?,? (?-i:The (?:Close|Court|Drive|Hill|Lane|Oval|Parade|Rise|Square|Street|Walk|Way))\b"
    r"|^\d{1,4}[a-z]?,? the (?-i:[A-Z][a-z]+)$|\b(?:plot|pitch|berth|mooring|caravan) \d+\b|\broom \d{3}\b"
    rf"|\b(?:house|flat|home|hmo|hostel|address|property|lives?|living|family) (?:in|on|off|near|opposite) {NAMED}"
    rf"|\b(?:cottage|farm|lodge|house|bungalow|villa|barn),? {NAMED}",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b((?:[a-z][\w'.\-]* ){1,4}?)(?:(?:infant|junior|primary|secondary|high|grammar|nursery|special|community) )*"
    r"(?:(?:school|academy|college|nursery|hospital|infirmary|surgery|hospice)\b"
    r"|(?:primary|high|junior|infant|(?-i:Infants|INFANTS|Juniors|JUNIORS))"
    r"(?= (?:pupil|class|boy|girl|child|year|yr|y\d)\b)"
    r"|(?:primary|(?-i:Infants?|INFANTS?|Juniors?|JUNIORS?))(?=\W*$)"
    r"|(?:general|royal|infirmary) (?=(?:nicu|picu|scbu|hdu|itu|a&e|ed)\b))",
    re.IGNORECASE,
)
WARD = re.compile(r"\b(?:ward [a-z]{0,2}|bed |cot )\d{1,3}\b|\b[a-h]\d{1,2} (?:\w+ )?ward\b", re.IGNORECASE)
CONDITION = re.compile(
    r"(?<![\w'\-])([a-z][\w'\-]*) (?:syndrome|disease|dystrophy)\b"
    r"|\b((?!paedo)[a-z]+(?:aemia|uria|plasia|philia|matosis|ridosis|"
    r"synostosis|schisis|cephaly|cephalus|genesis imperfecta|dermolysis|galy))\b",
    re.IGNORECASE,
)
LICENCE = re.compile(r"(?<![^\W_])[A-Z][A-Z9]{4} ?\d{6} ?[A-Z][A-Z9][A-Z\d][A-Z]{2}(?![^\W_])", re.IGNORECASE)
SITES = "facebook|fb|instagram|insta|snapchat|snap|tiktok|twitter|discord|kik|xbox|psn|gamertag|username|handle"
HANDLE = re.compile(
    rf"(?<![\w@.])@[a-z][\w.]{{2,}}|\b(?:{SITES})\.com/\S"
    rf"|\b(?:{SITES})\b(?: (?:name|user|handle|account|id|tag))*\W{{1,3}}"
    r"(?=[a-z][\w.#]*[\d_.#]\w)[a-z][\w.#]+",
    re.IGNORECASE,
)
PLACED = re.compile(  # a computer's address, a place by its degrees or by three words
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\d.])-?\d{1,2}\.\d{3,}, ?-?\d{1,3}\.\d{3,}|///\w+\.\w+\.\w+"
)
OFFICE = (
    "vicar|imam|priest|teacher|head|headteacher|councillor|cllr|doctor|gp|officer|mp|mayor|nurse|midwife|footballer|"
    "worker|colleague|manager|carer"
)
# Of one family or one day: an event that was in the news, the only one of a place, somebody's by his office.
SINGLE = re.compile(
    r"\b(?:conjoined twins|triplets|quadruplets|quads|trisomy \d+)\b|\b[MA]\d{1,3} (?:J|junction )\d{1,2}\b"
    r"|\bonly [\w\-]+ (?:baby|boy|child|family|girl|household|mother|pupil)\b"
    rf"|\b(?:son|daughter|child|wife|baby) of (?:the |an? )?(?:[\w']+ )?(?:{OFFICE})\b"
    rf"|\b(?:{OFFICE})'s (?:baby|child|daughter|grand(?:child|daughter|son)|kid|kids|nephew|niece|son|twins)\b"
    rf"|\b(?:murder|stabbing|drowning|shooting|crash|explosion|fire|death)\b.{{0,30}}"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:murder(?:ed)?|killed|killing|stabbed|stabbing|drowned|drowning|shot|shooting|crash|explosion|fire|died|death)"
    r" (?:in|at|on|off|near|outside|by) (?:the )?((?-i:[A-Z][a-z]+))",
    re.IGNORECASE,
)
# Of these only what has a word besides that is not usual in this field: Wessexham School, not special school.
OF_UNUSUAL_WORDS = (
    ("a school or a hospital", PLACE),
    ("a rare condition", CONDITION),
    ("one event or one family", EVENT),
)
SHAPES: tuple[tuple[str, re.Pattern], ...] = (
    ("a pupil's number", UPN),
    ("an e-mail address", EMAIL),
    ("a National Insurance number", INSURANCE),
    ("a postcode", POSTCODE),
    ("a telephone number", PHONE),
    ("a date", DATE),
    ("a date of birth", BORN),
    ("an age in days, weeks or months", AGE),
    ("an age in days, weeks or months", AGE_IN_MONTHS),
    ("a street address", ADDRESS),
    ("a vehicle's mark", VEHICLE),
    ("a case's reference", REFERENCE),
    ("a hospital's ward", WARD),
    ("a driving licence's number", LICENCE),
    ("an account with a company", HANDLE),
    ("a place or a computer's address", PLACED),
    ("one event or one family", SINGLE),
)
# On a finished page dates are of quarters, numbers are figures and wards are of elections: there only what is said of
# one life counts.
NOT_OF_PAGES = (DATE, BORN, REFERENCE, WARD, AGE_IN_MONTHS, SINGLE)
OF_PAGES: tuple[tuple[str, re.Pattern], ...] = (
    *((kind, pattern) for kind, pattern in SHAPES if pattern not in NOT_OF_PAGES),
    ("a date of birth", BORN_ON),
)


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit (modulus 11, weights 10 to 2)."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def passages(text: str, shapes: tuple[tuple[str, re.Pattern], ...] = SHAPES) -> Iterator[tuple[str, str]]:
    """(kind, the words) of everything in a text that looks as if it pointed to a person."""
    text = plain(text)
    for match in NHS.finditer(text):
        if nhs_number("".join(match.groups())):
            yield "an NHS number", match[0]
    for kind, pattern in shapes:
        for match in pattern.finditer(text):
            yield kind, match[0]
    for kind, pattern in OF_UNUSUAL_WORDS if shapes is SHAPES else ():
        for match in pattern.finditer(text):
            words = (match[1] or match[match.lastindex or 0]).split()
            if any(not is_ordinary(word.rstrip(".")) for word in words):
                yield kind, match[0]
    for name in persons(text):
        yield "a person's name", name


@lru_cache(maxsize=1 << 16)  # labels of tables are asked for once for each page and file of a pack
def recognised(text: str) -> list[str]:
    """What in a text looks as if it pointed to a person, a few words for each kind; empty where nothing does."""
    return list(dict.fromkeys(kind for kind, _ in passages(text)))
