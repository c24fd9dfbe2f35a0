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
from halfcell.app.studies.state_stamp import watch_stamp

router = APIRouter()
PAUSE: Final = 0.4  # seconds between two looks
_ALIVE: Final = 40  # looks without news after which a line says that the connection stands


@router.get("/s/{name}/events")
async def events(request: Request, name: str) -> Response:
    """The events, until the page is closed."""
    return StreamingResponse(_events(request, root_of(request, name)), media_type="text/event-stream")


async def _events(request: Request, root: Path) -> AsyncIterator[str]:
    files = watch_stamp(root)
    told = runs(request).view(root)
    yield _event("run", asdict(told))
    yield _event("files", {"stamp": files})  # a file may have changed since the page was made
    quiet = 0
    while not await request.is_disconnected():
        await asyncio.sleep(PAUSE)
        quiet += 1
        now, view = watch_stamp(root), runs(request).view(root)
        if view != told:
            told, quiet = view, 0
            yield _event("run", asdict(view))
        if now != files:
            files, quiet = now, 0
            yield _event("files", {"stamp": now})
        if quiet >= _ALIVE:
            quiet = 0
            yield ": still here\n\n"


def _event(kind: str, content: dict[str, object]) -> str:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n"
