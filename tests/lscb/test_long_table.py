"""The long table: its columns in order, states by default, what is refused, and what reading gives back."""

import pandas as pd
import pytest

from lscb.long_table import cells, dimensions, load, write

ROW = {"area": "E06000045", "period": "2017-18", "measure": "deaths"}


def test_columns_stand_in_one_order_whatever_order_they_came_in():
    frame = cells([{"count": 3, "sex": "male", **ROW}], unit="deaths")
    assert dimensions(frame) == ["area", "period", "measure", "sex"]
    figures = ["value", "count", "of", "low", "high", "rank", "ranked"]
    assert list(frame.columns) == ["area", "period", "measure", "sex", *figures, "unit", "method", "status", "reason"]


def test_nought_is_shown_and_a_blank_is_not_available():
    frame = cells([{**ROW, "count": 0}, {**ROW, "sex": "male", "count": None}])
    assert frame["status"].tolist() == ["shown", "not_available"]


def test_a_status_that_was_given_stays():
    frame = cells([{**ROW, "status": "not_applicable", "reason": "no children"}, {**ROW, "period": "2016-17"}])
    assert frame["status"].tolist() == ["not_applicable", "not_available"]
    assert frame["reason"].tolist() == ["no children", ""]


@pytest.mark.parametrize(
    "rows, problem",
    [
        ([{"area": "E06000045", "measure": "deaths"}], "missing: period"),
        ([{**ROW, "status": "hidden"}], "unknown status: hidden"),
        ([{**ROW, "count": 1}, {**ROW, "count": 2}], "two rows for one cell"),
    ],
)
def test_what_is_no_table_is_refused(rows, problem):
    with pytest.raises(ValueError, match=problem):
        cells(rows)


def test_what_is_written_reads_back_with_every_figure_unrounded(tmp_path):
    frame = cells([{**ROW, "value": 1 / 3, "count": 1e6, "of": None}, {**ROW, "period": "2016-17", "value": 2.5e-300}])
    write({"deaths": frame}, tmp_path)
    pd.testing.assert_frame_equal(load(tmp_path / "deaths.csv"), frame)
    pd.testing.assert_frame_equal(load(str(tmp_path / "deaths.csv")), frame)
    first = (tmp_path / "deaths.csv").read_text(encoding="utf-8").splitlines()[1]
    assert first == "E06000045,2017-18,deaths,0.3333333333333333,1000000,,,,,,,,shown,"
