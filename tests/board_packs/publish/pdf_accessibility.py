"""What a tagged PDF lacks of PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol's checkpoints that a program can judge.

Written from the protocol, apart from the code that makes the PDF. Forms, media, formulas and notes, of which a report has
none, are refused as such.
"""

import re

from pypdf.generic import ContentStream, IndirectObject

STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
    "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula "
    "Form".split()
)
SHOWING = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"Do",
    b"sh",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"s",
    b"S",
    b"INLINE IMAGE",
}


def resolved(thing):
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def children(tag):
    kids = resolved(tag.get("/K", []))
    return kids if isinstance(kids, list) else [kids]


def elements(tag):
    """Every structure element below one, with its parent."""
    for kid in map(resolved, children(tag)):
        if isinstance(kid, dict) and "/S" in kid:
            yield kid, tag
            yield from elements(kid)


def faults(reader):
    """One line for each fault, beginning with the number of its checkpoint."""
    root = reader.trailer["/Root"]
    tree = resolved(root["/StructTreeRoot"])
    tags = list(elements(tree))
    parts = (_document(reader, root), _content(reader, tags), _roles(tree, tags), _headings(tags), _tables(tags),
             _lists(tags), _annotations(reader, tags), _fonts(reader))  # fmt: skip
    return [fault for part in parts for fault in part]


def _document(reader, root):
    xmp = resolved(root["/Metadata"]).get_data().decode("utf-8") if "/Metadata" in root else ""
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", xmp, re.DOTALL)
    checks = {
        "01 not marked as tagged": not resolved(root.get("/MarkInfo", {})).get("/Marked"),
        "06 no title in the metadata": not (title and title[1].strip()),
        "06 does not name the standard": "<pdfuaid:part>1</pdfuaid:part>" not in xmp,
        "07 the window does not show the title": not resolved(root.get("/ViewerPreferences", {})).get(
            "/DisplayDocTitle"
        ),
        "11 no language": not root.get("/Lang"),
        "26 encrypted": reader.is_encrypted,
        "25 or 29 forms or scripts": bool({"/AcroForm", "/OpenAction", "/AA"} & set(root)),
        "27 no bookmarks": not reader.outline,
    }
    return [fault for fault, is_so in checks.items() if is_so]


def _content(reader, tags):
    """Everything that is shown stands in a tag or is an artifact, and every tagged piece is in the structure."""
    places = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    named = set()
    for tag, _ in tags:
        for kid in map(resolved, children(tag)):
            page = (
                kid.raw_get("/Pg") if isinstance(kid, dict) and "/Pg" in kid else tag.get("/Pg") and tag.raw_get("/Pg")
            )
            number = kid if isinstance(kid, int) else kid.get("/MCID") if isinstance(kid, dict) else None
            if number is not None and page is not None:
                named.add((places[page.idnum], int(number)))
    for number, page in enumerate(reader.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"28 sheet {number}: the order of tabs is not the structure's"
        open_, untagged = [], 0
        for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                mark = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                open_.append(operands[0])
                if "/MCID" in mark and (number, int(mark["/MCID"])) not in named:
                    yield f"01 sheet {number}: piece {mark['/MCID']} is in no tag"
            elif operator == b"EMC":
                open_.pop()
            elif operator in SHOWING:
                untagged += not open_
        if untagged:
            yield f"01 sheet {number}: {untagged} pieces are neither tagged nor artifacts"


def _roles(tree, tags):
    roles = resolved(tree.get("/RoleMap", {}))
    for kind in sorted({str(tag["/S"]) for tag, _ in tags}):
        if str(roles.get(kind, kind)).lstrip("/") not in STANDARD:
            yield f"02 {kind} is not a standard tag and is mapped to none"
        if kind in ("/Form", "/Formula", "/Note"):
            yield f"24 {kind}: a report has none"


def _headings(tags):
    levels = [int(str(tag["/S"])[2]) for tag, _ in tags if re.fullmatch(r"/H[1-6]", str(tag["/S"]))]
    if levels[:1] != [1]:
        yield "14 the first heading is not of the first level"
    yield from (f"14 a heading of level {b} follows one of level {a}" for a, b in zip(levels, levels[1:], strict=False)
                if b > a + 1)  # fmt: skip


def _tables(tags):
    for tag, _ in tags:
        if tag["/S"] == "/Figure" and not str(tag.get("/Alt", "")).strip():
            yield "13 a picture has no words"
        if tag["/S"] != "/Table":
            continue
        cells = [cell for cell, row in elements(tag) if row["/S"] == "/TR"]
        heads = [cell for cell in cells if cell["/S"] == "/TH"]
        if not heads or any(cell["/S"] not in ("/TH", "/TD") for cell in cells):
            yield "15 a table has no headings, or a row that holds no cells"
        for head in heads:
            about = [resolved(one) for one in (resolved(head.get("/A", [])) if isinstance(resolved(head.get("/A", [])), list)
                                               else [head["/A"]])]  # fmt: skip
            if not any("/Scope" in one for one in about):
                yield "15 a heading of a table does not say what it heads"


def _lists(tags):
    for tag, parent in tags:
        if tag["/S"] == "/LI" and (parent["/S"] != "/L" or "/LBody" not in {resolved(k)["/S"] for k in children(tag)}):
            yield "16 an entry of a list stands in none, or has no body"


def _annotations(reader, tags):
    linked = {kid.raw_get("/Obj").idnum for tag, _ in tags if tag["/S"] == "/Link"
              for kid in map(resolved, children(tag)) if isinstance(kid, dict) and "/Obj" in kid}  # fmt: skip
    for number, page in enumerate(reader.pages, 1):
        for reference in page.get("/Annots", ()):
            note = resolved(reference)
            if note["/Subtype"] != "/Link" or not str(note.get("/Contents", "")).strip() or "/StructParent" not in note:
                yield f"28 sheet {number}: a link without words or place in the structure"
            elif reference.idnum not in linked:
                yield f"28 sheet {number}: a link that no tag holds"


def _fonts(reader):
    for number, page in enumerate(reader.pages, 1):
        for name, font in resolved(page["/Resources"]).get("/Font", {}).items():
            font = resolved(font)
            inner = resolved(resolved(font.get("/DescendantFonts", [font]))[0])
            if font["/Subtype"] == "/Type3":
                continue  # drawn in the file itself
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(resolved(inner.get("/FontDescriptor", {}))):
                yield f"31 sheet {number}: the font {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"31 sheet {number}: the font {name} does not say its letters"
