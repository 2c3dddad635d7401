"""The parameters that a notebook declares in its cell tagged `parameters`."""

from __future__ import annotations

import ast
import json
from difflib import get_close_matches
from pathlib import Path

from lscb.errors import UserError

OF_EVERY_RUN = ("period", "area", "audience", "tables", "sample")  # the parameters every notebook has


def declared(notebook: Path) -> set[str]:
    """The parameters a notebook declares. Raises UserError if one that every run gives is not among them."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError):
        raise UserError(f"{notebook.name} is not a notebook that can be read: restore it.") from None
    tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    names: set[str] = set()
    for cell in tagged:
        try:
            body = ast.parse("".join(cell["source"])).body
        except SyntaxError as error:
            raise UserError(f"{notebook.name}: its parameters cannot be read (line {error.lineno}).") from None
        targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
        targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    if missing := [name for name in OF_EVERY_RUN if name not in names]:
        near = get_close_matches(missing[0], names, n=1)
        hint = f" (it declares {near[0]!r})" if near else ""
        raise UserError(
            f"{notebook.name} does not declare the parameter {missing[0]!r}{hint}: see its parameters cell."
        )
    return names
