# ruff: noqa: E501  (a page in its own lines)
"""The page each partner gets: what came, what blocks it, what was refused and why, what to do, what a blank means."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from html import escape
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pandas as pd

from lscb.periods import Quarter
from openstats.project_data import DATA

from . import dictionary
from .dictionary import Return
from .headings import UNKNOWN
from .problems import NO_VALUE, SEND_AGAIN, TODO
from .reading import Received
from .sheet_rows import HEADINGS_FIRST

MOST = 300  # problems of one kind on the page; the CSV beside it has all of them

CELLS = 12  # cells named in one line of the page; the CSV has a line for each

STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;color:#1d1d1d;background:#fff;max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.3rem;margin-top:2.2rem}h3{font-size:1.05rem;margin-bottom:.2rem}
.answer{font-size:1.2rem;font-weight:600;border-left:.4rem solid #12436d;padding:.2rem .8rem}.answer.bad{border-color:#a8322d}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.4rem 0;color:#454545}
th,td{border-bottom:1px solid #b8c0cc;padding:.35rem .6rem;text-align:left;vertical-align:top}
th{white-space:nowrap}td{overflow-wrap:break-word;min-width:3rem}td.n,th.n{text-align:right}
.mark{border:2px solid #12436d;padding:.5rem .8rem}summary{font-size:1.05rem;font-weight:600;cursor:pointer;padding:.4rem 0}
a.skip{position:absolute;left:-99rem}a.skip:focus{left:1rem}
@media(max-width:48rem){thead{position:absolute;left:-99rem}tr,td{display:block}tr{border-bottom:2px solid #6b7686;padding:.4rem 0}
td,td.n{border:0;text-align:left;padding:.1rem 0;overflow-wrap:anywhere}td::before{content:attr(data-head) ": ";font-weight:600}td:empty{display:none}}
@media print{body{max-width:none}details>*{display:block}}
"""


class Kind(NamedTuple):
    """One section of the page: which problems stand in it, its heading and what it means for the rows."""

    name: str
    heading: str
    means: str


KINDS = (
    Kind(
        "block",
        "First: what keeps a file or sheet from being read",
        "Nothing of it was used. Put this right and send it again.",
    ),
    Kind("heading", "Headings that we do not know", "These columns were not used."),
    Kind("refuse", "Correct these and send the rows again", "These rows were not used."),
    Kind("no_value", "Cells that could not be read", "Their rows count, without these values."),
    Kind("warn", "Please check these", "They were used as they are, unless the line says otherwise."),
    Kind("note", "For your information", "Nothing to do, if this is as you meant it."),
)


def kinds_of(problems: pd.DataFrame) -> pd.Series:
    """The section of the page that each problem stands in."""
    severity, todo = problems["severity"].astype("str"), problems["todo"]
    unread = severity.mask(todo == NO_VALUE, "no_value")
    named = unread.mask(problems["rule"].str.startswith(UNKNOWN).astype(bool), "heading")
    return named.mask((severity == "refuse") & todo.isin([HEADINGS_FIRST, SEND_AGAIN]), "block")


def partner(file: str) -> str:
    """Whose file it is: the folder it lies in, or its own name."""
    path = PurePosixPath(_plain(file))
    return path.parts[0] if len(path.parts) > 1 else path.stem


def partners(received: Received) -> dict[str, list[str]]:
    """Partner -> the files of theirs that were looked at."""
    files: dict[str, list[str]] = {}
    for file in received.quality["file"]:
        names = files.setdefault(partner(file), [])
        if file not in names:
            names.append(file)
    return files


def page(name: str, period: Quarter, quality: pd.DataFrame, problems: pd.DataFrame, folder: Path | None = None) -> str:
    """One self-contained page. Every text of the partner's is shown, never run.

    quality, problems : the lines of this partner only
    folder : another dictionary than the project's
    """
    title = f"Check of {name}'s returns, {period}"
    returns = dictionary.load(folder or DATA / "dictionary")
    used = [returns[n] for n in dict.fromkeys(quality["return"]) if n in returns]
    kinds = kinds_of(problems) if len(problems) else pd.Series(dtype="str")
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><a class='skip' href='#main'>Skip to the report</a>"
        f'<header><p class="mark">OFFICIAL-SENSITIVE: this report quotes cells of your file. Send it only to the person who sent the file.</p></header>'
        f'<main id="main"><h1>{escape(title)}</h1>{_answer(quality, problems)}'
    ]
    for kind in KINDS:
        some = problems[kinds == kind.name] if len(problems) else problems
        if len(some):
            names = ", ".join(heading_of(one, n) for one in used for n in one.fields) if kind.name == "heading" else ""
            more = f" If we need one of them, rename it to one of: {escape(names)}." if names else ""
            parts.append(f"<h2>{kind.heading}</h2><p>{kind.means}{more}</p>" + _problems(some, kind.heading, used))
        if kind.name == "heading":
            parts.append(_came(quality))
    parts += [_expected(one) for one in used]
    return "".join(parts) + "</main></body></html>\n"


def _came(quality: pd.DataFrame) -> str:
    counts = ["received", "accepted", "accepted_with_warning", "refused"]
    rows = [
        [
            _plain(q["file"]),
            _plain(q["sheet"]),
            q["return"].replace("_", " ") or "not used",
            *(f"{q[c]:,}" for c in counts),
            q["note"],
        ]
        for q in quality.to_dict("records")
    ]
    heads = ["File", "Sheet", "Read as", "Rows received", "Accepted", "Of these with a warning", "Refused", "Note"]
    return "<h2>What came</h2>" + _table("Rows by file and sheet", heads, rows, {3, 4, 5, 6})


def _expected(one: Return) -> str:
    body = [
        [heading_of(one, f.name), f.says, "yes" if f.required else "no", f.rule, f.blank_means]
        for f in one.fields.values()
    ]
    words = one.name.replace("_", " ")
    columns = ["Heading", "What it says", "Needed", "Rule", "A blank means"]
    return (
        f"<h2>What we expect in {escape(words)}</h2><p>{escape(one.grain[:1].upper() + one.grain[1:])}.</p>"
        f"<details><summary>Every column of {escape(words)}: its rule, and what a blank means</summary>"
        + _table(f"Columns of {words}", columns, body)
        + "</details>"
    )


def heading_of(one: Return, name: str) -> str:
    """The heading by which a sender knows a field."""
    f = one.fields[name]
    return f.headings[0] if f.headings else name.replace("_", " ").capitalize()


def _rows(n: int) -> str:
    return f"{n:,} row{'s' * (n != 1)}"


def _answer(quality: pd.DataFrame, problems: pd.DataFrame) -> str:
    """What became of it in a sentence, and what to do in order."""
    received, accepted, refused = (int(quality[c].sum()) for c in ("received", "accepted", "refused"))
    unread = sorted(set(quality.loc[quality["return"] == "", "file"]))
    at_rows = bool((problems["row"].notna() & (problems["severity"] == "refuse")).any())
    sentences = [f"{accepted:,} of {_rows(received)} accepted."]
    if refused:
        sentences.append(f"{_rows(refused)} refused.")
    if unread:
        sentences.append(f"{len(unread):,} file{'s' * (len(unread) != 1)} could not be used.")
    if not refused and not unread:
        sentences.append("Nothing needs to be sent again.")
    steps = []
    if unread:
        steps.append("Put right the files that could not be used, as the first table says, and send them again.")
    if refused and at_rows:
        steps.append("Open your file at each cell listed below, and correct it in your own system.")
        steps.append("Send the corrected rows alone, in the same columns. Rows that were accepted need not come again.")
    how = "<ol>" + "".join(f"<li>{s}</li>" for s in steps) + "</ol>" if steps else ""
    mark = " bad" if refused or unread else ""
    warned = int(quality["accepted_with_warning"].sum())
    verb = "has" if warned == 1 else "have"
    check = f"<p>{_rows(warned)} of the accepted ones {verb} a warning: please check.</p>" if warned else ""
    return f'<p class="answer{mark}">{" ".join(sentences)}</p>{check}{how}'


def _problems(some: pd.DataFrame, heading: str, used: list[Return]) -> str:
    """A table for each file and sheet; the same problem in many cells is one line that names the cells."""
    parts, left = [], MOST
    for (file, sheet), here in some.groupby(["file", "sheet"], sort=False, dropna=False):
        if left <= 0:
            break
        where = f"{_plain(str(file))}, sheet {_plain(str(sheet))}" if sheet else _plain(str(file)) or "All files"
        alike = here.groupby(["column", "value", "rule", "todo"], sort=False, observed=True)
        default = (TODO[here["severity"].iloc[0]], NO_VALUE, HEADINGS_FIRST, SEND_AGAIN)
        body = []
        for key, some_alike in islice(alike, left):
            column, value, rule, todo = map(str, key)
            cells, what = _cells(some_alike), "" if todo in default else todo
            body.append([cells, column, _plain(value), in_words(rule, used), what])
        left -= len(body)
        heads = ["Cell", "Heading", "Your file says", "What we found", "What to do"]
        parts.append(f"<h3>{escape(where)}</h3>" + _table(f"{heading}: {where}", heads, body))
    if left <= 0:
        parts.append(f"<p>{len(some):,} in all. The rest is in the CSV file that came with this page.</p>")
    return "".join(parts)


def in_words(rule: str, used: list[Return]) -> str:
    """A sentence without the names that only we use: a field is called by its heading."""
    for one in used:
        names = "|".join(map(re.escape, sorted((n for n in one.fields if "_" in n), key=len, reverse=True)))
        if names:
            rule = re.sub(rf"(?<![\w\"])({names})(?![\w\"])", lambda m, one=one: f'"{heading_of(one, m[1])}"', rule)  # type: ignore[misc]
    rule = rule.replace("say in the mapping of this partner which to ignore", "tell us which to ignore")
    return rule.replace("add it to the mapping of this partner", "tell us what it means").replace(
        "add it to the mapping", "tell us what it means"
    )


def _plain(text: str) -> str:
    """A text without the guard that keeps a spreadsheet from running it: a page runs nothing."""
    return text[1:] if re.match(r"'\s*[=+\-@＝＋－＠|%]", str(text)) else str(text)


def _cells(alike: pd.DataFrame) -> str:
    """The first cells of problems that are the same, or their rows where no one cell is meant; blank for a file's."""
    first = alike.head(CELLS)
    rows = "row " + first["row"].astype("str")
    named = first["cell"].where((first["cell"] != "") | first["row"].isna(), rows)
    more = f" and {len(alike) - CELLS:,} more (all are in the CSV file)" if len(alike) > CELLS else ""
    return ", ".join(named[named != ""]) + more


def _table(caption: str, heads: list[str], rows: list[list[str]], numbers: AbstractSet[int] = frozenset()) -> str:
    """An HTML table; columns that are blank throughout are left out. On a telephone each row is a list of its cells."""
    keep = [i for i in range(len(heads)) if any(str(r[i]) for r in rows)]
    mark = {i: ' class="n"' if i in numbers else "" for i in keep}
    head = "".join(f'<th scope="col" role="columnheader"{mark[i]}>{escape(heads[i])}</th>' for i in keep)
    body = "".join(
        '<tr role="row">'
        + "".join(f'<td role="cell" data-head="{escape(heads[i])}"{mark[i]}>{escape(str(r[i]))}</td>' for i in keep)
        + "</tr>"
        for r in rows
    )
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(caption)}"><table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )
