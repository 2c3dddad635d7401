"""A pack as one file to mail: every page below the other, its links leading within, since links between files of a zip
break where phones preview them."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import export
from ..export import Banner

MAIN = re.compile(r'<main id="main" tabindex="-1"(?: class="(\w+)")?>(.*)</main>', re.DOTALL)
LINKS = re.compile(r'<nav class="(?:pack-links|on-this-page)".*?</nav>', re.DOTALL)  # the file has a list of its own


def joined(pages: dict[str, str], title: str, banner: Banner) -> str:
    """Finished pages by file name, in their order, as one page.

    Headings go down by one level, as the file has a title of its own; places within a page keep their names behind the
    page's, so that no two are the same.
    """
    places = {name: f"page-{number}" for number, name in enumerate(pages, 1)}
    parts = [_part(html, places[name], places) for name, html in pages.items()]
    listed = [(places[name], export.title(html)) for name, html in pages.items()]
    return export.render("single.html.j2", page=replace(banner, title=title), listed=listed, parts=parts)


def _part(html: str, place: str, places: dict[str, str]) -> str:
    match = MAIN.search(html)
    kind, body = (match[1], LINKS.sub("", match[2])) if match else ("", "")
    body = re.sub(r"(</?h)([1-4])\b", lambda tag: f"{tag[1]}{int(tag[2]) + 1}", body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{place}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{place}-\1"', body)
    body = re.sub(r' ?<a [^>]*href="data/[^"]*"[^>]*>[^<]*</a>', "", body)  # not in this file
    for name, other in places.items():
        body = body.replace(f'href="{name}"', f'href="#{other}"')
    return f'<section class="part{f" {kind}" if kind else ""}" id="{place}">{body}</section>'
