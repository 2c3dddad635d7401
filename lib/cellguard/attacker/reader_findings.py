"""What an attack found, as a table: one row per hidden cell; and the rows of it that break the promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb.long_table import TOTAL

from .printed_facts import Facts
from .tied_group import ENOUGH

if TYPE_CHECKING:
    import pandas as pd

RESULT = ("figure", "candidates", "possible", "min", "max", "exposed")


def breaches(
    findings: pd.DataFrame, ledger: pd.DataFrame, profile: str, before: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The rows of an attack that break the promise: exposed numbers, but for those of which the ledger of `protect`
    says that they are not primary: further cells, and what is implied without being small.

    Released tables alone do not say which of what could be small is: without a ledger such a number with few
    candidates looks exposed too. One that the ledger does not know is a breach.

    before : an attack on what was circulated already. Numbers that had just these candidates then are left out: this
        release tells nothing of them, and withholding it would protect nobody
    """
    import pandas as pd

    reasons = ledger[ledger["profile"] == profile]
    further, implied = (set(reasons.loc[reasons["kind"] == kind, "cell"]) for kind in ("further", "implied"))
    before_now = set() if before is None else {(*cell, row["possible"]) for cell, row in _exposed(before)}
    rows = _exposed(findings)
    safe = [
        (c in further and figure != "rest")
        or f"{c} ({figure})" in implied
        or (c, figure, row["possible"]) in before_now
        for (c, figure), row in rows
    ]
    exposed = findings[findings["exposed"]]
    return exposed[~pd.Series(safe, index=exposed.index, dtype=bool)]


def _exposed(findings: pd.DataFrame) -> list[tuple[tuple[str, str], dict]]:
    """(cell, figure) as the ledger writes them, and the row, of every exposed number."""
    dims = [c for c in findings.columns if c not in (*RESULT, "measure")]
    rows = findings[findings["exposed"]].to_dict("records")
    return [((_text(row["measure"], {d: row[d] for d in dims}), row["figure"]), row) for row in rows]


def _text(measure: str, labels: dict) -> str:
    return f"{measure}: " + ", ".join(f"{d} {v}" for d, v in sorted(labels.items()) if v != TOTAL)


def table_of(facts: Facts, candidates: dict, asked: int, threshold: int, few: set[int]) -> pd.DataFrame:
    import pandas as pd

    names = {at: name for name, at in facts.at.items()}
    dims = sorted({d for at in candidates for d, _ in names[at][1]} | {"area", "period"})
    rows = []
    for at, (values, least, most) in candidates.items():
        measure, labels, figure = names[at]
        there = dict(labels)
        small = at in few or any(1 <= v <= threshold for v in values)
        small &= (facts.documentation["measures"].get(measure) or {}).get(
            "protect"
        ) != "none"  # agencies, money: nobody to find
        rows.append(
            {"measure": measure}
            | {d: there.get(d, TOTAL) for d in dims}
            | dict(
                figure=figure.split(" of ")[0],
                candidates=len(values),
                min=least,
                max=most,
                exposed=len(values) < asked and small,
            )
            | dict(possible=", ".join(map(str, sorted(values))) if len(values) < ENOUGH else "")
        )
    frame = pd.DataFrame(rows, columns=["measure", *dims, *RESULT])
    return frame.sort_values(["measure", *dims, "figure"], ignore_index=True)
