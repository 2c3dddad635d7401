"""What points to a person, recognised in any usual way of writing it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

MONTHS = {name[:3]: n for n, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip
WORD_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATES = (  # each with the order of its groups
    (re.compile(r"(?<!\d)(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)"), "ymd"),
    (re.compile(r"(?<![\d.,])(\d{4})(\d{2})(\d{2})(?![\d]|[.,]\d)"), "ymd"),
    (re.compile(r"(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)"), "dmy"),
    (re.compile(r"(?<![\d.,])(\d{2})(\d{2})(\d{4})(?![\d]|[.,]\d)"), "dmy"),
    (
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ]*{WORD_MONTH}[-/., ]*(\d{{4}}|\d{{2}})(?!\d)", re.I
        ),
        "dmy",
    ),
    (re.compile(rf"\b{WORD_MONTH}[-/. ]*(\d{{1,2}})(?:st|nd|rd|th)?[-/., ]+(\d{{4}}|\d{{2}})(?!\d)", re.I), "mdy"),
    (re.compile(rf"(?<!\d)(\d{{4}})[-/. ]*{WORD_MONTH}[-/. ]*(\d{{1,2}})(?!\d)", re.I), "ymd"),
)
NHS = re.compile(r"(?<![\w.,])(\d{3})[ .\-–]{0,2}(\d{3})[ .\-–]{0,2}(\d{4})(?![\w]|[.,]\d)")
POSTCODE = re.compile(
    r"(?<![\w])(?:gir ?0aa|[a-pr-uwyz][a-hk-y]?\d[a-z\d]?[ -]{0,2}\d[abd-hjlnp-uw-z]{2})(?![\w])", re.I
)
NAME = re.compile(r"[A-Z][a-z'’\-]+(?:[A-Z][a-z]+)?")
EDGES = {(1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31)}  # where quarters and years begin and end


def fold(text: str) -> str:
    """Without case, accents of space, or hyphens of other alphabets."""
    return re.sub(r"\s+", " ", text.replace("‑", "-").replace("–", "-").replace("\u00ad", "")).casefold().strip()


def squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def dates(text: str) -> Iterator[date]:
    """Every date in a text, in any usual order and with a month in figures or words; 03/05 is read both ways."""
    for line, (pattern, order) in itertools.product(text.split("\n"), DATES):
        for found in pattern.finditer(re.sub(r"\s+", " ", line)):
            part = dict(zip(order, found.groups(), strict=True))
            month = MONTHS.get(part["m"][:3].lower()) or int(part["m"]) if part["m"].isalnum() else 0
            years = [int(part["y"])] if len(part["y"]) == 4 else [1900 + int(part["y"]), 2000 + int(part["y"])]
            for year in years:
                for m, d in (
                    {(month, int(part["d"])), (int(part["d"]), month)}
                    if part["m"].isdigit()
                    else {(month, int(part["d"]))}
                ):
                    try:
                        yield date(year, m, d)
                    except ValueError:
                        continue


def own_dates(paths: Iterable) -> str:
    """Dates in the repository's own words, as text: one of those on a page comes from no return."""
    found: set[date] = set()
    for path in paths:
        found |= set(dates(path.read_text(encoding="utf-8", errors="replace").replace("\\n", " ")))
    return " ; ".join(day.isoformat() for day in sorted(found))


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit (modulus 11, weights 10 to 2)."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


@dataclass
class Identifiers:
    """The values of every identifying field of a run's returns, ready to be looked for.

    values : [field, type, value] for each; `allowed` are words that stand in open tables and come from no return
    """

    values: Iterable = ()
    allowed: Iterable[str] = ()
    days: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    phrases: dict = field(default_factory=dict)
    joined: dict = field(default_factory=dict)

    def __post_init__(self):
        open_words = {fold(word) for word in self.allowed}
        for name, kind, value in self.values:
            text = str(value)
            folded = fold(text)
            if kind == "date":
                day = next(dates(text), None)
                if day and (day.month, day.day) not in EDGES:
                    self.days[day] = name
            elif kind == "text":
                self._words(name, text, open_words)
            elif folded not in open_words and len(folded) > 2 and not (folded.isdigit() and len(folded) < 5):
                self.tokens[folded] = name
                if len(plain := squash(text)) >= 6:
                    self.joined[plain] = name

    def _words(self, name: str, text: str, open_words: set[str]) -> None:
        """A free text: itself, where it is a name or longer than a word, and every run of capitalised words in it."""
        folded = fold(text)
        if len(folded) > 12 or (" " in folded and folded not in open_words):
            self.phrases[folded] = name
        words = re.findall(r"[\w'’\-]+|[.,;:!?()]", text)
        for first, second in zip(words, words[1:], strict=False):
            if NAME.fullmatch(first) and NAME.fullmatch(second) and fold(f"{first} {second}") not in open_words:
                self.phrases[fold(f"{first} {second}")] = name

    def found(self, text: str, own_words: str = "") -> Iterator[str]:
        """A reason for each identifier in the text, naming the field and never the value."""
        flat = "\n".join(map(fold, text.split("\n")))  # cells beside each other are not one number
        for part in NHS.finditer(flat):
            if nhs_number("".join(part.groups())):
                yield "an NHS number"
        if POSTCODE.search(flat):
            yield "a full postcode"
        if self.days:
            own = set(dates(own_words)) if own_words else set()
            for day in dates(text):
                if day in self.days and day not in own:
                    yield f"a date of {self.days[day]}"
        if self.tokens:
            for token in set(re.findall(r"\w[\w/\-]*\w", flat)):
                if token in self.tokens:
                    yield f"a value of {self.tokens[token]}"
                elif token.strip("/-") in self.tokens:
                    yield f"a value of {self.tokens[token.strip('/-')]}"
            lines = flat.split("\n")
            for name in {self.joined[w] for line in lines for w in self._windows(line) if w in self.joined}:
                yield f"a value of {name}"
        for phrase, name in self.phrases.items():
            if phrase in flat and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", flat):
                yield f"words of {name}"

    def _windows(self, flat: str) -> Iterator[str]:
        """Up to five neighbouring pieces put together: an identifier written with spaces or points in it."""
        if not hasattr(self, "_lengths"):
            self._lengths = {len(plain) for plain in self.joined}
        pieces = re.findall(r"[^\W_]+", flat)
        for at in range(len(pieces)):
            whole = ""
            for piece in pieces[at : at + 5]:
                whole += piece
                if len(whole) in self._lengths:
                    yield whole
