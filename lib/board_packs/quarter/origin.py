"""Where an area's tables come from, written beside them for the pages; and the accepted rows, for the analyst alone."""

from __future__ import annotations

from datetime import UTC, datetime

from cellguard import history
from lscb import __version__
from openstats import authorities

from ..tables import registry
from . import run_files as files
from .receiving import Received
from .request import Request, circulated


def origin(request: Request, area: str, received: Received) -> dict:
    """What the pages of an area say about their origin: parameters, receipts, what each table reads, the version."""
    return {
        "period": str(request.period),
        "area": area,
        "area_name": authorities.name(area),
        "sample": request.sample,
        "version": __version__,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": dict(request.settings),
        "circulated": history.circulated_last(circulated(request.sample), area),
        "receipt": [line for line in received.receipt if line.get("area", area) == area],
        "reads": {name: list(builder.returns) for builder in registry.builders() for name in builder.names},
        "open_data": {name: list(builder.open_data) for builder in registry.builders() for name in builder.names},
    }


def write_origin(request: Request, area: str, received: Received) -> None:
    """`origin` as about.json of the area's folder, and beside its protected tables without what a guarded page must not
    have: hashes, numbers of rows and names of files of returns, and when the tables were built."""
    about, folder = origin(request, area, received), request.folder(area)
    files.write_json(folder / "about.json", about)
    came = sorted({line["return"] for line in about["receipt"]})
    guarded = {name: value for name, value in about.items() if name != "built"}
    files.private(folder / "protected")
    files.write_json(folder / "protected" / "about.json", guarded | {"receipt": [{"return": name} for name in came]})


def keep_rows(request: Request, received: Received) -> None:
    """The accepted rows of every area beside its working tables, for the `internal` part of a page."""
    for area in request.areas:
        folder = files.private(request.folder(area) / "working" / "rows")
        for old in folder.glob("*.parquet"):
            old.unlink()
        for name, frame in received.rows.items():
            frame[frame["area"] == area].reset_index(drop=True).to_parquet(folder / f"{name}.parquet")
