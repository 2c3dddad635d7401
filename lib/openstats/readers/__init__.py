"""Readers of official files: one function for each kind, a path in, one tidy frame out.

A file that is not what it was taken for, or whose figures contradict each other, raises NotAsNamed with the count;
no figure is returned from it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..boundaries import outlines
from . import births_and_deaths as births
from . import deprivation_files as deprivation
from . import education_files as dfe
from . import geography_lookups as lookups
from . import population_estimates as population
from . import postcode_directory as directory

if TYPE_CHECKING:
    import pandas as pd

READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "iod2015": deprivation.indices,
    "iod2019": deprivation.indices,
    "iod2025": deprivation.indices,
    "iod_summaries": deprivation.summaries,
    "lsoa_boundaries_2011": outlines,
    "lsoa_boundaries_2021": outlines,
    "lsoa_lookup": lookups.lsoas,
    "lsoa_areas_2018": lookups.areas_of,
    "lsoa_areas_2024": lookups.areas_of,
    "postcode_directory": directory.postcodes,
    "mid_year_estimates": population.workbook,
    "nomis_population": population.nomis,
    "dfe_population": population.children,
    "lait": dfe.lait,
    "lait_dictionary": dfe.dictionary,
    "neighbours": dfe.neighbours,
    "births": births.births,
    "deaths": births.deaths,
    "child_mortality": births.child_mortality,
}
