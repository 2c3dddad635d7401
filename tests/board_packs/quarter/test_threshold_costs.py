"""What each threshold costs in withheld cells; the rules of a profile that a board writes itself; the ledger's page."""

import re

import pandas as pd
import pytest
import yaml

import cellguard as disclosure
from board_packs.tables import documentation
from cellguard import Profile
from lscb.errors import UserError
from openstats.project_data import ROOT, read


def table(measure="referrals", **counts):
    """One quarter's counts by sex."""
    cell = {"area": "E06000045", "period": "2017-18-Q4", "measure": measure}
    return pd.DataFrame([{**cell, "sex": sex, "count": n, "status": "shown"} for sex, n in counts.items()])


@pytest.mark.parametrize("zeros", ["may_hide", "always"])
def test_zeros_always_printed_cost_no_more_than_the_sums_ask(zeros):
    # 3 + 30 = 33: one of 30 and 33 must go. By hand: with 30 gone too, 3 may be anything from 1 to 32.
    own = Profile("own", threshold=5, zeros=zeros)
    made = disclosure.protect({"t": table(f=3, m=30, Total=33)}, [own]).protected["own"]["t"]
    assert made["status"].tolist() == ["suppressed", "suppressed", "shown"]


def by_band(**counts):
    return table(**counts).rename(columns={"sex": "band"})


def test_a_cell_of_two_tables_is_counted_once_and_each_rule_costs_what_a_hand_finds():
    # f 3, m 30, young 13, old 20, all 33: five cells in six rows. By hand:
    # to 2: nothing is small. To 3: f, and 30 or 33 with it, of which 30 is less. To 13: f and 13, and 33 protects both.
    # To 3 with the rest to the nearest 5: 28..32 and 33..37 leave f anything from 1 to 9.
    tables = {"a": table(f=3, m=30, Total=33), "b": by_band(young=13, old=20, Total=33)}
    rules = [Profile("own", threshold=t, round_to=r) for t, r in ((2, 1), (3, 1), (13, 1), (3, 5))]
    found = disclosure.costs(tables, rules)
    numbers = found[["primary", "further", "follow", "withheld", "of"]].to_numpy().tolist()
    assert numbers == [[0, 0, 0, 0, 5], [1, 1, 0, 2, 5], [2, 1, 0, 3, 5], [1, 0, 0, 1, 5]]
    assert found["share"].tolist() == [0, 0.4, 0.6, 0.2] and not found["own"].any()


def test_a_declared_sum_costs_what_it_ties():
    # 20 rows are 3 of a, 17 of b: with the 3 the 17 or the 20 goes. Without the sum nobody knows that they belong together.
    tables = {"t": pd.concat([table("rows", Total=20), table("a", Total=3), table("b", Total=17)], ignore_index=True)}
    own = [Profile("own", threshold=5)]
    assert disclosure.costs(tables, own)["withheld"].tolist() == [1]
    assert disclosure.costs(tables, own, relations=[{"total": "rows", "parts": ["a", "b"]}])["withheld"].tolist() == [2]


def test_the_totals_that_a_run_withholds_are_named():
    from cellguard.threshold_costs import totals_withheld

    made = disclosure.protect(
        {"t": table(f=3, m=1, Total=4), "u": table("plans", f=3, m=30, Total=33)}, ["partnership"]
    )
    assert totals_withheld(made.protected["partnership"]) == ["referrals 2017-18-Q4"]


def test_open_tables_and_figures_of_others_are_not_counted():
    own, opened = table(f=3, m=30, Total=33), {"tables": {"context_as_of": {"open": True}}}
    sent = own.assign(status=["shown", "suppressed", "shown"])
    assert disclosure.costs({"context_as_of": own}, [Profile("own", threshold=5)], documentation=opened)[
        "of"
    ].tolist() == [0]
    assert disclosure.costs({"sent": sent}, [Profile("own", threshold=2)])["of"].tolist() == [2]


def audiences(**changed):
    """The content of a file of audiences with a board's own profile."""
    rules = {"threshold": 9, "round_to": 5, "inside": True, "zeros": "always", "sees": ["public"], "banner": "CHAIRS"}
    public = {"threshold": 9, "round_to": 5, "banner": "PUBLIC"}
    rules = {k: v for k, v in (rules | changed).items() if v != "left out"}
    return {"profiles": {"public": public, "chairs": rules}}


def written(content, folder):
    """The path of a file with this content."""
    (folder / "disclosure.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder / "disclosure.yml"


def test_each_profile_is_varied_one_setting_at_a_time(tmp_path):
    from cellguard.threshold_costs import variants as varied

    def variants(**changed):
        return varied(disclosure.profiles(written(audiences(**changed), tmp_path)).values())

    found = list(variants(candidates=3))
    chairs = [(p.threshold, p.round_to, p.zeros, p.candidates, p.inside) for p in found if p.name == "chairs"]
    kept = [(n, 5, "always", 3, True) for n in (9, 3, 5, 7, 10)]
    assert chairs == [*kept, (9, 1, "always", 3, True), (9, 5, "may_hide", 3, True), (9, 5, "always", 4, True)]
    assert [p.threshold for p in found if p.name == "public"] == [9, 3, 5, 7, 10, 9, 9, 9]  # itself once
    assert 3 not in [
        p.threshold for p in variants(candidates=4) if p.name == "chairs"
    ]  # four values do not fit inside 1 to 3


@pytest.mark.parametrize("changed, line", [
    ({"treshold": 9}, "'treshold' is not a setting; did you mean 'threshold'"),
    ({"threshold": "nine"}, "threshold must be a whole number from 1; it is 'nine'"),
    ({"threshold": None}, "threshold must be a whole number from 1; it is blank"),
    ({"threshold": 9.5}, "it is 9.5"),
    ({"threshold": 0}, "it is 0"),
    ({"threshold": True}, "it is True"),
    ({"round_to": 25}, "10 would round to 0: round_to must be at most 20"),
    ({"candidates": 12}, "ask for at most 9, or set inside: false"),
    ({"zeros": "never"}, "zeros must be may_hide or always, not 'never'"),
    ({"inside": "maybe"}, "inside must be true, false or beside"),
    ({"protect": "perhaps"}, "protect must be true or false"),
    ({"sees": "public"}, "sees must be a list of profiles, such as [public]"),
    ({"sees": ["publik"]}, "sees names 'publik'; the others are public"),
    ({"weights": 3}, "weights must be settings in braces"),
    ({"weights": {"headlines": 5}}, "weights has no 'headlines': use cell, total, headline, measures"),
    ({"weights": {"cell": "cheap"}}, "the weight of cell must be a number above 0, not 'cheap'"),
    ({"weights": {"cell": -1}}, "the weight of cell must be a number above 0"),
    ({"weights": {"measures": ["hrda_referrals"]}}, "measures of weights must name each with its weight"),
    ({"weights": {"measures": {"hrda_referal": 3}}}, "did you mean 'hrda_referrals'"),
    ({"banner": "left out"}, "banner must say in a few words who may read the pages"),
])  # fmt: skip
def test_a_mistake_in_a_profile_is_one_line_that_says_what_to_write(tmp_path, changed, line):
    file = written(audiences(**changed), tmp_path)
    with pytest.raises(UserError) as error:
        disclosure.profiles(file, measures=documentation()["measures"])  # what a run asks before it starts
    assert line in str(error.value) and "\n" not in str(error.value)
    assert str(error.value).startswith(f"{file}, profile chairs")


@pytest.mark.parametrize("text, line", [
    (b"a: 1\nb: 2\na: 3\n", "line 3 is not valid YAML: 'a' is there already, on line 1"),
    (b"a:\n\tb: 1\n", "spaces, never tabs"),
    (b"a: caf\xe9\n", "save it as UTF-8"),
])  # fmt: skip
def test_a_settings_file_that_cannot_be_read_is_one_line(tmp_path, text, line):
    (tmp_path / "x.yml").write_bytes(text)
    with pytest.raises(UserError, match=line):
        read(tmp_path / "x.yml")


@pytest.mark.parametrize("content", [{}, {"profiles": ["public"]}, {"profiles": None}])
def test_a_file_without_audiences_says_so(tmp_path, content):
    with pytest.raises(UserError, match="has no audiences under `profiles:`"):
        disclosure.profiles(written(content, tmp_path))


def test_a_profile_that_is_no_mapping_or_no_folder_name(tmp_path):
    for name, rules in (("chairs", None), ("chairs", 5), ("Panel chairs", audiences()["profiles"]["public"])):
        with pytest.raises(UserError, match="indent them|small letters"):
            disclosure.profiles(written({"profiles": {name: rules}}, tmp_path))


# -- what people read --

READMES = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "lib").glob("*/README.md")))


@pytest.mark.slow
def test_the_readme_prints_what_the_sample_quarter_costs(sample_quarter):
    from board_packs.quarter.row_sums import row_sums
    from cellguard.threshold_costs import of_folder

    text = of_folder(sample_quarter / "working", documentation(), row_sums)
    table, _, totals = text.split("\n", 1)[1].partition("\nTotals")
    assert table in READMES and f"Totals{totals}" in READMES


def test_the_readme_names_every_design_of_the_tables_in_its_order():
    from board_packs.quarter.table_designs import designs

    names = [called for _, called, _ in designs()]
    lines = [
        line.split("|")[2].strip() for line in READMES.splitlines() if line.startswith(("| child deaths", "| hrda "))
    ]
    assert lines == ["as it is", "as it is", *names] and len(names) == len(set(names))


@pytest.mark.slow
def test_the_readme_prints_what_a_design_costs_the_sample_quarter(sample_quarter):
    from board_packs.quarter.request import resolve
    from board_packs.quarter.table_designs import costs_of_designs, designs

    asked = resolve("2017-18-Q4", "E06000045", sample=True, out=sample_quarter.parents[2], notebooks=None)
    some = [each for each in designs() if each[1] in ("each band apart", "of the quarter too")]
    cells = [
        [text.strip() for text in line.split("|")[1:-1]]
        for line in costs_of_designs(asked, "E06000045", some).splitlines()
    ]
    printed = [
        [text.strip() for text in line.split("|")[1:-1]] for line in READMES.splitlines() if line.startswith("|")
    ]
    assert len(cells) == 6 and all(line in printed for line in (cells[0], *cells[2:]))


@pytest.mark.slow
def test_the_readme_shows_how_far_one_known_figure_goes(sample_quarter):
    code = next(block for block in re.findall(r"```python\n(.*?)```", READMES, re.DOTALL) if "known=" in block)
    known: dict = {}
    exec(code.replace("outputs/sample/2017-18-Q4/E06000045", str(sample_quarter)), known)  # the README's own lines
    found = set(known["found"][["period", "ethnicity", "possible"]].itertuples(index=False, name=None))
    assert found == {("2016-17", "Other", "3")}
