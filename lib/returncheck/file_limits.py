"""How large a file and a folder of them may be, and the sentence with which one that cannot be read is refused."""

from __future__ import annotations

MOST_BYTES = 400_000_000  # of a text file; a million rows of the longest return are about 150 MB
LONG_TEXT = 5_000_000  # from which text that is not plain is read apart; what is shorter takes a second at most
MOST_WORKBOOK = 100_000_000  # of a workbook as it lies on disk
MOST_UNPACKED = 500_000_000  # of a workbook's parts together, unpacked
MOST_RATIO = 200  # of a large part's unpacked size to its packed one; a spreadsheet's is 5 to 60
LARGE_PART = 10_000_000
MOST_CELLS = 30_000_000  # rows x columns of one sheet, blank ones included
MOST_COLUMNS = 2_000
MOST_HTML = 60_000_000
MOST_MEMORY = 4_000_000_000  # that reading one file may ask for beyond what is in use when it begins
FOLDER_FILES = 1_000  # of a folder with its sub-folders
FOLDER_BYTES = 2_000_000_000  # of its files together
FOLDER_ROWS = 10_000_000  # read before the last file is begun; a row of the longest return takes some 200 bytes
FOLDER_SECONDS = 3_600.0  # that may have passed before the last file is begun
SECONDS = 60.0  # of a processor that reading one file may take, and as much again for each 20 MB of it
WAIT = 10  # times as long on the clock, where the machine is busy

DAMAGED = "The workbook is damaged or is not a workbook that can be read. Open it in Excel and save it again as .xlsx."
LOCKED = "The workbook is protected by a password. Remove it, or send the file another safe way."
BOMB = "The workbook unpacks to far more than it can hold: it is damaged or made to do harm. Save it again as .xlsx."


class Unreadable(Exception):
    """A whole file that cannot be read: its sentence says why and what to do."""


def too_large(kind: str, size: int, most: int) -> Unreadable:
    """The refusal of a file by its size on disk."""
    return Unreadable(
        f"The {kind} has {size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are read. Send the quarter's rows only."
    )
