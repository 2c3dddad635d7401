"""Tables of referrals for high-risk domestic abuse, by quarter and year.

Duplicates (a second referral of one victim and perpetrator on one day) are in none of the counts but their own. A
repeat is what the setting of the time says (data/standards.yml, `hrda.repeat`): each row of the rate names basis, key
and version in `method`, and a change of any of them breaks the series. Nothing dated after the period is used.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import repeat_referrals as hrda
from lscb.calendar_months import add_months, completed_months, days
from lscb.counting import ETHNIC_GROUPS, ethnic_group, labelled, summed, tally
from lscb.inequality import slope
from lscb.intervals import change_of_count, difference_of_shares, poisson, poisson_method, wilson
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, year_label
from lscb.rates import mid_year
from openstats import Missing
from openstats import authorities as areas
from openstats.project_data import DATA, read

from .absent_returns import sent
from .neighbourhood_deprivation import owned
from .quarter_inputs import Inputs
from .registry import table
from .residents import absent

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
DECILES = tuple(str(n) for n in range(1, 11))
ELSEWHERE = "outside the area"
KEYS = ["area", "period"]
INCOMPLETE = "incomplete: repeats of earlier referrals cannot all be seen"
CHANGED = "the definition of a repeat changed within this period"


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


def method(said: dict) -> str:
    """A definition in words, as every row of the rate and every page prints it."""
    key = said["key"].replace("+", " and ")
    return f"basis {said['basis']}, key {key}, {said['months']} months, version {said['version']}"


# --- the referrals ------------------------------------------------------------------------------------------------


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
    children = rows["children_in_household"].astype("Float64")
    return rows.assign(
        quarter=year + "-Q" + pd.Series(quarter.quarter).astype("str"),
        year=year,
        **{name: flags[name] for name in ("duplicate", "last_referred_on", "note")},
        repeat=flags["answer"].map(REPEAT).astype("str").fillna("duplicate"),
        since_last=_since(flags, on),
        days_since=(rows["referred_on"] - flags["last_referred_on"]).dt.days,
        children=np.select([children.isna(), children > 0], [CHILDREN[2], CHILDREN[0]], CHILDREN[1]),
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
    said, flags = definitions(inputs), None
    for each in reversed(said):
        made = hrda.flag_repeats(rows, each["basis"], each["key"], each["months"], within="area")
        if flags is None:
            flags = made
        else:
            then = on <= np.datetime64(each["until"], "D")
            flags = pd.concat([made[then], flags[~then]]).loc[rows.index]
    return flags


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


def spans(inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """The quarters and complete financial years of each area: area, period, first and last (days), `whole` years.

    From the quarter of an area's first referral, at most the number of quarters in data/standards.yml; a year needs
    its four quarters.
    """
    starts = rows.groupby("area", observed=True)["referred_on"].min()
    made = []
    for area in inputs.areas:
        first = Quarter.of(starts[area].date()) if area in starts else inputs.period
        quarters = [q for q in inputs.period.back(inputs.standard("hrda.quarters")) if q >= first]
        made += [(area, str(q), q.first_day, q.last_day, False) for q in quarters]
        years = [q for q in quarters if q.number == 4 and q - 3 in quarters]
        made += [(area, q.year, (q - 3).first_day, q.last_day, True) for q in years]
    found = pd.DataFrame(made, columns=["area", "period", "first", "last", "whole"])
    return found.assign(first=pd.to_datetime(found["first"]), last=pd.to_datetime(found["last"]))


def newest(inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    """The spans that breakdowns are made for: the run's quarter and the two newest complete years.

    Not every quarter: with small cells in all of them, protecting the breakdowns takes half a minute, and hides more.
    """
    last = inputs.period.start - (inputs.period.number < 4)
    wanted = [str(inputs.period), year_label(last), year_label(last - 1)]
    return found[found["period"].isin(wanted)].reset_index(drop=True)


def by_span(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Each referral once for its quarter and once for its year, where those are among the spans."""
    both = pd.concat([rows.assign(period=rows["quarter"]), rows.assign(period=rows["year"])], ignore_index=True)
    return both.merge(found[KEYS], on=KEYS)


# --- the tables ----------------------------------------------------------------------------------------------------


@table("hrda_by_period", returns=[RETURN])
@sent(RETURN)
def hrda_by_period(inputs: Inputs) -> pd.DataFrame:
    """Referrals, people, repeats with their rate, households with children, duplicates; by quarter and year."""
    rows = referrals(inputs)
    found = spans(inputs, rows)
    every = by_span(rows, found)
    kept, keys = every[~every["duplicate"]], found[KEYS]
    counts = tally(kept, keys, [{"repeat": REPEAT.values()}, {"children": CHILDREN}]).assign(measure=REFERRALS)
    people = kept.assign(person=hrda.person_codes(kept["victim_id"]))
    people = people[people["person"] >= 0].drop_duplicates([*KEYS, "person"])
    parts = [
        counts,
        tally(people, keys, []).assign(measure="hrda_people"),
        tally(every[every["duplicate"]], keys, []).assign(measure="hrda_duplicates"),
        keys.assign(measure="hrda_children", count=_children(kept, keys)),
        *_share(counts, "repeat", "repeat", "not a repeat", "hrda_repeat_rate", "hrda_answered"),
        *_share(counts, "children", *CHILDREN[:2], "hrda_households_with_children", "hrda_children_recorded"),
    ]
    frame = pd.concat(parts, ignore_index=True).fillna({"repeat": TOTAL, "children": TOTAL})
    return cells(pd.concat([_marked(inputs, frame, found, rows), _look_back(inputs, found, rows)], ignore_index=True))


def _children(kept: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    """Children in the households of the referrals that record a number, a household once for each referral."""
    numbers = kept.assign(children=kept["children_in_household"].astype("Float64").fillna(0).astype("float64"))
    return summed(numbers, keys, "children")


def _share(counts, dimension, met, other, measure, base) -> list[pd.DataFrame]:
    """The share of one label among two of a dimension (the rest is unknown), and its denominator as a row."""
    wide = counts[counts[dimension].isin([met, other])].pivot(index=KEYS, columns=dimension, values="count")
    of = (wide[met] + wide[other]).rename("of").reset_index()
    got = of.assign(count=wide[met].to_numpy())
    low, high = wilson(got["count"], got["of"])
    none = got["of"] == 0
    made = got.assign(measure=measure, value=got["count"] / got["of"].where(~none), low=low, high=high)
    made = made.assign(method="Wilson", status=np.where(none, "not_applicable", "shown"))
    made.loc[none, ["count", "of"]] = np.nan
    made["reason"] = np.where(none, "there is none to take a share of", "")
    return [of.rename(columns={"of": "count"}).assign(measure=base), made]


def _covered_from(rows: pd.DataFrame) -> pd.Series:
    """The first day that each area's return covers: as it says itself (`covers_from` beside its rows), or its first
    referral."""
    first = rows.groupby("area", observed=True)["referred_on"].min()
    said = rows.groupby("area", observed=True)["covers_from"].min() if "covers_from" in rows else first
    return pd.to_datetime(said).fillna(first)


def _look_back(inputs: Inputs, found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Whole months of earlier referrals held at the start of each span, at most what a repeat needs; the definition of
    a repeat in force then stands in `method`."""
    first = days(found["area"].map(_covered_from(rows).to_dict()))
    held = np.clip(np.nan_to_num(completed_months(first, days(found["first"]))), 0, None)
    said = [definition(inputs, day) for day in found["first"]]
    row = found[KEYS].assign(measure="hrda_look_back", unit="months", method=[method(d) for d in said])
    return row.assign(value=np.minimum(held, [d["months"] for d in said]), repeat=TOTAL, children=TOTAL)


def _marked(inputs: Inputs, frame: pd.DataFrame, found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """A rate with too little look-back, or across a change of definition, says so."""
    said = [definition(inputs, day) for day in found["first"]]
    short = _look_back(inputs, found, rows)["value"].to_numpy() < [d["months"] for d in said]
    mixed = [d != definition(inputs, last) for d, last in zip(said, found["last"], strict=True)]
    note = np.select([mixed, short], [CHANGED, INCOMPLETE], "")
    frame = frame.merge(found[KEYS].assign(note=note), on=KEYS, validate="many_to_one")
    told = (frame["measure"] == "hrda_repeat_rate") & (frame["note"] != "") & (frame["status"] == "shown")
    return frame.assign(reason=frame["reason"].where(~told, frame["note"])).drop(columns="note")


@table("hrda_change", returns=[RETURN])
@sent(RETURN)
def hrda_change(inputs: Inputs) -> pd.DataFrame:
    """Change on the year before: of referrals (a fraction of the year before) and of the repeat rate (in points)."""
    frame = hrda_by_period(inputs)
    of = frame[(frame["repeat"] == TOTAL) & (frame["children"] == TOTAL)]
    rates = of[of["measure"] == "hrda_repeat_rate"]
    return cells(
        pd.concat(
            [_count_change(of[of["measure"] == REFERRALS]), _rate_change(rates, of[of["measure"] == "hrda_look_back"])],
            ignore_index=True,
        )
    )


def _with_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Each row beside that of the same quarter or year, a year before; those without one are left out."""
    before = frame.assign(period=[_year_on(p) for p in frame["period"]])
    return frame.merge(before, on=KEYS, suffixes=("", "_before"), validate="one_to_one")


def _year_on(period: str) -> str:
    return str(Quarter.parse(period) + 4) if "-Q" in period else year_label(int(period[:4]) + 1)


def _count_change(frame: pd.DataFrame) -> pd.DataFrame:
    both = _with_before(frame)
    value, low, high = change_of_count(both["count"], both["count_before"])
    made = both[KEYS].assign(measure="hrda_referrals_change", value=value, low=low, high=high, unit="fraction")
    none = np.where(np.isnan(value), "there were no referrals a year before", "")
    return made.assign(
        method="score interval of a ratio of Poisson counts",
        reason=none,
        status=np.where(none == "", "shown", "not_applicable"),
    )


def _rate_change(rates: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """Difference of two shares with Newcombe's interval; none across a change of definition, or where either rate is
    incomplete."""
    named = back[[*KEYS, "method"]].rename(columns={"method": "said"})
    both = _with_before(rates.merge(named, on=KEYS, validate="one_to_one"))
    value, low, high = difference_of_shares(both["count"], both["of"], both["count_before"], both["of_before"])
    broken = (both["said"] != both["said_before"]) | (both[["reason", "reason_before"]] == CHANGED).any(axis=1)
    short = (both[["reason", "reason_before"]] == INCOMPLETE).any(axis=1)
    reason = np.select(
        [broken, short, np.isnan(value)],
        ["the definition of a repeat changed", "the earlier rate is incomplete", "there is no rate to compare"],
        "",
    )
    made = both[KEYS].assign(measure="hrda_repeat_rate_change", unit="fraction", method="Newcombe, method 10")
    for name, figure in (("value", value), ("low", low), ("high", high)):
        made[name] = np.where(reason == "", figure, np.nan)
    return made.assign(reason=reason, status=np.where(reason == "", "shown", "not_applicable"))


@table("hrda_profile", returns=[RETURN])
@sent(RETURN)
def hrda_profile(inputs: Inputs) -> pd.DataFrame:
    """Referrals by agency, outcome and the victim's age, sex, ethnic group, disability and LGBT; of the run's
    quarter and by year. Counted are referrals, not people."""
    rows = referrals(inputs)
    found = newest(inputs, spans(inputs, rows))
    every = by_span(rows[~rows["duplicate"]], found)
    labels = {
        "agency": choices("agency"),
        "outcome": choices("outcome"),
        "victim_age": [*AGES, NOT_RECORDED],
        "victim_sex": SEXES,
        "ethnicity": ETHNIC_GROUPS,
        "disability": YES_NO,
        "lgbt": YES_NO,
    }
    return cells(tally(every, found[KEYS], [{name: of} for name, of in labels.items()]), measure=REFERRALS)


@table("hrda_shares", returns=[RETURN])
@sent(RETURN)
def hrda_shares(inputs: Inputs) -> pd.DataFrame:
    """Shares of the referrals that record it: partner agencies, victims aged 16-17, men, minority ethnic, disabled,
    LGBT; of the run's quarter and by year."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    found = newest(inputs, spans(inputs, rows))
    every = by_span(rows, found)
    parts = []
    for name, column, met in (
        ("partner_agency", "agency", lambda c: c != "police"),
        ("victims_16_17", "victim_age", lambda c: c == "16-17"),
        ("male_victims", "victim_sex", lambda c: c == "male"),
        ("minority_ethnic", "white_british", lambda c: c == "no"),
        ("disabled", "disability", lambda c: c == "yes"),
        ("lgbt", "lgbt", lambda c: c == "yes"),
    ):
        known = every[every[column] != NOT_RECORDED]
        labels = known.assign(has=np.where(met(known[column]), "yes", "no"))
        counts = tally(labels, found[KEYS], [{"has": ("yes", "no")}])
        parts += _share(counts, "has", "yes", "no", f"hrda_{name}_share", f"hrda_{name}_recorded")
        if name in ("partner_agency", "minority_ethnic"):  # the others are cells of hrda_profile
            has = counts[counts["has"] == "yes"].drop(columns="has")
            parts.append(has.assign(measure=f"hrda_{name}"))
    return cells(pd.concat(parts, ignore_index=True))


@table("hrda_time_between", returns=[RETURN])
@sent(RETURN)
def hrda_time_between(inputs: Inputs) -> pd.DataFrame:
    """Referrals by time since the last one of the same victim and perpetrator; median days among repeats."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    found = newest(inputs, spans(inputs, rows))
    every = by_span(rows, found)
    counts = tally(every, found[KEYS], [{"since_last": SINCE}]).assign(measure=REFERRALS)
    repeats = every[every["repeat"] == "repeat"]
    got = repeats.groupby(KEYS, observed=True)["days_since"].quantile([0.25, 0.5, 0.75]).unstack()
    got = got.reindex(columns=[0.25, 0.5, 0.75]).set_axis(["low", "value", "high"], axis=1).reset_index()
    middle = found[KEYS].merge(got, how="left").assign(measure="hrda_days_between", unit="days")
    none = middle["value"].isna()
    middle = middle.assign(
        method="median and quartiles, type 7",
        status=np.where(none, "not_applicable", "shown"),
        reason=np.where(none, "there was no repeat", ""),
        since_last=TOTAL,
    )
    return cells(pd.concat([counts, middle], ignore_index=True))


@table("hrda_rate", returns=[RETURN], open_data=["mid_year_estimates"])
@sent(RETURN)
def hrda_rate(inputs: Inputs) -> pd.DataFrame:
    """Referrals of a year per 10,000 females aged 16 and over, at the mid-year before the year's end."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    found = spans(inputs, rows)
    found = found[found["whole"]].reset_index(drop=True)
    counts = tally(by_span(rows, found), found[KEYS], [])
    said = inputs.standard("hrda.rate")
    people = inputs.open_data.population()
    people = people[(people["sex"] == said["sex"]) & (people["age"] >= said["from_age"])]
    people = people.sort_values("vintage").groupby(["area", "mid_year", "vintage"])["population"].sum().reset_index()
    people = people.drop_duplicates(["area", "mid_year"], keep="last")  # as first published, where both are held
    counts["mid_year"] = [mid_year(p) for p in counts["period"]]
    both = counts.merge(people, on=["area", "mid_year"], how="left", validate="many_to_one")
    low, high = poisson(both["count"])
    scale = said["per"] / both["population"]
    none = both["population"].isna()
    label = "mid-" + both["mid_year"].astype("str")
    rate = both[KEYS].assign(
        measure="hrda_rate",
        value=both["count"] * scale,
        count=both["count"].where(~none),
        of=both["population"],
        low=low * scale,
        high=high * scale,
        unit=f"per {said['per']:,}",
        method=np.where(
            none, "", pd.Series(poisson_method(both["count"])) + "; " + label + ", " + both["vintage"].fillna("")
        ),
        reason=np.where(none, "females aged 16 and over of " + label + " are not held", ""),
    )
    base = both[KEYS].assign(measure="hrda_females_16_and_over", count=both["population"], method=label)
    return cells(pd.concat([rate, base[~none]], ignore_index=True))


@table("hrda_by_deprivation", returns=[RETURN], open_data=["iod2015", "iod2019", "iod2025"])
@sent(RETURN)
def hrda_by_deprivation(inputs: Inputs) -> pd.DataFrame:
    """Referrals of the newest complete year by deprivation decile of the victim's neighbourhood, per 10,000 residents,
    and the slope index of inequality. Deciles are England's, of the edition in force at the period's end; before the
    first edition held was published there are none."""
    day = inputs.period.last_day
    index, wanted = inputs.standard("hrda.index"), inputs.standard("as_of.edition")
    editions = {e: on for e, on in inputs.standard("hrda.indices").items() if on <= day or e == wanted}
    if not editions:
        return _absent(inputs, f"No edition of the Indices of Deprivation held had been published by {day:%d %B %Y}.")
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    found = newest(inputs, spans(inputs, rows))
    found = found[found["whole"]].sort_values("period").drop_duplicates("area", keep="last").reset_index(drop=True)
    edition = wanted or max(editions)
    places = owned(inputs, edition, inputs.areas)
    places = places[places["index"] == index]
    if places.empty:
        raise Missing(f"iod{edition}", f"the neighbourhoods of {', '.join(map(areas.name, inputs.areas[:3]))}")
    lacking = [area for area in inputs.areas if area not in set(places["area"])]
    found = found[~found["area"].isin(lacking)]  # without neighbourhoods no decile has a zero to show
    places = places.assign(decile=places["decile"].astype("Int64").astype("str"))
    every = by_span(rows, found).merge(
        places[["area", "lsoa", "decile"]], on=["area", "lsoa"], how="left", validate="many_to_one"
    )
    blank = np.where(every["lsoa"].isna(), NOT_RECORDED, ELSEWHERE)
    every["decile"] = every["decile"].where(every["decile"].notna(), blank).astype("str")
    counts = tally(every, found[KEYS], [{"decile": [*DECILES, ELSEWHERE, NOT_RECORDED]}])
    lived = places.groupby(["area", "decile"], observed=True)["total"].sum(min_count=1).rename("of").reset_index()
    rated = counts[counts["decile"].isin(DECILES)].merge(lived, how="left", on=["area", "decile"])
    edition_text = f"{index.upper()} {edition}, residents as the edition weighs them"
    parts = [counts.assign(measure=REFERRALS), _decile_rates(rated, edition_text), _decile_people(rated, edition_text)]
    made = pd.concat([*parts, _slopes(inputs, rated, edition_text)], ignore_index=True)
    made = absent(inputs, made, "hrda_by_deprivation", "its neighbourhoods are not held: lscb fetch")
    return cells(made.fillna({"decile": TOTAL}))


def _absent(inputs: Inputs, reason: str) -> pd.DataFrame:
    """One row for each area that says why it has no table."""
    rows = [dict(area=area, period=str(inputs.period), decile=TOTAL) for area in inputs.areas]
    return cells(rows, measure="hrda_by_deprivation", status="not_available", reason=reason)


def _decile_rates(rated: pd.DataFrame, said: str) -> pd.DataFrame:
    low, high = poisson(rated["count"])
    scale = 10_000 / rated["of"]
    none = rated["of"].isna()
    made = rated[[*KEYS, "decile", "count", "of"]].assign(
        measure="hrda_decile_rate", value=rated["count"] * scale, low=low * scale, high=high * scale, unit="per 10,000"
    )
    made = made.assign(
        method=np.where(none, "", pd.Series(poisson_method(rated["count"]), index=rated.index) + "; " + said),
        status=np.where(none, "not_applicable", "shown"),
        reason=np.where(none, "no neighbourhood of the area is in this decile", ""),
    )
    made.loc[none, "count"] = np.nan
    return made


def _decile_people(rated: pd.DataFrame, said: str) -> pd.DataFrame:
    people = rated[[*KEYS, "decile"]].assign(measure="hrda_decile_residents", count=rated["of"].fillna(0))
    return people.assign(method=said)


def _slopes(inputs: Inputs, rated: pd.DataFrame, said: str) -> pd.DataFrame:
    """The slope index of each area where there are enough referrals and deciles."""
    enough, made = inputs.standard("hrda.slope"), []
    for (area, period), group in rated.groupby(KEYS, observed=True):
        group = group.iloc[group["decile"].astype(int).argsort()]
        row = dict(area=area, period=period, measure="hrda_slope", unit="per 10,000")
        people = group["of"].fillna(0)
        if group["count"].sum() < enough["referrals"] or (people > 0).sum() < enough["deciles"]:
            reason = f"fewer than {enough['referrals']} referrals or {enough['deciles']} deciles: too few for a slope"
            made.append(row | dict(status="not_applicable", reason=reason))
            continue
        found = slope(group["count"], people)
        figures = dict(zip(("value", "low", "high"), (10_000 * f for f in found), strict=True))
        made.append(row | figures | dict(method=f"slope index of inequality; {said}"))
    return pd.DataFrame(made)
