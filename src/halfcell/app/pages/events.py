"""What happens in a study, as server-sent events: progress of a run, and files changed by anybody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from halfcell.app.pages.current import root_of, runs

router = APIRouter()
PAUSE: Final = 0.4  # seconds between two looks
_ALIVE: Final = 40  # looks without news after which a line says that the connection stands
_WATCHED: Final = ("study.toml", "samples.csv", "cells.csv", "study.lock")


@router.get("/s/{name}/events")
async def events(request: Request, name: str) -> Response:
    """The events, until the page is closed."""
    return StreamingResponse(_events(request, root_of(request, name)), media_type="text/event-stream")


async def _events(request: Request, root: Path) -> AsyncIterator[str]:
    files = _stamps(root)
    told = runs(request).view(root)
    yield _event("run", told)
    quiet = 0
    while not await request.is_disconnected():
        await asyncio.sleep(PAUSE)
        quiet += 1
        now, view = _stamps(root), runs(request).view(root)
        if view != told:
            told, quiet = view, 0
            yield _event("run", view)
        if now != files:
            files, quiet = now, 0
            yield "event: files\ndata: {}\n\n"
        if quiet >= _ALIVE:
            quiet = 0
            yield ": still here\n\n"


def _event(kind: str, view: object) -> str:
    return f"event: {kind}\ndata: {json.dumps(asdict(view))}\n\n"  # type: ignore[call-overload]


def _stamps(root: Path) -> tuple[tuple[int, int], ...]:
    """Time and size of the files that a study's pages show."""
    found = []
    for name in _WATCHED:
        try:
            stat = (root / name).stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_mtime_ns, stat.st_size))
    return tuple(found)
