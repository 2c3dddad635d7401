"""What a run is asked for: period, areas, folders, packs. Everything wrong with it is said before anything starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from lscb.errors import UserError
from lscb.periods import QUARTER, Quarter
from openstats import authorities
from openstats.dated_terms import in_terms_of
from openstats.project_data import DATA, NOTEBOOKS, ROOT

from . import pack_settings
from .notebook_parameters import declared
from .pack_settings import Pack


@dataclass(frozen=True)
class Options:
    """What may be typed beside the period and the area, as it was typed."""

    sample: bool = False
    returns: str | Path | None = None
    open_data: str | Path | None = None
    out: str | Path | None = None
    only: Sequence[str] = ()  # packs and notebooks; none of them: all
    jobs: int = 0
    force: bool = False
    limit: float = 600.0
    executor: str = "local"
    scheduler: str = ""


@dataclass(frozen=True)
class Request:
    """A run, resolved: every name known, every folder there."""

    period: Quarter
    areas: tuple[str, ...]
    returns: Path
    open_data: Path | None
    out: Path
    packs: dict[str, Pack] = field(default_factory=dict)
    pages: frozenset[tuple[int, str]] = frozenset()  # the pages to make: notebook and audience
    notebooks: dict[int, Path] = field(default_factory=dict)
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

    @property
    def room(self) -> Path:
        """Where runs write: what is invented apart from what is real."""
        return self.out / "sample" if self.sample else self.out

    def folder(self, area: str) -> Path:
        """Where everything of an area is written."""
        return self.only_folder or self.room / str(self.period) / area


def resolve(period: str | Quarter, area: str, notebooks: Path | None = NOTEBOOKS, **typed) -> Request:
    """A request from what was typed. Raises UserError, one line, for what is not known or not there.

    notebooks : the folder of notebooks and packs.yml; None for a request that makes tables only
    typed : any of `Options`
    """
    options = Options(**typed)
    quarter = period if isinstance(period, Quarter) else typed_period(period)
    check_options(options)
    books = pack_settings.notebooks(notebooks) if notebooks else {}
    packs, pages = pack_settings.chosen(options.only, notebooks) if notebooks else ({}, set())
    packs = {name: replace(pack, title=in_terms_of(pack.title, quarter.last_day)) for name, pack in packs.items()}
    for number in sorted({number for number, _ in pages}):
        declared(books[number])
    codes = area_codes(area, quarter)  # first: who asks for a place that is no more need not look for its files
    folder = cases(quarter, options.sample, options.returns)
    areas = codes if options.sample or area.strip() != "all" else tuple(c for c in codes if (folder / c).is_dir())
    if not areas:
        raise UserError(f"--area all: put each authority's files into a folder of {shown(folder)} named by its code.")
    return Request(
        period=quarter,
        areas=areas,
        left_out=tuple(code for code in codes if code not in areas),
        packs=packs,
        pages=frozenset(pages),
        notebooks=books,
        returns=folder,
        open_data=there(options.open_data or os.environ.get("LSCB_OPEN_DATA") or None, "--open-data"),
        out=out_folder(options.out),
        sample=options.sample,
        jobs=options.jobs or cores(),
        force=options.force,
        limit=options.limit,
        executor=options.executor,
        scheduler=options.scheduler,
        partial=bool(options.only),
    )


def check_options(options: Options) -> None:
    """Raises UserError for an executor that there is not, or a number of jobs that cannot be."""
    if options.executor not in ("local", "dask"):
        raise UserError(f"--executor {options.executor}: use local or dask.")
    if options.executor == "dask" and not options.scheduler:
        raise UserError("--executor dask needs --scheduler ADDRESS, such as tcp://host:8786.")
    if options.jobs < 0:
        raise UserError("--jobs must be at least 1.")


DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m", "%B %Y", "%b %Y")  # of which the quarter is named, and not taken
FIRST, LAST = Quarter(2012, 1), Quarter(2049, 4)  # authorities and their codes are known from April 2012
TYPED = re.compile(r"(?:FY ?)?(?:20)?(\d\d) ?[-/_ ] ?(?:20)?(\d\d)[ ,/_-]*(?:q|quarter)? ?([1-4])", re.IGNORECASE)


def typed_period(text: str) -> Quarter:
    """A quarter as people write it: 2024-25-Q4, `24-25 q4`, `2024/25 Q4`, Q4 2024-25, Jan-Mar 2025. Raises UserError for
    anything else; of a day, a month or a year with the quarter that it may be; and for a quarter of another age."""
    quarter = _quarter(text.strip().replace("–", "-"))
    if not FIRST <= quarter <= LAST:
        raise UserError(f"{text.strip()!r}: figures can be made of {FIRST} to {LAST}; write one of these quarters.")
    return quarter


def _quarter(text: str) -> Quarter:
    if match := TYPED.fullmatch(text):
        return Quarter.parse(f"20{match[1]}-{match[2]}-Q{match[3]}")
    from returncheck.cell_places import quarter_of  # as in a return

    if quarter := quarter_of(text):
        return quarter
    near = next((Quarter.of(day) for form in DAYS if (day := _day(text, form))), None)
    if near is None and (year := re.search(r"(20)?(\d\d)[-/](?:20)?(\d\d)", text)) and int(year[3]) == int(year[2]) + 1:
        near = Quarter(2000 + int(year[2]), 4)
    if near is None:
        return Quarter.parse(text)
    raise UserError(f"{text!r} is not a period: write a financial quarter, such as {near}.")


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


def which(command: str, period: str, area: str) -> str:
    """What to type where a period or an area is missing: the newest folder of returns, and the command for it."""
    place = Path(os.environ.get("LSCB_RETURNS") or DATA / "returns")
    folders = sorted(path for path in place.glob("*-Q?") if path.is_dir() and QUARTER.fullmatch(path.name))
    newest = folders[-1] if folders else None
    missing = " and ".join(name for name, typed in (("--period", period), ("--area", area)) if not typed)
    line = (
        f"lscb {command} --period {period or (newest.name if newest else '2025-26-Q2')} --area {area or 'Southampton'}"
    )
    where = f"the newest returns are in {shown(newest)}" if newest else f"there are no returns in {shown(place)} yet"
    return f"Which {missing}? For one, {where}: {line} (or --sample for the invented quarter)."


def out_folder(typed: str | Path | None = None) -> Path:
    """The folder for everything a run makes: the one typed, LSCB_OUT, or outputs/."""
    return Path(typed or os.environ.get("LSCB_OUT") or ROOT / "outputs").resolve()


def cores() -> int:
    """The processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def area_codes(area: str, period: Quarter) -> tuple[str, ...]:
    """`all`, one authority (code, DfE number, name), or several with commas between them, as upper-tier codes."""
    return tuple(each.code for each in authorities.find_all(area, period.last_day))


def of_kept_runs(
    period: str, area: str, out: str | Path | None = None, sample: bool = False
) -> tuple[Request, tuple[str, ...]]:
    """A request about runs that were made before, and the areas it is about: parsed as a run's, `all` and none alike."""
    quarter = typed_period(period)
    codes = area_codes(area.strip() or "all", quarter)
    return Request(quarter, codes, Path(), None, out_folder(out), sample=sample), codes


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
    named = there(returns or os.environ.get("LSCB_RETURNS") or None, "--returns")
    folder = named or DATA / "returns" / str(period)
    if named and (named / str(period)).is_dir():
        folder = named / str(period)
    if not folder.is_dir() or not any(p.is_file() and not p.name.startswith(".") for p in folder.rglob("*")):
        raise UserError(
            f"No returns for {period}: put the partners' files into {shown(folder)}, "
            "or add --sample for the invented quarter."
        )
    return folder


def sample_folder(period: Quarter) -> Path:
    """The committed invented quarter nearest after a period (its events are cut at the period's last day), or the
    last one before it: what is asked of a later period is drawn anew."""
    committed = sorted(Quarter.parse(p.name) for p in (DATA / "sample").glob("*-Q?") if p.is_dir())
    if not committed:
        raise UserError("data/sample holds no invented quarter: restore it, or name a folder with --returns.")
    later = [quarter for quarter in committed if quarter >= period]
    return DATA / "sample" / str(later[0] if later else committed[-1])


def circulated(sample: bool) -> Path:
    """The ledger of what was circulated; trials with the invented quarter have one of their own."""
    return DATA / "circulated" / "sample" if sample else DATA / "circulated"


def shown(path: Path) -> str:
    """A path as a person types it from the project's folder."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
