"""The store: tidy tables of whatever is held, of the worked example without anything, of the official files."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import openstats as opendata
from lscb.errors import UserError
from openstats import parsed_copies

SHARED = Path(__file__).parents[3] / "shared"
OPEN = SHARED / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
SOUTHAMPTON, ENGLAND = "E06000045", "E92000001"


@pytest.fixture(scope="module")
def store():
    return opendata.Store(OPEN)


@pytest.fixture
def bare(tmp_path):
    return opendata.Store(tmp_path / "nothing")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


def test_data_reference_serves_southampton(bare):
    assert bare.lsoas(2015)["lsoa"].nunique() == 148 and bare.lsoas(2025)["lsoa"].nunique() == 152
    outlines = bare.boundaries(2011)
    assert len(outlines) == 148 and outlines.crs.to_epsg() == 27_700 and outlines.attrs["repaired"] == 0
    assert outlines.area.sum() / 1e6 == pytest.approx(50, abs=3)  # the city has about 50 square kilometres
    assert set(bare.lookup()["change"]) == {"U", "S"}
    births = bare.births_infant_deaths().set_index("year")
    assert births.loc[2016, "infant_deaths"] == 16 and np.isnan(births.loc[2017, "live_births"])
    lac = bare.indicators()
    own = lac[(lac["measure_code"] == "LAC") & (lac["area"] == SOUTHAMPTON) & (lac["period"] == "2018")]
    assert own["value"].tolist() == [104]  # DfE: 104 per 10,000 at 31 March 2018


def test_what_is_not_held_is_named_with_how_to_get_it(bare):
    for call in (lambda: bare.boundaries(2021), lambda: bare.neighbours("E08000035"), lambda: bare.lsoas(2010)):
        with pytest.raises(opendata.Missing, match="lscb fetch"):
            call()


def test_the_neighbour_list_in_force_or_the_nearest_is_named(bare):
    early = bare.neighbours(SOUTHAMPTON, date(2018, 3, 31))
    assert early["model_year"].unique().tolist() == [2021] and "31 March 2018 is not held" in early.attrs["note"]
    assert bare.neighbours(SOUTHAMPTON, date(2025, 4, 30))["model_year"].iloc[0] == 2021
    late = bare.neighbours(SOUTHAMPTON, date(2025, 5, 1))
    assert late["area_name"].tolist()[0] == "Coventry" and late.attrs["note"] == "DfE's list of 2025"


@pytest.mark.shared
@shared
def test_the_official_files_agree_with_data_reference(store, bare):
    keys = ["area", "mid_year", "sex", "age", "vintage"]
    both = store.population().merge(bare.population(), on=keys, validate="one_to_one")
    assert len(both) == len(bare.population()) and both["population_x"].equals(both["population_y"])
    children = store.children().merge(bare.children(), on=["area", "mid_year", "vintage"], validate="one_to_one")
    assert len(children) == 90 and children["population_0_17_x"].equals(children["population_0_17_y"])
    keys = ["measure_code", "period", "area"]
    figures = bare.indicators().merge(store.indicators(), on=keys, validate="one_to_one", suffixes=("", "_here"))
    assert len(figures) == len(bare.indicators()) and np.allclose(
        figures["value"], figures["value_here"], equal_nan=True
    )
    births = store.births_infant_deaths()
    own = births[births["area"] == SOUTHAMPTON].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, bare.births_infant_deaths(), check_dtype=False)


@pytest.mark.shared
@shared
def test_outlines_are_mended_and_counted(store):
    outlines = store.boundaries(2011)
    assert (len(outlines), outlines.attrs["repaired"]) == (34_753, 3)
    assert outlines.geometry.is_valid.all() and set(outlines.geom_type) <= {"Polygon", "MultiPolygon"}
    assert len(store.boundaries(2021)) == 35_672


@pytest.mark.shared
@shared
def test_every_authority_has_births_and_deaths_in_every_year(store):
    """The workbooks to 2014 have no codes: names, footnotes and hyphens must not lose one."""
    from openstats import authorities as areas

    held = store.births_infant_deaths()
    for year in range(2010, 2018):
        there = set(held.loc[held["year"] == year, "area"])
        lost = [areas.name(code) for code in areas.upper_tier(date(year, 7, 1)) if code not in there]
        assert set(lost) <= {"City of London", "Isles of Scilly"}, year  # published with Hackney and Cornwall
    england = held[held["area"] == ENGLAND].set_index("year")
    assert england.loc[2016, ["live_births", "infant_deaths"]].tolist() == [663_157, 2_587]  # ONS 2016


@pytest.mark.shared
@shared
def test_recoded_authorities_stand_under_both_codes_and_are_marked(store):
    figures = store.indicators(["LAC"])
    one = figures[figures["period"] == "2018"].set_index("area")
    assert one.loc["E10000002", "value"] == one.loc["E06000060", "value"]  # Buckinghamshire
    assert one.loc["E10000002", "recoded"] and not one.loc["E06000060", "recoded"]


def test_a_user_error_is_one_line():
    assert issubclass(opendata.NotAsNamed, UserError) and issubclass(opendata.NotAsNamed, opendata.Missing)
    assert "\n" not in str(opendata.Missing("iod2019", "the deprivation of Leeds"))
