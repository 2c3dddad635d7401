"""Digits and number words that are no figures: law sections, ages, codes, times, telephone numbers, page numbers."""

from __future__ import annotations

import re

WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
N = r"\d+(?:\.\d+)*"
LABELS = (
    "section|sections|article|articles|chapter|regulations?|schedule|standards?|stages?|levels?|phases?|questions?|"
    "tiers?|tables?|figures?|fig|appendix|appendices|annex|steps?|priority|priorities|objectives?|recommendations?|"
    "workshops?|domains?|pages?|paragraphs?|paras?|footnotes?|notes?|key stage|ks|grade|band|category|categories|themes?|outcome|"
    "volume|version|no|ref|reference|module|goals?|principles?|strand|pillar|clause|slide|charts?|maps?|graphs?|scenario|"
    "zone|indicators?|kpi|wave|ofsted grade|sub-judgement|subjudgement|working together|act|keeping children safe in education|"
    "part|year group|item|agenda item|part-time|parttime|room|floor|suite|unit|op|strategic aim|aim|prevent|q"
)
CAPITALS = "Year|Years|Child|Case|Family|Group|Action|Option|Form|Point|Day|Week|Meeting|Session|Box|Line|Goal|Target|Measure|Type|Model"

MOVED = "up down rose risen grew grown increased fell fallen dropped declined decreased reduced increase rise fall drop reduction decrease"
NOT_MOVED = "".join(rf"(?<!\b{word} from )" for word in MOVED.split())  # `from 61 to 78 (28%)` is of no age


def _needed(words: str) -> frozenset[str]:
    """The words of a list; those of an alternation, singular and plural, as they stand before a digit (`section1`)."""
    if "|" not in words:
        return frozenset(words.split())
    return frozenset(f"{w}1" for word in re.findall(r"[a-z]+", words.lower()) for w in (word, word.rstrip("s")))


PATTERNS = [  # words or marks without which a pattern finds nothing (`1a`: a letter beside a digit), the pattern, and whether it reads capitals
    (_needed(words), re.compile(p), capitals)
    for words, p, capitals in (
        ("http https www @", r"https?://\S+|www\.\S+|\S+@\S+\.\S+", False),
        (LABELS, rf"(?<!\d )\b(?:{LABELS})\.?\s*#?\(?{N}[a-z]?\)?(?:\s*(?:,|and|&|to|-|\u2013|or)\s*{N}[a-z]?\b(?!\s*(?:%|per cent)| of\b))*(?![\d,]*\s*(?:%|per ?cent))", False),
        ("stage stages level levels tier tiers phase phases", rf"\b(?:stages?|levels?|tiers?|phases?) (?:{WORD})(?: (?:and|or|to) (?:{WORD})(?! [a-z]))?\b", False),
        (CAPITALS, rf"\b(?:{CAPITALS})\s+\d+[a-z]?\b(?!\s*(?:%|per ?cent)|,\d)", True),
        ("s ss", r"(?<!['\u2019])\b(?:[Ss]|ss)\.?\s?\d{1,3}s?\b(?!\s*%|,\d)", True),
        ("act regulations order bill code guidance framework together education census report review", r"\b(?:Act|Regulations|Order|Bill|Code|Guidance|Framework|Together|Education|Census|Report|Review)\s+\(?(?:19|20)\d\d\)?(?![/\u2013-]\d)", True),
        ("1a", r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,}\b", True),  # a hash
        ("1a", r"\b(?=\w*[a-z]\d)\w*\d[a-z]\w*\b", True),  # a code: letters and digits in turn
        ("1a", r"\b[A-Z]{1,5}[-/]?\d{1,8}[A-Za-z]{0,3}\b", True),
        ("1a", r"\b\d+[A-Z]{2,}\w*\b", True),
        ("covid brexit iso", r"\b(?:covid|brexit|iso)[- ]?\d+\b", False),
        ("age aged ages birthday turned turning", rf"\b(?:aged?|ages|age of|birthday|turned|turning)\s+(?:between |of |from |under |over |up to |at )?(?:\d+|{WORD})(?:\s*(?:-|\u2013|to|and|or|/)\s*\d+)?(?:\s*(?:years?|months?|weeks?|\+))?", False),
        ("old olds", rf"\b(?:\d{{1,2}}|{WORD})\s*(?:-|\u2013|to|and|or)?\s*(?:\d{{1,2}})?[- ]?(?:year|yr|month|week)s?[- ]olds?\b", False),
        ("years yrs", r"\(?\b\d{1,2}\s*[-\u2013]\s*\d{1,2}\s*(?:years|yrs)\b\)?", False),
        ("under underfives underones undereighteens", r"(?<!just )(?<!well )\bunder[- ]?(?:\d{1,2}|fives?|ones?|eighteens?)s?\b(?!\s*(?:%|per ?cent|,\d|\.\d| (?:a|per|each|cases|children|referrals|people|of)\b))", False),
        ("over", r"\bover[- ]?\d{1,2}s\b", False),
        ("those children infants pupils people", rf"\b(?:those|children|infants|pupils|people) of (?:\d{{1,2}}|{WORD}) (?:(?:to|or) (?:\d{{1,2}}|{WORD})|(?:and|or) (?:over|under|older|younger|above))\b", False),
        ("over under", r"\b(?:are|were|is|was|be|those|people) (?:aged )?(?:over|under) \d{1,2}(?=\s+and\b|[,.;]|$)", False),
        ("to plus over", rf"{NOT_MOVED}\b\d{{1,2}} (?:to \d{{1,2}}|plus|and over|or over)(?=,? \(?\d+(?:\.\d+)?%)", False),
        ("one", r"\b(?:children|infants?|babies|those|pupils) (?:aged )?(?:over|under) one\b(?! (?:hundred|thousand|million|in|of|third|quarter|half))", False),
        ("between under", rf"\bbetween (?:{WORD}) and (?:{WORD})\b(?! (?:hundred|thousand|million|per|times|years ago))|\bunder one(?=,| year|$)", False),
        ("+", r"\b\d{1,2}\+(?!\s*%)", True),
        ("birthday", r"\b\d{1,2}(?:th|st|nd|rd) birthday", False),
        ("quarters", r"\bfirst (?:two|three) quarters(?= of (?:the year|(?:19|20)\d\d))", False),  # a span: nothing is shared out over it
        ("- \u2013", r"(?<![\d.,/\u00a3-])\b\d{1,2}\s?[-\u2013]\s?\d{1,2}\b(?!\s*(?:%|per ?cent|,\d|\.\d|[-\u2013/]))", True),
        ("miles mile km kilometres metres", r"\b(?:more than|less than|over|under|within|up to|at least) \d+ (?:miles?|km|kilometres|metres)\b", False),
        ("am pm noon hours", r"\b\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm|noon)\b|\b24 hours a day\b", False),
        (": / -", r"\b\d{1,2}:\d{2}\b|\b24/7\b|\b1[:-]1\b", False),
        ("", r"[+0](?:(?<=\+)(?<!\d\+)44|(?<=0)(?<!\d0)\d{2,4})[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)", True),
        ("tel telephone phone call helpline fax mobile ring dial on", r"\b(?:tel|telephone|phone|call|helpline|fax|mobile|ring|dial|on)[:.]?\s*(?:0\d[\d ]{7,}|101|111|999|112)\b", False),
        ("[ \u00b9 \u00b2 \u00b3 \u2070 \u2074 \u2075 \u2076 \u2077 \u2078 \u2079", r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|\[\d{1,3}\]", True),
        ("1a", r"(?<=[a-z\u2019'\)\u201d])\d{1,3}(?=[\s.,;:)]|$)", True),
        ("", r"\.(?<=(?:19|20)\d\d\.)\d{1,3}\b(?!\d*\s*%)", True),
        ("1a", r"(?<=[a-z]\.)\d{1,3}(?=\s|$)", True),
        ("-", rf"\b(?:\d{{1,3}}|{WORD})-(?!(?:{WORD}|thirds?|quarters?|fifths?|tenths?|fold)\b)[a-z]+(?:-[a-z]+)*\b(?! points?)", False),
        ("january february march april may june july august september october november december", r"\b\d+(?:st|nd|rd|th)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", False),
        ("one two", r"\b(?:one[- ]off|one another|no one|one or two|two or three|one by one|one hand|one day|at one|one side|any one|one such|each one|every one|one to one|one-to-one|one stop|one place|one example|one area|one that|one way|the one|as one|this one|one-|one or more|one way or|one of the (?:most|main|key|few|first|largest|biggest|highest|lowest))\b", False),
        ("next another can", r"\bone (?:[a-z'\u2019]+ ){0,3}to (?:the next|another)\b|\bone [a-z]+ can\b", False),
        ("times occasions", rf"\b(?:\d{{1,2}}|{WORD}) (?:(?:times|occasions) (?:or|and) (?:more|over|fewer|less)|or (?:more|fewer) times)\b", False),
        ("version v", r"\b(?:version|v)\s?\d+(?:\.\d+)+\b", False),
        ("1a", r"(?<![\d.,\u00a3])\b\d{1,2}[a-jln-z]\b", True),
        ("per every", r"\b(?:per|every)\s+\d{1,3}(?:,\d{3})+\b", False),
        ("every", rf"(?<!out )\bof every (?:{WORD}|hundred|\d+)\b(?: [a-z]+, (?:{WORD}|\d+)\b)?", False),
        ("with where", r"\b(?:with|where) (?:1|one) (?:being|is) the\b", False),
        ("", r"^\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|^\d{1,3}(?:\.\d{1,2}){0,3} (?=(?:A|An|The|There|This|These|In|At|On|Of|As|For|From|During|Over|By|Our|We|It) [\w\u00a3])", True),  # the number of a paragraph: `3.`, `72.5 A total of`, `14 There were`
    )
]  # fmt: skip
WORDED = [(n, p, c) for n, p, c in PATTERNS if "one" in p.pattern or "www" in p.pattern]  # where a text has no digit
TOKENS = re.compile(r"[a-z]+|[-@+:/\u2013[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")  # and `1` for a digit
BEFORE_DIGIT = re.compile(r"(?<![a-z])([a-z]+)[\s.#(]*\d")
MIXED = re.compile(r"[A-Za-z\u2019')\u201d][-/.]?\d|\d[A-Za-z]")


def look_alikes(text: str, low: str, tokens: set[str]) -> list[tuple[int, int]]:
    """Spans of a text whose digits or number words stand for no figure. `tokens` : TOKENS of it in lower case."""
    patterns, words = WORDED, tokens
    if "1" in tokens:
        mixed = {"1a"} if MIXED.search(text) else set()
        patterns, words = PATTERNS, tokens.union(mixed, (f"{w}1" for w in BEFORE_DIGIT.findall(low)))
    tried = (
        (pattern, capitals) for needed, pattern, capitals in patterns if not needed or not needed.isdisjoint(words)
    )
    return [match.span() for pattern, capitals in tried for match in pattern.finditer(text if capitals else low)]
