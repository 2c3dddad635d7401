"""Charts in words and tables as they are printed, written a second time (see expected_words)."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from expected_tables import MEASURES, Grid, Lacking, Said, partial, sentence
from expected_words import FIGURE, STATES, bare, has_interval, interval, plain_number, series, shown, told, when
from page_reader import could_be, rounded_to, withheld_count

SPELT = {"idva": "IDVA", "lgbt": "LGBT", "childrens social care": "Children's social care", "imd": "Index of Multiple Deprivation",
         "idaci": "Income deprivation affecting children (IDACI)", "idaopi": "Income deprivation affecting older people (IDAOPI)",
         "barriers": "Barriers to housing and services"}  # fmt: skip


def label(text) -> str:
    """A label as it is read."""
    text = when(str(text)) if "-Q" in str(text) else str(text)
    text = text.replace("_", " ")
    first = text.split(" ")[0]
    return SPELT.get(text) or (text[:1].upper() + text[1:] if first.islower() else text)


# --- charts in words -------------------------------------------------------------------------------------------


class Limits(NamedTuple):
    """A p'-chart (Laney 2002) of some rows, and the rules of Making Data Count."""

    values: np.ndarray
    centre: float
    error: np.ndarray
    flags: list  # of each point the words of the rule that flags it, or ""

    @property
    def points(self) -> int:
        return int((self.values == self.values).sum())

    @property
    def last(self) -> int:
        there = np.flatnonzero(self.values == self.values)
        return int(there[-1]) if len(there) else -1


def laney(met, of) -> Limits:
    """Shares, their mean over all cases, and half-widths of three standard errors, widened by the spread of neighbours."""
    met, of = np.asarray(met, float), np.asarray(of, float)
    values = met / of
    there = values == values
    centre = met[there].sum() / of[there].sum() if there.any() else np.nan
    error = np.sqrt(centre * (1 - centre) / of)
    with np.errstate(invalid="ignore", divide="ignore"):  # every share the same: no spread
        moving = np.abs(np.diff((values - centre) / error))
    moving = moving[moving == moving]
    spread = max(1, moving.mean() / 1.128) if len(moving) else 1
    half = 3 * spread * error
    return Limits(values, centre, half, rules(values, centre, half) if there.sum() >= 6 else [""] * len(values))


def rules(values, centre, half) -> list[str]:
    """The first rule that flags each point: outside a limit; seven rising or falling; two of three beyond two thirds of
    a limit; seven on one side. No run goes through a gap."""
    n, flags = len(values), [""] * len(values)
    side = [0 if v != v else int(np.sign(round(v - centre, 12))) for v in values]

    def mark(places, text):
        for at in places:
            flags[at] = flags[at] or text

    for at, value in enumerate(values):
        if abs(value - centre) > half[at] + 1e-12:
            mark(
                [at],
                "the last point is above the upper limit"
                if value > centre
                else "the last point is below the lower limit",
            )
    for end in range(6, n):
        run = values[end - 6 : end + 1]
        for steps, word in ((np.diff(run), "rising"), (-np.diff(run), "falling")):
            if (steps > 0).all():
                mark(range(end - 6, end + 1), f"seven or more points {word}")
    near = [
        v == v and abs(v - centre) > half[at] * 2 / 3 and abs(v - centre) <= half[at] for at, v in enumerate(values)
    ]
    for end in range(2, n):
        three = range(end - 2, end + 1)
        sides = {side[at] for at in three}
        if sides in ({1}, {-1}) and sum(near[at] for at in three) >= 2:
            mark(
                [at for at in three if near[at]],
                f"two of three points near the {'upper' if sides == {1} else 'lower'} limit",
            )
    for end in range(6, n):
        seven = range(end - 6, end + 1)
        if len(sides := {side[at] for at in seven}) == 1 and sides != {0}:
            mark(seven, f"seven or more points {'above' if sides == {1} else 'below'} the mean")
    return flags


def untested(chart: Limits, rows: list[dict]) -> tuple[str, str] | None:
    if any(rounded_to(r) for r in rows):
        return "rounded figures, not tested for change", "The figures are rounded for this audience"
    left = [r for r, value in zip(rows, chart.values, strict=True) if shown(r) and value != value]
    all_seen = all("incomplete: " in r["reason"] for r in left)
    apart = ("incomplete" if all_seen else "incomplete or by another definition") if left else ""
    if not chart.points and left:
        return "not tested for change", f"Every figure that is shown is {apart}"
    if not chart.points:
        every = rows and all(r["status"] == "suppressed" for r in rows)
        return "nothing to chart", "Every figure of the chart is withheld" if every else "No figure of the chart is shown"  # fmt: skip
    if chart.points == 1:
        whole = "complete " if left else ""
        return f"one {whole}value, so no rule can be asked", f"There is one value only{f' that is not {apart}' if left else ''}"  # fmt: skip
    return ("too few points for limits", "There are too few points for limits") if chart.points < 6 else None


def newest(chart: Limits, rows: list[dict]) -> str:
    return f" ({when(rows[chart.last]['period'])}, the newest that is shown)" if chart.last < len(rows) - 1 else ""


def direction(chart: Limits, rows: list[dict], style: str = "") -> str:
    """What a title says of the last point: the newest figure where no rule can be asked, if its `style` is given."""
    if why := untested(chart, rows):
        if style and chart.points:
            last = rows[chart.last]
            return f"{told(last, style)}{' ' + last['unit'] if style == 'rate' else ''} in {when(last['period'])}"
        return why[0]
    level = "no rule flags the last point" if any(chart.flags) else "no change shown"
    to = f"to {when(rows[chart.last]['period'])} " if chart.last < len(rows) - 1 else ""
    return to + (chart.flags[chart.last] or level)


def trend(chart: Limits, what: str, rows: list[dict]) -> str:
    if why := untested(chart, rows):
        return f"{why[1]}, so whether {what} varies more than by chance cannot be said."
    trial = " Its limits are trial limits, because the points are few." if chart.points < 12 else ""
    at, flagged = newest(chart, rows), [when(r["period"]) for r, flag in zip(rows, chart.flags, strict=True) if flag]
    if rule := chart.flags[chart.last]:
        return f"A rule of the chart flags the last point{at}: {rule}.{trial}"
    if flagged:
        return f"No rule of the chart flags the last point{at}; earlier ones are flagged: {few(flagged)}.{trial}"
    return f"No rule of the chart flags any {'quarter' if all('-Q' in r['period'] for r in rows) else 'point'}.{trial}"


def once(labels: list[str]) -> list[str]:
    """Labels in their order, each once: of several with one label, `3 points of 2018-19`."""
    return [
        each if labels.count(each) == 1 else f"{labels.count(each)} points of {each}" for each in dict.fromkeys(labels)
    ]


def of_each(groups: dict[str, list[dict]], what: str, style: str = "count", by: str = "period") -> str:
    """Several series, the first with the kind of chart, each of the others with its label alone."""
    texts = []
    for name, rows in groups.items():
        texts.append(described(rows, label(name) if texts else what.format(name), style, by, alone=False))
    return " ".join(texts)


def few(labels: list[str], newest: str = "") -> str:
    """Up to four labels, else the first and the last, and whether the newest point is the last of them."""
    if len(labels) <= 4:
        return series(once(labels))
    last = f", {'the' if labels[-1] == newest else 'not the'} newest" if newest else ""
    return f"several, first {labels[0]} and last {labels[-1]}{last}"


def read_out(drawn: list[dict], style: str, by: str, alone: bool, least: bool = False) -> list[dict]:
    """Of more than six periods the first and three, of more than seven labels the six with the most or the least, half as
    many each of several series; tenths, ages and other numbers all."""
    if by == "period":
        last = 3 if alone else 1
        return drawn if len(drawn) <= 2 * last else [drawn[0], *drawn[-last:]]
    most = 6 if alone else 3
    if len(drawn) <= most + 1 or all(str(r[by]).isdigit() for r in drawn):
        return drawn
    if least:
        return sorted(drawn, key=lambda r: r[FIGURE[style]])[:most]
    return sorted(drawn, key=lambda r: -r[FIGURE[style]])[:most]


def described(
    rows: list[dict],
    what: str,
    style: str = "count",
    by: str = "period",
    chart: Limits | None = None,
    decimals: int | None = None,
    alone: bool = True,
    least: bool = False,
) -> str:
    """The words in the place of a chart."""
    drawn = [r for r in rows if shown(r)]
    listed, texts = read_out(drawn, style, by, alone, least), []
    ends = alone and by != "period" and style != "count" and any(map(has_interval, drawn))
    for row in listed:
        text = told(row, style, decimals)
        if by == "period":
            texts.append(
                f"{text} in {when(row['period'])}{' (incomplete)' * ('incomplete' in str(row.get('reason', '')))}"
            )
            continue
        text += (
            f" ({interval(row).rpartition('included, ' if rounded_to(row) else 'interval ')[2]})"
            if ends and has_interval(row)
            else ""
        )
        number = f"{by} {row[by]}: {text}"
        texts.append(number if str(row[by]).isdigit() else f"{label(row[by])}: {text}")
    more = "less" if least else "more"
    texts += [f"the others have no {more}"] if by != "period" and len(listed) < len(drawn) else []
    about = ", rounding included," if any(map(rounded_to, drawn)) else ""
    what += f" (95% intervals{about} in brackets)" if ends else ""
    parts = [
        f"{what}: {series(texts) if by == 'period' else '; '.join(texts)}." if texts else f"{what}: no figure is shown."
    ]
    for status, words in STATES.items():
        hidden = [
            (f"{by} {r[by]}" if str(r[by]).isdigit() and by != "period" else label(r[by]))
            + could_be(r) * (style == "count")
            for r in rows
            if r["status"] == status
        ]
        parts += [f"{words.capitalize()}: {few(hidden)}."] if hidden else []
    if to := max((rounded_to(r) for r in drawn), default=0):
        parts.append(f"Counts are rounded to the nearest {to}.")
    elif chart is not None and chart.points >= 6:
        flagged = [when(r["period"]) for r, flag in zip(rows, chart.flags, strict=True) if flag]
        parts.append(
            f"Flagged by a rule of the control chart: {few(flagged, when(rows[chart.last]['period']))}."
            if flagged
            else "No point is flagged by a rule of the control chart."
        )
        most = 1 if style == "percent" else np.inf
        ends = [min(max(chart.centre + side * chart.error[chart.last], 0), most) for side in (-1, 1)]
        limits = f"At the last point, limits {plain_number(ends[0], style)} to {plain_number(ends[1], style)}."
        parts.append(limits if chart.error[chart.last] else "No limits, as the points are all the same.")
    return " ".join(parts)


# --- tables ----------------------------------------------------------------------------------------------------


def measured(name: str) -> str:
    """What a measure counts, as its dictionary begins to say it."""
    says = (MEASURES.get(name) or {}).get("says", name)
    for end in (";", "(", " -- "):
        says = says.partition(end)[0]
    return says.strip()


def in_table(row: dict, style: str, figure: str = "", decimals: int | None = None) -> str:
    if figure == "reason":  # what counts are rounded to stands in the caption
        return re.sub(r"(; )?rounded to the nearest \d+", "", row["reason"]) if shown(row) else STATES[row["status"]]
    if style == "text":
        return str(row[figure]) if row.get("status", "shown") == "shown" else STATES[row["status"]]
    if row["status"] == "suppressed" and style == "count":
        return re.sub(r"\d{4,}", lambda number: f"{int(number[0]):,}", withheld_count(row))
    return bare(row, style, decimals, figure)


def lines(rows: list[dict], heads: dict[str, str], columns: dict) -> list[list[str]]:
    """Headings and lines of a table whose columns are figures of one row: {heading: (style, figure, decimals)}."""
    body = [[*(label(measured(r[d]) if d == "measure" else r[d]) for d in heads), *collapsed([in_table(r, *one) for one in columns.values()])] for r in rows]  # fmt: skip
    return [[*(label(h) for h in heads.values()), *(label(c) for c in columns)], *body]


def spread(
    rows: list[dict],
    heads: dict[str, str],
    along: str,
    order: list[str],
    style: str = "count",
    figure: str = "",
    decimals: int | None = None,
) -> list[list[str]]:
    """The same with the labels of one dimension as columns."""
    places = {(*(str(r[d]) for d in heads), str(r[along])): r for r in rows}
    firsts = list(dict.fromkeys(key[:-1] for key in places))
    body = []
    for key in firsts:
        texts = [in_table(places[*key, o], style, figure, decimals) if (*key, o) in places else "–" for o in order]
        body.append([*map(label, key), *collapsed(texts)])
    return [[*(label(h) for h in heads.values()), *map(label, order)], *body]


def collapsed(texts: list[str]) -> list[str]:
    """A line of which nothing can be shown says so once."""
    once = len(texts) > 1 and texts[0] in STATES.values() and len(set(texts)) == 1
    return texts[:1] if once else texts


def grid(rows: list[dict], caption: str, body: list[list[str]], absent: str = "") -> Grid | Said:
    """A table, or the sentence in its place."""
    if absent:
        return Lacking(absent, caption)
    if not rows:
        return Said(f"{caption}: there is nothing to show for this period.")
    if all(r.get("status") == "not_available" for r in rows):
        return Lacking(sentence(rows[0]["reason"]), caption)
    if all(r.get("status") == "suppressed" for r in rows):
        return Said(f"{caption}: every figure is withheld.")
    to = max((rounded_to(r) for r in rows if "reason" in r), default=0)
    caption += f" (counts rounded to the nearest {to} need not add up)" if to else ""
    return Grid(". ".join(filter(None, [caption, partial(rows)])), body)
