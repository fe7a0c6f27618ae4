"""Who may do what: search keys search, write keys also write.

A loopback service without keys is open. Once a shop has keys, writes need a write key everywhere, and searches need
a key wherever others than this machine can reach the service.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request

from bowerbird.serve.errors import Refusal
from bowerbird.serve.service import service_of

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


async def may_search(request: Request) -> None:
    """Let a search through or raise Refusal (401)."""
    if service_of(request).settings.public:
        await _right_of(request)


async def may_write(request: Request) -> None:
    """Let a write through or raise Refusal (401, 403)."""
    service = service_of(request)
    if not service.settings.public:
        kept = [] if service.keys is None else await service.prepare(service.keys.list)
        if not kept:
            return
    if await _right_of(request) != "write":
        raise Refusal(403, "key_not_allowed", "this key may search but not write")


async def is_allowed(request: Request, right: Callable[[Request], Awaitable[None]]) -> bool:
    """Whether a right, such as ``may_write``, would let a request through."""
    try:
        await right(request)
    except Refusal:
        return False
    return True


def key_in(request: Request) -> str | None:
    """The key that a request carries."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        return secret.strip()
    return request.headers.get("x-api-key") or None


async def _right_of(request: Request) -> str:
    """What the request's key allows, looked up once a request. Raises Refusal (401)."""
    known: str | None = getattr(request.state, "right", None)
    if known is None:
        known = request.state.right = await _look_up(request)
    return known


async def _look_up(request: Request) -> str:
    service = service_of(request)
    secret = key_in(request)
    if secret is None:
        raise Refusal(401, "key_missing", "a key is needed: Authorization: Bearer KEY", "Authorization", _CHALLENGE)
    keys = service.keys
    right = None if keys is None else await service.prepare(lambda: keys.check(secret))
    if right is None:
        raise Refusal(401, "key_unknown", "this key is not known here", "Authorization", _CHALLENGE)
    return right
