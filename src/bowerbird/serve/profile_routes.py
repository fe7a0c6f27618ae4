"""A shopper's own tastes: GET, PATCH and DELETE /v1/profile.

A search key is enough, since the shopper's own browser asks. Who knows the name of a user or session can read and
change what is kept of it, so a session is a secret of the browser, and a user is to be named by something that nobody
guesses.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Who
from bowerbird.serve.access import may_search
from bowerbird.serve.answers import json_response
from bowerbird.serve.openapi import described, parameters, with_body
from bowerbird.serve.profile_answers import profile_body
from bowerbird.serve.profile_schemas import ClearedAnswer, ProfileAnswer, ProfileRequest, TasteEditsRequest
from bowerbird.serve.requests import read_parameters, validate
from bowerbird.serve.service import service_of

router = APIRouter(prefix="/v1", tags=["profile"], dependencies=[Depends(may_search)])


@router.get(
    "/profile",
    response_model=None,
    responses=described(ProfileAnswer, 400),
    openapi_extra=parameters(ProfileRequest),
)
async def read_profile(request: Request) -> Response:
    """What the shop has learned of a shopper's tastes, and what they said of them."""
    service = service_of(request)
    who, lang = _asked(request)
    return json_response(await service.search(lambda: profile_body(service.engine.tastes.read(who, lang))))


@router.patch(
    "/profile",
    response_model=None,
    responses=described(ProfileAnswer, 400, 413, 415),
    openapi_extra={**parameters(ProfileRequest), **with_body(TasteEditsRequest)},
)
async def edit_profile(request: Request) -> Response:
    """Like, hide or forget something, set a highest price, or have nothing arranged; the next search goes by it."""
    service = service_of(request)
    who, lang = _asked(request)
    said = validate(TasteEditsRequest, await service.bodies.read_json(request)).model_dump(exclude_unset=True)

    def write() -> Response:
        service.engine.tastes.edit(who, said)
        return json_response(profile_body(service.engine.tastes.read(who, lang)))

    return await service.write(write)


@router.delete(
    "/profile",
    response_model=None,
    responses=described(ClearedAnswer, 400),
    openapi_extra=parameters(ProfileRequest),
)
async def clear_profile(request: Request) -> Response:
    """Forget the tastes that were learned until now; the events stay, and so does what the shopper hid."""
    service = service_of(request)
    who, _ = _asked(request)
    await service.write(lambda: service.engine.tastes.clear(who))
    return json_response({"cleared": True})


def _asked(request: Request) -> tuple[Who, str]:
    """Whose profile, and the language of its titles. Raises InputError where nobody is named."""
    wanted = read_parameters(request, ProfileRequest)
    who = Who(wanted.user, wanted.session)
    if not who.known:
        raise InputError("nobody is named", field="session", expected="a user, a session, or both")
    return who, wanted.lang
