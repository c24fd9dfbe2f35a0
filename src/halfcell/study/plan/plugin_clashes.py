"""Plug-ins of other packages that want the name of a built-in technique or reader which the study uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import clashes, plugins
from halfcell.core.vocabulary import technique_name
from halfcell.study.plan.recognise import readers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.study.files.load import Loaded


def clashing_plugins(loaded: Loaded) -> Iterator[InputError]:
    """One mistake for each name that the study uses and that another package wants, too.

    The built-in one is used, so the numbers are not in doubt; which of the two was meant is.
    """
    wanted = {technique_name(name): problem for name, problem in clashes("techniques").items()}
    used = {entry.technique: entry.path for entry in loaded.file.raw}
    used |= {part.technique: (*part.path, "technique") for task in loaded.tasks for part in task.spec.parts}
    for name, place in used.items():
        if name in wanted and name in plugins("techniques"):
            yield InputError(f"technique {name!r}: {wanted[name]}", loaded.lines.place(place))
    if not clashes("readers"):
        return
    for path, name in readers_of(loaded).items():
        if name in clashes("readers"):
            yield InputError(f"reader {name!r}: {clashes('readers')[name]}", path)
