"""Where nothing came of the quarter no page says nought, and where rows are refused every page says how many."""

from __future__ import annotations

import csv
import re

import page_reader
import pytest

import returncheck
from board_packs.tables import Inputs, registry
from lscb import long_table
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import DATA
from returncheck import dictionary

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
SAMPLE = DATA / "sample" / str(PERIOD)
PAGES = {
    "00_start_here": "hrda_referrals", "30_child_deaths": "child_deaths", "40_hrda": "hrda_referrals",
    "50_scorecard": "children_services", "60_exploitation_and_missing": "exploitation", "65_assurance": "section_11",
    "70_case_reviews": "case_reviews", "75_learning": "training", "80_board": "meetings",
}  # fmt: skip
TITLES = {"children_services": "children's services indicators", "exploitation": "exploitation and missing children",
          "hrda_referrals": "high-risk domestic abuse referrals", "plan": "business plan", "section_11": "section 11 audit"}  # fmt: skip
DAY = re.compile(r"\d{4}-\d\d-\d\d")
REFUSED = 3  # rows of each return whose date is spoilt
# A page that has nothing may say that it has nothing, and what it never says is a number or a "no" of what is counted.
NOUGHT = re.compile(
    r"\b(?:no|0|zero|nought|none of the)\s+(?:[a-z'-]+\s+){0,3}?(?:referrals?|deaths?|reviews?|children|cases|episodes|"
    r"interviews|events|attendances|actions|agenc(?:y|ies)|recommendations|people|contacts|seats|meetings)\b"
    r"|\b(?:is|are|were|was|done|referred[^.:]*): 0\b|(?<![\d.,])0 of \d|(?<![\d.,])0(?:\.0)?%",
    re.I,
)

# Shares of the year before, in the words of a chart, are of somebody; of the year itself there is none.
BEFORE = re.compile(r", 2016-17: (?:[^;:]+: [\d.]+% \(95% interval [^)]*\);?)+")


def absent(name, rows, by):
    return rows if name == "plan" else None


def old(name, rows, by):
    """Rows before the quarter (before the financial year, of a yearly return), as they were known then."""
    every = dictionary.load()[name].every
    first = {"quarter": ("2018-01-01", "2017-18-Q4"), "year": ("2017-04-01", "2017-18-Q1"), "never": ("9", "9")}[every]
    kept = [row for row in rows[1:] if row[by] < first["Q" in row[by]]]
    return [rows[0], *([cell if cell < first[0] or not DAY.fullmatch(cell) else "" for cell in row] for row in kept)]


def later(name, rows, by):
    return [["Covers from", "01/02/2018"], [], *rows]


def refused(name, rows, by):
    """The oldest rows, so that the quarter has some in every return."""
    oldest = sorted(range(1, len(rows)), key=lambda place: rows[place][by])[:REFUSED]
    return [[*row[:by], "sometime", *row[by + 1 :]] if place in oldest else row for place, row in enumerate(rows)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every page of restricted tables that were made from the sample's files, changed: pages(old)["40_hrda"]."""

    def of(change):
        folder = tmp_path_factory.mktemp(change.__name__)
        for path in sorted(SAMPLE.glob("*.csv")):
            with path.open(newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
            if rows := change(path.stem, rows, rows[0].index(dictionary.load()[path.stem].dated_by)):
                with (folder / path.name).open("w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows(rows)
        received = returncheck.read(folder, PERIOD, AREA)
        returns = {name: frame.assign(area=AREA) for name, frame in received.frames.items()}
        gaps = received.gaps.assign(area=AREA)
        made = registry.build(Inputs(PERIOD, (AREA,), returns, received.quality, Store(None), {}, gaps))
        long_table.write(made, folder / "working")
        return {name: page_reader.run(name, folder / "working", "restricted", sample=False) for name in PAGES}

    return of


def sentences(page):
    """What a page says of its own figures: without its rules, its sources and what changed in method."""
    cells = [run for run in page.cells if not re.search(r"changes\(|stamp\(|\.standard\(", run.source)]
    text = " ".join(page_reader.plain(value) for run in cells for value in run.shown if "<table" not in str(value))
    return BEFORE.sub("", text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "says"),
    [(absent, "was not received for this quarter"), (old, "holds no usable row of"), (later, "covers from 1 February 2018")],
)  # fmt: skip
def test_a_page_without_its_return_of_the_quarter_says_so_and_no_nought(pages, change, says):
    for name, page in pages(change).items():
        assert says in page.answer, (name, page.answer)
        assert NOUGHT.findall(sentences(page)) == [], (name, [m[0] for m in NOUGHT.finditer(sentences(page))])


@pytest.mark.slow
def test_refused_rows_are_said_in_the_answer_under_each_chart_and_over_each_table(pages):
    for name, page in pages(refused).items():
        mark = (
            f"Partial: {REFUSED} rows of {TITLES.get(PAGES[name], PAGES[name].replace('_', ' '))} refused and missing."
        )
        assert mark in page.answer, (name, page.answer)
        charts = [run.chart for run in page.charts if "return" in run.chart.source and "ONS" not in run.chart.source]
        for chart in charts:
            assert "Partial: 3 rows" in chart.source and "Partial: 3 rows" in chart.alt, (name, chart.title)
        if name in ("40_hrda", "75_learning"):  # pages of one return: each of their tables is partial
            captions = re.findall(r"<caption>(.*?)</caption>", "".join(str(v) for run in page.cells for v in run.shown))
            some = [caption for caption in captions if "Partial: 3 rows" in caption]
            assert len(some) == len(captions) > 2, (name, captions)


def test_the_pattern_finds_nought_and_no_other_words():
    for text in ("there were 0 referrals", "no child deaths were notified", "Actions done: 0;", "0 of 12", "0.0%"):
        assert NOUGHT.search(text), text
    for text in (
        "no change shown",
        "No figure of this page is withheld",
        "10 referrals",
        "holds no usable row",
    ):
        assert not NOUGHT.search(text), text
    shares = "Short, {}: 1. Plans: 0.0% (95% interval 0.0% to 22.8%); 2. Duties: 14.3% (95% interval 4.0% to 39.9%)."
    assert [bool(NOUGHT.search(BEFORE.sub("", shares.format(year)))) for year in ("2016-17", "2017-18")] == [
        False,
        True,
    ]
