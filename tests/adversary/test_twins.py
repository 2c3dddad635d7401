"""Other cases with the same protected tables give the same guarded tables, pages, workbooks and zips, byte for byte."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
import twins
from twins import Move

from board_packs.publish.tables_run import tables_only
from board_packs.quarter.request import resolve

PERIOD, ONLY = "2017-18-Q4", ("30", "40", "60", "70")
# Found by `python twins.py 0 --show`: each moves a withheld figure of the invented quarter and no protected cell.
MOVES = [
    Move("exploitation", ((16, "count", "7"), (19, "count", "2"))),
    Move("exploitation", ((17, "count", "6"), (16, "count", "5"))),
    Move("exploitation", ((23, "count", "2"), (20, "count", "1"))),
    Move("child_deaths", ((43, "ethnicity", "mixed"),)),
    Move("child_deaths", ((53, "domain_child", "2"),)),
    Move("hrda_referrals", ((1537, "ethnicity", "black"),)),
    Move("hrda_referrals", ((1347, "ethnicity", "other"),)),
    Move("hrda_referrals", ((2052, "ethnicity", "black"), (1369, "ethnicity", "other"), (1391, "ethnicity", "other"))),
    Move("case_reviews", ((9, "decision", "partnership review"),)),
    Move("case_reviews", ((13, "decision", "partnership review"),)),
    Move("case_reviews", ((16, "themes", "neglect"), (1, "themes", "non-accidental injury;neglect"))),
]


def world(seed):
    """One move of each return, in returns whose rows stand in another order under other ids."""
    rng = np.random.default_rng([22, seed])
    names = dict.fromkeys(move.name for move in MOVES)
    moves = [(some := [m for m in MOVES if m.name == name])[seed % len(some)] for name in names]
    base = twins.base_world()
    return {name: twins.renamed(rng, name, frame) for name, frame in twins.applied(base, moves).items()}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The invented quarter's own run, of four pages."""
    room = tmp_path_factory.mktemp("base")
    kept = twins.Base(PERIOD, room / "ledger", room, twins.base_world())
    folder, _ = twins.run(kept, kept.world, room, ONLY)
    return folder


def tables_of(seed, base, room):
    """The tables of another world, made in a copy of the first one's folder: what is the same is kept there."""
    out = room / "out"
    shutil.copytree(base.parents[2], out)
    returns = twins.write(world(seed), room / "returns" / PERIOD)
    asked = resolve(PERIOD, twins.AREA, sample=True, out=out, notebooks=None, jobs=1)
    return tables_only(replace(asked, returns=returns))[0][1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_protected_tables_of_a_twin_are_the_same_bytes(seed, base, tmp_path):
    there = tables_of(seed, base, tmp_path)
    changed = [
        p.name for p in (base / "working").glob("*.csv") if p.read_bytes() != (there / "working" / p.name).read_bytes()
    ]
    subjects = {name.partition("_")[0] for name in changed}
    assert {"exploitation", "case", "child", "hrda"} <= subjects  # withheld figures of each are others
    alike, order = twins.protected_alike(base, there)
    assert alike, "no twin any more: find other moves with `python twins.py 0 --show`"
    assert order == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "column", "taken", "put"),
    [
        ("hrda_referrals", "referred_on", "2017-08", "2017-11-15"),  # the quarters of a year, which stays
        ("child_deaths", "review_completed_on", "2016-06-09", "2016-03-29"),
        ("case_reviews", "referred_on", "2017-06-15", "2016-06-15"),
        ("exploitation", "count", "7", "8"),
    ],
)
def test_a_figure_is_another_only_where_a_number_is_that_it_is_made_of(name, column, taken, put, tmp_path):
    """The interval of a year's change was made of the quarters: it told a withheld one, and no twin had found it."""
    base = twins.Base(PERIOD, tmp_path / "ledger", tmp_path, twins.base_world())
    was, frame = base.tables_of(base.world, name), base.world[name]
    some = tuple((int(row), column, put) for row in frame.index[frame[column].str.startswith(taken)][:9])
    now = base.tables_of(twins.applied(base.world, [Move(name, some)]), name)
    changed = [table for table in was if not was[table].equals(now[table])]
    assert changed and twins.untied(was, now) == []


@pytest.mark.slow
def test_pages_workbooks_and_zips_of_a_twin_are_the_same_but_for_the_run(base, tmp_path):
    kept = twins.Base(PERIOD, tmp_path / "ledger", tmp_path)
    shutil.copytree(base.parents[2], tmp_path / "out")
    there, _ = twins.run(kept, world(5), tmp_path, ONLY)
    one, other = twins.leaves(base), twins.leaves(there)
    assert len(one) > 100 and any(name.endswith("xlsx!") for name in one)
    assert twins.differing(one, other) == []
    page = "public/70_case_reviews.html"
    marks = [twins.RUN.search((folder / "packs" / page).read_bytes())[0] for folder in (base, there)]
    assert marks[0] != marks[1]  # executed again, by a run of its own


def test_what_a_twin_must_not_tell_is_seen_where_it_is_told():
    page = b'<p>3</p><p class="run">Run 12ab, 2026-11-29</p>'
    assert twins.parts("a.html", page) == twins.parts("a.html", page.replace(b"12ab", b"99ff"))
    kept, run = b'<property name="Sent">3</property>', b'<property name="Run"><vt:lpwstr>12ab</vt:lpwstr></property>'
    assert twins.parts("a.xlsx/docProps/custom.xml", kept + run) == [("a.xlsx/docProps/custom.xml", kept)]
    assert twins.differing({"a": b"x1"}, {"a": b"x2", "b": b""})[0].startswith("a, byte 1:")
