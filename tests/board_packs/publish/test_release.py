"""The release check: each rule refuses what it is for, and lets an honest page through."""

import base64
import struct
import zlib
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_identifiers import PLANTED

from board_packs.publish import release
from board_packs.publish.export import page_assets
from board_packs.publish.release import RULES, Allowed, check
from board_packs.publish.release.identifiers import Identifiers, dates
from board_packs.publish.release.shown import Figures
from board_packs.publish.run_state import run_number
from lscb import long_table
from returncheck.number_shapes import nhs_number

# Every value here is invented. 943 476 5919 is the number with which the NHS data dictionary explains its check digit.
VALUES = [
    ["referral_id", "identifier", "HR-2017-0042"],
    ["born_on", "date", "2011-05-09"],
    ["lsoa", "lsoa", "E01099999"],
    ["circumstances", "text", "Mother Zelda Quux moved in March"],
]
TABLE = (
    '<div class="table" role="region" tabindex="0" aria-label="Referrals"><table><caption>Referrals</caption>'
    '<thead><tr><th scope="col">Quarter</th><th scope="col">Referrals</th></tr></thead>'
    '<tbody><tr><th scope="row">2017-18-Q4</th>'
    "<td>1,234</td></tr></tbody></table></div>"
)


def png(**texts) -> str:
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    for name, (kind, data) in texts.items():
        body += chunk(kind, name.encode() + b"\0" + data)
    body += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def page(body: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>How many?</title><style>p{{color:#111}}</style>{head}</head>'
        f'<body><main><h1>How many?</h1><p class="answer">There were 1,234 referrals, 26.8% of them repeats.</p>{TABLE}'
        f'<figure><img alt="Line chart. Referrals rise." src="{png()}"></figure>{body}</main></body></html>'
    )


ALLOWED = Allowed(Identifiers(VALUES), Figures([1234, 0.2681], ["2017-18-Q4"]), beside=frozenset({"index.html"}))


def test_an_honest_page_may_leave():
    assert check(page('<a href="index.html">All pages</a> <a href="https://www.gov.uk/x">Source</a>'), ALLOWED) == []


@pytest.mark.parametrize(
    "written",
    ["HR-2017-0042", "hr-2017-0042", "HR 2017 0042", "hr20170042", "HR/2017/0042", "HR–2017–0042", "(HR-2017-0042)"],
)
def test_an_identifier_is_known_in_any_usual_way_of_writing_it(written):
    assert check(page(f"<p>The case {written} was first.</p>"), ALLOWED) == ["identifiers: a value of referral_id"]


@pytest.mark.parametrize(
    "written",
    [
        "2011-05-09", "2011-05-09T00:00:00", "20110509", "09/05/2011", "9/5/2011", "09.05.2011", "09-05-2011", "9/5/11",
        "9 May 2011", "9th May 2011", "09 May 11", "May 9, 2011", "9-May-2011", "2011 May 9", "09052011", "2011/05/09",
    ],
)  # fmt: skip
def test_a_date_of_birth_is_known_in_any_usual_format(written):
    assert "identifiers: a date of born_on" in check(page(f"<p>Born {written}.</p>"), ALLOWED)
    assert check(page(f"<p>It was {written}.</p>"), ALLOWED) == ["identifiers: a date of born_on"]


PLACES = {
    "text": "<p>{}</p>",
    "attribute": '<p title="{}">x</p>',
    "alternative text": '<img alt="Chart of {}" src="data:image/gif;base64,R0lGOD">',
    "comment": "<!-- {} -->",
    "data attribute": '<p data-note="{}">x</p>',
    "link": '<a href="index.html#{}">x</a>',
    "path of a drawing": '<svg aria-label="A chart"><path d="M1,2 {}"/></svg>',
    "place in a drawing": '<svg aria-label="A chart"><rect x="{}" y="1"/></svg>',
    "style": "<style>p::after{{content:'{}'}}</style>",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "planted", ["HR-2017-0042", "9 May 2011", "943 476 5919", "SO99 9ZZ", "Zelda Quux", "E01099999"]
)
def test_an_identifier_is_found_wherever_a_page_can_carry_it(place, planted):
    reasons = check(page(PLACES[place].format(planted)), ALLOWED)
    assert [reason for reason in reasons if reason.startswith("identifiers")]
    assert not any(planted in reason for reason in reasons)  # the manifest must not repeat it


@pytest.mark.parametrize("planted", ["&#72;R-2017-0042", "HR%2D2017%2D0042", r"\48R-2017-0042"])
def test_an_identifier_in_other_letters_is_found_in_a_comment_too(planted):
    body = f"<p>5% &amp; more</p><!-- <b>{planted}</b> --><p>x</p>"
    assert "identifiers: a value of referral_id" in check(page(body), ALLOWED)


def test_the_places_of_a_drawing_are_no_reference():
    allowed = Allowed(Identifiers([["case_id", "identifier", "L1234"]]))
    drawn = '<svg aria-label="A chart"><path d="M1.5,2L123.4,56.7Z"/><circle cx="12.3" cy="4" r="2"/></svg>'
    assert check(page(drawn), allowed) == []
    assert check(page(drawn.replace("chart", "chart of L123.4")), allowed) == ["identifiers: a value of case_id"]


@pytest.mark.parametrize("kind, data", [
    (b"tEXt", b"case HR-2017-0042"),
    (b"zTXt", b"\0" + zlib.compress(b"case HR-2017-0042")),
    (b"iTXt", b"\0\0\0\0case HR-2017-0042"),
])  # fmt: skip
def test_an_image_cannot_carry_an_identifier_in_its_metadata(kind, data):
    image = f'<img alt="A chart" src="{png(Comment=(kind, data))}">'
    assert check(page(image), ALLOWED) == ["identifiers: a value of referral_id"]


def test_a_drawing_in_a_data_uri_is_read():
    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'><text>HR-2017-0042</text></svg>").decode()
    image = f'<img alt="A chart" src="data:image/svg+xml;base64,{svg}">'
    assert check(page(image), ALLOWED) == ["identifiers: a value of referral_id"]


@pytest.mark.parametrize("number, valid", [("9434765919", True), ("9434765918", False), ("0000000000", False)])
def test_an_nhs_number_is_known_by_its_check_digit(number, valid):
    assert nhs_number(number) is valid
    found = check(page(f"<p>{number[:3]} {number[3:6]} {number[6:]}</p>"), ALLOWED)
    assert found == (["identifiers: an NHS number", "people: what looks like an NHS number"] if valid else [])


def test_numbers_of_neighbouring_cells_are_not_put_together():
    row = "<table><caption>x</caption><tr><td>943</td><td>476</td><td>5919</td></tr></table>"
    assert check(page(row), Allowed()) == []


@pytest.mark.parametrize("fine", ["31 March 2018", "2018-03-31", "2017-18-Q4", "E01012345", "Quarter 4", "mid-2016"])
def test_periods_and_other_places_are_not_identifiers(fine):
    assert check(page(f"<p>{fine}</p>"), ALLOWED) == []


def test_a_date_of_the_repositorys_own_words_may_stand():
    allowed = Allowed(Identifiers(VALUES), None, "In force since 9 May 2011.")
    assert check(page("<p>In force since 9 May 2011.</p>"), allowed) == []


def test_a_label_of_an_official_table_may_stand():
    allowed = Allowed(Identifiers(VALUES, {"E01099999"}), None)
    assert check(page("<p>E01099999</p>"), allowed) == []


GIF = "data:image/gif;base64,R0lGOD"
BROKEN = {
    "unseen": ["<p>There were 12\u202e34.</p>", "<p>a\u200bb</p>", '<p title="\u2067x">y</p>'],
    "people": ["<p>The board heard of Emma Patel.</p>"],
    "code": [
        '<div class="input_area">x</div>',
        "<pre>import pandas as pd</pre>",
        "<pre>def f():\n pass</pre>",
        "<p>In [3]:</p>",
    ],
    "tracebacks": [
        "<pre>Traceback (most recent call last)</pre>",
        "<pre>ValueError: no</pre>",
        '<pre>File "a.py", line 3</pre>',
    ],
    "paths": [
        "<p>/home/ann/x.csv</p>",
        "<p>C:\\Users\\ann</p>",
        "<p>\\\\server\\share</p>",
        '<p title="file:///x">x</p>',
        "<!-- /srv/lscb/data -->",
    ],
    "outside": [
        '<script src="x.js"></script>',
        '<img alt="Map of x" src="https://a.example/x.png">',
        "<iframe></iframe>",
        '<meta http-equiv="refresh" content="1">',
        '<link rel="stylesheet" href="https://a.example/x.css">',
        "<style>@import 'x.css'</style>",
        '<p style="background:url(https://a.example/x)">x</p>',
        '<p onclick="x()">x</p>',
        '<a href="javascript:x()">x</a>',
        '<img alt="Map of x" srcset="https://a.example/x 2x" src="data:,x">',
    ],
    "links": [
        '<a href="http://localhost:8888/x">x</a>',
        '<a href="../working/x.csv">x</a>',
        '<a href="http://intranet/x">x</a>',
    ],
    "alternatives": [
        f'<img src="{GIF}">',
        f'<img alt="" src="{GIF}">',
        "<svg></svg>",
        f'<img alt="No description has been provided for this image" src="{GIF}">',
    ],
    "structure": [
        "<h3>Too deep</h3>",
        "<h1>Another</h1>",
        "<table><tr><td>x</td></tr></table>",
        "<table><caption>x</caption><tr><th>x</th></tr></table>",
    ],
    "numbers": [
        '<p class="answer">There were 1,235.</p>',
        "<table><caption>x</caption><tr><td>26.9%</td></tr></table>",
    ],
}


@pytest.mark.parametrize("rule, body", [(rule, body) for rule, bodies in BROKEN.items() for body in bodies])
def test_each_rule_refuses_what_it_is_for(rule, body):
    reasons = check(page(body), ALLOWED)
    assert any(reason.startswith(f"{rule}: ") for reason in reasons), reasons


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES if rule.__name__ != "identifiers"])
def test_without_a_rule_something_would_leave(rule):
    others = tuple(r for r in RULES if r.__name__ != rule)
    assert any(check(page(body), ALLOWED, others) == [] for body in BROKEN[rule])


def test_a_page_without_language_or_title_is_refused():
    assert "structure: does not say its language" in check(page().replace(' lang="en-GB"', ""), ALLOWED)
    assert "structure: has no title" in check(page().replace("How many?</title>", "</title>"), ALLOWED)


FIGURES = Figures([522, 0.19565217, 103.767, 2.5, -0.12, 43], ["0-4", "15-24 years", "per 10,000"])


@pytest.mark.parametrize("text", [
    "522", "19.6%", "19.57%", "20%", "103.8", "104", "12.0%", "−12.0%", "0-4", "2017-18", "31 March 2018", "Q4", "2.5",
    "103.8 per 10,000", "withheld", "–", "43rd", "15-24 years", "£43", "2016", "aged 0 to 4", "within 45 working days",

    "a rate of 43 per 10,000", "five years", "two charts", "19.6 per cent", "decile 3", "forty-three",
    "forty-three boys", "one child", "\u221212.0 to +19.6 percentage points", "the 95% interval", "95% confidence intervals",
])  # fmt: skip
def test_a_rounding_of_a_figure_is_explained(text):
    assert FIGURES.explain(text)


@pytest.mark.parametrize("text", [
    "521", "19.7%", "103.7", "1 of 523", "12.1%", "44th", "2",
    "3", "4", "0",  # 2.5 rounds to 3, and 0-4 is a label: neither is a count of 3 or 4
    "4 deaths aged 0-4", "15 of them", "52200", "0.7", "250",  # a hundred times a figure only with its %
    "5 Declined", "3 Married", "7 Octogenarians", "521k", "521cases", "n521", "#521", "521/522", "1 23", "522,1", "5e2",
    "５２１", "٥٢١", "5\u200b21", "four deaths", "Four of the deaths", "seven young women died", "forty children",
    "forty-two", "forty-two boys",
    "123456789012 cases", "\u221212.1 to +19.6 percentage points", "12.0 to 19.6", "95% of them", "95%",  # of an interval alone it is no figure
])  # fmt: skip
def test_any_other_number_is_not(text):
    assert not FIGURES.explain(text)


@pytest.mark.parametrize("place", [
    "<table><caption>{}</caption></table>", "<table><caption>x</caption><tr><th scope='row'>{}</th></tr></table>",
    '<img alt="Chart of {} cases" src="data:image/gif;base64,R0lGOD">', "<h2>{} cases</h2>",
    "<figure><figcaption>{} cases</figcaption></figure>", '<p title="{} cases">x</p>',
    '<div aria-label="{} cases">x</div>', "<svg aria-hidden='true'><text>{}</text></svg>",
    "<table><caption>x</caption><tr><td><b>1</b>2<i>3</i>5</td></tr></table>",
])  # fmt: skip
def test_a_number_counts_wherever_a_page_shows_it_as_a_figure(place):
    assert [r.split(":")[0] for r in check(page(place.format("1,235")), ALLOWED)] == ["numbers"]
    assert check(page(place.replace("<b>1</b>2<i>3</i>5", "1<b>2</b>34").format("1,234")), ALLOWED) == []


@given(st.integers(0, 10**6), st.integers(0, 3))
def test_every_rounding_half_up_of_a_figure_is_explained(count, decimals):
    from board_packs.pages.number_text import rate, rounded

    value = count / 7
    if decimals or value >= 20 or count % 7 == 0:  # a small whole number must be a figure itself
        assert Figures([value]).explain(rate(value, decimals))
    beyond = rounded(value, decimals) + 2
    assert not Figures([value]).has(float(beyond), decimals)


@given(st.integers(0, 10**4), st.integers(1, 2))
def test_every_percentage_of_a_figure_is_explained_whatever_its_digits(hundredths, decimals):
    """7.95% holds the digits of a 95% interval, 43.1 in 2018 those of 1 in 2,018."""
    value = hundredths / 10**4
    printed = f"{hundredths / 100:.2f}" if decimals == 2 else f"{(hundredths + 5) // 10 / 10:.1f}"
    for text in (f"{printed}% in 2017-18", f"{printed}% limits", f"{printed} in 20 places"):
        assert Figures([value, hundredths / 100, 20]).explain(text), text


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_dates_are_read_back_from_every_format(day):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %y", "%B %d, %Y", "%Y%m%d", "%d-%b-%Y"):
        assert day in set(dates(f"on {day.strftime(form)}, then")), form


def test_no_code_of_a_neighbourhood_is_a_date():
    """E01022025 lies in Tendring: 01 02 2025 is a day on which referrals are made. A date beside other letters is one."""
    codes = [f"{country}010{number:05d}" for country in "EWe" for number in range(1, 34_999)]
    assert list(dates(" ".join(codes))) == []
    assert date(2025, 2, 1) in set(dates("ref01022025, 01022025")) and date(2025, 2, 1) in set(dates("(01022025)"))


def test_a_workbook_is_read_too(tmp_path):
    import xlsxwriter

    def book(*cells):
        path = tmp_path / "b.xlsx"
        with xlsxwriter.Workbook(path) as out:
            sheet = out.add_worksheet("Referrals")
            for at, value in enumerate(cells):
                sheet.write(at, 0, value)
        return release.check_workbook(path, ALLOWED)

    assert book("Referrals", 1234, 0.2681) == []
    assert book("HR-2017-0042") == ["identifiers: a value of referral_id"]
    assert "identifiers: an NHS number" in book("943 476 5919")
    assert book(9434765919) == ["numbers: 1 not in the protected tables"]
    assert book(1235) == ["numbers: 1 not in the protected tables"]
    assert "paths: shows a file path" in book("/home/ann/x.csv")


def written(path, *cells, change=lambda book, sheet: None):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as out:
        sheet = out.add_worksheet("Referrals")
        for at, value in enumerate(cells):
            sheet.write(at, 0, value)
        change(out, sheet)
    return release.check_workbook(path, ALLOWED)


@pytest.mark.parametrize("change, said", [
    (lambda b, s: s.write_formula(5, 0, "=1+1", None, 1234), "numbers: holds a formula"),
    (lambda b, s: s.write_string(5, 0, "1235"), "numbers: 1 not in"),
    (lambda b, s: s.write_number(5, 0, 26.81), "numbers: 1 not in"),  # a hundred times a figure is not that figure
    (lambda b, s: s.write_comment(5, 0, "HR-2017-0042"), "identifiers: a value of referral_id"),
    (lambda b, s: s.set_header("&CHR-2017-0042"), "identifiers: a value of referral_id"),
    (lambda b, s: s.write_rich_string(5, 0, "born ", b.add_format({"bold": 1}), "9 May 2011"), "identifiers: a date"),
    (lambda b, s: b.add_worksheet("HR-2017-0042"), "identifiers: a value of referral_id"),
    (lambda b, s: b.add_worksheet("More").hide(), "outside: holds a hidden sheet"),
    (lambda b, s: b.define_name("HR_2017_0042", "=Referrals!$A$1"), "identifiers: a value of referral_id"),
    (lambda b, s: b.set_properties({"author": "A. Analyst"}), "identifiers: its properties name"),
    (lambda b, s: b.set_properties({"subject": "HR-2017-0042"}), "identifiers: a value of referral_id"),
    (lambda b, s: b.set_custom_property("case", "HR-2017-0042"), "identifiers: a value of referral_id"),
    (lambda b, s: s.write_url(5, 0, "file:///home/ann/x.csv", string="x"), "outside: links to a file"),
    (lambda b, s: s.write_url(5, 0, "https://a.example/HR-2017-0042", string="x"), "identifiers: a"),
])  # fmt: skip
def test_nothing_in_a_workbook_is_left_unread(tmp_path, change, said):
    assert written(tmp_path / "a.xlsx", "Referrals", 1234) == []
    assert any(reason.startswith(said) for reason in written(tmp_path / "b.xlsx", "Referrals", 1234, change=change))


def test_a_sheet_that_was_found_clean_is_read_again_where_its_pack_lacks_the_figure(tmp_path):
    """A reference of digits is no reference in the pack that has it as a figure, and is one in the next."""
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as out:
        out.add_worksheet("Referrals").write(0, 0, "There were 48213")
    asked = Allowed(Identifiers([["referral_id", "reference", "48213"]]), Figures([48213]))
    assert release.check_workbook(tmp_path / "b.xlsx", asked) == []
    asked.figures = Figures([1])
    assert release.check_workbook(tmp_path / "b.xlsx", asked) == ["identifiers: a value of referral_id"]


def test_a_string_that_no_cell_shows_is_read_too(tmp_path):
    import zipfile

    written(tmp_path / "a.xlsx", "Referrals")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as other:
        for name in book.namelist():
            other.writestr(name, book.read(name).replace(b"</sst>", b"<si><t>HR-2017-0042</t></si></sst>"))
    assert release.check_workbook(tmp_path / "b.xlsx", ALLOWED) == ["identifiers: a value of referral_id"]


def test_a_workbook_with_a_part_of_another_kind_is_refused(tmp_path):
    import zipfile

    for name, said in (
        ("xl/vbaProject.bin", "outside: holds"),
        ("xl/externalLinks/externalLink1.xml", "outside: links"),
    ):
        written(tmp_path / "b.xlsx", "Referrals")
        with zipfile.ZipFile(tmp_path / "b.xlsx", "a") as book:
            book.writestr(name, b"<x/>")
        assert any(reason.startswith(said) for reason in release.check_workbook(tmp_path / "b.xlsx", ALLOWED))


def test_a_folder_holds_what_was_checked_and_nothing_else(tmp_path):
    from board_packs.publish.pack_files.pack_folder import check_files, write_zip

    def asked():
        return check_files(tmp_path, ["index.html"], "pack.zip", "pack.html")

    (tmp_path / "index.html").write_text("x")
    write_zip(tmp_path, tmp_path / "pack.zip")
    assert asked() == []
    (tmp_path / "index.html").write_text("y")
    assert asked() == ["files: the zip is not the pack"]
    (tmp_path / "cases.csv").write_text("x")
    write_zip(tmp_path, tmp_path / "pack.zip")
    assert asked() == ["files: holds a file that is not checked"]


def test_an_image_loads_nothing_from_outside():
    svg = base64.b64encode(
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='https://a.example/x'/></svg>"
    ).decode()
    image = f'<img alt="A chart" src="data:image/svg+xml;base64,{svg}">'
    assert check(page(image), ALLOWED) == ["outside: loads a file from outside (inside an image)"]


@pytest.mark.parametrize("kind, text", PLANTED)
def test_what_looks_like_a_person_holds_a_page_back_whoever_wrote_it(kind, text):
    """But for dates, figures and schools, which pages have of their own."""
    said = page(f"<p>The board heard of {text} in the year.</p>")
    reasons = check(said, replace(ALLOWED, identifiers=Identifiers([]), figures=None))
    if kind in ("a date", "a school or a hospital", "a case's reference") or text in UNSAID:
        return
    assert any(reason.startswith(("people: what looks like", "identifiers")) for reason in reasons), text
    assert not any(text in reason for reason in reasons)
    assert check(said, replace(ALLOWED, figures=None, overruled=(text,))) == []
    labelled = check(said, replace(ALLOWED, figures=None, labels=frozenset({text})))
    assert not any(reason.startswith("people") for reason in labelled)


# Without a date or a given name they say little of anybody within a sentence.
UNSAID = {"born in spring", "DOB not given", "d.o.b. unknown", "Birth date kept", "Oluwaseun Adeyemi", "Wojciech Nowak"}


def test_the_day_of_a_run_is_no_case_s_though_one_of_the_returns_has_it():
    """As where a quarter is run while it lasts, or rows have days that are to come."""
    allowed = replace(ALLOWED, identifiers=Identifiers([("plan.due_on", "date", "2026-11-24")]), figures=None)
    mark = f"{run_number()}, 2026-11-24 10:31 UTC"
    assert check(page(f'<p>Read.</p><p class="run">Run {mark}</p>'), allowed) == []
    for other in ("2026-11-24", "Run, 2026-11-24 10:31 UTC", f"{mark[:11]}, 2026-11-24 10:31 UTC", "24/11/2026"):
        assert "identifiers: a date of plan.due_on" in check(page(f"<p>{other}</p>"), allowed), other


def test_own_words_beside_figures_are_no_references_though_returns_have_such():
    """As where people are numbered A1, S1 and V1 on: "a 95% interval", "England's 42" and the licence of open data."""
    people = [("hrda_referrals.victim_id", "id", name) for name in ("A95", "S42", "V30", "A12345")]
    allowed = replace(ALLOWED, identifiers=Identifiers(people), figures=None)
    assert check(page("<p>Its share has a 95% interval. Beside England's 42 (OGL v3.0).</p>"), allowed) == []
    for text in ("A95", "a-95", "A 95", "a 12345", "S42", "s 42", "V30", "OGL v3.0", "v 30"):
        assert "identifiers: a value of hrda_referrals.victim_id" in check(page(f"<p>Read {text}.</p>"), allowed), text


def test_the_hash_of_a_pages_own_style_is_no_postcode_and_any_other_may_hide_one():
    style = "p{margin:669px}"  # found by trying: one page in some 700 has such a hash
    assert "-b10Jw/" in page_assets.content_hash(style)
    policy = f"style-src '{page_assets.content_hash(style)}'"
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'.format
    assert check(page(f"<style>{style}</style>{meta(policy)}"), ALLOWED) == []
    other = check(page(f"<style>p{{}}</style>{meta(policy)}"), ALLOWED)  # the hash of nothing that is on the page
    assert "identifiers: a full postcode" in other


def test_a_note_of_refused_rows_may_be_printed_beside_a_note_of_rounding():
    """As of every return with refused rows on a public page, whose counts are rounded."""
    frame = long_table.cells(pd.DataFrame({"count": [60]}), area="E06000044", period="2018-19-Q2", measure="flags")
    frame = frame.assign(
        reason="; rounded to the nearest 5; partial: about 25 rows of exploitation refused and missing"
    )
    figures = Figures.of([frame])
    assert figures.explain("About 60. Partial: about 25 rows of exploitation refused and missing.")
    assert not figures.explain("About 25 children.")


def test_a_label_is_no_part_of_a_number_with_decimals():
    """A withheld count's range (0 to 7) beside a rate of nought with its interval: page 50 of a small place was refused."""
    figures = Figures([0, 7.5596], ["0 to 7", "0-4"])
    assert figures.explain("2016-17 Q1: 0.0 (95% interval 0.0 to 7.6)")
    assert figures.explain("withheld, 0 to 7") and figures.explain("aged 0 to 4, 0 to 7.")
    assert not figures.explain("0.0 to 7.9") and not figures.explain("3.0 to 7.6")
