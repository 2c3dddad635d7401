"""Tables of the Board itself: who came to which meeting, who pays, what was spent, how far the plan is.

Agencies and money are not protected. Attendance is counted in seats: an agency expected at a meeting is one seat.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb.counting import spread, sums, tally
from lscb.long_table import TOTAL, cells
from lscb.periods import quarter_of, year_label
from openstats.dated_terms import members

from .agreed_actions import actions_due, overdue, with_owners
from .quarter_inputs import Inputs, NotReceived
from .registry import table

PROGRESS = ("done", "on track", "behind", "not started")


# --- meetings --------------------------------------------------------------------------------------------------


def seats(inputs: Inputs) -> pd.DataFrame:
    """One row per expected seat: whether it was filled, by a deputy, or empty with apologies, as 1 and 0."""
    rows = inputs.need("meetings")
    rows = rows[rows["area"].isin(inputs.areas) & rows["expected"].fillna(False).astype(bool)]
    rows = rows[rows["met_on"] <= pd.Timestamp(inputs.period.last_day)]
    if rows.empty:
        raise NotReceived("meetings")
    deputy, attended, apologies = (rows[n].fillna(False).astype(bool) for n in ("deputy", "attended", "apologies"))
    filled = deputy | attended
    return rows.assign(
        meeting=rows["meeting"].astype("str"),
        agency=rows["agency"].astype("str"),
        quarter=quarter_of(rows["met_on"]),
        expected=1.0,
        filled=filled.astype("float64"),
        by_deputy=(deputy & ~attended).astype("float64"),
        apologies=(apologies & ~filled).astype("float64"),
    )


@table("board_attendance", returns=["meetings"], apart=True)
def board_attendance(inputs: Inputs) -> pd.DataFrame:
    """Seats expected and filled by meeting and agency, this year and the last."""
    rows = spread(seats(inputs), inputs.period, quarters=inputs.period.number + 4)
    totals = sums(rows[rows["span"] == "year"], ["expected", "filled", "by_deputy", "apologies"], ["meeting", "agency"])
    keys = totals[["area", "period", "meeting", "agency"]]
    parts = [keys.assign(measure="seats_expected", count=totals["expected"])]
    parts.append(keys.assign(measure="apologies_received", count=totals["apologies"]))
    for measure, column in (("seats_filled", "filled"), ("seats_filled_by_deputy", "by_deputy")):
        share = keys.assign(measure=measure, count=totals[column], of=totals["expected"], unit="share")
        parts.append(share.assign(value=share["count"] / share["of"]))
    return cells(pd.concat(parts, ignore_index=True))


@table("board_attendance_chart", returns=["meetings"], apart=True)
def board_attendance_chart(inputs: Inputs) -> pd.DataFrame:
    """Seats filled by quarter, all meetings together."""
    rows = spread(seats(inputs), inputs.period)
    totals = sums(rows[rows["span"] == "quarter"], ["expected", "filled"])
    share = totals[["area", "period"]].assign(count=totals["filled"], of=totals["expected"], unit="share")
    share = share[share["of"] > 0].assign(value=share["count"] / share["of"])
    return cells(share, measure="seats_filled_charted")


@table("board_membership")
def board_membership(inputs: Inputs) -> pd.DataFrame:
    """Members and the posts each holds; not available for an area whose list is not held."""
    lines = []
    for area in inputs.areas:
        held, note = members(area, inputs.period.last_day)
        listed = held.get("members", [])
        about = dict(
            area=area,
            method="; ".join([f"the list as of {_day(held['as_of'])}", note][: 1 + bool(note)]) if held else "",
        )
        lines += [about | dict(agency=m["agency"], measure="board_posts", count=len(m["posts"])) for m in listed]
        total = sum(len(m["posts"]) for m in listed) if listed else None
        reason = "" if listed else note
        lines.append(about | dict(agency=TOTAL, measure="board_posts", count=total, reason=reason))
        lines.append(about | dict(agency=TOTAL, measure="board_members", count=len(listed) or None, reason=reason))
    return cells(lines, period=str(inputs.period))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# --- money -----------------------------------------------------------------------------------------------------


def _pounds(inputs: Inputs, name: str, dated: str) -> pd.DataFrame:
    """Rows of this financial year and the last that were known by the period's last day."""
    rows = inputs.need(name)
    rows = rows[rows["area"].isin(inputs.areas) & (rows[dated] <= pd.Timestamp(inputs.period.last_day))]
    years = {year_label(inputs.period.start - 1), inputs.period.year}
    rows = rows.assign(period=rows["year"].astype("str").str.strip())
    rows = rows[rows["period"].isin(years)]
    if rows.empty:
        raise NotReceived(name)
    return rows


@table("contributions", "contributions_by_purpose", returns=["contributions"], apart=True)
def contributions(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Core budget by partner against what was received and the year before; all income by purpose."""
    rows = _pounds(inputs, "contributions", "agreed_on")
    rows = rows.assign(partner=rows["partner"].astype("str"), purpose=rows["purpose"].astype("str"))
    core = sums(rows[rows["purpose"] == "core budget"], ["agreed", "received"], ["partner"])
    core = core.assign(outstanding=core["agreed"] - core["received"])
    keys = core[["area", "period", "partner"]]
    parts = [
        keys.assign(measure=f"contribution_{name}", value=core[name], unit="pounds")
        for name in ("agreed", "received", "outstanding")
    ]
    parts += [_shares(core), _changes(core, inputs)]
    purposes = sums(rows, ["agreed", "received"], ["purpose"])
    by = purposes[["area", "period", "purpose"]]
    income = [by.assign(measure=f"income_{n}", value=purposes[n], unit="pounds") for n in ("agreed", "received")]
    return {
        "contributions": cells(pd.concat(parts, ignore_index=True)),
        "contributions_by_purpose": cells(pd.concat(income, ignore_index=True)),
    }


def _shares(core: pd.DataFrame) -> pd.DataFrame:
    total = core[core["partner"] == TOTAL][["area", "period", "agreed"]].rename(columns={"agreed": "of"})
    part = core[core["partner"] != TOTAL].merge(total, on=["area", "period"], validate="many_to_one")
    part = part[part["of"] > 0]
    share = part[["area", "period", "partner", "of"]].assign(measure="contribution_share", count=part["agreed"])
    return share.assign(value=part["agreed"] / part["of"], unit="share")


def _changes(core: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    was, now = (
        core[core["period"] == year][["area", "partner", "agreed"]]
        for year in (year_label(inputs.period.start - 1), inputs.period.year)
    )
    both = now.merge(was, on=["area", "partner"], suffixes=("", "_was"), validate="one_to_one")
    change = both[["area", "partner"]].assign(value=both["agreed"] - both["agreed_was"], period=inputs.period.year)
    return change.assign(measure="contribution_change", unit="pounds")


@table("spending", returns=["spending"], apart=True)
def spending(inputs: Inputs) -> pd.DataFrame:
    """Budget, spending and what is left by heading, this year and the last."""
    rows = _pounds(inputs, "spending", "reported_on")
    totals = sums(rows.assign(heading=rows["heading"].astype("str")), ["budget", "spent"], ["heading"])
    totals = totals.assign(left=totals["budget"] - totals["spent"])
    keys = totals[["area", "period", "heading"]]
    names = {"budget_set": "budget", "budget_spent": "spent", "budget_left": "left"}
    parts = [keys.assign(measure=measure, value=totals[column], unit="pounds") for measure, column in names.items()]
    return cells(pd.concat(parts, ignore_index=True))


# --- the plan --------------------------------------------------------------------------------------------------


@table("plan_progress", "plan_actions_due", returns=["plan"], apart=True)
def plan(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Actions of the plan by theme and how far they are, those promised by the period's end, and those with a measure
    of success; and each of those not done by its name. An action without a due date was promised by no day."""
    rows = inputs.need("plan")
    rows = rows[rows["area"].isin(inputs.areas) & (rows["reported_on"] <= pd.Timestamp(inputs.period.last_day))]
    if rows.empty:
        raise NotReceived("plan")
    rows = rows.assign(
        theme=rows["theme"].astype("str"), progress=rows["status"].astype("str"), period=str(inputs.period)
    )
    today = pd.DataFrame({"area": list(inputs.areas), "period": str(inputs.period)})
    themes = sorted(rows["theme"].unique())  # the order of rows in the return is nobody's to read
    counts = tally(rows, today, [{"theme": themes, "progress": PROGRESS}]).assign(measure="plan_actions")
    due, left = rows[overdue(rows["due_on"], inputs.period)], with_owners(rows)[rows["status"] != "done"]
    promised = tally(due, today, [{"theme": themes, "progress": PROGRESS}]).assign(measure="plan_actions_promised")
    measured = tally(rows[rows["measure"].notna()], today, [{"theme": themes}])
    of = counts[counts["progress"] == TOTAL][["area", "period", "theme", "count"]].rename(columns={"count": "of"})
    share = measured.merge(of, on=["area", "period", "theme"], validate="one_to_one")
    share = share[share["of"] > 0].assign(measure="plan_actions_measured", progress=TOTAL, unit="share")
    progress = [counts, promised, share.assign(value=share["count"] / share["of"])]
    return {
        "plan_progress": cells(pd.concat(progress, ignore_index=True)),
        "plan_actions_due": actions_due(left, inputs, "plan_actions_due", "action"),
    }
