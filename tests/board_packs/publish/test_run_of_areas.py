"""Several areas in one run, and tables that cannot be built: none takes another with it."""

import re
import sys
from copy import deepcopy
from dataclasses import replace

import pytest
import toy_quarter as toy

from board_packs import cli, run_summary, tables
from board_packs.publish import disclosure_step, page_making, page_step, quarter_run, tables_run  # noqa: F401
from board_packs.publish.workers import parcels
from board_packs.quarter.request import resolve
from lscb import long_table
from lscb.errors import Failed, UserError


def test_several_areas_go_through_together_and_each_has_the_pages_that_it_has_alone(tmp_path, monkeypatch, crew):
    toy.use(monkeypatch)
    notebooks = toy.write(tmp_path / "notebooks")
    places = {"E06000045": "Southampton", "E06000044": "Portsmouth", "E08000026": "Coventry"}
    outcomes = quarter_run.run(toy.ask(tmp_path / "out", notebooks, area=",".join(places)), crew=crew)
    assert [outcome.problems for outcome in outcomes] == [[], [], []]
    for area, name in places.items():
        assert name in (tmp_path / "out/sample/2017-18-Q4" / area / "packs/public/index.html").read_text()
    for area in list(places)[1:]:  # the second and the last of them
        quarter_run.run(toy.ask(tmp_path / "alone", notebooks, area=area), crew=crew)
        among, alone = (pages(tmp_path / out / "sample/2017-18-Q4" / area) for out in ("out", "alone"))
        assert among == alone and sum(name.startswith("packs/") for name in alone) >= 6


def pages(folder):
    """Every page and protected table of an area to the byte, but for the number and the time of the run."""
    run = re.compile(rb"Run [0-9a-f]{12}, \d{4}-\d\d-\d\d \d\d:\d\d UTC")
    kept = [
        path for kind in ("packs/**/*.html", "executed/**/*.html", "protected/**/*.csv") for path in folder.glob(kind)
    ]
    return {path.relative_to(folder).as_posix(): run.sub(b"Run", path.read_bytes()) for path in kept}


NEIGHBOURS = ("E06000045", "E06000044", "E08000026")  # Southampton, and two of its statistical neighbours
QUICK = ("age_shares", "audit_recommendations", "case_review_referrals", "deprivation_neighbours", "hrda_by_period",
         "partnership_areas", "plan_progress", "published_claims", "scorecard_year", "section_11_answers")  # fmt: skip


@pytest.mark.slow
def test_an_areas_tables_are_the_same_alone_and_among_its_neighbours(tmp_path, monkeypatch):
    """The second area calls its audits and themes otherwise and had no case to refer; the third did not send all."""
    import pandas as pd

    from board_packs.quarter import labels, receiving
    from board_packs.quarter import run_files as files
    from board_packs.quarter import table_stages as stages

    def request(*areas, out):
        return resolve("2017-18-Q4", ",".join(areas), sample=True, out=tmp_path / out, notebooks=None)

    first = receiving.receive(request(NEIGHBOURS[0], out="read"), checked=False)
    # what an area calls its own is printed once a person has approved it
    words = [{"field": name, "label": word} for name in labels.typed_fields() for word in ("Only here", "Its own")]
    known = labels.load("E06000045").approved
    monkeypatch.setattr(labels, "load", lambda area: labels.Approvals(approved=[*known, *words]))
    each = {}
    for area in NEIGHBOURS:
        rows = {name: frame.assign(area=area) for name, frame in first.rows.items()}
        if area == NEIGHBOURS[1]:
            named = {name: rows[name].assign(theme="Only here", audit="Its own") for name in ("audits", "plan")}
            rows |= named | {"case_reviews": rows["case_reviews"].iloc[:0]}
        if area == NEIGHBOURS[2]:
            rows = {name: frame for name, frame in rows.items() if name not in ("hrda_referrals", "section_11")}
        quality = first.quality.assign(area=area)
        quality.loc[~quality["return"].isin(list(rows)) | quality["return"].eq("case_reviews"), "refused"] = 0
        each[area] = receiving.Received(rows, quality[quality["return"].isin(list(rows))], [], {area: tuple(rows)})
    names = sorted(first.rows)
    parts = {n: [got.rows[n] for got in each.values() if n in got.rows] for n in names}
    together = receiving.Received(
        {n: pd.concat(frames, ignore_index=True) for n, frames in parts.items()},
        pd.concat([got.quality for got in each.values()], ignore_index=True),
        [],
        {area: got.sent[area] for area, got in each.items()},
    )
    hashes = files.Hashes(None)
    stages.build(request(*NEIGHBOURS, out="all"), together, "c", hashes)
    for area, got in each.items():
        stages.build(request(area, out="one"), got, "c", hashes)
        made, alone = (
            {p.name: p.read_text() for p in (tmp_path / out / "sample" / "2017-18-Q4" / area / "working").glob("*.csv")}
            for out in ("all", "one")
        )
        assert len(alone) >= len(tables.registry.builders()) and made == alone
        said = " ".join(made.values())
        assert ("Only here" in said) == (area == NEIGHBOURS[1])


class Beside:
    """Workers who get what goes through a pipe, and end at once where `weak` is among what they are to make."""

    def __init__(self, weak, jobs):
        self.jobs, self.weak, self.shares, self.spent = jobs, weak, [], {}
        self.common = parcels.Shared()

    async def do(self, call, *args, first=1):
        call, args = parcels.unpack(parcels.pack((call, args), self.common), self.common.texts)
        self.shares.append(args[0])
        if self.weak in args[0]:
            raise Failed("its worker was killed")
        return parcels.unpack(parcels.pack(call(*args)))


@pytest.mark.parametrize(
    ("weak", "areas", "number"), [("", 1, 3), ("hrda_by_period", 1, 3), ("", 3, 2), ("hrda_by_period", 2, 2)]
)
def test_tables_built_side_by_side_are_those_that_are_built_one_after_the_other(
    tmp_path, monkeypatch, weak, areas, number
):
    from board_packs.quarter import receiving
    from board_packs.quarter import table_stages as stages

    def broken(inputs):
        raise ValueError("a value of a case")

    builders = [b for b in tables.registry.builders() if b.names[0] in QUICK]
    builders = [replace(b, build=broken) if b.names[0] == "plan_progress" else b for b in builders]
    monkeypatch.setattr(tables.registry, "builders", lambda: tuple(builders))
    crews, texts, answers = {"alone": None, "beside": Beside(weak, number)}, [], []
    codes = NEIGHBOURS[:areas]
    received = receiving.receive(
        resolve("2017-18-Q4", ",".join(codes), sample=True, out=tmp_path / "read", notebooks=None)
    )
    for out, crew in crews.items():
        asked = resolve("2017-18-Q4", ",".join(codes), sample=True, out=tmp_path / out, notebooks=None)
        got, later = deepcopy(received), deepcopy(received)
        answers += [(stages.build(asked, got, "c", no_memory(), crew), got.broken)]
        again = stages.build(asked, later, "c", no_memory(), crew)
        assert again["made"] == ["plan_actions_due", "plan_progress"]  # which could not be built
        folders = [asked.folder(code) / "working" for code in codes]
        texts.append({(f.parent.name, p.name): p.read_text() for f in folders for p in f.glob("*.csv")})
    assert texts[0] == texts[1] and answers[0] == answers[1]
    assert {area: len(lines) for area, lines in got.broken.items()} == dict.fromkeys(codes, 1)
    shares = crews["beside"].shares[:number]
    if areas == 1:  # each table by one worker; else the tables of an area by one
        assert sorted(name for share in shares for name in share) == sorted(QUICK)
    else:
        assert [sorted(share) for share in shares] == [sorted(QUICK)] * number


def test_when_one_areas_return_changes_the_tables_of_the_others_are_kept(tmp_path, monkeypatch):
    from board_packs.quarter import receiving
    from board_packs.quarter import table_stages as stages

    toy.use(monkeypatch)
    asked = toy.ask(tmp_path, toy.write(tmp_path / "notebooks"), area="E06000045,E06000044")
    stages.build(asked, receiving.receive(asked), "c", no_memory())
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.csv")}
    got = receiving.receive(asked)
    rows = got.rows["hrda_referrals"]
    got.rows["hrda_referrals"] = rows[(rows["area"] != "E06000044") | (rows.index % 7 > 0)]
    stages.build(asked, got, "c", no_memory())
    changed = {p.relative_to(tmp_path).as_posix() for p, at in before.items() if p.stat().st_mtime_ns != at}
    assert changed == {"sample/2017-18-Q4/E06000044/working/toy.csv"}


def test_of_several_areas_one_without_usable_returns_or_tables_stops_no_other(tmp_path, monkeypatch):
    from board_packs.quarter import receiving

    toy.use(monkeypatch)
    whole_ones = receiving.receive

    def receive(asked, checked=True):
        got = whole_ones(asked)
        got.lost["E08000026"] = "No returns for E08000026: put them there."
        return got

    def zebra(inputs):
        if "E06000044" in inputs.areas:
            raise ValueError("a value of a case")
        return long_table.cells(
            [dict(area=a, count=7) for a in inputs.areas], period=str(inputs.period), measure="zebra"
        )

    builders = (*tables.registry.builders(), tables.registry.Builder(("zebra",), zebra))
    monkeypatch.setattr(tables.registry, "builders", lambda: builders)
    monkeypatch.setattr(receiving, "receive", receive)
    asked = toy.ask(tmp_path / "out", toy.write(tmp_path / "notebooks"), area=",".join(NEIGHBOURS))
    good, unbuilt, unsent = quarter_run.run(asked)
    assert good.problems == [] and len(good.manifest["packs"]) == 3
    assert unsent.problems == ["No returns for E08000026: put them there."]
    assert len(unbuilt.problems) == 1 and "The table zebra could not be built: ValueError in " in unbuilt.problems[0]
    assert len(unbuilt.manifest["packs"]) == 3 and "a value of a case" not in str(unbuilt.manifest)
    broken = long_table.load(tmp_path / "out/sample/2017-18-Q4/E06000044/working/zebra.csv")
    assert set(broken["status"]) == {"not_available"} and "could not be built" in broken["reason"][0]
    with pytest.raises(Failed, match="E06000044: The table zebra.*\\nE08000026: No returns|E08000026.*\\nE06000044"):
        tables_run.tables_only(asked)
    assert (tmp_path / "out/sample/2017-18-Q4" / NEIGHBOURS[0] / "protected/public/zebra.csv").is_file()


def test_all_areas_are_those_that_have_sent_a_folder(tmp_path, monkeypatch, capsys):
    (tmp_path / "returns" / "E06000044").mkdir(parents=True)
    (tmp_path / "returns" / "E06000044" / "hrda.csv").write_text("x")
    asked = resolve("2017-18-Q4", "all", returns=tmp_path / "returns", out=tmp_path, notebooks=None)
    assert asked.areas == ("E06000044",) and "E06000045" in asked.left_out and len(asked.left_out) > 140
    run_summary.left_out(asked)
    assert " authorities without a folder of returns: " in capsys.readouterr().err
    with pytest.raises(UserError, match="named by its code"):
        resolve("2017-18-Q4", "all", returns=tmp_path / "returns" / "E06000044", out=tmp_path, notebooks=None)


def no_memory():
    from board_packs.quarter import run_files as files

    return files.Hashes(None)


@pytest.mark.parametrize("command", ("tables", "run"))
def test_a_table_that_breaks_is_one_line_that_names_it_and_exit_1(tmp_path, monkeypatch, capsys, command):
    toy.use(monkeypatch)

    def broken(inputs):
        raise ValueError("could not convert string to float: 'a value of a case'")

    builders = (*tables.registry.builders(), tables.registry.Builder(("zebra",), broken))
    monkeypatch.setattr(tables.registry, "builders", lambda: builders)
    monkeypatch.setattr(sys, "argv", ["lscb", command, "--sample", "--out", str(tmp_path)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr().err.strip()
    assert left.value.code == 1 and "a value of a case" not in said
    assert sum("table zebra could not be built: ValueError in " in line for line in said.splitlines()) == 1
    assert len(list(tmp_path.rglob("working/toy.csv"))) == 1  # the others stand
