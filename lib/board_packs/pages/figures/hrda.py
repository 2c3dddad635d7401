"""Charts of high-risk domestic abuse, from protected tables. The word `withheld` stands across a gap, never a zero."""

from __future__ import annotations

from ...tables.domestic_abuse_places import DECILES
from ..book import Book
from ..words import hrda as words
from ..words.base import Note, count, percent, rate, series
from ..words.picked import absent, part
from .base import BLUE, GREY, INK, ORANGE, PALE, Chart, axes, gaps, save
from .plain import NOTHING

SOURCE = "Source: the hub's return of high-risk domestic abuse referrals"


def _source(book: Book) -> str:
    return SOURCE + (" (invented rows)" if book.sample else "")


def referrals(book: Book) -> Chart | Note:
    """Referrals by quarter as columns, the repeats among them darker; what is withheld says so."""
    table = book["hrda_by_period"]
    if reason := absent(table):
        return Note(reason)
    rows = part(table, "hrda_referrals", children="Total")
    rows = rows[rows["period"].str.contains("-Q")].sort_values("period")
    total, repeat = (rows[rows["repeat"] == label].reset_index(drop=True) for label in ("Total", "repeat"))
    if not (total["status"] == "shown").any():
        return Note(NOTHING)
    figure, ax = axes(3.4)
    x = list(range(len(total)))
    ax.bar(x, total["count"].fillna(0), color=PALE, edgecolor=GREY, linewidth=0.6, label="referrals")
    ax.bar(x, repeat["count"].fillna(0), color=BLUE, label="of these, repeats")
    hidden = [i for i in x if total["status"][i] != "shown"]
    gaps(ax, [i for i in hidden if total["status"][i] == "suppressed"])
    untold = [i for i in x if i not in hidden and repeat["status"][i] == "suppressed"]
    gaps(ax, untold, at=0.04, colour=BLUE)
    for i in x:
        if i not in hidden:
            ax.annotate(
                count(total["count"][i]),
                (i, total["count"][i]),
                (0, 3),
                textcoords="offset points",
                ha="center",
                fontsize=8,
            )
    _quarters(ax, list(total["period"]))
    figure.legend(loc="outside lower left", ncols=2, frameon=False)
    now = total.iloc[-1]
    alt = f"Column chart. Referrals by quarter: {_ends(total, count)}."
    if repeat.iloc[-1]["status"] == now["status"] == "shown":
        alt += f" Of the last quarter's {count(now['count'])}, {count(repeat.iloc[-1]['count'])} were repeats."
    if untold:
        alt += f" Repeats withheld: {series(words.when(total['period'][i]) for i in untold)}."
    return save(figure, alt + _hidden(total), _source(book))


def repeats(book: Book) -> Chart | Note:
    """The repeat rate by quarter with its 95% interval; incomplete quarters hollow; mean and limits of the control
    chart over the complete ones."""
    if reason := absent(book["hrda_by_period"]):
        return Note(reason)
    rows = words.quarters(book)
    known = rows[rows["status"] == "shown"]
    if known.empty:
        return Note(NOTHING)
    figure, ax = axes(3.6)
    whole, short = known[known["complete"]], known[~known["complete"]]
    values = rows["value"].where(rows["complete"])
    ax.plot(rows.index, values, color=GREY, linewidth=1, zorder=1)
    for part_, face, label in ((whole, BLUE, "complete"), (short, "white", "incomplete: too little look-back")):
        if len(part_):
            ax.vlines(part_.index, part_["low"], part_["high"], color=BLUE, linewidth=1.2, alpha=0.7)
            ax.plot(
                part_.index, part_["value"], "o", color=BLUE, markerfacecolor=face, markersize=6, label=label, zorder=3
            )
    chart = words.control(book)
    flagged = ""
    if chart is not None and chart.limits_shown.any():
        x = rows.index[rows["complete"]]
        ax.plot(x, chart.mean, color=INK, linewidth=1, label="mean and control limits")
        for line in (chart.low, chart.high):
            ax.plot(x, line.clip(0, 1), color=INK, linewidth=1, linestyle=(0, (4, 3)))
        special = [p for p, cause in zip(rows["period"][rows["complete"]], chart.cause, strict=True) if cause]
        marked = rows[rows["period"].isin(special)]
        square = "flagged by a rule" if special else None
        ax.plot(marked.index, marked["value"], "s", color=ORANGE, markersize=9, fillstyle="none", label=square)
        named = series(map(words.when, special)) if special else ""
        flagged = (
            f" Flagged by a rule of the control chart: {named}." if special else " No quarter is flagged by a rule."
        )
    hidden = rows[rows["status"] == "suppressed"]
    gaps(ax, hidden.index)
    last = known.iloc[-1]
    ax.annotate(
        percent(last["value"]),
        (known.index[-1], last["value"]),
        (7, 0),
        textcoords="offset points",
        va="center",
        fontweight="bold",
    )
    _quarters(ax, list(rows["period"]))
    ax.set_ylim(0, None)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    figure.legend(loc="outside lower left", ncols=2, frameon=False)
    latest = ", ".join(f"{percent(r.value)} in {words.when(r.period)}" for r in known.tail(4).itertuples())
    alt = f"Control chart. Repeat referrals as a share of referrals by quarter; the newest shown: {latest}.{flagged}"
    if len(short):
        alt += f" Incomplete: {series(map(words.when, short['period']))}."
    return save(figure, alt + _hidden(rows), _source(book))


def deprivation(book: Book) -> Chart | Note:
    """Referrals per 10,000 residents by deprivation decile, with 95% intervals."""
    table = book["hrda_by_deprivation"]
    if reason := absent(table):
        return Note(reason)
    rows = part(table, "hrda_decile_rate").set_index("decile").reindex(DECILES)
    known = rows[rows["status"] == "shown"]
    if known.empty:
        return Note(NOTHING)
    figure, ax = axes(3.4)
    place = {decile: n for n, decile in enumerate(DECILES)}
    x = [place[d] for d in known.index]
    ax.bar(x, known["value"], color=BLUE)
    ax.vlines(x, known["low"], known["high"], color=INK, linewidth=1.2)
    hidden = rows[rows["status"] == "suppressed"]
    gaps(ax, [place[d] for d in hidden.index])
    ax.set_xticks(range(10), DECILES)
    ax.set_ylabel("Referrals per 10,000 residents")
    ax.set_xlabel("Deprivation decile of the neighbourhood in England (1: most deprived)")
    said = ", ".join(f"{rate(r.value)} in decile {r.Index}" for r in known.itertuples())
    year = known["period"].iloc[0]
    alt = f"Column chart. Referrals per 10,000 residents of {year} by deprivation decile: {said}."
    if len(hidden):
        alt += f" Withheld: decile {series(hidden.index)}."
    none = rows[rows["status"] == "not_applicable"]
    if len(none):
        alt += f" No neighbourhood lies in decile {series(none.index)}."
    return save(figure, alt, _source(book) + "; English Indices of Deprivation")


def _quarters(ax, periods: list[str]) -> None:
    """Quarters along the axis, one label a year."""
    at = [i for i, p in enumerate(periods) if p.endswith("Q1")] or list(range(len(periods)))
    ax.set_xticks(at, [words.when(periods[i]) for i in at])
    ax.set_xlim(-0.7, len(periods) - 0.3 + 0.6)


def _ends(rows, text) -> str:
    """The first and the last figure that is shown, and the least and the most: `205 in 2014-15 Q1, ...`."""
    known = rows[rows["status"] == "shown"]
    said = [
        f"{text(known.iloc[i]['count'])} in {words.when(known.iloc[i]['period'])}"
        for i in ([0, -1] if len(known) > 1 else [0])
    ]
    return " and ".join(said)


def _hidden(rows) -> str:
    hidden = rows[rows["status"] == "suppressed"]["period"]
    return f" Withheld: {series(map(words.when, hidden))}." if len(hidden) else ""
