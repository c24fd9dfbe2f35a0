"""What the routes need to know of a request: the study that it is about, its state, the runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from halfcell.app.edit.history import last_change
from halfcell.app.studies.state_stamp import StampedState, current, watch_stamp
from halfcell.app.studies.study_state import StudyState

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from halfcell.app.config import AppConfig
    from halfcell.app.jobs.runs import Runs
    from halfcell.app.pages.kept_pages import KeptPages
    from halfcell.app.studies.studies_folder import StudiesFolder

_READING = threading.Lock()  # the state of a study is read by one thread at a time: reading uses all of one core


def config_of(request: Request) -> AppConfig:
    """What the app was told when it started."""
    return cast("AppConfig", request.app.state.config)


def studies(request: Request) -> StudiesFolder:
    """The folder of studies."""
    return cast("StudiesFolder", request.app.state.studies)


def runs(request: Request) -> Runs:
    """The runs of the app."""
    return cast("Runs", request.app.state.runs)


def root_of(request: Request, name: str) -> Path:
    """The folder of a study.

    Raises
    ------
    InputError
        If there is no such study.
    """
    return studies(request).find(name)


def of_study(request: Request, name: str, root: Path) -> dict[str, Any]:
    """What each page of a study shows: its name, its run, the change that can be taken back, the stamp of its files."""
    change = last_change(root)
    return {"name": name, "run": runs(request).view(root), "change": change, "stamp": watch_stamp(root)}


def state_of(request: Request, name: str) -> StudyState:
    """The state of a study as it is on the disk now; it is read again only when a file has changed.

    Raises
    ------
    InputError
        If there is no such study.
    """
    return _stamped(request, root_of(request, name)).state


def kept(request: Request, name: str, make: Callable[[StudyState], Response]) -> Response:
    """A page of a study, made again only when its files, its run or its changes are others.

    Raises
    ------
    InputError
        If there is no such study.
    """
    root = root_of(request, name)
    found = _stamped(request, root)
    address = (request.url.path, request.url.query, "hx-request" in request.headers)
    key = (address, found.own, found.raw, runs(request).view(root))
    return cast("KeptPages", request.app.state.pages).get(key, lambda: make(found.state))


def _stamped(request: Request, root: Path) -> StampedState:
    known: dict[Path, StampedState] = request.app.state.known
    with _READING:
        found = known[root] = current(root, known.get(root))
    return found
