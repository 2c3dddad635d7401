"""Invented counts of children's services by quarter, on the annual report's rates and the official year ends.

Nothing is drawn: every number stands here to be read. Flows and snapshots agree, so that those at one quarter's end
plus those who started less those who ended are those at the next quarter's end.
"""

from __future__ import annotations

from collections.abc import Mapping

from lscb.periods import Quarter

FIRST = Quarter(2014, 1)  # sixteen quarters, 2014-15-Q1 to 2017-18-Q4
# Printed in the annual report, per 10,000 of 50,305 children: section 47 76, 81, (74, ours), 69; referrals 161 in Q4,
# 5.2 % more than in Q3; plans 51 at the end of Q1 and 66 at the end of Q4; looked after 104 (522 children), Q3 the
# lowest in four years. Official: looked after 591, 540 and 522 at the ends of March 2016 to 2018, plans 333 and 276 at
# those of 2016 and 2017. For 2018 the official count of plans is 324; the report's 66 needs 332.
COUNTS = {
    "contacts":
        [3105, 3012, 3190, 3248, 3310, 3254, 3398, 3371, 3420, 3287, 3365, 3402, 3290, 3178, 3055, 3196],
    "referrals":
        [1012, 1004, 1046, 1031, 1060, 1022, 1049, 985, 968, 951, 934, 912, 879, 846, 770, 810],
    "re_referrals":
        [214, 205, 219, 208, 203, 199, 205, 182, 262, 251, 245, 243, 187, 171, 152, 161],
    "assessments_completed":
        [803, 815, 822, 840, 861, 845, 869, 834, 812, 795, 788, 771, 742, 729, 671, 684],
    "assessments_within_45_days":
        [610, 611, 633, 655, 663, 668, 678, 667, 658, 636, 646, 617, 601, 605, 550, 568],
    "section_47_started":
        [451, 462, 470, 489, 502, 488, 471, 465, 412, 398, 401, 389, 382, 408, 372, 347],
    "conferences_held":
        [139, 145, 141, 150, 152, 148, 137, 128, 125, 121, 118, 99, 116, 139, 127, 132],
    "conferences_within_15_days":
        [81, 92, 85, 91, 96, 90, 85, 78, 86, 80, 83, 66, 84, 103, 95, 98],
    "plans_at_period_end":
        [331, 338, 344, 352, 358, 351, 345, 333, 340, 344, 335, 276, 257, 281, 305, 332],
    "plans_started":
        [118, 121, 117, 126, 124, 119, 111, 104, 107, 103, 98, 79, 95, 118, 111, 116],
    "repeat_plans_started":
        [31, 34, 30, 37, 37, 36, 32, 31, 31, 28, 29, 22, 29, 36, 34, 36],
    "looked_after_at_period_end":
        [561, 570, 577, 583, 592, 598, 596, 591, 580, 566, 553, 540, 533, 527, 516, 522],
    "looked_after_started":
        [63, 67, 60, 64, 71, 66, 58, 55, 52, 47, 49, 46, 51, 49, 44, 56],
    "care_leavers_19_21":
        [151, 153, 154, 156, 158, 160, 161, 163, 165, 168, 170, 171, 173, 176, 178, 181],
    "care_leavers_in_touch":
        [126, 129, 128, 133, 136, 139, 138, 142, 145, 146, 150, 149, 153, 157, 158, 163],
    "care_leavers_in_work_or_education":
        [69, 71, 70, 74, 77, 75, 80, 82, 83, 85, 84, 88, 90, 89, 93, 94],
    "first_time_entrants":
        [20, 18, 19, 17, 18, 19, 16, 17, 23, 21, 24, 19, 20, 17, 19, 17],
    "not_in_education_or_work":
        [242, 251, 198, 203, 236, 244, 187, 192, 214, 226, 161, 158, 171, 190, 139, 141],
}  # fmt: skip
BEFORE = {"plans": 324, "looked_after": 552}  # at the end of March 2014
# Population of the quarter's mid-year by the ages the indicator is about: 10-17 and 16-17, ONS mid-2016 and mid-2017.
LOCAL = {"first_time_entrants": {2016: 18_672, 2017: 19_031}, "not_in_education_or_work": {2016: 4_784, 2017: 4_604}}
PER_CHILDREN = (
    "contacts", "referrals", "assessments_completed", "section_47_started", "conferences_held", "plans_at_period_end",
    "plans_started", "plans_ended", "looked_after_at_period_end", "looked_after_started", "looked_after_ended",
)  # fmt: skip


def rows(scale: int, city: Mapping[int, int], sizes: Mapping[int, int]) -> list[dict]:
    """One row per indicator and quarter. Counts of an authority whose populations (`sizes`) differ from the city's
    (`city`) are the city's, at its rates.

    The population is given where a rate needs one and the figure that the board would have used is known: the
    mid-year estimate as first published, of the year in which the financial year began.
    """
    quarters = (FIRST + 15).back(16)
    lines = []
    counts = {
        name: [_sized(n * scale, quarter, city, sizes) for n, quarter in zip(numbers, quarters, strict=True)]
        for name, numbers in COUNTS.items()
    }
    for group, opening in BEFORE.items():
        ends = [_sized(opening * scale, quarters[0], city, sizes), *counts[f"{group}_at_period_end"]]
        steps = list(zip(ends, ends[1:], counts[f"{group}_started"], strict=False))
        counts[f"{group}_started"] = [max(new, now - was) for was, now, new in steps]  # nobody ends before starting
        counts[f"{group}_ended"] = [max(was + new - now, 0) for was, now, new in steps]
    for name, numbers in counts.items():
        for quarter, number in zip(quarters, numbers, strict=True):
            population = _population(name, quarter, city, sizes)
            lines.append(
                {
                    "indicator": name,
                    "quarter": str(quarter),
                    "count": number,
                    "population": population and population * scale,
                }
            )
    return lines


def _sized(count: int, quarter: Quarter, city: Mapping[int, int], sizes: Mapping[int, int]) -> int:
    year = max(quarter.start, min(city))
    return (2 * count * sizes[year] + city[year]) // (2 * city[year])  # half up


def _population(name: str, quarter: Quarter, city: Mapping[int, int], sizes: Mapping[int, int]) -> int | None:
    if name in LOCAL:
        people = LOCAL[name].get(quarter.start)
        return people and _sized(people, quarter, city, sizes)
    return sizes.get(quarter.start) if name in PER_CHILDREN else None
