"""POST /v1/understand, and the merchant's synonyms: GET and PUT /v1/synonyms."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.serve.access import may_search, may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.openapi import described, with_body
from bowerbird.serve.requests import validate
from bowerbird.serve.service import service_of
from bowerbird.serve.understanding_answers import understanding_body
from bowerbird.serve.understanding_schemas import SynonymsAnswer, UnderstandAnswer, UnderstandRequest
from bowerbird.understand.synonyms import read_synonyms

router = APIRouter(prefix="/v1", tags=["understanding"])


@router.post(
    "/understand",
    response_model=None,
    dependencies=[Depends(may_search)],
    responses=described(UnderstandAnswer, 400, 413, 415),
    openapi_extra=with_body(UnderstandRequest),
)
async def understand(request: Request) -> Response:
    """What a shopper's words mean in this shop: language, entities, conditions, intent, sentiment, wordings."""
    service = service_of(request)
    wanted = validate(UnderstandRequest, await service.bodies.read_json(request))
    return json_response(understanding_body(await service.search(lambda: service.engine.understand(wanted.q))))


@router.get(
    "/synonyms",
    response_model=None,
    dependencies=[Depends(may_search)],
    responses=described(SynonymsAnswer),
)
async def list_synonyms(request: Request) -> Response:
    """The merchant's own synonyms."""
    service = service_of(request)
    return json_response(await service.search(lambda: service.engine.synonyms.as_json()))


@router.put(
    "/synonyms",
    response_model=None,
    dependencies=[Depends(may_write)],
    responses=described(SynonymsAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(SynonymsAnswer),
)
async def set_synonyms(request: Request) -> Response:
    """Replace the merchant's synonyms; the next search uses them."""
    service = service_of(request)
    sets = read_synonyms(await service.bodies.read_json(request))
    await service.write(lambda: service.engine.set_synonyms(sets))
    return json_response(sets.as_json())
