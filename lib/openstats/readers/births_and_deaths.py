"""ONS births and deaths by area of usual residence: yearly workbooks, the older ones with names and no codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import authorities as areas
from ..sources import NotAsNamed
from .workbook_sheets import sheets

if TYPE_CHECKING:
    import pandas as pd

# Two pairs of authorities are published together; the figure stands under the larger.
OTHER_NAMES = {
    "hackneyandcityoflondon": "E09000012",
    "hackneypluscityoflondon": "E09000012",
    "cornwallandislesofscilly": "E06000052",
    "cornwalluaandislesofscilly": "E06000052",
    "cornwalluaandislesofscillyua": "E06000052",
    "somersetcounty": "E10000027",
    "east": "E12000006",
}

LARGER = {"E09000001": "E09000012", "E06000053": "E06000052"}
# The columns of the child mortality statistics by area: which heading is which figure.
COHORT: dict[str, Callable[[str], bool]] = {
    "live_births": lambda text: text == "live births",
    "infant_deaths": lambda text: re.fullmatch(r"(?:number of )?infant deaths?(?: .*)?|infant", text) is not None,
    "neonatal_deaths": lambda text: re.fullmatch(r"(?:number of )?neonatal deaths?(?: .*)?|neonatal", text) is not None,
}


def births(path: Path) -> pd.DataFrame:
    """Live births of a calendar year by mother's usual residence: area, year, live_births."""
    return _table(path, {"live_births": "live births"}, "births")


def deaths(path: Path) -> pd.DataFrame:
    """Deaths under one year and under four weeks by year of registration.

    Columns: area, year, infant_deaths, neonatal_deaths.
    """
    return _table(path, {"infant_deaths": "infant", "neonatal_deaths": "neonatal"}, "deaths")


def child_mortality(path: Path) -> pd.DataFrame:
    """ONS's child mortality statistics by area of usual residence: area, year, live_births, infant_deaths,
    neonatal_deaths of the children who died in the year (the death cohort).

    Two areas that are published together (`E06000052, E06000053`) stand under the larger, as in the older workbooks.
    """
    import pandas as pd

    for name, rows in sheets(path).items():
        first = next((i for i, row in enumerate(rows[:15]) if is_cohort_header([str(c) for c in row])), None)
        if first is None:
            continue
        heads = [" ".join(str(cell).split()).casefold() for cell in rows[first]]
        columns = {
            field: next((c for c, text in enumerate(heads) if fits(text)), None) for field, fits in COHORT.items()
        }
        if lacking := [field.replace("_", " ") for field, column in columns.items() if column is None]:
            raise NotAsNamed(f"{path.name}: the sheet {name} has no column of {' or '.join(lacking)}.")
        code, year = next(c for c, t in enumerate(heads) if t.endswith("code")), _cohort_year(rows[:first], path)
        figures = [
            {"area": found[0] if len(found) == 1 else LARGER.get(found[0], found[0]), "year": year}
            | {field: _number(row[column]) for field, column in columns.items() if column is not None}
            for row in rows[first + 1 :]
            if (found := re.findall(r"\bE(?:06|07|08|09|10|12|92)\d{6}\b", str(row[code])))
        ]
        if len(figures) >= 150:
            return pd.DataFrame(figures).drop_duplicates("area")
    raise NotAsNamed(f"{path.name} has no sheet of live births and infant deaths by English area.")


def is_cohort_header(row: list[str]) -> bool:
    """Whether a row heads the table of births and infant deaths by area of the child mortality statistics."""
    heads = {" ".join(cell.split()).casefold() for cell in row}
    return (
        "live births" in heads and "infant mortality rate" in heads and any(h.endswith("residence code") for h in heads)
    )


def _cohort_year(title: list[list], path: Path) -> int:
    text = " ".join(str(cell) for row in title for cell in row)
    years = re.findall(r"\b(20[0-4]\d)\b", text) or re.findall(r"(20[0-4]\d)", path.stem)
    if not years:
        raise NotAsNamed(f"{path.name} says nowhere which year it is of.")
    return int(years[0])


def _table(path: Path, wanted: dict[str, str], kind: str) -> pd.DataFrame:
    import pandas as pd

    book = sheets(path)
    name = next((n for n in book if n.strip().casefold() in ("table 1", "table 1a")), None)
    if name is None:
        raise NotAsNamed(f"{path.name} has no Table 1 of {kind} by area.")
    rows, year = book[name], _year(book, name, path)
    first = next(i for i, row in enumerate(rows) if any("UNITED KINGDOM" in str(c) for c in row[:2]) and _filled(row))
    heads = [" ".join(str(row[c]) for row in rows[:first] if c < len(row)).casefold() for c in range(len(rows[first]))]
    columns = {field: _column(heads, rows[:first], phrase) for field, phrase in wanted.items()}
    places = {field: column for field, column in columns.items() if column is not None}
    if len(places) < len(columns):
        raise NotAsNamed(f"{path.name}: Table 1 has no column of {' or '.join(wanted)}.")
    figures = [
        {"area": area, "year": year} | {field: _number(row[column]) for field, column in places.items()}
        for row in rows[first:]
        if (area := _area(row, year)) and _filled(row)
    ]
    frame = pd.DataFrame(figures).drop_duplicates("area")
    if len(frame) < 150:
        raise NotAsNamed(f"{path.name}: only {len(frame)} English areas were found in Table 1.")
    return frame


def _filled(row: list) -> bool:
    return sum(isinstance(cell, int | float) for cell in row) > 5


def _column(heads: list[str], head_rows: list[list], phrase: str) -> int | None:
    if phrase == "live births":  # the first column under `Live Births`, whose lower headings say All, Total
        for row in head_rows:
            for column, cell in enumerate(row):
                if str(cell).strip().casefold() == "live births":
                    return column
        return None
    return next(
        (c for c, text in enumerate(heads) if phrase in text and "rate" not in text and "mortality" not in text), None
    )


def _year(book: dict, name: str, path: Path) -> int:
    titles = [" ".join(str(c) for row in rows[:8] for c in row) for rows in (book[name], next(iter(book.values())))]
    for text in (*titles, path.stem):
        if years := re.findall(r"\b(20[0-4]\d)\b", text.replace("_", " ")):
            return int(years[0])
    raise NotAsNamed(f"{path.name} says nowhere which year it is of.")


def _area(row: list, year: int) -> str | None:
    """The code of a row: its own where it has one, else by its name, free of footnotes and `UA`."""
    first = str(row[0]).strip()
    if codes := re.findall(r"\bE(?:06|07|08|09|10|12|92)\d{6}\b", first):
        return codes[0]
    text = letters(first or str(row[1]))
    return OTHER_NAMES.get(text) or _names(year).get(text) or _names(year).get(text.removesuffix("ua"))


def letters(text: str) -> str:
    """A name as its letters only: footnote numbers and the several hyphens, commas and apostrophes fall away."""
    return re.sub(r"[^a-z]", "", text.casefold())


@lru_cache
def _names(year: int) -> dict[str, str]:
    """Codes by the letters of names, of the areas in force in the middle of a year."""
    every = [a for a in areas.every().values() if a.in_force(date(year, 7, 1)) and a.type != "metropolitan county"]
    return {letters(area.name): area.code for area in reversed(every)}


def _number(cell: object) -> float:
    if isinstance(cell, int | float):
        return float(cell)
    return 0.0 if str(cell).strip() in ("-", "\u2013") else float("nan")
