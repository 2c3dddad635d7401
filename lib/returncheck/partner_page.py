# ruff: noqa: E501  (a page in its own lines)
"""The page each partner gets: what came, what was refused and why, what to do, what a blank means."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from . import dictionary
from .data_rows import TODO, safe

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
KINDS = (
    ("refuse", "Correct these and send the rows again", "These rows were not used."),
    (
        "warn",
        "Please check these",
        "They were used as they are. Tell us, or send the row again, if something is wrong.",
    ),
    ("note", "For your information", "Nothing to do, if this is as you meant it."),
)


def partner(file: str) -> str:
    """Whose file it is: the folder it lies in, or its own name."""
    path = PurePosixPath(file.lstrip("'"))
    return path.parts[0] if len(path.parts) > 1 else path.stem


def partners(got) -> dict[str, list[str]]:
    """Partner -> the files of theirs that were looked at."""
    found: dict[str, list[str]] = {}
    for file in got.quality["file"]:
        names = found.setdefault(partner(file), [])
        if file not in names:
            names.append(file)
    return found


def page(name: str, got, quality, problems) -> str:
    """One self-contained page. Every text of the partner's is shown, never run."""
    title = f"Check of {name}'s returns, {got.period}"
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><a class='skip' href='#main'>Skip to the report</a>"
        f'<header><p class="mark">OFFICIAL-SENSITIVE: this report quotes cells of your file. Send it only to the person who sent the file.</p></header>'
        f'<main id="main"><h1>{escape(title)}</h1>{_answer(quality, problems)}'
    ]
    rows = [
        [
            q.file,
            q.sheet,
            q._2.replace("_", " ") if q._2 else "not used",
            f"{q.received:,}",
            f"{q.accepted:,}",
            f"{q.accepted_with_warning:,}",
            f"{q.refused:,}",
            q.note,
        ]
        for q in quality.itertuples(index=False)
    ]
    heads = ["File", "Sheet", "Read as", "Rows received", "Accepted", "Of these with a warning", "Refused", "Note"]
    parts.append("<h2>What came</h2>" + _table("Rows by file and sheet", heads, rows, {3, 4, 5, 6}))
    for severity, heading, means in KINDS:
        some = problems[problems["severity"] == severity]
        if len(some):
            parts.append(f"<h2>{heading}</h2><p>{means}</p>" + _problems(some, heading))
    known = dictionary.load()
    for name_ in dict.fromkeys(quality["return"]):
        if name_ in known:
            fields = known[name_].fields.values()
            body = [
                [f.headings[0] if f.headings else f.name, f.says, "yes" if f.required else "no", f.rule, f.blank_means]
                for f in fields
            ]
            words = name_.replace("_", " ")
            parts.append(
                f"<h2>What we expect in {escape(words)}</h2><p>{escape(known[name_].grain[:1].upper() + known[name_].grain[1:])}.</p>"
            )
            columns = ["Heading", "What it says", "Needed", "Rule", "A blank means"]
            parts.append(
                f"<details><summary>Every column of {escape(words)}: its rule, and what a blank means</summary>"
                + _table(f"Columns of {words}", columns, body)
                + "</details>"
            )
    return "".join(parts) + "</main></body></html>\n"


def _rows(n: int) -> str:
    return f"{n:,} row{'s' * (n != 1)}"


def _answer(quality, problems) -> str:
    """What became of it in a sentence, and what to do in order."""
    received, accepted, refused = (int(quality[c].sum()) for c in ("received", "accepted", "refused"))
    unread = sorted(set(quality.loc[quality["return"] == "", "file"]))
    told = set(problems.loc[problems["severity"] == "refuse", "row"].dropna()) if refused else set()
    said = [f"{accepted:,} of {_rows(received)} accepted."]
    if refused:
        said.append(f"{_rows(refused)} refused.")
    if unread:
        said.append(f"{len(unread):,} file{'s' * (len(unread) != 1)} could not be used.")
    if not refused and not unread:
        said.append("Nothing needs to be sent again.")
    steps = []
    if unread:
        steps.append("Put right the files that could not be used (the note beside each says how) and send them again.")
    if refused and told:
        steps.append("Open your file at each cell listed below, and correct it in your own system.")
        steps.append("Send the corrected rows alone, in the same columns. Rows that were accepted need not come again.")
    how = "<ol>" + "".join(f"<li>{s}</li>" for s in steps) + "</ol>" if steps else ""
    mark = " bad" if refused or unread else ""
    warned = int(quality["accepted_with_warning"].sum())
    check = (
        f"<p>{_rows(warned)} of the accepted ones {'has' if warned == 1 else 'have'} a warning: please check.</p>"
        if warned
        else ""
    )
    return f'<p class="answer{mark}">{" ".join(said)}</p>{check}{how}'


def _problems(some, heading: str) -> str:
    """A table for each file and sheet; the same problem in many cells is one line that names the cells."""
    parts, left = [], MOST
    for (file, sheet), here in some.groupby(["file", "sheet"], sort=False, dropna=False):
        if left <= 0:
            break
        where = f"{file}, sheet {sheet}" if sheet else file
        lines: dict[tuple, list[str]] = {}
        for p in here.itertuples(index=False):
            cell = p.cell or ("" if str(p.row) == "<NA>" else f"row {p.row}")
            lines.setdefault((p.column, p.value, p.rule, p.todo), []).append(cell)
        default = TODO[here["severity"].iloc[0]]
        body = [
            [_cells(cells), column, value, rule, "" if todo == default else todo]
            for (column, value, rule, todo), cells in list(lines.items())[:left]
        ]
        left -= len(body)
        name = f"{heading}: {where}"
        heads = ["Cell", "Heading", "Your file says", "What we found", "What to do"]
        parts.append(f"<h3>{escape(where)}</h3>" + _table(name, heads, body))
    if left <= 0:
        parts.append(f"<p>{len(some):,} in all. The rest is in the CSV file that came with this page.</p>")
    return "".join(parts)


def _cells(cells: list[str]) -> str:
    shown = ", ".join(c for c in cells[:CELLS] if c)
    return shown + (f" and {len(cells) - CELLS:,} more (all are in the CSV file)" if len(cells) > CELLS else "")


def _table(caption: str, heads: list[str], rows: list[list[str]], numbers: set[int] = frozenset()) -> str:
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


def draft(name: str, files: list[str], got) -> str:
    """A mapping of this partner for a person to review, or "" where every heading is known. Never applied by itself."""
    import json

    lines, seen = [], set()
    for file in files:
        for return_, heads in got.unknown.get(file.lstrip("'"), {}).items():
            for heading, field in heads.items():
                if heading not in seen:
                    seen.add(heading)
                    said = (
                        f"nearest in {return_}"
                        if field
                        else f"nothing near in {return_}: name the field, or leave it ignored"
                    )
                    lines.append(f"  {json.dumps(safe(heading), ensure_ascii=False)}: {field or 'ignore'}  # {said}")
    if not lines:
        return ""
    patterns = ", ".join(json.dumps(PurePosixPath(f.lstrip("'")).name, ensure_ascii=False) for f in files)
    return (
        f"# A draft, never read by itself. Check each line, then save it as data/dictionary/mappings/{'<partner>'}.yml.\n"
        f"partner: {json.dumps(name, ensure_ascii=False)}\nfiles: [{patterns}]\ndates: day first\nheadings:\n"
        + "\n".join(lines)
        + "\n"
    )
