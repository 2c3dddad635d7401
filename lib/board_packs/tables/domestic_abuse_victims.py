"""Who was referred, by whom, with what outcome, and how long after the last referral."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb.counting import ETHNIC_GROUPS, tally
from lscb.long_table import TOTAL, cells

from .absent_returns import sent
from .domestic_abuse_cases import (
    AGES,
    KEYS,
    NOT_RECORDED,
    REFERRALS,
    RETURN,
    SEXES,
    SINCE,
    YES_NO,
    by_span,
    choices,
    coverage,
    newest,
    referrals,
    share_rows,
)
from .quarter_inputs import Inputs
from .registry import table


@table("hrda_profile", returns=[RETURN])
@sent(RETURN)
def hrda_profile(inputs: Inputs) -> pd.DataFrame:
    """Referrals by agency, outcome and the victim's age, sex, ethnic group, disability and LGBT; of the two
    newest years. Counted are referrals, not people."""
    rows = referrals(inputs)
    spans = newest(inputs, coverage(inputs, rows))
    every = by_span(rows[~rows["duplicate"]], spans)
    labels = {
        "agency": choices("agency"),
        "outcome": choices("outcome"),
        "victim_age": [*AGES, NOT_RECORDED],
        "victim_sex": SEXES,
        "ethnicity": ETHNIC_GROUPS,
        "disability": YES_NO,
        "lgbt": YES_NO,
    }
    counts = tally(every, spans[KEYS], [{name: of} for name, of in labels.items()])
    return cells(counts, measure=REFERRALS)


@table("hrda_shares", returns=[RETURN])
@sent(RETURN)
def hrda_shares(inputs: Inputs) -> pd.DataFrame:
    """Shares of the referrals that record it: partner agencies, victims aged 16-17, men, minority ethnic, disabled,
    LGBT; of the two newest years."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    spans, again = newest(inputs, coverage(inputs, rows)), inputs.standard("hrda.again")
    every = by_span(rows, spans)
    parts = []
    for name, column, met in (
        ("partner_agency", "agency", lambda c: c != "police"),
        ("victims_16_17", "victim_age", lambda c: c == "16-17"),
        ("male_victims", "victim_sex", lambda c: c == "male"),
        ("minority_ethnic", "white_british", lambda c: c == "no"),
        ("disabled", "disability", lambda c: c == "yes"),
        ("lgbt", "lgbt", lambda c: c == "yes"),
    ):
        blank = every[column] == NOT_RECORDED
        labels = every.assign(has=np.select([blank, met(every[column])], [NOT_RECORDED, "yes"], "no"))
        counts = tally(labels, spans[KEYS], [{"has": YES_NO}])
        parts += share_rows(counts, "has", "yes", "no", f"hrda_{name}_share", f"hrda_{name}_recorded", again)
        if name in ("partner_agency", "minority_ethnic"):  # the others are cells of hrda_profile
            has = counts[counts["has"] == "yes"].drop(columns="has")
            parts.append(has.assign(measure=f"hrda_{name}"))
    return cells(pd.concat(parts, ignore_index=True))


@table("hrda_time_between", returns=[RETURN])
@sent(RETURN)
def hrda_time_between(inputs: Inputs) -> pd.DataFrame:
    """Referrals by time since the last one of the same victim and perpetrator; median days among repeats."""
    rows = referrals(inputs)
    rows = rows[~rows["duplicate"]]
    spans = newest(inputs, coverage(inputs, rows))
    every = by_span(rows, spans)
    counts = tally(every, spans[KEYS], [{"since_last": SINCE}]).assign(measure=REFERRALS)
    repeats = every[every["repeat"] == "repeat"]
    got = repeats.groupby(KEYS, observed=True)["days_since"].quantile(np.array([0.25, 0.5, 0.75])).unstack()
    got = got.reindex(columns=[0.25, 0.5, 0.75]).set_axis(["low", "value", "high"], axis=1).reset_index()
    middle = spans[KEYS].merge(got, how="left").assign(measure="hrda_days_between", unit="days")
    none = middle["value"].isna()
    answered = tally(every[every["repeat"] != "not known"], spans[KEYS], [])["count"].to_numpy() > 0
    asked = tally(every, spans[KEYS], [])["count"].to_numpy() > 0
    unknown = none & asked & ~answered
    middle = middle.assign(
        method="median and quartiles, type 7",
        status=np.select([unknown, none], ["not_available", "not_applicable"], "shown"),
        reason=np.select([unknown, none], ["no referral says whose repeat it could be", "there was no repeat"], ""),
        since_last=TOTAL,
    )
    return cells(pd.concat([counts, middle], ignore_index=True))
