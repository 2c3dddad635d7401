"""The shape every table has, and that zero, blank, not applicable and suppressed survive a round trip to a page."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_packs import tables
from board_packs.pages import readable_table
from board_packs.pages.book import Book
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter
from openstats.project_data import standard

ROW = dict(area="E06000045", period="2017-18", measure="deaths_notified")


def test_columns_stand_in_the_order_of_the_contract():
    frame = long_table.cells([ROW | dict(sex="Total", count=14)])
    assert list(frame.columns) == [
        *("area", "period", "measure", "sex"),
        *("value", "count", "of", "low", "high", "rank", "ranked"),
        *("unit", "method", "status", "reason"),
    ]
    assert long_table.dimensions(frame) == ["area", "period", "measure", "sex"]


def test_four_states_are_four_things_after_writing_and_reading(tmp_path):
    frame = long_table.cells(
        [
            ROW | dict(sex="a", count=0),
            ROW | dict(sex="b"),
            ROW | dict(sex="c", status="not_applicable", reason="no such cases"),
            ROW | dict(sex="d", status="suppressed"),
        ]
    )
    long_table.write({"deaths": frame}, tmp_path)
    back = long_table.load(tmp_path / "deaths.csv").set_index("sex")
    assert back["status"].to_dict() == {
        "a": "shown",
        "b": "not_available",
        "c": "not_applicable",
        "d": "suppressed",
    }
    assert back.loc["a", "count"] == 0
    assert back["count"].isna().tolist() == [False, True, True, True]
    html = readable_table.show(back.reset_index(), "Deaths", "sex")
    for text in (">0<", ">not available<", ">not applicable<", ">withheld<"):
        assert html.count(text) == 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_figures_are_written_unrounded(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("t")
    long_table.write({"t": long_table.cells([ROW | dict(value=value)])}, folder)
    assert long_table.load(folder / "t.csv")["value"][0] == value


def test_equal_tables_are_equal_bytes(tmp_path):
    frame = long_table.cells([ROW | dict(value=0.1 + 0.2, count=3, of=10)])
    long_table.write({"t": frame}, tmp_path / "a")
    long_table.write({"t": frame.copy()}, tmp_path / "b")
    assert (tmp_path / "a/t.csv").read_bytes() == (tmp_path / "b/t.csv").read_bytes()
    assert b"0.30000000000000004,3,10" in (tmp_path / "a/t.csv").read_bytes()


@pytest.mark.parametrize(
    "rows, said",
    [
        ([dict(area="E1", period="2017-18", count=1)], "missing: measure"),
        ([ROW | dict(count=1), ROW | dict(count=2)], "two rows for one cell"),
        ([ROW | dict(count=1, status="hidden")], "unknown status: hidden"),
    ],
)
def test_a_table_that_breaks_the_contract_is_refused(rows, said):
    with pytest.raises(ValueError, match=said):
        long_table.cells(rows)


def test_a_label_with_markup_cannot_leave_its_cell():
    html = readable_table.show(long_table.cells([ROW | dict(place="<b>&", count=6)]), "A < B", "place")
    assert "<b>" not in html and "&lt;b&gt;&amp;" in html and "A &lt; B" in html


def test_two_cells_on_one_place_are_refused():
    frame = long_table.cells([ROW | dict(sex=s, count=1) for s in ("male", "female")])
    with pytest.raises(UserError, match="share one place"):
        readable_table.show(frame, "Deaths", "period")
    with pytest.raises(UserError, match="share one place"):
        readable_table.show(frame, "Deaths", "period", spread="measure")


def test_spread_prints_a_dash_where_there_is_no_cell():
    frame = long_table.cells([ROW | dict(sex="male", band="0", count=1), ROW | dict(sex="female", band="1", count=2)])
    html = readable_table.show(frame, "Deaths", "sex", spread="band")
    assert html.count("<td") == 4 and html.count(">–<") == 2


def test_a_table_of_a_return_that_did_not_arrive_says_so(monkeypatch):
    def never(inputs):
        raise AssertionError("must not run")

    monkeypatch.setattr(
        tables.registry, "builders", lambda: (tables.registry.Builder(("cases",), never, ("hrda_referrals",)),)
    )
    made = tables.build(tables.Inputs(Quarter.parse("2017-18-Q4"), ("E06000045",), {}))
    assert made["cases"]["status"].tolist() == ["not_available"]
    assert "The high-risk domestic abuse referrals return was not received" in made["cases"]["reason"][0]


def test_an_unknown_table_names_the_nearest(tmp_path):
    long_table.write({"hrda_by_quarter": long_table.cells([ROW | dict(count=1)])}, tmp_path)
    book = Book(tmp_path, Quarter.parse("2017-18-Q4"), "E06000045", "partnership")
    assert book["hrda_by_quarter"]["count"][0] == 1 and book.used == {"hrda_by_quarter"}
    with pytest.raises(KeyError, match="nearest: 'hrda_by_quarter'"):
        book["hrda_by_quarters"]


def test_every_table_and_measure_is_documented_once_with_what_disclosure_control_needs():
    said = tables.documentation()
    for name, measure in said["measures"].items():
        assert {"says", "unit", "kind"} <= set(measure), name
        assert measure["kind"] in {"count", "share", "rate", "average", "rank", "index", "money"}, name
        assert measure.get("protect", "children") in {"children", "none"}, name
    built = {n for b in tables.registry.builders() for n in b.names}
    assert built == set(said["tables"])
    names = tables.titles()
    assert names.keys() == said["measures"].keys() and len(set(names.values())) == len(names)
    assert not [name for name in names.values() if "_" in name or not name[0].isupper()]


def test_a_misspelt_setting_names_the_nearest():
    with pytest.raises(KeyError, match="has no"):
        standard("no.such.setting")


def test_a_broken_settings_file_is_one_line_with_its_place(tmp_path):
    from openstats.project_data import read

    (tmp_path / "x.yml").write_text("a: 1\nb: c: 2")
    with pytest.raises(UserError, match=r"x.yml, line 2 is not valid YAML"):
        read(tmp_path / "x.yml")
    with pytest.raises(UserError, match="missing"):
        read(tmp_path / "y.yml")


def test_cells_do_not_edit_their_input():
    rows = pd.DataFrame([ROW | dict(count=1)])
    before = rows.copy()
    long_table.cells(rows, unit="deaths")
    pd.testing.assert_frame_equal(rows, before)


def test_a_row_without_a_figure_holds_no_number():
    """What has no figure is blank in a workbook: with a number besides, its pack could not be circulated."""
    from board_packs.tables.registry import builders, explained

    rows = [
        ROW | dict(sex="a", count=0, of=10),
        ROW | dict(sex="b", count=0, of=10, status="not_available"),
        ROW | dict(sex="c", rank=1, ranked=3, status="not_applicable"),
        ROW | dict(sex="d", count=3, status="suppressed"),
    ]
    got = explained(long_table.cells(rows), builders()[0]).set_index("sex")[[*long_table.FIGURES]]
    assert got.loc["a", ["count", "of"]].tolist() == [0, 10]
    assert got.loc[["b", "c"]].isna().all(axis=None)
    assert got.loc["d", "count"] == 3
