"""A pack's tables as one accessible workbook: cover, contents, then one titled table a sheet (gptables)."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path

SHORT = {"suppressed": "[c]", "not_applicable": "[z]", "not_available": "[x]"}  # the Government Analysis Function's
LEGEND = ["[c] withheld so that nobody can be recognised", "[z] not applicable", "[x] not available"]
HEADINGS = {
    "area": "Area code",
    "period": "Period",
    "measure": "Measure",
    "value": "Value",
    "count": "Count",
    "of": "Out of",
    "low": "95% lower limit",
    "high": "95% upper limit",
    "rank": "Rank",
    "ranked": "Number ranked",
    "unit": "Unit",
    "method": "Method",
    "reason": "Note",
}


def write(path: Path, title: str, tables: dict, banner: dict) -> None:
    """Writes protected tables (by name) to `path`; the same tables give the same bytes."""
    import gptables

    from .. import export
    from ..tables import documentation

    said = export.banner_of(title=title, **banner)
    about = documentation()["tables"]
    sheets, taken = {}, set()
    for name, frame in tables.items():
        label = _label(name, taken)
        text = " ".join(str((about.get(name) or {}).get("says") or name.replace("_", " ")).split())
        sheets[label] = gptables.GPTable(
            table=_plain(frame),
            table_name=name,
            title=text,
            source="Made from the returns and open data named on the pages of this pack",
            legend=LEGEND,
        )
    intro = [f"{said['area_name']}, {said['months']} ({said['period']})", said["marking"]]
    if said.get("sample"):
        intro.insert(0, "SAMPLE DATA: every case here is invented")
    cover = gptables.Cover(
        title=title,
        intro=intro,
        about=["Every sheet holds one table in long form, one row a figure, after disclosure control.", *LEGEND],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no notes sheet: notes stand in the tables
        book = gptables.produce_workbook(filename=str(path), sheets=sheets, cover=cover, contentsheet_options={})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1), "author": "", "comments": ""})
    book.close()


def _label(name: str, taken: set) -> str:
    """A sheet's name: at most 31 letters, no two alike."""
    label = name[:31]
    while label in taken:
        label = f"{label[:29]}_{len(taken) % 10}"
    taken.add(label)
    return label


def _plain(frame):
    """The long table as people read it in a spreadsheet: headings in words, states in their usual short form."""
    from ..tables import FIGURES

    shown = frame.drop(columns=[c for c in FIGURES if frame[c].isna().all()] + ["status"])
    shown = shown.drop(columns=[c for c in ("unit", "method", "reason") if c in shown and (shown[c] == "").all()])
    for figure in [c for c in FIGURES if c in shown]:
        column = shown[figure].astype(object)
        for status, short in SHORT.items():
            column = column.mask(frame["status"] == status, short)
        shown[figure] = column.where(column.notna(), "")
    return shown.rename(columns={c: HEADINGS.get(c, c.replace("_", " ").capitalize()) for c in shown.columns})
