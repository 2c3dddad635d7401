"""Finished pages in a real browser: WCAG 2.2 AA by axe, no outside request, readable at 320 px, printable."""

import os
import re
import shutil

import pytest
import toy_quarter as toy

from board_packs.publish import quarter_run

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("LSCB_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt install chromium, or name one in LSCB_CHROMIUM"),
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        request = toy.ask(folder / "out", toy.write(folder / "notebooks"))
        quarter_run.run(request)
    return sorted((request.folder(toy.AREA) / "packs").rglob("*.html"))


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_pages_are_accessible_ask_nobody_and_fit_a_phone(pages, browser):
    from axe_playwright_python.sync_playwright import Axe

    assert len(pages) == 4 + 4 * 3
    for path in pages:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == [], path
        assert [url for url in asked if url != path.as_uri() and not url.startswith("data:")] == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert "No description has been provided" not in page.content()
        page.close()


def test_the_skip_link_is_first_and_works(pages, browser):
    page = browser.new_page()
    page.goto(next(p for p in pages if p.name == "10_people.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_page_prints(pages, browser):
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    assert page.pdf(tagged=True, outline=True)[:5] == b"%PDF-"
    page.close()


@pytest.mark.parametrize("mode", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_pages_are_accessible_in_dark_and_in_forced_colours(pages, browser, mode):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(**mode)
    kinds = {"10_people.html", "summary.html", "index.html", "main_board.html"}
    assert kinds <= {path.name for path in pages}
    for path in (path for path in pages if path.name in kinds):
        page = context.new_page()
        page.goto(path.as_uri())
        violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == [], path
        page.close()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_alone_reaches_every_value_of_a_chart(pages, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(next(p for p in pages if p.name == "10_people.html").as_uri())
    seen = "[...document.querySelectorAll('figure .v')].filter(m => m.getClientRects().length)"
    values = page.evaluate(f"{seen}.map(m => m.querySelector('title').textContent)")
    assert len(values) == 2 and {text.rpartition(" ")[2] for text in values} == {"28", "12"}
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "FIGURE":
            break
    assert page.evaluate("document.activeElement.querySelectorAll('.v').length") > 0
    said = []
    for key in ["Home"] + ["ArrowRight"] * (len(values) - 1):
        page.keyboard.press(key)
        said.append(page.locator("figure .reading").inner_text())
    assert said == values
    page.close()


def test_a_page_without_scripts_loses_no_figure(pages, browser):
    """Everything that is printed with scripts is there without them: texts, tables, folded parts, the words of charts."""
    context = browser.new_context(java_script_enabled=False)
    kinds = {"10_people.html", "summary.html"}
    assert kinds <= {path.name for path in pages}
    for path in (path for path in pages if path.name in kinds):
        plain, alive = context.new_page(), browser.new_page()
        texts = []
        for page in (plain, alive):
            page.goto(path.as_uri())
            words = page.locator("main, body").first.text_content() or ""
            texts.append(set(re.findall(r"\d[\d,.]*", words)))
            page.close()
        assert texts[1] <= texts[0] and texts[0], path
    page = context.new_page()
    page.goto(next(p for p in pages if p.name == "10_people.html").as_uri())
    assert page.locator("table").first.is_visible() or page.locator("details summary").first.is_visible()
    assert "28" in (page.locator("table").first.text_content() or "")
    context.close()
