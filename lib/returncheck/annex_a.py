"""Lists of the sector turned into the indicators of `children_services`, by quarter: Annex A, CIN census, SSDA903.

A list reaches back six months, so the period's quarter is counted and the one before it where the list covers it.
Re-referrals need twelve months and are not made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lscb.periods import Quarter
from openstats.sources import number_of

from .bank_holidays import ended_in_time
from .dictionary import Return
from .field_rules import birthdays
from .problems import of_file

# Working days, the last one included (Working Together to Safeguard Children).
ASSESSMENT, CONFERENCE = 45, 15


def derive(
    frames: dict[str, pd.DataFrame],
    returns: dict[str, Return],
    when: tuple[Quarter, str],
    missing: dict[str, int],
    silent: Collection[str] = (),
) -> list[pd.DataFrame]:
    """Adds to `children_services` what the Annex A lists say; an indicator that the sender gave too stands as sent.

    when : the period and the area
    missing : rows of each list that are refused; a count of the rest would be too low, so none is given until they
        are mended
    silent : lists without a row of the quarter, of which no count of it is made: it would be 0
    Returns what is said of it.
    """
    period, area = when
    problems: list[pd.DataFrame] = []
    lists = {n: f for n, f in frames.items() if n in COUNTERS}
    missing = {n: missing.get(n, 0) + _undated(returns[n], f) for n, f in lists.items()}
    counts = indicators(lists, period, problems)
    if not counts or "children_services" not in returns:
        return problems
    sent = frames.get("children_services")
    counted = _given(sent)
    rows = []
    for (indicator, quarter), one in counts.items():
        lost = missing.get(one.source, 0) or (one.source in silent and quarter == str(period))
        if (indicator, quarter) in counted:
            if not lost:
                problems += _differing((indicator, quarter), one, counted[indicator, quarter])
            continue
        row = dict(indicator=indicator, quarter=quarter, area=area, _file=one.file, _sheet=one.sheet, _row=0)
        rows.append(row | _figures(one, bool(lost), returns["children_services"]))
    _say_withheld(lists, missing, problems)
    if rows:
        frames["children_services"] = _added(sent, rows)
        problems += _notes(rows)
    return problems


def _differing(of: tuple[str, str], one: Count, sent: Any) -> list[pd.DataFrame]:
    """What is said where a list and the sender's own count differ."""
    if sent is pd.NA or sent == one.number:
        return []
    text = f"The list makes {of[0]} of {of[1]} {one.number}; the children_services return says {sent}"
    return [of_file(one.file, one.sheet, f"{text}, which is used. Check it.", "warn")]


def _figures(one: Count, lost: bool, of: Return) -> dict[str, Any]:
    """The count of a row with the state of each of its fields; not known where rows of its list are lost."""
    states = {"population": "missing", "count": "not_known" if lost else "value"}
    figures = dict(count=pd.NA if lost else one.number, population=pd.NA)
    return figures | {f"{name}__state": states.get(name, "value") for name in of.fields}


def _given(sent: pd.DataFrame | None) -> dict[tuple[str, str], Any]:
    """(indicator, quarter) -> the count that the sender gave."""
    if sent is None:
        return {}
    return {(i, q): n for i, q, n in zip(sent["indicator"], sent["quarter"], sent["count"], strict=True)}


def _undated(one: Return, frame: pd.DataFrame) -> int:
    """Accepted rows of a list with a date that could not be read: whether it is open, or in time, is not known."""
    dates = [f.name for f in one.fields.values() if f.type == "date"]
    return int((frame[[f"{n}__state" for n in dates]] == "not_known").any(axis=1).sum()) if dates else 0


def _say_withheld(lists: dict[str, pd.DataFrame], missing: dict[str, int], problems: list[pd.DataFrame]) -> None:
    for name, frame in lists.items():
        lost = missing.get(name, 0)
        if lost and len(frame):
            text = (
                f"{number_of(lost, 'row')} of this list refused or with a date that cannot be read: a count of the "
                "others would be wrong, so no indicator is made from it until that is mended."
            )
            problems.append(of_file(str(frame["_file"].iloc[0]), str(frame["_sheet"].iloc[0]), text, "warn"))


def _added(sent: pd.DataFrame | None, rows: list[dict]) -> pd.DataFrame:
    added = pd.DataFrame(rows).astype({"count": "Int64", "population": "Int64", "indicator": "str", "quarter": "str"})
    if sent is None:
        return added
    states = {c: "str" for c in sent if str(c).endswith("__state")}
    return pd.concat([sent.astype(states), added])[list(sent)].reset_index(drop=True)


def _notes(rows: list[dict]) -> list[pd.DataFrame]:
    counts = {f: sum(r["_file"] == f and r["count"] is not pd.NA for r in rows) for f in {r["_file"] for r in rows}}
    text = "Made of children_services from its Annex A lists: {0}."
    return [
        of_file(file, "", text.format(number_of(n, "indicator")), "note") for file, n in sorted(counts.items()) if n
    ]


class Count(NamedTuple):
    """One indicator's count in a quarter, and the list, file and sheet it was made from."""

    number: int
    source: str
    file: str
    sheet: str


def indicators(
    lists: dict[str, pd.DataFrame], period: Quarter, problems: list[pd.DataFrame]
) -> dict[tuple[str, str], Count]:
    """(indicator, quarter) -> its count, of lists by the name of their return.

    Where two lists count the same and differ, the first stands, and that is said.
    """
    counts: dict[tuple[str, str], Count] = {}
    for name, frame in lists.items():
        if not len(frame):
            continue
        place = str(frame["_file"].iloc[0]), str(frame["_sheet"].iloc[0])
        for quarter in _quarters(name, frame, period):
            for indicator, number in COUNTERS[name](frame, quarter).items():
                one = Count(int(number), name, *place)
                first = counts.setdefault((indicator, str(quarter)), one)
                if first.number != one.number:
                    text = (
                        f"This list makes {indicator} of {quarter} {one.number}; {first.file} "
                        f"makes it {first.number}, which is used. Check it."
                    )
                    problems.append(of_file(*place, text, "warn"))
    return counts


def _quarters(name: str, frame: pd.DataFrame, period: Quarter) -> list[Quarter]:
    """The period's quarter, and the one before it where the list has a row of its first month."""
    before = period - 1
    dated = frame.get({"annex_a_contacts": "contact_on", "annex_a_referrals": "referred_on"}.get(name, "started_on"))
    if name.endswith("care_leavers") or dated is None:
        return [period]
    covered = (dated < pd.Timestamp(before.first_day + timedelta(days=31))).any()
    return [before, period] if covered else [period]


def _within(days: pd.Series, quarter: Quarter) -> pd.Series:
    return (days >= pd.Timestamp(quarter.first_day)) & (days <= pd.Timestamp(quarter.last_day))


def _open(frame: pd.DataFrame, quarter: Quarter) -> int:
    """Open on the quarter's last day: started by then, and not ended by then. One child once."""
    last = pd.Timestamp(quarter.last_day)
    return frame.loc[(frame["started_on"] <= last) & ~(frame["ended_on"] <= last), "child_id"].str.casefold().nunique()


def _assessments(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    done = frame[_within(frame["authorised_on"], quarter)]
    return {
        "assessments_completed": len(done),
        "assessments_within_45_days": ended_in_time(done["started_on"], done["authorised_on"], ASSESSMENT),
    }


def _section_47(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    conferences = frame[_within(frame["conference_on"], quarter)]
    return {
        "section_47_started": int(_within(frame["started_on"], quarter).sum()),
        "conferences_held": len(conferences),
        "conferences_within_15_days": ended_in_time(
            conferences["started_on"], conferences["conference_on"], CONFERENCE
        ),
    }


def _plans(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    started = frame[_within(frame["started_on"], quarter)]
    counts = {
        "plans_at_period_end": _open(frame, quarter),
        "plans_started": len(started),
        "plans_ended": int(_within(frame["ended_on"], quarter).sum()),
    }
    if frame["previous_plans"].notna().any() and started["previous_plans"].notna().all():
        counts["repeat_plans_started"] = int((started["previous_plans"] > 0).sum())
    return counts


def _looked_after(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    return {
        "looked_after_at_period_end": _open(frame, quarter),
        "looked_after_started": int(_within(frame["started_on"], quarter).sum()),
        "looked_after_ended": int(_within(frame["ended_on"], quarter).sum()),
    }


def _care_leavers(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    """Aged 19 to 21 on the last day. Where nobody's contact or activity is in the list, none is counted of it."""
    born, last = frame["born_on"].to_numpy("datetime64[D]"), np.datetime64(quarter.last_day)
    aged = frame[(birthdays(born, 19) <= last) & (birthdays(born, 22) > last)]
    counts = {"care_leavers_19_21": len(aged)}
    if frame["in_touch"].notna().any() and aged["in_touch"].notna().all():
        counts["care_leavers_in_touch"] = int(aged["in_touch"].sum())
    if frame["activity"].notna().any() and aged["activity"].notna().all():
        counts["care_leavers_in_work_or_education"] = int((aged["activity"] == "in_work_or_education").sum())
    return counts


def _episodes(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    """Children looked after, from episodes of care. Short breaks (V3, V4) count in none of the figures.

    Started: episodes that began because a child started to be looked after (RNE S). Ended: episodes that no other
    followed (REC other than X1). Source: DfE, Children looked after return, guide to the SSDA903 collection.
    """
    care = frame[~frame["legal_status"].isin(["V3", "V4"])]
    ended = care[_within(care["ended_on"], quarter) & (care["ended_because"] != "X1")]
    last = pd.Timestamp(quarter.last_day)
    inside = (care["started_on"] <= last) & ~(care["ended_on"] <= last)
    return {
        "looked_after_at_period_end": care.loc[inside, "child_id"].str.casefold().nunique(),
        "looked_after_started": int((_within(care["started_on"], quarter) & (care["new_episode"] == "S")).sum()),
        "looked_after_ended": len(ended),
    }


def _care_leavers_903(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    """Care leavers of table OC3: who died, refused or returned home is one, and not in touch."""
    alike = frame.assign(in_touch=(frame["in_touch"] == "yes").astype("boolean").where(frame["in_touch"].notna()))
    return _care_leavers(alike, quarter)


Counter = Callable[[pd.DataFrame, Quarter], dict[str, int]]
COUNTERS: dict[str, Counter] = {
    "annex_a_contacts": lambda f, q: {"contacts": int(_within(f["contact_on"], q).sum())},
    "annex_a_referrals": lambda f, q: {"referrals": int(_within(f["referred_on"], q).sum())},
    "annex_a_assessments": _assessments,
    "annex_a_section_47": _section_47,
    "annex_a_plans": _plans,
    "annex_a_looked_after": _looked_after,
    "annex_a_care_leavers": _care_leavers,
    "ssda903_episodes": _episodes,
    "ssda903_care_leavers": _care_leavers_903,
}
