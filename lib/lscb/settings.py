"""Where the project's files lie, and its dated settings (standards, disclosure profiles, sources)."""

from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"


class UserError(Exception):
    """A request or an input that cannot be used: one line that says what to do next, never a traceback."""


class Failed(Exception):
    """Something of the project's own that broke, said in one line: not the user's mistake, and nothing for them to
    mend."""


@lru_cache
def read(path: Path) -> dict:
    """The content of a YAML file, read once a process. Callers must not edit what they get."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        """A name given twice is refused: YAML would keep the second of two thresholds without a word."""

        def construct_mapping(self, node, deep=False):
            lines = {}
            for key in (key for key, _ in node.value if key.tag.endswith(":str")):
                if key.value in lines:
                    said = f"{key.value!r} is there already, on line {lines[key.value]}"
                    raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
                lines[key.value] = key.start_mark.line + 1
            return super().construct_mapping(node, deep)

    try:
        with open(path, encoding="utf-8") as file:
            return yaml.load(file, Loader=Loader) or {}
    except FileNotFoundError:
        raise UserError(f"{path.name} is missing from {path.parent}: restore it from the repository.") from None
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise UserError(
            f"{path.name}{line} is not valid YAML: {getattr(error, 'problem', error)}. Mend that line or the one above "
            "it (spaces, never tabs; like its neighbours), or restore the file."
        ) from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not UTF-8 text: save it as UTF-8, or restore it.") from None


def standard(name: str):
    """One setting of data/standards.yml by its dotted name, such as `hrda.repeat.months`.

    A setting that carries its source is a mapping with `value`; the value is returned. Raises KeyError with the
    nearest existing name for one that is not there.
    """
    from difflib import get_close_matches

    found = read(DATA / "standards.yml")
    for step in name.split("."):
        if not isinstance(found, dict) or step not in found:
            near = get_close_matches(step, found, n=1) if isinstance(found, dict) else []
            raise KeyError(f"data/standards.yml has no {name!r}" + (f"; nearest: {near[0]!r}" if near else ""))
        found = found[step]
    return found["value"] if isinstance(found, dict) and "value" in found else found
