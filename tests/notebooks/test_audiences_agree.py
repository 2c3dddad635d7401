"""No audience finds what another does not, or reads a figure that the truth contradicts: rounding may take a finding
away, and never makes one or turns it round."""

import re

import numpy as np
import pytest
from drawn_quarters import DrawnQuarter, all_rounded
from expected_drawings import DRAWINGS
from page_reader import rounding_in

from board_packs.pages import book as pages
from board_packs.pages import sentences as say
from board_packs.pages.cell_value import Cell, records
from board_packs.pages.finding import APART, BETTER, FAR, OTHER, SAME, WORSE
from board_packs.pages.findings import findings
from lscb import long_table
from lscb.periods import Quarter

OPEN = {"10_demographics", "20_deprivation", "90_published_figures"}  # pages of open data
# pages whose charts are of counts that the public reads rounded
OF_CHILDREN = {"30_child_deaths", "40_hrda", "50_scorecard", "60_exploitation_and_missing", "99_data_quality"}


def of(quarter, audience: str) -> dict[tuple[str, str], str]:
    """The kind of each finding of an audience's tables that chance was asked about, by its title and its rule."""
    folder = quarter.of(audience)
    book = pages.Book(folder, Quarter.parse(quarter.period), quarter.area, audience, False)
    results = findings(book, [path.stem for path in folder.glob("*.csv")])
    return {(item.title, item.by): item.kind for item in results.items if item.by not in ("agreed", "told")}


def test_a_finding_of_one_audience_is_none_that_another_contradicts(each_quarter):
    quarter = each_quarter
    exact = of(quarter, "restricted")
    assert {SAME, OTHER} <= set(exact.values())
    for audience in ("partnership", "public"):
        for what, kind in of(quarter, audience).items():
            assert kind == exact[what], (audience, what, kind)
            assert kind in (APART, BETTER, FAR, OTHER, SAME, WORSE)


def test_what_the_public_reads_of_a_share_or_rate_is_never_apart_from_the_truth(each_quarter):
    """Every share and rate of every table, as a sentence has it, beside the figure as it was before protection."""
    tried = ranges = 0
    for path in sorted(each_quarter.of("public").glob("*.csv")):
        public = long_table.load(path)
        rows = public[
            public["reason"].str.contains("rounded to the nearest") & public["count"].gt(0) & public["of"].gt(0)
        ]
        labels = ["measure", *(c for c in long_table.dimensions(public) if c != "measure")]
        exact = long_table.load(each_quarter.of("restricted") / path.name).set_index(labels)["value"]
        for row in records(rows[rows["value"].notna()]):
            text = f"{Cell(row):{'unit' if row['unit'] else 'percent'}}"
            truth = exact.loc[tuple(row[name] for name in labels)] * (100 if "%" in text else 1)
            printed = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
            ends = [float(number.replace(",", "")) for number in printed]
            last = 10.0 ** -len(printed[0].partition(".")[2]) if len(ends) == 1 else 0
            assert ends[0] - last <= truth + 1e-9 and truth - 1e-9 <= ends[-1] + last, (path.stem, text, truth)
            tried, ranges = tried + 1, ranges + (len(ends) == 2)
    assert tried and ranges


def test_an_interval_of_rounded_counts_holds_the_rounding_in_the_table_itself(each_quarter):
    """So that a page, a workbook and a CSV file have one interval: that of every pair of counts that rounds to its own."""
    tried = 0
    for path in sorted(each_quarter.of("public").glob("*.csv")):
        public = long_table.load(path)
        if not {"low", "high"} <= set(public):
            continue
        expected = rounding_in(public)
        for end in ("low", "high"):
            assert np.allclose(public[end], expected[end], rtol=1e-9, atol=0, equal_nan=True), (path.stem, end)
        tried += (public["reason"].str.contains("rounded to the nearest") & public["low"].notna()).sum()
    assert tried


@pytest.fixture(scope="module")
def rounded(invented_quarter, tmp_path_factory):
    """The invented quarter as the public reads it, with a rounded count of its own in every cell."""
    folder = tmp_path_factory.mktemp("rounded")
    all_rounded(invented_quarter.of("public"), folder / "protected" / "public")
    return DrawnQuarter(invented_quarter.area, invented_quarter.period, folder)


def bare_counts(quarter: DrawnQuarter, said: str) -> tuple[int, list[str]]:
    """How many of the rounded counts stand in a text, and those without `about`: every count is a multiple of five from
    1,005 on; a base beside its count (`about 1,005 of 1,010`) is said with it."""
    counts = {
        f"{count:,.0f}"
        for path in quarter.of("public").glob("*.csv")
        for count in long_table.load(path).query("reason.str.contains('rounded')")["count"].dropna()
    }
    printed = [m for m in re.finditer(r"\b\d,\d{3}\b(?!%)", said) if m[0] in counts]
    about = re.compile(r"(?i)\babout (?:[\d,]+ of )?$")
    return len(printed), [said[: m.end()][-60:] for m in printed if not about.search(said[: m.start()])]


@pytest.mark.parametrize("name", ["30_child_deaths", "40_hrda", "60_exploitation_and_missing", "70_case_reviews"])
def test_no_sentence_of_a_public_page_has_a_rounded_count_without_saying_so(rounded, name):
    kinds = (say.Answer, say.Note, say.Points)
    shown = [value for run in rounded.page(name, "public").cells for value in run.shown if isinstance(value, kinds)]
    printed, bare = bare_counts(rounded, " ".join(" ".join(e) if isinstance(e, list) else str(e) for e in shown))
    assert printed and not bare


@pytest.mark.parametrize("name", sorted(DRAWINGS.keys() - OPEN | {"50_scorecard"}))
def test_no_chart_of_a_public_page_has_a_rounded_count_without_saying_so(rounded, name):
    """Its title, its words for who does not see it, what it answers with in either width, and what stands on its axes."""
    said = []
    for run in rounded.page(name, "public").charts:
        for chart in (value for value in run.shown if hasattr(value, "drawing")):
            said += [chart.title, chart.alt, *re.findall(r"<title>(.*?)</title>", chart.drawing)]
        for ax in run.axes:
            texts = [" ".join(text.get_text().split()) for text in ax.texts]
            beside = [ax.get_xlabel(), ax.get_ylabel(), ax.get_title(loc="left")]
            once = any("about" in text for text in beside)  # beside the chart: no column says it again
            assert not ("about" in ax.get_ylabel() and ax.get_title(loc="left")), name  # they stand in one place
            assert not (once and any(re.match(r"about \d", text) for text in texts)), (name, texts)
            said += [f"about {text}" if once and re.match(r"\d", text) else text for text in texts]
    printed, bare = bare_counts(rounded, " | ".join(said))
    assert bool(printed) == (name in OF_CHILDREN) and not bare
