"""No audience finds what another does not: rounding may take a finding away, and never makes one or turns it round."""

import pytest
from drawn_quarters import CASES

from board_packs.pages import book as pages
from board_packs.pages.finding import BETTER, OTHER, SAME, WORSE
from board_packs.pages.findings import findings
from lscb.periods import Quarter


def of(quarter, audience: str) -> dict[tuple[str, str], str]:
    """The kind of each finding of an audience's tables that chance was asked about, by its title and its rule."""
    folder = quarter.of(audience)
    book = pages.Book(folder, Quarter.parse(quarter.period), quarter.area, audience, False)
    results = findings(book, [path.stem for path in folder.glob("*.csv")])
    return {(item.title, item.by): item.kind for item in results.items if item.by != "agreed"}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_a_finding_of_one_audience_is_none_that_another_contradicts(case, drawn_quarter):
    quarter = drawn_quarter(*case)
    exact = of(quarter, "restricted")
    assert {SAME, OTHER} <= set(exact.values())
    for audience in ("partnership", "public"):
        for what, kind in of(quarter, audience).items():
            assert kind == exact[what], (audience, what, kind)
            assert kind in (BETTER, OTHER, SAME, WORSE, "far")
