"""A table as a person reads it: caption, header scopes, numbers to the right, states in words.

Kept apart from the long form: every number it prints is one figure of one cell of a protected table.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# One text for every hidden cell: nothing may tell a primary from a further cell.
STATES = {"suppressed": "withheld", "not_applicable": "not applicable", "not_available": "not available"}


# Words of the returns that a reader writes otherwise.
SPELT = {"idva": "IDVA", "lgbt": "LGBT", "childrens social care": "Children's social care"}
PERIOD = re.compile(r"(\d{4}-\d{2})-(Q[1-4])")
WHOLE = re.compile(r"\d{4}-\d{2}( Q[1-4])?|\d+-\d+( [a-z]+)?")  # a period, an age band: not to be broken over two lines
WIDE = 7  # columns from which a table may be wider than the text beside it


class Table(str):
    """An HTML table that a notebook shows as itself."""

    def _repr_html_(self) -> str:
        return str(self)


def text(row: pd.Series | dict, figure: str, style: str) -> str:
    """One figure of a cell as text, or its state in words. `style`: count, percent, rate, money, ordinal, text."""
    from . import words

    if row.get("status", "shown") != "shown":
        return STATES[row["status"]]
    value = row[figure]
    if isinstance(value, str):
        return value
    if value != value:
        return "–"
    name, _, decimals = style.partition(":")
    make = getattr(words, name)
    return make(value, int(decimals)) if decimals else make(value)


def label(text: str) -> str:
    """A label of a dimension as a reader writes it: `2017-18 Q4`, `Children's social care`, `Not recorded`."""
    text = PERIOD.sub(r"\1 \2", str(text)).replace("_", " ")
    if text in SPELT:
        return SPELT[text]
    return text[:1].upper() + text[1:] if text.split(" ")[0].islower() else text


def _head(text: str) -> str:
    """A label as HTML; a period or an age band stays on one line."""
    text = label(text)
    return f'<span class="whole">{escape(text)}</span>' if WHOLE.fullmatch(text) else escape(text)


def _figures(figures: list[str]) -> str:
    """The figures of a row; a row of which nothing can be shown says so once, across its columns."""
    if len(figures) > 1 and figures[0] in STATES.values() and len(set(figures)) == 1:
        return f'<td class="number" colspan="{len(figures)}">{figures[0]}</td>'
    return "".join(f'<td class="number">{escape(f)}</td>' for f in figures)


def show(
    frame: pd.DataFrame,
    caption: str,
    rows: str | dict[str, str],
    columns: dict[str, tuple[str, str]] | None = None,
    spread: str | None = None,
    figure: str = "count",
    style: str = "count",
    order: list[str] | None = None,
) -> Table:
    """A protected table as HTML.

    rows : the dimension whose labels head the rows, or {dimension: heading} for one or more of them
    columns : {heading: (figure, style)}: the figures of one cell side by side, such as
        {"Referrals": ("of", "count"), "Repeats": ("count", "count"), "Repeat rate": ("value", "percent")}
    spread : instead of `columns`, a dimension whose labels become the columns, each showing `figure` as `style`
    order : the labels of `spread` in their order (their order of appearance otherwise)

    A cell that is not in the frame prints a dash; suppressed, not applicable and not available print in words, once
    for a whole row of them. Labels are printed as `label` spells them.
    Raises ValueError where two cells would fall on one place.
    """
    heads = {rows: rows.replace("_", " ").capitalize()} if isinstance(rows, str) else dict(rows)
    if spread is None:
        columns = columns or {figure.capitalize(): (figure, style)}
        titles = list(columns)
        if frame.duplicated(list(heads)).any():
            raise ValueError(f"{caption}: several cells share one row; choose the other dimensions first")
        body = [
            ([str(row[d]) for d in heads], [text(row, figure, style) for figure, style in columns.values()])
            for row in frame.to_dict("records")
        ]
    else:
        titles = order or list(dict.fromkeys(frame[spread]))
        if frame.duplicated([*heads, spread]).any():
            raise ValueError(f"{caption}: several cells share one place; choose the other dimensions first")
        places = {tuple(str(r[d]) for d in [*heads, spread]): r for r in frame.to_dict("records")}
        rows_of = dict.fromkeys(key[:-1] for key in places)
        body = [
            (list(key), [text(places[*key, t], figure, style) if (*key, t) in places else "–" for t in titles])
            for key in rows_of
        ]
    head = "".join(f'<th scope="col">{_head(h)}</th>' for h in heads.values())
    head += "".join(f'<th scope="col" class="number">{_head(t)}</th>' for t in titles)
    lines = []
    for labels, figures in body:
        first = "".join(f'<th scope="row">{_head(text)}</th>' for text in labels)
        lines.append(f"<tr>{first}{_figures(figures)}</tr>")
    wide = " wide" if len(heads) + len(titles) >= WIDE else ""
    return Table(
        f'<div class="table{wide}" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
