"""Quarters of invented returns, drawn anew: `PYTHONPATH=lib python tests/adversary/sample_sequences.py [seeds] [first seed]`.

Of each seed the second, third and fourth quarter, with the rows that had come by then, are protected and attacked: each alone,
and one after the other as if each were circulated. Counted are the withheld figures of which a reader of one audience,
or of all that he sees, finds fewer than three numbers possible; and how many of those alone a reader finds who bets
besides that no withheld figure is 0, which nothing printed says. One line per seed, and one of all.
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
from lscb.periods import Quarter
from openstats.project_data import ROOT

AREA, PERIODS = "E06000045", ("2017-18-Q2", "2017-18-Q3", "2017-18-Q4")
Tables = dict[str, pd.DataFrame]


def drawn(seed: int) -> list[Tables]:
    """The tables of each quarter, before disclosure control."""
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / PERIODS[-1]
        sample.write(folder, seed=seed)
        asked = [Request(Quarter.parse(p), (AREA,), folder, None, ROOT, sample=True) for p in PERIODS]
        return [tables.build(inputs(each, receiving.receive(each, checked=False))) for each in asked]


def narrowed(working: Tables, past: list) -> tuple[int, int, list]:
    """How many figures a quarter gives away beside those circulated before, how many alone to who bets that none is 0,
    and its own entries for the next."""
    result = together(working, guarded(), past)
    broken, by_a_bet = 0, 0
    for audience in result.protected:
        now = {each: result.protected[each] for each in (audience, *cellguard.profile(audience).sees)}
        broken += given_away(audience, now, past, result.ledger)[0]
        if not past:
            by_a_bet += len(cellguard.breaches(bet(audience, now), result.ledger, audience))
    closed = {a: {n: t for n, t in p.items() if not is_open(n)} for a, p in result.protected.items()}
    return broken, by_a_bet, [cellguard.history.Entry(audience, held) for audience, held in closed.items()]


def bet(audience: str, now: dict[str, Tables]) -> pd.DataFrame:
    """What a reader works out who takes it for a rule that zeros are always printed."""
    rule = dataclasses.replace(cellguard.profile(audience), zeros="always")
    relations = row_sums(now.values())
    return cellguard.attack([now], profile=rule, full=False, documentation=tables.documentation(), relations=relations)


def main(seeds: str = "20", first: str = "0") -> int:
    total, bets, begun = 0, 0, time.process_time()
    for seed in range(int(first), int(first) + int(seeds)):
        quarters, past = drawn(seed), []
        alone, by_a_bet, _ = zip(*(narrowed(working, []) for working in quarters), strict=True)
        after = []
        for working in quarters:
            broken, _, entries = narrowed(working, past)
            past += entries
            after.append(broken)
        total += sum(alone) + sum(after)
        bets += sum(by_a_bet)
        print(f"seed {seed}: alone {[*alone]}, by a bet {[*by_a_bet]}, one after the other {after}", flush=True)
    seconds = time.process_time() - begun
    print(
        f"{seeds} seeds from {first}, {len(PERIODS)} quarters: {total} figures given away, {bets} to who bets that none is 0; {seconds:.0f} s of processor time"
    )
    return bool(total)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
