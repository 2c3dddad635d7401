"""Numbers as text: half up, once. Expected texts are worked by hand."""

import pytest

from lscb import words


@pytest.mark.parametrize(
    "value, decimals, text",
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (2.675, 2, "2.68"),
        (103.767, 1, "103.8"),
        (0, 1, "0.0"),
    ],
)
def test_half_is_rounded_up(value, decimals, text):
    assert str(words.rounded(value, decimals)) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        (words.count(254275), "254,275"),
        (words.count(0), "0"),
        (words.count(None), "withheld"),
        (words.count(float("nan")), "withheld"),
        (words.percent(19 / 71), "26.8%"),
        (words.percent(0.285), "28.5%"),  # 0.285 * 100 is 28.499999999999996 in binary
        (words.percent(1), "100.0%"),
        (words.percent(None), "withheld"),
        (words.points(0.0165), "1.7 percentage points"),  # 1.65, half up
        (words.money(134428), "£134,428"),
        (words.money(-105), "−£105"),
        (words.money(-0.4), "£0"),
        (words.rate(103.7670), "103.8"),
        (words.series(["a"]), "a"),
        (words.series(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_numbers_as_people_print_them(text, expected):
    assert text == expected


@pytest.mark.parametrize(
    "number, text",
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (67, "67th"),
        (112, "112th"),
        (1003, "1,003rd"),
    ],
)
def test_ordinals(number, text):
    assert words.ordinal(number) == text


def test_sentences_are_escaped():
    assert words.Answer("a < b")._repr_html_() == '<p class="answer">a &lt; b</p>'
    assert words.Note("<script>")._repr_html_() == "<p>&lt;script&gt;</p>"
