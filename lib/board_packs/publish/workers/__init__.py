"""Where the jobs of a run are done. A job is a function of a module with its arguments; it reads and writes files, and
can be done again.

    answer = await workers.do(make_page, job)

`Plain` is all there is to it: one job after the other, and papermill with a kernel of its own for each notebook.
`forked.Forked` does the same a good deal faster, side by side in processes forked from a warm one, and `cluster.Dask`
on other machines.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from lscb.errors import Failed

if TYPE_CHECKING:
    from .cluster import Dask

SPENT: list[float] = []  # processor seconds of each cell run in this very process: what no engine can save


class Workers(Protocol):
    """What a run needs of them.

    spent : processor seconds by what was done, where they are processes of this machine
    jobs : how many jobs it does side by side on this machine
    """

    spent: dict[str, float]
    jobs: int

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        """The answer of `call(*args)`; lower `first` is done earlier. Raises Failed, in one line, where it broke."""

    def close(self) -> None:
        """Nothing more is to be done."""


class Plain:
    """Jobs one by one in this process: the reference, and what Windows has."""

    jobs = 1

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.pool = ThreadPoolExecutor(1)  # a page's kernel gets its settings from the environment of this process

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, call, *args)
        except Exception as error:
            raise failure(error, call) from error

    def close(self) -> None:
        self.pool.shutdown()


def failure(error: BaseException, call: Callable) -> Failed:
    """What broke in a job, in one line without a value of a case: only messages written for people are repeated."""
    if isinstance(error, Failed):
        return error
    return Failed(f"{type(error).__name__} in the worker ({call.__name__.replace('_', ' ')})")


def local(jobs: int) -> Workers:
    """The workers of this machine."""
    if not hasattr(os, "fork"):
        return Plain()
    from .forked import Forked

    return Forked(jobs)


def start(executor: str, jobs: int, scheduler: str) -> Workers:
    """The workers that were asked for: of this machine, or of a Dask cluster. Raises UserError where none answers."""
    return cluster_of(scheduler) if executor == "dask" else local(jobs)


def cluster_of(scheduler: str) -> Dask:
    """The workers of a Dask cluster. Raises UserError where no scheduler answers."""
    from .cluster import Dask

    return Dask(scheduler)
