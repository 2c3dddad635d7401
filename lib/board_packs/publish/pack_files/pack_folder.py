"""A pack's finished folder, as its subgroup is given it (quarter.pack_settings says which packs there are).

A pack holds an index with every page's one-sentence answer, the pages, a last page on what was withheld, the tables
behind the pages as one workbook, and everything once more as one zip.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from cellguard.audiences import profile

from ...quarter.official_tables import is_open
from ...quarter.pack_settings import Pack
from .. import export
from ..export import Banner, page_sections
from .workbook import write

LAST = "withheld.html"
WORKBOOK = "tables.xlsx"
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
    def name(self) -> str:
        return Path(self.file).name if self.file else ""


def make(
    folder: Path, pack: Pack, entries: list[Entry], tables: dict, banner: Banner, workbook: Path | None = None
) -> None:
    """Writes a pack's files into an empty folder. The workbook comes first and the zip last.

    tables : the protected tables that the pages read, by name
    workbook : a finished one of the same tables and banner, taken instead of writing it again
    """
    pages = [entry for entry in entries if entry.file]
    titles = [None, *((entry.name, entry.title) for entry in pages), None]
    for entry, before, after in zip(pages, titles, titles[2:], strict=False):
        page = Path(entry.file).read_text(encoding="utf-8")
        (folder / entry.name).write_text(page_sections.with_links(page, before, after), encoding="utf-8")
    if tables and workbook:
        (folder / WORKBOOK).write_bytes(workbook.read_bytes())
    elif tables:
        write(folder / WORKBOOK, pack.title, tables, banner)
    files = {"last": LAST, "workbook": WORKBOOK if tables else ""}
    index = export.render("pack.html.j2", page=replace(banner, title=pack.title), entries=entries, **files)
    (folder / "index.html").write_text(index, encoding="utf-8")
    (folder / LAST).write_text(withheld(tables, banner), encoding="utf-8")
    write_zip(folder, folder / f"{pack.name}.zip")


def withheld(tables: dict, banner: Banner) -> str:
    """A pack's last page: how many figures were withheld and why. Never which of them was the small one."""
    states = [frame["status"] for name, frame in tables.items() if not is_open(name)]
    hidden = sum(int((state == "suppressed").sum()) for state in states)
    of = sum(int(state.isin(["shown", "suppressed"]).sum()) for state in states)
    page = replace(banner, title="Figures withheld, and why")
    return export.render("withheld.html.j2", page=page, hidden=hidden, of=of, rules=profile(banner.audience))


def write_zip(folder: Path, path: Path) -> None:
    """Everything in a folder as one zip; the same content gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for file in sorted(p for p in folder.iterdir() if p != path):
            entry = zipfile.ZipInfo(f"{path.stem}/{file.name}", EPOCH)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, file.read_bytes())
