"""DfE: the Local Authority Interactive Tool, its dictionary and neighbour lists."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .. import authorities as areas
from ..sources import NotAsNamed
from .workbook_sheets import table

if TYPE_CHECKING:
    import pandas as pd

# LAIT's own numbers for England, the regions and their parts.
REGIONS = {
    970: "E92000001",
    980: "E12000001",
    981: "E12000002",
    982: "E12000003",
    983: "E12000004",
    984: "E12000005",
    985: "E12000006",
    986: "E12000007",
    987: "E13000001",
    988: "E13000002",
    989: "E12000008",
    990: "E12000009",
}


def lait(path: Path) -> pd.DataFrame:
    """Every measure of the tool: measure_code, measure, period, area, area_name, value, status, recoded.

    An authority that was recoded without a change of its area stands under both codes, the older marked `recoded`.
    """
    import pandas as pd

    from ..dfe_symbols import tidy

    raw = pd.read_parquet(path)
    raw = raw[raw["LA Number"] != 1000]
    numbers = raw["LA Number"].astype("int64")
    codes = {n: REGIONS.get(n) or areas.with_number(n) for n in numbers.unique()}
    if unknown := [n for n, code in codes.items() if code is None]:
        raise NotAsNamed(f"{path.name}: {len(unknown)} DfE numbers are of no known authority ({unknown[0]} for one).")
    frame = tidy(
        pd.DataFrame(
            {
                "measure_code": raw["Short Desc"],
                "measure": raw["Short Desc"],  # its name stands in the tool's dictionary
                "period": raw["Years"],
                "area": numbers.map(codes),
                "value": raw["Values"],
            }
        )
    )
    older = {}
    for area in areas.every().values():
        now = areas.with_number(area.dfe_number) if area.dfe_number and area.type in areas.UPPER_TIER else None
        if now and now != area.code:
            older[now] = area.code
    again = frame[frame["area"].isin(list(older))]
    again = again.assign(area=again["area"].map(older), recoded=True)
    frame = pd.concat([frame, again], ignore_index=True)
    names = {code: area.name for code, area in areas.every().items()}
    names |= {"E13000001": "Inner London", "E13000002": "Outer London"}
    frame.insert(4, "area_name", frame["area"].map(names))
    for column in ("measure_code", "measure", "period", "area", "area_name", "status"):
        frame[column] = frame[column].astype("str").astype("category")
    return frame


def dictionary(path: Path) -> pd.DataFrame:
    """What the tool says of its measures: measure_code, measure, polarity, unit, description, updated."""
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig").rename(
        columns={
            "Measure_short": "measure_code",
            "Measure": "measure",
            "Polarity": "polarity",
            "y_axis_name": "unit",
            "Description": "description",
        }
    )
    return frame[["measure_code", "measure", "polarity", "unit", "description"]].drop_duplicates("measure_code")


def neighbours(path: Path) -> pd.DataFrame:
    """The ten statistical neighbours of every authority: area, model_year, closeness_order, neighbour, closeness.

    The year of the model stands only in the file's name (`sn_april_2021.xlsx`).
    """
    import pandas as pd

    year = re.search(r"(20\d\d)", path.stem)
    raw = table(path, lambda names: {"LA num", "SN1", "SN10"} <= set(names))
    if raw is None or not year:
        raise NotAsNamed(f"{path.name} is no list of statistical neighbours with the year of its model in its name.")
    model, rows = int(year[1]), []
    first = list(raw.columns).index("SN1")
    for row in raw.itertuples(index=False):
        if not str(row[0]).strip():
            continue
        area = areas.with_number(int(float(row[0])), date(model, 6, 1))
        for order in range(10):
            number, closeness = row[first + 2 * order], row[first + 2 * order + 1]
            if str(number).strip() in ("", "-"):
                continue
            neighbour = areas.with_number(int(float(number)), date(model, 6, 1))
            if area is None or neighbour is None:
                raise NotAsNamed(f"{path.name}: {row[0]} or {number} is the DfE number of no known authority.")
            rows.append((area, model, order + 1, neighbour, str(closeness).strip().capitalize()))
    frame = pd.DataFrame(rows, columns=["area", "model_year", "closeness_order", "neighbour", "closeness"])
    return frame.drop_duplicates(["area", "closeness_order"])
