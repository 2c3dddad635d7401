"""England's authorities through time: the one door to their codes, names, DfE numbers, tiers and reorganisations."""

import re
from datetime import date
from difflib import get_close_matches

from lscb.errors import UserError

from .authority_changes import cover, lower_tier_then, made_of, pieces, recoded, same_place, upper_tier_then
from .authority_codes import (
    ENGLAND,
    LOWER_TIER,
    NOW,
    UPPER_TIER,
    Area,
    districts,
    every,
    lower_tier,
    upper_tier,
    with_number,
)

__all__ = [
    "ENGLAND", "LOWER_TIER", "NOW", "UPPER_TIER", "Area", "cover", "districts", "every", "find", "find_all", "known",
    "lower_tier", "lower_tier_then", "made_of", "name", "pieces", "recoded", "same_place", "upper_of", "upper_tier",
    "upper_tier_then", "with_number",
]  # fmt: skip

# What people call an authority whose official name is another.
ALSO_CALLED = {
    "bcp": "E06000058",
    "durham": "E06000047",
    "hull": "E06000010",
    "isles of scilly": "E06000053",
    "kingston": "E09000021",
    "medway towns": "E06000035",
    "richmond": "E09000027",
    "scilly": "E06000053",
    "telford": "E06000020",
    "windsor": "E06000040",
}
BETWEEN = re.compile(r"[,;\n]|(?<=\d)\s+(?=[A-Za-z]?\d)")  # what stands between the authorities of a list
# Words that are left out when names are compared.
TITLES = re.compile(
    r"\b(city|county|royal|london|metropolitan|borough|district|council|unitary|authority|ua|of|the|and)\b"
)


def known(code: str) -> Area:
    """One area by its very code. Raises UserError, naming the nearest, for what is no English code."""
    code = str(code).strip().upper()
    if code in every():
        return every()[code]
    raise UserError(_unknown(code))


def name(code: str) -> str:
    """The name of an area by its code."""
    return known(code).name


def upper_of(code: str) -> str:
    """The upper-tier authority of a lower-tier one: the county of a district, any other authority itself."""
    return known(code).county if known(code).type == "district" else known(code).code


def find(text: str, on: date | None = None) -> Area:
    """The authority that ran children's services on a day, or runs them now, by whatever a person calls it.

    text : a code in any case (`E06000045`, `e06000045`), a DfE number (`852`) or a name (`Southampton`, `hull`); a
        district is answered with its upper tier, and a place that only changed its code or its kind of authority
        (Buckinghamshire in 2020) with the one in force. A code of a recoded authority is itself the answer.
    on : a day, such as a period's last; None for today's authorities

    Raises UserError, in one line, for anything else: what is no English authority, with the nearest name; and what
    did not exist on the day, with which authorities ran children's services there then.
    """
    text = str(text).strip()
    matches = _matches(text, on)
    if not matches:
        raise UserError(_unknown(text))
    there = [area for area in matches if _in_force(area, on)] or matches
    if len({pieces(area.code) for area in there}) > 1:
        several = "; ".join(f"{area.name} {area.code}" for area in there)
        raise UserError(f"{text!r} is the name of more than one authority: give the code ({several}).")
    return _then(there[0], on)


def find_all(text: str, on: date | None = None) -> list[Area]:
    """The authorities that a list means: one, several with commas or semicolons between them (codes and numbers may do
    with spaces), or `all` of a day; each once.

    A name may have a comma of its own (`Bristol, City of`). Raises UserError as `find` does.
    """
    if text.strip().casefold() == "all":
        return [every()[code] for code in upper_tier(on)]
    parts = [text] if _matches(text.strip(), on) else [part for part in BETWEEN.split(text) if part.strip()] or [text]
    return list(dict.fromkeys(find(part, on) for part in parts))


def _then(area: Area, on: date | None) -> Area:
    """The upper-tier authority of a place on a day. Raises UserError where there was none of its own."""
    if area.type not in {*LOWER_TIER, *UPPER_TIER}:
        raise UserError(
            f"{area.code} ({area.name}) is a {area.type}, not an authority that runs children's services: "
            "use the code of a unitary authority, metropolitan district, London borough or county."
        )
    if area.type in UPPER_TIER and (_in_force(area, on) or any(_in_force(every()[c], on) for c in recoded(area.code))):
        return area
    day = on or NOW
    holders = upper_tier_then(area.code, day)
    inside = len(holders) == 1 and pieces(area.code) <= pieces(holders[0].code)
    if inside and (area.type == "district" or pieces(area.code) == pieces(holders[0].code)):
        return holders[0]
    began = area.start is not None and day < date(area.start, 4, 1)
    when = f"did not exist until 1 April {area.start}" if began else f"ceased on 1 April {area.end}"
    *others, last = (f"{holder.name} ({holder.code})" for holder in holders)
    places = f"{', '.join(others)} and {last}; use one of these codes" if others else f"{last}; use that code"
    then = f"on {on.day} {on:%B %Y} children's services there were run" if on else "children's services there are run"
    raise UserError(f"{area.name} ({area.code}) {when}: {then} by {places}.")


def _in_force(area: Area, on: date | None) -> bool:
    return area.end is None if on is None else area.in_force(on)


def _matches(text: str, on: date | None) -> list[Area]:
    """The areas that a text may mean: by code, by number, by name."""
    if text.upper() in every():
        return [every()[text.upper()]]
    if re.fullmatch(r"\d{3}(\.0)?", text):
        code = with_number(text, on)
        return [every()[code]] if code else []
    if also := ALSO_CALLED.get(text.casefold()):
        return [every()[also]]
    wanted = _words(text)
    places = [area for area in every().values() if wanted and _words(area.name) == wanted]
    upper = [area for area in places if area.type in UPPER_TIER]
    return upper or [area for area in places if area.type == "district"] or places


def _words(text: str) -> str:
    """A name without titles, punctuation and case: `Bristol, City of` and `bristol city` are one."""
    letters = re.sub(r"[^a-z ]", " ", text.casefold().replace(".", "").replace("'", ""))
    return " ".join(sorted(TITLES.sub(" ", letters).split())) or " ".join(sorted(letters.split()))


def _unknown(text: str) -> str:
    if re.fullmatch(r"[WSNK]\d+", text.upper()):
        return f"{text} is not an English authority: the Indices and DfE figures used here cover England only."
    names = {area.name.casefold(): area for area in every().values() if area.type in UPPER_TIER and area.end is None}
    part = text.casefold()
    near = [name for name in names if len(part) > 2 and re.search(rf"\b{re.escape(part)}\b", name)]
    near = near or ([] if text[1:].isdigit() else get_close_matches(part, names, n=1))
    hint = names[near[0]] if near else every()["E06000045"]
    several = any(_matches(part.strip(), None) for part in re.split(r"[/&+|]|\band\b", text)[1:])
    return (
        f"{text!r} is not the code, DfE number or name of an English authority: "
        f"use a GSS code such as {hint.code} ({hint.name}){'; write several with commas between them' * several}."
    )
