"""What is hidden prints no digit, whatever it is printed by; the figures are left in the rows to tempt it."""

import re

import matplotlib.pyplot as plt
import pytest

from board_packs.pages import charts, show
from board_packs.pages import sentences as say
from board_packs.pages.book_rows import Rows
from board_packs.pages.cell_value import PHRASES, STYLES, Cell
from lscb.long_table import FIGURES

HIDDEN = ["suppressed", "not_applicable", "not_available"]
WORDS = {"suppressed": "withheld", "not_applicable": "not applicable", "not_available": "not available"}
FIGURE = {"value": 0.4321, "count": 87, "of": 654, "low": 0.3219, "high": 0.5432, "rank": 7, "ranked": 98}


def row(status, **more):
    labels = {
        "area": "a",
        "period": "quarter",
        "measure": "repeats",
        "agency": "police",
        "unit": "fraction",
        "method": "",
    }
    return labels | FIGURE | {"status": status, "reason": ""} | more


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("style", STYLES)
def test_a_hidden_cell_prints_its_state_in_every_style_of_every_figure(status, style):
    cell = Cell(row(status))
    for spec in [style, f"{style}:2", *(f"{figure} {style}" for figure in FIGURES)]:
        assert f"{cell:{spec}}" == WORDS[status], spec
    assert repr(cell) == f"repeats quarter: {WORDS[status]}"


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("phrase", [*PHRASES, "low percent", ""])
def test_a_hidden_cell_prints_no_digit_in_a_phrase(status, phrase):
    assert not re.search(r"\d", f"{Cell(row(status)):{phrase}}")


@pytest.mark.parametrize("status", HIDDEN)
def test_no_sentence_about_a_hidden_cell_has_its_digits(status):
    hidden, shown = Cell(row(status)), Cell(row("shown", value=0.5, count=1, of=2, low=0.1, high=0.9))
    texts = [
        say.change(hidden, shown),
        say.change(hidden, hidden),
        say.change(hidden, shown, hidden),
        say.difference(hidden, "at the end"),
        say.against(shown, hidden, "The other"),
        say.unless_hidden("87 of 654", "How many", shown, hidden),
        say.plural(hidden, "review"),
        charts.describe(Rows([row(status)]), "Chart", "percent"),
        show(
            Rows([row(status), row(status, agency="others")]),
            "Caption",
            "agency",
            {"A": "count", "B": "percent", "C": "low rate"},
        ),
    ]
    for text in texts:
        assert not re.search(r"87|654|43|32|54|\b7\b|98", re.sub(r"<[^>]*>", " ", str(text))), text
    assert "against" not in say.change(shown, hidden) or not re.search("87|43", say.change(shown, hidden))


def test_a_table_that_is_not_there_is_named_with_its_reason():
    """Eight tables of one page, each with the same reason and no name, said eight times nobody knows what."""
    rows = Rows([row("not_available", measure=m, reason="the return does not reach back 5 years") for m in ("a", "b")])
    assert str(show(rows, "Reviews by age", "measure")) == "Reviews by age: the return does not reach back 5 years."


@pytest.mark.parametrize("status", HIDDEN)
def test_a_hidden_bar_has_a_word_and_no_figure(status):
    rows = Rows([row(status), row("shown", period="other", count=3)])
    _, ax = plt.subplots()
    ax.bar(range(2), [0, 3])
    charts.labels(ax, rows)
    assert not [text for text in ax.texts if "87" in text.get_text()]
    lying = Rows([row(status), row("shown", agency="others", count=3)])
    _, other = plt.subplots()
    other.barh(range(2), [0, 3])
    charts.labels(other, lying, by="agency", across=True)
    assert WORDS[status] in [text.get_text() for text in other.texts]
    assert not [text for text in other.texts if "87" in text.get_text()]
