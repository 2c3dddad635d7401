"""What disclosure control costs after many circulated quarters, beside the pages of one and beside the second quarter."""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path

from plain_commands import PERIOD, built, cells, lscb, received

import cellguard
from board_packs.quarter.disclosure_control import given_away, together
from board_packs.quarter.official_tables import is_open
from board_packs.quarter.pack_settings import guarded
from lscb.periods import Quarter


def history(quarters: int = 12) -> dict:
    """Quarters circulated one after the other: what the last costs to protect and to attack, for every audience and
    with all packs before it, beside the second (in function calls, which no other program on the machine changes) and
    beside the cells of its pages (in processor seconds); and whether anything was given away at any of them."""
    past: list[cellguard.history.Entry] = []
    broken, calls, gaps = 0, list[int](), list[float]()
    for back in reversed(range(quarters)):
        working = built(*received(str(Quarter.parse(PERIOD) - back)))
        counted = cProfile.Profile(time.process_time)
        begun = time.process_time()
        result = counted.runcall(together, working, guarded(), past)
        attacking = time.process_time()
        for audience in result.protected:
            now = {each: result.protected[each] for each in (audience, *cellguard.profile(audience).sees)}
            broken += counted.runcall(given_away, audience, now, past, result.ledger)[0]
        seconds = {"protect": attacking - begun, "attack": time.process_time() - attacking}
        calls.append(pstats.Stats(counted).total_calls)
        gaps.append(float(result.ledger["gap"].max()))
        print(f"history: quarter {len(calls)}, {calls[-1]:,} calls", file=sys.stderr, flush=True)
        closed = {a: {n: t for n, t in p.items() if not is_open(n)} for a, p in result.protected.items()}
        past += [cellguard.history.Entry(audience, held) for audience, held in closed.items()]
    with tempfile.TemporaryDirectory() as name:
        lscb(Path(name))
        seconds["cells"] = cells(Path(name))
    before = f"protect and attack with {quarters - 1} quarters before"
    return {
        f"{before} / with 1 before, function calls": round(calls[-1] / calls[1], 3),
        f"{before} (while counted) / the cells of the pages": round(
            (seconds["protect"] + seconds["attack"]) / seconds["cells"], 3
        ),
        f"figures given away in {quarters} quarters": broken,
        "how far from the least loss at most, share": max(gaps),
        "seconds": seconds | {"calls": calls},
    }
