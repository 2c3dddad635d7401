"""What a page costs beyond its own cells, and how busy the cores are: pages with one cell, done by a warm nursery."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

import nbformat
from plain_commands import AREA, PAIRS, PERIOD, cores, middle, plain

from board_packs.publish.export import Banner
from board_packs.publish.page_making import Checks, Page, PageJob, make_page
from board_packs.publish.workers.forked import Forked
from lscb.periods import Quarter


def empty(folder: Path, count: int = 1, cell: str = "") -> list[Path]:
    """Notebooks with the parameters of a page and one cell."""
    paths = []
    for number in range(count):
        code = nbformat.v4.new_code_cell
        parameters = 'period = area = audience = tables = ""\nsample = True'
        cells = [
            nbformat.v4.new_markdown_cell("# Empty?"),
            code(parameters, metadata={"tags": ["parameters"]}),
            code(cell),
        ]
        path = folder / f"{number:02d}_empty.ipynb"
        spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=spec), path)
        paths.append(path)
    return paths


def forked(paths: list[Path], folder: Path, jobs: int) -> tuple[float, float]:
    """(wall seconds, processor seconds) of pages done by a warm nursery, its imports not counted."""
    crew = Forked(jobs)
    banner = Banner(Quarter.parse(PERIOD), AREA, "public", True)

    async def pages(some: list[Path]) -> list[Page]:
        wanted = (PageJob(path, folder, folder, banner, Checks(), limit=60) for path in some)
        return await asyncio.gather(*(crew.do(make_page, job) for job in wanted))

    answers = asyncio.run(pages(paths[:1]))  # waits for the imports
    wall, spent = time.perf_counter(), processor_seconds(crew)
    answers += asyncio.run(pages(paths))
    wall, spent = time.perf_counter() - wall, processor_seconds(crew) - spent
    crew.close()
    assert all(answer.status == "released" for answer in answers), answers
    return wall, spent


def processor_seconds(crew: Forked) -> float:
    """Processor seconds of a nursery and all workers it has waited for (Linux; elsewhere 0)."""
    try:
        fields = Path(f"/proc/{crew.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def overhead() -> dict:
    """What a page costs beyond its own cells, beside what papermill and nbconvert add to an empty notebook."""
    rows = []
    for _ in range(PAIRS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paths = empty(folder, 10)
            slow = plain([(paths[0], {})], folder)
            rows.append({"plain": slow, "warm": forked(paths, folder, 1)[0] / len(paths)})
    return {"warm / plain": middle(rows, "warm", "plain"), "seconds": rows}


def busy(runs: int = 24) -> dict:
    """The share of the cores' time that `runs` pages use, one page's work being half a second of a processor."""
    work = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = cores()
        wall, spent = forked(empty(folder, runs, work), folder, jobs)
    return {"cores busy": round(spent / (wall * jobs), 3), "runs": runs, "cores": jobs}
