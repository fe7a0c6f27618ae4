"""The page, its modules and styles, and the API's description. All are open: they hold no secrets."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from bowerbird.serve.service import service_of

router = APIRouter(include_in_schema=False)


@router.get("/")
@router.get("/search")
@router.get("/about")
@router.get("/cart")
@router.get("/product/{id:path}")
async def show_page(request: Request) -> Response:
    """The shop's page, which looks at its own address to know what to show."""
    return _file(request, "index.html")


@router.get("/docs")
async def show_docs(request: Request) -> Response:
    """The API's description, drawn from /openapi.json without any help from outside."""
    return _file(request, "docs.html")


@router.get("/assets/{name:path}")
async def show_asset(request: Request, name: str) -> Response:
    """A file of the page."""
    return _file(request, name)


def _file(request: Request, name: str) -> Response:
    file = service_of(request).web.get(name)
    zipped = file.zipped if "gzip" in request.headers.get("accept-encoding", "") else None
    # Two encodings of one file are two representations, so each has a tag of its own.
    tag = f'"{file.tag}{"-gzip" if zipped is not None else ""}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if file.zipped is not None:
        headers["Vary"] = "Accept-Encoding"
    if request.headers.get("if-none-match") in (tag, f"W/{tag}"):
        return Response(status_code=304, headers=headers)
    if zipped is None:
        return Response(file.content, headers=headers, media_type=file.kind)
    return Response(zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.kind)
