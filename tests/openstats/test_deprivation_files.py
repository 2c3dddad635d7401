"""The files of the Indices: read in any layout, refused where they contradict themselves, never mixed."""

import pandas as pd
import pytest
from invented_files import (
    KEYS,
    PLACES,
    SOUTHAMPTON,
    figure,
    file_7,
    files_apart,
    headings,
    spoiled,
    workbook,
)

import openstats as opendata
from board_packs.tables import Inputs, build
from lscb.periods import Quarter
from openstats import parsed_copies
from openstats.deprivation_indices import INDICES


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


def test_file_7_and_the_smaller_files_give_the_same_table(tmp_path, cache):
    (tmp_path / "seven").mkdir()
    file_7(tmp_path / "seven" / "anything.csv")
    one = opendata.Store(tmp_path / "seven").lsoas(2019)
    many = opendata.Store(files_apart(tmp_path / "apart")).lsoas(2019)
    keys = ["index", "lsoa"]
    text = dict.fromkeys(["area", "area_name", "lsoa", "lsoa_name", "index"], "str")
    one, many = (f.astype(text).sort_values(keys, ignore_index=True) for f in (one, many))
    pd.testing.assert_frame_equal(one, many)
    assert set(one["index"]) == set(INDICES) and len(one) == 10 * len(PLACES)
    row = one[(one["index"] == "idaci") & (one["lsoa"] == "E01017138")].iloc[0]
    assert (row["rank"], row["decile"], row["score"]) == tuple(
        figure("idaci", k, 2) for k in ("Rank", "Decile", "Score")
    )
    assert (row["total"], row["children"], row["older"], row["working"]) == (900, 901, 903, 904.25)


def test_what_the_files_present_cannot_give_is_blank(tmp_path, cache):
    folder = files_apart(tmp_path / "apart")
    for name in ("File 2.xlsx", "File 5.xlsx", "File 6.xlsx"):
        (folder / name).unlink()
    held = opendata.Store(folder).lsoas(2019)
    assert set(held["index"]) == {"imd", "idaci", "idaopi"}
    assert held[["score", "total", "children"]].isna().all().all() and held["rank"].notna().all()


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda f: pd.concat([f, f.head(2)]), "2 neighbourhoods stand twice"),
        (lambda f: f.assign(**{KEYS[2]: "E06009999"}), "1 not of English authorities (E06009999"),
        (
            lambda f: f.assign(**{KEYS[0]: f[KEYS[0]].str.replace("E", "W")}),
            "6 codes are not of English neighbourhoods",
        ),
        (lambda f: f.assign(**{headings("crime")["Decile"]: [0, 11, 1, 1, 1, 1]}), "impossible for 2 neighbourhoods"),
        (lambda f: f.assign(**{headings("imd")["Rank"]: [1, "", 3, 4, 5, 6]}), "impossible for 1 neighbourhood."),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_the_count(tmp_path, cache, change, said):
    with pytest.raises(opendata.NotAsNamed) as refused:
        spoiled(tmp_path, change).lsoas(2019)
    assert said in str(refused.value)


def test_files_of_different_releases_are_not_mixed(tmp_path, cache):
    folder = files_apart(tmp_path / "apart")
    changed = pd.read_excel(folder / "File 3.xlsx", sheet_name="Table", engine="calamine")
    changed[headings("imd")["Rank"]] += 1
    workbook(folder / "File 3.xlsx", Table=[list(changed.columns), *changed.values.tolist()])
    with pytest.raises(opendata.NotAsNamed, match="differ in imd rank for 6 neighbourhoods"):
        opendata.Store(folder).lsoas(2019)


def test_a_missing_neighbourhood_leaves_the_tables_empty_and_says_how_many(tmp_path, cache):
    """A part of the country can be mapped; nothing is summarised from it."""
    held = spoiled(tmp_path, lambda f: f)
    assert not held.whole(2019) and held.lacking(2019) == 32_844 - 6
    inputs = Inputs(Quarter.parse("2017-18-Q4"), ("E08000003",), {}, None, held)
    made = build(inputs, only=["deprivation_summary"])["deprivation_summary"]
    assert made["status"].eq("not_available").all() and made["value"].isna().all()


def test_a_bad_file_makes_its_tables_not_available_and_nothing_else(tmp_path, cache):
    held = spoiled(tmp_path, lambda f: pd.concat([f, f.head(2)]))
    inputs = Inputs(Quarter.parse("2017-18-Q4"), (SOUTHAMPTON,), {}, None, held)
    made = build(inputs, only=["deprivation_deciles", "children"])
    assert "2 neighbourhoods stand twice" in made["deprivation_deciles"]["reason"].iloc[0]
    assert made["children"]["status"].eq("shown").all()
