"""One spelling for everything that a page can hold, so that what is looked for is found however it is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
FOREIGN = re.compile(r"[^\x00-\x7f]+")
# letters of other alphabets that look like ours, and the bar of fractions
ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0430\u0435\u043e\u0440\u0441\u0443\u0445"
    "\u0456\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u2044",
    "ABEKMHOPCTYXIJSaeopcyxiABEZHIKMNOPTYXo/",
)
SPACES, WHITE, NO_LETTER = re.compile(r"[^\S\n]+"), re.compile(r"\s+"), re.compile(r"[\W_]+")
ESCAPES = re.compile(r"\\(?:u\{?([0-9a-f]{4,6})\}?|x([0-9a-f]{2})|([0-9a-f]{1,6}) ?)", re.I)  # of scripts and styles


def plain(text: str) -> str:
    """Text in one spelling: no accents, no unseen characters, digits 0-9, one dash, one quote; spaces are spaces."""
    if not text.isascii():
        text = FOREIGN.sub(lambda letters: _plain_letters(letters[0]), text.replace("`", "'"))
    return SPACES.sub(" ", text)


@lru_cache(maxsize=4096)  # a long text has few of them, each many times: a dash, a quote, a pound
def _plain_letters(text: str) -> str:
    """Letters beyond ASCII in one spelling. A letter and its accents are beside each other, so that none is missed
    where a text is taken in parts."""
    text = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.translate(ALIKE)
    text = re.sub("[\u2010-\u2015\u2212\ufe58\ufe63]", "-", re.sub("[\u2018\u2019\u02bc`\u00b4]", "'", text))
    return FOREIGN.sub(lambda letters: "".join(str(unicodedata.digit(c, c)) for c in letters[0]), text)


def fold(text: str) -> str:
    """Without case, accents, or hyphens and spaces of other alphabets."""
    return WHITE.sub(" ", plain(text)).casefold().strip()


def squash(text: str) -> str:
    return NO_LETTER.sub("", plain(text)).casefold()


def decoded(text: str) -> str:
    r"""A text as a program would read it: entities, %41 of addresses, \u0041 of scripts and \41 of styles undone."""
    if "&" in text:
        text = unescape(text)
    if "%" in text:
        text = unquote(text, errors="replace")
    if "\\" in text:
        text = ESCAPES.sub(lambda escape: chr(min(int(next(filter(None, escape.groups())), 16), 0x10FFFF)), text)
    return text
