"""Sentences that keep an account: what there was, what came, what left and what remains, in figures of people or of money."""

from __future__ import annotations

import re

from .changes_in_any_order import way_of
from .figure_descriptions import description
from .mentions import Mention
from .proposal import Proposal, part
from .result_figures import name_of
from .sentence import Sentence
from .wording import MOVE

NET = r"underspen[dt]\w*|overspen[dt]\w*|surplus|deficit|shortfall|carr(?:y|ied) forward|balance|net (?:increase|decrease|reduction|rise|fall|gain|loss)|(?:under|over|below|above|less than|more than) (?:the |our )?(?:\w+ )?(?:budget|allocation|income)"
SIDES = {  # of a figure: words that stand after it (of people) or before it (of money)
    "net": re.compile(rf"\b(?:{NET}|{MOVE} by|net)\b(?! (?:against|than) (?:the |an? |our )?$)"),
    "open": re.compile(
        r"\b(?:began|begun|opened|opening|start(?:ed|ing)?|at the (?:beginning|start)|brought forward)\b"
    ),
    "close": re.compile(
        r"\b(?:so that|so there (?:are|were)|at the end|(?:ended|closed)(?= (?:the|with|on|at)\b)|closing|finish\w*|leaving|by the end|which leaves|left us)\b"
    ),
    "in": re.compile(
        r"\b(?:came in|came into|joining|entering|arriving|recruited|gained|entered|enter|joined|approved|arrived|admitted|became|were added|added|opened|arrived|started|began|new|income|funding|contributions|receipts|budget|allocation|received|available)\b"
    ),
    "out": re.compile(
        r"\b(?:left|lost|leav(?:e|es|ing)|ended|ceased|closed|resigned|retired|withdrew|exit\w*|moved (?:out|on)|were discharged|discharged|were removed|discharges|spen[dt]\w*|expenditure|costs?|outgoings|outturn)\b"
    ),
}
OVER = re.compile(
    r"\b(?:overspen|deficit|shortfall|(?:over|above|more than) (?:the |our )?(?:\w+ )?(?:budget|allocation|income))"
)


# `Of 40 approved, 12 have left`: no flow, but a whole and its part
OF_WHOLE = re.compile(r"(?:Out o|O)f (?:the |our |all )*")


def accounts(sentence: Sentence, used: set[str]) -> list[Proposal]:
    """`began with 198; 87 came in and 79 left, so that 206 remained`; `fell by 21; 36 came in and 57 left`; `income ..., an underspend of ...`.

    Three figures are what came, what left and the difference; four have what there was before besides. A balance is
    of the larger of the two.
    """
    for sort in ("money", "count"):
        figures = [m for m in sentence.figures if m.sort == sort and m.value]
        if len(figures) not in (3, 4) or len({m.per for m in figures}) > 1:
            continue
        if used & {name_of(sentence, m) for m in figures} or OF_WHOLE.fullmatch(sentence.text[: figures[0].span[0]]):
            continue
        side = _sides(sentence, figures, sort)
        if len(side) < len(figures):
            side = _in_order(sentence, figures, side)
        if len(side) < len(figures):
            continue  # a figure that is no side of the account may change it
        if not _of_one_account(sentence, side):
            continue
        if set(side) == {"in", "out", "net"} or (set(side) == {"open", "in", "out", "close"}):
            used |= {name_of(sentence, m) for m in figures}
            return [_account(sentence, side), *_of_budget(sentence, side, used)]
    return []


TOLD = description(
    "number numbers total totals overall headcount workforce caseload membership cohort figure period whole"
)
OF_THESE = re.compile(r"\bnet\b|\b(?:so|thus|therefore|hence|giving|leaving|making|meaning)\b")


def _of_one_account(sentence: Sentence, side: dict[str, Mention]) -> bool:
    """Whether a movement beside what came and what left is of these: not `31 joined and 19 left, and sickness fell by 14`."""
    net, came, went = (side.get(name) for name in ("net", "in", "out"))
    if net is None or came is None or went is None or net.sort != "count":
        return True
    text, (one, two) = sentence.text.lower(), sorted((came.span, went.span))
    first = net.span < one
    clause, flows = (text[: net.span[0]], text[one[0] :]) if first else (text[two[1] : net.span[0]], text[: two[1]])
    reason = first and re.match(r" ?[:(]|,? (?:as|because)\b", text[net.span[1] :])
    adds = abs((came.value or 0) - (went.value or 0)) == net.value
    words = description(re.sub(rf"\b{MOVE}\b", " ", re.split(r"[,;]| and | while | whilst ", clause)[-1])) - TOLD
    return adds or bool(reason or OF_THESE.search(clause)) or words <= description(flows)


def _of_budget(sentence: Sentence, side: dict[str, Mention], used: set[str]) -> list[Proposal]:
    """`an underspend of 9,500 (4.75%)`: a share of the budget."""
    after = sentence.template.partition(f"<{name_of(sentence, side['net'])}>")[2] if "net" in side else ""
    share = re.match(r" ?\(<(p\d+)>\)", after)
    if share is None:
        return []
    used.add(share[1])
    roles = {"numerator": side["net"], "denominator": side["in"], "printed": sentence.of(share[1])}
    return [Proposal("share", sentence, [part(sentence, role, m) for role, m in roles.items()])]


def _sides(sentence: Sentence, figures: list[Mention], sort: str) -> dict[str, Mention]:
    """What each figure is in the account, as the words beside it say; the nearest words first."""
    result: dict[str, Mention] = {}
    ends = [0, *(m.span[1] for m in figures)]
    starts = [*(m.span[0] for m in figures), len(sentence.text)]
    for i, mention in enumerate(figures):
        before = re.split(r"[;.]", sentence.text[ends[i] : starts[i]].lower())[-1]
        clause = re.split(r"[,;.(]", sentence.text[ends[i + 1] : starts[i + 1]].lower())[0]
        after = re.split(r"\b(?:and|against)\b", clause)[0]
        # of three figures none is what there was: what `started` came in, what `ended` left
        names = [n for n in SIDES if n not in result and (len(figures) == 4 or n not in ("open", "close"))]
        for words in (before, after) if sort == "money" or SIDES["net"].search(before) else (after, before, clause):
            allowed = names if words is before or sort == "money" else [n for n in names if n != "net"]
            if role := next((name for name in allowed if SIDES[name].search(words)), ""):
                result[role] = mention
                break
    return result


AT_FIRST = re.compile(
    r"\bopen (?:at|on)\b|\b(?:began|begin|beginning|opened|opening|started|starting|start|from|with|originally|initially|brought forward|inherited)\b"
)
AT_LAST = re.compile(
    r"\b(?:leav\w+|left|remain\w*|ended|ending|end|finish\w*|closed|closing|now|stand\w*|to give|giving|making|to)\b"
)


def _in_order(sentence: Sentence, figures: list[Mention], side: dict[str, Mention]) -> dict[str, Mention]:
    """Four figures in their order: what there was, two that came and left, and what remains.

    Where they add, which of the two came is the one that makes them add; where they do not, one of the two must say.
    """
    if len(figures) != 4:
        return side
    first, one, two, last = figures
    starts = AT_FIRST.search(
        sentence.text[: first.span[0]].lower()[-40:] + sentence.text[first.span[1] : one.span[0]].lower()
    )
    ends = AT_LAST.search(
        f"{re.split('[,;]', sentence.text[two.span[1] : last.span[0]])[-1]}{sentence.text[last.span[1] :][:40]}".lower()
    )
    if not (starts and ends):
        return side
    gap = (last.value or 0) - (first.value or 0)
    after = [sentence.text[a.span[1] : b.span[0]].lower() for a, b in ((one, two), (two, last))]
    if (
        [bool(SIDES["in"].search(w)) for w in after]
        == [bool(SIDES["out"].search(w)) for w in after[::-1]]
        == [True, False]
    ):
        return {"open": first, "in": one, "out": two, "close": last}  # `61 were opened and 70 closed`
    for came, went in ((one, two), (two, one)):
        sided = side.get("in") is came or side.get("out") is went
        if gap == (came.value or 0) - (went.value or 0) or (
            sided and side.get("in") is not went and side.get("out") is not came
        ):
            return {"open": first, "in": came, "out": went, "close": last}
    return side


def _account(sentence: Sentence, side: dict[str, Mention]) -> Proposal:
    """What came less what left is the difference, or what remains of what there was."""
    plus, minus = ["in"], ["out"]
    if "open" in side:
        plus = ["open", "in"]
    else:
        start = sentence.text.lower()[: side["net"].span[0]][-60:] + sentence.text.lower()[side["net"].span[1] :][:40]
        moved = re.findall(rf"\b(?:{MOVE}|gain|loss)(?= by| of)", start)
        way = way_of(moved[-1]) if moved and side["net"].sort == "count" else ""
        smaller = (side["in"].value or 0) < (side["out"].value or 0)
        if OVER.search(start) or way == "fall" or (re.search(r"\b(?:balance|carry forward)\b", start) and smaller):
            plus, minus = minus, plus
    parts = [part(sentence, "part", side[name], period="") for name in plus]
    parts += [part(sentence, "part", side[name], period="", sign="-") for name in minus]
    total = part(sentence, "total", side["close"] if "close" in side else side["net"], period="")
    return Proposal("parts_total", sentence, [*parts, total], fields={"constraint": "exhaustive"})
