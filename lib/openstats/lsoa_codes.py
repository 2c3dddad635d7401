"""Codes of neighbourhoods (LSOA): of which census, and in which authority.

Neighbourhoods that the Census of 2021 left as they were kept their code; those that it split, merged or redrew got new
ones. So most codes are of both, and a place of a split or merged one is not to be had in the other census exactly.

Source: Office for National Statistics, LSOA (2011) to LSOA (2021) exact-fit lookup (December 2022), and the lookups of
neighbourhoods to authorities of 2018 and of 2024.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import authorities as areas
from .sources import Missing

if TYPE_CHECKING:
    from .store import Store

CENSUSES = (2011, 2021)


@dataclass(frozen=True)
class LsoaCodes:
    """What is known of neighbourhoods' codes.

    codes : every code, by census
    authority : the lower-tier authority of a code, by census, as the lookup of its time has it
    whole : whether that is all of England; if not, only the worked example's neighbourhoods are known
    """

    codes: Mapping[int, frozenset[str]]
    authority: Mapping[int, Mapping[str, str]]
    whole: bool

    def censuses(self, code: str) -> tuple[int, ...]:
        """The censuses whose neighbourhoods have a code: (2011, 2021) for one that did not change; none if unknown.

        A code of both is of the very same ground; what was split, merged or redrawn has no exact like in the other.
        """
        return tuple(year for year in CENSUSES if code in self.codes[year])

    def of_authority(self, area: str, census: int) -> frozenset[str]:
        """The codes of an authority's neighbourhoods in a census, whenever the authority existed; none if unknown."""
        land = areas.pieces(area)
        inside = {lower for lower in set(self.authority[census].values()) if areas.pieces(lower) <= land}
        return frozenset(code for code, lower in self.authority[census].items() if lower in inside)


def lsoa_codes(store: Store) -> LsoaCodes:
    """What a store knows of neighbourhoods' codes, kept with it.

    From ONS's lookups; where those are not held, from the Indices of 2025 and of 2015 or 2019, whose codes are those of
    the two censuses; else of the worked example alone. The authority of a neighbourhood comes from ONS's lookups, or
    from the Indices' files.
    """
    return store.once("lsoa_codes", lambda: _read(store))


def _read(store: Store) -> LsoaCodes:
    national = store.has("lsoa_lookup")
    if not national and store.whole(2025) and (store.whole(2015) or store.whole(2019)):
        authority = {census: _authorities(store, census) for census in CENSUSES}
        return LsoaCodes({census: frozenset(of) for census, of in authority.items()}, authority, whole=True)
    lookup = store.lookup()
    codes = {census: frozenset(lookup[f"lsoa{census % 100}"]) for census in CENSUSES}
    example = {census: dict.fromkeys(some, "E06000045") for census, some in codes.items()}
    return LsoaCodes(codes, {c: _authorities(store, c) for c in CENSUSES} if national else example, whole=national)


def _authorities(store: Store, census: int) -> dict[str, str]:
    try:
        frame = store.authorities_of_lsoas(census)
    except Missing:
        older = 2015 if store.whole(2015) else 2019  # the one with the smaller authorities, if it is held
        edition = 2025 if census == 2021 else older
        frame = store.lsoas(edition)[["lsoa", "area"]].drop_duplicates()
    return dict(zip(frame["lsoa"].astype("str"), frame["area"].astype("str"), strict=True))
