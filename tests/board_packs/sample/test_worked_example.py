"""The invented quarter: the committed files, and every published figure, counted again without the library.

Expected figures: Southampton LSCB annual report 2017-18, unless another source is named. They are recomputed here from
the CSV files in plain Python; nothing of lscb but `board_packs.sample.write` is called.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path

import pytest

from board_packs import sample
from lscb.errors import UserError

ROOT = Path(__file__).parents[3]
HELD = ROOT / "data" / "sample" / "2017-18-Q4"
LSOAS = ROOT / "data" / "reference" / "southampton-lsoa-2011-deprivation.csv"
# Quarter: repeats %, households with children %.
REPORT = {
    "2017-18-Q1": ("26.8", "62.0"),
    "2017-18-Q2": ("21.8", "58.0"),
    "2017-18-Q3": ("18.8", "55.0"),
    "2017-18-Q4": ("19.6", "56.7"),
    "2017-18": ("21.9", "58.0"),
    "2016-17": ("18.1", "64.1"),
}


def rows(folder: Path, name: str) -> list[dict]:
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def quarter(when: date) -> str:
    start = when.year - (when.month < 4)
    return f"{start}-{(start + 1) % 100:02d}-Q{(when.month - 4) % 12 // 3 + 1}"


def a_year_on(when: date) -> date:
    """Twelve calendar months: 29 February's end on 28 February."""
    leap = (when.month, when.day) == (2, 29)
    return date(when.year + 1, 2, 28) if leap else when.replace(year=when.year + 1)


def percent(part: int, whole: int) -> str:
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def referrals(folder: Path) -> dict[str, Counter]:
    """Referrals, repeats and households by quarter and year, by the rule in DEFINITIONS: last referral of the pair."""
    found, last = defaultdict(Counter), {}
    for row in rows(folder, "hrda_referrals"):
        when, pair = day(row["referred_on"]), (row["victim_id"], row["perpetrator_id"])
        known = all(pair)
        again = known and pair in last and last[pair] < when <= a_year_on(last[pair])
        for label in (quarter(when), quarter(when)[:7]):
            counts = {"all": 1, "repeats": again, "children": int(row["children_in_household"]) > 0, "known": known}
            found[label].update({name: int(value) for name, value in counts.items()})
        if known:
            last[pair] = when
    return found


def test_committed_files_are_what_the_generator_writes(tmp_path):
    written = sample.write(tmp_path)
    assert {p.name for p in written} == {p.name for p in HELD.iterdir()}
    for path in written:
        assert path.read_bytes() == (HELD / path.name).read_bytes(), f"{path.name}: run lscb sample again and commit"


def test_files_are_small_enough_to_read():
    sizes = {p.name: p.stat().st_size for p in HELD.iterdir()}
    assert max(sizes.values()) < 300_000
    assert sum(sizes.values()) < 1_000_000


@pytest.mark.parametrize("period", REPORT)
def test_repeats_and_households_are_the_printed_ones(period):
    counts = referrals(HELD)[period]
    assert (percent(counts["repeats"], counts["known"]), percent(counts["children"], counts["all"])) == REPORT[period]
    assert counts["known"] == counts["all"]  # nobody without a perpetrator where a percentage is published


def test_referrals_fell_by_12_percent_and_the_third_quarter_is_lowest():
    found = referrals(HELD)
    old, new = found["2016-17"]["all"], found["2017-18"]["all"]
    assert percent(old - new, old) == "12.0"
    quarters = [found[f"2017-18-Q{n}"]["all"] for n in (1, 2, 3, 4)]
    assert min(quarters) == quarters[2] and quarters.count(quarters[2]) == 1


def test_counts_are_the_smallest_of_the_fifteen_solutions():
    def fits(n, tenths):
        return [k for k in range(n + 1) if (2000 * k + n) // (2 * n) == tenths]

    options = []
    for repeats, children in [(268, 620), (218, 580), (188, 550), (196, 567)]:
        each = [(n, r, c) for n in range(1, 261) for r in fits(n, repeats) for c in fits(n, children)]
        options.append(each)
    solutions = []
    for four in product(*options):
        n, r, c = (sum(each[i] for each in four) for i in range(3))
        whole = (2000 * r + n) // (2 * n) == 219 and (2000 * c + n) // (2 * n) == 580
        if whole and four[2][0] < min(four[i][0] for i in (0, 1, 3)):
            solutions.append(four)
    assert len(solutions) == 15  # DEFINITIONS.md, "What the annual report printed", 5
    smallest = min(solutions, key=lambda four: sum(each[0] for each in four))
    found = referrals(HELD)
    held = [found[f"2017-18-Q{n}"] for n in (1, 2, 3, 4)]
    assert tuple((c["all"], c["repeats"], c["children"]) for c in held) == smallest


def test_referrals_hold_what_a_repeat_and_its_exceptions_need():
    held = rows(HELD, "hrda_referrals")
    dates = [day(r["referred_on"]) for r in held]
    assert dates == sorted(dates) and dates[0] < date(2014, 5, 1) and dates[-1] <= date(2018, 3, 31)
    pairs = defaultdict(list)
    for row in held:
        if row["perpetrator_id"]:
            pairs[row["victim_id"], row["perpetrator_id"]].append(day(row["referred_on"]))
    gaps = [(a, b) for each in pairs.values() for a, b in zip(each, each[1:], strict=False)]
    assert sum(a == b for a, b in gaps) == 1  # one came twice on a day
    assert any(b > a_year_on(a) for a, b in gaps)  # lapsed: referred again, no repeat
    assert any(len(each) > 3 for each in pairs.values())  # chains, counted from the last referral
    victims = Counter(victim for victim, _ in pairs)
    assert max(victims.values()) > 1  # one victim, two perpetrators: the other key differs
    missing = [quarter(day(r["referred_on"]))[:7] for r in held if not r["perpetrator_id"]]
    assert missing and set(missing) <= {"2014-15", "2015-16"}
    assert all(not r["incident_on"] or r["incident_on"] <= r["referred_on"] for r in held)


def test_fourteen_deaths_notified_and_five_reviews_as_printed():
    held = rows(HELD, "child_deaths")
    year = [r for r in held if "2017-04-01" <= r["notified_on"] <= "2018-03-31"]
    done = [r for r in held if r["review_completed_on"] and "2017-04-01" <= r["review_completed_on"] <= "2018-03-31"]
    assert len(year) == 14 and len(done) == 5
    assert sum(r in year for r in done) == 4  # as printed: four of the fourteen; the fifth is of the year before
    lived = {r["death_id"]: (day(r["died_on"]) - day(r["born_on"])).days for r in done}
    neonatal = [r for r in done if lived[r["death_id"]] < 28]
    previable = [r for r in neonatal if int(r["gestation_weeks"].split("+")[0]) < 22]
    assert (len(previable), len(neonatal) - len(previable)) == (1, 2)
    assert [r["expected"] for r in done].count("expected") == 4
    assert [r["modifiable_factors"] for r in done].count("identified") == 2
    assert [r["sex"] for r in done].count("male") == 2
    assert {r[n] for r in done for n in ("child_protection_plan", "statutory_order", "asylum_seeker")} == {"no"}
    sudden = [r for r in done if r["expected"] == "unexpected"]
    assert [r["categories"] for r in sudden] == ["10"] and 28 <= lived[sudden[0]["death_id"]] < 365


def test_deaths_are_possible_and_span_five_years():
    held = rows(HELD, "child_deaths")
    assert {quarter(day(r["notified_on"]))[:4] for r in held} == {"2013", "2014", "2015", "2016", "2017"}
    for r in held:
        assert r["born_on"] <= r["died_on"] <= r["notified_on"] <= (r["review_completed_on"] or "9999")
        assert (day(r["died_on"]) - day(r["born_on"])).days < 18 * 365
        if r["review_completed_on"]:
            assert int(r["category"]) == min(map(int, r["categories"].split(";")))
    assert any(r["paused_for"] for r in held)


# Source: annual report; looked-after children of 31 March 2016 to 2018 and plans of 2016 and 2017 are the DfE's.
SNAPSHOTS = {
    ("looked_after_at_period_end", "2015-16-Q4"): 591,
    ("looked_after_at_period_end", "2016-17-Q4"): 540,
    ("looked_after_at_period_end", "2017-18-Q4"): 522,
    ("plans_at_period_end", "2015-16-Q4"): 333,
    ("plans_at_period_end", "2016-17-Q4"): 276,
}


@pytest.fixture(scope="module")
def services():
    return {(r["indicator"], r["quarter"]): r for r in rows(HELD, "children_services")}


def test_official_year_ends_stand(services):
    assert {key: int(services[key]["count"]) for key in SNAPSHOTS} == SNAPSHOTS


@pytest.mark.parametrize(
    "indicator, quarters, printed",
    [
        ("section_47_started", (1, 2, 3, 4), [76, 81, 74, 69]),  # the third is ours
        ("plans_at_period_end", (1, 4), [51, 66]),
        ("looked_after_at_period_end", (4,), [104]),
        ("referrals", (4,), [161]),
    ],
)
def test_rates_per_10_000_round_to_those_printed(services, indicator, quarters, printed):
    held = [services[indicator, f"2017-18-Q{n}"] for n in quarters]
    assert {r["population"] for r in held} == {"50305"}  # mid-2017, as first published (ONS)
    assert [round(int(r["count"]) / 50305 * 10_000) for r in held] == printed


def test_referrals_rose_by_5_2_percent_in_the_last_quarter(services):
    third, last = (int(services["referrals", f"2017-18-Q{n}"]["count"]) for n in (3, 4))
    assert percent(last - third, third) == "5.2"


def test_third_quarter_has_the_fewest_looked_after_children_of_four_years(services):
    counts = {q: int(r["count"]) for (name, q), r in services.items() if name == "looked_after_at_period_end"}
    assert len(counts) == 16 and min(counts, key=counts.get) == "2017-18-Q3"


@pytest.mark.parametrize("group", ["plans", "looked_after"])
def test_snapshots_and_flows_agree(services, group):
    quarters = sorted({q for _, q in services})
    count = {(n, q): int(r["count"]) for (n, q), r in services.items()}
    for was, now in zip(quarters, quarters[1:], strict=False):
        moved = count[f"{group}_started", now] - count[f"{group}_ended", now]
        assert count[f"{group}_at_period_end", was] + moved == count[f"{group}_at_period_end", now]


@pytest.mark.parametrize(
    "part, whole",
    [
        ("re_referrals", "referrals"),
        ("assessments_within_45_days", "assessments_completed"),
        ("conferences_within_15_days", "conferences_held"),
        ("repeat_plans_started", "plans_started"),
        ("care_leavers_in_touch", "care_leavers_19_21"),
        ("care_leavers_in_work_or_education", "care_leavers_19_21"),
    ],
)
def test_a_part_is_never_more_than_its_whole(services, part, whole):
    assert all(int(r["count"]) <= int(services[whole, q]["count"]) for (n, q), r in services.items() if n == part)


def test_places_are_the_citys_and_deprived_ones_more_often():
    with open(LSOAS, encoding="utf-8", newline="") as file:
        held = {r["lsoa11cd"]: int(r["imd2015_decile"]) for r in csv.DictReader(file)}
    drawn = [r["lsoa"] for r in rows(HELD, "hrda_referrals")]
    assert set(drawn) | {r["lsoa"] for r in rows(HELD, "child_deaths")} <= set(held)
    per = {d: sum(held[c] == d for c in drawn) / sum(v == d for v in held.values()) for d in (1, 8)}
    assert per[1] > 1.5 * per[8]


def test_nothing_looks_like_a_person():
    for path in HELD.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", text), path.name  # NHS number
        assert not re.search(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", text), path.name  # postcode
    for row in rows(HELD, "hrda_referrals"):
        assert re.fullmatch(r"V\d{5}", row["victim_id"]) and re.fullmatch(r"(P\d{5})?", row["perpetrator_id"])


def test_another_seed_draws_others_and_keeps_what_is_published(tmp_path):
    sample.write(tmp_path, seed=7)
    assert (tmp_path / "hrda_referrals.csv").read_bytes() != (HELD / "hrda_referrals.csv").read_bytes()
    found = referrals(tmp_path)
    got = {p: (percent(c["repeats"], c["known"]), percent(c["children"], c["all"])) for p, c in found.items()}
    assert {p: got[p] for p in REPORT} == REPORT
    assert len(rows(tmp_path, "child_deaths")) == len(rows(HELD, "child_deaths"))


def test_scale_multiplies_cases_and_keeps_percentages(tmp_path):
    sample.write(tmp_path, scale=3)
    found, held = referrals(tmp_path), referrals(HELD)
    for period in REPORT:
        assert found[period] == Counter({name: 3 * n for name, n in held[period].items()})
    assert len(rows(tmp_path, "child_deaths")) == 3 * len(rows(HELD, "child_deaths"))
    ids = [r["referral_id"] for r in rows(tmp_path, "hrda_referrals")]
    assert len(set(ids)) == len(ids)


def test_another_authority_gets_its_own_places_and_size(tmp_path):
    sample.write(tmp_path, lsoas=["E01000001", "E01000002"], populations={2015: 9_152, 2016: 9_901, 2017: 10_305})
    assert {r["lsoa"] for r in rows(tmp_path, "hrda_referrals")} == {"E01000001", "E01000002"}
    held = {(r["indicator"], r["quarter"]): r for r in rows(tmp_path, "children_services")}
    last = held["looked_after_at_period_end", "2017-18-Q4"]
    assert (last["count"], last["population"]) == ("107", "10305")  # 522 / 50,305 x 10,305 = 106.9
    for group in ("plans", "looked_after"):
        counts = [int(held[f"{group}_ended", f"2017-18-Q{n}"]["count"]) for n in (1, 2, 3, 4)]
        assert min(counts) >= 0


def test_another_authority_gets_agencies_of_its_own_kinds_and_the_same_counts(tmp_path):
    sample.write(tmp_path, lsoas=["E01000001"])
    for path in tmp_path.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for name in ("Southampton", "Hampshire", "Solent", "Southern Health", "South Central", "Safe City"):
            assert name not in text, (path.name, name)
    pounds = {r["partner"]: r["agreed"] for r in rows(tmp_path, "contributions") if r["year"] == "2017-18"}
    assert (pounds["Council"], pounds["Police"], pounds["Clinical commissioning group"]) == ("82200", "13482", "34196")
    for name in ("meetings", "training", "section_11"):  # nobody is two agencies, or none
        was, now = (Counter(r["agency"] for r in rows(folder, name)) for folder in (HELD, tmp_path))
        assert sorted(was.values()) == sorted(now.values()), name
    assert "Drawn for another authority" in (tmp_path / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", [{"scale": 0}, {"scale": 1.5}, {"seed": "x"}, {"lsoas": []}, {"lsoas": {"E01": 0}}])
def test_what_cannot_be_drawn_is_refused(tmp_path, asked):
    with pytest.raises(UserError):
        sample.write(tmp_path, **asked)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        sample.write(tmp_path / "file" / "out")


def test_columns_are_fields_of_the_dictionary():
    import yaml

    for path in HELD.glob("*.csv"):
        entry = yaml.safe_load((ROOT / "data" / "dictionary" / path.name).with_suffix(".yml").read_text("utf-8"))
        with open(path, encoding="utf-8", newline="") as file:
            assert set(next(csv.reader(file))) <= set(entry["fields"]), path.name
