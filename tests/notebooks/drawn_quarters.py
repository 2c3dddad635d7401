"""Quarters of three authorities: the invented one, and two within a financial year whose returns are drawn.

The drawn returns of the first of them have no child death, a file with its headings alone.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
from expected_tables import Tables
from page_reader import Page, run, unanswered_in

from board_packs import sample
from board_packs.publish import tables_run
from board_packs.quarter.request import resolve
from lscb import long_table
from lscb.periods import Quarter
from openstats import authorities

AUDIENCES = ("restricted", "partnership", "public")
CASES = {  # area, period: first and last day of the year so far, and what pages call it
    ("E08000019", "2023-24-Q2"): (date(2023, 4, 1), date(2023, 9, 30), "the first two quarters of 2023-24"),
    ("E06000044", "2019-20-Q3"): (date(2019, 4, 1), date(2019, 12, 31), "the first three quarters of 2019-20"),
}


class Frames(dict):
    """The tables of a folder by name, each read when it is asked for, no answer 0 where none is recorded."""

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str):
        self[name] = unanswered_in(long_table.load(self.folder / f"{name}.csv"))
        return self[name]


class DrawnQuarter:
    """The quarter of an authority: its files, its tables as they lie on disk, its pages, each run once an audience."""

    def __init__(self, area: str, period: str, folder: Path):
        self.area, self.period, self.folder = area, period, folder
        self.place, self.pages, self.read = authorities.name(area), {}, {}

    @classmethod
    def built(cls, area: str, period: str, folder: Path) -> DrawnQuarter:
        """A quarter of `CASES`, its returns drawn and its tables made in a folder, unless they are there."""
        tables = folder / "out" / period / area
        if not (tables / "protected").is_dir():
            sample.write_for(folder / "returns", Quarter.parse(period), area)
            tables_run.tables_only(
                resolve(period, area, returns=folder / "returns", out=folder / "out", notebooks=None)
            )
        drawn = cls(area, period, tables)
        drawn.first, drawn.last, drawn.span = CASES[area, period]
        drawn.returns = folder / "returns"
        return drawn

    def of(self, audience: str) -> Path:
        return self.folder / ("working" if audience == "restricted" else f"protected/{audience}")

    def page(self, name: str, audience: str = "restricted") -> Page:
        if (name, audience) not in self.pages:
            self.pages[name, audience] = run(name, self.of(audience), audience, period=self.period, area=self.area)
        return self.pages[name, audience]

    def tables(self, audience: str) -> Tables:
        if audience not in self.read:
            frames = Frames(self.of(audience))
            ledger = self.of(audience).parent / "ledger.csv"
            self.read[audience] = Tables(frames, self.period, self.area, audience, self.place, ledger)
        return self.read[audience]

    def lines(self, name: str, dated_by: str, first: date | None = None) -> list[dict]:
        """The lines of a partner's file that are of the year so far, or since a first day."""
        with (self.returns / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        return [line for line in lines if (first or self.first) <= date.fromisoformat(line[dated_by]) <= self.last]


OF_RETURNS = ("hrda_", "child_deaths_", "exploitation_", "missing_", "return_interviews", "training_", "board_", "contributions",
              "spending", "plan_", "audit_", "review_", "case_review_", "section_11_a", "section_11_s", "section_11_c", "returns_received")  # fmt: skip


def told_apart(tables: Path, folder: Path) -> Path:
    """The tables of a folder with figures of returns that are all different, so that no sentence is right by taking one
    for another; of what they count nothing follows any more."""
    every = {path.stem: long_table.load(path) for path in sorted(tables.glob("*.csv"))}
    for name, frame in every.items():
        if name.startswith(OF_RETURNS):
            draw = np.random.default_rng(sum(name.encode()))
            shown = (frame["status"] == "shown") & ~frame["measure"].str.contains("look_back")
            of = frame["of"] * 3 + draw.integers(20, 90, len(frame))
            count = (frame["count"] * 2 + draw.integers(1, 40, len(frame))).clip(upper=of.fillna(np.inf))
            ratio = (
                ((count / of) / (frame["count"] / frame["of"])).replace(np.inf, np.nan).fillna(draw.uniform(1.1, 1.9))
            )
            moved = {figure: frame[figure] * ratio for figure in ("value", "low", "high")} | {"count": count, "of": of}
            every[name] = frame.assign(**{figure: frame[figure].mask(shown, moved[figure]) for figure in moved})
    long_table.write(every, folder)
    return folder


def all_rounded(tables: Path, folder: Path) -> Path:
    """The public's tables with a rounded count of its own in every cell that may be withheld: none is that of another, and
    none a number of anything else that a page prints."""
    every, next_ = {path.stem: long_table.load(path) for path in sorted(tables.glob("*.csv"))}, 1_005
    for name, frame in every.items():
        counted = frame["status"].isin(["shown", "suppressed"]) & (frame["count"].notna() | frame["value"].isna())
        if frame["reason"].str.contains("rounded to the nearest|withheld").any():
            counts = frame["count"].mask(counted, next_ + 5.0 * np.arange(len(frame)))
            reason = frame["reason"].mask(counted, "rounded to the nearest 5")
            every[name] = frame.assign(count=counts, status=frame["status"].mask(counted, "shown"), reason=reason)
            next_ += 5 * len(frame)
    long_table.write(every, folder)
    return folder


def any_figures(tables: Path, folder: Path, size: int) -> Path:
    """The tables of a folder with figures of returns below a size that have nothing to do with each other, but in a
    cell: its share is its count of its base, and its ends are Wilson's. Nothing is said to have changed."""
    every = {path.stem: long_table.load(path) for path in sorted(tables.glob("*.csv"))}
    for name, frame in every.items():
        if name.startswith(OF_RETURNS):
            draw = np.random.default_rng(size + sum(name.encode()))
            shown = frame["status"] == "shown"
            of = frame["of"].mask(frame["of"] < 20_000, draw.integers(1, size, len(frame)))
            count = frame["count"].mask(frame["count"] > 0, draw.integers(1, size, len(frame)))
            count = count.clip(upper=of.fillna(np.inf))
            ratio = ((count / of) / (frame["count"] / frame["of"])).replace(np.inf, np.nan)
            moved = {figure: frame[figure] * ratio.fillna(1) for figure in ("value", "low", "high")}
            share = frame["unit"].astype(str).str.startswith(("share", "fraction")) & count.notna() & of.notna()
            low, high = wilson(count, of)
            for figure, exact in (("value", count / of), ("low", low), ("high", high)):
                moved[figure] = moved[figure].mask(share & frame[figure].notna(), exact)
            moved |= {"count": count, "of": of}
            every[name] = frame.assign(**{figure: frame[figure].mask(shown, moved[figure]) for figure in moved})
            changes = shown & frame["measure"].str.contains("change")
            every[name].loc[changes, [*moved]] = np.nan
            every[name].loc[changes, ["status", "reason"]] = ["not_available", "drawn"]
    long_table.write(every, folder)
    return folder


def crossed_counts(tables: Path, folder: Path, earlier: float, newest: float) -> Path:
    """The tables of a folder with a children's services return that is so many times itself in the newest year and in
    those before, so that its counts lie on one side of the official ones in one year and on the other in the next."""
    every = {path.stem: long_table.load(path) for path in sorted(tables.glob("*.csv"))}
    rows = every["scorecard_quarter"]
    years = np.where(rows["period"].str[:7] == rows["period"].str[:7].max(), newest, earlier)
    moved = rows.assign(count=np.floor(rows["count"] * years))
    share = rows["unit"].eq("share") & rows["count"].notna()
    moved["of"] = rows["of"].mask(share, np.floor(rows["of"] * years))
    ratio = (moved["count"] / moved["of"]) / (rows["count"] / rows["of"])
    for name in ("value", "low", "high"):
        moved[name] = rows[name].mask(rows["count"].notna() & rows["of"].notna(), rows[name] * ratio)
    for name, end in zip(("low", "high"), wilson(moved["count"], moved["of"]), strict=True):
        moved[name] = moved[name].mask(share & rows[name].notna(), end)
    long_table.write(every | {"scorecard_quarter": moved}, folder)
    return folder


def wilson(count, of):
    """Both ends of Wilson's 95% interval."""
    z, share = 1.959964, count / of
    middle, half = share + z * z / (2 * of), z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return ((middle - half) / (1 + z * z / of)).clip(0, 1), ((middle + half) / (1 + z * z / of)).clip(0, 1)
