"""What in a pack's protected tables a rule singles out: flagged points, differences beyond an interval, what is late.

A function of one audience's protected tables, of data/standards.yml and of data/summary.yml, and of nothing else. Every
finding names the rule that put it there; what no rule could be asked about is named with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb import control_charts, intervals, scorecard, scorecard_changes
from lscb.periods import Quarter
from openstats.project_data import DATA, read, standard

from . import chart_settings
from . import sentences as say
from .agreed_findings import agreed, guidance
from .cell_value import STATES, printed_as
from .death_findings import deaths
from .finding import BETTER, OTHER, ROUNDED, SAME, WAYS, WORSE, Finding, Findings, way
from .official_findings import official_findings
from .small_charts import change as changed
from .small_charts import series

if TYPE_CHECKING:
    import pandas as pd

    from lscb.control_charts import Chart

    from .book import Book
    from .cell_value import Cell

VARIATION = {"concern": WORSE, "improvement": BETTER, "neutral_high": OTHER, "neutral_low": OTHER, "common": SAME}


def findings(book: Book, tables: Iterable[str]) -> Findings:
    """What is found in those of a book's tables that a pack's pages read."""
    results = Findings()
    for _, look in looks(tables):
        look(book, results)
    return results


def looks(tables: Iterable[str]) -> Iterator[tuple[str, Callable[[Book, Findings], None]]]:
    """What is looked at in a pack whose pages read some tables: the name of each look, and what adds its findings.

    A look depends on its book and its name alone, so that what several packs of one audience look at is found once.
    """
    settings, there = read(DATA / "summary.yml"), set(tables)
    if "scorecard_quarter" in there:
        yield "indicators by quarter", _indicators_by_quarter
    yield from _entries("series", settings, there, _series)
    if "scorecard_year" in there:
        returned = "scorecard_quarter" in there
        yield f"official figures {returned}", partial(official_findings, returned=returned)
    yield from _entries("changes", settings, there, _changes)
    if "child_deaths_by_year" in there:
        yield "child deaths", deaths
    yield from _entries("guidance", settings, there, guidance)
    yield from _entries("agreed", settings, there, agreed)


def _entries(kind: str, settings: dict, there: set[str], look: Callable) -> Iterator[tuple[str, Callable]]:
    """The entries of data/summary.yml of one kind whose table there is."""
    for place, entry in enumerate(settings[kind]):
        if entry["table"] in there:
            yield f"{kind} {place}", partial(look, entry=_by_standard(entry))


def _by_standard(entry: dict) -> dict:
    """An entry with the figure of the standard that it names in its title, and the year from which that applies."""
    if "standard" not in entry:
        return entry
    group, name = entry["standard"].split(".")
    asked = standard(group)[name]
    return entry | {"title": entry["title"].format(asked["value"]), "since": asked["since"]}


# --- by quarter ---------------------------------------------------------------------------------------------------


def _indicators_by_quarter(book: Book, results: Findings) -> None:
    """Every indicator that the children's services return has, all of them tested together as on their page."""
    recorded = book["scorecard_quarter"]
    if reason := recorded.absent or recorded.silent:
        return results.cannot("The children's services indicators", reason)
    recent, alarms = standard("trends.recent"), standard("trends.false_alarms")
    now, earlier = (_lines(recorded, book, period) for period in (book.period, book.period - 1))
    changed, before = (scorecard_changes.together(lines, recent, alarms) for lines in (now, earlier))
    for name, line in now.items():
        title = line.indicator.title
        if reason := _untestable(line.cells, bool(changed["tested"][name])):
            results.cannot(title, reason)
            continue
        style = {"share": say.percent, "count": say.count}.get(line.unit, say.rate)
        way = changed["changed"][name]
        words = f"{way} over the last {say.plural(recent, 'quarter')} than before" if way else "no change"
        kind = WAYS[way]
        text = f"{style(float(line.values[-1]))} in {say.when(line.periods[-1])}: {words}"
        chart = series(title, line.cells, line.chart, kind)
        earlier_kind = WAYS[before["changed"][name]] if before["tested"][name] else ""
        results.items.append(Finding(kind, "together", title, text, 50, chart, earlier_kind))
    return None


def _lines(recorded: pd.DataFrame, book: Book, period: Quarter) -> dict[str, scorecard.Series]:
    """The series of every indicator that the return has, to a period."""
    names, rules, started = set(recorded["indicator"]), chart_settings.rules(book), chart_settings.starts(book)
    return {
        name: scorecard.quarters(recorded, each, period, rules, started.get(name, ()))
        for name, each in scorecard.indicators(standard("indicators")).items()
        if each.quarter and each.quarter["count"] in names
    }


def _untestable(rows: pd.DataFrame, tested: bool) -> str:
    """Why a series cannot be tested for change; empty where it is."""
    newest = str(rows["status"].iloc[-1])
    if newest != "shown":
        why = str(rows["reason"].iloc[-1]).strip(".") if newest != "suppressed" else ""
        return f"the newest quarter is {STATES[newest]}{f' ({why})' * bool(why)}"
    if say.rounded_rows(rows):
        return ROUNDED
    return "" if tested else "there are too few quarters to tell a change from chance"


def _series(book: Book, results: Findings, entry: dict) -> None:
    """One series of shares of data/summary.yml."""
    rows = book[entry["table"]]
    if reason := rows.absent or rows.silent:
        return results.cannot(entry["title"], reason)
    rows = rows.by(measure=entry["measure"]).quarters()
    rows.loc[rows.gives("incomplete", "changed"), ["value", "count", "of", "low", "high"]] = float("nan")
    if rows.empty:
        return results.cannot(entry["title"], "no quarter of it was received")
    wide = standard(entry["overdispersed"])["overdispersed"] if "overdispersed" in entry else True
    chart, earlier = (control_charts.p_chart(r["count"], r["of"], overdispersed=wide) for r in (rows, rows.iloc[:-1]))
    before = str(earlier.variation(entry["better"])) if len(rows) > 1 else ""
    _charted(results, entry["title"], entry["page"], entry["better"], Drawn(rows, chart, "percent", before))
    return None


class Drawn(NamedTuple):
    """A series by quarter with its chart, how its figure prints, and what the chart of a quarter ago said."""

    rows: pd.DataFrame
    chart: Chart
    style: str
    before: str


def _charted(results: Findings, title: str, page: int, better: str, drawn: Drawn) -> None:
    """What the rules of a control chart say of the newest quarter."""
    from .book_rows import Rows

    rows, chart, style, before = drawn
    variation = str(chart.variation(better))
    if reason := _untestable(rows, bool(variation)):
        return results.cannot(title, reason)
    last = Rows(rows.tail(1)).cell()
    kind = VARIATION[variation]
    text = f"{last:{style}} in {last:period}: {say.direction(chart, rows)}"
    results.items.append(
        Finding(kind, "chart", title, text, page, series(title, rows, chart, kind), VARIATION.get(before, ""))
    )
    return None


# --- beside others, and beside the year before ----------------------------------------------------------------------


def _changes(book: Book, results: Findings, entry: dict) -> None:
    """A year against the year before (or the first held), or a quarter against that of a year before, by the interval of
    the change."""
    rows = book[entry["table"]]
    if reason := rows.absent or rows.silent:
        return results.cannot(entry["title"], reason)
    for title, labels in _each(rows, entry):
        periods = _against(book, rows, entry)
        now, before = (rows.cell(p, entry["measure"], **labels) for p in periods)
        if periods[0] == periods[1] or (entry.get("against") == "first" and book.last_year in periods):
            continue
        if not (now.shown and before.shown):
            hidden = now if not now.shown else before
            results.cannot(title, f"the figure of {hidden:period} is {hidden:state}")
            continue
        change = entry.get("change")
        difference = book[change["table"]].cell(book.year, change["measure"]) if change else None
        if difference and now.value != now.value:
            difference = say.with_interval(difference, now, before)
        gap = say.gap(now, before, difference)
        if gap is None:
            results.cannot(title, ROUNDED if now.rounded or before.rounded else "its change has no interval")
            continue
        kind = SAME if gap[1] <= 0 <= gap[2] else way(gap[0], entry["better"])
        if kind == SAME and (now.rounded or before.rounded) and not _by_chance(now, before):
            results.cannot(title, ROUNDED)
            continue
        style = "count" if now.value != now.value else "percent"
        words = _newest_first(book, rows, entry, now, say.change(now, before, difference))
        text = f"{now:{style}} {'at the end of' if '-Q' in now.period else 'in'} {now:period}: {words}"
        results.items.append(Finding(kind, "interval", title, text, entry["page"], changed(title, gap, kind)))
    return None


def _by_chance(now: Cell, before: Cell) -> bool:
    """Whether the change of any two counts that are printed as these may be chance alone: then it is no change however the
    series spreads. Otherwise who reads them as counted may find one."""
    low, high = intervals.narrowest(intervals.change_of_count, printed_as(now), printed_as(before))
    return low <= 0 <= high


def _newest_first(book: Book, rows: Any, entry: dict, now: Cell, words: str) -> str:
    """A change in words, which is never alone where a newer one says otherwise: before one against the first year stands
    that no change is shown from the year before, and behind an older quarter's that the newest has no figure."""
    newest = rows.cell(str(book.period), entry["measure"]) if entry.get("against") == "quarter" else now
    if entry.get("against") == "first" and (gap := say.gap(now, last := rows.cell(book.last_year, entry["measure"]))):
        words = f"{say.change(now, last)}; {words}" if gap[1] <= 0 <= gap[2] else words
    words = words if newest.shown else f"{words}; {newest:period} is {newest:state}"
    return words.replace("(95% interval ", "(")  # by the rule above it


def _against(book: Book, rows: Any, entry: dict) -> tuple[str, str]:
    """The two periods that an entry sets side by side, the newer one first."""
    shown = rows[(rows["measure"] == entry["measure"]) & (rows["status"] == "shown")]["period"]
    if entry.get("against") == "quarter":
        newest = max(shown, default=str(book.period))
        return newest, str(Quarter.parse(newest) - 4)
    first = min(shown[~shown.str.contains("-Q| to ")], default=book.year)
    return book.year, first if entry.get("against") == "first" else book.last_year


def _each(rows: Any, entry: dict) -> Iterator[tuple[str, dict[str, str]]]:
    """Title and labels of each of the cells that an entry is about."""
    if "by" not in entry:
        yield entry["title"], {}
        return
    chosen = rows[rows["measure"] == entry["measure"]]
    for label in sorted(set(chosen[entry["by"]]) - {"Total"}):
        yield f"{entry['title']}, {label}", {entry["by"]: label}
