"""What the project's own sentences print of a figure, the release check knows as that figure, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_packs.pages import number_text
from board_packs.publish.release.shown import Figures
from lscb.long_table import cells

FIGURES = st.one_of(
    st.integers(0, 70_000_000).map(float),
    st.floats(0, 100_000, allow_nan=False),
    st.decimals(0, 1, places=4, allow_nan=False).map(float),  # as publishers print shares: halves at every place
)
DECIMALS = st.integers(0, 2)


@given(value=FIGURES, decimals=DECIMALS)
def test_every_way_of_printing_a_figure_is_known_as_that_figure(value, decimals):
    figures = Figures([value])
    texts = [number_text.percent(value, decimals), number_text.points(value, decimals)]
    if decimals or value == int(value) or value >= 20:  # a small whole number counts; a rate there has its decimals
        texts.append(number_text.rate(value, decimals))
    if value == int(value):
        texts += [number_text.count(value), number_text.money(value), number_text.plural(value, "review")]
        texts.append(number_text.ordinal(value) if value else "")
    assert [text for text in texts if not figures.explain(text)] == []


@given(value=st.decimals("0.05", 1, places=4, allow_nan=False).map(float), decimals=DECIMALS)
def test_a_neighbour_in_the_last_place_is_another_figure(value, decimals):
    step = 10.0 ** -(decimals + 2)
    for other in (value + 1.01 * step, value - 1.01 * step):
        if other > 0.02:  # below, "1%" may be a figure of 1 as it stands
            assert not Figures([value]).explain(number_text.percent(other, decimals))


def test_a_mean_of_published_decimals_prints_half_up_and_is_known_so():
    # 86.45 in decimals is 86.5 printed; in floats 100 * 0.8645 is below it
    assert number_text.percent(0.8645) == "86.5%"
    assert Figures([0.8645]).explain("86.5%") and not Figures([0.8645]).explain("86.4%")
    assert number_text.rate(2.675, 2) == "2.68" and Figures([2.675]).explain("2.68")


@pytest.mark.parametrize(
    "text",
    [
        "deciles 1, 2 and 3", "deciles 1 to 3", "decile 10", "born before 22 weeks", "of a birth before 22 weeks",
        "1st = most deprived", "aged 0 to 17", "aged 0-17", "aged 15 to 24", "within 15 working days", "under 28 days",
        "the first three quarters of 2017-18", "2017-18 Q4", "31 March 2018", "mid-2016", "95% interval",
        "per 10,000", "section 47", "section 11",
    ],
)  # fmt: skip
def test_what_counts_nobody_needs_no_figure(text):
    assert Figures([]).explain(text)


@pytest.mark.parametrize(
    "text",
    ["3 children", "three of the children", "12.5%", "22 children of 22 weeks", "deciles 1, 2 and 3: 4", "1 in 7"],
)
def test_what_counts_somebody_does(text):
    assert not Figures([]).explain(text)


def test_why_a_table_is_not_there_may_stand_in_a_sentence():
    reason = (
        "Children aged 0-17 by authority, revised series: no figure is held of mid-2024 or of the 12 areas beside it."
    )
    assert not Figures([]).explain(f"This cannot be answered. {reason}")
    assert Figures([], [reason]).explain(f"This cannot be answered. {reason}")
    assert not Figures([], [reason]).explain(f"This cannot be answered. {reason} There were 12.")


def test_a_rate_of_rounded_counts_stands_without_decimals():
    row = dict(
        area="E06000045", period="2017-18-Q4", measure="rate", value=18.34, low=16.4, high=19.5, count=60, of=3270
    )
    plain, public = (cells([row | dict(reason=why)]) for why in ("", "count rounded to the nearest 5"))
    assert Figures.of([public]).explain("18")
    assert not Figures.of([public]).explain("17") and not Figures.of([plain]).explain("18")


def test_the_ends_of_an_interval_that_holds_the_rounding_are_figures():
    """10 to the nearest 5 are 8 to 12; the exact Poisson ends of 8 and 12 are 3.4538 and 20.9616 (Garwood's tables)."""
    row = dict(area="E06000045", period="2017-18-Q4", measure="rate", value=20.0, low=6.91, high=41.92, count=10,
               of=5000, method="Byar's", reason="count rounded to the nearest 5")  # fmt: skip
    public = Figures.of([cells([row])])
    assert public.explain("20 (7 to 42)")
    assert not public.explain("8") and not public.explain("20 (6 to 42)")
