"""The chain of what was circulated: data/circulated/chain.jsonl, one line for each pack recorded or withdrawn.

Every line holds the hash of the line before and of the entry it is about (whose entry.yml holds those of its tables),
so that none can be edited, taken out or put in between without the rest showing it.
"""

from __future__ import annotations

import json
from pathlib import Path

from lscb.errors import UserError

from ..quarter import run_files as files

FILE = "chain.jsonl"


def lines(ledger: Path) -> list[dict]:
    path = ledger / FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def add(ledger: Path, what: str, entry: Path, by: str, on: str, **more: str) -> None:
    """Adds a line about an entry's folder: `what` is circulated or withdrawn."""
    every = lines(ledger)
    name = entry.relative_to(ledger).as_posix()
    line = {"what": what, "entry": name, "sha256": files.sha256(entry / "entry.yml"), "by": by, "on": on, **more}
    every.append(line | {"before": digest(every[-1]) if every else ""})
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in every)
    files.write_text(ledger / FILE, text)


def digest(line: dict) -> str:
    return files.sha256_of(json.dumps(line, sort_keys=True, ensure_ascii=False).encode())


def broken(ledger: Path) -> list[str]:
    """What is wrong with the chain and the entries, a sentence each."""
    try:
        every = lines(ledger)
    except ValueError:
        return [f"{FILE} cannot be read: restore it from the repository."]
    problems = []
    for number, line in enumerate(every):
        if line.get("before") != (digest(every[number - 1]) if number else ""):
            problems.append(f"Line {number + 1} of {FILE} does not follow from the line before it: one was changed.")
        path = ledger / line.get("entry", "") / "entry.yml"
        if not path.is_file():
            problems.append(f"The entry {line.get('entry')} is gone: restore it from the repository.")
        elif files.sha256(path) != line.get("sha256"):
            problems.append(f"The entry {line['entry']} is not as it was recorded: restore it from the repository.")
    named = {line.get("entry") for line in every}
    there = {path.parent.relative_to(ledger).as_posix() for path in ledger.glob("*/*/[0-9]*/entry.yml")}
    there = {name for name in there if not name.startswith("sample/")}
    problems += [f"The entry {name} was not recorded by `lscb circulate`." for name in sorted(there - named)]
    return problems


def whole(ledger: Path) -> None:
    """Raises UserError where the chain is broken: nothing is added to it then."""
    if problems := broken(ledger):
        raise UserError(f"{problems[0]} `lscb verify` lists all of it.")


def in_force(ledger: Path, area: str, pack: str, zipped: str) -> str:
    """When this very zip of a pack was recorded, if it was and was not withdrawn since; empty otherwise."""
    when = ""
    for line in lines(ledger):
        _, place, name = line["entry"].split("/")
        if place == area and name[4:].startswith(f"{pack}-"):
            if line["what"] == "circulated":
                when = line["on"] if line.get("zip") == zipped else when
            else:
                when = ""
    return when


def latest(ledger: Path, period: str, area: str, pack: str) -> str | None:
    """The entry of a pack that was circulated last and is not withdrawn."""
    open_: list[str] = []
    for line in lines(ledger):
        if line["entry"].startswith(f"{period}/{area}/") and line["entry"].rpartition("/")[2][4:].startswith(
            f"{pack}-"
        ):
            open_.append(line["entry"]) if line["what"] == "circulated" else open_.remove(line["entry"])
    return open_[-1] if open_ else None
