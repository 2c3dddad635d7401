"""What the sample is, written beside it."""

from __future__ import annotations

TEXT = """\
# The invented quarter

**No row here is about a real child, victim, death or family.** People, dates and places are drawn by chance
(`lscb sample --seed {seed}{scale}`); agencies, published counts and pounds are real, and their source is the
annual report 2017-18 of the Southampton Local Safeguarding Children Board unless another is named. A run uses
these files only when it is asked to (`--sample`), and then every page says SAMPLE DATA.{elsewhere}

| file | rows | covers |
|---|---|---|
{files}

## What it reproduces

- **High-risk domestic abuse.** Repeats 26.8, 21.8, 18.8, 19.6 % and households with children 62.0, 58.0, 55.0,
  56.7 % by quarter of 2017-18; 21.9 and 58.0 % in the year; 18.1 and 64.1 % in 2016-17; 12.0 % fewer referrals.
  The report prints no counts. With up to 260 referrals a quarter, 67 sets of whole numbers give these
  percentages, and 15 of them have the third quarter lowest, as the report says. This is the smallest of the 15:
  205, 188, 160 and 224 referrals, 777 in all. Only 883 in 2016-17 then gives 12.0 %, only 160 repeats 18.1 %
  and only 566 households 64.1 %. A repeat is a referral of the same victim and perpetrator within twelve
  calendar months of their last one; it is nowhere marked, it comes out by that rule.
- **Child deaths.** 14 notified in 2017-18; five reviews completed in it; of those 20 % before viability (under
  22 weeks), 40 % other neonatal, 20 % life-limiting, 20 % sudden and unexpected in infancy; 80 % expected; 40 %
  with modifiable factors; 40 % boys; none on a plan, under an order or seeking asylum.
- **Children's services.** 522 looked after at 31 March 2018, 103.8 per 10,000 of 50,305 children, the lowest
  year end of four, with the third quarter the lowest quarter; section 47 enquiries 76, 81, 74 and 69 per 10,000
  by quarter; plans 51 at the end of the first quarter and 66 at the end of the last; referrals 161 in the last,
  5.2 % more than in the third.
- **Exploitation.** 69, 37 and 29 referrals and 43, 17 and 5 strategy meetings in the three years; 71 children
  flagged by the police at the end of 2016-17 and 5 at the end of 2017-18. The quarters within the years are ours.
- **The Board's year.** Section 11: 6 full audits and 13 updates, standards 5, 6 and 11 most often short. Nine cases
  referred: six serious case reviews, one partnership review, two no further action; none published. Actions done:
  10, 2, 6 and 3 by theme, with the recommendations that the report prints twice and the impacts that only repeat the
  action. Contributions of £134,428 for the core budget and £20,144 for learning; 24 members of the Board. 100
  people at the conference of 29 November 2017. Every recommendation, finding and title is in the project's words.

## Where the printed figures cannot all be true

- Four reviews cannot give 20, 40, 60 and 80 %; five can. Four of the 14 deaths are reviewed, as printed, and
  one death of 2016-17.
- Every pre-viable birth is a neonatal death, so the report's 20 % and 40 % are 60 % neonatal, one third of it
  pre-viable. That also makes its sentence true that most were neonatal. Its four groups are not the ten
  statutory categories.
- Households with and without children, 58.0 and 41.9 % of one year, cannot both be rounded from one total: 42.0
  % is right.
- The third quarter's section 47 rate is not printed; 74 is ours, and so is every count before 2017-18 that is
  not official.
- Plans of 66 "lower than at any other point" of the two years before contradicts the official 276 plans (55.3
  per 10,000) at 31 March 2017. The official count stands here; every other quarter end of 2015-17 is above 66.
- Official plans at 31 March 2018 are 324 on a revised population of 49,138, which is 65.9; the report's 66 on
  50,305 children needs 330 to 334, here 332. Section 47 enquiries and referrals of the report add up to other
  totals than the official ones, 344.3 and 531.8 per 10,000 a year: they are not on one basis. The report's are
  used.
- The report prints the contributions under "2016-17" and "2017 - 17"; here they are those of 2017-18, whose report
  it is. The year before, what was received, all spending, attendance and training but for the conference, missing
  episodes, return interviews, dates and owners are invented: the report has no numbers for them.

## Untidy on purpose

Quarters without a published percentage hold what returns hold: in 2014-16 some referrals without a perpetrator
or an incident date, and one that came twice on one day from two agencies; among the deaths a newborn or two
without gestation, two reviews that wait for the coroner, and deaths that were notified in the financial year
after they happened. Referrals before April 2015 are the look-back: repeats of earlier referrals cannot be seen
in them. Unknown ethnicity is `not known`; unknown disability is blank.
"""


ELSEWHERE = """

**Drawn for another authority**: on its neighbourhoods and in the size of its population, with the same percentages.
Its agencies are called by what they are (Police, Hospital trust), since their own names are not known here."""


def readme(tables: dict[str, list[dict]], seed: int, scale: int, elsewhere: bool = False) -> str:
    """The sample's README for these rows; `elsewhere`: they are drawn for another authority."""
    covers = {
        "child_deaths": "deaths notified from April 2013 to March 2018",
        "hrda_referrals": "referrals from April 2014 to March 2018",
        "children_services": "20 indicators, 2014-15-Q1 to 2017-18-Q4",
        "exploitation": "2015-16-Q1 to 2017-18-Q4; the years add up to the report's",
        "section_11": "the audits of 2016 and 2017, 6 full and 13 updates in 2017",
        "audits": "recommendations of three audits, two of them the report's",
        "case_reviews": "cases referred from April 2015 to March 2018, nine of them in 2017-18",
        "review_actions": "21 actions done in 2017-18, and six open",
        "training": "events from April 2015 to March 2018, by agency",
        "meetings": "every meeting from April 2015 to March 2018, by seat",
        "contributions": "2016-17 and 2017-18",
        "spending": "2016-17 and 2017-18",
        "plan": "the business plan at 20 March 2018",
    }
    files = "\n".join(f"| {name}.csv | {len(rows):,} | {covers.get(name, '')} |" for name, rows in tables.items())
    scaled, text = f" --scale {scale}" if scale > 1 else "", ELSEWHERE if elsewhere else ""
    return TEXT.format(seed=seed, scale=scaled, files=files, elsewhere=text)
