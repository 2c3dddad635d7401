"""What a notebook's parameters cell declares, and what was handed to it: a misspelt parameter is an error everywhere.

papermill only warns of a parameter that the notebook does not declare, and the page would be made with the one that was
meant. Here the cells that were run are read back.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from lscb.errors import UserError

EVERY = ("period", "area", "audience", "tables", "sample")  # the parameters every notebook has


def check(questions: Iterable[str]) -> None:
    """Raises UserError for a name in the parameters cell, or handed over by papermill, that `open_book` was not given.

    Outside a notebook nothing is checked.
    """
    allowed = {*EVERY, *questions}
    for source in _parameters():
        for name in _assigned(source):
            if name not in allowed:
                near = get_close_matches(name, allowed, n=1)
                meant = f": do you mean {near[0]!r}?" if near else "."
                raise UserError(f"the notebook has no parameter {name!r}{meant} It has {', '.join(sorted(allowed))}.")


def _parameters() -> list[str]:
    """The parameters cell as it was last run, and what papermill put after it."""
    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython

    shell = get_ipython()
    cells = list(shell.user_ns.get("In", [])) if shell else []
    last = max((n for n, text in enumerate(cells) if set(EVERY) <= set(_assigned(text))), default=None)
    if last is None:
        return []
    after = cells[last + 1] if last + 1 < len(cells) and cells[last + 1].startswith("# Parameters\n") else ""
    return [cells[last], after]


def _assigned(source: str) -> list[str]:
    """The names a cell assigns at its top level; none where it is not plain Python."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    targets = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    each = [part for t in targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
    return [part.id for part in each if isinstance(part, ast.Name)]
