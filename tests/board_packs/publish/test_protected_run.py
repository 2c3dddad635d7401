"""What lets a page leave or holds it back on a run: the attack on everything given, and what its answer does.

No worker here: an area's orders are answered by the test.
"""

import asyncio
import json
from dataclasses import replace

import pandas as pd
import pytest

import cellguard as disclosure
from board_packs.publish import area_run, disclosure_step
from board_packs.publish.export import Banner
from board_packs.publish.outcome import Outcome
from board_packs.publish.pack_files import pack_folder
from board_packs.publish.pack_making import PackAnswer, PackJob, make_pack
from board_packs.publish.page_making import Checks, Page
from board_packs.publish.run_state import Run
from board_packs.quarter import disclosure_control, labels
from board_packs.quarter import run_files as files
from board_packs.quarter.pack_settings import Pack
from board_packs.quarter.request import Request
from board_packs.tables.reasons import NO_ROW_OF, because
from cellguard import history
from lscb import long_table
from lscb.errors import Failed, UserError
from lscb.long_table import cells
from lscb.periods import Quarter

AREA, PERIOD = "E06000045", "2017-18-Q4"
LEDGER = ("profile", "table", "cell", "measure", "area", "period", "kind", "rule", "protects", "gap")


def counts(**by_sex):
    """{"t": table} of people by sex; None is withheld."""
    rows = [dict(area=AREA, period=PERIOD, measure="people", sex=s, count=n) for s, n in by_sex.items()]
    return {"t": suppressed(cells(rows))}


def suppressed(frame):
    frame.loc[frame["count"].isna(), "status"] = "suppressed"
    return frame


# 20 of whom 17 are a, 3 are b and none c. With b and c withheld 0 to 3 can be b; whoever also knows of c has the 3.
KEPT, NONE = counts(Total=20, a=17, b=None, c=None), counts(c=0)
EXACT = counts(Total=21, a=18, b=None, c=None)  # no multiples of 5, which the public would take for rounded


@pytest.fixture
def attacked(tmp_path):
    """Attacks protected tables beside what was circulated: `reasons` of the job's answer, or what is asked for."""

    def attack(audience="partnership", circulated=(), further=(), asked="reasons", **protected):
        for name in ("partnership", "public"):
            held = protected.get(name, {"t": NONE["t"].iloc[:0]})
            long_table.write(held, tmp_path / "protected" / name)
        for number, (who, held) in enumerate(circulated, 1):
            entry = history.Entry(who, held, "p", PERIOD, AREA, "A", f"2018-05-{number:02}")
            history.record(entry, tmp_path / "circulated")
        rows = [dict.fromkeys(LEDGER, "") | dict(profile="partnership", cell=c, kind="further") for c in further]
        pd.DataFrame(rows, columns=list(LEDGER)).to_csv(tmp_path / "ledger.csv", index=False)
        return disclosure_control.attack(tmp_path, audience, tmp_path / "circulated", AREA)[asked]

    return attack


def test_withheld_figures_that_can_be_worked_out_refuse_and_others_do_not(attacked):
    assert attacked(partnership=KEPT) == []
    found = attacked(partnership=counts(Total=20, a=17, b=None, c=0))
    assert found == ["disclosure: 1 withheld figure could be worked out"]


def test_a_quarter_that_its_numbers_alone_call_left_out_is_for_a_person_to_settle(attacked, tmp_path, monkeypatch):
    """That so many are to be expected tells how many came before; nothing is circulated until somebody says which it was."""
    monkeypatch.setattr(labels, "DATA", tmp_path)
    why = because("hrda_referrals", NO_ROW_OF, what="2017-18 Q1 and 2017-18 Q2")
    lacking = dict(area=AREA, period=PERIOD, measure="hrda_referrals", status="not_available", reason=why)
    free = lacking | {"measure": "training_places", "reason": because("training", NO_ROW_OF, what="2016-17 Q4")}
    tables = {"t": cells([lacking, free])}
    assert attacked(partnership=tables) == []
    found = attacked(partnership=tables, asked="unsettled")
    assert [line.partition(". ")[0] for line in found] == [f"hrda_referrals has no row of 2017-18-Q{n}" for n in (1, 2)]
    labels.settle(AREA, "hrda_referrals", "2017-18-Q2", "left out", "A. Analyst")
    assert attacked(partnership=tables, asked="unsettled") == found[:1]
    labels.settle(AREA, "hrda_referrals", "2017-18-Q1", "nothing came", "A. Analyst")
    assert len(attacked(partnership=tables, asked="unsettled")) == 1  # its tables were made before that was said


@pytest.mark.parametrize(("name", "quarter", "was"), [
    ("section_11", "2017-18-Q2", "left out"), ("hrda_referrals", "2017-18-Q5", "left out"), ("hrda_referrals", "2017-18-Q2", "gone"),
])  # fmt: skip
def test_what_is_said_of_a_quarter_is_one_of_two_things_of_a_return_of_dated_rows(
    name, quarter, was, tmp_path, monkeypatch
):
    monkeypatch.setattr(labels, "DATA", tmp_path)
    with pytest.raises(UserError):
        labels.settle(AREA, name, quarter, was, "A. Analyst")
    assert not (tmp_path / "labels").exists()


def test_a_further_cell_of_the_ledger_refuses_nothing(attacked):
    cell = f"people: area {AREA}, period {PERIOD}, sex b"
    assert attacked(partnership=counts(Total=20, a=17, b=None, c=0), further=[cell]) == []


def test_what_packs_gave_away_before_is_said_and_holds_no_other_pack_back(attacked):
    other = {"u": cells([dict(area=AREA, period=PERIOD, measure="visits", count=30)])}
    assert attacked(partnership=other, asked="before") == 0
    past = [("partnership", counts(Total=20, a=17, b=None, c=0))]
    assert attacked(partnership=other, circulated=past, asked="before") == 1
    assert attacked(partnership=other) == []


def test_an_attack_has_what_its_audience_sees_and_no_more(attacked):
    assert attacked(partnership=KEPT, public=NONE) != []
    assert attacked("public", partnership=NONE, public=EXACT) == []


def test_an_attack_has_what_was_circulated_to_its_audience_and_to_those_it_sees(attacked):
    assert attacked(partnership=KEPT, circulated=[("public", NONE)]) != []


def test_an_attack_has_nothing_that_was_circulated_to_others(attacked):
    assert attacked("public", public=EXACT, circulated=[("partnership", NONE)]) == []
    assert attacked("public", public=EXACT, circulated=[("public", NONE)]) != []


def test_packs_are_attacked_oldest_first(attacked):
    # The second quarter was 8 and became 12; the year of 100 has the 12: 100 - 76 - 12 - 9 = 3 in the third, not 7.
    def pack(**by_quarter):
        labels = {"year": "2017-18"} | {f"q{n}": f"2017-18-Q{n}" for n in range(1, 5)}
        rows = [dict(area=AREA, period=labels[q], measure="people", count=n) for q, n in by_quarter.items()]
        return {"t": suppressed(cells(rows))}

    past = [pack(q1=76, q2=8), pack(q2=12), pack(q3=None)]
    now = pack(year=100, q4=9)
    assert attacked(partnership=now, circulated=[("partnership", held) for held in past]) != []


def test_tables_that_cannot_be_attacked_or_protected_are_said(tmp_path, monkeypatch):
    def broken(*args, **more):
        raise UserError("a cell of two numbers")

    for name in ("attack", "protect"):
        monkeypatch.setattr(disclosure, name, broken)
    long_table.write(KEPT, tmp_path / "working")
    (tmp_path / "ledger.csv").write_text(",".join(LEDGER))
    with pytest.raises(Failed, match="^a cell of two numbers$"):
        disclosure_control.protect(tmp_path, ["public"], tmp_path / "c", AREA)
    with pytest.raises(Failed, match="^a cell of two numbers$"):
        disclosure_control.attack(tmp_path, "public", tmp_path / "c", AREA)


def test_protected_tables_are_those_of_protect_with_what_was_circulated(tmp_path):
    # c was 0 in a pack and is 0 again: it cannot be hidden for b's sake any more, so that the total goes with b.
    past = tmp_path / "circulated"
    history.record(history.Entry("partnership", counts(a=17, c=0), "p", PERIOD, AREA, "A", "2018-05-01"), past)
    long_table.write(counts(Total=20, a=17, b=3, c=0), tmp_path / "working")
    answer = disclosure_control.protect(tmp_path, ["partnership"], past, AREA)
    frame = long_table.load(tmp_path / "protected" / "partnership" / "t.csv")
    assert dict(zip(frame["sex"], frame["status"] == "suppressed", strict=True)) == dict(
        Total=True, a=False, b=True, c=False
    )
    assert frame["count"].tolist()[1:2] == [17] and frame["count"].isna().sum() == 2
    assert answer["hidden"] == {"partnership": 2} and "people" in (tmp_path / "ledger.csv").read_text()


# -- what the answers do --

PACKS = {
    "board": Pack("board", "Board", "partnership", (10, 20)),
    "panel": Pack("panel", "Panel", "restricted", (10, 99)),
    "public": Pack("public", "Public", "public", (20,)),
}
EVERY = frozenset((n, pack.audience) for pack in PACKS.values() for n in pack.notebooks)


class Desk:
    """Does an area's jobs as workers would, without doing them; `done` has them in the order in which they came."""

    def __init__(self, folder, refused=(), protected=None, **instead):
        self.folder, self.refused, self.instead = folder, refused, instead
        self.protected = protected or {}  # tables of an audience that are not those of the others
        self.done, self.first, self.spent = [], [], {}

    async def do(self, call, *args, first=1):
        await asyncio.sleep(0)  # whoever waits for nothing goes on meanwhile
        self.done.append((call.__name__, args))
        self.first.append(first)
        if error := self.instead.get(call.__name__):
            raise error
        return getattr(self, call.__name__)(*args)

    def jobs(self, kind):
        return [args for done, args in self.done if done == kind]

    def pages(self):
        return [job for (job,) in self.jobs("make_page")]

    def packs(self):
        return [job for (jobs,) in self.jobs("make_packs") for job in jobs]

    def protect(self, folder, audiences, history, area, force):
        for audience in audiences:
            long_table.write(self.protected.get(audience, KEPT), self.folder / "protected" / audience)
        files.write_text(self.folder / "ledger.csv", "profile\n")
        return {"hidden": {}, "seconds": 0}

    def attack(self, folder, audience, history, area):
        return {"reasons": ["disclosure: 1"] if audience in self.refused else [], "seconds": 0}

    def make_page(self, job):
        path = files.private(self.folder / "executed" / job.banner.audience) / f"{job.notebook.stem}.html"
        files.write_text(path, "<html>")
        return Page("released", title="T", answer="A", used=["t"], sha256=files.sha256(path))

    def make_alike(self, job, audience, used):
        return self.make_page(job)

    def check_again(self, job, used, derived):
        path = self.folder / "executed" / job.banner.audience / f"{job.notebook.stem}.html"
        return Page("released", title="T", answer="A", used=used, sha256=files.sha256(path))

    def make_packs(self, jobs):
        return [PackAnswer("released", audience=job.pack.audience, tables=["t"]) for job in jobs]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs one area with a desk's answers: (desk, outcome's problems, area's folder)."""
    monkeypatch.setattr(disclosure_step, "circulated", lambda sample: tmp_path / "circulated")
    folder = tmp_path / "out" / "sample" / PERIOD / AREA
    books = {}
    for number, reads in ((10, []), (20, []), (99, ["ledger"])):
        books[number] = tmp_path / f"{number}_page.ipynb"
        books[number].write_text(json.dumps({"metadata": {"lscb": {"reads": reads}}}))
    long_table.write(counts(Total=20, a=17, b=3, c=0), folder / "working")

    def go(pages=EVERY, checks=None, force=False, **answers):
        request = Request(
            Quarter(2017, 4), (AREA,), returns=tmp_path, open_data=tmp_path, out=tmp_path / "out", packs=PACKS,
            pages=pages, notebooks=books, sample=True, partial=pages != EVERY, force=force,
        )  # fmt: skip
        desk = Desk(folder, **answers)
        shared = Run(request, "c", files.Hashes(None), desk)
        outcome: Outcome = asyncio.run(area_run.publish(shared, area_run.enter(shared, AREA, checks or Checks())))
        return desk, outcome.problems, folder

    return go


def kinds(desk):
    return {kind: len(desk.jobs(kind)) for kind in ("protect", "attack", "make_page", "check_again", "make_packs")}


def test_protected_pages_are_made_of_protected_tables_and_every_audience_is_attacked(run):
    desk, problems, folder = run()
    assert problems == [] and kinds(desk) == dict(protect=1, attack=2, make_page=5, check_again=0, make_packs=3)
    assert {audience for _, audience, _, _ in desk.jobs("attack")} == {"partnership", "public"}
    order = [kind for kind, args in desk.done]
    before = [args[0] for kind, args in desk.done[: order.index("attack")] if kind == "make_page"]
    # 99 reads the ledger, and waits for it with the pages of protected tables
    assert [(job.banner.audience, job.notebook.stem) for job in before] == [("restricted", "10_page")]
    rooms = {job.banner.audience: job.parameters["tables"] for job in desk.pages()}
    rooms |= {f"pack {job.pack.audience}": str(job.tables) for job in desk.packs()}
    for audience in ("partnership", "public"):
        assert rooms[audience] == rooms[f"pack {audience}"] == str(folder / "protected" / audience)
    assert rooms["restricted"] == rooms["pack restricted"] == str(folder / "working")


def test_packs_of_an_audience_wait_for_its_own_pages_alone(run, monkeypatch):
    """A page of the public is held back until the packs of all others are made: a run that waits for it would not end."""
    there, at_once = [], Desk.do

    async def slow(self, call, *args, first=1):
        if call.__name__ == "make_page" and args[0].banner.audience == "public":
            for _ in range(1000):
                await asyncio.sleep(0)
            there.extend(job.pack.audience for job in self.packs())
        return await at_once(self, call, *args, first=first)

    monkeypatch.setattr(Desk, "do", slow)
    desk, problems, _ = run()
    assert problems == [] and there == ["partnership", "restricted"]
    assert [job.pack.audience for job in desk.packs()] == ["partnership", "restricted", "public"]


def test_what_took_long_for_one_audience_is_begun_before_shorter_pages_for_the_next(run, monkeypatch):
    at_once = Desk.make_page
    monkeypatch.setattr(Desk, "make_page", lambda self, job: replace(at_once(self, job), seconds=30.0))
    desk, _, _ = run()
    turns = [(job[0], turn) for (kind, job), turn in zip(desk.done, desk.first, strict=True) if kind == "make_page"]
    first = {job.banner.audience: turn for job, turn in turns}
    assert first["public"] < min(first["partnership"], first["restricted"])


def test_of_pages_that_were_never_made_those_of_longer_notebooks_are_begun_first(run):
    desk, _, _ = run()
    turns = [(job[0], turn) for (kind, job), turn in zip(desk.done, desk.first, strict=True) if kind == "make_page"]
    begun = {job.notebook.stat().st_size: turn for job, turn in turns if job.banner.audience != "public"}
    ordered = [begun[size] for size in sorted(begun, reverse=True)]
    assert len(ordered) > 1 and ordered == sorted(set(ordered))


OPENED = "book = open_book(period, area, audience, tables, sample)"


@pytest.mark.parametrize(
    "source, about, other, runs",
    [
        (OPENED, {}, {}, ["partnership"]),
        (OPENED, {}, {"public": EXACT}, ["partnership", "public"]),
        (f"{OPENED}\nbook.audience", {}, {}, ["partnership", "public"]),
        (OPENED, {"reads": ["ledger"]}, {}, ["partnership", "public"]),
    ],
)
def test_a_notebook_is_run_once_for_audiences_whose_tables_are_the_same(run, tmp_path, source, about, other, runs):
    cells = [{"cell_type": "code", "metadata": {}, "source": [source]}]
    (tmp_path / "20_page.ipynb").write_text(json.dumps({"metadata": {"lscb": about} if about else {}, "cells": cells}))
    desk, problems, folder = run(protected=other)
    assert problems == []
    assert [job.banner.audience for job in desk.pages() if job.notebook.stem == "20_page"] == runs
    alike = [(job.banner.audience, like) for job, like, used in desk.jobs("make_alike")]
    assert alike == ([] if "public" in runs else [("public", "partnership")])
    assert all((folder / "executed" / who / "20_page.html").is_file() for who in ("partnership", "public"))


@pytest.mark.parametrize("answers", [dict(refused=["public"]), dict(attack=Failed("MemoryError in the worker"))])
def test_pages_of_an_audience_whose_attack_finds_something_or_fails_do_not_leave(run, answers):
    desk, problems, folder = run(**answers)
    held = ["partnership", "public"] if "attack" in answers else ["public"]
    assert [job.pack.audience for job in desk.packs()] == [
        a for a in ("partnership", "restricted", "public") if a not in held
    ]
    for audience in held:
        assert not list((folder / "executed" / audience).glob("*.html"))
        assert list((folder / "quarantine" / audience).glob("*.html"))
        assert any(problem.startswith(f"pages for {audience} refused") for problem in problems)
    status = {(p["audience"], p["status"]) for p in files.read_json(folder / "manifest.json")["pages"]}
    assert status == {(a, "refused" if a in held else "released") for a in ("partnership", "public", "restricted")}
    assert kinds(run()[0])["attack"] == 2  # and is not taken for done


def test_pages_of_an_earlier_run_do_not_leave_either(run):
    run()
    desk, _, folder = run(pages=frozenset([(20, "partnership")]), refused=["partnership"])
    assert kinds(desk)["attack"] == 0  # nothing had changed since it held
    long_table.write(counts(Total=21, a=18, b=3, c=0), folder / "working")
    desk, _, _ = run(pages=frozenset([(20, "partnership")]), refused=["partnership"])
    assert "partnership" not in {job.pack.audience for job in desk.packs()}


def test_where_protection_fails_no_protected_page_is_made(run):
    desk, problems, _ = run(protect=Failed("two numbers of one cell"))
    assert [(job.banner.audience, job.notebook.stem) for job in desk.pages()] == [("restricted", "10_page")]
    assert "disclosure control failed: two numbers of one cell" in problems
    assert [job.pack.audience for job in desk.packs()] == ["restricted"]


def looked_for(job):
    return [value for _, _, value in job.checks.identifiers]


def test_a_kept_page_is_searched_for_the_values_that_it_was_not_searched_for_before(run):
    def values(*names):
        return Checks([["referral_id", "identifier", name] for name in names])

    run(checks=values("HR-1", "HR-2"))
    assert kinds(run(checks=values("HR-2"))[0])["check_again"] == 0  # fewer are no news
    desk, _, folder = run(checks=values("HR-2", "HR-3"))
    assert [looked_for(job) for job, _, _ in desk.jobs("check_again")] == [["HR-3"]] * 5
    assert kinds(run(checks=values("HR-2", "HR-3"))[0])["check_again"] == 0
    # some pages alone: what the others were searched for is no longer what is noted, and they are searched for all
    run(pages=frozenset([(20, "partnership")]), checks=values("HR-4"))
    desk, _, _ = run(checks=values("HR-4", "HR-5"))
    assert sorted(map(looked_for, (job for job, _, _ in desk.jobs("check_again")))) == [["HR-4", "HR-5"]] * 4 + [
        ["HR-5"]
    ]
    # and where other dates are the project's own
    desk, _, _ = run(checks=replace(values("HR-4", "HR-5"), own_dates="2018-02-03"))
    assert [looked_for(job) for job, _, _ in desk.jobs("check_again")] == [["HR-4", "HR-5"]] * 5
    files.write_text(folder / "working" / "looked_for.json", "[]")  # lost, or written otherwise: all again
    assert kinds(run(checks=replace(values("HR-4"), own_dates="2018-02-03"))[0])["check_again"] == 5


def test_parts_of_packs_are_kept_for_the_next_run_and_not_for_one_that_is_to_make_everything(run):
    _, _, folder = run()
    part = files.private(folder / "working" / "parts") / "public sheet t.json"
    part.write_text("kept")
    run()
    assert part.is_file()
    assert kinds(run(force=True)[0])["make_page"] == 5 and not part.exists()


def test_tables_are_protected_again_when_they_or_what_was_circulated_or_the_result_changed(run, tmp_path):
    assert kinds(run()[0])["protect"] == 1
    desk, _, folder = run()
    assert kinds(desk) == dict(protect=0, attack=0, make_page=0, check_again=0, make_packs=3)
    long_table.write(counts(Total=21, a=18, b=3, c=0), folder / "working")
    assert kinds(run()[0])["protect"] == 1
    history.record(history.Entry("public", NONE, "p", PERIOD, AREA, "A", "2018-05-01"), tmp_path / "circulated")
    assert kinds(run()[0])["protect"] == 1 and kinds(run()[0])["protect"] == 0
    (folder / "protected" / "public" / "t.csv").write_text("area\n")
    assert kinds(run()[0])["protect"] == 1


def test_a_page_is_made_again_when_its_tables_or_the_ledger_it_reads_changed(run):
    desk, _, folder = run()
    files.write_text(folder / "ledger.csv", "profile\npublic\n")
    assert [job.notebook.stem for job in run()[0].pages()] == ["99_page"]
    long_table.write(counts(Total=21, a=18, b=3, c=0), folder / "working")
    made = {(job.banner.audience, job.notebook.stem) for job in run()[0].pages()}
    assert ("restricted", "10_page") in made
    assert ("partnership", "10_page") not in made  # its protected table is the same


def test_a_page_is_made_again_when_a_person_overruled_something_on_it_or_no_longer_does(run):
    run()
    overruled = Checks(overruled=(("20_page", "Shirley Smith"),))
    assert {job.notebook.stem for job in run(checks=overruled)[0].pages()} == {"20_page"}
    assert not run(checks=overruled)[0].pages()
    assert {job.notebook.stem for job in run()[0].pages()} == {"20_page"}


def test_packs_go_before_pages_of_other_areas_and_the_largest_first(run):
    desk, _, _ = run()
    order = {
        args[0][0].pack.name: first
        for (kind, args), first in zip(desk.done, desk.first, strict=True)
        if kind == "make_packs"
    }
    assert order["board"] == order["panel"] < order["public"]
    assert max(order.values()) < min(
        f for (kind, _), f in zip(desk.done, desk.first, strict=True) if kind == "make_page"
    )


def test_a_pack_that_is_empty_now_is_removed(run):
    folder = run()[2]
    files.write_text(files.private(folder / "packs" / "public") / "index.html", "<html>")
    long_table.write(counts(Total=21, a=18, b=3, c=0), folder / "working")
    run(refused=["public"])
    assert not (folder / "packs" / "public").exists()


def test_trials_and_true_packs_have_ledgers_of_their_own():
    from board_packs.quarter.request import circulated

    assert circulated(True) != circulated(False) and circulated(True).parent == circulated(False)


def test_a_pack_that_may_not_leave_takes_the_place_of_one_that_might(tmp_path):
    page = tmp_path / "10_people.html"
    page.write_text("<html>There were 40 referrals.</html>")
    banner = Banner(Quarter(2017, 4), AREA, "public", True)
    long_table.write(KEPT, tmp_path / "tables")

    def make(title, identifiers=()):
        entry = pack_folder.Entry(10, title, "There were 40.", file=str(page))
        checks = Checks(identifiers=list(identifiers))
        return make_pack(PackJob(tmp_path, PACKS["public"], [entry], tmp_path / "tables", ["t"], banner, checks))

    assert make("How many were there?").reasons == []
    secret = ["referral_id", "identifier", "HR-2017-0001"]
    assert make("What of HR-2017-0001?", [secret]).status == "refused"
    assert not (tmp_path / "packs" / "public").exists()


def test_figures_withheld_are_counted_of_returns_and_of_what_there_was():
    banner = Banner(Quarter(2017, 4), AREA, "public", True)
    some = cells([dict(area=AREA, period=PERIOD, measure="plans", status="not_available", reason="not received")])
    open_table = {"population_by_age_sex": KEPT["t"]}
    html = pack_folder.withheld(KEPT | {"plans": some} | open_table, banner)
    assert "2 of the 4 figures" in html
