"""A page's tables as they lie on disk, and what a page is made of: paragraphs, charts in words, tables (see expected_words)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml
from page_reader import could_be, rounded_to

from lscb.long_table import NOT_DIMENSIONS
from openstats.project_data import DATA

STANDARDS = yaml.safe_load((DATA / "standards.yml").read_text(encoding="utf-8"))
MEASURES: dict = {}
for _path in (DATA / "dictionary").glob("*.yml"):
    MEASURES |= yaml.safe_load(_path.read_text(encoding="utf-8")).get("measures") or {}


# words of the reasons for which a page asks for what a return lacks, and not for the return
PARTLY = ("does not give", "not given", "left blank", "covers from", "reach back", "no whole year", "any period whole")


class Said(NamedTuple):
    """A paragraph, a list of questions (joined by a blank), an answer."""

    text: str


class Lacking(NamedTuple):
    """Why nothing can be said, or no chart is drawn, or there is no table of this caption."""

    reason: str
    place: str = "This is"


class Chart(NamedTuple):
    """A chart by its title, the words in its place, and what stands below it."""

    title: str
    alt: str
    below: str


class Grid(NamedTuple):
    """A table by its caption and its lines, headings first."""

    caption: str
    lines: list


class Tables:
    """The tables of one page's quarter, area and audience as they lie on disk."""

    def __init__(self, frames: dict, period: str, area: str, audience: str, place: str, ledger: Path):
        self.ledger, self.read = ledger, {}  # the ledger of the run, where there is one
        self.frames, self.period, self.area, self.audience, self.place = frames, period, area, audience, place
        start, number = int(period[:4]), int(period[-1])
        self.number, self.this_year = number, label_of_year(start)
        self.year = label_of_year(start - (number < 4))  # the newest that has ended
        self.last_year = label_of_year(start - (number < 4) - 1)
        self.now = self.this_year if number == 4 else f"{self.this_year} to Q{number}"
        self.before = label_of_year(start - 1)
        self.year_before = f"{self.before}-Q{number}"
        self.so_far = [f"{self.this_year}-Q{n}" for n in range(1, number + 1)]
        self.last_day = date(start + (number == 4), *{1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}[number])

    def rows(self, name: str, measure: str | None = None, **labels) -> list[dict]:
        """Rows in the order of the file; none of a table that is one line saying why it is not there."""
        if self.absent(name):
            return []
        rows = self.records(name)
        labels |= {"measure": measure} if measure else {}
        return [r for r in rows if all(r.get(k, "Total") in (v if isinstance(v, (list, tuple, set)) else [v]) for k, v in labels.items())]  # fmt: skip

    def records(self, name: str) -> list[dict]:
        """Every row of a table, as a mapping."""
        if name not in self.read:
            self.read[name] = self.frames[name].to_dict("records")
        return self.read[name]

    def one(self, name: str, measure: str | None = None, period: str | None = None, **labels) -> dict:
        """The one row of labels, every other dimension at its Total where it has one."""
        rows = self.rows(name, measure, **labels, **({"period": period} if period else {}))
        for dimension in [c for c in self.frames[name].columns if c not in NOT_DIMENSIONS and c not in labels]:
            if any(r[dimension] == "Total" for r in rows):
                rows = [r for r in rows if r[dimension] == "Total"]
        if not rows:
            every = self.rows(name, measure) if period and measure else []
            elsewhen = bool(every) and period not in {r["period"] for r in every}
            reason = self.absent(name) or self.silent(name) or ("what is held does not cover it" if elsewhen else "nothing is held of it")  # fmt: skip
            return {"status": "not_available", "reason": reason, "period": period or "", "measure": measure or "", "unit": "", "method": ""}  # fmt: skip
        (row,) = rows
        return row | {"quarters": self.quarters(name, row)}

    def quarters(self, name: str, row: dict) -> list[tuple[float, int]]:
        """The shown quarters of a year's count, to which four that are not rounded must add up, each with a 1; and what
        they leave of the year, with the number of those that are withheld."""
        same = {k: v for k, v in row.items() if k not in (*NOT_DIMENSIONS, "area", "period", "measure")}
        named = [f"{row['period']}-Q{n}" for n in (1, 2, 3, 4)]
        parts = [r for r in self.rows(name, row["measure"], **same) if r["period"] in named]
        counts, gone = [r["count"] for r in parts if r["status"] == "shown"], [r["status"] for r in parts].count("suppressed")  # fmt: skip
        over = (MEASURES.get(row["measure"]) or {}).get("adds_over", "none")
        adds = over == "all" or "period" in over
        if not (adds if len(counts) < 4 or rounded_to(row) else sum(counts) == row.get("count")):
            return []
        left = [(max(row.get("count", 0) - sum(counts), 0), gone)] if gone else []
        return [(n, 1) for n in counts] + left

    def absent(self, name: str) -> str:
        rows = self.records(name)
        gone = bool(rows) and all(r["status"] == "not_available" for r in rows) and len({r["measure"] for r in rows}) == 1  # fmt: skip
        return sentence(max(rows, key=lambda r: r["period"])["reason"]) if gone else ""

    def silent(self, name: str) -> str:
        """Why a table has no figure of the quarter or its year."""
        periods = {self.period, self.this_year, self.now}
        rows = [r for r in self.records(name) if r["period"] in periods and not MEASURES.get(r["measure"], {}).get("official")]  # fmt: skip
        return sentence(rows[0]["reason"]) if rows and all(r["status"] == "not_available" for r in rows) else ""

    def said(self, name: str, *texts: str) -> Said:
        """A paragraph about a table, or why there is none."""
        reason = self.absent(name) or self.silent(name)
        return Lacking(reason) if reason else Said(paragraph(*texts))

    def answer(self, name: str, *texts: str) -> Said:
        if reason := self.absent(name) or self.silent(name):
            return Said(f"This cannot be answered. {reason}")
        return Said(paragraph(*texts, partial(self.records(name))))

    def asked(self, name: str, *texts: str) -> Said:
        if reason := self.absent(name) or self.silent(name):
            what = "what it lacks" if any(part in reason.lower() for part in PARTLY) else "the return"
            what = "the official file" if "lscb fetch" in reason else what
            return Said("") if "nothing to report" in reason else Lacking(reason, f"Ask for {what}")
        return Said(" ".join(filter(None, texts)).replace("Other, not yet approved", "others"))

    def term(self, name: str, day: date | None = None) -> str:
        """What a body is called on a day."""
        dated = STANDARDS["terms"][name]["value"]
        return dated[max(since for since in dated if since <= (day or self.last_day))]

    def chart(
        self, name: str, rows: list[dict], title: str, alt: str, source: str = "", marked=(), lying=(), lined=()
    ) -> Said | Chart:
        """A finished chart, or why none is drawn. `marked`: the rows of which a withheld one has the quiet mark, of bars
        that lie (`lying`) the word; either has a faint bar where its reason says a range of what is drawn, a count.
        `lined`: the rows of several lines, where a withheld one is a gap and a share of rounded counts an upright line."""
        if reason := self.absent(name):
            return Lacking(reason, "No chart is drawn")
        if nothing := undrawn(rows):
            return Said(nothing)
        lack = partial(rows)
        below = [f"Source: {source}{' (invented rows)' if 'return' in source else ''}." if source else "", lack]
        below.append("× withheld." if any(r["status"] == "suppressed" for r in marked) else "")
        counted = [
            r for r in [*marked, *lying] if (MEASURES.get(r["measure"]) or {}).get("kind") not in ("share", "rate")
        ]
        if any(map(could_be, counted)):
            below.append("A faint bar is what a withheld figure can be by all that is printed.")
        if any(r["measure"].endswith("share") and moved(r) for r in lined if r["status"] == "shown"):
            below.append("A point can lie anywhere on its upright line: its counts are rounded.")
        if any(r["status"] == "suppressed" for r in lined):
            below.append("Where a line has a gap or is missing, figures are withheld.")
        return Chart(title, f"{alt} {lack}".strip(), " ".join(filter(None, below)))


def moved(row: dict) -> bool:
    """Whether the rounding of its counts can move a share by more than a half of the digit that it would be printed to."""
    off, count, of = rounded_to(row) // 2, row["count"], row["of"]
    if not off or count <= off:
        return False
    least, most = (count - off) / (of + off), min((count + off) / (of - off), 1)
    return max(most - count / of, count / of - least) > (0.0005 if most < 0.1 else 0.005)


def sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:].rstrip('.')}." if reason else ""


def undrawn(rows: list[dict]) -> str:
    if any(r["status"] == "shown" for r in rows):
        return ""
    if any(r["status"] == "suppressed" for r in rows):
        return "No chart is drawn: every figure of it is withheld."
    return "No chart is drawn: there is no figure to draw."


def label_of_year(start: int) -> str:
    return f"{start}-{str(start + 1)[-2:]}"


def is_quarter(row: dict) -> bool:
    return "-Q" in row["period"]


def quarters(rows: list[dict]) -> list[dict]:
    return sorted(filter(is_quarter, rows), key=lambda r: r["period"])


def in_time(rows: list[dict]) -> list[dict]:
    """A year after its quarters."""
    return sorted(rows, key=lambda r: r["period"] if is_quarter(r) else r["period"] + "-Q9")


def partial(rows: list[dict]) -> str:
    """What the figures lack: rows refused of a return."""
    marks = [
        m[0] for r in rows for m in re.finditer(r"(partial|not all known|nil return): [^;]*", str(r.get("reason")))
    ]
    return " ".join(f"{m[0].upper()}{m[1:]}." for m in dict.fromkeys(marks))


def paragraph(*texts: str) -> str:
    return " ".join(t[0].upper() + t[1:] for t in filter(None, texts))


def reasons_once(parts: list) -> list[Said | Chart | Grid]:
    """A page's parts in order, each reason in the first of them that has it and told as above in the others."""
    given: set[str] = set()
    return [each for each in (_told(part, given) for part in parts) if each != Said("")]


ROUNDED = {
    r"counts rounded to the nearest \d+ need not add up": "rounded",
    r" ?Counts are rounded to the nearest \d+\.": "",
}


def _rounding_once(texts: list, given: set[str]) -> None:
    """Of captions and of charts' words the first says what counts are rounded to."""
    for n, text in enumerate(texts):
        for words, again in ROUNDED.items():
            while isinstance(text, str) and (match := re.search(words, text)):
                if match[0].strip() not in given:
                    given.add(match[0].strip())
                    text = text[: match.end()] + re.sub(words, again, text[match.end() :])
                    break
                text = text[: match.start()] + again + text[match.end() :]
        texts[n] = text


def _told(part, given: set[str]):
    if isinstance(part, Lacking):
        return Said(_lacking(*part, given))
    texts = list(part)
    if isinstance(part, (Chart, Grid)):
        _rounding_once(texts, given)
    old = [nil for nil in re.findall(NIL, " ".join(text for text in texts if isinstance(text, str))) if nil in given]
    for n, text in ((n, text) for n, text in enumerate(texts) if isinstance(text, str)):
        for nil in old:
            text = text.replace(f". {nil}", "." if isinstance(part, Said) or n else "").replace(nil, "")
        texts[n] = text.strip()
        given |= {*re.findall(NIL, text)}
    if isinstance(part, Said):
        texts[0] = _within(texts[0], given)
        for one in [texts[0].removeprefix("This cannot be answered. "), *re.split(r"(?<=\.) ", texts[0])]:
            given |= _keys(one)
    return type(part)(*texts)


NIL = r"Nil return: [^.]* came without a row\."


def _keys(reason: str) -> set[str]:
    """A reason, and the causes that it lists."""
    causes = _parts(reason)[1]
    return {reason.rstrip(".").lower()} | ({causes} if len(causes.split()) > 8 else set())


def _lacking(reason: str, place: str, given: set[str]) -> str:
    whole, listed = reason.rstrip(".").lower() in given, bool(_keys(reason) & given)
    given |= _keys(reason)
    if place.startswith("Ask"):
        named = re.match(r"The (.*? return)", reason)
        return f"{place.replace('it lacks', f'the {named[1]} lacks').replace('the return', f'the {named[1]}')}." if whole and named else f"{place}." if whole else f"{place}: {reason}"  # fmt: skip
    if place == "No chart is drawn":
        return f"{place}, as above." if whole else _either(reason, listed)
    if place == "This is":
        return f"{place} not available, as above." if whole else _either(reason, listed)
    low = reason[0].lower() + reason[1:] if reason[1:2].islower() else reason
    return f"{place}: not available, as above." if whole else f"{place}: {_either(low, listed)}"


def _either(reason: str, listed: bool) -> str:
    so, _, by_colon = _parts(reason)
    return f"{so}{' either' if by_colon else ''}." if listed else reason


def _parts(reason: str) -> tuple[str, str, bool]:
    """What is so, and its causes or what to do; whether a colon stands between them."""
    if found := re.fullmatch(r"(.*)\. (.*)\.", reason):
        return found[1], found[2], False
    so, _, causes = reason.partition(": ")
    return so, causes.rstrip("."), True


def _within(text: str, given: set[str]) -> str:
    """A paragraph's own reasons, each once, and none that the page has given."""
    here: set[str] = set()

    def one(found: re.Match) -> str:
        why = found[1].lower()
        again, before = why in here, why in given
        here.add(why), given.add(why)
        return " is not available either" if again else " is not available, as above" if before else found[0]

    return re.sub(r" is not available(?:\. (?=[A-Z])|: )([^.;]+)(?=[.;])", one, text)
