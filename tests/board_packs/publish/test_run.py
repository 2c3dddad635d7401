"""The run from end to end, on a toy quarter: what is made, what is kept, and what happens when something breaks."""

import asyncio
import json
import os
import re
import stat
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import toy_quarter as toy

from board_packs import run_summary
from board_packs.pages.book import Book
from board_packs.publish import circulation, page_making, quarter_run, tables_run
from board_packs.publish.export import Banner
from board_packs.publish.page_making import Checks, PageJob
from board_packs.publish.run_state import run_number
from board_packs.publish.workers import Plain
from board_packs.publish.workers.cluster import Dask
from board_packs.publish.workers.forked import Forked
from board_packs.quarter import disclosure_control
from board_packs.quarter.request import resolve
from lscb.errors import Failed, UserError
from lscb.periods import Quarter
from returncheck.identifier_shapes import OF_PAGES, passages

RUN = re.compile(r'<p class="run">[^<]*</p>')


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One run of the toy quarter that the tests here look at and do not change."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        request = toy.ask(folder / "out", toy.write(folder / "notebooks"))
        (outcome,) = quarter_run.run(request)
    return request, outcome, request.folder(toy.AREA)


@pytest.fixture
def again(tmp_path, monkeypatch, made, crew):
    """A copy of that run which a test may break: (run with other rows or options, its folder, its notebooks)."""
    import shutil

    shutil.copytree(made[0].out, tmp_path / "out")
    notebooks = tmp_path / "notebooks"
    shutil.copytree(next(iter(made[0].notebooks.values())).parent, notebooks)

    def run(more: int = 0, crew=crew, **asked):
        toy.use(monkeypatch, more)
        (outcome,) = quarter_run.run(toy.ask(tmp_path / "out", notebooks, **asked), crew=crew)
        return outcome

    return run, tmp_path / "out" / "sample" / "2017-18-Q4" / toy.AREA, notebooks


def pages(outcome) -> dict:
    return {(p["notebook"][:2], p["audience"]): p for p in outcome.manifest["pages"]}


def test_everything_is_released_and_lies_where_it_should(made):
    _, outcome, folder = made
    assert outcome.problems == []
    expected = {
        "main_board": ["10_people.html", "20_places.html"],
        "panel": ["10_people.html"],
        "public": ["20_places.html"],
    }
    for pack, held in expected.items():
        names = sorted(p.name for p in (folder / "packs" / pack).iterdir())
        own = ["index.html", "summary.html", "withheld.html", "tables.xlsx", "tables.ods", "data"]
        assert names == sorted([*held, *own, f"{pack}.html", f"{pack}.zip"])
        place = folder / "packs" / pack
        files = {str(p.relative_to(folder / "packs")) for p in place.rglob("*") if p.is_file()}
        alone = {f"{pack}/{pack}.zip", f"{pack}/{pack}.html"}  # the second is one file to mail instead of the zip
        with zipfile.ZipFile(place / f"{pack}.zip") as zipped:
            assert sorted(zipped.namelist()) == sorted(files - alone)  # each once
    assert sorted(p.name for p in (folder / "protected").iterdir() if p.is_dir()) == ["partnership", "public"]
    assert not (folder / "quarantine").exists()


def test_outputs_are_their_owners_alone(made):
    folder = made[2]
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_manifest_names_inputs_parameters_versions_and_what_was_released(made):
    manifest = made[1].manifest
    assert manifest["parameters"]["sample"] is True and manifest["parameters"]["period"] == "2017-18-Q4"
    assert manifest["returns"][0]["received"] == manifest["returns"][0]["accepted"] + manifest["returns"][0]["refused"]
    assert {page["status"] for page in manifest["pages"]} == {"released"}
    assert {"python", "pandas", "papermill"} <= set(manifest["versions"])
    if hasattr(os, "fork"):  # where the stages of the run went, in processor seconds
        spent = ("receive", "tables", "protect", "attack", "computing", "exporting", "checking", "packs")
        assert all(manifest["processor"][stage] >= 0 for stage in spent) and manifest["processor"]["packs"] > 0
        assert (
            0
            < manifest["processor"]["computing"]
            == pytest.approx(sum(page["computing"] for page in manifest["pages"]), abs=0.05)
        )
    assert json.loads((made[2] / "manifest.json").read_text()) == json.loads(json.dumps(manifest))


def test_a_page_says_what_it_is_and_shows_no_code_and_nothing_internal(made):
    html = (made[2] / "packs" / "main_board" / "10_people.html").read_text()
    for text in (
        "SAMPLE DATA",
        "Southampton",
        "January to March 2018",
        "There were 40 referrals.",
        '<p class="run">Run ',
    ):
        assert text in html
    for text in ("open_book", "HR-2017", "import "):
        assert text not in html
    restricted = (made[2] / "packs" / "panel" / "10_people.html").read_text()
    assert "RESTRICTED" in restricted and "RESTRICTED" not in html
    # how many rows came is a count of cases: exact only where nothing is withheld
    assert "41 received, 40 accepted" in restricted and "received" not in html


@pytest.mark.skipif(not hasattr(os, "fork"), reason="cells run in forked workers only where there is a fork")
def test_a_page_of_equal_tables_is_what_running_its_notebook_again_would_show(again):
    _, folder, notebooks = again
    banner = Banner(Quarter(2017, 4), toy.AREA, "public", True, run="a1b2c3d4e5f6, now")
    job = PageJob(
        notebooks / "20_places.ipynb",
        folder,
        folder / "protected" / "partnership",
        banner,
        Checks(beside=("data/places.csv",)),
    )
    page, cells = (folder / "executed" / "public" / f"20_places.{kind}" for kind in ("html", "ipynb"))
    shown = []
    for call in ((page_making.make_page, job), (page_making.make_alike, job, "partnership", ["places"])):
        crew = Forked(1)
        made = asyncio.run(crew.do(*call))
        crew.close()
        book = nbformat.read(cells, 4)
        (injected,) = [n for n, c in enumerate(book.cells) if "injected-parameters" in c.metadata.get("tags", [])]
        code = [(c.source, c.get("outputs")) for c in book.cells]
        same = replace(made, computing=0.0, exporting=0.0, checking=0.0, seconds=0.0)
        shown.append((page.read_text(), code[injected], code, same))
    assert shown[0] == shown[1] and made.computing == 0.0 and 'audience = "public"' in shown[1][1][0]


def test_the_index_lists_the_answers_and_the_last_page_what_was_withheld(made):
    index = (made[2] / "packs" / "main_board" / "index.html").read_text()
    assert "There were 40 referrals." in index and 'href="20_places.html"' in index and 'href="tables.xlsx"' in index
    last = (made[2] / "packs" / "main_board" / "withheld.html").read_text()
    assert "No figure behind this pack had to be withheld." in last and "1 to 5" in last


def test_cells_tagged_internal_are_not_run(made):
    done = nbformat.read(made[2] / "executed" / "partnership" / "10_people.ipynb", 4)
    assert not any("internal" in cell.metadata.get("tags", []) for cell in done.cells)
    assert "HR-2017" not in (made[2] / "executed" / "partnership" / "10_people.ipynb").read_text()
    assert done.metadata.papermill.parameters.area == toy.AREA
    assert "internal" in nbformat.read(made[0].notebooks[10], 4).cells[-1].metadata.tags


def test_no_number_of_a_run_looks_like_a_person():
    """Six letters of six and six figures of ten: the one number in 500 with ten figures in a row refused its pages."""
    numbers = [run_number() for _ in range(500)]
    assert len(set(numbers)) == 500 and all(re.fullmatch("(?:[a-f][0-9]){6}", number) for number in numbers)
    assert [number for number in numbers if [*passages(f"Run {number}, 2026-11-29 07:18 UTC", OF_PAGES)]] == []


def test_the_number_of_the_run_leads_to_the_returns_behind_a_page(made):
    html = (made[2] / "packs" / "public" / "20_places.html").read_text()
    number = re.search(r'class="run">Run ([0-9a-f]{12}),', html)[1]
    manifest = made[1].manifest
    assert manifest["runs"][number]["returns"][0]["sha256"] == "0" * 64
    assert len(manifest["code"]) == 24 and manifest["code"][:6] not in html  # the one mark that may be another
    import openpyxl

    book = openpyxl.load_workbook(made[2] / "packs" / "public" / "tables.xlsx")
    assert [(p.name, p.value.partition(",")[0]) for p in book.custom_doc_props.props] == [("Run", number)]


def test_a_second_run_with_nothing_changed_does_nothing_and_says_so(again):
    run, folder, _ = again
    first = run()  # the copy lies elsewhere: its pages are checked again
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*.html")}
    outcome = run()
    assert outcome.unchanged and outcome.manifest["fingerprint"] == first.manifest["fingerprint"]
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*.html")} == before


def test_when_a_return_changes_only_what_reads_it_is_made_again(again):
    run, folder, _ = again
    outcome = run(more=2)
    assert outcome.problems == [] and outcome.manifest["tables"] == {"made": ["toy"], "kept": ["places"]}
    reused = {key: page["reused"] for key, page in pages(outcome).items()}
    assert reused == {("10", "partnership"): False, ("10", "restricted"): False,
                      ("20", "partnership"): True, ("20", "public"): True}  # fmt: skip
    assert "There were 42 referrals." in (folder / "packs" / "main_board" / "index.html").read_text()


def test_packs_whose_pages_and_tables_are_the_same_are_kept_as_they_are(again):
    run, folder, _ = again
    run()  # the copy lies elsewhere
    times = {p: p.stat().st_mtime_ns for p in (folder / "packs" / "public").iterdir()}
    packs = run(more=2).manifest["packs"]
    assert {n: p["reused"] for n, p in packs.items()} == {"main_board": False, "panel": False, "public": True}
    assert {p: p.stat().st_mtime_ns for p in (folder / "packs" / "public").iterdir()} == times
    assert not any(p["reused"] for p in run(more=2, force=True).manifest["packs"].values())


def test_when_a_notebook_changes_only_its_pages_are_made_again_unless_all_are_asked_for(again):
    run, _, notebooks = again
    toy.notebook(notebooks / "20_places.ipynb", "From where?", toy.PLACES)
    assert {key[0] for key, page in pages(run()).items() if not page["reused"]} == {"20"}
    assert not any(page["reused"] for page in pages(run(force=True)).values())


def test_only_one_page_is_run_and_the_rest_stays_in_the_manifest_too(again):
    run, folder, _ = again
    run()
    outcome = run(only=["20_places"], force=True)
    assert set(pages(outcome)) == {("20", "partnership"), ("20", "public")}
    assert (folder / "packs" / "main_board" / "10_people.html").is_file()
    assert (folder / "packs" / "panel" / "index.html").is_file()
    assert {n: pack["status"] for n, pack in outcome.manifest["packs"].items()} == dict.fromkeys(
        ("main_board", "panel", "public"), "released"
    )


def test_a_broken_page_stays_inside_and_the_others_leave(again):
    run, folder, notebooks = again
    toy.notebook(notebooks / "20_places.ipynb", "Where?", [*toy.PLACES, 'raise ValueError("HR-2017-0001")'])
    outcome = run()
    refused, said = (
        outcome.problems[:-1],
        "20_places ({}) failed: ValueError in cell 5: run the notebook's cells in JupyterLab (lscb lab) to see it",
    )
    assert refused == [said.format(audience) for audience in ("partnership", "public")]
    assert not list((folder / "packs").rglob("20_places.html"))
    assert (folder / "packs" / "main_board" / "10_people.html").is_file()
    assert "could not be released" in (folder / "packs" / "main_board" / "index.html").read_text()
    assert "HR-2017" not in (folder / "manifest.json").read_text()
    toy.notebook(notebooks / "20_places.ipynb", "Where?", toy.PLACES)
    assert run().problems == []


def test_a_page_with_an_identifier_goes_to_quarantine(again):
    run, folder, notebooks = again
    toy.notebook(notebooks / "20_places.ipynb", "Where?", [*toy.PLACES, 'say.answer("First: hr 2017 0001")'])
    outcome = run()
    assert all("identifiers: a value of referral_id" in problem for problem in outcome.problems[:-1])
    assert (folder / "quarantine" / "public" / "20_places.html").is_file()
    assert not list((folder / "packs").rglob("20_places.html"))
    assert "0001" not in " ".join(outcome.problems)


def test_a_number_that_no_table_gives_is_refused(again):
    run, _, notebooks = again
    toy.notebook(notebooks / "20_places.ipynb", "Where?", ['book["places"]', 'say.answer("There were 777.")'])
    *refused, empty = run().problems
    assert len(refused) == 2 and all("numbers: " in problem for problem in refused) and empty.startswith("not made")
    assert all("cell " in problem and 'book.derive("what it is"' in problem for problem in refused)


def test_a_figure_of_another_period_than_its_words_name_is_refused_and_marks_stay_inside(again):
    """Which cell a number came from stands in the executed notebook alone."""
    run, folder, notebooks = again
    run()
    executed = (folder / "executed" / "partnership" / "20_places.ipynb").read_text()
    assert '"table": "places"' in executed
    assert not any("toy_places" in path.read_text() for path in (folder / "packs").rglob("*.html"))
    sources = ['t = book["places"]', 'say.answer(f"In 2016-17 there were {t.cell(period):count} places.")']
    toy.notebook(notebooks / "20_places.ipynb", "Where?", sources)
    *refused, _ = run().problems
    assert len(refused) == 2 and all("where its words name another period" in problem for problem in refused)
    assert all(
        "refused: cell 5, under 'Where?': has the count of toy_places in places" in problem for problem in refused
    )


@pytest.mark.parametrize("rel", ["packs/public/20_places.html", "protected/public/places.csv", "working/toy.csv"])
def test_an_output_that_was_changed_or_lost_is_made_whole_again(again, rel):
    run, folder, _ = again
    run()
    good = (folder / rel).read_bytes()
    (folder / rel).write_bytes(good[:-20])
    outcome = run()
    assert not outcome.unchanged and outcome.problems == []
    assert len((folder / rel).read_bytes()) == len(good)


KILLED = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
import pytest, toy_quarter as toy
from board_packs.publish import quarter_run
with pytest.MonkeyPatch.context() as patch:
    toy.use(patch)
    quarter_run.run(toy.ask(Path({out!r}), Path({notebooks!r}), force=True))
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.6, 2.2, 3.2])
def test_a_killed_run_leaves_nothing_half_and_the_next_heals(again, after):
    run, folder, notebooks = again
    code = KILLED.format(tests=str(Path(__file__).parent), out=str(folder.parents[2]), notebooks=str(notebooks))
    process = subprocess.Popen([sys.executable, "-c", code])
    time.sleep(after)
    process.kill()
    process.wait()
    for pack in (folder / "packs").glob("[!.]*"):  # there whole, or not there
        assert (pack / f"{pack.name}.zip").is_file() and zipfile.ZipFile(pack / f"{pack.name}.zip").testzip() is None
    time.sleep(0.3)  # workers end with the run they belong to
    assert run().problems == []
    assert not [p for p in folder.rglob(".*") if p.name not in (".lock", ".keys.json", ".seal.json")]


def test_a_kept_page_that_is_gone_when_it_is_checked_is_made_again(again, monkeypatch):
    run, folder, _ = again
    (folder / "manifest.json").unlink()  # as after a run that was killed, and with nothing known of what was looked for
    (folder / "pages.json").write_text(
        re.sub(r'"against": "\w+"', '"against": ""', (folder / "pages.json").read_text())
    )

    def check_again(job, used, derived):
        page_making.finished(job.folder, "executed", job.banner.audience, job.notebook).unlink()
        raise FileNotFoundError

    monkeypatch.setattr(page_making, "check_again", check_again)
    assert run(crew=Plain()).problems == []
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {page["status"] for page in manifest["pages"]} == {"released"}
    assert (folder / "packs" / "main_board" / "10_people.html").is_file()


def test_two_runs_at_once_are_refused(again):
    from board_packs.quarter import run_files as files

    run, folder, _ = again
    with files.alone(folder), pytest.raises(UserError, match="Another run"):
        run()


def test_a_folder_that_another_run_holds_is_waited_for_as_long_as_is_asked(tmp_path):
    from board_packs.quarter import run_files as files

    with files.alone(tmp_path), pytest.raises(UserError, match="Another run"), files.alone(tmp_path, patience=0.2):
        pass
    held = ExitStack()
    held.enter_context(files.alone(tmp_path))
    threading.Timer(0.3, held.close).start()
    with files.alone(tmp_path, patience=60):  # raises where nobody waits
        pass


def test_plain_papermill_makes_the_same_pages(again):
    run, folder, _ = again
    before = {p.name: p.read_text() for p in (folder / "packs" / "main_board").glob("*.html")}
    assert run(force=True, only=["main_board"], crew=Plain()).problems == []
    for name, html in before.items():
        after = (folder / "packs" / "main_board" / name).read_text()
        assert RUN.sub("", html) == RUN.sub("", after), name


def content(folder: Path) -> dict[str, str]:
    """Every table and page of a run but for the time of making."""
    found = {str(p.relative_to(folder)): p.read_text() for p in folder.glob("protected/*/*.csv")}
    for path in folder.glob("packs/*/*.html"):
        found[str(path.relative_to(folder))] = RUN.sub("", path.read_text())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("answers", [1, 3, 5])
def test_a_dask_cluster_makes_the_same_when_one_of_its_two_workers_is_killed_midway(again, answers):
    distributed = pytest.importorskip("distributed")
    run, folder, _ = again
    before, killed = content(folder), []

    class Struck(Dask):
        """Kills a worker that is at work, once so many answers have come."""

        count = 0

        async def do(self, *call, **options):
            answer = await super().do(*call, **options)
            self.count += 1
            if self.count >= answers and not killed and (victim := busy(self.client)) is not None:
                os.kill(victim, 9)
                killed.append(victim)
            return answer

    def busy(client) -> int | None:
        at_work = {address for address, jobs in client.processing().items() if jobs}
        return next((nanny.pid for nanny in cluster.workers.values() if nanny.worker_address in at_work), None)

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        outcome = run(force=True, crew=Struck(cluster.scheduler_address))
    assert killed and outcome.problems == []
    assert {page["status"] for page in pages(outcome).values()} == {"released"}
    assert content(folder) == before
    assert not [p for p in folder.rglob(".*") if p.name not in (".lock", ".keys.json", ".seal.json")]


def test_a_pack_of_which_no_page_was_released_is_not_made_and_one_line_says_where_to_look(again, capsys):
    run, folder, notebooks = again
    toy.notebook(notebooks / "20_places.ipynb", "Where?", [*toy.PLACES, "raise ValueError(1)"])
    outcome = run()
    line = "not made, as none of their pages was released (see the messages above): public"
    assert outcome.problems[-1] == line and sum("public" in problem for problem in outcome.problems) == 2
    assert not (folder / "packs" / "public").exists() and (folder / "packs" / "main_board" / "index.html").is_file()
    run_summary.summary(toy.ask(folder.parents[2], notebooks), outcome)
    printed = capsys.readouterr().out
    assert "packs/main_board/index.html" in printed and "packs/public" not in printed
    with pytest.raises(UserError, match="The pack public was not released"):
        circulation.circulate("public", "A. Chair", toy.ask(folder.parents[2], notebooks), toy.AREA)
    toy.notebook(notebooks / "20_places.ipynb", "Where?", toy.PLACES)
    assert run().problems == [] and (folder / "packs" / "public" / "index.html").is_file()


def test_what_an_attack_refuses_says_what_to_do_next_and_leaves_no_pack(again, monkeypatch):
    run, folder, _ = again
    found = {"reasons": ["disclosure: 3 withheld figures could be worked out"], "seconds": 0}

    def attack(folder, audience, history, area):
        return found if audience == "public" else found | {"reasons": []}

    monkeypatch.setattr(disclosure_control, "attack", attack)
    problems = run(force=True, crew=Plain()).problems
    assert "3 withheld figures could be worked out. Page 99 (restricted) and " in problems[0]
    assert "ledger.csv list what is withheld" in problems[0] and "ask the partner which figures stand" in problems[0]
    assert problems[1].endswith("(see the messages above): public") and len(problems) == 2
    assert not (folder / "packs" / "public").exists() and (folder / "packs" / "main_board" / "index.html").is_file()


def test_what_earlier_packs_gave_away_is_told_and_the_pack_leaves(again, monkeypatch):
    run, folder, _ = again

    def attack(folder, audience, history, area):
        return {"reasons": [], "before": 2 * (audience == "public")}

    monkeypatch.setattr(disclosure_control, "attack", attack)
    problems = run(force=True, crew=Plain()).problems
    assert [p.split(".")[0] for p in problems] == [
        "2 figures withheld from public can be worked out from packs circulated before"
    ]
    assert (folder / "packs" / "public" / "index.html").is_file()


def test_what_breaks_in_protection_is_one_line_for_one_area_as_for_several(tmp_path, monkeypatch):
    import cellguard as disclosure
    from board_packs.quarter.explored_tables import explored
    from lscb.periods import Quarter

    toy.use(monkeypatch)

    def broken(*args, **more):
        raise RuntimeError("a value of a case")

    monkeypatch.setattr(disclosure, "protect", broken)
    asked = toy.ask(tmp_path / "out", toy.write(tmp_path / "notebooks"))
    with pytest.raises(Failed, match=r"^E06000045: its tables could not be protected \(RuntimeError; .*\)$"):
        tables_run.tables_only(asked)
    monkeypatch.setenv("LSCB_OUT", str(tmp_path / "out"))
    with pytest.raises(Failed, match="could not be protected"):  # and it is no page's tables
        explored(Quarter.parse("2017-18-Q4"), toy.AREA, True)


def test_the_cases_of_a_page_are_those_of_its_own_run_and_of_a_return_that_did_not_come_none(made, tmp_path):
    from board_packs.pages.case_rows import cases
    from lscb.periods import Quarter
    from returncheck import dictionary

    def book(folder):
        return Book(folder, Quarter.parse("2017-18-Q4"), toy.AREA, "partnership", False)

    for room in ("working", "protected/partnership"):
        assert len(cases(book(made[2] / room), "hrda_referrals")) == 40
        none = cases(book(made[2] / room), "review_actions")
        fields = [column for f in dictionary.load()["review_actions"].fields for column in (f, f"{f}__state")]
        assert list(none) == [*fields, "_file", "_sheet", "_row", "area"] and none.empty
        assert str(none["due_on"].dtype).startswith("datetime64")
    with pytest.raises(UserError, match="'referrals' is not a return; there are "):
        cases(book(made[2] / "working"), "referrals")
    with pytest.raises(UserError, match="`lscb run` makes both"):  # nothing of data/returns or the sample instead
        cases(book(tmp_path), "hrda_referrals")


# Which page reads a return; 99 too, whose `internal` part looks at the referrals of one. Three of the thirteen returns,
# those whose absence once broke a page: each takes most of a minute.
READ_ON = {"child_deaths": "30", "hrda_referrals": "40,99", "review_actions": "70"}


@pytest.mark.slow
@pytest.mark.parametrize("left_out", sorted(READ_ON))
def test_a_return_that_has_not_come_is_said_on_its_page_and_the_rest_of_the_page_stands(left_out, tmp_path):
    import shutil

    from openstats.project_data import DATA

    sent = tmp_path / "returns" / "2017-18-Q4"
    shutil.copytree(DATA / "sample" / "2017-18-Q4", sent)
    assert set(READ_ON) <= {path.stem for path in sent.glob("*.csv")}
    (sent / f"{left_out}.csv").unlink()
    only = READ_ON[left_out].split(",")
    asked = resolve("2017-18-Q4", toy.AREA, returns=sent.parent, out=tmp_path / "out", only=only, jobs=1)
    (outcome,) = quarter_run.run(asked)  # an analyst's comment that quotes a figure of it is left off, which is told
    assert [problem for problem in outcome.problems if not problem.startswith("comment left off: ")] == []
    for page in outcome.manifest["pages"]:
        html = (asked.folder(toy.AREA) / "executed" / page["audience"] / page["notebook"]).with_suffix(".html")
        assert "was not received" in html.read_text() or page["notebook"].startswith("99")
