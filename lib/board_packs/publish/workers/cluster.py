"""Jobs on an existing Dask cluster whose workers reach the same folders. A lost worker's jobs are done again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from lscb.errors import Failed, UserError

from . import Workers, local

_BESIDE: dict[int, Workers] = {}  # by thread of a Dask worker, the workers it keeps beside itself


class Dask:
    """Every job is a task of the cluster."""

    def __init__(self, scheduler: str):
        self.spent: dict[str, float] = {}
        try:
            from distributed import Client
        except ImportError:
            raise UserError("--executor dask needs the optional extra: pip install 'lscb[dask]'.") from None
        try:
            self.client = Client(scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise UserError(f"No Dask scheduler answers at {scheduler}: start one, or leave --executor out.") from None

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        future = self.client.submit(partial(on_worker, call), *args, pure=False, retries=2, priority=-first)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(done.set))
        await done.wait()
        try:
            return await asyncio.to_thread(future.result)
        except Failed:
            raise
        except Exception as error:
            raise Failed(f"{type(error).__name__} on the cluster") from error

    def close(self) -> None:
        self.client.close()


def on_worker(call: Callable, *args: Any) -> Any:
    """One job on a Dask worker. The worker has threads and must not fork: it keeps a nursery beside itself."""
    thread = threading.get_ident()
    if thread not in _BESIDE:
        _BESIDE[thread] = local(1)
    return asyncio.run(_BESIDE[thread].do(call, *args))
