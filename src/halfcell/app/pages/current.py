"""What the routes need to know of a request: the study that it is about, its state, the runs."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from halfcell.app.edit.history import last_change
from halfcell.app.studies.state_stamp import StampedState, stamp_of
from halfcell.app.studies.study_state import StudyState, study_state

if TYPE_CHECKING:
    from starlette.requests import Request

    from halfcell.app.config import AppConfig
    from halfcell.app.jobs.runs import Runs
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
    """What the head of each page of a study shows: its name, its run, the change that can be taken back."""
    return {"name": name, "run": runs(request).view(root), "change": last_change(root)}


def state_of(request: Request, name: str) -> StudyState:
    """The state of a study as it is on the disk now; it is read again only when a file has changed.

    Raises
    ------
    InputError
        If there is no such study.
    """
    root = root_of(request, name)
    known: dict[Path, StampedState] = request.app.state.known
    with _READING:
        kept = known.get(root)
        if kept is None or kept.stamp != stamp_of(root, kept.state):
            state = study_state(root)
            kept = known[root] = StampedState(stamp_of(root, state), state)
        return kept.state
