"""What points to a person, recognised in any usual way of writing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from returncheck.number_shapes import GAP, NHS, nhs_number
from returncheck.person_names import is_ordinary, runs
from returncheck.postcode_shapes import POSTCODE
from returncheck.spelling import fold, plain, squash

MONTHS = {name[:3]: n for n, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
WORD_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
TH = "(?:st|nd|rd|th)?"
YEAR = r"'?(\d{4}|\d{2})(?!\d)"
# A first digit, looked back at from behind it: a pattern that begins with what it looks for is searched for twice as fast.
FIRST = r"\d(?<!\d\d)"
NO_CODE = r"\d(?<![\d.,]\d)(?<!\b[EWew]\d)"  # E01022025 is a neighbourhood, not the first of February
DATES = (  # each with the order of its groups
    (re.compile(rf"({FIRST}\d{{3}})( ?[-/. ] ?)(\d{{1,2}})\2(\d{{1,2}})(?!\d)"), "y-md"),
    (re.compile(rf"({NO_CODE}\d{{3}})(\d{{2}})(\d{{2}})(?![\d]|[.,]\d)"), "ymd"),
    (re.compile(rf"({FIRST}\d?)( ?[-/. ] ?)(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?!\d)"), "d-my"),
    (re.compile(rf"({NO_CODE}\d)(\d{{2}})(\d{{4}})(?![\d]|[.,]\d)"), "dmy"),
    (re.compile(rf"({FIRST}\d?){TH}(?: day)?(?: of)?[-/. ]*{WORD_MONTH}[-/., ]*{YEAR}", re.I), "dwy"),
    (re.compile(rf"\b{WORD_MONTH}[-/. ]*(\d{{1,2}}){TH}[-/., ]+{YEAR}", re.I), "wdy"),
    (re.compile(rf"({FIRST}\d{{3}})[-/., ]*{WORD_MONTH}[-/. ]*(\d{{1,2}}){TH}(?!\d)", re.I), "ywd"),
)
EDGES = {(1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31)}  # of quarters and years
OF_A_LIFE = re.compile(r"\b(?:born|birth|birthday|dob|died|death)\b\W*(?:(?:on|is|was|date|of)\b\W*)*$")
OF_A_CASE = re.compile(
    r"(?:^|[^a-z])(?:case|ref|reference|id|identifier|record|client|victim|perpetrator|offender|child|patient|person|"
    r"referral)[^\w\n]*(?:(?:no|number|id|ref|reference)[^\w\n]*)?$"
)
PERIOD = re.compile(r"(?:19|20)\d\d(?:[-/ ](?:\d\d)?\d\d)?")
GESTATION = re.compile(
    r"(?<![\d.,])(\d\d) ?(?:\+|/40 ?\+?|w(?:ee)?ks?(?:,? and|,)?|w) ?([0-6])(?:/7| ?d(?:ays?)?)?(?!\d|%|[.,]\d)"
)
WORD = re.compile(r"\w+(?:['\-]\w+)*|\n")
# The mark at the foot of every page and in a workbook: the day of a run may be one of a case as well, and is none of it.
RUN = r"(?<![^\W_])(?:[a-f]\d){6}, \d{4}-\d\d-\d\d \d\d:\d\d UTC"
LICENCE = r"\(OGL v\d\.\d\)"  # of open data, below its charts and tables: no reference V30
# "a 95% interval", "England's 42": no references A95 and S42. "A 95" by itself, or "A 12345", may be one.
ARTICLE = re.compile(r"a (?=\d+(?:\.\d+)?%)|(?<=')s (?=\d{1,4}(?!\d))")
LONGEST = 8  # pieces that an identifier may be written in
START = 4  # letters of a reference by which most of a page's pieces are known not to begin one
PIECE, BETWEEN = re.compile(r"[^\W_]+"), re.compile(GAP)


def dated(text: str) -> Iterator[tuple[date, re.Match, bool]]:
    """Every date in a plain text, in any usual order, with a month in figures or words; 03/05 is read both ways.

    With each: where it stands, and whether it is written as lists of cases are (2/3/2015, not 2 March or 2015-03-02).
    """
    for pattern, order in DATES:
        for match in pattern.finditer(text):
            part = dict(zip(order, match.groups(), strict=True))
            month = MONTHS[part["w"][:3].lower()] if "w" in part else int(part["m"])
            day, year = int(part["d"]), int(part["y"])
            for y in [year] if len(part["y"]) == 4 else [1900 + year, 2000 + year]:
                for m, d in {(month, day)} if "w" in part else {(month, day), (day, month)}:
                    try:
                        yield date(y, m, d), match, "w" not in part and not (order[0] == "y" and "-" in match[0])
                    except ValueError:
                        continue


def dates(text: str) -> Iterator[date]:
    """Every date in a text."""
    return (day for day, _, _ in dated(plain(text)))


def own_dates(paths: Iterable) -> str:
    """Dates in the repository's own words, as text: one of those on a page comes from no return."""
    days: set[date] = set()
    for path in paths:
        days |= set(dates(path.read_text(encoding="utf-8", errors="replace").replace("\\n", " ")))
    return " ; ".join(day.isoformat() for day in sorted(days))


@lru_cache
def days_of(own_words: str) -> frozenset[date]:
    """The dates of a text as own_dates gives it, read once a process."""
    return frozenset(dates(own_words))


@dataclass
class Identifiers:
    """The values of every identifying field of a run's returns, ready to be looked for.

    values : [field, type, value] for each; `allowed` are words that stand in open tables and come from no return

    A reference of digits alone may be a count as well. From five digits on it is a reference wherever it stands alone
    and is no figure of the page's tables; below that, beside a word such as "case", or with a zero in front. A date on
    which quarters begin or end, or one of the repository's own words, is a case's beside a word such as "born", or
    written as lists of cases write it (31/3/2018).
    """

    values: Iterable = ()
    allowed: Iterable[str] = ()
    days: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    digits: dict = field(default_factory=dict)  # references of digits alone, and the days as a spreadsheet counts them
    phrases: dict = field(default_factory=dict)
    lengths: dict = field(default_factory=dict)

    def __post_init__(self):
        open_words = {fold(word) for word in self.allowed}
        for name, kind, value in self.values:
            text = str(value)
            if kind == "date":
                self._day(name, text)
            elif kind == "gestation":
                self.lengths[tuple(map(int, text.split("+")))] = name
            elif kind == "text":
                self._words(name, text, open_words)
            elif fold(text) in open_words:
                continue
            elif kind == "name":
                self._person(name, text)
            elif (letters := squash(text)).isdigit():
                self.digits[letters] = (name, fold(text))
            elif len(letters) > 2:
                self.tokens[letters] = name
                if re.fullmatch(r"[^\W\d_]+(?:[ ,'-]+[^\W\d_]+)+", plain(text)):
                    self._person(name, text)

    def _day(self, name: str, text: str) -> None:
        day: date | None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = next(dates(text), None)
        if day:
            self.days[day] = name
            self.digits.setdefault(str((day - date(1899, 12, 30)).days), (name, ""))

    def _person(self, name: str, text: str) -> None:
        """A person's name, the last name first too."""
        words = WORD.findall(fold(text))
        self.phrases[" ".join(words)] = name
        self.phrases[" ".join([words[-1], *words[:-1]])] = name

    def _words(self, name: str, text: str, open_words: set[str]) -> None:
        """A free text: itself, where it is longer than a word, and the names in it: every run of capitalised words, and
        every capitalised word that our own words and the open tables do not have."""
        if len(words := WORD.findall(fold(text))) > 1 or len(text) > 12:
            self.phrases[" ".join(words)] = name
        for _, run in runs(plain(text)):
            pairs = [f"{a} {b}" for a, b in zip(run, run[1:], strict=False)]
            for person in [*pairs, *(word for word in run if len(word) > 2 and not is_ordinary(word))]:
                if fold(person) not in open_words:
                    self._person(name, person)

    def found(self, text: str, project: frozenset[date] = frozenset(), figures=None) -> Iterator[str]:
        """A reason for each identifier in the text, naming the field and never the value.

        own : dates of the repository's own words; figures : the numbers that the page may print
        """
        text = plain(text).casefold()  # lines stay apart: cells beside each other are not one number
        if any(nhs_number("".join(part.groups())) for part in NHS.finditer(text)):
            yield "an NHS number"
        if POSTCODE.search(text):
            yield "a full postcode"
        for day, at, listed in dated(text) if self.days else ():
            if day not in self.days:
                continue
            if (
                listed
                or ((day.month, day.day) not in EDGES and day not in project)
                or _after(OF_A_LIFE, text, at.start())
            ):
                yield f"a date of {self.days[day]}"
        for at in GESTATION.finditer(text) if self.lengths else ():
            if name := self.lengths.get((int(at[1]), int(at[2]))):
                yield f"a length of {name}"
        yield from self._references(text, figures)
        words = " ".join(WORD.findall(text)) if self.phrases else ""
        for phrase, name in self.phrases.items():
            if phrase in words and re.search(rf"(?<![^ \n]){re.escape(phrase)}(?:'s)?(?![^ \n])", words):
                yield f"words of {name}"

    def _references(self, text: str, figures) -> Iterator[str]:
        """References, whole or in up to eight pieces with spaces, points, hyphens or slashes between them."""
        pieces = [piece.span() for piece in PIECE.finditer(text)] if self.starts else []
        for at, (start, end) in enumerate(pieces):
            if text[start : min(end, start + START)] not in self.starts:
                continue
            joined, before = "", start
            for first, last in pieces[at : at + LONGEST]:
                if not BETWEEN.fullmatch(text, before, first) or joined[:START] not in self.starts:
                    break
                joined, before = joined + text[first:last], last
                if joined in self.tokens and not ARTICLE.match(text, start):
                    yield f"a value of {self.tokens[joined]}"
                elif joined in self.digits and self._is_reference(joined, text, start, last, figures):
                    yield f"a value of {self.digits[joined][0]}"

    def _is_reference(self, digits: str, text: str, start: int, end: int, figures) -> bool:
        """Whether digits that could be a reference are one, or a count."""
        written = text[start:end]
        part = re.search(r"(?:\d[.,]|[£+])$", text[max(0, start - 2) : start]) or re.match(r"[.,]\d|%", text[end:])
        if part or PERIOD.fullmatch(written):
            return False
        if digits[0] == "0" or _after(OF_A_CASE, text, start):
            return True
        if written != digits and len(digits) < 6 and written != self.digits[digits][1]:
            return False
        return len(digits) > 4 and not (
            figures and (figures.has(float(digits), exact=True) or written in figures.labels)
        )

    @cached_property
    def starts(self) -> set[str]:
        """How references begin."""
        return {word[:n] for word in (*self.tokens, *self.digits) for n in range(START + 1)}


def _after(pattern: re.Pattern, text: str, at: int) -> bool:
    """Whether a word of the pattern stands right before a place in the text."""
    return bool(pattern.search(text[max(0, at - 32) : at]))
