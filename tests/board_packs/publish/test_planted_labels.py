"""A hundred identifiers in every field in which partners type words of their own: none stands in a table.

Pages read tables only, so what is in none of those is on no page; and the release check reads the words of finished
pages besides (test_release.py).
"""

from dataclasses import replace

import pandas as pd
import pytest
from planted_identifiers import PLANTED

from board_packs import tables
from board_packs.quarter import labels, receiving, table_stages
from board_packs.quarter import run_files as files
from board_packs.quarter.request import resolve
from lscb import long_table
from returncheck import dictionary
from returncheck.identifier_warnings import warnings

TEXTS = [text for _, text in PLANTED]
FIELDS = [field for field in labels.typed_fields() if not field.endswith(".year")]  # without its year no row is counted


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """The invented quarter, asked for and received."""
    request = resolve("2017-18-Q4", "E06000045", sample=True, out=tmp_path_factory.mktemp("out"), notebooks=None)
    return request, receiving.receive(request)


def planted(frame: pd.DataFrame, column: str, key: tuple[str, ...]) -> pd.DataFrame:
    """The rows, as many as there are plants at least, with one of these in each; an event has one title."""
    while frame[key[0]].nunique() < len(TEXTS):
        again = frame.assign(**{key[0]: frame[key[0]].astype(str) + f" {len(frame)}"})
        frame = pd.concat([frame, again], ignore_index=True)
    lists = frame[column].map(lambda value: isinstance(value, (list, tuple))).any()
    numbers = range(len(frame)) if column in key else pd.factorize(frame[key[0]])[0]
    texts = [TEXTS[n % len(TEXTS)] for n in numbers]
    return frame.assign(**{column: [[text] for text in texts] if lists else texts})


# The invented quarter has neither: its counts come in other lists.
NOT_SENT = ("marac_quarterly", "ssda903_episodes")


def test_all_other_returns_are_planted(received):
    assert {field.partition(".")[0] for field in FIELDS} - set(received[1].rows) == set(NOT_SENT)


@pytest.mark.parametrize("field", [field for field in FIELDS if not field.startswith(NOT_SENT)])
def test_no_planted_identifier_is_in_a_table(field, received, tmp_path, monkeypatch):
    request, got = received
    name, _, column = field.partition(".")
    rows = got.rows | {name: planted(got.rows[name], column, dictionary.load()[name].key)}
    of_it = tuple(builder for builder in tables.registry.builders() if name in builder.returns)
    monkeypatch.setattr(tables.registry, "builders", lambda: of_it)
    asked = replace(request, out=tmp_path)
    table_stages.build(asked, receiving.Received(rows, got.quality, got.receipt, got.sent), "", files.Hashes(None))
    seen = set()
    for path in asked.folder("E06000045").glob("working/*.csv"):
        frame = long_table.load(path)
        for words in frame.select_dtypes(exclude="number").columns:
            seen |= {labels.fold(value) for value in frame[words].unique()}
    assert seen
    assert [(text, word) for text in map(labels.fold, TEXTS) for word in seen if text in word] == []


def test_the_check_names_field_and_kind_and_never_the_words():
    returns = dictionary.load()
    frame = pd.DataFrame({"event": TEXTS, "_file": "training.csv", "_sheet": "", "_row": range(2, len(TEXTS) + 2)})
    told = pd.concat(warnings({"training": frame}, returns))
    assert len(told) >= 0.9 * len(TEXTS) and set(told["severity"]) == {"warn"} and set(told["field"]) == {"event"}
    said = " ".join(told.astype(str).agg(" ".join, axis=1)).casefold()
    assert not [text for text in TEXTS if text.casefold() in said]
    born = told[told["row"] == TEXTS.index("DOB not given") + 2]
    assert "event holds what looks like a date of birth" in born["rule"].iloc[0]
    listed = frame.assign(event="Neglect day")
    assert warnings({"training": listed}, returns) == []
