"""An executed notebook as one finished page: nbconvert with a template of our own.

One self-contained HTML file without code or outside requests, with one script of ours that a policy names by its hash. Cells tagged `internal` are left out, inputs
are never shown, standard error neither. What stands in the banner comes with the call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from pathlib import Path

from cellguard import profile
from lscb.periods import Quarter
from openstats import authorities

from . import page_assets, page_sections

TEMPLATES = Path(__file__).parent / "templates"
MONTHS = ("April to June", "July to September", "October to December", "January to March")
MARKINGS = {
    "restricted": "OFFICIAL-SENSITIVE: names of cases may be worked out from these figures. Do not circulate.",
    "partnership": "OFFICIAL-SENSITIVE: for members of the partnership",
    "public": "OFFICIAL: for publication",
}


@dataclass(frozen=True)
class Banner:
    """What stands above every page: whose figures, of when, for whom.

    dates : instead of the quarter's months
    run : the random number and the time of the run that made the page, which stand at its foot. Nothing else of a page
        says what it was made from: the restricted manifest has the returns and their hashes under that number.
    """

    period: Quarter
    area: str
    audience: str
    sample: bool = False
    title: str = ""
    dates: str = ""
    run: str = ""

    @property
    def area_name(self) -> str:
        return authorities.name(self.area) if self.area else ""

    @property
    def months(self) -> str:
        """The quarter in months."""
        return self.dates or f"{MONTHS[self.period.number - 1]} {self.period.first_day.year}"

    @property
    def marking(self) -> str:
        """The protective marking: the audience's `banner` in data/disclosure.yml, or the usual one."""
        if not self.audience:
            return ""
        return profile(self.audience).banner or MARKINGS.get(self.audience, f"For: {self.audience}")

    @property
    def style(self) -> str:
        """The page's style, with what is printed at the head and the foot of each sheet."""
        place = f"{self.area_name}, {self.months}" if self.area_name else self.months
        head = f"{'SAMPLE DATA. ' if self.sample else ''}{place}: {self.title}"
        return page_assets.style(head, self.marking or place)

    @property
    def script(self) -> str:
        return page_assets.script()

    @property
    def policy(self) -> str:
        """What a browser may load and run: the page's own style and script."""
        return page_assets.policy(self.style)

    def values(self) -> dict:
        """As a run's files have it."""
        return {"period": str(self.period), "area": self.area, "area_name": self.area_name,
                "audience": self.audience, "sample": self.sample}  # fmt: skip


def page(notebook, banner: Banner) -> str:
    """The finished page of an executed notebook (a notebook node), under its first heading."""
    from .page_exporter import exporter  # nbconvert: heavy, and only workers need it

    headings = (re.match(r"#\s+(.+)", cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    title = next((heading[1].strip() for heading in headings if heading), "Page")
    html, _ = exporter().from_notebook_node(notebook, resources={"page": replace(banner, title=title)})
    return page_sections.arranged(html)


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
    return _text(re.search(r'<p class="answer">(.*?)</p>', html, re.DOTALL))


def first_sentence(text: str) -> str:
    """The first sentence of an answer: what a list of pages has room for."""
    return re.split(r"(?<=[.?!]) (?=[A-Z\d£])", text, maxsplit=1)[0]


def title(html: str) -> str:
    """The question a finished page asks: its first heading."""
    return _text(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL))


def _text(element: re.Match | None) -> str:
    return unescape(re.sub(r"<[^>]+>", "", element[1])).strip() if element else ""
