"""A workbook to send out: a sheet for each return, made from the dictionary, whose rows are read without a mapping.

Headings have notes (what each means, what a blank means), answers have drop-down lists, dates and numbers are checked
as they are typed, and an example row is marked as one. A sheet asks for the period, the sender and from when it covers.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import DATA

from . import dictionary, partner_mappings
from .dictionary import Field, Return, fold

ROWS = 2_000  # that the lists and checks reach down to
ABOUT, LISTS, NOTE = "About this return", "Lists", "Row note"
MARK, EXAMPLE = "EXAMPLE ROW, not data: write your rows below it", "EXAMPLE"
HOW = (
    "Write one row for each case on the sheets that follow. Point at a heading to read what it means.",
    "A blank is never 0: write 0 where there were none, N/K where it is not known, N/A where it does not apply.",
    "The grey row is an example and is not counted. Add no columns of your own, and no totals.",
    "If there was nothing in the quarter, answer Yes to 'Nothing to report' and leave the sheets empty.",
)
WIDTHS = {"text": 34, "choice": 24, "choices": 24, "date": 14, "identifier": 18}


def write(names: list[str], path: Path, period: Quarter | None = None, folder: Path | None = None) -> Path:
    """Writes the template of some returns to `path`.

    period : filled in, where it is known
    folder : another dictionary than the project's
    Raises UserError for a name that is no return.
    """
    import xlsxwriter

    returns = dictionary.load(folder or DATA / "dictionary")
    for name in names:
        if name not in returns:
            raise UserError(f"{name!r} is not a return; there are {', '.join(sorted(returns))}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = _Sheets(book, period)
        sheets.about([returns[n] for n in names])
        for name in names:
            sheets.data(returns[name])
        sheets.finish()
    return path


def of_partner(partner: str, folder: Path | None = None) -> list[str]:
    """The returns that a partner sends: by the mapping of that name, or by the dictionary's words for its sender.

    Raises UserError where there is none.
    """
    at = folder or DATA / "dictionary"
    returns = dictionary.load(at)
    maps = partner_mappings.mappings(at)
    for stem, one in maps.items():
        if fold(partner) in (fold(stem), fold(one.partner)) and one.returns:
            return [n for n in one.returns if n in returns]
    names = [n for n, one in returns.items() if not one.derives and fold(partner) in fold(one.sender)]
    if not names or not fold(partner):  # `..` has no word
        senders = "; ".join(dict.fromkeys(one.sender for one in returns.values() if not one.derives))
        raise UserError(f"No return is sent by {partner!r}. The senders are: {senders}.")
    return names


def heading(one: Return, f: Field) -> str:
    """The heading of a field in the template: the first by which it alone is known."""
    words = one.headings()
    texts = [*f.headings, f.name.replace("_", " ").capitalize()]
    return next((t for t in texts if words.get(fold(t)) == [f.name]), f.name)


def answers(f: Field) -> list[str]:
    """The values of a drop-down list, as people read them."""
    if f.type == "yes_no":
        return ["Yes", "No"]
    listed = f.allowed.get("values") or {}
    texts = []
    for value in f.canonical:
        words = listed.get(value) if isinstance(listed, dict) else None
        texts.append(f"{value} - {words[0]}" if value.isdigit() and words else value.replace("_", " "))
    return texts


def example(f: Field, period: Quarter | None) -> Any:
    """An invented value of a field."""
    quarter = period or Quarter(2017, 4)
    low = f.warn.get("min", f.allowed.get("min", 0))
    values: dict[str, Any] = {
        "identifier": EXAMPLE, "text": f"Example of {f.name.replace('_', ' ')}", "date": quarter.first_day,
        "whole_number": max(low, 1), "number": max(low, 1), "yes_no": "Yes", "gestation": "38+2", "lsoa": "E01000001",
        "period": str(quarter), "financial_year": quarter.year,
    }  # fmt: skip
    if f.type in ("choice", "choices"):
        texts = answers(f)
        return texts[0] if texts else "Example"
    return values[f.type]


def note(f: Field) -> str:
    """What the note of a heading says."""
    needed = "Every row needs it. " if f.required else ""
    return f"{f.says}\n{needed}{f.rule}\nA blank means: {f.blank_means}."


class _Sheets:
    """The sheets of one workbook as they are written."""

    def __init__(self, book: Any, period: Quarter | None):
        self.book, self.period = book, period
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#dce6f0"})
        self.needed = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#b8cce4"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.grey = {"italic": True, "font_color": "#595959", "bg_color": "#eeeeee"}
        self.columns: list[list[str]] = []  # of the sheet of lists

    def about(self, returns: list[Return]) -> None:
        sheet = self.book.add_worksheet(ABOUT)
        day = self.book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 30)
        sheet.write(0, 0, "; ".join(one.name.replace("_", " ") for one in returns), self.title)
        sheet.write(2, 0, "Period", self.bold)
        sheet.write(2, 1, str(self.period) if self.period else "")
        sheet.write(3, 0, "Sender", self.bold)
        sheet.write(4, 0, "Covers from", self.bold)
        sheet.write_blank(4, 1, None, day)
        sheet.data_validation(4, 1, 4, 1, _dates("The first day that your rows cover, as 01/04/2016."))
        sheet.write(5, 0, "Nothing to report", self.bold)
        sheet.data_validation(5, 1, 5, 1, {"validate": "list", "source": ["Yes", "No"]})
        for row, text in enumerate(HOW, 7):
            sheet.write(row, 0, text)
        for row, one in enumerate(returns, 8 + len(HOW)):
            sheet.write(row, 0, f"{one.name.replace('_', ' ')}: {one.grain}; {one.covers or 'the quarter'}.")

    def data(self, one: Return) -> None:
        sheet = self.book.add_worksheet(one.name.replace("_", " ")[:31])
        sheet.freeze_panes(1, 0)
        for column, f in enumerate(one.fields.values()):
            text = heading(one, f)
            sheet.write(0, column, text, self.needed if f.required else self.bold)
            sheet.write_comment(0, column, note(f)[:1_500], {"x_scale": 2.5, "y_scale": 2})
            style: dict[str, Any] = {"date": {"num_format": "dd/mm/yyyy"}}.get(f.type, {})
            if f.type in ("identifier", "lsoa", "gestation", "choices", "period", "financial_year", "text"):
                style = {"num_format": "@"}  # a reference keeps its zeros, 7/8 stays no date
            sheet.set_column(column, column, WIDTHS.get(f.type, max(12, len(text))), self.book.add_format(style))
            value, grey = example(f, self.period), self.book.add_format(style | self.grey)
            if isinstance(value, date):
                sheet.write_datetime(1, column, value, grey)
            else:
                sheet.write(1, column, value, grey)
            if rule := self._rule(f):
                sheet.data_validation(2, column, ROWS, column, rule)
        sheet.write(0, len(one.fields), NOTE, self.bold)
        sheet.write(1, len(one.fields), MARK, self.book.add_format(self.grey))
        sheet.set_column(len(one.fields), len(one.fields), 46)

    def _rule(self, f: Field) -> dict[str, Any] | None:
        """What is checked as a cell is typed. A state (N/K, <5) can be typed too: the check only asks."""
        title = {"input_title": f.name.replace("_", " ").capitalize()[:32], "input_message": f.rule[:255]}
        if f.type in ("choice", "yes_no") and answers(f):
            letters = self._list(answers(f))
            return title | {"validate": "list", "source": letters, "error_type": "warning"}
        if f.type == "date":
            return title | _dates(f.rule)
        if f.type in ("whole_number", "number"):
            low, high = f.allowed.get("min", -1e9), f.allowed.get("max", 1e9)
            kind = "integer" if f.type == "whole_number" else "decimal"
            rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
            return title | rule | {"error_type": "warning", "error_message": f.rule[:255]}
        return {"validate": "any"} | title

    def _list(self, texts: list[str]) -> str:
        from xlsxwriter.utility import xl_col_to_name

        if texts not in self.columns:
            self.columns.append(texts)
        letters = xl_col_to_name(self.columns.index(texts))
        return f"={LISTS}!${letters}$1:${letters}${len(texts)}"

    def finish(self) -> None:
        """The hidden sheet of the lists."""
        sheet = self.book.add_worksheet(LISTS)
        for column, texts in enumerate(self.columns):
            for row, text in enumerate(texts):
                sheet.write_string(row, column, text)
        sheet.hide()


def _dates(message: str) -> dict[str, Any]:
    return {
        "validate": "date", "criteria": "between", "minimum": date(1940, 1, 1), "maximum": date(2100, 12, 31),
        "error_type": "warning", "error_message": message[:255], "input_message": message[:255],
    }  # fmt: skip


def command(name: str, partner: str = "", period: str = "", out: Path | None = None) -> Path:
    """The command `lscb template`: a return by its name, or all that a partner sends. Returns the file written."""
    if bool(name) == bool(partner):
        every = ", ".join(n for n, one in dictionary.load().items() if not one.derives)
        raise UserError(f"Name one return, or a partner with --partner. The returns are: {every}.")
    names = [name.replace("-", "_").replace(" ", "_")] if name else of_partner(partner)
    quarter = Quarter.parse(period) if period else None
    stem = names[0] if name else fold(partner)
    return write(names, (out or Path.cwd()) / f"{stem}.xlsx", quarter)
