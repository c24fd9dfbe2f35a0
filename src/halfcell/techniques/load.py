"""Load techniques by name: built-in ones and those of other packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import PluginError
from halfcell.core.plugins import load, plugins, report_once
from halfcell.core.vocabulary import technique_name
from halfcell.techniques.technique import Technique

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = "TECHNIQUE"


def load_technique(name: str) -> Technique:
    """Import a technique by its name or alias (``xrd`` is ``diffraction``).

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    PluginError
        If a plug-in of another package cannot be imported, or holds no `Technique`.
    """
    found = technique_name(name)
    module = load("techniques", found)
    plugin = plugins("techniques")[found]
    attribute = plugin.attribute or RECORD
    record = getattr(module, attribute, None)
    if not isinstance(record, Technique):
        what = f"the plug-in {found!r} of {plugin.origin} has no Technique named {attribute} in {plugin.module}"
        raise PluginError(what, hint=f"update or uninstall {plugin.package}")
    return record


def recipe_version(technique: Technique) -> str:
    """The version of a technique's recipe, with those of the techniques that it builds on: ``1 (cycling 5)``."""
    inner = [f"{name} {recipe_version(load_technique(name))}" for name in technique.builds_on]
    return f"{technique.version} ({', '.join(inner)})" if inner else technique.version


def all_techniques() -> Iterator[Technique]:
    """Load all techniques; one of another package that does not work is reported once and left out."""
    for name in plugins("techniques"):
        try:
            technique = load_technique(name)
        except PluginError as error:
            report_once("techniques", name, str(error))
            continue
        yield technique
