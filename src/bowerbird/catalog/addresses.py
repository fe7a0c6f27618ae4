"""Which remote addresses may be fetched: public ones over http(s), and nothing that leads back inside."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from bowerbird.domain.errors import AddressError

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
Resolver: TypeAlias = Callable[[str, int], list[str]]

EXPECTED = "a public http(s) address"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is on the open internet, also where it wraps another one (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner: list[Address] = [found for found in (address.ipv4_mapped, address.sixtofour) if found is not None]
        if address.teredo is not None:
            inner += address.teredo
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.is_site_local or not all(is_public(found) for found in inner):
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_private
        or address.is_unspecified
    )


def check_url(url: str, ports: frozenset[int]) -> SplitResult:
    """The parts of an address that may be asked for. Raises AddressError; the host is judged when it is resolved."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refusal(url, "not an address") from error
    if parts.scheme not in ("http", "https"):
        raise _refusal(url, "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise _refusal(url, "addresses with a user or password are not fetched")
    if not parts.hostname or len(url) > 4_000 or any(character <= " " or character == "\x7f" for character in url):
        raise _refusal(url, "not an address")
    if (port or (443 if parts.scheme == "https" else 80)) not in ports:
        raise _refusal(url, f"port {port} is not fetched from")
    return parts


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises AddressError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(f"the host {host!r} is not known", expected=EXPECTED) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def choose_address(host: str, port: int, resolver: Resolver, allow: Callable[[Address], bool]) -> str:
    """The address to connect to; raises AddressError when any address of the host is refused.

    One private address among public ones is how a rebinding attack looks, so all have to pass.
    """
    texts = resolver(host, port)
    for text in texts:
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError as error:
            raise AddressError(f"the host {host!r} has no usable address", found=text, expected=EXPECTED) from error
        if "%" in text or not allow(address):
            raise AddressError("the host is not public", field="url", found=f"{host} ({text})", expected=EXPECTED)
    if not texts:
        raise AddressError(f"the host {host!r} is not known", expected=EXPECTED)
    return texts[0]


def _refusal(url: str, why: str) -> AddressError:
    return AddressError(why, field="url", found=url, expected=EXPECTED)
