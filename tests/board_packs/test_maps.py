"""Maps: the same picture as GeoDataFrame.plot's fill, holes left open, a true scale."""

import geopandas
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from shapely import MultiPolygon, Polygon, box

from board_packs.pages import maps

RING = Polygon(box(0, 0, 3000, 3000).exterior, [box(1000, 1000, 2000, 2000).exterior])
PLACES = geopandas.GeoDataFrame(
    geometry=[RING, box(1000, 1000, 2000, 2000), MultiPolygon([box(3000, 0, 4000, 1000), box(3000, 2000, 4000, 3000)])],
    crs=27700,
)


def picture(draw) -> np.ndarray:
    figure = Figure(figsize=(4, 3), dpi=50)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes([0, 0, 1, 1])
    draw(axes)
    axes.axis("off")
    axes.set(xlim=(0, 4000), ylim=(0, 3000), aspect="auto")
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


def test_every_place_is_filled_as_geopandas_fills_it():
    colours = {1: "#ff0000", 2: "#00ff00", 3: "#0000ff"}
    ours = picture(lambda axes: maps.draw(axes, PLACES, [1, 2, 3], colours, edge=0))
    theirs = picture(lambda axes: PLACES.plot(ax=axes, color=list(colours.values()), linewidth=0))
    assert (np.abs(ours - theirs).max(axis=2) > 40).mean() < 0.03  # antialiased edges only


def test_a_hole_stays_open():
    shown = picture(lambda axes: maps.draw(axes, PLACES.iloc[[0]], [1], {1: "#ff0000"}, edge=0))
    assert tuple(shown[75, 75]) == (255, 255, 255)  # 1,500 m east and north: inside the hole
    assert tuple(shown[140, 20]) == (255, 0, 0)


def test_the_same_map_is_the_same_bytes_and_missing_is_said():
    one, two = (maps.deciles(PLACES, [1, None, 10], "Places", "alt", "source") for _ in range(2))
    assert one.png == two.png and one.alt == "alt"


def test_an_unknown_palette_names_the_known():
    with pytest.raises(ValueError, match="board, safe"):
        maps.deciles(PLACES, [1, 2, 3], "Places", "alt", "source", palette="rainbow")


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """Drawings are kept in a folder, and counted: (the folder, how often a map was drawn)."""
    monkeypatch.setenv("LSCB_DRAWINGS", str(tmp_path / "kept"))
    count, own = [], maps._deciles
    monkeypatch.setattr(maps, "_deciles", lambda *given: count.append(1) or own(*given))
    return tmp_path / "kept", count


def test_a_kept_map_is_not_drawn_again_and_is_the_same_bytes(drawn, monkeypatch):
    folder, count = drawn
    first = maps.deciles(PLACES, [1, None, 10], "Places", "alt", "source")
    second = maps.deciles(PLACES.copy(), [1.0, np.nan, 10.0], "Places", "another alt", "source")
    assert len(count) == 1 and second.png == first.png and second.alt == "another alt"
    monkeypatch.delenv("LSCB_DRAWINGS")
    assert maps.deciles(PLACES, [1, None, 10], "Places", "alt", "source").png == first.png
    assert len(count) == 2 and len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("changed", ["decile", "polygon", "title", "palette", "labels", "damaged"])
def test_a_map_of_anything_else_is_drawn(drawn, changed):
    folder, count = drawn
    given = dict(areas=PLACES, decile=[1, None, 10], title="Places", palette="board", labels={"A": (1.0, 2.0)})
    first = maps.deciles(**given, alt="", source="")
    other = {
        "decile": [1, 2, 10], "title": "Others", "palette": "safe", "labels": {"A": (1.0, 900.0)},
        "areas": PLACES.assign(geometry=[RING, box(1000, 1000, 2000, 1500), PLACES.geometry[2]]),
    }  # fmt: skip
    if changed == "damaged":
        (kept,) = folder.iterdir()
        kept.write_bytes(kept.read_bytes()[:-9])
    else:
        name = "areas" if changed == "polygon" else changed
        given[name] = other[name]
    again = maps.deciles(**given, alt="", source="")
    assert len(count) == 2 and (again.png == first.png) == (changed == "damaged")
