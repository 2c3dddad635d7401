"""Rows of a table: cells, breakdowns, periods; and what stays of a table that did not come."""

import pandas as pd
import pytest

from board_packs.pages.book import Book
from board_packs.pages.book_rows import Rows, table
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter

CELLS = [
    {"period": period, "measure": "referrals", "agency": agency, "sex": sex, "count": n}
    for period, n0 in (("2016-17", 90), ("2017-18-Q1", 20), ("2016-17-Q4", 30))
    for agency, sex, n in (
        ("Total", "Total", n0),
        ("police", "Total", n0 - 5),
        ("police", "female", 3),
        ("health", "Total", 5),
    )
]


@pytest.fixture
def rows():
    return table(long_table.cells(CELLS, area="E06000045"), ["agency", "sex"])


def test_a_dimension_that_is_not_named_is_its_total(rows):
    assert rows.cell("2016-17", "referrals").count == 90
    assert rows.cell("2016-17", agency="police").count == 85
    assert rows.cell("2016-17", agency="police", sex="female").count == 3
    assert rows.query("agency == 'health'").cell("2016-17").count == 5  # its only label


def test_a_cell_that_is_not_there_is_not_available_and_not_nought(rows):
    cell = rows.cell("2015-16", "referrals")
    assert (cell.status, f"{cell:count}", f"{cell:period}") == ("not_available", "not available", "2015-16")


def test_a_cell_that_could_be_several_names_the_dimension_to_choose(rows):
    with pytest.raises(UserError, match="several cells are meant: name period"):
        rows.cell(measure="referrals")
    with pytest.raises(UserError, match="no dimension 'agncy'; there are period, measure, agency, sex"):
        rows.cell("2016-17", agncy="police")


def test_a_period_in_the_index_is_found(rows):
    assert rows.query("agency == 'Total'").set_index("period").cell("2017-18-Q1").count == 20


def test_a_breakdown_has_no_total_and_others_at_theirs(rows):
    found = rows.query("period == '2016-17'").by("agency", measure="referrals")
    assert list(zip(found["agency"], found["count"], strict=True)) == [("police", 85), ("health", 5)]
    found = rows.query("period == '2016-17'").by("agency", totals=True)
    assert list(found["agency"]) == ["police", "health", "Total"]


def test_quarters_are_in_time_and_years_after_theirs(rows):
    total = rows.query("agency == 'Total'")
    assert list(total.quarters()["period"]) == ["2016-17-Q4", "2017-18-Q1"]
    assert list(total.quarters("2017-18-Q1")["period"]) == ["2017-18-Q1"]
    assert list(total.in_time()["period"]) == ["2016-17-Q4", "2016-17", "2017-18-Q1"]
    assert list(total.quarters().index) == [0, 1]


def test_rows_that_are_filtered_or_joined_are_rows(rows):
    frames = [
        rows[rows["count"] > 4], rows.query("count > 4"), rows.assign(twice=rows["count"] * 2), pd.concat([rows, rows]),
        rows.merge(rows[["agency"]].drop_duplicates(), on="agency"), rows.rename(columns={"count": "n"}),
    ]  # fmt: skip
    assert all(isinstance(frame, Rows) for frame in frames)


def test_a_table_that_did_not_come_is_filtered_like_any_other_and_keeps_its_reason():
    gone = long_table.cells([{"period": "2016-17", "measure": "t", "area": "a", "reason": "It did not come."}])
    rows = table(gone, ["agency"]).query("measure == 'referrals' and agency == 'Total'").quarters()
    assert rows.empty and rows.absent == "It did not come."
    assert rows.by("agency").absent == rows.set_index("period").absent == "It did not come."
    assert rows.cell("2016-17", "referrals", agency="x").reason == "It did not come."


def test_the_book_names_the_nearest_table_and_completes_names(tmp_path):
    long_table.write({"referrals": long_table.cells(CELLS, area="a")}, tmp_path)
    book = Book(tmp_path, Quarter.parse("2017-18-Q2"), "E06000045", "public")
    with pytest.raises(UserError, match="^there is no table 'referals'; nearest: 'referrals'$"):
        book["referals"]
    assert book._ipython_key_completions_() == ["referrals"]
    assert (book.year, book.last_year, book.year_before, book.year_so_far) == (
        "2016-17", "2015-16", "2016-17-Q2", "2017-18 to Q2"
    )  # fmt: skip


def test_what_is_derived_is_kept_with_the_book_and_words_are_asked_for(tmp_path):
    book = Book(tmp_path, Quarter.parse("2017-18-Q2"), "E06000045", "public")
    frame = book.derive("gap to the best", pd.DataFrame({"agency": ["a", "b"], "gap": [1.5, float("nan")]}))
    assert isinstance(frame, Rows) and book.derived == [1.5]
    assert book.derive("ratio", 0.25) == 0.25 and book.derived == [1.5, 0.25]
    with pytest.raises(UserError, match="say in words"):
        book.derive(" ", 1)


def test_a_table_of_shares_is_left_out_only_where_more_is_withheld_than_shown():
    shares = [{"period": str(y), "measure": "share", "agency": "Total", "value": 0.5} for y in (2015, 2016)]
    one = [{"period": "2017", "measure": "share", "agency": "Total", "status": "suppressed", "reason": "withheld"}]
    assert len(table(long_table.cells(shares + one, area="E06000045"), ["agency"]).unless_mostly_withheld()) == 3
    assert not len(table(long_table.cells(shares[:1] + one + [one[0] | {"period": "2018"}], area="E06000045"), ["agency"])
                   .unless_mostly_withheld())  # fmt: skip


def test_labels_come_in_the_order_asked_for_and_as_a_reader_writes_them(rows):
    year = rows.query("period == '2016-17' and sex == 'Total'")
    assert list(year.in_order("agency", ["police", "health", "school"])["agency"]) == ["police", "health"]
    named = year.in_order("agency", {"health": "Health", "Total": "All"})
    assert list(zip(named["agency"], named["count"], strict=True)) == [("Health", 5), ("All", 90)]
    assert named.cell(agency="Health").count == 5  # rows of the table still
