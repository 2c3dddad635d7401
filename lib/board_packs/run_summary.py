"""What a run prints at its end: who sent nothing, what was released, every problem, where the packs are."""

from __future__ import annotations

import typer


def report(request, outcomes) -> int:
    """Prints it; the exit code: 0 where all was released, 1 otherwise."""
    many = len(outcomes) > 1
    left_out(request)
    for outcome in outcomes:
        if outcome.manifest:
            summary(request, outcome)
        for problem in outcome.problems:
            typer.echo(f"{outcome.area + ': ' if many else ''}{problem}", err=True)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def left_out(request) -> None:
    """Of `--area all`, who has sent nothing."""
    from openstats import authorities as areas

    if gone := [areas.name(code) for code in request.left_out]:
        names = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if gone[3:] else "")
        typer.echo(f"{len(gone)} authorities without a folder of returns were left out: {names}.", err=True)


def summary(request, outcome) -> None:
    """What was made of one area, and where its packs are."""
    from openstats import authorities as areas

    from .quarter.request import shown

    name = areas.name(outcome.area)
    if outcome.unchanged:
        typer.echo(f"{name} {request.period}: nothing has changed; every output is whole.")
    else:
        pages = outcome.manifest.get("pages", [])
        released = sum(page["status"] == "released" for page in pages)
        reused = sum(page["reused"] for page in pages)
        kept = f" ({reused} unchanged)" if reused else ""
        seconds = outcome.manifest.get("seconds", 0)
        typer.echo(f"{name} {request.period}: {released} of {len(pages)} pages released{kept} in {seconds:.1f} s.")
    for pack, answer in outcome.manifest.get("packs", {}).items():
        if answer["status"] == "released":
            typer.echo(f"  {shown(request.folder(outcome.area) / 'packs' / pack / 'index.html')}")
