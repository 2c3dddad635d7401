"""What page 50 has to say of its tables, in order (see expected_words).

Charts and tests of change are those of lscb, which has tests of its own; test_50_scorecard computes them again.
"""

from __future__ import annotations

import math

from expected_charts import Limits, described, direction, grid, lines, spread, trend
from expected_tables import STANDARDS, Chart, Grid, Said, Tables, paragraph, partial
from expected_words import (
    STATES,
    has_interval,
    is_share,
    noun,
    plain_number,
    rounded_to,
    series,
    shown,
    signed,
    told,
    when,
    withheld,
)

from lscb import scorecard, scorecard_changes
from lscb.periods import Quarter

ENTRIES = STANDARDS["indicators"]["list"]
TITLE = {name: each["title"] for name, each in ENTRIES.items()}
TITLE_OF = TITLE | {each["quarter"]["count"]: each["title"] for each in ENTRIES.values() if "quarter" in each}
ORDER = list(TITLE.values())
WORDS = {"above_upper": "the last point is above the upper limit", "below_lower": "the last point is below the lower limit",
         "trend_increasing": "seven or more points rising", "trend_decreasing": "seven or more points falling",
         "two_of_three_above": "two of three points near the upper limit", "two_of_three_below": "two of three points near the lower limit",
         "shift_above": "seven or more points above the mean", "shift_below": "seven or more points below the mean",
         "drift_increasing": "a steady rise over all its points", "drift_decreasing": "a steady fall over all its points", "common": ""}  # fmt: skip
DFE, RETURN, YEAR, QUARTER = "DfE, Local Authority Interactive Tool; ONS population", "the children's services return", "scorecard_year", "scorecard_quarter"  # fmt: skip


def small(title: str) -> str:
    return title[0].lower() + title[1:]


def limits_of(chart) -> Limits:
    """A chart of lscb as the words of charts take it."""
    half = (chart.high - chart.low) / 2
    centre = float(chart.mean[chart.last]) if chart.last >= 0 else math.nan
    return Limits(chart.values, centre, half, [WORDS[str(cause)] for cause in chart.special_cause])


class Card:
    """The figures of a page: newest year, and the series of quarters and of years that can be charted."""

    def __init__(self, t: Tables):
        self.t, entries = t, scorecard.indicators(STANDARDS["indicators"])
        self.decimals = {n: each.official.get("decimals", 1) for n, each in entries.items() if each.official}
        figures = [r for r in t.rows(YEAR, "official_figure") if shown(r)]
        self.newest = {n: max(r["period"] for r in figures if r["indicator"] == n) for n in {r["indicator"] for r in figures}}  # fmt: skip
        self.latest = [r for r in t.rows(YEAR) if self.newest.get(r["indicator"]) == r["period"]]
        year, quarter = (t.frames[name] if t.rows(name) else t.frames[name].assign(indicator="").iloc[:0] for name in (YEAR, QUARTER))  # fmt: skip
        self.years = {n: scorecard.years(year, each) for n, each in entries.items() if each.official}
        self.quarters = {n: scorecard.quarters(quarter, each, Quarter.parse(t.period)) for n, each in entries.items() if each.quarter}  # fmt: skip
        self.found = scorecard_changes.together(self.quarters, 4, STANDARDS["trends"]["false_alarms"]["value"])
        self.rounded = any(rounded_to(r) for line in self.quarters.values() for r in cells(line))

    def of(self, name: str, measure: str) -> dict:
        rows = [r for r in self.latest if r["indicator"] == name and r["measure"] == f"official_{measure}"]
        return rows[0] if rows else {"status": "not_available", "reason": "nothing is held of it", "period": "", "unit": "", "method": "", "measure": ""}  # fmt: skip

    def moved(self) -> dict[str, list[str]]:
        changed = self.found["changed"]
        return {way: [small(TITLE[n]) for n in changed.index[changed == way]] for way in ("better", "worse", "higher", "lower")}  # fmt: skip


def cells(line) -> list[dict]:
    return [r | {"reason": r["reason"] if isinstance(r.get("reason"), str) else "", "measure": str(r.get("measure")), "unit": r.get("unit") if isinstance(r.get("unit"), str) else "", "method": r["method"] if isinstance(r.get("method"), str) else ""} for r in line.cells.to_dict("records")]  # fmt: skip


def side(rate: dict, other: dict, apart: dict) -> str:
    """Which side of another the area's rate lies, by the interval of the difference, else by its own."""
    if has_interval(apart):
        return "higher" if apart["low"] > 0 else "lower" if apart["high"] < 0 else "same"
    if not has_interval(rate):
        return ""
    return "higher" if other["value"] < rate["low"] else "lower" if other["value"] > rate["high"] else "same"


def compared(rate: dict, others: dict[str, tuple[dict, dict]]) -> str:
    texts = {
        who: f"{who} ({told(r, 'percent' if is_share(r) else 'rate')})" for who, (r, _) in others.items() if shown(r)
    }
    where: dict[str, list[str]] = {}
    for who, words in texts.items():
        where.setdefault(side(rate, *others[who]), []).append(words)
    parts = [f"{way} than {series(where[way])}" for way in ("higher", "lower") if way in where]
    both = all(has_interval(others[who][1]) for who in texts)
    if "same" in where:
        parts.append(
            f"no difference shown from {series(where['same'])} by {'the 95% interval' if both else 'its 95% interval'}"
        )
    if "" in where:
        parts.append(f"beside {series(where[''])}; without an interval no difference is claimed")
    return "; ".join([*parts, *(f"{who} is {told(r)}" for who, (r, _) in others.items() if not shown(r))])


def page_50(t: Tables) -> list[Said | Chart | Grid]:
    card = Card(t)
    return [answer(t, card), *spine(t, card), *stamps(t, card), apart_note(t, card), *questions(t, card), *year(t, card), *quarter(t, card), *by_quarter(t, card), *by_year(t, card), *counted(t, card)]  # fmt: skip


def answer(t: Tables, card: Card) -> Said:
    said = []
    for name in ("looked_after", "plans"):
        if name in card.newest:
            rate, figure = card.of(name, "rate"), card.of(name, "figure")
            day = f"31 March {int(card.newest[name][:4]) + 1}"
            pairs = {
                who: (card.of(name, m), card.of(name, f"difference_from_{m}"))
                for m, who in (("england", "England"), ("neighbours", "similar places"))
            }
            later = [r for r in t.rows("scorecard_year", "official_figure", indicator=name, area=t.area)
                     if r["period"] > card.newest[name] and "not held" not in r["reason"]]  # fmt: skip
            since = "".join(f" Of 31 March {int(r['period'][:4]) + 1}: {r['reason']}." for r in later[-1:])
            said.append(
                f"{TITLE[name]}: {told(rate if shown(rate) else figure, 'rate')} {figure['unit']} on {day}, {compared(rate, pairs)}.{since}"
            )
    moved, tested = card.moved(), int(card.found["tested"].sum())
    number = sum(map(len, moved.values()))
    listed = "; ".join(f"{way}: {series(each)}" for way, each in moved.items() if each)
    tests = f"By quarter, {noun(tested, 'indicator was tested', 'indicators were tested together')}, the last 4 quarters against those before: "
    tests += (
        f"{noun(number, 'has', 'have')} changed ({listed}). Of any other no change is claimed."
        if number
        else "no change is shown."
    )
    untested = (
        "Counts are rounded for this audience, so no change by quarter is tested."
        if card.rounded
        else "No indicator of the return has the quarters that a test of change needs: the last four, and enough before them."
    )
    return Said(paragraph(*said, t.absent(QUARTER) or t.silent(QUARTER) or (tests if tested else untested), partial(t.rows(QUARTER))))  # fmt: skip


def roles(t: Tables) -> dict[str, str]:
    return {"official_figure": t.place, "official_neighbours": "Neighbours' mean", "official_region": "Region", "official_england": "England"}  # fmt: skip


def printed(card: Card, row: dict, decimals: int | None = None) -> str:
    places = 1 if row["measure"] == "official_neighbours" else card.decimals[row["indicator"]]
    if not shown(row):
        return STATES[row["status"]]
    return plain_number(row["value"], "percent" if row["unit"] == "share" else "rate", places if decimals is None else decimals)  # fmt: skip


def beside(t: Tables, card: Card) -> list[dict]:
    names = roles(t)
    rows = sorted((r for r in card.latest if r["measure"] in names), key=lambda r: ORDER.index(TITLE[r["indicator"]]))
    return [r | {"title": TITLE[r["indicator"]], "text": printed(card, r), "who": names[r["measure"]]} for r in rows]


def spine(t: Tables, card: Card) -> list:
    rows, sides = beside(t, card), {"Above": [], "Below": []}
    for name in sorted(card.newest, key=lambda n: ORDER.index(TITLE[n])):
        of, own = card.of(name, "england"), card.of(name, "figure")
        if not shown(of) or not of["value"] > 0 or not shown(own):
            continue
        gap = card.of(name, "difference_from_england")
        if has_interval(gap) and (gap["low"] > 0 or gap["high"] < 0):
            sides["Above" if gap["low"] > 0 else "Below"].append((abs(own["value"] / of["value"] - 1), TITLE[name]))
    far = {side: [title for _, title in sorted(each, key=lambda pair: -pair[0])] for side, each in sides.items()}
    far = {side: f"several, the furthest {series(each[:3])}" if len(each) > 4 else series(each) for side, each in far.items()}  # fmt: skip
    told_of = "".join(f" {side} England by the interval: {each}." for side, each in far.items() if each)
    gaps = [card.of(n, "difference_from_england") for n in card.newest if shown(card.of(n, "england")) and card.of(n, "england")["value"] > 0]  # fmt: skip
    gaps = [gap for gap in gaps if has_interval(gap)]
    beyond = sum(gap["low"] > 0 or gap["high"] < 0 for gap in gaps)
    of = noun(len(gaps), "figure")
    unlike = f"{beyond} of {of} with an interval {'differs' if beyond == 1 else 'differ'} from England's"
    once = sum(measure.endswith("england") for _, measure in by_one_count(t, card))
    unlike += f", {once} by the official count alone" if once else ""
    unlike = unlike if beyond else "No figure with an interval differs from England's"
    luck = f"Chance alone would put about {plain_number(len(gaps) / 20, 'rate')} of {of} beyond the interval."
    return [
        t.chart(
            YEAR,
            rows,
            unlike,
            f"Spine chart of {t.place} relative to England, by indicator.{told_of} The table of official figures has every figure.",
            DFE,
        ),
        Said(paragraph(luck if gaps else "", alone(card))),
    ]


def alone(card: Card) -> str:
    """The figures without one of England, each with its rank."""
    texts = []
    for name in sorted(card.newest, key=lambda n: ORDER.index(TITLE[n])):
        rank, england = card.of(name, "among_all"), card.of(name, "england")
        if rank.get("rank", 0) > 0 and not (shown(england) and england["value"] > 0):
            unit = "" if rank["unit"] == "share" else f" {rank['unit']}"
            figure = plain_number(rank["value"], "rate" if unit else "percent", card.decimals[name])
            texts.append(
                f"{TITLE[name]}, {figure}{unit} in {rank['period']}: {plain_number(rank['rank'], 'ordinal')} of {plain_number(rank['ranked'], 'count')} authorities"
            )
    return f"On no line of the chart, as no figure of England stands beside it: {'; '.join(texts)}." if texts else ""


def stamps(t: Tables, card: Card) -> list[Said | Chart]:
    changes = []
    for name, line in card.quarters.items():
        if line.chart.last >= 0:
            row, changed = cells(line)[-1], card.found["changed"][name]
            text = told(row, {"share": "percent", "count": "count"}.get(line.unit, "rate"))
            changes += [f"{TITLE[name]}: {text}, {changed}"] if changed else []
    tested = int(card.found["tested"].sum())
    number = sum(map(len, card.moved().values()))
    title = (
        f"By quarter: {number} of {tested} indicator{'s' * (tested > 1)} changed"
        if tested
        else "No change by quarter is tested"
    )
    moved = f"; changed: {'; '.join(changes)}" if changes else ""
    words = f"Small charts by quarter, each with its newest figure{moved}. The table of the quarter has every figure."
    drawn = [line for line in card.quarters.values() if line.chart.last >= 0]
    marks = ["Each line joins the quarters, with a point at the newest."] if drawn else []
    marks += (
        ["The band is what chance alone gives."]
        if any((line.chart.limits_shown & (line.chart.high > line.chart.low)).any() for line in drawn)
        else []
    )
    worse = "; orange squares are worse" if card.moved()["worse"] else ""
    marks += [f"Coloured points have changed, tested together{worse}."] if number else []
    marks += [on_the_day(t)] if on_the_day(t) else []
    return [Said(" ".join(marks)), t.chart(QUARTER, t.rows(QUARTER), title, words, RETURN)]


def on_the_day(t: Tables) -> str:
    """The numbers of children on the last day of five quarters, of those that have all five."""
    days = [str(quarter) for quarter in Quarter.parse(t.period).back(5)]
    texts = []
    for name, each in ENTRIES.items():
        if each.get("quarter", {}).get("basis") != "snapshot" or "of" in each["quarter"]:
            continue
        of = {r["period"]: r for r in t.rows(QUARTER, "services_count") if r["indicator"] == each["quarter"]["count"]}
        if all(day in of and shown(of[day]) for day in days):
            texts.append(f"{TITLE[name].lower()} {series(told(of[day]) for day in days)}")
    return (
        f"Numbers on the last day carry over from quarter to quarter, so that a chart of them finds little. At the quarters' ends from {when(days[0])} to {when(days[-1])}: {'; '.join(texts)}."
        if texts
        else ""
    )


STYLE = {"count": "count", "share": "percent"}


def as_sent(row: dict, rounded: bool, stock: bool) -> dict:
    """The return's figure as it may be said: of four quarters, each rounded to the nearest 5 and so up to 2 off, from the
    least to the most; a number on the last day is one rounded figure."""
    style = STYLE.get(row["unit"], "rate")
    off = (2 if stock else 8) if rounded else 0
    few, many = row["count"] - off, row["count"] + off
    if row["unit"] == "share":
        ends = few / (row["of"] + off), many / (row["of"] - off)
    elif row["unit"] == "count":
        ends = few, many
    else:
        ends = (n / row["count"] * row["value"] for n in (few, many))
    row["least"], row["most"] = ends
    about = row | {"reason": "rounded to the nearest 5" if rounded else ""}
    between = " to ".join(plain_number(row[n], style) for n in ("least", "most"))
    row["sent"] = between if rounded and not stock else told(about, "unit")
    if rounded:
        row["apart"] = math.nan
    row["side"] = "–" if rounded else signed(row["apart"], "percent")
    return row


def twins(t: Tables, year_of: str = "") -> list[dict]:
    """What the return and the official table say of the year, where both count it on one basis."""
    label = year_of or t.year
    sent = {(r["indicator"], r["period"]): r["count"] for r in t.rows(QUARTER, "services_count") if shown(r)}
    people = {r["indicator"]: r["of"] for r in t.rows(QUARTER, "services_rate", period=f"{label}-Q4") if shown(r)}
    official = {(r["indicator"], r["measure"]): r for r in t.rows(YEAR, period=label) if shown(r)}
    reason = next((r["reason"] for r in t.rows(QUARTER) if "rounded" in r["reason"]), "")

    def flow(name: str) -> float:
        return sum(sent.get((name, f"{label}-Q{n}"), math.nan) for n in range(1, 5))

    pairs = []
    for name, entry in ENTRIES.items():
        quarter, year = entry.get("quarter", {}), entry.get("official", {})
        basis = (quarter.get("basis"), year.get("basis"), year.get("year"))
        if basis not in (("quarterly flow", "annual flow", "financial"), ("snapshot", "snapshot", "financial")):
            continue
        stock = quarter["basis"] == "snapshot"
        own = sent.get((quarter["count"], f"{label}-Q4"), math.nan) if stock else flow(quarter["count"])
        of = flow(quarter["of"]) if quarter.get("of") not in (None, "population") else math.nan
        of = people.get(quarter["count"], math.nan) if of != of else of
        number, figure = official.get((name, "official_rate")), official.get((name, "official_figure"))
        if number:
            value, other, unit = own, number["count"], "count"
        else:
            per = year.get("per", 1)
            value, other, unit = (
                own / of * per if of else math.nan,
                figure["value"] if figure else math.nan,
                f"per {per:,}" if per > 1 else "share",
            )
        if value == value and other == other:
            row = dict(title=TITLE[name], value=value, official=other, unit=unit, count=own, of=of, apart=value / other - 1, status="shown", reason="")  # fmt: skip
            pairs.append(as_sent(row, bool(reason), stock))
    return pairs


def apart_note(t: Tables, card: Card) -> Said:
    listed = []
    for row in twins(t):
        if row["least"] > 1.05 * row["official"] or row["most"] < 0.95 * row["official"]:
            listed.append(row["title"].lower())
    text = f"The return's own {t.year} and the official figure of the same year are more than 5% apart in {series(listed)}. None of these is a change."
    return Said(text if listed else "")


def bases(t: Tables, card: Card) -> list[str]:
    """Of how many children the rates of the return and the official ones are, and what the return counts otherwise."""
    if t.absent(QUARTER):
        return []
    now = t.rows(QUARTER, "services_rate", period=t.period)
    official = [row for row in card.latest if row["measure"] == "official_rate"]
    own, theirs = (
        series(
            plain_number(n, "count")
            for n in sorted({r["of"] for r in rows if r["unit"] == "per 10,000" and r["of"] == r["of"]})
        )
        for rows in (now, official)
    )
    text = f"Rates per 10,000 of the return are for {own} children, official ones for {theirs}, so the same number can have another rate."
    counted = {r["indicator"] for r in t.rows(QUARTER)}
    other = [
        f"{entry['title'].lower()} ({why})"
        for name, entry in ENTRIES.items()
        if name in card.newest and (why := entry.get("quarter", {}).get("official_differs")) and entry["quarter"]["count"] in counted
    ]  # fmt: skip
    return [
        text if own and theirs and own != theirs else "",
        f"On another basis than the official figure the return counts {series(other)}." if other else "",
    ]


def crossed(t: Tables) -> list[str]:
    """What lay above the official figure in the return and lies below it, or the other way round, by over a twentieth."""
    now, then = twins(t, t.year), {r["title"]: r for r in twins(t, t.last_year)}
    listed = []
    for row in now:
        was = then.get(row["title"])
        if row["apart"] != row["apart"] or was is None or was["unit"] != row["unit"]:
            continue
        then_apart, apart = (r["value"] / r["official"] - 1 for r in (was, row))
        if then_apart * apart < 0 and min(abs(then_apart), abs(apart)) > 0.05:
            style = STYLE.get(row["unit"], "rate")
            texts = [[plain_number(r[n], style) for n in ("official", "value")] for r in (was, row)]
            opposite = (row["official"] - was["official"]) * (row["value"] - was["value"]) < 0
            listed.append(f"{row['title'].lower()} (from {t.last_year} to {t.year} {texts[0][0]} to {texts[1][0]} official, {texts[0][1]} to {texts[1][1]} in the return{': opposite ways' if opposite else ''})")  # fmt: skip
    return listed


def by_one_count(t: Tables, card: Card) -> set[tuple[str, str]]:
    """Official differences beyond their interval that the return's count of the year, of the same children, is not on the
    same side of."""
    alone = set()
    for row in twins(t):
        name = next(n for n in ENTRIES if TITLE[n] == row["title"])
        if not (row["least"] > 1.05 * row["official"] or row["most"] < 0.95 * row["official"]):
            continue
        rate = next((card.of(name, m) for m in ("rate", "share") if shown(card.of(name, m))), None)
        for who in ("neighbours", "region", "england"):
            gap, other = card.of(name, f"difference_from_{who}"), card.of(name, who)
            if rate and shown(gap) and (gap["low"] > 0 or gap["high"] < 0):
                ends = [rate["value"] * row[end] / row["official"] for end in ("least", "most")]
                if not (ends[0] > other["value"] if gap["low"] > 0 else ends[1] < other["value"]):
                    alone.add((name, f"official_difference_from_{who}"))
    return alone


def outside(t: Tables, card: Card) -> dict[str, str]:
    """By indicator the comparators from which the area differs by the interval of the difference."""
    found: dict[str, list[str]] = {}
    names = {m.replace("official_", "official_difference_from_"): who for m, who in roles(t).items()}
    for row in card.latest:
        if row["measure"] in names and (row["low"] > 0 or row["high"] < 0):
            once = " (not by the return)" if (row["indicator"], row["measure"]) in by_one_count(t, card) else ""
            found.setdefault(row["indicator"], []).append(names[row["measure"]] + once)
    return {name: series(who) for name, who in found.items()}


def questions(t: Tables, card: Card) -> list:
    moved = card.moved()
    other = series(moved["higher"] + moved["lower"])
    asked = [f"What stands behind {series(moved['worse'])}, and since when?"] if moved["worse"] else []
    asked += [f"Is it need or practice that changed in {other}?"] if other else []
    asked += ["Which rates were expected to differ from others?"] if outside(t, card) else []
    sides = crossed(t)
    also = f", and since {t.last_year} the other way round in {series(sides)}" if sides else ""
    asked += [f"Why do return and official figure differ{also}?"] if "more than 5%" in apart_note(t, card).text else []
    return [Said(" ".join(asked))]


def year(t: Tables, card: Card) -> list:
    rows, away = beside(t, card), outside(t, card)
    figures = [r | {"measure": r["who"]} for r in rows]
    rates = sorted(
        (r for r in card.latest if r["measure"] in ("official_rate", "official_share")),
        key=lambda r: ORDER.index(TITLE[r["indicator"]]),
    )
    rates = [r | {"title": TITLE[r["indicator"]], "outside": away.get(r["indicator"], "none")} for r in rates]
    columns = {
        "Rate or share": ("unit",),
        "From": ("unit", "low"),
        "To": ("unit", "high"),
        "Number": ("count",),
        "Of": ("of",),
        "Differs from": ("text", "outside"),
    }
    among = {"official_among_all": "all authorities", "official_among_neighbours": "similar places"}
    stands = sorted((r for r in card.latest if r["measure"] in among), key=lambda r: ORDER.index(TITLE[r["indicator"]]))
    stands = [r | {"title": TITLE[r["indicator"]], "among": among[r["measure"]]} for r in stands]
    place = {
        "Figure": ("unit",),
        "Rank": ("ordinal",),
        "Of": ("ranked",),
        "From": ("unit", "low"),
        "To": ("unit", "high"),
    }
    lists = list(dict.fromkeys(r["method"] for r in t.rows(YEAR, "official_neighbours") if r["method"]))
    neighbours = (
        f"Neighbours: {series(lists)}." if lists else "No list of statistical neighbours is held for this area."
    )
    today = (
        "Official figures of this period are those in print today: some came out after its last day."
        if t.period in STANDARDS["as_of"]["by_today"]["value"]
        else ""
    )
    return [
        grid(
            figures,
            f"Official figures of {t.place} and its comparators",
            spread(
                figures,
                {"title": "Indicator", "period": "Period", "unit": "In"},
                "measure",
                list(roles(t).values()),
                "text",
                "text",
            ),
            t.absent(YEAR),
        ),
        grid(
            stands,
            "Where the newest official figure stands (1st = highest); from and to: of similar places their lowest and highest, of all their quartiles",
            lines(stands, {"title": "Indicator", "among": "Among", "unit": "In"}, place),
            t.absent(YEAR),
        ),
        grid(
            rates,
            "The area's own rates and shares of the year, with their 95% intervals",
            lines(rates, {"title": "Indicator", "unit": "In"}, columns),
            t.absent(YEAR),
        ),
        t.said(YEAR, neighbours, today, *bases(t, card), withheld(t.rows(YEAR), t.rows(QUARTER))),
    ]


def quarter(t: Tables, card: Card) -> list:
    now = t.rows(QUARTER, period=t.period)
    rates = {r["indicator"]: r for r in now if r["measure"] == "services_rate" or r["measure"].endswith("_share")}
    shows = {}
    for name, line in card.quarters.items():
        told_of = f" ({line.variation})" if line.variation in ("improvement", "concern") else ""
        told_of += (
            "; too few quarters for the test of all together"
            if line.variation and not card.found["tested"][name]
            else ""
        )
        shows[line.indicator.quarter["count"]] = direction(limits_of(line.chart), cells(line)) + told_of
    rows = sorted((r for r in now if r["measure"] == "services_count" and r["indicator"] in TITLE_OF), key=lambda r: ORDER.index(TITLE_OF[r["indicator"]]))  # fmt: skip
    blank = {"value": math.nan, "of": math.nan, "low": math.nan, "high": math.nan, "unit": ""}
    rows = [r | {n: rates.get(r["indicator"], blank)[n] for n in blank} | {"title": TITLE_OF[r["indicator"]], "shows": shows.get(r["indicator"], math.nan)} for r in rows]  # fmt: skip
    columns = {"Number": ("count",), "Of": ("of",), "Rate or share": ("unit",), "From": ("unit", "low"), "To": ("unit", "high"), "What its quarters show": ("text", "shows")}  # fmt: skip
    if not any(line.chart.limits_shown.any() for line in card.quarters.values()):  # the answer says why none is tested
        del columns["What its quarters show"]
    both = twins(t)
    sums = " (rounded: least to most)" if any(" to " in r["sent"] for r in both) else ""
    year = {
        "The return": ("text", "sent"),
        "Official": ("unit", "official"),
        "The return is above (+) or below (−)": ("text", "side"),
    }
    return [
        grid(
            rows,
            f"The children's services return, {when(t.period)}",
            lines(rows, {"title": "Indicator", "unit": "In"}, columns),
            t.absent(QUARTER),
        ),
        grid(
            both,
            f"The return's own {t.year} beside the official figure of the year{sums}",
            lines(both, {"title": "Indicator", "unit": "In"}, year),
        ),
    ]


def by_quarter(t: Tables, card: Card) -> list:
    said: list = []
    for name, line in card.quarters.items():
        if line.chart.last >= 0:
            rows, limits = cells(line), limits_of(line.chart)
            style = {"share": "percent", "count": "count"}.get(line.unit, "rate")
            words = described(rows, f"Control chart. {TITLE[name]} by quarter", style, chart=limits)
            said.append(t.chart(QUARTER, rows, f"{TITLE[name]}: {direction(limits, rows, style)}", words, RETURN, rows))  # fmt: skip
    seen = [line for line in card.quarters.values() if line.variation not in ("", "not_shown")]
    chance = sum(STANDARDS["trends"]["by_chance"]["value"]["stock" if ENTRIES[line.indicator.name]["quarter"]["basis"] == "snapshot" else "flow"] for line in seen)  # fmt: skip
    now, earlier = (int((card.found["flagged"] == of).sum()) for of in ("now", "earlier"))
    more = f"; {noun(earlier, 'chart has', 'charts have')} a flag on earlier quarters only" if earlier else ""
    few = "hardly any" if chance < 0.05 else f"about {plain_number(chance, 'rate')}"
    which = "the one chart" if len(seen) == 1 else f"{now or 'any'} of {len(seen)} charts"
    flags = f"Looked at one by one, {'a' if now else 'no'} rule flags the newest quarter of {which}, where chance alone would flag {few}{more}."
    mixed = [TITLE[n] for n, line in card.quarters.items() if line.unit.startswith("per") and len({r["method"].endswith("sent") for r in cells(line) if r["method"]}) == 2]  # fmt: skip
    two = (
        f"In one line stand rates of the population that the return sends and, where it sends none, of the published one: {series(mixed)}."
        if mixed
        else ""
    )
    return [*said, Said(" ".join(filter(None, (flags if seen else "", two)))), points(t, card)]


def points(t: Tables, card: Card) -> Said:
    """Targets, trends by year, and what has too few points."""
    meets = {"consistent_pass": "it reaches reliably", "inconsistent": "it may reach or miss", "consistent_fail": "its limits do not reach"}  # fmt: skip
    goals = [f"{line.indicator.title}: guidance asks for {ENTRIES[n]['target']['value']:.0%}, which {meets[line.assurance]}." for n, line in card.quarters.items() if line.assurance]  # fmt: skip
    by_year: dict = {}  # what has the same said of it is named together
    for n, line in card.years.items():
        if line.variation:
            by_year.setdefault(trend(limits_of(line.chart), "it", cells(line)), []).append(TITLE[n])
    trends = [f"By year, {series(titles)}: {text}" for text, titles in by_year.items()]
    there = [line for line in card.years.values() if line.chart.last >= 0]
    few = sum(not line.variation for line in there)
    some = f"{few} of {len(there)} figures" if len(there) > 1 else "the one figure"
    short = f"By year {some} {'has' if few == 1 else 'have'} too few points to test for a trend; pairs of years are not tested."
    return Said(" ".join([*goals, *([f"The timescales are those of {t.term('guidance')}."] if goals else []), *trends, *([short] if few else [])]))  # fmt: skip


def by_year(t: Tables, card: Card) -> list:
    said, who = (
        [],
        {"official_figure": t.place, "official_neighbours": "neighbours' mean", "official_england": "England"},
    )
    for name, line in card.years.items():
        if line.chart.last < 0:
            continue
        rows = [r | {"who": who[r["measure"]]} for r in t.rows(YEAR, list(who), indicator=name)]
        own, other = ([r for r in rows if r["period"] == line.periods[-1] and r["who"] == w] for w in (t.place, "England"))  # fmt: skip
        unit = line.unit.replace("share", "").replace("per", " per")
        decimals = card.decimals[name]
        texts = []
        for place in sorted({r["who"] for r in rows}):
            places = 1 if "mean" in place else decimals
            texts.append(described([r for r in rows if r["who"] == place], place if texts else f"Line chart. {TITLE[name]}, {place}", "unit", decimals=places))  # fmt: skip
        first, second = (told(r[0], "unit", decimals) if r and shown(r[0]) else "" for r in (own, other))
        said.append(t.chart(YEAR, rows, f"{TITLE[name]}, {when(line.periods[-1])}: {first}{unit}{f', England {second}' if second else ', none of England'}", " ".join(texts), DFE))  # fmt: skip
    return said


def counted(t: Tables, card: Card) -> list:
    says = [f"{each['title']}: {each['says']}" for each in ENTRIES.values()]
    for way, word in (("increase", "Higher"), ("decrease", "Lower")):
        says.append(
            f"{word} is better of {series(e['title'].lower() for e in ENTRIES.values() if e['better'] == way)}."
        )
    says.append("Of any other neither way is better in itself.")
    gone: dict = {}
    england = [r for r in card.latest if r["measure"] == "official_england"]
    for row in t.rows(YEAR, "official_figure") + t.rows(QUARTER, "services_count") + england:
        if shown(row) or row["indicator"] not in TITLE_OF:
            continue
        if row["reason"] in {each["says"] for each in ENTRIES.values()}:  # of what is counted nowhere it is said above
            continue
        why = "withheld" if row["status"] == "suppressed" else row["reason"]
        why = (
            "it was in print and is not held here; lscb fetch brings it" if "held: lscb fetch" in row["reason"] else why
        )
        why = "the official figure is not held here" if "Get it with" in row["reason"] else why
        gone.setdefault((row["indicator"], row["measure"], why), []).append(when(row["period"]))
    alike: dict = {}  # what is missing of the same periods for the same reason is one line
    for (name, measure, why), periods in gone.items():
        alike.setdefault((measure, series(periods), why.rstrip(".")), []).append(TITLE_OF[name])
    missing = [
        f"{series(titles)}{', England' if measure == 'official_england' else ''}, {periods}: {why}."
        for (measure, periods, why), titles in alike.items()
    ]
    return [Said(" ".join(says)), Said(" ".join(missing))]
