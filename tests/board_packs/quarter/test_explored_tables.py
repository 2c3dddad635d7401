"""Tables opened without a run: with another setting only what depends on it is built, and the rest is what it was."""

import pandas as pd
import pytest

from board_packs import tables
from board_packs.quarter import explored_tables, receiving
from board_packs.quarter import run_files as files
from board_packs.quarter.input_digests import settings
from lscb import long_table
from lscb.periods import Quarter

AREA, PERIOD = "E06000045", "2017-18-Q4"


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens two tables, of which one is of repeats by their basis: (folder, the builders that were called)."""
    called = []

    def people(inputs):
        called.append("people")
        return long_table.cells([dict(area=AREA, period=PERIOD, measure="toy_people", count=40)])

    def repeats(inputs):
        called.append("repeats")
        basis = inputs.standard("hrda.repeat.basis")
        count = {"referral": 12, "incident": 10}[basis]
        return long_table.cells([dict(area=AREA, period=PERIOD, measure="toy_repeats", count=count)])

    builders = (tables.registry.Builder(("people",), people), tables.registry.Builder(("repeats",), repeats))
    monkeypatch.setattr(tables.registry, "builders", lambda: builders)
    monkeypatch.setattr(receiving, "receive", lambda asked: receiving.Received({}, pd.DataFrame(), []))
    monkeypatch.setattr(files, "code", lambda hashes: "c" * 24)  # the library may be edited while its tests run
    monkeypatch.setenv("LSCB_OUT", str(tmp_path))

    def go(**basis):
        called.clear()
        chosen = {f"hrda.repeat.{name}": value for name, value in basis.items()}
        return explored_tables.explored(Quarter.parse(PERIOD), AREA, True, chosen), list(called)

    return go


def count(folder, table):
    return long_table.load(folder / "working" / f"{table}.csv")["count"].tolist()


def test_another_setting_builds_what_reads_it_and_keeps_the_rest(opened):
    folder, called = opened()
    assert called == ["people", "repeats"] and count(folder, "repeats") == [12]
    other, called = opened(basis="incident")
    assert called == ["repeats"] and other != folder
    assert count(other, "repeats") == [10] and count(other, "people") == [40]
    assert long_table.load(other / "protected" / "partnership" / "repeats.csv")["count"].tolist() == [10]
    assert opened(basis="incident") == (other, [])  # a second time it is there
    assert count(opened()[0], "repeats") == [12]  # and the first folder is as it was


def test_nothing_that_points_to_a_case_is_taken_along_from_another_folder(opened):
    folder, _ = opened()
    rows = folder / "working" / "rows" / "toy.parquet"
    for path in (rows, folder / "working" / "looked_for.json", folder / "working" / "parts" / "working sheet toy.json"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("HR-2017-0001")
    other, called = opened(basis="incident")
    assert called == ["repeats"] and other != folder
    assert not [path for path in other.rglob("*") if path.is_file() and b"HR-2017-0001" in path.read_bytes()]


def test_what_was_begun_with_another_folder_is_what_is_built_without_one(opened, tmp_path):
    opened()
    begun, _ = opened(basis="incident")
    alone = {path.relative_to(begun): path.read_bytes() for path in begun.rglob("*.csv")}
    for path in sorted(begun.parent.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    again, called = opened(basis="incident")
    assert called == ["people", "repeats"]
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*.csv")} == alone


def test_a_standard_is_another_where_a_part_of_it_was_chosen_and_no_other_is():
    names = ("standard hrda", "standard hrda.repeat", "standard hrda.repeat.basis")
    one, two = settings({"hrda.repeat.basis": "incident"}), settings({"hrda.repeat.basis": "referral", "trends.run": 8})
    assert set(one) == set(names) and set(two) == {*names, "standard trends", "standard trends.run"}
    assert all(one[name] != two[name] for name in names)
    assert settings({"hrda.repeat.basis": "incident", "trends.run": 9})["standard hrda"] == one["standard hrda"]
    assert settings({}) == {}
