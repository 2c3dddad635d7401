"""DfE's symbols: suppressed, not applicable, not available, and never nought."""

import pandas as pd


def test_dfe_symbols_are_states_and_never_nought():
    from openstats.dfe_symbols import tidy

    rows = [
        dict(measure_code="A", measure="A", period="2018", area="x", value=v) for v in ["0", "1.5", "c", "z", "-", ""]
    ]
    made = tidy(pd.DataFrame(rows))
    assert made["status"].tolist() == [
        "shown",
        "shown",
        "suppressed",
        "not_applicable",
        "not_available",
        "not_available",
    ]
    assert made["value"].tolist()[:2] == [0, 1.5] and made["value"][2:].isna().all()
