"""A claim as it is proposed from a sentence: kind, numbers with their roles, and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..answers import REPRODUCES, Answer
from ..claim import claim
from ..judgement import judge
from .mentions import Mention
from .sentence import Sentence


@dataclass
class Part:
    """One number of a proposal, and where it stands."""

    role: str
    value: str | None
    unit: str = ""
    period: str = ""
    paragraph: int = 0
    span: tuple[int, int] = (0, 0)
    more: dict = field(default_factory=dict)


@dataclass
class Proposal:
    """A claim read from a draft.

    sure : whether the grammar leaves one reading only; where it does not, a person must say
    elsewhere : whether a base was taken from another sentence, heading or table; only a slip that explains the print
        then accuses
    missing : what is not printed, for the sentence to the author
    """

    kind: str
    sentence: Sentence
    parts: list[Part]
    sure: bool = True
    elsewhere: bool = False
    fields: dict = field(default_factory=dict)
    source: str = ""

    @property
    def judged(self) -> Answer:
        """The answer of the arithmetic to this reading. Raises UserError for one that the auditor cannot take."""
        numbers = tuple(
            (p.role, p.value, p.unit, p.period, tuple(sorted(p.more.items())) if p.more else ()) for p in self.parts
        )
        return _judged(self.kind, self.sentence.text, numbers, tuple(sorted(self.fields.items())))

    @property
    def follows(self) -> bool:
        """Whether the printed result is what its figures give."""
        return self.judged.verdict == REPRODUCES

    @property
    def exchanged(self) -> bool:
        """Whether the print follows once two neighbouring digits of it are exchanged: 18 for 81."""
        printed = next((p for p in self.parts if p.role == "printed" and p.value and p.value[-1:].isdigit()), None)
        text = (printed and printed.value) or ""
        other = [
            text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1) if text[i : i + 2].isdigit()
        ]
        tried = (replace(self, parts=[replace(p, value=o) if p is printed else p for p in self.parts]) for o in other)
        return len(text) > 1 and any(t.follows for t in tried)

    def claim(self, name: str) -> dict:
        """The claim as the auditor reads it."""
        numbers = [_number(p.role, p.value, p.unit, p.period, p.more) for p in self.parts]
        return {"id": name, "kind": self.kind, "text": self.sentence.text, "numbers": numbers, **self.fields}


@lru_cache(maxsize=4096)  # a reading is tried by several readers
def _judged(kind: str, text: str, numbers: tuple, fields: tuple) -> Answer:
    rows = [_number(*number) for number in numbers]
    return judge(claim({"id": "tried", "kind": kind, "text": text, "numbers": rows, **dict(fields)}))


def _number(role: str, value: str | None, unit: str, period: str, more) -> dict:
    number = {"role": role, "value": value, "unit": unit, "period": period, **dict(more)}
    return {k: v for k, v in number.items() if v not in ("", None) or k == "value"}


def part(sentence: Sentence, role: str, mention: Mention, **more) -> Part:
    """A number of a sentence in a role."""
    period = more.pop("period", None)
    printed = role in ("printed", "percentage", "share")
    if mention.qualifier:
        more.setdefault("word" if printed else "approximate", mention.qualifier if printed else "yes")
    span = (sentence.offset + mention.span[0], sentence.offset + mention.span[1])
    when = sentence.period_of(mention) if period is None else period
    return Part(role, mention.text, mention.unit, when, sentence.paragraph, span, more)


def words_part(sentence: Sentence, role: str, start: int, end: int, **more) -> Part:
    """A number that is only a word of the sentence: `doubled`, `the majority`."""
    more.setdefault("word", sentence.text[start:end])
    return Part(role, None, "", "", sentence.paragraph, (sentence.offset + start, sentence.offset + end), more)


def said_part(sentence: Sentence, words: str, **more) -> Part:
    """Words of a sentence in lower case as what is printed, where they stand first."""
    at = max(sentence.text.lower().find(words), 0)
    return words_part(sentence, "printed", at, at + len(words), **more)
