"""The scorecard in words: its answer, its two tables, and what each control chart allows one to say.

Numbers are figures of `scorecard_year` and `scorecard_quarter`. Variation and assurance are read from protected
cells only (lscb.scorecard.Series), so a withheld figure is in none of them.
"""

from __future__ import annotations

from html import escape

from lscb import control_charts as trends
from lscb.control_chart_rules import CAUSES
from lscb.scorecard import Figure, Series, in_words, not_comparable
from openstats import authorities as areas
from openstats.project_data import standard

from ..book import Book
from ..html_table import STATES, Table
from ..scorecard_series import listed, read, rebases
from .base import WITHHELD, Answer, Note, count, percent, rate, series, when

# A symbol, the same in words: nothing is said by colour or shape alone.
VARIATION = {
    "common": ("≈", "common cause variation"),
    "improvement": ("▲▼", "special cause: improvement"),
    "concern": ("▲▼", "special cause: concern"),
    "neutral_high": ("▲", "special cause: higher"),
    "neutral_low": ("▼", "special cause: lower"),
    "": ("–", "not testable: too few points"),
    "not_shown": ("–", "the newest figure is not shown"),
}
ASSURANCE = {
    "consistent_pass": ("✓", "meets its target reliably"),
    "inconsistent": ("?", "may meet its target or miss it"),
    "consistent_fail": ("✗", "will not meet its target unless something changes"),
}
SPELT = "none one two three four five six seven eight nine ten eleven twelve".split()


def figure(value: float, unit: str, decimals: int = 1) -> str:
    """A figure in its unit: a share as a percentage, a count whole, a rate as it is."""
    if unit == "share":
        return percent(value, decimals)
    return count(value) if unit == "count" else rate(value, decimals)


def limits_text(line: Series):
    """How a limit of a series is printed, clipped to what its unit can be: a count or a rate from 0, a share to 1."""
    ceiling = 1 if line.unit == "share" else None
    return lambda value: figure(float(trends.clip(value, 0, ceiling)), line.unit, 0 if line.unit == "count" else 1)


# --- the answer --------------------------------------------------------------------------------------------------


def headline(book: Book) -> Answer:
    """How the area compares on plans and looked-after children, and how many indicators show a change."""
    official, quarter = read(book, "year"), read(book, "quarter")
    said = [_compared(official[name]) for name in ("looked_after", "plans") if name in official]
    said = [text for text in said if text]
    if quarter:
        said.append(_changing(quarter))
    if not said:
        return Answer("Neither official figures nor the children's services return are available for this quarter.")
    return Answer(" ".join(said))


def _compared(line: Series) -> str:
    own, england = line.latest.get("official_figure", {}), line.latest.get("official_england", {})
    near, away = line.latest.get("official_neighbours", {}), line.latest.get("official_difference_from_england", {})
    if own.get("status") != "shown":
        return ""
    exact = line.latest.get("official_rate", own)
    at = in_words(own["period"], line.indicator.official["year"], line.indicator.official["basis"])
    printed = figure(own["value"], own["unit"], line.decimals)
    value = figure(exact["value"], own["unit"])
    text = f"{line.indicator.title}, {at}: {value} {own['unit']}"
    text += f" (published as {printed})" if printed != value else ""
    beside = []
    if _shown(england):
        printed = figure(england["value"], own["unit"], line.decimals)
        beside.append(f", {_than(own, exact, england, away)} the {printed} in England")
    if _shown(near):
        beside.append(f"; its statistical neighbours average {figure(near['value'], own['unit'])}")
    return text + "".join(beside) + "."


def _than(own: dict, exact: dict, england: dict, away: dict) -> str:
    """How a rate stands to England's: higher or lower only where England's lies outside its interval."""
    if exact.get("low", float("nan")) <= england["value"] <= exact.get("high", float("nan")):
        return "no different, as far as its 95% interval tells, from"
    if not _shown(away):
        return "beside"
    size = percent(abs(away["value"]), 0)
    return f"{size} {'higher' if away['value'] > 0 else 'lower'} than" if size != "0%" else "much the same as"


def _shown(cell: dict) -> bool:
    return cell.get("status") == "shown"


def _changing(quarter: dict[str, Series]) -> str:
    """Which indicators of the return show a change that a rule supports at their last point."""
    kinds = {name: line.variation for name, line in quarter.items()}
    tested = sum(kind not in ("", "not_shown") for kind in kinds.values())
    if not tested:
        return "No indicator of the return has enough quarters to say whether it is changing."
    worse = [quarter[n].indicator.title.lower() for n, kind in kinds.items() if kind == "concern"]
    better = sum(kind == "improvement" for kind in kinds.values())
    neither = sum(kind.startswith("neutral") for kind in kinds.values())
    text = f"By quarter, of {_spelt(tested)} indicators with enough points {_spelt(better)} changed for the better"
    text += f" by the rules of a control chart, {_spelt(len(worse))} for the worse"
    text += f" ({series(worse)})" if worse else ""
    return f"{text} and {_spelt(neither)} in a way that is neither; the others vary no more than by chance."


def _spelt(number: int) -> str:
    """A number in words: what is counted here is indicators, not a figure of a table."""
    tens = {20: "twenty", 30: "thirty"}
    teens = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    if number < len(SPELT):
        return SPELT[number]
    if number < 20:
        return teens[number - 13]
    ten = number // 10 * 10
    return tens.get(ten, "many") + (f"-{SPELT[number % 10]}" if number % 10 and ten in tens else "")


# --- the two tables ------------------------------------------------------------------------------------------------


def years(book: Book) -> Table | Note:
    """Official figures: one row for each indicator, its comparators of the same period and basis, and its years."""
    official = read(book, "year")
    if not official:
        return absent(book, "year")
    home, region = areas.name(book.area), areas.known(book.area).region
    heads = ["Indicator", home, "Neighbours' mean", areas.name(region) if region else "Region", "England"]
    heads += ["Years, and what they show"]
    rows = {name: _year_row(line) for name, line in official.items()}
    return _grouped(f"Official figures of {home} and its comparators, each row of one period and basis", heads, rows)


def _year_row(line: Series) -> list[str]:
    own, exact = line.latest.get("official_figure", {}), line.latest.get("official_rate", {})
    said, unit = line.indicator.official, own.get("unit", "")
    period = in_words(own["period"], said["year"], said["basis"]) if own else ""
    head = _head(line, period if unit in ("share", "") else f"{period}, {unit}")
    if not _shown(own):
        return [head, f'<td colspan="5">{escape(_why(own))}</td>']
    below = _made_of(exact) if _shown(exact) else ""
    value = figure(exact["value"], unit) if _shown(exact) else figure(own["value"], unit, line.decimals)
    if below and (printed := figure(own["value"], unit, line.decimals)) != value:
        below += f"; published as {printed}"
    beside = [line.latest.get(f"official_{role}", {}) for role in ("neighbours", "region", "england")]
    return [head, _cell(value, below), *[_beside(cell, line, exact) for cell in beside], _shows(line)]


def _beside(cell: dict, line: Series, exact: dict) -> str:
    """A comparator, whether it lies outside the area's own interval, or why it may not stand here."""
    if not _shown(cell):
        return _cell("–", _why(cell))
    mean = cell["measure"].endswith("neighbours")
    below = [f"{count(cell['count'])} of {count(cell['of'])}"] if mean else []
    if _shown(exact):
        below.append("within the interval" if exact["low"] <= cell["value"] <= exact["high"] else "differs")
    return _cell(figure(cell["value"], cell["unit"], 1 if mean else line.decimals), ", ".join(below))


def quarters(book: Book) -> Table | Note:
    """The return: one row for each indicator, its latest quarter, its quarters and what they show."""
    quarter = read(book, "quarter")
    if not quarter:
        return absent(book, "quarter")
    heads = ["Indicator", "This quarter", "Quarters, and what they show", "Official figure beside it"]
    rows = {name: _quarter_row(line) for name, line in quarter.items()}
    caption = f"The children's services return of {areas.name(book.area)}, {when(book.period)}"
    return _grouped(caption, heads, rows | _never())


def _quarter_row(line: Series) -> list[str]:
    cell = line.latest.get("services_count", {})
    share = line.latest.get(f"{line.indicator.name}_share", line.latest.get("services_rate", {}))
    unit = share.get("unit", "")
    basis = line.indicator.quarter["basis"].replace("snapshot", "on the last day")
    head = _head(line, basis if unit in ("share", "") else f"{basis}, {unit}")
    if _shown(share):
        now = _cell(figure(share["value"], unit), _made_of(share))
    else:
        now = _cell(count(cell["count"]) if _shown(cell) else _why(cell), _why(share) if _shown(cell) else "")
    return [head, now, _shows(line), f"<td>{escape(_official(line))}</td>"]


def _made_of(cell: dict) -> str:
    """The interval, the count and what it is out of; beside rounded counts a rate has no interval."""
    base = f"{count(cell['count'])} of {count(cell['of'])}"
    if cell["low"] != cell["low"]:
        return base
    return f"{figure(cell['low'], cell['unit'])} to {figure(cell['high'], cell['unit'])}; {base}"


def _official(line: Series) -> str:
    """The comparators of a snapshot at 31 March, or why the row has none."""
    cells = {role: line.latest.get(f"services_{role}", {}) for role in ("england", "region", "neighbours")}
    if not any(_shown(cell) for cell in cells.values()):
        return cells["england"].get("reason") or "–"
    names = {"england": "England", "region": cells["region"].get("method", "region"), "neighbours": "neighbours"}
    places = {role: 1 if role == "neighbours" else line.indicator.official.get("decimals", 1) for role in cells}
    return ", ".join(
        f"{names[role]} {figure(cell['value'], cell['unit'], places[role])}"
        for role, cell in cells.items()
        if _shown(cell)
    )


def _never() -> dict[str, list[str]]:
    """Rows of indicators that nobody sends here, saying where they are."""
    nothing = {n: each for n, each in listed().items() if not each.quarter and not each.official}
    return {
        n: [f'<th scope="row">{escape(e.title)}</th>', '<td colspan="3">not in this return</td>']
        for n, e in nothing.items()
    }


def _why(cell: dict) -> str:
    """What stands in place of a figure: its state, and the reason where one may be printed."""
    if not cell:
        return "–"
    if cell["status"] == "suppressed":
        return STATES["suppressed"]
    reason = cell.get("reason") or STATES[cell["status"]]
    return "not among the figures held here" if "lscb fetch" in reason else reason


def _shows(line: Series) -> str:
    """The sparkline, and below it variation and assurance, each as a symbol and in words."""
    from ..figures.scorecard import sparkline

    symbol, words = VARIATION[line.variation]
    if line.variation in ("improvement", "concern"):
        up = CAUSES[line.chart.at_last(line.chart.cause)].endswith(("above", "upper", "increasing"))
        symbol, words = symbol[0 if up else 1], f"{words}, {'higher' if up else 'lower'}"
    parts = [(symbol, words)] + ([ASSURANCE[line.assurance]] if line.assurance else [])
    said = "<br>".join(f'<span aria-hidden="true">{s}</span> {escape(w)}' for s, w in parts)
    return f"<td>{sparkline(line)}<br><small>{said}</small></td>" if line.periods else "<td>–</td>"


def _head(line: Series, below: str) -> str:
    return f'<th scope="row" style="min-width: 10rem">{escape(line.indicator.title)}{_small(below)}</th>'


def _cell(text: str, below: str = "") -> str:
    return f"<td>{escape(text)}{_small(below)}</td>"


def _small(text: str) -> str:
    return f" <br><small>{escape(text)}</small>" if text else ""


def _grouped(caption: str, heads: list[str], rows: dict[str, list[str]]) -> Table:
    """A table with one body for each group of indicators, headed by its name."""
    indicators = listed()
    body = []
    for group, title in standard("indicators.groups").items():
        names = [name for name in rows if indicators[name].group == group]
        if names:
            lines = "".join(f"<tr>{''.join(rows[n])}</tr>" for n in names)
            head = f'<tr><th scope="rowgroup" colspan="{len(heads)}"><strong>{escape(title)}</strong></th></tr>'
            body.append(f"<tbody>{head}{lines}</tbody>")
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    return Table(
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>{''.join(body)}</table></div>"
    )


def absent(book: Book, basis: str) -> Note:
    """Why a table is not there, in a sentence."""
    frame = book[f"scorecard_{basis}"]
    what = {"year": "Official figures are not shown", "quarter": "The quarter's figures are not shown"}[basis]
    reason = frame["reason"].iloc[0] if len(frame) else "nothing is held"
    return Note(f"{what}: {reason}")


# --- group by group --------------------------------------------------------------------------------------------------


class Findings(str):
    """A list of sentences, one for each indicator."""

    def _repr_html_(self) -> str:
        return str(self)


def group(book: Book, name: str) -> Findings:
    """What each control chart of a group allows one to say, in the words of the method."""
    lines = [(line, "by quarter") for line in read(book, "quarter", name).values() if line.periods]
    years = [(line, "by year") for line in read(book, "year", name).values() if line.periods]
    short = [line.indicator.title for line, _ in years if not line.variation and not line.hidden]
    lines += [(line, basis) for line, basis in years if line.indicator.title not in short]
    said = [finding(line, basis) for line, basis in lines]
    if short:
        said.append(f"By year there are too few points to test for change: {_one_list(short)}.")
    items = "".join(f"<li>{escape(text)}</li>" for text in said)
    return Findings(f"<ul>{items}</ul>" if items else "<p>No series of this group is available.</p>")


def _one_list(titles: list[str]) -> str:
    """Titles in one sentence, the first as it is: `Referrals, children in need`."""
    first, *rest = titles
    return series([first, *(title[0].lower() + title[1:] for title in rest)])


def finding(line: Series, basis: str = "") -> str:
    """One indicator's sentence: how many points, which variation, its limits, the rule met, its target."""
    text = f"{line.indicator.title}{', ' + basis if basis else ''}: {trends.sentence(line.chart, limits_text(line))}"
    if line.assurance:
        text += f"; against a target of {figure(line.indicator.target, line.unit, 0)} it {ASSURANCE[line.assurance][1]}"
    if line.hidden:
        text += f"; {WITHHELD}: {'every one' if len(line.hidden) == len(line.periods) else series(line.hidden)}"
    return text + "."


# --- how, coverage, limits ------------------------------------------------------------------------------------------


def counted(book: Book) -> Findings:
    """What each indicator counts, and which way its source calls better."""
    way = {"increase": "higher is better", "decrease": "lower is better", "neutral": "neither way is better in itself"}
    items = "".join(
        f"<dt>{escape(each.title)}</dt><dd>{escape(each.says)} {way[each.better].capitalize()}.</dd>"
        for each in listed().values()
    )
    return Findings(f"<dl>{items}</dl>")


def comparators(book: Book) -> Note:
    """Which neighbours, how many of them, and by which rule official figures are chosen."""
    frame = book["scorecard_year"]
    if "indicator" not in frame:
        return absent(book, "year")
    lists = frame.loc[frame["measure"].eq("official_neighbours") & frame["method"].ne(""), "method"].unique()
    near = f"Neighbours: {series(lists)}." if len(lists) else "No list of statistical neighbours is held for this area."
    return Note(
        f"{near} Official figures are those of the last year that had ended by {_day(book.period.last_day)}, although "
        "some were published later; no other year stands in for one that is missing. A difference is divided by the "
        "comparator. Rates divide by children aged 0 to 17 at the mid-year before the year's end, in the vintage that "
        f"the DfE itself used, which differs between plans and looked-after children.{_sent(book)}"
    )


def _sent(book: Book) -> str:
    """By which population the return's own rates divide, where its sender gave one."""
    frame = book["scorecard_quarter"]
    if "indicator" not in frame:
        return ""
    own = frame[(frame["measure"] == "services_rate") & (frame["period"] == str(book.period))]
    if not own["method"].str.contains("population as sent", regex=False).any():
        return ""
    return (
        " Rates of the return divide by the population that its sender gave, which need not be the DfE's: a snapshot "
        "beside an official figure may differ by that alone."
    )


def _day(day) -> str:
    return f"{day.day} {day:%B %Y}"


def another_year(book: Book, name: str = "looked_after") -> Note:
    """The comparison that the rule refuses: England's figure of the year before beside the area's latest."""
    frame = book["scorecard_year"]
    if "indicator" not in frame:
        return absent(book, "year")
    each = listed()[name]
    england = frame[
        (frame["indicator"] == name) & (frame["measure"] == "official_england") & (frame["status"] == "shown")
    ]
    england = england[england["area"] == book.area].sort_values("period").to_dict("records")
    if len(england) < 2:
        return Note(f"{each.title}: England's figure of an earlier year is not held.")
    new, old = (
        Figure(
            r["value"],
            name,
            in_words(r["period"], each.official["year"], each.official["basis"]),
            each.official["basis"],
            r["unit"],
            "England",
        )
        for r in (england[-1], england[-2])
    )
    printed = figure(old.value, old.unit, each.official.get("decimals", 1))
    return Note(
        f"Refused: England's {printed} beside the {each.title.lower()} of {new.period}, {not_comparable(new, old)}."
    )


def coverage(book: Book) -> Findings:
    """What is not there, indicator by indicator, and why."""
    items, lacking = [], []
    for basis, measure in (("quarter", "services_count"), ("year", "official_figure")):
        frame = book[f"scorecard_{basis}"]
        if "indicator" not in frame:
            items.append(str(absent(book, basis)))
            continue
        frame = frame[(frame["area"] == book.area) & (frame["measure"] == measure) & (frame["status"] != "shown")]
        titles = {e.name: e.title for e in listed().values()}
        titles |= {e.quarter["count"]: e.title for e in listed().values() if e.quarter}
        for (indicator, reason), rows in frame.groupby(["indicator", "reason"], sort=False):
            why = STATES["suppressed"] if (rows["status"] == "suppressed").all() else reason
            title = titles.get(indicator, indicator.replace("_", " "))
            if "lscb fetch" in why:
                lacking.append(title)
            else:
                items.append(f"{title}, {series(map(when, rows['period']))}: {why.rstrip('.')}.")
    if lacking:
        items.append(f"Official figures that the analyst has still to fetch: {_one_list(sorted(lacking))}.")
    if not items:
        return Findings("<p>Every indicator that is sent or published has a figure.</p>")
    return Findings("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")


def rebased(book: Book) -> Note:
    """Where people started limits anew, and why."""
    found = [
        f"{each.title} from {_day(r.on)}: {r.reason}"
        for name, each in listed().items()
        for r in rebases(name, book.area)
    ]
    return Note(
        "Limits start anew: " + "; ".join(found) + "."
        if found
        else "Nobody has rebased a chart: limits rest on all points."
    )
