"""What a notebook asks of the run: its tables, and where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import load
from lscb.periods import Quarter, year_label, year_so_far, year_start
from openstats.dated_terms import term
from openstats.project_data import standard

if TYPE_CHECKING:
    from .book_rows import Rows


class NoSuchTable(UserError, KeyError):
    """A table that the book does not have; names the nearest."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(repr=False)
class Book:
    """The tables of one audience, by name, read when asked for.

    `used` lists what was read, so that a page is run again only when something it read has changed.
    """

    folder: Path
    period: Quarter
    area: str
    audience: str
    sample: bool = False
    used: set[str] = field(default_factory=set)
    settings: dict = field(default_factory=dict)  # the page's questions and the values in force
    exploring: dict = field(default_factory=dict)  # settings that are not the standards', by their dotted names
    derived: list[float] = field(default_factory=list)  # figures computed from this book that the page shows
    printed: list[dict] = field(default_factory=list)  # marks of what its cells printed since the last sentence
    said: dict[str, str] = field(default_factory=dict)  # by a reason that the page gave: beside what it gave it first
    _read: dict[str, Rows] = field(default_factory=dict, repr=False)
    _made: dict = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> Rows:
        path = self.folder / f"{name}.csv"
        if not path.is_file():
            near = get_close_matches(name, self.names(), n=1)
            raise NoSuchTable(f"there is no table {name!r}" + (f"; nearest: {near[0]!r}" if near else "."))
        self.used.add(name)
        if name not in self._read:
            from ..tables import documentation
            from .book_rows import table
            from .unanswered_fields import without_unanswered

            about = documentation()["tables"].get(name) or {}
            newest = {str(self.period), self.period.year, self.year_so_far}
            rows = self._read[name] = table(without_unanswered(load(path)), about.get("dimensions") or (), newest)
            self.derived += rows.missing
            rows.source, rows.journal = name, self.printed
        return self._read[name].copy()  # type: ignore[return-value]  # pandas copies nothing until somebody writes

    def _ipython_key_completions_(self) -> list[str]:
        return self.names()

    def __repr__(self) -> str:
        return f"{len(self.names())} tables of {self.area}, {self.period}: book['name'] opens one"

    def _repr_html_(self) -> str:
        from .notices import table_list

        return table_list(self)

    @property
    def place(self) -> str:
        """The authority's name, such as Southampton."""
        from openstats import authorities

        return authorities.name(self.area)

    @property
    def year(self) -> str:
        """The newest financial year that has ended by the period's last day, such as 2017-18."""
        return year_label(self.period.year_ended)

    @property
    def year_so_far(self) -> str:
        """The label of the period's own financial year: 2017-18 at its end, `2017-18 to Q2` before."""
        return year_so_far(self.period)

    @property
    def previous_year(self) -> str:
        """The financial year before the period's own, to set beside `year_so_far`."""
        return year_label(self.period.start - 1)

    @property
    def last_year(self) -> str:
        """The financial year before `year`."""
        return year_label(year_start(self.year) - 1)

    @property
    def year_before(self) -> str:
        """The same quarter a year before, such as 2016-17-Q4."""
        return str(self.period - 4)

    def standard(self, name: str):
        """A setting of data/standards.yml by its dotted name, as this page was made with it."""
        return self.exploring[name] if name in self.exploring else standard(name)

    def term(self, name: str, since: str = "") -> str:
        """What a body, a review or a service is called on the period's last day (`terms` in data/standards.yml).

        since : a year from which figures are shown; where it was called otherwise then, both names are given
        """
        now = term(name, self.period.last_day)
        before = term(name, Quarter(year_start(since), 1).first_day) if since else now
        return now if before == now else f"{before} or {now}"

    def vintage(self, name: str) -> str:
        """What the figures of an open data set are of, as data/sources.yml says it; empty for a set that is not there."""
        from openstats.project_data import DATA, read

        return read(DATA / "sources.yml")["sets"].get(name, {}).get("vintage", "")

    def derive(self, what: str, figures):
        """Registers figures computed from this book's tables, so that a page that prints them can be released.

        what : what they are, in words; figures : a number, a list or array of them, or a frame (its numeric columns)
        Returns `figures`; a frame as Rows, which `show` and `charts.describe` take.
        """
        import numpy as np
        import pandas as pd

        if not what.strip():
            raise UserError("book.derive: say in words what the figures are.")
        if isinstance(figures, pd.DataFrame):
            from .book_rows import Rows

            figures = Rows(figures)
            numbers = figures.select_dtypes("number").to_numpy(float).ravel()
        else:
            numbers = np.asarray(figures, float).ravel()
        self.derived += [float(number) for number in numbers if number == number]
        return figures

    def once(self, name: str, make: Callable):
        """What `make` computes from this book's tables, computed once a page. Callers must not edit what they get."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.csv"))


CAUSES = 8  # words above which the end of a reason is causes, or what to do
OPENED: list[Book] = []  # by the page of this process; a page is run again only when a table it read has changed


class Html(str):
    """HTML that a notebook shows as itself, with metadata of its output where there is any."""

    metadata: dict = {}  # noqa: RUF012  # empty for a class of texts; one that has any is given its own

    def _repr_html_(self):
        return (str(self), self.metadata) if self.metadata else str(self)


def register(*figures: float) -> None:
    """Figures that a sentence or a table has computed from the page's own: the page that prints them can leave."""
    for book in OPENED[-1:]:
        book.derived += [float(figure) for figure in figures if figure == figure]


def once(reason: str, beside: str, again: str = "") -> str:
    """A reason in full where the page gives it first, `again` elsewhere; without its causes, or what to do, where another
    reason had the same. A cell that runs again gives what it gave (`beside` tells it)."""
    reasons = OPENED[-1].said if OPENED else {}
    text, key = reason.rstrip("."), reason.rstrip(".").lower()
    so, stop, causes = text.rpartition(". ") if ". " in text else text.partition(": ")
    if reasons.setdefault(key, beside) != beside:
        return again
    same = len(causes.split()) > CAUSES and reasons.setdefault(causes, key) != key
    return f"{so}{' either' * (stop == ': ')}." if same else reason


def marked(html: str, *texts: str) -> Html:
    """Sentences as HTML, with the marks of those of their numbers that a cell of the book printed for them: which
    table, cell and figure each came from. They stay in the executed notebook, where the release check reads them."""
    html, sentences = Html(html), " ".join(texts)
    for book in OPENED[-1:]:
        marks = [m for m in book.printed if re.search(rf"(?<![\d.,]){re.escape(m['number'])}(?!\d|[.,]\d)", sentences)]
        html.metadata = {"lscb": {"printed": marks}}
        book.printed.clear()
    return html


def open_tables(
    period: str,
    area: str,
    audience: str = "partnership",
    tables: str | Path = "",
    sample: bool = True,
    settings: dict | None = None,
) -> Book:
    """The tables of a page.

    tables : a folder of tables; empty: they are built and protected now, from the parameters, unless they are there
        already and nothing has changed since (seconds). `restricted` reads them as they were before protection.
    sample : the invented quarter; False: data/returns/<period>
    """
    from openstats import authorities as areas

    from ..quarter.explored_tables import explored
    from ..quarter.pack_settings import audiences

    quarter = Quarter.parse(period)
    area = areas.find(area, quarter.last_day).code
    if audience not in audiences():
        raise UserError(f"audience {audience!r} is not one of {', '.join(audiences())} (data/disclosure.yml).")
    if tables:
        folder = Path(tables)
        if not folder.is_dir():
            raise UserError(f"tables: there is no folder {folder.name!r}; leave it empty to build them now.")
    else:
        place = explored(quarter, area, sample, settings)
        folder = place / "protected" / audience if audiences()[audience] else place / "working"
    book = Book(folder, quarter, area, audience, sample)
    OPENED.append(book)
    return book
