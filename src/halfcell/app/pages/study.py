"""The page of a study: its figures and tables as small pictures with their state, and what is wrong in its files."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import kept, of_study
from halfcell.app.pages.templates import page
from halfcell.app.studies.study_state import StudyState

router = APIRouter()


@router.get("/s/{name}/")
def study(request: Request, name: str) -> Response:
    """The study as it is on the disk; nothing is computed."""

    def make(state: StudyState) -> Response:
        doubts = sum(item.doubts for item in state.items)
        return page(
            request, "study.html", {**of_study(request, name, state.root), "state": state, "open_doubts": doubts}
        )

    return kept(request, name, make)
