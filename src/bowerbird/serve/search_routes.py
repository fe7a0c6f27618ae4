"""POST and GET /v1/search, GET /v1/suggest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.domain.errors import AudioError, PhotoError
from bowerbird.domain.query import Query
from bowerbird.serve.access import is_allowed, may_search, may_write
from bowerbird.serve.answers import Detail, capabilities_body, fields_body, json_response, results_body
from bowerbird.serve.audio_routes import refuse_without_speech
from bowerbird.serve.openapi import described, parameters, with_body
from bowerbird.serve.requests import decode_base64, read_parameters, to_query, validate
from bowerbird.serve.schemas import (
    SearchAnswer,
    SearchRequest,
    SuggestAnswer,
    SuggestRequest,
    VoiceRequest,
)
from bowerbird.serve.service import Service, service_of
from bowerbird.serve.shop_only import as_allowed
from bowerbird.serve.shop_schemas import CapabilitiesAnswer, FieldsAnswer
from bowerbird.serve.understanding_answers import heard_body

if TYPE_CHECKING:
    from bowerbird.engine.hearing import Heard

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(may_search)])

_GET_SEARCH = (
    "q",
    "text_weight",
    "like",
    "filters",
    "facets",
    "sort",
    "page",
    "per_page",
    "lang",
    "unfinished",
    "understand",
    "correct",
    "audience",
    "rules",
    "shopper",
    "user",
    "session",
    "reasons",
    "explain",
)


@router.post(
    "/search",
    response_model=None,
    responses=described(SearchAnswer, 400, 413, 415),
    openapi_extra=with_body(SearchRequest),
)
async def search(request: Request) -> Response:
    """Search by words, photos, or both."""
    wanted = validate(SearchRequest, await service_of(request).bodies.read_json(request))
    return await _answer(request, wanted)


@router.get(
    "/search",
    response_model=None,
    responses=described(SearchAnswer, 400),
    openapi_extra=parameters(SearchRequest, *_GET_SEARCH),
)
async def search_by_words(request: Request) -> Response:
    """Search by words; `facets` and `like` are lists with commas."""
    wanted = read_parameters(request, SearchRequest, lists=("facets", "like"))
    return await _answer(request, wanted)


@router.get(
    "/suggest", response_model=None, responses=described(SuggestAnswer, 400), openapi_extra=parameters(SuggestRequest)
)
async def suggest(request: Request) -> Response:
    """Ways to go on from the beginning of a query."""
    service = service_of(request)
    wanted = read_parameters(request, SuggestRequest)
    found = await service.search(lambda: service.engine.suggest(wanted.q, wanted.limit))
    return json_response({"suggestions": [{"text": one.text, "kind": one.kind, "count": one.count} for one in found]})


@router.get("/fields", response_model=None, responses=described(FieldsAnswer))
async def list_fields(request: Request) -> Response:
    """The fields that filters and facets know."""
    service = service_of(request)
    fields = await service.search(service.engine.fields)
    return json_response({"fields": fields_body(fields, await is_allowed(request, may_write))})


@router.get("/capabilities", response_model=None, responses=described(CapabilitiesAnswer))
async def tell_capabilities(request: Request) -> Response:
    """What a page may offer over this shop: languages, photos, speech, and the facets worth showing."""
    service = service_of(request)
    capabilities = await service.search(service.engine.capabilities)
    return json_response(capabilities_body(capabilities, await is_allowed(request, may_write)))


async def _answer(request: Request, wanted: SearchRequest) -> Response:
    service = service_of(request)
    whole = await is_allowed(request, may_write)
    query, heard = await read_query(service, wanted, whole)

    def run() -> Response:
        with naming_photos(wanted):
            body = results_body(service.engine.search(query), detail_for(wanted), wanted.lang, whole=whole)
        if heard is not None:
            body["heard"] = heard_body(heard)
        return json_response(body)

    return await service.search(run)


async def read_query(service: Service, wanted: SearchRequest, whole: bool) -> tuple[Query, Heard | None]:
    """The query that is asked, as its caller may ask it, with what was heard in it. Raises Refusal, InputError."""
    heard = None if wanted.voice is None else await _hear(service, wanted.voice)
    if heard is not None:
        wanted = wanted.model_copy(update={"q": f"{wanted.q} {heard.text}".strip()})
    photos = [*wanted.images, *(wanted.unwanted.images if wanted.unwanted else ())]
    if not photos:
        return as_allowed(to_query(wanted, service.fetch), whole), heard
    place = service.prepare if any(photo.url for photo in photos) else service.search
    return await place(lambda: as_allowed(to_query(wanted, service.fetch), whole)), heard


def detail_for(wanted: SearchRequest) -> Detail:
    """How much is told of hits."""
    if wanted.explain:
        return Detail.RANKING
    return Detail.REASONS if wanted.reasons else Detail.PLAIN


@contextmanager
def naming_photos(wanted: SearchRequest) -> Iterator[None]:
    """Faults of photos leave with the request's field in them."""
    try:
        yield
    except PhotoError as error:
        error.field = _place_of(wanted, error.field)
        raise


async def _hear(service: Service, voice: VoiceRequest) -> Heard:
    """What was said in a clip. Raises Refusal (501), AudioError."""
    refuse_without_speech(service)
    clip = decode_base64(voice.data, "voice.data")
    try:
        return await service.search(lambda: service.engine.transcribe(clip, voice.language))
    except AudioError as error:
        error.field = "voice.data"
        raise


def _place_of(wanted: SearchRequest, field: str | None) -> str:
    """The request's field for a photo's fault; which photo it was is only known where there is one."""
    place = "images" if wanted.images else "not.images"
    unwanted = len(wanted.unwanted.images) if wanted.unwanted else 0
    if len(wanted.images) + unwanted == 1:
        place += "[0]"
    return f"{place}.{field}" if field else place
