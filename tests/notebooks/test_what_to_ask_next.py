"""What a page asks next follows from its own figures: turn the figure round, and the question goes or comes."""

import re

import pytest
from page_reader import run

from lscb import long_table


def turned(frame, figure, measure, to, **labels):
    """The table with a figure (`value`, `count`) of some cells that are shown put to a number."""
    rows = (frame["measure"] == measure) & (frame["status"] == "shown")
    for name, label in labels.items():
        rows &= frame[name] == label
    assert rows.any(), (measure, labels)
    return frame.assign(**{figure: frame[figure].mask(rows, to)})


# page, table, what of it is put to which number, what is asked before, and after
TURNED = [
    ("10_demographics", "age_shares", ("value", "share_15_24", 0.01), {"area": "E06000045"}, "is here to study", ""),
    ("20_deprivation", "deprivation_deciles", ("count", "neighbourhoods", 0), {"decile": "1"}, "Are services used where the need is", ""),
    ("60_exploitation_and_missing", "return_interviews", ("value", "interviews_in_time_share", 0.9), {}, "What keeps more than half of the return interviews", ""),
    ("60_exploitation_and_missing", "missing_episodes", ("value", "missing_episodes_to_police", 100), {}, "count fewer missing episodes than the police", ""),
    ("60_exploitation_and_missing", "exploitation_flags", ("count", "children_flagged", 70), {"period": "2017-18-Q3"}, "Are fewer children at risk than a year before", ""),
    ("75_learning", "training_attendance", ("value", "training_filled", 0.2), {"kind": "level 3"}, "", "Who was meant to come to level 3"),
    ("80_board", "plan_progress", ("count", "plan_actions", 0), {"progress": "behind"}, "Which action is behind because nobody owns it", ""),
    ("80_board", "contributions", ("value", "contribution_outstanding", 250), {}, "", "When will the £250 outstanding come?"),
]  # fmt: skip


@pytest.mark.parametrize("page, name, change, labels, before, after", TURNED)
def test_a_question_follows_from_the_figures(
    page, name, change, labels, before, after, frames, invented_quarter, tmp_path
):
    asked = invented_quarter.page(page, "partnership").cell("say.ask(").text
    long_table.write(frames() | {name: turned(frames()[name], *change, **labels)}, tmp_path)
    now = run(page, tmp_path).cell("say.ask(").text
    assert not before or (before in asked and before not in now)
    assert not after or (after in now and after not in asked)


def test_one_agency_does_and_several_do_count_fewer_episodes(frames, invented_quarter, tmp_path):
    page, name, alone = "60_exploitation_and_missing", "missing_episodes", frames()["missing_episodes"]
    assert (
        "Why do Barnardo's, children's services and youth"
        in invented_quarter.page(page, "partnership").cell("say.ask(").text
    )
    for agency in ("Barnardo's", "children's services"):
        alone = turned(alone, "value", "missing_episodes_to_police", 100, agency=agency)
    long_table.write(frames() | {name: alone}, tmp_path)
    asked = run(page, tmp_path).cell("say.ask(").text
    assert "Why does youth offending service count fewer missing episodes than the police" in asked


@pytest.mark.parametrize("page", ["60_exploitation_and_missing", "75_learning", "80_board"])
def test_nothing_is_asked_of_what_did_not_come_but_the_return(page, hidden):
    asked = run(page, hidden("absent")).cell("say.ask(").text
    # the reason, or where the page has given it, the return alone
    assert re.fullmatch(
        r"Ask for the return: The [^.]+ return was not received[^.]*\.|Ask for the [a-z ]+ return\.", asked
    )
