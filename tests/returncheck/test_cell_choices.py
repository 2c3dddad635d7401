"""Coded answers: the letters, numbers and codes that systems put before their words."""

import pytest
from invented_returns import read, rules

DEATHS = "Case ID,Date of birth,Date of death,Date notified,Sex,Ethnicity,Category,Expected,Modifiable factors,CPP\n"
ROW = "D1,05/05/2010,09/01/2018,10/01/2018,{},{},{},{},{},{}\n"
GOOD = ("F", "WBRI", "7", "Y", "No", "No")


def one(tmp_path, at, text):
    cells = list(GOOD)
    cells[at] = f'"{text}"'
    return read(tmp_path, deaths__csv=DEATHS + ROW.format(*cells))


@pytest.mark.parametrize(
    ("at", "text", "value"),
    [(0, "a) Male", "male"), (0, "b) Female", "female"), (0, "1 - Male", "male"), (1, "a) WBRI", "white_british"),
     (1, "WBRI - White British", "white_british"), (1, "k) APKN", "asian_pakistani"), (1, "A - White British", "white_british"),
     (1, "Asian or Asian British - Pakistani", "asian_pakistani"), (1, "W1", "white_british"),
     (2, "7: Chromosomal, genetic and congenital anomalies", "7"), (2, "Category 3", "3"), (2, "8 - Perinatal/neonatal event", "8"),
     (2, "2. Suicide or deliberate self-inflicted harm", "2"), (3, "TRUE", "expected"), (3, "a) Yes", "expected"),
     (4, "TRUE", "identified"), (4, "1", "identified"), (4, "✓", "identified"), (4, "b) No", "none_identified"),
     (5, "a) Yes", True), (5, "(b) No", False), (5, "1 - Yes", True)],
)  # fmt: skip
def test_an_answer_is_read_by_its_words(tmp_path, at, text, value):
    frame = one(tmp_path, at, text).frames["child_deaths"]
    name = ["sex", "ethnicity", "category", "expected", "modifiable_factors", "child_protection_plan"][at]
    assert frame[name].tolist() == [value]


@pytest.mark.parametrize(
    ("at", "text"),
    [(0, "2"), (0, "1 - Female or male"), (1, "WBRI - White Irish"), (2, "8 - Infection"), (2, "11: Infection"),
     (2, "Category 12"), (3, "maybe"), (5, "a) Perhaps"), (5, "Yes/No")],
)  # fmt: skip
def test_where_code_and_words_disagree_or_are_not_known_there_is_no_value(tmp_path, at, text):
    got = one(tmp_path, at, text)
    name = ["sex", "ethnicity", "category", "expected", "modifiable_factors", "child_protection_plan"][at]
    assert len(got.frames["child_deaths"]) == 1 and got.frames["child_deaths"][name].isna().all()
    assert got.problems["todo"].str.startswith("The row counts").sum() == 1, rules(got)


def test_activity_of_care_leavers_by_code_and_words(tmp_path):
    rows = [("L1", "F1: Full time"), ("L2", "G4 - NEET"), ("L3", "P2"), ("L4", "a) F2: Training")]
    text = "Child Unique ID,Date of Birth,LA In Touch,Activity Status\n"
    text += "".join(f'{i},05/05/1998,a) Yes,"{a}"\n' for i, a in rows)
    frame = read(tmp_path, list9__csv=text).frames["annex_a_care_leavers"]
    work = "in_work_or_education"
    assert frame["activity"].tolist() == [work, f"not_{work}", work, work] and frame["in_touch"].all()
