"""What a browser leaves out of a tagged PDF and PDF/UA asks for (ISO 14289-1, with the Matterhorn Protocol's checkpoints).

Lines at the head and foot of a sheet are marked as artifacts (01), tags of the browser's own are mapped to standard ones
(02), the title stands in the metadata with the standard's name (06), an entry of a list has a body (09), and a link says
where it leads (28).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

# Of a sheet's drawing: strings, dictionaries, names, numbers, and (the group) operators.
TOKEN = re.compile(
    rb"""\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]*|[-+.\d]+|[\[\]]|([A-Za-z'"]+[\d*]?)""", re.S
)
SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"', b"sh", b"Do"))
BEGINS = frozenset((b"m", b"re"))
PATH_ENDS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"s", b"S", b"n"))
STANDARD = {"/Strong": "/Span", "/Em": "/Span", "/Title": "/P"}  # of PDF 2.0, as PDF 1.7 calls them
METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>{language}</rdf:li>'
    "</rdf:Bag></dc:language><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
)


def accessible(printed: Path) -> bytes:
    """A tagged PDF as a browser printed it, with what it lacks of PDF/UA-1; every word and picture stays as it is."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of the browser's own table of objects
    writer = pypdf.PdfWriter(clone_from=printed)
    root: Any = writer.root_object
    tree = root["/StructTreeRoot"].get_object()
    tree[NameObject("/RoleMap")] = DictionaryObject({NameObject(a): NameObject(b) for a, b in STANDARD.items()})
    for page in writer.pages:
        _mark_furniture(page, writer)
    for element in elements(tree):
        if element.get("/S") == "/LI":
            _give_body(element, writer)
    _name_links(writer)
    title, language = writer.metadata.title if writer.metadata else "", str(root.get("/Lang", "en-GB"))
    metadata = DecodedStreamObject()
    metadata.set_data(METADATA.format(title=escape(title or ""), language=escape(language)).encode())
    metadata.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def elements(tag: Any) -> Iterator[Any]:
    """Every element of the structure below one, in its order."""
    for child in _children(tag):
        element = child.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from elements(element)


def _children(tag: Any) -> list:
    """What stands in an element: other elements, references or numbers of marks on the sheet; nothing in an empty one."""
    if "/K" not in tag:
        return []
    children = tag.raw_get("/K")
    return children.get_object() if isinstance(children.get_object(), list) else [children]


def _mark_furniture(page: Any, writer: Any) -> None:
    """Marks what a sheet shows outside of any tag: its head and foot, and the ground it is printed on."""
    from pypdf.generic import DecodedStreamObject, NameObject

    content = DecodedStreamObject()
    content.set_data(b"".join(marked(page["/Contents"].get_object().get_data())))
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())


def marked(content: bytes) -> Iterator[bytes]:
    """A sheet's drawing, operator by operator, each that shows something outside of any tag marked as an artifact."""
    depth, drawing, at = 0, False, 0
    for token in TOKEN.finditer(content):
        operator = token[1]
        if not operator:
            continue
        step, at = content[at : token.end()], token.end()
        depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
        starts = not depth and not drawing and operator in BEGINS
        shows = not depth and operator in SHOWS
        yield b" /Artifact BMC " + step if starts or shows else step
        if shows or (drawing and operator in PATH_ENDS):
            yield b" EMC"
        drawing = (drawing or starts) and operator not in PATH_ENDS
    yield content[at:]


def _give_body(item: Any, writer: Any) -> None:
    """Puts what an entry of a list has beside its mark into a body, where it has none."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    marks, inside = list[Any](), list[Any]()
    for child in _children(item):
        element = child.get_object()
        kind = element.get("/S") if isinstance(element, dict) else None
        if kind == "/LBody":
            return
        (marks if kind == "/Lbl" else inside).append(child)
    if not inside:
        return
    body = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/LBody")})
    body[NameObject("/P")] = item.indirect_reference
    place = writer._add_object(body)
    for child in inside:
        if isinstance(child.get_object(), dict) and "/P" in child.get_object():
            child.get_object()[NameObject("/P")] = place
    body[NameObject("/K")] = ArrayObject(inside)
    item[NameObject("/K")] = ArrayObject([*marks, place])


def _name_links(writer: Any) -> None:
    """Gives each link the words of the place it leads to."""
    from pypdf.generic import NameObject, TextStringObject

    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            if link.get("/Subtype") != "/Link":
                continue
            action = link["/A"].get_object() if "/A" in link else {}
            where = str(action.get("/URI") or link.get("/Dest") or action.get("/D") or "")
            words = where if "://" in where else f"Go to {where.strip('/').replace('-', ' ')}"
            link[NameObject("/Contents")] = TextStringObject(words)
