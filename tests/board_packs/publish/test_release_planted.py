"""Identifiers planted as an outsider would: one for each identifying field of the dictionary, in every usual spelling,
in every place of a page that can carry it; and then through the returns into the pages of a run.

Every value is invented: 943 476 5919 is the number with which the NHS data dictionary explains its check digit.
"""

import base64
import json
import re
import struct
import zlib
from datetime import date
from urllib.parse import quote

import pandas as pd
import pytest
import toy_quarter as toy

from board_packs.publish import quarter_run
from board_packs.publish.release import Allowed, check
from board_packs.publish.release.identifiers import Identifiers
from board_packs.publish.release.shown import Figures
from board_packs.quarter import receiving
from board_packs.quarter.case_values import identifying
from openstats.project_data import DATA
from returncheck import dictionary
from returncheck.person_names import names, ordinary

ONE = {
    "identifier": "QZ4077",
    "date": date(2015, 3, 2),
    "lsoa": "E01099917",
    "gestation": 24 + 3 / 7,
    "text": "Zelda Quux",
}
LABELS = {"choice", "choices", "yes_no", "whole_number", "number", "period"}  # tables print them: disclosure control
FIELDS = [
    (name, each.name, each.type)
    for name, said in dictionary.load().items()
    for each in said.fields.values()
    if each.sensitivity.startswith("identifying") and each.type not in LABELS
]
WRITTEN = {
    "identifier": ["QZ4077", "qz4077", "QZ 4077", "QZ-4077", "QZ/4077", "QZ.4077", "QZ_4077", "QZ–4077", "Q Z 40 77"],
    "lsoa": ["E01099917", "e01099917", "E 01099917", "E01-099-917", "E 0109 9917"],
    "gestation": ["24+3", "24 + 3", "24 weeks and 3 days", "24 weeks 3 days", "24w3d", "24 wks, 3 days", "24+3/40"],
    "text": ["Zelda Quux", "ZELDA QUUX", "zelda quux", "Quux, Zelda", "Zelda  Quux", "Quux", "Zelda Quux's",
             "Zélda Quux"],
    "date": [
        "2015-03-02", "2015-03-02 00:00:00", "2015-03-02T09:30:00Z", "20150302", "02/03/2015", "2/3/2015", "02/03/15",
        "2.3.2015", "02.03.15", "02-03-2015", "02 03 2015", "2 / 3 / 2015", "2015/03/02", "03/02/2015", "02032015",
        "2 March 2015", "2nd March 2015", "2nd of March, 2015", "2nd day of March 2015", "2 Mar 15", "2 Mar '15",
        "2-Mar-2015", "2MAR2015", "March 2nd 2015", "March 2, 2015", "Mar. 2 2015", "2015 March 2",
        "Monday 2 March 2015",
        "42065",  # as a spreadsheet counts days since 30 December 1899
    ],
}  # fmt: skip
PAIRS = [(name, field, text) for name, field, kind in FIELDS for text in WRITTEN[kind]]


def entities(text):
    return "".join(f"&#{ord(c)};" for c in text)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes, data: bytes, after: bytes = b"") -> str:
    body = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(kind, data)
    body += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + after
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def drawn(inside: str, head: str = "data:image/svg+xml;base64,") -> str:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>"
    return head + (base64.b64encode(svg.encode()).decode() if head.endswith("64,") else quote(svg))


def picture(source: str) -> str:
    return f'<img alt="Chart of it" src="{source}">'


PLACES = {
    "text": lambda t: f"<p>It was {t} then.</p>",
    "in brackets": lambda t: f"<p>One case ({t}), and others</p>",
    "after a colon": lambda t: f"<p>Case:{t};</p>",
    "bold in part": lambda t: f"<p>It was {t[:2]}<b>{t[2:4]}</b>{t[4:]}.</p>",
    "split by spans": lambda t: "<p>" + "".join(f"<span>{c}</span>" for c in t) + "</p>",
    "split by comments": lambda t: f"<p>{t[:3]}<!-- -->{t[3:]}</p>",
    "beside another span": lambda t: f"<p><span>Q1</span><span>{t}</span><span>Q2</span></p>",
    "over two lines": lambda t: "<p>" + t.replace(" ", "\n   ") + "</p>",
    "entities": lambda t: f"<p>{entities(t)}</p>",
    "words in tags of their own": lambda t: "<p>saw" + "".join(f"<b>{w}</b>" for w in t.split(" ")) + "then</p>",
    "zero width": lambda t: "<p>" + "\u200b".join(t) + "</p>",
    "soft hyphens": lambda t: "<p>" + "&shy;".join(t) + "</p>",
    "no-break spaces": lambda t: "<p>" + t.replace(" ", "&nbsp;") + "</p>",
    "thin spaces": lambda t: "<p>" + t.replace(" ", "\u2009") + "</p>",
    "no-break hyphens": lambda t: "<p>" + t.replace("-", "\u2011") + "</p>",
    "full width": lambda t: "<p>" + "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in t) + "</p>",
    "full-width letters": lambda t: "<p>" + "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in t) + "</p>",
    "small capitals": lambda t: f"<p>{t.upper()}</p>",
    "a cell": lambda t: f"<table><caption>x</caption><tr><td>{t}</td><td>x</td></tr></table>",
    "a row's label": lambda t: f"<table><caption>x</caption><tr><th scope='row'>{t}</th><td>x</td></tr></table>",
    "a caption": lambda t: f"<table><caption>Case {t}</caption><tr><td>x</td></tr></table>",
    "a heading": lambda t: f"<h2>The case {t}</h2>",
    "the title": lambda t: f"<svg aria-hidden='true'><title>{t}</title></svg>",
    "a list": lambda t: f"<ul><li>{t}<li>x</ul>",
    "a note": lambda t: f"<details><summary>More</summary>{t}</details>",
    "hidden": lambda t: f'<div hidden style="display:none">{t}</div>',
    "no script": lambda t: f"<noscript>{t}</noscript>",
    "template": lambda t: f"<template><p>{t}</p></template>",
    "text area": lambda t: f"<textarea>{t}</textarea>",
    "a drawing": lambda t: f"<svg aria-hidden='true'><text>Q1</text><text>{t}</text><text>Q2</text></svg>",
    "a drawing's parts": lambda t: f"<svg aria-hidden='true'><text>{t[:3]}<tspan>{t[3:]}</tspan></text></svg>",
    "title attribute": lambda t: f'<p title="of {t}">x</p>',
    "aria-label": lambda t: f'<p aria-label="of {t}">x</p>',
    "data attribute": lambda t: f'<p data-case="{t}">x</p>',
    "class": lambda t: f'<p class="{t}">x</p>',
    "no quotes": lambda t: f"<p id={quote(t, safe='')}>x</p>",
    "attribute in entities": lambda t: f'<p title="{entities(t)}">x</p>',
    "attribute over lines": lambda t: '<p title="' + t.replace(" ", "\n") + '">x</p>',
    "alternative text": lambda t: f'<img alt="Line chart, {t} first" src="data:image/gif;base64,R0lGOD">',
    "an address": lambda t: f'<a href="index.html?case={quote(t, safe="")}">x</a>',
    "a fragment": lambda t: f'<a href="index.html#{t}">x</a>',
    "mail": lambda t: f'<a href="mailto:a@b.example?subject={quote(t)}">x</a>',
    "attribute escaped twice": lambda t: f'<p title="{entities(t).replace("&", "&amp;")}">x</p>',
    "a comment": lambda t: f"<!-- {t} -->",
    "a comment in entities": lambda t: f"<!-- {entities(t)} -->",
    "a declaration": lambda t: f"<!DOCTYPE x {t}>",
    "an instruction": lambda t: f"<?x {t} ?>",
    "cdata": lambda t: f"<![CDATA[{t}]]>",
    "a tag never closed": lambda t: f'<p title="{t}',
    "style": lambda t: f"<style>p::after{{content:'{t}'}}</style>",
    "style attribute": lambda t: f"<p style=\"--case:'{t}'\">x</p>",
    "style escapes": lambda t: "<style>p::after{content:'" + "".join(f"\\{ord(c):x} " for c in t) + "'}</style>",
    "script data": lambda t: f'<script type="application/json">{json.dumps({"cases": [t, "x"]})}</script>',
    "script escapes": lambda t: "<script>a='" + "".join(f"\\u{ord(c):04x}" for c in t) + "'</script>",
    "notebook metadata": lambda t: f"<script type='x-nb'>{json.dumps({'metadata': {'case': t}})}</script>",
    "picture's text": lambda t: picture(png(b"tEXt", b"Comment\0" + t.encode())),
    "picture's packed text": lambda t: picture(png(b"zTXt", b"Comment\0\0" + zlib.compress(t.encode()))),
    "picture's world text": lambda t: picture(png(b"iTXt", b"Title\0\0\0\0\0" + t.encode())),
    "picture's packed world text": lambda t: picture(png(b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(t.encode()))),
    "picture's camera": lambda t: picture(png(b"eXIf", b"MM\0*" + t.encode("utf-16-be"))),
    "picture's private part": lambda t: picture(png(b"prVt", t.encode())),
    "behind a picture": lambda t: picture(png(b"tEXt", b"a\0b", t.encode())),
    "a photograph": lambda t: picture(
        "data:image/jpeg;base64," + base64.b64encode(b"\xff\xd8\xff\xfe\0\x20Case " + t.encode() + b"\xff\xd9").decode()
    ),
    "drawing in an address": lambda t: picture(drawn(f"<text>{t}</text>")),
    "drawing, percent": lambda t: picture(drawn(f"<text>{t}</text>", "data:image/svg+xml,")),
    "drawing's parts": lambda t: picture(drawn(f"<text>{t[:3]}<tspan>{t[3:]}</tspan></text>")),
    "drawing's entities": lambda t: picture(drawn(f"<text>{entities(t)}</text>")),
    "drawing's label": lambda t: picture(drawn(f"<g id='{t}'/>")),
    "drawing's comment": lambda t: picture(drawn(f"<!-- {t} -->")),
    "picture in a drawing": lambda t: picture(drawn(f"<image href='{png(b'tEXt', b'a' + bytes(1) + t.encode())}'/>")),
    "picture in a style": lambda t: f"<style>p{{background:url({png(b'tEXt', b'a' + bytes(1) + t.encode())})}}</style>",
    "text in an address": lambda t: f'<a href="data:text/plain,{quote(t)}">x</a>',
    "DATA, in capitals": lambda t: f'<a href="DATA:text/plain;base64,{base64.b64encode(t.encode()).decode()}">x</a>',
}  # fmt: skip


def page(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><title>How many?</title></head><body><main><h1>How many?</h1>'
        f'<p class="answer">There were 1,234 referrals at 31 March 2015.</p>{body}</main></body></html>'
    )


def frame_of(kind: str, field: str) -> pd.DataFrame:
    value = pd.Series([ONE[kind]], dtype="object")
    return pd.DataFrame({"area": [toy.AREA], field: pd.to_datetime(value) if kind == "date" else value})


def known(name: str, field: str, kind: str) -> Allowed:
    """What a run would look for, were this field of this return all it had."""
    got = identifying(receiving.Received({name: frame_of(kind, field)}), toy.AREA)
    return Allowed(Identifiers(got), Figures([1234]), beside=frozenset({"index.html"}))


def found(html: str, allowed: Allowed) -> list[str]:
    return [reason for reason in check(html, allowed) if reason.startswith("identifiers")]


def test_every_identifying_field_has_a_plant_or_is_a_label_of_tables():
    assert {kind for _, _, kind in FIELDS} <= set(WRITTEN) and len(FIELDS) > 30


@pytest.mark.parametrize("name, field, kind", FIELDS)
def test_each_field_is_found_in_each_usual_spelling(name, field, kind):
    allowed = known(name, field, kind)
    assert found(page("<p>Nothing of it here.</p>"), allowed) == []
    for text in WRITTEN[kind]:
        reasons = found(page(f"<p>The one of {text}, as told.</p>"), allowed)
        assert reasons and all(field in reason and text not in reason for reason in reasons), text


@pytest.mark.parametrize("place", PLACES)
def test_each_kind_is_found_in_each_place(place):
    """Sixty-odd places; an NHS number and a postcode besides, which no list of values has to hold."""
    values = [[kind, kind, {"date": "2015-03-02", "gestation": "24+3"}.get(kind, v)] for kind, v in ONE.items()]
    allowed = Allowed(Identifiers(values), Figures([1234]), beside=frozenset({"index.html"}))
    assert found(page(PLACES[place]("nothing")), allowed) == []
    plants = [texts[0] for texts in WRITTEN.values()] + ["2 March 2015", "943 476 5919", "943-476-5919", "SO99 9ZZ"]
    missed = [text for text in plants if not found(page(PLACES[place](text)), allowed)]
    assert missed == []


@pytest.mark.parametrize("text", [
    "9434765919", "943 476 5919", "943-476-5919", "943.476.5919", "943  476  5919", "943 - 476 - 5919", "943_476_5919",
    "NHS9434765919", "NHS no. 943 476 5919", "943–476–5919", "SO999ZZ", "so99 9zz", "SO99-9ZZ",
    "SO99  9ZZ", "SO99.9ZZ", "W1A 9ZZ",
])  # fmt: skip
def test_numbers_of_the_nhs_and_postcodes_need_no_list(text):
    assert found(page(f"<p>The one of {text}, as told.</p>"), Allowed())


@pytest.mark.parametrize("planted, text", [
    ("4077", "case 4077"), ("4077", "Child no. 4077"), ("4077", "ref: 4077"), ("17", "victim 17"), ("0042", "0042"),
    ("51234", "51234"), ("512345", "512 345"), ("512345", "512-345"), ("17/0042", "17/0042"),
])  # fmt: skip
def test_a_reference_of_digits_alone_is_known_where_it_can_be_no_count(planted, text):
    allowed = Allowed(Identifiers([["child_id", "identifier", planted]]), Figures([1234, 60000]))
    assert found(page(f"<p>It was {text}, as told.</p>"), allowed) == ["identifiers: a value of child_id"]


@pytest.mark.parametrize("planted, text", [
    ("2017", "in 2017"), ("4077", "4,077 children"), ("17", "17 referrals"), ("201718", "2017-18"), ("60000", "60000"),
    ("51234", "51,234"), ("12345", "0.12345"), ("1234", "Referrals: 1234"),
])  # fmt: skip
def test_a_count_or_a_year_is_no_reference(planted, text):
    allowed = Allowed(Identifiers([["child_id", "identifier", planted]]), Figures([1234, 60000]))
    assert found(page(f"<p>It was {text}, as told.</p>"), allowed) == []


@pytest.mark.parametrize("text, seen", [
    ("31 March 2015", False), ("2015-03-31", False), ("born 31 March 2015", True),
    ("date of birth: 31 March 2015", True),
    ("died on 2015-03-31", True), ("31/03/2015", True), ("31.3.15", True),
])  # fmt: skip
def test_a_day_on_which_quarters_end_is_a_childs_when_it_is_written_as_one(text, seen):
    allowed = Allowed(Identifiers([["born_on", "date", "2015-03-31"]]))
    assert bool(found(page(f"<p>It was {text}, as told.</p>"), allowed)) is seen


@pytest.mark.parametrize("text", WRITTEN["text"])
def test_a_name_in_an_identifying_free_text_is_known_in_each_spelling_and_alone(text):
    allowed = Allowed(Identifiers([["circumstances", "text", "Mother of Zelda Quux moved in March"]]))
    assert found(page(f"<p>The one of {text}, as told.</p>"), allowed) == ["identifiers: words of circumstances"]
    assert found(page("<p>It moved in March, as a mother told.</p>"), allowed) == []


def test_a_name_that_was_typed_as_a_reference_is_known_with_the_last_name_first():
    allowed = Allowed(Identifiers([["victim_id", "identifier", "Zelda Quux"]]))
    for text in ("Zelda Quux", "QUUX, Zelda"):
        assert found(page(f"<p>The one of {text}, as told.</p>"), allowed), text


@pytest.mark.parametrize("text, people", [
    ("Zelda Quux was not seen by anyone", {"Zelda Quux"}), ("Drift: Emily Brown", {"Emily Brown"}),
    ("The mother of Jaxon said so", {"Jaxon"}), ("Mr Quux did not attend", {"Quux"}),
    ("Parents' drinking, seen by Quux alone", {"Quux"}), ("Seen By Mr Quux Only Once", {"Quux"}),
])  # fmt: skip
def test_a_name_in_a_free_text_is_known(text, people):
    assert people <= names(text)


@pytest.mark.parametrize("text", [
    "Professional Curiosity", "Voice of the Child", "Children's Services", "St Mary's Hospital", "Signs of Safety used",
    "Lucy Faithfull Foundation", "Plans of drift and delay", "Advice of Southampton City Council in March",
])  # fmt: skip
def test_titles_and_institutions_are_no_names(text):
    assert names(text) == set()


def test_commentary_makes_no_name_usual():
    """Whoever names a child in a comment must not get the name past the check with it."""
    commentary = " ".join(path.read_text(encoding="utf-8") for path in DATA.glob("narrative/**/*.md"))
    assert not set(re.findall(r"[a-z]{4,}", commentary.casefold())) <= ordinary()


# --- through the returns into the pages of a run ----------------------------------------------------------------------

# As if a case had come into an ordinary cell all the same: `cases` itself is refused there.
ROW = (
    "from types import SimpleNamespace\nimport pandas as pd\n"
    'row = SimpleNamespace(referral_id="HR-2017-0007", incident_on=pd.Timestamp(2018, 2, 12) + pd.Timedelta(days=1))\n'  # a date typed in a notebook is its own
)
THEME = 'theme = "Drift in the case of Zelda Quux"\n'
LINE = "import matplotlib.pyplot as plt\nf, ax = plt.subplots()\nax.plot([1, 2])\n"
PRINTED = {  # what a careless notebook does with a case
    "a sentence": ROW + 'say.answer(f"The last was {row.referral_id}.")',
    "printed": ROW + "print(row.referral_id.replace('-', ' '))",
    "a date in words": ROW + 'print(f"{row.incident_on:%d %B %Y}")',
    "a frame": ROW + 'show(pd.DataFrame({"referral_id": [row.referral_id], "count": [1.0]}), "Cases", "referral_id")',
    "a date in an alternative text": ROW + LINE
    + 'charts.show(f, "It rises", f"Line chart. It rises from {row.incident_on:%d/%m/%y}.", "invented")',
    "a date in a chart's source": ROW + LINE
    + 'charts.show(f, "It rises", "Line chart. It rises.", f"the hub, {row.incident_on:%d.%m.%Y}")',
    "a picture's metadata": ROW + "import io, base64\nfrom matplotlib.figure import Figure\n"
    "from IPython.display import HTML\n"
    "out = io.BytesIO()\nFigure().savefig(out, metadata={'Title': row.referral_id})\n"
    "held = base64.b64encode(out.getvalue()).decode()\n"
    "HTML('<img alt=\"A chart of it\" src=\"data:image/png;base64,' + held + '\">')",
    "a name in a free text": THEME + 'say.answer(f"One theme was {theme.lower()}.")',
    "a number of the NHS": 'say.answer("The last was 943 476 5919.")',
    "a postcode": 'say.answer("The last was in SO99 9ZZ.")',
    "somebody whom no return names": 'say.answer("The mother of Emma Patel was heard by the board.")',
    "a telephone": 'print("Ring 07700 900123 about it.")',
    "an error that quotes": ROW + 'import warnings\nprint("warning: bad value " + repr(row.referral_id))',
}  # fmt: skip


def test_what_is_planted_in_returns_and_printed_by_a_notebook_never_leaves(tmp_path, monkeypatch):
    toy.use(monkeypatch)
    clean = receiving.receive
    day, audit = pd.Timestamp("2018-02-13"), {"area": [toy.AREA], "theme": ["Drift in the case of Zelda Quux"]}

    def receive(asked, checked=True):
        got = clean(asked, checked)
        got.rows["hrda_referrals"] = got.rows["hrda_referrals"].assign(incident_on=day)
        return receiving.Received(got.rows | {"audits": pd.DataFrame(audit)}, got.quality, got.receipt)

    monkeypatch.setattr(receiving, "receive", receive)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for number, source in enumerate(PRINTED.values(), 10):
        toy.notebook(folder / f"{number}_plant.ipynb", "What happened?", [*toy.PLACES, source])
    toy.notebook(folder / "90_honest.ipynb", "Where did they come from?", toy.PLACES)
    numbers = [*range(10, 10 + len(PRINTED)), 90]
    (folder / "packs.yml").write_text(f"board: {{title: Board, audience: partnership, notebooks: {numbers}}}\n")
    (outcome,) = quarter_run.run(toy.ask(tmp_path / "out", folder))
    status = {int(p["notebook"][:2]): (p["status"], p["reasons"]) for p in outcome.manifest["pages"]}
    assert status.pop(90)[0] == "released"
    left = [
        how for how, (said, _) in zip(PRINTED, (status[n] for n in sorted(status)), strict=True) if said != "refused"
    ]
    assert left == []
    assert all(any(r.startswith(("identifiers", "people")) for r in reasons) for _, reasons in status.values())
    assert "HR-2017" not in json.dumps(outcome.manifest) and "Quux" not in json.dumps(outcome.manifest)
