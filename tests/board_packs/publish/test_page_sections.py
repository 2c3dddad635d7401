"""What folds on a finished page, what its contents list, and which script a browser may run on it."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import nbformat
import pytest

from board_packs.publish import export, release
from board_packs.publish.export import Banner, page_sections
from lscb.periods import Quarter

BANNER = Banner(Quarter(2017, 4), "E06000045", "partnership", sample=True)
BESIDE = release.Allowed(beside=frozenset(["index.html"]))


def page(*cells: str) -> str:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in cells])
    return export.page(notebook, BANNER)


def test_method_folds_and_findings_do_not():
    html = page(
        "# Who?\n\nText.\n\n## Is it a change?\n\nNo.\n\n## How this is counted\n\nBy days.\n\n## What to ask next\n\nWhy?"
    )
    folds = re.findall(r"<details[^>]*><summary><h2>(.*?)</h2></summary>(.*?)</details>", html, re.DOTALL)
    assert [(heading, "By days." in body) for heading, body in folds] == [("How this is counted", True)]
    assert html.index("</details>") < html.index("What to ask next</h2>")


def test_sections_of_method_that_follow_each_other_are_one_fold_and_none_is_lost():
    html = page(
        "# Who?\n\n## One\n\nA finding.\n\n## How this is counted, and what is missing\n\nBy days.\n\n## What this cannot tell you\n\n"
        "Why.\n\n## What changed in method\n\nNothing.",
        '<section class="provenance" id="p"><h2 id="provenance">Where these figures come from</h2><dl>A return.</dl></section>',
    )
    ((heading, body),) = re.findall(r"<details[^>]*><summary><h2>(.*?)</h2></summary>(.*?)</details>", html, re.DOTALL)
    assert heading == "How this is counted, its limits and its sources" and "A finding." not in body
    assert [(words, text in body) for words, text in zip(re.findall("<h3>(.*?)</h3>", body), ("By days.", "Why.", "Nothing.", "A return."), strict=True)] == [
        ("How this is counted, and what is missing", True), ("What this cannot tell you", True),
        ("What changed in method", True), ("Where these figures come from", True),
    ]  # fmt: skip


def test_a_section_of_which_nothing_came_is_not_there():
    html = page("# Who?\n\n## One\n\na", "## What to ask next", "## Two\n\nb")
    assert "What to ask next" not in html and "<h2" in html.partition("b</p>")[0]


def test_a_year_and_a_mid_year_stand_on_one_line():
    html = page("# Who?\n\nIn mid-2016 and 2017-18 Q4.\n\n- from 2016-17 on")
    assert re.findall(r'<span class="whole">([^<]+)</span>', html) == ["mid-2016", "2017-18", "2016-17"]
    assert release.check(html, BESIDE) == []


def test_every_listed_section_is_there_and_the_folded_ones_are_not_listed():
    html = page("# Who?\n\n## One\n\na\n\n## Two & a half\n\nb\n\n## Three\n\nc\n\n## In detail: four\n\nd")
    listed = re.findall(r'<li><a href="#([\w-]+)">(.*?)</a></li>', html)
    assert [words for _, words in listed] == ["One", "Two &amp; a half", "Three"]
    for place, words in listed:
        assert f'<h2 id="{place}">{words}</h2>' in html
    assert "<summary><h2>Four</h2></summary>" in html


def test_why_a_return_is_not_there_stands_once():
    """The answer has it: a section that shows nothing else goes, one with a table or of method stays without it."""
    why = "The section 11 audit return was not received for this quarter."
    html = page(
        f'# Who?\n\n<p class="answer">This cannot be answered. {why}</p>\n\n## Standards\n\nEvery grade in words.\n\n{why}\n\n{why}',
        f"## Audits\n\n{why}\n\n<table><tr><td>5</td></tr></table>\n\n## How this is counted\n\n{why}\n\nBy days.",
    )
    assert html.count(why) == 1 and "Standards</h2>" not in html
    assert "Audits</h2>" in html and "<td>5</td>" in html and "By days." in html


def test_tables_of_a_section_that_are_not_there_for_one_reason_say_it_once():
    why, other = (f"The {name} return was not received for this quarter." for name in ("section 11 audit", "audits"))
    html = page(
        f"# Who?\n\n## One\n\nOpen, by age: {why}\n\nBy sex: {other}\n\nOpen, by place: {why}\n\n## In detail: two\n\nBy month: {why}"
    )
    assert re.findall("<p>((?:By|Open).*?)</p>", html) == [
        f"Open, by age; by place: {why}",
        f"By sex: {other}",
        f"By month: {why}",
    ]


def test_two_sections_need_no_contents():
    assert "On this page" not in page("# Who?\n\n## One\n\na\n\n## Two\n\nb")


def test_the_policy_names_the_style_and_the_script_of_the_page_and_nothing_else():
    html = page("# Who?\n\nText.")
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1])
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize(
    "script",
    ["<script>fetch('a')</script>", '<script src="a.js"></script>', "<script>{own} </script>", "<script defer>{own}</script>",
     "<script></script>"],
)  # fmt: skip
def test_another_script_is_refused(script):
    html = page("# Who?\n\nText.")
    assert release.check(html, BESIDE) == []
    own = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    planted = html.replace("</main>", f"{script.replace('{own}', own)}</main>")
    assert any("<script>" in reason for reason in release.check(planted, BESIDE))


def test_links_of_a_pack_lead_to_its_neighbours():
    html = page_sections.with_links(page("# Who?\n\nText."), ("10_a.html", "A & B"), None)
    links = html.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', links) == ["10_a.html", "index.html"]
    assert 'title="A &amp; B">← Previous' in links and "Next" not in links
