"""Population estimates: ONS's yearly workbooks, Nomis's CSV, DfE's series of children."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..sources import NotAsNamed, number_of
from .workbook_sheets import sheets

if TYPE_CHECKING:
    import pandas as pd

OLDEST = 90


def workbook(path: Path) -> pd.DataFrame:
    """Residents of every English area of an ONS mid-year workbook, whatever its layout.

    Columns: area, mid_year, sex (male, female), age (0 to 90, 90 and over together), population, vintage. The sheets
    are known by their titles (Males, Females) and the columns by their headings. Raises NotAsNamed where the ages do
    not add to the total of all ages, the sexes to the persons, or the districts to their county: with the count.
    """
    import pandas as pd

    parts, year = {}, None
    for name, rows in sheets(path).items():
        if not name.replace(" ", "").upper().startswith("MYE2"):
            continue
        title = " ".join(str(cell) for row in rows[:4] for cell in row)
        match = re.search(r"(Persons|Males|Females) by single year.*mid-(\d{4})", title, re.DOTALL)
        if not match:
            raise NotAsNamed(f"{path.name}: the sheet {name!r} has no title with its sex and mid-year.")
        parts[match[1]], year = _ages(rows, path.name, name), int(match[2])
    if missing := {"Persons", "Males", "Females"} - set(parts):
        raise NotAsNamed(f"{path.name} has no sheet of {' or '.join(sorted(missing)).lower()} by single year of age.")
    persons, both = parts["Persons"], parts["Males"] + parts["Females"]
    if not persons.index.equals(both.index) or (bad := int((persons != both).any(axis=1).sum())):
        raise NotAsNamed(f"{path.name}: males and females do not add to persons in {number_of(bad, 'area')}.")
    _counties(persons, path.name)
    frame = pd.concat([_long(parts["Males"], "male"), _long(parts["Females"], "female")], ignore_index=True)
    return frame.assign(mid_year=year, vintage="first published")[
        ["area", "mid_year", "sex", "age", "population", "vintage"]
    ]


def _ages(rows: list[list], file: str, sheet: str) -> pd.DataFrame:
    """English areas by age. Raises NotAsNamed where the ages do not add to all ages."""
    import pandas as pd

    place = next((i for i, row in enumerate(rows) if str(row[0]).strip() == "Code"), None)
    if place is None:
        raise NotAsNamed(f"{file}: the sheet {sheet!r} has no heading `Code`.")
    ages, total = {}, None
    for column, cell in enumerate(rows[place]):
        text = str(cell).strip().removesuffix(".0")
        if text == "All ages":
            total = column
        elif re.fullmatch(r"\d{1,2}\+?", text):
            ages[column] = int(text.rstrip("+"))
    if sorted(ages.values()) != list(range(OLDEST + 1)) or total is None:
        raise NotAsNamed(f"{file}: the sheet {sheet!r} does not give every single year of age from 0 to {OLDEST}.")
    english = [row for row in rows[place + 1 :] if re.fullmatch(r"E\d{8}", str(row[0]).strip())]
    frame = pd.DataFrame(
        [[row[column] for column in ages] for row in english],
        index=[str(row[0]).strip() for row in english],
        columns=list(ages.values()),
    ).apply(pd.to_numeric, errors="coerce")
    if blank := int(frame.isna().any(axis=1).sum()):
        raise NotAsNamed(f"{file}: the sheet {sheet!r} has blank ages in {number_of(blank, 'area')}.")
    totals = pd.to_numeric(pd.Series([row[total] for row in english], index=frame.index), errors="coerce")
    if bad := int((frame.sum(axis=1) != totals).sum()):
        raise NotAsNamed(
            f"{file}: the sheet {sheet!r} has ages that do not add to all ages in {number_of(bad, 'area')}."
        )
    return frame.astype("int64").sort_index()


def _counties(persons: pd.DataFrame, file: str) -> None:
    from .. import authorities as areas

    wrong = []
    for county in (code for code in persons.index if code.startswith("E10")):
        parts = [code for code in areas.districts(county) if code in persons.index]
        if parts and (persons.loc[parts].sum() != persons.loc[county]).any():
            wrong.append(areas.name(county))
    if wrong:
        raise NotAsNamed(f"{file}: the districts do not add to the county in {len(wrong)}: {', '.join(wrong)}.")


def _long(frame: pd.DataFrame, sex: str) -> pd.DataFrame:
    people: Any = frame.rename_axis(index="area", columns="age").stack()
    return people.rename("population").reset_index().assign(sex=sex)


def nomis(path: Path) -> pd.DataFrame:
    """The same columns from Nomis's CSV (dataset NM_2002_1), of which only single years and the two sexes are kept."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    frame.columns = [name.upper() for name in frame.columns]
    date = next((c for c in ("DATE_NAME", "DATE", "DATE_CODE") if c in frame), None)
    ages = frame["C_AGE_NAME"].str.extract(r"^Age (\d{1,2})\+?\s*$", flags=re.IGNORECASE)[0]
    sex = frame["GENDER_NAME"].str.casefold()
    used = ages.notna() & sex.isin(["male", "female"]) & frame["GEOGRAPHY_CODE"].str.fullmatch(r"E\d{8}")
    if "MEASURES" in frame:
        used &= frame["MEASURES"] == "20100"
    if date is None or not used.any():
        raise NotAsNamed(f"{path.name} has no rows of English areas by single year of age and sex with their year.")
    people = pd.DataFrame(
        {
            "area": frame["GEOGRAPHY_CODE"][used],
            "mid_year": frame[date][used].str.extract(r"(\d{4})")[0].astype("int64"),
            "sex": sex[used],
            "age": ages[used].astype("int64"),
            "population": pd.to_numeric(frame["OBS_VALUE"][used], errors="coerce"),
        }
    ).drop_duplicates()
    groups = people.groupby(["area", "mid_year", "sex"])
    if bad := int((groups["age"].count() != OLDEST + 1).sum() + people["population"].isna().sum()):
        raise NotAsNamed(
            f"{path.name}: {number_of(bad, 'combination')} of area, year and sex without each age from 0 to {OLDEST} "
            "once (Nomis sends at most 25,000 rows at a time: fetch it with `lscb fetch`)."
        )
    _totals(frame, people, date, path.name)
    people = people.astype({"population": "int64"}).assign(vintage="current series")
    return people.reset_index(drop=True)


def _totals(frame: pd.DataFrame, people: pd.DataFrame, date: str, file: str) -> None:
    """Raise NotAsNamed where the file's own totals of all ages are not what its ages add to."""
    import pandas as pd

    all_ages = frame[frame["C_AGE_NAME"].str.casefold().isin(["all ages", "total"])]
    all_ages = all_ages[all_ages["GENDER_NAME"].str.casefold().isin(["male", "female"])]
    keys = [
        all_ages["GEOGRAPHY_CODE"],
        all_ages[date].str.extract(r"(\d{4})")[0].astype("int64"),
        all_ages["GENDER_NAME"].str.casefold(),
    ]
    printed = pd.Series(pd.to_numeric(all_ages["OBS_VALUE"]).to_numpy(), index=pd.MultiIndex.from_arrays(keys))
    sums = people.groupby(["area", "mid_year", "sex"])["population"].sum()
    if bad := int((sums.reindex(printed.index) != printed).sum()) if len(printed) else 0:
        raise NotAsNamed(
            f"{file}: the ages do not add to all ages in {number_of(bad, 'combination')} of area, year and sex."
        )


def children(path: Path) -> pd.DataFrame:
    """DfE's population aged 0-17 of authorities, regions and England: area, mid_year, population_0_17, vintage."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    frame = frame[frame["age_group"].str.contains("0 to 17")]
    area = frame["new_la_code"].where(frame["geographic_level"] == "Local authority")
    area = area.fillna(frame["region_code"].where(frame["geographic_level"] == "Regional"))
    area = area.fillna(frame["country_code"].where(frame["geographic_level"] == "National"))
    people = pd.DataFrame(
        {
            "area": area,
            "mid_year": frame["time_period"].astype("int64"),
            "population_0_17": pd.to_numeric(frame["population_estimate"], errors="coerce"),
            "vintage": "current series",
        }
    ).dropna()
    if twice := int(people.duplicated(["area", "mid_year"]).sum()):
        raise NotAsNamed(f"{path.name}: {number_of(twice, 'area stands', 'areas stand')} twice in one year.")
    return people.astype({"population_0_17": "int64"}).reset_index(drop=True)
