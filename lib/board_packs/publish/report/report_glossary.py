"""The report's glossary, found by the report itself: every term it uses that data/reference/glossary.yml explains.

A term that is used and not explained there is a finding, so that no reader meets a word without help.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from openstats.project_data import DATA, read

if TYPE_CHECKING:
    from .report_parts import Report

FILE = DATA / "reference" / "glossary.yml"
PLACE = "<!-- glossary -->"
SHORT_FORM = re.compile(r"(?<![\w-])(?:\d?[A-Z]{2,}[a-z]?|[A-Z][a-z]?[A-Z]{1,3})(?:s|'s|\u2019s)?(?![\w-])")
NO_TERMS = {"SAMPLE", "DATA", "OFFICIAL", "SENSITIVE", "OS", "HTML", "PDF", "XX", "II", "III", "IV"}
PLAIN = re.compile(r"<(?:style|script)[^>]*>.*?</(?:style|script)>|<[^>]+>", re.DOTALL)


def terms() -> dict[str, str]:
    """Every term with its one sentence, in the order of the alphabet."""
    return dict(sorted(read(FILE)["terms"].items(), key=lambda entry: entry[0].lower()))


def set_in(report: Report) -> None:
    """Puts the terms that the report uses in the place of its glossary, and names those that nobody explains."""
    entries = terms()
    text = " ".join(unescape(PLAIN.sub(" ", chapter.html)) for chapter in report.chapters)
    used = {term: says for term, says in entries.items() if _stands_in(term, text)}
    lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(says)}</dd>" for term, says in used.items())
    for chapter in report.chapters:
        chapter.html = chapter.html.replace(PLACE, f'<dl class="glossary">{lines}</dl>')
    for term in unexplained(text, entries):
        report.add(
            "data/reference/glossary.yml", 1, "glossary", f"{term!r} is used and not explained: add its sentence."
        )


def unexplained(text: str, entries: dict[str, str]) -> list[str]:
    """Short forms of a text that the glossary has no sentence for."""
    short = {re.sub(r"['\u2019]?s$", "", form) for form in SHORT_FORM.findall(text)}
    explained = {word for term in entries for word in re.findall(r"[\w-]+", term)}
    return sorted(form for form in short if form not in NO_TERMS and form not in explained)


def _stands_in(term: str, text: str) -> bool:
    """Whether a text uses a term; a term in capitals as it stands, another in any spelling, a plural included."""
    capitals = term.upper() == term
    words = r"\s+".join(map(re.escape, term.split()))
    return bool(re.search(rf"(?<![\w-]){words}s?(?![\w-])", text, 0 if capitals else re.IGNORECASE))
