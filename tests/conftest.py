"""What tests share: where the official files lie, the tables of the sample quarter, a dictionary for disclosure control."""

import os
from functools import cache
from pathlib import Path

import disclosure_tables
import pandas as pd
import pytest
from hypothesis import settings

from lscb import long_table
from lscb.long_table import FIGURES

SHARED = Path(__file__).parents[2] / "shared"  # beside the repository, on some machines

for name in ("LSCB_RETURNS", "LSCB_OPEN_DATA", "LSCB_OUT"):  # the folders of whoever runs the tests are no part of them
    os.environ.pop(name, None)

# How long one example takes says more of the machine than of the code; `make check` asks fewer examples.
settings.register_profile("whole", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=20)
settings.load_profile("whole")


def pytest_collection_modifyitems(items):
    """A test marked `shared` is skipped, saying so, where the official files are not beside the repository.

    With `--dist loadgroup`, one worker has all pages of the quarters that many tests read, and some worker each file of
    other tests, so that nothing is built for a second one; those pages come first, since they take longest.
    """
    skip = pytest.mark.skip(
        reason="the official files and reference values beside the repository (../shared) are not here"
    )
    for item in items:
        uses, notebook = set(item.fixturenames), item.path.parent.name == "notebooks"
        pages = "sample_quarter" in uses or (notebook and uses & {"quarter", "drawn_quarter", "each_quarter"})
        item.add_marker(pytest.mark.xdist_group("pages" if pages else item.path.stem))
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(skip)
    items.sort(key=lambda item: item.get_closest_marker("xdist_group").args != ("pages",))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository; only for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def sample_quarter(tmp_path_factory) -> Path:
    """The area's folder of a run that made only the tables of the sample quarter: working/ and protected/."""
    from board_packs.publish.tables_run import tables_only
    from board_packs.quarter.request import resolve

    request = resolve("2017-18-Q4", "E06000045", sample=True, out=tmp_path_factory.mktemp("sample"), notebooks=None)
    return tables_only(request)[0][1]


@pytest.fixture(scope="session")
def quarter(request):
    """The folder of the invented quarter's tables: working/ and protected/<audience>/.

    LSCB_TEST_TABLES names such a folder where there is one already, so that one page is tested in seconds.
    """
    ready = os.environ.get("LSCB_TEST_TABLES")
    return Path(ready) if ready else request.getfixturevalue("sample_quarter")


@pytest.fixture(scope="session")
def tables(quarter):
    """The folder of one audience's tables: tables("partnership")."""
    return lambda audience: quarter / ("working" if audience == "restricted" else f"protected/{audience}")


@pytest.fixture(scope="session")
def frames(tables):
    """Every table of one audience as it lies on disk: frames("public")["hrda_by_period"]."""
    held = {}

    def read(audience: str = "partnership") -> dict[str, pd.DataFrame]:
        if audience not in held:
            held[audience] = {path.stem: long_table.load(path) for path in sorted(tables(audience).glob("*.csv"))}
        return held[audience]

    return read


@pytest.fixture(scope="session")
def hidden(frames, tmp_path_factory):
    """A folder of tables of which every figure from returns is withheld, or whose returns did not come, or empty:
    hidden("withheld"), hidden("absent"), hidden("empty"); or, hidden("in part"), of which every figure of each third
    period is not available, in official tables too."""
    from board_packs.tables import builders
    from board_packs.tables.reasons import NOT_RECEIVED, because

    returns = {name: builder.returns for builder in builders() for name in builder.names}

    @cache
    def folder(state: str) -> Path:
        made = {}
        for name, frame in frames().items():
            if state == "in part":
                third = frame["period"].isin(sorted(set(frame["period"]))[1::3]) & (frame["status"] == "shown")
                blank = frame.assign(**{figure: frame[figure].mask(third) for figure in FIGURES if figure in frame})
                made[name] = blank.assign(status=frame["status"].mask(third, "not_available"))
            elif not returns.get(name):
                made[name] = frame
            elif state == "withheld":
                shown = frame["status"] == "shown"
                blank = frame.assign(**{figure: frame[figure].mask(shown) for figure in FIGURES if figure in frame})
                made[name] = blank.assign(status=frame["status"].mask(shown, "suppressed"))
            elif state == "absent":
                reason = because(returns[name][0], NOT_RECEIVED)
                row = {"area": "E06000045", "period": "2017-18-Q4", "measure": name, "reason": reason}
                made[name] = long_table.cells([row])
            else:
                made[name] = frame.iloc[:0]
        place = tmp_path_factory.mktemp(state)
        long_table.write(made, place)
        return place

    return folder


@pytest.fixture
def dictionary():
    """Sets the documentation that `protect` and `attack` of disclosure_tables are given, for one test."""

    def put(measures=None, tables=None, relations=()):
        disclosure_tables.DOCUMENTATION.update(measures=measures or {}, tables=tables or {}, relations=list(relations))

    yield put
    disclosure_tables.DOCUMENTATION.clear()
