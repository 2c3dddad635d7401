"""A small quarter for tests of the run: two notebooks, one table, three packs, and no domain of ours in it."""

from pathlib import Path

import nbformat
import pandas as pd

from board_packs import tables
from board_packs.publish import quarter_run
from board_packs.quarter import receiving, request
from board_packs.quarter import run_files as files
from lscb import long_table

AREA = "E06000045"
FINGERPRINT = quarter_run.fingerprint
PARAMETERS = 'period = "2017-18-Q4"\narea = "E06000045"\naudience = "partnership"\ntables = ""\nsample = True'
PACKS = """main_board: {title: Main Board, audience: partnership, notebooks: [10, 20]}
panel: {title: Panel, audience: restricted, notebooks: [10]}
public: {title: Public, audience: public, notebooks: [20]}
"""
IMPORTS = (
    "from matplotlib import pyplot as plt\n\n"
    "from board_packs.pages import cases, changes, charts, open_book, sentences as say, show, stamp\n\n"
    "book = open_book(period, area, audience, tables, sample)"
)
PEOPLE = [
    't = book["toy"]\nsay.answer(f"There were {t.cell(period):count} referrals.")',
    'some = t[t["agency"] != "Total"]\nf, ax = plt.subplots()\nax.bar(some["agency"], some["count"])\n'
    'charts.labels(ax, some, by="agency")\ncharts.show(f, "They rise", "Line chart. Referrals rise.", "invented")',
    'show(t, "Referrals by agency", "agency", {"Referrals": "count"})',
]
PLACES = ['t = book["places"]\nsay.answer(f"They came from {t.cell(period):count} places.")']


def notebook(path: Path, title: str, sources: list[str], parameters: str = PARAMETERS) -> None:
    code = nbformat.v4.new_code_cell
    cells = [nbformat.v4.new_markdown_cell(f"# {title}\n\nAsked by the board.")]
    cells += [code(parameters, metadata={"tags": ["parameters"]}), code(IMPORTS), *(code(s) for s in sources)]
    cells += [nbformat.v4.new_markdown_cell("## How this is counted"), code("changes(book)"), code("stamp(book)")]
    cells += [code('print(cases(book, "hrda_referrals")["referral_id"].to_list())', metadata={"tags": ["internal"]})]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=spec), path)


def write(folder: Path) -> Path:
    """The notebooks and packs.yml."""
    folder.mkdir(exist_ok=True)
    notebook(folder / "10_people.ipynb", "How many were referred?", PEOPLE)
    notebook(folder / "20_places.ipynb", "Where did they come from?", PLACES)
    (folder / "packs.yml").write_text(PACKS)
    return folder


def rows(areas=(AREA,), more: int = 0) -> pd.DataFrame:
    """Accepted rows: 40 referrals of two agencies in each area, `more` of the first agency besides."""
    made = [
        (area, f"HR-2017-{n:04d}", "police" if n < 28 + more else "health") for area in areas for n in range(40 + more)
    ]
    frame = pd.DataFrame(made, columns=["area", "referral_id", "agency"])
    return frame.assign(referred_on=pd.Timestamp("2018-02-14"))


def use(monkeypatch, more: int = 0) -> None:
    """Puts the toy's return and tables in the place of the real ones, in the process of the run."""

    def toy(inputs):
        held = inputs.need("hrda_referrals").groupby(["area", "agency"]).size().rename("count").reset_index()
        total = held.groupby("area", as_index=False)["count"].sum().assign(agency="Total")
        return long_table.cells(pd.concat([total, held]), period=str(inputs.period), measure="toy_referrals")

    def places(inputs):
        made = [{"area": area, "count": 120} for area in inputs.areas]
        return long_table.cells(made, period=str(inputs.period), measure="toy_places")

    builders = (
        tables.registry.Builder(("toy",), toy, ("hrda_referrals",)),
        tables.registry.Builder(("places",), places),
    )
    monkeypatch.setattr(tables.registry, "builders", lambda: builders)
    receipt = {"file": "hrda.csv", "return": "hrda_referrals", "received": 41, "accepted": 40, "refused": 1}

    def receive(asked, checked=True):
        frame = rows(asked.areas, more)
        lines = [receipt | {"area": area, "sha256": f"{more:064x}"} for area in asked.areas]
        return receiving.Received({"hrda_referrals": frame}, pd.DataFrame(lines), lines)

    monkeypatch.setattr(receiving, "receive", receive)
    monkeypatch.setattr(
        quarter_run, "fingerprint", lambda *asked: f"{FINGERPRINT(*asked)}-{more}"
    )  # as other files would
    monkeypatch.setattr(files, "code", lambda hashes: "c" * 24)  # the library may be edited while its tests run


def ask(folder: Path, notebooks: Path, **more) -> request.Request:
    asked = {"period": "2017-18-Q4", "area": AREA, "sample": True, "jobs": 2} | more
    return request.resolve(out=folder, notebooks=notebooks, **asked)
