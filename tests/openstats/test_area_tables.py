"""Counts recast to authorities of another time: exact sums of what was there, and nothing where they do not fit."""

from pathlib import Path

import pandas as pd
import pytest

from openstats import Store
from openstats.area_tables import named, recast

OPEN = Path(__file__).parents[3] / "shared" / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
BOURNEMOUTH, POOLE, CHRISTCHURCH, BCP = "E06000028", "E06000029", "E07000048", "E06000058"


def births(**numbers):
    return pd.DataFrame({"area": list(numbers), "year": 2016, "live_births": list(numbers.values())})


def value(frame, area):
    return frame.set_index("area")["live_births"].to_dict().get(area)


def test_an_authority_of_today_is_the_sum_of_its_predecessors():
    frame = recast(births(**{BOURNEMOUTH: 2_000, POOLE: 1_500, CHRISTCHURCH: 400}), ["live_births"], ["year"])
    assert value(frame, BCP) == 3_900 and value(frame, BOURNEMOUTH) == 2_000
    assert not frame.duplicated(["area", "year"]).any()  # what was there already is not added up again


def test_where_the_parts_do_not_fit_there_is_no_figure():
    frame = recast(births(**{BOURNEMOUTH: 2_000, POOLE: 1_500}), ["live_births"], ["year"])
    assert BCP not in set(frame["area"])


def test_a_sum_with_a_missing_part_is_missing_and_never_nought():
    frame = recast(births(**{BOURNEMOUTH: 2_000, POOLE: None, CHRISTCHURCH: 0}), ["live_births"], ["year"])
    assert BCP in set(frame["area"]) and pd.isna(value(frame, BCP))


def test_each_year_is_recast_from_what_stood_in_it():
    rows = pd.concat(
        [births(**{BOURNEMOUTH: 1, POOLE: 2, CHRISTCHURCH: 3}), births(**{BCP: 9}).assign(year=2020)],
        ignore_index=True,
    )
    frame = recast(rows, ["live_births"], ["year"], [BCP])
    assert dict(zip(frame["year"], frame["live_births"], strict=True)) == {2020: 9, 2016: 6}
    assert set(frame["area"]) == {BCP}


def test_a_recoded_authority_has_the_figures_of_its_other_code():
    frame = recast(births(E08000016=2_700), ["live_births"], ["year"])
    assert value(frame, "E08000038") == value(frame, "E08000016") == 2_700


def test_names_stand_beside_codes_and_an_unknown_code_is_its_own_name():
    frame = named(pd.DataFrame({"area": ["E06000045", "E99999999"], "count": [1, 2]}))
    assert frame["area_name"].tolist() == ["Southampton", "E99999999"]
    assert list(frame.columns) == ["area", "area_name", "count"]


# ONS, mid-2017 as first published: Bournemouth 194,752, Poole 151,270, Christchurch 49,616 (workbook of June 2018).
@pytest.mark.shared
@shared
def test_populations_of_the_ten_reorganised_authorities_are_those_of_their_parts():
    store = Store(OPEN)
    people = store.population([BCP])
    mid = people[people["mid_year"] == 2017]
    assert mid["population"].sum() == 194_752 + 151_270 + 49_616
    from openstats import authorities

    for code in authorities.upper_tier():
        years = set(store.population([code])["mid_year"])
        assert years >= {2016, 2017, 2018, 2019}, authorities.name(code)
    children = store.children()
    assert set(authorities.upper_tier()) <= set(children.loc[children["mid_year"] == 2017, "area"])
