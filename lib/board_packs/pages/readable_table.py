"""A table as a person reads it: caption, header scopes, numbers to the right, states in words.

Kept apart from the long form: every number it prints is one figure of one cell of a protected table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from lscb.errors import UserError
from lscb.long_table import FIGURES

from ..tables import documentation
from .book import once, register
from .book_rows import MOSTLY_WITHHELD
from .cell_value import STATES, nearest, parse, printed, records, withheld
from .number_text import label
from .sentences import AS_ABOVE, Note, lacking

if TYPE_CHECKING:
    import pandas as pd

WHOLE = re.compile(r"\d{4}-\d{2}( Q[1-4])?|\d+-\d+( [a-z]+)?")  # a period, an age band: not to be broken over two lines
WIDE = 7  # columns from which a table may be wider than the text beside it
WORDS = 24  # letters above which a column is of words, to the left and wrapped, not of figures
LONG = 2  # lines above which a table folds: it opens when asked for, and prints in the annex


class Table(str):
    """An HTML table that a notebook shows as itself."""

    def _repr_html_(self) -> str:
        return str(self)


def measure_label(name: str) -> str:
    """What a measure counts, as the dictionary of tables says it, to its first stop; else its name."""
    says = (documentation()["measures"].get(name) or {}).get("says", name)
    return re.split(r"[;(]| -- ", str(says))[0].strip()


def _head(text: str) -> str:
    """A label as HTML; a period or an age band stays on one line."""
    text = label(text)
    return f'<span class="whole">{escape(text)}</span>' if WHOLE.fullmatch(text) else escape(text)


def _figures(figures: list[str], kinds: list[str]) -> str:
    """The figures of a row; a row of which nothing can be shown says so once, across its columns."""
    if len(figures) > 1 and figures[0] in STATES.values() and len(set(figures)) == 1:
        return f'<td class="number" colspan="{len(figures)}">{figures[0]}</td>'
    return "".join(f'<td class="{kind}">{escape(f)}</td>' for f, kind in zip(figures, kinds, strict=True))


def show(
    frame: pd.DataFrame,
    caption: str,
    rows: str | dict[str, str] = "period",
    columns: Mapping[str, str | tuple[str, str]] | None = None,
    spread: str | None = None,
    style: str = "count",
    order: list[str] | None = None,
) -> Table | Note:
    """A table as a person reads it; one sentence where its return did not come, or nothing of it may be printed.

    rows : the column whose labels head the rows, or {column: heading} for one or more of them; `measure` is printed
        as the dictionary says what it counts
    columns : {heading: style}, the figures of one row side by side, each as a cell prints it:
        {"Referrals": "of", "Repeats": "count", "Repeat rate": "percent", "From": "low percent", "Note": "note text"}
        A frame of one's own (it has no `status`) needs neither: its index heads the rows (see `_of_ones_own`).
    spread : instead of `columns`, a column whose labels become the columns, each showing its cell as `style`
    order : the labels of `spread` in their order (their order of appearance otherwise)

    A cell that is not in the frame prints a dash; suppressed, not applicable and not available print in words, once
    for a whole row of them. Labels print as `label` spells them. A table of more than LONG lines folds.
    Raises UserError where two cells would fall on one place, and for a heading's style that there is not.
    """
    frame = _frame(frame)
    if reason := _nothing(frame, caption):
        return Note(reason)
    if "status" not in frame and columns is None and spread is None:
        frame, rows, columns = _of_ones_own(frame, rows)
    heads = {rows: rows.replace("_", " ").capitalize()} if isinstance(rows, str) else dict(rows)
    if "measure" in heads:
        frame = frame.assign(measure=[measure_label(name) for name in frame["measure"]])
    frame = frame.reset_index() if frame.index.name in heads and frame.index.name not in frame else frame
    _one_cell_a_place(frame, caption, heads, spread)
    _derived(frame, [style] if spread else list((columns or {}).values()))
    if spread is None:
        titles, body = _side_by_side(frame, heads, columns or {style.capitalize(): style})
    else:
        body = _spread_out(frame, [*heads, spread], titles := order or list(dict.fromkeys(frame[spread])), style)
    caption = ". ".join(filter(None, [caption + _rounding(frame, caption), lacking(frame, caption)]))
    return Table(_folded(caption, _html(caption, list(heads.values()), titles, body), len(body)))


def _frame(shown: Any) -> Any:
    """The frame of what is to be shown: itself, a series as one, a styled frame without its style."""
    frame = getattr(shown, "data", shown) if hasattr(shown, "to_html") and hasattr(shown, "data") else shown
    if not (hasattr(frame, "ndim") and hasattr(frame, "columns" if getattr(frame, "ndim", 0) == 2 else "to_frame")):
        raise UserError('show takes a DataFrame or a Series: write show(pd.DataFrame(...), "its caption").')
    return frame


def _folded(caption: str, table: str, lines: int) -> str:
    """A long table under its caption, to open; a short one as it is."""
    if lines <= LONG:
        return table
    return f'<details class="fold rows"><summary>{escape(caption)}</summary>{table}</details>'


def _one_cell_a_place(frame: pd.DataFrame, caption: str, heads: Mapping[str, str], spread: str | None) -> None:
    places = [*heads, *filter(None, [spread])]
    if lacking := [name for name in places if name not in frame]:
        there = ", ".join(map(str, frame.columns))
        raise UserError(f"{caption}: the frame has no column {lacking[0]!r}; there are {there}.")
    if frame.duplicated(places).any():
        raise UserError(
            f"{caption}: several cells share one place of the table: choose the other dimensions first, as in "
            f"rows.by({', '.join(map(repr, heads))})."
        )


def _of_ones_own(frame: Any, rows: str | dict[str, str]) -> tuple[pd.DataFrame, str | dict[str, str], dict]:
    """A frame that is no table's rows, grouped, pivoted or computed; its row headings and its columns: the index and what
    stands beside it, whole numbers as counts, others to one decimal."""
    from pandas.api.types import is_numeric_dtype

    frame = frame.to_frame() if frame.ndim == 1 else frame
    frame = frame.set_axis([", ".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in frame.columns], axis=1)
    if isinstance(rows, dict) or (rows in frame and frame[rows].is_unique):
        heads = list(rows) if isinstance(rows, dict) else [rows]
    elif frame.shape[1] > 1 and frame.index.name is None and list(frame.index) == list(range(len(frame))):
        heads = [c for c in frame if not is_numeric_dtype(frame[c])] or [frame.columns[0]]
    else:
        names = [str(name or "row") for name in frame.index.names]
        frame, heads = frame.rename_axis(index=names).reset_index(), names
    styles = {}
    for name in (c for c in frame.columns if c not in heads):
        whole = is_numeric_dtype(frame[name]) and (frame[name].dropna() % 1 == 0).all()
        styles[name] = (name, "count" if whole else "rate" if is_numeric_dtype(frame[name]) else "text")
    return frame, rows if isinstance(rows, dict) else {h: label(h) for h in heads}, styles


def _rounding(frame: pd.DataFrame, caption: str) -> str:
    """What a caption adds where counts of the rows are rounded for this audience: in full once a page."""
    to = max((nearest(row) for row in records(frame)), default=1)
    return f" ({once(f'counts rounded to the nearest {to} need not add up', caption, 'rounded')})" if to > 1 else ""


def _side_by_side(frame: pd.DataFrame, heads: Mapping[str, str], columns: Mapping) -> tuple[list[str], list]:
    """Titles and lines of a table whose columns are figures of one row."""
    styles = [style if isinstance(style, tuple) else parse(style) for style in columns.values()]
    lines = [([str(row[d]) for d in heads], [_printed(row, *one) for one in styles]) for row in records(frame)]
    return list(columns), lines


def _spread_out(frame: pd.DataFrame, dimensions: list[str], titles: list[str], style: str) -> list:
    """The lines of a table whose columns are the labels of its last dimension; a dash where there is no cell."""
    one = parse(style)
    places = {tuple(str(row[d]) for d in dimensions): row for row in records(frame)}
    return [
        (list(key), [_printed(places[*key, t], *one) if (*key, t) in places else "–" for t in titles])
        for key in dict.fromkeys(key[:-1] for key in places)
    ]


def _derived(frame: pd.DataFrame, styles: list) -> None:
    """Registers what the table prints that is no figure of a protected table: all of it where the frame is none."""
    figures = {s[0] if isinstance(s, tuple) else parse(s)[0] for s in styles}
    if "status" in frame:
        figures -= set(FIGURES)
    for name in figures & set(frame.select_dtypes("number").columns):
        register(*frame[name])


def _nothing(frame: pd.DataFrame, caption: str) -> str:
    """Why no table is printed, which the page says once; empty where one is."""
    reason = getattr(frame, "absent", "")
    if not reason and "status" in frame and len(frame) and (frame["status"] == "not_available").all():
        reason = str(frame["reason"].iloc[0])
    if reason:
        why = f"{reason[0].lower() if reason[1:2].islower() else reason[0]}{reason[1:].rstrip('.')}."
        return f"{caption}: {why if reason == MOSTLY_WITHHELD else once(why, caption, f'not available{AS_ABOVE}.')}"
    if frame.empty:
        return f"{caption}: there is nothing to show for this period."
    return (
        f"{caption}: every figure is withheld." if "status" in frame and (frame["status"] == "suppressed").all() else ""
    )


def _printed(row: dict, figure: str, style: str, decimals: int | None = None) -> str:
    """One figure of a row; a style with its decimals in it (`rate:0`) is taken apart."""
    if ":" in style:
        _, style, decimals = parse(style)
    if figure == "count" and row.get("status") == "suppressed":
        return withheld(row.get("reason", ""))
    text = printed(row, figure, style, decimals)
    return re.sub(r"(; )?rounded to the nearest \d+$", "", text) if figure == "reason" else text  # the caption says it


def _html(caption: str, heads: list[str], titles: list[str], body: list[tuple[list[str], list[str]]]) -> str:
    """Caption, headings and lines as HTML."""
    head = "".join(f'<th scope="col">{_head(h)}</th>' for h in heads)
    kinds = ["words" if any(len(f[at]) > WORDS for _, f in body) else "number" for at in range(len(titles))]
    head += "".join(f'<th scope="col" class="{k}">{_head(t)}</th>' for t, k in zip(titles, kinds, strict=True))
    lines = []
    for labels, figures in body:
        first = "".join(f'<th scope="row">{_head(text)}</th>' if text else "<td></td>" for text in labels)
        lines.append(f"<tr>{first}{_figures(figures, kinds)}</tr>")
    wide = " wide" if len(heads) + len(titles) >= WIDE else ""
    return (
        f'<div class="table{wide}" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
