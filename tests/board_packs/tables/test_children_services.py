"""The scorecard: the board's published figures, what may stand beside what, and pages that hold nothing else."""

import numpy as np
import pandas as pd
import pytest

from board_packs.tables import Inputs
from board_packs.tables import children_services as tables
from board_packs.tables import official_indicators as official
from lscb import scorecard
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import DATA, read, standard

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


def inputs(tmp_path, returned=None, codes=(CITY,), period=Q4, settings=None) -> Inputs:
    returns = {} if returned is None else {"children_services": returned}
    return Inputs(
        period, tuple(codes), returns, None, Store(tmp_path), settings or {}
    )  # nothing fetched: data/reference


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


def byar(count):
    """Byar's limits (Breslow and Day 1987, p. 69), written out again."""
    z = 1.959963984540054
    low = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    return low, (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * (count + 1) ** 0.5)) ** 3


def test_a_difference_has_the_uncertainty_of_both_sides(year):
    """Newcombe's method 10 by hand: 522 of 50,305 against England's 75,360 of 11,866,957 children (DfE, ONS), relative to
    the 64 that is printed, which may be 63.5 to 64.5."""
    away = figure(year, "official_difference_from_england", "looked_after", "2017-18")
    own, (low, high) = 522 / 50_305 * 1e4, [end / 50_305 * 1e4 for end in byar(522)]
    other, (under, over) = 75_360 / 11_866_957 * 1e4, [end / 11_866_957 * 1e4 for end in byar(75_360)]
    gap, below, above = own - 64, other - under, over - other
    ends = gap - 0.5 - ((own - low) ** 2 + above**2) ** 0.5, gap + 0.5 + ((high - own) ** 2 + below**2) ** 0.5
    assert (away["low"], away["high"]) == pytest.approx(tuple(end / 64 for end in ends))
    assert "both sides' intervals" in away["method"]


def test_a_rate_printed_alone_gives_its_number_and_so_its_interval(year):
    """Section 47 enquiries of 2017-18: 344.3 per 10,000 of 49,138 children are 1,692 (344.336), England's rate is 169.1."""
    rate = figure(year, "official_rate", "section_47", "2017-18")
    assert (rate["count"], rate["of"]) == (1_692, 49_138) and "worked out from the printed rate" in rate["method"]
    assert (rate["low"], rate["high"]) == pytest.approx(tuple(end / 49_138 * 1e4 for end in byar(1_692)))
    away = figure(year, "official_difference_from_england", "section_47", "2017-18")
    assert 0.9 < away["low"] < 344.336 / 169.1 - 1 < away["high"] < 1.2
    shares = year[(year["measure"] == "official_rate") & (year["unit"] == "share")]
    assert shares.empty  # a share printed alone gives no number


def wilson(count, of):
    """Wilson's interval (1927), written out again."""
    z, p = 1.959963984540054, count / of
    middle, half = p + z**2 / (2 * of), z * (p * (1 - p) / of + z**2 / (4 * of**2)) ** 0.5
    return (middle - half) / (1 + z**2 / of), (middle + half) / (1 + z**2 / of)


def test_a_share_of_what_another_official_figure_counts_has_wilsons_interval(year):
    """Re-referrals of 2017-18: 20.3 % of 2,613 referrals are 530; England's 21.9 % of 655,630."""
    share = figure(year, "official_share", "re_referrals", "2017-18")
    assert (share["value"], share["count"], share["of"], share["unit"]) == (0.203, 530, 2613, "share")
    assert (share["low"], share["high"]) == pytest.approx(wilson(530, 2613))
    away = figure(year, "official_difference_from_england", "re_referrals", "2017-18")
    assert away["value"] == pytest.approx(0.203 / 0.219 - 1) and -0.15 < away["low"] < 0
    # 530 (20.28 %) and 531 (20.32 %) are both printed 20.3 %, 21.85 to 21.95 % both 21.9 %; Wilson's upper limit of 531 is
    # 21.90 %, that of 530 21.87 %: above the least that England's may be, so no difference
    assert away["high"] > 0
    low, high = wilson(530, 2613)[0], wilson(531, 2613)[1]
    ends = (
        530 / 2613 - 0.2195 - (530 / 2613 - low),
        531 / 2613 - 0.2185 + high - 531 / 2613,
    )  # England's own is under 0.1
    assert (away["low"], away["high"]) == pytest.approx(tuple(end / 0.219 for end in ends), abs=0.001)
    alone = year[(year["measure"] == "official_share") & (year["indicator"] == "care_leavers_occupied")]
    assert alone.empty  # nothing official counts what it is a share of


def test_a_difference_holds_at_the_least_and_the_most_number_that_a_printed_share_leaves(tmp_path):
    """Portsmouth's re-referrals, 22.7 % of 2,845: 645 (22.67 %) to 647 (22.74 %), beside England's 21.9 % (21.85 to 21.95)."""
    frame = official.scorecard_year(inputs(tmp_path, codes=("E06000044",)))
    away = figure(frame, "official_difference_from_england", "re_referrals", "2017-18", "E06000044")
    ends = wilson(645, 2845)[0] - 0.2195, wilson(647, 2845)[1] - 0.2185
    # England's own interval adds under 0.0003
    assert (away["low"], away["high"]) == pytest.approx(tuple(end / 0.219 for end in ends), abs=0.0005)


@pytest.mark.shared
def test_second_or_later_plans_are_of_the_plans_started(shared):
    """30.6 % of 431 plans started (87.7 per 10,000 of 49,138) are 132; England has 20.2 %, similar places 22.9 %."""
    made = official.scorecard_year(Inputs(Q4, (CITY,), {}, None, Store(shared / "open-data")))
    share = figure(made, "official_share", "repeat_plans", "2017-18")
    assert (share["count"], share["of"]) == (132, 431) and "plans started" in share["method"]
    assert (share["low"], share["high"]) == pytest.approx(wilson(132, 431))
    for who in ("england", "neighbours", "region"):
        assert figure(made, f"official_difference_from_{who}", "repeat_plans", "2017-18")["low"] > 0


def test_a_share_is_of_an_indicator_of_the_same_years_and_basis(tmp_path):
    chosen = official.listed(inputs(tmp_path))
    of = {name: each.official["of"] for name, each in chosen.items() if "of" in each.official}
    assert of == {"re_referrals": "referrals", "conferences_in_time": "conferences", "repeat_plans": "plans_started"}
    for name, whole in of.items():
        kinds = [[chosen[n].official[key] for key in ("basis", "year")] for n in (name, whole)]
        assert kinds[0] == kinds[1] and chosen[name].quarter["of"] == chosen[whole].quarter["count"]


def test_where_a_figure_stands_is_counted_from_those_above_it(year):
    """The ten neighbours' looked-after rates of 2018, as the DfE printed them."""
    others = [94, 54, 74, 80, 82, 68, 84, 129, 134, 103]
    among = figure(year, "official_among_neighbours", "looked_after", "2017-18")
    assert (among["rank"], among["ranked"]) == (1 + sum(rate > 104 for rate in others), 11)
    assert (among["low"], among["high"]) == (min(others), max(others))
    every = figure(year, "official_among_all", "looked_after", "2017-18")  # seventeen authorities are held
    assert every["status"] == "not_available" and np.isnan(every["rank"])


@pytest.mark.shared
def test_the_rank_among_all_is_that_of_the_national_file(shared):
    """DfE, 31 March 2018: 15 of the other 151 authorities had more than 104 looked-after children per 10,000."""
    held = Inputs(Q4, (CITY,), {}, None, Store(shared / "open-data"))
    every = figure(official.scorecard_year(held), "official_among_all", "looked_after", "2017-18")
    assert (every["rank"], every["ranked"]) == (16, 152) and every["low"] < 64 < every["high"]


def test_each_rate_divides_by_the_population_vintage_of_its_publisher(year):
    assert "first published" in figure(year, "official_rate", "looked_after", "2017-18")["method"]
    assert "current series" in figure(year, "official_rate", "plans", "2017-18")["method"]


def test_no_other_year_stands_beside_the_latest(year):
    latest = year[(year["indicator"] == "looked_after") & (year["period"] == "2017-18")]
    assert 62 not in latest["value"].tolist()  # England at March 2017, as the annual report has it
    assert figure(year, "official_england", "looked_after", "2016-17")["value"] == 62


# Published by the DfE: children in need of 2017 on 2 November 2017, of 2018 on 25 October 2018, of 2024 on 31 October 2024;
# children looked after of 2017 on 28 September 2017, of 2018 on 15 November 2018, of 2024 on 14 November 2024.
@pytest.mark.parametrize(
    "period, indicator, newest",
    [
        ("2017-18-Q3", "plans", "2016-17"),
        ("2017-18-Q3", "looked_after", "2016-17"),
        ("2018-19-Q1", "plans", "2016-17"),
        ("2018-19-Q3", "looked_after", "2017-18"),
        ("2024-25-Q2", "plans", "2022-23"),
        ("2024-25-Q3", "plans", "2023-24"),
        ("2024-25-Q4", "looked_after", "2023-24"),
        ("2025-26-Q3", "plans", "2024-25"),
    ],
)
def test_the_newest_figure_is_the_newest_that_was_in_print(tmp_path, period, indicator, newest):
    made = official.scorecard_year(inputs(tmp_path, period=Quarter.parse(period)))
    rows = made[(made["indicator"] == indicator) & (made["measure"] == "official_figure") & (made["status"] == "shown")]
    assert rows["period"].max() == newest
    assert made.loc[made["indicator"] == indicator, "period"].max() == newest  # nothing later stands beside it either


def test_of_a_period_for_which_todays_are_asked_every_year_that_had_ended_counts(tmp_path):
    asked = inputs(tmp_path, period=Quarter.parse("2017-18-Q3"), settings={"as_of.by_today": ["2017-18-Q3"]})
    before = official.scorecard_year(asked)
    assert figure(before, "official_rate", "looked_after", "2016-17")["of"] == 49_901
    # A calendar year that ends within the quarter counts, a school year that ends after it does not.
    assert figure(before, "official_figure", "first_time_entrants", "2017")["value"] == 468
    assert not ((before["indicator"] == "absence") & (before["period"] == "2017-18")).any()


def test_a_newer_year_that_was_in_print_and_is_not_held_is_named_with_how_to_get_it(tmp_path):
    made = official.scorecard_year(
        inputs(tmp_path, period=Quarter.parse("2026-27-Q3"))
    )  # what is committed ends in 2025
    newer = figure(made, "official_figure", "looked_after", "2025-26")
    assert newer["status"] == "not_available" and np.isnan(newer["value"])
    assert newer["reason"] == (
        "the figure of 31 March 2026 was in print on 31 December 2026 and is not held: "
        "lscb fetch brings what is in print"
    )
    now = official.scorecard_year(inputs(tmp_path, period=Quarter.parse("2025-26-Q3")))
    assert not now["reason"].str.contains("in print").any()


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


# --- children's lives ---------------------------------------------------------------------------------------------

# DfE, Local Authority Interactive Tool (2025): Southampton and England. A school census of January 2018 belongs to the
# school year that ends in August 2018, which had not ended on 31 March.
CONTEXT = [
    ("language_primary", "2016-17", 0.285, 0.206),
    ("language_secondary", "2016-17", 0.221, 0.162),
    ("special_needs_plans", "2016-17", 0.031, 0.028),
    ("conceptions_under_18", "2017", 26.3, 17.8),
    ("mental_health_admissions", "2017-18", 132.28, 85.81),
    ("adopted", "2017-18", 0.27, 0.13),
    ("looked_after_key_stage_2", "2016-17", 0.33, 0.32),
    ("looked_after_attainment_8", "2016-17", 15.2, 19.2),
]


@pytest.mark.parametrize("indicator, period, here, england", CONTEXT)
def test_childrens_lives_are_those_of_the_newest_year_that_had_ended(tmp_path, indicator, period, here, england):
    context = official.children_in_context(inputs(tmp_path))
    newest = context.query("indicator == @indicator and measure == 'official_figure'")["period"].max()
    assert newest == period
    assert figure(context, "official_figure", indicator, period)["value"] == pytest.approx(here)
    assert figure(context, "official_england", indicator, period)["value"] == pytest.approx(england)


def test_a_table_that_begins_later_says_since_when(tmp_path):
    context = official.children_in_context(inputs(tmp_path))
    row = context.query("indicator == 'foster_care' and measure == 'official_figure'").iloc[0]
    assert row["status"] == "not_available" and "2020" in row["reason"]
