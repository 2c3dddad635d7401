"""Sentences of groups: percentages of one group, halves of a whole, parts and their total."""

from __future__ import annotations

import re

from .change_prints import token
from .mentions import Mention
from .proposal import Part, Proposal, part
from .sentence import Sentence
from .trend_sentences import SUPERLATIVE, TREND
from .wording import MOVE, of_one_kind

SEXES = (r"\bmales?\b|\bboys?\b|\bmen\b", r"\bfemales?\b|\bgirls?\b|\bwomen\b")
EXPECTED = (r"(?<!un)expected\b", r"\bunexpected\b")
IN_TIME = (r"\bwithin\b|in time|on time|in timescale", r"outside|late\b|out of time")
ONE_OR_OTHER = [  # two words of which nobody and nothing is both
    SEXES, EXPECTED, IN_TIME, (r"\bwhite british\b", r"\bnot white\b|other than white"),
    (r"\binside\b|\bin[- ](?:borough|county|area)\b", r"\boutside\b|\bout[- ]of[- ](?:borough|county|area)\b"),
]  # fmt: skip
HALVES = [  # two words of which one is the rest of the other
    *ONE_OR_OTHER, (r"\bhad\b|\bhas\b|\bhave\b|\bdid\b", r"\bnot\b|without|\bno\b"), (r"\bwith\b", r"\bwithout\b"),
    (r"\byes\b", r"\bno\b"),
]  # fmt: skip
LABELLED_PAIR = re.compile(r"^[^<>:;]{3,60}: <p\d+>[;,] [^<>:;]{3,60}: <p\d+>\.?$")
GROUP = re.compile(
    r"\b(?:largest|biggest|highest|smallest|lowest) (?=(?:[a-z]+ )?(?:group|proportion|categor(?:y|ies)|share|percentage)s?\b)"
)
PEOPLE = "boys|girls|men|women|males?|females?"
SEXES_AGAINST = re.compile(
    rf"\b(?:{PEOPLE}) than (?:{PEOPLE})\b[^<>;]{{0,20}}\(<p\d+> (?:vs?\.?|versus|and|to|/|against) <p\d+>\)"
)
SEXES_IN_TURN = re.compile(rf"\b(?:{PEOPLE}) \(<p\d+>\) than (?:{PEOPLE}) \(<p\d+>\)")  # or of each sex, so many
REST = re.compile(
    r"\b(?:leaving|the remaining|remaining|the other|the rest)\b[^<>]{0,25}<(?P<rest>p\d+)>|<(?P<rest2>p\d+)> (?:that |who |which )?(?:did|were|was|had|have|are|is) not\b"
)
RATES = re.compile(
    r"attend|complet|complian|timel|rate|within|in time|on time|respond|satisf|each quarter|respectively", re.IGNORECASE
)
BANDS = re.compile(
    r"\b(?:under|less than|up to|below|fewer than|within) (?:the )?(?:age of )?(?:\d+|an?|one|two|three|five|ten)\b|\bolder (?:children|ones|people)\b|\b\d{1,2}(?: months| years)?(?: (?:to|and) | ?[-\u2013] ?)\d{1,2}\b|\b(?:over|more than|above|beyond) (?:a|\d+|one|two|five|ten)\b|\b\d+(?: (?:years|months|days))?(?: and| or)? (?:over|more|older|above|plus|longer)\b|\d+\+"
)
FAR_OVER = 120  # percentages that add to more are of groups that overlap, whatever words stand beside them
STATUSES = r"\bcompleted?\b|in progress|overdue|not started|ongoing|\bclosed\b|\bopen\b|on track|(?:not|yet to) (?:begin|begun|start\w*)|behind|delayed|outstanding"
ONE_ANSWER = r"\b(?:choose|chose|pick|picked|give|gave|select|selected|allowed) (?:just |only )?(?:one|a single)\b|\bcounted (?:only )?once\b|\bone (?:answer |grade )?(?:per|for each) (?!cent)[a-z]+\b"


def groups(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Claims of a group in one sentence: halves that add to 100, three or more percentages, parts of a total."""
    return [*_halves(sentence, used), *_percentages(sentence, used), *more_than_all(sentence, used)]


def _halves(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Two percentages of which one is said to be the rest of the other."""
    shares = [i for i, m in enumerate(sentence.mentions) if m.sort == "percent" and f"p{i}" not in used]
    if len(shares) != 2:
        return []
    one, two = (sentence.mentions[i] for i in shares)
    text = sentence.text.lower()
    before, between, after = text[: one.span[0]], text[one.span[1] : two.span[0]], text[two.span[1] :]
    rest = REST.search(sentence.template)
    both = (one.value or 0) + (two.value or 0) == 100 and all(re.search(x, text) for x in SEXES)
    listed = LABELLED_PAIR.match(sentence.template)
    versus = SEXES_AGAINST.search(sentence.template)  # `more boys than girls (56% vs 44%)`
    versus = versus or (SEXES_IN_TURN.search(sentence.template) if both else None)
    pair = both or any(opposed(x, y, *(before, between) if listed else (between, after)) for x, y in HALVES[1:])
    pair = pair or (listed and opposed(*SEXES, before, between)) or _of_one_whole(sentence)
    if not versus and (
        re.search(r"compared|than|from|against|last year|previous|gap|difference", between + before[-30:])
        or not (rest or pair)
        or re.match(rf"\W*of (?:the |all |our )?(?:{PEOPLE})", between)
        or (not rest and not both and not listed and re.search(r"[.;:]", between))
    ):
        return []
    used |= {f"p{i}" for i in shares}
    parts = [part(sentence, "percentage", sentence.mentions[i]) for i in shares]
    added = (one.value or 0) + (two.value or 0)
    unstated = added < 99 and not rest and re.search(SEXES[0], text)  # of some the sex may not be recorded
    return [Proposal("complement", sentence, parts, not unstated, fields={"constraint": "exhaustive"})]


MAKE_UP = r"(?:ma[dk]e up|account(?:ed|ing)? for|compris(?:ed|e|ing)|form(?:ed|ing)?|represent(?:ed|ing)?|constitut(?:ed|ing)|were|are|being)"
OF_ONE = r"<p\d+>(?: of (?:[a-z'-]+ ?){1,5})?"
WERE = r"(?: (?:were|was|are|is|being|concerned|involved|related to))?"
BY_SEX = (  # the two parts of one whole, each before its percentage or after it; `boys scored 56% and girls 61%` are none
    re.compile(
        rf"(?:^|[,:;] |\b(?:where|that|with|and) )(?:the )?(?P<one>{PEOPLE}) {MAKE_UP} (?:[a-z]+ ){{0,2}}(?:<n\d+> \()?{OF_ONE}\)?(?:,? and|,? while|,? with|[,;]) (?:the )?"
        rf"(?P<two>{PEOPLE})(?: (?:{MAKE_UP}|for|the (?:other|remaining)))? ?(?:[a-z]+ )?(?:<n\d+> \()?<p\d+>\)?(?: of (?:the|our|all) [a-z]+)?(?=[.,;)]|$)"
    ),
    re.compile(
        rf"{OF_ONE}(?: \(<n\d+>\))?{WERE} (?P<one>{PEOPLE})(?:,? and|,? while|,? with|[,;]) (?:[a-z]+ )?<p\d+>(?: \(<n\d+>\))?{WERE} (?P<two>{PEOPLE})\b(?! (?:who|whose|that|aged|under|over|carers|staff|workers)\b)"
    ),
)


def _of_one_whole(sentence: Sentence) -> bool:
    """`males accounted for 56% of the cohort and females for 48%`, `56% were boys and 48% girls`: of one time and one whole."""
    if len({m.text for m in sentence.mentions if m.sort == "period"}) > 1:
        return False
    matches = (pattern.search(sentence.template) for pattern in BY_SEX)
    return any(opposed(*SEXES, match["one"], match["two"]) for match in matches if match)


def opposed(x: str, y: str, one: str, two: str) -> bool:
    """Whether one of two texts has the one word, and the other the other."""
    return bool((re.search(x, one) and re.search(y, two)) or (re.search(y, one) and re.search(x, two)))


OF_ALL = re.compile(  # `All 11 answered: 55% agreed, 30% disagreed and 15% were unsure`
    r"all (?:of (?:the|our) |the |our )?<(?P<all>n\d+)> [a-z]+(?: [a-z]+){0,3}: "
)
OF_OTHERS = re.compile(r"<p\d+> of (?!them\b|these\b|those\b)")
ONE_WHOLE = re.compile(  # parts of it are of one kind each
    rf"{ONE_ANSWER}|\b(?:most common|main|primary|largest|latest) (?:category|categories|reason)\b|\bcategor(?:y|ies) of (?:plan|abuse|need|harm)|\b(?:came|come|were|are) from\b|\b(?:source|destination|outcome|ethnicity|age|reason)s? of\b|\bother \d|^Ages?\b|^(?:Ethnicity|Gender|Sex)\b|\b(?:made|sent|gave) all (?:of )?the\b|\bage groups?\b|\bbreakdown\b|\bma(?:de|ke|kes) up\b|\b[Bb]y (?:agency|sector|age|gender|category|district|[a-z]+)\b(?=,)|\b[Bb]y (?:outcome|result|decision|grade|status|category)(?=:)"
)


TOGETHER = re.compile(r"\b(?:together|combined|between them|altogether|a total of|in all|sum(?:med)? to)\b")


def _together(sentence: Sentence, shares: list[Mention]) -> list[Proposal]:
    """`financial abuse (22%) and neglect (36%) together made up 58%`: the last is the sum of the others, and no further
    part; some may be in both where it is less."""
    *added, whole = [m.value or 0 for m in shares]
    between = sentence.text[shares[-2].span[1] : shares[-1].span[0]]
    if not TOGETHER.search(between) and sum(added) != whole:
        return []
    sides = [part(sentence, "part", m) for m in shares[:-1]]
    apart = {"constraint": "none"} if sum(added) > whole else {}
    return [Proposal("parts_total", sentence, [*sides, part(sentence, "total", shares[-1])], fields=apart)]


def _percentages(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """Three or more percentages in a row, not of several places or years: together no more than 100 where they are of one group."""
    free = [i for i, m in enumerate(sentence.mentions) if m.sort == "percent" and f"p{i}" not in used]
    text = GROUP.sub("", sentence.text.lower())
    if len(free) < 3 or TREND.search(text) or SUPERLATIVE.search(text):
        return []
    first, last = sentence.mentions[free[0]].span[0], sentence.mentions[free[-1]].span[1]
    inside = sentence.text[first:last].lower()
    times = sum(m.sort == "period" for m in sentence.mentions)
    if times > 1 or re.search(
        rf"\b(?:{MOVE}|gap|compared|in contrast|than|national(?:ly)?|england|average|region|neighbours?|target|respective(?:ly)?)\b",
        sentence.text.lower(),
    ):
        return []
    banded = len(BANDS.findall(sentence.text.lower())) > 2
    others = [m for m in sentence.mentions if m.sort != "period"]
    if (len(others) > len(free) + 1 and not banded) or not re.search(r",| and ", inside):
        return []
    used |= {f"p{i}" for i in free}
    shares = [sentence.mentions[i] for i in free]
    parts = [part(sentence, "percentage", m) for m in shares]
    if together := _together(sentence, shares):
        return together
    total = sum(m.value or 0 for m in shares)
    step = sum(10 ** -len(m.text.partition(".")[2]) for m in shares)
    full, over = abs(total - 100) <= step / 2, total > 100 + step / 2
    size = None if OF_OTHERS.search(sentence.template) else OF_ALL.match(sentence.template)
    one_each = over and of_one_kind(sentence.template, free)
    if size is None and over and RATES.search(sentence.text) and not one_each:
        return []
    constraint = "exhaustive" if full else "none"
    if size is not None:
        parts.append(part(sentence, "n", sentence.of(size["all"])))
    elif over:
        kinds = total <= FAR_OVER and (one_each or ONE_WHOLE.search(sentence.text))
        constraint = "exclusive" if kinds or banded else "none"
    elif not full:
        return [Proposal("percent_group", sentence, parts)]
    kind = "percent_group" if size else "parts_percent"
    return [Proposal(kind, sentence, parts, fields={"constraint": constraint})]


THIS_IS = re.compile(
    rf"^(?:(?:this|that|it|which) (?:is|was|equates to|represents|amounts to|gives)(?: a (?:\w+ )?rate of| just| about| around| only)*|at(?= <p\d+>, (?:this|that|it) (?:is|was|remains)\b)) {token('printed', 'p')}"
)


def this_is_share(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`640 survivors, 166 of them children. That is 26%`: the only two counts of the sentence before."""
    match = THIS_IS.match(sentence.template)
    pair = sorted((m for m in before.figures if m.sort == "count" and m.value), key=lambda m: m.value or 0)
    if match is None or match["printed"] in used or before.paragraph != sentence.paragraph:
        return []
    if (of := OF_TOTAL.match(sentence.template, match.end())) and len(pair) == 1:  # `That was 28% of the total of 325`
        used |= {match["printed"], of["all"]}
        sides = [part(before, "numerator", pair[0]), part(sentence, "denominator", sentence.of(of["all"]))]
        return [Proposal("share", sentence, [*sides, part(sentence, "printed", sentence.of(match["printed"]))])]
    if len(pair) != 2:
        return []
    if re.match(rf" (?:{MOVE}|point)\b", sentence.template[match.end() :]):
        return []
    used.add(match["printed"])
    roles = zip(("numerator", "denominator"), pair, strict=True)
    shown = part(sentence, "printed", sentence.of(match["printed"]))
    proposal = Proposal("share", sentence, [*(part(before, role, m, period="") for role, m in roles), shown])
    proposal.sure = proposal.exchanged
    return [proposal]


STEP = re.compile(r"\b(?:stage|level|tier|step|round|band|grade) (?P<which>one|two|three|four|five|\d)\b")
OF_TOTAL = re.compile(r" of (?:the |our |all )*(?:overall |grand )?(?:total (?:of )?)?<(?P<all>n\d+)>[^<>]*$")
PART_OF_THESE = re.compile(
    r"^of (?:these|those|them),? (?:just |only |some )?<(?P<part>n\d+)>[^<>;]*?, (?:or|which is|that is|which was|representing) <(?P<printed>p\d+)>(?! (?:of|more|fewer|less|higher|lower|up|down|above|below)\b)[^<>]*$"
)


def part_of_these(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`402 pupils. Of these 231 have a plan, which is 57%`: the whole is the only count of the sentence before."""
    match, there = PART_OF_THESE.match(sentence.template), [m for m in before.figures if m.sort == "count" and m.value]
    if match is None or len(there) != 1 or before.paragraph != sentence.paragraph:
        return []
    used |= {match["part"], match["printed"]}
    sides = [part(sentence, "numerator", sentence.of(match["part"])), part(before, "denominator", there[0])]
    return [Proposal("share", sentence, [*sides, part(sentence, "printed", sentence.of(match["printed"]))])]


ALIKE = re.compile(r" (?:(?:were|was|are|is|came|come|work|worked) )?(?P<of>from|in|for|at|on|with|by|to) ")


def parts_of_before(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`The pool has 64 trainers. Thirty-two are from the council, 18 from health, …`: counts told alike that add to it."""
    totals = [m for m in before.figures if m.sort == "count" and m.value]
    phrases = [ALIKE.match(sentence.template.partition(f"<{sentence.names[m.span]}>")[2]) for m in sentence.figures]
    alike = len(phrases) > 2 and all(phrases) and len({match["of"] for match in phrases if match}) == 1
    if not alike or len(totals) != 1 or before.paragraph != sentence.paragraph:
        return []
    if (
        any(m.sort != "count" for m in sentence.figures)
        or sum(m.value or 0 for m in sentence.figures) != totals[0].value
    ):
        return []
    used |= {sentence.names[m.span] for m in sentence.figures}
    sides = [
        *(part(sentence, "part", m, period="") for m in sentence.figures),
        part(before, "total", totals[0], period=""),
    ]
    return [Proposal("parts_total", sentence, sides, fields={"constraint": "exhaustive"})]


OF_FEWER = re.compile(r"<(?P<some>n\d+)> (?:out )?of (?:the |our |its |all |these |those )*<(?P<all>n\d+)> [a-z]")


def more_than_all(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`64 of the 58 sergeants were present`: a part that is more than its whole."""
    result = []
    for match in OF_FEWER.finditer(sentence.template):
        some, of = sentence.of(match["some"]), sentence.of(match["all"])
        if not used & {match["some"], match["all"]} and (some.value or 0) > (of.value or 0) > 0:
            used |= {match["some"], match["all"]}
            sides = [part(sentence, role, m, period="") for role, m in (("numerator", some), ("denominator", of))]
            result.append(Proposal("share", sentence, sides))
    return result


def of_these(before: Sentence, sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`nine referrals. Six of these …, one … and two others …`: parts in one sentence, their total in the one before."""
    # of the first count: `68 figures, 17 of them to protect others` speaks of the 68
    if not sentence.says("of th", "of which") or not re.match(
        r"[^<>]*(?:<[^n]\d+>[^<>]*)*<n\d+> of (?:these|those(?! (?:in|who|with|under|on|at|aged)\b)|them|which)\b|of (?:these|those|them|which|(?:this|that) total)[, ]+<n\d+>",
        sentence.template,
    ):
        return []
    names = [f"n{i}" for i, m in enumerate(sentence.mentions) if m.sort == "count" and f"n{i}" not in used]
    halves = any(re.search(x, sentence.template) and re.search(y, sentence.template) for x, y in (SEXES, EXPECTED))
    halves = halves or len(BANDS.findall(sentence.text.lower())) >= len(names) > 2
    added = sum(sentence.of(n).value or 0 for n in names)
    outside = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), before.text)
    totals = [m for m in before.mentions if m.sort == "count" and outside[m.span[0]].strip()]
    totals = [m for m in totals if len(names) > 2 and m.value == added] or totals
    exact = len(totals) == 1 and totals[0].value == added
    numbered = len(names) > 2 and len({*STEP.findall(sentence.text.lower())}) == len(names)  # `stage one … stage three`
    told = exact or halves or numbered or re.search(r"\b(?:others?|remaining|rest|remainder)\b", sentence.template)
    if len(names) < 2 or len(totals) != 1 or not told:
        return []
    used |= {n for n in names if not re.search(rf"<{n}>[^<>;()]*\(<p", sentence.template)}  # `184 had it (92%)`
    parts: list[Part] = [*(part(sentence, "part", sentence.of(n)) for n in names), part(before, "total", totals[0])]
    return [Proposal("parts_total", sentence, parts, elsewhere=False, fields={"constraint": "exhaustive"})]
