"""What an executed notebook shows, before it is a page: what lacks a caption or words, and what figures it derived."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

KEY = "lscb"  # of the metadata of an output


def without_internal(notebook: Any) -> Any:
    """A copy of a notebook (a notebook node) without its cells tagged `internal`: a run executes none of them."""
    left = deepcopy(notebook)
    left.cells = [cell for cell in left.cells if "internal" not in cell.metadata.get("tags", [])]
    return left


def shortcomings(notebook: Any) -> list[str]:
    """One line for each cell that shows a frame without caption, a figure without words or a bare value: which cell,
    and what to write."""
    problems = []
    for where, cell in places(notebook):
        kinds = [_lacking(output) for output in cell.get("outputs", [])]
        if problem := next((REMEDY[kind] for kind in REMEDY if kind in kinds), ""):
            problems.append(f"{where}: {problem}")
    return problems


def doubtful(notebook: Any, problems: Callable[[str], Iterable[str]]) -> list[str]:
    """One line for each cell, of text or of code, that shows what may not leave: which cell, what, and what to write.

    problems : what the release check has against some HTML, each `rule: reason`
    """
    lines = []
    for where, cell in places(notebook, texts=True):
        shown = [cell.source] if cell.cell_type == "markdown" else map(_text, cell.get("outputs", []))
        reasons = dict.fromkeys(reason for text in shown if text for reason in problems(text))
        lines += [f"{where}: {_remedied(*reason.split(': ', 1))}" for reason in reasons]
    return list(dict.fromkeys(lines))


def _text(output: Any) -> str:
    """What a reader of the page gets of an output, as HTML or plain text."""
    data = output.get("data", {})
    return "".join(data.get("text/html", "") or data.get("text/markdown", "") or output.get("text", ""))


def _remedied(rule: str, reason: str) -> str:
    return REMEDY_OF[rule] if rule == "numbers" else f"{reason}: {REMEDY_OF[rule]}"


def places(notebook: Any, texts: bool = False) -> Iterator[tuple[str, Any]]:
    """The code cells that leave, each with its number and the heading that it stands under; with `texts` those of text
    too."""
    heading = ""
    for cell in notebook.cells:
        if "internal" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and (headings := re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)):
            heading = headings[-1]
        under = f"under {heading!r}" if heading else "before the first heading"
        if cell.cell_type == "code":
            yield f"cell {cell.execution_count}, {under}", cell
        elif texts and cell.cell_type == "markdown":
            yield f"the text {under}", cell


REMEDY = {
    "program": 'shows what only a program can draw (plotly, a widget): draw it with seaborn or matplotlib and end it with charts.show(ax, "the finding", "what it shows, in words").',
    "figure": 'shows a figure without words: end it with charts.show(ax, "the finding", "what it shows, in words").',
    "frame": 'shows a frame without caption: write show(frame, "its caption").',
    "print": 'prints text: write say.note(f"…") in the place of print.',
    "value": 'shows a bare value: write say.note(f"…") or show(frame, "its caption").',
}
REMEDY_OF = {  # of what the release check finds in a cell, by its rule
    "numbers": 'prints a number that no table of the page has: write figure = book.derive("what it is", figure) before it.',
    "identifiers": "take it out, or show it in a cell tagged internal.",
    "people": 'take it out; where it names nobody, lscb labels --overrule "PAGE=TEXT" lets it pass, by name and reason.',
    "unseen": "type the text again.",
    "code": "say it in words; what the code is, the notebook shows.",
    "tracebacks": "mend the cell.",
    "paths": "name the table, not the file.",
    "outside": "draw it with seaborn or matplotlib, or write it as text.",
    "links": "link to a published address, https://…, or leave the link out.",
}
PROGRAM = re.compile(r"<(?:script|iframe|object|embed|form|link)\b", re.IGNORECASE)
BARE_TABLE = re.compile(r"<table(?!><caption>)", re.IGNORECASE)  # ours begin so
PICTURES = {"image/png", "image/svg+xml", "image/jpeg", "image/gif"}
SEEN = {"text/html", "text/markdown"}


def _lacking(output: Any) -> str:
    """What an output lacks: a key of REMEDY, or nothing."""
    if output.output_type == "stream":
        return "print" if output.get("name") == "stdout" and output.get("text", "").strip() else ""
    data = output.get("data", {})
    page = "".join(data.get("text/html", ""))
    if PROGRAM.search(page):
        return "program"
    if PICTURES & set(data):
        return "figure"
    if BARE_TABLE.search(page):
        return "frame"
    return "value" if data and not SEEN & set(data) else ""


AUDIENCE = {"audience", "tables", "folder", "environ", "globals", "locals", "vars", "eval", "exec"}  # what can tell it


def asks_audience(notebook: dict[str, Any]) -> bool:
    """Whether the cells that leave do more with the audience than to open its book: else what they show depends on
    the tables that they read, and on nothing else of it.

    notebook : as its file has it, in JSON
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or {"parameters", "internal"} & set(cell["metadata"].get("tags", [])):
            continue
        try:
            tree = ast.parse("".join(cell["source"]))
        except SyntaxError:  # a magic: it can do anything
            return True
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        opening = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "open_book"]
        spared = {id(argument) for call in opening for argument in call.args}
        words = {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(tree) if id(n) not in spared}
        if words & AUDIENCE:
            return True
    return False


def derived(notebook: Any) -> list[float]:
    """The figures that the page's book registered, as its stamp carries them."""
    found: set[float] = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for part in (output.get("metadata") or {}).values():
                if isinstance(part, dict):
                    found.update(part.get(KEY, {}).get("derived", []))
    return sorted(found)
