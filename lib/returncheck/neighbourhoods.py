"""Which neighbourhood codes belong to an area, by census, so far as they are held."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from openstats.project_data import DATA

# The highest codes that the 2011 Census used (ONS lookup 2011 to 2021): every higher one was made in 2021 of a split
# or a merger. Unchanged areas kept their code.
LAST_2011 = {"E": 33_768, "W": 1_958}


@dataclass(frozen=True)
class Places:
    """Codes of one area by census; empty where the area's codes are not held."""

    codes: dict[int, frozenset[str]]

    def of_other_census(self, code: str, census: int) -> bool:
        """Whether a code exists only in the other census, so that it has no like in `census`."""
        if not code:
            return False
        if census == 2011:
            return int(code[3:]) > LAST_2011[code[0]]
        return code in self.codes.get(2011, ()) and bool(self.codes.get(2021)) and code not in self.codes[2021]

    def outside(self, code: str) -> bool:
        """Whether a code is of a neighbourhood of another area, in both censuses."""
        return any(self.codes.values()) and not any(code in codes for codes in self.codes.values())

    def inside(self, code: str, census: int) -> bool:
        held = self.codes.get(census)
        return not held or code in held


@lru_cache
def places(area: str) -> Places:
    """The codes of an area from the committed lookup, if it is the worked example's; otherwise none are held."""
    path = DATA / "reference" / "southampton-lsoa-2011-2021.csv"
    if area != "E06000045" or not path.is_file():
        return Places({})
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Places({2011: frozenset(r["lsoa11"] for r in rows), 2021: frozenset(r["lsoa21"] for r in rows)})
