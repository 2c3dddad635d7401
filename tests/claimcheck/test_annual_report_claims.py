"""The claims of the published annual report, one by one."""

import csv
import re
from pathlib import Path

import pytest

import claimcheck as claims
from openstats.project_data import DATA

SHARED = Path(__file__).parents[3] / "shared"
CLAIMS_FILE = DATA / "reference" / "annual-report-2017-18-claims.json"
FIGURES_FILE = DATA / "reference" / "annual-report-2017-18-figures.csv"


def figures_of(claim: dict) -> list[int]:
    """Rows of the list of figures: a claim's source ends with them."""
    return [int(number) for number in claim["source"].split("figures ")[1].split(", ")]


# DEFINITIONS.md, "What the 2017-18 annual report printed": claim -> diagnosis.
LISTED = {
    "looked-after-neighbours": "wrong_base", "looked-after-neighbours-again": "wrong_base",
    "s47-neighbours": "wrong_base", "plans-neighbours": "wrong_base", "deaths-reviewed": "impossible_percentage",
    "deaths-majority": "majority_not_over_half", "child-deaths": "parts_do_not_add", "hrda-label": "mislabelled_period",
    "hrda-children-2017-18": "complement_does_not_add", "hrda-referrals": "missing_base",
    "not-white-british": "wrong_denominator", "looked-after-lowest": "window_not_covered",
    "looked-after-lowest-quarter": "window_not_covered", "s47-trend": "trend_not_testable",
    "cin-trend": "trend_not_testable",
    "contributions-year": "mislabelled_period", "contributions-column": "mislabelled_period", "absence": "of_from_slip",
    "online-exploitation": "direction_reversed", "looked-after-england": "comparator_other_year",
    "s47-england": "comparator_other_year", "looked-after-south-east": "rate_does_not_follow",
    "deprivation-rank": "rank_measure_unnamed", "aged-0-19": "parts_do_not_add", "s47-year": "parts_do_not_add",
    "aged-15-24-england": "wrong_denominator", "poverty": "missing_comparator_period",
    "police-flags": "trend_not_testable",
}  # fmt: skip
# ... "What reproduces", and the three-year mean of item 23.
STANDS = (
    "population infant-deaths case-reviews contributions looked-after-rate most-deprived-areas aged-15-24 death-kinds "
    "hrda-q1-children hrda-q2-children hrda-q3-children hrda-q4-children hrda-children-2016-17 neet cin-neighbours "
    "plans-change"
).split()


@pytest.fixture(scope="module")
def report():
    given_ = claims.read(CLAIMS_FILE)
    assert given_.problems == ()
    return {claim["id"]: (claim, answer) for claim, answer in zip(given_, claims.audit(given_), strict=True)}


@pytest.mark.parametrize("name, diagnosis", LISTED.items())
def test_every_listed_error_is_found(report, name, diagnosis):
    answer = report[name][1]
    assert answer.diagnosis == diagnosis and answer.verdict != claims.REPRODUCES


@pytest.mark.parametrize("name", STANDS)
def test_what_reproduces_is_not_accused(report, name):
    assert report[name][1].verdict == claims.REPRODUCES


def test_no_claim_is_accused_whose_figures_are_all_right(report):
    with open(FIGURES_FILE, encoding="utf-8", newline="") as file:
        agrees = {i: row["agrees"] for i, row in enumerate(csv.DictReader(file), 1)}
    assert len(agrees) == 150
    apart = {"contributions-year", "contributions-column"}  # the total is right, the year beside it is not
    for name, (claim, answer) in report.items():
        if answer.verdict == claims.WRONG and name not in apart:
            assert not all(agrees[i].startswith("yes") for i in figures_of(claim)), name


def test_wrong_bases_are_put_right_with_their_range(report):
    """DEFINITIONS.md: 50.7% (48.9 to 52.6), 35.3% (33.0 to 37.6), 22.2% (20.2 to 24.3)."""
    for name, base, right in [
        ("looked-after-neighbours", 104, "50.7% (48.9 to 52.6"),
        ("s47-neighbours", 69, "35.3% (33.0 to 37.6"),
        ("plans-neighbours", 66, "22.2% (20.2 to 24.3"),
    ]:
        answer = report[name][1]
        assert answer.recalculated["base_that_gives_printed"] == base and right in answer.sentence


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not here")
def test_every_quote_stands_in_the_report(report):
    text = (SHARED / "reference" / "annual-report-2017-18.txt").read_text(encoding="utf-8")
    flat = re.sub(r"[\s*]+", " ", text)
    for claim, _ in report.values():
        for part in claim["text"].split("…"):
            assert part.strip() in flat, claim["id"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not here")
def test_figures_are_the_shared_list():
    assert FIGURES_FILE.read_bytes() == (SHARED / "reference" / FIGURES_FILE.name).read_bytes()
