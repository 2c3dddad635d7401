"""Pages of 2017-18 and of 2025-26 in the words of their time: which words must not stand in them."""

import json
import re

import pytest
from drawn_quarters import DrawnQuarter

from board_packs import sample
from board_packs.tables import Inputs, build
from lscb import long_table
from lscb.periods import Quarter
from openstats.project_data import NOTEBOOKS
from openstats.store import store_of

# Boards ended on 29 September 2019, and serious case reviews with them; clinical commissioning groups on 1 July 2022;
# two probation services became one on 26 June 2021; Form C gave way on 1 April 2019 (sources: data/standards.yml).
GONE_BY_2025 = (
    r"\bBoards?\b|LSCB|[Ss]erious [Cc]ase|\bCCGs?\b|[Cc]linical commissioning|National Probation Service"
    r"|Community Rehabilitation|Form C|complete and sufficient|Independent Chair|\((?:2015|2018)\)"
)
NOT_YET_IN_2018 = (
    r"Children Partnership|[Pp]ractice [Rr]eview|[Rr]apid review|\bICBs?\b|[Ii]ntegrated care|Analysis form|NCMD"
    r"|National Child Mortality|Scrutineer|Main Partnership|\((?:2018|2023)\)"
)
NAMED = ["30_child_deaths", "50_scorecard", "65_assurance", "70_case_reviews", "75_learning", "80_board"]
PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[1-8]*.ipynb"))


def markdown(notebook: str) -> str:
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def words(pattern: str, text: str) -> set[str]:
    return {text[max(match.start() - 30, 0) : match.end() + 30] for match in re.finditer(pattern, text)}


@pytest.mark.parametrize("notebook", PAGES)
def test_what_stands_on_a_page_of_any_time_names_no_body_of_one(notebook):
    assert words(f"{GONE_BY_2025}|{NOT_YET_IN_2018}", markdown(notebook)) == set()


@pytest.fixture(scope="module")
def rutland(tmp_path_factory):
    """The tables and pages of an invented quarter of Rutland, December 2025, without official files."""
    import returncheck

    place, period, area = tmp_path_factory.mktemp("rutland"), Quarter(2025, 3), "E06000017"
    sample.write_for(place / "returns", period, area, store_of(place))
    received = returncheck.read(place / "returns", period, area)
    rows = {name: frame.assign(area=area) for name, frame in received.frames.items()}
    made = build(Inputs(period, (area,), rows, received.quality.assign(area=area), store_of(place)))
    long_table.write(made, place / "working")
    return DrawnQuarter(area, str(period), place)


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NAMED)
def test_a_page_of_2025_has_no_word_that_was_gone(notebook, rutland):
    assert words(GONE_BY_2025, rutland.page(notebook).text) == set()


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NAMED)
def test_a_page_of_2018_has_no_word_that_was_not_yet(notebook, invented_quarter):
    assert words(NOT_YET_IN_2018, invented_quarter.page(notebook).text) == set()


@pytest.mark.slow
def test_a_page_names_what_there_was(invented_quarter, rutland):
    then, now = (quarter.page("70_case_reviews").text for quarter in (invented_quarter, rutland))
    assert "serious case review" in then.lower() and "local child safeguarding practice review" in now.lower()
    seats = rutland.page("80_board").text
    assert "Main Partnership" in seats and "Integrated care board" in seats and "Probation Service" in seats
