"""What the charts of a page have to draw of its tables, and what an executed page's axes have drawn (see expected_words).

A drawing is a mapping, of what is asked of its kind: `bars` {(place, label in the legend): (length, colour)}, `lines`
{label: (colour, heights)}, `legend` {label: colour}, `ticks` the labels of places, `axis` the names of both axes,
`texts` the figures beside marks, `gaps` the places of withheld marks.
"""

from __future__ import annotations

import math
import re

import numpy as np
from expected_charts import Limits, label
from expected_child_deaths import BETWEEN, RARE, rare_events
from expected_hrda import by_decile, complete, limits, seen
from expected_places import BOTH, ENGLAND, first_published
from expected_tables import Tables, quarters
from expected_words import bare, has_interval, share, shown, told
from matplotlib.colors import to_hex

BLUE, ORANGE, GREY, PALE, INK, LIGHT = "#12436d", "#f46a25", "#6b6b6b", "#d5dce4", "#1d1d1d", "#7c9cba"


# --- what was drawn ----------------------------------------------------------------------------------------------


def colour_of(mark) -> str:
    """The colour of a line, of bars, of an area."""
    for name in ("get_color", "get_facecolor", "get_edgecolor"):
        if hasattr(mark, name):
            colour = getattr(mark, name)()
            colour = colour[0] if np.ndim(colour) == 2 and len(colour) else colour
            return to_hex(colour)
    return ""


SHAPES = {"P": "\u271a", "s": "\u25a0", "D": "\u25c6", "v": "\u25bc"}  # of a marker, as text has it


def named_beside(ax) -> dict[str, str]:
    """What has its name beside it, in place of a key, with its colour: lines at their last point or, level ones, at their
    height; lying bars at the end of one, standing bars at the height of the last; the sides and the outline of a pyramid;
    95% intervals and, each with its shape, special causes above the axes."""
    texts = {" ".join(t.get_text().split()): t for t in ax.texts}
    places = {name: t.xy for name, t in texts.items() if hasattr(t, "xy")}
    lines, there = {}, {str(line.get_label()): line for line in ax.lines}
    for name, line in there.items():
        heights = np.ma.filled(np.ma.asarray(line.get_ydata(), float), np.nan)
        last = np.flatnonzero(np.isfinite(heights))[-1:]
        level = len(set(heights)) == 1 and name in places and places[name][1] == heights[0]
        if level or [places.get(name)] == [(float(line.get_xdata(orig=False)[n]), float(heights[n])) for n in last]:
            lines[name] = to_hex(line.get_color())
    over = {}
    for name, words in texts.items():  # the shape and the colour of what is named stand before it
        for sign in (t for t in ax.texts if name in there and getattr(t, "xycoords", None) is words):
            assert sign.get_text() == SHAPES[there[name].get_marker()], name
            over[name] = to_hex(sign.get_color())
    sides = {bars.get_label(): colour_of(bars.patches[0]) for bars in ax.containers if bars.get_label() in texts}
    outline = {name: to_hex(there[name].get_color()) for name in texts if sides and name in there}
    spans = {
        m.get_label(): colour_of(m) for m in ax.collections if any(n.endswith(f": {m.get_label()}") for n in texts)
    }
    return over | lines | bars_named(ax, places) | sides | outline | spans


def bars_named(ax, places: dict) -> dict[str, str]:
    """The colour of the bars at whose end a name, or a year, stands; figures at the ends of bars name nothing."""
    bars = [b for each in ax.containers for b in each.patches if b.get_width() * b.get_height()]
    names = {name: at for name, at in places.items() if re.search(r"^(?!about \d).*[a-z]{3}|^\d{4}-\d\d", name)}
    found = {}
    for name, (x, y) in names.items():
        ends = [b for b in bars if np.allclose((x, y), (b.get_x() + b.get_width(), b.get_y() + b.get_height() / 2))]
        last = [b for b in bars if np.isclose(y, b.get_height()) and round(x) == round(b.get_x() + b.get_width() / 2)]
        if colours := {colour_of(b) for b in ends or last}:
            found[name] = min(colours) if len(colours) == 1 else ""
    return found


def legend_of(ax) -> dict[str, str]:
    legends = [*ax.figure.legends, *filter(None, [ax.get_legend()])]
    return named_beside(ax) | {text.get_text(): colour_of(mark.patches[0] if hasattr(mark, "patches") else mark) for each in legends for mark, text in zip(each.legend_handles, each.get_texts(), strict=True)}  # fmt: skip


def drawing(ax, lying: bool = False) -> dict:
    """What stands on axes."""
    names = {colour: text for text, colour in legend_of(ax).items()}
    bars = {}
    for patch in (p for container in ax.containers for p in container.patches):
        size = patch.get_width() if lying else patch.get_height()
        middle = patch.get_y() + patch.get_height() / 2 if lying else patch.get_x() + patch.get_width() / 2
        if size == size and size:
            colour = to_hex(patch.get_facecolor())
            bars[round(middle), names.get(colour, "")] = (size, colour)
    beside = {*legend_of(ax), "\N{BLACK SQUARE}"}
    placed = [t for t in ax.texts if hasattr(t, "xy") and t.xycoords == "data"]  # and not above the chart
    texts = [(round(t.xy[0], 9), round(t.xy[1], 9), t.get_text()) for t in placed if " ".join(t.get_text().split()) not in beside]  # fmt: skip
    axis = ax.yaxis if lying else ax.xaxis
    gone = [t.get_position()[1 if lying else 0] for t in ax.texts if t.get_text() in ("×", "withheld") and not hasattr(t, "xy")]  # fmt: skip
    return {
        "bars": bars,
        "lines": {each.get_label(): (to_hex(each.get_color()), list(np.ma.filled(np.ma.asarray(each.get_ydata(), float), np.nan))) for each in ax.lines if not each.get_label().startswith("_child")},
        "legend": legend_of(ax),
        "ticks": [t.get_text() for t in axis.get_ticklabels()],
        "places": [round(float(p)) for p in axis.get_ticklocs()],
        "axis": (ax.get_xlabel(), ax.get_ylabel()),
        "texts": texts,
        "gaps": gone,
        "title": ax.get_title(loc="left"),
    }  # fmt: skip


# --- what has to be drawn ----------------------------------------------------------------------------------------


def columns(
    rows: list[dict],
    figure: str,
    colour: str = BLUE,
    by: str = "period",
    text: str = "",
    axis=None,
    lying: bool = False,
    title: str = "",
) -> dict:
    """Bars of one kind, the first row at place 0; `text`: how the figure at the end of each prints."""
    ends = [
        ((r[figure], n) if lying else (n, r[figure]), told(r, text)) if shown(r) else ((0.0, n), bare(r))
        for n, r in enumerate(rows) if text and (lying or shown(r))
    ]  # fmt: skip
    drawn = {
        "bars": {(n, ""): (r[figure], colour) for n, r in enumerate(rows) if shown(r) and r[figure]},
        "texts": [(round(x, 9), round(y, 9), words.replace("about ", "")) for (x, y), words in ends],
        "gaps": [] if lying else [n for n, r in enumerate(rows) if r["status"] == "suppressed"],
    }
    drawn |= {"ticks": [label(r[by]) for r in rows]} if by != "period" else {"period": rows}
    about = any(words.startswith("about ") for _, words in ends)  # said beside the chart, of all of them
    if title:
        drawn |= {"title": f"{title}{' (about)' * about}"}
    elif about:
        before = axis or ("", "")
        axis = (f"{before[0]} (about)", before[1]) if lying else (before[0], f"{before[1]} (about)")
        axis = tuple(name.strip() if name.strip() != "(about)" else "about" for name in axis)
    return drawn | ({"axis": axis} if axis else {})


def beside(
    rows: list[dict],
    by: str,
    hue: str,
    figure: str,
    colours: dict[str, str],
    axis,
    order: list[str],
    gaps: bool = False,
) -> dict:
    """Lying bars of several kinds beside each other, each label at its place in `order`; `colours` in their order."""
    drawn = {
        "lying": True,
        "bars": {(order.index(r[by]), r[hue]): (r[figure], colours[r[hue]]) for r in rows if shown(r) and r[figure]},
        "legend": colours,
        "ticks": order,
        "axis": axis,
    }
    shift = dict(zip(colours, (-0.2, 0.2), strict=False))
    if gaps:
        drawn["gaps"] = [order.index(r[by]) + shift[r[hue]] for r in rows if r["status"] == "suppressed"]
    return drawn


def control(rows: list[dict], chart: Limits, more: dict | None = None) -> dict:
    """A control chart of shares: its points, mean and limits between 0 and 1; of rounded figures points alone."""
    tested = chart.points >= 6 and not any("rounded" in r["reason"] for r in rows)
    ends = [np.clip(chart.centre + side * chart.error, 0, 1) for side in (-1, 1)]
    lines = {"mean": (BLUE, [chart.centre if end == end else math.nan for end in chart.error]), "control limits": (BLUE, list(ends[0])), "_upper limit": (BLUE, list(ends[1]))}  # fmt: skip
    limited = bool((chart.error > 0).any())  # points that are all the same have none but their mean
    lines = lines if limited else {"mean": lines["mean"]}
    last = rows[chart.last] | {"value": chart.values[chart.last], "status": "shown"} if chart.points else None
    texts = [(chart.last, round(float(chart.values[chart.last]), 9), told(last, "percent"))] if last else []
    quiet = "common cause" if tested else "not tested for change"
    key = {"mean": BLUE} | ({"control limits": BLUE} if limited else {}) if tested else {}
    for value, flag in zip(chart.values, chart.flags, strict=True):
        way = "higher" if {"above", "rising", "upper"} & set(flag.split()) else "lower"
        if value == value:
            key |= {f"special cause: {way}": BLUE} if tested and flag else {}
    more = more or {}
    more["key"] = key | more.get("key", {})
    return {"control": (list(chart.values), chart.flags if tested else [""] * len(rows), quiet), "lines": lines if tested else {}, "texts": texts, "gaps": [n for n, r in enumerate(rows) if r["status"] == "suppressed"], "period": rows} | more  # fmt: skip


def curves(rows: list[dict], by: str, figure: str, colours: list[str], axis=None) -> dict:
    """A line for each label in the order of the alphabet, a point for each period, a gap where there is none."""
    periods = sorted({r["period"] for r in rows})
    names = sorted({r[by] for r in rows})
    lines = {}
    for name, colour in zip(names, colours, strict=False):
        at = {r["period"]: r[figure] for r in rows if r[by] == name and shown(r)}
        lines[name] = (colour, [at.get(p, math.nan) for p in periods])
    return {"lines": lines, "legend": {n: c for n, (c, _) in lines.items()}, "period": [{"period": p} for p in periods]} | ({"axis": axis} if axis else {})  # fmt: skip


def intervals(rows: list[dict], style: str, axis=None) -> dict:
    """Lying points with their intervals and their counts."""
    texts = []
    for n, r in enumerate(rows):
        counts = f"{share(r)}: " if shown(r) and r["of"] == r["of"] else ""
        texts.append((round(r["value"], 9), n, f"{counts}{told(r, style)}") if shown(r) else (0, n, bare(r)))
    return {
        "lying": True,
        "points": [(r["value"], n) for n, r in enumerate(rows) if shown(r)],
        "spans": [(n, r["low"], r["high"]) for n, r in enumerate(rows) if has_interval(r)],
        "texts": texts,
        "ticks": [label(r["period"]) for r in rows],
    } | ({"axis": axis} if axis else {})  # fmt: skip


# --- the charts of each page, in order ---------------------------------------------------------------------------


def named(rows: list[dict], by: str) -> list[str]:
    return list(dict.fromkeys(r[by] for r in rows))


def drawings_10(t: Tables) -> list:
    year = f"{t.one('context_as_of', 'mid_year_in_force')['value']:.0f}"
    bands = first_published([r for r in t.rows("population_by_band", period=year) if r["age_band"] != "Total"], "area", "sex", "age_band")  # fmt: skip
    order = sorted({r["age_band"] for r in bands}, key=lambda band: int(band.split("-")[0].rstrip("+")))
    pyramid = {}
    for sex, side, colour in (("male", -1, BLUE), ("female", 1, LIGHT)):
        for row in bands:
            if row["area"] == t.area and row["sex"] == sex:
                pyramid[order.index(row["age_band"]), sex] = (side * row["value"], colour)
    people = first_published(t.rows("population_by_age_sex", area=t.area, period=year, sex="Total"), "age")
    single = {int(r["age"]): r["count"] for r in people if r["age"] in map(str, range(20))}
    ages = {(age, ""): (n, BLUE if age < 18 else GREY) for age, n in single.items()}
    children = [r for r in t.rows("children", "children_0_17", area=t.area) if len(r["period"]) == 4 and int(r["period"]) < t.last_day.year]  # fmt: skip
    edges = {"male": BLUE, "female": LIGHT, "England": INK}
    outline = {side: [side * r["value"] for band in order for r in bands if (r["area"], r["sex"], r["age_band"]) == (ENGLAND, sex, band)] for sex, side in (("male", -1), ("female", 1))}  # fmt: skip
    return [
        {"lying": True, "bars": pyramid, "legend": edges, "ticks": order, "axis": ("Share of all residents", ""), "outline": outline},
        {"bars": ages, "ticks": [str(age) for age in sorted(single)], "axis": ("Age in years (grey: no longer children in law)", "Residents")},
        curves(children, "vintage", "count", [BLUE, GREY], ("", "Children aged 0 to 17")),
    ]  # fmt: skip


def drawings_20(t: Tables) -> list:
    edition = f"{t.one('context_as_of', 'indices_in_force')['value']:.0f}"
    deciles = t.rows("deprivation_deciles", edition=edition, index="imd")
    shares = {(int(r["decile"]) - 1, BOTH[m]): (r["value"], colour) for m, colour in (("neighbourhoods", BLUE), ("children_0_15", LIGHT)) for r in deciles if r["measure"] == f"{m}_share" and r["decile"] != "Total" and r["value"]}  # fmt: skip
    every = [r for r in t.rows("deprivation_deciles", "neighbourhoods") if "Total" not in (r["decile"], r["index"])]
    there = {r["edition"] for r in every if r["index"] not in ("imd", "idaci", "idaopi")}
    of = edition if edition in there or not there else max(there)
    grid = [r for r in every if r["edition"] == of]
    names = named(grid, "index")
    numbers = {(label(r["index"]), int(r["decile"])): r["count"] for r in grid}
    maps = [{"map": {r["lsoa_name"]: int(r["value"]) for r in t.rows("deprivation_lsoa", "neighbourhood_decile", edition=edition, index=i)}} for i in ("imd", "idaci")]  # fmt: skip
    return [
        *maps,
        {"bars": shares, "legend": {BOTH["neighbourhoods"]: BLUE, BOTH["children_0_15"]: LIGHT, "even spread": INK}, "ticks": [str(n) for n in range(1, 11)], "axis": ("Tenth of England (1: most deprived)", "Share of the area's own"), "lines": {"even spread": (INK, [0.1, 0.1])}},
        {"heat": numbers, "lying": True, "ticks": [label(n) for n in names], "axis": (f"Tenth of England in {of} (1: most deprived)", "")},
    ]  # fmt: skip


def drawings_30(t: Tables) -> list:
    yearly = sorted(t.rows("child_deaths_by_year", window="1 year"), key=lambda r: r["period"])
    both = [columns([r for r in yearly if r["measure"] == m], "count", text="count", axis=("", ""), title=title) for m, title in (("cdop_deaths_notified", "Deaths notified"), ("cdop_reviews_completed", "Reviews completed"))]  # fmt: skip
    rates = sorted(t.rows("child_deaths_by_year", "cdop_death_rate", window="3 years"), key=lambda r: r["period"])
    three = sorted(t.rows("infant_mortality_official", window="3 years"), key=lambda r: r["period"])
    here, there = ([r for r in three if r["measure"] == m] for m in ("infant_mortality", "infant_mortality_england"))
    names = ("here", "England", "95% interval") if all(any(map(shown, rows)) for rows in (here, there)) else ("here", "95% interval", "England")  # fmt: skip
    key = {name: {"here": BLUE, "England": GREY, "95% interval": PALE}[name] for name in names}
    return [
        both,
        intervals(rates, "rate", ("", "three years to")),
        rare_events_drawn(t),
        {
            "lines": {name: (colour, [r["value"] for r in rows]) for name, colour, rows in (("here", BLUE, here), ("England", GREY, there))},
            "legend": key,
            "axis": ("three calendar years to", "Infant deaths per 1,000 live births"), "ticks": [r["period"] for r in here],
        },
    ]  # fmt: skip


def rare_events_drawn(t: Tables) -> list[dict]:
    """The points of each chart of rare events with its mean and limits, level from end to end."""
    drawn = []
    for measure in RARE:
        rows = sorted(t.rows(BETWEEN, measure), key=lambda r: r["death"])
        if rows:
            ends = rare_events([r["value"] for r in rows], "days" in measure)[1]
            names = dict(
                zip(
                    ("centre line" if "days" in measure else "mean", "control limits", "_upper limit"),
                    ends,
                    strict=True,
                )
            )
            drawn.append({"lines": {name: (BLUE, [end] * len(rows)) for name, end in names.items()} if len(rows) >= 6 else {}})  # fmt: skip
    return drawn


def drawings_40(t: Tables) -> list:
    name = "hrda_by_period"
    rates = quarters(t.rows(name, "hrda_repeat_rate"))
    hollow = [math.nan if ok else r["value"] for r, ok in zip(rates, complete(t, rates), strict=True)]
    every, again = (quarters(t.rows(name, "hrda_referrals", repeat=label, children="Total")) for label in ("Total", "repeat"))  # fmt: skip
    both = columns(every, "count", text="count", axis=("", ""))
    both["bars"] = {(n, what): (r["count"], colour) for rows, what, colour in ((every, "referrals", PALE), (again, "of these, repeats", BLUE), (again, "repeats, incomplete", LIGHT)) for n, (r, ok) in enumerate(zip(rows, seen(t, rows), strict=True)) if shown(r) and r["count"] and (what == "referrals" or ok == (colour == BLUE))}  # fmt: skip
    both["gaps"] += [n for n, r in enumerate(again) if r["status"] == "suppressed"]
    both["legend"] = {what: colour for what, colour in (("referrals", PALE), ("of these, repeats", BLUE), ("repeats, incomplete", LIGHT)) if what in {name for _, name in both["bars"]}}  # fmt: skip
    deciles = by_decile(t)
    sticks = [(n, r["low"], r["high"]) for n, r in enumerate(deciles) if has_interval(r)]
    return [
        control(rates, limits(t, rates), {"sticks": [(n, r["low"], r["high"]) for n, r in enumerate(rates) if has_interval(r)], "hollow": hollow, "key": {"95% interval": BLUE} | ({"incomplete": GREY} if any(y == y for y in hollow) else {})}),
        both,
        columns(deciles, "value", LIGHT, by="decile", axis=("Deprivation decile in England (1: most deprived)", "Referrals per 10,000 residents")) | {"sticks": sticks},
    ]  # fmt: skip


def drawings_60(t: Tables) -> list:
    years = sorted((r for r in t.rows("exploitation_funnel", "exploitation_to_meeting") if "-Q" not in r["period"]), key=lambda r: r["period"])  # fmt: skip
    flags = quarters(t.rows("exploitation_flags"))
    cycle = [BLUE, GREY, INK, LIGHT]
    return [
        intervals(years, "percent", ("", "")),
        {"lines": {"children": (BLUE, [r["count"] for r in flags])}, "gaps": [n for n, r in enumerate(flags) if r["status"] == "suppressed"], "period": flags},
        curves(quarters(t.rows("missing_episodes", "missing_episodes")), "agency", "count", cycle),
        curves(quarters(t.rows("return_interviews", "interviews_in_time_share")), "agency", "value", cycle),
    ]  # fmt: skip


def drawings_65(t: Tables) -> list:
    rows = t.rows("section_11_standards", "section_11_short")
    order = [r["standard"] for r in rows if r["period"] == t.now]
    parts = [r for r in t.rows("audit_recommendations", "audit_recommendations") if "Total" not in (r["audit"], r["progress"])]  # fmt: skip
    stages = {"done": BLUE, "in progress": PALE, "not started": ORANGE}
    return [
        beside(rows, "standard", "period", "value", {t.before: PALE, t.now: BLUE}, ("Agencies short, of those with a grade", ""), order),
        beside(parts, "audit", "progress", "count", stages, ("Recommendations", ""), named(parts, "audit")),
    ]  # fmt: skip


def drawings_70(t: Tables) -> list:
    impact = {"given": "Says what changed", "only repeats": "Only repeats the action", "missing": "Says nothing"}
    done = [r | {"evidence": impact[r["evidence"]]} for r in t.rows("review_actions_evidence", "actions_done", period=t.now) if "Total" not in (r["theme"], r["evidence"])]  # fmt: skip
    undone = [r for r in t.rows("review_actions_open", "actions_open", period=t.period) if "Total" not in (r["theme"], r["state"])]  # fmt: skip
    return [
        beside(done, "theme", "evidence", "count", dict(zip(impact.values(), (BLUE, PALE, ORANGE), strict=True)), ("Actions done", ""), named(done, "theme")),
        beside(undone, "theme", "state", "count", {"overdue": ORANGE, "not yet due": BLUE}, ("Actions not done", ""), named(undone, "theme")),
    ]  # fmt: skip


def drawings_75(t: Tables) -> list:
    from expected_boards import chart_of

    rows = quarters(t.rows("training_attendance", "training_filled", kind="Total"))
    kinds = [r for r in t.rows("training_attendance", "training_filled", period=[t.before, t.now]) if r["kind"] != "Total" and (r["of"] > 0 or r["status"] == "suppressed")]  # fmt: skip
    came = [r for r in t.rows("training_by_agency", "training_attended", period=[t.before, t.now]) if r["agency"] != "Total"]  # fmt: skip
    came.sort(key=lambda r: (r["count"] != r["count"], -r["count"]))
    years = {t.before: PALE, t.now: BLUE}
    return [
        control(rows, chart_of(rows)),
        beside(kinds, "kind", "period", "value", years, ("Share of places filled", ""), sorted(named(kinds, "kind")), gaps=True),
        beside(came, "agency", "period", "count", years, ("Attendances", ""), named(came, "agency"), gaps=True),
    ]  # fmt: skip


def drawings_80(t: Tables) -> list:
    from expected_boards import chart_of

    here = [r for r in t.rows("board_attendance", "seats_filled", period=t.now, meeting=t.term("main_meeting")) if r["agency"] != "Total" and r["count"] < r["of"]]  # fmt: skip
    here.sort(key=lambda r: (r["value"], r["agency"]))
    rows = quarters(t.rows("board_attendance_chart"))
    money = [r for r in t.rows("contributions", "contribution_agreed", period=t.this_year) if r["partner"] != "Total"]
    money.sort(key=lambda r: -r["value"])
    return [
        columns(here, "value", by="agency", text="percent", axis=("Share of expected seats filled", ""), lying=True) | {"lying": True},
        control(rows, chart_of(rows)),
        columns(money, "value", by="partner", text="money", axis=("Agreed for the core budget, pounds", ""), lying=True) | {"lying": True},
    ]  # fmt: skip


def drawings_90(t: Tables) -> list:
    from expected_boards import FAULTS

    import claimcheck as claims

    rows = [r | {"family": FAULTS[r["family"]]} for r in t.rows("published_claims", "published_claims", verdict=claims.WRONG) if r["family"] != "Total"]  # fmt: skip
    rows.sort(key=lambda r: -r["count"])
    return [columns(rows, "count", by="family", text="count", axis=("Claims that do not reproduce", ""), lying=True) | {"lying": True}]  # fmt: skip


def drawings_99(t: Tables) -> list:
    from expected_boards import CALLED

    rows = [r | {"return": CALLED.get(r["return"], r["return"])} for r in t.rows("returns_received", "returns_rows_received") if r["status"] != "suppressed"]  # fmt: skip
    rows.sort(key=lambda r: (r["count"] != r["count"], -r["count"]))
    return [columns(rows, "count", by="return", text="count", axis=("Rows received", ""), lying=True) | {"lying": True}]


DRAWINGS = {"10_demographics": drawings_10, "20_deprivation": drawings_20, "30_child_deaths": drawings_30, "40_hrda": drawings_40,
            "60_exploitation_and_missing": drawings_60, "65_assurance": drawings_65, "70_case_reviews": drawings_70, "75_learning": drawings_75,
            "80_board": drawings_80, "90_published_figures": drawings_90, "99_data_quality": drawings_99}  # fmt: skip
