"""Drafts in each format, drafts that cannot be read, and findings as page, workbook and Word comments."""

import io
import json
import os
import re
import time
import zipfile

import docx
import pytest
from drafts_of_tests import draft_of

import claimcheck as claims
from claimcheck.draft_command import command
from claimcheck.draft_reading import read_draft
from claimcheck.drafts import open_draft
from claimcheck.findings_page import findings_page
from claimcheck.findings_workbook import findings_workbook
from lscb.errors import UserError

WRONG_CHANGE = "Contacts rose by 15% from 4,000 to 4,480."  # 12%
RIGHT_SHARE = "Of the 60 children reviewed, 15 (25%) were under two years old."
TABLE = [["Agency", "2016/17", "2017/18"], ["Police", "10", "20"], ["Health", "5", "6"], ["Total", "15", "27"]]  # 26


def found(path) -> list[tuple[str, str]]:
    return [(f.kind, f.verdict) for f in read_draft(path).findings]


EXPECTED = [
    ("percent_change", claims.WRONG), ("share", claims.REPRODUCES), ("parts_total", claims.REPRODUCES),
    ("parts_total", claims.WRONG),
]  # fmt: skip


def word(path, **more):
    document = docx.Document()
    document.add_heading("Annual Report 2017-18")
    document.add_paragraph(f"{WRONG_CHANGE} {RIGHT_SHARE}")
    table = document.add_table(4, 3)
    for row, cells in enumerate(TABLE):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.save(str(path))
    return path


def html(rows: str = "") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in TABLE)
    return (
        "<html><head><title>x 30% of 20</title></head><body><h1>Annual Report 2017-18</h1>"
        f"<p>{WRONG_CHANGE}<sup>3</sup> <b>{RIGHT_SHARE}</b></p><table>{cells}</table>{rows}</body></html>"
    )


ODT = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text><text:h text:outline-level="1">Annual Report 2017-18</text:h><text:p>{text}</text:p>
<table:table>{rows}</table:table></office:text></office:body></office:document-content>"""


def odt(path):
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in TABLE
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ODT.format(text=f"{WRONG_CHANGE} {RIGHT_SHARE}", rows=rows))
    return path


def markdown() -> str:
    bars = "\n".join(f"| {' | '.join(row)} |" for row in [TABLE[0], ["---"] * 3, *TABLE[1:]])
    return f"# Annual Report 2017-18\n\n{WRONG_CHANGE} **{RIGHT_SHARE}**\n\n{bars}\n"


def text() -> str:
    rows = "\n".join("\t".join(row) for row in TABLE)
    return f"Annual Report 2017-18\n\n{WRONG_CHANGE}\n{RIGHT_SHARE}\n\n{rows}\n"


def pdf(path, *columns: list[str], then: tuple[list[str], ...] = ()):
    """A page with text in columns, and another where `then` has its columns: written by hand, no library of the project makes one."""
    pages = [page for page in (columns, then) if page or page is columns]
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        stream = ""
        for place, lines in enumerate(page):
            shown = "".join(
                f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -14 Td " for line in lines
            )
            stream += f"BT /F1 9 Tf {40 + 270 * place} 760 Td {shown}ET "
        box = f"/MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        parts += [
            f"<< /Type /Page /Parent 2 0 R {box} >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    path.write_bytes((body + end).encode("latin-1"))
    return path


def test_every_format_gives_the_same_findings(tmp_path):
    files = {"a.html": html(), "a.md": markdown(), "a.txt": text()}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert found(tmp_path / name) == EXPECTED, name
    assert found(word(tmp_path / "a.docx")) == EXPECTED
    assert found(odt(tmp_path / "a.odt")) == EXPECTED
    assert found(pdf(tmp_path / "a.pdf", [WRONG_CHANGE, RIGHT_SHARE])) == EXPECTED[:2]


def test_a_sentence_that_runs_over_the_foot_of_a_page_or_column_is_one(tmp_path):
    top, rest = ["The service was busy all year.", "Contacts rose by 15% from 4,000"], ["to 4,480. More is said below."]
    one = "Contacts rose by 15% from 4,000 to 4,480."
    for path in (
        pdf(tmp_path / "a.pdf", top, then=(rest,)),
        pdf(tmp_path / "b.pdf", [*top[:1] * 14, top[1]], rest * 14),
    ):
        assert one in [f.text for f in read_draft(path).findings]
    new = read_draft(pdf(tmp_path / "c.pdf", top, then=(["To 4,480 people we say thank you."],)))
    assert not any("4,000 To" in p.text for p in new.document.paragraphs)


def test_two_columns_of_a_page_are_read_one_after_the_other(tmp_path):
    left = ["Contacts rose by 15% from 4,000", "to 4,480. The service was busy."] + [
        "Words of a column without figures."
    ] * 12
    right = ["Of the 60 children reviewed, 15", "(25%) were under two years old."] + [
        "More words without any figures."
    ] * 12
    assert found(pdf(tmp_path / "a.pdf", left, right)) == EXPECTED[:2]


def test_an_encoding_of_old_office_programs_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(f"\u2013 \u00a3 {WRONG_CHANGE}".encode("cp1252"))
    assert found(tmp_path / "a.txt") == EXPECTED[:1]


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("a.docx", b"PK not a zip", "broken"), ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "password"),
        ("a.xyz", b"text", "kind that is not read"), ("a.txt", b"", "holds no text"), ("a.pdf", b"%PDF-1.4 broken", "cannot be read|pictures"),
        ("a.odt", b"", "broken"), ("a.txt", WRONG_CHANGE.encode("utf-16-le"), "encoding"), ("a.md", bytes(range(256)), "no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=words) as refused:
        open_draft(tmp_path / name)
    assert "\n" not in str(refused.value)
    with pytest.raises(UserError, match="not there"):
        open_draft(tmp_path / "none.docx")


def test_a_password_and_hidden_text_of_an_open_document_are_named(tmp_path):
    office = "urn:oasis:names:tc:opendocument:xmlns"
    shown = (
        f"<t:p>{WRONG_CHANGE}</t:p><t:p><t:hidden-text>{WRONG_CHANGE.replace('4,480', '4,490')}</t:hidden-text></t:p>"
    )
    content = f'<o:d xmlns:o="{office}:office:1.0" xmlns:t="{office}:text:1.0"><o:body><o:text>{shown}</o:text></o:body></o:d>'
    for name, manifest in (("a.odt", ""), ("b.odt", "<manifest:encryption-data/>")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", manifest)
    reading = read_draft(tmp_path / "a.odt")
    assert [f.text for f in reading.findings] == [WRONG_CHANGE] and reading.unread == ["Hidden text was not read."]
    with pytest.raises(UserError, match="password"):
        open_draft(tmp_path / "b.odt")


@pytest.mark.parametrize("device", [os.devnull, "folder.docx"])
def test_what_is_no_file_is_refused_before_it_is_opened(tmp_path, device):
    """A device that never ends would be read until the memory was full; the one tried here is empty."""
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(UserError, match="no file: give the draft as"):
        command(tmp_path / device)


def test_a_scan_is_refused(tmp_path):
    with pytest.raises(UserError, match="pictures of pages"):
        open_draft(pdf(tmp_path / "a.pdf", []))


def test_a_zip_that_unpacks_to_far_more_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(5):
            archive.writestr(f"word/{i}.xml", b"0" * 100_000_000)
    started = time.monotonic()
    with pytest.raises(UserError, match="unpacks to more"):
        open_draft(tmp_path / "a.docx")
    assert time.monotonic() - started < 5


def test_one_part_that_unpacks_to_far_more_is_said_to_be_a_bomb(tmp_path):
    docx.Document().save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/notes.xml", b"0" * 120_000_000)
    with pytest.raises(UserError, match=r"more than 100 MB, as a zip bomb does, and was not opened"):
        open_draft(tmp_path / "a.docx")


def test_macros_of_a_document_are_named_and_not_run(tmp_path):
    document = docx.Document()
    document.add_paragraph(WRONG_CHANGE)
    document.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/vbaProject.bin", b"0")
    assert read_draft(tmp_path / "a.docx").unread == ["Macros were not run."]


def test_text_boxes_of_an_open_document_are_read_and_its_pictures_named(tmp_path):
    box = f"<draw:frame><draw:text-box><text:p>{RIGHT_SHARE}</text:p></draw:text-box></draw:frame>"
    body = f"As it was.{box}<draw:frame><draw:image/></draw:frame>"
    content = ODT.format(text=body, rows="").replace(
        "<office:body>", '<office:body xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
    )
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", content)
    reading = read_draft(tmp_path / "a.odt")
    assert [f.verdict for f in reading.findings] == [claims.REPRODUCES]
    assert reading.unread == ["Pictures and charts were not read: figures in them were not checked."]


def test_boxes_of_a_page_that_are_too_deep_are_said_to_be(tmp_path):
    deep = f"{'<div>' * 20_000}<p>{RIGHT_SHARE}</p>{'</div>' * 20_000}"
    (tmp_path / "a.html").write_text(f"<html><body>{deep}</body></html>", encoding="utf-8")
    with pytest.raises(UserError, match="too deep"):
        open_draft(tmp_path / "a.html")
    (tmp_path / "b.html").write_text(f"<html><body><p>{WRONG_CHANGE}</p>{deep}</body></html>", encoding="utf-8")
    reading = read_draft(tmp_path / "b.html")
    assert [f.verdict for f in reading.findings] == [claims.WRONG] and "too deep" in " ".join(reading.unread)


def test_tracked_changes_hidden_text_and_boxes_of_a_word_draft(tmp_path):
    """Insertions are read, deletions and hidden text are not and are named; a text box and a footnote are read."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    paragraph = document.add_paragraph("Contacts rose by ")
    element = docx.oxml.parse_xml
    paragraph._p.append(element(f"<w:del {w}><w:r><w:delText>12%</w:delText></w:r></w:del>"))
    paragraph._p.append(element(f"<w:ins {w}><w:r><w:t>15%</w:t></w:r></w:ins>"))
    paragraph.add_run(" from 4,000 to 4,480.")
    hidden = document.add_paragraph().add_run("58% were boys and 41% were girls.")
    hidden.font.hidden = True
    document.save(str(tmp_path / "a.docx"))
    reading = read_draft(tmp_path / "a.docx")
    assert [f.verdict for f in reading.findings] == [claims.WRONG]
    assert len(reading.unread) == 2 and all("not read" in line or "left out" in line for line in reading.unread)


def test_nothing_of_a_page_is_fetched_or_run(tmp_path):
    more = "<script>58% were boys and 41% were girls.</script><img src='http://127.0.0.1:9/x.png'>"
    more += "<p hidden>58% were boys and 41% were girls.</p>"
    (tmp_path / "a.html").write_text(html(more), encoding="utf-8")
    reading = read_draft(tmp_path / "a.html")
    assert [(f.kind, f.verdict) for f in reading.findings] == EXPECTED
    assert sorted(reading.unread) == ["Hidden text was not read.", "Pictures were not read."]


def test_a_document_type_that_names_a_file_is_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("58% were boys and 41% were girls.", encoding="utf-8")
    content = ODT.format(text="&x;", rows="").replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
    )
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", content)
    assert found(tmp_path / "a.odt") == []


def test_three_hundred_pages_take_seconds_and_a_limit_of_time_is_kept(tmp_path):
    page = (
        f"# Page\n\n{WRONG_CHANGE} {RIGHT_SHARE} The rate is higher than England (62).\n\n"
        + "Words without figures. " * 200
    )
    (tmp_path / "a.md").write_text("\n\n".join([page] * 300), encoding="utf-8")
    started = time.process_time()
    assert len(read_draft(tmp_path / "a.md").findings) >= 600
    assert time.process_time() - started < 30
    reading = read_draft(tmp_path / "a.md", seconds=0.0)
    assert not reading.findings and "time limit" in reading.unread[0]


def test_a_sentence_of_no_end_is_named_and_not_read():
    reading = read_draft(draft_of("1 of 2 (3% " * 400))
    assert reading.findings == [] and "characters" in reading.unread[0]


# --- findings out --------------------------------------------------------------------------------------------------


def test_json_is_one_list_in_the_documents_order(tmp_path, capsys):
    assert command(word(tmp_path / "a.docx"), open_data=tmp_path) == 0
    records = json.loads(capsys.readouterr().out)
    assert [(r["kind"], r["verdict"]) for r in records] == EXPECTED
    assert [r["paragraph"] for r in records] == sorted(r["paragraph"] for r in records)
    with pytest.raises(UserError, match="--format csv"):
        command(tmp_path / "a.docx", "csv")


def test_the_page_marks_each_figure_and_stands_alone(tmp_path):
    page = findings_page(read_draft(word(tmp_path / "a.docx")))
    assert '<mark class="wrong">15%</mark>' in page and '<mark class="right">25%</mark>' in page
    assert page.count("<h1>") == 1 and '<html lang="en-GB">' in page and 'type="checkbox"' in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page) and "@media print" in page
    assert page.index('class="f-wrong"') < page.index('class="f-right"')
    text = "5 < 6 & <b>58%</b> were boys and 41% were girls."
    assert "<b>58%" not in findings_page(read_draft(draft_of(text)))


def test_the_page_lists_the_gravest_first_and_then_what_a_person_is_asked():
    text = (
        "Plans rose by 12.3%, from 4,500 to 5,130. Timeliness rose from 92% to 87%. 45 of the 60 plans (75%) ended. "
        "Our rate of 17% compares oddly with the national 21%. Of the 16 homes visited, 30% of the 16 were good."
    )
    page = findings_page(read_draft(draft_of(text)))
    places = [page.index(f"<q>{words}") for words in ("Of the 16", "Timeliness", "Plans", "Our rate", "45 of the 60")]
    assert places == sorted(places)


def test_a_withheld_cell_is_text_on_the_page():
    from claimcheck.drafts import Document
    from claimcheck.drafts.document import Place

    document = Document("draft")
    for row, cells in enumerate([["Agency", "n"], ["A", "10"], ["B", "<5"], ["Total", "14"]]):
        for column, cell in enumerate(cells):
            document.add(cell, "cell", place=Place(0, row, column))
    page = findings_page(read_draft(document))
    assert '<mark class="unknown">&lt;</mark>' in page and "<5" not in page


def test_the_workbook_is_read_back_as_claims(tmp_path):
    reading = read_draft(word(tmp_path / "a.docx"))
    (tmp_path / "a.xlsx").write_bytes(findings_workbook(reading))
    again = claims.read(tmp_path / "a.xlsx")
    assert (again.problems, again.refused) == ((), ())
    assert [(a.verdict) for a in claims.audit(again)] == [f.verdict for f in reading.findings]
    with zipfile.ZipFile(io.BytesIO(findings_workbook(reading))) as archive:
        sheets = "".join(archive.read(n).decode() for n in archive.namelist() if "sheet2" in n)
    assert sheets.count("<dataValidation ") == 2


def test_a_formula_in_a_draft_stays_text_in_the_workbook():
    content = findings_workbook(read_draft(draft_of("=HYPERLINK(1) 58% were boys and 41% were girls.")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(n) for n in archive.namelist() if "worksheets" in n)


def test_comments_stand_beside_their_sentences_in_a_copy(tmp_path):
    draft, copy = word(tmp_path / "a.docx"), tmp_path / "b.docx"
    before = draft.read_bytes()
    assert command(draft, out=tmp_path / "a.json", comment=copy, open_data=tmp_path) == 0
    comments = [(c.author, c.text) for c in docx.Document(str(copy)).comments]
    assert len(comments) == 2 and all(author == "lscb claims" for author, _ in comments)
    assert "is 12%, not 15" in comments[0][1] and "add to 26" in comments[1][1]
    assert draft.read_bytes() == before
    for target, source in ((draft, draft), (copy, tmp_path / "a.txt")):
        (tmp_path / "a.txt").write_text(text(), encoding="utf-8")
        with pytest.raises(UserError, match="--comment"):
            command(source, out=tmp_path / "a.json", comment=target, open_data=tmp_path)


def test_a_draft_that_needs_more_memory_than_it_may_take_is_named_and_stops_nothing(tmp_path):
    from claimcheck.drafts.reading_apart import open_apart

    path = word(tmp_path / "draft.docx")
    assert [p.text for p in open_apart(path).paragraphs] == [p.text for p in open_draft(path).paragraphs]
    long = tmp_path / "long.txt"
    long.write_text("Contacts rose by 12% from 4,000 to 4,480.\n\n" * 200_000, encoding="utf-8")
    with pytest.raises(UserError, match="long.txt needs more memory"):
        open_apart(long, memory=60_000_000)
    with pytest.raises(UserError, match="is not there"):
        open_apart(tmp_path / "none.docx")


@pytest.mark.browser
def test_the_page_of_findings_is_accessible(tmp_path):
    """WCAG 2.2 AA by axe, at a desk's and a phone's width."""
    import shutil

    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        pytest.skip("no Chromium is installed")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    page_file = tmp_path / "findings.html"
    page_file.write_text(findings_page(read_draft(word(tmp_path / "draft.docx"))), encoding="utf-8")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        page.goto(page_file.as_uri())
        levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": levels}}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        chromium.close()


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("28% to 30%", "reproduces"), ("40% to 45%", "does not reproduce")],
)
def test_a_share_that_is_a_range_is_read_as_one(tmp_path, printed, verdict):
    """Of rounded counts: 95 of 330 may be anything from 92.5 of 332.5 to 97.5 of 327.5."""
    (tmp_path / "draft.txt").write_text(f"Interviews held in time: about 95 of 330 ({printed}).\n")
    (finding,) = [each for each in read_draft(tmp_path / "draft.txt").findings if each.kind == "share"]
    assert finding.verdict == verdict


@pytest.mark.parametrize("total", [20, 45, 80, 100, 130, 200, 305, 640, 1555])
def test_the_shares_that_rounded_counts_leave_are_no_slip(total, tmp_path):
    """Counts to the nearest five: each of a pair may be up to 2.5 more or less, and the shares follow by division."""
    lines = []
    for part in range(5, total, max(5, total // 40 * 5)):
        low, high = 100 * (part - 2.5) / (total + 2.5), 100 * (part + 2.5) / (total - 2.5)
        shares = f"{int(low + 0.5)}% to {min(100, int(high + 0.5))}%"
        lines += [
            f"About {part} of {total} went to a meeting ({shares}).",
            f"Met in time: {shares} (about {part} of {total}).",
        ]
    (tmp_path / "draft.txt").write_text("\n\n".join(lines), encoding="utf-8")
    assert [f.text for f in read_draft(tmp_path / "draft.txt").findings if f.verdict == "does not reproduce"] == []
