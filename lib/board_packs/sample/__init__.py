"""The invented quarter: returns of no real child, small enough to read, that reproduce published percentages.

`write` draws sixteen quarters (2014-15-Q1 to 2017-18-Q4) of every return and five years of child deaths. What the
annual report of 2017-18 printed is a target that the draw meets exactly (see TARGETS in each module and the README
that is written beside the files); everything else is drawn. The same arguments give the same bytes on any machine:
only `random.Random.random` is used, whose stream Python keeps.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import DATA
from returncheck import dictionary

from . import any_authority, board, deaths, referrals, services
from .any_authority import FIRST as FIRST
from .draw import Draw
from .readme import readme
from .sizes import POPULATIONS

if TYPE_CHECKING:
    from openstats import Store

PERIOD = "2017-18-Q4"
SEED = 20180331  # the last day of the quarter


def write(
    out: Path | str,
    seed: int = SEED,
    scale: int = 1,
    lsoas: Iterable[str] | Mapping[str, float] | None = None,
    populations: Mapping[int, int] | None = None,
) -> list[Path]:
    """Write the sample returns as CSV, with a README, into the folder `out`; returns the paths written.

    Parameters
    ----------
    seed : another seed draws other people, dates and places; the published percentages stay
    scale : every count is multiplied by it (whole number, at least 1), for benchmarks; the percentages stay
    lsoas : the LSOA codes of another authority, or {code: weight}; Southampton's 148 of 2011 by default. Another
        authority's agencies are named by what they are (`Police`), not by Southampton's names
    populations : children aged 0-17 of another authority by mid-year (2015, 2016, 2017); counts of children's
        services then follow its size, at Southampton's rates

    Raises UserError for a scale or seed that is not a whole number, no LSOA, or a folder that cannot be written.
    """
    if not isinstance(seed, int) or not isinstance(scale, int) or scale < 1:
        raise UserError("The sample needs a whole number as its seed and a whole number of at least 1 as its scale.")
    places = _places(lsoas)
    sizes = {**POPULATIONS, **{int(year): int(n) for year, n in (populations or {}).items()}}
    tables = {
        "child_deaths": deaths.rows(Draw(seed, "child deaths"), scale, places),
        "hrda_referrals": referrals.rows(Draw(seed, "referrals"), scale, places),
        "children_services": services.rows(scale, POPULATIONS, sizes),
    } | board.tables(seed, scale, elsewhere=lsoas is not None)
    texts = {f"{name}.csv": _csv(rows, name) for name, rows in tables.items()}
    texts["README.md"] = readme(tables, seed, scale, elsewhere=lsoas is not None)
    return _save(Path(out), texts)


def write_for(out: Path | str, period: Quarter, area: str, store: Store | None = None, seed: int = SEED) -> list[Path]:
    """Write the invented returns of any authority and period, with a README, into the folder `out`.

    store : open data (openstats), whose neighbourhoods and populations of the authority are used; without them the
        rows have no neighbourhood and their number is that of one neighbourhood's children, which the README says

    Returns the paths written. Raises UserError for a period before 2016-17 or after 2030-31, an area that was no
    authority then, or a folder that cannot be written.
    """
    from openstats import Store

    official = store or Store(None)
    place = authorities.find(area, period.last_day).code
    returns = any_authority.returns(period, place, official, seed)
    texts = {f"{name}.csv": _csv(rows, name) for name, rows in returns.items()}
    texts["README.md"] = any_authority.readme(returns, period, place, seed)
    return _save(Path(out), texts)


def _places(lsoas: Iterable[str] | Mapping[str, float] | None) -> dict[str, float]:
    """How likely each neighbourhood is: by people, and by deprivation where it is known.

    A neighbourhood in the most deprived decile is given about three times the risk of one in the least deprived;
    the size of that gradient is invented.
    """
    if lsoas is None:
        with open(DATA / "reference" / "southampton-lsoa-2011-deprivation.csv", encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(line for line in file if not line.startswith("#")))
        return {r["lsoa11cd"]: int(r["pop_total_mid2012"]) * (1.7 - 0.12 * int(r["imd2015_decile"])) for r in lines}
    places = dict(lsoas) if isinstance(lsoas, Mapping) else dict.fromkeys(lsoas, 1.0)
    if not places or min(places.values()) < 0 or sum(places.values()) <= 0:
        raise UserError("The sample needs at least one LSOA to place its rows in.")
    return {str(code): float(weight) for code, weight in places.items()}


def _csv(rows: list[dict], name: str) -> str:
    """Rows as CSV text: headings of the dictionary, dates as ISO, a blank for None. A nil return has headings only."""
    out = io.StringIO()
    fields = list(rows[0]) if rows else list(dictionary.load()[name].fields)
    writer = csv.DictWriter(out, fieldnames=fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _save(out: Path, texts: dict[str, str]) -> list[Path]:
    paths = [out / name for name in texts]
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, text in zip(paths, texts.values(), strict=True):
            part = path.with_name(path.name + ".part")  # a killed run leaves no file that looks whole
            part.write_text(text, encoding="utf-8", newline="\n")
            os.replace(part, path)
    except OSError as error:
        raise UserError(
            f"The sample cannot be written to {out} ({error.strerror or error}): choose another folder with --out."
        ) from None
    return paths
