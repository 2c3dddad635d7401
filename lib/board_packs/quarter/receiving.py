"""The period's returns, of every area at once: real ones, or the invented quarter cut at the period's end."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

import returncheck
from lscb.errors import UserError
from lscb.periods import QUARTER, Quarter
from openstats.store import store_of
from returncheck import dictionary

from .. import sample
from ..tables.return_gaps import no_gaps
from . import run_files as files
from .request import Request

SAMPLED = "E06000045"  # the area on whose neighbourhoods the committed invented quarter is drawn


@dataclass
class Received:
    """The period's returns as read: accepted rows by return, what was received and refused, the files' receipt."""

    rows: dict[str, pd.DataFrame] = field(default_factory=dict)
    quality: Any = None  # one row per area, file and return
    receipt: list[dict] = field(default_factory=list)
    sent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by area, the returns that came, nil ones too
    lost: dict[str, str] = field(default_factory=dict)  # by area, why nothing can be made of it
    broken: dict[str, list[str]] = field(default_factory=dict)  # by area, a line for each table that could not be built
    gaps: pd.DataFrame = field(default_factory=no_gaps)  # what the figures of an area's return lack, see returncheck

    def of(self, areas: tuple[str, ...]) -> Received:
        """What would have been received had only these areas been asked for."""
        names = {name for area in areas for name in self.sent.get(area, self.rows)}
        rows = {n: f[f["area"].isin(areas)].reset_index(drop=True) for n, f in self.rows.items() if n in names}
        quality = self.quality[self.quality["area"].isin(areas)].reset_index(drop=True)
        receipt = [line for line in self.receipt if line["area"] in areas]
        gaps = self.gaps[self.gaps["area"].isin(areas)].reset_index(drop=True)
        return Received(rows, quality, receipt, {a: s for a, s in self.sent.items() if a in areas}, gaps=gaps)


def receive(request: Request, checked: bool = True) -> Received:
    """Reads and checks every area's returns; refused rows go to check/ of the area.

    An area of several whose returns cannot be used is in `lost`, with the reason; where none can, that is raised.
    Of the invented quarter what happened after the period is left out, so that an earlier period can be tried too.
    """
    frames: dict[str, list[pd.DataFrame]] = {}
    quality: list[pd.DataFrame] = []
    gaps: list[pd.DataFrame] = []
    receipt: list[dict] = []
    sent: dict[str, tuple[str, ...]] = {}
    lost: dict[str, str] = {}
    for area in request.areas:
        try:
            checks = _checked(request, area, checked)
        except UserError as error:
            lost[area] = str(error)
            continue
        lacking = checks.gaps
        unstated = set(lacking.loc[lacking["nil"] & lacking["silent"].ne(""), "return"])  # as if it had not come
        sent[area] = tuple(name for name in checks.frames if name not in unstated)
        figures = checks.quality.assign(area=area)
        for name in sent[area]:
            frame = until(checks.frames[name], name, request.period) if request.sample else checks.frames[name]
            frames.setdefault(name, []).append(frame)
            later = len(checks.frames[name]) - len(frame)  # had not come: rows of a return are its cases
            figures.loc[figures["return"].astype("str") == name, ["received", "accepted"]] -= later
        quality.append(figures)
        gaps.append(lacking.assign(area=area))
        receipt += [dict(line, area=area) for line in receipts(figures)]
    if not sent:
        raise UserError(next(iter(lost.values())))
    rows = {name: pd.concat(parts, ignore_index=True) if parts[1:] else parts[0] for name, parts in frames.items()}
    every = (pd.concat(each, ignore_index=True) for each in (quality, gaps))
    return Received(dict(sorted(rows.items())), next(every), receipt, sent, lost, gaps=next(every))


def _checked(request: Request, area: str, write: bool):
    """One area's returns as returncheck reads them; `write` puts what was refused into its check/."""
    folder = folder_of(request, area)
    dated = Quarter.parse(folder.name) if request.sample and QUARTER.fullmatch(folder.name) else request.period
    out = files.private(request.folder(area) / "check") if write else None
    return returncheck.read(folder, max(dated, request.period), area, out=out, open_data=request.open_data)


def receipts(quality: pd.DataFrame) -> list[dict]:
    """The lines of what was received, as plain values: file, return, hash, rows received, accepted and refused."""
    lines = quality[["file", "sheet", "return", "received", "accepted", "refused", "sha256", "note"]]
    return [{k: v.item() if hasattr(v, "item") else v for k, v in line.items()} for line in lines.to_dict("records")]


def folder_of(request: Request, area: str) -> Path:
    """The folder of one area's returns: its own sub-folder where there is one; of the invented quarter its own draw."""
    if (request.returns / area).is_dir():
        return request.returns / area
    committed = area == SAMPLED and Quarter.parse(request.returns.name) >= request.period if request.sample else True
    if committed:
        if request.areas != (area,) and not request.sample:
            raise UserError(f"No returns for {area}: put them into {request.returns / area}.")
        return request.returns
    return drawn(request, area)


def drawn(request: Request, area: str) -> Path:
    """The invented quarter of another area or a later period, drawn once and kept under the output."""
    quarter = max(request.period, sample.FIRST)
    folder = invented_returns(request, area)
    if (folder / "README.md").is_file():
        return folder
    draft = files.private(folder.parent) / f".{folder.name}-{os.getpid()}"
    sample.write_for(draft, quarter, area, store_of(request.open_data))
    files.replace_folder(draft, folder)
    return folder


def invented_returns(request: Request, area: str) -> Path:
    """Where the invented rows of another area or a later period lie."""
    return request.out / "sample" / "returns" / area / str(max(request.period, sample.FIRST))


def until(frame: pd.DataFrame, name: str, period: Quarter) -> pd.DataFrame:
    """Rows up to a period's end, and in them no date after it but those that were agreed beforehand, such as the day on
    which an action is due."""
    about = dictionary.load().get(name)
    if about is None:
        return frame
    end = pd.Timestamp(period.last_day)
    rows = frame.copy()
    by = about.dated_by
    if by in rows and str(rows[by].dtype).startswith("datetime"):
        rows = rows[~(rows[by] > end)]
    elif by in rows and about.fields[by].type == "period":
        rows = rows[rows[by].map(lambda v: QUARTER.fullmatch(str(v)) is None or Quarter.parse(v) <= period)]
    agreed = {name for name, one in about.fields.items() if one.allowed.get("future")}
    for column in [c for c in rows if str(rows[c].dtype).startswith("datetime") and c not in agreed]:
        late = rows[column] > end
        rows[column] = rows[column].mask(late)
        if f"{column}__state" in rows:
            rows[f"{column}__state"] = rows[f"{column}__state"].mask(late, "missing")
    return rows.reset_index(drop=True)
