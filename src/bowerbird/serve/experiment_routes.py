"""GET and POST /v1/experiments, GET /v1/experiments/{name}, POST .../outcomes and .../stop: experiments."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.domain.errors import InputError
from bowerbird.engine.experiment_definitions import read_definition
from bowerbird.measure.impressions import Impression, read_impression
from bowerbird.serve.access import may_write
from bowerbird.serve.answers import json_response
from bowerbird.serve.experiment_answers import counted_body, experiment_body, experiments_body, report_body
from bowerbird.serve.experiment_schemas import (
    ExperimentAnswer,
    ExperimentsAnswer,
    ExperimentStateAnswer,
    OutcomesAnswer,
    OutcomesRequest,
    StartExperimentRequest,
    StopExperimentRequest,
)
from bowerbird.serve.openapi import described, with_body
from bowerbird.serve.requests import validate
from bowerbird.serve.service import service_of

# Outcomes decide what shoppers are shown, so telling them needs the right to write.
router = APIRouter(prefix="/v1/experiments", tags=["experiments"], dependencies=[Depends(may_write)])


@router.get("", response_model=None, responses=described(ExperimentsAnswer, 403))
async def list_experiments(request: Request) -> Response:
    """Every experiment, the oldest first."""
    service = service_of(request)
    return await service.search(lambda: json_response(experiments_body(service.engine.experiments.all())))


@router.post(
    "",
    response_model=None,
    responses=described(ExperimentAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(StartExperimentRequest),
)
async def start_experiment(request: Request) -> Response:
    """Start an experiment; the next search takes part."""
    service = service_of(request)
    wanted = validate(StartExperimentRequest, await service.bodies.read_json(request))

    def write() -> Response:
        definition = read_definition(wanted.definition)
        return json_response(experiment_body(service.engine.experiments.start(definition, wanted.author)))

    return await service.write(write)


@router.get("/{name}", response_model=None, responses=described(ExperimentStateAnswer, 403, 404))
async def show_experiment(request: Request, name: str) -> Response:
    """How an experiment stands; look as often as you like."""
    service = service_of(request)
    return await service.search(lambda: json_response(report_body(service.engine.experiments.report(name))))


@router.post(
    "/{name}/outcomes",
    response_model=None,
    responses=described(OutcomesAnswer, 400, 403, 404, 413, 415),
    openapi_extra=with_body(OutcomesRequest),
)
async def count_outcomes(request: Request, name: str) -> Response:
    """Count what came of searches; a broken guard or shoppers in the wrong shares stop the experiment."""
    service = service_of(request)
    wanted = validate(OutcomesRequest, await service.bodies.read_json(request))

    def write() -> Response:
        outcomes = [_read_outcome(one, f"outcomes[{number}]") for number, one in enumerate(wanted.outcomes)]
        return json_response(counted_body(service.engine.experiments.count(name, outcomes)))

    return await service.write(write)


@router.post(
    "/{name}/stop",
    response_model=None,
    responses=described(ExperimentAnswer, 400, 403, 404, 413, 415),
    openapi_extra=with_body(StopExperimentRequest),
)
async def stop_experiment(request: Request, name: str) -> Response:
    """Stop an experiment; the next search goes without it."""
    service = service_of(request)
    wanted = validate(StopExperimentRequest, await service.bodies.read_json(request))
    return await service.write(
        lambda: json_response(experiment_body(service.engine.experiments.stop(name, wanted.author, wanted.why)))
    )


def _read_outcome(line: Any, at: str) -> Impression:
    if not isinstance(line, dict):
        raise InputError("no outcome", field=at, where=at, found=line, expected="an object")
    try:
        return read_impression(line, at)
    except InputError as error:
        error.field = f"{at}.{error.field}"
        raise
