"""Kinds of fault that an audit can make itself: each right answer worked by hand in its comment."""

import json
from pathlib import Path

import pytest
from claim_rows import one

import claimcheck as claims
from claimcheck.claim_files import read
from claimcheck.stated_periods import period

SHARED = Path(__file__).parents[3] / "shared" / "cases" / "claims_of_part_years"
WRONG, ONLY_IF, UNKNOWN, RIGHT = (claims.WRONG, claims.ONLY_IF, claims.UNKNOWN, claims.REPRODUCES)

YEARS = [
    ("point", "400", {"period": "2019/20"}), ("point", "300", {"period": "2020/21"}),
    ("point", "360", {"period": "2021/22"}),
]  # fmt: skip
MONTHS = [("point", v) for v in "50 51 49 50 52 48 51 50 49 80 50 51".split()]
STEADY = [("point", v) for v in "50 51 49 50 52 48 51 50 49 52 50 51".split()]


@pytest.mark.parametrize(
    "word, old, new, verdict",
    [
        ("fell by 40%", "200", "150", WRONG),  # 50 of 200 is 25%
        ("fell by 25%", "200", "150", RIGHT),
        ("250% rise", "20", "50", WRONG),  # 30 of 20 is 150%; 50 is 250% of 20
        ("a rise of 150 per cent", "20", "50", RIGHT),
        ("fell by twenty-five per cent", "200", "150", RIGHT),
        ("down by 60", "200", "150", WRONG),  # by 50
        ("doubled", "20", "41", RIGHT),
    ],
)
@pytest.mark.parametrize("kind", ["percent_change", "direction"])
def test_a_figure_in_words_is_checked(kind, word, old, new, verdict):
    assert one(kind, ("old", old), ("new", new), ("printed", None, {"word": word})).verdict == verdict


def test_a_figure_of_the_sentence_is_the_print_where_none_is_given():
    """From 80 to 60 is a fall of 25%."""
    rows = ("old", "80"), ("new", "60")
    assert one("percent_change", *rows, text="It fell by 35%, from 80 to 60.").verdict == WRONG
    assert one("percent_change", *rows, text="It fell by 25%, from 80 to 60.").verdict == RIGHT
    assert one("comparison", ("own", "62"), ("comparator", "50"), text="62, 40% higher than 50").verdict == WRONG


@pytest.mark.parametrize(
    "text, printed, way, verdict",
    [
        ("a rise of 20% on the previous year", "20%", "rise", RIGHT),  # 60 of 300
        ("a fall of 10% on the previous year", "10%", "fall", WRONG),  # it rose
        ("a fall of 10% since 2019/20", "10%", "fall", RIGHT),  # 40 of 400
        ("a fall of 10%", "10%", "fall", RIGHT),
        ("a rise of 20% compared to 2020/21", "20%", "rise", RIGHT),
    ],
)
def test_several_points_are_compared_with_the_base_that_is_named(text, printed, way, verdict):
    assert one("percent_change", *YEARS, ("printed", printed, {"direction": way}), text=text).verdict == verdict


def test_the_point_before_is_the_base_where_no_point_has_a_period():
    """From 300 to 360 is 20%; from 400 it would be a fall."""
    points = ("point", "400"), ("point", "300"), ("point", "360")
    rise = one(
        "percent_change",
        *points,
        ("printed", "20%", {"direction": "rise"}),
        text="a rise of 20% on the previous quarter",
    )
    assert rise.verdict == RIGHT


def test_the_order_of_labels_counts():
    """As written the change starts after it ends."""
    rows = ("old", "80", {"period": "2021/22"}), ("new", "60", {"period": "2020/21"})
    answer = one("direction", *rows, ("printed", None, {"word": "fell"}))
    assert (answer.verdict, answer.diagnosis) == (WRONG, "direction_reversed")
    right = ("old", "80", {"period": "2020/21"}), ("new", "60", {"period": "2021/22"})
    assert one("direction", *right, ("printed", None, {"word": "fell"})).verdict == RIGHT


@pytest.mark.parametrize(
    "number, verdict",
    [
        ({"label_in_text": "Q2 2021/22 (April to June)"}, WRONG),  # the second quarter is July to September
        ({"label_in_text": "Q1 2021/22 (April to June)"}, RIGHT),
        ({"label_in_text": "April to June 2021", "period": "Q2 2021/22"}, WRONG),
        ({"label_in_text": "July to September 2021", "period": "Q2 2021/22"}, RIGHT),
        ({"label_in_text": "2019Q3", "period": "2021/22"}, WRONG),
    ],
)
def test_labels_are_compared_with_each_other(number, verdict):
    assert one("period_label", ("printed", "12", number)).verdict == verdict


@pytest.mark.parametrize(
    "text, end, months",
    [
        ("2019Q3", 12 * 2019 + 9, 3), ("April to June 2021", 12 * 2021 + 6, 3), ("17/18", 12 * 2018 + 3, 12),
        ("September 2017 - March 2018", 12 * 2018 + 3, 7), ("31/03/2018", 12 * 2018 + 3, 1),
        ("1 April 2017 to 31 March 2018", 12 * 2018 + 3, 12),
    ],
)  # fmt: skip
def test_periods_end_where_their_label_says(text, end, months):
    assert (period(text).end, period(text).months) == (end, months)


@pytest.mark.parametrize("printed, verdict", [("6", WRONG), ("10", RIGHT)])
def test_the_printed_unit_decides_between_percent_and_points(printed, verdict):
    """From 60.0% to 66.0% is 6 points, or 10% of 60."""
    rows = ("old", "60.0%"), ("new", "66.0%"), ("printed", printed, {"unit": "%"})
    assert one("point_difference", *rows).verdict == one("percent_change", *rows).verdict == verdict


def test_a_word_beside_its_number_is_read():
    """62 is 1.55 times 40; 21 of 62 is 33.9%, fairly a third."""
    doubled = ("old", "40"), ("new", "62"), ("printed", "2", {"word": "doubled"})
    assert one("multiple", *doubled).verdict == WRONG
    assert one("multiple", ("old", "40"), ("new", "81"), ("printed", "2", {"word": "doubled"})).verdict == RIGHT
    third = ("numerator", "21"), ("denominator", "62"), ("printed", "0.33", {"word": "a third"})
    assert one("share", *third).verdict == RIGHT


def test_every_printed_number_is_judged():
    """The highest of 30, 55 and 80 is 80."""
    points = ("point", "30"), ("point", "55"), ("point", "80")
    assert (
        one("superlative", *points, ("printed", "30"), ("printed", "95"), text="ranged from 30 to 95").verdict == WRONG
    )
    assert (
        one("superlative", *points, ("printed", "30"), ("printed", "80"), text="ranged from 30 to 80").verdict == RIGHT
    )
    changes = ("old", "100"), ("new", "120"), ("printed", "20%"), ("printed", "30%")
    assert one("percent_change", *changes).verdict == WRONG


def test_an_amount_beside_a_percentage_is_one_of_the_prints():
    """From 100 to 120 is 20, which is 20%; from 50 to 60 is 10 and 20%."""
    rows = ("old", "50"), ("new", "60"), ("printed", "20%"), ("printed", "10")
    assert one("percent_change", *rows).verdict == RIGHT
    assert one("percent_change", *rows[:3], ("printed", "15")).verdict == WRONG


def test_a_percentage_of_another_thing_in_the_sentence_is_not_the_print():
    rows = ("own", "62"), ("comparator", "50")
    text = "Our rate of 62 is higher than England's (50), where 30% of areas answered."
    assert one("comparison", *rows, text=text).verdict == RIGHT


def test_stable_asks_the_whole_series():
    """80 lies outside limits of about 52.6 plus or minus 2.66 times the mean moving range of 7."""
    assert one("trend", *MONTHS, ("printed", None, {"word": "stable"})).verdict == WRONG
    assert one("trend", *STEADY, ("printed", None, {"word": "stable"})).verdict == RIGHT


def test_possible_numbers_honour_the_constraint():
    """Of 54 the counts are 16, 22 and 15, which is 53; of 46 they are 14, 19 and 13."""
    rows = [("percentage", p) for p in ("30%", "41%", "28%")]
    together = one("parts_percent", *rows, constraint="exhaustive").recalculated["feasible_n"]
    assert 46 in together and 54 not in together
    assert 54 in claims.feasible_counts(["30", "41", "28"], 0).feasible_n
    assert 54 not in claims.feasible_counts(["30", "41", "28"], 0, constraint="exhaustive").feasible_n
    assert 54 in claims.feasible_counts(["30", "41", "28"], 0, constraint="exclusive").feasible_n


def test_a_share_above_100_is_impossible_and_not_missing():
    """62 / 0.45 is 137.8."""
    rows = ("new", "62.0%"), ("printed", "55%", {"direction": "decrease"})
    answer = one("percent_change", *rows, text="62.0% were on time, a decrease of 55%")
    assert (answer.verdict, answer.diagnosis) == (WRONG, "impossible_percentage")
    assert one("percent_change", ("new", "62.0%"), ("printed", "5%", {"direction": "decrease"})).verdict == UNKNOWN


def test_parts_that_are_said_to_overlap_may_exceed_their_total():
    rows = ("part", "120"), ("part", "70"), ("part", "30"), ("total", "210")
    heard = one("parts_total", *rows, text="120, 70 and 30 of 210; some were seen by more than one")
    assert heard.verdict == ONLY_IF and one("parts_total", *rows).verdict == WRONG


def test_ranks_of_two_measures_do_not_show_a_change():
    score, rank = {"measure": "average score"}, {"measure": "average rank"}
    assert (
        one("rank", ("old", "67", score), ("new", "55", rank), ("printed", "12")).diagnosis == "rank_of_another_measure"
    )
    assert one("rank", ("old", "67", score), ("new", "61", score), ("printed", "6")).verdict == RIGHT
    assert one("rank", ("old", "67", score), ("new", "61", score), ("printed", "12")).verdict == WRONG
    moved = one("direction", ("old", "67", score), ("new", "55", rank), ("printed", None, {"word": "fell"}))
    assert moved.diagnosis == "rank_of_another_measure"


def test_a_fraction_of_the_later_figure_is_a_wrong_base():
    """20 is a quarter of 80 and a fifth of 100."""
    rows = ("old", "100"), ("new", "80"), ("printed", None, {"word": "fell by a quarter"})
    assert one("fraction_words", *rows).diagnosis == "wrong_base"


def test_units_of_the_sides_count_where_the_number_names_none():
    """50 per 100,000 is a fifth of 25 per 10,000."""
    rows = ("own", "50", {"unit": "rate"}), ("comparator", "25", {"unit": "rate"}), ("printed", None, {"word": "twice"})
    units = {"own_unit": "per 100,000", "comparator_unit": "per 10,000"}
    assert one("comparison", *rows, **units).verdict == WRONG


def test_sentences_say_what_stands_there():
    rough = one("share", ("numerator", "15"), ("denominator", "56"), ("printed", "30%", {"word": "about"}))
    assert rough.verdict == RIGHT and "about 30%" in rough.sentence and "as printed" not in rough.sentence
    rate = {"unit": "per 10,000", "rounded_to": 5}
    rows = ("own", "105", rate), ("comparator", "70", rate), ("printed", "48%")
    assert "counts" not in one("percent_difference", *rows).sentence


# --- part years, bases, places ------------------------------------------------------------------------------------

RIGHT_IN_PART_YEARS = set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder is not here")
@pytest.mark.parametrize("file", ["claims.json", "claims2.json"])
def test_no_claim_of_unlike_periods_or_places_reproduces(file):
    for claim in json.loads((SHARED / file).read_text(encoding="utf-8")):
        answer = claims.audit([claim])[0]
        assert answer.verdict != RIGHT, (claim["id"], answer.sentence)


def test_half_a_year_is_not_a_year():
    """1,612 of 50,000 is 322.4 for six months, 644.8 for twelve; two halves of 1,612 are more than 3,084."""
    count, population = ("count", "1612", {"months": 6}), ("population", "50000")
    printed = {"months": 12, "basis": "annual flow"}
    assert one("rate", count, population, ("printed", "322.4", printed), per=10000).verdict == WRONG
    assert one("rate", count, population, ("printed", "644.8", printed), per=10000).verdict == ONLY_IF
    share = ("numerator", "30", {"months": 6}), ("denominator", "120", {"months": 12}), ("printed", "25%")
    assert one("share", *share).verdict == ONLY_IF


def test_two_areas_are_not_one():
    rows = ("old", "701", {"geography": "Cumbria"}), ("new", "764", {"geography": "Cumberland"}), ("printed", "9%")
    assert one("percent_change", *rows).verdict == ONLY_IF
    when = {"period": "31 March 2024"}
    sides = ("own", "61", {"geography": "Cumberland", **when}), ("comparator", "56", {"geography": "Cumbria", **when})
    assert one("percent_difference", *sides, ("printed", "9%")).verdict == WRONG
    sides = ("own", "61", {"geography": "Cumberland", **when}), ("comparator", "56", {"geography": "Halton", **when})
    assert one("percent_difference", *sides, ("printed", "9%")).verdict == RIGHT


# --- kinds of later date ------------------------------------------------------------------------------------------


def test_one_figure_printed_twice():
    assert one("repeat", ("printed", "34,000"), ("elsewhere", "34,500")).diagnosis == "printed_twice_differently"
    assert one("repeat", ("printed", "34,000"), ("elsewhere", "34,000")).verdict == RIGHT
    assert one("repeat", ("printed", "34%"), ("elsewhere", "34.2%")).verdict == RIGHT  # printed coarser
    assert one("repeat", ("printed", "34,000", {"word": "about"}), ("elsewhere", "34,500")).verdict == RIGHT


def test_a_count_that_moved():
    """143 - 120 = 23; 122 + 25 = 147."""
    down = {"direction": "fewer"}
    assert one("count_change", ("old", "143"), ("new", "120"), ("printed", "23", down)).verdict == RIGHT
    assert one("count_change", ("old", "143"), ("new", "120"), ("printed", "32", down)).verdict == WRONG
    assert (
        one("count_change", ("old", "120"), ("new", "143"), ("printed", "23", down)).diagnosis == "direction_reversed"
    )
    without = one("count_change", ("new", "122"), ("printed", "25", down))
    assert without.verdict == UNKNOWN and without.recalculated["base_that_gives_printed"] == [147]


def test_part_of_a_year_beside_a_year():
    rows = ("old", "4", {"period": "2022/23"}), ("new", "6", {"period": "April to September 2023"})
    assert one("unlike_periods", *rows).verdict == ONLY_IF
    rows = ("old", "4", {"period": "2022/23"}), ("new", "6", {"period": "2023/24"})
    assert one("unlike_periods", *rows).verdict == RIGHT


# --- files as people have them ------------------------------------------------------------------------------------

TABLE = (
    "id;kind;role;value;text\n1;share;numerator;15;15 of 60 – a quarter (25%), £3\n;;denominator;60;\n;;printed;25%;\n"
)


def test_a_csv_as_excel_writes_it(tmp_path):
    """Windows-1252 with a dash and a pound sign, semicolons, ids only on the first row of each claim."""
    path = tmp_path / "draft.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    assert [a.verdict for a in claims.audit(read(path))] == [RIGHT]
    path.write_bytes(TABLE.replace(";", "\t").encode("utf-16"))
    assert read(path)[0]["text"] == "15 of 60 – a quarter (25%), £3"


def test_every_misshaped_claim_is_named_and_the_others_are_judged(tmp_path, capsys):
    rows = ["id,kind,role,value", "a,guess,printed,5", "b,share,numerator,15", ",,denominator,60", ",,printed,25%"]
    rows += ["c,share,,4", "d,share,printed,5,6,7"]
    path = tmp_path / "draft.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    assert claims.command(path) == 1
    out, err = capsys.readouterr()
    assert [a["id"] for a in json.loads(out)] == ["b"]
    assert len(err.splitlines()) == 3 and all(f"{name}" in err for name in ("claim a", "claim c", "row 7"))


def test_a_table_of_answers_has_no_cell_of_five_hundred_numbers():
    answer = one("parts_percent", ("percentage", "50%"), ("percentage", "50%"), constraint="exhaustive")
    assert len(answer.recalculated["feasible_n"]) > 100
    assert all(len(line) < 400 for line in claims.write([answer], "csv").splitlines())
