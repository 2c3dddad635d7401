"""The cell styles of an .xlsx that change what a person reads: number formats and text that is struck out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from .number_formats import BUILT_IN, PLAIN, sections, shows_a_day
from .zip_parts import Parts

STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*\bval="(?:0|false)")')


@dataclass
class Styles:
    """What the styles of a workbook's cells change.

    formats : style -> number format, where it may show something else than the number
    struck : styles whose text is struck out
    struck_texts : shared texts with struck-out letters, by their number
    """

    formats: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    struck_texts: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, parts: Parts) -> Styles:
        """The styles of a workbook."""
        xml = parts.get("xl/styles.xml").decode("utf-8", "replace")
        codes = dict(BUILT_IN)
        for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", xml):
            identity, format_ = re.search(r'numFmtId="(\d{1,9})"', tag), re.search(r'formatCode="([^"]*)"', tag)
            if identity and format_:
                codes[int(identity[1])] = unescape(format_[1])
        fonts = _struck_fonts(xml)
        block = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.S)
        styles = cls(struck_texts=_struck_texts(parts.get("xl/sharedStrings.xml")))
        for at, tag in enumerate(re.findall(r"<(?:\w+:)?xf\b[^>]*>", block[0] if block else "")):
            identity, font = re.search(r'numFmtId="(\d{1,9})"', tag), re.search(r'fontId="(\d{1,9})"', tag)
            code = codes.get(int(identity[1]), "") if identity else ""
            if code not in PLAIN and not (all(part.dated for part in sections(code)) and shows_a_day(code)):
                styles.formats[at] = code
            if font and int(font[1]) in fonts:
                styles.struck.add(at)
        return styles


def _struck_fonts(xml: str) -> set[int]:
    block = re.search(r"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", xml, re.S)
    fonts = re.findall(r"<(?:\w+:)?font>.*?</(?:\w+:)?font>|<(?:\w+:)?font\s*/>", block[0] if block else "", re.S)
    return {at for at, font in enumerate(fonts) if STRIKE.search(font.encode())}


def _struck_texts(xml: bytes) -> set[int]:
    """Shared texts of which some letters are struck out."""
    if not STRIKE.search(xml):
        return set()
    texts = re.finditer(rb"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", xml, re.S)
    return {at for at, text in enumerate(texts) if STRIKE.search(text[0])}
