"""How long a pack is to read: words outside folds, phone screens, printed A4 sheets, bytes. Prints one line a page.

    python tests/end_to_end/reading_length.py outputs/sample/2017-18-Q4/E06000045/packs/main_board

Words are those a browser shows at 1280 pixels with every fold closed; screens are of 390 x 844 pixels. Sheets are
printed with the page's own style; those from the annex of folded parts on are counted apart (`annex`).
"""

import os
import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pdfplumber
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
WORDS = """() => { const shapes = [...document.querySelectorAll('main svg')]; const old = shapes.map(s => s.style.display);
  shapes.forEach(s => { s.style.display = 'none'; }); const text = document.querySelector('main').innerText;
  shapes.forEach((s, at) => { s.style.display = old[at]; }); return text; }"""  # labels of charts are no words to read
WIDER = """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest('.table, pre')).length"""


def measured(browser, path: Path) -> dict:
    """The lengths of one page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    words = len(re.findall(r"\S+", page.evaluate(WORDS)))
    sheets = pdf_texts(page.pdf(prefer_css_page_size=True, format="A4"))
    annex = next((at for at, text in enumerate(sheets) if re.search(r"^Annex\b", text, re.M)), len(sheets))
    page.close()
    page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(path.as_uri())
    screens = page.evaluate("document.documentElement.scrollHeight") / 844
    wider = page.evaluate(WIDER)
    page.close()
    return {"words": words, "screens": screens, "sheets": annex, "annex": len(sheets) - annex, "kB": path.stat().st_size / 1e3,
            "wider": wider}  # fmt: skip


def pdf_texts(content: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return [page.extract_text() or "" for page in pdf.pages]


def main(folders: list[str]) -> None:
    chromium = os.environ.get("LSCB_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for folder in map(Path, folders):
            pages = sorted(path.resolve() for path in folder.glob("*.html") if path.stem != folder.name)
            rows = {path.name: measured(browser, path) for path in pages}
            rows["all"] = {name: sum(row[name] for row in rows.values()) for name in next(iter(rows.values()))}
            print(folder.name)
            for name, row in rows.items():
                print(f"  {name:36}" + "".join(f" {what} {size:8,.1f}" for what, size in row.items()))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
