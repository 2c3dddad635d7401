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

from . import average_claims as averages
from . import change_claims as changes
from . import comparison_claims as comparisons
from . import group_claims as groups
from . import label_claims as labels
from . import multiple_claims as multiples
from . import rate_claims as rates
from . import share_claims as shares
from . import total_claims as totals
from . import trend_claims as series
from .answers import FAMILIES, FAMILY_OF, ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG, Answer
from .claim import Claim, typed
from .claim_files import Claims, command, read, write
from .possible_counts import feasible_counts

KINDS: dict[str, Callable[[Claim], Answer]] = {
    "percent_change": changes.change,
    "unit_of_change": changes.change,
    "point_difference": changes.change,
    "multiple": multiples.multiple,
    "direction": changes.direction,
    "percent_difference": comparisons.difference,
    "comparison": comparisons.difference,
    "share": shares.share,
    "bound": shares.share,
    "fraction_words": shares.share,
    "percent_group": groups.percent_group,
    "complement": groups.percent_group,
    "parts_percent": groups.percent_group,
    "share_group": groups.share_group,
    "parts_total": totals.parts_total,
    "average": averages.average,
    "weighted_mean": averages.weighted_mean,
    "rate": rates.rate,
    "rate_group": rates.rate_group,
    "trend": series.trend,
    "superlative": series.superlative,
    "period_label": labels.period_label,
    "rank": labels.rank,
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
