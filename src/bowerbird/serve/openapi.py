"""What /openapi.json says beyond what the routes' types say: bodies, parameters, keys and error codes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bowerbird import __version__
from bowerbird.serve.errors import CODES
from bowerbird.serve.event_schemas import EventsRequest, ShopperRequest
from bowerbird.serve.experiment_schemas import OutcomesRequest, StartExperimentRequest, StopExperimentRequest
from bowerbird.serve.explain_schemas import ExplainRequest
from bowerbird.serve.product_schemas import BatchRequest, ProductRecord
from bowerbird.serve.profile_schemas import TasteEditsRequest
from bowerbird.serve.rank_settings_schemas import RankSettingsRecord
from bowerbird.serve.rules_schemas import RulesRequest, TryRulesRequest, UndoRulesRequest
from bowerbird.serve.schemas import ErrorAnswer, SearchRequest
from bowerbird.serve.understanding_schemas import SynonymsAnswer, UnderstandRequest

_BODIES = (
    SearchRequest,
    ExplainRequest,
    UnderstandRequest,
    SynonymsAnswer,
    BatchRequest,
    ProductRecord,
    RulesRequest,
    UndoRulesRequest,
    TryRulesRequest,
    RankSettingsRecord,
    StartExperimentRequest,
    StopExperimentRequest,
    OutcomesRequest,
    TasteEditsRequest,
    EventsRequest,
    ShopperRequest,
)
_TEMPLATE = "#/components/schemas/{model}"
_MEANING = {
    400: "Bad input",
    401: "No key, or an unknown one",
    403: "The key may not do this",
    404: "Not found",
    413: "Too large",
    415: "Not JSON",
    501: "Not built in",
    503: "Not ready",
}


def described(answer: type[BaseModel], *refusals: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: its answer and the errors it gives."""
    return {200: {"model": answer, "description": "Done"}, **refused(*refusals)}


def refused(*refusals: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route gives."""
    return {status: {"model": ErrorAnswer, "description": _MEANING[status]} for status in sorted({*refusals, 401})}


def with_body(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """The request body of a route that reads it by itself."""
    schema = {"$ref": _TEMPLATE.format(model=model.__name__)}
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def parameters(model: type[BaseModel], *names: str) -> dict[str, Any]:
    """The query parameters of a route that reads them by a model; all of its fields where none are named."""
    properties = model.model_json_schema()["properties"]
    listed = []
    for name in names or tuple(properties):
        schema = dict(properties[name])
        note = schema.pop("description", "")
        if schema.get("type") == "array":
            schema = {"type": "string"}
        listed.append({"name": name, "in": "query", "required": False, "description": note, "schema": schema})
    return {"parameters": listed}


def install_openapi(app: FastAPI) -> None:
    """Let ``app`` describe itself."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described_app(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's documented way to extend the schema


def _described_app(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="Bowerbird", version=__version__, description="Search a shop by words and photos.", routes=app.routes
    )
    _, bodies = models_json_schema([(model, "validation") for model in _BODIES], ref_template=_TEMPLATE)
    components = document.setdefault("components", {})
    components["schemas"] = {**bodies["$defs"], **components.get("schemas", {})}
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    document["security"] = [{}, {"bearer": []}, {"header": []}]
    document["x-errors"] = [{"code": code, "meaning": meaning} for code, meaning in CODES.items()]
    return document
