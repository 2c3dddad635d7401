"""Findings of a draft as a page for the person who signs it: one file, no script needed to read it, nothing fetched."""

from __future__ import annotations

from collections import Counter, defaultdict
from html import escape
from itertools import groupby

from .answer_pages import TITLES
from .answers import ONLY_IF, REPRODUCES, UNKNOWN, VERDICTS, WRONG
from .draft_reading import Finding, Reading
from .drafts import Paragraph

CLASSES: dict[str, str] = {WRONG: "wrong", ONLY_IF: "onlyif", UNKNOWN: "unknown", REPRODUCES: "right"}
MARKS: dict[str, str] = {WRONG: "\u2717", ONLY_IF: "!", UNKNOWN: "?", REPRODUCES: "\u2713"}
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:1.5rem auto;padding:0 1rem}"
    "body{color:#1d1d1d;background:#fff}"
    "a{color:#0b4f8a}h2{margin:2rem 0 .4rem}fieldset{border:1px solid #6b6b6b;margin:1rem 0}label{margin-right:1.2rem}"
    "ol.findings{padding-left:1.6rem}ol.findings>li{margin:.7rem 0;break-inside:avoid}q{quotes:none;font-style:italic}"
    "small{color:#4a4a4a}.tag{font-weight:700;padding:0 .35rem;border:1px solid #1d1d1d;border-radius:.2rem}"
    "mark{color:inherit;padding:0 .1rem;border-bottom:3px solid}mark.wrong{background:#fde3e0;border-color:#a3160a}"
    "mark.onlyif{background:#fdf0d0;border-color:#8a5a00}mark.unknown{background:#ececec;border-color:#5a5a5a}"
    "mark.right{background:#e2f2e4;border-color:#1d6b2f}sup a{text-decoration:none;font-weight:700}"
    "table{border-collapse:collapse}td{border:1px solid #999;padding:.2rem .5rem;vertical-align:top}"
    "body.hide-wrong .f-wrong,body.hide-onlyif .f-onlyif,body.hide-unknown .f-unknown,body.hide-right .f-right"
    "{display:none}"
    "@media print{fieldset,.quiet{display:none}body{font-size:.85rem;max-width:none;margin:0}}"
)
SCRIPT = (
    "for(const box of document.querySelectorAll('fieldset input'))"
    "box.addEventListener('change',()=>document.body.classList.toggle('hide-'+box.value,!box.checked));"
)
GRAVEST = (  # of what is wrong: what cannot be, what says the opposite, what is said in two ways; rounding comes last
    ("impossible_percentage", "impossible_base", "majority_not_over_half"),
    ("direction_reversed", "superlative_false", "trend_unsupported"),
    ("printed_twice_differently", "parts_do_not_add", "complement_does_not_add"),
)
LEAST = ("truncated_not_rounded", "mislabelled_period", "rank_measure_unnamed")


def importance(finding: Finding) -> tuple[int, int]:
    """Where a finding stands for who signs: what is wrong first, the gravest of it at the top; then what that
    person is asked, what holds under a condition, what cannot be checked, and what is right.

    Findings of one rank keep the document's order.
    """
    kind = 1 if finding.open else (0, 2, 3, 4)[VERDICTS.index(finding.verdict)]
    grave = next((i for i, codes in enumerate(GRAVEST) if finding.diagnosis in codes), len(GRAVEST))
    return kind, grave + (finding.diagnosis in LEAST) if kind == 0 else 0


def findings_page(reading: Reading) -> str:
    """A complete accessible page: what to correct first, then the draft's text with each judged figure marked."""
    counts = Counter(f.verdict for f in reading.findings)
    boxes = "".join(
        f'<label><input type="checkbox" checked value="{CLASSES[v]}"> {escape(TITLES[v])} ({counts[v]})</label>'
        for v in VERDICTS
    )
    asked = sum(f.open for f in reading.findings)
    lines = [f"<p>{len(reading.findings)} claims were read; {counts[WRONG]} do not reproduce.</p>"]
    if asked:
        lines.append(f"<p>{asked} could be read in more than one way: say how they are meant in the workbook.</p>")
    if reading.unread:
        lines.append(f"<h2>Not read</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in reading.unread)}</ul>")
    numbered = list(enumerate(reading.findings, 1))
    items = "".join(_item(n, f) for n, f in sorted(numbered, key=lambda nf: (importance(nf[1]), nf[0])))
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>Figures of {escape(reading.document.name)}</title>"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body><main>'
        f"<h1>Are the figures right? {escape(reading.document.name)}</h1>{''.join(lines)}"
        f"<fieldset><legend>Show</legend>{boxes}</fieldset>"
        f'<h2 id="findings">Findings</h2><ol class="findings">{items}</ol>'
        f"<h2>The text</h2>{_text(reading, numbered)}</main><script>{SCRIPT}</script></body></html>\n"
    )


def _item(number: int, finding: Finding) -> str:
    """One finding: the sentence, what the figures say, what it was compared with."""
    name = CLASSES[finding.verdict]
    ask = " <strong>Please say how it is meant.</strong>" if finding.open else ""
    return (
        f'<li class="f-{name}" value="{number}" id="finding-{number}"><span class="tag">{MARKS[finding.verdict]} '
        f"{escape(TITLES[finding.verdict])}</span> <q>{escape(finding.text)}</q><br>{escape(finding.sentence)}{ask}<br>"
        f'<small><a href="#p{finding.paragraph}">paragraph {finding.paragraph}</a>, compared with '
        f"{escape(finding.source)}</small></li>"
    )


def _text(reading: Reading, numbered: list[tuple[int, Finding]]) -> str:
    """The draft in its order, figures marked by their worst verdict, each with a link to its finding."""
    marks: dict[int, list[tuple[int, int, str, int]]] = defaultdict(list)
    for number, finding in numbered:
        for value in finding.numbers:
            where = value["where"]
            marks[where["paragraph"]].append((*where["span"], finding.verdict, number))
    parts = []
    for is_cell, some in groupby(reading.document.paragraphs, key=lambda p: p.place is not None):
        if is_cell:
            parts.append(_table(list(some), marks))
        else:
            parts += [_block(p, _marked(p.text, marks[p.number])) for p in some]
    return "".join(parts)


def _block(paragraph: Paragraph, content: str) -> str:
    tag = {"heading": "h3", "item": "li"}.get(paragraph.kind, "p")
    quiet = "" if "<mark" in content else ' class="quiet"'  # what no finding touches is not printed
    block = f'<{tag} id="p{paragraph.number}"{quiet}>{content}</{tag}>'
    return f"<ul{quiet}>{block}</ul>" if tag == "li" else block


def _table(cells: list[Paragraph], marks: dict) -> str:
    """Tables in a row of cells, each with its rows."""
    rows = groupby(cells, key=lambda c: (c.place.table, c.place.row) if c.place else (0, 0))
    body = "".join(
        "<tr>" + "".join(f'<td id="p{c.number}">{_marked(c.text, marks[c.number])}</td>' for c in row) + "</tr>"
        for _, row in rows
    )
    quiet = "" if "<mark" in body else ' class="quiet"'
    return f"<table{quiet}><tbody>{body}</tbody></table>"


def _marked(text: str, marks: list[tuple[int, int, str, int]]) -> str:
    """The text of a paragraph with its judged figures marked; of two verdicts on a figure the worse."""
    worst: dict[tuple[int, int], tuple[str, int]] = {}
    for start, end, verdict, number in marks:
        before = worst.get((start, end))
        if end > start and (before is None or VERDICTS.index(verdict) < VERDICTS.index(before[0])):
            worst[(start, end)] = (verdict, number)
    result, at = [], 0
    for (start, end), (verdict, number) in sorted(worst.items()):
        if start < at:
            continue
        name = CLASSES[verdict]
        result.append(escape(text[at:start]))
        result.append(
            f'<mark class="{name}">{escape(text[start:end])}</mark>'
            f'<sup><a href="#finding-{number}" title="{escape(TITLES[verdict])}">{MARKS[verdict]}{number}</a></sup>'
        )
        at = end
    return "".join(result) + escape(text[at:])
