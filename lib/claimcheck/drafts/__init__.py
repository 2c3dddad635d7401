"""Drafts as people write them: paragraphs, list items and table cells in reading order, and where each stands."""

from __future__ import annotations

from .document import Document, Paragraph
from .opening import open_draft

__all__ = ["Document", "Paragraph", "open_draft"]
