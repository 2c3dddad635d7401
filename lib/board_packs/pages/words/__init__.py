"""Sentences made from protected tables: one module per subject. No number is ever typed into prose.

Rounding happens here and nowhere before: half up, once, when a number becomes text.
"""

from .base import Answer, Note, Points, count, money, ordinal, percent, points, rate, rounded, series

__all__ = ["Answer", "Note", "Points", "count", "money", "ordinal", "percent", "points", "rate", "rounded", "series"]
