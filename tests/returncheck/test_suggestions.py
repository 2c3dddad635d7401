"""Advice on headings: proposed only where the words and the cells below fit; the draft of a partner's mapping."""

import pytest
import yaml
from invented_returns import AREA, PERIOD, read, rules

import returncheck as returns
from returncheck.mapping_drafts import pattern


def proposals(got):
    some = got.problems[got.problems["rule"].str.contains("Did you mean")]
    return {v: r.split("Did you mean ")[1].rstrip("?") for v, r in zip(some["value"], some["rule"], strict=True)}


def test_a_birth_date_is_no_reference_and_another_persons_answer_is_not_the_victims(tmp_path):
    text = "Referral ID,Date of referral,Victim DOB,Victim name,Perp ethnicity,Perp sex,Child ref\n"
    got = read(tmp_path, a__csv=text + "R1,01/02/2018,01/02/1980,Jane Doe,White British,F,C1\n")
    assert proposals(got) == {} and len(got.frames["hrda_referrals"]) == 1


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [("Victm ID", "V1", "victim_id"), ("Vicitm age", "30", "victim_age"), ("Referring agncy", "Police", "agency"),
     ("Perp no", "P1", "perpetrator_id"), ("Number of childrn", "2", "children_in_household")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_proposed_where_its_cells_fit(tmp_path, heading, cell, field):
    got = read(tmp_path, a__csv=f"Referral ID,Date of referral,{heading}\nR1,01/02/2018,{cell}\n")
    assert proposals(got) == {heading: field}
    other = "Jane Doe" if cell != "Police" else "01/02/2018"
    assert proposals(read(tmp_path, a__csv=f"Referral ID,Date of referral,{heading}\nR1,01/02/2018,{other}\n")) == {}


@pytest.mark.parametrize("heading", ["Ref No", "Case no.", "Our ref", "Unique reference"])
def test_what_blocks_the_file_gets_a_proposal(tmp_path, heading):
    got = read(tmp_path, a__csv=f"{heading},Date of referral,Victim ID\nR1,01/02/2018,V1\nR2,02/02/2018,V1\n")
    if heading != "Our ref":  # "our" is no word of the dictionary
        assert proposals(got) == {heading: "referral_id"} and f'It may be "{heading}"' in rules(got)
    assert got.quality["refused"].tolist() == [2]


def test_a_column_that_repeats_is_not_the_reference_of_every_row(tmp_path):
    got = read(tmp_path, a__csv="Ref No,Date of referral,Victim ID\nR1,01/02/2018,V1\nR1,02/02/2018,V2\n")
    assert proposals(got) == {}


@pytest.mark.parametrize(
    ("file", "wanted"),
    [("hrda [final].csv", "hrda*.csv"), ("hrda 2017-18 Q4 v2.xlsx", "hrda*.xlsx"), ("MARAC_Q4.xlsx", "MARAC*.xlsx"),
     ("2018.csv", "2018*.csv")],
)  # fmt: skip
def test_a_draft_is_for_the_partner_and_not_for_one_file(file, wanted):
    assert pattern(file) == wanted


def test_the_draft_proposes_headings_and_values_and_applies_once_saved(tmp_path):
    from shutil import copytree

    from openstats.project_data import DATA

    (tmp_path / "in").mkdir()
    text = "Referral ID,Date of referral,Victm ID,Victim sex,Disability,LGBT\nR1,01/02/2018,V1,2,Femal,N\nR2,02/02/2018,V2,Femle,Y,N\n"
    (tmp_path / "in" / "hub [final] v2.csv").write_text(text)
    returns.check(tmp_path / "in", PERIOD, AREA, tmp_path / "out")
    (path,) = (tmp_path / "out" / "mappings").iterdir()
    draft = yaml.safe_load(path.read_text())
    assert draft["files"] == ["hub*.csv"] and draft["headings"] == {"Victm ID": "victim_id"}
    assert draft["values"] == {
        "victim_sex": {"2": "not_known", "Femle": "female"},
        "disability": {"Femal": "not_known"},
    }
    copytree(DATA / "dictionary", tmp_path / "dictionary")
    (tmp_path / "dictionary" / "mappings" / "hub.yml").write_text(path.read_text())
    got = returns.read(tmp_path / "in", PERIOD, AREA, dictionary_folder=tmp_path / "dictionary")
    frame = got.frames["hrda_referrals"]
    assert frame["victim_id"].tolist() == ["V1", "V2"] and frame["victim_sex"].fillna("").tolist() == ["", "female"]


def test_a_sheet_of_no_return_gets_a_draft_as_well(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "odd.csv").write_text("Aaa,Bbb\n1,2\n")
    returns.check(tmp_path / "in", PERIOD, AREA, tmp_path / "out")
    text = (tmp_path / "out" / "mappings" / "odd.draft.yml").read_text()
    assert '"Aaa": ignore' in text and "returns: []  # name the return" in text


def test_a_data_row_makes_no_matrix_of_a_list(tmp_path):
    heads = "Child ref,Date of birth,Date of death,Date notified,All categories,Category,Expected\n"
    rows = "".join(f"D{i},01/02/2010,01/02/2018,02/02/2018,6,{c},Expected\n" for i, c in enumerate("6616"))
    got = read(tmp_path, deaths__csv=heads + rows)
    assert got.quality["received"].tolist() == [4] and "categories or periods" not in rules(got)
    assert proposals(got) == {"Child ref": "death_id"}
