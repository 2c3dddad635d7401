"""Progress on long work: a line that moves on a terminal, silence elsewhere. No thread: the run forks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Silent by default; `Progress(True)` shows a bar on standard error."""

    def __init__(self, shown: bool = False):
        self.bar: Bar | None = None
        self.task: TaskID | None = None
        if shown:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self.bar = Bar(*columns, console=Console(file=sys.stderr), auto_refresh=False, transient=True)
            self.bar.start()
            self.task = self.bar.add_task("Starting", total=None)

    def stage(self, text: str) -> None:
        self._show(description=text)

    def pages(self, total: int) -> None:
        self._show(description="Protecting and making pages", total=total, completed=0)

    def page(self, name: str) -> None:
        self._show(description=name, advance=1)

    def _show(self, **news) -> None:
        if self.bar and self.task is not None:
            self.bar.update(self.task, **news)
            self.bar.refresh()

    def done(self) -> None:
        if self.bar:
            self.bar.stop()
            self.bar = None
