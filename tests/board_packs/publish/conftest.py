"""Workers that many runs have in common."""

import pytest

from board_packs.publish import workers


@pytest.fixture(scope="session")
def crew():
    """Workers of this machine who outlive each run: to start them takes longer than the pages of a toy quarter."""
    crew = workers.local(2)
    close, crew.close = crew.close, lambda: None
    yield crew
    close()
