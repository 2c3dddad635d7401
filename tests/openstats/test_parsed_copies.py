"""Parsed copies: kept in a private folder only, and used only where their content is what was kept."""

import os

import pandas as pd
import pytest

from openstats import parsed_copies
from openstats.parsed_copies import parsed, private, sha256


@pytest.fixture
def copies(tmp_path, monkeypatch):
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def official(tmp_path):
    path = tmp_path / "official.csv"
    path.write_text("area,count\nE06000045,7\n", encoding="utf-8")
    return path


def test_a_file_is_read_once_and_its_copy_after(copies, official):
    calls = []

    def read(path):
        calls.append(path)
        return pd.read_csv(path)

    first, again = (parsed(official, "counts", sha256(official), read) for _ in range(2))
    assert len(calls) == 1 and first.equals(again) and again["count"].tolist() == [7]


def test_a_copy_that_was_put_there_by_somebody_else_is_not_used(copies, official):
    digest = sha256(official)
    parsed(official, "counts", digest, pd.read_csv)
    (copy,) = copies.glob("*.parquet")
    pd.DataFrame({"area": ["E06000045"], "count": [999]}).to_parquet(copy, index=False)
    assert parsed(official, "counts", digest, pd.read_csv)["count"].tolist() == [7]
    copy.write_bytes(copy.read_bytes()[:20])  # cut short, as by a full disk
    assert parsed(official, "counts", digest, pd.read_csv)["count"].tolist() == [7]


def test_only_a_folder_of_ones_own_is_private(tmp_path):
    own, link = tmp_path / "own", tmp_path / "link"
    assert private(own) and own.stat().st_mode & 0o777 == 0o700
    link.symlink_to(own)
    assert not private(link)
    own.chmod(0o777)  # made under a permissive umask: closed before it is used
    assert private(own) and own.stat().st_mode & 0o022 == 0
    (tmp_path / "file").write_text("")
    assert not private(tmp_path / "file")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have owners on Unix only")
def test_a_folder_of_another_user_is_passed_over(tmp_path, monkeypatch):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: theirs.stat().st_uid + 1)
    assert not private(theirs)


def test_where_neither_place_is_private_the_copies_go_with_the_process(tmp_path, monkeypatch):
    closed = tmp_path / "file"
    closed.write_text("")
    monkeypatch.setattr(parsed_copies, "OPEN", closed)
    monkeypatch.setenv("XDG_CACHE_HOME", str(closed))
    folder = parsed_copies.cache_folder()
    assert folder.is_dir() and folder.stat().st_mode & 0o777 == 0o700 and folder != closed
    assert "lscb-open-" in folder.name and parsed_copies.cache_folder() == folder
