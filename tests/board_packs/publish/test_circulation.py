"""What was given out is recorded as it left; what was edited, or typed to lead elsewhere, is refused."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
import toy_quarter as toy

from board_packs.publish import circulation, pdf_printing, quarter_run
from board_packs.publish.outcome import MANIFEST_SEAL, files_of, note_files, sealed_manifest, write_manifest
from board_packs.publish.pack_files.workbook_reading import tables_back
from board_packs.publish.verify import verify
from board_packs.quarter import checked_ledger
from board_packs.quarter import run_files as files
from cellguard import history
from lscb import long_table
from lscb.errors import UserError


@pytest.fixture(scope="module")
def done(tmp_path_factory, crew):
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        request = toy.ask(folder / "out", toy.write(folder / "notebooks"))
        (outcome,) = quarter_run.run(request, crew=crew)
        assert outcome.problems == []
    return folder


@pytest.fixture
def released(tmp_path, monkeypatch, done):
    """A finished run that a test may break: (its request, the area's folder, the ledger)."""
    shutil.copytree(done / "out", tmp_path / "out")
    ledger = tmp_path / "circulated"
    for module in (circulation, __import__("board_packs.publish.verify", fromlist=["verify"])):
        monkeypatch.setattr(module, "circulated", lambda sample: ledger)
    request, area = circulation.asked("2017-18-Q4", toy.AREA, True, tmp_path / "out")
    return request, request.folder(area), ledger


def test_what_is_recorded_is_what_left_though_protected_tables_are_others_by_now(released):
    request, folder, ledger = released
    text = circulation.circulate("main_board", "A. Chair", request, toy.AREA)
    assert "main_board (partnership) is recorded" in text
    zipped = files.sha256(folder / "packs" / "main_board" / "main_board.zip")
    assert text.endswith(f"main_board.zip, SHA-256 {zipped}")
    (entry,) = history.load(ledger)
    assert entry.signed_off_by == "A. Chair" and set(entry.tables) == {"toy", "places"}
    assert entry.tables["toy"]["count"].tolist() == [40, 12, 28]
    # nine late rows, and `lscb tables` again: the record of another pack is of what that pack printed
    path = folder / "protected" / "public" / "places.csv"
    path.write_text(path.read_text().replace("120", "129"))
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    assert history.load(ledger)[-1].tables["places"]["count"].tolist() == [120]


def test_a_pack_is_recorded_once_and_again_after_it_was_withdrawn(released):
    request, _, ledger = released
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    with pytest.raises(UserError, match="public is recorded already, as circulated on 20"):
        circulation.circulate("public", "A. Chair", request, toy.AREA)
    with pytest.raises(UserError, match="why"):
        circulation.withdraw("public", "A. Chair", "", request, toy.AREA)
    assert "still counts as known" in circulation.withdraw("public", "A. Chair", "wrong year", request, toy.AREA)
    with pytest.raises(UserError, match="is not recorded as circulated"):
        circulation.withdraw("public", "A. Chair", "again", request, toy.AREA)
    assert len(history.load(ledger)) == 1  # its readers have it
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    first, again = history.load(ledger)
    assert "wrong year" in first.withdrawn and not again.withdrawn and first.sent == again.sent != ""
    assert history.verify(ledger) == [] and history.number(ledger, toy.AREA) == 3


def seal(folder):
    files.write_text(folder / MANIFEST_SEAL, files.sha256(folder / "manifest.json"))


def test_nothing_is_circulated_before_a_person_said_whether_a_quarter_was_left_out(released):
    request, folder, ledger = released
    manifest, line = files.read_json(folder / "manifest.json"), "toys has no row of 2017-18-Q2. Say which it was"
    manifest["disclosure"]["attacks"]["public"]["unsettled"] = [line]
    write_manifest(folder, manifest)
    with pytest.raises(UserError, match=f"{line}. Then run again"):
        circulation.circulate("public", "A. Chair", request, toy.AREA)
    circulation.circulate("main_board", "A. Chair", request, toy.AREA)  # whose readers are not told of it
    assert [entry.pack for entry in history.load(ledger)] == ["main_board"]


@pytest.mark.parametrize("name", ["20_places.html", "tables.xlsx", "public.zip"])
def test_a_file_changed_with_every_hash_of_it_is_still_noticed(released, name):
    request, folder, _ = released
    path = folder / "packs" / "public" / name
    before = files.sha256(path)
    path.write_bytes(path.read_bytes().replace(b"120", b"125") + (b"" if name.endswith("html") else b" "))
    with pytest.raises(UserError, match=f"{name} of public is not as it was released"):
        circulation.circulate("public", "A", request, toy.AREA)
    for record in ("manifest.json", "packs.json"):
        text = (folder / record).read_text()
        (folder / record).write_text(text.replace(before, files.sha256(path)))
    with pytest.raises(UserError, match=r"manifest.json of .* is not as the run wrote it"):
        circulation.circulate("public", "A", request, toy.AREA)
    assert any("manifest.json was changed" in line for line in verify(request, (toy.AREA,))[1])
    if name.endswith("html"):  # the seal too: the zip holds the page that was released
        seal(folder)
        with pytest.raises(UserError, match="public.zip of public is not as it was released"):
            circulation.circulate("public", "A", request, toy.AREA)


def test_tables_behind_a_pack_that_its_workbook_does_not_have_are_not_recorded(released):
    request, folder, _ = released
    path = folder / "behind" / "public" / "places.csv"
    before = files.sha256(path)
    path.write_text(path.read_text().replace("120", "125"))
    text = (folder / "manifest.json").read_text()
    here = '"behind/public/places.csv": "'
    (folder / "manifest.json").write_text(text.replace(here + before, here + files.sha256(path)))
    seal(folder)
    with pytest.raises(UserError, match="tables.xlsx of public is not as it was released"):
        circulation.circulate("public", "A", request, toy.AREA)


@pytest.mark.parametrize("name", ["behind/public/places.csv", "packs/public/tables.xlsx", "packs/public/public.zip"])
def test_a_file_that_nothing_can_read_any_more_is_named_whoever_renewed_its_hashes(released, name):
    request, folder, _ = released
    path = folder / name
    before, content = files.sha256(path), path.read_bytes()
    path.write_bytes(content.replace(b"120", b"1-0") if name.endswith("csv") else content[: len(content) // 2])
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(before, files.sha256(path)))
    seal(folder)
    wrong = " ".join(verify(request, (toy.AREA,))[1])
    assert Path(name).name in wrong or "public.zip" in wrong, wrong  # the zip holds the workbook that was released


def test_a_browser_that_takes_too_long_prints_nothing_and_stops_nothing(tmp_path, monkeypatch):
    """As on a busy machine: what was recorded before it stays recorded, and the next circulating prints."""
    slow = tmp_path / "chromium"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(pdf_printing, "SECONDS", 0.1)
    (tmp_path / "page.html").write_text("<p>A page.</p>")
    assert pdf_printing.browser() == str(slow)
    assert not pdf_printing.pdf(tmp_path / "page.html", tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_a_seal_holds_for_both_manifests_while_one_takes_the_others_place(released):
    _, folder, _ = released
    manifest = sealed_manifest(folder)
    write_manifest(folder, manifest | {"noted": True})
    text = (folder / MANIFEST_SEAL).read_text()
    assert sealed_manifest(folder)["noted"] and text.split() == [files.sha256(folder / "manifest.json")]
    (folder / MANIFEST_SEAL).write_text(f"{'0' * 64} {text}")  # as in between
    assert sealed_manifest(folder)["noted"]
    (folder / "manifest.json").write_text("{}")
    assert sealed_manifest(folder) is None


@pytest.mark.parametrize("written", [1, 2])
def test_a_command_that_is_killed_between_seal_and_manifest_leaves_a_manifest_that_is_sealed(
    released, monkeypatch, written
):
    _, folder, _ = released
    before, write, left = sealed_manifest(folder), files.write_text, iter(range(written))

    def killed(path, text):
        next(left)
        write(path, text)

    monkeypatch.setattr(files, "write_text", killed)
    with pytest.raises(StopIteration):
        write_manifest(folder, before | {"noted": True})
    assert sealed_manifest(folder) == (before if written == 1 else before | {"noted": True})


def test_verify_names_what_differs(released):
    request, folder, ledger = released
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    right, wrong = verify(request, (toy.AREA,))
    assert wrong == [] and len(right) == 2
    (folder / "executed" / "public" / "20_places.ipynb").write_text("{}")
    (folder / "packs" / "public" / "extra.html").write_text("x")
    (entry,) = ledger.glob("*/*/*/entry.yml")
    entry.write_text(entry.read_text().replace("A. Chair", "B. Chair"))
    wrong = verify(request, (toy.AREA,))[1]
    assert any("executed/public/20_places.ipynb was changed" in line for line in wrong)
    assert any("packs/public/extra.html was put there" in line for line in wrong)
    assert any("is not as it was recorded" in line for line in wrong)


def test_a_chain_of_which_an_entry_was_taken_out_takes_no_further_one(released):
    request, _, ledger = released
    first = circulation.circulate("public", "A", request, toy.AREA)
    circulation.circulate("main_board", "A", request, toy.AREA)
    assert first.startswith("public (public) is recorded")
    shutil.rmtree(next(ledger.glob("*/*/001-*")))
    with pytest.raises(UserError, match="An entry before .* is missing"):
        circulation.withdraw("main_board", "A", "late rows", request, toy.AREA)


def test_an_older_ledger_put_back_is_noticed_and_nothing_is_protected_against_it(released):
    request, folder, ledger = released
    circulation.circulate("public", "A", request, toy.AREA)
    circulation.circulate("main_board", "A", request, toy.AREA)
    shutil.rmtree(next(ledger.glob("*/*/002-*")))
    assert history.verify(ledger) == []  # whole in itself
    assert any("an older copy was put back" in line for line in verify(request, (toy.AREA,))[1])
    with pytest.raises(UserError, match="an older copy was put back"):
        checked_ledger.load(folder, ledger, toy.AREA)


def test_what_the_workbook_prints_is_read_back_and_compared(released):
    request, folder, ledger = released
    path = folder / "packs" / "main_board" / "tables.xlsx"
    tables = {p.stem: long_table.load(p) for p in sorted((folder / "behind" / "main_board").glob("*.csv"))}
    assert history.differences(tables, tables_back(path, tables)) == []
    other = {name: frame.assign(count=frame["count"] + 1) for name, frame in tables.items()}
    assert any("another figure" in line for line in history.differences(other, tables_back(path, tables)))
    toy_table = tables["toy"]
    renamed = tables | {"toy": toy_table.assign(agency=toy_table["agency"].replace("police", "health visitors"))}
    assert any("in one of the two" in line for line in history.differences(renamed, tables_back(path, renamed)))


@pytest.mark.parametrize("pack", ["panel", "nobody", "../../public", "."])
def test_a_pack_that_is_not_for_circulation_or_no_pack_is_not_recorded(released, pack):
    request, _, ledger = released
    with pytest.raises(UserError, match="is not a pack of that run|is not circulated"):
        circulation.circulate(pack, "A. Chair", request, toy.AREA)
    assert not list(ledger.glob("*/*/*/entry.yml"))


@pytest.mark.parametrize("area", ["../../x", "E0600004?", ".", "", "E99999999", "all", "E06000045,E06000044"])
def test_what_becomes_a_path_is_parsed_first(tmp_path, area):
    with pytest.raises(UserError) as error:
        circulation.asked("2017-18-Q4", area, False, tmp_path)
    assert "\n" not in str(error.value)


def test_an_edited_manifest_is_no_finished_run(released):
    request, folder, _ = released
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"lscb": "9"}))
    with pytest.raises(UserError, match="is not as the run wrote it"):
        circulation.circulate("public", "A", request, toy.AREA)
    assert long_table.load(folder / "behind" / "public" / "places.csv")["count"].tolist() == [120]


def changed(path):
    """A file as somebody's editor leaves it: another last byte but one."""
    content = path.read_bytes() or b"  "
    path.write_bytes(content[:-2] + bytes([content[-2:][0] ^ 1]) + content[-1:])


def test_every_file_of_a_run_and_of_the_record_that_is_changed_is_named(released):
    """One at a time; with its hash in the manifest, the manifest itself is named. What no page reads is listed here."""
    request, folder, ledger = released
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    unlisted = {".lock", ".keys.json", ".seal.json"}  # of the runs themselves: a wrong one is made again
    paths = [p for room in (folder, ledger) for p in sorted(room.rglob("*")) if p.is_file() and p.name not in unlisted]
    missed = []
    for path in (p for p in paths if p.parent.name not in ("solved", "parts") and p.name != ".chain"):
        before = {each: each.read_bytes() for each in (path, folder / "manifest.json")}
        hashed = files.sha256(path)
        changed(path)
        missed += [str(path)] if not verify(request, (toy.AREA,))[1] else []
        text = before[folder / "manifest.json"].decode()
        if hashed in text:
            (folder / "manifest.json").write_text(text.replace(hashed, files.sha256(path)))
            missed += [f"{path} with its hash"] if not verify(request, (toy.AREA,))[1] else []
        for each, content in before.items():
            each.write_bytes(content)
    assert missed == [] and len(paths) > 30
    assert verify(request, (toy.AREA,))[1] == []


@pytest.mark.parametrize(
    "room", ["", "protected/public", "behind/public", "executed/public", "working", "packs/public", "check"]
)
def test_a_file_that_was_put_anywhere_since_the_run_is_named(released, room):
    request, folder, _ = released
    (folder / room).mkdir(exist_ok=True)
    (folder / room / "more.csv").write_text("a\n")
    assert "more.csv was put there since the run." in verify(request, (toy.AREA,))[1][0]


def test_a_decision_on_labels_that_was_changed_since_the_run_is_named_and_a_new_one_is_not(
    released, tmp_path, monkeypatch
):
    from board_packs.quarter import labels

    request, folder, _ = released
    monkeypatch.setattr(labels, "DATA", tmp_path / "data")
    (tmp_path / "data" / "labels").mkdir(parents=True)
    labels.approve(toy.AREA, "training.event", "Neglect day", "A. Analyst")
    manifest = sealed_manifest(folder)
    write_manifest(folder, manifest | {"labels": asdict(labels.load(toy.AREA))})
    labels.approve(toy.AREA, "training.event", "Another day", "A. Analyst")
    assert verify(request, (toy.AREA,))[1] == []
    path = tmp_path / "data" / "labels" / f"{toy.AREA}.yml"
    path.write_text(path.read_text().replace("Neglect day", "Neglect week"))
    labels.read.cache_clear()
    (line,) = verify(request, (toy.AREA,))[1]
    assert f"data/labels/{toy.AREA}.yml: 1 decision of the run changed or taken out since" in line


def test_a_pack_circulated_after_a_second_run_leaves_that_run_whole(released):
    request, folder, _ = released
    circulation.circulate("public", "A. Chair", request, toy.AREA)
    again = {path.relative_to(folder).as_posix(): files.sha256(path) for path in files_of(folder)}
    write_manifest(folder, sealed_manifest(folder) | {"files": again})  # as a second run lists them
    circulation.circulate("main_board", "A. Chair", request, toy.AREA)
    assert verify(request, (toy.AREA,))[1] == []


def test_an_annual_report_is_the_runs_own_from_when_it_was_written(released):
    request, folder, _ = released
    (folder / "report").mkdir()
    (folder / "report" / "index.html").write_text("<p>Report</p>")
    assert "report/index.html was put there" in verify(request, (toy.AREA,))[1][0]
    note_files(folder, "report")
    assert verify(request, (toy.AREA,))[1] == []
    (folder / "report" / "index.html").write_text("<p>Another</p>")
    assert "report/index.html was changed" in verify(request, (toy.AREA,))[1][0]
    (folder / "report" / "index.html").unlink()
    note_files(folder, "report")
    assert verify(request, (toy.AREA,))[1] == []


def test_where_there_is_no_run_that_is_said(tmp_path):
    request, area = circulation.asked("2017-18-Q4", toy.AREA, True, tmp_path)
    assert verify(request, (area,))[1][0].startswith("No run of 2017-18-Q4 is kept in ")
