"""From a checked request to the domain's query, and from pydantic's errors to ours."""

from __future__ import annotations

import base64
import binascii
import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from bowerbird.domain.errors import AddressError, InputError, PhotoError
from bowerbird.domain.event import Who
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import FacetRequest, PhotoInput, Query, Sort, Wish
from bowerbird.serve.schemas import (
    MAX_DEPTH_OF_PAGES,
    MAX_PHOTO_BYTES,
    PhotoRequest,
    SearchRequest,
    WishRequest,
)
from bowerbird.storage.photo_decoding import read_header

Model = TypeVar("Model", bound=BaseModel)
Fetch = Callable[[str], bytes]


def validate(model: type[Model], data: Any) -> Model:
    """Check plain data against a model; absent and null are the same. Raises InputError naming the field."""
    if not isinstance(data, dict):
        raise InputError("the body must be an object", found=type(data).__name__, expected="a JSON object")
    try:
        return model.model_validate({name: value for name, value in data.items() if value is not None})
    except ValidationError as error:
        raise _refused(error, model) from None


def read_parameters(
    request: Request, model: type[Model], lists: Iterable[str] = (), repeated: Iterable[str] = ()
) -> Model:
    """Check the address's parameters against a model; ``lists`` are split at commas. Raises InputError.

    Those of the lists that are ``repeated`` may be given again, for more of the same.
    """
    data: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if "\x00" in text or "\x00" in name:
            raise InputError("a parameter holds a NUL character", field=name.replace("\x00", ""))
        value = _converted(name, text, model, lists)
        if name in data and name not in repeated:
            raise InputError("the parameter is given twice", field=name)
        data[name] = [*data[name], *value] if name in data else value
    return validate(model, data)


def _converted(name: str, text: str, model: type[BaseModel], lists: Iterable[str]) -> Any:
    if name in lists:
        return [part.strip() for part in text.split(",") if part.strip()]
    known = model.model_fields.get(name)
    if known is not None and known.annotation is int:
        digits = text.strip().removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else text
    if known is not None and known.annotation is float:
        return _number(text)
    if known is not None and known.annotation is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)
    return text


def _number(text: str) -> float | str:
    """The number that a parameter holds, or its text, which is then refused as none."""
    try:
        return float(text) if len(text) <= 40 else text
    except ValueError:
        return text


def to_query(request: SearchRequest, fetch: Fetch) -> Query:
    """Build the query, decoding base64 and fetching addresses; run it off the event loop. Raises InputError."""
    if request.page * request.per_page > MAX_DEPTH_OF_PAGES:
        raise InputError(
            "the page lies too deep",
            field="page",
            found=request.page,
            expected=f"page x per_page <= {MAX_DEPTH_OF_PAGES}",
        )
    unwanted = request.unwanted or WishRequest()
    return Query(
        wish=_wish(request, "", fetch, request.text_weight),
        without=_wish(unwanted, "not.", fetch),
        filters=parse_filter(request.filters),
        facets=tuple(
            FacetRequest(
                facet.field,
                facet.limit,
                facet.disjunctive,
                tuple(_range(pair, f"facets[{position}].ranges") for pair in facet.ranges),
            )
            for position, facet in enumerate(request.facets)
        ),
        sort=Sort(request.sort),
        page=request.page,
        per_page=request.per_page,
        explain=request.explain,
        reasons=request.reasons,
        lang=request.lang,
        unfinished=request.unfinished,
        understand=request.understand,
        correct=request.correct,
        audience=request.audience,
        rules=request.rules,
        shopper=request.shopper or request.user or request.session,
        who=Who(request.user, request.session),
    )


def _wish(wish: WishRequest, prefix: str, fetch: Fetch, text_weight: float = 1.0) -> Wish:
    photos = tuple(_photo(photo, f"{prefix}images[{position}]", fetch) for position, photo in enumerate(wish.images))
    return Wish(wish.q, text_weight, photos, tuple(wish.like))


def _range(pair: list[float | None], field: str) -> tuple[float | None, float | None]:
    if len(pair) != 2:
        raise InputError("a range has two ends", field=field, found=pair, expected="[low, high], null for an open end")
    return pair[0], pair[1]


def _photo(photo: PhotoRequest, field: str, fetch: Fetch) -> PhotoInput:
    if (photo.data is None) == (photo.url is None):
        raise InputError("a photo is given by its data or by its url", field=field, expected="one of the two")
    if photo.url is not None:
        field = f"{field}.url"
        data = _fetched(photo.url, field, fetch)
    else:
        field = f"{field}.data"
        data = decode_base64(photo.data or "", field)
    try:
        read_header(data)
    except PhotoError as error:
        raise _at(error, field) from None
    box = None if photo.box is None else (photo.box[0], photo.box[1], photo.box[2], photo.box[3])
    return PhotoInput(data, photo.weight, box)


def _fetched(address: str, field: str, fetch: Fetch) -> bytes:
    try:
        return fetch(address)
    except (AddressError, PhotoError) as error:
        raise _at(error, field) from None


def _at(error: InputError, field: str) -> InputError:
    """The same error with the request's field in it."""
    return type(error)(error.message, field=field, where=f"{field}", found=error.found, expected=error.expected)


def decode_base64(text: str, field: str) -> bytes:
    """Bytes of base64 text or of a data URL. Raises InputError at ``field``."""
    if text.startswith("data:"):
        head, comma, text = text[5:].partition(",")
        if not comma or not head.endswith(";base64"):
            raise InputError("not a base64 data URL", field=field, found=head[:40], expected="data:image/…;base64,…")
    if any(blank in text for blank in "\n\r \t"):
        text = "".join(text.split())
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InputError("not base64", field=field, found=text[:40], expected="base64") from None
    if len(data) > MAX_PHOTO_BYTES:
        raise PhotoError("the photo is too large", field=field, found=len(data), expected=f"<= {MAX_PHOTO_BYTES} bytes")
    return data


def _refused(error: ValidationError, model: type[BaseModel]) -> InputError:
    """The first of pydantic's errors as one of ours."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ""
    for part in first["loc"]:
        field += f"[{part}]" if isinstance(part, int) else f".{part}" if field else str(part)
    if first["type"] == "extra_forbidden":
        known = _fields_at(model, first["loc"][:-1])
        near = difflib.get_close_matches(str(first["loc"][-1]), known, 1)
        expected = near[0] if near else ", ".join(sorted(known))
        return InputError(f"unknown field {field[:200]!r}", field=field[:200], expected=expected)
    found = first.get("input")
    shown = found if isinstance(found, str | int | float | bool) else f"a {type(found).__name__}"
    message = first["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    if first["type"] == "missing":
        return InputError(f"{field} is missing", field=field)
    return InputError(f"{field} is not right", field=field, found=shown, expected=message)


def _fields_at(model: type[BaseModel], path: Iterable[int | str]) -> list[str]:
    """The names known to the model at a path of field names and positions."""
    fields: Mapping[str, Any] = model.model_fields
    for part in path:
        if isinstance(part, str):
            inner = next((info for name, info in fields.items() if (info.alias or name) == part), None)
            found = _model_in(inner.annotation) if inner is not None else None
            fields = {} if found is None else found.model_fields
    return [info.alias or name for name, info in fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
