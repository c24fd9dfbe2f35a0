"""Plug-ins of other packages that want the name of a built-in technique or reader which the study uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import clashes, plugins
from halfcell.core.vocabulary import technique_name
from halfcell.study.plan.file_readers import reader_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.study.plan.study_plan import Plan


def clashing_plugins(plan: Plan) -> Iterator[InputError]:
    """One mistake for each name that the study uses and that another package wants, too.

    The built-in one is used, so the numbers are not in doubt; which of the two was meant is.
    """
    wanted = {technique_name(name): problem for name, problem in clashes("techniques").items()}
    used = {entry.technique: entry.path for entry in plan.files.file.raw}
    used |= {part.technique: (*part.path, "technique") for item in plan.items for part in item.spec.parts}
    for name, place in used.items():
        if name in wanted and name in plugins("techniques"):
            yield InputError(f"technique {name!r}: {wanted[name]}", plan.files.lines.place(place))
    if not clashes("readers"):
        return
    for path, name in reader_names(plan).items():
        if name in clashes("readers"):
            yield InputError(f"reader {name!r}: {clashes('readers')[name]}", path)
