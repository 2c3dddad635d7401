"""Every claim that a draft makes, sentence by sentence, with the bases that stand beside it."""

from __future__ import annotations

from .account_sentences import accounts
from .certainty import confirmed
from .change_sentences import changes
from .comparison_sentences import comparison_with_before, comparisons
from .figures_related import figures_related
from .figures_side_by_side import figures_side_by_side
from .fraction_sentences import fractions
from .group_claims_of_passages import groups_of_passages
from .group_sentences import groups, of_these, part_of_these, parts_of_before, this_is_share
from .interval_sentences import against_interval, intervals
from .levels_of_passages import levels_of_passages, with_population
from .list_claims import list_claims, with_sibling
from .lone_figures import lone_figures
from .multiple_sentences import derived_multiples, multiples_in_any_order
from .nearby_bases import amounts, with_base
from .one_sided_changes import change_since_before, one_sided_changes, towards
from .opposed_sentences import opposed
from .passages import Passages
from .period_sentences import periods, quarters_of_document
from .proposal import Proposal
from .results_in_any_order import of_nearest, results_in_any_order
from .sentence import Sentence
from .sentences_joined import sentences_joined
from .series_sentences import averages, part_years, ranks, rates
from .share_sentences import fitting_base, share_of_cases, shares, shares_of_far_bases
from .sums_in_any_order import sums_in_any_order
from .table_bases import all_series, shares_of_tables, with_table
from .table_claims import table_claims
from .trend_sentences import words_of_series
from .uncertain_claims import uncertain_claim

PATTERNS = (  # a reader, the sorts of mentions without which it reads nothing, and how many mentions it needs
    (periods, "t", 1),
    (intervals, "npgr", 2),
    (part_years, "n", 2),
    (comparisons, "nprmgx", 1),
    (accounts, "nm", 3),
    (derived_multiples, "n", 4),
    (changes, "nprmd", 2),
    (one_sided_changes, "npgmdx", 1),
    (rates, "rp", 1),
    (ranks, "on", 1),
    (averages, "n", 1),
    (groups, "pnm", 1),
    (shares_of_far_bases, "p", 2),
    (shares, "p", 1),
    (fractions, "f", 1),
)
FROM_BEFORE = (
    of_these,
    part_of_these,
    parts_of_before,
    this_is_share,
    against_interval,
    comparison_with_before,
    change_since_before,
    share_of_cases,
)  # base there


def proposals(passages: Passages) -> list[Proposal]:
    """Claims in the order in which they stand, each number with its place."""
    result: list[Proposal] = []
    taken: dict[tuple[int, int], set[str]] = {}
    previous: Sentence | None = None
    for sentence in passages.sentences:
        used: set[str] = set()
        if sentence.kind not in ("cell",):
            read = []
            if previous is not None and sentence.mentions:
                read = [p for reader in FROM_BEFORE for p in reader(previous, sentence, used)]
            result += _read(passages, sentence, read, used)
        taken[(sentence.paragraph, sentence.offset)] = used
        previous = sentence
    result = sentences_joined(passages, result, lambda s: _read(passages.alone(s), s, [], set()))
    series = all_series(passages)
    result = [with_population(passages, with_table(passages, with_sibling(p, result), series)) for p in result]
    result += groups_of_passages(passages, taken)
    result += levels_of_passages(passages, taken)
    result += opposed(passages)
    result += quarters_of_document(passages)
    result += list_claims(passages)
    result += table_claims(passages)
    told = {id(p.sentence) for p in result}
    rest = [s for s in passages.sentences if s.kind not in ("cell", "heading") and id(s) not in told]
    of_tables = shares_of_tables(passages, rest)
    result += of_tables
    rest = [s for s in rest if not any(p.sentence is s for p in of_tables)]
    for sentence in rest:
        likely = uncertain_claim(sentence)
        result += [with_base(passages, p) for p in ([likely] if likely else towards(sentence))]
    result += lone_figures(passages, result)
    confirmed(passages, result)
    return sorted(result, key=lambda p: (p.sentence.paragraph, p.sentence.offset))


def _read(passages: Passages, sentence: Sentence, before: list[Proposal], used: set[str]) -> list[Proposal]:
    """The claims of one sentence: by its words, then by what its figures give in any order, then with bases nearby."""
    sorts, read = {name[0] for name in sentence.names.values()}, before
    figures = not sorts <= {"t", "o"}
    for reader, needed, least in PATTERNS:
        if len(sentence.names) >= least and not sorts.isdisjoint(needed):
            read = [*read, *reader(sentence, used)]
    read = [*read, *words_of_series(sentence, used)]
    if figures:
        read = results_in_any_order(sentence, read, used)
        read += multiples_in_any_order(sentence, read, used)
        read += [*figures_side_by_side(sentence, read, used), *sums_in_any_order(sentence, read, used)]
    read = [with_base(passages, fitting_base(sentence, amounts(sentence, p))) for p in read]
    if figures:
        read = figures_related(passages, sentence, read, used)
    return [of_nearest(sentence, p) for p in read]
