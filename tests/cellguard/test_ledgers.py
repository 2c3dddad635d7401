"""The ledger of what was circulated, and of what is hidden."""

import hashlib
import shutil

import pandas as pd
import pytest
from disclosure_tables import AREA, protect, single
from small_tables import by_sex, hidden, row, table

from cellguard import Profile, history
from lscb.errors import UserError


def record(folder, tables=None, pack="board", area=AREA, on="2018-05-01"):
    made = {"t": table(row(count=12))} if tables is None else tables
    return history.record(history.Entry("partnership", made, pack, "2017-18-Q4", area, "A", on), folder)


def test_a_pack_without_tables_or_with_names_that_are_none_is_not_recorded(tmp_path):
    frame = table(row(count=12))
    for asked in (dict(tables={}), dict(pack="../board"), dict(pack=".board"), dict(tables={"a/b": frame})):
        with pytest.raises(UserError):
            record(tmp_path, **asked)
    assert not list(tmp_path.rglob("*.csv"))


def test_packs_are_read_by_the_day_of_their_release_and_only_those_of_an_area(tmp_path):
    record(tmp_path, pack="later", on="2018-06-01")
    record(tmp_path, pack="first", on="2018-05-01")
    made = record(tmp_path, area="E06000044", pack="other")
    assert [e.pack for e in history.load(tmp_path, AREA)] == ["first", "later"]
    (made.folder / "t.csv").write_text("changed")
    assert [e.pack for e in history.load(tmp_path, AREA)] == ["first", "later"]  # the other one is not opened
    made.folder.rename(made.folder.with_name("." + made.folder.name))
    assert [e.pack for e in history.load(tmp_path)] == ["first", "later"]  # nor is one that was not finished


def test_history_of_other_forms_and_of_none():
    frames = {"t": table(row(count=12))}
    made = protect(frames, ["partnership"])
    for form in (made, {"protected": made.protected}, {"audience": "partnership", "tables": made.protected}):
        assert [name for name, _ in history.entries(form)] == ["partnership"]
    assert [name for name, _ in history.entries(frames, ["partnership", "public"])] == ["partnership", "public"]
    for form in (7, ("partnership", 7), {"audience": "partnership", "tables": {"t": 7}}):
        with pytest.raises(UserError, match="history"):
            history.entries(form)


def test_the_ledger_says_why_each_cell_is_hidden():
    own = Profile("mine", threshold=5, all_or_none=8)
    tables = {"t": by_sex(Total=15, a=3, b=12), "u": table(row("share", 7, of=7))}
    ledger = protect(tables, [own]).ledger.set_index("table")
    assert ledger.loc["u", ["kind", "rule"]].tolist() == ["primary", "all or none of a group of up to 8"]
    said = ledger.loc["t"].set_index("cell")[["kind", "rule"]].values.tolist()
    assert said == [["further", "hidden so that sums do not give another cell back"], ["primary", "1 to 5"]]


def test_the_order_of_profiles_changes_nothing():
    tables = single(5)
    one, other = (protect(tables, asked) for asked in (["partnership", "public"], ["public", "partnership"]))
    pd.testing.assert_frame_equal(one.ledger, other.ledger)
    for name in ("partnership", "public"):
        pd.testing.assert_frame_equal(one.protected[name]["referrals"], other.protected[name]["referrals"])


def test_what_was_solved_is_taken_for_the_same_part_only(tmp_path):
    def gone(**counts):
        return hidden({"t": by_sex(**counts)}, memo=tmp_path)

    assert gone(Total=15, a=3, b=12) == {"t": {1, 2}}
    assert gone(Total=15, a=12, b=3) == {"t": {1, 2}} and gone(Total=40, a=12, b=28) == {}
    assert gone(Total=7, a=3, b=4) == {"t": {1, 2}} and gone(Total=8, a=2, b=6) == {"t": {1, 2}}


# -- the chain of what was circulated --


def three(folder):
    """Three entries of one area, in two quarters, and one of another area."""
    made = [record(folder, {"t": by_sex(f=n)}, on=f"2018-05-0{n - 10}") for n in (11, 12, 13)]
    record(folder, area="E06000044")
    return made


def test_a_ledger_as_it_was_recorded_has_no_faults_and_each_entry_the_hash_of_the_one_before(tmp_path):
    first, second, third = three(tmp_path)
    assert history.verify(tmp_path) == []
    sha = hashlib.sha256((first.folder / "entry.yml").read_bytes()).hexdigest()
    assert (
        f"before: {sha}" in (second.folder / "entry.yml").read_text()
        and "place: 3" in (third.folder / "entry.yml").read_text()
    )


@pytest.mark.parametrize("spoil, fault", [
    (lambda e: (e[1].folder / "t.csv").write_text("sex,count\nf,99\n"), "t.csv of 2017-18-Q4 002-board-partnership, E06000045, is not as"),
    (lambda e: (e[0].folder / "entry.yml").write_text((e[0].folder / "entry.yml").read_text().replace("by: A", "by: B")),
     "The entry before 2017-18-Q4 002-board-partnership of E06000045 was edited"),
    (lambda e: shutil.rmtree(e[1].folder), "An entry before 2017-18-Q4 003-board-partnership of E06000045 is missing"),
    (lambda e: (e[2].folder / "more.csv").write_text("x\n1\n"), "more.csv of 2017-18-Q4 003-board-partnership, E06000045, was never"),
])  # fmt: skip
def test_what_was_done_to_a_ledger_is_said_in_a_sentence_and_nothing_is_read_or_added(tmp_path, spoil, fault):
    spoil(three(tmp_path))
    (said,) = history.verify(tmp_path)
    assert said.startswith(fault) and said.endswith(".")
    for attempt in (lambda: history.load(tmp_path, AREA), lambda: record(tmp_path)):
        with pytest.raises(UserError, match="cannot be relied on"):
            attempt()
    assert len(history.load(tmp_path, "E06000044")) == 1


def test_an_older_copy_of_the_ledger_is_known_by_its_last_entry(tmp_path):
    three(tmp_path / "now")
    last = history.head(tmp_path / "now", AREA)
    assert history.verify(tmp_path / "now", AREA, last) == []
    shutil.rmtree(tmp_path / "now" / "2017-18-Q4" / AREA / "003-board-partnership")
    (said,) = history.verify(tmp_path / "now", AREA, last)
    assert "an older copy was put back" in said


def test_the_day_of_the_last_pack_is_that_of_the_area_and_of_no_withdrawal(tmp_path):
    *_, third = three(tmp_path)
    history.withdraw(third, "B Chair", "2018-06-01", "sent to the wrong list", tmp_path)
    assert history.circulated_last(tmp_path, AREA) == "2018-05-03"
    assert history.circulated_last(tmp_path, "E06000043") == ""


def test_a_pack_that_was_withdrawn_is_still_known(tmp_path):
    first, *_ = three(tmp_path)
    gone = history.withdraw(first, "B Chair", "2018-06-01", "sent to the wrong list", tmp_path)
    assert gone.withdrawn == "B Chair, 2018-06-01: sent to the wrong list" and gone.tables["t"]["count"].tolist() == [
        11
    ]
    assert [bool(e.withdrawn) for e in history.load(tmp_path, AREA)] == [True, False, False]
    assert len(history.entries(history.load(tmp_path, AREA))) == 3 and history.verify(tmp_path) == []
    for again, why in ((gone, "twice"), (history.load(tmp_path, AREA)[1], " ")):
        with pytest.raises(UserError, match="withdrawn already|needs a reason"):
            history.withdraw(again, "B", "2018-06-01", why, tmp_path)


@pytest.mark.parametrize("change, said", [
    (lambda t: t, None),
    (lambda t: t.drop(columns="period"), "is in one of the two alone"),
    (lambda t: t.assign(count=[11.0, 13.0]), "t: area E06000045, measure people, period 2017-18-Q4, sex m is another figure"),
    (lambda t: t.assign(status=["shown", "suppressed"]), "sex m is another figure"),
    (lambda t: t.iloc[:1], "sex m is in one of the two alone"),
    (lambda t: t.assign(note="printed"), "is in one of the two alone"),
    (lambda t: t[["sex", "count", "measure", "area", "period"]], None),
])  # fmt: skip
def test_what_is_recorded_is_what_the_pack_prints(tmp_path, change, said):
    tables = {"t": by_sex(f=11, m=12)}
    entry = history.Entry("partnership", tables, "board", "2017-18-Q4", AREA, "A", "2018-05-01")
    if said is None:
        assert history.record(entry, tmp_path, printed={"t": change(tables["t"])}).tables["t"]["count"].tolist() == [
            11,
            12,
        ]
        return
    with pytest.raises(UserError, match=said) as error:
        history.record(entry, tmp_path, printed={"t": change(tables["t"])})
    assert "Run the pack again" in str(error.value) and "13" not in str(error.value) and not any(tmp_path.iterdir())
    with pytest.raises(UserError, match="has no table t"):
        history.record(entry, tmp_path, printed={})
