"""Tables of learning and development: events, places and who came, how full they were, and what those who came said.

Places and evaluations belong to an event, whose rows are its agencies. Nothing here is about children.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.counting import spread, sums
from lscb.intervals import wilson
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, quarter_of, year_label, year_so_far

from .quarter_inputs import Inputs, NotReceived
from .registry import table
from .return_gaps import first_days, quarters_lacking

RETURN = "training"
NUMBERS = ["attended", "evaluations", "rated_good"]


def _rows(inputs: Inputs) -> pd.DataFrame:
    rows = inputs.need(RETURN)
    rows = rows[rows["area"].isin(inputs.areas) & (rows["held_on"] <= pd.Timestamp(inputs.period.last_day))]
    if rows.empty:
        raise NotReceived(RETURN)
    texts = {name: rows[name].astype("str") for name in ("event_id", "kind", "agency")}
    numbers = {name: rows[name].astype("float64") for name in [*NUMBERS, "places"]}
    return rows.assign(**texts, **numbers, quarter=quarter_of(rows["held_on"]))


def _events(inputs: Inputs) -> pd.DataFrame:
    """One row per event: its places once, whoever sent people."""
    rows = _rows(inputs)
    by = rows.groupby(["area", "event_id"], observed=True)
    added = {name: (name, "sum") for name in ("attended",)}
    return by.agg(kind=("kind", "first"), quarter=("quarter", "first"), places=("places", "max"), **added).reset_index()


def by_kind(inputs: Inputs) -> pd.DataFrame:
    """Events, places and attendance by area, period and kind, with totals."""
    events = spread(_events(inputs).assign(events=1.0), inputs.period)
    return sums(events, ["events", "places", "attended"], ["kind"])


@table("training_attendance", returns=[RETURN], apart=True)
def training_attendance(inputs: Inputs) -> pd.DataFrame:
    """Events, places, attendance and places filled by kind of event, by quarter and year."""
    totals = by_kind(inputs)
    keys = totals[["area", "period", "kind"]]
    parts = [keys.assign(measure=f"training_{name}", count=totals[name]) for name in ("events", "places", "attended")]
    filled = keys.assign(measure="training_filled", count=totals["attended"], of=totals["places"], unit="share")
    parts.append(filled.assign(value=filled["count"] / filled["of"]))
    return cells(pd.concat(parts, ignore_index=True))


@table("training_by_agency", returns=[RETURN], apart=True)
def training_by_agency(inputs: Inputs) -> pd.DataFrame:
    """Attendance by agency, by quarter and year, and each agency's share of it."""
    came = sums(spread(_rows(inputs), inputs.period), ["attended"], ["agency"])
    totals = came[came["agency"] == TOTAL][["area", "period", "attended"]].rename(columns={"attended": "of"})
    part = came[came["agency"] != TOTAL].merge(totals, on=["area", "period"], validate="many_to_one")
    part = part[part["of"] > 0]
    share = part[["area", "period", "agency", "of"]].assign(
        measure="training_share", count=part["attended"], value=part["attended"] / part["of"], unit="share"
    )
    counts = came[["area", "period", "agency"]].assign(measure="training_attended", count=came["attended"])
    return cells(pd.concat([counts, share], ignore_index=True))


@table("training_evaluations", returns=[RETURN], apart=True)
def training_evaluations(inputs: Inputs) -> pd.DataFrame:
    """Forms returned of those who came, and forms that rated the event good, by kind and year."""
    rows = spread(_rows(inputs), inputs.period)
    rows = rows[(rows["span"] == "year") & rows["evaluations"].notna() & rows["rated_good"].notna()]
    totals = sums(rows, NUMBERS, ["kind"])
    parts = []
    for measure, met, of in (
        ("training_evaluated", "evaluations", "attended"),
        ("training_rated_good", "rated_good", "evaluations"),
    ):
        part = totals[(totals[of] > 0) & (totals[met] <= totals[of])]
        low, high = wilson(part[met], part[of])
        share = part[["area", "period", "kind"]].assign(measure=measure, count=part[met], of=part[of])
        parts.append(share.assign(value=part[met] / part[of], low=low, high=high, unit="share", method="Wilson"))
    return cells(pd.concat(parts, ignore_index=True))


@table("training_reach", returns=[RETURN], apart=True)
def training_reach(inputs: Inputs) -> pd.DataFrame:
    """Agencies that sent somebody this year, of those that did in this year or the last; none where the return lacks a
    part of either."""
    rows, before = _rows(inputs), year_label(inputs.period.start - 1)
    short = {area for area, some in quarters_lacking(inputs, RETURN).items() if any(q.year >= before for q in some)}
    short |= {
        str(area) for area, first in rows.groupby("area", observed=True)["quarter"].min().items() if first[:7] > before
    }
    begins = pd.Timestamp(Quarter.parse(f"{before}-Q1").first_day)
    short |= {area for area, first in first_days(inputs, RETURN).items() if first > begins}
    rows = rows[(rows["attended"] > 0) & (rows["quarter"] <= str(inputs.period))]
    year = rows["quarter"].str[:7]
    recent = rows[year.isin([before, inputs.period.year])]
    this = recent[recent["quarter"].str[:7] == inputs.period.year]
    count = this.groupby("area", observed=True)["agency"].nunique().rename("count")
    of = recent.groupby("area", observed=True)["agency"].nunique().rename("of")
    reach = pd.concat([count, of], axis=1).fillna({"count": 0}).rename_axis("area").reset_index()
    reach = reach.assign(value=reach["count"] / reach["of"], unit="share", status="shown", reason="")
    lacking = reach["area"].isin(short)
    reach.loc[lacking, ["value", "count", "of"]] = np.nan
    reach.loc[lacking, ["status", "reason"]] = [
        "not_available",
        f"the return does not hold both years, {before} and this",
    ]
    return cells(reach, period=year_so_far(inputs.period), measure="training_reach")
