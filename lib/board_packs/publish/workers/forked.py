"""Jobs in workers forked from a warm process (see nursery), one for each job, as many at a time as there are cores."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lscb.errors import Failed

from .parcels import Shared, pack, unpack
from .preload import ENVIRONMENT

RESTARTS = 3


@dataclass
class Order:
    """A job that is not answered yet."""

    line: bytes
    what: str
    answer: asyncio.Future


class Forked:
    """Started at once, so that the warm process imports meanwhile."""

    def __init__(self, jobs: int):
        self.jobs = jobs
        self.open: dict[int, Order] = {}
        self.count = self.restarts = 0
        self.rest = b""
        self.spent: dict[str, float] = {}
        self.shared, self.sent = Shared(), set[str]()
        self.listening: asyncio.AbstractEventLoop | None = None
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "board_packs.publish.workers.nursery", str(self.jobs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("LSCB_DEBUG") else subprocess.DEVNULL,
            env=os.environ | ENVIRONMENT,
        )

    async def do(self, call: Callable, *args: Any, first: int = 1) -> Any:
        """See Workers. Whose worker is killed is done once more; then Failed says what it was doing."""
        loop = asyncio.get_running_loop()
        self.count += 1
        number, what = self.count, call.__name__.replace("_", " ")
        order = {"number": number, "first": first, "what": what, "call": pack((call, args), self.shared), "tries": 1}
        self.open[number] = Order(json.dumps(order).encode() + b"\n", what, loop.create_future())
        if self.listening is not loop:
            self.listening = loop
            loop.add_reader(self._answers(), self._hear)
        self._send(number)
        return await self.open[number].answer

    def _answers(self) -> int:
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def _send(self, number: int) -> None:
        assert self.process.stdin is not None
        new = {name: text for name, text in self.shared.texts.items() if name not in self.sent}
        self.sent |= set(new)
        with suppress(BrokenPipeError):  # noticed again, and mended, where answers are read
            for name, text in new.items():
                self.process.stdin.write(json.dumps({"shared": name, "text": text}).encode() + b"\n")
            self.process.stdin.write(self.open[number].line)
            self.process.stdin.flush()

    def _hear(self) -> None:
        """Takes what the nursery has answered."""
        text = os.read(self._answers(), 1 << 20)
        if not text:
            self.mend()
            return
        *lines, self.rest = (self.rest + text).split(b"\n")
        for line in lines:
            answer = json.loads(line)
            order = self.open.pop(answer["number"])
            for what, seconds in answer["spent"].items():  # the warm process says what it has spent until now
                self.spent[what] = seconds + (self.spent.get(what, 0.0) if what == order.what else 0.0)
            if "failed" in answer:
                order.answer.set_exception(Failed(answer["failed"]))
            else:
                order.answer.set_result(unpack(answer["value"]))
        if not self.open:
            self._stop_listening()

    def _stop_listening(self) -> None:
        if self.listening is not None:
            self.listening.remove_reader(self._answers())
            self.listening = None

    def mend(self) -> None:
        """The nursery itself was killed: another is started, and gets what was open."""
        loop = self.listening
        self._stop_listening()
        self.process.wait()
        self.rest = b""
        self.restarts += 1
        if self.restarts > RESTARTS:
            for order in self.open.values():
                why = f"what starts its worker was killed {self.restarts} times; it was to {order.what}"
                order.answer.set_exception(Failed(f"{why}: close other programs, and run again"))
            self.open.clear()
            return
        self.process = self._start()
        self.sent.clear()
        if loop is not None:
            self.listening = loop
            loop.add_reader(self._answers(), self._hear)
        for number in sorted(self.open):
            self._send(number)

    def close(self) -> None:
        if self.listening is not None and not self.listening.is_closed():
            self._stop_listening()
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # orders that a killed nursery never read
            self.process.stdin.close()
        self.process.wait()
