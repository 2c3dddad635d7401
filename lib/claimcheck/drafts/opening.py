"""Which reader takes which draft, and what no draft may do: fetch, run, or fill the memory."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lscb.errors import UserError

from .document import Document

LARGEST = 100_000_000  # bytes of a file
UNPACKED = 400_000_000  # bytes of what it unpacks to
MARKUP = 100_000_000  # bytes of one part of text
LONGEST = 20_000_000  # characters of text
SECONDS = 120.0
KINDS = ".docx, .odt, .html, .md, .txt or .pdf"


def open_draft(path: str | Path, seconds: float = SECONDS) -> Document:
    """A draft as paragraphs in reading order.

    Raises UserError, in one line that says what to do, for a file that is not there, has a password, is a scan, is
    broken, too large, or of a kind that is not read.
    """
    path = Path(path)
    if not path.is_file():  # a device never ends
        raise UserError(f"{path} is not there, or is no file: give the draft as {KINDS}.")
    if path.stat().st_size > LARGEST:
        raise UserError(f"{path.name} is larger than {LARGEST // 10**6} MB: take its pictures out and try again.")
    document = _read(path, seconds)
    if not any(p.text for p in document.paragraphs):
        why = " ".join(document.unread)
        raise UserError(f"{path.name} holds no text that can be read: give the file it was made from. {why}".strip())
    return document


def _read(path: Path, seconds: float) -> Document:
    from .open_documents import read_open_document
    from .pdf_files import read_pdf
    from .plain_text import read_text
    from .web_pages import read_html
    from .word_files import read_word

    kind, start = path.suffix.lower(), path.open("rb").read(8)
    if start.startswith(b"%PDF") or kind == ".pdf":
        return read_pdf(path, seconds)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{path.name} has a password or is in Word's old format: save it as .docx without a password.")
    if kind in (".docx", ".docm", ".odt"):
        parts = _checked_archive(path)
        try:
            document = read_open_document(path) if kind == ".odt" else read_word(path)
        except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError, OSError) as error:
            raise UserError(
                f"{path.name} is broken ({type(error).__name__}): open it in Word and save it again."
            ) from None
        if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in parts):
            document.not_read("Macros were not run.")
        return document
    if kind in (".html", ".htm"):
        return read_html(path, _content(path))
    if kind in (".md", ".txt", ".text"):
        text = _decoded(_content(path))
        if "\0" in text:  # read as it is, it would lose digits
            raise UserError(f"{path.name} is no text, or of an encoding that is not read: save it as UTF-8 text.")
        return read_text(path, text)
    raise UserError(f"{path.name} is of a kind that is not read: save the draft as {KINDS}.")


MANIFEST = "META-INF/manifest.xml"  # of an .odt: which parts need a password


def _checked_archive(path: Path) -> list[str]:
    """The names of a zip's parts; refused is what is no zip, has a password, or unpacks to far more than a report."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            listed = [part for part in parts if part.filename == MANIFEST and part.file_size < LONGEST]
            encrypted = any(b"encryption-data" in archive.read(part) for part in listed if not part.flag_bits & 1)
    except (zipfile.BadZipFile, OSError):
        raise UserError(f"{path.name} is broken, not a document: open it in Word and save it again.") from None
    markup = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if markup > MARKUP or sum(part.file_size for part in parts) > UNPACKED:
        limit = MARKUP if markup > MARKUP else UNPACKED
        raise UserError(
            f"{path.name} unpacks to more than {limit // 10**6} MB, as a zip bomb does, and was not opened: "
            "save it again without its pictures."
        )
    if encrypted or any(part.flag_bits & 1 for part in parts):
        raise UserError(f"{path.name} has a password: save it without one.")
    return [part.filename for part in parts]


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if len(content) > LONGEST:
        raise UserError(f"{path.name} holds more than {LONGEST // 10**6} million characters: split it and try again.")
    return content


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
