"""Why a figure is not there, or is not all there: each reason that anything goes by, once, with what is asked for it.

A table carries the sentence. Whoever goes by it asks here which reason it is, and reads no words of it elsewhere; told
by its sentence alone, a reason says no more in any file than its reader sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openstats.sources import GET_IT
from returncheck import dictionary

if TYPE_CHECKING:
    import pandas as pd

THE_RETURN, WHAT_IT_LACKS, THE_FILE = "the return", "what it lacks", "the official file"  # what a page asks for
CAME_NOT, ROWS = (
    "the returns that did not come",
    "the rows that their returns lack",
)  # what a pack asks its partners for


class Reason:
    """One reason: its sentence, with {names} for what it names, and what is asked for it, if anything is.

    asks : what a page asks for; lacking : what a pack asks for
    """

    def __init__(self, says: str, asks: str = "", lacking: str = ""):
        self.says, self.asks, self.lacking = says, asks, lacking
        words = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^;]+?)", re.escape(says.rstrip(".")))
        self.pattern = re.compile(words, re.IGNORECASE)  # a reason may begin a sentence, and lose its full stop

    def __call__(self, **named: object) -> str:
        return self.says.format(**named)

    def within(self, text: str) -> bool:
        """Whether a text gives this reason, alone or among others."""
        return self.pattern.search(text) is not None


# Of a whole return. How many rows it lacks is a cell of page 99, protected like any other, and stands in no reason.
NOT_RECEIVED = Reason("The {title} return was not received for this quarter.", THE_RETURN, CAME_NOT)
NO_ROW = Reason(  # refused, later or none: which, and so that there was one to refuse, no word says
    "The {title} return came without a usable row of the period or before, and is no nil return.", THE_RETURN, ROWS
)
NO_USABLE_ROW = Reason("The {title} return holds no usable row of {what}: {why}.", THE_RETURN, ROWS)
NO_ROW_OF = Reason(
    "The {title} return holds no row of {what}, where many were to be expected: a file may be left out.",
    WHAT_IT_LACKS,
    ROWS,
)
NOTHING_OF_PERIOD = Reason("The {title} return holds nothing of this period.", THE_RETURN)
NIL = Reason("The {title} return holds no row: its sender had nothing to report.")
COVERS_FROM = Reason("The {title} return covers from {day} only.", WHAT_IT_LACKS)
NOT_OVER_ALL = Reason("The {title} return does not cover all the time that this is counted over.", WHAT_IT_LACKS)
# Of one figure of a return.
NOT_GIVEN = Reason("the return does not give it", WHAT_IT_LACKS)
COUNT_NOT_GIVEN = Reason("a count was not given", WHAT_IT_LACKS)
LEFT_BLANK = Reason("left blank", WHAT_IT_LACKS)
NOT_BACK = Reason("the {title} return does not reach back {where}", WHAT_IT_LACKS)
NO_YEAR = Reason("the return covers no whole year, and of quarters this is not counted", WHAT_IT_LACKS)
NO_PERIOD = Reason(
    "The return does not cover any period whole, so there is no change on the year before.", WHAT_IT_LACKS
)
# Of a figure that is shown.
INCOMPLETE = Reason("incomplete: repeats of earlier referrals cannot all be seen")
CHANGED = Reason("the definition of a repeat changed within this period")
PARTIAL = Reason("partial: {rows} of {title} refused and missing")
PARTIAL_WITHHELD = Reason("partial: rows of {title} may be missing, how many is withheld")
UNUSABLE = Reason("not all known: the {what} of some {title} cannot be used")
UNUSABLE_WITHHELD = Reason("not all known: how often the {what} of {title} cannot be used is withheld")
BEGINS_LATE = Reason("not all known: {title} of before {day} are not in the return")
NIL_RETURN = Reason("nil return: {title} came without a row")
# Of official figures that are not held.
ALL_OR_NONE = Reason("the official figure is all or none of a number that is not published, which may be one")
TO_FETCH = Reason("{what}: lscb fetch", THE_FILE)
IN_PRINT = Reason(
    "the figure of {what} was in print on {day} and is not held: lscb fetch brings what is in print", THE_FILE
)
NO_FILE = Reason("{what} " + GET_IT, THE_FILE)

EVERY = {name.lower(): each for name, each in globals().items() if isinstance(each, Reason)}
MARKS = (PARTIAL, PARTIAL_WITHHELD, NIL_RETURN, UNUSABLE, UNUSABLE_WITHHELD)  # told by protected cells
UNHELD = (TO_FETCH, IN_PRINT, NO_FILE)


def because(name: str, reason: Reason, **named: object) -> str:
    """Why a return makes no figure, as a sentence: `The child deaths return was not received for this quarter.`"""
    return reason(title=dictionary.load()[name].title, **named)


def gives(texts: pd.Series, *names: str) -> pd.Series:
    """Whether each of some reasons is, or holds, one of those by name, such as `incomplete`."""
    some = [EVERY[name] for name in names]
    return texts.map({text: any(each.within(text) for each in some) for text in texts.unique()}).astype(bool)


def marks(text: str) -> list[re.Match]:
    """The notes of a shown figure that say what its return lacks."""
    return [found for each in (*MARKS, BEGINS_LATE) if (found := each.pattern.search(text))]


def asked_for(texts: list[str], what: str = "asks") -> str:
    """What is asked for some reasons, by the first of EVERY that one of them is; empty where nothing is."""
    return next(
        (asked for each in EVERY.values() if (asked := getattr(each, what)) and any(map(each.within, texts))), ""
    )
