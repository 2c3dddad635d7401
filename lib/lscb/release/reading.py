"""A finished page taken apart: everything in it that somebody could read."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

from .identifiers import Identifiers
from .shown import Figures

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {"p", "div", "td", "th", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "figcaption",
          "table", "section", "pre", "br", "title", "option"}  # fmt: skip
TEXTS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}


@dataclass
class Allowed:
    """What a page may hold: the identifiers it must not, the figures its numbers must round, the files beside it.

    own_words : text of the repository itself (the notebook's own cells); a date in it comes from no return
    """

    identifiers: Identifiers = field(default_factory=Identifiers)
    figures: Figures | None = None
    own_words: str = ""
    beside: frozenset[str] = frozenset()


class Read(HTMLParser):
    """A page taken apart: texts as they are seen, attributes, comments, what images and data URIs carry inside."""

    def __init__(self, html: str, allowed: Allowed | None = None):
        super().__init__(convert_charrefs=True)
        self.html, self.allowed = html, allowed or Allowed()
        self.tags: list[tuple[str, dict]] = []
        self.attributes: list[str] = []
        self.comments: list[str] = []
        self.styles: list[str] = []
        self.figures: list[str] = []  # texts of table cells and of the headline, whose numbers must be protected ones
        self.labels: list[str] = []
        self.pre: list[str] = []
        self.pieces: list[str] = []
        self.inside: list[str] = []  # what data URIs carry, as text
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.text = re.sub(r"[^\S\n]+", " ", "".join(self.pieces))

    def handle_starttag(self, tag, attrs):
        held = {name: value or "" for name, value in attrs}
        self.tags.append((tag, held))
        if tag in BLOCKS:
            self.pieces.append("\n")
        if tag not in VOID:
            self.open.append(tag)
        for value in held.values():
            if value.startswith("data:"):
                self.inside += carried(value)
            else:
                self.attributes.append(value)
        for wanted, pile in (("td", self.figures), ("th", self.labels), ("pre", self.pre)):
            if tag == wanted:
                pile.append("")
        if tag == "p" and "answer" in held.get("class", "").split():
            self.open[-1] = "answer"
            self.figures.append("")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.pieces.append("\n")
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at] == tag or (self.open[at] == "answer" and tag == "p"):
                del self.open[at:]
                break

    def handle_data(self, data):
        if "style" in self.open:
            self.styles.append(data)
            return
        self.pieces.append(data)
        if {"td", "answer"} & set(self.open):
            self.figures[-1] += data
        elif "th" in self.open:
            self.labels[-1] += data
        if "pre" in self.open:
            self.pre[-1] += data

    def handle_comment(self, data):
        self.comments.append(data)

    def everything(self) -> Iterator[str]:
        """Every text a reader of the file can find, seen or unseen."""
        yield self.text
        yield from self.attributes
        yield from self.comments
        yield from self.styles
        yield from self.inside


def carried(uri: str) -> list[str]:
    """What a data URI carries, as text: an image's metadata, a drawing's source, any other content as it is."""
    head, _, body = uri.partition(",")
    try:
        content = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except ValueError:
        return [body]
    if content.startswith(b"\x89PNG"):
        return png_texts(content)
    text = content.decode("utf-8", "replace")
    if "svg" in head or "html" in head or "xml" in head:
        text = unescape(re.sub(r"<[^>]*>", lambda tag: " " + " ".join(re.findall(r'"([^"]*)"', tag[0])) + " ", text))
    return [text]


def png_texts(content: bytes) -> list[str]:
    """The words in a PNG's metadata (tEXt, zTXt, iTXt, eXIf), and whatever follows its end."""
    found, at = [], 8
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + length]
        at += 12 + length
        if kind in TEXTS:
            if kind != b"eXIf" and b"\0" in data:
                name, rest = data.split(b"\0", 1)
                for start in (rest[1:], rest[2:].split(b"\0", 2)[-1]):  # zTXt and compressed iTXt
                    try:
                        rest = zlib.decompress(start)
                        break
                    except zlib.error:
                        continue
                data = name + b": " + rest
            found.append(data.replace(b"\0", b" ").decode("utf-8", "replace"))
        if kind == b"IEND":
            break
    if content[at:].strip(b"\0"):
        found.append(content[at:].decode("utf-8", "replace"))
    return found
