"""Opens the book of a page: its tables, the questions it is asked, and what it says of itself at the top."""

from __future__ import annotations

import sys

from lscb.errors import UserError

from . import parameters_cell
from . import questions as page_questions
from .book import Book, Html, open_tables
from .case_marking import watch
from .notices import banner
from .page_guard import in_batch, start
from .provenance import about


def open_book(period: str, area: str, audience: str, tables: str, sample: bool, **questions) -> Book:
    """The book of a page, from its parameters; its own questions by name, None for the standard's answer.

    tables : a folder of tables; empty: they are built and protected now, unless nothing has changed since (seconds).
        `restricted` reads them as they were before protection.
    sample : the invented quarter; False: data/returns/<period>
    questions : the page's own parameters (see `questions.SETTINGS` and `CHOICES`). With a setting that is not the standards' the
        tables are built with it, into a folder of their own, and the page is for exploring: it says so, and no pack
        takes it. `book.settings` has the values in force.
    Raises UserError, in one line, for a period, area, audience or answer that cannot be, and for a parameter that the
    notebook was given and does not pass on.
    """
    parameters_cell.check(questions)
    in_force, exploring = page_questions.answered(questions)
    if exploring and tables:
        raise UserError(
            f"{_listed(exploring)} is for exploring and this is a run: set it back to None in the parameters cell, and "
            "the page can be made."
        )
    book = open_tables(period, area, audience, tables, sample, exploring)
    _same_quarter(book)
    book.settings, book.exploring = page_questions.fitting(in_force, book), exploring
    if "matplotlib" in sys.modules:
        from .charts import house_style

        house_style()
    if in_batch():
        start()
    elif (cases := watch()) is not None:
        from IPython.display import display

        cases.shell.InteractiveTB.set_mode("Minimal")  # an error is one line; `%xmode Context` shows where it arose
        display(Html(banner(book)))
    return book


def _same_quarter(book: Book) -> None:
    """A folder of tables that was named may be of another quarter, or of invented cases: it says so itself."""
    origin = about(book)
    of = (str(origin.get("area", book.area)), str(origin.get("period", book.period)))
    if of != (book.area, str(book.period)):
        raise UserError(f"tables: they are of {' and '.join(of)}; set area and period so, or leave tables empty.")
    book.sample = book.sample or bool(origin.get("sample"))


def _listed(settings: dict) -> str:
    return " and ".join(f"{name.rpartition('.')[2]} = {value!r}" for name, value in settings.items())
