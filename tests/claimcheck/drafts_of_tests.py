"""Drafts written in a line: ` / ` parts paragraphs, `* ` opens a list item, `# ` a heading."""

from claimcheck.drafts import Document


def draft_of(text: str) -> Document:
    document = Document("draft")
    for paragraph in text.split(" / "):
        kind = "item" if paragraph.startswith("* ") else "heading" if paragraph.startswith("# ") else "body"
        document.add(paragraph.removeprefix("* ").removeprefix("# "), kind)
    return document
