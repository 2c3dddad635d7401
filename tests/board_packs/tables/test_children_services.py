"""The scorecard: the board's published figures, what may stand beside what, and pages that hold nothing else."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from board_packs.pages import scorecard_series
from board_packs.pages.book import Book
from board_packs.pages.figures import scorecard as figures
from board_packs.pages.words import scorecard as words
from board_packs.publish.release import Allowed, Read, check
from board_packs.publish.release.shown import Figures
from board_packs.tables import Inputs
from board_packs.tables import children_services as tables
from board_packs.tables import official_indicators as official
from lscb import scorecard
from lscb.long_table import cells, write
from lscb.periods import Quarter
from openstats import Store
from openstats import authorities as areas
from openstats.project_data import DATA, NOTEBOOKS, read, standard

CITY, BOLTON = "E06000045", "E08000001"
Q4 = Quarter.parse("2017-18-Q4")
QUARTERS = [str(q) for q in Q4.back(12)]
INDICATORS = scorecard.indicators(standard("indicators"))


def sent(area=CITY, quarters=QUARTERS, **counts) -> pd.DataFrame:
    """A return: `counts` by indicator, one number for every quarter or one for each; None is a blank."""
    rows = []
    for indicator, numbers in counts.items():
        numbers = numbers if isinstance(numbers, list) else [numbers] * len(quarters)
        for quarter, n in zip(quarters, numbers, strict=True):
            rows.append(dict(area=area, indicator=indicator, quarter=quarter, count=n, population=None))
    frame = pd.DataFrame(rows).astype({"count": "Int64", "population": "Int64"})
    return frame.assign(count__state=frame["count"].isna().map({True: "missing", False: "value"}))


def inputs(tmp_path, returned=None, codes=(CITY,), period=Q4) -> Inputs:
    returns = {} if returned is None else {"children_services": returned}
    return Inputs(period, tuple(codes), returns, None, Store(tmp_path))  # nothing fetched: data/reference


def figure(frame: pd.DataFrame, measure: str, indicator: str, period: str, area: str = CITY) -> dict:
    keys = (frame["measure"] == measure) & (frame["indicator"] == indicator) & (frame["period"] == period)
    rows = frame[keys & (frame["area"] == area)]
    assert len(rows) == 1, (measure, indicator, period)
    return rows.iloc[0].to_dict()


@pytest.fixture
def year(tmp_path):
    return official.scorecard_year(inputs(tmp_path))


# --- the year ----------------------------------------------------------------------------------------------------


# DfE, Children looked after and Characteristics of children in need 2018; ONS mid-2017 first published and revised.
@pytest.mark.parametrize(
    "indicator, count, population, value, published, england, region",
    [("looked_after", 522, 50_305, 103.8, 104, 64, 51), ("plans", 324, 49_138, 65.9, 65.9, 45.9, 46.8)],
)
def test_march_2018_is_beside_comparators_of_march_2018(
    year, indicator, count, population, value, published, england, region
):
    rate = figure(year, "official_rate", indicator, "2017-18")
    assert (rate["count"], rate["of"]) == (count, population)
    assert rate["value"] == pytest.approx(value, abs=0.05)
    assert rate["low"] < rate["value"] < rate["high"]
    assert figure(year, "official_figure", indicator, "2017-18")["value"] == published
    assert figure(year, "official_england", indicator, "2017-18")["value"] == england
    assert figure(year, "official_region", indicator, "2017-18")["value"] == region
    away = figure(year, "official_difference_from_england", indicator, "2017-18")
    assert away["value"] == pytest.approx((count / population * 10_000 - england) / england)


def test_the_neighbours_are_a_named_list_and_their_mean_says_how_many(year):
    # Mean of the ten neighbours of the 2021 list in DfE's table for 2018: 90.2 (with the 2025 list 74.2).
    mean = figure(year, "official_neighbours", "looked_after", "2017-18")
    assert (mean["value"], mean["count"], mean["of"]) == (pytest.approx(90.2), 10, 10)
    assert "2021" in mean["method"]


def test_each_rate_divides_by_the_population_vintage_of_its_publisher(year):
    assert "first published" in figure(year, "official_rate", "looked_after", "2017-18")["method"]
    assert "current series" in figure(year, "official_rate", "plans", "2017-18")["method"]


def test_no_other_year_stands_beside_the_latest(year):
    latest = year[(year["indicator"] == "looked_after") & (year["period"] == "2017-18")]
    assert 62 not in latest["value"].tolist()  # England at March 2017, as the annual report has it
    assert figure(year, "official_england", "looked_after", "2016-17")["value"] == 62


def test_nothing_later_than_the_period_is_used(tmp_path):
    before = official.scorecard_year(inputs(tmp_path, period=Quarter.parse("2017-18-Q3")))
    assert set(before["period"]) <= {"2015-16", "2016-17", "2016", "2017", "2014-15"}
    assert figure(before, "official_rate", "looked_after", "2016-17")["of"] == 49_901
    # A calendar year that ends within the quarter counts, a school year that ends after it does not.
    assert figure(before, "official_figure", "first_time_entrants", "2017")["value"] == 468
    assert not ((before["indicator"] == "absence") & (before["period"] == "2017-18")).any()


def test_a_figure_that_is_no_rate_is_refused_as_comparator(year):
    refused = figure(year, "official_england", "first_time_entrants", "2017")
    assert refused["status"] == "not_applicable"
    assert refused["reason"].startswith("not comparable")
    assert np.isnan(refused["value"])


def test_every_own_figure_has_every_comparator_or_a_reason(year):
    own = year[year["measure"].eq("official_figure") & year["status"].eq("shown")]
    for row in own.itertuples():
        for measure in ("official_neighbours", "official_region", "official_england"):
            beside = figure(year, measure, row.indicator, row.period)
            assert beside["status"] == "shown" or beside["reason"]


def test_an_indicator_without_data_says_so(year):
    assert figure(year, "official_figure", "low_income", "2017-18")["reason"].endswith("the year to March 2022")
    assert set(year["indicator"]) == {name for name, each in INDICATORS.items() if each.official}


def test_another_authority_is_told_what_to_fetch(tmp_path):
    frame = official.scorecard_year(inputs(tmp_path, codes=("E06000002",)))
    assert (frame["status"] == "not_available").all()
    assert frame["reason"].str.contains("lscb fetch").all()


def test_areas_together_are_as_each_alone(tmp_path):
    returned = pd.concat([sent(referrals=800, re_referrals=160), sent(BOLTON, referrals=500, re_referrals=90)])
    for make in (official.scorecard_year, tables.scorecard_quarter):
        both = make(inputs(tmp_path, returned, codes=(CITY, BOLTON)))
        for code in (CITY, BOLTON):
            alone = make(inputs(tmp_path, returned, codes=(code,)))
            pd.testing.assert_frame_equal(both[both["area"] == code].reset_index(drop=True), alone)


# --- the quarter -------------------------------------------------------------------------------------------------


@pytest.fixture
def quarter(tmp_path):
    returned = sent(
        referrals=[800 + 10 * i for i in range(12)],
        re_referrals=[160] * 11 + [None],
        looked_after_at_period_end=522,
        section_47_started=347,
        conferences_held=[100] * 11 + [0],
        conferences_within_15_days=[80] * 11 + [0],
        repeat_plans_started=7,
        plans_started=5,
    )
    return tables.scorecard_quarter(inputs(tmp_path, returned))


def test_a_snapshot_at_march_has_comparators_and_a_flow_has_none(quarter):
    rate = figure(quarter, "services_rate", "looked_after_at_period_end", str(Q4))
    assert (rate["count"], rate["of"]) == (522, 50_305)
    assert "first published" in rate["method"]
    assert figure(quarter, "services_england", "looked_after_at_period_end", str(Q4))["value"] == 64
    for role in ("neighbours", "region", "england"):
        beside = figure(quarter, f"services_{role}", "section_47_started", str(Q4))
        assert beside["status"] == "not_applicable"
        assert beside["reason"] == "not comparable: one quarter against a year"
        assert np.isnan(beside["value"])


def test_a_snapshot_at_another_quarters_end_has_no_comparator(tmp_path):
    period = Quarter.parse("2017-18-Q3")
    returned = sent(quarters=[str(period)], looked_after_at_period_end=516)
    frame = tables.scorecard_quarter(inputs(tmp_path, returned, period=period))
    beside = figure(frame, "services_england", "looked_after_at_period_end", str(period))
    assert (beside["status"], beside["reason"]) == (
        "not_applicable",
        "not comparable: the official figure is of 31 March",
    )


def test_a_share_keeps_its_count_and_denominator(quarter):
    share = figure(quarter, "re_referrals_share", "re_referrals", "2017-18-Q3")
    assert (share["count"], share["of"], share["method"]) == (160, 900, "Wilson")
    assert share["low"] < share["value"] == 160 / 900 < share["high"]


@pytest.mark.parametrize(
    "measure, indicator, status, reason",
    [
        ("services_count", "re_referrals", "not_available", "left blank"),
        ("re_referrals_share", "re_referrals", "not_available", "left blank"),
        (
            "conferences_in_time_share",
            "conferences_within_15_days",
            "not_applicable",
            "there were none to take a share of",
        ),
        (
            "repeat_plans_share",
            "repeat_plans_started",
            "not_available",
            "the return counts more than it counts them out of",
        ),
        ("services_count", "contacts", "not_available", "not in the return"),
    ],
)
def test_what_is_not_there_says_why(quarter, measure, indicator, status, reason):
    cell = figure(quarter, measure, indicator, str(Q4))
    assert (cell["status"], cell["reason"]) == (status, reason)
    assert np.isnan([cell["value"], cell["count"], cell["low"]]).all()


def test_zero_is_a_count_and_a_rate(tmp_path):
    frame = tables.scorecard_quarter(inputs(tmp_path, sent(section_47_started=0)))
    rate = figure(frame, "services_rate", "section_47_started", str(Q4))
    assert (rate["status"], rate["count"], rate["value"], rate["low"]) == ("shown", 0, 0, 0)
    assert rate["high"] > 0


def test_a_count_withheld_by_its_sender_stays_withheld(tmp_path):
    returned = sent(first_time_entrants=[20] * 11 + [None])
    returned["count__state"] = returned["count__state"].replace("missing", "suppressed")
    frame = tables.scorecard_quarter(inputs(tmp_path, returned))
    assert figure(frame, "services_count", "first_time_entrants", str(Q4))["status"] == "suppressed"


def test_a_quarter_in_between_that_was_not_sent_is_a_gap(tmp_path):
    frame = tables.scorecard_quarter(
        inputs(tmp_path, sent(quarters=["2016-17-Q4", "2017-18-Q2", str(Q4)], referrals=9))
    )
    rows = frame[(frame["measure"] == "services_count") & (frame["indicator"] == "referrals")]
    assert rows["period"].tolist() == [str(q) for q in Q4.back(5)]
    assert rows["status"].tolist() == ["shown", "not_available", "shown", "not_available", "shown"]


def test_the_senders_own_population_comes_first(tmp_path):
    returned = sent(referrals=810).assign(population=50_000)
    rate = figure(tables.scorecard_quarter(inputs(tmp_path, returned)), "services_rate", "referrals", str(Q4))
    assert (rate["of"], rate["value"]) == (50_000, 162)
    assert rate["method"] == "Byar's; population as sent"


def test_without_open_data_the_counts_are_there_and_the_rates_say_why(tmp_path):
    bare = Inputs(Q4, (CITY,), {"children_services": sent(referrals=810)}, None, None)
    frame = tables.scorecard_quarter(bare)
    assert figure(frame, "services_count", "referrals", str(Q4))["count"] == 810
    assert figure(frame, "services_rate", "referrals", str(Q4))["status"] == "not_available"


def test_the_settings_fit_the_return_and_the_dictionary():
    known = set(read(DATA / "dictionary" / "children_services.yml")["fields"]["indicator"]["allowed"]["values"])
    used = {each.quarter["count"] for each in INDICATORS.values() if each.quarter}
    used |= {each.quarter["of"] for each in INDICATORS.values() if each.quarter.get("of", "population") != "population"}
    assert used == known
    measures = read(DATA / "dictionary" / "tables.yml")["measures"]
    assert {tables.share_measure(e) for e in INDICATORS.values() if e.quarter.get("of")} <= set(measures)


def test_every_measure_is_documented(year, quarter):
    measures = read(DATA / "dictionary" / "tables.yml")["measures"]
    assert set(year["measure"]) | set(quarter["measure"]) <= set(measures)


# --- the page ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The two tables of a small return, made once."""
    returned = sent(
        referrals=[900, 910] * 5 + [905, 700],
        conferences_held=100,
        conferences_within_15_days=[70, 72] * 6,
        looked_after_at_period_end=522,
    )
    made = inputs(tmp_path_factory.mktemp("none"), returned)
    return official.scorecard_year(made), tables.scorecard_quarter(made)


@pytest.fixture
def book(tmp_path, built):
    """Protected-like tables, and a way to hide cells of the return."""

    def make(hide=lambda frame: frame["period"] == "") -> Book:
        year, frame = built[0], built[1].copy()
        rows = hide(frame) & frame["measure"].str.contains("_count|_rate|_share")
        frame.loc[rows, ["value", "count", "of", "low", "high"]] = np.nan
        frame.loc[rows, "status"] = "suppressed"
        write({"scorecard_year": year, "scorecard_quarter": frame}, tmp_path)
        return Book(tmp_path, Q4, CITY, "partnership", True)

    return make


def hidden(frame):
    return frame["measure"] != ""


def page(book: Book, groups=("looked_after",)) -> str:
    parts = [words.headline(book), words.years(book), words.quarters(book), words.comparators(book)]
    parts += [words.another_year(book), words.coverage(book), words.counted(book), words.rebased(book)]
    for group in groups:
        parts += [figures.group(book, group), words.group(book, group)]
    body = "".join(part._repr_html_() for part in parts)
    return f"<html lang='en'><title>Scorecard</title><h1>Scorecard</h1>{body}</html>"


def test_the_answer_is_one_paragraph_of_table_figures(book):
    assert words.headline(book()) == (
        "Looked-after children, 31 March 2018: 103.8 per 10,000 (published as 104), 62% higher than the 64 in England; "
        "its statistical neighbours average 90.2. Children on child protection plans, 31 March 2018: 65.9 "
        "per 10,000, 44% higher than the 45.9 in England; its statistical neighbours average 59.3. By "
        "quarter, of four indicators with enough points none changed for the better by the rules of a control chart, "
        "none for the worse and one in a way that is neither; the others vary no more than by chance."
    )


def test_a_chart_of_years_prints_what_its_publisher_prints(book):
    made = figures.group(book(), "looked_after")[-1]
    assert made.alt == (
        "Line charts by year: Southampton, its statistical neighbours, England. Looked-after children: 120 in 2015-16 "
        "to 104 in 2017-18. In 2017-18: England 64, neighbours' mean 90.2."
    )


def test_the_page_refuses_the_figure_of_another_year(book):
    assert words.another_year(book()) == (
        "Refused: England's 62 beside the looked-after children of 31 March 2018, not comparable: one is of 31 March "
        "2018, England's of 31 March 2017."
    )


@pytest.mark.parametrize("hide", [None, hidden, lambda f: f["period"].isin(["2016-17-Q2", str(Q4)])])
def test_a_page_prints_only_figures_of_its_tables(book, hide):
    made = book(hide) if hide else book()
    known = Figures.of([made["scorecard_year"], made["scorecard_quarter"]])
    assert check(page(made), Allowed(figures=known)) == []


def test_a_withheld_figure_is_in_no_text_picture_or_limit(book):
    made = book(lambda f: f["period"].eq("2016-17-Q2") & f["indicator"].eq("referrals"))
    line = scorecard_series.read(made, "quarter")["referrals"]
    at = line.periods.index("2016-17-Q2")
    assert np.isnan(line.values[at]) and line.hidden == ("2016-17-Q2",)
    assert line.chart.baseline[0] == 11
    assert "withheld: 2016-17-Q2" in words.finding(line)
    assert figures.described(line) == ("Referrals: 900 in 2015-16-Q1 to 700 in 2017-18-Q4. Withheld: 2016-17-Q2.")


def test_with_everything_withheld_nothing_is_drawn_and_the_page_says_so(book):
    made = book(hidden)
    assert "No indicator of the return has enough quarters" in words.headline(made)
    assert len(figures.group(made, "care_leavers")) == 0
    assert words.quarters(made).count("withheld") >= 3
    assert "every one" in words.group(made, "front_door")


def test_a_newest_figure_that_is_withheld_is_not_judged(book):
    line = scorecard_series.read(book(lambda f: f["period"] == str(Q4)), "quarter")["referrals"]
    assert line.variation == "not_shown"


def test_beside_rounded_counts_a_rate_stands_without_an_interval(book, built):
    made = book()
    frame = built[1].copy()
    rate = frame["measure"] == "services_rate"
    frame.loc[rate, ["low", "high"]] = np.nan  # as disclosure control leaves them for the public
    write({"scorecard_quarter": frame}, made.folder)
    assert "103.8 <br><small>522 of 50,305</small>" in words.quarters(made)


def test_variation_and_assurance_are_said_in_words(book):
    table = words.quarters(book())
    assert "special cause: lower" in table
    assert "will not meet its target unless something changes" in table
    assert re.findall(r'<span aria-hidden="true">(.)</span>', table)


def test_a_chart_says_in_words_what_it_shows(book):
    # Mean 10655/12, moving ranges ten of 10 but one of 5, the last (205) left out as an outlier: 887.9 -/+ 2.66 x 9.5.
    chart = figures.group(book(), "front_door")[0]
    assert chart.png.startswith(b"\x89PNG")
    assert chart.alt == (
        "Control charts by quarter, Southampton. Referrals: 12 points; special cause variation; limits 863 to 913; "
        "the last point is below the lower limit."
    )


def test_the_same_tables_make_the_same_pictures(book):
    made = book()
    assert figures.group(made, "child_protection") == figures.group(made, "child_protection")
    assert words.quarters(made) == words.quarters(made)


def test_tables_that_are_not_there_are_a_sentence_on_the_page(tmp_path):
    reason = "The return children_services was not received for this quarter."
    for name in ("scorecard_year", "scorecard_quarter"):
        row = dict(area=CITY, period=str(Q4), measure=name, status="not_available", reason=reason)
        write({name: cells([row])}, tmp_path)
    made = Book(tmp_path, Q4, CITY, "partnership")
    assert check(page(made), Allowed(figures=Figures([]))) == []
    assert words.quarters(made) == f"The quarter's figures are not shown: {reason}"
    assert words.headline(made).startswith("Neither official figures nor")


def test_every_picture_has_words(book):
    images = [held for tag, held in Read(page(book())).tags if tag == "img"]
    assert len(images) > 20
    assert all(areas.name(CITY) in held["alt"] or ":" in held["alt"] for held in images)


def test_the_notebook_keeps_the_house_rules():
    held = json.loads((NOTEBOOKS / "50_scorecard.ipynb").read_text())
    code = [cell for cell in held["cells"] if cell["cell_type"] == "code"]
    lines = [line for cell in code for line in "".join(cell["source"]).splitlines() if line.strip()]
    assert len(held["cells"]) < 30 and len(lines) <= 60
    assert not any(line.lstrip().startswith("def ") for line in lines)
    assert all(not cell["outputs"] for cell in code)
    groups = re.findall(r'figures\.group\(book, "(\w+)"\)', "".join(lines))
    assert groups == list(standard("indicators.groups"))
