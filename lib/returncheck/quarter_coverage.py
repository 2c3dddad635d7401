"""Whose files, of when: no row of the quarter, last quarter's file again, another authority's neighbourhoods."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from lscb.periods import Quarter
from openstats import authorities as areas

from .dictionary import Return
from .file_reading import Reader, Sheet
from .problems import RIGHT_FILE, of_file
from .received_files import candidates, sha256

ELSEWHERE = "most neighbourhoods outside the area"  # what is said first of another authority's file
FEWEST = 5  # neighbourhoods from which it is said that most lie elsewhere


def first_days(sheets: list[Sheet], period: Quarter) -> tuple[dict[str, date], list[pd.DataFrame]]:
    """By return, the first day that its files cover as far as they say it; one inside the quarter is said loudly."""
    days: dict[str, date] = {}
    problems = []
    for s in sheets:
        first = s.states.covers_from
        if first is None:
            continue
        name = s.match.of.name
        days[name] = min(first, days.get(name, first))
        if first > period.first_day:
            text = (
                f"It covers from {first:%d/%m/%Y}, which is not the whole quarter {period}: its figures are partial "
                "and none of the quarter is made."
            )
            problems.append(of_file(s.where.file, s.where.sheet, text, "warn"))
    return days, problems


def without_the_quarter(
    frames: dict[str, pd.DataFrame], reader: Reader, sheets: list[Sheet]
) -> tuple[dict[str, str], list[pd.DataFrame]]:
    """Returns with rows, none of which is of the quarter (of the financial year, for a yearly one)."""
    sentences: dict[str, str] = {}
    problems = []
    period = reader.period
    for name, frame in frames.items():
        one = reader.returns[name]
        mine = [s for s in sheets if s.match.of.name == name]
        if one.every == "never" or not one.dated_by or not len(frame) or any(s.states.nil for s in mine):
            continue
        newest, inside = _dates(frame, one, period)
        if inside:
            continue
        what, asked = f"{period}", "Is it last quarter's file"
        if one.every == "year":
            what, asked = f"the financial year {period.year}", "Is it last year's file"
            asked += ", or is this year's still to come" if period.number < 4 else ""
        text = (
            f"No row is of {what}; the newest is of {newest}. {asked}? No figure of {period} is made "
            'from it. If there was nothing, write "Nothing to report" and "Yes" in two cells above its headings.'
        )
        sentences[name] = text
        for s in mine:
            s.note = "no row of the quarter"
            problems.append(of_file(s.where.file, s.where.sheet, text, "warn", RIGHT_FILE))
    return sentences, problems


def without_rows(
    received: tuple[dict[str, pd.DataFrame], dict[str, int]], reader: Reader, sheets: list[Sheet]
) -> tuple[dict[str, str], list[pd.DataFrame]]:
    """Returns that came without a row that counts and are no nil return: their rows are all of later days, or their
    sender says that there was something. Their figures are not 0. Refused rows are missing, which is said elsewhere.

    received : accepted rows, and refused rows that are missing, by return
    """
    sentences: dict[str, str] = {}
    problems = []
    frames, missing = received
    for name, frame in frames.items():
        mine = [s for s in sheets if s.match.of.name == name]
        if len(frame) or missing.get(name) or not mine or any(s.states.nil for s in mine):
            continue
        later = any(s.taken.received for s in mine)
        if not later and not any(s.states.nil is False for s in mine):
            continue  # only headings are a nil return
        empty = "Only headings came, and it says that there was something"
        text = (
            f"{'No row of it is of the period or before' if later else empty}: no figure is made from it. "
            'If there was nothing, write "Nothing to report" and "Yes" in two cells above its headings.'
        )
        sentences[name] = text
        for s in mine:
            s.note = "" if later else "no rows came"
            level = "note" if reader.returns[name].derives else "warn"
            problems.append(of_file(s.where.file, s.where.sheet, text, level))
    return sentences, problems


def still_without(sentences: dict[str, str], frames: dict[str, pd.DataFrame], reader: Reader) -> dict[str, str]:
    """The same, without those that have a row of the quarter now."""
    return {n: s for n, s in sentences.items() if not _dates(frames[n], reader.returns[n], reader.period)[1]}


def _dates(frame: pd.DataFrame, one: Return, period: Quarter) -> tuple[str, bool]:
    """The newest row's day or quarter, and whether any row is of the period: by any date of what has happened, so that
    a review completed in the quarter shows that the list of deaths reaches it, though no death was notified."""
    dated = frame[one.dated_by].dropna()
    if not len(dated):
        return "no known date", True
    quarters = period.so_far if one.every == "year" else [period]
    if one.fields[one.dated_by].type == "period":
        return str(dated.max()), bool(dated.isin([str(q) for q in quarters]).any())
    newest = pd.Timestamp(dated.max())
    first = pd.Timestamp(quarters[0].first_day)
    days = [f.name for f in one.fields.values() if f.type == "date" and not f.allowed.get("future")]
    return f"{newest:%d/%m/%Y}", any((frame[name] >= first).any() for name in days if name in frame)


def elsewhere(frames: dict[str, pd.DataFrame], reader: Reader, sheets: list[Sheet]) -> list[pd.DataFrame]:
    """Returns most of whose neighbourhoods lie outside the area: another authority's files."""
    problems = []
    for name, frame in frames.items():
        for f in reader.returns[name].fields.values():
            if f.type != "lsoa":
                continue
            codes = frame[f.name].value_counts()
            rows, out = int(codes.sum()), sum(int(n) for c, n in codes.items() if reader.places.outside(str(c)))
            if out < FEWEST or out * 2 < rows:
                continue
            here = f"{areas.name(reader.area)} ({reader.area})"
            text = f"{out:,} of {rows:,} neighbourhoods lie outside {here}: is it another authority's file?"
            for s in (s for s in sheets if s.match.of.name == name):
                s.note = s.note or ELSEWHERE
                problems.append(of_file(s.where.file, s.where.sheet, text, "warn", RIGHT_FILE))
    return problems


def sent_before(receipt: dict[str, dict], root: Path, period: Quarter) -> list[pd.DataFrame]:
    """Files that stand in the folder of the quarter before as well, to the last byte."""
    before = root.parent / str(period - 1)
    if root.name != str(period) or not before.is_dir():
        return []
    sizes = {one["bytes"] for one in receipt.values()}
    older = {sha256(p): p.name for p in candidates(before) if p.stat().st_size in sizes}
    text = "This is last quarter's file {0} again, to the last byte: was the new one sent?"
    return [
        of_file(name, "", text.format(older[one["sha256"]]), "warn", RIGHT_FILE)
        for name, one in receipt.items()
        if one["sha256"] in older
    ]
