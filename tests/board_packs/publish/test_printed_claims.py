"""A page whose own sentence does not follow from the figures printed with it may not leave; right ones are left alone."""

from html import escape

import pytest

from board_packs.publish.release import printed_claims
from board_packs.tables import titles
from lscb.control_charts import SAID

PAGE = '<html lang="en-GB"><head><title>T</title></head><body><h1>T</h1><h2>Is it a change</h2><p>{}</p></body></html>'

RIGHT = [  # worked by hand: 44/224 = 19.64 %, (777 - 883)/883 = -12.00 %, 38/9,805 = 3.88 per 1,000
    "19.6% were repeats (44 of 224; 95% interval 15.0% to 25.3%).",
    "In the whole of 2017-18 there were 777. The year's referrals: 12.0% fewer than the 883 of 2016-17 "
    "(95% interval \u221220.1% to \u22123.1%).",
    "Over three years: 3.9 per 1,000 live births (38 of 9,805; 95% interval 2.7 to 5.3). "
    "The rate of England (3.9) lies inside that interval, so no difference can be claimed.",
    "Looked-after children: 103.8 per 10,000 (95% interval 95.1 to 113.1). "
    "The rate of England (64.0) lies below it: here it is higher.",
    "no change shown against 18.1% in 2016-17 (95% interval \u22120.1 to +7.6 percentage points).",
    # 9/48 = 18.75 %, 40/85 = 47.06 %; the 95% of the interval is neither side of the change
    "Went to a meeting in the first three quarters of 2025-26: 18.8%. Share that went to a meeting in them: 28.3 percentage "
    "points lower than the 47.1% of 2024-25 (95% interval \u221241.9 to \u221211.6 percentage points).",
    "703 attendances at 37 events filled 71.7% of the 980 places.",
    # (8 - 14)/14 = -42.9 %, inside the interval
    "Withheld at the end of 2025-26 Q3 and 8 at the end of 2025-26 Q1, no change shown against 14 in "
    "2024-25 Q1 (95% interval \u221275.4% to +32.8%).",
]
PLANTED = {
    "19.6% were repeats (44 of 204; 95% interval 15.0% to 25.3%).": "share",  # 21.6
    "14.6% were repeats (95% interval 15.0% to 25.3%).": "interval",
    "The year's referrals: 12.0% more than the 883 of 2016-17 (95% interval \u221220.1% to \u22123.1%).": "interval",
    "Over three years: 2.9 per 1,000 live births (38 of 9,805).": "rate",
    "Rate: 103.8 per 10,000 (95% interval 95.1 to 113.1). The rate of England (64.0) lies below it: "
    "here it is lower.": "comparison",
    "Rate: 103.8 per 10,000 (95% interval 95.1 to 113.1). The rate of England (64.0) lies above it.": "comparison",
    "Rate: 103.8 per 10,000 (95% interval 95.1 to 113.1). The rate of England (64.0) lies inside that "
    "interval.": "interval",
    "Went to a meeting: 18.8%. Share that went to a meeting: 28.3 percentage points higher than the 47.1% of 2024-25 "
    "(95% interval \u221241.9 to \u221211.6 percentage points).": "interval",
    "no change shown against 18.1% (95% interval +0.1 to +7.6 percentage points).": "interval",
    "703 attendances at 37 events filled 61.7% of the 980 places.": "share",
    "Looked-after children were at 104, 34% higher than neighbours (69).": "percent difference",  # 50.7
    "Return interviews, as each agency counts: police, 353 of 1,229 (38.7%); schools, 456 of 966 (47.2%).": "share",  # 28.7
    "Of 540 episodes, 384 were counted by the police and the other 144 by schools.": "parts total",  # 528
    "In 2024-25 358 of the 512 children were with foster carers.</p><p>In 2024-25 345 of the 512 children were with "
    "foster carers.": "repeat",
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_sentence_that_follows_is_left_alone(text):
    assert printed_claims.reasons(PAGE.format(text)) == []
    assert set(printed_claims.counts(PAGE.format(text))) == {"reproduces"}


@pytest.mark.parametrize("referrals, plans, slip", [
    ("519.4", "40.6", False), ("519.4", "460", False), ("640", "40.6", True)
])  # fmt: skip
def test_a_count_is_a_slip_of_its_own_rows_count_alone(referrals, plans, slip):
    told = "The two differ in referrals (604 in the return, 385 official) and plans (44 in the return, 28 official)."
    rows = "".join(
        f"<tr><td>{name}</td><td>{cell}</td></tr>" for name, cell in (("Referrals", referrals), ("Plans", plans))
    )
    page = PAGE.format(f"{told}</p><table><tr><th>Indicator</th><th>England</th></tr>{rows}</table><p>")
    assert any("repeat" in reason for reason in printed_claims.reasons(page)) == slip


def test_a_quarters_count_is_not_that_of_the_year_so_far_in_the_next_column():
    told = "Missing episodes in 2020-21 Q2: children's services 249 and police 297."  # 246 + 249 = 495, 288 + 297 = 585
    heads = "".join(f"<th>{each}</th>" for each in ("Counted by", "2020-21 Q1", "2020-21 Q2", "2020-21 to Q2"))
    rows = ("Children's services", 246, 249, 495), ("Police", 288, 297, 585)
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = PAGE.format(f"{told}</p><table><tr>{heads}</tr>{cells}</table><p>")
    assert printed_claims.reasons(page) == []
    assert "repeat" in printed_claims.reasons(page.replace("services 249", "services 264"))[0]


def test_what_is_done_and_what_is_open_are_side_by_side_whatever_their_numbers():
    told = "Actions of earlier reviews done: {}; open: {}, past their date: {}."
    every = [told.format(done, left, late) for done in range(15) for left in range(15) for late in range(left + 1)]
    assert printed_claims.reasons(PAGE.format("</p><p>".join(every))) == []
    for whole in (
        "Actions: 16; done: 13, open: 4.",
        "Actions completed: 16; on time: 13, late: 4.",
        "Total: 16; done: 13, open: 4.",
    ):
        assert "parts total" in printed_claims.reasons(PAGE.format(whole))[0]


@pytest.mark.parametrize("text", PLANTED)
def test_a_sentence_that_does_not_follow_is_named_by_its_place_alone(text):
    (reason, *_) = reasons = printed_claims.reasons(PAGE.format(text))
    assert any(PLANTED[text] in each for each in reasons), reasons
    paragraph = 2 if "</p>" in text else 1
    assert reason.startswith(f"claims: paragraph {paragraph} under 'Is it a change' does not follow")
    assert not any(word in reason for word in ("44", "883", "103.8", "980", "104"))  # manifests are read by more people


@pytest.mark.parametrize(
    "html",
    [
        '<p class="run">Run 3b1afd547ab8, 2026-11-29 07:18 UTC</p>',
        '<section class="provenance"><h2>Where these figures come from</h2><p>3, 1, 547, total 29</p></section>',
        # rounded to 5, as a public page prints it: 140 and its parts need not add
        "<p>The panel heard 140 cases: 100 from the police and 35 others.</p>",
        "<table><caption>Cases</caption><tr><th>By</th><th>2017-18</th></tr><tr><th>Police</th><td>100</td></tr>"
        "<tr><th>Others</th><td>35</td></tr><tr><th>Total</th><td>140</td></tr></table>",
    ],
)
def test_what_rounding_leaves_and_what_a_page_says_of_its_making_is_no_claim(html):
    assert printed_claims.reasons(PAGE.format(html)) == []


def test_a_folded_table_is_read_cell_by_cell():
    table = (
        "<details><summary>Referrals by agency</summary><div><table><caption>Referrals by agency</caption>"
        "<tr><th>Agency</th><th>2015-16</th><th>2016-17</th></tr><tr><th>Police</th><td>15</td><td>10</td></tr>"
        "<tr><th>Housing</th><td>0</td><td>0</td></tr></table></div></details>"
    )
    assert printed_claims.reasons(PAGE.format(f"Who refers.{table}")) == []
    cells = [p.text for p in printed_claims.read(PAGE.format(f"Who refers.{table}")).document.paragraphs]
    assert "Police" in cells and "15" in cells


@pytest.mark.parametrize("rule", SAID.values())
def test_no_title_of_a_chart_is_taken_for_a_change(rule):
    """Every measure with every rule of a control chart: "one death to the next: two of three points near the lower limit"
    was read as a fall from one to two."""
    between = ["Days from one death to the next", "Births from one infant's death to the next"]  # as page 30 has them
    charted = [f"{title}: {rule.format(run=7)}" for title in [*titles().values(), *between]]
    assert printed_claims.reasons(PAGE.format("</p><p>".join(map(escape, charted)))) == []
