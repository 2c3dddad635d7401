"""Other tables that fit everything a reader knows, kept as they are found: most patterns are shown safe by tables found
for an earlier one."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from .earlier_claims import Claims
from .solver_parts import Reader


class PossibleTables:
    """Possible tables as distances from the true one, each the numbers that differ and by how much."""

    def __init__(self, reader: Reader, base: np.ndarray):
        self.reader, self.claims = reader, Claims(reader, base)
        self.size = len(reader.hidden)
        # target, distance -> tables
        self.with_it: dict[int, dict[int, list[int]]] = {t: defaultdict(list) for t in reader.targets}
        self.asked = np.isin(np.arange(self.size), list(reader.targets))
        self.kept: set[bytes] = set()
        self.starts: list[int] = []  # of each table in `breaks`
        self.breaks = np.zeros(1024, np.int32)  # numbers that must not be shown, then (+ size) not at all
        self.end = 0
        self.shown = np.ones(2 * self.size, bool)
        self.fits, self.left = bytearray(), dict[bytes, bytearray]()

    def keep(self, places: np.ndarray, moves: np.ndarray) -> None:
        """Keep a table, with its mirror image and its smallest whole fraction, where the reader's ranges allow them."""
        if not self.asked[places].any():
            return
        step = int(np.gcd.reduce(np.abs(moves)))
        for each in (moves, -moves) if step == 1 else (moves, -moves, moves // step, -moves // step):
            self._keep(places, each)

    def _keep(self, places: np.ndarray, moves: np.ndarray) -> None:
        low, high = self.reader.hidden[places].T
        name = places.tobytes() + moves.tobytes()
        if name in self.kept or (moves < low).any() or (moves > high).any():
            return
        if not self.claims.hold(places, moves):
            return
        self.kept.add(name)
        low, high = self.reader.rounded[places].T
        breaks = np.concatenate([places, places[(moves < low) | (moves > high)] + self.size])
        while self.end + len(breaks) > len(self.breaks):
            self.breaks = np.concatenate([self.breaks, np.zeros_like(self.breaks)])
        self.breaks[self.end : self.end + len(breaks)] = breaks
        asked, number = self.asked[places], [len(self.starts)]
        for place, move in zip(places[asked].tolist(), moves[asked].tolist(), strict=True):
            self.with_it[place][move] += number
        self.starts.append(self.end)
        self.end += len(breaks)

    def look(self, unshown: np.ndarray, gone: np.ndarray) -> None:
        """From here on `distances` speaks of the pattern with these numbers not shown as counted, and not at all."""
        shown = ~np.concatenate([unshown, gone])
        if not np.array_equal(shown, self.shown):
            self.shown, self.fits, self.left = shown, bytearray(), {}

    def distances(self, target: int) -> set[int]:
        """How far from the true number a target is known to be possible, in the pattern looked at."""
        fits = self._tell(self.fits, self.shown, 1).__getitem__
        return {0} | {y for y, tables in self.with_it[target].items() if any(map(fits, tables))}

    def leaving(self, target: int, some: np.ndarray) -> set[int]:
        """Those of `distances` of which a table leaves one of these numbers as it is."""
        fits, among = self._tell(self.fits, self.shown, 1), np.isin(np.arange(2 * self.size), some)
        leaves = self._tell(self.left.setdefault(some.tobytes(), bytearray()), among, len(some))
        tables = self.with_it[target].items()
        return {0} | {y for y, every in tables if any(fits[table] and leaves[table] for table in every)}

    def _tell(self, known: bytearray, places: np.ndarray, most: int) -> bytearray:
        """Whether a table has fewer than `most` of these places: of those kept since what is `known`, added to it."""
        if len(known) < len(self.starts):
            starts = np.array(self.starts[len(known) :])
            there = np.add.reduceat(places[self.breaks[starts[0] : self.end]], starts - starts[0], dtype=int)
            known += bytearray(there < most)
        return known
