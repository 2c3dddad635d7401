"""A finished page taken apart: everything in it that somebody could read."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

from returncheck.spelling import decoded

from ..export import page_assets
from .identifiers import Identifiers
from .shown import Figures

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# tags within a line: what stands before and after them is read as one word; any other tag parts words
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
          "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "tt", "u",
          "var", "wbr"}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# elements whose numbers must be protected ones
NUMBERED = {
    "td",
    "th",
    "caption",
    "figcaption",
    "answer",
    "title",
    "text",
    *HEADINGS,
}
PIXELS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST",
          b"pHYs", b"sPLT", b"tIME", b"acTL", b"fcTL", b"fdAT"}  # fmt: skip
ESCAPING = frozenset("&%\\")  # what is written otherwise than it is read has one of them (see decoded)
BASE64 = re.compile(r"(data:[^,\"'<>]{0,200};base64,)[A-Za-z0-9+/=%\s]+", re.I)
URI = re.compile(r"data:[\w/+.-]*(?:;[\w=-]+)*,", re.I)
# Places of a drawing: pairs of numbers of four digits and a decimal at most, or one such number. None can be a date, a
# number of the NHS or a reference, and they are half of a page's source: they are left out before it is searched.
PLACE = r"-?\d{1,4}(?:\.\d)?"
PLACES = re.compile(rf"(?:(?:[MLlQC]{PLACE},{PLACE}(?: {PLACE},{PLACE})*|[HV]{PLACE})Z?)+|{PLACE}")
DRAWN = re.compile(rf' (?:d|x|y|r|cx|cy|width|height|font-size|stroke-width)="(?:{PLACES.pattern})"')


@dataclass
class Allowed:
    """What a page may hold: the identifiers it must not, the figures its numbers must round, the files beside it.

    own_words : text of the repository itself (the notebook's own cells); a date in it comes from no return
    """

    identifiers: Identifiers = field(default_factory=Identifiers)
    figures: Figures | None = None
    own_words: str = ""
    beside: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()  # of the tables behind it, which were approved one by one
    overruled: tuple[str, ...] = ()  # texts that a person lets leave, though they look like identifiers
    official: Callable[[], set[str]] = set  # labels of open tables, which come from no return; asked for if need be
    harmless: set[str] = field(default_factory=set)  # texts in which nobody was recognised; what is found so is added
    clean: set[str] = field(default_factory=set)  # sheets in which nothing was found, whatever figures they may have


class Read(HTMLParser):
    """A page taken apart: texts as they are seen, attributes, styles, what images and data URIs carry inside."""

    def __init__(self, html: str, allowed: Allowed | None = None):
        super().__init__(convert_charrefs=True)
        self.html, self.allowed = html, allowed or Allowed()
        self.tags: list[tuple[str, dict]] = []
        self.attributes: list[str] = []
        self.styles: list[str] = []
        self.figures: list[str] = []  # texts of tables, headlines, headings and alternatives
        self.pieces: list[str] = []  # the text; between its parts "\n", or "\0" for a tag within a line
        self.scripts: list[str] = []
        self.inside: list[str] = []  # what data URIs carry, as text
        self.open: list[str] = []
        self.feed(html)
        self.close()
        seen = "".join(self.pieces)
        self.text = re.sub(r"[^\S\n]+", " ", seen.replace("\0", ""))
        apart = [line.replace("\0", " ") for line in seen.split("\n") if "\0" in line]
        self.apart = re.sub(r"[^\S\n]+", " ", "\n".join(apart))

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self.pieces.append("\0" if tag in INLINE else "\n")
        if tag == "p" and "answer" in values.get("class", "").split():
            tag = "answer"
        if tag == "text" and values.get("class") == "tick":  # of a scale: it counts nobody
            tag = "tick"
        if tag not in VOID:
            self.open.append(tag)
            if tag in NUMBERED:
                self.figures.append("")
        for name, value in values.items():
            if URI.search(value):
                self.inside += carried(value)
            elif not PLACES.fullmatch(value):
                self.attributes.append(" ".join(value.split()))
            if name in ("alt", "aria-label", "title"):
                self.figures.append(value)
                self.figures.append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self.pieces.append("\0" if tag in INLINE else "\n")
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at] == tag or (self.open[at], tag) in (("answer", "p"), ("tick", "text")):
                del self.open[at:]
                break

    def handle_data(self, data):
        if "script" in self.open:
            self.scripts.append(data)
            if data == page_assets.script():
                return
        if "style" in self.open:
            self.styles.append(data)
            if URI.search(data):
                self.inside += carried(data)
            return
        self.pieces.append(data if "pre" in self.open else re.sub(r"\s+", " ", data))
        if not NUMBERED.isdisjoint(self.open) and "tick" not in self.open:
            self.figures[-1] += data

    def everything(self) -> Iterator[str]:
        """Every text a reader of the file can find, seen or unseen, each as it is and as a program would decode it.

        The source itself is read too: comments, declarations, and whatever a parser might have taken otherwise; but not the
        script and the style of every page, which have no word of a return.
        """
        source = self.html.replace(page_assets.script(), " ").replace(page_assets.style(), " ")
        source = " ".join(DRAWN.sub("", BASE64.sub(r"\1", source)).split())
        hashes = [page_assets.content_hash(text) for text in [*self.styles, *self.scripts]]
        own = re.compile("|".join(map(re.escape, hashes)) or r"(?!)")  # 44 letters by chance: a postcode now and then
        for text in (
            own.sub(" ", t) for t in (self.text, self.apart, "\n".join(self.attributes), source, *self.inside)
        ):
            yield text
            written = "\n".join(part for part in text.split("<") if not ESCAPING.isdisjoint(part))
            if (other := decoded(written)) != written:
                yield other


def carried(text: str) -> list[str]:
    """What the data URIs in an attribute or a style carry, as text: an image's metadata, a drawing's every text."""
    starts = [*(texts.start() for texts in URI.finditer(text)), len(text)]
    texts = [text[: starts[0]]] if starts[0] else []
    for start, end in zip(starts, starts[1:], strict=False):
        head, _, body = text[start:end].partition(",")
        texts += _content(head.lower(), body)
    return texts


def _content(head: str, body: str) -> list[str]:
    content = unquote_to_bytes(body)
    if ";base64" in head:
        letters = re.match(rb"[A-Za-z0-9+/=\s]*", content)
        packed = letters[0] if letters else b""
        try:
            content = base64.b64decode(packed.rstrip(b"=\r\n\t ") + b"==") + content[len(packed) :]
        except ValueError:
            return [body]
    if content.startswith(b"\x89PNG"):
        return png_texts(content)
    text = content.decode("utf-8", "replace")
    if any(kind in head for kind in ("svg", "html", "xml")):
        return list(Read(text).everything())
    if "\ufffd" in text:  # another kind of image: the words in it
        return re.findall(r"[^\W_][\x20-\x7e]{5,}", text)
    return [text]


def png_texts(content: bytes) -> list[str]:
    """The words in a PNG's metadata (tEXt, zTXt, iTXt, eXIf, any private part), and whatever follows its end."""
    texts, at = [], 8
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + length]
        at += 12 + length
        if kind not in PIXELS:
            if kind in (b"zTXt", b"iTXt") and b"\0" in data:
                name, rest = data.split(b"\0", 1)
                for start in (rest[1:], rest[2:].split(b"\0", 2)[-1]):  # zTXt and compressed iTXt
                    try:
                        data = name + b": " + zlib.decompress(start)
                        break
                    except zlib.error:
                        continue
            texts += [
                data.replace(b"\0", gap).decode("utf-8", "replace") for gap in (b" ", b"")
            ]  # or two bytes a letter
        if kind == b"IEND":
            break
    if content[at:].strip(b"\0"):
        texts.append(content[at:].decode("utf-8", "replace"))
    return texts
