"""What looks as if it pointed to a person, in the ways people write it; and ordinary labels, which do not."""

import time

import pytest
import yaml
from named_in_context import CLOSE, FIRST, ORDINARY, SECOND, THIRD
from planted_identifiers import (
    EIGHTH,
    EIGHTH_LABELS,
    FIXED,
    LABELS,
    LATER,
    LATER_LABELS,
    LATEST,
    LATEST_LABELS,
    NEWEST,
    NEWEST_LABELS,
    PLANTED,
    READ,
    SEVENTH,
    SEVENTH_LABELS,
)  # fmt: skip
from written_identifiers import LABELS as OF_NUMBERS
from written_identifiers import writings

from openstats import authorities
from openstats.project_data import DATA
from returncheck.identifier_shapes import OF_PAGES, passages, recognised
from returncheck.number_shapes import nhs_number
from returncheck.person_names import persons


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in FIXED.items() for text in texts])
def test_what_has_a_check_digit_or_a_fixed_shape_is_always_recognised(kind, text):
    assert kind in recognised(text), recognised(text)


@pytest.mark.parametrize("seed", range(3))
def test_however_a_fixed_shape_is_written_it_is_recognised(seed):
    """Some of the product of kinds, groupings, separators, cases, labels, letters that look like digits, broken lines."""
    assert [(kind, text) for kind, text in writings(seed, 40) if not recognised(text)] == []


def test_of_all_at_least_nine_in_ten_are_recognised():
    for texts in ([text for _, text in PLANTED] + LATER, LATEST, SEVENTH, EIGHTH, FIRST, SECOND, THIRD):
        missed = [text for text in texts if not recognised(text)]
        assert len(texts) >= 60 and len(missed) <= 0.1 * len(texts), missed
    assert [text for text in NEWEST if not recognised(text)] == []
    words = sum(map(len, READ.values()))
    assert sum(kind in recognised(text) for kind, texts in READ.items() for text in texts) >= 0.9 * words


def test_at_most_two_in_a_hundred_ordinary_labels_are_taken_for_people():
    of_example = [one["label"] for one in yaml.safe_load((DATA / "labels" / "example.yml").read_text())["approved"]]
    for labels in (
        LABELS,
        LATER_LABELS,
        LATEST_LABELS,
        NEWEST_LABELS,
        SEVENTH_LABELS,
        EIGHTH_LABELS,
        ORDINARY + CLOSE,
        OF_NUMBERS,
        of_example,
    ):
        wrong = [label for label in labels if recognised(label)]
        assert len(labels) >= 99 and len(wrong) <= 0.02 * len(labels), wrong


@pytest.mark.parametrize("label", [
    "Death in Custody", "Sudden Unexpected Death in Infancy", "Died at Home", "Killed by Police", "Fire in November",
    "Death by Suicide", "Years 3/4/5/6",
])  # fmt: skip
def test_where_and_how_children_die_is_no_single_event(label):
    assert recognised(label) == []


@pytest.mark.parametrize("label", [
    "Update the website and Twitter account", "Facebook groups", "Deaths at 28 days or later", "Review at 6 weeks", "Action 3 The Way Forward",
])  # fmt: skip
def test_what_stands_beside_a_company_or_an_age_is_nobodys(label):
    assert recognised(label) == []


@pytest.mark.parametrize("label", ["Reviews of 2015 2017 2018", "Levels 100 200 300"])
def test_a_list_of_years_or_of_even_steps_is_no_number(label):
    assert recognised(label) == []


def test_a_long_cell_without_spaces_is_looked_through_in_a_moment():
    started = time.process_time()
    for cell in ("1" * 20_000, "a-" * 10_000, "A1" * 10_000, "1/2/3/" * 3_000):
        recognised(cell)
    assert time.process_time() - started < 6


@pytest.mark.parametrize("text", [
    "Core budget of 2018-19, by partner. Partial: 40 rows", "Rapid review only", "Nurse Associates", "the Somali children", "by agency and partner",
    "Eritrean boys", "Slovak girls", "Sudanese children", "the Eritrean children", "work with the Afghan children",  # no words of the list of words
])  # fmt: skip
def test_what_pages_say_beside_a_word_for_people_is_nobody(text):
    assert [*passages(text, OF_PAGES)] == []


@pytest.mark.parametrize(
    "text", ["the Khan children", "a visit to the Quux children", "Nolan boys", "the Parrish children"]
)
def test_a_familys_children_are_somebodys(text):
    """Surnames end as names of peoples do: the family is not taken for a people."""
    assert len([*persons(text)]) == 1


def test_posts_and_agencies_of_a_partnership_are_nobodys():
    """Also a post after a body's name, as a membership table has it: "conference" may stand before a person's name."""
    lists = yaml.safe_load((DATA / "reference" / "members.yml").read_text())["lists"]
    members = [member for one in lists for member in one["members"]]
    names = [text for one in members for text in (one["agency"], *one["posts"], f"{one['agency']}: {one['posts'][0]}")]
    assert len(names) > 70
    assert [found for text in names for found in passages(text, OF_PAGES)] == []


def test_names_of_authorities_are_nobodys():
    written = [authorities.name(code) for code in authorities.every()]
    assert [name for name in written if recognised(name) or recognised(f"Rates in {name} were lower.")] == []


@pytest.mark.parametrize("months, quarter", [
    ("April to June", "Q1"), ("July to September", "Q2"), ("October to December", "Q3"), ("January to March", "Q4"),
])  # fmt: skip
def test_a_quarter_written_out_is_nobody(months, quarter):
    """As the pages of each quarter have it, beside the name of each authority: `June 2016, 2016-17-Q1` is no June Q."""
    written = [f"{months} 2016, 2016-17-{quarter}", f"2016-17-{quarter} {months}", f"{quarter}, {months}"]
    for name in (authorities.name(code) for code in authorities.every()):
        written += [f"Who lives here? – {name}, {months} 2016", f"{name}, {months} 2016: How many?", f"{name} {months}"]
    assert [text for text in written if [*passages(text, OF_PAGES)]] == []


@pytest.mark.parametrize("text", [
    "On 14 March 2018 the board met.", "Born in 2017: 3,456 children.", "Case reviews of 2,017 children",
    "There were 1234567 people.", "They waited 2 years 4 months.", "In ward 3 it was higher.", "Fewer than 28 days",
    "At the end of 2023-24 there were 649 children.", "It rose in 2 015 16 to four others", "Table A 2016-17 2017-18 2018", "WT 2018-19 a", "Clare's Law was used 7 times in a way that helped.",
])  # fmt: skip
def test_dates_and_figures_of_a_page_are_no_identifiers(text):
    assert [*passages(text, OF_PAGES)] == []


@pytest.mark.parametrize("text", [
    "The mother of Emma Patel, born 14/03/2012, told the board.", "It was 14 Acacia Road.", "Call 07700 900123.",
    "A review of Jaxon by the service", "The baby was aged 9 weeks.", "He was born on 14 March 2012.",
])  # fmt: skip
def test_what_is_said_of_one_person_is_recognised_in_prose_though_a_body_is_named_in_it(text):
    assert [*passages(text, OF_PAGES)]


def test_check_digits():
    assert nhs_number("9434765919") and not nhs_number("9434765918") and not nhs_number("0000000000")
