"""Sums over all years and quarters that tables show, from the first of a return: its rows, and who waits at the end.

The rows of a return of cases are its cases: what page 99 counts as rows, other pages count by year or quarter. Deaths of
all years less the reviews of all years are the reviews outstanding. Which years and quarters there are every reader
sees; so these sums are written down from the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import pandas as pd

from lscb.periods import Quarter, year_so_far

Tables = dict[str, pd.DataFrame]

ROWS = "returns_rows_accepted"
# Of each return whose rows are cases: the measures that count each row once, at these labels, by year or by quarter.
CASES: dict[str, tuple[dict[str, str], ...]] = {
    "child_deaths": (
        {"measure": "cdop_deaths_notified", "window": "1 year"},
        {"measure": "cdop_quality_issues", "issue": "out of scope"},
    ),
    "hrda_referrals": ({"measure": "hrda_referrals"}, {"measure": "hrda_duplicates"}),
    "case_reviews": ({"measure": "cases_referred"},),
}
BY_QUARTER = ("hrda_referrals",)
ONCE = ("cdop_quality_issues",)  # of all years together
WAITING, CAME, WENT = "cdop_reviews_outstanding", "cdop_deaths_notified", "cdop_reviews_completed"
TIMED = "cdop_reviews_timed"  # over this window, by the months that a review took
ASKED = {ROWS, WAITING, CAME, WENT, TIMED, *(one["measure"] for some in CASES.values() for one in some)}
WINDOW = 5


def row_sums(packs: Iterable[Tables]) -> list[dict]:
    """The accepted rows of each return of cases as the sum of these, and the reviews outstanding as those who came less
    those who went, in every pack that counts them.

    packs : every pack that a reader has, with this run's tables. The sum of rows comes twice: as it is where the tables
        cover every row, and as at most the rows where a return reaches back further.
    """
    pairs = set[tuple[str, str]]()
    for frame in (frame for tables in packs for frame in tables.values() if {"measure", "period"} <= set(frame)):
        if not ASKED.isdisjoint(names := frame["measure"].tolist()):
            pairs.update(zip(names, frame["period"].tolist(), strict=True))
    periods = {measure: [period for _, period in some] for measure, some in groupby(sorted(pairs), key=itemgetter(0))}
    sums: list[dict] = []
    for period in periods.get(ROWS, []):
        for name, measures in CASES.items():
            there = [(each, periods.get(each["measure"], [])) for each in measures]
            parts = [each | {"period": p} for each, some in there for p in _until(period, some, name, each["measure"])]
            if parts:
                total = {"measure": ROWS, "return": name, "period": period}
                sums += [{"total": total, "parts": parts}, {"total": total, "parts": parts, "rest": True}]
    came = periods.get(CAME, [])
    ends = [p for p in periods.get(WAITING, []) if came]
    return (
        sums
        + [_waiting(p, came) for p in ends]
        + [s for p in ends for s in _late_reviews(p, came, periods.get(TIMED, []))]
    )


def _waiting(period: str, years: list[str]) -> dict:
    """Who waits at the end of a period: all who came since the first year less all who went, but for the reopened."""
    until = [p for p in years if p == period or ("Q" not in p and p < period[: len("2017-18")])]
    parts: list[dict] = [{"measure": m, "window": "1 year", "period": p, "sign": sign}
                         for m, sign in ((CAME, 1), (WENT, -1)) for p in until]  # fmt: skip
    parts.append({"measure": WAITING, "standing": "reopened", "period": period})
    return {
        "total": {"measure": WAITING, "period": period, "age_of_case": "Total", "standing": "Total"},
        "parts": parts,
    }


def _late_reviews(period: str, years: list[str], timed: list[str]) -> list[dict]:
    """Who waited at the end of an earlier year was notified in that year, or is late: a review that took over 12 months, or
    one that waits so long now. So where none is late, the reviews of a year are of that year's deaths and of those of the
    year before, and who was notified before is reviewed by its end."""
    ended = max((p for p in timed if p[: len("2017-18")] <= period[: len("2017-18")] and "Q" not in p), default="")
    now: list[dict] = [{"measure": WAITING, "period": period, "age_of_case": "12 months and over"},
                       {"measure": WAITING, "period": period, "standing": "reopened"}]  # fmt: skip
    now += [{"measure": WENT, "window": "1 year", "period": period}] if period != ended else []
    window = f"{WINDOW} years"
    took = {"measure": TIMED, "window": window, "period": ended, "time_to_review": "over 12 months"}
    return [
        {
            "total": {"measure": WAITING, "period": year, "age_of_case": "Total", "standing": "Total"},
            "parts": [{"measure": CAME, "window": "1 year", "period": year}, took, *now],
            "rest": -1,
        }
        for year in sorted(p for p in set(years) if ended and "Q" not in p and p <= ended and p != period)
        if int(ended[:4]) - int(year[:4]) <= WINDOW
    ]


def _until(period: str, there: list[str], name: str, measure: str) -> list[str]:
    """The periods of a measure that together reach to the end of a quarter."""
    quarter = Quarter.parse(period)
    now = year_so_far(quarter)
    if measure in ONCE:
        return [p for p in there if p == now]
    if name in BY_QUARTER:
        return [p for p in there if "-Q" in p and Quarter.parse(p) <= quarter]
    return [p for p in there if p == now or ("Q" not in p and p < quarter.year)]
