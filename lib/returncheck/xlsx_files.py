"""Workbooks of Excel since 2007 (.xlsx, .xlsm): calamine reads the cells, `xlsx_sheet` what it does not say of them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from . import calamine_cells, xlsx_sheet
from .calamine_cells import Look
from .file_limits import Unreadable
from .grid import Opened
from .xlsx_styles import Styles
from .zip_parts import Parts


def read(path: Path, parts: Parts) -> Opened:
    """An .xlsx or .xlsm file. Raises Unreadable for what cannot be read, a binary workbook (.xlsb) among it."""
    parts.bound()
    if "xl/workbook.bin" in parts.names:
        raise Unreadable(
            "The workbook is a binary one (.xlsb), in which errors cannot be told from blanks. Save it as .xlsx."
        )
    notes = []
    if any(n.endswith("vbaProject.bin") for n in parts.names):
        notes.append("The workbook holds macros; they are ignored.")
    if any(n.startswith("xl/externalLinks/") for n in parts.names):
        notes.append("The workbook links to other files; the links are not followed, stored values are read.")
    styles = Styles.of(parts)
    looks = {name: _look(name, parts, part, styles) for name, part in _sheet_paths(parts).items()}
    epoch = bool(re.search(rb'date1904="(?:1|true)"', parts.get("xl/workbook.xml")))
    book = calamine_cells.open_workbook(path, ".xlsx", ".xlsm")
    grids = [calamine_cells.grid_of(book, sheet, looks.get(sheet[0], Look())) for sheet in calamine_cells.sheets(book)]
    for grid in grids:
        grid.epoch_1904 = epoch
    return Opened("xlsx", grids, notes)


def _look(name: str, parts: Parts, part: str, styles: Styles) -> Look:
    """What a sheet's part says, which is then let go: calamine unpacks it again."""
    xml = xlsx_sheet.as_excel_writes(parts.get(part))
    parts.kept[part] = b""
    xlsx_sheet.check_extent(name, xml)
    faults = xlsx_sheet.faults(xml) | xlsx_sheet.struck(xml, styles)
    return Look(faults, xlsx_sheet.appearances(xml, styles), *xlsx_sheet.hidden(xml))


def _sheet_paths(parts: Parts) -> dict[str, str]:
    """Sheet name -> its part, by the workbook's relations."""
    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get("xl/_rels/workbook.xml.rels")):
        identity, target = re.search(rb'\bId="([^"]*)"', tag), re.search(rb'\bTarget="([^"]*)"', tag)
        if identity and target:
            text = target[1].decode("utf-8", "replace")
            targets[identity[1]] = text.lstrip("/") if text.startswith("/") else "xl/" + text
    paths = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", parts.get("xl/workbook.xml")):
        name, identity = re.search(rb'\bname="([^"]*)"', tag), re.search(rb'\b\w+:id="([^"]*)"', tag)
        if name and identity and identity[1] in targets:
            paths[unescape(name[1].decode("utf-8", "replace"))] = targets[identity[1]]
    return paths
