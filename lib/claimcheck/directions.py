"""Which way a sentence says that a figure went, and whether it speaks of points or of growth."""

from __future__ import annotations

import re

from .printed_numbers import Figure, place_in

SAME = re.compile(
    r"no (appreciable |significant |real |material |discernible |overall |substantial )?(change|trend|difference)"
    r"|stabl|stabil|steady(?! (rise|increase|decline|fall|decrease|improve))|similar|the same|comparable|in line"
    r"|unchang|consistent with|level with|static|flat|constant|plateau|not change|maintain"
    r"|remain(ed|s)? (broadly|at|around|largely)"
    r"|on a par|equal to|close to"
)
UP = re.compile(
    r"increas|\bris(e|es|en|ing)\b|\brose\b|\bup\b|upward|higher|\bmore\b|\bgr(ew|ow)|growth|above|greater|\bgain|climb"
    r"|exceed|surge|escalat|jump|doubl|tripl|trebl|quadrupl|-?fold\b|\bover\b|larger|peak"
)
DOWN = re.compile(
    r"decreas|\bfall|\bfell\b|\bdrop|\bdown|lower|\bfewer\b|\bless\b|reduc|declin|below|\bcut\b|shr(a|u)nk|halv"
    r"|diminish"
    r"|\bunder\b|smaller|slump|dip"
)


def direction(*texts) -> int | None:
    """+1 for a rise, -1 for a fall, 0 for no change, of the first text that says one alone; None where none does."""
    for text in texts:
        plain_text = str(text or "").strip().lower()
        if plain_text in ("+", "plus"):
            return 1
        if plain_text in ("-", "\u2212", "minus"):
            return -1
        if SAME.search(plain_text):
            return 0
        up, down = bool(UP.search(plain_text)), bool(DOWN.search(plain_text))
        if up != down:
            return 1 if up else -1
    return None


def printed_direction(number: Figure, text: str = "") -> int | None:
    """Where the print says the figure went: by its field, its sign, its word, its unit, and last by the sentence."""
    named = direction(number["direction"])
    if named is None and number.value is not None and number.value < 0:
        return -1
    if named is None:
        named = direction(number["word"], number["sign"] if number["sign"] not in (1, -1) else None, number["unit"])
    if named is None and isinstance(number["value"], str) and re.match(r"\s*\+", number["value"]):
        return 1
    return _direction_beside(number, text) if named is None else named


ROSE = re.compile(
    r"\bincreas|\bris(e|es|en|ing)\b|\brose\b|\bgr(ew|own|owth)\b|\bup (by|from|\d)|\bclimb|\bhigher\b|\babove\b"
)
SANK = re.compile(
    r"\bdecreas|\bfall(s|en|ing)?\b|\bfell\b|\bdrop|\bdeclin|\breduc|\bdown (by|from|\d)|\blower\b|\bbelow\b"
)


def _direction_beside(number: Figure, text: str) -> int | None:
    """The direction that the words around the printed figure say, where they say one alone."""
    place = place_in(number, text)
    if place is None:
        return None
    around_it = " ".join(text[: place[0]].lower().split()[-6:] + ["%"] + text[place[1] :].lower().split()[:5])
    up, down = bool(ROSE.search(around_it)), bool(SANK.search(around_it))
    return None if up == down else (1 if up else -1)


def said_in_points(number: Figure, text: str) -> bool:
    """Whether the sentence calls the printed figure percentage points."""
    place = place_in(number, text)
    after = text[place[1] :].lower() if place else ""
    return bool(re.match(r"\s*(%|per ?cent)?[\s-]*((percentage|percent|%)[\s-]*points?|pps?)\b", after))


GROWTH = r"(increase|rise|growth|more|higher|greater|larger|up)"


def said_as_growth(number: Figure, text: str) -> bool | None:
    """Whether the words next to a printed percentage make it an increase (`a 100% rise`, `up by 100%`).

    None where `100% of` or `to 100%` makes it a multiple; False where neither is said.
    """
    place = place_in(number, text)
    after = text[place[1] :].lower() if place else ""
    before = text[: place[0]].lower() if place else ""
    if re.match(r"\s*(%|per ?cent)?\s+of\b", after) or re.search(r"\bto\s*$", before):
        return None
    if re.match(rf"\s*(%|per ?cent)?\s*{GROWTH}", after) or re.search(rf"{GROWTH}\w*\s+(of|by)\s*$", before):
        return True
    return False
