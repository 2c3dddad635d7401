"""A tagged PDF as a browser prints it has faults by PDF/UA, and none once it is finished; nothing that is seen changes."""

import shutil

import pytest

from board_packs.publish.pdf_printing import BROWSERS, pdf
from board_packs.publish.report.accessible_pdf import accessible, marked

PAGE = """<!doctype html><html lang="en-GB"><head><title>A report &amp; more</title><style>
@page { size: A4; @top-left { content: "At the head" } @bottom-right { content: counter(page) } }</style></head><body>
<h1>A report</h1><nav><ol><li><a href="#one"><span>One</span></a></li></ol></nav><h2 id="one">One</h2>
<p><strong>In short.</strong> Words, and <em>more</em> of them: <a href="https://www.gov.uk/">a place</a>.</p>
<table><caption>Children</caption><thead><tr><th scope="col">Age</th><th scope="col">Number</th></tr></thead>
<tbody><tr><th scope="row">Under one</th><td>12</td></tr></tbody></table>
<img alt="A grey square" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==">
</body></html>"""


@pytest.mark.parametrize(
    "content, expected",
    [
        (b"q BT (a) Tj ET Q", b"q BT /Artifact BMC (a) Tj EMC ET Q"),
        (b"/P <</MCID 0>> BDC BT <0036> Tj ET EMC", b"/P <</MCID 0>> BDC BT <0036> Tj ET EMC"),
        (b"0 0 5 5 re f", b"/Artifact BMC 0 0 5 5 re f EMC"),
        (b"0 0 m 5 5 l S 1 w", b"/Artifact BMC 0 0 m 5 5 l S EMC 1 w"),
        (rb"(f \) Tj) Tj", rb"/Artifact BMC (f \) Tj) Tj EMC"),  # what is written is no operator
    ],
)
def test_what_stands_outside_of_tags_is_marked_as_an_artifact(content, expected):
    assert b"".join(marked(content)).split() == expected.split()


@pytest.mark.browser
def test_a_printed_page_is_accessible_once_it_is_finished(tmp_path):
    import io

    import pypdf
    from pdf_accessibility import elements, faults, resolved

    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("no Chromium: nothing can be printed; install chromium to check it too")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert pdf(tmp_path / "page.html", tmp_path / "page.pdf")
    before = pypdf.PdfReader(tmp_path / "page.pdf")
    assert {fault[:2] for fault in faults(before)} == {"01", "02", "06", "16", "28"}
    after = pypdf.PdfReader(io.BytesIO(accessible(tmp_path / "page.pdf")))
    assert faults(after) == []
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    assert b"A report &amp; more" in after.trailer["/Root"]["/Metadata"].get_data()
    words = [str(note.get_object()["/Contents"]) for note in after.pages[0]["/Annots"]]
    assert words == ["Go to one", "https://www.gov.uk/"]
    tags = list(elements(after.trailer["/Root"]["/StructTreeRoot"]))
    assert all(resolved(tag["/P"]) == parent for tag, parent in tags)
    (tmp_path / "finished.pdf").write_bytes(accessible(tmp_path / "page.pdf"))
    again = pypdf.PdfReader(io.BytesIO(accessible(tmp_path / "finished.pdf")))
    assert len(list(elements(again.trailer["/Root"]["/StructTreeRoot"]))) == len(tags)  # what has a body gets no other
