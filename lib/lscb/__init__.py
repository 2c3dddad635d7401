"""The small shared library of a local safeguarding children partnership's notebooks: tested calculations.

Values in, values out: no clock, no globals, no file but a long table read and written. Where to look:

periods, calendar_months : quarters and years of April to March; months by the corresponding date
rates, intervals : a share, rate or count with its interval; the formulas, for whole columns
control_charts, control_chart_rules, rare_event_charts, stock_charts, seasons : is anything changing
repeat_referrals : which referrals of domestic abuse are repeats
child_deaths, ages_at_death, child_death_checks : reviews, ages, and what a panel should look at
deprivation, inequality, population : where people live, and who
scorecard, scorecard_comparison, scorecard_changes : what may stand beside what; how far apart; what changed
counting, repeated_texts : rows by label with their totals; texts that say the same
long_table, spreadsheet_text : the one shape of every table, its reading and writing; what no spreadsheet runs
errors, strict_yaml : what is raised for people; settings as text to values

Importing the package loads none of the heavy libraries: each is imported where it is used.
"""

__version__ = "1.0.0"
