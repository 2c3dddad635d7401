"""Child death reviews in words. Numbers are figures of the protected tables, or `withheld`.

Two cohorts, deaths notified and reviews completed, are said one after the other and never as a share of each other.
Where nearly all is withheld the page still says what is counted, over how many years, and why no figure is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lscb.child_deaths import TIMES
from lscb.periods import year_label
from openstats.project_data import standard

from ...tables.child_death_cases import DOMAINS, NOTIFIED, REVIEWED
from ..book import Book
from .base import Answer, Note, Points, series
from .picked import absent, cell, interval, of, part, share, shown
from .sheets import mainly_withheld, sheet

if TYPE_CHECKING:
    import pandas as pd

    from ..html_table import Table

# The breakdowns of reviews by category, each with how a caption names it.
CROSSED = {"modifiable": "modifiable factors", "age_band": "age", "sex": "sex", "expected": "whether expected"}
ONE, THREE, FIVE = "1 year", "3 years", "5 years"
DOMAIN_NAMES = {
    "domain_child": "Factors in the child",
    "domain_social": "Social environment, parenting included",
    "domain_physical": "Physical environment",
    "domain_service": "Service delivery",
}
SMALL = (
    "In one area and year these numbers are so small that they say little: one child more or less changes every share."
)


def now(book: Book) -> str:
    """The newest period of the tables: the financial year, or the year so far."""
    return book.period.year if book.period.number == 4 else f"{book.period.year} to Q{book.period.number}"


def year(book: Book) -> str:
    """The newest financial year that has ended."""
    return year_label(book.period.start - (book.period.number < 4))


def spoken(period: str) -> str:
    """`2017-18 to Q2` as `the first two quarters of 2017-18`."""
    words = {"Q1": "the first quarter", "Q2": "the first two quarters", "Q3": "the first three quarters"}
    return f"{words[period[-2:]]} of {period[:7]}" if " to Q" in period else period


# --- the answer ----------------------------------------------------------------------------------------------------


def headline(book: Book) -> Answer:
    """Deaths notified, reviews completed, each on its own; and what is still open."""
    table = book["child_deaths_by_year"]
    if reason := absent(table):
        return Answer(f"Child deaths cannot be shown. {reason}")
    period = now(book)
    told, done = (cell(table, measure, period, window=ONE) for measure in (NOTIFIED, REVIEWED))
    left = cell(book["child_deaths_outstanding"], "cdop_reviews_outstanding", period)
    said = []
    if shown(told):
        said.append(
            f"In {spoken(period)}, {_number(told, 'child death was', 'child deaths were')} notified to the panel."
        )
    if shown(done):
        said.append(f"The panel completed {_number(done, 'review', 'reviews')}, of deaths of this or earlier years.")
    if shown(left):
        said.append(f"On the last day {_number(left, 'review was', 'reviews were')} outstanding.")
    parts = (("deaths were notified", told), ("reviews were completed", done), ("reviews were outstanding", left))
    hidden = [f"how many {text}" for text, row in parts if not shown(row)]
    if hidden:
        said.append(
            f"{series(hidden).capitalize()} {'' if said else f'in {spoken(period)} '}is {_why(told, done, left)}."
        )
        said.append(_longer(table, year(book), {NOTIFIED: told, REVIEWED: done}))
    return Answer(" ".join(filter(None, said)))


def _number(row: dict, one: str, many: str) -> str:
    """`14 reviews`, `1 review`."""
    return f"{of(row)} {one if row['count'] == 1 else many}"


def _longer(table: pd.DataFrame, period: str, parts: dict[str, dict]) -> str:
    """The cohorts that one year does not show, over the longest window that is shown."""
    names = {NOTIFIED: "deaths were notified", REVIEWED: "reviews were completed"}
    for window in (FIVE, THREE):
        rows = {m: cell(table, m, period, window=window) for m, row in parts.items() if not shown(row)}
        said = [f"{of(row)} {names[measure]}" for measure, row in rows.items() if shown(row)]
        if said:
            return f"Over the {_years(window)} to {period}, {series(said)}."
    return ""


def _years(window: str) -> str:
    return {"3 years": "three years", "5 years": "five years"}.get(window, "year")


# --- is it a change -------------------------------------------------------------------------------------------------


def change(book: Book) -> Note:
    """Whether deaths per 100,000 children differ between the year and the years before, and from England's."""
    table = book["child_deaths_by_year"]
    if reason := absent(table):
        return Note(reason)
    period = year(book)
    own, longer = (cell(table, "cdop_death_rate", period, window=w) for w in (ONE, FIVE))
    said = [_against(own, longer, period), _england(table, longer)]
    return Note(" ".join([*filter(None, said), SMALL]))


def _against(own: dict, longer: dict, period: str) -> str:
    if not shown(own, longer):
        why = _why(own, longer)
        return f"Whether deaths in {period} differ from the five years together cannot be said: a rate is {why}."
    method, _, people = own["method"].partition("; ")
    text = (
        f"Deaths notified per 100,000 children: {of(own, 'value', 'rate')} in {period} ({of(own)} among "
        f"{of(own, 'of')} aged 0 to 17, {people.replace('; unreliable: ', '; unreliable, ')}), "
        f"{of(longer, 'value', 'rate')} over the five years to {period} ({of(longer)} deaths)"
    )
    if own["low"] != own["low"]:
        return f"{text}; on rounded counts no interval is given, so no change is claimed."
    ends = f"95% interval of the year {of(own, 'low', 'rate')} to {of(own, 'high', 'rate')}, {method}"
    if own["low"] <= longer["value"] <= own["high"]:
        return f"{text}; {ends}: no change that the interval supports."
    return f"{text}; {ends}: {'higher' if own['value'] > longer['value'] else 'lower'} than over five years."


def _why(*rows: dict) -> str:
    return next((of(row) for row in rows if not shown(row)), "not available")


def _england(table: pd.DataFrame, own: dict) -> str:
    england = part(table, "cdop_england_death_rate")
    row = england.iloc[0].to_dict() if len(england) else {"status": "not_available", "reason": "it is not held"}
    if not shown(row):
        return f"There is no comparison with England for children of all ages: {row['reason']}."
    text = f"England: {of(row, 'value', 'rate')} ({row['method']})"
    if not shown(own) or own["low"] != own["low"]:
        return f"{text}."
    inside = own["low"] <= row["value"] <= own["high"]
    return f"{text}, {'inside' if inside else 'outside'} the area's five-year interval."


def infants(book: Book) -> Note:
    """Registered infant deaths per 1,000 births over three years, beside England's (open data)."""
    table = book["infant_mortality_official"]
    if reason := absent(table):
        return Note(reason)
    own = part(table, "infant_mortality", window=THREE)
    own = own[own["status"] == "shown"]
    if own.empty:
        return Note("Registered infant deaths are not held for three years in a row.")
    row = own.sort_values("period").iloc[-1].to_dict()
    england = cell(table, "infant_mortality_england", row["period"], window=THREE)
    ends = f"95% interval {of(row, 'low', 'rate')} to {of(row, 'high', 'rate')}"
    text = (
        f"Registered infant deaths over the three calendar years to {row['period']}: {of(row, 'value', 'rate')} per "
        f"1,000 live births ({of(row)} of {of(row, 'of')}; {ends})"
    )
    if not shown(england):
        return Note(f"{text}. England's rate is not available: {england['reason']}.")
    if row["low"] <= england["value"] <= row["high"]:
        said = "inside that interval, so no difference can be claimed"
    else:
        said = "below it: the area's is higher" if england["value"] < row["low"] else "above it: the area's is lower"
    return Note(f"{text}. England's {of(england, 'value', 'rate')} lies {said}.")


# --- what is behind it ------------------------------------------------------------------------------------------------


def reviewed(book: Book) -> Note:
    """Modifiable factors and expected deaths among completed reviews, with the number they are shares of."""
    table, said = book["child_deaths_modifiable"], []
    if reason := absent(table):
        return Note(reason)
    for period, window in _spans(book):
        where = _span(period, window)
        for measure, text in (
            (
                "cdop_modifiable_share",
                "modifiable factors were identified in {} of the reviews with sufficient information",
            ),
            ("cdop_expected_share", "the death was expected in {} of the reviews where that is known"),
        ):
            row = cell(table, measure, period, window=window)
            if shown(row):
                said.append(f"In {where}, {text.format(share(row))}{_ends(row)}.")
    if not said:
        return Note("Shares with modifiable factors, and of expected deaths, are withheld or rest on no review.")
    return Note(" ".join(said))


def _ends(row: dict) -> str:
    text = interval(row)
    return f", {text}" if text else ""


def _spans(book: Book) -> list[tuple[str, str]]:
    return [(now(book), ONE), (year(book), FIVE)]


def _span(period: str, window: str) -> str:
    return spoken(period) if window == ONE else f"the {_years(window)} to {period}"


def timeliness(book: Book) -> Note:
    """Time from death to completed review, in both windows; and without paused or reopened cases."""
    table, said = book["child_deaths_timeliness"], []
    if reason := absent(table):
        return Note(reason)
    for period, window in _spans(book):
        six, twelve, middle = (
            cell(table, m, period, window=window)
            for m in ("cdop_within_6_months_share", "cdop_within_12_months_share", "cdop_days_to_review")
        )
        if shown(six, twelve, middle):
            said.append(
                f"Of the reviews completed in {_span(period, window)}, {share(six)} came within 6 months of the death "
                f"and {share(twelve)} within 12; the median was {of(middle, 'value', 'rate:0')} days (quartiles "
                f"{of(middle, 'low', 'rate:0')} and {of(middle, 'high', 'rate:0')})."
            )
    return Note(" ".join(said) or "How long reviews took is withheld, or no review was completed.")


def outstanding(book: Book) -> Note:
    """Reviews not completed on the last day, by the age of the case."""
    table, period = book["child_deaths_outstanding"], now(book)
    if reason := absent(table):
        return Note(reason)
    waits = {age: cell(table, "cdop_reviews_outstanding", period, age_of_case=age) for age in _waits(table)}
    total = cell(table, "cdop_reviews_outstanding", period)
    paused = cell(table, "cdop_reviews_outstanding", period, standing="paused")
    known = "; ".join(f"{age}: {of(row)}" for age, row in waits.items() if shown(row))
    hidden = not all(shown(row) for row in waits.values())
    text = f"On the last day {_number(total, 'review was', 'reviews were')} outstanding"
    if not shown(total):
        text = f"How many reviews were outstanding on the last day is {of(total)}"
    text += f". By time since the death: {known}{'; the rest is withheld' if hidden else ''}." if known else "."
    if shown(paused):
        text += f" Waiting for another process, such as a coroner's: {of(paused)}."
    return Note(text)


def waiting(book: Book) -> Table | Note:
    """Reviews outstanding by age of case; a sentence where most of its figures are withheld."""
    table = book["child_deaths_outstanding"]
    if not absent(table) and mainly_withheld(table):
        return Note("A table of them by age of case is left out: most of its figures are withheld.")
    return sheet(table, "Reviews outstanding, by age of case", {"age_of_case": "Since the death"}, spread="standing")


def where(book: Book) -> Note:
    """Where the figures of one year's reviews are, on a page that withholds them."""
    if reason := absent(book["child_deaths_by_year"]):
        return Note(reason)
    done = cell(book["child_deaths_by_year"], REVIEWED, now(book), window=ONE)
    left = cell(book["child_deaths_outstanding"], "cdop_reviews_outstanding", now(book))
    if "suppressed" not in (done["status"], left["status"]):
        return Note("")
    who = {"public": "The panel knows them and reviews every death."}.get(
        book.audience, "Members of the panel find every figure in its own pack, marked restricted; ask its chair."
    )
    return Note(
        "Figures of one year's reviews, or of those outstanding, are withheld here so that no child can be recognised. "
        f"{who} Below, five years together."
    )


def _waits(table: pd.DataFrame) -> list[str]:
    return [age for age in dict.fromkeys(table["age_of_case"]) if age != "Total"]


def newborns(book: Book) -> Note:
    """Neonatal deaths, and the pre-viable among them."""
    table, said = book["child_deaths_notified"], []
    if reason := absent(table):
        return Note(reason)
    limit = standard("child_deaths.previable_weeks")
    for period, window in _spans(book):
        total = cell(table, "cdop_neonatal_deaths_notified", period, window=window)
        early = cell(table, "cdop_neonatal_deaths_notified", period, window=window, stage="early neonatal")
        before = cell(table, "cdop_neonatal_deaths_notified", period, window=window, previable="yes")
        if shown(total):
            said.append(
                f"Deaths under 28 days notified in {_span(period, window)}: {of(total)}; in the first week "
                f"{of(early)}; born before {limit} weeks {of(before)}."
            )
    return Note(" ".join(said) or "Deaths under 28 days are withheld.")


# --- what to ask, how it is counted ----------------------------------------------------------------------------------


def ask(book: Book) -> Points:
    """Questions that the figures raise for the panel."""
    table = book["child_deaths_outstanding"]
    if reason := absent(table):
        return Points([f"Ask for the return: {reason}"])
    asked = ["What did the reviews with modifiable factors recommend, and who has acted on it?"]
    old = cell(table, "cdop_reviews_outstanding", now(book), age_of_case="12 months and over", standing="in progress")
    if shown(old) and old["count"] > 0:
        asked.append(
            f"What holds up the {of(old)} reviews that are open a year or more after the death and not paused?"
        )
    issues = book["child_deaths_quality"]
    found = issues[(issues["status"] == "shown") & (issues["count"] > 0)]
    if len(found):
        said = series(
            f"{issue}: {of(row)}" for issue, row in zip(found["issue"], found.to_dict("records"), strict=True)
        )
        asked.append(f"Will the panel look at these cases: {said}?")
    asked.append("What have the cases in common that these numbers cannot show?")
    return Points(asked)


def settings(book: Book) -> Note:
    """The settings on which the figures depend."""
    few, limit = standard("child_deaths.few"), standard("child_deaths.previable_weeks")
    return Note(
        "Counted are live-born children under 18 normally resident here. A death belongs to the year in which the "
        "panel was notified, a review to the year in which it was completed; the reviews of a year are not of the "
        "deaths of that year, and neither is a share of the other. The category is the highest in the statutory list "
        f"of those that could apply. Pre-viable means a death under 28 days of a birth before {limit} weeks. Time runs "
        "from the death in calendar months, and the day on which 6 or 12 months end is still within. Fewer than "
        f"{few['no_rate_below']} deaths give no rate, fewer than {few['unreliable_below']} an unreliable one. Shares "
        "with modifiable factors leave out reviews with insufficient information. Intervals are exact below ten "
        "events, Byar's from ten, Wilson's for shares."
    )


def withheld(book: Book) -> Note:
    """How the page reads where little can be printed."""
    names = ("child_deaths_by_year", "child_deaths_notified", "child_deaths_reviewed", "child_deaths_outstanding")
    frames = [book[name] for name in names]
    if not any((frame["status"] == "suppressed").any() for frame in frames):
        return Note("No figure of this page is withheld.")
    return Note(
        "Figures that could point to a child are withheld, with others that would give them back by subtraction. The "
        "years together show more than one year does."
    )


# --- tables as the page prints them ------------------------------------------------------------------------------


def cohorts(book: Book, measure: str = NOTIFIED) -> pd.DataFrame:
    """One cohort by year and window, in the order of time."""
    table = book["child_deaths_by_year"]
    if absent(table):
        return table
    rows = part(table, measure)
    return rows.sort_values(["period", "window"], kind="stable")


def by(book: Book, name: str, dimension: str, measure: str, window: str = FIVE) -> pd.DataFrame:
    """One cohort by the labels of one dimension, in one window; every other dimension at its total."""
    table = book[name]
    if absent(table):
        return table
    period = dict(zip((ONE, FIVE), (now(book), year(book)), strict=True)).get(window, year(book))
    fixed = {"area", "period", "measure", "window", dimension}
    rows = table[(table["measure"] == measure) & (table["period"] == period) & (table["window"] == window)]
    for other in (c for c in _dims(table) if c not in fixed):
        rows = rows[rows[other] == "Total"]
    return rows[rows[dimension] != "Total"]


def crossed(book: Book, dimension: str, window: str = FIVE) -> pd.DataFrame:
    """Reviews completed by category and one more dimension, with the totals of both."""
    table = book["child_deaths_reviewed"]
    if absent(table):
        return table
    period = year(book) if window == FIVE else now(book)
    rows = table[(table["measure"] == REVIEWED) & (table["period"] == period) & (table["window"] == window)]
    for other in (c for c in _dims(table) if c not in ("category", dimension, "area", "period", "measure", "window")):
        rows = rows[rows[other] == "Total"]
    last = rows["category"] == "Total"
    import pandas as pd

    return pd.concat([rows[~last], rows[last]])


def crossings(book: Book) -> dict[str, str]:
    """The breakdowns of reviews by category of which the page prints a table: not those that are mainly withheld."""
    return {name: said for name, said in CROSSED.items() if not mainly_withheld(crossed(book, name))}


def left_out(book: Book) -> Note:
    """Which breakdowns of reviews by category are not printed, in one sentence."""
    names = [said for name, said in CROSSED.items() if name not in crossings(book)]
    if not names:
        return Note("Every breakdown of reviews by category is printed.")
    return Note(f"Tables by category and {series(names)} are left out: most of their figures are withheld.")


def by_category(book: Book, window: str = FIVE) -> pd.DataFrame:
    """Reviews completed by category alone, with their total."""
    table = book["child_deaths_reviewed"]
    if absent(table):
        return table
    rows = crossed(book, "sex", window)
    return rows[rows["sex"] == "Total"]


def factors(book: Book, window: str = FIVE) -> pd.DataFrame:
    """Reviews completed by domain and level of contributory factors, as `domain` and `level`."""
    import pandas as pd

    table = book["child_deaths_factors"]
    if absent(table):
        return table
    parts = []
    for name in DOMAINS:
        rows = by(book, "child_deaths_factors", name, REVIEWED, window)
        parts.append(rows.assign(domain=DOMAIN_NAMES[name], level=rows[name]))
    return pd.concat(parts, ignore_index=True)


def times(book: Book, window: str = FIVE) -> pd.DataFrame:
    """Reviews by band of time to review, for all cases and for those never paused or reopened."""
    table = book["child_deaths_timeliness"]
    if absent(table):
        return table
    period = year(book) if window == FIVE else now(book)
    rows = table[(table["measure"] == "cdop_reviews_timed") & (table["period"] == period) & (table["window"] == window)]
    return rows[rows["time_to_review"].isin([*TIMES, "Total"])]


def _dims(table: pd.DataFrame) -> list[str]:
    from lscb.long_table import dimensions

    return dimensions(table)
