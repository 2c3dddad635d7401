"""Protecting an area's tables and attacking the result, on the files of a run.

Both read and write files only, replace them in one step, and can be done again. Their answers are plain values.
"""

from __future__ import annotations

import os
import shutil
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import cellguard
from lscb import long_table
from lscb.errors import Failed, UserError
from openstats.sources import number_of
from returncheck import dictionary

from ..tables import builders, documentation
from ..tables.child_deaths_between import FEW
from ..tables.protected_marks import of_audience
from ..tables.reasons import NO_ROW_OF
from ..tables.registry import official
from . import checked_ledger, labels
from . import run_files as files
from .merged_labels import since_split
from .row_sums import row_sums


def protect(folder: Path, audiences: list[str], history: Path, area: str, force: bool = False) -> dict:
    """Protects all tables of an area together and writes protected/<audience>/ and the ledger (which stays inside).

    force : parts that were solved before are solved again
    Returns `hidden` figures by audience, and `seconds`. Raises Failed where the tables cannot be protected.
    """
    begun = time.perf_counter()
    working = {path.stem: long_table.load(path) for path in sorted((folder / "working").glob("*.csv"))}
    memo = files.checked(folder / "working" / "solved", force)
    try:
        protected, ledger = together(working, audiences, checked_ledger.load(folder, history, area), memo)
    except UserError as error:
        raise Failed(str(error)) from None
    files.seal(memo)
    made_from = {name: builder.returns for builder in builders() for name in builder.names}
    apart = {name: _reason_alone(frame) for name, frame in working.items() if name in panel_only()}
    protected = {audience: of_audience(frames, made_from, official()) | apart for audience, frames in protected.items()}
    hidden = {}
    for audience in audiences:
        draft = folder / "protected" / f".{audience}-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        long_table.write(protected[audience], files.private(draft))
        files.replace_folder(draft, folder / "protected" / audience)
        hidden[audience] = sum(int((t["status"] == "suppressed").sum()) for t in protected[audience].values())
    files.write_text(folder / "ledger.csv", long_table.csv_text(ledger))
    return {"hidden": hidden, "seconds": round(time.perf_counter() - begun, 2)}


def together(
    working: dict, audiences: list[str], past: list, memo: Path | None = None
) -> cellguard.protection.Protected:
    """All tables of a quarter protected for every audience, beside what was circulated (history entries, oldest first),
    with the sums over quarters and years that readers can write down."""
    past, splits = since_split(past, working)
    sums = [*splits, *row_sums([*(entry.tables for entry in past), working])]
    about = {"relations": sums, "documentation": documentation(), "memo": memo}
    shared = {name: frame for name, frame in working.items() if name not in panel_only()}
    return cellguard.protect(shared, tuple(audiences), history=past, **about)


def panel_only() -> set[str]:
    """The tables of which each row is a case (`panel_only` in the dictionary of tables)."""
    return {name for name, about in documentation()["tables"].items() if about.get("panel_only")}


def _reason_alone(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of cases as a protected audience has it: a row for each area that says where its figures are."""
    one = frame.drop_duplicates("area")[["area", "period"]]
    reason = "the days from one death to the next stand on the panel's own page alone, since each is of single children"
    lacking = frame["status"].eq("not_available").all() and [why for why in frame["reason"] if why != FEW]
    absent = lacking[0] if lacking else reason  # that fewer than two are held is a number of them
    return long_table.cells(one.assign(measure="cdop_days_between_deaths", status="not_available", reason=absent))


def attack(folder: Path, audience: str, history: Path, area: str) -> dict:
    """Attacks everything one audience has been given so far, with what it sees of others, as its reader could.

    Returns `reasons` why nothing may leave for that audience (empty: the promise holds), `unsettled`: what a person has
    to say before it is circulated, `seconds`, and `before`: how many figures could be worked out from packs circulated
    before, to which this run adds nothing. Raises Failed where the tables contradict themselves.
    """
    begun = time.perf_counter()
    sees = (audience, *cellguard.profile(audience).sees)
    now = {a: {p.stem: long_table.load(p) for p in sorted((folder / "protected" / a).glob("*.csv"))} for a in sees}
    ledger = long_table.texts(folder / "ledger.csv")
    try:
        broken, before = given_away(audience, now, checked_ledger.load(folder, history, area), ledger)
    except UserError as error:
        raise Failed(str(error)) from None
    why = [f"disclosure: {number_of(broken, 'withheld figure')} could be worked out"] if broken else []
    spent = round(time.perf_counter() - begun, 2)
    return {"reasons": why, "unsettled": unsettled(now[audience].values(), area), "before": before, "seconds": spent}


def unsettled(tables: Iterable[pd.DataFrame], area: str) -> list[str]:
    """Why tables may not be circulated that call a quarter left out for the days with a row of the quarters before it
    alone: how many these are at least is no figure of the tables, which may withhold it. A person's word is.
    """
    measures, answers = documentation()["measures"], labels.load(area).settled()
    returns = {about.title.casefold(): name for name, about in dictionary.load().items()}
    open_ = {name for name, about in measures.items() if about.get("protect") == "none"}
    rows = pd.concat([frame.loc[~frame["measure"].isin(open_), ["area", "reason"]] for frame in tables])
    texts = rows.loc[rows["area"].eq(area), "reason"].drop_duplicates()
    quarters_lacking = dict[tuple[str, str], None]()
    for match in filter(None, map(NO_ROW_OF.pattern.search, texts)):
        for quarter in match["what"].replace(" Q", "-Q").split(" and "):
            quarters_lacking[returns[match["title"].casefold()], quarter] = None
    return [
        f"{name} has no row of {quarter}. Whether it was left out, as pages now say, or nothing came is for a person to "
        f'say: lscb labels --area {area} --quarter {name}={quarter} --as "left out" (or "nothing came") --by NAME'
        for name, quarter in quarters_lacking
        if answers.get((name, quarter)) != "left out"
    ]


def given_away(audience: str, now: dict, past: list, ledger: pd.DataFrame) -> tuple[int, int]:
    """How many withheld figures an audience can work out with what it sees now ({audience: tables}) and could not
    before; and how many it could with what it was given (history entries, oldest first), and no further now.

    Raises UserError where tables contradict themselves.
    """
    past, splits = since_split([entry for entry in past if entry.audience in now], now[audience])
    sums = [*splits, *row_sums([*(entry.tables for entry in past), *now.values()])]
    public = {"profile": audience, "full": False, "documentation": documentation(), "relations": sums}
    findings = cellguard.attack([*past, now], **public)
    every = len(cellguard.breaches(findings, ledger, audience))
    if not every or not past:
        return every, 0
    before = cellguard.attack(past, **public)
    broken = len(cellguard.breaches(findings, ledger, audience, before))
    return broken, every - broken


def protect_here(folder: Path, audiences: list[str], history: Path, area: str) -> dict:
    """`protect` in this process. What breaks raises Failed in one line that names the area and the kind of error, and
    no value of a case."""
    try:
        return protect(folder, audiences, history, area)
    except Failed as error:
        raise Failed(f"{area}: {error}") from None
    except (UserError, OSError):
        raise
    except Exception as error:
        if os.environ.get("LSCB_DEBUG"):
            traceback.print_exc()
        why = f"its tables could not be protected ({type(error).__name__}; LSCB_DEBUG=1 shows where)"
        raise Failed(f"{area}: {why}") from error
