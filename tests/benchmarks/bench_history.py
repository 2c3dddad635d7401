"""What disclosure control costs after many circulated quarters, beside the pages of one."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from plain_commands import PERIOD, built, cells, lscb, pages, plain, received

import cellguard
from board_packs.quarter.disclosure_control import given_away, together
from board_packs.quarter.official_tables import is_open
from board_packs.quarter.pack_settings import guarded
from lscb.periods import Quarter


def history(quarters: int = 12) -> dict:
    """Quarters circulated one after the other: what the last costs to protect and to attack, for every audience and
    with all packs before it, beside the cells of its pages; and whether anything was given away at any of them."""
    past: list[cellguard.history.Entry] = []
    clock, broken, both = time.process_time, 0, list[float]()
    for back in reversed(range(quarters)):
        working = built(*received(str(Quarter.parse(PERIOD) - back)))
        begun = clock()
        result = together(working, guarded(), past)
        attacking = clock()
        for audience in result.protected:
            now = {each: result.protected[each] for each in (audience, *cellguard.profile(audience).sees)}
            broken += given_away(audience, now, past, result.ledger)[0]
        seconds = {"protect": attacking - begun, "attack": clock() - attacking}
        both.append(sum(seconds.values()))
        closed = {a: {n: t for n, t in p.items() if not is_open(n)} for a, p in result.protected.items()}
        past += [cellguard.history.Entry(audience, held) for audience, held in closed.items()]
    with tempfile.TemporaryDirectory() as name:
        lscb(Path(name))
        seconds["cells"], seconds["pages"] = cells(Path(name)), cells(Path(name), "seconds")
        seconds["papermill"] = plain(pages(Path(name)), Path(name), exported=False)
    before = f"protect and attack with {quarters - 1} quarters before"
    return {
        f"{before} / the cells of the pages": round(both[-1] / seconds["cells"], 3),
        f"{before} / the pages of the run": round(both[-1] / seconds["pages"], 3),
        f"{before} / papermill, page after page": round(both[-1] / seconds["papermill"], 3),
        f"{before} / with 1 before": round(both[-1] / both[1], 3),
        f"figures given away in {quarters} quarters": broken,
        "seconds": seconds,
    }
