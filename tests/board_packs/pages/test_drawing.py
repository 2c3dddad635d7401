"""What every chart shares: SVG of two widths, its words, what it answers, and nothing that is not seen."""

import re
from html import unescape

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from board_packs.pages import charts
from board_packs.pages.charts import gaps, panels, text_layouts
from board_packs.pages.charts.finished_chart import save
from board_packs.pages.charts.svg_writing import Svg
from lscb import control_charts, rare_event_charts


def axes():
    figure, (ax,) = panels(1, columns=1)
    return figure, ax


def drawing():
    figure, ax = axes()
    ax.plot([1, 2, 3])
    return save(figure, 'Line chart of "a" & <b>.', "Source: none")


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def rows(counts=(100, 150, 120), status=("shown", "shown", "shown")) -> pd.DataFrame:
    periods = ["2017-18-Q2", "2017-18-Q3", "2017-18-Q4"]
    return pd.DataFrame({"period": periods, "measure": "m", "count": counts, "value": np.nan, "of": np.nan, "low": np.nan,
                         "high": np.nan, "status": status, "reason": "", "unit": "count"})  # fmt: skip


def test_the_same_drawing_is_the_same_text_and_names_no_software_no_time_and_no_part():
    one, two = drawing(), drawing()
    assert one == two
    for word in ("matplotlib", "Created", "<metadata", " id=", "<defs", "clip", "style=", "2026", "url("):
        assert word not in one.drawing, word


def test_a_year_is_named_as_it_is_where_a_tenth_is_named_a_decile():
    years = rows(status=("shown", "shown", "suppressed")).assign(period=["2015", "2016", "2017"])
    assert charts.describe(years, "Line chart").endswith("Withheld: 2017.")
    tenths = years.assign(period="2019", decile=["1", "2", "3"])
    assert charts.describe(tenths, "Bar chart", by="decile").endswith("Withheld: decile 3.")


def test_a_period_in_a_title_stands_on_one_line():
    shown = charts.show(axes()[1], "Children: 49,901 in mid-2016, 5 in 2017-18 Q4 and 2016-17", "Line chart.")
    whole = re.findall('<span class="whole">([^<]+)</span>', shown._repr_html_())
    assert whole == ["mid-2016", "2017-18 Q4", "2016-17"]


def test_nothing_is_written_that_no_page_would_show():
    """No ground of axes without a colour; no ink, in which a page writes anyhow; another tone is named."""
    figure, ax = axes()
    ax.set_facecolor("none")
    ax.text(0, 2, "quiet", color=charts.GREY)
    ax.text(0, 3, "plain", color=charts.INK)
    svg = save(figure, "Line chart.", "").drawing
    tags = {text: tag for tag, text in re.findall("<text([^>]*)>([^<]*)", svg)}
    assert 'fill="none"/>' not in svg and 'fill="#6b6b6b"' in tags["quiet"] and "fill" not in tags["plain"]


def test_a_page_stores_both_widths_and_the_words_escaped():
    chart = drawing()
    assert repr(chart) == 'Line chart of "a" & <b>.'
    html = chart._repr_html_()
    assert html.count('aria-label="Line chart of &quot;a&quot; &amp; &lt;b&gt;."') == 2  # one for each width
    assert html.count("<svg") == 2 and "<figcaption>Source: none</figcaption>" in html


def test_the_version_for_a_phone_has_letters_of_the_same_size_and_is_no_wider_than_the_phone():
    wide, narrow = re.findall(r"<svg.*?</svg>", drawing().drawing, re.DOTALL)
    assert (
        float(re.search(r'viewBox="0 0 ([\d.]+)', narrow)[1])
        <= 350
        < float(re.search(r'viewBox="0 0 ([\d.]+)', wide)[1])
    )
    sizes = [max(map(float, re.findall(r'font-size="([\d.]+)"', svg))) for svg in (wide, narrow)]
    assert sizes[1] > 0.85 * sizes[0] and sizes[1] > 12


def test_what_lies_outside_the_axes_is_cut_off_and_not_only_hidden():
    figure, ax = axes()
    ax.plot([0, 1, 2, 3], [1, 2, 90_000, 3], "o-")
    ax.set(xlim=(0, 1), ylim=(0, 3))
    svg = save(figure, "Line chart.", "").drawing
    places = [float(number) for path in re.findall(r' d="([^"]+)"', svg) for number in re.findall(r"-?[\d.]+", path)]
    assert max(map(abs, places)) < 800
    assert len(re.findall("<circle", svg)) == 2 * 2  # two points of four, in two widths


def test_places_are_no_finer_than_a_tenth_of_a_pixel():
    figure, ax = axes()
    ax.plot([0, 1, 2], [1 / 3, 2 / 7, 3 / 11], "o-")
    svg = re.sub(r'opacity="[^"]+"|<text.*?</text>', "", save(figure, "Line chart.", "").drawing)
    assert "circle" in svg and not re.search(r"\d\.\d\d", svg)


def test_a_quiet_mark_stands_in_each_gap_and_nowhere_else():
    figure, ax = axes()
    gaps(ax, [1, 3])
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [("×", 1), ("×", 3)]


def test_a_withheld_point_is_marked_at_no_height_of_the_scale_and_a_withheld_bar_where_it_would_begin():
    """Beside points the mark stands at the top of a dotted line over all heights: near the foot it reads as about 0."""
    figure, (points, bars) = plt.subplots(1, 2)
    points.plot([0, 1, 3], [60, 40, 12], "o-"), bars.bar([0, 1, 3], [60, 40, 12])
    limits = points.get_ylim()
    for ax in (points, bars):
        gaps(ax, [2])
    assert [ax.texts[0].get_position() for ax in (points, bars)] == [(2, 0.96), (2, 0.04)]
    (line,) = points.collections[0].get_segments()
    assert line.tolist() == [[2, 0], [2, 0.92]] and not bars.collections and points.get_ylim() == limits


def test_the_highest_mark_is_whole_and_below_the_edge():
    figure, ax = axes()
    ax.plot([0, 1, 2, 3], [26.5, 26.7, 13, 26.7], "s", markersize=6)
    ax.set_ylim(0, None)
    save(figure, "Line chart.", "")
    assert ax.get_ylim() == (0, pytest.approx(26.7 / 0.95))


def test_a_mark_at_the_edge_is_not_cut_in_half():
    """Four squares of one size, two of them with their middle on the edge: four shapes of one kind of outline."""
    renderer = Svg(100, 100, 72)
    gc = renderer.new_gc()
    gc.set_clip_rectangle(Bbox([[10, 10], [90, 90]]))
    square = MarkerStyle("s")
    places = Path([[20, 50], [40, 90], [60, 50], [90, 50], [95, 50]])  # the last is outside
    size = square.get_transform() + Affine2D().scale(8)
    renderer.draw_markers(gc, square.get_path(), size, places, IdentityTransform(), (0.07, 0.26, 0.43))
    (path,) = re.findall(r'<path d="([^"]+)"', "".join(renderer.parts))
    corners = [re.match(r"M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H", part) for part in path.split("Z")[:-1]]
    sizes = [(float(c[3]) - float(c[1]), float(c[2]) - float(c[4])) for c in corners]
    assert sizes == [(8, 8)] * 4


def test_the_words_below_say_what_the_mark_stands_for():
    frame = rows(status=("shown", "suppressed", "shown"), counts=(100, np.nan, 120))
    _, ax = axes()
    ax.bar(range(3), frame["count"])
    chart = charts.show(charts.labels(ax, frame), "A finding", "Column chart of three.", "the return", frame)
    assert chart.source == "Source: the return. × withheld."
    assert chart.drawing.count("<title>2017-18 Q3: withheld</title>") == 2
    assert chart.drawing.count("<title>2017-18 Q2: 100</title>") == 2
    for svg in re.findall(r"<svg.*?</svg>", chart.drawing, re.DOTALL):
        assert "120" in texts(svg)  # the newest figure is in sight at both widths


def test_every_place_answers_with_each_line_that_is_drawn_there():
    figure, ax = axes()
    frame = pd.DataFrame(
        {"Southampton": [10.0, 11.5], "England": [8.0, np.nan], "Region": [1.0, 2.0]}, ["2016-17", "2017-18"]
    )
    frame = pd.concat([pd.DataFrame({"Southampton": [9.0], "England": [7.5], "Region": [0.5]}, ["2015-16"]), frame])
    frame.plot(ax=ax, style="o-")
    charts.periods(ax, list(frame.index))
    said = re.findall(r"<title>(.*?)</title>", save(figure, "Line chart.", "").drawing)
    assert said[:3] == [
        "2015-16: Southampton 9.0; England 7.5; Region 0.5",
        "2016-17: Southampton 10.0; England 8.0; Region 1.0",
        "2017-18: Southampton 11.5; Region 2.0",
    ]


def test_labels_of_a_scale_are_marked_and_figures_at_points_are_not():
    figure, ax = axes()
    ax.bar(["Police", "Schools"], [10, 20])
    ax.annotate("20 of 30", (1, 20))
    svg = save(figure, "Column chart.", "").drawing
    marked = set(re.findall(r'<text class="tick"[^>]*>([^<]*)', svg))
    assert {"0", "20", "Police"} <= marked and "20 of 30" not in marked


@pytest.mark.parametrize("number", [1, 4])
def test_panels_beside_each_other_come_below_each_other_on_a_phone(number):
    figure, several = panels(number, columns=2)
    for place, ax in enumerate(several):
        ax.set_title(f"Panel {place}")
        ax.plot([1, 2, 3])
    _, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Line charts.", "").drawing.replace("\u00a0", " "), re.DOTALL)
    heights = [float(re.search(rf'<text[^>]* y="([\d.]+)"[^>]*>Panel {place}<', narrow)[1]) for place in range(number)]
    assert heights == sorted(heights) and len(set(heights)) == number


def test_figures_are_left_to_nobody():
    plt.close("all")
    charts.show(axes()[1], "A finding", "Line chart of nothing.", "")
    assert not plt.get_fignums()


def test_each_column_is_a_line_with_its_own_mark_and_a_blank_is_a_gap():
    wide = pd.DataFrame({"police": [3.0, np.nan, 5.0], "health": [1.0, 2.0, 3.0]}, index=rows()["period"])
    ax = charts.lines(axes()[1], wide)
    police, health = ax.lines
    assert np.array_equal(police.get_ydata(), [3, np.nan, 5], equal_nan=True) and list(health.get_ydata()) == [1, 2, 3]
    assert (police.get_label(), health.get_label()) == ("police", "health")
    assert police.get_marker() != health.get_marker() and police.get_linestyle() != health.get_linestyle()
    assert ax.get_ylim()[0] == 0


def test_kinds_of_bars_have_their_names_at_one_of_them_and_one_kind_has_none():
    figure, ax = axes()
    ax.bar([0, 1], [1, 2], label="police")
    alone = charts.show(figure, "One kind", "Two bars.")
    figure, (one, other) = panels(2)
    for each in (one, other):
        each.bar([0, 1], [1, 2], label="police"), each.bar([2, 3], [2, 1], label="health")
    both = charts.show(figure, "Two kinds", "Two kinds of bars, twice.")
    assert "police" not in texts(alone.drawing)
    assert texts(both.drawing).count("police") == 4  # in each small chart, once wide, once narrow
    assert not figure.legends


@pytest.mark.parametrize(
    "draw, legends",
    [
        (
            lambda ax: [
                ax.barh([0, 1], [0, 2], 0.4, label="2016-17"),
                ax.barh([0.4, 1.4], [3, 1], 0.4, label="2017-18"),
            ],
            0,
        ),
        (lambda ax: [ax.bar([0, 1], [1, 0], label="2016-17"), ax.bar([0.4, 1.4], [1, 2], 0.4, label="2017-18")], 0),
        (lambda ax: [ax.barh([1], [0], label="2016-17"), ax.barh([1], [2], label="2017-18")], 1),  # no bar to name
    ],
)
def test_a_bar_without_a_length_bears_no_name(draw, legends):
    figure, ax = axes()
    draw(ax)
    save(figure, "Bars.", "")
    named = {text.get_text(): text.xy for text in ax.texts if text.get_text() != "\N{BLACK SQUARE}"}
    assert len(figure.legends) == legends and len(named) == 2 - legends
    assert all(0 not in place for place in named.values()), named


def test_words_tell_one_label_after_the_other():
    frame = pd.concat([rows().assign(agency="police"), rows((1, 2, 3)).assign(agency="health")])
    told = charts.describe(frame, "Line chart. Counted by {}", each="agency", order=["health", "police"])
    assert told == (
        "Line chart. Counted by health: 1 in 2017-18 Q2 and 3 in 2017-18 Q4. Police: 100 in 2017-18 Q2 and 120 in 2017-18 Q4."
    )
    assert (
        charts.describe(frame.iloc[:0], "Line chart. Counted by {}", each="agency")
        == "Line chart. Counted by each: no figure is shown."
    )


def marked(svg: str) -> list[str]:
    """The labels of a drawing's scales."""
    return re.findall(r'<text class="tick"[^>]*>([^<]*)', svg)


def extents(svg: str) -> list[tuple[float, float, float, str]]:
    """Level texts: where each begins, where it ends, its height in the drawing. A letter is 0.54 of its size wide, which
    is what DejaVu Sans comes to over a few words."""
    found = []
    for tag, text in re.findall(r"<text([^>]*)>([^<]*)</text>", svg):
        if "rotate" in tag:
            continue
        x, y, size = (float(re.search(rf' {name}="(-?[\d.]+)"', tag)[1]) for name in ("x", "y", "font-size"))
        wide = 0.54 * size * len(text)
        start = x - {"middle": 0.5, "end": 1}.get((re.search('text-anchor="(.*?)"', tag) or ["", ""])[1], 0) * wide
        found.append((start, start + wide, y, text))
    return found


@pytest.mark.parametrize("draw", ["bars", "lying", "line", "control"])
def test_nobody_is_counted_by_halves_along_an_axis(draw):
    figure, ax = axes()
    counts = [1, 3, 2, 3, 1, 2, 3]
    if draw == "bars":
        ax.bar(range(7), counts)
    elif draw == "lying":
        ax.barh(range(7), counts)
    elif draw == "line":
        ax.plot(range(7), [1, np.nan, *counts[2:]])
    else:
        frame = pd.concat([rows((1, 3, 2)), rows((2, 3, 1)), rows((1, 2, 3))], ignore_index=True)
        charts.control(ax, frame, control_charts.xmr(frame["count"].astype(float)), "count")
    scale = [label.get_text() for label in (ax.xaxis if draw == "lying" else ax.yaxis).get_ticklabels()]
    for svg in re.findall(r"<svg.*?</svg>", save(figure, "Chart of counts.", "").drawing, re.DOTALL):
        assert {"0", "1"} <= set(marked(svg)) and not [text for text in marked(svg) if "." in text], scale


@pytest.mark.parametrize("draw", ["bars", "line"])
def test_an_axis_of_noughts_names_each_number_once(draw):
    figure, ax = axes()
    ax.bar(range(3), [0, 0, 0]) if draw == "bars" else ax.plot(range(3), [0, 0, 0], label="police")
    for svg in re.findall(r"<svg.*?</svg>", save(figure, "Chart of counts.", "").drawing, re.DOTALL):
        upright = re.findall(r'<text class="tick"[^>]*text-anchor="end"[^>]*>([^<]*)', svg)
        assert upright == ["0", "1"]


def test_counts_of_thousands_have_a_comma_along_an_axis_and_no_point_where_they_are_asked():
    """42000 bare is 27 December 2014 as a spreadsheet counts days: a page of nothing else but children was refused."""
    _, ax = axes()
    ax.plot([0, 1, 2], [41000, 44000, 47000], label="current series")
    ax.plot([0, 1, 2], [np.nan, 43000, 47000], label="first published")
    svg = save(ax.figure, "Line chart.", "Source: none").drawing
    assert "42,000" in texts(svg) and not [text for text in texts(svg) if re.fullmatch(r"\d{4,}", text)]
    assert "first published 43,000<" in svg and "43,000.0" not in svg


def test_an_axis_of_rates_keeps_its_halves():
    figure, ax = axes()
    ax.plot([0.2, 0.7, 1.1])
    assert any("." in text for text in marked(save(figure, "Line chart of rates.", "").drawing))


@pytest.mark.parametrize("most", [0.012, 0.029, 0.124, 0.24, 0.62, 1])
def test_percentages_along_an_axis_are_what_they_say(most):
    figure, ax = axes()
    ax.plot([0, most])
    charts.shares(ax)
    for svg in re.findall(r"<svg.*?</svg>", save(figure, "Line chart of shares.", "").drawing, re.DOTALL):
        steps = np.diff([float(text[:-1]) for text in marked(svg) if text.endswith("%")])
        assert len(steps) and np.allclose(steps, steps[0]), marked(svg)  # 2, 5, 8, 10 are not


def test_years_below_small_charts_stand_apart():
    figure, several = panels(2)
    years = [f"20{n}-{n + 1}" for n in range(13, 18)]
    for ax in several:
        ax.bar(range(5), [15, 13, 17, 17, 14])
        charts.periods(ax, years)
    wide, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Column charts.", "").drawing, re.DOTALL)
    for svg in (wide, narrow):
        below = [each for each in extents(svg) if "-" in each[3]]
        assert [each[3] for each in below].count("2017-18") == 2  # the newest is always there
        for (_, end, high, _), (start, _, other, _) in zip(below, below[1:], strict=False):
            assert high != other or end + 3 < start
    assert [label.get_text() for label in ax.get_xticklabels() if label.get_visible()] == years  # for who goes on


def test_long_names_of_bars_that_follow_each_other_do_not_touch_on_a_phone():
    """Letters of 9 points are 11.5 pixels high, where an inch is 92: lines that stand as far apart do not touch."""
    names = ["Police", "Children looked after who went missing from placement",
             "Children in need who were helped with their families", "Schools", "Health", "Probation"]  # fmt: skip
    figure, ax = axes()
    ax.barh(range(6), [1] * 6)
    ax.set_yticks(range(6), names)
    _, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Bars.", "").drawing, re.DOTALL)
    heights = sorted(high for _, _, high, text in extents(narrow) if not text.isdigit())
    assert min(np.diff(heights)) > 11.5, heights


def test_titles_of_small_charts_stay_in_their_column_on_a_phone():
    names = ["Assessments within 45 working days", "Section 47 enquiries", "Not in education, employment or training", "Assessments completed"]  # fmt: skip
    figure, several = panels(4, columns=4, height=0.95)
    figure.set_layout_engine("constrained")
    for ax, name in zip(several, names, strict=True):
        ax.plot([1, 2, 3])
        ax.set_title(f"{name}\n83.0%", loc="left", fontsize=8.5)
        ax.set(xticks=[], yticks=[])
    _, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Small charts.", "").drawing, re.DOTALL)
    for start, end, _, text in extents(narrow):
        assert end < (175 if start < 170 else 350), text
    assert [ax.get_title(loc="left") for ax in several] == [f"{name}\n83.0%" for name in names]


def test_the_words_of_an_upright_axis_are_level_above_it():
    figure, ax = axes()
    figure.set_layout_engine("constrained")
    ax.bar(range(3), [0.1, 0.2, 0.3])
    ax.set(xlabel="Tenth of England (1: most deprived)", ylabel="Infant deaths per 1,000 live births")
    _, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Column chart.", "").drawing, re.DOTALL)
    assert "rotate" not in narrow
    top = min(float(y) for y in re.findall(r'<path d="M[\d.]+,([\d.]+)', narrow))
    (start, end, high), *_ = [each[:3] for each in extents(narrow) if each[3].startswith("Infant deaths")]
    assert 0 <= start < end < 350 and high < top
    assert ax.get_ylabel() == "Infant deaths per 1,000 live births"


def test_a_layout_that_is_remembered_is_the_one_that_matplotlib_works_out():
    figure, ax = axes()
    ax.set_xlabel("Two\nlines")
    ax.plot([1, 2, 3])
    ticks = [ax.get_xticklabels()[1], ax.get_yticklabels()[1]]
    for angle, letters in ((0, "Same"), (90, "Same"), (0, "Another"), (0, "Same")):
        for text in (ax.xaxis.label, ax.title, *ticks):
            text.set(text=letters, rotation=angle)
        for size, dots in ((9, 100), (14, 100), (14, 200)):
            ax.title.set_fontsize(size)
            figure.set_dpi(dots)
            expected = [text.get_window_extent().bounds for text in (ax.xaxis.label, ax.title, *ticks)]
            with text_layouts.remembered():
                for _ in range(2):
                    got = [text.get_window_extent().bounds for text in (ax.xaxis.label, ax.title, *ticks)]
                    assert got == expected


def test_a_drawing_of_remembered_ticks_is_the_one_that_matplotlib_draws():
    """Two axes whose scales differ, drawn as they are and after their limits were moved."""
    figure, each = plt.subplots(1, 2)
    each[0].plot([1, 2, 3]), each[1].plot([100, 20_000, 300])
    for most in (4, 50_000):
        each[1].set_ylim(0, most)
        figure.canvas.draw()
        expected = bytes(figure.canvas.buffer_rgba())
        with text_layouts.remembered():
            figure.canvas.draw()
            assert bytes(figure.canvas.buffer_rgba()) == expected


@pytest.mark.parametrize("ends", [(100, 98, 97, 40), (3, 2, 1, 0), (50, 50, 50, 50), (9, 9, 100, 0)])
def test_each_line_has_its_name_at_its_end_and_no_two_names_touch(ends):
    names = ["Barnardo's", "children's services", "police", "youth offending service"]
    figure, ax = axes()
    figure.set_layout_engine("constrained")
    quarters = [f"2017-18-Q{n}" for n in (1, 2, 3, 4)]
    charts.lines(
        ax, pd.DataFrame({name: [0, 0, 0, end] for name, end in zip(names, ends, strict=True)}, index=quarters)
    )
    for svg in re.findall(r"<svg.*?</svg>", save(figure, "Line chart.", "").drawing, re.DOTALL):
        width = float(re.search(r'width="([\d.]+)"', svg)[1])
        words = [each for each in extents(unescape(svg)) if re.sub(r"\W", "", each[3]).isalpha()]
        assert sorted(" ".join(each[3] for each in words).split()) == sorted(" ".join(names).split())
        heights = sorted(each[2] for each in words)
        assert min(np.diff(heights)) > 8 and all(each[1] < width for each in words), heights
    assert not figure.legends
    at = {text.get_text().replace("\n", " "): text.xy for text in ax.texts}
    assert at == {name: (3, end) for name, end in zip(names, ends, strict=True)}
    assert min(ends) < 40 or max(text.xyann[1] for text in ax.texts) == 0  # they give way downwards while there is room


def test_every_number_in_the_squares_of_a_table_of_colours_stays_on_a_phone():
    figure, ax = axes()
    figure.set_layout_engine("constrained")
    for place in range(10):
        ax.text(place + 0.5, 0.5, f"{20 + place}", ha="center", va="center")
    ax.set(xlim=(0, 10), ylim=(0, 1), yticks=[0.5], yticklabels=["Income deprivation affecting children"])
    _, narrow = re.findall(r"<svg.*?</svg>", save(figure, "Table.", "").drawing, re.DOTALL)
    assert {f"{n}" for n in range(20, 30)} <= set(texts(narrow))


def test_of_several_points_a_year_the_year_stands_once_and_the_newest_and_the_middle_are_named():
    """Five spans of each of two years: the years at places 0 and 5; the newest span is 31 days."""
    days = [12.0, 40, 7, 22, 15, 30, 9, 18, 26, 31]
    rows = pd.DataFrame({"period": ["2016-17"] * 5 + ["2017-18"] * 5, "value": days, "count": np.nan, "of": np.nan,
                         "low": np.nan, "high": np.nan, "unit": "days", "status": "shown", "reason": "", "method": ""})  # fmt: skip
    figure, ax = plt.subplots()
    charts.control(ax, rows, rare_event_charts.t_chart(days), "rate:0", centre="centre line")
    named = {" ".join(text.get_text().split()) for text in ax.texts}
    assert {"newest 31", "centre line"} <= named and "mean" not in named
    assert list(ax.get_xticks()) == [0, 5] and [t.get_text() for t in ax.get_xticklabels()] == ["2016-17", "2017-18"]
