"""The one place where faults become HTTP: ``{"error": {"code", "message", "field", "link"}}``.

Routes raise the tree of ``bowerbird.domain.errors`` for what is wrong with the data, and ``Refusal`` for what only
HTTP knows (sizes, types, keys). Anything else is a 500 that says nothing of the inside.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bowerbird.domain.errors import (
    BowerbirdError,
    DiskFullError,
    InputError,
    MissingExtraError,
    ModelError,
    NotFoundError,
    StorageError,
)
from bowerbird.serve.headers import SECURITY_HEADERS

_LOG = logging.getLogger("bowerbird.serve")

# Nearest class in the tree wins.
STATUS: Mapping[type[BowerbirdError], int] = {
    BowerbirdError: 500,
    InputError: 400,
    NotFoundError: 404,
    MissingExtraError: 501,
    StorageError: 503,
    DiskFullError: 507,
    ModelError: 503,
}

CODES: Mapping[str, str] = {
    "bad_input": "A field is missing, unknown, too large or of the wrong type; `field` names it.",
    "bad_json": "The body is not JSON in UTF-8, or is nested too deeply.",
    "bad_format": "A file is not what it claims to be.",
    "bad_filter": "The filter does not parse; the message points at the character.",
    "bad_photo": "A photo is broken, too large, or not a photo.",
    "bad_form": "The body is not a multipart form.",
    "bad_audio": "A clip is broken, too large, too long, silent, or no sound.",
    "bad_host": "The Host header names another host than the one served; see --allow-host.",
    "bad_setting": "A setting is unknown or has a wrong value.",
    "address_refused": "A photo's address may not be fetched, or fetching is off; see --fetch-photos.",
    "key_missing": "The request needs a key: `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
    "key_unknown": "The key is not one of this shop's, or was revoked.",
    "key_not_allowed": "The key may search but not write.",
    "not_found": "There is no such product, photo or page.",
    "method_not_allowed": "The address exists, but not for this method.",
    "too_slow": "The body took too long to arrive.",
    "too_large": "The body is larger than the service takes.",
    "unsupported_type": "The body is not application/json, or is compressed.",
    "busy": "Too many large requests at once; try again in a second.",
    "not_ready": "The shop is still opening or building its index.",
    "missing_extra": "An optional part is not installed.",
    "speech_unavailable": "The service understands no speech: what it takes is not installed.",
    "storage": "The disk or the database refused; nothing that was acknowledged is lost.",
    "disk_full": "No space is left where the shop lives; nothing that was acknowledged is lost.",
    "bad_artefact": "A derived file is torn or of another version; `bowerbird index build` makes it anew.",
    "bad_model": "A model's files cannot be used.",
    "internal": "A fault of the service; its log has the details.",
}

_BY_STATUS = {400: "bad_input", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_type"}


class Refusal(HTTPException):
    """A request refused for reasons that only HTTP knows."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, headers)
        self.code = code
        self.field = field


def status_of(error: BowerbirdError) -> int:
    """The HTTP status of an error of the tree."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def error_body(code: str, message: str, field: str | None = None) -> dict[str, dict[str, str | None]]:
    """The error's shape; also used for the items of a batch."""
    return {"error": {"code": code, "message": message, "field": field, "link": f"/docs#error-{code}"}}


def body_of(error: BowerbirdError) -> dict[str, dict[str, str | None]]:
    """The shape of an error of the tree."""
    return error_body(error.code, str(error), getattr(error, "field", None))


def error_response(
    status: int, code: str, message: str, field: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """An error as a response, with the headers that every response carries."""
    return Response(
        orjson.dumps(error_body(code, message, field)),
        status,
        {**SECURITY_HEADERS, "Cache-Control": "no-store", **(headers or {})},
        media_type="application/json",
    )


def install_error_handlers(app: FastAPI) -> None:
    """Let ``app`` answer every fault in the one shape."""
    app.add_exception_handler(BowerbirdError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


async def _known(_: Request, error: Exception) -> Response:
    assert isinstance(error, BowerbirdError)
    status = status_of(error)
    if status >= 500:
        _LOG.error("%s: %s", error.code, error)
    return error_response(status, error.code, str(error), getattr(error, "field", None))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error, Refusal):
        return error_response(error.status_code, error.code, error.detail, error.field, error.headers)
    code = _BY_STATUS.get(error.status_code, "bad_input" if error.status_code < 500 else "internal")
    message = error.detail
    if error.status_code == 404:
        message = f"nothing is at {request.url.path[:200]}; the addresses are listed at /docs"
    elif error.status_code == 405:
        message = f"{request.method} is not for this address"
    return error_response(error.status_code, code, message, None, error.headers)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"][1:])
    return error_response(400, "bad_input", f"{field}: {first['msg']}", field or None)


async def _unexpected(_: Request, error: Exception) -> Response:
    # The traceback reaches the log by the server, which sees the error again after this answer.
    return error_response(500, "internal", f"an unexpected fault ({type(error).__name__}); the service's log has more")
