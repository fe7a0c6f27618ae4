"""The shop's photos by their content hash, whole or made smaller. They are open; browsers may keep them for good."""

from __future__ import annotations

import re
from pathlib import Path

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from bowerbird.domain.errors import InputError, NotFoundError
from bowerbird.serve.service import service_of
from bowerbird.storage.thumbnails import KINDS, WIDTHS, ThumbnailKind

router = APIRouter(include_in_schema=False)

_HASH = re.compile(r"[0-9a-f]{16,128}")
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/photos/{name}")
async def show_photo(request: Request, name: str) -> Response:
    """A photo of the shop, or with ``w`` a copy at most so many pixels wide in the best format the browser takes."""
    if not _HASH.fullmatch(name):
        raise NotFoundError("photos are named by their content hash")
    width = request.query_params.get("w")
    if width is not None:
        return await _thumbnail(request, name, _read_width(width))
    headers = {**_FOR_GOOD, "ETag": f'"{name}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    service = service_of(request)
    content, kind = await service.prepare(lambda: service.engine.photo(name))
    kind = kind if kind.startswith("image/") and "svg" not in kind else "application/octet-stream"
    if isinstance(content, Path):
        return FileResponse(content, headers=headers, media_type=kind)
    return Response(content, headers=headers, media_type=kind)


async def _thumbnail(request: Request, name: str, width: int) -> Response:
    kind = choose_kind(request.headers.get("accept", ""))
    headers = {**_FOR_GOOD, "ETag": f'"{name}-{width}-{kind}"', "Vary": "Accept"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    service = service_of(request)
    thumbnails = service.engine.thumbnails
    # One that is there need not wait for those that are being made.
    content = await anyio.to_thread.run_sync(thumbnails.kept, name, width, kind)
    if content is None:
        content = await service.draw(lambda: thumbnails.get(name, width, kind))
    return Response(content, headers=headers, media_type=kind.media_type)


def choose_kind(accept: str) -> ThumbnailKind:
    """The best format that an Accept header names; one that anything may be sent to is sent what all can read."""
    named: set[str] = set()
    for part in accept.lower().split(","):
        kind, _, parameters = part.partition(";")
        quality = parameters.replace(" ", "").partition("q=")[2].partition(";")[0]
        if quality.strip("0.") or not quality:
            named.add(kind.strip())
    return next((kind for kind in KINDS if kind.media_type in named), ThumbnailKind.JPEG)


def _read_width(text: str) -> int:
    width = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if width not in WIDTHS:
        raise InputError("no such width", field="w", found=text[:40], expected=", ".join(map(str, WIDTHS)))
    return width
