"""GET and PUT /v1/rules, GET /v1/rules/history, POST /v1/rules/undo and /v1/rules/try: the merchandising rules."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import Query, Wish
from bowerbird.domain.record_checks import moment_at
from bowerbird.domain.rule_records import read_rules
from bowerbird.serve.access import may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.openapi import described, parameters, with_body
from bowerbird.serve.requests import read_parameters, validate
from bowerbird.serve.rules_answers import history_body, rules_body, trial_body
from bowerbird.serve.rules_schemas import (
    HistoryRequest,
    RulesAnswer,
    RulesHistoryAnswer,
    RulesRequest,
    TryRulesAnswer,
    TryRulesRequest,
    UndoRulesRequest,
)
from bowerbird.serve.service import service_of

# Rules tell a shop's plans, so reading them needs the right to write them.
router = APIRouter(prefix="/v1/rules", tags=["rules"], dependencies=[Depends(may_write)])


@router.get("", response_model=None, responses=described(RulesAnswer, 403))
async def list_rules(request: Request) -> Response:
    """The rules in force, and who put them there."""
    service = service_of(request)
    return await service.search(lambda: json_response(rules_body(service.engine.rules)))


@router.put(
    "",
    response_model=None,
    responses=described(RulesAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(RulesRequest),
)
async def set_rules(request: Request) -> Response:
    """Put a whole set of rules in force; the next search goes by it."""
    service = service_of(request)
    wanted = validate(RulesRequest, await service.bodies.read_json(request))

    def write() -> Response:
        rules = read_rules(wanted.rules)
        return json_response(rules_body(service.engine.set_rules(rules, wanted.author, wanted.note, wanted.version)))

    return await service.write(write)


@router.get(
    "/history",
    response_model=None,
    responses=described(RulesHistoryAnswer, 400, 403),
    openapi_extra=parameters(HistoryRequest),
)
async def list_changes(request: Request) -> Response:
    """The latest changes of the rules, newest first."""
    service = service_of(request)
    wanted = read_parameters(request, HistoryRequest)
    return json_response(history_body(await service.search(lambda: service.engine.rules_history(wanted.limit))))


@router.post(
    "/undo",
    response_model=None,
    responses=described(RulesAnswer, 400, 403, 404, 413, 415),
    openapi_extra=with_body(UndoRulesRequest),
)
async def undo(request: Request) -> Response:
    """Put the rules before the latest change in force again, as a change of its own."""
    service = service_of(request)
    wanted = validate(UndoRulesRequest, await service.bodies.read_json(request))
    return await service.write(
        lambda: json_response(rules_body(service.engine.undo_rules(wanted.author, wanted.version)))
    )


@router.post(
    "/try",
    response_model=None,
    responses=described(TryRulesAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(TryRulesRequest),
)
async def try_rules(request: Request) -> Response:
    """A search before and after: under the rules in force and a draft, or under none and those in force."""
    service = service_of(request)
    wanted = validate(TryRulesRequest, await service.bodies.read_json(request))

    def search() -> Response:
        draft = None if wanted.draft is None else read_rules(wanted.draft, at="draft")
        at = None if wanted.at is None else moment_at(wanted.at, "at")
        query = Query(Wish(wanted.q), filters=parse_filter(wanted.filters), audience=wanted.audience)
        return json_response(trial_body(service.engine.try_rules(query, draft, wanted.first, at)))

    return await service.search(search)
