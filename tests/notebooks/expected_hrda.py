"""What page 40 has to say of its tables, in order (see expected_words)."""

from __future__ import annotations

import math
import re

from expected_charts import described, direction, grid, laney, lines, spread, trend
from expected_tables import STANDARDS, Chart, Grid, Said, Tables, in_time, quarters
from expected_words import (
    change,
    difference,
    interval,
    nationally,
    noun,
    ratio,
    series,
    share,
    shown,
    told,
    unless,
    when,
    withheld,
)

RETURN = "the hub's return of referrals"
COLUMNS = {"Recorded": ("of",), "Of these": ("count",), "Share": ("percent",), "From": ("percent", "low"), "To": ("percent", "high")}  # fmt: skip


def seen(t: Tables, rows: list[dict]) -> list[bool]:
    """Which quarters have twelve months of look-back, by the definition of the page's own quarter."""
    back = {r["period"]: r for r in t.rows("hrda_by_period", "hrda_look_back")}
    in_force = back[t.period]["method"] if t.period in back else ""
    return [back[r["period"]]["value"] >= 12 and back[r["period"]]["method"] == in_force for r in rows]


def complete(t: Tables, rates: list[dict]) -> list[bool]:
    """Which of them have a rate that is not marked as one that cannot all be seen."""
    return [ok and not {"incomplete", "changed"} & set(re.findall(r"\w+", r["reason"])) for r, ok in zip(rates, seen(t, rates), strict=True)]  # fmt: skip


def limits(t: Tables, rates: list[dict]):
    """The chart of the complete quarters."""
    pairs = [(r["count"], r["of"]) if ok else (math.nan, math.nan) for r, ok in zip(rates, complete(t, rates), strict=True)]  # fmt: skip
    return laney([met for met, _ in pairs], [of for _, of in pairs])


def page_40(t: Tables) -> list[Said | Chart | Grid]:
    name = "hrda_by_period"
    now, rate = (t.one(name, f"hrda_{m}", t.period) for m in ("referrals", "repeat_rate"))
    total, year_rate = (t.one(name, f"hrda_{m}", t.year) for m in ("referrals", "repeat_rate"))
    before, rate_before = (t.one(name, f"hrda_{m}", t.last_year) for m in ("referrals", "repeat_rate"))
    more = t.one("hrda_change", "hrda_referrals_change", t.year)
    rates = quarters(t.rows(name, "hrda_repeat_rate"))
    chart = limits(t, rates)
    answer = t.answer(
        name,
        f"In {when(t.period)}, {noun(now, 'referral was', 'referrals were')} made for high-risk domestic abuse.",
        unless(f"{told(rate, 'percent')} were repeats ({share(rate)}; {interval(rate)}).", "How many were repeats", rate),
        unless(f"The whole of {t.year} had {noun(total, 'referral')}, {change(total, before, more)}.", f"How many there were in the whole of {t.year}", total),
        unless(f"{told(year_rate, 'percent')} were repeats ({share(year_rate)}; {interval(year_rate)}).", "How many were repeats", year_rate) if shown(total) else "",
    )  # fmt: skip
    moved = t.one("hrda_change", "hrda_repeat_rate_change", t.year)
    incomplete = shown(rate) and "incomplete" in rate["reason"]
    profile = t.rows("hrda_profile", period=[t.year, t.last_year])
    recorded = [r for r in t.rows("hrda_shares", period=t.year) if r["measure"].endswith("_share")]
    return [
        answer,
        t.said(name, f"Repeat rate of {t.year}: {told(year_rate, 'percent') + ', ' if shown(year_rate) else ''}{change(year_rate, rate_before, moved)}. {trend(chart, 'the repeat rate', rates)}"),
        t.chart(
            name, rates, f"Repeats {when(t.period)}: {'incomplete' if incomplete else told(rate, 'percent')}, {direction(chart, rates)}",
            described(rates, "Control chart. Repeats as a share of referrals by quarter", "percent", chart=chart),
            RETURN, rates,
        ),
        grid(
            rates, "Repeats, of referrals of which it is known, by quarter and year, with the 95% interval of the share",
            lines(in_time(t.rows(name, "hrda_repeat_rate")), {"period": "Period"}, COLUMNS | {"Note": ("text", "reason")}), t.absent(name),
        ),
        *behind(t),
        *who_and_where(t, profile, recorded),
        asked(t, rate, total, year_rate, more),
        t.said(
            name, f"The definition in force: {t.one(name, 'hrda_look_back', t.period)['method']}.",
            "Rates that the limits of the chart leave out are drawn hollow." if any(shown(r) and not ok for r, ok in zip(rates, complete(t, rates), strict=True)) else "",
            pale(t, quarters(t.rows(name, "hrda_referrals", repeat="repeat", children="Total"))),
            withheld(t.rows(name), t.rows("hrda_change"), profile, recorded, by_decile(t)),
        ),
    ]  # fmt: skip


def pale(t: Tables, again: list[dict]) -> str:
    """Which repeats lack some of their look-back, or are by another definition than that of the page's own quarter."""
    some = [when(r["period"]) for r, ok in zip(again, seen(t, again), strict=True) if shown(r) and not ok]
    return f"Drawn pale, without all their look-back or by another definition: the repeats of {series(some)}." if some else ""  # fmt: skip


def by_decile(t: Tables) -> list[dict]:
    return [r for r in t.rows("hrda_by_deprivation", "hrda_decile_rate") if r["decile"] != "Total"]


def behind(t: Tables) -> list:
    name = "hrda_by_period"
    every = quarters(t.rows(name, "hrda_referrals", repeat="Total", children="Total"))
    again = quarters(t.rows(name, "hrda_referrals", repeat="repeat", children="Total"))
    now = t.one(name, "hrda_referrals", t.period)
    people, children = ([t.one(name, f"hrda_{m}", p) for p in (t.period, t.year)] for m in ("people", "children"))
    unknown, twice = t.one(name, "hrda_referrals", t.year, repeat="not known"), t.one(name, "hrda_duplicates", t.year)
    of_both = [series(f"{told(row)} in {when(p)}" for row, p in zip(rows, (t.period, t.year), strict=True)) for rows in (people, children)]  # fmt: skip
    days = t.one("hrda_time_between", "hrda_days_between", t.year)
    soon = f"Half of the repeats of {t.year} came within {told(days, 'rate', 0)} days of the last referral; the middle half after {told(days, 'rate', 0, 'low')} to {told(days, 'rate', 0, 'high')} days."
    households = in_time(t.rows(name, "hrda_households_with_children"))
    homes = [t.one(name, "hrda_households_with_children", p) for p in (t.year, t.last_year)]
    return [
        t.chart(
            name, every, f"Referrals in {when(t.period)}: {told(now)}",
            f"{described(every, 'Column chart. Referrals by quarter')} {described(again, 'Repeats among them')} {pale(t, again)}".rstrip(),
            RETURN, every + again,
        ),
        t.said(
            name,
            f"Distinct people referred: {of_both[0]}; one person can be in several quarters, so quarters do not add up to the year. "
            f"Children in their households, a household counted once for each referral: {of_both[1]}.",
            f"In {t.year}, referrals of which it cannot be told whether they are repeats: {told(unknown)} (outside the rate); "
            f"second referrals of the same people on one day: {told(twice)} (in no count)."
            if any(told(each) != "0" for each in (unknown, twice))
            else "",
        ),
        t.said("hrda_time_between", unless(soon, f"How soon the repeats of {t.year} came", days)),
        t.said(name, unless(f"Households with children in {t.year}: {told(homes[0], 'percent')}; {change(*homes)}.", f"The share of households with children in {t.year}", homes[0])),
        grid(households, "Households with children by quarter and year, with the 95% interval of the share", lines(households, {"period": "Period"}, COLUMNS), t.absent(name)),
    ]  # fmt: skip


def who_and_where(t: Tables, profile: list[dict], recorded: list[dict]) -> list:
    parts = [grid(recorded, "Referrals of the year, of those that record it, with the 95% interval of the share", lines(recorded, {"measure": "What"}, COLUMNS), t.absent("hrda_shares"))]  # fmt: skip
    for dimension, what in {
        "agency": "referring agency",
        "outcome": "outcome",
        "victim_age": "age of the victim",
    }.items():
        others = [d for d in ("agency", "outcome", "victim_age", "victim_sex", "ethnicity", "disability", "lgbt") if d != dimension]  # fmt: skip
        rows = [r for r in profile if r[dimension] != "Total" and all(r[d] == "Total" for d in others)]
        years = list(dict.fromkeys(r["period"] for r in rows))
        parts.append(grid(rows, f"Referrals by {what} and year", spread(rows, {dimension: dimension.replace('_', ' ').capitalize()}, "period", years), t.absent("hrda_profile")))  # fmt: skip
    head = t.one("hrda_rate", "hrda_rate", t.year)
    rate = (
        f"{t.year}: {told(head, 'rate')} referrals per 10,000 females aged 16 and over ({told(head)}, male victims among them, "
        f"against {told(head, 'of')}; {interval(head)}; {head['method'].partition('; ')[2]})."
    )
    cases, repeats = (t.one("national_comparators", f"national_{m}") for m in ("case_rate", "repeat_share"))
    parts.append(t.said("hrda_rate", unless(rate, f"The rate of {t.year} per 10,000 females aged 16 and over", head),
                        nationally(cases, "Cases nationally per 10,000 adult females"), nationally(repeats, "Repeats nationally")))  # fmt: skip
    deciles, slope = by_decile(t), t.one("hrda_by_deprivation", "hrda_slope")
    parts.append(t.chart(
        "hrda_by_deprivation", deciles, f"Referrals per 10,000 by deprivation, {t.year}" + f": {difference(slope, 'at the most deprived end').partition(' (')[0].replace('no difference', 'no gradient')}" * (slope["status"] == "shown"),
        described(deciles, "Column chart. Referrals per 10,000 residents", "rate", by="decile"),
        f"{RETURN}; Indices of Deprivation", deciles,
    ))  # fmt: skip
    gone = [t.one("hrda_by_deprivation", "hrda_referrals", t.year, decile=d) for d in ("not recorded", "outside the area")]  # fmt: skip
    lacking = (
        f"In no tenth of these: referrals without a neighbourhood, {told(gone[0])}; outside the area, {told(gone[1])}."
        + " Each rate is too low by its part of them." * any(r["status"] == "shown" for r in deciles)
    )
    parts.append(t.said("hrda_by_deprivation", f"Referrals per 10,000 residents, along a straight line from the least to the most deprived end (the slope index of inequality): {difference(slope, 'at the most deprived end')}.", lacking if any(r.get("count") != 0 for r in gone) else ""))  # fmt: skip
    return parts


def asked(t: Tables, rate: dict, total: dict, year_rate: dict, more: dict) -> Said:
    before = t.one("hrda_by_period", "hrda_referrals", t.last_year)
    sure = shown(more) and "rounded" not in more["reason"] and not ratio(total, before, more)[1] <= 0 <= ratio(total, before, more)[2]  # fmt: skip
    counted = [row.get("count", math.nan) for row in (rate, year_rate)]
    low = shown(year_rate) and "incomplete" not in year_rate["reason"] and year_rate["high"] < STANDARDS["hrda"]["low_repeat"]["value"]  # fmt: skip
    before = t.one("hrda_by_period", "hrda_repeat_rate", t.last_year)
    low = low and not (shown(before) and year_rate["value"] > before["value"])
    return t.asked(
        "hrda_by_period",
        "Were the repeats heard by the same agencies, and what had been agreed the time before?" if any(n > 0 for n in counted) else "",
        "The number of referrals changed: is it abuse that changed, or referring, and whose?" if sure else "",
        "A low repeat rate can mean safety, or people who do not come back: which is it here?" if low else "",
        "Why does no referral say of whom it is, so that nobody can tell who came again?" if t.one("hrda_by_period", "hrda_referrals", t.year, repeat="not known").get("count", math.nan) == total.get("count", math.nan) > 0 else "",
    )  # fmt: skip
