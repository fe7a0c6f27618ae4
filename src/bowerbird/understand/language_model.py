"""Rewritings from a language model behind an OpenAI-compatible address, where one is configured.

It may add wordings and never take one away: it has a time limit, what it said is kept, and without an answer in time
the search goes on with what was found here. What it says is data: texts of bounded length, nothing else.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from bowerbird.domain.errors import SettingError
from bowerbird.storage.recent import Recent

log = logging.getLogger(__name__)

_LARGEST = 100_000
_ASK = (
    "You rewrite a shopper's query for a product search. Answer with JSON only: an array of at most {most} short"
    " queries in the catalogue's words ({languages}), the likeliest first, without prices and without explanations."
)


@dataclass(frozen=True, slots=True)
class RewriterSettings:
    """Where the language model is and how long it may take; without an address there is none."""

    address: str = ""
    """Such as http://127.0.0.1:11434/v1: what ``/chat/completions`` is added to."""

    model: str = ""
    key_variable: str = "BOWERBIRD_LLM_KEY"
    """The environment variable that holds the key, where one is needed."""

    seconds: float = 0.8
    most: int = 2
    kept: int = 2_000


class Rewriter:
    """Asks for rewritings and keeps what was said; safe from many threads."""

    def __init__(self, settings: RewriterSettings, client: httpx.Client | None = None) -> None:
        if not _is_address(settings.address):
            raise SettingError(
                "no address", field="rewriter.address", found=settings.address, expected="http(s)://…/v1"
            )
        self.settings = settings
        self._client = client or httpx.Client(timeout=settings.seconds)
        self._kept: Recent[str, tuple[str, ...]] = Recent(settings.kept)

    def rewrite(self, text: str, languages: str = "English") -> tuple[str, ...]:
        """Other wordings of a query, the likeliest first; none where there is no answer in time."""
        key = " ".join(text.casefold().split())
        found = self._kept.get(key)
        if found is None:
            found = self._ask(text, languages)
            if found is None:
                return ()
            self._kept.put(key, found)
        return found

    def _ask(self, text: str, languages: str) -> tuple[str, ...] | None:
        settings = self.settings
        key = os.environ.get(settings.key_variable, "")
        body = {
            "model": settings.model,
            "temperature": 0,
            "max_tokens": 120,
            "messages": [
                {"role": "system", "content": _ASK.format(most=settings.most, languages=languages)},
                {"role": "user", "content": text[:300]},
            ],
        }
        address = f"{settings.address.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            said = _message(self._post(address, body, headers))
            return _queries(said, settings.most)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError) as error:
            log.warning("the language model gave no rewriting: %s", error)
            return None

    def _post(self, address: str, body: dict[str, Any], headers: dict[str, str]) -> bytes:
        """The answer, whole, within the time limit and ``_LARGEST`` bytes. Raises HTTPError, ValueError."""
        ends = time.monotonic() + self.settings.seconds
        answer = bytearray()
        with self._client.stream(
            "POST", address, json=body, headers=headers, timeout=self.settings.seconds
        ) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                answer += chunk
                if time.monotonic() > ends or len(answer) > _LARGEST:
                    raise ValueError("the answer takes too long")
        return bytes(answer)


def _is_address(text: str) -> bool:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host) and "\x00" not in text


def _message(answer: bytes) -> str:
    """What the model said. Raises ValueError for another shape."""
    match orjson.loads(answer):
        case {"choices": [{"message": {"content": str(said)}}, *_]}:
            return said
    raise ValueError("no message in the answer")


def _queries(said: str, most: int) -> tuple[str, ...]:
    """The queries in an answer. Raises ValueError where there is no array of texts."""
    start, end = said.find("["), said.rfind("]")
    values = orjson.loads(said[start : end + 1]) if 0 <= start < end else None
    if not isinstance(values, list):
        raise ValueError(f"no JSON array in {said[:80]!r}")
    texts = (" ".join(value.split()) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= 120))[:most]
