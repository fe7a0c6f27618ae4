"""POST /v1/events, DELETE /v1/shoppers, GET /v1/shoppers/export: what shoppers do, and what is kept of one.

Shoppers' browsers send events, so a search key lets them in: with it one can add events and read nobody's. A name in
an event is the sender's word; where that matters, let user ids be ones that cannot be guessed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Who
from bowerbird.engine.recording import ShopperExport
from bowerbird.events.flow import ReadEvents, read_events
from bowerbird.events.records import event_record
from bowerbird.events.shoppers import is_user, name_in
from bowerbird.events.writing import Recorded
from bowerbird.serve.access import may_search, may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.errors import Refusal, body_of
from bowerbird.serve.event_schemas import (
    ErasedAnswer,
    EventsAnswer,
    EventsRequest,
    ShopperExportAnswer,
    ShopperRequest,
)
from bowerbird.serve.openapi import described, parameters, with_body
from bowerbird.serve.requests import read_parameters, validate
from bowerbird.serve.service import Service, service_of

router = APIRouter(prefix="/v1", tags=["events"])
_WRITE = [Depends(may_write)]
PLAIN = "text/plain"
"""What browsers' ``sendBeacon`` calls what it sends."""
_KINDS = ("application/json", PLAIN)


@router.post(
    "/events",
    response_model=None,
    dependencies=[Depends(may_search)],
    responses=described(EventsAnswer, 400, 413, 415),
    openapi_extra=with_body(EventsRequest),
)
async def record_events(request: Request) -> Response:
    """Record up to 1,000 events, on the disk when answered; a bad one does not stop the others.

    Also as text/plain, as ``sendBeacon`` sends it, from the shop's own pages.
    """
    service = service_of(request)
    _check_origin(request, service)
    body = await service.bodies.read_json(request, kinds=_KINDS, nul=True)

    def write() -> Response:
        read = read_events(body, time.time(), service.engine.events.oldest)
        if read.alone and read.refused:
            raise read.refused[0].error
        return json_response(_told(read, service.engine.record_events(read.events)))

    return await service.write(write)


@router.delete(
    "/shoppers",
    response_model=None,
    dependencies=_WRITE,
    responses=described(ErasedAnswer, 400, 403, 413, 415),
    openapi_extra={**parameters(ShopperRequest), **with_body(ShopperRequest, required=False)},
)
async def erase_shopper(request: Request) -> Response:
    """Erase everything that is kept of a shopper, named in the address or in the body.

    A session that became a user's stands for the user.
    """
    service = service_of(request)
    if request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers:
        wanted = validate(ShopperRequest, await service.bodies.read_json(request))
    else:
        wanted = read_parameters(request, ShopperRequest)
    who = _who(wanted)
    erased = await service.write(lambda: service.engine.erase_shopper(who))
    return json_response({"status": "erased", "events": erased.events, "names": erased.names})


@router.get(
    "/shoppers/export",
    response_model=None,
    dependencies=_WRITE,
    responses=described(ShopperExportAnswer, 400, 403),
    openapi_extra=parameters(ShopperRequest),
)
async def export_shopper(request: Request) -> Response:
    """Everything that is kept of a shopper."""
    service = service_of(request)
    who = _who(read_parameters(request, ShopperRequest))
    export = await service.search(lambda: service.engine.export_shopper(who))
    return StreamingResponse(_written(export), media_type="application/json", headers={"Cache-Control": "no-store"})


def _check_origin(request: Request, service: Service) -> None:
    """Raise Refusal (415) where a foreign page sends text: a browser asks nobody before it sends that anywhere."""
    origin = request.headers.get("origin")
    if origin is None or origin in service.settings.cors or urlsplit(origin).netloc == request.headers.get("host"):
        return
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == PLAIN:
        raise Refusal(415, "unsupported_type", f"{PLAIN} is taken from the shop's own pages; see --cors", "Origin")


def _who(wanted: ShopperRequest) -> Who:
    who = Who(wanted.user.strip(), wanted.session.strip())
    if not who.known:
        raise InputError("no shopper is named", field="user", expected="user, session, or both")
    return who


def _told(read: ReadEvents, recorded: list[Recorded]) -> dict[str, object]:
    new = sum(one.new for one in recorded)
    return {
        "recorded": new,
        "known": len(recorded) - new,
        "refused": len(read.refused),
        "errors": [{"event": one.place, **body_of(one.error)} for one in read.refused],
    }


def _written(export: ShopperExport) -> Iterator[bytes]:
    """An export as JSON, piece by piece: there may be many events."""
    user = next((name_in(key) for key in export.keys if is_user(key)), "")
    sessions = [name_in(key) for key in export.keys if not is_user(key)]
    head = orjson.dumps({"user": user, "sessions": sessions, **export.parts}, option=orjson.OPT_SERIALIZE_NUMPY)
    yield head[:-1] + b',"events":['
    for number, one in enumerate(export.events):
        yield (b"," if number else b"") + orjson.dumps(event_record(one.event))
    yield b"]}"
