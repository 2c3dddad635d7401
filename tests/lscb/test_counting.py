"""Counts with their totals: zeros, labels that are not counted, sums with a missing part. Values by hand."""

import numpy as np
import pandas as pd

from lscb import counting

AREA = "E06000045"


def test_sum_with_a_missing_part_is_missing_and_zero_is_not():
    frame = pd.DataFrame({"area": AREA, "period": "p", "kind": ["a", "a", "b"], "n": [1, None, 0]})
    found = counting.sums(frame, ["n"], ["kind"]).set_index("kind")["n"]
    assert np.isnan(found["a"]) and np.isnan(found["Total"]) and found["b"] == 0
