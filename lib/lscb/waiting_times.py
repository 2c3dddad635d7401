"""How long things take when some are still open: the share done within a time, with the open cases counted in.

The share of those completed says nothing of the late ones that are still open: "60 of 60 reviews came within twelve
months" can stand beside six that are older and not done. So the share is taken of everything that began: as a count of
those whose time is up (`due`), and by Kaplan and Meier's estimate, which also uses those whose time is not up yet.

References: Kaplan and Meier (1958) J Am Stat Assoc 53:457-481. Greenwood (1926) Rep Public Health Med Subj 33:1-26
(variance). Kalbfleisch and Prentice (1980) The Statistical Analysis of Failure Time Data, s. 1.3 (limits on the
log(-log) scale).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .calendar_months import add_months, days
from .intervals import Z_95


class Done(NamedTuple):
    """How many of those that began were done within a time, on a day.

    in_time, late : done within it, done after it; overdue : open, and the time is up; not_yet_due : open, and it is not
    """

    in_time: int
    late: int
    overdue: int
    not_yet_due: int

    @property
    def due(self) -> int:
        """All whose answer is known: done, or open with the time up. The denominator of a share in time."""
        return self.in_time + self.late + self.overdue


class Curve(NamedTuple):
    """The share done by each time at which something was done, with its 95% limits, all fractions of 1."""

    time: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    done: np.ndarray
    low: np.ndarray
    high: np.ndarray


def done_within(began: Any, done: Any, on: Any, months: int) -> Done:
    """What came of cases by a day: done within so many calendar months, later, overdue or not yet due.

    began, done : dates, one per case; a blank `done`, or one after the day `on`, is open on it
    Cases that began after `on`, or have no beginning, are left out. The day on which the months end is within them.
    """
    start, end, day = days(began), days(done), days([on])[0]
    there = start <= day
    start, end = start[there], end[there]
    limit, closed = add_months(start, months), end <= day
    return Done(
        in_time=int((closed & (end <= limit)).sum()),
        late=int((closed & (end > limit)).sum()),
        overdue=int((~closed & (limit < day)).sum()),
        not_yet_due=int((~closed & ~(limit < day)).sum()),
    )


def kaplan_meier(duration: ArrayLike, happened: ArrayLike) -> Curve:
    """The share done by each time, from how long each case lasted and whether it was then done or is still open.

    duration : how long from the beginning to the end, or so far; happened : True for an end, False for so far
    Raises ValueError for a duration that is missing or below 0.
    """
    duration, happened = np.asarray(duration, float), np.asarray(happened, bool)
    if np.isnan(duration).any() or (duration < 0).any():
        raise ValueError("a waiting time is 0 or more, and none may be missing")
    time, events = np.unique(duration[happened], return_counts=True)
    at_risk = (duration[None, :] >= time[:, None]).sum(axis=1)
    open_share = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = Z_95 * np.sqrt(np.cumsum(events / (at_risk * (at_risk - events)))) / np.log(open_share)
        low, high = (1 - open_share ** np.exp(sign * spread) for sign in (-1, 1))
    some = (open_share > 0) & (open_share < 1)  # all done: no interval can be had of it
    low, high = np.where(some, np.fmin(low, high), np.nan), np.where(some, np.fmax(low, high), np.nan)
    return Curve(time, at_risk, events, 1 - open_share, low, high)


def share_within(began: Any, done: Any, on: Any, months: int) -> tuple[float, float, float]:
    """Kaplan and Meier's share of cases done within so many calendar months, with its 95% limits; open cases count.

    Each case's time is measured in its own months, so that a leap year makes none late. nan where no case is there;
    0 with blank limits where none was done in time. Dates as in `done_within`.
    """
    start, end, day = days(began), days(done), days([on])[0]
    there = start <= day
    start, end = start[there], end[there]
    if not len(start):
        return float("nan"), float("nan"), float("nan")
    closed = end <= day
    lasted = (np.where(closed, end, day) - start).astype("int64")
    allowed = (add_months(start, months) - start).astype("int64")
    curve = kaplan_meier(lasted / allowed, closed)
    place = int(np.searchsorted(curve.time, 1, side="right")) - 1
    if place < 0:
        return 0.0, float("nan"), float("nan")
    return float(curve.done[place]), float(curve.low[place]), float(curve.high[place])
