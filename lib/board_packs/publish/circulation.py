"""What a board gave out, recorded as it left: read back from the pack itself, in a chain of entries that shows edits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cellguard import history
from lscb import long_table
from lscb.errors import UserError
from openstats import authorities
from openstats.sources import number_of

from ..quarter import checked_ledger
from ..quarter import run_files as files
from ..quarter.official_tables import is_open
from ..quarter.request import Request, circulated, out_folder, shown, typed_period
from . import pdf_printing
from .outcome import sealed_manifest
from .pack_files import pack_folder
from .pack_files.workbook_reading import tables_back


def circulate(pack: str, by: str, request: Request, area: str) -> str:
    """Records the tables behind a released pack in data/circulated/, by whom it was signed off and when.

    What is recorded is what left: the tables that the pack's own workbook is made of, whatever protected/ holds now.
    Returns what to say of it, the SHA-256 of its zip for the message that goes with it included. Raises UserError where
    the pack was not released, is not as it was released, or was recorded already.
    """
    folder = request.folder(area)
    manifest = manifest_of(request, area)
    answer = manifest["packs"].get(pack)
    if answer is None:
        raise UserError(f"{pack!r} is not a pack of that run: it made {', '.join(manifest['packs']) or 'none'}.")
    if answer["status"] != "released":
        raise UserError(f"The pack {pack} was not released: see the run's messages.")
    if lines := manifest["disclosure"]["attacks"].get(answer["audience"], {}).get("unsettled"):
        raise UserError(f"{'. '.join(lines)}. Then run again, and circulate.")
    if wrong := differing(folder, pack, manifest):
        raise UserError(f"{wrong} of {pack} is not as it was released: run it again before circulating it.")
    ledger = circulated(request.sample)
    zipped = answer["files"][f"{pack}.zip"]
    for earlier in (e for e in history.load(ledger, area) if (e.pack, e.sent) == (pack, zipped) and not e.withdrawn):
        on = earlier.signed_off_on[:10]
        pdf_printing.print_pack(folder, pack)  # where that was cut short
        raise UserError(f"{pack} is recorded already, as circulated on {on}: nothing has changed since.")
    tables = {p.stem: long_table.load(p) for p in sorted((folder / "behind" / pack).glob("*.csv"))}
    # Open tables are known to everybody already and give nothing away: the ledger stays small without them.
    closed = {name: frame for name, frame in tables.items() if not is_open(name)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = history.Entry(answer["audience"], closed, pack, str(request.period), area, by, now, sent=zipped)
    printed = tables_back(folder / "packs" / pack / pack_folder.WORKBOOK, tables)
    with files.alone(ledger / ".chain"):
        entry = history.record(entry, ledger, printed={name: printed[name] for name in closed})
        checked_ledger.keep_head(folder, ledger, area)
    pdf_printing.print_pack(folder, pack)  # for those who read on paper; the record is of the pages
    text = f"{pack} ({answer['audience']}) is recorded as circulated: {number_of(len(closed), 'table')} in {shown(entry.folder or ledger)}."
    return f"{text}\n{pack}.zip, SHA-256 {zipped}"


def withdraw(pack: str, by: str, why: str, request: Request, area: str) -> str:
    """Records that a circulated pack was called back. Its figures still count as known to its readers."""
    ledger = circulated(request.sample)
    if not why.strip() or not by.strip():
        raise UserError("A withdrawal needs who withdraws (--signed-off-by) and why (--reason).")
    with files.alone(ledger / ".chain"):
        which = (pack, str(request.period))
        standing = [e for e in history.load(ledger, area) if (e.pack, e.period) == which and not e.withdrawn]
        if not standing:
            raise UserError(f"{pack!r} of {request.period} is not recorded as circulated for {area}.")
        history.withdraw(standing[-1], by, datetime.now(UTC).isoformat(timespec="seconds"), why, ledger)
        checked_ledger.keep_head(request.folder(area), ledger, area)
    return f"{pack} of {request.period} is recorded as withdrawn. What it printed still counts as known to its readers."


def manifest_of(request: Request, area: str) -> dict:
    """The manifest of an area's last run. Raises UserError where there is none, or where it was edited."""
    folder = request.folder(area)
    manifest = sealed_manifest(folder)
    if manifest is None and (folder / "manifest.json").is_file():
        raise UserError(f"manifest.json of {shown(folder)} is not as the run wrote it: run again before circulating.")
    if not manifest:
        raise UserError(f"There is no finished run of {request.period} for {area}: `lscb run` first.")
    return manifest


def differing(folder: Path, pack: str, manifest: dict) -> str:
    """The name of the first file of a pack that is not as it was released; empty where all are.

    Hashes are one witness, the zip is another, and the workbook's figures beside the tables behind it are a third."""
    answer, place = manifest["packs"][pack], folder / "packs" / pack
    written = {f"packs/{pack}/{name}": sha for name, sha in answer["files"].items()}
    written |= {name: sha for name, sha in manifest["files"].items() if name.startswith(f"behind/{pack}/")}
    for name, sha in written.items():
        if not files.as_written({folder / name: sha}):
            return name.rpartition("/")[2]
    # A file that was changed with its entry may be none that can be read: whatever its reader says, it is that file.
    book, tables = place / pack_folder.WORKBOOK, {}
    try:
        at = f"{pack}.zip"
        if pack_folder.check_files(place, answer["files"], f"{pack}.zip", f"{pack}.html"):
            return at
        for path in sorted((folder / "behind" / pack).glob("*.csv")):
            at = path.name
            tables[path.stem] = long_table.load(path)
        at = pack_folder.WORKBOOK
        # Figure by figure: what a measure counts may be said in other words by now.
        return at if book.is_file() and history.differences(tables, tables_back(book, tables)) else ""
    except Exception:
        return at


def asked(period: str, area: str, sample: bool, out: Path | None) -> tuple[Request, str]:
    """Period and one area as they were typed, parsed: what stands in a path comes from here."""
    quarter = typed_period(period)
    codes = [each.code for each in authorities.find_all(area, quarter.last_day)]
    if len(codes) != 1:
        raise UserError(f"--area {area}: name one authority.")
    return Request(quarter, tuple(codes), Path(), None, out_folder(out), sample=sample), codes[0]
