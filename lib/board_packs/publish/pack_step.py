"""The packs of an area: each is made of its released pages, or kept where it would come out the same."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import asdict, replace

from lscb.errors import Failed
from openstats.project_data import DATA, read

from ..quarter import run_files as files
from ..quarter.pack_settings import Pack
from . import pack_making
from .pack_files.pack_folder import Entry
from .pack_making import PackAnswer, PackJob
from .page_making import finished
from .run_state import Area, Run, banner

PACKS = "packs.json"  # what each pack in place was made of


async def of_audience(run: Run, area: Area, packs: Iterable[Pack]) -> dict[str, PackAnswer]:
    """Makes or keeps the packs of one audience, in one worker; what is wrong goes to `area.problems`."""
    jobs, of, answers = list[PackJob](), dict[str, str](), dict[str, PackAnswer]()
    for pack in packs:
        entries = [entry(run, area, number, pack.audience) for number in pack.notebooks]
        if any(page.file for page in entries):
            job, of[pack.name] = job_of(run, area, pack, entries)
            jobs.append(job)
        else:
            remove(area, pack)
            answers[pack.name] = PackAnswer("empty", ["no page of it was released"])
    for job, answer in zip(jobs, await _made(run, jobs), strict=True):
        if answer.status == "failed":
            remove(area, job.pack)
        settle(area, job.pack, answer, of[job.pack.name])
        answers[job.pack.name] = answer
    return answers


async def _made(run: Run, jobs: list[PackJob]) -> list[PackAnswer]:
    """What came of packs; where their worker ends, each is made in one of its own."""
    if not jobs:
        return []
    # before other areas' pages, and the largest first, so that none is waited for alone
    first = -sum(len(job.pack.notebooks) for job in jobs)
    try:
        return await run.workers.do(pack_making.make_packs, jobs, first=first)
    except Failed as error:
        if len(jobs) == 1:
            return [PackAnswer("failed", [str(error)])]
        return [answer for alone in await asyncio.gather(*(_made(run, [job]) for job in jobs)) for answer in alone]


def job_of(run: Run, area: Area, pack: Pack, entries: list[Entry]) -> tuple[PackJob, str]:
    """What is needed to make a pack, and what it is made of, by one hash."""
    used, tables = tables_behind(area, pack), area.tables(pack.audience)
    hashes = {t: files.sha256(p) for t in used if (p := tables / f"{t}.csv").is_file()}
    head = banner(run, area, pack.audience)
    pages = [asdict(page) | {"file": page.name} for page in entries]
    of = files.digest([run.code, pack.title, head.values(), hashes, pages, area.checks.overruled])
    kept = same(run, area, pack, of)
    news = area.news.get(area.packs[pack.name]["answer"]["against"]) if kept else None
    return PackJob(area.folder, pack, entries, tables, used, head, area.checks, kept, news, run.code), of


def remove(area: Area, pack: Pack) -> None:
    """Takes a pack of an earlier run away."""
    for room in ("packs", "behind"):
        shutil.rmtree(area.folder / room / pack.name, ignore_errors=True)
    area.packs.pop(pack.name, None)


def tables_behind(area: Area, pack: Pack) -> list[str]:
    """The tables that the pages of a pack read, with the names of what is late in them; a group that reads the business
    plan is told of all that is late."""
    every = [p.stem for p in area.tables(pack.audience).glob("*.csv")]
    pages = [area.earlier.get(f"{number}@{pack.audience}") for number in pack.notebooks]
    used = {t for page in pages if page for t in (page["used"] if page["used"] is not None else every)}
    agreed = {entry["table"]: entry["named"] for entry in read(DATA / "summary.yml")["agreed"]}
    used |= set(agreed) & set(every) if "plan_progress" in used else set()
    return sorted(used | {named for table, named in agreed.items() if table in used and named in every})


def same(run: Run, area: Area, pack: Pack, of: str) -> bool:
    """Whether a pack in place would be made again the same."""
    before = area.packs.get(pack.name)
    if run.request.force or not before or before["of"] != of:
        return False
    return files.as_written({area.folder / name: sha for name, sha in before["files"].items()})


def entry(run: Run, area: Area, number: int, audience: str) -> Entry:
    """One line of a pack's contents."""
    notebook = run.request.notebooks[number]
    page, before = area.pages.get((number, audience)), area.earlier.get(f"{number}@{audience}")
    title = notebook.stem[3:].replace("_", " ").capitalize()
    if page is None and before is None:
        return Entry(number, title, absent="This page was not made in this run.")
    if page is not None and page.status != "released":
        return Entry(number, page.title or title, absent="This page could not be released.")
    about = asdict(page) if page else before or {}
    file = finished(area.folder, "executed", audience, notebook)
    return Entry(number, about["title"] or title, about["answer"], file=str(file), sha256=about["sha256"])


def settle(area: Area, pack: Pack, answer: PackAnswer, of: str) -> None:
    """Notes what came of a pack."""
    before = area.packs.pop(pack.name, None)
    if answer.status == "released":
        if answer.reused and before:
            answer = replace(answer, run=before["answer"]["run"], mark=before["answer"]["mark"])
        written = {f"packs/{pack.name}/{name}": sha for name, sha in answer.files.items()}
        behind = area.folder / "behind" / pack.name
        written |= {f"behind/{pack.name}/{path.name}": files.sha256(path) for path in sorted(behind.glob("*.csv"))}
        area.packs[pack.name] = {"of": of, "files": written, "answer": asdict(answer)}
    else:
        area.problems.append(f"pack {pack.name} {answer.status}: {'; '.join(answer.reasons)}")
