"""The jobs of a run, each done by a worker: make a page, make a pack.

A job reads and writes files only, replaces them in one step, and can be done again. Its answer names what it made.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from lscb import long_table

from ..quarter import run_files as files
from ..quarter.disclosure_control import attack, protect  # noqa: F401  (jobs of the nursery)
from ..quarter.official_tables import is_open, labels
from ..quarter.pack_settings import Pack, guarded
from . import export, packs, release
from .release.identifiers import Identifiers
from .release.shown import Figures


def page(
    notebook: str,
    folder: str,
    audience: str,
    parameters: dict,
    banner: dict,
    limit: float,
    identifiers: list,
    own_dates: str,
    beside: list[str],
    drawings: str = "",
    engine: str | None = "lscb-warm",
) -> dict:
    """Runs a notebook, exports it, reads the result as a stranger would.

    drawings : the folder where drawings of open data alone are kept (`figures.base.kept`)
    Answer: `status` released, refused or failed; `reasons`; `file` (the finished page, in executed/ or quarantine/);
    `used` tables and `computing`, processor seconds of its cells (None where the engine cannot tell), `seconds`, and
    the page's own `title` and `answer`.
    """
    begun = time.perf_counter()
    os.environ["LSCB_DRAWINGS"] = drawings
    source, place = Path(notebook), Path(folder)
    executed = files.private(place / "executed" / audience)
    final, draft = executed / source.name, executed / f".{source.stem}-{os.getpid()}.ipynb"
    for old in (final, final.with_suffix(".html"), place / "quarantine" / audience / f"{source.stem}.html"):
        old.unlink(missing_ok=True)
    try:
        done = execute(source, draft, parameters, limit, engine)
    except Exception as error:  # whatever a notebook raises; the message may hold a case's values and stays inside
        if draft.exists():
            os.replace(draft, final)
        cell = getattr(error, "exec_count", None)
        name = getattr(error, "ename", type(error).__name__)
        return {
            "status": "failed",
            "reasons": [f"{name} in cell {cell}" if cell else name],
            "seconds": time.perf_counter() - begun,
        }
    os.chmod(draft, 0o600)
    os.replace(draft, final)
    html = export.page(done, banner)
    used = used_tables() if engine else None
    answer = verdict(html, source, place, audience, parameters["tables"], used, identifiers, own_dates, beside)
    took = {"computing": cells_took() if engine else None, "seconds": time.perf_counter() - begun}
    return answer | {"used": used, "notes": comments(source.stem)} | took


def execute(source: Path, target: Path, parameters: dict, limit: float, engine: str | None):
    """papermill, with the warm engine or with a kernel of its own. Nothing is written before the end."""
    import logging

    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    return papermill.execute_notebook(
        str(source),
        str(target),
        parameters=parameters,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        cwd=str(source.parent),
        execution_timeout=limit,
    )


def comments(notebook: str) -> list[str]:
    """Why the page of this process leaves off its analyst's comment, one line for each reason."""
    from ..pages.book import OPENED
    from ..pages.prose.comments import findings, path

    return [
        f"{finding} ({book.audience})"
        for book in OPENED[-1:]
        if path(book, notebook).is_file()
        for finding in findings(book, path(book, notebook))
        if finding.stops
    ]


def cells_took() -> float:
    """Processor seconds of the cells of the page of this process."""
    from .warm_engine import SPENT

    return sum(SPENT)


def used_tables() -> list[str]:
    """What the page of this process has read from its books."""
    from ..pages.book import OPENED

    return sorted({name for book in OPENED for name in book.used})


def again(
    html: str, notebook: str, folder: str, audience: str, tables: str, used: list[str] | None,
    identifiers: list, own_dates: str, beside: list[str],
) -> dict:  # fmt: skip
    """Checks a page that is used again: the returns, and with them what must not be on it, may have changed."""
    text = Path(html).read_text(encoding="utf-8")
    place = Path(folder)
    return verdict(text, Path(notebook), place, audience, tables, used, identifiers, own_dates, beside) | {"used": used}


def verdict(html, source, place, audience, tables_folder, used, identifiers, own_dates, beside) -> dict:
    """Puts a page where it belongs: executed/ if it may leave, else quarantine/."""

    held = {p.stem: p for p in Path(tables_folder).glob("*.csv")}
    frames = {name: long_table.load(held[name]) for name in (held if used is None else used) if name in held}
    allowed = release.Allowed(
        Identifiers(identifiers),
        Figures.of(frames.values())
        if audience in guarded()
        else None,  # the ledger's page has figures of its own
        own_dates,
        frozenset([*beside, "index.html"]),
    )
    reasons = release.check(html, allowed)
    if any(reason.startswith("identifiers") for reason in reasons):  # it may stand in an official table: look there
        open_tables = [frame for name, frame in frames.items() if is_open(name)]
        allowed.identifiers = Identifiers(identifiers, labels(open_tables))
        reasons = release.check(html, allowed)
    room = "quarantine" if reasons else "executed"
    file = files.private(place / room / audience) / f"{source.stem}.html"
    (place / "executed" / audience / file.name).unlink(missing_ok=True)
    files.write_text(file, html)
    return {
        "status": "refused" if reasons else "released",
        "reasons": reasons,
        "file": str(file),
        "title": export.title(html),
        "answer": export.answer(html),
        "sha256": files.sha256(file),
    }


def pack(
    folder: str, name: str, title: str, audience: str, notebooks: list[int], pages: list[dict], tables_folder: str,
    used: list[str], banner: dict, identifiers: list, own_dates: str, same: str = "",
) -> dict:  # fmt: skip
    """Makes a pack beside the old one, checks what it adds to its pages, and puts it in place.

    same : what of the pack in place would come out the same and is kept: "" nothing, "workbook", or "all". What is
        kept is checked like what is made: what must not be in it may have changed with the returns.
    Answer: `status`, `reasons`, `files` with their hashes, `reused` where all is kept.
    """

    place = Path(folder)
    final = place / "packs" / name
    frames = {t: long_table.load(p) for t in used if (p := Path(tables_folder) / f"{t}.csv").is_file()}
    if same == "all":
        draft = final
    else:
        draft = place / "packs" / f".{name}-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        files.private(draft)
        workbook = final / packs.WORKBOOK if same == "workbook" else None
        packs.make(draft, Pack(name, title, audience, tuple(notebooks)), pages, frames, banner, workbook)
    open_words = labels([frame for t, frame in frames.items() if is_open(t)])
    allowed = release.Allowed(
        Identifiers(identifiers, open_words), None, own_dates, frozenset(p.name for p in draft.iterdir())
    )
    reasons = [
        f"{page}: {reason}"
        for page in ("index.html", packs.LAST)
        for reason in release.check((draft / page).read_text(encoding="utf-8"), allowed)
    ]
    known = Figures.of(frames.values())
    allowed.figures = Figures([*known.sorted, *range(1900, 2100)], known.labels)  # years are numbers there
    for book in draft.glob("*.xlsx"):
        reasons += [f"{book.name}: {reason}" for reason in release.check_workbook(book, allowed)]
    held = [Path(p["file"]).name for p in pages if p.get("file")]
    reasons += release.check_files(draft, [*held, "index.html", packs.LAST], f"{name}.zip", packs.WORKBOOK)
    for path in draft.iterdir():
        os.chmod(path, 0o600)
    if reasons:
        files.replace_folder(draft, files.private(place / "quarantine" / "packs") / name)
        shutil.rmtree(final, ignore_errors=True)
        return {"status": "refused", "reasons": reasons}
    shutil.rmtree(place / "quarantine" / "packs" / name, ignore_errors=True)
    if draft != final:
        files.replace_folder(draft, final)
    hashes = {p.name: files.sha256(p) for p in sorted(final.iterdir())}
    made = {"audience": audience, "tables": sorted(frames), "files": hashes, "reused": same == "all"}
    return {"status": "released", "reasons": []} | made
