"""In a run a page has its protected tables and nothing else: this refuses it working tables, returns and cases.

It is a guard against slips (a line left from exploring, a path copied from a shell), not against somebody who means to
get round it. It holds while the notebook's cells run, and is taken off for what is done with the page afterwards.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from lscb.errors import UserError
from openstats.project_data import DATA

BATCH = "LSCB_BATCH"  # what a run sets for its pages: the folders they must not read, and those inside that they may
REFUSED = (
    "a page that leaves reads the tables of its book and no file of the run: take them from book['name']; what needs "
    "cases belongs in a cell tagged internal."
)
PROGRAMS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "sqlite3.connect",
    "ctypes.dlopen",
)
# Readers in C that open files without telling Python: each is asked for its paths before it is called.
READERS = {
    "pyarrow.parquet": ("read_table", "read_schema", "read_metadata", "ParquetFile", "ParquetDataset"),
    "pyarrow.dataset": ("dataset",),
    "pyarrow.csv": ("read_csv", "open_csv"),
    "pyarrow": ("memory_map", "input_stream"),
    "pyogrio": ("read_dataframe", "read_arrow", "open_arrow", "read_info", "read_bounds", "list_layers"),  # geopandas'
}
UNASKED = ("duckdb", "polars", "pyarrow.feather", "pyarrow.orc", "pyarrow.json")  # readers that no page needs at all
CASES = str(Path("working", "rows"))  # accepted rows, beside working tables that a page for analysts may read
ORIGIN = "about.json"  # where tables come from; the one beside protected tables has no hash and no number of a return
_watching: list[
    tuple[tuple[str, ...], tuple[str, ...]]
] = []  # the folders refused and allowed; the hook stays for good
_hooked: list[bool] = []


def in_batch() -> bool:
    """Whether this notebook is run for a pack."""
    return bool(os.environ.get(BATCH))


def by_hand() -> bool:
    """Whether a notebook is run without a run: in JupyterLab, or by plain tools, which know nothing of a page's style."""
    if in_batch() or "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def handed_on(area_folder: Path, tables: Path, audience: str, returns: Path | None = None) -> str:
    """The value of LSCB_BATCH for a page of an area: what it must not read, then what of it it may.

    returns : the folder that the returns were read from, wherever it lies
    """
    refused = [area_folder, DATA / "returns", DATA / "sample", DATA / "circulated"]
    if returns:  # a folder in which the project itself lies is refused file by file
        refused += [returns] if returns not in DATA.parents else [path for path in returns.iterdir() if path.is_file()]
    allowed = [tables, tables.parent / ORIGIN, area_folder / "executed" / audience]  # the last is written meanwhile
    if tables == area_folder / "working":  # a page for analysts, which has the ledger of what was withheld
        allowed.append(area_folder / "ledger.csv")
    return os.pathsep.join(map(str, refused)) + "\n" + os.pathsep.join(map(str, allowed))


@contextmanager
def guarded(more: Iterable[Path] = ()) -> Iterator[None]:
    """While cells run: refuses what LSCB_BATCH names. `more` may be read besides."""
    start(more)
    try:
        yield
    finally:
        stop()


def start(more: Iterable[Path] = ()) -> None:
    """From here on the folders that LSCB_BATCH names are refused, in this process."""
    refused, _, allowed = os.environ.get(BATCH, "").partition("\n")
    if not refused:
        return
    folders = tuple(os.path.realpath(folder) for folder in refused.split(os.pathsep))
    open_to = [*map(Path, filter(None, allowed.split(os.pathsep))), *more]
    inside = tuple(os.path.realpath(folder) for folder in open_to)
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hook)
    for module, names in READERS.items():
        _ask_first(import_module(module), names)
    _watching[:] = [(folders, inside)]


def stop() -> None:
    """Takes the guard off."""
    _watching.clear()


def refused(path: Any) -> bool:
    """Whether a path lies in a folder that the page must not read."""
    if not _watching or isinstance(path, int) or path is None:
        return False
    folders, inside = _watching[0]
    try:
        place = os.path.realpath(os.fspath(path) if not isinstance(path, bytes) else os.fsdecode(path))
    except (TypeError, ValueError):
        return False
    return _within(place, folders) and (CASES in place or not _within(place, inside))


def _within(place: str, folders: tuple[str, ...]) -> bool:
    return any(place == folder or place.startswith(folder + os.sep) for folder in folders)


def _hook(event: str, args: tuple) -> None:
    if not _watching:
        return
    if event == "open" or event in ("os.listdir", "os.scandir", "os.symlink", "os.link", "os.rename"):
        if any(refused(path) for path in args[:2] if isinstance(path, (str, bytes, os.PathLike))):
            raise UserError(REFUSED)
    elif event == "import" and args[0] in UNASKED:
        raise UserError(f"a page that leaves needs no {args[0]}: take its tables from book['name'].")
    elif event in PROGRAMS:
        raise UserError("a page that leaves starts no other program and opens no database.")


def _ask_first(module: Any, names: Iterable[str]) -> None:
    """Puts a question before each reader: is a path among its arguments one that is refused? A class stays a class."""
    for name in names:
        reader = getattr(module, name)
        owner, called = (reader, "__init__") if isinstance(reader, type) else (module, name)
        if hasattr(before := getattr(owner, called), "asks_first"):
            continue
        with suppress(TypeError):  # a class in C, whose paths come to Python's own hook or to a reader above it
            setattr(owner, called, _asking(before))


def _asking(reader: Callable) -> Callable:
    @wraps(reader)
    def ask(*args: Any, **more: Any) -> Any:
        paths = [each for each in (*args, *more.values()) if isinstance(each, (str, os.PathLike))]
        if any(refused(path) for path in paths):
            raise UserError(REFUSED)
        return reader(*args, **more)

    ask.asks_first = True  # type: ignore[attr-defined]
    return ask
