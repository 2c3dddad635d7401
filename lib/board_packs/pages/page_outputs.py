"""What an executed notebook shows, before it is a page: what lacks a caption or words, and what figures it derived."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
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
    for where, cell in _places(notebook):
        kinds = [_lacking(output) for output in cell.get("outputs", [])]
        if problem := next((REMEDY[kind] for kind in REMEDY if kind in kinds), ""):
            problems.append(f"{where}: {problem}")
    return problems


def unexplained(notebook: Any, doubtful: Callable[[str], bool]) -> list[str]:
    """One line for each cell that prints a number of no table: which cell, and what to write.

    doubtful : whether the HTML of an output holds such a number
    """
    problems = []
    for where, cell in _places(notebook):
        texts = ["".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", [])]
        if any(text and doubtful(text) for text in texts):
            problems.append(f"{where}: {UNKNOWN}")
    return problems


def _places(notebook: Any) -> Iterator[tuple[str, Any]]:
    """The code cells that leave, each with its number and the heading that it stands under."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (headings := re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)):
            heading = headings[-1]
        if cell.cell_type == "code" and "internal" not in cell.metadata.get("tags", []):
            yield f"cell {cell.execution_count}" + (f", under {heading!r}" if heading else ""), cell


UNKNOWN = 'prints a number that no table of the page has: write figure = book.derive("what it is", figure) before it.'
REMEDY = {
    "figure": 'shows a figure without words: end it with charts.show(ax, "the finding", "what it shows, in words").',
    "frame": 'shows a frame without caption: write show(frame, "its caption").',
    "value": 'shows a bare value: write say.note(f"…") or show(frame, "its caption").',
}


def _lacking(output: Any) -> str:
    """What an output lacks: `figure`, `frame`, `value`, or nothing."""
    data = output.get("data", {})
    page = "".join(data.get("text/html", ""))
    if "image/png" in data or "image/svg+xml" in data:
        return "figure"
    if 'class="dataframe"' in page:
        return "frame"
    if output.output_type == "execute_result" and data and not page and not set(data) - {"text/plain"}:
        return "value"
    return ""


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
