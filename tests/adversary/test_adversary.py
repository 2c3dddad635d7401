"""The attack from outside on a few of each kind; `python tests/adversary.py` does them by the hundred."""

import adversary
import numpy as np
import pytest
from adversary_sets import KINDS, Release, table


@pytest.mark.parametrize("kind", ["single", "linked"])
def test_what_is_protected_together_holds_and_the_usual_does_not(kind):
    tally = adversary.measure(kind, 2, 2)
    assert tally["broken"] == 0
    assert tally["small_counts_alone"] > 0 and tally["one_at_a_time"] > 0


def test_the_loss_is_the_least_of_every_pattern():
    assert adversary.minimum(6) == 0


def test_one_further_cell_shown_again_is_caught():
    tally = adversary.unhide(3)
    assert tally["cells"] > 0 and tally["missed"] == 0


def test_the_adversary_finds_what_one_subtraction_gives():
    counted = table(np.array([3, 17]), (0,))
    for hidden, safe in (([0], False), ([0, 1], True), ([0, 1, 2], True)):
        mask = counted.index.isin(hidden)
        shown = counted.assign(count=counted["count"].mask(mask), status=np.where(mask, "suppressed", "shown"))
        said = adversary.broken(Release([{"t": counted}]), {"partnership": [{"t": shown}]}, "partnership")
        assert (said == "") == safe


def test_the_same_seed_gives_the_same_release():
    for kind, make in KINDS.items():
        first, again = (make(np.random.default_rng([3, 1])) for _ in range(2))
        assert [list(p) for p in first.packs] == [list(p) for p in again.packs], kind
        for one, other in zip(first.packs, again.packs, strict=True):
            assert all(one[name].equals(other[name]) for name in one)
