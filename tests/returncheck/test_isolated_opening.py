"""One bad file stops nothing: whatever happens while a workbook is opened is a sentence about that file."""

import io
import os
import signal
import time
import zipfile

import pytest
import xlsxwriter
from invented_returns import HRDA, emptied, hrda, read, rules, table

from lscb.errors import UserError
from returncheck import file_limits, file_opening, isolated_opening, received_files

GOOD = table(HRDA, hrda(id="R9"))


def parts_of(children=77):
    """The parts of a good workbook of one referral, to be damaged."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("HRDA")
    sheet.write_row(0, 0, HRDA)
    sheet.write_row(1, 0, hrda())
    sheet.write_number(1, 4, children)
    book.close()
    with zipfile.ZipFile(out) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("value", [b"1e999", b"-1e999", b"NaN", b"nan", b"INF"])
def test_a_number_that_is_none_is_one_cell_without_a_value(tmp_path, value):
    parts = parts_of()
    parts[SHEET] = parts[SHEET].replace(b"<v>77</v>", b"<v>" + value + b"</v>")
    packed(tmp_path / "a.xlsx", parts)
    got = read(tmp_path, b__csv=GOOD)
    assert "R9" in got.frames["hrda_referrals"]["referral_id"].tolist()
    if len(got.frames["hrda_referrals"]) == 2:
        assert [cell for cell, _ in emptied(got)] == ["E2"]
    else:
        assert "damaged" in rules(got)


@pytest.mark.parametrize("address", [b"E400000000", b"ZZZZZZ3", b"A99999999999999"])
def test_a_cell_far_out_is_a_sentence_and_the_other_file_is_read(tmp_path, address):
    parts = parts_of()
    parts[SHEET] = parts[SHEET].replace(b'r="E2"', b'r="' + address + b'"')
    packed(tmp_path / "a.xlsx", parts)
    got = read(tmp_path, b__csv=GOOD)
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R9"]
    assert "far from the others" in rules(got)


def test_an_encoding_that_nobody_knows(tmp_path):
    xml = b'<?xml version="1.0" encoding="x-klingon"?><office:document-content/>'
    packed(tmp_path / "a.ods", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml})
    got = read(tmp_path, b__csv=GOOD)
    assert got.quality["accepted"].sum() == 1 and "damaged" in rules(got)


def test_a_cell_that_unpacks_to_a_quarter_of_a_gigabyte_is_not_unpacked(tmp_path):
    parts = parts_of()
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b">V1<", b">" + b"A" * 260_000_000 + b"<")
    packed(tmp_path / "a.xlsx", parts)
    got = read(tmp_path, b__csv=GOOD)
    assert "unpacks to far more than it can hold" in rules(got) and got.quality["accepted"].sum() == 1


@pytest.mark.parametrize(
    ("end", "sentence"),
    [(os.abort, file_limits.DAMAGED), (lambda: os.kill(os.getpid(), signal.SIGSEGV), file_limits.DAMAGED),
     (lambda: os.kill(os.getpid(), signal.SIGKILL), isolated_opening.TOO_MUCH), (lambda: time.sleep(30), isolated_opening.TOO_LONG),
     (lambda: bytearray(10**13), isolated_opening.TOO_MUCH), (lambda: 1 // 0, isolated_opening.FAULT),
     (lambda: os._exit(0), file_limits.DAMAGED)],
    ids=["abort", "segmentation fault", "killed", "hangs", "memory", "a fault of ours", "ends without an answer"],
)  # fmt: skip
def test_however_the_opening_ends_it_is_a_sentence(tmp_path, monkeypatch, end, sentence):
    packed(tmp_path / "a.xlsx", parts_of())
    monkeypatch.setattr(file_opening, "open_file", lambda *_, **__: end())
    monkeypatch.setattr(isolated_opening, "open_file", lambda *_, **__: end())
    monkeypatch.setattr(isolated_opening, "SECONDS", 1.0)
    monkeypatch.setattr(isolated_opening, "WAIT", 2)
    with pytest.raises(file_limits.Unreadable) as refusal:
        isolated_opening.open_isolated(tmp_path / "a.xlsx", len)
    assert str(refusal.value) == sentence


def test_seconds_are_of_the_processor_so_that_a_busy_machine_makes_no_file_a_bad_one(tmp_path, monkeypatch):
    packed(tmp_path / "a.xlsx", parts_of())
    monkeypatch.setattr(isolated_opening, "SECONDS", 1.0)
    monkeypatch.setattr(isolated_opening, "WAIT", 600)
    slow = lambda *_, opened=file_opening.open_file, **__: time.sleep(1.5) or opened(*_, **__)  # noqa: E731
    monkeypatch.setattr(isolated_opening, "open_file", slow)
    assert isolated_opening.open_isolated(tmp_path / "a.xlsx", len).grids
    monkeypatch.setattr(isolated_opening, "open_file", lambda *_, **__: sum(iter(int, 1)))  # for ever
    with pytest.raises(file_limits.Unreadable, match="took too long"):
        isolated_opening.open_isolated(tmp_path / "a.xlsx", len)


def test_what_the_child_reads_is_what_one_process_reads(tmp_path):
    packed(tmp_path / "a.xlsx", parts_of(3))
    apart, together = (
        open_(tmp_path / "a.xlsx", len) for open_ in (isolated_opening.open_isolated, file_opening.open_file)
    )
    assert [g.row(1) for g in apart.grids] == [g.row(1) for g in together.grids]
    assert apart.grids[0].row(1)[:5] == ["R1", "V1", "P1", "03/04/2017", 3.0]


def long_odd_text():
    """Rows of a good return, long enough and with blank lines between them, so that the plain reader leaves it."""
    rows = (",".join(hrda(id=f"R{i}", victim=f"V{i}", perpetrator="P" * 60)) for i in range(60_000))
    return table(HRDA) + "\n\n".join(rows) + "\n"


def test_a_long_odd_text_is_read_apart_and_as_one_process_reads_it(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(long_odd_text())
    together = file_opening.open_file(tmp_path / "a.csv", len)
    forks = []
    monkeypatch.setattr(os, "fork", lambda fork=os.fork: forks.append(1) or fork())
    apart = isolated_opening.open_isolated(tmp_path / "a.csv", len)
    assert forks == [1]
    assert [apart.grids[0].row(i) for i in (0, 1, 3)] == [together.grids[0].row(i) for i in (0, 1, 3)]
    (tmp_path / "b.csv").write_text(GOOD)
    isolated_opening.open_isolated(tmp_path / "b.csv", len)
    assert forks == [1]  # a short one is not worth a process


def test_a_long_odd_text_that_takes_too_long_stops_no_other(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(long_odd_text())
    monkeypatch.setattr(isolated_opening, "SECONDS", 0.001)
    got = read(tmp_path, b__csv=GOOD)
    assert isolated_opening.TOO_LONG in rules(got)
    assert got.frames["hrda_referrals"]["referral_id"].tolist() == ["R9"]


def test_files_that_are_not_looked_at_are_said(tmp_path):
    (tmp_path / "README").write_text("x")
    got = read(tmp_path, a__json="{}", README__txt="x", hrda__csv=GOOD)
    (tmp_path / "link.csv").symlink_to(tmp_path / "hrda.csv")
    got = read(tmp_path)
    notes = got.problems.loc[got.problems["rule"].str.startswith("Not read: "), "file"].tolist()
    assert notes == ["README", "README.txt", "a.json", "link.csv"] and got.quality["accepted"].tolist() == [1]


def test_what_is_hidden_or_no_file_of_rows_is_said_and_not_opened(tmp_path):
    (tmp_path / ".old").mkdir()
    (tmp_path / ".old" / "hrda.csv").write_text(GOOD)
    (tmp_path / ".hrda.csv").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe.csv")  # to open it would wait for ever
    (tmp_path / "elsewhere").symlink_to("/", target_is_directory=True)
    for usual in ("~$hrda.xlsx", ".DS_Store", ".~lock.hrda.ods#"):
        (tmp_path / usual).write_text("x")
    got = read(tmp_path, hrda__csv=GOOD)
    notes = got.problems.loc[got.problems["rule"].str.startswith("Not read: "), "file"].tolist()
    assert notes == [".hrda.csv", ".old", "elsewhere", "pipe.csv"] and got.quality["accepted"].tolist() == [1]


@pytest.mark.parametrize(
    ("bound", "at"), [("FOLDER_BYTES", len(GOOD) + 10), ("FOLDER_ROWS", 0), ("FOLDER_SECONDS", -1.0)]
)
def test_what_goes_beyond_what_is_read_of_a_folder_is_refused_file_by_file(tmp_path, monkeypatch, bound, at):
    monkeypatch.setattr(received_files, bound, at)
    got = read(tmp_path, a__csv=GOOD, b__csv=GOOD.replace("R1", "R2"))
    read_files = [] if bound == "FOLDER_SECONDS" else ["a.csv"]
    assert got.quality.loc[got.quality["received"] > 0, "file"].tolist() == read_files
    beyond = got.problems[got.problems["rule"].str.contains("that are read of a folder")]
    assert beyond["file"].tolist() == [name for name in ("a.csv", "b.csv") if name not in read_files]


def test_a_folder_of_everything_is_no_folder_of_returns(tmp_path, monkeypatch):
    monkeypatch.setattr(received_files, "FOLDER_FILES", 3)
    with pytest.raises(UserError, match="holds more than 3 files: name that of one quarter's returns"):
        read(tmp_path, a__csv=GOOD, b__csv=GOOD, c__csv=GOOD, d__csv=GOOD)
