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
    folders = {p.relative_to(ROOT).parts[0] for p in tracked() if len(p.relative_to(ROOT).parts) > 1}
    assert folders <= {"notebooks", "data", "lib", "tests", "outputs", ".ci", ".github"}


def anchors(document: Path) -> set[str]:
    """Headings as addresses: small letters, hyphens for spaces, nothing but letters, digits and hyphens."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "document", [p for p in ROOT.glob("*.md")] + sorted((ROOT / "lib").glob("*/README.md")), ids=str
)
def test_links_between_documents_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", document.read_text(encoding="utf-8"))
    for name, anchor in links:
        target = (document.parent / name) if name else document
        assert target.exists(), f"{name} is not there"
        assert not anchor or anchor in anchors(target), f"{name} has no heading #{anchor}"


def test_the_readme_prints_the_thresholds_in_force():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", readme, re.MULTILINE))
    for name, rules in yaml.safe_load((ROOT / "data/disclosure.yml").read_text(encoding="utf-8"))["profiles"].items():
        threshold, nearest = rules.get("threshold"), rules.get("round_to", 1)
        assert (f"from 1 to {threshold}," if threshold else "nothing") in rows[name]
        assert nearest == 1 or f"nearest {nearest}" in rows[name]


def test_the_version_is_the_same_everywhere():
    import lscb

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {PROJECT["version"], str(citation["version"]), lscb.__version__} == {PROJECT["version"]}
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_workflow_runs_what_a_contributor_runs_on_every_python():
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text())["jobs"]
    pythons = {c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)}
    assert set(jobs["all"]["strategy"]["matrix"]["python"]) == pythons
    assert jobs["all"]["steps"][-1]["run"] == ".ci/run"
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    commands = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    assert {c.removeprefix("make ") for c in commands if c.startswith("make ")} <= {*targets}


def test_hooks_run_from_the_projects_own_environment():
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert {repository["repo"] for repository in repositories} == {"local"}
    for hook in hooks:
        program = hook["entry"].split()[0]
        assert hook["language"] == "system" and program.startswith(".venv/bin/"), hook
        assert Path(sys.executable).with_name(Path(program).name).exists(), hook


def test_licences_are_listed_for_every_package_and_data_set():
    page = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
    for name in pinned("requirements.lock"):
        assert f"| {name} |" in page, f"{name}: run make licences"
    for data_set in yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))["sets"].values():
        assert f"| {data_set['title']} |" in page, f"{data_set['title']}: run make licences"


def test_importing_the_package_loads_no_heavy_library():
    heavy = "pandas geopandas matplotlib seaborn papermill nbconvert numpy scipy pyarrow".split()
    code = f"import sys, lscb; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
