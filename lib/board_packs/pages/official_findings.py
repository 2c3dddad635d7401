"""What a pack's first page says of the official figures: beside others by an interval, far from them without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb import scorecard
from openstats.project_data import DATA, read, standard

from ..tables.reasons import ALL_OR_NONE
from . import sentences as say
from .finding import APART, FAR, SAME, WORSE, Finding, Findings, way
from .official_twins import borne_out, twins
from .small_charts import among, beside

if TYPE_CHECKING:
    from .book import Book
    from .cell_value import Cell

MEASURES = {"similar places": "neighbours", "its region": "region", "England": "england"}
NO_INTERVAL = "the official figure has no interval, so no difference is tested"
NOTHING_BESIDE = "nothing of the official figure's year stands beside it"


def worst() -> float:
    """The part of all authorities, counted from the worst by rank, that is named as far from others (a share of 1)."""
    return float(read(DATA / "summary.yml")["far"]["worst"])


def official_findings(book: Book, results: Findings, returned: bool) -> None:
    """The area's newest official rates and shares whose difference from others leaves out none, and those far from
    others that cannot be tested. `returned`: the pack has the return too, whose own year may say otherwise."""
    official = book["scorecard_year"]
    if official.absent:
        return results.cannot("The official figures", official.absent)
    entries = scorecard.indicators(standard("indicators"))
    disagree = _disagree(book, entries) if returned else {}
    for name, each in entries.items():
        rows = official[(official["indicator"] == name) & (official["status"] == "shown")]
        if not each.official or rows.empty or not (rows["measure"] == "official_figure").any():
            continue
        newest = rows[rows["period"] == rows.loc[rows["measure"] == "official_figure", "period"].max()]
        cells = {m.removeprefix("official_"): newest.cell(measure=m) for m in newest["measure"]}
        rate = cells.get("rate") or cells.get("share")
        others = [(who, cells[m]) for who, m in MEASURES.items() if m in cells]
        if rate is None or not rate.has_interval:
            _far(each, cells, others, results, returned)
            continue
        if not others:
            results.cannot(each.title, NOTHING_BESIDE)
            continue
        own_year = disagree.get(name) if rate.period == str(book.year) else None
        if own_year and (two := _other_side(each, cells, others, own_year)):
            results.items.append(two)
            continue
        disagreement = own_year["words"] if own_year else ""
        text = f"; its two counts disagree ({disagreement})" if disagreement else ""
        if rate.measure == "official_share":
            text = f"; {rate:share} official {entries[each.official['of']].title.lower()}" + text
        item = _beside(each, cells, others, text)._replace(disagreement=disagreement)
        if item.kind == WORSE and (place := cells.get("among_all")) is not None and place.ranked > 0:
            rank = f"{say.ordinal(place.rank)} of {say.count(place.ranked)} authorities"
            item = item._replace(says=f"{item.says}; {rank}")
        results.items.append(item)
    return None


def _beside(each: scorecard.Indicator, cells: dict[str, Cell], others: list[tuple[str, Cell]], more: str) -> Finding:
    """A figure with an interval beside others; `more` ends its sentence."""
    rate = cells.get("rate") or cells["share"]
    gaps = {who: cells.get(f"difference_from_{m}") for who, m in MEASURES.items()}
    tested = [gap for who, _ in others if (gap := gaps[who]) is not None and gap.has_interval]
    apart = [gap for gap in tested if say.supported(gap)]
    kind = SAME if not apart else way(apart[0].value, each.better)
    words = say.compared(rate, {who: (cell, gaps[who]) for who, cell in others})
    text = f"{_figure(each, rate)}: {words.replace(' by the 95% interval', '')}"  # the rule stands above it
    drawn = [(who, cell) for who, cell in others if who != "its region"]  # a line of three names is too long
    chart = beside(each.title, rate, drawn or others, kind)
    outside = tuple(map(say.supported, tested))
    return Finding(kind, "interval", f"{each.title}, beside others", text + more, 50, chart, outside=outside)


def _other_side(each: scorecard.Indicator, cells: dict[str, Cell], others: list, own_year: dict) -> Finding | None:
    """Where the return's own year lies on the other side of a comparator than the official figure, or may: no
    difference is found of it, and both counts are told. The return's rate is of the official population."""
    rate = cells.get("rate") or cells["share"]
    ways: dict[bool, list[str]] = {True: [], False: []}
    for who, cell in others:
        gap = cells.get(f"difference_from_{MEASURES[who]}")
        if gap is not None and say.supported(gap):
            way = "higher" if gap.low > 0 else "lower"
            text = f"{way} than {who} ({cell:{'percent' if cell.is_share else 'rate'}})"
            ways[borne_out(rate, gap, cell, own_year)].append(text)
    if not ways[False]:
        return None
    both = f"{say.series(ways[True])} by both counts, and " if ways[True] else ""
    text = (
        f"{_figure(each, rate)} is {both}{say.series(ways[False])} by the official count, not by the return "
        f"({own_year['told']})"
    )
    return Finding(APART, "twins", f"{each.title}, beside others", text, 50, disagreement=own_year["words"])


def _disagree(book: Book, entries: dict[str, scorecard.Indicator]) -> dict[str, dict]:
    """The return's and the official figure of the year with their `words`, of each indicator of which they disagree."""
    if book["scorecard_quarter"].absent:
        return {}
    both = book.derive("the return's own year beside the official one", twins(book, entries))
    rows = both[both["differs"]].to_dict("index")
    return {name: row | {"words": row["crossing"] if row["crossed"] else row["told"]} for name, row in rows.items()}


def _figure(each: scorecard.Indicator, cell: Cell) -> str:
    """An official figure with its unit and its year, to the decimals of its publisher where it is his own."""
    decimals = each.official.get("decimals", 1) if cell.measure == "official_figure" else 1
    figure = f"{cell:percent:{decimals}}" if cell.is_share else f"{cell:rate:{decimals}} {cell.unit}"
    year, basis = each.official["year"], each.official["basis"]
    if basis == "snapshot":
        return f"{figure} on {scorecard.in_words(cell.period, year, basis)}"
    return f"{figure} in {cell.period if year == 'financial' else scorecard.in_words(cell.period, year)}"


def _far(each: scorecard.Indicator, cells: dict[str, Cell], others: list, results: Findings, returned: bool) -> None:
    """A figure without an interval: far from others where it is of the worst part of all authorities by its rank."""
    place = cells.get("among_all")
    if place is None or each.better == "neutral" or not place.ranked > 0:
        all_or_none = cells["figure"].is_share and cells["figure"].value in (0, 1)
        return results.cannot(each.title, ALL_OR_NONE.says if all_or_none else NO_INTERVAL)
    from_worst = place.rank if each.better == "decrease" else place.ranked - place.rank + 1
    if from_worst > worst() * place.ranked:
        return results.cannot(each.title, NO_INTERVAL)
    places = max(1, each.official.get("decimals", 1))  # beside 8.28%, England's is 7.55%
    stands = say.series(f"{who} {cell:{'percent' if cell.is_share else 'rate'}:{places}}" for who, cell in others)
    text = (
        f"{_figure(each, cells['figure'])}{f' ({stands})' if stands else ''}: {say.ordinal(place.rank)} of "
        f"{say.count(place.ranked)} authorities; {'lower' if each.better == 'decrease' else 'higher'} is better"
    )
    if returned and (why := each.quarter.get("official_differs")):
        text += f"; the return's own is on another basis: {why}"
    chart = among(each.title, place, each.better == "increase", worst())
    results.items.append(Finding(FAR, "rank", each.title, text, 50, chart))
    return None
