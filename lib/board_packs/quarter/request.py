"""What a run is asked for: period, areas, folders, packs. Everything wrong with it is said before anything starts."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import DATA, NOTEBOOKS, ROOT

from . import pack_settings as subgroups

GIVEN = ("period", "area", "audience", "tables", "sample")  # the parameters every notebook has


@dataclass(frozen=True)
class Request:
    """A run, resolved: every name known, every folder there."""

    period: Quarter
    areas: tuple[str, ...]
    packs: dict[str, subgroups.Pack]
    pages: frozenset[tuple[int, str]]  # the pages to make: notebook and audience
    notebooks: dict[int, Path]
    returns: Path
    open_data: Path | None
    out: Path
    sample: bool = False
    jobs: int = 1
    force: bool = False
    limit: float = 600.0
    executor: str = "local"
    scheduler: str = ""
    partial: bool = False  # --only: what was not asked for is left as it is
    left_out: tuple[str, ...] = ()  # of --area all, those that have sent no returns
    settings: Mapping = field(default_factory=dict)  # in the place of data/standards.yml, by dotted name: for exploring
    only_folder: Path | None = None  # where the one area's tables go, if not into the run's own folder

    def folder(self, area: str) -> Path:
        """Where everything of an area is written."""
        return self.only_folder or self.out / str(self.period) / area


def resolve(
    period: str,
    area: str,
    sample: bool = False,
    returns: str | Path | None = None,
    open_data: str | Path | None = None,
    out: str | Path | None = None,
    only: list[str] | None = None,
    jobs: int = 0,
    force: bool = False,
    limit: float = 600.0,
    executor: str = "local",
    scheduler: str = "",
    notebooks: Path | None = NOTEBOOKS,
) -> Request:
    """A request from what was typed. Raises UserError, one line, for what is not known or not there.

    notebooks : the folder of notebooks and packs.yml; None for a request that makes tables only
    """
    quarter = Quarter.parse(period)
    if executor not in ("local", "dask"):
        raise UserError(f"--executor {executor}: use local or dask.")
    if executor == "dask" and not scheduler:
        raise UserError("--executor dask needs --scheduler ADDRESS, such as tcp://host:8786.")
    if jobs < 0:
        raise UserError("--jobs must be at least 1.")
    known = subgroups.notebooks(notebooks) if notebooks else {}
    packs, pages = subgroups.chosen(only, notebooks) if notebooks else ({}, set())
    for number in sorted({number for number, _ in pages}):
        declared(known[number])
    folder, wanted = cases(quarter, sample, returns), codes(area, quarter)
    some = wanted if sample or area.strip() != "all" else tuple(code for code in wanted if (folder / code).is_dir())
    if not some:
        raise UserError(f"--area all: put each authority's files into a folder of {shown(folder)} named by its code.")
    return Request(
        period=quarter,
        areas=some,
        left_out=tuple(code for code in wanted if code not in some),
        packs=packs,
        pages=frozenset(pages),
        notebooks=known,
        returns=folder,
        open_data=there(open_data or os.environ.get("LSCB_OPEN_DATA") or None, "--open-data"),
        out=Path(out or os.environ.get("LSCB_OUT") or ROOT / "outputs").resolve(),
        sample=sample,
        jobs=jobs or cores(),
        force=force,
        limit=limit,
        executor=executor,
        scheduler=scheduler,
        partial=bool(only),
    )


def cores() -> int:
    """The processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def codes(area: str, period: Quarter) -> tuple[str, ...]:
    """`all`, one authority (code, DfE number, name), or several with commas between them, as upper-tier codes."""
    return tuple(each.code for each in authorities.find_all(area, period.last_day))


def there(folder: str | Path | None, option: str) -> Path | None:
    """A folder that somebody named. Raises UserError if it is not one."""
    if folder is None:
        return None
    path = Path(folder).expanduser().resolve()
    if not path.is_dir():
        raise UserError(f"{option} {folder}: there is no such folder.")
    return path


def cases(period: Quarter, sample: bool, returns: str | Path | None) -> Path:
    """The folder of the period's returns: the named one, the invented quarter, or data/returns/<period>."""
    if sample:
        return sample_folder(period)
    named = returns or os.environ.get("LSCB_RETURNS")
    folder = there(named, "--returns") if named else DATA / "returns" / str(period)
    if named and (folder / str(period)).is_dir():
        folder = folder / str(period)
    if not folder.is_dir() or not any(p.is_file() and not p.name.startswith(".") for p in folder.rglob("*")):
        raise UserError(
            f"No returns for {period}: put the partners' files into {shown(folder)}, "
            "or add --sample for the invented quarter."
        )
    return folder


def sample_folder(period: Quarter) -> Path:
    """The invented quarter nearest after a period (its events are cut at the period's last day)."""
    held = sorted(Quarter.parse(p.name) for p in (DATA / "sample").glob("*-Q?") if p.is_dir())
    later = [quarter for quarter in held if quarter >= period]
    if not later:
        known = f"the last is {held[-1]}" if held else "there is none"
        raise UserError(
            f"No invented quarter reaches {period} ({known}): ask for another period, or leave out --sample and name "
            "a folder of returns with --returns."
        )
    return DATA / "sample" / str(later[0])


def circulated(sample: bool) -> Path:
    """The ledger of what was circulated; trials with the invented quarter have one of their own."""
    return DATA / "circulated" / "sample" if sample else DATA / "circulated"


def shown(path: Path) -> str:
    """A path as a person types it from the project's folder."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def declared(notebook: Path) -> set[str]:
    """The parameters a notebook declares. Raises UserError if one that every run gives is not among them."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError):
        raise UserError(f"{notebook.name} is not a notebook that can be read: restore it.") from None
    tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    names: set[str] = set()
    for cell in tagged:
        try:
            body = ast.parse("".join(cell["source"])).body
        except SyntaxError as error:
            raise UserError(f"{notebook.name}: its parameters cannot be read (line {error.lineno}).") from None
        names |= {
            t.id for node in body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)
        }
        names |= {node.target.id for node in body if isinstance(node, ast.AnnAssign)}
    if missing := [name for name in GIVEN if name not in names]:
        from difflib import get_close_matches

        near = get_close_matches(missing[0], names, n=1)
        hint = f" (it declares {near[0]!r})" if near else ""
        raise UserError(
            f"{notebook.name} does not declare the parameter {missing[0]!r}{hint}: see its parameters cell."
        )
    return names
