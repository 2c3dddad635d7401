"""A page of links to the files that could not be fetched, for a browser on a machine that reaches them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from .sources import File, Set

NAME = "links.html"
HEAD = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Official files to download</title>
<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}
td,th{text-align:left;vertical-align:top;padding:.4em 1em .4em 0;border-bottom:1px solid #ccc}</style></head>
<body>
<h1>Official files to download</h1>
"""


def write(folder: Path, files: Sequence[tuple[Set, File]]) -> Path:
    """Write the page into a folder of open data and say where it is.

    A link is a file's own address; where its publisher sends it in pages only, or it has none, the page that leads to
    it. Names do not matter when the files are taken over: they are known by what is in them.
    """
    rows = [
        f"<tr><th scope='row'>{escape(source.title)}</th><td>{escape(source.publisher)}</td>"
        f"<td><a href='{escape(_address(file), quote=True)}'>{escape(file.name)}</a></td></tr>"
        for source, file in files
    ]
    steps = (
        "<ol><li>Open each link below in a browser that reaches the publishers, and save the files in one folder.</li>"
        f"<li>Either put them into <code>{escape(str(folder.resolve()))}</code>, or run "
        "<code>lscb fetch --from FOLDER</code> with that folder: it checks them and takes them over.</li></ol>\n"
    )
    table = (
        "<table><caption>Files that are not held</caption><thead><tr><th scope='col'>Set</th>"
        "<th scope='col'>Publisher</th><th scope='col'>File</th></tr></thead>\n<tbody>\n"
    )
    path = folder / NAME
    text = f"{HEAD}{steps}{table}" + "\n".join(rows) + "\n</tbody></table>\n</body></html>\n"
    path.write_text(text, encoding="utf-8")
    return path


def _address(file: File) -> str:
    """`arcgis` sends a layer in pages of a thousand, which a browser cannot put together."""
    return file.page if file.paged == "arcgis" or not file.address else file.address
