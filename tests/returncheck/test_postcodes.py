"""Postcodes in returns: placed where the user holds ONS's directory, named where not, kept nowhere.

The directory is invented. Its postcodes are of the area ZZ, which is none of Royal Mail's.
"""

import pytest
from invented_returns import AREA, HRDA, PERIOD, emptied, hrda, problem, rules, table

import returncheck
from lscb.periods import Quarter

OLD = "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,usertype,lsoa11,msoa11,lsoa21,lat"
NEW = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,usrtypind,lsoa11cd,msoa11cd,lsoa21cd,lat"
# E01017139 is the same in both censuses; E01017156 was split, and E01035442 is one of what it became (ONS lookup).
ROWS = [
    "ZZ1 1ZZ,ZZ1  1ZZ,ZZ1 1ZZ,198001,,E99999999,E06000045,0,E01017139,E02003549,E01017139,50.9",
    "ZZ2 2ZZ,ZZ2  2ZZ,ZZ2 2ZZ,198001,201512,E99999999,E06000045,0,E01017156,E02003549,E01035442,50.9",
    "ZZ3 3ZZ,ZZ3  3ZZ,ZZ3 3ZZ,198001,,S12000036,S12000036,0,S01008677,S02001621,S01008677,55.9",
]
POSTCODE = [*HRDA[:-1], "Postcode"]


@pytest.fixture(params=[OLD, NEW], ids=["headings until 2025", "headings since"])
def directory(request, tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    (folder / "ONSPD_UK_ZZ.csv").write_text("\n".join([request.param, *ROWS]) + "\n", encoding="utf-8")
    return folder


def read(tmp_path, text, folder, period=PERIOD):
    returns = tmp_path / "returns"
    returns.mkdir(exist_ok=True)
    (returns / "hrda.csv").write_text(text, encoding="utf-8")
    return returncheck.read(returns, period, AREA, open_data=folder)


def everything(got):
    """All that a reading gives on, as one text."""
    frames = [*got.frames.values(), *got.rejects.values(), got.problems, got.quality, got.gaps]
    return " ".join(frame.to_csv() for frame in frames) + str(got.receipts) + str(got.unknown)


def test_a_postcode_becomes_its_neighbourhood_and_is_not_kept(tmp_path, directory):
    rows = hrda(lsoa="ZZ1 1ZZ"), hrda(id="R2", lsoa="zz11zz"), hrda(id="R3", lsoa="ZZ2 2ZZ"), hrda(id="R4", lsoa="")
    got = read(tmp_path, table(POSTCODE, *rows), directory)
    frame = got.frames["hrda_referrals"]
    assert frame["lsoa"].fillna("").tolist() == ["E01017139", "E01017139", "E01017156", ""]
    assert frame["lsoa__state"].tolist() == ["value", "value", "value", "missing"]
    assert "3 rows with a postcode were placed" in everything(got) and problem(got, "warn") == []
    assert "1ZZ" not in everything(got).upper() and "2ZZ" not in everything(got).upper()


def test_the_code_is_of_the_census_that_the_indices_of_the_period_have(tmp_path, directory):
    rows = table(POSTCODE, hrda(lsoa="ZZ2 2ZZ", on="05/11/2025"))
    got = read(tmp_path, rows, directory, Quarter.parse("2025-26-Q3"))
    assert got.frames["hrda_referrals"]["lsoa"].tolist() == ["E01035442"]


@pytest.mark.parametrize("text", ["ZZ9 9ZZ", "ZZ3 3ZZ"])  # not in the directory; in Scotland
def test_what_the_directory_does_not_place_counts_without_a_neighbourhood(tmp_path, directory, text):
    got = read(tmp_path, table(POSTCODE, hrda(lsoa=text)), directory)
    assert got.frames["hrda_referrals"]["lsoa"].isna().tolist() == [True]
    assert [cell for cell, _ in emptied(got)] == ["G2"] and "does not place" in rules(got)
    assert text[-3:] not in everything(got)


def test_without_a_directory_the_row_counts_and_the_sentence_says_how_to_get_a_place(tmp_path):
    got = read(tmp_path, table(POSTCODE, hrda(lsoa="ZZ1 1ZZ")), None)
    assert got.frames["hrda_referrals"]["lsoa__state"].tolist() == ["not_known"]
    assert "put its CSV" in rules(got) and "1ZZ" not in everything(got)


def test_a_code_beside_the_postcode_goes_first(tmp_path, directory):
    rows = [*hrda(), "ZZ2 2ZZ"], [*hrda(id="R2", lsoa=""), "ZZ2 2ZZ"]
    got = read(tmp_path, table([*HRDA, "Postcode"], *rows), directory)
    assert got.frames["hrda_referrals"]["lsoa"].fillna("").tolist() == ["E01017139", ""]
    assert '"LSOA" (column G) gives lsoa' in rules(got) and "2ZZ" not in everything(got)


def test_a_refused_row_is_given_back_without_its_postcode(tmp_path, directory):
    got = read(tmp_path, table(POSTCODE, hrda(on="31/02/2018", lsoa="ZZ1 1ZZ")), directory)
    assert got.rejects["hrda_referrals"]["Postcode"].tolist() == ["(a postcode, withheld)"]


def test_a_neighbourhood_elsewhere_is_named_without_its_postcode(tmp_path, directory):
    more = "ZZ4 4ZZ,ZZ4  4ZZ,ZZ4 4ZZ,198001,,E99999999,E09000001,0,E01000001,E02000001,E01000001,51.5"
    (path,) = directory.iterdir()
    path.write_text(path.read_text() + more + "\n")
    got = read(tmp_path, table(POSTCODE, hrda(lsoa="ZZ4 4ZZ")), directory)
    assert problem(got, "warn") == [("G2", "(a postcode, withheld)")] and "4ZZ" not in everything(got)
