"""What the audit answers: the verdicts, the diagnoses with their families, and the answer itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

FAMILIES = {
    "ok": "ok ok_rounding",
    "base": "wrong_base wrong_denominator revised_base_condition",
    "impossible": "impossible_percentage impossible_base",
    "parts": "parts_do_not_add complement_does_not_add overlap_condition",
    "change": "change_does_not_follow percentage_does_not_follow multiple_does_not_follow fraction_does_not_follow"
    " direction_reversed pp_vs_percent percentage_points_misused ratio_printed_as_increase of_from_slip"
    " majority_not_over_half",
    "rate": "average_does_not_follow rate_does_not_follow wrong_population scale_error outside_range_of_parts"
    " mean_of_percentages weights_condition annualised_condition outside_interval",
    "trend": "trend_not_testable trend_unsupported superlative_false superlative_tied window_not_covered",
    "comparator": "comparator_other_year comparator_other_basis",
    "repeat": "printed_twice_differently",
    "label": "mislabelled_period base_other_period",
    "rank": "rank_measure_unnamed rank_of_another_measure rank_matches_no_measure rank_wrong_total",
    "missing": "missing_base missing_denominator missing_population missing_counts missing_comparator_period",
    "rounding": "truncated_not_rounded half_even_condition rounded_count_condition unrounded_inputs_condition",
}
FAMILY_OF = {code: family for family, codes in FAMILIES.items() for code in codes.split()}


class Record(dict):
    """A result that reads by attribute and writes as JSON."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Answer(Record):
    """`id`, `verdict`, `diagnosis`, `recalculated`, `sentence` of one claim."""

    @property
    def family(self) -> str:
        return FAMILY_OF[self["diagnosis"]]


def answer(verdict: str, diagnosis: str, sentence: str, **recalculated: Any) -> Answer:
    """An answer without its claim's id, which `audit` puts before it."""
    assert diagnosis in FAMILY_OF, diagnosis
    figures = {name: plain(value) for name, value in recalculated.items() if value is not None}
    return Answer(verdict=verdict, diagnosis=diagnosis, recalculated=figures, sentence=sentence)


REPRODUCES, ONLY_IF = "reproduces", "reproduces only if"
WRONG, UNKNOWN = "does not reproduce", "cannot be checked"
reproduces, only_if = partial(answer, REPRODUCES), partial(answer, ONLY_IF)
wrong, unknown = partial(answer, WRONG), partial(answer, UNKNOWN)
VERDICTS = (WRONG, ONLY_IF, UNKNOWN, REPRODUCES)  # in the order in which a person should read them


def plain(value):
    """Figures as JSON holds them: whole numbers whole, others to six places, ranges as [low, high]."""
    if isinstance(value, tuple | list):
        return [each if type(each) is int else plain(each) for each in value]
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else round(float(value), 6)
    return value


def figure_text(value: Fraction, decimals: int = 1) -> str:
    """A figure for a sentence, half up, thousands separated."""
    from .printed_numbers import half_up

    shown = half_up(Fraction(value), decimals)
    return f"{Decimal(shown.numerator) / shown.denominator:,.{decimals}f}"


def range_text(ends) -> str:
    low, high = ends
    integers = Fraction(low).denominator == Fraction(high).denominator == 1 or min(abs(low), abs(high)) >= 1000
    decimals = 0 if integers else 1
    low, high = figure_text(low, decimals), figure_text(high, decimals)
    return low if low == high else f"{low} to {high}"
