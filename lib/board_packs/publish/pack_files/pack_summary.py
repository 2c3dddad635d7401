"""The first page of a pack, two sides of A4: what a rule singles out in its protected tables, in order, and what none can.

Nothing in it is typed: each line is a finding of `pages.findings` under its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from openstats import authorities

from ...pages import book as pages
from ...pages import sentences as say
from ...pages.findings import BETTER, OTHER, SAME, WORSE, Finding, Findings, findings
from .. import export
from ..export import Banner

SUMMARY = "summary.html"
MOST = 4  # decisions asked: more are not taken in one meeting
RULES = {
    "together": "Indicators tested together",
    "chart": "Control chart",
    "interval": "95% interval",
    "agreed": "Date agreed",
}


@contextmanager
def opened(tables: Path, banner: Banner) -> Iterator[pages.Book]:
    """A book of one audience's tables, closed again afterwards."""
    book = pages.Book(tables, banner.period, banner.area, banner.audience, banner.sample)
    pages.OPENED.append(book)
    try:
        yield book
    finally:
        pages.OPENED.remove(book)


def summary(
    tables: Path, used: Iterable[str], banner: Banner, title: str, files: dict[int, str]
) -> tuple[str, list[float]]:
    """The finished page, and the figures on it that were computed from the tables.

    used : the tables that the pack's pages read; files : the pages of the pack by number, to which findings lead
    """
    with opened(tables, banner) as book:
        results = findings(book, used)
        sections = [each for each in _sections(results) if each["items"]]
        counts = [float(len(results.of(*kinds))) for kinds in ((WORSE,), (BETTER,), (OTHER,), (SAME,))]
        counts += [float(len(results.looked_at)), float(sum(item.kind == WORSE for item in results.looked_at))]
        counts += [float(len(titles)) for titles in results.unknown.values()]
        counts += [float(sum(SAME not in (item.kind, item.before) for item in results.items if item.before))]
        html = export.render(
            "summary.html.j2",
            page=replace(banner, title=f"{title}: what needs attention"),
            place=authorities.name(banner.area),
            answer=answer(results),
            sections=sections,
            unknown=list(results.unknown.items()),
            decisions=decisions(results),
            since=since(results),
            files=files,
            rules=RULES,
        )
        return html, [*book.derived, *counts]


def answer(results: Findings) -> str:
    """The page's first sentence: of how many, how many are worse, better, or different."""
    looked = len(results.looked_at)
    if not looked:
        return "No figure of this pack could be tested for change or difference beyond chance."
    tested = [item for item in results.looked_at if item.kind == WORSE]
    better, other = len(results.of(BETTER)), len(results.of(OTHER))
    worse = len(tested)
    return (
        f"Of {say.plural(looked, 'figure')} tested, {worse or 'none'} {'are' if worse > 1 else 'is'} worse than chance explains, "
        f"{better or 'none'} {'is' if better == 1 else 'are'} better, and {other or 'none'} changed or different in a way that is neither."
    )


def _sections(results: Findings) -> list[dict]:
    late = results.of(WORSE, by="agreed")
    return [
        {"heading": "What needs attention", "items": [i for i in results.of(WORSE) if i.by != "agreed"] + late},
        {"heading": "Changed or different, neither better nor worse in itself", "items": results.of(OTHER)},
        {"heading": "What is better", "items": results.of(BETTER)},
    ]


def decisions(results: Findings) -> list[str]:
    """What the group is asked to decide, by what was found."""
    asked = [
        f"{item.title}: who finds out what stands behind it, and when does the group hear?"
        for item in results.of(WORSE)
        if item.by != "agreed"
    ]
    asked += [f"{item.title}: who owns them, and what is the new date?" for item in results.of(WORSE, by="agreed")]
    if results.of(OTHER):
        asked.append(
            "Which of the changes that are neither better nor worse did the services expect, and which need a closer look?"
        )
    if any("return" in reason for reason in results.unknown):
        asked.append("Who asks the partners for the returns that did not come?")
    return asked[:MOST]


def since(results: Findings) -> list[str]:
    """What the same rules said a quarter ago of what they say now."""
    asked = [item for item in results.items if item.before]
    again = sum(SAME not in (item.kind, item.before) for item in asked)
    return [
        line
        for line in (
            _named("Newly flagged", [i for i in asked if i.before == SAME != i.kind]),
            _named("No longer flagged", [i for i in asked if i.kind == SAME != i.before]),
            f"Flagged a quarter ago, and still: {again}." if again else "",
        )
        if line
    ] or ["Nothing was tested a quarter ago."]


def _named(what: str, items: list[Finding]) -> str:
    return (
        f"{what}: {say.series(item.title.lower() if item.title[1:2].islower() else item.title for item in items)}."
        if items
        else ""
    )
