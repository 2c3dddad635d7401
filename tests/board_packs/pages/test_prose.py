"""References from prose to cells, and the ten kinds of slip that a narrative can hold."""

import re
from html import unescape

import pytest

from board_packs.pages.book import Book
from board_packs.pages.prose import figure_references as references
from board_packs.pages.prose.comments import comment, findings
from board_packs.pages.prose.prose_audit import audit, sentences
from board_packs.pages.prose.settled_text import settled
from board_packs.publish.report import annual_report
from board_packs.publish.report.reading_age import years_needed
from board_packs.publish.report.report_chapters import assemble, narrative
from lscb import long_table
from lscb.errors import UserError
from lscb.periods import Quarter

OWN, ENGLAND = "E06000045", "E92000001"
MEASURES = {
    "looked_after_rate": dict(kind="rate", says="", unit="per 10,000"),
    "repeat_rate": dict(kind="share", says="", unit=""),
    "referrals": dict(kind="count", says="", unit="referrals"),
    "meetings": dict(kind="count", says="", unit="meetings"),
    "own": dict(kind="rate", says="", unit="points"),
    "england": dict(kind="rate", says="", unit="points"),
}


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Rates 104 against 69 (neighbours) and 64 (England): the annual report's own comparison, on the right year."""
    monkeypatch.setattr(references, "documentation", lambda: {"measures": MEASURES})
    rate = dict(measure="looked_after_rate", unit="per 10,000")
    card = [
        rate | dict(area=OWN, period="2017-18", comparator="Total", value=103.767, count=522, of=50305),
        rate | dict(area=OWN, period="2016-17", comparator="Total", value=105.0),
        rate | dict(area=OWN, period="2017-18", comparator="neighbours", value=69.0),
        rate | dict(area=ENGLAND, period="2017-18", comparator="Total", value=64.0),
        rate | dict(area=ENGLAND, period="2016-17", comparator="Total", value=62.0),
    ]
    share = dict(area=OWN, measure="repeat_rate", unit="referrals")
    near = dict(unit="fraction", status="shown", reason="rounded to the nearest 5")
    hrda = [
        share | dict(period="2016-17", value=0.181, count=181, of=1000),
        share | dict(period="2017-18", value=0.219, count=193, of=880),
        *(share | dict(period=f"2017-18-Q{n}", value=v) for n, v in enumerate([0.268, 0.218, 0.188, 0.196], 1)),
        share | near | dict(period="2013-14", value=45 / 225, count=45, of=225),
        share | near | dict(period="2014-15", value=55 / 205, count=55, of=205),
    ]
    counts = [
        dict(area=OWN, period="2017-18", measure="referrals", unit="referrals", count=29),
        dict(area=OWN, period="2016-17", measure="referrals", unit="referrals", count=37),
        dict(area=OWN, period="2017-18", measure="meetings", unit="meetings", status="suppressed"),
    ]
    points = dict(area=OWN, unit="points")
    attained = [
        points | dict(period="2015-16", measure="own", value=19),
        points | dict(period="2016-17", measure="own", status="not_available", reason="not published"),
        points | dict(period="2015-16", measure="england", value=33),
        points | dict(period="2016-17", measure="england", value=37),
    ]
    frames = {
        "attainment": long_table.cells(attained),
        "scorecard": long_table.cells(card),
        "hrda": long_table.cells(hrda),
        "exploitation": long_table.cells(counts),
    }
    long_table.write(frames, tmp_path)
    return Book(tmp_path, Quarter.parse("2017-18-Q4"), OWN, "public")


def said(mark, book):
    return references.resolve(mark, book, "2017-18")[0]


@pytest.mark.parametrize(
    "mark, text",
    [
        ("scorecard.looked_after_rate", "103.8"),
        ("scorecard.looked_after_rate | rate:0", "104"),
        ("scorecard.looked_after_rate.count", "522"),
        ("hrda.repeat_rate", "21.9%"),
        ('hrda.repeat_rate["2016-17"]', "18.1%"),
        ("hrda.repeat_rate[2017-18-Q3]", "18.8%"),
        ("hrda.repeat_rate[2014-15]", "25% to 29%"),  # 53 of 207 to 57 of 203: 25.6% to 28.1%
        ("hrda.repeat_rate[2013-14] | percent:1", "18% to 22%"),  # 43 of 227 to 47 of 223: 18.9% to 21.1%
        ("hrda.repeat_rate[2014-15].count", "about 55"),
        ("hrda.repeat_rate[2014-15].of", "about 205"),
        # England's figure of the year that the area has, not England's own newest
        ("attainment.own[latest]", "19.0"),
        ("attainment.england[latest]", "37.0"),
        ("attainment.england[latest of own]", "33.0"),
        ("attainment.england[latest but one]", "33.0"),
        ("attainment.england[latest but one] | period", "2015-16"),
        ("exploitation.referrals", "29"),
        # (103.767 - 69) / 69 = 50.39 %: of the printed 104 and 69 it is 50.7 %
        ("scorecard.looked_after_rate compared with scorecard.looked_after_rate[neighbours]", "50.4% higher than"),
        ("exploitation.referrals compared with exploitation.referrals[2016-17]", "21.6% lower than"),
        # 43 of 227 to 47 of 223 by 53 of 207 to 57 of 203: 0.675 to 0.823 times as high
        ("hrda.repeat_rate[2013-14] compared with hrda.repeat_rate[2014-15]", "17% to 33% lower than"),
    ],
)
def test_a_reference_prints_its_cell(book, mark, text):
    assert said(mark, book) == text


@pytest.mark.parametrize(
    "mark, message",
    [
        ("scorcard.looked_after_rate", "nearest: 'scorecard'"),
        ("scorecard.looked_after", "nearest: 'looked_after_rate'"),
        ("hrda.repeat_rate[2017-19]", "no cell is labelled '2017-19'; nearest: '2017-18'"),
        ("exploitation.meetings", "say it without the number"),
        ("hrda.repeat_rate.rank", "has no rank to print"),
        ("hrda repeat_rate", "is not a reference"),
        ("hrda.repeat_rate | percents", "is not a style"),
        ("hrda.repeat_rate compared with scorecard.looked_after_rate", "cannot be compared"),
    ],
)
def test_a_reference_to_nothing_names_what_there_is(book, mark, message):
    with pytest.raises(references.BadReference, match=message.replace("(", r"\(").replace("|", r"\|")):
        said(mark, book)


RIGHT = """# Looked-after children

At the end of the year {{ scorecard.looked_after_rate }} of 10,000 children were looked after,
{{ scorecard.looked_after_rate compared with scorecard.looked_after_rate[neighbours] }} neighbours.
England's rate was {{ scorecard.looked_after_rate[E92000001] }}. Referrals fell
from {{ exploitation.referrals[2016-17] }} in 2016-17 to {{ exploitation.referrals }} in 2017-18.
Section 11 audits went to Standard 5, on 31 March 2018.
"""


def test_a_right_narrative_is_not_questioned(book):
    assert audit(RIGHT, "02_context.md", book, "2017-18") == []


ERRORS = {
    "Looked-after children were at {{ scorecard.looked_after_rate }}, 33.5% higher than neighbours at "
    "{{ scorecard.looked_after_rate[neighbours] }}.": ("base", "relative to the comparator it is 50.4%"),
    "There were 29 referrals.": ("typed number", "'29' is typed"),
    "Nine in ten repeats were known.": ("typed number", "'Nine' is typed"),
    "The repeat rate shows a decreasing trend, {{ hrda.repeat_rate[2017-18-Q4] }} in the last quarter.": (
        "trend",
        "fewer than 6 points",
    ),
    "Strategy meetings numbered {{ exploitation.meetings }}.": ("reference", "withheld from this audience"),
    "In 2016-17 repeats were {{ hrda.repeat_rate }}.": ("period", "the sentence says 2016-17"),
    "Repeats were {{ hrda.repeat_rate[2016-17] }}.": ("period", "is of 2016-17: the sentence does not say so"),
    "The England rate is {{ scorecard.looked_after_rate[neighbours] }}.": ("comparator", "says England"),
    "Our rate is {{ scorecard.looked_after_rate compared with scorecard.looked_after_rate[E92000001, 2016-17] }} "
    "England's of 2016-17.": ("comparator", "different periods"),
    "Repeats fell from {{ hrda.repeat_rate[2016-17] }} in 2016-17 to {{ hrda.repeat_rate }} in 2017-18.": (
        "direction",
        "that is not down",
    ),
    "Training attendance is increasing.": ("trend", "refers to no figure"),
    "Repeats, at {{ hrda.repeat_rate[2017-18-Q4] }}, were the lowest of the year.": ("superlative", "not the lowest"),
    "The majority, {{ hrda.repeat_rate }}, were repeats.": ("share", "not more than half"),
    "Repeats were {{ hrda.repeat_rate }}% of referrals.": ("wording", "leave out"),
    # 522 of 50,305 is 103.8 per 10,000, which the report's own reader of claims works out
    "At the end of the year {{ scorecard.looked_after_rate.count }} children, 94.8 per 10,000, were looked after in a "
    "population of {{ scorecard.looked_after_rate.of }} children.": ("claim", "not 94.8"),
    "Repeats doubled from {{ hrda.repeat_rate[2016-17] }} in 2016-17 to {{ hrda.repeat_rate }} in 2017-18.": (
        "share",
        "does not follow",
    ),
}


@pytest.mark.parametrize("text", ERRORS)
def test_each_slip_is_found_at_its_line(book, text):
    kind, words = ERRORS[text]
    found = audit(f"# Chapter\n\nA sentence before it.\nAnd one more.\n{text}\n", "x.md", book, "2017-18")
    assert [(f.kind, f.line) for f in found if words in f.said] == [(kind, 5)], found


def test_exhibits_are_not_prose_and_lines_are_counted():
    text = "# T\n\nOne. Two\nthree.\n\n::: table x\nrows: 3\n:::\n\nFour {{ a.b }}. Five.\n"
    assert list(sentences(text)) == [
        (1, "# T"),
        (3, "One."),
        (3, "Two\nthree."),
        (10, "Four {{ a.b }}."),
        (10, "Five."),
    ]


# --- a quarter's comment on a page --------------------------------------------------------------------------------

SIGNED = f"---\nby: An analyst\non: 2018-04-20\narea: {OWN}\n---\n\n"


def commented(book, tmp_path, text):
    file = tmp_path / "40_hrda.md"
    file.write_text(text)
    return comment(book, "40_hrda", file), [(f.line, f.kind) for f in findings(book, file)]


def test_a_comment_is_printed_signed_and_dated_with_its_quarter(book, tmp_path):
    shown, found = commented(book, tmp_path, SIGNED + "Repeats were {{ hrda.repeat_rate }} of referrals.\n")
    assert "Repeats were 19.6% of referrals." in shown and "An analyst, 20 April 2018" in shown and found == []


def test_a_page_without_a_comment_shows_nothing(book, tmp_path):
    assert comment(book, "40_hrda", tmp_path / "none.md") == ""


@pytest.mark.parametrize(
    "text, line, kind",
    [
        (SIGNED + "Meetings numbered {{ exploitation.meetings[2017-18] }}.\n", 7, "reference"),
        ("Nobody signed this.\n", 1, "signature"),
        (SIGNED + "\nThere is a rising trend.\n", 8, "trend"),
    ],
)
def test_a_comment_that_cannot_stand_is_left_off_and_named(book, tmp_path, text, line, kind):
    shown, found = commented(book, tmp_path, text)
    assert shown == "" and found == [(line, kind)]


@pytest.mark.parametrize(
    "head, sample, stands",
    [
        (f"area: {OWN}\n", False, True),
        (f"area: {OWN}\nsample: yes\n", True, True),
        (f"area: {OWN}\nsample: yes\n", False, False),  # the worked example's words on a real page
        (f"area: {OWN}\n", True, False),
        ("area: E06000044\n", False, False),  # another authority's
        ("area: E06000044\nsample: yes\n", True, False),
    ],
)
def test_words_stand_only_beside_the_figures_they_were_written_of(book, tmp_path, head, sample, stands):
    book.sample = sample
    text = SIGNED.replace(f"area: {OWN}\n", head) + "Repeats were {{ hrda.repeat_rate }} of referrals.\n"
    assert bool(commented(book, tmp_path, text)[0]) == stands
    withheld = SIGNED.replace(f"area: {OWN}\n", head) + "Meetings numbered {{ exploitation.meetings[2017-18] }}.\n"
    assert bool(commented(book, tmp_path, withheld)[1]) == stands  # and nobody is told of words that are not theirs
    (tmp_path / "40_hrda.md").unlink()
    (tmp_path / "01_a.md").write_text(f"---\n{head}---\n\n# A chapter\n\nWords.\n")
    if stands:
        found = assemble(book, "2017-18", tmp_path).findings
        assert [f for f in found if f.file == "01_a.md"] == []  # of the template's chapters the toy tables have nothing
    else:
        with pytest.raises(UserError, match=f"written of another area.*area: {OWN}"):
            assemble(book, "2017-18", tmp_path)


# --- the sample's own report --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, printed",
    [
        ("In {{ @year }} and @last_year.", "In 2017-18 and 2016-17."),
        ("{? There were {{ exploitation.referrals }}. ?}", "There were {{ exploitation.referrals }}."),
        ("{? There were {{ exploitation.meetings }}. ?}", "Meetings: withheld, so that nobody can be recognised."),
        ("{? In 2030 there were {{ exploitation.referrals[2030] }}. ?}",
         "Referrals: there is no figure of it for 2030."),
        ("{? - Late: {{ exploitation.meetings }}. ?}", "- Meetings: withheld, so that nobody can be recognised."),
        ("write to lscb@year.example", "write to lscb@year.example"),
    ],
)  # fmt: skip
def test_a_sentence_stands_only_where_its_figures_may_be_printed(book, text, printed):
    assert settled(text, book, "2017-18") == printed


def test_englands_figure_never_stands_for_one_that_the_area_has_not(tmp_path, monkeypatch):
    monkeypatch.setattr(references, "documentation", lambda: {"measures": MEASURES})
    rows = [dict(area=ENGLAND, period="2017-18", measure="own", unit="points", value=7.0)]
    long_table.write({"attainment": long_table.cells(rows)}, tmp_path)
    book = Book(tmp_path, Quarter.parse("2017-18-Q4"), OWN, "public")
    with pytest.raises(references.NotShown, match="no cell is of this area"):
        references.resolve("attainment.own", book, "2017-18")
    assert said(f"attainment.own[{ENGLAND}]", book) == "7.0"


def test_an_opening_stays_in_one_piece_though_its_sentence_lacks_a_figure(book):
    text = settled("{? **In short.** Of\n{{ exploitation.meetings }}\nmany. ?}", book, "2017-18")
    assert text.startswith("**In short.** ") and text.count("\n") == 2


def test_what_stands_for_an_optional_sentence_has_as_many_lines(book):
    text = "One.\n{? There were\n{{ exploitation.meetings }}\nof them. ?}\nTwo."
    assert settled(text, book, "2017-18").count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text, kind, line, words",
    [
        ("There were 12 meetings.", "typed number", 7, "'12' is typed"),
        ("There were {{ said 12: the clerk's own list }} meetings.", "", 0, ""),
        ("There were {{ exploitation.meeting }}.", "reference", 7, "no measure 'meeting'"),
        ("> RENEW: last year's words", "chapter", 7, "last year's text"),
        ("::: chart nothing\n:::", "reference", 7, "there is no chart 'nothing'"),
        ("::: picture x\n:::", "reference", 7, "there is no such block"),
        ("![](photo.png)", "picture", 7, "no words"),
        ("<img src='photo.png'>", "picture", 7, "no words"),
        ("![Young people at the forum](photo.png)", "picture", 7, "is not checked"),
        (
            "::: table exploitation\nmeasure: referrals\nwhere: {period: 2001-02}\ncaption: A\n:::",
            "reference",
            7,
            "no figure",
        ),
        ("::: table nowhere\ncaption: A\n:::", "reference", 7, "there is no table 'nowhere'"),
        ("::: list\ncaption: A\ncolumns: [What, How many]\nrows:\n  - [Boys, '12']\n:::", "reference", 7, "add a line"),
        ("::: list\ncaption: A\ncolumns: [What]\nrows:\n  - [Boys, girls]\n:::", "reference", 7, "one text for each"),
    ],
)
def test_a_chapter_that_cannot_stand_is_made_and_named_at_its_line(book, tmp_path, text, kind, line, words):
    (tmp_path / "01_a.md").write_text(f"---\narea: {OWN}\n---\n\n# A chapter\n\n{text}\n")
    report = assemble(book, "2017-18", tmp_path)
    found = [f for f in report.findings if f.file == "01_a.md"]
    assert [(f.kind, f.line) for f in found] == ([(kind, line)] if kind else []), found
    assert all(words in f.said for f in found) and report.chapters[0].title == "A chapter"


def test_a_table_of_the_newest_period_says_which_it_is(book, tmp_path):
    block = "::: table exploitation\nmeasure: referrals\ncaption: Newest\nwhere: {period: latest}\n:::"
    (tmp_path / "01_a.md").write_text(f"---\narea: {OWN}\n---\n\n# A chapter\n\n{block}\n")
    assert assemble(book, "2017-18", tmp_path).tables[0] == "Newest, 2017-18"


def test_a_chapter_of_another_year_and_one_that_is_missing_are_named(book, tmp_path):
    (tmp_path / "01_foreword.md").write_text(f"---\narea: {OWN}\nyear: 2016-17\n---\n\n# Foreword\n\nWords.\n")
    lines = [str(f) for f in assemble(book, "2017-18", tmp_path).findings if f.kind == "chapter"]
    assert "01_foreword.md, line 1: chapter: it was written for 2016-17, not for 2017-18." in lines
    assert any("02_context.md is missing" in line for line in lines)


def test_the_chapters_of_a_new_year_hold_last_years_words_marked(tmp_path, monkeypatch, capsys):
    from board_packs.publish.report import narrative_skeleton as skeleton

    monkeypatch.setattr(skeleton, "DATA", tmp_path)
    last = tmp_path / "narrative" / "2017-18"
    last.mkdir(parents=True)
    (last / "01_foreword.md").write_text(f"---\narea: {OWN}\n---\n\n# Foreword\n\nOur words.\n\n::: figures\n:::\n")
    (last / "02_context.md").write_text(f"---\narea: {OWN}\nsample: yes\n---\n\n# Context\n\nInvented words.\n")
    (last / "03_plan.md").write_text("---\narea: E06000044\n---\n\n# Plan\n\nPortsmouth's words.\n")
    assert skeleton.command("2018-19", "southampton") == 0
    made = tmp_path / "narrative" / "2018-19"
    assert len(list(made.glob("*.md"))) == len(list(skeleton.TEMPLATE.glob("*.md")))
    assert (made / "01_foreword.md").read_text() == (
        f"---\narea: {OWN}\nyear: 2018-19\n---\n\n# Foreword\n\n> RENEW: Our words.\n\n::: figures\n:::\n"
    )
    for chapter in ("02_context.md", "03_plan.md"):  # words of the invented quarter and of another area
        assert "RENEW" not in (made / chapter).read_text()
    with pytest.raises(UserError, match="has chapters already"):
        skeleton.command("2018-19", OWN)
    with pytest.raises(UserError, match="name of an English authority"):
        skeleton.command("2019-20", "Atlantis")
    with pytest.raises(UserError, match="first year of a report is 2013-14"):
        skeleton.command("1890-91", OWN)


@pytest.mark.parametrize("named", [OWN, OWN.lower(), "Southampton", "852"])
def test_chapters_name_their_area_as_a_person_does(tmp_path, named):
    (tmp_path / "01_foreword.md").write_text(f"---\narea: {named}\n---\n\n# Foreword\n")
    assert [*narrative("2018-19", OWN, False, tmp_path)] == ["01_foreword.md"]
    for area, sample in (("E06000044", False), (OWN, True)):
        with pytest.raises(UserError, match="of another area or of the invented quarter"):
            narrative("2018-19", area, sample, tmp_path)


def test_a_report_without_a_narrative_says_so_before_any_table_is_built(monkeypatch):
    monkeypatch.setattr(annual_report, "open_tables", lambda *asked: pytest.fail("tables were built"))
    with pytest.raises(UserError, match="No narrative for 2031-32: `lscb report --new 2031-32 --area E06000045`"):
        annual_report.command("2031-32", "Southampton")


def test_what_the_last_report_promised_waits_for_what_came_of_it(book, tmp_path, monkeypatch):
    from board_packs.publish.report import narrative_skeleton as skeleton

    monkeypatch.setattr(skeleton, "DATA", tmp_path)
    last = tmp_path / "narrative" / "2017-18"
    last.mkdir(parents=True)
    (last / "10_next_steps.md").write_text(
        f'---\narea: {OWN}\n---\n\n# Next steps\n\n- Ask for "proof",\n  always.\n- Count once.\n'
    )
    skeleton.command("2018-19", OWN)
    text = (tmp_path / "narrative" / "2018-19" / "10_next_steps.md").read_text()
    assert (
        '  - ["Ask for \\"proof\\", always.", RENEW what came of it]\n  - ["Count once.", RENEW what came of it]\n'
        in text
    )
    folder = tmp_path / "alone"
    folder.mkdir()
    (folder / "10_next_steps.md").write_text(text)
    found = [f for f in assemble(book, "2018-19", folder).findings if "last year's text" in f.said]
    assert len(found) == 3  # the paragraph of both, and each promise


# Flesch-Kincaid by hand: 6 words in 1 sentence, 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45; and 5 years
def test_the_reading_age_follows_its_formula():
    assert years_needed("The cat sat on the mat.") == pytest.approx(3.55)
    assert years_needed("") == 0


def printed_words(html):
    """The words of a part of a page, alternative texts among them."""
    html = re.sub(r"<(style|script).*?</\1>", "", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r" \1 ", html))
    return re.sub(r" ([.,;:%])", r"\1", " ".join(unescape(text).split()))


# Ten facts that a reader looks for, below the heading of the contents where each is to be found. Those of children are the
# published ones: mid-2016 estimates, DfE rates of 2017-18, and appendix 1 of the annual report.
FACTS = {
    "Who lives here": "Children aged 0 to 17 numbered 49,901",
    "Looked-after children": "522 looked-after children",
    "Conceptions under 18": "26.3 for every 1,000 women",
    "Enquiries under section 47": "344.3 per 10,000",
    "Exploitation": "referrals to the safeguarding hub had exploitation as a factor",
    "High-risk domestic abuse": "made about 775 referrals in 2017-18",
    "Action plans": "Action plan: Child protection procedures",
    "Next steps": "Ask every agency for evidence",
    "Appendix 1: Finance": "\u00a3134,428",
    "Appendix 3: Membership": "Chief Superintendent Public Protection",
}


@pytest.mark.slow
@pytest.mark.browser
def test_the_report_of_the_sample_is_released_as_a_page_and_a_tagged_pdf_with_bookmarks(tmp_path, capsys, monkeypatch):
    import csv
    import shutil

    import docx
    import pypdf
    from pdf_accessibility import elements, faults

    from board_packs.publish.pdf_printing import BROWSERS
    from board_packs.publish.report import annual_report as report
    from openstats.project_data import DATA

    monkeypatch.setenv("LSCB_OUT", str(tmp_path))
    assert report.command("2017-18", OWN, sample=True, out=tmp_path) == 0, capsys.readouterr().err
    folder = tmp_path / "sample" / "2017-18-Q4" / OWN / "report"
    html = (folder / "index.html").read_text(encoding="utf-8")
    appendices = ("Appendix 1: Finance", "Appendix 3: Membership", "Appendix 5: Glossary")
    for heading in ("Foreword by the Chair", "Quality assurance", "Child deaths", *appendices):
        assert f">{heading}</h2>" in html
    assert "\u00a3134,428" in html and "SAMPLE DATA" in html  # annual report 2017-18, appendix 1
    assert "<script src" not in html and 'src="http' not in html

    # every chart, table, appendix and figure of the model stands in the finished report: a chart in a figure's caption or
    # alternative text, a table at the start of a caption, but for the chart without its file and the table told in words
    with open(DATA / "reference" / "annual-report-2017-18-contents.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 62
    figures = [printed_words(figure) for figure in re.findall(r"<figure.*?</figure>", html, re.DOTALL)]
    captions = [printed_words(caption) for caption in re.findall(r"<caption.*?</caption>", html, re.DOTALL)]
    words, elsewhere = printed_words(html), []
    for line in lines:
        text, kind = line["words_of_our_report"], line["kind"]
        assert text in words, line
        drawn = kind == "chart" and any(text in figure for figure in figures)
        listed = kind == "table" and any(re.match(rf"Table \d+\. {re.escape(text)}", caption) for caption in captions)
        elsewhere += [] if drawn or listed or kind in ("text", "figure") else [text]
    assert elsewhere == ["School absence", "13 with an update"]
    assert "School absence by year: no published figure is held." in words

    word = docx.Document(str(folder / "annual-report.docx"))
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"][-1] == appendices[-1]
    assert len(word.tables) == html.count("<table") and len(word.inline_shapes) == html.count("<img ")
    assert all(len(shape._inline.docPr.get("descr")) > 20 for shape in word.inline_shapes)
    held = [
        p for p in word.paragraphs if re.match(r"(Figure|Table) \d+\. ", p.text)
    ]  # a title stays with what it names
    assert len(held) >= 50 and all(p.paragraph_format.keep_with_next for p in held)
    for table in word.tables:  # within 16 cm; a column of words is wider than one of figures
        widths = [column.width.cm for column in table.columns]
        assert sum(widths) == pytest.approx(16, abs=0.1)
    agency, position = (column.width for column in word.tables[-1].columns)
    assert agency < position
    assert years_needed((folder / "summary.txt").read_text(encoding="utf-8")) <= 12

    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("no Chromium: the page is checked, the PDF is not; install chromium to check it too")
    pdf = pypdf.PdfReader(folder / "annual-report.pdf")
    titles = [entry["/Title"] for part in pdf.outline for entry in (part if isinstance(part, list) else [part])
              if not isinstance(entry, list)]  # fmt: skip
    assert "Annual report 2017-18" in titles and appendices[0] in titles
    assert faults(pdf) == []  # of PDF/UA, by the protocol's checkpoints that a program can judge
    tags = [tag for tag, _ in elements(pdf.trailer["/Root"]["/StructTreeRoot"])]
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert len(figures) == html.count("<img ") and all(len(tag.get("/Alt", "")) > 20 for tag in figures)
    assert not any(tag["/S"] == "/Form" for tag in tags) and {p["/Tabs"] for p in pdf.pages} == {"/S"}
    assert len(pdf.pages) <= 45 and pdf.pages[0].mediabox[2] == pytest.approx(595, abs=1)  # A4 is 595 points wide
    texts = [" ".join(page.extract_text().split()) for page in pdf.pages]
    contents = next(text for text in texts if text.count("Appendix") >= 5)
    for heading, fact in FACTS.items():  # on the sheet that the contents name, or where the section runs on
        sheet = int(re.search(rf"{re.escape(heading)} (\d+)", contents)[1])
        assert fact in " ".join(texts[sheet - 1 : sheet + 1]), (heading, sheet)
        section = re.search(rf"<h[23][^>]*>{re.escape(heading)}</h[23]>(.*?)(?=<h[23]|</section>)", html, re.DOTALL)[1]
        assert fact in printed_words(section), heading
