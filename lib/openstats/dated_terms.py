"""What bodies, reviews and services are called on a day, and who belonged to a partnership then.

The names are dated entries of data/standards.yml (`terms`), the lists those of data/reference/members.yml: one command
gives a right pack of 2017-18 and of 2025-26.
"""

import re
from datetime import date
from functools import lru_cache

from .project_data import DATA, read, standard


def term(name: str, on: date) -> str:
    """The name of a thing on a day, such as `Main Board`; its first where the day is earlier, blank where it had ended.

    Raises KeyError for a thing that data/standards.yml does not name.
    """
    names: dict[date, str] = standard(f"terms.{name}")
    return names[max((day for day in names if day <= on), default=min(names))]


def in_terms_of(text: str, on: date) -> str:
    """A text with every name of `terms` in it as it was on a day; one that had ended is left as it is."""
    pattern, things = _names()
    return pattern.sub(lambda name: term(things[name[0]], on) or name[0], text)


def ended(on: date) -> set[str]:
    """The names of things that were no more on a day."""
    return {name for name, thing in _names()[1].items() if not term(thing, on)}


@lru_cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every name of two words or more, longest first, and what it is a name of: one word (Board) may mean anything."""
    things = {name: thing for thing in standard("terms") for name in standard(f"terms.{thing}").values() if " " in name}
    listed = "|".join(re.escape(name) for name in sorted(things, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), things


def members(area: str, on: date) -> tuple[dict, str]:
    """Who belonged to an authority's partnership on a day, and why the list is not the right one, or is not there.

    The newest list held that had been written down by the day, else the oldest; a list ends with the body that it is of
    (`until`). An empty mapping where there is none.
    """
    lists = sorted(
        (m for m in read(DATA / "reference" / "members.yml")["lists"] if m["area"] == area), key=lambda m: m["as_of"]
    )
    if not lists:
        return {}, "no list of this area's members is held"
    listed = [m for m in lists if m["as_of"] <= on] or lists[:1]
    newest = listed[-1]
    if newest.get("until") and newest["until"] <= on:
        body, day, last = term("partnership", newest["as_of"]), newest["as_of"], newest["until"]
        why = f"the list held, of {day.day} {day:%B %Y}, is of the {body}, which ended on {last.day} {last:%B %Y}"
        return {}, f"{why}; no newer one is held"
    return newest, "" if newest["as_of"] <= on else "the oldest held, written down after the period"
