"""A page is read back by itself: nothing that another page left open is drawn on."""

import matplotlib.pyplot as plt
from page_reader import bars, run


def test_a_figure_that_was_left_open_is_not_drawn_on(tables):
    left = plt.figure().add_subplot()
    left.bar(["a", "b"], [3, 4])
    page = run("65_assurance", tables("public"), "public")
    (ax,) = page.cell("sns.barplot(standards").axes
    assert ax is not left
    assert bars(left) == [3, 4]
