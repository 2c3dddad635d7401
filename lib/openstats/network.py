"""How the network is reached: through the proxy of the environment, with the system's certificates, and whether at all.

A proxy is taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY (or the system's settings on Windows and macOS). Trusted are
the certificates that Python's OpenSSL trusts, the operating system's own, which a Python from conda does not look at,
and those of a bundle named in SSL_CERT_FILE, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE.
"""

from __future__ import annotations

import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 6  # seconds for a publisher to answer at all
SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu
    "/etc/pki/tls/certs/ca-bundle.crt",  # Red Hat
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


@lru_cache
def _context(bundles: tuple[str, ...]) -> ssl.SSLContext:
    context = ssl.create_default_context()
    for bundle in bundles:
        try:
            context.load_verify_locations(cafile=bundle)
        except (OSError, ssl.SSLError):
            continue  # not a file, or none of certificates: the others are enough
    return context


def open_address(request: urllib.request.Request, timeout: float) -> HTTPResponse:
    """The answer to a request. Raises what urllib raises."""
    named = (os.environ.get(name, "") for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))
    bundles = tuple(bundle for bundle in (*named, *SYSTEM_BUNDLES) if bundle and Path(bundle).is_file())
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=_context(bundles)))
    answer: HTTPResponse = opener.open(request, timeout=timeout)
    return answer


def unreachable(addresses: Iterable[str]) -> dict[str, str]:
    """Which hosts of some addresses do not answer at all, each with the reason: all are tried at once, for seconds.

    An answer of any kind, an error included, is an answer.
    """
    origins = {urlsplit(a).netloc: f"{urlsplit(a).scheme}://{urlsplit(a).netloc}/" for a in addresses}
    with ThreadPoolExecutor(max_workers=max(1, len(origins))) as pool:
        reasons = dict(zip(origins, pool.map(_silent, origins.values()), strict=True))
    return {host: reason for host, reason in reasons.items() if reason}


def _silent(origin: str) -> str:
    """Why an address does not answer; blank where it does."""
    request = urllib.request.Request(origin, method="HEAD", headers={"User-Agent": "lscb"})
    try:
        open_address(request, PATIENCE).close()
    except urllib.error.HTTPError:
        return ""
    except (OSError, HTTPException) as problem:
        return reason(problem)
    return ""


def reason(problem: Exception) -> str:
    """A failed connection in a few words, without the words around them."""
    inner = getattr(problem, "reason", None) or problem
    if isinstance(inner, TimeoutError):
        return "no answer"
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {inner.verify_message}"
    return getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
