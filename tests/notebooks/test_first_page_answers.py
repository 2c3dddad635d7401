"""Ten questions that a member asks of a pack's first page alone: each is answered from its words, by a reader that knows
nothing of how it was made, and checked against the protected tables."""

import csv
import re
from datetime import date
from html import unescape

import pandas as pd
import pytest
import yaml

from board_packs.publish.export import Banner
from board_packs.publish.pack_files import pack_summary
from lscb.periods import Quarter
from openstats.project_data import DATA

BETTER = {"increase": 1, "decrease": -1, "neutral": 0}
WORSE, OTHER, GOOD = (
    "What needs attention",
    "Changed or different, neither better nor worse in itself",
    "What is better",
)


@pytest.fixture(scope="module")
def indicators() -> dict:
    return yaml.safe_load((DATA / "standards.yml").read_text(encoding="utf-8"))["indicators"]["list"]


@pytest.fixture(scope="module")
def page(tables) -> dict[str, list[str]]:
    """The first page of all tables for the partnership, as text: its lines by their heading, the answer under no heading."""
    folder = tables("partnership")
    banner = Banner(Quarter.parse("2017-18-Q4"), "E06000045", "partnership", sample=True)
    used = [path.stem for path in folder.glob("*.csv")]
    html, _ = pack_summary.summary(folder, used, banner, "Main Board", {})
    html = re.sub(r"<svg.*?</svg>", "", html.partition("<main")[2], flags=re.DOTALL)
    sections, heading = {"": []}, ""
    for tag, words in re.findall(r"<(h2|figcaption|li|p|details)[^>]*>(.*?)</\1>", html, re.DOTALL):
        text = " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())
        if tag == "h2":
            heading = text
        sections.setdefault(heading, []).append(text)
    return sections


@pytest.fixture(scope="module")
def returned():
    """The rows of a return of the invented quarter, as they were sent."""

    def rows(name: str) -> list[dict]:
        with open(DATA / "sample" / "2017-18-Q4" / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


@pytest.fixture(scope="module")
def newest(frames) -> pd.DataFrame:
    """Official rows of the newest year of each indicator, by indicator and measure."""
    rows = frames()["scorecard_year"]
    rows = rows[rows["status"] == "shown"]
    year = rows[rows["measure"] == "official_figure"].groupby("indicator")["period"].max()
    return rows[rows["period"] == rows["indicator"].map(year)].set_index(["indicator", "measure"])


def lines(page, heading: str, title: str) -> list[str]:
    return [line for line in page.get(heading, []) if line.startswith(f"{title} ")]


def sides(newest, indicator: str) -> dict[str, int]:
    """On which side of England, of the region and of similar places the interval of the difference lies: 1, -1, or 0 for neither."""
    found = {}
    for place in ("england", "region", "neighbours"):
        if (indicator, f"official_difference_from_{place}") in newest.index:
            row = newest.loc[(indicator, f"official_difference_from_{place}")]
            if row["low"] == row["low"]:
                found[place] = 1 if row["low"] > 0 else -1 if row["high"] < 0 else 0
    return found


def test_1_is_anything_worse_than_others(page, newest, indicators):
    for name, about in indicators.items():
        bad = {place for place, side in sides(newest, name).items() if side * BETTER[about["better"]] < 0}
        told = [line for line in lines(page, WORSE, about["title"]) if " than " in line]
        assert bool(told) == bool(bad), name
    assert re.search(r"(\d+|none) (is|are) worse than chance explains", page[""][0])


def test_2_which_rates_differ_though_neither_way_is_better(page, newest, indicators):
    held = [n for n in ("children_in_need", "plans", "looked_after", "plans_started") if sides(newest, n)]
    assert len(held) >= 3  # with all official files four
    for name in held:
        (line,) = [line for line in lines(page, OTHER, indicators[name]["title"]) if " per " in line]
        for place, words in (("england", "England"), ("region", "its region"), ("neighbours", "similar places")):
            side = {1: "higher", -1: "lower", 0: "no difference shown"}[sides(newest, name)[place]]
            part = next(part for part in line.split(";") if words in part)
            assert side in part, (name, place, line)


def test_3_how_many_actions_are_late_and_which_of_them_are_said_not_to_be(page, frames):
    plan, reviews = frames()["plan_progress"], frames()["review_actions_open"]
    due = plan.query("measure == 'plan_actions_promised' and theme == 'Total'").set_index("progress")["count"]
    late = reviews.query("measure == 'actions_open' and theme == 'Total' and state == 'overdue'")["count"]
    open_yet, on_track = int(due["Total"] - due["done"]), int(due["on track"])
    assert lines(page, WORSE, "Business plan actions") == [
        f"Business plan actions not done when due {open_yet} of the {int(due['Total'])} due by 31 March 2018; "
        f"{on_track} of them reported on track."
    ]
    assert lines(page, WORSE, "Case review actions") == [f"Case review actions overdue {int(late.iloc[0])}."]


def test_how_many_return_interviews_came_in_time_and_at_all(page, frames):
    """By hand of the invented return: 272 of 571 are 47.6%, 208 of 723 are 28.8%."""
    (line,) = lines(page, WORSE, "Return interviews within 72 hours")
    assert line.endswith(
        "Barnardo's 272 of 571 due (47.6%; 416 held at all) and children's services 208 of 723 due (28.8%; 378 held at all) "
        "in 2017-18."
    )


def test_4_what_is_far_from_others_without_a_test(page, newest, indicators):
    told = lines(page, "Far from others, not tested", indicators["care_leavers_occupied"]["title"])
    if (
        "care_leavers_occupied",
        "official_among_all",
    ) not in newest.index:  # the official file of all areas is not here
        assert told == []
        return
    (line,) = told
    place = newest.loc[("care_leavers_occupied", "official_among_all")]
    assert f"{int(place['rank'])}th of {int(place['ranked'])} authorities; higher is better" in line
    assert any("the highest first" in rule for rule in page["Far from others, not tested"])
    assert place["rank"] > 0.9 * place["ranked"]


def test_5_how_high_are_second_plans_beside_others(page, newest):
    told = lines(page, WORSE, "Second or later plans")
    if not sides(newest, "repeat_plans"):  # the official file that counts the plans is not here
        unknown = " ".join(page["What cannot be known, and why"])
        assert told == [] and re.search("no interval, so no difference is tested: [^.]*Second or later plans", unknown)
        return
    (line,) = told
    for measure in ("official_figure", "official_england", "official_neighbours"):
        assert f"{100 * newest.loc[('repeat_plans', measure)]['value']:.1f}%" in line


def test_6_what_is_better(page, newest, indicators):
    good = {
        about["title"] for name, about in indicators.items()
        if any(side * BETTER[about["better"]] > 0 for side in sides(newest, name).values())
    }  # fmt: skip
    told = {line.split(" ", 1)[0] for line in page[GOOD] if " than " in line and "official" in line}
    assert told == {title.split(" ", 1)[0] for title in good}


def test_7_what_could_not_be_known_and_why(page, frames):
    funnel = frames()["exploitation_funnel"]
    rows = funnel.query("measure == 'exploitation_to_meeting' and period == '2017-18'")
    assert (rows["status"] == "suppressed").any()
    why = " ".join(page["What cannot be known, and why"])
    assert re.search(
        r"The figure of 2017-18 is withheld: [^.]*Exploitation referrals that went to a strategy meeting", why
    )
    reviews = frames()["child_deaths_by_year"].query("measure == 'cdop_reviews_completed' and period == '2017-18'")
    hidden = (reviews[reviews["window"] == "1 year"]["status"] == "suppressed").any()
    assert ("Child death reviews completed" in why) == hidden


def test_8_which_counts_disagree(page, frames):
    services = frames()["scorecard_quarter"].query("measure == 'services_count' and indicator == 'referrals'")
    year = services[services["period"].str.startswith("2017-18-")]["count"].sum()
    (line,) = lines(page, "Two counts disagree", "Referrals")
    assert f"{int(year):,} in the return" in line


def test_9_what_is_the_group_asked_to_decide(page, newest):
    asked = page["What the group is asked to decide"][1:]
    assert 1 <= len(asked) <= 5 and all(line.endswith("?") for line in asked)
    assert any(re.match(r"The \d+ actions that are late: what is the new date", line) for line in asked)
    assert any("Second or later plans" in line for line in asked) == bool(sides(newest, "repeat_plans"))


def test_10_how_many_were_looked_at_and_what_chance_alone_gives(page):
    (looked,) = re.findall(r"Of (\d+) figures tested", page[""][0])
    assert int(looked) >= 20 and any("chance" in line for line in page["How to read this page"])


def test_who_should_act_and_by_when(page, returned):
    """Each action that is late stands by its words, with who answers for it, as its return has them."""
    late = [r for r in returned("review_actions") if not r["done_on"] and r["due_on"] <= "2018-03-31"]
    late += [r for r in returned("audits") if r["status"] != "done" and r["due_on"] <= "2018-03-31"]
    late += [r for r in returned("plan") if r["status"] != "done" and r["due_on"] <= "2018-03-31"]
    told = page[WORSE]
    for row in late:
        who = f"{row['owner'] or 'Nobody named'}, "
        month = f"{date.fromisoformat(row['due_on']):%B %Y}"
        assert f"{who}{month}: {row.get('recommendation') or row['action']}" in told
    assert len([line for line in told if re.match(r"([^:]+, )?[A-Z][a-z]+ \d{4}: ", line)]) == len(late) > 5


def test_what_happens_next(page, returned):
    names = {"review_actions": "case review action", "audits": "audit recommendation", "plan": "business plan action"}
    (line,) = [line for line in page["What happens next"] if line.startswith("Due by 30 June 2018")]
    for name, what in names.items():
        due = [
            r
            for r in returned(name)
            if not r.get("done_on") and r.get("status") != "done" and "2018-03-31" < r["due_on"] <= "2018-06-30"
        ]
        assert due and f"{'one' if len(due) == 1 else len(due)} {what}{'s' * (len(due) > 1)}" in line
        assert all(r["owner"] in line for r in due if "owner" in r)
    assert page["What happens next"][-1] == "The next pack is of April to June 2018."


def test_how_many_children_died_and_whether_that_is_more_than_before(page, returned):
    year = [r for r in returned("child_deaths") if "2017-04-01" <= r["notified_on"] <= "2018-03-31"]
    (line,) = lines(page, "Child deaths", "Child deaths notified")
    assert line.startswith(f"Child deaths notified {len(year)} in 2017-18; ") and "no change shown" in line


def test_what_is_not_tested_together_is_not_spoken_of(tables, page):
    """The public's counts are rounded, so that no indicators are tested together; those of the partnership are."""
    folder = tables("public")
    banner = Banner(Quarter.parse("2017-18-Q4"), "E06000045", "public", sample=True)
    html, _ = pack_summary.summary(folder, [path.stem for path in folder.glob("*.csv")], banner, "Public", {})
    assert "Indicators tested together" not in html
    assert any("Indicators tested together" in line for line in page["How to read this page"])
