"""What the documentation says of tables and measures, as questions that disclosure control asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .cell_keys import PART, Key, changed

NOT_ADDITIVE_KINDS = ("average", "rank", "index")


@dataclass
class Docs:
    """What data/dictionary says of tables and measures, with what the numbers themselves show where it is silent."""

    tables: dict
    measures: dict
    relations: list = field(default_factory=list)
    rows: dict[tuple, dict[tuple, tuple]] = field(default_factory=dict, repr=False, compare=False)  # see table_rows

    @classmethod
    def of(cls, documentation: Mapping | None) -> Docs:
        """What a mapping with `tables`, `measures` and `relations` says; nothing where there is none."""
        entries = documentation or {}
        return cls(
            entries.get("tables") or {}, dict(entries.get("measures") or {}), list(entries.get("relations") or [])
        )

    def open(self, table: str) -> bool:
        return bool((self.tables.get(table) or {}).get("open"))

    def free(self, measure: str) -> bool:
        return (self.measures.get(measure) or {}).get("protect") == "none"

    def zero_stands(self, key: Key) -> bool:
        """Whether a 0 of it is always shown, so that its reader knows a withheld one to be more: `zeros: always`, or
        `totals` alone."""
        zeros = (self.measures.get(key[0]) or {}).get("zeros")
        return zeros == "always" or (zeros == "totals" and {d for d, _ in key[1]} <= {"area", "period", "window"})

    def kind(self, measure: str) -> str | None:
        return (self.measures.get(measure) or {}).get("kind")

    def adds(self, measure: str, dimension: str) -> bool:
        """Whether the parts of a dimension add to its total: yes where nothing is said, but for rolling windows."""
        name = measure.split(PART)[0]
        dimensions = (self.measures.get(name) or {}).get("adds_over")
        if dimensions is None:
            return dimension != "window" and self.kind(name) not in NOT_ADDITIVE_KINDS
        return dimensions == "all" or (dimensions != "none" and dimension in dimensions)

    def base(self, measure: str, role: str, key: Key) -> Key | None:
        """The key of a row's numerator or denominator, where the dictionary (or the numbers) name its measure."""
        named = (self.measures.get(measure) or {}).get(role)
        if named is None:
            return None
        named = {"measure": named} if isinstance(named, str) else dict(named)
        return changed((named.pop("measure"), key[1]), named)

    def change(self, measure: str) -> bool:
        """Whether a figure is its numerator by its denominator `less` 1: it prints neither of them."""
        return "less" in (self.measures.get(measure) or {})

    def recomputed(self, measure: str) -> bool:
        """Whether a figure without counts of its own is its numerator by its denominator, so that rounded ones do."""
        entry = self.measures.get(measure) or {}
        return {"numerator", "denominator"} <= set(entry) and not {"less", "derived_from", "from"} & set(entry)

    def pair(self, key: Key) -> tuple[Key, Key] | None:
        """The keys of a figure's numerator and denominator, where it is their quotient and they stand elsewhere."""
        if not self.recomputed(key[0]):
            return None
        top, base = (self.base(key[0], role, key) for role in ("numerator", "denominator"))
        return (top, base) if top and base else None

    def bases(self, measure: str, key: Key, none: bool = False) -> tuple[Key, ...]:
        """Every number that a figure without counts of its own is computed from, or the reason that there is `none`."""
        entry, keys = self.measures.get(measure) or {}, []
        extra = [entry.get("derived_from") or entry.get("from") or [], (none and entry.get("reason_from")) or []]
        listed = [each for some in extra for each in ([some] if isinstance(some, (str, dict)) else some)]
        named = [entry[role] for role in ("numerator", "denominator") if role in entry] + listed
        for item in named:
            item = {"measure": item} if isinstance(item, str) else dict(item)
            keys.append(changed((item.pop("measure"), key[1]), item))
        return tuple(base for base in keys if base)
