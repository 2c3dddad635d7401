"""What a table was made from: which inputs it read, and the content of each, so that it is made again only then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from openstats.store import store_of

from ..tables import Inputs
from ..tables.return_gaps import with_settled
from . import labels
from . import run_files as files
from .receiving import Received
from .request import Request


class Watched(Inputs):
    """Inputs that note in `seen` what a table function reads beside the returns."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("quality", "open_data"):
            object.__getattribute__(self, "seen").add(name)
        return object.__getattribute__(self, name)

    def standard(self, name: str) -> Any:
        object.__getattribute__(self, "seen").add(f"standard {name}")
        return super().standard(name)


class WatchedRows(dict):
    """Accepted rows by return, noting in `seen` which were asked for."""

    def __init__(self, rows: dict[str, pd.DataFrame], seen: set[str]):
        super().__init__(rows)
        self.seen = seen

    def __contains__(self, name: object) -> bool:
        self.seen.add(f"return {name}")
        return super().__contains__(name)

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.seen.add(f"return {name}")
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.seen.add(f"return {name}")
        return super().get(name, default)

    def __iter__(self):
        self.seen.add("every return")
        return super().__iter__()

    def items(self):
        self.seen.add("every return")
        return super().items()

    def keys(self):
        self.seen.add("every return")
        return super().keys()

    def values(self):
        self.seen.add("every return")
        return super().values()


def inputs(request: Request, received: Received, seen: set[str] | None = None, areas: tuple[str, ...] = ()) -> Inputs:
    """What table functions get, of all areas asked for or of some. What they read is noted in `seen`."""
    seen = set() if seen is None else seen
    watched = Watched.__new__(Watched)
    object.__setattr__(watched, "seen", seen)
    rows = WatchedRows(received.rows, seen)
    places = areas or request.areas
    official = store_of(request.open_data)
    gaps = _gaps(received, places)
    Inputs.__init__(watched, request.period, places, rows, received.quality, official, request.settings, gaps)
    return watched


def _gaps(received: Received, areas: Iterable[str]) -> pd.DataFrame:
    """What the returns of some areas lack, with what a person said of their quarters without a row."""
    gaps = received.gaps
    parts = [with_settled(gaps[gaps["area"].eq(area)], labels.load(area).settled(), area) for area in areas]
    return pd.concat(parts, ignore_index=True) if parts else gaps


def digests(request: Request, received: Received, hashes: files.Hashes) -> dict[str, str]:
    """The content of everything a table function can read for an area, by the names that `inputs` notes."""
    gaps = _gaps(received, sorted(set(received.sent) | set(received.gaps["area"])))
    content = {
        f"return {name}": files.digest([of_frame(received.rows.get(name)), of_frame(gaps[gaps["return"] == name])])
        for name in sorted({*received.rows, *gaps["return"]})
    }
    content["every return"] = files.digest(content)
    content["quality"] = of_frame(received.quality)
    content["open_data"] = files.open_data(request.open_data, hashes)
    return content | settings(request.settings)


def settings(chosen: Mapping[str, Any]) -> dict[str, str]:
    """What was put in the place of a standard or of a part of it, by the name of every standard that has it in it."""
    names = {".".join(name.split(".")[: n + 1]) for name in chosen for n in range(name.count(".") + 1)}
    parts = {n: {each: v for each, v in chosen.items() if f"{each}.".startswith(f"{n}.")} for n in names}
    return {f"standard {name}": files.digest(part) for name, part in parts.items()}


def of_frame(frame: Any) -> str:
    """The content of a frame without where its rows came from (columns that begin with _)."""
    if not isinstance(frame, pd.DataFrame):
        return files.digest(repr(frame))
    content = frame[[column for column in frame.columns if not str(column).startswith("_")]]
    rows = pd.util.hash_pandas_object(content.astype("str"), index=False).to_numpy().tobytes()
    return files.digest([list(map(str, content.columns)), files.sha256_of(rows)])
