"""The numbers that an audience is not shown for their own sake."""

from __future__ import annotations

from .audiences import Profile


def primaries(model, profile: Profile) -> set[int]:
    """The numbers that are primary for a profile: it prints none of them, and each must keep its candidates.

    - From 1 to its threshold, be it a count in a table, the rest of a group, or a number that follows from others.
    - All or none of a small group: the count of a share (no rate, no average) that is 0 or all of a group of 1 to
      `all_or_none`. The group's size, and the rest of it, are counts like any other.

    This is said of true values. A number whose value we do not know (an earlier pack or its sender withheld it, or it
    is in no table) is treated as primary in every pattern that leaves it few candidates, one of them such a number:
    `Reader.unsure`, `_least_telling`. Numbers that open data print are never primary. A 0 that is not may be shown,
    whatever is hidden of its group: whoever knows the rules knows from it that the group is none of 1 to
    `all_or_none`.
    """
    small = {i for i, value in enumerate(model.values) if value is not None and 1 <= value <= profile.threshold}
    for count, groups in model.shares.items():
        sizes = {model.values[of] for of in groups} - {None}
        if any(1 <= of <= profile.all_or_none and model.values[count] in (0, of) for of in sizes):
            small.add(count)
    return small - model.constant
