"""The report as a Word document, for those who comment and paste: real headings, lists and tables, pictures with words."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .report_parts import Report

WIDTH = 16.0  # centimetres between the margins of an A4 sheet
NARROW = 1.6  # centimetres that the column of a figure needs at least
LETTER = 0.2  # centimetres of a bold letter of a table
THEME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}asciiTheme"  # a theme's font goes before a name
SKIPPED = ("script", "style", "nav", "header", "footer")


def document(report: Report, html: str) -> bytes:
    """A finished page of the report as .docx."""
    import docx
    from docx.shared import Cm, Pt
    from lxml import html as parser

    written = docx.Document()
    section = written.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    written.core_properties.title = f"{report.title}: {report.book.place}"
    written.core_properties.author = ""
    written.core_properties.language = "en-GB"
    section.header.paragraphs[
        0
    ].text = f"{'SAMPLE DATA. ' if report.book.sample else ''}{written.core_properties.title}"
    for name in ("Normal", "Title", "Caption", *(f"Heading {level}" for level in (1, 2, 3, 4))):
        written.styles[name].font.name = "Arial"
        written.styles[name].element.get_or_add_rPr().get_or_add_rFonts().attrib.pop(THEME, None)
    written.styles["Normal"].font.size = Pt(10.5)
    main = parser.document_fromstring(html).get_element_by_id("main")
    for element in main:
        _write(written, element)
    out = BytesIO()
    written.save(out)
    return out.getvalue()


def _write(document, element) -> None:
    """One element and what is in it, in its order."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in SKIPPED:
        return
    if re.fullmatch(r"h[1-6]", tag):
        document.add_heading(_text(element), level=min(int(tag[1]) - 1, 4) if tag != "h1" else 0)
    elif tag in ("p", "dd", "figcaption"):
        _paragraph(document, element)
    elif tag == "dt":
        paragraph = document.add_paragraph()
        paragraph.add_run(_text(element)).bold = True
        paragraph.paragraph_format.keep_with_next = True
    elif tag in ("ul", "ol"):
        for item in element:
            document.add_paragraph(_text(item), style="List Bullet" if tag == "ul" else "List Number")
    elif tag == "table":
        _table(document, element)
    elif tag == "img":
        _picture(document, element)
    else:
        if (element.text or "").strip():
            document.add_paragraph(_plain(element.text))
        for child in element:
            _write(document, child)


def _paragraph(document, element) -> None:
    """A paragraph; what is strong in it stays so."""
    if not _text(element):
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = element.get("class") == "finding"  # with its picture
    paragraph.add_run(_plain(element.text or "", keep=True))
    for child in element:
        run = paragraph.add_run(_plain(child.text_content(), keep=True))
        run.bold = child.tag in ("strong", "b")
        paragraph.add_run(_plain(child.tail or "", keep=True))


def _table(document, element) -> None:
    """A table under its caption, its first row repeated on each sheet, figures to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    caption = element.find("caption")
    if caption is not None:
        document.add_paragraph(_text(caption), style="Caption").paragraph_format.keep_with_next = True
    rows = [
        [(cell, int(cell.get("colspan") or 1)) for cell in line if cell.tag in ("td", "th")]
        for line in element.iter("tr")
    ]
    widths = _widths(rows)
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):  # Word reads the cells' widths, LibreOffice these
        column.width = width
    for line, row in zip(table.rows, rows, strict=True):
        for place, width in zip(line.cells, widths, strict=True):
            place.width = width
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        at = 0
        for cell, span in row:
            place = line.cells[at].merge(line.cells[at + span - 1]) if span > 1 else line.cells[at]
            place.text = _text(cell)
            words = place.paragraphs[0]
            words.paragraph_format.space_after = Pt(1)
            words.paragraph_format.keep_with_next = row is rows[0]
            if at and "number" in (cell.get("class") or ""):
                words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in words.runs:
                run.font.size, run.bold = Pt(9.5), row is rows[0] or None
            at += span
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _widths(rows: list[list[tuple]]) -> list[int]:
    """The width of each column, in the document's units: as its longest text asks, within that of the sheet."""
    from docx.shared import Cm

    longest = [1] * max(sum(span for _, span in row) for row in rows)
    least = [NARROW] * len(longest)  # a word is not broken
    for row in rows:
        for at, (cell, span) in enumerate(row):
            if span == 1:
                longest[at] = max(longest[at], min(len(_text(cell)), 60))
                least[at] = max(least[at], LETTER * (2 + max(map(len, _text(cell).split()), default=0)))
    spare = max(WIDTH - sum(least), 0)
    widths = [narrow + spare * letters / sum(longest) for narrow, letters in zip(least, longest, strict=True)]
    return [Cm(width * min(1, WIDTH / sum(widths))) for width in widths]


def _picture(document, element) -> None:
    from docx.shared import Cm

    source = element.get("src", "")
    if not source.startswith("data:image/png;base64,"):
        return
    picture = document.add_picture(BytesIO(b64decode(source.partition(",")[2])), width=Cm(WIDTH))
    picture._inline.docPr.set("descr", element.get("alt", ""))


def _text(element) -> str:
    return _plain(element.text_content())


def _plain(text: str, keep: bool = False) -> str:
    plain = re.sub(r"\s+", " ", text)
    return plain if keep else plain.strip()
