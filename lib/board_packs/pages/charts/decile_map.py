"""Maps of small areas by decile, drawn without GeoDataFrame.plot.

GeoDataFrame.plot makes one patch per polygon; here the polygons of one colour are one path, so England's 32,844
neighbourhoods are ten paths. Everything is drawn in British National Grid (EPSG:27700), so that a scale bar is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lscb.errors import UserError

from .drawing import GREY, INK, WIDTH

if TYPE_CHECKING:
    import geopandas
    import numpy as np
    from matplotlib.axes import Axes

# Deciles 1 (most deprived) to 10. `board`: red to blue, as boards know the map (ColorBrewer RdYlBu, 10 classes).
# `safe`: dark to light (matplotlib's cividis), which survives every colour-vision deficiency and a photocopier.
PALETTES = {
    "board": "#a50026 #d73027 #f46d43 #fdae61 #fee090 #e0f3f8 #abd9e9 #74add1 #4575b4 #313695".split(),
    "safe": "#00224e #14366d #3d4d6c #575c6d #707173 #8a8779 #a69d75 #c4b56c #e4cf5b #fee838".split(),
}
MISSING = "#FFFFFF"
MAP_SHARE = 0.72  # of the figure's width; the key takes the rest


def decile_map(
    ax: Axes,
    outlines: geopandas.GeoDataFrame,
    decile: Sequence,
    palette: str = "board",
    places: Mapping[str, tuple[float, float]] | None = None,
) -> Axes:
    """Every neighbourhood in the colour of its decile, with a key, a scale bar and north. Returns the axes.

    outlines : polygons in any coordinate system; decile : 1 to 10 for each, or missing (left white, said in the key)
    places : {name: (easting, northing)} in EPSG:27700, for orientation. The figure's height follows the map.
    Outlines with a column `name` answer with it and with their decile.
    Raises UserError for a palette that there is not.
    """
    import numpy as np

    if palette not in PALETTES:
        raise UserError(f"palette {palette!r} is not one of {', '.join(PALETTES)}.")
    if outlines.empty:
        return ax
    classes = [int(d) if d == d and d is not None else None for d in np.asarray(decile, dtype=object)]
    drawn, colours = outlines.to_crs(27700), dict(enumerate(PALETTES[palette], start=1))
    west, south, east, north = drawn.total_bounds
    height = min(9.0, MAP_SHARE * WIDTH * 1.06 * (north - south) / (east - west) + 0.5)
    ax.figure.set_size_inches(WIDTH, max(height, 3.6))  # type: ignore[union-attr]  # a figure, not a part of one
    # Nationally a white outline hides small neighbourhoods altogether.
    _fill(ax, drawn, classes, colours, edge=0.4 if len(drawn) < 1500 else 0.0)
    _key(ax, colours, None in classes)
    _scale_and_north(ax, drawn.total_bounds)
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.8, "linewidth": 0}
    for name, point in (places or {}).items():
        ax.annotate(name, point, ha="center", va="center", fontsize=8, color=INK, zorder=4, bbox=box)
    return ax


def paths(geometry: np.ndarray, classes: np.ndarray) -> dict:
    """One compound path per class: the rings of all its polygons.

    geometry : shapely polygons or multipolygons; classes : one hashable label each. Empty geometry draws nothing.
    Rings are filled by the non-zero rule, so holes need the opposite turn: outer rings are set anticlockwise.
    """
    import numpy as np
    import shapely
    from matplotlib.path import Path

    found = {}
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
        found[label] = Path(points, codes)
    return found


def _fill(ax: Axes, areas: geopandas.GeoDataFrame, classes: Sequence, colours: Mapping, edge: float) -> None:
    """Every polygon in its class's colour, on an axis in metres. A class without a colour is left white.

    Those with a name are a path each, which says its name and its tenth when it is asked, the classes in their order.
    """
    import numpy as np
    from matplotlib.patches import PathPatch

    if named := "name" in areas:
        order = sorted(range(len(areas)), key=lambda at: classes[at] or len(colours) + 1)
        areas, classes = areas.iloc[order], [classes[at] for at in order]
    drawn_as_one = np.arange(len(areas)) if named else np.asarray(classes, dtype=object)
    for label, path in paths(areas.geometry.to_numpy(), drawn_as_one).items():
        decile = classes[label] if named else label
        # add_artist, not add_patch: the limits are set below, and add_patch would walk every segment to find them.
        patch = PathPatch(path, fc=colours.get(decile, MISSING), ec="white", linewidth=edge, zorder=1)
        if named:
            patch.set_gid(f"{areas['name'].iloc[label]}: {'not available' if decile is None else f'decile {decile}'}")
        ax.add_artist(patch)
    west, south, east, north = areas.total_bounds
    ax.set(xlim=(west, east), ylim=(south, north), aspect="equal")
    ax.axis("off")


def _key(ax: Axes, colours: Mapping[int, str], missing: bool) -> None:
    from matplotlib.patches import Patch

    words = {1: "1  most deprived", 10: "10  least deprived"}
    entries = [(colour, words.get(decile, str(decile))) for decile, colour in colours.items()]
    entries += [(MISSING, "not available")] if missing else []
    handles = [Patch(facecolor=colour, edgecolor=GREY, linewidth=0.4, label=label) for colour, label in entries]
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8.5, title="Tenth of England",
              title_fontsize=9, alignment="left")  # fmt: skip


def _scale_and_north(ax: Axes, bounds) -> None:
    """A bar of a round length, about a fifth of the map's width, and an arrow: grid north is up."""
    from math import floor, log10

    west, south, east, north = bounds
    target = (east - west) / 5
    step = 10 ** floor(log10(target))
    length = max(m * step for m in (1, 2, 5) if m * step <= target)
    y = south - (north - south) * 0.04
    ax.plot([west, west + length], [y, y], color=INK, linewidth=2, solid_capstyle="butt", zorder=5)
    ax.text(west + length / 2, y - (north - south) * 0.012, f"{length / 1000:g} km", ha="center", va="top", fontsize=8,
            color=INK)  # fmt: skip
    x, tip, foot = west + length * 1.35, y + (north - south) * 0.05, y - (north - south) * 0.02
    arrow = {"arrowstyle": "-|>", "color": INK}
    ax.annotate("N", (x, tip), (x, foot), ha="center", va="top", fontsize=9, arrowprops=arrow)
    ax.set_ylim(south - (north - south) * 0.08, north)
