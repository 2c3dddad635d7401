"""Tables for a notebook that is opened without a run: built and protected, and kept until something changes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lscb.periods import Quarter

from . import receiving
from . import run_files as files
from .disclosure_control import protect_here
from .origin import keep_rows, write_origin
from .pack_settings import guarded
from .request import circulated, resolve
from .table_stages import build


def begin(place: Path, *like: Path) -> None:
    """Begins with the tables of the first of some folders that there is, and with what was solved to protect them: what
    does not depend on what was changed is kept."""
    for folder in like:
        if folder != place and not (place / "working").exists() and (folder / "working").is_dir():
            with suppress(OSError):  # a run replaces its files meanwhile: what is missing is built
                ignored = shutil.ignore_patterns("rows", "parts", "looked_for.json")
                shutil.copytree(folder / "working", place / "working", ignore=ignored)


def explored(period: Quarter, area: str, sample: bool, settings: Mapping | None = None) -> Path:
    """The folder where tables opened without a run are kept, brought up to date: outputs/explore/<period>/<area>-…

    settings : values in the place of those of data/standards.yml, by dotted name; such tables have a folder of their own
    """
    request = resolve(period, area, sample=sample, jobs=1, notebooks=None)
    place = request.out / "explore" / str(period) / f"{area}-{'sample' if sample else 'returns'}"
    if settings:
        place = place.with_name(f"{place.name}-{files.digest(dict(settings))[:12]}")
    with files.closed(), files.alone(place):
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        past = hashes.tree(circulated(sample))
        state = files.digest([code, hashes.tree(request.returns), files.open_data(request.open_data, hashes), past])
        if (files.read_json(place / ".keys.json") or {}).get("state") == state and (place / "protected").is_dir():
            return place
        begin(place, place.with_name(f"{area}-{'sample' if sample else 'returns'}"), request.folder(area))
        request = replace(request, only_folder=place, settings=dict(settings or {}))
        received = receiving.receive(request)
        build(request, received, code, hashes)
        keep_rows(request, received)
        protect_here(place, guarded(), circulated(sample), area)
        write_origin(request, area, received)
        files.write_json(place / ".keys.json", {"state": state})
        hashes.save()
    return place
