"""Which return a sheet is, where its headings stand, and which column is which field. Nothing is guessed.

A heading is known when it equals, but for case, spaces and punctuation, a name of the dictionary or of the partner's
reviewed mapping. Everything else is named with the nearest suggestion and never used. A return is known by the fields
that only it has (`known_by` of its dictionary); a child's reference and date of birth stand in every list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .dictionary import Return, fold
from .grid import Grid, letter
from .heading_rows import Heads, candidates
from .matrix_sheets import matrix
from .partner_mappings import Mapping

# What a heading may say of how to fill it in: "Date of referral (dd/mm/yyyy)", "LGBT (Y/N)", "Agency *".
HINT = re.compile(
    r"\s*(?:[(\[]\s*(?:d{1,2}[/. -]m{1,3}[/. -]y{2,4}|y{4}-m{2}-d{2}|y(?:es)?\s*/\s*no?.{0,20}|required|mandatory|"
    r"optional|if known|please select|drop ?down|whole number|number|£|text|free text)\s*[)\]]|\*+)\s*$",
    re.I,
)
LONGEST = 200  # letters of a heading; a longer cell is a note
UNKNOWN = "The heading is not in the dictionary"
OURS = {"_file", "_sheet", "_row", "_problems", "Row note"}  # headings of our own rejects files and templates


@dataclass
class Match:
    """A sheet understood as a return. `refused` says why none of its rows can be taken until it is mapped."""

    of: Return
    last: int  # 0-based row of the (lowest) headings
    first: int
    heads: dict[int, str]  # column -> heading as the file has it
    fields: dict[str, int]  # field -> column
    unknown: dict[int, str] = field(default_factory=dict)  # column -> suggestion or ""
    ignored: tuple[int, ...] = ()
    refused: list[tuple[int, str]] = field(default_factory=list)  # (column, sentence)
    absent: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)  # (column not used, sentence)
    elsewhere: frozenset[str] = frozenset()  # headings of the other returns, folded


def counter(returns: dict[str, Return], maps: Iterable[Mapping]) -> Callable[[list], int]:
    """How many of a row's cells are headings of any return: for choosing a CSV's delimiter."""
    words = {h for r in returns.values() for h in r.headings()} | {h for m in maps for h in m.headings}

    def count(cells: list) -> int:
        return sum(1 for c in {fold(c) for c in cells if len(c) < LONGEST} if c in words)

    return count


def match(grid: Grid, returns: dict[str, Return], mapping: Mapping | None, place: str) -> Match | None:
    """The return whose headings a sheet has, or None. `place` is the file's and the sheet's name, as evidence."""
    scored = []
    for rows in candidates(grid, returns):
        for one in returns.values():
            if mapping and mapping.returns and one.name not in mapping.returns:
                continue
            columns = fields_of(rows, one, mapping)
            score = _score(rows, one, columns, mapping, place)
            if score is not None:
                scored.append((score, one, rows, columns))
    # A return with all its needed columns goes before one with more columns, unless it explains less than half as many.
    most = max((score[2] for score, *_ in scored), default=0)
    for score, *_ in scored:
        score[1] = score[1] and score[2] * 2 >= most
    best = max(scored, key=lambda each: each[0], default=None)
    if best is None or not best[0][0]:
        return _as_matrix(grid, returns)
    _, one, rows, columns = best
    result = _settle(one, rows, columns, mapping)
    others = [each for each in returns.values() if not each.derives and each is not one]
    result.elsewhere = frozenset(word for each in others for word in each.headings())
    _beside(result, others, mapping)
    if result.absent and (other := _as_matrix(grid, {one.name: one})):
        return other
    return result


def _score(rows: Heads, one: Return, columns: dict[int, list[str]], mapping: Mapping | None, place: str) -> list | None:
    """How well a row of headings fits a return, best first; None where it does not.

    Without a field by which the return is known, nothing fits; a mapping that names the return says so itself.
    """
    distinct = {f for names in columns.values() for f in names}
    mapped = mapping is not None and one.name in mapping.returns
    if len(distinct) < 2 or not (mapped or distinct.intersection(one.known_by)):
        return None
    named = hinted(one, place)
    needed = len(distinct & set(one.required)) / len(one.required) if one.required else 1.0
    ignored = sum(fold(t) in one.ignored for t in rows.heads.values())
    explained = (len(columns) + ignored) / len(rows.heads)
    if one.derives and not (named or mapped or explained >= 0.6 or (needed == 1 and len(distinct) > 2)):
        return None
    likely = needed >= 0.5 or len(distinct) >= 4
    return [likely, needed == 1, len(distinct) + ignored, needed, named, rows.first != rows.last, -rows.last]


def hinted(one: Return, place: str) -> bool:
    """Whether a file's or sheet's name holds a name of the return as words of its own: list 1 is not in list 12."""
    text = " ".join(re.findall(r"[a-z]+|\d+", place.casefold()))
    names = (" ".join(re.findall(r"[a-z]+|\d+", n.casefold())) for n in one.names)
    return any(f" {n} " in f" {text} " for n in names if n)


def fields_of(rows: Heads, one: Return, mapping: Mapping | None) -> dict[int, list[str]]:
    """Column -> the fields that its heading may stand for; a column whose group is about somebody else is left out."""
    words, columns = one.headings(), {}
    for column, text in rows.heads.items():
        if len(text) > LONGEST:
            continue
        folded = _without_hint(text)
        if mapping and folded in mapping.headings:
            if mapping.headings[folded] in one.fields:
                columns[column] = [mapping.headings[folded]]
            continue
        group = fold(rows.groups.get(column, ""))
        if group and group + folded in words:
            columns[column] = words[group + folded]
        elif folded in words and not (group and all(_elsewhere(one, n, folded, group) for n in words[folded])):
            columns[column] = words[folded]
    return columns


@lru_cache(10_000)
def _without_hint(heading: str) -> str:
    """A heading as it is compared, without what it says of how to fill it in; each is asked for by every return."""
    return fold(HINT.sub("", heading))


def _elsewhere(one: Return, name: str, heading: str, group: str) -> bool:
    """Whether a group of headings is about something else than a field: "Ethnicity" under "Perpetrator"."""
    if group in heading:
        return False
    words = [fold(name), *map(fold, one.fields[name].headings)]
    return not any(group in word for word in words)


def _settle(one: Return, rows: Heads, columns: dict[int, list[str]], mapping: Mapping | None) -> Match:
    result = Match(one, rows.last, rows.first, rows.heads, {})
    _among_others(
        one, result, {c: n for c, n in columns.items() if not mapping or fold(rows.heads[c]) not in mapping.headings}
    )
    columns = {c: names for c, names in columns.items() if c not in result.unknown}
    _place_fields(result, columns)
    skip = {h for h, f in mapping.headings.items() if f == "ignore"} if mapping else set()
    ignored = [c for c, t in rows.heads.items() if t in OURS or fold(t) in skip or fold(t) in one.ignored]
    result.ignored = tuple(c for c in ignored if c not in columns)
    for column, text in rows.heads.items():
        if column in columns or column in ignored or column in result.unknown:
            continue
        result.unknown[column] = ""
        if (group := rows.groups.get(column)) and fold(text) in one.headings():
            names = " or ".join(one.headings()[fold(text)])
            text = (
                f'{UNKNOWN} as it stands: "{text}" is under "{group}" and could be of another person than {names}. '
                "The column is not used: write the whole heading, or add it to the mapping of this partner."
            )
            result.doubts.append((column, text))
    ambiguous = {n for names in columns.values() if len(names) > 1 for n in names}
    result.absent = [n for n in one.required if n not in result.fields and n not in ambiguous]
    return result


def _among_others(one: Return, result: Match, columns: dict[int, list[str]]) -> None:
    """Names a heading that names nobody and stands among another person's columns, before those of its own: under
    "Perpetrator ID, Ethnicity, Victim ID" the ethnicity may be the perpetrator's. Its column is not used."""
    people = [
        f.name.removesuffix("_id") for f in one.fields.values() if f.type == "identifier" and f.name not in one.key
    ]
    if len(people) < 2:
        return
    named = {c: next((p for p in people if p in fold(t)), "") for c, t in result.heads.items()}
    for column in sorted(columns):
        owner = _owner(one, columns[column], people)
        if named.get(column) or not owner:
            continue
        before = [named[c] for c in sorted(named) if c < column and named[c]]
        after = [named[c] for c in sorted(named) if c > column and named[c]]
        if before and owner not in before and owner in after:
            where = (
                f'"{result.heads[column]}" stands after the columns of the {before[-1]}, before those of the {owner}'
            )
            result.doubts.append(
                (column, f"{UNKNOWN} as it stands: {where}. The column is not used: write whose it is.")
            )
            result.unknown[column] = ""


def _owner(one: Return, names: list[str], people: list[str]) -> str:
    """Whom all headings of a field that name somebody name: `Victim ethnicity` makes `Ethnicity` the victim's."""
    words = [word for name in names for word in [fold(name), *map(fold, one.fields[name].headings)]]
    owners = {person for word in words for person in people if person in word}
    return owners.pop() if len(owners) == 1 else ""


def _beside(result: Match, others: list[Return], mapping: Mapping | None) -> None:
    """Refuses a sheet where the columns that are left hold another return: two lists stand beside each other."""
    left = {c: t for c, t in result.heads.items() if c in result.unknown}
    for other in others if len(left) > 1 else ():
        columns = fields_of(Heads(result.first, result.last, left), other, mapping)
        names = {name for each in columns.values() for name in each}
        if len(other.required) > 1 and names.issuperset(other.required) and names.intersection(other.known_by):
            where = f"{letter(min(columns))} to {letter(max(columns))}"
            text = (
                f"Two lists stand beside each other: {result.of.name}, and in the columns {where} {other.name}. "
                "Put each into a sheet of its own."
            )
            result.refused.append((min(columns), text))


def _place_fields(result: Match, columns: dict[int, list[str]]) -> None:
    """One column for each field; two headings for one field, or two fields for one heading, refuse the sheet."""
    heads, places = result.heads, dict[str, list[int]]()
    for column, names in sorted(columns.items()):
        if len(names) > 1:
            text = f'The heading "{heads[column]}" could be {" or ".join(names)}. '
            result.refused.append((column, text + "Rename it, or add it to the mapping of this partner."))
        else:
            places.setdefault(names[0], []).append(column)
    for name, at in places.items():
        second = {fold(text) for text in result.of.fields[name].instead}
        first = [c for c in at if fold(HINT.sub("", heads[c])) not in second] or at
        why = f'The column is not used, since "{heads[first[0]]}" (column {letter(first[0])}) gives {name}.'
        result.doubts += [(c, why) for c in at if c not in first]
        result.unknown |= dict.fromkeys((c for c in at if c not in first), "")
        at = first
        result.fields[name] = at[0]
        if len(at) > 1:
            both = " and ".join(f'"{heads[c]}" (column {letter(c)})' for c in at)
            text = f"Two headings mean {name}: {both}. Keep one, or say in the mapping of this partner which to ignore."
            result.refused.append((at[1], text))


def _as_matrix(grid: Grid, returns: dict[str, Return]) -> Match | None:
    spread = matrix(grid, returns)
    if spread is None:
        return None
    result = Match(spread.of, spread.rows.last, spread.rows.last, spread.rows.heads, {})
    result.refused = [(spread.column, spread.sentence)]
    return result
