# ruff: noqa: E501  (rows of cases read best as rows)
"""What two returns, or two quarters of one, say of each other."""

from invented_returns import problem, read


def test_a_stock_that_does_not_follow_from_the_quarter_before(tmp_path):
    rows = [
        "plans_at_period_end,2017-18-Q3,50",
        "plans_started,2017-18-Q4,10",
        "plans_ended,2017-18-Q4,5",
        "plans_at_period_end,2017-18-Q4,{}",
    ]
    text = "indicator,quarter,count\n" + "\n".join(rows) + "\n"
    assert problem(read(tmp_path, cs__csv=text.format(55)), "warn") == []
    assert [v for _, v in problem(read(tmp_path, cs__csv=text.format(54)), "warn")] == ["54"]
