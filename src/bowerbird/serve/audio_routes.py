"""POST /v1/audio/transcriptions, in the shape that OpenAI gave it; 501 where the service understands no speech."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from bowerbird.domain.errors import AudioError, InputError, MissingExtraError
from bowerbird.serve.access import may_search
from bowerbird.serve.answers import json_response
from bowerbird.serve.errors import Refusal
from bowerbird.serve.openapi import described
from bowerbird.serve.schemas import MAX_AUDIO_BYTES
from bowerbird.serve.service import Service, service_of
from bowerbird.serve.understanding_answers import heard_body
from bowerbird.serve.understanding_schemas import TranscriptionAnswer

router = APIRouter(prefix="/v1/audio", tags=["speech"], dependencies=[Depends(may_search)])

_ENVELOPE = 20_000
"""What the form's own lines may add."""
_FORMATS = ("json", "text", "verbose_json")

_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "The clip: WAV, Ogg, WebM, MP3 or M4A"},
        "model": {"type": "string", "description": "Taken for the sake of clients that send it"},
        "language": {"type": "string", "description": "Such as en or zh; the shop's own where it is not given"},
        "response_format": {"type": "string", "enum": list(_FORMATS)},
    },
}


@router.post(
    "/transcriptions",
    response_model=None,
    responses=described(TranscriptionAnswer, 400, 413, 415, 501),
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}},
)
async def transcribe(request: Request) -> Response:
    """The words of a spoken clip, in this shop's vocabulary, with what else may have been said."""
    service = service_of(request)
    # A browser that is answered while it still sends reports a broken connection and never sees the answer.
    form = await service.bodies.read_form(request, MAX_AUDIO_BYTES + _ENVELOPE)
    clip, language = form.get("file"), form.get("language", "")
    format_ = form.get("response_format", "json")
    if not isinstance(clip, bytes) or not isinstance(language, str):
        raise InputError("no clip", field="file", expected="a file in the form")
    if format_ not in _FORMATS:
        raise InputError("no such format", field="response_format", found=format_, expected=", ".join(_FORMATS))
    if len(clip) > MAX_AUDIO_BYTES:
        raise Refusal(413, "too_large", f"the clip is larger than {MAX_AUDIO_BYTES:,} bytes", "file")
    refuse_without_speech(service)
    try:
        heard = await service.search(lambda: service.engine.transcribe(clip, language))
    except AudioError as error:
        error.field = error.field or "file"
        raise
    except MissingExtraError as error:
        raise Refusal(501, error.code, str(error), "language") from None
    return PlainTextResponse(heard.text) if format_ == "text" else json_response(heard_body(heard))


def refuse_without_speech(service: Service) -> None:
    """Raise Refusal (501) where the service understands no speech."""
    if not service.engine.speech_languages:
        raise Refusal(501, "speech_unavailable", "this service understands no speech: pip install 'bowerbird[speech]'")
