"""Claims of labels and of ranks: which period, which place in which order."""

from __future__ import annotations

import re

from .answers import Answer, figure_text, only_if, reproduces, unknown, wrong
from .claim import Claim
from .printed_numbers import Figure, Number
from .stated_periods import Period, apart, not_stated, period


def period_label(claim: Claim) -> Answer:
    """A printed period against the document's own, and against the period it must mean."""
    document = period(claim["document_period"])
    seen: list[tuple[Number, str, Period]] = []
    for number in claim.numbers:
        for label in _labels(number):
            stated = None if not_stated(label) else period(label)
            if stated is not None:
                seen.append((number, label, stated))
    for _, label, stated in seen:
        if stated.kind == "malformed":
            why = "the months are not those of the quarter" if "(" in label else "its years do not follow each other"
            sentence = f"{label!r} is no period: {why}" + _right(claim["document_period"])
            return wrong("mislabelled_period", sentence, label=label)
    for number, label, stated in seen:
        if other := _wrong_label(claim, number, label, stated, document):
            return other
    if not seen:
        return unknown("missing_comparator_period", "No period is printed with the figure: print it.")
    by_role = {number.role: (label, stated) for number, label, stated in seen}
    if "old" in by_role and "new" in by_role and by_role["old"][1].end >= by_role["new"][1].end:
        sentence = (
            f"{by_role['old'][0]!r} is not before {by_role['new'][0]!r}: the labels are exchanged or one is wrong."
        )
        return wrong("mislabelled_period", sentence)
    if document and "printed" in by_role:
        label, stated = by_role["printed"]
        if stated.kind != "range" and not stated.years & document.years and "old" not in by_role:
            sentence = (
                f"{label!r} is printed in a document of {claim['document_period']}: say why, or correct the label."
            )
            return wrong("mislabelled_period", sentence, label=label, period=str(claim["document_period"]))
    return reproduces("ok", "The printed periods agree with the document's.")


def _wrong_label(claim: Claim, number: Number, label: str, stated: Period, document: Period | None) -> Answer | None:
    """A label of another period than its figure's, or of one after the document's; None where it agrees."""
    printed = label in (str(number["label_in_text"]), str(number["value"]))
    true = period(number["period"]) if printed and number["period"] else None
    if true and apart(true, stated):
        sentence = f"{label!r} is printed for a figure of {number['period']}."
        return wrong("mislabelled_period", sentence, label=label, period=str(number["period"]))
    if document is None:
        return None
    starts = stated.end - (stated.months if stated.kind in ("year", "quarter") else 0)
    sentence = ""
    if starts >= document.end and not (stated.years & document.years):
        sentence = f"{label!r} had not begun when the period of the document, {claim['document_period']}, ended."
    elif number.role != "old" and min(stated.years) > max(document.years):
        sentence = f"{label!r} is later than the document's period, {claim['document_period']}."
    return (
        wrong("mislabelled_period", sentence, label=label, period=str(claim["document_period"])) if sentence else None
    )


def _right(document) -> str:
    return f"; the document is of {document}." if document else "."


def _labels(number: Number) -> list[str]:
    """Every label printed with a number: its value where that is one, the text's, its period."""
    value, label = number["value"], number["label_in_text"]
    labels = (
        [str(value)]
        if isinstance(value, str) and re.search(r"(19|20)\d\d", value) and not re.search(r"\d\.\d", value)
        else []
    )
    if isinstance(number["word"], str):
        labels.append(number["word"])
    if isinstance(label, str) and label.strip().lower() not in ("true", "false", "yes", "no"):
        labels.append(label)
    elif number["period"]:
        labels.append(str(number["period"]))
    return labels


# --- ranks ----------------------------------------------------------------------------------------------------


def rank(claim: Claim) -> Answer:
    """A printed rank against the ranks that named measures give, and its total against the areas ranked."""
    printed, out_of, areas = claim.one("printed"), claim.figure("out_of"), claim.figure("areas")
    candidates = claim.figures("candidate")
    old, new = claim.figure("old"), claim.figure("new")
    if old is not None and new is not None:
        return _moved(claim, old, new)
    if printed is None or printed.value is None:
        return unknown("missing_counts", "No rank is printed: nothing to check.")
    matching = [c for c in candidates if c.value == printed.value]
    names = ", ".join(_measure(c) for c in matching)
    figures = {"measures": [_measure(c) for c in matching]}
    total = areas or out_of
    if out_of and areas and out_of.value != areas.value:
        sentence = f"{out_of.text} is printed as the number ranked; it is {areas.text}."
        return wrong("rank_wrong_total", sentence, areas=areas.value, **figures)
    if total and printed.value > total.value:
        return wrong("rank_wrong_total", f"A rank of {printed.text} out of {total.text} does not exist.", **figures)
    named = _named(claim, printed, candidates)
    if named:
        return _of_named(printed, named, matching, candidates, figures)
    if not candidates:
        sentence = "The measure of the rank is not named, nor any rank to check it against: name it."
        return unknown("rank_measure_unnamed", sentence)
    if matching and len(matching) == len(candidates) > 1:
        return reproduces("ok", f"Every measure gives the rank {printed.text}.", **figures)
    if matching:
        sentence = f"Reproduces only if the measure is {names}: name it."
        return only_if("rank_measure_unnamed", sentence, **figures)
    if total and (turned := [c for c in candidates if total.value + 1 - c.value == printed.value]):
        sentence = f"Reproduces only if {_measure(turned[0])} is ranked from the other end: say which end is 1."
        return only_if("rank_measure_unnamed", sentence, measures=[_measure(c) for c in turned])
    others = "; ".join(f"{_measure(c)}: {c.text}" for c in candidates)
    return wrong("rank_matches_no_measure", f"No measure gives the rank {printed.text} ({others}).")


def _moved(claim: Claim, old: Figure, new: Figure) -> Answer:
    """A rank that moved: of one measure, by the printed number of places, in the direction that is said."""
    names = {_key(_measure(n)) for n in (old, new) if n["measure"] or n["name"]}
    if len(names) == 2:
        sentence = (
            f"{old.text} is the rank of {_measure(old)}, {new.text} that of {_measure(new)}: they do not show a change."
        )
        return wrong("rank_of_another_measure", sentence)
    printed = claim.figure("printed")
    places = abs(new.value - old.value)
    what = f"From rank {old.text} to {new.text} is {figure_text(places, 0)} places"
    if printed is not None and printed.value not in (places, old.value, new.value):
        return wrong("change_does_not_follow", f"{what}, not {printed.text}.", difference=new.value - old.value)
    deprived = re.search(r"\b(more|less) deprived", claim.text.lower())
    if deprived and places and (new.value < old.value) != (deprived[1] == "more"):
        sentence = f"{what}: rank 1 is the most deprived, so the sentence has the direction the wrong way round."
        return wrong("direction_reversed", sentence, difference=new.value - old.value)
    if not names:
        return only_if("rank_measure_unnamed", f"{what}: reproduces only if both are of one measure; name it.")
    return reproduces("ok", f"{what}.", difference=new.value - old.value)


def _of_named(printed, named, matching, candidates, figures) -> Answer:
    if any(c in matching for c in named):
        return reproduces("ok", f"{_measure(named[0])} gives the rank {printed.text}.", **figures)
    right = f"by {_measure(named[0])} the rank is {named[0].text}"
    if matching:
        sentence = f"{printed.text} is the rank of {_measure(matching[0])}; {right}."
        return wrong("rank_of_another_measure", sentence, **figures)
    return wrong("rank_matches_no_measure", f"No measure gives the rank {printed.text}; {right}.", **figures)


def _measure(number: Figure) -> str:
    return str(number["measure"] or number["name"] or "a measure without a name")


def _key(text) -> str:
    text = re.sub(r"[^a-z ]", " ", str(text or "").lower())
    text = re.sub(r"\baverage (rank|score)\b", r"the average\1", text)
    text = re.sub(r"\b(rank(ed|ing)?s?|of|the|by|on|measure|imd|iod|index|indices)\b", " ", text)
    return " ".join(text.split())


def _telling(key: str) -> bool:
    """Whether a measure's words, found in a sentence, can only be its name."""
    return len(key.split()) > 1 or key.startswith("average")


def _named(claim: Claim, printed: Number, candidates: list[Figure]) -> list[Figure]:
    """The candidates whose measure the print names, in its field or in the sentence."""
    if printed["measure"] and str(printed["measure"]).lower() not in ("not stated", "unknown", "unnamed", "not named"):
        wanted = _key(printed["measure"])
        same = [c for c in candidates if _key(_measure(c)) == wanted]
        return same or [
            c for c in candidates if wanted and (wanted in _key(_measure(c)) or _key(_measure(c)) in wanted)
        ]
    sentence = f" {_key(claim.text)} "
    return [c for c in candidates if _telling(_key(_measure(c))) and f" {_key(_measure(c))} " in sentence]
