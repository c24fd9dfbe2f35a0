"""Accept a doubt with a reason, as an ``[[accept]]`` of study.toml; take the last change back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.edit.history import undo, write_change
from halfcell.app.edit.study_toml import study_text, with_accepted
from halfcell.app.pages.answers import done
from halfcell.app.pages.current import root_of, state_of
from halfcell.app.security.bodies import first, form
from halfcell.core.errors import InputError

router = APIRouter()


@router.post("/s/{name}/accept/{slug:path}")
async def accept(request: Request, name: str, slug: str) -> Response:
    """Accept the notes of one code in one item, with a reason that the submission prints."""
    return await run_in_threadpool(_accept, request, name, slug, await form(request))


def _accept(request: Request, name: str, slug: str, fields: dict[str, list[str]]) -> Response:
    code, reason = (first(fields, key).strip() for key in ("code", "reason"))
    if not code or not reason:
        raise InputError("a doubt is accepted with a reason", hint="write why the value may be printed all the same")
    state = state_of(request, name)
    shown = state.item(slug)
    text = with_accepted(study_text(state.root), code, reason, (shown.spec.name,))
    write_change(
        state.root, "study.toml", text, version=first(fields, "version"), what=f"{shown.spec.name}: {code} accepted"
    )
    return done(f"accepted: {code} in {shown.spec.name}")


@router.post("/s/{name}/undo")
def take_back(request: Request, name: str) -> Response:
    """Take the last change back that was made in the app."""
    last = undo(root_of(request, name))
    return done(f"taken back: {last.what}")
