"""After a run: what a board gave out is recorded; what a run keeps of cases is removed when its time is over."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter

from ..quarter import run_files as files
from ..quarter.official_tables import is_open
from ..quarter.request import circulated, out_folder, shown

# What of a run holds cases, or tables before protection. Packs and protected tables stay: they were made to be kept.
CASES = ("working", "executed", "quarantine", "check", "ledger.csv", "pages.json", "packs.json", ".keys.json")


def circulate(pack: str, signed_off_by: str, period: str, area: str, out: Path | None = None) -> str:
    """Records the protected tables behind a released pack in data/circulated/, by whom it was signed off and when.

    Returns one line that says so. Raises UserError where the pack was not released by the last run, or its files are
    not those that were released.
    """
    from cellguard import history

    quarter = Quarter.parse(period)
    folder = out_folder(out) / str(quarter) / area
    manifest = files.read_json(folder / "manifest.json")
    if not manifest:
        raise UserError(f"There is no finished run of {quarter} for {area}: `lscb run` first.")
    packs = manifest["packs"]
    if pack not in packs:
        raise UserError(f"{pack!r} is not a pack of that run: it made {', '.join(packs) or 'none'}.")
    if packs[pack]["status"] != "released":
        raise UserError(f"The pack {pack} was not released: see the run's messages.")
    for name, sha in packs[pack]["files"].items():
        path = folder / "packs" / pack / name
        if not path.is_file() or files.sha256(path) != sha:
            raise UserError(f"{name} of {pack} is not as it was released: run it again before circulating it.")
    audience = packs[pack]["audience"]
    held = {path.stem: long_table.load(path) for path in sorted((folder / "protected" / audience).glob("*.csv"))}
    # Open tables are known to everybody already and give nothing away: the ledger stays small without them.
    given = {name: held[name] for name in packs[pack]["tables"] if name in held and not is_open(name)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    ledger = circulated(manifest["parameters"]["sample"])
    entry = history.Entry(audience, given, pack, str(quarter), area, signed_off_by, now)
    entry = history.record(entry, ledger)
    return f"{pack} ({audience}) is recorded as circulated: {len(given)} tables in {shown(entry.folder or ledger)}."


def purge(period: str, area: str = "", out: Path | None = None) -> list[str]:
    """Removes working tables, executed notebooks, rejects and quarantined pages of a period; packs stay.

    area : one area's; all of the period's if empty. Returns a line for each area and kind removed.
    Raises UserError where nothing of the period is kept.
    """
    quarter, root = str(Quarter.parse(period)), out_folder(out)
    places = [p for p in (root / quarter).glob(area or "*") if p.is_dir() and not p.name.startswith(".")]
    said = []
    for place in places:
        with files.alone(place):
            for name in CASES:
                target = place / name
                count = sum(p.is_file() for p in target.rglob("*")) if target.is_dir() else int(target.is_file())
                shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
                if count:
                    said.append(f"Removed {shown(target)}: {count} {'file' if count == 1 else 'files'}.")
    for place in (root / "explore" / quarter).glob(f"{area or ''}*"):
        count = sum(p.is_file() for p in place.rglob("*"))
        shutil.rmtree(place)
        said.append(f"Removed {shown(place)}: {count} files.")
    if not said:
        raise UserError(f"Nothing of {quarter} is kept in {shown(root)} that holds cases.")
    return [*said, "Packs and protected tables stay; the files partners sent are yours to remove, wherever they lie."]
