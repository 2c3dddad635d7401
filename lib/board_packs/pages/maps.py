"""Maps of small areas by class, drawn without GeoDataFrame.plot.

GeoDataFrame.plot makes one patch per polygon; here the polygons of one colour are one path, so England's 32,844
neighbourhoods are ten paths. Everything is drawn in British National Grid (EPSG:27700), so that a scale bar is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .figures.base import GREY, INK, WIDTH, Chart, kept, save

if TYPE_CHECKING:
    import geopandas
    import matplotlib.axes
    import matplotlib.path
    import numpy as np

# Deciles 1 (most deprived) to 10. `board`: red to blue, as boards know the map (ColorBrewer RdYlBu, 10 classes).
# `safe`: dark to light (matplotlib's cividis), which survives every colour-vision deficiency and a photocopier.
PALETTES = {
    "board": "#a50026 #d73027 #f46d43 #fdae61 #fee090 #e0f3f8 #abd9e9 #74add1 #4575b4 #313695".split(),
    "safe": "#00224e #14366d #3d4d6c #575c6d #707173 #8a8779 #a69d75 #c4b56c #e4cf5b #fee838".split(),
}
MISSING = "#FFFFFF"
MAP_SHARE = 0.72  # of the figure's width; the key takes the rest


def paths(geometry: np.ndarray, classes: np.ndarray) -> dict:
    """One compound path per class: the rings of all its polygons.

    geometry : shapely polygons or multipolygons; classes : one hashable label each. Empty geometry draws nothing.
    Rings are filled by the non-zero rule, so holes need the opposite turn: outer rings are set anticlockwise.
    """
    import numpy as np
    import shapely
    from matplotlib.path import Path

    made = {}
    for label in dict.fromkeys(classes.tolist()):
        parts = shapely.get_parts(geometry[classes == label])
        rings = shapely.get_rings(shapely.orient_polygons(parts))
        if not len(rings):
            continue
        points, ring = shapely.get_coordinates(rings, return_index=True)
        codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        first = np.flatnonzero(np.diff(ring, prepend=-1))
        codes[first] = Path.MOVETO
        codes[np.append(first[1:], len(points)) - 1] = Path.CLOSEPOLY
        made[label] = Path(points, codes)
    return made


def draw(axes: matplotlib.axes.Axes, areas: geopandas.GeoDataFrame, classes: Sequence, colours: Mapping, edge=0.15):
    """Fill every polygon with its class's colour on an axis in metres. A class without a colour is left white."""
    import numpy as np
    from matplotlib.patches import PathPatch

    geometry = areas.geometry.to_numpy()
    for label, path in paths(geometry, np.asarray(classes, dtype=object)).items():
        # add_artist, not add_patch: the limits are set below, and add_patch would walk every segment to find them.
        axes.add_artist(
            PathPatch(path, facecolor=colours.get(label, MISSING), edgecolor="white", linewidth=edge, zorder=1)
        )
    west, south, east, north = areas.total_bounds
    axes.set(xlim=(west, east), ylim=(south, north), aspect="equal")
    axes.axis("off")


def deciles(
    areas: geopandas.GeoDataFrame,
    decile: Sequence,
    title: str,
    alt: str,
    source: str,
    palette: str = "board",
    labels: Mapping[str, tuple[float, float]] | None = None,
) -> Chart:
    """A decile map with a key of ten classes, a scale bar and north.

    areas : polygons in any coordinate system; decile : 1 to 10 for each, or missing (left white and said in the key)
    labels : {place: (easting, northing)} in EPSG:27700; alt : what the map shows, in words (the caller computes it)
    Everything on a map is open data: within a run it is drawn once and kept by its content (`kept`).
    Raises ValueError for an unknown palette.
    """
    import numpy as np
    import shapely

    if palette not in PALETTES:
        raise ValueError(f"palette {palette!r} is not one of {', '.join(PALETTES)}")
    decile = [int(d) if d == d and d is not None else None for d in np.asarray(decile, dtype=object)]
    outlines = [outline or b"" for outline in shapely.to_wkb(areas.geometry.to_numpy())]
    shown = (b"".join(outlines), [len(outline) for outline in outlines], str(areas.crs), decile, title, palette, labels)
    return Chart(kept(lambda: _deciles(areas, decile, title, palette, labels or {}), "deciles", *shown), alt, source)


def _deciles(areas, decile: list[int | None], title: str, palette: str, labels: Mapping) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawn = areas.to_crs(27700)
    colours = dict(enumerate(PALETTES[palette], start=1))
    west, south, east, north = drawn.total_bounds
    height = min(9.0, MAP_SHARE * WIDTH * 1.06 * (north - south) / (east - west) + 0.5)
    figure = Figure(figsize=(WIDTH, max(height, 3.6)), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    # Nationally a white outline hides small neighbourhoods altogether.
    draw(axes, drawn, decile, colours, edge=0.4 if len(drawn) < 1500 else 0.0)
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold", color=INK)
    _key(axes, colours, None in decile)
    _scale_and_north(axes, drawn.total_bounds)
    for place, (easting, northing) in labels.items():
        axes.annotate(
            place,
            (easting, northing),
            ha="center",
            va="center",
            fontsize=8,
            color=INK,
            zorder=4,
            bbox=dict(boxstyle="round,pad=0.15", facecolor="white", alpha=0.8, linewidth=0),
        )
    return save(figure, "", "").png


def _key(axes, colours: Mapping[int, str], missing: bool) -> None:
    from matplotlib.patches import Patch

    words = {1: "1  most deprived", 10: "10  least deprived"}
    named = [(colour, words.get(decile, str(decile))) for decile, colour in colours.items()]
    named += [(MISSING, "not available")] if missing else []
    handles = [Patch(facecolor=colour, edgecolor=GREY, linewidth=0.4, label=label) for colour, label in named]
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        fontsize=8.5,
        title="Tenth of England",
        title_fontsize=9,
        alignment="left",
    )


def _scale_and_north(axes, bounds) -> None:
    """A bar of a round length, about a fifth of the map's width, and an arrow: grid north is up."""
    from math import floor, log10

    west, south, east, north = bounds
    target = (east - west) / 5
    step = 10 ** floor(log10(target))
    length = max(m * step for m in (1, 2, 5) if m * step <= target)
    y = south - (north - south) * 0.04
    axes.plot([west, west + length], [y, y], color=INK, linewidth=2, solid_capstyle="butt", zorder=5)
    said = f"{length / 1000:g} km"
    axes.text(west + length / 2, y - (north - south) * 0.012, said, ha="center", va="top", fontsize=8, color=INK)
    x = west + length * 1.35
    axes.annotate(
        "N",
        (x, y + (north - south) * 0.05),
        (x, y - (north - south) * 0.02),
        ha="center",
        va="top",
        fontsize=9,
        arrowprops=dict(arrowstyle="-|>", color=INK),
    )
    axes.set_ylim(south - (north - south) * 0.08, north)
