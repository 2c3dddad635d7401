"""The first page of a pack, two sides of A4: what a rule singles out in its protected tables, in order, and what none can.

Nothing in it is typed: each line is a finding of `pages.findings` under its rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from lscb.periods import Quarter
from openstats import authorities
from openstats.project_data import standard

from ...pages import book as pages
from ...pages import sentences as say
from ...pages.finding import APART, BETTER, FAR, OTHER, ROUNDED, SAME, WORSE, Action, Finding, Findings
from ...pages.findings import looks
from ...pages.official_findings import worst
from .. import export
from ..export import Banner
from .kept_parts import KeptParts

SUMMARY = "summary.html"
MOST = 5  # decisions asked: more are not taken in one meeting
ROOM = 24  # figures that two sides of A4 hold beside what is asked; of more the page is named, in the same order
LISTED = 12  # actions that are late, by name; of more it says how many
A_FIGURE = 2  # lines of actions, which take as much room as a figure with its chart
MANY = 8  # figures that a sentence names
NAMED = 4  # figures that a decision names; of more it says how many, as they stand above it
RULES = {
    "together": "By the test of all indicators together",
    "chart": "By the rules of a control chart",
    "interval": "By the 95% interval",
    "rank": "By rank among all authorities, the highest first; the numbers behind are not held",
    "guidance": "By statutory guidance, which asks for all",
    "agreed": "By the date agreed, at the quarter's end",
    "twins": "By the return beside the official figure",
    "told": "As counted; not tested",
}


@contextmanager
def opened(tables: Path, banner: Banner) -> Iterator[pages.Book]:
    """A book of one audience's tables, closed again afterwards."""
    book = pages.Book(tables, banner.period, banner.area, banner.audience, banner.sample)
    pages.OPENED.append(book)
    try:
        yield book
    finally:
        pages.OPENED.remove(book)


Look = Callable[[pages.Book, Findings], None]


def found_in(tables: Path, used: Iterable[str], banner: Banner, parts: KeptParts) -> tuple[Findings, list[float]]:
    """What is found in the tables that a pack's pages read, and the figures that were computed for it.

    parts : what was found for other packs of the same tables and banner; what is new is added
    """
    results, computed, there = Findings(), list[float](), sorted(path.stem for path in tables.glob("*.csv"))
    for name, look in looks(used):

        def found(look: Look = look) -> tuple[list, set[str]]:
            with opened(tables, banner) as book:
                look(book, part := Findings())
            return [part.values(), list(map(float, book.derived))], book.used

        values, derived = parts.of(f"found {name}", found, banner.values(), there)
        results.add(Findings.of_values(*values))
        computed += derived
    return results, computed


def summary(
    tables: Path,
    used: Iterable[str],
    banner: Banner,
    title: str,
    files: dict[int, str],
    parts: KeptParts | None = None,
    answers: Iterable[tuple[str, str, str]] = (),
) -> tuple[str, list[float]]:
    """The finished page, and the figures on it that were computed from the tables.

    used : the tables that the pack's pages read; files : the pages of the pack by number, to which findings lead;
    parts : see `found_in`; answers : file, title and first sentence of each page, which stand where nothing is tested
    """
    results, computed = found_in(tables, used, banner, parts or KeptParts(tables))
    with opened(tables, banner) as book:
        sections = list(printed(results))
        html = export.render(
            "summary.html.j2",
            page=replace(banner, title=f"{title}: what needs attention"),
            place=authorities.name(banner.area),
            answer=answer(results),
            sections=sections,
            unknown=list(results.unknown.items()),
            decisions=decisions(results),
            since=since(results),
            coming=coming(results, banner.period),
            answers=list(answers) if results.empty else [],
            following=replace(banner, period=banner.period + 1, dates="").months,
            chance=by_chance(results),
            false_alarms=say.percent(standard("trends.false_alarms"), 0),
            together=any(item.by == "together" for item in results.items),
            public=banner.audience == "public",
            worst=say.percent(worst(), 0),
            today=say.by_today(book) if "scorecard_year" in used else "",
            files=files,
        )
        return html, [*computed, *book.derived, *_counted(results, sections), standard("trends.false_alarms")]


def _counted(results: Findings, sections: list) -> list[float]:
    """The numbers that the page counts itself: of findings, of titles, and of what is not named for want of room."""
    tested = results.looked_at
    sizes = [len(results.of(*kinds)) for kinds in ((WORSE,), (BETTER,), (OTHER,), (SAME,), (FAR,))]
    sizes += [len(tested), *(sum(i.kind == kind for i in tested) for kind in (WORSE, SAME))]
    sizes += [len([i for i in results.of(WORSE, FAR) if i.by != "agreed"])]
    named = (*_flagged(results), results.of(OTHER), results.of(APART), [i for i in results.items if i.disagreement])
    titles = [len({_title(item) for item in part}) for part in named]
    sizes += [*titles, *(number - MANY for number in titles)]
    sizes += [len(titles) for titles in results.unknown.values()]
    sizes += [sum(each.number for each in some) for some in results.coming.values()]
    sizes += [results.late, *(each.number for item in results.of(WORSE, by="agreed") for each in item.actions)]
    for _, groups, more in sections:
        sizes += [len(titles) for titles in more.values()]
        sizes += [len(item.actions) - len(names) for _, items in groups for _, item, names in items]
    return [*map(float, sizes), worst(), *results.one_by_one]


def answer(results: Findings) -> str:
    """The page's first sentences: of how many figures, how many are worse, better, or different; what else needs attention."""
    looked, far, late = len(results.looked_at), len(results.of(FAR)), results.late
    part = say.percent(worst(), 0)
    are = "are" if far > 1 else "is"
    untested = f" {far} that cannot be tested {are} among the worst {part} of all authorities." if far else ""
    untested += f" {say.plural(late, 'agreed action is', 'agreed actions are').capitalize()} late." if late else ""
    if results.empty:
        return "This page tests no figure of this pack: what its pages test, they say themselves."
    if not looked:
        return f"No figure of this pack could be tested for change or difference beyond chance.{untested}"
    worse = sum(item.kind == WORSE for item in results.looked_at)
    better, other = len(results.of(BETTER)), len(results.of(OTHER))
    nothing = sum(item.kind == SAME for item in results.looked_at)
    if looked == nothing:
        shows = "The one figure tested shows no" if looked == 1 else f"None of the {looked} figures tested shows a"
        return f"{shows} difference beyond chance.{untested}"
    others = "one shows" if nothing == 1 else f"{nothing} show"
    rest = f" The other {others} no difference." if nothing else ""
    return (
        f"Of {say.plural(looked, 'figure')} tested, {_are(worse)} worse than chance explains, {_are(better)} better, "
        f"and {_are(other)} changed or different in a way that is neither.{rest}{untested}"
    )


def by_chance(results: Findings) -> str:
    """What chance alone would give of the comparisons that are not tested together; empty where there is none."""
    figures, number, outside, chance = results.one_by_one
    make, lie = f"make{'s' * (figures == 1)}", f"lie{'s' * (outside == 1)}"
    with_each = f"{', some with several places' * (number > figures)}: {say.count(outside)} {lie} outside"
    many = f"{say.plural(figures, 'figure')} {make} {say.plural(number, 'comparison')} by a 95% interval{with_each}"
    left = f" Not among them: {_lower(apart)} (two counts disagree)." if (apart := results.of(APART)) else ""
    return (
        f"{many[0].upper()}{many[1:]}; chance alone would put about {say.rate(chance)} there.{left}" if number else ""
    )


def _are(number: int) -> str:
    return f"{number or 'none'} {'are' if number > 1 else 'is'}"


def _sections(results: Findings) -> list[tuple[str, list[Finding]]]:
    late = results.of(WORSE, by="agreed")
    return [
        ("What needs attention", [i for i in results.of(WORSE) if i.by != "agreed"] + late),
        ("Far from others, not tested", results.of(FAR)),
        *((heading, [i for i in results.of(SAME) if i.heading == heading]) for heading in _headings(results)),
        ("What is better", results.of(BETTER)),
        ("Two counts disagree", results.of(APART)),
        ("Changed or different, neither better nor worse in itself", results.of(OTHER)),
    ]


def _headings(results: Findings) -> list[str]:
    return list(dict.fromkeys(item.heading for item in results.of(SAME) if item.heading))


def printed(results: Findings) -> Iterator[tuple[str, list, dict[int, list[str]]]]:
    """Each heading with its findings by rule as far as there is room, and the titles of the others by their page."""
    names = sum(len(item.actions) for item in results.items)
    left = ROOM - min(LISTED, names) // A_FIGURE
    for heading, items in _sections(results):
        late = [item for item in items if item.by == "agreed"]  # has room before what is tested
        others = [item for item in items if item.by != "agreed"]
        room = max(left - len(late), 0)
        more: dict[int, list[str]] = {}
        for item in [*others[room:], *late[left:]]:
            more.setdefault(item.page, []).append(_title(item))
        if items:
            yield heading, list(_by_rule([*others[:room], *late[:left]])), more
        left -= min(left, len(items))


def _by_rule(items: list[Finding]) -> Iterator[tuple[str, list[tuple[str, Finding, list[str]]]]]:
    """Findings in a row that one rule has put there, each with its title and the names of what is late, below the rule's
    name."""
    room = LISTED
    for rule, together in groupby(items, lambda item: RULES[item.by]):
        lines = []
        for item in together:
            lines.append((_title(item), item, [_named_action(each) for each in item.actions[:room]]))
            room -= len(lines[-1][2])
        yield rule, lines


def _named_action(each: Action) -> str:
    """Who answers for what, and since when it is late: `Adult Social Care, February 2018: Agree who leads`."""
    who = {"not in the return": "", "nobody": "Nobody named, "}.get(each.owner, f"{each.owner}, ")
    return f"{who}{each.due:%B %Y}: {each.action}{f' ({each.number} of them)' if each.number > 1 else ''}"


def coming(results: Findings, period: Quarter) -> str:
    """What was agreed and is due in the quarter after a period, with who answers for it."""
    parts = []
    for what, actions in results.coming.items():
        owners = dict.fromkeys(each.owner for each in actions if each.owner not in ("not in the return", "nobody"))
        number = sum(each.number for each in actions)
        parts.append(f"{say.plural(number, what[:-1], what)}{f' ({say.series(owners)})' if owners else ''}")
    return f"Due by {say.day((period + 1).last_day)}: {'; '.join(parts)}." if parts else ""


def decisions(results: Findings) -> list[str]:
    """What the group is asked to decide, by what was found."""
    tested = [item for item in results.of(WORSE, FAR) if item.by != "agreed"]
    them = "it" if len(tested) == 1 else "them"
    them_all = _titles(tested) if len(tested) <= MANY else f"The {len(tested)} figures that need attention"
    asked = [f"{them_all}: who finds out what stands behind {them}, and when is it heard?"] if tested else []
    if late := results.of(WORSE, by="agreed"):
        number = results.late
        them = f"The {number} actions that are late" if len(late) > 1 and number > 1 else _titles(late)
        asked.append(f"{them}: what is the new date{' of each' if number != 1 else ''}, and who reports on it?")
    if apart := [item for item in results.items if item.disagreement]:  # whose two counts stand above
        asked.append(f"{_titles(apart)}: which is right, the return or the official figure?")
    if changed := results.of(OTHER):
        number = len({_title(item) for item in changed})
        titles = _titles(changed) if number <= NAMED else f"The {number} figures that are changed or different"
        asked.append(f"{titles}: which of these did the services expect, and which need a closer look?")
    if lacking := results.lacking:
        asked.append(f"Who asks the partners for {lacking}?")
    return asked[:MOST]


def since(results: Findings) -> list[str]:
    """What the same rules said a quarter ago of what they say now."""
    asked = [item for item in results.items if item.before]
    rounded = ROUNDED in results.unknown
    if results.empty:
        return []
    if not asked:
        why = ", as counts are rounded for this audience" if rounded else ""
        return [f"No figure could be tested a quarter ago{why}, so nothing can be said to be new or over."]
    but = " Counts that are rounded for this audience are not tested." if rounded else ""
    headings = ("Newly flagged", "No longer flagged", "Flagged a quarter ago, and still")
    return [f"{what}: {_lower(some)}." for what, some in zip(headings, _flagged(results), strict=True) if some] or [
        f"Flagged neither a quarter ago nor now: {_lower(asked)}.{but}"
    ]


def _flagged(results: Findings) -> list[list[Finding]]:
    """What is flagged now and was not a quarter ago, the other way round, and both times."""
    asked = [item for item in results.items if item.before]
    new = [i for i in asked if i.before == SAME != i.kind]
    over = [i for i in asked if i.kind == SAME != i.before]
    return [new, over, [i for i in asked if SAME not in (i.kind, i.before)]]


def _title(item: Finding) -> str:
    return item.title.removesuffix(", beside others")


def _lower(items: list[Finding]) -> str:
    """Titles within a sentence, each once; of many the first, and how many more there are."""
    titles = [t[:1].lower() + t[1:] if t[1:2].islower() else t for t in dict.fromkeys(map(_title, items))]
    return say.series(titles if len(titles) <= MANY else [*titles[:MANY], f"{len(titles) - MANY} more"])


def _titles(items: list[Finding]) -> str:
    titles = _lower(items)
    return titles[:1].upper() + titles[1:]
