"""Settings as text: what cannot be right is refused in one line that names the file and the line."""

import pytest

from lscb.errors import UserError
from lscb.strict_yaml import parse


def test_text_becomes_values_and_an_empty_text_nothing():
    assert parse("months: 12\nkeys: [victim]\n", "standards.yml") == {"months": 12, "keys": ["victim"]}
    assert parse("", "standards.yml") == {}


@pytest.mark.parametrize(
    "text, problem",
    [
        ("least: 5\nleast: 10\n", r"standards\.yml, line 2 .*'least' is there already, on line 1"),
        ("least: 5\n\tbase: 5\n", r"standards\.yml, line 2 is not valid YAML"),
        ("least: [5\n", "is not valid YAML"),
        ("a: 1\ndeaths: {says: Deaths per 100,000 children, unit: deaths}\n", r"line 2 .*'000 children' has no value"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(text, problem):
    with pytest.raises(UserError, match=problem) as refusal:
        parse(text, "standards.yml")
    assert "\n" not in str(refusal.value)
