"""Load techniques by name: built-in ones and those of other packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import PluginError
from halfcell.core.plugins import described, load, plugins, report_once
from halfcell.core.vocabulary import RECORD, technique_name
from halfcell.techniques.technique import Technique

if TYPE_CHECKING:
    from collections.abc import Iterator


def load_technique(name: str) -> Technique:
    """Import a technique by its name or alias (``xrd`` is ``diffraction``).

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    PluginError
        If a plug-in of another package cannot be imported, or holds no `Technique` of that name.
    """
    found = technique_name(name)
    provided = load("techniques", found)
    plugin = plugins("techniques")[found]
    record = provided if plugin.attribute else getattr(provided, RECORD, None)
    problem = ""
    if not isinstance(record, Technique):
        problem = f"has no record of the class Technique named {plugin.attribute or RECORD} in {plugin.module}"
    elif record.name != found:
        problem = f"is a record named {record.name!r}; entry point and record must have the same name"
    elif lacking := [name for name in record.builds_on if name == found or name not in plugins("techniques")]:
        problem = f"builds on {', '.join(lacking)}, which is not installed"
    if problem or not isinstance(record, Technique):
        hint = f"update or uninstall {plugin.package}"
        raise PluginError(f"{described('techniques', found)} {problem}", hint=hint)
    return record


def usable_technique(name: str) -> Technique | None:
    """A technique by its name; None for one of another package that does not work, which is reported once.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    try:
        return load_technique(name)
    except PluginError as error:
        report_once("techniques", name, str(error))
        return None


def recipe_version(technique: Technique) -> str:
    """The version of a technique's recipe, with all that its numbers change with: ``1 (cycling 5, halfcell-sem 1.2)``.

    That is the versions of the techniques that it builds on, and of the package where it is not of halfcell itself.
    """
    more = [f"{name} {recipe_version(load_technique(name))}" for name in technique.builds_on]
    plugin = plugins("techniques").get(technique.name)
    more += [plugin.origin] if plugin and plugin.is_foreign else []
    return f"{technique.version} ({', '.join(more)})" if more else technique.version


def all_techniques() -> Iterator[Technique]:
    """Load all techniques; one of another package that does not work is reported once and left out."""
    for name in plugins("techniques"):
        technique = usable_technique(name)
        if technique is not None:
            yield technique
