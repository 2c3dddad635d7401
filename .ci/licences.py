"""Writes LICENSES.md: the licence that each package of requirements.lock declares, and that of every open data set."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
ELSEWHERE = "not installed on the system this list was made on (the lock has it for others)"
HEAD = """# Licences

The code of this repository is under the MIT licence (`LICENSE`). It contains none of the packages below; `make`
installs them as they are published. `make licences` writes this file anew from the lock and `data/sources.yml`.
"""


def packages() -> dict[str, list[str]]:
    """Each package of the lock with its versions: more than one where they differ by Python."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return versions


def licence(package: str) -> str:
    """What the installed package declares: its expression, else its classifiers, else the first line of its text."""
    try:
        declared = metadata(package)
    except PackageNotFoundError:
        return ELSEWHERE
    classified = [c.rpartition(" :: ")[2] for c in declared.get_all("Classifier", []) if c.startswith("License ::")]
    text = (declared["License"] or "").strip().partition("\n")[0]
    return declared["License-Expression"] or "; ".join(classified) or text or "says none"


def page() -> str:
    """The whole of LICENSES.md."""
    lines = [HEAD, "## Packages", "", "| package | version | licence it declares |", "|---|---|---|"]
    lines += [f"| {name} | {', '.join(versions)} | {licence(name)} |" for name, versions in sorted(packages().items())]
    data = yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))
    lines += ["", "## Open data", "", "| data set | publisher | licence |", "|---|---|---|"]
    lines += [f"| {s['title']} | {s['publisher']} | {s['licence']} |" for s in data["sets"].values()]
    lines += ["", *(f"- `{key}`: {name['name']}. {name['attribution']}" for key, name in data["licences"].items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "LICENSES.md").write_text(page(), encoding="utf-8")
