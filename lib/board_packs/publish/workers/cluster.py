"""Jobs on an existing Dask cluster whose workers reach the same folders. A lost worker's jobs are done again, and where the
scheduler was restarted what it had not answered is asked of the new one."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from lscb.errors import Failed, UserError

from . import Workers, local

_BESIDE: dict[int, Workers] = {}  # by thread of a Dask worker, the workers it keeps beside itself
TRIES = 3
BACK = "120s"  # that a scheduler has to come back
LOOK = 1.0  # seconds after which it is asked whether the scheduler is still there
LOST = "scheduler-connection-lost"  # as Dask calls it


class Gone(Exception):
    """The scheduler has ended."""

    reason = LOST


class Dask:
    """Every job is a task of the cluster."""

    jobs = 1

    def __init__(self, scheduler: str):
        self.spent: dict[str, float] = {}
        self.scheduler, self.turn = scheduler, asyncio.Lock()
        self.client = self._client("10s")

    def _client(self, timeout: str) -> Any:
        try:
            from distributed import Client
        except ImportError:
            raise UserError("--executor dask needs the optional extra: pip install 'lscb[dask]'.") from None
        try:
            return Client(self.scheduler, timeout=timeout, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            where = self.scheduler
            raise UserError(f"No Dask scheduler answers at {where}: start one, or leave --executor out.") from None

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        return await self.task(partial(on_worker, call), *args, first=first)

    async def task(self, call: Callable, *args: Any, first: int = 1) -> Any:
        """The answer of a call that is made in a worker of the cluster itself, and may give jobs to the nursery `Beside` it."""
        for _ in range(TRIES):
            client = self.client
            try:
                return await self._answer(client, call, args, first)
            except (Failed, UserError) as error:  # written for people
                raise Failed(str(error)) from error
            except Exception as error:
                if getattr(error, "reason", "") != LOST:
                    raise Failed(f"{type(error).__name__} on the cluster") from error
            await self._again(client)
        raise Failed(f"the Dask scheduler went away {TRIES} times: run again, and it goes on where it was")

    async def _answer(self, client: Any, call: Callable, args: tuple, first: int) -> Any:
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        future = client.submit(call, *args, pure=False, retries=2, priority=-first)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(done.set))
        while not done.is_set() and client.status not in ("closing", "closed"):
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), LOOK)
        if not done.is_set():
            raise Gone
        return await asyncio.to_thread(future.result)

    async def _again(self, client: Any) -> None:
        """Another client, once for all that had asked the one whose scheduler is gone."""
        async with self.turn:
            if client is self.client:
                await asyncio.to_thread(client.close, 1)
                try:
                    self.client = await asyncio.to_thread(self._client, BACK)
                except UserError as error:
                    raise Failed(f"{error} Then run again: it goes on where it was.") from None

    def close(self) -> None:
        self.client.close()


def on_worker(call: Callable, *args: Any) -> Any:
    """One job on a Dask worker."""
    return asyncio.run(Beside().do(call, *args))


class Beside:
    """The nursery of this thread of a Dask worker, which has threads and must not fork itself; it stays for the next task."""

    jobs = 1

    def __init__(self) -> None:
        os.umask(0o077)  # for good: of two threads one would take the other's back
        thread = threading.get_ident()
        if thread not in _BESIDE:
            _BESIDE[thread] = local(1)
        self.workers = _BESIDE[thread]
        self.spent = self.workers.spent
        self.spent.clear()  # by earlier tasks

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        return await self.workers.do(call, *args, first=first)

    def close(self) -> None:
        """Nothing: the worker ends its nursery with itself."""
