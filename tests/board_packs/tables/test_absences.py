"""No absence stops a table: columns without a value, returns of one row or none, areas that sent nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import returncheck
from board_packs.tables import Inputs, registry
from lscb.long_table import FIGURES, NOT_DIMENSIONS, cells
from lscb.periods import Quarter
from openstats import Missing, Store
from openstats.project_data import DATA
from returncheck import dictionary

PERIOD, AREA, OTHER = Quarter.parse("2017-18-Q4"), "E06000045", "E08000003"
RETURNS = sorted({name for builder in registry.builders() for name in builder.returns})


@pytest.fixture(scope="module")
def frames():
    """The invented quarter as it is read, of its referrals every eighth: what is tried does not need more."""
    received = returncheck.read(DATA / "sample" / str(PERIOD), PERIOD, AREA)
    rows = {name: frame.assign(area=AREA) for name, frame in received.frames.items()}
    rows["hrda_referrals"] = rows["hrda_referrals"].iloc[::8].reset_index(drop=True)
    rows["meetings"] = rows["meetings"].iloc[::3].reset_index(drop=True)
    return rows


def optional(name):
    return [field for field, one in dictionary.load()[name].fields.items() if not one.required]


def of(name):
    return [builder.names[0] for builder in registry.builders() if name in builder.returns]


def tables(name, rows, areas=(AREA,)):
    """Every table of one return; fails if one of them cannot be built or is not whole."""
    problems = []
    made = registry.build(Inputs(PERIOD, areas, {name: rows}, None, Store(None)), of(name), problems)
    assert problems == []
    for frame in made.values():
        assert set(areas) <= set(frame["area"])
        absent = frame[frame["status"] != "shown"]
        assert absent["reason"].ne("").all() and absent[list(FIGURES)].isna().all(axis=None)
        figures = [c for c in frame.columns if c not in NOT_DIMENSIONS]
        assert not frame.duplicated(figures).any()
    return made


def blank(rows, *fields):
    return rows.assign(**{field: pd.array([None] * len(rows), dtype=rows[field].dtype) for field in fields})


@pytest.mark.parametrize("name", RETURNS)
def test_a_field_without_a_value_in_any_row(frames, name):
    for field in optional(name):
        tables(name, blank(frames[name], field))


@pytest.mark.parametrize("name", RETURNS)
def test_every_field_that_may_be_blank_is(frames, name):
    tables(name, blank(frames[name], *optional(name)))


@pytest.mark.parametrize("name", RETURNS)
def test_fields_that_the_sender_does_not_send(frames, name):
    sent = [c for c in frames[name] if c not in optional(name) and c.removesuffix("__state") not in optional(name)]
    tables(name, frames[name][sent])


@pytest.mark.parametrize("name", RETURNS)
@pytest.mark.parametrize("row", [0, -1])
def test_a_return_of_one_row(frames, name, row):
    tables(name, frames[name].iloc[[row]].reset_index(drop=True))


@pytest.mark.parametrize("name", RETURNS)
def test_a_nil_return(frames, name):
    tables(name, frames[name].head(0))


@pytest.mark.parametrize("name", RETURNS)
def test_another_area_has_sent_nothing(frames, name):
    tables(name, frames[name].iloc[:40].reset_index(drop=True), (AREA, OTHER))


@pytest.mark.parametrize("name", RETURNS)
@pytest.mark.parametrize("seed", [1, 2])
def test_blanks_here_and_there_in_a_few_rows(frames, name, seed):
    chance = np.random.default_rng(seed)
    rows = frames[name].sample(frac=0.3, random_state=seed).reset_index(drop=True)
    for field in optional(name):
        rows[field] = rows[field].mask(chance.random(len(rows)) < 0.4)
    tables(name, rows)


def test_a_table_that_breaks_takes_no_other_with_it(frames, monkeypatch):
    def broken(inputs):
        raise ValueError("could not convert 'a value of a case'")

    def stands(inputs):
        return cells([dict(area=AREA, period="2017-18", measure="toy", count=1)])

    built = (registry.Builder(("a_broken_one",), broken), registry.Builder(("one_that_stands",), stands))
    monkeypatch.setattr(registry, "builders", lambda: built)
    asked = Inputs(PERIOD, (AREA,), {}, None, None)
    problems: list[str] = []
    made = registry.build(asked, problems=problems)
    assert len(problems) == 1 and "a_broken_one could not be built: ValueError in " in problems[0]
    assert "a value of a case" not in problems[0]
    assert made["a_broken_one"][["status", "reason"]].values.tolist() == [["not_available", problems[0]]]
    assert made["one_that_stands"]["count"].tolist() == [1]
    with pytest.raises(ValueError, match="a value of a case"):  # who builds without a list of problems sees what broke
        registry.build(asked)


def test_a_table_without_rows_says_so_for_each_area(monkeypatch):
    def nothing(inputs):
        return cells(pd.DataFrame(columns=["area", "period", "measure", "colour"]))

    def some(inputs):
        return cells([dict(area=AREA, period="2017-18", measure="toy", colour="red", count=0)])

    def lacking(inputs):
        raise Missing("births")

    built = tuple(registry.Builder((f.__name__,), f) for f in (lacking, nothing, some))
    monkeypatch.setattr(registry, "builders", lambda: built)
    made = registry.build(Inputs(PERIOD, (AREA, OTHER), {}, None, None))
    for name in ("nothing", "lacking"):
        assert made[name]["status"].tolist() == ["not_available"] * 2 and made[name]["reason"].ne("").all()
    row = made["some"].set_index("area").loc[OTHER]
    assert (row["colour"], row["status"], row["period"]) == ("Total", "not_available", "2017-18-Q4")
    assert made["some"].set_index("area").loc[AREA, "count"] == 0  # none counted is nought, not absence
