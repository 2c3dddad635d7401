"""The headings of the Indices' published files, edition by edition, and what each column is."""

from __future__ import annotations

import re

# The year of the authority codes in the headings tells the edition.
EDITIONS = {"2013": 2015, "2019": 2019, "2024": 2025}
NAMES = (
    (re.compile(r"affecting children|\bidaci\b"), "idaci"),
    (re.compile(r"affecting older|\bidaopi\b"), "idaopi"),
    (re.compile(r"^index of multiple deprivation|^imd\b"), "imd"),
    (re.compile(r"^income\b"), "income"),
    (re.compile(r"^employment\b"), "employment"),
    (re.compile(r"^education\b"), "education"),
    (re.compile(r"^health\b"), "health"),
    (re.compile(r"^crime\b"), "crime"),
    (re.compile(r"^barriers\b"), "barriers"),
    (re.compile(r"^living\b"), "living_environment"),
)
POPULATIONS = (
    (re.compile(r"^total population"), "total"),
    (re.compile(r"^dependent children aged 0-15"), "children"),
    (re.compile(r"^older population aged 60"), "older"),
    (re.compile(r"^working age population"), "working"),
)
MEASURES = (
    ("average rank", "average_rank"),
    ("average score", "average_score"),
    ("proportion", "proportion_decile_1"),
    ("extent", "extent"),
    ("local concentration", "local_concentration"),
)
SUMMARY = re.compile(r"average rank|average score", re.IGNORECASE)


def index_of(heading: str) -> str | None:
    """Which index a heading names; None for none."""
    return next((name for pattern, name in NAMES if pattern.search(heading)), None)


def columns(header: list[str]) -> dict[str, str]:
    """The headings that are used, each with its short name: `imd_rank`, `income_transformed`, `children`."""
    names = {}
    for heading in header:
        text = " ".join(heading.casefold().split())
        population = next((name for pattern, name in POPULATIONS if pattern.search(text)), None)
        index = index_of(text)
        if population:
            names[heading] = population
        elif index and "sub-domain" not in text and "numerator" not in text:
            figure = next((f for f in ("transformed", "decile", "rank", "score") if f in text), None)
            if figure and "standard" not in text:
                names[heading] = f"{index}_{figure}"
    return names


def edition_of(header: list[str]) -> int | None:
    """The edition of a table of neighbourhoods, by the year of its authority codes; None for any other table."""
    text = " | ".join(header).casefold()
    year = re.search(r"local authority district code \((\d{4})\)", text)
    return EDITIONS.get(year[1]) if year and "lsoa code (" in text else None
