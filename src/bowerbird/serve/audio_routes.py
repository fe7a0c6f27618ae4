"""POST /v1/audio/transcriptions, in the shape that OpenAI gave it; until the service understands speech it says so."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bowerbird.serve.access import may_search
from bowerbird.serve.errors import Refusal
from bowerbird.serve.openapi import refused
from bowerbird.serve.service import service_of

router = APIRouter(prefix="/v1/audio", tags=["speech"], dependencies=[Depends(may_search)])

MAX_AUDIO_BYTES = 8_000_000
"""A minute of uncompressed speech, and far more of what browsers record."""

_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "The clip"},
        "model": {"type": "string"},
        "language": {"type": "string", "description": "Such as en or zh; told from the clip where it is not given"},
    },
}


@router.post(
    "/transcriptions",
    response_model=None,
    responses=refused(413, 415, 501),
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}},
)
async def transcribe(request: Request) -> Response:
    """The words of a spoken clip; 501 until the service understands speech."""
    # A browser that is answered while it still sends reports a broken connection and never sees the answer.
    await service_of(request).bodies.drop(request, "multipart/form-data", MAX_AUDIO_BYTES)
    raise Refusal(501, "speech_unavailable", "this service does not understand speech yet")
