"""What a return says of its own year beside the official figure of the same year, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lscb import scorecard_comparison
from lscb.long_table import rounded_to

from .book_rows import Rows
from .cell_value import Cell, records
from .number_text import percent, series, signed

if TYPE_CHECKING:
    from lscb.scorecard import Indicator

    from .book import Book


PER = "per 10,000"
BOTH = (("was", "official_was"), ("value", "official"))
DIFFERENCE = "official_difference_from_"


def twins(book: Book, entries: Mapping[str, Indicator]) -> Rows:
    """`scorecard_comparison.twins` of a book's year, each with its `title`, the `reason` of rounded counts, whether it
    `differs`, and the two figures as they are `told`, and on which `side` the return lies; how far apart they were in the year before (`apart_before`), whether
    they `crossed` since, and the `crossing` as it is told.

    They differ where they lie further apart than `indicators.apart` of data/standards.yml; of rounded counts only where
    the exact ones would too, from the `least` to the `most` that each can be: of four quarters to the nearest 5, 8 either
    way. What a sum of rounded quarters `sent` is told as that range, and has no `apart`. They crossed where
    the return lay above the official figure by more than `indicators.apart` and lies below it by as much, or the other
    way round; of rounded counts that is not said.
    """
    recorded, least = book["scorecard_quarter"], book.standard("indicators.apart")
    frame, before = (
        scorecard_comparison.twins(recorded, book["scorecard_year"], entries, year)
        for year in (book.year, book.last_year)
    )
    earlier = before[before["unit"].eq(frame["unit"].reindex(before.index))]
    frame = frame.assign(apart_before=earlier["apart"])
    reason = next((text for text in recorded["reason"] if rounded_to(text) > 1), "")
    frame = frame.assign(title=[entries[name].title for name in frame.index], reason="")
    to = rounded_to(reason)
    quarters = pd.Series([1 if entries[name].carries_over else 4 for name in frame.index], frame.index, dtype=float)
    off = quarters * (to // 2)
    of_off = (off / frame["of"]).where(frame["unit"] == "share", 0)
    frame["least"], frame["most"] = (
        frame["value"] * (1 + way * off / frame["count"]) / (1 - way * of_off) for way in (-1, 1)
    )
    differs = (frame["least"] / frame["official"] - 1 > least) | (frame["most"] / frame["official"] - 1 < -least)
    if to > 1:
        frame[["apart", "apart_before"]] = float("nan")
    both = frame[["apart", "apart_before"]]
    crossed = (both.prod(axis=1, skipna=False) < 0) & (both.abs() > least).all(axis=1)
    frame[["was", "official_was"]] = earlier[["value", "official"]].reindex(frame.index)
    rows = records(frame.assign(summed=quarters > 1, reason=reason))
    texts = {"sent": [_sent(row) for row in rows], "told": [_told(row) for row in rows]}
    texts["side"] = [signed(percent(abs(part)), part) if (part := row["apart"]) == part else "–" for row in rows]
    texts["crossing"] = [_crossing(row, book.last_year, book.year) for row in rows]
    # of no row at all they are texts too
    return Rows(frame.assign(differs=differs, crossed=crossed, **texts).astype(dict.fromkeys(texts, "str")))


def borne_out(rate: Cell, gap: Cell, other: Cell, twin: Mapping) -> bool:
    """Whether the return's own year lies on the same side of a comparator as the official rate, at any rounding; its rate
    is of the official population. `gap`: the official difference; `twin`: the indicator's row of `twins`. Of an official
    0 the return, which has more, has no rate of that population: not borne out."""
    if twin["official"] == 0:
        return False
    least, most = (rate.value * twin[end] / twin["official"] for end in ("least", "most"))
    return least > other.value if gap.low > 0 else most < other.value


def by_one_count(latest: Rows, both: Rows) -> set[tuple[str, str]]:
    """Indicator and measure of each official difference beyond its interval that the return's own year does not bear out.

    latest : rows of `scorecard_year` of each indicator's newest period; both : what `twins` gives of the same year
    """
    alone = set()
    for name, twin in both[both["differs"]].to_dict("index").items():
        rows = latest[latest["indicator"] == name].set_index("measure", drop=False)
        for measure in rows.index[rows.index.str.startswith(DIFFERENCE)]:
            gap, other = (rows.loc[[m]].cell() for m in (measure, measure.replace(DIFFERENCE, "official_")))
            rate = next((rows.loc[[m]].cell() for m in ("official_rate", "official_share") if m in rows.index), None)
            beyond = gap.shown and (gap.low > 0 or gap.high < 0)
            if rate and beyond and not borne_out(rate, gap, other, twin):
                alone.add((str(name), measure))
    return alone


def other_bases(book: Book, entries: Mapping[str, Indicator], latest: Rows) -> list[str]:
    """Sentences: that rates of the return and official ones are of two populations, and which figures of the return are
    no twin of an official one; none where the return did not come. `latest`: as for `by_one_count`."""
    recorded = book["scorecard_quarter"]
    if recorded.absent:
        return []
    sentences = []
    own, official = (
        series(
            f"{of:,.0f}" for of in sorted({*rows.loc[(rows["measure"] == name) & (rows["unit"] == PER), "of"].dropna()})
        )
        for rows, name in (
            (recorded[recorded["period"] == str(book.period)], "services_rate"),
            (latest, "official_rate"),
        )
    )
    if own and official and own != official:
        text = f"Rates {PER} of the return are for {own} children, official ones for {official}"
        sentences.append(f"{text}, so the same number can have another rate.")
    counted, printed = set(recorded["indicator"]), set(latest["indicator"])
    apart = [
        f"{each.title.lower()} ({each.quarter['official_differs']})"
        for name, each in entries.items()
        if name in printed and each.quarter.get("official_differs") and each.quarter["count"] in counted
    ]
    if apart:
        sentences.append(f"On another basis than the official figure the return counts {series(apart)}.")
    return sentences


def _sent(row: dict) -> str:
    """The return's figure; of rounded quarters together, which are no rounded year, the range that they leave."""
    cell = Cell(row | {"status": "shown"})
    if not (cell.rounded and row["summed"]):
        return f"{cell:unit}"
    exact = Cell(row | {"status": "shown", "reason": ""})
    return f"{exact:least unit} to {exact:most unit}"


def _told(row: dict) -> str:
    """Both figures with their unit."""
    official = Cell(row | {"status": "shown", "reason": ""})
    unit = f", {row['unit']}" if row["unit"].startswith("per") else ""
    return f"{_sent(row)} in the return, {official:official unit} official{unit}"


def _crossing(row: dict, earlier: str, later: str) -> str:
    """Both counts of the two years, and whether they went opposite ways."""
    then, now = (Cell(row | {"value": row[n], "official": row[m], "status": "shown"}) for n, m in BOTH)
    opposite = (row["value"] - row["was"]) * (row["official"] - row["official_was"]) < 0
    return (
        f"from {earlier} to {later} {then:official unit} to {now:official unit} official, {then:unit} to {now:unit} in the "
        f"return{': opposite ways' if opposite else ''}"
    )
