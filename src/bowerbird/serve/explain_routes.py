"""POST /v1/explain: why one product stands where it stands in a search."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.serve.access import is_allowed, may_search, may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.explain_answers import explained_body
from bowerbird.serve.explain_schemas import ExplainAnswer, ExplainRequest
from bowerbird.serve.openapi import described, with_body
from bowerbird.serve.requests import validate
from bowerbird.serve.search_routes import naming_photos, read_query
from bowerbird.serve.service import service_of

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(may_search)])


@router.post(
    "/explain",
    response_model=None,
    responses=described(ExplainAnswer, 400, 404, 413, 415),
    openapi_extra=with_body(ExplainRequest),
)
async def explain(request: Request) -> Response:
    """Why a product stands where it does in a search, or is not there; with a photo this takes about a second."""
    service = service_of(request)
    wanted = validate(ExplainRequest, await service.bodies.read_json(request))
    whole = await is_allowed(request, may_write)
    query, _ = await read_query(service, wanted, whole)

    def run() -> Response:
        with naming_photos(wanted):
            explained = service.engine.explain(query, wanted.product)
        return json_response(explained_body(explained, wanted.lang, whole=whole))

    return await service.search(run)
