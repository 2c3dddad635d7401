"""Processor seconds of reading and judging a draft of sixty pages beside those of the library that only reads its file.

`python tests/benchmarks/bench_drafts.py [pairs]` prints the median of the paired ratios, for Word and for PDF. The draft is
made of the drafts of `tests/claimcheck/blind_drafts`, one after the other, until it has sixty pages of fifty lines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import docx
import pdfplumber

from claimcheck.draft_reading import read_draft

DRAFTS = Path(__file__).parents[1] / "claimcheck" / "blind_drafts"
PAGES, LINES, WIDTH = 60, 50, 90


def lines() -> list[str]:
    """The lines of sixty pages; the marks of the drafts' truth left out."""
    texts = [line for path in sorted(DRAFTS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    result: list[str] = []
    for text in cycle(texts):
        result += textwrap.wrap(text.split(" | ", 1)[-1].lstrip("#* "), WIDTH) if not text.startswith("T ") else []
        if len(result) >= PAGES * LINES:
            return result[: PAGES * LINES]
    return result


def word(path: Path) -> Path:
    document = docx.Document()
    for text in lines():
        document.add_paragraph(text)
    document.save(str(path))
    return path


def pdf(path: Path) -> Path:
    """A plain PDF of one font, written by hand."""
    rows = lines()
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for page in range(PAGES):
        texts = [t.replace("\\", "").replace("(", r"\(").replace(")", r"\)") for t in rows[page * LINES :][:LINES]]
        stream = "BT /F1 9 Tf 14 TL 50 780 Td " + " ".join(f"({t}) Tj T*" for t in texts) + " ET"
        number = len(objects) + 1
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(PAGES))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {PAGES} >>"
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body.encode("latin-1", "replace")))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(body.encode("latin-1", "replace"))
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(body.encode("latin-1", "replace"))
    return path


def only_word(path: Path) -> int:
    return sum(len(p.text) for p in docx.Document(str(path)).paragraphs)


def only_pdf(path: Path) -> int:
    with pdfplumber.open(path) as file:
        return sum(len(page.extract_text()) for page in file.pages)


def seconds(call: Callable[[Path], object], path: Path) -> float:
    started = time.process_time()
    call(path)
    return time.process_time() - started


def seconds_at_first(path: Path) -> float:
    """Of reading and judging in a process of its own: nothing is remembered from a reading before."""
    code = (
        "import sys, time; from claimcheck.draft_reading import read_draft; started = time.process_time(); "
        "read_draft(sys.argv[1]); print(time.process_time() - started)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main(pairs: int = 3) -> None:
    with tempfile.TemporaryDirectory() as place:
        for name, path, only in (
            ("python-docx", word(Path(place) / "draft.docx"), only_word),
            ("pdfplumber", pdf(Path(place) / "draft.pdf"), only_pdf),
        ):
            reading = read_draft(path)
            rows = [(seconds_at_first(path), seconds(only, path)) for _ in range(pairs)]
            ratio = statistics.median(ours / plain for ours, plain in rows)
            print(
                f"{len(reading.findings)} claims of {PAGES} pages read and judged beside {name} alone: {ratio:.1f} times"
                f" ({statistics.median(r[0] for r in rows):.1f} s and {statistics.median(r[1] for r in rows):.2f} s)"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
