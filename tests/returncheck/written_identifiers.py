"""Identifiers with a check digit or a fixed shape in every way of writing them: the product of groupings, separators,
cases, labels, look-alike letters and lines, drawn with a seed. No number is of a person: they are drawn at random.

Telephones are of Ofcom's ranges for drama; e-mail addresses of domains that nobody can own (RFC 2606).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from returncheck.person_names import is_ordinary

SEPARATORS = ["", " ", ".", "-", "/", "_", "\u00a0", "\u2009", "\u202f", "\u2011", "\u2013", " - ", "\uff0f", "  "]
AROUND = [
    "{}", "({})", "[{}]", "{}.", "{},", "re: {}", "see {} on file", "\u201c{}\u201d", "'{}'", "review of {}; closed", "{} \u2013 neglect",
    "audit/{}/2", "plan={}", "{}: no update", "*{}*", "strategy discussion {}", "<{}>", "{}?", "Theme 4 ({})", "x_{}_y",
]  # fmt: skip
LETTERS = "ABCDEGHJKLMNPRSTWXYZ"
WEIGHTS = range(10, 1, -1)


def digits(chance: random.Random, count: int, first: str = "123456789") -> str:
    return chance.choice(first) + "".join(chance.choice("0123456789") for _ in range(count - 1))


def weighted(nine: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True))


def health(chance: random.Random) -> str:
    """NHS Data Dictionary: the tenth digit is 11 less the remainder of the weighted sum by 11; 10 is not used."""
    while (check := (11 - weighted(nine := digits(chance, 9, "4679")) % 11) % 11) == 10:
        pass
    return f"{nine}{check}"


def of_scotland(chance: random.Random) -> str:
    """A CHI number: day, month and year of birth before four digits, the last of them as the NHS number's."""
    while True:
        nine = (
            f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(0, 99):02}{chance.randint(0, 999):03}"
        )
        if (check := (11 - weighted(nine) % 11) % 11) != 10:
            return f"{nine}{check}"


def learner(chance: random.Random) -> str:
    """Learning Records Service: the tenth digit is 10 less the remainder of the weighted sum by 11, which is not 0."""
    while (rest := weighted(nine := digits(chance, 9)) % 11) == 0:
        pass
    return f"{nine}{10 - rest}"


def card(chance: random.Random) -> str:
    """ISO/IEC 7812: the last digit by Luhn's sum."""
    fifteen = digits(chance, 15, "45")
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(fifteen))
    return f"{fifteen}{-total % 10}"


def pupil(chance: random.Random) -> str:
    """DfE: weights 2 to 13, the remainder by 23 is the letter in front."""
    twelve = digits(chance, 12)
    rest = sum(int(digit) * weight for digit, weight in zip(twelve, range(2, 14), strict=True)) % 23
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[rest] + twelve


def insurance(chance: random.Random) -> str:
    while (
        letters := "".join(chance.choice("ABCEGHJKLMNPRSTWXYZ") for _ in range(2))
    ) in "BG GB NK KN TN NT ZZ".split():
        pass
    return letters + digits(chance, 6, "0123456789") + chance.choice("ABCD")


def any_of(*texts: str) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(texts)


def licence(chance: random.Random) -> str:
    """DVLA: five letters of the surname, filled with 9; decade, month (and 5 of women), day, year; initials; check."""
    surname = "".join(chance.choice(LETTERS) for _ in range(chance.randint(2, 5))).ljust(5, "9")
    month = chance.randint(1, 12) + chance.choice([0, 50])
    born = f"{chance.randint(0, 9)}{month:02}{chance.randint(1, 28):02}{chance.randint(0, 9)}"
    return f"{surname}{born}{chance.choice(LETTERS)}{chance.choice(LETTERS + '9')}9{chance.choice(LETTERS)}{chance.choice(LETTERS)}"


def in_groups(text: str, sizes: list[int]) -> list[str]:
    groups, at = [], 0
    for size in sizes:
        groups.append(text[at : at + size])
        at += size
    return groups


# by kind: how it is drawn, its groupings, labels before or after it
DRAWN: dict[str, tuple[Callable[[random.Random], str], list[list[int]], list[str]]] = {
    "NHS number": (health, [[10], [3, 3, 4], [6, 4], [5, 5], [3, 7], [4, 3, 3], [2] * 5, [1] * 10],
                   ["NHS", "NHS no.", "nhs number:", "NHS#", "Patient"]),
    "CHI number": (of_scotland, [[10], [6, 4], [3, 3, 4]], ["CHI", "chi no", "CHI number:"]),
    "learner's number": (learner, [[10], [3, 3, 4], [4, 3, 3], [5, 5]], ["ULN", "uln:", "Unique learner number"]),
    "card": (card, [[16], [4, 4, 4, 4]], ["card", "Visa", "card no."]),
    "pupil's number": (pupil, [[13], [1, 12], [1, 3, 4, 5], [1, 3, 4, 2, 3], [7, 6]], ["UPN", "upn:", "pupil no"]),
    "National Insurance number": (insurance, [[9], [2, 6, 1], [2, 2, 2, 2, 1], [8, 1]], ["NI", "NINO:", "NI no."]),
    "driving licence": (licence, [[16], [5, 6, 5], [5, 6, 2, 3], [5, 6, 3, 2]], ["licence", "driver no", "DL:"]),
    "passport": (lambda chance: digits(chance, 9), [[9]], ["passport", "Passport no.", "ppt"]),
    "account": (lambda chance: digits(chance, 8, "3456789"), [[8]], ["a/c", "account no", "acct:"]),
    "mobile telephone": (lambda chance: "07700900" + digits(chance, 3), [[11], [5, 6], [5, 3, 3], [4, 3, 4], [3, 4, 4], [2, 3, 3, 3]],
                         ["tel", "mob:", "mobile", "ring", "T:"]),
    "telephone": (lambda chance: chance.choice(["01632960", "02079460", "01134960"]) + digits(chance, 3),
                  [[11], [5, 6], [5, 3, 3], [4, 3, 4], [3, 4, 4]], ["tel", "phone no", "home", "Tel.:"]),
}  # fmt: skip
LABELLED = {  # of these nothing but a word beside them says what they are, in groups
    "passport": (lambda chance: digits(chance, 9), [[3, 3, 3], [9]], ["passport", "Passport no.", "passport number:"]),
    "passport since 2015": (lambda chance: f"{chance.choice(LETTERS)}{chance.choice(LETTERS)}{digits(chance, 7)}", [[2, 7], [9]], ["passport"]),
    "sort code": (lambda chance: digits(chance, 6), [[2, 2, 2], [6]], ["sort code", "s/c", "Sort-code:"]),
    "school's number": (lambda chance: digits(chance, 6), [[6], [3, 3]], ["URN", "school urn:"]),
    "account": (lambda chance: digits(chance, 8), [[4, 4], [8]], ["account no", "a/c", "acct"]),
    "crime": (lambda chance: digits(chance, 11, "4"), [[2, 9], [11]], ["crime no", "occurrence", "Niche", "CAD ref"]),
    "system's number": (lambda chance: digits(chance, chance.choice([5, 6, 7, 8])), [[8]],
                        ["Mosaic", "LCS ID", "Liquidlogic no.", "CareFirst", "Frameworki", "EHM", "RiO", "SystmOne no", "Eclipse", "Capita One",
                         "PARIS", "ICS", "client", "case ref", "record no", "hospital no", "MRN", "EMIS", "eCDOP", "Charms", "NOMIS", "PNC", "Ref:"]),
}  # fmt: skip
MARKS = {
    "vehicle": [lambda c: (letters(c, 2) + digits(c, 2), letters(c, 3)), lambda c: (c.choice("ABCDEFGHJKLMNPRSTVWXY") + digits(c, 3), letters(c, 3)),
                lambda c: (letters(c, 3), digits(c, 3) + letters(c, 1))],
    "postcode": [lambda c: (c.choice(AREAS) + digits(c, c.choice([1, 2])), digits(c, 1) + ending(c)),
                 lambda c: (c.choice(["W1", "EC1", "SE1", "N1"]) + c.choice("ABEH"), digits(c, 1) + ending(c))],
}  # fmt: skip
AREAS = "SO PO B M LS NE BN L S GU RG EX TR CB OX W E SW CV".split()
REFERENCES = any_of(
    "CH12345", "HR-2017-0001", "LL/17/00234", "CIN-204418", "AB18P00123", "44AB1234518", "A1234BC", "44/180/2345/18", "16/204417S",
    "2016/0204417S", "CSC/204/1187", "CR-18-0042", "SW123456", "A1234567", "EH-44-2210", "FC18P00456", "EHM55120", "CPP/2018/0417",
    "DA-2018-1142", "MARAC/18/0417", "CH/2018/00417", "CSE-18-117", "12345/16A",
)  # fmt: skip
MONTHS = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("August", "Aug"),
    ("September", "Sept"),
    ("December", "Dec"),
)
ROMAN = ["i", "ii", "iii", "viii", "ix", "xii"]
NUMBERS = [1, 2, 3, 8, 9, 12]


def letters(chance: random.Random, count: int) -> str:
    """Letters of a mark that are no word or abbreviation of this field: `wt18 for` is none."""
    while is_ordinary(drawn := "".join(chance.choice("BCDFGHJKLMNPRSTVWXY") for _ in range(count))):
        pass
    return drawn


def ending(chance: random.Random) -> str:
    return "".join(chance.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))


def date(chance: random.Random) -> str:
    at = chance.randrange(len(MONTHS))
    day, month, year = chance.randint(1, 28), chance.choice(MONTHS[at]), chance.randint(1996, 2019)
    th = f"{day}{'th' if 3 < day < 21 or day % 10 not in (1, 2, 3) else ['st', 'nd', 'rd'][day % 10 - 1]}"
    sep = chance.choice(["/", "-", ".", "_", " / ", " - ", "\u2013", "\u2044", "\u00a0"])
    short, two = f"{year % 100:02}", f"{day:02}"
    of_month = f"{NUMBERS[at]:02}"
    return chance.choice([
        f"{day}{sep}{NUMBERS[at]}{sep}{year}", f"{two}{sep}{of_month}{sep}{short}", f"{year}{sep}{of_month}{sep}{two}",
        f"{two}{of_month}{year}", f"{year}{of_month}{two}", f"{day} {month} {year}", f"{th} {month} {year}", f"{th} of {month}, {year}",
        f"{day}-{month}-{short}", f"{day}/{month}/{year}", f"{day}.{month}.{year}", f"{day}_{month}_{year}", f"{day}{month}{year}",
        f"{month} {day}, {year}", f"{month} {th} {year}", f"{month} the {th}, {year}", f"{month}-{day}-{year}", f"{year} {month} {day}",
        f"{year}-{month}-{two}", f"{day} {month} '{short}", f"the {th} day of {month} {year}", f"{day}.{ROMAN[at]}.{year}",
        f"{year}-{of_month}-{two}T00:00:00", f"Mon {day} {month} {year}", f"{two}{sep}{of_month}{sep}{year} 14:05",
        f"{day}/ {NUMBERS[at]}/ {year}",
    ])  # fmt: skip


def address(chance: random.Random) -> str:
    local = chance.choice(["name", "n.quux", "nq-2007", "n_quux+x", "o'quux", "nquux07"])
    domain = chance.choice([("example", "org"), ("sub", "example", "com"), ("example", "net")])
    at = chance.choice(["@", " @ ", "@ ", " @", "(at)", " (at) ", "[at]", " [at] ", " at ", "{at}", "<at>", "\uff20"])
    dots = [" dot ", "(dot)", "[dot]", " [dot] "] if at == " at " else [".", "[.]", " . ", "(dot)", " dot "]
    return chance.choice(["", "", "mailto:"]) + local + at + chance.choice(dots).join(domain)


def abroad(chance: random.Random) -> str:
    """A telephone with the country's number before it."""
    rest = chance.choice(["7700900", "1632960", "2079460", "1134960"]) + digits(chance, 3)
    before = chance.choice(
        ["+44", "+44 ", "+44 (0)", "+44(0) ", "0044", "0044 ", "00 44 ", "(+44) ", "(0044) ", "+44-", "+44.", "44 "]
    )
    sep = chance.choice(SEPARATORS)
    return before + sep.join(in_groups(rest, chance.choice([[10], [4, 6], [4, 3, 3], [3, 3, 4], [2, 4, 4]])))


def bracketed(chance: random.Random) -> str:
    sep = chance.choice(["", " ", "-", "\u00a0"])
    code, rest = chance.choice([("023", "80000000"), ("0113", "4960000"), ("01632", "960001"), ("020", "79460018")])
    return f"({code}){sep}{chance.choice(['', ' ']).join(in_groups(rest, [len(rest) - 4, 4]))}"


FREE = {"date": date, "e-mail": address, "telephone from abroad": abroad, "telephone with brackets": bracketed}
ALIKE = str.maketrans("ABEKMHOPCTYX", "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425")
WIDE = {
    **{n: n + 0xFEE0 for n in range(ord("0"), ord("9") + 1)},
    **{n: n + 0xFEE0 for n in range(ord("A"), ord("Z") + 1)},
}


def typed(chance: random.Random, text: str) -> str:
    """A text as hands, scanners and other alphabets change it: one change, or none."""
    change = chance.randrange(9)
    if change == 0:
        return text.lower()
    if change == 1:
        return text.translate(WIDE)
    if change == 2:
        return text.translate(ALIKE)
    if change in (3, 4):  # of each part at most half of the digits: of fewer nobody could say that they are digits
        of = re.compile("0") if change == 3 else re.compile("1")
        letter = "O" if change == 3 else chance.choice("lI")

        def part(found: re.Match) -> str:
            half = sum(map(str.isdigit, found[0])) // 2
            return of.sub(letter, found[0], half) if half else found[0]

        return re.sub("[0-9A-Z]+", part, text)
    if change == 5:
        at = chance.randrange(1, len(text))
        return text[:at] + chance.choice("\u200b\u00ad\u2060\u200d") + text[at:]
    if change == 6 and any(mark in text for mark in " -"):
        mark = next(mark for mark in " -" if mark in text)
        return text.replace(mark, "\n" if mark == " " else "-\n", 1)
    return text


def put(chance: random.Random, text: str, labels: list[str], always: bool = False) -> str:
    if labels and (always or chance.random() < 0.4):
        label = chance.choice(labels)
        text = (
            f"{label}{chance.choice([' ', ': ', ' = ', ' - ', '. '])}{text}"
            if always or chance.random() < 0.7
            else f"{text} ({label})"
        )
    return chance.choice(AROUND).format(text)


def writings(seed: int, each: int) -> Iterator[tuple[str, str]]:
    """(kind, text): that many ways of writing each kind."""
    chance = random.Random(seed)
    for kind, (draw, groupings, labels) in [*DRAWN.items(), *((f"labelled {k}", v) for k, v in LABELLED.items())]:
        for _ in range(each):
            text = chance.choice(SEPARATORS).join(in_groups(draw(chance), chance.choice(groupings)))
            yield kind, put(chance, typed(chance, text.strip(" ./-_")), labels, kind.startswith("labelled"))
    for kind, shapes in MARKS.items():
        for _ in range(each):
            text = chance.choice(SEPARATORS[:11]).join(chance.choice(shapes)(chance))
            yield kind, put(chance, typed(chance, text), [])
    for kind, draw in FREE.items():
        for _ in range(each):
            text = draw(chance)
            yield kind, put(chance, typed(chance, text) if kind != "e-mail" else text, [])
    for _ in range(each):
        yield "case reference", put(chance, REFERENCES(chance), ["ref", "case", "URN", "our ref."])


# Labels of boards with numbers, marks and short words in them, written against the shapes above before these were mended.
ORDINARY = """
0-4, 5-9, 10-14, 15-17; 0-4 5-9 10-14; Ages 0 1 2 3 4 5; Years 1 2 3 4 5 6; Year 7/8/9/10/11; Reception to year 6; Key stage 2 (years 3-6); Under 1s and 1-4
2016-17 2017-18 2018-19; 2015/16 to 2019/20; Plan 2018-2021; Strategy 2017/18-2019/20; Business plan 2019-2022, year 2; 2017 2018 2019; Q1 Q2 Q3 Q4 2017-18
Spring 2018 cohort 3; Round 2, 2019; Wave 3 (2018); Tranche 4 of 6; Session 3/4; Module 5.2.1; Version 3.0.1; v2.10; Section 4.2.10; Chapter 10.1; Paragraph 5.12.3
101/111/999 calls; 111 999 101; NHS 111; NHS 111 online; Childline 0800 1111; NSPCC helpline 0808 800 5000; National helpline 0808 2000 247; 24/7 cover; 24 hour line
24/7/365; 9 to 5; 9-5 service; 16/17 year olds; 16-17 19-21 22-25; 18-25 panel; 11-19 project; 0-19 (25) service; 0-25 SEND; 5-19 nursing; Healthy child 0-5
Level 1 2 3; Levels 1, 2 and 3; L3 refresher; Tier 2/3; Band 5 to 7; Grade 8a; Stage 1/2/3; Phase 1a; Group 1b; Room 12; Hall 2; Rooms 1-3; Suite 4; Zoom 1; Teams call 2
Section 17; Section 20; S47; s.47; s47 audits; S11 2018; S175/157; Part 8; Article 12; Regulation 44; Reg 44 visits; Reg 45; Schedule 2; Standard 5; KPI 12; KPI 4.1; PI 23
Objective 1.1 1.2 1.3; Priority 1 2 3 4; Outcome 3; Aim 2a; Action 14b; Recommendation 12 of 16; Theme 3.1; Strand 2; Workstream 5; Pledge 9; Goal 16.2; SDG 5; Five to Thrive; 5 to 9
PREVENT E1; E1 module; E-safety 2; M1 course; Day 1 of 2; Day 2 of 2 am; Day 1 pm; AM session 3; PM 2; W1 to W4; B1 level English; A1 posters; A4 leaflets; A3 flyers; Appendix A1; Annex 4b
Unit 12b; Unit 3 the basics; Test of 12 cases; Sample of 12; Sample of 20 files; 12 of 20; 10 in 12; 3 in 5; 1 in 4; Top 10; 12 months on; 12 month review; 6 month plan; 18 month update
3 day course; 2 day workshop; 5 day; 90 minute briefing; 7 minute briefing; 7-minute briefing 14; 10 minute guide; 2 hour webinar; 1.5 hours; 0.5 day; Half day x 2; 3 x half days; 1:1 support; 1-2-1 work
GCP2; GCP2 trainers; GCP 2 licence; DASH 2009; RIC 14+; ACE 4+; ACEs 101; CPD 6 points; CPD 3 hrs; ISO 27001; PAS 2035; BS 8606; CE mark; EN 12221; ICD 11; ICD-10 codes; DSM 5; SDQ 25; HADS 14; EPDS 10; ASQ 3
Covid-19; COVID 19 recovery; H1N1; 4G phones; 5G; PS5 and Xbox; Web 2.0; Office 365; Windows 10; Teams 365; GDPR 2018; DPA 2018; FOI 2000; CA 1989; CA 2004; HSWA 1974; SEND CoP 2015; WT 2018; WT18; WT2015; KCSIE 2016
KCSIE 2019, part 2; PREVENT 2015; NICE NG76; NICE CG89; NG76 guideline; CG 89; QS179; PH50; NG 55; HSE INDG 163; HO circular 47/2013; PD 12J; Form E; C100; C1A; Form 78; DASH form 2.0; MG11; ABE; 124D; Form 124D
MAPPA level 2/3; IOM 3; CAF 2; TAF/TAC; CIN/CP/LAC; CP 2; LAC 16+; UASC 16-17; NEET 16-18; ESOL 1; ESOL entry 3; GCSE 9-1; A level; AS level; T levels; BTEC 3; NVQ 2/3; Ofsted 2; Ofsted grade 3; ILACS 2018; SIF 2014-17; JTAI 5
East 1; East 2; North 3 team; Locality 4 west; Zone 12; Cluster 7 north; District 8; Patch 3b; Ward 4; Beat 12; Sector 5; Quadrant 2; Team 1 2 3; A and E; A&E 4 hour target; CAMHS tier 3.5; T4 beds; MH 2K; Kooth 11-18
PO Box; MK team; SO group; BN area; RG hub; S team; Area A1; Area B2; Hub E1; Base 12; Site 3 HQ; Depot 7; Bus 18 route; M27 corridor; A27 schools; A3 group; M3 patrol; B road safety; 20mph zones; 20 is plenty; 4x4 training
Car seats 0-12 years; Bike 4 life; Cycle level 2; Swim 25; Daily mile; 5 a day; 10 a day fathers; 1001 days; 1,001 critical days; 1001 critical days; First 1000 days; 1000 voices; 100 families; 500 families project; 50 things to do; 30 hours childcare
2 year olds' places; 2-year review; 27 month review; 6-8 week check; 12 week scan; 20 week scan; 8 week course; 10 week programme; 6 week group; 12-week block; 26 week target; 15 day timescale; 45 day assessments; 72 hour interviews; 28 day rule; 21 days
\u00a31 000 grant; \u00a325,000 saving; \u00a310k; 5% uplift; 2.5% cut; 10% target; 95% attendance; 100% club; 3rd sector; 1st aid; 2nd language; 4th quarter; 21st century policing; 3 Rs; 4 Ps; 5 Ws; 6 Cs; 7 golden rules; 8 Rs; 12 steps; 4Cs; 3Ds; 2s and 3s; U5s; U18s
Lions 2018 appeal; Pride 2019; Census 2011; Census 2021 lessons; Lessons 2017; Year 2018 review; 2018 peer review; Jan 2018 audit; March 2018; April 2017 to March 2018; Q3 (Oct-Dec 2017); Oct 17 to Dec 17; Week 12; Week 12 of 2018; Term 3, 2018; INSET 2018
Case audits 2018; Case file audit 12; Case study 3; Case studies 2017-18; Reference group; Ref. group 2018; Record keeping 2018; Client voice 2019; Account of 2017; ID checks; Passport to leisure 2018; Passport to work; Card scheme 16-18; Card 2017; Licence renewals 2018; Patient safety 2019; Crime 2018
Crime prevention 16+; Number 10 visit; No. 10 reception; Mobile team 3; Mobile library 2018; Home visits 2018; Tel-aviv twinning; Ring-fenced 2018-19; Call to action 2030; Vision 2030; Agenda 2025; Vision 2020 and beyond; Home by 2020; Zero by 2030; Ready for 2021; Beyond 2000; Century 21
Mosaic upgrade 2018; Liquidlogic go-live 2019; ICS form 12; LCS training 2017; RiO users 2018; SystmOne module 2; PARIS upgrade; CareFirst 6; Capita One 2017; Eclipse 2020 launch; EHM pilot 2018; eCDOP 2019; NOMIS 2; PNC checks; URN school list; UPN matching; ULN; NI contributions 2018
Ref A; Ref 1; Case A; Case 12; Child 3; Family 7; Child J12; SCR 14; LCSPR 2; DHR 5; DHR 03; DHR 2017; SI 2; NHS 70; NHS 75 events; Operation 12; Op Encompass 2; Op Liberty 2019; Visa sponsor; Visa routes 2018; Home Office 2018; a/c/e model; AC12 drama; 3 C's; S and C 2; A b c
"""


def listed(lines: str) -> list[str]:
    return [text.strip() for line in lines.strip().splitlines() for text in line.split(";")]


LABELS = listed(ORDINARY)
