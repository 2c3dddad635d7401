"""Guarded tables tell nothing besides their numbers: of worlds with the same printed numbers every row is the same."""

import numpy as np
import pytest
import told
import twins

from board_packs.tables import documentation
from cellguard.documentation import Docs
from cellguard.model_building import build_model
from lscb.long_table import cells
from returncheck import dictionary

PAIRS = {"audits": (0, 1), "case_reviews": (4, 20), "child_deaths": (7, 122), "children_services": (4,), "exploitation": (1, 2), "hrda_referrals": (3, 5, 403, 1400)}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PAIRS)
def test_nothing_is_told_but_by_a_printed_number(name, tmp_path):
    """Of child deaths the pair 122 has a death fewer than a rate needs: the method beside its withheld rate told that. Of
    referrals the pair 1400 has one with a neighbourhood, or none: a table of tenths was there or not."""
    base = twins.Base(twins.SAMPLE, tmp_path / "ledger", tmp_path, twins.base_world())
    assert [line for seed in PAIRS[name] for line in told.pair(base, name, seed)] == []


@pytest.mark.slow
def test_cells_left_blank_here_and_there_give_no_number_two_values(tmp_path):
    """One blank number of forms took every pack away: forms stood as a share of attendances without that row's, under the
    name of all attendances."""
    base, docs = twins.Base(twins.SAMPLE, tmp_path / "ledger", tmp_path, twins.base_world()), Docs.of(documentation())
    rng = np.random.default_rng(20180331)
    for name, frame in base.world.items():
        sparse = frame.mask(rng.random(frame.shape) < 0.1, "")
        for field, one in dictionary.load()[name].fields.items():
            if one.required and field in frame:
                sparse[field] = frame[field]
        made = told.tables_of(base, name, sparse)
        assert made, name
        build_model(made, docs, [], docs.relations)


def rows(*more, method="Wilson", count=30):
    """A share of 12 among some, with further rows of counts."""
    share = {"measure": "share", "count": 12, "of": count, "value": 12 / count, "method": method, "area": "A"}
    counts = [{"measure": name, "count": n, "area": "A"} for name, n in (("met", 12), ("all", count), *more)]
    return {"t": cells([share, *counts], period="2017-18")}


@pytest.mark.parametrize(
    "other, lines",
    [
        (rows(("more", 20), ("rest", 9)), []),
        (rows(("more", 20), ("rest", 9), count=40), []),  # the share's own number is another
        (
            rows(("more", 20), ("rest", 9), method="Wilson; wider (design effect 1.3)"),
            ["share: area A, period 2017-18: "],
        ),
        (rows(("more", 20)), ["rest: area A, period 2017-18 stands in one"]),
        (rows(("rest", 9), ("more", 20)), ["the same rows in another order"]),
    ],
)
def test_what_another_row_tells_is_seen(other, lines):
    share = {"kind": "share", "numerator": "met", "denominator": "all", "adds_over": "none"}
    docs = Docs.of(
        {"measures": {"share": share} | {name: {"kind": "count"} for name in ("met", "all", "more", "rest")}}
    )
    both = [
        told.printed(tables, docs, "partnership", lambda _: False)
        for tables in (rows(("more", 20), ("rest", 9)), other)
    ]
    said = list(told.told(*both, docs))
    assert len(said) == len(lines) and all(line in text for line, text in zip(lines, said, strict=True))


def test_a_range_that_one_audience_prints_by_another_s_numbers_is_seen():
    """Of 30, which one withholds and the other prints as about 30 in one world and as about 35 in the second."""
    docs = Docs.of({"measures": {name: {"kind": "count"} for name in ("met", "all", "more", "rest", "share")}})
    one, other = (
        told.printed(rows(("more", 20), count=n), docs, each, lambda key: key[0] == "all")
        for n, each in ((30, "partnership"), (30, "partnership"))
    )
    near, far = (told.printed(rows(count=n), docs, "public", lambda _: False) for n in (30, 35))
    assert one.numbers == other.numbers and near.numbers != far.numbers
    assert list(told.told_together({"partnership": (one, other), "public": (near, far)})) == []
    same = far._replace(numbers=near.numbers)
    assert list(told.told_together({"partnership": (one, other), "public": (near, same)}))
