"""Tables of the board's indicators: the DfE's official figures with their comparators, and the quarter's return.

`scorecard_year` is made from open data only: each official figure of the area with those of its statistical
neighbours, its region and England, of the same period and basis by construction. `scorecard_quarter` is the
partner's return, quarter by quarter. A quarter's flow and a year's never stand in one row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import intervals, rates
from lscb.long_table import cells
from lscb.periods import Quarter
from lscb.scorecard import Indicator, ends_on, in_words, indicators, no_comparator, period_of
from openstats import Missing
from openstats import authorities as areas

from .quarter_inputs import Inputs
from .registry import table

QUARTERS = 20  # at most: five years of quarters
COUNT, RATE = "services_count", "services_rate"
KEYS = ["area", "indicator", "period"]
SETS = ["lait", "dfe_population", "mid_year_estimates", "nomis_population", "births", "deaths"]


def listed(inputs: Inputs) -> dict[str, Indicator]:
    """The indicators of data/standards.yml by name."""
    return indicators(inputs.standard("indicators"))


# --- the year: official figures ------------------------------------------------------------------------------------


@table("scorecard_year", open_data=SETS)
def scorecard_year(inputs: Inputs) -> pd.DataFrame:
    """Official figures of each year that had ended by the period's last day, and their comparators.

    Published later or not: the figure of 31 March 2018 belongs to 2017-18-Q4, and no other year's stands in for it.
    Shares are fractions of 1. The newest year of each indicator also has its relative differences.
    """
    return _year(inputs, {name: each for name, each in listed(inputs).items() if each.official})


def _year(inputs: Inputs, chosen: dict[str, Indicator]) -> pd.DataFrame:
    codes = sorted(
        {code for each in chosen.values() for code in (each.official["measure"], each.official.get("count")) if code}
    )
    held = inputs.open_data.indicators(codes)
    published = _published(held, chosen, inputs.period)
    own = published[published["area"].isin(inputs.areas)]
    rate = _recalculated(inputs, held, own, chosen)
    beside = _beside(inputs, published, chosen)
    rows = [own.assign(measure="official_figure", method="as published"), rate, beside]
    rows += [_differences(own, rate, beside), _not_held(inputs, held, own, chosen)]
    frame = pd.concat([part for part in rows if len(part)], ignore_index=True)
    return _cells(frame.sort_values([*KEYS, "measure"]))


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as a table; a label that no row gives is a blank text."""
    frame = frame.reindex(columns=_columns())
    return cells(frame.astype({name: "object" for name in ("unit", "method", "status", "reason")}))


def _columns() -> list[str]:
    return [*KEYS, "measure", "value", "count", "of", "low", "high", "unit", "method", "status", "reason"]


def _published(held: pd.DataFrame, chosen: dict[str, Indicator], period: Quarter) -> pd.DataFrame:
    """The indicators' published figures of every area held: KEYS, value, unit, year, status."""
    settings = pd.DataFrame(
        [
            dict(measure_code=e.official["measure"], indicator=name, kind=e.official["year"], unit=unit(e.official))
            for name, e in chosen.items()
        ]
    )
    frame = held[held["period"].str.fullmatch(r"\d{4}")].drop(columns=["measure"], errors="ignore")
    frame = frame.merge(settings, on="measure_code", validate="many_to_one")
    frame["year"] = frame["period"].astype("int64")
    years = frame[["year", "kind"]].drop_duplicates()
    years["ended"] = [ends_on(y, k) <= period.last_day for y, k in years.itertuples(index=False)]
    years["period"] = [period_of(y, k) for y, k in years[["year", "kind"]].itertuples(index=False)]
    frame = frame.drop(columns="period").merge(years, on=["year", "kind"], validate="many_to_one")
    frame = frame[frame["ended"]].copy()
    frame["value"] = frame["value"] / np.where(frame["unit"] == "share", 100, 1)
    return _blank_status(frame[[*KEYS, "year", "value", "unit", "status"]], "not published for this year")


def _blank_status(frame: pd.DataFrame, reason: str) -> pd.DataFrame:
    """With a reason where the publisher gave no figure; a figure that the publisher suppressed stays so."""
    text = frame["status"].map(
        {
            "shown": "",
            "suppressed": "suppressed by the publisher",
            "not_applicable": "not applicable, says the publisher",
        }
    )
    return frame.assign(reason=text.fillna(reason))


def unit(settings: dict) -> str:
    """`share`, `per 10,000`: what a value of the table is."""
    return f"per {settings['per']:,}" if settings.get("per") else "share"


def _recalculated(inputs: Inputs, held, own, chosen) -> pd.DataFrame:
    """Rates again from their count and population, with an interval, where both are held in the right vintage."""
    parts = []
    for name, each in chosen.items():
        said = each.official
        if "count" not in said:
            continue
        try:
            made = _births(inputs, said) if said["population"] == "births" else _counts(inputs, held, said)
        except Missing:
            continue
        made = own.loc[own["indicator"] == name, [*KEYS, "year", "unit"]].merge(made, on=["area", "year"])
        made = made[made["of"] > 0].copy()
        made["low"], made["high"] = (end / made["of"] * said["per"] for end in intervals.poisson(made["count"]))
        made["value"] = made["count"] / made["of"] * said["per"]
        made["method"] = [f"{m}; {b}" for m, b in zip(intervals.poisson_method(made["count"]), made["base"], strict=True)]
        parts.append(made)
    if not parts:
        return pd.DataFrame(columns=_columns())
    return pd.concat(parts, ignore_index=True).assign(measure="official_rate", status="shown", reason="")


def _counts(inputs: Inputs, held: pd.DataFrame, said: dict) -> pd.DataFrame:
    """Counts and their populations by area and year; the year to March Y divides by mid-(Y-1)."""
    counts = held.loc[held["measure_code"].eq(said["count"]) & held["area"].isin(inputs.areas)]
    counts = counts[counts["value"].notna() & counts["period"].str.fullmatch(r"\d{4}")]
    made = pd.DataFrame({"area": counts["area"], "year": counts["period"].astype("int64"), "count": counts["value"]})
    made["mid_year"] = made["year"] - 1
    made["vintage"] = [rates.vintage(said["population"], year) for year in made["mid_year"]]
    children = inputs.open_data.children()[["area", "mid_year", "vintage", "population_0_17"]]
    made = made.merge(children, on=["area", "mid_year", "vintage"], validate="many_to_one")
    pairs = zip(made["mid_year"], made["vintage"], strict=True)
    made["base"] = [f"mid-{mid} population aged 0 to 17, {vintage}" for mid, vintage in pairs]
    return made.rename(columns={"population_0_17": "of"})


def _births(inputs: Inputs, said: dict) -> pd.DataFrame:
    """Infant deaths and live births of so many calendar years together."""
    births = inputs.open_data.births_infant_deaths()
    births = births[births["area"].isin(inputs.areas)].sort_values(["area", "year"])
    groups = births.groupby("area")[["infant_deaths", "live_births", "year"]].rolling(said["years"])
    made = groups.sum().reset_index(level=0).rename(columns={"infant_deaths": "count", "live_births": "of"})
    made = made.assign(
        year=births["year"], spanned=groups["year"].max().droplevel(0) - groups["year"].min().droplevel(0)
    )
    made = made[made["spanned"].eq(said["years"] - 1) & made["of"].notna()]
    return made.assign(base=f"live births of {said['years']} calendar years")


def _beside(inputs: Inputs, published: pd.DataFrame, chosen) -> pd.DataFrame:
    """The comparators of every period: the neighbours' mean and how many it is of, the region and England."""
    pairs, notes = _pairs(inputs)
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
    mean = grouped.agg(value="mean", count="count").reset_index()
    of = pairs[pairs["role"] == "neighbours"].groupby("area").size()
    mean = mean.assign(measure="official_neighbours", of=mean["area"].map(of), method=mean["area"].map(notes))
    mean["status"] = (mean["count"] > 0).map({True: "shown", False: "not_available"})
    mean["reason"] = mean["status"].map({"shown": "", "not_available": "no neighbour's figure is published or held"})
    own = published.loc[published["area"].isin(inputs.areas), KEYS].drop_duplicates()
    return _every(inputs, pd.concat([single, mean], ignore_index=True), own)


def _every(inputs: Inputs, beside: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Each comparator of each of the area's own figures, with the reason where there is none of that period."""
    wanted = own.merge(
        pd.DataFrame({"measure": ["official_neighbours", "official_region", "official_england"]}), how="cross"
    )
    frame = wanted.merge(beside, on=[*KEYS, "measure"], how="left", validate="one_to_one")
    absent = frame["status"].isna()
    frame.loc[absent, "status"] = "not_available"
    frame.loc[absent, "reason"] = "not comparable: no figure of the same period is held"
    return frame


def _pairs(inputs: Inputs) -> tuple[pd.DataFrame, dict[str, str]]:
    """Which areas stand beside which (area, role, beside), and which list of neighbours each area's is."""
    rows, notes = [], {}
    for code in inputs.areas:
        rows += [(code, "england", areas.ENGLAND), (code, "region", areas.known(code).region)]
        try:
            near = inputs.comparators(code)
        except Missing:
            continue
        rows += [(code, "neighbours", other) for other in near["area"]]
        notes[code] = f"unweighted mean; {near.attrs.get('note') or 'list of ' + str(near['model_year'].iloc[0])}"
    return pd.DataFrame(rows, columns=["area", "role", "beside"]), notes


def _name(code: str) -> str:
    return areas.every()[code].name if code in areas.every() else code


def _differences(own: pd.DataFrame, rate: pd.DataFrame, beside: pd.DataFrame) -> pd.DataFrame:
    """The newest figure's difference from each comparator, as a fraction of the comparator."""
    best = (
        own[[*KEYS, "year", "value"]]
        .dropna()
        .merge(rate[[*KEYS, "value"]], on=KEYS, how="left", suffixes=("", "_exact"))
    )
    best["mine"] = best["value_exact"].fillna(best["value"])
    best = best[best["year"] == best.groupby(["area", "indicator"])["year"].transform("max")]
    frame = best[[*KEYS, "mine"]].merge(beside[beside["value"] > 0], on=KEYS)
    frame = frame.assign(
        measure="official_difference_from_" + frame["measure"].str.removeprefix("official_"),
        value=(frame["mine"] - frame["value"]) / frame["value"],
        unit="share",
        method="(own - comparator) / comparator",
    )
    return frame.drop(columns=["count", "of"]).assign(status="shown", reason="")


def _not_held(inputs: Inputs, held, own, chosen) -> pd.DataFrame:
    """One row for each indicator and area of which no figure had ended by the period's last day, saying why."""
    there = set(own[["area", "indicator"]].itertuples(index=False, name=None))
    first = held[held["value"].notna()].groupby(["area", "measure_code"])["period"].min()
    rows = []
    for code in inputs.areas:
        for name, each in chosen.items():
            if (code, name) in there:
                continue
            begins, kind = first.get((code, each.official["measure"])), each.official["year"]
            why = str(Missing("lait", f"{each.title.lower()} of {areas.name(code)}"))
            if begins:
                why = f"the table held begins with {in_words(period_of(int(begins), kind), kind)}"
            rows.append(dict(area=code, indicator=name, period=_newest(inputs.period, each), reason=why))
    return pd.DataFrame(rows).assign(measure="official_figure", status="not_available") if rows else pd.DataFrame()


def _newest(period: Quarter, each: Indicator) -> str:
    """The newest year of an indicator that had ended by the period's last day."""
    kind = each.official["year"]
    year = period.last_day.year
    return period_of(year if ends_on(year, kind) <= period.last_day else year - 1, kind)


# --- the quarter: the partner's return ------------------------------------------------------------------------------


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
    return _cells(frame)


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
    reasons = {"suppressed": "withheld by the sender", "not_known": "not known to the sender", "missing": "left blank"}
    frame["reason"] = state.map(reasons).fillna("not in the return").mask(frame["count"].notna(), "")
    return frame[[*KEYS, "count", "population", "status", "reason"]].assign(unit="count", method="")


def _rates(inputs: Inputs, counts: pd.DataFrame, chosen) -> pd.DataFrame:
    """Per people of the sender's own population where it gives one, else of the published one, said which."""
    per = {e.quarter["count"]: e.quarter for e in chosen.values() if e.quarter.get("per")}
    frame = counts[counts["indicator"].isin(per)].drop(columns=["unit", "method"])
    frame = _populated(inputs, frame, per)
    scale = frame["indicator"].map({name: said["per"] for name, said in per.items()})
    low, high = intervals.poisson(frame["count"])
    frame["low"], frame["high"] = low / frame["of"] * scale, high / frame["of"] * scale
    frame["value"] = frame["count"] / frame["of"] * scale
    frame["unit"] = "per " + scale.map("{:,}".format)
    frame["method"] = [
        f"{m}; {b}" if m and b else "" for m, b in zip(intervals.poisson_method(frame["count"]), frame["base"], strict=True)
    ]
    without = frame["count"].notna() & frame["of"].isna()
    frame.loc[without, ["status", "reason"]] = ["not_available", "no population of this area, age and year is held"]
    frame.loc[frame["status"] != "shown", ["count", "of", "low", "high", "value"]] = float("nan")
    return frame.assign(measure=RATE)


def _populated(inputs: Inputs, frame: pd.DataFrame, per: dict) -> pd.DataFrame:
    """With `of` and `base`: the sender's population, else the mid-year estimate of the measure's own vintage."""
    years = {p: rates.mid_year(p) for p in frame["period"].unique()}
    frame = frame.assign(mid_year=frame["period"].map(years))
    held = pd.concat([_held(inputs, frame, name, said) for name, said in per.items()], ignore_index=True)
    frame = frame.merge(held, on=["area", "indicator", "mid_year"], how="left", validate="many_to_one")
    sent = frame["population"] > 0
    frame["people"] = pd.to_numeric(frame["people"]).astype("float64")
    frame["of"] = frame["population"].where(sent, frame["people"])
    known = zip(sent, frame["mid_year"], frame["vintage"], frame["people"], strict=True)
    frame["base"] = [
        "population as sent" if own else f"mid-{mid} population, {vintage}" if people > 0 else ""
        for own, mid, vintage, people in known
    ]
    return frame


def _held(inputs: Inputs, frame: pd.DataFrame, name: str, said: dict) -> pd.DataFrame:
    """The published population that an indicator divides by: area, indicator, mid_year, people, vintage.

    Of the vintages held of a mid-year, the measure's own comes first.
    """
    empty = pd.DataFrame(columns=["area", "mid_year", "people", "vintage"])
    try:
        people = (
            _aged(inputs, said["ages"])
            if "ages" in said
            else inputs.open_data.children().rename(columns={"population_0_17": "people"})
        )
    except (Missing, AttributeError):  # AttributeError: no open data at all, as in an analyst's own small Inputs
        people = empty
    people = people[people["area"].isin(inputs.areas) & people["mid_year"].isin(frame["mid_year"])]
    right = [
        v == rates.vintage(said.get("population"), y)
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
        whole = counts[counts["indicator"] == of].set_index(["area", "period"])
        at = pd.MultiIndex.from_frame(mine[["area", "period"]])
        base = mine["population"].to_numpy() if of == "population" else whole["count"].reindex(at).to_numpy()
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
    frame = pd.MultiIndex.from_product([inputs.areas, chosen, roles], names=["area", "indicator", "measure"])
    frame = frame.to_frame(index=False).assign(period=quarter.year)
    frame = frame.merge(_official(inputs, [n for n in chosen if not reasons[n]]), on=[*KEYS, "measure"], how="left")
    why = frame["indicator"].map(reasons)
    frame.loc[why.notna(), "status"] = "not_applicable"
    frame["reason"] = frame["reason"].where(why.isna(), why)
    absent = frame["status"].isna()
    missing = "not comparable: no official figure of this date is held"
    frame.loc[absent, ["status", "reason"]] = ["not_available", missing]
    frame["measure"] = frame["measure"].str.replace("official_", "services_")
    frame["indicator"] = frame["indicator"].map({name: each.quarter["count"] for name, each in chosen.items()})
    return frame.assign(period=str(quarter)).drop(columns=["count", "of", "low", "high"])


def _official(inputs: Inputs, names: list[str]) -> pd.DataFrame:
    """The official tables of some indicators; no row where nothing is held."""
    try:
        return (
            _year(inputs, {name: listed(inputs)[name] for name in names}) if names else pd.DataFrame(columns=_columns())
        )
    except (Missing, AttributeError):
        return pd.DataFrame(columns=_columns())


def _never_sent(inputs: Inputs) -> pd.DataFrame:
    """Indicators of which neither the return nor the DfE's tables hold anything, so that the page can say so."""
    names = [(name, each.says) for name, each in listed(inputs).items() if not each.quarter and not each.official]
    rows = [
        dict(area=code, indicator=name, period=str(inputs.period), measure=COUNT, status="not_available", reason=says)
        for code in inputs.areas
        for name, says in names
    ]
    return pd.DataFrame(rows)
