"""The options that commands share, and what stands for one that was not typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lscb.errors import UserError


def path(text: str) -> Path:
    """A path as it was typed. Raises UserError for what no file or folder can be called: blank, with characters that
    nobody sees, too long, in a home that nobody has, or a link that leads nowhere."""
    unseen = any(not c.isprintable() and not "\udc80" <= c <= "\udcff" for c in text)  # those are bytes of old names
    long = len(text) > 1000 or any(len(os.fsencode(part)) > 255 for part in Path(text).parts)
    try:
        if unseen or long or not text.strip():
            raise ValueError(text)
        place = Path(text).expanduser()  # RuntimeError: of nobody's home
        if place.is_symlink():
            place.resolve(strict=True)
    except (ValueError, RuntimeError, OSError) as error:
        raise UserError(f"{text[:60]!r} is no name of a file or folder: copy it from your file manager.") from error
    return place


def folder_to_write(text: str) -> Path:
    """A folder to write to, as it was typed. Raises UserError as `path` does, and where nothing is there to make it in."""
    from openstats.project_data import can_be_made

    return can_be_made(path(text), "--out")


Period = Annotated[str, typer.Option(help="Financial quarter, such as 2017-18-Q4.")]
Area = Annotated[str, typer.Option(help="Code, DfE number or name; several with commas between them; or all.")]
Returns = Annotated[
    Path | None, typer.Option(parser=path, envvar="LSCB_RETURNS", help="Folder of the partners' files.")
]
OpenData = Annotated[Path | None, typer.Option(parser=path, envvar="LSCB_OPEN_DATA", help="Folder of official files.")]
Out = Annotated[
    Path | None, typer.Option(parser=folder_to_write, envvar="LSCB_OUT", help="Folder for everything a run makes.")
]
Sample = Annotated[bool, typer.Option("--sample", help="Use the invented quarter; every page says so.")]
PERIOD, AREA = "2017-18-Q4", "E06000045"  # of the invented quarter; of real returns none is taken for granted


def asked(command: str, period: str, area: str, sample: bool) -> tuple[str, str]:
    """Period and area as the project writes them. Raises UserError, with what to type, where one is missing."""
    from .quarter.request import typed_period, which

    if sample:
        period, area = period or PERIOD, area or AREA
    if not period or not area:
        raise UserError(which(command, period, area))
    return str(typed_period(period)), area


def asked_year(year: str, area: str, sample: bool, new: str = "") -> tuple[str, str]:
    """Year and area of an annual report, or of `new` chapters. Raises UserError, with what to type, where one is missing
    or both years are typed."""
    if year and new:
        raise UserError("--year makes a year's report, --new writes chapters for a year to come: type one of them.")
    year = year or new
    if sample:
        year, area = year or PERIOD[:7], area or AREA
    missing = " and ".join(name for name, typed in (("--year", year), ("--area", area)) if not typed)
    if missing:
        example = f"lscb report --year {year or '2024-25'} --area {area or 'Southampton'}"
        raise UserError(f"Which {missing}? For one: {example} (or --sample for the invented quarter).")
    return year, area
