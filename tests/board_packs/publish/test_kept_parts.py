"""Parts of packs that are kept from run to run: made again where what they are made of is not as it was, and only then."""

from dataclasses import replace
from datetime import date

import pytest

from board_packs.pages.finding import Action, Finding, Findings
from board_packs.publish import pack_making
from board_packs.publish.export import Banner
from board_packs.publish.pack_files import pack_folder, workbook
from board_packs.publish.pack_files.kept_parts import KeptParts
from board_packs.publish.page_making import Checks
from board_packs.publish.release import Allowed, check
from board_packs.quarter.pack_settings import Pack
from lscb import long_table
from lscb.periods import Quarter

AREA, PERIOD = "E06000045", "2017-18-Q4"
BANNER = Banner(Quarter.parse(PERIOD), AREA, "public", True)


def write(folder, **counts):
    """A table for each name, of one count."""
    frames = {n: long_table.cells([dict(area=AREA, period=PERIOD, measure=n, count=k)]) for n, k in counts.items()}
    long_table.write(frames, folder)


@pytest.fixture
def asked(tmp_path):
    """Asks for a part as another run would: (the part, whether it was made)."""
    tables = tmp_path / "protected" / "public"
    write(tables, one=1, other=2)

    def ask(made_of=("one",), key="k", code="c", folder=tables):
        calls = []

        def make():
            calls.append(1)
            return {"of": [1.5, "words", len(calls)]}, made_of

        return KeptParts(folder, tmp_path, code).of("part", make, key), bool(calls)

    ask.tables, ask.area = tables, tmp_path
    return ask


def test_a_part_is_made_once_for_the_same_tables_the_same_key_and_the_same_code(asked):
    first, made = asked()
    assert made and asked() == (first, False)
    write(asked.tables, other=3)  # which it was not made of
    assert asked() == (first, False)
    for changed in (dict(key="l"), dict(code="d"), dict(code="")):
        assert asked(**changed)[1], changed
    assert asked()[1] and not asked()[1]
    write(asked.tables, one=2)
    assert asked()[1] and not asked()[1]
    (asked.tables / "one.csv").unlink()
    assert asked()[1]


def test_a_damaged_part_is_made_again_and_another_audiences_is_not_taken(asked):
    first, _ = asked()
    (path,) = (asked.area / "working" / "parts").iterdir()
    path.write_text(path.read_text().replace("words", "other"))
    assert asked() == (first, True)
    path.write_bytes(b"\xff")
    assert asked() == (first, True)
    write(asked.area / "protected" / "partnership", one=1)
    assert asked(folder=asked.area / "protected" / "partnership")[1]


def test_a_tables_part_is_taken_from_another_audience_where_the_table_is_the_same(tmp_path):
    def part(audience, kind, count, answer):
        write(tmp_path / audience, one=count)
        return KeptParts(tmp_path / audience, tmp_path, "c").of_table(kind, "one", lambda: answer)

    assert part("partnership", "open sheet", 1, "first") == "first"
    assert part("public", "open sheet", 1, "second") == "first"
    assert part("public", "sheet", 1, "of another kind") == "of another kind"
    assert part("public", "open sheet", 2, "of another table") == "of another table"


def test_a_workbook_of_kept_parts_is_the_one_that_is_made_without_any(tmp_path, monkeypatch):
    tables = tmp_path / "public"
    write(tables, one=1_000, other=2)
    frames = {name: long_table.load(tables / f"{name}.csv") for name in ("one", "other")}

    def made(place, parts):
        place.mkdir()
        pack_folder.add_workbooks(place, Pack("p", "P", "public", (10,)), frames, BANNER, parts)
        return [path.read_bytes() for path in sorted(place.iterdir())]

    alone = made(tmp_path / "alone", None)
    assert made(tmp_path / "first", KeptParts(tables, tmp_path, "c")) == alone
    monkeypatch.setattr(workbook, "plain", None)  # whoever puts a table into words fails
    assert made(tmp_path / "again", KeptParts(tables, tmp_path, "c")) == alone
    write(tables, other=3)
    with pytest.raises(TypeError):
        made(tmp_path / "changed", KeptParts(tables, tmp_path, "c"))


def test_findings_are_the_same_after_they_were_kept():
    late = (Action(date(2018, 3, 1), "Police", "Write", 2), Action(date(2018, 4, 1), "Health", "Read", 1))
    item = Finding("worse", "agreed", "Actions", "so it is", 80, "<svg>", "same", "", (True, False), "Late", late)
    found = Findings([item, Finding("same", "chart", "A", "b", 40)], {"why": ["A"]}, {"plan": [*late]})
    assert Findings.of_values(*found.values()) == found


def test_a_text_in_which_nobody_was_recognised_is_not_read_again_and_one_that_names_somebody_is(tmp_path):
    page = "<html lang='en'><p>There were 40 referrals.</p><p>Seen by Zebedee Quux, born 3 May 2011.</p></html>"
    people = [r for r in check(page) if r.startswith("people")]
    assert people
    for _ in range(2):
        with KeptParts(tmp_path, tmp_path, "c").texts("texts") as harmless:
            assert [r for r in check(page, Allowed(harmless=harmless)) if r.startswith("people")] == people
            assert any("40 referrals" in text for text in harmless) and not any("Quux" in text for text in harmless)
    with KeptParts(tmp_path, tmp_path, "c").texts("texts of packs") as harmless:  # read on a page, and on no pack yet
        assert any("40 referrals" in text for text in harmless)
        harmless.add("of packs")
    with KeptParts(tmp_path / "public", tmp_path, "c").texts("texts") as harmless:
        assert "of packs" in harmless and any("40 referrals" in text for text in harmless)
    with KeptParts(tmp_path, tmp_path, "d").texts("texts") as harmless:  # by other rules: all is read
        assert not harmless


def test_the_packs_of_an_audience_share_their_parts_from_run_to_run(tmp_path):
    tables = tmp_path / "protected" / "public"
    write(tables, one=1)
    job = pack_making.PackJob(
        tmp_path, Pack("p", "P", "public", (10,)), [], tables, ["one"], BANNER, Checks(), code="c"
    )
    first = pack_making.make_packs([job])
    assert first[0].status == "released"
    kept = sorted(path.name for path in (tmp_path / "working" / "parts").iterdir())
    assert {"public sheet one.json", "public open sheet one.json", "public texts of packs.json"} <= set(kept)
    assert pack_making.make_packs([job]) == first == pack_making.make_packs([replace(job, code="")])


def test_a_kept_pack_is_searched_for_what_it_was_not_searched_for_before(tmp_path):
    tables = tmp_path / "protected" / "public"
    write(tables, one=1)
    job = pack_making.PackJob(tmp_path, Pack("p", "P", "public", (10,)), [], tables, ["one"], BANNER, Checks())
    assert pack_making.make_packs([job])[0].status == "released"

    def stays(*names):
        news = Checks([["child", "name", name] for name in names])
        return pack_making.stays(replace(job, news=news), tmp_path / "packs" / "p", ["one"])

    assert stays() and stays("Zebedee Quux")
    assert not stays("Southampton")  # which stands on its first page
