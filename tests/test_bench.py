"""The benchmark's own arithmetic: ratios of pairs, the limit that the cores set."""

import json

from lscb import bench


def test_the_quarter_stands_beside_the_plain_command_lines_and_beside_its_own_cells(monkeypatch):
    def run(out, *options):  # two pages whose cells take 6 and 2 seconds of a processor
        folder = out / bench.PERIOD / bench.AREA
        again = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").write_text(json.dumps({"pages": [{"computing": 6.0}, {"computing": 2.0}]}))
        return 0.05 if again else 5.0

    monkeypatch.setattr(bench, "lscb", run)
    monkeypatch.setattr(bench, "plain", lambda pages, out: 40.0)
    monkeypatch.setattr(bench, "one_return_changed", lambda out: 2.0)
    monkeypatch.setattr(bench, "cores", lambda: 2)
    found = bench.quarter()
    assert len(found.pop("seconds")) == bench.PAIRS
    assert found == {
        "run / plain": 0.125,  # 5 of 40
        "the cells alone on 2 cores (the limit) / plain": 0.1,  # (6 + 2) / 2 of 40
        "share of the limit in the run": 0.8,  # 4 of 5
        "run again / run": 0.01,
        "one return changed / run": 0.4,
    }


def test_the_cost_curve_is_printed_for_every_number_of_areas(monkeypatch):
    class Done:
        stdout = json.dumps({"seconds": 16.0, "megabytes": 300, "tables": 60})

    monkeypatch.setattr(bench.subprocess, "run", lambda *given, **options: Done)
    found = bench.areas((1, 8, 32))
    assert found["seconds an area, 1 together"] == 16.0
    assert (found["seconds an area, 8 together"], found["seconds an area, 32 together"]) == (2.0, 0.5)
    assert found["cost per area, 32 / 8"] == 0.25 and found["megabytes, 32 together"] == 300
