"""No test of drawings leaves a figure open."""

import sys

import pytest


@pytest.fixture(autouse=True)
def figures_closed():
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
