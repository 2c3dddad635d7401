"""Authorities of 2019 that had prisons in mid-2015, whose prisoners File 6 of the Indices takes out of the residents.

From HM Prison and Probation Service's list of establishments; those of which a published summary shows a part of a person.
"""

PRISONS = {
    "E06000004": "Holme House, Kirklevington Grange", "E06000007": "Risley, Thorn Cross",
    "E06000011": "Full Sutton, Humber", "E06000014": "Askham Grange", "E06000016": "Leicester",
    "E06000017": "Stocken", "E06000018": "Nottingham", "E06000023": "Bristol", "E06000025": "Eastwood Park, Leyhill",
    "E06000031": "Peterborough", "E06000035": "Rochester, Cookham Wood", "E06000042": "Woodhill",
    "E06000046": "Isle of Wight", "E06000047": "Durham, Frankland, Low Newton, Deerbolt", "E06000049": "Styal",
    "E06000051": "Stoke Heath", "E06000054": "Erlestoke", "E06000055": "Bedford", "E06000057": "Northumberland",
    "E07000004": "Aylesbury, Grendon, Springhill", "E07000010": "Whitemoor", "E07000011": "Littlehey",
    "E07000029": "Haverigg", "E07000035": "Sudbury", "E07000039": "Foston Hall", "E07000041": "Exeter",
    "E07000045": "Channings Wood", "E07000047": "Dartmoor", "E07000070": "Chelmsford", "E07000094": "Winchester",
    "E07000096": "The Mount", "E07000110": "Maidstone", "E07000113": "Elmley, Standford Hill, Swaleside",
    "E07000118": "Garth, Wymott", "E07000119": "Kirkham", "E07000121": "Lancaster Farms", "E07000123": "Preston",
    "E07000136": "North Sea Camp", "E07000138": "Lincoln", "E07000143": "Wayland", "E07000147": "Bure",
    "E07000148": "Norwich", "E07000151": "Onley, Rye Hill", "E07000171": "Ranby", "E07000176": "Whatton",
    "E07000177": "Bullingdon", "E07000179": "Huntercombe", "E07000193": "Dovegate", "E07000194": "Swinfen Hall",
    "E07000197": "Stafford, Drake Hall", "E07000198": "Werrington", "E07000209": "Send",
    "E07000211": "High Down, Downview", "E07000213": "Bronzefield", "E07000224": "Ford", "E07000234": "Hewell",
    "E07000238": "Long Lartin", "E07000244": "Hollesley Bay, Warren Hill", "E07000245": "Highpoint",
    "E08000003": "Manchester", "E08000005": "Buckley Hall", "E08000006": "Forest Bank", "E08000010": "Hindley",
    "E08000012": "Altcourse, Liverpool", "E08000014": "Kennet", "E08000017": "Doncaster, Hatfield, Lindholme, Moorland",
    "E08000025": "Birmingham", "E08000035": "Leeds, Wealstun, Wetherby", "E08000036": "Wakefield, New Hall",
    "E09000011": "Belmarsh, Isis, Thameside", "E09000013": "Wormwood Scrubs", "E09000019": "Holloway, Pentonville",
    "E09000022": "Brixton", "E09000032": "Wandsworth",
}  # fmt: skip
