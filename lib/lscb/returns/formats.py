"""Formats that the sector already has, turned into the returns that the tables read."""

from __future__ import annotations


def derive(got, known, problems, whole) -> None:
    """Nothing yet: filled by the Annex A lists."""
