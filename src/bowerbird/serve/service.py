"""What the routes share: the engine, the keys, and the threads that the engine's calls run on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request

from bowerbird.domain.errors import AddressError
from bowerbird.serve.bodies import BodyReader
from bowerbird.serve.settings import ServeSettings
from bowerbird.serve.web_files import WebFiles

if TYPE_CHECKING:
    from bowerbird.engine.engine import Engine
    from bowerbird.storage.keys import KeyStore

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Service:
    """One running service; hung on the app's state."""

    engine: Engine
    settings: ServeSettings
    keys: KeyStore | None
    bodies: BodyReader
    searches: CapacityLimiter
    writes: CapacityLimiter
    fetches: CapacityLimiter
    drawing: CapacityLimiter
    web: WebFiles

    async def search(self, work: Callable[[], Answer]) -> Answer:
        """Run a search on one of as many threads as there are cores."""
        return await anyio.to_thread.run_sync(work, limiter=self.searches)

    async def write(self, work: Callable[[], Answer]) -> Answer:
        """Run a write on a thread of its own kind, so that a batch leaves the searches theirs."""
        return await anyio.to_thread.run_sync(work, limiter=self.writes)

    async def prepare(self, work: Callable[[], Answer]) -> Answer:
        """Run what waits on others, such as fetching a photo, where it holds up neither searches nor writes."""
        return await anyio.to_thread.run_sync(work, limiter=self.fetches)

    async def draw(self, work: Callable[[], Answer]) -> Answer:
        """Make a thumbnail on one of half the cores, so that a page of new ones leaves searches theirs."""
        return await anyio.to_thread.run_sync(work, limiter=self.drawing)

    def fetch(self, address: str) -> bytes:
        """The bytes of a query photo by its address. Raises AddressError when refused or off."""
        if not self.settings.fetch_photos:
            raise AddressError(
                "photos are not fetched here", expected="a photo as data, or a service with --fetch-photos"
            )
        from bowerbird.catalog.fetch import fetch_photo

        return fetch_photo(address)


def open_service(engine: Engine, settings: ServeSettings, keys: KeyStore | None) -> Service:
    """Put a service together."""
    return Service(
        engine,
        settings,
        keys,
        BodyReader(settings.max_body_bytes, settings.max_waiting_bytes, settings.body_seconds),
        CapacityLimiter(settings.search_threads),
        CapacityLimiter(16),  # writers wait on the disk together: the store commits them in groups
        CapacityLimiter(8),
        CapacityLimiter(max(1, (os.cpu_count() or 1) // 2)),
        WebFiles(),
    )


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service
