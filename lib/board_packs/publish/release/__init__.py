"""The release check: reads finished pages as a stranger would, and says why one may not leave.

Each rule is one small function from a `Read` page to the reasons it finds. No reason repeats the value it is about:
manifests are read by more people than pages are meant for.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from pathlib import Path

from openstats.project_data import DATA as DATA_FOLDER
from returncheck.identifier_shapes import OF_PAGES, passages, recognised
from returncheck.spelling import UNSEEN, plain

from ..export import page_assets
from .identifiers import LICENCE, RUN, Identifiers, days_of
from .page_reading import Allowed, Read, png_texts

DATA = re.compile(r"<sheetData>.*?</sheetData>", re.DOTALL)  # of a workbook's sheet
CELL = re.compile(r"<c\b([^>]*)>(?:<f.*?(?:/>|</f>))?<v>([^<]+)</v>")
INLINE = re.compile(r"<(?:t|c [^>]*t=\"str\"[^>]*><v)\b[^>]*>([^<]+)<")
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
    import pandas as pd

    places = pd.read_csv(DATA_FOLDER / "reference" / "places.csv", comment="#")
    return frozenset(places["place"])


def people(page: Read) -> Iterable[str]:
    """Nothing that looks as if it pointed to a person, whoever wrote it, but for the labels of the page's tables."""
    whole = plain("\n".join([page.text, *page.attributes])).lower()
    labels = {words for label in page.allowed.labels if (words := plain(label)).lower() in whole and recognised(label)}
    spared = re.compile("|".join(map(re.escape, {*labels, *page.allowed.overruled})) or r"(?!)", re.I)
    spoken = (value for _, attributes in page.tags for name, value in attributes.items() if name in SPOKEN_OF)
    for text in dict.fromkeys([*page.text.split("\n"), *spoken]):
        if text.strip() in map_places():
            continue
        if (words := spared.sub(" ", plain(text))) in page.allowed.harmless:
            continue
        for kind in (found := [kind for kind, _ in passages(words, OF_PAGES)]):
            yield f"what looks like {kind}"
        if not found:
            page.allowed.harmless.add(words)


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
        if local or not (
            href.startswith(("https://", "http://", "mailto:")) or href.split("#")[0] in page.allowed.beside
        ):
            yield "links to something a reader does not have"


def alternatives(page: Read) -> Iterable[str]:
    """Every picture has words in its place, and real ones."""
    for tag, attributes in page.tags:
        if tag == "img" and (len(attributes.get("alt", "").strip()) < 3):
            yield "a picture has no alternative text"
        if tag == "svg" and not (
            attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("aria-hidden")
        ):
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
    texts = [text.replace(f"{heading[1]}. ", "", 1) if (heading := re.match(r"\s*(\d{1,2})\. [A-Z]", text)) else text
             for text in page.figures if text.strip() not in chapters]  # fmt: skip
    wrong = sum(not page.allowed.figures.explain(text) for text in texts)
    if wrong:
        yield f"{wrong} of the texts with numbers (tables, headline) do not round a figure of the protected tables"


RULES: tuple[Callable[[Read], Iterable[str]], ...] = (
    identifiers, people, unseen, code, tracebacks, paths, outside, links, alternatives, structure, numbers,
)  # fmt: skip
LOCAL = (
    identifiers,
    people,
    unseen,
    code,
    tracebacks,
    paths,
    outside,
    links,
    numbers,
)  # can be asked of a part of a page

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
    xml = {n: unescape(c.decode("utf-8", "replace")) for n, c in parts.items() if n.endswith(("xml", "rels", "vml"))}
    cells = {name: "".join(DATA.findall(text)) for name, text in xml.items() if name.startswith("xl/worksheets/sheet")}
    written = [text for data in (*cells.values(), xml.get("xl/sharedStrings.xml", "")) for text in INLINE.findall(data)]
    page = Read("", allowed)
    page.text = _words_of(parts, xml, written)
    rules = (identifiers,) if again else (identifiers, tracebacks, paths)
    reasons = [f"{rule.__name__}: {reason}" for rule in rules for reason in rule(page)]
    if again:
        return reasons
    page.text = "\n".join(written)
    reasons += [f"people: {reason}" for reason in people(page)]
    if any(name.startswith(("xl/externalLinks", "xl/connections", "xl/queryTables")) for name in parts):
        reasons.append("outside: links to another workbook")
    if re.search(r'Target="(?!https?:|mailto:)[^"]*" TargetMode="External"', "".join(xml.values())):
        reasons.append("outside: links to a file")
    if any(name not in xml and not name.endswith("png") for name in parts):
        reasons.append("outside: holds something that cannot be read")
    if re.search(r'<sheet [^>]*state="(?:h|veryH)idden', xml.get("xl/workbook.xml", "")):
        reasons.append("outside: holds a hidden sheet")
    if re.search(r"<(?:dc:creator|cp:lastModifiedBy|Manager|Company)>[^<]", "".join(xml.values())):
        reasons.append("identifiers: its properties name who made it")
    if any("<f" in data for data in cells.values()):
        reasons.append("numbers: holds a formula")
    if allowed.figures is not None:
        every = (cell for data in cells.values() for cell in CELL.findall(data))
        numbers = Counter(text for kind, text in every if not TEXT.search(kind))
        wrong = sum(n for text, n in numbers.items() if not allowed.figures.has(float(text), exact=True))
        wrong += sum(
            not allowed.figures.explain(text) for text in {*written} if re.fullmatch(r"\W*\d[\d.,%]*\W*", text)
        )
        if wrong:
            reasons.append(f"numbers: {wrong} not in the protected tables")
    return list(dict.fromkeys(reasons))


def _words_of(parts: dict[str, bytes], xml: dict[str, str], written: list[str]) -> str:
    """Every text in a workbook's parts, a line each. Numbers of cells are no words: they are compared with figures."""
    texts = [a or b for text in xml.values() for a, b in SPOKEN.findall(DATA.sub("", text))]
    texts += written
    texts += [text for name, part in parts.items() if name.endswith("png") for text in png_texts(part)]
    return re.sub(r"&[LCR](?=\S)", " ", "\n".join(texts))  # &C of a header: in the middle


def workbook_cells(path: Path) -> dict[str, list]:
    """Everything written in the cells of a workbook, by sheet."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def check_files(folder: Path, checked: Iterable[str], zipped: str, single: str) -> list[str]:
    """Whether a pack's folder holds what was checked and nothing else, in its zip too.

    checked : the names of its files but these: `zipped`, its zip; `single`, its pages as one file; what was printed of them
    """
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    beside = {single, single.replace(".html", ".pdf"), "summary.pdf"}  # made of checked pages, and not in the zip
    reasons = ["files: holds a file that is not checked"] if set(files) - {*checked, *beside, zipped} else []
    if zipped in files:
        with zipfile.ZipFile(files[zipped]) as packed:
            inner = {entry.filename.partition("/")[2]: packed.read(entry) for entry in packed.infolist()}
            noted = packed.comment or any(entry.comment or entry.extra for entry in packed.infolist())
        outside = {name: path.read_bytes() for name, path in files.items() if name not in {zipped, *beside}}
        if noted or inner != outside:
            reasons.append("files: the zip is not the pack")
    return reasons
