"""Export: a page shows what it should and hides what it must."""

from dataclasses import replace

import nbformat
import pytest

from board_packs.publish import export
from board_packs.publish.release import check
from lscb.periods import Quarter

BANNER = export.Banner(Quarter(2017, 4), "E06000045", "public", sample=True)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg=="


def notebook(*outputs, tags=(), text="# How many?\n\nAsked by the board."):
    code = nbformat.v4.new_code_cell("secret = 1", outputs=list(outputs), metadata={"tags": list(tags)})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), code])


def shown(kind: str, content: str, metadata=None):
    return nbformat.v4.new_output("display_data", data={kind: content}, metadata=metadata or {})


def result(kind: str, content: str):
    return nbformat.v4.new_output("execute_result", data={kind: content, "text/plain": "<repr>"}, execution_count=1)


def test_a_page_is_whole_and_passes_the_release_check():
    html = export.page(notebook(result("text/html", '<p class="answer">There were <b>14</b>.</p>')), BANNER)
    assert html.startswith("<!DOCTYPE html>") and html.count("<h1") == 1
    assert "<title>How many? – Southampton, January to March 2018</title>" in html
    for text in ("SAMPLE DATA", "Skip to the page", "PUBLIC", 'lang="en-GB"', 'name="viewport"'):
        assert text in html
    assert export.answer(html) == "There were 14." and export.title(html) == "How many?"
    assert [r for r in check(html) if not r.startswith("links")] == []
    # what every page carries: 462 of it is the script that lets both widths of a map share its shapes, up to 323 kB of a page
    assert len(html) < 21_000


def test_code_internal_cells_and_standard_error_are_not_there():
    stderr = nbformat.v4.new_output("stream", name="stderr", text="warning of /home/ann")
    html = export.page(notebook(shown("text/html", "<p>the case itself</p>"), tags=["internal"]), BANNER)
    assert "the case itself" not in html and "secret" not in html
    assert "/home" not in export.page(notebook(stderr), BANNER)


def test_without_sample_the_banner_does_not_say_so():
    assert "SAMPLE DATA" not in export.page(notebook(), replace(BANNER, sample=False))


def test_a_pictures_own_words_are_kept_and_never_made_up():
    with_words = export.page(notebook(shown("image/png", PIXEL, {"image/png": {"alt": "It rises."}})), BANNER)
    assert 'alt="It rises."' in with_words
    without = export.page(notebook(shown("image/png", PIXEL)), BANNER)
    assert "alt=" not in without and "No description" not in without
    assert "alternatives: a picture has no alternative text" in check(without)


def test_text_is_escaped_and_a_traceback_is_refused():
    html = export.page(notebook(nbformat.v4.new_output("stream", name="stdout", text="<script>x</script>")), BANNER)
    assert "<script>x" not in html
    error = nbformat.v4.new_output(
        "error", ename="ValueError", evalue="x", traceback=["Traceback (most recent call last)"]
    )
    assert "tracebacks: shows a traceback" in check(export.page(notebook(error), BANNER))


@pytest.mark.parametrize("audience", ["restricted", "partnership", "public"])
def test_every_audience_has_its_marking(audience):
    banner = replace(BANNER, audience=audience)
    assert banner.marking and banner.marking in export.page(notebook(), banner)


@pytest.mark.parametrize(
    "number, months",
    [(1, "April to June 2017"), (3, "October to December 2017"), (4, "January to March 2018")],
)
def test_a_quarter_is_printed_in_months(number, months):
    assert replace(BANNER, period=Quarter(2017, number)).months == months
