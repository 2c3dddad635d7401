"""The period's returns, of every area at once: real ones, or the invented quarter cut at the period's end."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import QUARTER, Quarter
from openstats import authorities

from . import run_files as files
from .request import Request

SAMPLED = "E06000045"  # the area on whose neighbourhoods the committed invented quarter is drawn


@dataclass
class Received:
    """The period's returns as read: accepted rows by return, what was received and refused, the files' receipt."""

    rows: dict = field(default_factory=dict)
    quality: object = None  # one row per area, file and return
    receipt: list[dict] = field(default_factory=list)
    sent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by area, the returns that came, nil ones too

    lost: dict[str, str] = field(default_factory=dict)  # by area, why nothing can be made of it
    broken: dict[str, list[str]] = field(default_factory=dict)  # by area, a line for each table that could not be built

    def of(self, areas: tuple[str, ...]) -> Received:
        """What would have been received had only these areas been asked for."""
        names = {name for area in areas for name in self.sent.get(area, self.rows)}
        rows = {n: f[f["area"].isin(areas)].reset_index(drop=True) for n, f in self.rows.items() if n in names}
        quality = self.quality[self.quality["area"].isin(areas)].reset_index(drop=True)
        receipt = [line for line in self.receipt if line["area"] in areas]
        return Received(rows, quality, receipt, {a: s for a, s in self.sent.items() if a in areas})


_STORES: dict = {}


def store(folder):
    """One store a process and folder: what it has parsed is kept."""
    from openstats import Store

    if folder not in _STORES:
        _STORES[folder] = Store(folder)
    return _STORES[folder]


def receive(request: Request, checked: bool = True) -> Received:
    """Reads and checks every area's returns; refused rows go to check/ of the area.

    An area of several whose returns cannot be used is in `lost`, with the reason; where none can, that is raised.
    Of the invented quarter what happened after the period is left out, so that an earlier period can be tried too.
    """
    import pandas as pd

    import returncheck as returns

    frames: dict[str, list] = {}
    quality, receipt, sent, lost = [], [], {}, {}
    for area in request.areas:
        try:
            folder = folder_of(request, area)
            held = Quarter.parse(folder.name) if request.sample and QUARTER.fullmatch(folder.name) else request.period
            out = files.private(request.folder(area) / "check") if checked else None
            got = returns.read(folder, max(held, request.period), area, out=out)
        except UserError as error:
            lost[area] = str(error)
            continue
        for name, frame in got.frames.items():
            frames.setdefault(name, []).append(until(frame, name, request.period) if request.sample else frame)
        sent[area] = tuple(got.frames)
        quality.append(got.quality.assign(area=area))
        receipt += [dict(line, area=area) for line in receipts(got.quality)]
    if not sent:
        raise UserError(next(iter(lost.values())))
    rows = {name: pd.concat(parts, ignore_index=True) if parts[1:] else parts[0] for name, parts in frames.items()}
    return Received(dict(sorted(rows.items())), pd.concat(quality, ignore_index=True), receipt, sent, lost)


def receipts(quality) -> list[dict]:
    """The lines of what was received, as plain values: file, return, hash, rows received, accepted and refused."""
    kept = ["file", "sheet", "return", "received", "accepted", "refused", "sha256", "note"]
    return [
        {k: v.item() if hasattr(v, "item") else v for k, v in line.items()} for line in quality[kept].to_dict("records")
    ]


def folder_of(request: Request, area: str) -> Path:
    """The folder of one area's returns: its own sub-folder where there is one; of the invented quarter its own draw."""
    if (request.returns / area).is_dir():
        return request.returns / area
    if not request.sample or area == SAMPLED:
        if request.areas != (area,) and not request.sample:
            raise UserError(f"No returns for {area}: put them into {request.returns / area}.")
        return request.returns
    return drawn(request, area)


def drawn(request: Request, area: str) -> Path:
    """The invented quarter on another area's neighbourhoods and in its size, drawn once and kept under the output."""
    from openstats import Missing

    from .. import sample

    folder = request.out / "sample" / area / request.returns.name
    if (folder / "README.md").is_file():
        return folder
    held = store(request.open_data)
    try:
        weights = neighbourhoods(held, area)
        children = held.children()
    except Missing as absent:
        raise UserError(f"The invented quarter of {area} needs its neighbourhoods: {absent}") from None
    own = children[children["area"] == area].drop_duplicates("mid_year", keep="last")
    sizes = dict(zip(own["mid_year"].astype(int), own["population_0_17"].astype(int), strict=True))
    draft = files.private(folder.parent) / f".{folder.name}-{os.getpid()}"
    sample.write(draft, lsoas=weights, populations={y: sizes[y] for y in (2015, 2016, 2017) if y in sizes})
    files.replace_folder(draft, folder)
    return folder


def neighbourhoods(held, area: str) -> dict[str, float]:
    """The 2011 neighbourhood codes of an upper-tier area with a weight each, from the Indices of 2015 or 2019."""
    from openstats import Missing

    lower = {area, *authorities.districts(area)}
    for edition in (2015, 2019):
        rows = held.lsoas(edition)
        own = rows[rows["area"].isin(lower) & (rows["index"] == "imd")]
        if len(own):
            return dict(zip(own["lsoa"], own["total"].fillna(1.0).astype(float), strict=True))
    raise Missing("iod2015", f"the neighbourhoods of {authorities.name(area)}")


def until(frame, name: str, period: Quarter):
    """Rows up to a period's end, and in them no date after it."""
    import pandas as pd

    from returncheck import dictionary

    said = dictionary.load().get(name)
    if said is None:
        return frame
    end = pd.Timestamp(period.last_day)
    made = frame.copy()
    by = said.dated_by
    if by in made and str(made[by].dtype).startswith("datetime"):
        made = made[~(made[by] > end)]
    elif by in made and said.fields[by].type == "period":
        labels = made[by].map(lambda v: QUARTER.fullmatch(str(v)) is None or Quarter.parse(v) <= period)
        made = made[labels]
    for column in [c for c in made if str(made[c].dtype).startswith("datetime")]:
        late = made[column] > end
        made[column] = made[column].mask(late)
        if f"{column}__state" in made:
            made[f"{column}__state"] = made[f"{column}__state"].mask(late, "missing")
    return made.reset_index(drop=True)
