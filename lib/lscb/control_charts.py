"""Is anything changing? Control charts by the rules of NHS England's Making Data Count.

One formula for one series or ten thousand: every function works along the last axis, so values may be one series
(points) or many (series x points), and a Chart's arrays have the same shape. nan is a point that is not there: no
moving range is taken across it and no run continues through it.

Limits are never moved by a computer: a group of points starts only where a person gave a date and a reason
(`starts`). Limits below 0 or above 100 % are real limits; `clip` them where they are drawn, not before.

References: Wheeler (1993) Understanding Variation (individuals charts, 2.66 and 3.267). NHS England, Making Data
Count (the four rules, runs of seven); NHSRplotthedots 0.1 (screening, order of labels). Laney (2002) Qual Eng
14:531-537 (p- and u-charts of overdispersed counts).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .control_chart_rules import CAUSES, MAKING_DATA_COUNT, NAMED, ROUNDING, Rules, assurance, flagged_by, meaning


@dataclass(frozen=True, eq=False)
class Chart:
    """Series with their limits and what each rule says of each point; arrays of one shape, points last.

    rules : by the names of NAMED, +1 where the rule flags a point as high or rising, -1 low or falling, else 0
    baseline : number of points that the limits at each point rest on
    began : positions at which a group of points begins (0, and each rebasing)
    season : what each point's quarter of the year adds (`seasons`); empty where no season is allowed for
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
    season: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def limits_shown(self) -> np.ndarray:
        """Whether the points of the group suffice for limits."""
        return self.baseline >= self.constants.none_below

    @property
    def has_limits(self) -> np.ndarray:
        """Whether there are limits to print at a point; points that are all the same have none but their mean."""
        return np.asarray(self.limits_shown & (self.high > self.low))

    @property
    def trial(self) -> np.ndarray:
        """Whether limits are shown on fewer points than they should rest on."""
        return self.limits_shown & (self.baseline < self.constants.trial_below)

    @property
    def cause(self) -> np.ndarray:
        """Index into CAUSES of each point, 0 where no rule flags it; the first of NAMED names it."""
        code = np.zeros(self.values.shape, np.int8)
        for place, sign in reversed([(n, self.rules[name]) for n, name in enumerate(NAMED, 1) if name in self.rules]):
            code = np.where(sign != 0, 2 * place - (sign > 0), code)
        return code.astype(np.int8)

    @property
    def special_cause(self) -> np.ndarray:
        """What flags each point, in words of CAUSES; `common` where nothing does."""
        return np.asarray(CAUSES[self.cause])

    @property
    def last(self) -> np.ndarray:
        """Position of each series' last point; -1 where it has none."""
        there = ~np.isnan(self.values)
        if not there.shape[-1]:
            return np.full(there.shape[:-1], -1)
        place = there.shape[-1] - 1 - np.argmax(there[..., ::-1], axis=-1)
        return np.where(there.any(axis=-1), place, -1)

    def at_last(self, array: np.ndarray) -> np.ndarray:
        """The entry of each series' last point."""
        return np.take_along_axis(array, np.expand_dims(self.last, -1), -1)[..., 0]

    def point_type(self, better: str) -> np.ndarray:
        """`common`, or for `better` (`increase`, `decrease`, `neutral`) what a flagged point means."""
        return meaning(self.cause, better)

    def variation(self, better: str) -> np.ndarray | str:
        """What the last point is: `common`, `improvement`, `concern`, `neutral_high`, `neutral_low`, or `` where
        there are too few points to say."""
        newest = np.where(self.at_last(self.limits_shown), meaning(self.at_last(self.cause), better), "")
        return newest if self.values.ndim > 1 else str(newest)

    def assurance(self, target: ArrayLike, better: str) -> np.ndarray | str | None:
        """Whether the process will meet `target`, by the last group's limits (see control_chart_rules.assurance)."""
        enough = self.at_last(self.limits_shown)
        low = np.where(enough, self.at_last(self.low), np.nan)
        answer = assurance(low, self.at_last(self.high), target, better)
        return answer if self.values.ndim > 1 else str(answer) or None


def xmr(
    values: ArrayLike,
    *,
    screen: bool = True,
    baseline: int | None = None,
    began: Iterable[int] = (),
    rules: Rules = MAKING_DATA_COUNT,
) -> Chart:
    """Individuals chart: mean and 2.66 mean moving ranges either side.

    values : one series or many (series x points), in the order of time
    screen : leave outlying moving ranges out of their mean, once (the NHS Excel tool does not; the mean keeps all)
    baseline : the limits rest on the first so many points of each group; None: on all its points, and so move
    began : positions at which a person rebased (`starts`); no range or run crosses them
    """

    def limits(used: np.ndarray, _here: slice) -> tuple[np.ndarray, np.ndarray]:
        ranges = abs(np.diff(used))
        average = mean_along(ranges)
        if screen:
            kept = np.where(ranges < rules.screen * average * (1 - ROUNDING), ranges, np.nan)
            average = np.where(np.nansum(kept, axis=-1, keepdims=True) > 0, mean_along(kept), average)
        return mean_along(used), rules.limit * average

    return grouped_chart(np.array(values, float), limits, baseline, began, rules)


def p_chart(
    met: ArrayLike,
    of: ArrayLike,
    *,
    overdispersed: bool = False,
    baseline: int | None = None,
    began: Iterable[int] = (),
    rules: Rules = MAKING_DATA_COUNT,
) -> Chart:
    """Chart of shares with binomial limits, three standard errors either side, wider where `of` is small.

    met, of : counts, of one shape; a share of no cases is no point
    overdispersed : widen the limits by the spread between the points themselves (Laney's p'-chart), never narrow them
    """
    met, of = np.array(met, float), np.array(of, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _rated(met / of, of, lambda p: p * (1 - p), overdispersed, baseline, began, rules)


def u_chart(
    count: ArrayLike,
    population: ArrayLike,
    *,
    per: float = 1,
    overdispersed: bool = False,
    baseline: int | None = None,
    began: Iterable[int] = (),
    rules: Rules = MAKING_DATA_COUNT,
) -> Chart:
    """Chart of rates per `per` people with Poisson limits, else as `p_chart` (overdispersed: Laney's u'-chart). What a
    rule flags of a rate it flags of the counts too, at the mean population: a population's step alone is no change."""
    count, exposure = np.array(count, float), np.array(population, float) / per
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = np.where(np.isnan(count / exposure), np.nan, mean_along(exposure))
        rates, counts = (
            _rated(count / base, base, lambda u: u, overdispersed, baseline, began, rules) for base in (exposure, usual)
        )
    flags = {name: np.where(flag == counts.rules[name], flag, 0) for name, flag in rates.rules.items()}
    return replace(rates, rules=flags)


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
    positions = {int(np.searchsorted(days, np.datetime64(r.on, "D"))) for r in rebases}
    return tuple(sorted(positions - {0, len(days)}))


def clip(limits: ArrayLike, floor: float | None = 0, ceiling: float | None = None) -> np.ndarray:
    """Limits as they may be drawn: counts from 0, shares from 0 to 1. Never before the rules have run."""
    return np.clip(limits, floor, ceiling)


def sentence(chart: Chart, text: Callable[[float], str] = "{:,.1f}".format) -> str:
    """What may be said of one series. `text` prints a limit, in the series' own unit."""
    points, least = int((~np.isnan(chart.values)).sum()), chart.constants.none_below
    if not points or not chart.at_last(chart.limits_shown):
        points = int(chart.at_last(chart.baseline)) if points else 0
        return f"{points} point{'' if points == 1 else 's'}; fewer than {least} points: not testable"
    low, high = (text(float(chart.at_last(line))) for line in (chart.low, chart.high))
    limits = (
        f"limits {low} to {high}" if chart.at_last(chart.has_limits) else "no limits, as the points are all the same"
    )
    few = f" (trial: fewer than {chart.constants.trial_below} points)" if chart.at_last(chart.trial) else ""
    cause = str(CAUSES[chart.at_last(chart.cause)])
    kind = "common" if cause == "common" else "special"
    met = SAID[cause].format(run=chart.constants.run)
    met += " at the last point, some before it" if kind == "common" and chart.cause.any() else ""
    return f"{points} points; {kind} cause variation; {limits}{few}; {met}"


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
    "drift_increasing": "a steady rise over all its points",
    "drift_decreasing": "a steady fall over all its points",
}


Limits = Callable[[np.ndarray, slice], tuple[np.ndarray, np.ndarray]]  # of the points used: centre and half-width


def grouped_chart(
    values: np.ndarray, limits: Limits, baseline: int | None, began: Iterable[int], rules: Rules
) -> Chart:
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
        parts.append([part, *lines, count, *flagged_by(part, lines, count, rules)])
    columns = [np.concatenate(pieces, axis=-1) for pieces in zip(*parts, strict=True)]
    values, mean, low, high, near_low, near_high, count, *flags = columns
    by_rule = dict(zip(NAMED, flags, strict=False))  # all but the stocks' own
    return Chart(values, mean, low, high, near_low, near_high, by_rule, count, began, rules)


def _rated(
    values: np.ndarray,
    size: np.ndarray,
    variance: Callable[[np.ndarray], np.ndarray],
    overdispersed: bool,
    baseline: int | None,
    began: Iterable[int],
    rules: Rules,
) -> Chart:
    """Limits at three standard errors of each point, given the variance of one case at the centre."""

    def limits(used: np.ndarray, here: slice) -> tuple[np.ndarray, np.ndarray]:
        n, inside = size[..., here], ~np.isnan(used)
        total = np.where(inside, n, 0).sum(-1, keepdims=True)
        centre = np.where(inside, used * n, 0).sum(-1, keepdims=True) / total
        error = np.sqrt(variance(centre) / n)
        if overdispersed:
            spread = mean_along(abs(np.diff((used - centre) / error))) / 1.128
            error = error * np.fmax(spread, 1)  # less spread than chance alone makes is chance too
        return centre, 3 * error

    return grouped_chart(values, limits, baseline, began, rules)


def mean_along(values: np.ndarray) -> np.ndarray:
    """Mean along the points, nan left out, kept as a column; nan where there is none."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(there, values, 0).sum(-1, keepdims=True) / there.sum(-1, keepdims=True))
