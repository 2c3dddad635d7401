# ruff: noqa: E501  (rows of cases read best as rows)
"""Mutated returns by the thousand: `python tests/fuzz_returns.py 10000 [seed]`. The tests run a small number.

Each file is a sensible one of some kind, changed at random in its bytes, cells, headings or types. Of every one:
no exception, no hang, the file as it was, and received = accepted + refused, to the row.
"""

import csv
import io
import os
import random
import sys
import tempfile
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import returncheck as returns
from lscb.periods import Quarter
from returncheck.isolated_opening import FAULT

PERIOD, AREA = Quarter.parse("2017-18-Q4"), "E06000045"
HEADS = ["Referral ID", "Victim ID", "Perpetrator ID", "Date of referral", "Agency", "Children in household",
         "Victim age", "Victim sex", "Ethnicity", "Disability", "LGBT", "LSOA", "Outcome"]  # fmt: skip
ROWS = [
    [f"R{i:03d}", f"V{i % 7}", f"P{i % 5}", f"{i % 28 + 1:02d}/0{i % 3 + 1}/2018", "Police", str(i % 4), str(20 + i),
     "F" if i % 3 else "M", "White British", "Y", "N", f"E010171{36 + i:02d}", "Heard"]
    for i in range(30)
]  # fmt: skip
NASTY = ["", " ", "-", "N/K", "nil", "<5", "*", "c", "=1+1", "+44", "@x", "x", "✓", "29/02/2017", "13/25/2018", "1e999", "NaN", "inf",
         "-0", "0", "00", "1234567890123456789", "1.5E+15", "E01999999", "Total", "2018-01-01T23:30:00Z", "99/99/99", "31/12/17",
         '"', '""', "a\nb", "\x00", "\x07", "\u202e", "𝟛", "ﬁ", "\ufeff", "'", "'=1", "1,234", "1,2,3", "٣", "TRUE", "7/8", "24+9",
         "#REF!", "A" * 3000, ";", "\t", "|", "e\u0301", "2017-18-Q9", "9" * 400, "01/01/0001", "43100", "1e5", "-1", "0.1"]  # fmt: skip


def grid(random_) -> list[list]:
    """A good grid with some cells, rows and headings changed."""
    rows = [list(HEADS)] + [list(r) for r in random_.sample(ROWS, random_.randint(0, len(ROWS)))]
    for _ in range(random_.choice([0, 1, 3, 10])):
        row = random_.choice(rows)
        if row:
            row[random_.randrange(len(row))] = random_.choice(NASTY)
    for _ in range(random_.choice([0, 0, 1, 2])):
        kind, at = random_.randrange(9), random_.randrange(len(rows))
        if kind == 0:
            rows.insert(at, [])
        elif kind == 1:
            rows.insert(at, list(random_.choice(rows)))
        elif kind == 2:
            rows[at] = rows[at][: random_.randrange(len(rows[at]) + 1)]
        elif kind == 3:
            rows[at] = rows[at] + [random_.choice(NASTY)] * random_.randint(1, 3)
        elif kind == 4:
            rows.insert(at, ["Total", "", "", "", "", "30"])
        elif kind == 5:
            rows.insert(0, [random_.choice(["A title", "", "=1"])])
        elif kind == 6 and rows[0]:
            random_.shuffle(rows[0])
        elif kind == 7 and rows[0]:
            rows[0][random_.randrange(len(rows[0]))] = random_.choice(HEADS + ["Age", "DOB", "Indicator", "Quarter"])
        elif kind == 8:
            for row in rows:
                del row[random_.randrange(len(row) + 1) :]
    return rows


def text(rows, random_) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=random_.choice(",,,;\t|"), quoting=random_.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    )
    writer.writerows(rows)
    return out.getvalue().encode(random_.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"]), "replace")


def typed(cell, random_):
    """A cell as a workbook may hold it."""
    if isinstance(cell, str) and cell.isdigit() and len(cell) < 300:
        return random_.choice([cell, float(cell) if len(cell) < 200 else cell])
    try:
        return random_.choice([cell, datetime.strptime(cell, "%d/%m/%Y")])
    except ValueError:
        return random_.choice([cell] * 20 + [True, 1.5, datetime(2018, 8, 7), -1, 1e300])


def xlsx(rows, random_) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "date_1904": random_.random() < 0.1,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for n in range(random_.choice([1, 1, 2])):
        sheet = book.add_worksheet(f"Sheet {n}")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                value = typed(cell, random_)
                if isinstance(value, datetime):
                    sheet.write_datetime(r, c, value, date)
                elif random_.random() < 0.01:
                    sheet.write_formula(r, c, "=1/0", None, random_.choice(["#DIV/0!", "", 3, "x"]))
                elif isinstance(value, str):
                    sheet.write_string(r, c, value[:32_000].replace("\x00", ""))
                else:
                    sheet.write(r, c, value)
        if random_.random() < 0.2 and rows:
            sheet.merge_range(0, 0, 0, random_.randint(1, 4), "Merged")
        if random_.random() < 0.1:
            sheet.set_row(random_.randint(1, 5), None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def xls(rows, random_) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row[:250]):
            value = typed(cell, random_)
            sheet.write(
                r,
                c,
                value[:1000] if isinstance(value, str) else value,
                *([style] if isinstance(value, datetime) else []),
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows, random_) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="Sheet")
    for row in rows:
        line = TableRow()
        for cell in row:
            said = "".join(ch for ch in str(cell) if ch.isprintable())
            one = TableCell(valuetype="string")
            if said.isdigit() and len(said) < 15 and random_.random() < 0.5:
                one = TableCell(valuetype="float", value=said)
            one.addElement(P(text=said))
            line.addElement(one)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def html(rows, random_) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<html><body><table>{body}</table></body></html>".encode()


def bytes_changed(data: bytes, random_) -> bytes:
    """A file damaged on its way: bytes flipped, cut, doubled, or (in an archive) a part changed and packed again."""
    kind = random_.randrange(5)
    if kind == 0 and data[:2] == b"PK":
        try:
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
                names = old.namelist()
                chosen = random_.choice(names)
                for name in names:
                    part = old.read(name)
                    if name == chosen:
                        part = bytes_changed(part, random_) if random_.random() < 0.9 else b""
                    new.writestr(name, part)
            return out.getvalue()
        except (zipfile.BadZipFile, OSError):
            return data
    changed = bytearray(data)
    if kind == 1:
        return bytes(changed[: random_.randrange(len(changed) + 1)])
    if kind == 2 and changed:
        at = random_.randrange(len(changed))
        return bytes(changed[:at] + changed[at : at + random_.randint(1, 2000)] * 2 + changed[at:])
    for _ in range(random_.choice([1, 3, 30])):
        if changed:
            changed[random_.randrange(len(changed))] = random_.choice(
                [0, 10, 13, 34, 44, 59, 60, 255, random_.randrange(256)]
            )
    return bytes(changed)


MAKERS = [
    (text, ".csv"),
    (text, ".csv"),
    (text, ".xlsx"),
    (xlsx, ".xlsx"),
    (xlsx, ".csv"),
    (xls, ".xls"),
    (ods, ".ods"),
    (html, ".xls"),
]


def one(seed: int, folder: Path) -> tuple[float, str]:
    """One mutated file read; returns the seconds it took and its kind. Raises AssertionError for a broken promise."""
    random_ = random.Random(seed)
    make, ending = random_.choice(MAKERS)
    data = make(grid(random_), random_)
    if random_.random() < 0.5:
        data = bytes_changed(data, random_)
    path, other = folder / f"hrda{ending}", folder / "other partner.csv"
    path.write_bytes(data)
    other.write_text("Referral ID,Date of referral\nZZ-1,05/02/2018\n")
    before = os.times()
    got = returns.read(folder, PERIOD, AREA)
    took = sum(os.times()[:4]) - sum(
        before[:4]
    )  # processor seconds, its children's among them: a busy machine is no hang
    assert sha256(path.read_bytes()).hexdigest() == sha256(data).hexdigest(), f"seed {seed}: the file was changed"
    assert {p.name for p in folder.iterdir()} == {path.name, other.name}, f"seed {seed}: another file was written"
    assert "ZZ-1" in got.frames["hrda_referrals"]["referral_id"].tolist(), (
        f"seed {seed}: the other partner's row is lost"
    )
    assert FAULT not in got.problems["rule"].tolist(), f"seed {seed}: a fault of ours"
    q = got.quality
    assert (q["received"] == q["accepted"] + q["refused"]).all(), f"seed {seed}: rows lost"
    assert len(q) >= 2, f"seed {seed}: the file is in no line"
    for name, frame in got.frames.items():
        assert len(frame) == q.loc[q["return"] == name, "accepted"].sum(), f"seed {seed}: accepted rows lost"
    assert sum(map(len, got.rejects.values())) == q["refused"].sum(), f"seed {seed}: refused rows lost"
    for problem in got.rejects.values():
        assert (problem["_problems"] != "").all(), f"seed {seed}: a row refused without a reason"
    assert took < 10, f"seed {seed}: {took:.1f} s"
    path.unlink()
    other.unlink()
    return took, make.__name__


def main(count: int, first: int = 0) -> int:
    import pandas  # noqa: E401, F401  (the first reading would pay for the imports)

    failed, slowest = 0, (0.0, 0)
    with tempfile.TemporaryDirectory() as place:
        for seed in range(first, first + count):
            folder = Path(place) / str(seed)
            folder.mkdir()
            try:
                slowest = max(slowest, (one(seed, folder)[0], seed))
            except BaseException as error:  # a panic of a library is no Exception
                if isinstance(error, KeyboardInterrupt):
                    raise
                failed += 1
                print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
    print(f"{count:,} files, {failed} failed; slowest {slowest[0]:.2f} s (seed {slowest[1]})")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
