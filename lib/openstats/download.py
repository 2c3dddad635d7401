"""Downloads that survive a bad line: tries again, goes on where it stopped, puts pages together. Standard library."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from .network import open_address, reason
from .sources import File

TRIES = 5
TIMEOUT = 30  # seconds without a byte
AGAIN = {408, 425, 429, 500, 502, 503, 504}
CHUNK = 1 << 16
PAGE = 25_000  # what Nomis sends at most at a time
LONGEST = 120  # seconds to wait between tries, whatever the server asks for


class Refused(Exception):
    """A download that did not come whole. `resumable`: what came so far is kept, and the next run goes on."""

    def __init__(self, line: str, resumable: bool = False):
        self.resumable = resumable
        super().__init__(line)


Progress = Callable[[str, int, int | None], None] | None
Pause = Callable[[float], None]


def download(file: File, part: Path, progress: Progress = None, pause: Pause = lambda seconds: None) -> None:
    """Write a file to `part`, whole, going on from what is there. Raises Refused with what went wrong."""
    if file.paged:
        pages = {"arcgis": _arcgis, "nomis": _nomis}[file.paged]
        pages(file, part, progress, pause)
    else:
        _retrying(lambda: _stream(file, part, progress), file, pause)


def _retrying(attempt: Callable[[], None], file: File, pause: Pause) -> None:
    """The result of an attempt that may fail for a while: five tries, waiting longer each time or as asked."""
    for tried in range(1, TRIES + 1):
        wait = 2.0**tried
        try:
            return attempt()
        except urllib.error.HTTPError as error:
            if error.code not in AGAIN:
                raise Refused(
                    f"the server answers {error.code} {error.reason}: see {file.page or file.address}"
                ) from None
            why, asked = f"the server answers {error.code} {error.reason}", str(error.headers.get("Retry-After", ""))
            wait = float(asked) if asked.isdigit() else wait
        except (OSError, http.client.HTTPException) as error:
            why = f"the connection broke off ({reason(error)})"
        if tried < TRIES:
            pause(min(wait, LONGEST))
    raise Refused(f"{why}, {TRIES} times: run the command again, it goes on where it stopped", resumable=True)


class _Cut(OSError):
    """Fewer bytes than the server announced."""


def _stream(file: File, part: Path, progress: Progress) -> None:
    """One try: the whole file, or its rest where the server can tell that it is still the same file."""
    mark = part.with_name(part.name + ".json")
    have = part.stat().st_size if part.is_file() else 0
    validator = _read(mark).get("validator") if have else None
    headers = {"User-Agent": "lscb", "Accept-Encoding": "identity"}
    if have and validator:
        headers |= {"Range": f"bytes={have}-", "If-Range": validator}
    request = urllib.request.Request(file.address, headers=headers)
    try:
        answer = open_address(request, TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # what is there is not the beginning of what the server has
            part.unlink(missing_ok=True)
            raise _Cut("starting again") from None
        raise
    with answer:
        goes_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        start = have if goes_on else 0
        strong = answer.headers.get("ETag", "")
        validator = strong if strong and not strong.startswith("W/") else answer.headers.get("Last-Modified")
        mark.write_text(json.dumps({"validator": validator}), encoding="utf-8")
        length = answer.headers.get("Content-Length")
        full = start + int(length) if length and length.isdigit() else None
        with part.open("ab" if goes_on else "wb") as out:
            done = start
            while chunk := answer.read(CHUNK):
                out.write(chunk)
                done += len(chunk)
                if progress:
                    progress(file.name, done, full)
    if full is not None and done != full:
        raise _Cut(f"{done:,} of {full:,} bytes")
    mark.unlink(missing_ok=True)


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _pages(
    file: File,
    part: Path,
    pause: Pause,
    address: Callable[[int], str],
    count: Callable[[bytes], int],
    progress: Progress,
) -> list[bytes]:
    """Every page in turn, each kept until all are there, so that a break costs one page."""
    folder = part.with_name(part.name + ".pages")
    folder.mkdir(exist_ok=True)
    offset, pages, done = 0, [], 0
    while True:
        page = folder / f"{offset}.page"
        if not page.is_file():
            one = File(file.name, file.kind, address(offset), file.page)
            loose = folder / "loose"

            def attempt(one: File = one, loose: Path = loose) -> None:
                _stream(one, loose, None)
                count(loose.read_bytes())  # raises where the page is no page: tried again

            _retrying(attempt, one, pause)
            loose.replace(page)
        content = page.read_bytes()
        done += len(content)
        if progress:
            progress(file.name, done, None)
        rows = count(content)
        if not rows:
            break
        pages.append(content)
        offset += rows
    for page in folder.iterdir():
        page.unlink()
    folder.rmdir()
    return pages


def _arcgis(file: File, part: Path, progress: Progress, pause: Pause) -> None:
    """All features of an ArcGIS layer, in one feature collection. The server sends one or two thousand at a time."""

    def address(offset: int) -> str:
        return f"{file.address}&orderByFields=OBJECTID&resultOffset={offset}"

    def count(content: bytes) -> int:
        try:
            return len(json.loads(content)["features"])
        except (ValueError, KeyError, TypeError):
            raise _Cut("the answer is no page of features") from None

    features = [f for page in _pages(file, part, pause, address, count, progress) for f in json.loads(page)["features"]]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    part.write_text(text, encoding="utf-8")


def _nomis(file: File, part: Path, progress: Progress, pause: Pause) -> None:
    """All rows of a Nomis table under one header."""

    def address(offset: int) -> str:
        return f"{file.address}&recordoffset={offset}&recordlimit={PAGE}"

    def count(content: bytes) -> int:
        lines = content.splitlines()
        if not lines or b"OBS_VALUE" not in lines[0].upper():
            raise _Cut("the answer is no page of a table")
        return len(lines) - 1

    pages = _pages(file, part, pause, address, count, progress)
    if not pages:
        raise Refused("the server has no rows for these areas")
    lines = [pages[0].splitlines()[0], *(line for page in pages for line in page.splitlines()[1:])]
    part.write_bytes(b"\n".join(lines) + b"\n")
