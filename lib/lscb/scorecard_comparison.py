"""An area's official figures beside England's, as shares of it, so that indicators of many units stand on one scale."""

import pandas as pd

ROLES = {
    "official_figure": "own",
    "official_neighbours": "near",
    "official_region": "region",
    "official_england": "england",
}


def beside_england(latest: pd.DataFrame) -> pd.DataFrame:
    """Official figures of one area as fractions above (+) or below (-) England's of the same indicator and period.

    latest : rows of `scorecard_year` of each indicator's newest period
    Returns one row an indicator (the index): `own`, `near` (the neighbours' mean), `region`, `low` and `high` (the
    interval of the rate counted again); blank where there is none. An indicator of which England has no figure
    that may stand beside it is left out.
    """
    shown = latest[latest["status"] == "shown"]
    values = shown.pivot(index="indicator", columns="measure", values="value")
    values = values.reindex(columns=list(ROLES)).rename(columns=ROLES)
    rates = shown[shown["measure"] == "official_rate"].set_index("indicator")
    values = values.join(rates[["low", "high"]].astype(float))
    values = values[values["england"] > 0]
    return values.drop(columns="england").div(values["england"], axis=0).sub(1)
