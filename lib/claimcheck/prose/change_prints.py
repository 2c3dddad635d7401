"""How the size of a change is printed: by 12%, a 12% rise, (-23), up 4 points."""

from __future__ import annotations

import re

from .mentions import Mention
from .proposal import Part, part
from .sentence import Sentence
from .wording import MOVE, NOUN_MOVE

MULTIPLE = r"(?:(?:more than |nearly |almost |just over |over |about )?(?:doubl(?:ed|ing|e)|halv(?:ed|ing)|trebl(?:ed|ing)|tripl(?:ed|ing)|quadrupl(?:ed|ing)|(?:one|two|three|four) and a half times(?: (?:more|higher|greater)|(?= (?:as|what|the)\b))|(?:two|three|four|five|six|seven|eight|nine|ten|twenty)-?fold))"
WORDS_BETWEEN = r"(?:(?:(?!\bfrom\b)[^<>;.()]){0,40})"


def token(name: str, letters: str = "nprm") -> str:
    return rf"<(?P<{name}>[{letters}]\d+)>"


PRINTED = [
    re.compile(p)
    for p in (
        rf"\bby (?:[^<>;.()]{{0,18}}){token('printed', 'pgx')}(?! of (?:the|those|these|all|our|them|young|children|families|pupils|parents|schools|staff)\b)",
        rf"{token('printed', 'pg')} (?:point )?(?P<word>{NOUN_MOVE})\b",
        rf"\b(?P<word>{NOUN_MOVE}) from <[nprm]\d+> to <[nprm]\d+> (?:is|was|represents|equates to|amounts to) (?:one of )?{token('printed', 'pg')}",
        rf"\b(?P<word>{NOUN_MOVE})(?: in [a-z' ]{{1,40}}?)? (?:of|by) (?:just |only |about |around |over |nearly |almost |approximately |some )?{token('printed', 'pg')}",
        rf"(?<!make )(?<!makes )(?<!making )(?<!made )\b(?P<word>up|down|rose|fell|grew|increased|decreased|risen|fallen|dropped|reduced|declined|increasing|decreasing|rising|falling|dropping) (?:just |about |around |over |nearly |almost |approximately )?{token('printed', 'pg')}",
        rf"\((?:an? )?(?P<word>{MOVE})?(?: (?:of|by))? ?{token('printed', 'pg')}(?: (?P<after>{MOVE}))?\)",
        rf"{token('printed', 'pg')} (?P<word>up|down)\b(?! (?:slightly |sharply )?from\b)",
        rf"{token('printed', 'pg')} (?P<word>more|fewer)\b(?! (?:likely|than|often|of)\b)",
        rf"\b(?P<word>{NOUN_MOVE}) (?:from <t\d+> to|since|on|in|over) <[td]\d+> (?:is|was|of) {token('printed', 'pg')}",
    )
]
AMOUNTS = [
    re.compile(p)
    for p in (
        rf"\bby (?:just |only )?{token('printed', 'nm')}",
        rf"\((?P<word>{MOVE} )?(?:by )?{token('printed', 'nm')}\)",
        rf"\b(?P<word>{NOUN_MOVE}) of (?:just |only |about |around |over |nearly |almost |some )?{token('printed', 'nm')}",
    )
]


def kind_of(mention: Mention) -> str:
    return {"points": "point_difference", "times": "multiple", "percent": "percent_change"}.get(
        mention.sort, "count_change"
    )


def kind_of_difference(shown: Part, unit: str = "") -> str:
    """Of a print beside another place's figure: a difference without a per cent sign is in the unit of its sides."""
    if shown.unit in ("%", "percentage points"):
        return "percent_difference"
    shown.unit = shown.unit or unit or "number"
    return "comparison"


def print_of(sentence: Sentence, mention: Mention, way: str) -> Part:
    """The printed change; a sign beside a word of the same direction is read once."""
    shown = part(sentence, "printed", mention, period="")
    sign = {"-": "fall", "+": "rise"}.get(mention.sign, "")
    if way or sign:
        shown.more["direction"] = way or sign
    return shown
