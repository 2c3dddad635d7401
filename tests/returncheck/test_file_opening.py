# ruff: noqa: E501  (rows of cases read best as rows)
"""Text files of any kind, and files that are none."""

import hashlib

import pandas as pd
import pytest
from invented_returns import AREA, HRDA, PERIOD, emptied, hrda, read, table

import returncheck as returns
from lscb.errors import UserError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    text = table([*HRDA, "Agency"], hrda() + ["Café"]).replace(",", delimiter)
    got = read(tmp_path, hrda__csv=text.encode(encoding))
    assert got.frames["hrda_referrals"]["agency"].tolist() == ["Café"]


def test_an_unclosed_quote_refuses_the_whole_file(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(id='"R1'), hrda(id="R2")))
    assert not got.frames and "never closed" in " ".join(got.problems["rule"])


def test_the_fast_and_the_careful_reader_agree(tmp_path):
    rows = [
        hrda(id=f"R{i:05d}", victim=f"V{i % 97}", children=["1", "<5", "nil", "", "two"][i % 5]) for i in range(6000)
    ]
    plain = table(HRDA, *rows)
    assert len(plain) > 200_000
    fast = read(tmp_path, hrda__csv=plain)
    slow = read(tmp_path, hrda__csv=plain.replace("\nR00003,", "\n\nR00003,"))
    columns = [c for c in fast.frames["hrda_referrals"] if not c.startswith("_")]
    pd.testing.assert_frame_equal(fast.frames["hrda_referrals"][columns], slow.frames["hrda_referrals"][columns])
    assert emptied(fast)[0] == ("E6", "two") and emptied(slow)[0] == ("E7", "two")


BAD = {
    "empty.csv": b"",
    "pdf.csv": b"%PDF-1.4 ...",
    "cut.xlsx": b"PK\x03\x04" + b"\x00" * 50,
    "binary.csv": bytes(range(256)) * 50,
    "page.xls": b"<html><body><p>Session expired</p></body></html>",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    got = read(tmp_path)
    assert got.problems["severity"].tolist() == ["refuse"] and got.problems["rule"].str.endswith(".").all()


def test_a_folder_that_is_missing_or_empty(tmp_path):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(UserError, match="2017-18-Q4"):
            returns.read(folder, PERIOD, AREA)


def test_nothing_is_written_beside_the_originals_and_the_hash_is_kept(tmp_path):
    text = table(HRDA, hrda()).encode()
    got = read(tmp_path, hrda__csv=text)
    assert [p.name for p in tmp_path.iterdir()] == ["hrda.csv"] and (tmp_path / "hrda.csv").read_bytes() == text
    assert got.receipt["hrda.csv"] == {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}
    assert returns.fingerprint(tmp_path) == {"hrda.csv": hashlib.sha256(text).hexdigest()}
