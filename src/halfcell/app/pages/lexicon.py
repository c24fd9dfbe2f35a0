"""Teach the audit a word of column heads: a small TOML file that all audits of the app use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.answers import done
from halfcell.app.pages.current import studies
from halfcell.app.security.bodies import first, form
from halfcell.audit.heads.lexicon import lexicon
from halfcell.core.atomic_files import write_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()
_NAME: Final = "audit-words.toml"


def lexicon_path(request: Request) -> Path:
    """The file with further words, in the folder of studies."""
    return studies(request).root / _NAME


def lexicon_arguments(request: Request) -> Sequence[str]:
    """The arguments of the audit that name the file, if there is one."""
    path = lexicon_path(request)
    return ("--lexicon", str(path)) if path.is_file() else ()


def lexicon_text(request: Request) -> str:
    """The further words as they are written."""
    path = lexicon_path(request)
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@router.post("/audit/words")
async def teach(request: Request) -> Response:
    """Write the file with further words, if it can be read."""
    fields = await form(request)
    return await run_in_threadpool(_teach, request, first(fields, "words"))


def _teach(request: Request, text: str) -> Response:
    path, text = lexicon_path(request), text.replace("\r\n", "\n")
    if not text.strip():
        path.unlink(missing_ok=True)
        return done("no further words are known")
    candidate = path.with_name(f".{_NAME}.new")
    try:
        write_aside(candidate, text)
        lexicon(str(candidate))  # every mistake is told
    finally:
        candidate.unlink(missing_ok=True)
    write_aside(path, text)
    return done(f"written: {path.name}; the next audit knows these words")
