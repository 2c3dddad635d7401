"""What a worker should find already imported: what the notebooks and the presentation import, and no more."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from lscb.periods import Quarter
from openstats.project_data import NOTEBOOKS

# One thread per page: pages run side by side already, and a process with threads cannot fork safely.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# Of the library: where pages import from, and what workers do with tables, pages and packs.
ROOMS = ("board_packs/pages", "board_packs/quarter", "board_packs/tables", "cellguard",
         "board_packs/publish/export", "board_packs/publish/release", "board_packs/publish/pack_files")  # fmt: skip
IMPORT = re.compile(
    r"^[ \t]*(?:import ([\w.]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*) *(?:#.*)?$"
    r"|from (\w[\w.]*) import (\([^)]*\)|[\w ,]+))",
    re.MULTILINE,
)
SENTENCES = """There were 60 referrals, 12 more than the 48 of the year before (25%). Of 60, 15 (25%) were repeats, against
20% in England. The rate rose from 10.0 to 12.5 per 10,000. Boys were 31 and girls 29. Three of five were in time, and
two were not. It is the highest of the last five years, and 4th of 11. Half of the 8 actions, 4, are done."""
OURS = ("lscb", "openstats", "cellguard", "returncheck", "claimcheck", "board_packs")


def imports(source: str) -> set[str]:
    """The modules a piece of Python imports by absolute name, wherever in it the import stands: read line by line, as
    parsing all of the library would take a quarter of a worker's start. A line of words that looks like one asks for a
    module that is not there, and is passed over."""
    modules: set[str] = set()
    for plain, name, names in IMPORT.findall(source):
        modules |= {each.split()[0] for each in plain.split(",") if each.strip()}
        if name:
            modules.add(name)
            if name.partition(".")[0] in OURS:
                modules |= {f"{name}.{each.split()[0]}" for each in names.strip("() ").split(",") if each.strip()}
    return modules


def needed(notebooks: list[Path] | None = None) -> list[str]:
    """Modules outside the standard library that the notebooks and the rooms they call import."""
    library = Path(__file__).parents[3]
    modules: set[str] = set()
    for room in ROOMS:
        for path in library.glob(f"{room}/**/*.py"):
            modules |= imports(path.read_text(encoding="utf-8"))
            name = ".".join(path.relative_to(library).with_suffix("").parts)
            modules.add(name.removesuffix(".__init__"))
    for path in notebooks or sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", []):
            if cell["cell_type"] == "code":
                modules |= imports("".join(cell["source"]))
    return sorted(name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names)


def load() -> None:
    """Imports it, the shell first: pandas sets its display by whether it finds itself in a notebook."""
    os.environ.update(ENVIRONMENT)
    sys.path.insert(0, "")  # as in a kernel, where a notebook may import what lies beside it
    # jsonschema would build forty grammars at import (two seconds) to check one format that no notebook has; where
    # the module is not there it does without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: it cannot be imported
    from ...pages import page_guard
    from . import warm_engine

    warm_engine.use()
    shell = warm_engine.new_shell()
    with shell.builtin_trap:
        for name in [
            "pandas",
            "pandas.core.methods.to_dict",  # these two pandas imports when they are called
            "pandas.core.reshape.reshape",
            *page_guard.READERS,
            "papermill",
            "board_packs.publish.export",
            "board_packs.publish.release",
            "board_packs.publish.page_making",
            "board_packs.publish.pack_making",
            "board_packs.quarter.disclosure_control",
            "board_packs.pages.book",
            *needed(),
        ]:
            try:
                importlib.import_module(name)
            except ImportError:  # the page that needs it says so
                continue
    for name in ("numpy.random", "matplotlib.font_manager", "matplotlib.backends.backend_agg"):
        importlib.import_module(name)
    with suppress(Exception):  # settings that cannot be read: the run itself says so
        rehearse()


def rehearse() -> None:
    """Does once what every page would do first: compiles templates, patterns and the notebook format, finds fonts, reads
    YAML.

    Nothing of a quarter is read, nothing is written and no thread is started; what is remembered changes no result.
    """
    import nbformat
    from matplotlib import pyplot as plt
    from PIL import Image

    from openstats.project_data import DATA

    from ...pages import charts
    from ...pages.charts.finished_chart import save
    from ...quarter.pack_settings import audiences
    from .. import export, release
    from ..release import printed_claims
    from ..release.shown import Figures

    cells = [
        nbformat.v4.new_code_cell("0"),
        nbformat.v4.new_markdown_cell(f"# Is it warm?\n\n{SENTENCES}\n\n- warm\n- cold"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    for minor in (4, 5):
        nbformat.validator.get_validator(4, minor)
    nbformat.validate(notebook)
    Image.init()
    figure, (axes,) = charts.panels(1, columns=1)
    axes.plot([0, 1], [0, 1], marker="o", label="warm")
    axes.legend()
    axes.set_title("warm", fontweight="bold")
    save(figure, "", "")
    plt.close(figure)  # an open one would be shown by the first cell of every page
    if (DATA / "disclosure.yml").is_file():
        read_settings()
        page = export.page(notebook, export.Banner(Quarter(2017, 4), "", next(iter(audiences())), sample=False))
        release.check(page, release.Allowed(figures=Figures([1])))
        printed_claims.reasons(page)


def read_settings() -> None:
    """Reads what every page asks of settings and dictionary."""
    from openstats.project_data import DATA, read
    from returncheck import dictionary

    from ...tables import documentation

    documentation()
    dictionary.load()
    for settings in DATA.glob("*.yml"):
        read(settings)
