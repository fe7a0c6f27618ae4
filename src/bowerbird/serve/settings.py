"""What the service is told when it starts, and the rules that hold before it may listen."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from bowerbird.domain.errors import SettingError


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """How the service listens and what it lets in."""

    host: str = "127.0.0.1"
    """The address to bind."""
    port: int = 8000
    """The port to bind; 0 takes a free one."""
    fetch_photos: bool = False
    """Whether a query photo may be given by its address."""
    cors: tuple[str, ...] = ()
    """Origins whose pages may call the API, such as ``https://shop.example``."""
    allowed_hosts: tuple[str, ...] = ()
    """Public names of the service, for a proxy in front of a loopback address. They make it need keys."""
    max_body_bytes: int = 32_000_000
    """The largest request body."""
    max_waiting_bytes: int = 256_000_000
    """The largest sum of request bodies held at once; past it new ones are told to come back."""
    body_seconds: float = 60.0
    """How long a body may take to arrive."""
    threads: int = 0
    """Searches that run side by side; 0 means one a core."""

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return is_loopback(self.host)

    @property
    def public(self) -> bool:
        """Whether others can reach the service, so that every search needs a key."""
        return not self.loopback or bool(self.allowed_hosts)

    @property
    def search_threads(self) -> int:
        """The number of searches that run side by side."""
        return self.threads or max(1, os.cpu_count() or 1)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def check_settings(settings: ServeSettings, has_keys: bool) -> None:
    """Refuse settings that would open a shop to strangers. Raises SettingError."""
    if settings.public and not has_keys:
        what = settings.host if not settings.loopback else ", ".join(settings.allowed_hosts)
        raise SettingError(
            f"refusing to serve on {what} without API keys: make one with 'bowerbird keys create', "
            "or serve on 127.0.0.1",
            field="host",
        )
    if not 0 <= settings.port <= 65_535:
        raise SettingError("no such port", field="port", found=settings.port, expected="0 to 65535")
    for origin in settings.cors:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query or "*" in origin:
            raise SettingError(
                "not an origin", field="cors", found=origin, expected="scheme and host, such as https://shop.example"
            )
