"""Population workbooks and tables: either layout, and never a total that is not its parts."""

from datetime import date

import pytest
from invented_files import (
    SOUTHAMPTON,
    alter,
    mye,
    nomis,
    nomis_rows,
)

import openstats as opendata
from openstats import parsed_copies, readers
from openstats.file_kinds import kind


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


@pytest.mark.parametrize("geography", [True, False])
def test_a_mid_year_workbook_in_either_layout(tmp_path, geography):
    path = mye(tmp_path / "some name.xlsx", geography=geography)
    assert kind(path) == "mid_year_estimates"
    made = readers.population.workbook(path)
    own = made[(made["area"] == SOUTHAMPTON) & (made["sex"] == "female")]
    assert own["population"].tolist() == [2 * (10 + age % 7) for age in range(91)] and set(made["mid_year"]) == {2017}


@pytest.mark.parametrize(
    "spoil, said",
    [
        (alter("Males", 5, 10), "ages that do not add to all ages in 1 area"),
        (lambda s, r: alter(s, 5, 10)(s, alter(s, 5, 3)(s, r)) if s == "Males" else r, "do not add to persons in 1"),
        (lambda s, r: [row[:-1] if len(row) > 9 else row for row in r], "every single year of age"),
        (lambda s, r: alter(s, 7, 3, 3 if s == "Persons" else 1 + (s == "Females"))(
            s, alter(s, 7, 4, 3 if s == "Persons" else 1 + (s == "Females"))(s, r)),
         "districts do not add to the county"),
    ],
)  # fmt: skip
def test_a_total_that_is_not_its_parts_is_refused(tmp_path, spoil, said):
    with pytest.raises(opendata.NotAsNamed, match=said):
        readers.population.workbook(mye(tmp_path / "mye.xlsx", spoil=spoil))


def test_nomis_gives_the_current_series_and_counties_are_added_up(tmp_path, cache):
    from openstats import authorities as areas

    folder = tmp_path / "held"
    folder.mkdir()
    districts = areas.districts("E10000014", date(2024, 6, 30))
    assert kind(nomis(folder / "x.csv", list(nomis_rows((SOUTHAMPTON, *districts))))) == "nomis_population"
    store = opendata.Store(folder)
    held = store.population([SOUTHAMPTON, "E10000014"])
    one = held[held["vintage"] == "current series"].groupby(["area", "mid_year"])["population"].sum()
    each = 3 * sum(range(1, 92))
    assert one.to_dict() == {(a, y): each * n for a, n in ((SOUTHAMPTON, 1), ("E10000014", 11)) for y in (2016, 2024)}
    children = store.children().set_index(["area", "mid_year", "vintage"])["population_0_17"]
    assert children[SOUTHAMPTON, 2016, "first published"] == 49_901  # stands beside the revised series


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda rows: rows[:-5], "1 combination "),  # cut off at the server's 25,000 rows
        (lambda rows: [*rows, [2016, "n", SOUTHAMPTON, "Male", "All Ages", 20100, 1]], "do not add to all ages in 1"),
        (lambda rows: [[*row[:6], ""] if row[4] == "Age 3" else row for row in rows], "4 combinations"),
    ],
)
def test_a_nomis_file_that_was_cut_or_contradicts_itself(tmp_path, change, said):
    path = nomis(tmp_path / "x.csv", change(list(nomis_rows())))
    with pytest.raises(opendata.NotAsNamed, match=said):
        readers.population.nomis(path)
