"""What other designs of the tables would withhold of a board's own quarter: labels together or apart, of quarters or of
years. Those in force and the others stand side by side in data/standards.yml (`instead`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from cellguard.threshold_costs import aligned, totals_withheld
from lscb import long_table
from lscb.long_table import TOTAL, dimensions
from openstats.project_data import DATA, read

from ..tables import build, builders
from . import checked_ledger, labels
from .disclosure_control import together
from .input_digests import inputs
from .pack_settings import guarded
from .receiving import receive
from .request import Request, circulated

Tables = dict[str, pd.DataFrame]
HEADS = ["tables", "design", "figures"]


def designs() -> Iterator[tuple[str, str, Any]]:
    """Every other design: the setting by its dotted name, what the design is called, and the setting's value in it."""
    for group, settings in read(DATA / "standards.yml").items():
        for name, setting in settings.items():
            for called, value in (setting if isinstance(setting, dict) else {}).get("instead", {}).items():
                yield f"{group}.{name}", called, value


def costs_of_designs(request: Request, area: str, some: Iterable[tuple[str, str, Any]] | None = None) -> str:
    """For each design of an area's tables (`some`, or all), one changed at a time: how many figures they have, how many of
    them each audience would not get beside what was circulated, and of how many measures it would lack a total; in
    Markdown. A cell of several tables is one figure."""
    others = list(designs() if some is None else some)
    request, folder = replace(request, areas=(area,)), request.folder(area)
    received = receive(request, checked=False)
    working = {path.stem: long_table.load(path) for path in sorted((folder / "working").glob("*.csv"))}
    past, shown = checked_ledger.load(folder, circulated(request.sample), area), labels.replacements(received, area)
    rows, names = [], guarded()
    for setting, called, value in [("", "as it is", None), *others]:
        changed = {setting: value} if setting else {}
        subject = setting.partition(".")[0]
        only = [b.names[0] for b in builders() if subject and b.names[0].startswith(subject)]
        frames = build(inputs(replace(request, settings=changed), received), only=only)
        tables = working | {name: labels.printed(frame, shown) for name, frame in frames.items()}
        protected = together(tables, names, past, folder / "working" / "solved").protected
        for each in [subject] if subject else sorted({name.partition(".")[0] for name, _, _ in others}):
            rows.append([each.replace("_", " "), called, *_numbers(protected, names, each)])
    heads = [*HEADS, *(f"{name}, {what}" for name in names for what in ("withheld", "totals"))]
    return aligned([heads, ["---"] * 2 + ["--:"] * (len(heads) - 2), *rows])


def _numbers(protected: dict[str, Tables], names: list[str], subject: str) -> list[str]:
    """How many figures the tables of a subject have; and of each audience how many of them and of its totals are withheld."""
    numbers: list[int] = []
    for name in names:
        tables = {table: frame for table, frame in protected[name].items() if table.startswith(subject)}
        figures = _cells(tables, ("shown", "suppressed"))
        numbers += [] if numbers else [len(figures)]
        numbers += [len(_cells(tables, ("suppressed",))), len(totals_withheld(tables))]
    return [f"{number:,}" for number in numbers]


def _cells(tables: Tables, status: tuple[str, ...]) -> set[frozenset]:
    return {
        frozenset((d, row[d]) for d in dimensions(frame) if row[d] != TOTAL)
        for frame in tables.values()
        for row in frame[frame["status"].isin(status)].to_dict("records")
    }
