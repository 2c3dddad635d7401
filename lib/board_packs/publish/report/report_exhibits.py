"""The blocks of a chapter: charts and tables of protected cells, people's own lists, members, the glossary's place.

::: chart hrda.referrals            a function of report_charts, given the book, and its options
:::

::: table hrda_by_quarter           cells of a protected table, shown by board_packs.pages.readable_table
measure: repeat_rate
caption: Repeat referrals by quarter
where: {period: [2017-18-Q1, 2017-18-Q2]}
rows: {period: Quarter}
columns: {Referrals: [of, count], Repeats: [count, count], Repeat rate: [value, percent]}
:::

::: table published_facts           stands only for an area that has figures of it
where_held: yes

::: list                            a table of people's own words; with figures it needs their source
caption: What reviews asked for
columns: [Recommendation, What was done, What changed, Evidence]
rows:
  - [Chronologies at every conference, The report template has one, …, …]
:::

::: texts plan                      what agencies wrote of their actions, of approved words (report_texts)
caption: Actions of the plan
columns: {action: What was agreed, status: How far}
by: theme
:::

::: corrections                     figures of the last report that are other today (report_corrections)
:::

::: members                         who sits where, from data/reference/members.yml
:::

::: glossary                        every term of the report that data/reference/glossary.yml explains
:::
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

import yaml

from lscb.errors import UserError
from lscb.long_table import TOTAL, dimensions
from openstats.dated_terms import in_terms_of, members

from ...pages.charts import as_pictures, house_style
from ...pages.prose.figure_references import LATEST, near
from ...pages.prose.prose_checks import NAMES, TYPED
from ...pages.readable_table import show
from . import report_charts, report_corrections, report_glossary, report_texts, scorecard_charts
from .board_structure import structure_groups

if TYPE_CHECKING:
    import pandas as pd

    from .report_parts import Report

FOLD = re.compile(r"<details[^>]*>|<summary>.*?</summary>|</details>", re.DOTALL)  # a report's long table stays open
CHARTS = {name: getattr(room, name) for room in (report_charts, scorecard_charts) for name in room.__all__}
CHARTS |= {"structure_groups": structure_groups}


class NoFigure(UserError):
    """A table that has no figure for the report's area and year."""


def exhibit(report: Report, kind: str, name: str, settings: str) -> str:
    """One block as HTML. Raises UserError, in one line, for a block that cannot be made."""
    try:
        options = yaml.safe_load(settings) or {}
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", "")
        raise UserError(f"::: {kind} {name}: its options are not valid YAML ({problem}).") from None
    makers = {"chart": _chart, "table": _table, "members": _members, "list": _list, "glossary": _glossary,
              "texts": _texts, "corrections": _corrections}  # fmt: skip
    if kind not in makers:
        raise UserError(f"::: {kind}: there is no such block; there are figures, {', '.join(makers)}.")
    return makers[kind](report, name, options)


def _glossary(report: Report, name: str, options: dict) -> str:
    return report_glossary.PLACE


def _caption(options: dict, name: str) -> str:
    if not options.get("caption"):
        raise UserError(f"{name} has no caption: add a line 'caption: …'.")
    return options.pop("caption")


def _chart(report: Report, name: str, options: dict) -> str:
    function = name.replace(".", "_")
    if function not in CHARTS:
        raise UserError(f"there is no chart {name!r}{near(name.replace('.', '_'), [*CHARTS])}")
    caption = options.pop("caption", "")
    house_style()
    try:
        with as_pictures():  # the Word document takes them out of the page
            chart = CHARTS[function](report.book, **options)
    except TypeError:
        raise UserError(f"the chart {name!r} has no option {', '.join(options)}.") from None
    if not hasattr(chart, "png"):  # everything is hidden, or not there: the figure function says so in words
        return f"<p>{escape(f'{caption}: ' if caption else '')}{escape(str(chart))}</p>"
    if len(chart.alt.strip()) < 20:
        raise UserError(f"the chart {name!r} has no words in its place: give its alternative text.")
    finding = chart.title or caption
    report.charts.append(finding)
    number = len(report.charts)
    more = f" {escape(caption)}." if caption and chart.title else ""
    return (
        f'<figure id="figure-{number}" tabindex="0"><p class="finding"><strong>Figure {number}. {escape(finding)}</strong>'
        f'</p><img alt="{escape(chart.alt)}" src="data:image/png;base64,{b64encode(chart.png).decode()}">'
        f"<figcaption>{more} {escape(chart.source)}</figcaption></figure>"
    )


def _table(report: Report, name: str, options: dict) -> str:
    caption = _caption(options, name)
    if name not in report.book.names():
        raise UserError(f"there is no table {name!r}{near(name, report.book.names())}")
    rows = options.get("rows") or {"period": "Period"}
    frame = _chosen(report, name, options, rows)
    if options.get("where_held") and (frame is None or not (frame["status"] == "shown").any()):
        return ""
    if reason := getattr(frame, "absent", ""):
        raise NoFigure(f"{caption}: {reason[:1].lower()}{reason[1:]}")
    if frame is None:
        raise NoFigure(f"{caption}: there is no figure of it for this area and year.")
    if _where(options).get("period") == LATEST:
        caption += f", {frame['period'].iloc[0]}"
    if labels := options.get("labels"):  # as people say them, and in that order
        wide = [*rows, *([options["spread"]] if "spread" in options else [])]
        frame = frame.assign(**{dim: frame[dim].replace(labels) for dim in wide})
        options.setdefault("order", [label for label in labels.values() if label in set(frame[wide[-1]])])
    asked = options.get("columns") or {}
    columns = {head: what if isinstance(what, str) else tuple(what) for head, what in asked.items()} or None
    settings = {key: options[key] for key in ("spread", "figure", "style") if key in options}
    if "spread" in options and options.get("order"):
        settings["order"] = options["order"]
    if figure := settings.pop("figure", ""):
        settings["style"] = f"{figure} {settings.get('style', 'count')}"
    number = len(report.tables) + 1
    shown = FOLD.sub("", str(show(frame, f"Table {number}. {caption}", rows, columns, **settings)))
    if "<table" not in shown:  # all of it is hidden: a sentence says so, and has no number
        return f"<p>{escape(str(shown).replace(f'Table {number}. ', ''))}</p>"
    report.tables.append(caption)
    return f'<div id="table-{number}">{shown}</div>'


def _chosen(report: Report, name: str, options: dict, rows: dict) -> pd.DataFrame | None:
    """The cells that a block's `where` and `measure` leave; of other dimensions the area, the year, the total."""
    frame = report.book[name]
    if getattr(frame, "absent", ""):
        return frame
    where = {dim: labels if isinstance(labels, list) else [labels] for dim, labels in _where(options).items()}
    if unknown := set(where) - set(dimensions(frame)):
        raise UserError(f"{name} has no dimension {', '.join(sorted(unknown))}: {', '.join(dimensions(frame))}.")
    for dim in dimensions(frame):
        if where.get(dim) == [LATEST]:
            continue
        if dim in where:
            frame = frame[frame[dim].isin([str(label) for label in where[dim]])]
        elif dim not in rows and dim != options.get("spread"):
            default = {"area": report.book.area, "period": report.year}.get(dim, TOTAL)
            if default in set(frame[dim]):
                frame = frame[frame[dim] == default]
    if where.get("period") == [LATEST]:
        shown = frame["period"].where(frame["status"] == "shown")  # of each line, where it says which, else of all
        each = [frame[dim] for dim in rows if dim != "period"]
        newest = shown.groupby(each).transform("max") if each and "period" in rows else shown.max()
        frame = frame[frame["period"] == newest]
    if frame.empty:
        return None
    last = (frame[list(rows)] == TOTAL).any(
        axis=1
    )  # what all come to stands below its parts, a year below its quarters
    if "period" in rows and frame["period"].str.contains("-Q").any():
        last |= ~frame["period"].str.contains("-Q")
    return frame.iloc[last.argsort(kind="stable")]


def _where(options: dict) -> dict:
    return (options.get("where") or {}) | ({"measure": options["measure"]} if "measure" in options else {})


def _words(report: Report, caption: str, heads: list[str], lines: list[list[str]], source: str = "") -> str:
    """A table of words: the first cell of each row heads it."""
    report.tables.append(caption)
    number = len(report.tables)
    head = "".join(f'<th scope="col"{_one_line(text)}>{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td{_one_line(text)}>{escape(text)}</td>" for text in rest)}</tr>'
        for first, *rest in lines
    )
    below = f'<p class="source">Source: {escape(source)}.</p>' if source else ""
    return (
        f'<div id="table-{number}" class="table words" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>Table {number}. {escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{below}"
    )


def _one_line(text: str) -> str:
    """The class of a cell of one or two short words, such as a month, which is not broken over lines."""
    return ' class="whole"' if len(text) <= len("September 2017") else ""


def _list(report: Report, name: str, options: dict) -> str:
    caption = _caption(options, "::: list")
    heads, lines = options.get("columns") or [], options.get("rows") or []
    if not heads or not lines or any(not isinstance(line, list) or len(line) != len(heads) for line in lines):
        raise UserError(f"{caption}: give 'columns' and 'rows', each row with one text for each column.")
    texts = [[str(text) for text in line] for line in lines]
    typed = next((text for line in texts for text in line if TYPED.search(NAMES.sub(" ", text))), "")
    if typed and not options.get("source"):
        raise UserError(f"{caption}: {typed!r} has a typed figure: add a line 'source: …' that says whose it is.")
    if options.get("source"):  # somebody else's published figures: they give nothing away of the quarter's cases
        numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", " ".join(text for line in texts for text in line))
        report.book.derived += [float(number.replace(",", "").rstrip(".")) for number in numbers]
    return _words(report, caption, heads, texts, options.get("source", ""))


def _texts(report: Report, name: str, options: dict) -> str:
    """What agencies wrote of their actions, a table for each group."""
    caption, heads = _caption(options, f"::: texts {name}"), list((options.get("columns") or {}).values())
    groups, left_out = report_texts.texts(report.book, report.received, name, options)
    if not groups and not left_out:
        return f"<p>{escape(caption)}: no return has one, of this area and year.</p>"
    parts = []
    for group, lines in groups.items():
        more = f": {group}" if group else ""
        parts.append(_words(report, f"{caption}{more}", heads, lines))
    note = "<p>Others are left out: their words have not been approved for pages.</p>" if left_out else ""
    return "\n".join(parts) + note


def _corrections(report: Report, name: str, options: dict) -> str:
    year = report.book.last_year
    lines = report_corrections.corrections(report.book, report.last_tables)
    if lines is None:
        return (
            f"<p>The tables of the report on {year} are not held here, so it cannot be listed which of its figures are "
            "other today: they would be needed.</p>"
        )
    if not lines:
        return f"<p>Every total that the report on {year} can have printed of its year is the same today.</p>"
    return _words(report, f"Totals of {year} that are other today", report_corrections.HEADS, lines)


def _members(report: Report, name: str, options: dict) -> str:
    """Agencies and posts: no figure, so no table of the quarter stands behind it."""
    day = report.book.period.last_day
    board, why = members(report.book.area, day)
    if not board:
        return "<p>Who sits in this partnership is not held here: its list of agencies and posts would be needed.</p>"
    lines = [[in_terms_of(m["agency"], day), in_terms_of("; ".join(m["posts"]), day)] for m in board["members"]]
    note = f"<p>{escape(re.sub('^.', lambda letter: letter[0].upper(), why))}.</p>" if why else ""
    return _words(report, _caption(options, "members"), ["Agency", "Position"], lines) + note
