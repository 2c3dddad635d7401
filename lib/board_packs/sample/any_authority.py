"""The invented quarter of any authority and period: on its own neighbourhoods, in its size, cut at the period's end.

The rows are those of the worked example's four years, drawn anew in the authority's size and moved by whole years so
that they end with the period's financial year; then what had not happened by the period's last day is taken away.
Agencies are called by what they are, in the words of the time (an integrated care board from July 2022).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from lscb.errors import UserError
from lscb.periods import QUARTER, Quarter, year_label
from openstats import Missing, authorities, dated_terms
from openstats.authority_changes import cover
from openstats.lsoa_codes import lsoa_codes
from openstats.project_data import standard
from returncheck import dictionary

from . import board, deaths, referrals, services
from .draw import Draw, months_later
from .sizes import LAST_YEAR, POPULATIONS

if TYPE_CHECKING:
    from openstats import Store

FIRST, LAST = Quarter(2016, 1), Quarter(2030, 4)
CENSUS_OF_2021 = date(2023, 4, 1)  # returns name neighbourhoods by the newer census from about here
CHILDREN_OF_A_NEIGHBOURHOOD = 340  # in England, about; used where no population of the authority is held
AHEAD = {"due_on"}  # dates that lie after the day on which they are written down
REVIEW: tuple[str, ...] = ("categories", "category", "modifiable_factors", "form_version")
REVIEW += ("domain_child", "domain_social", "domain_physical", "domain_service")
LATER = {  # what was not yet so, where a date has not come
    "review_completed_on": dict.fromkeys(REVIEW),
    "decided_on": {"decision": None},
    "done_on": {"impact": None},
}


def returns(period: Quarter, area: str, store: Store, seed: int) -> dict[str, list[dict]]:
    """The rows of every return, by its name; columns as in the dictionary.

    Raises UserError for a period that is not of 2016-17 to 2030-31.
    """
    if not FIRST <= period <= LAST:
        raise UserError(f"The invented quarter can be of {FIRST} to {LAST}; {period} is not.")
    years = period.start - LAST_YEAR
    places = neighbourhoods(store, area, period)
    sizes = populations(store, area, len(places), years)
    scale = sizes[LAST_YEAR] / POPULATIONS[LAST_YEAR]
    subject = f"{area} {period}"
    drawn = {
        "child_deaths": deaths.rows(Draw(seed, f"child deaths {subject}"), scale, places),
        "hrda_referrals": referrals.rows(Draw(seed, f"referrals {subject}"), scale, places),
        "children_services": services.rows(1, POPULATIONS, sizes),
    } | board.tables(seed + int(area[1:]), scale, elsewhere=True)
    moved = {name: [_moved(row, years) for row in rows] for name, rows in drawn.items()}
    renamed = {name: as_of_the_time(rows, period.last_day) for name, rows in moved.items()}
    return {name: known_by(rows, name, period) for name, rows in renamed.items()}


def neighbourhoods(store: Store, area: str, period: Quarter) -> dict[str | None, float]:
    """The codes of an authority's neighbourhoods in the census of the time, each as likely; one blank where none is
    held."""
    census = 2021 if period.last_day >= CENSUS_OF_2021 else 2011
    codes = sorted(lsoa_codes(store).of_authority(area, census))
    return dict.fromkeys(codes, 1.0) if codes else {None: 1.0}


def populations(store: Store, area: str, places: int, years: int) -> dict[int, int]:
    """Children aged 0-17 at the mid-years of the worked example's years, of the years that the rows are moved to."""
    try:
        children = store.children()
    except Missing:
        children = None
    sizes = {}
    for year in POPULATIONS:
        parts = None
        if children is not None:
            there = children[children["mid_year"] == min(year + years, children["mid_year"].max())]
            there = there.drop_duplicates("area", keep="last").set_index("area")["population_0_17"]
            parts = cover(area, there.index)
        sizes[year] = int(there[parts].sum()) if parts else places * CHILDREN_OF_A_NEIGHBOURHOOD
    return sizes


def _moved(row: dict, years: int) -> dict:
    """A row of so many years later: its dates, its quarter and its financial year."""

    def moved(name: str, value: object) -> object:
        if isinstance(value, date):
            return months_later(value, 12 * years)
        if name == "quarter":
            return str(Quarter.parse(str(value)) + 4 * years)
        return year_label(int(str(value)[:4]) + years) if name == "year" else value

    return {name: moved(name, value) for name, value in row.items()}


def as_of_the_time(rows: Iterable[dict], day: date) -> list[dict]:
    """Rows with agencies, meetings and forms called as they were on a day, reviews as on the day of their decision;
    without those of an agency that no longer was."""
    gone = dated_terms.ended(day)
    kept = (row for row in rows if not gone & {v for v in row.values() if isinstance(v, str)})
    return [{name: _called(v, row.get("decided_on") or day) for name, v in row.items()} | _form(row) for row in kept]


def _called(value: object, day: date) -> object:
    return dated_terms.in_terms_of(value, day) if isinstance(value, str) else value


def _form(row: dict) -> dict:
    """The form of the day on which a death was reviewed, with its highest score in the place of a higher one."""
    reviewed = row.get("review_completed_on")
    if not row.get("form_version") or reviewed is None:
        return {}
    form = dated_terms.term("death_form", reviewed)
    most = max(standard("child_deaths.forms")[form])
    scores = {name: min(row[name], most) for name in REVIEW if name.startswith("domain_") and row[name] is not None}
    return scores | {"form_version": form}


def known_by(rows: list[dict], name: str, period: Quarter) -> list[dict]:
    """Rows as they stood on a period's last day: none of a later day, and in them no date after it."""
    end, by = period.last_day, dictionary.load()[name].dated_by
    kept: list[dict] = []
    for row in rows:
        if name == "plan":  # the plan of the day, whenever in the year that is
            row = row | {by: months_later(end, 0).replace(day=20)}
        when = row[by]
        if Quarter.parse(when) > period if QUARTER.fullmatch(str(when)) else when > end:
            continue
        late = [f for f, value in row.items() if isinstance(value, date) and value > end and f not in AHEAD]
        for field in late:
            row = row | {field: None} | {f: v for f, v in LATER.get(field, {}).items() if f in row}
        kept.append(row)
    return kept


def readme(returns: dict[str, list[dict]], period: Quarter, area: str, seed: int) -> str:
    """What stands beside the rows: that they are invented, of whom, and how to write them again."""
    lines = "\n".join(f"| {name}.csv | {len(rows):,} |" for name, rows in returns.items())
    placed = any(row["lsoa"] for name in ("hrda_referrals", "child_deaths") for row in returns[name])
    size = PLACED if placed else UNPLACED
    return TEXT.format(area=area, name=authorities.name(area), period=period, seed=seed, lines=lines, size=size)


PLACED = "on the authority's own neighbourhoods and in about its\nsize"
UNPLACED = f"""without neighbourhoods, as many as for some
{CHILDREN_OF_A_NEIGHBOURHOOD} children: no official file of the authority is held (with --open-data FOLDER it is of its own size)"""
TEXT = """# An invented quarter of {name} ({area}), {period}

**No row here is about a real child, victim, death or family.** Everything is drawn by chance
(`lscb sample --period {period} --area {area} --seed {seed}`): {size}, at the rates of the worked example (Southampton, 2017-18). Nothing here says anything about {name}. Agencies are
called by what they are. A run that uses these files says SAMPLE DATA on every page (`--sample`).

| file | rows |
|---|---|
{lines}
"""
