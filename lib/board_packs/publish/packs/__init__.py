"""A pack's finished folder, as its subgroup is given it (quarter.pack_settings says which packs there are).

A pack holds an index with every page's one-sentence answer, the pages, a last page on what was withheld, the tables
behind the pages as one workbook, and everything once more as one zip.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from cellguard.audiences import profile

from ...quarter.pack_settings import Pack

LAST = "withheld.html"
WORKBOOK = "tables.xlsx"
EPOCH = (1980, 1, 1, 0, 0, 0)  # every file in a zip: the same pages make the same zip


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
