"""Every figure that three returns make of a quarter of another authority, counted again from its files by pandas alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

PERIOD, AREA = "2019-20-Q3", "E06000044"
TOTAL = "Total"
LATE = pd.Timestamp("2019-12-31")


@pytest.fixture(scope="module")
def quarter(drawn_quarter):
    return drawn_quarter(AREA, PERIOD)


def sent(quarter, name: str, *dates: str) -> pd.DataFrame:
    rows = pd.read_csv(quarter.returns / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return rows.assign(**{date: pd.to_datetime(rows[date], errors="coerce") for date in dates})


def spans(day: pd.Series) -> pd.DataFrame:
    """The financial quarter and year of each day, and the year so far of the newest."""
    start = day.dt.year - (day.dt.month < 4)
    year = start.map(lambda y: f"{y:.0f}-{(y + 1) % 100:02.0f}" if y == y else "")
    return pd.DataFrame(
        {"quarter": year + "-Q" + ((day.dt.month - 4) % 12 // 3 + 1).map("{:.0f}".format), "year": year}
    )


def shown(quarter, table: str, *measures: str) -> list[dict]:
    rows = [
        r for r in quarter.tables("restricted").records(table) if r["measure"] in measures and r["status"] == "shown"
    ]
    assert rows, (table, measures)
    return rows


def of_span(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """The rows of a quarter, a whole year or the year so far (all rows are of its period's last day or before)."""
    return rows[(rows["quarter"] == period) | (rows["year"] == period.partition(" to ")[0])]


@pytest.fixture(scope="module")
def referrals(quarter):
    rows = sent(quarter, "hrda_referrals", "referred_on").sort_values("referred_on", kind="stable")
    rows = rows[rows["referred_on"] <= LATE].reset_index(drop=True)
    rows = rows.join(spans(rows["referred_on"]))
    named = rows["victim_id"].ne("") & rows["perpetrator_id"].ne("")
    pair = rows["victim_id"] + "|" + rows["perpetrator_id"]
    rows["twin"] = named & rows.assign(pair=pair).duplicated(["pair", "referred_on"])
    kept = rows[~rows["twin"] & named]
    last = kept.groupby(pair[kept.index])["referred_on"].shift()
    again = (kept["referred_on"] <= last + pd.DateOffset(months=12)).reindex(rows.index)
    rows["repeat"] = np.where(~named, "not known", np.where(again == True, "repeat", "not a repeat"))  # noqa: E712
    number = pd.to_numeric(rows["children_in_household"])
    rows["children"] = np.select([number.isna(), number > 0], ["not recorded", "with children"], "without children")
    rows["number"] = number.fillna(0)
    ages = pd.cut(pd.to_numeric(rows["victim_age"]), [-1, 15, 17, 24, 34, 44, 54, 64, 999], labels=["under 16", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65 and over"])  # fmt: skip
    text = {name: rows[name].str.replace("_", " ").replace("", "not recorded") for name in ("agency", "outcome", "victim_sex", "disability", "lgbt")}  # fmt: skip
    return rows.assign(victim_age=ages.astype(object).where(ages.notna(), "not recorded"), **text)


def test_referrals_repeats_people_and_children(quarter, referrals):
    parts = referrals[~referrals["twin"]]
    own = {
        "hrda_people": lambda r: r.loc[r["victim_id"].ne(""), "victim_id"].nunique(),
        "hrda_children": lambda r: r["number"].sum(),
        "hrda_referrals": len,
        "hrda_answered": lambda r: r["repeat"].ne("not known").sum(),
        "hrda_children_recorded": lambda r: r["children"].ne("not recorded").sum(),
    }
    for row in shown(quarter, "hrda_by_period", *own):
        rows = of_span(parts, row["period"])
        rows = rows[rows["repeat"].eq(row["repeat"]) | (row["repeat"] == TOTAL)]
        rows = rows[rows["children"].eq(row["children"]) | (row["children"] == TOTAL)]
        assert row["count"] == own[row["measure"]](rows), row
    for row in shown(quarter, "hrda_by_period", "hrda_duplicates"):
        assert row["count"] == of_span(referrals, row["period"])["twin"].sum(), row
    shares = {"hrda_repeat_rate": ("repeat", "repeat", "not a repeat"), "hrda_households_with_children": ("children", "with children", "without children")}  # fmt: skip
    for row in shown(quarter, "hrda_by_period", *shares):
        column, met, other = shares[row["measure"]]
        got = of_span(parts, row["period"])[column].value_counts()
        assert (row["count"], row["of"]) == (got.get(met, 0), got.get(met, 0) + got.get(other, 0)), row
        assert row["value"] == pytest.approx(row["count"] / row["of"])


def test_who_was_referred(quarter, referrals):
    rows, seen = referrals[~referrals["twin"]], 0
    for row in shown(quarter, "hrda_profile", "hrda_referrals"):
        labels = {name: row[name] for name in ("agency", "outcome", "victim_age", "victim_sex", "disability", "lgbt") if row[name] != TOTAL}  # fmt: skip
        if row["ethnicity"] != TOTAL or "other" in labels.values():
            continue
        here = of_span(rows, row["period"])
        for name, label in labels.items():
            here = here[here[name] == label]
        seen += 1
        assert row["count"] == len(here), row
    assert seen > 60


def test_exploitation_of_every_quarter_and_year(quarter):
    rows = sent(quarter, "exploitation")
    rows = rows[rows["quarter"] <= PERIOD].assign(year=rows["quarter"].str[:7], count=pd.to_numeric(rows["count"]))
    of = {"exploitation_referrals": "referrals", "exploitation_meetings": "strategy meetings"}
    for row in shown(quarter, "exploitation_funnel", *of):
        assert row["count"] == of_span(rows[rows["measure"] == of[row["measure"]]], row["period"])["count"].sum(), row
    by_agency = shown(quarter, "missing_episodes", "missing_episodes")
    named = {row["agency"] for row in by_agency}  # who is on no list stands under Other
    rows["agency"] = rows["agency"].where(rows["agency"].isin(named), "Other, not yet approved")
    for row in by_agency:
        each = rows[(rows["measure"] == "missing episodes") & (rows["agency"] == row["agency"])]
        assert row["count"] == of_span(each, row["period"])["count"].sum(), row


def test_training_of_every_quarter_and_year(quarter):
    rows = sent(quarter, "training", "held_on")
    rows = rows[rows["held_on"] <= LATE].join(spans(rows["held_on"]))
    rows = rows.assign(**{name: pd.to_numeric(rows[name]).fillna(0) for name in ("places", "attended")})
    for row in shown(quarter, "training_attendance", "training_events", "training_attended", "training_filled"):
        here = of_span(rows, row["period"])
        here = here[here["kind"].str.casefold().eq(row["kind"].casefold()) | (row["kind"] == TOTAL)]
        events = here.drop_duplicates("event_id")
        if row["measure"] == "training_filled":
            assert (row["count"], row["of"]) == (here["attended"].sum(), events["places"].sum()), row
        else:
            assert row["count"] == (len(events) if row["measure"] == "training_events" else here["attended"].sum()), row


def test_deaths_and_reviews_of_every_year_and_window(quarter):
    rows = sent(quarter, "child_deaths", "notified_on", "review_completed_on", "died_on")
    for measure, day in (("cdop_deaths_notified", "notified_on"), ("cdop_reviews_completed", "review_completed_on")):
        dated = rows[rows[day] <= LATE]
        dated = dated.join(spans(dated[day]))
        for row in shown(quarter, "child_deaths_by_year", measure):
            first = int(row["period"][:4]) - int(row["window"].split()[0]) + 1
            years = {f"{y}-{(y + 1) % 100:02}" for y in range(first, int(row["period"][:4]) + 1)}
            assert row["count"] == dated["year"].isin(years).sum(), row
    still = rows[(rows["notified_on"] <= LATE) & ~(rows["review_completed_on"] <= LATE)]
    (left,) = [r for r in shown(quarter, "child_deaths_outstanding", "cdop_reviews_outstanding") if r["age_of_case"] == r["standing"] == TOTAL]  # fmt: skip
    assert left["count"] == len(still)


def approved(rows: pd.DataFrame, name: str, printed: list[dict]) -> pd.DataFrame:
    """A column's words as tables have them: who is on no list stands under Other."""
    return rows.assign(
        **{name: rows[name].where(rows[name].isin({r[name] for r in printed}), "Other, not yet approved")}
    )


def test_seats_filled_at_every_meeting_by_every_agency(quarter):
    rows = sent(quarter, "meetings", "met_on")
    rows = rows[(rows["met_on"] <= LATE) & rows["expected"].eq("yes")].join(spans(rows["met_on"]))
    for name in ("meeting", "agency"):
        rows = approved(rows, name, shown(quarter, "board_attendance", "seats_expected"))
    present, deputy = rows["attended"].eq("yes"), rows["deputy"].eq("yes")
    counts = {"seats_expected": rows, "seats_filled": rows[present | deputy]}
    for row in shown(quarter, "board_attendance", "seats_expected", "seats_filled"):
        here = of_span(counts[row["measure"]], row["period"])
        for name in ("meeting", "agency"):
            here = here[here[name].eq(row[name]) | (row[name] == TOTAL)]
        assert row["count"] == len(here), row
        if row["measure"] == "seats_filled":
            of = of_span(rows, row["period"])
            assert row["of"] == sum(all(row[n] in (TOTAL, one[n]) for n in ("meeting", "agency")) for one in of.to_dict("records")), row  # fmt: skip


def test_money_agreed_received_and_spent(quarter):
    rows = sent(quarter, "contributions", "agreed_on")
    rows = rows[(rows["agreed_on"] <= LATE) & rows["purpose"].eq("core budget")]
    rows = approved(rows, "partner", shown(quarter, "contributions", "contribution_agreed"))
    for row in shown(quarter, "contributions", "contribution_agreed", "contribution_received"):
        here = rows[rows["year"].eq(row["period"]) & (rows["partner"].eq(row["partner"]) | (row["partner"] == TOTAL))]
        assert row["value"] == pd.to_numeric(here[row["measure"].removeprefix("contribution_")]).sum(), row
    rows = sent(quarter, "spending", "reported_on")
    rows = rows[rows["reported_on"] <= LATE]
    money = rows.assign(set=pd.to_numeric(rows["budget"]), spent=pd.to_numeric(rows["spent"]))
    money["left"] = money["set"] - money["spent"]
    money = approved(money, "heading", shown(quarter, "spending", "budget_set"))
    for row in shown(quarter, "spending", "budget_set", "budget_spent", "budget_left"):
        here = money[money["year"].eq(row["period"]) & (money["heading"].eq(row["heading"]) | (row["heading"] == TOTAL))]  # fmt: skip
        assert row["value"] == here[row["measure"].removeprefix("budget_")].sum(), row


def test_intervals_of_shares_of_two_returns(quarter):
    """Wilson (1927) written again: the roots of (p - met / of)^2 = z^2 p (1 - p) / of."""
    seen = 0
    for table in ("training_attendance", "section_11_standards", "exploitation_funnel"):
        for row in quarter.tables("restricted").records(table):
            if row["status"] == "shown" and row["method"] == "Wilson":
                n, z2 = row["of"], 1.959963984540054**2
                ends = np.sort(np.roots([n + z2, -(2 * row["count"] + z2), row["count"] ** 2 / n]).real)
                assert (row["low"], row["high"]) == pytest.approx(tuple(ends), abs=1e-7), row
                seen += 1
    assert seen > 20
