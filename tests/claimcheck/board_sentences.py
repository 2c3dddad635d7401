"""Invented sentences as boards write them, with the kind and the verdict worked by hand; and sentences that claim nothing.

R reproduces, O reproduces only if, W does not reproduce, U cannot be checked. ` / ` parts paragraphs; `* ` opens a list item, `# ` a heading.
"""

R, O, W, U = "reproduces", "reproduces only if", "does not reproduce", "cannot be checked"  # noqa: E741

CLAIMS = [
    # change from one figure to another
    ("Contacts rose from 4,000 in 2016/17 to 4,480 in 2017/18, an increase of 12%.", "percent_change", R),  # 480/4000
    ("Contacts rose from 4,000 in 2016/17 to 4,480 in 2017/18, an increase of 11%.", "percent_change", W),  # 12.0
    # numbers in words are read whole
    ("A hundred and fifty thousand people live here, and thirty-one thousand five hundred (21%) are under eighteen.", "share", R),
    # a signed percentage is a change; the figure that `had come` is the earlier
    ("Referrals: 2,200 vs 2,500 in 2023/24 (-12%)", "percent_change", R),  # 300/2500
    ("Referrals: 2,200 vs 2,500 in 2023/24 (-14%)", "percent_change", W),  # of the later
    ("Eight hundred people came, where six hundred and forty had come in 2020/21, a rise of twenty per cent.", "percent_change", W),  # 25
    # said of the figure just named, which is the earlier
    ("We heard about 3,108 children in 2021/22; the year before we had heard about 2,960, which is 148 fewer.", "count_change", R),
    ("We heard about 3,108 children in 2021/22, 148 fewer than the 2,960 of the year before.", "count_change", W),
    ("This year 3,108 children came against 2,960 the year before, 148 fewer.", "count_change", W),
    ("Section 47 for exploitation: Q1 11, Q2 14, Q3 9, Q4 16 - Q4 the highest", "superlative", R),
    ("Section 47 for exploitation: Q1 11, Q2 14, Q3 9, Q4 16 - Q2 the highest", "superlative", W),
    ("Open for two years: 14 children, of whom 25% are disabled", "share", W),  # 3 is 21, 4 is 29
    ("Over the year since 2021/22 referrals rose from 100 to 120, by 20%.", "percent_change", R),
    ("Re-referrals fell by 8.3%, from 1,200 to 1,100.", "percent_change", R),  # 100/1200
    ("Re-referrals fell by 9.1%, from 1,200 to 1,100.", "percent_change", W),  # 100/1100 = 9.1: wrong base
    ("There has been a 25% reduction in missing episodes, from 120 to 90.", "percent_change", R),
    ("There has been a 33% reduction in missing episodes, from 120 to 90.", "percent_change", W),  # 30/90
    ("Strategy discussions increased by 40% from 150 to 250.", "percent_change", W),  # 66.7
    ("Section 47 enquiries increased from 80 to 120, a 150% increase.", "percent_change", W),  # 50
    ("The number of assessments decreased by 20% from 50 to 60.", "percent_change", W),  # rose
    ("The rate of conferences went up from 51.3 in Q1 to 66.2 in Q4.", "direction", R),
    ("The rate of conferences fell from 51.3 in Q1 to 66.2 in Q4.", "direction", W),
    ("The number of children looked after has decreased to 522, down from 543 last year.", "direction", R),
    ("Caseloads have reduced from an average of 21 to 17.", "direction", R),
    ("Timeliness improved from 68% to 74%.", "direction", R),
    ("Timeliness improved from 68% to 74%, an improvement of 6 percentage points.", "point_difference", R),
    ("Timeliness improved from 68% to 74%, an increase of 6%.", "percent_change", W),  # 8.8%, or 6 points
    ("Timeliness rose from 68% to 74%, an increase of 8.8%.", "percent_change", R),  # 6/68
    ("Attendance rose by 4 percentage points from 88% to 92%.", "point_difference", R),
    ("Attendance rose by 5 percentage points from 88% to 92%.", "point_difference", O),
    ("Missing episodes more than doubled from 120 to 261.", "multiple", R),
    ("Missing episodes more than doubled from 120 to 231.", "multiple", W),  # 1.93
    ("The number of exclusions halved from 84 to 41.", "multiple", R),
    ("The number of exclusions halved from 84 to 62.", "multiple", W),
    ("Referrals increased from 310 to 341 (10%).", "percent_change", R),
    ("In 2018/19 there were 341 referrals, compared to 310 in 2017/18, an increase of 10%.", "percent_change", R),
    ("In 2018/19 there were 341 referrals, compared to 310 in 2017/18, an increase of 9%.", "percent_change", W),  # 31/341
    ("341 referrals were received (310 in the previous year), up 10%.", "percent_change", R),
    ("There are 120 approved foster carers, 143 a year ago (-23).", "count_change", R),
    ("There are 120 approved foster carers, compared with 143 a year ago (-32).", "count_change", W),
    ("The number of plans fell by 45 from 310 to 265.", "count_change", R),
    ("The number of plans fell by 55 from 310 to 265.", "count_change", W),
    ("The number of plans rose from 265 in March 2017 to 310 in March 2018, an increase of 45.", "count_change", R),
    ("Absence shows a decrease of 6.4% in 2012/13 to 4.75% in 2015/16.", "percent_change", W),  # from 6.4
    ("Average waits fell from 18 weeks to 12 weeks.", "direction", R),
    ("The proportion of repeat plans rose slightly from 19.1% to 19.8%.", "direction", R),
    # the number of a paragraph is no figure
    ("4.12 A total of 240 of the 400 children were fostered in March 2023, this is 60% of all.", "share", R),
    ("14 There were 240 children fostered out of the 400 (65%) in March 2023.", "share", W),  # 60
    # a percentage is of the two figures that follow it in its own clause
    ("The share seen late fell from 30.0% to 28.0%, and the number waiting fell by 5.0% from 2,000 to 1,900.", "percent_change", R),
    ("The share seen late fell from 30.0% to 28.0%, and the number waiting fell by 6.7% from 2,000 to 1,900.", "percent_change", W),
    # a later verb turns no improvement
    ("Timeliness improved from 60.2% in Q1 to 75.3% in Q3, before slipping.", "direction", R),
    ("Timeliness improved from 75.3% in Q1 to 60.2% in Q3, before recovering.", "direction", W),
    # the year before is the latest that is named
    ("Bookings had been 800 in 2013-14 and 1,000 in 2014-15, so that this year's 1,080 is a rise of 8% on the previous year.", "percent_change", R),
    ("Bookings had been 800 in 2013-14 and 1,000 in 2014-15, so that this year's 1,080 is a rise of 35% on the previous year.", "percent_change", W),
    # two earlier figures are two claims
    ("This is a rate of 54 per 10,000 children - up from 51 in 2019 and 48 in 2018.", "direction", R),
    ("This is a rate of 54 per 10,000 children - up from 51 in 2019 and 58 in 2018.", "direction", W),
    ("Nearly half (48.3%) were seen in time, fewer than the 51.1% of the previous quarter and the 55.2% of June 2019.", "direction", R),
    ("Nearly half (48.3%) were seen in time, fewer than the 51.1% of the previous quarter and the 45.2% of June 2019.", "direction", W),
    # a reference in a bracket begins no sentence
    ("In all 1,000 left care, a decrease of 40 (4 per cent) on last year. (Table 5) 2,500 children came, up from 2,400 last year.", "percent_change", R),
    # parts and nets
    ("At the end of March 300 children were fostered, 220 of them with our own carers and the other 70 with agencies.", "parts_total", W),
    ("At the end of March 300 children were fostered, 220 of them with our own carers and the other 80 with agencies.", "parts_total", R),
    ("20 households were approved and 15 resigned, a net gain of 8 in the year.", "parts_total", W),
    ("20 households were approved and 12 resigned, a net gain of 8 in the year.", "parts_total", R),
    ("The charity's 60,000 is 40% of the total income of 200,000.", "share", W),  # 30
    ("The charity's 60,000 is 30% of the total income of 200,000.", "share", R),
    ("There were 3,480 lone children being looked after on 31 March. The 3,840 lone children were mostly boys.", "repeat", W),
    # a base that stands nowhere
    ("122 children entered care, 25 fewer than last year.", "count_change", U),  # 147 implied
    ("There was a 12.0% decrease in the total number of referrals from 2016/17 to 2017/18.", "percent_change", U),
    ("Contacts increased by 9% on the previous year.", "percent_change", U),
    ("The rate has shown a 5.2% increase over the last quarter.", "percent_change", U),
    ("Referrals were up 4.1% on 2021 and 3.9% on 2020.", "percent_change", U),
    ("96.1% of health assessments were up to date (+1.1%).", "point_difference", U),  # from 95.0
    ("The rate saw a decrease of -1.9% in the year.", "percent_change", U),
    ("There was a 24% drop in online offences for Q1 2017 compared to Q1 2018.", "percent_change", U),  # backwards
    ("Attendance was 62.0%, a decrease of 55% on the year before.", "percent_change", W),  # 137.8% before
    ("There has been a rapid reduction, an increase of 17% on the year before.", "percent_change", W),  # contradiction
    ("148 children entered care, on average 16 a month.", "average", U),  # 9.25 months
    ("144 children entered care over 12 months, an average of 12 a month.", "average", R),
    ("144 children entered care over 12 months, an average of 16 a month.", "average", W),
    # the sides in the sentence before
    ("There were 341 referrals in 2017/18 compared to 310 in 2016/17. This is an increase of 10%.", "percent_change", R),
    ("There were 341 referrals in 2017/18 compared to 310 in 2016/17. This is an increase of 9%.", "percent_change", W),  # 31/341
    ("There were 341 referrals in 2017/18 compared to 310 in 2016/17. This is an increase of 15%.", "percent_change", W),
    ("At the end of the year 265 children were on plans, 310 a year before. This is a 14.5% reduction.", "percent_change", R),
    ("There were 45 exclusions last year. Exclusions rose by 20% to 54.", "percent_change", R),
    ("There were 45 staff. Referrals rose by 20%.", "percent_change", U),
    # amounts, averages, parts
    ("The LADO received 210 referrals, an increase of 35 (20%) from 175 in 2016/17.", "percent_change", R),
    ("The LADO received 210 referrals, an increase of 35 (17%) from 175 in 2016/17.", "percent_change", W),  # 35/210
    ("The budget for 2018/19 is \u00a3185,000, a reduction of \u00a315,000 (7.5%) on 2017/18.", "percent_change", R),  # of 200,000
    ("Referrals fell by 269 (14.8%) over the year.", "percent_change", U),  # of 1,818
    ("In 2016/17 the panel heard 453 cases, an increase of 12% on the 404 cases heard in 2015/16.", "percent_change", R),
    ("Police attended 3,456 incidents, 9% fewer than the 3,798 in 2016/17.", "percent_change", R),
    ("Police attended 3,456 incidents, 19% fewer than the 3,798 in 2016/17.", "percent_change", W),
    ("Plans rose by 1.5% to 51,080.", "percent_change", U),
    ("Exclusions rose by a third, from 120 to 160.", "fraction_words", R),
    ("Exclusions rose by a quarter, from 120 to 160.", "fraction_words", W),
    ("There were 1,245 missing episodes by 412 children, an average of 3 episodes per child.", "average", R),
    ("There were 1,245 missing episodes by 412 children, an average of 4 episodes per child.", "average", W),
    ("A total of 1,445 notifications, comprising 993 referrals and 453 requests for advice, were received.", "parts_total", W),
    ("Neglect accounts for 45% of plans, emotional abuse 38%, physical abuse 11% and sexual abuse 6%.", "parts_percent", R),
    ("Of the 56 young people, 32 were female and 24 male.", "parts_total", R),
    ("Of the 56 young people, 32 were female and 26 male.", "parts_total", W),
    ("There were 36 deaths. Of these 22 were expected and 14 were unexpected.", "parts_total", R),
    ("The rate was 31.9, lower than the rates for the region and England (45.3 and 43.3 respectively).", "comparison", R),
    ("The rate of re-referrals was 22.4%, which is 1.2 percentage points higher than in 2015/16 (21.2%).", "point_difference", R),
    ("Only 38% of interviews were in time, down from 51% in 2016-17, and well below the target of 80%.", "comparison", R),
    ("The conversion rate is 25%, which is lower than last year's 31%.", "direction", R),
    ("There were 3,711 open cases, and of those, 82% (3,045) were in need and 9% (346) were looked after.", "share", R),
    ("The service received 12,450 contacts in 2017/18, of which 3,112 (35%) became referrals.", "share", W),
    ("There were 394,400 in 2016 compared to 389,430 in 2017, a decrease of 1.3%.", "percent_change", R),
    # other places
    ("Our rate of 104 is 51% higher than that of our statistical neighbours (69).", "percent_difference", R),  # 35/69 = 50.7
    ("Our rate of 104 is 34% higher than that of our statistical neighbours (69).", "percent_difference", W),  # 35/104
    ("At 69, the rate is 26% higher than the statistical neighbour average (51).", "percent_difference", W),  # 35.3
    ("The rate of 480.2 is below England (537.7) and the region (548.1).", "comparison", R),
    ("The rate of 480.2 is above England (537.7).", "comparison", W),
    ("The rate of 161 per 10,000 is comparable with the statistical neighbour average of 164.", "comparison", R),
    ("The rate of 161 per 10,000 is similar to the England average of 264.", "comparison", W),
    ("Our rate of 66 per 10,000 is higher than the national average of 43 and lower than the regional average of 70.", "comparison", R),
    ("20.4% of our children live in poverty, higher than the national average (16.8%).", "comparison", R),
    ("14.2% of our children live in poverty, which is higher than the national average of 16.8%.", "comparison", W),
    ("More children live in poverty here (19.7%) compared to 16.8% nationally.", "comparison", R),
    ("Our rate fell to 54.9, compared to 53.8 for our statistical neighbours, slightly higher.", "comparison", R),
    ("93.2% of visits were in time, above the 90% target.", "comparison", R),
    ("Re-referrals stood at 14.8%, an increase on the target of 18%.", "comparison", W),
    ("86.1% of reviews were in time, exceeding the target of 90%.", "comparison", W),
    ("The rate is 30% lower than our statistical neighbours (60 compared with 85).", "percent_difference", O),  # 29.4; 28 to 30
    # shares
    ("Of the 60 children reviewed, 15 (25%) were under two years old.", "share", R),
    ("Of the 60 children reviewed, 15 (20%) were under two years old.", "share", W),
    ("45 of the 60 plans (75%) ended within a year.", "share", R),
    ("45 of the 60 plans (80%) ended within a year.", "share", W),
    ("45 out of 60 plans (75%) ended within a year.", "share", R),
    ("29 (50%) of the 58 children had been seen alone.", "share", R),
    ("29 (58%) of the 50 children had been seen alone.", "share", R),
    ("29 (48%) of the 58 children had been seen alone.", "share", W),
    ("75% (45 of 60) of cases were closed within six months.", "share", R),
    ("74% (45 of 60) of cases were closed within six months.", "share", W),
    ("Police made 120 of the 200 referrals, which is 60%.", "share", R),
    ("Police made 120 of the 200 referrals, or 65%.", "share", W),
    ("94.4% of the 18 conferences were held in time.", "share", U),  # 17 of 18
    ("9.9% of the 173 children were seen late.", "share", W),  # 17 is 9.8, 18 is 10.4
    ("65% of the 12 audits were graded good.", "share", W),  # 7 is 58.3, 8 is 66.7
    ("53 children (12%) were seen late.", "share", U),
    ("Of those reviewed: / * 65% were male (29)", "share", W),  # 29 of 44 is 65.9, of 45 is 64.4
    ("Of the 45 children reviewed: / * 64% were male (29)", "share", R),
    ("The panel reviewed 40 cases. / 16 (40%) had modifiable factors.", "share", R),
    ("Over 90% of staff (465 of 500) completed the training.", "bound", R),
    ("More than 95% of staff (465 of 500) completed the training.", "bound", W),
    ("Almost all staff (97%, 485 of 500) completed the training.", "share", R),
    ("A third of referrals (21 of 62) came from schools.", "fraction_words", R),  # 33.9
    ("A third of referrals (31 of 62) came from schools.", "fraction_words", W),
    ("Nearly half of the children (48%) were known to services.", "fraction_words", R),
    ("Nearly half of the children (38%) were known to services.", "fraction_words", W),
    ("The majority of referrals (56%) came from the police.", "fraction_words", R),
    ("The majority of referrals (46%) came from the police.", "fraction_words", W),
    ("Three quarters of plans (45 of 60) ended within a year.", "fraction_words", R),
    ("Four hundred and twenty-two children were seen, fewer than one in ten of the 3,900 referred.", "fraction_words", W),  # 10.8
    ("Prevalence of 1 in 15 of 30,400 children gives about 2,030.", "fraction_words", R),  # 2,026.7
    ("Housing needs were identified in just under half the cases.", "fraction_words", U),
    # groups and totals
    ("58% were boys and 42% were girls.", "complement", R),
    ("58% were boys and 41% were girls.", "complement", W),  # 99
    ("40% of the deaths had modifiable factors, leaving 60% that did not.", "complement", R),
    ("45% of the deaths had modifiable factors, leaving 65% that did not.", "complement", W),
    ("Of the group 61% were white British, 25% were Asian and 16% were black.", "parts_percent", O),  # 102
    ("The population of the town is 254,275, of which 129,879 are male and 124,396 are female.", "parts_total", R),
    ("The population of the town is 254,275, of which 129,879 are male and 125,396 are female.", "parts_total", W),
    ("There were 200 referrals, of which 110 were from police, 50 from schools and the remaining 40 from health.", "parts_total", R),
    ("There were 200 referrals, of which 120 were from police, 50 from schools and the remaining 40 from health.", "parts_total", W),
    ("The Board received nine referrals. / Six of these referrals went to review, one was closed and two others were deferred.", "parts_total", R),
    ("The Board received ten referrals. / Six of these referrals went to review, one was closed and two others were deferred.", "parts_total", W),
    ("Numbers fell by 21 over the year; 36 came in and 57 left.", "parts_total", R),
    ("Numbers fell by 13 over the year; 36 came in and 57 left.", "parts_total", W),
    ("The panel reviewed four of the 14 cases. 20% of the deaths were neonatal and 40% of the deaths were of infants. 80% of the deaths were expected.", "percent_group", W),
    ("The panel reviewed five of the 14 cases. 20% of the deaths were neonatal and 40% of the deaths were of infants. 80% of the deaths were expected.", "percent_group", R),
    ("40% of the deaths were neonatal. / The majority of deaths were neonatal.", "fraction_words", W),
    ("60% of the deaths were neonatal. / The majority of deaths were neonatal.", "fraction_words", R),
    # rates, ranks, ratios
    ("There were 310 children on plans (62.0 per 10,000) in a population of 50,000 children.", "rate", R),
    ("There were 310 children on plans (65.0 per 10,000) in a population of 50,000 children.", "rate", W),
    ("There were 310 children on plans, a rate of 62.0 per 10,000.", "rate", U),
    ("The rate was 0.45% per 100,000.", "rate", W),
    ("The city was ranked 67th out of 326 authorities.", "rank", U),
    ("The city was ranked 367th out of 326 authorities.", "rank", W),
    ("Escalation has doubled: 11 of 363 cases last year and 23 of 369 this year.", "multiple", R),  # 3.03 and 6.23: 2.06
    ("Escalation has doubled: 11 of 363 cases last year and 19 of 369 this year.", "multiple", W),  # 1.70
    ("For every child leaving care, 1.8 entered.", "average", U),
    # series
    ("The number of referrals shows a decreasing trend overall.", "trend", U),
    ("There was a steady increase: 92 in Q1, 90 in Q2, 87 in Q3 and 85 in Q4.", "direction", W),
    ("The rate was the lowest for the last 4 years at 104.", "superlative", U),
    ("Numbers are the highest since 2015.", "superlative", U),
    ("There were six deaths since April, four last year.", "unlike_periods", O),
    # repeats
    ("The town is home to 34,000 children and young people. / # Page 9 / The town is home to 34,500 children and young people.", "repeat", W),
    # what came less what left, a difference before its two figures, a gap
    ("Visits were 150 in 2021, 120 in 2022 and 126 in 2023, so the rise between 2022 and 2023 was 5%.", "percent_change", R),
    ("Visits were 150 in 2021, 120 in 2022 and 126 in 2023, so the fall between 2022 and 2023 was 16%.", "percent_change", W),
    ("Visits were 150 in 2021, 120 in 2022 and 126 in 2023, a fall of 20% from 2021 to 2022.", "percent_change", R),
    ("118 carers joined and 130 left, a net loss of 12.", "parts_total", R),
    ("118 carers joined and 130 left, a net loss of 14.", "parts_total", W),
    ("Plans increased by 14: 88 started and 74 ended.", "parts_total", R),
    ("Plans increased by 18: 88 started and 74 ended.", "parts_total", W),  # 14
    ("Plans decreased by 18 (74 began while 88 ceased).", "parts_total", W),  # 14
    ("The net figure was 31, being 118 starters minus 87 leavers.", "parts_total", R),
    ("The net figure was 31, being 118 starters minus 97 leavers.", "parts_total", W),  # 21
    ("Net spend was \u00a341,300, gross spend of \u00a360,100 net of grants of \u00a318,800.", "parts_total", R),
    ("Net spend was \u00a341,300, gross spend of \u00a360,100 net of grants of \u00a316,800.", "parts_total", W),  # 43,300
    ("We overspent by \u00a34,200 (\u00a3309,200 against \u00a3305,000).", "parts_total", R),
    ("We overspent by \u00a34,200 (\u00a3309,200 against \u00a3304,000).", "parts_total", W),  # 5,200
    ("We spent \u00a3190,500 against a budget of \u00a3200,000, an underspend of \u00a39,500 (4.75%).", "share", R),
    ("We spent \u00a3190,500 against a budget of \u00a3200,000, an underspend of \u00a39,500 (6.2%).", "share", W),  # 4.75
    ("We spent \u00a3290,000 and had income of \u00a3280,000, a balance of \u00a310,000.", "parts_total", R),
    ("The gap between boys (58%) and girls (71%) is now 13%.", "point_difference", R),
    ("The gap between boys (58%) and girls (71%) is now 15%.", "point_difference", W),  # 13
    ("The attainment gap between boys and girls is 16%, with 58% of boys and 74% of girls reaching it.", "point_difference", R),
    ("The gap between our rate of 48.2 and the national 41.6 stands at 6.6.", "count_change", R),
    ("The gap between our rate of 48.2 and the national 41.6 stands at 7.6.", "count_change", W),  # 6.6
    ("We saw an increase in visits (88 compared with 71).", "direction", R),
    ("We saw an increase in visits (68 compared with 71).", "direction", W),
    ("There were 210 in Q1, 215 in Q2, 190 in Q3 and 201 in Q4, adding up to 816.", "parts_total", R),
    ("There were 210 in Q1, 215 in Q2, 190 in Q3 and 201 in Q4, adding up to 861.", "parts_total", W),  # 816
    ("The rate per 10,000 was 104 (522 children out of 50,305).", "rate", R),  # 103.8
    ("The rate per 10,000 was 114 (522 children out of 50,305).", "rate", W),
    # the part in a bracket, the whole elsewhere
    ("75% (180) of all conferences (240) were held in time.", "share", R),
    ("85% (180) of all conferences (240) were held in time.", "share", W),  # 75
    ("Of 500 children 240 had a plan, 75% of which were for neglect (180).", "share", R),
    ("Of 500 children 240 had a plan, 85% of which were for neglect (180).", "share", W),  # 75
    ("38% (92) were in schools, out of a total of 243.", "share", R),  # 37.9
    ("48% (92) were in schools, out of a total of 243.", "share", W),
    ("Of 40 schools, 95 staff came, 50% of those asked.", "share", U),  # of how many were asked
    # what a sentence leaves out stands in the sentence before: its only count, or the one that gives the print
    ("The scheme was offered to 340 carers. Some 119 (35%) took it up.", "share", R),
    ("The scheme was offered to 340 carers. Some 119 (45%) took it up.", "share", U),
    ("Forty governors were trained. Three quarters of them, 30, are chairs.", "fraction_words", R),
    ("Twenty-four reviews were closed. One in three (8) named neglect.", "fraction_words", R),
    ("In 2021/22 the line was rung 96 times. In 2022/23 it was rung 72 times: a quarter less.", "fraction_words", R),
    ("There were 1,500 notifications in 2020/21. In 2021/22 the figure was 1,800, up by 20%.", "percent_change", R),
    ("There were 1,500 notifications in 2020/21. In 2021/22 the figure was 1,800, up by 25%.", "percent_change", W),
    ("In 2020 there were 45 alerts. This fell to 39 in 2021.", "direction", R),
    ("In 2020 there were 45 alerts. This rose to 39 in 2021.", "direction", W),
    ("Fifty-four per cent of visits were on time. In 2018/19 it had been 48%, so there is an improvement of 6 percentage points.", "point_difference", R),
    ("We had 9 replies in 2019, 12 in 2020 and 18 in 2021. Compared with 2020 replies have risen by 50%.", "percent_change", R),
    ("We had 9 replies in 2019, 12 in 2020 and 18 in 2021. Compared with 2020 replies have risen by 100%.", "percent_change", W),  # of 9
    # how much over a budget, with its percentage; a year beside its figure; a ratio
    ("Staff costs, \u00a324.5m, were \u00a31.5m (6.5%) over the budget of \u00a323.0m.", "percent_difference", R),
    ("Staff costs, \u00a324.5m, were \u00a31.5m (8.5%) over the budget of \u00a323.0m.", "percent_difference", W),
    ("Absences: 2021 \u2013 45; 2022 \u2013 36 (down 20%).", "percent_change", R),
    ("Ratio of visits to families: 930 visits to 310 families, or three to one.", "multiple", R),
    # a percentage that a few cannot have
    ("Among the six reviews published, 40% named neglect.", "share", W),  # 33 or 50
    ("Nine hostels answered and 50% of them had a plan.", "share", W),  # 44 or 56
    # alone, and what is missing is said
    ("Every hostel was asked. Eighteen answered, a response rate of 72%.", "share", U),
    ("The average wait for an assessment was 23.4.", "average", U),
    ("Complaints about transport were down by a fifth.", "percent_change", U),
    ("Exclusions were 12% above the national average.", "percent_difference", U),
]  # fmt: skip

CLAIMS += [  # constructions met in public reports and minutes, in other words and figures
    (
        "There had been 131 children entering care, this was a reduction of 28 from the previous year.",
        "count_change",
        U,
    ),
    ("Plans started: 64,480 (up 0.9%)", "percent_change", U),
    ("The number of adoptions fell again, down 13% from last year to 3,810.", "percent_change", U),
    ("The service made 940 referrals - a 7.4% rise on November 2011 and the most in a month.", "percent_change", U),
    ("Teams received 598,150 referrals in 2022-23, down 1.5% (9,110) on 2021-22.", "percent_change", R),
    ("Teams received 598,150 referrals in 2022-23, down 2.5% (9,110) on 2021-22.", "percent_change", W),
    ("Social workers carried out 10% more enquiries under the Act than in 2020-21.", "percent_change", U),
    ("In comparison, the increase from 2011-12 to 2012-13 was 0.5%.", "percent_change", U),
    ("The wait was 219 days, down slightly from 223 days in the previous year.", "direction", R),
    ("The wait was 223 days, down slightly from 219 days in the previous year.", "direction", W),
    ("The share with a plan had risen to 72%. This is an increase from 68% in 2006.", "direction", R),
    ("The share with a plan had risen to 68%. This is an increase from 72% in 2006.", "direction", W),
    ("Contacts had reduced in December to 391 and are being watched.", "direction", U),
    ("There were 1,418 referrals, this is fewer than referrals received in the previous year.", "direction", U),
    ("In-house fostering had reduced by 3, with 104 families approved.", "count_change", U),
    (
        "There were 274 children in our care in June 2022, without the asylum seekers (7), which was just above the number in June 2021 (266).",
        "direction",
        R,
    ),
    (
        "There were 264 children in our care in June 2022, which was just above the number in June 2021 (266).",
        "direction",
        W,
    ),
    (
        "In 2022/23 there were 131 children entering care compared to 159 in 2021/22, a reduction of 28.",
        "count_change",
        R,
    ),
    (
        "In 2022/23 there were 131 children entering care compared to 159 in 2021/22, a reduction of 38.",
        "count_change",
        W,
    ),
    ("There has been a rapid reduction over the year demonstrating an increase of 17%.", "percent_change", W),
    (
        "There were 512 families. That represents a 20 per cent decrease on the 2020/21 figure of 640, and a 68 per cent drop on 2016/17 when there were 1,600 families.",
        "percent_change",
        R,
    ),
    ("The year has seen a 62pc increase in care proceedings - up from 131 in 2008/9 to 212.", "percent_change", R),
    ("The year has seen a 38pc increase in care proceedings - up from 131 in 2008/9 to 212.", "percent_change", W),
    ("The panel met on 12 occasions (4 neonatal panels, 8 older panels).", "parts_total", R),
    ("The panel met on 13 occasions (4 neonatal panels, 8 older panels).", "parts_total", W),
    (
        "During the year 108 children entered care. Of this total, 40 were aged 0-4, 28 aged 5-9, 31 aged 10-15 and 9 were aged 16+.",
        "parts_total",
        R,
    ),
    (
        "During the year 108 children entered care. Of this total, 40 were aged 0-4, 28 aged 5-9, 31 aged 10-15 and 19 were aged 16+.",
        "parts_total",
        W,
    ),
    ("More boys than girls died (56.2% vs 43.8%).", "complement", R),
    ("More boys than girls died (56.2% vs 53.8%).", "complement", W),
    (
        "The largest age group (48%) was aged 10 to 15, 34% were aged 16 years and over, 29% were under five.",
        "parts_percent",
        W,
    ),
    ("Over three-quarters of hearings in the year ending March 2020 were in time (79%).", "fraction_words", R),
    ("Over three-quarters of hearings in the year ending March 2020 were in time (69%).", "fraction_words", W),
    ("14.9 per cent of children were re-referred, which was below the threshold of 18 per cent.", "comparison", R),
    ("The take-up of 61% of courses is above our neighbours' 66%.", "comparison", W),
    ("From 2021/22 to 2020/21 contacts rose from 8,112 to 9,015.", "superlative", W),
    ("Stability improved: 9% of children had three or more moves compared with 12% in 2016-17.", "direction", R),
    ("The number of crimes of this type has almost doubled over the same time.", "multiple", U),
    ("The score improved from 15 to 12.", "direction", U),  # of which nobody knows whether low is good
]

CLAIMS += [
    ("There were 1,386 notices. This is an increase from the 812 for 2022-23 and 561 for 2021-22.", "direction", R),
    ("There were 48 plans. This was lower than the 40 of last year.", "direction", W),
    ("24,950 children left care in the year. This is similar to last year's figure of 24,800.", "direction", R),
    ("The largest age group (48%) was aged 10 to 15, 34% were 16 years and over, 29% were between five and nine.", "parts_percent", W),
    ("Of the 68,640 children in care at 31 March, 51,480 (75%) were fostered.", "share", R),  # 51,480 / 68,640
    ("Of the 68,640 children in care at 31 March, 51,480 (57%) were fostered.", "share", W),
    ("There were 1,270 attendances across the year, made up of 612 from health, 371 from schools and 287 from the council.", "parts_total", R),
    ("There were 1,290 attendances across the year, made up of 612 from health, 371 from schools and 287 from the council.", "parts_total", W),
    ("The 3.6% hike in enquiries from 2021-22 to 2022-23 was expected.", "percent_change", U),
    ("6.9% of children had 3 or more placements within the previous 12 months, which is better than the national average of 10%.", "comparison", R),
]  # fmt: skip

# whose sides are read by their places: the figures of the claim by role; what is printed nowhere is left out
SIDES = [
    (
        "This is a rise of 53% since 2016-17, when 15,380 were recorded, and more than double the total six years ago (9,487).",
        {"old": "15,380", "printed": "53"},
    ),
    ("There were 40 referrals, up 12 on the year before.", {"new": "40", "printed": "12"}),
    ("Referrals rose by 12% on the previous year to 448.", {"new": "448", "printed": "12"}),
    ("249 children had been visited within the last 6 months (52.1%).", {"numerator": "249", "printed": "52.1"}),
    ("In the same period, 2,980 arrests were made - a 32 per cent increase.", {"new": "2,980", "printed": "32"}),
]

TRUE = [  # and easily taken for errors: two things of one noun, groups that overlap, a gap, a sentence of two measures
    "Deaths per 100,000 children: about 31 in 2017-18 (about 15 among 49,138 aged 0 to 17; 95% interval, rounding included, 14 to 55).",
    "About 76 referrals per 10,000 women (about 775, against 101,468; 95% interval, rounding included, 71 to 82).",
    "There were 23,498. This is a rise of 53% since 2016-17, when 15,380 were recorded, and more than double the number six years ago (9,487).",
    "Deaths under 28 days in the 5 years to 2017-18: 41; in the first week 36; born before 22 weeks 7.",
    "From April 1 2017 there were 1,418 referrals, this is fewer than in the previous year.",
    "Within target at 93%; 9.4% of children had moved, an improvement of 6.1% on last year and in line with neighbours at 9.6%.",
    "At the end of March there were 75,510 children in care in England, up 4% on the previous year (72,600).",
    "This year 32,140 started, down 3% on last year, and 29,790 left, down 5%.",
    "The rate was 4.1 in 2011, the lowest ever, and compares with a rate of 4.2 in 2010 and 11.0 in 1981.",
    "Police recorded 741,300 crimes (excluding one force) in the year, an increase of 9% compared with the previous year.",
    "Course take up is low at 76% compared to 87% for the previous quarter and 90% for the same quarter last year.",
    "There were 69,120 children in care in 2015, an increase of 1% compared to 2014 and an increase of 6% compared to 2011.",
    "Of these, 139,820 came within a year of a previous one, up 3.1% on 2021-22.",
    "Of those, 69 percent (8,700) involved girls and 26 percent (3,279) involved boys.",
    "11% of children have had three or more placements (12% in England).",
    "Activity rose by 21% and investigations by 20%. Staff have not kept pace: only 10% more are in post.",
    "6.9% of children had 3 or more placements within the previous 12 months, which is better than the national average of 10%.",
    "81% (2,300) of 2,840 cases were in need, 9% (262) in care (some of which also have a plan) and 10% (281) on a plan.",
    "The wait was 20 weeks, up from 90 days last year.",
    "9.4% of children had moved in the same period, and in England 19.6%.",
    "Visits made in time were 93.4 per cent, which was above the target of 90 per cent; 9.4 per cent of children had moved within the last 12 months which was an improvement of 6.1 per cent compared to the end of Quarter 1 2017/18 and in line with the statistical neighbours at 9.6 per cent.",
    "From April 1 2017 to 31 March 2018 there were 1,418 referrals, this is fewer than referrals received in the previous year.",
    "About 15 of 20 cases had a plan. About 10 of 20 cases had a plan.",
    "At the end of March this year there were 75,510 looked after children in England, up 4% on the previous year (72,600).",
    "There were 12 girls and 9 boys, some of whom also had a plan, 20 in all.",
    "Rates of the return are of 8,003 children, official ones of 8,012: two rates of one number can differ.",
    "In the same period, 2,980 arrests were made - a 32 per cent increase.",
    "358 of the 512 children had a dental check. / 371 of the 512 children had a health check.",
    "358 of the 512 children are with foster carers. / 345 of the 512 children are with foster carers in the county.",
    "We saw 278 children in the hub. / 287 children were sent on to a clinic.",
    "The rate of looked after children is 83.7 per 10,000. / In 2021 the rate of looked after children was 87.3 per 10,000.",
    "The rate of looked after children is 83.7 per 10,000. / Boys are looked after at a rate of 87.3 per 10,000.",
    "The rate of looked after children is 83.7 per 10,000. / The rate of looked after children in Marle is 87.3 per 10,000.",
    "Annual report April 2022 to March 2023 / Q1 (April to June 2022): 61. / Q4 (January to March 2023): 58.",
    "Annual report 2022-23 / In the third quarter (October to December 2022) there were 61 visits.",
    "Performance against timescales has improved from 84% to 88%, and re-referrals from 24% to 21%.",
    "We overspent by \u00a34,200 (\u00a3309,200 spent against a budget of \u00a3305,000).",
    "Of the 240 contacts, 180 were about domestic abuse and 90 about mental health.",
    "The gap between boys (58%) and girls (71%) was 13 points in 2022 and 11 in 2023.",
    "More children were fostered in 2021/22 (71) than in 2022/23 (64).",
    "We worked with 40 families, with 50% (95) of the children seen.",
    "There has been an increase of 4% on last year's 72%, which is below the national average of 80%.",
    "The centre had 900 visitors in the year. Some 62 (31%) of the texts came from fathers.",
    "In 2020 there were 70 leavers and 12 joiners. This rose to 30 in 2021.",
    "In Q4 there were 90 visits, and 120 in Q1, an increase of 33%.",
    "The hub took 840 calls in 2022. The 804 calls answered in 2022 took four minutes each.",
    "The hub took 840 calls in 2022. Of the 804 calls that were answered in 2022, 90 were from children.",
    "There were 210 children on plans on 31 March 2023. The 201 children on plans at 31 March 2023 whose plans were late are here.",
    "The budget for 2022/23 was \u00a3318,400. Spending in 2022/23 was \u00a3381,400, over budget.",
    "Our centre saw 300 visitors. Of these 120 came twice, which is 12% more than last year.",
    "England's rate is 23.6%. At 25%, our figure is lower than this year's target of 30%.",
    "In 2021/22, 21% of referrals were re-referrals. In 2021/22, 24% of referrals from schools were re-referrals.",
    "The board held 14 events in 2021/22. In 2021/22 the board held 12 of them online.",
    "Forms were returned by 240 people (80%), 228 of whom (95%) were content.",
    "Babies account for 38 of those in care: 20 boys and 18 girls, and 61 live in the county.",
    "Nine events were held. Forty per cent involved partner agencies' own trainers.",
    "There were 24 incidents. 45% involved more than one child, of the 11 children.",
    "45% involved more than one child, of the 11 children.",
    "Last year 200 came in six months. This year it was 160 in three, a rise of 60%.",
    "Marle had 317 children on plans on 31 March 2022. We mean to reduce the 371 children in care at 31 March 2022.",
    "There were 210 contacts in 2021/22. The 190 contacts accepted in 2021/22 led to 80 assessments.",
    "Schools made 120 referrals in 2021/22. Of the 110 referrals made in 2021/22 by the police, half were late.",
    "The forum held 15 briefings in 2021/22. In 2021/22 the Trust held 13 briefings.",
    "174 of the 528 cases (33%) were repeats, within the 28% to 40% that is recommended.",
    "1,090 of the 15,570 pupils (7%) had been absent for more than half of their sessions.",
    "Of 76 audits 31 were good, 29 required improvement and 6 were inadequate.",
    "Last year 72 hosts were approved. This year there were 61 carers who came, nine fewer.",
]

# claims of which a person must say how they are meant: a figure beside them may be the side that they lack, or a side is of elsewhere
OPEN = [
    "Seven reviews were published in the year. Thirty per cent concerned neglect.",  # 2 is 29, 3 is 43: of others, it may be
    "The scheme was offered to 340 carers. Some 119 (45%) took it up.",
    "A team of 31 saw 264 families in the year. In the summer 58% came twice.",
    "Between them the three hubs had 4,310 visits and 1,150 calls, 22% more than a year ago.",
    "Last year 200 came in six months. This year it was 160 in three, a rise of 60%.",
    "In the first half of the year 300 came, compared with 500 in the whole of 2018/19, a fall of 40%.",
    # two figures that may be the sides of one comparison, and none that is one
    "The increase in plans has had an effect, as 94% were reviewed in time this year, compared to 94.6% in 2014.",
    "25% were aged 0-4 and 11% aged 16+ in contrast to the respective national figures of 19% and 20%.",
]

# figures that can be checked and whose base is printed nowhere: found, and what is missing is said
ALONE = [
    "58% of assessments had a chronology.",
    "In the sample, 91% of agencies knew whom to ring.",
    "Attendance was 85%.",
    "Of those who answered, 77 per cent would recommend the course.",
    "Vacancies stood at 12.5%, while some teams had an agency manager.",
    "The rate of children on plans is 47.3 per 10,000.",
    "The annual rate of children starting a plan is 33.8; it was published in May.",
    "Officers made 34 arrests per 100 recorded offences, as they did a year ago.",
    "95% of carers replied, with 98% people saying that they would ring if they were worried.",
    "Children under 5 make up 38% of the group.",
    "Attendance by the police was 100%, by health 83% and by probation 67%.",
    "Of the 5,400 pupils surveyed in 2018, 62% of girls and 71% of boys felt safe.",
    "We trained 406 GPs and 90% of practices now have a lead.",
    "We hosted a webinar for 90 people; 70% of feedback forms mentioned neglect.",
    "Over 95% of schools have signed up.",
    "Plans are getting longer, with 21% now lasting more than a year.",
    "Plans were updated every three months for three cycles, 74% of them within ten working days.",
]

NOTHING = [
    "Income of \u00a3300,000 met costs of \u00a3280,000, a surplus against the \u00a315,000 planned.",
    "The gap between boys and girls was 12 in 2020, 14 in 2021 and 16 in 2022.",
    "Attendance was 87% against a target of 85%.",
    "The guidance was issued in 2013.10 and has been followed since.",
    "Policy OP504 was reviewed.",
    "Section 11 audits were completed under the Children Act 2004.",
    "Section 47 enquiries are described in Working Together 2018.",
    "Stage 1 complaints are answered within 10 working days.",
    "Question 6 asked about training.",
    "Call 023 8083 2995 or email lscb@example.org.uk.",
    "The group meets 4 times a year.",
    "Level 3 training takes two days.",
    "The Board meets on 12 June 2019 at 9.30am in Room 4.",
    "Children aged 5 to 11 took part.",
    "The 0-19 service was launched.",
    "Young people aged 16-18 were asked.",
    "The service is open 24/7.",
    "See page 14 and Appendix 2.",
    "Standard 5: Induction, training and appraisal.",
    "The plan covers 2017-18 and 2018-19.",
    "Under 18s are not admitted.",
    "One of the key themes was neglect.",
    "Priority 1 is neglect and Priority 2 is exploitation.",
    "The target is 90%.",
    "Our aim is to reduce absence by 5% next year.",
    "There were 14 deaths in 2017/18.",
    "Three lay members sit on the Board.",
    "The two councils share one chair.",
    "Covid-19 changed how we work.",
    "The 4LSCB procedures were updated.",
    "Version 2.1 of the toolkit was published.",
    "Two workshops were held in March 2018.",
    "This is my fifth year as chair.",
    "Dial 101 or 999 in an emergency.",
    "The child was 7 years old.",
    "Year 6 pupils visited the centre.",
    "A 6-step briefing was written.",
    "He lives at 12 High Street, SO14 7LY.",
    "The review was published on 3 May 2019.",
    "Chapter 4 of the guidance applies.",
    "The budget for the year was \u00a3134,428.",
    "100 practitioners attended the conference.",
    "The policy is reviewed every three years.",
    "At 31 March 2018 there were 522 children looked after.",
    "Sessions last 2 hours.",
    "KCSIE 2018 was shared with all schools.",
    "The survey had 45 questions.",
    "Part 8 reviews are now called serious case reviews.",
    "The first meeting took place in Q2.",
    "11 agencies sit on the Executive.",
    "It opened on 1 April 2014.",
    "The rate is per 10,000 children.",
    "Step 3 is to tell the chair.",
]

CLAIMS += [
    ("There were 412 children looked after (79.3 per 10,000), a reduction from 437 (84.5 per 10,000) at March 2018.", "direction", R),
    ("In Q1 there were 120, in Q2 134, in Q3 128 and in Q4 141 referrals, a total of 523.", "parts_total", R),
    ("In Q1 there were 120, in Q2 134, in Q3 128 and in Q4 141 referrals, a total of 513.", "parts_total", W),
    ("The panel heard 523 cases: 120 in Q1, 134 in Q2, 128 in Q3 and 141 in Q4.", "parts_total", R),
    ("The panel heard 533 cases: 120 in Q1, 134 in Q2, 128 in Q3 and 141 in Q4.", "parts_total", W),
    ("Exclusions increased by 14% between 2016/17 (1,210) and 2017/18 (1,379).", "percent_change", R),
    ("Exclusions increased by 12% between 2016/17 (1,210) and 2017/18 (1,379).", "percent_change", W),
    ("Police recorded 2,340 offences, up 31% (1,786 in 2016/17).", "percent_change", R),
    ("Police recorded 2,340 offences, up 24% (1,786 in 2016/17).", "percent_change", W),  # 554/2340
    ("Nearly 2,000 professionals (1,964) attended, more than double the 934 who attended in 2015/16.", "multiple", R),
    ("The budget was overspent by \u00a312,400, or 6.7% of the total budget of \u00a3185,000.", "share", R),
    ("There are 47,464 children aged 0-17, making up 21.4% of the population of 221,800.", "share", R),
    ("There are 47,464 children aged 0-17, making up 24.1% of the population of 221,800.", "share", W),
    ("A total of 64 courses were delivered to 1,245 delegates, averaging 19 per course.", "average", R),
    ("A total of 64 courses were delivered to 1,245 delegates, averaging 29 per course.", "average", W),
    ("Plans for neglect now account for 52% (138) of all plans (265).", "share", R),
    ("Numbers on the edge of care halved over the period (84 to 41).", "multiple", R),
    ("In comparison with last year there are fewer children on plans (265 v 310).", "direction", R),
    ("In comparison with last year there are more children on plans (265 v 310).", "direction", W),
    ("There was an increase in reports that led to action, 193 in Q3 compared with 171 in Q2.", "direction", R),
    ("There was a decrease in reports that led to action, 193 in Q3 compared with 171 in Q2.", "direction", W),
]  # fmt: skip

CLAIMS += [
    ("22.3% of residents are not white British. / The report notes that 23.3% of residents are not white British.", "repeat", W),
    ("There are 34,000 children living in Southampton. / There are 34,500 children living in the city.", "repeat", W),
]  # fmt: skip
NOTHING += [
    "There are 34,000 children living in Southampton. / There are 34,500 children living in Portsmouth.",
    "1,245 delegates attended training in safeguarding. / 1,205 delegates attended training in neglect.",
    "At 31 March 2018 there were 1,522 children looked after. / At 31 March 2017 there were 1,543 children looked after.",
]

CLAIMS += [
    ("Contacts reduced by a quarter during lockdown, from 1,204 in Q1 2019/20 to 898 in Q1 2020/21.", "fraction_words", R),
    ("At the end of March 2021 there were 398 plans, 47 more than at the end of March 2020 (351).", "count_change", R),
    ("At the end of March 2021 there were 398 plans, 57 more than at the end of March 2020 (351).", "count_change", W),
    ("103 young people sought asylum, accounting for 14.6% of all looked after children (704).", "share", R),
    ("103 young people sought asylum, accounting for 16.4% of all looked after children (704).", "share", W),
    ("The number of looked after children rose by 31 to 704.", "count_change", U),
    ("Missing episodes totalled 1,980 relating to 512 children, an average of 3.9 episodes each.", "average", R),
    ("The number of children at risk increased threefold, from 24 to 73.", "multiple", R),
    ("The number of children at risk increased threefold, from 24 to 53.", "multiple", W),  # 2.2
    ("The panel completed 19 reviews, of which seven (36.8%) had modifiable factors.", "share", R),
    ("The panel completed 19 reviews, of which seven (38.6%) had modifiable factors.", "share", W),
    ("Knife crime fell by 12%, 212 compared to 241.", "percent_change", R),
    ("15.9% of young people were not in education, more than double the England figure of 5.5%.", "comparison", R),
    ("15.9% of young people were not in education, more than double the England figure of 8.5%.", "comparison", W),
    ("8,412 people completed e-learning; 76% of them (6,393) came from the council.", "share", R),
    ("Contributions: Council \u00a395,000; Health \u00a362,000; Police \u00a340,000. Total \u00a3197,000.", "parts_total", R),
    ("Contributions: Council \u00a395,000; Health \u00a362,000; Police \u00a340,000. Total \u00a3199,000.", "parts_total", W),
    ("The Board had income of \u00a3197,000, 48% of which came from the council (\u00a395,000).", "share", R),
    ("Powers were used 61 times, up from 48 (27%).", "percent_change", R),
    ("Powers were used 61 times, up from 48 (21%).", "percent_change", W),  # 13/61
    ("Of the 612 assessments, 402 led to no action, 150 to a plan and 60 to an enquiry.", "parts_total", R),
]  # fmt: skip

CLAIMS += [
    ("At year end 265 children were on plans; this is a decrease of 45 from the 310 reported last year.", "count_change", R),
    ("Of the 18 reviews, one third (6) concerned infants.", "fraction_words", R),
    ("Of the 18 reviews, one third (9) concerned infants.", "fraction_words", W),
    ("There were twice as many boys (48) as girls (24).", "multiple", R),
    ("There were twice as many boys (48) as girls (34).", "multiple", W),
    ("Over three years referrals went from 2,410 to 2,655 to 2,890, an increase of 20%.", "percent_change", R),
    ("Over three years referrals went from 2,410 to 2,655 to 2,890, an increase of 25%.", "percent_change", W),
]  # fmt: skip

CLAIMS += [
    ("The service completed 2,104 assessments, 84.7% of which were within 45 days (1,782).", "share", R),
    ("The number of plans is 1,482, an annual increase of 8.4% (2019: 1,367).", "percent_change", R),
    ("The number of plans is 1,482, an annual increase of 7.8% (2019: 1,367).", "percent_change", W),  # 115/1,482
    ("Two-thirds of the 45 young people (30) were male.", "fraction_words", R),
    ("Our rate (654 per 1,000) is 12% above England's (583).", "percent_difference", R),
    ("Our rate (654 per 1,000) is 11% above England's (583).", "percent_difference", W),  # 71/654
]  # fmt: skip

CLAIMS += [  # an own figure from another sentence accuses only where a slip explains the print: 50.7%, not 45%
    ("The looked after rate was 104. It is a rate 45% higher than that of our statistical neighbours (69).", "percent_difference", U),
    ("The looked after rate was 104. It is a rate 34% higher than that of our statistical neighbours (69).", "percent_difference", W),
]  # fmt: skip

CLAIMS += [  # intervals, and what stands inside or outside of one
    ("19.6% were repeats (44 of 224; 95% interval 15.0% to 25.3%).", "interval", R),
    ("29.6% were repeats (95% interval 15.0% to 25.3%).", "interval", W),
    ("Referrals: 12.0% fewer than the 883 of 2016-17 (95% interval \u221220.1% to \u22123.1%).", "interval", R),
    ("Referrals: 12.0% more than the 883 of 2016-17 (95% interval \u221220.1% to \u22123.1%).", "interval", W),
    ("The rate was 103.8 (95% interval 95.1 to 113.1). England's (64.0) lies below it: here it is higher.", "comparison", R),
    ("The rate was 103.8 (95% interval 95.1 to 113.1). England's (64.0) lies below it: here it is lower.", "comparison", W),
    ("The rate was 103.8 (95% interval 95.1 to 113.1). England's (64.0) lies inside that interval.", "interval", W),
    ("There were 777 referrals. That is 12.0% fewer than the 883 of 2016-17.", "percent_change", R),  # 106/883
    ("Deaths under one: 3.9 per 1,000 live births (38 of 9,805).", "rate", R),  # 3.876
    ("Deaths under one: 3.4 per 1,000 live births (38 of 9,805).", "rate", W),
    ("There were 38 deaths in the three years 2014 to 2016, 12.7 a year on average.", "average", R),
    ("There were 38 deaths in the three years 2014 to 2016, 13.7 a year on average.", "average", W),
    ("703 people filled 71.7% of the 980 places.", "share", R),
    # two sentences of one subject that oppose each other
    ("The rate of children looked after did not change. Despite the decrease in looked after children it is high.", "direction", O),
]  # fmt: skip
NOTHING += [
    "The rate of children looked after did not change. Despite the decrease in referrals it is high.",
    "Run 3b1afd547ab8, 2026-11-29 07:18 UTC",
    "Version af37d13058e3 of 12 May 2019 holds file a4b2.csv.",
    "The number of referrals did not change over the year. The decrease in referrals in Q3 was seasonal.",
]

CLAIMS += [  # the figure that a superlative names first; a list of times without order says of none which is meant
    ("The lowest attendance was seen in July (61%), behind April (64%) and June (70%).", "superlative", R),
    ("The lowest attendance was seen in July (71%), behind April (64%) and June (70%).", "superlative", W),
    ("Our highest quarter of the last three was in Q4 (64), up from Q3 (61) and Q2 (52).", "superlative", U),
    # two halves in turn; the pair that is `half as many again`
    ("More girls (58%) than boys (42%) came to the service.", "complement", R),
    ("Exclusions numbered 45 in 2022/23 against 30 in 2021/22, half as many again.", "multiple", R),
    ("Exclusions numbered 35 in 2022/23 against 30 in 2021/22, half as many again.", "multiple", W),  # 1.17
    # `of it`: of the amount before; figures in brackets after percentages are parts, and none the whole of another
    ("The pooled budget was £480,000. The police paid 40% of it (£192,000) and health 25% (£120,000).", "share", R),
    ("The pooled budget was £480,000. The police paid 45% of it (£192,000) and health 25% (£120,000).", "share", W),
    ("The budget was £200,000. The council paid 60% of it (£120,000) and health 36% (£72,000).", "share", R),  # 72 of 120: 60
    ("Contacts by agency (n = 600) / School 240 (40%); police 180 (30%); health 120 (20%); other 60 (10%)", "share", R),
    # against the place that the sentence before names
    ("The rate of plans in England is 40 per 10,000. Ours, at 50, is 25% higher.", "percent_difference", R),
    ("The rate of plans in England is 40 per 10,000. Ours, at 50, is 20% higher.", "percent_difference", W),  # 10/50
    ("England's average is 20.5%. At 24.0% we are 3.5 percentage points above it.", "point_difference", R),
    ("England's average is 20.5%. At 24.0% we are 4.5 percentage points above it.", "point_difference", W),
    ("At 31.2%, our share is above the national one of 33.5%.", "comparison", W),
    ("At 31.2%, our share is below the national one of 33.5%.", "comparison", R),
    # a change from the only figure of the sentence before
    ("The number of repeat plans was 40 last year. This has gone up to 46 (15%).", "percent_change", R),
    ("The number of repeat plans was 40 last year. This has gone up to 46 (13%).", "percent_change", W),  # 6/46
    ("There were 40 plans last year. This has gone up to 60 (33%) of the 180 children.", "share", R),
    ("Last year 200 families were helped. This year it was 160, a fall of 40%.", "percent_change", W),  # 40 of 200: 20
    ("Thirty plans ended in 2019/20 and 36 in 2020/21. This is an increase of a fifth.", "fraction_words", R),
    # two sentences read as one; of both only an account is accused
    ("We trained 210 staff in spring, 95 in summer and 130 in autumn. Taken together 435 people were trained.", "parts_total", R),
    ("At the start of the year 72 cases were open. It opened 110 and closed 95, leaving 87 on 31 March 2023.", "parts_total", R),
    ("At the start of the year 72 cases were open. It opened 110 and closed 95, leaving 78 on 31 March 2023.", "parts_total", W),  # 87
    ("Advocates spoke for 60 of the 240 families. Put differently, a quarter of families had one.", "fraction_words", R),
    ("Notices about adults came to 1,250 in the year to March 2020. The corresponding number for the year to March 2021 is 1,100, which is 12% lower.", "percent_change", R),
    ("The panel heard of 500 places. Health 310 (62%); police 140 (28%); schools 30 (6%); other 20 (4%).", "share", R),
    ("Health 310 (62%); police 140 (28%); schools 30 (6%); other 20 (4%).", "share", U),
    ("The number of visits was 24% higher.", "percent_change", U),
    ("Placements in residential care remained at 9 in both 2020/21 and 2021/22.", "direction", R),
    # a percentage of a group that cannot have it
    # one figure printed twice, in the same words or as `the so many`, of one printed period; beside them what is of something else
    ("The forum held 15 briefings in 2021/22. They were well liked. In 2021/22 the forum held 13 briefings.", "repeat", W),
    ("The Panel considered 48 cases in 2020/21. Of the 45 cases considered in 2020/21, none was new.", "repeat", W),
    ("Marle had 317 children on plans on 31 March 2022. We mean to reduce the 371 children on plans at 31 March 2022.", "repeat", W),
    ("The total grant for 2023/24 was \u00a3214,600. Members agreed the 2023/24 grant, in total \u00a3241,600.", "repeat", W),
    ("In 2020/21, 17% of contacts were repeat contacts. We are at work since 19% of contacts in 2020/21 were repeat contacts.", "repeat", W),
    # a side in the sentence before, of another year or a slip of two digits
    ("Last year 72 hosts were approved. This year there were 61, nine fewer.", "count_change", W),  # 11
    ("Last year 72 hosts were approved. This year there were 61, 11 fewer.", "count_change", R),
    ("In 2018/19 there were 88 exclusions. In 2019/20 this rose to 61.", "direction", W),
    ("Nurses made 2,400 referrals last year. This year they made 2,760, a rise of 51%.", "percent_change", W),  # 15
    ("In 2019 the group held 14 meetings. In 2022 there were 42, three times as many.", "multiple", R),
    ("Seventy-five carers replied. Fifty-four, or 27%, were content.", "share", W),  # 72
    ("There are 12 full-time advisers. They are responsible for 756 young people, an average caseload of 36.", "average", W),  # 63
    ("There are 12 full-time advisers. They are responsible for 756 young people, an average caseload of 63.", "average", R),
    ("A year ago 60 children had been missing. The number is now 75, a rise of a quarter.", "fraction_words", R),
    ("The autumn term brought 480 notices. The spring term brought 432, down by a tenth.", "fraction_words", R),
    ("In 2021 the Trust delivered 40 sessions. / In 2022 it delivered 50, a 25% increase.", "percent_change", R),
    ("In all 1,150 adults were the subject of an enquiry. / 690 of these adults (66%) were safer.", "share", W),  # 60
    ("England's average for repeat plans is 21.4%. At 18.9%, our figure is lower than this.", "comparison", R),
    ("England's average for repeat plans is 21.4%. At 24.9%, our figure is lower than this.", "comparison", W),
    ("Eighty files were audited. Of the 80, 41 were good, 32 required improvement and 17 were inadequate.", "parts_total", W),  # 90
    ("A majority of schools, 37 out of 90, had a governor.", "fraction_words", W),
    ("Nine of the 47 Year 11 pupils (19%) passed.", "share", R),
    ("The gap has narrowed from 11 to 7 percentage points.", "direction", R),
    ("The gap has widened from 11 to 7 percentage points.", "direction", W),
    ("All 31 records were read, and in 112% the child was heard.", "share", W),
    ("The largest source was the police with 940, followed by schools with 615 and health with 480.", "superlative", R),
    ("The largest source was the police with 540, followed by schools with 615 and health with 480.", "superlative", W),
    ("Satisfaction was 41% in 2021, 48% in 2022 and 55% in 2023, a rise of 14 percentage points.", "point_difference", R),
    ("Our re-referral rate is lower than the England average.", "comparison", U),
    ("Older people are three times more likely to be the subject of a concern.", "multiple", U),
    # said of what the sentence before counts
    ("The school has 350 pupils. Of these 210 have a plan, which is 60%.", "share", R),
    ("The school has 350 pupils. Of these 210 have a plan, which is 66%.", "share", W),
    ("Eighty delegates came from health. That was 25% of the total of 320.", "share", R),
    ("Eighty delegates came from health. That was 35% of the total of 320.", "share", W),
    ("Our grant fell from \u00a380,000 to \u00a372,000. This is a cut of 10%.", "percent_change", R),
    ("Our grant fell from \u00a380,000 to \u00a372,000. This is a cut of 11%.", "percent_change", W),  # of the later
    ("Last year's rate was 58%. It is now 64%, so six points better.", "point_difference", R),
    ("There are 27 children placed more than 20 miles away, down from 36.", "direction", R),
    ("We had 91 calls in quarter 1 and 133 in quarter 2, an increase of 32%.", "percent_change", W),  # of the later
    ("Only eight out of 31 practices replied. That is a response rate of 26%.", "share", R),
    ("Spending was \u00a31.24m, of which \u00a30.93m (75%) went on staff.", "share", R),
    ("Spending was \u00a31.24m, of which \u00a30.93m (57%) went on staff.", "share", W),
    ("3 in 5 (61%) felt safe.", "fraction_words", R),
    ("3 in 5 (71%) felt safe.", "fraction_words", W),
    ("17% live with relatives, up two points, and 4 points above England's 13%.", "percent_difference", R),
    # the same length of time, or not
    ("Last year 200 came in six months. This year it was 120 in six, a fall of 40%.", "percent_change", U),
    ("In the first half of the year 300 came, compared with 500 in the whole of 2018/19, a fall of 40%.", "percent_change", U),
    ("In the group of 13 young parents, 60% had a plan.", "share", W),  # 8 is 62
    ("One hundred and fifty children were due a review. Of these, 120 had one (80%), which leaves 30.", "share", R),
    ("The team saw 355 children. Coast had 120, Hill 131 and Valley 114.", "parts_total", W),  # 365
    ("The team saw 365 children. Coast had 120, Hill 131 and Valley 114.", "parts_total", R),
    ("By result: met 41%, partly met 38%, not met 19%, withdrawn 8%.", "parts_percent", W),  # 106
    ("We rank second of 12 neighbours for timely reviews.", "rank", U),
]  # fmt: skip
TRUE += [
    "Repeat rate of 2024-25: 21% to 24%, not tested for this audience against about 18% in 2023-24.",
    "Days from one death to the next: two of three points near the lower limit.",
    "From one quarter to another two of the three teams changed.",
    "No attendances at 20 events in 2024-25 Q3 filled 0.0% of the 26 places (36.8% in 2023-24; not tested).",
    "Forms came from 0 of about 5 who attended (0%); about 60 of 120 of them rated the event good or better (47% to 53%).",
    "Of the agencies expected to answer, 0 of about 5 did (0%).",
    "Forms came from about 145 of 235 who attended (60% to 64%); about 15 of 295 of them rated it good (4.3% to 5.9%, 95% interval, 3% to 9%).",
    "Looked-after children: 26.4 per 10,000, no difference shown from England (29.4) and the mean of similar places (26.6) by its 95% interval.",
    "About 5 attendances filled 5% to 15% of the about 50 places (78% to 82% in 2016-17; not tested).",
    "Households with children: 100.0%; no change shown against 50.0% in 2016-17 (95% interval −39.1 to +90.5 percentage points).",
    "By agency: health 91%, police 84%, education 62%.",
    "The highest attendance in the year was in May (88%), though June (91%) is outside of the year.",
    "Last year we held 30 meetings. This year it was 28 families who came, a rise of 12%.",
    "The team saw 355 children. Of the contacts, Coast had 120, Hill 131 and Valley 114.",
    # another measure's base year
    "There were 150 plans in 2017, 160 in 2018 and 200 in 2019. Conferences are up 25% since 2017.",
    "Re-referrals were 18% in 2017, 20% in 2018 and 24% in 2019. Referrals are up 20% since 2017.",
]

CLAIMS += [
    # parts of one whole whose last percentage alone has the sign: 68 + 17 + 14 + 9 = 108, 58 + 17 + 14 + 11 = 100
    ("The largest categories of plan were neglect, emotional, physical and sexual abuse at 68, 17, 14 and 9 per cent.", "parts_percent", W),
    ("By category, 68, 17, 14 and 9 per cent of plans were for neglect, emotional, physical and sexual abuse.", "parts_percent", W),
    ("Neglect, emotional, physical and sexual abuse made up 68, 17, 14 and 9% of plans.", "parts_percent", W),
    ("Neglect, emotional, physical and sexual abuse made up 58, 17, 14 and 11% of plans.", "parts_percent", R),
    # what came less what left: 31 - 19 = 12
    ("With 31 joining and 19 leaving, the service had a net gain of 15 foster carers.", "parts_total", W),
    ("With 31 volunteers joining and 19 leaving there was a net gain of 15.", "parts_total", W),
    ("With 31 joining and 19 leaving, the service had a net gain of 12 foster carers.", "parts_total", R),
    # 310 / 52,000 = 59.6 per 10,000
    ("The borough has a child population of 52,000. There were 310 children in care, a rate of 75.6 per 10,000.", "rate", W),
    ("The population aged 0 to 17 is 52,000. At year end 310 children were looked after, which is 75.6 per 10,000.", "rate", W),
    ("The borough has a child population of 52,000. There were 310 children in care, a rate of 59.6 per 10,000.", "rate", R),
    ("The borough has a child population of 52,000. There were 310 children in care, a rate of 62.0 per 10,000.", "rate", U),  # another edition may give it
    # a fourth and a first quarter without their years: either may be the earlier
    ("In Q4 there were 90 visits, and 120 in Q1, a fall of 25%.", "percent_change", R),
    ("In Q4 there were 90 visits, and 120 in Q1, a rise of 33%.", "percent_change", R),
    # years beside a year alone
    ("The 340 in 2023/24 was the highest, after 320 in 2022/23, 350 in Q4 and 300 in 2021/22.", "superlative", R),
    ("At 340, referrals were the highest for three years: 320 in 2022/23, 360 in January to March 2022 and 310 in 2021/22.", "superlative", U),
]  # fmt: skip
OPEN += ["In Q1 there were 120 visits and in Q4 90, a fall of 30%."]
TRUE += [  # a movement of something else than what came and left; percentages that overlap; rates of other people than all children
    "Of the staff surveyed, 31 joining and 19 leaving it, 14 said that they had an induction.",
    "31 staff joined and 19 left, and sickness fell by 14.",
    "31 carers joined and 19 left, while the number of children in care rose by 14.",
    "Thirty-one carers joined, 19 resigned, and total enquiries rose by 14.",
    "The total number of enquiries rose by 14; 31 carers joined and 19 left.",
    "In the year 45 children came into care and 38 left; placements with kin rose by 12.",
    "The categories of need most often seen were neglect, domestic abuse and drink, in 61, 44 and 37 per cent of plans.",
    "Children who came from Aldham, Bexton and Crowe were visited in 68, 57 and 49 per cent of cases.",
    "In the last three years attendance at conferences was 68, 71 and 74 per cent.",
    "Some 52,000 children live in Ashcombe. In Borley there were 310 children in care, a rate of 75.6 per 10,000.",
    "There are 52,000 children living in the borough. Nationally, 310 children died in fires, a rate of 0.3 per 10,000.",
    "There were 52,000 children in our area. Some 310 adults were convicted, a rate of 20.1 per 10,000 adults.",
    "There are 52,000 children in the borough. In the year to date 310 referrals came, a rate of 119.2 per 10,000.",
    "Of the 85 providers, 60 were good or better, 20 outstanding and 25 less than good.",
    "There were 85 audits: 60 at least good, 20 outstanding and 25 requiring improvement.",
]

CLAIMS += [  # a base in the sentence before, and what is of all of a group
    ("The team read 50 files. Thirty were good (60%), 15 were fair (30%) and five were poor (10%).", "share", R),
    ("Some 840 thefts were recorded. Thefts from shops made up 45.0% (378), from cars 25.0% (210).", "share", R),
    ("The survey drew 82 replies. Nearly all (79, 96%) would come again.", "share", R),  # 79 / 82 = 96.3
    ("The grant came to \u00a360,000. Two thirds, \u00a340,000, paid for youth work.", "fraction_words", R),
    ("In 2021 there were 4,200 calls. The 2022 total of 4,620 is ten per cent higher.", "percent_change", R),
    ("In quarter 1 there were 850 notices. In quarter 2 it was 918, 68 more (8%).", "percent_change", R),
    ("There were 48 responses in 2020. Numbers halved in 2021, to 24.", "multiple", R),
    ("At the end of the year there were 310 plans. A year later the figure was 331, an additional 21.", "count_change", R),
    ("The court made 60 orders. / The year after it made 72, a rise of a fifth.", "fraction_words", R),
    ("Early help episodes stood at 870 last year. It decreased to 940 this year.", "direction", W),
    ("Of the 45 children missing from care, 48 (107%) accepted an interview.", "share", W),
    ("Of the 45 places planned, 48 (107%) were filled.", "share", R),
    ("All 13 people answered: 55% agreed, 30% disagreed and 15% were unsure.", "percent_group", W),  # 7 of 13 is 54, 8 is 62
    ("There were 84 cases open on 1 April; 51 were opened and 60 closed, so 93 remained open on 31 March.", "parts_total", W),  # 75
    ("There were 84 cases open on 1 April; 51 were opened and 60 closed, so 75 remained open on 31 March.", "parts_total", R),
    ("Per 1,000 residents there were 17.3 thefts.", "rate", U),
    ("Reports of fraud have trebled in three years.", "multiple", U),
]  # fmt: skip
TRUE += [
    "All 11 partners replied: 55% of their staff were trained, 30% were booked and 15% waited.",
    "There were 94 cases open on 1 April; 61 were opened and 70 closed, and 12 were reopened.",
    "Early help episodes stood at 1,090 last year. It is estimated that need decreased to 1,188 this year.",
    "The court made 74 care orders in 2021-22. The year after the police made 89 arrests, a rise of a half.",
    "In 2022 there were 90 calls a week. Complaints doubled in 2023, to 26.",
    "Health 310 (62%); police 140 (28%); schools 30 (6%); other 20 (4%).",
    "At 31 March the numbers were 310, 322, 335 and 350 for 2019 to 2022, the last being the highest of the four.",
    "The numbers of 310, 322, 335 and 350 for the years 2019 to 2022 make 2022 the highest of the four.",
    "We trained 210 staff in spring, 95 in summer and 130 in autumn. In winter we trained 450.",
    "At the start of the year 72 cases were open. The court opened 110 and closed 95 of its own, and heard 90.",
    "Advocates spoke for 60 of the 240 families. A third of schools had a policy.",
    "Quarter 1 had 1,150 notifications. In quarter 2 the unit logged 242 visits, 92 more (61%).",
]

CLAIMS += [  # a difference without a per cent sign is in the unit of its sides
    ("Our rate of 61.0 looked-after children per 10,000 is 9.0 below the national rate of 70.0.", "comparison", R),
    ("The rate of 410.2 referrals per 10,000 was 60.2 higher than the regional average of 350.0.", "comparison", R),
    ("At 62.4 per 10,000 the rate is 11.2 above that of England (51.2).", "comparison", R),
    ("The local rate, 38.4, is 4.1 lower than that of our statistical neighbours, 42.5.", "comparison", R),
    ("England's rate was 44.9. At 53.2 per 10,000, ours is 8.3 above it.", "comparison", R),
    ("The England average is 62.0 per 10,000. Our rate of 55.5 is 6.5 lower.", "comparison", R),
    ("Our average caseload of 17.2 is 1.3 above the regional average of 15.9.", "comparison", R),
    ("Our rate of 54.0 plans per 10,000 is 9.9 above the England rate of 45.1.", "comparison", W),  # 8.9
    ("Our rate of 54.0 plans per 10,000 is 20% above the England rate of 45.0.", "percent_difference", R),
]  # fmt: skip

CLAIMS += [  # parts of a whole in the sentence before, of the rest of it, and a comparison with a later year
    ("The panel heard 40 cases. 12 were adjourned, 30%, 20 agreed, 50%, and eight refused, 20%.", "share", R),
    ("The board asked 25 agencies. Twenty replied, 80%, and five did not, 20%.", "share", R),
    ("The board asked 25 agencies. Twenty replied, 80%, and five did not, 23%.", "share", W),  # five are of 22 at 23%: 22.7
    ("The line passed on 350 concerns. 119 (43.0%) were about neglect.", "share", W),  # 34.0
    ("Of the 80 staff, 30 (38%) were trained in May; 20 of the remainder (40%) in June.", "share", U),
    ("Of the 40 plans, 20 (50%) ended within a year; 15 of the others (75%) ended later.", "share", R),
    ("There were 410 contacts in 2020/21. This compares with 369 in 2021/22 (down 10%).", "percent_change", R),
    ("There were 410 contacts in 2020/21. This compares to 451 the following year, a rise of 10%.", "percent_change", R),
    ("There were 90 episodes in Q1. This compares with 117 in Q2, up 30%.", "percent_change", R),
    ("There were 451 contacts in 2021/22. This compares with 410 in 2020/21 (down 10%).", "percent_change", W),
    ("There were 90 episodes. This compares with 117 in the previous year, up 30%.", "percent_change", W),
]  # fmt: skip
TRUE += [
    "The panel heard 40 cases. 12 were adjourned (30%); in the north ten were (45%).",
    "The panel heard 40 cases. 12 were adjourned (30%); the year before 15 were (45%).",
    "Of 60 schools, 40 replied (67%); 10 of the others (50%) had no lead.",
    "There were 117 episodes in Q2. This compares with 90 in Q1, up 30%.",
]

CLAIMS += [  # so many times another figure, means over years, means without a base, and accounts that end and leave
    ("The 630 contacts this quarter are 1.5 times the 420 of last quarter.", "multiple", R),
    ("At 450, exclusions were 1.8 times the 250 recorded in 2016/17.", "multiple", R),
    ("The 630 contacts this quarter are 2.5 times the 420 of last quarter.", "multiple", W),
    ("At 86.8, our rate is 1.4 times that of England (62.0).", "comparison", R),
    ("In the four years to March 2022 there were 48 reviews. This is an average of 12 a year.", "average", R),
    ("Between 2017/18 and 2019/20 there were 36 notices. This equates to an average of 12 per year.", "average", R),
    ("Over the last six months 313 calls were taken. That works out at 62 a month.", "average", W),  # 52
    ("Health visitors carry an average of 320 families.", "average", U),
    ("Starting with 120 plans, 60 were added and 50 ended, leaving 130.", "parts_total", R),
    ("Starting with 120 plans, 60 were added and 50 closed, leaving 131.", "parts_total", W),
    ("Complaints went down from 50 to 40 (20%).", "percent_change", R),
    ("There were 640 visits. They were made to 160 families, an average of four visits per family.", "average", R),
]  # fmt: skip
TRUE += [
    "Increases were seen in children from 5 to 9 (23%).",
    "Numbers rose most among those from 10 to 15 (41%) and from 16 to 17 (22%).",
    "The team visited the 30 homes 2 times that year, and 25 homes last year.",
    "Over the three years there were 75 deaths. That was 30 a year in the north.",
]
NOTHING += ["We aim for social workers to hold an average of 15 children each."]

CLAIMS += [  # a count of the sentence before that stands in a clause, and parts that exclude each other
    ("The hub handled 2,410 contacts in 2020. Of the contacts handled in 2020, which totalled 2,450, half came from the police.", "repeat", W),
    ("There were 64 exclusions in 2022/23. The exclusions in 2022/23 (68) were mostly of boys.", "repeat", W),
    ("In 2021 the team completed 118 audits. The audits completed in 2021, numbering 112, were all of good quality.", "repeat", W),
    ("There were 53 children. 31 were boys and 25 were girls.", "parts_total", W),
    ("We read 60 plans. 48 were reviewed within timescale and 16 were late.", "parts_total", W),
    ("There were 60 complaints. 46 were settled at stage one and 18 went to stage two.", "parts_total", W),
    ("There were 60 complaints. 46 were settled at stage one and 14 went to stage two.", "parts_total", R),
]  # fmt: skip
TRUE += [
    "The panel reviewed 31 deaths in 2021/22. The deaths in 2021/22, which numbered 33, were mostly of infants.",
    "Police made 90 arrests in 2020. The arrests in 2020, which numbered 95, rose.",
    "The team completed 118 audits in 2021. Most of the audits completed in 2021 (101) were good.",
    "The LADO received 192 referrals in 2018/19. Of the referrals received from schools in 2018/19, which came to 177 in all, most concerned teachers.",
    "There were 45 complaints. 40 were looked into at stage one and 12 went to stage two.",
    "There were 53 children. 31 were boys and 25 were under five.",
    "There were 53 families. 31 had boys and 25 had girls.",
    "The 53 staff were asked. 31 had level one training and 25 had level two training.",
]
NOTHING += ["At phase two 15 schools joined and 30 left."]

CLAIMS += [  # of two differences the second is of the own figure too
    ("Our rate of 52.4 is 9.2 above the England rate of 43.2 and 4.1 above last year's 48.3.", "count_change", R),
    ("Our rate of 52 is nine above England's 43 and four above last year's 48.", "comparison", R),
]  # fmt: skip

CLAIMS += [  # the sexes as the two parts of one whole; who stands among so many; a list of all
    ("Males accounted for 56% of the cohort and females for 48%.", "complement", W),
    ("Females accounted for 61% of referrals and males for 39%.", "complement", R),
    ("There were 26 boys and 19 girls among the 47 young people on an order.", "parts_total", W),
    ("There were 26 boys and 21 girls among the 47 young people on an order.", "parts_total", R),
    ("The 84 delegates came from health (31), education (28), police (12) and the voluntary sector (9).", "parts_total", W),
    ("The 80 delegates came from health (31), education (28), police (12) and the voluntary sector (9).", "parts_total", R),
    # 32 is 18, 8 and 6 as well, and no total: all four are told alike, and add to the 64
    ("The training pool has 64 trainers. Thirty-two are from the council, 18 from health, 8 from the police and 6 from the charities.", "parts_total", R),
    # a part that is more than its whole, said of people
    ("Initial visits were made on time to 106% of children: 53 of the 50.", "share", W),
    ("Initial visits were made on time to 96% of children: 48 of the 50.", "share", R),
    # of these, said of the percentage
    ("The LADO concluded 180 cases. Substantiated outcomes numbered 45, or 30% of these.", "share", W),  # 25
    ("The LADO concluded 180 cases. Substantiated outcomes numbered 45, or 25% of these.", "share", R),
    # a base by its year, and this year after a year that is named
    ("Concerns numbered 400 in 2021/22 and 420 in 2022/23. In 2023/24 there were 460, an increase of 15% on the previous year.", "percent_change", W),  # 9.5
    ("Concerns numbered 400 in 2021/22 and 420 in 2022/23. In 2023/24 there were 462, an increase of 10% on the previous year.", "percent_change", R),
    ("Concerns numbered 400 in 2021/22 and 420 in 2022/23. In 2023/24 there were 460, an increase of 15% on 2021/22.", "percent_change", R),
    ("In 2022 the service recorded 359 domestic abuse notifications. This year there were 402, a decrease of 12%.", "percent_change", W),
    ("In 2022 the service recorded 359 domestic abuse notifications. This year there were 402, an increase of 12%.", "percent_change", R),  # 43 / 359
    # the number of a paragraph is no word of its sentence
    ("4.2 The police made 5,300 referrals in 2019. / 4.3 This had gone up to 5,724 by 2020, a rise of 8%.", "percent_change", R),  # 424 / 5300
    ("4.2 The police made 5,300 referrals in 2019. / 4.3 This had gone up to 5,724 by 2020, a rise of 18%.", "percent_change", W),
    # a rate of one name and year
    ("The re-referral rate in 2022/23 was 26.1%. The re-referral rate for 2022/23, 21.6%, remains a concern.", "repeat", W),
    # a fraction with its count in a bracket, or in one
    ("We received 150 completed questionnaires. Two thirds (100) came from parents and a third (50) from young people.", "fraction_words", R),
    ("The service saw 110 families. Forty-four families (two fifths) achieved their outcomes.", "fraction_words", R),
    ("Forty-four families (two fifths) achieved their outcomes.", "fraction_words", U),
    # all but so many: the others are the part
    ("All but four of the 36 reviews were on time (89%).", "share", R),  # 32
    ("All but four of the 36 reviews were on time (98%).", "share", W),
    ("We wrote to 160 nurseries. All but 12 answered (92.5%).", "share", R),  # 148
    ("152 schools were sent the section 175 audit. All but 19 sent it back (87.5%).", "share", R),
    # five of them and nine; four quarters and their year
    ("There were 14 deaths, five of them unexpected and eight expected.", "parts_total", W),
    ("There were 14 deaths, five of them unexpected and nine expected.", "parts_total", R),
    ("April to June brought 31, July to September 28, October to December 40 and January to March 22: 131 in the year.", "parts_total", W),
    ("In all, 63 of the 70 practices (nine in ten) sent a report.", "fraction_words", R),
    ("In all, 53 of the 70 practices (nine in ten) sent a report.", "fraction_words", W),
    # half as many, twice those of others, two to one
    ("Strategy meetings totalled 240 in 2022/23, half as many as the 480 held in 2021/22.", "fraction_words", R),
    ("Strategy meetings totalled 320 in 2022/23, half as many as the 480 held in 2021/22.", "multiple", W),
    ("Referral numbers in the north (210) were twice those of the south (105).", "multiple", R),
    ("Referral numbers in the north (210) were twice those of the south (150).", "multiple", W),
    ("The ratio of boys to girls was two to one (84 boys and 42 girls).", "multiple", R),
    ("The ratio of boys to girls was three to one (84 boys and 42 girls).", "multiple", W),
    ("Ethnicity was White British for 71%, Asian for 14%, Black for 19% and mixed or other for 6%.", "parts_percent", W),  # 110
    # so many and a half times
    ("MARAC referrals have gone from 412 to 618 since 2018, one and a half times as many.", "multiple", R),
    ("MARAC referrals have gone from 412 to 824 since 2018, one and a half times as many.", "multiple", W),
    ("Referrals went from 100 to 250, one and a half times more.", "multiple", R),
    # all of so many are of no other part's whole
    ("Training reached 57 of the 60 midwives (95%) and all 12 paediatricians (100%).", "share", R),
    ("Passports were given to 61 of the 82 children in care (74%) and every one of the 17 care leavers (100%).", "share", R),
    ("Training reached 57 of the 60 midwives (85%) and all 12 paediatricians (100%).", "share", W),
    # the figure in the bracket of its time is the superlative's
    ("The lowest number of referrals was in Quarter 2 (205), with 238 in Quarter 1, 260 in Quarter 3 and 244 in Quarter 4.", "superlative", R),
    ("The highest number of contacts was in Quarter 3 (412), with 488 in Quarter 1, 371 in Quarter 2 and 395 in Quarter 4.", "superlative", W),
    ("The highest was in 2021/22 (78), against 71 in 2019/20, 64 in 2020/21 and 80 in 2022/23.", "superlative", W),
    ("The smallest cohort was that of 2018 (112); there were 130 in 2019, 125 in 2020 and 119 in 2021.", "superlative", R),
    # the last percentage is the sum of the others, and is no further part
    ("Scalds (24%) and burns (31%) together made up 55% of the visits.", "parts_total", R),
    ("Scalds (24%) and burns (31%) together made up 65% of the visits.", "parts_total", W),
    ("Scalds (24%), burns (31%) and poisoning (12%) accounted for 67% of the visits in total.", "parts_total", R),
    # a number that says how many things are listed is none of them, and times that are counted are no multiple
    ("The four working groups met 7, 3, 5 and 4 times respectively, 19 meetings in all.", "parts_total", R),
    ("The four working groups met 7, 3, 5 and 4 times respectively, 21 meetings in all.", "parts_total", W),
    # another group, place or school year with its figure in a bracket
    ("Persistent absence was 21.4%, higher than in primary schools (14.9%).", "comparison", R),
    ("Boys' attendance was 93%, which is lower than that of girls (91%).", "comparison", W),
    ("The rate of admissions is 81.2 per 10,000, which is lower than Kent (96.4).", "comparison", R),
    # a fraction in a bracket of two counts before it, and money a head
    ("The team visited 40 homes and found 10 (a quarter) wanting.", "fraction_words", R),
    ("The training cost £18,000 for 240 staff, £75 a head.", "average", R),
    # one figure again, in a clause that opens with it
    ("There were 38 fostered children at the end of March 2020. With 58 fostered children at the end of March 2020, oversight was stretched.", "repeat", W),
    # each is of one of them alone
    ("Respondents were White (71%), Asian (16%), Black (9%), Mixed (6%) and Other (3%).", "parts_percent", W),  # 105
    ("Respondents were White (66%), Asian (16%), Black (9%), Mixed (6%) and Other (3%).", "parts_percent", R),
    ("Victims were female (71%), male (26%) and non-binary (9%).", "parts_percent", W),
    ("Of those seen 71% were White, 16% Asian, 9% Black and 9% of other groups.", "parts_percent", W),
    # of what the sentence before counts
    ("In the year 45 of 180 referrals were repeats. At 25%, this is too high.", "share", R),
    ("In 2017/18 there were 33 notifications. Six years on there are 66, which is twice as many.", "multiple", R),
    # alone
    ("The average length of a plan was 9.5 months.", "average", U),
    ("Reoffending is 4.1 percentage points above the national figure.", "point_difference", U),
    ("The number of contacts has doubled over three years.", "multiple", U),
]  # fmt: skip
TRUE += [
    "Scalds (24%) and burns (31%) together made up 48% of the visits.",
    "Of the visits, 2 were for burns, 3 for scalds and 4 for poisoning, 9 in all.",
    "Males were 56% of the cohort in 2021 and females 48% in 2022.",
    "Female staff made up 82% and male managers 40%.",
    "Boys scored 56% and girls 61% in the test.",
    "Attendance was 45% for boys and 61% for girls.",
    "Attendance of females was 91% and of males 88%.",
    "Among males 61% agreed and among females 52%.",
    "Females accounted for 61% of victims and males for 78% of suspects.",
    "Females accounted for 61% of victims in the north and males for 58% in the south.",
    "Half of the males (52%) and most females (61%) felt safe.",
    "Demand reached 112% of cases forecast: 56 of the 50.",
    "Among the 60 staff asked, 31 men and 22 women replied.",
    "Among the 47 young people were 26 boys in care and 19 girls.",
    "There were 26 men and 19 women among the 40 staff and five volunteers.",
    "The 84 delegates came from health (31), education (28), police (12), the voluntary sector (9) and elsewhere.",
    "The 84 delegates came from towns such as Aston (31), Barley (28), Corby (12) and Denton (9).",
    "The 12 teams came top in maths (3), English (5), science (4) and art (2).",
    "The LADO concluded 180 cases. Of the 90 about staff, 45 were substantiated, or 50% of these.",
    "In 2022 there were 359 notifications. This year there were 402, a decrease of 12% in those from the police.",
    "In 2022 there were 359 notifications. This year there were 402, a 5% rise on the forecast.",
    "In 2020 there were 359 notifications. This year there were 402, 10% fewer than the year before.",
    "In 2020 there were 359 notifications. This year there were 402, a rise of 40% in two years.",
    "Concerns numbered 400 in 2021/22 and 420 in 2022/23. In 2023/24 there were 460, up 15% on the previous year for the north.",
    "The re-referral rate in 2022/23 was 26.1%. The re-referral rate in 2022/23 was 21.6%, if repeat contacts are left out.",
    "The re-referral rate in 2022/23 was 26.1%. The national re-referral rate for 2022/23, 21.6%, is lower.",
    "Attendance is 3 points above the national figure and 4 points below the region's.",
    "Attendance is 3% above the national figure and 4% below the region's.",
    "Of every ten contacts four became a referral (1,240 of 3,100).",
    "Two in five (12) of the reviews and one in six (5) of the audits were late.",
    "Training reached 90 of the 120 teachers (75%) and 20 governors (100%).",
    "There were 38 fostered children at the end of March 2020. With 12 fostered children in the north at the end of March 2020, oversight was stretched.",
    "In 2022/23 there were 74 notifications. With 47 notifications of deaths in 2022/23, the panel met each month.",
    "Attendance was 88%, no higher than girls (91%).",
    "Of the 60 parents 25% agreed, more than expected (31%).",
    "The team visited 40 homes and found 20 (a quarter) wanting.",
    "Of those seen 60% were White, 12% Black and 33% female.",
    "Respondents could tick all that apply: White (71%), Asian (16%), Black (9%), Mixed (6%) and Other (3%).",
    "In the first group 60% were women, in the second 30% were women and in the third 20% were women.",
    "The proportions agreeing were White (31%), Asian (45%) and Black (33%).",
    "31% of White, 45% of Asian and 33% of Black respondents agreed.",
    "In the year 45 of 180 referrals were repeats. At 35%, this is lower than in England.",
    "In 2017/18 there were 33 notifications. Six years on there are 150, twice as many as in the north.",
    "We held 20 sessions in May and half as many again in June (30).",
    "The caseload was two to one in favour of boys in 2021 (84) and in 2022 (90).",
    "Women were 55% and men 40% of the 200 asked; ten did not say.",
    "There were 14 deaths, five of them expected and eight unexpected; one is unclassed.",
    "Costs have gone up two and a half times since 2010 (£40 to £140).",
    "We received 150 questionnaires. A third (20) of the parents and a half (45) of the carers wrote more.",
]
NOTHING += [
    "It is expected that half of the actions will be completed by March.",
    "Half of the actions will be completed by March.",
    "Our aim is for a third of families to be seen.",
]

CLAIMS += [  # bases in words, beside `most`, in the sentence before, and one figure again in another order of words
    ("Eight families were interviewed and 45% of them had moved home.", "share", W),
    ("Nine social workers were asked; 67% of them had supervision each month.", "share", U),
    ("With eleven schools audited, 35% had no named lead.", "share", W),
    ("With seven children seen, 57% said that they felt safe.", "share", U),
    ("Seven nurses filled in the form, of whom 43% were new.", "share", U),
    ("Seven nurses filled in the form, of whom 45% were new.", "share", W),
    ("Most (38) of the 90 plans had been reviewed.", "fraction_words", W),
    ("Most (52) of the 90 plans had been reviewed.", "fraction_words", R),
    ("The majority (44) of the 100 referrals came from schools.", "fraction_words", W),
    ("Most of the 60 staff, 25, had been trained.", "fraction_words", W),
    ("Most of the 60 staff, 45, had been trained.", "fraction_words", R),
    ("The rise from 210 to 260 home visits is an additional 60.", "count_change", W),
    ("The rise from 210 to 260 home visits is an additional 50.", "count_change", R),
    ("Visits rose from 210 to 260, an extra 40 visits.", "count_change", W),
    ("Contacts grew from 400 in 2021 to 480 in 2022, with a further 30 waiting.", "direction", R),
    (
        "In the previous year the hubs opened 240 plans. In the current year 300 were opened, 40% more.",
        "percent_change",
        W,
    ),
    (
        "In the previous year the hubs opened 240 plans. In the current year 300 were opened, 25% more.",
        "percent_change",
        R,
    ),
    ("In May 60 families were on the list for support. There are now 48 on the list, 15 fewer.", "count_change", W),
    ("In May 60 families were on the list for support. There are now 48 on the list, 12 fewer.", "count_change", R),
    (
        "Visits numbered 500 in 2018/19 and 525 in 2019/20. Compared with 2018/19 the 2020/21 total of 630 is a 20% increase.",
        "percent_change",
        W,
    ),
    (
        "Visits numbered 500 in 2018/19 and 525 in 2019/20. Compared with 2018/19 the 2020/21 total of 630 is a 26% increase.",
        "percent_change",
        R,
    ),
    ("Forty-two complaints were made. Of these, 25 were stage one, 9 stage two and 5 stage three.", "parts_total", W),
    ("Forty-two complaints were made. Of these, 28 were stage one, 9 stage two and 5 stage three.", "parts_total", R),
    (
        "The lead nurse signed 83% of discharge plans in Eastmoor in 2019. In 2019, 88% of discharge plans in Eastmoor were signed by the lead nurse.",
        "repeat",
        W,
    ),
]
