"""What an official file is, known by what is in it; its name does not matter."""

from __future__ import annotations

import csv
import io
from functools import cached_property
from pathlib import Path
from typing import Any

from .deprivation_headings import SUMMARY, columns, edition_of

WORKBOOKS = ("xlsx", "xls", "ods")


class Peek:
    """The beginning of a file: enough to say what it is, read without the heavy libraries."""

    def __init__(self, path: Path):
        self.path = path

    @cached_property
    def start(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as file:
            return file.read(8_192)

    @cached_property
    def text(self) -> str:
        """The first bytes as text, whatever they are."""
        return self.start.decode("utf-8-sig", "replace")

    @cached_property
    def form(self) -> str:
        """xlsx, xls, ods, parquet, json, csv, or html for a page saved in a file's place."""
        if self.start.startswith(b"PK\x03\x04"):
            return "ods" if b"opendocument.spreadsheet" in self.start else "xlsx"
        if self.start.startswith(b"\xd0\xcf\x11\xe0"):
            return "xls"
        if self.start.startswith(b"PAR1"):
            return "parquet"
        first = self.text.lstrip()[:200].lower()
        if first.startswith(("<!doctype", "<html", "<?xml", "<")):
            return "html"
        return "json" if first.startswith(("{", "[")) else "csv"

    @cached_property
    def header(self) -> list[str]:
        """The column names of a CSV file."""
        rows = csv.reader(io.StringIO(self.text)) if self.form == "csv" else iter(())
        try:
            return [name.strip() for name in next(rows, [])]
        except csv.Error:
            return []

    @cached_property
    def sheets(self) -> dict[str, list[list[Any]]]:
        """The first rows of every sheet of a workbook; none of a workbook that cannot be opened."""
        if self.form not in WORKBOOKS:
            return {}
        import python_calamine

        try:
            book = python_calamine.CalamineWorkbook.from_path(str(self.path))
            return {name: book.get_sheet_by_name(name).to_python(nrows=12) for name in book.sheet_names}
        except Exception:  # whatever a damaged or locked workbook raises, it is not one of ours
            return {}

    @cached_property
    def words(self) -> str:
        """All text of the first rows of a workbook, in small letters on one line."""
        rows = (row for sheet in self.sheets.values() for row in sheet)
        return " ".join(" ".join(str(cell) for cell in row if cell != "") for row in rows).casefold()


def kind(path: Path) -> str:
    """The kind of a file (see `kind` in data/sources.yml), or blank for one that is none of them."""
    try:
        return _kind(Peek(path))
    except OSError:
        return ""


def _kind(peek: Peek) -> str:
    header = {name.casefold() for name in peek.header}
    if peek.form == "csv":
        for name, needed in CSV_COLUMNS.items():
            if needed <= header:
                return name
        if {"lsoa11cd", "lsoa21cd", "chngind"} <= header:  # as ONS's own portal sends it
            return "lsoa_lookup"
        if {"pcds", "doterm"} <= header and header & {"lsoa11", "lsoa11cd", "lsoa21", "lsoa21cd"}:
            return "postcode_directory"
        return _indices(peek.header)
    if peek.form == "json":
        for code, year in (("lsoa11cd", 2011), ("lsoa21cd", 2021), ("lsoa11_code", 2011), ("lsoa21_code", 2021)):
            if f'"{code}"' in peek.text.casefold() and "featurecollection" in peek.text.casefold():
                return f"lsoa_boundaries_{year}"
    if peek.form == "parquet":
        import pyarrow.parquet

        if {"Short Desc", "Data item", "LA Number"} <= set(pyarrow.parquet.read_schema(peek.path).names):
            return "lait"
    return _workbook(peek) if peek.sheets else ""


# Column names (small letters) that only a file of the kind has all of.
CSV_COLUMNS = {
    "lsoa_lookup": {"lsoa11_code", "lsoa21_code", "change_code"},
    "nomis_population": {"geography_code", "gender_name", "c_age_name", "obs_value"},
    "dfe_population": {"new_la_code", "age_group", "population_estimate"},
    "lait_dictionary": {"measure_code", "measure_short", "polarity"},
    "lsoa_areas_2018": {"lsoa11_code", "ltla18_code"},
    "lsoa_areas_2024": {"lsoa21_code", "ltla24_code"},
}


def _indices(header: list[str]) -> str:
    """`iod2019` for a table of neighbourhoods of that edition of the Indices; blank for any other."""
    edition = edition_of(header)
    return f"iod{edition}" if edition and columns(header) else ""


def _workbook(peek: Peek) -> str:
    for rows in peek.sheets.values():
        for row in rows[:3]:
            names = [str(cell) for cell in row]
            if edition := _indices(names):
                return edition
            if (
                names
                and names[0].casefold().startswith("local authority district code")
                and SUMMARY.search(" ".join(names))
            ):
                return "iod_summaries"
            if {"SN1", "SN10", "LA num"} <= set(names):
                return "neighbours"
    if sum(name.replace(" ", "").upper().startswith("MYE2") for name in peek.sheets) >= 3:
        return "mid_year_estimates"
    if "infant mortality rate" in peek.words and "residence code" in peek.words:
        return "child_mortality"
    if any(name.casefold().startswith("table 1") for name in peek.sheets):
        if "live births" in peek.words and "area of usual residence" in peek.words and "mothers" in peek.words:
            return "births" if "deaths registered" not in peek.words else "deaths"
        if "deaths registered" in peek.words or "deaths (numbers" in peek.words:
            return "deaths"
        if "live births" in peek.words:
            return "births"
    return ""
