"""The parts of a zipped workbook, unpacked within bounds, whatever sizes the archive claims."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from .file_limits import BOMB, DAMAGED, LARGE_PART, LOCKED, MOST_RATIO, MOST_UNPACKED, Unreadable

AT_ONCE = 1 << 24  # bytes


def inflate(raw: bytes, method: int, most: int) -> bytes:
    """A part of an archive unpacked. Raises Unreadable beyond `most` bytes, and where it is packed too well."""
    if method == 0:
        return raw
    if method != 8:
        raise Unreadable("The workbook is packed in a way that Excel does not use. Save it again as .xlsx.")
    bound = min(most, max(LARGE_PART, len(raw) * MOST_RATIO))
    packer, out, left = zlib.decompressobj(-15), BytesIO(), raw
    try:
        while out.tell() <= bound and out.write(packer.decompress(left, AT_ONCE)):
            left = packer.unconsumed_tail  # a part at a time: at once, the whole would be joined, and be held twice
    except zlib.error:
        raise Unreadable("The workbook is damaged. Open it in Excel, repair it, and save it again.") from None
    size = out.tell()
    if size > most:
        raise Unreadable(
            f"The workbook unpacks to more than {MOST_UNPACKED / 1e6:,.0f} "
            "MB. Send the quarter's rows only, in a new workbook."
        )
    if size > bound:
        raise Unreadable(BOMB)
    return out.getvalue()


class Parts:
    """The parts of a workbook, each unpacked at most once, all of them together bounded."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.names = {i.filename: i for i in archive.infolist()}
        self.left = MOST_UNPACKED
        self.kept: dict[str, bytes] = {}
        if len(self.names) > 10_000:
            raise Unreadable("The workbook has more than 10,000 parts: it is damaged or not a workbook.")
        if any(i.flag_bits & 1 for i in archive.infolist()):
            raise Unreadable(LOCKED)

    def get(self, name: str) -> bytes:
        """One part, or b"" where there is none."""
        if name not in self.kept:
            info = self.names.get(name)
            file = self.archive.fp
            if info is None or file is None:
                return b""
            file.seek(info.header_offset)
            header = file.read(30)
            if len(header) < 30 or header[:4] != b"PK\x03\x04":
                raise Unreadable(DAMAGED)
            skip = sum(struct.unpack("<HH", header[26:30]))
            file.seek(info.header_offset + 30 + skip)
            self.kept[name] = inflate(file.read(info.compress_size), info.compress_type, self.left)
            self.left -= len(self.kept[name])
        return self.kept[name]

    def bound(self) -> None:
        """Unpack every part that calamine may read, so that what it will meet is known to be bounded."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".bin")) and "media/" not in name:
                part = self.get(name)
                again = name.startswith(("xl/worksheets/", "content")) or (
                    name.endswith("Strings.xml") and b"strike" in part
                )
                if not again and len(part) > 1_000_000:
                    self.kept[name] = b""  # counted; only the sheets and the small parts are looked at again
