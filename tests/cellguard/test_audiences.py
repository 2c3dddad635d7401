"""The rules of an audience: what a printed count can be, which settings are refused."""

import pytest
from disclosure_tables import attack, protect
from small_tables import PARTNERSHIP, by_sex, hidden, possible

from cellguard import Profile
from cellguard.audiences import profile, profiles
from lscb.errors import UserError


def test_what_a_printed_count_can_be():
    nearest_5, nearest_10 = Profile("a", threshold=7, round_to=5), Profile("b", threshold=7, round_to=10)
    assert nearest_5.window(0) == (0, 0) and nearest_5.window(10) == (8, 12) and nearest_5.window(20) == (18, 22)
    assert nearest_10.window(20) == (15, 24) and [nearest_10.rounded(n) for n in (14, 15, 24)] == [10, 20, 20]
    assert Profile("c", threshold=9, round_to=5).window(10) == (10, 12)  # 8 and 9 are never printed
    assert PARTNERSHIP.window(6) == (6, 6)


def test_a_hidden_count_where_zeros_are_promised_is_at_least_1():
    # 3 in a and b together: 0 to 3 each; where zeros are always printed only 1 and 2, and a third cell must go.
    tables = {"t": by_sex(Total=23, x=20, a=1, b=2)}
    assert hidden(tables) == {"t": {2, 3}}
    always = Profile("partnership", threshold=5, zeros="always")
    assert hidden(tables, always) == {"t": {1, 2, 3}}
    shown = {"t": by_sex(Total=23, x=20, a=None, b=None)}
    assert possible(attack(("partnership", shown)), sex="a") == "0, 1, 2, 3"
    found = attack((always, shown))
    assert possible(found, sex="a") == "1, 2" and found["exposed"].all()


def test_the_reason_of_a_hidden_cell_names_both_reasons():
    made = protect({"t": by_sex(Total=23, x=20, a=3)}, ["partnership"]).protected["partnership"]["t"]
    text = "withheld: between 1 and 5, or needed to protect another figure; from 0 to 23"
    assert made["reason"].tolist()[1:] == [text] * 2  # one text, and what 23 leaves of either


@pytest.mark.parametrize("setting", [dict(round_to=0), dict(candidates=1), dict(all_or_none=-1)])
def test_a_setting_below_its_least_is_refused(setting):
    with pytest.raises(UserError, match=f"{next(iter(setting))} must be a whole number from"):
        profile(Profile("mine", threshold=5, **setting))


def test_a_profile_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="'nobody' is not a profile of .*: use one of restricted, partnership, public"):
        profile("nobody")


def test_a_profile_does_not_see_itself(tmp_path):
    (tmp_path / "mine.yml").write_text("profiles: {mine: {threshold: 5, sees: [mine], banner: Mine}}")
    with pytest.raises(UserError, match="profile mine: sees names 'mine'"):
        profiles(tmp_path / "mine.yml")


def test_an_audience_that_another_sees_shows_nothing_that_is_small_for_that_one():
    # 8 and 52 would be withheld from b for the sake of a, and b's readers would read that one of the two is 1 to 5.
    a, b = Profile("a", threshold=10, sees=("b",)), Profile("b", threshold=5)
    with pytest.raises(UserError, match="profile a sees b, whose threshold is 5: it must be at least 10"):
        protect({"t": by_sex(Total=60, f=8, m=52)}, [a, b])
