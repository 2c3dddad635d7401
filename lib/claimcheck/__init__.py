"""Are the printed figures right? An audit of printed claims, the way a good statistician would read them.

A claim is a printed sentence and its numbers; format, verdicts and diagnoses are in the README and in CLAIMS.md of
the guide. Every number is an exact fraction, every printed input stands for the range that rounds to it, and a claim
is called wrong only where no fair reading of what is printed gives it.

    import claimcheck
    answers = claimcheck.audit(claimcheck.read("draft.csv"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lscb.errors import UserError

from . import (
    average_claims,
    change_claims,
    comparison_claims,
    direction_claims,
    group_claims,
    label_claims,
    multiple_claims,
    rate_claims,
    share_claims,
    total_claims,
    trend_claims,
)
from .answers import FAMILIES, FAMILY_OF, ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG, Answer
from .claim import Claim, typed
from .claim_files import Claims, command, read, write
from .possible_counts import feasible_counts

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
    "rank": label_claims.rank,
}


def audit(claims: Iterable[dict | Claim]) -> list[Answer]:
    """One answer per claim, in their order. Raises UserError naming claim and field for one that has no shape.

    What a claim gives and the audit does not know (a misspelt field) is named in the answer's `notes`.
    """
    match = []
    for claim in typed(claims):
        result = KINDS[claim.kind](claim)
        notes = {"notes": list(claim.problems)} if claim.problems else {}
        match.append(Answer(id=claim.id, **result, **notes))
    return match


__all__ = [
    "FAMILIES", "FAMILY_OF", "KINDS", "ONLY_IF", "REPRODUCES", "UNKNOWN", "VERDICTS", "WRONG", "Answer", "Claim",
    "Claims", "UserError", "audit", "command", "feasible_counts", "read", "write",
]  # fmt: skip
