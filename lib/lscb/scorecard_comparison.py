"""An area's official figures beside England's, as shares of it, so that indicators of many units stand on one scale."""

import pandas as pd

ROLES = dict(official_figure="own", official_neighbours="near", official_region="region", official_england="england")


def beside_england(latest: pd.DataFrame) -> pd.DataFrame:
    """Official figures of one area as fractions above (+) or below (-) England's of the same indicator and period.

    latest : rows of `scorecard_year` of each indicator's newest period
    Returns one row an indicator (the index): `own`, `near` (the neighbours' mean), `region`, `low` and `high` (the
    interval of the rate counted again); blank where there is none. One without a figure of England is left out.
    """
    shown = latest[latest["status"] == "shown"]
    values = shown.pivot(index="indicator", columns="measure", values="value").reindex(columns=list(ROLES))
    rates = shown[shown["measure"] == "official_rate"].set_index("indicator")
    values = values.rename(columns=ROLES).join(rates[["low", "high"]].astype(float)).query("england > 0")
    return values.div(values.pop("england"), axis=0).sub(1)
