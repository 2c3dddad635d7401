# ruff: noqa: E501  (rows of cases read best as rows)
"""The dictionary files: complete, consistent, and a fault in one named by file and field."""

import pytest

from lscb.errors import UserError
from returncheck import dictionary, partner_mappings

# The field names of the issues and the contract between the builders: other rooms use them to the letter.
CORE = {
    "child_deaths": "death_id born_on died_on notified_on review_completed_on sex ethnicity lsoa gestation_weeks categories expected "
    "modifiable_factors child_protection_plan statutory_order asylum_seeker domain_child domain_social domain_physical domain_service form_version",
    "hrda_referrals": "referral_id victim_id perpetrator_id referred_on incident_on agency children_in_household victim_age victim_sex "
    "ethnicity disability lgbt lsoa outcome",
    "children_services": "indicator quarter count population",
}


@pytest.mark.parametrize("name", CORE)
def test_the_core_returns_have_their_fields(name):
    assert set(CORE[name].split()) <= set(dictionary.load()[name].fields)


@pytest.mark.parametrize("name", dictionary.load())
def test_every_field_says_what_it_means(name):
    one = dictionary.load()[name]
    assert one.grain and one.sender
    for field in one.fields.values():
        assert field.says and field.rule and field.sensitivity, f"{name}.{field.name}"
        assert all(dictionary.fold(h) for h in field.headings), f"{name}.{field.name}: a heading of punctuation only"


def test_headings_of_the_core_returns_are_not_ambiguous():
    for name in CORE:
        assert {h: f for h, f in dictionary.load()[name].headings().items() if len(f) > 1} == {}


@pytest.mark.parametrize(
    "a, b",
    [("Date of\nBirth", "date-of birth."), ("Victim\u00a0ID", "victimid"), ("LGBT+", "lgbt"), ("A & E", "A and E")],
)
def test_what_does_not_matter_in_a_heading(a, b):
    assert dictionary.fold(a) == dictionary.fold(b)


def test_what_does_matter_in_a_heading():
    assert dictionary.fold("% of cases") != dictionary.fold("of cases")


FIELD = "return: x\nkey: [a]\nfields:\n  a: {says: it, type: identifier}\n"
FAULTS = {
    "return: x\n": "no fields",
    "return: x\nkey: [b]\nfields:\n  a: {says: it, type: text}\n": "'b'",
    FIELD + "  b: {says: it, type: word}\n": "field b: type 'word'",
    FIELD + "  b: {type: text}\n": "field b: `says`",
    FIELD + "  b: {says: it, type: text, alowed: {}}\n": "'alowed'",
    FIELD + "  b: {says: it, type: whole_number, allowed: {most: 3}}\n": "'most'",
    FIELD + "  b: {says: it, type: date, allowed: {not_after: c}}\n": "'c'",
    FIELD + "  b: {says: it, type: choice}\n": "a choice needs",
    FIELD + "  b: {says: it, type: choice, allowed: {values: {m: [X], f: [x]}}}\n": "stands for two values",
    FIELD + "  b: {says: it, type: choice, allowed: {values: {yes: [Y]}}}\n": "quotes",
    FIELD + "  b: {says: it, type: choice, allowed: {values_of: y.z}}\n": "'y.z'",
    FIELD + "dated_by: a\n": "must be a date",
    "return: [x\n": "not valid YAML",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_in_a_dictionary_file_is_named(tmp_path, text):
    (tmp_path / "x.yml").write_text(text)
    with pytest.raises(UserError, match=FAULTS[text].replace("[", r"\[")) as said:
        dictionary.load(tmp_path)
    assert "x.yml" in str(said.value)


def test_a_return_described_twice(tmp_path):
    for name in ("x.yml", "y.yml"):
        (tmp_path / name).write_text(FIELD)
    with pytest.raises(UserError, match="second time"):
        dictionary.load(tmp_path)


@pytest.mark.parametrize(
    "text", ["dates: backwards\n", "headings: {A: nothing}\n", "heading: {}\n", "values: {nothing: {}}\n"]
)
def test_a_fault_in_a_mapping_is_named(tmp_path, text):
    (tmp_path / "mappings").mkdir()
    (tmp_path / "x.yml").write_text(FIELD)
    (tmp_path / "mappings" / "hub.yml").write_text(text)
    with pytest.raises(UserError, match="hub.yml"):
        partner_mappings.mappings(tmp_path)


def test_a_draft_is_never_read(tmp_path):
    (tmp_path / "mappings").mkdir()
    (tmp_path / "x.yml").write_text(FIELD)
    (tmp_path / "mappings" / "hub.draft.yml").write_text("dates: backwards\n")
    assert partner_mappings.mappings(tmp_path) == {}
