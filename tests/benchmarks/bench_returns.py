"""What it costs to check long lists of which every row has the same key: time beside a tenth of the rows, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from plain_commands import AREA, PERIOD

HEADINGS = ("referral_id", "victim_id", "perpetrator_id", "referred_on", "incident_on", "agency", "children_in_household",
            "victim_age", "victim_sex", "ethnicity", "disability", "lgbt", "lsoa", "outcome")  # fmt: skip
ROWS = 1_300_000
SHEET = 500_000  # as a workbook these unpack to just under the bound


def cells(n: int) -> list[str]:
    """A referral as text; all have one reference, and the rest differs now and then."""
    return ["R1", f"V{n:07}", f"P{n:07}", f"2018-0{1 + n % 3}-{1 + n % 28:02}", "2017-12-31", "police", str(n % 4),
            str(20 + n % 50), "female", "white_british", "no", "no", "E01032753", "heard"]  # fmt: skip


def text(path: Path, rows: int) -> None:
    """The list as CSV."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADINGS) + "\n")
        file.writelines(",".join(cells(n)) + "\n" for n in range(rows))


PARTS = {
    "xlsx": {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Referrals" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    },
    "ods": {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    },
}
SHEETS = {  # its part, what opens it, one row, one cell, what ends it
    "xlsx": ("xl/worksheets/sheet1.xml", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>',
             "<row>{}</row>", '<c t="inlineStr"><is><t>{}</t></is></c>', "</sheetData></worksheet>"),
    "ods": ("content.xml", '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:'
            'oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
            '<office:spreadsheet><table:table table:name="Referrals">', "<table:table-row>{}</table:table-row>",
            '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>',
            "</table:table></office:spreadsheet></office:body></office:document-content>"),
}  # fmt: skip


def workbook(path: Path, rows: int) -> None:
    """The list as a workbook, of texts that stand in their cells."""
    kind = path.suffix[1:]
    part, start, row, cell, end = SHEETS[kind]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in PARTS[kind].items():
            file.writestr(name, content)
        with file.open(part, "w", force_zip64=True) as sheet:
            sheet.write(start.encode())
            for n in range(-1, rows):
                sheet.write(row.format("".join(map(cell.format, HEADINGS if n < 0 else cells(n)))).encode())
            sheet.write(end.encode())


CHECK = """
import atexit, pathlib, re, resource
from board_packs.cli import main
def most():
    own = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
    pathlib.Path({0!r}).write_text(str(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
atexit.register(most)
main()
"""


def checked(folder: Path, out: Path) -> tuple[float, float, str]:
    """`lscb check` of a folder: (processor seconds, GB of memory at most, what it printed). Linux only."""
    asked = ["check", "--period", PERIOD, "--area", AREA, "--returns", str(folder), "--out", str(out)]
    most = out.parent / "memory"
    with tempfile.TemporaryFile() as printed:
        code = CHECK.format(str(most))
        process = subprocess.Popen([sys.executable, "-c", code, *asked], stdout=printed, stderr=subprocess.STDOUT)
        _, _, used = os.wait4(process.pid, 0)
        printed.seek(0)
        return used.ru_utime + used.ru_stime, int(most.read_text()) / 1e6, printed.read().decode()


def constant_key(kind: str, most: int) -> tuple[float, float]:
    """(how many times the time of a tenth of the rows, GB of memory) of a list of `most` rows with one key."""
    costs = []
    for rows in (most // 10, most):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "returns" / f"referrals.{kind}"
            path.parent.mkdir()
            (text if kind == "csv" else workbook)(path, rows)
            begun = time.monotonic()
            seconds, memory, printed = checked(path.parent, Path(name) / "out")
            costs.append(seconds)
            line_of_it = next(
                (line for line in printed.splitlines() if "received" in line or "not used" in line), printed[-200:]
            )
            print(f"returns: {path.stat().st_size / 1e6:,.0f} MB of {kind}: {seconds:.1f} s of a processor, "
                  f"{time.monotonic() - begun:.1f} s, {memory:.2f} GB: {line_of_it}", file=sys.stderr, flush=True)  # fmt: skip
    return costs[1] / costs[0], memory


def returns() -> dict:
    """Lists with one key for all rows: CSV of 1.3 million, workbooks of a sheet's million, beside a tenth of each."""
    found = {}
    for kind, most in (("csv", ROWS), ("xlsx", SHEET), ("ods", SHEET)):
        times, memory = constant_key(kind, most)
        found[f"{most:,} rows of one key as {kind} / a tenth of them"] = round(times, 2)
        found[f"{most:,} rows of one key as {kind}, GB of memory"] = round(memory, 2)
    return found
