"""Outlines of neighbourhoods from a GeoJSON file: mended where invalid, on the British National Grid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas

CODES = {"lsoa11cd": 2011, "lsoa21cd": 2021, "lsoa11_code": 2011, "lsoa21_code": 2021}


def outlines(path: Path) -> geopandas.GeoDataFrame:
    """Columns lsoa, lsoa_name, repaired, geometry (EPSG:27700). Raises NotAsNamed for a duplicate or missing code."""
    import geopandas
    import numpy as np
    import shapely

    from .sources import NotAsNamed, number_of

    frame = geopandas.read_file(path)
    code = next((c for c in frame.columns if c.lower() in CODES), None)
    if code is None:
        raise NotAsNamed(f"{path.name} has no column of neighbourhood codes (LSOA11CD or LSOA21CD).")
    called = code.lower().replace("cd", "nm").replace("code", "name")
    name = next((c for c in frame.columns if c.lower() == called), code)
    if twice := int(frame[code].duplicated().sum() + frame[code].isna().sum()):
        raise NotAsNamed(
            f"{path.name}: {number_of(twice, 'neighbourhood')} without a code or with one that stands twice."
        )
    shapes = np.asarray(frame.geometry.array)
    invalid = ~shapely.is_valid(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid])
    # Mending can leave lines and points beside the polygons: an outline is its polygons only.
    shapes[invalid] = [_polygons(shape) for shape in shapes[invalid]]
    outlines = geopandas.GeoDataFrame(
        {"lsoa": frame[code].astype("str"), "lsoa_name": frame[name].astype("str"), "repaired": invalid},
        geometry=shapes,
        crs=frame.crs or 4326,
    ).to_crs(27700)
    return outlines.sort_values("lsoa", ignore_index=True)


def _polygons(shape: Any) -> Any:
    import shapely

    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shape
