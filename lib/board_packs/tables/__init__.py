"""Every table of a quarter, computed once, in one shape: long, one row per cell.

Columns: `area`, `period`, `measure` and further dimensions; then figures from FIGURES only; then `status`
(one of STATUSES) and `reason`. Every column that is not in NOT_DIMENSIONS is a dimension; the label of a total
is `Total`; a dimension that a table does not have counts as its `Total`. Tables are documented in
data/dictionary/tables.yml, or in the `tables` and `measures` of a return's own dictionary file.

One module a subject; `registry` knows every table function and builds them, `quarter_inputs` is what they are given.
"""

from .quarter_inputs import Inputs, NotReceived
from .registry import Builder, build, builders, documentation, table, titles

__all__ = ["Builder", "Inputs", "NotReceived", "build", "builders", "documentation", "table", "titles"]
