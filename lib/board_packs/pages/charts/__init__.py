"""Charts that take axes and rows and return axes; `show` finishes a figure with its finding and its words.

Ordinary bars and lines are seaborn's and matplotlib's; here is what they lack. Every rows argument is a table after
disclosure control: a hidden cell is a gap with a quiet mark, never a zero and never joined across.
"""

from .comparison import spine, stamp_words, stamps
from .control_chart_drawing import control
from .decile_map import PALETTES, decile_map
from .described import describe
from .drawing import BLUE, GREY, INK, LIGHT, ORANGE, PALE, WIDTH, gaps, house_style, periods, shares
from .finished_chart import NOTHING, Chart, as_pictures, show
from .marks import intervals, labels, legend, lines, panels, pyramid
from .readings import answers

__all__ = ["BLUE", "GREY", "INK", "LIGHT", "NOTHING", "ORANGE", "PALE", "PALETTES", "WIDTH", "Chart", "answers", "as_pictures", "control", "decile_map",
           "describe", "gaps", "house_style", "intervals", "labels", "legend", "lines", "panels", "periods", "pyramid",
           "shares", "show", "spine", "stamp_words", "stamps"]  # fmt: skip
