"""A sentence as a pattern sees it: its figures as tokens, so that a grammar of how boards write can be told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TypeVar

from .mentions import Mention, mentions

LETTERS = {
    "percent": "p", "points": "g", "count": "n", "rate": "r", "money": "m", "times": "x", "ordinal": "o",
    "duration": "d", "fraction": "f", "period": "t",
}  # fmt: skip


Asked = TypeVar("Asked", bound=Callable)


def remembered(question: Asked) -> Asked:
    """A question of a sentence, or of one of its mentions, that is answered once, however many readers ask it."""

    @wraps(question)
    def ask(sentence: Sentence, *mention: Mention):
        answers, key = sentence.answers, (question, mention[0].span if mention else None)
        if key not in answers:
            answers[key] = question(sentence, *mention)
        return answers[key]

    return ask  # type: ignore[return-value]


@dataclass(frozen=True)
class Sentence:
    """One sentence, where it stands, and what was found in it.

    paragraph : its number; offset : where the sentence starts in it
    """

    text: str
    paragraph: int = 1
    offset: int = 0
    kind: str = "body"
    section: int = 0
    label: str = field(default="", compare=False)

    @cached_property
    def answers(self) -> dict:
        return {}

    @cached_property
    def mentions(self) -> list[Mention]:
        return mentions(self.text)

    @cached_property
    def template(self) -> str:
        """The sentence in lower case, each mention as a token: `rose from <n0> in <t1> to <n2>`."""
        parts, at = [], 0
        for i, m in enumerate(self.mentions):
            parts.append(self.text[at : m.span[0]].lower().replace("<", " ").replace(">", " "))
            parts.append(f"<{LETTERS[m.sort]}{i}>")
            at = m.span[1]
        parts.append(self.text[at:].lower().replace("<", " ").replace(">", " "))
        return re.sub(r"[\u2018\u2019]", "'", "".join(parts))

    def says(self, *words: str) -> bool:
        """Whether any of some words, or parts of words, stands in it: asked before a pattern that needs one of them."""
        return any(map(self.template.__contains__, words))

    @cached_property
    def names(self) -> dict[tuple[int, int], str]:
        """The token of each mention, by its span."""
        return {m.span: f"{LETTERS[m.sort]}{i}" for i, m in enumerate(self.mentions)}

    @cached_property
    def surroundings(self) -> dict[tuple[int, int], tuple[str, str]]:
        """What stands before and after each mention in the template, to the next semicolon."""
        sides = ((span, *self.template.partition(f"<{name}>")[::2]) for span, name in self.names.items())
        return {span: (before.rpartition(";")[2], after.partition(";")[0]) for span, before, after in sides}

    def of(self, token: str) -> Mention:
        """The mention of a token such as `n0`."""
        return self.mentions[int(token[1:])]

    @cached_property
    def figures(self) -> list[Mention]:
        """Mentions that are figures: no periods, durations or ordinals."""
        return [m for m in self.mentions if m.sort not in ("period", "duration", "ordinal")]

    @remembered
    def period_of(self, mention: Mention) -> str:
        """The period printed with a figure: `520 in 2011`, `in 2011 it was 520`, `2017/18: 520`; blank for none."""
        i = self.mentions.index(mention)
        after = self.mentions[i + 1] if i + 1 < len(self.mentions) else None
        before = self.mentions[i - 1] if i else None
        if after is not None and self._dates(mention, after):
            return after.text
        if before is not None and before.sort == "period":
            gap = self.text[before.span[1] : mention.span[0]].lower()
            other = self.mentions[i - 2] if i > 1 else None
            taken = other is not None and other.sort != "period" and self._dates(other, before)
            if re.fullmatch(r"[^.;]{0,60}", gap) and not re.search(
                r"\b(?:to|and|compared|than|from|this year's)\b", gap
            ):
                return "" if taken and not re.match(r"\W*$|[:,] ", gap) else before.text
        return ""

    def _dates(self, mention: Mention, after: Mention) -> bool:
        """Whether a period is printed with the figure before it: `520 in 2011`, `520 (2011)`."""
        gap = self.text[mention.span[1] : after.span[0]].lower()
        return bool(
            after.sort == "period"
            and not re.search(r"\b(?:and|than|compared|lowest|highest|fewest|most|best|worst)\b", gap)
            and re.fullmatch(
                r"[^.;:,<>]{0,45}?\b(?:in|at|at the|on|for|during|of|by|since|end of|as at|as of)(?: the)?(?: end of| year ending| year)?\s*\(?|\s*\(?|[^.;:,]{0,25}\(",
                gap,
            )
        )
