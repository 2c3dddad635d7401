"""Fetching against a server on localhost that is slow, breaks off, refuses, or sends something else."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import openstats as opendata
from lscb.errors import UserError
from openstats import download as web
from openstats import fetching, open_data_folder, parsed_copies
from openstats.sources import File

GOOD = ("lsoa11_code,change_code,lsoa21_code\n" + "".join(f"E01{n:06d},U,E01{n:06d}\n" for n in range(20_000))).encode()
OTHER = GOOD.replace(b"E01000007,U,E01000007", b"E01000007,S,E01000007")
SHA = hashlib.sha256(GOOD).hexdigest()


class Server:
    """Answers each request with the next of `plan`; remembers what was asked for."""

    def __init__(self):
        self.plan, self.asked = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                step = outer.plan.pop(0) if outer.plan else whole(GOOD)
                try:
                    step(self)
                except (BrokenPipeError, ConnectionResetError):
                    pass
                self.close_connection = True

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def whole(body, etag='"one"', upto=None):
    """The body, or its rest where a range is asked for; cut off after `upto` bytes."""

    def answer(handler):
        start, wanted = 0, handler.headers.get("Range")
        if wanted and handler.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body[start:upto])

    return answer


def code(number, **headers):
    def answer(handler):
        handler.send_response(number)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def silent(handler):
    """Announces a body and sends nothing of it."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.flush()
    import time

    time.sleep(0.6)


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def fetch(server, tmp_path, monkeypatch):
    """Fetches one file of the kind lsoa_lookup; returns its outcome and how long was waited."""
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(web, "TIMEOUT", 0.3)
    monkeypatch.setattr(fetching, "by_hand", list)
    folder = tmp_path / "open"

    def run(accept=False, sha=SHA, paged="", kind="lsoa_lookup", name="lookup.csv"):
        file = File(name, kind, f"{server.address}/{name}?a=1", "https://example.org/page", sha, paged)
        source = next(iter(opendata.sources().values()))
        monkeypatch.setattr(fetching, "required", lambda period, area: [(source, file)])
        waited = []
        (outcome,) = fetching.fetch(
            "2017-18-Q4", "E06000045", folder, accept=accept, watch=fetching.Watch(pause=waited.append)
        )
        return outcome, waited

    run.folder = folder
    return run


def final(folder):
    """The files of a folder under a final name, which must all be whole: that is what is tested."""
    return {p.name for p in folder.iterdir() if not p.name.startswith(".")} - {"links.html"}


def test_a_good_file_is_fetched_verified_and_noted(fetch, server):
    outcome, waited = fetch()
    assert (outcome.state, waited) == ("fetched", [])
    assert (fetch.folder / "lookup.csv").read_bytes() == GOOD
    assert json.loads((fetch.folder / "fetched.json").read_text())["lookup.csv"]["sha256"] == SHA
    again, _ = fetch()
    assert again.state == "held" and len(server.asked) == 1


@pytest.mark.parametrize("number", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(fetch, server, number):
    server.plan = [code(number), code(number, Retry_After="7"), whole(GOOD)]
    outcome, waited = fetch()
    assert outcome.state == "fetched" and waited == [2.0, 7.0]


def test_a_server_that_stays_broken_leaves_nothing(fetch, server):
    server.plan = [code(500)] * 5
    outcome, waited = fetch()
    assert outcome.state == "failed" and "500" in outcome.line and "5 times" in outcome.line
    assert len(waited) == 4 and final(fetch.folder) == set()


def test_a_file_that_is_not_there_is_not_asked_for_again(fetch, server):
    server.plan = [code(404)]
    outcome, _ = fetch()
    assert outcome.state == "failed" and "404" in outcome.line and "example.org" in outcome.line
    assert len(server.asked) == 1 and final(fetch.folder) == set()
    assert {p.name for p in fetch.folder.iterdir()} == {"links.html"}


def test_a_broken_download_goes_on_where_it_stopped(fetch, server):
    server.plan = [whole(GOOD, upto=100_000), whole(GOOD)]
    outcome, _ = fetch()
    assert outcome.state == "fetched" and (fetch.folder / "lookup.csv").read_bytes() == GOOD
    assert server.asked[1][1]["Range"] == "bytes=100000-"


def test_the_next_run_goes_on_where_the_last_one_stopped(fetch, server):
    server.plan = [whole(GOOD, upto=1_000 * n) for n in range(1, 6)]
    broken, _ = fetch()
    assert broken.state == "failed" and "goes on" in broken.line
    assert final(fetch.folder) == set() and (fetch.folder / ".lookup.csv.part").stat().st_size >= 1_000
    server.asked.clear()
    outcome, _ = fetch()
    assert outcome.state == "fetched" and "Range" in server.asked[0][1]


def test_a_file_replaced_between_two_tries_is_not_patched_together(fetch, server):
    server.plan = [whole(OTHER, '"old"', upto=100_000), whole(GOOD, '"new"')]
    outcome, _ = fetch()
    assert outcome.state == "fetched" and (fetch.folder / "lookup.csv").read_bytes() == GOOD


def test_a_silent_server_is_given_up(fetch, server):
    server.plan = [silent] * 5
    outcome, waited = fetch()
    assert outcome.state == "failed" and len(waited) == 4 and final(fetch.folder) == set()


def test_another_file_is_named_with_both_hashes_and_taken_only_when_accepted(fetch, server):
    server.plan = [whole(OTHER), whole(OTHER)]
    outcome, _ = fetch()
    other = hashlib.sha256(OTHER).hexdigest()
    assert outcome.state == "replaced" and SHA in outcome.line and other in outcome.line and "--accept" in outcome.line
    assert final(fetch.folder) == set()
    accepted, _ = fetch(accept=True)
    assert accepted.state == "fetched" and (fetch.folder / "lookup.csv").read_bytes() == OTHER
    assert fetch()[0].state == "held"  # the accepted file is the known one from now on


@pytest.mark.parametrize(
    "body, said",
    [
        (b"<!DOCTYPE html><html>Sorry</html>", "a web page"),
        (b"measure_code,measure_short,polarity\nA,B,C\n", "another kind (lait dictionary)"),
        (b"a,b\n1,2\n", "no official file known here"),
        (GOOD.replace(b"E01000007,U", b"E01000006,U"), "1 neighbourhood is unchanged, yet there twice"),
    ],
)
def test_a_file_of_unknown_hash_is_known_by_its_content(fetch, server, body, said):
    server.plan = [whole(body)]
    outcome, _ = fetch(sha="")
    assert outcome.state == "failed" and said in outcome.line and final(fetch.folder) == set()


def test_the_first_hash_is_kept_and_checked_ever_after(fetch, server):
    assert fetch(sha="")[0].state == "fetched"
    (fetch.folder / "lookup.csv").unlink()
    server.plan = [whole(OTHER)]
    outcome, _ = fetch(sha="")
    assert outcome.state == "replaced" and SHA in outcome.line


def test_a_fetched_file_that_was_changed_is_refused(fetch):
    fetch()
    (fetch.folder / "lookup.csv").write_bytes(OTHER)
    with pytest.raises(opendata.NotAsNamed, match="not the file that was fetched"):
        open_data_folder.scan(fetch.folder)
    assert fetch()[0].state == "fetched"  # and fetched again


def page(start, upto):
    shape = {"type": "Polygon", "coordinates": [[[-1.4, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.4, 50.9]]]}
    rows = [
        {"type": "Feature", "properties": {"LSOA21CD": f"E01{n:06d}", "LSOA21NM": f"Place {n}"}, "geometry": shape}
        for n in range(start, upto)
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def test_pages_are_put_together_and_a_broken_page_is_asked_for_again(fetch, server):
    broken = b'{"error": {"code": 504}}'
    server.plan = [whole(page(0, 3)), whole(broken), whole(page(3, 5)), whole(page(5, 5))]
    outcome, _ = fetch(sha="", paged="arcgis", kind="lsoa_boundaries_2021", name="outlines.geojson")
    assert outcome.state == "fetched"
    got = json.loads((fetch.folder / "outlines.geojson").read_text())
    assert [f["properties"]["LSOA21CD"][-1] for f in got["features"]] == list("01234")
    assert "resultOffset=3" in server.asked[-2][0] and final(fetch.folder) == {"outlines.geojson", "fetched.json"}


def test_from_a_folder_in_any_layout(tmp_path, monkeypatch):
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: tmp_path)
    there = tmp_path / "usb" / "deep"
    there.mkdir(parents=True)
    (there / "renamed by someone.txt").write_bytes(GOOD)
    (there / "holiday.csv").write_text("a,b\n1,2\n")
    (there / "bds_long_0.parquet").write_text("<html>not found</html>")
    outcomes = {o.name: o for o in fetching.fetch("2017-18-Q4", "E06000045", tmp_path / "open", tmp_path / "usb")}
    assert outcomes["renamed by someone.txt"].state == "fetched"
    assert outcomes["bds_long_0.parquet"].state == "failed" and "a web page" in outcomes["bds_long_0.parquet"].line
    assert len(outcomes) == 2 and final(tmp_path / "open") == {"renamed by someone.txt", "fetched.json"}


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="no folder"):
        fetching.fetch("2017-18-Q4", "E06000045", tmp_path / "open", tmp_path / "nowhere")


def test_a_folder_is_made_where_the_one_above_it_is_there_and_that_is_said(fetch, server, tmp_path, capsys):
    fetch()
    assert fetch.folder.is_dir()
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "mistyped" / "open", tmp_path / "file", tmp_path / "file" / "open"):
        with pytest.raises(UserError, match="there is no such folder, nor one to make it in"):
            fetching.fetch("2017-18-Q4", "E06000045", folder)
    assert not (tmp_path / "mistyped").exists() and (tmp_path / "file").read_text() == "x"
    assert fetching.command("2017-18-Q4", "E06000045", tmp_path / "new", None, False) == 0
    assert f"{tmp_path / 'new'}: made, for the official files" in capsys.readouterr().out


def test_every_set_says_whose_it_is_and_under_which_licence():
    for source in opendata.sources().values():
        assert source.publisher and source.licence and source.attribution and source.vintage and source.serves
        assert all(file.kind and (file.address or file.page) for file in source.files)
    wanted = {file.name for _, file in opendata.required(fetching.Quarter.parse("2017-18-Q4"), "E10000014")}
    assert "ukmidyearestimates2016.xls" in wanted and "ukmidyearestimates20182019ladcodes.xls" not in wanted
    assert any("E07000093" in file.address for _, file in opendata.required(fetching.Quarter(2017, 4), "E10000014"))
    several = opendata.required(fetching.Quarter(2017, 4), "E06000045,E10000014")
    assert sum("nomis" in file.name for _, file in several) == 2 and len(several) == len(wanted) + 1
    by_name = opendata.required(fetching.Quarter(2017, 4), "Southampton,Test Valley")
    assert [file.name for _, file in by_name] == [file.name for _, file in several]
    with pytest.raises(UserError, match="region"):
        opendata.required(fetching.Quarter(2017, 4), "E12000008")
