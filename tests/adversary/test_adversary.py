"""The attack from outside on a few of each kind; `python tests/adversary/adversary.py` does them by the hundred."""

import adversary
import numpy as np
import pytest
import undeclared_sums
from adversary_sets import KINDS, Release, table


@pytest.mark.parametrize("kind", ["single", "linked"])
def test_what_is_protected_together_holds_and_the_usual_does_not(kind):
    tally = adversary.measure(kind, 2, 2)
    assert tally["broken"] == 0
    assert tally["small_counts_alone"] > 0 and tally["one_at_a_time"] > 0


@pytest.mark.parametrize("seed", [24, 88, 98])
def test_quarters_that_were_revised_while_they_were_withheld_hold(seed):
    """In 98 a figure that was shown is withheld once revised; in 88 two are rounded alike and are two. In 24 a year in no
    table follows from windows of several packs: it may be none, 1 or 2, so to who knows the reason it is 1 or 2."""
    assert adversary.measure("histories", 1, seed)["broken"] == 0


def test_the_loss_is_the_least_of_every_pattern():
    """In 159 a 1 is withheld alone from the public: the rounded rest leaves 0 to 2, and the reason 1 or 2."""
    assert adversary.minimum(6) == adversary.minimum(1, 159) == 0


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


def test_a_sum_that_holds_in_three_worlds_is_reported_unless_it_is_declared():
    def world(a, b, noise):
        year = frozenset({("period", "2017-18")})
        counts = {"cdop_a": a, "cdop_b": b, "cdop_all": a + b, "cdop_other": noise, "cdop_same": a}
        return {(name, year): n for name, n in counts.items()} | {("cdop_b", frozenset({("period", "2016-17")})): a}

    found = undeclared_sums.relations([world(20, 31, 50), world(24, 35, 60), world(23, 36, 58)])
    told = {(total[0], tuple(sorted(part[0] for part in parts))) for total, parts in found}
    assert told == {
        ("cdop_a", ("cdop_same",)),
        ("cdop_all", ("cdop_a", "cdop_b")),
        ("cdop_all", ("cdop_b", "cdop_same")),
    }
    declared = {undeclared_sums.names({"total": "cdop_all", "parts": [{"measure": "cdop_a"}, "cdop_b"]})}
    left = [total[0] for total, parts in found if not undeclared_sums.explained(total, parts, declared)]
    assert sorted(left) == ["cdop_a", "cdop_all"]
