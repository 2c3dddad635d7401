"""Reasons: each knows its own sentence and no other, however it is printed; nothing else reads words of one."""

import re
from pathlib import Path

import pytest

from board_packs.tables import reasons

ROOT = Path(__file__).parents[3]
WORDS = dict(title="child deaths", what="infant deaths of 2019-20", why="there was nothing", day="1 April 2017",
             where="five years", rows="3 rows")  # fmt: skip
PARTS = {("to_fetch", "in_print"), ("to_fetch", "no_file")}  # the first is what the second ends with, or near it


@pytest.mark.parametrize("name", reasons.EVERY)
def test_a_reason_knows_its_own_sentence_alone(name):
    said = reasons.EVERY[name](**WORDS)
    printed = (
        said,
        f"{said[:1].upper()}{said[1:].rstrip('.')}.",
        f"rounded to the nearest 5; {said}",
        said.rstrip("."),
    )
    for text in printed:
        of = {each for each, reason in reasons.EVERY.items() if reason.within(text)}
        assert of - {part for part, whole in PARTS if whole == name} == {name}, text


@pytest.mark.parametrize("name, page, pack", [
    ("not_received", "the return", "the returns that did not come"), ("no_row", "the return", "the rows that their returns lack"),
    ("no_usable_row", "the return", "the rows that their returns lack"),
    ("covers_from", "what it lacks", ""), ("left_blank", "what it lacks", ""), ("nil", "", ""), ("in_print", "the official file", ""), ("partial", "", ""),
])  # fmt: skip
def test_what_is_asked_for_a_reason(name, page, pack):
    said = reasons.EVERY[name](**WORDS)
    assert (reasons.asked_for([said]), reasons.asked_for(["it is withheld", said], "lacking")) == (page, pack)


@pytest.mark.parametrize("names, page, pack", [
    (("no_row_of", "not_received"), reasons.THE_RETURN, reasons.CAME_NOT),  # what did not come, before what it lacks
    (("to_fetch", "left_blank"), reasons.WHAT_IT_LACKS, ""),  # what a sender can mend, before an official file
    (("no_row_of", "no_row"), reasons.THE_RETURN, reasons.ROWS),
    (("nil", "no_file"), reasons.THE_FILE, ""),  # a nil return asks for nothing
])  # fmt: skip
def test_of_several_reasons_the_gravest_is_what_is_asked_for(names, page, pack):
    """Whichever of them comes first in a table."""
    for each in (names, names[::-1]):
        said = [reasons.EVERY[name](**WORDS) for name in each]
        assert (reasons.asked_for(said), reasons.asked_for(said, "lacking")) == (page, pack)


def test_the_marks_of_a_figure_keep_how_many_rows_it_lacks():
    both = f"{reasons.PARTIAL(**WORDS)}; {reasons.NIL_RETURN(**WORDS)}"
    assert [mark.groupdict() for mark in reasons.marks(both)] == [{"rows": "3 rows", "title": "child deaths"}, {"title": "child deaths"}]  # fmt: skip


def test_no_other_place_reads_words_of_a_reason():
    """A pattern elsewhere would not follow a sentence that changes. What audiences' rules print is read by the attack."""
    reading = re.compile(
        r"""reason(\\?["']\])?\.(str\.(contains|match|extract|startswith)|index|startswith)|["'] in (\w+\.)?reason\b"""
    )
    files = [*(ROOT / "lib").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    lines = [
        f"{path.name}: {line.strip()}"
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if reading.search(line)
    ]
    allowed = (
        "threshold_costs.py",
        "page_making.py",
        "annual_report.py",
        "disclosure_step.py",
    )  # not of a table's figures
    assert not [line for line in lines if not line.startswith(allowed)]
