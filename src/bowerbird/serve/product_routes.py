"""/v1/products: read, put, change and delete products, one by one or in batches, and find similar ones.

Writes are durable when they are acknowledged and are found by searches within a second. Ids may contain slashes.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.catalog.records import product_from_record, product_to_record
from bowerbird.domain.errors import InputError, NotFoundError
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.product import Product
from bowerbird.serve.access import is_allowed, may_search, may_write
from bowerbird.serve.answers import json_response, results_body
from bowerbird.serve.errors import body_of
from bowerbird.serve.openapi import described, parameters, with_body
from bowerbird.serve.product_answers import page_body
from bowerbird.serve.product_schemas import (
    MAX_OPERATIONS,
    BatchAnswer,
    BatchRequest,
    PageRequest,
    ProductPageAnswer,
    ProductRecord,
    WriteAnswer,
)
from bowerbird.serve.requests import read_parameters, validate
from bowerbird.serve.schemas import SearchAnswer, SimilarRequest
from bowerbird.serve.service import Service, service_of
from bowerbird.serve.shop_only import refuse_shop_only, told_product
from bowerbird.storage.products import Put

router = APIRouter(prefix="/v1", tags=["products"])
_READ = [Depends(may_search)]
_WRITE = [Depends(may_write)]


@router.post(
    "/products:batch",
    response_model=None,
    dependencies=_WRITE,
    responses=described(BatchAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(BatchRequest),
)
async def write_batch(request: Request) -> Response:
    """Put and delete up to 1,000 products; a bad one does not stop the others. A plain list is a list to put."""
    service = service_of(request)
    body = await service.bodies.read_json(request)
    batch = validate(BatchRequest, {"products": body} if isinstance(body, list) else body)
    count = len(batch.products) + len(batch.delete)
    if count > MAX_OPERATIONS:
        raise InputError("too many operations in one batch", found=count, expected=f"at most {MAX_OPERATIONS}")
    items = await service.write(lambda: _apply(service, batch))
    return json_response({"items": items, "counts": dict(Counter(item["status"] for item in items))})


@router.get(
    "/products/{id:path}/similar",
    response_model=None,
    dependencies=_READ,
    responses=described(SearchAnswer, 400, 404),
    openapi_extra=parameters(SimilarRequest),
)
async def find_similar(request: Request, id: str) -> Response:
    """Products like one, by its photos and texts."""
    service = service_of(request)
    wanted = read_parameters(request, SimilarRequest)
    condition = parse_filter(wanted.filters)
    whole = await is_allowed(request, may_write)
    if not whole:
        refuse_shop_only(condition)
    results = await service.search(lambda: service.engine.similar(id, wanted.per_page, condition, wanted.lang))
    return json_response(results_body(results, lang=wanted.lang, whole=whole))


@router.get(
    "/products/{id:path}/view",
    response_model=None,
    dependencies=_READ,
    responses=described(ProductPageAnswer, 400, 404),
    openapi_extra=parameters(PageRequest),
)
async def view_product(request: Request, id: str) -> Response:
    """One product as its own page shows it."""
    service = service_of(request)
    wanted = read_parameters(request, PageRequest)
    whole = await is_allowed(request, may_write)
    return await service.search(lambda: json_response(page_body(service.engine.product_page(id, wanted.lang), whole)))


@router.get("/products/{id:path}", response_model=None, dependencies=_READ, responses=described(ProductRecord, 404))
async def read_product(request: Request, id: str) -> Response:
    """One product as its canonical record."""
    service = service_of(request)
    whole = await is_allowed(request, may_write)
    product = await service.search(lambda: service.engine.product(id))
    return json_response(product_to_record(told_product(product, whole)))


@router.put(
    "/products/{id:path}",
    response_model=None,
    dependencies=_WRITE,
    responses=described(WriteAnswer, 400, 403, 413, 415),
    openapi_extra=with_body(ProductRecord),
)
async def put_product(request: Request, id: str) -> Response:
    """Write a product whole. Answers 201 where it is new."""
    service = service_of(request)
    record = record_with_id(await service.bodies.read_json(request), id)
    # Cleaning a large record takes a while, so it too runs off the event loop.
    outcome = (await service.write(lambda: service.engine.put([product_from_record(record)])))[0]
    return json_response({"id": id, "status": outcome.result.value}, 201 if outcome.result is Put.NEW else 200)


@router.patch(
    "/products/{id:path}",
    response_model=None,
    dependencies=_WRITE,
    responses=described(ProductRecord, 400, 403, 404, 413, 415),
    openapi_extra=with_body(ProductRecord),
)
async def patch_product(request: Request, id: str) -> Response:
    """Change the fields given (a JSON merge patch: null removes one) and answer the whole record."""
    service = service_of(request)
    record = record_with_id(await service.bodies.read_json(request), id)
    product = await service.write(lambda: service.engine.patch(id, record))
    return json_response(product_to_record(product))


@router.delete(
    "/products/{id:path}", response_model=None, dependencies=_WRITE, responses=described(WriteAnswer, 403, 404)
)
async def delete_product(request: Request, id: str) -> Response:
    """Delete a product."""
    service = service_of(request)
    if not (await service.write(lambda: service.engine.delete([id])))[0]:
        raise NotFoundError(f"no product {id[:200]!r}")
    return json_response({"id": id, "status": "deleted"})


def record_with_id(record: Any, id: str) -> dict[str, Any]:
    """The record of a request with the address's id in it. Raises InputError where the two differ."""
    if not isinstance(record, dict):
        raise InputError("a product is an object", found=type(record).__name__, expected="a JSON object")
    if not id:
        raise NotFoundError("the address names no product")
    if record.get("id", id) != id:
        raise InputError("the record's id is not the address's", field="id", found=record["id"], expected=id)
    return {**record, "id": id}


def _apply(service: Service, batch: BatchRequest) -> list[dict[str, Any]]:
    """Do a batch's operations; the outcome of each in order."""
    items = _put_all(service, batch.products)
    put = {item["id"] for item in items if item["status"] != "rejected"}
    return items + _delete_all(service, batch.delete, put)


def _put_all(service: Service, records: list[Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    good: list[tuple[int, Product]] = []
    for position, record in enumerate(records):
        items.append({"id": _id_of(record), "status": "rejected"})
        try:
            good.append((position, product_from_record(record)))
        except InputError as error:
            items[position] |= body_of(error)
    outcomes = service.engine.put([product for _, product in good]) if good else []
    for (position, product), outcome in zip(good, outcomes, strict=True):
        items[position] = {"id": product.id, "status": outcome.result.value}
    return items


def _delete_all(service: Service, ids: list[str], put: set[str | None]) -> list[dict[str, Any]]:
    clashing = InputError("the same batch puts this product", field="delete", expected="one operation a product")
    wanted = [id for id in ids if id not in put]
    there = dict(zip(wanted, service.engine.delete(wanted) if wanted else [], strict=True))
    return [
        {"id": id, "status": "deleted" if there[id] else "not_found"}
        if id in there
        else {"id": id, "status": "rejected", **body_of(clashing)}
        for id in ids
    ]


def _id_of(record: Any) -> str | None:
    id = record.get("id") if isinstance(record, dict) else None
    return id[:200] if isinstance(id, str) else None
