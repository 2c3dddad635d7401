"""The annual report: people's Markdown, whose every figure is a reference to a cell of the year's public tables.

report_chapters: chapters to one page with its lists of figures and tables · annual_report: the command, the release
check, the PDF. What a reference names, and what a careful reader would question, is in board_packs.pages.prose.
"""
