"""The figures of the Board's last annual report: how many claims they make, and how many of those reproduce.

Made from the published report and official series alone, so it is open. The claims themselves, with their quotes,
are in data/reference/annual-report-2017-18-claims.json.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lscb.long_table import TOTAL, cells
from openstats.project_data import DATA

from .quarter_inputs import Inputs
from .registry import table

if TYPE_CHECKING:
    from claimcheck import Answer

AREA, YEAR = "E06000045", "2017-18"  # whose report it is, and of which year
FIGURES_FILE = DATA / "reference" / f"annual-report-{YEAR}-figures.csv"
CLAIMS_FILE = DATA / "reference" / f"annual-report-{YEAR}-claims.json"


def figures_of(claim: dict) -> list[int]:
    """Which rows of the list of figures a claim is made from; its `source` ends with them."""
    return [int(number) for number in claim["source"].split("figures ")[1].split(", ")]


@table("published_claims")
def published_claims(inputs: Inputs):
    """Claims of the published report by verdict and family of diagnosis; its figures, and those in no claim."""
    if AREA not in inputs.areas:
        reason = "no claims are kept for this area: write those of its own report as in data/reference/claims-template.csv and run lscb claims on them"
        return cells([dict(area=a, period=YEAR, measure="published_claims", reason=reason) for a in inputs.areas])
    import csv

    import claimcheck as claims  # a third of what a run imports, and the table is seldom made again

    report = claims.read(CLAIMS_FILE)
    with open(FIGURES_FILE, encoding="utf-8", newline="") as file:
        listed = sum(1 for _ in csv.DictReader(file))
    in_claims = len({number for claim in report for number in figures_of(claim)})
    rows = _counts(claims.audit(report))
    rows += [
        dict(measure="published_figures", verdict=TOTAL, family=TOTAL, count=listed),
        dict(measure="published_figures_in_claims", verdict=TOTAL, family=TOTAL, count=in_claims, of=listed),
        dict(measure="published_figures_alone", verdict=TOTAL, family=TOTAL, count=listed - in_claims, of=listed),
    ]
    return cells(rows, area=AREA, period=YEAR, unit="")


def _counts(answers: list[Answer]) -> list[dict]:
    from claimcheck import VERDICTS

    tally = Counter((a.verdict, a.family) for a in answers)
    rows = [dict(verdict=v, family=f, count=n) for (v, f), n in sorted(tally.items())]
    rows += [dict(verdict=v, family=TOTAL, count=sum(a.verdict == v for a in answers)) for v in VERDICTS]
    families = sorted({a.family for a in answers})
    rows += [dict(verdict=TOTAL, family=f, count=sum(a.family == f for a in answers)) for f in families]
    rows += [dict(verdict=TOTAL, family=TOTAL, count=len(answers))]
    return [dict(measure="published_claims", **row) for row in rows]
