"""What a run prints at its end: who sent nothing, what was released, every problem, where the packs are."""

from __future__ import annotations

from pathlib import Path

import typer


def print_packs(request) -> None:
    """Prints every released pack of a finished run as PDF, after the run and outside its time; of None, nothing."""
    if request is None:
        return
    from .publish import pdf_printing

    if pdf_printing.browser() is None:
        typer.echo(pdf_printing.NONE, err=True)
    for area in request.areas:
        for pack in request.packs:
            pdf_printing.print_pack(request.folder(area), pack)


def report(request, outcomes) -> int:
    """Prints it; the exit code: 0 where all was released, 1 otherwise."""
    many = len(outcomes) > 1
    left_out(request)
    not_covering(request, [outcome.area for outcome in outcomes if outcome.manifest])
    for outcome in outcomes:
        if outcome.manifest:
            summary(request, outcome)
            for line in unsettled(outcome.manifest):
                typer.echo(f"{line}. No pack with it can be circulated before.", err=True)
        for problem in outcome.problems:
            typer.echo(f"{outcome.area + ': ' if many else ''}{problem}", err=True)
    if any("looks like" in problem for outcome in outcomes for problem in outcome.problems):
        typer.echo(
            "A refused page lies in quarantine/ of its area's folder. Mend its words, or let it leave as it is: lscb labels "
            '--period P --area A --overrule "PAGE=TEXT" --by NAME --reason TEXT',
            err=True,
        )
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def unsettled(manifest: dict) -> list[str]:
    """What a person has to say of an area's quarters without a row, of whichever audience's packs."""
    attacks = manifest.get("disclosure", {}).get("attacks", {}).values()
    return [*dict.fromkeys(line for answer in attacks for line in answer.get("unsettled", []))]


WORKED_EXAMPLE = "E06000045"  # of which data/reference has what its pages need


def official_files(request) -> None:
    """Says, before a run, which official figures are not there, what pages will lack, and the command that gets them."""
    from openstats.open_data_folder import not_held
    from openstats.sources import OPEN, sources

    from .quarter.request import shown

    areas = [area for area in request.areas if area != WORKED_EXAMPLE]
    gone = not_held(request.open_data)
    serves = {name: source.serves.partition(";")[0] for name, source in sources().items()}
    there = {serves[name] for name in set(serves) - {source.name for source in gone}}
    lacking = [text for source in gone if (text := serves[source.name]) not in there]
    if not lacking or not areas:
        return
    where = f" --open-data {request.open_data}" if request.open_data else ""
    place = ",".join(areas) if len(areas) < 10 else "all"
    typer.echo(
        f"Official figures that are not in {shown(request.open_data or OPEN)}, so that pages go without: "
        f"{', '.join(dict.fromkeys(lacking))}. To get them, once: lscb fetch --period {request.period} --area {place}"
        f"{where} (where this computer may not download, it writes a page of links for a browser), then run again.",
        err=True,
    )


def left_out(request) -> None:
    """Of `--area all`, who has sent nothing."""
    from openstats import authorities as areas
    from openstats.sources import number_of

    if gone := [areas.name(code) for code in request.left_out]:
        names = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if gone[3:] else "")
        typer.echo(
            f"{number_of(len(gone), 'authority', 'authorities')} without a folder of returns: {names}.",
            err=True,
        )


def not_covering(request, codes) -> None:
    """Of each area, which of its returns cannot be meant: without a row of the quarter, begun later, of another
    authority's neighbourhoods; and how many files were of no use."""
    from openstats import authorities as areas
    from openstats.sources import number_of

    yearly = "" if str(request.period).endswith("Q4") else ", or of a whole year and still to come"
    for code in codes:
        old, other, unused = _received(request.folder(code))
        lines = []
        if old:
            they = "does not" if len(old) == 1 else "do not"
            lines.append(
                f"{_some(old)} {they} cover {request.period}, so no figure of it is made from what came: is it from "
                f"another quarter{yearly}?"
            )
        if other:
            lines.append(
                f"most neighbourhoods of {_some(other)} lie outside the area, and figures are made of them: are they "
                "another authority's?"
            )
        if unused:
            lines.append(f"nothing was used of {number_of(unused, 'file')}.")
        for line in lines:
            typer.echo(f"{areas.name(code)}: {line} Page 99 and lscb check say more.", err=True)


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")


def _received(folder: Path) -> tuple[list[str], list[str], int]:
    """From a run's own table: the returns that do not cover the quarter, those of elsewhere, and the files of no use."""
    import csv

    path = folder / "working" / "returns_received.csv"
    if not path.is_file():
        return [], [], 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    old, other = (
        [row["return"] for row in rows if row["measure"] == name and row["return"] != "Total"]
        for name in ("returns_not_covering", "returns_elsewhere")
    )
    return old, other, sum(int(float(row["count"])) for row in rows if row["measure"] == "returns_files_unused")


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
