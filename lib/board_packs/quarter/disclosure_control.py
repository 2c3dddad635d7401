"""Protecting an area's tables and attacking the result, on the files of a run.

Both read and write files only, replace them in one step, and can be done again. Their answers are plain values.
"""

from __future__ import annotations

import os
import shutil
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from lscb import long_table
from lscb.errors import UserError

from ..tables import documentation
from . import run_files as files

if TYPE_CHECKING:
    import pandas as pd


def protect(folder: str, profiles: list[str], history: str, area: str) -> dict:
    """Protects all tables of an area together and writes protected/<audience>/ and the ledger (which stays inside).

    Answer: `hidden` figures by audience, `seconds`.
    """
    import cellguard as disclosure

    begun = time.perf_counter()
    place = Path(folder)
    working = {path.stem: long_table.load(path) for path in sorted((place / "working").glob("*.csv"))}
    past = disclosure.history.load(Path(history), area)
    memo = files.private(place / "working" / "solved")
    try:
        protected, ledger = disclosure.protect(
            working, tuple(profiles), history=past, documentation=documentation(), memo=memo
        )
    except UserError as error:
        return {"failed": str(error)}
    hidden = {}
    for audience in profiles:
        draft = place / "protected" / f".{audience}-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        long_table.write(protected[audience], files.private(draft))
        files.replace_folder(draft, place / "protected" / audience)
        hidden[audience] = sum(int((t["status"] == "suppressed").sum()) for t in protected[audience].values())
    files.write_text(place / "ledger.csv", ledger.to_csv(index=False, lineterminator="\n"))
    return {"hidden": hidden, "seconds": round(time.perf_counter() - begun, 2)}


def attack(folder: str, audience: str, history: str, area: str) -> dict:
    """Attacks everything one audience has been given so far, with what it sees of others, as its reader could.

    Answer: `reasons` why nothing may leave for that audience (empty: the promise holds), `seconds`, and `before`: how
    many figures could be worked out from packs circulated before, to which this run adds nothing.
    """
    import pandas as pd

    import cellguard as disclosure

    begun = time.perf_counter()
    place = Path(folder)
    sees = (audience, *disclosure.profile(audience).sees)
    now = {a: {p.stem: long_table.load(p) for p in sorted((place / "protected" / a).glob("*.csv"))} for a in sees}
    given = disclosure.history.load(Path(history), area)
    ledger = pd.read_csv(place / "ledger.csv", dtype="str", keep_default_na=False)
    try:
        broken, before = given_away(audience, now, given, ledger)
    except UserError as error:
        return {"failed": str(error)}
    why = [f"disclosure: {broken} withheld figures could be worked out"] if broken else []
    return {"reasons": why, "before": before, "seconds": round(time.perf_counter() - begun, 2)}


def given_away(audience: str, now: dict, given: list, ledger: pd.DataFrame) -> tuple[int, int]:
    """How many withheld figures an audience can work out with what it sees now ({audience: tables}) and could not
    before; and how many it could with what it was given (history entries, oldest first), and no further now.

    Raises UserError where tables contradict themselves.
    """
    import cellguard as disclosure

    given = [entry for entry in given if entry.audience in now]
    found = disclosure.attack([*given, now], profile=audience, full=False, documentation=documentation())
    every = len(disclosure.breaches(found, ledger, audience))
    if not every or not given:
        return every, 0
    before = disclosure.attack(given, profile=audience, full=False, documentation=documentation())
    broken = len(disclosure.breaches(found, ledger, audience, before))
    return broken, every - broken


def protect_here(**job) -> dict:
    """`protect` in this process. What breaks is an answer, as of a worker: `failed` in one line, which names the kind
    of error and no value of a case."""
    try:
        return protect(**job)
    except (UserError, OSError):
        raise
    except Exception as error:
        if os.environ.get("LSCB_DEBUG"):
            traceback.print_exc()
        return {"failed": f"its tables could not be protected ({type(error).__name__}; LSCB_DEBUG=1 shows where)"}
