"""What every request and response goes through: the Host check and the headers that keep a browser safe."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bowerbird.serve.settings import ServeSettings

# Remote product photos are shown from where the catalogue says they are, hence the wide img-src.
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: http: https:; "
        "media-src 'self' blob:; manifest-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # The page's own photo and voice search, and nothing that is framed in it.
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}


class SecurityHeaders:
    """Adds the headers to every response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and the response back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_missing(message, self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_missing(message: MutableMapping[str, Any], headers: list[tuple[bytes, bytes]]) -> None:
    present = {name.lower() for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *(pair for pair in headers if pair[0] not in present)]


class HostCheck:
    """Refuses foreign Host headers on a loopback service, so that no web page can rebind a name onto it."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self.app = app
        # A service bound to the network is guarded by its keys; it may be called by any name it has.
        self.checked = settings.loopback
        bound = settings.host.strip("[]").lower()
        self.allowed = {"localhost", "127.0.0.1", "::1", bound, *(name.lower() for name in settings.allowed_hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its host is one of ours."""
        if scope["type"] == "http" and self.checked and host_name(scope) not in self.allowed:
            from bowerbird.serve.errors import error_response

            response = error_response(400, "bad_host", "the Host header names another host; see --allow-host", "Host")
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def host_name(scope: Scope) -> str:
    """The host of a request without its port and brackets, in lower case; empty when absent."""
    value = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
    if value.startswith("["):
        return value[1:].partition("]")[0]
    return value.partition(":")[0]
