"""How large the worked example is, and how often something happens in a place of another size."""

from __future__ import annotations

from .draw import Draw

# Children 0-17 as first published (ONS), the population that the annual report's rates divide by.
POPULATIONS = {2015: 49_152, 2016: 49_901, 2017: 50_305}
LAST_YEAR = 2017  # the financial year that the worked example ends with


def sized(number: int, scale: float) -> int:
    """A count in a place of another size, half up."""
    return int(number * scale + 0.5)


def times(draw: Draw, scale: float) -> int:
    """How often one case stands in a place of another size: the whole part of `scale`, and by chance once more."""
    whole_times = int(scale)
    return whole_times + (scale > whole_times and draw.chance(scale - whole_times))
