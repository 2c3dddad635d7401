"""Referrals, repeats and households with children by quarter and year, and the change on the year before.

Each row of the repeat rate names basis, key and version in `method`, and a change of any of them breaks the series.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb import repeat_referrals as hrda
from lscb.calendar_months import completed_months, days
from lscb.counting import summed, tally
from lscb.intervals import difference_of_shares
from lscb.long_table import TOTAL, cells
from lscb.periods import Quarter, year_label

from .absent_returns import sent
from .domestic_abuse_cases import (
    CHILDREN,
    KEYS,
    REFERRALS,
    REPEAT,
    RETURN,
    by_span,
    coverage,
    definition,
    method,
    referrals,
    share_rows,
    widened,
)
from .quarter_inputs import Inputs, NotCovered
from .reasons import CHANGED, INCOMPLETE, NO_PERIOD
from .registry import table
from .return_gaps import covered, first_days, quarters_lacking

NOBODY = "no referral names its victim"
NOT_REPEATS = (REPEAT["not"], REPEAT["unknown"])


@table("hrda_by_period", returns=[RETURN])
@sent(RETURN)
def hrda_by_period(inputs: Inputs) -> pd.DataFrame:
    """Referrals, people, repeats with their rate, households with children, duplicates; by quarter and year."""
    rows = referrals(inputs)
    spans = coverage(inputs, rows)
    every, again = by_span(rows, spans), inputs.standard("hrda.again")
    kept, keys = every[~every["duplicate"]], spans[KEYS]
    counts = tally(kept, keys, [{"repeat": REPEAT.values()}, {"children": CHILDREN}]).assign(measure=REFERRALS)
    named = kept.assign(person=hrda.person_codes(kept["victim_id"])).query("person >= 0")
    people = named.drop_duplicates([*KEYS, "person"])
    parts = [
        counts,
        _if_recorded(tally(people, keys, []), counts, NOBODY).assign(measure="hrda_people"),
        _if_recorded(
            tally(every[every["duplicate"]], keys, []), counts, NOBODY, tally(named, keys, [])["count"]
        ).assign(measure="hrda_duplicates"),
        _if_recorded(
            keys.assign(count=_children(kept, keys)),
            counts,
            "no referral records how many children live in the household",
            tally(kept[kept["children"] != CHILDREN[2]], keys, [])["count"],
        ).assign(measure="hrda_children"),
        *share_rows(counts, "repeat", "repeat", "not a repeat", "hrda_repeat_rate", "hrda_answered"),
        *share_rows(
            counts, "children", *CHILDREN[:2], "hrda_households_with_children", "hrda_children_recorded", again
        ),
    ]
    frame = pd.concat(parts, ignore_index=True).fillna({"repeat": TOTAL, "children": TOTAL})
    marked = _rates_of_newest(inputs, _marked(inputs, frame, spans, rows))
    return cells(pd.concat([marked, _look_back(inputs, spans, rows)], ignore_index=True))


def _rates_of_newest(inputs: Inputs, frame: pd.DataFrame) -> pd.DataFrame:
    """Without the rates of quarters before the newest (`hrda.answered_quarters`), and without of how many it is known
    whether they are repeats: those of which it is not known stand together there with those that are none."""
    newest = [str(quarter) for quarter in inputs.period.back(inputs.standard("hrda.answered_quarters"))]
    early = frame["period"].str.contains("-Q") & ~frame["period"].isin(newest)
    of_known = frame["measure"].isin(["hrda_answered", "hrda_repeat_rate"]) | frame["repeat"].isin(NOT_REPEATS)
    return frame[~(early & of_known)]


def _if_recorded(
    frame: pd.DataFrame, counts: pd.DataFrame, why: str, recorded: pd.Series | None = None
) -> pd.DataFrame:
    """Counts by span; not available, and why, where there are referrals and none of them records what is counted.

    recorded : the referrals that record it, by span; the counts themselves where they are of those
    """
    totals = counts[(counts["repeat"] == TOTAL) & (counts["children"] == TOTAL)][[*KEYS, "count"]]
    every = frame[KEYS].merge(totals, on=KEYS, how="left")["count"].to_numpy()
    none = (every > 0) & ((frame["count"] if recorded is None else recorded).to_numpy() == 0)
    return frame.assign(count=frame["count"].mask(none), reason=np.where(none, why, ""))


def _children(kept: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    """Children in the households of the referrals that record a number, a household once for each referral."""
    numbers = kept.assign(children=kept["children_in_household"].astype("Float64").fillna(0).astype("float64"))
    return summed(numbers, keys, "children")


def _covered_from(inputs: Inputs, rows: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """The first day that each area's return covers: as its sender says, or that of the quarter of its first referral, whose
    own day is in no table."""
    first = rows.groupby("area", observed=True)["referred_on"].min()
    begins = {str(area): pd.Timestamp(Quarter.of(day.date()).first_day) for area, day in first.items()}
    return begins | first_days(inputs, RETURN)


def _look_back(inputs: Inputs, spans: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Whole months of earlier referrals held at the start of each span, at most what a repeat needs, since the return
    begins or the last quarter that it lacks ended; the definition of a repeat in force then stands in `method`."""
    begins, lacking = _covered_from(inputs, rows), quarters_lacking(inputs, RETURN)
    since = []
    for area, day in spans[["area", "first"]].itertuples(index=False):
        ends = [pd.Timestamp((quarter + 1).first_day) for quarter in lacking.get(area, ())]
        since.append(max(begins.get(area, day), *(end for end in ends if end <= day), pd.Timestamp.min))
    first = days(pd.Series(since, dtype="datetime64[us]"))
    months = np.clip(np.nan_to_num(completed_months(first, days(spans["first"]))), 0, None)
    rules = [definition(inputs, day) for day in spans["first"]]
    row = spans[KEYS].assign(measure="hrda_look_back", unit="months", method=[method(d) for d in rules])
    return row.assign(value=np.minimum(months, [d["months"] for d in rules]), repeat=TOTAL, children=TOTAL)


def _marked(inputs: Inputs, frame: pd.DataFrame, spans: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """A rate with too little look-back, or across a change of definition, says so."""
    rules = [definition(inputs, day) for day in spans["first"]]
    short = _look_back(inputs, spans, rows)["value"].to_numpy() < [d["months"] for d in rules]
    mixed = [d != definition(inputs, last) for d, last in zip(rules, spans["last"], strict=True)]
    note = np.select([mixed, short], [CHANGED.says, INCOMPLETE.says], "")
    frame = frame.merge(spans[KEYS].assign(note=note), on=KEYS, validate="many_to_one")
    marked = (frame["measure"] == "hrda_repeat_rate") & (frame["note"] != "") & (frame["status"] == "shown")
    return frame.assign(reason=frame["reason"].where(~marked, frame["note"])).drop(columns="note")


@table("hrda_change", returns=[RETURN])
@sent(RETURN)
def hrda_change(inputs: Inputs) -> pd.DataFrame:
    """Change on the year before: of referrals (a fraction of the year before) and of the repeat rate (in points)."""
    frame = covered(hrda_by_period(inputs), inputs, [RETURN])
    of = frame[(frame["repeat"] == TOTAL) & (frame["children"] == TOTAL)]
    silent = of["measure"].eq(REFERRALS) & of["status"].ne("shown")
    of = of[~of.set_index(KEYS).index.isin(of[silent].set_index(KEYS).index)]  # nothing came of it: no change
    if of.empty:
        raise NotCovered(NO_PERIOD.says)
    rates = of[of["measure"] == "hrda_repeat_rate"]
    return cells(
        pd.concat(
            [
                _count_change(of[of["measure"] == REFERRALS], inputs.standard("hrda.again")),
                _rate_change(rates, of[of["measure"] == "hrda_look_back"]),
            ],
            ignore_index=True,
        )
    )


def _with_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Each row beside that of the same quarter or year, a year before; those without one are left out."""
    before = frame.assign(period=pd.Series(map(_year_on, frame["period"]), frame.index, "str"))  # of no row too
    return frame.merge(before, on=KEYS, suffixes=("", "_before"), validate="one_to_one")


def _year_on(period: str) -> str:
    return str(Quarter.parse(period) + 4) if "-Q" in period else year_label(int(period[:4]) + 1)


def _count_change(frame: pd.DataFrame, again: float) -> pd.DataFrame:
    """Relative change; `method` says by how much people who come more than once widen its interval.

    The interval is the page's: how the quarters spread is worked out there, of those that its audience may see. Made
    here of them all it would tell a withheld one.
    """
    both = _with_before(frame)
    value = both["count"] / both["count_before"].where(both["count_before"] > 0) - 1
    change = both[KEYS].assign(measure="hrda_referrals_change", value=value, unit="fraction")
    none = np.where(np.isnan(value), "there were no referrals a year before", "")
    return change.assign(
        method="score interval of a ratio of counts" + widened(again),
        reason=none,
        status=np.where(none == "", "shown", "not_applicable"),
    )


def _rate_change(rates: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """Difference of two shares with Newcombe's interval; none across a change of definition, or where either rate is
    incomplete."""
    named = back[[*KEYS, "method"]].rename(columns={"method": "said"})
    both = _with_before(rates.merge(named, on=KEYS, validate="one_to_one"))
    value, low, high = difference_of_shares(both["count"], both["of"], both["count_before"], both["of_before"])
    broken = (both["said"] != both["said_before"]) | (both[["reason", "reason_before"]] == CHANGED.says).any(axis=1)
    short = (both[["reason", "reason_before"]] == INCOMPLETE.says).any(axis=1)
    reason = np.select(
        [broken, short, np.isnan(value)],
        ["the definition of a repeat changed", "the earlier rate is incomplete", "there is no rate to compare"],
        "",
    )
    change = both[KEYS].assign(measure="hrda_repeat_rate_change", unit="fraction", method="Newcombe, method 10")
    for name, figure in (("value", value), ("low", low), ("high", high)):
        change[name] = np.where(reason == "", figure, np.nan)
    return change.assign(reason=reason, status=np.where(reason == "", "shown", "not_applicable"))
