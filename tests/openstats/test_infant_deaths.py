"""Births and infant deaths after the yearly workbooks end: ONS's child mortality statistics, invented in their layout.

The layout is that of 2021 to 2023 as public programs read it: a sheet named 3, headings in its tenth row, codes of two
areas in one cell, [x] where there is no rate. The headings of the counts are not confirmed there.
"""

from datetime import date

import pandas as pd
import pytest
from invented_files import ENGLAND, workbook

from board_packs.tables import Inputs
from board_packs.tables.infant_mortality import infant_mortality_official
from board_packs.tables.official_indicators import scorecard_year
from board_packs.tables.residents import births_in_print
from lscb.periods import Quarter
from openstats import NotAsNamed, Store
from openstats.authority_codes import upper_tier
from openstats.file_kinds import kind
from openstats.infant_deaths import COHORT, REGISTERED, several_years
from openstats.readers import births_and_deaths

HEADS = ["Area of usual residence code", "Area of usual residence name", "Area of usual residence geography",
         "Live births", "Stillbirths", "Early neonatal deaths", "Neonatal deaths", "Infant deaths",
         "Infant mortality rate"]  # fmt: skip
LEEDS, CORNWALL, SOUTHAMPTON = "E08000035", "E06000052", "E06000045"


def cohort(folder, year, heads=HEADS, dead=20):
    """A workbook of the year; every authority has 4,000 births, Leeds as many infant deaths as are asked for."""
    codes = [c for c in upper_tier(date(year, 7, 1)) if c not in (CORNWALL, "E06000053")]
    rows = [[c, "x", "Unitary Authority", 4000, 12, 3, 9, dead if c == LEEDS else 15, 3.8] for c in codes]
    rows += [[f"{CORNWALL}, E06000053", "Cornwall and Isles of Scilly", "Unitary Authority", 4500, 9, 2, 7, 11, "[x]"]]
    rows += [
        [ENGLAND, "England", "Country", 600_000, 2300, 1200, 1700, 2200, 3.7],
        ["W92000004", "Wales", "Country", 1, 1, 1, 1, 1, 1],
    ]
    title = [[f"Table 3: Live births, stillbirths and infant deaths: area of usual residence, {year}"], *[["note"]] * 8]
    return workbook(folder / f"cim{year}deathcohortworkbook.xlsx", Contents=[["x"]], **{"3": [*title, heads, *rows]})


@pytest.fixture
def store(tmp_path):
    for year, dead in ((2020, 20), (2021, 24), (2022, 19)):
        cohort(tmp_path, year, dead=dead)
    return Store(tmp_path)


def test_the_workbook_is_known_and_read(tmp_path):
    path = cohort(tmp_path, 2021)
    assert kind(path) == "child_mortality"
    made = births_and_deaths.child_mortality(path).set_index("area")
    assert made.loc[LEEDS].to_dict() == {"year": 2021, "live_births": 4000, "infant_deaths": 20, "neonatal_deaths": 9}
    assert made.loc[CORNWALL, "infant_deaths"] == 11 and "E06000053" not in made.index  # two areas under the larger
    assert "W92000004" not in made.index and made.loc[ENGLAND, "live_births"] == 600_000


def test_without_a_column_of_deaths_nothing_is_taken_from_it(tmp_path):
    path = cohort(tmp_path, 2021, heads=["Infant rate" if head == "Infant deaths" else head for head in HEADS])
    with pytest.raises(NotAsNamed, match="no column of infant deaths"):
        births_and_deaths.child_mortality(path)


def test_each_year_is_of_one_basis(store):
    made = store.births_infant_deaths().set_index(["area", "year"])
    assert made.loc[(LEEDS, 2021), ["infant_deaths", "basis"]].tolist() == [24, COHORT]
    assert made.loc[(SOUTHAMPTON, 2016), ["infant_deaths", "basis"]].tolist() == [16, REGISTERED]  # what is committed
    assert made.groupby("year")["basis"].nunique().eq(1).all()


@pytest.mark.parametrize(
    "day, last", [("2022-23-Q3", 2020), ("2022-23-Q4", 2021), ("2023-24-Q3", 2021), ("2023-24-Q4", 2022)]
)
def test_a_year_is_in_print_two_years_after(store, day, last):
    rows = births_in_print(Inputs(Quarter.parse(day), (LEEDS,), {}, None, store))
    assert rows.loc[rows["area"] == LEEDS, "year"].max() == last


def test_three_years_are_three_years_in_a_row_on_one_basis(store):
    """By hand: Leeds 20 + 24 + 19 of 12,000 births are 5.25 per 1,000; Southampton's of 2016 and 2017 join none of them."""
    areas = (LEEDS, SOUTHAMPTON)
    made = infant_mortality_official(Inputs(Quarter.parse("2024-25-Q4"), areas, {}, None, store))
    made = made[(made["measure"] == "infant_mortality") & made["value"].notna()]
    three = made[made["window"] == "3 years"].set_index(["area", "period"])
    assert three.loc[(LEEDS, "2022"), ["value", "count", "of"]].tolist() == pytest.approx([5.25, 63, 12_000])
    assert three.loc[(LEEDS, "2022"), "method"].endswith(COHORT)
    assert set(three.loc[LEEDS].dropna(subset="count").index) == {"2022"}
    counted = three.loc[SOUTHAMPTON].dropna(subset="count")
    assert set(counted.index) == {"2012", "2013", "2014", "2015", "2016", "2022"}  # committed: births 2010 to 2016
    one = made[made["window"] == "1 year"].set_index(["area", "period"])
    assert not one.loc[(SOUTHAMPTON, "2016"), "method"].endswith(COHORT)


def test_a_year_that_is_not_held_is_in_no_sum(tmp_path):
    for year in (2020, 2022, 2023):
        cohort(tmp_path, year)
    made = infant_mortality_official(Inputs(Quarter.parse("2025-26-Q3"), (LEEDS,), {}, None, Store(tmp_path)))
    leeds = made[(made["area"] == LEEDS) & (made["measure"] == "infant_mortality")].dropna(subset="count")
    assert set(leeds["window"]) == {"1 year"}
    assert leeds.set_index("period")["count"].to_dict() == {"2020": 20, "2022": 20, "2023": 20}


@pytest.mark.parametrize(
    "years, bases, dead, made",
    [
        ((2016, 2017, 2018), "RRR", (3, 4, 5), {2018: 12}),
        ((2016, 2017, 2018), "RCR", (3, 4, 5), {}),  # the middle year is of another basis
        ((2016, 2018, 2019), "RRR", (3, 4, 5), {}),
        ((2016, 2017, 2018, 2019), "RRRR", (None, 4, 5, 6), {2019: 15}),
    ],
)
def test_a_sum_is_of_years_in_a_row_that_are_held_and_on_one_basis(years, bases, dead, made):
    basis = [{"R": REGISTERED, "C": COHORT}[letter] for letter in bases]
    rows = pd.DataFrame({"area": LEEDS, "year": years, "live_births": 1000, "infant_deaths": dead, "basis": basis})
    three = several_years(rows.sample(frac=1, random_state=1), 3).dropna(subset="infant_deaths").set_index("year")
    assert three["infant_deaths"].to_dict() == made
    assert three["live_births"].tolist() == [3000] * len(made)


def test_the_dfes_rates_are_of_three_years_until_2017_and_of_one_since(tmp_path):
    """Southampton: 4.7 in 2017, 3.3 in 2018. Of a year whose births are not held stands the interval of so many deaths as
    the rate makes of the births of the newest year that is: by hand, 3.3 per 1,000 of the 3,194 births of 2016 are 10.5,
    so 11 deaths, of which Byar's interval is 5.48 to 19.68: 1.72 to 6.16 per 1,000."""
    inputs = Inputs(Quarter.parse("2019-20-Q4"), (SOUTHAMPTON,), {}, None, Store(tmp_path))
    made = infant_mortality_official(inputs)
    printed = made[made["method"].str.contains("DfE") & (made["measure"] == "infant_mortality")].set_index("period")
    assert printed["window"].to_dict() == {"2017": "3 years", "2018": "1 year"}
    assert printed.loc["2018", "method"] == (
        "DfE, Local Authority Interactive Tool: rate of one year: its counts are not held; Byar's; live births of one "
        "calendar year, each taken as those of 2016; number worked out from the printed rate"
    )
    assert printed.loc["2018", ["low", "high"]].tolist() == pytest.approx([1.72, 6.16], abs=0.006)
    # 4.7 per 1,000 of 9,582 are 45.04: Byar's interval of 45 is 32.82 to 60.22, 3.43 to 6.28 per 1,000
    assert printed.loc["2017", ["low", "high"]].tolist() == pytest.approx([3.43, 6.28], abs=0.006)
    assert printed[["count", "of"]].isna().all(axis=None)
    rates = (
        scorecard_year(inputs)
        .query("indicator == 'infant_mortality' and measure == 'official_rate'")
        .set_index("period")
    )
    assert rates.loc["2018", ["value", "count", "of"]].tolist() == [3.3, 11, 3194]
    assert rates.loc["2018", ["low", "high"]].tolist() == pytest.approx([1.72, 6.16], abs=0.006)
    assert rates.loc["2018", "method"].endswith(
        "live births of one calendar year, each taken as those of 2016; number worked out from the printed rate"
    )
    assert rates.loc["2017", "of"] == 3 * 3194
    assert rates.loc["2016", ["count", "of"]].tolist() == [38, 9805]  # 9, 13 and 16 deaths, registered


def test_where_no_rate_of_the_dfes_is_out_the_registered_ones_stand(tmp_path):
    """On 31 March 2017 the DfE's rates begin with a year that is not out yet."""
    made = infant_mortality_official(Inputs(Quarter.parse("2016-17-Q4"), (SOUTHAMPTON,), {}, None, Store(tmp_path)))
    assert made.loc[made["measure"] == "infant_mortality", "period"].max() == "2015"


def test_an_area_of_which_no_births_are_held_has_its_other_official_figures(tmp_path):
    """Committed are Southampton's births alone."""
    made = scorecard_year(Inputs(Quarter.parse("2023-24-Q2"), (LEEDS,), {}, None, Store(tmp_path)))
    infants = made.query("indicator == 'infant_mortality' and status == 'shown'")
    assert "official_figure" in set(infants["measure"]) and "official_rate" not in set(infants["measure"])
