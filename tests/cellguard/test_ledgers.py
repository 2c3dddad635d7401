"""The ledger of what was circulated, and of what is hidden."""

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
