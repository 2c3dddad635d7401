"""Packs as released, and the rules that their reader knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lscb.errors import UserError
from lscb.long_table import TOTAL, rounded_to

from ..audiences import Profile

Name = tuple[str, frozenset, str]  # measure, labels without Totals, which of its numbers: count, of, rest


class Pack:
    """Tables of one audience, with the rules that a reader of them knows."""

    def __init__(self, tables: dict, audience: str | Profile | None, rules: Mapping[str, Profile] | None = None):
        rule = audience if isinstance(audience, Profile) else (rules or {}).get(audience or "")
        self.tables, self.audience = tables, rule.name if rule else audience
        settings = vars(rule) if rule and rule.protect else {}
        text = {str(r) for t in tables.values() if "reason" in t for r in t["reason"].tolist() if r == r}
        limits = [int(n) for r in text for n in re.findall(r"between 1 and (\d+)", r)]
        self.round_to = settings.get("round_to", 1)  # every count, where the audience is known
        usual = 7 if self.round_to > 1 or any(rounded_to(r) > 1 for r in text) else 5
        self.threshold = settings.get("threshold", max(limits, default=usual))
        self.candidates = settings.get("candidates", 3)
        self.all_or_none = settings.get("all_or_none", self.threshold)
        self.least = 1 if settings.get("zeros") == "always" else 0
        self.rules = (self.round_to, self.threshold, self.least)

    def nearest(self, row: dict) -> int:
        """What a row's counts are rounded to: as its reason says, or as the audience's are where they may be."""
        counts = [row[name] for name in ("count", "of") if row.get(name)]
        multiple = bool(counts) and not any(count % self.round_to for count in counts)
        return max(rounded_to(row.get("reason")), self.round_to if multiple else 1)

    def range(self, count: float, reason, free: bool) -> tuple[float, float]:
        """The least and the most that a printed count can be; open figures are printed as they are."""
        return (count, count) if free else self.window(count, reason)

    def window(self, count: float, reason) -> tuple[float, float]:
        """The least and the most that a printed count can be."""
        nearest = max(rounded_to(reason), self.round_to)
        if nearest <= 1 or count == 0 or count % nearest:
            return count, count
        return max(count - nearest // 2, self.threshold + 1), count + (nearest - 1) // 2


def every_pack(released, audience, rules):
    """Every set of tables in whatever was given, with its audience where that is said."""
    if hasattr(released, "protected"):
        released = released.protected
    if hasattr(released, "tables") and hasattr(released, "audience"):
        yield from every_pack(released.tables, released.audience, rules)
    elif isinstance(released, tuple) and len(released) == 2 and isinstance(released[0], (str, Profile)):
        yield from every_pack(released[1], released[0], rules)
    elif isinstance(released, dict) and "tables" in released and isinstance(released["tables"], (dict, list)):
        yield from every_pack(released["tables"], released.get("audience", released.get("profile", audience)), rules)
    elif isinstance(released, dict) and all(hasattr(t, "columns") for t in released.values()):
        yield Pack(released, audience, rules)
    elif isinstance(released, dict):
        for name, tables in released.items():
            yield from every_pack(tables, name if name in rules else audience, rules)
    elif isinstance(released, (list, tuple)):
        for each in released:
            yield from every_pack(each, audience, rules)
    else:
        raise UserError(f"attack cannot read a {type(released).__name__}: give tables by name, or a list of such.")


def at_once(read: list) -> list[list]:
    """Packs of several audiences that follow each other and agree: they were released together."""
    groups: list[list] = []
    for each in read:
        if not groups or any(
            each[0].audience == other[0].audience or not _agree(each[2], other[2]) for other in groups[-1]
        ):
            groups.append([])
        groups[-1].append(each)
    return groups


def _agree(figures: dict, others: dict) -> bool:
    both = figures.keys() & others.keys()
    return all(max(figures[n][0], others[n][0]) <= min(figures[n][1], others[n][1]) for n in both)


def named(cell) -> Name:
    """A cell that a person wrote down."""
    if isinstance(cell, tuple) and len(cell) == 2 and isinstance(cell[0], str) and not isinstance(cell[1], str):
        measure, labels = cell[0], dict(cell[1])
    else:
        labels = dict(cell)
        measure = str(labels.pop("measure", "count"))
    figure = str(labels.pop("figure", "count"))
    return measure, labelled(labels.items()), figure


def labelled(pairs) -> frozenset:
    kept = []
    for dimension, label in pairs:
        if label is None or label != label or str(label) in (TOTAL, ""):
            continue
        text = str(label)
        if dimension == "period" and text.endswith(" to Q1"):
            text = text[:-6] + "-Q1"
        elif dimension == "period" and text.endswith(" to Q4"):
            text = text[:-6]
        kept.append((dimension, text))
    return frozenset(kept)


def moved(labels: frozenset, changes: dict) -> frozenset | None:
    """Labels of a number that the dictionary names from another's; `quarters_back` and `years_back` move the period,
    a period such as "year so far" is one of the other's year. None where the period has no such quarter."""
    changes = {d: str(label) for d, label in changes.items()}
    if (span := changes.get("period")) in ("year so far", "year before", "end of the year before"):
        match = re.fullmatch(r"((\d{4})-\d\d)(?:.*Q(\d))?", dict(labels).get("period", ""))
        if not match:
            return None
        before = f"{int(match[2]) - 1}-{int(match[2]) % 100:02d}"
        ends = {"year so far": f"{match[1]} to Q{match[3] or 4}", "year before": before}
        changes["period"] = ends.get(span, f"{before}-Q4")
    back = int(changes.pop("quarters_back", 0)) + 4 * int(changes.pop("years_back", 0))
    if back:
        match = re.fullmatch(r"(\d{4})(-\d{2})?(?:-Q([1-4]))?(.*)", dict(labels).get("period", ""))
        if not match or (back % 4 and not match[3]):
            return None
        place = int(match[1]) * 4 + int(match[3] or 1) - 1 - back
        year = str(place // 4) + (f"-{(place // 4 + 1) % 100:02d}" if match[2] else "")
        changes["period"] = year + (f"-Q{place % 4 + 1}" if match[3] else "") + match[4]
    return frozenset(p for p in labels if p[0] not in changes) | labelled(changes.items())
