"""Tables of child deaths and referrals on the invented quarter, against DuckDB on its files and plain loops."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

import returncheck as returns
from board_packs import tables
from board_packs.pages.book import Book
from board_packs.quarter import receiving
from board_packs.quarter import table_stages as stages
from board_packs.quarter.request import resolve
from board_packs.tables import Inputs, documentation
from lscb import long_table
from lscb.long_table import NOT_DIMENSIONS
from lscb.periods import Quarter
from openstats import Store
from openstats.project_data import DATA

SAMPLE = DATA / "sample" / "2017-18-Q4"
AREA, PERIOD = "E06000045", Quarter.parse("2017-18-Q4")
NAMES = ("child_deaths", "hrda_referrals")


def build(frames, *only, period=PERIOD, areas=(AREA,), quality=None, settings=None):
    """Tables of these two returns: those named, or every one."""
    inputs = Inputs(period, areas, frames, quality, Store(None), settings or {})
    own = [b.names[0] for b in tables.registry.builders() if b.returns and set(b.returns) <= set(NAMES)]
    return tables.build(inputs, only=only or [*own, "infant_mortality_official"])


@pytest.fixture(scope="module")
def frames():
    if not (SAMPLE / "child_deaths.csv").is_file():
        pytest.skip("data/sample/2017-18-Q4 is not there: lscb sample writes it")
    return {name: returns.read(SAMPLE / f"{name}.csv", PERIOD, AREA).frames[name] for name in NAMES}


@pytest.fixture(scope="module")
def made(frames):
    return build(frames)


@pytest.fixture(scope="module")
def sql():
    connection = duckdb.connect()
    for name in NAMES:
        path = Path(SAMPLE / f"{name}.csv").as_posix()
        connection.execute(f"create view {name} as select * from read_csv('{path}', nullstr='', all_varchar=true)")
    return lambda text: connection.execute(text).fetchall()


def cell(table, measure, period="2017-18", **labels):
    """The one row of a measure, every dimension that is not named at its Total."""
    rows = table[(table["measure"] == measure) & (table["period"] == period) & (table["area"] == AREA)]
    for name in (c for c in table.columns if c not in (*NOT_DIMENSIONS, "area", "period", "measure")):
        rows = rows[rows[name] == labels.get(name, "Total")]
    assert len(rows) == 1, f"{measure} {period} {labels}: {len(rows)} rows"
    return rows.iloc[0]


# --- referrals ----------------------------------------------------------------------------------------------------

# Annual report 2017-18, pages on high-risk domestic abuse, as printed.
PRINTED = {
    "2017-18-Q1": ("26.8", "62.0"), "2017-18-Q2": ("21.8", "58.0"), "2017-18-Q3": ("18.8", "55.0"),
    "2017-18-Q4": ("19.6", "56.7"), "2017-18": ("21.9", "58.0"), "2016-17": ("18.1", "64.1"),
}  # fmt: skip


@pytest.mark.parametrize("period", PRINTED)
def test_the_annual_reports_percentages_come_out(made, period):
    from board_packs.pages.words import percent

    table = made["hrda_by_period"]
    found = [cell(table, m, period)["value"] for m in ("hrda_repeat_rate", "hrda_households_with_children")]
    assert tuple(percent(value) for value in found) == tuple(f"{text}%" for text in PRINTED[period])


def test_the_years_total_is_down_twelve_percent(made):
    row = cell(made["hrda_change"], "hrda_referrals_change")
    assert round(row["value"], 3) == -0.12 and row["low"] < row["value"] < row["high"] < 0


def test_two_way_splits_that_cannot_be_are_not_in_the_tables(made):
    """58.0 and 41.9 of one total cannot both be: with and without add up to those recorded."""
    table = made["hrda_by_period"]
    parts = [cell(table, "hrda_referrals", children=label)["count"] for label in ("with children", "without children")]
    assert sum(parts) == cell(table, "hrda_children_recorded")["count"]


REPEATS = """
    with numbered as (
        select *, referred_on::date as d, row_number() over () as n from hrda_referrals
    ), named as (
        select * from numbered where perpetrator_id is not null
    ), marked as (
        select a.n, a.d,
            (select count(*) from named b where b.victim_id = a.victim_id and b.perpetrator_id = a.perpetrator_id
                and b.d = a.d and b.n < a.n) as twins,
            (select max(b.d) from named b where b.victim_id = a.victim_id and b.perpetrator_id = a.perpetrator_id
                and b.d < a.d) as last
        from named a
    )
    select (year(d) - (month(d) < 4)::int)::varchar || '-Q' || ((month(d) + 8) % 12 // 3 + 1) as quarter,
        count(*) filter (twins = 0) as answered,
        count(*) filter (twins = 0 and d <= last + interval 12 month) as repeats,
        count(*) filter (twins > 0) as duplicates
    from marked group by quarter order by quarter
"""


def test_repeats_equal_sql(made, sql):
    """DuckDB's interval of months clips to the end of a month, as the ruling on calendar months does."""
    table, rows = made["hrda_by_period"], sql(REPEATS)
    assert len(rows) == 16
    for quarter, answered, repeats, duplicates in rows:
        period = str(Quarter(int(quarter[:4]), int(quarter[-1])))
        rate = cell(table, "hrda_repeat_rate", period)
        assert (rate["count"], rate["of"]) == (repeats, answered), period
        assert cell(table, "hrda_duplicates", period)["count"] == duplicates


def test_people_children_and_unknown_equal_sql(made, sql):
    table = made["hrda_by_period"]
    text = """select count(distinct victim_id), sum(children_in_household::int), count(*),
        count(*) filter (perpetrator_id is null) from hrda_referrals
        where referred_on >= '2015-04-01' and referred_on <= '2016-03-31'"""
    people, children, rows, unknown = sql(text)[0]
    twice = int(cell(table, "hrda_duplicates", "2015-16")["count"])
    assert twice == 1  # the README of the sample: one referral came twice
    assert cell(table, "hrda_people", "2015-16")["count"] == people
    assert cell(table, "hrda_referrals", "2015-16")["count"] == rows - twice
    assert cell(table, "hrda_referrals", "2015-16", repeat="not known")["count"] == unknown > 0
    assert 0 <= children - cell(table, "hrda_children", "2015-16")["count"] <= 5  # less the duplicate's own


@pytest.mark.parametrize("field", ["agency", "outcome", "victim_sex", "disability", "lgbt"])
def test_profiles_equal_sql(made, sql, field):
    text = f"""select coalesce({field}, 'not recorded'), count(*) from hrda_referrals
        where referred_on >= '2017-04-01' group by 1"""
    expected = {label.replace("_", " "): n for label, n in sql(text)}
    table = made["hrda_profile"]
    rows = table[(table["period"] == "2017-18") & (table[field] != "Total")]
    assert {r[field]: r["count"] for _, r in rows.iterrows() if r["count"]} == expected
    assert rows["count"].sum() == cell(table, "hrda_referrals")["count"]


def test_shares_are_of_those_recorded(made, sql):
    table = made["hrda_shares"]
    for measure, met, known in (
        ("disabled", "disability = 'yes'", "disability is not null"),
        ("victims_16_17", "victim_age::int between 16 and 17", "victim_age is not null"),
        ("minority_ethnic", "ethnicity not in ('white_british', 'not known')", "ethnicity != 'not known'"),
        ("partner_agency", "agency != 'police'", "agency is not null"),
    ):
        text = f"""select count(*) filter ({met}), count(*) filter ({known}) from hrda_referrals
            where referred_on >= '2018-01-01'"""
        row = cell(table, f"hrda_{measure}_share", "2017-18-Q4")
        assert (row["count"], row["of"]) == sql(text)[0], measure


def test_deciles_and_their_residents_equal_sql(made, sql):
    path = (DATA / "reference" / "southampton-lsoa-2011-deprivation.csv").as_posix()
    table = made["hrda_by_deprivation"]
    places = f"read_csv('{path}')"
    text = f"""select imd2015_decile, count(*) from hrda_referrals join {places} on lsoa = lsoa11cd
        where referred_on >= '2017-04-01' group by 1"""
    for decile, count in sql(text):
        row = cell(table, "hrda_decile_rate", decile=str(decile))
        lived = sql(f"select sum(pop_total_mid2012) from {places} where imd2015_decile = {decile}")[0][0]
        assert (row["count"], row["of"]) == (count, lived)
    assert cell(table, "hrda_decile_rate", decile="10")["status"] == "not_applicable"  # none in the least deprived


def test_the_rate_divides_by_females_of_the_mid_year_before(made):
    row = cell(made["hrda_rate"], "hrda_rate")
    people = pd.read_csv(DATA / "reference" / "population-by-age-sex.csv")
    column = "area" if "area" in people else "area_code"
    own = people[(people[column] == AREA) & (people["mid_year"] == 2017) & (people["sex"] == "female")]
    assert row["of"] == own[own["age"] >= 16]["population"].sum()
    assert row["value"] == pytest.approx(1e4 * 777 / row["of"])
    assert cell(made["hrda_rate"], "hrda_rate", "2014-15")["status"] == "not_available"


def test_quarters_before_a_year_of_look_back_are_marked(made):
    table = made["hrda_by_period"]
    for period, short in (("2014-15-Q4", True), ("2014-15", True), ("2015-16-Q1", False), ("2015-16", False)):
        assert ("incomplete" in cell(table, "hrda_repeat_rate", period)["reason"]) is short
    assert cell(table, "hrda_look_back", "2014-15-Q3")["value"] == 6
    change = cell(made["hrda_change"], "hrda_repeat_rate_change", "2015-16")
    assert change["status"] == "not_applicable" and "incomplete" in change["reason"]


def test_a_change_of_definition_breaks_the_series(frames):
    old = {"basis": "incident", "key": "victim+perpetrator", "months": 12, "version": "criminal incidents"}
    settings = {"hrda.repeat.before": [old | {"until": date(2016, 3, 31)}]}
    broken = build(frames, "hrda_change", "hrda_by_period", settings=settings)
    row = cell(broken["hrda_change"], "hrda_repeat_rate_change", "2016-17")
    assert row["status"] == "not_applicable" and "definition" in row["reason"]
    assert "incident" in cell(broken["hrda_by_period"], "hrda_look_back", "2015-16")["method"]
    assert cell(broken["hrda_change"], "hrda_repeat_rate_change", "2017-18")["status"] == "shown"


# --- child deaths --------------------------------------------------------------------------------------------------


def test_two_cohorts_equal_sql(made, sql):
    table = made["child_deaths_by_year"]
    for year in range(2013, 2018):
        for date_, measure in (
            ("notified_on", "cdop_deaths_notified"),
            ("review_completed_on", "cdop_reviews_completed"),
        ):
            text = f"""select count(*) from child_deaths
                where {date_} >= '{year}-04-01' and {date_} <= '{year + 1}-03-31'"""
            found = cell(table, measure, f"{year}-{(year + 1) % 100}", window="1 year")["count"]
            assert found == sql(text)[0][0]
    assert cell(table, "cdop_deaths_notified", window="1 year")["count"] == 14  # annual report 2017-18
    assert cell(table, "cdop_reviews_completed", window="1 year")["count"] == 5  # the ruling: five, not four
    years = [
        cell(table, "cdop_deaths_notified", f"{y}-{(y + 1) % 100}", window="1 year")["count"]
        for y in (2015, 2016, 2017)
    ]
    assert cell(table, "cdop_deaths_notified", window="3 years")["count"] == sum(years)


# Annual report 2017-18, child deaths: shares of the deaths reviewed, of five.
REVIEWED = [({"expected": "expected"}, 4), ({"modifiable": "identified"}, 2), ({"modifiable": "none identified"}, 3),
            ({"sex": "male"}, 2), ({"sex": "female"}, 3), ({"child_protection_plan": "yes"}, 0),
            ({"statutory_order": "yes"}, 0), ({"asylum_seeker": "yes"}, 0)]  # fmt: skip


@pytest.mark.parametrize("labels, count", REVIEWED)
def test_the_five_reviews_are_those_of_the_annual_report(made, labels, count):
    row = cell(made["child_deaths_reviewed"], "cdop_reviews_completed", window="1 year", **labels)
    assert row["count"] == count


def test_a_fifth_of_the_reviews_are_previable_and_two_fifths_other_neonates(made):
    table = made["child_deaths_reviewed"]
    parts = [
        cell(table, "cdop_neonatal_reviews_completed", window="1 year", previable=p)["count"] for p in ("yes", "no")
    ]
    assert parts == [1, 2]


def test_categories_cross_with_subtotals_that_add_up(made, sql):
    table = made["child_deaths_reviewed"]
    text = """select list_min(string_split(categories, ';')::int[]), modifiable_factors, count(*)
        from child_deaths where review_completed_on is not null group by 1, 2"""
    for category, modifiable, count in sql(text):
        names = [c for c in table["category"].unique() if c.startswith(f"{category}. ")]
        labels = dict(category=names[0], modifiable=modifiable.replace("_", " "))
        row = cell(table, "cdop_reviews_completed", window="5 years", **labels)
        assert row["count"] == count
    for dimension in ("category", "modifiable", "age_band", "sex", "expected", "ethnicity", "statutory_order"):
        others = [
            c for c in table.columns if c not in (*NOT_DIMENSIONS, "area", "period", "measure", "window", dimension)
        ]
        rows = table[(table["measure"] == "cdop_reviews_completed") & (table["window"] == "5 years")]
        sums = rows[rows[dimension] != "Total"].groupby(others)["count"].sum()
        totals = rows[rows[dimension] == "Total"].set_index(others)["count"]
        assert (sums == totals.reindex(sums.index)).all(), dimension


def test_time_to_review_equals_a_plain_loop(made, sql):
    rows = sql(
        "select died_on::date, review_completed_on::date from child_deaths where review_completed_on is not null"
    )

    def months_on(day, months):
        month = day.month - 1 + months
        year, month = day.year + month // 12, month % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
        return date(year, month, min(day.day, last))

    within = sum(done <= months_on(died, 6) for died, done in rows)
    table = made["child_deaths_timeliness"]
    row = cell(table, "cdop_within_6_months_share", window="5 years")
    assert (row["count"], row["of"]) == (within, len(rows))
    lasted = sorted((done - died).days for died, done in rows)
    middle = cell(table, "cdop_days_to_review", window="5 years")
    assert middle["value"] == np.median(lasted)
    place = (len(lasted) - 1) * 0.25
    low = lasted[int(place)] + (place % 1) * (lasted[int(place) + 1] - lasted[int(place)])
    assert middle["low"] == pytest.approx(low)


def test_what_is_outstanding_is_what_came_less_what_went(made, sql):
    table = made["child_deaths_outstanding"]
    open_ = sql("select count(*), count(paused_for) from child_deaths where review_completed_on is null")[0]
    assert cell(table, "cdop_reviews_outstanding")["count"] == open_[0]
    assert cell(table, "cdop_reviews_outstanding", standing="paused")["count"] == open_[1]


def test_rates_have_exact_or_byars_intervals_and_none_below_three(made, frames):
    table = made["child_deaths_by_year"]
    row = cell(table, "cdop_death_rate", window="5 years")
    assert row["of"] == 47458 + 47833 + 48257 + 48847 + 49138  # population-0-17.csv, current series, mid-2013 to 2017
    assert row["value"] == pytest.approx(1e5 * row["count"] / row["of"])
    few = frames["child_deaths"].iloc[:2]
    found = build({"child_deaths": few}, "child_deaths_by_year")["child_deaths_by_year"]
    row = cell(found, "cdop_death_rate", "2013-14", window="1 year")
    assert row["status"] == "not_available" and "too few" in row["reason"]


def test_infant_mortality_as_registered(made):
    """ONS: 16 infant deaths of 3,194 births in Southampton in 2016, 5.0 per 1,000; 2017 was not yet in print."""
    table = made["infant_mortality_official"]
    row = cell(table, "infant_mortality", "2016", window="1 year")
    assert (row["count"], row["of"], round(row["value"], 1)) == (16, 3194, 5.0)
    assert "2017" not in set(table["period"])


def test_a_quarter_before_the_last_uses_nothing_after_it(frames):
    names = ("child_deaths_by_year", "child_deaths_outstanding", "hrda_by_period")
    table = build(frames, *names, period=Quarter.parse("2017-18-Q2"))
    told = cell(table["child_deaths_by_year"], "cdop_deaths_notified", "2017-18 to Q2", window="1 year")["count"]
    own = frames["child_deaths"]
    assert told == ((own["notified_on"] >= "2017-04-01") & (own["notified_on"] <= "2017-09-30")).sum()
    left = cell(table["child_deaths_outstanding"], "cdop_reviews_outstanding", "2017-18 to Q2")["count"]
    assert left == ((own["notified_on"] <= "2017-09-30") & ~(own["review_completed_on"] <= "2017-09-30")).sum()
    assert set(table["hrda_by_period"]["period"]) & {"2017-18-Q3", "2017-18"} == set()


# --- every table ----------------------------------------------------------------------------------------------------


def test_equal_cells_are_equal_numbers_and_all_are_described(made):
    said, seen = documentation(), {}
    for name, frame in made.items():
        dims = [c for c in frame.columns if c not in NOT_DIMENSIONS]
        assert set(dims) - {"area", "period", "measure"} <= set(said["tables"][name]["dimensions"]), name
        for row in frame.to_dict("records"):
            assert row["measure"] in said["measures"], row["measure"]
            key = tuple((d, row[d]) for d in sorted(dims) if row[d] != "Total")
            assert seen.setdefault(key, repr((row["count"], row["value"]))) == repr((row["count"], row["value"])), key


def test_several_areas_in_one_pass_are_the_areas_one_by_one(frames, made):
    other = "E06000044"
    both = {name: pd.concat([frame, frame.head(40).assign(area=other)]) for name, frame in frames.items()}
    names = ("child_deaths_by_year", "child_deaths_reviewed", "hrda_by_period", "hrda_change", "hrda_shares")
    together = build(both, *names, areas=(AREA, other))
    for name in names:
        own = together[name][together[name]["area"] == AREA].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, made[name].reset_index(drop=True))


def test_a_return_refused_whole_says_so_and_prints_no_zero(frames):
    empty = {name: frame.head(0) for name, frame in frames.items()}
    quality = pd.DataFrame({"return": list(NAMES), "received": [4, 0], "accepted": [0, 0], "refused": [4, 0]})
    found = build(empty, "child_deaths_by_year", "hrda_by_period", quality=quality)
    table = found["child_deaths_by_year"]
    assert (table["status"] == "not_available").all() and "4 rows refused" in table["reason"].iloc[0]
    nil = cell(found["hrda_by_period"], "hrda_referrals", "2017-18-Q4")
    assert (nil["count"], nil["status"]) == (0, "shown")  # only a header: a nil return


def test_an_area_that_sent_nothing_has_a_reason(frames):
    found = build(frames, "hrda_by_period", areas=(AREA, "E06000044"))["hrda_by_period"]
    row = found[found["area"] == "E06000044"]
    assert row["status"].tolist() == ["not_available"] and "not received" in row["reason"].iloc[0]


# --- words and charts ------------------------------------------------------------------------------------------------

WORDS = {
    "hrda": "headline change trend people children between per_head deprivation ask settings coverage withheld",
    "child_deaths": "headline change infants where reviewed timeliness outstanding waiting newborns ask settings "
    "withheld",
}
CHARTS = {"hrda": "referrals repeats deprivation", "child_deaths": "cohorts rates ages infants"}


def book(folder, frames, audience="partnership"):
    long_table.write(frames, folder)
    return Book(folder, PERIOD, AREA, audience, True)


def said(page, subject):
    """Every sentence and every alternative text of a page."""
    from importlib import import_module

    words, figures = (
        import_module(f"board_packs.pages.words.{subject}"),
        import_module(f"board_packs.pages.figures.{subject}"),
    )
    found = {f"words.{name}": str(getattr(words, name)(page)) for name in WORDS[subject].split()}
    charts = {name: getattr(figures, name)(page) for name in CHARTS[subject].split()}
    return found | {f"figures.{name}": getattr(chart, "alt", str(chart)) for name, chart in charts.items()}


def test_the_answers_in_words(made, tmp_path):
    page = book(tmp_path, made, "restricted")
    assert said(page, "hrda")["words.headline"] == (
        "In 2017-18 Q4 there were 224 referrals for high-risk domestic abuse, and 19.6% were repeats (44 of 224; 95% "
        "interval 15.0% to 25.3%). In the whole of 2017-18 there were 777 referrals for high-risk domestic abuse, and "
        "21.9% were repeats (170 of 777; 95% interval 19.1% to 24.9%). Referrals were 12.0% fewer than the 883 of "
        "2016-17 (95% interval −20.1% to −3.1%)."
    )
    assert said(page, "child_deaths")["words.headline"] == (
        "In 2017-18, 14 child deaths were notified to the panel. The panel completed 5 reviews, of deaths of this or "
        "earlier years. On the last day 16 reviews were outstanding."
    )


def test_a_page_whose_reviews_are_withheld_says_what_is_known_and_where_the_rest_is(made, tmp_path):
    hidden = {**made}
    for name, measures in (
        ("child_deaths_by_year", ["cdop_reviews_completed"]), ("child_deaths_outstanding", ["cdop_reviews_outstanding"])
    ):  # fmt: skip
        table = made[name].copy()
        gone = table["measure"].isin(measures) & (table.get("window", "1 year") == "1 year")
        gone &= table.get("age_of_case", "") != "12 months and over"
        table.loc[gone, ["count", "value", "of", "low", "high"]] = float("nan")
        table.loc[gone, "status"] = "suppressed"
        hidden[name] = table
    page = said(book(tmp_path, hidden), "child_deaths")
    assert page["words.headline"] == (
        "In 2017-18, 14 child deaths were notified to the panel. How many reviews were completed and how many reviews "
        "were outstanding is withheld. Over the five years to 2017-18, 60 reviews were completed."
    )
    assert "in its own pack, marked restricted" in page["words.where"]
    assert page["words.outstanding"].endswith("By time since the death: 12 months and over: 6; the rest is withheld.")
    assert page["words.waiting"].startswith("A table of them by age of case is left out")


def test_alternative_texts_say_what_the_charts_show(made, tmp_path):
    page = book(tmp_path, made, "restricted")
    assert said(page, "hrda")["figures.repeats"] == (
        "Control chart. Repeat referrals as a share of referrals by quarter; the newest shown: 26.8% in 2017-18 Q1, "
        "21.8% in 2017-18 Q2, 18.8% in 2017-18 Q3, 19.6% in 2017-18 Q4. No quarter is flagged by a rule. "
        "Incomplete: 2014-15 Q1, 2014-15 Q2, 2014-15 Q3 and 2014-15 Q4."
    )
    assert said(page, "child_deaths")["figures.cohorts"] == (
        "Two column charts. Deaths notified in the year: 15 in 2013-14, 13 in 2014-15, 17 in 2015-16, 17 in 2016-17 "
        "and 14 in 2017-18. Reviews completed in the year: 9 in 2013-14, 15 in 2014-15, 13 in 2015-16, 18 in 2016-17 "
        "and 5 in 2017-18."
    )


def test_no_word_of_change_without_an_interval_that_supports_it(made, tmp_path):
    """In 2017-18 the repeat rate is 3.8 points above the year before, and its interval holds no change (-0.1)."""
    text = said(book(tmp_path, made, "restricted"), "hrda")
    assert "no change that the interval supports" in text["words.change"]
    assert not any(word in " ".join(text.values()) for word in ("increase", "decrease", "rising", "falling"))
    assert "no more than by chance" in text["words.trend"]


@pytest.mark.parametrize("subject", WORDS)
def test_a_page_with_every_cell_hidden_still_reads_and_prints_no_figure(made, tmp_path, subject):
    blank = dict.fromkeys(long_table.FIGURES, float("nan"))
    hidden = {
        name: frame.assign(status="suppressed", reason="withheld", **blank)
        for name, frame in made.items()
        if not documentation()["tables"][name].get("open")
    }
    text = said(book(tmp_path, made | hidden), subject)
    assert "withheld" in text["words.headline"]
    first = next(name for name in CHARTS[subject].split())
    assert text[f"figures.{first}"] == "No chart is drawn: every figure of it is withheld."
    counts = ("777", "883", "224", "170 of", "76 deaths", "60 reviews", "16 reviews", "16 in all")
    assert not any(n in sentence for n in counts for sentence in text.values())


@pytest.mark.parametrize("subject", WORDS)
def test_a_page_without_its_return_says_so(made, tmp_path, subject):
    absent = build({}, *made)
    text = said(book(tmp_path, absent), subject)
    assert "was not received for this quarter" in text["words.headline"]
    assert all(sentence for sentence in text.values())


@pytest.mark.parametrize("name", ["30_child_deaths", "40_hrda"])
def test_the_notebooks_are_short_and_in_the_order_of_the_style(name):
    import nbformat

    from openstats.project_data import NOTEBOOKS

    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4).cells
    code = [c for c in cells if c.cell_type == "code"]
    assert len(cells) < 30 and sum(len(c.source.splitlines()) for c in code) <= 60
    assert cells[0].source.startswith("# ") and cells[1].metadata.tags == ["parameters"]
    assert cells[3].source == "words.headline(book)"
    assert all("internal" in c.metadata.get("tags", []) for c in cells[-3:])
    assert not any("def " in c.source or c.outputs for c in code)


# --- early quarters -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=("2015-16-Q1", "2015-16-Q2", "2015-16-Q3", "2016-17-Q1"))
def early(request, tmp_path_factory):
    """(quarter, every table) as a run of the invented quarter makes them of a quarter that began before it."""
    asked = resolve(request.param, AREA, sample=True, out=tmp_path_factory.mktemp("early"), notebooks=None)
    return asked.period, tables.build(stages.inputs(asked, receiving.receive(asked)))


def test_every_table_of_an_early_quarter_has_rows_and_a_reason_for_each_that_has_no_figure(early):
    period, made = early
    assert set(made) == {name for builder in tables.registry.builders() for name in builder.names}
    for name, frame in made.items():
        assert len(frame), f"{name} of {period} is empty"
        absent = frame[frame["status"].isin(["not_available", "not_applicable"])]
        assert absent["reason"].ne("").all(), f"{name} of {period} does not say why a figure is not there"


def test_an_early_quarter_has_no_figure_of_a_later_day(early):
    period, made = early
    for name, frame in made.items():
        if name.startswith(("hrda_", "child_deaths_", "scorecard_")):
            so_far = name.startswith("child_deaths_")  # of a year that has not ended: up to the quarter's last day
            for label in frame.loc[frame["status"] == "shown", "period"].unique():
                assert _days(label)[0 if so_far else 1] <= period.last_day, f"{name} of {period} has {label}"


def _days(label: str) -> tuple[date, date]:
    """The first and the last day of a period by its label."""
    if "-Q" in label:
        return Quarter.parse(label).first_day, Quarter.parse(label).last_day
    year = int(label[:4])
    return (date(year, 4, 1), date(year + 1, 3, 31)) if "-" in label else (date(year, 1, 1), date(year, 12, 31))


def test_referrals_have_no_deciles_before_the_indices_of_2015_were_published(early):
    # English Indices of Deprivation 2015: published on 30 September 2015, the last day of 2015-16-Q2.
    period, made = early
    frame = made["hrda_by_deprivation"]
    if period == Quarter.parse("2015-16-Q1"):
        (row,) = frame.to_dict("records")
        assert row["status"] == "not_available" and "published by 30 June 2015" in row["reason"]
    else:
        assert "IMD 2015" in frame["method"].str.cat()


def test_no_official_figure_stands_in_before_the_first_year_held_has_ended(early):
    period, made = early
    statuses = set(made["scorecard_year"]["status"])
    assert ("shown" in statuses) == (period >= Quarter.parse("2015-16-Q4"))


# --- settings asked of a page ----------------------------------------------------------------------------------------


def test_the_repeat_rate_follows_the_basis_key_and_months_asked_for(frames):
    """Independently counted in SQL-like pandas: the pairs of the victim alone, six months."""
    rows = frames["hrda_referrals"].sort_values("referred_on", kind="stable").dropna(subset=["victim_id"])
    rows = rows.drop_duplicates(["victim_id", "referred_on"])
    before = rows.groupby("victim_id", observed=True)["referred_on"].shift()
    repeat = rows["referred_on"] <= before + pd.DateOffset(months=6)
    year = rows["referred_on"].between("2017-04-01", "2018-03-31")
    asked = {"hrda.repeat.key": "victim", "hrda.repeat.months": 6}
    table = build(frames, "hrda_by_period", settings=asked)["hrda_by_period"]
    row = cell(table, "hrda_repeat_rate", "2017-18")
    assert (row["count"], row["of"]) == ((repeat & year).sum(), year.sum())
    assert "key victim, 6 months" in cell(table, "hrda_look_back", "2017-18")["method"]
    usual = cell(build(frames, "hrda_by_period")["hrda_by_period"], "hrda_repeat_rate", "2017-18")
    assert usual["count"] != row["count"]
