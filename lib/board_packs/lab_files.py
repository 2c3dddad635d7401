"""How `lscb lab` saves a notebook: without what it showed, so that no case lies in a file that is tracked or sent."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class NotebooksWithoutOutputs(AsyncLargeFileManager):
    """JupyterLab's own files; of a notebook its cells are saved, and what they showed stays in the window."""

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Saves a file. The outputs of a notebook are left out of it, and of the checkpoint that is made of it."""
        if model.get("type") == "notebook" and isinstance(content := model.get("content"), dict):
            model = model | {"content": content | {"cells": [_unshown(cell) for cell in content.get("cells", [])]}}
        saved: dict[str, Any] = await super().save(model, path)
        return saved


def _unshown(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell as it was before it ran."""
    if cell.get("cell_type") != "code":
        return cell
    metadata = {
        name: value for name, value in cell.get("metadata", {}).items() if name not in ("execution", "collapsed")
    }
    return cell | {"outputs": [], "execution_count": None, "metadata": metadata}
