"""The page, its script and style, the API's description, and the shop's photos. All are open: they hold no secrets.

Photos are named by their content hash, so browsers may keep them for good.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from bowerbird.domain.errors import NotFoundError
from bowerbird.serve.service import service_of

router = APIRouter(include_in_schema=False)

WEB = Path(__file__).resolve().parent.parent / "web"
_FILES = {
    "index.html": "text/html; charset=utf-8",
    "docs.html": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "docs.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_HASH = re.compile(r"[0-9a-f]{16,128}")


@router.get("/")
async def show_page(request: Request) -> Response:
    """The search page."""
    return _file(request, "index.html")


@router.get("/docs")
async def show_docs(request: Request) -> Response:
    """The API's description, drawn from /openapi.json without any help from outside."""
    return _file(request, "docs.html")


@router.get("/assets/{name}")
async def show_asset(request: Request, name: str) -> Response:
    """A file of the page."""
    if name not in _FILES:
        raise NotFoundError("no such file of the page")
    return _file(request, name)


@router.get("/photos/{name}")
async def show_photo(request: Request, name: str) -> Response:
    """A photo of the shop by its content hash."""
    if not _HASH.fullmatch(name):
        raise NotFoundError("photos are named by their content hash")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{name}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    service = service_of(request)
    content, kind = await service.prepare(lambda: service.engine.photo(name))
    kind = kind if kind.startswith("image/") and "svg" not in kind else "application/octet-stream"
    if isinstance(content, Path):
        return FileResponse(content, headers=headers, media_type=kind)
    return Response(content, headers=headers, media_type=kind)


def _file(request: Request, name: str) -> Response:
    content, tag = _read(name)
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_FILES[name])


@cache
def _read(name: str) -> tuple[bytes, str]:
    content = (WEB / name).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
