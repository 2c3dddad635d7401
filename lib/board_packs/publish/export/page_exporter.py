"""nbconvert with our own template."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from traitlets.config import Config

from ...pages.prose.markdown_text import markdown

TEMPLATES = Path(__file__).parent / "templates"


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


@lru_cache
def exporter() -> PageExporter:
    """The exporter with its template compiled, made once a process and before it forks."""
    compiled = PageExporter()
    compiled.template  # noqa: B018  (compiles it)
    return compiled
