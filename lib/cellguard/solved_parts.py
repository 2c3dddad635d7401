"""Solved parts kept in a folder, so that an unchanged part is not solved again. What is kept is checked before use."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from .pattern_search import Pattern, is_safe, solve
from .solver_parts import Part

VERSION = 10  # of what is kept; another one is another name


def solved(part: Part, memo: Path | None) -> Pattern:
    """The pattern of a part, from an earlier solution of the same part where there is one.

    One that is damaged, or that is not safe, is made again.
    """
    if memo is None:
        return solve(part)
    name = hashlib.sha256(pickle.dumps((VERSION, part), protocol=4)).hexdigest()
    path = memo / f"{name}.npz"
    pattern = _kept(path, name, len(part.cost))
    if pattern is None or not is_safe(part, pattern):
        pattern = solve(part)
        _keep(path, name, pattern)
    return pattern


def _kept(path: Path, name: str, decisions: int) -> Pattern | None:
    """What a file holds; None where it is not there, damaged, or of another part."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {key: kept[key] for key in ("hidden", "cost", "bound", "short")}
            seal = str(kept["seal"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    if seal != seal_of(name, arrays) or arrays["hidden"].shape != (decisions,):
        return None
    short = {(int(r), int(t)): int(k) for r, t, k in arrays["short"]}
    return Pattern(arrays["hidden"], float(arrays["cost"]), float(arrays["bound"]), short)


def _keep(path: Path, name: str, pattern: Pattern) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    short = np.array([(*k, v) for k, v in pattern.short.items()], int).reshape(-1, 3)
    arrays = {
        "hidden": pattern.hidden,
        "cost": np.array(pattern.cost),
        "bound": np.array(pattern.bound),
        "short": short,
    }
    draft = path.with_name(f".{name}-{os.getpid()}.npz")  # a worker that is killed must not leave half of one
    np.savez(draft, seal=np.array(seal_of(name, arrays)), **arrays)  # type: ignore[arg-type]  # none is a setting
    os.replace(draft, path)


def seal_of(name: str, arrays: dict[str, np.ndarray]) -> str:
    """The hash of what is kept, and of what it was solved for."""
    sha = hashlib.sha256(name.encode())
    for key in sorted(arrays):
        sha.update(f"{key} {arrays[key].dtype} {arrays[key].shape} ".encode() + arrays[key].tobytes())
    return sha.hexdigest()
