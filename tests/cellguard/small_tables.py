"""Tables of a few rows, worked out by hand, for one test of each rule of disclosure control."""

import numpy as np
import pandas as pd
from disclosure_tables import AREA, attack, protect

from cellguard import Profile

BLANK = float("nan")


PARTNERSHIP = Profile("partnership", threshold=5)


def row(measure="people", count=BLANK, status=None, **more):
    status = status or ("suppressed" if count != count and "value" not in more else "shown")
    return {"area": AREA, "period": "2017-18-Q4", "measure": measure, "count": count, "status": status, **more}


def table(*rows):
    return pd.DataFrame(list(rows))


def by_sex(measure="people", **counts):
    return table(*(row(measure, BLANK if n is None else n, sex=s) for s, n in counts.items()))


def hidden(tables, audience=PARTNERSHIP, **more):
    """{table: places of hidden rows}, of the tables that have any."""
    made = protect(tables, [audience], **more).protected[getattr(audience, "name", audience)]
    gone = {name: set(np.flatnonzero(frame["status"] == "suppressed")) for name, frame in made.items()}
    return {name: places for name, places in gone.items() if places}


def reasons(tables, audience=PARTNERSHIP, **more):
    """{table: {place: (status, reason)}} of the rows that have no figure."""
    made = protect(tables, [audience], **more).protected[getattr(audience, "name", audience)]
    told = {name: dict(enumerate(zip(t["status"], t["reason"], strict=True))) for name, t in made.items()}
    return {name: {at: each for at, each in rows.items() if each[0] != "shown"} for name, rows in told.items()}


def possible(found, **labels):
    rows = found[np.logical_and.reduce([found[d] == v for d, v in labels.items()])]
    assert len(rows) == 1
    return rows.iloc[0]["possible"]


def shares(count, of, numerator="repeats", denominator="referrals"):
    """The share of men, and what the dictionary says of it."""
    said = {"kind": "share", "numerator": numerator, "denominator": denominator}
    return table(row("repeat_share", count, of=of, value=count / of, sex="m")), {"repeat_share": said}


def of(count, base, measure="unheard_of", **labels):
    return row(measure, count, of=base, value=count / base, **labels)


def by_quarter(**counts):
    labels = {"year": "2017-18"} | {f"q{n}": f"2017-18-Q{n}" for n in (1, 2, 3, 4)}
    labels |= {f"to_q{n}": f"2017-18 to Q{n}" for n in (2, 3)}
    return {"t": table(*(row(count=BLANK if n is None else n, period=labels[q]) for q, n in counts.items()))}


def by_ward(**wards):
    """Counts by sex for each ward; `every` is the total of wards."""
    frames = [by_sex(**counts).assign(ward="Total" if w == "every" else w) for w, counts in wards.items()]
    return pd.concat(frames, ignore_index=True)


def by_band(*counts, **labels):
    return table(*(row(count=n, band=f"band {i}", **labels) for i, n in enumerate(counts)))


def windows(*counts, **labels):
    """Counts of people, each as (last year, how many years, count)."""
    rows = [(period, "1 year" if n == 1 else f"{n} years", count) for period, n, count in counts]
    return {"t": table(*(row(count=c, period=p, window=w, **labels) for p, w, c in rows))}


def printed(*rows, audience="public", **more):
    made = protect({"t": table(*rows)}, [audience], **more).protected[getattr(audience, "name", audience)]["t"]
    return made.to_dict("records")


def exposed(*released, **more):
    return attack(list(released), **more)["exposed"].tolist()


def mine(**settings):
    """An audience of a test's own."""
    return Profile("mine", **{"threshold": 5} | settings)
