"""Is anything changing? Control charts by the rules of NHS England's Making Data Count.

One formula for one series or ten thousand: every function works along the last axis, so values may be one series
(points) or many (series x points), and a Chart's arrays have the same shape. nan is a point that is not there: no
moving range is taken across it and no run continues through it.

Limits are never moved by a computer: a group of points starts only where a person gave a date and a reason
(`starts`). Limits below 0 or above 100 % are real limits; `clip` them where they are drawn, not before.

References
----------
Wheeler (1993) Understanding Variation (individuals charts, 2.66 and 3.267). NHS England, Making Data Count (the four
rules, runs of seven); NHSRplotthedots 0.1 (screening, order of labels). Nelson (1994) J Qual Technol 26:239-240 (days
between rare events). Laney (2002) Qual Eng 14:531-537 (p- and u-charts of overdispersed counts).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

CAUSES = np.array(
    "common above_upper below_lower trend_increasing trend_decreasing "
    "two_of_three_above two_of_three_below shift_above shift_below".split()
)
RULES = ("outside", "trend", "two_of_three", "shift")  # in the order in which they name a point
LINES = ("mean", "low", "high", "near_low", "near_high")
ROUNDING = 1e-12  # relative: a point on a line is not put off it by the last binary digit


class Rules(NamedTuple):
    """The constants of the method; data/standards.yml holds the same, dated and cited (a test compares them)."""

    limit: float = 2.66  # x mean moving range, mean to limit: 3 / 1.128
    near: float = 2 / 3  # of the way from the mean to a limit
    screen: float = 3.267  # x mean moving range: a larger moving range is an outlier
    run: int = 7  # points of a shift or of a trend
    trial_below: int = 12  # points: fewer give trial limits
    none_below: int = 6  # points: fewer give no limits


MAKING_DATA_COUNT = Rules()


@dataclass(frozen=True, eq=False)
class Chart:
    """Series with their limits and what each rule says of each point; arrays of one shape, points last.

    rules : by the names of RULES, +1 where the rule flags a point as high or rising, -1 low or falling, else 0
    baseline : number of points that the limits at each point rest on
    began : positions at which a group of points begins (0, and each rebasing)
    """

    values: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    near_low: np.ndarray
    near_high: np.ndarray
    rules: dict[str, np.ndarray]
    baseline: np.ndarray
    began: tuple[int, ...] = (0,)
    constants: Rules = MAKING_DATA_COUNT

    @property
    def limits_shown(self) -> np.ndarray:
        """Whether the points of the group suffice for limits."""
        return self.baseline >= self.constants.none_below

    @property
    def trial(self) -> np.ndarray:
        """Whether limits are shown on fewer points than they should rest on."""
        return self.limits_shown & (self.baseline < self.constants.trial_below)

    @property
    def cause(self) -> np.ndarray:
        """Index into CAUSES of each point, 0 where no rule flags it; the first of RULES names it."""
        code = np.zeros(self.values.shape, np.int8)
        for place in range(len(RULES), 0, -1):
            sign = self.rules[RULES[place - 1]]
            code = np.where(sign != 0, 2 * place - (sign > 0), code)
        return code.astype(np.int8)

    @property
    def special_cause(self) -> np.ndarray:
        """What flags each point, in words of CAUSES; `common` where nothing does."""
        return CAUSES[self.cause]

    @property
    def last(self) -> np.ndarray:
        """Position of each series' last point; -1 where it has none."""
        there = ~np.isnan(self.values)
        place = there.shape[-1] - 1 - np.argmax(there[..., ::-1], axis=-1)
        return np.where(there.any(axis=-1), place, -1)

    def at_last(self, array: np.ndarray) -> np.ndarray:
        """The entry of each series' last point."""
        return np.take_along_axis(array, np.expand_dims(self.last, -1), -1)[..., 0]

    def point_type(self, better: str) -> np.ndarray:
        """`common`, or for `better` (`increase`, `decrease`, `neutral`) what a flagged point means."""
        return _meaning(self.cause, better)

    def variation(self, better: str) -> np.ndarray | str:
        """What the last point is: `common`, `improvement`, `concern`, `neutral_high`, `neutral_low`, or `` where
        there are too few points to say."""
        found = np.where(self.at_last(self.limits_shown), _meaning(self.at_last(self.cause), better), "")
        return found if self.values.ndim > 1 else str(found)

    def assurance(self, target, better: str) -> np.ndarray | str | None:
        """Whether the process will meet `target`, by the last group's limits (see `assurance`)."""
        enough = self.at_last(self.limits_shown)
        low = np.where(enough, self.at_last(self.low), np.nan)
        found = assurance(low, self.at_last(self.high), target, better)
        return found if self.values.ndim > 1 else str(found) or None


# --- the four rules ----------------------------------------------------------------------------------------------


def outside(values, low, high) -> np.ndarray:
    """+1 above the upper limit, -1 below the lower. A point on a limit is inside."""
    slack = _slack(values)
    return ((values > high + slack).astype(np.int8) - (values < low - slack)).astype(np.int8)


def seven_on_one_side(side, run: int = 7) -> np.ndarray:
    """+1 or -1 at each point that ends `run` consecutive points on that side of the mean; a point on it breaks."""
    side = np.asarray(side, np.int8)
    total = _sum_of_last(side, run)
    return np.where(abs(total) == run, np.sign(total), 0).astype(np.int8)


def seven_trend(values, run: int = 7) -> np.ndarray:
    """+1 or -1 at each point that ends `run` consecutive points, each above (below) the one before; a tie breaks."""
    values = np.asarray(values, float)
    step = np.zeros(values.shape, np.int8)
    step[..., 1:] = np.nan_to_num(np.sign(np.diff(values)))
    return seven_on_one_side(step, run - 1)


def part_of_run(ends, run: int = 7) -> np.ndarray:
    """The sign of a run at each of its `run` points, given where runs end; of two runs the later names the point."""
    ends = np.asarray(ends, np.int8)
    part = np.zeros_like(ends)
    for ahead in range(min(run, ends.shape[-1])):
        here = part[..., : ends.shape[-1] - ahead]
        np.copyto(here, ends[..., ahead:], where=ends[..., ahead:] != 0)
    return part


def two_of_three(near, side) -> np.ndarray:
    """+1 or -1 at each point near a limit in three consecutive points on one side, of which two or more are near.

    near : 1 where a point lies beyond the near limit and not outside the limit
    side : which side of the mean, -1, 0 or 1
    """
    near, side = np.asarray(near, np.int8), np.asarray(side, np.int8)
    ends = (abs(_sum_of_last(side, 3)) == 3) & (_sum_of_last(near, 3) >= 2)
    return part_of_run(ends, 3) * near * side


def assurance(low, high, target, better: str) -> np.ndarray:
    """`consistent_pass`, `consistent_fail` or `inconsistent` of limits against a target; `` without target, limits
    or a direction that is better."""
    low, high, target = np.broadcast_arrays(*(np.array(x, float) for x in (low, high, target)))
    above, below = target > high + _slack(high), target < low - _slack(low)
    passed, failed = (below, above) if better == "increase" else (above, below)
    unknown = np.isnan(low) | np.isnan(high) | np.isnan(target) | (_better(better) == 0)
    return np.select([unknown, passed, failed], ["", "consistent_pass", "consistent_fail"], "inconsistent")


# --- the charts ----------------------------------------------------------------------------------------------------


def xmr(
    values, *, screen: bool = True, baseline: int | None = None, began: Iterable[int] = (), rules=MAKING_DATA_COUNT
) -> Chart:
    """Individuals chart: mean and 2.66 mean moving ranges either side.

    values : one series or many (series x points), in the order of time
    screen : leave outlying moving ranges out of their mean, once (the NHS Excel tool does not; the mean keeps all)
    baseline : the limits rest on the first so many points of each group; None: on all its points, and so move
    began : positions at which a person rebased (`starts`); no range or run crosses them
    """

    def limits(used, here):
        ranges = abs(np.diff(used))
        average = _mean(ranges)
        if screen:  # a constant series has ranges of 0, none of them outlying
            kept = (ranges < rules.screen * average * (1 - ROUNDING)) | (average == 0)
            average = _mean(np.where(kept, ranges, np.nan))
        return _mean(used), rules.limit * average

    return _chart(np.array(values, float), limits, baseline, began, rules)


def p_chart(met, of, *, overdispersed: bool = False, baseline=None, began=(), rules=MAKING_DATA_COUNT) -> Chart:
    """Chart of shares with binomial limits, three standard errors either side, wider where `of` is small.

    met, of : counts, of one shape; a share of no cases is no point
    overdispersed : widen the limits by the spread between the points themselves (Laney's p'-chart)
    """
    met, of = (np.array(x, float) for x in (met, of))
    with np.errstate(invalid="ignore", divide="ignore"):
        return _rated(met / of, of, lambda p: p * (1 - p), overdispersed, baseline, began, rules)


def u_chart(
    count, population, *, per: float = 1, overdispersed: bool = False, baseline=None, began=(), rules=MAKING_DATA_COUNT
) -> Chart:
    """Chart of rates per `per` people with Poisson limits, three standard errors either side.

    overdispersed : widen the limits by the spread between the points themselves (Laney's u'-chart)
    """
    count, exposure = np.array(count, float), np.array(population, float) / per
    with np.errstate(invalid="ignore", divide="ignore"):
        return _rated(count / exposure, exposure, lambda u: u, overdispersed, baseline, began, rules)


def t_chart(days, *, screen: bool = True, baseline=None, began=(), rules=MAKING_DATA_COUNT) -> Chart:
    """Days between rare events: an individuals chart of days ** (1/3.6), which is nearly normal, drawn in days.

    A high point is a long time without an event. The lower limit of the transformed days stops at 0 days.
    """
    made = xmr(np.array(days, float) ** (1 / 3.6), screen=screen, baseline=baseline, began=began, rules=rules)
    lines = {name: np.maximum(getattr(made, name), 0) ** 3.6 for name in LINES}
    return replace(made, values=np.array(days, float), **lines)


def days_between(events: Iterable[date]) -> np.ndarray:
    """Days from each event to the next, in the order of time; two on one day are 0 days apart."""
    ordered = np.sort(np.array(list(events), "datetime64[D]"))
    return np.diff(ordered).astype(float)


class Rebase(NamedTuple):
    """A person's decision that limits start anew: from the first point on or after `on`, for `reason`."""

    on: date
    reason: str


def starts(points: Sequence[date], rebases: Iterable[Rebase]) -> tuple[int, ...]:
    """Positions at which the rebasings start a group; a date before the first or after the last point starts none.

    points : the first day of each point's period, in order. Raises ValueError for a rebasing without a reason.
    """
    rebases = list(rebases)
    if any(not r.reason.strip() for r in rebases):
        raise ValueError("a rebasing needs a reason that the page can print: limits are never moved silently")
    days = np.array(list(points), "datetime64[D]")
    found = {int(np.searchsorted(days, np.datetime64(r.on, "D"))) for r in rebases}
    return tuple(sorted(found - {0, len(days)}))


def clip(limits, floor: float | None = 0, ceiling: float | None = None) -> np.ndarray:
    """Limits as they may be drawn: counts from 0, shares from 0 to 1. Never before the rules have run."""
    return np.clip(limits, floor, ceiling)


def sentence(chart: Chart, text: Callable[[float], str] = "{:,.1f}".format) -> str:
    """What may be said of one series. `text` prints a limit, in the series' own unit."""
    points, least = int((~np.isnan(chart.values)).sum()), chart.constants.none_below
    if not points or not chart.at_last(chart.limits_shown):
        points = int(chart.at_last(chart.baseline)) if points else 0
        return f"{points} point{'' if points == 1 else 's'}; fewer than {least} points: not testable"
    low, high = (text(float(chart.at_last(line))) for line in (chart.low, chart.high))
    few = f" (trial: fewer than {chart.constants.trial_below} points)" if chart.at_last(chart.trial) else ""
    cause = str(CAUSES[chart.at_last(chart.cause)])
    kind = "common" if cause == "common" else "special"
    met = SAID[cause].format(run=chart.constants.run)
    met += " at the last point, some before it" if kind == "common" and chart.cause.any() else ""
    return f"{points} points; {kind} cause variation; limits {low} to {high}{few}; {met}"


SAID = {
    "common": "no rule met",
    "above_upper": "the last point is above the upper limit",
    "below_lower": "the last point is below the lower limit",
    "trend_increasing": "{run} or more points rising",
    "trend_decreasing": "{run} or more points falling",
    "two_of_three_above": "two of three points near the upper limit",
    "two_of_three_below": "two of three points near the lower limit",
    "shift_above": "{run} or more points above the mean",
    "shift_below": "{run} or more points below the mean",
}


# --- what the charts share -------------------------------------------------------------------------------------


def _chart(values, limits, baseline, began, rules: Rules) -> Chart:
    """Group by group: centre and half-width from the baseline points, then the rules over all points."""
    began = tuple(sorted({0, *began}))
    parts = []
    for start, end in zip(began, [*began[1:], values.shape[-1]], strict=True):
        part = values[..., start:end]
        there = ~np.isnan(part)
        within = there if baseline is None else there & (there.cumsum(-1) <= baseline)
        centre, half = limits(np.where(within, part, np.nan), slice(start, end))
        count = within.sum(-1, keepdims=True) * np.ones(part.shape, int)
        lines = [np.broadcast_to(centre + k * half, part.shape) for k in (0, -1, 1, -rules.near, rules.near)]
        parts.append([part, *lines, count, *_judge(part, *lines, count, rules)])
    whole = [np.concatenate(pieces, axis=-1) for pieces in zip(*parts, strict=True)]
    return Chart(*whole[:6], dict(zip(RULES, whole[7:], strict=True)), whole[6], began, rules)


def _judge(values, mean, low, high, near_low, near_high, count, rules: Rules) -> list[np.ndarray]:
    """The four rules, in the order of RULES; nothing is flagged where there are too few points for limits."""
    side = outside(values, mean, mean)
    beyond = outside(values, low, high)
    near = (outside(values, near_low, near_high) != 0) & (beyond == 0)
    flagged = [
        beyond,
        part_of_run(seven_trend(values, rules.run), rules.run),
        two_of_three(near, side),
        part_of_run(seven_on_one_side(side, rules.run), rules.run),
    ]
    return [np.where(count >= rules.none_below, each, 0).astype(np.int8) for each in flagged]


def _rated(values, size, variance, overdispersed, baseline, began, rules: Rules) -> Chart:
    """Limits at three standard errors of each point, given the variance of one case at the centre."""

    def limits(used, here):
        n, inside = size[..., here], ~np.isnan(used)
        total = np.where(inside, n, 0).sum(-1, keepdims=True)
        centre = np.where(inside, used * n, 0).sum(-1, keepdims=True) / total
        error = np.sqrt(variance(centre) / n)
        if overdispersed:
            error = error * _mean(abs(np.diff((used - centre) / error))) / 1.128
        return centre, 3 * error

    return _chart(values, limits, baseline, began, rules)


def _sum_of_last(entries, length: int) -> np.ndarray:
    """Sum over the `length` entries that end at each point; 0 where there are not so many."""
    total, points = np.zeros(entries.shape, np.int8), entries.shape[-1]
    if points >= length:
        for back in range(length):
            total[..., length - 1 :] += entries[..., length - 1 - back : points - back]
    return total


def _mean(values) -> np.ndarray:
    """Mean along the points, nan left out, kept as a column; nan where there is none."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(there, values, 0).sum(-1, keepdims=True) / there.sum(-1, keepdims=True)


def _slack(values) -> np.ndarray:
    return ROUNDING * np.max(np.nan_to_num(abs(values)), axis=-1, keepdims=True, initial=0)


def _better(direction: str) -> int:
    return {"increase": 1, "decrease": -1, "neutral": 0}[direction]


def _meaning(cause, better: str) -> np.ndarray:
    names = ("neutral_high", "neutral_low")
    if sign := _better(better):
        names = ("improvement", "concern")[::sign]
    return np.array(["common", *names * 4])[cause]
