"""Calls and their answers as one line of text, to go through a pipe from one process of a run to another."""

from __future__ import annotations

import base64
import pickle
from typing import Any


def pack(thing: Any) -> str:
    return base64.b64encode(pickle.dumps(thing)).decode("ascii")


def unpack(text: str) -> Any:
    return pickle.loads(base64.b64decode(text))  # noqa: S301  (written by a process of this very run)
