"""Packs: what packs.yml may say, and what a finished pack holds."""

import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import toy_quarter as toy

from board_packs.pages.unanswered_fields import without_unanswered
from board_packs.publish.export import Banner
from board_packs.publish.pack_files import open_workbook, pack_folder, workbook
from board_packs.publish.pack_making import PackJob, make_pack, make_packs, shared_by
from board_packs.publish.page_making import Checks
from board_packs.quarter import pack_settings
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import NOTEBOOKS

BANNER = Banner(Quarter(2017, 4), "E06000045", "public", sample=True)
ROWS = [
    dict(measure="referrals", agency="Total", count=40),
    dict(measure="referrals", agency="police", status="suppressed", reason="withheld"),
    dict(measure="referrals", agency="health", status="suppressed", reason="withheld"),
]


@pytest.fixture
def folder(tmp_path):
    return toy.write(tmp_path / "notebooks")


def frames():
    return {"toy": long_table.cells(ROWS, area="E06000045", period="2017-18-Q4")}


def test_every_committed_pack_is_complete_and_every_notebook_is_in_one():
    every = pack_settings.packs()
    assert {"main_board", "monitoring_evaluation", "cdop", "public"} <= set(every)
    assert every["cdop"].audience == "restricted" and every["public"].audience == "public"
    assert {n for pack in every.values() for n in pack.notebooks} == set(pack_settings.notebooks()) - {
        0
    }  # 00 teaches the tools


def test_a_pack_or_a_notebook_can_be_chosen_by_any_of_its_names(folder):
    every, pages = pack_settings.chosen(None, folder)
    assert set(every) == {"main_board", "panel", "public"} and len(pages) == 4
    for name in ("20", "20_places", "20_places.ipynb"):
        cut, pages = pack_settings.chosen([name], folder)
        assert set(cut) == {"main_board", "public"} and pages == {(20, "partnership"), (20, "public")}
    assert pack_settings.chosen(["panel"], folder)[1] == {(10, "restricted")}
    with pytest.raises(UserError, match="Packs: main_board, panel, public. Notebooks: 10_people, 20_places"):
        pack_settings.chosen(["30"], folder)


@pytest.mark.parametrize("text, said", [
    ("a: {title: A, audience: public}", "needs notebooks"),
    ("a: {title: A, audience: friends, notebooks: [10]}", "audiences: restricted"),
    ("a: {title: A, audience: public, notebooks: [30]}", "there are 10_people, 20_places"),
    ("A b: {title: A, audience: public, notebooks: [10]}", "small letters"),
])  # fmt: skip
def test_a_pack_that_cannot_be_made_is_refused(tmp_path, text, said):
    folder = toy.write(tmp_path / "other")
    (folder / "packs.yml").write_text(text)
    from openstats import project_data as settings

    settings.read.cache_clear()
    with pytest.raises(UserError, match=said):
        pack_settings.packs(folder)


def test_two_notebooks_of_one_number_are_refused(folder):
    (folder / "20_other.ipynb").write_text("{}")
    with pytest.raises(UserError, match="same number"):
        pack_settings.notebooks(folder)


def test_the_last_page_says_how_many_and_never_which():
    html = pack_folder.withheld(frames(), BANNER)
    assert "2 of the 3 figures in this pack that are made from partners’ returns are withheld" in html
    for word in ("primary", "secondary", "police"):
        assert word not in html


def test_the_workbook_is_good_practice_and_the_same_twice(tmp_path):
    import openpyxl

    for name in ("a.xlsx", "b.xlsx"):
        workbook.write(tmp_path / name, "Main Board", frames(), BANNER)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Cover", "Contents", "Measures", "Toy"]
    assert list(book["Toy"].tables) == ["toy"]
    texts = [cell.value for row in book["Toy"].iter_rows() for cell in row if cell.value is not None]
    assert texts.count("[c]") == 2 and 40 in texts
    assert any("SAMPLE DATA" in str(cell.value) for cell in book["Cover"]["A"])
    everything = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row).lower()
    assert "note" not in everything  # there is no sheet of notes to send a reader to


def test_the_workbook_says_once_what_is_the_same_and_speaks_in_words(tmp_path):
    import openpyxl

    rows = [
        dict(area=area, period=year, measure="residents", sex="Total", age=age, count=count, unit="people")
        for area, year, age, count in [("E06000045", "2016", "0", 3100), ("E06000045", "2017", "90+", 1500)]
    ]
    quarters = [
        dict(period=p, measure=m, window="1 year", count=n, of=of)
        for p, m, n, of in [("2017-18-Q3", "deaths_notified", 12, None), ("2017-18-Q4", "reviews_completed", 0, 9)]
    ]
    made = {"population_by_age_sex": long_table.cells(rows), "x": long_table.cells(quarters, area="E06000045")}
    workbook.write(tmp_path / "a.xlsx", "Main Board", made, BANNER)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    people = [[cell.value for cell in row] for row in book["Population by age sex"].iter_rows()]
    at = people.index(["Period", "Age", "Count"])
    assert people[at + 1 :] == [[2016, "0", 3100], [2017, "90+", 1500]]  # a year is a number, an age band is not
    above = [row[0] for row in people[:at]]
    assert "Area: Southampton" in above and "Unit: people" in above
    assert "Measure: Usual residents at mid-year." in above  # the words of data/dictionary/tables.yml
    assert not any("sex" in line.lower() for line in above[1:])  # Total throughout says nothing
    other = [[cell.value for cell in row] for row in book["X"].iter_rows()]
    at = other.index(["Period", "Measure", "Count", "Out of"])
    assert other[at + 1 :] == [["2017-18 Q3", "Deaths notified", 12, None], ["2017-18 Q4", "Reviews completed", 0, 9]]
    assert ["Window: 1 year", None, None, None] in other
    links = {cell.value: cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in ("Measures", "Population by age sex", "X")}
    codes = [row[3].value for row in book["Measures"].iter_rows() if row[3].value]
    assert codes == ["Code", "deaths_notified", "residents", "reviews_completed"]


def test_a_sheet_is_frozen_filtered_and_says_what_an_empty_cell_is(tmp_path):
    import openpyxl

    rows = [dict(period="2017-18", measure="a_share", value=0.4567, count=1234, of=2702, unit="share"),
            dict(period="2016-17", measure="a_rate", value=1234.5678, unit="per 10,000")]  # fmt: skip
    workbook.write(tmp_path / "a.xlsx", "Main Board", {"x": long_table.cells(rows, area="E06000045")}, BANNER)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["Contents"].freeze_panes == book["Measures"].freeze_panes == "A4"
    sheet = book["X"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(number for number, line in enumerate(lines, 1) if "Value" in line)
    assert sheet.freeze_panes == f"A{top + 1}" and sheet.tables["x"].autoFilter is not None
    assert any(str(line[0]).startswith("An empty cell") for line in lines[: top - 1])
    formats = {cell.value: cell.number_format for row in sheet.iter_rows(min_row=top + 1) for cell in row if cell.value}
    assert formats[0.4567] == "0.0%" and formats[1234] == "#,##0" and formats[1234.5678] == "#,##0.0##"


def test_a_sheet_has_the_same_cells_and_formats_whichever_stand_before_it(tmp_path):
    """Texts and formats are counted by workbook: a share is the first figure of one, and the third of the other."""
    import openpyxl

    rows = [dict(measure="a_share", value=0.4567, count=1234, of=2702, unit="share"),
            dict(measure="b_share", status="suppressed", unit="share", reason="100 % of <few> & %d")]  # fmt: skip
    shares = long_table.cells(rows, area="E06000045", period="2017-18")
    years = long_table.cells([dict(measure="y", value=1.5, kind=k) for k in "ab"], area="E06000045", period="2017")

    def sheet(name, tables):
        workbook.write(tmp_path / name, "Main Board", tables, BANNER)
        found = openpyxl.load_workbook(tmp_path / name)["Shares"]
        cells = [(c.coordinate, c.value, c.number_format, c.font.b, c.font.sz, c.alignment.horizontal, c.alignment.wrap_text)
                 for row in found.iter_rows() for c in row]  # fmt: skip
        widths = {column: about.width for column, about in found.column_dimensions.items()}
        return cells, widths, found.tables.items(), found.freeze_panes

    alone = sheet("a.xlsx", {"shares": shares})
    assert alone == sheet("b.xlsx", {"years": years, "toy": frames()["toy"], "shares": shares})
    written = {value: (kind, across) for _, value, kind, _, _, across, _ in alone[0]}
    assert written[0.4567] == ("0.0%", "right") and written[1234] == ("#,##0", "right") and "[c]" in written


def test_the_open_workbook_has_the_same_cells_and_nothing_else(tmp_path):
    import openpyxl

    from board_packs.publish.pack_files.workbook_reading import workbook_cells

    workbook.write(tmp_path / "a.xlsx", "Main Board", frames(), BANNER)
    for name in ("a.ods", "b.ods"):
        open_workbook.write(tmp_path / "a.xlsx", tmp_path / name)
    assert (tmp_path / "a.ods").read_bytes() == (tmp_path / "b.ods").read_bytes()
    assert workbook_cells(tmp_path / "a.ods") == workbook_cells(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.ods") as opened:
        assert opened.namelist() == ["mimetype", "content.xml", "settings.xml", "META-INF/manifest.xml"]
        content, settings = (opened.read(name).decode() for name in ("content.xml", "settings.xml"))
    frozen = r'config:name="([^"]+)"><config:config-item config:name="HorizontalSplitMode".*?VerticalSplitPosition"[^>]*>(\d+)<'
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    there = {
        sheet.title: f"A{int(line) + 1}"
        for sheet in book
        for name, line in re.findall(frozen, settings)
        if name == sheet.title
    }
    assert there == {sheet.title: sheet.freeze_panes for sheet in book if sheet.freeze_panes} and len(there) == 3
    ranges = re.findall(r'target-range-address="([^"]+)" table:display-filter-buttons="true"', content)
    tables = {sheet.title: table.ref.split(":") for sheet in book for table in sheet.tables.values()}
    expected = [f"'{name}'.{first}:'{name}'.{last}" for name, (first, last) in tables.items()]
    assert [unescape(where).replace("$", "") for where in ranges] == expected and len(expected) == 3


def test_the_open_workbook_shows_a_share_as_a_share_and_a_count_in_thousands(tmp_path):
    rows = [dict(period="2017-18", measure="a_share", value=0.4567, count=1234, of=2702, unit="share"),
            dict(period="2016-17", measure="a_rate", value=1234.5678, unit="per 10,000")]  # fmt: skip
    workbook.write(tmp_path / "a.xlsx", "Main Board", {"x": long_table.cells(rows, area="E06000045")}, BANNER)
    open_workbook.write(tmp_path / "a.xlsx", tmp_path / "a.ods")
    with zipfile.ZipFile(tmp_path / "a.ods") as opened:
        content = opened.read("content.xml").decode()
    styles = {value: style for style, value in re.findall(r'style-name="(\w+)"[^>]*office:value="([^"]+)"', content)}
    assert [styles[number] for number in ("0.4567", "1234.0", "1234.5678")] == ["share", "count", "value"]


def test_a_sheet_has_what_the_rounding_leaves_of_a_share_and_no_nought_of_a_blank_field(tmp_path):
    """43 of 62 to 47 of 58 are 69.4 to 81.0 %, and Wilson's ends of these 57.03 and 89.07 %; of no referral is the sex
    recorded, which in a pack's CSV is no nought either."""
    more = "partial: 2 rows of hrda refused and missing"
    shares = [
        dict(measure="a_share", low=0.5703, high=0.8907, reason=f"rounded to the nearest 5; {more}"),
        dict(measure="b_share", low=0.6277, high=0.8422),
    ]
    shares = [row | dict(value=0.75, count=45, of=60, unit="share", method="Wilson") for row in shares]
    sexes = [dict(measure="referrals", sex=sex, count=n) for sex, n in (("Total", 9), ("male", 0), ("not recorded", 9))]
    table, _ = workbook.plain(long_table.cells(shares, area="E06000045", period="2017-18"))
    interval = "95% interval, rounding included, 57% to 89%"
    assert table["Note"].tolist() == [f"rounded to the nearest 5: 69% to 82%, {interval}; {more}", ""]
    assert table[["Lower limit", "Upper limit"]].astype(float).round(4).to_numpy().tolist() == [
        [0.5703, 0.8907],
        [0.6277, 0.8422],
    ]
    blank = {"blank": long_table.cells(sexes, area="E06000045", period="2017-18")}
    table, _ = workbook.plain(blank["blank"])
    assert table["Note"].tolist() == ["", "it is recorded of none", ""] and table["Count"].tolist() == [9, "[x]", 9]
    long_table.write(blank, tmp_path / "protected")
    answered = without_unanswered(blank["blank"])
    pack_folder.add_data(tmp_path / "pack", tmp_path / "protected", blank, {"blank": answered})
    sent, exact = tmp_path / "pack" / "data" / "blank.csv", tmp_path / "protected" / "blank.csv"
    assert long_table.load(sent)["status"].tolist() == ["shown", "not_available", "shown"]
    assert pack_folder.is_the_table(sent, exact, blank["blank"], answered)
    assert not pack_folder.is_the_table(exact, exact, blank["blank"], answered)


def test_the_zip_is_the_same_for_the_same_files(tmp_path):
    made = []
    for when in (1, 2):
        place = tmp_path / str(when)
        place.mkdir()
        (place / "index.html").write_text("x")
        pack_folder.write_zip(place, place / "board.zip")
        made.append((place / "board.zip").read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "1" / "board.zip") as held:
        assert held.namelist() == ["board/index.html"]


def test_notebooks_lie_where_the_house_says():
    assert Path(NOTEBOOKS / "packs.yml").is_file()


@pytest.fixture
def place(tmp_path):
    """An area's folder with one page and one table, and the job that makes a pack of them."""
    long_table.write(frames(), tmp_path / "protected" / "public")
    page = tmp_path / "10_people.html"
    main = '<main id="main" tabindex="-1"><nav class="on-this-page"><a href="#a">A</a></nav><p>There were 40 referrals. <a class="data" href="data/toy.csv">Data</a></p></main>'
    page.write_text(f"<html>{main}</html>")
    entry = pack_folder.Entry(10, "What of HR-2017-0001?", "There were 40.", file=str(page))
    pack = pack_settings.Pack("public", "Public", "public", (10,))

    def make(identifiers=(), same=False):
        checks = Checks(identifiers=list(identifiers))
        return make_pack(
            PackJob(tmp_path, pack, [entry], tmp_path / "protected" / "public", ["toy"], BANNER, checks, same)
        )

    return tmp_path, make


def test_a_pack_that_is_kept_is_still_checked(place):
    folder, make = place
    first = make()
    before = {p: p.stat().st_mtime_ns for p in (folder / "packs" / "public").iterdir()}
    kept = make(same=True)
    assert kept == replace(first, reused=True)
    assert {p: p.stat().st_mtime_ns for p in (folder / "packs" / "public").iterdir()} == before
    refused = make([["referral_id", "identifier", "HR-2017-0001"]], same=True)  # it came with a later return
    assert refused.status == "refused" and "identifiers" in refused.reasons[0]
    assert not (folder / "packs" / "public").exists() and (folder / "quarantine" / "packs" / "public").is_dir()


def test_a_pack_holds_its_first_page_its_data_and_itself_as_one_file(place):
    folder, make = place
    answer = make()
    assert answer.status == "released"
    pack = folder / "packs" / "public"
    assert {"summary.html", "public.html", "tables.ods", "data/toy.csv"} <= set(answer.files)
    assert (pack / "data" / "toy.csv").read_bytes() == (folder / "protected" / "public" / "toy.csv").read_bytes()
    with zipfile.ZipFile(pack / "public.zip") as packed:  # the one file is mailed instead of it
        assert "public/public.html" not in packed.namelist() and "public/data/toy.csv" in packed.namelist()
    single = (pack / "public.html").read_text()
    places = re.findall(r'\bid="([^"]+)"', single)
    assert len(places) == len(set(places))
    for target in re.findall(r'href="#([^"]+)"', single):
        assert target in places
    assert "There were 40 referrals." in single and "data/" not in single  # which the one file does not have with it
    assert single.count("<h1") == 1 and not re.search(r'href="(?!#|https:)', single)
    listed = re.findall(
        r"<nav (.*?)</nav>", single
    )  # one list, of its pages; theirs stay behind, as two would share a name
    assert len(listed) == 1 and re.findall(r">([^<]+)</a>", listed[0])[0] == "Public: what needs attention"
    heads, *rows = (pack / "data" / "measures.csv").read_text().splitlines()
    assert (
        heads == "Measure,What it counts,Files,Code"
        and rows[0].startswith("Referrals,")
        and rows[0].endswith(",referrals")
    )


def test_a_table_that_was_exchanged_after_it_was_protected_is_refused(place, monkeypatch):
    folder, make = place
    write_bytes = Path.write_bytes

    def exchanged(path, content):
        return write_bytes(path, content.replace(b"40", b"41") if path.parent.name == "data" else content)

    monkeypatch.setattr(Path, "write_bytes", exchanged)
    assert "toy.csv: is not the protected table" in make().reasons


def test_packs_of_one_audience_are_each_what_they_would_be_alone_and_one_that_breaks_stops_no_other(place):
    folder, _ = place
    tables = folder / "protected" / "public"
    more = {name: frames()["toy"].assign(measure=name) for name in ("other", "third")}
    long_table.write(more, tables)
    entry = pack_folder.Entry(10, "How many?", "There were 40.", file=str(folder / "10_people.html"))

    def job(name, used, into):
        pack = pack_settings.Pack(name, name.title(), "public", (10,))
        return PackJob(into, pack, [entry], tables, used, BANNER, Checks())

    asked = [("first", ["other", "toy"]), ("second", ["third", "toy"]), ("third", ["toy"])]
    alone = [make_pack(job(name, used, folder / "alone")) for name, used in asked]
    broken = replace(job("broken", ["toy"], folder), entries=[replace(entry, file="nowhere.html")])
    together = make_packs([broken, *(job(name, used, folder / "together") for name, used in asked)])
    assert together[0].status == "failed" and "FileNotFoundError" in together[0].reasons[0]
    assert [answer.status for answer in alone] == ["released"] * 3
    assert together[1:] == alone  # each file by its hash


def test_a_pack_may_print_no_figure_of_a_table_that_only_another_pack_of_its_audience_reads(place):
    folder, _ = place
    tables = folder / "protected" / "public"
    long_table.write({"other": frames()["toy"].assign(count=987_654)}, tables)
    shared = shared_by(PackJob(folder, None, [], tables, [], BANNER, Checks()))
    both = shared.frames(tables, ["toy", "other"])
    assert shared.shown(both).has(987_654)
    assert not shared.shown({"toy": both["toy"]}).has(987_654)
