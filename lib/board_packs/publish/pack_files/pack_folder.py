"""A pack's finished folder, as its subgroup is given it (quarter.pack_settings says which packs there are).

A pack holds a first page of what needs attention, an index with every page's one-sentence answer, the pages, a last page
on what was withheld, the tables behind the pages as a workbook and as CSV, and everything once more as one page to mail
and as one zip.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cellguard.audiences import profile
from lscb import long_table

from ...quarter import run_files as files
from ...quarter.official_tables import is_open
from ...quarter.pack_settings import Pack
from .. import export
from ..export import Banner, page_sections
from . import open_workbook
from .kept_parts import KeptParts
from .pack_summary import SUMMARY
from .single_file import joined
from .workbook import measures, write

if TYPE_CHECKING:
    import pandas as pd

LAST = "withheld.html"
WORKBOOKS = WORKBOOK, OPEN_WORKBOOK = "tables.xlsx", "tables.ods"
DATA, MEASURES = "data", "measures.csv"
EPOCH = (1980, 1, 1, 0, 0, 0)  # every file in a zip: the same pages make the same zip


@dataclass(frozen=True)
class Entry:
    """One line of a pack's contents: a page with its one-sentence answer, or why there is none."""

    number: int
    title: str
    answer: str = ""
    absent: str = ""
    file: str = ""  # the page's path
    sha256: str = ""

    @property
    def first_sentence(self) -> str:
        return export.first_sentence(self.answer)

    @property
    def name(self) -> str:
        return Path(self.file).name if self.file else ""


def make(folder: Path, pack: Pack, entries: list[Entry], tables: dict, banner: Banner, summary: str = "") -> None:
    """Writes a pack's pages into an empty folder: its first page, its contents, its pages, the last one.

    tables : the protected tables that the pages read, by name; summary : the finished first page
    """
    pages = [entry for entry in entries if entry.file]
    titles = [None, *((entry.name, entry.title) for entry in pages), None]
    texts: dict[str, str] = {SUMMARY: summary} if summary else {}
    links = {"last": LAST, "workbook": WORKBOOK if tables else "", "single": f"{pack.name}.html"}
    links |= {
        "open_workbook": OPEN_WORKBOOK if tables else "",
        "measures": f"{DATA}/{MEASURES}",
        "summary": SUMMARY if summary else "",
    }
    index = export.render("pack.html.j2", page=replace(banner, title=pack.title), entries=entries, **links)
    for entry, before, after in zip(pages, titles, titles[2:], strict=False):
        page = Path(entry.file).read_text(encoding="utf-8")
        texts[entry.name] = page_sections.with_links(page, before, after)
    texts[LAST] = withheld(tables, banner)
    for name, text in (texts | {"index.html": index}).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / f"{pack.name}.html").write_text(joined(texts, pack.title, banner), encoding="utf-8")


def add_data(folder: Path, place: Path, tables: dict, sent: dict) -> None:
    """The protected tables themselves as CSV in data/, with what their measures count: byte for byte from `place`, but
    where a field that nobody filled has noughts, which are not available as on pages (`sent`: tables so, by name)."""
    files.private(folder / DATA)
    for name, frame in tables.items():
        if (answered := sent[name]) is frame:
            (folder / DATA / f"{name}.csv").write_bytes((place / f"{name}.csv").read_bytes())
        else:
            long_table.write({name: answered}, folder / DATA)
    if tables:
        listed = measures(tables, {name: f"{name}.csv" for name in tables}).rename(columns={"Sheets": "Files"})
        (folder / DATA / MEASURES).write_text(long_table.csv_text(listed), encoding="utf-8")


def is_the_table(path: Path, protected: Path, frame: pd.DataFrame, answered: pd.DataFrame) -> bool:
    """Whether a pack's CSV is the protected table as `add_data` writes it."""
    if answered is frame:
        return path.read_bytes() == protected.read_bytes()
    return long_table.load(path).equals(answered)


def add_workbooks(folder: Path, pack: Pack, tables: dict, banner: Banner, parts: KeptParts | None = None) -> None:
    """The tables as a workbook of either kind; `parts`: see workbook.write."""
    if not tables:
        return
    labels = write(folder / WORKBOOK, pack.title, tables, banner, parts)
    open_workbook.write(
        folder / WORKBOOK, folder / OPEN_WORKBOOK, {label: name for name, label in labels.items()}, parts
    )


def contents(folder: Path) -> dict[str, Path]:
    """Every file of a pack by its name within it, such as `data/children.csv`."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def withheld(tables: dict, banner: Banner) -> str:
    """A pack's last page: how many figures were withheld and why. Never which of them was the small one."""
    states = [frame["status"] for name, frame in tables.items() if not is_open(name)]
    hidden = sum(int((state == "suppressed").sum()) for state in states)
    of = sum(int(state.isin(["shown", "suppressed"]).sum()) for state in states)
    page = replace(banner, title="Figures withheld, and why")
    return export.render("withheld.html.j2", page=page, hidden=hidden, of=of, rules=profile(banner.audience))


def write_zip(folder: Path, path: Path) -> None:
    """Everything in a folder as one zip, but for the pack as one file, which is mailed instead of it; the same content
    gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, file in contents(folder).items():
            if name in (path.name, f"{path.stem}.html", f"{path.stem}.pdf", "summary.pdf"):
                continue
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", EPOCH)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, file.read_bytes())


def check_files(folder: Path, checked: Iterable[str], zipped: str, single: str) -> list[str]:
    """Whether a pack's folder holds what was checked and nothing else, in its zip too.

    checked : the names of its files but these: `zipped`, its zip; `single`, its pages as one file; what was printed of them
    """
    there = contents(folder)
    beside = {single, single.replace(".html", ".pdf"), "summary.pdf"}  # made of checked pages, and not in the zip
    reasons = ["files: holds a file that is not checked"] if set(there) - {*checked, *beside, zipped} else []
    if zipped in there:
        with zipfile.ZipFile(there[zipped]) as packed:
            inner = {entry.filename.partition("/")[2]: packed.read(entry) for entry in packed.infolist()}
            noted = packed.comment or any(entry.comment or entry.extra for entry in packed.infolist())
        outside = {name: path.read_bytes() for name, path in there.items() if name not in {zipped, *beside}}
        if noted or inner != outside:
            reasons.append("files: the zip is not the pack")
    return reasons
