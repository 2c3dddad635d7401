"""What every notebook keeps to: its size, its order, its tags, its parameters; and that it holds within a year."""

import ast
import json
import re

import mutants
import pytest

from board_packs.pages.book_opening import open_book
from openstats.project_data import NOTEBOOKS

PAGES = sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))


def cells(name):
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def code(name, internal=True):
    found = [c for c in cells(name) if c["cell_type"] == "code"]
    return ["".join(c["source"]) for c in found if internal or "internal" not in c["metadata"].get("tags", [])]


def lines_of(sources):
    """Lines of code: not blank, no comment, no import."""
    every = [line.strip() for source in sources for line in source.splitlines()]
    return [line for line in every if line and not line.startswith(("#", "import ", "from "))]


@pytest.mark.parametrize("name", PAGES)
def test_a_notebook_is_short_and_has_no_function_and_no_output(name):
    """Counted are lines of code, the internal part's too, the parameters cell and imports aside."""
    lines = lines_of(code(name)[1:])
    assert len(cells(name)) <= 40 and (len(lines) >= 50 or name[:2] == "00") and len(lines) <= 90, len(lines)
    assert not any(re.match(r"(async )?def |class ", line) for line in lines)
    assert not any(c.get("outputs") or c.get("execution_count") for c in cells(name))


@pytest.mark.parametrize("name", [name for name in PAGES if name[:2] != "00"])
def test_the_internal_part_is_a_worked_exploration(name):
    leaving = len(code(name, internal=False))
    assert 10 <= len(lines_of(code(name)[leaving:])) <= 20
    (mark,) = [c for c in cells(name) if c["cell_type"] == "markdown" and "internal" in c["metadata"].get("tags", [])]
    assert "<strong>RESTRICTED, NOT FOR CIRCULATION.</strong>" in "".join(mark["source"]).partition("\n")[0]


def of_tables(sources):
    """Which cells name a table: by `book["..."]`, the ledger's file, or a name computed from either before."""
    computed, named = set(), []
    for source in sources:
        has = False
        for statement in ast.parse(source).body:
            nodes = list(ast.walk(statement))
            texts = {ast.unparse(node.value) for node in nodes if isinstance(node, ast.Subscript)}
            texts |= {str(node.value) for node in nodes if isinstance(node, ast.Constant)} & {"ledger.csv"}
            names = {node.id: node.ctx for node in nodes if isinstance(node, ast.Name)}
            used = {name for name in names if name in computed}
            assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            direct = bool(used or texts & {"book", "ledger.csv"})
            computed = computed | assigned if direct else computed - assigned
            has = has or direct
        named.append(has)
    return named


def test_cells_that_leave_name_their_tables():
    """Under a tenth of them name none: the tutorial's imports, and where figures come from, at each notebook's end."""
    named = [has for name in PAGES for has in of_tables(code(name, internal=False)[1:])]
    assert named.count(False) < 0.1 * len(named), f"{named.count(False)} of {len(named)}"


def test_calls_say_what_they_are_about():
    """Under fifteen in a hundred take `book` alone: what they print could be changed by nobody."""
    calls = [
        node
        for name in PAGES
        for source in code(name, internal=False)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
    ]
    alone = [call for call in calls if [ast.unparse(a) for a in call.args] == ["book"] and not call.keywords]
    assert len(alone) < 0.15 * len(calls), f"{len(alone)} of {len(calls)}"


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


def test_the_faults_that_a_person_wrote_still_stand_in_the_notebooks():
    """One that no longer fits is asked of nothing: `mutants.by_hand` names it."""
    assert len(mutants.by_hand("")) >= 40
