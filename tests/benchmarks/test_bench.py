"""The benchmark's own arithmetic: ratios of pairs, the limit that the cores set."""

import json
from types import SimpleNamespace

import bench_areas
import bench_exploring
import bench_history
import bench_quarter as bench
import bench_returns
import pandas as pd
import plain_commands
import pytest
from bench_parts import scorecards

import cellguard as disclosure
import returncheck
from cellguard import protect
from lscb.periods import Quarter


def test_the_quarter_stands_beside_the_plain_command_lines_and_beside_its_own_cells(monkeypatch):
    def run(out, *options):  # two pages whose cells take 6 and 2 seconds of a processor
        folder = out / "sample" / bench.PERIOD / plain_commands.AREA
        again = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        about = {"pages": [{"computing": 6.0}, {"computing": 2.0}], "processor": {"tables": 1.0, "computing": 8.0}}
        (folder / "manifest.json").write_text(json.dumps(about))
        return 0.05 if again else 5.0

    monkeypatch.setattr(bench, "lscb", run)
    monkeypatch.setattr(bench, "plain", lambda pages, out: 40.0)
    monkeypatch.setattr(bench, "one_return_changed", lambda out: (2.0, {"worked": 10.0, "worked again": 3.0}))
    monkeypatch.setattr(bench, "cores", lambda: 2)
    found = bench.quarter()
    assert len(found.pop("seconds")) == bench.PAIRS
    assert found == {
        "run / plain": 0.125,  # 5 of 40
        "the cells alone on 2 cores (the limit) / plain": 0.1,  # (6 + 2) / 2 of 40
        "share of the limit in the run": 0.8,  # 4 of 5
        "run again / run": 0.01,
        "one return changed / run": 0.4,
        "one return changed / run, processor seconds": 0.3,
        "share of 2 cores in the run, tables": 0.1,  # 1 of 2 * 5
        "share of 2 cores in the run, computing": 0.8,
        "share of 2 cores in the run, idle": 0.1,
    }


def test_the_cost_curve_is_printed_for_every_number_of_areas(monkeypatch):
    class Done:
        stdout = json.dumps({"seconds": 16.0, "megabytes": 300, "tables": 60})

    monkeypatch.setattr(bench_areas.subprocess, "run", lambda *given, **options: Done)
    found = bench_areas.areas((1, 8, 32))
    assert found["seconds an area, 1 together"] == 16.0
    assert (found["seconds an area, 8 together"], found["seconds an area, 32 together"]) == (2.0, 0.5)
    assert found["cost per area, 32 / 8"] == 0.25 and found["megabytes, 32 together"] == 300


def test_what_an_analyst_waits_for_stands_beside_a_run(monkeypatch):
    class Done:
        stdout = json.dumps({"changed": [2.0, 1.5], "again": [0.1, 0.03]})

    monkeypatch.setattr(bench_exploring, "lscb", lambda out: 20.0)
    monkeypatch.setattr(bench_exploring, "manifest", lambda out: {"processor": {"tables": 10.0, "computing": 20.0}})
    monkeypatch.setattr(bench_exploring.subprocess, "run", lambda *given, **options: Done)
    found = bench_exploring.exploring()
    assert len(found.pop("seconds")) == bench_exploring.PAIRS
    assert found == {
        "until the answer with another basis / run": 0.1,  # 2 of 20
        "until the answer with another basis / run, processor seconds": 0.05,  # 1.5 of 10 + 20
        "the same once more / run": 0.005,
        "the same once more / run, processor seconds": 0.001,
    }


def test_a_cluster_of_two_workers_stands_beside_the_local_run(monkeypatch):
    distributed = pytest.importorskip("distributed")

    class Two(SimpleNamespace):
        scheduler_address = "tcp://here"
        __enter__, __exit__ = lambda self: self, lambda self, *end: None

    monkeypatch.setattr(distributed, "LocalCluster", Two)
    monkeypatch.setattr(bench_areas, "lscb", lambda out, *options: 40.0 if "tcp://here" in options else 32.0)
    assert bench_areas.cluster()["a run of 4 areas, local / on two Dask workers"] == 0.8


def test_protecting_and_attacking_stand_beside_the_pages_and_what_is_given_away_is_counted(monkeypatch):
    def built(period, rows):
        more = {"area": plain_commands.AREA, "period": period, "measure": "people", "status": "shown"}
        people = {"Total": 20.0, "a": 3.0, "b": 8.0, "c": 9.0}
        return {"t": pd.DataFrame([more | {"sex": sex, "count": n} for sex, n in people.items()])}

    monkeypatch.setattr(bench_history, "received", lambda period: (period, None))
    monkeypatch.setattr(bench_history, "built", built)
    monkeypatch.setattr(bench_history, "lscb", lambda out: 9.0)
    monkeypatch.setattr(bench_history, "cells", lambda folder: 4.0)
    found = bench_history.history(3)
    seconds = found["seconds"]
    both, calls = seconds["protect"] + seconds["attack"], seconds["calls"]
    before = "protect and attack with 2 quarters before"
    assert found[f"{before} (while counted) / the cells of the pages"] == round(both / 4, 3)
    assert found[f"{before} / with 1 before, function calls"] == round(calls[2] / calls[1], 3) > 1
    assert found["figures given away in 3 quarters"] == 0 == found["how far from the least loss at most, share"]

    def one_only(tables, profiles, documentation, **more):  # the small count alone: 20 - 8 - 9
        one, every = (tables["t"].assign(status="suppressed") for _ in range(2))
        one.loc[[0, 2, 3], "status"] = "shown"
        one, every = (f.assign(count=f["count"].where(f["status"] == "shown")) for f in (one, every))
        held = {"partnership": {"t": one}, "public": {"t": every}}
        return SimpleNamespace(protected=held, ledger=protect(tables, profiles, documentation=documentation).ledger)

    monkeypatch.setattr(disclosure, "protect", one_only)
    assert bench_history.history(3)["figures given away in 3 quarters"] == 3  # one in each, and each once


def test_a_scorecard_without_a_change_names_one_in_at_most_one_quarter_of_ten():
    """What is promised of nineteen indicators, and of charts of rare events: few false alarms, a real shift found."""
    ratios = scorecards.measure().ratios
    false = [share for what, share in ratios.items() if what.startswith("scorecards without a change")]
    assert len(false) == 5 and max(false) <= 0.10
    assert ratios["shifts of 2.5 sigma over four quarters found, events of a quarter"] >= 0.8
    single = [share for what, share in ratios.items() if what.startswith("single charts without a change")]
    assert len(single) == 4 and max(single) <= 0.02


def test_long_lists_with_one_key_are_read_whatever_holds_them(tmp_path):
    for kind in ("csv", "xlsx", "ods"):
        (tmp_path / kind).mkdir()
        write = bench_returns.text if kind == "csv" else bench_returns.workbook
        write(tmp_path / kind / f"referrals.{kind}", 7)
        got = returncheck.read(tmp_path / kind, Quarter.parse(bench.PERIOD), plain_commands.AREA)
        assert got.quality[["return", "received", "refused"]].values.tolist() == [["hrda_referrals", 7, 7]]
