"""Where the project's files lie, and its dated settings (standards, sources and the like), read from data/."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from lscb.errors import UserError
from lscb.strict_yaml import parse

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"


@lru_cache
def read(path: Path) -> dict:
    """The content of a YAML file, read once a process. Callers must not edit what they get.

    Raises UserError, in one line, for a file that is missing, not UTF-8 or not valid YAML.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError:
        raise UserError(f"{path.name} is missing from {path.parent}: restore it from the repository.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not UTF-8 text: save it as UTF-8, or restore it.") from None


def standard(name: str) -> Any:
    """One setting of data/standards.yml by its dotted name, such as `hrda.repeat.months`.

    A setting that carries its source is a mapping with `value`; the value is returned. Raises KeyError with the
    nearest existing name for one that is not there.
    """
    from difflib import get_close_matches

    setting = read(DATA / "standards.yml")
    for step in name.split("."):
        if not isinstance(setting, dict) or step not in setting:
            near = get_close_matches(step, setting, n=1) if isinstance(setting, dict) else []
            raise KeyError(f"data/standards.yml has no {name!r}" + (f"; nearest: {near[0]!r}" if near else ""))
        setting = setting[step]
    return setting["value"] if isinstance(setting, dict) and "value" in setting else setting


def can_be_made(folder: Path, option: str) -> Path:
    """A folder that is there or lies in one that is: of a mistyped path nothing is made. Raises UserError."""
    if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
        raise UserError(f"{option} {folder}: there is no such folder, nor one to make it in: correct it.")
    return folder
