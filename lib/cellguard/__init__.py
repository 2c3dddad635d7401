"""Disclosure control: all tables of a quarter protected together, and an auditor that attacks what is released.

`protect` decides what is hidden; `attack` finds what a reader could work out, and shares no code with it; `breaches`
compares the two; `history` is the ledger of what was circulated; `costs` says what other thresholds would withhold;
`profile` and `profiles` are the audiences. What is promised, exactly, is in the README beside this file.
"""

from .audiences import Profile, profile, profiles

__all__ = ["Profile", "Protected", "attack", "breaches", "costs", "history", "profile", "profiles", "protect"]

_MODULES = {"protect": "protection", "Protected": "protection", "attack": "attacker", "breaches": "attacker"}
_MODULES |= {"costs": "threshold_costs"}


def __getattr__(name: str):
    # The solver is loaded by who protects or attacks, not by who asks for an audience.
    from importlib import import_module

    if name == "history":
        return import_module(".history", __name__)
    if name in _MODULES:
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
