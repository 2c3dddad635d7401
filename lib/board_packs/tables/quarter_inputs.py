"""What table functions are given: the quarter's accepted returns, open data, and the settings in force."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openstats import authorities, project_data
from openstats.dated_terms import in_terms_of
from returncheck import dictionary

from .setting_limits import check

if TYPE_CHECKING:
    import pandas as pd

    from lscb.periods import Quarter


@dataclass(frozen=True)
class Inputs:
    """What the tables of a quarter are computed from: values only, no files of the run, no clock.

    period : the quarter; nothing dated after its last day may be used
    areas : GSS codes; every frame of `returns` has an `area` column, so that all areas go through in one pass
    returns : accepted rows by return name, typed as returncheck gives them; a return that did not arrive is absent
    quality : what was received, accepted and refused, one row per file and return (see returncheck)
    open_data : openstats.Store, which raises opendata.Missing where a set is not held
    settings : values in the place of those of data/standards.yml, by dotted name, such as {"hrda.repeat.basis":
        "incident"}: for exploring. Raises UserError for a name that is not there or a value that is not possible
    gaps : what the figures of a return lack, one row per area and return (see return_gaps); None where nothing is said
    """

    period: Quarter
    areas: tuple[str, ...]
    returns: dict[str, pd.DataFrame]
    quality: Any = None
    open_data: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    gaps: Any = None

    def __post_init__(self) -> None:
        for name, value in self.settings.items():
            check(name, value)

    def need(self, name: str) -> pd.DataFrame:
        """The accepted rows of a return, with every field of the dictionary; one that the sender does not send is
        blank, and agencies and meetings are called as they were at the period's end. Raises NotReceived, which leaves its tables `not_available`."""
        if name not in self.returns:
            raise NotReceived(name)
        rows = self._called(self.returns[name])
        fields = dictionary.load()[name].fields
        return rows.assign(**{f: blank(each.type, rows.index) for f, each in fields.items() if f not in rows})

    def _called(self, rows: pd.DataFrame) -> pd.DataFrame:
        for column in (c for c in CALLED if c in rows):
            names = {n: in_terms_of(str(n), self.period.last_day) for n in rows[column].dropna().unique()}
            if changed := {n: now for n, now in names.items() if n != now}:
                rows = rows.assign(**{column: rows[column].astype("str").replace(changed)})
        return rows

    def standard(self, name: str) -> Any:
        """A setting of data/standards.yml by its dotted name, or what `settings` puts in its place (or in the place
        of a part of it). Raises KeyError for a name that is not there."""
        if name in self.settings:
            return self.settings[name]
        value = project_data.standard(name)
        parts = {key: each for key, each in self.settings.items() if key.startswith(name + ".")}
        if not parts:
            return value
        value = deepcopy(value)
        for key, each in parts.items():
            *steps, last = key.removeprefix(name + ".").split(".")
            inner = value
            for step in steps:
                inner = inner[step]
            inner[last] = each
        return value

    def comparators(self, area: str) -> pd.DataFrame:
        """Whom an authority is set beside: its statistical neighbours of the list in force on the period's last day,
        or those that the setting `as_of.comparators` names.

        Columns: area, area_name, model_year (blank for authorities of one's own choosing), closeness_order;
        `attrs["note"]` says which they are. Raises Missing where no list is held.
        """
        chosen = [code for code in self.standard("as_of.comparators") if code != area]
        if not chosen:
            return self.open_data.neighbours(area, self.period.last_day)
        import pandas as pd

        names = [authorities.name(code) for code in chosen]
        frame = pd.DataFrame({"area": chosen, "area_name": names, "model_year": float("nan")})
        frame = frame.assign(closeness_order=range(1, len(chosen) + 1))
        frame.attrs["note"] = "authorities of one's own choosing: " + ", ".join(names)
        return frame


CALLED = ("agency", "partner", "meeting", "owner")  # fields that name a body (data/standards.yml, terms)

# What returncheck types a field as; everything else is text.
COLUMN_TYPES = {
    "date": "datetime64[us]",
    "gestation": "Float64",
    "number": "Float64",
    "whole_number": "Int64",
    "yes_no": "boolean",
}


def blank(kind: str, index: pd.Index) -> pd.Series:
    """A column of a return without any value, of the type that it would have with values."""
    import pandas as pd

    return pd.Series(None, index=index, dtype=COLUMN_TYPES.get(kind, "str"))


def unusable(rows: pd.DataFrame, field: str) -> pd.Series:
    """Of which rows a field cannot be used: it is not empty, and cannot be read or contradicts another. What it would
    say is not known, and nobody may count it as if the event had not come."""
    import pandas as pd

    return pd.Series(rows.get(f"{field}__state", default=""), index=rows.index).eq("not_known")


class NotCovered(Exception):
    """A table that cannot be made of what was sent; the message is the reason that its rows print."""


class NotReceived(Exception):
    """A return that did not arrive: its tables are `not_available` and their pages say so."""
