"""The table and the page of the published report's claims."""

import json
import re

import pytest

import claimcheck as claims
from board_packs.tables.published_claims import CLAIMS_FILE
from openstats.project_data import NOTEBOOKS


def test_the_page_is_short_and_names_no_figure():
    page = json.loads((NOTEBOOKS / "90_published_figures.ipynb").read_text(encoding="utf-8"))
    leaving = [cell for cell in page["cells"] if "internal" not in cell["metadata"].get("tags", [])]
    code = [line for cell in leaving if cell["cell_type"] == "code" for line in cell["source"] if line.strip()]
    assert len(page["cells"]) < 30 and len(code) < 60 and not any(line.startswith("def ") for line in code)
    prose = "".join("".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "markdown")
    assert not re.search(r"\d", re.sub(r"<div.*?>", "", prose))  # the mark of the analyst's part has colours


@pytest.fixture(scope="module")
def report():
    claims_read = claims.read(CLAIMS_FILE)
    return {c["id"]: (c, a) for c, a in zip(claims_read, claims.audit(claims_read), strict=True)}


def test_the_table_counts_every_claim(report):
    from board_packs.tables import Inputs
    from board_packs.tables.published_claims import published_claims
    from lscb.long_table import TOTAL
    from lscb.periods import Quarter

    made = published_claims(Inputs(Quarter(2017, 4), ("E06000045",), {}))
    counted = made[made["measure"] == "published_claims"]
    for verdict in claims.VERDICTS:
        own = counted[counted["verdict"] == verdict]
        expected = sum(answer.verdict == verdict for _, answer in report.values())
        assert own[own["family"] == TOTAL]["count"].item() == expected == own[own["family"] != TOTAL]["count"].sum()
    other = published_claims(Inputs(Quarter(2017, 4), ("E06000044",), {}))
    assert list(other["status"]) == ["not_available"]
