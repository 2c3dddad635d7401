"""Tables of deprivation: the worked example without national files, counties, neighbours, change between editions."""

import csv
from pathlib import Path

import numpy as np
import pytest

import openstats as opendata
from board_packs.tables import Inputs, build
from board_packs.tables import deprivation_measures as measures
from board_packs.tables import neighbourhood_deprivation as tables
from lscb.periods import Quarter

ROOT = Path(__file__).parents[3]
OPEN = Path(__file__).parents[4] / "shared" / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
SOUTHAMPTON = "E06000045"


@pytest.fixture(scope="module")
def store():
    return opendata.Store(OPEN)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return opendata.Store(tmp_path_factory.mktemp("nothing"))


def inputs(store, *codes, period="2017-18-Q4", **settings):
    return Inputs(Quarter.parse(period), codes, {}, None, store, settings)


def test_without_national_files_southampton_stands_as_published(bare):
    made = measures.deprivation_summary(inputs(bare, SOUTHAMPTON)).set_index(["edition", "index", "measure"])
    assert made.loc[("2015", "imd", "average_score"), ["value", "rank", "ranked"]].tolist() == [26.878, 67, 326]
    assert made.loc[("2015", "imd", "average_rank"), "rank"] == 54
    lacking = made.loc[("2025", "imd", "extent")]
    assert lacking["status"] == "not_available" and "lscb fetch" in lacking["reason"]
    with pytest.raises(opendata.Missing, match="Manchester"):
        measures.deprivation_summary(inputs(bare, "E08000003"))


@pytest.mark.parametrize("period, edition", [("2016-17-Q2", 2015), ("2019-20-Q3", 2019), ("2026-27-Q2", 2025)])
@pytest.mark.parametrize("name", ["deprivation_summary", "deprivation_deciles", "deprivation_lsoa"])
def test_what_is_not_held_is_the_edition_in_force(bare, period, edition, name):
    """Published on 30 September 2015, 26 September 2019 and 30 October 2025."""
    (reason,) = set(build(inputs(bare, "E06000053", period=period), only=[name])[name]["reason"])
    assert reason.startswith(f"English Indices of Deprivation {edition}: no figure is held for the "), reason


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


def test_recast_the_neighbourhoods_of_2021_are_compared_in_every_edition(bare):
    """144 of Southampton's 148 stood as they were and four were split in two (ONS lookup): 152, all comparable."""
    made = tables.deprivation_change(inputs(bare, SOUTHAMPTON, **{"as_of.recast": 2021}))
    moved = made[(made["measure"] == "decile_change") & (made["index"] == "imd")].set_index(["editions", "lsoa"])
    plain = tables.deprivation_change(inputs(bare, SOUTHAMPTON)).query("measure == 'decile_change' and index == 'imd'")
    was = bare.lsoas(2019).query("index == 'imd'").astype({"lsoa": "str"}).set_index("lsoa")["decile"]
    later = bare.lsoas(2025).query("index == 'imd'").astype({"lsoa": "str"}).set_index("lsoa")["decile"]
    lookup = (ROOT / "data" / "reference" / "southampton-lsoa-2011-2021.csv").read_text(encoding="utf-8")
    pairs = [line.split(",") for line in lookup.splitlines()[1:]]
    split = [(old, new) for old, change, new in pairs if change == "S"]
    assert len(pairs) == 152 and len(split) == 8
    for old, new in split:
        assert moved.loc[("2019 to 2025", new), "value"] == later[new] - was[old]
    assert (moved["status"] == "shown").all() and moved.groupby("editions").size().tolist() == [152, 152]
    assert moved["method"].str.contains("neighbourhoods of 2021").all()
    untouched = plain.query("editions == '2019 to 2025' and status == 'shown'").set_index("lsoa")["value"]
    assert moved.loc["2019 to 2025"].loc[untouched.index, "value"].tolist() == untouched.tolist()


@pytest.mark.shared
@shared
def test_recast_merged_neighbourhoods_have_a_decile_only_where_all_parts_had_it(store):
    """By hand from the ONS lookup of Manchester: every merged or redrawn neighbourhood one by one."""
    made = tables.deprivation_change(inputs(store, "E08000003", **{"as_of.recast": 2021}))
    moved = made[(made["measure"] == "decile_change") & (made["index"] == "imd") & (made["period"] == "2025")]
    moved = moved.set_index("lsoa")
    was = store.lsoas(2019).query("index == 'imd'").astype({"lsoa": "str"}).set_index("lsoa")["decile"]
    later = store.lsoas(2025).query("index == 'imd'").astype({"lsoa": "str"}).set_index("lsoa")["decile"]
    with (OPEN / "boundaries" / "lookup_lsoa11_lsoa21_ltla22.csv").open(encoding="utf-8-sig") as file:
        lines = [line for line in csv.DictReader(file) if line["ltla22_code"] == "E08000003"]
    parts = {}
    for line in lines:
        parts.setdefault((line["lsoa21_code"], line["change_code"]), []).append(was[line["lsoa11_code"]])
    assert len(parts) == len(moved)
    merged = 0
    for (new, change), deciles in parts.items():
        sure = change != "X" and len(set(deciles)) == 1
        merged += change == "M"
        assert (moved.loc[new, "status"] == "shown") == sure, (new, change)
        assert not sure or moved.loc[new, "value"] == later[new] - deciles[0]
    assert merged > 0


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
