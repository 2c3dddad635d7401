"""One area of a run: protect its tables, make its pages, attack them, make its packs, write its manifest.

Nothing here waits: every job's answer orders the jobs that waited for it.
"""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lscb import __version__
from openstats import authorities
from openstats.project_data import DATA

from ..quarter import pack_settings as subgroups
from ..quarter import run_files as files
from ..quarter.request import circulated, shown

if TYPE_CHECKING:
    from .quarter_run import Run

MANIFEST = "manifest.json"
PAGES = "pages.json"
PACKS = "packs.json"  # what each pack in place was made of
UNKNOWN = 5.0  # seconds, of a page that was not made before: the longest start first, so that none is waited for


@dataclass
class Outcome:
    """What came of one area: problems in one line each, and whether everything was released."""

    area: str
    problems: list[str] = field(default_factory=list)
    manifest: dict = field(default_factory=dict)
    unchanged: bool = False


class Place:
    """One area of a run: its folder, its pages, its packs."""

    def __init__(self, whole: Run, area: str):
        self.run, self.area = whole, area
        self.folder = whole.request.folder(area)
        self.outcome = Outcome(area)
        self.known: dict[str, dict] = files.read_json(self.folder / PAGES, {})
        self.pages: dict[tuple[int, str], dict] = {}
        self.packs: dict[str, dict] = {}
        self.made: dict[str, dict] = files.read_json(self.folder / PACKS, {})
        self.disclosure: dict = {}
        self.attacks: dict[str, dict] = {}
        self.identifiers: list = []
        self.waiting = 0

    def prepare(self) -> None:
        """Before the run: what was refused last time is forgotten, packs that are no longer asked for go."""
        request = self.run.request
        if not request.partial:
            shutil.rmtree(self.folder / "quarantine", ignore_errors=True)
            for old in (self.folder / "packs").glob("*"):
                if old.name not in request.packs:
                    shutil.rmtree(old, ignore_errors=True)
        for old in self.drawings.parent.glob("*"):
            if old != self.drawings or request.force:
                shutil.rmtree(old, ignore_errors=True)

    @property
    def drawings(self) -> Path:
        """Where drawings of open data alone are kept: for all areas, periods and audiences, while the code is this."""
        return self.run.request.out / "drawings" / self.run.code

    def banner(self, audience: str) -> dict:
        return {
            "period": str(self.run.request.period),
            "area": self.area,
            "area_name": authorities.name(self.area),
            "audience": audience,
            "sample": self.run.request.sample,
        }

    def tables(self, audience: str) -> Path:
        return self.folder / "protected" / audience if audience in subgroups.guarded() else self.folder / "working"

    # --- protect ---------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Pages of unprotected tables at once, disclosure control first of all; the rest follows its answer."""
        request = self.run.request
        self.waiting = len(request.pages)
        for page in sorted(page for page in request.pages if not self.after_protection(*page)):
            self.order_page(*page)
        self.history = str(circulated(request.sample))
        past = self.run.hashes.tree(circulated(request.sample))
        working = {p.name: files.sha256(p) for p in sorted((self.folder / "working").glob("*.csv"))}
        self.protect_key = files.digest([self.run.code, past, working, subgroups.guarded()])
        before = files.read_json(self.folder / "protected" / ".keys.json") or {}
        if not request.force and before.get("key") == self.protect_key and self.whole(before["files"]):
            self.attacks = before["attacks"]
            self.protected(before["answer"] | {"reused": True})
            return
        self.attacks = {}
        job = dict(folder=str(self.folder), profiles=subgroups.guarded(), history=self.history, area=self.area)
        self.run.executor.submit("protect", job, self.protected, first=0)

    def after_protection(self, number: int, audience: str) -> bool:
        """Whether a page reads protected tables, or the ledger of what was withheld (`lscb.reads` in its metadata)."""
        return audience in subgroups.guarded() or self.reads_ledger(number)

    def reads_ledger(self, number: int) -> bool:
        said = files.read_json(self.run.request.notebooks[number], {}).get("metadata", {}).get("lscb", {})
        return "ledger" in said.get("reads", [])

    def whole(self, hashes: dict[str, str]) -> bool:
        """Whether every file is there as it was written."""
        places = {self.folder / name: sha for name, sha in hashes.items()}
        return all(path.is_file() and files.sha256(path) == sha for path, sha in places.items())

    def protected(self, answer: dict) -> None:
        """Starts the pages of protected tables, and beside them the attack that decides whether they may leave."""
        self.disclosure = answer
        pages = sorted(page for page in self.run.request.pages if self.after_protection(*page))
        if "failed" in answer:
            self.problem(f"disclosure control failed: {answer['failed']}")
            for page in pages:
                self.finished(page, {"status": "failed", "reasons": ["its tables could not be protected"]})
            return
        guarded = {audience for _, audience in pages if audience in subgroups.guarded()}
        for audience in sorted(guarded - set(self.attacks)):
            self.waiting += 1
            job = dict(folder=str(self.folder), audience=audience, history=self.history, area=self.area)
            then = lambda said, audience=audience: self.attacked(audience, said)  # noqa: E731
            self.run.executor.submit("attack", job, then, first=1)
        for page in pages:
            self.order_page(*page)

    def attacked(self, audience: str, answer: dict) -> None:
        """What the attack found: nothing, or why no page of this audience may leave."""
        if "failed" in answer:
            answer = {"reasons": [f"disclosure: the attack did not finish ({answer['failed']})"]}
        self.attacks[audience] = answer
        self.done()

    # --- pages -----------------------------------------------------------------------------------------------------
    def key(self, number: int, audience: str, used: list[str] | None) -> str:
        """What a page depends on: notebook, parameters, library, the tables it read and the receipts it prints."""
        folder = self.tables(audience)
        about = files.read_json(self.folder / "about.json", {})
        names = sorted(p.stem for p in folder.glob("*.csv")) if used is None else used
        returns = {r for name in names for r in about.get("reads", {}).get(name, [])}
        held = [folder / f"{name}.csv" for name in names]
        return files.digest(
            [
                self.run.code,
                self.run.hashes.of(self.run.request.notebooks[number]),
                self.banner(audience),
                {p.stem: files.sha256(p) if p.is_file() else "" for p in held},
                [receipt for receipt in about.get("receipt", []) if receipt.get("return") in returns],
                self.run.hashes.tree(DATA / "narrative"),
                files.sha256(self.folder / "ledger.csv") if self.reads_ledger(number) else "",
            ]
        )

    def order_page(self, number: int, audience: str) -> None:
        request = self.run.request
        page, before = (number, audience), self.known.get(f"{number}@{audience}", {})
        notebook = request.notebooks[number]
        check = {
            "identifiers": self.identifiers,
            "own_dates": self.run.own_dates,
            "beside": [f"{p.stem}.html" for p in request.notebooks.values()],
        }
        common = {"notebook": str(notebook), "folder": str(self.folder), "audience": audience}
        whole = before.get("status") == "released" and Path(before["file"]).is_file()
        if not request.force and whole and files.sha256(Path(before["file"])) == before["sha256"]:
            if before["key"] == self.key(number, audience, before["used"]):
                job = (
                    common
                    | check
                    | {"html": before["file"], "tables": str(self.tables(audience)), "used": before["used"]}
                )

                def checked(answer: dict) -> None:
                    if "failed" in answer:  # gone since: a worker of a run that was killed may not have ended yet
                        self.known.pop(f"{number}@{audience}", None)
                        self.order_page(number, audience)
                    else:
                        self.finished(page, before | answer | {"reused": True})

                self.run.executor.submit("again", job, checked)
                return
        parameters = {
            "period": str(request.period),
            "area": self.area,
            "audience": audience,
            "tables": str(self.tables(audience)),
            "sample": request.sample,
        }
        job = common | check | {"parameters": parameters, "banner": self.banner(audience), "limit": request.limit}
        job["drawings"] = str(self.drawings)
        self.run.executor.submit(
            "page", job, lambda a: self.finished(page, a), first=2 + int(1e6 - 1e3 * before.get("seconds", UNKNOWN))
        )

    def finished(self, page: tuple[int, str], answer: dict) -> None:
        number, audience = page
        if "failed" in answer:
            answer = {"status": "failed", "reasons": [answer["failed"]]}
        self.pages[page] = answer
        name = self.run.request.notebooks[number].stem
        self.run.say.page(f"{name} ({audience})")
        for note in answer.get("notes", []):
            self.problem(f"comment left off: {note}")
        if answer["status"] == "released":
            entry = answer | {"key": self.key(number, audience, answer["used"])}
            self.known[f"{number}@{audience}"] = entry
        else:
            self.known.pop(f"{number}@{audience}", None)
            self.problem(f"{name} ({audience}) {answer['status']}: {'; '.join(answer['reasons'])}")
        files.write_json(self.folder / PAGES, self.known)
        self.done()

    def done(self) -> None:
        """One of the things that packs wait for."""
        self.waiting -= 1
        if self.waiting:
            return
        if "failed" not in self.disclosure:
            made = {
                str(p.relative_to(self.folder)): files.sha256(p) for p in (self.folder / "protected").glob("*/*.csv")
            }
            kept = {"key": self.protect_key, "files": made, "answer": self.disclosure, "attacks": self.attacks}
            if all(not said["reasons"] for said in self.attacks.values()):
                files.write_json(self.folder / "protected" / ".keys.json", kept)
        for audience, said in self.attacks.items():
            if said["reasons"]:
                self.problem(f"pages for {audience} refused: {'; '.join(said['reasons'])}. {self.advice(said)}")
                self.withhold(audience, said["reasons"])
            if said.get("before"):
                self.problem(
                    f"{said['before']} figures withheld from {audience} can be worked out from packs circulated "
                    "before. This run adds nothing to that and cannot take it back: tell the person who signs off."
                )
        self.order_packs()

    def advice(self, attack: dict) -> str:
        """What to do where an attack let no page of an audience leave."""
        if any("did not finish" in reason for reason in attack["reasons"]):
            return "Run again; if it stays so, report it with this run's manifest.json."
        return (
            f"Page 99 (restricted) and {shown(self.folder / 'ledger.csv')} list what is withheld. Usually a return was "
            "revised, or came late, after a pack with older figures was circulated: ask the partner which figures "
            "stand, and run again on those. If it is refused still, report it with this run's manifest.json."
        )

    def withhold(self, audience: str, reasons: list[str]) -> None:
        """Takes every page of an audience out of reach of its packs."""
        for (_, for_whom), answer in self.pages.items():
            if for_whom == audience and answer["status"] == "released":
                answer |= {"status": "refused", "reasons": reasons}
        room = files.private(self.folder / "quarantine") / audience
        for path in (self.folder / "executed" / audience).glob("*.html"):
            files.private(room)
            path.replace(room / path.name)
        self.known = {name: page for name, page in self.known.items() if not name.endswith(f"@{audience}")}
        files.write_json(self.folder / PAGES, self.known)

    # --- packs -----------------------------------------------------------------------------------------------------
    def order_packs(self) -> None:
        self.waiting = len(self.run.request.packs)
        for name, pack in self.run.request.packs.items():
            pages = [self.entry(number, pack.audience) for number in pack.notebooks]
            if not any(page.get("file") for page in pages):
                self.packed(name, {"status": "empty", "reasons": ["no page of it was released"]}, {})
                continue
            made = [self.known.get(f"{n}@{pack.audience}", {}) for n in pack.notebooks]
            every = [p.stem for p in self.tables(pack.audience).glob("*.csv")]
            used = sorted({t for page in made if page for t in (page["used"] if page["used"] is not None else every)})
            job = dict(
                folder=str(self.folder), name=name, title=pack.title, audience=pack.audience, pages=pages, used=used
            )
            job |= dict(notebooks=list(pack.notebooks), tables_folder=str(self.tables(pack.audience)))
            job |= dict(banner=self.banner(pack.audience), identifiers=self.identifiers, own_dates=self.run.own_dates)
            tables = {t: files.sha256(p) for t in used if (p := self.tables(pack.audience) / f"{t}.csv").is_file()}
            of = {"workbook": files.digest([self.run.code, pack.title, job["banner"], tables])}
            named = [page | {"file": Path(page.get("file", "")).name} for page in pages]
            of["all"] = files.digest([of["workbook"], named])
            job["same"] = self.same(name, of)
            self.run.executor.submit("pack", job, lambda answer, name=name, of=of: self.packed(name, answer, of))

    def same(self, name: str, of: dict[str, str]) -> str:
        """What of a pack in place would be made again the same: "all", its "workbook", or nothing ("")."""
        before = self.made.get(name)
        if self.run.request.force or not before or not self.whole(before["files"]):
            return ""
        return next((part for part in ("all", "workbook") if before["of"][part] == of[part]), "")

    def entry(self, number: int, audience: str) -> dict:
        """One line of a pack's contents."""
        made, before = self.pages.get((number, audience)), self.known.get(f"{number}@{audience}")
        title = self.run.request.notebooks[number].stem[3:].replace("_", " ").capitalize()
        if made is None and before is None:
            return {"number": number, "title": title, "absent": "This page was not made in this run."}
        if made is not None and made["status"] != "released":
            return {"number": number, "title": made.get("title") or title, "absent": "This page could not be released."}
        page = made or before
        return {"number": number, "title": page["title"] or title, "answer": page["answer"], "file": page["file"],
                "sha256": page["sha256"]}  # fmt: skip

    def packed(self, name: str, answer: dict, of: dict[str, str]) -> None:
        if "failed" in answer:
            answer = {"status": "failed", "reasons": [answer["failed"]]}
        if answer["status"] in ("failed", "empty"):
            shutil.rmtree(self.folder / "packs" / name, ignore_errors=True)
        self.packs[name] = answer
        self.made.pop(name, None)
        if answer["status"] == "released":
            self.made[name] = {"of": of, "files": {f"packs/{name}/{n}": sha for n, sha in answer["files"].items()}}
        elif answer["status"] != "empty":  # of those one line tells, last of all
            self.problem(f"pack {name} {answer['status']}: {'; '.join(answer['reasons'])}")
        self.waiting -= 1
        if not self.waiting:
            files.write_json(self.folder / PACKS, self.made)
            self.write_manifest()

    # --- manifest --------------------------------------------------------------------------------------------------
    def problem(self, text: str) -> None:
        self.outcome.problems.append(text)

    def write_manifest(self) -> None:
        """Last of all: what was used, made, released and refused. Without it a run does not count as whole."""
        from importlib.metadata import version

        request, folder = self.run.request, self.folder
        files.sweep(folder)  # drafts of workers that were killed
        self.outcome.problems.sort()  # answers come in any order
        if empty := [name for name in request.packs if self.packs[name]["status"] == "empty"]:
            self.problem(f"not made, as none of their pages was released (see the messages above): {', '.join(empty)}")
        rooms = ("working/*.csv", "protected/*/*.csv", "executed/*/*.html", "packs/*/*")
        about = files.read_json(folder / "about.json", {})
        self.outcome.manifest = {
            "lscb": __version__,
            "code": self.run.code,
            "fingerprint": self.run.prints[self.area],
            "started": self.run.started,
            "seconds": round(time.perf_counter() - self.run.begun, 2),
            "parameters": self.banner("") | {"audience": sorted({audience for _, audience in request.pages})},
            "inputs": {"returns": shown(request.returns), "open_data": shown(request.open_data or DATA / "open")},
            "versions": {"python": sys.version.split()[0]}
            | {name: version(name) for name in ("pandas", "numpy", "matplotlib", "papermill", "nbconvert", "scipy")},
            "returns": about.get("receipt", []),
            "tables": self.run.tables,
            "disclosure": self.disclosure | {"attacks": self.attacks},
            "pages": [
                {"notebook": request.notebooks[n].name, "audience": audience}
                | {k: v for k, v in self.pages[n, audience].items() if k in ("status", "reasons", "used", "sha256")}
                | {"reused": bool(self.pages[n, audience].get("reused"))}
                | {what: round(self.pages[n, audience].get(what) or 0, 2) for what in ("seconds", "computing")}
                for n, audience in sorted(self.pages)
            ],
            "packs": self.packs,
            "problems": self.outcome.problems,
            "files": {
                str(p.relative_to(folder)): files.sha256(p)
                for room in rooms
                for p in sorted(folder.glob(room))
                if p.is_file() and not p.name.startswith(".")
            },
        }
        files.write_json(folder / MANIFEST, self.outcome.manifest)
