"""The page of a study: its figures and tables as small pictures with their state, and what is wrong in its files."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import of_study, state_of
from halfcell.app.pages.templates import page

router = APIRouter()


@router.get("/s/{name}/")
def study(request: Request, name: str) -> Response:
    """The study as it is on the disk; nothing is computed."""
    state = state_of(request, name)
    return page(
        request,
        "study.html",
        {
            "state": state,
            **of_study(request, name, state.root),
            "open_doubts": sum(item.doubts for item in state.items),
        },
    )
