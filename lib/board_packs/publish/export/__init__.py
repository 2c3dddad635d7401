"""An executed notebook as one finished page: nbconvert with a template of our own.

One self-contained HTML file without code, scripts or outside requests. Cells tagged `internal` are left out, inputs
are never shown, standard error neither. What stands in the banner comes with the call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from pathlib import Path

import mistune
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from traitlets.config import Config

TEMPLATES = Path(__file__).parent / "templates"
MONTHS = ("April to June", "July to September", "October to December", "January to March")
MARKINGS = {
    "restricted": "OFFICIAL-SENSITIVE: names of cases may be worked out from these figures. Do not circulate.",
    "partnership": "OFFICIAL-SENSITIVE: for members of the partnership",
    "public": "OFFICIAL: for publication",
}


class PageExporter(TemplateExporter):
    """Notebook to page. `resources["page"]` carries the banner: title, area, period, audience, marking, sample."""

    file_extension = ".html"
    output_mimetype = "text/html"

    @property
    def default_config(self):
        return Config(
            {
                "NbConvertBase": {
                    "display_data_priority": ["text/html", "text/markdown", "image/png", "image/svg+xml", "text/plain"]
                },
                "TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": {"internal"}},
                "PageExporter": {"preprocessors": [TagRemovePreprocessor]},
            }
        )

    def __init__(self, **kw):
        super().__init__(template_name="lscb", extra_template_basedirs=[str(TEMPLATES)], **kw)

    @property
    def default_preprocessors(self):
        return []

    def default_filters(self):
        yield from super().default_filters()
        yield "markdown2html", markdown


markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


@lru_cache
def exporter() -> PageExporter:
    """The exporter with its template compiled, made once a process and before it forks."""
    made = PageExporter()
    made.template  # noqa: B018  (compiles it)
    return made


def page(notebook, banner: dict) -> str:
    """The finished page of an executed notebook (a notebook node).

    banner : period, area, area_name, audience, sample, and `marking` where the profile has its own words
    """
    title = next((found[1] for cell in notebook.cells if cell.cell_type == "markdown"
                  and (found := re.match(r"#\s+(.+)", cell.source))), "Page")  # fmt: skip
    html, _ = exporter().from_notebook_node(notebook, resources={"page": banner_of(title=title.strip(), **banner)})
    return html


def banner_of(**said) -> dict:
    """What the banner prints, completed: the quarter in months, the protective marking of the audience."""
    from lscb.periods import Quarter

    quarter = Quarter.parse(said["period"])
    year = quarter.first_day.year
    said["months"] = f"{MONTHS[quarter.number - 1]} {year}"
    said["marking"] = said.get("marking") or marking(said["audience"])
    return said


def marking(audience: str) -> str:
    """The protective marking of an audience: its profile's `banner` in data/disclosure.yml, or the usual one."""
    from cellguard import profile

    return profile(audience).banner or MARKINGS.get(audience, f"For: {audience}") if audience else ""


def render(template: str, **values) -> str:
    """One of the package's plain templates (a pack's index and its last page), in the same frame as the pages."""
    return environment().get_template(template).render(**values)


@lru_cache
def environment():
    from jinja2 import Environment, FileSystemLoader

    return Environment(
        loader=FileSystemLoader([TEMPLATES / "lscb"]), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def answer(html: str) -> str:
    """The one-sentence answer of a finished page, as plain text; empty where it has none."""
    found = re.search(r'<p class="answer">(.*?)</p>', html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def title(html: str) -> str:
    """The question a finished page asks: its first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""
