"""Tables that the pages are run on: the invented quarter's, protected, built once a session."""

import os
from pathlib import Path

import pandas as pd
import pytest

from lscb import long_table
from lscb.long_table import FIGURES


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
    hidden("withheld"), hidden("absent"), hidden("empty")."""
    from board_packs.tables import builders

    returns = {name: builder.returns for builder in builders() for name in builder.names}

    def folder(state: str) -> Path:
        made = {}
        for name, frame in frames().items():
            if not returns.get(name):
                made[name] = frame
            elif state == "withheld":
                shown = frame["status"] == "shown"
                blank = frame.assign(**{figure: frame[figure].mask(shown) for figure in FIGURES if figure in frame})
                made[name] = blank.assign(status=frame["status"].mask(shown, "suppressed"))
            elif state == "absent":
                reason = f"The return {' and '.join(returns[name])} was not received for this quarter."
                row = {"area": "E06000045", "period": "2017-18-Q4", "measure": name, "reason": reason}
                made[name] = long_table.cells([row])
            else:
                made[name] = frame.iloc[:0]
        place = tmp_path_factory.mktemp(state)
        long_table.write(made, place)
        return place

    return folder
