"""`Store`: tidy tables of open data from whatever official files a folder holds, or from data/reference."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import authorities as areas
from .area_tables import named, recast
from .deprivation_indices import LSOA_YEAR, joined, long, reference_wide
from .open_data_folder import Held, content, scan
from .sources import OPEN, Missing, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    import geopandas
    import pandas as pd


class Store:
    """The open data held in a folder, each set read when asked for and at most once.

    folder : where the official files are, in any layout; data/open where none is given. Nothing is ever written to
        it: what is parsed is kept in a private folder, keyed by the original's hash.

    Every method returns a new-looking frame that callers must not edit in place, and raises Missing for a set that is
    held neither there nor, for the worked example, in data/reference.
    """

    def __init__(self, folder: Path | str | None = None):
        self.folder = Path(folder) if folder else OPEN
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives, made when first asked for under a key and kept with the store."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """What the folder holds: see open_data_folder.scan."""
        return scan(self.folder)

    def _parts(self, kind: str) -> list[pd.DataFrame]:
        """The parsed content of every held file of a kind, in the order of their names."""
        return self.once(("parts", kind), lambda: [content(file) for file in self.held if file.kind == kind])

    def has(self, kind: str) -> bool:
        """Whether a national file of a kind is held."""
        return any(file.kind == kind for file in self.held)

    # --- population ----------------------------------------------------------------------------------------------
    def population(self, codes: Iterable[str] | None = None) -> pd.DataFrame:
        """Residents by single year of age and sex, of all areas or of some.

        Columns: area, area_name, mid_year (int), sex (male, female), age (0 to 90, where 90 is 90 and over),
        population, vintage (`first published` from ONS's yearly workbooks, `current series` from Nomis). Counties,
        regions and England are rows of their own; an authority that a file does not give is the sum of its districts
        or predecessors, where they add up exactly (authorities.made_of says which they were).
        """
        key = None if codes is None else tuple(sorted(set(codes)))
        return self.once(("population", key), lambda: self._population(key))

    def _population(self, codes: tuple[str, ...] | None) -> pd.DataFrame:
        import pandas as pd

        parts = [*self._parts("mid_year_estimates"), *self._parts("nomis_population")]
        parts.append(pd.read_csv(reference("population-by-age-sex.csv")).assign(vintage="first published"))
        if codes is not None:
            land = frozenset().union(*map(areas.pieces, codes))
            wanted = {*codes, *(code for code in areas.every() if areas.pieces(code) and areas.pieces(code) <= land)}
            parts = [part[part["area"].isin(wanted)] for part in parts]
        frame = pd.concat(parts, ignore_index=True)
        # The committed figures, last, are the same as the workbooks'; a file may also have been held under two hashes.
        frame = frame.drop_duplicates(["area", "mid_year", "vintage", "sex", "age"])
        frame = recast(frame, ["population"], ["mid_year", "vintage", "sex", "age"], codes)
        return named(frame)[["area", "area_name", "mid_year", "sex", "age", "population", "vintage"]]

    def children(self) -> pd.DataFrame:
        """Residents aged 0-17, the denominator of rates per 10,000.

        Columns: area, area_name, mid_year (int), population_0_17, vintage: `first published` (ONS, at the time) or
        `current series` (as revised since, which DfE's rates use). Reorganised authorities as in `population`.
        """
        return self.once("children", self._children)

    def _children(self) -> pd.DataFrame:
        import pandas as pd

        parts = [*self._parts("dfe_population")]
        for part in [*self._parts("mid_year_estimates"), *self._parts("nomis_population")]:
            under = part[part["age"] < 18]
            sums = under.groupby(["area", "mid_year", "vintage"], observed=True)["population"].sum()
            parts.append(sums.rename("population_0_17").reset_index())
        # The reference table last: its first-published figures stand beside any series that is fetched later.
        frame = pd.concat([*parts, pd.read_csv(reference("population-0-17.csv"))], ignore_index=True)
        frame = frame.drop_duplicates(["area", "mid_year", "vintage"])
        frame = recast(frame, ["population_0_17"], ["mid_year", "vintage"])
        return named(frame.sort_values(["area", "mid_year", "vintage"], ignore_index=True))

    def births_infant_deaths(self) -> pd.DataFrame:
        """Live births and deaths under one year and under four weeks, by calendar year: see infant_deaths.of."""
        from .infant_deaths import of

        return self.once("births", lambda: of(self._parts))

    # --- deprivation ---------------------------------------------------------------------------------------------
    def editions(self) -> list[int]:
        """The editions of the Indices of which anything is held, oldest first: each at least in data/reference."""
        return sorted(LSOA_YEAR)

    def whole(self, edition: int) -> bool:
        """Whether every neighbourhood of the country is held for an edition: only then is anything summarised."""
        return self.lacking(edition) == 0

    def lacking(self, edition: int) -> int:
        """How many of the country's neighbourhoods are not held for an edition."""
        from lscb.deprivation import NEIGHBOURHOODS

        return self.once(("lacking", edition), lambda: NEIGHBOURHOODS[edition] - self.lsoas(edition)["lsoa"].nunique())

    def lsoas(self, edition: int) -> pd.DataFrame:
        """Every neighbourhood (LSOA) held of an edition, one row per neighbourhood and index.

        Columns: area, area_name (lower-tier authority of the edition), lsoa, lsoa_name, index (see INDICES), edition,
        rank (1 = most deprived in England), score, decile (1 = most deprived 10%), and the population weights of the
        edition: total, children (0-15), older (60 and over), working (working age). A figure that the files held do
        not give is blank; an index of which they give nothing has no rows. With no national file held, the
        neighbourhoods of data/reference only: enough to map Southampton, never to summarise.
        """
        edition = int(edition)
        return self.once(("lsoas", edition), lambda: self._lsoas(edition))

    def _lsoas(self, edition: int) -> pd.DataFrame:
        if edition not in LSOA_YEAR:
            raise Missing(f"iod{edition}", "an edition of the Indices other than 2015, 2019 and 2025")
        parts = self._parts(f"iod{edition}")
        return long(joined(parts, edition), edition) if parts else self.committed(edition)

    def committed(self, edition: int) -> pd.DataFrame:
        """The neighbourhoods of data/reference, in the same columns: of the worked example only."""
        return self.once(("committed", int(edition)), lambda: long(reference_wide(int(edition)), int(edition)))

    def authorities(self, edition: int) -> frozenset[str]:
        """The codes of the authorities that the neighbourhoods held of an edition belong to, with their counties."""
        lower = self.lsoas(edition)["area"].cat.categories
        return self.once(("areas", edition), lambda: frozenset([*lower, *map(areas.upper_of, lower)]))

    def neighbourhoods(self, edition: int, codes: Iterable[str]) -> pd.DataFrame:
        """The rows of `lsoas` that lie in some authorities of any time, with `area` the authority asked for, as text.

        What is committed for the worked example stands in for an index that the files held do not give.
        """
        import pandas as pd

        from .deprivation_summaries import neighbourhoods

        codes, national, here = tuple(codes), self.lsoas(edition), self.committed(edition)
        parts = [neighbourhoods(national, codes)]
        if national is not here:
            more = neighbourhoods(here, codes)
            parts.append(more[~more["index"].isin(set(national["index"].cat.categories))])
        return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)

    def deprivation(self, edition: int, codes: Iterable[str], on: date) -> pd.DataFrame:
        """The five measures of authorities of any time in an edition held whole (see deprivation_summaries)."""
        from .deprivation_summaries import summaries

        return summaries(
            self.lsoas(edition), codes, on, lambda key, make: self.once(("deprivation", edition, *key), make)
        )

    def published_summaries(self) -> pd.DataFrame:
        """The publisher's own summaries of authorities (File 10), and those committed for the worked example.

        Columns: area, index, edition, measure, value, rank, ranked, source.
        """
        import pandas as pd

        parts = self._parts("iod_summaries")
        here = pd.read_csv(reference("deprivation-summary.csv"))
        keys = ["area", "index", "edition", "measure"]
        frame = pd.concat([*parts, here], ignore_index=True) if parts else here
        return frame.drop_duplicates(keys).reset_index(drop=True)

    def boundaries(self, lsoa_year: int) -> geopandas.GeoDataFrame:
        """Outlines of neighbourhoods of a census, on the British National Grid (EPSG:27700).

        Columns: lsoa, lsoa_name, repaired (whether the published outline was invalid and has been mended), geometry.
        `attrs["repaired"]` counts those. Contains OS data © Crown copyright and database right.
        """
        return self.once(("boundaries", int(lsoa_year)), lambda: self._boundaries(int(lsoa_year)))

    def _boundaries(self, lsoa_year: int) -> geopandas.GeoDataFrame:
        from .boundaries import outlines

        for file in self.held:
            if file.kind == f"lsoa_boundaries_{lsoa_year}":
                frame = content(file)
                break
        else:
            if lsoa_year != 2011:
                raise Missing(f"boundaries_{lsoa_year}")
            frame = outlines(reference("southampton-lsoa-2011-boundaries.geojson"))
        frame.attrs["repaired"] = int(frame["repaired"].sum())
        return frame

    def lookup(self) -> pd.DataFrame:
        """Neighbourhoods of 2011 and what became of them in 2021: lsoa11, change, lsoa21.

        change: U unchanged, S split, M merged, X both (a fit that is not exact).
        """
        import pandas as pd

        parts = self._parts("lsoa_lookup")
        return parts[0] if parts else pd.read_csv(reference("southampton-lsoa-2011-2021.csv"))

    def authorities_of_lsoas(self, lsoa_year: int) -> pd.DataFrame:
        """The authority of every neighbourhood of a census: lsoa, area, area_name (2011: as of 2018; 2021: of 2024)."""
        for part in self._parts("lsoa_areas_2018" if lsoa_year == 2011 else "lsoa_areas_2024"):
            return part
        raise Missing("lsoa_areas")

    # --- indicators ----------------------------------------------------------------------------------------------
    def indicators(self, codes: Iterable[str] | None = None) -> pd.DataFrame:
        """DfE's measures of authorities, long: those of data/reference/indicator-measures.csv, or those in `codes`.

        Columns: measure_code, measure, period (as DfE labels it: `2018` is the year ending March 2018 for financial
        years), area (GSS), area_name, value (float, blank where there is none), status (`shown`, `suppressed` for c,
        `not_applicable` for z, `not_available` for anything else) and recoded: True for a second copy of an
        authority under the code that it had before (Buckinghamshire, North Yorkshire, Somerset); leave those out
        before ranking all authorities.
        """
        key = None if codes is None else tuple(sorted(set(codes)))
        return self.once(("indicators", key), lambda: self._indicators(key))

    def _indicators(self, codes: tuple[str, ...] | None) -> pd.DataFrame:
        import pandas as pd

        from .dfe_symbols import tidy

        titles = self.measures().set_index("measure_code")["measure"]
        if codes is None:
            codes = tuple(pd.read_csv(reference("indicator-measures.csv"), dtype="str")["measure_code"])
        if parts := self._parts("lait"):
            frame = parts[0][parts[0]["measure_code"].isin(codes)]
            frame = frame.astype({c: "str" for c in frame if frame[c].dtype == "category"}).reset_index(drop=True)
        else:
            frame = pd.read_csv(reference("children-services-indicators.csv"), dtype="str").assign(measure="")
            frame = named(tidy(frame[frame["measure_code"].isin(codes)]))
        return frame.assign(measure=frame["measure_code"].map(titles).fillna(frame["measure_code"]))

    def measures(self) -> pd.DataFrame:
        """What DfE says of its measures: measure_code, measure, polarity (High or Low is good, or -), unit."""
        import pandas as pd

        here = pd.read_csv(reference("indicator-measures.csv"), dtype="str")
        return pd.concat([here, *self._parts("lait_dictionary")], ignore_index=True).drop_duplicates("measure_code")

    def _neighbours(self) -> dict[str, pd.DataFrame]:
        import pandas as pd

        lists = self._parts("neighbours")
        every = pd.concat(lists, ignore_index=True) if lists else pd.read_csv(reference("statistical-neighbours.csv"))
        return {str(area): rows for area, rows in every.groupby("area")}

    def neighbours(self, area: str, as_of: date | None = None) -> pd.DataFrame:
        """The ten statistical neighbours of an authority, from the list in force on a day.

        as_of : a day; the newest list published by then, or the oldest held where none was (the list in force in 2018
            dates from 2014 and is not held). Without a day, the newest.

        Columns: area, area_name, model_year, closeness_order; `attrs["note"]` says which list was used and why.
        """
        from .neighbour_lists import in_force

        every = self.once("neighbours", self._neighbours)
        lists = next((every[code] for code in [area, *areas.same_place(area)] if code in every), None)
        if lists is None:
            raise Missing("lait", f"the statistical neighbours of {areas.name(area)}")
        return in_force(lists, as_of)


@lru_cache
def store_of(folder: Path | None = None) -> Store:
    """The store of a folder, one a process: whoever asks again, for another authority, has what it parsed."""
    return Store(folder)
