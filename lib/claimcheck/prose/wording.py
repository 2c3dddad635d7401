"""Words of change, place, time and measure that the patterns of sentences share."""

from __future__ import annotations

import re

T = r"<t\d+>"
GAP = r"(?:[^<>;]|<t\d+>|<d\d+>)"
RISE = r"(?:hikes?|spikes?|leaps?|leapt|increas\w*|ris(?:e|es|en|ing)|rose|grew|grow\w*|growth|climb\w*|jump\w*|(?<!take )(?<!take-)(?<!follow )(?<!follow-)(?<!set )(?<!signed )(?<!made )up(?! to date|-to-date)|upwards?|upturn|uplift\w*|upswing|surge\w*|soar\w*|extend\w*|shot up|swell\w*|swollen|escalat\w*|rebound\w*|lengthen\w*|widen\w*|expand\w*|strengthen\w*|higher|more|greater|above)"
FALL = r"(?:decreas\w*|fall(?:s|en|ing)?|fell|drop\w*|declin\w*|reduc\w*|down|downwards?|downturn|lower|fewer|less|below|cut|dip|slump|shrank|shr[iu]nk\w*|shorten\w*|narrow(?:ed|ing|s)|dipp\w*|plummet\w*|slump\w*|slipp\w*|tumbl\w*|eas(?:ed|ing)|contracted|diminish\w*|weaken\w*|beneath)"
MOVE = rf"(?:{RISE}|{FALL}|chang\w*|improv\w*|worsen\w*|deteriorat\w*|went|mov(?:ed|ing)|go(?:es|ne)|differ\w*|swing)"
NOUN_MOVE = r"(?:hike|spike|leap|increase|decrease|rise|fall|drop|reduction|decline|growth|change|improvement|upturn|downturn|jump|surge|uplift|upswing|dip|slump|cut)s?"
AGO = r"(?:ago|earlier|before|previously|beforehand|prior)"
BEFORE_TIME = (
    r"(?:last (?:year|quarter|month|time)|(?:the )?(?:previous|preceding|prior|year before|(?<!in the )(?<!over the )(?<!during the )same (?:period|quarter|point|time)|same (?:period|quarter|point|time)(?= (?:of |in )?(?:the )?(?:last|previous) year))"
    r"(?: (?:year|quarter|month|period|financial year))?(?: last year)?|the year before|year[- ]on[- ]year"
    rf"|(?:(?:a|one|two|three|four|five|six|ten|twelve|\d+) )?(?:year|quarter|month|week)s? {AGO}|the (?:year|quarter|month) prior"
    r"|(?:before|prior to) (?:the )?(?:pandemic|covid|lockdown|project|programme|pilot|change)|pre-(?:pandemic|covid)|at the start of the (?:year|period|programme|pilot|project)|beforehand)"
)
PLACES = (
    r"(?:(?:the )?(?:england|english(?= (?:average|mean|rate|figure|level|authorities|local|councils|total))|national|nationally|all[- ]england|south east|south west|north east|north west|"
    r"east midlands|west midlands|east of england|yorkshire(?: and the humber)?|(?:inner |outer )?london|(?:inner |outer |other )?boroughs in london|region(?:al)?|"
    r"regionally|(?:our |its )?(?:stat(?:istical)?\.?|nearest) neighbou?rs?'?|sns?\b|most similar (?:forces?|group|areas?)|other (?:divisions?|forces?|districts?)|neighbou?r(?:s|ing)?|comparator|peer|"
    r"(?:similar|comparable|other)(?: local)? (?:authorities|areas|councils|boroughs)|hampshire|core cit(?:y|ies)|metropolitan|unitary|(?:(?:yjs|yot) family|(?:our|its) (?:statistical )?family(?= (?:average|group|mean|of (?:authorities|councils))))|uk|wales)"
    r"(?:[ -](?:average|averages|mean|rate|rates|figure|figures|authorities|region|level|levels|group|comparators?|areas?|area|local authorities|performance|england|neighbou?rs?'?))*(?:'s)?)"
)
PLACE = re.compile(PLACES)
UP, DOWN = re.compile(rf"\b{RISE}\b"), re.compile(rf"\b{FALL}\b")
TOPICS = {  # measure: words of its name; the first that is found names the topic of a sentence
    "looked after": r"looked[- ]after|children in care|\blac\b|\bcla\b|care leavers?",
    "child protection plan": r"child protection plan|\bcpps?\b|protection plan|\bcp plan",
    "section 47": r"section 47|\bs\.?47",
    "conference": r"\bicpcs?\b|conferences?\b",
    "referrals to social care": r"child(?:ren)? in need|\bcin\b",
    "domestic abuse": r"\bhrda\b|\bmarac\b|domestic (?:abuse|violence)",
    "exploitation": r"\bcse\b|exploit",
    "missing": r"\bmissing\b",
    "child deaths": r"\bdeaths?\b|\bcdop\b|\bdied\b",
    "infant deaths": r"\binfant",
    "neet": r"\bneet\b|employment or training",
    "absence": r"\babsen",
    "first time entrants": r"first time entrants|youth justice",
    "poverty": r"\bpoverty\b|low[- ]income",
    "deprivation": r"\bdeprived\b|deprivation|\bimd\b",
    "population": r"\bpopulation\b|\bresidents?\b|\binhabitants\b|people live",
    "assessments": r"\bassessments?\b",
    "referrals": r"\breferrals?\b",
    "contacts": r"\bcontacts?\b",
    "training": r"\btraining\b|\bcourses\b|\bdelegates\b|\battendees\b",
    "pupils": r"\bpupils?\b|\bschools?\b",
    "adoption": r"\badopt",
    "strategy": r"strategy (?:meeting|discussion)",
}
TOPIC = {name: re.compile(words, re.IGNORECASE) for name, words in TOPICS.items()}


def topics(text: str) -> set[str]:
    """The measures that a text speaks of."""
    return {name for name, words in TOPIC.items() if words.search(text)}


def direction_of(words: str) -> str:
    """`rise`, `fall`, or blank where the words say neither or both."""
    up, down = bool(UP.search(words)), bool(DOWN.search(words))
    return "" if up == down else "rise" if up else "fall"


LOWER_IS_BETTER = re.compile(
    r"\bre-?referral|\brepeat (?:referral|plan|conference)|\babsen(?:ce|t)|\bexclusions?\b|second or subsequent|\bneet\b|\bnot in (?:education|employment)"
    r"|\bwaiting\b|\blate\b|\bmiss(?:ed|ing)\b|\bwithout\b|\bnot\b|\bnever\b|\bdelay|\bsickness\b|\boverdue\b|outside (?:of )?timescale|\bvacanc|\bturnover|\bmortality|re-?offending|\bplacement (?:moves|breakdown)|\bor more (?:placements|moves)"
)
HIGHER_IS_BETTER = re.compile(
    r"\bin time(?:scale)?\b|\bon time\b|\bwithin (?:the )?(?!previous|last|past)(?:\w+ )?(?:timescale|<d)|(?<!a&e )\battendance\b|\bsatisf|\bconfiden(?:ce|t)|\bup[- ]to[- ]date|\bconsent\b|\bcomplian(?:ce|t)\b|\bseen alone\b|\bhealth (?:checks?|assessments?)\b|\bdental\b|\bimmunis|\bvaccinat|\bresponse rate|\buptake|\btake[- ]up|\bcoverage|\btimeliness"
)


def better_way(words: str, text: str) -> str:
    """The direction of `improved` or `worsened` where the sentence names one measure of which it is known what is better."""
    low, high = bool(LOWER_IS_BETTER.search(text)), bool(HIGHER_IS_BETTER.search(text))
    turn = re.search(r"\b(?P<good>improv\w*|better)|(?P<bad>worse\w*|deteriorat\w*)\b", words)
    if turn is None or low == high:
        return ""
    return "rise" if high == bool(turn["good"]) else "fall"


OF_A_FIGURE = (
    "(?:the|our|its|a|an|just|only|about|around|nearly|almost|over|under|some|figures?|rates?|totals?|averages?|mean|of|at|"
    "previous|last|year's|peak|high|low|reported|recorded|revised|baseline|levels?|number|those|that|what|were|was|it|there|we|had)"
)
PAST_BEFORE = re.compile(
    rf"\b(?:earlier|before|ago) (?:it|the figure|this|that|there) (?:was|were|had been) $|\bwhen (?:there (?:were|was) |it was |the (?:figure|total|rate) was )?$"
    rf"|\b(?:having (?:been|stood)|had (?:been|stood)|used to be|was previously|were previously|originally|initially|formerly)\b[^<>;()]{{0,30}}$"
    rf"|\b(?:start(?:ed|ing)(?: off| out)?|opened) (?:the (?:year|period) )?(?:at|from|with|point of)\s*$|\b(?:low|high) (?:point )?of\s*$"
    r"|<t\d+>,? (?:it|they|this|that|there|the (?:figure|rate|number|total|proportion)) (?:was|were|stood at|had been) $"
    r"|\bbefore (?:the |this |our )?(?:[a-z]+ ){1,2}$"
    r"|(?:\b(?:double|twice|treble|triple|half)|<x\d+>) (?:the|its|our|last year's|that of|as many as|as high as)(?: [a-z]+){0,3}\s*\(?$"
    rf"|\b(?:equivalent|corresponding|comparable|same|previous|earlier|last year's|prior) (?:figures?|number|total|result|rate)\b[^<>;()]{{0,40}}\b(?:was|were|being|of|stood at)\s*$"
    rf"|\b(?:from|than|(?<=up )on|(?<=down )on|<[npgmr]\d+> on(?! average)|(?:{NOUN_MOVE}|gain|saving)[^<>;.()]{{0,25}}? on|over|against|as opposed to|as against|rather than|versus|vs?\.?|compare[ds] (?:to|with)(?: the)?|previously|{BEFORE_TIME}(?<!year on year)(?<!year-on-year)(?:(?!\band\b|\bto $)[^<>;.()\u2013]){{0,30}})(?!\w)\s*(?:(?:the )?<t\d+>(?:'s)? )?(?:{OF_A_FIGURE} ){{0,4}}$"
    r"|\b(?:what|than|as) (?:it|they|this|that|there) (?:was|were|had been)\b[^<>;]{0,40}\($|\b(?:before|pre-)[^<>;()]{3,25}\($"
)
PAST_AFTER = re.compile(
    rf"^ (?:[a-z]+ )?had (?:been|come|gone|[a-z]+ed)\b|^[^<>;.,]{{0,30}}?(?:\b(?!year[- ]on[- ]year){BEFORE_TIME}|<d\d+> {AGO}\b|\b(?:then|previously)(?=[,.;)]|$))"
)
NOW = r"\b(?:this (?:year|quarter|time|period)|now|currently|today|at present)\b"
NOW_AFTER = re.compile(rf"^ this(?=[).,;]|$)|^(?![^<>;.,]*\b{BEFORE_TIME})[^<>;.,]{{0,25}}?{NOW}")
NOW_BEFORE = re.compile(r"\b(?:now|currently|today)(?! compared| against| than| after| from)[^<>;.,()]{0,20}$")


def present(before: str, after: str) -> bool:
    """Whether the words beside a figure say that it is the present one: `now`, `this year`."""
    return bool(NOW_AFTER.match(after) or NOW_BEFORE.search(before))


def past(before: str, after: str) -> bool:
    """Whether the words beside a figure say that it is the earlier one: `from`, `having stood at`, `a year ago`."""
    if present(before, after):
        return False
    if re.search(rf"(?:{BEFORE_TIME}|<d\d+> {AGO}) \($", before) and re.match(r"[^<>()]*\)", after):
        return True
    return bool(PAST_BEFORE.search(before) or PAST_AFTER.match(after))


SORTS = (  # of which a person is one
    "white|asian|black|mixed|dual|chinese|arab|gypsy", "females?|males?|girls|boys|women|men|non-binary",
    "employed|unemployed|self-employed|retired",
)  # fmt: skip
KINDS = [re.compile(rf"\b(?:{s}|others?|unknown|elsewhere|not (?:known|stated|recorded)|prefer)\b") for s in SORTS]
SEVERAL = re.compile(
    r"\b(?:more than one|one or more|all that appl|multiple|several|tick|choose|chose|proportions?|percentages?|shares?|likely|agree\w*|satisf\w+|uptake|among|for)\b"
)


def of_one_kind(template: str, shares: list[int]) -> bool:
    """`respondents were White (71%), Asian (16%), … and Other (3%)`, `71% were White, … and 9% of others`: each percentage has another label of one kind."""
    first, *rest = re.split("|".join(f"<p{i}>" for i in shares), template)
    before = re.search(r"(?:\b(?:were|are|was|is|as)|:) (?P<label>[a-z]+(?: [a-z]+)?) \($", first)
    after = re.match(r" (?:were|are|was) ", rest[0]) and "other" in rest[-1]
    labels = [before["label"], *rest[:-1]] if before else rest if after else [""]
    found = [[match[0] for label in labels if (match := kind.search(label))] for kind in KINDS]
    return any(len({*words}) == len(labels) for words in found) and not SEVERAL.search(template)
