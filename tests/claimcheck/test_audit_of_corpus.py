"""Claims judged by hand, true claims made from counts, and odd claims."""

import json
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from claim_rows import CORPUS, asked, one
from hypothesis import given, settings
from hypothesis import strategies as st

import claimcheck as claims
from claimcheck.claim import NUMBER_FIELDS, ROLES_OF


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
