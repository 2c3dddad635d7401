"""Packs: which subgroup gets which pages (notebooks/packs.yml), and the finished folder it is given.

A pack holds an index with every page's one-sentence answer, the pages, a last page on what was withheld, the tables
behind the pages as one workbook, and everything once more as one zip.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from cellguard.audiences import profile, profiles
from lscb.errors import UserError
from openstats.project_data import NOTEBOOKS, read

from ...tables import documentation

LAST = "withheld.html"
WORKBOOK = "tables.xlsx"
EPOCH = (1980, 1, 1, 0, 0, 0)  # every file in a zip: the same pages make the same zip


@dataclass(frozen=True)
class Pack:
    """One subgroup's pages: notebooks by their number, for one audience."""

    name: str
    title: str
    audience: str
    notebooks: tuple[int, ...]


def packs(folder: Path = NOTEBOOKS) -> dict[str, Pack]:
    """Every pack of notebooks/packs.yml. Raises UserError for an entry that is not complete."""
    found, known = {}, notebooks(folder)
    for name, said in read(folder / "packs.yml").items():
        if missing := {"title", "audience", "notebooks"} - set(said or {}):
            raise UserError(f"packs.yml: {name} needs {', '.join(sorted(missing))}.")
        if said["audience"] not in audiences():
            raise UserError(f"packs.yml: {name} is for {said['audience']!r}; audiences: {', '.join(audiences())}.")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise UserError(f"packs.yml: {name!r} becomes a folder: use small letters, digits and _.")
        if unknown := [n for n in said["notebooks"] if n not in known]:
            raise UserError(f"packs.yml: {name} asks for notebook {unknown[0]}; there are {_numbers(known)}.")
        found[name] = Pack(name, said["title"], said["audience"], tuple(said["notebooks"]))
    return found


def audiences() -> dict[str, bool]:
    """Every audience of data/disclosure.yml, and whether its tables are protected."""
    return {name: one.protect for name, one in profiles(measures=documentation()["measures"]).items()}


def guarded() -> list[str]:
    """The audiences whose tables are protected, in the order of data/disclosure.yml."""
    return [name for name, protected in audiences().items() if protected]


def notebooks(folder: Path = NOTEBOOKS) -> dict[int, Path]:
    """Every notebook by its number, in order. Raises UserError where two share one."""
    found: dict[int, Path] = {}
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        number = int(path.name[:2])
        if number in found:
            raise UserError(f"{path.name} and {found[number].name} have the same number: give one another.")
        found[number] = path
    return found


def _numbers(known: dict[int, Path]) -> str:
    return ", ".join(path.stem for path in known.values()) or "none"


def chosen(only: list[str] | None, folder: Path = NOTEBOOKS) -> tuple[dict[str, Pack], set[tuple[int, str]]]:
    """The packs to make and the pages (number, audience) to run for them: all, or what `only` names.

    A pack's name gives the pack with its pages; a notebook's (40, 40_hrda) that page of every pack that has it, whose
    other pages stay as they are. Raises UserError with what is known.
    """
    every, known = packs(folder), notebooks(folder)
    if not only:
        return every, {(n, pack.audience) for pack in every.values() for n in pack.notebooks}
    numbers, whole = set(), set()
    for name in only:
        match = [n for n, path in known.items() if name in (str(n), path.stem, path.name, str(path))]
        if name in every:
            whole.add(name)
        elif match:
            numbers |= set(match)
        else:
            raise UserError(
                f"--only {name}: no such pack or notebook. Packs: {', '.join(every)}. Notebooks: {_numbers(known)}."
            )
    if lost := numbers - {n for pack in every.values() for n in pack.notebooks}:
        raise UserError(f"{known[min(lost)].name} is in no pack: add it to notebooks/packs.yml.")
    cut = {name: pack for name, pack in every.items() if name in whole or numbers & set(pack.notebooks)}
    return cut, {(n, p.audience) for p in cut.values() for n in p.notebooks if p.name in whole or n in numbers}


def make(
    folder: Path, pack: Pack, pages: list[dict], tables: dict, banner: dict, workbook: Path | None = None
) -> dict[str, str]:
    """Writes a pack's files into an empty folder. The workbook comes first and the zip last.

    pages : number, title, file (the finished page, or None), answer, absent (why there is none), in their order
    tables : the protected tables that the pages read, by name
    workbook : a finished one of the same tables and banner, taken instead of writing it again
    Returns the answer of every page by its file name.
    """
    from .. import export
    from .workbook import write

    entries, answers = [], {}
    for page in pages:
        entry = {"title": page["title"], "answer": page.get("answer", ""), "absent": page.get("absent", "")}
        if page.get("file"):
            source = Path(page["file"])
            (folder / source.name).write_bytes(source.read_bytes())
            entry["file"] = source.name
            answers[source.name] = entry["answer"]
        entries.append(entry)
    if tables and workbook:
        (folder / WORKBOOK).write_bytes(workbook.read_bytes())
    elif tables:
        write(folder / WORKBOOK, pack.title, tables, banner)
    said = export.banner_of(title=pack.title, **banner)
    index = export.render("pack.html.j2", page=said, entries=entries, last=LAST, workbook=WORKBOOK if tables else "")
    (folder / "index.html").write_text(index, encoding="utf-8")
    (folder / LAST).write_text(withheld(tables, banner), encoding="utf-8")
    write_zip(folder, folder / f"{pack.name}.zip")
    return answers


def withheld(tables: dict, banner: dict) -> str:
    """A pack's last page: how many figures were withheld and why. Never which of them was the small one."""
    from ...tables import documentation
    from .. import export

    known = documentation()["tables"]
    states = [frame["status"] for name, frame in tables.items() if not (known.get(name) or {}).get("open")]
    hidden = sum(int((state == "suppressed").sum()) for state in states)
    of = sum(int(state.isin(["shown", "suppressed"]).sum()) for state in states)
    said = export.banner_of(title="Figures withheld, and why", **banner)
    return export.render("withheld.html.j2", page=said, hidden=hidden, of=of, rules=profile(banner["audience"]))


def write_zip(folder: Path, path: Path) -> None:
    """Everything in a folder as one zip; the same content gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(p for p in folder.iterdir() if p != path):
            entry = zipfile.ZipInfo(f"{path.stem}/{file.name}", EPOCH)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, file.read_bytes())
