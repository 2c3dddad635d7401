"""Tables of child deaths: two cohorts, each with its own numbers, over one, three and five years.

`period` is a financial year (or the year so far, `2017-18 to Q2`), with `window` for how many years end with it. A
window that reaches back before the first death the return holds is not available, with the reason. Ages, categories
and the like are calculations of lscb; here they are only counted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import ages_at_death as ages
from lscb import child_death_checks as checks
from lscb import child_deaths as deaths
from lscb.calendar_months import days
from lscb.counting import ETHNIC_GROUPS, ethnic_group, labelled, tally
from lscb.intervals import poisson, poisson_method, wilson
from lscb.long_table import cells
from lscb.periods import Quarter, year_label, year_start
from openstats import Missing

from .absent_returns import sent
from .quarter_inputs import Inputs
from .registry import table
from .residents import births_in_print

RETURN = "child_deaths"
NOT_RECORDED = "not recorded"
YES_NO = ("yes", "no", NOT_RECORDED)
SEXES = ("male", "female", NOT_RECORDED)
EXPECTED = ("expected", "unexpected", "not known", NOT_RECORDED)
MODIFIABLE = ("identified", "none identified", "insufficient information", NOT_RECORDED)
STANDING = {"standing": deaths.STANDINGS}
DOMAINS = ("domain_child", "domain_social", "domain_physical", "domain_service")
CIRCUMSTANCES = ("child_protection_plan", "statutory_order", "asylum_seeker")
NOTIFIED, REVIEWED = "cdop_deaths_notified", "cdop_reviews_completed"
ENGLAND = "E92000001"


def categories(inputs: Inputs) -> list[str]:
    """The labels of the statutory categories in their order, and of a review without one."""
    return [f"{number}. {name}" for number, name in inputs.standard("child_deaths.categories").items()] + [NOT_RECORDED]


def cases(inputs: Inputs) -> pd.DataFrame:
    """Every death in scope with what it is counted by, as text; `notified_on` and `review_completed_on` as days.

    Deaths from the 18th birthday on (or dated before birth) are out of scope of every count; `child_deaths_quality`
    says how many. Nothing dated after the period's last day is used.
    """
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas)].reset_index(drop=True)
    end = np.datetime64(inputs.period.last_day)
    born, died = rows["born_on"], rows["died_on"]
    candidates = deaths.primary_category(_or_blank(rows, "categories"))
    recorded = pd.to_numeric(_or_blank(rows, "category")).astype("Int64")
    names = dict(zip(deaths.CATEGORIES, categories(inputs), strict=False))
    lived = ages.age_in_days(born, died)
    timed = deaths.time_to_review(died, rows["review_completed_on"])
    weeks, limit = _or_blank(rows, "gestation_weeks"), inputs.standard("child_deaths.previable_weeks")
    made = rows.assign(
        category=candidates.fillna(recorded).map(names).astype("str").fillna(NOT_RECORDED),
        age_band=ages.age_band(born, died),
        stage=ages.stage(born, died),
        previable=ages.previable(lived, weeks, limit),
        sex=labelled(rows["sex"], NOT_RECORDED),
        expected=labelled(rows["expected"], NOT_RECORDED),
        modifiable=labelled(rows["modifiable_factors"], NOT_RECORDED),
        ethnicity=ethnic_group(rows["ethnicity"]),
        standing=deaths.standing(rows, end),
        days=timed["days"],
        time_to_review=timed["within"].fillna(NOT_RECORDED),
        **{name: labelled(_or_blank(rows, name), NOT_RECORDED) for name in CIRCUMSTANCES},
    )
    return made[made["age_band"].isin(ages.AGE_BANDS)].reset_index(drop=True)


def _or_blank(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(None, index=rows.index, dtype="object")


# --- spans -----------------------------------------------------------------------------------------------------


def spans(inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """Every area, period and window that the return covers wholly: area, period, window, first and last (days).

    Financial years that have ended, with the windows that end with them, and the year so far where it has not. The
    return covers from the start of the financial year in which its first death was notified.
    """
    period, made = inputs.period, []
    starts = rows.groupby("area", observed=True)["notified_on"].min()
    for area in inputs.areas:
        if area not in starts:
            first = period.start
        else:
            first = Quarter.of(starts[area].date()).start
        ended = period.start if period.number == 4 else period.start - 1
        for year in range(first, ended + 1):
            for length in inputs.standard("child_deaths.years"):
                if year - length + 1 >= first:
                    made.append((area, year_label(year), _window(length), year - length + 1, year + 1))
        if period.number < 4:
            made.append((area, _now(inputs), _window(1), period.start, None))
    found = pd.DataFrame(made, columns=["area", "period", "window", "first", "last"])
    found["first"] = pd.to_datetime([f"{year}-04-01" for year in found["first"]])
    ends = [period.last_day if pd.isna(year) else f"{int(year)}-03-31" for year in found["last"]]
    found["last"] = pd.to_datetime(ends)
    return found


def _now(inputs: Inputs) -> str:
    """The newest period: the financial year that ends with the quarter, or the year so far."""
    quarter = inputs.period
    return quarter.year if quarter.number == 4 else f"{quarter.year} to Q{quarter.number}"


def _window(years: int) -> str:
    return f"{years} year" if years == 1 else f"{years} years"


def current(inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    """The spans of each area that breakdowns are made for: the newest period and the newest five years."""
    newest = found.groupby(["area", "window"], observed=True)["last"].transform("max") == found["last"]
    longest = _window(max(inputs.standard("child_deaths.years")))
    return found[newest & found["window"].isin([_window(1), longest])].reset_index(drop=True)


def within(rows: pd.DataFrame, found: pd.DataFrame, date: str) -> pd.DataFrame:
    """The rows whose `date` lies in a span, once for each span they lie in, with its period and window."""
    both = rows.drop(columns=["period", "window"], errors="ignore").merge(found, on="area")
    return both[(both[date] >= both["first"]) & (both[date] <= both["last"])]


def _counts(rows, found, date, margins, measure) -> pd.DataFrame:
    keys = found[["area", "period", "window"]]
    return tally(within(rows, found, date), keys, margins).assign(measure=measure)


# --- the tables --------------------------------------------------------------------------------------------------


@table("child_deaths_by_year", returns=[RETURN], open_data=["dfe_population", "births", "deaths"])
@sent(RETURN)
def child_deaths_by_year(inputs: Inputs) -> pd.DataFrame:
    """Both cohorts by year and rolling window, deaths per 100,000 children and infant deaths per 1,000 births."""
    rows = cases(inputs)
    found = spans(inputs, rows)
    infants = rows[rows["stage"].isin(ages.STAGES[:3])]
    told = _counts(rows, found, "notified_on", [], NOTIFIED)
    young = _counts(infants, found, "notified_on", [], "cdop_infant_deaths_notified")
    done = _counts(rows, found, "review_completed_on", [], REVIEWED)
    years = found[found["period"].str.len() == len("2017-18")]
    parts = [told, young, done, *_rates(inputs, years, told, young), _england(inputs)]
    return cells(pd.concat([*parts, _not_covered(inputs, found)], ignore_index=True))


def _rates(inputs: Inputs, years: pd.DataFrame, told: pd.DataFrame, young: pd.DataFrame) -> list[pd.DataFrame]:
    """Deaths per 100,000 children and infant deaths per 1,000 births, each with its denominator as a row."""
    children, births = _children(inputs), _births(inputs)
    rate, infant = inputs.standard("child_deaths.rate"), inputs.standard("child_deaths.infant_rate")
    made = []
    for counts, people, per, names in (
        (told, children, rate["per"], ("cdop_death_rate", "cdop_children")),
        (young, births, infant["per"], ("cdop_infant_death_rate", "cdop_live_births")),
    ):
        of, said = zip(*(people(r.area, r.period, int(r.window[0])) for r in years.itertuples()), strict=True)
        base = years[["area", "period", "window"]].assign(of=np.array(of, float), said=said)
        made.append(_rated(inputs, base.merge(counts, validate="one_to_one"), per, names[0]))
        made.append(base.assign(measure=names[1], count=base["of"], reason=base["said"]).drop(columns=["of", "said"]))
    return made


def _rated(inputs: Inputs, frame: pd.DataFrame, per: float, measure: str) -> pd.DataFrame:
    """A rate per row of `count` and `of`; none where there are too few deaths to divide, or no denominator."""
    few = inputs.standard("child_deaths.few")
    low, high = poisson(frame["count"])
    scale = per / frame["of"]
    method = pd.Series(poisson_method(frame["count"]), index=frame.index) + "; " + frame["said"]
    unreliable = frame["count"] < few["unreliable_below"]
    made = frame.assign(
        measure=measure,
        value=frame["count"] * scale,
        low=low * scale,
        high=high * scale,
        unit=f"per {per:,}",
        method=method.where(~unreliable, method + f"; unreliable: fewer than {few['unreliable_below']} deaths"),
        reason="",
    ).drop(columns="said")
    none = (frame["count"] < few["no_rate_below"]) | frame["of"].isna()
    made.loc[none, ["value", "low", "high", "count", "of"]] = np.nan
    made.loc[none, "method"] = ""
    small = f"fewer than {few['no_rate_below']} deaths: too few for a rate"
    made.loc[none, "reason"] = np.where(frame["of"].isna(), frame["said"], small)[none]
    return made


def _children(inputs: Inputs):
    """Children aged 0-17 over a window: the mid-year estimates before each year's end, added up."""
    vintage = inputs.standard("child_deaths.rate")["vintage"]
    try:
        held = inputs.open_data.children()
        held = held[held["vintage"] == vintage].set_index(["area", "mid_year"])["population_0_17"].to_dict()
    except Missing:
        held = {}

    def over(area: str, period: str, years: int) -> tuple[float, str]:
        wanted = range(year_start(period) - years + 1, year_start(period) + 1)
        if absent := [str(y) for y in wanted if (area, y) not in held]:
            return np.nan, f"children aged 0-17 of mid-{', mid-'.join(absent)} ({vintage}) are not held"
        return sum(held[area, y] for y in wanted), f"mid-{', mid-'.join(map(str, wanted))}, {vintage}"

    return over


def _births(inputs: Inputs):
    """Live births over a window: of the calendar year before each year's end, or the latest before it in print."""
    published = _published(inputs)
    held = published[published["live_births"].notna()]
    held = held.set_index(["area", "year"])["live_births"].to_dict()

    def over(area: str, period: str, years: int) -> tuple[float, str]:
        found = []
        for year in range(year_start(period) - years + 1, year_start(period) + 1):
            used = [y for y in range(year, year - 3, -1) if (area, y) in held]
            if not used:
                return np.nan, f"live births of {year} are not held"
            found.append(used[0])
        return sum(held[area, y] for y in found), f"live births of {', '.join(map(str, found))}"

    return over


def _published(inputs: Inputs) -> pd.DataFrame:
    """ONS births and infant deaths in print at the period's end; no row where none are held."""
    try:
        return births_in_print(inputs)
    except Missing:
        return pd.DataFrame(columns=["area", "year", "live_births", "infant_deaths"])


def _england(inputs: Inputs) -> pd.DataFrame:
    """England's rate, the latest in print at the period's end; not available where none was."""
    known = [e for e in inputs.standard("child_deaths.england") if e["published"] <= inputs.period.last_day]
    row = dict(measure="cdop_england_death_rate", period=inputs.period.year, window=_window(1), unit="per 100,000")
    if not known:
        row |= dict(status="not_available", reason="no rate for England was in print by the end of the period")
    else:
        last = max(known, key=lambda e: e["published"])
        row |= dict(value=last["rate"], method=f"National Child Mortality Database, year {last['period']}")
    return pd.DataFrame([row | dict(area=area) for area in inputs.areas])


def _not_covered(inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    """A row per cohort for each window of the newest year that the return does not reach back to."""
    held = set(zip(found["area"], found["window"], strict=True))
    windows = [_window(years) for years in inputs.standard("child_deaths.years")]
    year = year_label(inputs.period.start - (inputs.period.number < 4))
    reason = "the return does not reach back so far"
    return pd.DataFrame(
        [
            dict(area=area, period=year, window=window, measure=measure, status="not_available", reason=reason)
            for area in inputs.areas
            for window in windows
            for measure in (NOTIFIED, REVIEWED)
            if (area, window) not in held
        ]
    )


@table("child_deaths_notified", returns=[RETURN])
@sent(RETURN)
def child_deaths_notified(inputs: Inputs) -> pd.DataFrame:
    """Deaths notified, by age, sex, ethnic group and whether expected; neonatal deaths by stage and viability."""
    rows = cases(inputs)
    found = current(inputs, spans(inputs, rows))
    margins = [{"age_band": ages.AGE_BANDS}, {"sex": SEXES}, {"expected": EXPECTED}, {"ethnicity": ETHNIC_GROUPS}]
    parts = [_counts(rows, found, "notified_on", margins, NOTIFIED)]
    parts += [_neonatal(rows, found, "notified_on", "cdop_neonatal_deaths_notified")]
    return cells(_joined(parts))


@table("child_deaths_reviewed", returns=[RETURN])
@sent(RETURN)
def child_deaths_reviewed(inputs: Inputs) -> pd.DataFrame:
    """Reviews completed, by category with modifiable factors, age, sex and expected; and what else was recorded."""
    rows = cases(inputs)
    found = current(inputs, spans(inputs, rows))
    first = {"category": categories(inputs)}
    crossed = {"modifiable": MODIFIABLE, "age_band": ages.AGE_BANDS, "sex": SEXES, "expected": EXPECTED}
    margins = [first | {name: labels} for name, labels in crossed.items()]
    margins += [{"ethnicity": ETHNIC_GROUPS}, *({name: YES_NO} for name in CIRCUMSTANCES)]
    parts = [_counts(rows, found, "review_completed_on", margins, REVIEWED)]
    parts += [_neonatal(rows, found, "review_completed_on", "cdop_neonatal_reviews_completed")]
    return cells(_joined(parts))


def _neonatal(rows, found, date, measure) -> pd.DataFrame:
    margins = [{"stage": ages.STAGES[:2]}, {"previable": ages.PREVIABLE[:3]}]
    return _counts(rows[rows["stage"].isin(ages.STAGES[:2])], found, date, margins, measure)


@table("child_deaths_modifiable", returns=[RETURN])
@sent(RETURN)
def child_deaths_modifiable(inputs: Inputs) -> pd.DataFrame:
    """Of the reviews completed: the share with modifiable factors, of those with sufficient information, and the share
    of expected deaths, of those where it is known."""
    rows = cases(inputs)
    found = current(inputs, spans(inputs, rows))
    made = []
    for column, kept, met, share, base in (
        ("modifiable", MODIFIABLE[:2], "identified", "cdop_modifiable_share", "cdop_reviews_sufficient"),
        ("expected", EXPECTED[:2], "expected", "cdop_expected_share", "cdop_reviews_expected_known"),
    ):
        counts = _counts(rows[rows[column].isin(kept)], found, "review_completed_on", [{column: kept}], base)
        of = counts[counts[column] == "Total"].drop(columns=column)
        got = counts[counts[column] == met].drop(columns=[column, "measure"])
        made += [of, shares(got.merge(of.drop(columns="measure").rename(columns={"count": "of"})), share)]
    return cells(pd.concat(made, ignore_index=True))


def shares(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Share rows from `count` and `of`, with Wilson's interval; not applicable where there is nothing to divide by."""
    low, high = wilson(frame["count"], frame["of"])
    none = frame["of"] == 0
    made = frame.assign(measure=measure, value=frame["count"] / frame["of"].where(~none), low=low, high=high)
    made = made.assign(method="Wilson", status=np.where(none, "not_applicable", "shown"), reason="")
    made.loc[none, ["count", "of", "value", "low", "high"]] = np.nan
    made.loc[none, "reason"] = "there is none to take a share of"
    return made


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Counts of several measures in one frame; a dimension that one does not have is its Total."""
    frame = pd.concat(parts, ignore_index=True)
    dims = [c for c in frame.columns if c not in ("area", "period", "window", "measure", "count")]
    return frame.fillna(dict.fromkeys(dims, "Total"))


@table("child_deaths_timeliness", returns=[RETURN])
@sent(RETURN)
def child_deaths_timeliness(inputs: Inputs) -> pd.DataFrame:
    """Time from death to completed review: bands, shares within 6 and 12 months, median and quartiles; in a second
    line without cases that were paused or reopened."""
    rows = cases(inputs)
    rows = rows[rows["time_to_review"] != NOT_RECORDED].assign(
        standing=rows["standing"]
        .where(rows["standing"] == "in progress", "paused or reopened")
        .replace("in progress", "neither")
    )
    found = current(inputs, spans(inputs, rows if len(rows) else cases(inputs)))
    labels = {"standing": ("neither", "paused or reopened")}
    counts = _counts(
        rows, found, "review_completed_on", [labels | {"time_to_review": deaths.TIMES}], "cdop_reviews_timed"
    )
    keys = ["area", "period", "window", "standing"]
    wide = counts.pivot(index=keys, columns="time_to_review", values="count").reset_index()
    within_12 = wide[list(deaths.TIMES[:2])].sum(axis=1)
    parts = [
        counts,
        wide[keys].assign(measure="cdop_reviews_within_12_months", count=within_12),
        shares(wide[keys].assign(count=wide[deaths.TIMES[0]], of=wide["Total"]), "cdop_within_6_months_share"),
        shares(wide[keys].assign(count=within_12, of=wide["Total"]), "cdop_within_12_months_share"),
        _days(within(rows, found, "review_completed_on"), wide[keys]),
    ]
    return cells(pd.concat(parts, ignore_index=True).fillna({"time_to_review": "Total"}))


def _days(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Median days to review with its quartiles, per span and standing."""
    every = pd.concat([rows, rows.assign(standing="Total")])
    got = every.groupby(list(keys.columns), observed=True)["days"].apply(deaths.quartiles)
    found = got.rename("found").reset_index()
    found[["low", "value", "high"]] = found["found"].tolist() if len(found) else np.empty((0, 3))
    made = keys.merge(found.drop(columns="found"), how="left", validate="one_to_one")
    none = np.where(made["value"].isna(), "no review was completed", "")
    return made.assign(
        measure="cdop_days_to_review", unit="days", method="median and quartiles, type 7", reason=none
    ).assign(status=np.where(none == "", "shown", "not_applicable"))


@table("child_deaths_outstanding", returns=[RETURN])
@sent(RETURN)
def child_deaths_outstanding(inputs: Inputs) -> pd.DataFrame:
    """Reviews outstanding on the period's last day, by completed months since the death; paused and reopened apart."""
    rows, end = cases(inputs), inputs.period.last_day
    open_ = rows[deaths.outstanding(rows, end)]
    open_ = open_.assign(age_of_case=deaths.case_age(open_["died_on"], end), period=_now(inputs))
    keys = pd.DataFrame({"area": list(inputs.areas), "period": _now(inputs)})
    margin = {"age_of_case": deaths.WAITS, "standing": deaths.STANDINGS}
    return cells(tally(open_, keys, [margin]), measure="cdop_reviews_outstanding")


@table("child_deaths_factors", returns=[RETURN])
@sent(RETURN)
def child_deaths_factors(inputs: Inputs) -> pd.DataFrame:
    """Reviews completed by the highest score in each domain of contributory factors, in the words of the form used."""
    rows, forms = cases(inputs), standard_forms()
    found = current(inputs, spans(inputs, rows))
    versions = _or_blank(rows, "form_version")
    none = "no information"
    for name in DOMAINS:
        levels = deaths.factor_levels(_or_blank(rows, name), versions, forms["scales"], forms["current"])
        rows = rows.assign(**{name: levels.fillna(none)})
    words = list(dict.fromkeys(w for scale in forms["scales"].values() for w in scale.values() if w))
    counts = _counts(rows, found, "review_completed_on", [{name: [*words, none]} for name in DOMAINS], REVIEWED)
    return cells(counts)


def standard_forms() -> dict:
    """The scales of contributory factors by form version, and the version that a blank one is read as."""
    from openstats.project_data import DATA, read

    said = read(DATA / "standards.yml")["child_deaths"]["forms"]
    return {"scales": said["value"], "current": said["current"]}


@table("child_deaths_quality", returns=[RETURN])
@sent(RETURN)
def child_deaths_quality(inputs: Inputs) -> pd.DataFrame:
    """How many deaths the panel should look at, by issue. The list of cases is lscb.child_death_checks.quality."""
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas)].reset_index(drop=True)
    rows = rows[days(rows["notified_on"]) <= np.datetime64(inputs.period.last_day)]
    listed = checks.quality(rows)
    listed = listed.assign(area=rows["area"].loc[listed.index], period=_now(inputs))
    keys = pd.DataFrame({"area": list(inputs.areas), "period": _now(inputs)})
    counts = tally(listed, keys, [{"issue": checks.ISSUES}])
    return cells(counts[counts["issue"] != "Total"], measure="cdop_quality_issues")


@table("infant_mortality_official", open_data=["births", "deaths", "lait"])
def infant_mortality_official(inputs: Inputs) -> pd.DataFrame:
    """Infant deaths per 1,000 live births as registered (ONS), by calendar year and over three, beside England's."""
    held = _published(inputs).dropna(subset=["live_births", "infant_deaths"])
    if held.empty:
        raise Missing("births", "live births and infant deaths by calendar year")
    made = []
    for area, measure in [(a, "infant_mortality") for a in inputs.areas] + [(ENGLAND, "infant_mortality_england")]:
        own = held[held["area"] == area].set_index("year")[["infant_deaths", "live_births"]].sort_index()
        for years in (1, 3):
            sums = own.rolling(years).sum().dropna()
            sums = sums[(sums.index - own.index.min() + 1) >= years]
            made.append(_official(sums, area, measure, years))
    frame = pd.concat(made, ignore_index=True)
    here = frame[frame["measure"] == "infant_mortality"]
    return cells(pd.concat([here, *(_beside(frame, area, inputs) for area in inputs.areas)], ignore_index=True))


def _official(sums: pd.DataFrame, area: str, measure: str, years: int) -> pd.DataFrame:
    low, high = poisson(sums["infant_deaths"])
    scale = 1000 / sums["live_births"].to_numpy()
    return pd.DataFrame(
        {
            "area": area,
            "period": sums.index.astype("str"),
            "window": _window(years),
            "measure": measure,
            "value": sums["infant_deaths"].to_numpy() * scale,
            "count": sums["infant_deaths"].to_numpy(),
            "of": sums["live_births"].to_numpy(),
            "low": low * scale,
            "high": high * scale,
            "unit": "per 1,000 live births",
            "method": poisson_method(sums["infant_deaths"]),
        }
    )


def _beside(frame: pd.DataFrame, area: str, inputs: Inputs) -> pd.DataFrame:
    """England's rates for the periods that the area has: from its counts, else the DfE's printed three-year rate."""
    wanted = frame[frame["area"] == area][["period", "window"]]
    counted = frame[frame["measure"] == "infant_mortality_england"]
    found = wanted.merge(counted.drop(columns="area"), how="left", validate="one_to_one")
    try:
        lait = inputs.open_data.indicators()
        lait = lait[(lait["measure_code"] == "InfMort") & (lait["area"] == ENGLAND)].set_index("period")["value"]
    except Missing:
        lait = pd.Series(dtype="float64")
    printed = found["period"].map(lait.to_dict()).where(found["window"] == _window(3))
    from_dfe = found["value"].isna() & printed.notna()
    found["value"] = found["value"].fillna(printed.astype("float64"))
    found["method"] = found["method"].where(~from_dfe, "DfE, Local Authority Interactive Tool: rate of three years")
    none = found["value"].isna()
    found["reason"] = np.where(none, "not held for England: lscb fetch brings ONS births and deaths", "")
    return found.assign(area=area, measure="infant_mortality_england", unit="per 1,000 live births")
