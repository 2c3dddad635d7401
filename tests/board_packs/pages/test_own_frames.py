"""A frame that an analyst computes is a table with its caption and nothing else."""

import pandas as pd
import pytest
from page_reader import table_rows

from board_packs.pages import book, show
from lscb.errors import UserError

ROWS = pd.DataFrame(
    {
        "agency": ["police", "idva", "police"],
        "period": ["2016-17", "2017-18", "2017-18"],
        "count": [1203.0, 4, 5],
        "share": [0.5, 2.25, None],
    }
)


@pytest.mark.parametrize(
    ("frame", "table"),
    [
        (ROWS.pivot_table(index="agency", columns="period", values="count"),
         [["Agency", "2016-17", "2017-18"], ["IDVA", "–", "4"], ["Police", "1,203", "5"]]),
        (ROWS, [["Agency", "Period", "Count", "Share"], ["Police", "2016-17", "1,203", "0.5"],
                ["IDVA", "2017-18", "4", "2.3"], ["Police", "2017-18", "5", "–"]]),
        (ROWS.groupby("agency")["count"].sum(), [["Agency", "Count"], ["IDVA", "4"], ["Police", "1,208"]]),
        (ROWS.groupby("agency").agg(referrals=("count", "size"), mean=("count", "mean")),
         [["Agency", "Referrals", "Mean"], ["IDVA", "1", "4"], ["Police", "2", "604"]]),
        (ROWS.pivot_table(index="agency", columns="period", values="count", aggfunc=["sum"]),
         [["Agency", "Sum, 2016-17", "Sum, 2017-18"], ["IDVA", "–", "4"], ["Police", "1,203", "5"]]),
        (ROWS.pivot(index=["agency", "period"], columns="count", values="share")[[4.0]].dropna(),
         [["Agency", "Period", "4.0"], ["IDVA", "2017-18", "2.3"]]),
    ],
    ids=["pivot", "rows", "series", "grouped", "pivot of two levels", "index of two levels"],
)  # fmt: skip
def test_a_frame_of_ones_own_needs_its_caption_alone(frame, table):
    assert table_rows(show(frame, "Referrals")) == table


def test_its_figures_are_registered_as_computed(tmp_path):
    from lscb.periods import Quarter

    opened = book.Book(tmp_path, Quarter.parse("2017-18-Q4"), "E06000045", "public")
    book.OPENED.append(opened)
    try:
        show(ROWS.groupby("agency")["count"].sum(), "Referrals by agency")
    finally:
        book.OPENED.remove(opened)
    assert sorted(opened.derived) == [4, 1208]


def test_a_plot_over_labels_is_finished_like_one_over_numbers():
    import matplotlib.pyplot as plt

    from board_packs.pages import charts

    _, ax = plt.subplots()
    ax.plot(ROWS["period"].iloc[:2], ROWS["count"].iloc[:2], "o-")
    assert charts.show(ax, "The finding", "Line chart of two years").title == "The finding"


def test_a_series_without_names_and_a_styled_frame_are_shown():
    assert table_rows(str(show(pd.Series([4, 5]), "Numbers")))[1:] == [["0", "4"], ["1", "5"]]
    styled = pd.DataFrame({"agency": ["police", "health"], "n": [4, 5]}).style
    assert table_rows(str(show(styled, "Styled")))[1:] == [["Police", "4"], ["Health", "5"]]


@pytest.mark.parametrize("what", [[1, 2], 3, {"a": 1}, None])
def test_what_is_no_frame_is_told_how_to_become_one(what):
    with pytest.raises(UserError, match=r"show\(pd.DataFrame"):
        show(what, "Caption")


def test_a_column_that_there_is_not_is_named_with_those_there_are():
    with pytest.raises(UserError, match="Referrals: the frame has no column 'agncy'; there are agency, n"):
        show(pd.DataFrame({"agency": ["police"], "n": [4], "status": ["shown"]}), "Referrals", "agncy", {"N": "count"})
