"""A seeded part of the sweep: eight pairs of authority and period, and eight variants (all of them: make sweep)."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
import sweep

SHARED = Path(__file__).parents[3] / "shared" / "open-data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs the official files in ../shared/open-data"),
]


def pairs() -> list[tuple[str, str]]:
    """Eight pairs by a seed; every period is there."""
    chance = random.Random(sweep.SEED)
    listed = [case[:2] for case in sweep.cases(list(sweep.PERIODS), "2", "none", "tables")]
    return sorted(chance.sample(listed, 8))


@pytest.fixture(autouse=True)
def official_files(monkeypatch):
    monkeypatch.setitem(os.environ, "LSCB_OPEN_DATA", str(SHARED))


@pytest.mark.parametrize("period, area", pairs())
def test_every_table_of_an_authority_and_period_stands(period, area):
    assert sweep.attempt(period, area, "as drawn", "tables")["failed"] == []


@pytest.mark.parametrize(
    "variant", [sweep.OLD, sweep.BARE, *sorted(random.Random(sweep.SEED).sample(list(sweep.variants()), 6))]
)
def test_every_table_stands_whatever_is_the_matter_with_a_return(variant):
    period, area = pairs()[0]
    assert sweep.attempt(period, area, variant, "tables")["failed"] == []


def test_every_page_and_pack_of_a_small_authority_is_released_in_a_late_quarter():
    """Rutland, whose small numbers and widely withheld figures had clean pages refused that ordinary places never did."""
    answer = sweep.attempt("2025-26-Q3", "E06000017", "as drawn", "pages")
    assert answer["failed"] == [] and (answer["pages"], answer["packs"]) == ([24, 24], [10, 10])


def test_what_fails_is_told_with_its_place_and_a_sweep_goes_on_where_it_was(tmp_path, monkeypatch):
    answered = {"period": "2016-17-Q4", "area": "E1", "variant": "as drawn", "stage": "tables"}
    results = tmp_path / "results.jsonl"
    import json

    results.write_text(json.dumps(answered | {"failed": [["40_hrda", "public", "refused | so"]]}) + "\n")
    answers = sweep.sweep([("2016-17-Q4", "E1", "as drawn", "tables")], results, jobs=1)
    text = sweep.report(answers)
    assert "2016-17-Q4 | E1 | as drawn | 40_hrda | public | refused / so" in text and "1 cases, 1 failed." in text


def test_an_altered_return_is_what_the_variant_says(tmp_path):
    (tmp_path / "hrda_referrals.csv").write_text("referral_id,victim_id,perpetrator_id\nR1,A,B\nR2,C,D\n")
    sweep.altered(tmp_path, "all repeats")
    assert (tmp_path / "hrda_referrals.csv").read_text().splitlines()[1:] == ["R1,V1,P1", "R2,V1,P1"]
    sweep.altered(tmp_path, "hrda_referrals of one row")
    assert len((tmp_path / "hrda_referrals.csv").read_text().splitlines()) == 2
    sweep.altered(tmp_path, "hrda_referrals missing")
    assert not list(tmp_path.iterdir())
