"""The audit of printed claims: a corpus judged by hand, the annual report itself, counts by brute force."""

import csv
import json
import re
import time
from collections import Counter
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import claimcheck as claims
from board_packs.tables.published_claims import CLAIMS_FILE, FIGURES_FILE, figures_of
from claimcheck import printed_numbers as numbers
from claimcheck.claim import NUMBER_FIELDS, ROLES_OF
from claimcheck.stated_periods import period, same_year
from lscb.errors import UserError
from openstats.project_data import DATA, NOTEBOOKS

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = json.loads((Path(__file__).parent / "claims_corpus.json").read_text(encoding="utf-8"))


def asked(case: dict) -> dict:
    return {name: value for name, value in case.items() if name != "expected"}


def one(kind: str, *numbers_, **fields) -> claims.Answer:
    """The answer to one claim, its numbers as (role, value, further fields)."""
    rows = [{"role": role, "value": value, **(more[0] if more else {})} for role, value, *more in numbers_]
    return claims.audit([{"id": "x", "kind": kind, "numbers": rows, **fields}])[0]


# --- the corpus: verdicts and diagnoses derived by hand, the arithmetic in `why` ---------------------------------


@pytest.mark.parametrize("case", CORPUS, ids=[f"{c['id']}-{c['kind']}" for c in CORPUS])
def test_claim_is_judged_as_by_hand(case):
    answer = claims.audit([asked(case)])[0]
    expected = case["expected"]
    assert (answer.verdict, answer.diagnosis) == (expected["verdict"], expected["diagnosis"]), answer.sentence
    assert answer.id == case["id"] and answer.sentence.endswith(".")


def test_corpus_uses_every_kind_and_every_diagnosis():
    assert {case["kind"] for case in CORPUS} == set(claims.KINDS)
    assert {case["expected"]["diagnosis"] for case in CORPUS} == set(claims.FAMILY_OF)


def test_roles_may_come_in_any_order_and_verdicts_stay():
    """Only numbers of one role keep their order among themselves."""
    for case in CORPUS:
        rows = sorted(case["numbers"], key=lambda n: n["role"])
        assert claims.audit([asked(case) | {"numbers": rows}])[0].verdict == case["expected"]["verdict"], case["id"]


def numbered(numbers: list[dict]) -> list[dict]:
    seen = Counter()
    several = ("percentage", "numerator", "denominator", "part", "point", "candidate", "count")
    for number in numbers:
        seen[number["role"]] += 1
        name = number["role"].capitalize() + (f" {seen[number['role']]}" if number["role"] in several else "")
        yield number | {"role": name}


def spaced(numbers: list[dict]) -> list[dict]:
    for number in numbers:
        value = number.get("value")
        yield number | ({"value": f" {value} ".replace(" ", "\u00a0")} if isinstance(value, str) else {})


def with_empty_fields(numbers: list[dict]) -> list[dict]:
    return [dict.fromkeys(NUMBER_FIELDS) | number for number in numbers]


@pytest.mark.parametrize("written", [numbered, spaced, with_empty_fields])
def test_the_same_claim_written_another_way_has_the_same_answer(written):
    for case in CORPUS:
        again = asked(case) | {"kind": f" {case['kind'].upper()} ", "numbers": list(written(case["numbers"]))}
        answer = claims.audit([again])[0]
        assert (answer.verdict, answer.diagnosis) == tuple(case["expected"][f] for f in ("verdict", "diagnosis")), again


def test_three_hundred_claims_take_well_under_two_seconds():
    many = [asked(case) | {"id": f"{case['id']}-{k}"} for k in range(2) for case in CORPUS][:300]
    claims.audit(many[:5])
    started = time.perf_counter()
    assert len(claims.audit(many)) == 300
    assert time.perf_counter() - started < 2


ODD = [
    None,
    "",
    "0",
    "5",
    "100",
    "1,234",
    "33.3%",
    "120%",
    "-5.2%",
    "half",
    "doubled",
    "<5",
    "about 40",
    "2017/18",
    "67th",
]
SAID = [None, "doubled", "halved", "lower", "stable", "nearly half", "majority", "highest", "downward trend", "over"]


@settings(max_examples=400, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(claims.KINDS)))
def test_any_claim_of_known_shape_gets_an_answer(data, kind):
    """Zeros, words, suppressed counts, missing roles: a known verdict and diagnosis, never an error."""
    number = st.fixed_dictionaries(
        {"role": st.sampled_from(sorted(ROLES_OF[kind])), "value": st.sampled_from(ODD)},
        optional={"word": st.sampled_from(SAID), "unit": st.sampled_from(["%", "per 10,000", "children", "points"])},
    )
    rows = data.draw(st.lists(number, max_size=6))
    constraint = data.draw(st.sampled_from(["exhaustive", "exclusive", "none", None]))
    answer = claims.audit([{"id": "x", "kind": kind, "numbers": rows, "constraint": constraint}])[0]
    assert answer.verdict in claims.VERDICTS and answer.diagnosis in claims.FAMILY_OF
    assert (answer.verdict == claims.REPRODUCES) == (answer.family == "ok")
    json.dumps(answer)


# --- nothing true is accused: claims made from counts, printed as a careful author would --------------------------


def printed(value: Fraction, decimals: int, rule=ROUND_HALF_UP) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), rule))


@settings(max_examples=150, deadline=None)
@given(part=st.integers(0, 400), rest=st.integers(0, 400), decimals=st.integers(0, 2))
def test_a_true_share_reproduces(part, rest, decimals):
    if part + rest == 0:
        return
    text = printed(Fraction(100 * part, part + rest), decimals)
    rows = ("numerator", str(part)), ("denominator", f"{part + rest:,}"), ("printed", f"{text}%")
    assert one("share", *rows).verdict == claims.REPRODUCES
    other = printed(Fraction(100 * rest, part + rest), decimals)
    pair = ("percentage", f"{text}%"), ("percentage", f"{other}%"), ("n", str(part + rest))
    assert one("complement", *pair).verdict == claims.REPRODUCES


@settings(max_examples=150, deadline=None)
@given(old=st.integers(1, 5000), new=st.integers(0, 5000), decimals=st.integers(0, 1))
def test_a_true_change_reproduces(old, new, decimals):
    text = printed(Fraction(100 * (new - old), old), decimals)
    way = {"direction": "increase" if new >= old else "decrease"}
    rows = ("old", str(old)), ("new", f"{new:,}"), ("printed", text.lstrip("-") + "%", way)
    assert one("percent_change", *rows).verdict == claims.REPRODUCES


@settings(max_examples=100, deadline=None)
@given(count=st.integers(1, 900), population=st.integers(900, 60_000), decimals=st.integers(0, 1))
def test_a_true_rate_reproduces_and_implies_its_population(count, population, decimals):
    text = printed(Fraction(10_000 * count, population), decimals)
    rows = ("count", str(count)), ("population", f"{population:,}"), ("printed", text, {"unit": "per 10,000"})
    assert one("rate", *rows, per=10_000).verdict == claims.REPRODUCES
    unknown = one("rate", ("count", str(count)), ("population", None), ("printed", text), per=10_000)
    if Decimal(text) > 0 and unknown.recalculated.get("population_that_gives_printed"):
        low, high = unknown.recalculated["population_that_gives_printed"]
        assert low <= population <= high


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=7), st.integers(0, 1))
def test_percentages_of_parts_that_are_true_add_within_rounding(counts, decimals):
    n = sum(counts)
    if n == 0:
        return
    rows = [("percentage", printed(Fraction(100 * k, n), decimals) + "%") for k in counts]
    assert one("parts_percent", *rows, ("n", str(n)), constraint="exhaustive").verdict == claims.REPRODUCES
    assert one("percent_group", *rows, ("n", str(n)), constraint="none").verdict == claims.REPRODUCES


@settings(max_examples=60, deadline=None)
@given(own=st.floats(20, 300), comparator=st.floats(20, 300))
def test_a_difference_worked_out_before_rounding_is_never_accused(own, comparator):
    """Rates printed to whole numbers, the percentage made from the unrounded ones."""
    a, b = Fraction(own), Fraction(comparator)
    text = printed(abs(100 * (a - b) / b), 0)
    way = {"direction": "higher" if a > b else "lower"}
    rows = ("own", printed(a, 0), {"unit": "per 10,000"}), ("comparator", printed(b, 0), {"unit": "per 10,000"})
    assert one("percent_difference", *rows, ("printed", text + "%", way)).verdict != claims.WRONG


# --- feasible counts -----------------------------------------------------------------------------------------------

# ../shared/reference/annual-report-2017-18-figures.csv: totals up to 260 that fit a quarter's three percentages.
QUARTERS = [
    (["26.8", "62.0", "38.0"], [71, 142, 179, 205, 213, 250]),
    (["21.8", "58.0", "42.0"], [119, 174, 188, 193, 238, 243, 257]),
    (["18.8", "55.0", "45.0"], [80, 149, 160, 191, 202, 218, 229, 240, 260]),
    (["19.6", "56.7", "43.3"], [97, 194, 224, 240, 245]),
]


@pytest.mark.parametrize("percentages, sizes", QUARTERS)
def test_feasible_counts_of_the_annual_report_quarters(percentages, sizes):
    assert claims.feasible_counts(percentages, 1, up_to=260).feasible_n == sizes


def test_feasible_counts_of_the_deaths_reviewed():
    found = claims.feasible_counts([20, 40, 60, 80], 0, n=4)
    assert found.possible is False and found.feasible_n[:3] == [5, 10, 15]
    assert found["numerators"][5] == [[1], [2], [3], [4]]


def brute(percentages, decimals, n, rule) -> bool:
    shares = {Decimal(100 * k) / Decimal(n) for k in range(n + 1)}
    rounded = {share.quantize(Decimal(1).scaleb(-decimals), rule) for share in shares}
    return all(Decimal(p) in rounded for p in percentages)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=4), st.integers(0, 1))
def test_feasible_counts_equal_rounding_every_share_of_every_size(tenths, decimals):
    percentages = [str(t // 10) if decimals == 0 else str(Decimal(t) / 10) for t in tenths]
    found = claims.feasible_counts(percentages, decimals, up_to=60)
    sizes = range(1, 61)
    assert found.feasible_n == [n for n in sizes if brute(percentages, decimals, n, ROUND_HALF_UP)]
    assert found.half_even_n == [n for n in sizes if brute(percentages, decimals, n, ROUND_HALF_EVEN)]
    assert found.half_even_changes == (found.half_even_n != found.feasible_n)


def test_half_even_changes_what_eighths_can_print():
    assert 8 not in claims.feasible_counts(["12"], 0, up_to=8).feasible_n
    assert 8 in claims.feasible_counts(["12"], 0, up_to=8).half_even_n
    assert claims.feasible_counts(["12"], 0, up_to=8).half_even_changes


@given(st.fractions(-1000, 1000, max_denominator=4000), st.integers(0, 3))
def test_rounding_rules_equal_decimal_arithmetic(value, decimals):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    for ours, rule in [
        (numbers.half_up, ROUND_HALF_UP), (numbers.half_even, ROUND_HALF_EVEN), (numbers.truncated, ROUND_DOWN)
    ]:  # fmt: skip
        assert ours(value, decimals) == Fraction(exact.quantize(Decimal(1).scaleb(-decimals), rule))


# --- numbers and periods as printed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, value, decimals",
    [
        ("1,234", 1234, 0), ("19.0", 19, 1), ("£134,428", 134428, 0), ("62%", 62, 0), ("67th", 67, 0),
        ("£1.2m", 1_200_000, 1), ("-12.0%", -12, 1), ("Twenty per cent", 20, 0), ("sixty-five per cent", 65, 0),
        ("nine", 9, 0), ("two hundred and six", 206, 0), ("\u22125.2", Fraction(-26, 5), 1),
        ("2 million", 2_000_000, 0), ("0.5", Fraction(1, 2), 1),
    ],
)  # fmt: skip
def test_numbers_read_as_printed(text, value, decimals):
    got = numbers.parse(text)
    assert (got.value, got.decimals) == (value, decimals)


@pytest.mark.parametrize("text", ["doubled", "the majority", "", "in line with"])
def test_words_are_not_numbers(text):
    assert numbers.parse(text) is None


@pytest.mark.parametrize(
    "one_, other, same",
    [
        ("2017/18", "31 March 2018", True), ("2017-18-Q4", "2017-18", True), ("2018", "2017/18", True),
        ("31 March 2018", "31 March 2017", False), ("2016/17", "2017/18", False), ("2014-16", "2013-15", False),
        ("2014-16", "2014 - 16", True), ("not stated", "2017/18", None),
    ],
)  # fmt: skip
def test_periods_of_one_year(one_, other, same):
    assert same_year(one_, other) is same


def test_labels_that_no_period_has():
    assert period("2017 - 17").kind == "malformed" and period("2017-18").kind == "year"
    assert period("1999-00").kind == "year" and period("2014-16").kind == "range"


# --- the annual report --------------------------------------------------------------------------------------------

# DEFINITIONS.md, "What the 2017-18 annual report printed": claim -> diagnosis.
LISTED = {
    "looked-after-neighbours": "wrong_base", "looked-after-neighbours-again": "wrong_base",
    "s47-neighbours": "wrong_base", "plans-neighbours": "wrong_base", "deaths-reviewed": "impossible_percentage",
    "deaths-majority": "majority_not_over_half", "child-deaths": "parts_do_not_add", "hrda-label": "mislabelled_period",
    "hrda-children-2017-18": "complement_does_not_add", "hrda-referrals": "missing_base",
    "not-white-british": "wrong_denominator", "looked-after-lowest": "window_not_covered",
    "looked-after-lowest-quarter": "window_not_covered", "s47-trend": "trend_not_testable",
    "cin-trend": "trend_not_testable",
    "contributions-year": "mislabelled_period", "contributions-column": "mislabelled_period", "absence": "of_from_slip",
    "online-exploitation": "direction_reversed", "looked-after-england": "comparator_other_year",
    "s47-england": "comparator_other_year", "looked-after-south-east": "rate_does_not_follow",
    "deprivation-rank": "rank_measure_unnamed", "aged-0-19": "parts_do_not_add", "s47-year": "parts_do_not_add",
    "aged-15-24-england": "wrong_denominator", "poverty": "missing_comparator_period",
    "police-flags": "trend_not_testable",
}  # fmt: skip
# ... "What reproduces", and the three-year mean of item 23.
STANDS = (
    "population infant-deaths case-reviews contributions looked-after-rate most-deprived-areas aged-15-24 death-kinds "
    "hrda-q1-children hrda-q2-children hrda-q3-children hrda-q4-children hrda-children-2016-17 neet cin-neighbours "
    "plans-change"
).split()


@pytest.fixture(scope="module")
def report():
    given_ = claims.read(CLAIMS_FILE)
    assert given_.problems == ()
    return {claim["id"]: (claim, answer) for claim, answer in zip(given_, claims.audit(given_), strict=True)}


@pytest.mark.parametrize("name, diagnosis", LISTED.items())
def test_every_listed_error_is_found(report, name, diagnosis):
    answer = report[name][1]
    assert answer.diagnosis == diagnosis and answer.verdict != claims.REPRODUCES


@pytest.mark.parametrize("name", STANDS)
def test_what_reproduces_is_not_accused(report, name):
    assert report[name][1].verdict == claims.REPRODUCES


def test_no_claim_is_accused_whose_figures_are_all_right(report):
    with open(FIGURES_FILE, encoding="utf-8", newline="") as file:
        agrees = {i: row["agrees"] for i, row in enumerate(csv.DictReader(file), 1)}
    assert len(agrees) == 150
    apart = {"contributions-year", "contributions-column"}  # the total is right, the year beside it is not
    for name, (claim, answer) in report.items():
        if answer.verdict == claims.WRONG and name not in apart:
            assert not all(agrees[i].startswith("yes") for i in figures_of(claim)), name


def test_wrong_bases_are_put_right_with_their_range(report):
    """DEFINITIONS.md: 50.7% (48.9 to 52.6), 35.3% (33.0 to 37.6), 22.2% (20.2 to 24.3)."""
    for name, base, right in [
        ("looked-after-neighbours", 104, "50.7% (48.9 to 52.6"),
        ("s47-neighbours", 69, "35.3% (33.0 to 37.6"),
        ("plans-neighbours", 66, "22.2% (20.2 to 24.3"),
    ]:
        answer = report[name][1]
        assert answer.recalculated["base_that_gives_printed"] == base and right in answer.sentence


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not here")
def test_every_quote_stands_in_the_report(report):
    text = (SHARED / "reference" / "annual-report-2017-18.txt").read_text(encoding="utf-8")
    flat = re.sub(r"[\s*]+", " ", text)
    for claim, _ in report.values():
        for part in claim["text"].split("…"):
            assert part.strip() in flat, claim["id"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not here")
def test_figures_are_the_shared_list():
    assert FIGURES_FILE.read_bytes() == (SHARED / "reference" / FIGURES_FILE.name).read_bytes()


# --- files ----------------------------------------------------------------------------------------------------------


def test_json_and_csv_of_the_same_claims_have_the_same_answers(tmp_path):
    chosen = [asked(c) | {"id": c["id"]} for c in CORPUS if c["kind"] in ("percent_difference", "share", "rank")]
    rows, heads = [], []
    for claim in chosen:
        for number in claim["numbers"]:
            rows.append(
                {
                    **{k: v for k, v in claim.items() if k != "numbers"},
                    **{k: v for k, v in number.items() if v is not None},
                }
            )
            heads += [name for name in rows[-1] if name not in heads]
    with open(tmp_path / "c.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "c.json").write_text(json.dumps({"claims": chosen}), encoding="utf-8")
    from_csv, from_json = (claims.audit(claims.read(tmp_path / name)) for name in ("c.csv", "c.json"))
    assert [(a.id, a.verdict, a.diagnosis) for a in from_csv] == [(a.id, a.verdict, a.diagnosis) for a in from_json]


def test_unknown_fields_are_reported_and_the_audit_goes_on(tmp_path, capsys):
    path = tmp_path / "c.json"
    rows = [{"role": "total", "value": 38}, {"role": "divisor", "value": "3", "shade": 1}]
    rows += [{"role": "printed", "value": "13"}]
    claim = {"id": "a1", "kind": "average", "colour": "red", "numbers": rows}
    path.write_text(json.dumps([claim]), encoding="utf-8")
    assert claims.command(path) == 0
    out, err = capsys.readouterr()
    assert "a1" in err and "'colour'" in err and "'shade'" in err
    answer = json.loads(out)[0]
    assert answer["verdict"] == "reproduces" and len(answer["notes"]) == 2


@pytest.mark.parametrize(
    "claim, words",
    [
        ({"id": "k", "kind": "guess", "numbers": [{"role": "printed", "value": "1"}]}, "claim k, kind"),
        ({"id": "k", "kind": "share", "numbers": "5"}, "claim k, numbers"),
        ({"id": "k", "kind": "share", "numbers": [{"value": "1"}]}, "claim k, number 1, role"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": "12..5%"}]}, "claim k, number 1, value"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": [5]}]}, "claim k, number 1, value"),
        ({"id": "k", "kind": "share", "numbers": [{"role": "printed", "value": "5", "decimals": "x"}]}, "decimals"),
        ({"id": "k", "kind": "rate", "per": "many", "numbers": [{"role": "count", "value": "5"}]}, "claim k, per"),
        ("a sentence", "claim 1"),
    ],
)
def test_a_claim_without_shape_is_refused_by_name(claim, words):
    with pytest.raises(UserError, match=re.escape(words)):
        claims.audit([claim])


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("c.json", "{", "not valid JSON"), ("c.json", '{"a": 1}', "list of claims"),
        ("c.csv", "id,kind\n1,share\n", "role"),
        ("c.csv", "id,kind,role,value\n,share,printed,5\n", "row 2, id"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, text, words):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        claims.read(tmp_path / name)


def test_a_file_that_is_not_there_and_a_format_that_is_not(tmp_path):
    with pytest.raises(UserError, match="not there"):
        claims.read(tmp_path / "none.json")
    with pytest.raises(UserError, match="--format xml"):
        claims.command(tmp_path / "none.json", "xml")


def test_two_claims_of_one_id_are_refused():
    claim = asked(CORPUS[0])
    with pytest.raises(UserError, match=f"claim {claim['id']}, id"):
        claims.audit([claim, claim])


def test_the_template_is_read_and_audited():
    found = claims.audit(claims.read(DATA / "reference" / "claims-template.csv"))
    assert [a.diagnosis for a in found] == ["wrong_base", "ok"]


def test_formats(tmp_path):
    page = tmp_path / "a.html"
    assert claims.command(CLAIMS_FILE, "html", page) == 0
    html = page.read_text(encoding="utf-8")
    assert '<html lang="en-GB">' in html and html.count("<h1>") == 1 and 'scope="col"' in html
    assert "34% higher" in html and "50.7%" in html and "http" not in html
    answers = claims.audit(claims.read(CLAIMS_FILE))
    rows = list(csv.DictReader(claims.write(answers, "csv").splitlines()))
    assert len(rows) == len(answers) and rows[0]["verdict"] == answers[0].verdict
    assert json.loads(claims.write(answers)) == json.loads(json.dumps(answers))


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_is_short_and_names_no_figure():
    page = json.loads((NOTEBOOKS / "90_published_figures.ipynb").read_text(encoding="utf-8"))
    code = [line for cell in page["cells"] if cell["cell_type"] == "code" for line in cell["source"] if line.strip()]
    assert len(page["cells"]) < 30 and len(code) < 60 and not any(line.startswith("def ") for line in code)
    prose = "".join("".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "markdown")
    assert not re.search(r"\d", prose)


def test_the_table_counts_every_claim(report):
    from board_packs.tables import Inputs
    from board_packs.tables.published_claims import published_claims
    from lscb.long_table import TOTAL
    from lscb.periods import Quarter

    made = published_claims(Inputs(Quarter(2017, 4), ("E06000045",), {}))
    counted = made[made["measure"] == "published_claims"]
    for verdict in claims.VERDICTS:
        own = counted[counted["verdict"] == verdict]
        expected = sum(answer.verdict == verdict for _, answer in report.values())
        assert own[own["family"] == TOTAL]["count"].item() == expected == own[own["family"] != TOTAL]["count"].sum()
    other = published_claims(Inputs(Quarter(2017, 4), ("E06000044",), {}))
    assert list(other["status"]) == ["not_available"]
