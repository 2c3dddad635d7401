"""The release check: reads finished pages as a stranger would, and says why one may not leave.

Each rule is one small function from a `Read` page to the reasons it finds. No reason repeats the value it is about:
manifests are read by more people than pages are meant for.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

from .identifiers import Identifiers
from .shown import Figures

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {"p", "div", "td", "th", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "figcaption",
          "table", "section", "pre", "br", "title", "option"}  # fmt: skip
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href", "manifest", "ping"}
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
        for name, value in held.items():
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


# --- rules ------------------------------------------------------------------------------------------------------------


def identifiers(page: Read) -> Iterable[str]:
    """Nothing that points to a person: values of identifying fields, NHS numbers, postcodes."""
    known, own = page.allowed.identifiers, page.allowed.own_words
    return dict.fromkeys(reason for text in page.everything() for reason in known.found(text, own))


def code(page: Read) -> Iterable[str]:
    """No code: no input cell, no highlighted source, no prompt, nothing that reads as Python."""
    classes = {name for _, held in page.tags for name in held.get("class", "").split()}
    if classes & {"input", "input_area", "highlight", "CodeMirror", "jp-Cell-inputWrapper", "jp-CodeMirrorEditor"}:
        yield "shows an input cell"
    if any(re.search(r"^\s*(?:from [\w.]+ import |import [\w.]+|def \w+\(|class \w+[(:]|>>> |In ?\[\d+\]:)", line)
           for line in page.text.split("\n")):  # fmt: skip
        yield "shows program code"


def tracebacks(page: Read) -> Iterable[str]:
    """No error of a program."""
    if re.search(r"Traceback \(most recent call last\)|papermill-error-cell|File \".+\", line \d+|^\w*Error: ",
                 page.html + page.text, re.MULTILINE):  # fmt: skip
        yield "shows a traceback"


def paths(page: Read) -> Iterable[str]:
    """No path of a file on somebody's machine."""
    pattern = re.compile(
        r"(?<![\w.:/])(?:file:/|~/|/(?:home|Users|root|tmp|work|mnt|media|var|opt|srv|private|etc|usr|proc)/\w)"
        r"|(?<![\w])[A-Za-z]:\\+\w|\\\\[\w.-]+\\\w"
    )
    if any(pattern.search(text) for text in page.everything()):
        yield "shows a file path"


def outside(page: Read) -> Iterable[str]:
    """Opening the page asks nobody else for anything, and it runs nothing."""
    for tag, held in page.tags:
        if tag in ("script", "iframe", "frame", "object", "embed", "applet", "base", "form"):
            yield f"holds a <{tag}>"
        if tag == "link" and not held.get("href", "").startswith("data:"):
            yield "loads a file from outside (link)"
        if tag == "meta" and held.get("http-equiv", "").lower() == "refresh":
            yield "sends its reader elsewhere (refresh)"
        for name, value in held.items():
            if name in LOADS and not value.startswith(("data:", "#")) and value not in page.allowed.beside:
                yield f"loads a file from outside ({tag} {name})"
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield "runs a script"
    for style in [*page.styles, *(held.get("style", "") for _, held in page.tags)]:
        if re.search(r"@import|url\((?!\s*['\"]?(?:data:|#))", style):
            yield "loads a file from outside (style)"
    if any(re.search(r"@import|<script|(?:src|href)=[\"']?(?:https?:)?//", text) for text in page.inside):
        yield "loads a file from outside (inside an image)"


def links(page: Read) -> Iterable[str]:
    """Links lead to pages of the pack or to published addresses, never to a machine of ours."""
    for tag, held in page.tags:
        href = held.get("href", "")
        if tag != "a" or href.startswith("#") or not href:
            continue
        local = re.match(r"https?://(?:localhost|127\.|10\.|192\.168\.|\[?::1|[\w-]+(?:[:/]|$))", href)
        if local or not (
            href.startswith(("https://", "http://", "mailto:")) or href.split("#")[0] in page.allowed.beside
        ):
            yield "links to something a reader does not have"


def alternatives(page: Read) -> Iterable[str]:
    """Every picture has words in its place, and real ones."""
    for tag, held in page.tags:
        if tag == "img" and (len(held.get("alt", "").strip()) < 3):
            yield "a picture has no alternative text"
        if tag == "svg" and not (held.get("aria-label") or held.get("aria-labelledby") or held.get("aria-hidden")):
            yield "a drawing has no alternative text"
    if "No description has been provided" in page.html:
        yield "a picture has no alternative text"


def structure(page: Read) -> Iterable[str]:
    """Language, title, one first heading, no level skipped, captions and header scopes: what a screen reader needs."""
    if not any(tag == "html" and held.get("lang") for tag, held in page.tags):
        yield "does not say its language"
    if not re.search(r"<title>\s*\S", page.html):
        yield "has no title"
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "does not start with one first heading"
    if any(b > a + 1 for a, b in zip(levels, levels[1:], strict=False)):
        yield "skips a level of headings"
    tags = [tag for tag, _ in page.tags]
    if tags.count("table") > tags.count("caption"):
        yield "a table has no caption"
    if any(tag == "th" and "scope" not in held for tag, held in page.tags):
        yield "a table heading has no scope"


def numbers(page: Read) -> Iterable[str]:
    """Every number in a table or a headline rounds a figure of this audience's protected tables."""
    if page.allowed.figures is None:
        return
    wrong = sum(not page.allowed.figures.explain(text) for text in page.figures)
    if wrong:
        yield f"{wrong} {'number' if wrong == 1 else 'texts with numbers'} in tables or headline not in the protected tables"


RULES: tuple[Callable[[Read], Iterable[str]], ...] = (
    identifiers, code, tracebacks, paths, outside, links, alternatives, structure, numbers,
)  # fmt: skip


def check(html: str, allowed: Allowed | None = None, rules=RULES) -> list[str]:
    """Why a page may not leave: `rule: reason`, one each. Empty: it may."""
    page = Read(html, allowed)
    return [f"{rule.__name__}: {reason}" for rule in rules for reason in dict.fromkeys(rule(page))]


def check_workbook(path: Path, allowed: Allowed) -> list[str]:
    """The same for a pack's workbook: its texts, its properties, and every number in it."""
    import zipfile

    with zipfile.ZipFile(path) as book:
        inner = {
            name: book.read(name).decode("utf-8", "replace")
            for name in book.namelist()
            if name.endswith(("xml", "rels"))
        }
    texts = [unescape(t) for xml in inner.values() for t in re.findall(r">([^<>]+)<", xml)]
    page = Read("", allowed)
    page.text, page.attributes = "\n".join(texts), []
    reasons = [f"{rule.__name__}: {reason}" for rule in (identifiers, tracebacks, paths) for reason in rule(page)]
    if any(name.startswith(("xl/externalLinks", "xl/vbaProject")) for name in inner):
        reasons.append("outside: links to another workbook")
    if allowed.figures is not None:
        cells = re.findall(
            r"<c [^>]*?(?<!t=\"s\")><v>([^<]+)</v>", "".join(v for k, v in inner.items() if "sheets/" in k)
        )
        cells += re.findall(
            r"<c (?![^>]*t=\"s\")[^>]*><v>([^<]+)</v>", "".join(v for k, v in inner.items() if "sheets/" in k)
        )
        wrong = sum(not allowed.figures.has(float(v), exact=True) for v in set(cells) if _number(v))
        if wrong:
            reasons.append(f"numbers: {wrong} not in the protected tables")
    return list(dict.fromkeys(reasons))


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
