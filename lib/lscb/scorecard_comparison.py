"""An area's official figures beside England's on one scale, and beside what its own return says of the same year."""

from collections.abc import Mapping

import pandas as pd

from .scorecard import Indicator

ROLES = dict(official_figure="own", official_neighbours="near", official_region="region", official_england="england")
TWINS = {("quarterly flow", "annual flow", "financial"), ("snapshot", "snapshot", "financial")}


def beside_england(latest: pd.DataFrame) -> pd.DataFrame:
    """Official figures of one area as fractions above (+) or below (-) England's of the same indicator and period.

    latest : rows of `scorecard_year` of each indicator's newest period
    Returns one row an indicator (the index): `own`, `near` (the neighbours' mean), `region`, `low` and `high` (the
    interval of the difference), `least` and `most` (of the neighbours); blank where there is none. One without a figure
    of England is left out.
    """
    shown = latest[latest["status"] == "shown"]
    values = shown.pivot(index="indicator", columns="measure", values="value").reindex(columns=list(ROLES))
    apart = shown[shown["measure"] == "official_difference_from_england"].set_index("indicator")[["low", "high"]]
    spread = shown[shown["measure"] == "official_among_neighbours"].set_index("indicator")[["low", "high"]]
    values = values.rename(columns=ROLES).join(spread.set_axis(["least", "most"], axis=1)).query("england > 0")
    return values.div(values.pop("england"), axis=0).sub(1).join(apart.astype(float))


def twins(recorded: pd.DataFrame, official: pd.DataFrame, entries: Mapping[str, Indicator], year: str) -> pd.DataFrame:
    """What a return and the official table say of the same year, of each indicator that both count on one basis.

    recorded, official : rows of `scorecard_quarter` and `scorecard_year` of one area; year : such as 2017-18
    A flow of the return is the sum of its four quarters, a snapshot that of its last. One row an indicator (the index):
    `value` (the return's) of `count` and `of`, `official`, `unit` (count where the official number is held, else share
    or rate), `apart` ((value - official) / official; blank beside an official 0).
    """
    nan, last = float("nan"), f"{year}-Q4"
    sent = recorded[recorded["period"].str.startswith(f"{year}-Q") & (recorded["status"] == "shown")]
    counts = sent[sent["measure"] == "services_count"].pivot(index="indicator", columns="period", values="count")
    people = sent[(sent["measure"] == "services_rate") & (sent["period"] == last)].set_index("indicator")["of"]
    flows, stocks = counts.sum(axis=1, min_count=4), counts.reindex(columns=[last])[last]
    there = official[(official["period"] == year) & (official["status"] == "shown")]
    printed, number = (there[there["measure"] == f"official_{m}"].set_index("indicator") for m in ("figure", "rate"))
    rows = {}
    for name, each in entries.items():
        if (each.quarter.get("basis"), each.official.get("basis"), each.official.get("year")) in TWINS:
            own = (stocks if each.carries_over else flows).get(each.quarter["count"], nan)
            of = flows.get(each.quarter.get("of", ""), people.get(each.quarter["count"], nan)) or nan
            per = each.official.get("per", 1)
            figures = own / of * per, printed["value"].get(name, nan), f"per {per:,}" if per > 1 else "share"
            counted = own, number["count"].get(name, nan), "count"
            rows[name] = (*(counted if name in number.index else figures), own, of)
    both = ["value", "official"]
    frame = pd.DataFrame.from_dict(rows, "index", columns=[*both, "unit", "count", "of"]).dropna(subset=both)
    return frame.assign(apart=frame["value"] / frame["official"].replace(0, nan) - 1)
