"""Tables for a notebook that is opened without a run: built and protected when asked for, kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lscb.errors import Failed
from lscb.periods import Quarter

from . import receiving
from . import run_files as files
from . import table_stages as stages
from .disclosure_control import protect_here
from .pack_settings import guarded
from .request import circulated, resolve


def explored(period: Quarter, area: str, sample: bool, settings: Mapping | None = None) -> Path:
    """The folder where tables opened without a run are kept, brought up to date: outputs/explore/<period>/<area>-…

    settings : values in the place of those of data/standards.yml, by dotted name; such tables have a folder of their own
    """
    request = resolve(str(period), area, sample=sample, jobs=1, notebooks=None)
    place = request.out / "explore" / str(period) / f"{area}-{'sample' if sample else 'returns'}"
    if settings:
        place = place.with_name(f"{place.name}-{files.digest(dict(settings))[:12]}")
    with files.alone(place):
        hashes = files.Hashes(request.out)
        code = files.code(hashes)
        past = hashes.tree(circulated(sample))
        state = files.digest([code, hashes.tree(request.returns), stages.open_digest(request, hashes), past])
        if (files.read_json(place / ".keys.json") or {}).get("state") == state and (place / "protected").is_dir():
            return place
        request = replace(request, only_folder=place, settings=dict(settings or {}))
        received = receiving.receive(request)
        stages.build(request, received, code, hashes)
        stages.keep_rows(request, received)
        answer = protect_here(folder=str(place), profiles=guarded(), history=str(circulated(sample)), area=area)
        if "failed" in answer:
            raise Failed(f"{area}: {answer['failed']}")
        files.write_json(place / "about.json", stages.about(request, area, received, code))
        files.write_json(place / ".keys.json", {"state": state})
        hashes.save()
    return place
