"""What every chart shares."""

from board_packs.pages.charts import gaps, panels
from board_packs.pages.charts.drawing import save


def axes():
    figure, (ax,) = panels(1, columns=1)
    return figure, ax


def drawing():
    figure, ax = axes()
    ax.plot([1, 2, 3])
    return save(figure, 'Line chart of "a" & <b>.', "Source: none")


def test_the_same_drawing_is_the_same_bytes_and_names_no_software():
    one, two = drawing(), drawing()
    assert one.png == two.png
    assert b"Software" not in one.png and b"matplotlib" not in one.png.lower()


def test_fewer_colours_look_the_same_as_matplotlibs_own_file():
    from io import BytesIO

    import numpy as np
    from matplotlib.colors import to_rgb
    from PIL import Image

    from board_packs.pages.charts import PALETTES

    figure, ax = axes()
    for place, colour in enumerate(PALETTES["board"]):
        ax.bar(place, place + 1, color=colour)
    own = BytesIO()
    figure.savefig(own, format="png", dpi=144)
    before = np.asarray(Image.open(own).convert("RGB")).astype(int)
    after = np.asarray(Image.open(BytesIO(save(figure, "", "").png)).convert("RGB")).astype(int)
    assert before.shape == after.shape and abs(before - after).max() <= 15
    assert (after[(before == 255).all(axis=2)] == 255).all()
    for colour in PALETTES["board"]:  # a decile's colour is the key's, to a step nobody sees
        asked = np.round(np.array(to_rgb(colour)) * 255)
        found = after[(before == asked).all(axis=2)]
        assert len(found) > 100 and abs(found - asked).max() <= 2, colour


def test_a_notebook_stores_the_picture_once_and_its_words_escaped():
    chart = drawing()
    assert repr(chart) == 'Line chart of "a" & <b>.'
    html = chart._repr_html_()
    assert 'alt="Line chart of &quot;a&quot; &amp; &lt;b&gt;."' in html
    assert html.count("data:image/png;base64,") == 1 and "<figcaption>Source: none</figcaption>" in html


def test_the_word_stands_across_each_gap_and_nowhere_else():
    figure, ax = axes()
    gaps(ax, [1, 3])
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [("withheld", 1), ("withheld", 3)]
