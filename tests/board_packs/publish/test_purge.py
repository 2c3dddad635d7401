"""Purging: what holds cases goes, what was made to be kept stays, and nothing outside the out folder is touched."""

import io
import shutil
import zipfile

import pytest
import toy_quarter as toy

from board_packs.publish import purge as room
from board_packs.publish import quarter_run
from board_packs.publish.outcome import sealed_manifest, write_manifest
from board_packs.quarter.request import of_kept_runs
from lscb.errors import UserError


@pytest.fixture(scope="module")
def done(tmp_path_factory, crew):
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        quarter_run.run(toy.ask(folder / "out", toy.write(folder / "notebooks")), crew=crew)
    return folder


@pytest.fixture
def kept(tmp_path, monkeypatch, done):
    """A finished run, and the notebooks as JupyterLab leaves them: (out folder, the area's folder, notebooks)."""
    shutil.copytree(done / "out", tmp_path / "out")
    books = toy.write(tmp_path / "notebooks")
    monkeypatch.setattr(room, "NOTEBOOKS", books)
    return tmp_path / "out", tmp_path / "out" / "sample" / "2017-18-Q4" / toy.AREA, books


def purge(out, area="all", **more):
    return room.purge(*of_kept_runs("2017-18-Q4", area, out), **more)


def everything(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_restricted_packs_and_everything_of_cases_go_and_packs_that_were_circulated_stay(kept):
    out, folder, _ = kept
    lines = purge(out)
    left = {p.name for p in folder.iterdir() if not p.name.startswith(".")}
    assert left == {"manifest.json", "manifest.sha256", "packs", "protected", "behind"}
    assert {p.name for p in (folder / "packs").iterdir()} == {"main_board", "public"}  # the panel's has small counts
    assert any("packs/panel" in line for line in lines) and any("working" in line for line in lines)
    text = (folder / "manifest.json").read_text()
    assert "0" * 64 not in text and "sha256" not in text and sealed_manifest(folder)["packs"]["public"]
    assert b"HR-2017" not in b"".join(everything(out).values())
    with pytest.raises(UserError, match="Nothing of 2017-18-Q4 is kept"):
        purge(out)


def test_drafts_of_an_annual_report_go_and_a_released_one_stays(kept):
    out, folder, _ = kept
    placed(folder / "report", "draft-index.html", "annual-report.docx")
    assert any("report/draft-index.html: 1 file" in line for line in purge(out))
    assert [path.name for path in (folder / "report").iterdir()] == ["annual-report.docx"]


def test_a_dry_run_lists_and_removes_nothing(kept):
    out, _, _ = kept
    before = everything(out)
    lines = purge(out, dry=True)
    assert any(line.startswith("Would remove ") and "working" in line for line in lines)
    assert {n: c for n, c in everything(out).items() if not n.endswith(".lock")} == {
        n: c for n, c in before.items() if not n.endswith(".lock")
    }


@pytest.mark.parametrize("area", ["all", "", "e06000045", "Southampton", "852", "E06000044,E06000045"])
def test_areas_are_named_as_a_run_names_them(kept, area):
    out, folder, _ = kept
    purge(out, area)
    assert not (folder / "working").exists()


@pytest.mark.parametrize("area", ["../../../victim", "E0600004?", ".", "/", "*", "E06000045/../../../victim", "~"])
def test_an_area_that_is_none_reaches_nothing(kept, area):
    out, folder, _ = kept
    victim = out.parent / "victim"
    (victim / "working").mkdir(parents=True)
    with pytest.raises(UserError):
        purge(out, area)
    assert (victim / "working").is_dir() and (folder / "working").is_dir() and not list(victim.glob(".lock"))


def test_another_areas_purge_leaves_this_one(kept):
    out, folder, _ = kept
    (out / "hashes.json").unlink(missing_ok=True)
    with pytest.raises(UserError, match="Nothing"):
        purge(out, "E06000044")
    assert (folder / "working").is_dir()


def test_cases_that_jupyterlab_saved_into_notebooks_are_cleared(kept):
    import nbformat

    out, _, books = kept
    path = books / "10_people.ipynb"
    book = nbformat.read(path, 4)
    book.cells[-1].outputs = [nbformat.v4.new_output("stream", name="stdout", text="HR-2017-0001")]
    book.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    nbformat.write(book, path)
    copy = out / "explore" / "copy.ipynb"
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(path.read_text())
    (books / ".ipynb_checkpoints").mkdir()
    (books / ".ipynb_checkpoints" / "10_people-checkpoint.ipynb").write_text(path.read_text())
    lines = purge(out)
    assert any(line.startswith("Cleared what ") for line in lines)
    assert "HR-2017-0001" not in path.read_text() + copy.read_text() and not (books / ".ipynb_checkpoints").exists()
    assert "3.11.7" not in path.read_text()  # so that git sees no change of the notebook
    assert len(nbformat.read(path, 4).cells) == len(book.cells)


def test_a_case_that_is_left_somewhere_is_named(kept):
    out, folder, _ = kept
    (folder / "packs" / "public" / "note.html").write_text("<p>HR-2017-0003</p>")
    with pytest.raises(UserError, match="note.html: remove these files by hand"):
        purge(out)


@pytest.mark.parametrize("name", ["tables.ods", "public.zip", "annual-report.docx"])
def test_a_case_that_is_left_in_a_packed_file_is_named(kept, name):
    out, folder, _ = kept
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("content.xml", "<p>HR-2017-0003</p>")
    (folder / "packs" / "public" / name).write_bytes(inner.getvalue())
    if name.endswith("zip"):
        with zipfile.ZipFile(folder / "packs" / "public" / name, "w") as packed:
            packed.writestr("public/tables.ods", inner.getvalue())
    with pytest.raises(UserError, match=f"{name}: remove these files by hand"):
        purge(out)


def test_the_partners_files_go_only_when_asked(kept, monkeypatch, tmp_path):
    out, folder, _ = kept
    monkeypatch.setattr(room, "DATA", tmp_path / "data")
    sent = tmp_path / "data" / "returns" / "2017-18-Q4"
    sent.mkdir(parents=True)
    (sent / "hrda.csv").write_text("x")
    shutil.copytree(folder, tmp_path / "again")
    assert "--and-returns removes them too." in purge(out)[-1] and (sent / "hrda.csv").is_file()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "again", folder)
    purge(out, and_returns=True)
    assert not sent.exists()


def test_rows_that_were_invented_for_an_area_go_with_its_run_and_another_areas_stay(kept):
    out, folder, _ = kept
    placed(out / "sample" / "returns", f"{toy.AREA}/2017-18-Q4/hrda.csv", "E08000019/2017-18-Q4/hrda.csv")
    assert any(
        line.startswith("Removed ") and f"returns/{toy.AREA}/2017-18-Q4" in line for line in purge(out, toy.AREA)
    )
    assert [path.parent.parent.name for path in out.rglob("hrda.csv")] == ["E08000019"]


def test_what_was_explored_goes_with_the_folders_that_it_leaves_empty(kept):
    out, folder, _ = kept
    placed(out / "explore", f"2017-18-Q4/{toy.AREA}-sample/working/t.csv", "2017-18-Q3/E08000019-returns/working/t.csv")
    purge(out, toy.AREA)
    assert [path.name for path in sorted((out / "explore").iterdir())] == ["2017-18-Q3"] and folder.is_dir()


def placed(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return folder


def test_files_that_a_run_read_elsewhere_are_named(kept, monkeypatch, tmp_path):
    monkeypatch.setattr(room, "DATA", tmp_path / "data")
    out, folder, _ = kept
    sent = placed(tmp_path / "sent" / "2017-18-Q4", "hrda.csv")
    real = out / "2017-18-Q4" / toy.AREA
    shutil.copytree(folder, real)
    write_manifest(real, sealed_manifest(real) | {"inputs": {"returns": str(sent)}})
    assert purge(out)[-1] == f"Partners' files in {sent} stay: --returns {sent} --and-returns removes them too."
    assert (sent / "hrda.csv").is_file()


@pytest.mark.parametrize(("area", "left"), [
    (toy.AREA, ["E08000019/hrda.csv"]), ("E08000019", [f"{toy.AREA}/hrda.csv", "loose.csv"]), ("all", []),
    ("E06000044", [f"{toy.AREA}/hrda.csv", "E08000019/hrda.csv"]),
])  # fmt: skip
def test_files_of_another_area_stay(kept, monkeypatch, tmp_path, area, left):
    monkeypatch.setattr(room, "DATA", tmp_path / "data")
    names = [f"{toy.AREA}/hrda.csv", "E08000019/hrda.csv", *(["loose.csv"] if area != toy.AREA else [])]
    sent = placed(tmp_path / "data" / "returns" / "2017-18-Q4", *names)
    lines = purge(kept[0], area, and_returns=True)
    assert sorted(p.relative_to(sent).as_posix() for p in sent.rglob("*") if p.is_file()) == left
    assert ("they are of other areas" in lines[-1]) == bool(left)


def test_files_that_lie_elsewhere_go_where_their_folder_is_the_periods(kept, monkeypatch, tmp_path):
    monkeypatch.setattr(room, "DATA", tmp_path / "data")
    elsewhere = placed(tmp_path / "sent", "2017-18-Q4/hrda.csv", "2017-18-Q3/hrda.csv")
    out, folder, _ = kept
    shutil.copytree(folder, tmp_path / "again")
    assert "sent/2017-18-Q4 stay: --and-returns" in purge(out, named=elsewhere)[-1]
    for named in (elsewhere, placed(tmp_path / "other", "hrda.csv")):
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "again", folder)
        lines = purge(out, named=named, and_returns=True)
    assert [p.name for p in elsewhere.iterdir()] == ["2017-18-Q3"]
    assert (tmp_path / "other" / "hrda.csv").is_file() and "see to them by hand" in lines[-1]
