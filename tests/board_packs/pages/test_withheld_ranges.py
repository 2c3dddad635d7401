"""What stands in a table where a count is withheld, and that the release check knows it."""

import pandas as pd
import pytest

from board_packs.pages import show
from board_packs.pages.cell_value import withheld
from board_packs.publish.release.shown import Figures
from lscb import long_table

REASON = "withheld: between 1 and 5, or needed to protect another figure"


@pytest.mark.parametrize("reason, text", [
    (REASON, "withheld"),
    (f"{REASON}; from 4 to 8", "withheld, 4 to 8"),
    (f"{REASON}; about 30; from 28 to 32", "withheld, about 30"),
    (f"{REASON}; from 0 to 1200; partial: 3 rows are missing", "withheld, 0 to 1,200"),
    ("withheld: worked out from figures that are withheld", "withheld"),
])  # fmt: skip
def test_a_withheld_count_says_what_anybody_can_work_out(reason, text):
    assert withheld(reason) == text


def test_a_table_prints_it_and_the_release_check_takes_it_for_released():
    rows = [
        dict(area="E06000045", period="2017-18", measure="m", agency="police", count=40),
        dict(
            area="E06000045",
            period="2017-18",
            measure="m",
            agency="health",
            status="suppressed",
            reason=f"{REASON}; from 4 to 8",
        ),
    ]
    frame = long_table.cells(rows)
    page = str(show(frame, "Referrals", "agency", {"Referrals": "count", "Share": "percent"}))
    assert '<td class="number">withheld, 4 to 8</td><td class="number">withheld</td>' in page
    figures = Figures.of([frame])
    assert figures.explain("withheld, 4 to 8") and figures.explain("4 to 8")  # on a page; in a workbook's note
    assert not figures.explain("withheld, 5 to 8")
    assert not Figures.of([frame.assign(reason=pd.Series(["", REASON]))]).explain("withheld, 4 to 8")
