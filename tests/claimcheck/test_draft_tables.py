"""Tables and lists of drafts: totals, shares, changes, labels, withheld cells; the text beside its table."""

import pytest

import claimcheck as claims
from claimcheck.draft_reading import read_draft
from claimcheck.drafts import Document
from claimcheck.drafts.document import Place

RIGHT, WRONG, UNKNOWN = claims.REPRODUCES, claims.WRONG, claims.UNKNOWN


def draft(rows: list[list[str]], *before: str) -> Document:
    document = Document("draft")
    for text in before:
        document.add(text)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            document.add(text, "cell", place=Place(0, row, column))
    return document


def verdicts(rows, *before, kind: str = "") -> list[str]:
    return [f.verdict for f in read_draft(draft(rows, *before)).findings if not kind or f.kind == kind]


HEAD = ["Agency", "2016/17", "2017/18"]


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([HEAD, ["Police", "10", "20"], ["Health", "5", "6"], ["Total", "15", "26"]], [RIGHT, RIGHT]),
        ([HEAD, ["Police", "10", "20"], ["Health", "5", "6"], ["Total", "15", "27"]], [RIGHT, WRONG]),  # 26
        ([["", "A", "B", "Total"], ["Police", "10", "20", "30"], ["Health", "5", "6", "12"]], [RIGHT, WRONG]),  # 11
        # two breakdowns of one total, an average, a part of which, a rate: no claim that the rows add
        ([["Age, sex", "n"], ["Boys", "10"], ["Girls", "12"], ["Under 5", "6"], ["Over 5", "16"], ["Total", "22"]], []),
        ([["Group", "Average"], ["A", "10"], ["B", "12"], ["Total", "11"]], []),
        ([["Group", "n"], ["All", "10"], ["of which under 5", "6"], ["Total", "10"]], []),
        ([["Group", "Rate per 10,000"], ["A", "10"], ["B", "12"], ["Total", "11"]], []),
        ([["Agency", "%"], ["A", "60%"], ["B", "70%"], ["Total", "65%"]], []),
        # withheld: 16 of 20 shown leave 4 for one below 5; 10 of 20 leave 10, which is too many
        ([["Agency", "n"], ["A", "10"], ["B", "6"], ["C", "<5"], ["Total", "20"]], [UNKNOWN]),
        ([["Agency", "n"], ["A", "4"], ["B", "6"], ["C", "<5"], ["Total", "20"]], [WRONG]),
    ],
)  # fmt: skip
def test_a_total_is_judged_where_the_rows_are_its_parts(rows, expected):
    assert verdicts(rows) == expected


def test_a_share_and_a_change_of_a_table():
    """20 of 26 is 76.9%; from 10 to 20 is 100%, from 15 to 18 is 20%."""
    shares = [["Agency", "Number", "%"], ["Police", "20", "77%"], ["Health", "6", "33%"], ["Total", "26", "100%"]]
    assert verdicts(shares, kind="share") == [RIGHT, WRONG]
    changes = [
        ["Agency", "2016/17", "2017/18", "% change"],
        ["Police", "10", "20", "100%"],
        ["Health", "15", "18", "17%"],
    ]
    assert verdicts(changes, kind="percent_change") == [RIGHT, WRONG]


def test_a_change_whose_base_is_not_in_the_table_is_left():
    rows = [["Measure", "Q3 2017/18", "Q4 2017/18", "Year on year"], ["Referrals", "310", "341", "-10%"]]
    assert verdicts(rows) == []


def test_a_heading_of_no_period_is_named():
    rows = [["Partner", "Contribution 2017 - 17"], ["Council", "82,200"], ["Health", "34,196"]]
    assert verdicts(rows, "Annual Report 2017-18", kind="period_label") == [WRONG]


def test_the_year_above_a_table_is_compared_with_its_heading_and_the_document():
    def of(above: str, heading: str) -> list[str]:
        rows = [["Partner", heading], ["Council", "82,200"], ["Health", "34,196"]]
        return verdicts(rows, "Annual Report 2017-18", above, kind="period_label")

    assert of("Contributions for 2016-17:", "Paid in 2017-18") == [WRONG]
    for above, heading in (
        ("Contributions for 2017-18:", "Paid in 2017-18"),
        ("Contributions for 2016-17:", "Paid in 2016-17"),
        ("Contributions from 2016-17 to 2017-18:", "Paid in 2017-18"),
        ("Contributions for 2016-17:", "Paid"),
    ):
        assert of(above, heading) == []


def test_a_percentage_is_compared_only_with_a_table_of_its_subject():
    """Seats filled by the council are no contribution of it."""
    rows = [["Agency", "Expected", "Filled", "Share"], ["City Council", "4", "4", "100.0%"]]
    assert (
        verdicts(rows, "Partners paid a total, 61.1% of it by the City Council.", "Seats at the Board", kind="repeat")
        == []
    )
    paid = [["Agency", "Agreed", "%"], ["City Council", "611", "66.1%"]]
    assert verdicts(paid, "Of what was agreed, the City Council paid 61.1%.", "Money agreed", kind="repeat") == [WRONG]


def test_the_text_is_compared_with_the_table():
    rows = [["", "2016/17", "2017/18"], ["Referrals", "37", "29"], ["Strategy meetings", "17", "5"]]
    wrong = "Referrals fell from 37 in 2016/17 to 26 in 2017/18."
    right = "Referrals fell from 37 in 2016/17 to 29 in 2017/18."
    assert verdicts(rows, wrong, kind="repeat") == [WRONG] and verdicts(rows, right, kind="repeat") == []


def test_a_percentage_of_the_text_is_compared_with_its_row():
    rows = [["Category", "Number", "%"], ["Neglect", "138", "52%"], ["Emotional abuse", "127", "48%"]]
    assert verdicts(rows, "Neglect accounts for 55% of plans.", kind="repeat") == [WRONG]
    for right in (
        "Neglect accounts for 52% of plans.",
        "Neglect fell by 45% last year.",
        "About 50% of plans were for neglect.",
    ):
        assert verdicts(rows, right, kind="repeat") == []


def lines(*texts: str) -> Document:
    document = Document("draft")
    for text in texts:
        document.add(text, "item" if text.startswith(("Q", "20")) else "body")
    return document


def test_the_same_labels_under_two_opposite_headings_add_to_a_hundred():
    """58.0 and 42.0 do; 58.0 and 41.9 cannot be two halves."""
    document = lines(
        "With children in the household:", "Q1: 62.0%", "Q2: 58.0%", "Without children:", "Q1: 38.0%", "Q2: 41.9%"
    )
    assert [f.verdict for f in read_draft(document).findings] == [RIGHT, WRONG]


def test_a_label_later_than_the_document_is_named_unless_the_list_looks_ahead():
    late = lines("Annual Report 2017-18", "Repeat referrals:", "2016/17: 18.1%", "2018/19: 21.9%")
    assert [f.kind for f in read_draft(late).findings if f.verdict == WRONG] == ["period_label"]
    right = lines("Annual Report 2017-18", "Repeat referrals:", "2016/17: 18.1%", "2017/18: 21.9%")
    assert read_draft(right).findings == []
    ahead = lines("Annual Report 2017-18", "Our target for repeat referrals:", "2017/18: 18.1%", "2018/19: 21.9%")
    assert read_draft(ahead).findings == []


def test_protected_tables_are_compared_by_measure_period_and_only_where_shown():
    import pandas as pd

    from claimcheck.known_tables import ProtectedTables

    row = {"area": "E06000045", "measure": "plan_reviews", "value": None, "of": None, "status": "shown"}
    frame = pd.DataFrame([
        {**row, "period": "2017-18", "count": 310}, {**row, "period": "2016-17", "count": 290, "status": "suppressed"},
    ])  # fmt: skip
    tables = ProtectedTables({"plans": frame})

    def of(text: str) -> list[tuple[str, str]]:
        found = read_draft(lines(text), [tables]).findings
        return [(f.verdict, f.source) for f in found if "plans" in f.source]

    assert of("There were 310 plan reviews in 2017-18.") == [(RIGHT, "table plans, plan_reviews, 2017-18")]
    assert [v for v, _ in of("There were 301 plan reviews in 2017-18.")] == [WRONG]
    assert of("There were 301 plan reviews in 2016-17.") == []


def test_a_figure_of_a_table_is_known_by_its_subject_and_period_without_its_name():
    """Digit for digit, by one measure only; a figure that is not there is not accused for it."""
    import pandas as pd

    from claimcheck.known_tables import ProtectedTables

    row = {"area": "E06000045", "measure": "hrda_referrals", "value": None, "of": None, "status": "shown"}
    frame = pd.DataFrame([
        {**row, "period": "2017-18", "count": 777}, {**row, "period": "2016-17", "count": 883},
        {**row, "measure": "hrda_people", "period": "2017-18", "count": 669},
    ])  # fmt: skip
    tables = ProtectedTables({"hrda": frame})

    def of(text: str) -> list[str]:
        return [
            f.source for f in read_draft(lines("Annual Report 2017-18", text), [tables]).findings if "hrda" in f.source
        ]

    assert of("The hub heard 777 cases of high-risk domestic abuse.") == ["table hrda, hrda_referrals, 2017-18"]
    assert of("In 2016-17 the hub heard 883 cases of domestic abuse.") == ["table hrda, hrda_referrals, 2016-17"]
    for text in ("The hub heard 883 cases of domestic abuse.", "There were 777 missing episodes.", "777 people came."):
        assert of(text) == []


def test_a_row_of_the_year_is_a_total_where_its_quarters_nearly_add():
    """The plans are of the last day of each quarter; 250 + 260 + 240 + 270 is 1,020. A board's name holds no word `rate`."""
    head = ["Quarter", "Contacts", "Plans"]
    body = [["Q1", "250", "90"], ["Q2", "260", "92"], ["Q3", "240", "95"], ["Q4", "270", "91"]]
    assert verdicts([head, *body, ["Year", "1,020", "91"]]) == [RIGHT]
    assert verdicts([head, *body, ["Full year", "1,120", "91"]]) == [WRONG]
    rows = [["Partner", "2023/24"], ["Council", "95"], ["Integrated care board", "58"], ["Total", "143"]]
    assert verdicts(rows) == [WRONG]  # 153


@pytest.mark.parametrize("text", [
    "Reviews of deaths under 28 days completed in the 5 years to 2017-18: 30; of the first week: 27; of births before 22 weeks: 6.",
    "Reviews of deaths under 28 days completed in the 5 years to 2017-18: 30; of the first week: about 27; of births before 22 weeks: 6.",
    "In mid-2016 Southampton had 254,275 residents, 129,879 male and 124,396 female; 49,901 were children aged 0 to 17.",
    "At 40%, our rate exceeds that of the county, which fell by 42%.",
    "At 40%, our rate exceeds that of the county, which lost 42% of its staff.",
    "Audit grades, one per cent in each: good 52%, mixed 36%, poor 24%.",
    "Rates per 10,000 of the return are of 8,012 children, official ones of 8,003: two rates of one number can differ.",
    "Open cases stood at 12 - 14 in most weeks, which is fewer than before.",
    "Absence stood at 12% - 14% in most weeks, which is lower than before.",
])  # fmt: skip
def test_figures_that_only_look_like_parts_or_sides_accuse_nobody(text):
    reading = read_draft(draft([["a"]], "There were 90 cells, with 22 of them empty.", text))
    assert [f.text for f in reading.findings if f.verdict == WRONG] == []


YEARS = [
    ["Year", "Referrals", "Rate"],
    ["2021/22", "6,900", "472.6"],
    ["2022/23", "7,200", "489.8"],
    ["2023/24", "7,560", "510.8"],
]
PLANS = [
    ["Category", "2023", "2024"],
    ["Neglect", "280", "350"],
    ["Physical abuse", "40", "37"],
    ["Total", "320", "387"],
]
MARCH = [["Category", "March 2023", "March 2024"], ["Neglect", "280", "350"], ["Neglect with violence", "20", "30"]]
SOURCES = [["Source", "Number"], ["Police", "300"], ["Health", "150"], ["Schools", "50"], ["Total", "500"]]


@pytest.mark.parametrize(
    "rows, text, expected",
    [
        (YEARS, "Since 2021/22 referrals have risen by 9.6%.", RIGHT),  # 660/6900
        (YEARS, "Since 2021/22 referrals have risen by 8.7%.", WRONG),  # 660/7560: the wrong base
        (YEARS, "Referrals rose by 5% in the last year.", RIGHT),  # 360/7200
        (YEARS, "Referrals rose by 4.8% in the last year.", UNKNOWN),  # 360/7560, of a year that no date names
        (YEARS, "Referrals rose by 4.8% in 2019/20.", UNKNOWN),  # a year that the table has not
        (YEARS, "Referrals rose by 4.8% to 7,000 in 2023/24.", UNKNOWN),  # to another figure than the table's
        (PLANS, "Neglect rose by 25% between 2023 and 2024.", RIGHT),  # 70/280
        (PLANS, "90% of plans in 2024 were for neglect.", RIGHT),  # 350/387
        (PLANS, "Neglect rose by 20% between 2023 and 2024.", WRONG),  # 70/350: the wrong base
        # true of another measure, though a slip would give the same digits
        (PLANS, "Neglect as a reason for section 47 rose by 20% between 2023 and 2024.", UNKNOWN),
        (PLANS, "Referrals for neglect rose 20% in 2024.", UNKNOWN),
        (YEARS, "Referrals from schools rose by 4.8% in 2023/24.", UNKNOWN),  # 360/7560 is 4.8
        (YEARS, "National referrals rose by 4.8% in 2023/24.", UNKNOWN),
        (SOURCES, "Health visitors saw 150 babies, or 40% of the total.", UNKNOWN),
        (SOURCES, "Health made 150 referrals or 30% of the total.", RIGHT),
        (SOURCES, "Health made 150 referrals or 35% of the total.", WRONG),
        (SOURCES, "Health made 150 referrals or 35% of those of the region.", UNKNOWN),
        (SOURCES, "Health made 150 referrals or 35% of those made.", UNKNOWN),  # of which whole, no word says
        (MARCH, "Neglect rose by 25% between 2023 and 2024.", RIGHT),  # 70/280
        (MARCH, "Neglect with violence rose by 50% between 2023 and 2024.", RIGHT),  # 10/20: the row with more words
        ([*MARCH, MARCH[1]], "Neglect rose by 20% between 2023 and 2024.", UNKNOWN),  # 70/350, but of two rows
    ],
)
def test_what_a_sentence_leaves_out_is_taken_from_the_row_above_that_it_names(rows, text, expected):
    document = draft(rows, "Plans at 31 March" if rows is PLANS else "Referrals in the year")
    document.add(text)
    assert [f.verdict for f in read_draft(document).findings if f.text == text] == [expected]


def test_a_table_under_another_heading_lends_nothing():
    document = draft(YEARS, "Referrals")
    document.add("Placements", "heading")
    document.add("Referrals since 2021/22 rose by 8.7%.")
    assert [f.verdict for f in read_draft(document).findings] == [UNKNOWN]


def test_a_share_dated_like_the_counts_is_no_side_of_their_change():
    rows = [["Source", "2023/24", "2024/25", "Change", "% of total 2024/25"], ["Police", "5,000", "5,775", "+15.5%", "42%"],
            ["Health", "2,000", "2,200", "+9.1%", "16%"], ["All others", "5,500", "5,775", "+5.0%", "42%"],
            ["Total", "12,500", "13,750", "+10.0%", "100%"]]  # fmt: skip
    found = read_draft(draft(rows, "Contacts")).findings
    wrong = [f.text for f in found if f.verdict == WRONG and f.kind == "percent_change"]
    assert wrong == ["+9.1%"]  # 200 of 2,000 is 10


def test_a_share_headed_like_the_counts_is_no_side_of_their_change():
    rows = [["Source", "2023/24", "2024/25", "Share 2024/25", "Change"], ["Police", "500", "550", "61.1%", "+10%"],
            ["Health", "300", "350", "38.9%", "+20%"]]  # fmt: skip
    found = read_draft(draft(rows, "Contacts")).findings
    changes = {f.text: f.verdict for f in found if f.kind == "percent_change"}
    assert changes == {"+10%": RIGHT, "+20%": WRONG}  # 50/500, 50/300


def test_children_of_areas_are_added():
    rows = [["Area", "Children"], ["North", "120"], ["South", "130"], ["East", "125"], ["Total", "310"]]
    assert WRONG in verdicts(rows, "A table")  # 375


@pytest.mark.parametrize(
    "rows",
    [  # a target, another place's figure, a rank or a share is no side of a change; people of quarters are not added
        [["Measure", "2022/23", "2023/24", "Target 2024/25", "Change"], ["Visits", "100", "120", "150", "+20%"]],
        [["Measure", "2022/23", "2023/24", "England 2023/24", "Change"], ["Rate", "50.0", "55.0", "60.0", "+10%"]],
        [["Area", "March 2023", "March 2024", "Rank 2024", "% change"], ["A", "100", "110", "3", "10%"]],
        [["Measure", "Q3 2023/24", "Q4 2023/24", "Change on Q4 2022/23"], ["Plans", "40", "44", "2%"]],
        [["Quarter", "Children"], ["Q1", "120"], ["Q2", "130"], ["Q3", "125"], ["Q4", "140"], ["Total", "310"]],
    ],
)
def test_a_true_table_with_columns_of_other_things_is_not_accused(rows):
    assert WRONG not in verdicts(rows, "A table")
