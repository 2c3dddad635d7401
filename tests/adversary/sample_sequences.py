"""Quarters of invented returns, drawn anew: `PYTHONPATH=lib python tests/adversary/sample_sequences.py [seeds] [first seed]`.

Of each seed the second, third and fourth quarter, with the rows that had come by then, are protected and attacked: each alone,
and one after the other as if each were circulated. Counted are the withheld figures of which a reader of one audience,
or of all that he sees, finds fewer than three numbers possible; and how many of those alone, with the true one among
them, a reader finds who bets besides that no withheld figure is 0, or that and that each is small: nothing printed says
either. One line per seed, and one of all.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

import cellguard
from board_packs import sample, tables
from board_packs.quarter import receiving
from board_packs.quarter.disclosure_control import given_away, together
from board_packs.quarter.input_digests import inputs
from board_packs.quarter.official_tables import is_open
from board_packs.quarter.pack_settings import guarded
from board_packs.quarter.request import Request
from board_packs.quarter.row_sums import row_sums
from lscb import long_table
from lscb.periods import Quarter
from openstats.project_data import ROOT

AREA, PERIODS = "E06000045", ("2017-18-Q2", "2017-18-Q3", "2017-18-Q4")
Tables = dict[str, pd.DataFrame]
RESULT = {"measure", "figure", "candidates", "possible", "min", "max", "exposed"}


def drawn(seed: int, periods: tuple[str, ...] = PERIODS) -> list[Tables]:
    """The tables of each quarter, before disclosure control."""
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / periods[-1]
        sample.write(folder, seed=seed)
        asked = [Request(Quarter.parse(p), (AREA,), folder, None, ROOT, sample=True) for p in periods]
        return [tables.build(inputs(each, receiving.receive(each, checked=False))) for each in asked]


def narrowed(working: Tables, past: list) -> tuple[int, tuple[int, int], list]:
    """How many figures a quarter gives away beside those circulated before, how many alone to who bets that none is 0, and
    that besides each is small, and its own entries for the next."""
    result = together(working, guarded(), past)
    broken, bets = 0, [0, 0]
    for audience in result.protected:
        now = {each: result.protected[each] for each in (audience, *cellguard.profile(audience).sees)}
        broken += given_away(audience, now, past, result.ledger)[0]
        for place, small in enumerate((False, True) if not past else ()):
            found = cellguard.breaches(bet(audience, now, small), result.ledger, audience)
            bets[place] += sum(true_of(working, row) in row["possible"].split(", ") for row in found.to_dict("records"))
    closed = {a: {n: t for n, t in p.items() if not is_open(n)} for a, p in result.protected.items()}
    return broken, (bets[0], bets[1]), [cellguard.history.Entry(audience, held) for audience, held in closed.items()]


def true_of(working: Tables, row: dict) -> str:
    """The count of a row of an attack; empty where no table has it. A bet that is lost finds other numbers."""
    for frame in working.values():
        dims = [name for name in long_table.dimensions(frame) if name in row]
        if row["figure"] == "count" and not {d for d in row if d not in dims and row[d] != "Total"} - RESULT:
            some = frame[(frame[dims].astype(str) == [str(row[d]) for d in dims]).all(axis=1) & frame["count"].notna()]
            if len(some) == 1:
                return f"{some['count'].iloc[0]:.0f}"
    return ""


def bet(audience: str, now: dict[str, Tables], small: bool) -> pd.DataFrame:
    """What a reader works out who takes it for a rule that zeros are always printed; and, `small`, that what is withheld and
    has no rounded figure elsewhere is a small count."""
    rule = dataclasses.replace(cellguard.profile(audience), zeros="always")
    relations = row_sums(now.values())
    told = {each: {name: small_ones(frame) for name, frame in frames.items()} for each, frames in now.items()}
    asked = {"profile": rule, "full": False, "documentation": tables.documentation(), "relations": relations}
    return cellguard.attack([told if small else now], **asked)


def small_ones(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of which each withheld count says that it is from 1 to the most that its reason names as small."""
    most = frame["reason"].astype(str).str.extract(r"between 1 and (\d+)(?!.*about)", expand=False)
    said = frame["reason"].astype(str).str.replace(r"; from .*", "", regex=True) + "; from 1 to " + most
    return frame.assign(reason=said.where(most.notna() & (frame["status"] == "suppressed"), frame["reason"]))


def main(seeds: str = "20", first: str = "0") -> int:
    total, bets, begun = 0, [0, 0], time.process_time()
    for seed in range(int(first), int(first) + int(seeds)):
        quarters, past = drawn(seed), []
        alone, by_bets, _ = zip(*(narrowed(working, []) for working in quarters), strict=True)
        after = []
        for working in quarters:
            broken, _, entries = narrowed(working, past)
            past += entries
            after.append(broken)
        total += sum(alone) + sum(after)
        bets = [each + sum(some) for each, some in zip(bets, zip(*by_bets, strict=True), strict=True)]
        print(f"seed {seed}: alone {[*alone]}, by bets {[*by_bets]}, one after the other {after}", flush=True)
    seconds = time.process_time() - begun
    print(
        f"{seeds} seeds from {first}, {len(PERIODS)} quarters: {total} figures given away, {bets[0]} to who bets that none is 0, {bets[1]} that besides each is small; {seconds:.0f} s of processor time"
    )
    return bool(total)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
