"""What stands beside an area's official figures: neighbours, region and England, its place among all, its differences.

Each comparator is of the figure's own period and basis, or the row says why there is none.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb import rates
from lscb.scorecard import Indicator
from openstats import Missing
from openstats import authorities as areas

from . import reasons
from .quarter_inputs import Inputs

KEYS = ["area", "indicator", "period"]
ENDS = ["least", "least_low", "most", "most_high"]
ALMOST_ALL = 0.9  # of the authorities: with figures of fewer no place is given among all
ROLES = ("neighbours", "region", "england")


def comparators(inputs: Inputs) -> tuple[pd.DataFrame, dict[str, str]]:
    """Which areas stand beside which (area, role, beside), and which list of neighbours each area's is."""
    rows, notes = [], {}
    for code in inputs.areas:
        rows += [(code, "england", areas.ENGLAND), (code, "region", areas.known(code).region)]
        try:
            near = inputs.comparators(code)
        except Missing:
            continue
        rows += [(code, "neighbours", other) for other in near["area"]]
        notes[code] = near.attrs.get("note") or "list of " + str(near["model_year"].iloc[0])
    return pd.DataFrame(rows, columns=["area", "role", "beside"]), notes


def beside(
    inputs: Inputs, published: pd.DataFrame, chosen: Mapping[str, Indicator], pairs: pd.DataFrame, lists: dict[str, str]
) -> pd.DataFrame:
    """The comparators of every period: the neighbours' mean and how many it is of, the region and England."""
    frame = pairs.merge(published.rename(columns={"area": "beside"}), on="beside")
    refused = [(n, g) for n, each in chosen.items() for g in each.official.get("not_used", {})]
    for name, geography in refused:
        here = frame["indicator"].eq(name) & frame["beside"].eq(geography)
        why = f"not comparable: {chosen[name].official['not_used'][geography]}"
        frame.loc[here, ["status", "reason"]] = ["not_applicable", why]
        frame.loc[here, "value"] = float("nan")
    single = frame[frame["role"] != "neighbours"]
    single = single.assign(measure="official_" + single["role"], method=single["beside"].map(_name))
    grouped = frame[frame["role"] == "neighbours"].groupby([*KEYS, "unit"])["value"]
    mean = grouped.agg(value=rates.decimal_mean, count="count").reset_index()
    of = pairs[pairs["role"] == "neighbours"].groupby("area").size()
    mean = mean.assign(measure="official_neighbours", of=mean["area"].map(of))
    mean["method"] = "unweighted mean; " + mean["area"].map(lists).astype("str")
    mean["status"] = (mean["count"] > 0).map({True: "shown", False: "not_available"})
    mean["reason"] = mean["status"].map({"shown": "", "not_available": "no neighbour's figure is published or held"})
    local = published.loc[published["area"].isin(inputs.areas), KEYS].drop_duplicates()
    return _every(pd.concat([single, mean], ignore_index=True), local)


def _every(frame: pd.DataFrame, local: pd.DataFrame) -> pd.DataFrame:
    """Each comparator of each of the area's own figures, with the reason where there is none of that period."""
    wanted = local.merge(pd.DataFrame({"measure": [f"official_{role}" for role in ROLES]}), how="cross")
    frame = wanted.merge(frame, on=[*KEYS, "measure"], how="left", validate="one_to_one")
    absent = frame["status"].isna()
    frame.loc[absent, "status"] = "not_available"
    frame.loc[absent, "reason"] = "not comparable: no figure of the same period is held"
    return frame


def _name(code: str) -> str:
    return areas.every()[code].name if code in areas.every() else code


def standing(
    inputs: Inputs, published: pd.DataFrame, counted: pd.DataFrame, pairs: pd.DataFrame, lists: dict[str, str]
) -> pd.DataFrame:
    """Where the newest figure stands: its rank (1st is the highest, equal ones share the better) and the range of the
    others, the lowest and highest of the neighbours, the quartiles of all upper-tier authorities of the day. All or none
    of a number that is not published, which may be one, has no place."""
    there = published[published["value"].notna()]
    own = _newest(there[there["area"].isin(inputs.areas)])
    near = pairs[pairs["role"] == "neighbours"][["area", "beside"]]
    codes = list(areas.upper_tier(inputs.period.last_day))
    every = pd.DataFrame([(a, b) for a in inputs.areas for b in codes if a != b], columns=["area", "beside"])
    parts = []
    for measure, others, ends in (
        ("official_among_neighbours", near, (0, 1)),
        ("official_among_all", every, (0.25, 0.75)),
    ):
        figures = there[["area", "indicator", "period", "value"]].rename(columns={"area": "beside", "value": "other"})
        rows = own.merge(others, on="area").merge(figures, on=["beside", "indicator", "period"])
        rows["above"] = rows["other"] > rows["value"]
        grouped = rows.groupby([*KEYS, "value", "unit"])
        low, high = (grouped["other"].quantile(q).rename(n) for q, n in zip(ends, ("low", "high"), strict=True))
        frame = pd.concat([grouped["above"].sum() + 1, grouped.size() + 1, low, high], axis=1).reset_index()
        frame.columns = pd.Index([*KEYS, "value", "unit", "rank", "ranked", "low", "high"])
        what = (
            frame["area"].map(lists).astype("str")
            if measure.endswith("neighbours")
            else "authorities of " + f"{inputs.period.last_day:%d %B %Y}".lstrip("0")
        )
        parts.append(frame.assign(measure=measure, method="range of the others; " + what))
    frame = pd.concat(parts, ignore_index=True).assign(status="shown", reason="")
    few = frame["measure"].eq("official_among_all") & (frame["ranked"] < ALMOST_ALL * len(codes))
    unknown = frame["unit"].eq("share") & frame["value"].isin([0, 1])
    unknown &= ~pd.MultiIndex.from_frame(frame[KEYS]).isin(pd.MultiIndex.from_frame(counted[KEYS]))
    for these, why in ((few, "figures of all authorities are not held here"), (unknown, reasons.ALL_OR_NONE.says)):
        frame.loc[these, ["value", "rank", "ranked", "low", "high"]] = float("nan")
        frame.loc[these, "status"], frame.loc[these, "reason"] = "not_available", why
    return frame


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[[*KEYS, "year", "value", "unit"]].dropna(subset="value")
    return rows[rows["year"] == rows.groupby(["area", "indicator"])["year"].transform("max")]


def differences(
    local: pd.DataFrame, counted: pd.DataFrame, others: pd.DataFrame, pairs: pd.DataFrame, halves: Mapping[str, float]
) -> pd.DataFrame:
    """The newest figure's difference from each comparator, as a fraction of the comparator.

    counted : rates counted again, with intervals, of the areas and of those beside them; `least` and `most` with
        the outer ends of their intervals, where the printed figure leaves more than one number possible
    halves : half of the last printed place of each indicator's figures, as which a comparator may be off
    The interval puts together both sides' own (Newcombe 1998, method 10, for any two independent estimates); where the
    numbers behind the comparator are not held it is taken as exact but for its rounding, and the method says so. The
    ends are those of whatever the printed figures leave possible: what rounding could undo is no difference.
    """
    again = counted[[*KEYS, "value", *ENDS]]
    best = _newest(local).merge(again, on=KEYS, how="left", suffixes=("", "_exact"))
    best["mine"] = best["value_exact"].fillna(best["value"])
    frame = best[[*KEYS, "mine", *ENDS]].merge(
        others.loc[others["value"] > 0, [*KEYS, "measure", "value"]], on=KEYS, how="inner"
    )
    frame = frame.merge(_half_widths(counted, pairs), on=[*KEYS, "measure"], how="left")
    exact = frame["below"].isna()
    below, above = frame["below"].fillna(0), frame["above"].fillna(0)
    gap = frame["mine"] - frame["value"]
    half = frame["indicator"].map(halves).astype("float64")
    down = ((frame["least"] - frame["least_low"]) ** 2 + above**2) ** 0.5 + frame["mine"] - frame["least"] + half
    up = ((frame["most_high"] - frame["most"]) ** 2 + below**2) ** 0.5 + frame["most"] - frame["mine"] + half
    sides = {True: "the comparator as printed", False: "Newcombe's method 10, both sides' intervals"}
    how = "; " + exact.map(sides).astype("str") + "; both ends of what rounding leaves"
    return pd.DataFrame(
        {
            **{key: frame[key] for key in KEYS},
            "measure": "official_difference_from_" + frame["measure"].str.removeprefix("official_"),
            "value": gap / frame["value"],
            "low": (gap - down) / frame["value"],
            "high": (gap + up) / frame["value"],
            "unit": "share",
            "method": "(own - comparator) / comparator" + how.where(down.notna(), ""),
            "status": "shown",
            "reason": "",
        }
    )


def _half_widths(counted: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """How far the interval of each comparator reaches below and above it; of a mean, that of independent rates. Blank
    where the numbers of one of several are not held."""
    rates_of = counted.rename(columns={"area": "beside"})[["beside", "indicator", "period", "value", "low", "high"]]
    frame = pairs.merge(counted[["indicator", "period"]].drop_duplicates(), how="cross")
    frame = frame.merge(rates_of, on=["beside", "indicator", "period"], how="left")
    frame["below"], frame["above"] = (frame["value"] - frame["low"]) ** 2, (frame["high"] - frame["value"]) ** 2
    grouped = frame.groupby(["area", "indicator", "period", "role"])[["below", "above"]]
    sums = (grouped.sum() ** 0.5).div(grouped.size(), axis=0).where(grouped.count().eq(grouped.size(), axis=0))
    sums = sums.reset_index()
    return sums.assign(measure="official_" + sums["role"]).drop(columns="role")
