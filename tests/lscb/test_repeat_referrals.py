"""Repeat referrals against constructed cases, worked out by hand, and against a plain loop."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb import repeat_referrals as hrda

NOT, REPEAT, UNKNOWN, DUPLICATE = "not", "repeat", "unknown", "duplicate"


def frame(*rows):
    """Referrals from (victim, perpetrator, referred_on[, incident_on])."""
    columns = ["victim_id", "perpetrator_id", "referred_on", "incident_on"]
    return pd.DataFrame([(*row, None)[:4] for row in rows], columns=columns)


def answers(rows, **how):
    """The answer of each referral, in input order, `duplicate` where it is one."""
    found = hrda.flag_repeats(rows, **how)
    assert list(found.index) == list(rows.index)
    return found["answer"].astype("object").where(~found["duplicate"], DUPLICATE).tolist()


# Known by the rule (lscb.repeat_referrals), worked out by hand.
CASES = {
    "a single referral": ([("V1", "P1", "2017-04-01")], [NOT]),
    "the anniversary still counts": ([("V1", "P1", "2016-04-10"), ("V1", "P1", "2017-04-10")], [NOT, REPEAT]),
    "the day after does not": ([("V1", "P1", "2016-04-10"), ("V1", "P1", "2017-04-11")], [NOT, NOT]),
    "twelve months from 29 February end on the 28th": (
        [
            ("V1", "P1", "2016-02-29"),
            ("V1", "P1", "2017-02-28"),
            ("V2", "P2", "2016-02-29"),
            ("V2", "P2", "2017-03-01"),
        ],
        [NOT, REPEAT, NOT, NOT],
    ),
    "from 28 February to 29 February is a year and a day": (
        [
            ("V1", "P1", "2015-02-28"),
            ("V1", "P1", "2016-02-28"),
            ("V2", "P2", "2015-02-28"),
            ("V2", "P2", "2016-02-29"),
        ],
        [NOT, REPEAT, NOT, NOT],
    ),
    "the anchor rolls: the last referral, not the first": (
        [
            ("V1", "P1", "2015-01-01"),
            ("V1", "P1", "2015-12-01"),
            ("V1", "P1", "2016-11-30"),
            ("V1", "P1", "2017-12-01"),
        ],
        [NOT, REPEAT, REPEAT, NOT],
    ),
    "a lapsed referral is the next anchor": (
        [("V1", "P1", "2014-01-01"), ("V1", "P1", "2016-01-01"), ("V1", "P1", "2016-06-01")],
        [NOT, NOT, REPEAT],
    ),
    "unsorted input, answers in its order": (
        [("V1", "P1", "2017-03-01"), ("V2", "P2", "2017-01-01"), ("V1", "P1", "2016-09-01")],
        [REPEAT, NOT, NOT],
    ),
    "another perpetrator is another case": ([("V1", "P1", "2017-01-01"), ("V1", "P2", "2017-02-01")], [NOT, NOT]),
    "another victim of the same perpetrator": ([("V1", "P1", "2017-01-01"), ("V2", "P1", "2017-02-01")], [NOT, NOT]),
    "two on one day: the second is a duplicate": (
        [("V1", "P1", "2017-01-01"), ("V1", "P1", "2017-01-01")],
        [NOT, DUPLICATE],
    ),
    "a duplicate of a repeat, and of that three": (
        [
            ("V1", "P1", "2016-06-01"),
            ("V1", "P1", "2017-01-01"),
            ("V1", "P1", "2017-01-01"),
            ("V1", "P1", "2017-01-01"),
        ],
        [NOT, REPEAT, DUPLICATE, DUPLICATE],
    ),
    "a duplicate does not move the anchor": (
        [("V1", "P1", "2016-06-01"), ("V1", "P1", "2016-06-01"), ("V1", "P1", "2017-06-01")],
        [NOT, DUPLICATE, REPEAT],
    ),
    "a missing perpetrator is unknown and joins nobody": (
        [
            ("V1", None, "2017-01-01"),
            ("V1", None, "2017-01-01"),
            ("V1", None, "2017-02-01"),
            ("V1", "P1", "2017-03-01"),
        ],
        [UNKNOWN, UNKNOWN, UNKNOWN, NOT],
    ),
    "a missing victim is unknown": ([(None, "P1", "2017-01-01"), (None, "P1", "2017-02-01")], [UNKNOWN, UNKNOWN]),
    "N/K, 0 and blanks are no person": (
        [
            ("V1", "N/K", "2017-01-01"),
            ("V1", "n/k ", "2017-02-01"),
            ("0", "P1", "2017-01-01"),
            ("0", "P1", "2017-02-01"),
        ]
        + [
            ("V1", "", "2017-01-01"),
            ("V1", "  ", "2017-02-01"),
            ("00", "P1", "2017-03-01"),
            ("Unknown", "P1", "2017-04-01"),
        ],
        [UNKNOWN] * 8,
    ),
    "case and outer blanks do not matter": ([("v1", "P1 ", "2017-01-01"), (" V1", "p1", "2017-02-01")], [NOT, REPEAT]),
    "leading zeros do": ([("007", "P1", "2017-01-01"), ("7", "P1", "2017-02-01")], [NOT, NOT]),
    "a missing date is unknown and no anchor": ([("V1", "P1", None), ("V1", "P1", "2017-02-01")], [UNKNOWN, NOT]),
    "a time of day does not make another day": (
        [("V1", "P1", "2017-01-01 09:00"), ("V1", "P1", "2017-01-01 17:00")],
        [NOT, DUPLICATE],
    ),
    "pairs do not run together": ([("V1", "P11", "2017-01-01"), ("V11", "P1", "2017-02-01")], [NOT, NOT]),
}


def test_a_number_as_identifier_is_somebody_even_0_or_larger_than_int64():
    twice = frame((0, 0, "2017-01-01"), (0, 0, "2017-02-01"))
    assert answers(twice) == [NOT, REPEAT]
    hashed = np.array([2**64 - 7, 2**64 - 7], "uint64")
    assert answers(twice.assign(victim_id=hashed, perpetrator_id=hashed)) == [NOT, REPEAT]
    assert answers(twice.assign(victim_id=[-1, -1])) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    "first, second, answer",
    [
        ("01/02/2017", "02/01/2018", REPEAT),  # month first: 2 January to 1 February of the next year, no repeat
        ("12/01/2017", "11/02/2018", NOT),  # month first: 1 December to 2 November, a repeat
    ],
)
def test_slashes_are_day_first(first, second, answer):
    assert answers(frame(("V1", "P1", first), ("V1", "P1", second))) == [NOT, answer]


def test_dates_with_and_without_a_time_stand_in_one_column():
    assert answers(frame(("V1", "P1", "2017-01-01"), ("V1", "P1", "2017-01-01T11:30:00"))) == [NOT, DUPLICATE]


def test_records_will_do_for_a_frame():
    rows = frame(("V1", "P1", "2017-01-01"), ("V1", "P1", "2017-02-01")).to_dict("records")
    assert hrda.flag_repeats(rows, key="victim + perpetrator")["repeat"].tolist() == [False, True]


@pytest.mark.parametrize("name", CASES)
def test_constructed_cases(name):
    rows, expected = CASES[name]
    assert answers(frame(*rows)) == expected


# Key `victim`: the same rows, without regard to the perpetrator.
BY_VICTIM = {
    "another perpetrator is a repeat": ([("V1", "P1", "2017-01-01"), ("V1", "P2", "2017-02-01")], [NOT, REPEAT]),
    "a missing perpetrator does not matter": ([("V1", None, "2017-01-01"), ("V1", None, "2017-02-01")], [NOT, REPEAT]),
    "a missing victim does": ([("N/K", "P1", "2017-01-01"), ("", "P1", "2017-02-01")], [UNKNOWN, UNKNOWN]),
    "two perpetrators on one day": ([("V1", "P1", "2017-01-01"), ("V1", "P2", "2017-01-01")], [NOT, DUPLICATE]),
}


@pytest.mark.parametrize("name", BY_VICTIM)
def test_the_key_victim(name):
    rows, expected = BY_VICTIM[name]
    assert answers(frame(*rows), key="victim") == expected
    assert answers(frame(*rows).drop(columns="perpetrator_id"), key="victim") == expected


# Basis `incident`: rows of the same pair, (referred, incident).
BY_INCIDENT = {
    "within twelve months though referred later": (
        [("2016-01-10", "2016-01-10"), ("2017-02-01", "2017-01-10")],
        REPEAT,
    ),
    "a day too late": ([("2016-01-10", "2016-01-10"), ("2017-02-01", "2017-01-11")], NOT),
    "on the day of the last referral": ([("2016-01-10", "2016-01-10"), ("2016-03-01", "2016-01-10")], NOT),
    "the day after it": ([("2016-01-10", "2016-01-10"), ("2016-03-01", "2016-01-11")], REPEAT),
    "before the last referral": ([("2016-01-10", "2016-01-10"), ("2016-03-01", "2015-12-01")], NOT),
    "missing: the referral stands in": ([("2016-01-10", None), ("2017-01-10", None)], REPEAT),
    "missing: the referral stands in, too late": ([("2016-01-10", None), ("2017-01-11", None)], NOT),
    "after its own referral: the referral stands in": ([("2016-01-10", None), ("2017-01-10", "2017-03-01")], REPEAT),
    "two days after its own referral": ([("2016-01-10", None), ("2017-01-10", "2017-01-12")], REPEAT),
    "from 29 February": ([("2016-02-29", "2016-02-29"), ("2017-06-01", "2017-02-28")], REPEAT),
}


@pytest.mark.parametrize("name", BY_INCIDENT)
def test_the_basis_incident(name):
    rows, expected = BY_INCIDENT[name]
    assert answers(frame(*(("V1", "P1", *row) for row in rows)), basis="incident") == [NOT, expected]


def test_rows_whose_referral_stood_in_are_listed():
    rows = frame(("V1", "P1", "2016-01-10", None), ("V2", "P1", "2016-01-10", "2016-02-01"), ("V3", None, "2016-01-10"))
    notes = hrda.flag_repeats(rows, basis="incident")["note"].tolist()
    assert [note.split(":")[0] for note in notes] == [
        "incident date missing",
        "incident after its own referral",
        "perpetrator not known",
    ]


def test_the_answer_keeps_the_index_and_names_the_anchor():
    rows = frame(("V1", "P1", "2016-01-10"), ("V1", "P1", "2016-05-01"), ("V1", "P1", "2016-05-01"))
    rows.index = [30, 10, 20]
    before = rows.copy()
    found = hrda.flag_repeats(rows)
    assert found["last_referred_on"].dt.strftime("%Y-%m-%d").tolist()[1:] == ["2016-01-10", "2016-01-10"]
    assert found.loc[30, "last_referred_on"] is pd.NaT
    assert found["repeat"].tolist() == [False, True, pd.NA]
    assert found["repeat"].mean() == 0.5  # the duplicate in neither numerator nor denominator
    pd.testing.assert_frame_equal(rows, before)


def test_people_are_matched_within_an_area_only_when_asked():
    rows = frame(("V1", "P1", "2017-01-01"), ("V1", "P1", "2017-02-01")).assign(area=["E06000044", "E06000045"])
    assert answers(rows) == [NOT, REPEAT]
    assert answers(rows, within="area") == [NOT, NOT]


def test_nothing_in_nothing_out():
    found = hrda.flag_repeats(frame().astype({"referred_on": "datetime64[s]"}))
    assert len(found) == 0 and list(found.columns)[:3] == ["answer", "repeat", "duplicate"]


@pytest.mark.parametrize("how", [{"basis": "incidents"}, {"key": "perpetrator"}])
def test_another_basis_or_key_is_refused(how):
    with pytest.raises(ValueError, match="victim"):
        hrda.flag_repeats(frame(("V1", "P1", "2017-01-01")), **how)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="perpetrator_id"):
        hrda.flag_repeats(frame(("V1", "P1", "2017-01-01")).drop(columns="perpetrator_id"))


# --- against a plain loop ---------------------------------------------------------------------------------------


def year_later(day: date) -> date:
    """Twelve months on, by the corresponding-date rule, without the library."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def by_hand(rows, basis, key):
    """The ruling in a plain loop over the rows: for each, look at all others."""
    found = []
    for i, (victim, perpetrator, on, incident) in enumerate(rows):
        who = (victim, perpetrator) if key == "victim+perpetrator" else (victim,)
        if None in who:
            found.append(UNKNOWN)
            continue
        same = [(r[2], j) for j, r in enumerate(rows) if j != i and r[: len(who)] == who]
        if any(day == on and j < i for day, j in same):
            found.append(DUPLICATE)
            continue
        earlier = [day for day, _ in same if day < on]
        clock = on if basis == "referral" or incident is None or incident > on else incident
        found.append(REPEAT if earlier and max(earlier) < clock <= year_later(max(earlier)) else NOT)
    return found


DAYS = st.integers(0, 1200).map(lambda n: date(2015, 2, 20) + timedelta(days=n)) | st.sampled_from(
    [date(2016, 2, 29), date(2017, 2, 28), date(2017, 3, 1), date(2016, 2, 28), date(2015, 12, 31), date(2016, 12, 31)]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from(["x", "y", None]), DAYS, DAYS | st.none()), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, basis=st.sampled_from(hrda.BASES), key=st.sampled_from(hrda.KEYS))
def test_flags_equal_a_plain_loop(rows, basis, key):
    got = frame(*rows).astype({"victim_id": "str", "perpetrator_id": "str"})
    got = got.assign(referred_on=pd.to_datetime(got["referred_on"]), incident_on=pd.to_datetime(got["incident_on"]))
    assert answers(got, basis=basis, key=key) == by_hand(rows, basis, key)


@settings(max_examples=50, deadline=None)
@given(rows=ROWS, mixed=st.randoms())
def test_the_order_of_the_input_changes_no_count(rows, mixed):
    shuffled = list(rows)
    mixed.shuffle(shuffled)
    count = [
        sorted(answers(frame(*each).astype({"victim_id": "str", "perpetrator_id": "str"}))) for each in (rows, shuffled)
    ]
    assert count[0] == count[1]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 2), st.integers(0, 900)), min_size=1, max_size=30))
def test_whole_numbers_answer_as_text_does(rows):
    victim, perpetrator, day = (np.array(column) for column in zip(*rows, strict=True))
    codes = hrda.flag_repeats_codes(victim, perpetrator, day).answer
    wide = hrda.flag_repeats_codes(
        np.where(victim < 0, victim, victim * 2**40), np.where(perpetrator < 0, -1, perpetrator + 2**40), day
    )
    text = frame(*[(f"v{v}" if v >= 0 else None, f"p{p}" if p >= 0 else None, None) for v, p, _ in rows])
    text["referred_on"] = day.astype("datetime64[D]").astype("datetime64[s]")
    assert [("not", "repeat", "unknown", "duplicate")[code] for code in codes] == answers(text)
    assert (wide.answer == codes).all()  # too wide for one packed number: counted off instead


def test_whole_number_identifiers_with_a_gap():
    rows = frame((1, 1, "2017-01-01"), (1, 1, "2017-02-01"), (0, 1, "2017-01-01"), (0, 1, "2017-02-01"))
    assert answers(rows) == [NOT, REPEAT, NOT, REPEAT]
    with_gap = rows.assign(perpetrator_id=[1.0, 1.0, np.nan, 2.0])
    assert answers(with_gap) == [NOT, REPEAT, UNKNOWN, NOT]
