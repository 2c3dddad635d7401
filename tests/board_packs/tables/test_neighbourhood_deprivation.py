"""Tables of deprivation: the worked example without national files, counties, neighbours, change between editions."""

from pathlib import Path

import numpy as np
import pytest

import openstats as opendata
from board_packs.tables import Inputs
from board_packs.tables import deprivation_measures as measures
from board_packs.tables import neighbourhood_deprivation as tables
from lscb.periods import Quarter

OPEN = Path(__file__).parents[4] / "shared" / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
SOUTHAMPTON = "E06000045"


@pytest.fixture(scope="module")
def store():
    return opendata.Store(OPEN)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return opendata.Store(tmp_path_factory.mktemp("nothing"))


def inputs(store, *codes, period="2017-18-Q4"):
    return Inputs(Quarter.parse(period), codes, {}, None, store)


def test_without_national_files_southampton_stands_as_published(bare):
    made = measures.deprivation_summary(inputs(bare, SOUTHAMPTON)).set_index(["edition", "index", "measure"])
    assert made.loc[("2015", "imd", "average_score"), ["value", "rank", "ranked"]].tolist() == [26.878, 67, 326]
    assert made.loc[("2015", "imd", "average_rank"), "rank"] == 54
    lacking = made.loc[("2025", "imd", "extent")]
    assert lacking["status"] == "not_available" and "lscb fetch" in lacking["reason"]
    with pytest.raises(opendata.Missing, match="Manchester"):
        measures.deprivation_summary(inputs(bare, "E08000003"))


def test_deciles_of_the_annual_report(bare):
    """2015: 19 of 148 neighbourhoods in decile 1, none in decile 10 (annual report 2017-18; Files 1 and 6)."""
    made = tables.deprivation_deciles(inputs(bare, SOUTHAMPTON)).set_index(["edition", "index", "measure", "decile"])
    imd = made.loc["2015", "imd", "neighbourhoods"]["count"]
    assert (imd["1"], imd["10"], imd["Total"]) == (19, 0, 148)
    assert made.loc[("2015", "imd", "neighbourhoods_share", "1"), "value"] == 19 / 148
    assert made.loc[("2019", "imd", "children_0_15", "10"), "count"] > 0
    assert made.loc[("2015", "imd", "children_0_15", "10"), "count"] == 0  # nobody lives there: nought, not blank
    later = made.loc[("2025", "imd", "children_0_15", "1")]
    assert later["status"] == "not_available" and np.isnan(later["count"])
    assert made.loc[("2025", "imd", "neighbourhoods", "1"), "count"] == 18


def test_change_is_relative_and_only_on_the_same_ground(bare):
    made = tables.deprivation_change(inputs(bare, SOUTHAMPTON))
    moved = made[(made["measure"] == "decile_change") & (made["index"] == "imd")]
    later = moved[moved["editions"] == "2019 to 2025"]
    assert len(later) == 148 and (later["status"] == "not_applicable").sum() == 4  # four were split, into eight
    assert set(later.loc[later["status"] == "not_applicable", "reason"]) == {"split in 2021"}
    counts = made[(made["measure"] == "neighbourhoods_moved") & (made["index"] == "imd")]
    assert counts[counts["editions"] == "2019 to 2025"]["count"].sum() == 148
    ranks = made[made["measure"] == "rank_change"].set_index(["index", "of_measure", "editions"])
    assert ranks.loc[("imd", "average_score", "2015 to 2019"), "value"] == 61 - 67
    assert "income after housing costs" in made[made["index"].eq("idaci") & made["period"].eq("2025")]["method"].iloc[0]


@pytest.mark.shared
@shared
def test_what_does_not_round_to_the_published_figure_gives_way_to_it(store):
    """File 10 of 2019. Bedford has a prison: its average rank from whole people is 15,291.05, published are 15,291.14."""
    made = measures.deprivation_summary(inputs(store, "E06000055", SOUTHAMPTON, "E08000038", period="2025-26-Q3"))
    made = made.set_index(["area", "edition", "index", "measure"])
    bedford, city = (made.loc[(code, "2019", "imd", "average_rank")] for code in ("E06000055", SOUTHAMPTON))
    assert bedford["value"] == 15291.14 and bedford["rank"] == 156 and "File 10" in bedford["method"]
    assert city["value"] != 20786.70 and round(city["value"], 2) == 20786.70 and "computed" in city["method"]
    barnsley = made.loc[("E08000038", "2019", "crime", "average_rank")]  # E08000016 when it was published
    assert (barnsley["value"], barnsley["rank"]) == (22772.30, 31)


@pytest.mark.shared
@shared
def test_a_county_is_its_districts_added_up_among_upper_tier(store):
    made = measures.deprivation_summary(inputs(store, "E10000014")).set_index(["edition", "index", "measure"])
    # 152 and 151 upper-tier authorities in 2015 and 2019 (File 11 of each edition).
    assert made.loc[("2015", "imd", "average_score"), "ranked"] == 152
    assert made.loc[("2019", "imd", "average_score"), "ranked"] == 151
    deciles = tables.deprivation_deciles(inputs(store, "E10000014")).set_index(
        ["edition", "index", "measure", "decile"]
    )
    assert deciles.loc[("2015", "imd", "neighbourhoods", "Total"), "count"] == 832
    other = measures.deprivation_summary(inputs(store, "E06000061")).set_index(["edition", "index", "measure"])
    assert "not an authority of the 2015 edition" in other.loc[("2015", "imd", "extent"), "reason"]


@pytest.mark.shared
@shared
def test_the_place_among_neighbours(store):
    made = measures.deprivation_neighbours(inputs(store, SOUTHAMPTON))
    one = made[(made["edition"] == "2019") & (made["measure"] == "average_score_among_neighbours")]
    imd = one[one["index"] == "imd"]
    assert len(imd) == 11 and sorted(imd["rank"]) == list(range(1, 12)) and (imd["ranked"] == 11).all()
    assert "oldest held" in imd["method"].iloc[0]
