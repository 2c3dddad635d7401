"""What each threshold costs in withheld cells; and the rules of a profile that a board writes itself."""

import pandas as pd
import pytest

from lscb import disclosure
from lscb.disclosure import Profile


def table(measure="referrals", **counts):
    """One quarter's counts by sex."""
    cell = {"area": "E06000045", "period": "2017-18-Q4", "measure": measure}
    return pd.DataFrame([{**cell, "sex": sex, "count": n, "status": "shown"} for sex, n in counts.items()])


@pytest.mark.parametrize("zeros", ["may_hide", "always"])
def test_zeros_always_printed_cost_no_more_than_the_sums_ask(zeros):
    # 3 + 30 = 33: one of 30 and 33 must go. By hand: with 30 gone too, 3 may be anything from 1 to 32.
    own = Profile("own", threshold=5, zeros=zeros)
    made = disclosure.protect({"t": table(f=3, m=30, Total=33)}, [own]).protected["own"]["t"]
    assert made["status"].tolist() == ["suppressed", "suppressed", "shown"]
