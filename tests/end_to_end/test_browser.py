"""Finished pages in a real browser: WCAG 2.2 AA by axe, no outside request, readable at 320 px, printable."""

from datetime import date
from types import SimpleNamespace

import pack_checks
import pandas as pd
import pytest
import toy_quarter as toy

from board_packs.pages import small_charts
from board_packs.pages.finding import Action, Finding, Findings
from board_packs.publish import quarter_run
from board_packs.publish.export import Banner
from board_packs.publish.pack_files import pack_summary
from lscb import long_table
from lscb.periods import Quarter

CHROMIUM = pack_checks.CHROMIUM
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt install chromium, or name one in LSCB_CHROMIUM"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as patch:
        toy.use(patch)
        request = toy.ask(folder / "out", toy.write(folder / "notebooks"))
        quarter_run.run(request)
    return sorted((request.folder(toy.AREA) / "packs").rglob("*.html"))


@pytest.fixture(scope="module")
def browser(pages):
    """A browser, started once the pages are made: where its loop runs, a quarter cannot start another."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = pack_checks.launched(playwright)
        yield chromium
        chromium.close()


def test_pages_are_accessible_ask_nobody_and_fit_a_phone(pages, browser):
    assert len(pages) == 4 + 4 * 3
    for path in pages:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert pack_checks.violations(page) == [], path
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


def printed(path, folder) -> list[list[str]]:
    """The lines of each sheet that a page prints on, which has to be A4, tagged and with bookmarks."""
    import pdfplumber

    from board_packs.publish.pdf_printing import pdf

    out = folder / f"{path.stem}.pdf"
    assert pdf(path, out)
    with pdfplumber.open(out) as file:
        assert file.doc.catalog["MarkInfo"]["Marked"] and "Outlines" in file.doc.catalog
        assert {(round(sheet.width), round(sheet.height)) for sheet in file.pages} == {(595, 842)}
        return [(sheet.extract_text() or "").splitlines() for sheet in file.pages]


@pytest.mark.parametrize("name, most", [("summary", 2), ("main_board", 9)])
def test_each_sheet_of_a_pack_has_its_head_its_marking_and_its_number(pages, tmp_path, name, most):
    sheets = printed(next(p for p in pages if p.parent.name == "main_board" and p.stem == name), tmp_path)
    assert len(sheets) <= most
    for number, (head, *_, foot) in enumerate(sheets, 1):
        assert head.startswith("SAMPLE DATA. Southampton, January to March 2018: Main Board"), head
        assert foot == f"PARTNERSHIP: for members of the partnership {number} of {len(sheets)}"
    if name == "main_board":
        (annex,) = [lines for lines in sheets if any(line.startswith("Annex") for line in lines)]
        assert annex[1].startswith("Annex") and "How many were referred?" in annex  # whose folds they are
        assert "How many were referred?" in [lines[1] for lines in sheets]  # a question begins a sheet


def test_no_row_and_no_chart_breaks_over_two_sheets(pages, tmp_path):
    source = next(p for p in pages if p.name == "20_places.html").read_text(encoding="utf-8")
    rows = "".join(f"<tr><th>r{n}a<br>r{n}b<br>r{n}c</th><td>{n}</td></tr>" for n in range(90))
    table = f'<div class="table"><table><thead><tr><th>Headings</th><th>N</th></tr></thead><tbody>{rows}</tbody></table></div>'
    figure = (
        '<figure><p class="finding">f{0}a</p><svg width="600" height="420"><text y="400">f{0}b</text></svg></figure>'
    )
    path = tmp_path / "long.html"
    path.write_text(
        source.replace("</main>", f"{table}{''.join(map(figure.format, range(7)))}</main>"), encoding="utf-8"
    )
    sheets = [set(" ".join(lines).split()) for lines in printed(path, tmp_path)]
    parts = [[f"r{n}{part}" for part in "abc"] for n in range(90)] + [
        [f"f{n}{part}" for part in "ab"] for n in range(7)
    ]
    for pieces in parts:
        assert [set(pieces) <= sheet for sheet in sheets if set(pieces) & sheet] == [True], pieces
    assert all(
        "Headings" in sheet for sheet in sheets if any(word.startswith("r") and word.endswith("a") for word in sheet)
    )


@pytest.mark.parametrize("mode", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_pages_are_accessible_in_dark_and_in_forced_colours(pages, browser, mode):
    context = browser.new_context(**mode)
    kinds = {"10_people.html", "summary.html", "index.html", "main_board.html"}
    assert kinds <= {path.name for path in pages}
    for path in (path for path in pages if path.name in kinds):
        page = context.new_page()
        page.goto(path.as_uri())
        assert pack_checks.violations(page) == [], path
        page.close()
    context.close()


def test_the_checks_of_packs_name_what_is_wrong(browser, tmp_path):
    """A page with a fault of each kind: a picture without words, a wide text, a chart no key reaches, one that says nothing,
    a lost figure."""
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><html lang='en'><title>Page</title><main><h1>Page</h1><img src='data:,'>"
        "<p style='width:900px'>wide</p><figure aria-label='Chart'><svg><g class='v'><title>7</title><text y='9'>x</text></g>"
        "</svg></figure><figure aria-label='Mute' tabindex='0'><p class='reading'></p><svg><g class='v'><title>8</title>"
        "<text y='9'>x</text></g></svg></figure><p id='late'></p></main><script>late.textContent = 41</script></html>"
    )
    found = "\n".join(pack_checks.faults(browser, path))
    lost = "without scripts lost: ['41']"
    for words in ("image-alt", "wider than the screen: <p", "no focus: Chart", "not said by the keyboard: 8", lost):
        assert words in found, found


def test_a_map_finds_a_neighbourhood_by_its_code_and_by_the_name_that_stands_on_it(pages, browser, tmp_path):
    """Names of the map lie over the neighbourhoods: Weston over the second of two, whose own words have no such name."""
    source = next(p for p in pages if p.name == "20_places.html").read_text(encoding="utf-8")
    shapes = "".join(
        f'<path class="place v" d="M{x},0H{x + 90}V90H{x}Z" fill="#12436d"><title>Area {code}: decile 1</title></path>'
        for x, code in ((0, "001A"), (100, "002B"))
    )
    drawing = f'<svg width="200" height="100">{shapes}<text x="110" y="50" font-size="11">Weston</text></svg>'
    figure = f'<figure class="map" tabindex="0" aria-label="Map"><div class="drawing">{drawing}</div></figure>'
    path = tmp_path / "map.html"
    path.write_text(source.replace("</main>", f"{figure}</main>"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    field, found = page.locator("figure.map input"), {}
    for asked in ("001a", "weston", "nowhere"):
        field.fill(asked)
        none = page.locator("figure.map .find").get_attribute("class")
        found[asked] = (
            page.locator("figure.map .outline").count(),
            page.locator("figure.map .reading").inner_text(),
            none,
        )
    assert found["001a"] == (1, "Area 001A: decile 1", "find") and found["weston"] == (1, "Area 002B: decile 1", "find")
    assert found["nowhere"][::2] == (0, "find none")
    page.close()


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
            texts.append(pack_checks.figures(page))
            page.close()
        # the first page of the toy quarter has no figure to lose: its pages test none
        assert texts[1] <= texts[0] and (texts[0] or path.name == "summary.html"), path
    page = context.new_page()
    page.goto(next(p for p in pages if p.name == "10_people.html").as_uri())
    assert page.locator("table").first.is_visible() or page.locator("details summary").first.is_visible()
    assert "28" in (page.locator("table").first.text_content() or "")
    context.close()


@pytest.mark.parametrize("worse, better", [(30, 4), (3, 20)])
def test_the_first_page_is_two_sides_however_much_is_found(browser, tmp_path, worse, better):
    """As many figures with a chart each as there is room for, twenty actions late by name, deaths, thirty titles of which
    nothing is known, all that can be asked and all that is told since: printed on two sheets."""
    says = "30.6 per 10,000 in 2017-18: higher than similar places (22.9), its region (22.6) and England (20.2); 132 of 431"
    late = tuple(
        Action(date(2018, 2, 1), "Southampton City CCG", f"Agree who leads when {n} services know a family", 1)
        for n in range(20)
    )
    chart = small_charts.change("Indicator", (0.5, 0.1, 0.9), "worse")
    made = [
        Finding("worse", "interval", f"Indicator {n} of the children's services", says, 50, chart, "same")
        for n in range(worse)
    ]
    made += [
        Finding("worse", "agreed", "Business plan actions not done when due", "20 of the 24 due", 80, actions=late)
    ]
    made += [
        Finding(
            "far", "rank", "Care leavers in education, training or work", says, 50, chart, disagreement="two counts"
        )
    ]
    made += [Finding("same", "interval", "Child deaths notified", says, 30, chart, heading="Child deaths")]
    made += [Finding("other", "chart", f"Series {n}", says, 40, chart, "other") for n in range(6)]
    made += [Finding("better", "chart", f"Other series {n}", says, 40, chart) for n in range(better)]
    unknown = {
        f"no return of it came, reason {n}": [f"A figure of the return {n}-{k}" for k in range(10)] for n in range(3)
    }
    found = Findings(made, unknown, {"audit recommendations": list(late[:4])})
    parts = SimpleNamespace(
        of=lambda name, *_: [(found if name == "found indicators by quarter" else Findings()).values(), []]
    )
    area = pd.DataFrame({"area": ["E06000045"]})
    long_table.write(
        {"scorecard_quarter": long_table.cells(area, measure="services_count", period="2017-18-Q4")}, tmp_path
    )
    banner = Banner(Quarter(2017, 4), "E06000045", "partnership", sample=True, run="a4d1b6e6d7c4, 2026-11-30")
    html, _ = pack_summary.summary(
        tmp_path, ["scorecard_quarter"], banner, "Missing, Exploited and Trafficked Group", {}, parts
    )
    path = tmp_path / "summary.html"
    path.write_text(html, encoding="utf-8")
    assert len(printed(path, tmp_path)) <= 2
