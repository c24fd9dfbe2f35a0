"""Phases of the author's own CIF files, known for the time of an analysis."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

from halfcell.core.errors import InputError
from halfcell.materials.crystal_files import phase_of_facts
from halfcell.materials.phases import added_phases

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.techniques.diffraction.settings import Settings

T = TypeVar("T")
R = TypeVar("R")


def with_own_phases(analyse: Callable[[T, Settings], R]) -> Callable[[T, Settings], R]:
    """Let an analysis know the phases of its settings.

    Raises
    ------
    InputError
        If the folder of the phases was not read.
    """

    @functools.wraps(analyse)
    def knowing(measured: T, settings: Settings) -> R:
        if isinstance(settings.phases_folder, str) and settings.phases_folder:
            raise InputError(f"phases_folder {settings.phases_folder!r} was not read", hint="give it as a folder")
        own = settings.phases_folder or {}
        with added_phases({name: phase_of_facts(name, facts) for name, facts in dict(own).items()}):
            return analyse(measured, settings)

    return knowing
