"""Solved parts kept in a folder, so that an unchanged part is not solved again."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import numpy as np

from .pattern_search import Pattern, solve
from .solver_parts import Part


def solved(part: Part, memo: Path | None) -> Pattern:
    """The pattern of a part, from an earlier solution of the same part where there is one."""
    if memo is None:
        return solve(part)
    name = hashlib.sha256(pickle.dumps((6, part), protocol=4)).hexdigest()
    path = memo / f"{name}.npz"
    if path.is_file():
        with np.load(path) as kept:
            short = {(int(r), int(t)): int(k) for r, t, k in kept["short"]}
            return Pattern(kept["hidden"], float(kept["cost"]), float(kept["bound"]), short)
    pattern = solve(part)
    memo.mkdir(parents=True, exist_ok=True)
    few = np.array([(*k, v) for k, v in pattern.short.items()]).reshape(-1, 3)
    draft = memo / f".{name}-{os.getpid()}.npz"  # a worker that is killed must not leave half of one
    np.savez(draft, hidden=pattern.hidden, cost=pattern.cost, bound=pattern.bound, short=few)
    os.replace(draft, path)
    return pattern
