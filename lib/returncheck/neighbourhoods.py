"""Which neighbourhood codes belong to an area, by census, so far as they are held."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lscb.periods import Quarter
from openstats.project_data import DATA, standard

# The highest codes that the 2011 Census used (ONS lookup 2011 to 2021): every higher one was made in 2021 of a split
# or a merger. Unchanged areas kept their code.
LAST_2011 = {"E": 33_768, "W": 1_958}
WORKED_EXAMPLE = "E06000045"


@dataclass(frozen=True)
class Places:
    """The codes of one area, read when first asked for.

    area : a GSS code
    folder : official files, from which another area's codes than the worked example's are known
    """

    area: str
    folder: Path | None = None

    @cached_property
    def codes(self) -> dict[int, frozenset[str]]:
        """The area's codes by census; empty where they are not held."""
        path = DATA / "reference" / "southampton-lsoa-2011-2021.csv"
        if self.area == WORKED_EXAMPLE and path.is_file():
            with path.open(encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            return {2011: frozenset(r["lsoa11"] for r in rows), 2021: frozenset(r["lsoa21"] for r in rows)}
        if self._england is None:
            return {}
        return {census: self._england.of_authority(self.area, census) for census in (2011, 2021)}

    @cached_property
    def _store(self) -> Any:
        """The official files, or None where there is no folder of them."""
        from openstats.store import store_of

        if self.folder is None or not self.folder.is_dir() or not any(self.folder.iterdir()):
            return None
        return store_of(self.folder)

    @cached_property
    def _england(self) -> Any:
        """The codes of all of England, or None where no official file has them."""
        from openstats.lsoa_codes import lsoa_codes

        codes = lsoa_codes(self._store) if self._store else None
        return codes if codes and codes.whole else None

    def of_postcodes(self, postcodes: set[str], census: int) -> dict[str, str] | None:
        """The neighbourhoods' codes of those postcodes that can be placed; None where no directory is held."""
        from openstats.postcodes import neighbourhoods

        return neighbourhoods(self._store, postcodes, census) if self._store else None

    def of_other_census(self, code: str, census: int) -> bool:
        """Whether a code exists only in the other census, so that it has no like in `census`."""
        if not code:
            return False
        if census == 2011:
            return int(code[3:]) > LAST_2011[code[0]]
        codes = self.codes
        if code in codes.get(2011, ()) or not self._england:
            return code in codes.get(2011, ()) and bool(codes.get(2021)) and code not in codes[2021]
        return 2021 not in (self._england.censuses(code) or (2021,))

    def outside(self, code: str) -> bool:
        """Whether a code is of a neighbourhood of another area, in both censuses."""
        return any(self.codes.values()) and not any(code in codes for codes in self.codes.values())

    def inside(self, code: str, census: int) -> bool:
        """Whether a code is one of the area's, or nobody can tell."""
        codes = self.codes.get(census)
        return not codes or code in codes


@lru_cache
def places(area: str, folder: Path | None = None) -> Places:
    """The codes of an area; `folder` of official files: LSCB_OPEN_DATA, or the project's own, where none is given."""
    return Places(area, folder or Path(os.environ.get("LSCB_OPEN_DATA") or DATA / "open"))


@lru_cache
def census_in_force(period: Quarter) -> int:
    """The census whose codes the Indices of Deprivation have that were in force at a period's end."""
    from openstats.deprivation_indices import LSOA_YEAR

    editions = [edition for edition, day in standard("as_of.indices").items() if day <= period.last_day]
    return LSOA_YEAR[max(editions)] if editions else 2011
