"""The sweep: the invented quarter of every authority there was, in many quarters, with variants; and what failed.

    python tests/end_to_end/sweep.py                              # every authority, six periods, tables
    python tests/end_to_end/sweep.py --stage pages --areas E06000066,E08000038 --periods 2024-25-Q4
    python tests/end_to_end/sweep.py --variants all --areas 10    # ten authorities, chosen by a seed
    python tests/end_to_end/sweep.py --together 50                # tables of so many authorities of a period in one pass

A stage has those before it in it: `tables` are built, `protection` hides and attacks, `pages` makes every page and
pack. Official files are those of LSCB_OPEN_DATA. Every case answered stands in a line of the results file, so that a
sweep that was stopped goes on where it was; `--again` forgets them. Exit 0 if nothing failed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import shutil
import sys
import tempfile
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

PERIODS = ("2016-17-Q4", "2017-18-Q4", "2020-21-Q2", "2023-24-Q1", "2024-25-Q4", "2025-26-Q3")
STAGES = ("tables", "protection", "pages")
RESULTS = Path("outputs") / "sweep" / "results.jsonl"
SEED = 20180331
OLD = "returns of the year before"  # the variant in which nothing came of the year: no headline may say 0
HEADLINES = {"hrda_by_period": "hrda_referrals", "child_deaths_by_year": "cdop_deaths_notified",
             "section_11_answers": "section_11_agencies"}  # fmt: skip
BARE = "no official files"  # the variant in which a run has none beside what is committed


# --- variants: what may be the matter with a quarter's returns --------------------------------------------------------


def variants() -> dict:
    """Changes of the returns in a folder, by name; each takes {return: rows} and a stream of chance."""
    from returncheck import dictionary

    names = sorted(name for name, one in dictionary.load().items() if not one.derives)
    every = {"as drawn": lambda rows, chance: rows, BARE: lambda rows, chance: rows}
    for name in names:
        every[f"{name} missing"] = lambda rows, chance, n=name: {k: v for k, v in rows.items() if k != n}
        every[f"{name} of one row"] = lambda rows, chance, n=name: rows | {n: rows[n][:1]}
        every[f"{name} nil"] = lambda rows, chance, n=name: rows | {n: []}
        every[f"{name} with a blank column"] = lambda rows, chance, n=name: rows | {n: _blank(rows[n], n, chance)}
        every[f"{name} with blank cells"] = lambda rows, chance, n=name: rows | {n: _sparse(rows[n], n, chance)}
    every["no returns but headings"] = lambda rows, chance: {name: [] for name in rows}
    every[OLD] = lambda rows, chance: _older(rows)
    every["one death"] = lambda rows, chance: rows | {"child_deaths": rows["child_deaths"][-1:]}
    every["all repeats"] = lambda rows, chance: rows | {"hrda_referrals": _pairs(rows["hrda_referrals"], same=True)}
    every["no repeats"] = lambda rows, chance: rows | {"hrda_referrals": _pairs(rows["hrda_referrals"], same=False)}
    return every


def _blank(rows: list[dict], name: str, chance: random.Random) -> list[dict]:
    from returncheck import dictionary

    optional = sorted(f for f, one in dictionary.load()[name].fields.items() if not one.required)
    field = chance.choice(optional) if optional else None
    return [row | {field: ""} if field in row else row for row in rows]


def _sparse(rows: list[dict], name: str, chance: random.Random) -> list[dict]:
    """Rows of which every field that may be blank is, one time in ten."""
    from returncheck import dictionary

    optional = {field for field, one in dictionary.load()[name].fields.items() if not one.required}
    return [{f: "" if f in optional and chance.random() < 0.1 else v for f, v in row.items()} for row in rows]


def _older(rows: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Every return without the rows of its last twelve months."""
    from returncheck import dictionary

    kept = {}
    for name, listed in rows.items():
        days = sorted({row[dictionary.load()[name].dated_by] for row in listed})
        last = days[-1] if days else ""
        cut = f"{int(last[:4]) - 1}{last[4:]}" if last[4:5] == "-" and "Q" not in last else last and days[-4:][0]
        by = dictionary.load()[name].dated_by
        kept[name] = [row for row in listed if row[by] < cut]
    return kept


def _pairs(rows: list[dict], same: bool) -> list[dict]:
    return [
        row | {"victim_id": "V1" if same else f"V{n}", "perpetrator_id": "P1" if same else f"P{n}"}
        for n, row in enumerate(rows)
    ]


def altered(folder: Path, variant: str) -> None:
    """Changes the returns of a folder as a variant says."""
    heads, rows = {}, {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows[path.stem], heads[path.stem] = list(reader), reader.fieldnames
    changed = variants()[variant](rows, random.Random(f"{SEED} {folder.name} {variant}"))
    for name, head in heads.items():
        path = folder / f"{name}.csv"
        if name not in changed:
            path.unlink()
            continue
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, head, lineterminator="\n")
            writer.writeheader()
            writer.writerows(changed[name])


# --- one case -----------------------------------------------------------------------------------------------------------


def attempt(period: str, area: str, variant: str, stage: str, keep: str = "") -> dict:
    """One case from the drawing of its returns to its stage: what failed, as (page, pack, message)."""
    warnings.simplefilter("ignore")
    room = Path(keep or tempfile.mkdtemp(prefix="sweep-"))
    counts: dict = {}
    try:
        failed = _stage(room, (period, area, variant, stage), counts)
    except Exception as error:  # noqa: BLE001 - whatever breaks is what a sweep looks for
        failed = [("", "", "".join(traceback.format_exception(error)[-3:]))]
    finally:
        if not keep:
            shutil.rmtree(room, ignore_errors=True)
    return {"period": period, "area": area, "variant": variant, "stage": stage, "failed": failed, **counts}


def _stage(room: Path, case: tuple[str, str, str, str], counts: dict) -> list[tuple[str, str, str]]:
    """What failed at a stage; `counts` gets pages and packs as [released, asked]."""
    from board_packs import sample
    from lscb.periods import Quarter
    from openstats.store import store_of

    period, area, variant, stage = case
    quarter = Quarter.parse(period)
    official = Path(os.environ["LSCB_OPEN_DATA"]) if os.environ.get("LSCB_OPEN_DATA") else None
    open_data = official
    if variant == BARE:
        open_data = room / "open"
        open_data.mkdir(parents=True)
    folders = {code: room / "returns" / code / period for code in area.split(",")}
    for code, folder in folders.items():
        sample.write_for(folder, quarter, code, store_of(official))
        if variant not in ("as drawn", BARE):
            altered(folder, variant)
    if stage == "tables":
        return _tables(folders, quarter, store_of(open_data), variant)
    from board_packs.publish import quarter_run
    from board_packs.quarter.request import resolve

    asked = {"returns": folders[area].parent, "open_data": open_data, "out": room / "out", "jobs": 1}
    if stage == "protection":
        return _protection(resolve(period, area, notebooks=None, **asked))
    (outcome,) = quarter_run.run(resolve(period, area, **asked))
    pages, packs = outcome.manifest.get("pages", []), list(outcome.manifest.get("packs", {}).values())
    counts |= {name: [sum(one["status"] == "released" for one in every), len(every)]
               for name, every in (("pages", pages), ("packs", packs))}  # fmt: skip
    return [*map(_placed, outcome.problems), *_kept_back(room / "out" / period / area, outcome.manifest)]


def _kept_back(folder: Path, manifest: dict) -> list[tuple[str, str, str]]:
    """The packs of a run that `lscb circulate` would refuse, with the file that is the reason."""
    from board_packs.publish.circulation import differing

    released = [name for name, one in manifest.get("packs", {}).items() if one["status"] == "released"]
    named = ((pack, differing(folder, pack, manifest)) for pack in released)
    return [("", pack, f"cannot be circulated: {name} is not as it was released") for pack, name in named if name]


def _protection(request) -> list[tuple[str, str, str]]:
    """What an attack works out of each audience's tables, and what is said to add up of the true figures and does not."""
    from board_packs.publish.tables_run import tables_only
    from board_packs.quarter import disclosure_control
    from board_packs.quarter.pack_settings import guarded
    from board_packs.quarter.request import circulated

    problems = []
    for area, folder in tables_only(request):
        for audience in guarded():
            found = disclosure_control.attack(folder, audience, circulated(request.sample), area)
            problems += [f"{audience}: {reason}" for reason in found["reasons"]]
            problems += [f"{audience}: {cell}" for cell in untrue(folder / "working", folder / "protected" / audience)]
        with (folder / "ledger.csv").open(encoding="utf-8", newline="") as file:
            problems += [f"{row['cell']}: {row['rule']}" for row in csv.DictReader(file) if row["kind"] == "note"]
    return [("", "", problem) for problem in problems]


def untrue(working: Path, protected: Path) -> list[str]:
    """The withheld counts that a printed range leaves out: whoever reads it would be misled."""
    from lscb import long_table

    told = []
    for path in sorted(protected.glob("*.csv")):
        true, printed = long_table.load(working / path.name), long_table.load(path)
        keys = [*dict.fromkeys(["measure", *long_table.dimensions(true)])]
        if not {*keys} <= {*printed}:
            continue  # a table of cases, which stands for the panel alone
        both = printed.merge(true[[*keys, "count"]], on=keys, suffixes=("", " true"))
        ends = both["reason"].str.extract(r"; from (\d+) to (\d+)").astype(float)
        wrong = both[(both["count true"] < ends[0]) | (both["count true"] > ends[1])]
        told += [f"a false range in {path.stem}: {row}" for row in wrong[[*keys, "reason"]].to_dict("records")]
    return told


def _placed(line: str) -> tuple[str, str, str]:
    """A problem of a run as (page, pack, message)."""
    page = re.match(r"(\d\d_\w+ \(\w+\)) (.*)", line, re.DOTALL)
    pack = re.match(r"pack (\w+) (.*)", line, re.DOTALL)
    return (page[1], "", page[2]) if page else ("", pack[1], pack[2]) if pack else ("", "", line)


def noughts(made: dict, quarter) -> list[str]:
    """The headlines that say 0 of the quarter or its year, though nothing came of them."""
    from lscb.long_table import TOTAL, dimensions
    from lscb.periods import year_so_far

    told = []
    for name, measure in HEADLINES.items():
        rows = made[name][
            made[name]["measure"].eq(measure) & made[name]["period"].isin([str(quarter), year_so_far(quarter)])
        ]
        for label in set(dimensions(rows)) - {"area", "period", "measure", "window"}:
            rows = rows[rows[label].eq(TOTAL)]
        rows = rows[rows["window"].eq("1 year")] if "window" in rows else rows
        told += [f"the table {name} says 0 where nothing came"] * bool(
            (rows["status"].eq("shown") & rows["count"].eq(0)).any()
        )
    return told


def undone(made: dict) -> list[str]:
    """The declared sums that the true figures do not bear out: a reader who took them for true would be misled, and the
    attack, which reads as he does, would refuse the pages."""
    from board_packs.quarter.row_sums import row_sums
    from board_packs.tables import documentation
    from cellguard.documentation import Docs
    from cellguard.model_building import build_model

    docs = Docs.of(documentation())
    notes = build_model(made, docs, [], [*docs.relations, *row_sums([made])]).notes
    return [f"{measure} {dict(labels)}: {note}" for (measure, labels), note in notes]


def summarised(made: dict, quarter, area: str) -> list[str]:
    """What breaks where a pack's first page looks through all tables together."""
    from board_packs.pages.book import Book
    from board_packs.pages.findings import findings
    from lscb import long_table

    with tempfile.TemporaryDirectory() as folder:
        long_table.write(made, Path(folder))
        try:
            findings(Book(Path(folder), quarter, area, "restricted", sample=False), made)
        except Exception as error:  # noqa: BLE001 - whatever breaks is what a sweep looks for
            return [f"the summary: {''.join(traceback.format_exception(error)[-2:])}"]
    return []


def _tables(folders: dict[str, Path], quarter, store, variant: str) -> list[tuple[str, str, str]]:
    """What is wrong with the tables of one authority, or of several in one pass."""
    import pandas as pd

    import returncheck
    from board_packs.tables import Inputs, build

    problems, parts, quality, gaps = [], {}, [], []
    for area, folder in folders.items():
        received = returncheck.read(folder, quarter, area)
        quality.append(received.quality.assign(area=area))
        gaps.append(received.gaps.assign(area=area))
        for name, frame in received.frames.items():
            parts.setdefault(name, []).append(frame.assign(area=area))
        refused = received.quality.loc[received.quality["refused"] > 0, ["file", "refused"]]
        problems += [f"{area}: {n} rows of {file} were refused" for file, n in refused.itertuples(index=False)]
    rows = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
    inputs = Inputs(quarter, tuple(folders), rows, pd.concat(quality), store, gaps=pd.concat(gaps, ignore_index=True))
    made = build(inputs, problems=problems)
    if variant == OLD:
        problems += noughts(made, quarter)
    if len(folders) == 1:
        problems += [*undone(made), *summarised(made, quarter, area)]
    for name, frame in made.items():
        silent = frame[frame["status"].ne("shown") & frame["reason"].eq("")]
        lacking = sorted(set(folders) - set(frame["area"]))
        if len(silent) or lacking:
            problems.append(f"the table {name}: {len(silent)} rows with neither figure nor reason, no row of {lacking}")
    return [("", "", problem) for problem in problems]


# --- all of them -------------------------------------------------------------------------------------------------------


def cases(periods: list[str], areas: str, kinds: str, stage: str, together: int = 1) -> list[tuple]:
    """(period, area, variant, stage) for every authority of each period, or some, with one variant or all; `together`
    authorities a case, their codes with commas between them (of 60 at once they take 1 GB)."""
    from lscb.periods import Quarter
    from openstats.authority_codes import upper_tier

    chosen = ["as drawn"] if kinds == "none" else list(variants()) if kinds == "all" else kinds.split(",")
    listed = []
    for period in periods:
        there = upper_tier(Quarter.parse(period).last_day)
        if areas.isdigit():
            there = sorted(random.Random(f"{SEED} {period}").sample(there, int(areas)))
        elif areas != "all":
            there = [area for area in areas.split(",") if area in there]
        there = [",".join(there[n : n + together]) for n in range(0, len(there), together)]
        listed += [(period, area, variant, stage) for area in there for variant in chosen]
    return listed


def sweep(listed: list[tuple], results: Path, jobs: int) -> list[dict]:
    """Every case that has no answer yet, in a pool of processes and in an order of chance, so that what was answered when
    it is stopped is a sample of all; answers are added to `results` as they come."""
    answers = [json.loads(line) for line in results.read_text().splitlines()] if results.is_file() else []
    answered = {(a["period"], a["area"], a["variant"], a["stage"]) for a in answers}
    todo = [case for case in listed if case not in answered]
    random.Random(SEED).shuffle(todo)
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8") as file, ProcessPoolExecutor(jobs) as pool:
        for n, done in enumerate(as_completed([pool.submit(attempt, *case) for case in todo]), start=1):
            answers.append(done.result())
            file.write(json.dumps(answers[-1]) + "\n")
            file.flush()
            if sys.stderr.isatty():
                print(f"\r{n} of {len(todo)}", end="", file=sys.stderr)
    return [a for a in answers if (a["period"], a["area"], a["variant"], a["stage"]) in set(listed)]


def report(answers: list[dict]) -> str:
    """A table of what failed: period, authority, variant, page, pack, message; and how many did not."""
    lines = ["period | area | variant | page | pack | message", "--- | --- | --- | --- | --- | ---"]
    for a in sorted(answers, key=lambda a: (a["period"], a["area"], a["variant"])):
        for page, pack, message in a["failed"]:
            text = " / ".join(message.strip().splitlines()).replace("|", "/")
            lines.append(" | ".join((a["period"], a["area"][:9], a["variant"], page, pack, text)))
    failed = sum(bool(a["failed"]) for a in answers)
    counted = [f"{n:,} of {of:,} {name} released" for name in ("pages", "packs")
               if (of := sum(a.get(name, [0, 0])[1] for a in answers))
               for n in [sum(a.get(name, [0, 0])[0] for a in answers)]]  # fmt: skip
    return "\n".join(
        [*(lines if failed else []), "; ".join([f"{len(answers)} cases, {failed} failed", *counted]) + "."]
    )


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--periods", default=",".join(PERIODS))
    asked.add_argument("--areas", default="all", help="all, codes with commas between them, or how many to draw")
    asked.add_argument("--variants", default="none", help="none, all, or names with commas between them")
    asked.add_argument("--stage", default="tables", choices=STAGES)
    asked.add_argument("--together", type=int, default=1, help="the tables of so many authorities in one pass")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--results", type=Path, default=RESULTS)
    asked.add_argument("--again", action="store_true", help="forget the answers of before")
    given = asked.parse_args()
    if given.variants not in ("none", "all") and (unknown := set(given.variants.split(",")) - set(variants())):
        asked.error(f"--variants: there is no {', '.join(sorted(unknown))}; there are {', '.join(variants())}")
    if given.again:
        given.results.unlink(missing_ok=True)
    listed = cases(given.periods.split(","), given.areas, given.variants, given.stage, given.together)
    answers = sweep(listed, given.results, given.jobs)
    print(report(answers))
    return int(any(a["failed"] for a in answers))


if __name__ == "__main__":
    sys.exit(main())
