"""What every notebook keeps to: its size, its order, its tags, its parameters; and that it holds within a year."""

import json
import re

import pytest

from board_packs.pages.book_opening import open_book
from openstats.project_data import NOTEBOOKS

PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))


def cells(name):
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def code(name, internal=True):
    found = [c for c in cells(name) if c["cell_type"] == "code"]
    return ["".join(c["source"]) for c in found if internal or "internal" not in c["metadata"].get("tags", [])]


@pytest.mark.parametrize("name", PAGES)
def test_a_notebook_is_short_and_has_no_function_and_no_output(name):
    lines = [line for source in code(name) for line in source.splitlines() if line.strip() and line.strip()[0] != "#"]
    assert len(cells(name)) <= 40 and len(lines) <= 100
    assert not any(re.match(r"\s*(async )?def |\s*class ", line) for line in lines)
    assert not any(c.get("outputs") or c.get("execution_count") for c in cells(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_notebook_asks_a_question_and_ends_with_what_never_leaves(name):
    every = cells(name)
    assert "".join(every[0]["source"]).startswith("# ")
    tags = [c["metadata"].get("tags", []) for c in every]
    assert {tag for each in tags for tag in each} <= {"parameters", "internal"}
    assert tags[1] == ["parameters"] and sum("parameters" in each for each in tags) == 1
    if any("internal" in each for each in tags):
        first = next(n for n, each in enumerate(tags) if "internal" in each)
        assert all("internal" in each for each in tags[first:])


@pytest.mark.parametrize("name", [name for name in PAGES if name[:2] != "00"])
def test_the_answer_comes_first_and_the_stamp_last(name):
    sources = code(name, internal=False)
    answer = next(n for n, source in enumerate(sources) if "say.answer(" in source)
    drawn = [n for n, source in enumerate(sources) if re.search(r"charts\.show\(|\bshow\(", source)]
    assert answer < min(drawn) and sources[-1].endswith(("stamp(book)", "stamp(book))"))


@pytest.mark.parametrize("name", PAGES)
def test_every_parameter_is_passed_on_and_questions_ask_for_the_standard(name):
    parameters, opened = code(name)[:2]
    space: dict = {}
    exec(parameters, space)
    names = [n for n in space if n != "__builtins__"]
    assert names[:5] == ["period", "area", "audience", "tables", "sample"]
    assert all(space[n] is None for n in names[5:])
    call = re.search(r"open_book\((.*)\)", opened)[1]
    assert [part.strip().partition("=")[0] for part in call.split(",")] == names
    assert open_book.__module__ == "board_packs.pages.book_opening"


def test_most_pages_draw_with_seaborn():
    assert sum("sns." in "".join(code(name)) for name in PAGES) >= 8
