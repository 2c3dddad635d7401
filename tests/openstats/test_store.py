"""Reading official files: known by content in any layout, parsed once, and never silently wrong."""

import csv
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

import openstats as opendata
from board_packs.tables import Inputs, build
from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import parsed_copies, readers
from openstats.deprivation_indices import INDICES
from openstats.file_kinds import kind

SHARED = Path(__file__).parents[3] / "shared"
OPEN = SHARED / "open-data"
shared = pytest.mark.skipif(not OPEN.is_dir(), reason="needs the official files in ../shared/open-data")
SOUTHAMPTON, ENGLAND = "E06000045", "E92000001"


@pytest.fixture(scope="module")
def store():
    return opendata.Store(OPEN)


@pytest.fixture
def bare(tmp_path):
    return opendata.Store(tmp_path / "nothing")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: folder)
    return folder


def workbook(path, **sheets):
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


# --- the Indices: File 7, or Files 1, 3, 5, 6 and 9 ----------------------------------------------------------------

LONG = {
    "imd": "Index of Multiple Deprivation (IMD)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, Skills and Training",
    "health": "Health Deprivation and Disability",
    "crime": "Crime",
    "barriers": "Barriers to Housing and Services",
    "living_environment": "Living Environment",
    "idaci": "Income Deprivation Affecting Children Index (IDACI)",
    "idaopi": "Income Deprivation Affecting Older People (IDAOPI)",
}
POPULATIONS = {
    "total": "Total population: mid 2015 (excluding prisoners)",
    "children": "Dependent Children aged 0-15: mid 2015 (excluding prisoners)",
    "middle": "Population aged 16-59: mid 2015 (excluding prisoners)",
    "older": "Older population aged 60 and over: mid 2015 (excluding prisoners)",
    "working": "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)",
}
SUB = ["Children and Young People Sub-domain", "Adult Skills Sub-domain", "Geographical Barriers Sub-domain"]
KEYS = [
    "LSOA code (2011)",
    "LSOA name (2011)",
    "Local Authority District code (2019)",
    "Local Authority District name (2019)",
]
PLACES = [[f"E01017{n}", f"Southampton {n}", SOUTHAMPTON, "Southampton"] for n in range(136, 142)]


def figure(index, kind_, row):
    """An invented figure for each neighbourhood, different for every index."""
    rank = 1 + 500 * row + 37 * list(LONG).index(index)
    return {"Rank": rank, "Decile": 1 + rank * 10 // 32_845, "Score": round(90 - rank / 400, 3)}[kind_]


def headings(index):
    rate = " (rate)" if index in ("income", "employment", "idaci", "idaopi") else ""
    return {
        "Score": f"{LONG[index]} Score{rate}",
        "Rank": f"{LONG[index]} Rank (where 1 is most deprived)",
        "Decile": f"{LONG[index]} Decile (where 1 is most deprived 10% of LSOAs)",
    }


def population(name, row):
    return 300 * (row + 1) + list(POPULATIONS).index(name) + (0.25 if name == "working" else 0)


def file_7(path):
    heads = [h for index in LONG for h in headings(index).values()]
    subs = [f"{name} {what}" for name in SUB for what in ("Score", "Rank (where 1 is most deprived)")]
    with open(path, "w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow([*KEYS, *heads, *subs, *POPULATIONS.values()])
        for row, place in enumerate(PLACES):
            figures = [figure(index, kind_, row) for index in LONG for kind_ in ("Score", "Rank", "Decile")]
            writer.writerow([*place, *figures, *[9] * len(subs), *[population(name, row) for name in POPULATIONS]])
    return path


def files_apart(folder):
    """Files 1, 2, 3, 5 and 6: a notes sheet first, as published, and rows in another order."""
    folder.mkdir()

    def write(name, columns):
        heads = [h for h, _ in columns]
        rows = [[*place, *[value(row) for _, value in columns]] for row, place in enumerate(PLACES)]
        workbook(folder / name, Notes=[["Notes"]], Table=[[*KEYS, *heads], *reversed(rows)])

    def ranks(*indices, kinds=("Rank", "Decile")):
        return [(headings(i)[k], lambda row, i=i, k=k: figure(i, k, row)) for i in indices for k in kinds]

    write("File 1.xlsx", ranks("imd"))
    write("File 2.xlsx", ranks(*[i for i in LONG if i not in ("idaci", "idaopi")]))
    write("File 3.xlsx", ranks("imd", "idaci", "idaopi"))
    write("File 5.xlsx", ranks(*LONG, kinds=("Score",)))
    write("File 6.xlsx", [(h, lambda row, n=n: population(n, row)) for n, h in POPULATIONS.items()])
    return folder


def test_file_7_and_the_smaller_files_give_the_same_table(tmp_path, cache):
    (tmp_path / "seven").mkdir()
    file_7(tmp_path / "seven" / "anything.csv")
    one = opendata.Store(tmp_path / "seven").lsoas(2019)
    many = opendata.Store(files_apart(tmp_path / "apart")).lsoas(2019)
    keys = ["index", "lsoa"]
    text = dict.fromkeys(["area", "area_name", "lsoa", "lsoa_name", "index"], "str")
    one, many = (f.astype(text).sort_values(keys, ignore_index=True) for f in (one, many))
    pd.testing.assert_frame_equal(one, many)
    assert set(one["index"]) == set(INDICES) and len(one) == 10 * len(PLACES)
    row = one[(one["index"] == "idaci") & (one["lsoa"] == "E01017138")].iloc[0]
    assert (row["rank"], row["decile"], row["score"]) == tuple(
        figure("idaci", k, 2) for k in ("Rank", "Decile", "Score")
    )
    assert (row["total"], row["children"], row["older"], row["working"]) == (900, 901, 903, 904.25)


def test_what_the_files_present_cannot_give_is_blank(tmp_path, cache):
    folder = files_apart(tmp_path / "apart")
    for name in ("File 2.xlsx", "File 5.xlsx", "File 6.xlsx"):
        (folder / name).unlink()
    held = opendata.Store(folder).lsoas(2019)
    assert set(held["index"]) == {"imd", "idaci", "idaopi"}
    assert held[["score", "total", "children"]].isna().all().all() and held["rank"].notna().all()


def spoiled(tmp_path, change):
    (tmp_path / "spoiled").mkdir()
    path = file_7(tmp_path / "spoiled" / "File_7.csv")
    frame = pd.read_csv(path, encoding="utf-8-sig")
    change(frame).to_csv(path, index=False)
    return opendata.Store(path.parent)


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda f: pd.concat([f, f.head(2)]), "2 neighbourhoods stand twice"),
        (lambda f: f.assign(**{KEYS[2]: "E06009999"}), "1 not of English authorities (E06009999"),
        (
            lambda f: f.assign(**{KEYS[0]: f[KEYS[0]].str.replace("E", "W")}),
            "6 codes are not of English neighbourhoods",
        ),
        (lambda f: f.assign(**{headings("crime")["Decile"]: [0, 11, 1, 1, 1, 1]}), "impossible for 2 neighbourhoods"),
        (lambda f: f.assign(**{headings("imd")["Rank"]: [1, "", 3, 4, 5, 6]}), "impossible for 1 neighbourhoods"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_the_count(tmp_path, cache, change, said):
    with pytest.raises(opendata.NotAsNamed) as refused:
        spoiled(tmp_path, change).lsoas(2019)
    assert said in str(refused.value)


def test_files_of_different_releases_are_not_mixed(tmp_path, cache):
    folder = files_apart(tmp_path / "apart")
    changed = pd.read_excel(folder / "File 3.xlsx", sheet_name="Table", engine="calamine")
    changed[headings("imd")["Rank"]] += 1
    workbook(folder / "File 3.xlsx", Table=[list(changed.columns), *changed.values.tolist()])
    with pytest.raises(opendata.NotAsNamed, match="differ in imd rank for 6 neighbourhoods"):
        opendata.Store(folder).lsoas(2019)


def test_a_missing_neighbourhood_leaves_the_tables_empty_and_says_how_many(tmp_path, cache):
    """A part of the country can be mapped; nothing is summarised from it."""
    held = spoiled(tmp_path, lambda f: f)
    assert not held.whole(2019) and held.lacking(2019) == 32_844 - 6
    inputs = Inputs(Quarter.parse("2017-18-Q4"), ("E08000003",), {}, None, held)
    made = build(inputs, only=["deprivation_summary"])["deprivation_summary"]
    assert made["status"].eq("not_available").all() and made["value"].isna().all()


def test_a_bad_file_makes_its_tables_not_available_and_nothing_else(tmp_path, cache):
    held = spoiled(tmp_path, lambda f: pd.concat([f, f.head(2)]))
    inputs = Inputs(Quarter.parse("2017-18-Q4"), (SOUTHAMPTON,), {}, None, held)
    made = build(inputs, only=["deprivation_deciles", "children"])
    assert "2 neighbourhoods stand twice" in made["deprivation_deciles"]["reason"].iloc[0]
    assert made["children"]["status"].eq("shown").all()


# --- population ----------------------------------------------------------------------------------------------------


def mye(path, ages=None, spoil=lambda sheet, rows: rows, geography=True):
    """A mid-year workbook of Southampton and of Hampshire with one district, in the layout of 2017 or of 2016."""
    codes = [
        (SOUTHAMPTON, "Southampton"),
        ("E10000014", "Hampshire"),
        ("E07000093", "Test Valley"),
        (ENGLAND, "ENGLAND"),
    ]
    sheets = {}
    for sheet, sex, times in [("MYE2 - All", "Persons", 3), ("MYE2 - M", "Males", 1), ("MYE2 - F", "Females", 2)]:
        extra = ["Geography1"] if geography else []
        rows = [["Contents"], [], [f"MYE2: Population estimates: {sex} by single year of age and sex, mid-2017"], []]
        rows.append(["Code", "Name", *extra, "All ages", *range(90), "90+"])
        for code, name in codes:
            counts = [times * (10 + age % 7) for age in range(91)]
            rows.append([code, name, *["Region"][: len(extra)], sum(counts), *counts])
        sheets[sheet] = spoil(sex, rows)
    book = xlsxwriter.Workbook(path)
    for name, rows in {"Contents": [["Contents"]], **sheets}.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize("geography", [True, False])
def test_a_mid_year_workbook_in_either_layout(tmp_path, geography):
    path = mye(tmp_path / "some name.xlsx", geography=geography)
    assert kind(path) == "mid_year_estimates"
    made = readers.population.workbook(path)
    own = made[(made["area"] == SOUTHAMPTON) & (made["sex"] == "female")]
    assert own["population"].tolist() == [2 * (10 + age % 7) for age in range(91)] and set(made["mid_year"]) == {2017}


def alter(sex, row, column, by=1):
    def spoil(sheet, rows):
        if sheet == sex:
            rows[row][column] += by
        return rows

    return spoil


@pytest.mark.parametrize(
    "spoil, said",
    [
        (alter("Males", 5, 10), "ages that do not add to all ages in 1 areas"),
        (lambda s, r: alter(s, 5, 10)(s, alter(s, 5, 3)(s, r)) if s == "Males" else r, "do not add to persons in 1"),
        (lambda s, r: [row[:-1] if len(row) > 9 else row for row in r], "every single year of age"),
        (lambda s, r: alter(s, 7, 3, 3 if s == "Persons" else 1 + (s == "Females"))(
            s, alter(s, 7, 4, 3 if s == "Persons" else 1 + (s == "Females"))(s, r)),
         "districts do not add to the county"),
    ],
)  # fmt: skip
def test_a_total_that_is_not_its_parts_is_refused(tmp_path, spoil, said):
    with pytest.raises(opendata.NotAsNamed, match=said):
        readers.population.workbook(mye(tmp_path / "mye.xlsx", spoil=spoil))


def nomis_rows(areas=(SOUTHAMPTON,), years=(2016, 2024)):
    for area in areas:
        for year in years:
            for sex, times in (("Male", 1), ("Female", 2)):
                for age in range(91):
                    yield [year, "name", area, sex, f"Age {age}" if age < 90 else "Age 90+", 20100, times * (age + 1)]


def nomis(path, rows):
    heads = ["DATE_NAME", "GEOGRAPHY_NAME", "GEOGRAPHY_CODE", "GENDER_NAME", "C_AGE_NAME", "MEASURES", "OBS_VALUE"]
    pd.DataFrame(rows, columns=heads).to_csv(path, index=False)
    return path


def test_nomis_gives_the_current_series_and_counties_are_added_up(tmp_path, cache):
    from openstats import authorities as areas

    folder = tmp_path / "held"
    folder.mkdir()
    districts = areas.districts("E10000014", date(2024, 6, 30))
    assert kind(nomis(folder / "x.csv", list(nomis_rows((SOUTHAMPTON, *districts))))) == "nomis_population"
    store = opendata.Store(folder)
    held = store.population([SOUTHAMPTON, "E10000014"])
    one = held[held["vintage"] == "current series"].groupby(["area", "mid_year"])["population"].sum()
    each = 3 * sum(range(1, 92))
    assert one.to_dict() == {(a, y): each * n for a, n in ((SOUTHAMPTON, 1), ("E10000014", 11)) for y in (2016, 2024)}
    children = store.children().set_index(["area", "mid_year", "vintage"])["population_0_17"]
    assert children[SOUTHAMPTON, 2016, "first published"] == 49_901  # stands beside the revised series


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda rows: rows[:-5], "1 combinations"),  # cut off at the server's 25,000 rows
        (lambda rows: [*rows, [2016, "n", SOUTHAMPTON, "Male", "All Ages", 20100, 1]], "do not add to all ages in 1"),
        (lambda rows: [[*row[:6], ""] if row[4] == "Age 3" else row for row in rows], "4 combinations"),
    ],
)
def test_a_nomis_file_that_was_cut_or_contradicts_itself(tmp_path, change, said):
    path = nomis(tmp_path / "x.csv", change(list(nomis_rows())))
    with pytest.raises(opendata.NotAsNamed, match=said):
        readers.population.nomis(path)


# --- what is held --------------------------------------------------------------------------------------------------


def test_nothing_is_parsed_twice_and_the_folder_is_never_written_to(tmp_path, cache, monkeypatch):
    folder = tmp_path / "held"
    folder.mkdir()
    mye(folder / "mye.xlsx")
    folder.chmod(0o555)
    first = opendata.Store(folder).population()
    copies = {p.name for p in cache.glob("*.parquet")}
    assert len(copies) == 1 and [p.name for p in folder.iterdir()] == ["mye.xlsx"]

    def refuse(path):
        raise AssertionError("read again")

    monkeypatch.setitem(readers.READERS, "mid_year_estimates", refuse)
    pd.testing.assert_frame_equal(opendata.Store(folder).population(), first)
    folder.chmod(0o755)
    shutil.move(folder / "mye.xlsx", folder / "renamed.bin")  # the content is the same, and known
    pd.testing.assert_frame_equal(opendata.Store(folder).population(), first)


def test_a_fingerprint_changes_with_its_own_set_only(tmp_path, cache):
    folder = tmp_path / "held"
    folder.mkdir()
    nothing = opendata.fingerprint(folder)
    mye(folder / "mye.xlsx")
    some = opendata.fingerprint(folder)
    assert {name for name in some if some[name] != nothing[name]} == {"mid_year_estimates"}
    file_7(folder / "seven.csv")
    more = opendata.fingerprint(folder)
    assert {name for name in more if more[name] != some[name]} == {"iod2019"}


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"<html></html>", b"a,b\n1,2\n", b"\xff\xfe\x00", b"{}"]
)
def test_any_other_file_is_nobodys(tmp_path, content):
    path = tmp_path / "File_1_IMD.xlsx"
    path.write_bytes(content)
    assert kind(path) == ""


# --- the worked example, without any national file ------------------------------------------------------------------


def test_data_reference_serves_southampton(bare):
    assert bare.lsoas(2015)["lsoa"].nunique() == 148 and bare.lsoas(2025)["lsoa"].nunique() == 152
    outlines = bare.boundaries(2011)
    assert len(outlines) == 148 and outlines.crs.to_epsg() == 27_700 and outlines.attrs["repaired"] == 0
    assert outlines.area.sum() / 1e6 == pytest.approx(50, abs=3)  # the city has about 50 square kilometres
    assert set(bare.lookup()["change"]) == {"U", "S"}
    births = bare.births_infant_deaths().set_index("year")
    assert births.loc[2016, "infant_deaths"] == 16 and np.isnan(births.loc[2017, "live_births"])
    lac = bare.indicators()
    own = lac[(lac["measure_code"] == "LAC") & (lac["area"] == SOUTHAMPTON) & (lac["period"] == "2018")]
    assert own["value"].tolist() == [104]  # DfE: 104 per 10,000 at 31 March 2018


def test_what_is_not_held_is_named_with_how_to_get_it(bare):
    for call in (lambda: bare.boundaries(2021), lambda: bare.neighbours("E08000035"), lambda: bare.lsoas(2010)):
        with pytest.raises(opendata.Missing, match="lscb fetch"):
            call()


def test_the_neighbour_list_in_force_or_the_nearest_is_named(bare):
    early = bare.neighbours(SOUTHAMPTON, date(2018, 3, 31))
    assert early["model_year"].unique().tolist() == [2021] and "31 March 2018 is not held" in early.attrs["note"]
    assert bare.neighbours(SOUTHAMPTON, date(2025, 4, 30))["model_year"].iloc[0] == 2021
    late = bare.neighbours(SOUTHAMPTON, date(2025, 5, 1))
    assert late["area_name"].tolist()[0] == "Coventry" and late.attrs["note"] == "DfE's list of 2025"


def test_dfe_symbols_are_states_and_never_nought():
    from openstats.dfe_symbols import tidy

    rows = [
        dict(measure_code="A", measure="A", period="2018", area="x", value=v) for v in ["0", "1.5", "c", "z", "-", ""]
    ]
    made = tidy(pd.DataFrame(rows))
    assert made["status"].tolist() == [
        "shown",
        "shown",
        "suppressed",
        "not_applicable",
        "not_available",
        "not_available",
    ]
    assert made["value"].tolist()[:2] == [0, 1.5] and made["value"][2:].isna().all()


# --- the official files --------------------------------------------------------------------------------------------


@pytest.mark.shared
@shared
def test_the_official_files_agree_with_data_reference(store, bare):
    keys = ["area", "mid_year", "sex", "age", "vintage"]
    both = store.population().merge(bare.population(), on=keys, validate="one_to_one")
    assert len(both) == len(bare.population()) and both["population_x"].equals(both["population_y"])
    children = store.children().merge(bare.children(), on=["area", "mid_year", "vintage"], validate="one_to_one")
    assert len(children) == 90 and children["population_0_17_x"].equals(children["population_0_17_y"])
    keys = ["measure_code", "period", "area"]
    figures = bare.indicators().merge(store.indicators(), on=keys, validate="one_to_one", suffixes=("", "_here"))
    assert len(figures) == len(bare.indicators()) and np.allclose(
        figures["value"], figures["value_here"], equal_nan=True
    )
    births = store.births_infant_deaths()
    own = births[births["area"] == SOUTHAMPTON].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, bare.births_infant_deaths(), check_dtype=False)


@pytest.mark.shared
@shared
def test_outlines_are_mended_and_counted(store):
    outlines = store.boundaries(2011)
    assert (len(outlines), outlines.attrs["repaired"]) == (34_753, 3)
    assert outlines.geometry.is_valid.all() and set(outlines.geom_type) <= {"Polygon", "MultiPolygon"}
    assert len(store.boundaries(2021)) == 35_672


@pytest.mark.shared
@shared
def test_every_authority_has_births_and_deaths_in_every_year(store):
    """The workbooks to 2014 have no codes: names, footnotes and hyphens must not lose one."""
    from openstats import authorities as areas

    held = store.births_infant_deaths()
    for year in range(2010, 2018):
        there = set(held.loc[held["year"] == year, "area"])
        lost = [areas.name(code) for code in areas.upper_tier(date(year, 7, 1)) if code not in there]
        assert set(lost) <= {"City of London", "Isles of Scilly"}, year  # published with Hackney and Cornwall
    england = held[held["area"] == ENGLAND].set_index("year")
    assert england.loc[2016, ["live_births", "infant_deaths"]].tolist() == [663_157, 2_587]  # ONS 2016


@pytest.mark.shared
@shared
def test_recoded_authorities_stand_under_both_codes_and_are_marked(store):
    figures = store.indicators(["LAC"])
    one = figures[figures["period"] == "2018"].set_index("area")
    assert one.loc["E10000002", "value"] == one.loc["E06000060", "value"]  # Buckinghamshire
    assert one.loc["E10000002", "recoded"] and not one.loc["E06000060", "recoded"]


def test_a_user_error_is_one_line():
    assert issubclass(opendata.NotAsNamed, UserError) and issubclass(opendata.NotAsNamed, opendata.Missing)
    assert "\n" not in str(opendata.Missing("iod2019", "the deprivation of Leeds"))
