"""What shows cases in JupyterLab says so, loudly; where no person sits at the notebook no case is shown at all.

A notebook that was run by hand and saved keeps what its cells showed, and plain nbconvert carries it on. So what a cell
shows that has cases, or anything computed from them, begins with a mark; plain papermill, which would execute such a
cell with nobody looking, leaves it out and says so. It is a guard against slips: cases are followed from name to name
as the cells are written, not through what somebody hides in a container of another cell.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import Any

from lscb.errors import UserError

from .book import Html

LOUD = "border:4px solid #B00020;background:#FDECEF;color:#B00020;padding:.6em 1em;margin:.4em 0;font-size:1.15em"
MARK = Html(
    f'<p class="restricted" style="{LOUD}"><strong>RESTRICTED: CASES OF CHILDREN AND FAMILIES, NOT FOR CIRCULATION.'
    "</strong> What this cell shows must not be sent, exported or copied.</p>"
)
NOBODY = "cases are shown only to a person in JupyterLab (lscb lab), in a cell tagged internal."
LEFT_OUT = Html(f'<p class="restricted"><strong>Not executed:</strong> {NOBODY}</p>')
READER = "cases"  # the function that reads them
ANYTHING = {"Out", "_", "__", "___", "globals", "locals", "vars", "eval", "exec"}  # leads to what was shown before


class CaseCells:
    """Which names hold cases; IPython has it `visit` the code of every cell before it runs."""

    def __init__(self, shell: Any):
        self.shell = shell
        self.names: set[str] = set()
        self.marked = False  # whether the cell that runs has cases

    def visit(self, cell: ast.AST) -> ast.AST:
        """The cell as it will run, its mark shown; nothing of it where it has cases and nobody is there to see them."""
        if not isinstance(cell, ast.Module):  # a part that a magic times
            return cell
        has = [self._follow(statement) for statement in cell.body]  # every one: names pass from one to the next
        self.marked = any(has)
        if not self.marked:
            return cell
        self._say(MARK if somebody(self.shell) else LEFT_OUT)
        return cell if somebody(self.shell) else ast.Module(body=[], type_ignores=[])

    def given(self) -> None:
        """Cases are given to a cell in which no name told of them: its mark, and every name it assigns.

        Raises UserError where nobody is there to see them.
        """
        if self.marked:
            return
        if not somebody(self.shell):
            raise UserError(NOBODY)
        self.marked = True
        self._say(MARK)
        for node in ast.walk(ast.parse(self.shell.transform_cell(self.shell.user_ns["In"][-1]))):
            self.names |= _assigned(node)

    def _follow(self, statement: ast.stmt) -> bool:
        """Whether a statement has cases; the names that it assigns then have them too, and else no longer."""
        nodes = list(ast.walk(statement))
        used = {name for node in nodes for name in _used(node)}
        has = READER in used or bool(self.names and used & (self.names | ANYTHING))
        for node in nodes:
            self.names = self.names | _assigned(node) if has else self.names - _assigned(node)
        return has

    @staticmethod
    def _say(notice: Html) -> None:
        from IPython.display import display

        display(notice)


def _used(node: ast.AST) -> set[str]:
    """The names that a part of a cell reads; of a magic's line, which is text, every word."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return {node.id} if not node.id.lstrip("_").isdigit() else {"_"}
    if isinstance(node, ast.Attribute):
        return {node.attr} & {READER}
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith("_magic"):
        texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return {word for text in texts for word in re.findall(r"\w+", text)}
    return set()


def _assigned(node: ast.AST) -> set[str]:
    """The names that a part of a cell assigns: itself, by an attribute or a place of it, as a function."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
        return {node.name}
    if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
        inner: ast.AST = node
        while isinstance(inner, (ast.Attribute, ast.Subscript)):
            inner = inner.value
        return {inner.id} if isinstance(inner, ast.Name) else set()
    return {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()


def somebody(shell: Any) -> bool:
    """Whether a person runs the cell: JupyterLab and editors name the cell, papermill and nbconvert do not."""
    parent: dict[str, Any] = getattr(shell, "get_parent", dict)() or {}
    return not parent or bool(parent.get("metadata", {}).get("cellId"))


def watch() -> CaseCells | None:
    """The follower of this notebook, begun where there is none yet; None outside IPython."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    if (shell := get_ipython()) is None:
        return None
    there = [each for each in shell.ast_transformers if isinstance(each, CaseCells)]
    if not there:
        there = [CaseCells(shell)]
        shell.ast_transformers += there
    return there[0]
