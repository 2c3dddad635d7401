"""The quarterly return of children's services: counts, rates and shares by quarter, and what may stand beside them.

A quarter's flow and a year's never stand in one row.
"""

from __future__ import annotations

import pandas as pd

from lscb import intervals, rates
from lscb.scorecard import Indicator, no_comparator
from openstats import Missing

from .official_indicators import KEYS, SETS, columns, indicator_cells, listed, official_year
from .quarter_inputs import Inputs
from .reasons import LEFT_BLANK
from .registry import table

QUARTERS = 20  # at most: five years of quarters
COUNT, RATE = "services_count", "services_rate"


@table("scorecard_quarter", returns=["children_services"], open_data=SETS)
def scorecard_quarter(inputs: Inputs) -> pd.DataFrame:
    """The return's counts of up to QUARTERS quarters, with rates and shares; comparators of a snapshot at 31 March.

    A quarter between an area's first and this one that the return does not hold is `not_available`, never 0.
    """
    chosen = {name: each for name, each in listed(inputs).items() if each.quarter}
    counts = _grid(inputs, inputs.need("children_services"))
    rows = [counts.assign(measure=COUNT), _rates(inputs, counts, chosen), _shares(counts, chosen)]
    rows += [_year_end(inputs, chosen), _never_sent(inputs)]
    frame = pd.concat([part for part in rows if len(part)], ignore_index=True)
    order = {str(q): i for i, q in enumerate(inputs.period.back(QUARTERS))}
    frame = frame.sort_values(
        ["area", "indicator", "measure", "period"], key=lambda s: s.map(order) if s.name == "period" else s
    )
    return indicator_cells(frame)


def _grid(inputs: Inputs, sent: pd.DataFrame) -> pd.DataFrame:
    """One row per area, indicator and quarter, from the first that the area sent to this one."""
    quarters = [str(q) for q in inputs.period.back(QUARTERS)]
    sent = sent[sent["quarter"].isin(quarters) & sent["area"].isin(inputs.areas)]
    names = [each.quarter["count"] for each in listed(inputs).values() if each.quarter]
    names += [
        each.quarter["of"] for each in listed(inputs).values() if each.quarter.get("of") not in (None, "population")
    ]
    first = sent.groupby("area")["quarter"].min().rename("first")
    grid = pd.MultiIndex.from_product([inputs.areas, dict.fromkeys(names), quarters], names=KEYS).to_frame(index=False)
    grid = grid.merge(first, on="area", how="left")
    grid = grid[(grid["period"] >= grid["first"]) | (grid["period"] == quarters[-1])].drop(columns="first")
    frame = grid.merge(sent.rename(columns={"quarter": "period"}), on=KEYS, how="left", validate="one_to_one")
    state = frame["count__state"] if "count__state" in frame else pd.Series(None, index=frame.index, dtype="object")
    frame["count"] = pd.to_numeric(frame["count"]).astype("float64")
    frame["population"] = pd.to_numeric(frame["population"]).astype("float64")
    frame["status"] = state.map({"suppressed": "suppressed", "not_applicable": "not_applicable"}).fillna(
        "not_available"
    )
    frame["status"] = frame["status"].mask(frame["count"].notna(), "shown")
    reasons = {
        "suppressed": "withheld by the sender",
        "not_known": "not known to the sender",
        "missing": LEFT_BLANK.says,
    }
    frame["reason"] = state.map(reasons).fillna("not in the return").mask(frame["count"].notna(), "")
    return frame[[*KEYS, "count", "population", "status", "reason"]].assign(unit="count", method="")


def _rates(inputs: Inputs, counts: pd.DataFrame, chosen) -> pd.DataFrame:
    """Per people of the sender's own population where it gives one, else of the published one, said which."""
    per = {e.quarter["count"]: e.quarter for e in chosen.values() if e.quarter.get("per")}
    frame = counts[counts["indicator"].isin(per)].drop(columns=["unit", "method"])
    frame = _populated(inputs, frame, per)
    scale = frame["indicator"].map({name: rule["per"] for name, rule in per.items()})
    low, high = intervals.poisson(frame["count"])
    frame["low"], frame["high"] = low / frame["of"] * scale, high / frame["of"] * scale
    frame["value"] = frame["count"] / frame["of"] * scale
    frame["unit"] = "per " + scale.map("{:,}".format)
    frame["method"] = [
        f"{m}; {b}" if m and b else ""
        for m, b in zip(intervals.poisson_method(frame["count"]), frame["base"], strict=True)
    ]
    without = frame["count"].notna() & frame["of"].isna()
    frame.loc[without, ["status", "reason"]] = ["not_available", "no population of this area, age and year is held"]
    frame.loc[frame["status"] != "shown", ["count", "of", "low", "high", "value"]] = float("nan")
    return frame.assign(measure=RATE)


def _populated(inputs: Inputs, frame: pd.DataFrame, per: dict) -> pd.DataFrame:
    """With `of` and `base`: the sender's population, else the mid-year estimate of the measure's own vintage."""
    years = {p: rates.mid_year(p) for p in frame["period"].unique()}
    frame = frame.assign(mid_year=frame["period"].map(years))
    population = pd.concat([_held(inputs, frame, name, rule) for name, rule in per.items()], ignore_index=True)
    frame = frame.merge(population, on=["area", "indicator", "mid_year"], how="left", validate="many_to_one")
    sent = frame["population"] > 0
    frame["people"] = pd.to_numeric(frame["people"]).astype("float64")
    frame["of"] = frame["population"].where(sent, frame["people"])
    bases = zip(sent, frame["mid_year"], frame["vintage"], frame["people"], strict=True)
    frame["base"] = [
        "population as sent" if by_sender else f"mid-{mid} population, {vintage}" if people > 0 else ""
        for by_sender, mid, vintage, people in bases
    ]
    return frame


def _held(inputs: Inputs, frame: pd.DataFrame, name: str, rule: dict) -> pd.DataFrame:
    """The published population that an indicator divides by: area, indicator, mid_year, people, vintage.

    Of the vintages held of a mid-year, the measure's own comes first.
    """
    empty = pd.DataFrame(columns=["area", "mid_year", "people", "vintage"])
    try:
        people = (
            _aged(inputs, rule["ages"])
            if "ages" in rule
            else inputs.open_data.children().rename(columns={"population_0_17": "people"})
        )
    except (Missing, AttributeError):  # AttributeError: no open data at all, as in an analyst's own small Inputs
        people = empty
    people = people[people["area"].isin(inputs.areas) & people["mid_year"].isin(frame["mid_year"])]
    right = [
        v == rates.vintage(rule.get("population"), y)
        for v, y in zip(people["vintage"], people["mid_year"], strict=True)
    ]
    people = people.assign(wrong=[not r for r in right]).sort_values(["area", "mid_year", "wrong"], kind="stable")
    people = people.drop_duplicates(["area", "mid_year"])[["area", "mid_year", "people", "vintage"]]
    return people.assign(indicator=name).astype({"mid_year": "int64"})


def _aged(inputs: Inputs, ages: list[int]) -> pd.DataFrame:
    people = inputs.open_data.population(inputs.areas)
    people = people[people["age"].between(*ages)]
    return people.groupby(["area", "mid_year", "vintage"])["population"].sum().rename("people").reset_index()


def _shares(counts: pd.DataFrame, chosen) -> pd.DataFrame:
    """Shares of one of the return's counts in another, or in the population sent beside it."""
    parts = []
    for each in chosen.values():
        if not (of := each.quarter.get("of")):
            continue
        mine = counts[counts["indicator"] == each.quarter["count"]]
        wholes = counts[counts["indicator"] == of].set_index(["area", "period"])
        at = pd.MultiIndex.from_frame(mine[["area", "period"]])
        base = mine["population"].to_numpy() if of == "population" else wholes["count"].reindex(at).to_numpy()
        parts.append(mine.assign(of=base, measure=share_measure(each)))
    frame = pd.concat(parts, ignore_index=True)
    frame["low"], frame["high"] = intervals.wilson(frame["count"], frame["of"])
    frame["value"] = frame["count"] / frame["of"].where(frame["of"] > 0)
    none = frame["count"].notna() & frame["of"].eq(0)
    over = frame["count"] > frame["of"]
    blank = frame["count"].notna() & frame["of"].isna()
    frame.loc[none, ["status", "reason"]] = ["not_applicable", "there were none to take a share of"]
    frame.loc[over, ["status", "reason"]] = ["not_available", "the return counts more than it counts them out of"]
    frame.loc[blank, ["status", "reason"]] = ["not_available", "the return gives no denominator"]
    frame.loc[frame["status"] != "shown", ["value", "count", "of", "low", "high"]] = float("nan")
    return frame.assign(unit="share", method=frame["status"].map({"shown": "Wilson"}).fillna(""))


def share_measure(each: Indicator) -> str:
    """The measure that an indicator's share is in scorecard_quarter."""
    return f"{each.name}_share"


def _year_end(inputs: Inputs, chosen) -> pd.DataFrame:
    """For the latest quarter, the comparators of each indicator: a snapshot's at 31 March, else why there are none."""
    quarter = inputs.period
    reasons = {name: no_comparator(each, quarter) for name, each in chosen.items()}
    roles = [f"official_{role}" for role in ("neighbours", "region", "england")]
    wanted = pd.MultiIndex.from_product([inputs.areas, chosen, roles], names=["area", "indicator", "measure"])
    frame = wanted.to_frame(index=False).assign(period=quarter.year)
    frame = frame.merge(_official(inputs, [n for n in chosen if not reasons[n]]), on=[*KEYS, "measure"], how="left")
    why = frame["indicator"].map(reasons)
    frame.loc[why.notna(), "status"] = "not_applicable"
    frame["reason"] = frame["reason"].where(why.isna(), why)
    absent = frame["status"].isna()
    missing = "not comparable: no official figure of this date was in print, or is held"
    frame.loc[absent, ["status", "reason"]] = ["not_available", missing]
    frame["measure"] = frame["measure"].str.replace("official_", "services_")
    frame["indicator"] = frame["indicator"].map({name: each.quarter["count"] for name, each in chosen.items()})
    return frame.assign(period=str(quarter)).drop(columns=["count", "of", "low", "high"])


def _official(inputs: Inputs, names: list[str]) -> pd.DataFrame:
    """The official tables of some indicators; no row where nothing is held."""
    if not names:
        return pd.DataFrame(columns=columns())
    try:
        return official_year(inputs, {name: listed(inputs)[name] for name in names})
    except (Missing, AttributeError):
        return pd.DataFrame(columns=columns())


def _never_sent(inputs: Inputs) -> pd.DataFrame:
    """Indicators of which neither the return nor the DfE's tables hold anything, so that the page can say so."""
    names = [(name, each.says) for name, each in listed(inputs).items() if not each.quarter and not each.official]
    rows = [
        dict(area=code, indicator=name, period=str(inputs.period), measure=COUNT, status="not_available", reason=says)
        for code in inputs.areas
        for name, says in names
    ]
    return pd.DataFrame(rows)
