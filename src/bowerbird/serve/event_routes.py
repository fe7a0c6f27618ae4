"""POST /v1/events, DELETE /v1/shoppers, GET /v1/shoppers/export: what shoppers do, and what is kept of one.

Shoppers' browsers send events, so a search key lets them in: with it one can add events and read nobody's. A name in
an event is the sender's word; where that matters, let user ids be ones that cannot be guessed. What is kept of a
shopper is for who may write, and for the shopper: a session too long to be guessed is a secret of its browser. It does
not speak for the user that it became, since by a sender's word it may become anybody.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Who
from bowerbird.events.flow import read_events
from bowerbird.events.shoppers import is_user
from bowerbird.serve.access import may_search, may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.errors import Refusal
from bowerbird.serve.event_answers import export_pieces, recorded_body
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
SECRET = 32
"""A session of so many characters is nothing that anybody guesses."""
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
        return json_response(recorded_body(read, service.engine.record_events(read.events)))

    return await service.write(write)


@router.delete(
    "/shoppers",
    response_model=None,
    dependencies=[Depends(may_search)],
    responses=described(ErasedAnswer, 400, 403, 413, 415),
    openapi_extra={**parameters(ShopperRequest), **with_body(ShopperRequest, required=False)},
)
async def erase_shopper(request: Request) -> Response:
    """Erase everything that is kept of a shopper, named in the address or in the body.

    A session that became a user's stands for the user. It needs a write key, unless a secret session that is nobody's
    is all it names.
    """
    service = service_of(request)
    if request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers:
        wanted = validate(ShopperRequest, await service.bodies.read_json(request))
    else:
        wanted = read_parameters(request, ShopperRequest)
    keys = await _named(request, wanted)
    erased = await service.write(lambda: service.engine.events.erase(keys))
    return json_response({"status": "erased", "events": erased.events, "names": erased.names})


@router.get(
    "/shoppers/export",
    response_model=None,
    dependencies=[Depends(may_search)],
    responses=described(ShopperExportAnswer, 400, 403),
    openapi_extra=parameters(ShopperRequest),
)
async def export_shopper(request: Request) -> Response:
    """Everything that is kept of a shopper.

    It needs a write key, unless a secret session that is nobody's is all it names.
    """
    service = service_of(request)
    keys = await _named(request, read_parameters(request, ShopperRequest))
    export = await service.search(lambda: service.engine.events.export(keys))
    kept_nowhere = {"Cache-Control": "no-store"}
    return StreamingResponse(export_pieces(export), media_type="application/json", headers=kept_nowhere)


def _check_origin(request: Request, service: Service) -> None:
    """Raise Refusal (415) where a foreign page sends text: a browser asks nobody before it sends that anywhere."""
    origin = request.headers.get("origin")
    if origin is None or origin in service.settings.cors or urlsplit(origin).netloc == request.headers.get("host"):
        return
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == PLAIN:
        raise Refusal(415, "unsupported_type", f"{PLAIN} is taken from the shop's own pages; see --cors", "Origin")


async def _named(request: Request, wanted: ShopperRequest) -> list[str]:
    """The log's keys of whom a request is about: what is done is done to these, whoever a session becomes meanwhile.

    Raises InputError, and Refusal (401, 403) where it is not the sender's to ask.
    """
    service, who = service_of(request), Who(wanted.user, wanted.session)
    if who.user or len(who.session) < SECRET:
        await may_write(request)
    if not who.known:
        raise InputError("no shopper is named", field="user", expected="user, session, or both")
    keys = await service.search(lambda: service.engine.events.log.keys(who))
    if any(map(is_user, keys)):
        await may_write(request)
    return keys
