"""GET /v1/ranking, and the merchant's ranking settings: GET and PUT /v1/ranking/settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.rank.knobs import as_record, read_knobs, values_of
from bowerbird.serve.access import may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.openapi import described, with_body
from bowerbird.serve.rank_settings_schemas import RankingStatusAnswer, RankSettingsAnswer, RankSettingsRecord
from bowerbird.serve.service import service_of

if TYPE_CHECKING:
    from bowerbird.engine.ranking import Ranker

# How a shop ranks is its own business, so reading it needs the right to change it.
router = APIRouter(prefix="/v1/ranking", tags=["ranking"], dependencies=[Depends(may_write)])


@router.get("", response_model=None, responses=described(RankingStatusAnswer, 403))
async def ranking(request: Request) -> Response:
    """How the ranking stands: what decides, what failed, and which sellers are seen."""
    service = service_of(request)
    return json_response(await service.search(lambda: service.engine.status()["ranking"]))


@router.get("/settings", response_model=None, responses=described(RankSettingsAnswer, 403))
async def list_settings(request: Request) -> Response:
    """The ranking settings in force."""
    service = service_of(request)
    return json_response(await service.search(lambda: settings_body(service.engine.ranker)))


@router.put(
    "/settings",
    response_model=None,
    responses=described(RankSettingsAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(RankSettingsRecord),
)
async def set_settings(request: Request) -> Response:
    """Replace the ranking settings; what is left out goes back to its default, and the next search goes by it."""
    service = service_of(request)
    given = read_knobs(await service.bodies.read_json(request))

    def write() -> dict[str, Any]:
        service.engine.ranker.set(given)
        return settings_body(service.engine.ranker)

    return json_response(await service.write(write))


def settings_body(ranker: Ranker) -> dict[str, Any]:
    """Ranking settings as they are answered."""
    return {"settings": as_record(values_of(ranker.settings)), "given": as_record(ranker.given)}
