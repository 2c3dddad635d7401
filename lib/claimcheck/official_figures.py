"""Figures of a draft beside the official series that are held: DfE rates, ranks of the Indices, populations, deaths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from lscb.errors import UserError

from .answers import Answer, figure_text, only_if, wrong
from .claim import claim as typed_claim
from .draft_reading import Finding, placed
from .judgement import judge
from .official_populations import people_findings
from .printed_numbers import half_up, parse
from .prose.passages import Passages
from .prose.proposal import Part, Proposal, part
from .prose.sentence import Sentence
from .prose.wording import topics

MEASURES = {"looked after": "LAC", "child protection plan": "CPP_rate", "section 47": "Section_47"}  # rates per 10,000
SNAPSHOTS = ("LAC", "CPP_rate")
PLACES = {"england": "E92000001", "national": "E92000001", "nationally": "E92000001", "english": "E92000001",
          "south east": "E12000008", "south west": "E12000009", "london": "E12000007", "east midlands": "E12000004",
          "west midlands": "E12000005", "north east": "E12000001", "north west": "E12000002",
          "east of england": "E12000006",
          "yorkshire": "E12000003"}  # fmt: skip
MEASURE_NAMES = {"average_score": "average score", "average_rank": "average rank",
                 "proportion_decile_1": "proportion in the most deprived tenth",
                 "extent": "extent", "local_concentration": "local concentration"}  # fmt: skip


class OfficialFigures:
    """The official series of a store, for the area that a draft is about.

    store : openstats.Store, or whatever answers the same; a set that is not held is passed by
    area : GSS code; blank for the authority that the draft names most often
    """

    def __init__(self, store: Any, area: str = ""):
        self.store = store
        self.area = area

    def findings(self, passages: Passages, read: Sequence[Proposal]) -> list[Finding]:
        """What the official series say of a draft's figures, each with the series, year and area compared."""
        area = self.area or area_of(passages)
        year = max(passages.period.years) if passages.period else None
        if not area or year is None:
            return []
        result: list[Finding] = []
        for proposal in read:
            if proposal.kind in ("comparison", "percent_difference"):
                result += self._comparator(proposal, passages, year)
            elif proposal.kind == "rank":
                result += self._rank(proposal, area, year)
        for sentence in passages.sentences:
            if sentence.kind != "cell":
                result += people_findings(self._held, sentence, area, year)
        for sentences in passages.by_paragraph.values():
            if sentences[0].kind != "cell":
                result += self._quarters(sentences, area, year)
        return result

    def _held(self, name: str, *args: Any) -> Any:
        """A set of the store; None where it is not held."""
        try:
            return getattr(self.store, name)(*args)
        except (UserError, LookupError, OSError):
            return None

    def _comparator(self, proposal: Proposal, passages: Passages, year: int) -> list[Finding]:
        """An official comparator of another year or basis, or of no year that is held."""
        comparator = next((p for p in proposal.parts if p.role == "comparator"), None)
        if comparator is None:
            return []
        place = next((c for n, c in PLACES.items() if n in str(comparator.more.get("geography", ""))), None)
        code = _measure_of(proposal.sentence, passages)
        frame = self._held("indicators", [code]) if place and code else None
        got = parse(comparator.value or "")
        if frame is None or got is None:
            return []
        rows = frame[(frame["area"] == place) & (frame["status"] == "shown")]
        series = {
            int(p): Fraction(str(v)) for p, v in zip(rows["period"], rows["value"], strict=True) if str(p).isdigit()
        }
        judged = _against_series(got.value, got.decimals, series, year, str(code))
        if judged is None:
            return []
        label = frame["measure"].iloc[0]
        shown = Part(
            "printed", comparator.value, comparator.unit, comparator.period, comparator.paragraph, comparator.span, {}
        )
        here = Proposal(
            "repeat",
            proposal.sentence,
            [shown],
            source=f"DfE, {label}, {comparator.more.get('geography')}, year to March {year}",
        )
        return [placed(here, judged)]

    def _rank(self, proposal: Proposal, area: str, year: int) -> list[Finding]:
        """The measures whose published rank is the printed one."""
        frame = self._held("published_summaries")
        if frame is None:
            return []
        rows = frame[
            (frame["area"] == area) & (frame["index"] == "imd") & (frame["edition"] <= year) & frame["rank"].notna()
        ]
        if not len(rows):
            return []
        edition = int(rows["edition"].max())
        rows = rows[rows["edition"] == edition]
        ranks = [
            Part("candidate", str(int(r["rank"])), more={"measure": MEASURE_NAMES.get(r["measure"], r["measure"])})
            for _, r in rows.iterrows()
        ]
        areas = Part("areas", str(int(rows["ranked"].iloc[0])))
        full = Proposal(
            "rank",
            proposal.sentence,
            [*proposal.parts, *ranks, areas],
            source=f"Indices of Deprivation {edition}, as published",
        )
        return [placed(full, judge(typed_claim(full.claim("rank"))))]

    def _quarters(self, sentences: list[Sentence], area: str, year: int) -> list[Finding]:
        """Quarterly rates of a flow beside the official rate of the year, which they cannot reach: another basis."""
        named = {m for s in sentences for m in topics(s.text) & set(MEASURES)}
        code = MEASURES[next(iter(named))] if len(named) == 1 else None
        frame = self._held("indicators", [code]) if code and code not in SNAPSHOTS else None
        points = [
            (s, m, q) for s in sentences for m in s.figures if (q := _quarter_of(s, m)) and m.sort in ("count", "rate")
        ]
        if frame is None or len({q for *_, q in points}) < 2:
            return []
        rows = frame[(frame["area"] == area) & (frame["status"] == "shown") & (frame["period"] == str(year))]
        quarters = {q: m.value or Fraction(0) for _, m, q in points}
        peak: Fraction | None = next(
            (m.value for s, m, _ in points if re.search(r"\bpeak of\s*$", s.text[: m.span[0]])), None
        )
        if rows.empty or (len(quarters) < 4 and peak is None):
            return []
        most = sum(quarters.values(), Fraction(0)) + (4 - len(quarters)) * (peak or Fraction(0))
        official = Fraction(str(rows["value"].iloc[0]))
        if most >= official * Fraction(95, 100):
            return []
        most_text = figure_text(most, 0)
        line = (
            f"With these quarters the year can be at most {most_text}; the official rate of {year} is "
            f"{figure_text(official)}: reproduces only if the two count differently. Say how the quarters were counted."
        )
        parts = [part(s, "point", m) for s, m, _ in points]
        here = Proposal("repeat", points[0][0], parts, source=f"DfE, {rows['measure'].iloc[0]}, year to March {year}")
        return [placed(here, only_if("comparator_other_basis", line))]


def _quarter_of(sentence: Sentence, mention: Any) -> int:
    """The quarter that is printed with a figure; 0 where none is."""
    match = re.search(r"\bq(?:uarter )?([1-4])\b", sentence.period_of(mention).lower())
    return int(match[1]) if match else 0


def _measure_of(sentence: Sentence, passages: Passages) -> str | None:
    """The official rate that a comparison is about, by the words of its paragraph; None where two or none fit."""
    named = topics(sentence.text) & set(MEASURES)
    for other in passages.before(sentence, 4):
        if named or other.paragraph != sentence.paragraph:
            break
        named = topics(other.text) & set(MEASURES)
    paragraph = " ".join(s.text.lower() for s in passages.by_paragraph[sentence.paragraph])
    return MEASURES[next(iter(named))] if len(named) == 1 and "rate" in paragraph else None


def _against_series(value: Fraction, decimals: int, series: dict[int, Fraction], year: int, code: str) -> Answer | None:
    """A printed comparator beside its official series: of the document's year, of another, or of none."""
    if year not in series:
        return None
    same = [y for y, v in series.items() if half_up(v, decimals) == value]
    right = figure_text(series[year], decimals)
    if year in same:
        return None
    if same:
        line = (
            f"{figure_text(value, decimals)} is the official figure of {max(y for y in same)}; "
            f"that of {year} is {right}: compare figures of one year."
        )
        return only_if("comparator_other_year", line)
    ratio = series[year] / value if value else Fraction(0)
    if code not in SNAPSHOTS and 3 <= ratio <= 6:
        line = (
            f"The official rate of {year} is {right} for a whole year, about {figure_text(ratio)} "
            "times what is printed: a quarter's rate? Say which."
        )
        return only_if("comparator_other_basis", line)
    if code in SNAPSHOTS and Fraction(1, 2) < ratio < 2 and len(series) >= 3:
        line = (
            f"No year from {min(series)} to {max(series)} has {figure_text(value, decimals)}; "
            f"the official figure of {year} is {right}."
        )
        return wrong("rate_does_not_follow", line)
    return None


def area_of(passages: Passages) -> str:
    """The code of the upper-tier authority that a draft names most often; blank where it names none, or two alike."""
    from openstats import authorities

    text = " ".join(p.text for p in passages.document.paragraphs)
    end = passages.period.end if passages.period else 12 * 2024
    day = date((end - 1) // 12, (end - 1) % 12 + 1, 28)
    names = {a.name: c for c in authorities.upper_tier(day) if (a := authorities.every()[c])}
    counts = Counter({n: len(re.findall(rf"\b{re.escape(n)}\b", text)) for n in names})
    ranked = [(n, k) for n, k in counts.most_common(2) if k]
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return ""
    return names[ranked[0][0]]
