"""Who is nobody: what stands where a reference belongs and is none, and letters that nobody sees."""

import pytest
from invented_returns import HRDA, emptied, hrda, problem, read, table

USUAL = [hrda(id=f"S{i}", victim=f"VT{50_000 + i}") for i in range(20)]
NOBODY = [
    "not provided", "declined", "none given", "unknown victim", "N/K - see notes", "victim", "01/02/1980", "2017-04-03",
    "Jane Example", "Smith", "SO14 1AA", "jane@example.org", "999 000 1111", "07700 900123", "refused", "TBC - awaiting",
    "as per email", "mother",
]  # fmt: skip


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_reference_is_named_and_joins_nobody(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text), hrda(id="R2", victim=text), *USUAL))
    frame = got.frames["hrda_referrals"]
    assert len(frame) == 22 and frame["victim_id"].nunique() == 20  # both referrals count, nobody is made of them
    assert [cell for cell, _ in emptied(got)] == ["B2", "B3"]
    assert text != "SO14 1AA" or "1AA" not in got.problems.to_csv()


@pytest.mark.parametrize("text", ["VT505\u00ad05", "VT50505\u200e", "VT\u206050505", "VT50\u200b505", "ＶＴ50505"])
def test_letters_that_nobody_sees_make_no_second_person(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim="VT50505"), hrda(id="R2", victim=text)))
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["VT50505", "VT50505"]
    assert [cell for cell, _ in problem(got, "warn")] == ["B3"]


@pytest.mark.parametrize("text", ["VT\u202e505", "V\u041050505", "V١٢"])
def test_letters_that_only_look_like_others_give_no_reference(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text)))
    assert got.frames["hrda_referrals"]["victim_id"].isna().all() and [c for c, _ in emptied(got)] == ["B2"]


@pytest.mark.parametrize(("text", "kept"), [("'V10011", "V10011"), ("50002.0", "50002"), ("O'Neil-12", "O'Neil-12")])
def test_marks_of_other_programs_are_no_part_of_a_reference(tmp_path, text, kept):
    assert read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text))).frames["hrda_referrals"]["victim_id"].tolist() == [
        kept
    ]


def test_codes_of_letters_are_references_where_the_column_has_no_others(tmp_path):
    got = read(
        tmp_path,
        hrda__csv=table(HRDA, *[hrda(id=f"R{i}", victim=v) for i, v in enumerate(["QXA", "QXB", "QXC", "QXA"])]),
    )
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["QXA", "QXB", "QXC", "QXA"]


@pytest.mark.parametrize("text", ["V2/V3", "V2 & V3", "V2; V3", "V-2 and V-3", "V2 V3", "10233 & 10234", "v2+V3"])
@pytest.mark.parametrize("long", [False, True])
def test_two_references_in_a_cell_are_no_third_person(tmp_path, text, long):
    rows = [hrda(id=f"S{i}", victim=f"VT{50_000 + i}") for i in range(3000 if long else 20)]
    got = read(tmp_path, hrda__csv=table(HRDA, *rows, hrda(victim=f'"{text}"')))
    assert got.frames["hrda_referrals"]["victim_id"].nunique() == len(rows)
    assert "is more than one reference" in got.problems["rule"].str.cat() and len(emptied(got)) == 1


@pytest.mark.parametrize("text", ["CH/2018/0417", "17/00234", "A1-22", "V2/18", "AB 123", "V2/3", "HR 2018 7"])
def test_one_reference_with_its_own_marks_stays_one(tmp_path, text):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim=text), *USUAL))
    assert got.frames["hrda_referrals"]["victim_id"].iloc[0] == text


def test_a_number_shown_with_commas_is_the_number_without(tmp_path):
    got = read(tmp_path, hrda__csv=table(HRDA, hrda(victim='"50,002"'), hrda(id="R2", victim="50002")))
    assert got.frames["hrda_referrals"]["victim_id"].tolist() == ["50002", "50002"]
    assert [cell for cell, _ in problem(got, "warn")] == ["B2"]
