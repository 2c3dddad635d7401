"""What the steps of a run hand on: what all areas share, and one area on its way."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..quarter import run_files as files
from ..quarter.pack_settings import guarded
from ..quarter.request import Request
from .area_checks import Checks
from .export import Banner
from .page_making import Page
from .progress import Progress
from .workers import Workers

PARTS = ("computing", "exporting", "checking")  # of a page's processor seconds


def run_number() -> str:
    """A random number for a run, which tells nothing of what was read: twelve hexadecimal digits.

    A letter stands before each figure: figures in a row could look like a telephone or an NHS number, and the page that
    holds them would be refused.
    """
    return "".join(secrets.choice("abcdef") + secrets.choice("0123456789") for _ in range(6))


@dataclass(frozen=True)
class Run:
    """What all areas of a run share."""

    request: Request
    code: str
    hashes: files.Hashes
    workers: Workers
    progress: Progress = field(default_factory=Progress)
    tables: dict[str, list[str]] = field(default_factory=dict)  # names of those `made` and `kept`
    started: str = ""
    begun: float = 0.0  # of the clock that measures
    spent: dict[str, float] = field(default_factory=dict)  # processor seconds of this process, by stage
    number: str = field(default_factory=run_number)

    @property
    def mark(self) -> str:
        """What stands at the foot of every page that this run makes."""
        return f"{self.number}, {self.started[:16].replace('T', ' ')} UTC"

    @contextmanager
    def stage(self, name: str, says: str) -> Iterator[None]:
        """A stage of the run in this process: shown while it lasts, its processor seconds kept."""
        self.progress.stage(says)
        begun = time.process_time()
        yield
        self.spent[name] = time.process_time() - begun

    def processor(self, pages: Iterable[Page]) -> dict[str, float]:
        """Processor seconds of the run by stage, of all areas together; of pages, the part of each."""
        done = self.workers.spent
        new = [page for page in pages if not page.reused]
        parts = {part: sum(getattr(page, part) or 0.0 for page in new) for part in PARTS}
        made = sum(done.get(what, 0.0) for what in ("make page", "make alike", "check again"))
        stages = {**self.spent, "start workers": done.get("start workers", 0.0)}
        stages["tables"] = self.spent.get("tables", 0.0) + done.get("make some", 0.0)
        stages |= {"protect": done.get("protect", 0.0), "attack": done.get("attack", 0.0)}
        stages |= {**parts, "pages besides": max(made - sum(parts.values()), 0.0), "packs": done.get("make packs", 0.0)}
        own = time.process_time() - sum(self.spent.values())
        return {stage: round(seconds, 2) for stage, seconds in (stages | {"the run itself": own}).items()}


@dataclass
class Area:
    """One area on its way through a run."""

    code: str
    folder: Path
    checks: Checks
    fingerprint: str = ""
    problems: list[str] = field(default_factory=list)
    pages: dict[tuple[int, str], Page] = field(default_factory=dict)  # of this run, by notebook and audience
    earlier: dict[str, dict] = field(default_factory=dict)  # released pages in place, by `notebook@audience`
    packs: dict[str, dict] = field(default_factory=dict)  # what each pack in place was made of, and what came of it
    runs: dict[str, dict] = field(default_factory=dict)  # by their numbers, the receipts of returns that pages have
    news: dict[str, Checks] = field(default_factory=dict)  # by mark of earlier checks, what is new since

    def tables(self, audience: str) -> Path:
        """The folder of tables that pages of an audience read."""
        return self.folder / "protected" / audience if audience in guarded() else self.folder / "working"


def banner(run: Run, area: Area, audience: str) -> Banner:
    return Banner(run.request.period, area.code, audience, run.request.sample, run=run.mark)
