"""What page 30 has to say of its tables, in order (see expected_words)."""

from __future__ import annotations

import math

import numpy as np
from expected_charts import Limits, described, direction, few, grid, lines, rules, spread
from expected_tables import STANDARDS, Chart, Grid, Said, Tables
from expected_words import (
    against,
    could,
    has_interval,
    interval,
    nationally,
    near,
    noun,
    plain_number,
    rest,
    rounded_to,
    series,
    share,
    shown,
    told,
    unless,
    when,
    withheld,
)

NOTIFIED, REVIEWED, BY_YEAR = "cdop_deaths_notified", "cdop_reviews_completed", "child_deaths_by_year"
PANEL, FIVE = "the panel's return", "5 years"
DOMAINS = {
    "domain_child": "Factors in the child",
    "domain_social": "Social environment, parenting included",
    "domain_physical": "Physical environment",
    "domain_service": "Service delivery",
}


def page_30(t: Tables) -> list[Said | Chart | Grid]:
    notified, completed = (t.one(BY_YEAR, m, t.now, window="1 year") for m in (NOTIFIED, REVIEWED))
    five, five_reviews = (t.one(BY_YEAR, m, t.year, window=FIVE) for m in (NOTIFIED, REVIEWED))
    left = t.one("child_deaths_outstanding", "cdop_reviews_outstanding", t.now)
    yearly = sorted(t.rows(BY_YEAR, window="1 year"), key=lambda r: r["period"])
    deaths, reviews = ([r for r in yearly if r["measure"] == m] for m in (NOTIFIED, REVIEWED))
    rates = sorted(t.rows(BY_YEAR, "cdop_death_rate", window="3 years"), key=lambda r: r["period"])
    every = sorted(t.rows(BY_YEAR, NOTIFIED), key=lambda r: (r["period"], r["window"]))
    return [
        t.answer(
            BY_YEAR,
            unless(f"In {when(t.now)}, {noun(notified, 'child death was', 'child deaths were')} notified to the panel.", f"How many child deaths were notified in {when(t.now)}", notified),
            unless(f"The panel completed {noun(completed, 'review')}{', of deaths of this or earlier years' if completed.get('count') else ''}.", "How many reviews the panel completed", completed),
            unless(f"On the last day {noun(left, 'review was', 'reviews were')} outstanding.", "How many reviews were outstanding on the last day", left),
            f"When the year began {noun(began(left, notified, completed), 'review was', 'reviews were')} outstanding." if 0 <= began(left, notified, completed) != left["count"] else "",
            unless(f"Over the five years to {t.year}, {noun(five, 'death was', 'deaths were')} notified and {noun(five_reviews, 'review was', 'reviews were')} completed.", f"How many deaths were notified, and reviews completed, over the five years to {t.year}", five, five_reviews),
        ),
        t.chart(
            BY_YEAR, yearly, f"Deaths notified in {when(t.now)}: {told(notified)}; reviews completed: {told(completed)}",
            f"{described(deaths, 'Two column charts. Deaths notified')} {described(reviews, 'Reviews completed')}", PANEL,
            deaths + reviews,
        ),
        per_head(t),
        t.chart(BY_YEAR, rates, f"Deaths notified per 100,000 children, three years to {t.year}: {told(t.one(BY_YEAR, 'cdop_death_rate', t.year, window='3 years'), 'rate')}", described(rates, "Points with 95% intervals. Deaths notified per 100,000 children over the three years that end with", "rate"), f"{PANEL}; ONS"),
        *between(t),
        grid(every, "Deaths notified, by year and over the years that end with it", spread(every, {"period": "Year"}, "window", list(dict.fromkeys(r["window"] for r in every))), t.absent(BY_YEAR)),
        *parts(t),
        *infants(t),
        *completed_reviews(t, left),
        *outstanding(t, five, notified, began(left, notified, completed)),
    ]  # fmt: skip


def per_head(t: Tables) -> Said:
    rate, together = (t.one(BY_YEAR, "cdop_death_rate", t.year, window=w) for w in ("1 year", FIVE))
    first = t.rows(BY_YEAR, "cdop_england_death_rate")[:1]
    england = first[0] if first else {"status": "not_available", "reason": t.absent(BY_YEAR) or t.silent(BY_YEAR) or "nothing is held of it", "measure": "", "unit": ""}  # fmt: skip
    text = f"Deaths notified per 100,000 children: {told(rate, 'rate')} in {t.year} ({told(rate)} among {told(rate, 'of')} aged 0 to 17; {interval(rate)}; {rate['method']}); {rest(rate, together, 'in the four years before')}."
    dead = t.one(BY_YEAR, "cdop_deaths_notified", t.year, window="1 year")
    return t.said(BY_YEAR, unless(text, f"The rate of {t.year}", rate if dead["status"] != "not_available" else dead),
                  unless(f"Over the five years to {t.year} together: {told(together, 'rate')} ({interval(together)}). {against(together, england, 'The rate of England for children of all ages')}.", f"The rate of the five years to {t.year} together", together))  # fmt: skip


BETWEEN = "child_deaths_between"
RARE = {
    "cdop_days_between_deaths": "Days from one death to the next",
    "cdop_births_between_deaths": "Births from one infant's death to the next",
}


def rare_events(values: list[float], of_days: bool) -> tuple[Limits, list[float]]:
    """Days by Nelson's t chart (an individuals chart of the 3.6th root, outlying ranges left out once), births by
    Benneyan's g chart (three standard deviations of a geometric count, and no rule of runs); with mean and limits."""
    values = np.array(values, float)
    if not of_days:
        mean = values.mean()
        half = np.full(len(values), 3 * math.sqrt(mean * (mean + 1)))
        flags = [flag if "limit" in flag and "near" not in flag else "" for flag in rules(values, mean, half)]
        return Limits(values, mean, half, flags if len(values) >= 6 else [""] * len(values)), [mean, max(mean - half[0], 0), mean + half[0]]  # fmt: skip
    roots = values ** (1 / 3.6)
    moving = np.abs(np.diff(roots))
    half = 2.66 * moving[moving < 3.267 * moving.mean()].mean() if len(moving) and moving.any() else 0.0
    flags = rules(roots, roots.mean(), np.full(len(roots), half)) if len(roots) >= 6 else [""] * len(roots)
    ends = [max(roots.mean() + side * half, 0) ** 3.6 for side in (0, -1, 1)]
    return Limits(values, ends[0], np.full(len(values), half), flags), ends


def between(t: Tables) -> list:
    """The panel's charts of rare events; for others why there are none."""
    found: list = []
    flagged_at_all = False
    for measure, what in RARE.items():
        rows = sorted(t.rows(BETWEEN, measure), key=lambda r: r["death"])
        if not rows:
            continue
        chart, ends = rare_events([r["value"] for r in rows], "days" in measure)
        text = described(rows, f"Control chart. {what}", "rate", decimals=0)
        flagged_at_all |= any(chart.flags)
        if len(rows) >= 6:
            flagged = [when(r["period"]) for r, flag in zip(rows, chart.flags, strict=True) if flag]
            text += (
                f" Flagged by a rule of the control chart: {few(flagged, when(rows[-1]['period']))}."
                if flagged
                else " No point is flagged by a rule of the control chart."
            )
            text += (
                f" At the last point, limits {plain_number(ends[1], 'rate', 0)} to {plain_number(ends[2], 'rate', 0)}."
            )
        source = PANEL + "; ONS" * ("births" in measure)
        found.append(t.chart(BETWEEN, rows, f"{what}: {direction(chart, rows)}", text, source))
    cause = "A special cause is a span longer or shorter than chance alone gives; a longer one is called an improvement, and says nothing of its reason."  # fmt: skip
    return [*found, Said(cause if flagged_at_all else "")]


def along(rows: list[dict], dimension: str, total: bool = False) -> list[dict]:
    """A breakdown: every other dimension at its Total; the Total last where it is asked for."""
    labels = ("age_band", "sex", "expected", "ethnicity", "stage", "previable", "category", "modifiable", "child_protection_plan", "statutory_order", "asylum_seeker", *DOMAINS)  # fmt: skip
    rows = [r for r in rows if all(r.get(d, "Total") == "Total" for d in labels if d != dimension)]
    parts = [r for r in rows if r[dimension] != "Total"]
    return parts + [r for r in rows if total and r[dimension] == "Total"]


def parts(t: Tables) -> list:
    name = "child_deaths_notified"
    rows = along(t.rows(name, NOTIFIED, window=FIVE, period=t.year), "ethnicity", True)
    columns = lines(rows, {"ethnicity": "Ethnic group"}, {"Deaths": ("count",)})
    return [grid(rows, f"Deaths notified in the 5 years to {t.year}, by ethnic group", columns, t.absent(name))]


def as_made(row: dict) -> str:
    """What a rate of infant deaths is made of: its count and interval, or its interval and whose rate it is."""
    if not shown(row) or not has_interval(row):
        return row["method"]
    return f"{share(row)}; {interval(row)}" if row["count"] >= 0 else f"{interval(row)}; {row['method']}"


def infants(t: Tables) -> list:
    name = "infant_mortality_official"
    three = sorted(t.rows(name, window="3 years"), key=lambda r: r["period"])
    here, there = ([r for r in three if r["measure"] == m] for m in ("infant_mortality", "infant_mortality_england"))
    alt = f"{described(here, 'Line chart. Infant deaths per 1,000 live births over three years to each year', 'rate')} {described(there, 'England', 'rate')}"
    missing = {"status": "not_available", "reason": t.absent(name) or "nothing is held of it", "period": "", "measure": "", "unit": "", "method": "", "value": math.nan}  # fmt: skip
    own, england = (rows[-1] if rows else missing for rows in (here, there))
    counts = as_made(own)
    ones = sorted((r for r in t.rows(name, window="1 year") if r["period"] > own["period"]), key=lambda r: r["period"])
    alone, beside = ([r for r in ones if r["measure"] == m][-1:] for m in ("infant_mortality", "infant_mortality_england"))  # fmt: skip
    later = ""
    if alone and shown(alone[0]):
        later = f"Of one year since then: {told(alone[0], 'rate')} in {when(alone[0]['period'])} ({as_made(alone[0])}), England {told(beside[0], 'rate')}. One year's deaths are fewer, and vary more by chance."
    in_force = t.one("context_as_of", "infant_deaths_in_force")["method"] if shown(own) and own["count"] >= 0 else ""
    in_force = f"Of registered deaths, {in_force}." if in_force else ""
    return [
        t.chart(name, here, f"Infant deaths per 1,000 live births, three years to {when(own['period'])}: {told(own, 'rate')}, England {told(england, 'rate')}", alt, "ONS births and deaths; England from ONS or the DfE"),
        t.said(name, unless(f"Over the three calendar years to {when(own['period'])}: {told(own, 'rate')} per 1,000 live births ({counts}). {against(own, england, 'The rate of England')}.", "The rate of infant deaths over three calendar years", own), later, in_force),
    ]  # fmt: skip


def completed_reviews(t: Tables, left: dict) -> list:
    modifiable, expected = (t.one("child_deaths_modifiable", f"cdop_{m}_share", t.year, window=FIVE) for m in ("modifiable", "expected"))  # fmt: skip
    six, twelve, middle = (t.one("child_deaths_timeliness", f"cdop_{m}", t.year, window=FIVE) for m in ("within_6_months_share", "within_12_months_share", "days_to_review"))  # fmt: skip
    in_time = t.one("child_deaths_cohort", "cdop_cohort_in_time_share")
    timely = t.one("child_deaths_cohort", "cdop_cohort_due", outcome="within 12 months")
    due = t.one("child_deaths_cohort", "cdop_cohort_due")
    still_open = t.one("child_deaths_cohort", "cdop_cohort_due", outcome="still open")
    pair = [f"({told(r, 'percent')}; {interval(r)})" for r in (modifiable, expected, in_time)]
    span = f"the 5 years to {t.year}"
    found = f"modifiable factors were identified in {share(modifiable)} with sufficient information {pair[0]}"
    awaited = f"the death was expected in {share(expected)} where that is known {pair[1]}"
    one = "Of the reviews completed in {span}, {part}."
    factors = [unless(one.format(span=span, part=f"{found}, and {awaited}"), "Which share had modifiable factors, or was of an expected death,", modifiable, expected)]  # fmt: skip
    if shown(modifiable) is not shown(expected):
        parts = (modifiable, found, "had modifiable factors"), (expected, awaited, "was of an expected death")
        factors = [unless(one.format(span=span, part=part), f"Which share {what}", row) for row, part, what in parts]
    took = f"Of the reviews completed in {span}, {share(six)} came within 6 months of the death and {share(twelve)} within 12; the median was {told(middle, 'rate', 0)} days (quartiles {told(middle, 'rate', 0, 'low')} and {told(middle, 'rate', 0, 'high')})."
    cohort = f"Of the deaths notified in the {STANDARDS['child_deaths']['cohort_years']['value']} years to {when(still_open['period'])}, {share(in_time)} were reviewed within twelve months {pair[2]}."
    open_reviews = noun(still_open, "review of these deaths was", "reviews of these deaths were")
    unfinished = f"At the end of {t.year}, {open_reviews} still open."
    name = "child_deaths_reviewed"
    every = sorted(t.rows(BY_YEAR, REVIEWED), key=lambda r: (r["period"], r["window"]))
    reviewed = t.rows(name, REVIEWED, window=FIVE, period=t.year)
    heads = {"category": "category", "modifiable": "modifiable factors", "age_band": "age", "sex": "sex", "expected": "whether expected"}  # fmt: skip
    newborn = [t.one(name, REVIEWED, t.year, window=FIVE, age_band="0-27 days")]
    newborn += [
        t.one(name, "cdop_neonatal_reviews_completed", t.year, window=FIVE, **of)
        for of in ({"stage": "early neonatal"}, {"previable": "yes"})
    ]
    timed = t.rows("child_deaths_timeliness", "cdop_reviews_timed", window=FIVE, period=t.year)
    scores = t.rows("child_deaths_factors", window=FIVE, period=t.year)
    levels = [r | {"domain": title, "level": r[d]} for d, title in DOMAINS.items() for r in along(scores, d)]
    return [
        t.said(
            "child_deaths_modifiable", *factors,
            could(modifiable, left, "review still open", "reviews still open", "the share with modifiable factors"),
            unless(took, "How long reviews took", six, twelve, middle),
            left_out(t, left) if shown(twelve) else "",
            f"Of {noun(due, 'death')} notified in the {STANDARDS['child_deaths']['cohort_years']['value']} years to {when(due['period'])}, {near(timely)} were reviewed within twelve months." if near(timely) and shown(due) else unless(cohort, "How many of the reviews of earlier deaths came in time", timely, in_time),
            unless(unfinished, "How many of them were still open", still_open),
        ),
        grid(every, "Reviews completed, by year and over the years that end with it", spread(every, {"period": "Year"}, "window", list(dict.fromkeys(r["window"] for r in every))), t.absent(BY_YEAR)),
        *(grid(along(reviewed, d, True), f"Reviews completed in {span}, by {what}", lines(along(reviewed, d, True), {d: what.capitalize()}, {"Reviews": ("count",)}), t.absent(name)) for d, what in heads.items()),
        t.said(name, f"Reviews of deaths under 28 days completed in {span}: {told(newborn[0])}; of the first week: {told(newborn[1])}; of births before 22 weeks: {told(newborn[2])}.", nationally(t.one("national_comparators", "national_modifiable_share"), "Reviews with modifiable factors in England")),
        grid(timed, f"Time from death to review, reviews completed in {span}", spread(timed, {"standing": "Paused or reopened"}, "time_to_review", list(dict.fromkeys(r["time_to_review"] for r in timed))), t.absent("child_deaths_timeliness")),
        grid(levels, f"Contributory factors, reviews completed in {span}", spread(levels, {"domain": "Domain"}, "level", list(dict.fromkeys(r["level"] for r in levels))), t.absent("child_deaths_factors")),
    ]  # fmt: skip


def left_out(t: Tables, left: dict) -> str:
    """That the reviews still open are in no share of the completed ones: how many where that is printed, none where 0."""
    if not shown(left):
        return "Reviews still open are not among them."
    if not left["count"]:
        return ""
    old = t.one("child_deaths_outstanding", "cdop_reviews_outstanding", t.now, age_of_case="12 months and over")
    late = f"; of deaths a year or more ago: {told(old)}" if shown(old) and old["count"] else ""
    return f"{noun(left, 'review still open is not among them', 'reviews still open are not among them')}{late}."


def waiting(t: Tables, dimension: str, what: str) -> Grid | Said:
    """Reviews outstanding by one dimension, unless most of it is withheld."""
    name, other = "child_deaths_outstanding", {"age_of_case": "standing", "standing": "age_of_case"}[dimension]
    rows = [r for r in t.rows(name) if r[other] == "Total"]
    rows = sorted(rows, key=lambda r: r[dimension] == "Total")
    caption = f"Reviews outstanding, by {what}"
    hidden = sum(r["status"] == "suppressed" and not near(r) for r in rows)
    if hidden > sum(bool(near(r)) or (shown(r) and r["count"] > 0) for r in rows):
        return Said(f"{caption}: left out, as most of its figures are withheld.")
    return grid(rows, caption, lines(rows, {dimension: what.capitalize()}, {"Reviews": ("count",)}), t.absent(name))


def began(left: dict, notified: dict, completed: dict) -> float:
    """How many reviews were outstanding when the year began: those of today less the deaths notified since, and the
    reviews completed since; -1 where one of the three is not printed as counted."""
    exact = all(shown(row) and not rounded_to(row) for row in (left, notified, completed))
    return left["count"] - notified["count"] + completed["count"] if exact else -1


def outstanding(t: Tables, five: dict, notified: dict, before: float) -> list:
    name = "child_deaths_outstanding"
    rows = t.rows(name)
    tables = [
        waiting(t, d, what)
        for d, what in (("age_of_case", "time since the death"), ("standing", "whether paused or reopened"))
    ]
    left, old = (
        t.one(name, "cdop_reviews_outstanding", t.now, **of) for of in ({}, {"age_of_case": "12 months and over"})
    )
    issues = [f"{r['issue']} ({told(r)})" for r in t.rows("child_deaths_quality") if r["count"] > 0]  # fmt: skip
    modifiable = t.one("child_deaths_modifiable", "cdop_modifiable_share", t.year, window=FIVE)
    some = [bool(r.get("count", 0) > 0) for r in (modifiable, old, five, notified)]
    few = {name: STANDARDS["child_deaths"]["few"]["value"][name] for name in ("no_rate_below", "unreliable_below")}
    chosen, reviewed = t.rows("child_deaths_notified", window=FIVE, period=t.year), t.rows("child_deaths_reviewed", REVIEWED, window=FIVE, period=t.year)  # fmt: skip
    return [
        *tables,
        t.asked(
            name, f"Why are {told(left)} reviews outstanding, where {noun(before, 'was', 'were')} when the year began?" if shown(left) and 0 <= before < left["count"] else "", "What did the reviews with modifiable factors recommend, and who has acted on it?" if some[0] else "",
            f"What holds up {noun(old, 'review that is', 'reviews that are')} open a year or more after the death?" if some[1] else "",
            f"Will the panel look at these cases: {series(issues)}?" if issues else "",
            "What have the cases in common that these numbers cannot show?" if some[2] or some[3] else "",
        ),
        Said(
            f"Fewer than {few['no_rate_below']} deaths give no rate, fewer than {few['unreliable_below']} an unreliable one. "
            f"{withheld(t.rows(BY_YEAR), chosen, reviewed, rows)}"
        ),
    ]  # fmt: skip
