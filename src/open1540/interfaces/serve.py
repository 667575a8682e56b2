"""The server: pages and API together, with what every request passes through."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import open1540
from open1540 import reference
from open1540.interfaces.api.doors import DOORS
from open1540.interfaces.api.endpoints import PREFIX, describe
from open1540.interfaces.http.asking import ask
from open1540.interfaces.http.kept import Kept
from open1540.interfaces.http.problems import as_error, problem, status_of
from open1540.interfaces.http.safety import Guard
from open1540.interfaces.http.settings import Settings
from open1540.interfaces.web import world
from open1540.interfaces.web.desk import problem_page
from open1540.interfaces.web.desks import DESKS
from open1540.vocabulary import Open1540Error
from open1540.workflows import hooks, uploads
from open1540.workflows.database import kept_open

_SMALLEST_GZIP = 1000
_SWITCH = 0.0005
# What the maps of all fields, and a State's pages, rest on.
_ALSO_FIRST = ("/map?show=OP2.NW.manufacture.legal", "/states/CHE", "/states/CHE/matrix", "/reference/instruments/BWC")


def served(settings: Settings) -> FastAPI:
    """The application for a process of its own: made ready for the first reader, and for many who read at once."""
    # A thread that makes a page would hold up the one that sends what is kept for the usual 5 milliseconds.
    sys.setswitchinterval(_SWITCH)
    return application(settings, warm=True)


def application(settings: Settings, *, warm: bool = False) -> FastAPI:
    """The server as an ASGI application. The store is opened when it starts and closed when it ends.

    ``warm`` has the first page of each desk made meanwhile, so that the first reader does not wait for what they all need.
    """

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        telling = hooks.telling(
            database_url=settings.database_url, address=settings.address or "", private=settings.private_networks
        )
        with kept_open(settings.database_url), uploads.reading(settings.database_url):
            async with telling:
                reference.states()
                world.world()
                warming = asyncio.create_task(_warmed(app)) if warm else None
                yield
                if warming is not None:
                    warming.cancel()

    app = FastAPI(
        title="open1540",
        version=open1540.__version__,
        summary="The record of implementation of Security Council resolution 1540 (2004), as data.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=running,
    )
    app.state.settings = settings
    app.state.desks = DESKS
    app.add_middleware(Kept, database_url=settings.database_url)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_GZIP, compresslevel=5)
    app.add_middleware(Guard, settings=settings)
    for router in (*DESKS, *DOORS):
        app.include_router(router)
    describe(app, DOORS)
    app.mount("/static", _Static(directory=str(files("open1540.interfaces.web") / "static")), name="static")
    app.add_exception_handler(Open1540Error, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    return app


async def _warmed(app: FastAPI) -> None:
    """Ask for the first page of each desk as a visitor; what is then there stays and need not be gone through again."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False)) as visitor:
        for path in (*(desk.path for desk in DESKS), *_ALSO_FIRST):
            await visitor.get(f"http://localhost{path}")
    gc.collect()
    gc.freeze()


class _Static(StaticFiles):
    """Files whose address changes with their content, so that browsers ask for each only once."""

    async def get_response(self, path: str, scope: object) -> Response:
        response = await super().get_response(path, scope)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _refused(request: Request, error: Exception) -> Response:
    told = error if isinstance(error, Open1540Error) else as_error(error)  # type: ignore[arg-type]
    if request.url.path.startswith(PREFIX):
        return problem(request, told)
    try:
        return problem_page(ask(request), told, _status(error, told))
    except Open1540Error:
        return problem(request, told)


def _status(error: Exception, told: Open1540Error) -> int:
    return error.status_code if isinstance(error, HTTPException) else status_of(told)
