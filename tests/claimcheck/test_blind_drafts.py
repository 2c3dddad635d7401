"""Fourteen invented annual reports with planted errors, each written with its truth before the reader saw it.

First pass of the first six, read by shapes of sentences: claims found 77, 81, 92, 78, 79, 78 %, read right 56, 69, 92, 73,
74, 71 %, planted errors found 15 of 42, 29 of 42, 16 of 19, 26 of 44, 30 of 42, 13 of 23, true sentences accused 2, 2, 0, 1,
1, 0. Of the last two, read by relations besides: found 84, 94 %, right 73, 81 %, planted 16 of 30, 28 of 31, accused 1, 1.
The ninth and tenth (a chief officer's and a manager's), by two further hands: found 68, 77 % by shapes alone and 73, 84 % with the figures
that no shape took related by arithmetic, right 63, 75 %, planted 8 of 20, 14 of 20, accused 0, 0.
The last four (a police-led report, a county's with tables, one in words, a data pack), by one more hand that tried four manners: found 88, 79, 82, 74 %,
right 82, 53, 47, 61 %, planted 9 of 12, 5 of 12, 4 of 12, 5 of 14, accused 0, 0, 1, 5. The first two were put away and met again after
the reader had been mended by the other two: 90 and 79, 84 and 53, 10 and 5, accused 0, 0. What they reach now is held at FLOORS.
A line is `VERDICT FAULT KIND: ROLES | SENTENCE`: R reproduces, W does not, U cannot be checked, - claims nothing; `* ` opens a list item, `T ` is a table's row.
"""

import re
from pathlib import Path

import docx
import pytest
from test_blind_sentences import is_right

import claimcheck as claims
from claimcheck.draft_reading import read_draft

FOLDER = Path(__file__).parent / "blind_drafts"
VERDICTS = {"R": claims.REPRODUCES, "W": claims.WRONG, "U": claims.UNKNOWN}
FAULTS = "base|total|year|impossible|direction|twice"
FLOORS = {  # planted errors found, claims found, claims read right, where less than 0.9, 0.9, 0.85
    "lythe_2021_22": (0.83, 0.9, 0.84), "northmoor_2024_25": (0.71, 0.88, 0.83),
    "marshgate_2022_23": (0.83, 0.9, 0.84), "wenshire_2023_24": (0.58, 0.85, 0.7),
}  # fmt: skip
LINE = re.compile(rf"(?P<verdict>[RWU-])\s*(?:(?:{FAULTS})\s+)?(?:(?P<kinds>[a-z_|]+):\s*(?P<roles>.*))?$")


class Planted:
    """A draft as Word and as Markdown, and its sentences: (text, verdict, kinds, roles); a row's text is its cells."""

    def __init__(self, path: Path, folder: Path):
        self.sentences: list[tuple[str, str, str, str]] = []
        self.word, self.markdown = docx.Document(), []
        block: list[str] = []
        rows: list[list[str]] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if rows and not line.startswith("T "):
                self.table(rows)
                rows = []
            if line.startswith("T "):
                rows.append([cell.strip() for cell in line[2:].split("|")[1:]])
                self.sentences.append((" ".join(rows[-1]), (line[2:].split("|")[0].strip() or "-")[0], "", ""))
            elif " | " in line:
                head, text = line.split(" | ", 1)
                read = LINE.match(head.strip())
                self.sentences.append(
                    (text.removeprefix("* "), read["verdict"], read["kinds"] or "", read["roles"] or "")
                )
                block += [text] if not text.startswith("* ") else []
                if text.startswith("* "):
                    self.add(text[2:], "List Bullet", "- ")
            else:
                if block:
                    self.add(" ".join(block))
                    block = []
                if line:
                    self.add(
                        line.lstrip("# "), "Heading 2" if line.startswith("#") else None, "## " * line.startswith("#")
                    )
        self.word.save(folder / "draft.docx")
        (folder / "draft.md").write_text("\n".join(self.markdown), encoding="utf-8")

    def add(self, text: str, style: str | None = None, mark: str = "") -> None:
        self.word.add_paragraph(text, style)
        self.markdown += [mark + text, ""]

    def table(self, rows: list[list[str]]) -> None:
        table = self.word.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
            self.markdown.append("| " + " | ".join(row) + " |")
            self.markdown += ["|---" * len(row) + "|"] if i == 0 else []
        self.markdown.append("")


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


@pytest.fixture(
    scope="module",
    params=[
        "fenmarsh_2022_23",
        "brockvale_2023_24",
        "eldershire_2024_25",
        "hallowmere_2023_24",
        "tarnbeck_2021_22",
        "oxmere_2022_23",
        "ashcombe_2023_24",
        "greywater_2021_22",
        "chiefs_2023_24",
        "manager_2024_25",
        "lythe_2021_22",
        "northmoor_2024_25",
        "marshgate_2022_23",
        "wenshire_2023_24",
    ],
)
def draft(request, tmp_path_factory):
    """The planted draft, and for each kind of file the findings of each of its sentences, by number."""
    folder = tmp_path_factory.mktemp("draft")
    planted = Planted(FOLDER / f"{request.param}.txt", folder)
    found = {}
    for name in ("draft.docx", "draft.md"):
        reading = read_draft(folder / name)
        rows: dict = {}
        for p in reading.document.paragraphs:
            if p.place is not None:
                rows.setdefault((p.place.table, p.place.row), []).append(p)
        row_of = {p.number: " ".join(c.text for c in cells) for cells in rows.values() for p in cells}
        found[name] = [
            [f for f in reading.findings if letters(row_of.get(f.paragraph, f.text)) == letters(text)]
            for text, *_ in planted.sentences
        ]
        assert sum(map(len, found[name])) >= len(reading.findings)
    return planted.sentences, found, FLOORS.get(request.param, (0.9, 0.9, 0.85))


@pytest.mark.parametrize("name", ["draft.docx", "draft.md"])
def test_a_planted_error_is_found_and_nothing_true_is_accused(draft, name):
    sentences, found, (floor, *_) = draft
    accused = [
        (text, verdict)
        for (text, verdict, *_), of_it in zip(sentences, found[name], strict=True)
        if any(f.verdict == claims.WRONG for f in of_it)
    ]
    assert [text for text, verdict in accused if verdict != "W"] == []
    planted = [text for text, verdict, *_ in sentences if verdict == "W"]
    assert len(planted) in (42, 19, 44, 23, 30, 31, 20, 12, 14) and len(accused) >= floor * len(planted), set(
        planted
    ) - {text for text, _ in accused}


@pytest.mark.parametrize("name", ["draft.docx", "draft.md"])
def test_what_is_claimed_is_found_and_read_right_and_what_claims_nothing_is_passed_by(draft, name):
    sentences, found, (_, least_found, least_right) = draft
    pairs = list(zip(sentences, found[name], strict=True))
    claimed = [(s, of_it) for s, of_it in pairs if s[2]]
    right = [s for s, of_it in claimed if any(is_right(f, s[2], s[3], VERDICTS[s[1]]) for f in of_it)]
    assert len([s for s, of_it in claimed if of_it]) >= least_found * len(claimed)
    assert len(right) >= least_right * len(claimed), [s[0] for s, _ in claimed if s not in right]
    noisy = [s[0] for s, of_it in pairs if s[1] == "-" and of_it]
    assert len(noisy) <= 2, noisy
