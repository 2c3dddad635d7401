"""Thirty authority-years by a seed, and every year of every authority that was reorganised: what the store and the tables
give, and what the publishers' own files say, read by pandas alone (no reader, no reorganisation of the library's)."""

import itertools
import random
import re
from functools import cache
from pathlib import Path

import naive_deprivation
import pandas as pd
import pytest
import yaml

from board_packs.tables import Inputs, registry
from lscb import deprivation
from lscb.periods import Quarter
from openstats import Store

OPEN = Path(__file__).parents[3] / "shared" / "open-data"
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data"),
]
SEED = 1989
AREAS = pd.read_csv(REFERENCE / "areas.csv", dtype="str", keep_default_na=False)
UPPER = AREAS[AREAS["type"].isin(["unitary authority", "metropolitan district", "London borough", "county"])]
BECAME = pd.read_csv(REFERENCE / "area-changes.csv").groupby("became")["code"].agg(list).to_dict()
RECODED = {"E08000016", "E08000019"}  # Barnsley and Sheffield before 2025
MYE = {2016: "ukmidyearestimates2016.xls", 2017: "ukmidyearestimates2017finalversion.xls",
       2018: "ukmidyearestimates20182019ladcodes.xls", 2019: "ukmidyearestimates20192020ladcodes.xls"}  # fmt: skip


def inside(code: str) -> list[str]:
    """The authorities that one was made of, or the districts of a county."""
    return BECAME.get(code) or AREAS.loc[(AREAS["county"] == code) & (AREAS["type"] == "district"), "code"].tolist()


@cache
def land(code: str) -> frozenset[str]:
    """The smallest authorities that one consists of."""
    return frozenset().union(*map(land, inside(code))) if inside(code) else frozenset({code})


def parts(code: str, there: set[str]) -> list[str]:
    """The rows of a file that together are an authority's land, the fewest there are; none where they do not add up."""
    rows: list[str] = []
    within = [row for row in there if land(row) <= land(code)]
    for row in sorted(within, key=lambda row: (row != code, -len(land(row)), row)):
        if not any(land(row) & land(taken) for taken in rows):
            rows.append(row)
    return rows if frozenset().union(*map(land, rows)) == land(code) else []


def drawn(years, n: int = 30) -> list[tuple[str, int]]:
    """Authorities and years by the seed, then every year of those that were reorganised or recoded."""
    chance, moved = random.Random(SEED), (UPPER["from"] != "") | (UPPER["until"] != "")
    cases = [(code, chance.choice(list(years))) for code in chance.sample(UPPER.loc[~moved, "code"].tolist(), n)]
    return cases + list(itertools.product(UPPER.loc[moved, "code"], years))


@pytest.fixture(scope="module")
def store():
    return Store(OPEN)


def workbook(year: int) -> pd.DataFrame:
    """Both sexes of one workbook: code, sex, all ages, 0, 1, ... 90."""
    sheets = pd.read_excel(OPEN / "population" / MYE[year], sheet_name=None, header=None, engine="calamine")
    both = []
    for name, sheet in sheets.items():
        sex = re.fullmatch(r"MYE2 - (M|F|Males|Females)", name)
        if not sex:
            continue
        head = sheet.index[sheet.apply(lambda row: {"all ages"} <= {str(v).strip().casefold() for v in row}, axis=1)][0]
        names = [str(int(v)) if isinstance(v, float) and v == v else str(v).strip() for v in sheet.loc[head]]
        rows = sheet.loc[head + 1 :].set_axis(names, axis=1).rename(columns={names[0]: "code"})
        both.append(rows.assign(sex="male" if sex[1][0] == "M" else "female"))
    assert len(both) == 2
    return pd.concat(both, ignore_index=True)


EDITIONS = {2015: "iod2015", 2019: "iod2019", 2025: "iod2025"}
WEIGHTS = [0.225, 0.225, 0.135, 0.135, 0.093, 0.093, 0.093]  # of File 9's columns: income, employment, education ...


def neighbourhoods(edition: int, file: int) -> pd.DataFrame | None:
    """The last sheet of a file of the Indices: neighbourhood, its name, authority, its name, then figures; None unless held."""
    for path in OPEN.glob(f"{EDITIONS[edition]}/File_{file}_*.xlsx"):
        *_, sheet = pd.read_excel(path, sheet_name=None, engine="calamine").values()
        return sheet.set_axis(["lsoa", "name", "area", "area_name", *range(sheet.shape[1] - 4)], axis=1).set_index(
            "lsoa"
        )
    return None


def by_neighbourhood(edition: int) -> pd.DataFrame:
    """Rank (those that share one have the mean of their places), decile, score and residents of every neighbourhood, from
    Files 1, 6 and 9; blank where a file is not held."""
    raw, residents, domains = (neighbourhoods(edition, file) for file in (1, 6, 9))
    frame = raw.rename(columns={0: "rank", 1: "decile"})[["area", "rank", "decile"]]
    frame["rank"] = frame["rank"].rank(method="average")
    score = domains[list(range(7))].mul(WEIGHTS).sum(axis=1).round(3) if domains is not None else float("nan")
    return frame.assign(score=score, total=residents[0] if residents is not None else float("nan")).reset_index()


def with_people(raw: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """The neighbourhoods of 2025 with invented scores and residents, written as the File 7 that would be held: neither it
    nor Files 6 and 10 of 2025, nor File 10 of 2015, is among the official files here."""
    n, number = len(raw), raw["lsoa"].str[3:].astype("int64")
    raw = raw.assign(score=(100 * (1 - raw["rank"] / n) ** 2).round(3), total=700.0 + number * 7919 % 2003)
    names = {"lsoa": "LSOA code (2021)", "area": "Local Authority District code (2024)",
             "rank": "Index of Multiple Deprivation (IMD) Rank", "score": "Index of Multiple Deprivation (IMD) Score",
             "decile": "Index of Multiple Deprivation (IMD) Decile", "total": "Total population: mid 2022"}  # fmt: skip
    table = raw.rename(columns=names).assign(**{"LSOA name (2021)": "", "Local Authority District name (2024)": ""})
    table.to_csv(folder / "File 7.csv", index=False)
    return raw


def among(code: str, there: set[str]) -> list[str]:
    """Whom an authority is ranked among: the upper tier for a county, else the edition's lower tier if it is one of those
    (or was one under another code), else today's lower tier."""
    county = AREAS.set_index("code")["county"]
    if county.index[AREAS["type"] == "county"].isin([code]).any():
        return sorted({county[row] if county[row].startswith("E10") else row for row in there})
    if code in there or set(BECAME.get(code, ())) & RECODED:
        return sorted(there)
    today = AREAS["until"].eq("") & ~AREAS["type"].isin(["county", "metropolitan county", "region", "country"])
    return AREAS.loc[today, "code"].tolist()


def measures(raw: pd.DataFrame, codes: list[str], edition: int) -> pd.DataFrame:
    """The five measures of some authorities, each worked out from its own neighbourhoods."""
    there = set(raw["area"])
    pairs = pd.DataFrame([(code, part) for code in codes for part in parts(code, there)], columns=["ours", "area"])
    placed = raw.merge(pairs, on="area").drop(columns="area").rename(columns={"ours": "area"})
    placed = placed.assign(
        edition=edition, index="imd", **dict.fromkeys(("children", "older", "working"), placed["total"])
    )
    return naive_deprivation.summarise(placed).droplevel(["edition", "index"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_deprivation_of_every_authority_of_today_is_that_of_its_neighbourhoods(store, edition, tmp_path):
    """All five measures with their ranks, one authority at a time; the published summaries: tests/lscb/test_deprivation.py."""
    raw, day = by_neighbourhood(edition), Quarter.parse("2025-26-Q3").last_day
    if edition == 2025:
        raw = with_people(raw, tmp_path)
        store = Store(tmp_path)
    codes = UPPER.loc[UPPER["until"].eq("") | UPPER["code"].isin(RECODED), "code"].tolist()
    there = set(raw["area"])
    universes = {code: among(code, there) for code in codes}
    slow = measures(raw, sorted({*codes, *itertools.chain(*universes.values())}), edition)
    ranks = {
        each: slow.loc[list(each)].round(9).rank(ascending=False, method="min")
        for each in set(map(tuple, universes.values()))
    }
    held = store.deprivation(edition, codes, day).query("index == 'imd'").set_index(["area", "measure"])
    assert len(held) == len(codes) * 5 == 155 * 5  # 153, and what two of them were called before
    for code, measure in itertools.product(codes, deprivation.MEASURES):
        own = held.loc[(code, measure)]
        assert own["value"] == pytest.approx(slow.at[code, measure], rel=1e-9), (code, measure)
        every = ranks[tuple(universes[code])]
        place = every.at[code if code in every.index else {*BECAME.get(code, ())}.pop(), measure]
        assert (own["rank"], own["ranked"]) == (place, len(every)), (code, measure)


def test_populations_are_those_of_the_workbooks(store):
    cases = drawn(MYE)
    held = store.population([code for code, _ in cases])
    held = (
        held[held["vintage"] == "first published"]
        .set_index(["area", "mid_year", "sex", "age"])["population"]
        .sort_index()
    )
    children = store.children().set_index(["area", "mid_year", "vintage"])["population_0_17"]
    compared = 0
    for year in MYE:
        raw = workbook(year)
        for code in (code for code, of in cases if of == year):
            rows = raw[raw["code"].isin(parts(code, set(raw["code"].dropna())))]
            if rows.empty:
                assert (code, year) not in {key[:2] for key in held.index}
                continue
            ages = [name for name in raw if re.fullmatch(r"\d+\+?", name)]
            for sex, one in rows.groupby("sex"):
                expected = one[ages].astype("int64").sum().tolist()
                assert held[code, year, sex].tolist() == expected, (code, year, sex)
            young = rows[[name for name in ages if int(name.rstrip("+")) < 18]].astype("int64").to_numpy().sum()
            assert children[code, year, "first published"] == young, (code, year)
            compared += 1
    # All but Bournemouth, Poole and the county of Dorset in mid-2018 and mid-2019, of which the workbooks give their
    # successors alone.
    assert compared == 30 + 23 * len(MYE) - 3 * 2


def test_children_of_the_current_series_are_those_of_the_dfe(store):
    raw = pd.read_csv(OPEN / "dfe" / "ons_mid-year_population_estimates_2012_to_2024.csv", dtype="str")
    raw = raw[raw["age_group"].eq("Children aged 0 to 17 years") & raw["geographic_level"].eq("Local authority")]
    raw = (
        raw.assign(n=pd.to_numeric(raw["population_estimate"], errors="coerce"))
        .dropna(subset="n")
        .set_index(["new_la_code", "time_period"])["n"]
    )
    held = store.children().set_index(["area", "mid_year", "vintage"])["population_0_17"]
    compared = 0
    for code, year in drawn(range(2012, 2025)):
        there = {c for c, of in raw.index if of == str(year)}
        rows = parts(code, there)
        assert ((code, year, "current series") in held) == bool(rows), (code, year)
        if rows:
            assert held[code, year, "current series"] == sum(raw[c, str(year)] for c in rows), (code, year)
            compared += 1
    assert compared > 230  # of Bournemouth, Poole and Dorset none before 2019


def test_official_figures_of_pages_are_those_of_the_dfes_tool(store):
    """Every indicator of thirty authorities, each of its year, as page 50 has it, against the rows of the tool."""
    raw = pd.read_parquet(OPEN / "lait" / "bds_long_0.parquet").dropna(subset="LA Number")
    raw = raw.set_index([raw["Short Desc"], raw["LA Number"].astype("int64").astype("str"), raw["Years"]])["Values"]
    raw = raw[~raw.index.duplicated()]
    listed = yaml.safe_load((REFERENCE.parent / "standards.yml").read_text(encoding="utf-8"))["indicators"]["list"]
    official = {name: one["official"] for name, one in listed.items() if "official" in one}
    cases, numbers = drawn(range(2016, 2025)), UPPER.set_index("code")["dfe_number"]
    inputs = Inputs(Quarter.parse("2025-26-Q4"), tuple(sorted({code for code, _ in cases})), {}, None, store)
    made = registry.build(inputs, ["scorecard_year"])["scorecard_year"].query("measure == 'official_figure'")
    printed = made.set_index(["area", "indicator", "period"])
    shown = 0
    for (code, year), (name, rule) in itertools.product(cases, official.items()):
        label = str(year) if rule["year"] == "calendar" else f"{year - 1}-{year % 100:02d}"
        number = pd.to_numeric(raw.get((rule["measure"], numbers[code], str(year)), ""), errors="coerce")
        if pd.isna(number):
            assert (code, name, label) not in printed.index or pd.isna(printed.at[(code, name, label), "value"])
            continue
        share = rule.get("percent", False)
        assert printed.at[(code, name, label), "value"] == pytest.approx(number / (100 if share else 1)), (
            code,
            name,
            year,
        )
        shown += 1
    assert shown > 3_000
