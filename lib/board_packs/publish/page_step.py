"""The pages of an area: each is made, or kept from the last run where nothing that it depends on has changed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from lscb.errors import Failed
from openstats.project_data import DATA

from ..quarter import run_files as files
from ..quarter.pack_settings import guarded
from . import page_making
from .page_making import Page, PageJob, finished
from .run_state import Area, Run, banner

PAGES = "pages.json"
PACE = 5e3  # bytes of a notebook in a second, until its page was made once: the longest start first, and none is waited for


def reads_ledger(notebook: Path) -> bool:
    """Whether a page reads the ledger of what was withheld (`lscb.reads` in the notebook's metadata)."""
    about = files.read_json(notebook, {}).get("metadata", {}).get("lscb", {})
    return "ledger" in about.get("reads", [])


def waits_for_protection(run: Run, number: int, audience: str) -> bool:
    """Whether a page reads protected tables, or the ledger."""
    return audience in guarded() or reads_ledger(run.request.notebooks[number])


def begin(run: Run, area: Area, pages: Iterable[tuple[int, str]]) -> dict[tuple[int, str], asyncio.Task]:
    """Makes or keeps pages, side by side; the same notebook for several guarded audiences one after the other, since
    what it shows the first may be what it shows the others."""
    first: dict[int, str] = {}
    tasks: dict[tuple[int, str], asyncio.Task] = {}
    for number, audience in sorted(pages):
        like = first.setdefault(number, audience) if audience in guarded() else audience
        after = tasks[number, like] if like != audience else None
        tasks[number, audience] = asyncio.create_task(make(run, area, number, audience, like, after))
    return tasks


async def make(run: Run, area: Area, number: int, audience: str, like: str, after: asyncio.Task | None) -> None:
    """Makes a page, or keeps it; what came of it goes to `area.pages`, and what is wrong to `area.problems`.

    like : an audience that the same notebook is run for first, `after` which this one is
    """
    if after:
        await after
    job, before = job_of(run, area, number, audience), area.earlier.get(f"{number}@{audience}", {})
    page = await kept(run, area, job, before)
    if page is None:
        done = area.pages[number, like] if after else None
        seconds = before.get("seconds") or (done.seconds if done else job.notebook.stat().st_size / PACE)
        first = 2 + int(1e6 - 1e3 * seconds)
        same = done is not None and page_making.alike(job, job_of(run, area, number, like), done)
        call = (page_making.make_alike, job, like, done.used) if done and same else (page_making.make_page, job)
        try:
            page = await run.workers.do(*call, first=first)
        except Failed as error:
            page = Page("failed", [str(error)])
    settle(run, area, number, audience, page)


def job_of(run: Run, area: Area, number: int, audience: str) -> PageJob:
    """What is needed to make a page: its notebook, the tables of its audience, and what is said on it."""
    request = run.request
    return PageJob(
        request.notebooks[number],
        area.folder,
        area.tables(audience),
        banner(run, area, audience),
        area.checks,
        request.limit,
        request.returns,
        run.code,
        request.open_data,
    )


async def kept(run: Run, area: Area, job: PageJob, before: dict) -> Page | None:
    """The page of the last run, checked again; None where it must be made."""
    path = finished(area.folder, "executed", job.banner.audience, job.notebook)
    if run.request.force or not before or not files.as_written({path: before["sha256"]}):
        return None
    if before["key"] != key(run, area, job, before["used"]):
        return None
    news = area.news.get(before["against"])
    if news is not None and not news.identifiers:  # nothing is looked for that was not before
        return replace(Page(**before), reused=True)
    job = replace(job, checks=news or job.checks)
    try:
        page = await run.workers.do(page_making.check_again, job, before["used"], before["derived"])
    except Failed:  # gone since: a worker of a run that was killed may not have ended yet
        return None
    kept = {name: before[name] for name in ("notes", "claims", "computing", "seconds", "run")}
    return replace(page, reused=True, **kept)


def settle(run: Run, area: Area, number: int, audience: str, page: Page) -> None:
    """Notes what came of a page."""
    notebook = run.request.notebooks[number]
    run.progress.page(f"{notebook.stem} ({audience})")
    area.problems += [f"comment left off: {note}" for note in page.notes]
    if page.status == "released":
        depends = key(run, area, job_of(run, area, number, audience), page.used)
        page = replace(page, key=depends, against=area.checks.mark)
        area.earlier[f"{number}@{audience}"] = asdict(page)
    else:
        area.earlier.pop(f"{number}@{audience}", None)
        area.problems.append(f"{notebook.stem} ({audience}) {page.status}: {'; '.join(page.reasons)}")
    area.pages[number, audience] = page
    files.write_json(area.folder / PAGES, area.earlier)


def key(run: Run, area: Area, job: PageJob, used: list[str] | None) -> str:
    """What a page depends on: notebook, parameters, library, the tables it read and the receipts it prints."""
    about = files.read_json(area.folder / "about.json", {})
    names = sorted(p.stem for p in job.tables.glob("*.csv")) if used is None else used
    returns = {r for name in names for r in about.get("reads", {}).get(name, [])}
    tables = [job.tables / f"{name}.csv" for name in names]
    return files.digest(
        [
            run.code,
            run.hashes.of(job.notebook),
            job.banner.values(),
            {p.stem: files.sha256(p) if p.is_file() else "" for p in tables},
            [receipt for receipt in about.get("receipt", []) if receipt.get("return") in returns],
            about.get("circulated", ""),
            run.hashes.tree(DATA / "narrative"),
            files.sha256(area.folder / "ledger.csv") if reads_ledger(job.notebook) else "",
            area.checks.texts(job.notebook.stem),
        ]
    )


def withhold(area: Area, audience: str, reasons: list[str]) -> None:
    """Takes every page of an audience out of reach of its packs."""
    for (number, reader), page in area.pages.items():
        if reader == audience and page.status == "released":
            area.pages[number, reader] = replace(page, status="refused", reasons=reasons)
    room = files.private(area.folder / "quarantine") / audience
    for path in (area.folder / "executed" / audience).glob("*.html"):
        files.private(room)
        path.replace(room / path.name)
    area.earlier = {name: page for name, page in area.earlier.items() if not name.endswith(f"@{audience}")}
    files.write_json(area.folder / PAGES, area.earlier)


def forget(run: Run, area: Area) -> None:
    """Before the pages: what was refused last time is forgotten, packs that are no longer asked for go."""
    if not run.request.partial:
        shutil.rmtree(area.folder / "quarantine", ignore_errors=True)
        for old in [*(area.folder / "packs").glob("*"), *(area.folder / "behind").glob("*")]:
            if old.name not in run.request.packs:
                shutil.rmtree(old, ignore_errors=True)
                area.packs.pop(old.name, None)
