"""Text that a spreadsheet would run is guarded in every CSV for people, and read back without loss."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb import long_table
from lscb.spreadsheet_text import guarded, unguarded

FORMULAS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "  =1",
    "\t=1",
    "＝1",
    "%x",
    "|x",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe_and_is_read_back(text):
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Neglect", "'tis", "5", "a=b", "''", "O'Neil", "(-1)"])
def test_other_texts_are_written_as_they_are(text):
    assert guarded(text) == text == unguarded(text)


@given(st.text() | st.text(alphabet="'=+-@ \t\rx"))
def test_nothing_is_lost(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" \n").startswith(("=", "+", "-", "@"))


def test_every_file_of_a_table_is_guarded(tmp_path):
    rows = [
        dict(area="E06000045", period="2017-18", measure="places", event=text, count=-1, reason=text)
        for text in FORMULAS
    ]
    frame = long_table.cells(rows)
    long_table.write({"training": frame}, tmp_path)
    pd.testing.assert_frame_equal(long_table.load(tmp_path / "training.csv"), frame)
    raw = pd.read_csv(tmp_path / "training.csv", dtype="str", keep_default_na=False)
    assert all(text.startswith("'") for column in ("event", "reason") for text in raw[column])
    assert set(raw["count"]) == {"-1"}  # a figure is a figure


def test_headings_and_blanks_are_kept(tmp_path):
    frame = pd.DataFrame({"=a": ["=b", None, "c"], "n": [1.5, None, 2]})
    (tmp_path / "x.csv").write_text(long_table.csv_text(frame), encoding="utf-8")
    assert (tmp_path / "x.csv").read_text().splitlines() == ["'=a,n", "'=b,1.5", ",", "c,2.0"]
    assert long_table.texts(tmp_path / "x.csv").to_dict("list") == {"=a": ["=b", "", "c"], "n": ["1.5", "", "2.0"]}
