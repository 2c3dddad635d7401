"""Bytes of a text file as UTF-8, whatever encoding they came in, and what was found."""

from __future__ import annotations

import re

import numpy as np

from .file_limits import Unreadable

CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


def as_utf8(data: bytes) -> tuple[bytes, list[str]]:
    """The text as UTF-8 and notes on how it was read. Raises Unreadable for bytes that are no text."""
    notes = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
        notes.append("The file is UTF-16 text; read as such.")
    elif data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif b"\0" in data[:4096]:
        zeros = np.frombuffer(data[:4096], np.uint8) == 0
        first, second = zeros[::2].mean(), zeros[1::2].mean()
        if max(first, second) > 0.4:
            data = data.decode("utf-16-le" if second > first else "utf-16-be", "replace").encode()
            notes.append("The file is UTF-16 text without its mark; read as such.")
    if b"\0" in data:
        if len(CONTROL.findall(data)) > max(3, len(data) // 1000):
            raise Unreadable(
                "The file is neither text nor a workbook, or it is damaged. Save it again as CSV or .xlsx."
            )
        data = data.replace(b"\0", "\ufffd".encode())
        notes.append("The file holds damaged letters (NUL); the cells with them are named.")
    return data, notes


def without_damage(data: bytes) -> tuple[bytes, list[str]]:
    """Valid UTF-8 from text that may be Windows-1252 or damaged UTF-8, and notes on it."""
    try:
        data.decode("utf-8")
        return data, []
    except UnicodeDecodeError:
        pass
    if not data.decode("utf-8", "ignore").isascii():
        # Letters that are valid UTF-8 hardly occur by chance: the file is UTF-8 and damaged; those cells are named.
        return data.decode("utf-8", "replace").encode(), [
            "The file is UTF-8 text with damaged letters; cells that hold them are named."
        ]
    return data.decode("cp1252", "replace").encode(), [
        "The file is not UTF-8; read as Windows-1252, as older Excel saves CSV."
    ]
