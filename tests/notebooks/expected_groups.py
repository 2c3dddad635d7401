"""What pages 60, 65 and 70 have to say of their tables, in order (see expected_words)."""

from __future__ import annotations

from expected_charts import described, grid, lines, of_each, spread
from expected_tables import Chart, Grid, Said, Tables, partial, quarters
from expected_words import (
    FIGURE,
    bare,
    change,
    interval,
    noun,
    plain_number,
    series,
    share,
    shown,
    told,
    unless,
    when,
    withheld,
)
from page_reader import rounded_to

PARTNERS = "exploitation return of the partners"
ENDS = {"Share": ("percent",), "From": ("percent", "low"), "To": ("percent", "high")}
LOW_HIGH = {"Share": ("percent",), "Low": ("percent", "low"), "High": ("percent", "high")}


def figures(row: dict) -> str:
    return f"{told(row, 'percent')}, {interval(row)}"


def counts(rows: list[dict]) -> list[float]:
    return [r["count"] for r in rows if r["count"] == r["count"]]


# --- 60 ----------------------------------------------------------------------------------------------------------


def page_60(t: Tables) -> list[Said | Chart | Grid]:
    name = "exploitation_funnel"
    referrals, earlier = (t.one(name, "exploitation_referrals", p) for p in (t.now, t.before))
    met, was = (t.one(name, "exploitation_to_meeting", p) for p in (t.now, t.before))
    years = sorted((r for r in t.rows(name, "exploitation_to_meeting") if "-Q" not in r["period"]), key=lambda r: r["period"])  # fmt: skip
    names = {"exploitation_referrals": "Referrals", "exploitation_meetings": "Went to a strategy meeting"}
    by_year = [r | {"measure": names[r["measure"]]} for r in t.rows(name, list(names)) if "-Q" not in r["period"]]
    spans = [t.before, *t.so_far, t.now]
    listed = sorted(t.rows(name, "exploitation_to_meeting", period=spans), key=lambda r: spans.index(r["period"]))
    hidden, seen = (sum(r["status"] == "suppressed" for r in listed), sum(shown(r) and r["count"] > 0 for r in listed))
    caption = "Share that went to a strategy meeting, by quarter and year, with its 95% interval"
    columns = {"Went to a meeting": ("count",), "Of referrals": ("of",)} | ENDS
    every = sorted((r for r in t.rows(name, "exploitation_referrals") if shown(r) and "Q" not in r["period"]), key=lambda r: r["period"])  # fmt: skip
    first = t.one(name, "exploitation_referrals", every[0]["period"]) if every and every[0]["period"] not in (t.now, t.before) and t.number == 4 else None  # fmt: skip
    return [
        t.answer(
            name,
            unless(
                f"In {when(t.now)}, {noun(referrals, 'referral')} had exploitation as a factor{f': {change(referrals, earlier)}' if t.number == 4 else ''}.",
                f"How many referrals of {when(t.now)} had exploitation as a factor", referrals,
            ),
            unless(f"{share(met)} went to a strategy meeting ({figures(met)}).", "How many went to a strategy meeting", met) if referrals.get("count") != 0 else "",
            f"In {t.before}, {share(was)} ({figures(was)})." if shown(was) else "",
        ),
        t.chart(name, years, f"Went to a strategy meeting in {when(t.now)}: {told(met, 'percent')}", described(years, "Points with 95% intervals. Share of referrals that went to a strategy meeting", "percent"), PARTNERS),
        t.said(name, f"Against the first year held, referrals in {t.now}: {change(referrals, first)}." if first else "", f"Share that went to a strategy meeting in {when(t.now)}: {change(met, was)}." if shown(met) else ""),
        grid(by_year, "Referrals to the safeguarding hub with exploitation as a factor, by financial year", spread(by_year, {"period": "Year"}, "measure", list(names.values())), t.absent(name)),
        Said(f"{caption}: left out, as most of its figures are withheld.") if hidden > seen else grid(listed, caption, lines(listed, {"period": "Period"}, columns), t.absent(name)),
        *flags(t),
        *episodes(t, spans),
    ]  # fmt: skip


def newest_flags(t: Tables) -> tuple[dict, dict]:
    """The newest number of flags that is printed, and that of the same quarter a year before; twice nothing without one."""
    printed = [r for r in quarters(t.rows("exploitation_flags")) if shown(r)]
    if not printed:
        return {}, {}
    start, quarter = int(printed[-1]["period"][:4]) - 1, printed[-1]["period"][-2:]
    return printed[-1] | {"series": [r["count"] for r in printed]}, t.one(
        "exploitation_flags", period=f"{start}-{str(start + 1)[2:]}-{quarter}"
    )


def flags(t: Tables) -> list:
    rows = quarters(t.rows("exploitation_flags"))
    now, (last, ago) = t.one("exploitation_flags", period=t.period), newest_flags(t)
    at_ends = f"{told(now)} at the end of {when(t.period)}"
    if last and last["period"] != t.period:
        at_ends += f" and {told(last)} at the end of {when(last['period'])}"
    return [
        t.said("exploitation_flags", f"Children whom the police flag as at risk: {at_ends}{f', {change(last, ago)}' if last else ''}."),
        t.chart("exploitation_flags", rows, f"Children flagged at the end of {when(t.period)}: {told(now)}", described(rows, "Line chart. Children flagged by the police at each quarter's end"), PARTNERS, rows),
    ]  # fmt: skip


def ends_of(rows: list[dict], style: str) -> str:
    """Figures by agency; of more than two the least and the most that are shown."""
    seen = sorted((r for r in rows if shown(r)), key=lambda r: r[FIGURE[style]])
    if len(rows) > 2 and len(seen) > 1:
        return " to ".join(
            ["from " + f"{seen[0]['agency']} {told(seen[0], style)}", f"{seen[-1]['agency']} {told(seen[-1], style)}"]
        ) + (", of those printed" if any(r["status"] == "suppressed" for r in rows) else "")
    if len(rows) > 2:
        return series(f"{r['agency']} {told(r, style)}" for r in seen) or told(rows[0], style)
    return series(f"{r['agency']} {told(r, style)}" for r in rows)


def episodes(t: Tables, spans: list[str]) -> list:
    name, talks = "missing_episodes", "return_interviews"
    police = t.one(name, "missing_episodes", t.now, agency="police")
    own = [(r["agency"], t.one(name, "missing_episodes", t.now, agency=r["agency"]), r) for r in t.rows(name, "missing_episodes_to_police", period=t.now)]  # fmt: skip
    others = "; ".join(f"{who}: {told(count)} ({told(rate, 'rate')} for each 100 of the police)" for who, count, rate in own)  # fmt: skip
    by_quarter = quarters(t.rows(name, "missing_episodes"))
    agencies = sorted({r["agency"] for r in by_quarter})
    alt = of_each(
        {a: [r for r in by_quarter if r["agency"] == a] for a in agencies}, "Line chart. Missing episodes counted by {}"
    )
    latest = ends_of([r for r in by_quarter if r["period"] == t.period], "count")
    listed = t.rows(name, "missing_episodes", period=spans)
    in_time = t.rows(talks, "interviews_in_time_share", period=t.now)
    anyhow = {r["agency"]: r for r in t.rows(talks, "interviews_held_share", period=t.now)}
    each = "; ".join(
        f"{r['agency']}, {share(r)} ({told(r, 'percent')}; {told(anyhow[r['agency']])} held at all)" for r in in_time
    )
    kinds = {"interviews_held_share": "At any time", "interviews_in_time_share": "Within 72 hours"}
    both = sorted(t.rows(talks, list(kinds), period=t.now), key=lambda r: (r["agency"], r["measure"]))
    both = [r | {"measure": kinds[r["measure"]]} for r in both]
    held = ends_of(in_time, "percent")
    of_due = quarters(t.rows(talks, "interviews_in_time_share"))
    who = sorted({r["agency"] for r in of_due})
    words = of_each({a: [r for r in of_due if r["agency"] == a] for a in who}, "Line chart. Return interviews within 72 hours, of those due, counted by {}", "percent")  # fmt: skip
    sent = sorted(r["agency"] for r in t.rows(name, "missing_episodes", period=t.period) if r["status"] != "not_available")  # fmt: skip
    columns = {"Due": ("of",), "Held": ("count",)} | ENDS
    return [
        t.said(name, unless(f"In {when(t.now)} the police counted {noun(police, 'missing episode')}.", f"How many missing episodes the police counted in {when(t.now)}", police), f"{others}. An agency that sees every missing child would count what the police count." if others else ""),
        t.chart(name, by_quarter, f"Missing episodes in {when(t.period)}: {latest or 'no count was sent'}", alt, PARTNERS, lined=by_quarter),
        grid(listed, "Missing episodes as each agency counts them; rows share episodes and do not add", spread(listed, {"agency": "Counted by"}, "period", spans), t.absent(name)),
        t.said(talks, f"Return interviews held within 72 hours in {when(t.now)}, of those due, as each agency counts: {each}." if each else f"No agency sent a full count of return interviews for {when(t.now)}."),
        t.chart(talks, of_due, f"Within 72 hours in {when(t.now)}: {held or 'no full count was sent'}", words, PARTNERS, lined=of_due),
        grid(both, f"Return interviews due in {t.now} and those held, with the 95% interval of their share", lines(both, {"agency": "Counted by", "measure": "Held"}, columns), t.absent(talks)),
        asked_of_missing(t, in_time, [(who, row) for who, _, row in own]),
        t.said(
            name, f"Counts of missing episodes for {when(t.period)} came from: {series(sent)}." if sent else f"No agency sent a count of missing episodes for {when(t.period)}.",
            withheld(t.rows("exploitation_funnel"), quarters(t.rows("exploitation_flags")), t.rows(name), t.rows(talks)),
        ),
    ]  # fmt: skip


def most(row: dict) -> float:
    """What a share is at most, where both its counts are rounded."""
    off = rounded_to(row) // 2
    return (row["count"] + off) / (row["of"] - off) if row["count"] else row["value"]


def asked_of_missing(t: Tables, in_time: list[dict], own: list[tuple[str, dict]]) -> Said:
    """The questions that page 60's own figures put."""
    met = t.one("exploitation_funnel", "exploitation_to_meeting", t.now)
    last, ago = newest_flags(t)
    fell = bool(last) and "fewer than " in change(last, ago)
    unlike = {who: row["value"] for who, row in own if shown(row) and row["value"] != 100}
    others, number = list(unlike), "another number of" if any(v > 100 for v in unlike.values()) else "fewer"
    late = [r["agency"] for r in in_time if most(r) < 0.5]
    return t.asked(
        "exploitation_funnel",
        "Which referrals went to no meeting, and who decided it?" if shown(met) and met["count"] < met["of"] else "",
        f"Why {'do' if others[1:] else 'does'} {series(others)} count {number} missing episodes than the police, and whose count is used?" if others else "",
        f"What keeps more than half of the return interviews that {series(late)} count from being held within 72 hours?" if late else "",
        "Are fewer children at risk than a year before, or are fewer known to the police?" if fell else "",
    )  # fmt: skip


# --- 65 ----------------------------------------------------------------------------------------------------------

STAGES = ["done", "in progress", "not started"]


def page_65(t: Tables) -> list[Said | Chart | Grid]:
    name = "section_11_answers"
    every, full, update = (
        t.one(name, "section_11_agencies", t.now, audit=kind) for kind in ("Total", "full", "update")
    )
    standards = t.rows("section_11_standards", "section_11_short")
    now = [r for r in standards if r["period"] == t.now]
    order = [r["standard"] for r in now]
    ended = sorted(
        standards, key=lambda r: (order.index(r["standard"]) if r["standard"] in order else 99, r["period"] == t.now)
    )
    short = sorted((r for r in now if r["count"] > 0), key=lambda r: -r["count"])
    worst = [r for r in short if r["count"] >= min(s["count"] for s in short[:3])]
    listed = series(f"{r['standard']} ({plain_number(r['count'], 'count')} of {plain_number(r['of'], 'count')})" for r in worst)  # fmt: skip
    most = [r["standard"] for r in short if r["count"] == short[0]["count"]]
    none = f"No agency was short of a standard in {when(t.now)}" if now and all(r["status"] == "shown" for r in now) else "Agencies short of each standard"  # fmt: skip
    came = t.one(name, "section_11_answered", t.now)
    silent = f" {noun(came['of'] - came['count'], 'agency', 'agencies')} that did not answer stand in none of the shares below." if came.get("of", 0) > came.get("count", 0) else ""  # fmt: skip
    bases = [r["of"] for r in now if r["of"] > 0]
    graded_by = f"Each share below is of the agencies with a grade in force for that standard: {plain_number(min(bases), 'count')} to {plain_number(max(bases), 'count')}, not of every agency." if bases and shown(every) and min(bases) < every["count"] else ""  # fmt: skip
    answered = f"Of the agencies expected to answer, {share(came)} did ({told(came, 'percent')}).{silent}"
    alt = of_each({p: [r for r in standards if r["period"] == p] for p in (t.before, t.now)}, "Bar chart. Agencies short of each standard, of those with a grade, {}", "percent", "standard")  # fmt: skip
    moved = [t.one("section_11_change", "section_11_graded", t.now, change=kind) for kind in ("better", "worse", "same", "new")]  # fmt: skip
    grades = t.rows("section_11_grades", period=t.now)
    numbers = sorted({r["standard"].split(".")[0] for r in grades}, key=int)
    words = [r | {"grade": {3: "met", 2: "partly", 1: "not met"}.get(r["value"], "–") + ("" if r["method"].endswith(t.this_year) else "*"), "number": r["standard"].split(".")[0]} for r in grades]  # fmt: skip
    columns = {"Agencies short": ("count",), "Of": ("of",)} | LOW_HIGH
    return [
        t.answer(name, f"{noun(every, 'agency', 'agencies')} answered the section 11 audit of {when(t.now)}{'' if shown(every) and not every['count'] else f', {told(full)} in full and {told(update)} with an update'}.",
                 f"The standards that the most agencies fall short of: {listed}." if listed else ""),
        t.said(name, "How many agencies were expected to answer is not known: no list of those that were asked is held." if came["status"] == "not_available" else answered, graded_by),
        t.chart("section_11_standards", standards, f"Short most often: {series(most)}" if short else none, alt, "section 11 self-assessments"),
        grid(ended, "Agencies whose latest grade is less than met, of those with a grade that year, with the 95% interval of the share", lines(ended, {"standard": "Standard", "period": "Year"}, columns), t.absent("section_11_standards")),
        t.said("section_11_change", f"Grades in force, beside those of {t.before}: better {told(moved[0])}, worse {told(moved[1])}, the same {told(moved[2])}; without a grade in force a year ago to compare with: {told(moved[3])}."),
        grid(words, f"Grades in force in {t.now}, by number of the standard; * given in {t.before}", spread(words, {"agency": "Agency"}, "number", numbers, "text", "grade"), t.absent("section_11_grades")),
        *audits(t),
        t.asked(
            name,
            "Which agency is short of a standard for the second year, and has it an action plan?"
            if {r["standard"] for r in standards if r["period"] == t.before and r["count"] > 0} & {r["standard"] for r in short} else "",
            "Who owns each recommendation that is past its date?" if t.one("audit_recommendations", "audit_recommendations_overdue", t.period).get("count", 0) > 0 else "",
            "By when is each recommendation due whose date cannot be used?" if undated(t) else "",
        ),
        Said(withheld(t.rows(name), standards, grades, t.rows("audit_recommendations"), t.rows("audit_cases"))),
    ]  # fmt: skip


def with_total_last(rows: list[dict], dimension: str) -> list[dict]:
    return [r for r in rows if r[dimension] != "Total"] + [r | {dimension: "All"} for r in rows if r[dimension] == "Total"]  # fmt: skip


def undated(t: Tables) -> str:
    """What is said of recommendations whose date cannot be used."""
    some = t.one("audit_recommendations", "audit_recommendations_date_unknown", t.period)
    if not some.get("count", 0) > 0:
        return ""
    which = "one recommendation is" if some["count"] == 1 else f"{told(some)} recommendations are"
    return f"Whether {which} past the date agreed is not known: that date cannot be used."


def audits(t: Tables) -> list:
    name = "audit_recommendations"
    rows = t.rows(name, "audit_recommendations")
    number, done = (t.one(name, name, t.period, progress=p) for p in ("Total", "done"))
    late = t.one(name, "audit_recommendations_overdue", t.period)
    read = sorted({r["audit"] for r in t.rows(name)} - {"Total"})
    parts = [r for r in rows if r["audit"] != "Total" and r["progress"] != "Total"]
    alt = of_each(
        {p: [r for r in parts if r["progress"] == p] for p in STAGES}, "Bar chart. Recommendations {}", by="audit"
    )
    themes = t.rows("audit_themes", "audit_recommendations")
    read_by = t.rows("audit_cases")
    return [
        t.said(name, f"Recommendations made this year or still open: {told(number)}, from these audits: {series(read)}. Done of these: {told(done)}; what was done of earlier years' is not among them. Past their date and not done: {told(late)}.", undated(t)),
        t.chart(name, parts, f"Recommendations of this year or still open: {told(done)} of {told(number)} done", alt, "audits of the groups"),
        grid(rows, f"Recommendations of audits by audit, at the end of {when(t.period)}", spread(with_total_last(rows, "audit"), {"audit": "Audit"}, "progress", [*STAGES, "Total"]), t.absent(name)),
        grid(themes, f"Recommendations of audits by theme, at the end of {when(t.period)}", spread(with_total_last(themes, "theme"), {"theme": "Theme"}, "progress", [*STAGES, "Total"]), t.absent("audit_themes")),
        grid(read_by, "Cases that each audit read", lines(read_by, {"audit": "Audit"}, {"Cases": ("count",)}), t.absent("audit_cases")),
    ]  # fmt: skip


# --- 70 ----------------------------------------------------------------------------------------------------------

IMPACT = {"given": "Says what changed", "only repeats": "Only repeats the action", "missing": "Says nothing"}
DECISIONS = (
    "statutory review",
    "partnership review",
    "rapid review only",
    "no further action",
    "not decided yet",
    "not known",
)
PLANS = "action plans of case reviews"


def review_name(t: Tables, first: str) -> str:
    """What a statutory review is called, and was in the first year that is shown."""
    from datetime import date

    then, now = t.term("review", date(int(first[:4]), 4, 1)), t.term("review")
    return now if now == then else f"{then} or {now}"


def page_70(t: Tables) -> list[Said | Chart | Grid]:
    name, done_in = "case_review_referrals", "review_actions_done"
    rows = t.rows(name)
    first = min((r["period"] for r in rows), default="2010-11")
    called = {"statutory review": review_name(t, first)}
    total = t.one(name, "cases_referred", t.now)
    kinds = [t.one(name, "cases_referred", t.now, decision=d) for d in DECISIONS if d in {r["decision"] for r in rows}]
    hidden = next((r for r in kinds if not shown(r)), None)
    names = [(called.get(r["decision"], r["decision"]), r) for r in kinds if shown(r) and (r["count"] or r["decision"] not in DECISIONS[4:])]  # fmt: skip
    decided = series(f"{d} {told(r)}" for d, r in names if r["count"] or hidden is None)
    never = series(d for d, r in names if not r["count"] and hidden is not None)
    done = t.one(done_in, "actions_done", t.now)
    left, late = (t.one("review_actions_open", "actions_open", t.period, state=s) for s in ("Total", "overdue"))
    years = sorted({r["period"] for r in rows})
    by_decision = [r | {"decision": {"Total": "All", **called}.get(r["decision"], r["decision"])} for r in sorted(rows, key=lambda r: r["decision"] == "Total") if r["measure"] == "cases_referred"]  # fmt: skip
    going = t.one("case_review_progress", "reviews_under_way", t.period)
    finished, published = (
        t.one("case_review_progress", f"reviews_{what}", t.now) for what in ("finished", "published")
    )
    themes = t.rows("case_review_themes", "cases_with_theme", period=t.now)
    what = f"What was decided: {decided}." if decided else ""
    if hidden is not None:
        why = "so that nobody can be recognised" if hidden["status"] == "suppressed" else ""
        others = f": {decided}; the numbers of the other decisions are" if decided else " is"
        what = f"What was decided{others} {f'{bare(hidden)} {why}'.strip()}.{f' Decided in no case: {never}.' if never else ''}"
    return [
        Said(" ".join(filter(None, [
            t.absent(name) or t.silent(name) or f"Cases referred for review in {when(t.now)}: {told(total)}.",
            what if total["count"] != 0 else "",
            t.absent(done_in) or t.silent(done_in) or f"Actions of earlier reviews done: {told(done)}; open: {told(left)}, past their date: {told(late)}.",
            unread(t), partial(rows), partial(t.rows(done_in)),
        ]))),
        grid(rows, "Cases referred for review by what was decided and year of the referral", spread(by_decision, {"decision": "Decision"}, "period", years), t.absent(name)),
        t.said("case_review_progress", f"Reviews under way at the end of {when(t.period)}: {told(going)}. Finished in {when(t.now)}: {told(finished)}; published: {told(published)}."),
        grid(themes, f"Themes of the cases referred in {t.now}; a case may have several", lines(themes, {"theme": "Theme"}, {"Cases": ("count",)}), t.absent("case_review_themes")),
        *actions(t, done, left, late),
    ]  # fmt: skip


def unread(t: Tables) -> str:
    """What is said of actions whose day of completion cannot be used."""
    some = t.one("review_actions_open", "actions_day_unknown", t.period)
    if not some.get("count", 0) > 0:
        return ""
    who, count = ("One action has", "counts") if some["count"] == 1 else (f"{told(some)} actions have", "count")
    return f"{who} a day of completion that cannot be used, and {count} neither as done nor as open."


def actions(t: Tables, done: dict, left: dict, late: dict) -> list:
    name, open_in, states = "review_actions_evidence", "review_actions_open", ["overdue", "not yet due"]
    rows = [r | {"evidence": IMPACT.get(r["evidence"], r["evidence"])} for r in t.rows(name, "actions_done", period=t.now)]  # fmt: skip
    parts = [r for r in rows if r["theme"] != "Total" and r["evidence"] != "Total"]
    alt = " ".join(described([r for r in parts if r["evidence"] == what], f"Bar chart. Actions done, {what.lower()}", by="theme") for what in IMPACT.values())  # fmt: skip
    given, repeats, missing = (t.one(name, "actions_done", t.now, evidence=e) for e in IMPACT)
    undone = t.rows(open_in, "actions_open", period=t.period)
    by_theme = [r for r in undone if r["theme"] != "Total" and r["state"] != "Total"]
    words = of_each({s: [r for r in by_theme if r["state"] == s] for s in states}, "Bar chart. Actions not done, {}", by="theme")  # fmt: skip
    age = t.one(open_in, "actions_open_age", t.period)
    return [
        t.chart(name, parts, f"Actions done, by what the plan says of their impact: {told(done)}", alt, PLANS),
        t.said(
            name, *(f"Of the actions done in {when(t.now)}, the plan says {'; '.join(f'of {told(r)} {w}' for r, w in ((given, 'what changed for children'), (repeats, 'the action or the recommendation again'), (missing, 'nothing')) if not shown(r) or r['count'])}.",
            f"Actions that answer a recommendation that stands in the plan twice: {told(t.one(name, 'actions_doubled', t.now))}.") if done.get("count") != 0 else [f"No action was agreed as done in {when(t.now)}."],
        ),
        grid(rows, f"Actions agreed as done in {t.now}, by theme and what the plan says of their impact", spread(with_total_last(rows, "theme"), {"theme": "Theme"}, "evidence", [*IMPACT.values(), "Total"]), t.absent(name)),
        t.chart(open_in, by_theme, f"Actions open: {told(left)}; past their date: {told(late)}", words, PLANS),
        t.said(open_in, "No action of a case review is open." if age["status"] == "not_available" else f"Time since an open action was recommended: {told(age, 'count', figure='value')} days (median)."),
        grid(undone, f"Actions not done at the end of {when(t.period)}", spread(with_total_last(undone, "theme"), {"theme": "Theme"}, "state", [*states, "Total"]), t.absent(open_in)),
        t.asked(
            name, "Who checked what an action changed, and how?" if done.get("count", 0) > 0 else "",
            "Which open action has no owner, and which waits for another agency?" if left.get("count", 0) > 0 else "",
            "On which day was each action done, and by when is each due, whose day cannot be used?" if unread(t) else "",
        ),
        Said(
            "An impact only repeats when 80% of its words stand in the action or the recommendation; a recommendation stands twice when 80% of the shorter stand in another. "
            f"A person should read what these rules find: they find words, not meaning. {withheld(t.rows('case_review_referrals'), t.rows('case_review_themes', 'cases_with_theme', period=t.now), t.rows(name), t.rows(open_in, period=t.period))}"
        ),
    ]  # fmt: skip
