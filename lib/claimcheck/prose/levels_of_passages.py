"""Percentages, rates and means whose figures stand in the sentences before: read where those figures give the print."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from ..fair_readings import qualifier
from .figure_descriptions import clause, description, moves, one_digit, proper_names
from .group_sentences import ONE_OR_OTHER, STEP, opposed
from .mentions import Mention
from .passages import Passages
from .proposal import Part, Proposal, part
from .result_figures import around, name_of, unit_word
from .sentence import Sentence
from .shares_in_any_order import years
from .wording import PLACE

Place = tuple[Sentence, Mention]
REACH = 7  # sentences back in which a level's figures are looked for
SMALLEST = 10  # a total; parts of a smaller one add to many a count by chance
EACH = re.compile(r"\b(?:each|every|a|per) (?P<unit>day|week|month|quarter|year)\b")
PER_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4}
OF_NO_LEVEL = re.compile(
    r"\b(?:target|aim\w*|would|will|should|increas\w*|decreas\w*|rose|fell|higher|lower|more|fewer|than)\b"
)


def levels_of_passages(passages: Passages, taken: dict[tuple[int, int], set[str]]) -> list[Proposal]:
    """`This represents 83.7 per 10,000`, `Neglect accounts for 49% of plans`, `an average of 225 a month`."""
    result: list[Proposal] = []
    for sentence in (s for s in passages.sentences if s.kind not in ("cell", "heading")):
        used = taken.get((sentence.paragraph, sentence.offset), set())
        if (parts := _parts(passages, sentence, used)) is not None:
            result.append(parts)
            continue
        for mention in sentence.figures:
            if name_of(sentence, mention) in used or not mention.value or mention.sign:
                continue
            read = _rate if mention.sort == "rate" else _share if mention.sort == "percent" else _average
            if read is not _rate and OF_NO_LEVEL.search(sentence.text.lower()):
                continue
            if (proposal := read(passages, sentence, mention)) is not None:
                used.add(name_of(sentence, mention))
                result.append(proposal)
    return result


HAD = re.compile(r"\b[A-Z][a-z]+(?: had| with|:)? $")  # a place, and its part


def _parts(passages: Passages, sentence: Sentence, used: set[str]) -> Proposal | None:
    """`There were 131 boys, 138 girls and nine unborn children`: counts that add to one of the sentences just before."""
    counts = [m for m in sentence.figures if m.sort == "count" and m.value and name_of(sentence, m) not in used]
    places = (
        len(counts) > 2
        and HAD.fullmatch(sentence.text[: counts[0].span[0]])
        and all(HAD.search(sentence.text[: m.span[0]]) for m in counts)
    )
    named = places or all(re.match(r" (?!and\b|or\b)[a-z]", around(sentence, m)[1]) for m in counts)
    if len(counts) < 2 or len(counts) < len(sentence.figures) or not named:
        return None
    if moves(sentence) and not STEP.search(sentence.template):
        return None
    for other in passages.near(sentence, 3):
        for total in (m for m in other.figures if m.sort == "count" and m.value and m.value >= SMALLEST):
            added = sum(c.value or 0 for c in counts)
            near = one_digit(total, replace(total, text=str(added)))
            near = near if places else added * 4 <= (total.value or 0) * 5 and _exclude(sentence, counts)
            over = len(other.figures) == 1 and (total.value or 0) < added and near
            if total.value != added and not over:  # parts that are fewer may not be all
                continue
            sides = [part(sentence, "part", m, period="") for m in counts]
            return Proposal("parts_total", sentence, [*sides, part(other, "total", total, period="")], elsewhere=not over,
                            fields={"constraint": "exhaustive"})  # fmt: skip
    return None


DID = re.compile(r" (?:were|was|went|moved)(?: [a-z]+ed)?\b")
ENDED = re.compile(r" (?:were|was) (?:resolved|closed|settled|concluded|ended|completed)\b")  # and went no further


def _exclude(sentence: Sentence, counts: list[Mention]) -> bool:
    """`41 were resolved at stage one and 17 went to stage two`: two parts of which none can be of both."""
    after = [around(sentence, m)[1].partition("<")[0] for m in counts]
    if len(after) != 2 or not all(DID.match(words) for words in after):
        return False
    steps = [STEP.findall(words) for words in after]
    first = [re.match(rf"{DID.pattern} (?:[a-z]+)", words) for words in after]
    kinds = [match[0] if match else "" for match in first]
    apart = ENDED.match(after[0]) and all(len(step) == 1 for step in steps) and steps[0] != steps[1]
    return bool(apart) or any(opposed(*pair, *kinds) for pair in ONE_OR_OTHER)


def _counts(passages: Passages, sentence: Sentence, reach: int = REACH) -> list[Place]:
    """Counts of the sentence and of those before it in its section, nearest first."""
    near = [sentence, *(s for s in passages.before(sentence, reach) if s.section == sentence.section)]
    return [(s, m) for s in near for m in s.figures if m.sort in ("count", "money") and m.value]


def _share(passages: Passages, sentence: Sentence, mention: Mention) -> Proposal | None:
    """Two counts of which the percentage follows, the part's words shared with the percentage's sentence."""
    counts, words = _counts(passages, sentence), description(sentence.text)
    alike = [m.sort for m in sentence.figures]
    if alike.count("count") > 1 or (alike.count("percent") > 1 and not alike.count("count")):
        return None  # its own figures are what it is of
    loose = qualifier(sentence.text) or not mention.value
    for one in counts:
        shared = words & description(clause(*one))
        if not shared or not _near(one, mention):
            continue
        for all_of in counts:
            part_value, total = one[1].value or Fraction(0), all_of[1].value or Fraction(0)
            if (
                total < 20
                or total <= part_value
                or one[1].sort != all_of[1].sort
                or len({sentence, one[0], all_of[0]}) == 1
            ):
                continue
            if not loose and abs(part_value * 100 / total - (mention.value or 0)) > 5:
                continue  # far from it: not worth judging
            sides = [part(*_as(one, "numerator"), period=""), part(*_as(all_of, "denominator"), period="")]
            proposal = Proposal(
                "share", sentence, [*sides, part(sentence, "printed", mention, period="")], elsewhere=True
            )
            if proposal.follows:
                return proposal
    return None


def _near(one: Place, mention: Mention) -> bool:
    """Whether a count's own sentence has not said its percentage already: the level is then of another."""
    return not any(
        m.sort == "percent" and m.value != mention.value for m in one[0].figures[one[0].figures.index(one[1]) :][:2]
    )


def _as(place: Place, role: str) -> tuple[Sentence, str, Mention]:
    return place[0], role, place[1]


def _rate(passages: Passages, sentence: Sentence, mention: Mention) -> Proposal | None:
    """A count shortly before, and a population wherever the document names one."""
    per = mention.per.replace(",", "")
    printed = float(mention.value or 0)
    for one in _counts(passages, sentence, 3) if per.isdigit() else []:
        scaled = float(one[1].value or 0) * int(per)
        for population in passages.populations:
            exact = scaled / population[1].size
            if abs(exact - printed) > 1 + exact / 20:
                continue  # far from it: not worth judging
            sides = [part(*_as(one, "count"), period=""), part(*_as(population, "population"), period="")]
            shown = part(sentence, "printed", mention, period="")
            proposal = Proposal("rate", sentence, [*sides, shown], elsewhere=True, fields={"per": per})
            if one[1] is not population[1] and proposal.follows:
                return proposal
    return None


OF_SOME = re.compile(  # of fewer or of other people, or of another length of time, than the population is
    r"\b(?:aged?|boys?|girls?|(?:fe)?males?|wom[ae]n|adults?|babies|infants?|births?|pupils?|schools?|residents?|families|households?|among\w*|for|nation\w*"
    r"|annual\w*|quarter\w*|previous\w*|estimated?|months?|weeks?|since|half|to date|so far)\b|<d\d+>|<t\d+>.*<t\d+>|<r\d+>(?! children\b| ?[.;]?$)"
)
ALL_CHILDREN = re.compile(
    r"\bchild population\b|\bpopulation (?:of children|(?:aged )?(?:0|under)\D{1,4}1[78])\b"
    r"|\bchildren (?:and young people )?(?:live|living|aged 0|under 18|in (?:the|our) (?:borough|city|county|area|district))\b"
)


def with_population(passages: Passages, proposal: Proposal) -> Proposal:
    """`The borough has 52,000 children. There were 310 in care, 75.6 per 10,000`: the only figure of the sentence just before.

    Of the only population that a draft names, and far from what it gives: nearer, it may be of another edition.
    """
    sentence, parts = proposal.sentence, proposal.parts
    before = next(iter(passages.near(sentence, 1)), None)
    if proposal.kind != "rate" or [p.role for p in parts] != ["count", "printed"] or before is None:
        return proposal
    named = [m for s, m in passages.populations if s is before]
    alone = len(named) == len(before.figures) == 1 and {m.text for _, m in passages.populations} == {named[0].text}
    dated = " ".join(m.text for m in sentence.mentions if m.sort == "period")
    others = {n for n in proper_names(sentence.text) - proper_names(before.text) if n not in dated}
    if (
        not alone
        or others
        or len(sentence.figures) != 2
        or OF_SOME.search(sentence.template)
        or moves(sentence)
        or PLACE.search(sentence.template)
    ):
        return proposal
    rate, count = (next(m for m in sentence.figures if (m.sort == "rate") == rated) for rated in (True, False))
    per = rate.per.replace(",", "")
    if not ALL_CHILDREN.search(before.text.lower()) or not per.isdigit():
        return proposal
    ratio = count.size * int(per) / named[0].size / rate.size if rate.size else 1
    if 0.85 < ratio < 1.15:
        return proposal
    return replace(proposal, parts=[parts[0], part(before, "population", named[0], period=""), parts[1]])


def _average(passages: Passages, sentence: Sentence, mention: Mention) -> Proposal | None:
    """`on average 225 assessments each month`: a year's total of the same noun shortly before."""
    each = EACH.search(around(sentence, mention)[1])
    if mention.sort != "count" or each is None or not MEAN.search(sentence.text.lower()):
        return None
    if (over := _over_years(passages, sentence, each["unit"])) is not None:
        return Proposal("average", sentence, [*over, part(sentence, "printed", mention, period="")])
    for one in _counts(passages, sentence, 4) if each["unit"] in PER_YEAR else ():
        sides = [
            part(*_as(one, "total"), period=""),
            Part("divisor", str(PER_YEAR[each["unit"]]), "", "", sentence.paragraph),
        ]
        proposal = Proposal(
            "average", sentence, [*sides, part(sentence, "printed", mention, period="")], elsewhere=True
        )
        if one[1] is not mention and description(sentence.text) & description(clause(*one)) and proposal.follows:
            return proposal
    return None


MEAN = re.compile(r"\baverag|\bworks? out at\b|\bequat|\bamounts? to\b")
THIS = re.compile(r"^(?:this|that|it|which) (?:(?:is|was|works? out|equates?|amounts?|comes?)\b|averag)")


def _over_years(passages: Passages, sentence: Sentence, unit: str) -> list[Part] | None:
    """`Over the three years there were 75. This works out at 25 a year`: the only count before, and the only length."""
    before = next(iter(passages.near(sentence, 1)), None)
    if before is None or not THIS.match(sentence.template) or len(sentence.figures) > 1:
        return None
    totals = [m for m in before.figures if m.sort == "count" and m.value]
    lengths = [m for m in before.mentions if m.sort == "duration" and unit_word(before, m).startswith(unit)]
    if len(totals) != 1:
        return None
    total = part(before, "total", totals[0], period="")
    if unit == "year" and not lengths and (number := years(before)):  # `between 2017/18 and 2019/20`
        return [total, Part("divisor", str(number), "", "", before.paragraph)]
    over = len(lengths) == 1 and OVER.search(around(before, lengths[0])[0])
    return [total, part(before, "divisor", lengths[0], period="")] if over else None


OVER = re.compile(r"\b(?:over|in|during|across|for) (?:the |these |those |our |last |past |previous )*$")
