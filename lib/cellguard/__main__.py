"""`python -m cellguard FOLDER --audiences FILE`: protects a folder of long tables and attacks what it made."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lscb import long_table, strict_yaml
from lscb.errors import UserError

from . import Profile, attack, breaches, history, profiles, protect
from .attacker.printed_rows import measures_named

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, "pd.DataFrame"]
KNOWN = "circulated.txt"  # each area with the hash of the last entry of what was circulated


def main(arguments: list[str] | None = None) -> int:
    """0: what is written is proved; 1: an attack found something, nothing is written; 2: the input is of no use."""
    asked, progress = _parser().parse_args(arguments), logging.StreamHandler()
    logger = logging.getLogger("cellguard")
    logger.setLevel(logging.INFO)
    logger.addHandler(progress)
    try:
        return _run(asked.folder, asked.audiences, asked.out or asked.folder / "protected", asked)
    except UserError as error:
        sys.stderr.write(f"cellguard: {error}\n")
        return 2
    finally:
        logger.removeHandler(progress)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m cellguard", description="Protect a folder of long tables, and attack it."
    )
    parser.add_argument("folder", type=Path, help="long tables, one CSV each: dimensions, measure, count, of, value")
    parser.add_argument("--audiences", type=Path, required=True, help="thresholds, as data/disclosure.yml has them")
    parser.add_argument("--out", type=Path, help="where the protected tables go (FOLDER/protected)")
    parser.add_argument("--history", type=Path, help="what was circulated before, as cellguard.history records it")
    parser.add_argument("--documentation", type=Path, help="what is known of the tables: tables, measures, relations")
    return parser


def _run(folder: Path, audiences: Path, out: Path, asked: argparse.Namespace) -> int:
    documents = _documentation(asked.documentation)
    rules = profiles(audiences, documents.get("measures"))
    tables = read(folder)
    before = [(_rule(entry.audience, rules), entry.tables) for entry in _earlier(asked.history, out / KNOWN)]
    if out.exists() and not (out / "ledger.csv").is_file():
        raise UserError(f"{out} is there and was not made by this command: name another folder with --out.")
    guarded = [rule for rule in rules.values() if rule.protect]
    protected, ledger = protect(tables, guarded, history=before, documentation=documents)
    packs = [tables, *(each for _, each in before)]
    sys.stdout.writelines(f"{text}\n" for text in _unkept(packs, documents, ledger))
    broken = 0
    for rule in guarded:
        sees = [rule, *(rules[name] for name in rule.sees)]
        released = [pack for pack in before if pack[0] in sees] + [(each, protected[each.name]) for each in sees]
        findings = attack(released, profile=rule, full=False, documentation=documents)
        worked_out = len(breaches(findings, ledger, rule.name))
        hidden = sum(int((table["status"] == "suppressed").sum()) for table in protected[rule.name].values())
        sys.stdout.write(f"{rule.name}: {hidden} figures withheld; {worked_out} of them can be worked out.\n")
        if unused := findings.attrs["unused"]:
            sys.stdout.write(f"  The attack concludes nothing from the figures of {', '.join(unused)}.\n")
        broken += worked_out
    if broken:
        sys.stderr.write(f"Nothing was written to {out}: what is withheld can be worked out.\n")
        return 1
    _write(protected, ledger, out, asked.history)
    sys.stdout.write(f"Written to {out}; ledger.csv says why each figure is withheld and must not leave.\n")
    return 0


def read(folder: Path) -> Tables:
    """Every CSV of a folder as a long table, by its name. Raises UserError, in one line, for what is none."""
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise UserError(f"{folder} holds no tables: name a folder with CSV files in it.")
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> pd.DataFrame:
    try:
        table = long_table.load(path)
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not UTF-8 text: save it as UTF-8.") from None
    except (ValueError, TypeError):
        raise UserError(f"{path.name} is no long table: its figure columns must hold numbers or nothing.") from None
    if not {"count", "of", "value"} & set(table):
        raise UserError(f"{path.name} has no figures: a long table has them in `count`, `of` or `value`.")
    return table


def _documentation(path: Path | None) -> Mapping:
    if path is None:
        return {}
    try:
        return strict_yaml.parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{path} cannot be read: name a YAML file in UTF-8.") from None


def _unkept(packs: list[Tables], documents: Mapping, ledger: pd.DataFrame) -> Iterator[str]:
    """What cannot be done of what was asked, a sentence each: sums of no figure, or that do not hold; what even hiding
    everything gives away."""
    every = [table for pack in packs for table in pack.values()]
    there = {name for table in every for name in table.get("measure", ["count"])}
    named = (measures_named(each.get(role)) for each in documents.get("relations") or () for role in ("total", "parts"))
    for measure in sorted({name for each in named for name in each} - there):
        yield f"A sum is declared of {measure}, which no table has: it is left out. Write it as the tables do."
    for cell, kind, rule in ledger[["cell", "kind", "rule"]].itertuples(index=False):
        if rule == "a declared sum does not hold":
            yield f"The sum declared of {cell.rstrip(': ')} does not hold and is left out: correct it, or the tables."
        elif kind == "short":
            yield f"{cell.rstrip(': ')}: {rule}. Leave out what shows it besides, or ask for fewer in the audiences."


def _earlier(folder: Path | None, note: Path) -> list[history.Entry]:
    """What was circulated before; `note` has the last entry of each area when this was done before."""
    last = [line.rsplit(" ", 1) for line in note.read_text(encoding="utf-8").splitlines()] if note.is_file() else []
    if folder is None and not last:
        return []
    if folder is None or not folder.is_dir() or not history.areas(folder):
        where = f"{folder} holds no record" if folder else f"{note.parent} was made with a record"
        raise UserError(f"{where} of what was circulated: name the folder that cellguard.history recorded in.")
    if faults := [fault for area, head in last for fault in history.verify(folder, area, head)]:
        raise UserError(" ".join(faults))
    return history.load(folder)


def _rule(audience: str, rules: Mapping[str, Profile]) -> Profile:
    if audience not in rules:
        raise UserError(f"A pack was circulated to {audience!r}: the audiences need its rules too.")
    return rules[audience]


def _write(protected: dict[str, Tables], ledger: pd.DataFrame, out: Path, past: Path | None) -> None:
    draft = out.with_name(f".{out.name}-draft")
    shutil.rmtree(draft, ignore_errors=True)
    for audience, tables in protected.items():
        long_table.write(tables, draft / audience)
    (draft / "ledger.csv").write_text(long_table.csv_text(ledger), encoding="utf-8", newline="")
    heads = [f"{area} {history.head(past, area)}\n" for area in history.areas(past)] if past else []
    (draft / KNOWN).write_text("".join(heads), encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    draft.rename(out)


if __name__ == "__main__":
    raise SystemExit(main())
