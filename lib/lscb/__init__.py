"""Analytical notebooks for a local safeguarding children partnership: the tested calculations behind them.

The rooms, each knowing only those before it: periods, areas; dictionary, returns, opendata (inputs); rates,
population, deprivation, child_deaths, hrda, scorecard, trends, claims (calculations); tables; disclosure;
figures, maps, words (presentation); run, export, release, packs, cli.

Importing the package loads none of the heavy libraries: each is imported where it is used.
"""

__version__ = "1.0.0"
