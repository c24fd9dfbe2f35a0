"""Where a number comes from: the card that opens over it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import root_of
from halfcell.app.pages.templates import page
from halfcell.study.items.why import why

router = APIRouter()


@router.get("/s/{name}/number")
def number_card(request: Request, name: str, number: str) -> Response:
    """The origin of a number, as ``halfcell why`` prints it."""
    found = why(root_of(request, name), [number])
    return page(request, "number.html", {"why": found.as_json(), "id": number})
