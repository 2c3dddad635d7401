"""A label that a partner typed stands in no table until it is in the project's lists or a person approved it."""

import numpy as np
import pandas as pd
import pytest

from board_packs.quarter import labels
from board_packs.quarter.receiving import Received
from lscb import long_table
from lscb.errors import UserError
from openstats import project_data

AREA = "E06000045"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The folder of data with labels of its own, empty."""
    real = project_data.DATA
    for name in ("reference", "standards.yml", "dictionary"):
        (tmp_path / name).symlink_to(real / name)
    monkeypatch.setattr(labels, "DATA", tmp_path)
    return tmp_path / "labels"


def received(*titles, area=AREA):
    frame = pd.DataFrame({"area": area, "event": list(titles), "kind": "level 3"})
    return Received({"training": frame})


def test_what_is_in_no_list_is_new_and_says_what_it_looks_like(written):
    new = labels.new(received("Neglect day", "EMMA PATEL REVIEW", "Emma, born 14/03/2012"), AREA, labels.load(AREA))
    assert [(one.field, one.label) for one in new] == [
        ("training.event", "EMMA PATEL REVIEW"),
        ("training.event", "Emma, born 14/03/2012"),
        ("training.event", "Neglect day"),
    ]
    assert "a person's name" in new[0].looks_like and "a date" in new[1].looks_like and not new[2].looks_like
    line = labels.lines(new[:1])[0]
    assert line.startswith("training.event=EMMA PATEL REVIEW (1 row): looks like a person's name")


def table(*titles):
    rows = [dict(area=AREA, period="2017-18", measure="places", event=title, count=5) for title in titles]
    return long_table.cells(rows)


def test_labels_that_nobody_approved_stand_together_and_change_no_total(written):
    one = labels.replacements(received("EMMA PATEL REVIEW"), AREA)
    assert labels.printed(table("Total", "EMMA PATEL REVIEW"), one)["event"].tolist() == ["Total", labels.OTHER]
    two = labels.replacements(received("EMMA PATEL REVIEW", "Neglect day"), AREA)
    rows = table("Total", "EMMA PATEL REVIEW", "A known one", "neglect  DAY").assign(measure="training_places")
    printed = labels.printed(rows, two)
    assert printed["event"].tolist() == ["Total", "A known one", labels.OTHER]  # last, wherever they stood
    assert printed["count"].tolist() == [5, 5, 10]
    assert printed["status"].tolist() == ["shown"] * 3
    grades = labels.printed(rows.assign(measure="section_11_grade"), two).iloc[-1]  # does not add
    assert grades["status"] == "not_available" and "several names" in grades["reason"] and np.isnan(grades["count"])
    inside = labels.printed(table("Event: Emma Patel Review, places"), one)  # also within a longer label
    assert inside["event"].tolist() == [labels.OTHER]


def test_a_known_label_stays_though_another_that_nobody_approved_stands_inside_it(written):
    labels.approve(AREA, "training.event", "Neglect day for schools", "A. Analyst")
    instead = labels.replacements(received("Neglect day", "Neglect day for schools"), AREA)
    assert labels.printed(table("Neglect day", "Neglect day for schools"), instead)["event"].tolist() == [
        "Neglect day for schools",
        labels.OTHER,
    ]


def test_what_one_partner_calls_itself_hides_no_word_of_the_projects_lists(written):
    instead = labels.replacements(received("Police", "Mental", "EMMA PATEL REVIEW"), AREA)
    rows = table("police", "mental health", "Total", "Mental")  # two agencies that refer, as the hub's table has them
    assert labels.printed(rows, instead)["event"].tolist() == ["police", "mental health", "Total", labels.OTHER]


def test_an_approved_label_is_printed_by_name_or_as_another(written):
    labels.approve(AREA, "training.event", "Neglect day", "A. Analyst")
    labels.approve(AREA, "training.event", "EMMA PATEL REVIEW", "A. Analyst", "Learning review")
    instead = labels.replacements(received("Neglect day", "EMMA PATEL REVIEW"), AREA)
    assert labels.printed(table("Neglect day", "Emma Patel Review"), instead)["event"].tolist() == [
        "Neglect day",
        "Learning review",
    ]
    assert labels.new(received("Neglect day"), AREA, labels.load(AREA)) == []
    assert (
        len(labels.new(received("Neglect day", area="E06000044"), "E06000044", labels.load("E06000044"))) == 1
    )  # another's approval
    assert [one["by"] for one in labels.load(AREA).approved] == ["A. Analyst", "A. Analyst"]


@pytest.mark.parametrize("field, by, said", [
    ("training.nothing", "A", "is no field with words"), ("training.event", " ", "--by NAME"),
])  # fmt: skip
def test_a_decision_names_a_field_and_who_decided(written, field, by, said):
    with pytest.raises(UserError, match=said):
        labels.approve(AREA, field, "Neglect day", by)


def test_an_overruling_needs_its_reason(written):
    with pytest.raises(UserError, match="--reason"):
        labels.overrule(AREA, "65_assurance", "Ask Angela", "A", "")
    labels.overrule(AREA, "65_assurance", "Ask Angela", "A", "a campaign")
    assert labels.load(AREA).overruled[0]["reason"] == "a campaign"


@pytest.mark.parametrize("label", ["=HYPERLINK(1)", "+1", "@x", "Neglect\u202e day"])
def test_what_a_spreadsheet_would_work_out_or_nobody_sees_is_not_approved_as_it_is(written, label):
    with pytest.raises(UserError, match="use --as"):
        labels.approve(AREA, "training.event", label, "A")
    labels.approve(AREA, "training.event", label, "A", "Neglect day")
    instead = labels.replacements(received(label), AREA)
    assert labels.printed(table(label), instead)["event"].tolist() == ["Neglect day"]
