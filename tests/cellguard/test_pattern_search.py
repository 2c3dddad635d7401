"""Parts that are too large to finish: what is added greedily is safe, and hides nothing for nothing."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import attack, broken, counts, margins, percentages, primary, protect, quarters, single
from small_tables import (
    PARTNERSHIP,
    by_sex,
    hidden,
    of,
    row,
    shares,
    table,
)

from cellguard import breaches
from cellguard.documentation import Docs
from cellguard.model_building import build_model


@pytest.fixture
def hurried(monkeypatch):
    """Every part is finished greedily, after one choice."""
    import cellguard.pattern_search as solving

    monkeypatch.setattr(solving, "ROUNDS", 1)


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_what_is_finished_greedily_is_safe_and_hides_nothing_for_nothing(hurried, seed):
    tables = single(seed)
    made = protect(tables, ["partnership"])
    frame, true = made.protected["partnership"]["referrals"], tables["referrals"]["count"]
    gone = frame["status"] == "suppressed"
    assert gone[true.between(1, 5)].all() and not attack({"t": frame}, full=False)["exposed"].any()
    for i in np.flatnonzero(gone & ~true.between(1, 5)):
        shown = frame.copy()
        shown.loc[i, ["count", "status", "reason"]] = [float(true[i]), "shown", ""]
        assert attack({"t": shown}, full=False)["exposed"].any(), i


def test_what_is_finished_greedily_keeps_shares_with_their_counts_and_what_earlier_packs_withheld(hurried, dictionary):
    frame, said = shares(6, 12)
    dictionary(said)
    assert hidden({"t": by_sex("referrals", Total=15, m=12, f=3), "u": frame}) in (
        {"t": {0, 2}},
        {"t": {1, 2}, "u": {0}},
    )
    past = [("partnership", {"t": by_sex(Total=20, a=17, b=None, c=None)})]
    now = table(row(count=0, sex="c", band="1"), row(count=0, sex="c", band="2"))
    assert len(hidden({"t": now}, history=past)["t"]) == 1


@pytest.mark.parametrize("seed", [0, 2])
def test_what_is_finished_greedily_shows_again_what_it_need_not_hide(hurried, seed):
    tables = percentages(seed)
    made = protect(tables, ["partnership"]).protected["partnership"]
    frame, true = made["referrals"], tables["referrals"]["count"]
    for i in np.flatnonzero((frame["status"] == "suppressed") & ~true.between(1, 5)):
        shown = frame.copy()
        shown.loc[i, ["count", "status", "reason"]] = [float(true[i]), "shown", ""]
        assert attack(made | {"referrals": shown}, full=False)["exposed"].any(), i


def test_what_is_finished_greedily_stays_hidden_though_it_was_printed_once(hurried):
    people = margins(counts(np.random.default_rng(2), (3, 3)), (0, 1))
    small = people["count"].between(1, 5)
    past = [("partnership", {"t": people[small].iloc[[0]]})]
    made = protect({"t": people}, ["partnership"], history=past).protected["partnership"]["t"]
    assert small.any() and (made.loc[small, "status"] == "suppressed").all()


def test_what_is_finished_greedily_keeps_quarters_that_no_table_prints(hurried):
    packs, issued = quarters(3, 3), []
    for pack in packs:
        issued.append(protect(pack, history=issued))
    found = attack([made.protected["partnership"] for made in issued], profile="partnership", full=False)
    assert not broken(found, {cell: n for pack in packs for cell, n in primary(pack, 5).items()})
    assert breaches(found, pd.concat([made.ledger for made in issued]), "partnership").empty


def test_what_is_finished_greedily_shows_no_share_of_a_count_that_stays_hidden(hurried, dictionary):
    # As in test_part_building: the share of 40 goes with the 12 that it is made of.
    dictionary({"m": {"kind": "share", "numerator": "people", "denominator": "all"}})
    tables = {"t": table(row(count=12)), "u": table(of(12, 15, "people")), "v": table(of(12, 40, "m"))}
    past = [("partnership", {"t": table(row(count=12), row("all", 40))})]
    assert hidden(tables, history=past) == {"t": {0}, "u": {0}, "v": {0}}


def test_what_is_finished_greedily_does_not_show_again_what_would_give_an_earlier_figure_away():
    # 20 = a and b, which an earlier pack withheld: with the 17 there are 3 in b, of whom no table speaks any more.
    from cellguard.part_building import parts
    from cellguard.pattern_search import Master, greedy
    from cellguard.safety import safety_checks

    past = [(PARTNERSHIP, {"t": by_sex(Total=20, a=None, b=None)})]
    ((part, decisions, _),) = parts(build_model({"t": by_sex(a=17)}, Docs({}, {}), past, []), [PARTNERSHIP])
    assert greedy(part, safety_checks(part), Master(part), np.array([True]), {}).tolist() == [True]
