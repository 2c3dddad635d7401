"""What pages 75, 80, 90 and 99 have to say of their tables, in order (see expected_words)."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter

import numpy as np
import yaml
from expected_charts import described, direction, grid, laney, lines, of_each, spread, trend
from expected_groups import LOW_HIGH, figures, with_total_last
from expected_tables import Chart, Grid, Lacking, Said, Tables, partial, quarters
from expected_words import could, noun, plain_number, series, share, shown, told, unless, when, withheld

import claimcheck as claims
from openstats.project_data import DATA


def chart_of(rows: list[dict]):
    return laney([r["count"] for r in rows], [r["of"] for r in rows])


def newest_of(t: Tables, name: str, rows: list[dict]) -> dict:
    return rows[-1] if rows else {"status": "not_available", "reason": t.absent(name), "period": ""}


# --- 75 ----------------------------------------------------------------------------------------------------------

COORDINATOR = "training return of the coordinator"


def page_75(t: Tables) -> list[Said | Chart | Grid]:
    name = "training_attendance"
    number, people, filled = (t.one(name, f"training_{what}", t.now) for what in ("events", "attended", "filled"))
    was = t.one(name, "training_filled", t.before)
    rows = quarters(t.rows(name, "training_filled", kind="Total"))
    chart, last = chart_of(rows), newest_of(t, name, rows)
    words = described(rows, "Control chart. Share of places filled by quarter", "percent", chart=chart)
    of_years = [r for r in t.rows(name, "training_filled", period=[t.before, t.now]) if r["kind"] != "Total" and (r["of"] > 0 or r["status"] == "suppressed")]  # fmt: skip
    of_years.sort(key=lambda r: (r["kind"], r["period"]))
    alt = of_each({p: [r for r in of_years if r["period"] == p] for p in (t.before, t.now)}, "Bar chart. Share of places filled in {}", "percent", "kind")  # fmt: skip
    of_now = sorted((r for r in of_years if r["period"] == t.now and shown(r)), key=lambda r: r["value"])
    full = (
        f"Fullest in {when(t.now)}: {of_now[-1]['kind']}; emptiest: {of_now[0]['kind']}"
        if len(of_now) > 1
        else f"Share of places filled by kind of event, {t.before} and {when(t.now)}"
    )
    names = {"training_events": "Events", "training_places": "Places", "training_attended": "Attendances"}
    listed = with_total_last([r | {"measure": names[r["measure"]]} for r in t.rows(name, list(names), period=t.now)], "kind")  # fmt: skip
    ago = f" ({told(was, 'percent')} in {t.before}; not tested)" if shown(was) else ""
    return [
        t.answer(name, f"{noun(people, 'attendance')} at {noun(number, 'event')} in {when(t.now)} filled {told(filled, 'percent')} of the {told(filled, 'of')} places{ago}."),
        t.chart(name, rows, f"Places filled: {told(last, 'percent')} in {when(last['period'])}, {direction(chart, rows)}", words, COORDINATOR, rows),
        t.said(name, unless(f"In {when(last['period'])} the share of places filled was {told(last, 'percent')} ({share(last)}).", "The newest quarter's share of places filled", last), trend(chart, "the share of places filled", rows)),
        t.chart(name, of_years, full, alt, COORDINATOR),
        grid(listed, f"Events, places and attendances in {t.now}, by kind of event", spread(listed, {"kind": "Kind"}, "measure", list(names.values())), t.absent(name)),
        *agencies_and_forms(t),
    ]  # fmt: skip


def agencies_and_forms(t: Tables) -> list:
    name, forms = "training_by_agency", "training_evaluations"
    reach = t.one("training_reach", "training_reach", t.now)
    came = t.rows(name, "training_attended")
    both = sorted((r for r in came if r["period"] in (t.before, t.now) and r["agency"] != "Total"), key=lambda r: (r["count"] != r["count"], -r["count"]))  # fmt: skip
    alts = [of_each({p: [r for r in both if r["period"] == p] for p in (t.before, t.now)}, "Bar chart. Attendances in {}", by="agency")]  # fmt: skip
    sent = [r for r in both if r["period"] == t.now and r["count"] > 0]
    most = (
        f"Most attendances in {when(t.now)}: {sent[0]['agency']}, {told(sent[0])}"
        if sent
        else f"Attendances by agency, {t.before} and {when(t.now)}"
    )
    periods = [p for p in (t.before, *t.so_far, t.now) if t.one(name, "training_attended", p).get("status") not in (None, "not_available")]  # fmt: skip
    listed = with_total_last([r for r in came if r["period"] in periods], "agency")
    back, good = t.one(forms, "training_evaluated", t.now), t.one(forms, "training_rated_good", t.now)
    rated = with_total_last(t.rows(forms, "training_rated_good", period=t.now), "kind")
    text = f"Evaluation forms came from {share(back)} who attended in {when(t.now)} ({told(back, 'percent')}); {share(good)} of them rated the event good or better ({figures(good)})."
    return [
        t.said("training_reach", f"Agencies that sent somebody in {when(t.now)}, of those that did in it or in {t.before}: {share(reach)} ({told(reach, 'percent')})."),
        t.chart(name, both, most, " ".join(alts), COORDINATOR),
        grid(listed, "Attendances by agency (a dash where none of its people came)", spread(listed, {"agency": "Agency"}, "period", periods), t.absent(name)),
        t.said(forms, unless(text, f"How many returned a form in {when(t.now)}", back, good), could(good, back.get("of", np.nan) - back.get("count", np.nan), "attendance without a form", "attendances without a form", "the good ratings")),
        grid(rated, f"Forms that rated the event good or better in {t.now}, with 95% interval", lines(rated, {"kind": "Kind"}, {"Good or better": ("count",), "Of forms": ("of",)} | LOW_HIGH), t.absent(forms)),
        asked_of_training(t, both, back),
        Said(withheld(t.rows("training_attendance"), came, t.rows(forms))),
    ]  # fmt: skip


def asked_of_training(t: Tables, both: list[dict], back: dict) -> Said:
    """The questions that page 75's own figures put."""
    sent = {(r["period"], r["agency"]): r["count"] for r in both if shown(r)}
    agencies = list(dict.fromkeys(r["agency"] for r in both))
    away = [who for who in agencies if sent.get((t.before, who), 0) > 0 and sent.get((t.now, who)) == 0]
    low = [r for r in t.rows("training_attendance", "training_filled", period=t.now) if r["kind"] != "Total" and r["value"] < 0.75]  # fmt: skip
    empty = [r["kind"] for r in sorted(low, key=lambda r: (r["value"], r["kind"]))]
    return t.asked(
        "training_attendance",
        f"Why did nobody come from {series(away)}, who came the year before?" if away else "",
        f"Who was meant to come to {series(empty)}, of which less than 75% of places were filled?" if empty else "",
        "Why do most of those who come return no form, and what would they have said?" if shown(back) and back["value"] < 0.5 else "",
    )  # fmt: skip


# --- 80 ----------------------------------------------------------------------------------------------------------

SEATS = {"Expected": ("of",), "Filled": ("count",), "Share": ("percent",)}
POUNDS = ("money", "", None)


def page_80(t: Tables) -> list[Said | Chart | Grid]:
    name, money, main = "board_attendance", "contributions", t.term("main_meeting")
    every, at_main = t.one(name, "seats_filled", t.now), t.one(name, "seats_filled", t.now, meeting=main)
    agreed = t.one(money, "contribution_agreed", t.this_year)
    parts = [r for r in t.rows(money, "contribution_share", period=t.this_year) if r["partner"] != "Total"]
    largest = [r for r in parts if r["value"] == max(each["value"] for each in parts)]
    who = f"{series(r['partner'] for r in largest)}{' each' * (len(largest) > 1)}"
    most = f", {plain_number(largest[0]['value'], 'percent')} of it from {who}" if largest else ""
    due, met, on_track = (t.one("plan_progress", "plan_actions_promised", t.period, progress=p) for p in ("Total", "done", "on track"))  # fmt: skip
    here = t.rows(name, "seats_filled", period=t.now, meeting=main)
    some = sorted((r for r in here if r["agency"] != "Total" and r["count"] < r["of"]), key=lambda r: (r["value"], r["agency"]))  # fmt: skip
    full = sum(r["count"] == r["of"] for r in here if r["agency"] != "Total")
    few = sum(4 * r["count"] < 3 * r["of"] for r in some)
    there = f", at the {main} {share(at_main)} ({told(at_main, 'percent')})" if shown(at_main) else ""
    return [
        Said(" ".join(filter(None, [
            t.absent(name) or t.silent(name) or unless(f"In {when(t.now)} members or deputies filled {share(every)} expected seats ({told(every, 'percent')}){there}.", "How many expected seats were filled", every),
            t.absent(money) or t.silent(money) or f"Partners agreed {told(agreed, 'money')} for the core budget of {t.this_year}{most}.",
            t.absent("plan_progress") or unless(late_actions(t, due, met, on_track), "How many actions that were due are not done", due, met),
            partial(t.rows(name)), partial(t.rows(money)), partial(t.rows("plan_progress")),
        ]))),
        t.chart(name, some, f"{main}: {noun(few, 'agency', 'agencies')} below 75% of expected seats", described(some, f"Bar chart. Expected seats filled in {when(t.now)}, {main}", "percent", by="agency", least=True), "attendance register"),
        t.said(name, f"{noun(full, 'agency', 'agencies')} filled every expected seat at the {main} in {when(t.now)}."),
        *all_meetings(t),
        *budget(t, agreed),
        *plan_and_members(t),
    ]  # fmt: skip


def all_meetings(t: Tables) -> list:
    rows = quarters(t.rows("board_attendance_chart"))
    chart, last = chart_of(rows), newest_of(t, "board_attendance_chart", rows)
    filled = t.rows("board_attendance", "seats_filled", period=t.now)
    by_meeting = with_total_last([r for r in filled if r["agency"] == "Total"], "meeting")
    each = [r | {"seats": share(r)} | {n: "All" for n in ("agency", "meeting") if r[n] == "Total"} for r in sorted(filled, key=lambda r: (r["agency"] == "Total", r["agency"]))]  # fmt: skip
    meetings = ["All", *sorted({r["meeting"] for r in each} - {"All"})]
    return [
        t.chart("board_attendance_chart", rows, f"All meetings: {told(last, 'percent')} in {when(last['period'])}, {direction(chart, rows)}", described(rows, "Control chart. Share of expected seats filled, all meetings, by quarter", "percent", chart=chart), "attendance register"),
        t.said("board_attendance_chart", unless(f"In {when(last['period'])} the share of expected seats filled was {told(last, 'percent')} ({share(last)}).", "The newest quarter's share", last), trend(chart, "the share of seats filled", rows)),
        grid(by_meeting, f"Seats by meeting in {t.now}", lines(by_meeting, {"meeting": "Meeting"}, SEATS), t.absent("board_attendance")),
        grid(each, f"Seats filled of those expected in {t.now}, by agency and meeting; a dash: not expected there", spread(each, {"agency": "Agency"}, "meeting", meetings, "text", "seats"), t.absent("board_attendance")),
    ]  # fmt: skip


def budget(t: Tables, agreed: dict) -> list:
    name, year = "contributions", t.this_year
    received, left, moved = (t.one(name, f"contribution_{what}", year) for what in ("received", "outstanding", "change"))  # fmt: skip
    owing = f" and {told(left, 'money')} is outstanding" if left.get("value") else ""
    by = f"{plain_number(abs(moved['value']), 'money')} {'more' if moved['value'] >= 0 else 'less'} than for {t.before}" if shown(moved) and round(moved['value']) else ""  # fmt: skip
    more = f"; the partners agreed {by}" if by else ""
    here = sorted((r for r in t.rows(name, "contribution_agreed", period=year) if r["partner"] != "Total"), key=lambda r: -r["value"])  # fmt: skip
    names = {"contribution_agreed": "Agreed", "contribution_received": "Received", "contribution_change": "Change on the year before"}  # fmt: skip
    partners = with_total_last([r | {"measure": names[r["measure"]]} for r in t.rows(name, list(names), period=year)], "partner")  # fmt: skip
    incomes = {"income_agreed": "Agreed", "income_received": "Received"}
    purposes = with_total_last([r | {"measure": incomes[r["measure"]]} for r in t.rows("contributions_by_purpose", period=year)], "purpose")  # fmt: skip
    spending = t.rows("spending", period=year)
    plan, spent = (t.one("spending", f"budget_{what}", year) for what in ("set", "spent"))
    over = [f"{r['heading']} ({plain_number(-r['value'], 'money')})" for r in spending if r["measure"] == "budget_left" and r["heading"] != "Total" and r["value"] < 0]  # fmt: skip
    text = f"{told(spent, 'money')} of a budget of {told(plan, 'money')} was spent in {year}; {f'overspent: {series(over)}' if over else 'no heading was overspent'}."  # fmt: skip
    short = beyond_budget(t)
    income = t.one("contributions_by_purpose", "income_agreed", year)
    unlike = f"All contributions agreed for {year}, {told(income, 'money')}, are {plain_number(abs(short), 'money')} {'more' if short > 0 else 'less'} than this budget." if short else ""  # fmt: skip
    heads = {"budget_set": "Budget", "budget_spent": "Spent", "budget_left": "Left"}
    headings = with_total_last([r | {"measure": heads.get(r["measure"], r["measure"])} for r in spending], "heading")
    return [
        t.said(name, unless(f"Of {told(agreed, 'money')} agreed for {year}, {told(received, 'money')} was received{owing}{more}.", f"How much of what was agreed for {year} was received", received)),
        t.chart(name, here, f"Core budget of {year}: {told(agreed, 'money')}{f', {by}' if by else ''}", described(here, f"Bar chart. Agreed for {year}", "money", by="partner"), "the partners' budget"),
        grid(partners, f"Core budget of {year}, by partner", spread(partners, {"partner": "Partner"}, "measure", list(names.values()), *POUNDS), t.absent(name)),
        grid(purposes, f"All contributions of {year}, by purpose", spread(purposes, {"purpose": "Purpose"}, "measure", list(dict.fromkeys(r["measure"] for r in purposes)), *POUNDS), t.absent("contributions_by_purpose")),
        t.said("spending", unless(text, f"Spending of {year}, reported by the end of {when(t.period)},", spent), unlike),
        grid(headings, f"Spending of {year}", spread(headings, {"heading": "Heading"}, "measure", list(heads.values()), *POUNDS), t.absent("spending")),
    ]  # fmt: skip


def beyond_budget(t: Tables) -> int:
    """Pounds agreed by the partners beyond the budget of the year."""
    income, plan = t.one("contributions_by_purpose", "income_agreed", t.this_year), t.one("spending", "budget_set", t.this_year)  # fmt: skip
    return round(income["value"] - plan["value"]) if shown(income) and shown(plan) else 0


def late_actions(t: Tables, due: dict, met: dict, on_track: dict) -> str:
    """Of the actions that were due how many are not done, and which of those a report calls on track."""
    if not (shown(due) and shown(met)):
        return ""
    left = int(due["count"] - met["count"])
    are = {n: "is" if n == 1 else "are" for n in (left, on_track.get("count"))}
    yet = f"; {told(on_track)} of them {are[on_track['count']]} reported on track" if shown(on_track) and on_track["count"] else ""  # fmt: skip
    day = f"{t.last_day.day} {t.last_day:%B %Y}"
    if due["count"] == 0:
        return f"No action of the business plan was due by {day}."
    if due["count"] == 1:
        end = f"is not done{'; it is reported on track' if yet else ''}" if left else "is done"
        return f"The one action of the business plan due by {day} {end}."
    late = f"{left} {are[left]} not done{yet}" if left else "all are done"
    return f"Of {told(due)} actions of the business plan due by {day}, {late}."


def plan_and_members(t: Tables) -> list:
    name, seats = "plan_progress", "board_membership"
    actions, done, behind = (t.one(name, "plan_actions", t.period, progress=p) for p in ("Total", "done", "behind"))
    measured = t.one(name, "plan_actions_measured", t.period)
    themes = with_total_last(t.rows(name, "plan_actions"), "theme")
    members, posts = (t.one(seats, f"board_{what}", t.period) for what in ("members", "posts"))
    more = series(f"{r['agency']} ({told(r)})" for r in t.rows(seats, "board_posts") if r["agency"] != "Total" and r["count"] > 1)  # fmt: skip
    known = f"The {t.term('board')} has {noun(members, 'member')} holding {noun(posts, 'post')}, by {members['method'] or 'its list'}{f'; more than one: {more}' if more else ''}."  # fmt: skip
    return [
        t.said(name, f"Actions of the business plan: {told(actions)}; reported done: {told(done)}; reported behind: {told(behind)}; with a measure of success: {share(measured)}."),
        grid(themes, "Actions of the business plan", spread(themes, {"theme": "Theme"}, "progress", ["done", "on track", "behind", "not started", "Total"]), t.absent(name)),
        t.said(seats, known if shown(members) else f"How many members there are is not known: {members['reason']}."),
        asked_of_boards(t, behind),
    ]  # fmt: skip


def asked_of_boards(t: Tables, behind: dict) -> Said:
    """The questions that page 80's own figures put."""
    here = t.rows("board_attendance", "seats_filled", period=t.now, meeting=t.term("main_meeting"))
    low = sorted((r["value"], r["agency"]) for r in here if r["agency"] != "Total" and 4 * r["count"] < 3 * r["of"])
    left = t.one("contributions", "contribution_outstanding", t.this_year)
    over = [r["heading"] for r in t.rows("spending", "budget_left", period=t.this_year) if r["heading"] != "Total" and r["value"] < 0]  # fmt: skip
    return t.asked(
        "board_attendance",
        f"Has anybody asked {series(who for share, who in low if share <= low[:3][-1][0])} why expected seats were empty?" if low else "",
        f"When will the {told(left, 'money')} outstanding come?" if left.get("value", 0) > 0 else "",
        f"What pays for what was overspent on {series(over)}?" if over else "",
        f"Where do the {plain_number(abs(beyond_budget(t)), 'money')} by which budget and agreement differ come from?" if 100 * abs(beyond_budget(t)) >= t.one("spending", "budget_set", t.this_year).get("value", math.inf) else "",
        "Which action is behind because nobody owns it, and which because money is missing?" if behind["count"] > 0 else "",
    )  # fmt: skip


# --- 90 ----------------------------------------------------------------------------------------------------------

NONE_HERE = "No claims are kept for this area: write those of its own report as in data/reference/claims-template.csv and run lscb claims on them."  # fmt: skip
FAULTS = {
    "base": "A percentage on the wrong base", "impossible": "A percentage or base that cannot be", "parts": "Parts that do not add",
    "change": "A change or fraction that does not follow", "rate": "A rate or an average that does not follow",
    "trend": "A trend or superlative that is not supported", "comparator": "A comparator of another basis or year",
    "label": "A label of another period", "rank": "A rank of another measure", "missing": "A figure that is missing", "rounding": "Rounding", "ok": "Nothing",
}  # fmt: skip


def page_90(t: Tables) -> list[Said | Chart | Grid]:
    name = "published_claims"
    there = bool(t.rows(name, name))
    report = json.loads((DATA / "reference" / "annual-report-2017-18-claims.json").read_text(encoding="utf-8"))
    quotes = {c["id"]: c["text"] for c in (report if isinstance(report, list) else report["claims"])}
    audited = claims.audit(claims.read(DATA / "reference" / "annual-report-2017-18-claims.json")) if there else []
    found = Counter(a.verdict for a in audited)
    wrong, only, unknown, right = (found[v] for v in (claims.WRONG, claims.ONLY_IF, claims.UNKNOWN, claims.REPRODUCES))
    heads = {claims.WRONG: "Does not reproduce", claims.ONLY_IF: "Reproduces only under a condition", claims.UNKNOWN: "Cannot be checked", claims.REPRODUCES: "Reproduces", "Total": "All claims"}  # fmt: skip
    by_verdict = [r | {"verdict": heads[v]} for v in heads for r in t.rows(name, name, family="Total", verdict=v)]
    faults = sorted((r | {"family": FAULTS[r["family"]]} for r in t.rows(name, name, verdict=claims.WRONG) if r["family"] != "Total"), key=lambda r: -r["count"])  # fmt: skip
    lists = {"Claims that do not reproduce": claims.WRONG, "Claims that reproduce only under a condition": claims.ONLY_IF,
             "Claims that cannot be checked": claims.UNKNOWN, "Claims that reproduce": claims.REPRODUCES}  # fmt: skip
    answer = f"Of {len(audited)} claims in the annual report 2017-18, {wrong} do not reproduce from what is printed and {unknown} cannot be checked. Of the others, {right} reproduce, and {only} only under a condition that is not printed."
    printed, used, alone = (t.one(name, f"published_figures{part}", "2017-18") for part in ("", "_in_claims", "_alone"))
    stand = f"The report prints {told(printed)} figures; {told(used)} are part of a claim above. The other {told(alone)} stand alone: labels, dates, definitions and counts beside which nothing is printed that could contradict them."
    return [
        Said(answer if there else f"This cannot be answered. {NONE_HERE}"),
        grid(by_verdict, "Claims of the annual report 2017-18 by verdict", lines(by_verdict, {"verdict": "Verdict"}, {"Claims": ("count",)}), t.absent(name)),
        t.chart(name, faults, f"{wrong} claims do not reproduce", described(faults, "Bar chart. Claims that do not reproduce, by what is wrong", by="family"), "annual report 2017-18, recalculated"),
        *(findings(title, [a for a in audited if a.verdict == verdict], quotes) for title, verdict in lists.items()),
        Said(stand) if there else Lacking(NONE_HERE),
    ]  # fmt: skip


def findings(title: str, audited: list, quotes: dict) -> Grid | Said:
    if not audited:
        return Lacking(NONE_HERE, title)
    body = [[_label_of_cell(a.id), " ".join(quotes[a.id].split()), " ".join(a.sentence.split())] for a in audited]  # fmt: skip
    return Grid(title, [["Claim", "Printed", "Finding"], *body])


# --- 99 ----------------------------------------------------------------------------------------------------------

CALLED = {"children_services": "Children's services indicators", "exploitation": "Exploitation and missing children",
          "hrda_referrals": "High-risk domestic abuse referrals", "plan": "Business plan", "section_11": "Section 11 audit"}  # fmt: skip
TITLES = yaml.safe_load((DATA / "measure_titles.yml").read_text(encoding="utf-8"))
KINDS = {"received": "Received", "accepted": "Accepted", "accepted_with_warning": "Accepted with a warning", "refused": "Refused", "missing": "Missing until mended"}  # fmt: skip


def page_99(t: Tables) -> list[Said | Chart | Grid]:
    name = "returns_received"
    came, listed = (t.one(name, f"returns_{what}", t.period) for what in ("arrived", "expected"))
    every = [r | {"measure": KINDS[r["measure"].removeprefix("returns_rows_")], "return": CALLED.get(r["return"], r["return"])} for r in t.rows(name, [f"returns_rows_{k}" for k in KINDS])]  # fmt: skip
    arrived = sorted((r for r in every if r["measure"] == "Received" and r["status"] != "suppressed"), key=lambda r: (r["count"] != r["count"], -r["count"]))  # fmt: skip
    gone = [r["return"].replace("_", " ") for r in every if r["measure"] == "Received" and r["status"] == "not_available"]  # fmt: skip
    refused = [(r["return"].replace("_", " "), r) for r in every if r["measure"] == "Refused" and r["status"] != "not_available"]  # fmt: skip
    some, hidden = [n for n, r in refused if shown(r) and r["count"]], [n for n, r in refused if not shown(r)]
    used = f", and rows of {series(some)} were refused" if some else ", and every row was used" if refused and not hidden else ""  # fmt: skip
    used += f", and how many rows of {series(hidden)} were refused is withheld" if hidden else ""
    old = [CALLED.get(r["return"], r["return"]).replace("_", " ") for r in t.rows(name, "returns_not_covering") if r["return"] != "Total"]  # fmt: skip
    other = [CALLED.get(r["return"], r["return"]).replace("_", " ") for r in t.rows(name, "returns_elsewhere") if r["return"] != "Total"]  # fmt: skip
    lacking = f" ({series(old)} without the whole quarter)" if old else ""
    became = {"refused": "refused", "warning": "used with a warning"}
    problems = [r | {"return": CALLED.get(r["return"], r["return"]), "kind": became[r["kind"]]} for r in t.rows("returns_problems", "returns_rows_named") if r["return"] != "Total"]  # fmt: skip
    fields = grid(problems, f"Rows with a problem, by field, {when(t.period)}", lines(problems, {"return": "Return", "field": "Field", "kind": "What became of the rows"}, {"Rows": ("count",)}))  # fmt: skip
    return [
        t.answer(name, unless(f"For {when(t.period)}, {told(came)} of {told(listed)} returns arrived{lacking}{used}.", "How many returns arrived", came, listed)),
        t.said(
            name, f"Not received: {', '.join(gone)}. Their pages say so and show no figure from them." if gone else "Every return of the dictionary arrived.",
            f"Without a row of the quarter, or from a later day on: {', '.join(old)}. No figure of the quarter is made from them." if old else "",
        ),
        t.said(
            name, f"Most neighbourhoods lie outside the area in: {', '.join(other)}. Figures are made from them as they came: are they another authority's?" if other else "",
            *(f"Files of which nothing could be used: {r['count']:.0f}." for r in t.rows(name, "returns_files_unused") if r["count"]),
        ),
        grid(every, f"Rows by return, {when(t.period)}", spread(every, {"return": "Return"}, "measure", list(KINDS.values())), t.absent(name)),
        t.chart(name, arrived, f"{told(came)} of {told(listed)} returns arrived", described(arrived, "Bar chart. Rows received", by="return"), "the partners' returns", lying=arrived),
        fields if problems else t.said("returns_problems", "No row was refused, and none was used with a warning."),
        *ledger(t),
        t.asked(
            name,
            *(["Which partner has to send a corrected file, and by when?", "Is the same field refused quarter after quarter?"] if some or hidden else []),
            f"Who asks for what has not come: {series(gone)}?" if gone else "",
            f"When does the quarter's own file come: {series(old)}?" if old else "",
            "" if some or hidden or gone or old else "Every file obeys the rules: who knows of a case that is in none of them?",
        ),
    ]  # fmt: skip


def ledger(t: Tables) -> list:
    """What disclosure control hid, which only the restricted page prints."""
    if t.audience != "restricted":
        nothing = (
            "Which figures were withheld, and why, is recorded in the disclosure ledger, which never leaves the team."
        )
        return [Said(nothing)]
    if not t.ledger.is_file():
        return [Said("No disclosure ledger stands beside these tables yet: a run writes it.")]
    with t.ledger.open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    hidden = [line for line in every if line["kind"] in ("primary", "further")]
    why = [(line["profile"], line["table"], cause(line)) for line in hidden]
    order = [rule for rule in ("small count", "all or none", "to protect others") if any(w[2] == rule for w in why)]
    places = sorted({w[:2] for w in why})
    number = Counter(why)
    sums = Counter((w[0], w[2] == "to protect others") for w in why)
    known = [f"Withheld from {p}: {noun(sums[p, True] + sums[p, False], 'figure')}, {sums[p, True]:,} of them to protect others." for p in sorted({w[0] for w in why})]  # fmt: skip
    body = [[_label(p), _label(n), *(f"{number[p, n, o]:,}" if number[p, n, o] else "–" for o in order)] for p, n in places]  # fmt: skip
    caption = "Figures withheld, by audience, table and rule"
    return [
        Said(" ".join(known)),
        Grid(caption, [["Audience", "Table", *map(_label, order)], *body]),
        *protecting(every, hidden),
    ]


def cause(line: dict) -> str:
    if line["kind"] == "further":
        return "to protect others"
    rule = re.sub(r" of a group.*", "", line["rule"])
    return "small count" if re.search(r"1 to \d+$", rule) else rule


def _label(text: str) -> str:
    text = re.sub("hrda|cdop", lambda found: found[0].upper(), text.replace("_", " "))
    return text[:1].upper() + text[1:]


def protecting(every: list[dict], hidden: list[dict]) -> list:
    """Each figure that is withheld for others, once for each audience, and what it stands beside."""
    lines_of, seen = [], set()
    for line in hidden:
        if line["kind"] == "further" and (line["profile"], line["cell"]) not in seen:
            seen.add((line["profile"], line["cell"]))
            near = "; ".join(part[:1].upper() + part[1:] for part in in_words(called(line["protects"])).split("; "))
            lines_of.append([_label(line["profile"]), _label_of_cell(in_words(called(line["cell"]))), near])
    gaps = [float(line["gap"]) for line in every if line["gap"]]
    short = [f"{in_words(line['cell'])}: {line['rule']}." for line in every if line["kind"] in ("short", "note")]
    gap = max(gaps, default=0)
    least = f"Less might do: in one part up to {plain_number(gap, 'percent')} of what is withheld is not proven to be needed." if gap > 0 else "No safe choice withholds less than this."  # fmt: skip
    heads = ["Audience", "Withheld, though it is not small itself", "The nearest that it protects"]
    end = f"{least} The file ledger.csv of this run has a line for each figure."
    return [Grid("What was withheld to protect others", [heads, *lines_of]), Said(" ".join(s[0].upper() + s[1:] for s in [*short, end]))]  # fmt: skip


def called(text: str) -> str:
    """Cells of the ledger, each measure by its name."""
    parts = [re.match(r"(\w+)(.*)", part) for part in text.split("; ")]
    named = "; ".join(f"{TITLES.get(p[1], p[1])}{p[2]}" if p else "" for p in parts)
    return re.sub(r"(?<=rest of )\w+", lambda code: TITLES.get(code[0], code[0]), named)


def in_words(text: str) -> str:
    """A cell of the ledger without its area, its quarter as it is read."""
    text = re.sub(r"area \w+, ", "", text)
    text = re.sub(r"[:,] area \w+(?=;|$)", "", text)
    return re.sub(r"(\d)-Q", r"\1 Q", text).replace("_", " ")


def _label_of_cell(text: str) -> str:
    text = re.sub(r"\b(hrda|cdop)\b", lambda found: found[0].upper(), text)
    return text[:1].upper() + text[1:] if text.split(" ", maxsplit=1)[0].islower() else text
