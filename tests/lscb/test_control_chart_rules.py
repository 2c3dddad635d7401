"""Each rule of a control chart against published vectors, and at its edge."""

import json
from pathlib import Path

import numpy as np
import pytest

from lscb import control_chart_rules as rules
from openstats.project_data import standard

SHARED = Path(__file__).parents[3] / "shared" / "reference-tests" / "ptd"
shared = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the published reference values (../shared/reference-tests) are not here"
    ),
]


class TestRuleVectors:
    """The vectors of NHSRplotthedots' own tests."""

    pytestmark = shared

    def vectors(self, name):
        return json.loads((SHARED / "rule_vectors.json").read_text())[name]["cases"]

    def test_seven_on_one_side(self):
        for case in self.vectors("seven_on_one_side"):
            assert abs(rules.seven_on_one_side(case["side"])).tolist() == case["ends"]

    def test_part_of_seven(self):
        for case in self.vectors("part_of_seven"):
            assert abs(rules.part_of_run(case["ends"])).tolist() == case["part"]

    def test_seven_trend(self):
        for case in self.vectors("seven_trend"):
            assert rules.seven_trend(case["y"]).tolist() == case["ends"]

    def test_two_of_three(self):
        for case in self.vectors("two_of_three"):
            assert abs(rules.two_of_three(case["near"], case["side"])).tolist() == case["flagged"]

    def test_assurance(self):
        for case in self.vectors("assurance"):
            low, high = case["groups"][-1] if "groups" in case else (case["lpl"], case["upl"])
            assert (str(rules.assurance(low, high, case["target"], case["direction"])) or None) == case["expected"]


def test_a_point_on_a_limit_is_inside_and_one_past_it_is_not():
    assert rules.outside(np.array([1.0, 3.0]), 1.0, 3.0).tolist() == [0, 0]
    assert rules.outside(np.array([0.99, 3.01]), 1.0, 3.0).tolist() == [-1, 1]


@pytest.mark.parametrize("points, flagged", [(6, 0), (7, 7), (8, 8)])
def test_a_trend_needs_seven_points(points, flagged):
    values = [5.0, 5.0, *range(5, 5 + points)][2 if points else 0 :]
    assert np.count_nonzero(rules.part_of_run(rules.seven_trend(values))) == flagged
    assert np.count_nonzero(rules.part_of_run(rules.seven_trend(values[::-1]))) == flagged


@pytest.mark.parametrize("points, flagged", [(6, 0), (7, 7), (8, 8)])
def test_a_shift_needs_seven_points(points, flagged):
    side = [-1, *[1] * points, -1]
    assert np.count_nonzero(rules.part_of_run(rules.seven_on_one_side(side))) == flagged


def test_a_point_on_the_mean_breaks_a_shift():
    assert not rules.seven_on_one_side([1, 1, 1, 0, 1, 1, 1, 1]).any()


@pytest.mark.parametrize(
    "near, side, flagged",
    [
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 0]),  # two of four
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),  # the middle one on the other side
        ([1, 1], [1, 1], [0, 0]),  # no third point yet
    ],
)
def test_two_of_three_near_a_limit_on_one_side(near, side, flagged):
    assert rules.two_of_three(near, side).tolist() == flagged


def test_the_constants_are_those_of_the_standards():
    assert rules.Rules(**{name: standard(f"trends.{name}") for name in rules.Rules._fields}) == rules.MAKING_DATA_COUNT
