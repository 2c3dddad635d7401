"""What tests of several rooms share: where the official files lie, and the tables of the sample quarter."""

from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).parents[2] / "shared"  # beside the repository, on some machines

# How long one example takes says more of the machine than of the code; `make check` asks fewer examples.
settings.register_profile("whole", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=20)
settings.load_profile("whole")


def pytest_collection_modifyitems(items):
    """A test marked `shared` is skipped, saying so, where the official files are not beside the repository."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(
        reason="the official files and reference values beside the repository (../shared) are not here"
    )
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


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
