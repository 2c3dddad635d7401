"""The house: six packages, arrows one way, a small library, names and sizes that a stranger can live with."""

import ast
import functools
import importlib
import inspect
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIB = ROOT / "lib"
BELOW = {
    "lscb": set(),
    "openstats": {"lscb"},
    "cellguard": {"lscb"},
    "returncheck": {"lscb", "openstats"},
    "claimcheck": {"lscb", "openstats"},
    "board_packs": {"lscb", "openstats", "cellguard", "returncheck", "claimcheck"},
}
PARTICIPLES = {"said", "made", "found", "held", "told", "known", "own", "whole", "given"}

# Commands take one parameter for each option that a person can type.
COMMANDS = ("cli.py", "record_commands.py")


@functools.cache
def sources(package: str) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((LIB / package).rglob("*.py"))}


def functions(package: str) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each function with its place, as `file:line name`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = ((path, node) for path, tree in sources(package).items() for node in ast.walk(tree))
    return [(f"{p.relative_to(LIB)}:{n.lineno} {n.name}", n) for p, n in nodes if isinstance(n, kinds)]


def tool(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


def test_lib_holds_six_packages():
    assert {p.parent.name for p in LIB.glob("*/__init__.py")} == set(BELOW)
    assert not list(LIB.glob("*.py"))


def test_every_package_says_in_a_page_what_it_is_for():
    lengths = {p: len((LIB / p / "README.md").read_text().splitlines()) for p in BELOW}
    # the application's also holds how a return is added and what each threshold costs
    assert not {p for p, lines in lengths.items() if not 15 <= lines <= (260 if p == "board_packs" else 160)}, lengths


def test_the_library_is_small_and_imports_nothing_of_ours():
    trees = sources("lscb")
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in trees) < 3_000
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    assert not {module.partition(".")[0] for module in modules} & ({*BELOW} - {"lscb"})


ALL_MODULES = """
import importlib, pkgutil, sys
package, *absent = sys.argv[1:]
sys.modules.update(dict.fromkeys(absent))  # as if it were not installed
names = [m.name for m in pkgutil.walk_packages(importlib.import_module(package).__path__, package + ".")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
"""


@pytest.mark.parametrize("package", [p for p in BELOW if p != "board_packs"])
def test_each_tool_works_where_only_what_it_stands_on_is_installed(package):
    absent = {*BELOW} - {package} - BELOW[package]
    done = subprocess.run([sys.executable, "-c", ALL_MODULES, package, *absent], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", [p for p in BELOW if p != "board_packs"])
def test_importing_a_tool_loads_nothing_of_the_application(package):
    code = f"import sys, {package}; print(*[m for m in sys.modules if m.startswith('board_packs')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_arrows_go_one_way_and_nothing_goes_in_circles():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True)
    states = dict(re.findall(r"^(.+?) (KEPT|BROKEN)$", done.stdout, re.MULTILINE))
    assert len(states) >= 3, done.stdout + done.stderr
    assert "BROKEN" not in states.values(), done.stdout


def test_types_agree():
    done = tool("mypy", "--no-error-summary", "--no-pretty")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", [p for p in BELOW if p not in ("lscb", "board_packs")])
def test_what_a_package_offers_is_typed(package):
    module = importlib.import_module(package)
    offered = {name: getattr(module, name) for name in module.__all__}
    signatures = {name: inspect.signature(f) for name, f in offered.items() if inspect.isfunction(f)}
    bare = [
        name
        for name, signature in signatures.items()
        if inspect.Signature.empty
        in {signature.return_annotation, *(p.annotation for p in signature.parameters.values())}
    ]
    assert not bare


def test_the_linter_finds_nothing_and_the_formatter_would_change_nothing():
    for command in (["check", "--output-format=concise"], ["format", "--check"]):
        done = tool("ruff", *command, "lib", "tests", "notebooks")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", BELOW)
def test_functions_are_at_most_forty_lines(package):
    long = [place for place, f in functions(package) if f.end_lineno - f.lineno + 1 > 40]
    assert not long


@pytest.mark.parametrize("package", BELOW)
def test_modules_are_at_most_three_hundred_lines(package):
    long = [str(path) for path in sources(package) if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert not long


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


@pytest.mark.parametrize("package", BELOW)
def test_functions_take_at_most_seven_parameters(package):
    many = [
        place
        for place, f in functions(package)
        if len(parameters(f)) > 7 and not place.split(":")[0].endswith(COMMANDS)
    ]
    assert not many


def local_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    nodes = list(ast.walk(function))
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {n.arg for n in nodes if isinstance(n, ast.arg)}


@pytest.mark.parametrize("package", BELOW)
def test_names_are_nouns(package):
    every = functions(package)
    vague = [place for place, f in every if local_names(f) & PARTICIPLES]
    assert len(vague) < 0.02 * len(every), vague


def test_one_file_name_stands_once():
    names = Counter(p.name for p in LIB.rglob("*.py") if p.name not in ("__init__.py", "__main__.py"))
    assert {name for name, times in names.items() if times > 1} == set()
