"""What a pack's first page finds in its tables: by which rule, in which order, and what it says cannot be known."""

import numpy as np
import pandas as pd
import pytest

from board_packs.pages import sentences as say
from board_packs.pages.book import Book
from board_packs.pages.cell_value import Cell
from board_packs.pages.findings import findings
from lscb import long_table
from lscb.periods import Quarter

AREA = "E06000045"
SUPPRESSED = {"status": "suppressed", "reason": "withheld"}


def cell(value, low=np.nan, high=np.nan, status="shown", measure="official_rate"):
    return Cell({"value": value, "low": low, "high": high, "status": status, "measure": measure, "unit": "per 10,000", "count": np.nan,
                 "of": np.nan})  # fmt: skip


def quarters(counts, of=100):
    """Twelve quarters of a share of training places, to 2017-18 Q4."""
    periods = [str(q) for q in Quarter(2017, 4).back(len(counts))]
    return pd.DataFrame(
        {"area": AREA, "period": periods, "measure": "training_filled", "kind": "Total", "value": np.array(counts) / of,
         "count": counts, "of": float(of), "unit": "share"}
    )  # fmt: skip


def book(folder, **tables):
    long_table.write({name: long_table.cells(frame) for name, frame in tables.items()}, folder)
    return Book(folder, Quarter(2017, 4), AREA, "partnership", True)


def test_a_series_that_falls_out_of_its_limits_is_worse_and_a_steady_one_is_not(tmp_path):
    steady = [60, 61, 59, 60, 62, 58, 60, 61, 59, 60, 61, 60]
    for counts, kind, rule in (
        ([*steady[:11], 20], "worse", "below the lower limit"),
        ([*steady[:11], 95], "better", "above the upper limit"),
        (steady, "same", "no change beyond chance"),
    ):
        found = findings(book(tmp_path / kind, training_attendance=quarters(counts)), ["training_attendance"])
        (item,) = found.items
        assert (item.kind, item.by, item.page) == (kind, "chart", 75) and rule in item.says
        assert item.says.startswith(f"{counts[-1]:.1f}% in 2017-18 Q4")
        assert item.before == "same"  # a quarter ago it was not flagged


def test_a_table_that_no_page_of_the_pack_reads_is_not_looked_at(tmp_path):
    assert not findings(book(tmp_path, training_attendance=quarters([60] * 11 + [20])), ["other"]).items


def test_too_few_quarters_and_a_withheld_newest_one_cannot_be_known(tmp_path):
    few = findings(book(tmp_path / "few", training_attendance=quarters([60, 61, 59])), ["training_attendance"])
    assert few.items == [] and list(few.unknown) == ["there are too few quarters to tell a change from chance"]
    frame = quarters([60] * 12)
    frame.loc[11, ["value", "count", "of"]] = np.nan
    frame = frame.assign(status=["shown"] * 11 + ["suppressed"], reason=[""] * 11 + ["withheld"])
    hidden = findings(book(tmp_path / "hidden", training_attendance=frame), ["training_attendance"])
    assert hidden.items == [] and hidden.unknown == {"the newest quarter is withheld": ["Places filled at training"]}


@pytest.mark.parametrize("late, kind", [(0, "same"), (2, "worse")])
def test_what_is_late_needs_attention_and_is_no_test_of_chance(tmp_path, late, kind):
    frame = pd.DataFrame(
        {"area": AREA, "period": "2017-18-Q4", "measure": "actions_open", "theme": "Total", "state": ["overdue", "Total"],
         "count": [late, late + 3]}
    )  # fmt: skip
    found = findings(book(tmp_path, review_actions_open=frame), ["review_actions_open"])
    (item,) = found.items
    assert (item.kind, item.says) == (kind, f"{late} at the end of 2017-18 Q4") and found.looked_at == []


def test_a_figure_beside_others_is_higher_lower_or_neither_by_its_own_interval():
    own = cell(103.8, 95.1, 113.1)
    others = {"England": cell(64.0), "similar places": cell(98.0), "the region": cell(120.0)}
    text = say.compared(own, others)
    assert (
        text
        == "higher than England (64.0); lower than the region (120.0); no different from similar places (98.0) by its 95% interval"
    )
    ends = say.compared(own, {"low": cell(95.1), "high": cell(113.1)})  # at its ends a difference is not claimed
    assert ends == "no different from low (95.1) and high (113.1) by its 95% interval"
    assert (
        say.compared(cell(1.0), {"England": cell(2.0)})
        == "beside England (2.0); without an interval no difference is claimed"
    )
    assert say.compared(own, {"England": cell(np.nan, status="suppressed")}) == "England is withheld"


def test_a_difference_with_both_sides_uncertainty_decides_before_the_own_interval():
    """Neighbours at 94.0 lie outside 95.1 to 113.1, but their own uncertainty makes the difference no finding."""
    own = cell(103.8, 95.1, 113.1)
    pair = {"similar places": (cell(94.0), cell(0.10, -0.02, 0.24)), "England": (cell(64.0), cell(0.62, 0.48, 0.77))}
    assert (
        say.compared(own, pair)
        == "higher than England (64.0); no different from similar places (94.0) by the 95% interval of the difference"
    )
