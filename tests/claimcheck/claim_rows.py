"""The corpus of claims judged by hand, and claims written as rows of tests."""

import json
from pathlib import Path

import claimcheck as claims

CORPUS = json.loads((Path(__file__).parent / "claims_corpus.json").read_text(encoding="utf-8"))


def asked(case: dict) -> dict:
    return {name: value for name, value in case.items() if name != "expected"}


def one(kind: str, *numbers_, **fields) -> claims.Answer:
    """The answer to one claim, its numbers as (role, value, further fields)."""
    rows = [{"role": role, "value": value, **(more[0] if more else {})} for role, value, *more in numbers_]
    return claims.audit([{"id": "x", "kind": kind, "numbers": rows, **fields}])[0]
