"""The command `lscb`. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from lscb.errors import UserError

from .command_options import (
    AREA,
    Area,
    OpenData,
    Out,
    Period,
    Returns,
    Sample,
    asked,
    asked_year,
    folder_to_write,
    path,
)
from .exit_codes import guarded
from .record_commands import circulate, labels, purge, verify
from .run_summary import left_out, not_covering, official_files, print_packs
from .run_summary import report as report_run

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
                  help="Pages and packs for a local safeguarding children partnership.")  # fmt: skip


@app.command()
def run(
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
    only: Annotated[list[str] | None, typer.Option(help="A pack or a notebook; may be repeated.")] = None,
    jobs: Annotated[int, typer.Option(help="Pages at a time; one for each core by default.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Run everything, changed or not.")] = False,
    limit: Annotated[float, typer.Option(help="Seconds a cell may take.")] = 600.0,
    executor: Annotated[str, typer.Option(help="local, or dask for an existing cluster.")] = "local",
    scheduler: Annotated[str, typer.Option(help="Address of the Dask scheduler.")] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="Print each pack as PDF too, with a browser.")] = False,
) -> None:
    """Run the quarter: check returns, build and protect tables, make and check pages, write packs."""
    period, area = asked("run", period, area, sample)
    from .publish.progress import Progress
    from .publish.quarter_run import run as run_quarter
    from .quarter.request import resolve

    request = resolve(
        period,
        area,
        sample=sample,
        returns=returns,
        open_data=open_data,
        out=out,
        only=[name for text in only or [] for name in text.split(",") if name],
        jobs=jobs,
        force=force,
        limit=limit,
        executor=executor,
        scheduler=scheduler,
    )
    official_files(request)
    outcomes = run_quarter(request, Progress(sys.stderr.isatty()))
    print_packs(request if pdf else None)
    raise typer.Exit(report_run(request, outcomes))


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(parser=path, help="Files to check; all of the period's by default.")
    ] = None,
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
    covers_from: Annotated[str, typer.Option(help="First day that the files cover, such as 2016-04-01.")] = "",
) -> None:
    """Check partners' files against the dictionary and say what to fix, file by file."""
    period, area = asked("check", period, area, sample)
    from returncheck import check_command as room

    from .quarter.request import out_folder, there

    if folder := there(open_data, "--open-data"):
        os.environ["LSCB_OPEN_DATA"] = str(folder)
    place = out_folder(out) / "sample" if sample else out
    raise typer.Exit(room.command(files or [], period, area, sample, returns, place, covers_from))


@app.command()
def template(
    name: Annotated[str, typer.Argument(metavar="RETURN", help="A return, such as hrda_referrals.")] = "",
    partner: Annotated[str, typer.Option(help="All returns of a sender instead, such as police.")] = "",
    period: Annotated[str, typer.Option(help="Financial quarter to fill in, such as 2017-18-Q4.")] = "",
    out: Annotated[
        Path | None, typer.Option(parser=folder_to_write, help="Folder to write it to; this one by default.")
    ] = None,
) -> None:
    """Write a workbook to send to a partner: headings with notes, lists, checks and an example row."""
    from returncheck import template as room

    from .quarter.request import typed_period

    quarter = str(typed_period(period)) if period else ""
    typer.echo(f"The template is in {room.command(name, partner, quarter, out)}.")


@app.command()
def tables(
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
    costs: Annotated[
        bool, typer.Option("--costs", help="Print what other thresholds and designs of tables would withhold.")
    ] = False,
) -> None:
    """Build and protect the quarter's tables, without pages."""
    period, area = asked("tables", period, area, sample)
    from .publish.tables_run import tables_only
    from .quarter.request import resolve

    request = resolve(period, area, None, sample=sample, returns=returns, open_data=open_data, out=out)
    official_files(request)
    left_out(request)
    folders = tables_only(request)
    not_covering(request, request.areas)
    for code, folder in folders:
        count = len(list((folder / "working").glob("*.csv")))
        typer.echo(f"{code}: {count} tables in {folder / 'working'}, protected in {folder / 'protected'}.")
        if costs:
            from cellguard.threshold_costs import of_folder

            from .quarter.row_sums import row_sums
            from .quarter.table_designs import costs_of_designs
            from .tables import documentation

            typer.echo(of_folder(folder / "working", documentation(), row_sums))
            typer.echo(
                f"Other designs of the tables (`instead` in data/standards.yml):\n{costs_of_designs(request, code)}"
            )


@app.command()
def fetch(
    period: Period = "",
    area: Area = "",
    open_data: OpenData = None,
    source: Annotated[
        Path | None, typer.Option("--from", parser=path, help="Take the files from a folder instead.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept a file its publisher has replaced.")] = False,
) -> None:
    """Download the official files that a period and area need, and verify them."""
    period, area = asked("fetch", period, area, False)
    from openstats import fetching

    raise typer.Exit(fetching.command(period, area, open_data, source, accept))


@app.command()
def sample(
    out: Annotated[Path, typer.Option(parser=folder_to_write, help="Folder to write it to.")],
    period: Annotated[str, typer.Option(help="Of another quarter, such as 2024-25-Q4.")] = "",
    area: Annotated[str, typer.Option(help="Of another authority: its code, DfE number or name.")] = "",
    open_data: OpenData = None,
    seed: Annotated[int | None, typer.Option(help="Another seed gives other cases with the same totals.")] = None,
    scale: Annotated[int, typer.Option(help="That many times as many rows, for benchmarks.")] = 1,
) -> None:
    """Write an invented quarter of returns: the worked example's, or that of any authority and period."""
    from . import sample as room

    seed = room.SEED if seed is None else seed
    if period or area:
        from openstats.store import store_of

        from .quarter.request import there, typed_period

        held = store_of(there(open_data, "--open-data"))
        room.write_for(out, typed_period(period or room.PERIOD), area or AREA, held, seed)
    else:
        room.write(out, seed=seed, scale=scale)
    typer.echo(f"The invented quarter is in {out}." + " Of what size it is, its README.md says." * bool(area))


@app.command()
def claims(
    file: Annotated[
        Path, typer.Argument(parser=path, help="Claims as JSON, CSV or Excel; or the word read, and then a draft.")
    ],
    draft: Annotated[
        Path | None, typer.Argument(parser=path, help="After read: a draft as .docx, .odt, .html, .md, .txt or .pdf.")
    ] = None,
    format: Annotated[str, typer.Option(help="json, html or xlsx; csv for a list of claims.")] = "json",
    out: Annotated[Path | None, typer.Option(parser=path, help="File to write; standard output by default.")] = None,
    tables: Annotated[
        Path | None, typer.Option(parser=path, help="Folder of protected tables to compare a draft with.")
    ] = None,
    comment: Annotated[
        Path | None, typer.Option(parser=path, help="Copy of a Word draft with the findings as comments.")
    ] = None,
    area: Annotated[str, typer.Option(help="Area of a draft; the authority it names most often by default.")] = "",
    open_data: OpenData = None,
) -> None:
    """Audit printed figures: those of a list of claims, or (claims read DRAFT) those of a draft."""
    if str(file) == "read" and draft is not None:
        from claimcheck.draft_command import command as read

        raise typer.Exit(read(draft, format, out, comment, tables, open_data, area))
    from claimcheck import claim_files as room

    raise typer.Exit(room.command(file, format, out))


@app.command()
def report(
    year: Annotated[str, typer.Option(help="Financial year, such as 2017-18.")] = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
    new: Annotated[
        str, typer.Option("--new", help="A year whose chapters to write for you to fill; nothing else.")
    ] = "",
) -> None:
    """Write the annual report from the year's protected tables and the narrative, or the chapters of a new year."""
    from .publish.report import annual_report as room

    year, area = asked_year(year, area, sample, new)
    if new:
        from .publish.report import narrative_skeleton

        raise typer.Exit(narrative_skeleton.command(new, area))
    raise typer.Exit(room.command(year, area, sample, returns, open_data, out))


for command in (circulate, verify, purge, labels):
    app.command()(command)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the start page: which question, which area and period, and how to change them.

    Notebooks are saved without what they showed, so that no case is kept in them; to see it again, run all cells.
    Options of JupyterLab's own are passed on, such as --no-browser or --port 8890.
    """
    import subprocess

    from openstats.project_data import NOTEBOOKS

    for before, typed in zip(["", *context.args], context.args, strict=False):
        option = typed.startswith("-") and typed.strip("-")[:1].isalpha()
        value = before.startswith("--") and "=" not in before
        if not (option or value) or "contents_manager_class" in typed:
            raise UserError(f"lscb lab opens the project's own notebooks: leave out {typed[:60]!r}.")

    start = NOTEBOOKS / "00_start_here.ipynb"
    saving = "--ServerApp.contents_manager_class=board_packs.lab_files.NotebooksWithoutOutputs"
    settings = (
        f"--LabApp.app_settings_dir={Path(__file__).parent / 'lab_settings'}"  # long lines wrap; no news is fetched
    )
    command = [sys.executable, "-m", "jupyterlab", str(start), f"--notebook-dir={NOTEBOOKS.parent}", saving, settings]
    raise typer.Exit(subprocess.call([*command, *context.args]))


def main() -> None:
    """Runs the command; a user's mistake is one line on standard error and exit code 2, a fault of the project's own
    one line and exit code 1."""
    sys.exit(guarded(app))
