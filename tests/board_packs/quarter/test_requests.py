"""What a run is asked for: everything wrong with it is said before anything starts."""

import re

import pytest
import toy_quarter as toy

from board_packs.publish import disclosure_step, page_making, page_step, quarter_run, tables_run  # noqa: F401
from lscb.errors import UserError


@pytest.mark.parametrize("asked, said", [
    ({"period": "2017-19-Q1"}, "is not a period"),
    ({"area": "E99999999"}, "is not the code"),
    ({"only": ["40_nothing"]}, "Packs: main_board, panel, public. Notebooks: 10_people, 20_places."),
    ({"executor": "dask"}, "--scheduler"),
    ({"executor": "cloud"}, "use local or dask"),
    ({"sample": False, "returns": "/nowhere"}, "no such folder"),
    ({"period": "2031-32-Q1"}, "No invented quarter reaches 2031-32-Q1 (the last is 2017-18-Q4): ask for another"),
])  # fmt: skip
def test_a_request_that_cannot_be_used_is_refused_in_one_line(tmp_path, asked, said):
    with pytest.raises(UserError, match=re.escape(said)) as error:
        toy.ask(tmp_path / "out", toy.write(tmp_path / "notebooks"), **asked)
    assert "\n" not in str(error.value)


def test_a_misspelt_parameter_is_refused_before_anything_runs(tmp_path):
    notebooks = toy.write(tmp_path / "notebooks")
    toy.notebook(notebooks / "20_places.ipynb", "Where?", toy.PLACES, toy.PARAMETERS.replace("audience", "audiance"))
    with pytest.raises(UserError, match="20_places.ipynb does not declare the parameter 'audience' .*'audiance'"):
        toy.ask(tmp_path / "out", notebooks)
