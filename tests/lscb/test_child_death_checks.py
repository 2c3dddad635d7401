"""What the panel should look at: a good case has nothing, each fault is listed by its name."""

import pandas as pd
import pytest

from lscb import child_death_checks as checks

GOOD = dict(
    death_id="D0",
    born_on="2017-01-01",
    died_on="2017-01-05",
    notified_on="2017-01-06",
    review_completed_on="2017-06-01",
    reopened_on=None,
    sex="female",
    lsoa="E01017136",
    gestation_weeks=30.0,
    categories="8;9",
    category=8,
)


FAULTS = {
    "category not the highest": dict(category=9),
    "death before birth": dict(born_on="2017-01-06"),
    "notified before death": dict(notified_on="2017-01-04"),
    "outstanding for want of a usable review date": dict(review_completed_on="2017-01-04"),
    "review before notification": dict(review_completed_on="2017-01-05"),
    "reopened before completion": dict(reopened_on="2017-05-31"),
    "gestation missing": dict(gestation_weeks=None),
    "out of scope": dict(born_on="1999-01-05"),
    "reviewed without category": dict(categories=None, category=None),
}


def typed(rows):
    frame = pd.DataFrame(rows)
    dates = [name for name in frame if name.endswith("_on")]
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})


def test_a_good_case_has_nothing_to_look_at():
    assert checks.quality(typed([GOOD])).empty


@pytest.mark.parametrize("issue", FAULTS)
def test_each_fault_is_listed_by_its_name(issue):
    found = checks.quality(typed([GOOD | dict(death_id="D1", sex="male"), GOOD | FAULTS[issue]]))
    assert found["death_id"].tolist() == ["D0"]
    assert found["issue"].tolist() == [issue] and found["says"].tolist() == [checks.ISSUES[issue]]


def test_a_day_of_completion_that_its_return_took_for_none_is_listed_and_a_blank_one_is_not():
    rows = [
        GOOD | dict(death_id=name, sex=sex, review_completed_on=None)
        for name, sex in (("D1", "male"), ("D2", "female"))
    ]
    deaths = typed(rows).assign(review_completed_on__state=pd.Categorical(["not_known", "missing"]))
    listed = checks.quality(deaths)
    assert listed["death_id"].tolist() == ["D1"]
    assert listed["issue"].tolist() == ["outstanding for want of a usable review date"]


def test_duplicates_are_both_listed_and_need_all_four():
    twin = GOOD | dict(death_id="D1")
    assert checks.quality(typed([GOOD, twin]))["issue"].tolist() == ["possible duplicate"] * 2
    for other in (dict(sex="male"), dict(lsoa="E01017137"), dict(died_on="2017-01-06"), dict(born_on="2017-01-02")):
        assert checks.quality(typed([GOOD, twin | other])).empty
    unknown = dict(lsoa=None)
    assert checks.quality(typed([GOOD | unknown, twin | unknown])).empty  # not recorded is not the same place


def test_every_issue_is_tested():
    assert {*FAULTS, "possible duplicate"} == set(checks.ISSUES)
