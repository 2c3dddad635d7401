"""Referrals for high-risk domestic abuse as they are counted: which are repeats, by what label, in which periods.

Duplicates (a second referral of one victim and perpetrator on one day) are in none of the counts but their own. A
repeat is what the setting of the time says (data/standards.yml, `hrda.repeat`). Nothing dated after the period is used.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import repeat_referrals as hrda
from lscb.calendar_months import add_months, completed_months, days
from lscb.counting import ethnic_group, labelled
from lscb.intervals import clustered_wilson
from lscb.long_table import TOTAL
from lscb.periods import Quarter, year_label
from openstats.project_data import DATA, read

from .quarter_inputs import Inputs, NotCovered
from .reasons import NO_YEAR

RETURN = "hrda_referrals"
REFERRALS = "hrda_referrals"
NOT_RECORDED = "not recorded"
REPEAT = {"repeat": "repeat", "not": "not a repeat", "unknown": "not known"}
CHILDREN = ("with children", "without children", NOT_RECORDED)
SINCE = (
    "under 3 months",
    "3 to under 6 months",
    "6 to 12 months",
    "over 12 months",
    "no earlier referral",
    "not known",
)
AGES = {
    "under 16": 16,
    "16-17": 18,
    "18-24": 25,
    "25-34": 35,
    "35-44": 45,
    "45-54": 55,
    "55-64": 65,
    "65 and over": 999,
}
SEXES = ("female", "male", NOT_RECORDED)
YES_NO = ("yes", "no", NOT_RECORDED)
KEYS = ["area", "period"]


def choices(field: str) -> list[str]:
    """The labels of a choice in the dictionary of the return, as they are printed, and what stands for none."""
    fields = read(DATA / "dictionary" / f"{RETURN}.yml")["fields"]
    return [name.replace("_", " ") for name in fields[field]["allowed"]["values"]] + [NOT_RECORDED]


def definitions(inputs: Inputs) -> list[dict]:
    """The definitions of a repeat, oldest first; the last is in force. Each but the last has `until`."""
    now = {name: inputs.standard(f"hrda.repeat.{name}") for name in ("basis", "key", "months", "version")}
    return [*inputs.standard("hrda.repeat.before"), now]


def definition(inputs: Inputs, day: pd.Timestamp) -> dict:
    """The definition of a repeat in force on a day."""
    every = definitions(inputs)
    return next((d for d in every[:-1] if day <= pd.Timestamp(d["until"])), every[-1])


def method(rule: dict) -> str:
    """A definition in words, as every row of the rate and every page prints it."""
    key = rule["key"].replace("+", " and ")
    return f"basis {rule['basis']}, key {key}, {rule['months']} months, version {rule['version']}"


def referrals(inputs: Inputs) -> pd.DataFrame:
    """Every referral up to the period's end, with its answer and what it is counted by, as text.

    Adds quarter, year, answer, duplicate, last_referred_on, note, and the labels of the tables' dimensions. People
    are matched within their area. Every definition of a repeat that was ever in force is applied to the referrals of
    its own time, with all earlier ones to look back on.
    """
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas) & (rows["referred_on"] <= pd.Timestamp(inputs.period.last_day))]
    rows = rows.reset_index(drop=True)
    on = days(rows["referred_on"])
    flags = _flagged(inputs, rows, on)
    quarter = pd.PeriodIndex(rows["referred_on"], freq="Q-MAR")
    start = quarter.qyear - 1
    years = {y: year_label(y) for y in set(start)}
    year = pd.Series([years[y] for y in start], dtype="str")
    children = rows["children_in_household"].astype("Float64").to_numpy("float64", na_value=np.nan)
    return rows.assign(
        quarter=year + "-Q" + pd.Series(quarter.quarter).astype("str"),
        year=year,
        **{name: flags[name] for name in ("duplicate", "last_referred_on", "note")},
        repeat=flags["answer"].map(REPEAT).astype("str").fillna("duplicate"),
        since_last=_since(flags, on),
        days_since=(rows["referred_on"] - flags["last_referred_on"]).dt.days,
        children=np.select([np.isnan(children), children > 0], [CHILDREN[2], CHILDREN[0]], CHILDREN[1]),
        agency=labelled(rows["agency"], NOT_RECORDED, choices("agency"), "other"),
        outcome=labelled(rows["outcome"], NOT_RECORDED, choices("outcome"), "other"),
        victim_age=_age(rows["victim_age"]),
        victim_sex=labelled(rows["victim_sex"], NOT_RECORDED),
        white_british=labelled(rows["ethnicity"].isin(inputs.standard("hrda.white_british")), NOT_RECORDED).where(
            rows["ethnicity"].notna(), NOT_RECORDED
        ),
        ethnicity=ethnic_group(rows["ethnicity"]),
        disability=labelled(rows["disability"], NOT_RECORDED),
        lgbt=labelled(rows["lgbt"], NOT_RECORDED),
    )


def _flagged(inputs: Inputs, rows: pd.DataFrame, on: np.ndarray) -> pd.DataFrame:
    """flag_repeats by the definition of each referral's own time."""
    *earlier, now = definitions(inputs)
    flags = _answers(rows, now)
    for each in reversed(earlier):
        then = on <= np.datetime64(each["until"], "D")
        flags = pd.concat([_answers(rows, each)[then], flags[~then]]).loc[rows.index]
    return flags


def _answers(rows: pd.DataFrame, by: dict) -> pd.DataFrame:
    return hrda.flag_repeats(rows, by["basis"], by["key"], by["months"], within="area")


def _since(flags: pd.DataFrame, on: np.ndarray) -> np.ndarray:
    """Calendar months since the last referral of the same key, in bands."""
    months = completed_months(days(flags["last_referred_on"]), on)
    within = on <= add_months(days(flags["last_referred_on"]), 12)
    unknown = (flags["answer"] == "unknown").to_numpy()
    return np.select(
        [unknown, np.isnan(months), months < 3, months < 6, within], [SINCE[5], SINCE[4], *SINCE[:3]], SINCE[3]
    )


def _age(ages: pd.Series) -> np.ndarray:
    years = ages.astype("Float64").to_numpy("float64", na_value=np.nan)
    return np.select([np.isnan(years), *(years < top for top in AGES.values())], [NOT_RECORDED, *AGES], NOT_RECORDED)


def coverage(inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """The quarters and complete financial years of each area: area, period, first and last (days), `whole` years.

    From the quarter of an area's first referral, at most the number of quarters in data/standards.yml; a year needs
    its four quarters.
    """
    starts = rows.groupby("area", observed=True)["referred_on"].min()
    lines = []
    for area in inputs.areas:
        first = Quarter.of(starts[area].date()) if area in starts else inputs.period
        quarters = [q for q in inputs.period.back(inputs.standard("hrda.quarters")) if q >= first]
        lines += [(area, str(q), q.first_day, q.last_day, False) for q in quarters]
        years = [q for q in quarters if q.number == 4 and q - 3 in quarters]
        lines += [(area, q.year, (q - 3).first_day, q.last_day, True) for q in years]
    frame = pd.DataFrame(lines, columns=["area", "period", "first", "last", "whole"])
    return frame.assign(first=pd.to_datetime(frame["first"]), last=pd.to_datetime(frame["last"]))


def newest(inputs: Inputs, spans: pd.DataFrame) -> pd.DataFrame:
    """The spans that breakdowns are made for: the two newest complete years, and the run's quarter where
    `hrda.profile_of_quarter` asks for it. Raises NotCovered where the return covers none of them."""
    last = inputs.period.year_ended
    wanted = [year_label(last), year_label(last - 1)]
    wanted += [str(inputs.period)] if inputs.standard("hrda.profile_of_quarter") else []
    chosen = spans[spans["period"].isin(wanted)].reset_index(drop=True)
    if chosen.empty:
        raise NotCovered(NO_YEAR.says)
    return chosen


def by_span(rows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Each referral once for its quarter and once for its year, where those are among the spans."""
    both = pd.concat([rows.assign(period=rows["quarter"]), rows.assign(period=rows["year"])], ignore_index=True)
    return both.merge(spans[KEYS], on=KEYS)


def effects(frame: pd.DataFrame, again: float) -> np.ndarray:
    """The design effect of each row: of a year as many people come `again` (`hrda.again`, which no case decides), 1 of a
    quarter, in which few do."""
    return np.where(frame["period"].astype("str").str.contains("-Q"), 1.0, again)


def widened(effect: float) -> str:
    """How a row's method says that its interval allows for people who come again; nothing of an effect of 1."""
    return f"; wider for people who come again (design effect {effect:g})" if effect > 1 else ""


def share_rows(counts, dimension, met, other, measure, base, again: float = 1) -> list:
    """The share of one label among two of a dimension (the rest is unknown), and its denominator as a row.

    again : of what belongs to a person, and so comes with each of their referrals, the design effect of a year
    """
    wide = counts[counts[dimension].isin([met, other])].pivot(index=KEYS, columns=dimension, values="count")
    of = (wide[met] + wide[other]).rename("of").reset_index()
    got = of.assign(count=wide[met].to_numpy())
    by = effects(got, again)
    low, high = clustered_wilson(got["count"], got["of"], by)
    none = got["of"] == 0
    every = counts[counts[dimension] == TOTAL].groupby(KEYS, sort=False)["count"].max().rename("all").reset_index()
    blank = none & (got[KEYS].merge(every, on=KEYS, how="left")["all"].to_numpy() > 0)
    share = got.assign(measure=measure, value=got["count"] / got["of"].where(~none), low=low, high=high)
    share["method"] = ["Wilson" + widened(each) for each in by]
    share["status"] = np.select([blank, none], ["not_available", "not_applicable"], "shown")
    share.loc[none, ["count", "of"]] = np.nan
    share["reason"] = np.select(
        [blank, none], ["it is recorded of no referral", "there is none to take a share of"], ""
    )
    return [of.rename(columns={"of": "count"}).assign(measure=base), share]
