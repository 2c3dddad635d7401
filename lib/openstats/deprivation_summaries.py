"""Deprivation of authorities, summed up from the neighbourhoods of an edition, for authorities of any time.

An authority of the edition is ranked among those of the edition, as its publisher does (a county among upper-tier ones,
all others among lower-tier ones). One that was reorganised since, or before, is put together from the edition's
neighbourhoods, which its borders never cut, and ranked among the authorities of the day it is asked for. `method` says
which, and from which authorities it was put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from lscb import deprivation

from . import authorities as areas

if TYPE_CHECKING:
    import pandas as pd

    Once = Callable[[tuple[bool, date | None], Callable[[], pd.DataFrame]], pd.DataFrame]


def neighbourhoods(lsoas: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """The neighbourhoods of an edition that lie in some authorities of any time, with `area` that one."""
    import pandas as pd

    wanted = {code: areas.pieces(code) for code in codes}
    lower = {code: areas.pieces(code) for code in lsoas["area"].cat.categories}
    inside = [(part, code) for code, whole in wanted.items() for part, land in lower.items() if land and land <= whole]
    pairs = pd.DataFrame(inside, columns=["area", "whole"], dtype="str")
    text = dict.fromkeys(["area", "area_name", "lsoa", "lsoa_name", "index"], "str")
    rows = lsoas[lsoas["area"].isin(set(pairs["area"]))].astype(text).merge(pairs, on="area")
    return rows.assign(area=rows["whole"])[list(lsoas.columns)]


def summaries(
    lsoas: pd.DataFrame, codes: Iterable[str], on: date, once: Once = lambda key, make: make()
) -> pd.DataFrame:
    """The five measures of some authorities, from all neighbourhoods of the country in one edition.

    once : keeps what was computed for the whole country under a key, for the next authority
    on : the day whose authorities one is ranked among that the edition does not have
    Columns: area, index, edition, measure, value, rank, ranked, method. An authority whose land the edition's
    authorities do not add up to has no row.
    """
    import pandas as pd

    lower = list(lsoas["area"].cat.categories)
    upper = sorted({areas.upper_of(code) for code in lower})
    parts = []
    for code in dict.fromkeys(codes):
        county = areas.known(code).type == "county"
        ours = next((c for c in [code, *areas.recoded(code)] if c in (upper if county else lower)), None)
        day = None if ours else on
        frame = once((county, day), partial(_summarised, lsoas, county, day))
        tier = "upper-tier" if county else "lower-tier"
        method = f"computed, among {tier} authorities"
        if ours is None:
            method += f" of {on.day} {on:%B %Y}, from the neighbourhoods of {_from(code, lower)}"
        parts.append(frame[frame["area"] == (ours or code)].assign(area=code, method=method))
    return pd.concat(parts, ignore_index=True).dropna(subset="value")


def _summarised(lsoas: pd.DataFrame, county: bool, on: date | None) -> pd.DataFrame:
    """Every authority of an edition, or of a day: its upper tier for counties, else its lower tier."""
    import pandas as pd

    lower = list(lsoas["area"].cat.categories)
    at = {code: (areas.upper_of(code) if county else code) if on is None else _then(code, county, on) for code in lower}
    codes, names = pd.factorize(pd.Index([at[code] for code in lower]), sort=True)
    area = pd.Categorical.from_codes(codes[lsoas["area"].cat.codes], categories=pd.Index(names))
    return deprivation.summarise(lsoas.assign(area=area))


def _then(code: str, county: bool, on: date) -> str:
    """The authority of a day that an authority of the edition lies in; itself where it lies in several."""
    if not county:
        return areas.lower_tier_then(code, on) or code
    holders = areas.upper_tier_then(code, on)
    return holders[0].code if len(holders) == 1 else code


def _from(code: str, lower: list[str]) -> str:
    *others, last = [areas.name(c) for c in areas.cover(code, lower) or [code]]
    return f"{', '.join(others)} and {last}" if others else last
