"""/healthz: the process answers. /readyz: the shop is open and its index is in use."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from bowerbird.serve.answers import json_response
from bowerbird.serve.errors import Refusal
from bowerbird.serve.service import service_of

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=None)
async def healthz() -> Response:
    """Whether the process answers."""
    return json_response({"status": "ok"})


@router.get("/readyz", response_model=None)
async def readyz(request: Request) -> Response:
    """Whether searches can be answered: 200 or 503."""
    service = service_of(request)
    status = await service.prepare(service.engine.status)
    if not status.get("ready"):
        raise Refusal(503, "not_ready", "the shop is not ready yet", headers={"Retry-After": "1"})
    shown = ("products", "applied", "last_seq")
    return json_response({"status": "ready", **{name: status[name] for name in shown if name in status}})
