"""`lscb labels`: words that partners typed, before they stand on a page."""

from __future__ import annotations

from pathlib import Path

from lscb.errors import UserError
from openstats.project_data import NOTEBOOKS

from ..quarter import labels, pack_settings
from ..quarter.receiving import receive
from ..quarter.request import area_codes, resolve, typed_period
from ..quarter.request import shown as written


def shown(period: str, area: str, sample: bool, returns: Path | None) -> list[str]:
    """What is new in a period's returns, with where it stands, and what looks like an identifier and why."""
    request = resolve(period, area, None, sample=sample, returns=returns)
    received = receive(request, checked=False)
    lines = []
    for code in request.areas:
        new = labels.new(received, code, labels.load(code))
        lines += labels.lines(new)
        if new:
            lines.append(
                f"{len(new)} new in {written(request.returns)}. Approve one: lscb labels --area {code} "
                '--approve "FIELD=LABEL" --by NAME'
            )
    return lines or ["Every word in these returns is in the project's lists, or was approved."]


def decide(
    period: str, area: str, approve: list[str], name: str, overrule: str, quarter: str, by_and_why: tuple[str, str]
) -> list[str]:
    """Writes down what a person decided for one area. Returns what to say of it."""
    codes = area_codes(area, typed_period(period))
    if len(codes) != 1:
        raise UserError(f"--area {area!r}: name one authority.")
    by, reason = by_and_why
    lines = []
    if quarter:
        returned, day = _parted(quarter, "--quarter", "RETURN=QUARTER")
        labels.settle(codes[0], returned, day, name, by)
        lines.append(f"{returned} of {day}: {name}. Run again: pages go by it whatever is withheld.")
    for text in approve:
        field, label = _parted(text, "--approve", "FIELD=LABEL")
        labels.approve(codes[0], field, label, by, name)
        lines.append(f"Approved {label!r} of {field}{f', printed as {name!r}' if name else ''}: run again to print it.")
    if overrule:
        page, text = _parted(overrule, "--overrule", "PAGE=TEXT")
        pages = [book.stem for book in pack_settings.notebooks(NOTEBOOKS).values()]
        if page not in ["report", *pages, *(name[:2] for name in pages)]:
            raise UserError(f"--overrule {page!r}: there is no such page; there are report, {', '.join(pages)}.")
        labels.overrule(codes[0], page, text, by, reason)
        lines.append(f"{page} may leave with that text: run again. The manifest has your name and reason.")
    return lines


def _parted(text: str, option: str, form: str) -> tuple[str, str]:
    first, sign, rest = text.partition("=")
    if not sign or not first.strip() or not rest.strip():
        raise UserError(f"{option} {text!r}: write it as {form}.")
    return first.strip(), rest.strip()
