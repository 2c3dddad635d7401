"""One connected part of the problem as arrays: numbers, sums, readers, and what may be hidden from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from .audiences import Profile

FAR = 10**9  # stands for no upper limit; far above any count that a quarter can hold


@dataclass
class Reader:
    """Someone who has everything released to one profile and to those it sees.

    Three states of a number, each with the least and the most it can be: shown as counted, shown rounded, hidden.
    Ranges are distances from the true number. `exact` and `any`: for each number, the decisions that must all hide it
    before it is not shown as counted, and not shown at all (empty: no table prints it).
    """

    profile: Profile
    rounded: np.ndarray  # (numbers, 2) distances while it is shown rounded
    hidden: np.ndarray  # (numbers, 2) distances while it is hidden
    exact: list[tuple[int, ...]]
    any: list[tuple[int, ...]]
    targets: dict[int, int]  # number to protect -> candidates asked for
    unsure: dict[int, int]  # those of unknown value (withheld earlier, in no table) -> the least count that tells
    inside: bool  # whether the candidates of a small number must be small
    claims: list[tuple[tuple[int, ...], int]]  # of each of these some number is from 1 to its top, whatever is hidden

    def ranges(self, unshown: np.ndarray, gone: np.ndarray) -> np.ndarray:
        return np.where(gone[:, None], self.hidden, np.where(unshown[:, None], self.rounded, 0))

    def span(self, target: int, base: int) -> tuple[int, int]:
        """How far a target needs to be looked at, down and up from the true number (of unknown value: it may be small,
        whichever number stands for it)."""
        if self.inside and (1 <= base <= self.profile.threshold or self.unsure.get(target)):
            return 1 - base, self.profile.threshold - base
        reach = self.targets[target] - 1
        return -reach, reach


@dataclass
class Part:
    """Numbers that no sum ties to any other, with everything that is decided about them.

    base : one possible truth: the true numbers, and where we do not know them numbers that fit
    sums : (sums, numbers) coefficients; the distances from the truth that fit a sum come to zero in it
    cost, loss : of each decision to hide: cells by weight, and among equally many the size that everybody knows
    must, never : decisions taken already
    follows : (a, b): where a hides, b hides too
    """

    base: np.ndarray
    sums: csr_array
    readers: list[Reader]
    cost: np.ndarray
    loss: np.ndarray
    must: np.ndarray
    never: np.ndarray
    follows: list[tuple[int, int]]


def matrix(sums: Sequence[Sequence[tuple[int, float]]], width: int) -> csr_array:
    """Sums as a sparse matrix, each once, in an order and with a sign that do not depend on where they were found."""
    rows = []
    for terms in sums:
        times: dict[int, float] = {}
        for i, c in terms:
            times[i] = times.get(i, 0.0) + c
        row = sorted((i, c) for i, c in times.items() if c)
        rows.append(tuple((i, c if row[0][1] > 0 else -c) for i, c in row))
    rows = sorted({row for row in rows if row})
    ends = np.cumsum([0, *map(len, rows)])
    places = np.array([i for row in rows for i, _ in row], dtype=np.int32)
    return csr_array((np.array([c for row in rows for _, c in row], dtype=float), places, ends), (len(rows), width))
