"""Style and script of every page, and the policy that lets a browser run these and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "templates" / "lscb"


@lru_cache
def script() -> str:
    """The one script of a page: values on asking, sorting, printing. Without it everything is still there."""
    text = _short((FOLDER / "page.js").read_text(encoding="utf-8"))
    return re.sub(r" ?(=>|===|&&|\|\||[=?{},]) ?", r"\1", text)  # none of these has blanks beside it in a string


@lru_cache
def style(head: str = "", foot: str = "") -> str:
    """The style of a page; `head` and `foot` are printed on each sheet of paper, beside the number of the sheet."""
    text = re.sub(r"\s*([{};,])\s*|(:) ", r"\1\2", _short((FOLDER / "page.css").read_text(encoding="utf-8")))
    margin = f'@page {{ @top-left {{ content: "{_quoted(head)}" }} @bottom-left {{ content: "{_quoted(foot)}" }} }}'
    return f"{text}{margin if head else ''}"


def policy(style_text: str) -> str:
    """A Content-Security-Policy: this style, this script, pictures in the page itself, nothing from anywhere."""
    return (
        f"default-src 'none'; img-src data:; style-src '{content_hash(style_text)}'; script-src '{content_hash(script())}'; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache
def content_hash(text: str) -> str:
    """The hash by which a policy knows a style or a script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _short(text: str) -> str:
    """Without comments, the indents of lines and empty lines."""
    text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _quoted(text: str) -> str:
    """As CSS has a string; a page's words cannot end the style element."""
    return re.sub(r"[\"\\<>&\n]", lambda letter: f"\\{ord(letter[0]):x} ", text)
