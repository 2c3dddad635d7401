"""What the reasons of earlier packs say of a model's numbers; a later pack may show which of them was not small."""

from __future__ import annotations

from collections import defaultdict

from .cell_keys import Key
from .cell_model import Model
from .earlier_packs import Entry
from .withheld_together import claims_of


def add(model: Model, before: list[list[Entry]]) -> None:
    """Notes, for each profile, the claims of every pack that it was given, when the model is complete."""
    first: dict[int, int] = {}  # number -> the first pack that had it
    places = [[(number_of(model, place), entry) for entry in pack] for place, pack in enumerate(before)]
    for place, pack in enumerate(places):
        for number, entry in pack:
            first = dict.fromkeys(map(number, (*entry.shown, *entry.hidden)), place) | first
    now = (model.index[key] for line in model.lines for key, _ in line.numbers)
    first = dict.fromkeys(now, model.packs) | first
    spoken = dict(first)
    for key in model.index if model.issues else ():
        for place in model.begun(key):
            at = model.index.get(model.as_of(key, place), -1)
            first[at] = min(place, first.get(at, place))
    sums = [[i for i, _ in terms] for terms in model.sums]
    begun = [max(first.get(i, 0) for i in terms) for terms in sums]  # when a sum's last number came
    sure: dict[str, set[int]] = defaultdict(lambda: set(model.constant))
    withheld: dict[str, set[int]] = defaultdict(set)
    for place, pack in enumerate(places):
        unprinted = {i for i in range(len(model.keys)) if spoken.get(i, model.packs + 1) > place} - model.constant
        there = [terms for terms, since in zip(sums, begun, strict=True) if since <= place]
        for number, entry in pack:
            rule, exact = entry.profile, sure[entry.profile.name]
            exact.update(number(key) for key, (low, high) in entry.shown.items() if low == high)
            tops = {number(key): top for key, top in entry.hidden.items() if top >= rule.all_or_none > 0}
            model.claims[rule.name] += claims_of(tops, withheld[rule.name], there, exact - tops.keys(), unprinted)
            withheld[rule.name] |= tops.keys()


def number_of(model: Model, place: int):
    """The number of each figure that a pack had, in the issue of its time."""

    def number(key: Key) -> int:
        return model.index[model.as_of(key, place)]

    return number
