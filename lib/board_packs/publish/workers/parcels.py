"""Calls and their answers as lines of text, to go through a pipe from one process of a run to another.

What many calls have in common (an object of a class with `SHARED = True`) goes once, under a name, and not with each.
"""

from __future__ import annotations

import base64
import hashlib
import io
import pickle
from typing import Any


class Shared:
    """What the calls that one process sends have in common: `texts` by name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.names: dict[int, tuple[Any, str]] = {}  # with the thing itself, so that its number stays its own

    def name_of(self, thing: Any) -> str:
        if id(thing) not in self.names:
            text = pack(thing)
            name = hashlib.sha256(text.encode()).hexdigest()[:24]
            self.texts[name], self.names[id(thing)] = text, (thing, name)
        return self.names[id(thing)][1]


class Packer(pickle.Pickler):
    """Names what is shared instead of writing it."""

    shared: Shared

    def persistent_id(self, thing: Any) -> str | None:
        return self.shared.name_of(thing) if getattr(type(thing), "SHARED", False) else None


class Unpacker(pickle.Unpickler):
    """Reads what is shared by its name, once for all that a call has of it."""

    texts: dict[str, str]
    ready: dict[str, Any]

    def persistent_load(self, name: str) -> Any:
        if name not in self.ready:
            self.ready[name] = unpack(self.texts[name])
        return self.ready[name]


def pack(thing: Any, shared: Shared | None = None) -> str:
    """A thing as text; what it has of `shared` kinds is named in it and stands in `shared`."""
    if shared is None:
        return base64.b64encode(pickle.dumps(thing)).decode("ascii")
    out = io.BytesIO()
    packer = Packer(out)
    packer.shared = shared
    packer.dump(thing)
    return base64.b64encode(out.getvalue()).decode("ascii")


def unpack(text: str, texts: dict[str, str] | None = None) -> Any:
    """What `pack` made a text of; `texts`: of a Shared, those that it names."""
    unpacker = Unpacker(io.BytesIO(base64.b64decode(text)))  # written by a process of this very run
    unpacker.texts, unpacker.ready = texts or {}, {}
    return unpacker.load()
