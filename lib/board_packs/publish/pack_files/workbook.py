"""A pack's tables as one accessible workbook: cover, contents, measures, then one titled table a sheet.

gptables makes cover, contents and measures, and its theme gives every format. It looks at each cell a dozen times,
which takes four fifths of a workbook's time, so the long tables are written by its engine (XlsxWriter) itself, as it
would write them: a title, lines on how to read it, one marked table with headings, no merged and no hidden cells.
"""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cellguard.protected_tables import WITH_COUNT
from lscb.long_table import ROUNDED

from ...pages.cell_value import Cell, records, withheld
from ...pages.number_text import label
from ...pages.unanswered_fields import without_unanswered
from ...tables import documentation, titles
from ..export import Banner
from .kept_parts import KeptParts

SHORT = {"suppressed": "[c]", "not_applicable": "[z]", "not_available": "[x]"}  # the Government Analysis Function's
LEGEND = {
    "[c]": "[c] withheld so that nobody can be recognised",
    "[z]": "[z] not applicable",
    "[x]": "[x] not available",
}
READ = "One table, one row a figure. What each measure counts: sheet Measures. Sources: the pages of this pack."
BLANK = "An empty cell: a kind of figure that the row does not have, as a count has no rate"
MEASURES = "Measures: what each counts, and the sheets it is on"
ABOUT = [
    "Every sheet holds one table in long form, one row a figure, after disclosure control.",
    "What is the same in every row of a table stands above it.",
    "An empty cell is a kind of figure that the row does not have: a count has no rate.",
]
FIRST_SHEETS = ("Cover", "Contents", "Measures")
HEADINGS = {
    "value": "Value",
    "count": "Count",
    "of": "Out of",
    "low": "Lower limit",
    "high": "Upper limit",
    "rank": "Rank",
    "ranked": "Number ranked",
    "area": "Area",
    "reason": "Note",
    "lsoa": "Neighbourhood code",
    "lsoa_name": "Neighbourhood",
}
YEAR = r"(?:19|20)\d\d"
WIDEST = 45  # letters; what is longer goes over several lines


Plain = tuple[Any, list[str]]  # a table as people read it, and lines for what is the same in all its rows


def write(path: Path, title: str, tables: dict, banner: Banner, parts: KeptParts | None = None) -> dict[str, str]:
    """Writes protected tables (by name) to `path`, the same tables as the same bytes. Returns the name of each one's sheet.

    parts : tables as another workbook of them had them; those that are new are added
    """
    import gptables
    import pandas as pd

    about, taken = documentation(), set(FIRST_SHEETS)
    labels = {name: sheet_label(name, taken) for name in tables}
    says = {name: _says(about["tables"], name) for name in tables}
    links = {"Measures": "What each measure counts", **{labels[name]: says[name] for name in tables}}
    rows = [(f"[{label}](internal:'{label}'!A1)", what) for label, what in links.items()]
    contents = pd.DataFrame(rows, columns=["Sheet", "What it shows"], dtype=object)
    listed = measures(tables, labels)
    intro = ["SAMPLE DATA: every case here is invented"] if banner.sample else []
    intro += [f"{banner.area_name}, {banner.months} ({banner.period})", banner.marking]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of gptables' own making
        book = gptables.produce_workbook(
            filename=str(path),
            sheets={
                "Contents": _listed(gptables, contents, "contents", "Contents"),
                "Measures": _listed(gptables, listed, "measures", MEASURES),
            },
            cover=gptables.Cover(title=title, intro=intro, about=[*ABOUT, *LEGEND.values()]),
            contentsheet_label=None,
            auto_width=False,
            workbook_options={"in_memory": True},
        )
    _fit(book.get_worksheet_by_name("Contents"), _letters(contents.assign(Sheet=list(links))), 2, (36, 110))
    _fit(book.get_worksheet_by_name("Measures"), _letters(listed), 2, (36, 80, 50, 36))
    for name, frame in tables.items():
        make = partial(_drawn, type(book), name, says[name], frame)
        _add(book, labels[name], parts.of_table("sheet", name, make) if parts else make())
    book.set_properties({"title": title, "created": datetime(2000, 1, 1), "author": "", "comments": ""})
    if banner.run:
        book.set_custom_property("Run", banner.run)
    book.close()
    return labels


def _drawn(kind: type, name: str, title: str, frame) -> dict:
    """A table's sheet, to stand in any workbook of a kind."""
    from .drawn_sheet import drawn

    book = kind(io.BytesIO(), {"in_memory": True})
    looks = _looks(book)
    return drawn(book, looks, lambda sheet: _sheet(sheet, looks, name, title, frame))


def _add(book, label: str, sheet: dict) -> None:
    """A drawn sheet in a workbook."""
    from .drawn_sheet import add

    add(book, label, _looks(book), sheet)


def _looks(book) -> dict[str, Any]:
    """The formats of a table's sheet, of gptables' theme, in a workbook."""
    theme = book.theme
    looks = {k: getattr(theme, f"{k}_format") for k in ("title", "subtitle", "legend", "column_heading", "data")}
    kinds = {"count": "#,##0", "share": "0.0%", "value": "#,##0.0##", "year": "0"}
    looks |= {kind: theme.data_format | {"align": "right", "num_format": n} for kind, n in kinds.items()}
    return {name: book.add_format(look) for name, look in looks.items()}


def _listed(gptables, frame, name: str, title: str):
    """One of gptables' own sheets."""
    return gptables.GPTable(frame, name, title, instructions="This worksheet contains one table.")


def _sheet(sheet, looks: dict[str, Any], name: str, title: str, frame) -> dict:
    """One table on a sheet of its own, in formats by name; where it is marked."""
    from .drawn_sheet import mark

    table, same = plain(frame)
    shares = frame["unit"].str.startswith(("share", "fraction")).tolist()
    columns = {heading: table[heading].tolist() for heading in table.columns}
    there = {cell for cells in columns.values() for cell in cells if isinstance(cell, str)}
    marks = [text for mark, text in LEGEND.items() if mark in there] + ([BLANK] if "" in there else [])
    lines = [(title, "title"), *((line, "subtitle") for line in same), *((line, "legend") for line in [READ, *marks])]
    for row, (line, kind) in enumerate(lines):
        sheet.write_string(row, 0, line, looks[kind])
    top = len(lines)
    marked = {"name": name, "headings": list(columns), "first": top, "last": top + len(table)}
    mark(sheet, marked, looks["column_heading"])
    for place, (heading, cells) in enumerate(columns.items()):
        numbers = {share: looks[kind_of(heading, share)] for share in (False, True)}
        for row, cell in enumerate(cells, top + 1):
            if not isinstance(cell, str):
                sheet.write_number(row, place, cell, numbers[shares[row - top - 1]])
            elif cell:
                sheet.write_string(row, place, cell, looks["count" if cell in LEGEND else "data"])
    sheet.ignore_errors({"number_stored_as_text": "A1:Z9999"})  # ages, deciles: labels, though they are digits
    letters = _letters(table)
    longest = [max([len(heading), *long]) for heading, long in zip(table.columns, letters, strict=True)]
    _fit(sheet, letters, top, [1.3 * min(most, WIDEST) + 2 for most in longest])  # its letters are large
    return marked


def kind_of(heading: str, share: bool) -> str:
    """How a number of a column is shown; the number itself stays as it is."""
    if heading in ("Value", "Lower limit", "Upper limit"):
        return "share" if share else "value"
    return "count" if heading in HEADINGS.values() else "year"


def _fit(sheet, letters: list[list[int]], top: int, widths) -> None:
    """Columns of these widths, rows as high as their longest text needs there, and a page that prints in one width."""
    for place, (width, cells) in enumerate(zip(widths, letters, strict=True)):
        sheet.set_column(place, place, width)
        for row, number in enumerate(cells, top + 1):
            if number > width / 1.1:
                sheet.set_row(row, 16 * -(-number * 1.2 // width))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)


def _letters(frame) -> list[list[int]]:
    """How many letters each cell has, by column."""
    return [[len(c) if isinstance(c, str) else 8 for c in frame.iloc[:, n]] for n in range(frame.shape[1])]


def sheet_label(name: str, taken: set) -> str:
    """A sheet's name, the table's in words: at most 31 letters, no two alike."""
    words = label = spelt(name)[:31]
    while label.lower() in {other.lower() for other in taken}:
        label = f"{words[:28]} {len(taken) % 100}"
    taken.add(label)
    return label


def spelt(text: str) -> str:
    """A code or a label as a reader writes it: `HRDA by period`, `2017-18 Q4`; of the board or of whatever it is called."""
    return label(text.removeprefix("board_"))


def measure_title(name: str) -> str:
    """A measure as people call it."""
    return titles().get(name) or spelt(name)


def _says(about: dict, name: str) -> str:
    return " ".join(str((about.get(name) or {}).get("says") or spelt(name)).split())


def measures(tables: dict, labels: dict):
    """What each measure counts, the sheets (or files, by `labels`) it is on, its code."""
    import pandas as pd

    about = documentation()["measures"]
    where: dict[str, list[str]] = {}
    for name, frame in tables.items():
        for measure in dict.fromkeys(frame["measure"]):
            where.setdefault(measure, []).append(labels[name])
    rows = [
        {
            "Measure": measure_title(name),
            "What it counts": _says(about, name),
            "Sheets": ", ".join(sheets),
            "Code": name,
        }
        for name, sheets in sorted(where.items(), key=lambda item: measure_title(item[0]))
    ]
    return pd.DataFrame(rows, dtype=object)


def plain(frame) -> Plain:
    """The long table as people read it in a spreadsheet, and lines for what is the same in all its rows. As on pages no
    label of a field that nobody filled is 0.

    Headings and labels in words, states in their usual short form. A column is left out where it says nothing: a
    dimension that is Total throughout, a figure that no row has, the reason of what the mark [c] explains.
    """
    import pandas as pd

    from lscb.long_table import FIGURES, NOT_DIMENSIONS
    from openstats import authorities as areas

    frame = without_unanswered(frame)
    columns, same, without = {}, [], frame[list(FIGURES)].isna().all(axis=None)
    states = [SHORT.get(status, "") for status in frame["status"]]
    for name in frame.columns.drop("status"):
        column = frame[name].to_numpy(object)
        if name in FIGURES:
            if frame[name].notna().any() or (without and name == "count"):
                columns[name] = [short or ("" if v != v else v) for short, v in zip(states, column, strict=True)]
            continue
        if name == "reason":
            column = [_beside(t) if short == "[c]" else t for short, t in zip(states, _notes(frame), strict=True)]
        words = {v: areas.name(v) if name == "area" else _cell(name, v) for v in dict.fromkeys(column)}
        if len(words) > 1:
            columns[name] = [words[value] for value in column]
        elif name == "measure":
            same.append(f"Measure: {_says(documentation()['measures'], *words)}")
        elif not {"", "Total"} & set(words):
            same.append(f"{HEADINGS.get(name) or spelt(name)}: {words.popitem()[1]}")
    if not set(columns) - set(NOT_DIMENSIONS):  # of a table of one row the period says which
        columns = {"period": [_cell("period", value) for value in frame["period"]]} | columns
    for name in set(columns) - set(FIGURES):
        if all(re.fullmatch(YEAR, text) for text in columns[name]):
            columns[name] = [int(text) for text in columns[name]]
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return table.rename(columns=lambda name: HEADINGS.get(name) or spelt(name)), same


def _notes(frame) -> list[str]:
    """What stands beside each figure: its reason; after the rounding of its counts a share or rate as a page prints it,
    with its interval."""
    notes = frame["reason"].tolist()
    for at, row in enumerate(records(frame)):
        cell = Cell(row)
        if cell.rounded and cell.shown and cell.value * cell.count * cell.of > 0:
            text = f"{cell:{'percent' if cell.is_share else 'rate'}}" + f", {cell:interval}" * cell.has_interval
            notes[at] = ROUNDED.sub(rf"\g<0>: {text}", cell.reason)
    return notes


def _beside(reason: str) -> str:
    """What stands beside a withheld figure: what can be said of it all the same, or of the count in it."""
    near = withheld(reason).partition(", ")[2]
    return f"its count: {near}" if near and WITH_COUNT in reason else near


def _cell(name: str, value: str) -> str:
    if name in ("measure", "of_measure"):
        return measure_title(value)
    return value if name in ("method", "reason", "unit", "lsoa", "lsoa_name") else spelt(value)
