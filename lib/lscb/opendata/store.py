"""`Store`: tidy tables of open data from whatever official files a folder holds, or from data/reference."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .. import areas
from .sources import OPEN, Missing, reference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import geopandas
    import pandas as pd

LSOA_YEAR = {2015: 2011, 2019: 2011, 2025: 2021}
WEIGHTS = ("total", "children", "older", "working")
INDICES = (
    "imd",
    "idaci",
    "idaopi",
    "income",
    "employment",
    "education",
    "health",
    "crime",
    "barriers",
    "living_environment",
)


class Store:
    """The open data held in a folder, each set read when asked for and at most once.

    folder : where the official files are, in any layout; data/open where none is given. Nothing is ever written to
        it: what is parsed is kept in data/open/.cache, keyed by the original's hash.

    Every method returns a new-looking frame that callers must not edit in place, and raises Missing for a set that is
    held neither there nor, for the worked example, in data/reference.
    """

    def __init__(self, folder: Path | str | None = None):
        self.folder = Path(folder) if folder else OPEN
        self._kept: dict = {}

    def _once(self, key, make):
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @cached_property
    def held(self):
        """What the folder holds: see holdings.scan."""
        from .holdings import scan

        return scan(self.folder)

    def _parts(self, kind: str) -> list[pd.DataFrame]:
        """The parsed content of every held file of a kind, in the order of their names."""
        from .holdings import parsed

        return self._once(("parts", kind), lambda: [parsed(file) for file in self.held if file.kind == kind])

    def has(self, kind: str) -> bool:
        """Whether a national file of a kind is held."""
        return any(file.kind == kind for file in self.held)

    # --- population ----------------------------------------------------------------------------------------------
    def population(self) -> pd.DataFrame:
        """Residents by single year of age and sex.

        Columns: area, area_name, mid_year (int), sex (male, female), age (0 to 90, where 90 is 90 and over),
        population, vintage (`first published` from ONS's yearly workbooks, `current series` from Nomis). Counties,
        regions and England are rows of their own.
        """
        return self._once("population", self._population)

    def _population(self) -> pd.DataFrame:
        import pandas as pd

        parts = [*self._parts("mid_year_estimates"), *self._parts("nomis_population")]
        here = pd.read_csv(reference("population-by-age-sex.csv")).assign(vintage="first published")
        if parts:
            held = pd.concat(parts, ignore_index=True)
            keys = ["area", "mid_year", "vintage"]
            held = held.drop_duplicates([*keys, "sex", "age"], keep="last")
            new = ~pd.MultiIndex.from_frame(here[keys]).isin(pd.MultiIndex.from_frame(held[keys].drop_duplicates()))
            here = pd.concat([held, here[new]], ignore_index=True)
        return _named(here)[["area", "area_name", "mid_year", "sex", "age", "population", "vintage"]]

    def children(self) -> pd.DataFrame:
        """Residents aged 0-17, the denominator of rates per 10,000.

        Columns: area, area_name, mid_year (int), population_0_17, vintage: `first published` (ONS, at the time) or
        `current series` (as revised since, which DfE's rates use).
        """
        return self._once("children", self._children)

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
        return _named(frame.sort_values(["area", "mid_year", "vintage"], ignore_index=True))

    def births_infant_deaths(self) -> pd.DataFrame:
        """Live births and deaths under one year and under four weeks, by calendar year.

        Columns: area, area_name, year (int), live_births, infant_deaths, neonatal_deaths; blank where not published.
        """
        return self._once("births", self._births)

    def _births(self) -> pd.DataFrame:
        import pandas as pd

        here = pd.read_csv(reference("births-infant-deaths.csv"))
        births, deaths = self._parts("births"), self._parts("deaths")
        if births and deaths:
            held = pd.concat(births).merge(pd.concat(deaths), on=["area", "year"], how="outer", validate="one_to_one")
            new = ~pd.MultiIndex.from_frame(here[["area", "year"]]).isin(
                pd.MultiIndex.from_frame(held[["area", "year"]])
            )
            here = pd.concat([held, here[new]], ignore_index=True)
        return _named(here.sort_values(["area", "year"], ignore_index=True))

    # --- deprivation ---------------------------------------------------------------------------------------------
    def editions(self) -> list[int]:
        """The editions of the Indices of which anything is held, oldest first."""
        return sorted({2015, 2019, 2025})

    def whole(self, edition: int) -> bool:
        """Whether the whole country's neighbourhoods are held for an edition."""
        return any((part["edition"] == edition).any() for part in self._parts("iod"))

    def lsoas(self, edition: int) -> pd.DataFrame:
        """Every neighbourhood (LSOA) held of an edition, one row per neighbourhood and index.

        Columns: area, area_name (lower-tier authority of the edition), lsoa, lsoa_name, index (see INDICES), edition,
        rank (1 = most deprived in England), score, decile (1 = most deprived 10%), and the population weights of the
        edition: total, children (0-15), older (60 and over), working (working age). A figure that the files held do
        not give is blank; an index of which they give nothing has no rows. With no national file held, the
        neighbourhoods of data/reference only: enough to map Southampton, never to summarise.
        """
        edition = int(edition)
        return self._once(("lsoas", edition), lambda: self._lsoas(edition))

    def _lsoas(self, edition: int) -> pd.DataFrame:
        from .indices import joined, long, reference_wide

        if edition not in LSOA_YEAR:
            raise Missing("iod", f"the {edition} edition of the Indices (held or known: 2015, 2019, 2025)")
        parts = [part for part in self._parts("iod") if (part["edition"] == edition).any()]
        return long(joined(parts, edition) if parts else reference_wide(edition), edition)

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
        return self._once(("boundaries", int(lsoa_year)), lambda: self._boundaries(int(lsoa_year)))

    def _boundaries(self, lsoa_year: int) -> geopandas.GeoDataFrame:
        from .holdings import parsed
        from .outlines import outlines

        for file in self.held:
            if file.kind == f"lsoa_boundaries_{lsoa_year}":
                frame = parsed(file)
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

    # --- indicators ----------------------------------------------------------------------------------------------
    def indicators(self) -> pd.DataFrame:
        """DfE's measures of authorities, long.

        Columns: measure_code, measure, period (as DfE labels it: `2018` is the year ending March 2018 for financial
        years), area (GSS), area_name, value (float, blank where there is none), status (`shown`, `suppressed` for c,
        `not_applicable` for z, `not_available` for anything else) and recoded: True for a second copy of an
        authority under the code that it had before (Buckinghamshire, North Yorkshire, Somerset); leave those out
        before ranking all authorities.
        """
        return self._once("indicators", self._indicators)

    def _indicators(self) -> pd.DataFrame:
        import pandas as pd

        from .dfe import tidy

        parts = self._parts("lait")
        named = self.measures().drop_duplicates("measure_code").set_index("measure_code")["measure"]
        if not parts:
            frame = pd.read_csv(reference("children-services-indicators.csv"), dtype="str").assign(measure="")
            frame = _named(tidy(frame))
            return frame.assign(measure=frame["measure_code"].map(named))
        codes = parts[0]["measure_code"].cat
        names = [named.get(code, code) for code in codes.categories]
        return parts[0].assign(measure=pd.Categorical(names).take(codes.codes))

    def measures(self) -> pd.DataFrame:
        """What DfE says of its measures: measure_code, measure, polarity (High or Low is good, or -), unit."""
        import pandas as pd

        here = pd.read_csv(reference("indicator-measures.csv"), dtype="str")
        return pd.concat([here, *self._parts("lait_dictionary")], ignore_index=True).drop_duplicates("measure_code")

    def neighbours(self, area: str, as_of: date | None = None) -> pd.DataFrame:
        """The ten statistical neighbours of an authority, from the list in force on a day.

        as_of : a day; the newest list published by then, or the oldest held where none was (the list in force in 2018
            dates from 2014 and is not held). Without a day, the newest.

        Columns: area, area_name, model_year, closeness_order; `attrs["note"]` says which list was used and why.
        """
        import pandas as pd

        lists = self._parts("neighbours")
        every = pd.concat(lists, ignore_index=True) if lists else pd.read_csv(reference("statistical-neighbours.csv"))
        own = every[every["area"] == area]
        if own.empty:
            raise Missing("lait", f"the statistical neighbours of {areas.name(area)}")
        years = sorted(own["model_year"].unique())
        before = [year for year in years if as_of is None or MODELS.get(year, (year, 1)) <= (as_of.year, as_of.month)]
        year = int(before[-1] if before else years[0])
        chosen = own[own["model_year"] == year].sort_values("closeness_order")
        frame = _named(
            pd.DataFrame(
                {
                    "area": chosen["neighbour"].astype("str"),
                    "model_year": year,
                    "closeness_order": chosen["closeness_order"].astype("int64"),
                }
            ).reset_index(drop=True)
        )
        frame.attrs["note"] = f"DfE's list of {year}" + (
            "" if before else f", the oldest held; the one in force on {as_of:%d %B %Y} is not held"
        )
        return frame


# The month in which each list of statistical neighbours came into use.
MODELS = {2021: (2021, 4), 2025: (2025, 5)}


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `area_name` after `area`."""
    known = {code: area.name for code, area in areas.every().items()}
    frame = frame.drop(columns="area_name", errors="ignore")
    names = frame["area"].astype("str").map(known).fillna(frame["area"].astype("str"))
    frame.insert(list(frame.columns).index("area") + 1, "area_name", names)
    return frame


def pick(frame: pd.DataFrame, codes: Iterable[str], name: str, what: str) -> pd.DataFrame:
    """The rows of some areas. Raises Missing, naming the set and the areas, where none of them is held."""
    codes = list(codes)
    found = frame[frame["area"].isin(codes)]
    if found.empty:
        raise Missing(name, f"{what} of {', '.join(areas.name(code) for code in codes)}")
    return found
