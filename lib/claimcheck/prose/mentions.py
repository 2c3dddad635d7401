"""The figures and periods of a sentence, each with its span, its unit and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from ..printed_numbers import parse
from .look_alikes import TOKENS, WORD, look_alikes

MONTHS = "january february march april may june july august september october november december".split()
MONTHS += "jan feb mar apr jun jul aug sep sept oct nov dec".split()
MONTH = f"(?:{'|'.join(MONTHS)})"
YEARS = r"(?:(?:19|20)\d\d\s?[/\u2013-]\s?(?:(?:19|20)\d\d|\d\d)(?![\d%])|(?:19|20)\d\d/\d(?![\d/])|(?:19|20)\d\d(?!\d|,\d|%|\.\d\d|\s?(?:%|per ?cent)))"
SHORT = r"(?<![\d/.])(?:[0-3]\d\s?/\s?[0-3]\d)(?![\d/])"
QUARTER = r"(?:q[1-4]|quarter (?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|final|last) quarter)"
PERIODS = re.compile(
    rf"(?=[\dadefjlmnoqsty])(?:{QUARTER}(?:\s*(?:of|in|,)?\s*\(?\s*{YEARS}\)?)?|{YEARS}[ -]?{QUARTER}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?=\s+(?:19|20)\d\d))?(?:\s+(?:19|20)\d\d)?(?:\s*(?:to|until|-|\u2013)\s*(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\b(?:\s+(?:19|20)\d\d)?)?"
    rf"|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d\b|(?:mid-|end of |year to )?{YEARS}|{SHORT})"
)  # like FIGURE, WORDS and FRACTION, of a text in lower case
YEAR_ROW = re.compile(r"(?:19|20)(\d\d)\s[-\u2013]\s(\d\d)")
PER_WORDS = r"(?:per|for every|in every|out of every)\s+(?P<base{}>\d[\d,]*|head|child|(?:(?:a|one|ten|a hundred|one hundred) )?(?:hundred|thousand|million))\b"
PER = re.compile(
    rf"\s*\({PER_WORDS.format(1)}\)|(?:\s+(?:children|people|young people|pupils|births|live births|deaths|enquiries|referrals|(?!was|were|is|are|and|or|in|of|at)[a-z]+(?= per \d)))?\s*{PER_WORDS.format(2)}",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"(?P<sign>(?<![\w.,)\]/])[-+\u2212\u2013\u00b1](?=[\d.\u00a3]))?(?P<money>[\u00a3\u20ac$]\s?)?"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>\s?(?:million|billion|thousand|bn|m|k)\b)?"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SMALL = rf"(?:(?:{TENS})[ -](?:one|two|three|four|five|six|seven|eight|nine)|{WORD})"
BELOW = rf"(?:(?:(?:an?|{SMALL})[ -])?hundred(?: (?:and )?{SMALL})?|{SMALL})"  # a thousand
WORDS = re.compile(rf"\b(?:(?:{BELOW}|an?) (?:thousand|million)(?:,? (?:and )?{BELOW})?|{BELOW}|none|nil)\b")
NUMBER_WORDS = {*WORD.split("|"), "hundred", "thousand", "million", "none", "nil"}
HALVED = re.compile(r" and (?:a half|a quarter|three quarters)\b", re.IGNORECASE)
POINTS = re.compile(r"\s?-?(?:(?:%|per ?cent|percent|percentage)[ -]?points?|pps?\b|ppts?\b|points?\b)", re.IGNORECASE)
GAP_TO = re.compile(r"\bfrom \d+(?:\.\d+)?(?: percentage points)? to $")
PERCENT = re.compile(r"\s?(?:%|per ?cent\b|percent\b|pc\b)", re.IGNORECASE)
TIMES = re.compile(r"\s?(?:times\b|x\b|-?fold\b)", re.IGNORECASE)
DURATION = re.compile(
    r"[\s-]+(?:(?:working|calendar|school|consecutive|financial|full|further|full-time|previous|half)[\s-]+)*"
    r"(?:hour|day|week|month|year|minute|quarter|term)s?\b(?! \d{1,2}\b)", re.IGNORECASE
)  # fmt: skip
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
QUALIFIERS = (
    "just over|just under|slightly more than|slightly less than|well over|more than|less than|fewer than|no more than|"
    "no fewer than|at least|at most|(?<!add )(?<!adds )(?<!adding )up to|nearly|almost|approximately|approx\\.?|about|around|roughly|circa|c\\.|some|over|under|above|below|"
    "close to|in excess of|a minimum of|a maximum of|exceeding"
)
LAST_OF_QUALIFIERS = tuple({" a", " an", " the", *re.sub(r"\(.*?\)|[\\?]", "", QUALIFIERS).split("|"), "approx"})
BEFORE = re.compile(rf"\b({QUALIFIERS})\s+(?:a |an |the )?$", re.IGNORECASE)
DIGIT = re.compile(r"\d")
# words of which one stands in every period and in every fraction (`1`: a digit)
OF_PERIODS = {"1", "quarter", *MONTHS}
OF_FRACTIONS = set(
    "third thirds quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths half in out majority most".split()
)
FIRST_OF_MENTIONS = OF_PERIODS | set("half thirds third quarters fifth fifths majority most".split())
FRACTION = re.compile(
    r"(?<!-)\b(?:(?:a|one|two|three|four)[ -](?:third|quarter|fifth|sixth|eighth|tenth)s?|half|(?:one|two|three|four|five|six|seven|eight|nine|(?<![\d.,])1|(?<![\d.,])[2-9](?= (?:in|out of) (?:every )?(?:5|10)\b| in (?:every )?(?:3|4|6|8|20)\b))\s+"
    r"(?:in|out of)\s+(?:every\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|a hundred(?! and)|(?<!out of )\d+|(?:5|10|20|100)\b)|"
    r"one (?:[a-z]+ ){1,2}in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)(?= \(|,| (?:did|does|do|was|were|is|are|had|has|have|said|told|lives?)\b)|"
    r"(?:the|a) (?:vast |overwhelming |great |large |small )?majority|most)\b"
)  # fmt: skip
NOT_HALF = re.compile(
    r"(?:one )?third sector|third (?:year|quarter|month|week|time|term)\b|(?:a )?third (?:consecutive|successive|year|quarter|month|time)|half[ -](?:day|year|term|hour|hearted|way|sibling|brother|sister|time)|(?:first|second|other|latter|this|last) half|most (?:\w+ ){0,2}(?:deprived|recent\w*|common\w*|vulnerable|appropriate|likely|serious\w*|important\w*|effective\w*|often|significant\w*|prevalent|notabl[ey])|at most|half an? (?:percentage )?point|half as (?:many|much) again|half the (?:level|number|rate|figure|total|amount)\b|quarter (?:of|[1-4]|one|two|three|four)\s*(?:20|\(20)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A figure or a period of a sentence.

    sort : `percent`, `points`, `count`, `rate`, `money`, `times`, `ordinal`, `duration`, `fraction`, `period`
    text : the value as printed, without its unit
    span : of value and unit, in the sentence; per : the base of a rate
    """

    sort: str
    text: str
    span: tuple[int, int]
    value: Fraction | None = None
    sign: str = ""
    qualifier: str = ""
    per: str = ""

    @cached_property
    def size(self) -> float:
        """Its value roughly, where many are compared; 0 for none."""
        return float(self.value or 0)

    @property
    def unit(self) -> str:
        names = {"percent": "%", "points": "percentage points", "money": "\u00a3", "times": "times"}
        return f"per {self.per}" if self.per else names.get(self.sort, "")


def mentions(text: str) -> list[Mention]:
    """Every figure and period of a sentence, in its order; look-alikes are passed by."""
    low = text.replace("\u0130", "I").lower()  # as long as the text
    tokens = {*TOKENS.findall(low), "1" if DIGIT.search(text) else ""}
    spelt = not tokens.isdisjoint(NUMBER_WORDS)
    if not spelt and tokens.isdisjoint(FIRST_OF_MENTIONS):
        return []
    hidden = bytearray(len(text) + 1)
    result: list[Mention] = []

    def free(start: int, end: int) -> bool:
        return not any(hidden[start:end])

    def hide(start: int, end: int) -> None:
        hidden[start:end] = b"\1" * (end - start)

    for match in PERIODS.finditer(low) if not tokens.isdisjoint(OF_PERIODS) else ():
        start, end = match.span()
        if (row := YEAR_ROW.fullmatch(match[0])) and int(row[2]) > int(row[1]) + 10:
            end = start + 4  # `2019 \u2013 62; 2020 \u2013 48`: a year and its figure
        if _is_period(text[start:end], text, (start, end)) and free(start, end):
            hide(start, end)
            result.append(Mention("period", text[start:end], (start, end)))
    for span in look_alikes(text, low, tokens):
        if not any(m.span[0] < span[1] and span[0] < m.span[1] for m in result):
            hide(*span)
    for match in FRACTION.finditer(low) if not tokens.isdisjoint(OF_FRACTIONS) else ():
        if free(*match.span()) and not NOT_HALF.match(text, match.start()) and not _not_a_fraction(text, match):
            hide(*match.span())
            words, qualifier = text[slice(*match.span())], _qualifier(text, match.start())
            result.append(Mention("fraction", words, match.span(), None, "", qualifier))
    for match in [*(FIGURE.finditer(low) if "1" in tokens else ()), *(WORDS.finditer(low) if spelt else ())]:
        if (
            free(*match.span())
            and not HALVED.match(text, match.end())
            and (mention := _figure(text, match)) is not None
        ):
            hide(*mention.span)
            result.append(mention)
    return _with_units(text, sorted(result, key=lambda m: m.span))


def _with_units(text: str, figures: list[Mention]) -> list[Mention]:
    """`68, 17, 14 and 9 per cent`: of three or more in a row the last alone has the sign of all."""
    for last in (i for i, m in enumerate(figures) if m.sort in ("percent", "points")):
        first, joins = last, {" and ", ", and ", " & "}
        while (
            first
            and figures[first - 1].sort == "count"
            and text[figures[first - 1].span[1] : figures[first].span[0]] in joins
        ):
            first, joins = first - 1, {", "}
        row = figures[first:last]
        if len(row) > 1 and all(m.value is not None and m.value <= 100 and m.text[:1].isdigit() for m in row):
            figures[first:last] = [replace(m, sort=figures[last].sort) for m in row]
    return figures


def _is_period(label: str, text: str, span: tuple[int, int]) -> bool:
    """A label with a year, quarter or month; `may` and `march` as verbs are none, nor is 11/18 a year."""
    if re.fullmatch(r"(?i)may|march|sept?|dec|mar|jan|jun|jul|oct|nov|aug|apr|feb", label):
        before = text[max(0, span[0] - 12) : span[0]].lower()
        return label[0].isupper() and bool(
            re.search(r"\b(?:in|to|since|by|of|from|until|during|between|for|last|end of) $", before)
        )
    if re.fullmatch(r"(?i)[a-z]+", label):
        return label[0].isupper() and len(label) > 3
    if match := re.fullmatch(r"([0-3]\d)\s?/\s?([0-3]\d)", label):
        return int(match[2]) == int(match[1]) + 1
    of_two_years = re.search(r"\d{4}\s?[/\u2013-]", label)
    return bool(of_two_years) or not re.match(r"\s*(?:%|children|referrals|cases|people)", text[span[1] :])


def _not_a_fraction(text: str, match: re.Match) -> bool:
    """`a quarter` of the year, `most of` as an adverb before an adjective."""
    after = text[match.end() :].lower()
    if re.search(
        r"\b(?:by|(?:increase|rise|fall|drop|decrease|reduction) of) (?:just |nearly |about |over |almost )?$",
        text[: match.start()],
        re.IGNORECASE,
    ):
        return False
    if re.search(
        r"\b(?:previous|last|past|other|these|first|preceding|following|remaining|all|next) $",
        text[: match.start()],
        re.IGNORECASE,
    ):
        return True
    if "quarter" in match[0].lower():
        return (
            not re.match(
                r"s?\s+(?:of (?:the |all |these |those |our |its )?(?!year|20)|were|was|are|had|have|to|more|fewer|less|higher|lower|up|down)|\s*[(,]",
                after,
            )
            and not (after.startswith(")") and text[: match.start()].endswith("("))
            and not re.search(
                r"\b(?:or|than|over|under|almost|nearly|about|roughly)\s*$", text[: match.start()].lower()
            )
        )
    if match[0].lower() == "most":
        return not re.match(
            r"(?: \(\d[\d,]*\))? of (?:the |these |those |our )?\d|(?: of)? (?:of )?(?:the |these |those |our )?(?:children|referrals|cases|young|families|people|plans|deaths|pupils|cohort|contacts|parents|staff|victims|schools|respondents)",
            after,
        )
    return False


def _qualifier(text: str, at: int) -> str:
    """`nearly`, `more than` before a figure, as printed; blank for none."""
    words = text[max(0, at - 50) : at]
    word = BEFORE.search(words) if words.rstrip().lower().endswith(LAST_OF_QUALIFIERS) else None
    return word[1] if word else ""


def _figure(text: str, match: re.Match) -> Mention | None:
    """The figure of digits or words at a match, with its unit; None where it is too little of a figure."""
    start, end = match.span()
    groups = match.groupdict()
    digits = groups.get("digits")
    value = parse((groups.get("money") or "") + digits + (groups.get("scale") or "") if digits else match[0])
    if value is None:
        return None
    shown = text[start:end].lstrip("+-\u2212\u2013\u00b1").strip()
    sign = (groups.get("sign") or "").replace("\u2013", "-").replace("\u2212", "-")
    rest = text[end:]
    sort, per = "money" if groups.get("money") else "count", ""
    if tail := PER.match(rest):
        per = tail["base1"] or tail["base2"]
        people = parse(per.lower()) if " " in per else None
        sort, per, end = "rate", f"{int(people.value):,}" if people else per, end + tail.end()
    elif digits and (tail := ORDINAL.match(rest)):
        sort, end = "ordinal", end + tail.end()
    elif tail := POINTS.match(rest):
        if GAP_TO.search(text[:start].lower()):
            end += tail.end()  # `the gap has narrowed from 9 to 6 percentage points`: a level
        elif not tail[0].strip().lower().startswith("point") or re.search(
            r"per ?cent|%", text[max(0, start - 80) : start + 20]
        ):
            sort, end = "points", end + tail.end()
    elif tail := PERCENT.match(rest):
        sort, end = "percent", end + tail.end()
    elif (tail := TIMES.match(rest)) and (
        value.value < 10 or re.match(r"[\s-]*(?:more|as|higher|the|greater|less|likely)", rest[tail.end() :])
    ):
        sort, end = "times", end + tail.end()
    elif tail := DURATION.match(rest):
        sort, end = "duration", end + tail.end()
    if not digits and sort == "count" and not _counts(text, start, end):
        return None
    return Mention(sort, shown, (start, end), value.value, sign, _qualifier(text, match.start()), per)


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number word counts something here: `six of these`, `nine referrals`, `one was`; not `that one`."""
    before, after = text[:start].lower(), text[end:].lower()
    if re.search(rf"{TENS}|teen|hundred|thousand|million", text[start:end].lower()):
        return True
    if (
        re.search(r"\b(?:that|this|the|which|each|every|any|another|no|first|second|chapter|part|phase)\s+$", before)
        and text[start:end].lower() == "one"
    ):
        return False
    if text[start:end].lower() == "one" and re.search(
        r"\b(?:with|without|had|have|having|is|was|not|like|got|need\w*|national|regional|local|earlier) $", before
    ):
        return False
    if re.search(r"\d in $", before) and re.match(r"\s*(?:[,.;]|$)", after):
        return False  # `last year 200 came in six months, this year 160 in three`
    if text[start:end].lower() == "one" and re.search(r"\bmore than $", before) and re.match(r" [a-z]{3,}", after):
        return False  # `45% involved more than one child`
    if re.match(r"\s+(?:different |separate )?(?:rates?|ways?|kinds?|things|numbers?|figures|definitions)\b", after):
        return False
    if (
        text[start:end].lower() == "one"
        and re.match(r"\s*[,.;:)]", after)
        and not re.search(
            r"(?:\b(?:and|only|just|to|from|was|were|is|of|but|plus|had|than|or|by|as|at)|[(,:;]) *$", before
        )
    ):
        return False  # `a referral within a year of a previous one`
    if re.match(r"\s+in (?:all|total|(?:19|20)\d\d|q[1-4]|the (?:year|first|second|third|fourth|last))\b", after):
        return True
    if re.search(r"\bfrom $", before) and re.match(rf"\s+to (?:{WORD})\b", after):
        return True
    return bool(
        re.match(r"\s+(?:of\b|were\b|was\b|are\b|had\b|have\b|did\b|others?\b|on the\b|[a-z]{3,})|\s*[(),.;:]|$", after)
    )
