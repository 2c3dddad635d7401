"""Ofsted's Annex A lists turned into the indicators of `children_services`, by quarter.

A list reaches back six months, so the period's quarter is counted and the one before it where the list covers it.
Re-referrals need twelve months and are not made from it.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from lscb.periods import Quarter

DERIVED = "annex_a_"
# Working days, the last one included (Working Together to Safeguard Children).
ASSESSMENT, CONFERENCE = 45, 15


def derive(got, known, problems: list, whole) -> None:
    """Adds to `children_services` what the Annex A lists say; an indicator that the sender gave too stands as sent."""
    lists = {name.removeprefix(DERIVED): frame for name, frame in got.frames.items() if name.startswith(DERIVED)}
    made = indicators(lists, got.period)
    if not made:
        return
    field = known["children_services"].fields
    sent = got.frames.get("children_services")
    held = (
        {}
        if sent is None
        else {k: v for *k, v in zip(sent["indicator"], sent["quarter"], sent["count"], strict=True) for k in [tuple(k)]}
    )
    rows = []
    for (indicator, quarter), (count, file, sheet) in made.items():
        if (indicator, quarter) in held:
            if held[indicator, quarter] is not pd.NA and held[indicator, quarter] != count:
                text = (
                    f"The list makes {indicator} of {quarter} {count}; the children_services "
                    f"return says {held[indicator, quarter]}, which is used. Check it."
                )
                problems.append(whole(file, sheet, text, "warn"))
            continue
        row = dict(
            indicator=indicator,
            quarter=quarter,
            count=count,
            population=pd.NA,
            area=got.area,
            _file=file,
            _sheet=sheet,
            _row=0,
        )
        rows.append(row | {f"{n}__state": "missing" if n == "population" else "value" for n in field})
    if not rows:
        return
    added = pd.DataFrame(rows).astype({"count": "Int64", "population": "Int64", "indicator": "str", "quarter": "str"})
    got.frames["children_services"] = (
        added
        if sent is None
        else pd.concat([sent.astype({c: "str" for c in sent if c.endswith("__state")}), added])[list(sent)].reset_index(
            drop=True
        )
    )
    files = sorted({r["_file"] for r in rows})
    for file in files:
        problems.append(
            whole(
                file,
                "",
                (
                    f"{sum(r['_file'] == file for r in rows)} indicators of "
                    "children_services were made from its Annex A lists."
                ),
                "note",
            )
        )


def indicators(lists: dict[str, pd.DataFrame], period: Quarter) -> dict[tuple[str, str], tuple[int, str, str]]:
    """(indicator, quarter) -> (count, file, sheet) of Annex A lists, by the list's name."""
    found = {}
    for name, frame in lists.items():
        if name not in COUNTERS or not len(frame):
            continue
        place = str(frame["_file"].iloc[0]), str(frame["_sheet"].iloc[0])
        for quarter in _quarters(name, frame, period):
            for indicator, count in COUNTERS[name](frame, quarter).items():
                found[indicator, str(quarter)] = (int(count), *place)
    return found


def _quarters(name: str, frame: pd.DataFrame, period: Quarter) -> list[Quarter]:
    """The period's quarter, and the one before it where the list has a row of its first month."""
    before = period - 1
    dated = frame.get({"contacts": "contact_on", "referrals": "referred_on"}.get(name, "started_on"))
    if name == "care_leavers" or dated is None:
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
        "assessments_within_45_days": _timely(done["started_on"], done["authorised_on"], ASSESSMENT),
    }


def _section_47(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    held = frame[_within(frame["conference_on"], quarter)]
    return {
        "section_47_started": int(_within(frame["started_on"], quarter).sum()),
        "conferences_held": len(held),
        "conferences_within_15_days": _timely(held["started_on"], held["conference_on"], CONFERENCE),
    }


def _plans(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    started = frame[_within(frame["started_on"], quarter)]
    made = {
        "plans_at_period_end": _open(frame, quarter),
        "plans_started": len(started),
        "plans_ended": int(_within(frame["ended_on"], quarter).sum()),
    }
    if started["previous_plans"].notna().all():
        made["repeat_plans_started"] = int((started["previous_plans"] > 0).sum())
    return made


def _looked_after(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    return {
        "looked_after_at_period_end": _open(frame, quarter),
        "looked_after_started": int(_within(frame["started_on"], quarter).sum()),
        "looked_after_ended": int(_within(frame["ended_on"], quarter).sum()),
    }


def _care_leavers(frame: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    from .data_rows import birthdays

    born, last = frame["born_on"].to_numpy("datetime64[D]"), np.datetime64(quarter.last_day)
    aged = frame[(birthdays(born, 19) <= last) & (birthdays(born, 22) > last)]
    made = {"care_leavers_19_21": len(aged)}
    if aged["in_touch"].notna().all():
        made["care_leavers_in_touch"] = int(aged["in_touch"].sum())
    if aged["activity"].notna().all():
        made["care_leavers_in_work_or_education"] = int((aged["activity"] == "in_work_or_education").sum())
    return made


COUNTERS = {
    "contacts": lambda f, q: {"contacts": int(_within(f["contact_on"], q).sum())},
    "referrals": lambda f, q: {"referrals": int(_within(f["referred_on"], q).sum())},
    "assessments": _assessments,
    "section_47": _section_47,
    "plans": _plans,
    "looked_after": _looked_after,
    "care_leavers": _care_leavers,
}


def _timely(start: pd.Series, end: pd.Series, days: int) -> int:
    """How many ended within so many working days of their start; the day after the start is the first."""
    if not len(start):
        return 0
    first, last = start.to_numpy("datetime64[D]"), end.to_numpy("datetime64[D]")
    years = range(int(str(first.min())[:4]), int(str(last.max())[:4]) + 1)
    holidays = np.array([d for y in years for d in bank_holidays(y)], "datetime64[D]")
    return int((np.busday_count(first + 1, last + 1, holidays=holidays) <= days).sum())


# Days that were moved or added by proclamation (gov.uk, bank holidays of England and Wales).
MOVED = {
    2011: {None: (date(2011, 4, 29),)},
    2012: {date(2012, 5, 28): (date(2012, 6, 4), date(2012, 6, 5))},
    2020: {date(2020, 5, 4): (date(2020, 5, 8),)},
    2022: {date(2022, 5, 30): (date(2022, 6, 2), date(2022, 6, 3)), None: (date(2022, 9, 19),)},
    2023: {None: (date(2023, 5, 8),)},
}


def bank_holidays(year: int) -> list[date]:
    """The bank holidays of England and Wales in a year, substitute days included."""
    easter = _easter(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days |= {_monday(date(year, 5, 1)), _monday(date(year, 5, 25)), _monday(date(year, 8, 25))}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in days:
            day += timedelta(days=1)
        days.add(day)
    for was, now in MOVED.get(year, {}).items():
        days = (days - {was}) | set(now)
    return sorted(days)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
