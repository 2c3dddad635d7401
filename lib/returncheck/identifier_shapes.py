"""What has the shape of something that points to a person, recognised in any text: numbers by their check digits, marks
of letters and digits, addresses, dates, ages in days, names.

It warns where returns are checked, where labels are approved and where people write prose, and holds back a finished
page; it cannot know what is meant, so a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .mark_shapes import marks
from .number_shapes import EMERGENCY, GAP, digits_for_letters, numbers
from .number_shapes import YEAR as YEARS
from .number_shapes import is_list as of_a_list
from .person_names import is_ordinary, persons
from .spelling import WHITE, plain

AT = r"(?: ?@ ?| ?[\[({<]at[\])}>] ?)"
DOT = r"(?:\.| \. | ?[\[({](?:\.|dot)[\])}] ?| ?\bdot\b ?)"
EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+'-]+(?:{AT}[\w-]+(?:{DOT}[\w-]+)+| at [\w-]+(?: ?[\[(]?\bdot\b[\])]? ?\w+)+)", re.IGNORECASE
)
MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")  # fmt: skip
IN_WORDS = (
    "(?:(?:twenty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    "(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|thirty[- ]first)"
)
DAY, MONTHS = "(?:0[1-9]|[12]\\d|3[01])", "(?:0[1-9]|1[0-2])"
YEAR_IN_WORDS = (
    "(?:nineteen|twenty|two thousand)(?:[- ](?:and |hundred |oh )?[a-z]+"
    "(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)?"
)
TH, SET, YEAR = "(?:st|nd|rd|th)?", "[ ,./_-]{0,3}", r"'?(?:\d{4}|\d\d(?!O)|(?-i:[12O][\dO]{3}))"
ONE_DATE = (  # in figures: day, month and year in two figures with the same between them, which a list has not
    rf"(?<!\d)(?:\d{{1,2}} ?[-/._ ] ?\d{{1,2}} ?[-/._ ] ?\d{{4}}|\d{{1,2}} ?(?P<b>[-/._ ]) ?\d{{1,2}} ?(?P=b) ?\d\d"
    rf"|(?:19|20)\d\d ?[-/._ ] ?\d{{1,2}} ?[-/._ ] ?\d{{1,2}}|{DAY}{MONTHS}(?:19|20)\d\d|(?:19|20)\d\d{MONTHS}{DAY}"
    rf"|\d{{1,2}} ?[./-] ?[ivx]{{1,4}} ?[./-] ?{YEAR}"
    rf"|(?:\d{{1,2}}|\b(?-i:[lI]{{1,2}})){TH}(?: day)?(?: of)?{SET}{MONTH}{SET}{YEAR}"
    rf"|(?:19|20)\d\d{SET}{MONTH}{SET}\d{{1,2}}{TH}|{MONTH}{SET}(?:the )?\d{{1,2}}{TH}[ ,./_-]{{1,3}}{YEAR}"
    rf"|\b(?:{IN_WORDS}|\d{{1,2}}{TH})(?: day)?(?: of)? {MONTH},? (?:\d{{4}}|{YEAR_IN_WORDS})"
    rf"|\b{MONTH} (?:the )?(?:{IN_WORDS}|\d{{1,2}}{TH}),? (?:\d{{4}}|{YEAR_IN_WORDS}))(?!\d)"
)
DATE = re.compile(ONE_DATE, re.IGNORECASE)
WORDS_OF_BIRTH = r"\b(?:d\.?o\.?b\b\.?|born|date of birth|birth ?dates?|birthday)"
BORN = re.compile(WORDS_OF_BIRTH, re.IGNORECASE)
BORN_ON = re.compile(rf"{WORDS_OF_BIRTH}\W{{0,3}}(?:(?:on|is|was|date|of|a)\b\W*)*{ONE_DATE}", re.IGNORECASE)
SPAN = "(?:days?|weeks?|wks?|months?|mths?)"
TEENS = "(?:thir|four|fif|six|seven|eigh|nine)teen"
NUMBER = rf"(?:\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|{TEENS})"
AGE = re.compile(
    rf"\b{NUMBER}(?:[- ]and[- ]a[- ]half)?[- ]?{SPAN}[- ]olds?\b|\b(?:aged|died at) {NUMBER} {SPAN}\b"
    rf"|\b(?:born|burns?|collapsed|death|dies|fractures?|nnd|sids|sudc|sudi|suid)(?: \w+)?"
    rf" at {NUMBER} {SPAN}\b(?! or\b)"
    rf"|\b{NUMBER} {SPAN} of age\b|\bday \d{{1,2}} of life\b|\b\d{{1,2}}[- ](?:week|wk) (?:foetus|fetus)\b"
    rf"|\b(?:baby|infant|neonate|newborn|twins?|triplets?),? (?:at )?(?:day \d{{1,2}}|{NUMBER} {SPAN})\b"
    rf"|\b(?:baby|infant|newborn|toddler|child|twins?),? (?:of |aged )?{NUMBER} {SPAN}\b"
    r"|\b\d{1,2}/(?:52|12|7)(?= (?:old|baby|boy|child|girl|infant|twins?)\b)|\b\d{1,3}[- ]h(?:ou)?rs?[- ]old\b"
    r"|\b(?:infant|neonate|newborn),? (?:of |aged )?\d{1,3} h(?:ou)?rs?\b"
    r"|\b(?:baby|infant|newborn|aged)\W{1,2}\d{1,2}/(?:52|12|7)\b|\b\d\d[- ]?(?:weekers?|week prem\w*)\b|^\d{1,2}/52$"
    r"|\b[23]\d ?\+ ?[0-6] ?(?:/40|w(?:ee)?ks)\b"
    rf"|\b(?:girl|boy|son|daughter|infant|neonate|baby|child) ?[,(:] ?(?:aged )?{NUMBER}[- ]?{SPAN}(?=\W*$)"
    r"|\b\d\d(?:\+\d)?/40,? (?:premature|preterm|prem|baby|infant|twins?)\b",
    re.IGNORECASE,
)
AGE_IN_MONTHS = re.compile(r"\b\d{1,2} ?(?:y|yrs?|years?),? ?(?:and )?\d{1,2} ?(?:m|mths?|months?)\b", re.IGNORECASE)
SECTION = re.compile(
    r"\b(?:section|chapter|paragraph|para|version|standard|objective|outcome|theme|action|priority|module|part|annex|v|"
    r"appendix|recommendation|target|kpi|goal|aim)\W{0,2}$",
    re.IGNORECASE,
)
STANDARDS = "ISO|IEC|BS|EN|PAS|WT|KCSIE|DPA|GDPR"  # with numbers and years of their own
REFERENCE = re.compile(  # codes of authorities are none
    rf"(?<![^\W_])(?!E(?:0[6-9]|10|92)\d{{6}}\b|(?:{STANDARDS})(?:\b|\d))"
    r"(?:[A-Z]{1,5}(?:[-/]?| (?!(?:19|20)\d\d\b))\d{4,}"
    r"|[A-Z]{2,5}[-/]\d{2,4}[-/]\d{2,}|(?=(?:[A-Za-z]*\d){4})(?=\d*[A-Za-z])(?!(?:19|20)\d\d)[A-Za-z\d]{6,}"
    r"|(?i:[A-Z]{2,5})[-/_]\d{2,4}[-/_](?!(?:19|20)\d\d(?!\d))\d{3,}"
    r"|(?i:no|number)\b\W{0,3}(?!(?:19|20)\d\d(?!\d))\d{4,}|\d{2,4}/\d{5,}[A-Z]?|\d{4,6}/\d\d[A-Z]"
    r"|(?=(?:\d{1,2}/){0,3}\d{3})\d{1,4}(?:/\d{1,6}){3,})(?![^\W_])"
)
SYSTEMS = (
    "capita one|carefirst|charms|ecdop|eclipse|ehm|emis|frameworki|ics|lcs|liquidlogic|mosaic|niche|nomis|paris|pnc|rio"
    "|sims|synergy|systmone|azeus|core\\+"
)
LABELLED = re.compile(  # the number that follows a word for it
    rf"(?<![^\W_])(?:{SYSTEMS}|nhs|upn|uln|urn|uprn|chi|nino|passport|ppt|licen[cs]e|sort[- ]?code|s/c|account|acct?"
    r"|a/c|mrn|hospital|patient|crime|occurrence|cad|cro|crn|dbs|brp|nass|file|log|lado|ehcp|tenancy|pin|badge|collar|warrant|shoulder|swe|gmc|nmc|ref|reference|case|client"
    r"|record|id|placement|carer)\b(?:\W{0,3}(?:no|number|num|id|ref|reference|code)\b)*\W{0,4}"
    rf"(?P<number>[A-Z]{{0,3}}\d(?:{GAP}\d){{2,}})",
    re.IGNORECASE,
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
    rf"|\b\d{{1,4}}[a-z]?,? (?-i:The (?:[A-Z][\w'\-]+ ){{1,2}})(?:{STREETS})\b"
    r"|\b\d{1,4}[a-z]?,? the [a-z'\-]+ (?:avenue|crescent|gardens|grove|lane|mews|road|street)\b"
    r"|\b\d{1,4}[a-z]?,? (?-i:The (?:Close|Court|Drive|Hill|Lane|Oval|Parade|Rise|Square|Street|Walk"
    r"|Way(?! [Ff]orward)))\b"
    r"|^\d{1,4}[a-z]?,? the (?-i:[A-Z][a-z]+)$|\b(?:plot|pitch|berth|mooring|caravan) \d+\b|\broom \d{3}\b"
    rf"|\b(?:house|flat|home|hmo|hostel|address|property|lives?|living|family|childminder"
    rf"|placement) (?:in|on|off|near|opposite) {NAMED}"
    rf"|\b(?:cottage|farm|lodge|house|bungalow|villa|barn),? {NAMED}|\b(?:corner|junction|end|top|bottom) of {NAMED}"
    rf"|\bnumber [a-z]+ {NAMED}|\b{NAMED}(?:,? (?:no|number)\.? ?\d+| flat\b)"
    r"|\b(?:narrowboat|houseboat|barge) (?-i:[A-Z])|\bthe (?:vicarage|rectory|manse)\b"
    r"|\bhouse (?:name|named|called)\b|\b[AM]\d{1,3} lay-?by\b|\blighthouse keeper"
    r"|\bThe (?:Old|New) (?-i:[A-Z]\w+), (?-i:[A-Z])",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b((?:[a-z][\w'.\-]* ){1,4}?)(?:(?:infant|junior|primary|secondary|high|grammar|nursery|special|community) )*"
    r"(?:(?:school|academy|college|nursery|hospital(?!s?(?: nhs| foundation)* trust)|infirmary|surgery"
    r"|hospice|montessori|pru|comp|health centre)\b"
    r"|children's(?=, )|maternity(?=, )|general(?=\W*$)"
    r"|(?:primary|high|junior|infant|(?-i:Infants|INFANTS|Juniors|JUNIORS))"
    r"(?=,? (?:pupil|class|boy|girl|child|year|yr|y\d)\b)"
    r"|(?:primary|(?-i:Infants?|INFANTS?|Juniors?|JUNIORS?))(?=\W*$)"
    r"|(?:general|royal|infirmary) (?=(?:nicu|picu|scbu|hdu|itu|a&e|ed)\b))"
    r"|\bst ([a-z]+'?s) (?:infants?|juniors?)$|^(\w+) (?:high|maternity|a&e|royal)$|^the (\w+) practice$"
    r"|\b(?:boarder|pupil|student|attends|(?:year|yr|y) ?\d{1,2})(?: at| of)? ((?:(?-i:[A-Z][\w'-]+) ?){1,3})",
    re.IGNORECASE,
)
NEAR = re.compile(  # of these, too, only what has an unusual word with a capital
    r"\b(?:house|flat|bungalow|cottage|caravan|hostel|boat|lives?|lived|living|residents?) (?:just )?"
    r"(?:next(?: door)? to|above|behind|opposite|beside|over|near|at|by|in|on|off|outside|from) "
    r"(?:(?-i:[a-z]+) ){0,5}?((?:(?-i:[A-Z][\w'-]+) ?){1,3})"
    r"|\b(?:barn|bungalow|cottage|farmhouse|villa), ((?-i:[A-Z][\w'-]+))|\bnext door to ((?-i:[A-Z][\w'-]+))"
    r"|\b(?:block \w+|(?:top|ground) floor|floor \d+),? "
    r"((?:(?-i:[A-Z][\w'-]+) ){1,3}(?:court|tower|house|point|mansions))\b",
    re.IGNORECASE,
)
WARD = re.compile(r"\b(?:ward [a-z]{0,2}|bed |cot )\d{1,3}\b|\b[a-h]\d{1,2} (?:\w+ )?ward\b", re.IGNORECASE)
CONDITION = re.compile(
    r"(?<![\w'\-])([a-z][\w'\-]*) (?:syndrome|disease|dystrophy)\b"
    r"|\b((?!paedo)[a-z]+(?:aemia|uria|plasia|philia|matosis|ridosis|"
    r"synostosis|schisis|cephaly|cephalus|genesis imperfecta|dermolysis|galy|blastoma|sarcoma|atresia|agenesis|"
    r"inosis))\b"
    r"|(?<![\w'\-])([a-z][\w'\-]*) (?:sclerosis|atrophy|ataxia|anomaly|hernia)\b"
    r"|\b(achondroplasia|albinism|arthrogryposis|cystic fibrosis|duchenne|exomphalos|hirschsprung"
    r"|huntington's|ichthyosis|leukodystrophy|long qt|moyamoya|osteopetrosis|porphyria|prader-willi|progeria"
    r"|krabbe|tay-sachs|von willebrand|zellweger)\b"
    r"|\b(?:boy|girl|child|baby|infant|mother|father|sibling|twin) (?:has|had|with) ((?-i:[A-Z][a-z]{3,}))\b",
    re.IGNORECASE,
)
SITES = (
    "facebook|fb|instagram|insta|snapchat|snap|tiktok|twitter|discord|kik|xbox|psn|gamertag|username|handle|roblox|steam|twitch"
    "|onlyfans|vinted|bebo|bereal|telegram|whatsapp|youtube|reddit|yubo"
)
OF_ACCOUNTS = r" (?:name|user|handle|account|group|id|tag|gamertag)s?\b"
OF_SITES = rf"\b(?:{SITES})\b(?:{OF_ACCOUNTS})*(?!{OF_ACCOUNTS})\W{{1,3}}"
HANDLE = re.compile(
    rf"(?<![\w@.])@[a-z][\w.]{{2,}}|\b(?:{SITES})\.com/\S|\b[a-z][\w.]+#\d{{4}}\b"
    rf"|(?:{OF_SITES}|\big:? )(?=[a-z][\w.#]*[\d_.#]\w)[a-z][\w.#]+",
    re.IGNORECASE,
)
ACCOUNT = re.compile(rf"{OF_SITES}([a-z]\w{{3,}})|\b((?-i:[A-Z])\w+) on (?:{SITES})\b", re.IGNORECASE)
PLACED = re.compile(  # a computer's address, a place by its degrees or by three words
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\d.])-?\d{1,2}\.\d{3,}, ?-?\d{1,3}\.\d{3,}|///\w+\.\w+\.\w+"
)
OFFICE = (
    "bishop|vicar|imam|rabbi|pastor|judge|policeman|pc|priest|teacher|head|headteacher|councillor|cllr|doctor|gp|officer|mp|mayor|nurse|midwife|footballer|"
    "worker|colleague|manager|carer"
)
# Of one family or one day: an event that was in the news, the only one of a place, somebody's by his office.
SINGLE = re.compile(
    r"\b(?:conjoined|triplets?|(?:quadru|quintu|sextu)plets?|quads|trisomy \d+)\b"
    r"|\b[MA]\d{1,3} (?:J|junction )\d{1,2}\b"
    r"|\b(?:crash|collision|rtc) (?:on|at) (?:the )?[ABM]\d{1,4}\b|\bthe [ABM]\d{1,4} (?:crash|collision)\b"
    r"|\bthe only (?:baby|boy|girl|family|household|pupil) (?:at|in|on)\b"
    r"|\bonly [\w\-]+ (?:baby|boy|child|family|girl|household|mother|pupil)\b"
    rf"|\b(?:son|daughter|child|wife|baby) of (?:the |an? )?(?:[\w']+ )?(?:{OFFICE})\b"
    rf"|\b(?:{OFFICE})'s (?:baby|child|daughter|(?:grand|step)?(?:child|daughter|son)|kid|kids|nephew"
    r"|niece|twins|wife)\b"
    rf"|\b(?:murder|stabbing|drowning|shooting|crash|explosion|fire|death)\b.{{0,30}}"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:murder(?:ed)?|killed|killing|stabbed|stabbing|drowned|drowning|shot|shooting|crash|explosion|fire|died|death)"
    r" (?:in|at|on|off|near|outside|by) (?:the )?((?-i:[A-Z][a-z]+))"
    r"|(?:\bthe|^) ?((?-i:[A-Z][a-z]+))(?: (?:road|street|lake|park|lane|pond|estate))? (?:murder|stabbing|drowning"
    r"|shooting|crash(?! course)|explosion|inquest"
    r"|fire(?! (?:and|authority|brigade|cadets|safety|service|setters|station)))s?\b"
    r"|\b(?:murder|stabbing|shooting|fire) ((?-i:[A-Z][a-z]+)) (?:road|street|lane|avenue|close)\b",
    re.IGNORECASE,
)
# Of these only what has a word besides that is not usual in this field: Wessexham School, not special school.
OF_UNUSUAL_WORDS = (
    ("a school or a hospital", PLACE),
    ("a rare condition", CONDITION),
    ("a street address", NEAR),
    ("an account with a company", ACCOUNT),
    ("one event or one family", EVENT),
)
SHAPES: tuple[tuple[str, re.Pattern], ...] = (
    ("an e-mail address", EMAIL),
    ("a date", DATE),
    ("a date of birth", BORN),
    ("an age in days, weeks or months", AGE),
    ("an age in days, weeks or months", AGE_IN_MONTHS),
    ("a street address", ADDRESS),
    ("a case's reference", REFERENCE),
    ("a case's reference", LABELLED),
    ("a hospital's ward", WARD),
    ("an account with a company", HANDLE),
    ("a place or a computer's address", PLACED),
    ("one event or one family", SINGLE),
)
# On a finished page dates are of quarters, numbers are figures and wards are of elections: there only what is said of
# one life counts.
NOT_OF_PAGES = (DATE, BORN, REFERENCE, LABELLED, WARD, AGE_IN_MONTHS, SINGLE)
OF_PAGES: tuple[tuple[str, re.Pattern], ...] = (
    *((kind, pattern) for kind, pattern in SHAPES if pattern not in NOT_OF_PAGES),
    ("a date of birth", BORN_ON),
)


def is_list(match: re.Match) -> bool:
    """Whether what has the shape of a date or number is part of a list: `7/8/9/10/11`, `Section 4.2.10`, `id 2018`."""
    if match.re is LABELLED:
        groups = re.findall(r"\d+", match["number"])
        return of_a_list(groups, labelled=True) or (
            len(groups) == 1 and bool(groups[0] in EMERGENCY or YEARS.fullmatch(groups[0]))
        )
    if match.re is not DATE or not match["b"]:
        return False
    text, mark = match.string, match["b"]
    longer = text[: match.start()].endswith(mark) or text.startswith(mark, match.end())
    day, month, year = map(int, re.findall(r"\d+", match[0]))
    steps = longer and day + 2 == month + 1 == year
    return steps or bool("." in mark and SECTION.search(text[max(0, match.start() - 20) : match.start()]))


def passages(text: str, shapes: tuple[tuple[str, re.Pattern], ...] = SHAPES) -> Iterator[tuple[str, str]]:
    """(kind, the words) of everything in a text that looks as if it pointed to a person."""
    text = WHITE.sub(" ", plain(text))
    if re.search(r"\d", text):
        yield from marks(text)
        text = digits_for_letters(text)
        yield from numbers(text, page=shapes is not SHAPES)
    for kind, pattern in shapes:
        for match in pattern.finditer(text):
            if not is_list(match):
                yield kind, match[0]
    for kind, pattern in OF_UNUSUAL_WORDS if shapes is SHAPES else ():
        for match in pattern.finditer(text):
            words = match[match.lastindex or 0].split()
            if any(not is_ordinary(word.rstrip(".")) for word in words):
                yield kind, match[0]
    for name in persons(text):
        yield "a person's name", name


@lru_cache(maxsize=1 << 16)  # labels of tables are asked for once for each page and file of a pack
def recognised(text: str) -> list[str]:
    """What in a text looks as if it pointed to a person, a few words for each kind; empty where nothing does."""
    return list(dict.fromkeys(kind for kind, _ in passages(text)))
