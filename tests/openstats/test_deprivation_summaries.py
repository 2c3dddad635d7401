"""Deprivation of authorities that an edition does not have: put together from those it has, checked against them."""

from datetime import date
from pathlib import Path

import naive_deprivation
import numpy as np
import pytest

from lscb.deprivation import MEASURES
from openstats import Store, authorities

OPEN = Path(__file__).parents[3] / "shared" / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
pytestmark = [pytest.mark.shared, shared]
DAY = date(2025, 3, 31)
BCP, PARTS = "E06000058", ["E06000028", "E06000029", "E07000048"]


@pytest.fixture(scope="module")
def store():
    return Store(OPEN)


def imd(store, edition, code, day=DAY):
    rows = store.deprivation(edition, [code], day)
    return rows[rows["index"] == "imd"].set_index("measure")


def test_one_of_the_edition_is_as_its_publisher_has_it(store):
    published = store.published_summaries()
    for code in ("E06000045", BCP, "E06000060" if "E06000060" in set(published["area"]) else "E06000059"):
        rows = published[(published["area"] == code) & (published["edition"] == 2019) & (published["index"] == "imd")]
        computed = imd(store, 2019, code)
        for row in rows.itertuples():
            assert computed.loc[row.measure, "rank"] == row.rank and computed.loc[row.measure, "ranked"] == 317
            assert computed.loc[row.measure, "value"] == pytest.approx(row.value, rel=1e-3)


def test_a_later_authority_is_the_weighted_mean_of_what_it_was_made_of(store):
    whole, lsoas = imd(store, 2015, BCP), store.lsoas(2015)
    people = lsoas[lsoas["index"] == "imd"].groupby("area", observed=True)["total"].sum()[PARTS]
    places = lsoas[lsoas["index"] == "imd"].groupby("area", observed=True)["lsoa"].count()[PARTS]
    parts = {code: imd(store, 2015, code) for code in PARTS}
    for measure, weights in (("average_score", people), ("average_rank", people), ("extent", people)):
        values = [parts[code].loc[measure, "value"] for code in PARTS]
        assert whole.loc[measure, "value"] == pytest.approx(np.average(values, weights=weights))
    shares = [parts[code].loc["proportion_decile_1", "value"] for code in PARTS]
    assert whole.loc["proportion_decile_1", "value"] == pytest.approx(np.average(shares, weights=places))
    assert whole["ranked"].unique().tolist() == [296]
    assert whole["method"].unique().tolist() == [
        "computed, among lower-tier authorities of 31 March 2025, from the neighbourhoods of "
        "Bournemouth, Poole and Christchurch"
    ]


def test_a_county_that_became_a_unitary_authority_keeps_its_figures(store):
    county, unitary = imd(store, 2019, "E10000027"), imd(store, 2019, "E06000066")
    assert unitary["value"].to_dict() == pytest.approx(county["value"].to_dict())
    assert county["ranked"].unique().tolist() == [151] and unitary["ranked"].unique().tolist() == [296]


def test_the_tenth_of_a_new_authority_is_counted_anew(store):
    lsoas = store.lsoas(2015)
    joined = lsoas.assign(area=lsoas["area"].astype("str").replace(dict.fromkeys(PARTS, BCP)))
    slow = naive_deprivation.summarise(joined[joined["index"] == "imd"].astype({"index": "str"}))
    (expected,) = slow.loc[slow.index.get_level_values("area") == BCP, "local_concentration"]
    assert imd(store, 2015, BCP).loc["local_concentration", "value"] == pytest.approx(expected)


@pytest.mark.parametrize("edition", [2015, 2019])
def test_every_authority_of_today_has_all_five_measures_in_every_edition(store, edition):
    codes = authorities.upper_tier(DAY)
    rows = store.deprivation(edition, codes, DAY)
    rows = rows[rows["index"] == "imd"]
    assert set(rows["area"]) == set(codes) and len(rows) == len(codes) * len(MEASURES) == 153 * 5


def test_every_neighbourhood_belongs_to_one_authority_of_today(store):
    for edition in (2015, 2019, 2025):
        placed = store.neighbourhoods(edition, authorities.upper_tier(DAY))
        placed = placed[placed["index"] == "imd"]
        assert placed["lsoa"].is_unique and len(placed) == {2025: 33_755}.get(edition, 32_844)


def test_two_that_share_ground_each_have_their_neighbourhoods(store):
    alone = store.neighbourhoods(2019, ["E08000038"])
    both = store.neighbourhoods(2019, ["E08000016", "E08000038"])
    assert both[both["area"] == "E08000038"].reset_index(drop=True).equals(alone)
    assert len(both) == 2 * len(alone) > 0
    assert store.neighbourhoods(2019, []).empty


def test_a_recoded_authority_has_the_same_figures_under_both_codes(store):
    old, new = imd(store, 2019, "E08000016"), imd(store, 2019, "E08000038")
    assert old[["value", "rank", "ranked"]].equals(new[["value", "rank", "ranked"]]) and len(old) == 5
