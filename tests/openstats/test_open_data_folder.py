"""What a folder holds: parsed once, never written to, and a fingerprint of each set."""

import shutil

import pandas as pd
import pytest
from invented_files import (
    file_7,
    mye,
)

import openstats as opendata
from openstats import parsed_copies, readers


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


def test_nothing_is_parsed_twice_and_the_folder_is_never_written_to(tmp_path, cache, monkeypatch):
    folder = tmp_path / "held"
    folder.mkdir()
    mye(folder / "mye.xlsx")
    folder.chmod(0o555)
    first = opendata.Store(folder).population()
    copies = {p.name for p in cache.glob("*.parquet")}
    assert len(copies) == 1 and [p.name for p in folder.iterdir()] == ["mye.xlsx"]

    def refuse(path):
        raise AssertionError("read again")

    monkeypatch.setitem(readers.READERS, "mid_year_estimates", refuse)
    pd.testing.assert_frame_equal(opendata.Store(folder).population(), first)
    folder.chmod(0o755)
    shutil.move(folder / "mye.xlsx", folder / "renamed.bin")  # the content is the same, and known
    pd.testing.assert_frame_equal(opendata.Store(folder).population(), first)


def test_a_fingerprint_changes_with_its_own_set_only(tmp_path, cache):
    folder = tmp_path / "held"
    folder.mkdir()
    nothing = opendata.fingerprint(folder)
    mye(folder / "mye.xlsx")
    some = opendata.fingerprint(folder)
    assert {name for name in some if some[name] != nothing[name]} == {"mid_year_estimates"}
    file_7(folder / "seven.csv")
    more = opendata.fingerprint(folder)
    assert {name for name in more if more[name] != some[name]} == {"iod2019"}
