"""Tables of child deaths and referrals on the invented quarter, against DuckDB on its files and plain loops."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

import returncheck as returns
from board_packs import tables
from board_packs.quarter import receiving
from board_packs.quarter.disclosure_control import _reason_alone
from board_packs.quarter.input_digests import inputs
from board_packs.quarter.request import resolve
from board_packs.tables import Inputs, documentation
from lscb.errors import UserError
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


# Every label and quarter apart, as the returns have them; and of one year too, as the annual report prints its five reviews.
APART = {"child_deaths.breakdowns": [1, 5], "child_deaths.age_groups": {}, "child_deaths.category_groups": {},
         "hrda.answered_quarters": 16, "hrda.profile_of_quarter": True}  # fmt: skip


@pytest.fixture(scope="module")
def made(frames):
    """Every table of the sample's returns, with nothing counted together."""
    return build(frames, settings=APART)


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
    from board_packs.pages.number_text import percent

    table = made["hrda_by_period"]
    found = [cell(table, m, period)["value"] for m in ("hrda_repeat_rate", "hrda_households_with_children")]
    assert tuple(percent(value) for value in found) == tuple(f"{text}%" for text in PRINTED[period])


def test_the_years_total_is_down_twelve_percent(made):
    row = cell(made["hrda_change"], "hrda_referrals_change")
    assert round(row["value"], 3) == -0.12 and row["low"] != row["low"]  # its interval is made of what a page may see
    assert row["method"].endswith("wider for people who come again (design effect 1.3)")


def wilson_ends(met, of):
    """The roots of (p - met/of)^2 = z^2 p (1 - p) / of."""
    z2 = 1.959963984540054**2
    a, b, c = of + z2, -(2 * met + z2), met**2 / of
    return [(-b + side * (b * b - 4 * a * c) ** 0.5) / (2 * a) for side in (-1, 1)]


def byar_ends(count):
    """Byar's limits of a Poisson count (Breslow and Day 1987)."""
    z = 1.959963984540054
    return [n * (1 - 1 / (9 * n) + side * z / (3 * n**0.5)) ** 3 for n, side in ((count, -1), (count + 1, 1))]


def test_intervals_of_rates_are_as_wide_as_people_who_come_again_make_them(made):
    """A count of 1.3 times the variance of a Poisson count is 1.3 times one of the count over 1.3."""
    rate, decile = (
        cell(made["hrda_rate"], "hrda_rate"),
        cell(made["hrda_by_deprivation"], "hrda_decile_rate", decile="1"),
    )
    for row in (rate, decile):
        ends = [1.3 * end / row["of"] * 1e4 for end in byar_ends(row["count"] / 1.3)]
        assert [row["low"], row["high"]] == pytest.approx(ends, rel=1e-3)
        assert row["method"].endswith("; wider for people who come again (design effect 1.3)")


def test_intervals_of_a_year_are_as_wide_as_people_who_come_again_make_them(made, frames):
    """Kish (1965): the sum of the squares of each person's referrals in a year over that of the referrals, all years
    together. The setting is of published figures; the invented return has the same. What belongs to a person (disabled,
    children) comes with each of them, whether one is a repeat does not."""
    rows = frames["hrda_referrals"].drop_duplicates(["victim_id", "perpetrator_id", "referred_on"])
    rows = rows[rows["referred_on"].between("2014-04-01", "2018-03-31")]
    year = rows["referred_on"].map(lambda day: day.year - (day.month < 4))
    each = rows.assign(year=year).groupby(["year", "victim_id"]).size()
    effect = round((each**2).sum() / each.sum(), 1)
    assert effect == 1.3
    said = "Wilson; wider for people who come again (design effect 1.3)"
    for table, measure in (("hrda_shares", "hrda_disabled_share"), ("hrda_by_period", "hrda_households_with_children")):
        row = cell(made[table], measure)
        assert [row["low"], row["high"]] == pytest.approx(wilson_ends(row["count"] / 1.3, row["of"] / 1.3))
        assert row["method"] == said and row["value"] == row["count"] / row["of"]
    for measure, period in (("hrda_repeat_rate", "2017-18"), ("hrda_households_with_children", "2017-18-Q4")):
        row = cell(made["hrda_by_period"], measure, period)
        assert [row["low"], row["high"]] == pytest.approx(wilson_ends(row["count"], row["of"]))
        assert row["method"] == "Wilson"


def test_a_repeat_rate_needs_no_design_effect(frames):
    """The variance of the share between people over that of as many independent referrals: 1.03 in the newest year."""
    rows = frames["hrda_referrals"].drop_duplicates(["victim_id", "perpetrator_id", "referred_on"])
    rows = rows.sort_values("referred_on", kind="stable").dropna(subset="perpetrator_id")
    last = rows.groupby(["victim_id", "perpetrator_id"])["referred_on"].shift()
    rows["repeat"] = rows["referred_on"] <= last + pd.DateOffset(years=1)
    rows = rows[rows["referred_on"].between("2017-04-01", "2018-03-31")]
    rate, people = rows["repeat"].mean(), rows.groupby("victim_id")["repeat"]
    apart = (people.sum() - rate * people.size()) ** 2
    k, n = len(apart), len(rows)
    assert apart.sum() / n**2 * k / (k - 1) / (rate * (1 - rate) / n) == pytest.approx(1.03, abs=0.005)


@pytest.mark.parametrize("again", [0, 40])
@pytest.mark.parametrize("held", [2399, 2940])
def test_no_method_and_no_interval_tells_of_who_came_again(frames, made, held, again):
    """How many came twice is withheld where few did: whoever comes again, intervals are by what is published."""
    rows = frames["hrda_referrals"]
    whole = rows[rows["referred_on"] <= "2018-03-31"].drop_duplicates(["victim_id", "perpetrator_id", "referred_on"])
    some = whole.tail(held).reset_index(drop=True)
    each = some.assign(
        victim_id=[f"V{min(n, len(some) - 1 - again)}" for n in range(len(some))]
    )  # one comes `again` times more
    names = ("hrda_rate", "hrda_by_deprivation", "hrda_change", "hrda_shares")
    one, other = (build(frames | {"hrda_referrals": table}, *names) for table in (some, each))
    for name in names[:2]:
        pd.testing.assert_frame_equal(one[name], other[name])
    row = cell(other["hrda_change"], "hrda_referrals_change")
    assert row["method"].endswith("; wider for people who come again (design effect 1.3)")
    shares = [m[name].query("measure == 'hrda_disabled_share'") for m in (one, other) for name in names[3:]]
    pd.testing.assert_frame_equal(*shares)


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


def test_no_years_of_deaths_tell_the_few_of_others_by_subtraction(made):
    """Infants notified less infants reviewed are the infants who wait, and all others who wait are of one year and over; years
    of reviews that overlap say more of each year's few."""
    table = made["child_deaths_by_year"]
    for measure, windows in (
        ("cdop_reviews_completed", {"1 year", "5 years"}),
        ("cdop_deaths_notified", {"1 year", "3 years", "5 years"}),
    ):
        assert set(table.loc[table["measure"] == measure, "window"]) == windows, measure
    assert not table["measure"].str.contains("infant").any()


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
        cell(table, "cdop_neonatal_reviews_completed", window="1 year", previable=p)["count"]
        for p in ("yes", "no, or not known")
    ]
    assert parts == [1, 2]


def test_the_total_of_the_newborn_is_the_cell_of_their_age(made):
    """Printed twice it would be two cells, and every part that goes would take both."""
    table = made["child_deaths_reviewed"]
    young = table[table["measure"] == "cdop_neonatal_reviews_completed"]
    for window in ("1 year", "5 years"):
        every = cell(table, "cdop_reviews_completed", window=window, age_band="0-27 days")["count"]
        for dimension in ("stage", "previable"):
            rows = young[(young["window"] == window) & (young[dimension] != "Total")]
            assert rows["count"].sum() == every, (window, dimension)
    assert (young[["stage", "previable"]].ne("Total").sum(axis=1) == 1).all()


def test_labels_that_a_board_counts_together_are_one_row_with_their_sum(frames, made):
    table, apart = build(frames, "child_deaths_reviewed")["child_deaths_reviewed"], made["child_deaths_reviewed"]
    for dimension, group, parts in (
        ("age_band", "1-17 years", ["1-4 years", "5-9 years", "10-14 years", "15-17 years"]),
        ("category", "5-6. Medical or surgical condition, acute or chronic",
         ["5. Acute medical or surgical condition", "6. Chronic medical condition"]),
    ):  # fmt: skip
        few = [cell(apart, "cdop_reviews_completed", window="5 years", **{dimension: each})["count"] for each in parts]
        assert cell(table, "cdop_reviews_completed", window="5 years", **{dimension: group})["count"] == sum(few) > 0
        assert not set(parts) & set(table[dimension]) and len(set(apart[dimension]) - set(table[dimension])) == len(few)


@pytest.mark.parametrize("groups, line", [
    ({"older": ["1-4 years", "5-9"]}, "'5-9' is none; name each of 0-27 days, "),
    ({"older": ["1-4 years", "5-9 years"], "oldest": ["5-9 years", "15-17 years"]}, "one of them stands twice"),
    ({"1-4 years": ["5-9 years", "10-14 years"]}, "'1-4 years' is none"),
])  # fmt: skip
def test_a_group_of_ages_that_is_none_is_one_line(frames, groups, line):
    with pytest.raises(UserError, match="child_deaths.age_groups: ") as error:
        build(frames, "child_deaths_reviewed", settings={"child_deaths.age_groups": groups})
    assert line in str(error.value) and "\n" not in str(error.value)


def test_rates_of_long_ago_are_of_years_and_repeats_of_every_quarter(frames, made):
    """Of 2014-15 and 2015-16 the repeats of each quarter, and of the years how many are known; of the newest eight both."""
    table, every = build(frames, "hrda_by_period")["hrda_by_period"], made["hrda_by_period"]
    early = [f"{year}-Q{n}" for year in ("2014-15", "2015-16") for n in (1, 2, 3, 4)]
    kept = table[table["period"].isin(early) & table["measure"].isin(["hrda_referrals"])]
    assert set(kept["repeat"]) == {"Total", "repeat"}
    for measure in ("hrda_answered", "hrda_repeat_rate"):
        periods = set(every.loc[every["measure"] == measure, "period"])
        assert periods - set(table.loc[table["measure"] == measure, "period"]) == set(early), measure
    rows = every["period"].isin(early) & (
        every["repeat"].isin(["not a repeat", "not known"])
        | every["measure"].isin(["hrda_answered", "hrda_repeat_rate"])
    )
    pd.testing.assert_frame_equal(table, every[~rows].reset_index(drop=True))


def test_who_was_referred_is_counted_of_years(frames):
    made = build(frames, "hrda_profile", "hrda_shares", "hrda_time_between")
    assert all(set(table["period"]) == {"2016-17", "2017-18"} for table in made.values())
    some = frames["hrda_referrals"]
    few = {"hrda_referrals": some[some["referred_on"] >= "2018-01-01"]}
    (row,) = build(few, "hrda_profile")["hrda_profile"].to_dict("records")
    assert row["status"] == "not_available" and "no whole year" in row["reason"]


def test_breakdowns_are_of_five_years_and_nothing_is_crossed(frames):
    tables_ = build(frames, "child_deaths_reviewed", "child_deaths_notified", "child_deaths_modifiable")
    for table in tables_.values():
        assert set(table["window"]) == {"5 years"} and set(table["period"]) == {"2017-18"}
        own = [c for c in table.columns if c not in (*NOT_DIMENSIONS, "area", "period", "measure", "window")]
        assert (table[own].ne("Total").sum(axis=1) <= 1).all()


def test_a_cohort_has_its_open_reviews_in(made, sql):
    """Deaths notified from April 2014 to March 2017, twelve months past on 31 March 2018, counted again by SQL."""
    table, due = made["child_deaths_cohort"], "notified_on::date between '2014-04-01' and '2017-03-31'"
    within = "review_completed_on is not null and review_completed_on::date <= died_on::date + interval 12 month"
    same = dict(period="2016-17", window="3 years")
    for outcome, condition in (
        ("Total", "true"),
        ("within 12 months", within),
        ("still open", "review_completed_on is null"),
    ):
        count = sql(f"select count(*) from child_deaths where {due} and {condition}")[0][0]
        assert cell(table, "cdop_cohort_due", outcome=outcome, **same)["count"] == count
    share = cell(table, "cdop_cohort_in_time_share", **same)
    assert (share["count"], share["of"]) == (41, 47)  # beside 60 of 60 among the reviews completed


@pytest.mark.parametrize("notified, due", [("2017-03-31", 1), ("2017-04-01", 0), ("2014-04-01", 1), ("2014-03-31", 0)])
def test_a_cohort_is_of_the_three_years_before_the_newest(frames, notified, due):
    """As the year's deaths are counted, so that both totals are one: a day of death in another year moves neither."""
    rows = frames["child_deaths"]
    extra = rows.tail(1).assign(
        died_on=pd.Timestamp("2014-03-30"), born_on=pd.Timestamp("2014-01-01"), notified_on=pd.Timestamp(notified)
    )
    counts = []
    for some in (rows.iloc[:-1], pd.concat([rows.iloc[:-1], extra])):
        table = build({"child_deaths": some}, "child_deaths_cohort")["child_deaths_cohort"]
        counts.append(cell(table, "cdop_cohort_due", "2016-17", window="3 years")["count"])
        years = build({"child_deaths": some}, "child_deaths_by_year")["child_deaths_by_year"]
        assert cell(years, "cdop_deaths_notified", "2016-17", window="3 years")["count"] == counts[-1]
    assert counts[1] - counts[0] == due


@pytest.mark.parametrize("reviewed, outcome", [("2018-03-31", "later"), ("2018-04-01", "still open")])
def test_a_cohort_stands_still_after_the_year_that_it_was_followed_for(frames, reviewed, outcome):
    """A quarter on, what was reviewed since makes no other figure of the same name: the difference of two packs would
    be the reviews of a quarter."""
    rows = frames["child_deaths"].copy()
    at = rows.index[rows["died_on"].between(pd.Timestamp("2016-04-01"), pd.Timestamp("2017-03-30"))][0]
    rows.loc[at, "review_completed_on"] = pd.Timestamp(reviewed)
    for period in (Quarter(2017, 4), Quarter(2018, 1)):
        table = build({"child_deaths": rows}, "child_deaths_cohort", period=period)["child_deaths_cohort"]
        others = build({"child_deaths": rows.drop(index=at)}, "child_deaths_cohort", period=period)[
            "child_deaths_cohort"
        ]
        counts = [
            cell(t, "cdop_cohort_due", "2016-17", window="3 years", outcome=outcome)["count"] for t in (table, others)
        ]
        assert counts[0] - counts[1] == 1, period


def test_a_cohort_of_a_return_that_reaches_back_too_little_says_so(frames):
    rows = frames["child_deaths"]
    few = rows[rows["notified_on"] >= pd.Timestamp("2015-04-01")]
    (row,) = build({"child_deaths": few}, "child_deaths_cohort")["child_deaths_cohort"].to_dict("records")
    assert (
        row["status"] == "not_available"
        and row["reason"] == "the child deaths return does not reach back 3 years from the end of 2016-17"
    )


def test_deaths_and_reviews_are_never_counted_by_the_same_thing(made):
    """Five years' deaths less five years' reviews of one age are the few of that age who wait for theirs."""
    dims = {}
    for name in ("child_deaths_notified", "child_deaths_reviewed"):
        table = made[name]
        own = [c for c in table.columns if c not in (*NOT_DIMENSIONS, "area", "period", "measure", "window")]
        dims[name] = {c for c in own if table[c].ne("Total").any()}
    assert dims["child_deaths_notified"] == {"ethnicity"} and not set.intersection(*dims.values())


def test_what_is_outstanding_is_not_crossed(made):
    table = made["child_deaths_outstanding"]
    assert (table["age_of_case"].eq("Total") | table["standing"].eq("Total")).all() and len(table) == 7


def test_reviews_by_category_equal_sql_and_add_up(made, sql):
    table = made["child_deaths_reviewed"]
    text = """select list_min(string_split(categories, ';')::int[]), count(*)
        from child_deaths where review_completed_on is not null group by 1"""
    for category, count in sql(text):
        names = [c for c in table["category"].unique() if c.startswith(f"{category}. ")]
        assert cell(table, "cdop_reviews_completed", window="5 years", category=names[0])["count"] == count
    for dimension in ("category", "modifiable", "age_band", "sex", "expected", "statutory_order"):
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


def test_time_to_review_reaches_back_as_far_as_the_deaths_do(frames):
    """Reviews of the newest deaths alone are of all five years that the return covers, not of those since the first
    reviewed death."""
    own = frames["child_deaths"]
    own = own.assign(review_completed_on=own["review_completed_on"].mask(own["died_on"] < "2016-10-01"))
    table = build({"child_deaths": own}, "child_deaths_timeliness")["child_deaths_timeliness"]
    row = cell(table, "cdop_within_6_months_share", window="5 years")
    assert row["of"] == own["review_completed_on"].notna().sum() > 0


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
    together = build(both, *names, areas=(AREA, other), settings=APART)
    for name in names:
        own = together[name][together[name]["area"] == AREA].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, made[name].reset_index(drop=True))


def test_a_return_refused_whole_says_so_and_prints_no_zero(frames):
    empty = {name: frame.head(0) for name, frame in frames.items()}
    quality = pd.DataFrame({"return": list(NAMES), "received": [4, 0], "accepted": [0, 0], "refused": [4, 0]})
    found = build(empty, "child_deaths_by_year", "hrda_by_period", quality=quality)
    table = found["child_deaths_by_year"]
    assert (table["status"] == "not_available").all()
    assert "came without a usable row" in table["reason"].iloc[0] and "4" not in table["reason"].iloc[0]
    nil = cell(found["hrda_by_period"], "hrda_referrals", "2017-18-Q4")
    assert (nil["count"], nil["status"]) == (0, "shown")  # only a header: a nil return


def test_an_area_that_sent_nothing_has_a_reason(frames):
    found = build(frames, "hrda_by_period", areas=(AREA, "E06000044"))["hrda_by_period"]
    row = found[found["area"] == "E06000044"]
    assert row["status"].tolist() == ["not_available"] and "not received" in row["reason"].iloc[0]


# --- early quarters -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=("2015-16-Q1", "2015-16-Q2", "2015-16-Q3", "2016-17-Q3"))
def early(request, tmp_path_factory):
    """(quarter, every table) as a run of the invented quarter makes them of a quarter that began before it."""
    asked = resolve(request.param, AREA, sample=True, out=tmp_path_factory.mktemp("early"), notebooks=None)
    return asked.period, tables.build(inputs(asked, receiving.receive(asked)))


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


def test_no_official_figure_stands_in_before_the_first_year_held_was_in_print(early):
    # The first year held ended in March 2016; the DfE published it from September to November 2016.
    period, made = early
    statuses = set(made["scorecard_year"]["status"])
    assert ("shown" in statuses) == (period >= Quarter.parse("2016-17-Q3"))


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


# --- what no row, reason or date tells of ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["Form C", "Analysis form"])
def test_which_form_a_review_was_written_on_decides_no_row(frames, form):
    """The third word of Form C, not in force since 2019, stood in a pack of 2023-24 where one review of five years was on it."""
    rows = frames["child_deaths"].copy()
    moved = pd.DateOffset(years=6)
    for name in ("born_on", "died_on", "notified_on", "review_completed_on", "reopened_on"):
        rows[name] = (rows[name] + moved).astype("datetime64[us]")
    reviewed = rows.index[rows["review_completed_on"].notna()]
    rows["form_version"] = "Analysis form"
    rows.loc[reviewed[-1], "form_version"] = form
    period = Quarter.parse("2023-24-Q4")
    made = build(frames | {"child_deaths": rows}, "child_deaths_factors", period=period)["child_deaths_factors"]
    assert set(made["domain_child"]) == {
        "no factor identified", "may have contributed", "not on a known scale", "no information", "Total",
    }  # fmt: skip


def test_look_back_begins_with_the_quarter_and_not_with_the_day_of_the_first_referral(frames):
    rows = frames["hrda_referrals"]
    since = [build(frames | {"hrda_referrals": rows[rows["referred_on"] >= day].reset_index(drop=True)}, "hrda_by_period")
             for day in ("2015-04-01", "2015-05-20")]  # fmt: skip
    backs = [
        [cell(each["hrda_by_period"], "hrda_look_back", f"2015-16-Q{n}")["value"] for n in (1, 2, 3)] for each in since
    ]
    assert backs == [[0, 3, 6]] * 2


@pytest.mark.parametrize("number", [0, 1, 2])
def test_how_few_deaths_are_held_is_no_reason_on_a_guarded_page(number):
    """Of fewer than two there is no time between them: the guarded table has the one reason that it has of any number."""
    days = pd.to_datetime(["2017-05-02", "2018-01-09"][:number]).astype("datetime64[us]")
    rows = pd.DataFrame({"area": AREA, "died_on": days, "born_on": days, "notified_on": days})
    quality = pd.DataFrame({"area": [AREA], "return": ["child_deaths"], "received": [number], "refused": [0]})
    made = build({"child_deaths": rows.astype({"area": "str"})}, "child_deaths_between", quality=quality)
    (row,) = _reason_alone(made["child_deaths_between"]).to_dict("records")
    assert row["status"] == "not_available" and row["reason"].startswith("the days from one death to the next stand on")
