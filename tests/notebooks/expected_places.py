"""What pages 10 and 20 have to say of their tables, in order (see expected_words). Official figures; nothing is protected."""

from __future__ import annotations

import math
import re
from datetime import date

import yaml
from expected_charts import described, grid, label, lines, of_each, spread
from expected_tables import STANDARDS, Chart, Grid, Lacking, Said, Tables, paragraph
from expected_words import bare, is_share, noun, plain_number, series, shown, told, unless

from openstats import authorities
from openstats.project_data import DATA

ENGLAND = "E92000001"
ONS = "ONS, mid-year population estimates (OGL v3.0)"


def percent(value: float) -> str:
    return plain_number(value, "percent")


def first_published(rows: list[dict], *keys: str) -> list[dict]:
    """What was first published before the current series; of one key the first row."""
    kept: dict = {}
    for row in sorted(rows, key=lambda r: r["vintage"], reverse=True):
        kept.setdefault(tuple(row[k] for k in keys), row)
    return list(kept.values())


def missing(t: Tables, name: str) -> dict:
    return {"status": "not_available", "reason": t.absent(name) or "nothing is held of it", "period": "", "measure": "", "unit": "", "method": "", "value": math.nan, "count": math.nan}  # fmt: skip


def only(t: Tables, name: str, rows: list[dict], **labels) -> dict:
    found = [r for r in rows if all(r[k] == v for k, v in labels.items())]
    return found[0] if found else missing(t, name)


# --- 10 ----------------------------------------------------------------------------------------------------------


def page_10(t: Tables) -> list[Said | Chart | Grid]:
    ages = "population_by_age_sex"
    year, newest = (f"{t.one('context_as_of', f'{m}_in_force')['value']:.0f}" for m in ("mid_year", "children_mid_year"))  # fmt: skip
    year, newest = (each.replace("nan", "year") for each in (year, newest))
    people = first_published(t.rows(ages, area=t.area, period=year), "sex", "age")
    shares = first_published(t.rows("age_shares", period=year), "area", "measure")
    whole, male, female = (only(t, ages, people, sex=s, age="Total") for s in ("Total", "male", "female"))
    children = sorted((r for r in t.rows("children", "children_0_17", area=t.area) if len(r["period"]) == 4), key=lambda r: r["period"])  # fmt: skip
    published, current = (only(t, "children", children, period=newest, vintage=v) for v in ("first published", "current series"))  # fmt: skip
    young, england = (only(t, "age_shares", shares, area=a, measure="share_15_24") for a in (t.area, ENGLAND))
    count = published if shown(published) else current
    among = f"{told(count)} were children aged 0 to 17, and " if newest == year else ""
    residents = f"In mid-{year} {t.place} had {told(whole)} residents, {told(male)} male and {told(female)} female. {among}{told(young, 'percent')} were aged 15 to 24, against {told(england, 'percent')} in England."
    revised = "" if shown(published) else ", by the series as it stands now, which may have been revised since"
    alone = f"In mid-{newest}, the newest year in print, {told(count)} children aged 0 to 17 lived here{revised}."
    of_children = "" if among else unless(alone, "How many children live here", count)
    table = sorted((r for r in shares if r["measure"] in ("share_15_24", "child_share_0_17")), key=lambda r: r["measure"])  # fmt: skip
    groups = {"share_15_24": "Aged 15 to 24", "child_share_0_17": "Aged 0 to 17"}
    table = [r | {"place": authorities.name(r["area"]), "group": groups[r["measure"]]} for r in table]
    columns = {"Residents": ("count",), "Of": ("of",), "Share": ("percent",)}
    columns |= {"Rank": ("ordinal",), "Ranked": ("ranked",)} if any(r["rank"] == r["rank"] for r in table) else {}
    return [
        t.answer(ages if people else "children", unless(residents, "How many live here", whole), of_children),
        pyramid(t, year),
        grid(table, f"Young residents, mid-{year}", lines(table, {"group": "Group", "place": "Place"}, columns), t.absent("age_shares")),
        *of_ages(t, people, shares, (published, current), year, newest),
        *series_and_partners(t, children, published if shown(published) else current, (year, newest)),
        asked_of_residents(t, year, (published, current), (young, england), children),
        vintages(t, children, year, newest),
    ]  # fmt: skip


def pyramid(t: Tables, year: str) -> Said | Chart:
    name = "population_by_band"
    bands = first_published([r for r in t.rows(name, period=year) if r["age_band"] != "Total"], "area", "sex", "age_band")  # fmt: skip
    bands.sort(key=lambda r: int(re.match(r"\d+", r["age_band"])[0]))
    both, edge = ({r["age_band"]: r["value"] for r in bands if r["sex"] == "Total" and r["area"] == a} for a in (t.area, ENGLAND))  # fmt: skip
    gap = {band: both[band] - edge[band] for band in both if band in edge}
    alt, title = "", f"Residents of {t.place} by age and sex, mid-{year}"
    if both:
        most = max(both, key=both.get)
        alt = f"Population pyramid of {t.place}, mid-{year}. Largest band: {most}, {percent(both[most])} of residents."
    if gap:
        wide, narrow = max(gap, key=gap.get), min(gap, key=gap.get)
        alt += f" Widest above England: {wide}, {percent(both[wide])} against {percent(edge[wide])}. Widest below: {narrow}, {percent(both[narrow])} against {percent(edge[narrow])}."
        title = f"Ages {wide} stand furthest above England, mid-{year}: {percent(both[wide])} of residents, {percent(edge[wide])} in England"
    here = [r for r in bands if r["area"] == t.area]
    return t.chart(name, here, title, alt, ONS)


def of_ages(t: Tables, people: list[dict], shares: list[dict], estimates: tuple[dict, dict], year: str, newest: str):
    published, current = estimates
    older = first_published(t.rows("children", "children_0_19", area=t.area, period=year), "period")
    older = older[0] if older else missing(t, "children")
    share, england = (only(t, "age_shares", shares, area=a, measure="child_share_0_17") for a in (t.area, ENGLAND))
    stand = f"{told(older)} residents were aged 0 to 19. Children aged 0 to 17 were {told(share, 'percent')} of residents, against {told(england, 'percent')} in England."
    ranked = share.get("rank", math.nan)
    rank = f"Among {t.place} and its statistical neighbours that share ranks {told(share, 'ordinal')} of {told(share, 'ranked')}." if ranked == ranked else ""  # fmt: skip
    differ = shown(published) and shown(current) and published["count"] != current["count"]
    revised = (
        f"The estimate of children for mid-{newest} was first published as {told(published)} and is {told(current)} in the current series: a rate says which of the two it divides by."
        if differ
        else ""
    )
    single = sorted((r for r in people if r["sex"] == "Total" and r["age"] in map(str, range(20))), key=lambda r: int(r["age"]))  # fmt: skip
    what = f"Column chart. Residents of {t.place} by single year of age, mid-{year}"
    sizes = sorted(r["count"] for r in single if int(r["age"]) < 18)
    title = (
        f"From {plain_number(sizes[0], 'count')} to {plain_number(sizes[-1], 'count')} residents at each age under 18, mid-{year}"
        if sizes
        else ""
    )
    return [
        t.said("population_by_age_sex", unless(stand, "How many are children", share), rank, revised),
        t.chart("population_by_age_sex", single, title, described(single, what, by="age"), ONS),
    ]


def series_and_partners(t: Tables, children: list[dict], count: dict, years: tuple[str, str]) -> list:
    year, newest = years
    past = [r for r in children if int(r["period"]) < t.last_day.year]
    vintages = sorted({r["vintage"] for r in past})
    alt = of_each({v: [r for r in past if r["vintage"] == v] for v in vintages}, f"Line chart. Children aged 0 to 17 in {t.place} by mid-year, {{}}")  # fmt: skip
    title = f"Children aged 0 to 17 in {t.place}: {told(count)} in mid-{newest}" if shown(count) else f"Children aged 0 to 17 in {t.place} by mid-year"  # fmt: skip
    partners = first_published(t.rows("partnership_areas", age_group=["0-17", "0-19", "15-24"], period=year), "age_group", "beside")  # fmt: skip
    facts = [r | {"printed": percent(r["value"]) if r["unit"].startswith("share") else plain_number(r["value"], "count")} for r in t.rows("published_facts", area=t.area)]  # fmt: skip
    deaths = sorted((r for r in t.rows("infant_deaths_average", area=t.area) if shown(r)), key=lambda r: r["period"])
    in_force = t.one("context_as_of", "infant_deaths_in_force")["method"]
    mean = "Registered infant deaths are not held for this area."
    if deaths:
        last = deaths[-1]
        mean = f"Registered deaths under one year: {told(last)} in the three years {int(last['period']) - 2} to {last['period']}, {told(last, 'rate')} a year on average.{f' Of registered deaths, {in_force}.' if in_force else ''}"
    return [
        t.chart("children", past, title, alt, ONS),
        grid(past, "Children aged 0 to 17 by mid-year, as first published and in the current series", spread(past, {"period": "Mid-year"}, "vintage", list(dict.fromkeys(r["vintage"] for r in past))), t.absent("children")),
        grid(partners, f"Children and young people in the areas of the wider partnership, mid-{year}", lines(partners, {"beside": "Area", "age_group": "Ages"}, {"Residents of that age": ("count",), "All residents": ("of",), "Share": ("percent",)}), t.absent("partnership_areas")),
        grid(facts, "Published figures of the annual report 2017-18", lines(facts, {"fact": "What", "beside": "Where", "stated_year": "Year"}, {"Printed": ("text", "printed")}), t.absent("published_facts")),
        Said(mean),
    ]  # fmt: skip


def asked_of_residents(t: Tables, year: str, estimates: tuple, young: tuple, children: list[dict]) -> Said:
    """The questions that page 10's own figures put."""
    (published, current), (here, england) = estimates, young
    more = shown(here) and shown(england) and here["value"] > england["value"]
    differ = shown(published) and shown(current) and published["count"] != current["count"]
    past = [r["count"] for r in children if int(r["period"]) < t.last_day.year and r["vintage"] == "current series"]
    grown = past[-1] - past[0] if len(past) > 1 else 0
    bands = [r for r in t.rows("population_by_band", period=year, sex="Total") if r["age_band"] != "Total"]
    bands = first_published(bands, "area", "sex", "age_band")
    bands.sort(key=lambda r: int(re.match(r"\d+", r["age_band"])[0]))
    both, edge = ({r["age_band"]: r["value"] for r in bands if r["area"] == a} for a in (t.area, ENGLAND))
    gap = {band: both[band] - edge[band] for band in both if band in edge}
    return t.asked(
        "population_by_age_sex",
        f"Who of the {told(here, 'percent')} aged 15 to 24 is here to study, and whom do the services reach of the others?" if more else "",
        "Which rates in use still divide by the children first published, and which by those counted since?" if differ else "",
        "Which services were sized for the number of children of years ago?" if grown > 0 else "",
        "Which services have room now that there are fewer children than years ago?" if grown < 0 else "",
        f"What do services offer those aged {max(gap, key=gap.get)}, the age furthest above England's?" if gap else "",
    )  # fmt: skip


def vintages(t: Tables, children: list[dict], year: str, newest: str) -> Said:
    """Which estimates these are, and of which areas a county is added up."""
    in_force = t.one("context_as_of", "mid_year_in_force")
    method = f" ({in_force['method']})" if in_force["method"] else ""
    later = [int(r["period"]) for r in children if int(newest) < int(r["period"]) < t.last_day.year]
    parts = [part.name for part in authorities.made_of(t.area, date(int(year), 6, 30))] if shown(in_force) else []
    return Said(paragraph(
        unless(f"Residents by age are those of the estimates in force on the last day of the period: mid-{year}{method}.", "The mid-year in force", in_force),
        f"A later mid-year, {max(later)}, is in the table of children because rates of the year to March {t.last_day.year} divide by it; it was published after the period." if later else "",
        f"The figures of {t.place} are those of {series(parts)} added up." if len(parts) > 1 else "",
    ))  # fmt: skip


# --- 20 ----------------------------------------------------------------------------------------------------------

MEASURES_OF = {"average_score": "Average score", "average_rank": "Average rank", "proportion_decile_1": "Share of neighbourhoods in the most deprived tenth", "extent": "Extent", "local_concentration": "Local concentration"}  # fmt: skip
BOTH = {"neighbourhoods": "Neighbourhoods", "children_0_15": "Children aged 0 to 15"}
WAYS = {"more_deprived": "To a more deprived tenth", "same": "Same tenth", "less_deprived": "To a less deprived tenth", "not_comparable": "Split, merged or redrawn"}  # fmt: skip
INDICES = {"imd": "Index of Multiple Deprivation", "idaci": "Income deprivation affecting children (IDACI)"}
PLACE = {"lsoa_name": "Neighbourhood", "lsoa": "Code"}


def page_20(t: Tables) -> list[Said | Chart | Grid]:
    edition, index, name = f"{t.one('context_as_of', 'indices_in_force')['value']:.0f}", "imd", "deprivation_deciles"
    deciles = t.rows(name, edition=edition, index=index)
    first, last, every = (only(t, name, deciles, measure="neighbourhoods", decile=d) for d in ("1", "10", "Total"))
    scores = t.rows("deprivation_summary", edition=edition, index=index)
    score = only(t, "deprivation_summary", scores, measure="average_score")
    least = "none" if last["count"] == 0 else told(last)
    most = f"In {edition}, {told(first)} of {t.place}'s {noun(every, 'neighbourhood was', 'neighbourhoods were')} in the most deprived tenth of England and {least} in the least deprived."
    rank = f"By average score ({INDICES[index]}) it ranks {told(score, 'ordinal')} of {told(score, 'ranked')} authorities, 1st being the most deprived." if shown(score) else f"The tenths are of the {INDICES[index]}."  # fmt: skip
    young, whole, share, even = (only(t, name, deciles, measure=m, decile=d) for m, d in (("children_0_15", "1"), ("children_0_15", "Total"), ("children_0_15_share", "1"), ("neighbourhoods_share", "1")))  # fmt: skip
    vintage = yaml.safe_load((DATA / "sources.yml").read_text(encoding="utf-8"))["sets"][f"iod{edition}"]["vintage"]
    lived = f"{told(young)} of {told(whole)} children aged 0 to 15 ({told(share, 'percent')}) lived in the most deprived tenth, which is {told(even, 'percent')} of the neighbourhoods; children are those of {vintage.partition('populations of ')[2]}, with whom the {edition} edition was published."
    shares = [r | {"measure": BOTH[r["measure"].removesuffix("_share")]} for r in deciles if r["measure"].endswith("_share") and r["decile"] != "Total"]  # fmt: skip
    alt = of_each({m: [r for r in shares if r["measure"] == m] for m in dict.fromkeys(r["measure"] for r in shares)}, "Column chart. {} by tenth of England", "percent", "decile")  # fmt: skip
    counts = [r | {"measure": BOTH[r["measure"]]} for r in deciles if r["measure"] in BOTH]
    credit = f"MHCLG, English Indices of Deprivation {edition} (OGL v3.0)"
    return [
        t.answer(name, unless(most, f"How many neighbourhoods are in the most deprived tenth of {edition}", every), rank),
        *maps(t, edition, credit),
        t.said(name, unless(lived, "How many children live in the most deprived tenth", young)),
        t.chart(name, shares, f"{told(share, 'percent') + ' of children and ' if shown(share) else ''}{told(even, 'percent')} of neighbourhoods are in the most deprived tenth", alt, credit),
        grid(counts, f"Neighbourhoods and children by tenth of England (1 = most deprived), {INDICES[index]} {edition}", spread(counts, {"decile": "Tenth"}, "measure", list(BOTH.values())), t.absent(name)),
        *neighbourhoods(t, edition, index),
        *domains(t, edition, credit),
        *ranks(t, edition, index, scores),
        asked_of_places(t, edition, index, (young, whole, share, even, first)),
    ]  # fmt: skip


def asked_of_places(t: Tables, edition: str, index: str, cells: tuple) -> Said:
    """The questions that page 20's own figures put."""
    young, whole, share, even, first = cells
    live = {r["lsoa"]: r["count"] for r in t.rows("deprivation_lsoa", "neighbourhood_children_0_15", edition=edition)}
    ranked = t.rows("deprivation_lsoa", "neighbourhood_decile", edition=edition, index=index)
    crowded = sorted((-live[r["lsoa"]], r["lsoa"], r["lsoa_name"]) for r in ranked if r["value"] <= 2 and live.get(r["lsoa"], 0) > 0)  # fmt: skip
    return t.asked(
        "deprivation_deciles",
        f"What help can a family reach on foot in {crowded[0][2]}, the deprived neighbourhood with most children?" if crowded else "",
        "Which deprived children live outside the most deprived tenth, and who reaches them?" if shown(young) and young["count"] < whole["count"] else "",
        "Why has the most deprived tenth a larger share of the children than of the neighbourhoods?" if shown(share) and share["value"] > even["value"] else "",
        "Are services used where the need is, or where the offices are?" if first["count"] > 0 else "",
    )  # fmt: skip


def maps(t: Tables, edition: str, credit: str) -> list:
    """The two maps: deciles of the neighbourhoods of the table, each of which has an outline."""
    charts = []
    for index in ("imd", "idaci"):
        rows = t.rows("deprivation_lsoa", "neighbourhood_decile", edition=edition, index=index)
        number = [sum(r["value"] == n for r in rows) for n in range(1, 11)]
        title = f"{INDICES[index]} {edition}: {number[0]} of {noun(len(rows), 'neighbourhood')} of {t.place} in the most deprived tenth"  # fmt: skip
        spread_of = series(f"{n} in decile {decile}" for decile, n in enumerate(number, 1))
        alt = f"Map of {t.place}: {noun(len(rows), 'neighbourhood')} by tenth of England, {INDICES[index]} {edition}, 1 the most deprived: {spread_of}."
        absent = f"English Indices of Deprivation {edition}: no figure is held for the neighbourhoods of {t.place}. Get it with `lscb fetch`, or `lscb fetch --from` a folder that has the file."
        below = f"Source: {credit}; outlines ONS, OS data © Crown copyright and database right."
        charts.append(Chart(title, alt, below) if rows else Lacking(absent, "No chart is drawn"))
    return charts


def neighbourhoods(t: Tables, edition: str, index: str) -> list:
    name = "deprivation_lsoa"
    ranked = t.rows(name, "neighbourhood_decile", edition=edition, index=index)
    young = {r["lsoa"]: r["count"] for r in t.rows(name, "neighbourhood_children_0_15", edition=edition)}
    crowded = [r | {"count": young[r["lsoa"]]} for r in ranked if r["value"] <= 2 and young.get(r["lsoa"], 0) > 0]
    crowded = sorted(crowded, key=lambda r: (-r["count"], r["lsoa"]))[:10]
    by_rank = sorted(ranked, key=lambda r: r["rank"])
    columns = {"Rank": ("ordinal",), "Of": ("ranked",), "Tenth": ("count", "value")}
    deciles = t.rows("deprivation_deciles", edition=edition, index=index)
    whole = only(t, "deprivation_deciles", deciles, measure="children_0_15", decile="Total")
    end = f"{INDICES[index]} {edition} (1st = most deprived in England)"
    return [
        grid(crowded if shown(whole) else [whole], f"Neighbourhoods in the two most deprived tenths with the most children, {INDICES[index]} {edition}", lines(crowded, PLACE, {"Children aged 0 to 15": ("count",), "Tenth": ("count", "value"), "Rank in England": ("ordinal",)}), t.absent(name)),
        grid(by_rank[:10], f"The most deprived neighbourhoods, {end}", lines(by_rank[:10], PLACE, columns), t.absent(name)),
        grid(by_rank[:-6:-1], f"The least deprived neighbourhoods, {end}", lines(by_rank[:-6:-1], PLACE, columns), t.absent(name)),
    ]  # fmt: skip


def domains(t: Tables, edition: str, credit: str) -> list:
    name = "deprivation_deciles"
    rows = [r for r in t.rows(name, "neighbourhoods") if "Total" not in (r["decile"], r["index"])]
    there = {r["edition"] for r in rows if r["index"] not in ("imd", "idaci", "idaopi")} & editions_in_print(t)
    of = edition if edition in there or not there else max(there)
    apart = f"Domains of the {edition} edition are not held here. These are of {of}, {'a later' if of > edition else 'another'} edition with another method: they show which domains matter in this area, not what they were at the time of this page."
    drawn = [r for r in rows if r["edition"] == of]
    first = [r for r in drawn if r["decile"] == "1"]
    alt = described(first, f"Table of neighbourhoods by tenth for each index of {of}. In the most deprived tenth", by="index")  # fmt: skip
    most = max((r["count"] for r in first), default=0)
    title = f"No neighbourhood in the most deprived tenth by any index, {of}"
    if most:
        title = f"Most neighbourhoods in the most deprived tenth, {of}: {most:,.0f}, by {series(label(r['index']) for r in first if r['count'] == most)}"
    return [t.said(name, apart if of != edition else ""), t.chart(name, drawn, title, alt, credit.replace(edition, of))]  # fmt: skip


def editions_in_print(t: Tables) -> set[str]:
    """Those out by the period's last day; all of them for a period that is seen from today."""
    every = t.period in STANDARDS["as_of"]["by_today"]["value"]
    return {str(year) for year, day in STANDARDS["as_of"]["indices"]["value"].items() if every or day <= t.last_day}


def ranks(t: Tables, edition: str, index: str, scores: list[dict]) -> list:
    name, order = "deprivation_summary", list(MEASURES_OF)
    ordered = sorted(scores, key=lambda r: order.index(r["measure"]))
    five = [r | {"what": MEASURES_OF[r["measure"]], "text": bare(r, "percent" if is_share(r) else "rate")} for r in ordered]  # fmt: skip
    near = [r | {"what": MEASURES_OF[r["measure"].removesuffix("_among_neighbours")]} for r in t.rows("deprivation_neighbours", edition=edition, index=index, beside=t.place)]  # fmt: skip
    lists = "".join(f"; {m}" for m in dict.fromkeys(r["method"] for r in near))
    past = [r for r in t.rows(name, index=index) if shown(r) and r["rank"] == r["rank"]]
    past = [r | {"what": MEASURES_OF[r["measure"]], "text": f"{plain_number(r['rank'], 'ordinal')} of {plain_number(r['ranked'], 'count')}"} for r in sorted(past, key=lambda r: order.index(r["measure"]))]  # fmt: skip
    joined: dict = {}
    for row in past:
        if found := re.search("from the neighbourhoods of (.*)", row["method"]):
            joined.setdefault(found[1], set()).add(row["edition"])
    moved = [r | {"direction": WAYS.get(r["direction"], "")} for r in sorted((r for r in t.rows("deprivation_change", "neighbourhoods_moved", index=index)), key=lambda r: (r["editions"], [*WAYS, "Total"].index(r["direction"])))]  # fmt: skip
    return [
        grid(five, f"{INDICES[index]} {edition}: five measures, each with its own rank", lines(five, {"what": "Measure"}, {"Value": ("text", "text"), "Rank": ("ordinal",), "Ranked": ("ranked",)}), t.absent(name)),
        grid(near, f"Rank among the area and its statistical neighbours, {edition} (1st = most deprived{lists})", lines(near, {"what": "Measure"}, {"Rank": ("ordinal",), "Ranked": ("ranked",)}), t.absent("deprivation_neighbours")),
        Said(paragraph(*(f"In {series(sorted(editions))} {t.place} is put together from the neighbourhoods of {parts}." for parts, editions in sorted(joined.items())), f"Of these, {series(late)} came out after the last day of the period." if (late := sorted({r["edition"] for r in past if STANDARDS["as_of"]["indices"]["value"][int(r["edition"])] > t.last_day})) else "")),
        grid(past, f"Rank among authorities by edition, {INDICES[index]}", spread(past, {"what": "Measure"}, "edition", sorted({r["edition"] for r in past}), "text", "text"), t.absent(name)),
        grid(moved, f"Neighbourhoods by how their tenth of England changed, {INDICES[index]}", lines(moved, {"editions": "Editions", "direction": "Moved"}, {"Neighbourhoods": ("count",), "Of": ("of",), "Share": ("percent",)}), t.absent("deprivation_change")),
    ]  # fmt: skip
