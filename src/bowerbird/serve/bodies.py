"""Bodies in: counted while they stream; JSON never deeper than a product needs, without NUL; forms for clips."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import anyio.to_thread
import orjson
from fastapi import Request
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from bowerbird.domain.errors import InputError
from bowerbird.serve.errors import Refusal

MAX_DEPTH = 32
_JSON = ("application/json", "application/merge-patch+json")
_FORM = "multipart/form-data"
_MOST_FILES, _MOST_FIELDS, _LONGEST_FIELD = 1, 16, 10_000
# Above this a body is parsed off the event loop, so that one large batch does not hold up everyone's search.
_PARSED_AT_ONCE = 128_000


class BadJsonError(InputError):
    """The body is not JSON that the service reads."""

    code = "bad_json"


class BadFormError(InputError):
    """The body is not a form that the service reads."""

    code = "bad_form"


class BodyReader:
    """Reads bodies, refusing large ones, slow ones, and too many at once."""

    def __init__(self, max_bytes: int, max_waiting_bytes: int, seconds: float) -> None:
        self.max_bytes = max_bytes
        self.max_waiting_bytes = max_waiting_bytes
        self.seconds = seconds
        self.waiting = 0

    async def read_json(self, request: Request, *, kinds: Iterable[str] = _JSON, nul: bool = False) -> Any:
        """The parsed body, called one of ``kinds``; with ``nul`` a NUL in it is the caller's to refuse.

        Raises Refusal (408, 413, 415, 503) or BadJsonError.
        """
        _check_type(request, kinds)
        _check_length(request, self.max_bytes)
        with self._counted() as body:
            async for chunk in self._chunks(request):
                self._take(body, chunk)
            if len(body) > _PARSED_AT_ONCE:
                return await anyio.to_thread.run_sync(parse_json, body, nul)
            return parse_json(body, nul)

    async def read_form(self, request: Request, max_bytes: int) -> dict[str, str | bytes]:
        """The fields of a form, a file's as bytes; a field that is given twice counts as it came last.

        Raises Refusal (408, 413, 415), BadFormError.
        """
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if given != _FORM:
            raise Refusal(
                415, "unsupported_type", f"Content-Type must be {_FORM}, found {given[:80]!r}", "Content-Type"
            )
        _check_length(request, max_bytes)
        parser = MultiPartParser(
            request.headers,
            self._at_most(request, max_bytes),
            max_files=_MOST_FILES,
            max_fields=_MOST_FIELDS,
            max_part_size=_LONGEST_FIELD,
        )
        try:
            form = await parser.parse()
        except (MultiPartException, KeyError, UnicodeDecodeError) as error:
            raise BadFormError(f"the body is no form ({error})", expected=_FORM) from None
        try:
            return {name: value if isinstance(value, str) else await value.read() for name, value in form.multi_items()}
        finally:
            await form.close()

    async def _at_most(self, request: Request, max_bytes: int) -> AsyncGenerator[bytes, None]:
        arrived = 0
        async for chunk in self._chunks(request):
            arrived += len(chunk)
            if arrived > max_bytes:
                raise _too_large(max_bytes)
            yield chunk

    async def _chunks(self, request: Request) -> AsyncIterator[bytes]:
        """A body as it arrives, for as long as a body may take."""
        try:
            async with asyncio.timeout(self.seconds):
                async for chunk in request.stream():
                    yield chunk
        except TimeoutError:
            raise Refusal(408, "too_slow", f"the body took longer than {self.seconds:g} s to arrive") from None
        except ClientDisconnect:
            raise BadJsonError("the connection closed before the body was complete") from None

    def _take(self, body: bytearray, chunk: bytes) -> None:
        if len(body) + len(chunk) > self.max_bytes:
            raise _too_large(self.max_bytes)
        if self.waiting + len(chunk) > self.max_waiting_bytes:
            raise Refusal(503, "busy", "too many large requests at once; try again", headers={"Retry-After": "1"})
        self.waiting += len(chunk)
        body += chunk

    @contextmanager
    def _counted(self) -> Iterator[bytearray]:
        body = bytearray()
        try:
            yield body
        finally:
            self.waiting -= len(body)


def parse_json(body: bytes | bytearray, nul: bool = False) -> Any:
    """Parse a body. Raises BadJsonError for anything but JSON in UTF-8 of sane depth, or without ``nul`` for a NUL."""
    if not body or body.isspace():
        raise BadJsonError("the body is empty", expected="JSON")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadJsonError(f"the body is not JSON in UTF-8 ({error})") from None
    check_depth(value)
    # Escaped NULs are rare, so the values are only walked where the bytes hold one.
    if not nul and b"\\u0000" in body:
        _refuse_nul(value)
    return value


def check_depth(value: Any) -> None:
    """Raise BadJsonError where lists and objects lie more than 32 deep in each other."""
    layer = [value]
    for _ in range(MAX_DEPTH):
        layer = [child for node in layer for child in _children(node) if isinstance(child, dict | list)]
        if not layer:
            return
    raise BadJsonError("the body is nested too deeply", expected=f"at most {MAX_DEPTH} levels")


def _children(node: Any) -> Any:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _refuse_nul(value: Any) -> None:
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, str) and "\x00" in node:
            raise BadJsonError("a text holds a NUL character", field=path or None, expected="text without NUL")
        if isinstance(node, dict):
            if any("\x00" in key for key in node):
                raise BadJsonError("a field's name holds a NUL character", field=path or None)
            stack.extend((f"{path}.{key}" if path else key, child) for key, child in node.items())
        elif isinstance(node, list):
            stack.extend((f"{path}[{position}]", child) for position, child in enumerate(node))


def _check_type(request: Request, kinds: Iterable[str]) -> None:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise Refusal(
            415, "unsupported_type", f"bodies are taken uncompressed, not as {encoding[:40]}", "Content-Encoding"
        )
    given = request.headers.get("content-type", "")
    kind, _, parameters = given.partition(";")
    kind = kind.strip().lower()
    if kind not in kinds:
        found = repr(given[:80]) if given else "none"
        raise Refusal(415, "unsupported_type", f"Content-Type must be application/json, found {found}", "Content-Type")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    if charset not in ("", "utf-8", "utf8"):
        raise Refusal(415, "unsupported_type", f"JSON is read as UTF-8, not as {charset[:40]}", "Content-Type")


def _check_length(request: Request, limit: int) -> None:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:19]) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> Refusal:
    # The rest of the body is not read, so the connection cannot be used again.
    return Refusal(413, "too_large", f"the body is larger than {limit:,} bytes", headers={"Connection": "close"})
