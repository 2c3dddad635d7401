"""`lscb report --new 2018-19`: the chapters of a year to write, each with last year's words marked for renewal."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import Quarter, year_label, year_start
from openstats.authorities import find
from openstats.project_data import DATA

from ...pages.prose.comments import parts as head_and_body
from ...pages.prose.comments import written_for
from .report_chapters import HEADING, TEMPLATE

FIRST = 2013  # from which authorities are held


def command(year: str, area: str) -> int:
    """Writes data/narrative/<year>/, one file a chapter, for an area; says where. Returns 0.

    Every paragraph of the area's chapter of last year stands there as a quotation that begins with RENEW: the report
    names each that is left. Words of the invented quarter or of another area are not taken over. Figures come with `::: figures`. Raises UserError where the year's folder has chapters already, and for what
    is no authority of that year.
    """
    label = year_label(year_start(year))
    if year_start(year) < FIRST:
        raise UserError(f"The first year of a report is {year_label(FIRST)}: no authority is known before.")
    then, past = Quarter(year_start(year), 4), Quarter(year_start(year) - 1, 4)
    area = find(area, then.last_day).code
    folder = DATA / "narrative" / label
    if any(folder.glob("[0-9]*.md")):
        raise UserError(f"data/narrative/{label} has chapters already: edit them, or move them away first.")
    folder.mkdir(parents=True, exist_ok=True)
    before = DATA / "narrative" / year_label(year_start(label) - 1)
    for template in sorted(TEMPLATE.glob("[0-9]*.md")):
        last = before / template.name
        ours = last.is_file() and written_for(last, area, past, sample=False)
        text = _chapter(template, last if ours else None, label, area)
        (folder / template.name).write_text(text, encoding="utf-8")
    print(f"{folder}: one file a chapter; write beside `::: figures`, and put this year's words in the place of RENEW.")
    return 0


def _chapter(template: Path, last: Path | None, year: str, area: str) -> str:
    """One chapter: its head, its title, last year's paragraphs (None: there are none) marked, the place of its figures."""
    body = head_and_body(last or template)[1]
    heading = HEADING.search(body)
    title = heading[2] if heading else template.stem
    renewed = words = ""
    if last:
        words = re.sub(r"^:::.*?^:::\s*$", "", HEADING.sub("", body), flags=re.DOTALL | re.MULTILINE)
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", words) if part.strip()]
        renewed = "".join(f"> RENEW: {_quoted(part)}\n\n" for part in paragraphs)
    promised = _promises(words) if last and "next_steps" in template.stem else ""
    return f"---\narea: {area}\nyear: {year}\n---\n\n# {title}\n\n{renewed}::: figures\n:::\n{promised}"


def _promises(words: str) -> str:
    """Last year's next steps, a row each, with the place where what came of them is to be said; blank for none."""
    items = [re.sub(r"\s+", " ", item).strip() for item in re.findall(r"^- (.+(?:\n  .+)*)", words, re.MULTILINE)]
    rows = "".join(f"  - [{json.dumps(item, ensure_ascii=False)}, RENEW what came of it]\n" for item in items)
    head = "\n## What the last report promised, and what came of it\n\n::: list\ncaption: Promises of the last report\n"
    return f"{head}columns: [What was promised, What came of it]\nrows:\n{rows}:::\n" if items else ""


def _quoted(paragraph: str) -> str:
    return paragraph.replace("\n", "\n> ")
