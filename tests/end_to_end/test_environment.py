"""The environment's three descriptions agree, and nothing in the repository names where packages come from."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_environment_yml_carries_the_bounds_of_pyproject():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    stated = {d for d in conda if isinstance(d, str)}
    wanted = {*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["build"]}
    assert stated == wanted | {"python" + PROJECT["requires-python"], "pip"}


def pinned(lock: str) -> dict[str, list[str]]:
    """Package name to the lines of its entry."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    return {e.split("==")[0].strip().lower(): e.splitlines() for e in entries if "==" in e}


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9._-]+", r)[0].lower().replace("_", "-") for r in requirements}


def test_every_dependency_is_pinned_with_its_hash():
    run, test = pinned("requirements.lock"), pinned("requirements-test.lock")
    assert names(PROJECT["dependencies"]) <= set(run)
    assert names(PROJECT["optional-dependencies"]["test"]) <= set(test)
    assert set(run) <= set(test)
    for entry in [*run.values(), *test.values()]:
        assert any("--hash=sha256:" in line for line in entry), entry[0]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout: which files are the repository's is not known here")
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_file_names_a_package_index_or_this_machine():
    words = ["--index" + "-url", "extra-index" + "-url", "/simp" + "le/", "find" + "-links"]
    words += [f"{Path.home()}/", f"{ROOT}/"]  # wherever it is checked out
    for path in tracked():
        if path.suffix in {".png", ".xlsx", ".xls", ".ods", ".parquet"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not [w for w in words if w in text], path


def test_no_file_is_larger_than_300_kb_without_a_reason():
    large = [p for p in tracked() if p.stat().st_size > 300_000]
    readmes = "".join((p.parent / "README.md").read_text() for p in large if (p.parent / "README.md").exists())
    assert all(p.name in readmes for p in large), [str(p) for p in large if p.name not in readmes]


def test_notebooks_are_committed_without_outputs():
    import json

    for path in (p for p in tracked() if p.suffix == ".ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            assert not cell.get("outputs") and not cell.get("execution_count"), path.name


def test_top_level_folders_are_the_users_six():
    assert {p.relative_to(ROOT).parts[0] for p in tracked() if len(p.relative_to(ROOT).parts) > 1} <= {
        *("notebooks", "data", "lib", "tests", "outputs", ".ci"),
        ".github",
    }


def test_importing_the_package_loads_no_heavy_library():
    heavy = "pandas geopandas matplotlib seaborn papermill nbconvert numpy scipy pyarrow".split()
    code = f"import sys, lscb; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
