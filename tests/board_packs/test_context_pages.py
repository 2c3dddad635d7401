"""What notebooks 10 and 20 say, against published figures: ONS mid-2016, IoD 2015 and 2019, the annual report."""

from pathlib import Path

import pytest

from board_packs import tables
from board_packs.pages.book import Book
from board_packs.pages.figures import context as context_figures
from board_packs.pages.figures import deprivation as deprivation_figures
from board_packs.pages.words import context, deprivation
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store

SHARED = Path(__file__).parents[3] / "shared" / "open-data"
PERIOD = Quarter.parse("2017-18-Q4")


def build(folder: Path, area: str, store: Store) -> Book:
    names = [b.names[0] for b in tables.registry.builders() if b.build.__module__.endswith((".residents", ".neighbourhood_deprivation"))]
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


def test_the_answer_of_20_names_the_measure_of_its_rank(book):
    assert deprivation.headline(book) == (
        "In 2015, 19 of Southampton's 148 neighbourhoods were in the most deprived tenth of England and none in the "
        "least deprived; by average score it ranks 67th of 326 authorities, 1st being the most deprived."
    )
    assert "by average score it ranks 61st of 317" in deprivation.headline(book, 2019)


def test_change_of_rank_is_like_for_like(book):
    said = deprivation.changed_rank(book)
    assert "average score from 67th of 326 to 61st of 317, average rank from 54th of 326 to 55th of 317" in said


def test_the_page_names_the_populations_and_the_editions_that_are_not_its_own(book):
    # populations of mid-2012: MHCLG, Indices 2015, file 6; domains are held of 2025 only
    assert "children are those of mid-2012" in deprivation.children(book)
    assert "Domains of the 2015 edition are not held here. These are of 2025" in deprivation.domains(book)
    assert "mid-2016. A later mid-year, 2017," in context.sources(book)


def test_every_rank_stands_beside_its_measure(book):
    html = deprivation.rank_table(book)
    for measure, rank in (("Average score", "67th"), ("Average rank", "54th"), ("Extent", "75th")):
        assert f'<th scope="row">{measure}</th>' in html
        assert rank in html.split(f">{measure}<")[1].split("</tr>")[0]


@pytest.mark.parametrize("draw", ["pyramid", "children_by_age", "children_over_time"])
def test_charts_of_10_say_in_words_what_they_show(book, draw):
    chart = getattr(context_figures, draw)(book)
    assert chart.png.startswith(b"\x89PNG") and "Southampton" in chart.alt and "nan" not in chart.alt


def test_the_pyramid_says_where_the_city_differs(book):
    assert "Widest above England: 20-24, 13.4% against 6.4%" in context_figures.pyramid(book).alt


@pytest.mark.parametrize("palette", ["board", "safe"])
@pytest.mark.parametrize("index", ["imd", "idaci"])
def test_the_map_says_how_many_are_in_each_decile(book, index, palette):
    chart = deprivation_figures.decile_map(book, index, palette=palette)
    first = {"imd": 19, "idaci": 22}[index]
    assert "148 neighbourhoods coloured by their decile" in chart.alt and f": {first} in decile 1" in chart.alt
    assert "Crown copyright" in chart.source


def test_domains_of_another_edition_say_so(book):
    assert "each index of 2025" in deprivation_figures.domains(book, 2015).alt


def test_an_england_map_without_the_national_files_says_how_to_get_them(book, monkeypatch, tmp_path):
    monkeypatch.setenv("LSCB_OPEN_DATA", str(tmp_path))
    said = deprivation_figures.decile_map(book, extent="England")
    assert not hasattr(said, "png") and "lscb fetch" in said


def test_an_area_of_which_nothing_is_held_says_so_and_draws_nothing(tmp_path):
    (tmp_path / "none").mkdir()
    empty = build(tmp_path / "t", "E08000019", Store(tmp_path / "none"))
    assert "lscb fetch" in deprivation.headline(empty) and "lscb fetch" in context.headline(empty)
    for module, names in (
        (context_figures, ("pyramid", "children_by_age", "children_over_time")),
        (deprivation_figures, ("decile_map", "by_decile", "domains")),
        (context, ("children", "infant_deaths", "groups", "partners", "facts", "sources")),
        (deprivation, ("children", "domains", "crowded", "neighbour_table", "moved_table", "changed_rank")),
    ):
        for name in names:
            made = getattr(module, name)(empty)
            assert not hasattr(made, "png") and "nan" not in str(made), name


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="official files beside the repository (../shared/open-data) are not here"
)
def test_a_county_adds_up_its_districts_and_is_mapped(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_OPEN_DATA", str(SHARED))
    hampshire = build(tmp_path, "E10000014", Store(SHARED))
    assert "Hampshire had 1,360,426 residents" in context.headline(hampshire)  # ONS mid-2016
    assert "Map of Hampshire" in deprivation_figures.decile_map(hampshire).alt
    national = deprivation_figures.decile_map(hampshire, extent="England").alt
    assert national.startswith("Map of England: 32,844 neighbourhoods")
