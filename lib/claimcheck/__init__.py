"""Are the printed figures right? An audit of printed claims, the way a good statistician would read them.

A claim is a printed sentence and its numbers; format, verdicts and diagnoses are in the README. Every number is an
exact fraction, every printed input stands for the range that rounds to it, and a claim is called wrong only where no
fair reading of what is printed gives it.

    import claimcheck
    answers = claimcheck.audit(claimcheck.read("claims.csv"))
    findings = claimcheck.read_draft("draft.docx").findings
"""

from __future__ import annotations

from collections.abc import Iterable

from lscb.errors import UserError

from .answers import FAMILIES, FAMILY_OF, ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG, Answer
from .claim import Claim, typed
from .claim_files import Claims, command, read, write
from .draft_reading import Finding, Reading, read_draft
from .judgement import KINDS, judge
from .possible_counts import feasible_counts


def audit(claims: Iterable[dict | Claim]) -> list[Answer]:
    """One answer per claim, in their order. Raises UserError naming claim and field for one that has no shape.

    What a claim gives and the audit does not know (a misspelt field) is named in the answer's `notes`.
    """
    answers = []
    for claim in typed(claims):
        notes = {"notes": list(claim.problems)} if claim.problems else {}
        answers.append(Answer(id=claim.id, **judge(claim), **notes))
    return answers


__all__ = [
    "FAMILIES", "FAMILY_OF", "KINDS", "ONLY_IF", "REPRODUCES", "UNKNOWN", "VERDICTS", "WRONG", "Answer", "Claim",
    "Claims", "Finding", "Reading", "UserError", "audit", "command", "feasible_counts", "read", "read_draft", "write",
]  # fmt: skip
