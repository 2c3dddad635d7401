"""The DfE's official figures of the board's indicators, each with its neighbours', region's and England's.

Made from open data only. What stands beside a figure is of the same period and basis by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from lscb import intervals, rates
from lscb.long_table import cells
from lscb.scorecard import Indicator, ends_on, in_words, indicators, period_of
from openstats import Missing, infant_deaths, publication
from openstats import authorities as areas

from .official_comparisons import ENDS, KEYS, beside, comparators, differences, standing
from .quarter_inputs import Inputs
from .reasons import IN_PRINT
from .registry import table

SETS = ["lait", "dfe_population", "mid_year_estimates", "nomis_population", "births", "deaths", "child_mortality"]


def listed(inputs: Inputs) -> dict[str, Indicator]:
    """The indicators of data/standards.yml by name."""
    return indicators(inputs.standard("indicators"))


@table("scorecard_year", open_data=SETS)
def scorecard_year(inputs: Inputs) -> pd.DataFrame:
    """Official figures of each year that was in print on the period's last day, and their comparators.

    Of a period that `as_of.by_today` names, of each year that had ended by then, published later or not. Shares are
    fractions of 1. The newest year of each indicator also has its relative differences. A newer year that was in print
    and is not held is a row without a figure, whose reason says how to get it.
    """
    return official_year(inputs, {name: each for name, each in listed(inputs).items() if each.official})


@table("children_in_context", open_data=SETS)
def children_in_context(inputs: Inputs) -> pd.DataFrame:
    """Official figures of children's lives that no indicator of the scorecard is: pupils, special needs, conceptions
    under 18, results and adoption of looked-after children; years and comparators as in `scorecard_year`."""
    return official_year(inputs, indicators(inputs.standard("context.children")))


def official_year(inputs: Inputs, chosen: dict[str, Indicator]) -> pd.DataFrame:
    codes = sorted(
        {code for each in chosen.values() for code in (each.official["measure"], each.official.get("count")) if code}
    )
    figures = inputs.open_data.indicators(codes)
    published = _published(inputs, figures, chosen)
    local = published[published["area"].isin(inputs.areas)]
    pairs, lists = comparators(inputs)
    counted = _recalculated(inputs, figures, published, chosen, {*inputs.areas, *pairs["beside"]})
    rate, others = counted[counted["area"].isin(inputs.areas)], beside(inputs, published, chosen, pairs, lists)
    halves = {name: half_place(each.official) for name, each in chosen.items()}
    rows = [local.assign(measure="official_figure", method="as published"), rate, others]
    rows += [differences(local, counted, others, pairs, halves), standing(inputs, published, counted, pairs, lists)]
    rows += [_not_held(inputs, figures, local, chosen), _newer(inputs, published, chosen)]
    frame = pd.concat([part for part in rows if len(part)], ignore_index=True)
    return indicator_cells(frame.sort_values([*KEYS, "measure"]))


def indicator_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as a table; a label that no row gives is a blank text."""
    frame = frame.reindex(columns=columns())
    return cells(frame.astype({name: "object" for name in ("unit", "method", "status", "reason")}))


def columns() -> list[str]:
    figures = ["value", "count", "of", "low", "high", "rank", "ranked"]
    return [*KEYS, "measure", *figures, "unit", "method", "status", "reason"]


def out(inputs: Inputs, each: Indicator, year: int) -> bool:
    """Whether an indicator's figure of a year is one to use: in print on the period's last day, or, of a period for which
    today's are asked, of a year that had ended by then."""
    rule, day = each.official, inputs.period.last_day
    if str(inputs.period) in inputs.standard("as_of.by_today"):
        return ends_on(year, rule["year"]) <= day
    return publication.official(rule["measure"], year, rule["year"], inputs.standard("as_of.official")) <= day


def _published(inputs: Inputs, figures: pd.DataFrame, chosen: dict[str, Indicator]) -> pd.DataFrame:
    """The indicators' published figures of every area held: KEYS, value, unit, year, status."""
    settings = pd.DataFrame(
        [
            dict(measure_code=e.official["measure"], indicator=name, kind=e.official["year"], unit=unit(e.official))
            for name, e in chosen.items()
        ]
    )
    frame = figures[figures["period"].str.fullmatch(r"\d{4}")].drop(columns=["measure"], errors="ignore")
    frame = frame.merge(settings, on="measure_code", validate="many_to_one")
    frame["year"] = frame["period"].astype("int64")
    years = frame[["year", "kind", "indicator"]].drop_duplicates()
    years["out"] = [out(inputs, chosen[n], y) for n, y in zip(years["indicator"], years["year"], strict=True)]
    years["period"] = [period_of(y, k) for y, k in years[["year", "kind"]].itertuples(index=False)]
    frame = frame.drop(columns="period").merge(years, on=["year", "kind", "indicator"], validate="many_to_one")
    frame = frame[frame["out"]].copy()
    # to the published decimals: 1.1 / 100 as a float is 0.011000000000000001
    frame["value"] = (frame["value"] / np.where(frame["unit"] == "share", 100, 1)).round(12)
    frame = _blank_status(frame[[*KEYS, "year", "value", "unit", "status"]], "not published for this year")
    why = frame["indicator"].map({name: each.official.get("zero") for name, each in chosen.items()})
    none = why.notna() & frame["value"].eq(0)  # what is printed as 0 is no count of none
    return frame.assign(
        value=frame["value"].mask(none),
        status=frame["status"].mask(none, "not_available"),
        reason=frame["reason"].mask(none, why),
    )


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


def unit(settings: Mapping[str, Any]) -> str:
    """`share`, `per 10,000`, or another unit that the entry names: what a value of the table is."""
    if settings.get("unit"):
        return str(settings["unit"])
    return f"per {settings['per']:,}" if settings.get("per") else "share"


def half_place(settings: Mapping[str, Any]) -> float:
    """Half of the last place to which an indicator's figures are printed, in the unit of the table's values."""
    return 0.5 * 10.0 ** -settings.get("decimals", 1) / (100 if unit(settings) == "share" else 1)


def _with_ends(
    base: pd.DataFrame, rule: Mapping[str, Any], interval: Callable, printed: pd.Series | bool, per: int = 1
) -> pd.DataFrame:
    """Estimates with their interval, and those of the least and the most number that the `printed` figure leaves: of
    2,613 referrals 530 and 531 are both 20.3%. Where the number itself is published, least and most are it."""
    half, count = half_place(rule), base["count"]
    scale = base["of"] / per
    fewest = np.where(printed, np.ceil(((base["value"] - half) * scale).round(9)), count)
    greatest = np.where(printed, np.ceil(((base["value"] + half) * scale).round(9)) - 1, count)
    ends: dict[str, tuple[Any, int]] = {"low": (count, 0), "high": (count, 1)}
    possible = np.fmax(np.fmin(fewest, count), 0), np.fmin(np.fmax(greatest, count), base["of"] if per == 1 else np.inf)
    ends |= {"least_low": (possible[0], 0), "most_high": (possible[1], 1)}
    made = {name: interval(number, base["of"])[end] * per for name, (number, end) in ends.items()}
    return base.assign(**made, least=possible[0] / scale, most=possible[1] / scale)


def _recalculated(inputs: Inputs, figures, published, chosen, codes: set[str]) -> pd.DataFrame:
    """Rates of some areas again from their count and population, with an interval, where both are held in the right
    vintage. Where a rate per 10,000 alone is printed, to a decimal, its number is what it makes of the population."""
    parts = []
    for name, each in chosen.items():
        rule = each.official
        if "count" not in rule and (rule.get("per") != 10_000 or rule.get("decimals", 1) < 1):
            continue
        try:
            births = rule.get("population") == "births"
            base = births_of_rates(inputs, rule, codes) if births else _counts(inputs, figures, rule, codes)
        except Missing:
            continue
        here = published["area"].isin(codes) & published["indicator"].eq(name) & published["value"].notna()
        base = published.loc[here, [*KEYS, "year", "unit", "value"]].merge(base, on=["area", "year"])
        base = base[base["of"] > 0].copy()
        printed, number = base["count"].isna(), np.floor(base["value"] * base["of"] / rule["per"] + 0.5)
        base = _with_ends(base.assign(count=base["count"].fillna(number)), rule, _poisson_rate, printed, rule["per"])
        base["value"] = base["value"].where(printed & births, base["count"] / base["of"] * rule["per"])
        base["method"] = [
            f"{m}; {b}" for m, b in zip(intervals.poisson_method(base["count"]), base["base"], strict=True)
        ]
        parts.append(base)
    if not parts:
        return pd.DataFrame(columns=[*columns(), *ENDS])
    counted = pd.concat(parts, ignore_index=True).assign(measure="official_rate", status="shown", reason="")
    return pd.concat([counted, *_shares(published, counted, chosen)], ignore_index=True)


def _poisson_rate(count: pd.Series, of: pd.Series) -> tuple:
    return tuple(end / of for end in intervals.poisson(count))


def _shares(published: pd.DataFrame, counted: pd.DataFrame, chosen: Mapping[str, Indicator]) -> list[pd.DataFrame]:
    """Shares printed without their numbers, of what another official figure of the same area and year counts (`of` in
    data/standards.yml): that number, the part of it that the share makes, and Wilson's interval of the two."""
    parts = []
    for name, each in chosen.items():
        denominator = str(each.official.get("of", ""))
        if denominator not in chosen:
            continue
        of: pd.DataFrame = counted.loc[
            counted["indicator"].eq(denominator) & (counted["count"] > 0), ["area", "year", "count"]
        ]
        there = published["indicator"].eq(name) & published["value"].notna()
        base = published.loc[there, [*KEYS, "year", "unit", "value"]]
        base = base.merge(of.rename(columns={"count": "of"}), on=["area", "year"], validate="one_to_one")
        base["count"] = np.floor(base["value"] * base["of"] + 0.5)
        base = _with_ends(base, each.official, intervals.wilson, True)
        how = f"Wilson; number worked out from the printed share and the official number of {chosen[denominator].title.lower()}"
        parts.append(base.assign(measure="official_share", method=how, status="shown", reason=""))
    return parts


def _counts(inputs: Inputs, figures: pd.DataFrame, rule: dict, codes: set[str]) -> pd.DataFrame:
    """Counts and their populations by area and year; the year to March Y divides by mid-(Y-1)."""
    counts = figures.loc[figures["measure_code"].eq(rule.get("count", rule["measure"])) & figures["area"].isin(codes)]
    counts = counts[counts["value"].notna() & counts["period"].str.fullmatch(r"\d{4}")]
    based = pd.DataFrame({"area": counts["area"], "year": counts["period"].astype("int64"), "count": counts["value"]})
    based["mid_year"] = based["year"] - 1
    based["vintage"] = [rates.vintage(rule.get("population"), year) for year in based["mid_year"]]
    children = inputs.open_data.children()[["area", "mid_year", "vintage", "population_0_17"]]
    based = based.merge(children, on=["area", "mid_year", "vintage"], validate="many_to_one")
    if "count" not in rule:
        based["count"] = np.nan
    how = "" if "count" in rule else "number worked out from the printed rate; "
    pairs = zip(based["mid_year"], based["vintage"], strict=True)
    based["base"] = [f"{how}mid-{mid} population aged 0 to 17, {vintage}" for mid, vintage in pairs]
    return based.rename(columns={"population_0_17": "of"})


def births_of_rates(inputs: Inputs, rule: dict, codes: set[str]) -> pd.DataFrame:
    """Infant deaths and live births of the calendar years that the DfE's rate of each year is of. Of a later year than
    births are held of, so many years with the newest year's births, and no count."""
    births = inputs.open_data.births_infant_deaths().dropna(subset=["live_births", "infant_deaths"])
    births = births[births["area"].isin(codes)]
    if births.empty:
        raise Missing("births", "live births and infant deaths by calendar year")
    sums = pd.concat(infant_deaths.several_years(births, n).assign(years=n) for n in (1, rule["years"]))
    newest = births.sort_values("year").drop_duplicates("area", keep="last")
    later = newest.merge(
        pd.DataFrame({"later": range(newest["year"].min() + 1, inputs.period.last_day.year)}), how="cross"
    )
    later = later[later["later"] > later["year"]]
    later["years"] = [infant_deaths.years_of_rate(rule, year) for year in later["later"]]
    later = later.assign(live_births=later["live_births"] * later["years"], infant_deaths=np.nan, newest=later["year"])
    every = pd.concat([sums, later.assign(year=later["later"])], ignore_index=True)
    every = every[every["years"] == [infant_deaths.years_of_rate(rule, year) for year in every["year"]]]
    every["base"] = [
        f"live births of {'one calendar year' if years == 1 else f'{years} calendar years'}"
        + (f", each taken as those of {year:.0f}; number worked out from the printed rate" if year == year else "")
        for years, year in zip(every["years"], every["newest"], strict=True)
    ]
    every = every.rename(columns={"infant_deaths": "count", "live_births": "of"})
    return every[["area", "year", "count", "of", "base"]].drop_duplicates(["area", "year"])


def _not_held(inputs: Inputs, figures, local, chosen) -> pd.DataFrame:
    """One row for each indicator and area of which no figure was in print by the period's last day, saying why."""
    there = set(local[["area", "indicator"]].itertuples(index=False, name=None))
    first = figures[figures["value"].notna()].groupby(["area", "measure_code"])["period"].min()
    rows = []
    for code in inputs.areas:
        for name, each in chosen.items():
            if (code, name) in there:
                continue
            begins, kind = first.get((code, each.official["measure"])), each.official["year"]
            why = str(Missing("lait", f"{each.title.lower()} of {areas.name(code)}"))
            if begins:
                why = f"the table held begins with {in_words(period_of(int(begins), kind), kind)}"
            rows.append(dict(area=code, indicator=name, period=period_of(_newest_year(inputs, each), kind), reason=why))
    return pd.DataFrame(rows).assign(measure="official_figure", status="not_available") if rows else pd.DataFrame()


def _newer(inputs: Inputs, published: pd.DataFrame, chosen: dict[str, Indicator]) -> pd.DataFrame:
    """One row for each indicator and area whose newest year in print is later than all that is held of its kind of year.

    A year that the held table has of other measures, and not of one, is the publisher's gap and not named here.
    """
    kind = published["indicator"].map({name: each.official["year"] for name, each in chosen.items()})
    held = published.groupby(kind)["year"].max()
    rows = []
    for name, each in chosen.items():
        year = _newest_year(inputs, each)
        if (last := held.get(each.official["year"])) is None or last >= year:
            continue
        label = period_of(year, each.official["year"])
        day = f"{inputs.period.last_day.day} {inputs.period.last_day:%B %Y}"
        words = in_words(label, each.official["year"], each.official["basis"])
        why = IN_PRINT(what=words, day=day)
        own = published.loc[published["indicator"] == name, "area"]
        rows += [dict(area=code, indicator=name, period=label, reason=why) for code in inputs.areas if code in set(own)]
    return pd.DataFrame(rows).assign(measure="official_figure", status="not_available") if rows else pd.DataFrame()


def _newest_year(inputs: Inputs, each: Indicator) -> int:
    """The newest year of an indicator that was in print on the period's last day, as `out` has it."""
    last = inputs.period.last_day.year
    return next(year for year in range(last, last - 4, -1) if out(inputs, each, year))
