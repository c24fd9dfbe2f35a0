"""The app: pages behind the guard, and how mistakes are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.edit.file_version import ChangedMeanwhile
from halfcell.app.jobs.audits import Audits
from halfcell.app.jobs.runs import Runs
from halfcell.app.pages import (
    accept,
    audit,
    compare,
    documents,
    events,
    home,
    item,
    item_edit,
    lexicon,
    number,
    raw_files,
    run,
    static_files,
    study,
    tables,
    twin,
)
from halfcell.app.pages.kept_pages import KeptPages
from halfcell.app.pages.templates import page
from halfcell.app.security.guard import Guard
from halfcell.app.studies.studies_folder import StudiesFolder
from halfcell.core.errors import HalfcellError, InputError, StudyError

if TYPE_CHECKING:
    from halfcell.app.config import AppConfig

_PAGES = (
    home, study, item, item_edit, accept, number, run, events, tables, raw_files, lexicon, audit, compare, twin,
    documents, static_files,
)  # fmt: skip


def create_app(config: AppConfig) -> FastAPI:
    """The app for a folder of studies."""
    app = FastAPI(
        title="halfcell",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        middleware=[Middleware(Guard, config=config), Middleware(GZipMiddleware, minimum_size=2000)],
    )
    app.state.config = config
    app.state.studies = StudiesFolder(config.folder)
    app.state.runs = Runs()
    app.state.audits = Audits()
    app.state.known = {}
    app.state.added = {}
    app.state.measured = {}
    app.state.pages = KeptPages()
    for module in _PAGES:
        app.include_router(module.router)
    app.add_exception_handler(HalfcellError, _tell)
    app.add_exception_handler(HTTPException, _tell)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.runs.close()


def _tell(request: Request, error: Exception) -> Response:
    """A mistake, in its place on the page or as a page of its own."""
    problems: tuple[str, ...]
    match error:
        case HTTPException():
            words = error.detail if error.status_code != HTTPStatus.NOT_FOUND else "there is no such page"
            status, problems = error.status_code, (words,)
        case StudyError() if error.problems:
            status, problems = HTTPStatus.UNPROCESSABLE_ENTITY, tuple(map(str, error.problems))
        case ChangedMeanwhile():
            status, problems = HTTPStatus.CONFLICT, (str(error),)
        case InputError() if "no such" in error.what:
            status, problems = HTTPStatus.NOT_FOUND, (str(error),)
        case _:
            status, problems = HTTPStatus.BAD_REQUEST, (str(error),)
    return page(request, "problem.html", {"problems": problems}, status=status)
