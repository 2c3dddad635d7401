"""Numbers as text: half up, once. Expected texts are worked by hand."""

import re
from html import unescape
from types import SimpleNamespace

import pytest

from board_packs.pages import number_text, sentences


@pytest.mark.parametrize(
    "value, decimals, text",
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (2.675, 2, "2.68"),
        (103.767, 1, "103.8"),
        (0, 1, "0.0"),
        (-0.04, 1, "0.0"),  # nought has no sign
    ],
)
def test_half_is_rounded_up(value, decimals, text):
    assert str(number_text.rounded(value, decimals)) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        (number_text.count(254275), "254,275"),
        (number_text.count(0), "0"),
        (number_text.count(None), "not shown"),
        (number_text.count(float("nan")), "not shown"),
        (number_text.percent(19 / 71), "26.8%"),
        (number_text.percent(0.285), "28.5%"),  # 0.285 * 100 is 28.499999999999996 in binary
        (number_text.percent(1), "100.0%"),
        (number_text.percent(None), "not shown"),
        (number_text.points(0.0165), "1.7 percentage points"),  # 1.65, half up
        (number_text.money(134428), "£134,428"),
        (number_text.money(-105), "−£105"),
        (number_text.money(-0.4), "£0"),
        (number_text.rate(103.7670), "103.8"),
        (number_text.series(["a"]), "a"),
        (number_text.series(["a", "b", "c"]), "a, b and c"),
        (number_text.series(["a", "b, of c"]), "a; and b, of c"),
        (number_text.series(["a, b", "c", "d"]), "a, b; c; and d"),
    ],
)
def test_numbers_as_people_print_them(text, expected):
    assert text == expected


@pytest.mark.parametrize(
    "number, text",
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (67, "67th"),
        (112, "112th"),
        (1003, "1,003rd"),
    ],
)
def test_ordinals(number, text):
    assert number_text.ordinal(number) == text


def test_sentences_are_escaped():
    assert sentences.Answer("a < b")._repr_html_() == '<p class="answer">a &lt; b</p>'
    assert sentences.Note("<script>")._repr_html_() == "<p>&lt;script&gt;</p>"
    assert sentences.Note("")._repr_html_() == ""
    assert sentences.Points(["Who?", "a < b"])._repr_html_() == "<ul><li>Who?</li><li>a &lt; b</li></ul>"


@pytest.mark.parametrize("notebook", ["30_child_deaths", "40_hrda", "20_deprivation", "99_data_quality", ""])
def test_a_page_prints_the_changes_of_method_that_concern_it(notebook, tmp_path):
    """The entries of data/method_changes.yml read by hand: the newest version's, of this page or of every page."""
    import yaml

    from board_packs.pages import changes
    from openstats.project_data import DATA

    entries = yaml.safe_load((DATA / "method_changes.yml").read_text(encoding="utf-8"))["changes"]
    newest = [entry for entry in entries if entry["since"] == entries[-1]["since"]]
    mine = [e for e in newest if not notebook or "pages" not in e or int(notebook[:2]) in e["pages"]]
    assert 0 < len(mine) <= len(newest)
    intro, *printed = changes(SimpleNamespace(folder=tmp_path / "a" / "b"), notebook).split("<li>")
    assert intro == "<p>Since the version before:</p><ul>" and len(printed) == len(mine)
    for entry, item in zip(mine, printed, strict=True):
        assert unescape(item).startswith(entry["text"][:40].strip())


@pytest.mark.parametrize(
    "circulated, printed",
    [
        ("", "<p>Since the version before:</p><ul><li>Third.</li></ul>"),
        ("2027-01-15", "<p>Since the last pack was circulated:</p><ul><li>Second.</li><li>Third.</li></ul>"),
        ("2027-02-28", "<p>Since the last pack was circulated:</p><ul><li>Second.</li><li>Third.</li></ul>"),
        ("2027-03-01", "<p>Since the last pack was circulated:</p><ul><li>Third.</li></ul>"),
        (
            "2027-07-01",
            "<p>Nothing in how these figures are counted has changed since the last pack was circulated.</p>",
        ),
    ],
)
def test_changes_are_those_since_the_last_pack_of_the_area_was_circulated(circulated, printed, tmp_path, monkeypatch):
    from board_packs.pages import changes
    from openstats import project_data

    versions = "versions: {1.0.0: '2026-11', 1.1.0: '2027-02', 1.2.0: '2027-06'}\nchanges:\n"
    entry = "  - {{since: {}, pages: [{}], text: {}}}\n".format
    texts = [
        entry("1.0.0", 40, "First."),
        entry("1.1.0", 40, "Second."),
        entry("1.2.0", 40, "Third."),
        entry("1.2.0", 50, "Other."),
    ]
    (tmp_path / "method_changes.yml").write_text(versions + "".join(texts))
    (tmp_path / "about.json").write_text(f'{{"circulated": "{circulated}"}}')
    monkeypatch.setattr(project_data, "DATA", tmp_path)
    assert changes(SimpleNamespace(folder=tmp_path), "40_hrda") == printed


def test_each_notebook_names_itself_to_its_comment_and_its_changes_and_each_change_a_notebook():
    from openstats.project_data import ROOT

    numbers = set()
    for path in sorted((ROOT / "notebooks").glob("[1-9]*.ipynb")):
        text = path.read_text()
        assert re.findall(r"(comment|changes)\(book, \\\"(\w+)\\\"\)", text) == [
            ("comment", path.stem), ("changes", path.stem)
        ]  # fmt: skip
        numbers.add(path.stem[:2])
    tags = re.findall(r"\[(\d\d(?:, \d\d)*)\]$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert tags and {number for tag in tags for number in tag.split(", ")} <= numbers
