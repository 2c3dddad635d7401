"""Codes of neighbourhoods (LSOA): of which census, in which authority, and which is the same in the other census.

Neighbourhoods that the Census of 2021 left as they were kept their code; those that it split, merged or redrew got new
ones. So most codes are of both, and a place of a split or merged one is not to be had in the other census exactly.

Source: Office for National Statistics, LSOA (2011) to LSOA (2021) exact-fit lookup (December 2022), and the lookups of
neighbourhoods to authorities of 2018 and of 2024.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from . import authorities as areas
from .sources import Missing

if TYPE_CHECKING:
    from .store import Store

CENSUSES = (2011, 2021)
FATES = {"U": "unchanged", "S": "split in 2021", "M": "merged in 2021", "X": "redrawn in 2021", "C": "changed in 2021"}


@dataclass(frozen=True)
class LsoaCodes:
    """What is known of neighbourhoods' codes.

    became : every code of 2011 with its change in 2021 (U, S, M, X; C where only that it changed is known) and the
        codes that it became
    was : every code of 2021 with its change and the codes of 2011 that it came from
    authority : the lower-tier authority of a code, by census, as the lookup of its time has it
    whole : whether that is all of England; if not, only the worked example's neighbourhoods are known
    """

    became: Mapping[str, tuple[str, tuple[str, ...]]]
    was: Mapping[str, tuple[str, tuple[str, ...]]]
    authority: Mapping[int, Mapping[str, str]]
    whole: bool

    def censuses(self, code: str) -> tuple[int, ...]:
        """The censuses whose neighbourhoods have a code: (2011, 2021) for one that did not change; none if unknown.

        A code of both is of the very same ground; what was split, merged or redrawn has no exact like in the other.
        """
        return tuple(year for year, codes in zip(CENSUSES, (self.became, self.was), strict=True) if code in codes)

    def fate(self, code: str) -> str:
        """What 2021 did to a neighbourhood, in words: `unchanged`, `split in 2021` and so on; blank if unknown."""
        change, _ = self.became.get(code) or self.was.get(code) or ("", ())
        return FATES.get(change, "")

    def upper_tier(self, code: str, on: date | None = None) -> str | None:
        """The authority that ran children's services at a neighbourhood on a day, or does now; None if unknown."""
        before = [code] if code in self.became else self.was.get(code, ("", ()))[1]
        lower = [{self.authority[2011].get(old, "") for old in before}, {self.authority[2021].get(code, "")}]
        for codes in lower:  # the older lookup has the smaller authorities, of which those of any day are made
            holders = {h.code for low in codes for h in areas.upper_tier_then(low, on or areas.NOW)}
            if len(holders) == 1 and "" not in codes:
                return holders.pop()
        return None

    def of_authority(self, area: str, census: int) -> frozenset[str]:
        """The codes of an authority's neighbourhoods in a census, whenever the authority existed; none if unknown."""
        land = areas.pieces(area)
        inside = {lower for lower in set(self.authority[census].values()) if areas.pieces(lower) <= land}
        return frozenset(code for code, lower in self.authority[census].items() if lower in inside)


def lsoa_codes(store: Store) -> LsoaCodes:
    """What a store knows of neighbourhoods' codes, kept with it.

    From ONS's lookups; where those are not held, from the Indices of 2025 and of 2015 or 2019, whose codes are those of
    the two censuses (what is in both did not change; into what the others changed is then not known); else of the
    worked example alone. The authority of a neighbourhood comes from ONS's lookups, or from the Indices' files.
    """
    return store.once("lsoa_codes", lambda: _read(store))


def _read(store: Store) -> LsoaCodes:
    indices = store.whole(2025) and (store.whole(2015) or store.whole(2019))
    if indices and not store.has("lsoa_lookup"):
        return _from_indices(_authorities(store, 2011), _authorities(store, 2021))
    lookup = store.lookup()
    became: dict[str, tuple[str, tuple[str, ...]]] = {}
    was: dict[str, tuple[str, tuple[str, ...]]] = {}
    for old, change, new in lookup[["lsoa11", "change", "lsoa21"]].itertuples(index=False, name=None):
        became[old] = (change, (*became.get(old, ("", ()))[1], new))
        was[new] = (change, (*was.get(new, ("", ()))[1], old))
    authority = {2011: _authorities(store, 2011), 2021: _authorities(store, 2021)}
    if not store.has("lsoa_lookup"):  # the worked example's
        authority = {2011: dict.fromkeys(became, "E06000045"), 2021: dict.fromkeys(was, "E06000045")}
    return LsoaCodes(became, was, authority, whole=store.has("lsoa_lookup"))


def _from_indices(old: dict[str, str], new: dict[str, str]) -> LsoaCodes:
    became = {code: ("U", (code,)) if code in new else ("C", ()) for code in old}
    was = {code: ("U", (code,)) if code in old else ("C", ()) for code in new}
    return LsoaCodes(became, was, {2011: old, 2021: new}, whole=True)


def _authorities(store: Store, census: int) -> dict[str, str]:
    try:
        frame = store.authorities_of_lsoas(census)
    except Missing:
        older = 2015 if store.whole(2015) else 2019  # the one with the smaller authorities, if it is held
        edition = 2025 if census == 2021 else older
        frame = store.lsoas(edition)[["lsoa", "area"]].drop_duplicates()
    return dict(zip(frame["lsoa"].astype("str"), frame["area"].astype("str"), strict=True))
