"""What points to a person as partners type it, and labels that boards use, which do not. Everything is invented.

943 476 5919 is the number with which the NHS data dictionary explains its check digit; telephone numbers are of the
ranges that Ofcom keeps free for drama; the postcodes are of no street; example.org belongs to nobody; no number of the
Police National Computer ends in S, and U is the letter of no year of vehicles.
"""

FIXED = {  # with a check digit or a fixed shape
    "an NHS number": ["943 476 5919", "9434765919", "943-476-5919", "NHS no. 943 476 5919", "nhs9434765919"],
    "a pupil's number": ["UPN A852100110001", "H801200001001", "upn h801200001001", "T80120000100A"],
    "a National Insurance number": ["AB123456C", "AB 12 34 56 C", "ni ab123456c", "NINO: AB-12-34-56-C"],
    "an e-mail address": ["name@example.org", "emma.patel @ example.org", "E.PATEL@EXAMPLE.ORG"],
    "a telephone number": ["023 8000 0000", "07700 900123", "+44 7700 900123", "02380000000", "tel 0 7700 900 123",
                           "(023) 8000 0000", "07700.900.123", "+353 20 910 1234"],
    "a postcode": ["SO99 9ZZ", "so999zz", "W1A 9ZZ", "SO99-9ZZ"],
    "a vehicle's mark": ["AB12 CDE", "ab12cde", "A123 BCD", "ABC 123D"],
    "a date": ["14/03/2012", "14.03.12", "14-3-2012", "2012-03-14", "14 March 2012", "14th of March 2012", "14 Mar 12",
               "March 14, 2012", "14032012", "20120314", "Wed 14 Mar 2012", "2 October two thousand and nine",
               "March the fourteenth 2012", "3rd of May twenty twelve"],
    "a date of birth": ["born in spring", "DOB not given", "d.o.b. unknown", "Birth date kept"],
    "a case's reference": ["CH12345", "HR-2017-0001", "case 1234567", "LL/17/00234", "Mosaic ID 445566", "Ref: 20418",
                           "CIN-204418", "AB18P00123 final hearing", "URN 44AB1234518", "A1234BC", "44/180/2345/18",
                           "collar no 2145"],
    "a driving licence's number": ["MORGA753116SM9IJ", "licence morga 753116 sm9ij"],
    "an account with a company": ["@quux_07", "snap: quux08", "insta quux.p.2007", "https://www.tiktok.com/@quux"],
    "a place or a computer's address": ["192.0.2.1", "50.90970, -1.40440", "///quux.corge.grault"],
}  # fmt: skip
READ = {  # known by their words
    "a street address": ["14 Acacia Road", "Flat 3, 22 Station Street", "7a high street", "Flat 9 Acacia House",
                         "14 ACACIA RD", "3, The Poplars Way", "12 The Old Mill Lane", "9 the poplars road"],
    "an age in days, weeks or months": ["a 9-week-old baby", "aged 6 weeks", "a 10 day old", "5 weeks old",
                                        "baby of 11 days", "8/52 old", "13 month old twin",
                                        "SUDI at 23 days", "rib fractures at 9 wks"],
    "a school or a hospital": ["St Marys Primary School", "Wessexham Academy said so", "Royal Wessexham Hospital",
                               "WESSEXHAM INFANT SCHOOL"],
    "a person's name": ["EMMA PATEL REVIEW", "Emma Patel", "emma patel", "Patel, Emma", "PATEL, E.", "E. Patel",
                        "E Patel case", "Mrs Quux", "Review of baby Jack", "Zelda Grace", "patel emma",
                        "Child E.P.", "JP aged 4", "Mother of Jaxon", "jaxon's plan", "Mr and Mrs Quux", "Oluwaseun Adeyemi",
                        "Siobhan O'Quux", "Mohammed A.", "Kayden and Lacey", "Learning from Jaxon", "SCR Emily Q",
                        "Case of Zofia", "Emma-Louise", "KEITH AND AMY", "Quux (Emma)", "E.J. Patel", "Wojciech Nowak",
                        "Auntie Sharon", "Review Thomas B"],
}  # fmt: skip
PLANTED = [(kind, text) for kind, texts in (FIXED | READ).items() for text in texts]

ORDINARY = """
Ask Angela campaign; Grace period agreed; Frankie Worker project; Christian groups; Wood Mill outdoor centre; Neglect conference
Learning from Rochdale and Rotherham; Working Together 2018; Working Together to Safeguard Children; Level 3 safeguarding
Level 2 refresher; Signs of Safety; Graded Care Profile 2; Child sexual exploitation awareness; County lines briefing
Domestic abuse: the child's voice; Safer recruitment; Managing allegations; Designated officer update; FGM awareness; Prevent (WRAP)
Adverse childhood experiences; Trauma-informed practice; Contextual safeguarding; Online safety for parents; Toxic trio
Hidden harm; Fabricated or induced illness; Private fostering; Young carers; Early help assessment; Thresholds and referrals
Section 11 audit; Section 47 enquiries; Section 20 accommodation; Section 175 audit of schools; Multi-agency audit March 2018
Deep dive into neglect; Case file audit, Q3; Re-audit of strategy discussions; Audit of pre-birth assessments; Dip sample
Quality of plans; Voice of the child; Professional curiosity; Disguised compliance; Information sharing; Recording of decisions
Fathers and male carers; Mothers with learning disabilities; Children missing from home; Children missing education
Return home interviews; Harmful sexual behaviour; Self-harm and suicide; Emotional health; Peer on peer abuse; Honour-based abuse
Forced marriage; Modern slavery; Trafficking; Radicalisation; Bullying; Substance misuse; Housing; Poverty; Parental conflict
Sudden unexpected death in infancy; Safe sleeping; Abusive head trauma (ICON); Bruising in babies; Water safety; Road safety
Children's social care; Adult social care; Hampshire Constabulary; NHS Southampton City CCG; University Hospital Southampton
Solent NHS Trust; Southern Health; Community rehabilitation company; National Probation Service; Cafcass; Youth offending service
Primary schools; Secondary schools; Special schools; Further education; Early years settings; Faith groups; Voluntary sector
Housing associations; Fire and rescue; Ambulance service; Public health; Sexual health service; Health visiting; School nursing
Midwifery; CAMHS; GP practices; Dental practices; Pharmacy; Police; Police: public protection; British Transport Police
Home Office; Job Centre Plus; Border Force; Legal services; Elected members; Lay members; Independent chair; Business manager
Staffing; Training; Website and communications; Independent scrutineer; Serious case reviews; Child death overview panel
Venue hire; Printing; Contingency; Multi-agency procedures; Chronolator licence; Annual conference; Board development day
Contribution in kind; Core budget; Carried forward; Southampton City Council; Isle of Wight; Portsmouth; Hampshire
Improve the front door; Reduce repeat plans; Hear children; Strengthen early help; Embed learning; Challenge each other
Priority 1: neglect; Priority 2: exploitation; Priority 3: domestic abuse; Theme 4; Objective 2.1; Action 17; Completed
On track; Delayed; Not started; Overdue; To be agreed; Partly met; Fully met; No update received; Red; Amber; Green
Executive group; Monitoring and evaluation group; Learning and development group; Missing, exploited and trafficked group
Main board; Serious case review group; Child death overview panel meeting; Neighbourhood policing; Education inclusion team
Integrated team east; MASH; MARAC; MAPPA; IDVA service; Refuge; Perpetrator programme; Freedom Programme; Stop It Now
Lucy Faithfull Foundation; Barnardo's; NSPCC; The Children's Society; Action for Children; No Limits; Yellow Door; Victim Support
Safe Families; Home-Start; Sure Start centres; St John Ambulance; Salvation Army; Red Cross; Samaritans; Citizens Advice
Mental Capacity Act; Children Act 1989; Care Act; Equality Act 2010; Keeping Children Safe in Education; Ofsted inspection
Joint targeted area inspection; Peer review; Local Government Association; Department for Education; Summer 2017; Autumn term
Spring term; Half-day; Full day; E-learning; Webinar; Lunch and learn; Train the trainer; Conference; Workshop A; Workshop B
Staff at the school said so; Head teachers' briefing; Governors; May half term; June cohort; April to June; August workshop
Will and capacity; Hope Street project; Faith and belief; Joy of play; Mark of respect; Bill of rights; Pat testing; Rose award
Summer holiday clubs; Jack of all trades team; Amber alerts; Crystal clear writing; Dawn raids; Iris (GP domestic abuse training)
Clare's Law; Sarah's Law; Operation Encompass; Operation Sanctuary; Baby friendly initiative; Baby box; Think Family; Think Fathers
Under 1s; Aged 5 to 9; 16 and 17 year olds; 0-4; 10-14; 15 to 17; First 1,001 days; Week of action; 16 days of action; 24/7 helpline
101 calls; 999 calls; 111 service; Strategy 2017-20; Plan 2018/19; Version 2.0; Phase 2; Tier 4; Part 8 review; Regulation 44 visits
"""

# Written after the recogniser was made, against the first lists: 33 of 39 were recognised, and 3 labels of 100 taken
# for people, before its lists of words grew.
LATER = """
Tyrone; Review re Chantelle; TYRONE AND CHANTELLE; Child: Aaliyah M; Ahmed, Yusuf; mr adeyemi; Mrs O'Brien; K. Nowak; Baby Quux; Jordan Quux
Theo's mother; Family of Rhys; 3 weeks old; 14 week old infant; born 1/2/17; dob: 01022017; 07700-900-456; 01632 960 001; 0113 496 0000; nobody@example.com
PA 98 76 54 D; LS99 1ZZ; B1 1ZZ; XY65 ZZZ; 12 Poplar Close; Flat 2b; 7 Long Meadow Drive; CR-18-0042; case ref 5521
URN 1123456; Wessexham Junior School; Queen Wessexham's Hospital; Anya; ZAINAB K; Little Ollie; Gran of Kyra; 2nd Feb 2016; Feb 2 2016; 02-Feb-16
"""
LATER_LABELS = """
Serious youth violence; Knife crime; Weapons; Gangs and groups; Cuckooing; Safeguarding adults; Transition to adulthood; Care leavers; Unaccompanied children; Asylum
SEND local offer; Autism awareness; Learning disability nursing; Speech and language; Elective home education; Alternative provision; Persistent absence; Exclusions; Breakfast clubs; Holiday hunger
Perinatal mental health; Birth trauma; Baby blues; Breastfeeding support; Immunisation; Childhood obesity; Oral health; Smoking in pregnancy; Alcohol; Cannabis
Board manager; Data analyst; Vice chair; Treasurer; Chief officer; Cabinet member; Director of Children's Services; Head of safeguarding; Principal social worker; Named nurse
Hertfordshire model; Leeds practice; Brighter Futures; Strengthening Families; Incredible Years; Triple P; Parents Plus; Caring Dads; Mockingbird; No Wrong Door
Theme A: recording; Workshop 3B; Group C; Stage 1; Part B; Table of actions; March audit; May conference; Dip test (June); Summer term audit
Hackney; Kingston upon Hull; West Midlands Police; Avon and Somerset; Thames Valley Police; St Helens; Kent County Council; Isle of Wight NHS Trust; Bath; Reading
NHS England; Public Health England; Care Quality Commission; HM Prison; Crown Prosecution Service; CRC; DWP; Home-Start Hampshire; Mencap; Scope
Staff turnover; Caseloads; Supervision; Agency workers; Waiting lists; Escalation; Resolution of disagreements; Complaints; Compliments; Freedom of information
Rapid review; Local child safeguarding practice review; Domestic homicide review; Learning lessons review; Appreciative inquiry; Peer challenge; Self-assessment; Action plan; Theme of the year; Miscellaneous
"""

# Written by others than who made the recogniser, before they read it: of the first 64 it missed 3, and it took 13 of the
# first 168 labels for people, before "a place's words" and more ordinary words were known to it.
LATEST = """
9990412073; 999 318 6546; 999-700-1230; see NHS no 9990412073 on system; nhs9993186546; B852410018044; l330299917003; pupil B852410018044 off roll
JG 10 37 59 A; nino jg103759b; JG-10-37-59-C left the firm; SO99 9ZZ; family at so999zz; Moved from PO1 9QX in May; 07700 900461; +44 7700 900 872
(023) 8099 6012; call 01632 960 118; 0044 7700900333; ring mum 07700-900-115; t.sample99@example.org; Contact: ZED_EX AT example DOT com
mailto:pat@sub.example.co.uk; AB12 XYZ; car reg ZZ61 QQA; https://example.org/case/99817; 03/09/2011; 3rd Sept 2011; born 3 September 2011
DoB: 03-09-11; 2011-09-03; 3.9.2011 (date of birth); b. third of September 2011; dob03092011; Zara Khan; ZARA KHAN; zara khan; Khan, Zara
Z. Khan (mother); Oliver Testwell review; LESSONS FROM OLIVER TESTWELL; Review of Amelia T.; the case of little Mohammed; Jayden's mum; Mr Sampleton
Mrs A Sampleton complaint; Siobhan O'Testy; Anne-Marie Exemplar; Dr Priya Mockfield; initials ZK aged 4; 22 Example Lane; Flat 3, 9 Placeholder Court
9b mockingham road; 14, Invented Close, Shirley; child aged 17 days; 3 week old baby girl; 11-month-old twin; aged 5 weeks and 2 days; LCS ID 1204477
Mosaic 30991827; case ref CH/2018/00417; RiO 4471902; Year 4 pupil at Cantell School; girl with Rett syndrome; Marlon; Keira-Leigh's plan
MARLON TESTWELL; Testwell Marlon; Mr. K Placeholder; Ms Exemplar-Khan; re: Tanisha; sibling group of Ravi and Meera; mother Sunita; Dr. Okonkwo GP
baby T, 9 weeks old; SCR child M.J.; 18 Mockbird Avenue; Apt 4, 77 Dummy Street; The Old Rectory, 3 Church Lane; 17 yrs 4 months, dob 1/1/01
06-06-2006; June 6th 2006; 6 Jun '06; 07700 900 001; 01632960444; +447700900555; someone.else+x@example.ac.uk; NE99 1AA; W1A9ZZ; Ref CSC/204/1187
SW00012345; patient 999 123 4567x; EHM 55120; Police occurrence 44180012345
"""
LATEST_LABELS = """
Safe Sleep Week; Dry January; Know Your Neighbour; Walk a Mile in Her Shoes; White Ribbon Day; Ask for Angela; Claire's Law briefing
Operation Encompass; Operation Make Safe; Operation Sceptre; Sarah's Law awareness; Bright Futures; Chelsea's Choice (theatre in schools)
Alter Ego production; Walk Tall boys' group; ICON: babies cry, you can cope; Lullaby Trust session; NSPCC PANTS campaign; Real Love Rocks
Protective Behaviours level 1; Graded Care Profile 2 training; Working with fathers; Voice of the child; Think Family; Hidden harm
Neglect toolkit launch; Prevent e-learning; WRAP 3; FGM awareness; Honour based abuse; County lines: spotting the signs; Managing allegations (LADO)
Designated safeguarding lead refresher; Basic first aid for foster carers; Signs of Safety two day course; Motivational interviewing
Restorative practice; Trauma informed practice; ACEs: an introduction; Adolescent neglect; Bruising in non-mobile babies; Perplexing presentations
Section 47 and strategy discussions; Core groups that work; Conference chairs' forum; Single agency audit; Multi-agency audit: neglect
Deep dive: under ones; Dip sample of contacts; Supervision audit; Re-referrals audit; Case file audit Q3; Bargate ward; Bevois; Freemantle; Millbrook
Swaythling; Peartree; Harefield; Portswood; Coxford; Redbridge; Bitterne Park; St Mary's; Sholing; Thornhill; Weston and Woolston; Shirley; Bassett
Town Quay; City centre; New Forest East; Hamble Valley; Jericho; Cowley; Littlemore; Rose Hill; Barking Riverside; Abbey ward; Heath Park
Victoria ward; Alexandra; Princess Royal; St Thomas; St Anne's; Paulsgrove; Charles Dickens ward; Nelson; George Green team; Team Phoenix
Assessment team 3; Looked after children team north; Duty and assessment; MASH; Early help hub west; Youth offending service; Jigsaw team
Pathways through care; Edge of care; Family Nurse Partnership; 0-19 service; CAMHS; Health visiting, locality 2; Maternity safeguarding
Emergency department; Paediatric liaison; Ambulance service; Sexual assault referral centre; Hampshire Constabulary; Probation (CRC)
National Probation Service; CAFCASS; Fire and rescue; Voluntary sector forum; Housing needs; Registered social landlords; Schools
Academies and free schools; Further education college; Early years settings; Childminders; Independent schools; GP practices
Clinical commissioning group; Solent NHS Trust; Private fostering week; Young carers day; Children's commissioner takeover day; Anti-bullying week
Safer internet day; Mental health first aid; Online safety for parents; Christmas newsletter; Easter holiday scheme; Summer reading
Faith leaders' breakfast; Hindu temple visit; Grace Church toddler group; Polish Saturday school; Roma community engagement
Annual conference: Faith, Hope and Charity; Joy of movement dance project; Penny appeal collection; April review of thresholds; June development day
May bank holiday rota; Summer Cup football project; Frank (drugs helpline); Jack Petchey award evening; Lucy Faithfull Foundation: Stop It Now
Marie Collins Foundation workshop; Munro review: ten years on; Children Act 1989 refresher; Working Together 2018 briefing; Q4 2017-18 newsletter
Total respondents; 24 hour helpline; 111 and 999 services; Level 3 (day 2); Part B of the procedure, v2.1; Under 5s group; 5 to 9 years; 10 to 14
16 and 17 year olds; Under 28 days; 28 to 364 days; Stay Safe Stay Strong; Look Closer; Together We Can Tackle It; Spot the Signs; Every Sleep Counts
Keep Calm and Carry on Parenting; Be Kind Online; Speak Out Stay Safe; Its Not OK; Cut It Out; Hear My Voice; Break the Silence; The Big Conversation
Love Life Festival; Teenage Kicks workshop; Sparkle and Shine dance club; Little Acorns playgroup; Busy Bees nursery; Rainbow Family Hub
Sunshine Centre; Butterfly project; Phoenix Futures; Turning Point; New Beginnings; Fresh Start programme; Lighthouse team; Beacon service; Compass
Oasis; Horizon; Gateway; Springboard; Catch22; Brook; Barnardo's; Action for Children; NSPCC; Relate; Mencap; Victim Support; Women's Aid; Refuge
Stonewall; Samaritans; Young Minds; Kooth; Place2Be; St John Ambulance; Red Cross; Salvation Army; Royal South Hants; Southampton General
Great Ormond Street; Addenbrooke's; Guy's and St Thomas'; Castle ward; Riverside ward; Kings Heath; Queen's Park; Church End; Mill Lane estate
Long Lane; Marsh Farm; Bishop's Waltham; Market Harborough; Milton Keynes; Bury St Edmunds; Upper Norwood; Lower Earley; East Cowes; West Ham
Northgate; Old Trafford; Stoke Newington; Canning Town; Castle Vale; Chapel Allerton; Harold Hill; Ruby wedding tea; Pearl House refuge; Holly Lodge
Ivy Cottage residential home; Jasmine unit; Lily ward; Daisy chain project; Heather Court supported lodgings; Amber rated; Scarlet fever update
Autumn term briefing; Winter pressures; Monday drop in; Friday night football; March audit; August return; Ramadan and safeguarding; Eid celebrations
Diwali assembly; Black History Month; Pride march; LGBT History Month; Black Lives Matter statement; Brexit and vulnerable families
Windrush generation; Ukrainian refugees; Afghan resettlement; Syrian families; Gypsy Roma Traveller History Month; Afro-Caribbean elders
Somali mothers' group; Chinese new year; Bangladeshi women's group; Goth and emo subcultures; Fortnite and gaming; TikTok trends; Snapchat safety
Instagram live; Momo challenge; Blue Whale; Laming report; Wood review; Kennedy protocol; Gillick competence; Fraser guidelines; Southall judgment
Hart's ladder of participation; Bronfenbrenner model; Maslow; Duluth model; Freedom programme; Caring Dads; Dads Rock; Bumps to Babes; Baby Steps
Mellow Parenting; Triple P; Incredible Years; Solihull approach; Thrive; Brief intervention; Beck inventory; Edinburgh postnatal scale; Winning Ways
Talk to Frank; See Me Hear Me; Say Something; Say No to Bullying; Wear It Purple; Show Racism the Red Card; Children in Need; Comic Relief
Big Bang science week; Thirty days wild; Mindful Monday; Safe Places scheme; Safe Haven bus; Street pastors; Street doctors; Fearless.org
Crimestoppers; Stop and search panel; Independent custody visitors; Cadets; Scouts; Guides and Brownies; Boys' Brigade; Woodcraft Folk
Duke of Edinburgh award; Prince's Trust; National Citizen Service; Saints Foundation; Football in the community; Wessex clinical network; Solent Mind
Steps to Wellbeing; Two Saints; No Limits; Yellow Door; Hampton Trust; Aurora New Dawn; Southern Domestic Abuse Service; Stop Domestic Abuse; Paragon
Streetscene; Licensing committee; Trading standards; Environmental health; Planning; Legal and democratic; Adult learning; Libraries; Museums
Leisure centres; Parks; Woolston ward; Bitterne; Mansbridge; Lordshill; Maybush; Aldermoor; Highfield; Northam; St Denys; Newtown; Ocean Village
Banister Park; Polygon; Nicholstown; Townhill Park; Midanbury; Merry Oak; Lances Hill; Butlocks Heath; Netley; Hedge End; Eastleigh; Totton; Romsey
Winchester; Basingstoke and Deane; Test Valley; Rushmoor; Gosport; Fareham; Havant; Locality 1: north; Cluster B; Hub and spoke; Spoke 3; Tranche 2
Cohort Spring 2018; Session 4 of 6; Day one; Module 7: thresholds; Stage 2 complaint; Level 1 (induction); Working with resistant families
Engaging fathers; Difficult conversations; Attachment and loss; Child development birth to five; Bitesize briefing; Seven minute briefing: neglect
Lunchtime seminar; Practitioner forum; Train the trainers; Safeguarding disabled children; Deaf awareness; Sensory loss; Makaton taster
Down's syndrome awareness; Sickle cell awareness
"""


# Written before their writer read the recogniser, in three lists; as found it recognised 57 of 60, 51 of 60 and 55 of 63
# identifiers (60 of 60 with a check digit or a fixed shape, but for one mark of a vehicle in small letters), and took 10 of
# 430 labels for people, of which four name somebody. Three more lists: 151 of 191, 168 of 190 and 135 of 147 (80 of 94, 77
# of 78 and 59 of 60 with a fixed shape); 1 of 211, 9 of 223 and 1 of 206 labels. What it missed and took is here, by kind.
NEWEST = """
visit to 4 The Crescent; 17 the avenue; Apt 12 Wessexham House; Year 4 at Wessexham Primary; Wessexham Infants; Child Quuxford syndrome; boy with Quuxford disease
PNC ID 16/204417S; Liquidlogic no 48812; case no. 88-1203; Frameworki 445120; Wessexham General Hospital, ward G3; ten-week-old twin; 0 yrs 4 mths; newborn, 2 days
baby 5/52; Quux T.; Child in the Quux family; Quux's story; Aunt Wessexa; u773 bvw; Quux siblings
patel e; Khan E; Zelda Wei; aka Quuxy; Quux baby; smith family home visit; lily evans mother; Sue and Bob; 5/12 boy; newborn 36 hours; HMO in Quux Rd
Plot 7 Quux caravan park; room 212; Quux Cottage, Church Lane; 12 the Quuxes; St Quux's Primary year 2; Upper Quux High pupil; PICU bed 4; G4 neuro ward
Year 2 at Quux Junior; haemophilia sibling pair; boy with osteogenesis imperfecta; microcephaly; trisomy 18 baby; conjoined twins; quads; M27 J5 crash
drowning at the bridge 12 May; murdered in Quuxton; Only Quux family in the village; vicar's daughter; foster carer's son; son of the mosque's imam
Quux's funeral; Quux household; little Archie; Daisy-May; Social worker Quuxine; PC Quux; HHJ Black; Archie aged 6; Quuxola B
"""
NEWEST_LABELS = """
Simon Says child bereavement; Leukaemia; Harry's Rainbow; Marie Curie; Sue Ryder; Ronald McDonald House; Universal Credit; Forest school; Vitamin D; Appendix B
KCSIE 2018 briefing; GDPR 2018; Fire and rescue; Drowning prevention week; Only child; Hampshire Fire and Rescue; Falls from windows; Facebook training 2.0
Voice of the father; Think baby; Parent and mother; Listen to your baby
Working together to safeguard children level 3; Designated safeguarding lead refresher; Trauma informed practice
Adverse childhood experiences workshop; Contextual safeguarding conference; Harmful sexual behaviour: Brook traffic light tool; Graded Care Profile 2
ICON: babies cry, you can cope; Safer sleep week; Every sleep counts; Knife crime awareness; County lines briefing
Modern slavery and the national referral mechanism; Private fostering week; White Ribbon campaign; 16 days of action; Operation Encompass
Operation Makesafe; Operation Edison; MARAC chairs' training; DASH risk assessment for front line staff; Clare's Law; Sarah's Law; Martha's Rule
Voice of the child; Think Family; Think the unthinkable; Professional curiosity; Disguised compliance; Escalation and professional challenge
Resolving professional disagreements; Signs of Safety; Restorative practice; Family group conferencing; Strengthening families; Early help assessment
Team around the family; Neglect strategy launch; Neglect toolkit; Day care and after-school clubs; Faith and culture in safeguarding
Female genital mutilation; Forced marriage and honour-based abuse; Prevent duty; Online harms and gaming; Sexting and sextortion
Child sexual abuse pathway; Child sexual abuse in the family environment; Bruising in non-mobile infants; Fabricated or induced illness
Perplexing presentations; Was not brought; Did not attend policy; Hidden men; Engaging fathers; Young carers; Parental substance misuse; Hidden harm
Toxic trio revisited; Parental mental ill health; Perinatal mental health; Suicide prevention; Self-harm pathway; Emotional wellbeing hub
Child death overview panel learning; Sudden unexpected death in infancy; Joint agency response; Local child safeguarding practice review
Rapid review learning; Serious case review briefing; Section 11 self-assessment; Section 175 audit; Section 47 enquiries audit
Multi-agency audit: strategy discussions; Audit of return home interviews; Missing from home; Missing, exploited and trafficked
Unaccompanied asylum-seeking children; Children looked after out of area; Children in custody; Elective home education; Children missing education
Exclusions and off-rolling; Attendance matters; Transition to adulthood; Care leavers; Disabled children and communication; Makaton taster
Deaf awareness; Interpreters and translation; Language barriers; Poverty and cost of living; Housing and homelessness; Fire safety in the home
Water safety; Button batteries; Blind cord safety; Dog bites; Safer recruitment; Allegations against staff: role of the LADO; Managing allegations
Whistleblowing; Information sharing: seven golden rules; Record keeping; Court skills; Attending child protection conferences; Core groups that work
Chairing conferences; Supervision skills; Reflective supervision; Newly qualified social workers; Induction for board members; Lay members
Annual conference 2018; Annual conference 2017: neglect; Safeguarding week; Schools forum; Head teachers' breakfast; GP leads; Hampshire Constabulary
Southampton City CCG; Solent NHS Trust; University Hospital Southampton NHS Foundation Trust; Southern Health; National Probation Service
Community Rehabilitation Company; Cafcass; Youth Offending Service; No Limits; Yellow Door; Aurora New Dawn; Society of St James; Saints Foundation
Barnardo's; The Lucy Faithfull Foundation; NSPCC Speak out. Stay safe.; PANTS rule; Neglect matters; Time to talk; Grace's place: bereaved families
Hope and Recovery toolkit; Freedom Programme; Own My Life; Caring Dads; Inspiring Families; Domestic abuse, stalking and honour
Respect young people's programme; Steps to Change; Mockingbird model; No Wrong Door; Level 2: recognising and responding; Level 4 named professionals
Half-day, face to face; E-learning module 3; Webinar series, spring term; Level 1 awareness; Level 3 core competencies, day one
Child protection for schools: whole-staff session; Safeguarding and the early years; Safeguarding babies; Bruises, burns and bites
Domestic violence and abuse: introduction; Coercive control; Teen relationship abuse; Child to parent violence; IRIS for general practice
Talk Listen Change; Lucy's Law and animal welfare links; Operation Sceptre; Operation Yewtree lessons; Anti-bullying week; World Mental Health Day
Children's Mental Health Week; Black History Month; LGBTQ+ inclusion; Adultification of black children; Cultural competence
Gypsy, Roma and Traveller families; Radicalisation: train the trainer; WRAP workshop; Channel panel awareness; Cuckooing; Serious violence duty
Gangs and criminal exploitation; Child sexual exploitation: what parents need to know; Chelsea's Choice theatre tour; Alright Charlie
Real Safeguarding Stories; Missing children: return conversations; Philomena Protocol; Herbert Protocol; Lost in care; Placement stability
Permanence; Adoption; Special guardianship; Kinship care; Foster carers' forum; Residential children's homes; Regulation 44 visits
Independent reviewing officers; Advocacy; Corporate parenting board; Pathway plans; Transitional safeguarding; Safeguarding adults week
Mental Capacity Act; Liberty protection safeguards; Gillick competence and Fraser guidelines; Consent and confidentiality
Working with resistant families; Assessment and analysis; Chronologies; Genograms; Plans that are SMART; Thresholds document; Continuum of need
Front door review; Multi-agency safeguarding hub; Contacts and referrals; Strategy meetings; Timeliness of conferences
Children subject to a plan for a second time; Pre-proceedings; Public law outline; Contact centres; Private law; Sibling relationships
Physical chastisement; Emotional abuse; Neglect: the cumulative effect; Obesity and neglect; Dental neglect; Medical neglect; School readiness
Speech, language and communication; Autism and safeguarding; Learning disability; Short breaks; Continuing care; Complex needs
Child Q: learning for schools; Child A, learning review; Family B, thematic review; Thematic review of suicides; Deaths of under ones
Modifiable factors; Safe sleeping; Smoking in pregnancy; Shaken baby prevention; Healthy Child Programme; Health visiting; School nursing; CAMHS
Tier 4 beds; A&E attendances; Midwifery; Paediatric liaison; Named GP; Designated doctor; Primary care; Pharmacy; Dentistry; Ambulance service
South Central Ambulance Service; Isle of Wight; Portsmouth City Council; Winchester; New Forest; Hedge End; Eastleigh Borough Council; Test Valley
Police; British Transport Police; Crown Prosecution Service; HM Courts; Prison service; Army Welfare; Border Force; Housing; Radian; Home Group
Education; Early years settings; Academies; Independent schools; Further education; City College; Itchen; The Polygon; Youth clubs; Sports clubs
Faith groups; Voluntary sector; Children's Society; Action for Children; Family Lives; Childline; Kooth; Samaritans; Rose Road; Honeypot
Chairs and deputies; Quality assurance subgroup; Policies and procedures; Finance and resources; Website; Printing; Newsletter
Venue hire, the Grand Harbour; Safeguarding supervision for managers; Neglect: graded care; Working with hostile families; Dangerous dogs
Parental conflict and separation; Children and the law; Attachment theory; Brain development; Toxic stress; Emotional coaching
Non-violent resistance; Motivational conversations; Solution focused practice; Life story work; Therapeutic parenting; Social media and the law
Cyberbullying; Gambling harms; Vaping and cannabis edibles; Nitrous oxide; Spiking; Consent matters; Healthy relationships; Period poverty
Body image; Operation Innerste; Operation Liberty; Operation Signature; Team Around the School; Trusted adult; Hidden in plain sight; See it, hear it
Notice, check, share; Walking on eggshells; It was hard to escape; The child's lived experience; One chance to ask; Stop, look, listen
Safe and well checks; Warm handover; No closed doors; Golden hour; Best start; Family hubs; Staying close; Hampshire Fire and Rescue
Southern Domestic Abuse Service; Barnardo's Young Carers; Catch22; Change Grow Live; Relate; Home-Start; Solent Mind; NHS Hampshire and Isle of Wight
West Quay; Portsea; Lordshill; Netley; Totton; Romsey; Basingstoke; Gosport; Fareham; Havant; Bournemouth; Board away day; Chair's annual appraisal
Budget variance; Rent; IT licences; Travel; Recruitment; Consultant fees; Peer review costs; Hospitality; Improve data quality
Seek assurance on neglect; Reduce school exclusions; Publish threshold guidance; Refresh escalation policy; Recruit two lay members
Evaluate training impact; Commission audit tool; Learn from complaints; Hear from fathers; Spring conference 2019; Quarter 3 dip sample; Round 2
Cohort B; Session four; Morning; Evening; Virtual; Cancelled; Fully booked; Early help and neglect: what works?; Think baby; Baby steps
Babies in mind; Little explorers; Robin Hood charity appeal; Rowan unit; Willow team; Jasmine suite; Hope House; Holly Lodge respite
Faith in families; Angel Centre; Lighthouse project; Rainbow trust; Swan advocacy; Phoenix team; Daisy chain; Ivy ward; Heather court refuge
"""

# A seventh list, in styles not used before, of which 103 of 164 were recognised as first met and 2 of 209 labels taken.
SEVENTH = """
Discussed with Tomasz's grandmother at the nursery gate; concerns raised by Mrs Adebowale-Quux; brother Ibrahim not seen; Fatoumata (eldest); spoke to Xiao Mei's teacher
mum (Kelly) did not attend; known as Bubba Quux; nickname Smudge, lives with Nan; Jay-Jay from the estate; B. Oyelaran; T Mwangi; S.K. Rahimi; R. O'Shaughnessy
J. de Quux; Anh Nguyen; Nguyen Thi Anh; Aleksandra Wisniewska; Singh, Gurpreet; Kaur family; Abdul-Rahman; Chidi O.; Precious A; Blessing N's plan; Ngozi
Krzysztof; Svetlana P; Ieva Kazlauskiene; Bogdan and Ioana; Dimitrios; Mihai's baby; Hodan Warsame; Warsame siblings; Quux-Adeyemi twins; Zsofia K
Rhiannon Davies-Quux; Caoimhe; Saoirse N; Niamh and Oisin; Lowri's review; Iolo; Hamish McQuux; Eilidh M; Fearne C; Kayleigh-Ann
aged 3 days; 19 days old; day 4 of life; six-day-old; 2 wks old; 23 week foetus; at 11 weeks of age; baby, 40 hours old; born at 24+5, died at 2 days; 7/7 old
infant of 13 weeks; 5-and-a-half-month-old; died aged 9 months; 15 wk old boy; twins at 31 weeks; neonate day 2; four months old; 18mth old; 8 month-old girl; under 4 weeks, male
Sanfilippo syndrome sibling; child with Krabbe disease; Hirschsprung's disease baby; propionic acidaemia; gastroschisis; epidermolysis bullosa; anencephaly; Edwards syndrome; spinal muscular atrophy type 1; Prader-Willi
Zellweger; Patau syndrome; Batten disease; maple syrup urine disease; only child in county with progeria; tuberous sclerosis twin; cystinosis; long QT family; congenital diaphragmatic hernia, girl; Ebstein's anomaly
house next to the Quux Arms; flat above the chip shop on Quux Parade; the bungalow behind St Quux's church; lives opposite Tesco on Wessex Way; caravan at Quux Farm; The Old Forge, Quuxham; Quux Mansions; top floor, Corge Tower; the lighthouse keeper's cottage; corner of Quux Rd and Corge St
Rose Villa, Quuxley; last house on Marsh Lane; Quux Traveller site, pitch 9; narrowboat Lady Quux; the vicarage at Quuxton; Block C, Quux Court; number twelve Acacia Avenue; house name Dunroamin; travellers on the A99 layby; hostel in Corge Street
Quuxton Junior, Y5; Corge Grange School; St Corge's RC Primary; boarder at Quux Hall; Quux Tots nursery; pupil of The Corge School; year 9, Wessexham Comp; Corge Cottage Hospital; Wessexham Children's, Bluebell ward; Quux maternity, delivery room 3
Great Corge Academy sixth former; Corge PRU; Wessexham College student; at Corge Montessori; admitted to the Corge General; SCBU at Wessexham Infirmary; Dr Corge's surgery; Quuxley Health Centre patient; Y11 at Corge High; Corge Park Special School
@its.quux.2009; insta: lil_quux; quux#4821 on discord; snap quuxie2k8; roblox name QuuxMaster77; tiktok user quux.corge; fb Quux Corge; xbox gamertag CorgeSlayer; twitch quux_live; whatsapp +44 7700 900 612
youtube.com/@quuxvlogs; onlyfans quuxgirl; kik corge.q; telegram @corge_q; steam id corge99; facebook.com/quux.corge; vinted quux08; bebo quuxy; email quux dot corge at example dot com; BeReal: qcorge
foster carer ref FC-2291; FC0431; carer no. 118; IFA ref IF/00342; placement 55821; SGO file 77-0192; SW caseload ref SWC4410; LADO 18/0231; LADO ref. 2018-114; adopter ID AD-0098
court case SO18C00231; NMC PIN 98I1234E; SWE ref SW88213; warrant no 8812; police log 442 of 03/02/18; CAD 1190; crime 44180031122; prison no A4421CD; EHCP-00412; tenancy ref 0049112
"""
SEVENTH_LABELS = """
Bereavement support for siblings; Grandparents raising grandchildren; Kinship carers' coffee morning; Dads and little ones; Young fathers' group; Bumps and babies; Tiny talk; Messy play; Story time; Chatter matters; Toddler sense; Forest nursery
First words; Little wanderers; Rhyme time; Stay and play; Soft play; Sensory room; Toy library; Family learning; Food bank; Warm spaces; Uniform swap; Pantry club; Holiday activities and food; Sleep clinic; Weaning workshop; Crying baby clinic
New parents' guide; Preparing for birth; Hypnobirthing; Home birth team; Maternal mental health alliance; Birth reflections; Neonatal pathway; Transitional care; Newborn screening; Hearing screening; Feeding team; Infant feeding lead; Health visitor drop in
Looked after nurse; Virtual school head; Education psychologists; Attendance officers; School exclusions panel; Managed moves; Off-site provision; Hospital education; Home tuition; Inclusion partnership; Behaviour support; Mentors in schools; Passport to learning
Young inspectors; Youth parliament; Children in care council; Care leavers' forum; Total Respect training; Pledge review; Promise board; Skills to Foster; Fostering recruitment; Respite carers; Staying Put; Supported lodgings; Secure welfare beds; Remand fostering
Out of court disposals; Turnaround programme; Restorative justice; Reparation projects; Knife amnesty; Weapons awareness; Gangs intervention; Street games; Midnight basketball; Boxing clever; Kicks programme; Positive activities; Detached youth work
Night shelter; Sofa surfing; Rough sleepers; Housing first; Tenancy support; Eviction prevention; Temporary accommodation; Bed and breakfast use; Homelessness forum; Armed forces covenant; Naval welfare; Garrison families; Veterans UK
Dentists' network; Opticians; Pharmacy first; Walk-in centre; Urgent treatment; Minor injuries; Virtual ward; Community nurses; Hospice at home; Palliative care; End of life; Rainbows hospice; Air ambulance; Mountain rescue; Coastguard
Swimming teachers; Gymnastics club welfare; Football welfare officers; Riding school; Dance academies; Martial arts; Choirs; Churches together; Diocese; Methodist circuit; Mosque committee; Gurdwara; Synagogue; Temple trust; Quaker meeting; Baptist union
Taxi drivers; Door staff; Hotel watch; Takeaways; Nail bars; Car washes; Licensing; Festivals; Fairground; Summer carnival; Bonfire night; New year's eve; Bank holidays; Night time economy; Railway children; Station staff; Bus drivers; Lorry parks
Emoji guide; Artificial intelligence; Deepfakes; Chatbots; Gaming and gambling; Loot boxes; Screen time; Age checks; Filters; Report remove; Clickers and curtains; Digital parenting; Share aware; Be internet legends; Vodafone digital
Elder abuse; Hoarding; Self-neglect; Scams; Financial abuse; Dowry abuse; Spiritual abuse; Breast ironing; Virginity testing; Hymenoplasty; Conversion practices; Faith-based abuse; Stalking; Upskirting; Revenge porn; Spiked drinks
Silver command; Gold group; Bronze level; Winter plan; Flu clinics; Vaccination; Measles outbreak; Scabies; Norovirus; Heatwave; Floods; Storm plan; Power cuts; Strikes; Data breach; Cyber attack; Lost records; Retention schedule; Subject access
Chair's update; Vice-chair's note; Treasurer's report; Risk register; Forward plan; Terms of reference; Conflicts of interest; Declarations; Minutes; Matters arising; Any other business; Apologies; Quorum; Standing items; Delegated decisions; Ratified
"""


# An eighth, written when what the seventh had taught was known: 59 of 60 and none of 99 as first met.
EIGHTH = """
Jamal Quuxley; review: Harriet Corge; Ms P Quuxton; Tilly; Ruben's father; Mohamud A; the Corge children; Alfie B and sister; Case: Bartosz; SCR Thea
DOB 03.04.2011; born on the 4th of June 2014; 12-Jan-2015; 7 yrs 3 months; 11 days old; nine weeks old; 07700 900333; (01632) 960777; +44 1632 960555; tel. 0113-496-0123
quux@example.com; q.corge AT example DOT org; SO16 9ZX; po4 9qq; PO49QQ; JH 22 11 33 B; JH221133B; A201300120003; 943 476 5919; 9434765919
AK09 FPT; ak09fpt; Mosaic 3348812; LCS no 887766; CP-2017-0332; case 4471; ref CIN/1182; 17 Quux Lane; Flat 2 Corge House; 8 Lower Quux Street
44b Corge Avenue; Quux Primary School; Corge Academy pupil; ward D7; Quux General Hospital; girl with Alagille syndrome; phenylketonuria; @corge.q_09; snap corge_x; Quux family
twins Ava and Mia; father Dariusz; step-mum Carly; Little Noah; PC 4421 Corge; Dr S Quux; Zuzanna and brothers; foster carer Mrs Corge; 14 month old; newborn aged 6 days
"""
EIGHTH_LABELS = """
Appropriate adults; Best interests; Board effectiveness; Bruising protocol; Burns clinic; Case conferences; Child's plan; Childminding; Circle of support; Clinical supervision; Communication passports
Community midwives; Compassion fatigue; Concealed pregnancy; Cross-border working; Cultural humility; Dads' survey; Data dashboard; Decision making; Early permanence; Ethnicity recording; Evidence into practice; Family time; Fathers' voices
Good enough parenting; Green paper; Hair strand tests; Handover sheets; Head injuries; Health passports; Hidden sentence; Home conditions; Housing officers; Immobile infants; Injury in under 2s; Joint visits; Language line; Learning hub; Legal gateway
Local protocol; Male victims; Medical evidence; Missed appointments; Mobile babies; Neglect screening; Observation; One minute guide; Out of hours; Parental consent; Peer mentoring; Plain English; Police powers; Pre-birth planning
Private law; Prison visits; Quality circles; Reasonable adjustments; Record of meetings; Reflective practice; Reunification; Risk outside the home; Rural isolation; Safety planning; School nurses; Sex and relationships; Sibling assessments
Sleep safe; Spot checks; Step down; Step up; Stuck cases; Substance use; Suicide postvention; Supervised contact; Talking heads; Teenage parents; Think twice; Threshold tool; Tracking; Travel safe; Unborn babies; Unregulated settings
Valuing fathers; Victim blaming language; Visiting; Wellbeing; Whole family working; Window of tolerance; Workforce; Working across borders; Young adult carers; Youth justice; Zero tolerance; Zones of regulation; Year 6 leavers; Year 7 transition; Student nurses; Student social workers; Pupil premium
"""


def listed(lines: str) -> list[str]:
    return [text.strip() for line in lines.strip().splitlines() for text in line.split(";")]


LABELS, LATER, LATER_LABELS = listed(ORDINARY), listed(LATER), listed(LATER_LABELS)
LATEST, LATEST_LABELS = listed(LATEST), listed(LATEST_LABELS)
NEWEST, NEWEST_LABELS = listed(NEWEST), listed(NEWEST_LABELS)
EIGHTH, EIGHTH_LABELS = listed(EIGHTH), listed(EIGHTH_LABELS)
SEVENTH, SEVENTH_LABELS = listed(SEVENTH), listed(SEVENTH_LABELS)
