"""The release check: reads finished pages as a stranger would, and says why one may not leave.

Each rule is one small function from a `Read` page to the reasons it finds. No reason repeats the value it is about:
manifests are read by more people than pages are meant for.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path

from openstats.project_data import DATA as DATA_FOLDER
from returncheck.identifier_shapes import OF_PAGES, passages, recognised
from returncheck.spelling import UNSEEN, plain

from ..export import page_assets
from .identifiers import LICENCE, RUN, Identifiers, days_of
from .page_reading import Allowed, Read, png_texts
from .shown import Figures

DATA = re.compile(r"<sheetData>.*?</sheetData>", re.DOTALL)  # of a workbook's sheet
CELL = re.compile(r"<c\b([^>]*)>(?:<f.*?(?:/>|</f>))?<v>([^<]+)</v>")
INLINE = re.compile(r"<(?:t|c [^>]*t=\"str\"[^>]*><v)\b[^>]*>([^<]+)<")
ITEM, SHARED = re.compile(r"<si\b[^>]*/>|<si\b.*?</si>", re.DOTALL), re.compile(r't="s"[^>]*><v>(\d+)')
# what a reader of a workbook's parts can meet: texts, and the attributes that hold names and addresses
SPOKEN = re.compile(r">([^<>]+)(?=<)|(?:name|target|descr|title|display|tooltip)=\"([^\"]+)", re.I)
TEXT = re.compile(r't="(?:s|str|inlineStr)"')
SPOKEN_OF = {"alt", "aria-label", "title"}  # attributes that are read out
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href", "manifest", "ping"}


# --- rules ------------------------------------------------------------------------------------------------------------


def identifiers(page: Read) -> Iterable[str]:
    """Nothing that points to a person: values of identifying fields, NHS numbers, postcodes."""
    allowed = page.allowed
    days = days_of(allowed.own_words)
    pattern = re.compile("|".join([RUN, LICENCE, *map(re.escape, allowed.overruled)]), re.I)
    texts = [pattern.sub(" ", text) for text in page.everything()]

    def seen(pointing: Identifiers) -> Iterable[str]:
        return dict.fromkeys(reason for text in texts for reason in pointing.found(text, days, allowed.figures))

    reasons = seen(allowed.identifiers)
    official = allowed.official() if reasons else ()
    return seen(Identifiers(allowed.identifiers.values, official)) if official else reasons


@lru_cache
def map_places() -> frozenset[str]:
    """Places that stand on maps, a name alone on its line; some are also given names, such as Shirley in Southampton."""
    lines = (DATA_FOLDER / "reference" / "places.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(row["place"] for row in csv.DictReader(line for line in lines if line[:1] != "#"))


def people(page: Read) -> Iterable[str]:
    """Nothing that looks as if it pointed to a person, whoever wrote it, but for the labels of the page's tables."""
    labels: re.Pattern | None = None
    spoken = (value for _, attributes in page.tags for name, value in attributes.items() if name in SPOKEN_OF)
    for text in dict.fromkeys([*page.text.split("\n"), *spoken]):
        if text.strip() in map_places() or (words := plain(text)) in page.allowed.harmless:
            continue
        if kinds_of(words):  # few texts are worth looking for the labels in
            labels = labels or _spared(page)
            words = labels.sub(" ", words)
            yield from (f"what looks like {kind}" for kind in kinds_of(words))
        if not kinds_of(words):
            page.allowed.harmless.add(words)


@lru_cache(maxsize=1 << 12)  # what has a label is read for each page and pack that has the label
def kinds_of(words: str) -> list[str]:
    """What in the words of a page looks as if it pointed to a person."""
    return [kind for kind, _ in passages(words, OF_PAGES)]


def _spared(page: Read) -> re.Pattern:
    """The labels of a page's tables that stand on it and look so."""
    whole = plain("\n".join([page.text, *page.attributes])).lower()
    labels = {words for label in page.allowed.labels if (words := plain(label)).lower() in whole and recognised(label)}
    return re.compile("|".join(map(re.escape, {*labels, *page.allowed.overruled})) or r"(?!)", re.I)


def unseen(page: Read) -> Iterable[str]:
    """No letters that nobody sees, or that turn round the figures beside them."""
    if UNSEEN.search(page.text) or any(UNSEEN.search(text) for text in page.attributes):
        yield "holds letters that nobody sees"


def code(page: Read) -> Iterable[str]:
    """No code: no input cell, no highlighted source, no prompt, nothing that reads as Python."""
    classes = {name for _, attributes in page.tags for name in attributes.get("class", "").split()}
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
    """Opening the page asks nobody else for anything, and it runs nothing but the script of every page."""
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    if any(scripts) or len(scripts) != len(page.scripts) or set(page.scripts) - {page_assets.script()}:
        yield "holds a <script>"
    for tag, attributes in page.tags:
        if tag in ("iframe", "frame", "object", "embed", "applet", "base", "form"):
            yield f"holds a <{tag}>"
        if tag == "link" and not attributes.get("href", "").startswith("data:"):
            yield "loads a file from outside (link)"
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            yield "sends its reader elsewhere (refresh)"
        for name, value in attributes.items():
            if name in LOADS and not value.startswith(("data:", "#")) and value not in page.allowed.beside:
                yield f"loads a file from outside ({tag} {name})"
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield "runs a script"
    for style in [*page.styles, *(attributes.get("style", "") for _, attributes in page.tags)]:
        if re.search(r"@import|url\((?!\s*['\"]?(?:data:|#))", style):
            yield "loads a file from outside (style)"
    if any(re.search(r"@import|<script|(?:src|href)=[\"']?(?:https?:)?//", text) for text in page.inside):
        yield "loads a file from outside (inside an image)"


def links(page: Read) -> Iterable[str]:
    """Links lead to pages of the pack or to published addresses, never to a machine of ours."""
    for tag, attributes in page.tags:
        href = attributes.get("href", "")
        if tag != "a" or href.startswith("#") or not href:
            continue
        local = re.match(r"https?://(?:localhost|127\.|10\.|192\.168\.|\[?::1|[\w-]+(?:[:/]|$))", href)
        beside = href.split("#")[0] in page.allowed.beside
        if local or not (beside or href.startswith(("https://", "http://", "mailto:"))):
            yield "links to something a reader does not have"


def alternatives(page: Read) -> Iterable[str]:
    """Every picture has words in its place, and real ones."""
    for tag, attributes in page.tags:
        if tag == "img" and (len(attributes.get("alt", "").strip()) < 3):
            yield "a picture has no alternative text"
        if tag == "svg" and not any(map(attributes.get, ("aria-label", "aria-labelledby", "aria-hidden"))):
            yield "a drawing has no alternative text"
    if "No description has been provided" in page.html:
        yield "a picture has no alternative text"


def structure(page: Read) -> Iterable[str]:
    """Language, title, one first heading, no level skipped, captions and header scopes: what a screen reader needs."""
    if not any(tag == "html" and attributes.get("lang") for tag, attributes in page.tags):
        yield "does not say its language"
    if not re.search(r"<title>\s*[^<\s]", page.html):
        yield "has no title"
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "does not start with one first heading"
    if any(b > a + 1 for a, b in zip(levels, levels[1:], strict=False)):
        yield "skips a level of headings"
    tags = [tag for tag, _ in page.tags]
    if tags.count("table") > tags.count("caption"):
        yield "a table has no caption"
    if any(tag == "th" and "scope" not in attributes for tag, attributes in page.tags):
        yield "a table heading has no scope"


def numbers(page: Read) -> Iterable[str]:
    """Every number in a table or a headline rounds a figure of this audience's protected tables."""
    if page.allowed.figures is None:
        return
    # the page's own headings "7. Working with others" may be told by their number alone
    chapters = {heading[1] for text in page.figures if (heading := re.match(r"\s*(\d{1,2})\. [A-Z]", text))}
    texts = [re.sub(r"^(\s*)\d{1,2}\. (?=[A-Z])", r"\1", t) for t in page.figures if t.strip() not in chapters]
    wrong = sum(not page.allowed.figures.explain(text) for text in texts)
    if wrong:
        yield f"{wrong} of the texts with numbers (tables, headline) do not round a figure of the protected tables"


RULES: tuple[Callable[[Read], Iterable[str]], ...] = (
    identifiers, people, unseen, code, tracebacks, paths, outside, links, alternatives, structure, numbers,
)  # fmt: skip
LOCAL = tuple(rule for rule in RULES if rule not in (alternatives, structure))  # can be asked of a part of a page
AGAIN = (identifiers, links)  # what can be otherwise of a page that stays as it was: returns, which pages a pack has


def check(html: str, allowed: Allowed | None = None, rules=RULES) -> list[str]:
    """Why a page may not leave: `rule: reason`, one each. Empty: it may."""
    page = Read(html, allowed)
    return [f"{rule.__name__}: {reason}" for rule in rules for reason in dict.fromkeys(rule(page))]


def check_workbook(path: Path, allowed: Allowed, again: bool = False) -> list[str]:
    """The same for a pack's workbook: its texts, the names in it, its properties, and every number in it.

    again : of one that was checked and stays as it was: whether it names somebody of other returns
    """
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    raw = {n: c.decode("utf-8", "replace") for n, c in parts.items() if n.endswith(("xml", "rels", "vml"))}
    cells = {name: "".join(DATA.findall(text)) for name, text in raw.items() if name.startswith("xl/worksheets/sheet")}
    sheets = _texts_of(cells, strings := raw.get("xl/sharedStrings.xml", ""))
    raw["xl/sharedStrings.xml"] = INLINE.sub("<", strings)
    xml = {name: unescape(text) for name, text in raw.items()}
    rules = (identifiers,) if again else (identifiers, tracebacks, paths)
    reasons = _reasons(_words_of(parts, xml), allowed, rules)
    for words in map("\n".join, sheets):
        if words in allowed.clean or not _reasons(words, replace(allowed, figures=None), rules):
            allowed.clean.add(words)  # for any figures
        else:
            reasons += _reasons(words, allowed, rules)
        reasons += [] if again else _reasons(words, allowed, (people,))
    if again:
        return list(dict.fromkeys(reasons))
    if any(name.startswith(("xl/externalLinks", "xl/connections", "xl/queryTables")) for name in parts):
        reasons.append("outside: links to another workbook")
    if re.search(r'Target="(?!https?:|mailto:)[^"]*" TargetMode="External"', "".join(xml.values())):
        reasons.append("outside: links to a file")
    if any(not name.endswith(("xml", "rels", "vml", "png")) for name in parts):
        reasons.append("outside: holds something that cannot be read")
    if re.search(r'<sheet [^>]*state="(?:h|veryH)idden', xml.get("xl/workbook.xml", "")):
        reasons.append("outside: holds a hidden sheet")
    if re.search(r"<(?:dc:creator|cp:lastModifiedBy|Manager|Company)>[^<]", "".join(xml.values())):
        reasons.append("identifiers: its properties name who made it")
    if any("<f" in data for data in cells.values()):
        reasons.append("numbers: holds a formula")
    if allowed.figures is not None and (wrong := _unexplained(cells.values(), sheets, allowed.figures)):
        reasons.append(f"numbers: {wrong} not in the protected tables")
    return list(dict.fromkeys(reasons))


def _unexplained(cells: Iterable[str], sheets: Iterable[list[str]], figures: Figures) -> int:
    """How many numbers of a workbook's cells, and texts that are numbers, are no figures."""
    every = (cell for data in cells for cell in CELL.findall(data))
    numbers = Counter(text for kind, text in every if not TEXT.search(kind))
    numerals = {text for texts in sheets for text in texts if re.fullmatch(r"\W*\d[\d.,%]*\W*", text)}
    wrong = sum(n for text, n in numbers.items() if not figures.has(float(text), exact=True))
    return wrong + sum(not figures.explain(text) for text in numerals)


def _reasons(words: str, allowed: Allowed, rules: Iterable[Callable[[Read], Iterable[str]]]) -> list[str]:
    page = Read("", allowed)
    page.text = words
    return [f"{rule.__name__}: {reason}" for rule in rules for reason in dict.fromkeys(rule(page))]


def _texts_of(cells: dict[str, str], strings: str) -> list[list[str]]:
    """The texts of each sheet, each once, in their order there, which is the same in every workbook that has the sheet; at
    last those that no sheet has."""
    items = [INLINE.findall(item) for item in ITEM.findall(strings)]
    places = [[n for n in dict.fromkeys(map(int, SHARED.findall(data))) if n < len(items)] for data in cells.values()]
    places.append(sorted({*range(len(items))}.difference(*places)))
    inline = map(INLINE.findall, (*cells.values(), ITEM.sub("", strings)))
    every = (
        [*texts, *(text for n in of_sheet for text in items[n])] for texts, of_sheet in zip(inline, places, strict=True)
    )
    return [[unescape(text) for text in texts] for texts in every]


def _words_of(parts: dict[str, bytes], xml: dict[str, str]) -> str:
    """Every text in a workbook's parts but those of its sheets, a line each. Numbers of cells are no words: they are
    compared with figures."""
    texts = [a or b for text in xml.values() for a, b in SPOKEN.findall(DATA.sub("", text))]
    texts += [text for name, part in parts.items() if name.endswith("png") for text in png_texts(part)]
    return re.sub(r"&[LCR](?=\S)", " ", "\n".join(texts))  # &C of a header: in the middle
