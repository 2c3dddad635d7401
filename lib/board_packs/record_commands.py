"""Commands about what is kept of a run: circulate, verify, purge, labels."""

from __future__ import annotations

from typing import Annotated

import typer

from .command_options import Area, Out, Period, Returns, Sample, asked


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
    period, area = asked("circulate", period, area, sample)
    from .publish import circulation

    request, code = circulation.asked(period, area, sample, out)
    if withdraw:
        typer.echo(circulation.withdraw(pack, signed_off_by, reason, request, code))
    else:
        typer.echo(circulation.circulate(pack, signed_off_by, request, code))


def verify(period: Period = "", area: Area = "", sample: Sample = False, out: Out = None) -> None:
    """Check that what runs left, and what was recorded as circulated, is as it was written."""
    period, area = asked("verify", period, area or "all", sample)
    from .publish.verify import verify as check_all
    from .quarter.request import of_kept_runs

    right, wrong = check_all(*of_kept_runs(period, area, out, sample))
    for line in right:
        typer.echo(line)
    for line in wrong:
        typer.echo(line, err=True)
    raise typer.Exit(1 if wrong else 0)


def purge(
    period: Period,
    area: Area = "all",
    out: Out = None,
    returns: Returns = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    and_returns: Annotated[bool, typer.Option("--and-returns", help="Remove the partners' files too.")] = False,
) -> None:
    """Remove what runs of a period keep of cases, and say what was removed, what stays and why."""
    from .publish.purge import purge as remove
    from .quarter.request import of_kept_runs, there

    for line in remove(*of_kept_runs(period, area, out), dry_run, and_returns, there(returns, "--returns")):
        typer.echo(line)


def labels(
    period: Period = "",
    area: Area = "",
    sample: Sample = False,
    returns: Returns = None,
    approve: Annotated[list[str] | None, typer.Option(help="FIELD=LABEL to print; may be repeated.")] = None,
    quarter: Annotated[
        str, typer.Option(help="RETURN=QUARTER without a row; --as says left out, or nothing came.")
    ] = "",
    name: Annotated[str, typer.Option("--as", help="Print the label as this; Other joins it to the rest.")] = "",
    overrule: Annotated[str, typer.Option(help="PAGE=TEXT that may leave, though it looks like an identifier.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    reason: Annotated[str, typer.Option(help="Why a refusal is overruled.")] = "",
) -> None:
    """Show the words in returns that nobody has approved for pages yet; approve, rename, overrule or settle."""
    period, area = asked("labels", period, area, sample)
    from .publish.label_command import decide, shown

    if approve or overrule or quarter:
        for line in decide(period, area, [*(approve or [])], name, overrule, quarter, (by, reason)):
            typer.echo(line)
    else:
        for line in shown(period, area, sample, returns):
            typer.echo(line)
