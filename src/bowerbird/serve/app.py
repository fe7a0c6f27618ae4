"""The service put together: routes, headers, errors, and the engine's closing at the end."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from bowerbird import __version__
from bowerbird.domain.errors import SettingError
from bowerbird.serve import (
    audio_routes,
    event_routes,
    experiment_routes,
    explain_routes,
    health_routes,
    page_routes,
    photo_routes,
    product_routes,
    profile_routes,
    rank_settings_routes,
    recommend_routes,
    rules_routes,
    search_routes,
    understand_routes,
)
from bowerbird.serve.errors import install_error_handlers
from bowerbird.serve.headers import HostCheck, SecurityHeaders
from bowerbird.serve.openapi import install_openapi
from bowerbird.serve.service import open_service
from bowerbird.serve.settings import ServeSettings, check_settings

if TYPE_CHECKING:
    from bowerbird.engine.engine import Engine
    from bowerbird.storage.keys import KeyStore

DEFAULT_SETTINGS = ServeSettings()


def create_app(engine: Engine, settings: ServeSettings = DEFAULT_SETTINGS, keys: KeyStore | None = None) -> FastAPI:
    """The ASGI app over an open engine, which it closes when it stops. Raises SettingError before it may listen."""
    check_settings(settings, keys is not None and bool(keys.list()))
    service = open_service(engine, settings, keys)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(engine.close)

    app = FastAPI(
        title="Bowerbird", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False
    )
    app.state.service = service
    # They are tried in turn: what is asked most comes first.
    for routes in (
        recommend_routes,
        search_routes,
        event_routes,
        profile_routes,
        explain_routes,
        understand_routes,
        product_routes,
        rules_routes,
        rank_settings_routes,
        experiment_routes,
        audio_routes,
        health_routes,
        photo_routes,
        page_routes,
    ):
        app.include_router(routes.router)
    install_error_handlers(app)
    install_openapi(app)
    # The last one added sees a request first.
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"],
            max_age=3600,
        )
    app.add_middleware(HostCheck, settings=settings)
    app.add_middleware(SecurityHeaders)
    return app


def run_service(app: FastAPI, listener: socket.socket, announce: Callable[[str], None]) -> None:
    """Serve on a bound socket until told to stop, then finish what is running; ``announce`` is given the address."""
    import uvicorn

    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=10,
    )
    host, port = listener.getsockname()[:2]
    announce(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
    uvicorn.Server(config).run(sockets=[listener])


def bind(settings: ServeSettings) -> socket.socket:
    """A socket at the address to serve. Raises SettingError where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named because asyncio turns Nagle's delay off (40 ms an answer) only for sockets that name it.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host.strip("[]"), settings.port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        raise SettingError(f"cannot serve on {settings.host}:{settings.port} ({reason})", field="port") from None
    return listener
