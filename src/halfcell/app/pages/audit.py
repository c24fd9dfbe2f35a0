"""Audit a document: drop it, see its tables with coloured cells, the calculation behind each."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import config_of, root_of
from halfcell.app.pages.lexicon import lexicon_arguments, lexicon_text
from halfcell.app.pages.templates import page
from halfcell.app.security.bodies import receive
from halfcell.app.studies.studies_folder import inside
from halfcell.audit import demo
from halfcell.core.errors import InputError

router = APIRouter()


@router.get("/audit")
def audits(request: Request) -> Response:
    """The documents that were audited, and a place to drop another one."""
    values = {"done": request.app.state.audits.all, "shown": None, "words": lexicon_text(request)}
    return page(request, "audit.html", values)


@router.get("/audit/{key}")
def audit(request: Request, key: str) -> Response:
    """The report on one document."""
    known = request.app.state.audits
    values = {"done": known.all, "shown": known.get(key), "words": lexicon_text(request)}
    return page(request, "audit.html", values)


@router.put("/audit/{file}")
async def drop(request: Request, file: str) -> Response:
    """Audit a document that was dropped; nothing of it is kept but the report."""
    suffix = Path(file).suffix.lower()
    if not re.fullmatch(r"\.\w{1,8}", suffix):
        raise InputError("the name of a document has an ending, such as .docx", file[:100])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document{suffix}"
        await receive(request, path, config_of(request).upload_limit)
        audits_of_app, more = request.app.state.audits, lexicon_arguments(request)
        found = await run_in_threadpool(audits_of_app.audit, path, Path(file).name, more)
    return _address(request, found.key)


@router.post("/audit")
def bundled(request: Request, study: str = "", document: str = "") -> Response:
    """Audit the bundled example, or a document that a study has written."""
    if study:
        root = root_of(request, study)
        path = inside(root, f"out/{document}")
        found = request.app.state.audits.audit(path, document, lexicon_arguments(request))
    else:
        found = request.app.state.audits.audit(demo.PATH, demo.PATH.name)
    return _address(request, found.key)


def _address(request: Request, key: str) -> Response:
    """Send the page to the report."""
    answer = Response("")
    answer.headers["HX-Location"] = f"{config_of(request).prefix}/audit/{key}"
    return answer
