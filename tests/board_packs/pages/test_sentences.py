"""What sentences say, and what they do not: every branch with figures worked by hand or from a publication."""

import math
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from board_packs.pages import book, charts, show
from board_packs.pages import sentences as say
from board_packs.pages.book_rows import Rows, table
from board_packs.pages.cell_value import Cell
from board_packs.pages.number_text import few
from lscb import control_charts


@pytest.fixture(autouse=True)
def no_page_before(monkeypatch):
    """No reason has been given yet."""
    monkeypatch.setattr(book, "OPENED", [])


def count(n, period="2017-18", status="shown"):
    return Cell({"period": period, "count": n, "value": float("nan"), "status": status, "reason": ""})


def share(met, of, low, high, period="2017-18", **more):
    row = {"period": period, "count": met, "of": of, "value": met / of, "low": low, "high": high, "unit": "share"}
    return Cell(row | {"status": "shown", "reason": ""} | more)


def rate(value, low=float("nan"), high=float("nan"), period="2017-18", **more):
    row = {"period": period, "value": value, "low": low, "high": high, "unit": "per 10,000", "status": "shown"}
    return Cell(row | {"reason": ""} | more)


def test_the_least_and_the_most_of_a_title_are_of_those_printed_where_one_is_withheld():
    """Invented: 7 missing episodes of the youth offending service are withheld, and are the fewest."""
    counts = [("police", 75.0, "shown"), ("children's services", 65.0, "shown"), ("Children's charity", 50.0, "shown")]
    names = ["agency", "count", "status"]
    every = Rows(pd.DataFrame([*counts, ("youth offending service", 7.0, "shown")], columns=names))
    hidden = Rows(pd.DataFrame([*counts, ("youth offending service", float("nan"), "suppressed")], columns=names))
    assert say.ends(every, "agency", "count") == "from youth offending service 7 to police 75"
    assert say.ends(hidden, "agency", "count") == "from Children's charity 50 to police 75, of those printed"


def test_fewer_and_more_only_where_the_interval_of_the_ratio_leaves_out_one():
    """777 after 883: Wilson's limits of 777/1660 are 0.44417 and 0.49212, as ratios 0.79914 and 0.96898."""
    text = "12.0% fewer than the 883 of 2016-17 (95% interval −20.1% to −3.1%)"
    assert say.change(count(777), count(883, "2016-17")) == text
    # the other way round the ratio's limits are 1/0.96898 and 1/0.79914
    text = "13.6% more than the 777 of 2016-17 (95% interval +3.2% to +25.1%)"
    assert say.change(count(883), count(777, "2016-17")) == text
    assert say.change(count(10), count(9, "2016-17")).startswith("no change shown against 9 in 2016-17 (95% interval −")


def series_of(measure, *counts):
    periods = [f"{2015 + n // 4}-{16 + n // 4}-Q{n % 4 + 1}" for n in range(len(counts))]
    rows = pd.DataFrame({"period": periods, "measure": measure, "agency": "Total", "value": np.nan, "count": counts})
    rows = table(rows.assign(of=np.nan, low=np.nan, high=np.nan, unit="", status="shown", reason=""), ["agency"])
    return rows.cell(periods[-1], measure), rows.cell(periods[-5], measure)


def test_a_quarter_beside_that_of_a_year_before_is_as_wide_as_the_chart_of_its_series():
    """Truth: 60 and 100 in turn, so that 100 after 60 is ordinary. By hand: moving ranges 9 of 40 and 2 of 0, mean 32.727,
    over 1.128 29.01, squared over the mean 80 10.52; Wilson's limits of 100 of 160 at a tenth of it, 9.505 of 15.21,
    are 0.3776 and 0.8208, as ratios 0.607 and 4.58. By chance alone it would be 21.1% to 129%: "more"."""
    now, before = series_of("hrda_referrals", *[60, 100, 60, 100], *[100, 60, 100, 60], *[60, 100, 60, 100])
    text = say.change(now, before)
    assert text.startswith("no change shown against 60 in 2016-17 Q4 (95% interval −3")
    five = series_of("hrda_referrals", 60, 80, 80, 80, 100)  # no chart has limits of so few points
    assert say.change(*five).startswith("66.7% more than the 60 of 2015-16 Q1 (95% interval +21.")


def test_a_stock_beside_that_of_a_year_before_is_as_wide_as_the_chart_of_a_stock():
    """Truth: a number on one day that carries over, ten up or down a quarter. By hand: mean 60, moving ranges of 10, so
    (2.66 * 10 / 3)^2 is 78.62; neighbours are as alike as is allowed for (0.9), so ten times that, over the mean 13.10.
    By chance alone 30 after 70 would be 57.1% fewer (-72.0% to -34.5%)."""
    now, before = series_of("children_flagged", 40, 50, 60, 70, 80, 90, 80, 70, 60, 50, 40, 30)
    _, low, high = say.gap(now, before)
    assert (low, high) == pytest.approx((-0.8969, 0.7813), abs=1e-4)


def test_rates_of_two_populations_in_one_line_are_told():
    """Truth: entrants of two quarters per the published population and of one per the sender's; contacts are counts."""
    bases = ["Byar's; mid-2016 population, current series", "", "Byar's; population as sent"]
    lines = [
        ("per 100,000", "First-time entrants", bases),
        ("per 10,000", "Plans", bases[2:]),
        ("count", "Contacts", bases),
    ]
    of = [
        SimpleNamespace(unit=u, indicator=SimpleNamespace(title=t), cells=pd.DataFrame({"method": m}))
        for u, t, m in lines
    ]
    assert say.mixed_bases(of) == (
        "In one line stand rates of the population that the return sends and, where it sends none, of the published one: "
        "First-time entrants."
    )
    assert say.mixed_bases(of[1:]) == ""


def test_a_difference_of_shares_is_newcombes_of_1998():
    """Newcombe (1998) Stat Med 17:873-890, Table II, method 10, example (a): 56/70 - 48/80, 0.0524 to 0.3339, with
    Wilson's limits of each: 0.6911 to 0.8769 and 0.4904 to 0.7005 (rounded)."""
    now = share(56, 70, 0.69114, 0.87691)
    before = share(48, 80, 0.49045, 0.70050, "2016-17")
    text = say.change(now, before)
    assert text == (
        "20.0 percentage points higher than the 60.0% of 2016-17 (95% interval +5.2 to +33.4 percentage points)"
    )
    assert say.change(before, now).startswith("20.0 percentage points lower than the 80.0%")


def test_a_change_that_may_not_be_said_is_not():
    hidden, gone = count(float("nan"), status="suppressed"), count(float("nan"), "2016-17", "not_available")
    assert say.change(hidden, count(9, "2016-17")) == "withheld"
    assert say.change(count(9), gone) == "not compared, as the figure of 2016-17 is not available"
    table_says_no = Cell({"status": "suppressed", "value": -0.12, "low": -0.2, "high": -0.1})
    text = "against 883 in 2016-17; whether that is a change is not said"
    assert say.change(count(777), count(883, "2016-17"), table_says_no) == text
    reason = Cell({"status": "not_applicable", "reason": "the definition changed"})
    text = "not compared with 883 in 2016-17: the definition changed"
    assert say.change(count(777), count(883, "2016-17"), reason) == text


ROUNDED = {"reason": "rounded to the nearest 5"}


def test_no_finding_is_made_of_rounded_figures():
    """An audience whose counts are rounded could find what the others do not: it is given the figures and no finding."""
    rounded, before = (Cell(count(n, p).row | ROUNDED) for n, p in ((775, "2017-18"), (885, "2016-17")))
    text = "not tested for this audience against about 885 in 2016-17"
    fall = Cell({"status": "shown", "value": -0.12, "low": -0.2, "high": -0.03, "unit": "fraction"} | ROUNDED)
    assert say.change(rounded, before, fall) == text and not say.supported(fall)
    assert say.difference(fall, "here") == "of rounded figures no difference is claimed"
    own = Cell(rate(3.8, 2.7, 5.3).row | ROUNDED | {"count": 40, "of": 10_000})
    assert say.against(own, rate(9), "England's rate") == (
        "England's rate (9.0) stands beside it; of rounded figures no difference is claimed"
    )
    level = [10, 12, 11, 13, 12, 11, 10, 12, 11, 13, 12, 11, 60]
    rows = Rows({"period": [f"p{n}" for n in range(13)], "status": "shown", "reason": "rounded to the nearest 5"})
    assert say.direction(chart(*level), rows) == "rounded figures, not tested for change"
    assert say.trend(chart(*level), "it", rows).startswith("The figures are rounded for this audience, so whether it")


def test_a_change_of_rounded_counts_is_said_where_it_holds_at_every_rounding():
    """By hand, with z 1.96: of 10 and 75, from 8 of 85 (0.094; Wilson 0.0484 to 0.1749, so −94.9% at least) to 12 of 85
    (0.141; 0.0826 to 0.2306, −70.0% at most). Of 30 and 35 it may be 28 of 65 to 32 of 65, which leave no change in. A share is not tested."""
    flags, ago, some, more = (Cell(count(n, p).row | ROUNDED) for n, p in ((10, "2017-18"), (75, "2016-17"), (30, "2017-18"), (35, "2016-17")))  # fmt: skip
    assert say.change(flags, ago) == "fewer than about 75 in 2016-17 (95% interval, rounding included, −95% to −70%)"
    assert say.change(some, more).startswith("no change shown against about 35 in 2016-17 (95% interval, rounding included,")  # fmt: skip
    homes = [
        Cell({"status": "shown", "value": n / of, "count": n, "of": of, "low": low, "high": high, "unit": "fraction", "method": "Wilson", "measure": "m", "period": p} | ROUNDED)
        for n, of, low, high, p in ((450, 775, 0.54, 0.62, "2017-18"), (565, 885, 0.60, 0.68, "2016-17"))
    ]  # fmt: skip
    assert say.change(*homes) == "not tested for this audience against about 64% in 2016-17"


def test_the_table_of_changes_goes_before_a_reckoning_of_our_own():
    change = Cell({"status": "shown", "value": 0.10, "low": 0.02, "high": 0.19, "unit": "fraction"})
    text = "10.0% more than the 883 of 2016-17 (95% interval +2.0% to +19.0%)"
    assert say.change(count(971), count(883, "2016-17"), change) == text


def test_a_change_of_rounded_counts_is_as_wide_as_their_quarters_spread():
    """20, 60, 10 and 60 about 37.5 spread by 2,075 / 37.5, over six degrees of freedom 9.2: what members may not say of
    150 and 200 the public does not read either."""
    years = {"2017-18": (20, 60, 10, 60), "2016-17": (50, 50, 50, 50)}
    parts = {period: [(period, sum(some)), *((f"{period}-Q{n}", q) for n, q in enumerate(some, 1))] for period, some in years.items()}  # fmt: skip
    rows = [count(n, p).row | ROUNDED | {"measure": "hrda_referrals"} for some in parts.values() for p, n in some]
    now, before = (table(pd.DataFrame(rows), []).cell(period) for period in years)
    assert say.change(now, before).startswith(
        "no change shown against about 200 in 2016-17 (95% interval, rounding incl"
    )
    alone = (Cell(count(n, p).row | ROUNDED) for n, p in ((150, "2017-18"), (200, "2016-17")))
    assert say.change(*alone).startswith("fewer than about 200")


@pytest.mark.parametrize(
    ("printed", "effect", "by"),
    [
        ((205, 188, 160, 224), "", 2212.75 / 194.25 / 3),  # the squares about a mean of 194.25, over three
        ((205, 188, 160, None), "", 2212.75 / 194.25 / 3),  # 224 is what the others leave of the year
        ((250, 230, None, None), "", (4386.125 / 194.25 + 91.5**2 / 388.5) / 2),  # two withheld ones are 297 together
        ((250, 230, None, None), "; wider for people who come again (design effect 23.5)", 23.5),
        (
            (205, None, None, None),
            "; wider for people who come again (design effect 1.3)",
            1.3,
        ),  # one alone says nothing
    ],
)
def test_the_interval_of_a_tables_change_is_made_of_the_quarters_that_are_printed(printed, effect, by):
    """Of the withheld quarters of 777 only their sum is in a figure, which a reader has from the others."""
    quarters = [
        count(math.nan if n is None else n, f"2017-18-Q{q}", "suppressed" if n is None else "shown").row
        for q, n in enumerate(printed, 1)
    ]
    rows = table(pd.DataFrame([r | {"measure": "hrda_referrals"} for r in [*quarters, count(777).row]]), [])
    change = Cell({"status": "shown", "value": 777 / 883 - 1, "unit": "fraction", "method": f"score interval{effect}"})
    cell = say.with_interval(change, rows.cell("2017-18"), count(883, "2016-17"))
    z, n, p = 1.959963984540054, 1660 / by, 777 / 1660  # Wilson's limits of the newer among both, as a ratio
    low, high = ((p + z * z / (2 * n) + side * z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n) for side in (-1, 1))  # fmt: skip
    assert (cell.low, cell.high) == pytest.approx((low / (1 - low) - 1, high / (1 - high) - 1))
    rounded = Cell(change.row | {"reason": "rounded to the nearest 5"})
    assert not say.with_interval(rounded, rows.cell("2017-18"), count(883, "2016-17")).has_interval


def test_an_interval_that_ends_at_nought_supports_no_change():
    at = Cell({"status": "shown", "value": 0.10, "low": 0.0, "high": 0.19, "unit": "fraction"})
    assert say.change(count(971), count(883, "2016-17"), at).startswith("no change shown")
    assert not say.supported(at)


@pytest.mark.parametrize(
    "england, words",
    [
        (3.9, "England's rate (3.9), taken as exact, lies inside that interval, so no difference can be claimed"),
        (2.7, "England's rate (2.7), taken as exact, lies inside that interval, so no difference can be claimed"),
        (5.3, "England's rate (5.3), taken as exact, lies inside that interval, so no difference can be claimed"),
        (2.6, "England's rate (2.6), taken as exact, lies below it: here it is higher"),
        (5.4, "England's rate (5.4), taken as exact, lies above it: here it is lower"),
    ],
)
def test_a_figure_beside_another_is_higher_only_beyond_its_interval(england, words):
    assert say.against(rate(3.8, 2.7, 5.3), rate(england), "England's rate") == words


@pytest.mark.parametrize(
    "england, words",
    [  # by hand: of 5.0 (4.0 to 6.0) and q (q-1 to q+1) the difference has the ends 5 - q -/+ sqrt(2) = 1.414
        (3.7, "England's rate (3.7) differs by no more than chance explains (95% interval of the difference −0.1 to +2.7), so no difference can be claimed"),
        (3.5, "England's rate (3.5) differs: here it is higher (95% interval of the difference +0.1 to +2.9)"),
        (6.5, "England's rate (6.5) differs: here it is lower (95% interval of the difference −2.9 to −0.1)"),
    ],
)  # fmt: skip
def test_a_figure_beside_another_with_an_interval_is_compared_by_both(england, words):
    """3.7 lies outside 4.0 to 6.0: the first's interval alone would claim a difference that both together do not."""
    other = rate(england, england - 1, england + 1)
    assert say.against(rate(5.0, 4.0, 6.0), other, "England's rate") == words


def deaths(number, people, **more):
    return Cell(rate(100_000 * number / people).row | {"count": number, "of": people} | more)


def test_a_year_is_set_beside_the_years_before_it_and_not_beside_itself():
    """20 of 10,000 in a year, 60 of 50,000 in the five years with it: 40 of 40,000 in the four before, 100.0, so 100 %
    more; the ends by the roots of (20/60 - p)^2 = z^2 p (1 - p) / 60, p / (1 - p) times 4, less 1."""
    z2 = 1.959963984540054**2
    a, b, c = 60 + z2, -(2 * 20 + z2), 20**2 / 60
    roots = [(-b + sign * (b * b - 4 * a * c) ** 0.5) / (2 * a) for sign in (-1, 1)]
    low, high = (f"{100 * (4 * p / (1 - p) - 1):.1f}" for p in roots)
    text = say.against_rest(deaths(20, 10_000), deaths(60, 50_000), "in the four years before")
    assert text == f"in the four years before it was 100.0: it is 100.0% higher (95% interval +{low}% to +{high}%)"
    same = say.against_rest(deaths(12, 10_000), deaths(60, 50_000), "before")
    assert same.startswith("before it was 120.0: no change shown (95% interval −")
    none = say.against_rest(deaths(20, 10_000), deaths(20, 50_000), "before")
    assert none == "before it was 0.0, so there is no ratio to test"


def test_a_year_of_which_the_longer_time_is_hidden_or_rounded_is_compared_with_nothing():
    year, gone = deaths(20, 10_000), deaths(60, 50_000, status="suppressed")
    assert say.against_rest(year, gone, "before") == "the rate before is withheld"
    assert say.against_rest(gone, year, "before") == "the rate before is withheld"
    rounded_years = deaths(60, 50_000, reason="count rounded to the nearest 5")
    assert (
        say.against_rest(year, rounded_years, "before")
        == "of rounded figures no change from the rate before is claimed"
    )


def test_a_figure_without_an_interval_claims_no_difference():
    text = "England's rate (9.0) stands beside it; without an interval no difference is claimed"
    assert say.against(rate(3.8), rate(9), "England's rate") == text
    gone = rate(float("nan"), status="not_available", reason="it was not in print.")
    assert say.against(rate(3.8, 2.7, 5.3), gone, "England's rate") == (
        "England's rate is not available: it was not in print"
    )


def test_a_difference_has_its_direction_only_beyond_nought():
    assert say.difference(rate(30.04, 22.3, 37.7), "at the most deprived end") == (
        "30.0 higher at the most deprived end (95% interval +22.3 to +37.7)"
    )
    assert say.difference(rate(-30.04, -37.7, -22.3), "here") == "30.0 lower here (95% interval −37.7 to −22.3)"
    assert say.difference(rate(3, -2, 8), "here") == ("no difference shown (95% interval −2.0 to +8.0)")
    assert "no interval" in say.difference(rate(3), "here")
    assert say.difference(rate(3, status="suppressed", reason="why"), "here") == "withheld"
    assert say.difference(rate(3, status="not_applicable", reason="too few"), "here") == "not applicable (too few)"


@pytest.mark.parametrize(
    "number, text",
    [
        (0, "no reviews"),
        (1, "one review"),
        (2, "2 reviews"),
        (1234, "1,234 reviews"),
        (None, "an unstated number of reviews"),
    ],
)
def test_a_number_with_its_noun(number, text):
    assert say.plural(number, "review") == text


def test_a_cells_number_with_its_noun_keeps_its_state():
    assert say.plural(count(1), "death was", "deaths were") == "one death was"
    assert say.plural(count(3, status="suppressed"), "review") == "a withheld number of reviews"
    assert say.plural(Cell(count(45).row | ROUNDED), "review") == "about 45 reviews"
    assert say.plural(count(0), "review") == "no reviews"
    assert say.plural(count(float("nan"), status="not_available"), "review") == "an unknown number of reviews"


def test_a_sentence_of_hidden_cells_says_what_is_hidden():
    assert say.unless_hidden("Two.", "How many", count(2), count(3)) == "Two."
    assert say.unless_hidden("Two.", "How many", count(2), count(3, status="suppressed")) == "How many is withheld."
    gone = Cell({"status": "not_available", "reason": "The return did not come."})
    assert say.unless_hidden("Two.", "How many", gone) == "How many is not available. The return did not come."


@pytest.mark.parametrize("put", [say.answer, say.note])
def test_one_reason_stands_once_in_a_paragraph(put):
    gone, other = (
        Cell({"status": "not_available", "reason": f"The return did not {what}."}) for what in ("come", "fit")
    )
    texts = [say.unless_hidden("", name, cell) for name, cell in (("A", gone), ("B", other), ("C", gone))]
    assert put(*texts) == (
        "A is not available. The return did not come. B is not available. The return did not fit. "
        "C is not available either."
    )


@pytest.mark.parametrize("reason, asked", [
    ("The meetings return was not received for this quarter.", ["Ask for the return: The meetings return was not received for this quarter."]),
    ("The meetings return holds no row: its sender had nothing to report.", []),
    ("A count was not given.", ["Ask for what it lacks: A count was not given."]),
    ("The return does not give it.", ["Ask for what it lacks: The return does not give it."]),
    ("The child deaths return does not reach back 5 years.", ["Ask for what it lacks: The child deaths return does not reach back 5 years."]),
    ("No population estimate is held: lscb fetch.", ["Ask for the official file: No population estimate is held: lscb fetch."]),
    ("left out, as most of its figures are withheld.", []),
])  # fmt: skip
def test_a_return_that_came_is_not_asked_for(reason, asked):
    rows = table(Rows([{"measure": "m", "period": "p", "status": "not_available", "reason": reason}]), [])
    assert say.ask("Why?", about=rows) == asked


def test_a_table_that_did_not_come_gives_its_reason_in_place_of_every_sentence():
    why = "The meetings return was not received for this quarter."
    rows = Rows([{"measure": "m", "period": "p", "status": "not_available", "reason": why}])
    rows = table(rows, ["agency"]).query("agency == 'Total'")
    assert say.note("Five.", about=rows) == why
    assert say.answer("Five.", about=[Rows(), rows]) == f"This cannot be answered. {why}"
    assert say.ask("Why?", about=rows) == [f"Ask for the return: {why}"]
    assert say.answer("One.", "", "Two.") == "One. Two." and say.ask("Why?", "") == ["Why?"]
    assert say.ask("")._repr_html_() == ""  # no list of nothing
    assert say.ask("Why do Police and Other, not yet approved count fewer?") == [
        "Why do Police and others count fewer?"
    ]


SECTION_11, AUDITS = (
    f"The {name} return holds no usable row of 2023-24: its year has not ended, it is an older file or nothing came of it."
    for name in ("section 11 audit", "audits")
)


SHORT = "The meetings return does not reach back 3 years."


def of_a_return(reason):
    return table(Rows([{"measure": "m", "period": "p", "status": "not_available", "reason": reason}]), ["agency"])


def test_a_page_gives_a_reason_once_and_says_of_what_else_it_holds(monkeypatch):
    page = SimpleNamespace(said={}, printed=[], derived=[])
    monkeypatch.setattr(book, "OPENED", [page])
    answers, advice = of_a_return(SECTION_11), of_a_return(AUDITS)
    fig, ax = plt.subplots()
    told = [
        say.answer("One.", about=answers),
        say.note("Two.", about=answers),
        show(answers, "Grades in force"),
        charts.show(ax, "Short most often", "Bar chart. Grades: 1.", "the audit", answers),
        show(advice, "Cases of audits"),
        say.note("Three.", about=advice),
        say.ask("Why?", about=advice),
        show(of_a_return(SHORT), "Seats"),
        say.ask("Who?", about=of_a_return(SHORT)),
    ]
    assert [text if isinstance(text, str) else list(text) for text in told] == [
        f"This cannot be answered. {SECTION_11}",
        "This is not available, as above.",
        "Grades in force: not available, as above.",
        "No chart is drawn, as above.",
        "Cases of audits: the audits return holds no usable row of 2023-24 either.",
        "This is not available, as above.",
        ["Ask for the audits return."],
        "Seats: the meetings return does not reach back 3 years.",
        ["Ask for what the meetings return lacks."],
    ]
    # a cell that is run again says what it said
    assert say.answer("One.", about=answers) == told[0] and say.note("Two.", about=answers) == told[1]


def test_a_reason_within_a_sentence_is_given_once_too(monkeypatch):
    monkeypatch.setattr(book, "OPENED", [SimpleNamespace(said={}, printed=[], derived=[])])
    late = Cell({"status": "not_available", "reason": "the return begins later", "measure": "cdop_death_rate"})
    first = say.note(
        f"It is 3; {say.unless_hidden('', 'the rate before', late).rstrip('.')}.",
        say.unless_hidden("", "The mean", late),
    )
    assert (
        first == "It is 3; the rate before is not available. The return begins later. The mean is not available either."
    )
    assert say.note(say.unless_hidden("", "The median", late)) == "The median is not available, as above."


def chart(*values):
    return control_charts.xmr(np.array(values, float))


def test_a_trend_is_named_only_where_a_rule_flags_the_last_point():
    level = [10, 12, 11, 13, 12, 11, 10, 12, 11, 13, 12, 11]
    assert say.direction(chart(*level)) == "no change shown"
    assert say.trend(chart(*level), "it") == "No rule of the chart flags any point."
    rows = Rows({"period": [f"2014-15-Q{n}" for n in range(12)], "status": "shown", "reason": ""})
    assert say.trend(chart(*level), "it", rows) == "No rule of the chart flags any quarter."
    assert say.direction(chart(*level, 60)) == "the last point is above the upper limit"
    assert say.direction(chart(*level, -60)) == "the last point is below the lower limit"
    assert say.trend(chart(*level, 60), "it").startswith("A rule of the chart flags the last point: the last point is")
    rising = [14, 9, 15, 10, 14, 9, 10, 11, 12, 13, 14, 15]
    assert say.direction(chart(*rising)) == "seven or more points rising"


def test_few_points_claim_and_deny_nothing():
    assert say.direction(chart(1, 2, 3)) == "too few points for limits"
    assert say.trend(chart(1, 2, 3), "it") == (
        "There are too few points for limits, so whether it varies more than by chance cannot be said."
    )
    assert say.direction(chart(1, np.nan)) == "one value, so no rule can be asked"
    assert "trial limits" in say.trend(chart(10, 12, 11, 13, 12, 11), "it")
    for nothing in (chart(), chart(np.nan, np.nan)):
        assert say.direction(nothing) == "nothing to chart"
        assert "cannot be said" in say.trend(nothing, "it")


def test_an_earlier_point_that_is_flagged_is_told_and_not_called_chance():
    early = [10, 40, 0, 12, 11, 13, 12, 11, 10, 12, 11, 13, 12, 11]
    rows = Rows({"period": [f"2014-15-Q{n}" for n in range(14)], "status": "shown", "reason": ""})
    assert say.direction(chart(*early), rows) == "no rule flags the last point"
    assert say.trend(chart(*early), "it", rows) == (
        "No rule of the chart flags the last point; earlier ones are flagged: 2014-15 Q1 and 2014-15 Q2."
    )


def test_the_last_point_is_named_where_the_newest_quarter_has_no_figure():
    level = [10, 12, 11, 13, 12, 11, 10, 12, 11, 13, 12, 60, np.nan]
    rows = Rows({"period": [f"2017-18-Q{n}" for n in range(13)], "status": "shown", "reason": ""})
    assert say.direction(chart(*level), rows) == "to 2017-18 Q11 the last point is above the upper limit"
    assert say.trend(chart(*level), "it", rows) == (
        "A rule of the chart flags the last point (2017-18 Q11, the newest that is shown): the last point is above the upper limit."
    )


def test_a_title_has_the_newest_figure_where_no_rule_can_be_asked():
    """Once for a page it says why; a title of rounded counts is about them, and of a quarter that is shown."""
    marks = [{"status": "shown", "reason": "rounded to the nearest 5"}] * 2 + [{"status": "suppressed", "reason": ""}]
    rows = Rows([dict(period=f"2017-18-Q{n + 1}", count=40.0 + n, unit="", method="", measure="services_count", **mark) for n, mark in enumerate(marks)])  # fmt: skip
    assert say.direction(chart(40, 45, np.nan), rows, "count") == "about 41 in 2017-18 Q2"
    assert say.direction(chart(40, 45, np.nan), rows) == "rounded figures, not tested for change"
    assert say.direction(chart(1, 2, 3), rows.assign(status="shown", reason=""), "count") == "42 in 2017-18 Q3"


def test_many_flagged_points_are_told_by_their_number_and_ends():
    quarters = [f"2014-15 Q{n}" for n in range(1, 6)]
    assert few(quarters[:3], "2014-15 Q3") == "2014-15 Q1, 2014-15 Q2 and 2014-15 Q3"
    assert few(quarters, "2014-15 Q5") == "several, first 2014-15 Q1 and last 2014-15 Q5, the newest"
    assert few(quarters, "2014-15 Q6") == "several, first 2014-15 Q1 and last 2014-15 Q5, not the newest"
    assert few(["2014", "2014"]) == "2 points of 2014"


def test_a_number_stands_beside_no_sentence_of_two():
    """Of two shares that are withheld only one has the rounded number."""
    share = Cell({"value": np.nan, "count": np.nan, "status": "suppressed", "reason": "withheld; about 15", "measure": "cdop_modifiable_share"})  # fmt: skip
    assert say.unless_hidden("", "How many had factors", share) == "How many had factors is withheld, about 15."
    assert (
        say.unless_hidden("", "How many had factors, or were expected,", share)
        == "How many had factors, or were expected, is withheld."
    )


@pytest.mark.parametrize(
    "status, words",
    [("suppressed", "Every figure of the chart is withheld"), ("not_available", "No figure of the chart is shown")],
)
def test_only_what_is_withheld_is_called_withheld(status, words):
    rows = Rows({"period": ["2017-18-Q4"], "status": status, "reason": ""})
    assert say.trend(chart(np.nan), "it", rows).startswith(words)


@pytest.mark.parametrize("values, reasons, direction, trend", [
    ((np.nan, np.nan), ("incomplete", "incomplete"), "not tested for change", "Every figure that is shown is incomplete"),
    ((np.nan, np.nan), ("incomplete", ""), "not tested for change", "Every figure that is shown is incomplete or by another definition"),
    ((np.nan, 0.2), ("incomplete", ""), "one complete value, so no rule can be asked", "There is one value only that is not incomplete"),
])  # fmt: skip
def test_figures_that_are_shown_and_left_out_of_the_chart_are_not_called_hidden(values, reasons, direction, trend):
    """Truth: shares of two quarters stand in the table, and look back on quarters that the return does not hold."""
    marks = ["incomplete: repeats of earlier referrals cannot all be seen" if each else "" for each in reasons]
    rows = Rows({"period": ["2018-19-Q1", "2018-19-Q2"], "status": "shown", "reason": marks})
    assert say.direction(chart(*values), rows) == direction
    assert say.trend(chart(*values), "the repeat rate", rows) == (
        f"{trend}, so whether the repeat rate varies more than by chance cannot be said."
    )


def test_a_figure_of_another_basis_stands_beside_as_it_was_published():
    """784 of 4,012 is 19.5 %; the Department printed 20 %."""
    national = Cell(
        {"value": 0.20, "count": 784, "of": 4012, "unit": "share", "method": "of all reviews", "status": "shown"}
    )
    text = "Elsewhere: 20%, 784 of 4,012 (of all reviews). Its basis is another, so no difference is claimed."
    assert say.beside(national, "Elsewhere") == text
    rates = [Cell({"value": v, "unit": "per 10,000", "method": "m", "status": "shown"}) for v in (39, 29.8)]
    assert [say.beside(each, "A").partition(" (")[0] for each in rates] == ["A: 39", "A: 29.8"]
    gone = Cell({"status": "not_available", "reason": "none that is held was in print on 31 March 2018"})
    assert say.beside(gone, "Elsewhere") == "Elsewhere: none that is held was in print on 31 March 2018."


def test_a_withheld_count_is_told_by_the_figure_that_the_public_has():
    cell = Cell({"status": "suppressed", "count": float("nan"), "reason": "withheld: few; about 25; from 23 to 27"})
    assert (f"{cell:count}", say.plural(cell, "review")) == ("about 25", "about 25 reviews")
    assert say.unless_hidden("", "How many came", cell) == "How many came is withheld, about 25."
    assert f"{Cell(cell.row | {'reason': 'withheld: few; from 3 to 7'}):count}" == "withheld"


@pytest.mark.parametrize("measure", ["hrda_rate", "hrda_male_victims_share", "cdop_death_rate"])
def test_a_withheld_share_or_rate_is_not_told_as_the_number_that_it_is_made_of(measure):
    """15 referrals among 4,000 females are 37.5 per 10,000: the rate is not "about 15"."""
    cell = Cell(
        {"measure": measure, "status": "suppressed", "count": float("nan"), "reason": "withheld: few; about 15"}
    )
    assert say.unless_hidden("", "The rate of 2022-23", cell) == "The rate of 2022-23 is withheld."
    assert say.unless_hidden("", "How many there were", cell) == "How many there were is withheld, about 15."


def test_what_those_not_counted_could_make_of_a_share():
    """20 of 60, and 16 open: 20 of 76 if none of them has it, 36 of 76 if all have."""
    assert say.could(share(20, 60, 0.2, 0.5), 16, "review still open", "reviews still open") == (
        "The 16 reviews still open could make it 26.3% to 47.4%."
    )
    of_rounded, left = share(20, 60, 0.2, 0.5, **ROUNDED), Cell(count(15).row | ROUNDED)
    # 18 of 62 + 17 is 22.8 %, 22 + 17 of 58 + 17 is 52 %; a difference of two counts is off by both, so by four:
    # 18 of 62 + 19 is 22.2 %, 22 + 19 of 58 + 19 is 53.2 %
    assert say.could(of_rounded, left, "review", "reviews") == "About 15 reviews could make it 22% to 52%."
    assert say.could(of_rounded, 15, "review", "reviews") == "About 15 reviews could make it 22% to 54%."
    for left in (0, float("nan")):
        assert say.could(share(20, 60, 0.2, 0.5), left, "review", "reviews") == ""
    assert say.could(share(20, 60, 0.2, 0.5, status="suppressed"), 16, "review", "reviews") == ""


def test_a_long_paragraph_is_read_sentence_by_sentence_and_says_the_same():
    short, long = "There were 40 referrals.", " ".join(["word"] * 59)
    assert say.note(short, "None was late.")._repr_html_() == "<p>There were 40 referrals. None was late.</p>"
    assert say.note(long)._repr_html_().startswith("<p>Word")
    listed = say.note(short, "", long)
    assert listed == f"{short} W{long[1:]}"
    assert listed._repr_html_() == f"<ul><li>{short}</li><li>W{long[1:]}</li></ul>"
