"""Charts made from protected tables: one module per subject, one function per chart, each returning a Chart.

A figure function takes a table (or columns of one) after disclosure control. A hidden cell is a gap with a mark,
never a zero and never joined across; where every cell is hidden the function returns words instead of a drawing.
"""

from .base import BLUE, GREY, ORANGE, PALE, Chart, axes, save

__all__ = ["BLUE", "GREY", "ORANGE", "PALE", "Chart", "axes", "save"]
