"""What a notebook asks of the run: its tables, and where its figures come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import load
from lscb.periods import Quarter, year_label, year_so_far, year_start
from openstats.project_data import standard

from ..quarter import run_files as files
from .page_guard import in_batch

if TYPE_CHECKING:
    import pandas as pd

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
    handed_over: bool = False  # its folder of tables was named, as a run does
    derived: list[float] = field(default_factory=list)  # figures computed from this book that the page shows
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
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

            known = documentation()["tables"].get(name) or {}
            self._read[name] = table(load(path), known.get("dimensions") or ())
        rows: Rows = self._read[name].copy()  # type: ignore[assignment]  # the stubs forget the subclass
        return rows  # pandas copies nothing until somebody writes

    def _ipython_key_completions_(self) -> list[str]:
        return self.names()

    def __repr__(self) -> str:
        return f"{len(self.names())} tables of {self.area} for {self.audience}, {self.period}: book['name'] opens one"

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
        return year_label(self.period.start - (self.period.number < 4))

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


def about(book: Book) -> dict:
    """What stands beside a book's tables about their origin; empty where a folder says nothing."""
    for folder in (book.folder, book.folder.parent, book.folder.parent.parent):
        path = folder / "about.json"
        if path.is_file() and (origin := files.read_json(path)) is not None:  # a run's page may open no other folder's
            return origin
    return {}


def stamp(book: Book) -> Html:
    """Where the page's figures come from: the returns and open data that its tables were made from, and the code.

    Only what the tables read so far on the page were made from: put it last. A guarded page says no more of a return
    than that it came: a hash, a size or a count of rows would confirm a guess at what is withheld. The number of the
    run at the foot of the page leads to them in the manifest, which stays inside.
    """
    from openstats.project_data import DATA, read

    from ..quarter.pack_settings import guarded

    origin = about(book)
    names = book.used or set(origin.get("reads", {}))
    returns = sorted({r for t in names for r in origin.get("reads", {}).get(t, [])})
    sets = sorted({s for t in names for s in origin.get("open_data", {}).get(t, [])})
    receipts = [line for line in origin.get("receipt", []) if line.get("return") in returns]
    if book.audience in guarded():
        came = sorted({line["return"] for line in receipts})
        lines = [("Return" + (" (invented)" if book.sample else ""), name) for name in came]
    else:
        lines = [("Return" + (" (invented)" if book.sample else ""), _receipt(line)) for line in receipts]
    for name in sorted(set(returns) - {line["return"] for line in receipts}):
        lines.append(("Return", f"{name}: not received"))
    sources = read(DATA / "sources.yml") if sets else {}
    lines += [("Open data", _source(name, sources.get("sets", {}).get(name, {}))) for name in sets]
    lines.append(("Calculated with", f"lscb {origin.get('version', '')}, code {origin.get('code', 'unknown')}"))
    rows = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in lines)
    title = '<h2 id="provenance">Where these figures come from</h2>'
    section = Html(f'<section class="provenance" aria-labelledby="provenance">{title}<dl>{rows}</dl></section>')
    if book.derived:
        section.metadata = {"lscb": {"derived": sorted(set(book.derived))}}  # read by the run (see page_outputs)
    return section


def _receipt(line: dict) -> str:
    """A return with its rows and the beginning of its hash, for those who may see cases."""
    counts = [f"{line[kind]:,} {kind}" for kind in ("received", "accepted", "refused") if line.get(kind) is not None]
    return ", ".join([f"{line['return']}: SHA-256 {str(line.get('sha256', ''))[:12]}", *counts])


def _source(name: str, known: dict) -> str:
    parts = [known.get("publisher"), known.get("title") or known.get("release") or name.replace("_", " ")]
    vintage = known.get("vintage")
    return ", ".join(str(p) for p in [*parts, vintage] if p)


def changes(book: Book, notebook: str = "") -> Html:
    """What changed in how a page's figures are counted since last quarter: data/method_changes.yml, newest version.

    A change with `pages` concerns those notebooks; another concerns every page. `notebook` is the page's name, such as
    `40_hrda`; without it every change is printed.
    """
    from openstats.project_data import DATA, read

    entries = read(DATA / "method_changes.yml").get("changes") or []
    newest = entries[-1]["since"] if entries else ""
    concerned = [
        entry["text"]
        for entry in entries
        if entry["since"] == newest
        and not (notebook and entry.get("pages") and int(notebook[:2]) not in entry["pages"])
    ]
    if not concerned:
        return Html("<p>Nothing in how these figures are counted has changed since last quarter.</p>")
    return Html("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in concerned) + "</ul>")


def cases(book: Book, name: str):
    """The accepted rows of a return, to explore in an `internal` cell. They must not leave it.

    They are the rows the tables were made from, kept beside them in working/rows. A return that did not come has none:
    an empty frame with the columns of its dictionary.
    Raises UserError for a name that is no return, and where the rows are no longer kept.
    """
    import pandas as pd

    from returncheck import dictionary

    if in_batch():
        raise UserError(f"cases(book, {name!r}) belongs in a cell tagged internal: a page that leaves has no cases.")
    known = dictionary.load()
    if name not in known:
        raise UserError(f"{name!r} is not a return; there are {', '.join(sorted(known))}.")
    rooms = [f / "working" / "rows" for f in (book.folder, book.folder.parent, book.folder.parent.parent)]
    room = next((room for room in rooms if room.is_dir()), None)
    if room is None:
        raise UserError("No rows are kept beside these tables: `lscb run` makes both (`lscb purge` removes the rows).")
    if (kept := room / f"{name}.parquet").is_file():
        return pd.read_parquet(kept)
    return _no_rows(known[name])


def _no_rows(said):
    """The frame of a return of which nothing came: its fields, typed, with their states, and where a row came from."""
    import pandas as pd

    from returncheck import column_reading as rows

    made = {}
    for name, asked in said.fields.items():
        made |= {name: rows.typed([], asked), f"{name}__state": pd.Categorical([], dtype=rows.STATE_TYPE)}
    origin = {"_file": "str", "_sheet": "str", "_row": "int64", "area": "str"}
    return pd.DataFrame(made | {column: pd.Series(dtype=dtype) for column, dtype in origin.items()})
