"""Page 99 as its reader gets it: rows received and refused against the tables, and the ledger for analysts alone."""

import csv
import shutil
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from page_reader import half_up, lying, run, withheld_count

from lscb import long_table

NAMES = {
    "Business plan": "plan",
    "Children's services indicators": "children_services",
    "Exploitation and missing children": "exploitation",
    "High-risk domestic abuse referrals": "hrda_referrals",
    "Section 11 audit": "section_11",
}
KINDS = ("rows_received", "rows_accepted", "rows_accepted_with_warning", "rows_refused", "rows_missing")
HEAD = "profile,table,cell,measure,area,period,kind,rule,protects,gap\n"


@pytest.fixture(scope="module", params=["partnership", "public", "restricted"])
def page(request, invented_quarter):
    page = invented_quarter.page("99_data_quality", request.param)
    page.audience = request.param
    return page


@pytest.fixture
def received(page, frames):
    table = frames(page.audience)["returns_received"]
    return {(r["measure"].removeprefix("returns_"), r["return"]): r for r in table.to_dict("records")}


@pytest.fixture
def quarter_with(frames, tmp_path):
    """The page on the partnership's tables, of which the two of returns are changed: quarter_with(change)."""

    def page(change):
        changed = {name: change(frames()[name].copy()) for name in ("returns_received", "returns_problems")}
        long_table.write(frames() | changed, tmp_path)
        return run("99_data_quality", tmp_path)

    return page


@pytest.fixture
def analyst_with(tables, tmp_path):
    """The page for analysts, beside a ledger of these lines; None: there is no ledger."""

    def page(lines):
        shutil.copytree(tables("partnership"), tmp_path / "working")
        if lines is not None:
            (tmp_path / "ledger.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return run("99_data_quality", tmp_path / "working", "restricted")

    return page


def with_problems(frame):
    """The table of problems with rows of four fields in it (the sample has none); the other table as it is."""
    if "field" not in frame:
        return frame
    found = [
        ("audits", "due_on", "warning", 6),
        ("audits", "due_on", "refused", 9),
        ("plan", "owner", "warning", 6),
        ("hrda_referrals", "referred_on", "refused", 1_204),
        ("section_11", "score", "warning", 3),
    ]
    labels = ("return", "field", "kind", "count")
    row = {"area": "E06000045", "period": "2017-18-Q4", "measure": "returns_rows_named", "unit": "rows"}
    made = long_table.cells([row | dict(zip(labels, each, strict=True)) for each in found])
    hidden = made["field"] == "score"
    return made.assign(count=made["count"].mask(hidden), status=made["status"].mask(hidden, "suppressed"))


def printed(row):
    return half_up(row["count"]) if row["status"] == "shown" else "withheld"


def in_table(row):
    return half_up(row["count"]) if row["status"] == "shown" else withheld_count(row)


def test_the_answer_has_returns_and_rows(page, received):
    came, listed = received["arrived", "Total"], received["expected", "Total"]
    start = f"For 2017-18 Q4, {half_up(came['count'])} of {half_up(listed['count'])} returns arrived, and "
    assert {r["count"] for (kind, _), r in received.items() if kind == "rows_refused"} == {0}  # of the invented quarter
    assert page.answer == f"{start}every row was used."


def test_every_return_has_its_own_rows(page, received):
    head, *rows = page.table("Rows by return")
    assert head == ["Return", "Received", "Accepted", "Accepted with a warning", "Refused", "Missing until mended"]
    returns = {of for kind, of in received if kind == "rows_received"}
    assert len(rows) == len(returns) and "Total" not in returns  # rows of different returns are added up nowhere
    for name, *figures in rows:
        of = NAMES.get(name, name.lower().replace(" ", "_"))
        texts = [in_table(received[kind, of]) if (kind, of) in received else "–" for kind in KINDS]
        assert figures == (texts if len(set(texts)) > 1 or texts[0] != "withheld" else ["withheld"]), name


def test_the_bars_are_rows_most_first(page, received):
    (ax,) = page.cell("order=arrived").axes
    there = {of: r for (kind, of), r in received.items() if kind == "rows_received" and r["status"] != "suppressed"}
    every = {of: r["count"] for of, r in there.items()}
    rows = {of: number for of, number in every.items() if number == number}
    lengths = [length for length in lying(ax) if length == length and length]
    assert lengths == sorted(rows.values(), reverse=True)
    names = [NAMES.get(name, name.lower().replace(" ", "_")) for name in (t.get_text() for t in ax.get_yticklabels())]
    assert sorted(names) == sorted(every)
    for name, length in zip(names, lengths, strict=False):
        assert rows[name] == length, name


def test_problems_are_counted_by_field(page, frames):
    problems = frames(page.audience)["returns_problems"]
    problems = problems[(problems["measure"] == "returns_rows_named") & (problems["return"] != "Total")]
    if problems.empty:
        assert "No row was refused, and none was used with a warning." in page.text
        assert "Rows with a problem, by field" not in page.text
        return
    if (problems["status"] == "suppressed").all():
        assert "Rows with a problem, by field, 2017-18 Q4: every figure is withheld." in page.text
        return
    assert_by_field(page, problems)


def assert_by_field(page, problems):
    table = page.table("Rows with a problem, by field")[1:]
    assert Counter(figure for *_, figure in table) == Counter(in_table(r) for r in problems.to_dict("records"))
    fields = {row["field"].replace("_", " ") for row in problems.to_dict("records")}
    assert {field.lower() for _, field, *_ in table} == fields


def test_problems_that_are_there_are_counted_by_field(quarter_with, frames):
    assert_by_field(quarter_with(with_problems), with_problems(frames()["returns_problems"]))


# --- one return less, one row refused, nothing at all ---------------------------------------------------------------


def test_a_return_that_did_not_come_is_named_and_has_no_bar(quarter_with):
    def without_the_plan(frame):
        gone = (frame["return"] == "plan") & frame["measure"].str.startswith("returns_rows_")
        frame.loc[gone, list(long_table.FIGURES)] = np.nan
        return frame.assign(status=frame["status"].mask(gone, "not_available"))

    page = quarter_with(without_the_plan)
    assert "Not received: Business plan. Their pages say so" in page.text
    (ax,) = page.cell("order=arrived").axes
    names = [text.get_text() for text in ax.get_yticklabels()]
    states = [text.get_text() for text in ax.texts if not text.get_text()[0].isdigit()]
    assert "not available" in states
    without = len(states)  # this one, and one whose number of rows is withheld or had not come before
    assert "Business plan" in names[-without:]
    assert sum(length > 0 for length in lying(ax)) == len(names) - without
    assert ["Business plan", "not available"] in page.table("Rows by return")


@pytest.mark.parametrize("counts, hidden, said", [
    ({"audits": 9}, (), "and rows of audits were refused."),
    ({"audits": 9, "plan": 1, "child_deaths": 6}, (), "and rows of audits, child deaths and Business plan were refused."),
    ({}, ("plan",), "and how many rows of Business plan were refused is withheld."),
    ({"audits": 9}, ("plan", "training"), "and rows of audits were refused, and how many rows of Business plan and training were refused is withheld."),
])  # fmt: skip
def test_the_answer_names_the_returns_with_refused_rows(quarter_with, counts, hidden, said):
    def refused(frame):
        here = frame["measure"] == "returns_rows_refused"
        for name, count in counts.items():
            frame.loc[here & (frame["return"] == name), "count"] = count
        frame.loc[here & frame["return"].isin(hidden), ["count", "status"]] = [np.nan, "suppressed"]
        return frame

    assert quarter_with(refused).answer.endswith(f" returns arrived, {said}")


def test_a_return_that_did_not_come_has_no_rows_that_were_used(quarter_with):
    def nothing(frame):
        rows = frame["measure"].str.startswith("returns_rows_")
        return frame.assign(count=frame["count"].mask(rows), status=frame["status"].mask(rows, "not_available"))

    assert quarter_with(nothing).answer.endswith(" returns arrived.")


def test_the_answer_names_the_returns_that_hold_nothing_of_the_quarter(quarter_with):
    """ "13 of 13 returns arrived, and every row was used" beside a file of the year before is no whole quarter."""

    def change(frame):
        if "field" in frame:
            return frame
        rows = [{"return": name, "count": n} for name, n in (("Total", 2), ("child_deaths", 1), ("hrda_referrals", 1))]
        row = {"area": "E06000045", "period": "2017-18-Q4", "measure": "returns_not_covering", "unit": "rows"}
        return pd.concat([frame, long_table.cells([row | each for each in rows])], ignore_index=True)

    lacking = "(child deaths and High-risk domestic abuse referrals without the whole quarter)"
    assert quarter_with(change).answer.endswith(f" returns arrived {lacking}, and every row was used.")


def test_refused_and_warned_of_stand_in_rows_of_their_own(quarter_with):
    def refused(frame):
        if "field" not in frame:
            return frame
        made = with_problems(frame)
        return made[made["return"] == "audits"]

    rows = quarter_with(refused).table("Rows with a problem, by field")
    assert rows[0] == ["Return", "Field", "What became of the rows", "Rows"]
    assert rows[1:] == [["Audits", "Due on", "Used with a warning", "6"], ["Audits", "Due on", "Refused", "9"]]


def test_a_quarter_without_problems_says_so(quarter_with):
    page = quarter_with(lambda frame: frame if "field" not in frame else frame.iloc[:0])
    assert "No row was refused, and none was used with a warning." in page.text


def test_with_every_figure_withheld_none_is_printed(quarter_with):
    def hide(frame):
        return with_problems(frame).assign(status="suppressed", **dict.fromkeys(long_table.FIGURES, np.nan))

    page = quarter_with(hide)
    assert page.answer == "How many returns arrived is withheld."
    assert not page.charts
    assert "Rows by return, 2017-18 Q4: every figure is withheld." in page.text
    assert "Rows with a problem, by field, 2017-18 Q4: every figure is withheld." in page.text


def test_tables_that_are_not_there_are_explained(quarter_with):
    row = {"area": "E06000045", "period": "2017-18-Q4", "measure": "returns", "reason": "No return was received."}
    page = quarter_with(lambda frame: long_table.cells([row]))
    assert page.answer == "This cannot be answered. No return was received."
    assert not page.charts and "Every return of the dictionary arrived" not in page.text


def test_empty_tables_are_no_zero(quarter_with):
    page = quarter_with(lambda frame: frame.iloc[:0])
    assert "How many returns arrived is not available" in page.answer
    assert not page.charts


# --- the ledger -----------------------------------------------------------------------------------------------------


def test_only_the_page_for_analysts_has_the_ledger_and_counts_it_right(page, quarter):
    if page.audience != "restricted":
        assert "disclosure ledger, which never leaves the team" in page.text
        assert "Withheld, though it is not small itself" not in page.text
        return
    with (quarter / "ledger.csv").open(encoding="utf-8") as file:
        lines = [line for line in csv.DictReader(file) if line["kind"] in ("primary", "further")]
    counts = Counter((line["profile"], line["table"]) for line in lines)
    head, *rows = page.table("Figures withheld, by audience")
    sums = {(row[0].lower(), row[1].lower()): sum(int(f) for f in row[2:] if f != "–") for row in rows}
    assert sums == {(profile, table.replace("_", " ").lower()): n for (profile, table), n in counts.items()}
    assert head == ["Audience", "Table", "Small count", "To protect others"]
    assert "No safe choice withholds less than this." in page.text  # a choice that hidden values do not decide
    further = {(line["profile"], line["cell"]) for line in lines if line["kind"] == "further"}
    assert len(page.table("What was withheld to protect others")) == 1 + len(further)


def test_each_rule_has_its_column_and_a_further_cell_names_what_it_protects(analyst_with):
    f, m = (f'"referrals: area E06000045, period 2017-18-Q4, sex {sex}"' for sex in "fm")
    page = analyst_with([
        f"partnership,t,{f},referrals,E06000045,2017-18-Q4,primary,1 to 5,,0.0",
        "partnership,t,x,referrals,E06000045,2017-18-Q4,primary,all or none of a group of up to 3,,0.0",
        f"partnership,t,{m},referrals,E06000045,2017-18-Q4,further,hidden so that sums,{f},0.0",
        "partnership,,y,referrals,E06000045,2017-18-Q4,implied,not small,,0.0",
        f"public,,{f},referrals,E06000045,2017-18-Q4,short,even hiding everything leaves 2 possible numbers,,0.0",
    ])  # fmt: skip
    assert page.table("Figures withheld, by audience") == [
        ["Audience", "Table", "Small count", "All or none", "To protect others"],
        ["Partnership", "T", "1", "1", "1"],
    ]
    small, other = ("Referrals: period 2017-18 Q4, sex " + sex for sex in "fm")
    assert page.table("What was withheld to protect others")[1:] == [["Partnership", other, small]]
    assert "sex f: even hiding everything leaves 2 possible numbers." in page.text
    assert "No safe choice withholds less than this." in page.text


@pytest.mark.parametrize("lines, text", [
    (None, "No disclosure ledger stands beside these tables yet: a run writes it."),
    ([], "Disclosure control hid no figure this quarter."),
])  # fmt: skip
def test_no_ledger_and_an_empty_one_are_told_apart(analyst_with, lines, text):
    page = analyst_with(lines)
    assert text in page.text and "No safe choice withholds less than this" not in page.text
