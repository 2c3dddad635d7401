"""Every sentence, chart in words and table of pages, in three quarters of three authorities and for three audiences,
against the same written again from the tables as they lie on disk (expected_words)."""

import html
import re

import pytest
from drawn_quarters import AUDIENCES, DrawnQuarter
from expected_boards import page_75, page_80, page_90, page_99
from expected_child_deaths import page_30
from expected_groups import page_60, page_65, page_70
from expected_hrda import page_40
from expected_places import page_10, page_20
from expected_scorecard import page_50
from expected_tables import Chart, Grid, Said, reasons_once
from open_data_pages import SHARED, build
from page_reader import plain_html, table_rows

from openstats import Store

PAGES = {
    "10_demographics": page_10,
    "20_deprivation": page_20,
    "30_child_deaths": page_30,
    "40_hrda": page_40,
    "50_scorecard": page_50,
    "60_exploitation_and_missing": page_60,
    "65_assurance": page_65,
    "70_case_reviews": page_70,
    "75_learning": page_75,
    "80_board": page_80,
    "90_published_figures": page_90,
    "99_data_quality": page_99,
}

MOST_WORDS = 25  # of the first sentence of an answer, which a pack's list of pages prints too


def read(page) -> list[Said | Chart | Grid]:
    """What a page says, in order: its paragraphs, its charts in words, its tables."""
    found: list = []
    for value in (value for run in page.cells for value in run.shown):
        kind = type(value).__name__
        if kind == "Chart":
            found.append(Chart(value.title, value.alt, value.source))
        elif kind in ("Answer", "Note"):
            found.append(Said(str(value)))
        elif kind == "Points":
            found.append(Said(" ".join(value)))
        elif kind == "Table":
            caption = html.unescape(re.search("<caption>(.*?)</caption>", value)[1])
            found.append(Grid(plain_html(caption), table_rows(value)))
    return [each for each in found if each != Said("")]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_its_tables_say_and_nothing_else(each_quarter, name, audience):
    wanted = reasons_once(PAGES[name](each_quarter.tables(audience)))
    page = each_quarter.page(name, audience)
    first = re.split(r"(?<=[.?!]) (?=[A-Z\d£])", page.answer)[0]
    assert len(first.split()) <= MOST_WORDS, first
    said = read(page)
    for mine, theirs in zip(wanted, said, strict=False):
        assert theirs == mine
    assert len(said) == len(wanted)


@pytest.mark.parametrize("name", [name for name in PAGES if name[:2] not in ("10", "20", "50", "90")])
def test_a_page_takes_no_figure_for_another(figures_apart, name):
    """Of tables whose figures are all different: in others two that are the same hide a slip."""
    wanted = reasons_once(PAGES[name](figures_apart.tables("restricted")))
    for mine, theirs in zip(wanted, read(figures_apart.page(name)), strict=True):
        assert theirs == mine


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="official files (../shared/open-data) are not here")
@pytest.mark.parametrize(
    "area, period", [("E10000014", "2018-19-Q4"), ("E08000019", "2024-25-Q4"), ("E06000060", "2021-22-Q2")]
)
def test_pages_of_open_data_say_what_official_files_say_of_other_authorities(area, period, tmp_path, monkeypatch):
    """A county that is added up, a district of other years, and an authority that was reorganised."""
    monkeypatch.setenv("LSCB_OPEN_DATA", str(SHARED))
    quarter = DrawnQuarter(area, period, tmp_path)
    build(quarter.of("partnership"), area, Store(SHARED), period)
    for name in ("10_demographics", "20_deprivation"):
        wanted = reasons_once(PAGES[name](quarter.tables("partnership")))
        assert read(quarter.page(name, "partnership")) == wanted
