"""What a browser finds wrong with finished packs: WCAG 2.2 AA by axe in five modes, charts wider than a phone, values
that the keyboard does not reach, figures that a page without scripts lacks. Prints one line a page, and each fault; a page
that is the same in several packs but for its links is looked at once.

    python tests/end_to_end/pack_checks.py outputs/sample/2017-18-Q4/E06000045/packs/*
"""

import os
import re
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("LSCB_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: dict[str, dict] = {
    "light": {}, "dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"},
    "320 px": {"viewport": {"width": 320, "height": 800}}, "390 px": {"viewport": {"width": 390, "height": 844}},
}  # fmt: skip
LINKS = re.compile(r'<nav class="pack-links".*?</nav>|<title>.*?</title>', re.DOTALL)
OPEN = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
WIDER = """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest('.table, pre')).map(e => e.outerHTML.slice(0, 120))"""
REACHED = """() => [...document.querySelectorAll('figure')].flatMap(figure => {
  const seen = [...figure.querySelectorAll('.v')].filter(m => m.getClientRects().length);
  if (!seen.length) return [];
  if (figure.tabIndex !== 0) return ['no focus: ' + figure.getAttribute('aria-label')];
  const said = new Set();
  const press = key => { figure.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    said.add(figure.querySelector('.reading').textContent); };
  press('Home'); seen.slice(1).forEach(() => press('ArrowRight'));
  return seen.map(m => m.querySelector('title').textContent.trim()).filter(words => !said.has(words)); })"""


def launched(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def violations(page) -> list[tuple[str, str]]:
    """What axe finds, each with the first element that has it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def figures(page) -> set[str]:
    """Every number of a page, in its texts, its folds and the words of its charts."""
    return set(re.findall(r"\d[\d,.]*", page.locator("main").first.text_content() or ""))


def faults(browser, path: Path) -> list[str]:
    """What is wrong with one page, its folds open."""
    found, texts = [], {}
    for mode, setting in MODES.items():
        context = browser.new_context(**setting)
        page = context.new_page()
        page.goto(path.resolve().as_uri())
        page.evaluate(OPEN)
        texts[mode] = figures(page)  # before anything is asked, which adds a line to a chart
        found += [f"{mode}: {rule} {html[:120]}" for rule, html in violations(page)]
        if "viewport" in setting:
            found += [f"{mode}: wider than the screen: {html}" for html in page.evaluate(WIDER)]
        found += [f"{mode}: not said by the keyboard: {words}" for words in page.evaluate(REACHED)]
        context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    lost = texts["light"] - figures(page)
    context.close()
    return found + ([f"without scripts lost: {sorted(lost)}"] if lost else [])


def main(folders: list[str]) -> int:
    from playwright.sync_api import sync_playwright

    number, seen = 0, set[str]()
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for path in (path for folder in folders for path in sorted(Path(folder).glob("*.html"))):
            text = LINKS.sub("", path.read_text(encoding="utf-8"))
            if text in seen:
                continue
            seen.add(text)
            wrong = faults(browser, path)
            number += len(wrong)
            print(f"{path.parent.name}/{path.name}: {len(wrong) or 'nothing'} wrong", *wrong, sep="\n  ", flush=True)
        browser.close()
    return number > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
