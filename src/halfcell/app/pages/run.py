"""Run a study or some of its items; cancel; how far it is."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import root_of, runs, state_of
from halfcell.app.pages.templates import page

router = APIRouter()


@router.post("/s/{name}/run")
def run_all(request: Request, name: str) -> Response:
    """Make everything that is out of date."""
    return _started(request, name)


@router.post("/s/{name}/run/{slug:path}")
def run_item(request: Request, name: str, slug: str) -> Response:
    """Make one figure or table."""
    return _started(request, name, state_of(request, name).item(slug).spec.name)


@router.post("/s/{name}/cancel")
def cancel(request: Request, name: str) -> Response:
    """Cancel the run; finished results are kept."""
    runs(request).cancel(root_of(request, name))
    return progress(request, name)


@router.get("/s/{name}/progress")
def progress(request: Request, name: str) -> Response:
    """How far the run is, as a part of a page."""
    return page(request, "progress.html", {"name": name, "run": runs(request).view(root_of(request, name))})


def _started(request: Request, name: str, *items: str) -> Response:
    runs(request).start(root_of(request, name), items)
    return progress(request, name)
