"""Protecting an area's tables and attacking the result, or taking both from the last run where nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lscb.errors import Failed
from openstats.sources import number_of

from ..quarter import disclosure_control, labels
from ..quarter import run_files as files
from ..quarter.pack_settings import guarded
from ..quarter.request import circulated, shown
from .run_state import Area, Run

KEYS = Path("protected", ".keys.json")


@dataclass
class Disclosure:
    """What disclosure control did: hidden figures by audience, and what each attack found."""

    answer: dict = field(default_factory=dict)
    attacks: dict[str, dict] = field(default_factory=dict)
    key: str = ""  # what the protected tables depend on

    @property
    def failed(self) -> str:
        return self.answer.get("failed", "")


async def protect(run: Run, area: Area) -> Disclosure:
    """Protects all tables of the area together. Where that cannot be, `failed` says why."""
    history = circulated(run.request.sample)
    working = {p.name: files.sha256(p) for p in sorted((area.folder / "working").glob("*.csv"))}
    answers = sorted(labels.load(area.code).settled().items())
    key = files.digest([run.code, run.hashes.tree(history), working, guarded(), answers])
    before = files.read_json(area.folder / KEYS) or {}
    written = {area.folder / name: sha for name, sha in before.get("files", {}).items()}
    if not run.request.force and before.get("key") == key and files.as_written(written):
        return Disclosure(before["answer"] | {"reused": True}, before["attacks"], key)
    call = (disclosure_control.protect, area.folder, guarded(), history, area.code, run.request.force)
    try:
        return Disclosure(await run.workers.do(*call, first=0), key=key)
    except Failed as error:
        return Disclosure({"failed": str(error)}, key=key)


async def attack(run: Run, area: Area, disclosure: Disclosure, audience: str) -> None:
    """Attacks what an audience gets, unless that was done to the very same tables. Adds to `disclosure.attacks`."""
    if audience in disclosure.attacks:
        return
    history = circulated(run.request.sample)
    try:
        answer = await run.workers.do(disclosure_control.attack, area.folder, audience, history, area.code, first=1)
    except Failed as error:
        answer = {"reasons": [f"disclosure: the attack did not finish ({error})"]}
    disclosure.attacks[audience] = answer


def keep(area: Area, disclosure: Disclosure) -> None:
    """Notes what was protected and attacked, for the next run; not where an attack found something."""
    if disclosure.failed or any(answer["reasons"] for answer in disclosure.attacks.values()):
        return
    written = {str(p.relative_to(area.folder)): files.sha256(p) for p in (area.folder / "protected").glob("*/*.csv")}
    notes = {"key": disclosure.key, "files": written, "answer": disclosure.answer, "attacks": disclosure.attacks}
    files.write_json(area.folder / KEYS, notes)


def problems(area: Area, audience: str, answer: dict) -> list[str]:
    """What an attack's answer means for the person who made the run, one line each."""
    lines = []
    if answer["reasons"]:
        lines.append(f"pages for {audience} refused: {'; '.join(answer['reasons'])}. {advice(area, answer)}")
    if answer.get("before"):
        lines.append(
            f"{number_of(answer['before'], 'figure')} withheld from {audience} can be worked out from packs circulated "
            "before. This run adds nothing to that and cannot take it back: tell the person who signs off."
        )
    return lines


def advice(area: Area, answer: dict) -> str:
    """What to do where an attack let no page of an audience leave."""
    if any("did not finish" in reason for reason in answer["reasons"]):
        return "Run again; if it stays so, report it with this run's manifest.json."
    return (
        f"Page 99 (restricted) and {shown(area.folder / 'ledger.csv')} list what is withheld. Usually a return was "
        "revised, or came late, after a pack with older figures was circulated: ask the partner which figures "
        "stand, and run again on those. If it is refused still, report it with this run's manifest.json."
    )
