"""The command `lscb`. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lscb.errors import Failed, UserError

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
                  help="Pages and packs for a local safeguarding children partnership.")  # fmt: skip

Period = Annotated[str, typer.Option(help="Financial quarter, such as 2017-18-Q4.")]
Area = Annotated[str, typer.Option(help="GSS code, several with commas between them, or all.")]
Returns = Annotated[Path | None, typer.Option(envvar="LSCB_RETURNS", help="Folder of the partners' files.")]
OpenData = Annotated[Path | None, typer.Option(envvar="LSCB_OPEN_DATA", help="Folder of official files.")]
Out = Annotated[Path | None, typer.Option(envvar="LSCB_OUT", help="Folder for everything a run makes.")]
Sample = Annotated[bool, typer.Option("--sample", help="Use the invented quarter; every page says so.")]
PERIOD, AREA = "2017-18-Q4", "E06000045"  # of the invented quarter; of real returns none is taken for granted


def _asked(command: str, period: str, area: str, sample: bool) -> tuple[str, str]:
    """Period and area as the project writes them. Raises UserError, with what to type, where one is missing."""
    from .quarter.request import typed_period, which

    if sample:
        period, area = period or PERIOD, area or AREA
    if not period or not area:
        raise UserError(which(command, period, area))
    return str(typed_period(period)), area


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
) -> None:
    """Run the quarter: check returns, build and protect tables, make and check pages, write packs."""
    period, area = _asked("run", period, area, sample)
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
    outcomes = run_quarter(request, Progress(sys.stderr.isatty()))
    many = len(outcomes) > 1
    _left_out(request)
    for outcome in outcomes:
        if outcome.manifest:
            _summary(request, outcome)
        for problem in outcome.problems:
            typer.echo(f"{outcome.area + ': ' if many else ''}{problem}", err=True)
    raise typer.Exit(1 if any(outcome.problems for outcome in outcomes) else 0)


def _left_out(request) -> None:
    """Of `--area all`, who has sent nothing."""
    from openstats import authorities as areas

    if gone := [areas.name(code) for code in request.left_out]:
        names = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if gone[3:] else "")
        typer.echo(f"{len(gone)} authorities without a folder of returns were left out: {names}.", err=True)


def _summary(request, outcome) -> None:
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


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to check; all of the period's by default.")] = None,
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    out: Out = None,
    covers_from: Annotated[str, typer.Option(help="First day that the files cover, such as 2016-04-01.")] = "",
) -> None:
    """Check partners' files against the dictionary and say what to fix, file by file."""
    period, area = _asked("check", period, area, sample)
    from returncheck import check_command as room

    raise typer.Exit(room.command(files or [], period, area, sample, returns, out, covers_from))


@app.command()
def template(
    name: Annotated[str, typer.Argument(metavar="RETURN", help="A return, such as hrda_referrals.")] = "",
    partner: Annotated[str, typer.Option(help="All returns of a sender instead, such as police.")] = "",
    period: Annotated[str, typer.Option(help="Financial quarter to fill in, such as 2017-18-Q4.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to write it to; this one by default.")] = None,
) -> None:
    """Write a workbook to send to a partner: headings with notes, lists, checks and an example row."""
    from returncheck import template as room

    typer.echo(f"The template is in {room.command(name, partner, period, out)}.")


@app.command()
def tables(
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
    costs: Annotated[bool, typer.Option("--costs", help="Print what other thresholds would withhold.")] = False,
) -> None:
    """Build and protect the quarter's tables, without pages."""
    period, area = _asked("tables", period, area, sample)
    from .publish.tables_run import tables_only
    from .quarter.request import resolve

    request = resolve(period, area, None, sample=sample, returns=returns, open_data=open_data, out=out)
    _left_out(request)
    for code, folder in tables_only(request):
        count = len(list((folder / "working").glob("*.csv")))
        typer.echo(f"{code}: {count} tables in {folder / 'working'}, protected in {folder / 'protected'}.")
        if costs:
            from cellguard.threshold_costs import of_folder

            from .tables import documentation

            typer.echo(of_folder(folder / "working", documentation()))


@app.command()
def fetch(
    period: Period = "",
    area: Area = "",
    open_data: OpenData = None,
    source: Annotated[Path | None, typer.Option("--from", help="Take the files from a folder instead.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept a file its publisher has replaced.")] = False,
) -> None:
    """Download the official files that a period and area need, and verify them."""
    period, area = _asked("fetch", period, area, False)
    from openstats import fetching

    raise typer.Exit(fetching.command(period, area, open_data, source, accept))


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Folder to write it to.")],
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
        from lscb.periods import Quarter

        from .quarter.receiving import store
        from .quarter.request import there

        held = store(there(open_data, "--open-data"))
        room.write_for(out, Quarter.parse(period or room.PERIOD), area or "E06000045", held, seed)
    else:
        room.write(out, seed=seed, scale=scale)
    typer.echo(f"The invented quarter is in {out}.")


@app.command()
def claims(
    file: Annotated[Path, typer.Argument(help="Claims as JSON, CSV or Excel; or the word read, and then a draft.")],
    draft: Annotated[
        Path | None, typer.Argument(help="After read: a draft as .docx, .odt, .html, .md, .txt or .pdf.")
    ] = None,
    format: Annotated[str, typer.Option(help="json, html or xlsx; csv for a list of claims.")] = "json",
    out: Annotated[Path | None, typer.Option(help="File to write; standard output by default.")] = None,
    tables: Annotated[Path | None, typer.Option(help="Folder of protected tables to compare a draft with.")] = None,
    comment: Annotated[Path | None, typer.Option(help="Copy of a Word draft with the findings as comments.")] = None,
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
    year: Annotated[str, typer.Option(help="Financial year, such as 2017-18.")] = "2017-18",
    area: Area = AREA,
    sample: Sample = False,
    returns: Returns = None,
    open_data: OpenData = None,
    out: Out = None,
) -> None:
    """Write the annual report from the year's protected tables and the narrative."""
    from .publish.report import annual_report as room

    raise typer.Exit(room.command(year, area, sample, returns, open_data, out))


@app.command()
def circulate(
    pack: Annotated[str, typer.Argument(help="The pack that was given out.")],
    signed_off_by: Annotated[str, typer.Option(help="Who signed it off, or withdraws it.")],
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    out: Out = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Record that it was called back.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is withdrawn.")] = "",
) -> None:
    """Record that a pack was circulated: from then on its readers are assumed to know it."""
    period, area = _asked("circulate", period, area, sample)
    from .publish import circulation

    request, code = circulation.asked(period, area, sample, out)
    if withdraw:
        typer.echo(circulation.withdraw(pack, signed_off_by, reason, request, code))
    else:
        typer.echo(circulation.circulate(pack, signed_off_by, request, code))


@app.command()
def verify(period: Period = PERIOD, area: Area = "all", sample: Sample = False, out: Out = None) -> None:
    """Check that what runs left, and what was recorded as circulated, is as it was written."""
    from .publish.verify import verify as check_all
    from .quarter.request import of_kept_runs

    right, wrong = check_all(*of_kept_runs(period, area, out, sample))
    for line in right:
        typer.echo(line)
    for line in wrong:
        typer.echo(line, err=True)
    raise typer.Exit(1 if wrong else 0)


@app.command()
def purge(
    period: Period,
    area: Area = "all",
    out: Out = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    and_returns: Annotated[bool, typer.Option("--and-returns", help="Remove the partners' files too.")] = False,
) -> None:
    """Remove what runs of a period keep of cases, and say what was removed, what stays and why."""
    from .publish.purge import purge as remove
    from .quarter.request import of_kept_runs

    for line in remove(*of_kept_runs(period, area, out), dry_run, and_returns):
        typer.echo(line)


@app.command()
def labels(
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    approve: Annotated[list[str] | None, typer.Option(help="FIELD=LABEL to print; may be repeated.")] = None,
    name: Annotated[str, typer.Option("--as", help="Print the label as this; Other joins it to the rest.")] = "",
    overrule: Annotated[str, typer.Option(help="PAGE=TEXT that may leave, though it looks like an identifier.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    reason: Annotated[str, typer.Option(help="Why a refusal is overruled.")] = "",
) -> None:
    """Show the words in returns that nobody has approved for pages yet; approve, rename or overrule."""
    period, area = _asked("labels", period, area, sample)
    from .publish.label_command import decide, shown

    if approve or overrule:
        for line in decide(period, area, [*(approve or [])], name, overrule, (by, reason)):
            typer.echo(line)
    else:
        for line in shown(period, area, sample, returns):
            typer.echo(line)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the start page: which question, which area and period, and how to change them.

    Options of JupyterLab's own are passed on, such as --no-browser or --port 8890.
    """
    import subprocess

    from openstats.project_data import NOTEBOOKS

    start = NOTEBOOKS / "00_start_here.ipynb"
    command = [sys.executable, "-m", "jupyterlab", str(start), f"--notebook-dir={NOTEBOOKS.parent}", *context.args]
    raise typer.Exit(subprocess.call(command))


def main() -> None:
    """Runs the command; a user's mistake is one line on standard error and exit code 2, a fault of the project's own
    one line and exit code 1."""
    try:
        app()
    except UserError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except Failed as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        typer.echo(f"{error.strerror or error}{': ' + str(error.filename) if error.filename else ''}", err=True)
        sys.exit(2)
