"""Disclosure control: all tables of a quarter protected together, and an auditor that attacks what is released.

`protect` decides what is hidden (cells, past, sums, model, problem, oracle, solve, render); `attack` finds what a
reader could work out, and shares no code with it; `history` is the ledger of what was circulated; `costs` says what
other thresholds would withhold. The audiences are cellguard.audiences.
What is promised, exactly, is in the README's chapter on disclosure control.
"""

from . import history
from .attacker import attack, breaches
from .audiences import Profile, profile, profiles
from .protection import Protected, protect
from .threshold_costs import costs

__all__ = ["Profile", "Protected", "attack", "breaches", "costs", "history", "profile", "profiles", "protect"]
