"""Which judge takes which kind of claim, and what is asked of every claim besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import (
    average_claims,
    change_claims,
    comparison_claims,
    direction_claims,
    group_claims,
    interval_claims,
    label_claims,
    multiple_claims,
    rate_claims,
    repeat_claims,
    share_claims,
    total_claims,
    trend_claims,
)
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, WRONG, Answer
from .claim import Claim
from .figures_in_words import with_figures_of_words
from .like_with_like import like_with_like

KINDS: dict[str, Callable[[Claim], Answer]] = {
    "percent_change": change_claims.change,
    "unit_of_change": change_claims.change,
    "point_difference": change_claims.change,
    "multiple": multiple_claims.multiple,
    "direction": direction_claims.direction,
    "percent_difference": comparison_claims.difference,
    "comparison": comparison_claims.difference,
    "share": share_claims.share,
    "bound": share_claims.share,
    "fraction_words": share_claims.share,
    "percent_group": group_claims.percent_group,
    "complement": group_claims.percent_group,
    "parts_percent": group_claims.percent_group,
    "share_group": group_claims.share_group,
    "parts_total": total_claims.parts_total,
    "average": average_claims.average,
    "weighted_mean": average_claims.weighted_mean,
    "rate": rate_claims.rate,
    "rate_group": rate_claims.rate_group,
    "trend": trend_claims.trend,
    "superlative": trend_claims.superlative,
    "period_label": label_claims.period_label,
    "repeat": repeat_claims.repeat,
    "count_change": change_claims.count_change,
    "unlike_periods": repeat_claims.unlike_periods,
    "rank": label_claims.rank,
    "interval": interval_claims.interval,
}
GROUPED = ("rate_group", "period_label", "rank")  # kinds that read all their prints together
WORST_FIRST = (WRONG, UNKNOWN, ONLY_IF, REPRODUCES)


def judge(claim: Claim) -> Answer:
    """The answer to one claim. Every printed figure is judged; the worst of them speaks for the claim."""
    claim = with_figures_of_words(claim)
    prints = claim.figures("printed")
    if len(prints) < 2 or claim.kind in GROUPED:
        return like_with_like(claim, KINDS[claim.kind](claim))
    answers = []
    for each in prints:
        rest = tuple(n for n in claim.numbers if n.role != "printed" or n is each)
        single = replace(claim, numbers=rest)
        judged = like_with_like(single, KINDS[claim.kind](single))
        if (
            judged.verdict == WRONG and not each["unit"] and "%" not in each.text
        ):  # a bare number beside another print may be the amount
            amount = replace(claim, numbers=tuple(replace(n, unit="count") if n is each else n for n in rest))
            other = like_with_like(amount, KINDS[claim.kind](amount))
            judged = other if other.verdict == REPRODUCES else judged
        answers.append(judged)
    worst = min(answers, key=lambda a: WORST_FIRST.index(a.verdict))
    others = [a.sentence for a in answers if a.sentence != worst.sentence]
    return Answer({**worst, "sentence": " ".join([worst.sentence, *others])})
