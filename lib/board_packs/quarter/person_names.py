"""Names of people in free text, which no list of values holds: anybody may be named in a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from openstats.project_data import DATA

from .spelling import plain

CAPITAL = re.compile(r"(?:O'|D'|Mc|Mac)?[^\W\d_a-z][a-z'\u00df-\u024f]+(?:-?[^\W\d_a-z][a-z'\u00df-\u024f]+)*")
TITLES = frozenset("mr mrs ms miss mx master baby dr".split())
# a name with one of these is an institution's or a place's
BODIES = frozenset(
    "academy agency association board bureau centre charity children's church city clinic college commission committee "
    "constabulary council county court department district foundation fund group home hospital house hub institute "
    "lane nhs nursery office operation park partnership police practice primary programme project road school service "
    "services society st saint street surgery team trust union university unit ward".split()
)
# Given names common in England, written from general knowledge: a help for texts In Title Case, no complete list.
GIVEN = frozenset(
    """aaliyah aaron abigail abdul abdullah adam aisha alan albert alex alexander alexandra alexis alfie ali alice
    alisha amanda amber amelia amelie amir amy ana andrea andrew angela anita ann anna anne annie anthony
    antonio archie arthur asha ashley ashton austin ava ayaan ayesha barbara barry beatrice bella ben benjamin
    beth bethany betty bilal bradley brandon brenda brian brooke caitlin callum cameron carl carol caroline
    carolyn carter catherine charles charlie charlotte chelsea chloe christian christina christine christopher
    claire cody colin colton connor corey courtney craig daisy damian daniel danielle darren dave david dean
    deborah debra declan demi denise dennis derek diana diane dominic donna doris dorothy dylan edward eileen
    elaine eleanor elijah elise elizabeth ella ellie elliot ellis eloise elsie emilia emily emma eric erin esme
    ethan eva evan eve evelyn evie ezra farah fatima felix finley fiona florence frances francesca frankie fred
    freddie frederick freya gabriel gareth gary gemma geoffrey george georgia georgina gerald gillian glenn
    gloria grace graham gregory hamza hannah harley harper harriet harris harrison harry harvey hassan hayley
    heather heidi helen henry holly howard hugo ian ibrahim imogen imran india irene isaac isabel isabella
    isabelle isla ivy jack jackson jacob jacqueline jade jaden jake james jamie jane janet janice jasmine jason
    jaxon jayden jean jeffrey jenna jennifer jenny jeremy jessica joan joanna joanne joe joel john johnny
    jonathan jordan joseph josephine josh joshua joyce jude judith julia julian julie justin kai karen karl kate
    katherine kathleen katie kayden kayla keira keith kelly kenneth kerry kevin khadija kian kieran kim kirsty
    kyle lacey lara laura lauren layla leah lee leigh leo leon leonard lesley lewis lexi liam lilly lily linda
    lisa logan lola lorraine louie louis louise luca lucas lucy luke lydia lyla maisie malcolm marcus margaret
    maria marie marilyn martha martin marvin mary maryam mason matilda matthew maureen max maya megan mehmet
    melanie melissa mia michael michelle miles millie mohamed mohammad mohammed molly morgan muhammad mustafa
    myles nancy naomi natalie natasha nathan nathaniel neil niamh nicholas nicola nicole nigel noah norman nour
    oliver olivia omar oscar owen paige pamela patricia patrick paul paula pauline peter philip phillip phoebe
    piotr poppy priya rachel ralph raymond rebecca reece reggie reuben rhys richard riley robert roger ronald
    ronnie rory rosie ross roxanne roy ruby russell ruth ryan sabrina sadie saffron sally sam samantha samira
    samuel sandra sara sarah scarlett scott sean sebastian shane shannon sharon shaun sheila shirley sienna
    simon skye sofia sonia sophia sophie stacey stanley stella stephanie stephen steven stuart susan suzanne
    sydney tanya tariq taylor teddy teresa terry thea theo theodore theresa thomas tiffany tilly timothy tina
    toby tommy tony tracey tracy trevor tyler valerie vanessa veronica victoria vincent violet wayne wendy
    wesley william willow yasmin yusuf yvonne zac zachary zahra zainab zara zoe zofia""".split()
)


@lru_cache
def ordinary() -> frozenset[str]:
    """The ordinary words of this field (data/ordinary_words.txt): a word among them is no name."""
    lines = (DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if not line.startswith("#"))


def is_ordinary(word: str) -> bool:
    return word.casefold() in ordinary() or word.casefold().removesuffix("'s") in ordinary()


def runs(text: str) -> list[tuple[int, list[str]]]:
    """Every run of capitalised words in a text, with the number of its words before it since a sentence began."""
    every, run, since = [], [], 0
    for word in [*re.findall(r"[^\W_][\w'\-]*|[^\w\s]", text), "."]:
        if CAPITAL.fullmatch(word):
            run.append(word.removesuffix("'s"))
            continue
        if run:
            every.append((since, run))
            since, run = since + len(run), []
        since = 0 if word in ".:;!?–-" else since + word[0].isalnum()
    return every


def names(text: str) -> set[str]:
    """What reads as a person's name in a free text that is meant for a page: `Zelda Quux`, and `Zelda` alone.

    A name is a common given name; a word after Mr, Mrs, Miss; or, where the text is not In Title Case, a word with a
    capital within a sentence that the project's own words do not have. Names of institutions are none.
    """
    text = plain(text)
    sentence = re.search(r"(?<![\w'])[a-z]{4,}", text) is not None
    people: set[str] = set()
    for since, run in runs(text):
        folded = [word.casefold() for word in run]
        if BODIES & set(folded):
            continue
        common = [i for i, word in enumerate(folded) if word in GIVEN]
        titled = [i + 1 for i, word in enumerate(folded[:-1]) if word in TITLES]
        strange = [i for i in range(len(run)) if sentence and (since or i) and not is_ordinary(run[i])]
        for at in {*common, *titled, *strange}:
            if len(run[at]) > 2:
                people.add(run[at])
            people |= {" ".join(run[i : i + 2]) for i in (at - 1, at) if 0 <= i < len(run) - 1}
    return people
