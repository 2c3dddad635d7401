"""The published annual report of 2017-18, read without a hand-made list of its claims."""

import csv
from pathlib import Path

import pytest

import claimcheck as claims
from claimcheck.draft_reading import read_draft
from claimcheck.official_figures import OfficialFigures

SHARED = Path(__file__).parents[3] / "shared"
REPORT = SHARED / "reference" / "annual-report-2017-18.txt"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not REPORT.is_file(), reason="the shared folder is not here")]

# DEFINITIONS.md, "What the 2017-18 annual report printed": what can be seen from the document and official series.
ERRORS = {
    "looked after, 34%": ("that is much higher than that of statistical neighbours (69), 34%", "wrong_base"),
    "looked after, 34% again": ("a rate much higher than that of Stat neighbours (69), 34%", "wrong_base"),
    "section 47, 26%": ("S47s started is 26% higher", "wrong_base"),
    "plans, 18%": ("This rate is 18% higher", "wrong_base"),
    "deaths reviewed, of 4": ("20% of the deaths took place", "impossible_percentage"),
    "majority neonatal": ("The majority of deaths were neonatal", "majority_not_over_half"),
    "13 infants and 7 children": ("seven child deaths each year", "parts_do_not_add"),
    "label 2018/19": ("2018/19: 21.9%", "mislabelled_period"),
    "58.0 and 41.9": ("2017/18: 41.9%", "complement_does_not_add"),
    "total referrals, -12.0%": ("There was a 12.0% decrease", "missing_base"),
    "not White British": ("53,000 residents who are not white British", "wrong_denominator"),
    "lowest for four years": ("the lowest rate for the last 4 years at 104", "window_not_covered"),
    "lowest quarter": ("Quarter 3 2017/18 saw the lowest rate", "window_not_covered"),
    "section 47, trend": ("Overall there is a decreasing trend in this figure", "trend_not_testable"),
    "children in need, trend": ("The rate of Child in Need referrals shows a decreasing trend", "trend_not_testable"),
    "finance, caption": ("the following contributions to cover 2016", "mislabelled_period"),
    "looked after, no change": ("Despite the decrease in the number of Looked After Children", "direction_reversed"),
    "finance, year": ("Contribution 2017 - 17", "mislabelled_period"),
    "absence, 6.4%": ("a decrease of 6.4% in 2012/13", "of_from_slip"),
    "24% drop": ("a 24% drop in online exploitation", "direction_reversed"),
    "flagged, trend": ("known to be at risk of CSE by Hampshire Constabulary", "trend_not_testable"),
}
OFFICIAL = {
    "England 62": ("This average is also higher than the England (62)", "comparator_other_year"),
    "South East 41": ("This average is also higher than the England (62)", "rate_does_not_follow"),
    "section 47, England 39": ("higher than the England (39)", "comparator_other_basis"),
    "67th of 326": ("ranked 67th out of 326", "rank_measure_unnamed"),
    "section 47, year and quarters": ("the rate of Section 47s initiated has decreased", "comparator_other_basis"),
    "aged 15 to 24 nationally": ("compared to just 12.4% nationally", "wrong_population"),
    "57,600 aged 0-19": ("57,600 children and young people", "wrong_population"),
}


@pytest.fixture(scope="module")
def findings():
    from openstats import Store

    return read_draft(REPORT, [OfficialFigures(Store(SHARED / "open-data"))]).findings


@pytest.mark.parametrize("words, diagnosis", ERRORS.values(), ids=list(ERRORS))
def test_an_error_that_the_document_shows_is_found(findings, words, diagnosis):
    assert diagnosis in [f.diagnosis for f in findings if words in f.text and f.verdict != claims.REPRODUCES]


@pytest.mark.parametrize("words, diagnosis", OFFICIAL.values(), ids=list(OFFICIAL))
def test_an_error_that_official_series_show_is_found(findings, words, diagnosis):
    assert diagnosis in [f.diagnosis for f in findings if words in f.text and f.verdict != claims.REPRODUCES]


def test_nothing_that_reproduces_is_accused(findings):
    """Of the list of figures: a quote all of whose figures agree stands in no accusation but of what is listed."""
    with open(SHARED / "reference" / "annual-report-2017-18-figures.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = [r["quote"] for r in rows if r["agrees"].startswith(("yes", "consistent"))]
    wrong = [r["quote"] for r in rows if not r["agrees"].startswith(("yes", "consistent", "derived"))]
    listed = [words for words, _ in (*ERRORS.values(), *OFFICIAL.values())]
    for finding in findings:
        if finding.verdict == claims.WRONG:
            assert any(words in finding.text for words in listed) or any(q in finding.text for q in wrong), finding.text
            assert not any(q in finding.text for q in right) or any(words in finding.text for words in listed), (
                finding.text
            )


def test_what_reproduces_is_said_to(findings):
    for words in ("254,275", "an average of 13 infants", "Six of these referrals", "\u00a3134,428", "from 520 in 2011"):
        assert claims.REPRODUCES in [f.verdict for f in findings if words in f.text], words


def test_a_person_is_asked_little(findings):
    assert sum(f.open for f in findings) <= 25


@pytest.mark.parametrize(
    "text, expected",
    [
        # section 47 enquiries, Southampton, year to March 2018: 344.3 per 10,000 (DfE)
        ("The rate of section 47 enquiries was 76 in Q1, 81 in Q2, 70 in Q3 and 69 in Q4.", ["comparator_other_basis"]),
        ("The rate of section 47 enquiries was 86 in Q1, 91 in Q2, 88 in Q3 and 79 in Q4.", []),
        ("The rate of section 47 enquiries was 76 in Q1 and 69 in Q4.", []),  # two quarters may have been any
        # aged 15 to 24, England: 12.2 % in mid-2016, 12.0 % in mid-2017; Southampton 20.2 % in mid-2016 (ONS)
        ("20.2% of residents are aged 15 to 24, compared to 12.2% in England.", ["ok", "ok"]),
        ("20.2% of residents are aged 15 to 24, compared to 13.2% in England.", ["ok", "wrong_population"]),
        ("25% of residents are aged 15 to 24.", ["wrong_population"]),
    ],
)
def test_figures_beside_official_series(text, expected):
    from drafts_of_tests import draft_of

    from openstats import Store

    official = OfficialFigures(Store(SHARED / "open-data"), "E06000045")
    findings = read_draft(draft_of(f"# Annual Report 2017-18 / {text}"), [official]).findings
    assert [f.diagnosis for f in findings if f.source.startswith(("DfE", "ONS"))] == expected
