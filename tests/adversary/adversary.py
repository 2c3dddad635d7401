"""An attack from outside: `PYTHONPATH=lib:tests/cellguard python tests/adversary/adversary.py [kind] [count] [first seed]`. The
tests run a small number; 300 of minimum, 200 of unhide, 110 of histories and 240 of revised are what a release is measured by.

Kinds: single, linked, percentages, histories (protect invented tables and try to work out what is withheld), minimum
(the loss is the true minimum, by trying every pattern), unhide (un-hiding one further cell is caught by `attack`),
revised (withheld figures of the past are others in a later pack, and nothing says so).
One line per kind: how many sets, of which broken; and how many of those that hide small counts alone, or protect one
table at a time, would be. The attacker is written here and shares no code with `protect` nor with `attack`: it knows
the rules and every sum, and asks integer programmes for three different numbers of every cell that must not be found.
"""

import itertools
import re
import sys
import time
from collections import defaultdict

import numpy as np
import pandas as pd
from adversary_sets import KINDS, NAMES, QUARTERS, Release, people, table
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import cellguard as disclosure

TOP = {"partnership": 5, "public": 7}
AUDIENCES = (("partnership",), ("public",), ("partnership", "public"))
FIGURES = ("value", "count", "of", "status", "reason", "unit", "measure")
MOST = 20_000  # people; residents of a rate are below it


class Leak(Exception):
    """Something printed that needs no working out."""


class Reader:
    """Numbers with the least and most that they can be, and the sums between them."""

    def __init__(self):
        self.at, self.low, self.high, self.rows = {}, [], [], {}
        self.withheld = set()

    def number(self, key) -> int:
        if key not in self.at:
            self.at[key] = len(self.low)
            self.low.append(0.0)
            self.high.append(float(MOST))
        return self.at[key]

    def know(self, key, low, high) -> None:
        i = self.number(key)
        self.low[i], self.high[i] = max(self.low[i], low), min(self.high[i], high)
        if self.low[i] > self.high[i]:
            raise Leak(f"{key} is printed twice, differently")

    def tie(self, terms: dict, low=0.0, high=0.0) -> None:
        named = {}
        for key, sign in terms.items():
            named[self.number(key)] = named.get(self.number(key), 0) + sign
        self.rows[tuple(sorted(named.items())), low, high] = None

    def settle(self) -> None:
        """Groups of numbers that are tied together and not known."""
        low, high = np.array(self.low), np.array(self.high)
        leader = list(range(len(low)))

        def lead(i):
            while leader[i] != i:
                i = leader[i]
            return i

        rows = []
        for terms, least, most in self.rows:
            fixed = sum(c * low[i] for i, c in terms if low[i] == high[i])
            loose = [(i, c) for i, c in terms if low[i] < high[i]]
            if loose:
                rows.append((loose, least - fixed, most - fixed))
            elif not least - 1e-6 <= fixed <= most + 1e-6:
                raise Leak(f"figures contradict each other: {[k for k, i in self.at.items() if i in dict(terms)]}")
            for i, _ in loose[1:]:
                leader[lead(i)] = lead(loose[0][0])
        groups = defaultdict(lambda: ([], []))
        for i in np.flatnonzero(low < high):
            groups[lead(i)][0].append(i)
        for row in rows:
            groups[lead(row[0][0][0])][1].append(row)
        self.groups = {i: (members, ties) for members, ties in groups.values() for i in members}
        self.solved, self.programmes = {}, {}

    def _programme(self, i):
        members, ties = self.groups[i]
        if members[0] not in self.programmes:
            place = {n: p for p, n in enumerate(members)}
            entries = [(r, place[n], c) for r, (terms, _, _) in enumerate(ties) for n, c in terms]
            r, p, c = (np.array(e) for e in zip(*entries, strict=True))
            rows = LinearConstraint(
                csr_array((c.astype(float), (r, p)), shape=(len(ties), len(members))),
                [low for _, low, _ in ties],
                [high for _, _, high in ties],
            )
            ends = np.array([(self.low[n], self.high[n]) for n in members]).T
            self.programmes[members[0]] = place, rows, ends
            self.solved[members[0]] = []
        return *self.programmes[members[0]], self.solved[members[0]]

    def of_one_small(self, key, top: int) -> set[int]:
        """Candidates in tables of which the reason is true: a withheld cell of those that hang together is 1 to `top`."""
        values, i = self.candidates(key, inside=(1, top)), self.number(key)
        members, ties = self.groups.get(i, ((), ()))
        if not ties:
            return values
        place, rows, (low, high), solved = self._programme(i)
        for other in [place[m] for m in members if m in self.withheld and m != i]:
            ends = low.copy(), high.copy()
            ends[0][other], ends[1][other] = max(low[other], 1), min(high[other], top)
            if len(values) < 3 and ends[0][other] <= ends[1][other]:
                self.programmes[members[0]], self.solved[members[0]] = (place, rows, ends), []
                values |= self.candidates(key)
        self.programmes[members[0]], self.solved[members[0]] = (place, rows, (low, high)), solved
        return values

    def candidates(self, key, enough=3, inside=(0, MOST)) -> set[int]:
        """Different whole numbers from here to there that a cell can be, at most `enough`."""
        i = self.number(key)
        if i not in self.groups:
            return {int(self.low[i])}
        if not self.groups[i][1]:
            begin = max(self.low[i], inside[0])
            return set(range(int(begin), int(min(self.high[i], inside[1], begin + enough - 1)) + 1))
        place, rows, (low, high), solved = self._programme(i)
        at = place[i]

        def ask(sign, least, most):
            cost, below, above = np.zeros(len(low)), low.copy(), high.copy()
            cost[at], below[at], above[at] = sign, max(least, low[at], inside[0]), min(most, high[at], inside[1])
            if below[at] > above[at]:
                return None
            found = milp(cost, integrality=np.ones(len(low)), bounds=Bounds(below, above), constraints=rows)
            if found.status not in (0, 2, 4):
                raise RuntimeError(f"the attacker's programme stopped: {found.message}")
            if found.x is None:
                return None
            solved.append(np.round(found.x).astype(int))
            return int(solved[-1][at])

        found = {int(s[at]) for s in solved if inside[0] <= s[at] <= inside[1]}
        if len(found) < enough:
            ends = [ask(1.0, low[at], high[at]), ask(-1.0, low[at], high[at])]
            if ends[0] is None:
                return set()
            found = {int(s[at]) for s in solved if inside[0] <= s[at] <= inside[1]}
            for value in range(ends[0] + 1, ends[1]):
                if len(found) >= enough:
                    break
                if value not in found and ask(0.0, value, value) is not None:
                    found.add(value)
        return found


# -- reading what was released --


def cell(row: dict, measure: str, issue: dict, figure: str = "count"):
    labels = {d: v for d, v in row.items() if d not in FIGURES and isinstance(v, str) and v != "Total"}
    return measure, frozenset(labels.items()), figure, issue.get(row["period"], 0)


def of_share(release: Release, row: dict, issue: dict):
    """The two numbers of a share; None for a plain count."""
    measure = row["measure"]
    if measure not in release.printed:
        return None
    above, below = release.shares.get(measure, (None, None))
    top = cell(row, above, issue) if above else cell(row, measure, issue)
    return top, cell(row, below, issue) if below else cell(row, measure, issue, "of")


def figures(release: Release):
    """Every number as counted, with its true value."""
    true = {}
    for pack, issue in zip(release.packs, release.issue or [{}] * len(release.packs), strict=True):
        for frame in pack.values():
            for row in frame.to_dict("records"):
                keys = of_share(release, row, issue) or (cell(row, row["measure"], issue),)
                for key, name in zip(keys, ("count", "of"), strict=False):
                    if row.get(name) == row.get(name) and row.get(name) is not None:
                        true[key] = int(row[name])
    return true


def read(reader: Reader, release: Release, pack: dict, issue: dict, public: bool) -> None:
    for frame in pack.values():
        for row in frame.to_dict("records"):
            row = {k: (None if v != v else v) for k, v in row.items()}
            share = of_share(release, row, issue)
            open_ = release.measures.get(row["measure"], {}).get("protect") == "none"
            keys = share or (cell(row, row["measure"], issue),)
            for key in keys:
                reader.number(key)
            if row.get("status") == "suppressed":
                if any(row.get(f) is not None for f in ("value", "count", "of")):
                    raise Leak(f"a figure beside the mark of a withheld one: {row}")
                reader.withheld |= {reader.number(key) for key in keys}
                continue
            for key, printed in zip(keys, (row.get("count"), row.get("of")), strict=False):
                if printed is not None:
                    reader.know(key, *window(printed, public and not open_))
            if share and row.get("value") is not None:
                ratio(reader, release, row, share, public)
            if share and release.measures.get(row["measure"], {}).get("kind") != "rate":
                reader.tie({share[1]: 1, share[0]: -1, ("rest", share): -1})


def window(printed, rounded: bool):
    if not rounded or printed == 0:
        return printed, printed
    if printed % 5:
        raise Leak(f"{printed} is not rounded")
    return max(printed - 2, TOP["public"] + 1), printed + 2


def ratio(reader: Reader, release: Release, row: dict, share, public: bool) -> None:
    """A printed share holds its two numbers together; for the public, the two rounded ones."""
    scale, decimals = release.printed[row["measure"]]
    top, below = share
    reader.know(below, 1, MOST)
    if public:
        rounded = []
        for key in share:
            if release.measures.get(key[0], {}).get("protect") == "none":
                rounded.append(key)
                continue
            fives = ("fives", key)
            reader.tie({key: 1, fives: -5}, -2, 2)
            rounded.append(fives)
            if row["value"] > 0 or key is below:
                reader.know(key, TOP["public"] + 1, MOST)
        if row["value"] == 0:
            reader.know(top, 0, 0)
        if row.get("count") is not None and row.get("of") is not None:
            near = row["count"] / row["of"] * scale
            if not np.isclose(row["value"], near, rtol=1e-9) and not np.isclose(
                row["value"], round(near, decimals or 9)
            ):
                raise Leak(f"a share of unrounded counts beside rounded ones: {row}")
            return
        share, decimals = rounded, None  # computed again from them, unrounded
        scale *= {(True, False): 5.0, (False, True): 0.2}.get(tuple(k[0] == "fives" for k in rounded), 1.0)
    half = 0.5 * 10.0**-decimals + 1e-9 if decimals is not None else 1e-9 * row["value"]
    value, half = row["value"] / scale, half / scale
    reader.tie({share[0]: 1, share[1]: -(value + half)}, -np.inf, 1e-7)
    reader.tie({share[0]: 1, share[1]: -(value - half)}, -1e-7, np.inf)


def structure(reader: Reader, release: Release) -> None:
    """Parts and totals, quarters and years, rolling windows, and what is declared."""
    numbers = [k for k in reader.at if len(k) == 4]
    adds = {k[0] for k in numbers if release.measures.get(k[0], {}).get("adds_over") != "none"}
    numbers = [k for k in numbers if k[0] in adds]
    labels = defaultdict(set)
    for measure, pairs, _, _ in numbers:
        for dimension, label in pairs:
            labels[measure, dimension].add(label)
    for (measure, dimension), some in labels.items():
        if dimension in ("area", "period", "window"):
            continue
        for key in [k for k in numbers if k[0] == measure and dimension not in dict(k[1])]:
            parts = [(measure, key[1] | {(dimension, label)}, *key[2:]) for label in sorted(some)]
            if any(p in reader.at for p in parts):
                rest = {("rest", key, dimension): -1} if len(parts) == 1 else {}
                reader.tie({key: 1, **dict.fromkeys(parts, -1), **rest})
    for key in numbers:
        said = dict(key[1])
        match = re.fullmatch(r"(\d{4}-\d{2})(?: to Q([23]))?", said["period"])
        others = key[1] - {("period", said["period"])}
        if "window" in said and not said["window"].startswith("1 "):
            last, length = int(said["period"][:4]), int(said["window"].split()[0])
            others = (others - {("window", said["window"])}) | {("window", "1 year")}
            years = [f"{y}-{(y + 1) % 100:02d}" for y in range(last - length + 1, last + 1)]
            reader.tie({key: 1, **{(key[0], others | {("period", y)}, *key[2:]): -1 for y in years}})
        elif match and "window" not in said:
            quarters = [f"{match[1]}-Q{n}" for n in range(1, int(match[2] or 4) + 1)]
            parts = [(key[0], others | {("period", q)}, key[2], at_issue(release, key, q)) for q in quarters]
            reader.tie({key: 1, **dict.fromkeys(parts, -1)})
    for said in release.relations:
        for key in [k for k in numbers if k[0] == said["total"]]:
            parts = [(part, *key[1:]) for part in said["parts"]]
            if all(p in reader.at for p in parts):
                reader.tie({key: 1, **dict.fromkeys(parts, -1)})


def at_issue(release: Release, total, quarter: str) -> int:
    """The issue of a quarter's figures when a total was printed of which it is a part."""
    period = dict(total[1])["period"]
    for issue in release.issue:
        if issue.get(period, 0) == total[3]:
            return issue.get(quarter, 0)
    return 0


def broken(release: Release, released: dict[str, list], audience: str, told=False, unseen=False) -> str:
    """What a reader of `released` finds of one audience's small cells, in words; empty where the promise holds.

    told : the reader knows besides which figures a re-issue changed, and that all others are as they were
    unseen : some were revised and nothing says so: he is sure of nothing where that contradicts what is printed
    """
    reader, true = Reader(), figures(release)
    try:
        for name, packs in released.items():
            for pack, issue in zip(packs, release.issue or [{}] * len(packs), strict=True):
                read(reader, release, pack, issue, name == "public")
        structure(reader, release)
        for key in [k for k in reader.at if told and len(k) == 4 and k[3]]:
            for before in range(key[3]):
                earlier = (*key[:3], before)
                if earlier in reader.at and true.get(earlier) == true.get(key):
                    reader.tie({key: 1, earlier: -1})
        for key, value in implied(reader, {} if unseen else true).items():
            if value < 0:
                raise RuntimeError(f"the attacker's sums are wrong: {key} would be {value}")
            true[key] = value
        reader.settle()
        small = {k for k, v in true.items() if 1 <= v <= TOP[audience] and k in reader.at}
        for key in [k for k in reader.at if k[0] == "rest" and len(k) == 2]:
            top, below = key[1]
            small |= {top} if 1 <= true.get(below, 0) <= TOP[audience] and true[top] in (0, true[below]) else set()
        for key in sorted(small, key=str):
            if release.measures.get(key[0], {}).get("protect") == "none":
                continue
            # Every reader knows the reason: of what is withheld together one is small, in another audience's tables as well.
            reason = audience == "partnership" and len(released) > 1 and 1 <= true[key] <= TOP[audience]
            few = reader.candidates(key, inside=(1, TOP[audience]) if reason else (0, MOST))
            if len(few) >= 3 and len(released) == len(release.packs) == 1:
                few = reader.of_one_small(key, TOP[audience])
            if len(few) < 3 and not (unseen and few.isdisjoint(range(1, TOP[audience] + 1))):
                return f"{key} is {true[key]}, found {sorted(few)}"
    except Leak as leak:
        return "" if unseen else str(leak)
    return ""


def implied(reader: Reader, true: dict) -> dict:
    """Numbers that no table prints and one subtraction gives: complements, and quarters between two totals."""
    found, names = {}, {i: key for key, i in reader.at.items()}
    sums = [[(names[i], c) for i, c in terms] for terms, low, high in reader.rows if low == high == 0]
    while True:
        new = {}
        for terms in sums:
            unknown = [(k, c) for k, c in terms if k not in true and k not in found]
            if len(unknown) == 1:
                (key, sign), known = unknown[0], [(k, c) for k, c in terms if k != unknown[0][0]]
                new[key] = round(-sum(c * true.get(k, found.get(k)) for k, c in known) / sign)
        if not new:
            return found
        found |= new


# -- protections: the one that is tested, and two that are usual --


def together(release: Release, audiences) -> dict[str, list]:
    history, released = [], defaultdict(list)
    for pack in release.packs:
        made = disclosure.protect(pack, audiences, history=history, **release.declared).protected
        for audience in audiences:
            released[audience].append(made[audience])
            history.append((audience, made[audience]))
    return released


def one_at_a_time(release: Release, audiences) -> dict[str, list]:
    released = {}
    for a in audiences:
        alone = [
            {
                n: disclosure.protect({n: t}, a, documentation=release.declared["documentation"]).protected[a][n]
                for n, t in pack.items()
            }
            for pack in release.packs
        ]
        released[a] = alone
    return released


def small_counts_alone(release: Release, audiences) -> dict[str, list]:
    """Every row that has a small count is withheld, and nothing else."""
    released, true = {}, figures(release)
    for audience in audiences:
        released[audience] = []
        for pack, issue in zip(release.packs, release.issue or [{}] * len(release.packs), strict=True):
            frames = {
                n: pd.DataFrame([_alone(release, r, issue, audience, true) for r in t.to_dict("records")])
                for n, t in pack.items()
            }
            released[audience].append(frames)
    return released


def _alone(release: Release, row: dict, issue: dict, audience: str, true: dict) -> dict:
    keys = of_share(release, row, issue) or (cell(row, row["measure"], issue),)
    values = [true.get(k, 0) for k in keys]
    open_ = [release.measures.get(k[0], {}).get("protect") == "none" for k in keys]
    blank = dict.fromkeys([f for f in ("value", "count", "of") if f in row], float("nan"))
    if any(1 <= v <= TOP[audience] and not free for v, free in zip(values, open_, strict=True)):
        return {**row, **blank, "status": "suppressed"}
    if audience == "public" and not all(open_):
        near = [v if free else 5 * ((v + 2) // 5) for v, free in zip(values, open_, strict=True)]
        row = row | {f: n for f, n in zip(("count", "of"), near, strict=False) if f in row}
        if "value" in row:
            row["value"] = near[0] / near[1] * release.printed[row["measure"]][0] if near[1] else float("nan")
    return {**row, "status": "shown"}


# -- the measurements --


def readers(audiences) -> list[tuple[str, tuple]]:
    """Each audience, with what its reader has."""
    return [(a, audiences if a == "partnership" else (a,)) for a in audiences]


def found(release: Release, protection, audiences, told: bool = False) -> str:
    released = protection(release, audiences)
    for audience, sees in readers(audiences):
        if said := broken(release, {a: released[a] for a in sees}, audience, told):
            return f"{'+'.join(sees)}: {said}"
    return ""


def measure(kind: str, count: int, first: int = 0) -> dict:
    """How many of `count` releases are broken: by the protection that is tested (any audiences), and by the usual."""
    tally, begun = defaultdict(int), time.process_time()
    for seed in range(first, first + count):
        release = KINDS[kind](np.random.default_rng([list(KINDS).index(kind), seed]))
        ours = [f for audiences in AUDIENCES if (f := found(release, together, audiences))]
        tally["broken"] += bool(ours)
        for said in ours[:1]:
            print(f"  BROKEN {kind} {seed}: {said}", flush=True)
        for protection in (small_counts_alone, one_at_a_time):
            tally[protection.__name__] += any(found(release, protection, audiences) for audiences in AUDIENCES)
    print(
        f"{kind}: {count} sets from seed {first}, each audience alone and both together: {tally['broken']} broken"
        f" (small counts alone {tally['small_counts_alone']}, one table at a time {tally['one_at_a_time']});"
        f" {time.process_time() - begun:.0f} s of processor time",
        flush=True,
    )
    return tally


def minimum(count: int, first: int = 0) -> int:
    """How many of `count` small tables are protected with another loss than the least of every pattern tried."""
    wrong = 0
    for seed in range(first, first + count):
        rng = np.random.default_rng([7, seed])
        base = people(rng, [(3,), (4,), (2, 2), (5,), (2, 3)][seed % 5])
        release, audiences = Release([{"referrals": table(base, tuple(range(base.ndim)))}]), AUDIENCES[seed // 5 % 3]
        if audiences == AUDIENCES[2] and base.size > 4:
            audiences = AUDIENCES[seed // 15 % 2]
        frame = release.packs[0]["referrals"]
        made = together(release, audiences)
        hidden = {(a, i) for a in audiences for i in np.flatnonzero(made[a][0]["referrals"]["status"] == "suppressed")}
        small = {(a, i) for a in audiences for i, n in enumerate(frame["count"]) if 1 <= n <= TOP[a]}
        got = loss(frame, hidden - small, audiences)
        least = least_loss(release, audiences, small)
        if got != least or not small <= hidden:
            wrong += 1
            print(
                f"  NOT LEAST minimum {seed} {audiences}: {got}, least {least}: {frame['count'].tolist()}", flush=True
            )
    print(f"minimum: {count} tables from seed {first}: {wrong} with another loss than the least", flush=True)
    return wrong


def loss(frame: pd.DataFrame, cells, audiences) -> tuple[int, float]:
    """Cells, and the size of partnership's as public prints them (4 for what it withholds): ties must not tell more."""
    near = {i: 5 * ((n + 2) // 5) if n == 0 or n > TOP["public"] else 4.0 for i, n in enumerate(frame["count"])}
    return len(cells), sum(near[i] for a, i in cells if len(audiences) == 2 and a == "partnership")


def least_loss(release: Release, audiences, small: set) -> tuple[int, float]:
    """Fewest further cells, then least size, of every pattern with which no reader finds a small cell."""
    frame = release.packs[0]["referrals"]
    free = [(a, i) for a in audiences for i in range(len(frame)) if (a, i) not in small]
    rounded = 5 * ((frame["count"] + 2) // 5)
    seen = {}

    def safe(hidden) -> bool:
        released = {}
        for a in audiences:
            gone = frozenset(i for name, i in hidden if name == a)
            shown = frame["count"] if a == "partnership" else rounded
            mask = frame.index.isin(gone)
            said = np.where(mask, "suppressed", "shown")
            released[a] = [{"referrals": frame.assign(count=shown.mask(mask), status=said)}]
        for audience, sees in readers(audiences):
            key = audience, frozenset(c for c in hidden if c[0] in sees)
            if key not in seen:
                seen[key] = not broken(release, {a: released[a] for a in sees}, audience)
            if not seen[key]:
                return False
        return True

    for number in range(len(free) + 1):
        for more in sorted(itertools.combinations(free, number), key=lambda cells: loss(frame, cells, audiences)):
            if safe(small | set(more)):
                return loss(frame, more, audiences)
    raise RuntimeError("not even hiding everything is safe")


def unhide(count: int, first: int = 0) -> dict:
    """Each further cell of `count` minimal patterns shown again, alone: how many of them `attack` lets pass."""
    tally, seed = defaultdict(int), first
    while tally["sets"] < count:
        kind, (audience,) = ("single", "linked", "percentages")[seed % 3], AUDIENCES[seed // 3 % 2]
        release = KINDS[kind](np.random.default_rng([9, seed]))
        seed += 1
        if sum(map(len, release.packs[0].values())) > 60:
            continue
        made, ledger = disclosure.protect(release.packs[0], audience, **release.declared)
        further = sorted(set(ledger["cell"][ledger["kind"] == "further"]))
        if not further or (ledger["gap"].astype(float) > 0).any() or (ledger["kind"] == "short").any():
            continue
        tally["sets"] += 1

        def caught(tables, audience=audience, ledger=ledger, release=release) -> bool:
            said = disclosure.attack({audience: tables}, profile=audience, full=False, **release.declared)
            return not disclosure.breaches(said, ledger, audience).empty

        if caught(made[audience]):
            tally["false"] += 1
            print(f"  FALSE ALARM unhide {seed - 1} {kind} {audience}", flush=True)
        for name in further:
            tally["cells"] += 1
            if not caught(shown_again(release, made[audience], name, audience)):
                tally["missed"] += 1
                print(f"  MISSED unhide {seed - 1} {kind} {audience}: {name}", flush=True)
    print(
        f"unhide: {tally['sets']} minimal patterns from seed {first}, {tally['cells']} further cells shown again:"
        f" {tally['missed']} missed by `attack`; {tally['false']} false alarms before",
        flush=True,
    )
    return tally


def shown_again(release: Release, protected: dict, name: str, audience: str) -> dict:
    """The protected tables with one cell printed as it would be, wherever it stands."""
    frames = {}
    for table_name, frame in protected.items():
        rows = frame.to_dict("records")
        for row, counted in zip(rows, release.packs[0][table_name].to_dict("records"), strict=True):
            labels = {d: v for d, v in counted.items() if d not in FIGURES and v != "Total"}
            same = {row["measure"]} | ({f"{row['measure'].removesuffix('_share')}s"} if "of" in row else set())
            if name in {f"{m}: " + ", ".join(f"{d} {v}" for d, v in sorted(labels.items())) for m in same}:
                row |= {f: counted[f] for f in ("value", "count", "of") if f in row} | {"status": "shown", "reason": ""}
                if audience == "public":
                    near = {f: 5 * ((counted[f] + 2) // 5) for f in ("count", "of") if f in row}
                    row |= (
                        near
                        | {"reason": "rounded to the nearest 5"}
                        | ({"value": float("nan")} if "value" in row else {})
                    )
        frames[table_name] = pd.DataFrame(rows, columns=frame.columns)
    return frames


# -- past figures revised unseen --


def revised(count: int, first: int = 0) -> dict:
    """Histories in which figures that every pack withheld so far are others from one pack to the next, and nothing says so.

    Refused are packs in which `attack` finds a small figure; broken are histories in which the attacker here is sure of
    one, who takes every figure for what it was as long as nothing that is printed contradicts that.
    """
    tally, begun = defaultdict(int), time.process_time()
    for seed in range(first, first + count):
        release, released, says, revisions = unseen(np.random.default_rng([11, seed]), AUDIENCES[seed % 3])
        for audience, sees in readers(AUDIENCES[seed % 3]):
            said = broken(release, {a: released[a] for a in sees}, audience, unseen=True)
            says += [("broken", f"{audience}: {said}")] if said else []
        for kind, said in says:
            tally[kind] += 1
            print(f"  {kind.upper()} revised {seed}: {said}", flush=True)
        tally["revisions"] += revisions
    print(
        f"revised: {count} histories from seed {first}, {tally['revisions']} revisions unseen: {tally['refused']} packs refused,"
        f" {tally['broken']} broken, {tally['false']} printed ranges without the truth;"
        f" {time.process_time() - begun:.0f} s of processor time",
        flush=True,
    )
    return tally


def unseen(rng, audiences) -> tuple[Release, dict[str, list], list, int]:
    """A history of three to five quarters, as counted and as released; what is wrong with it already; its revisions."""
    sizes = tuple(int(n) for n in rng.integers(2, 4, int(rng.integers(1, 3))))
    begin, keep = int(rng.integers(0, 2)), tuple(range(len(sizes)))
    bases, release, history, released, says, revisions = {}, Release([]), [], defaultdict(list), [], 0
    for at in range(begin, begin + int(rng.integers(3, 6))):
        places = [(q, p) for q in bases for p in np.ndindex(sizes) if gone(released, table_cell(q, p))]
        for _ in range(int(rng.integers(1, 3)) if places and rng.random() < 0.6 else 0):
            revise(rng, bases, places)
            revisions += 1
        period, year, n = QUARTERS[at], QUARTERS[at][:7], at % 4 + 1
        bases[period] = people(rng, sizes)
        again = [q for q in bases if q != period and rng.random() < 0.25]
        some = [table(bases[q], keep, period=q) for q in (*again, period)]
        pack, since = {"quarter": pd.concat(some, ignore_index=True)}, QUARTERS[at - n + 1 : at + 1]
        if n > 1 and since[0] in bases and rng.random() < 0.8:
            way = keep if rng.random() < 0.5 else (int(rng.integers(len(sizes))),)
            so_far = year if n == 4 else f"{year} to Q{n}"
            pack["so_far"] = table(sum(bases[q] for q in since), way, period=so_far)
        made, ledger = disclosure.protect(pack, audiences, history=history)
        if refused := refusal(made, ledger, history, audiences):
            says.append(("refused", f"{period} {refused}"))
            break  # it is not circulated
        says += [("false", f"{a} {row}") for a in audiences for row in untrue(pack, made[a])]
        release.packs.append(pack)
        for audience in audiences:
            released[audience].append(made[audience])
        history += [(audience, made[audience]) for audience in audiences]
    return release, released, says, revisions


def refusal(made: dict, ledger: pd.DataFrame, history: list, audiences) -> str:
    """What `attack` finds in a pack beside those before it, that it did not find in those alone; empty: it may leave."""
    for audience, sees in readers(audiences):
        past = [each for each in history if each[0] in sees]
        before = disclosure.attack(past, profile=audience, full=False) if past else None
        found = disclosure.attack([*past, {a: made[a] for a in sees}], profile=audience, full=False)
        for row in disclosure.breaches(found, ledger, audience, before).to_dict("records"):
            return f"{audience}: {row}"
    return ""


def table_cell(period: str, place: tuple) -> dict[str, str]:
    return {"period": period} | {NAMES[k]: f"{NAMES[k]} {i}" for k, i in enumerate(place)}


def gone(released: dict[str, list], labels: dict[str, str]) -> bool:
    """Whether every pack so far withheld a cell from everybody."""
    rows = [f[(f[[*labels]] == [*labels.values()]).all(axis=1)] for packs in released.values() for p in packs
            for n, f in p.items() if n == "quarter"]  # fmt: skip
    return all((some["status"] == "suppressed").all() for some in rows)


def revise(rng, bases: dict, places: list) -> None:
    """One withheld count is another; or two of a quarter are, and their sum is what it was."""
    period, place = places[int(rng.integers(len(places)))]
    others = [p for q, p in places if q == period and p != place]
    base, by = bases[period].copy(), int(rng.integers(1, 5)) * (1 if rng.random() < 0.5 else -1)
    by = max(by, -int(base[place])) or 1
    if others and rng.random() < 0.6:
        other = others[int(rng.integers(len(others)))]
        by = min(by, int(base[other]))
        base[other] -= by
    base[place] += by
    bases[period] = base


def untrue(pack: dict, printed: dict) -> list[dict]:
    """The withheld counts that a printed range leaves out."""
    wrong = []
    for name, frame in printed.items():
        ends = frame["reason"].astype(str).str.extract(r"from (\d+) to (\d+)").astype(float)
        true = pack[name]["count"].to_numpy()
        wrong += frame.assign(true=true)[(true < ends[0]) | (true > ends[1])].to_dict("records")
    return wrong


USUAL = {
    "single": 1000,
    "linked": 200,
    "percentages": 100,
    "histories": 50,
    "minimum": 200,
    "unhide": 100,
    "revised": 240,
}


def main(kind: str = "", count: str = "", first: str = "0") -> None:
    for each in [kind] if kind else USUAL:
        number = int(count or USUAL[each])
        if each in KINDS:
            measure(each, number, int(first))
        else:
            {"minimum": minimum, "unhide": unhide, "revised": revised}[each](number, int(first))


if __name__ == "__main__":
    main(*sys.argv[1:])
