"""What a threshold costs: the cells that each rule would withhold of a board's own quarter. Computed when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.long_table import TOTAL, dimensions, load

from .audiences import Profile, by_name, profile, profiles
from .documentation import Docs
from .protection import protect
from .table_rows import lines

if TYPE_CHECKING:
    import pandas as pd

THRESHOLDS = (3, 5, 7, 10)
RULE = ("threshold", "round_to", "zeros", "candidates")
COLUMNS = ("profile", "own", *RULE, "primary", "further", "follow", "withheld", "of", "share")


def costs(
    tables: dict[str, pd.DataFrame],
    options: Iterable[Profile] | None = None,
    memo: Path | None = None,
    *,
    documentation: Mapping | None = None,
    relations: Iterable[dict] = (),
) -> pd.DataFrame:
    """The cells each rule would withhold, one rule a row: every rule for an audience by itself, without earlier packs.

    tables : the quarter's tables before protection (working/)
    options : rules to try, as Profile objects; without them each profile of data/disclosure.yml as it is, then with
        one setting changed at a time (see `variants`)
    memo, documentation, relations : as in `protect`

    Returns a frame with the rule in `profile` (which audience's rule it is or was changed from), `own` (True: as it
    stands in data/disclosure.yml), `threshold`, `round_to`, `zeros`, `candidates`; and numbers of cells: `primary` (a
    small count, or a percentage that prints one), `further` (hidden to protect them), `follow` (averages, changes and
    other figures worked out from either), `withheld` in all, `of` how many with a figure, `share` of 1. A cell that
    stands in several tables is one cell; open tables and figures that need no protection are not counted. A run, which
    protects all audiences together and knows what was circulated, withholds a little more: its ledger says how much.
    Raises UserError for a rule that cannot be kept.
    """
    import pandas as pd

    rules = list(by_name(()).values())
    known = {"memo": memo, "documentation": documentation, "relations": list(relations)}
    rows = [_row(tables, rule, rules, known) for rule in (variants() if options is None else options)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def variants(rules: Iterable[Profile] | None = None) -> Iterator[Profile]:
    """Each profile (those given, or of data/disclosure.yml) as it is, then with one setting changed: the threshold,
    the rounding (to 5, or none), zeros always printed (or not), one candidate more. A change that cannot be kept is
    left out."""
    for p in (p for p in (profiles().values() if rules is None else rules) if p.protect):
        group = p.all_or_none == p.threshold  # the limit for all or none goes with the threshold where it equals it
        thresholds = (p.threshold, *THRESHOLDS)
        changes: list[dict] = [{"threshold": t} | ({"all_or_none": t} if group else {}) for t in thresholds]
        changes += [{"round_to": 5 if p.round_to == 1 else 1}]
        changes += [{"zeros": "may_hide" if p.zeros == "always" else "always"}, {"candidates": p.candidates + 1}]
        seen = set()
        for change in changes:
            try:
                varied = profile(replace(p, **change))
            except UserError:
                continue
            if _rule(varied) not in seen:
                seen.add(_rule(varied))
                yield varied


def _rule(p: Profile) -> tuple:
    return tuple(getattr(p, name) for name in RULE)


def _row(tables: dict, rule: Profile, board: list[Profile], known: dict) -> dict:
    alone = replace(rule, sees=())
    result = protect(tables, [alone], **known)
    docs = Docs.of(known["documentation"])
    counted, gone = set(), set()
    for name, frame in tables.items():
        hidden = (result.protected[alone.name][name]["status"] == "suppressed").tolist()
        figures = [line for line in lines(name, frame, docs) if line.status == "shown" and not line.free]
        counted |= {line.key for line in figures}
        gone |= {line.key for line in figures if hidden[line.row]}
    ledger = result.ledger.drop_duplicates(["kind", "cell"])["kind"].value_counts()
    primary, further = int(ledger.get("primary", 0)), int(ledger.get("further", 0))
    numbers = (primary, further, len(gone) - primary - further, len(gone), len(counted))
    share = len(gone) / len(counted) if counted else float("nan")
    return dict(zip(COLUMNS, (rule.name, rule in board, *_rule(rule), *numbers, share), strict=True))


def written(costed: pd.DataFrame) -> str:
    """The table of `costs` in Markdown, aligned to be read in a terminal; a board's own rules are marked."""
    heads = ["audience", "small", "nearest", "zeros", "values", "primary", "further", "follow", "in all", "share"]
    body = [heads, ["---"] * 4 + ["--:"] * 6]
    for row in costed.to_dict("records"):
        name = row["profile"] + (", as it is" if row["own"] else "")
        rule = [f"1-{row['threshold']}", str(row["round_to"]), row["zeros"].replace("_", " "), str(row["candidates"])]
        numbers = [f"{row[each]:,}" for each in ("primary", "further", "follow", "withheld")]
        body.append([name, *rule, *numbers, f"{row['share']:.1%}"])
    return aligned(body)


def aligned(body: list[list[str]]) -> str:
    """Lines of a table in Markdown, headings and rule first, as wide as their columns."""
    widths = [max(map(len, column)) for column in zip(*body, strict=True)]
    return "\n".join("| " + " | ".join(t.ljust(w) for t, w in zip(line, widths, strict=True)) + " |" for line in body)


def of_folder(
    working: Path, documentation: Mapping | None = None, sums_of: Callable[[list[dict]], list[dict]] | None = None
) -> str:
    """What each rule would withhold of the tables in a folder, as text; what was solved is kept. Then the totals that
    the run itself withheld, of all audiences together and beside what was circulated, where its tables lie beside.

    sums_of : the sums that packs of tables have beyond those of the documentation, as the run is told them
    """
    about = (documentation or {}).get("tables", {})  # no audience gets a table of single cases, whatever its rules
    paths = [path for path in sorted(working.glob("*.csv")) if not about.get(path.stem, {}).get("panel_only")]
    tables = {path.stem: load(path) for path in paths}
    sums = sums_of([tables]) if sums_of else []
    costed = costs(tables, memo=working / "solved", documentation=documentation, relations=sums)
    lines = [f"Of {costed['of'].max():,} figures made from returns, each audience by itself:", written(costed)]
    for folder in sorted(f for f in (working.parent / "protected").glob("[!.]*") if f.is_dir()):
        lost = totals_withheld({path.stem: load(path) for path in sorted(folder.glob("*.csv"))})
        lines.append(f"Totals that this run withholds from {folder.name}: {'; '.join(lost) or 'none'}.")
    return "\n".join(lines)


def totals_withheld(tables: dict[str, pd.DataFrame]) -> list[str]:
    """The withheld counts that are the whole of an area, a period and a window, what pages begin with: the measure, and
    its period or how many of them."""
    lost: dict[str, set[str]] = {}
    for frame in tables.values():
        if not {"status", "reason", "measure"} <= set(frame):
            continue
        wide = [d for d in dimensions(frame) if d not in ("measure", "area", "period", "window")]
        gone = frame[(frame["status"] == "suppressed") & (frame[wide] == TOTAL).all(axis=1)]
        for row in gone[gone["reason"].str.contains("between 1 and", regex=False)].to_dict("records"):
            when = " over ".join(str(row[d]) for d in ("period", "window") if isinstance(row.get(d), str))
            lost.setdefault(row["measure"], set()).add(when)
    return [
        f"{name} {min(some)}" if len(some) == 1 else f"{name} of {len(some)} periods"
        for name, some in sorted(lost.items())
    ]
