"""What notebooks 10 and 20 say, against published figures: ONS mid-2016, IoD 2015 and 2019, the annual report."""

from pathlib import Path

import pytest

from board_packs import tables
from board_packs.pages.book import Book
from board_packs.pages.figures import context as context_figures
from board_packs.pages.words import context
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

SHARED = Path(__file__).parents[3] / "shared" / "open-data"
PERIOD = Quarter.parse("2017-18-Q4")


def build(folder: Path, area: str, store: Store) -> Book:
    names = [b.names[0] for b in tables.registry.builders() if b.build.__module__.endswith(".residents")]
    long_table.write(tables.build(tables.Inputs(PERIOD, (area,), {}, None, store), names), folder)
    return Book(folder, PERIOD, area, "partnership")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Southampton from data/reference alone: an empty folder holds no national file."""
    return build(tmp_path_factory.mktemp("t"), "E06000045", Store(tmp_path_factory.mktemp("none")))


def test_the_answer_of_10_is_the_published_estimate(book):
    assert context.headline(book) == (
        "In mid-2016 Southampton had 254,275 residents, 129,879 male and 124,396 female; 49,901 were children aged 0 "
        "to 17, and 20.2% were aged 15 to 24, against 12.2% in England."
    )


def test_the_estimate_says_what_became_of_it(book):
    assert "first published as 49,901 and is 48,847 in the current series" in context.children(book)


def test_infant_deaths_are_the_mean_of_9_13_and_16(book):
    assert "38 in the three years 2014 to 2016, 12.7 a year" in context.infant_deaths(book)


@pytest.mark.parametrize("draw", ["pyramid", "children_by_age", "children_over_time"])
def test_charts_of_10_say_in_words_what_they_show(book, draw):
    chart = getattr(context_figures, draw)(book)
    assert chart.png.startswith(b"\x89PNG") and "Southampton" in chart.alt and "nan" not in chart.alt


def test_the_pyramid_says_where_the_city_differs(book):
    assert "Widest above England: 20-24, 13.4% against 6.4%" in context_figures.pyramid(book).alt
