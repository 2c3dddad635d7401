"""Where an area's tables come from, written beside them for the pages; and the accepted rows, for the analyst alone."""

from __future__ import annotations

from datetime import UTC, datetime

from lscb import __version__
from openstats import authorities

from ..tables import registry
from . import run_files as files
from .receiving import Received
from .request import Request


def origin(request: Request, area: str, received: Received, code: str) -> dict:
    """What the pages of an area say about their origin: parameters, receipts, what each table reads, the code."""
    return {
        "period": str(request.period),
        "area": area,
        "area_name": authorities.name(area),
        "sample": request.sample,
        "version": __version__,
        "code": code[:12],
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": dict(request.settings),
        "receipt": [line for line in received.receipt if line.get("area", area) == area],
        "reads": {name: list(builder.returns) for builder in registry.builders() for name in builder.names},
        "open_data": {name: list(builder.open_data) for builder in registry.builders() for name in builder.names},
    }


def write_origin(request: Request, area: str, received: Received, code: str) -> None:
    """`origin` as about.json of the area's folder, where pages look for it."""
    files.write_json(request.folder(area) / "about.json", origin(request, area, received, code))


def keep_rows(request: Request, received: Received) -> None:
    """The accepted rows of every area beside its working tables, for the `internal` part of a page."""
    for area in request.areas:
        folder = files.private(request.folder(area) / "working" / "rows")
        for old in folder.glob("*.parquet"):
            old.unlink()
        for name, frame in received.rows.items():
            frame[frame["area"] == area].reset_index(drop=True).to_parquet(folder / f"{name}.parquet")
