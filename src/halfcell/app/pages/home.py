"""The first page: the studies there are, a new one from a folder of raw files, the example study."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.pages.current import config_of, studies
from halfcell.app.pages.templates import page
from halfcell.app.security.bodies import first, form
from halfcell.app.studies.studies_folder import inside
from halfcell.core.errors import InputError
from halfcell.study.cache.lock_file import read_lock

router = APIRouter()


class _Entry(NamedTuple):
    name: str
    title: str
    items: int


@router.get("/")
def home(request: Request) -> Response:
    """The studies, the one that was changed last first."""
    folder = studies(request)
    entries = [_entry(folder.root / name) for name in folder.names()]
    raw = sorted(path.name for path in folder.root.iterdir() if path.is_dir() and not path.name.startswith("."))
    return page(request, "home.html", {"studies": entries, "folders": raw, "folder": folder.root})


@router.post("/new")
async def new(request: Request) -> Response:
    """Draft a study from a folder of raw files, or write the example study."""
    fields = await form(request)
    name = first(fields, "name").strip()
    raw = first(fields, "raw").strip()
    await run_in_threadpool(_make, request, name, raw)
    return Response("", headers={"HX-Redirect": f"{config_of(request).prefix}/s/{quote(name)}/"})


def _make(request: Request, name: str, raw: str) -> None:
    folder = studies(request)
    target = folder.new(name)
    if not raw:
        from halfcell.example import write

        write(target)
        return
    source = inside(folder.root, raw)
    if not source.is_dir():
        raise InputError("no such folder in the folder of studies", raw)
    from halfcell.study.draft.draft_study import draft_study

    draft_study(target, source, copy=True)


def _entry(root: Path) -> _Entry:
    lock = read_lock(root)
    return _Entry(root.name, lock.get("title") or root.name, len(lock.get("items", {})))
