"""High-risk domestic abuse in words. Numbers are figures of the protected tables, or `withheld`.

Words of change (more, fewer, higher, lower) appear only where an interval leaves out no change, or a rule of the
control chart flags the last quarter. The chart is drawn from protected cells, so a withheld figure is in none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lscb import control_charts as trends
from lscb.periods import year_label
from openstats.project_data import standard

from ...tables.domestic_abuse_by_period import CHANGED, INCOMPLETE
from ..book import Book
from .base import Answer, Note, Points, points, rate, series
from .picked import absent, cell, interval, of, part, share, shown

if TYPE_CHECKING:
    import pandas as pd

NOT_SAID = "how that compares with a year before is not said, because exact changes are not printed for this audience"


def when(period: str) -> str:
    """`2017-18-Q4` as `2017-18 Q4`."""
    return period.replace("-Q", " Q")


def year(book: Book) -> str:
    """The newest financial year that has ended by the period's last day."""
    return year_label(book.period.start - (book.period.number < 4))


def before(label: str) -> str:
    return year_label(int(label[:4]) - 1)


# --- the answer ------------------------------------------------------------------------------------------------


def headline(book: Book) -> Answer:
    """Referrals and repeats of the quarter and the year, and whether either is a change."""
    table = book["hrda_by_period"]
    if reason := absent(table):
        return Answer(f"Referrals for high-risk domestic abuse cannot be shown. {reason}")
    now, whole = str(book.period), year(book)
    said = [f"In {when(now)} {_repeats(table, now)}."]
    if shown(total := cell(table, "hrda_referrals", whole)):
        text = f"In the whole of {whole} {_repeats(table, whole)}"
        said += [f"{text}."] + ([_sentence(_change(book, whole))] if whole != now else [])
    else:
        said.append(f"The number of referrals in the whole of {whole} is {of(total)}.")
    return Answer(" ".join(said))


def _repeats(table: pd.DataFrame, period: str) -> str:
    total, repeat = cell(table, "hrda_referrals", period), cell(table, "hrda_repeat_rate", period)
    if not shown(total):
        return f"the number of referrals is {of(total)}"
    text = f"there were {of(total)} referrals for high-risk domestic abuse"
    if not shown(repeat):
        return f"{text}; how many were repeats is {of(repeat)}"
    return f"{text}, and {of(repeat, 'value', 'percent')} were repeats ({share_of(repeat)})"


def share_of(row: dict) -> str:
    """`44 of 224; 95% interval 15.0% to 25.3%`: the counts behind a share, and its interval where there is one."""
    return "; ".join(filter(None, [f"{of(row)} of {of(row, 'of')}", interval(row)]))


def _change(book: Book, period: str) -> str:
    """The change of the number of referrals on a year before, as far as its interval supports it."""
    row, table = cell(book["hrda_change"], "hrda_referrals_change", period), book["hrda_by_period"]
    earlier = cell(table, "hrda_referrals", _year_before(period))
    if not shown(row):
        return f"there were {of(earlier)} in {when(_year_before(period))}" if shown(earlier) else NOT_SAID
    ends = f"95% interval {_signed(row['low'])} to {_signed(row['high'])}"
    than = f"than the {of(earlier)} of {when(_year_before(period))} ({ends})"
    if row["low"] <= 0 <= row["high"]:
        return f"against {of(earlier)} in {when(_year_before(period))} no change that the interval supports ({ends})"
    return f"{of(dict(row, value=abs(row['value'])), 'value', 'percent')} {_more(row)} {than}"


def _sentence(change: str) -> str:
    return f"Referrals were {change}." if change[0].isdigit() else f"{change[0].upper()}{change[1:]}."


def _more(row: dict) -> str:
    return "more" if row["value"] > 0 else "fewer"


def _signed(value: float, decimals: int = 1) -> str:
    text = rate(100 * abs(value), decimals)
    sign = "" if float(text) == 0 else ("+" if value > 0 else "\N{MINUS SIGN}")
    return f"{sign}{text}%"


def _year_before(period: str) -> str:
    return f"{before(period[:7])}{period[7:]}"


# --- is it a change -----------------------------------------------------------------------------------------------


def change(book: Book) -> Note:
    """Whether referrals and the repeat rate changed on the year, by their intervals."""
    if reason := absent(book["hrda_change"]):
        return Note(reason)
    periods = list(dict.fromkeys([year(book), str(book.period)]))
    if not any(shown(cell(book["hrda_change"], "hrda_referrals_change", period)) for period in periods):
        return _beside(book, periods)
    said = [f"Referrals in {when(period)}: {_change(book, period)}." for period in periods]
    return Note(" ".join([*said, *(_rate_change(book, period) for period in periods)]))


def _beside(book: Book, periods: list[str]) -> Note:
    """Two years beside each other where exact changes are not printed: no word of change."""
    table, said = book["hrda_by_period"], []
    for period in periods:
        for measure, figure, style, what in (
            ("hrda_referrals", "count", "count", "Referrals"),
            ("hrda_repeat_rate", "value", "percent", "Repeat rate"),
        ):
            now, then = (cell(table, measure, p) for p in (period, _year_before(period)))
            both = f"{of(now, figure, style)} in {when(period)}, {of(then, figure, style)} in"
            said.append(f"{what}: {both} {when(_year_before(period))}.")
    return Note(f"{' '.join(said)} Whether that is a change is not said: exact changes are not printed here.")


def _rate_change(book: Book, period: str) -> str:
    row, table = cell(book["hrda_change"], "hrda_repeat_rate_change", period), book["hrda_by_period"]
    now, then = (cell(table, "hrda_repeat_rate", p) for p in (period, _year_before(period)))
    if row["status"] == "not_applicable":
        return f"The repeat rate of {when(period)} is not compared with a year before: {row['reason']}."
    if not shown(now, then):
        return f"The repeat rate of {when(period)} or of the year before is withheld."
    both = f"{of(now, 'value', 'percent')} in {when(period)}, "
    both += f"{of(then, 'value', 'percent')} in {when(_year_before(period))}"
    if not shown(row):
        return f"The repeat rate was {both}; exact changes are not printed for this audience."
    ends = f"difference {_pp(row['value'])}, 95% interval {_signed(row['low'])[:-1]} to {_pp(row['high'])}"
    if row["low"] <= 0 <= row["high"]:
        return f"The repeat rate was {both} ({ends}): no change that the interval supports."
    return f"The repeat rate is {'higher' if row['value'] > 0 else 'lower'} than a year before: {both} ({ends})."


def _pp(value: float) -> str:
    sign = "\N{MINUS SIGN}" if value < 0 else "+"
    return f"{sign}{points(abs(value))}"


def quarters(book: Book) -> pd.DataFrame:
    """The repeat rate by quarter in the order of time, `complete` where all its look-back is held and its definition
    is that of the newest quarter; a series never runs across a change."""
    table = book["hrda_by_period"]
    rows = part(table, "hrda_repeat_rate")
    rows = rows[rows["period"].str.contains("-Q")].sort_values("period")
    back = part(table, "hrda_look_back").set_index("period")
    same = rows["period"].map(back["method"]) == (back["method"].get(str(book.period)))
    marked = rows["reason"].str.contains(INCOMPLETE, regex=False) | rows["reason"].str.contains(CHANGED, regex=False)
    short = rows["period"].map(back["value"]) < standard("hrda.repeat.months")
    return rows.assign(complete=same & ~marked & ~short).reset_index(drop=True)


def control(book: Book) -> trends.Chart | None:
    """The control chart of the repeat rate over its complete quarters; None where none can be made."""
    rows = quarters(book)
    rows = rows[rows["complete"]]
    if not (rows["status"] == "shown").any():
        return None
    said = standard("hrda.series")
    return trends.p_chart(rows["count"], rows["of"], overdispersed=said["overdispersed"])


def trend(book: Book) -> Note:
    """What the control chart allows one to say of the repeat rate's last quarter."""
    table = book["hrda_by_period"]
    if reason := absent(table):
        return Note(reason)
    chart, rows = control(book), quarters(book)
    if chart is None:
        return Note("The quarters' repeat rates are withheld: whether they vary more than by chance cannot be said.")
    whole = rows[rows["complete"]]
    number, drawn = len(whole), int((whole["status"] == "shown").sum())
    held = f"The control chart has {number} quarters, from {when(whole['period'].iloc[0])} on, with all their look-back"
    held += "." if drawn == number else f"; {number - drawn} of them are withheld and in none of its figures."
    if not chart.at_last(chart.limits_shown):
        return Note(f"{held} There are too few of them for limits, so no trend can be claimed or denied.")
    trial = " Its limits are trial limits, because the quarters are few." if chart.at_last(chart.trial) else ""
    cause = str(chart.special_cause[int(chart.last)])
    if cause == "common":
        found = "No rule of the chart flags the last quarter: the repeat rate varies no more than by chance"
    else:
        found = "A rule of the chart flags the last quarter: " + trends.SAID[cause].format(run="seven")
    return Note(f"{held} {found}.{trial}")


# --- what is behind it --------------------------------------------------------------------------------------------


def people(book: Book) -> Note:
    """Distinct victims, duplicates and referrals of which nobody can tell whether they are repeats."""
    table, said = book["hrda_by_period"], []
    if reason := absent(table):
        return Note(reason)
    for period in dict.fromkeys([str(book.period), year(book)]):
        row = cell(table, "hrda_people", period)
        said.append(f"{of(row)} victims in {when(period)}")
    unknown, twice = (
        cell(table, "hrda_referrals", year(book), repeat="not known"),
        cell(table, "hrda_duplicates", year(book)),
    )
    return Note(
        f"Distinct people referred: {series(said)}; one person can be in several quarters, so quarters do not add up "
        f"to the year. In {year(book)}, referrals of which it cannot be told whether they are repeats: {of(unknown)} "
        f"(outside the rate); second referrals of the same people on one day: {of(twice)} (in no count)."
    )


def children(book: Book) -> Note:
    """Households with children, and how many children."""
    table, said = book["hrda_by_period"], []
    if reason := absent(table):
        return Note(reason)
    for period in dict.fromkeys([str(book.period), year(book)]):
        row, number = cell(table, "hrda_households_with_children", period), cell(table, "hrda_children", period)
        without = cell(table, "hrda_referrals", period, children="without children")
        if not shown(row, number):
            said.append(f"How many households had children in {when(period)} is withheld.")
            continue
        said.append(
            f"In {when(period)} there were children in the household of {share(row)} referrals that record it "
            f"({of(without)} without), {of(number)} children in all, a household counted once for each referral."
        )
    return Note(" ".join(said))


def between(book: Book) -> Note:
    """How long after the last referral repeats come."""
    if reason := absent(book["hrda_time_between"]):
        return Note(reason)
    row = cell(book["hrda_time_between"], "hrda_days_between", year(book))
    if not shown(row):
        return Note(f"The time between referrals of {year(book)} is {of(row)}.")
    low, middle, high = (of(row, name, "rate:0") for name in ("low", "value", "high"))
    return Note(
        f"Half of the repeats of {year(book)} came within {middle} days of the last referral; the middle half came "
        f"after {low} to {high} days."
    )


def per_head(book: Book) -> Note:
    """Referrals per 10,000 females aged 16 and over."""
    if reason := absent(book["hrda_rate"]):
        return Note(reason)
    row = cell(book["hrda_rate"], "hrda_rate", year(book))
    if not shown(row):
        return Note(
            f"The rate of {year(book)} per 10,000 females aged 16 and over is {of(row)}. {row['reason']}".strip()
        )
    ends = f", 95% interval {of(row, 'low', 'rate')} to {of(row, 'high', 'rate')}" if row["low"] == row["low"] else ""
    base = row["method"].partition("; ")[2]
    return Note(
        f"{year(book)}: {of(row, 'value', 'rate')} referrals per 10,000 females aged 16 and over ({of(row)} against "
        f"{of(row, 'of')}, {base}{ends}). National figures of SafeLives count cases at monthly meetings; this hub sees "
        "cases daily, so they are not set beside it."
    )


def deprivation(book: Book) -> Note:
    """How referrals differ between deprived and less deprived neighbourhoods."""
    table = book["hrda_by_deprivation"]
    if reason := absent(table):
        return Note(reason)
    row = cell(table, "hrda_slope", table["period"].iloc[0])
    if row["status"] == "not_applicable":
        return Note(f"No slope is given: {row['reason']}.")
    if not shown(row):
        return Note("The slope between the most and the least deprived neighbourhoods is withheld.")
    ends = f"95% interval {of(row, 'low', 'rate')} to {of(row, 'high', 'rate')}"
    size = of(dict(row, value=abs(row["value"])), "value", "rate")
    if row["low"] <= 0 <= row["high"]:
        return Note(f"Referrals do not differ with deprivation by more than the interval allows for ({ends}).")
    side, edition = "higher" if row["value"] > 0 else "lower", row["method"].rpartition("; ")[2].partition(",")[0]
    return Note(
        "Along a straight line from the most to the least deprived end of the area (the slope index of inequality), "
        f"the rate is {size} per 10,000 residents {side} at the most deprived end ({ends}). Residents are those by "
        f"whom the Indices weigh a neighbourhood ({edition}). Referrals show where abuse is reported, not where it is."
    )


# --- what to ask, how it is counted ----------------------------------------------------------------------------------


def ask(book: Book) -> Points:
    """Questions that the figures raise for the group."""
    if reason := absent(book["hrda_by_period"]):
        return Points([f"Ask for the return: {reason}"])
    asked = ["Were the repeats heard by the same agencies, and what had been agreed the time before?"]
    row = cell(book["hrda_change"], "hrda_referrals_change", year(book))
    if shown(row) and not row["low"] <= 0 <= row["high"]:
        asked.append(
            f"Which agencies refer {_more(row)} people than a year ago, and is it abuse that changed, or referring?"
        )
    rates = [cell(book["hrda_shares"], f"hrda_{name}_recorded", year(book)) for name in ("disabled", "lgbt")]
    total = cell(book["hrda_by_period"], "hrda_referrals", year(book))
    if shown(*rates, total) and any(r["count"] < total["count"] for r in rates):
        asked.append("Why are disability and LGBT not recorded for every referral?")
    asked.append("A low repeat rate can mean safety, or people who do not come back: which is it here?")
    return Points(asked)


def settings(book: Book) -> Note:
    """The settings that the repeat rate depends on, as they were in force."""
    table = book["hrda_by_period"]
    if reason := absent(table):
        return Note(reason)
    row = cell(table, "hrda_look_back", str(book.period))
    return Note(
        f"A repeat in {when(str(book.period))}: {_definition(row.get('method') or '')}. The months are calendar "
        "months from the last referral of the same people, and the anniversary counts as within. A second referral of "
        "the same people on one day is a duplicate and is in no count. Where the perpetrator is not known, nobody can "
        "tell whether a referral is a repeat: it counts as a referral, and stays outside the rate. Shares have "
        "Wilson's interval, rates Byar's or, below ten, the exact one; a change of a number has the score interval of "
        "a ratio of counts, a difference of shares Newcombe's."
    )


def _definition(method: str) -> str:
    """`basis referral, key victim and perpetrator, 12 months, version any abuse` as a reader says it."""
    said = dict(part.split(" ", 1) for part in method.split(", ") if part.startswith(("basis", "key", "version")))
    months = next((part for part in method.split(", ") if part.endswith("months")), "")
    if len(said) < 3 or not months:
        return method
    again = {"referral": "referred again", "incident": "referred for a new incident"}.get(said["basis"], said["basis"])
    return f"the same {said['key']} {again} within {months} ({said['version']} by the perpetrator counts)"


def coverage(book: Book) -> Note:
    """From which quarter the repeat rate is complete."""
    table = book["hrda_by_period"]
    if reason := absent(table):
        return Note(reason)
    rows = quarters(book)
    whole, short = rows[rows["complete"]]["period"], rows[~rows["complete"]]["period"]
    if whole.empty:
        return Note("No quarter has all the look-back that a repeat needs: every rate is too low by an unknown amount.")
    text = (
        f"The repeat rate is complete from {when(whole.iloc[0])} on, twelve months after the return's first referral."
    )
    if len(short):
        text += (
            f" The earlier quarters, from {when(short.iloc[0])}, are marked incomplete: repeats of referrals before "
        )
        text += "them cannot be seen."
    return Note(text)


def withheld(book: Book) -> Note:
    """Whether anything of this page is withheld."""
    names = ("hrda_by_period", "hrda_change", "hrda_profile", "hrda_shares", "hrda_by_deprivation")
    if any((book[name]["status"] == "suppressed").any() for name in names):
        return Note("Some figures are withheld so that nobody can be recognised; the tables say where.")
    return Note("No figure of this page is withheld.")


# --- tables as the page prints them ------------------------------------------------------------------------------


def rows_by_period(book: Book) -> pd.DataFrame:
    """The repeat rate by quarter and year with its look-back in words, newest year last."""
    table = book["hrda_by_period"]
    rates = part(table, "hrda_repeat_rate")
    rows = rates.assign(look_back=np.where(rates["reason"].str.contains("incomplete"), "incomplete", "complete"))
    return _in_order(rows)


def households(book: Book) -> pd.DataFrame:
    return _in_order(part(book["hrda_by_period"], "hrda_households_with_children"))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows["period"].str.replace(r"^(\d{4}-\d{2})$", r"\1-Q9", regex=True)
    return rows.iloc[order.argsort(kind="stable")].assign(period=lambda f: f["period"].map(when))


SHARES = {
    "hrda_partner_agency_share": "Referred by an agency other than the police",
    "hrda_victims_16_17_share": "Victim aged 16 or 17",
    "hrda_male_victims_share": "Male victim",
    "hrda_minority_ethnic_share": "Ethnic group other than White British",
    "hrda_disabled_share": "Recorded as disabled",
    "hrda_lgbt_share": "Recorded as lesbian, gay, bisexual or transgender",
}


def shares(book: Book, period: str) -> pd.DataFrame:
    """The shares of those recorded in one period, with a column `what` that names them."""
    table = book["hrda_shares"]
    rows = table[(table["period"] == period) & table["measure"].isin(list(SHARES))]
    return rows.assign(what=rows["measure"].map(SHARES))


def profile(book: Book, dimension: str) -> pd.DataFrame:
    """Referrals of the newest complete year and the year before by one dimension, its labels in their order."""
    table = book["hrda_profile"]
    others = [
        d
        for d in ("agency", "outcome", "victim_age", "victim_sex", "ethnicity", "disability", "lgbt")
        if d != dimension
    ]
    if absent(table):
        return table
    rows = table[(table[others] == "Total").all(axis=1) & (table[dimension] != "Total")]
    return rows[rows["period"].isin([year(book), before(year(book))])]
