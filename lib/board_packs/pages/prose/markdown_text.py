"""Markdown as HTML: the cells of notebooks, people's comments, chapters of the annual report."""

import mistune

markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])
