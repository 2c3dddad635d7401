"""The small charts of a pack's first page: their marks at their figures, their names apart and within the drawing."""

import re

import pytest

from board_packs.pages.cell_value import Cell
from board_packs.pages.small_charts import EDGE, WIDE, among, beside, change, of_all


def rate(value, low=float("nan"), high=float("nan")):
    return Cell({"status": "shown", "value": value, "low": low, "high": high, "unit": "per 10,000"})


def words(drawing):
    """Of each text the middle and the words."""
    return [(float(x), text) for x, text in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>', drawing)]


@pytest.mark.parametrize("similar, england", [(90.2, 90.3), (90.2, 64.0), (120.0, 120.1)])
def test_names_of_others_neither_touch_nor_leave_the_drawing(similar, england):
    drawn = beside(
        "Plans", rate(100.0, 95.0, 105.0), [("similar places", rate(similar)), ("England", rate(england))], "other"
    )
    figure, *names = words(drawn)
    assert figure[1] == "100.0" and {text for _, text in names} == {f"similar {similar}", f"England {england}"}
    ends = [
        (at - 3 * len(text), at + 3 * len(text)) for at, text in sorted(names)
    ]  # letters of 11 points are 6 wide at least
    assert ends[0][1] < ends[1][0] and ends[0][0] >= 0 and ends[1][1] <= WIDE


def test_the_line_beside_a_change_is_named_for_what_was_before_and_no_finding():
    assert words(change("Flags", (-0.842, -0.913, -0.712), "other"))[0][1] == "as before"


@pytest.mark.parametrize("at_end, named", [(True, {"1st", "150th, worst"}), (False, {"1st, worst", "150th"})])
def test_the_worst_part_of_all_authorities_is_marked_at_its_end(at_end, named):
    place = Cell({"status": "shown", "rank": 138, "ranked": 150})
    drawn = among("Care leavers", place, at_end, 0.1)
    (figure, *ends), (box,) = words(drawn), re.findall(r'<path d="M([^"]*)Z"', drawn)
    assert figure[1] == "138th" and {text for _, text in ends} == named
    places = [float(pair.split(",")[0]) for pair in re.split("[ L]", box)]
    assert (min(places) > 0.8 * WIDE) == at_end and (max(places) < 0.2 * WIDE) == (not at_end)


@pytest.mark.parametrize(
    "kind, mark", [("worse", r'<rect x="([\d.]+)"[^>]*width="9"'), ("same", r'<circle cx="([\d.]+)"')]
)
def test_each_share_of_what_was_due_stands_on_the_way_to_all(kind, mark):
    shares = [Cell({"status": "shown", "value": value, "unit": "share"}) for value in (0.288, 0.9)]
    drawn = of_all("Interviews", shares, kind)
    half = 4.5 if kind == "worse" else 0
    places = [EDGE + value * (WIDE - 2 * EDGE) for value in (0.288, 0.9)]
    assert [float(x) + half for x in re.findall(mark, drawn)] == pytest.approx(places, abs=0.06)
    assert [text for _, text in words(drawn)] == ["all", "28.8%", "90.0%"]
