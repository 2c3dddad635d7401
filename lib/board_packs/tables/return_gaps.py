"""What the figures of a return lack: refused rows, a quarter without a row, days before it covers.

Every table made from a return goes through `marked`, whatever function made it. A figure of a period that the return
does not cover is `not_available` with the reason, never 0. A figure that can be made while rows of its return are
refused is marked partial in `reason`, with how many rows are missing, until they are mended.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lscb.child_death_checks import UNUSABLE_DAY
from lscb.errors import UserError
from lscb.long_table import FIGURES, TOTAL, cells, dimensions
from lscb.periods import Quarter, quarter_of
from returncheck import dictionary

from . import reasons
from .quarter_inputs import unusable
from .reasons import because

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .quarter_inputs import Inputs

COLUMNS = ("area", "return", "missing", "covers_from", "silent", "nil")
SETTLED = "settled"  # a further column: what a person said of quarters without a row, each after its name
# Days with a row: of a quarter to which so many were to be expected none comes by chance less than once in 148 (exp -5);
# of any of the twenty before it, where more are asked for, in less than one return of fifty (20 exp -7).
EXPECTED, EXPECTED_BEFORE = 5, 7
OF_REVIEWS = ("review", "neonatal_review", "cohort", "within", "days_to", "modif", "expected")
# What a day is called that makes figures, how the measures begin that it moves where it cannot be used, and the number of
# those that cannot, by which guarded pages go.
DAYS = {
    ("child_deaths", "review_completed_on"): ("day of completion", tuple(f"cdop_{what}" for what in OF_REVIEWS),
        {"measure": "cdop_quality_issues", "issue": UNUSABLE_DAY}),
    ("case_reviews", "completed_on"): ("day of completion", ("reviews_under_way", "reviews_finished"), {"measure": "reviews_completion_unknown"}),
    ("case_reviews", "published_on"): ("day of publication", ("reviews_published",), {"measure": "reviews_publication_unknown"}),
}  # fmt: skip
# The measures of returns_received that say how many rows a return lacks and has.
MISSING, RECEIVED = "returns_rows_missing", "returns_rows_received"


def no_gaps() -> pd.DataFrame:
    """Nothing that any return lacks."""
    return pd.DataFrame(columns=list(COLUMNS))


def with_settled(frame: pd.DataFrame, answers: dict[tuple[str, str], str], area: str) -> pd.DataFrame:
    """What an area's returns lack, with what a person said of quarters without a row (by return and quarter)."""
    texts = {name: "; ".join(f"{q} {was}" for (n, q), was in answers.items() if n == name) for name, _ in answers}
    new = [name for name in texts if name not in set(frame["return"])]
    rows = [{"area": area, "return": name, "missing": 0, "silent": "", "nil": False} for name in new]
    every = pd.concat([frame, pd.DataFrame(rows)], ignore_index=True) if rows else frame
    return every.assign(**{SETTLED: every["return"].map(texts).fillna("")}) if texts else frame


class Gap(NamedTuple):
    """What one area's return lacks: refused rows, its first day where it says one, the sentence of a silent quarter; or
    that it came without a row."""

    area: str
    name: str
    missing: int
    covers_from: date | None
    silent: str
    nil: bool

    @property
    def unstated(self) -> bool:
        """Whether it came without a row that counts and is no nil return: as if it had not come at all."""
        return self.nil and bool(self.silent)


def gaps(inputs: Inputs, names: Iterable[str]) -> list[Gap]:
    """The gaps of some returns in the areas asked for."""
    frame = inputs.gaps
    if not isinstance(frame, pd.DataFrame) or not len(frame):
        return []
    those, here = set(names), set(inputs.areas)
    rows = frame[list(COLUMNS)].to_numpy(object).tolist()  # few rows, asked for often: a mask takes longer
    return [
        Gap(area, name, int(missing), None if pd.isna(first) else pd.Timestamp(first).date(), str(silent), bool(nil))
        for area, name, missing, first, silent, nil in rows
        if name in those and area in here
    ]


def first_days(inputs: Inputs, name: str) -> dict[str, pd.Timestamp]:
    """By area, the first day that its return says it covers; areas that do not say it are left out."""
    return {gap.area: pd.Timestamp(gap.covers_from) for gap in gaps(inputs, [name]) if gap.covers_from}


def marked(frame: pd.DataFrame, inputs: Inputs, names: Iterable[str], official: frozenset[str]) -> pd.DataFrame:
    """A table of some returns without figures of periods that they do not cover, the others marked partial.

    official : measures from official files, which stand whatever was sent
    """
    frame = covered(frame, inputs, names, official)
    late = pd.Timestamp(Quarter(inputs.period.start - 4, 1).first_day)  # five years have nearly every open case
    for (name, field), (what, measures, _) in DAYS.items():
        if name in names and name in inputs.returns:
            rows, here = inputs.returns[name], frame["measure"].str.startswith(measures)
            moved = frame["area"].isin(rows.loc[unusable(rows, field), "area"]) & here
            frame = noted(frame, because(name, reasons.UNUSABLE, what=what), moved)
            for area, day in first_days(inputs, name).items():
                why = because(name, reasons.BEGINS_LATE, day=f"{day.day} {day:%B %Y}")
                frame = noted(frame, why, frame["area"].eq(area) & here) if day > late else frame
    for gap in gaps(inputs, names):
        if gap.missing or (gap.nil and not gap.silent):
            mine = frame["area"].eq(gap.area) & ~frame["measure"].isin(official)
            mark = partial(gap.name, f"{gap.missing:,}") if gap.missing else because(gap.name, reasons.NIL_RETURN)
            frame = noted(frame, mark, mine)
    return frame


def covered(
    frame: pd.DataFrame, inputs: Inputs, names: Iterable[str], official: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """A table of some returns without figures of periods that they do not cover."""
    names = tuple(names)
    of_one = len(names) == 1
    for area, quarters in (quarters_lacking(inputs, names[0]) if of_one else {}).items():
        frame, _ = _without_figures(frame, area, lambda *days, q=quarters: _lack_of_rows(names[0], q, *days), official)
    for gap in gaps(inputs, names):
        if of_one or not gap.unstated:  # a table of several returns does without one that did not come
            frame = _covered(frame, gap, inputs.period, official)
    return frame


def quarters_lacking(inputs: Inputs, name: str) -> dict[str, list[Quarter]]:
    """By area, the quarters up to the period that a return of dated rows has none of, though days with one were to be
    expected (`EXPECTED`). It does not reach back so far, or a file of it was left out; there it has not nought rows.

    Looked at are the quarters after its first row, beside the mean of the four before each that are not lacking, and those of its first
    financial year before that row, all together, beside the four since, unless it says from when it covers. What a
    person said of a quarter without a row, that it was left out or that nothing came, goes before any number of rows.
    """
    about = dictionary.load()[name]
    if name not in inputs.returns or about.every != "quarter" or about.fields[about.dated_by].type != "date":
        return {}
    rows, begins, by_area = inputs.returns[name], first_days(inputs, name), {}
    until = rows["area"].isin(inputs.areas) & (rows[about.dated_by] <= pd.Timestamp(inputs.period.last_day))
    days = rows.loc[until, ["area", about.dated_by]].drop_duplicates()
    counts = days.groupby([days["area"].astype("str"), quarter_of(days[about.dated_by])]).size()
    for area in counts.index.unique(level=0):
        numbers = counts[area]
        first = Quarter.parse(numbers.index.min())
        at = first.number - 1  # how many quarters of its financial year lie before it
        quarters = inputs.period.back(4 * (inputs.period.start - first.start) + inputs.period.number)
        each = [int(numbers.get(str(q), 0)) for q in quarters]
        before = at * mean(each[at : at + 4]) >= EXPECTED and area not in begins
        least = [*[EXPECTED_BEFORE] * (len(each) - 1), EXPECTED]
        none: list[int] = []
        for n in range(at + 1, len(each)):  # a quarter that was left out says nothing of how many are to be expected
            if not each[n] and mean([each[m] for m in range(at, n) if m not in none][-4:]) >= least[n]:
                none.append(n)
        answers = _settled(inputs, name, area)
        lacking = {*quarters[:at] * before, *(quarters[n] for n in none)} - answers["nothing came"]
        lacking |= {q for q, some in zip(quarters, each, strict=True) if q in answers["left out"] and not some}
        if lacking:
            by_area[area] = sorted(lacking)
    return by_area


def _settled(inputs: Inputs, name: str, area: str) -> dict[str, set[Quarter]]:
    """The quarters of which a person said that they were left out, and those of which nothing came."""
    frame, answers = inputs.gaps, defaultdict[str, set[Quarter]](set)
    if isinstance(frame, pd.DataFrame) and SETTLED in frame:
        mine = frame[frame["area"].eq(area) & frame["return"].eq(name)]
        for quarter, _, was in (each.partition(" ") for text in mine[SETTLED] for each in text.split("; ") if each):
            answers[was].add(Quarter.parse(quarter))
    return answers


def _lack_of_rows(name: str, quarters: list[Quarter], first: date | None, last: date | None) -> str:
    """Why a return gives no figure of the days from `first` to `last`: the quarters among them that it has no row of."""
    of = [
        str(q).replace("-Q", " Q") for q in quarters if first and last and q.first_day <= last and q.last_day >= first
    ]
    if not of:
        return ""
    return because(name, reasons.NO_ROW_OF, what=" and ".join(of))


def partial(name: str, rows: str) -> str:
    """The mark of a figure whose return has refused rows. It holds no semicolon, which parts the notes of a row."""
    if not rows:
        return because(name, reasons.PARTIAL_WITHHELD)
    return because(name, reasons.PARTIAL, rows=f"{rows} {'row' if rows == '1' else 'rows'}")


def noted(frame: pd.DataFrame, text: str, where: pd.Series) -> pd.DataFrame:
    """A table with a further note on those of its rows that show a figure."""
    here = where & frame["status"].eq("shown")
    before = frame["reason"].where(frame["reason"].eq(""), frame["reason"] + "; ")
    return frame.assign(reason=frame["reason"].mask(here, before + text))


def _covered(frame: pd.DataFrame, gap: Gap, period: Quarter, official: frozenset[str]) -> pd.DataFrame:
    """Without figures of one area's periods that its return does not cover."""
    if not gap.silent and not gap.covers_from:
        return frame
    blanked, some = _without_figures(frame, gap.area, lambda *days: _why(gap, period, *days), official)
    lists = gap.silent and not some and frame["period"].str.contains("-Q").any()
    return _silent(blanked, gap, period) if lists else blanked


def _without_figures(
    frame: pd.DataFrame, area: str, because_of: Callable[[date | None, date | None], str], official: frozenset[str]
) -> tuple[pd.DataFrame, bool]:
    """Without an area's figures of the days for which there is a reason to have none; and whether there were any."""
    windows = frame["window"] if "window" in frame else pd.Series("", index=frame.index)
    ends = {pair: span(*pair) for pair in {*zip(frame["period"], windows, strict=True)}}
    reasons = {pair: because_of(*(each or (None, None))) for pair, each in ends.items()}
    why = pd.Series([reasons[pair] for pair in zip(frame["period"], windows, strict=True)], index=frame.index)
    here = why.ne("") & frame["area"].eq(area) & ~frame["measure"].isin(official)
    blank = {name: frame[name].mask(here) for name in FIGURES}
    status, reason = frame["status"].mask(here, "not_available"), frame["reason"].mask(here, why)
    return frame.assign(**blank, status=status, reason=reason), bool(here.any())


def _why(gap: Gap, period: Quarter, first: date | None, last: date | None) -> str:
    """Why a return gives no figure of the days from `first` to `last`, None where a label is no period; "" where it
    covers them."""
    if gap.unstated:
        return because(gap.name, reasons.NO_ROW)
    if first is None or last is None:
        return ""
    if gap.covers_from and first < gap.covers_from:
        return because(gap.name, reasons.COVERS_FROM, day=f"{gap.covers_from.day} {gap.covers_from:%B %Y}")
    yearly = dictionary.load()[gap.name].every == "year"
    lacking = period.so_far if yearly else [period]
    if gap.silent and first <= period.last_day and last >= lacking[0].first_day:
        what = f"the financial year {period.year}" if len(lacking) > 1 else str(period).replace("-Q", " Q")
        later = "the year's are still to come, " if yearly and period.number < 4 else ""
        why = f"{later}it is an older file, its rows were refused, or there was nothing, which Nothing to report would say"
        return because(gap.name, reasons.NO_USABLE_ROW, what=what, why=why)
    return ""


def _silent(frame: pd.DataFrame, gap: Gap, period: Quarter) -> pd.DataFrame:
    """A table that lists only quarters that were sent, with a row for each measure that says why the quarter has none."""
    why = _why(gap, period, period.first_day, period.last_day)
    labels = dict.fromkeys(dimensions(frame), TOTAL) | {"area": gap.area, "period": str(period)}
    measures = frame.loc[frame["area"].eq(gap.area), "measure"].unique()
    rows = [labels | {"measure": name, "status": "not_available", "reason": why} for name in measures]
    return cells(pd.concat([frame, pd.DataFrame(rows)], ignore_index=True)) if rows else frame


def span(period: str, window: str = "") -> tuple[date, date] | None:
    """The first and last day of a period as tables label it: `2017-18-Q4`, `2017-18`, `2017-18 to Q2`; a window of
    `3 years` begins earlier. None for what is neither."""
    label, _, until = str(period).partition(" to Q")
    try:
        if "-Q" in label:
            quarter = Quarter.parse(label)
            return quarter.first_day, quarter.last_day
        start = Quarter.parse(f"{label}-Q1")
    except UserError:
        return None
    years = int(window.split(maxsplit=1)[0]) if window[:1].isdigit() else 1
    return Quarter(start.start - years + 1, 1).first_day, Quarter(start.start, int(until or 4)).last_day
