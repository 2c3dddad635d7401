"""Where a page's figures come from, and what changed in how they are counted."""

from __future__ import annotations

from html import escape

from ..quarter import run_files as files
from .book import Book, Html


def about(book: Book) -> dict:
    """What stands beside a book's tables about their origin; empty where a folder says nothing."""
    for folder in (book.folder, book.folder.parent, book.folder.parent.parent):
        path = folder / "about.json"
        if path.is_file() and (origin := files.read_json(path)) is not None:  # a run's page may open no other folder's
            return origin
    return {}


def stamp(book: Book) -> Html:
    """Where the page's figures come from: the returns and open data that its tables were made from, and the version.

    Only what the tables read so far on the page were made from: put it last. A guarded page says no more of a return
    than that it came: a hash, a size or a count of rows would confirm a guess at what is withheld. The number of the
    run at the foot of the page leads to them, and to the hash of the code, in the manifest, which stays inside.
    """
    from openstats.project_data import DATA, read
    from returncheck import dictionary

    from ..quarter.pack_settings import guarded

    origin = about(book)
    names = book.used or set(origin.get("reads", {}))
    called = {name: each.title for name, each in dictionary.load().items()}
    returns = sorted({called.get(r, r) for t in names for r in origin.get("reads", {}).get(t, [])})
    there = {t for t in names if not (t in book.used and book[t].absent)}  # a file that is not held gave nothing
    sets = sorted({s for t in there for s in origin.get("open_data", {}).get(t, [])})
    receipts = [line | {"return": called.get(line.get("return"), "")} for line in origin.get("receipt", [])]
    receipts = [line for line in receipts if line["return"] in returns]
    if book.audience in guarded():
        came = sorted({line["return"] for line in receipts})
        lines = [("Return" + (" (invented)" if book.sample else ""), name) for name in came]
    else:
        lines = [("Return" + (" (invented)" if book.sample else ""), _receipt(line)) for line in receipts]
    for name in sorted(set(returns) - {line["return"] for line in receipts}):
        lines.append(("Return", f"{name}: not received"))
    sources = read(DATA / "sources.yml") if sets else {}
    lines += [("Open data", _source(name, sources.get("sets", {}).get(name, {}))) for name in sets]
    lines.append(("Calculated with", f"lscb {origin.get('version', '')}"))
    rows = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in lines)
    title = '<h2 id="provenance">Where these figures come from</h2>'
    section = Html(f'<section class="provenance" aria-labelledby="provenance">{title}<dl>{rows}</dl></section>')
    if book.derived:
        section.metadata = {"lscb": {"derived": sorted(set(book.derived))}}  # read by the run (see page_outputs)
    return section


def _receipt(line: dict) -> str:
    """A return with its rows, for those who may see cases. Its hash stands in the manifest, which the run's number finds:
    of twelve hexadecimal digits some look like a telephone, and the page would be refused."""
    counts = [f"{line[kind]:,} {kind}" for kind in ("received", "accepted", "refused") if line.get(kind) is not None]
    return f"{line['return']}: {', '.join(counts)}" if counts else line["return"]


def _source(name: str, known: dict) -> str:
    parts = [known.get("publisher"), known.get("title") or known.get("release") or name.replace("_", " ")]
    vintage = known.get("vintage")
    return ", ".join(str(p) for p in [*parts, vintage] if p)


def changes(book: Book, notebook: str = "") -> Html:
    """What changed in how a page's figures are counted since a pack of the area was circulated last; where none was, what
    the newest version brought (data/method_changes.yml).

    A change with `pages` concerns those notebooks; another concerns every page. `notebook` is the page's name, such as
    `40_hrda`; without it every change is printed.
    """
    from openstats.project_data import DATA, read

    methods, last = read(DATA / "method_changes.yml"), about(book).get("circulated", "")
    since = "the last pack was circulated" if last else "the version before"
    newer = (
        {name for name, month in methods["versions"].items() if month >= last[:7]}
        if last
        else {[*methods["versions"]][-1]}
    )
    concerned = [
        entry["text"]
        for entry in methods["changes"]
        if entry["since"] in newer and not (notebook and entry.get("pages") and int(notebook[:2]) not in entry["pages"])
    ]
    if not concerned:
        return Html(f"<p>Nothing in how these figures are counted has changed since {since}.</p>")
    return Html(f"<p>Since {since}:</p><ul>" + "".join(f"<li>{escape(text)}</li>" for text in concerned) + "</ul>")
