"""Maps: the same picture as GeoDataFrame.plot's fill, holes left open, a true scale."""

import re

import geopandas
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from shapely import MultiPolygon, Polygon, box

from board_packs.pages import charts, mapped_places
from lscb.errors import UserError

RING = Polygon(box(0, 0, 3000, 3000).exterior, [box(1000, 1000, 2000, 2000).exterior])
PLACES = geopandas.GeoDataFrame(
    geometry=[RING, box(1000, 1000, 2000, 2000), MultiPolygon([box(3000, 0, 4000, 1000), box(3000, 2000, 4000, 3000)])],
    crs=27700,
)


def figure_axes():
    figure = Figure(figsize=(4, 3), dpi=50)
    FigureCanvasAgg(figure)
    return figure.add_axes([0, 0, 1, 1])


def picture(axes) -> np.ndarray:
    axes.figure.set_size_inches(4, 3)
    axes.axis("off")
    axes.set(xlim=(0, 4000), ylim=(0, 3000), aspect="auto")
    axes.figure.canvas.draw()
    return np.asarray(axes.figure.canvas.buffer_rgba())[..., :3].astype(int)


def drawn(places, deciles, palette="board") -> np.ndarray:
    """The map's fill alone: its key, names, scale and north are taken off."""
    axes = charts.decile_map(figure_axes(), places, deciles, palette)
    axes.get_legend().remove()
    for mark in [*axes.texts, *axes.lines]:
        mark.remove()
    return picture(axes)


def test_every_place_is_filled_as_geopandas_fills_it():
    ours = drawn(PLACES, [1, 4, 10])
    theirs = figure_axes()
    PLACES.plot(ax=theirs, color=["#a50026", "#fdae61", "#313695"], edgecolor="white", linewidth=0.4)
    assert (np.abs(ours - picture(theirs)).max(axis=2) > 40).mean() < 0.03  # antialiased edges only


def test_a_hole_stays_open_and_a_place_without_a_decile_is_white():
    shown = drawn(PLACES.iloc[[0, 2]], [1, None])
    assert tuple(shown[75, 75]) == (255, 255, 255)  # 1,500 m east and north: inside the hole
    assert tuple(shown[140, 20]) == (0xA5, 0x00, 0x26)
    assert tuple(shown[140, 175]) == (255, 255, 255)
    axes = charts.decile_map(figure_axes(), PLACES, [1, None, 10])
    assert [text.get_text() for text in axes.get_legend().get_texts()][-1] == "not available"


def test_the_scale_bar_is_as_long_as_it_says():
    axes = charts.decile_map(figure_axes(), PLACES, [1, 2, 3])
    (bar,) = axes.lines
    metres = bar.get_xdata()[1] - bar.get_xdata()[0]
    assert f"{metres / 1000:g} km" in [text.get_text() for text in axes.texts] and metres <= 4000 / 5


def test_an_unknown_palette_names_the_known():
    with pytest.raises(UserError, match="board, safe"):
        charts.decile_map(figure_axes(), PLACES, [1, 2, 3], "rainbow")


def test_a_named_place_is_written_once_in_its_colour_and_answers():
    """Red (165,0,38) for the first tenth, then white for the place without one, each saying its name; the drawing for a
    phone has the same shapes, moved as its scale bar is."""
    figure, axes = pyplot.subplots()
    charts.decile_map(axes, PLACES.assign(name=["Ring", "Middle", "Corners"]), [10, None, 1])
    drawing = charts.show(figure, "A title", "Words in place of a map").drawing
    wide, narrow = (drawing.partition(f'<svg class="{kind}"')[2].partition("</svg>")[0] for kind in ("wide", "narrow"))
    words = re.findall(r'class="place v" d="[^"]+"><title>([^<]+)</title>', drawing)
    assert words == ["Corners: decile 1", "Ring: decile 10", "Middle: not available"] and "place v" not in narrow
    assert re.findall(r'<g fill="([^"]+)"[^>]*><path class="place v"', wide) == [
        "rgb(165,0,38)", "rgb(49,54,149)", "#ffffff"
    ]  # fmt: skip
    bars = [
        tuple(map(float, re.search(r'd="M([\d.]+),([\d.]+)H([\d.]+)" fill="none" stroke="#1d1d1d"', svg).groups()))
        for svg in (wide, narrow)
    ]
    x, y, scale = map(float, re.search(r'translate\(([-\d.]+),([-\d.]+)\) scale\(([\d.]+)\)"><use', narrow).groups())
    assert re.search(r'<g id="(map-[a-p]+)">', wide)[1] == re.search(r'href="#([^"]+)"', narrow)[1]
    moved = [x + scale * bars[0][0], y + scale * bars[0][1], x + scale * bars[0][2]]
    assert moved == pytest.approx(list(bars[1]), abs=0.3)


@pytest.mark.parametrize("deciles, every", [([7], "one neighbourhood"), ([7, 1], "2 neighbourhoods")])
def test_a_map_of_one_neighbourhood_is_not_of_1_neighbourhoods(deciles, every):
    """ONS: the Isles of Scilly are one neighbourhood."""
    shapes = PLACES.head(len(deciles)).assign(decile=deciles)
    shapes.place = "Here"
    finding, words = mapped_places.described(shapes, "IMD 2019")
    assert f" of {every} of Here in the most deprived tenth" in finding
    assert words.startswith(f"Map of Here: {every} by tenth of England, IMD 2019")
