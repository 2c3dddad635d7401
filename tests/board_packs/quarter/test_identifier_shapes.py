"""What looks as if it pointed to a person, in the ways people write it; and ordinary labels, which do not.

Every value is invented. 943 476 5919 is the number with which the NHS data dictionary explains its check digit;
A852100110001 has no valid check letter and is a pupil's number by its shape.
"""

import pytest
import yaml

from board_packs.quarter.identifier_shapes import nhs_number, recognised, upn
from openstats.project_data import DATA

FIXED = {  # with a check digit or a fixed shape: all of them
    "an NHS number": ["943 476 5919", "9434765919", "943-476-5919", "NHS 943 476 5919"],
    "a pupil's number": ["UPN A852100110001", "H801200001001"],
    "a National Insurance number": ["AB123456C", "AB 12 34 56 C", "ni ab123456c"],
    "an e-mail address": ["name@example.org", "emma.patel @ example.org"],
    "a telephone number": ["023 8000 0000", "07700 900000", "+44 7700 900000", "02380000000"],
    "a postcode": ["SO14 7LY", "so147ly", "W1A 1AA"],
    "a vehicle's mark": ["AB12 CDE", "A123 BCD", "ABC 123D"],
    "a date": ["14/03/2012", "14.03.12", "14-3-2012", "2012-03-14", "14 March 2012", "14th of March 2012", "14 Mar 12",
               "March 14, 2012", "14032012"],
    "a date of birth": ["born in spring", "DOB not given", "d.o.b. unknown"],
    "a case's reference": ["CH12345", "HR-2017-0001", "case 1234567"],
}  # fmt: skip
READ = {
    "a street address": ["14 Acacia Road", "Flat 3, 22 Station Street", "7a high street"],
    "an age in days, weeks or months": ["a 9-week-old baby", "aged 6 weeks", "a 10 day old"],
    "a school or a hospital": ["St Marys Primary School", "Cantell School said so", "Royal Wessexham Hospital"],
    "a person's name": ["EMMA PATEL REVIEW", "Emma Patel", "emma patel", "Patel, Emma", "E. Emma Quux", "Mrs Quux",
                        "Review of baby Jack", "Zelda Grace"],
}  # fmt: skip


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in (FIXED | READ).items() for text in texts])
def test_it_is_recognised(kind, text):
    assert kind in recognised(text), recognised(text)


def test_ordinary_labels_are_not_taken_for_people():
    labels = [one["label"] for one in yaml.safe_load((DATA / "labels" / "example.yml").read_text())["approved"]]
    labels += ["Ask Angela campaign", "Grace period agreed", "Christian groups", "Learning from reviews", "2017-18 Q4"]
    wrong = [label for label in labels if recognised(label)]
    assert len(wrong) <= 0.02 * len(labels), wrong


def test_check_digits():
    assert nhs_number("9434765919") and not nhs_number("9434765918") and not nhs_number("0000000000")
    # H: 8*2+0*3+1*4+2*5+0*6+0*7+0*8+0*9+1*10+0*11+0*12+1*13 = 53, and 53 mod 23 = 7, the eighth letter
    assert upn("H", "801200001001") and not upn("A", "801200001001")
