"""What is accused only where no other fair reading of the figures in reach gives the print: readings made by hand, as a reader may make them."""

import pytest

from claimcheck.drafts.document import Document, Paragraph
from claimcheck.prose.certainty import confirmed
from claimcheck.prose.passages import Passages
from claimcheck.prose.proposal import Proposal, part

# a draft, the kind and the roles of a reading of its last sentence by figure (a figure of another sentence by `<`), and whether it is left standing
READINGS = [
    ("We read 50 files. Thirty were good (60%), 15 were fair (30%) and five were poor (10%).", "share", "15 numerator; Thirty denominator; 30 printed", False),
    ("We read 50 files. Thirty were good (60%), 15 were fair (40%) and five were poor (10%).", "share", "15 numerator; Thirty denominator; 40 printed", True),
    ("Of 150 visitors 143 came (95%), and all 40 nurses (100%).", "share", "40 numerator; 150 denominator; 100 printed", False),
    ("There were 80 letters. All but 8 were answered (90%).", "share", "8 numerator; <80 denominator; 90 printed", False),
    ("There were 80 letters. All but 8 were answered (70%).", "share", "8 numerator; <80 denominator; 70 printed", True),
    ("In 10% to 20% of wards, and in 30 of the 200 homes (15%), were seen.", "share", "30 numerator; 200 denominator; 20 printed", False),
    ("Some 30 of the 200 homes (25%) were seen.", "share", "30 numerator; 200 denominator; 25 printed", True),
    ("There were 200 in 2017/18. This compares with 250 in 2018/19 (up 25%).", "percent_change", "250 old; <200 new; 25 printed rise", False),
    ("There were 250. This compares with 200 in the previous year (down 25%).", "percent_change", "200 old; <250 new; 25 printed fall", True),
    ("Our rate of 52.1 is 8.9 above the 43.2 of England.", "percent_difference", "52.1 own; 43.2 comparator; 8.9 printed higher", False),
    ("There were 80 in 2017, 100 in 2018 and 125 in 2019, up 56.25% between 2018 and 2019.", "percent_change", "100 old; 125 new; 56.25 printed rise", True),
    ("It fell from 200 to 150, by 10%, and the gap from 30 to 27.", "percent_change", "200 old; 150 new; 10 printed fall", True),
    ("Three groups met 6, 5 and 4 times, 15 meetings in all.", "parts_total", "Three part; 6 part; 5 part; 15 total", False),
    ("Three groups met 6, 5 and 4 times, 16 meetings in all.", "parts_total", "Three part; 6 part; 5 part; 16 total", True),
    ("Harm (22%) and neglect (36%) together made up 58%.", "parts_percent", "22 percentage; 36 percentage; 58 percentage", False),
    ("Harm (22%), neglect (36%) and others (57%) were recorded.", "parts_percent", "22 percentage; 36 percentage; 57 percentage", True),
    ("The highest was in May (41), with 38 in April and 39 in June.", "superlative", "41 point; 39 point; 38 printed", False),
    ("The highest was in May (37), with 38 in April and 39 in June.", "superlative", "39 point; 38 point; 37 printed", True),
    ("The cost, \u00a318m, is \u00a32m over the \u00a316m allowed.", "comparison", "\u00a32m own; \u00a316m comparator; cost printed higher", False),
]  # fmt: skip


def read(text: str, kind: str, roles: str) -> tuple[Passages, Proposal]:
    passages = Passages(Document("text", [Paragraph(1, text)]))
    last = passages.sentences[-1]
    parts = []
    for row in roles.split("; "):
        shown, role, *way = row.split()
        sentence = passages.sentences[0] if shown[0] == "<" else last
        mention = next((m for m in sentence.mentions if m.text == shown.strip("<")), None)
        made = part(sentence, role, mention or last.mentions[0], **({"direction": way[0]} if way else {}))
        if mention is None:
            made.value, made.more["word"] = None, "higher"
        parts.append(made)
    fields = {"parts_percent": {"constraint": "exclusive"}, "parts_total": {"constraint": "exhaustive"}}.get(kind, {})
    return passages, Proposal(kind, last, parts, fields=fields)


@pytest.mark.parametrize("text, kind, roles, stands", READINGS)
def test_a_reading_accuses_only_where_the_sentence_bears_no_other(text, kind, roles, stands):
    passages, proposal = read(text, kind, roles)
    confirmed(passages, [proposal])
    assert proposal.sure == stands
