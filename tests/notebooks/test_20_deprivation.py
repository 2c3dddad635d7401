"""Page 20 as its reader gets it: sentences, maps and tables against the tables on disk, by code of the tests' own."""

import geopandas
import pytest
from expected_charts import label as spelt
from expected_drawings import named_beside
from matplotlib.colors import to_hex
from open_data_pages import SHARED, build
from page_reader import half_up, run
from shapely import Polygon

from lscb import long_table
from lscb.errors import UserError
from openstats import Store
from openstats.project_data import DATA

# ColorBrewer RdYlBu in ten classes, from the most deprived tenth to the least.
RED_TO_BLUE = "a50026 d73027 f46d43 fdae61 fee090 e0f3f8 abd9e9 74add1 4575b4 313695".split()


@pytest.fixture(scope="module")
def page(invented_quarter):
    return invented_quarter.page("20_deprivation", "partnership")


@pytest.fixture(scope="module")
def rows(frames):
    """Rows of a table as they lie on disk: rows("deprivation_deciles", edition="2015", index="imd")."""

    def chosen(name, **labels):
        frame = frames()[name]
        for column, label in labels.items():
            frame = frame[frame[column] == label]
        return frame

    return chosen


def ordinal(number):
    last = int(number) % 10 if int(number) % 100 not in (11, 12, 13) else 0
    return f"{int(number):,}{['th', 'st', 'nd', 'rd', *['th'] * 6][last]}"


def by_decile(rows, measure, index="imd", edition="2015"):
    found = rows("deprivation_deciles", measure=measure, index=index, edition=edition).set_index("decile")
    return found["value" if measure.endswith("share") else "count"]


def test_the_answer_is_the_published_one(page):
    # MHCLG, Indices 2015: File 1 (deciles) and File 10 (summaries, lower tier): Southampton is 67th of 326
    assert page.answer == (
        "In 2015, 19 of Southampton's 148 neighbourhoods were in the most deprived tenth of England and none in the least "
        "deprived. By average score (Index of Multiple Deprivation) it ranks 67th of 326 authorities, 1st being the most "
        "deprived."
    )


@pytest.mark.parametrize("palette, colours", [(None, RED_TO_BLUE), ("safe", None)])
def test_every_neighbourhood_has_the_colour_of_its_own_decile(tables, rows, palette, colours):
    page = run("20_deprivation", tables("partnership"), palette=palette)
    outlines = geopandas.read_file(DATA / "reference" / "southampton-lsoa-2011-boundaries.geojson").to_crs(27700)
    code = next(column for column in outlines if outlines[column].astype(str).str.startswith("E01").all())
    inside = outlines.set_index(code).geometry.representative_point()
    for fragment, index in (("neighbourhoods(book, index,", "imd"), ("neighbourhoods(book, other", "idaci")):
        (ax,) = page.cell(fragment).axes
        lsoas = rows("deprivation_lsoa", measure="neighbourhood_decile", index=index, edition="2015")
        decile = lsoas.set_index("lsoa")["value"]
        drawn, every = {}, []
        for patch in ax.artists or ax.patches:
            hexadecimal = "".join(f"{round(255 * part):02x}" for part in patch.get_facecolor()[:3])
            shape = [Polygon(ring) for ring in patch.get_path().to_polygons() if len(ring) > 3]
            for lsoa, point in inside.items():
                if sum(ring.contains(point) for ring in shape) % 2:
                    drawn.setdefault(hexadecimal, set()).add(int(decile[lsoa]))
                    every.append(lsoa)
        assert sorted(every) == sorted(decile.index)
        assert all(len(deciles) == 1 for deciles in drawn.values()) and len(drawn) == decile.nunique()
        for hexadecimal, (number,) in drawn.items() if colours else ():
            assert hexadecimal == colours[number - 1]
        named = [
            patch.get_gid() for patch in ax.artists or ax.patches if patch.get_gid()
        ]  # what answers when it is asked
        assert sorted(int(text.rpartition(" ")[2]) for text in named) == sorted(decile)
        key = [text.get_text() for text in ax.get_legend().get_texts()]
        assert key[0] == "1  most deprived" and key[9] == "10  least deprived"
        counts = [by_decile(rows, "neighbourhoods", index)[str(n)] for n in range(1, 11)]
        words = ", ".join(f"{n:.0f} in decile {d}" for d, n in enumerate(counts[:-1], 1))
        assert f"{words} and {counts[-1]:.0f} in decile 10." in page.cell(fragment).chart.alt
        assert f": {counts[0]:.0f} of 148 neighbourhoods of Southampton" in page.cell(fragment).chart.title


def test_children_in_the_most_deprived_tenth(page, rows):
    children, places = by_decile(rows, "children_0_15"), by_decile(rows, "neighbourhoods")
    share, even = (half_up(100 * part["1"] / part["Total"], 1) for part in (children, places))
    # populations of mid-2012: MHCLG, Indices 2015, File 6
    assert (
        f"{half_up(children['1'])} of {half_up(children['Total'])} children aged 0 to 15 ({share}%) lived in the most "
        f"deprived tenth, which is {even}% of the neighbourhoods; children are those of mid-2012"
    ) in page.text


def test_the_columns_are_the_shares_of_places_and_of_children(page, rows):
    cell = page.cell("sns.barplot(shares")
    (ax,) = cell.axes
    colours = named_beside(ax)
    assert colours["Neighbourhoods"] != colours["Children aged 0 to 15"]
    for label, measure in (("Neighbourhoods", "neighbourhoods"), ("Children aged 0 to 15", "children_0_15")):
        columns = [p for c in ax.containers for p in c.patches if to_hex(p.get_facecolor()) == colours[label]]
        counts = by_decile(rows, measure)
        heights = [column.get_height() for column in columns]
        assert heights == pytest.approx([counts[str(n)] / counts["Total"] for n in range(1, 11)])
        assert [round(column.get_x() + column.get_width() / 2) for column in columns] == list(range(10))
    assert [text.get_text() for text in ax.get_xticklabels()] == [str(n) for n in range(1, 11)]
    (even,) = [each for each in ax.lines if each.get_label() == "even spread"]
    assert set(even.get_ydata()) == {0.1}
    first, even = (
        half_up(100 * by_decile(rows, f"{name}_share")["1"], 1) for name in ("children_0_15", "neighbourhoods")
    )
    assert cell.chart.title.startswith(f"{first}% of children and {even}% of neighbourhoods")
    assert f"Neighbourhoods by tenth of England: decile 1: {even}%; decile 2: " in cell.chart.alt
    assert f"Children aged 0 to 15: decile 1: {first}%; decile 2: " in cell.chart.alt


def test_places_with_many_children_are_deprived_and_in_order(page, rows):
    deciles = rows("deprivation_lsoa", measure="neighbourhood_decile", index="imd", edition="2015").set_index("lsoa")
    young = rows("deprivation_lsoa", measure="neighbourhood_children_0_15", edition="2015").set_index("lsoa")["count"]
    poor = sorted(deciles.index[deciles["value"] <= 2], key=lambda lsoa: (-young[lsoa], lsoa))[:10]
    expected = [
        [deciles["lsoa_name"][p], p, half_up(young[p]), half_up(deciles["value"][p]), ordinal(deciles["rank"][p])]
        for p in poor
    ]
    assert page.table("Neighbourhoods in the two most deprived tenths")[1:] == expected


def test_a_place_of_the_third_tenth_is_not_among_the_two_most_deprived(frames, tmp_path):
    frame = frames()["deprivation_lsoa"].copy()
    third = frame.loc[(frame["measure"] == "neighbourhood_decile") & (frame["value"] == 3), "lsoa"].iloc[0]
    frame.loc[(frame["measure"] == "neighbourhood_children_0_15") & (frame["lsoa"] == third), "count"] = 9999
    long_table.write(frames() | {"deprivation_lsoa": frame}, tmp_path)
    assert "9,999" not in run("20_deprivation", tmp_path).text


@pytest.mark.parametrize("most, number", [(True, 10), (False, 5)])
def test_the_most_and_the_least_deprived_by_rank(page, rows, most, number):
    lsoas = rows("deprivation_lsoa", measure="neighbourhood_decile", index="imd", edition="2015")
    lsoas = lsoas.sort_values("rank", ascending=most).head(number)
    expected = [
        [row.lsoa_name, row.lsoa, ordinal(row.rank), "32,844", half_up(row.value)] for row in lsoas.itertuples()
    ]
    assert page.table(f"The {'most' if most else 'least'} deprived neighbourhoods")[1:] == expected


def test_the_domains_are_of_the_edition_that_is_named_with_their_numbers(page, rows):
    cell = page.cell("sns.heatmap(")
    (ax,) = cell.axes
    names = [text.get_text() for text in ax.get_yticklabels()]
    printed = [text.get_text() for text in ax.texts]
    every = rows("deprivation_deciles", measure="neighbourhoods", edition="2025")
    chosen = {"Crime": "crime", "Living environment": "living_environment", "Index of Multiple Deprivation": "imd"}
    for name, index in chosen.items():
        counts = every[every["index"] == index].set_index("decile")["count"]
        place = names.index(name)
        assert printed[10 * place : 10 * place + 10] == [f"{counts[str(n)]:.0f}" for n in range(1, 11)]
        read = f"{name}: {counts['1']:.0f};" in cell.chart.alt
        assert read == (index != "living_environment"), "six with the most are read out, and this is the least"
    first = every[every["decile"] == "1"].sort_values("count", ascending=False, kind="stable")
    told = {spelt(index): f"{count:.0f}" for index, count in zip(first["index"], first["count"], strict=True)}
    assert told == {name: printed[10 * place] for place, name in enumerate(names)}
    most = "; ".join(f"{name}: {count}" for name, count in list(told.items())[:6])
    assert f" In the most deprived tenth: {most}; the others have no more." in cell.chart.alt
    assert "Domains of the 2015 edition are not held here. These are of 2025" in page.text
    assert ax.get_xlabel().startswith("Tenth of England in 2025") and "Deprivation 2025" in cell.chart.source


def test_every_rank_stands_beside_its_measure(page, rows):
    summary = rows("deprivation_summary", index="imd", edition="2015").set_index("measure")
    table = {row[0]: row[1:] for row in page.table("Index of Multiple Deprivation 2015: five measures")[1:]}
    for name, measure, text in (
        ("Average score", "average_score", half_up(summary["value"]["average_score"], 1)),
        ("Average rank", "average_rank", half_up(summary["value"]["average_rank"], 1)),
        ("Extent", "extent", f"{half_up(100 * summary['value']['extent'], 1)}%"),
    ):
        assert table[name] == [text, ordinal(summary["rank"][measure]), "326"]
    assert table["Average rank"][1] == "54th"  # MHCLG, Indices 2015, File 10
    near = rows("deprivation_neighbours", index="imd", edition="2015", beside="Southampton").set_index("measure")
    beside = {row[0]: row[1:] for row in page.table("Rank among the area and its statistical neighbours")[1:]}
    assert beside["Extent"] == [ordinal(near["rank"]["extent_among_neighbours"]), "11"]


def test_ranks_by_edition_and_who_moved(page, rows):
    past = page.table("Rank among authorities by edition")
    assert past[0] == ["Measure", "2015", "2019", "2025"]
    # MHCLG, Indices 2019, File 10: 61st of 317 by average score
    assert past[1][:3] == ["Average score", "67th of 326", "61st of 317"]
    moved = rows("deprivation_change", measure="neighbourhoods_moved", index="imd", editions="2015 to 2019")
    counts = moved.set_index("direction")["count"]
    printed = [row for row in page.table("Neighbourhoods by how their tenth")[1:] if row[0] == "2015 to 2019"]
    ways = {
        "To a more deprived tenth": "more_deprived",
        "Same tenth": "same",
        "To a less deprived tenth": "less_deprived",
    }
    assert [row[1] for row in printed] == list(ways)
    for _, way, number, of, share in printed:
        assert number == f"{counts[ways[way]]:.0f}" and of == f"{counts.sum():.0f}"
        assert share == f"{half_up(100 * counts[ways[way]] / counts.sum(), 1)}%"


def test_an_edition_that_was_not_out_on_the_last_day_has_no_rank(tmp_path, page):
    """The Indices of 2025 came out in October 2025: a page of June 2023 knows 2015 and 2019. Of a period long past the
    later ones are told, with that they are later."""
    assert "Of these, 2019 and 2025 came out after the last day of the period." in page.text
    june = run("20_deprivation", build(tmp_path, "E06000045", Store(None), "2023-24-Q1"), period="2023-24-Q1")
    assert june.table("Rank among authorities by edition")[0] == ["Measure", "2015", "2019"]
    assert "2019 to 2025" not in june.text and "came out after the last day" not in june.text


def test_the_childrens_index_is_asked_for(tables, rows):
    page = run("20_deprivation", tables("partnership"), index="idaci")
    assert page.answer.startswith("In 2015, 22 of Southampton's 148") and "affecting children" in page.answer
    assert page.table("Neighbourhoods and children by tenth")[1][1] == "22"


@pytest.mark.parametrize("wrong", [{"index": "crime"}, {"palette": "rainbow"}, {"extent": "Wales"}, {"edition": 2020}])
def test_what_cannot_be_is_refused_in_one_line(tables, wrong):
    with pytest.raises(UserError) as refused:
        run("20_deprivation", tables("partnership"), **wrong)
    assert next(iter(wrong)) in str(refused.value) and "\n" not in str(refused.value)


def test_an_area_of_which_nothing_is_held_says_so_and_draws_nothing(tmp_path):
    (tmp_path / "none").mkdir()
    page = run("20_deprivation", build(tmp_path / "t", "E08000019", Store(tmp_path / "none")), area="E08000019")
    assert page.answer.startswith("This cannot be answered.") and "lscb fetch" in page.answer
    assert not page.charts and "nan" not in page.text.lower().replace("finance", "")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="official files (../shared/open-data) are not here")
def test_a_county_is_mapped_and_so_is_england(tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_OPEN_DATA", str(SHARED))
    folder = build(tmp_path, "E10000014", Store(SHARED))
    assert "Map of Hampshire" in run("20_deprivation", folder, area="E10000014").text
    national = run("20_deprivation", folder, area="E10000014", extent="England").cell("neighbourhoods(book, index,")
    assert national.chart.alt.startswith("Map of England: 32,844 neighbourhoods")
    region = run("20_deprivation", folder, area="E10000014", extent="region").cell("neighbourhoods(book, index,")
    assert region.chart.alt.startswith(
        "Map of South East: 5,382 neighbourhoods"
    )  # ONS: LSOAs of 2011 in the South East


def test_an_edition_without_its_population_names_what_lacks_and_prints_no_state_as_a_figure(tmp_path):
    """MHCLG, Indices 2025, File 1: 18 of Southampton's 152 neighbourhoods; the populations stand in File 7, not held."""
    folder = build(tmp_path / "tables", "E06000045", Store(tmp_path / "nothing"), "2025-26-Q3")
    page = run("20_deprivation", folder, period="2025-26-Q3")
    titles = [cell.chart.title for cell in page.charts]
    assert "11.8% of neighbourhoods are in the most deprived tenth" in titles
    assert not any("not available" in title for title in titles)
    assert page.text.count("The edition's population is not held") == 1
    assert "with the most children, Index of Multiple Deprivation 2025: not available, as above." in page.text
