"""A matplotlib figure as small SVG: text as text, colours that a page's style can change, nothing that is not seen.

It writes what is drawn inside the figure and nothing else: no metadata, no identifiers, no time; parts outside the axes
are cut off and not only hidden, and places are rounded to a tenth of a pixel. The same figure gives the same text.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex, to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from .drawing import BLUE, GREY, INK, LIGHT, ORANGE, PALE

SIZES: dict[tuple, tuple[float, float, float]] = {}  # of texts: width, height, descent


class Reading(NamedTuple):
    """What is said of a place of a chart when asked: a band of the axes around `place`, or the shape itself."""

    place: float
    text: str
    across: bool = False  # the bars lie: the band is level
    half: float = 0.5  # of the band's width


class Svg(RendererBase):
    """Draws onto a list of SVG elements, `parts`. A shape with a `gid` answers with it when asked.

    instead : what is written for all such shapes together, where another drawing has them
    """

    def __init__(self, width: float, height: float, dpi: float, instead: str = ""):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.parts: list[str] = []
        self.instead = instead
        self._text, self._scale = "", [""]
        self._ticks: dict[str, str] = {}  # marks and lines of a scale by their paint, each paint one path

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def get_image_magnification(self):
        return 1.5

    def get_text_width_height_descent(self, s, prop, ismath):
        key = s, hash(prop), ismath, self.dpi
        if key not in SIZES:  # each text is laid out before it is drawn, and a phone's chart has those of the page's
            SIZES[key] = super().get_text_width_height_descent(s, prop, ismath)
        return SIZES[key]

    def open_group(self, s, gid=None):
        self._scale.append(s)
        self._text = gid or ""  # a shape's words: an identifier of matplotlib's never leaves as one

    def close_group(self, s):
        self._scale.pop()
        self._text = ""
        if s.startswith("matplotlib.axis"):
            self.parts += [f'<path d="{places}"{paint}/>' for paint, places in self._ticks.items()]
            self._ticks = {}

    def draw_path(self, gc, path, transform, rgbFace=None):  # noqa: N803  # matplotlib's own name
        flat = transform + Affine2D().scale(1, -1).translate(0, self.height)
        places = _steps(_inside(path, flat, _box(gc, self.height), rgbFace is not None))
        if not places:
            return
        paint = _paint(gc, rgbFace, self.points_to_pixels(gc.get_linewidth()), self.dpi)
        if self._text and self.instead:
            self.parts += [self.instead] * (self.instead not in self.parts)
        elif self._text:  # a shape that answers; in a row those of one paint say it once
            shape = f'<path class="place v" d="{places}"><title>{escape(self._text)}</title></path></g>'
            same = self.parts and self.parts[-1].startswith(f"<g{paint}><path class")
            self.parts[-1:] = (
                [self.parts[-1].removesuffix("</g>") + shape] if same else [*self.parts[-1:], f"<g{paint}>{shape}"]
            )
        elif paint == ' fill="none"':
            return  # nothing of it is seen
        elif self._ticked():
            self._ticks[paint] = self._ticks.get(paint, "") + places
        else:
            self.parts.append(f'<path d="{places}"{paint}/>')

    def gathered(self, name: str) -> bool:
        """Puts the shapes that answer, which follow each other, into one group of that name; whether there is one."""
        places = [at for at, part in enumerate(self.parts) if '<path class="place v"' in part]
        if places:
            first, last = places[0], places[-1] + 1
            group = f'<g class="shapes"><g id="{name}">{"".join(self.parts[first:last])}</g></g>'
            self.parts[first:last] = [group]
        return bool(places)

    def _ticked(self) -> bool:
        return any(group in ("xtick", "ytick") for group in self._scale)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):  # noqa: N803
        if marker_path.codes is None or np.count_nonzero(marker_path.codes == Path.CURVE4) != CIRCLE:
            return self._other_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        radius = marker_trans.transform((0.5, 0))[0] - marker_trans.transform((0, 0))[0]
        paint = _paint(gc, rgbFace, self.points_to_pixels(gc.get_linewidth()), self.dpi)
        box = _box(gc, self.height)
        circles = []
        for x, y in trans.transform(path.vertices):
            y = self.height - y
            if np.isfinite([x, y]).all() and box.x0 - 2 <= x <= box.x1 + 2 and box.y0 - 2 <= y <= box.y1 + 2:
                circles.append(f'<circle cx="{_r(x)}" cy="{_r(y)}" r="{_r(radius)}"/>')
        if circles:
            self.parts.append(f"<g{paint}>{''.join(circles)}</g>")
        return None

    def _other_markers(self, gc, marker_path, marker_trans, path, trans, face):
        """Markers that are no circles, all in one path; one whose middle may be seen is not cut at the edge."""
        parts, self.parts = self.parts, []
        places, box = trans.transform(path.vertices), _box(gc, self.height)
        seen = [box.contains(x, self.height - y) for x, y in places]
        if any(seen):
            uncut = self.new_gc()
            uncut.copy_properties(gc)
            uncut.set_clip_rectangle(None)
            gc, path, trans = uncut, Path(places[seen]), IdentityTransform()
        super().draw_markers(gc, marker_path, marker_trans, path, trans, face)
        paints: dict[str, str] = {}
        for part in self.parts:
            places, paint = part.removeprefix('<path d="').split('"', 1)
            paints[paint] = paints.get(paint, "") + places
        self.parts = [*parts, *(f'<path d="{places}"{paint}' for paint, places in paints.items())]

    def draw_image(self, gc, x, y, im, transform=None):
        from PIL import Image

        out = BytesIO()
        Image.fromarray(np.ascontiguousarray(im[::-1])).save(out, format="png")
        wide, high = im.shape[1] / 1.5, im.shape[0] / 1.5
        self.parts.append(
            f'<image x="{_r(x)}" y="{_r(self.height - y - high)}" width="{_r(wide)}" height="{_r(high)}" '
            f'href="data:image/png;base64,{b64encode(out.getvalue()).decode()}"/>'
        )

    def draw_text(self, gc, *where, **of):
        """`where`: x, y, the text, its font and its angle, as matplotlib gives them; `of`: the text as an artist."""
        (x, y, s, prop, angle), mtext, ismath = where, of.get("mtext"), of.get("ismath", False)
        if not s.strip():
            return
        size, weight = self.points_to_pixels(prop.get_size_in_points()), prop.get_weight()
        anchor, shift = "start", 0.0
        if mtext is not None and not angle and mtext.get_ha() != "left":
            wide = self.get_text_width_height_descent(s, prop, ismath)[0]
            anchor, shift = ("middle", wide / 2) if mtext.get_ha() == "center" else ("end", wide)
        heavy = weight in ("bold", "semibold") or (isinstance(weight, int) and weight >= 600)
        ticked = self._ticked()  # a scale's numbers and labels count nobody
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="600"' if heavy else ""
        more += f' transform="rotate({_r(-angle)} {_r(x)} {_r(y)})"' if angle else ""
        kind = ' class="tick"' if ticked else ""
        colour = _colour(gc.get_rgb())
        more = f' fill="{colour}"{more}' if colour != INK.lower() else more  # a page writes in its ink
        self.parts.append(
            f'<text{kind} x="{_r(x + shift)}" y="{_r(y)}" font-size="{_r(size)}"{more}>{escape(s)}</text>'
        )


def bands(figure: Any, readings: Mapping[Any, Sequence[Reading]], height: float) -> list[str]:
    """The places of each axes that answer, as bands across it."""
    parts = []
    for ax in figure.axes:
        box = ax.get_window_extent()
        for place, text, across, half in readings.get(ax, ()):
            ends = np.array([place - half, place + half])
            points = ax.transData.transform(np.column_stack([np.zeros(2), ends] if across else [ends, np.zeros(2)]))
            low, high = sorted(points[:, 1 if across else 0])
            if across:
                low, high = max(low, box.y0), min(high, box.y1)
                area = (box.x0, height - high, box.width, high - low)
            else:
                low, high = max(low, box.x0), min(high, box.x1)
                area = (low, height - box.y1, high - low, box.height)
            if min(area[2:]) > 0:
                x, y, wide, high = map(_r, area)
                parts.append(
                    f'<rect class="v" x="{x}" y="{y}" width="{wide}" height="{high}"><title>{escape(text)}</title></rect>'
                )
    return parts


def _box(gc, height: float) -> Bbox:
    """What may be seen of a path, in pixels from the top."""
    clip = gc.get_clip_rectangle()
    if clip is None:
        return Bbox([[-1e4, -1e4], [1e4, 1e4]])
    return Bbox([[clip.x0, height - clip.y1], [clip.x1, height - clip.y0]])


def _inside(path: Path, flat: Any, box: Bbox, filled: bool) -> Path:
    """A path in pixels, without what lies outside its box."""
    moved = path.transformed(flat) if filled else None
    if moved is None:
        return path.cleaned(flat, remove_nans=True, clip=(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1), curves=True)
    vertices: Any = moved.vertices
    points = vertices[np.isfinite(vertices).all(axis=1)]
    edges = Bbox([[box.x0 - 1, box.y0 - 1], [box.x1 + 1, box.y1 + 1]])
    if not len(points) or ((points >= edges.min) & (points <= edges.max)).all():
        return moved
    return moved.clip_to_bbox(edges)


CIRCLE = 24  # curved steps of matplotlib's circle; another marker, or one area drawn as a marker, is written as a path
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def _steps(path: Path) -> str:
    """A path's places as SVG writes them, straight steps in the shortest way: by one number where they are level or
    upright, else from the place before or from the corner."""
    out, last = [], ("", "")
    for points, code in path.iter_segments(simplify=False, curves=True):
        if code == Path.CLOSEPOLY:
            out.append("Z")
            last = ("", "")
        elif code in LETTERS and np.isfinite(points).all():
            texts = list(map(_r, points))  # commas: letters, digits and spaces alone can look like a postcode
            step = LETTERS[code] + " ".join(map(",".join, zip(texts[::2], texts[1::2], strict=True)))
            out.append(_line(last, texts, step) if code == Path.LINETO and last[0] else step)
            last = (texts[-2], texts[-1])
    return "".join(out) if len(list(filter(None, out))) > 1 else ""


def _line(last: tuple[str, str], texts: list[str], step: str) -> str:
    """A straight step from the last place, in the fewest letters; nothing where it leads nowhere."""
    x, y = texts
    if x == last[0] or y == last[1]:
        return "" if (x, y) == last else f"V{y}" if x == last[0] else f"H{x}"
    beside = f"l{_r(float(x) - float(last[0]))},{_r(float(y) - float(last[1]))}"
    return min(step, beside, key=len)


def _desaturated(colour: str) -> str:
    """A colour as seaborn draws it unless told otherwise."""
    from colorsys import hls_to_rgb, rgb_to_hls

    hue, light, saturation = rgb_to_hls(*to_rgb(colour))
    return to_hex(hls_to_rgb(hue, light, 0.75 * saturation))


TONES = (*map(str.lower, (BLUE, ORANGE, GREY, PALE, LIGHT, INK)), "#ffffff", "#000000")  # which a page's style knows
HOUSE = {_desaturated(colour): colour for colour in TONES}  # one colour, one tone


def _colour(colour) -> str:
    """A colour of the house as its style knows it; another as three numbers, since six letters can look like a postcode."""
    text = HOUSE.get(to_hex(colour[:3]), to_hex(colour[:3]))
    return text if text in TONES else f"rgb({','.join(str(round(255 * part)) for part in colour[:3])})"


def _paint(gc, face, width: float, dpi: float) -> str:
    """Fill and line of a path as attributes."""
    alpha = gc.get_alpha() if gc.get_forced_alpha() else None
    out = ' fill="none"'
    if face is not None and (len(face) < 4 or face[3]):
        out = f' fill="{_colour(face)}"'
        if (share := alpha if alpha is not None else face[3] if len(face) > 3 else 1) < 1:
            out += f' fill-opacity="{_r(share, 2)}"'
    line = gc.get_rgb()
    if width and (len(line) < 4 or line[3]):
        out += f' stroke="{_colour(line)}"'
        out += f' stroke-width="{_r(width)}"' if abs(width - 1) > 0.04 else ""
        if (share := alpha if alpha is not None else line[3] if len(line) > 3 else 1) < 1:
            out += f' stroke-opacity="{_r(share, 2)}"'
        if dashes := gc.get_dashes()[1]:
            out += f' stroke-dasharray="{" ".join(_r(part * dpi / 72) for part in dashes)}"'
    return out


def _r(number: float, decimals: int = 1) -> str:
    """A place as it is written: to a tenth of a pixel."""
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
