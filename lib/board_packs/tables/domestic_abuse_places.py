"""Referrals beside the people who could be referred: per 10,000 women, and by deprivation of the neighbourhood."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.counting import tally
from lscb.inequality import slope as slope_index
from lscb.intervals import poisson, poisson_method
from lscb.long_table import TOTAL, cells
from lscb.rates import mid_year

from .absent_returns import sent
from .domestic_abuse_cases import (
    KEYS,
    NOT_RECORDED,
    REFERRALS,
    RETURN,
    by_span,
    coverage,
    effects,
    newest,
    referrals,
    widened,
)
from .indices_held import need, owned
from .quarter_inputs import Inputs, NotCovered
from .reasons import NO_YEAR, TO_FETCH
from .registry import table
from .residents import absent
from .return_gaps import quarters_lacking

DECILES = tuple(str(n) for n in range(1, 11))
ELSEWHERE = "outside the area"


@table("hrda_rate", returns=[RETURN], open_data=["mid_year_estimates"])
@sent(RETURN)
def hrda_rate(inputs: Inputs) -> pd.DataFrame:
    """Referrals of a year per 10,000 females aged 16 and over, at the mid-year before the year's end."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    spans = coverage(inputs, rows)
    spans = spans[spans["whole"]].reset_index(drop=True)
    if spans.empty:
        raise NotCovered(NO_YEAR.says)
    counts = tally(by_span(rows, spans), spans[KEYS], [])
    setting = inputs.standard("hrda.rate")
    people = inputs.open_data.population()
    people = people[(people["sex"] == setting["sex"]) & (people["age"] >= setting["from_age"])]
    people = people.sort_values("vintage").groupby(["area", "mid_year", "vintage"])["population"].sum().reset_index()
    people = people.drop_duplicates(["area", "mid_year"], keep="last")  # as first published, where both are held
    counts["mid_year"] = [mid_year(p) for p in counts["period"]]
    both = counts.merge(people, on=["area", "mid_year"], how="left", validate="many_to_one")
    by = effects(both, inputs.standard("hrda.again"))
    low, high = (by * end for end in poisson(both["count"] / by))
    scale = setting["per"] / both["population"]
    none = both["population"].isna()
    label = "mid-" + both["mid_year"].astype("str")
    rate = both[KEYS].assign(
        measure="hrda_rate",
        value=both["count"] * scale,
        count=both["count"].where(~none),
        of=both["population"],
        low=low * scale,
        high=high * scale,
        unit=f"per {setting['per']:,}",
        method=np.where(
            none,
            "",
            pd.Series(poisson_method(both["count"] / by))
            + ("; " + label + ", " + both["vintage"].fillna(""))
            + pd.Series([widened(each) for each in by]),
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
    editions = {e: on for e, on in inputs.standard("as_of.indices").items() if on <= day or e == wanted}
    if not editions:
        return _absent(inputs, f"No edition of the Indices of Deprivation held had been published by {day:%d %B %Y}.")
    rows, spans = _years(inputs)
    edition = wanted or max(editions)
    places = owned(inputs, edition, inputs.areas)
    places = need(places[places["index"] == index], inputs)
    lacking = [area for area in inputs.areas if area not in set(places["area"])]
    spans = spans[~spans["area"].isin(lacking)]  # without neighbourhoods no decile has a zero to show
    places = places.assign(decile=places["decile"].astype("Int64").astype("str"))
    every = by_span(rows, spans).merge(
        places[["area", "lsoa", "decile"]], on=["area", "lsoa"], how="left", validate="many_to_one"
    )
    blank = np.where(every["lsoa"].isna(), NOT_RECORDED, ELSEWHERE)
    every["decile"] = every["decile"].where(every["decile"].notna(), blank).astype("str")
    counts = tally(every, spans[KEYS], [{"decile": [*DECILES, ELSEWHERE, NOT_RECORDED]}])
    lived = places.groupby(["area", "decile"], observed=True)["total"].sum(min_count=1).rename("of").reset_index()
    rated = counts[counts["decile"].isin(DECILES)].merge(lived, how="left", on=["area", "decile"])
    rated["effect"] = effects(rated, inputs.standard("hrda.again"))
    counted = inputs.standard("as_of.residents_of_indices")[edition]
    edition_text = f"{index.upper()} {edition}, residents of mid-{counted} as the edition weighs them"
    unweighed = lived.loc[lived["of"].isna(), "area"]  # areas whose residents the files held of the edition do not give
    parts = [counts.assign(measure=REFERRALS), _decile_rates(rated, edition_text, unweighed)]
    parts.append(_decile_people(rated[~rated["area"].isin(unweighed)], edition_text))
    frame = pd.concat([*parts, _slopes(inputs, rated, edition_text, unweighed)], ignore_index=True)
    why = TO_FETCH(what="its neighbourhoods are not held")
    if frame.empty:
        return _absent(inputs, why)
    return cells(absent(inputs, frame, "hrda_by_deprivation", why).fillna({"decile": TOTAL}))


def _years(inputs: Inputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The referrals without duplicates, and the newest complete year of each area that the return covers."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    every_span = coverage(inputs, rows)
    years = {area: {quarter.year for quarter in some} for area, some in quarters_lacking(inputs, RETURN).items()}
    held = [label not in years.get(area, ()) for area, label in every_span[KEYS].itertuples(index=False)]
    spans = newest(inputs, every_span[held])
    spans = spans[spans["whole"]].sort_values("period").drop_duplicates("area", keep="last").reset_index(drop=True)
    return rows, spans


def _absent(inputs: Inputs, reason: str) -> pd.DataFrame:
    """One row for each area that says why it has no table."""
    rows = [dict(area=area, period=str(inputs.period), decile=TOTAL) for area in inputs.areas]
    return cells(rows, measure="hrda_by_deprivation", status="not_available", reason=reason)


UNWEIGHED = TO_FETCH(what="the residents of the edition's neighbourhoods are not held (File 7 or File 6)")


def _decile_rates(rated: pd.DataFrame, base: str, unweighed: pd.Series) -> pd.DataFrame:
    low, high = (rated["effect"] * end for end in poisson(rated["count"] / rated["effect"]))
    scale = 10_000 / rated["of"]
    none, unknown = rated["of"].isna(), rated["area"].isin(unweighed)
    rate = rated[[*KEYS, "decile", "count", "of"]].assign(
        measure="hrda_decile_rate", value=rated["count"] * scale, low=low * scale, high=high * scale, unit="per 10,000"
    )
    rate = rate.assign(
        method=[
            "" if blank else f"{how}; {base}{widened(by)}"
            for blank, how, by in zip(
                none, poisson_method(rated["count"] / rated["effect"]), rated["effect"], strict=True
            )
        ],
        status=np.select([unknown, none], ["not_available", "not_applicable"], "shown"),
        reason=np.select([unknown, none], [UNWEIGHED, "no neighbourhood of the area is in this decile"], ""),
    )
    rate.loc[none, "count"] = np.nan
    return rate


def _decile_people(rated: pd.DataFrame, base: str) -> pd.DataFrame:
    people = rated[[*KEYS, "decile"]].assign(measure="hrda_decile_residents", count=rated["of"].fillna(0))
    return people.assign(method=base)


def _slopes(inputs: Inputs, rated: pd.DataFrame, base: str, unweighed: pd.Series) -> pd.DataFrame:
    """The slope index of each area where there are enough referrals and deciles."""
    enough, lines = inputs.standard("hrda.slope"), []
    for (area, period), group in rated.groupby(KEYS, observed=True):
        group = group.iloc[group["decile"].astype(int).argsort()]
        row = dict(area=area, period=period, measure="hrda_slope", unit="per 10,000")
        people = group["of"].fillna(0)
        if area in set(unweighed):
            lines.append(row | dict(status="not_available", reason=UNWEIGHED))
            continue
        if group["count"].sum() < enough["referrals"] or (people > 0).sum() < enough["deciles"]:
            reason = f"fewer than {enough['referrals']} referrals of known neighbourhoods or {enough['deciles']} deciles: too few for a slope"
            lines.append(row | dict(status="not_applicable", reason=reason))
            continue
        effect = float(group["effect"].iloc[0])
        slope = slope_index(group["count"], people, effect)
        figures = dict(zip(("value", "low", "high"), (10_000 * f for f in slope), strict=True))
        lines.append(row | figures | dict(method=f"slope index of inequality; {base}{widened(effect)}"))
    return pd.DataFrame(lines)
