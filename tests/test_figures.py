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
