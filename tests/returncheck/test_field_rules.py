"""Rules between the fields of a row: what every row needs refuses it, anything else gives no value."""

from invented_returns import DEATHS, death, emptied, problem, read, table


def test_a_review_before_the_death_is_no_date_and_the_death_counts(tmp_path):
    heads = [*DEATHS, "Date review completed"]
    got = read(tmp_path, d__csv=table(heads, [*death(), "31/01/2017"], [*death(id="D2"), "31/01/2018"]))
    frame = got.frames["child_deaths"]
    assert frame["review_completed_on"].dt.year.fillna(0).tolist() == [0, 2018]
    assert frame["review_completed_on__state"].tolist() == ["not_known", "value"]
    assert emptied(got) == [("H2", "31/01/2017")] and problem(got) == []
