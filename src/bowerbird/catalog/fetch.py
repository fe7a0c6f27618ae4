"""Photos from addresses: off unless asked for, and then only from the open internet, bounded in size and time.

A host is resolved here, judged, and the very address that was judged is connected to, for the first request and after
each redirect, so that an answer that changes in between ("DNS rebinding") leads nowhere. Host and TLS names stay
those of the address as written. Proxies of the environment are not used: behind one, the check would check nothing.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpcore
import orjson

from bowerbird.catalog.addresses import EXPECTED, Address, Resolver, check_url, choose_address, is_public, resolve
from bowerbird.domain.errors import AddressError, PhotoError

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGENT = "bowerbird/0.1 (catalogue import)"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What may be fetched and how long it may take; ``resolver`` and ``allow`` are replaced in tests only."""

    max_bytes: int = 20_000_000
    timeout_s: float = 20.0
    """For the whole of one photo, redirects included."""
    connect_s: float = 5.0
    max_redirects: int = 3
    ports: frozenset[int] = frozenset((80, 443, 8080, 8443))
    parallel: int = 8
    resolver: Resolver = resolve
    allow: Callable[[Address], bool] = is_public


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; ``data`` is None when the server says that nothing changed."""

    data: bytes | None
    etag: str = ""
    last_modified: str = ""


def fetch_photo(url: str, policy: FetchPolicy | None = None) -> bytes:
    """The bytes behind an address. Raises AddressError where it is refused, PhotoError where it cannot be had."""
    data = fetch(url, policy or FetchPolicy()).data
    return data if data is not None else b""


def fetch(url: str, policy: FetchPolicy, known: Fetched | None = None) -> Fetched:
    """Ask for an address; with ``known``, only for what changed since. Raises AddressError or PhotoError."""
    deadline = time.monotonic() + policy.timeout_s
    at = url
    for _ in range(policy.max_redirects + 1):
        answer = _ask(at, policy, deadline, known)
        if isinstance(answer, Fetched):
            return answer
        at = urljoin(at, answer)
    raise AddressError("too many redirects", field="url", found=url, expected=f"at most {policy.max_redirects}")


class FetchCache:
    """What servers said of addresses fetched before (ETag, Last-Modified), in a file that only grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._known: dict[str, Fetched] = {}
        if path.is_file():
            for line in path.read_bytes().splitlines():
                try:
                    url, etag, modified = orjson.loads(line)
                except (orjson.JSONDecodeError, ValueError, TypeError):
                    continue  # the last line of an import that was cut off
                self._known[str(url)] = Fetched(None, str(etag), str(modified))

    def get(self, url: str) -> Fetched | None:
        """What is known of an address."""
        return self._known.get(url)

    def put(self, url: str, answer: Fetched) -> None:
        """Remember what a server said."""
        if not (answer.etag or answer.last_modified):
            return
        with self._lock:
            self._known[url] = Fetched(None, answer.etag, answer.last_modified)
            with self.path.open("ab") as file:
                file.write(orjson.dumps([url, answer.etag, answer.last_modified]) + b"\n")


def _ask(url: str, policy: FetchPolicy, deadline: float, known: Fetched | None) -> Fetched | str:
    """One request: the answer, or where it redirects to."""
    parts = check_url(url, policy.ports)
    headers: dict[bytes | str, bytes | str] = {"User-Agent": _AGENT, "Accept": "image/*", "Accept-Encoding": "identity"}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    backend = _CheckedBackend(policy, deadline)
    limits = {"connect": policy.connect_s, "read": policy.timeout_s, "write": policy.timeout_s, "pool": 1.0}
    try:
        host = parts.hostname or ""
        target = parts._replace(fragment="", netloc=_ascii_netloc(host, parts.port)).geturl()
        with (
            httpcore.ConnectionPool(_tls(), max_connections=1, network_backend=backend) as pool,
            pool.stream("GET", target, headers=headers, extensions={"timeout": limits}) as response,
        ):
            return _read(url, response, policy, deadline)
    except httpcore.TimeoutException as error:
        raise PhotoError("the server took too long", field="url", found=url) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise PhotoError(f"the address cannot be read ({error})", field="url", found=url) from error
    except (UnicodeError, ValueError) as error:
        raise AddressError("not an address", field="url", found=url, expected=EXPECTED) from error


def _read(url: str, response: httpcore.Response, policy: FetchPolicy, deadline: float) -> Fetched | str:
    headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
    if response.status in _REDIRECTS and headers.get("location"):
        return headers["location"]
    if response.status == 304:
        return Fetched(None, headers.get("etag", ""), headers.get("last-modified", ""))
    if response.status != 200:
        raise PhotoError(f"the server answered {response.status}", field="url", found=url, expected="200")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > policy.max_bytes:
        raise _too_large(url, int(length), policy)
    parts, size = [], 0
    for block in response.iter_stream():
        size += len(block)
        if size > policy.max_bytes:
            raise _too_large(url, size, policy)
        if time.monotonic() > deadline:
            raise PhotoError("the server took too long", field="url", found=url)
        parts.append(block)
    return Fetched(b"".join(parts), headers.get("etag", ""), headers.get("last-modified", ""))


def _too_large(url: str, size: int, policy: FetchPolicy) -> PhotoError:
    return PhotoError(
        "the photo is too large", field="url", found=f"{url}: {size:,} bytes", expected=f"at most {policy.max_bytes:,}"
    )


def _ascii_netloc(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii") if not host.isascii() else host
    return name if port is None else f"{name}:{port}"


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to the address that was judged, and lets nothing outlast the deadline."""

    def __init__(self, policy: FetchPolicy, deadline: float) -> None:
        self.policy = policy
        self.deadline = deadline
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, judge, connect."""
        address = choose_address(host, port, self.policy.resolver, self.policy.allow)
        left = _left(self.deadline, timeout)
        return _DeadlineStream(
            self.inner.connect_tcp(address, port, left, local_address, socket_options), self.deadline
        )


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every read and write ends by the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self.inner = inner
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self.inner.read(max_bytes, _left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all."""
        self.inner.write(buffer, _left(self.deadline, timeout))

    def close(self) -> None:
        """Hang up."""
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Continue under TLS for the name as written."""
        inner = self.inner.start_tls(ssl_context, server_hostname, _left(self.deadline, timeout))
        return _DeadlineStream(inner, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self.inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(left, timeout)
