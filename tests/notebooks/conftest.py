"""Quarters that several tests of pages read: each is built, and each of its pages run, once a session."""

import os
from pathlib import Path

import pytest
from drawn_quarters import CASES, DrawnQuarter, told_apart


@pytest.fixture(scope="session")
def drawn_quarter(tmp_path_factory):
    """The quarter of one of the cases: drawn_quarter("E08000019", "2023-24-Q2").

    LSCB_TEST_DRAWN names a folder where they are kept for the next run, so that one page is tested in seconds.
    """
    built, kept = {}, os.environ.get("LSCB_TEST_DRAWN")

    def quarter(area, period):
        if (area, period) not in built:
            folder = Path(kept) / area if kept else tmp_path_factory.mktemp("drawn")
            built[area, period] = DrawnQuarter.built(area, period, folder)
        return built[area, period]

    return quarter


@pytest.fixture(scope="session")
def invented_quarter(quarter):
    """Southampton's invented quarter."""
    return DrawnQuarter("E06000045", "2017-18-Q4", quarter)


@pytest.fixture(scope="session", params=["E06000045 2017-18-Q4", *map(" ".join, CASES)])
def each_quarter(request):
    """The invented quarter and the two that are drawn, one after the other."""
    area, period = request.param.split()
    if (area, period) in CASES:
        return request.getfixturevalue("drawn_quarter")(area, period)
    return request.getfixturevalue("invented_quarter")


@pytest.fixture(scope="session")
def figures_apart(invented_quarter, tmp_path_factory):
    """The invented quarter's tables for analysts with figures that are all different."""
    folder = tmp_path_factory.mktemp("apart")
    told_apart(invented_quarter.of("restricted"), folder / "working")
    return DrawnQuarter(invented_quarter.area, invented_quarter.period, folder)
