"""What the reasons of earlier packs say, held against other tables: of some numbers at least one is small."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .solver_parts import Reader


class OneOf(NamedTuple):
    """At least one of these places holds a number between its least and its most."""

    places: np.ndarray
    least: np.ndarray
    most: np.ndarray

    def holds(self, table: np.ndarray) -> bool:
        """Whether it is so in a table."""
        there = np.round(table[self.places])
        return bool(((there >= self.least) & (there <= self.most)).any())


class Claims:
    """A reader's claims on the numbers of one part; all are true of the true table."""

    def __init__(self, reader: Reader, base: np.ndarray):
        tops = np.array([top for _, top in reader.claims], float)[:, None]
        self.among = np.zeros((len(tops), len(base)), bool)
        for row, (some, _) in enumerate(reader.claims):
            self.among[row, list(some)] = True
        self.least, self.most = 1 - base, tops - base  # distances from the true number with which one is small
        self.small = self.among & (self.least <= 0) & (self.most >= 0)

    def hold(self, places: np.ndarray, moves: np.ndarray) -> bool:
        """Whether every claim is true of the true table with some numbers moved."""
        left = self.small.sum(axis=1) - self.small[:, places].sum(axis=1)
        if (left > 0).all():
            return True
        moved = self.among[:, places] & (moves >= self.least[places]) & (moves <= self.most[:, places])
        return bool((left + moved.sum(axis=1) > 0).all())

    def of(self, near: np.ndarray, ranges: np.ndarray) -> list[OneOf]:
        """Those that some numbers alone must make true: nothing else that they name may be small in these ranges."""
        if not len(self.among):
            return []
        may = self.among & (ranges[:, 0] <= self.most) & (ranges[:, 1] >= self.least)
        inside = may[:, near]
        rows = np.flatnonzero(inside.any(axis=1) & (inside.sum(axis=1) == may.sum(axis=1)))
        places = [(row, np.flatnonzero(inside[row])) for row in rows]
        return [OneOf(some, self.least[near[some]], self.most[row, near[some]]) for row, some in places]
