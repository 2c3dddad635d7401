"""A page of a run reads the tables of its book and no file of the run: ten ways that it must not go."""

import json
import subprocess
import sys

import pandas as pd
import pytest

WAYS = {
    "open": "open(CASES)",
    "pathlib": "Path(CASES).read_bytes()",
    "os.open": "os.open(CASES, os.O_RDONLY)",
    "pandas.read_csv": "pd.read_csv(FOLDER + '/working/hrda.csv')",
    "pandas.read_parquet": "pd.read_parquet(CASES)",
    "pyarrow": "__import__('pyarrow.parquet').parquet.read_table(CASES)",
    "a way round by dots": "open(TABLES + '/../../working/hrda.csv')",
    "a link": "os.symlink(CASES, LINK)",
    "a listing": "os.listdir(FOLDER + '/working/rows')",
    "another program": "subprocess.run(['cat', CASES])",
    "a database": "__import__('duckdb')",
    "a changed folder": "(os.chdir(FOLDER), open('working/hrda.csv'))",
    "numpy": "np.fromfile(CASES)",
    "geopandas": "__import__('geopandas').read_file(FOLDER + '/working/hrda.csv')",
    "the hashes of returns": "open(FOLDER + '/about.json')",
    "the returns": "open(RETURNS + '/x.csv')",
}
SCRIPT = """
import json, os, subprocess, sys
import numpy as np, pandas as pd
from pathlib import Path
from board_packs.pages import page_guard
from lscb.errors import UserError

FOLDER, TABLES, RETURNS, LINK = sys.argv[1:5]
CASES = FOLDER + "/working/rows/hrda_referrals.parquet"
found = {}
with page_guard.guarded():
    found["its own table"] = len(pd.read_csv(TABLES + "/hrda.csv"))
    found["its origin"] = open(FOLDER + "/protected/about.json").read()
    for name, way in json.loads(sys.argv[5]).items():
        try:
            eval(way)
        except UserError as error:
            found[name] = str(error)
        except ImportError:
            found[name] = "is not installed"
        else:
            found[name] = "READ"
found["afterwards"] = len(pd.read_parquet(CASES))
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    import os

    from board_packs.pages.page_guard import BATCH, handed_on

    folder = tmp_path_factory.mktemp("out") / "2017-18-Q4" / "E06000045"
    tables, returns = folder / "protected" / "public", tmp_path_factory.mktemp("returns")
    (folder / "working" / "rows").mkdir(parents=True)
    tables.mkdir(parents=True)
    frame = pd.DataFrame({"count": [1, 2]})
    frame.to_parquet(folder / "working" / "rows" / "hrda_referrals.parquet")
    for path in (folder / "working" / "hrda.csv", tables / "hrda.csv", returns / "x.csv"):
        frame.to_csv(path, index=False)
    for path in (folder / "about.json", tables.parent / "about.json"):
        path.write_text("{}")
    asked = [str(folder), str(tables), str(returns), str(folder.parent / "link"), json.dumps(WAYS)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *asked], capture_output=True, text=True, timeout=120,
        env=os.environ | {BATCH: handed_on(folder, tables, "public", returns)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("way", WAYS)
def test_a_page_cannot_read_what_lies_beside_its_tables(found, way):
    assert found[way].startswith("a page that leaves") or found[way] == "is not installed"
    assert "\n" not in found[way] and "/" not in found[way]


def test_a_page_reads_its_own_tables_and_where_they_come_from(found):
    assert found["its own table"] == 2 and found["its origin"] == "{}"


def test_the_guard_is_off_afterwards(found):
    assert found["afterwards"] == 2


def test_cases_belong_in_an_internal_cell(monkeypatch, tmp_path):
    from board_packs.pages import cases
    from board_packs.pages.book import Book
    from lscb.errors import UserError
    from lscb.periods import Quarter

    monkeypatch.setenv("LSCB_BATCH", str(tmp_path))
    book = Book(tmp_path, Quarter.parse("2017-18-Q4"), "E06000045", "public")
    with pytest.raises(UserError, match="belongs in a cell tagged internal"):
        cases(book, "hrda_referrals")
