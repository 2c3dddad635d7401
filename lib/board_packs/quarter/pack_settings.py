"""Packs: which subgroup gets which pages for which audience (notebooks/packs.yml, data/disclosure.yml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cellguard.audiences import profiles
from lscb.errors import UserError
from openstats.project_data import NOTEBOOKS, read

from ..tables import documentation


@dataclass(frozen=True)
class Pack:
    """One subgroup's pages: notebooks by their number, for one audience."""

    name: str
    title: str
    audience: str
    notebooks: tuple[int, ...]


def packs(folder: Path = NOTEBOOKS) -> dict[str, Pack]:
    """Every pack of notebooks/packs.yml. Raises UserError for an entry that is not complete."""
    every, books = {}, notebooks(folder)
    for name, entry in read(folder / "packs.yml").items():
        if missing := {"title", "audience", "notebooks"} - set(entry or {}):
            raise UserError(f"packs.yml: {name} needs {', '.join(sorted(missing))}.")
        if entry["audience"] not in audiences():
            raise UserError(f"packs.yml: {name} is for {entry['audience']!r}; audiences: {', '.join(audiences())}.")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise UserError(f"packs.yml: {name!r} becomes a folder: use small letters, digits and _.")
        if unknown := [n for n in entry["notebooks"] if n not in books]:
            raise UserError(f"packs.yml: {name} asks for notebook {unknown[0]}; there are {_names(books)}.")
        every[name] = Pack(name, entry["title"], entry["audience"], tuple(entry["notebooks"]))
    return every


def audiences() -> dict[str, bool]:
    """Every audience of data/disclosure.yml, and whether its tables are protected."""
    return {name: one.protect for name, one in profiles(measures=documentation()["measures"]).items()}


def guarded() -> list[str]:
    """The audiences whose tables are protected, in the order of data/disclosure.yml."""
    return [name for name, protected in audiences().items() if protected]


def notebooks(folder: Path = NOTEBOOKS) -> dict[int, Path]:
    """Every notebook by its number, in order. Raises UserError where two share one."""
    books: dict[int, Path] = {}
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        number = int(path.name[:2])
        if number in books:
            raise UserError(f"{path.name} and {books[number].name} have the same number: give one another.")
        books[number] = path
    return books


def _names(books: dict[int, Path]) -> str:
    return ", ".join(path.stem for path in books.values()) or "none"


def chosen(only: Sequence[str] | None, folder: Path = NOTEBOOKS) -> tuple[dict[str, Pack], set[tuple[int, str]]]:
    """The packs to make and the pages (number, audience) to run for them: all, or what `only` names.

    A pack's name gives the pack with its pages; a notebook's (40, 40_hrda) that page of every pack that has it, whose
    other pages stay as they are. Raises UserError with what there is.
    """
    every, books = packs(folder), notebooks(folder)
    if not only:
        return every, {(n, pack.audience) for pack in every.values() for n in pack.notebooks}
    numbers: set[int] = set()
    entire: set[str] = set()
    for name in only:
        match = [n for n, path in books.items() if name in (str(n), path.stem, path.name, str(path))]
        if name in every:
            entire.add(name)
        elif match:
            numbers |= set(match)
        else:
            raise UserError(
                f"--only {name!r}: no such pack or notebook. Packs: {', '.join(every)}. Notebooks: {_names(books)}."
            )
    if lost := numbers - {n for pack in every.values() for n in pack.notebooks}:
        raise UserError(f"{books[min(lost)].name} is in no pack: add it to notebooks/packs.yml.")
    cut = {name: pack for name, pack in every.items() if name in entire or numbers & set(pack.notebooks)}
    return cut, {(n, p.audience) for p in cut.values() for n in p.notebooks if p.name in entire or n in numbers}
