"""A page's sections: what folds, what stands in the list of contents, and the place of a pack's links.

Folds are `<details>`: without scripts they open and close, and print in place; the page's script prints them as an annex.
"""

from __future__ import annotations

import re
from html import escape, unescape

METHOD = ("How this is counted", "What this cannot tell you", "What changed in method", "Where these figures come from")
TOGETHER = "How this is counted, its limits and its sources"  # what follows another of METHOD is in one fold with it
IN_DETAIL = "In detail"  # beginnings of second headings; what stands below them is for those who ask
MAIN = '<main id="main" tabindex="-1">'
PACK_LINKS = '<nav class="pack-links" aria-label="This pack"></nav>'  # a pack puts its own links in this place
SECTION = re.compile(r"(?=<h2>)|(?=<section class=\"provenance\")")
HEADING = re.compile(r"\A<h2>(.*?)</h2>", re.DOTALL)
PROVENANCE = re.compile(r"\A<section class=\"provenance\"[^>]*><h2[^>]*>(.*?)</h2>(.*?)</section>(.*)\Z", re.DOTALL)
ANSWER = re.compile(r'(?<=<p class="answer">)[^<]*')
TEXT = re.compile(r'(?<=<p>)[^<]+|(?<=<li>)[^<]+|(?<=<p class="answer">)[^<]+')
PERIOD = re.compile(r"\bmid-\d{4}\b|\b\d{4}-\d\d\b")
WHOLE = r'<span class="whole">\g<0></span>'  # not to be broken in two
PARAGRAPH = re.compile(r"<p>([^<]{30,})</p>\s*")
WITHOUT = re.compile(r"<p>([^<:]+): (The [^<]+ return [^<]+)</p>\s*")  # the caption of a table, why it is not there
SHOWS = re.compile("<table|<svg|<ul|<section")  # what a section has beside its text
FEW = 3  # sections from which a list of contents helps


def arranged(page: str) -> str:
    """A finished page with its contents listed, and the sections for those who ask folded, those of METHOD as one."""
    head, main, rest = page.partition(MAIN)
    body, end, foot = rest.rpartition("</main>")
    if not main or not end:
        return page
    first, *sections = SECTION.split(body)
    opened: list[tuple[str, str]] = []
    parts: list[str] = []
    method: list[tuple[str, str]] = []  # sections of METHOD that follow each other
    for number, text in enumerate(_once(first, sections), 1):
        method, rest = ([*method, asked[:2]], asked[2]) if (asked := _method(text)) else (method, text)
        if rest or not asked:
            parts += [_together(method), _section(rest, number, opened)]
            method = []
    parts.append(_together(method))
    unbroken = TEXT.sub(lambda text: PERIOD.sub(WHOLE, text[0]), f"{first}{_contents(opened)}{''.join(parts)}")
    return f"{head}{main}\n{PACK_LINKS}{unbroken}{end}{foot}"


def _method(text: str) -> tuple[str, str, str] | None:
    """Heading and body of a section of METHOD, and what follows it; None of any other."""
    if where := PROVENANCE.match(text):
        return where[1], f'<div class="provenance">{where[2]}</div>', where[3].strip()
    heading = HEADING.match(text)
    there = heading and unescape(heading[1]).startswith(METHOD)
    return (heading[1], text[heading.end() :], "") if heading and there else None


def _together(sections: list[tuple[str, str]]) -> str:
    """Sections of METHOD in one fold."""
    if len(sections) < 2:
        return "".join(fold(*each) for each in sections)
    return fold(TOGETHER, "".join(f"<h3>{words}</h3>{body}" for words, body in sections))


def _once(first: str, sections: list[str]) -> list[str]:
    """The sections with each paragraph once, such as why a return is not there: one that the answer or an earlier paragraph
    has is left out, and with it a section that shows nothing else."""
    answer = ANSWER.search(first)
    seen = {unescape(answer[0]).partition("This cannot be answered. ")[2].strip()} if answer else set()
    kept = []
    for text in sections:
        heading = HEADING.match(text)
        again: list[str] = []

        def once(match: re.Match, again: list[str] = again) -> str:
            words = unescape(match[1]).strip()
            again += [words] * (words in seen)
            seen.add(words)
            return "" if words in again else match[0]

        left = PARAGRAPH.sub(once, text)
        folds = heading and unescape(heading[1]).startswith((*METHOD, IN_DETAIL))
        if not again or folds or SHOWS.search(left):
            kept.append(left)
    return kept


def _captions_together(text: str) -> str:
    """A section whose tables are not there for one reason says it once, after their captions."""
    captions: dict[str, str] = {}
    for caption, reason in WITHOUT.findall(text):
        before = captions.get(reason, "")
        beginning = (
            f"{before.partition('; ')[0].rpartition(', ')[0]}, "  # of the first: `Reviews in 2017-18, by age; by sex`
        )
        captions[reason] = f"{before}; {caption.removeprefix(beginning)}" if before else caption
    return WITHOUT.sub(lambda match: f"<p>{of}: {match[2]}</p>\n" if (of := captions.pop(match[2], "")) else "", text)


def _section(text: str, number: int, opened: list[tuple[str, str]]) -> str:
    """One section: folded, or with an address that the contents lead to."""
    heading = HEADING.match(text)
    if not heading:
        return text
    words, body = heading[1], _captions_together(text[heading.end() :])
    if not body.strip():
        return ""  # nothing came of it, such as a question to ask
    if unescape(words).startswith(IN_DETAIL):
        words = words.removeprefix("In detail: ")
        return fold(words[:1].upper() + words[1:], body)
    opened.append((f"section-{number}", words))
    return f'<h2 id="section-{number}">{words}</h2>{body}'


def fold(words: str, body: str, kind: str = "method") -> str:
    """A section that opens when asked to; `words` and `body` are HTML."""
    return f'<details class="fold {kind}"><summary><h2>{words}</h2></summary>{body}</details>\n'


def _contents(opened: list[tuple[str, str]]) -> str:
    if len(opened) < FEW:
        return ""
    lines = "".join(f'<li><a href="#{place}">{words}</a></li>' for place, words in opened)
    return f'<nav class="on-this-page" aria-label="On this page"><ul>{lines}</ul></nav>\n'


def with_links(page: str, before: tuple[str, str] | None, after: tuple[str, str] | None) -> str:
    """A page of a pack with links to the page before it, to the pack, and to the page after it: (file, title) each."""
    lines = [f'<a rel="prev" href="{escape(before[0])}" title="{escape(before[1])}">← Previous</a>'] if before else []
    lines.append('<a href="index.html">All pages</a>')
    lines += [f'<a rel="next" href="{escape(after[0])}" title="{escape(after[1])}">Next →</a>'] if after else []
    links = f'<nav class="pack-links" aria-label="This pack">{" ".join(lines)}</nav>'
    return page.replace(PACK_LINKS, links, 1)
