"""The annual report: people's Markdown, whose every figure is a reference to a cell of the year's public tables.

references: finds the cell a reference names · audit: what a careful reader would question before release ·
build: chapters to one page, its lists of figures and tables, and the PDF.
"""
