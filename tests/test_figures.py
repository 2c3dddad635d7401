"""What every chart shares."""

from lscb.figures import axes, save


def drawing():
    figure, ax = axes()
    ax.plot([1, 2, 3])
    return save(figure, 'Line chart of "a" & <b>.', "Source: none")


def test_the_same_drawing_is_the_same_bytes_and_names_no_software():
    one, two = drawing(), drawing()
    assert one.png == two.png
    assert b"Software" not in one.png and b"matplotlib" not in one.png.lower()


def test_a_notebook_stores_the_picture_once_and_its_words_escaped():
    chart = drawing()
    assert repr(chart) == 'Line chart of "a" & <b>.'
    html = chart._repr_html_()
    assert 'alt="Line chart of &quot;a&quot; &amp; &lt;b&gt;."' in html
    assert html.count("data:image/png;base64,") == 1 and "<figcaption>Source: none</figcaption>" in html


class Tables(dict):
    """Stands for a book: tables by name."""

    sample = False


def test_withheld_repeats_are_named_in_their_column_and_never_drawn_as_none():
    import pandas as pd

    from lscb.figures import hrda

    rows = [
        ("2017-18-Q1", "Total", 9, "shown"), ("2017-18-Q1", "repeat", None, "suppressed"),
        ("2017-18-Q2", "Total", 8, "shown"), ("2017-18-Q2", "repeat", 6, "shown"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["period", "repeat", "count", "status"]).assign(
        measure="hrda_referrals", children="Total", reason=""
    )
    chart = hrda.referrals(Tables(hrda_by_period=table))
    assert chart.alt == (
        "Column chart. Referrals by quarter: 9 in 2017-18 Q1 and 8 in 2017-18 Q2. "
        "Of the last quarter's 8, 6 were repeats. Repeats withheld: 2017-18 Q1."
    )


def test_the_word_stands_across_each_gap_and_nowhere_else():
    from lscb.figures.base import gaps

    figure, ax = axes()
    gaps(ax, [1, 3])
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [("withheld", 1), ("withheld", 3)]
