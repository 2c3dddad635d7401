"""Tables of assurance: the section 11 audit by agency and standard, and the recommendations of case audits.

An agency's grade for a standard is its latest: this year's, or where it gave only an update, last year's full audit
for the standards the update leaves out. Agencies are not protected; cases read by an audit are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.counting import tally
from lscb.intervals import wilson
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, quarter_of, year_label, year_so_far
from openstats.dated_terms import members

from .agreed_actions import actions_due, overdue, with_owners
from .quarter_inputs import Inputs, NotReceived, unusable
from .registry import table

CHANGES = ("better", "same", "worse", "new")
STATUS = ("done", "in progress", "not started")


def standards(inputs: Inputs) -> list[str]:
    """The standards as they are printed: `5. Induction, training and appraisal`."""
    return [f"{number}. {name}" for number, name in inputs.standard("section_11.standards").items()]


# --- section 11 ------------------------------------------------------------------------------------------------


def _graded(inputs: Inputs) -> pd.DataFrame:
    """Each agency's grade of each standard as a number, with the financial year it was given in."""
    rows = inputs.need("section_11")
    rows = rows[rows["area"].isin(inputs.areas) & (rows["audited_on"] <= pd.Timestamp(inputs.period.last_day))]
    if rows.empty:
        raise NotReceived("section_11")
    names = dict(enumerate(standards(inputs), start=1))
    return rows.assign(
        agency=rows["agency"].astype("str"),
        standard=rows["standard"].astype("int64").map(names),
        audit=rows["audit"].astype("str"),
        level=rows["grade"].astype("str").map(inputs.standard("section_11.grades")),
        year=quarter_of(rows["audited_on"]).str[:7],
    ).sort_values(["area", "agency", "standard", "audited_on"])


def in_force(graded: pd.DataFrame, year: str) -> pd.DataFrame:
    """The latest grade of each agency and standard given in `year` or the year before it."""
    before = year_label(int(year[:4]) - 1)
    recent = graded[graded["year"].isin([before, year])]
    return recent.groupby(["area", "agency", "standard"], observed=True, as_index=False).last()


@table("section_11_answers", returns=["section_11"], apart=True)
def section_11_answers(inputs: Inputs) -> pd.DataFrame:
    """Agencies that answered, full or update, in this year and the last, and their share of those expected."""
    graded = _graded(inputs)
    answered = graded.groupby(["area", "year", "agency"], observed=True, as_index=False)["audit"].last()
    years = _years(inputs)
    spans = _spans(inputs, years)
    answered = answered.assign(period=_labels(answered["year"], inputs))
    answered = answered[answered["period"].isin(spans["period"])]
    counts = tally(answered, spans, [{"audit": ["full", "update"]}]).assign(measure="section_11_agencies")
    now = year_so_far(inputs.period)
    share = counts[(counts["audit"] == TOTAL) & (counts["period"] == now)].drop(columns="audit")
    asked = {area: members(area, inputs.period.last_day)[0].get("section_11", {}) for area in inputs.areas}
    of = share["area"].map(lambda area: sum(map(len, asked[area].values()))).astype("float64")
    share = share.assign(measure="section_11_answered", of=of.where(of > 0), value=share["count"] / of.where(of > 0))
    share = share.dropna(subset=["of"])
    return cells(pd.concat([counts, share], ignore_index=True).fillna({"audit": TOTAL}))


@table("section_11_grades", returns=["section_11"], apart=True)
def section_11_grades(inputs: Inputs) -> pd.DataFrame:
    """The grid: every agency's grade in force for every standard, and where it comes from."""
    grades = in_force(_graded(inputs), inputs.period.year)
    source = grades["audit"] + ", " + grades["year"]
    frame = grades[["area", "agency", "standard"]].assign(value=grades["level"], method=source, unit="grade")
    return cells(_ordered(inputs, frame), period=year_so_far(inputs.period), measure="section_11_grade")


@table("section_11_standards", returns=["section_11"], apart=True)
def section_11_standards(inputs: Inputs) -> pd.DataFrame:
    """Agencies short of each standard, of those with a grade, this year and last."""
    graded, met = _graded(inputs), inputs.standard("section_11.grades")["met"]
    parts = []
    for year, label in zip(_financial(inputs), _years(inputs), strict=True):
        grades = in_force(graded, year)
        grades = grades.assign(short=grades["level"] < met, period=label)
        by = grades.groupby(["area", "period", "standard"], observed=True)["short"]
        parts.append(by.agg(count="sum", of="size").reset_index())
    frame = pd.concat(parts, ignore_index=True)
    low, high = wilson(frame["count"], frame["of"])
    frame = frame.assign(value=frame["count"] / frame["of"], low=low, high=high, method="Wilson", unit="share")
    return cells(_ordered(inputs, frame), measure="section_11_short")


@table("section_11_change", returns=["section_11"], apart=True)
def section_11_change(inputs: Inputs) -> pd.DataFrame:
    """How the grades in force differ from those in force a year ago."""
    graded, years = _graded(inputs), _years(inputs)
    was, now = (in_force(graded, year)[["area", "agency", "standard", "level"]] for year in _financial(inputs))
    both = now.merge(was, on=["area", "agency", "standard"], how="left", suffixes=("", "_was"), validate="one_to_one")
    step = both["level"] - both["level_was"]
    move = np.select([step > 0, step == 0, step < 0], ["better", "same", "worse"], "new")
    return cells(
        tally(both.assign(change=move, period=years[-1]), _spans(inputs, years[-1:]), [{"change": CHANGES}]),
        measure="section_11_graded",
    )


def _financial(inputs: Inputs) -> list[str]:
    return [year_label(inputs.period.start - 1), inputs.period.year]


def _years(inputs: Inputs) -> list[str]:
    """The year before and this one (or this one so far), as they are called in `period`."""
    return [year_label(inputs.period.start - 1), year_so_far(inputs.period)]


def _labels(years: pd.Series, inputs: Inputs) -> pd.Series:
    return years.where(years != inputs.period.year, year_so_far(inputs.period))


def _spans(inputs: Inputs, periods: list[str]) -> pd.DataFrame:
    return pd.DataFrame([(area, period) for period in periods for area in inputs.areas], columns=["area", "period"])


def _ordered(inputs: Inputs, frame: pd.DataFrame) -> pd.DataFrame:
    """Standards in the order of their numbers, not of their first digit."""
    order = {name: place for place, name in enumerate(standards(inputs))}
    keys = [c for c in ("area", "period", "agency") if c in frame]
    return frame.assign(place=frame["standard"].map(order)).sort_values([*keys, "place"]).drop(columns="place")


# --- audits ----------------------------------------------------------------------------------------------------


@table(
    "audit_recommendations", "audit_themes", "audit_cases", "audit_recommendations_due", returns=["audits"], apart=True
)
def audits(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Recommendations by audit, theme and status, those overdue, each of those not done by its name, and the cases each
    audit read."""
    rows = _recommendations(inputs)
    spans = _spans(inputs, [str(inputs.period)])
    names, themes = (sorted(rows[column].unique()) for column in ("audit", "theme"))
    left = with_owners(rows)[rows["status"] != "done"]
    late_ones, undated = left[overdue(left["due_on"], inputs.period)], left[unusable(left, "due_on")]
    tables = {}
    for name, dim, labels in (("audit_recommendations", "audit", names), ("audit_themes", "theme", themes)):
        counts = tally(rows, spans, [{dim: labels, "status": STATUS}]).assign(measure="audit_recommendations")
        late = tally(late_ones, spans, [{dim: labels}]).assign(measure="audit_recommendations_overdue", status_=TOTAL)
        both = pd.concat([counts.rename(columns={"status": "status_"}), late], ignore_index=True)
        tables[name] = cells(both.rename(columns={"status_": "progress"}))
    unknown = tally(undated, spans, [{"audit": names}]).assign(measure="audit_recommendations_date_unknown")
    both = pd.concat([tables["audit_recommendations"], unknown.assign(progress=TOTAL)], ignore_index=True)
    tables["audit_recommendations"] = cells(both)
    cases = rows.groupby(["area", "period", "audit"], observed=True)["cases"].max().rename("count").reset_index()
    tables["audit_cases"] = cells(cases, measure="audit_cases")
    tables["audit_recommendations_due"] = actions_due(left, inputs, "audit_recommendations_due", "recommendation")
    return tables


def _recommendations(inputs: Inputs) -> pd.DataFrame:
    """Those of audits that reported in the year so far, and older ones that are still open."""
    rows = inputs.need("audits")
    end = pd.Timestamp(inputs.period.last_day)
    rows = rows[rows["area"].isin(inputs.areas) & (rows["audited_on"] <= end)]
    this_year = rows["audited_on"] >= pd.Timestamp(Quarter(inputs.period.start, 1).first_day)
    rows = rows[this_year | (rows["status"] != "done")]
    if rows.empty:
        raise NotReceived("audits")
    texts = {name: rows[name].astype("str") for name in ("audit", "theme", "status")}
    return rows.assign(**texts, period=str(inputs.period))
