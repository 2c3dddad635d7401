"""`lscb purge`: takes away what runs keep of cases when its time is over, and says what went, what stays, and why."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lscb.errors import UserError
from openstats.project_data import DATA, NOTEBOOKS, ROOT
from openstats.sources import number_of

from ..quarter import run_files as files
from ..quarter.pack_settings import guarded
from ..quarter.receiving import invented_returns
from ..quarter.request import Request, shown
from .outcome import MANIFEST, write_manifest

# What of an area's folder holds cases, tables before protection, or hashes of returns. The rest was made to be kept.
RESTRICTED = ("working", "executed", "quarantine", "check", "ledger.csv", "about.json", "pages.json", "packs.json",
              "runs.json", ".keys.json", ".seal.json")  # fmt: skip
GSS = re.compile(r"[EWSN]\d{8}")
MIXED = re.compile(r"(?=.*\d)(?=.*[A-Za-z]).{5}")  # a short reference that is no number and no word
BOOKS = (".xlsx", ".ods", ".docx")  # zips of their own, in a pack's zip too
SEARCHED = (".html", ".csv", ".json", ".ipynb", ".md", ".txt", ".yml", ".zip", *BOOKS)


def purge(
    request: Request, areas: tuple[str, ...], dry: bool = False, and_returns: bool = False, named: Path | None = None
) -> list[str]:
    """Removes everything restricted of the period's runs for these areas. Returns a line for each thing.

    dry : only says what would go
    and_returns : the partners' files of the period too
    named : the folder that they lie in, where that is not data/returns
    Raises UserError where nothing of it is kept, and where a value of a case is found afterwards in what stays.
    """
    lines: list[str] = []
    values: set[str] = set()
    sent = _sent(request, named)
    others = sent_elsewhere(request, areas, sent)  # as the manifests say, while they do
    for invented in (False, True):
        asked = replace(request, sample=invented)
        for area in areas:
            folder = asked.folder(area)
            if folder.is_dir():
                values |= case_values(folder)
                lines += of_area(folder, dry)
    for area in areas:
        explored = sorted((request.out / "explore" / str(request.period)).glob(f"{area}-*"))
        values = values.union(*map(case_values, explored))
        lines += gone([*explored, invented_returns(request, area)], dry, below=request.out)
    lines += gone([request.out / files.KEPT], dry)
    lines += list(notebooks(dry, request.out / "explore"))
    theirs = returns(request, areas, sent)
    stay = sent_stay(sent, theirs, and_returns, str(request.period)) if sent.is_dir() else []
    lines += gone(theirs, dry) if and_returns else []
    if not lines:
        raise UserError(f"Nothing of {request.period} is kept in {shown(request.out)} that holds cases.")
    if not dry and (left := [shown(path) for path in remains(request, areas) if holds(path, values)]):
        raise UserError(f"Values of cases are still in {', '.join(left[:5])}: remove these files by hand.")
    return [*lines, *stays(request), *stay, *others]


def of_area(folder: Path, dry: bool) -> list[str]:
    """Takes the restricted part of one area's folder away, and the hashes out of its manifest."""
    with files.alone(folder):
        packs = {p.name for p in (folder / "packs").glob("*")} | {p.name for p in (folder / "behind").glob("*")}
        manifest = files.read_json(folder / MANIFEST) or {}
        of = {name: answer.get("audience") for name, answer in manifest.get("packs", {}).items()}
        restricted = [folder / room / name for name in packs if of.get(name) not in guarded()
                      for room in ("packs", "behind")]  # fmt: skip
        drafts = sorted((folder / "report").glob("draft-*"))  # of an annual report that was not released
        paths = [folder / name for name in RESTRICTED] + [folder / "protected" / ".keys.json", *restricted, *drafts]
        lines = gone(paths, dry)
        if manifest and not dry and (lines or "returns" in manifest):
            shorten(folder, manifest)
    return lines


def shorten(folder: Path, manifest: dict) -> None:
    """The manifest without what says anything of returns: what stays can still be verified and circulated."""
    for name in ("returns", "runs", "fingerprint", "inputs", "disclosure", "pages", "problems"):
        manifest.pop(name, None)
    manifest["files"] = {name: sha for name, sha in manifest["files"].items() if (folder / name).is_file()}
    manifest["packs"] = {name: a for name, a in manifest["packs"].items() if (folder / "packs" / name).is_dir()}
    write_manifest(folder, manifest | {"purged": True})


def gone(paths: list[Path], dry: bool, below: Path | None = None) -> list[str]:
    """Removes files and folders, and what is left empty around them `below` a folder; a line for each that was there."""
    lines = []
    for path in paths:
        count = sum(p.is_file() for p in path.rglob("*")) if path.is_dir() else int(path.is_file())
        if not dry and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif not dry:
            path.unlink(missing_ok=True)
        if below and not dry:
            for room in [each for each in path.parents if below in each.parents and each.is_dir()]:
                if not any(room.iterdir()):
                    room.rmdir()
        if count and not path.name.startswith("."):
            word = "Would remove" if dry else "Removed"
            lines.append(f"{word} {shown(path)}: {count} {'file' if count == 1 else 'files'}.")
    return lines


def notebooks(dry: bool, explored: Path) -> Iterator[str]:
    """Clears what JupyterLab has saved into the notebooks themselves and into copies laid beside explored tables, and
    removes its own copies."""
    for path in sorted([*NOTEBOOKS.glob("*.ipynb"), *explored.rglob("*.ipynb")]):
        book = {} if path.is_symlink() else files.read_json(path) or {}
        cells = [cell for cell in book.get("cells", []) if cell.get("outputs") or cell.get("execution_count")]
        if cells:
            for cell in cells:
                cell |= {"outputs": [], "execution_count": None}
                cell.get("metadata", {}).pop("execution", None)  # when it ran
            language = book.get("metadata", {}).get("language_info", {})  # of the kernel that ran it: its name is kept
            for name in set(language) - {"name"}:
                del language[name]
            if not dry:
                path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            yield f"{'Would clear' if dry else 'Cleared'} what {shown(path)} showed: {number_of(len(cells), 'cell')}."
    yield from gone(sorted(NOTEBOOKS.rglob(".ipynb_checkpoints")), dry)


def returns(request: Request, areas: tuple[str, ...], folder: Path) -> list[Path]:
    """The partners' files of the period: these areas' folders; where one has none, what lies in no area's folder too.

    Nothing goes of a folder whose name is not the period's: it may hold other quarters' files.
    """
    if not folder.is_dir() or folder.name != str(request.period):
        return []
    of_areas = [path for path in sorted(folder.glob("*")) if path.is_dir() and GSS.fullmatch(path.name)]
    mine = [path for path in of_areas if path.name in areas]
    if {path.name for path in mine} != set(areas):
        mine += [path for path in sorted(folder.glob("*")) if path not in of_areas]
    return mine if set(of_areas) - set(mine) else [folder]


def _sent(request: Request, named: Path | None) -> Path:
    """The folder that a run of the period reads."""
    folder = (named or DATA / "returns") / str(request.period)
    return folder if folder.is_dir() or not named else named


def case_values(folder: Path) -> set[str]:
    """Every case's identifier in the rows kept beside an area's tables."""
    import pandas as pd

    from returncheck import dictionary

    values: set[str] = set()
    for path in (folder / "working" / "rows").glob("*.parquet"):
        about = dictionary.load().get(path.stem)
        frame = pd.read_parquet(path)
        for name, field in about.fields.items() if about else ():
            if name in frame and field.type == "identifier" and str(field.sensitivity).startswith("identifying"):
                values |= {text for text in frame[name].dropna().astype(str) if len(text) > 5 or MIXED.fullmatch(text)}
    return values


def remains(request: Request, areas: tuple[str, ...]) -> Iterator[Path]:
    """Every file that stays and that cases could be in."""
    rooms = [replace(request, sample=invented).folder(area) for invented in (False, True) for area in areas]
    for room in [*rooms, NOTEBOOKS, *(DATA / name for name in ("circulated", "labels", "narrative"))]:
        yield from (path for path in sorted(room.rglob("*")) if path.suffix in SEARCHED and path.is_file())


def holds(path: Path, values: set[str]) -> bool:
    """Whether a file has one of the values as a word of its own."""
    if not values:
        return False
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):  # a pack's zip, and within it its workbook
        parts = [content for _, content in _members(path)]
    return any(not values.isdisjoint(re.findall(r"[\w-]+", part.decode("utf-8", "replace"))) for part in parts)


def _members(file: Path | io.BytesIO) -> Iterator[tuple[str, bytes]]:
    """The files in a zip, and those in a workbook or document within it."""
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            content = packed.read(entry)
            yield entry.filename, content
            if entry.filename.endswith(BOOKS):
                yield from _members(io.BytesIO(content))


def stays(request: Request) -> list[str]:
    """What stays of the runs, and why."""
    lines = [
        "Packs for circulation, the tables behind them, protected tables and released annual reports stay: they were made "
        "to be kept."
    ]
    rooms = [request.out / str(request.period), request.out / "sample" / str(request.period)]
    if others := [path for room in rooms for path in sorted(room.glob("*")) if path.name not in request.areas]:
        names = ", ".join(shown(path) for path in others[:5])
        lines.append(f"{names} of other areas, or of none, stay: --area all removes what is of an authority.")
    return lines


def sent_elsewhere(request: Request, areas: tuple[str, ...], sent: Path) -> list[str]:
    """What stays of partners' files that a run was told to read from another folder than `sent`."""
    manifests = (files.read_json(replace(request, sample=False).folder(area) / MANIFEST) or {} for area in areas)
    named = {ROOT / folder for one in manifests if (folder := one.get("inputs", {}).get("returns"))}
    return [
        f"Partners' files in {shown(folder)} stay: --returns {shown(folder)} --and-returns removes them too."
        for folder in sorted(named)
        if folder.is_dir() and folder != sent
    ]


def sent_stay(sent: Path, theirs: list[Path], and_returns: bool, period: str) -> list[str]:
    """What stays of the partners' files, of which `theirs` go where that is asked for."""
    by_hand = f"the folder's name is not {period}, so see to them by hand"
    if not and_returns:
        why = "--and-returns removes them too" if theirs else by_hand
    elif theirs == [sent]:
        return []
    else:
        why = "they are of other areas" if sent.name == period else by_hand
    return [f"Partners' files in {shown(sent)} stay: {why}."]
