"""Pages of which nothing may be shown, or whose return is absent or empty; what they say and draw of figures is compared
in test_every_word and test_every_drawing."""

import pytest
from page_reader import run

WORDS = {"withheld": "withheld", "absent": "was not received", "empty": "not available"}


@pytest.mark.parametrize("state", WORDS)
@pytest.mark.parametrize(
    "name", ["60_exploitation_and_missing", "65_assurance", "70_case_reviews", "75_learning", "80_board"]
)
def test_a_page_without_figures_still_runs_and_says_why(hidden, name, state):
    page = run(name, hidden(state))
    assert WORDS[state] in page.answer
    assert not page.charts
