"""Rows of a return of cases are its cases."""

import pandas as pd
import pytest

import cellguard
from board_packs.quarter.row_sums import row_sums
from board_packs.tables import documentation
from lscb import long_table

AREA = {"area": "E06000045"}


def rows(*some):
    return pd.DataFrame([AREA | {"status": "shown"} | row for row in some])


def deaths(period, **years):
    """Deaths by year as a pack of a quarter prints them, with how many rows the return has."""
    by_year = [
        {"measure": "cdop_deaths_notified", "period": year, "window": "1 year", "count": n} for year, n in years.items()
    ]
    accepted = [{"measure": "returns_rows_accepted", "period": period, "return": name, "count": n}
                for name, n in (("child_deaths", sum(years.values())), ("section_11", 253))]  # fmt: skip
    return {"child_deaths_by_year": rows(*by_year), "returns_received": rows(*accepted)}


def counts(frame, measure):
    some = frame[frame["measure"] == measure]
    return [None if n != n else int(n) for n in some["count"]]


def test_the_rows_of_a_return_do_not_tell_the_few_of_a_year_so_far():
    """17 + 17 + 3 deaths: the 3 is withheld, and 37 rows less 34 deaths are 3 (the case of page 99)."""
    tables = deaths("2017-18-Q3", **{"2015-16": 17, "2016-17": 17, "2017-18 to Q3": 3})
    known = {"documentation": documentation(), "relations": row_sums([tables])}
    protected, ledger = cellguard.protect(tables, ["partnership", "public"], **known)
    made = protected["partnership"]
    assert counts(made["child_deaths_by_year"], "cdop_deaths_notified") == [17, 17, None]
    assert counts(made["returns_received"], "returns_rows_accepted") == [None, 253]
    careless = {name: frame.copy() for name, frame in made.items()}
    careless["returns_received"].loc[0, ["count", "status"]] = [37, "shown"]
    found = cellguard.attack(careless, profile="partnership", **known)
    assert found.loc[found["exposed"], "possible"].tolist() == ["3"]


def test_sums_are_of_the_periods_until_the_quarter_that_counts_the_rows():
    packs = [
        deaths("2016-17-Q4", **{"2015-16": 17, "2016-17": 17}),
        deaths("2017-18-Q2", **{"2015-16": 17, "2016-17": 17, "2017-18 to Q2": 9}),
    ]
    sums = row_sums(packs)
    periods = {s["total"]["period"]: [part["period"] for part in s["parts"]] for s in sums}
    assert periods == {"2016-17-Q4": ["2015-16", "2016-17"], "2017-18-Q2": ["2015-16", "2016-17", "2017-18 to Q2"]}
    assert len(sums) == 4 and sum(bool(s.get("rest")) for s in sums) == 2


def test_referrals_and_their_duplicates_are_the_rows_of_their_quarters():
    one = {"measure": "hrda_referrals", "count": 720}
    table = rows(*(one | {"period": p} for p in ("2017-18-Q1", "2017-18-Q2", "2017-18-Q3", "2017-18 to Q2", "2016-17")))
    received = rows(
        {"measure": "returns_rows_accepted", "period": "2017-18-Q2", "return": "hrda_referrals", "count": 1}
    )
    parts = row_sums([{"t": table, "r": received}])[0]["parts"]
    assert [part["period"] for part in parts] == ["2017-18-Q1", "2017-18-Q2"]
    assert row_sums([{"t": table}]) == [] and row_sums([]) == []


@pytest.mark.slow
def test_what_a_withheld_count_is_about_is_a_figure_of_the_publics_own_tables(sample_quarter):
    """Rows of a return among them, whose page the public does not get: its tables are in the proof with all others."""
    seen = 0
    for path in sorted((sample_quarter / "protected" / "partnership").glob("*.csv")):
        frame = long_table.load(path)
        others = long_table.load(sample_quarter / "protected" / "public" / path.name)
        near = pd.to_numeric(frame["reason"].str.extract(r"; about (\d+)")[0])
        assert near.dropna().mod(5).eq(0).all()
        both = frame.assign(near=near).dropna(subset="near").merge(others, on=long_table.dimensions(frame), how="left")
        pd.testing.assert_series_equal(both["near"], both["count_y"], check_names=False, check_dtype=False)
        seen += len(both)
    assert seen > 10


def flows(period, waiting, reopened=0, **years):
    """Deaths notified and reviews completed by year, and the reviews outstanding at the end."""
    measures = ("cdop_deaths_notified", "cdop_reviews_completed")
    by_year = [{"measure": m, "period": year, "window": "1 year", "count": n}
               for year, both in years.items() for m, n in zip(measures, both, strict=True)]  # fmt: skip
    standing = [{"measure": "cdop_reviews_outstanding", "period": period, "standing": s, "count": n}
                for s, n in (("Total", waiting), ("in progress", waiting - reopened), ("reopened", reopened))]  # fmt: skip
    return {"child_deaths_by_year": rows(*by_year), "child_deaths_outstanding": rows(*standing)}


def test_those_who_wait_are_all_who_came_less_all_who_went_since_the_first_year():
    """62 and 6 deaths, 52 and 2 reviews, 14 wait: 62 + 6 - 52 - 14 are the 2, of a return that begins with its first
    year."""
    tables = flows("2017-18 to Q2", 14, **{"2016-17": (62, 52), "2017-18 to Q2": (6, 2)})
    known = {"documentation": documentation(), "relations": row_sums([tables]), "profile": "partnership"}
    told = tables["child_deaths_by_year"].copy()
    told["count"] = told["count"].astype(float)
    told.loc[3, ["count", "status"]] = [float("nan"), "suppressed"]
    found = cellguard.attack(tables | {"child_deaths_by_year": told}, **known)
    assert found.loc[found["exposed"] & (found["measure"] == "cdop_reviews_completed"), "possible"].tolist() == ["2"]
    made = cellguard.protect(tables, ["partnership"], documentation=documentation(), relations=row_sums([tables]))
    frames = made.protected["partnership"]
    found = cellguard.attack(frames, **known)
    assert not found["exposed"].any() and frames["child_deaths_by_year"]["status"].tolist()[-1] == "suppressed"


def test_who_waited_at_a_years_end_is_reviewed_within_the_next_where_no_review_is_late():
    """12 deaths and 8 reviews, so 4 waited; no review took over 12 months, and none waits so long: the next year's reviews
    are the 4 at least. Of 5, to a reader who knows that the number is small, 4 and 5 are left: one too few."""
    tables = flows("2017-18", 18, **{"2015-16": (12, 8), "2016-17": (20, 5), "2017-18": (20, 21)})
    late = {"measure": "cdop_reviews_timed", "period": "2017-18", "window": "5 years"}
    waits = {"measure": "cdop_reviews_outstanding", "period": "2017-18"}
    tables["child_deaths_timeliness"] = rows(
        *(late | {"time_to_review": t, "count": n} for t, n in (("within 6 months", 34), ("over 12 months", 0)))
    )
    tables["child_deaths_outstanding"] = rows(
        *tables["child_deaths_outstanding"].drop(columns=["area", "status"]).to_dict("records"),
        *(waits | {"age_of_case": a, "count": n} for a, n in (("under 6 months", 18), ("12 months and over", 0))),
    ).fillna({"age_of_case": "Total", "standing": "Total"})
    known = {"documentation": documentation(), "relations": row_sums([tables])}

    def least(frames):
        found = cellguard.attack(frames, profile="partnership", full=True, **known)
        small = found.query("measure == 'cdop_reviews_completed' and period == '2016-17' and figure == 'count'")
        return int(small["min"].iloc[0])

    careless = tables["child_deaths_by_year"].astype({"count": float})
    hidden = careless["period"].isin(["2016-17", "2017-18"]) & careless["measure"].eq("cdop_reviews_completed")
    careless.loc[hidden, ["count", "status"]] = [float("nan"), "suppressed"]
    assert least(tables | {"child_deaths_by_year": careless}) == 4
    team = cellguard.Profile("partnership", threshold=5, inside=True)
    assert least(cellguard.protect(tables, [team], **known).protected["partnership"]) <= 3


def test_reviews_of_a_year_are_at_least_those_of_its_deaths_who_wait_no_more():
    """Of 14 deaths 16 - 8 wait under a year: six are reviewed, so the year has six reviews at least."""
    by_year = [{"measure": "cdop_deaths_notified", "period": "2017-18", "window": "1 year", "count": 14},
               {"measure": "cdop_reviews_completed", "period": "2017-18", "window": "1 year", "status": "suppressed"}]  # fmt: skip
    waiting = [{"measure": "cdop_reviews_outstanding", "period": "2017-18", "standing": "Total"} | row for row in (
        {"age_of_case": "Total", "count": 16}, {"age_of_case": "12 months and over", "count": 8},
        {"age_of_case": "under 6 months", "status": "suppressed"},
        {"age_of_case": "6 to under 12 months", "status": "suppressed"})]  # fmt: skip
    tables = {"child_deaths_by_year": rows(*by_year), "child_deaths_outstanding": rows(*waiting)}
    found = cellguard.attack(tables, profile="partnership", documentation=documentation())
    assert found.loc[(found["measure"] == "cdop_reviews_completed") & (found["figure"] == "count"), "min"].tolist() == [
        6
    ]
