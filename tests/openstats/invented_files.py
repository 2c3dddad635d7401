"""Invented official files in their publishers' layouts, for the tests of the readers. The figures are made up."""

import csv

import pandas as pd
import xlsxwriter

import openstats as opendata

SOUTHAMPTON, ENGLAND = "E06000045", "E92000001"


def workbook(path, **sheets):
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


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


def spoiled(tmp_path, change):
    (tmp_path / "spoiled").mkdir()
    path = file_7(tmp_path / "spoiled" / "File_7.csv")
    frame = pd.read_csv(path, encoding="utf-8-sig")
    change(frame).to_csv(path, index=False)
    return opendata.Store(path.parent)


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


def alter(sex, row, column, by=1):
    def spoil(sheet, rows):
        if sheet == sex:
            rows[row][column] += by
        return rows

    return spoil


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
