"""Solved parts that are kept: used again as they are, and made again where they are damaged or not safe."""

import numpy as np
import pandas as pd
import pytest
from disclosure_tables import linked, protect
from small_tables import by_sex, hidden

TABLES = {"t": by_sex(Total=15, a=3, b=12)}


def test_what_is_kept_is_used_again(tmp_path, monkeypatch):
    first = protect(linked(2), memo=tmp_path)
    monkeypatch.setattr("cellguard.solved_parts.solve", lambda part: pytest.fail("solved again"))
    pd.testing.assert_frame_equal(first.ledger, protect(linked(2), memo=tmp_path).ledger)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half of one", b"no archive at all"])
def test_what_is_damaged_is_made_again(tmp_path, content):
    hidden(TABLES, memo=tmp_path)
    (path,) = tmp_path.glob("*.npz")
    whole = path.read_bytes()
    path.write_bytes(content or whole[: len(whole) // 2])
    assert hidden(TABLES, memo=tmp_path) == {"t": {1, 2}}
    assert hidden(TABLES, memo=tmp_path) == {"t": {1, 2}} and len(path.read_bytes()) == len(whole)


@pytest.mark.parametrize("seal", ["as it was", "made for it"])
def test_one_wrong_flag_is_never_released(tmp_path, seal):
    # With the 12 shown, 15 - 12 gives the 3 away. A seal may be forged as well: then it is found not to be safe.
    from cellguard import solved_parts

    hidden(TABLES, memo=tmp_path)
    (path,) = tmp_path.glob("*.npz")
    with np.load(path) as kept:
        arrays = {key: kept[key] for key in kept.files}
    told = arrays.pop("seal")
    arrays["hidden"] = arrays["hidden"] & (np.cumsum(arrays["hidden"]) < 2)
    seals = {"as it was": told, "made for it": np.array(solved_parts.seal_of(path.stem, arrays))}
    np.savez(path, seal=seals[seal], **arrays)
    assert hidden(TABLES, memo=tmp_path) == {"t": {1, 2}}


def test_what_is_safe_but_was_not_kept_so_is_made_again(tmp_path):
    # All three hidden is safe as well; the seal says that nobody solved it so.
    hidden(TABLES, memo=tmp_path)
    (path,) = tmp_path.glob("*.npz")
    with np.load(path) as kept:
        arrays = {key: kept[key] for key in kept.files}
    np.savez(path, **arrays | {"hidden": np.ones_like(arrays["hidden"])})
    assert hidden(TABLES, memo=tmp_path) == {"t": {1, 2}}
