"""A first draft of a partner's mapping, for a person to check: headings and values that the dictionary does not know.

A draft is never applied by itself.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import pandas as pd

from openstats.project_data import DATA

from . import dictionary
from .dictionary import Field, Return, fold
from .problems import NO_VALUE, safe
from .reading import Received

VALUES = ("choice", "choices", "yes_no")
MOST = 30  # values proposed for one field
NOISE = re.compile(r"[\s_.-]*(?:\[.*|\(.*|\d.*|q[1-4]\b.*|v\d.*|final.*|draft.*|copy.*)$", re.I)


def draft(partner: str, files: list[str], received: Received, folder: Path | None = None) -> str:
    """The draft for one partner's files, or "" where everything is known."""
    returns = dictionary.load(folder or DATA / "dictionary")
    headings = _headings(files, received)
    values = _values(files, received.problems, returns)
    if not headings and not values:
        return ""
    lines = [
        "# A draft, never read by itself. Check each line, then save it as data/dictionary/mappings/<partner>.yml.",
        f"partner: {_quoted(partner)}",
        f"files: [{', '.join(dict.fromkeys(_quoted(pattern(f)) for f in files))}]",
        *(
            ["returns: []  # name the return that these files are, such as hrda_referrals"]
            if _unmatched(files, received)
            else []
        ),
        "dates: day first",
        *(["headings:", *headings] if headings else []),
        *(
            ["values:  # their word: ours, or missing, not_known, suppressed, not_applicable", *values]
            if values
            else []
        ),
    ]
    return "\n".join(lines) + "\n"


def pattern(file: str) -> str:
    """A pattern for a partner's files of this kind in any quarter: `hrda [final] 2017-18.csv` is `hrda*.csv`."""
    path = PurePosixPath(file.removeprefix("'"))
    stem = NOISE.sub("", path.stem).strip(" _.-")
    return (stem if len(stem) > 2 else path.stem.replace("[", "[[]")) + "*" + path.suffix


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _unmatched(files: list[str], received: Received) -> bool:
    return any("" in received.unknown.get(f.removeprefix("'"), {}) for f in files)


def _headings(files: list[str], received: Received) -> list[str]:
    lines: dict[str, str] = {}
    for file in files:
        for name, heads in received.unknown.get(file.removeprefix("'"), {}).items():
            for heading, field in heads.items():
                of = name or "no known return"
                why = f"nearest in {of}" if field else f"nothing near in {of}: name the field, or leave it ignored"
                lines.setdefault(heading, f"  {_quoted(safe(heading))}: {field or 'ignore'}  # {why}")
    return list(lines.values())


def _values(files: list[str], problems: pd.DataFrame, returns: dict[str, Return]) -> list[str]:
    """Words of answers that the dictionary does not know, each with the nearest of its list where one is near."""
    fields = {n: f for one in returns.values() for n, f in one.fields.items() if f.type in VALUES}
    some = problems[problems["file"].isin(files) & problems["field"].isin(list(fields))]
    some = some[(some["todo"] == NO_VALUE) | (some["severity"] == "refuse") | some["rule"].str.contains("kept as sent")]
    lines = []
    for name, rows in some.groupby("field", sort=False):
        words = [w for w in rows["value"].astype("str").value_counts().index if w and not str(w).startswith("(")][:MOST]
        if words:
            lines.append(f"  {name}:")
            lines += [f"    {_quoted(str(w).removeprefix(chr(39)))}: {_near(str(w), fields[str(name)])}" for w in words]
    return lines


def _near(word: str, f: Field) -> str:
    """The nearest value of a field's list; where none is near, a remark that leaves the word unread."""
    names = f.values or {"yes": "yes", "no": "no"}
    after = re.sub(r"^\s*\(?[A-Za-z]?\d{0,2}[).:\s-]+", "", word)
    near = get_close_matches(fold(after), names, n=1, cutoff=0.75) or get_close_matches(
        fold(word), names, n=1, cutoff=0.75
    )
    return _quoted(names[near[0]]) if near else "not_known  # which value of the list is it?"
