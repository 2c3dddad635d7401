"""The network: what does not answer is known within seconds, a proxy and certificates of the system are used."""

import shutil
import ssl
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lscb.periods import Quarter
from openstats import fetching, links_page, network, parsed_copies, sources
from openstats.sources import File


class Handler(BaseHTTPRequestHandler):
    """Answers every GET with what was asked for; has no HEAD, and says so, which is an answer."""

    def do_GET(self):
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    servers = []

    def start(context=None):
        server = HTTPServer(("127.0.0.1", 0), Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def closed_port(serve):
    """An address at which nothing listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_a_host_that_answers_with_an_error_is_reached_and_a_closed_one_is_not(serve):
    there, gone = serve(), closed_port(serve)
    silent = network.unreachable([f"http://{there}/a", f"http://{there}/b", f"http://{gone}/c"])
    assert list(silent) == [gone] and "refused" in silent[gone].casefold()


def test_a_proxy_of_the_environment_is_used(serve, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://{serve()}")
    with network.open_address(urllib.request.Request("http://publisher.invalid/file.csv"), 5) as answer:
        assert answer.read() == b"http://publisher.invalid/file.csv"  # asked of the proxy, whole address and all
    assert network.unreachable(["http://publisher.invalid/file.csv"]) == {}


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_a_certificate_is_trusted_where_a_bundle_of_the_environment_has_it(serve, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    address = f"https://{serve(context)}/file.csv"
    (why,) = network.unreachable([address]).values()
    assert "certificate is not trusted" in why
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert network.unreachable([address]) == {}


@pytest.fixture
def offline(serve, tmp_path, monkeypatch):
    """Twenty files at three publishers, none of which answers."""
    monkeypatch.setattr(parsed_copies, "cache_folder", lambda: tmp_path)
    hosts = [closed_port(serve) for _ in range(3)]
    source = sources()["mid_year_estimates"]
    files = [
        File(f"file {n}.csv", "lsoa_lookup", f"http://{hosts[n % 3]}/f?a=1&b={n}", "https://example.org/page")
        for n in range(20)
    ]
    files[0] = files[0]._replace(paged="arcgis")
    monkeypatch.setattr(fetching, "required", lambda period, area: [(source, file) for file in files])
    return tmp_path / "open"


def test_where_nothing_can_be_reached_it_is_said_once_and_within_seconds(offline):
    lines, waits, begun = [], [], time.monotonic()
    watch = fetching.Watch(tell=lines.append, pause=waits.append)
    outcomes = fetching.fetch(Quarter(2017, 4), "E06000045", offline, watch=watch)
    assert time.monotonic() - begun < 10 and not waits
    said = [outcome for outcome in lines if not outcome.good]
    assert len(said) == 1 and "20 of the files wanted" in said[0].line and "HTTPS_PROXY" in said[0].line
    assert sum(outcome.state == "unreachable" for outcome in outcomes) == 20
    assert "\n" not in said[0].line and str(offline / "links.html") in said[0].line


def test_the_page_of_links_has_every_file_and_where_to_put_it(offline):
    fetching.fetch(Quarter(2017, 4), "E06000045", offline)
    text = (offline / links_page.NAME).read_text(encoding="utf-8")
    assert all(f"file {n}.csv</a>" in text for n in range(20)) and "?a=1&amp;b=1'" in text
    assert text.count("https://example.org/page") == 1  # what comes in pages is linked by the page that leads to it
    assert str(offline.resolve()) in text and "lscb fetch --from FOLDER" in text
    assert "lookup_lsoa11_lsoa21_ltla22.csv" in text  # what comes by hand only stands there too
    assert not [line for line in text.splitlines() if "<script" in line or "<link" in line or "<img" in line]
