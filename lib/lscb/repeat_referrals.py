"""Which referrals of high-risk domestic abuse are repeats.

A repeat, basis `referral`: the same key was referred on an earlier day, and this referral falls within twelve
calendar months of the LAST of those, the anniversary included. Basis `incident` (SafeLives): this referral's incident
lies after that last referral and within twelve months of it. The key is victim and perpetrator together, or the
victim alone. Source: SafeLives, Definition of a repeat at Marac; basis, key and window are settings of
data/standards.yml, dated and cited.

A window from 29 February ends on 28 February. A missing perpetrator makes the pair key unknown, not `not`, and joins
nobody; under the key `victim` it does not matter. Identifiers are compared without outer blanks and case; text such as
`N/K`, `0` or a blank is no person.
A missing victim or referral date is unknown. An incident that is missing or later than its own referral cannot be
measured: the referral date stands in, and the row says so. An incident on the day of the last referral is not
after it, so it makes no repeat; neither does one before it.
A referral followed by none is a `not`; repeats in the first `months` of the data are under-counted, because
earlier referrals are not there to be seen.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .calendar_months import DAY, add_months, days

BASES = ("referral", "incident")
KEYS = ("victim+perpetrator", "victim")
ANSWERS = ("not", "repeat", "unknown")
NOT, REPEAT, UNKNOWN, DUPLICATE = range(4)
NOTES = (
    "",
    "second referral of the same key on one day",
    "referral date not known",
    "victim not known",
    "perpetrator not known",
    "incident date missing: the referral date stands in",
    "incident after its own referral: the referral date stands in",
)
# Never a person: text that partners type where they have no identifier. Compared after trimming and case folding.
NOBODY = {"", "n/k", "nk", "not known", "unknown", "n/a", "na", "none", "null", "nan", "-", "--", "?", "*", "tbc"}
NOBODY |= {"not applicable", "not recorded", "not stated", "not available", "<na>"}
MISSING = int(np.iinfo("int64").min)  # what numpy's NaT is as an integer
Codes = np.ndarray | Sequence[int]


class Flags(NamedTuple):
    """The answer for each referral, in input order.

    answer : int8, one of NOT, REPEAT, UNKNOWN, DUPLICATE
    last : int64, day (since 1970-01-01) of the last referral of the same key on an earlier day; MISSING where none
    """

    answer: np.ndarray
    last: np.ndarray


def flag_repeats(
    referrals: pd.DataFrame,
    basis: str = "referral",
    key: str = "victim+perpetrator",
    months: int = 12,
    within: str | None = None,
) -> pd.DataFrame:
    """Whether each referral is a repeat: one row per referral, with the index and in the order of the input.

    referrals : one row per referral, in any order. Reads `victim_id`, `referred_on`; for the key `victim+perpetrator`
        also `perpetrator_id`; for the basis `incident` also `incident_on`. Dates may be text (2017-04-01 or
        01/04/2017, day first), identifiers text or whole numbers. Times of day are dropped.
    basis : `referral` or `incident`, the date that is measured (see the module). The anchor is a referral in both.
    key : `victim+perpetrator` or `victim`, who must be the same
    months : length of the window in calendar months
    within : a column inside which people are matched, such as `area` when several authorities are in one frame

    Returns
    answer : `repeat`, `not` or `unknown`; blank for a duplicate
    repeat : the same as True, False or missing, so that `.mean()` is the repeat rate of those that are known
    duplicate : True for every further referral of one key on one day, in input order. It belongs in neither the
        numerator nor the denominator and does not move the anchor (which is that same day).
    last_referred_on : the anchor: the last earlier day on which the key was referred, however long ago
    note : why an answer is unknown, which referral is a duplicate, where the referral date stood in for an incident
    """
    referrals, key = pd.DataFrame(referrals), key.replace(" ", "")
    if basis not in BASES or key not in KEYS:
        raise ValueError(f"basis is one of {', '.join(BASES)} and key one of {', '.join(KEYS)}; got {basis!r}, {key!r}")
    _check_columns(referrals, basis, key, within)
    victim = _victims(referrals, within)
    perpetrator = person_codes(referrals["perpetrator_id"]) if key == KEYS[0] else None
    day = days(referrals["referred_on"]).astype("int64")
    incident = days(referrals["incident_on"]).astype("int64") if basis == "incident" else None
    flags = flag_repeats_codes(victim, perpetrator, day, incident, months)
    return _described(flags, victim, perpetrator, day, incident, referrals.index)


def _victims(referrals: pd.DataFrame, within: str | None) -> np.ndarray:
    victim = person_codes(referrals["victim_id"])
    if not within:
        return victim
    place, places = pd.factorize(referrals[within])
    return np.where(victim < 0, -1, victim * (len(places) + 1) + place)


def _check_columns(referrals: pd.DataFrame, basis: str, key: str, within: str | None) -> None:
    needed = ["victim_id", "referred_on"]
    needed += ["perpetrator_id"] * (key == KEYS[0]) + ["incident_on"] * (basis != "referral")
    if absent := [name for name in [*needed, *([within] if within else [])] if name not in referrals]:
        raise ValueError(f"flag_repeats needs the columns {', '.join(absent)}")


def flag_repeats_codes(
    victim: Codes, perpetrator: Codes | None, day: Codes, incident: Codes | None = None, months: int = 12
) -> Flags:
    """The same on whole numbers: people as codes (negative: not known), days since 1970-01-01 (MISSING: none).

    perpetrator : None for the key `victim`; incident : None for the basis `referral`.
    One stable sort of one packed key does the work: ten million referrals take no longer than one numpy lexsort
    of the three columns.
    """
    keys = [np.asarray(k, "int64") for k in ([victim] if perpetrator is None else [victim, perpetrator])]
    day = np.asarray(day, "int64")
    answer, last = np.full(len(day), UNKNOWN, "int8"), np.full(len(day), MISSING)
    usable = day != MISSING
    for people in keys:
        usable &= people >= 0
    if not usable.any():
        return Flags(answer, last)
    rows = None if usable.all() else np.flatnonzero(usable)
    if rows is not None:
        keys, day = [k[rows] for k in keys], day[rows]
    packed, low, width = _packed(keys, day)
    order = np.argsort(packed, kind="stable")  # stable: of two on one day the first in the input is the referral
    packed = packed[order]
    pair, on = packed >> width, (packed & ((1 << width) - 1)) + low
    follows = np.zeros(len(on), bool)
    np.equal(pair[1:], pair[:-1], out=follows[1:])
    before = np.empty_like(on)
    before[0], before[1:] = low, on[:-1]
    again = follows & (on == before)
    clock = on if incident is None else _clock(np.asarray(incident, "int64"), rows, order, on)
    repeat = follows & (clock > before) & (clock <= _anniversary(before, months))
    if again.any():  # the anchor of a run of one day is that of its first
        rest = np.flatnonzero(again)
        starts = np.diff(rest, prepend=-2) != 1
        first = (rest[starts] - 1)[np.cumsum(starts) - 1]
        before[rest], follows[rest] = before[first], follows[first]
    where = order if rows is None else rows[order]
    answer[where] = np.where(again, DUPLICATE, repeat).astype("int8")
    last[where] = np.where(follows, before, MISSING)
    return Flags(answer, last)


def person_codes(ids: pd.Series) -> np.ndarray:
    """Whole numbers that are equal where two identifiers are one person, and -1 where there is no person.

    Text is compared without outer blanks and case (leading zeros stay). Whole numbers are taken as they are: in a
    column of numbers 0 is somebody's code as any other, and only a negative one is nobody.
    """
    ids = pd.Series(ids)
    if pd.api.types.is_float_dtype(ids.dtype) and (ids.dropna() % 1 == 0).all():
        ids = ids.astype("Int64")
    if pd.api.types.is_integer_dtype(ids.dtype):
        if pd.api.types.is_unsigned_integer_dtype(ids.dtype):  # a hash may be too large for int64
            return pd.factorize(ids)[0].astype("int64")
        codes = ids.to_numpy("int64", na_value=-1)
        return codes if len(codes) and codes.min() >= 0 else np.where(codes < 0, -1, codes)
    first, texts = pd.factorize(ids)
    trimmed = pd.Series(texts, dtype="object").astype("str").str.strip().str.casefold()
    nobody = trimmed.isin(NOBODY) | trimmed.str.fullmatch(r"[0\s.]*")
    second = np.where(nobody, -1, pd.factorize(trimmed)[0])
    return np.asarray(np.append(second, -1)[first])  # a missing value has code -1, the appended last


def _packed(keys: list[np.ndarray], day: np.ndarray) -> tuple[np.ndarray, int, int]:
    """One whole number per row that sorts as (key, day), the first day, and how many bits the day takes."""
    low = int(day.min())
    width = int(day.max() - low).bit_length()
    bases = [int(k.min()) for k in keys]
    widths = [int(k.max() - b).bit_length() for k, b in zip(keys, bases, strict=True)]
    if sum(widths) + width > 63:  # codes too far apart for one number: count them off instead
        pair = pd.factorize(keys[0])[0].astype("int64")
        for people in keys[1:]:
            codes, persons = pd.factorize(people)
            pair = pd.factorize(pair * len(persons) + codes)[0].astype("int64")
        return (pair << width) | (day - low), low, width
    packed = keys[0] - bases[0]
    for people, base, wide in zip(keys[1:], bases[1:], widths[1:], strict=True):
        packed = (packed << wide) | (people - base)
    return (packed << width) | (day - low), low, width


def _clock(incident: np.ndarray, rows: np.ndarray | None, order: np.ndarray, on: np.ndarray) -> np.ndarray:
    """The day that is measured, in sorted order: the incident, or its referral where it is missing or later."""
    incident = (incident if rows is None else incident[rows])[order]
    return np.where((incident == MISSING) | (incident > on), on, incident)


def _anniversary(day: np.ndarray, months: int) -> np.ndarray:
    """The last day of the window from each day, by a table over the days there are (a few thousand)."""
    low, high = int(day.min()), int(day.max())
    if high - low > max(len(day), 100_000):
        return add_months(day.astype(DAY), months).astype("int64")
    table = add_months(np.arange(low, high + 1).astype(DAY), months).astype("int64")
    return np.asarray(table[day - low])


def _described(
    flags: Flags,
    victim: np.ndarray,
    perpetrator: np.ndarray | None,
    day: np.ndarray,
    incident: np.ndarray | None,
    index: pd.Index,
) -> pd.DataFrame:
    """The codes as columns with words. Categories and not text: ten million rows of text would cost more than all."""
    answer, duplicate = flags.answer, flags.answer == DUPLICATE
    note = duplicate.astype("int8")
    if incident is not None:
        note[~duplicate & (incident == MISSING)] = 5
        note[~duplicate & (incident != MISSING) & (incident > day)] = 6
    if perpetrator is not None:
        note[perpetrator < 0] = 4
    note[victim < 0] = 3
    note[day == MISSING] = 2
    return pd.DataFrame(
        {
            "answer": pd.Categorical.from_codes(
                np.where(duplicate, -1, answer).astype("int8"), pd.Index(ANSWERS, dtype="str")
            ),
            "repeat": pd.arrays.BooleanArray(answer == REPEAT, answer >= UNKNOWN),
            "duplicate": duplicate,
            "last_referred_on": flags.last.astype(DAY).astype("datetime64[s]"),
            "note": pd.Categorical.from_codes(note, pd.Index(NOTES, dtype="str")),
        },
        index=index,
    )
