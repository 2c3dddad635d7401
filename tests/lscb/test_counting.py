"""Counts with their totals: zeros, labels that are not counted, sums with a missing part. Values by hand."""

import numpy as np
import pandas as pd
import pytest

from lscb import counting
from lscb.periods import Quarter

AREA = "E06000045"


def test_sum_with_a_missing_part_is_missing_and_zero_is_not():
    frame = pd.DataFrame({"area": AREA, "period": "p", "kind": ["a", "a", "b"], "n": [1, None, 0]})
    found = counting.sums(frame, ["n"], ["kind"]).set_index("kind")["n"]
    assert np.isnan(found["a"]) and np.isnan(found["Total"]) and found["b"] == 0


def test_every_label_is_counted_with_noughts_and_totals():
    spans = pd.DataFrame({"area": [AREA, AREA], "period": ["2016-17", "2017-18"]})
    rows = pd.DataFrame(
        {"area": AREA, "period": "2017-18", "sex": ["male", "male", "female"], "age": ["0-4", "5-9", "0-4"]}
    )
    counts = counting.tally(rows, spans, [{"sex": ["male", "female"], "age": ["0-4", "5-9"]}])
    cells = counts.set_index(["period", "sex", "age"])["count"]
    assert len(cells) == 2 * 3 * 3
    assert cells["2017-18", "male", "Total"] == 2 and cells["2017-18", "Total", "0-4"] == 2
    assert cells["2017-18", "female", "5-9"] == 0 and cells["2017-18", "Total", "Total"] == 3
    assert cells["2016-17"].eq(0).all()


def test_a_label_that_no_margin_names_is_refused():
    spans = pd.DataFrame({"area": [AREA], "period": ["2017-18"]})
    rows = pd.DataFrame({"area": AREA, "period": "2017-18", "sex": ["male", "neither"]})
    with pytest.raises(ValueError, match="neither"):
        counting.tally(rows, spans, [{"sex": ["male", "female"]}])


def test_rows_stand_in_their_quarter_and_in_a_year_that_was_sent_from_its_start():
    rows = pd.DataFrame({"area": AREA, "quarter": ["2016-17-Q3", "2016-17-Q4", "2017-18-Q1", "2017-18-Q2"], "n": 1})
    spread = counting.spread(rows, Quarter(2017, 2))
    assert spread[spread["span"] == "quarter"]["period"].tolist() == rows["quarter"].tolist()
    years = spread[spread["span"] == "year"]["period"].tolist()
    assert years == ["2017-18 to Q2", "2017-18 to Q2"]  # 2016-17 was begun in its third quarter: no year of it


def test_labels_say_what_is_missing_and_group_what_is_not_listed():
    values = pd.Series(["police_service", None, "", "dentist"])
    labels = counting.labelled(values, "not recorded", ["police service"], "other")
    assert labels.tolist() == ["police service", "not recorded", "not recorded", "other"]
    assert counting.labelled(pd.Series([True, False]), "not recorded").tolist() == ["yes", "no"]


def test_an_ethnic_group_is_one_of_the_census_of_2011():
    groups = pd.Series(["white_british", "gypsy_roma", "mixed_other", "arab", None])
    assert counting.ethnic_group(groups).tolist() == ["White", "White", "Mixed", "Other", "not recorded"]
