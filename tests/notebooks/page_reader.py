"""Runs a notebook's cells on tables that are there, and reads the page back as its reader gets it.

Nothing here knows how a page makes its sentences and charts: texts come from what cells display, figures of a chart
from the axes that were drawn.
"""

from __future__ import annotations

import ast
import html
import json
import math
import os
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

from board_packs.pages import book, page_guard
from openstats.project_data import NOTEBOOKS

mpl.use("agg")


@dataclass
class CellRun:
    """One code cell: its source, what it displayed, and the axes it drew (`ax`, or `axes` of several)."""

    source: str
    shown: list = field(default_factory=list)
    axes: list = field(default_factory=list)
    figure: object = None  # `fig`, where the cell named one

    @property
    def text(self) -> str:
        """What it displayed, as plain text."""
        return " ".join(filter(None, map(plain, self.shown)))

    @property
    def chart(self):
        """The finished chart: its `title`, `alt` and `source`."""
        return next(value for value in self.shown if hasattr(value, "drawing"))

    @property
    def table(self) -> list[list[str]]:
        """The rows of the table it displayed, headings first."""
        return table_rows("".join(map(str, self.shown)))


@dataclass
class Page:
    """A notebook that was run."""

    cells: list[CellRun]
    names: dict

    def cell(self, fragment: str) -> CellRun:
        """The one code cell whose source has this fragment."""
        (run,) = [run for run in self.cells if fragment in run.source]
        return run

    @property
    def answer(self) -> str:
        return next(run.text for run in self.cells if "say.answer(" in run.source)

    @property
    def text(self) -> str:
        """Everything displayed, charts by their title, words and source."""
        return "\n".join(run.text for run in self.cells)

    @property
    def charts(self) -> list[CellRun]:
        return [run for run in self.cells if any(hasattr(value, "drawing") for value in run.shown)]

    def table(self, caption: str) -> list[list[str]]:
        """The rows of the table whose caption has this fragment, headings first."""
        values = [value for run in self.cells for value in run.shown if f"<caption>{caption}" in str(value)]
        return table_rows(str(values[0]))


def run(notebook: str, tables: Path, audience: str = "partnership", internal: bool = False, **parameters) -> Page:
    """Runs `40_hrda` (the name of a notebook) on a folder of tables, cell by cell, in a namespace of its own.

    Any cell that raises stops it. `internal` cells are left out, as in a run.
    """
    nb = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    shown: list = []
    space: dict = {"display": lambda *values: shown.extend(values), "__name__": "__main__"}
    cells = []
    os.environ[page_guard.BATCH] = page_guard.handed_on(tables.parent, tables, audience)
    try:
        for cell in nb["cells"]:
            tags = cell["metadata"].get("tags", [])
            if cell["cell_type"] != "code" or ("internal" in tags and not internal):
                continue
            shown.clear()
            plt.close("all")  # as Jupyter does after each cell: a figure that a failed cell left would be drawn on
            source = "".join(cell["source"])
            space.pop("ax", None), space.pop("axes", None), space.pop("fig", None)
            value = _execute(source.replace("from IPython.display import display", ""), space)
            axes = space["axes"] if "axes" in space else [space["ax"]] if "ax" in space else []
            cells.append(CellRun(source, [*shown, *([] if value is None else [value])], list(axes), space.get("fig")))
            if "parameters" in tags:
                space |= {"tables": str(tables), "audience": audience, "sample": True} | parameters
    finally:
        page_guard.stop()
        del os.environ[page_guard.BATCH]
        book.OPENED.clear()  # a run in this process asks what its own page opened
    return Page(cells, space)


def _execute(source: str, space: dict):
    """Runs one cell; the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None


def plain(value) -> str:
    """What one displayed value says."""
    if hasattr(value, "drawing"):
        return f"{value.title} {value.alt} {value.source}"
    html_text = value._repr_html_() if hasattr(value, "_repr_html_") else str(value)
    return plain_html((html_text[0] if isinstance(html_text, tuple) else html_text) or "")


def table_rows(html_text: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html_text, re.DOTALL)
    return [[plain_html(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def withheld_count(row) -> str:
    """What a table prints for a withheld count: what its reason says of it behind the word, the rounded figure first."""
    parts = str(row["reason"]).split("; ")
    about = [f"about {int(part.split()[1]):,}" for part in parts if part.startswith("about ")]
    ends = [part.removeprefix("from ") for part in parts if re.fullmatch(r"from \d+ to \d+", part)]
    return ", ".join(["withheld", *(about or ends)])


def could_be(row) -> str:
    """` (4 to 8)`, the range in the reason of a withheld count; empty where there is none."""
    ends = re.search(r"; from (\d+) to (\d+)(;|$)", str(row["reason"])) if row["status"] == "suppressed" else None
    return f" ({int(ends[1]):,} to {int(ends[2]):,})" if ends else ""


def plain_html(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


# --- rows of a table on disk ------------------------------------------------------------------------------------------


def rows_of(frame, **labels):
    """The rows of a table that have all of some labels: rows_of(frame, measure="events", kind="Total")."""
    for column, label in labels.items():
        frame = frame[frame[column] == label]
    return frame


# --- what was drawn ---------------------------------------------------------------------------------------------------


def bars(ax, label: str | None = None) -> list[float]:
    """Heights of standing bars from left to right (of the bars with one label in the legend); nan where there is none.

    A place without a bar is left out by matplotlib: compare with the positions of `bar_places`.
    """
    return [patch.get_height() for patch in _bars(ax, label)]


def bar_places(ax, label: str | None = None) -> list[float]:
    """The middle of each standing bar on the axis, in the order of `bars`."""
    return [patch.get_x() + patch.get_width() / 2 for patch in _bars(ax, label)]


def lying(ax, label: str | None = None) -> list[float]:
    """Lengths of lying bars from top to bottom."""
    return [patch.get_width() for patch in _bars(ax, label)]


def _bars(ax, label):
    containers = [c for c in ax.containers if label is None or c.get_label() == label]
    return [patch for container in containers for patch in container.patches]


def line(ax, label: str) -> tuple[list[float], ...]:
    """x and y (labels by their places) of the line or the marks with a label; several of one label one after the other."""
    lines = [each for each in ax.lines if each.get_label() == label]
    return tuple([place for each in lines for place in each.get_data(orig=False)[axis]] for axis in (0, 1))


def sticks(ax, label: str | None = None) -> list[tuple[float, float, float]]:
    """place, low and high of each standing interval (`ax.vlines`); a dotted line is none, it stands where a figure is
    withheld."""
    drawn = [c for c in ax.collections if hasattr(c, "get_segments") and (label is None or c.get_label() == label)]
    drawn = [c for c in drawn if c.get_linestyle()[0][1] is None]
    return [(s[0][0], s[0][1], s[1][1]) for c in drawn for s in c.get_segments() if len(s) == 2]


def lying_intervals(ax) -> list[tuple[float, float, float]]:
    """place, low and high of each lying interval: the lines of two points."""
    pairs = [(each.get_ydata(), each.get_xdata()) for each in ax.lines if len(each.get_xdata()) == 2]
    return [(y[0], x[0], x[1]) for y, x in pairs]


def half_up(number: float, decimals: int = 0) -> str:
    """A number as a person rounds it, on its decimal digits, with thousands apart."""
    size = Fraction(repr(float(number))) * 10**decimals
    whole = math.floor(abs(size) + Fraction(1, 2)) * (1 if size >= 0 else -1)
    return f"{whole / 10**decimals:,.{decimals}f}"


def marks(ax, text: str = "withheld") -> list[float]:
    """Where on the axis a word stands, or the quiet mark of `withheld`."""
    words = {text, "×"} if text == "withheld" else {text}
    return [each.get_position()[0] for each in ax.texts if each.get_text() in words]


def ticks(ax) -> list[str]:
    return [each.get_text().replace("\n", " ") for each in ax.get_xticklabels()]


# --- figures that were rounded for an audience ------------------------------------------------------------------------


def rounded_to(row) -> int:
    """What the counts of a row (a mapping) are rounded to; 0 where they are as counted."""
    found = re.search(r"rounded to the nearest (\d+)", str(row["reason"]))
    return int(found[1]) if found else 0


def about(row) -> str:
    """What stands before a rounded figure in a sentence."""
    return "about " if rounded_to(row) and row["status"] == "shown" and row["count"] else ""


def half_up_of(number: Fraction, decimals: int) -> str:
    size = abs(number) * 10**decimals
    whole = math.floor(size + Fraction(1, 2))
    return f"{'-' if number < 0 and whole else ''}{whole // 10**decimals:,}" + (f".{whole % 10**decimals:0{decimals}d}" if decimals else "")  # fmt: skip


def of_every_rounding(row) -> list[Fraction]:
    """What a share (in per cent) or rate can be, of every pair of counts that those of its row can stand for; nothing
    where one of them is no more than the rounding. No share is above 100."""
    to, per = rounded_to(row), 1 if "per" in str(row["unit"]) else 100
    if not (row["count"] > to // 2 and row["of"] > to // 2):
        return []
    count, of, off = int(row["count"]), int(row["of"]), range(-(to // 2), to // 2 + 1)
    scale = Fraction(repr(float(row["value"]))) * per * of / count
    people = re.fullmatch(r"per [\d,]+", str(row["unit"]))  # a population, which is not rounded
    bases = [of + n for n in off] if of % to == 0 and not people else [of]
    return [scale * (count + n) / base for n in off for base in bases if count > of or count + n <= base]


def places(row) -> int:
    """The decimals of a share or rate: one, and none where the true counts could make it another by a twentieth."""
    if not rounded_to(row):
        return 1
    size = Fraction(repr(float(row["value"]))) * (1 if "per" in str(row["unit"]) else 100)
    tried = of_every_rounding(row)
    return int(bool(tried) and max(abs(end - size) for end in tried) <= Fraction(1, 20))


def ends_of_rounding(row) -> list[str]:
    """Both ends of what a share or rate of rounded counts can be, outwards to whole numbers (to tenths below 10); nothing
    where all of it lies within a half of the printed figure's last digit."""
    tried, per = of_every_rounding(row), 1 if "per" in str(row["unit"]) else 100
    if not tried or places(row):
        return []
    size, low, high = Fraction(repr(float(row["value"]))) * per, min(tried), max(tried)
    tenths = 10 if high < 10 else 1
    if max(high - size, size - low) <= Fraction(1, 2 * tenths):
        return []
    ends = math.floor(round(float(low * tenths), 9)), math.ceil(round(float(high * tenths), 9))
    return [half_up_of(Fraction(end, tenths), int(tenths == 10)) + "%" * (per == 100) for end in ends]


def figure_of(row, per: int = 100) -> str:
    """A share (in per cent) or rate as a sentence has it: 21.9%, about 22%, or 18% to 22%."""
    ends = ends_of_rounding(row) if rounded_to(row) else []
    return " to ".join(ends) or about(row) + half_up(per * row["value"], places(row)) + "%" * (per == 100)


def interval(row, per: int = 100) -> str:
    """The words of a row's interval, its ends times `per`."""
    low, high = (half_up(per * row[end], places(row)) + "%" * (per == 100) for end in ("low", "high"))
    return f"95% interval{', rounding included,' if rounded_to(row) else ''} {low} to {high}"


def rounding_in(frame):
    """A table whose intervals of rounded shares and rates hold those of every pair of counts that rounds to them."""
    from scipy.stats import chi2

    if not {"low", "high", "method", "value"} <= set(frame):
        return frame
    if not frame["reason"].str.contains("rounded to the nearest").any():
        return frame
    frame = frame.copy()
    for i, row in frame[frame["low"].notna()].iterrows():
        to = rounded_to(row)
        if not to or row["low"] != row["low"]:
            continue
        if row["count"] != row["count"]:  # a change, or a median: its interval is not of counts that are printed
            continue
        counts = range(int(row["count"]) - to // 2, int(row["count"]) + to // 2 + 1) if row["count"] else [0]
        effect = float((re.search(r"design effect (\d\.\d)", row["method"]) or [0, 1])[1])
        off = 0 if "per" in row["unit"] or row["of"] % to else to // 2  # a population is printed as it is
        bases = [row["of"] - off, row["of"] + off]
        if row["method"].startswith("Wilson"):
            pairs = [(min(n, base), base) for n in (counts[0], counts[-1]) for base in bases]
            ends = [wilson(n / effect, base / effect) for n, base in pairs]
        elif "Byar" in row["method"] or "Exact" in row["method"]:
            scale = row["value"] * row["of"] / row["count"]
            ends = [
                [effect * scale * end / base for end in poisson(n / effect, chi2)]
                for n in (counts[0], counts[-1])
                for base in bases
            ]
        else:
            ends = [(float("nan"), float("nan"))]
        frame.loc[i, ["low", "high"]] = min(low for low, _ in ends), max(high for _, high in ends)
    return frame


def unanswered_in(frame):
    """A table in which an answer is not available, and not 0, where every row that it could be of has none."""
    none = ("not recorded", "not known")
    names = [c for c in frame.columns if c not in ("value", "count", "of", "low", "high", "rank", "ranked", "unit", "method", "status", "reason")]  # fmt: skip
    frame = frame.copy()
    for name in names[:]:
        if not set(none) & set(frame[name]) or name in ("area", "period", "measure"):
            continue
        for _, part in list(frame.groupby([n for n in names if n != name], sort=False)):
            answers, blanks = part[~part[name].isin([*none, "Total"])], part[part[name].isin(none)]
            nought = [set(rows["count"].where(rows["status"] == "shown", -1)) <= {0} for rows in (answers, blanks)]
            if nought[0] and not nought[1] and len(answers):
                here = {n: part[n].iloc[0] for n in names if n not in (name, "measure")}
                of = frame[
                    frame["of"].notna() & ~frame[name].isin([*none, "Total"]) & frame[[*here]].eq(here).all(axis=1)
                ]
                rates = [rows.index for _, rows in of.groupby("measure") if set(rows["count"]) == {0}]
                for some in (answers.index, *rates):
                    frame.loc[some, ["value", "count", "of", "low", "high", "rank", "ranked"]] = float("nan")
                    frame.loc[some, ["status", "reason"]] = ["not_available", "it is recorded of none"]
    return frame


def wilson(met: float, of: float) -> tuple[float, float]:
    """Wilson (1927): the roots of (p - met/of)^2 = z^2 p (1 - p) / of."""
    z, p = 1.959963984540054, met / of
    centre, half = p + z * z / (2 * of), z * (p * (1 - p) / of + z * z / (4 * of * of)) ** 0.5
    low, high = (centre - half) / (1 + z * z / of), (centre + half) / (1 + z * z / of)
    return (0.0 if met == 0 else low), (1.0 if met == of else high)


def poisson(n: float, chi2) -> tuple[float, float]:
    """Exact limits of a count below ten, Byar's from ten."""
    if n < 10:
        return (chi2.ppf(0.025, 2 * n) / 2 if n else 0.0), chi2.ppf(0.975, 2 * n + 2) / 2
    z = 1.959963984540054
    m = n + 1
    return n * (1 - 1 / (9 * n) - z / (3 * n**0.5)) ** 3, m * (1 - 1 / (9 * m) + z / (3 * m**0.5)) ** 3
