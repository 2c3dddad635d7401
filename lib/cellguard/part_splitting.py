"""What every reader knows whatever is hidden leaves the problem, so that its parts stay small over many quarters."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .range_narrowing import narrowed
from .solver_parts import Part, Reader, matrix


def split(part: Part, decisions: list, numbers: list[int]) -> list[tuple[Part, list, list[int]]]:
    """A part without its settled numbers, in the pieces that then hang together and in which something is asked for.

    A number is settled when the sums and earlier packs leave every reader one value of it even where all that can be
    hidden is hidden, and nobody asks for its protection.
    """
    for reader in part.readers:
        _narrow(part, reader)
    loose = np.logical_or.reduce([r.hidden[:, 0] < r.hidden[:, 1] for r in part.readers])
    loose[[target for r in part.readers for target in r.targets]] = True
    for reader in part.readers:
        reader.claims = _open_claims(reader, part.base, loose)
    labels = _labels(part, loose)
    wanted = {labels[target] for r in part.readers for target in r.targets}
    first = {label: i for i, label in reversed(list(enumerate(labels[: len(loose)]))) if loose[i]}
    return [_piece(part, decisions, numbers, labels == label) for label in sorted(wanted, key=first.__getitem__)]


def _narrow(part: Part, reader: Reader) -> None:
    """A reader's ranges as narrow as the sums alone make them; targets that cannot be small are none."""
    widest = np.column_stack(
        [np.minimum(reader.hidden[:, 0], reader.rounded[:, 0]), np.maximum(reader.hidden[:, 1], reader.rounded[:, 1])]
    )
    low, high = narrowed(part.sums, widest).T
    for ranges in (reader.hidden, reader.rounded):
        np.clip(ranges, low[:, None], high[:, None], out=ranges)
    top = reader.profile.threshold
    for target, least in list(reader.unsure.items()):
        base = part.base[target]
        if base + low[target] > top or base + high[target] < least:
            del reader.targets[target], reader.unsure[target]


def _open_claims(reader: Reader, base: np.ndarray, loose: np.ndarray) -> list[tuple[tuple[int, ...], int]]:
    """A reader's claims without settled numbers, those left out that one of them makes true."""
    small = [any(not loose[i] and 1 <= base[i] <= top for i in some) for some, top in reader.claims]
    rest = [claim for claim, true in zip(reader.claims, small, strict=True) if not true]
    return list(dict.fromkeys((tuple(i for i in some if loose[i]), top) for some, top in rest))


def _labels(part: Part, loose: np.ndarray) -> np.ndarray:
    """Which numbers and, after them, decisions hang together through sums of loose numbers."""
    size, more = len(loose), len(part.cost)
    terms = part.sums.tocoo()
    kept = loose[terms.coords[1]]
    row, number = terms.coords[0][kept], terms.coords[1][kept]
    links = [(row + size + more, number)]
    for reader in part.readers:
        links += [(np.full(len(need), i), np.array(need, int) + size) for i, need in enumerate(reader.any) if loose[i]]
        links += [(np.full(len(some), some[0]), np.array(some)) for some, _ in reader.claims]
    links += [(np.array([a + size]), np.array([b + size])) for a, b in part.follows]
    one, other = (np.concatenate(side) for side in zip(*links, strict=True))
    width = size + more + part.sums.shape[0]
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(width, width))
    return connected_components(graph, directed=False)[1][: size + more]


def _piece(part: Part, decisions: list, numbers: list[int], inside: np.ndarray):
    size = len(numbers)
    kept, chosen = np.flatnonzero(inside[:size]), np.flatnonzero(inside[size:])
    at = {int(old): new for new, old in enumerate(kept)}
    to = {int(old): new for new, old in enumerate(chosen)}
    rows = part.sums[:, kept]
    rows = rows[np.flatnonzero(np.diff(rows.indptr))]
    spans = [slice(*ends) for ends in zip(rows.indptr[:-1], rows.indptr[1:], strict=True)]
    sums = [list(zip(rows.indices[span].tolist(), rows.data[span].tolist(), strict=True)) for span in spans]

    def needs(all_of: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        return [tuple(to[d] for d in all_of[i]) for i in kept]

    readers = [
        Reader(
            r.profile,
            r.rounded[kept],
            r.hidden[kept],
            needs(r.exact),
            needs(r.any),
            {at[t]: k for t, k in r.targets.items() if t in at},
            {at[t]: least for t, least in r.unsure.items() if t in at},
            r.inside,
            [(tuple(at[i] for i in some), top) for some, top in r.claims if some[0] in at],
        )
        for r in part.readers
    ]
    follows = [(to[a], to[b]) for a, b in part.follows if a in to]
    piece = Part(
        part.base[kept],
        matrix(sums, len(kept)),
        readers,
        part.cost[chosen],
        part.loss[chosen],
        part.must[chosen],
        part.never[chosen],
        follows,
    )
    return piece, [decisions[d] for d in chosen], [numbers[i] for i in kept]
