# ruff: noqa: E501  (rows of cases read best as rows)
"""Invented returns for the tests: their headings, a good row of each, and how what was found is asked for."""

import returncheck as returns
from lscb.periods import Quarter

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
HRDA = ["Referral ID", "Victim ID", "Perpetrator ID", "Date of referral", "Children in household", "Disability", "LSOA"]
DEATHS = ["Case ID", "Date of birth", "Date of death", "Date notified", "Gestation", "Categories", "Sex"]


def read(folder, period=PERIOD, area=AREA, **files):
    """Writes files (`hrda__csv="..."`) and reads their folder; received is accepted and refused, always."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    got = returns.read(folder, period, area)
    assert (got.quality["received"] == got.quality["accepted"] + got.quality["refused"]).all()
    assert "could not be understood" not in " ".join(got.problems["rule"])
    return got


def table(heads, *rows):
    return "\n".join(",".join(r) for r in [heads, *rows]) + "\n"


def hrda(*, id="R1", victim="V1", perpetrator="P1", on="03/04/2017", children="2", disability="Y", lsoa="E01017139"):
    return [id, victim, perpetrator, on, children, disability, lsoa]


def death(
    *, id="D1", born="01/01/2017", died="01/02/2017", notified="02/02/2017", gestation="40", categories="8", sex="F"
):
    return [id, born, died, notified, gestation, categories, sex]


def problem(got, severity="refuse"):
    """(cell, value) of the problems of one severity."""
    some = got.problems[(got.problems["severity"] == severity) & got.problems["row"].notna()]
    return list(zip(some["cell"], some["value"], strict=True))


def emptied(got):
    """(cell, value) of the cells that gave no value in rows that count all the same."""
    some = got.problems[got.problems["todo"].str.startswith("The row counts")]
    return list(zip(some["cell"], some["value"], strict=True))


def rules(got):
    """Every sentence of a reading."""
    return " ".join(got.problems["rule"])
