"""Sentences as the notebooks make them, of invented figures that are what they are said to be: none is refused.

The words are those of the pages, put together by the functions that they use; the figures are drawn by a seed, from none to
thousands, as counted and rounded to 5. `python tests/board_packs/publish/test_computed_sentences.py SEED NUMBER` tries more.
"""

import math
import random
import sys
from html import escape

import pytest

from board_packs.pages import sentences as say
from board_packs.pages.cell_value import Cell
from board_packs.pages.number_text import few
from board_packs.publish.release import printed_claims
from lscb import intervals

PAGE = '<html lang="en-GB"><body><h1>T</h1><h2>H</h2><p>{}</p></body></html>'
BLANK = math.nan
ROUNDED = "count rounded to the nearest 5"


def cell(period, measure, **figures):
    row = dict.fromkeys(("value", "count", "of", "low", "high", "rank", "ranked"), BLANK)
    return Cell(row | {"period": period, "measure": measure, "unit": "", "method": "", "status": "shown", "reason": ""} | figures)  # fmt: skip


class Drawn:
    """Figures of a stream of chance, of counts as counted or rounded to 5."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.rounded = self.draw.random() < 0.5

    def number(self):
        draw = self.draw.randint
        return self.draw.choice([0, 1, 2, draw(0, 12), draw(5, 60), draw(20, 300), draw(100, 3000)])

    def part(self):
        """A part and its whole, which is not none."""
        whole = max(self.number(), 1)
        return self.draw.randint(0, whole), whole

    def count(self, number, period):
        if self.rounded:
            return cell(period, "hrda_referrals", count=5.0 * ((number + 2) // 5), reason=ROUNDED)
        return cell(period, "hrda_referrals", count=float(number))

    def share(self, part, whole, period):
        if self.draw.random() < 0.05:
            return cell(period, "hrda_repeat_rate", status="suppressed")
        off = 0
        if self.rounded:
            off, whole = 2, max(5 * ((whole + 2) // 5), 5)
            part = min(5 * ((part + 2) // 5), whole)
        parts, wholes = ({max(0, n - off), n + off} for n in (part, whole))
        ends = [intervals.wilson(min(p, w), w) for p in parts for w in wholes]
        low, high = min(float(e[0]) for e in ends), max(float(e[1]) for e in ends)
        figures = dict(value=part / whole, count=float(part), of=float(whole), low=low, high=high, unit="share")
        return cell(period, "hrda_repeat_rate", **figures, reason=ROUNDED if off else "")

    def rate(self, count, people, per, period):
        low, high = (per * float(end) / people for end in intervals.poisson(count))
        figures = dict(value=per * count / people, count=float(count), of=float(people), low=low, high=high)
        method = f"{intervals.poisson_method(count)}; mid-2024, current series"
        method += "; unreliable: fewer than 20 deaths" if count < 20 else ""
        return cell(period, "cdop_death_rate", **figures, unit=f"per {per:,}", method=method)

    def people(self):
        """Children of an authority: Scilly has 400, Kent 340,000."""
        return round(400 * 850 ** self.draw.random())


def sentences(seed):
    """The sentences of some pages about one set of figures."""
    drawn = Drawn(seed)
    start, quarter = drawn.draw.randint(2016, 2025), drawn.draw.randint(1, 4)
    year, before = (f"{y}-{(y + 1) % 100:02}" for y in (start, start - 1))
    now, when = f"{year}-Q{quarter}", say.when(f"{year}-Q{quarter}")
    (part, whole), (other, other_whole) = drawn.part(), drawn.part()
    left = drawn.draw.randint(0, whole - part)
    of_now, of_year, of_before = drawn.share(part, whole, now), drawn.share(part, whole, year), drawn.share(other, other_whole, before)  # fmt: skip
    total, earlier = drawn.count(drawn.number() + 1, year), drawn.count(drawn.number(), before)
    deaths, people = drawn.draw.randint(3, 30), drawn.people()
    rate, together = drawn.rate(deaths, people, 100_000, year), drawn.rate(deaths + drawn.number(), 5 * people, 100_000, year)  # fmt: skip
    if drawn.draw.random() < 0.2:
        together = cell(year, "cdop_death_rate", status="not_available", reason="the return does not reach back so far")
    england = drawn.draw.choice([cell(year, "cdop_death_rate", value=drawn.draw.uniform(20, 40)), drawn.rate(9_800, 36_000_000, 100_000, year)])  # fmt: skip
    counts = {name: drawn.count(number, now) for name, number in dict(part=part, whole=whole, other=other, left=left).items()}  # fmt: skip

    def of(number, one, many=""):
        return say.plural(counts[number], one, many)

    listed = [
        f"In {when}, {of('whole', 'referral was', 'referrals were')} made for high-risk domestic abuse. {of_now:percent} were repeats ({of_now:share}; {of_now:interval}). "
        f"The whole of {year} had {say.plural(total, 'referral')}, {say.change(total, earlier)}.",
        f"Repeat rate of {year}: {of_year:percent}, {say.change(of_year, of_before)}. No rule of the chart flags any quarter.",
        f"Households with children in {year}: {of_year:percent}; {say.change(of_year, of_before)}.",
        f"Distinct people referred: {counts['part']:count} in {when} and {counts['whole']:count} in {year}; one person can be in several quarters, so quarters do not add up to the year.",
        f"Deaths notified per 100,000 children: {rate:rate} in {year} ({rate:count} among {rate:of} aged 0 to 17; {rate:interval}; {rate.method}); "
        f"{say.against_rest(rate, together, 'in the four years before')}.",
        f"Over the five years to {year} together: {together:rate} ({together:interval}). {say.against(together, england, 'The rate of England for children of all ages')}.",
        f"Of {of('whole', 'death')} notified in the 5 years to {year}, {of_year:share} were reviewed within twelve months ({of_year:percent}, {of_year:interval}). "
        f"{say.could(of_year, counts['left'], 'review still open', 'reviews still open')}",
        f"In {when}, {of('whole', 'child death was', 'child deaths were')} notified to the panel. The panel completed {say.plural(total, 'review')}, of deaths of this or earlier years. "
        f"On the last day {of('part', 'review was', 'reviews were')} outstanding. When the year began {of('other', 'review was', 'reviews were')} outstanding.",
        f"Looked-after children: {rate:rate} per 10,000 on 31 March {start}, {say.compared(rate, {'England': england, 'the mean of similar places': drawn.rate(2_900 + quarter, 9_000_000, 100_000, year)})}.",
        f"In {when}, {say.plural(total, 'referral')} had exploitation as a factor: {say.change(total, earlier)}. {of_now:share} went to a strategy meeting ({of_now:percent}, {of_now:interval}).",
        f"Children whom the police flag as at risk: {earlier:count} at the end of {before} and {total:count} at the end of {when}, {say.change(total, earlier)}.",
        f"Return interviews held within 72 hours in {when}, of those due, as each agency counts: police, {of_year:share} ({of_year:percent}); schools, {of_before:share} ({of_before:percent}).",
        f"What was decided: rapid review only {counts['part']:count}; the numbers of the other decisions are withheld so that nobody can be recognised. Decided in no case: no further action.",
        f"The rate of the five years to {year} together is not available, as above. Reviews completed in the 5 years to {year}, by age: not available, as above.",
        f"Of the agencies expected to answer, {of_year:share} did ({of_year:percent}).",
        f"Recommendations made this year or still open: {counts['whole']:count}. Done of these: {counts['part']:count}; what was done of earlier years' is not among them. Past their date and not done: {counts['left']:count}.",
        f"Of the actions done in {when}, the plan says of {counts['part']:count} what changed for children; of {counts['other']:count} the action or the recommendation again; of {counts['left']:count} nothing.",
        f"There were {of('whole', 'referral')} in {when}. {of_now:share} were repeats ({of_now:percent}, {of_now:interval}).",
        f"Missing episodes in {when}: from youth offending service {counts['part']:count} to police {counts['whole']:count}.",
        f"Contacts: {counts['whole']:count} in {when}. Section 47 enquiries: {rate:rate} per 100,000 in {when}.",
        f"Control chart. Contacts by quarter: {counts['part']:count} in {before}-Q1 and {counts['whole']:count} in {when}. Flagged by a rule of the control chart: "
        f"{few([f'{year} Q{n % 4 + 1}' for n in range(quarter + 2)], when)}. At the last point, limits {say.count(part)} to {say.count(whole + part)}.",
        f"Column chart. Referrals per 10,000 residents (95% intervals in brackets): decile 1: {rate:rate} ({rate:low rate} to {rate:high rate}); {quarter + 2} others have no more.",
        f"Small charts by quarter, each with its newest figure; changed: Referrals: {counts['whole']:count}, lower. The table of the quarter has every figure.",
        say.unless_hidden(f"{of('part', 'attendance')} at {say.plural(3 + quarter, 'event')} in {when} filled {of_now:percent} of the {of_now:of} places ({of_before:percent} in {before}; not tested).", "How many places were filled", of_now),
        f"Evaluation forms came from {of_year:share} who attended in {when} ({of_year:percent}); {of_before:share} of them rated the event good or better ({of_before:percent}, {of_before:interval}). "
        f"{say.could(of_before, counts['other'], 'attendance without a form', 'attendances without a form', 'the good ratings')}",
    ]  # fmt: skip
    return [text[:1].upper() + text[1:] for text in listed]


def refused(seeds):
    """Each sentence that the release check refuses, with its reason."""
    return [(text, why) for seed in seeds for text in sentences(seed) for why in printed_claims.reasons(PAGE.format(escape(text)))]  # fmt: skip


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_no_sentence_of_figures_that_follow_is_refused(first):
    assert refused(range(first, first + 10)) == []


if __name__ == "__main__":
    first, number = map(int, sys.argv[1:])
    for found in refused(range(first, first + number)):
        print(*found, sep="\n    ")
