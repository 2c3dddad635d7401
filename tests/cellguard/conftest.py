"""What the tests of disclosure control share: a dictionary of their own, which `disclosure_tables.protect` hands on."""

import disclosure_tables
import pytest


@pytest.fixture
def dictionary():
    """Sets the documentation that `protect` and `attack` of disclosure_tables are given, for one test."""

    def put(measures=None, tables=None, relations=()):
        disclosure_tables.DOCUMENTATION.update(measures=measures or {}, tables=tables or {}, relations=list(relations))

    yield put
    disclosure_tables.DOCUMENTATION.clear()
