"""Whether the sentences of a finished page follow from the figures they print, by the reader of people's drafts.

What a page says in words is a claim like any other: one that its own figures contradict may not leave. Sentences whose
base stands nowhere are left alone, as in a draft.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck import Finding, Reading

# what a page says of its own making: names of files, codes, times
MAKING = re.compile(
    r'<section class="provenance".*?</section>|<details class="[^"]*provenance.*?</details>|<p class="run">.*?</p>'
    r"|<footer>.*?</footer>",
    re.DOTALL,
)


def reasons(html: str) -> list[str]:
    """One line for each sentence that does not follow: where it stands and how it fails, without repeating it."""
    import claimcheck

    reading = read(html)
    return [
        f"claims: {_place(reading, finding.paragraph)} does not follow from the figures printed with it "
        f"({finding.kind.replace('_', ' ')}: {finding.diagnosis.replace('_', ' ')})"
        for finding in reading.findings
        if finding.verdict == claimcheck.WRONG and not _rounded(finding, reading)
    ]


def counts(html: str) -> dict[str, int]:
    """How many claims of a page were judged, by verdict."""
    return dict(sorted(Counter(finding.verdict for finding in read(html).findings).items()))


@lru_cache(maxsize=2)  # a page is asked for its reasons and its counts, one after the other
def read(html: str) -> Reading:
    """Every claim of a page, judged."""
    from claimcheck import read_draft
    from claimcheck.drafts.web_pages import read_html

    return read_draft(read_html(Path("page.html"), MAKING.sub("", html).encode()))


def _rounded(finding: Finding, reading: Reading) -> bool:
    """Whether a sum may miss by rounding: counts that disclosure control rounds to 5, and cells of tables, whose sums
    it has looked after already."""
    if reading.document.paragraphs[finding.paragraph - 1].kind == "cell":
        return True
    counts = [str(number["value"] or "0").replace(",", "") for number in finding.numbers]
    return finding.kind == "parts_total" and all(count[-1:] in ("0", "5") for count in counts)


def _place(reading: Reading, number: int) -> str:
    """`the second paragraph under 'Is it a change'`, in figures."""
    heading, since = "", 0
    for paragraph in reading.document.paragraphs[:number]:
        heading, since = (paragraph.text, 0) if paragraph.kind == "heading" else (heading, since + 1)
    return f"paragraph {since} under {heading!r}" if heading else f"paragraph {number}"
