# ruff: noqa: E501  (a page in its own lines)
"""The page each partner gets: what came, what was refused and why, what to do, what a blank means."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from .. import dictionary
from .rows import safe

MOST = 300  # problems of one kind on the page; the CSV beside it has all of them

STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;color:#1d1d1d;background:#fff;max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.4rem 0}
th,td{border-bottom:1px solid #b8c0cc;padding:.35rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right}.mark{border:2px solid #12436d;padding:.5rem .8rem}
a.skip{position:absolute;left:-99rem}a.skip:focus{left:1rem}
@media print{body{max-width:none}}
"""
KINDS = (
    ("refuse", "Refused: correct these and send the rows again"),
    ("warn", "Used, but please check"),
    ("note", "What we noticed"),
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
    received, accepted, refused = (int(quality[c].sum()) for c in ("received", "accepted", "refused"))
    title = f"Check of {name}'s returns, {got.period}"
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><a class='skip' href='#main'>Skip to the report</a>"
        f'<header><p class="mark">OFFICIAL-SENSITIVE: this report quotes cells of your file. Send it only to the person who sent the file.</p></header>'
        f'<main id="main"><h1>{escape(title)}</h1>'
        f"<p>{received:,} rows received, {accepted:,} accepted ({int(quality['accepted_with_warning'].sum()):,} with a warning), {refused:,} refused.</p>"
    ]
    rows = [
        [
            q.file,
            q.sheet,
            q._2 or "not recognised",
            f"{q.received:,}",
            f"{q.accepted:,}",
            f"{q.accepted_with_warning:,}",
            f"{q.refused:,}",
            q.note,
        ]
        for q in quality.itertuples(index=False)
    ]
    heads = ["File", "Sheet", "Return", "Received", "Accepted", "With a warning", "Refused", "Note"]
    parts.append("<h2>What came</h2>" + _table("Rows by file and sheet", heads, rows, {3, 4, 5, 6}))
    for severity, heading in KINDS:
        some = problems[problems["severity"] == severity]
        if not len(some):
            continue
        parts.append(f"<h2>{heading}</h2>")
        if len(some) > MOST:
            parts.append(
                f"<p>{len(some):,} in all; the first {MOST} are shown here, all of them are in the CSV file beside this page.</p>"
            )
        body = [
            [p.file, p.sheet, "" if str(p.row) == "<NA>" else str(p.row), p.cell, p.column, p.value, p.rule, p.todo]
            for p in some.head(MOST).itertuples(index=False)
        ]
        parts.append(
            _table(
                heading, ["File", "Sheet", "Row", "Cell", "Heading", "Value", "What is wrong", "What to do"], body, {2}
            )
        )
    known = dictionary.load()
    for name_ in dict.fromkeys(quality["return"]):
        if name_ in known:
            fields = known[name_].fields.values()
            body = [[f.name, f.says, "yes" if f.required else "no", f.rule, f.blank_means] for f in fields]
            parts.append(
                f"<h2>What we expect in {escape(name_)}</h2><p>{escape(known[name_].grain[:1].upper() + known[name_].grain[1:])}.</p>"
            )
            parts.append(
                _table(f"Fields of {name_}", ["Field", "What it says", "Needed", "Rule", "A blank means"], body)
            )
    return "".join(parts) + "</main></body></html>\n"


def _table(caption: str, heads: list[str], rows: list[list[str]], numbers: set[int] = frozenset()) -> str:
    """An HTML table; columns that are blank throughout are left out."""
    keep = [i for i in range(len(heads)) if any(str(r[i]) for r in rows)]
    mark = {i: ' class="n"' if i in numbers else "" for i in keep}
    head = "".join(f'<th scope="col"{mark[i]}>{escape(heads[i])}</th>' for i in keep)
    body = "".join("<tr>" + "".join(f"<td{mark[i]}>{escape(str(r[i]))}</td>" for i in keep) + "</tr>" for r in rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
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
