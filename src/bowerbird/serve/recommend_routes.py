"""GET /v1/recommend/{surface}: products for a shopper, a product or a cart; GET /v1/recommend: the lists of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Who
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.recommendation import Likeness, PageKind, RecommendRequest, Surface
from bowerbird.serve.access import is_allowed, may_search, may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.openapi import described, parameters
from bowerbird.serve.recommend_answers import page_body, recommendations_body
from bowerbird.serve.recommend_schemas import (
    RecommendAnswer,
    RecommendPageAnswer,
    RecommendPageParameters,
    RecommendParameters,
)
from bowerbird.serve.requests import read_parameters
from bowerbird.serve.service import service_of
from bowerbird.serve.shop_only import refuse_shop_only

router = APIRouter(prefix="/v1", tags=["recommendations"], dependencies=[Depends(may_search)])

_Parameters = TypeVar("_Parameters", bound=RecommendParameters)
_LISTS = ("cart",)


@router.get(
    "/recommend",
    response_model=None,
    responses=described(RecommendPageAnswer, 400, 404),
    openapi_extra=parameters(RecommendPageParameters),
)
async def recommend_page(request: Request) -> Response:
    """The lists of a page, home, product or cart, the one first that this shopper is likeliest to want."""
    engine = service_of(request).engine

    def find(wanted: RecommendPageParameters, whole: bool) -> dict[str, Any]:
        asked = to_request(wanted, Surface.FOR_YOU)
        return page_body(engine.recommend_page(PageKind(wanted.page), asked), wanted.lang, whole=whole)

    return await _answer(request, RecommendPageParameters, find)


@router.get(
    "/recommend/{surface}",
    response_model=None,
    responses=described(RecommendAnswer, 400, 404),
    openapi_extra=parameters(RecommendParameters),
)
async def recommend(request: Request, surface: str) -> Response:
    """The list of one surface, each product with its reason."""
    engine = service_of(request).engine
    chosen = read_surface(surface)

    def find(wanted: RecommendParameters, whole: bool) -> dict[str, Any]:
        return recommendations_body(engine.recommend(to_request(wanted, chosen)), wanted.lang, whole=whole)

    return await _answer(request, RecommendParameters, find)


def read_surface(name: str) -> Surface:
    """A surface by its name. Raises InputError naming those there are."""
    try:
        return Surface(name)
    except ValueError:
        expected = ", ".join(surface.value for surface in Surface)
        raise InputError("unknown surface", field="surface", found=name[:200], expected=expected) from None


def to_request(wanted: RecommendParameters, surface: Surface) -> RecommendRequest:
    """What is asked. Raises FilterError."""
    return RecommendRequest(
        surface,
        Who(wanted.user, wanted.session),
        wanted.product,
        tuple(wanted.cart),
        wanted.limit,
        parse_filter(wanted.filter),
        Likeness(wanted.by),
        wanted.lang,
    )


async def _answer(
    request: Request, model: type[_Parameters], find: Callable[[_Parameters, bool], dict[str, Any]]
) -> Response:
    wanted = read_parameters(request, model, lists=_LISTS, repeated=_LISTS)
    whole = await is_allowed(request, may_write)
    if not whole:
        refuse_shop_only(parse_filter(wanted.filter))
    return await service_of(request).search(lambda: json_response(find(wanted, whole)))
