"""The HTTP side of a service: /live /ready /metrics /asyncapi and its read API under /api."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.contracts.asyncapi import document
from shared.runtime import metrics
from shared.runtime.access import install as install_access
from shared.runtime.service import Context, Service


def build_app(service: Service, context: Context, reasons: Callable[[], list[str]]) -> FastAPI:
    """The ASGI application; only ``/api`` needs a token."""
    app = FastAPI(
        title=f"QIO {service.name}", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )

    @app.get("/live", include_in_schema=False)
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/ready", include_in_schema=False)
    async def ready() -> JSONResponse:
        missing = reasons()
        metrics.READY.labels(service.name).set(0 if missing else 1)
        return JSONResponse({"ready": not missing, "reasons": missing}, status_code=503 if missing else 200)

    @app.get("/metrics", include_in_schema=False)
    async def scrape() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/asyncapi", include_in_schema=False)
    async def asyncapi() -> dict[str, Any]:
        return document(service.name)

    install_access(app, context.settings)
    if service.router is not None:
        app.include_router(service.router(context), prefix="/api")
    if service.pages is not None:
        app.include_router(service.pages(context), include_in_schema=False)
    return app


class Server(uvicorn.Server):
    """uvicorn that leaves the signals to the process that runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install nothing."""
        yield

    async def until_started(self) -> int:
        """The port it listens on."""
        while not self.started:
            if self.should_exit:
                raise OSError("the HTTP port cannot be opened")
            await asyncio.sleep(0.01)
        port: int = self.servers[0].sockets[0].getsockname()[1]
        return port


def build_server(app: FastAPI, host: str, port: int) -> Server:
    """A server on one address; port 0 takes a free one."""
    config = uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, lifespan="off")
    return Server(config)
