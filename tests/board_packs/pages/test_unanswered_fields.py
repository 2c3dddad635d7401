"""What is not known is not 0: of a field that nobody filled no label has a figure. Worked by hand."""

import pandas as pd
import pytest

from board_packs.pages.unanswered_fields import without_unanswered
from lscb.long_table import cells


def profile(counts: dict, dimension: str = "sex", **more) -> pd.DataFrame:
    """Referrals of a year by a label, with their total."""
    rows = [{dimension: label, "count": n} for label, n in counts.items()]
    return cells(rows, area="E06000045", period="2017-18", measure="hrda_referrals", **more)


def states(frame: pd.DataFrame, dimension: str = "sex") -> dict:
    shown = frame["count"].where(frame["status"] == "shown", frame["status"])
    return dict(zip(frame[dimension], shown, strict=True))


def test_of_a_field_that_nobody_filled_no_answer_is_0_and_the_blank_ones_stand():
    frame = without_unanswered(profile({"Total": 240, "female": 0, "male": 0, "not recorded": 240}))
    assert states(frame) == {"Total": 240, "female": "not_available", "male": "not_available", "not recorded": 240}
    assert set(frame["reason"]) == {"", "it is recorded of none"}


@pytest.mark.parametrize(
    "counts",
    [
        {"Total": 240, "female": 1, "male": 0, "not recorded": 239},  # one answer: no man is an answer too
        {"Total": 0, "female": 0, "male": 0, "not recorded": 0},  # nobody was referred
        {"Total": 5, "high": 0, "low": 0, "none": 5},  # a label of another kind
    ],
)
def test_a_nought_that_is_known_stays(counts):
    frame = profile(counts)
    assert without_unanswered(frame) is frame


def test_a_withheld_number_of_blank_ones_is_some_all_the_same():
    """A reader of the noughts knows it; of a withheld answer nothing is said."""
    counts = {"Total": 240, "female": 0, "male": 0, "not recorded": 240}
    frame = profile(counts)
    hidden = frame["sex"].isin(["Total", "not recorded"])
    frame.loc[hidden, "count"], frame.loc[hidden, "status"] = float("nan"), "suppressed"
    assert states(without_unanswered(frame))["female"] == "not_available"
    frame.loc[frame["sex"] == "male", ["count", "status"]] = [float("nan"), "suppressed"]
    assert states(without_unanswered(frame))["female"] == 0


def test_each_year_and_each_field_is_asked_by_itself():
    years = [
        profile({"Total": 9, "female": 0, "not recorded": 9}),
        profile({"Total": 9, "female": 8, "not recorded": 1}).assign(period="2016-17"),
        profile({"yes": 0, "no": 9, "not recorded": 0}, "disability"),
    ]
    frame = cells(pd.concat(years, ignore_index=True).fillna({"sex": "Total", "disability": "Total"}))
    got = without_unanswered(frame)
    assert list(got.loc[got["status"] != "shown", "period"]) == ["2017-18"]
    assert got.loc[got["disability"] == "yes", "count"].tolist() == [0]


@pytest.mark.parametrize("female, state", [(0, "not_available"), (1, "shown")])
def test_a_rate_of_noughts_that_are_not_known_is_none_either(female, state):
    counts = profile({"Total": 240, "female": female, "male": 0, "not recorded": 240 - female})
    rates = profile({"female": female, "male": 0}).assign(measure="rate", of=9000.0, value=0.0, method="Exact Poisson")
    frame = without_unanswered(cells(pd.concat([counts, rates], ignore_index=True)))
    of = frame[frame["measure"].eq("rate") & frame["sex"].eq("male")].iloc[0]
    assert (of["status"], of["value"] == 0) == (state, state == "shown")
